/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One copy of the header as it lies in the file, and what it says. */
#pragma once
#include "vault/kan-vault.h"

G_BEGIN_DECLS

enum { KAN_FORMAT = 1, KAN_SEALED_SEED_SIZE = KAN_SEED_SIZE + KAN_SEALED_EXTRA,
       KAN_BOXED_KEY_SIZE = KAN_KEY_SIZE + KAN_BOXED_EXTRA, KAN_RECOVERY_SIZE = 1024 };

/* A slot with what opens it: the seed under the passphrase, the file key in the box of the seed's keys. */
typedef struct
{
  KanSlot    who;
  KanStretch stretch;
  guint8     sealed_seed[KAN_SEALED_SEED_SIZE];
  guint8     boxed_key[KAN_BOXED_KEY_SIZE];
} KanSlotEntry;

typedef struct
{
  guint8       file_id[KAN_FILE_ID_SIZE];
  guint64      generation;
  guint32      epoch;                           /* of the file key */
  guint8       salt[KAN_SALT_SIZE];             /* of the database */
  KanHash      founding;                        /* hash of the founding act */
  guint8       recovery[KAN_RECOVERY_SIZE];     /* the recovery slot; zeros where there is none */
  guint32      n_slots;
  KanSlotEntry slots[KAN_SLOTS_MAX];
} KanHeader;

typedef enum
{
  KAN_COPY_SOUND,
  KAN_COPY_FOREIGN,          /* does not begin like one of ours */
  KAN_COPY_DAMAGED,
  KAN_COPY_NEWER,            /* of a newer format, and whole */
  KAN_COPY_PERHAPS_NEWER     /* says it is of a newer format, but is not whole as far as we can tell */
} KanCopyVerdict;

void           kan_header_encode    (const KanHeader *self, const KanSecret *mac_key, guint8 bytes[KAN_HEADER_SIZE]);
KanCopyVerdict kan_header_decode    (KanHeader *self, const guint8 bytes[KAN_HEADER_SIZE]);
gboolean       kan_header_is_ours   (const guint8 *bytes, gsize size);
gboolean       kan_header_mac_holds (const guint8 bytes[KAN_HEADER_SIZE], const KanSecret *mac_key);
int            kan_header_find      (const KanHeader *self, const char *login);
gboolean       kan_login_is_sound   (const char *login);

G_END_DECLS
