/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Making the projections anew: replayed beside the file as verification does, then dropped, made as declared today and
 * filled with what the acts add up to. */
#include "acts/kan-rebuild.h"

#include "acts/kan-indexes.h"
#include "acts/kan-repair.h"
#include "acts/kan-verify-private.h"

#include <string.h>

typedef struct
{
  KanBook        *book;
  KanProgressFunc progress;
  gpointer        data;
} Rebuild;

/* --- tables --------------------------------------------------------------------------------------------------- */

static char *
quote_name (const char *name)
{
  g_auto(GStrv) parts = g_strsplit (name, "\"", -1);
  g_autofree char *doubled = g_strjoinv ("\"\"", parts);

  return g_strconcat ("\"", doubled, "\"", NULL);
}

/* Kept tables, and the indexes upon them that this program makes; SQLite's own go with their tables. */
static gboolean
stays (const char *type, const char *table, const char *sql)
{
  if (!kan_schema_is_kept (table))
    return FALSE;
  return strcmp (type, "table") == 0 || (strcmp (type, "index") == 0 &&
                                         (strstr (kan_ledger_schema (), sql) != NULL ||
                                          strstr (kan_schema_kept (), sql) != NULL));
}

/* Indexes, triggers and views before the tables that would take them along. */
static char *
compose_drops (KanDb *db, GError **error)
{
  g_autoptr(GString) drops = g_string_new (NULL);
  g_autoptr(KanStmt) stmt = kan_db_prepare (db, "SELECT type, name, tbl_name, sql FROM sqlite_schema"
                                            " WHERE sql IS NOT NULL ORDER BY type = 'table'", error);
  g_autoptr(GError) failed = NULL;

  if (stmt == NULL)
    return NULL;
  while (kan_stmt_step (stmt, &failed))
    if (!stays (kan_stmt_text (stmt, 0), kan_stmt_text (stmt, 2), kan_stmt_text (stmt, 3)))
      {
        g_autofree char *name = quote_name (kan_stmt_text (stmt, 1));

        g_string_append_printf (drops, "DROP %s %s;", kan_stmt_text (stmt, 0), name);
      }
  if (failed == NULL)
    return g_string_free (g_steal_pointer (&drops), FALSE);
  g_propagate_error (error, g_steal_pointer (&failed));
  return NULL;
}

/* A kept table that an older program did not have yet; one that it had otherwise is left for the check of them all. */
static gboolean
make_missing (KanDb *db, const char *schema, GError **error)
{
  g_auto(GStrv) statements = g_strsplit (schema, ";", -1);

  for (char **sql = statements; *sql != NULL && **sql != '\0'; sql++)
    {
      g_auto(GStrv) words = g_strsplit (*sql, " ", 4);      /* CREATE TABLE name … */
      gint64 there = 0;

      if (!kan_db_get_int (db, &there, error, "SELECT count(*) FROM sqlite_schema WHERE name = ?", "s", words[2]) ||
          (there == 0 && !kan_db_exec (db, *sql, error)))
        return FALSE;
    }
  return TRUE;
}

/* Out of its order a row is passed over by whoever looks it up: they are put in again, but those that no statement can
 * have left. */
static gboolean
put_in_order (KanDb *db, const char *table, GError **error)
{
  g_autofree char *kinds = NULL, *sql = NULL;
  gboolean sound = FALSE;

  if (!kan_table_is_sound (db, table, &sound, error) || sound)
    return sound;
  kinds = kan_db_get_text (db, error, "SELECT group_concat ('typeof (' || name || ') = ''' || lower (type) || '''',"
                           " ' AND ') FROM pragma_table_info (?)", "s", table);
  sql = g_strdup_printf ("CREATE TEMP TABLE again AS SELECT * FROM main.%s; DELETE FROM main.%s;"
                         "INSERT OR IGNORE INTO main.%s SELECT * FROM temp.again WHERE %s; DROP TABLE temp.again",
                         table, table, table, kinds);
  return kinds != NULL && kan_db_exec (db, sql, error);
}

static gboolean
put_kept_in_order (KanDb *db, GError **error)
{
  g_auto(GStrv) statements = g_strsplit (kan_schema_kept (), ";", -1);

  for (char **sql = statements; *sql != NULL && **sql != '\0'; sql++)
    {
      g_auto(GStrv) words = g_strsplit (*sql, " ", 4);      /* CREATE TABLE name … */

      if (!put_in_order (db, words[2], error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
make_tables (KanBook *self, GError **error)
{
  g_autofree char *drops = compose_drops (self->db, error), *tables = kan_schema_compose (self->registry);

  /* what is left are the kept tables: their indexes are made of what they hold */
  return drops != NULL && kan_db_exec (self->db, drops, error) && kan_db_exec (self->db, "REINDEX", error) &&
         make_missing (self->db, kan_ledger_schema (), error) && make_missing (self->db, kan_schema_kept (), error) &&
         put_kept_in_order (self->db, error) && kan_db_exec (self->db, tables, error) &&
         kan_db_run (self->db, error, "DELETE FROM meta WHERE key NOT IN (" KAN_META_KEYS ")", "") &&
         kan_db_run (self->db, error, "INSERT OR REPLACE INTO meta (key, value)"
                                      " VALUES ('projection', ?), ('floor', '0'), ('sure', '0')", "i",
                     (gint64) KAN_PROJECTION);
}

/* --- rows ----------------------------------------------------------------------------------------------------- */

static char *
compose_insert (const char *table, int n_columns)
{
  GString *sql = g_string_new (NULL);

  g_string_append_printf (sql, "INSERT INTO %s VALUES (?", table);
  for (int i = 1; i < n_columns; i++)
    g_string_append (sql, ", ?");
  return g_string_free (g_string_append_c (sql, ')'), FALSE);
}

/**
 * kan_copy_row:
 * @row: a row of a table of the projections, all its columns
 * @into: a database with the same tables
 * @table: the table
 * @error: return location
 *
 * Puts the row there as it is.
 */
gboolean
kan_copy_row (KanStmt *row, KanDb *into, const char *table, GError **error)
{
  g_autofree char *insert = compose_insert (table, kan_stmt_n_columns (row));
  g_autoptr(KanStmt) stmt = kan_db_prepare (into, insert, error);
  g_autoptr(GError) failed = NULL;

  if (stmt == NULL)
    return FALSE;
  for (int i = 0; i < kan_stmt_n_columns (row); i++)
    if (kan_stmt_is_null (row, i))
      kan_stmt_set_null (stmt, i + 1);
    else if (kan_stmt_is_int (row, i))
      kan_stmt_set_int (stmt, i + 1, kan_stmt_int (row, i));
    else
      kan_stmt_set_text (stmt, i + 1, kan_stmt_text (row, i));
  kan_stmt_step (stmt, &failed);
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

static gboolean
copy_table (KanDb *from, KanDb *into, const char *table, GError **error)
{
  g_autofree char *select = g_strconcat ("SELECT * FROM ", table, NULL);
  g_autoptr(KanStmt) stmt = kan_db_prepare (from, select, error);
  g_autoptr(GError) failed = NULL;

  if (stmt == NULL)
    return FALSE;
  while (kan_stmt_step (stmt, &failed))
    if (!kan_copy_row (stmt, into, table, error))
      return FALSE;
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

static gboolean
copy_projections (KanDb *from, KanDb *into, GError **error)
{
  g_autoptr(GPtrArray) tables = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(KanStmt) stmt = kan_db_prepare (from, "SELECT name FROM sqlite_schema WHERE type = 'table'", error);
  g_autoptr(GError) failed = NULL;

  if (stmt == NULL)
    return FALSE;
  while (kan_stmt_step (stmt, &failed))
    if (!kan_schema_is_kept (kan_stmt_text (stmt, 0)))
      g_ptr_array_add (tables, g_strdup (kan_stmt_text (stmt, 0)));
  for (guint i = 0; failed == NULL && i < tables->len; i++)
    if (!copy_table (from, into, g_ptr_array_index (tables, i), error))
      return FALSE;
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/* --- the whole ------------------------------------------------------------------------------------------------ */

/**
 * kan_book_remake:
 * @self: a book, in a transaction of the caller's
 * @scratch: what the acts of its chain add up to (kan_book_verify_keeping())
 * @error: %KAN_ERROR_DAMAGED where what is kept is not what this program makes; else the world's
 *
 * Drops every projection, makes them as declared today, fills them and stores their number. Afterwards
 * kan_book_check_schema() holds. Where the transaction is rolled back, kan_book_reload() is to be called.
 */
gboolean
kan_book_remake (KanBook *self, KanScratch *scratch, GError **error)
{
  KanBook *replayed = kan_scratch_get_book (scratch);

  if (!make_tables (self, error) || !copy_projections (replayed->db, self->db, error))
    return FALSE;
  self->floor = replayed->floor;
  self->sure = replayed->sure;
  return kan_db_run (self->db, error, "DELETE FROM draft WHERE person NOT IN (SELECT id FROM person)", "") &&
         kan_book_save_floor (self, error) && kan_book_check_schema (self, error) && kan_book_reload (self, error);
}

static gboolean
rebuild_cb (KanDb *db, gpointer data, GError **error)
{
  Rebuild *self = data;
  const KanVerifyOptions options = { .progress = self->progress, .progress_data = self->data };
  g_autoptr(KanScratch) scratch = NULL;
  g_autoptr(KanVerdict) verdict = kan_book_verify_keeping (self->book, &options, &scratch, error);

  (void) db;
  return verdict != NULL && kan_book_remake (self->book, scratch, error);
}

/**
 * kan_book_rebuild:
 * @self: a book that may be written to
 * @progress: (nullable): told after each slice; %FALSE stops
 * @data: for @progress
 * @error: %KAN_ERROR_CANCELLED where @progress stopped it; %KAN_ERROR_DAMAGED where what no act fills is not what this
 *   program makes; else the world's
 *
 * Drops every projection, makes them as declared today and replays every act through the rule that admits it; a failing
 * act has no effect. In one transaction: a crash, a full disk or a stop leaves the old tables whole.
 */
gboolean
kan_book_rebuild (KanBook *self, KanProgressFunc progress, gpointer data, GError **error)
{
  Rebuild rebuild = { self, progress, data };
  g_autoptr(GError) again = NULL;

  if (!kan_book_is_older (self) && !kan_book_check_schema (self, error))
    return FALSE;
  if (kan_db_transaction (self->db, rebuild_cb, &rebuild, error))
    return TRUE;
  if (!kan_tables_examine (self, &again) || (!kan_book_is_older (self) && !kan_book_reload (self, &again)))
    g_debug ("%s", again->message);
  return FALSE;
}

/**
 * kan_book_rebuild_aside:
 * @self: a book that may not be written to, its tables an older program's
 * @progress: (nullable): told after each slice; %FALSE stops
 * @data: for @progress
 * @error: as kan_book_rebuild(), and where there is no room for a copy
 *
 * Returns: (transfer full): a copy of the whole file under a throwaway key, its projections made anew; the file itself
 *   stays as it is
 */
KanScratch *
kan_book_rebuild_aside (KanBook *self, KanProgressFunc progress, gpointer data, GError **error)
{
  g_autoptr(KanScratch) scratch = kan_scratch_new_copy (self, error);

  return scratch != NULL && kan_book_rebuild (kan_scratch_get_book (scratch), progress, data, error)
         ? g_steal_pointer (&scratch) : NULL;
}
