/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A register as a list: its columns, the order of its rows, and the cells of a page. */
#include "desk/kan-view-private.h"

#include "acts/kan-record-check.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
column_free (KanViewColumn *self)
{
  g_free (self->id);
  g_free (self->label);
  g_free (self);
}

/**
 * kan_register_view_free:
 * @self: (nullable): a register's columns and lists
 */
void
kan_register_view_free (KanRegisterView *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->title);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_pointer (&self->lists, g_ptr_array_unref);
  g_clear_pointer (&self->states, g_ptr_array_unref);
  g_free (self);
}

static const KanRegister *
find_register (KanDesk *self, const char *id, GError **error)
{
  const KanRegister *reg = id != NULL ? kan_book_find_register (self->book, id) : NULL;

  if (reg != NULL && reg->prefix != NULL)
    return reg;
  g_set_error (error, KAN_ERROR, KAN_ERROR_USAGE, _("there is no list “%s”"), id != NULL ? id : "");
  return NULL;
}

static const char *
said (const char *text)
{
  return text != NULL && *text != '\0' ? text : NULL;
}

/* All records stand as the day makes them. */
static const char *
list_of (const KanRegister *reg, const char *list)
{
  return said (list) != NULL ? list : reg->present;
}

static GPtrArray *
list_columns (KanTable *table)
{
  GPtrArray *columns = g_ptr_array_new_with_free_func ((GDestroyNotify) column_free);

  for (guint i = 0; i < kan_table_n_columns (table); i++)
    {
      const KanField *field = kan_table_get_column (table, i);
      KanViewColumn *column = g_new0 (KanViewColumn, 1);

      column->id = g_strdup (field->id);
      column->label = g_strdup (kan_label (&field->label, kan_speaks_japanese ()));
      column->type = field->type;
      column->width = field->width;
      column->number = field->type == KAN_COUNT;
      column->deadline = (field->flags & KAN_DEADLINE) != 0;
      g_ptr_array_add (columns, column);
    }
  return columns;
}

/**
 * kan_desk_view_register:
 * @self: an unlocked desk
 * @register_id: a register with records
 * @list: (nullable): one of its lists, which may add columns
 * @error: %KAN_ERROR_USAGE where there is none
 *
 * Returns: (transfer full): columns, and what it may be narrowed to
 */
KanRegisterView *
kan_desk_view_register (KanDesk *self, const char *register_id, const char *list, GError **error)
{
  const KanRegister *reg = find_register (self, register_id, error);
  g_autoptr(KanTable) table = reg != NULL ? kan_table_new_for_ids (self->book, reg, list_of (reg, list), NULL, 0,
                                                                         error) : NULL;
  gboolean japanese = kan_speaks_japanese ();
  KanRegisterView *view;

  if (table == NULL)
    return NULL;
  view = g_new0 (KanRegisterView, 1);
  view->id = g_strdup (reg->id);
  view->title = g_strdup (kan_label (&reg->title, japanese));
  view->columns = list_columns (table);
  view->lists = g_ptr_array_new_with_free_func ((GDestroyNotify) kan_view_choice_free);
  view->states = g_ptr_array_new_with_free_func ((GDestroyNotify) kan_view_choice_free);
  for (const KanList *one = reg->lists; one != NULL && one->id != NULL; one++)
    if (g_strcmp0 (one->id, reg->present) != 0)
      g_ptr_array_add (view->lists, kan_view_choice_new (one->id, kan_label (&one->label, japanese)));
  for (const KanState *state = reg->states; state != NULL && state->id != NULL; state++)
    g_ptr_array_add (view->states, kan_view_choice_new (state->id, kan_label (&state->label, japanese)));
  return view;
}

/* --- queries -------------------------------------------------------------------------------------------------- */

/**
 * kan_query_new:
 * @register_id: a register
 *
 * Returns: (transfer full): all its records, what is under way first, the newest first
 */
KanQuery *
kan_query_new (const char *register_id)
{
  KanQuery *self = g_new0 (KanQuery, 1);

  self->register_id = g_strdup (register_id);
  return self;
}

/**
 * kan_query_copy:
 * @self: a query
 *
 * Returns: (transfer full): the same
 */
KanQuery *
kan_query_copy (const KanQuery *self)
{
  KanQuery *copy = kan_query_new (self->register_id);

  copy->list = g_strdup (self->list);
  copy->search = g_strdup (self->search);
  copy->state = g_strdup (self->state);
  copy->column = g_strdup (self->column);
  copy->value = g_strdup (self->value);
  copy->sort = g_strdup (self->sort);
  copy->descending = self->descending;
  return copy;
}

/**
 * kan_query_free:
 * @self: (nullable): a query
 */
void
kan_query_free (KanQuery *self)
{
  if (self == NULL)
    return;
  g_free (self->register_id);
  g_free (self->list);
  g_free (self->search);
  g_free (self->state);
  g_free (self->column);
  g_free (self->value);
  g_free (self->sort);
  g_free (self);
}

/**
 * kan_desk_order:
 * @self: an unlocked desk
 * @query: which records, in which order
 * @error: %KAN_ERROR_USAGE where register, list or column is none; %KAN_ERROR_DAMAGED where an index that leads to
 *   records is not what the table holds
 *
 * Returns: (transfer full) (element-type guint32): their numbers, in that order
 */
GArray *
kan_desk_order (KanDesk *self, const KanQuery *query, GError **error)
{
  const KanRegister *reg = find_register (self, query->register_id, error);
  KanFilter filters[2];
  KanTableQuery asked = { .filters = filters, .search = said (query->search), .sort = said (query->sort),
                          .descending = query->descending };
  g_autoptr(KanTable) table = NULL;

  asked.newest = asked.sort == NULL && !asked.descending;
  if (said (query->state) != NULL)
    filters[asked.n_filters++] = (KanFilter) { "state", query->state };
  if (said (query->column) != NULL)
    filters[asked.n_filters++] = (KanFilter) { query->column, query->value != NULL ? query->value : "" };
  if (reg == NULL || !kan_book_check_shown (self->book, error))
    return NULL;
  table = kan_table_query (self->book, reg, list_of (reg, query->list), &asked, error);
  return table != NULL ? kan_table_dup_order (table) : NULL;
}

/* --- pages ---------------------------------------------------------------------------------------------------- */

/* Names repeat down a page; a reference is looked up once. */
static char *
show_cell (KanBook *book, KanTable *table, guint row, guint column, GHashTable *names)
{
  const KanField *field = kan_table_get_column (table, column);
  const char *stored = kan_table_get_stored (table, row, column);
  char *shown;

  if (stored == NULL || (field->type != KAN_REF && field->type != KAN_REFS))
    return kan_table_show (table, row, column, kan_view_in_japanese (field));
  shown = g_hash_table_lookup (names, stored);
  if (shown == NULL)
    {
      g_auto(GStrv) subjects = g_strsplit (stored, ", ", -1);

      shown = kan_view_references (book, (const char **) subjects);
      g_hash_table_insert (names, g_strdup (stored), shown);
    }
  return g_strdup (shown);
}

/* A letter per column: "!" where its deadline has passed. */
static char *
mark_late (KanTable *table, guint row, const char *day, const char *at)
{
  GString *marks = g_string_new (NULL);

  for (guint i = 0; i < kan_table_n_columns (table); i++)
    {
      const KanField *field = kan_table_get_column (table, i);
      const char *stored = (field->flags & KAN_DEADLINE) != 0 ? kan_table_get_stored (table, row, i) : NULL;
      const char *now = field->type == KAN_TIME ? at : day;

      g_string_append_c (marks, stored != NULL && strcmp (stored, now) < 0 ? '!' : '.');
    }
  return g_string_free (marks, FALSE);
}

static char **
show_row (KanBook *book, KanTable *table, guint row, KanStmt *today, GHashTable *names)
{
  guint n = kan_table_n_columns (table);
  char **cells;

  if (kan_table_get_stored (table, row, 0) == NULL)
    return NULL;
  cells = g_new0 (char *, n + 2);
  for (guint i = 0; i < n; i++)
    cells[i] = show_cell (book, table, row, i, names);
  cells[n] = mark_late (table, row, kan_stmt_text (today, 0), kan_stmt_text (today, 1));
  return cells;
}

/**
 * kan_desk_page:
 * @self: an unlocked desk
 * @register_id: a register
 * @list: (nullable): the list whose columns are shown
 * @ids: (array length=n): numbers of records, each once
 * @n: how many
 * @error: return location
 *
 * Returns: (transfer full) (element-type GStrv): the cells of each as people read them, and behind them which are late,
 *   a letter per column, "!" or "."; %NULL for one that is not there any more
 */
GPtrArray *
kan_desk_page (KanDesk *self, const char *register_id, const char *list, const guint32 *ids, guint n, GError **error)
{
  const KanRegister *reg = find_register (self, register_id, error);
  g_autoptr(KanTable) table = reg != NULL ? kan_table_new_for_ids (self->book, reg, list_of (reg, list), ids, n, error)
                                         : NULL;
  g_autoptr(GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr(KanStmt) today = table != NULL ? kan_db_prepare (kan_book_get_db (self->book),
                                                             "SELECT day, at FROM temp.today", error) : NULL;
  GPtrArray *page;

  if (today == NULL || !kan_stmt_step (today, error))
    return NULL;
  page = g_ptr_array_new_full (n, (GDestroyNotify) g_strfreev);
  for (guint row = 0; row < n; row++)
    g_ptr_array_add (page, show_row (self->book, table, row, today, names));
  return page;
}
