/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A slot (FILE.md, "Persons are keys"): the seed lies sealed under the stretched passphrase, bound to this file, its
   founding and this person; the file key lies in the box of the keys that come from the seed. */
#include "vault/kan-slot.h"
#include "vault/kan-bytes.h"

#include <glib/gi18n-lib.h>

static const char bound_domain[] = "kanribo slot 1";

enum { BOUND_SIZE = sizeof bound_domain + KAN_FILE_ID_SIZE + KAN_HASH_SIZE + KAN_LOGIN_MAX + 8 + 4 };

static void
fill_bound (const KanSlotEntry *slot, const KanHeader *header, guint8 bound[BOUND_SIZE])
{
  char login[KAN_LOGIN_MAX] = { 0 };
  guint8 *at = bound;

  memcpy (login, slot->who.login, MIN (strlen (slot->who.login), KAN_LOGIN_MAX));
  put_bytes (&at, bound_domain, sizeof bound_domain);
  put_bytes (&at, header->file_id, KAN_FILE_ID_SIZE);
  put_bytes (&at, header->founding.bytes, KAN_HASH_SIZE);
  put_bytes (&at, login, sizeof login);
  put_64 (&at, (guint64) slot->who.person);
  put_32 (&at, slot->who.provisional ? 1 : 0);
}

/**
 * kan_slot_fill:
 * @self: a slot that says whose it is; gets keys, parameters and what opens it
 * @header: the header it is for
 * @passphrase: the person's
 * @keys: the person's
 * @file_key: what they are to hold
 * @error: as kan_stretch()
 */
gboolean
kan_slot_fill (KanSlotEntry *self, const KanHeader *header, const KanSecret *passphrase,
               const KanKeys *keys, const KanSecret *file_key, GError **error)
{
  g_autoptr (KanSecret) key = NULL;
  guint8 bound[BOUND_SIZE];

  kan_stretch_init (&self->stretch);
  key = kan_stretch (&self->stretch, passphrase, error);
  if (key == NULL)
    return FALSE;
  memcpy (self->who.box_key, kan_keys_get_box (keys), KAN_KEY_SIZE);
  fill_bound (self, header, bound);
  if (kan_seal (key, kan_secret_peek_bytes (kan_keys_peek_seed (keys)), KAN_SEED_SIZE,
                bound, sizeof bound, self->sealed_seed)
      && kan_box (self->who.box_key, kan_secret_peek_bytes (file_key), KAN_KEY_SIZE, self->boxed_key))
    return TRUE;
  g_set_error (error, KAN_ERROR, KAN_ERROR_USAGE, _("the keys of “%s” cannot hold a file key"), self->who.login);
  return FALSE;
}

/**
 * kan_slot_open:
 * @self: a slot
 * @header: the header it came from
 * @passphrase: what was typed
 * @error: %KAN_ERROR_LOCKED where the passphrase is wrong, %KAN_ERROR_DAMAGED where the slot contradicts itself
 *
 * Returns: (transfer full): the person's keys, or %NULL
 */
KanKeys *
kan_slot_open (const KanSlotEntry *self, const KanHeader *header, const KanSecret *passphrase, GError **error)
{
  g_autoptr (KanSecret) key = kan_stretch (&self->stretch, passphrase, error);
  g_autoptr (KanSecret) seed = NULL;
  g_autoptr (KanKeys) keys = NULL;
  guint8 bound[BOUND_SIZE];

  if (key == NULL)
    return NULL;
  fill_bound (self, header, bound);
  seed = kan_unseal (key, self->sealed_seed, sizeof self->sealed_seed, bound, sizeof bound);
  if (seed == NULL)
    {
      g_set_error (error, KAN_ERROR, KAN_ERROR_LOCKED, _("that is not the passphrase of “%s”"), self->who.login);
      return NULL;
    }
  keys = kan_keys_new (seed);
  if (kan_equal (kan_keys_get_box (keys), self->who.box_key, KAN_KEY_SIZE))
    return g_steal_pointer (&keys);
  g_set_error (error, KAN_ERROR, KAN_ERROR_DAMAGED, _("the slot of “%s” shows a key that is not theirs"),
               self->who.login);
  return NULL;
}

/**
 * kan_slot_unbox:
 * @self: a slot
 * @keys: what it opened to
 * @error: %KAN_ERROR_KEYLESS where the slot holds no file key any more
 *
 * Returns: (transfer full): the file key, or %NULL
 */
KanSecret *
kan_slot_unbox (const KanSlotEntry *self, const KanKeys *keys, GError **error)
{
  KanSecret *file_key = kan_unbox (keys, self->boxed_key, sizeof self->boxed_key);

  if (file_key == NULL)
    g_set_error (error, KAN_ERROR, KAN_ERROR_KEYLESS, _("“%s” no longer holds this file's key"), self->who.login);
  return file_key;
}
