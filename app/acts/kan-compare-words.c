/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows, columns and cells of the projections in the words of the screen, for whoever reads what verification found. */
#include "acts/kan-verify-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Nobody ever wrote what a table for looking things up holds: that it differs is all there is to say. */
typedef struct { const char *table, *column; KanLabel label; gboolean looked_up; } Word;

/* Tables of the machinery; registers bring their own words. */
static const Word tables[] = {
  { "act",        NULL, L ("Entries", "処理記録") },
  { "alike",      NULL, L ("Comparison", "照らし合わせ"), TRUE },
  { "correction", NULL, L ("Correction", "訂正") },
  { "detached",   NULL, L ("Free text", "自由記述") },
  { "draft",      NULL, L ("Draft", "下書き") },
  { "hand",       NULL, L ("Signature given", "署名") },
  { "meta",       NULL, L ("Marks of the file", "ファイルの記録") },
  { "note",       NULL, L ("Noted fault", "確認済みの相違") },
  { "pending",    NULL, L ("Waiting", "決裁待ち") },
  { "rejected",   NULL, L ("Entries set aside", "除外した記録") },
  { "search",     NULL, L ("Search words", "検索語"), TRUE },
  { "series",     NULL, L ("Numbers", "番号") },
  { "step",       NULL, L ("Timeline", "経過") },
  { "verified",   NULL, L ("Verified before", "前回の検査") },
};

/* Columns that no register declares; without a table: of any. */
static const Word columns[] = {
  { "meta",       "value",     L ("Value", "値") },
  { "pending",    "before",    L ("State before", "申請前の状態") },
  { "correction", "key",       L ("Field", "項目") },
  { "alike",      "key",       L ("Compared as", "比べる形") },
  { "search",     "key",       L ("Search key", "検索語") },
  { NULL,         "seq",       L ("Entry", "処理番号") },
  { NULL,         "state",     L ("State", "状態") },
  { NULL,         "made",      L ("Made by entry", "登録した処理") },
  { NULL,         "changed",   L ("Changed by entry", "最後に変えた処理") },
  { NULL,         "absence",   L ("Absence", "不在の事由") },
  { NULL,         "act",       L ("Of entry", "対象の処理") },
  { NULL,         "actor",     L ("Who", "行った人") },
  { NULL,         "after",     L ("State after", "後の状態") },
  { NULL,         "before",    L ("State before", "前の状態") },
  { NULL,         "capacity",  L ("Capacity", "資格") },
  { NULL,         "edition",   L ("Edition of the rules", "規則の版") },
  { NULL,         "fault",     L ("Code", "符号") },
  { NULL,         "field",     L ("Field", "項目") },
  { NULL,         "fy",        L ("Fiscal year", "年度") },
  { NULL,         "id",        L ("Number", "番号") },
  { NULL,         "inspected", L ("Later inspection", "後閲") },
  { NULL,         "kind",      L ("Act", "処理") },
  { NULL,         "last",      L ("Last number", "最後の番号") },
  { NULL,         "moment",    L ("Reading of the clock", "時計の読み") },
  { NULL,         "n",         L ("Line", "行") },
  { NULL,         "new",       L ("New value", "訂正後") },
  { NULL,         "old",       L ("Old value", "訂正前") },
  { NULL,         "owner",     L ("Record", "記録") },
  { NULL,         "person",    L ("Person", "職員") },
  { NULL,         "principal", L ("In whose place", "代決された人") },
  { NULL,         "register",  L ("Register", "登録簿") },
  { NULL,         "subject",   L ("Record", "記録") },
  { NULL,         "undo",      L ("Kept for voiding", "取消用の控え") },
  { NULL,         "value",     L ("Record", "記録") },
  { NULL,         "verdict",   L ("Decision", "決定") },
  { NULL,         "voided",    L ("Voided by entry", "取り消した処理") },
};

/* What the machinery itself writes into a column; states are the register's. */
static const Word values[] = {
  { "verdict", "given",      L ("Given", "署名済") },
  { "verdict", "refused",    L ("Refused", "不承諾・不承認") },
  { "verdict", "asked_back", L ("Asked back", "差戻し") },
};

static const Word *
look_up (const Word *words, gsize n, const char *table, const char *column)
{
  for (gsize i = 0; i < n; i++)
    if ((words[i].table == NULL || strcmp (words[i].table, table) == 0) && g_strcmp0 (words[i].column, column) == 0)
      return &words[i];
  return NULL;
}

static const char *
find_word (const Word *words, gsize n, const char *table, const char *column)
{
  const Word *word = look_up (words, n, table, column);

  return word != NULL ? kan_label (&word->label, kan_speaks_japanese ()) : NULL;
}

/* "crate" and "crate_helpers" → the register of crates, and which of its fields lies beside; NULL: no register's */
static const KanRegister *
register_of (KanBook *book, const char *table, const KanField **beside)
{
  *beside = NULL;
  for (const KanRegister **reg = book->registry->registers; *reg != NULL; reg++)
    {
      gsize size = strlen ((*reg)->id);

      if ((*reg)->prefix == NULL || strncmp (table, (*reg)->id, size) != 0)
        continue;
      if (table[size] == '\0')
        return *reg;
      for (const KanField *field = (*reg)->fields; table[size] == '_' && field->id != NULL; field++)
        if (!kan_field_has_column (field) && strcmp (field->id, table + size + 1) == 0)
          {
            *beside = field;
            return *reg;
          }
    }
  return NULL;
}

static const char *
find_text (KanStmt *row, const char *column)
{
  for (int i = 0; i < kan_stmt_n_columns (row); i++)
    if (strcmp (kan_stmt_name (row, i), column) == 0)
      return kan_stmt_text (row, i);
  return NULL;
}

/**
 * kan_row_subject:
 * @book: a book
 * @table: a table of the projections
 * @row: a row of it
 *
 * Returns: (transfer full) (nullable): the record it is about, "M12"; %NULL: none
 */
char *
kan_row_subject (KanBook *book, const char *table, KanStmt *row)
{
  const KanField *beside = NULL;
  const KanRegister *reg = register_of (book, table, &beside);
  const char *name;

  if (reg != NULL)
    return g_strconcat (reg->prefix, kan_stmt_text (row, 0), NULL);
  if (strcmp (table, "search") != 0 && strcmp (table, "alike") != 0)
    return g_strdup (find_text (row, "subject"));
  name = find_text (row, "register");
  reg = name != NULL ? kan_book_find_register (book, name) : NULL;
  return reg != NULL && reg->prefix != NULL ? g_strconcat (reg->prefix, kan_stmt_text (row, 1), NULL) : NULL;
}

static const char *
series_words (KanBook *book, const char *id)
{
  const KanProfile *profile = kan_book_get_profile (book);
  const KanSeries *series = profile != NULL && id != NULL ? kan_profile_series (profile, id) : NULL;

  return series != NULL ? kan_label (&series->title, kan_speaks_japanese ()) : id;
}

static const char *
compared_words (KanBook *book, KanStmt *row)
{
  const char *name = find_text (row, "register"), *id = find_text (row, "field");
  const KanRegister *reg = name != NULL ? kan_book_find_register (book, name) : NULL;
  const KanField *field = reg != NULL && id != NULL ? kan_register_find_field (reg, id) : NULL;

  return field != NULL ? kan_label (&field->label, kan_speaks_japanese ()) : id;
}

/* What tells rows of a table apart that are about the same record, or about none. */
static char *
number_words (KanBook *book, const char *table, const KanField *beside, KanStmt *row)
{
  const KanRegister *of = beside != NULL && beside->type == KAN_REFS ? kan_book_find_register (book, beside->of) : NULL;
  const char *number = find_text (row, beside != NULL ? beside->type == KAN_REFS ? "value" : "n" : "seq");

  if (strcmp (table, "series") == 0)
    return g_strdup_printf ("%s %s", series_words (book, find_text (row, "id")), find_text (row, "fy"));
  if (strcmp (table, "alike") == 0)
    return g_strdup (compared_words (book, row));
  return number != NULL ? g_strconcat (of != NULL ? of->prefix : "", number, NULL) : NULL;
}

/**
 * kan_row_words:
 * @book: a book
 * @table: a table of the projections
 * @row: a row of it
 *
 * Returns: (transfer full): what people call it: "M12", "C4 Helpers P2", "C4 Timeline 41"
 */
char *
kan_row_words (KanBook *book, const char *table, KanStmt *row)
{
  const KanField *beside = NULL;
  const KanRegister *reg = register_of (book, table, &beside);
  g_autofree char *subject = kan_row_subject (book, table, row), *number = NULL;
  const char *title = beside != NULL ? kan_label (&beside->label, kan_speaks_japanese ())
    : find_word (tables, G_N_ELEMENTS (tables), table, NULL);
  GString *out = g_string_new (subject);

  if (reg != NULL && beside == NULL)
    return g_string_free (out, FALSE);
  number = number_words (book, table, beside, row);
  g_string_append_printf (out, "%s%s", out->len > 0 ? " " : "", title != NULL ? title : table);
  if (number != NULL)
    g_string_append_printf (out, " %s", number);
  return g_string_free (out, FALSE);
}

/**
 * kan_table_is_looked_up:
 * @table: a table of the projections
 *
 * Returns: whether it only helps to find things, so that nobody can read what it holds
 */
gboolean
kan_table_is_looked_up (const char *table)
{
  const Word *word = look_up (tables, G_N_ELEMENTS (tables), table, NULL);

  return word != NULL && word->looked_up;
}

/**
 * kan_table_words:
 * @book: a book
 * @table: a table of the file
 *
 * Returns: (transfer full): what people call it: "Crates", "Crates Helpers", "Timeline"
 */
char *
kan_table_words (KanBook *book, const char *table)
{
  const KanField *beside = NULL;
  const KanRegister *reg = register_of (book, table, &beside);
  const char *word = find_word (tables, G_N_ELEMENTS (tables), table, NULL);

  if (reg == NULL)
    return g_strdup (word != NULL ? word : table);
  return g_strdup_printf ("%s%s%s", kan_label (&reg->title, kan_speaks_japanese ()), beside != NULL ? " " : "",
                          beside != NULL ? kan_label (&beside->label, kan_speaks_japanese ()) : "");
}

static const KanField *
field_of (KanBook *book, const char *table, const char *column)
{
  const KanField *beside = NULL;
  const KanRegister *reg = register_of (book, table, &beside);

  if (beside != NULL)
    reg = beside->type == KAN_ROWS ? kan_book_find_register (book, beside->of) : NULL;
  return reg != NULL ? kan_register_find_field (reg, column) : NULL;
}

/* The fiscal year of a number stands in a column beside it. */
static char *
year_column_words (KanBook *book, const char *column)
{
  g_autofree char *id = g_strndup (column, MAX (strlen (column), 3) - 3);

  return !g_str_has_suffix (column, "_fy") ? NULL
         : g_strdup_printf ("%s %s", series_words (book, id), find_word (columns, G_N_ELEMENTS (columns), "", "fy"));
}

/**
 * kan_column_words:
 * @book: a book
 * @table: a table of the projections
 * @column: one of its columns
 *
 * Returns: (transfer full): what people call it: the field's label, as on screen
 */
char *
kan_column_words (KanBook *book, const char *table, const char *column)
{
  const KanField *field = field_of (book, table, column);
  const char *word = field != NULL ? kan_label (&field->label, kan_speaks_japanese ())
    : find_word (columns, G_N_ELEMENTS (columns), table, column);
  char *year = word == NULL ? year_column_words (book, column) : NULL;

  return year != NULL ? year : g_strdup (word != NULL ? word : column);
}

/* States stand in the timeline, and with what waits, as well as in the record itself. */
static const char *
value_words (const KanRegister *reg, const char *column, const char *stored)
{
  const char *word = find_word (values, G_N_ELEMENTS (values), column, stored);

  if (reg != NULL && (strcmp (column, "state") == 0 || strcmp (column, "before") == 0 || strcmp (column, "after") == 0))
    return kan_state_label (reg, stored, kan_speaks_japanese ());
  return word != NULL ? word : stored;
}

/* "State: Kept, Place: L1 Safe"; NULL: it is no such list, but what somebody wrote into it. */
static char *
undo_words (KanBook *book, const KanRegister *reg, const char *undo)
{
  gboolean japanese = kan_speaks_japanese ();
  g_autoptr(GError) no_list = NULL;
  g_autoptr(KanStmt) pair = kan_db_query (book->db, NULL, "SELECT key, atom FROM json_each (?)", "s", undo);
  g_autoptr(GString) out = g_string_new (NULL);

  while (pair != NULL && kan_stmt_step (pair, &no_list))
    {
      const char *key = kan_stmt_text (pair, 0);
      const KanField *field = key != NULL ? kan_register_find_field (reg, key) : NULL;
      g_autofree char *name = key != NULL ? kan_column_words (book, reg->id, key) : NULL;
      g_autofree char *stored = kan_book_stored (book, field, pair, 1), *shown = NULL;

      if (stored != NULL)
        shown = field != NULL ? kan_book_show (book, field, stored, japanese)
                : g_strdup (g_strcmp0 (key, "state") == 0 ? kan_state_label (reg, stored, japanese) : stored);
      g_string_append_printf (out, "%s%s%s%s", out->len > 0 ? _(", ") : "", name != NULL ? name : "",
                              _(": "), shown != NULL ? shown : _("(none)"));
    }
  return no_list == NULL && out->len > 0 ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}

/* What no field declares: states in the words of the record's register, also where they are kept for voiding. */
static char *
machinery_words (KanBook *book, const char *table, KanStmt *row, const char *column, const char *stored)
{
  g_autofree char *subject = kan_row_subject (book, table, row);
  const KanRegister *reg = subject != NULL ? kan_book_register_of (book, subject) : NULL;
  char *undo = reg != NULL && strcmp (column, "undo") == 0 ? undo_words (book, reg, stored) : NULL;

  return undo != NULL ? undo : g_strdup (value_words (reg, column, stored));
}

/**
 * kan_cell_words:
 * @book: a book
 * @table: a table of the projections
 * @row: a row of it
 * @column: which of its cells
 *
 * Returns: (transfer full) (nullable): its value as people read it; %NULL: none
 */
char *
kan_cell_words (KanBook *book, const char *table, KanStmt *row, int column)
{
  const KanField *field = field_of (book, table, kan_stmt_name (row, column));
  g_autofree char *stored = kan_book_stored (book, field, row, column);

  if (stored == NULL)
    return NULL;
  return field != NULL ? kan_book_show (book, field, stored, kan_speaks_japanese ())
         : machinery_words (book, table, row, kan_stmt_name (row, column), stored);
}
