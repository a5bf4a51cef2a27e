/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any register as the 管理簿 its article names, row by row from the records. */
#include "forms/kan-forms-private.h"

#include "forms/kan-form-register.h"
#include "values/kan-wareki.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define LEAST_WIDTH 4
#define TOLD_EVERY 64      /* rows */

/* What happened before somebody decided, or though nobody did. */
#define SQL_UNPERMITTED \
  "SELECT DISTINCT about FROM shortfall WHERE state <> 'void' AND rule IN ('overtakes', 'not_entitled'," \
  " '11-1.not_due', '11-3.unapproved', '11-3.expired')"

/* A register on its way to paper, one row at a time. */
typedef struct
{
  KanMaker           maker;
  const KanRegister *reg;
  KanTable          *table;
  guint              row;
  int                fiscal_year;     /* 0: all */
  int                first;           /* fiscal year of the oldest record */
  GHashTable        *late, *marked, *unpermitted;   /* subjects */
  GHashTable        *names;           /* subject → what it is called */
  GPtrArray         *cells;           /* of the last row */
  GHashTable        *years;           /* subject → fiscal year in which it was made */
  KanProgressFunc    progress;        /* NULL: nobody is told */
  gpointer           progress_data;
  gboolean           stopped;
} Ledger;

static GHashTable *
load_subjects (KanBook *book, const char *sql, GError **error)
{
  g_autoptr(GHashTable) set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(KanStmt) stmt = kan_db_prepare (kan_book_get_db (book), sql, error);
  g_autoptr(GError) failed = NULL;

  while (stmt != NULL && kan_stmt_step (stmt, &failed))
    g_hash_table_add (set, g_strdup (kan_stmt_text (stmt, 0)));
  if (failed != NULL)
    g_propagate_error (error, g_steal_pointer (&failed));
  return stmt != NULL && (error == NULL || *error == NULL) ? g_steal_pointer (&set) : NULL;
}

static gboolean
load_years (Ledger *self, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT r.id, date (a.at, '+9 hours') FROM %s r JOIN act a ON a.seq = r.made",
                                           self->reg->id);
  g_autoptr(KanStmt) stmt = kan_db_prepare (kan_book_get_db (self->maker.book), sql, error);
  g_autoptr(GError) failed = NULL;

  self->years = g_hash_table_new (NULL, NULL);
  while (stmt != NULL && kan_stmt_step (stmt, &failed))
    {
      int year = kan_fiscal_year (kan_day_parse (kan_stmt_text (stmt, 1)));

      g_hash_table_insert (self->years, GINT_TO_POINTER ((int) kan_stmt_int (stmt, 0)), GINT_TO_POINTER (year));
      self->first = self->first == 0 ? year : MIN (self->first, year);
    }
  if (failed != NULL)
    g_propagate_error (error, g_steal_pointer (&failed));
  return stmt != NULL && (error == NULL || *error == NULL);
}

static gboolean
is_wanted (const Ledger *self, guint row)
{
  gint64 id = kan_table_get_id (self->table, row);

  return self->fiscal_year == 0 ||
    GPOINTER_TO_INT (g_hash_table_lookup (self->years, GINT_TO_POINTER ((int) id))) == self->fiscal_year;
}

static guint
marks_of (Ledger *self, guint row)
{
  g_autofree char *subject = g_strdup (kan_table_get_stored (self->table, row, 0));
  const char *state = kan_table_get_stored (self->table, row, kan_table_n_columns (self->table) - 1);
  guint marks = 0;

  if (g_hash_table_contains (self->late, subject))
    marks |= KAN_MARK_LATE;
  if (g_hash_table_contains (self->marked, subject))
    marks |= KAN_MARK_DEVIATION;
  if (g_hash_table_contains (self->unpermitted, subject))
    marks |= KAN_MARK_UNPERMITTED;
  if (g_strcmp0 (state, "void") == 0)
    marks |= KAN_MARK_VOID;
  return marks;
}

/* On paper a record is called by its name; its number stands in its own register. */
static const char *
name_of (Ledger *self, const char *subject)
{
  char *name = g_hash_table_lookup (self->names, subject);

  if (name == NULL)
    {
      name = kan_book_name_of (self->maker.book, subject);
      if (name == NULL)
        name = g_strdup (subject);
      g_hash_table_insert (self->names, g_strdup (subject), name);
    }
  return name;
}

static char *
names_of (Ledger *self, const char *subjects)
{
  g_auto(GStrv) all = g_strsplit (subjects, ",", -1);
  g_autoptr(GString) names = g_string_new (NULL);

  for (guint i = 0; all[i] != NULL; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? "、" : "", name_of (self, g_strstrip (all[i])));
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static char *
cell_of (Ledger *self, guint column)
{
  const KanField *field = kan_table_get_column (self->table, column);
  const char *stored = kan_table_get_stored (self->table, self->row, column);
  g_autofree char *subjects = g_strdup (stored);

  if (subjects != NULL && (field->type == KAN_REF || field->type == KAN_REFS))
    return names_of (self, subjects);
  return kan_table_show (self->table, self->row, column, TRUE);
}

static gboolean
next_row_cb (KanRegisterRow *row, gpointer data)
{
  Ledger *self = data;

  if (self->progress != NULL && self->row % TOLD_EVERY == 0)
    self->stopped = !self->progress (self->row, kan_table_n_rows (self->table), self->progress_data);
  if (self->stopped)
    return FALSE;
  while (self->row < kan_table_n_rows (self->table) && !is_wanted (self, self->row))
    self->row++;
  if (self->row == kan_table_n_rows (self->table))
    return FALSE;
  g_ptr_array_set_size (self->cells, 0);
  for (guint i = 0; i < kan_table_n_columns (self->table); i++)
    g_ptr_array_add (self->cells, cell_of (self, i));
  row->marks = marks_of (self, self->row);
  row->cells = (const char *const *) self->cells->pdata;
  self->row++;
  return TRUE;
}

static GArray *
columns_of (const KanField *const *fields, guint n)
{
  GArray *columns = g_array_new (FALSE, FALSE, sizeof (KanRegisterColumn));

  for (guint i = 0; i < n; i++)
    {
      KanRegisterColumn column = { fields[i]->label.ja, fields[i]->width > 0 ? fields[i]->width : LEAST_WIDTH,
                                   fields[i]->type == KAN_COUNT, FALSE };

      g_array_append_val (columns, column);
    }
  return columns;
}

static GArray *
columns_of_table (KanTable *table)
{
  g_autoptr(GPtrArray) fields = g_ptr_array_new ();
  GArray *columns;

  for (guint i = 0; i < kan_table_n_columns (table); i++)
    g_ptr_array_add (fields, (gpointer) kan_table_get_column (table, i));
  columns = columns_of ((const KanField *const *) fields->pdata, fields->len);
  g_array_index (columns, KanRegisterColumn, columns->len - 1).plain = TRUE;      /* its state */
  return columns;
}

/* "令和7年度"; of a whole register from the first record's to this one. */
static const char *
years_words (Ledger *self, const char *today)
{
  int last = self->fiscal_year != 0 ? self->fiscal_year : kan_fiscal_year (kan_day_parse (today));
  int first = self->fiscal_year != 0 || self->first == 0 ? last : self->first;
  g_autofree char *from = kan_fiscal_year_name (first), *until = kan_fiscal_year_name (last);

  return kan_maker_keep (&self->maker,
                         first < last ? g_strdup_printf ("%s～%s", from, until) : g_steal_pointer (&until));
}

static void
fill_cover (Ledger *self, const char *list, KanRegisterForm *form)
{
  const KanProfile *profile = kan_book_get_profile (self->maker.book);
  const KanFiling *filing = kan_profile_filing (profile, self->reg->id);
  const KanLabel *clock = kan_book_get_clock_warning (self->maker.book);
  g_autofree char *today = kan_db_get_text (kan_book_get_db (self->maker.book), NULL, "SELECT day FROM temp.today", "");

  kan_maker_head (&self->maker, self->reg->id, NULL, today, &form->head);
  form->title = self->reg->title.ja;
  for (const KanList *l = self->reg->lists; list != NULL && l != NULL && l->id != NULL; l++)
    if (strcmp (l->id, list) == 0)
      form->title = kan_maker_keep (&self->maker, g_strdup_printf ("%s（%s）", self->reg->title.ja, l->label.ja));
  form->clock = clock != NULL ? clock->ja : NULL;
  form->fiscal_year = years_words (self, today);
  form->classification = filing != NULL ? filing->category.ja : NULL;
  form->retention = filing != NULL ? kan_maker_keep (&self->maker, g_strdup_printf ("%" G_GINT64_FORMAT "年",
                                                                                    filing->years)) : NULL;
}

static void
ledger_clear (Ledger *self)
{
  g_clear_pointer (&self->table, kan_table_free);
  g_clear_pointer (&self->late, g_hash_table_unref);
  g_clear_pointer (&self->marked, g_hash_table_unref);
  g_clear_pointer (&self->unpermitted, g_hash_table_unref);
  g_clear_pointer (&self->names, g_hash_table_unref);
  g_clear_pointer (&self->cells, g_ptr_array_unref);
  g_clear_pointer (&self->years, g_hash_table_unref);
  kan_maker_clear (&self->maker);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Ledger, ledger_clear)

/**
 * kan_forms_make_register:
 * @book: a book whose today is set
 * @reg: a register with records
 * @list: (nullable): one of its lists; %NULL: all of it
 * @fiscal_year: only records made in it; 0: all
 * @anchor: the chain's head
 * @progress: (nullable): told of rows that were laid out; where it says so, none is any more
 * @data: for @progress
 * @error: %KAN_ERROR_USAGE where there is no such list, %KAN_ERROR_CANCELLED where @progress ended it
 *
 * Returns: (transfer full): the 管理簿; late, irregular and voided lines say so in words
 */
KanPaper *
kan_forms_make_register (KanBook *book, const KanRegister *reg, const char *list, int fiscal_year, const char *anchor,
                         KanProgressFunc progress, gpointer data, GError **error)
{
  g_auto(Ledger) self = { .reg = reg, .fiscal_year = fiscal_year, .progress = progress, .progress_data = data };
  g_autoptr(KanPaper) paper = NULL;
  KanRegisterForm form = { .next = next_row_cb, .next_data = &self };
  g_autoptr(GArray) columns = NULL;

  self.maker.book = book;
  self.maker.anchor = anchor;
  self.maker.pool = g_ptr_array_new_with_free_func (g_free);
  self.cells = g_ptr_array_new_with_free_func (g_free);
  self.names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self.table = kan_table_new (book, reg, list, NULL, 0, NULL, error);
  if (self.table == NULL || !load_years (&self, error))
    return NULL;
  self.late = load_subjects (book, "SELECT DISTINCT subject FROM act"
                                   " WHERE instr (body, '\"late_reason\":') > 0", error);
  self.marked = self.late != NULL ? load_subjects (book, "SELECT DISTINCT about FROM shortfall WHERE state <> 'void'",
                                                   error) : NULL;
  self.unpermitted = self.marked != NULL ? load_subjects (book, SQL_UNPERMITTED, error) : NULL;
  if (self.unpermitted == NULL)
    return NULL;
  columns = columns_of_table (self.table);
  form.columns = (const KanRegisterColumn *) columns->data;
  form.n_columns = columns->len;
  fill_cover (&self, list, &form);
  paper = kan_form_register_new (&form);
  if (!self.stopped)
    return g_steal_pointer (&paper);
  g_set_error_literal (error, KAN_ERROR, KAN_ERROR_CANCELLED, _("it was stopped"));
  return NULL;
}

/**
 * kan_maker_blank_register:
 * @reg: a register
 *
 * Returns: (transfer full): its 管理簿, empty
 */
KanPaper *
kan_maker_blank_register (const KanRegister *reg)
{
  static const KanField number = { .id = "id", .label = L ("No.", "番号"), .type = KAN_CODE, .width = 4 };
  g_autoptr(GPtrArray) fields = g_ptr_array_new ();
  g_autoptr(GArray) columns = NULL;
  KanRegisterForm form = { .title = reg->title.ja };

  g_ptr_array_add (fields, (gpointer) &number);
  for (const KanField *field = reg->fields; field->id != NULL; field++)
    if ((field->flags & KAN_LISTED) != 0)
      g_ptr_array_add (fields, (gpointer) field);
  columns = columns_of ((const KanField *const *) fields->pdata, fields->len);
  form.columns = (const KanRegisterColumn *) columns->data;
  form.n_columns = columns->len;
  return kan_form_register_new (&form);
}
