/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who can open the file: reading slots, and changing one so that either the old header or the new one is there. */
#include "vault/kan-vault-private.h"
#include "db/kan-io.h"
#include "vault/kan-slot.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * kan_vault_n_slots:
 * @self: a file
 *
 * Returns: how many slots it has
 */
guint
kan_vault_n_slots (KanVault *self)
{
  return self->header.n_slots;
}

/**
 * kan_vault_get_slot:
 * @self: a file
 * @index: below kan_vault_n_slots()
 *
 * Returns: (transfer none): the slot, until the next change of one
 */
const KanSlot *
kan_vault_get_slot (KanVault *self, guint index)
{
  g_return_val_if_fail (index < self->header.n_slots, NULL);
  return &self->header.slots[index].who;
}

/**
 * kan_vault_find_slot:
 * @self: a file
 * @login: a login
 *
 * Returns: (transfer none) (nullable): that login's slot, until the next change of one
 */
const KanSlot *
kan_vault_find_slot (KanVault *self, const char *login)
{
  int index = kan_header_find (&self->header, login);

  return index < 0 ? NULL : &self->header.slots[index].who;
}

/**
 * kan_vault_expect_writable:
 * @self: a file
 * @error: %KAN_ERROR_READ_ONLY
 *
 * Returns: whether it was opened for writing
 */
gboolean
kan_vault_expect_writable (KanVault *self, GError **error)
{
  if (self->mode == KAN_VAULT_WRITE)
    return TRUE;
  g_set_error (error, KAN_ERROR, KAN_ERROR_READ_ONLY, _("%s is open for reading only"), self->path);
  return FALSE;
}

static gboolean
write_copy (KanVault *self, guint index, const guint8 *bytes, GError **error)
{
  int fd = kan_hold_get_fd (self->hold);

  return kan_io_write_at (fd, bytes, KAN_HEADER_SIZE, (gint64) index * KAN_HEADER_SIZE, self->path, error)
         && kan_io_sync (fd, self->path, error);
}

/**
 * kan_vault_write_header:
 * @self: an unlocked file that is open for writing
 * @header: what both copies are to say
 * @error: %KAN_ERROR_FULL, %KAN_ERROR_IO
 *
 * Writes one copy, secures it, then the other: at any moment one of them is whole. The first is the one that would be
 * no loss.
 */
gboolean
kan_vault_write_header (KanVault *self, const KanHeader *header, GError **error)
{
  g_autoptr (KanSecret) mac_key = kan_vault_mac_key (self->file_key);
  g_autofree guint8 *bytes = g_malloc (KAN_HEADER_SIZE);

  kan_header_encode (header, mac_key, bytes);
  self->differing = TRUE;
  if (!write_copy (self, self->write_first, bytes, error))
    return FALSE;
  self->write_first = 1 - self->write_first;
  if (!write_copy (self, self->write_first, bytes, error))
    return FALSE;
  self->differing = FALSE;
  return TRUE;
}

static gboolean
expect_sound (KanVault *self, const char *login, const KanSecret *passphrase, GError **error)
{
  if (!kan_vault_expect_writable (self, error))
    return FALSE;
  if (self->file_key == NULL)
    g_set_error (error, KAN_ERROR, KAN_ERROR_LOCKED, _("%s is not unlocked"), self->path);
  else if (!kan_login_is_sound (login))
    g_set_error (error, KAN_ERROR, KAN_ERROR_USAGE,
                 _("“%s” cannot be a login: it takes up to %d of a–z, 0–9, “.”, “-”, “_”, letter or digit first"),
                 login, KAN_LOGIN_MAX);
  else if (kan_secret_get_size (passphrase) == 0)
    g_set_error (error, KAN_ERROR, KAN_ERROR_USAGE, _("the passphrase of “%s” is empty: type one"), login);
  else
    return TRUE;
  return FALSE;
}

/* Whoever was told another one-time passphrase under another login opens nothing with the former one. */
static void
drop_provisional (KanHeader *header, gint64 person, const char *but_login)
{
  guint kept = 0;

  for (guint i = 0; i < header->n_slots; i++)
    if (header->slots[i].who.person != person || !header->slots[i].who.provisional
        || strcmp (header->slots[i].who.login, but_login) == 0)
      header->slots[kept++] = header->slots[i];
  memset (&header->slots[kept], 0, (header->n_slots - kept) * sizeof header->slots[0]);
  header->n_slots = kept;
}

/* The login's slot, a new one at the end where it has none; %NULL where there is no room. */
static KanSlotEntry *
slot_for (KanVault *self, KanHeader *header, const char *login, GError **error)
{
  int index = kan_header_find (header, login);

  if (index >= 0)
    return &header->slots[index];
  if (header->n_slots < KAN_SLOTS_MAX)
    return &header->slots[header->n_slots++];
  g_set_error (error, KAN_ERROR, KAN_ERROR_USAGE, _("%s has no free slot: %d are in use"), self->path, KAN_SLOTS_MAX);
  return NULL;
}

/**
 * kan_vault_put_slot:
 * @self: an unlocked file that is open for writing
 * @login: whose slot; replaced where there is one
 * @person: the person's number
 * @provisional: whether @passphrase is for one use, until key.claim
 * @passphrase: the person's
 * @keys: the person's
 * @error: %KAN_ERROR_USAGE, %KAN_ERROR_READ_ONLY, %KAN_ERROR_LOCKED, %KAN_ERROR_FULL, %KAN_ERROR_IO
 *
 * Enrols a person, or gives one another passphrase or other keys; a provisional slot that the person has under another
 * login goes with the same write. Success is told when both copies of the header are
 * secured; after a failure the file opens with the old slot or the new one.
 */
gboolean
kan_vault_put_slot (KanVault *self, const char *login, gint64 person, gboolean provisional,
                    const KanSecret *passphrase, const KanKeys *keys, GError **error)
{
  g_autofree KanHeader *next = NULL;
  KanSlotEntry *slot = NULL;

  if (!expect_sound (self, login, passphrase, error))
    return FALSE;
  next = g_memdup2 (&self->header, sizeof self->header);
  drop_provisional (next, person, login);
  slot = slot_for (self, next, login, error);
  if (slot == NULL)
    return FALSE;
  memset (slot, 0, sizeof *slot);
  g_strlcpy (slot->who.login, login, sizeof slot->who.login);
  slot->who.person = person;
  slot->who.provisional = provisional;
  next->generation = ++self->generation;
  if (!kan_slot_fill (slot, next, passphrase, keys, self->file_key, error)
      || !kan_vault_write_header (self, next, error))
    return FALSE;
  self->header = *next;
  return TRUE;
}

/**
 * kan_vault_dup_slot:
 * @self: a file
 * @login: whose slot
 *
 * Returns: (transfer full) (nullable): the slot as it is sealed, to be put back; %NULL where there is none
 */
GBytes *
kan_vault_dup_slot (KanVault *self, const char *login)
{
  int index = kan_header_find (&self->header, login);

  return index >= 0 ? g_bytes_new (&self->header.slots[index], sizeof self->header.slots[index]) : NULL;
}

/**
 * kan_vault_put_back_slot:
 * @self: an unlocked file that is open for writing
 * @slot: from kan_vault_dup_slot(), of a slot that was replaced since
 * @error: %KAN_ERROR_FULL, %KAN_ERROR_IO
 *
 * Undoes the replacement: the former passphrase opens again.
 */
gboolean
kan_vault_put_back_slot (KanVault *self, GBytes *slot, GError **error)
{
  const KanSlotEntry *entry = g_bytes_get_data (slot, NULL);
  g_autofree KanHeader *next = g_memdup2 (&self->header, sizeof self->header);
  int index = kan_header_find (next, entry->who.login);

  g_return_val_if_fail (index >= 0, FALSE);
  next->slots[index] = *entry;
  next->generation = ++self->generation;
  if (!kan_vault_write_header (self, next, error))
    return FALSE;
  self->header = *next;
  return TRUE;
}
