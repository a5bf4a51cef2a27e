/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One record as it stands. */
#include "acts/kan-book-private.h"

#include <string.h>

struct _KanRecord
{
  KanBook           *book;      /* borrowed */
  const KanRegister *reg;
  gint64             id;
  GHashTable        *values;    /* column → stored form */
  GHashTable        *lists;     /* column → GPtrArray of subjects, NULL-terminated */
};

static gboolean
load_row (KanRecord *self, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM %s WHERE id = ?", self->reg->id);
  g_autoptr(KanStmt) stmt = kan_db_query (self->book->db, error, sql, "i", self->id);
  g_autoptr(GError) failed = NULL;

  if (stmt == NULL)
    return FALSE;
  if (!kan_stmt_step (stmt, &failed))
    {
      if (failed != NULL)
        g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  for (int i = 0; i < kan_stmt_n_columns (stmt); i++)
    {
      const char *column = kan_stmt_name (stmt, i);
      char *stored = kan_book_stored (self->book, kan_register_find_field (self->reg, column), stmt, i);

      if (stored != NULL)
        g_hash_table_insert (self->values, g_strdup (column), stored);
    }
  return TRUE;
}

static gboolean
load_list (KanRecord *self, const KanField *field, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT value FROM %s_%s WHERE owner = ? ORDER BY value", self->reg->id,
                                          field->id);
  g_autoptr(KanStmt) stmt = kan_db_query (self->book->db, error, sql, "i", self->id);
  const KanRegister *of = kan_book_find_register (self->book, field->of);
  GPtrArray *subjects = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GError) failed = NULL;

  if (of == NULL)
    of = g_hash_table_lookup (self->book->lists, field->of);
  g_hash_table_insert (self->lists, g_strdup (field->id), subjects);
  while (stmt != NULL && kan_stmt_step (stmt, &failed))
    g_ptr_array_add (subjects, g_strdup_printf ("%s%" G_GINT64_FORMAT, of->prefix, kan_stmt_int (stmt, 0)));
  g_ptr_array_add (subjects, NULL);
  if (failed != NULL)
    g_propagate_error (error, g_steal_pointer (&failed));
  else if (stmt != NULL)
    return TRUE;
  return FALSE;
}

/**
 * kan_record_get:
 * @book: a book
 * @subject: "M12"
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the record; %NULL without @error where there is none
 */
KanRecord *
kan_record_get (KanBook *book, const char *subject, GError **error)
{
  g_autoptr(KanRecord) self = g_new0 (KanRecord, 1);

  self->book = book;
  self->reg = kan_subject_register (book, subject, &self->id);
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->lists = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  if (self->reg == NULL || !load_row (self, error))
    return NULL;
  for (const KanField *field = self->reg->fields; field->id != NULL; field++)
    if (field->type == KAN_REFS && !load_list (self, field, error))
      return NULL;
  return g_steal_pointer (&self);
}

static GPtrArray *
cells_of_row (KanBook *book, const KanField *fields, KanStmt *stmt)
{
  GPtrArray *cells = g_ptr_array_new_with_free_func (g_free);

  for (int i = 0; fields[i].id != NULL; i++)
    g_ptr_array_add (cells, kan_book_stored (book, &fields[i], stmt, 2 + i));
  return cells;
}

/**
 * kan_record_list_rows:
 * @self: a record
 * @field: of its register, one of rows
 *
 * Returns: (transfer full) (element-type GPtrArray): the lines that lie beside it, each with its cells as stored in the
 *   order of the row register's fields, references as subjects; %NULL in a cell that was not answered
 */
GPtrArray *
kan_record_list_rows (KanRecord *self, const KanField *field)
{
  const KanRegister *cells = kan_book_find_register (self->book, field->of);
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM %s_%s WHERE owner = ? ORDER BY n", self->reg->id, field->id);
  g_autoptr(KanStmt) stmt = kan_db_query (self->book->db, NULL, sql, "i", self->id);
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

  while (stmt != NULL && kan_stmt_step (stmt, NULL))
    g_ptr_array_add (rows, cells_of_row (self->book, cells->fields, stmt));
  return rows;
}

/**
 * kan_record_free:
 * @self: (nullable): a record
 */
void
kan_record_free (KanRecord *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->values);
  g_hash_table_unref (self->lists);
  g_free (self);
}

/**
 * kan_record_get_register:
 * @self: a record
 *
 * Returns: (transfer none): its register
 */
const KanRegister *
kan_record_get_register (KanRecord *self)
{
  return self->reg;
}

/**
 * kan_record_get_state:
 * @self: a record
 *
 * Returns: (transfer none): its state's id
 */
const char *
kan_record_get_state (KanRecord *self)
{
  return kan_record_get_text (self, "state");
}

/**
 * kan_record_has:
 * @self: a record
 * @column: a field, or a column of the machinery's
 *
 * Returns: whether there is a value
 */
gboolean
kan_record_has (KanRecord *self, const char *column)
{
  return g_hash_table_contains (self->values, column) || g_hash_table_contains (self->lists, column);
}

/**
 * kan_record_get_text:
 * @self: a record
 * @column: a field, or a column of the machinery's
 *
 * Returns: (transfer none) (nullable): the stored form; single references as "M12"
 */
const char *
kan_record_get_text (KanRecord *self, const char *column)
{
  return g_hash_table_lookup (self->values, column);
}

/**
 * kan_record_get_int:
 * @self: a record
 * @column: a field, or a column of the machinery's
 *
 * Returns: the number; 0 where there is none
 */
gint64
kan_record_get_int (KanRecord *self, const char *column)
{
  const char *text = kan_record_get_text (self, column);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

/**
 * kan_record_get_list:
 * @self: a record
 * @column: a field of several references
 *
 * Returns: (transfer none) (nullable): the subjects, %NULL-terminated
 */
const char **
kan_record_get_list (KanRecord *self, const char *column)
{
  GPtrArray *list = g_hash_table_lookup (self->lists, column);

  return list != NULL ? (const char **) list->pdata : NULL;
}

/* "2026-12": as lists have it. */
static char *
number_with_year (KanRecord *self, const KanField *field)
{
  g_autofree char *year = g_strconcat (field->of, "_fy", NULL);

  return g_strdup_printf ("%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, kan_record_get_int (self, year),
                          kan_record_get_int (self, field->id));
}

/**
 * kan_book_present_state:
 * @self: a book whose today is set
 * @reg: a register
 * @id: a record's number
 *
 * Returns: (transfer full) (nullable): the state that the day makes of the one that is stored
 */
char *
kan_book_present_state (KanBook *self, const KanRegister *reg, gint64 id)
{
  g_autofree char *sql = g_strdup_printf ("SELECT state FROM %s WHERE id = ?",
                                          reg->present != NULL ? reg->present : reg->id);

  return kan_db_get_text (self->db, NULL, sql, "i", id);
}

static char *
show_state (KanRecord *self, gboolean japanese)
{
  g_autofree char *state = kan_book_present_state (self->book, self->reg, self->id);

  return g_strdup (kan_state_label (self->reg, state != NULL ? state : kan_record_get_state (self), japanese));
}

/**
 * kan_record_show:
 * @self: a record
 * @column: a field, or "state": that which the day makes of the one that is stored
 * @japanese: in which language
 *
 * Returns: (transfer full): the value as people read it; "" where there is none
 */
char *
kan_record_show (KanRecord *self, const char *column, gboolean japanese)
{
  const KanField *field = kan_register_find_field (self->reg, column);
  const char *stored = kan_record_get_text (self, column);
  const char **list = kan_record_get_list (self, column);
  g_autofree char *numbered = NULL;

  if (list != NULL)
    {
      g_autoptr(GString) out = g_string_new (NULL);

      for (; *list != NULL; list++)
        {
          g_autofree char *name = kan_book_name_of (self->book, *list);

          g_string_append_printf (out, "%s%s%s%s", out->len > 0 ? (japanese ? "、" : ", ") : "", *list,
                                  name != NULL ? " " : "", name != NULL ? name : "");
        }
      return g_string_free (g_steal_pointer (&out), FALSE);
    }
  if (stored == NULL)
    return g_strdup ("");
  if (strcmp (column, "state") == 0)
    return show_state (self, japanese);
  if (field != NULL && field->type == KAN_NUMBER)
    numbered = number_with_year (self, field);
  return field != NULL ? kan_book_show (self->book, field, numbered != NULL ? numbered : stored, japanese)
         : g_strdup (stored);
}
