/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A person's keys: two signing keys (Ed25519) and a box key (X25519), all from one seed. */
#include "crypto/kan-crypto.h"

#include <sodium.h>
#include <string.h>

enum { SUBKEY_ACT = 1, SUBKEY_STATEMENT = 2, SUBKEY_BOX = 3, SUBKEY_VERIFIED = 4 };
static const char context[8] = { 'k', 'a', 'n', 'p', 'e', 'r', 's', 'n' };

struct _KanKeys
{
  KanSecret *seed;
  KanSecret *act, *statement, *box;
  guint8     act_public[KAN_KEY_SIZE], statement_public[KAN_KEY_SIZE], box_public[KAN_KEY_SIZE];
};

G_STATIC_ASSERT (KAN_SIGNATURE_SIZE == crypto_sign_BYTES);
G_STATIC_ASSERT (KAN_KEY_SIZE == crypto_sign_PUBLICKEYBYTES && KAN_KEY_SIZE == crypto_box_PUBLICKEYBYTES);
G_STATIC_ASSERT (KAN_BOXED_EXTRA == crypto_box_SEALBYTES);

static KanSecret *
sign_pair (const KanSecret *seed, guint64 id, guint8 *public_key)
{
  g_autoptr (KanSecret) subkey = kan_kdf_subkey (seed, context, id);
  KanSecret *secret_key = kan_secret_new (crypto_sign_SECRETKEYBYTES);

  crypto_sign_seed_keypair (public_key, kan_secret_get_bytes (secret_key), kan_secret_peek_bytes (subkey));
  return secret_key;
}

static KanSecret *
box_pair (const KanSecret *seed, guint8 *public_key)
{
  g_autoptr (KanSecret) subkey = kan_kdf_subkey (seed, context, SUBKEY_BOX);
  KanSecret *secret_key = kan_secret_new (crypto_box_SECRETKEYBYTES);

  crypto_box_seed_keypair (public_key, kan_secret_get_bytes (secret_key), kan_secret_peek_bytes (subkey));
  return secret_key;
}

/**
 * kan_keys_new:
 * @seed: %KAN_SEED_SIZE bytes that nobody else ever knew; copied into guarded memory
 *
 * Returns: (transfer full): the keys that come from it
 */
KanKeys *
kan_keys_new (const KanSecret *seed)
{
  KanKeys *self = NULL;

  g_return_val_if_fail (kan_secret_get_size (seed) == KAN_SEED_SIZE, NULL);
  self = g_new0 (KanKeys, 1);
  self->seed = kan_secret_new (KAN_SEED_SIZE);
  memcpy (kan_secret_get_bytes (self->seed), kan_secret_peek_bytes (seed), KAN_SEED_SIZE);
  self->act = sign_pair (seed, SUBKEY_ACT, self->act_public);
  self->statement = sign_pair (seed, SUBKEY_STATEMENT, self->statement_public);
  self->box = box_pair (seed, self->box_public);
  return self;
}

/**
 * kan_keys_get_sign:
 * @self: keys
 *
 * Returns: (transfer none): the public key that verifies this person's acts, %KAN_KEY_SIZE bytes
 */
const guint8 *
kan_keys_get_sign (const KanKeys *self)
{
  return self->act_public;
}

/**
 * kan_keys_get_statement:
 * @self: keys
 *
 * Returns: (transfer none): the public key that verifies this person's statements, %KAN_KEY_SIZE bytes
 */
const guint8 *
kan_keys_get_statement (const KanKeys *self)
{
  return self->statement_public;
}

/**
 * kan_keys_get_box:
 * @self: keys
 *
 * Returns: (transfer none): the public key to which others box for this person, %KAN_KEY_SIZE bytes
 */
const guint8 *
kan_keys_get_box (const KanKeys *self)
{
  return self->box_public;
}

/**
 * kan_keys_peek_seed:
 * @self: keys
 *
 * Returns: (transfer none): the seed
 */
const KanSecret *
kan_keys_peek_seed (const KanKeys *self)
{
  return self->seed;
}

/**
 * kan_keys_derive_verified:
 * @self: keys
 *
 * Returns: (transfer full): the key of %KAN_KEY_SIZE bytes under which this person keeps what they verified
 */
KanSecret *
kan_keys_derive_verified (const KanKeys *self)
{
  return kan_kdf_subkey (self->seed, context, SUBKEY_VERIFIED);
}

/**
 * kan_keys_derive:
 * @self: keys
 * @use: eight letters that say what it is for; another use has others
 * @id: which of them
 *
 * Returns: (transfer full): %KAN_KEY_SIZE bytes that only who holds the seed can make
 */
KanSecret *
kan_keys_derive (const KanKeys *self, const char use[8], guint64 id)
{
  return kan_kdf_subkey (self->seed, use, id);
}

/**
 * kan_keys_free:
 * @self: (nullable): keys
 *
 * Wipes and frees them.
 */
void
kan_keys_free (KanKeys *self)
{
  if (self == NULL)
    return;
  kan_secret_free (self->seed);
  kan_secret_free (self->act);
  kan_secret_free (self->statement);
  kan_secret_free (self->box);
  g_free (self);
}

/**
 * kan_keys_sign:
 * @self: keys
 * @use: which of the two signing keys; they never stand in for each other
 * @message: what to sign, beginning with a domain string of its own
 * @size: in bytes
 * @signature: where to put the signature (Ed25519, RFC 8032)
 */
void
kan_keys_sign (const KanKeys *self, KanSignUse use, const guint8 *message, gsize size,
               guint8 signature[KAN_SIGNATURE_SIZE])
{
  const KanSecret *key = use == KAN_SIGN_STATEMENT ? self->statement : self->act;

  crypto_sign_detached (signature, NULL, message, size, kan_secret_peek_bytes (key));
}

/**
 * kan_signature_holds:
 * @key: a public signing key
 * @message: what was signed
 * @size: in bytes
 * @signature: the signature
 *
 * Returns: whether @key made @signature over @message
 */
gboolean
kan_signature_holds (const guint8 key[KAN_KEY_SIZE], const guint8 *message, gsize size,
                     const guint8 signature[KAN_SIGNATURE_SIZE])
{
  return crypto_sign_verify_detached (signature, message, size, key) == 0;
}

/**
 * kan_box:
 * @box_key: whose box
 * @plain: what to put in
 * @plain_size: in bytes
 * @boxed: room for @plain_size + %KAN_BOXED_EXTRA bytes
 *
 * Returns: %FALSE where @box_key is no key that anybody could hold
 */
gboolean
kan_box (const guint8 box_key[KAN_KEY_SIZE], const guint8 *plain, gsize plain_size, guint8 *boxed)
{
  return crypto_box_seal (boxed, plain, plain_size, box_key) == 0;
}

/**
 * kan_unbox:
 * @keys: whose box
 * @boxed: what kan_box() wrote
 * @boxed_size: in bytes
 *
 * Returns: (transfer full): what was put in, or %NULL where it is not for these keys or damaged
 */
KanSecret *
kan_unbox (const KanKeys *keys, const guint8 *boxed, gsize boxed_size)
{
  g_autoptr (KanSecret) plain = NULL;

  if (boxed_size < KAN_BOXED_EXTRA)
    return NULL;
  plain = kan_secret_new (boxed_size - KAN_BOXED_EXTRA);
  if (crypto_box_seal_open (kan_secret_get_bytes (plain), boxed, boxed_size,
                            keys->box_public, kan_secret_peek_bytes (keys->box)) != 0)
    return NULL;
  return g_steal_pointer (&plain);
}

/**
 * kan_fingerprint:
 * @key: a public key
 *
 * What people compare on paper: 160 bits of the key's BLAKE2b hash as 32 of Crockford's symbols (no I, L, O, U).
 *
 * Returns: (transfer full): eight groups of four, "-" between
 */
char *
kan_fingerprint (const guint8 key[KAN_KEY_SIZE])
{
  static const char symbols[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  GString *text = g_string_sized_new (39);
  KanHash hash;

  kan_hash (key, KAN_KEY_SIZE, &hash);
  for (guint i = 0; i < 32; i++)
    {
      guint bit = i * 5, byte = bit / 8;
      guint pair = (guint) hash.bytes[byte] << 8 | hash.bytes[byte + 1];

      if (i > 0 && i % 4 == 0)
        g_string_append_c (text, '-');
      g_string_append_c (text, symbols[pair >> (11 - bit % 8) & 31]);
    }
  return g_string_free (text, FALSE);
}
