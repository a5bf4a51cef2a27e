/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a passphrase to the database: the slot gives keys, the keys give the file key, and that says which header copy
   counts and opens everything else. */
#include "vault/kan-slot.h"
#include "vault/kan-vault-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What comes from the file key. */
static const char context[8] = { 'k', 'a', 'n', 'r', 'f', 'i', 'l', 'e' };
enum { SUBKEY_DB = 1, SUBKEY_HEADER_MAC = 2, SUBKEY_OTHERS = 3 };

/**
 * kan_vault_mac_key:
 * @file_key: a file key
 *
 * Returns: (transfer full): the key of the header's authentication code
 */
KanSecret *
kan_vault_mac_key (const KanSecret *file_key)
{
  return kan_kdf_subkey (file_key, context, SUBKEY_HEADER_MAC);
}

/**
 * kan_vault_db_key:
 * @file_key: a file key
 *
 * Returns: (transfer full): the key of the database
 */
KanSecret *
kan_vault_db_key (const KanSecret *file_key)
{
  return kan_kdf_subkey (file_key, context, SUBKEY_DB);
}

/**
 * kan_vault_derive_key:
 * @self: an unlocked file
 * @purpose: eight characters of the caller's own
 * @id: a number there
 *
 * Returns: (transfer full): a key of %KAN_KEY_SIZE bytes that holders of the file key can make, nobody else
 */
KanSecret *
kan_vault_derive_key (KanVault *self, const char purpose[8], guint64 id)
{
  g_autoptr (KanSecret) root = kan_kdf_subkey (self->file_key, context, SUBKEY_OTHERS);

  return kan_kdf_subkey (root, purpose, id);
}

/**
 * kan_vault_open_db:
 * @path: the file, held by us
 * @file_key: its key
 * @header: its header, for the salt
 * @flags: how
 * @error: as kan_db_open()
 *
 * Returns: (transfer full): a connection to the database part, or %NULL
 */
KanDb *
kan_vault_open_db (const char *path, const KanSecret *file_key, const KanHeader *header,
                   KanDbFlags flags, GError **error)
{
  g_autoptr (KanSecret) key = kan_vault_db_key (file_key);

  return kan_db_open (path, KAN_DB_AT, key, header->salt, flags, error);
}

/* With the file key at hand: of the copies that somebody wrote who held it, the newest. */
static gboolean
settle (KanVault *self, const KanSecret *file_key, GError **error)
{
  g_autoptr (KanSecret) mac_key = kan_vault_mac_key (file_key);
  KanHeaderCopy *best = NULL;

  for (guint i = 0; i < 2; i++)
    {
      KanHeaderCopy *copy = &self->copies[i];

      if (copy->verdict == KAN_COPY_SOUND && kan_header_mac_holds (copy->bytes, mac_key)
          && (best == NULL || copy->header.generation > best->header.generation))
        best = copy;
    }
  if (best == NULL)
    {
      g_set_error (error, KAN_ERROR, KAN_ERROR_DAMAGED,
                   _("the header of %s was altered by somebody without its key"), self->path);
      return FALSE;
    }
  if (best->header.generation < self->header.generation)
    kan_vault_note (self,
                    _("The newer copy of the header was not written by a holder of the key. The older one is in use."));
  self->header = best->header;
  self->write_first = best == &self->copies[0] ? 1 : 0;
  self->generation = best->header.generation;
  return TRUE;
}

/* Keys and file key by one copy. A slot that is no longer in force opens nothing. */
static KanKeys *
try_copy (KanVault *self, const KanHeaderCopy *copy, const char *login, const KanSecret *passphrase,
          KanSecret **file_key, GError **error)
{
  int index = kan_header_find (&copy->header, login), in_force = -1;
  g_autoptr (KanSecret) key = NULL;
  g_autoptr (KanKeys) keys = NULL;

  if (index < 0)
    {
      g_set_error (error, KAN_ERROR, KAN_ERROR_KEYLESS, _("nobody is enrolled as “%s” in %s"), login, self->path);
      return NULL;
    }
  keys = kan_slot_open (&copy->header.slots[index], &copy->header, passphrase, error);
  key = keys != NULL ? kan_slot_unbox (&copy->header.slots[index], keys, error) : NULL;
  if (key == NULL || !settle (self, key, error))
    return NULL;
  in_force = kan_header_find (&self->header, login);
  if (in_force < 0 || memcmp (self->header.slots[in_force].sealed_seed, copy->header.slots[index].sealed_seed,
                              KAN_SEALED_SEED_SIZE) != 0)
    {
      g_set_error (error, KAN_ERROR, KAN_ERROR_KEYLESS, _("the slot of “%s” has been replaced or withdrawn"), login);
      return NULL;
    }
  *file_key = g_steal_pointer (&key);
  return g_steal_pointer (&keys);
}

static gboolean
is_worth_trying (KanVault *self, guint index)
{
  const KanHeaderCopy *copy = &self->copies[index];

  return copy->verdict == KAN_COPY_SOUND
         && (index == self->write_first ? self->differing : TRUE);
}

static KanKeys *
try_copies (KanVault *self, const char *login, const KanSecret *passphrase, KanSecret **file_key, GError **error)
{
  const guint order[2] = { 1 - self->write_first, self->write_first };
  g_autoptr (GError) first = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) failure = NULL;
      KanKeys *keys = NULL;

      if (!is_worth_trying (self, order[i]))
        continue;
      keys = try_copy (self, &self->copies[order[i]], login, passphrase, file_key, &failure);
      if (keys != NULL)
        return keys;
      if (first == NULL)
        first = g_steal_pointer (&failure);
    }
  g_propagate_error (error, g_steal_pointer (&first));
  return NULL;
}

static KanDb *
open_db_for (KanVault *self, KanVaultMode mode, GError **error)
{
  return kan_vault_open_db (self->path, self->file_key, &self->header,
                            mode == KAN_VAULT_READ ? KAN_DB_READ_ONLY : 0, error);
}

/* A write that was interrupted bars readers too; undoing it is a writer's work, for a moment. */
static gboolean
undo_interrupted (KanVault *self, GError **error)
{
  KanDb *db = NULL;
  gboolean done = FALSE;

  if (!kan_hold_begin_writing (self->hold, self->path, error))
    return FALSE;
  db = open_db_for (self, KAN_VAULT_WRITE, error);
  done = db != NULL;
  kan_db_free (db);
  kan_hold_end_writing (self->hold);
  return done;
}

static KanDb *
open_db (KanVault *self, GError **error)
{
  g_autoptr (GError) failure = NULL;
  KanDb *db = open_db_for (self, self->mode, &failure);

  if (db == NULL && self->mode == KAN_VAULT_READ && g_error_matches (failure, KAN_ERROR, KAN_ERROR_READ_ONLY)
      && undo_interrupted (self, NULL))
    {
      g_clear_error (&failure);
      db = open_db_for (self, self->mode, &failure);
    }
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return db;
}

static gboolean
open_database (KanVault *self, GError **error)
{
  self->db = open_db (self, error);
  if (self->db == NULL)
    return FALSE;
  if (kan_hold_is_at (self->hold, self->path))
    return TRUE;
  g_set_error (error, KAN_ERROR, KAN_ERROR_BUSY, _("%s is being replaced"), self->path);
  g_clear_pointer (&self->db, kan_db_free);
  return FALSE;
}

/**
 * kan_vault_unlock:
 * @self: an open file
 * @login: whose slot
 * @passphrase: as typed
 * @error: %KAN_ERROR_LOCKED for a wrong passphrase, %KAN_ERROR_KEYLESS for an unknown login and a slot without file
 *   key; %KAN_ERROR_DAMAGED where header or database do not hold
 *
 * Opens the database. Where the header copies differ, the newer one counts that a holder of the file key wrote;
 * kan_vault_get_notice() tells. Where it is the database that is damaged, kan_vault_sweep() and kan_vault_open_torn()
 * say what is left of it.
 *
 * Returns: (transfer full): the person's keys, or %NULL
 */
KanKeys *
kan_vault_unlock (KanVault *self, const char *login, const KanSecret *passphrase, GError **error)
{
  g_autoptr (KanKeys) keys = NULL;
  g_autoptr (GError) failure = NULL;

  if (self->db != NULL)
    return kan_vault_unseal (self, login, passphrase, error);
  g_clear_pointer (&self->file_key, kan_secret_free);
  keys = try_copies (self, login, passphrase, &self->file_key, error);
  if (keys == NULL)
    return NULL;
  if (open_database (self, &failure))
    return g_steal_pointer (&keys);
  if (!g_error_matches (failure, KAN_ERROR, KAN_ERROR_DAMAGED))
    g_clear_pointer (&self->file_key, kan_secret_free);
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}

/**
 * kan_vault_unseal:
 * @self: an unlocked file
 * @login: whose slot
 * @passphrase: as typed
 * @error: %KAN_ERROR_LOCKED for a wrong passphrase, %KAN_ERROR_KEYLESS for an unknown login
 *
 * Asks for a person's keys again, for a signature or a second signer; the database stays as it is.
 *
 * Returns: (transfer full): the person's keys, or %NULL
 */
KanKeys *
kan_vault_unseal (KanVault *self, const char *login, const KanSecret *passphrase, GError **error)
{
  int index = kan_header_find (&self->header, login);

  if (index >= 0)
    return kan_slot_open (&self->header.slots[index], &self->header, passphrase, error);
  g_set_error (error, KAN_ERROR, KAN_ERROR_KEYLESS, _("nobody is enrolled as “%s” in %s"), login, self->path);
  return NULL;
}
