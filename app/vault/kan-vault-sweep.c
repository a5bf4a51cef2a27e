/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every page of an open file's database checked by its authentication code, also those that no query would reach. */
#include "vault/kan-vault-private.h"

#include "db/kan-sweep.h"

/**
 * kan_vault_sweep:
 * @self: an unlocked file
 * @n_pages: (out): how many pages there are
 * @error: as kan_sweep()
 *
 * A read that is kept open holds back whoever else might be about to write.
 *
 * Returns: (transfer full) (element-type guint32): the numbers of the pages that do not hold, from 1
 */
GArray *
kan_vault_sweep (KanVault *self, guint32 *n_pages, GError **error)
{
  g_autoptr (KanSecret) key = kan_vault_db_key (self->file_key);
  g_autoptr (GArray) bad = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (KanStmt) reading = kan_db_prepare (self->db, "SELECT 1 FROM sqlite_schema", error);

  if (reading == NULL || !kan_stmt_step (reading, error))
    return NULL;
  if (!kan_sweep (kan_hold_get_fd (self->hold), self->path, KAN_DB_AT, key, self->header.salt, n_pages, bad, error))
    return NULL;
  return g_steal_pointer (&bad);
}
