/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Founding a file: it grows under another name and gets its own when it is whole, so that there is never half a one. */
#include "vault/kan-vault-private.h"
#include "db/kan-io.h"
#include "vault/kan-volume.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/**
 * kan_vault_resolve_new:
 * @path: where a file is to be
 * @error: %KAN_ERROR_MISSING where there is no such folder, %KAN_ERROR_EXISTS where a journal lies in wait
 *
 * A stray journal beside a new file would be taken for that file's own and destroy it.
 *
 * Returns: (transfer full): the same place, the folder's links resolved
 */
char *
kan_vault_resolve_new (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path), *name = g_path_get_basename (path);
  g_autofree char *place = NULL, *journal = NULL;
  char resolved[PATH_MAX];

  if (realpath (folder, resolved) == NULL)
    {
      kan_error_set_errno (error, errno, _("cannot use the folder"), folder);
      return NULL;
    }
  place = g_build_filename (resolved, name, NULL);
  journal = kan_vault_journal_of (place);
  if (access (journal, F_OK) != 0)
    return g_steal_pointer (&place);
  g_set_error (error, KAN_ERROR, KAN_ERROR_EXISTS,
               _("%s lies there, left by an interrupted write: open its file once, or move it away"), journal);
  return NULL;
}

/**
 * kan_vault_remove_new:
 * @new_path: a file that did not become one
 * @error: as the system says
 *
 * Removes it and its journal.
 */
gboolean
kan_vault_remove_new (const char *new_path, GError **error)
{
  g_autofree char *journal = kan_vault_journal_of (new_path);

  return kan_io_unlink (journal, error) && kan_io_unlink (new_path, error);
}

/* What an interrupted founding left: in use by another one, whole but for its name, or nothing worth keeping. */
static gboolean
clear_leftover (const char *new_path, GError **error)
{
  g_autofree KanHeaderCopy *copies = g_new0 (KanHeaderCopy, 2);
  g_autoptr (KanHold) hold = NULL;

  if (access (new_path, F_OK) != 0)
    return kan_vault_remove_new (new_path, error);
  hold = kan_hold_open (new_path, KAN_HOLD_ALONE, error);
  if (hold == NULL)
    return FALSE;
  if (!kan_vault_read_copies (kan_hold_get_fd (hold), new_path, copies, NULL)
      || copies[0].verdict != KAN_COPY_SOUND || copies[1].verdict != KAN_COPY_SOUND)
    return kan_vault_remove_new (new_path, error);
  g_set_error (error, KAN_ERROR, KAN_ERROR_EXISTS,
               _("%s is whole but for its name: rename it, or remove it to begin anew"), new_path);
  return FALSE;
}

static gboolean
expect_free (const char *path, GError **error)
{
  if (access (path, F_OK) != 0)
    return TRUE;
  g_set_error (error, KAN_ERROR, KAN_ERROR_EXISTS, _("there is a file %s already"), path);
  return FALSE;
}

/* The head is written, not skipped: its space is there when the header comes. */
static gboolean
begin_file (KanVault *self, GError **error)
{
  g_autofree guint8 *zeros = g_malloc0 (KAN_DB_AT);

  if (kan_volume_is_remote (kan_hold_get_fd (self->hold)))
    {
      g_set_error (error, KAN_ERROR, KAN_ERROR_READ_ONLY,
                   _("%s would lie on a network drive, where it could only be read"), self->path);
      return FALSE;
    }
  if (!kan_io_write_at (kan_hold_get_fd (self->hold), zeros, KAN_DB_AT, 0, self->new_path, error))
    return FALSE;
  kan_random (self->header.file_id, KAN_FILE_ID_SIZE);
  kan_random (self->header.salt, KAN_SALT_SIZE);
  self->header.epoch = 1;
  self->file_key = kan_secret_new_random (KAN_KEY_SIZE);
  self->db = kan_vault_open_db (self->new_path, self->file_key, &self->header, KAN_DB_CREATE, error);
  return self->db != NULL;
}

/**
 * kan_vault_create:
 * @path: where the file is to be; nothing may be there
 * @error: %KAN_ERROR_EXISTS, %KAN_ERROR_MISSING, %KAN_ERROR_READ_ONLY, %KAN_ERROR_FULL, others as the system says
 *
 * Begins a file under the name @path.new, with a database to be filled. Until kan_vault_establish() it is nobody's, and
 * freeing it removes it.
 *
 * Returns: (transfer full): the file, or %NULL
 */
KanVault *
kan_vault_create (const char *path, GError **error)
{
  g_autoptr (KanVault) self = g_new0 (KanVault, 1);
  g_autofree char *new_path = NULL;

  self->mode = KAN_VAULT_WRITE;
  self->path = kan_vault_resolve_new (path, error);
  if (self->path == NULL || !expect_free (self->path, error))
    return NULL;
  new_path = g_strconcat (self->path, ".new", NULL);
  if (!clear_leftover (new_path, error))
    return NULL;
  self->hold = kan_hold_create (new_path, error);
  if (self->hold == NULL)
    return NULL;
  self->new_path = g_steal_pointer (&new_path);
  return begin_file (self, error) ? g_steal_pointer (&self) : NULL;
}

/* SQLite remembers the name it opened, so the database is closed before the name changes and opened after. */
static gboolean
give_name (KanVault *self, GError **error)
{
  if (!kan_db_close (self->db, error))
    return FALSE;
  g_clear_pointer (&self->db, kan_db_free);
  if (!kan_io_rename_new (self->new_path, self->path, error))
    return FALSE;
  g_free (self->new_path);
  self->new_path = g_strdup (self->path);
  if (!kan_io_sync_folder (self->path, error))
    return FALSE;
  self->db = kan_vault_open_db (self->path, self->file_key, &self->header, 0, error);
  if (self->db == NULL)
    return FALSE;
  g_clear_pointer (&self->new_path, g_free);
  return TRUE;
}

/**
 * kan_vault_establish:
 * @self: a file from kan_vault_create() whose database is filled and committed
 * @founding: hash of the founding act; every slot is bound to it
 * @login: of the first person
 * @person: that person's number
 * @passphrase: theirs
 * @keys: theirs
 * @error: %KAN_ERROR_EXISTS where something has taken the name meanwhile, %KAN_ERROR_USAGE, %KAN_ERROR_FULL,
 *   %KAN_ERROR_IO
 *
 * Writes the header, gives the file its name and opens the database anew: kan_vault_get_db() answers another one
 * afterwards. After a failure free the file; nothing of it is left then.
 */
gboolean
kan_vault_establish (KanVault *self, const KanHash *founding, const char *login, gint64 person,
                     const KanSecret *passphrase, const KanKeys *keys, GError **error)
{
  const KanStatus status = { 0 };

  g_return_val_if_fail (self->new_path != NULL, FALSE);
  self->header.founding = *founding;
  return kan_vault_set_status (self, &status, error)
         && kan_vault_put_slot (self, login, person, FALSE, passphrase, keys, error)
         && give_name (self, error);
}
