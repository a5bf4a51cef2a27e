/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libsodium behind five words: secret, kdf, seal, sign, hash. Nothing else in the program includes it. */
#pragma once
#include "kan-types.h"

G_BEGIN_DECLS

enum { KAN_HASH_SIZE = 32, KAN_KEY_SIZE = 32, KAN_SALT_SIZE = 16, KAN_SIGNATURE_SIZE = 64,
       KAN_SEED_SIZE = 32, KAN_SEALED_EXTRA = 24 + 16, KAN_BOXED_EXTRA = 48 };

typedef struct { guint8 bytes[KAN_HASH_SIZE]; } KanHash;

/* secret: guarded memory that is wiped when freed; never copied into ordinary memory, never printed */
gboolean      kan_crypto_init       (GError **error) G_GNUC_WARN_UNUSED_RESULT;
KanSecret    *kan_secret_new        (gsize size);
KanSecret    *kan_secret_new_random (gsize size);
KanSecret    *kan_secret_new_take   (guint8 *bytes, gsize size);
gsize         kan_secret_get_size   (const KanSecret *self);
guint8       *kan_secret_get_bytes  (KanSecret *self);
const guint8 *kan_secret_peek_bytes (const KanSecret *self);
void          kan_secret_free       (KanSecret *self);
void          kan_wipe              (gpointer bytes, gsize size);
void          kan_random            (gpointer bytes, gsize size);
guint32       kan_random_below      (guint32 bound);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KanSecret, kan_secret_free)

/* kdf: Argon2id from a passphrase, BLAKE2b subkeys from a root */
typedef struct { guint32 passes; guint64 memory; guint8 salt[KAN_SALT_SIZE]; } KanStretch;

void          kan_stretch_init      (KanStretch *self);
gboolean      kan_stretch_is_sound  (const KanStretch *self);
#ifdef KAN_TEST_BUILD
void          kan_stretch_set_light (gboolean light);
#endif
KanSecret    *kan_stretch           (const KanStretch *self, const KanSecret *passphrase,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
KanSecret    *kan_kdf_subkey        (const KanSecret *root, const char context[8], guint64 id);

/* seal: authenticated encryption under a secret (bound to `bound`), and to a person's box key */
gboolean      kan_seal              (const KanSecret *key, const guint8 *plain, gsize plain_size,
                                     const guint8 *bound, gsize bound_size, guint8 *sealed);
KanSecret    *kan_unseal            (const KanSecret *key, const guint8 *sealed, gsize sealed_size,
                                     const guint8 *bound, gsize bound_size);
gboolean      kan_box               (const guint8 box_key[KAN_KEY_SIZE], const guint8 *plain, gsize plain_size,
                                     guint8 *boxed);
KanSecret    *kan_unbox             (const KanKeys *keys, const guint8 *boxed, gsize boxed_size);

/* sign: the keys that come from a person's seed */
typedef enum { KAN_SIGN_ACT, KAN_SIGN_STATEMENT } KanSignUse;

KanKeys      *kan_keys_new          (const KanSecret *seed);
const guint8 *kan_keys_get_sign     (const KanKeys *self);   /* 32-byte public keys */
const guint8 *kan_keys_get_statement (const KanKeys *self);
const guint8 *kan_keys_get_box      (const KanKeys *self);
const KanSecret *kan_keys_peek_seed (const KanKeys *self);
KanSecret    *kan_keys_derive_verified (const KanKeys *self);
KanSecret    *kan_keys_derive       (const KanKeys *self, const char use[8], guint64 id);
void          kan_keys_free         (KanKeys *self);
void          kan_keys_sign         (const KanKeys *self, KanSignUse use, const guint8 *message, gsize size,
                                     guint8 signature[KAN_SIGNATURE_SIZE]);
gboolean      kan_signature_holds   (const guint8 key[KAN_KEY_SIZE], const guint8 *message, gsize size,
                                     const guint8 signature[KAN_SIGNATURE_SIZE]) G_GNUC_WARN_UNUSED_RESULT;
char         *kan_fingerprint       (const guint8 key[KAN_KEY_SIZE]);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KanKeys, kan_keys_free)

/* hash: BLAKE2b-256, with or without a key */
typedef struct { guint8 state[384] __attribute__ ((aligned (64))); } KanHasher;

void          kan_hasher_init       (KanHasher *self, const KanSecret *key);
void          kan_hasher_update     (KanHasher *self, gconstpointer bytes, gsize size);
void          kan_hasher_finish     (KanHasher *self, KanHash *out);
void          kan_hash              (gconstpointer bytes, gsize size, KanHash *out);
gboolean      kan_equal             (gconstpointer a, gconstpointer b, gsize size);   /* constant time */

/* HMAC-SHA512: what SQLCipher authenticates its pages with; nothing of our own uses it */
enum { KAN_HMAC_SIZE = 64 };
void          kan_hmac_sha512       (const guint8 *key, gsize key_size, gconstpointer bytes, gsize size,
                                     gconstpointer more, gsize more_size, guint8 mac[KAN_HMAC_SIZE]);

void          kan_harden_process    (gboolean has_window);

G_END_DECLS
