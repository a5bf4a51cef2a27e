/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every page of a file's database checked by its authentication code, also those that no query would reach, and what is
   left of a database that does not open any more. */
#include "vault/kan-vault-private.h"

#include "db/kan-sweep.h"

#include <glib/gi18n-lib.h>

static gboolean
expect_key (KanVault *self, GError **error)
{
  if (self->file_key != NULL)
    return TRUE;
  g_set_error (error, KAN_ERROR, KAN_ERROR_LOCKED, _("%s is not unlocked"), self->path);
  return FALSE;
}

/**
 * kan_vault_sweep:
 * @self: a file whose key is known: unlocked, or kan_vault_unlock() found its database damaged
 * @n_pages: (out): how many pages there are
 * @error: as kan_sweep(); %KAN_ERROR_LOCKED where the key is not known
 *
 * A read that is kept open holds back whoever else might be about to write.
 *
 * Returns: (transfer full) (element-type guint32): the numbers of the pages that do not hold, from 1
 */
GArray *
kan_vault_sweep (KanVault *self, guint32 *n_pages, GError **error)
{
  g_autoptr (GArray) bad = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (KanStmt) reading = NULL;
  g_autoptr (KanSecret) key = NULL;

  if (!expect_key (self, error))
    return NULL;
  key = kan_vault_db_key (self->file_key);
  reading = self->db != NULL ? kan_db_prepare (self->db, "SELECT 1 FROM sqlite_schema", NULL) : NULL;
  /* a connection that met a damaged page reads nothing any more, and holds nobody back */
  if (reading != NULL && !kan_stmt_step (reading, NULL))
    g_clear_pointer (&reading, kan_stmt_free);
  if (!kan_sweep (kan_hold_get_fd (self->hold), self->path, KAN_DB_AT, key, self->header.salt, n_pages, bad, error))
    return NULL;
  return g_steal_pointer (&bad);
}

/**
 * kan_vault_open_torn:
 * @self: a file whose key is known: unlocked, or kan_vault_unlock() found its database damaged
 * @error: %KAN_ERROR_DAMAGED where not even its first page is readable; %KAN_ERROR_LOCKED where the key is not known
 *
 * Returns: (transfer full): a connection of its own, for reading what can be read; it serves until it meets a damaged
 *   page
 */
KanDb *
kan_vault_open_torn (KanVault *self, GError **error)
{
  return expect_key (self, error) ? kan_vault_open_db (self->path, self->file_key, &self->header,
                                                       KAN_DB_READ_ONLY | KAN_DB_TORN, error) : NULL;
}
