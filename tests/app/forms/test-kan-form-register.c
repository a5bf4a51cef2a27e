/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any register on paper: every row once, whatever the columns; irregular ones say so in words; sheets that are
 * numbered, headed and, where they have fixed lines, filled up. */
#include "app/forms/form-ink.h"
#include "app/forms/form-samples.h"

#include <locale.h>

enum { MOST_COLUMNS = 12, COVER = 1 };

/* Rows "0-0 0-1 …", "1-0 1-1 …": made of one word, and in some columns of something long. */
typedef struct
{
  guint       at, n, n_columns, marks;
  const char *last;         /* instead of the last cell; NULL: as the others */
  char        text[MOST_COLUMNS][256];
  const char *cells[MOST_COLUMNS];
} Rows;

static gboolean
next_row (KanRegisterRow *row, gpointer data)
{
  Rows *rows = data;

  if (rows->at >= rows->n)
    return FALSE;
  for (guint i = 0; i < rows->n_columns; i++)
    {
      g_snprintf (rows->text[i], sizeof rows->text[i], "%u-%u；", rows->at, i);
      rows->cells[i] = i + 1 == rows->n_columns && rows->last != NULL ? rows->last : rows->text[i];
    }
  row->cells = rows->cells;
  row->marks = rows->marks;
  rows->at++;
  return TRUE;
}

static const KanRegisterColumn columns[MOST_COLUMNS] = {
  { "番号", 4, TRUE, FALSE }, { "月日", 5, FALSE, FALSE }, { "氏名", 8, FALSE, FALSE }, { "状態", 4, FALSE, TRUE },
  { "所見", 9, FALSE, FALSE }, { "一", 4, FALSE, FALSE }, { "二", 4, FALSE, FALSE }, { "三", 4, FALSE, FALSE },
  { "四", 4, FALSE, FALSE }, { "五", 4, FALSE, FALSE }, { "六", 4, FALSE, FALSE }, { "七", 4, FALSE, FALSE },
};

static KanRegisterForm
form_of (Rows *rows, guint n, guint n_columns)
{
  *rows = (Rows) { .n = n, .n_columns = n_columns };
  return (KanRegisterForm) { .title = "試験簿", .fiscal_year = "令和7年度", .columns = columns, .n_columns = n_columns,
                             .mark_column = n_columns, .next = next_row, .next_data = rows };
}

static char *
sheet_of (const KanPaper *paper, guint sheet)
{
  return ink_between (paper, COVER + sheet, 0, G_MAXDOUBLE);
}

/* --- rows ----------------------------------------------------------------------------------------------------- */

/* However many columns and rows, each cell stands once, under headings on every sheet. */
static void
test_every_cell_once (void)
{
  static const struct { guint columns, rows; const char *last; } table[] = {
    { 1, 1, NULL }, { 2, 60, NULL }, { 5, 120, NULL }, { 12, 40, NULL }, { 4, 30, LONG_COMPANY }, { 6, 15, LONG_TEXT },
    { 12, 6, LONG_TEXT }, { 3, 40, SAMPLE_IVS },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      Rows rows;
      KanRegisterForm form = form_of (&rows, table[i].rows, table[i].columns);
      g_autoptr (KanPaper) paper = NULL;
      g_autofree char *ink = NULL;

      rows.last = table[i].last;
      paper = kan_form_register_new (&form);
      ink = ink_of (paper);
      g_test_message ("%u columns, %u rows: %u pages", table[i].columns, table[i].rows, kan_paper_n_pages (paper));
      assert_clean (paper);
      for (guint r = 0; r < table[i].rows; r++)
        for (guint c = 0; c + (table[i].last != NULL ? 1 : 0) < table[i].columns; c++)
          {
            g_autofree char *cell = g_strdup_printf ("\n%u-%u；\n", r, c);

            g_assert_cmpuint (count_in (ink, cell), ==, 1);
          }
      for (guint sheet = 0; sheet + COVER < kan_paper_n_pages (paper); sheet++)
        {
          g_autofree char *words = sheet_of (paper, sheet), *number = g_strdup_printf ("\n第%u葉\n", sheet + 1);

          g_assert_cmpuint (count_in (words, "\n番号\n"), ==, 1);
          g_assert_cmpuint (count_in (words, number), ==, 1);
        }
    }
}

static gboolean
strikes (const KanPaper *paper)
{
  for (guint page = COVER; page < kan_paper_n_pages (paper); page++)
    {
      const GArray *rules = ((KanPaperPage *) g_ptr_array_index (paper->pages, page))->rules;

      for (guint i = 0; i < rules->len; i++)
        if (g_array_index (rules, KanPaperRule, i).kind == KAN_RULE_LINE)
          return TRUE;
    }
  return FALSE;
}

/* Said in words, in the order of their weight, before what the cell says; only what was voided is struck. */
static void
test_marks (void)
{
  static const struct { guint marks; gboolean own; const char *said; gboolean struck; } table[] = {
    { 0, FALSE, "\n0-2；\n", FALSE },
    { KAN_MARK_LATE, FALSE, "\n後　0-2；\n", FALSE },
    { KAN_MARK_LATE, TRUE, "\n後\n", FALSE },
    { KAN_MARK_DEVIATION | KAN_MARK_EXCEPTION, FALSE, "\n特例・規程不適合　0-2；\n", FALSE },
    { KAN_MARK_UNPERMITTED | KAN_MARK_LATE, TRUE, "\n後・未許可\n", FALSE },
    { KAN_MARK_VOID, TRUE, "\n取消\n", TRUE },
    { 31, FALSE, "\n後・特例・規程不適合・未許可・取消　0-2；\n", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      Rows rows;
      KanRegisterForm form = form_of (&rows, 1, 3);
      g_autoptr (KanPaper) paper = NULL;
      g_autofree char *ink = NULL;

      rows.marks = table[i].marks;
      form.mark_column = table[i].own ? 0 : 3;
      paper = kan_form_register_new (&form);
      ink = ink_of (paper);
      g_test_message ("marks %u", table[i].marks);
      assert_clean (paper);
      g_assert_cmpuint (count_in (ink, table[i].said), ==, 1);
      g_assert_cmpuint (count_in (ink, "\n摘要\n"), ==, table[i].own ? 1 : 0);
      g_assert_cmpint (strikes (paper), ==, table[i].struck);
    }
}

/* --- sheets --------------------------------------------------------------------------------------------------- */

/* Of twenty lines each, filled up; the month is confirmed on every one, or once at the end where lines are free. */
static void
test_sheets (void)
{
  static const struct { guint rows, lines, sheets, confirmations; } table[] = {
    { 1, 20, 1, 1 }, { 20, 20, 1, 1 }, { 21, 20, 2, 2 }, { 60, 20, 3, 3 }, { 1, 0, 1, 1 }, { 60, 0, 0, 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      Rows rows;
      KanRegisterForm form = form_of (&rows, table[i].rows, 5);
      g_autoptr (KanPaper) paper = NULL;
      g_autofree char *ink = NULL;

      form.lines = table[i].lines;
      form.confirmation.wanted = TRUE;
      paper = kan_form_register_new (&form);
      ink = ink_of (paper);
      g_test_message ("%u rows, %u lines: %u pages", table[i].rows, table[i].lines, kan_paper_n_pages (paper));
      assert_clean (paper);
      if (table[i].sheets > 0)
        g_assert_cmpuint (kan_paper_n_pages (paper), ==, COVER + table[i].sheets);
      g_assert_cmpuint (count_in (ink, "異状の有無"), ==, table[i].confirmations);
    }
}

/* The month is not confirmed on a sheet of its own: the last row goes along, under the headings. */
static void
test_confirmed_under_rows (void)
{
  for (guint n = 2; n < 60; n++)
    {
      Rows rows;
      KanRegisterForm form = form_of (&rows, n, 5);
      g_autoptr (KanPaper) paper = NULL;
      g_autofree char *last = g_strdup_printf ("\n%u-0；\n", n - 1);

      form.confirmation.wanted = TRUE;
      paper = kan_form_register_new (&form);
      g_test_message ("%u rows", n);
      assert_clean (paper);
      assert_together (paper, "異状の有無", last);
      assert_together (paper, "異状の有無", "\n番号\n");
    }
}

/* With lines fixed, the last sheet is ruled to its end; else it ends with the last row. */
static void
test_filled_up (void)
{
  guint frames[2] = { 0 };

  for (guint fixed = 0; fixed < 2; fixed++)
    {
      Rows rows;
      KanRegisterForm form = form_of (&rows, 3, 5);
      g_autoptr (KanPaper) paper = NULL;
      const GArray *rules;

      form.lines = fixed ? 20 : 0;
      paper = kan_form_register_new (&form);
      rules = ((KanPaperPage *) g_ptr_array_index (paper->pages, COVER))->rules;
      for (guint i = 0; i < rules->len; i++)
        frames[fixed] += g_array_index (rules, KanPaperRule, i).kind == KAN_RULE_FRAME ? 1 : 0;
    }
  g_assert_cmpuint (frames[0], ==, (1 + 3) * 5);
  g_assert_cmpuint (frames[1], ==, (1 + 20) * 5);
}

/* --- cover ---------------------------------------------------------------------------------------------------- */

#define AT(member) G_STRUCT_OFFSET (KanRegisterForm, member)

static KanPaper *
make (gconstpointer form)
{
  KanRegisterForm again = *(const KanRegisterForm *) form;

  ((Rows *) again.next_data)->at = 0;
  return kan_form_register_new (&again);
}

static void
test_strained (void)
{
  static const gsize fields[] = {
    AT (title), AT (fiscal_year), AT (classification), AT (retention), AT (clock), AT (head.association),
    AT (head.document_number), AT (head.date), AT (confirmation.irregular), AT (confirmation.remarks),
    AT (confirmation.seal.name),
  };
  Rows rows;
  KanRegisterForm form = form_of (&rows, 5, 5);

  form.head = sample_certificate.head;
  form.confirmation.wanted = TRUE;
  strain (&form, fields, G_N_ELEMENTS (fields), make);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/form-register/every-cell-once", test_every_cell_once);
  g_test_add_func ("/form-register/marks", test_marks);
  g_test_add_func ("/form-register/sheets", test_sheets);
  g_test_add_func ("/form-register/confirmed-under-rows", test_confirmed_under_rows);
  g_test_add_func ("/form-register/filled-up", test_filled_up);
  g_test_add_func ("/form-register/strained", test_strained);
  return run_sheets ();
}
