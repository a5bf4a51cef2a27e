/* SPDX-License-Identifier: GPL-3.0-or-later */
/* BLAKE2b-256 with or without a key (RFC 7693), comparison in constant time, and SQLCipher's page HMAC. */
#include "crypto/kan-crypto.h"

#include <sodium.h>

G_STATIC_ASSERT (sizeof (KanHasher) >= sizeof (crypto_generichash_state));
G_STATIC_ASSERT (G_ALIGNOF (KanHasher) >= G_ALIGNOF (crypto_generichash_state));
G_STATIC_ASSERT (KAN_HMAC_SIZE == crypto_auth_hmacsha512_BYTES);

static crypto_generichash_state *
state_of (KanHasher *self)
{
  return (crypto_generichash_state *) self->state;
}

/**
 * kan_hasher_init:
 * @self: a hasher; on the stack or in memory aligned to 64 bytes
 * @key: (nullable): makes the hash a message authentication code
 */
void
kan_hasher_init (KanHasher *self, const KanSecret *key)
{
  crypto_generichash_init (state_of (self), key != NULL ? kan_secret_peek_bytes (key) : NULL,
                           key != NULL ? kan_secret_get_size (key) : 0, KAN_HASH_SIZE);
}

/**
 * kan_hasher_update:
 * @self: a hasher
 * @bytes: what comes next
 * @size: in bytes
 */
void
kan_hasher_update (KanHasher *self, gconstpointer bytes, gsize size)
{
  crypto_generichash_update (state_of (self), bytes, size);
}

/**
 * kan_hasher_finish:
 * @self: a hasher; wiped
 * @out: where to put the hash
 */
void
kan_hasher_finish (KanHasher *self, KanHash *out)
{
  crypto_generichash_final (state_of (self), out->bytes, KAN_HASH_SIZE);
  kan_wipe (self, sizeof *self);
}

/**
 * kan_hash:
 * @bytes: what to hash
 * @size: in bytes
 * @out: where to put the BLAKE2b-256
 */
void
kan_hash (gconstpointer bytes, gsize size, KanHash *out)
{
  crypto_generichash (out->bytes, KAN_HASH_SIZE, bytes, size, NULL, 0);
}

/**
 * kan_equal:
 * @a: bytes
 * @b: bytes
 * @size: of both
 *
 * Returns: whether they are the same, in a time that does not tell where they differ
 */
gboolean
kan_equal (gconstpointer a, gconstpointer b, gsize size)
{
  return sodium_memcmp (a, b, size) == 0;
}

/**
 * kan_hmac_sha512:
 * @key: the key
 * @key_size: in bytes
 * @bytes: the message
 * @size: in bytes
 * @more: (nullable): the rest of the message
 * @more_size: in bytes
 * @mac: where to put the code (RFC 2104 over SHA-512)
 */
void
kan_hmac_sha512 (const guint8 *key, gsize key_size, gconstpointer bytes, gsize size,
                 gconstpointer more, gsize more_size, guint8 mac[KAN_HMAC_SIZE])
{
  crypto_auth_hmacsha512_state state;

  crypto_auth_hmacsha512_init (&state, key, key_size);
  crypto_auth_hmacsha512_update (&state, bytes, size);
  crypto_auth_hmacsha512_update (&state, more, more_size);
  crypto_auth_hmacsha512_final (&state, mac);
  kan_wipe (&state, sizeof state);
}
