/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What opening, founding, slots, status and backup share behind kan-vault.h. */
#pragma once
#include "vault/kan-header.h"
#include "vault/kan-hold.h"
#include "vault/kan-vault.h"

G_BEGIN_DECLS

typedef struct
{
  guint8         bytes[KAN_HEADER_SIZE];
  KanCopyVerdict verdict;
  KanHeader      header;      /* where the verdict is sound */
} KanHeaderCopy;

struct _KanVault
{
  char          *path;
  char          *new_path;        /* while being founded: the name it has until then */
  KanVaultMode   mode;
  KanHold       *hold;
  KanHeaderCopy  copies[2];       /* as found at opening */
  KanHeader      header;          /* the one in force */
  guint64        generation;      /* the highest ever tried here */
  guint          write_first;     /* which copy to write first: the one that is no loss */
  gboolean       differing;       /* copies to be made equal before anything is written */
  KanSecret     *file_key;        /* NULL until unlocked */
  KanDb         *db;
  char          *notice;
  gboolean       interrupted;
  gboolean       marked;          /* as in use, by us */
};

char      *kan_vault_journal_of   (const char *path);
void       kan_vault_note         (KanVault *self, const char *text);
KanSecret *kan_vault_mac_key      (const KanSecret *file_key);
KanDb     *kan_vault_open_db      (const char *path, const KanSecret *file_key, const KanHeader *header,
                                   KanDbFlags flags, GError **error) G_GNUC_WARN_UNUSED_RESULT;
KanSecret *kan_vault_db_key       (const KanSecret *file_key);
gboolean   kan_vault_write_header (KanVault *self, const KanHeader *header, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   kan_vault_expect_writable (KanVault *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   kan_vault_read_copies  (int fd, const char *path, KanHeaderCopy copies[2],
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   kan_vault_write_status (int fd, const char *path, const KanStatus *status,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
char      *kan_vault_resolve_new  (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   kan_vault_remove_new   (const char *new_path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
