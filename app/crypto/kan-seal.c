/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Authenticated encryption under a secret: XChaCha20-Poly1305 with a random nonce in front. */
#include "crypto/kan-crypto.h"

#include <sodium.h>

enum { NONCE_SIZE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
       TAG_SIZE = crypto_aead_xchacha20poly1305_ietf_ABYTES };

G_STATIC_ASSERT ((int) KAN_SEALED_EXTRA == (int) NONCE_SIZE + (int) TAG_SIZE);
G_STATIC_ASSERT (KAN_KEY_SIZE == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

/**
 * kan_seal:
 * @key: %KAN_KEY_SIZE bytes
 * @plain: what to seal
 * @plain_size: in bytes
 * @bound: (nullable): what it belongs to: unsealing needs the same bytes
 * @bound_size: in bytes
 * @sealed: room for @plain_size + %KAN_SEALED_EXTRA bytes
 *
 * Returns: whether @key has the right size
 */
gboolean
kan_seal (const KanSecret *key, const guint8 *plain, gsize plain_size,
          const guint8 *bound, gsize bound_size, guint8 *sealed)
{
  g_return_val_if_fail (kan_secret_get_size (key) == KAN_KEY_SIZE, FALSE);
  kan_random (sealed, NONCE_SIZE);
  return crypto_aead_xchacha20poly1305_ietf_encrypt (sealed + NONCE_SIZE, NULL, plain, plain_size, bound, bound_size,
                                                     NULL, sealed, kan_secret_peek_bytes (key)) == 0;
}

/**
 * kan_unseal:
 * @key: %KAN_KEY_SIZE bytes
 * @sealed: what kan_seal() wrote
 * @sealed_size: in bytes
 * @bound: (nullable): what it was bound to
 * @bound_size: in bytes
 *
 * Returns: (transfer full): what was sealed, or %NULL where key, bytes or bound differ
 */
KanSecret *
kan_unseal (const KanSecret *key, const guint8 *sealed, gsize sealed_size, const guint8 *bound, gsize bound_size)
{
  g_autoptr (KanSecret) plain = NULL;

  g_return_val_if_fail (kan_secret_get_size (key) == KAN_KEY_SIZE, NULL);
  if (sealed_size < KAN_SEALED_EXTRA)
    return NULL;
  plain = kan_secret_new (sealed_size - KAN_SEALED_EXTRA);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt (kan_secret_get_bytes (plain), NULL, NULL,
                                                  sealed + NONCE_SIZE, sealed_size - NONCE_SIZE, bound, bound_size,
                                                  sealed, kan_secret_peek_bytes (key)) != 0)
    return NULL;
  return g_steal_pointer (&plain);
}
