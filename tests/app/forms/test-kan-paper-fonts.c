/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fonts cut down: each word looks as with the whole font, is found in the file, and nothing else is in there. */
#include "app/forms/paper-tools.h"
#include "forms/kan-paper-private.h"

#include <locale.h>
#include <string.h>

enum { WIDE = 1200, HIGH = 80 };

/* Japanese with a chosen variant, Latin with marks of its own, from right to left, and what one glyph stands for. */
static const char *const words[] = {
  "渡邉\U000E0101　長崎県市町村職員共済組合　令和8年2月13日", "Naïve ﬁle, ﬂow: AVATAR, ÅÄÖ", "א\u05b8ב\u05bcג", "e\u0301 ﾅｶﾞ ㍿ ①",
  "辻\U000E0100 \uf8ff", "",
};

static KanPaper *
make_paper (void)
{
  KanPaper *paper = kan_paper_new (KAN_PAPER_PORTRAIT, "fonts", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    kan_paper_paragraph (paper, 12, KAN_PAPER_LEFT, words[i]);
  return kan_paper_finish (paper);
}

/* Each run below the one before it. */
static cairo_surface_t *
picture (const KanPaperText *text, GHashTable *fonts)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, WIDE, HIGH);
  cairo_t *cr = cairo_create (surface);

  cairo_scale (cr, 3, 3);
  for (guint i = 0; i < text->runs->len; i++)
    {
      const KanPaperRun *run = &g_array_index (text->runs, KanPaperRun, i);

      cairo_move_to (cr, run->x * KAN_PAPER_SHAPED_AT, 15);
      kan_paper_show_run (cr, fonts, text->words, run->glyphs);
    }
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static void
test_same (void)
{
  g_autoptr (KanPaper) paper = make_paper ();
  g_autoptr (GHashTable) fonts = kan_paper_cut_fonts (paper);
  double wrap = kan_paper_get_width (paper) / (12 * KAN_PAPER_MM_PER_PT);

  g_assert_cmpuint (g_hash_table_size (fonts), >, 0);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      const KanPaperText *text = kan_paper_shape (paper, words[i], wrap);
      cairo_surface_t *whole = picture (text, NULL), *cut = picture (text, fonts);
      gsize size = (gsize) cairo_image_surface_get_stride (whole) * HIGH;

      g_test_message ("%s", words[i]);
      g_assert_cmpmem (cairo_image_surface_get_data (whole), size, cairo_image_surface_get_data (cut), size);
      cairo_surface_destroy (whole);
      cairo_surface_destroy (cut);
    }
}

/* What the words are: to be searched for and copied. */
static void
test_found (void)
{
  g_autoptr (KanPaper) paper = make_paper ();
  g_autofree char *path = write_sheet (paper, "fonts"), *text = sheet_text (path);

  g_assert_nonnull (strstr (text, "長崎県市町村職員共済組合"));
  g_assert_nonnull (strstr (text, "令和8年2月13日"));
  g_assert_nonnull (strstr (text, "AVATAR,ÅÄÖ"));
  g_assert_nonnull (strstr (text, "〓"));
  drop_sheet (g_steal_pointer (&path));
}

/* Neither the font's other glyphs nor the pieces that only those are made of. */
static void
test_small (void)
{
  g_autoptr (KanPaper) paper = kan_paper_new (KAN_PAPER_PORTRAIT, "small", NULL);
  g_autofree char *path = NULL, *bytes = NULL;
  gsize size = 0;

  kan_paper_paragraph (paper, 12, KAN_PAPER_LEFT, "長崎県");
  paper = kan_paper_finish (g_steal_pointer (&paper));
  path = write_sheet (paper, "small");
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  g_test_message ("%" G_GSIZE_FORMAT " bytes", size);
  g_assert_cmpuint (size, <, 12000);
  drop_sheet (g_steal_pointer (&path));
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/paper-fonts/same", test_same);
  g_test_add_func ("/paper-fonts/found", test_found);
  g_test_add_func ("/paper-fonts/small", test_small);
  return run_sheets ();
}
