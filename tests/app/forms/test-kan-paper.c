/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The drawing kit: words that never are cut, rows over pages, characters no font has, files
 * that are whole or not there. */
#include "app/forms/paper-tools.h"
#include "forms/kan-paper-private.h"

#include <locale.h>
#include <string.h>

#define UNCOVERED "\U0010FFFD"            /* private use, plane 16: no font has it */
#define NO_VARIANT "山\U000E01EF"         /* a variant nobody registered */
#define PAYLOAD "KANRIBO1:4821:7Q2M9XK4T1VB8ZC3R6NDP0WHJ5SGYEFA"

static char *
repeat (const char *words, guint n)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (text, words);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Whatever its length, a text stays in its room. */
static void
test_fit (void)
{
  const double rooms[][2] = { { 20, 3 }, { 18.6, 2.5 }, { 60, 7 }, { 30, 14 }, { 8, 28 } };
  const char *const words[] = { "長崎", "勘解由小路　左衛門", "ABC-0123/", "髙﨑辻\U000E0100" };

  for (guint r = 0; r < G_N_ELEMENTS (rooms); r++)
    for (guint w = 0; w < G_N_ELEMENTS (words); w++)
      for (guint n = 1; n <= 24; n += n < 6 ? 1 : 6)
        {
          g_autoptr (KanPaper) paper = kan_paper_new (KAN_PAPER_PORTRAIT, "fit", NULL);
          g_autofree char *text = repeat (words[w], n);
          g_autoptr (GArray) boxes = NULL;

          kan_paper_fit (paper, 50, 50, rooms[r][0], rooms[r][1], 10.5, KAN_PAPER_CENTRE, text);
          boxes = kan_paper_get_boxes (paper, 0);
          g_assert_cmpuint (boxes->len, >, 0);
          for (guint i = 0; i < boxes->len; i++)
            {
              const KanPaperBox *box = &g_array_index (boxes, KanPaperBox, i);

              g_assert_cmpfloat (box->x, >=, 50 - 0.2);
              g_assert_cmpfloat (box->x + box->width, <=, 50 + rooms[r][0] + 0.2);
              g_assert_cmpfloat (box->y, >=, 50 - 0.2);
              g_assert_cmpfloat (box->y + box->height, <=, 50 + rooms[r][1] + 0.2);
            }
          assert_page_clean (paper, 0);
        }
}

static void
test_fit_share (void)
{
  g_autoptr (KanPaper) paper = kan_paper_new (KAN_PAPER_PORTRAIT, "fit", NULL);

  g_assert_cmpfloat (kan_paper_try_fit (paper, 60, 7, 10.5, "長崎"), ==, 1);
  g_assert_cmpfloat (kan_paper_try_fit (paper, 60, 7, 10.5, NULL), ==, 1);
  g_assert_cmpfloat (kan_paper_try_fit (paper, 60, 7, 10.5, "長崎県市町村職員共済組合 年金課 主任"), <, 1);
  g_assert_cmpfloat_with_epsilon (kan_paper_measure (paper, 10, "長崎県市"), 4 * 10 * 25.4 / 72, 0.01);
}

/* The byte at which a line begins. */
static gsize
start_of_line (const KanPaperText *text, guint line)
{
  const KanPaperLine *found = &g_array_index (text->lines, KanPaperLine, line);

  return (gsize) g_array_index (text->runs, KanPaperRun, found->first).glyphs->item->offset;
}

/* Dates, codes and counts stay in one line, whatever its width; what is longer than a line is broken all the same. */
static void
test_together (void)
{
  static const char *const whole[] = { "令和8年10月19日", "第11条第3項", "TK-USB32S", "テープ-02", "1,234件", "元年",
                                       "ネットワーク" };
  g_autoptr (KanPaper) paper = kan_paper_new (KAN_PAPER_PORTRAIT, "together", NULL);
  const char *words = "処理を令和8年10月19日に規程第11条第3項により九十九電子TK-USB32S及びテープ-02の1,234件について行い、令和元年からの"
                      "住基ネットワーク機器の記録を確認した。";
  const KanPaperText *narrow = kan_paper_shape (paper, "0123456789012345678901234567890123456789", 9);

  g_assert_cmpuint (narrow->lines->len, >, 2);
  g_assert_cmpfloat (narrow->width, <=, 9);
  for (double wrap = 9; wrap < 24; wrap += 0.5)
    {
      const KanPaperText *text = kan_paper_shape (paper, words, wrap);

      g_assert_cmpfloat (text->width, <=, wrap + 0.01);
      g_assert_cmpuint (text->lines->len, >, 1);
      for (guint i = 1; i < text->lines->len; i++)
        for (guint k = 0; k < G_N_ELEMENTS (whole); k++)
          {
            gsize from = (gsize) (strstr (words, whole[k]) - words), start = start_of_line (text, i);

            if (start > from && start < from + strlen (whole[k]))
              g_error ("%s is broken in a line of %.1f em", whole[k], wrap);
          }
    }
}

/* The rectangles that prove the forms clean do see what overlaps. */
static void
test_boxes (void)
{
  g_autoptr (KanPaper) paper = kan_paper_new (KAN_PAPER_PORTRAIT, "boxes", NULL);
  g_autoptr (GArray) boxes = NULL;

  kan_paper_text (paper, 30, 30, 100, 10.5, KAN_PAPER_LEFT, "長崎太郎");
  kan_paper_text (paper, 33, 31, 100, 10.5, KAN_PAPER_LEFT, "諫早一郎");
  kan_paper_text (paper, 30, 60, 100, 10.5, KAN_PAPER_LEFT, "大村和子");
  boxes = kan_paper_get_boxes (paper, 0);
  g_assert_cmpuint (boxes->len, ==, 3);
  g_assert_true (overlap (&g_array_index (boxes, KanPaperBox, 0), &g_array_index (boxes, KanPaperBox, 1)));
  g_assert_false (overlap (&g_array_index (boxes, KanPaperBox, 0), &g_array_index (boxes, KanPaperBox, 2)));
}

static void
test_missing (void)
{
  g_autoptr (KanPaper) paper = kan_paper_new (KAN_PAPER_PORTRAIT, "missing", NULL);
  const char *const *missing;
  g_autofree char *path = NULL, *text = NULL;

  kan_paper_paragraph (paper, 10.5, KAN_PAPER_LEFT, "辻\U000E0100花子と髙﨑一郎");
  g_assert_null (kan_paper_get_missing (paper)[0]);
  kan_paper_paragraph (paper, 10.5, KAN_PAPER_LEFT, "甲" UNCOVERED "乙" UNCOVERED);
  kan_paper_paragraph (paper, 10.5, KAN_PAPER_LEFT, "丙" UNCOVERED NO_VARIANT "丁");
  missing = kan_paper_get_missing (paper);
  g_assert_cmpstr (missing[0], ==, UNCOVERED " (U+10FFFD)");
  g_assert_cmpstr (missing[1], ==, NO_VARIANT " (U+5C71 U+E01EF)");
  g_assert_null (missing[2]);

  path = write_sheet (kan_paper_finish (paper), "missing");
  text = sheet_text (path);
  assert_says (text, "辻\U000E0100花子と髙﨑一郎");
  assert_says (text, "甲〓乙〓");
  assert_says (text, "丙〓山");
  drop_sheet (g_steal_pointer (&path));
}

/* A table over three pages: its headings on each, no row lost, the block's label continued. */
static void
test_rows (void)
{
  g_autoptr (KanPaper) paper = kan_paper_new (KAN_PAPER_PORTRAIT, "rows", NULL);
  const KanPaperCell heads[] = { { 30, "見出", 0, KAN_PAPER_CENTRE, 0 }, { 90, "本文", 0, KAN_PAPER_CENTRE, 0 } };
  g_autofree char *path = NULL, *text = NULL;

  kan_paper_block_begin (paper, 40, "１　表題");
  kan_paper_head_begin (paper, kan_paper_get_left (paper) + 40, heads, 2, 7);
  for (guint i = 0; i < 90; i++)
    {
      g_autofree char *number = g_strdup_printf ("R%02u", i);
      const KanPaperCell cells[] = {
        { 30, number, 0, KAN_PAPER_LEFT, 0 }, { 90, "長崎", 0, KAN_PAPER_LEFT, KAN_PAPER_STRUCK },
      };

      kan_paper_row (paper, kan_paper_get_left (paper) + 40, cells, 2, 7);
    }
  kan_paper_head_end (paper);
  kan_paper_block_end (paper);
  kan_paper_finish (paper);
  g_assert_cmpuint (kan_paper_n_pages (paper), ==, 3);
  assert_clean (paper);
  path = write_sheet (paper, "rows");
  text = sheet_text (path);
  g_assert_cmpuint (count_of (text, "見出"), ==, 3);
  g_assert_cmpuint (count_of (text, "（続き）"), ==, 2);
  for (guint i = 0; i < 90; i++)
    {
      g_autofree char *number = g_strdup_printf ("R%02u", i);

      g_assert_cmpuint (count_of (text, number), ==, 1);
    }
  drop_sheet (g_steal_pointer (&path));
}

/* A row higher than a page goes on overleaf, with every line of it. */
static void
test_tall_row (void)
{
  g_autoptr (KanPaper) paper = kan_paper_new (KAN_PAPER_PORTRAIT, "tall", NULL);
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *path = NULL, *text = NULL;
  KanPaperCell cells[] = { { 40, "備考", 0, KAN_PAPER_LEFT, 0 }, { 120, NULL, 0, KAN_PAPER_LEFT, 0 } };

  for (guint i = 0; i < 120; i++)
    g_string_append_printf (words, "%sL%03u", i > 0 ? "\n" : "", i);
  cells[1].text = words->str;
  kan_paper_set_foot (paper, "4821-7Q2M", PAYLOAD);
  kan_paper_skip (paper, 100);
  kan_paper_row (paper, kan_paper_get_left (paper), cells, 2, 7);
  kan_paper_finish (paper);
  g_assert_cmpuint (kan_paper_n_pages (paper), ==, 4);
  assert_clean (paper);
  path = write_sheet (paper, "tall");
  text = sheet_text (path);
  g_assert_cmpuint (count_of (text, "備考"), ==, 1);
  for (guint i = 0; i < 120; i++)
    {
      g_autofree char *line = g_strdup_printf ("L%03u", i);

      g_assert_cmpuint (count_of (text, line), ==, 1);
    }
  drop_sheet (g_steal_pointer (&path));
}

/* Half a millimetre a module; what no QR code holds is told and leaves no half code. */
static void
test_code (void)
{
  g_autoptr (KanPaper) paper = kan_paper_new (KAN_PAPER_PORTRAIT, "code", NULL);
  g_autofree char *endless = repeat ("0123456789abcdef", 200);

  g_assert_cmpfloat (kan_paper_code_side (paper, NULL), ==, 0);
  g_assert_cmpfloat (kan_paper_code_side (paper, PAYLOAD), ==, 33 * 0.5);
  g_assert_null (kan_paper_get_missing (paper)[0]);
  g_assert_cmpfloat (kan_paper_code_side (paper, endless), ==, 0);
  kan_paper_code (paper, 30, 30, endless);
  g_assert_cmpstr (kan_paper_get_missing (paper)[0], ==, "QR");
}

/* The same drawing on a picture, as a preview does it. */
static void
test_preview (void)
{
  g_autoptr (KanPaper) paper = kan_paper_new (KAN_PAPER_LANDSCAPE, "preview", NULL);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 842, 595);
  cairo_t *cr = cairo_create (surface);
  const guint8 *dots;
  guint dark = 0, rows = 595;
  double width, height;

  kan_paper_set_foot (paper, NULL, PAYLOAD);
  kan_paper_finish (paper);
  kan_paper_get_size (paper, &width, &height);
  g_assert_cmpfloat_with_epsilon (width, 841.89, 0.01);
  g_assert_cmpfloat_with_epsilon (height, 595.28, 0.01);
  kan_paper_draw_page (paper, cr, 0);
  cairo_surface_flush (surface);
  dots = cairo_image_surface_get_data (surface);
  for (guint i = 0; i < rows * (guint) cairo_image_surface_get_stride (surface); i++)
    dark += dots[i] > 127;
  g_assert_cmpuint (dark, >, 700);        /* about half of 33 × 33 modules of 1.4 points a side */
  g_assert_cmpuint (dark, <, 2500);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static gboolean
stop_cb (G_GNUC_UNUSED gint64 done, G_GNUC_UNUSED gint64 total, gpointer asked)
{
  ++*(guint *) asked;
  return FALSE;
}

/* Stopped, it leaves nothing behind. */
static void
test_stopped (void)
{
  g_autoptr (KanPaper) paper = kan_paper_finish (kan_paper_new (KAN_PAPER_PORTRAIT, "stopped", NULL));
  g_autofree char *folder = g_dir_make_tmp ("kan-paper-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.pdf", NULL);
  g_autoptr (GError) error = NULL;
  guint asked = 0;

  g_assert_false (kan_paper_write_pdf (paper, path, stop_cb, &asked, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_CANCELLED);
  g_assert_cmpuint (asked, ==, 1);
  g_assert_cmpuint (count_files (folder), ==, 0);
  g_rmdir (folder);
}

/* Where the file cannot be written, an error and nothing left beside it; what is no PDF stays what it is. */
static void
test_write_errors (void)
{
  g_autoptr (KanPaper) paper = kan_paper_finish (kan_paper_new (KAN_PAPER_PORTRAIT, "errors", NULL));
  g_autofree char *folder = g_dir_make_tmp ("kan-paper-XXXXXX", NULL);
  g_autofree char *nowhere = g_build_filename (folder, "none", "a.pdf", NULL);
  g_autofree char *taken = g_build_filename (folder, "taken", NULL), *inside = g_build_filename (taken, "x", NULL);
  g_autofree char *other = g_build_filename (folder, "office.kanribo", NULL), *kept = NULL;
  g_autoptr (GError) error = NULL, second = NULL, third = NULL;

  g_assert_false (kan_paper_write_pdf (paper, nowhere, NULL, NULL, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_MISSING);
  g_assert_cmpint (g_mkdir_with_parents (inside, 0700), ==, 0);
  g_assert_false (kan_paper_write_pdf (paper, taken, NULL, NULL, &second));
  g_assert_error (second, KAN_ERROR, KAN_ERROR_EXISTS);
  g_assert_true (g_file_set_contents (other, "%PDF", -1, NULL));
  g_assert_false (kan_paper_write_pdf (paper, other, NULL, NULL, &third));
  g_assert_error (third, KAN_ERROR, KAN_ERROR_EXISTS);
  g_assert_true (g_file_get_contents (other, &kept, NULL, NULL));
  g_assert_cmpstr (kept, ==, "%PDF");
  g_assert_cmpuint (count_files (folder), ==, 2);
  g_unlink (other);
  g_rmdir (inside);
  g_rmdir (taken);
  g_rmdir (folder);
}

/* Agreed to, whatever is there gives way, as a whole or, where the disk is full or it is stopped, not at all; an
 * office's file never does. */
static void
test_write_over (void)
{
  static const char office[] = "KANRIBO\x1a" "and its registers";
  g_autoptr (KanPaper) paper = kan_paper_finish (kan_paper_new (KAN_PAPER_PORTRAIT, "over", NULL));
  g_autofree char *folder = g_dir_make_tmp ("kan-paper-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "letter", NULL), *kept = NULL, *before = NULL, *after = NULL;
  g_autoptr (GError) error = NULL, stopped = NULL;
  guint asked = 0;

  g_assert_true (g_file_set_contents (path, office, sizeof office, NULL));
  g_assert_false (kan_paper_write_over (paper, path, NULL, NULL, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_EXISTS);
  g_assert_true (g_file_get_contents (path, &kept, NULL, NULL));
  g_assert_cmpmem (kept, sizeof office, office, sizeof office);
  g_assert_true (g_file_set_contents (path, "a letter", -1, NULL));
  g_assert_false (kan_paper_write_over (paper, path, stop_cb, &asked, &stopped));
  g_assert_true (g_file_get_contents (path, &before, NULL, NULL));
  g_assert_cmpstr (before, ==, "a letter");
  g_assert_true (kan_paper_write_over (paper, path, NULL, NULL, NULL));
  g_assert_true (g_file_get_contents (path, &after, NULL, NULL));
  g_assert_true (g_str_has_prefix (after, "%PDF-"));
  g_assert_cmpuint (count_files (folder), ==, 1);
  g_unlink (path);
  g_rmdir (folder);
}

/* A second print takes the first one's place; only its owner reads it; title and author are in its properties. */
static void
test_write (void)
{
  g_autoptr (KanPaper) paper = kan_paper_finish (kan_paper_new (KAN_PAPER_PORTRAIT, "廃棄証明書", "共済組合"));
  g_autofree char *path = write_sheet (paper, "write"), *again = write_sheet (paper, "write");
  g_autofree char *info = NULL, *facts = NULL;
  GStatBuf found;

  g_assert_cmpstr (path, ==, again);
  g_assert_cmpint (g_stat (path, &found), ==, 0);
  g_assert_cmpuint (found.st_mode & 0777, ==, 0600);
  facts = run ("pdfinfo", path, NULL);
  info = solid (facts);
  assert_says (info, "Title:廃棄証明書");
  assert_says (info, "Author:共済組合");
  assert_says (info, "Pages:1");
  assert_says (info, "(A4)");
  drop_sheet (g_steal_pointer (&path));
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/paper/fit", test_fit);
  g_test_add_func ("/paper/fit/share", test_fit_share);
  g_test_add_func ("/paper/together", test_together);
  g_test_add_func ("/paper/boxes", test_boxes);
  g_test_add_func ("/paper/missing", test_missing);
  g_test_add_func ("/paper/rows", test_rows);
  g_test_add_func ("/paper/rows/tall", test_tall_row);
  g_test_add_func ("/paper/code", test_code);
  g_test_add_func ("/paper/preview", test_preview);
  g_test_add_func ("/paper/write", test_write);
  g_test_add_func ("/paper/write/errors", test_write_errors);
  g_test_add_func ("/paper/write/over", test_write_over);
  g_test_add_func ("/paper/write/stopped", test_stopped);
  return run_sheets ();
}
