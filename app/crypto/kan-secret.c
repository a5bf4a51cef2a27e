/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Secrets in guarded memory, randomness, and what the process does so that neither leaks. */
#include "crypto/kan-crypto.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

struct _KanSecret
{
  gsize   size;
  guint8 *bytes;      /* sodium_malloc: locked, between guard pages, read-only until asked for in writing */
};

static void
require_sodium (void)
{
  if (sodium_init () < 0)
    g_error ("libsodium cannot start");
}

static KanSecret *
secret_new_writable (gsize size)
{
  KanSecret *self = g_new0 (KanSecret, 1);

  require_sodium ();
  self->size = size;
  self->bytes = sodium_malloc (size);
  if (self->bytes == NULL)
    g_error ("no memory for a secret of %" G_GSIZE_FORMAT " bytes", size);
  return self;
}

/**
 * kan_crypto_init:
 * @error: %KAN_ERROR_IO where the system offers no randomness
 *
 * Starts libsodium. Called once at the start of the program, so that its failure becomes a message;
 * calling it again does nothing.
 */
gboolean
kan_crypto_init (GError **error)
{
  if (sodium_init () >= 0)
    return TRUE;
  g_set_error_literal (error, KAN_ERROR, KAN_ERROR_IO, _("the system's source of randomness cannot be used"));
  return FALSE;
}

/**
 * kan_secret_new:
 * @size: in bytes
 *
 * Returns: (transfer full): a secret of @size zero bytes
 */
KanSecret *
kan_secret_new (gsize size)
{
  KanSecret *self = secret_new_writable (size);

  memset (self->bytes, 0, size);
  return self;
}

/**
 * kan_secret_new_random:
 * @size: in bytes
 *
 * Returns: (transfer full): a secret of @size random bytes
 */
KanSecret *
kan_secret_new_random (gsize size)
{
  KanSecret *self = secret_new_writable (size);

  randombytes_buf (self->bytes, size);
  sodium_mprotect_readonly (self->bytes);
  return self;
}

/**
 * kan_secret_new_take:
 * @bytes: what to keep secret; wiped, and still the caller's memory
 * @size: in bytes
 *
 * Moves @bytes into guarded memory, leaving zeros behind.
 *
 * Returns: (transfer full): the secret
 */
KanSecret *
kan_secret_new_take (guint8 *bytes, gsize size)
{
  KanSecret *self = secret_new_writable (size);

  if (size > 0)
    memcpy (self->bytes, bytes, size);
  kan_wipe (bytes, size);
  sodium_mprotect_readonly (self->bytes);
  return self;
}

/**
 * kan_secret_get_size:
 * @self: a secret
 *
 * Returns: how many bytes it has
 */
gsize
kan_secret_get_size (const KanSecret *self)
{
  return self->size;
}

/**
 * kan_secret_get_bytes:
 * @self: a secret
 *
 * Returns: (transfer none): the bytes for writing; from here on they stay writable
 */
guint8 *
kan_secret_get_bytes (KanSecret *self)
{
  sodium_mprotect_readwrite (self->bytes);
  return self->bytes;
}

/**
 * kan_secret_peek_bytes:
 * @self: a secret
 *
 * Returns: (transfer none): the bytes for reading
 */
const guint8 *
kan_secret_peek_bytes (const KanSecret *self)
{
  return self->bytes;
}

/**
 * kan_secret_free:
 * @self: (nullable): a secret
 *
 * Wipes and frees it.
 */
void
kan_secret_free (KanSecret *self)
{
  if (self == NULL)
    return;
  sodium_free (self->bytes);
  g_free (self);
}

/**
 * kan_wipe:
 * @bytes: ordinary memory that held something secret
 * @size: in bytes
 *
 * Overwrites it with zeros in a way that the compiler keeps.
 */
void
kan_wipe (gpointer bytes, gsize size)
{
  if (size > 0)
    sodium_memzero (bytes, size);
}

/**
 * kan_random:
 * @bytes: where to put them
 * @size: how many
 *
 * Fills with random bytes fit for keys.
 */
void
kan_random (gpointer bytes, gsize size)
{
  require_sodium ();
  randombytes_buf (bytes, size);
}

/**
 * kan_random_below:
 * @bound: one above the largest wanted
 *
 * Returns: a number from 0 to @bound − 1, each as likely
 */
guint32
kan_random_below (guint32 bound)
{
  require_sodium ();
  return randombytes_uniform (bound);
}

/**
 * kan_harden_process:
 * @has_window: whether the desktop's services are asked: portals (file chooser, colours) deny a process that
 *   cannot be dumped
 *
 * Keeps a crash from writing this process's memory to disk, and without a window other processes of the same
 * account from reading it. What the kernel refuses is not told: the program runs on either way.
 */
void
kan_harden_process (gboolean has_window)
{
  const struct rlimit none = { 0, 0 };

  if (!has_window)
    (void) prctl (PR_SET_DUMPABLE, 0, 0, 0, 0);
  (void) setrlimit (RLIMIT_CORE, &none);
}
