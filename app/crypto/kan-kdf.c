/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys from passphrases (Argon2id, RFC 9106) and keys from keys (crypto_kdf, that is BLAKE2b). */
#include "crypto/kan-crypto.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>

/* What a file may ask of the machine that opens it: above, opening it would be an attack on memory or patience. */
enum { PASSES_MAX = 16 };
#define MEMORY_MAX (G_GUINT64_CONSTANT (1) << 30)

G_STATIC_ASSERT (KAN_SALT_SIZE == crypto_pwhash_argon2id_SALTBYTES);
G_STATIC_ASSERT (KAN_KEY_SIZE == crypto_kdf_KEYBYTES);

#ifdef KAN_TEST_BUILD
static gboolean stretch_light;

/**
 * kan_stretch_set_light:
 * @light: whether passphrases are stretched as little as libsodium allows
 *
 * Lets tests open a hundred files in the time of one. Exists in test builds only, and only there are
 * files that were written so accepted.
 */
void
kan_stretch_set_light (gboolean light)
{
  stretch_light = light;
}

static const guint32 passes_min = crypto_pwhash_argon2id_OPSLIMIT_MIN;
static const guint64 memory_min = crypto_pwhash_argon2id_MEMLIMIT_MIN;
#else
static const gboolean stretch_light = FALSE;
static const guint32 passes_min = crypto_pwhash_argon2id_OPSLIMIT_MODERATE;
static const guint64 memory_min = crypto_pwhash_argon2id_MEMLIMIT_MODERATE;
#endif

/**
 * kan_stretch_init:
 * @self: where to put the parameters
 *
 * Draws a salt and sets libsodium's *moderate* cost: 3 passes over 256 MiB, about half a second.
 */
void
kan_stretch_init (KanStretch *self)
{
  kan_random (self->salt, sizeof self->salt);
  self->passes = stretch_light ? crypto_pwhash_argon2id_OPSLIMIT_MIN : crypto_pwhash_argon2id_OPSLIMIT_MODERATE;
  self->memory = stretch_light ? crypto_pwhash_argon2id_MEMLIMIT_MIN : crypto_pwhash_argon2id_MEMLIMIT_MODERATE;
}

/**
 * kan_stretch_is_sound:
 * @self: parameters read from a file
 *
 * Returns: whether they are between what protects a passphrase and what a terminal can bear
 */
gboolean
kan_stretch_is_sound (const KanStretch *self)
{
  return self->passes >= passes_min && self->passes <= PASSES_MAX
         && self->memory >= memory_min && self->memory <= MEMORY_MAX;
}

/**
 * kan_stretch:
 * @self: parameters
 * @passphrase: as typed
 * @error: %KAN_ERROR_DAMAGED where the parameters are out of bounds, %KAN_ERROR_IO where memory is short
 *
 * Returns: (transfer full): a key of %KAN_KEY_SIZE bytes, or %NULL
 */
KanSecret *
kan_stretch (const KanStretch *self, const KanSecret *passphrase, GError **error)
{
  g_autoptr (KanSecret) key = NULL;

  if (!kan_stretch_is_sound (self))
    {
      g_set_error (error, KAN_ERROR, KAN_ERROR_DAMAGED,
                   _("the slot asks for %u passes over %lu bytes, which this program never writes"),
                   self->passes, (gulong) self->memory);
      return NULL;
    }
  key = kan_secret_new (KAN_KEY_SIZE);
  if (crypto_pwhash (kan_secret_get_bytes (key), KAN_KEY_SIZE,
                     (const char *) kan_secret_peek_bytes (passphrase), kan_secret_get_size (passphrase),
                     self->salt, self->passes, self->memory, crypto_pwhash_ALG_ARGON2ID13) == 0)
    return g_steal_pointer (&key);
  g_set_error (error, KAN_ERROR, KAN_ERROR_IO,
               _("not enough free memory to check a passphrase (%lu MiB are needed)"),
               (gulong) (self->memory >> 20));
  return NULL;
}

/**
 * kan_kdf_subkey:
 * @root: a key of %KAN_KEY_SIZE bytes
 * @context: eight characters that say what the subkey is for
 * @id: its number there
 *
 * Returns: (transfer full): a key of %KAN_KEY_SIZE bytes that tells nothing about @root or other subkeys
 */
KanSecret *
kan_kdf_subkey (const KanSecret *root, const char context[8], guint64 id)
{
  KanSecret *key = kan_secret_new (KAN_KEY_SIZE);

  g_assert (kan_secret_get_size (root) == KAN_KEY_SIZE);
  crypto_kdf_derive_from_key (kan_secret_get_bytes (key), KAN_KEY_SIZE, id, context, kan_secret_peek_bytes (root));
  return key;
}
