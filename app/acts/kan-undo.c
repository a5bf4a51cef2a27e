/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Undoing in a database that keeps no journal: triggers note for each row that changes how it is put back. */
#include "acts/kan-undo.h"

#define NOTE "CREATE TEMP TABLE undo (n INTEGER PRIMARY KEY, sql TEXT NOT NULL); PRAGMA recursive_triggers = ON;"
#define NOTE_NO_MORE "DROP TABLE temp.undo; PRAGMA recursive_triggers = OFF;"

/* Per table: a statement that puts a row back, one that takes it away, and the triggers that note them. The row that
 * stood there is noted first: notes are followed from the last to the first. */
#define SQL_TRIGGERS \
  "WITH cell AS (SELECT t.name AS t, c.name AS c FROM sqlite_schema t, pragma_table_info (t.name) c" \
  " WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%')," \
  " row AS (SELECT t, '''INSERT INTO ' || t || ' VALUES ('' || ' || group_concat ('quote (old.' || c || ')'," \
  " ' || '', '' || ') || ' || '')''' AS back, '''DELETE FROM ' || t || ' WHERE '' || ' || group_concat ('''' || c" \
  " || ' IS '' || quote (new.' || c || ')', ' || '' AND '' || ') AS away FROM cell GROUP BY t)" \
  "SELECT group_concat ('CREATE TEMP TRIGGER undo_insert_' || t || ' AFTER INSERT ON main.' || t" \
  " || ' BEGIN INSERT INTO undo (sql) VALUES (' || away || '); END;'" \
  " || 'CREATE TEMP TRIGGER undo_delete_' || t || ' AFTER DELETE ON main.' || t" \
  " || ' BEGIN INSERT INTO undo (sql) VALUES (' || back || '); END;'" \
  " || 'CREATE TEMP TRIGGER undo_update_' || t || ' AFTER UPDATE ON main.' || t" \
  " || ' BEGIN INSERT INTO undo (sql) VALUES (' || back || '), (' || away || '); END;', '') FROM row"
#define SQL_DROPS \
  "SELECT group_concat ('DROP TRIGGER temp.' || name || ';', '') FROM sqlite_temp_schema" \
  " WHERE type = 'trigger' AND name LIKE 'undo_%'"
#define SQL_NOTES "SELECT ifnull (group_concat (sql, ';'), '') FROM (SELECT sql FROM temp.undo ORDER BY n DESC)"

static gboolean
begin_noting (KanDb *db, GError **error)
{
  g_autofree char *triggers = kan_db_exec (db, NOTE, error) ? kan_db_get_text (db, error, SQL_TRIGGERS, "") : NULL;

  return triggers != NULL && kan_db_exec (db, triggers, error);
}

static gboolean
put_back (KanDb *db, GError **error)
{
  g_autofree char *drops = kan_db_get_text (db, error, SQL_DROPS, "");
  g_autofree char *notes = drops != NULL && kan_db_exec (db, drops, error) ? kan_db_get_text (db, error, SQL_NOTES, "")
                                                                           : NULL;

  return notes != NULL && kan_db_exec (db, notes, error) && kan_db_exec (db, NOTE_NO_MORE, error);
}

/**
 * kan_undo_after:
 * @db: a database without a journal
 * @func: changes rows; its answer is not asked for
 * @data: for @func
 * @error: @func's own, or why it could not be undone: the database is to be thrown away then
 *
 * Afterwards all rows are as before. Dearer than a transaction by far, and asked for seldom.
 */
void
kan_undo_after (KanDb *db, KanTransactionFunc func, gpointer data, GError **error)
{
  g_autoptr(GError) failed = NULL;

  if (begin_noting (db, &failed))
    {
      func (db, data, &failed);
      put_back (db, failed == NULL ? &failed : NULL);
    }
  if (failed != NULL)
    g_propagate_error (error, g_steal_pointer (&failed));
}
