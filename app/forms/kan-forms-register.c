/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any register as the 管理簿 its article names, row by row from the records. */
#include "forms/kan-forms-private.h"

#include "forms/kan-form-register.h"
#include "values/kan-wareki.h"

#include <string.h>

#define LEAST_WIDTH 4

/* A register on its way to paper, one row at a time. */
typedef struct
{
  KanMaker           maker;
  const KanRegister *reg;
  KanTable          *table;
  guint              row;
  int                fiscal_year;     /* 0: all */
  int                first, last;     /* fiscal years found */
  GHashTable        *late, *marked;   /* subjects */
  GPtrArray         *cells;           /* of the last row */
  GHashTable        *years;           /* subject → fiscal year in which it was made */
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
      self->last = MAX (self->last, year);
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
  if (g_strcmp0 (state, "void") == 0)
    marks |= KAN_MARK_VOID;
  return marks;
}

static gboolean
next_row_cb (KanRegisterRow *row, gpointer data)
{
  Ledger *self = data;

  while (self->row < kan_table_n_rows (self->table) && !is_wanted (self, self->row))
    self->row++;
  if (self->row == kan_table_n_rows (self->table))
    return FALSE;
  g_ptr_array_set_size (self->cells, 0);
  for (guint i = 0; i < kan_table_n_columns (self->table); i++)
    g_ptr_array_add (self->cells, kan_table_show (self->table, self->row, i, TRUE));
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
                                   fields[i]->type == KAN_COUNT };

      g_array_append_val (columns, column);
    }
  return columns;
}

static GArray *
columns_of_table (KanTable *table)
{
  g_autoptr(GPtrArray) fields = g_ptr_array_new ();

  for (guint i = 0; i < kan_table_n_columns (table); i++)
    g_ptr_array_add (fields, (gpointer) kan_table_get_column (table, i));
  return columns_of ((const KanField *const *) fields->pdata, fields->len);
}

/* "令和7年度", or from the first to the last of the records. */
static const char *
years_words (Ledger *self)
{
  g_autofree char *first = self->fiscal_year != 0 ? kan_fiscal_year_name (self->fiscal_year)
                           : self->first != 0 ? kan_fiscal_year_name (self->first) : NULL;
  g_autofree char *last = self->fiscal_year == 0 && self->last != self->first ? kan_fiscal_year_name (self->last)
    : NULL;

  return kan_maker_keep (&self->maker, last != NULL ? g_strdup_printf ("%s～%s", first,
                                                                       last) : g_steal_pointer (&first));
}

static void
fill_cover (Ledger *self, const char *list, KanRegisterForm *form)
{
  const KanProfile *profile = kan_book_get_profile (self->maker.book);
  const KanFiling *filing = kan_profile_filing (profile, self->reg->id);
  g_autofree char *today = kan_db_get_text (kan_book_get_db (self->maker.book), NULL, "SELECT day FROM temp.today", "");

  kan_maker_head (&self->maker, self->reg->id, NULL, today, &form->head);
  form->title = self->reg->title.ja;
  for (const KanList *l = self->reg->lists; list != NULL && l != NULL && l->id != NULL; l++)
    if (strcmp (l->id, list) == 0)
      form->title = kan_maker_keep (&self->maker, g_strdup_printf ("%s（%s）", self->reg->title.ja, l->label.ja));
  form->fiscal_year = years_words (self);
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
 * @error: %KAN_ERROR_USAGE where there is no such list
 *
 * Returns: (transfer full): the 管理簿; late, irregular and voided lines say so in words
 */
KanPaper *
kan_forms_make_register (KanBook *book, const KanRegister *reg, const char *list, int fiscal_year, const char *anchor,
                         GError **error)
{
  g_auto(Ledger) self = { .reg = reg, .fiscal_year = fiscal_year };
  KanRegisterForm form = { .next = next_row_cb, .next_data = &self };
  g_autoptr(GArray) columns = NULL;

  self.maker.book = book;
  self.maker.anchor = anchor;
  self.maker.pool = g_ptr_array_new_with_free_func (g_free);
  self.cells = g_ptr_array_new_with_free_func (g_free);
  self.table = kan_table_new (book, reg, list, NULL, 0, NULL, error);
  if (self.table == NULL || !load_years (&self, error))
    return NULL;
  self.late = load_subjects (book, "SELECT DISTINCT subject FROM act WHERE happened_at IS NOT NULL"
                                   " AND substr (happened_at, 1, 10) < date (at, '+9 hours')", error);
  self.marked = self.late != NULL ? load_subjects (book, "SELECT DISTINCT about FROM shortfall WHERE state <> 'void'",
                                                   error) : NULL;
  if (self.marked == NULL)
    return NULL;
  columns = columns_of_table (self.table);
  form.columns = (const KanRegisterColumn *) columns->data;
  form.n_columns = columns->len;
  fill_cover (&self, list, &form);
  return kan_form_register_new (&form);
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
