/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verification by comparison: every row of the projections beside what the replayed acts add up to. */
#include "acts/kan-verify-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static char *
row_name (KanVerifier *self, const char *table, KanStmt *row)
{
  const KanRegister *reg = kan_book_find_register (self->book, table);

  if (reg != NULL && reg->prefix != NULL)
    return g_strdup_printf ("%s%s", reg->prefix, kan_stmt_text (row, 0));
  return g_strdup_printf ("%s %s", table, kan_stmt_text (row, 0));
}

/**
 * kan_same_cell:
 * @a: a row
 * @b: a row of the same columns
 * @column: one of them
 *
 * Returns: whether both say the same, byte by byte: a text does not end at a NUL that somebody put into it
 */
gboolean
kan_same_cell (KanStmt *a, KanStmt *b, int column)
{
  gsize a_size = 0, b_size = 0;
  const guint8 *a_bytes = kan_stmt_bytes (a, column, &a_size), *b_bytes = kan_stmt_bytes (b, column, &b_size);

  return kan_stmt_is_null (a, column) == kan_stmt_is_null (b, column) && a_size == b_size &&
         (a_size == 0 || memcmp (a_bytes, b_bytes, a_size) == 0);
}

static void
found_row (KanHasher *found, const char *table, KanStmt *row)
{
  kan_found_text (found, table);
  for (int i = 0; i < kan_stmt_n_columns (row); i++)
    kan_found_cell (found, row, i);
}

static gint64
cause_of_rows (KanVerifier *self, const char *table, KanStmt *stands, KanStmt *should)
{
  gint64 because = kan_follow_row (self, table, stands);

  return because != 0 ? because : kan_follow_row (self, table, should);
}

/* Of two values that read alike, what is stored. */
static char *
compare_words (KanVerifier *self, const char *table, KanStmt *stands, KanStmt *should, int column)
{
  g_autofree char *row = kan_row_words (self->book, table, should);
  g_autofree char *name = kan_column_words (self->book, table, kan_stmt_name (should, column));
  g_autofree char *is = kan_cell_words (self->book, table, stands, column);
  g_autofree char *must = kan_cell_words (self->book, table, should, column);
  gboolean alike = is != NULL && g_strcmp0 (is, must) == 0;

  if (kan_table_is_looked_up (table))
    return g_strdup_printf (_("%s: not what the signed entries add up to"), row);
  return g_strdup_printf (_("%s %s: the table says “%s”, the signed entries say “%s”"), row, name,
                          alike ? kan_stmt_text (stands, column) : is != NULL ? is : _("(none)"),
                          alike ? kan_stmt_text (should, column) : must != NULL ? must : _("(none)"));
}

/* The sum of the acts is right; what stands in the file and differs from it was not made by any of them. */
static void
compare_rows (KanVerifier *self, const char *table, KanStmt *stands, KanStmt *should, int n_keys)
{
  for (int i = 0; i < kan_stmt_n_columns (should); i++)
    if (!kan_same_cell (stands, should, i))
      {
        g_autofree char *name = row_name (self, table, should);
        KanHasher found;
        KanFault *fault;

        kan_found_init (&found);
        kan_found_text (&found, table);
        kan_found_text (&found, kan_stmt_name (should, i));
        for (int key = 0; key < n_keys; key++)
          kan_found_cell (&found, should, key);
        kan_found_cell (&found, stands, i);
        kan_found_cell (&found, should, i);
        fault = kan_verifier_add (self, KAN_FAULT_PROJECTION, 0, name, compare_words (self, table, stands, should, i),
                                  &found);
        fault->table = g_strdup (table);
        fault->column = g_strdup (kan_stmt_name (should, i));
        fault->because = cause_of_rows (self, table, stands, should);
      }
}

static void
add_lone_row (KanVerifier *self, const char *table, KanStmt *row, gboolean stands)
{
  g_autofree char *name = row_name (self, table, row), *words = kan_row_words (self->book, table, row);
  char *what = g_strdup_printf (stands ? _("%s: a row that no signed entry made") : _("%s: the row is missing"), words);
  KanHasher found;
  KanFault *fault;

  kan_found_init (&found);
  kan_found_int (&found, stands);
  found_row (&found, table, row);
  fault = kan_verifier_add (self, KAN_FAULT_PROJECTION, 0, name, what, &found);
  fault->table = g_strdup (table);
  fault->because = kan_follow_row (self, table, row);
}

/* -1: only stands, 1: only should be, 0: the same key */
static int
order_of (KanStmt *stands, gboolean has_stands, KanStmt *should, gboolean has_should, int n_keys)
{
  if (!has_stands || !has_should)
    return has_stands ? -1 : 1;
  for (int i = 0; i < n_keys; i++)
    {
      int order;

      if (kan_stmt_is_int (stands, i) && kan_stmt_is_int (should, i))
        order = (kan_stmt_int (stands, i) > kan_stmt_int (should, i)) -
                (kan_stmt_int (stands, i) < kan_stmt_int (should, i));
      else
        order = g_strcmp0 (kan_stmt_text (stands, i), kan_stmt_text (should, i));
      if (order != 0)
        return order;
    }
  return 0;
}

static gboolean
compare_table (KanVerifier *self, const char *table, int n_keys, GError **error)
{
  g_autofree char *sql = g_strdup_printf (n_keys == 1 ? "SELECT * FROM %s ORDER BY 1" : n_keys == 2
                                          ? "SELECT * FROM %s ORDER BY 1, 2" : "SELECT * FROM %s ORDER BY 1, 2, 3",
                                            table);
  g_autoptr(KanStmt) stands = kan_db_prepare (self->book->db, sql, error);
  g_autoptr(KanStmt) should = stands != NULL ? kan_db_prepare (kan_book_get_db (kan_scratch_get_book (self->scratch)),
                                                               sql, error)
                              : NULL;
  g_autoptr(GError) failed = NULL;
  gboolean has_stands, has_should;

  if (should == NULL)
    return FALSE;
  has_stands = kan_stmt_step (stands, &failed);
  has_should = failed == NULL && kan_stmt_step (should, &failed);
  while (failed == NULL && (has_stands || has_should))
    {
      int order = order_of (stands, has_stands, should, has_should, n_keys);
      guint before = self->verdict->faults->len;

      if (order == 0)
        compare_rows (self, table, stands, should, n_keys);
      else
        add_lone_row (self, table, order < 0 ? stands : should, order < 0);
      self->verdict->n_differing += self->verdict->faults->len > before ? 1 : 0;
      if (order <= 0)
        has_stands = kan_stmt_step (stands, &failed);
      if (order >= 0 && failed == NULL)
        has_should = kan_stmt_step (should, &failed);
    }
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/* Readings of the clock lie among the hints of the file, but later acts are judged by them. */
static gboolean
compare_reading (KanVerifier *self, const char *key, const char *name, gint64 should, GError **error)
{
  gint64 stands = 0;

  if (!kan_db_get_int (self->book->db, &stands, error, "SELECT value FROM meta WHERE key = ?", "s", key))
    return FALSE;
  if (stands != should)
    {
      g_autofree char *is = kan_utc_format (stands), *must = kan_utc_format (should);
      char *what = g_strdup_printf (_("%s: the table says “%s”, the signed entries say “%s”"), name, is, must);
      KanHasher found;
      KanFault *fault;

      self->verdict->n_differing++;
      kan_found_init (&found);
      kan_found_text (&found, "meta");
      kan_found_int (&found, stands);
      kan_found_int (&found, should);
      fault = kan_verifier_add (self, KAN_FAULT_PROJECTION, 0, NULL, what, &found);
      fault->table = g_strdup ("meta");
      fault->column = g_strdup (key);
      fault->because = kan_follow_subject (&self->follow, is);
    }
  return TRUE;
}

static gboolean
compare_readings (KanVerifier *self, GError **error)
{
  const KanBook *replayed = kan_scratch_get_book (self->scratch);

  return compare_reading (self, "floor", _("Latest reading of the clock"), replayed->floor, error) &&
         compare_reading (self, "sure", _("Latest reading at which somebody in charge signed"), replayed->sure, error);
}

static void
add_mark (KanVerifier *self, const char *table, const char *column, char *what, KanStmt *row)
{
  KanHasher found;
  KanFault *fault;

  self->verdict->n_differing++;
  kan_found_init (&found);
  found_row (&found, column, row);
  fault = kan_verifier_add (self, KAN_FAULT_PROJECTION, 0, NULL, what, &found);
  fault->table = g_strdup (table);
  fault->column = g_strdup (column);
}

/* The number says under which program the tables were made: these were made under this one's. */
static gboolean
compare_number (KanVerifier *self, GError **error)
{
  g_autofree char *should = g_strdup_printf ("%u", (guint) KAN_PROJECTION);
  g_autoptr(KanStmt) row = kan_db_prepare (self->book->db, "SELECT (SELECT value FROM meta WHERE key = 'projection')",
                                           error);

  if (row == NULL || !kan_stmt_step (row, error))
    return FALSE;
  if (g_strcmp0 (kan_stmt_text (row, 0), should) != 0)
    add_mark (self, "meta", "projection",
              g_strdup_printf (_("Which program made the tables: the mark says “%s”, the tables are those of “%s”"),
                               kan_stmt_is_null (row, 0) ? _("(none)") : kan_stmt_text (row, 0), should), row);
  return TRUE;
}

/* Whatever else lies among the marks, and drafts of nobody. */
static gboolean
compare_kept (KanVerifier *self, GError **error)
{
  g_autoptr(KanStmt) row = kan_db_prepare (self->book->db,
                                           "SELECT 'meta', key, value FROM meta WHERE key NOT IN (" KAN_META_KEYS ")"
                                           " UNION ALL SELECT 'draft', CAST (id AS TEXT), NULL FROM draft"
                                           " WHERE person NOT IN (SELECT id FROM person) ORDER BY 1, 2", error);
  g_autoptr(GError) failed = NULL;

  if (row == NULL)
    return FALSE;
  while (kan_stmt_step (row, &failed))
    {
      g_autofree char *table = kan_table_words (self->book, kan_stmt_text (row, 0));
      const char *key = kan_stmt_text (row, 1);

      add_mark (self, kan_stmt_text (row, 0), NULL,
                g_strdup_printf (_("%s “%s”: a row that nothing in this program made"), table, key != NULL ? key : ""),
                row);
    }
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/**
 * kan_compare_all:
 * @self: a run whose acts are replayed
 * @error: the world's
 *
 * Every table of the file is a projection and compared, or kept: the chain itself, what was set aside from it, free
 * text, which its digests bind, hints of this file, and what persons verified, which holds by a code of their own.
 */
gboolean
kan_compare_all (KanVerifier *self, GError **error)
{
  KanDb *db = kan_book_get_db (kan_scratch_get_book (self->scratch));
  g_autoptr(GPtrArray) tables = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(KanStmt) stmt = kan_db_prepare (db, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name",
                                            error);

  while (stmt != NULL && kan_stmt_step (stmt, error))
    g_ptr_array_add (tables, g_strdup (kan_stmt_text (stmt, 0)));
  for (guint i = 0; stmt != NULL && i < tables->len; i++)
    {
      const char *table = g_ptr_array_index (tables, i);
      gint64 keys = 0;

      if (kan_schema_is_kept (table))
        continue;
      if (!kan_db_get_int (db, &keys, error, "SELECT max(pk) FROM pragma_table_info (?)", "s", table) ||
          !compare_table (self, table, (int) CLAMP (keys, 1, 3), error))
        return FALSE;
    }
  return stmt != NULL && compare_readings (self, error) && compare_number (self, error) && compare_kept (self, error);
}
