/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists: an order of keys, and cells fetched page by page, so that length costs keys only. */
#include "acts/kan-book-private.h"

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
add_fields (KanTable *self, const KanField *fields)
{
  for (const KanField *field = fields; field != NULL && field->id != NULL; field++)
    g_ptr_array_add (self->columns, (gpointer) field);
}

/* A list's own columns come last; what the day makes of all of them, first: a deadline is to be seen. */
static void
add_columns (KanTable *self, const char *list)
{
  const KanList *view = NULL;
  gboolean first;

  for (const KanList *l = self->reg->lists; list != NULL && l != NULL && l->id != NULL; l++)
    if (strcmp (l->id, list) == 0)
      view = l;
  first = view != NULL && g_strcmp0 (view->id, self->reg->present) == 0;
  g_ptr_array_add (self->columns, (gpointer) &number_column);
  add_fields (self, first ? view->columns : NULL);
  for (const KanField *field = self->reg->fields; field->id != NULL; field++)
    if ((field->flags & KAN_LISTED) != 0 && (view == NULL || !view->only))
      g_ptr_array_add (self->columns, (gpointer) field);
  add_fields (self, view != NULL && !first ? view->columns : NULL);
  g_ptr_array_add (self->columns, (gpointer) &state_column);
}

/* A field of the register, or one of the columns that are shown; NULL: there is none. */
static const KanField *
find_column (KanTable *self, const char *name)
{
  const KanField *field = kan_register_find_field (self->reg, name);

  for (guint i = 0; field == NULL && i < self->columns->len; i++)
    if (strcmp (((const KanField *) g_ptr_array_index (self->columns, i))->id, name) == 0)
      field = g_ptr_array_index (self->columns, i);
  return field;
}

/* The fiscal year that stands beside a number of a series, "certificate_fy"; NULL: no such. */
static const KanField *
find_year (KanTable *self, const char *name)
{
  for (const KanField *field = self->reg->fields; field->id != NULL; field++)
    if (kan_field_names_year (field, name))
      return field;
  for (guint i = 0; i < self->columns->len; i++)
    if (kan_field_names_year (g_ptr_array_index (self->columns, i), name))
      return g_ptr_array_index (self->columns, i);
  return NULL;
}

static void
add_name (GString *names, const KanField *field)
{
  g_string_append_printf (names, ", %s", field->id);
  if (field->type == KAN_NUMBER)
    g_string_append_printf (names, ", %s_fy", field->of);
}

/* "… name one of id, state, label" */
static void
set_no_column (KanTable *self, const char *name, GError **error)
{
  g_autoptr(GString) names = g_string_new ("id, state");

  for (const KanField *field = self->reg->fields; field->id != NULL; field++)
    if (field->type != KAN_ROWS)
      add_name (names, field);
  for (guint i = 0; i < self->columns->len; i++)
    {
      const KanField *column = g_ptr_array_index (self->columns, i);
      gboolean told = column == &number_column || column == &state_column;

      if (!told && kan_register_find_field (self->reg, column->id) == NULL)
        add_name (names, column);
    }
  g_set_error (error, KAN_ERROR, KAN_ERROR_USAGE, _("%s has no field “%s”: name one of %s"), self->reg->id, name,
               names->str);
}

/* A number by which things are told apart is the same however it is written, here as where it is refused as taken. */
static gboolean
is_told_apart_by (const KanField *field)
{
  return field->type == KAN_CODE && kan_field_is_compared (field);
}

/* A reference is told by its subject and stored as its number; a record of another register is nobody's here. */
static char *
filter_value (KanTable *self, const KanField *field, const KanFilter *filter)
{
  gint64 id = 0;
  const KanRegister *reg = kan_subject_register (self->book, filter->value, &id);
  gboolean refers = field == NULL ? strcmp (filter->column, "id") == 0
                    : field->type == KAN_REFS || (field->type == KAN_REF && strchr (field->of, '|') == NULL);

  if (refers && reg != NULL && (field != NULL ? kan_field_offers (self->book, field, reg) : reg == self->reg))
    return g_strdup_printf ("%" G_GINT64_FORMAT, id);
  if (field != NULL && is_told_apart_by (field))
    return kan_field_alike_key (field, filter->value);
  if (field != NULL && field->type == KAN_YES)
    return g_strdup (strcmp (filter->value, "yes") == 0 ? "1" : "0");
  return g_strdup (filter->value);
}

/* A filter names its column as the declaration does. */
static gboolean
add_filter (KanTable *self, GString *sql, GPtrArray *values, const KanFilter *filter, GError **error)
{
  const KanField *field = kan_register_find_field (self->reg, filter->column);
  const KanField *column = find_column (self, filter->column);

  if (column == NULL && find_year (self, filter->column) == NULL)
    {
      set_no_column (self, filter->column, error);
      return FALSE;
    }
  if (column != NULL && column->type == KAN_NUMBER)
    g_string_append_printf (sql, " AND ? IN (CAST (%s AS TEXT), %s_fy || '-' || %s)", column->id, column->of,
                            column->id);
  else if (field != NULL && field->type == KAN_REFS)
    g_string_append_printf (sql, " AND id IN (SELECT owner FROM %s_%s WHERE value = CAST (? AS INTEGER))",
                            self->reg->id, field->id);
  else if (field != NULL && is_told_apart_by (field))
    g_string_append_printf (sql, " AND id IN (SELECT id FROM alike WHERE register = '%s' AND field = '%s' AND key = ?)",
                            self->reg->id, field->id);
  else
    g_string_append_printf (sql, " AND CAST (%s AS TEXT) = ?", filter->column);
  g_ptr_array_add (values, filter_value (self, field, filter));
  return TRUE;
}

static gboolean
load_order (KanTable *self, const KanTableQuery *query, const char *sql, GPtrArray *values, GError **error)
{
  g_autoptr(KanStmt) stmt = kan_db_prepare (self->book->db, sql, error);

  if (stmt == NULL)
    return FALSE;
  for (guint i = 0; i < values->len; i++)
    kan_stmt_set_text (stmt, (int) i + 1, g_ptr_array_index (values, i));
  return kan_sort_load (stmt, kan_stmt_n_columns (stmt) > 1, query->descending, self->order, error);
}

static KanTable *
table_new (KanBook *book, const KanRegister *reg, const char *list, GError **error)
{
  g_autoptr(KanTable) self = g_new0 (KanTable, 1);

  self->book = book;
  self->reg = reg;
  self->source = g_strdup (list != NULL ? list : reg->present != NULL ? reg->present : reg->id);
  self->order = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->columns = g_ptr_array_new ();
  self->cells = g_ptr_array_new_with_free_func (g_free);
  self->page = G_MAXUINT;
  if (reg->prefix == NULL || (list != NULL && g_hash_table_lookup (book->lists, list) != reg))
    {
      g_set_error (error, KAN_ERROR, KAN_ERROR_USAGE, _("there is no list “%s”: `kanribo acts --json` names them"),
                   list != NULL ? list : reg->id);
      return NULL;
    }
  add_columns (self, list != NULL ? list : reg->present);
  return g_steal_pointer (&self);
}

/* What comes first in SELECT has its parameters bound first. */
static gboolean
compose_order (KanTable *self, const KanTableQuery *query, const char *part, GString *sql, GPtrArray *values,
               GError **error)
{
  const KanField *sort = query->sort != NULL ? find_column (self, query->sort) : &number_column;

  if (sort == NULL)
    {
      set_no_column (self, query->sort, error);
      return FALSE;
    }
  g_string_append (sql, "SELECT id");
  if (sort != &number_column)
    {
      g_string_append (sql, ", ");
      kan_sort_append (self->book, self->reg, sort == &state_column ? NULL : sort, sql, values);
    }
  g_string_append_printf (sql, " FROM %s r WHERE 1", self->source);
  for (guint i = 0; i < query->n_filters; i++)
    if (!add_filter (self, sql, values, &query->filters[i], error))
      return FALSE;
  if (query->search != NULL)
    kan_seek_append (self->book, self->reg, self->source, self->columns, query->search, sql, values);
  g_string_append (sql, part);
  if (sort == &number_column)
    g_string_append (sql, query->descending ? " ORDER BY id DESC" : " ORDER BY id");
  return TRUE;
}

static gboolean
load_part (KanTable *self, const KanTableQuery *query, const char *part, GError **error)
{
  g_autoptr(GString) sql = g_string_new (NULL);
  g_autoptr(GPtrArray) values = g_ptr_array_new_with_free_func (g_free);

  return compose_order (self, query, part, sql, values, error) && load_order (self, query, sql->str, values, error);
}

/* Two walks along the numbers: sorting would cost more. */
static gboolean
load_newest (KanTable *self, const KanTableQuery *query, GError **error)
{
  const KanTableQuery newest = { .filters = query->filters, .n_filters = query->n_filters, .search = query->search,
                                 .descending = TRUE };
  g_autofree char *under_way = g_strdup_printf (" AND instr ('|%s|', '|' || state || '|') > 0", self->reg->first);
  g_autofree char *rest = g_strdup_printf (" AND instr ('|%s|', '|' || state || '|') = 0", self->reg->first);

  if (self->reg->first == NULL)
    return load_part (self, &newest, "", error);
  return load_part (self, &newest, under_way, error) && load_part (self, &newest, rest, error);
}

/**
 * kan_table_query:
 * @book: a book whose today is set
 * @reg: a register with a table
 * @list: (nullable): one of its lists; %NULL: all records, in the states that the day makes of them
 * @query: which of them, in which order
 * @error: %KAN_ERROR_USAGE where there is no such list or column
 *
 * Sorted as people expect: numbers as numbers, references by the name they show, states and choices in the order in
 * which they are declared, days and texts as stored; what has no value last, ties by number.
 *
 * Returns: (transfer full): the records
 */
KanTable *
kan_table_query (KanBook *book, const KanRegister *reg, const char *list, const KanTableQuery *query, GError **error)
{
  g_autoptr(KanTable) self = table_new (book, reg, list, error);

  if (self == NULL)
    return NULL;
  return (query->newest ? load_newest (self, query, error) : load_part (self, query, "", error))
         ? g_steal_pointer (&self) : NULL;
}

/**
 * kan_table_new:
 * @book: a book whose today is set
 * @reg: a register with a table
 * @list: (nullable): one of its lists; %NULL: all records, in the states that the day makes of them
 * @filters: (array length=n_filters): columns and the values they must have
 * @n_filters: how many
 * @search: (nullable): words that must all occur in what is shown of it (kan_seek_append())
 * @error: %KAN_ERROR_USAGE where there is no such list or column
 *
 * Returns: (transfer full): the records, in order of their numbers
 */
KanTable *
kan_table_new (KanBook *book, const KanRegister *reg, const char *list, const KanFilter *filters, guint n_filters,
               const char *search, GError **error)
{
  const KanTableQuery query = { .filters = filters, .n_filters = n_filters, .search = search };

  return kan_table_query (book, reg, list, &query, error);
}

/**
 * kan_table_new_for_ids:
 * @book: a book whose today is set
 * @reg: a register with a table
 * @list: (nullable): one of its lists, for its columns; %NULL: all records
 * @ids: (array length=n_ids): numbers of records, each once
 * @n_ids: how many; 0: only the columns are wanted
 * @error: %KAN_ERROR_USAGE where there is no such list
 *
 * Returns: (transfer full): these records in this order; what is not among them has blank cells
 */
KanTable *
kan_table_new_for_ids (KanBook *book, const KanRegister *reg, const char *list, const guint32 *ids, guint n_ids,
                       GError **error)
{
  KanTable *self = table_new (book, reg, list, error);

  if (self != NULL)
    g_array_append_vals (self->order, ids, n_ids);
  return self;
}

/**
 * kan_table_dup_order:
 * @self: a table
 *
 * Returns: (transfer full) (element-type guint32): the numbers of its records, in order
 */
GArray *
kan_table_dup_order (KanTable *self)
{
  return g_array_copy (self->order);
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

      if (field->type == KAN_NUMBER)
        g_string_append_printf (sql, ", %s_fy || '-' || %s_no", field->of, field->of);
      else
        g_string_append_printf (sql, ", %s", kan_field_has_column (field) ? field->id : "NULL");
    }
  g_string_append_printf (sql, " FROM %s WHERE id IN (SELECT value FROM json_each (?))", self->source);
  return g_string_free (sql, FALSE);
}

static void
set_cells (KanTable *self, KanStmt *stmt, guint row)
{
  gint64 id = kan_stmt_int (stmt, 0);
  gpointer *cells = self->cells->pdata + row * self->columns->len;

  if (cells[0] != NULL)
    return;
  cells[0] = g_strdup_printf ("%s%" G_GINT64_FORMAT, self->reg->prefix, id);
  for (guint i = 1; i < self->columns->len; i++)
    {
      const KanField *field = kan_table_get_column (self, i);

      cells[i] = field->type == KAN_REFS ? refs_cell (self, field, id)
                 : kan_book_stored (self->book, field, stmt, (int) i);
    }
}

/* "[12,7,30]", and at which row of the page each of them stands. */
static char *
page_ids (KanTable *self, guint first, guint n, GHashTable *rows)
{
  GString *json = g_string_new ("[");

  for (guint i = 0; i < n; i++)
    {
      guint32 id = g_array_index (self->order, guint32, first + i);

      g_string_append_printf (json, "%s%u", i > 0 ? "," : "", id);
      g_hash_table_insert (rows, GUINT_TO_POINTER (id), GUINT_TO_POINTER (i));
    }
  return g_string_free (g_string_append_c (json, ']'), FALSE);
}

/* What has left the list meanwhile keeps its place, blank. */
static void
load_page (KanTable *self, guint page)
{
  guint first = page * PAGE, n = MIN (PAGE, self->order->len - first);
  g_autoptr(GHashTable) rows = g_hash_table_new (NULL, NULL);
  g_autofree char *sql = page_sql (self), *ids = page_ids (self, first, n, rows);
  g_autoptr(KanStmt) stmt = kan_db_query (self->book->db, NULL, sql, "s", ids);

  g_ptr_array_set_size (self->cells, 0);
  g_ptr_array_set_size (self->cells, (int) (n * self->columns->len));
  self->page = page;
  while (stmt != NULL && kan_stmt_step (stmt, NULL))
    set_cells (self, stmt, GPOINTER_TO_UINT (g_hash_table_lookup (rows, GUINT_TO_POINTER (kan_stmt_int (stmt, 0)))));
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

/* Each as a single reference is shown. */
static char *
show_refs (KanTable *self, const char *stored, gboolean japanese)
{
  static const KanField one = { .type = KAN_REF };
  g_auto(GStrv) subjects = g_strsplit (stored, ", ", -1);

  for (char **subject = subjects; *subject != NULL; subject++)
    {
      char *shown = kan_book_show (self->book, &one, *subject, japanese);

      g_free (*subject);
      *subject = shown;
    }
  return g_strjoinv (_(", "), subjects);
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
  if (field->type == KAN_REFS && stored != NULL)
    return show_refs (self, stored, japanese);
  return kan_book_show (self->book, field, stored, japanese);
}
