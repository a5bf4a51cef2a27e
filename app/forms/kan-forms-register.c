/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any register as the 管理簿 its article names, row by row from the records. */
#include "forms/kan-forms-private.h"

#include "acts/kan-record-check.h"
#include "acts/kan-verify.h"
#include "forms/kan-form-register.h"
#include "values/kan-wareki.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define LEAST_WIDTH 4
#define TOLD_EVERY 64      /* rows */
#define DECISIONS "決裁"

/* What happened before somebody decided, or though nobody did. */
#define UNPERMITTED \
  "m.rule IN ('overtakes', 'not_entitled', '11-1.not_due', '11-3.unapproved', '11-3.expired')"
#define MARKED "m.about FROM shortfall m", "shortfall m ON m.act"

/* A register on its way to paper, one row at a time. */
typedef struct
{
  KanMaker           maker;
  const KanRegister *reg;
  const KanList     *list;            /* NULL: all of it */
  KanTable          *table;
  guint              row;
  int                fiscal_year;     /* 0: all */
  int                first;           /* fiscal year of the oldest record */
  GHashTable        *late, *marked, *unpermitted, *altered;     /* subjects */
  GHashTable        *names;           /* subject → what it is called */
  GPtrArray         *cells;           /* of the last row */
  GArray            *shown;           /* guint: the table's columns that are columns on paper */
  char             **beneath, *voided;    /* of the last row */
  GArray            *columns;         /* KanRegisterColumn */
  GHashTable        *years;           /* subject → fiscal year to which it belongs */
  KanProgressFunc    progress;        /* NULL: nobody is told */
  gpointer           progress_data;
  gboolean           stopped;
  gboolean           tells;           /* something beneath its lines */
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

/* A list may say by which of its days; a record belongs to the year in which it was made. */
static gboolean
load_years (Ledger *self, GError **error)
{
  g_autofree char *sql = self->list != NULL && self->list->day != NULL
                         ? g_strdup_printf ("SELECT id, substr (%s, 1, 10) FROM %s", self->list->day, self->list->id)
                         : g_strdup_printf ("SELECT r.id, date (a.at, '+9 hours') FROM %s r"
                                            " JOIN act a ON a.seq = r.made", self->reg->id);
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
  if (g_hash_table_contains (self->altered, subject))
    marks |= KAN_MARK_ALTERED;
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

/* --- beneath a line -------------------------------------------------------------------------------------------- */

static void
add_item (GPtrArray *items, const char *label, const char *value)
{
  if (value != NULL && *value != '\0')
    g_ptr_array_add (items, g_strdup_printf ("%s：%s", label, value));
}

static gboolean
is_of_person (const KanRegister *reg, const char *capacity)
{
  for (const KanKind *kind = reg->kinds; kind != NULL && kind->id != NULL; kind++)
    for (const KanHand *hand = kind->hands; hand != NULL && hand->as != NULL; hand++)
      if (hand->person != NULL && strcmp (hand->as, capacity) == 0)
        return TRUE;
  return FALSE;
}

/* "システム管理者 渡邉 健一（令和8年10月20日、代決）"; in which capacity somebody signed by name stands among the fields. */
static void
add_decision (Ledger *self, GString *out, const KanGivenHand *hand)
{
  g_autofree char *subject = g_strdup_printf ("P%" G_GINT64_FORMAT, hand->person);
  const char *verdict = strcmp (hand->verdict, "given") == 0 ? NULL : kan_state_label (self->reg, hand->verdict, TRUE);

  if (strcmp (hand->verdict, "declared") == 0 || is_of_person (self->reg, hand->capacity))
    return;
  g_string_append_printf (out, "%s%s %s（%s%s%s%s）", out->len > 0 ? "、" : "",
                          kan_capacity_label (self->maker.book, NULL, hand->capacity, TRUE), name_of (self, subject),
                          kan_maker_day (&self->maker, kan_maker_day_of (&self->maker, hand->at)),
                          verdict != NULL ? "、" : "", verdict != NULL ? verdict : "",
                          hand->absence != NULL ? "、代決" : "");
}

static char *
decisions_of (Ledger *self, const char *subject)
{
  g_autoptr(GPtrArray) hands = kan_book_list_hands (self->maker.book, subject, FALSE, NULL);
  GString *out = g_string_new (NULL);

  for (guint i = 0; hands != NULL && i < hands->len; i++)
    add_decision (self, out, g_ptr_array_index (hands, i));
  return g_string_free (out, FALSE);
}

/* Of somebody from outside, for whom they came. */
static char *
name_with_company (Ledger *self, const char *subject)
{
  g_autoptr(KanRecord) record = kan_record_get (self->maker.book, subject, NULL);
  const char *company = record != NULL ? kan_record_get_text (record, "company") : NULL;

  return g_strdup_printf ("%s%s%s", company != NULL ? company : "", company != NULL ? " " : "",
                          name_of (self, subject));
}

static char *
value_beneath (Ledger *self, KanRecord *record, const KanField *field)
{
  const char **list = kan_record_get_list (record, field->id);
  const char *stored = kan_record_get_text (record, field->id);
  g_autofree char *subjects = list != NULL ? g_strjoinv (",", (char **) list) : NULL;

  if (list != NULL)
    return list[0] != NULL ? names_of (self, subjects) : NULL;
  if (stored == NULL || (field->type == KAN_YES && strcmp (stored, "0") == 0))
    return NULL;
  return field->type == KAN_REF ? name_with_company (self, stored) : kan_record_show (record, field->id, TRUE);
}

/* What the register tells beneath its lines, and who decided; NULL: it tells nothing there. */
static char **
words_beneath (Ledger *self)
{
  g_autofree char *subject = g_strdup (kan_table_get_stored (self->table, self->row, 0)), *decisions = NULL;
  g_autoptr(KanRecord) record = self->tells ? kan_record_get (self->maker.book, subject, NULL) : NULL;
  GPtrArray *items;

  if (record == NULL)
    return NULL;
  items = g_ptr_array_new ();
  for (const KanField *field = self->reg->fields; field->id != NULL; field++)
    if ((field->flags & KAN_ON_PAPER) != 0)
      {
        g_autofree char *value = value_beneath (self, record, field);

        add_item (items, field->label.ja, value);
      }
  decisions = decisions_of (self, subject);
  add_item (items, DECISIONS, decisions);
  g_ptr_array_add (items, NULL);
  return (char **) g_ptr_array_free (items, FALSE);
}

/* "取消の理由：誤入力（令和8年9月1日、辻 葛彦）"; NULL: nobody voided it. */
static char *
words_of_voiding (Ledger *self, const char *subject)
{
  static const KanField reason = { .id = "reason", .type = KAN_LINES };
  KanDb *db = kan_book_get_db (self->maker.book);
  gint64 seq = 0;
  g_autoptr(KanAct) act = NULL;
  g_autoptr(KanBody) body = NULL;
  g_autofree char *actor = NULL, *text = NULL;

  if (!kan_db_get_int (db, &seq, NULL, "SELECT voided FROM step WHERE subject = ? AND voided IS NOT NULL ORDER BY seq"
                                       " LIMIT 1", "s", subject) || seq == 0)
    return NULL;
  act = kan_ledger_get (db, seq, NULL);
  body = act != NULL ? kan_body_decode (act->body, act->body_size, NULL) : NULL;
  if (body == NULL)
    return NULL;
  actor = g_strdup_printf ("P%" G_GINT64_FORMAT, act->actor);
  text = kan_book_show (self->maker.book, &reason, kan_body_get_text (body, reason.id), TRUE);
  return g_strdup_printf ("取消の理由：%s（%s、%s）", text,
                          kan_maker_day (&self->maker, kan_maker_day_of (&self->maker, act->at)),
                          name_of (self, actor));
}

/* What is told there, by its names; NULL: nothing is. */
static const char **
labels_beneath (const KanRegister *reg)
{
  g_autoptr(GPtrArray) labels = g_ptr_array_new ();

  for (const KanField *field = reg->fields; field->id != NULL; field++)
    if ((field->flags & KAN_ON_PAPER) != 0)
      g_ptr_array_add (labels, (gpointer) field->label.ja);
  if (labels->len == 0)
    return NULL;
  g_ptr_array_add (labels, (gpointer) DECISIONS);
  g_ptr_array_add (labels, NULL);
  return (const char **) g_ptr_array_free (g_steal_pointer (&labels), FALSE);
}

/* --- rows ------------------------------------------------------------------------------------------------------ */

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
  for (guint i = 0; i < self->shown->len; i++)
    g_ptr_array_add (self->cells, cell_of (self, g_array_index (self->shown, guint, i)));
  g_strfreev (self->beneath);
  self->beneath = words_beneath (self);
  row->beneath = (const char *const *) self->beneath;
  row->marks = marks_of (self, self->row);
  g_free (self->voided);
  self->voided = (row->marks & KAN_MARK_VOID) != 0
                 ? words_of_voiding (self, kan_table_get_stored (self->table, self->row, 0)) : NULL;
  row->voided = self->voided;
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

/* A list with columns of its own tells all in them, and its records are all of one state. */
static GArray *
columns_of_table (Ledger *self)
{
  g_autoptr(GPtrArray) fields = g_ptr_array_new ();
  gboolean only = self->list != NULL && self->list->only;
  GArray *columns;

  self->shown = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < kan_table_n_columns (self->table) - (only ? 1 : 0); i++)
    {
      const KanField *field = kan_table_get_column (self->table, i);

      if (!only && (field->flags & KAN_ON_PAPER) != 0)
        continue;
      g_ptr_array_add (fields, (gpointer) field);
      g_array_append_val (self->shown, i);
    }
  for (const KanField *field = self->reg->fields; !only && field->id != NULL; field++)
    self->tells = self->tells || (field->flags & KAN_ON_PAPER) != 0;
  columns = columns_of ((const KanField *const *) fields->pdata, fields->len);
  g_array_index (columns, KanRegisterColumn, columns->len - 1).plain = !only;      /* its state */
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

/* What the book is called, and of which years. */
static void
fill_title (Ledger *self, const KanRegister *book, const char *today, KanRegisterForm *form)
{
  form->title = self->list == NULL ? book->title.ja
                : kan_maker_keep (&self->maker, g_strdup_printf ("%s（%s）", book->title.ja, self->list->label.ja));
  form->fiscal_year = years_words (self, today);
}

/* Each line against its entries would take longer than the office waits: what is told is when all of it was, which
 * whoever prints sees to (kan_desk_verify_once()). */
static const char *
verified_words (Ledger *self, const char *today)
{
  const char *on = kan_book_get_verified_on (self->maker.book);
  gboolean clean = FALSE, now = kan_book_get_verified (self->maker.book, &clean);
  const char *day = kan_maker_day (&self->maker, now ? today : on);

  if (!now && *on == '\0')
    return "作成者による全件検査の記録なし";
  return kan_maker_keep (&self->maker, g_strdup_printf (now && clean ? "%sに全件を検査、異状なし"
                                                        : now ? "%sの全件検査で異状あり"
                                                        : "%sに全件を検査、異状なし（その後は未検査）", day));
}

static void
fill_cover (Ledger *self, const char *today, KanRegisterForm *form)
{
  const KanProfile *profile = kan_book_get_profile (self->maker.book);
  const KanFiling *filing = kan_profile_filing (profile, self->reg->id);
  const KanLabel *clock = kan_book_get_clock_warning (self->maker.book);

  kan_maker_head (&self->maker, self->reg->id, NULL, today, &form->head);
  form->verified = verified_words (self, today);
  form->clock = clock != NULL ? clock->ja : NULL;
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
  g_clear_pointer (&self->altered, g_hash_table_unref);
  g_clear_pointer (&self->names, g_hash_table_unref);
  g_clear_pointer (&self->cells, g_ptr_array_unref);
  g_clear_pointer (&self->years, g_hash_table_unref);
  g_clear_pointer (&self->shown, g_array_unref);
  g_clear_pointer (&self->columns, g_array_unref);
  g_clear_pointer (&self->beneath, g_strfreev);
  g_clear_pointer (&self->voided, g_free);
  kan_maker_clear (&self->maker);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Ledger, ledger_clear)

static const KanList *
find_list (const KanRegister *reg, const char *id)
{
  for (const KanList *list = reg->lists; id != NULL && list != NULL && list->id != NULL; list++)
    if (strcmp (list->id, id) == 0)
      return list;
  return NULL;
}

/* The subjects of lines with a mark: of their records, or where the list names an entry, of that one. */
static GHashTable *
load_marked (Ledger *self, const char *by_record, const char *by_act, const char *which, GError **error)
{
  g_autofree char *sql = self->list == NULL || self->list->act == NULL
                         ? g_strdup_printf ("SELECT DISTINCT %s WHERE %s", by_record, which)
                         : g_strdup_printf ("SELECT DISTINCT '%s' || l.id FROM %s l JOIN %s = l.%s WHERE %s",
                                            self->reg->prefix, self->list->id, by_act, self->list->act, which);

  return load_subjects (self->maker.book, sql, error);
}

static gboolean
load_marks (Ledger *self, GError **error)
{
  self->late = load_marked (self, "m.subject FROM act m", "act m ON m.seq", "instr (m.body, '\"late_reason\":') > 0",
                            error);
  self->marked = self->late != NULL ? load_marked (self, MARKED, "m.state <> 'void'", error) : NULL;
  self->unpermitted = self->marked != NULL ? load_marked (self, MARKED, "m.state <> 'void' AND " UNPERMITTED, error)
                      : NULL;
  self->altered = self->unpermitted != NULL ? kan_book_list_altered (self->maker.book, error) : NULL;
  return self->altered != NULL;
}

/* One part of the book, ready to give its rows. */
static gboolean
ledger_open (Ledger *self, KanBook *book, const char *anchor, const char *list, KanRegisterForm *form, GError **error)
{
  self->maker.book = book;
  self->maker.anchor = anchor;
  self->maker.pool = g_ptr_array_new_with_free_func (g_free);
  self->cells = g_ptr_array_new_with_free_func (g_free);
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->list = find_list (self->reg, list);
  self->table = kan_table_new (book, self->reg, list, NULL, 0, NULL, error);
  if (self->table == NULL || !load_years (self, error) || !load_marks (self, error))
    return FALSE;
  self->columns = columns_of_table (self);
  form->columns = (const KanRegisterColumn *) self->columns->data;
  form->n_columns = self->columns->len;
  form->next = next_row_cb;
  form->next_data = self;
  return TRUE;
}

/* The register that declares a list. */
static const KanRegister *
owner_of (const KanRegistry *registry, const char *list)
{
  for (const KanRegister **reg = registry->registers; *reg != NULL; reg++)
    if (find_list (*reg, list) != NULL)
      return *reg;
  return NULL;
}

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
  g_auto(Ledger) other = { .reg = list == NULL && reg->also != NULL
                                  ? owner_of (kan_book_get_registry (book), reg->also) : NULL,
                           .fiscal_year = fiscal_year, .progress = progress, .progress_data = data };
  g_autofree char *today = kan_db_get_text (kan_book_get_db (book), NULL, "SELECT day FROM temp.today", "");
  g_autoptr(KanPaper) paper = NULL;
  KanRegisterForm form = { 0 }, also = { 0 };

  if (!kan_book_check_shown (book, error) || !ledger_open (&self, book, anchor, list, &form, error))
    return NULL;
  if (other.reg != NULL)
    {
      if (!ledger_open (&other, book, anchor, reg->also, &also, error))
        return NULL;
      form.also = &also;
      self.first = other.first == 0 || self.first == 0 ? self.first + other.first : MIN (self.first, other.first);
      other.first = self.first;
      fill_title (&other, reg, today, &also);
    }
  fill_title (&self, reg, today, &form);
  fill_cover (&self, today, &form);
  paper = kan_form_register_new (&form);
  if (!self.stopped && !other.stopped)
    return g_steal_pointer (&paper);
  g_set_error_literal (error, KAN_ERROR, KAN_ERROR_CANCELLED, _("it was stopped"));
  return NULL;
}

/* The columns of an empty part, in the order of a printed one; where @list is one with columns of its own, those. */
static GArray *
blank_columns (const KanRegister *reg, const KanList *list)
{
  static const KanField number = { .id = "id", .label = L ("No.", "番号"), .type = KAN_CODE, .width = 4 };
  const KanList *present = list == NULL ? find_list (reg, reg->present) : NULL;
  g_autoptr(GPtrArray) fields = g_ptr_array_new ();

  g_ptr_array_add (fields, (gpointer) &number);
  for (const KanField *field = present != NULL ? present->columns : NULL; field != NULL && field->id != NULL; field++)
    g_ptr_array_add (fields, (gpointer) field);
  for (const KanField *field = list != NULL ? list->columns : reg->fields; field->id != NULL; field++)
    if (list != NULL || (field->flags & (KAN_LISTED | KAN_ON_PAPER)) == KAN_LISTED)
      g_ptr_array_add (fields, (gpointer) field);
  return columns_of ((const KanField *const *) fields->pdata, fields->len);
}

/**
 * kan_maker_blank_register:
 * @registry: where its other part may be declared
 * @reg: a register
 *
 * Returns: (transfer full): its 管理簿, empty
 */
KanPaper *
kan_maker_blank_register (const KanRegistry *registry, const KanRegister *reg)
{
  const KanRegister *other = reg->also != NULL ? owner_of (registry, reg->also) : NULL;
  const KanList *list = other != NULL ? find_list (other, reg->also) : NULL;
  g_autofree const char **beneath = labels_beneath (reg);
  g_autoptr(GArray) columns = blank_columns (reg, NULL), others = list != NULL ? blank_columns (other, list) : NULL;
  g_autofree char *title = list != NULL ? g_strdup_printf ("%s（%s）", reg->title.ja, list->label.ja) : NULL;
  KanRegisterForm also = { .title = title };
  KanRegisterForm form = { .title = reg->title.ja, .beneath = beneath, .also = list != NULL ? &also : NULL };

  form.columns = (const KanRegisterColumn *) columns->data;
  form.n_columns = columns->len;
  also.columns = list != NULL ? (const KanRegisterColumn *) others->data : NULL;
  also.n_columns = list != NULL ? others->len : 0;
  return kan_form_register_new (&form);
}
