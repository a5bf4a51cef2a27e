/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Papers looked at by other people's programs, and by their own rectangles. */
#pragma once
#include "forms/kan-paper.h"

#include <glib/gstdio.h>

#define LEFT_MARGIN  25.0
#define RIGHT_MARGIN 20.0
#define EDGE         6.0     /* what printers reach */
#define STICKER_EDGE 6.0
#define SLACK        0.05

/* A scratch folder; $KAN_TEST_SHEETS names one to keep, so that the sheets can be looked at. */
static inline const char *
sheets_folder (void)
{
  static char *folder = NULL;

  if (folder == NULL)
    {
      folder = g_strdup (g_getenv ("KAN_TEST_SHEETS"));
      if (folder == NULL)
        folder = g_dir_make_tmp ("kan-sheets-XXXXXX", NULL);
      g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
    }
  return folder;
}

static inline char *
write_sheet (const KanPaper *paper, const char *name)
{
  g_autofree char *file = g_strconcat (name, ".pdf", NULL);
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (sheets_folder (), file, NULL);

  g_assert_true (kan_paper_write_pdf (paper, path, NULL, NULL, &error));
  g_assert_no_error (error);
  return path;
}

static inline void
drop_sheet (char *path)
{
  if (g_getenv ("KAN_TEST_SHEETS") == NULL)
    g_unlink (path);
  g_free (path);
}

static inline void
drop_folder (void)
{
  if (g_getenv ("KAN_TEST_SHEETS") == NULL)
    g_rmdir (sheets_folder ());
}

static inline int
run_sheets (void)
{
  int status = g_test_run ();

  drop_folder ();
  return status;
}

G_GNUC_NULL_TERMINATED static inline char *
run (const char *program, ...)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  char *output = NULL;
  va_list list;
  int status;

  va_start (list, program);
  for (const char *argument = program; argument != NULL; argument = va_arg (list, const char *))
    g_ptr_array_add (arguments, (gpointer) argument);
  va_end (list);
  g_ptr_array_add (arguments, NULL);
  g_spawn_sync (NULL, (char **) arguments->pdata, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
                &output, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, NULL));
  return output;
}

/* Words without the white space in them, which a form may break at will. */
static inline char *
solid (const char *words)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (const char *at = words; *at != '\0'; at = g_utf8_next_char (at))
    if (!g_unichar_isspace (g_utf8_get_char (at)))
      g_string_append_unichar (text, g_utf8_get_char (at));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The text of all pages, solid. */
static inline char *
sheet_text (const char *path)
{
  g_autofree char *text = run ("pdftotext", "-raw", path, "-", NULL);

  return solid (text);
}

/* The text of one page, from 1, solid. */
static inline char *
page_text (const char *path, guint page)
{
  g_autofree char *number = g_strdup_printf ("%u", page);
  g_autofree char *text = run ("pdftotext", "-raw", "-f", number, "-l", number, path, "-", NULL);

  return solid (text);
}

static inline void
assert_says (const char *text, const char *words)
{
  g_autofree char *wanted = solid (words);

  if (strstr (text, wanted) == NULL)
    g_error ("“%s” is not in the text: %s", wanted, text);
}

static inline guint
count_of (const char *text, const char *words)
{
  g_autofree char *wanted = solid (words);
  guint n = 0;

  for (const char *at = text; (at = strstr (at, wanted)) != NULL; at += strlen (wanted))
    n++;
  return n;
}

static inline gboolean
overlap (const KanPaperBox *a, const KanPaperBox *b)
{
  return a->x + SLACK < b->x + b->width && b->x + SLACK < a->x + a->width
         && a->y + SLACK < b->y + b->height && b->y + SLACK < a->y + a->height;
}

/* The middle of a word's box as somebody else reads it: its upper and lower part belong to the font, not to the ink. */
static inline KanPaperBox
word_box (const GMatchInfo *match)
{
  double edges[4];

  for (guint i = 0; i < G_N_ELEMENTS (edges); i++)
    {
      g_autofree char *edge = g_match_info_fetch (match, (gint) i + 1);

      edges[i] = g_ascii_strtod (edge, NULL);
    }
  return (KanPaperBox) { edges[0] + 0.5, edges[1] + (edges[3] - edges[1]) * 0.35, edges[2] - edges[0] - 1,
                         (edges[3] - edges[1]) * 0.3 };
}

static inline void
assert_words_of_page_apart (const char *page, const char *path, guint number)
{
  g_autoptr (GRegex) word = g_regex_new ("<word xMin=\"(.*?)\" yMin=\"(.*?)\" xMax=\"(.*?)\" yMax=\"(.*?)\"", 0, 0,
                                         NULL);
  g_autoptr (GArray) boxes = g_array_new (FALSE, FALSE, sizeof (KanPaperBox));
  g_autoptr (GMatchInfo) match = NULL;

  for (gboolean more = g_regex_match (word, page, 0, &match); more; more = g_match_info_next (match, NULL))
    {
      KanPaperBox box = word_box (match);

      for (guint i = 0; i < boxes->len; i++)
        if (overlap (&box, &g_array_index (boxes, KanPaperBox, i)))
          g_error ("%s, page %u: a word at %.0f, %.0f points is overprinted", path, number, box.x, box.y);
      g_array_append_val (boxes, box);
    }
}

/* No word stands on another, as pdftotext sees them. */
static inline void
assert_words_apart (const char *path)
{
  g_autofree char *html = run ("pdftotext", "-bbox", path, "-", NULL);
  g_auto (GStrv) pages = g_strsplit (html, "<page ", -1);

  for (guint i = 1; pages[i] != NULL; i++)
    assert_words_of_page_apart (pages[i], path, i);
}

/* Nothing stands in the margins or on something else. */
static inline void
assert_page_clean (const KanPaper *paper, guint page)
{
  g_autoptr (GArray) boxes = kan_paper_get_boxes (paper, page);
  gboolean labels = strcmp (kan_paper_get_title (paper), "記録媒体ラベル") == 0;      /* stickers have no margin */
  double width, height;

  kan_paper_get_size (paper, &width, &height);
  width *= 25.4 / 72;
  height *= 25.4 / 72;
  for (guint i = 0; i < boxes->len; i++)
    {
      const KanPaperBox *box = &g_array_index (boxes, KanPaperBox, i);

      g_assert_cmpfloat (box->x, >=, (labels ? STICKER_EDGE : LEFT_MARGIN) - SLACK);
      g_assert_cmpfloat (box->x + box->width, <=, width - (labels ? STICKER_EDGE : RIGHT_MARGIN) + 0.5);
      g_assert_cmpfloat (box->y, >=, EDGE);
      g_assert_cmpfloat (box->y + box->height, <=, height - EDGE);
      for (guint j = 0; j < i; j++)
        if (overlap (box, &g_array_index (boxes, KanPaperBox, j)))
          g_error ("%s, page %u: ink at %.1f, %.1f is overprinted", kan_paper_get_title (paper),
                   page + 1, box->x, box->y);
    }
}

static inline void
assert_clean (const KanPaper *paper)
{
  g_assert_null (kan_paper_get_missing (paper)[0]);
  for (guint i = 0; i < kan_paper_n_pages (paper); i++)
    assert_page_clean (paper, i);
}
