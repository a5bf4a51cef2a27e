/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A second connection to what a first one reads, so that two threads read it at once. */
#include "db/kan-db-private.h"

#include <string.h>

/**
 * kan_db_keep_key:
 *
 * Keeps how a connection was opened.
 */
void
kan_db_keep_key (KanDb *self, gint64 offset, const KanSecret *key, const guint8 salt[16])
{
  self->offset = offset;
  memcpy (self->salt, salt, sizeof self->salt);
  self->key = kan_secret_new (KAN_KEY_SIZE);
  memcpy (kan_secret_get_bytes (self->key), kan_secret_peek_bytes (key), KAN_KEY_SIZE);
}

/**
 * kan_db_is_shared:
 * @self: a connection
 *
 * Returns: whether kan_db_open_beside() would see what @self sees: within kan_db_read(), after the first question, and
 *   outside any transaction that writes. Until the reading ends nobody can write to the file.
 */
gboolean
kan_db_is_shared (KanDb *self)
{
  return self->key != NULL && self->is_reading && sqlite3_txn_state (self->handle, "main") == SQLITE_TXN_READ;
}

/**
 * kan_db_open_beside:
 * @self: a connection for which kan_db_is_shared() was asked by the thread it belongs to; it is not touched
 * @error: as kan_db_open()
 *
 * Returns: (transfer full): a connection for reading, the calling thread's own; it keeps few pages, since what it is
 *   there for is read once
 */
KanDb *
kan_db_open_beside (KanDb *self, GError **error)
{
  g_autoptr (KanDb) db = kan_db_open (self->path, self->offset, self->key, self->salt, KAN_DB_READ_ONLY, error);

  return db != NULL && kan_db_exec (db, "PRAGMA cache_size = -512", error) ? g_steal_pointer (&db) : NULL;
}
