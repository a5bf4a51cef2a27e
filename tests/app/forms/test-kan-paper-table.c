/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ruled rows: how high words make them, that no word leaves its cell, and what a page's end closes and repeats. */
#include "app/forms/paper-tools.h"
#include "forms/kan-paper-private.h"

#include <locale.h>

#define LONG_NAME "勘解由小路　左衛門佐藤原朝臣長崎県市町村職員共済組合事務局総務課長補佐心得"
#define NAME "勘解由小路　左衛門佐藤原朝臣長崎県市町村"
#define SELECTED "辻\U000E0100渡邉\U000E0101"
#define ROW 7.0
#define NEAR 0.011

static KanPaper *
new_paper (void)
{
  return kan_paper_new (KAN_PAPER_PORTRAIT, "table", NULL);
}

static const KanPaperPage *
page_of (const KanPaper *paper, guint page)
{
  return g_ptr_array_index (paper->pages, page);
}

static guint
count_rules (const KanPaper *paper, guint page, KanPaperRuleKind kind)
{
  const GArray *rules = page_of (paper, page)->rules;
  guint n = 0;

  for (guint i = 0; i < rules->len; i++)
    n += g_array_index (rules, KanPaperRule, i).kind == kind ? 1 : 0;
  return n;
}

/* How often a line of these words stands on the page. */
static guint
count_words (const KanPaper *paper, guint page, const char *words)
{
  const GArray *ink = page_of (paper, page)->ink;
  guint n = 0;

  for (guint i = 0; i < ink->len; i++)
    n += g_str_equal (g_array_index (ink, KanPaperInk, i).text->words, words) ? 1 : 0;
  return n;
}

/* --- how high ------------------------------------------------------------------------------------------------- */

/* In a cell of 30 mm, 27 of them for words: seven characters of 10.5 points. */
static void
test_heights (void)
{
  static const struct { const char *text; double size; guint flags; double height; guint lines; gboolean smaller; }
  table[] = {
    { NULL, 0, 0, 0, 0, FALSE },
    { "", 0, 0, 0, 0, FALSE },
    { "長崎太郎", 0, 0, 0, 1, FALSE },
    { "長崎長崎長崎長", 0, 0, 0, 1, FALSE },
    { "長崎長崎長崎長崎", 0, 0, 0, 1, TRUE },                   /* rather a little smaller than in two lines */
    { "長崎長崎長崎長崎長崎長崎", 0, 0, 2, 2, FALSE },
    { "長崎長崎長崎長崎長崎長", 0, KAN_PAPER_TIGHT, 0, 1, TRUE },
    { "長崎長崎長崎長崎長崎長崎", KAN_PAPER_SMALL, 0, 2, 2, FALSE },
    { "一\n二\n三", 0, 0, 3, 3, FALSE },
    { "一\n", 0, 0, 2, 2, FALSE },
    { LONG_NAME LONG_NAME LONG_NAME, 0, KAN_PAPER_TIGHT, -1, 0, FALSE },      /* it would be illegible */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (KanPaper) paper = new_paper ();
      const KanPaperCell cell = { 30, table[i].text, table[i].size, KAN_PAPER_LEFT, table[i].flags };
      double size = table[i].size > 0 ? table[i].size : KAN_PAPER_BODY, before = kan_paper_get_y (paper);
      double height = kan_paper_row_height (paper, &cell, 1, ROW), wanted = MAX (ROW, table[i].height *
                                                                                 kan_paper_line_height (size) + 1);
      const GArray *ink = page_of (paper, 0)->ink;

      g_test_message ("%s", table[i].text);
      g_assert_cmpuint (ink->len, ==, 0);
      kan_paper_row (paper, kan_paper_get_left (paper), &cell, 1, ROW);
      g_assert_cmpfloat_with_epsilon (kan_paper_get_y (paper) - before, height, NEAR);
      if (table[i].height < 0)
        {
          g_assert_cmpfloat (height, >, 4 * ROW);
          continue;
        }
      g_assert_cmpfloat_with_epsilon (height, wanted, NEAR);
      g_assert_cmpuint (ink->len, ==, table[i].lines);
      for (guint k = 0; k < ink->len; k++)
        g_assert_cmpint (g_array_index (ink, KanPaperInk, k).em < size * KAN_PAPER_MM_PER_PT - NEAR, ==,
                         table[i].smaller);
    }
}

/* The highest of its cells, or what a form to be filled in by hand wants. */
static void
test_least (void)
{
  g_autoptr (KanPaper) paper = new_paper ();
  const KanPaperCell cells[] = { { 30, "一", 0, KAN_PAPER_LEFT, 0 }, { 30, "一\n二\n三", 0, KAN_PAPER_LEFT, 0 },
                                 { 30, NULL, 0, KAN_PAPER_LEFT, 0 } };
  double three = 3 * kan_paper_line_height (KAN_PAPER_BODY) + 1;

  g_assert_cmpfloat_with_epsilon (kan_paper_row_height (paper, cells, 1, ROW), ROW, NEAR);
  g_assert_cmpfloat_with_epsilon (kan_paper_row_height (paper, cells, 3, ROW), three, NEAR);
  g_assert_cmpfloat_with_epsilon (kan_paper_row_height (paper, cells, 3, 40), 40, NEAR);
  kan_paper_set_least (paper, 12);
  g_assert_cmpfloat_with_epsilon (kan_paper_row_height (paper, cells, 1, ROW), 12, NEAR);
  g_assert_cmpfloat_with_epsilon (kan_paper_row_height (paper, cells, 3, ROW), three, NEAR);
  kan_paper_set_least (paper, 0);
  g_assert_cmpfloat_with_epsilon (kan_paper_row_height (paper, cells, 1, ROW), ROW, NEAR);
}

/* --- where ---------------------------------------------------------------------------------------------------- */

/* Each cell's words lie within its own frame, whatever they are. */
static void
assert_within_cells (const KanPaper *paper, double x, const KanPaperCell *cells, guint n, double top, double bottom)
{
  g_autoptr (GArray) boxes = kan_paper_get_boxes (paper, 0);

  for (guint i = 0; i < boxes->len; i++)
    {
      const KanPaperBox *box = &g_array_index (boxes, KanPaperBox, i);
      double left = x;
      guint cell = 0;

      while (cell + 1 < n && box->x + SLACK >= left + cells[cell].width)
        left += cells[cell++].width;
      g_assert_cmpfloat (box->x, >=, left - SLACK);
      g_assert_cmpfloat (box->x + box->width, <=, left + cells[cell].width + SLACK);
      g_assert_cmpfloat (box->y, >=, top - SLACK);
      g_assert_cmpfloat (box->y + box->height, <=, bottom + SLACK);
    }
}

static void
test_words_stay_in_their_cells (void)
{
  static const char *const words[] = { "長崎", LONG_NAME, SELECTED SELECTED SELECTED, "ABC-0123456789-ABCDEFGHIJKLMNOPQ",
                                       "一\n" LONG_NAME "\n三", "1,234,567件", "WWWWWWWWWWWWWWWWWWWWWWWW" };
  static const double widths[] = { 9, 18, 30, 61 };
  static const guint flags[] = { 0, KAN_PAPER_TIGHT, KAN_PAPER_STRUCK, KAN_PAPER_SHADED | KAN_PAPER_TIGHT };

  for (guint w = 0; w < G_N_ELEMENTS (words); w++)
    for (guint k = 0; k < G_N_ELEMENTS (widths); k++)
      for (guint align = KAN_PAPER_LEFT; align <= KAN_PAPER_RIGHT; align++)
        {
          g_autoptr (KanPaper) paper = new_paper ();
          double x = kan_paper_get_left (paper), top = kan_paper_get_y (paper);
          const KanPaperCell cells[] = {
            { widths[k], words[w], 0, align, flags[(w + k) % 4] },
            { 80 - widths[k], words[(w + 1) % 7], KAN_PAPER_SMALL, KAN_PAPER_RIGHT, 0 },
            { 20, "終", 0, KAN_PAPER_CENTRE, 0 },
          };

          kan_paper_row (paper, x, cells, 3, ROW);
          assert_within_cells (paper, x, cells, 3, top, kan_paper_get_y (paper));
          assert_page_clean (paper, 0);
          g_assert_cmpuint (count_rules (paper, 0, KAN_RULE_FRAME), ==, 3);
        }
}

/* Struck words have one line through each of theirs, no longer than the words. */
static void
test_struck (void)
{
  for (guint align = KAN_PAPER_LEFT; align <= KAN_PAPER_RIGHT; align++)
    {
      g_autoptr (KanPaper) paper = new_paper ();
      const KanPaperCell cell = { 60, "長崎\n諫早市", 0, align, KAN_PAPER_STRUCK };
      const GArray *rules = page_of (paper, 0)->rules;
      g_autoptr (GArray) boxes = NULL;
      guint n = 0;

      kan_paper_row (paper, 40, &cell, 1, ROW);
      boxes = kan_paper_get_boxes (paper, 0);
      for (guint i = 0; i < rules->len; i++)
        {
          const KanPaperRule *rule = &g_array_index (rules, KanPaperRule, i);
          const KanPaperBox *box = rule->kind == KAN_RULE_LINE ? &g_array_index (boxes, KanPaperBox, n++) : NULL;

          if (box == NULL)
            continue;
          g_assert_cmpfloat_with_epsilon (rule->x, box->x, 0.6);
          g_assert_cmpfloat_with_epsilon (rule->x + rule->width, box->x + box->width, 0.6);
          g_assert_cmpfloat (rule->y, >, box->y);
          g_assert_cmpfloat (rule->y, <, box->y + box->height);
        }
      g_assert_cmpuint (n, ==, 2);
    }
}

/* Cells that belong together have no line between them, and each line of the others. */
static void
test_joined_cells (void)
{
  static const struct { guint flags; guint frames, lines; } table[] = {
    { 0, 1, 0 }, { KAN_PAPER_OPEN, 0, 3 }, { KAN_PAPER_GOES_ON, 0, 3 }, { KAN_PAPER_OPEN | KAN_PAPER_GOES_ON, 0, 2 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (KanPaper) paper = new_paper ();
      const KanPaperCell cell = { 60, "長崎", 0, KAN_PAPER_LEFT, table[i].flags };

      kan_paper_row (paper, 40, &cell, 1, ROW);
      g_assert_cmpuint (count_rules (paper, 0, KAN_RULE_FRAME), ==, table[i].frames);
      g_assert_cmpuint (count_rules (paper, 0, KAN_RULE_LINE), ==, table[i].lines);
    }
}

/* --- page breaks ---------------------------------------------------------------------------------------------- */

/* Room to write in is never split, and never lost, however high it is and however little stands in it. */
static void
test_high_row_of_few_words (void)
{
  static const char *const words[] = { NULL, "", "一" };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autoptr (KanPaper) paper = new_paper ();
      const KanPaperCell cells[] = { { 30, words[i], 0, KAN_PAPER_LEFT, 0 }, { 30, NULL, 0, KAN_PAPER_LEFT, 0 } };
      double top = kan_paper_get_y (paper);

      kan_paper_set_y (paper, kan_paper_get_bottom (paper) - 20);
      kan_paper_row (paper, 40, cells, 2, 90);
      g_assert_cmpuint (kan_paper_n_pages (paper), ==, 2);
      g_assert_cmpuint (count_rules (paper, 0, KAN_RULE_FRAME), ==, 0);
      g_assert_cmpuint (count_rules (paper, 1, KAN_RULE_FRAME), ==, 2);
      g_assert_cmpfloat_with_epsilon (kan_paper_get_y (paper), top + 90, 0.01);
      g_assert_cmpuint (page_of (paper, 1)->ink->len, ==, i < 2 ? 0 : 1);
    }
}

/* A row that has no room left goes over whole; one that just has it stays. */
static void
test_row_moves_whole (void)
{
  static const struct { double left; guint pages; } table[] = { { 20, 1 }, { 19.99, 1 }, { 19.5, 2 }, { 1, 2 } };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (KanPaper) paper = new_paper ();
      const KanPaperCell cells[] = { { 30, "一", 0, KAN_PAPER_LEFT, 0 }, { 30, "二\n三", 0, KAN_PAPER_LEFT, 0 } };

      kan_paper_set_y (paper, kan_paper_get_bottom (paper) - table[i].left);
      kan_paper_row (paper, 40, cells, 2, 20);
      g_test_message ("%.2f mm left", table[i].left);
      g_assert_cmpuint (kan_paper_n_pages (paper), ==, table[i].pages);
      g_assert_cmpuint (page_of (paper, table[i].pages - 1)->ink->len, ==, 3);
      g_assert_cmpfloat (kan_paper_get_y (paper), <=, kan_paper_get_bottom (paper) + 0.02);
    }
}

/* Headings stand over every page's rows and never alone at a page's end. */
static void
test_headings (void)
{
  static const KanPaperCell heads[] = { { 40, "見出", 0, KAN_PAPER_CENTRE, 0 }, { 60, "氏名", 0, KAN_PAPER_CENTRE, 0 } };
  static const struct { double left; guint rows; guint pages, on_first; } table[] = {
    { 50, 6, 1, 1 }, { 50, 7, 2, 1 }, { 14, 1, 1, 1 }, { 13.5, 1, 2, 0 }, { 50, 80, 4, 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (KanPaper) paper = new_paper ();
      const KanPaperCell cells[] = { { 40, "行", 0, KAN_PAPER_LEFT, 0 },
                                     { 60, NAME, 0, KAN_PAPER_LEFT, KAN_PAPER_TIGHT } };
      guint rows = 0;

      kan_paper_set_y (paper, kan_paper_get_bottom (paper) - table[i].left);
      kan_paper_head_begin (paper, 30, heads, 2, ROW);
      for (guint n = 0; n < table[i].rows; n++)
        kan_paper_row (paper, 30, cells, 2, ROW);
      kan_paper_head_end (paper);
      g_test_message ("%u rows, %.1f mm left", table[i].rows, table[i].left);
      g_assert_cmpuint (kan_paper_n_pages (paper), ==, table[i].pages);
      g_assert_cmpuint (count_words (paper, 0, "見出"), ==, table[i].on_first);
      for (guint page = 0; page < table[i].pages; page++)
        {
          if (page > 0)
            g_assert_cmpuint (count_words (paper, page, "見出"), ==, 1);
          rows += count_words (paper, page, "行");
          assert_page_clean (paper, page);
        }
      g_assert_cmpuint (rows, ==, table[i].rows);
      kan_paper_break (paper);
      g_assert_cmpuint (page_of (paper, table[i].pages)->ink->len, ==, 0);
    }
}

/* A block's label stands beside its rows on each page that has any, said to be continued from the second on. */
static void
test_block (void)
{
  static const struct { double left; guint rows; guint plain, continued; } table[] = {
    { 50, 3, 1, 0 }, { 50, 9, 1, 1 }, { 50, 80, 1, 3 },
    { 5, 3, 1, 0 },       /* no row had room before the break: nothing is continued */
    { 50, 0, 0, 0 },      /* no rows, no label */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (KanPaper) paper = new_paper ();
      const KanPaperCell cells[] = { { 60, "行", 0, KAN_PAPER_LEFT, 0 } };
      guint plain = 0, continued = 0;

      kan_paper_set_y (paper, kan_paper_get_bottom (paper) - table[i].left);
      kan_paper_block_begin (paper, 40, "１　媒体");
      for (guint n = 0; n < table[i].rows; n++)
        kan_paper_row (paper, kan_paper_get_left (paper) + 40, cells, 1, ROW);
      kan_paper_block_end (paper);
      for (guint page = 0; page < kan_paper_n_pages (paper); page++)
        {
          plain += count_words (paper, page, "１　媒体");
          continued += count_words (paper, page, "１　媒体（続き）");
          assert_page_clean (paper, page);
        }
      g_test_message ("%u rows, %.1f mm left", table[i].rows, table[i].left);
      g_assert_cmpuint (plain, ==, table[i].plain);
      g_assert_cmpuint (continued, ==, table[i].continued);
    }
}

/* A row higher than what is left and than any row may move: its lines go on overleaf, under the headings again. */
static void
test_row_over_pages (void)
{
  static const KanPaperCell heads[] = { { 30, "見出", 0, KAN_PAPER_CENTRE, 0 }, { 90, "本文", 0, KAN_PAPER_CENTRE, 0 } };
  g_autoptr (KanPaper) paper = new_paper ();
  g_autoptr (GString) words = g_string_new ("始");
  KanPaperCell cells[] = { { 30, "備考", 0, KAN_PAPER_LEFT, KAN_PAPER_SHADED }, { 90, NULL, 0, KAN_PAPER_LEFT, 0 } };
  const KanPaperCell after[] = { { 120, "次", 0, KAN_PAPER_LEFT, 0 } };
  guint lines = 0;

  for (guint i = 1; i < 100; i++)
    g_string_append (words, "\n行");
  cells[1].text = words->str;
  kan_paper_set_y (paper, kan_paper_get_bottom (paper) - 40);
  kan_paper_head_begin (paper, 40, heads, 2, ROW);
  kan_paper_row (paper, 40, cells, 2, ROW);
  kan_paper_row (paper, 40, after, 1, ROW);
  kan_paper_head_end (paper);
  for (guint page = 0; page < kan_paper_n_pages (paper); page++)
    {
      lines += count_words (paper, page, words->str);
      g_assert_cmpuint (count_words (paper, page, "見出"), ==, 1);
      g_assert_cmpuint (count_words (paper, page, "備考"), ==, page == 0 ? 1 : 0);
      assert_page_clean (paper, page);
    }
  g_assert_cmpuint (kan_paper_n_pages (paper), ==, 4);
  g_assert_cmpuint (lines, ==, 100);
  g_assert_cmpuint (count_words (paper, 3, "次"), ==, 1);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/paper-table/heights", test_heights);
  g_test_add_func ("/paper-table/least", test_least);
  g_test_add_func ("/paper-table/words-stay-in-their-cells", test_words_stay_in_their_cells);
  g_test_add_func ("/paper-table/struck", test_struck);
  g_test_add_func ("/paper-table/joined-cells", test_joined_cells);
  g_test_add_func ("/paper-table/high-row-of-few-words", test_high_row_of_few_words);
  g_test_add_func ("/paper-table/row-moves-whole", test_row_moves_whole);
  g_test_add_func ("/paper-table/headings", test_headings);
  g_test_add_func ("/paper-table/block", test_block);
  g_test_add_func ("/paper-table/row-over-pages", test_row_over_pages);
  return g_test_run ();
}
