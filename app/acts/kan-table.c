/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists: an order of keys, and cells fetched page by page, so that length costs keys only. */
#include "acts/kan-book-private.h"

#include "values/kan-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PAGE 256

struct _KanTable
{
  KanBook           *book;       /* borrowed */
  const KanRegister *reg;
  char              *source;     /* table or view */
  GArray            *order;      /* guint32 ids */
  GPtrArray         *columns;    /* const KanField*, static or in own */
  GPtrArray         *cells;      /* stored forms of the page, row by row */
  guint              page;       /* G_MAXUINT: none */
};

static const KanField number_column = { .id = "id", .label = L ("No.", "番号"), .type = KAN_CODE, .width = 4 };
static const KanField state_column = { .id = "state", .label = L ("State", "状態"), .type = KAN_CODE, .width = 6 };

static void
add_columns (KanTable *self, const char *list)
{
  const KanList *view = NULL;

  g_ptr_array_add (self->columns, (gpointer) &number_column);
  for (const KanField *field = self->reg->fields; field->id != NULL; field++)
    if ((field->flags & KAN_LISTED) != 0)
      g_ptr_array_add (self->columns, (gpointer) field);
  for (const KanList *l = self->reg->lists; list != NULL && l != NULL && l->id != NULL; l++)
    if (strcmp (l->id, list) == 0)
      view = l;
  for (const KanField *field = view != NULL ? view->columns : NULL; field != NULL && field->id != NULL; field++)
    g_ptr_array_add (self->columns, (gpointer) field);
  g_ptr_array_add (self->columns, (gpointer) &state_column);
}

static gboolean
is_column (KanTable *self, const char *name)
{
  if (strcmp (name, "id") == 0 || strcmp (name, "state") == 0 || kan_register_find_field (self->reg, name) != NULL)
    return TRUE;
  for (guint i = 0; i < self->columns->len; i++)
    if (strcmp (((const KanField *) g_ptr_array_index (self->columns, i))->id, name) == 0)
      return TRUE;
  return FALSE;
}

/* A filter names its column as the declaration does, and a reference by its subject. */
static gboolean
add_filter (KanTable *self, GString *sql, GPtrArray *values, const KanFilter *filter, GError **error)
{
  const KanField *field = kan_register_find_field (self->reg, filter->column);
  gint64 id = 0;

  if (!is_column (self, filter->column))
    {
      g_set_error (error, KAN_ERROR, KAN_ERROR_USAGE, _("%s has no field “%s”"), self->reg->id, filter->column);
      return FALSE;
    }
  if (field != NULL && field->type == KAN_REFS)
    g_string_append_printf (sql, " AND id IN (SELECT owner FROM %s_%s WHERE value = CAST (? AS INTEGER))",
                            self->reg->id, field->id);
  else
    g_string_append_printf (sql, " AND CAST (%s AS TEXT) = ?", filter->column);
  if ((field == NULL ? strcmp (filter->column, "id") == 0
       : field->type == KAN_REFS || (field->type == KAN_REF && strchr (field->of, '|') == NULL)) &&
      kan_subject_register (self->book, filter->value, &id) != NULL)
    g_ptr_array_add (values, g_strdup_printf ("%" G_GINT64_FORMAT, id));
  else if (field != NULL && field->type == KAN_YES)
    g_ptr_array_add (values, g_strdup (strcmp (filter->value, "yes") == 0 ? "1" : "0"));
  else
    g_ptr_array_add (values, g_strdup (filter->value));
  return TRUE;
}

static void
add_search (KanTable *self, GString *sql, GPtrArray *values, const char *search)
{
  g_autofree char *key = kan_text_search_key (search);
  g_auto(GStrv) words = g_strsplit (key, " ", -1);

  for (char **word = words; *word != NULL; word++)
    if (**word != '\0')
      {
        g_string_append_printf (sql, " AND id IN (SELECT id FROM search WHERE register = '%s' AND instr (key, ?))",
                                self->reg->id);
        g_ptr_array_add (values, g_strdup (*word));
      }
}

static gboolean
load_order (KanTable *self, const char *sql, GPtrArray *values, GError **error)
{
  g_autoptr(KanStmt) stmt = kan_db_prepare (self->book->db, sql, error);
  g_autoptr(GError) failed = NULL;

  if (stmt == NULL)
    return FALSE;
  for (guint i = 0; i < values->len; i++)
    kan_stmt_set_text (stmt, (int) i + 1, g_ptr_array_index (values, i));
  while (kan_stmt_step (stmt, &failed))
    {
      guint32 id = (guint32) kan_stmt_int (stmt, 0);

      g_array_append_val (self->order, id);
    }
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/**
 * kan_table_new:
 * @book: a book whose today is set
 * @reg: a register with a table
 * @list: (nullable): one of its lists; %NULL: all records
 * @filters: (array length=n_filters): columns and the values they must have
 * @n_filters: how many
 * @search: (nullable): words that must occur, in any spelling width and kana
 * @error: %KAN_ERROR_USAGE where there is no such list or column
 *
 * Returns: (transfer full): the records, in order of their numbers
 */
KanTable *
kan_table_new (KanBook *book, const KanRegister *reg, const char *list, const KanFilter *filters, guint n_filters,
               const char *search, GError **error)
{
  g_autoptr(KanTable) self = g_new0 (KanTable, 1);
  g_autoptr(GString) sql = g_string_new (NULL);
  g_autoptr(GPtrArray) values = g_ptr_array_new_with_free_func (g_free);

  self->book = book;
  self->reg = reg;
  self->source = g_strdup (list != NULL ? list : reg->id);
  self->order = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->columns = g_ptr_array_new ();
  self->cells = g_ptr_array_new_with_free_func (g_free);
  self->page = G_MAXUINT;
  if (reg->prefix == NULL || (list != NULL && g_hash_table_lookup (book->lists, list) != reg))
    {
      g_set_error (error, KAN_ERROR, KAN_ERROR_USAGE, _("there is no list “%s”"), list != NULL ? list : reg->id);
      return NULL;
    }
  add_columns (self, list);
  g_string_append_printf (sql, "SELECT id FROM %s WHERE 1", self->source);
  for (guint i = 0; i < n_filters; i++)
    if (!add_filter (self, sql, values, &filters[i], error))
      return NULL;
  if (search != NULL)
    add_search (self, sql, values, search);
  g_string_append (sql, " ORDER BY id");
  return load_order (self, sql->str, values, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * kan_table_free:
 * @self: (nullable): a table
 */
void
kan_table_free (KanTable *self)
{
  if (self == NULL)
    return;
  g_free (self->source);
  g_array_unref (self->order);
  g_ptr_array_unref (self->columns);
  g_ptr_array_unref (self->cells);
  g_free (self);
}

/**
 * kan_table_n_rows:
 * @self: a table
 *
 * Returns: how many records
 */
guint
kan_table_n_rows (KanTable *self)
{
  return self->order->len;
}

/**
 * kan_table_get_id:
 * @self: a table
 * @row: below kan_table_n_rows()
 *
 * Returns: the record's number
 */
gint64
kan_table_get_id (KanTable *self, guint row)
{
  return g_array_index (self->order, guint32, row);
}

/**
 * kan_table_n_columns:
 * @self: a table
 *
 * Returns: how many columns: number, listed fields, the list's own, state
 */
guint
kan_table_n_columns (KanTable *self)
{
  return self->columns->len;
}

/**
 * kan_table_get_column:
 * @self: a table
 * @column: below kan_table_n_columns()
 *
 * Returns: (transfer none): what it shows
 */
const KanField *
kan_table_get_column (KanTable *self, guint column)
{
  return g_ptr_array_index (self->columns, column);
}

static char *
refs_cell (KanTable *self, const KanField *field, gint64 id)
{
  g_autofree char *sql = g_strdup_printf ("SELECT group_concat(value, ',') FROM (SELECT value FROM %s_%s"
                                          " WHERE owner = ? ORDER BY value)", self->reg->id, field->id);
  g_autofree char *ids = kan_db_get_text (self->book->db, NULL, sql, "i", id);
  g_auto(GStrv) parts = ids != NULL ? g_strsplit (ids, ",", -1) : NULL;
  const KanRegister *of = kan_book_find_register (self->book, field->of);
  GString *out = g_string_new (NULL);

  if (of == NULL)
    of = g_hash_table_lookup (self->book->lists, field->of);
  for (char **part = parts; part != NULL && *part != NULL; part++)
    g_string_append_printf (out, "%s%s%s", out->len > 0 ? ", " : "", of->prefix, *part);
  return g_string_free (out, FALSE);
}

static char *
page_sql (KanTable *self)
{
  GString *sql = g_string_new ("SELECT id");

  for (guint i = 1; i < self->columns->len; i++)
    {
      const KanField *field = kan_table_get_column (self, i);

      g_string_append_printf (sql, ", %s", kan_field_has_column (field) ? field->id : "NULL");
    }
  g_string_append_printf (sql, " FROM %s WHERE id BETWEEN ? AND ? ORDER BY id", self->source);
  return g_string_free (sql, FALSE);
}

static void
add_cells (KanTable *self, KanStmt *stmt)
{
  gint64 id = kan_stmt_int (stmt, 0);

  g_ptr_array_add (self->cells, g_strdup_printf ("%s%" G_GINT64_FORMAT, self->reg->prefix, id));
  for (guint i = 1; i < self->columns->len; i++)
    {
      const KanField *field = kan_table_get_column (self, i);

      g_ptr_array_add (self->cells, kan_field_has_column (field) ? kan_book_stored (self->book, field, stmt, (int) i)
                       : refs_cell (self, field, id));
    }
}

static void
load_page (KanTable *self, guint page)
{
  g_autofree char *sql = page_sql (self);
  guint first = page * PAGE, last = MIN (first + PAGE, self->order->len) - 1, row = first;
  g_autoptr(KanStmt) stmt = kan_db_query (self->book->db, NULL, sql, "ii", kan_table_get_id (self, first),
                                          kan_table_get_id (self, last));

  g_ptr_array_set_size (self->cells, 0);
  self->page = page;
  while (stmt != NULL && row <= last && kan_stmt_step (stmt, NULL))
    {
      /* what has left the list meanwhile keeps its place, blank */
      for (; row <= last && kan_table_get_id (self, row) < kan_stmt_int (stmt, 0); row++)
        for (guint i = 0; i < self->columns->len; i++)
          g_ptr_array_add (self->cells, NULL);
      if (row <= last && kan_table_get_id (self, row) == kan_stmt_int (stmt, 0))
        {
          add_cells (self, stmt);
          row++;
        }
    }
}

/**
 * kan_table_get_stored:
 * @self: a table
 * @row: below kan_table_n_rows()
 * @column: below kan_table_n_columns()
 *
 * Returns: (transfer none) (nullable): the cell as stored, until another page is asked for
 */
const char *
kan_table_get_stored (KanTable *self, guint row, guint column)
{
  guint index;

  if (row / PAGE != self->page)
    load_page (self, row / PAGE);
  index = row % PAGE * self->columns->len + column;
  return index < self->cells->len ? g_ptr_array_index (self->cells, index) : NULL;
}

/**
 * kan_table_show:
 * @self: a table
 * @row: below kan_table_n_rows()
 * @column: below kan_table_n_columns()
 * @japanese: in which language
 *
 * Returns: (transfer full): the cell as people read it
 */
char *
kan_table_show (KanTable *self, guint row, guint column, gboolean japanese)
{
  const KanField *field = kan_table_get_column (self, column);
  g_autofree char *stored = g_strdup (kan_table_get_stored (self, row, column));

  if (field == &state_column && stored != NULL)
    return g_strdup (kan_state_label (self->reg, stored, japanese));
  return kan_book_show (self->book, field, stored, japanese);
}
