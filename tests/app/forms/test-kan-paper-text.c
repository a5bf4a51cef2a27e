/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words: measured, aligned, wrapped without losing any, made to fit a room that cannot grow, carried over pages. */
#include "app/forms/paper-tools.h"
#include "forms/kan-paper-private.h"

#include <locale.h>
#include <string.h>

#define LONG_NAME "勘解由小路　左衛門佐藤原朝臣長崎県市町村職員共済組合事務局総務課長補佐心得"
#define NEAR 0.011

static KanPaper *
new_paper (void)
{
  return kan_paper_new (KAN_PAPER_PORTRAIT, "text", NULL);
}

static const KanPaperInk *
nth_ink (const KanPaper *paper, guint page, guint n)
{
  const KanPaperPage *sheet = g_ptr_array_index (paper->pages, page);

  return &g_array_index (sheet->ink, KanPaperInk, n);
}

static guint
n_ink (const KanPaper *paper, guint page)
{
  return ((KanPaperPage *) g_ptr_array_index (paper->pages, page))->ink->len;
}

/* --- shaping -------------------------------------------------------------------------------------------------- */

/* In ems: a full-width character is one, whatever selects its form. */
static void
test_measured (void)
{
  static const struct { const char *words; double ems; } table[] = {
    { "長", 1 }, { "長崎県", 3 }, { "長　崎", 3 }, { "辻\U000E0100", 1 }, { "渡邉\U000E0101用", 3 }, { "ﾅｶﾞ", 1.5 },
    { "〓", 1 }, { "", 0 }, { "長\n崎県", 2 },
  };
  g_autoptr (KanPaper) paper = new_paper ();

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_test_message ("%s", table[i].words);
      g_assert_cmpfloat_with_epsilon (kan_paper_shape (paper, table[i].words, 0)->width, table[i].ems, 0.02);
      g_assert_cmpfloat_with_epsilon (kan_paper_measure (paper, 20, table[i].words),
                                      2 * kan_paper_measure (paper, 10, table[i].words), 0.001);
    }
  g_assert_null (kan_paper_get_missing (paper)[0]);
}

/* The bytes that the runs of a line stand for, one line after the other. */
static char *
words_of_lines (const KanPaperText *text)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < text->runs->len; i++)
    {
      const PangoItem *item = g_array_index (text->runs, KanPaperRun, i).glyphs->item;

      g_string_append_len (out, text->words + item->offset, item->length);
    }
  return g_string_free (out, FALSE);
}

/* However narrow, no line is wider than the room, and no word is lost. */
static void
test_wrapped (void)
{
  static const char *const words[] = {
    LONG_NAME, "一\n二三四五六七八九十\n十一", "ABCDEFGHIJKLMNOPQRSTUVWXYZ-0123456789", ("辻\U000E0100渡邉\U000E0101" LONG_NAME),
    "令和8年10月19日に規程第11条第3項により1,234件", "word and another word, and one more",
  };

  for (gsize w = 0; w < G_N_ELEMENTS (words); w++)
    for (double wrap = 3; wrap < 30; wrap += 1.3)
      {
        g_autoptr (KanPaper) paper = new_paper ();
        const KanPaperText *text = kan_paper_shape (paper, words[w], wrap);
        g_autofree char *lines = words_of_lines (text), *said = solid (lines), *meant = solid (words[w]);

        g_assert_cmpstr (said, ==, meant);
        for (guint i = 0; i < text->lines->len; i++)
          g_assert_cmpfloat (g_array_index (text->lines, KanPaperLine, i).width, <=, wrap + 0.01);
      }
}

/* A line's end adds no hyphen: it would be read as part of the serial number. */
static void
test_no_hyphens (void)
{
  static const char SERIAL[] = "XKWQSERIALNUMBERABCDEFGH";
  g_autoptr (KanPaper) paper = new_paper ();

  for (double wrap = 3; wrap < 14; wrap += 1.3)
    {
      const KanPaperText *text = kan_paper_shape (paper, SERIAL, wrap);
      int glyphs = 0;

      g_assert_cmpuint (text->lines->len, >, 1);
      for (guint i = 0; i < text->runs->len; i++)
        glyphs += g_array_index (text->runs, KanPaperRun, i).glyphs->glyphs->num_glyphs;
      g_assert_cmpint (glyphs, ==, (int) strlen (SERIAL));
    }
}

/* The same words are shaped once for the same room, and stay as they are; another room is another shape. */
static void
test_shaped_once (void)
{
  g_autoptr (KanPaper) paper = new_paper ();
  const KanPaperText *first = kan_paper_shape (paper, LONG_NAME, 10), *one = kan_paper_shape (paper, LONG_NAME, 0);

  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *other = g_strdup_printf ("別の語%u", i);

      kan_paper_shape (paper, other, 10);
    }
  g_assert_true (kan_paper_shape (paper, LONG_NAME, 10) == first);
  g_assert_true (kan_paper_shape (paper, LONG_NAME, 0) == one);
  g_assert_true (one != first);
  g_assert_cmpuint (one->lines->len, ==, 1);
  g_assert_cmpuint (first->lines->len, ==, 4);
}

/* Bytes that are no text are printed as what they are not, not as the end of it. */
static void
test_broken_bytes (void)
{
  g_autoptr (KanPaper) paper = new_paper ();
  const KanPaperText *text = kan_paper_shape (paper, "長\xff崎", 0);

  g_assert_true (g_utf8_validate (text->words, -1, NULL));
  g_assert_true (g_str_has_prefix (text->words, "長") && g_str_has_suffix (text->words, "崎"));
  g_assert_cmpfloat (text->width, >, 2);
}

/* --- placing -------------------------------------------------------------------------------------------------- */

static void
test_aligned (void)
{
  static const struct { KanPaperAlign align; double left, right; } table[] = {
    { KAN_PAPER_LEFT, 50, 0 }, { KAN_PAPER_RIGHT, 0, 110 }, { KAN_PAPER_CENTRE, 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (KanPaper) paper = new_paper ();
      g_autoptr (GArray) boxes = NULL;

      kan_paper_text (paper, 50, 60, 60, 10.5, table[i].align, "国国国国\n国国");
      boxes = kan_paper_get_boxes (paper, 0);
      g_assert_cmpuint (boxes->len, ==, 2);
      for (guint k = 0; k < 2; k++)
        {
          const KanPaperBox *box = &g_array_index (boxes, KanPaperBox, k);

          if (table[i].left > 0)
            g_assert_cmpfloat_with_epsilon (box->x, table[i].left, 0.5);
          else if (table[i].right > 0)
            g_assert_cmpfloat_with_epsilon (box->x + box->width, table[i].right, 0.5);
          else
            g_assert_cmpfloat_with_epsilon (box->x + box->width / 2, 80, 0.3);
        }
    }
}

/* As high as its lines; nothing takes no room. */
static void
test_height (void)
{
  static const struct { const char *words; guint lines; } table[] = {
    { NULL, 0 }, { "", 0 }, { "国", 1 }, { "国国国国国国国国", 1 }, { "国国国国国国国国国", 2 }, { "一\n二\n三", 3 }, { "一\n\n三", 3 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (KanPaper) paper = new_paper ();

      g_assert_cmpfloat_with_epsilon (kan_paper_text (paper, 40, 60, 30, 10, KAN_PAPER_LEFT, table[i].words),
                                      table[i].lines * kan_paper_line_height (10), NEAR);
      g_assert_cmpuint (n_ink (paper, 0), ==, table[i].lines);
      for (guint n = 1; n < n_ink (paper, 0); n++)
        g_assert_cmpfloat_with_epsilon (nth_ink (paper, 0, n)->y - nth_ink (paper, 0, n - 1)->y,
                                        kan_paper_line_height (10), NEAR);
    }
}

/* --- fitting -------------------------------------------------------------------------------------------------- */

/* First a little smaller, then in several lines or narrower, whichever stays more legible; never larger than wished. */
static void
test_fit (void)
{
  static const struct { double width, height; const char *words; guint lines; double share, narrow; } table[] = {
    { 60, 7, "国国国国", 1, 1, 1 },
    { 40, 7, "国国国国国国国国国国国国", 1, 0.9, 1 },             /* 44.45 mm at full size */
    { 34, 7, "国国国国国国国国国国国国", 1, 0.765, 1 },
    { 25, 7, "国国国国国国国国国国国国", 1, 0.75, 0.75 },
    { 25, 12, "国国国国国国国国国国国国", 2, 1, 1 },
    { 30, 7, "一\n二", 2, 0.787, 1 },
    { 20, 6, LONG_NAME, 3, 0.358, 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (KanPaper) paper = new_paper ();
      KanPaperFit fit = kan_paper_find_fit (paper, table[i].width, table[i].height, 10.5, table[i].words);

      g_test_message ("%s in %.0f × %.0f", table[i].words, table[i].width, table[i].height);
      g_test_message ("%u lines, %.3f, narrowed %.3f", fit.text->lines->len, fit.size / 10.5, fit.narrow);
      g_assert_cmpuint (fit.text->lines->len, ==, table[i].lines);
      g_assert_cmpfloat_with_epsilon (fit.size / 10.5, table[i].share, 0.02);
      g_assert_cmpfloat_with_epsilon (fit.narrow, table[i].narrow, 0.01);
      g_assert_cmpfloat_with_epsilon (kan_paper_try_fit (paper, table[i].width, table[i].height, 10.5, table[i].words),
                                      fit.size * fit.narrow / 10.5, 0.001);
    }
}

/* More room never makes letters smaller, but by the step in which sizes are tried. */
static void
test_fit_grows_with_the_room (void)
{
  static const char *const words[] = { "国国国国国国国国国国国国", LONG_NAME, "ABC-0123/XYZ", "一\n二三四五" };
  g_autoptr (KanPaper) paper = new_paper ();

  for (gsize w = 0; w < G_N_ELEMENTS (words); w++)
    {
      double last = 0;

      for (double width = 10; width < 150; width += 5)
        {
          double share = kan_paper_find_fit (paper, width, 7, 10.5, words[w]).size / 10.5;

          g_assert_cmpfloat (share, >=, last * 0.95 - 0.001);
          g_assert_cmpfloat (share, <=, 1);
          last = MAX (last, share);
        }
      g_assert_cmpfloat (last, >, 0.7);
    }
}

/* --- over pages ----------------------------------------------------------------------------------------------- */

/* Each line whole on one page, none below the last of it, none lost. */
static void
test_paragraph_over_pages (void)
{
  g_autoptr (KanPaper) paper = new_paper ();
  g_autoptr (GString) words = g_string_new (NULL);
  guint lines = 0;

  for (guint i = 0; i < 40; i++)
    g_string_append (words, LONG_NAME);
  kan_paper_set_y (paper, kan_paper_get_bottom (paper) - 1.5 * kan_paper_line_height (10.5));
  kan_paper_paragraph (paper, 10.5, KAN_PAPER_LEFT, words->str);
  g_assert_cmpuint (kan_paper_n_pages (paper), ==, 2);
  g_assert_cmpuint (n_ink (paper, 0), ==, 1);
  for (guint page = 0; page < 2; page++)
    {
      lines += n_ink (paper, page);
      assert_page_clean (paper, page);
      for (guint i = 0; i < n_ink (paper, page); i++)
        g_assert_cmpfloat (nth_ink (paper, page, i)->y, <, kan_paper_get_bottom (paper));
    }
  g_assert_cmpuint (lines, ==, nth_ink (paper, 0, 0)->text->lines->len);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/paper-text/measured", test_measured);
  g_test_add_func ("/paper-text/wrapped", test_wrapped);
  g_test_add_func ("/paper-text/no-hyphens", test_no_hyphens);
  g_test_add_func ("/paper-text/shaped-once", test_shaped_once);
  g_test_add_func ("/paper-text/broken-bytes", test_broken_bytes);
  g_test_add_func ("/paper-text/aligned", test_aligned);
  g_test_add_func ("/paper-text/height", test_height);
  g_test_add_func ("/paper-text/fit", test_fit);
  g_test_add_func ("/paper-text/fit-grows-with-the-room", test_fit_grows_with_the_room);
  g_test_add_func ("/paper-text/paragraph-over-pages", test_paragraph_over_pages);
  return g_test_run ();
}
