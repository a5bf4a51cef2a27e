/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file: two header copies with key slots, a status block, and the database behind them (FILE.md, "Layout"). */
#pragma once
#include "crypto/kan-crypto.h"
#include "db/kan-db.h"

G_BEGIN_DECLS

enum { KAN_FILE_ID_SIZE = 16, KAN_HEADER_SIZE = 28 * 1024, KAN_STATUS_AT = 57344, KAN_STATUS_SIZE = 8192,
       KAN_DB_AT = 65536, KAN_SLOTS_MAX = 64, KAN_LOGIN_MAX = 32 };

typedef enum { KAN_VAULT_WRITE, KAN_VAULT_READ } KanVaultMode;

/* Who can open the file. `provisional`: a one-time passphrase, reading only, until key.claim. */
typedef struct
{
  char     login[KAN_LOGIN_MAX + 1];
  gint64   person;
  gboolean provisional;
  guint8   box_key[KAN_KEY_SIZE];
} KanSlot;

/* Hints beside the header, never proof: who is in it, since when, and what `kanribo remind` may say. */
typedef struct
{
  gboolean in_use;
  char     who[64], where[64];     /* UTF-8, NUL-terminated */
  gint64   since;                  /* seconds since 1970, UTC */
  gint64   opened, verified;       /* last unlock; last complete verification that found nothing new */
  char     verified_by[64];        /* whose that was */
  gint64   verified_seq;           /* up to which act */
  gint64   remind_as_of;           /* day the counts below hold for, days since 1970; 0: switched off */
  guint32  n_reminders;
  struct { gint32 day; guint16 what, count; } reminders[64];   /* day: days since 1970 */
} KanStatus;

/* Founding: create, fill the database, then establish with the hash of the founding act. */
KanVault     *kan_vault_create        (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean      kan_vault_establish     (KanVault *self, const KanHash *founding, const char *login, gint64 person,
                                       const KanSecret *passphrase, const KanKeys *keys,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

KanVault     *kan_vault_open          (const char *path, KanVaultMode mode, GError **error) G_GNUC_WARN_UNUSED_RESULT;
KanKeys      *kan_vault_unlock        (KanVault *self, const char *login, const KanSecret *passphrase,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
KanKeys      *kan_vault_unseal        (KanVault *self, const char *login, const KanSecret *passphrase,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
void          kan_vault_free          (KanVault *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KanVault, kan_vault_free)

const char   *kan_vault_get_path      (KanVault *self);
KanVaultMode  kan_vault_get_mode      (KanVault *self);
KanDb        *kan_vault_get_db        (KanVault *self);            /* NULL until unlocked */
const guint8 *kan_vault_get_file_id   (KanVault *self);
const KanHash *kan_vault_get_founding (KanVault *self);
guint64       kan_vault_get_generation (KanVault *self);           /* grows with every slot change */
gboolean      kan_vault_was_interrupted (KanVault *self);          /* in-use mark found without a journal */
const char   *kan_vault_get_notice    (KanVault *self);            /* copies differed …; NULL: nothing to tell */
const char   *kan_vault_get_copies    (KanVault *self, gboolean *mended);

guint          kan_vault_n_slots      (KanVault *self);
const KanSlot *kan_vault_get_slot     (KanVault *self, guint index);
const KanSlot *kan_vault_find_slot    (KanVault *self, const char *login);
gboolean      kan_vault_put_slot      (KanVault *self, const char *login, gint64 person, gboolean provisional,
                                       const KanSecret *passphrase, const KanKeys *keys,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

GBytes       *kan_vault_dup_slot      (KanVault *self, const char *login);
gboolean      kan_vault_put_back_slot (KanVault *self, GBytes *slot, GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean      kan_vault_mark_in_use   (KanVault *self, const char *who, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean      kan_vault_get_status    (KanVault *self, KanStatus *status, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean      kan_vault_set_status    (KanVault *self, const KanStatus *status,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
GArray       *kan_vault_sweep         (KanVault *self, guint32 *n_pages, GError **error) G_GNUC_WARN_UNUSED_RESULT;
KanDb        *kan_vault_open_torn     (KanVault *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean      kan_vault_backup        (KanVault *self, const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
KanDb        *kan_vault_open_earlier  (KanVault *self, const char *path);

/* Derived from the file key for other layers' own authenticated blocks. */
KanSecret    *kan_vault_derive_key    (KanVault *self, const char context[8], guint64 id);

G_END_DECLS
