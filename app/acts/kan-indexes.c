/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Indexes beside their tables. Somebody with the file key can have an index made of some rows only and put the words of
 * the schema back: lists, deadlines and rules would pass over the others, though every row is what was signed. */
#include "acts/kan-indexes.h"

#include "acts/kan-record-check.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The entries' own table is looked up by number, not through its index, wherever something is judged. */
#define CHAIN "act"
#define STEPS "step"

/* --- in words ------------------------------------------------------------------------------------------------- */

static char *
columns_words (KanBook *book, const char *table, const char *index)
{
  GString *out = g_string_new (NULL);
  g_autoptr(KanStmt) stmt = kan_db_query (book->db, NULL, "SELECT name FROM pragma_index_info (?)"
                                                          " WHERE name IS NOT NULL ORDER BY seqno", "s", index);

  while (stmt != NULL && kan_stmt_step (stmt, NULL))
    {
      g_autofree char *words = kan_column_words (book, table, kan_stmt_text (stmt, 0));

      g_string_append_printf (out, "%s%s", out->len > 0 ? ", " : "", words);
    }
  return g_string_free (out, FALSE);
}

/* "batch_state", "batch" or "batch.state" → the table that it is, or belongs to; NULL: it is none of these. */
static char *
table_of (KanBook *book, const char *object)
{
  g_auto(GStrv) parts = g_strsplit (object, ".", 2);

  return parts[0] == NULL ? NULL : kan_db_get_text (book->db, NULL, "SELECT tbl_name FROM sqlite_schema WHERE name = ?",
                                                    "s", parts[0]);
}

static char *
say (KanBook *book, const char *table, const char *object)
{
  g_autofree char *title = NULL, *columns = NULL;
  const char *dot = strchr (object, '.');

  if (table == NULL)
    return g_strdup (_("The pages of the database do not fit together"));
  title = kan_table_words (book, table);
  if (dot != NULL)
    {
      columns = kan_column_words (book, table, dot + 1);
      return g_strdup_printf (_("%s %s: a value of a kind that never stands there"), title, columns);
    }
  if (strcmp (table, object) == 0)
    return g_strdup_printf (_("%s: the rows do not stand in their order"), title);
  columns = columns_words (book, table, object);
  return g_strdup_printf (_("%s: the index by %s does not lead to the rows that the table holds"), title, columns);
}

/* --- while verifying ------------------------------------------------------------------------------------------ */

typedef struct { char *table; KanHasher found; } Trouble;

static void
trouble_free (Trouble *trouble)
{
  g_free (trouble->table);
  g_free (trouble);
}

/* SQLite ends its sentences with the name of what does not hold; of pages that do not fit it names numbers. */
static void
collect (KanBook *book, const char *sentence, GPtrArray *objects, GHashTable *troubles)
{
  const char *last = strrchr (sentence, ' ');
  g_autofree char *table = table_of (book, last != NULL ? last + 1 : sentence);
  const char *object = table == NULL ? "" : last != NULL ? last + 1 : sentence;
  Trouble *trouble = g_hash_table_lookup (troubles, object);

  if (trouble == NULL)
    {
      trouble = g_new0 (Trouble, 1);
      trouble->table = g_steal_pointer (&table);
      kan_found_init (&trouble->found);
      g_ptr_array_add (objects, g_strdup (object));
      g_hash_table_insert (troubles, g_strdup (object), trouble);
    }
  kan_found_text (&trouble->found, sentence);
}

/**
 * kan_indexes_compare:
 * @self: a run whose acts are replayed
 * @error: the world's
 *
 * Names each index that is not what its table holds, and whatever else no statement could have left there.
 */
gboolean
kan_indexes_compare (KanVerifier *self, GError **error)
{
  g_autoptr(GPtrArray) objects = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GHashTable) troubles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                          (GDestroyNotify) trouble_free);
  g_autoptr(KanStmt) stmt = kan_db_prepare (self->book->db, "PRAGMA main.integrity_check (1000)", error);
  g_autoptr(GError) failed = NULL;

  if (stmt == NULL)
    return FALSE;
  while (kan_stmt_step (stmt, &failed))
    if (strcmp (kan_stmt_text (stmt, 0), "ok") != 0)
      collect (self->book, kan_stmt_text (stmt, 0), objects, troubles);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  for (guint i = 0; i < objects->len; i++)
    {
      const char *object = g_ptr_array_index (objects, i);
      Trouble *trouble = g_hash_table_lookup (troubles, object);
      KanFault *fault = kan_verifier_add (self, KAN_FAULT_INDEX, 0, NULL, say (self->book, trouble->table, object),
                                          &trouble->found);

      fault->table = g_strdup (trouble->table != NULL ? trouble->table : "");
      self->verdict->n_differing++;
    }
  return TRUE;
}

/* --- before something is signed or shown ---------------------------------------------------------------------- */

/**
 * kan_table_is_sound:
 * @db: a database
 * @table: one of its tables
 * @sound: (out): whether its rows stand in their order, each of the kinds that it takes, and its indexes lead to them
 * @error: return location
 */
gboolean
kan_table_is_sound (KanDb *db, const char *table, gboolean *sound, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA main.integrity_check (%s)", table);
  g_autofree char *answer = kan_db_get_text (db, error, sql, "");

  *sound = g_strcmp0 (answer, "ok") == 0;
  return answer != NULL;
}

static gboolean
table_holds (KanDb *db, const char *table, GError **error)
{
  gboolean sound = FALSE;

  if (!kan_table_is_sound (db, table, &sound, error) || sound)
    return sound;
  g_set_error_literal (error, KAN_ERROR, KAN_ERROR_DAMAGED,
                       _("an index of the registers is not what they hold, and nothing is judged or shown by it: verify"
                         " the file; ledger.rebuild makes the registers anew"));
  return FALSE;
}

/* `hold`: when it was asked; asked again where somebody else has written since. */
static gboolean
tables_hold (KanBook *self, const char *but, gint64 *hold, GError **error)
{
  g_autoptr(GPtrArray) tables = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(KanStmt) stmt = NULL;
  g_autoptr(GError) failed = NULL;
  gint64 version = 0;

  if (!kan_db_get_int (self->db, &version, error, "PRAGMA data_version", ""))
    return FALSE;
  if (*hold == version + 1)
    return TRUE;
  stmt = kan_db_query (self->db, error, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> '" CHAIN "'"
                                        " AND name <> ?", "s", but);
  if (stmt == NULL)
    return FALSE;
  while (kan_stmt_step (stmt, &failed))
    g_ptr_array_add (tables, g_strdup (kan_stmt_text (stmt, 0)));
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  for (guint i = 0; i < tables->len; i++)
    if (!table_holds (self->db, g_ptr_array_index (tables, i), error))
      return FALSE;
  *hold = version + 1;
  return TRUE;
}

/**
 * kan_book_check_indexes:
 * @self: a book
 * @error: %KAN_ERROR_DAMAGED where an index of the registers is not what its table holds; else the world's
 *
 * Asked before the first act is judged.
 */
gboolean
kan_book_check_indexes (KanBook *self, GError **error)
{
  return tables_hold (self, "", &self->indexes_hold, error);
}

/**
 * kan_book_check_shown:
 * @self: a book
 * @error: as kan_book_check_indexes()
 *
 * Asked before records are shown or printed, which are found through indexes: by their state, by the record to which
 * they belong. The steps of a record, the longest of all tables, are compared with its entries wherever they are shown.
 * What was replayed a moment ago is asked of nobody.
 */
gboolean
kan_book_check_shown (KanBook *self, GError **error)
{
  return self->trusts || self->chain != self->db || tables_hold (self, STEPS, &self->shown_hold, error);
}
