/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands on a paper and where, without printing it: fast enough to strain every field of a form in turn. */
#pragma once
#include "app/forms/form-samples.h"
#include "app/forms/paper-tools.h"
#include "forms/kan-paper-private.h"

#include <string.h>

#define VARIANTS "辻\U000E0100　葛\U000E0100彦"
#define FULL_OF_VARIANTS VARIANTS VARIANTS VARIANTS VARIANTS VARIANTS VARIANTS

/* The words of a page between two heights (millimetres), each piece of text once, a line each. */
static inline char *
ink_between (const KanPaper *paper, guint page, double top, double bottom)
{
  const GArray *ink = ((KanPaperPage *) g_ptr_array_index (paper->pages, page))->ink;
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < ink->len; i++)
    {
      const KanPaperInk *line = &g_array_index (ink, KanPaperInk, i);

      if (line->y >= top && line->y < bottom && (line->line == 0 || i == 0))
        g_string_append_printf (out, "%s\n", line->text->words);
    }
  return g_string_free (out, FALSE);
}

static inline char *
ink_of (const KanPaper *paper)
{
  GString *out = g_string_new (NULL);

  for (guint page = 0; page < kan_paper_n_pages (paper); page++)
    {
      g_autofree char *words = ink_between (paper, page, 0, G_MAXDOUBLE);

      g_string_append (out, words);
    }
  return g_string_free (out, FALSE);
}

static inline guint
count_in (const char *ink, const char *words)
{
  guint n = 0;

  for (const char *at = ink; (at = strstr (at, words)) != NULL; at += strlen (words))
    n++;
  return n;
}

/* Where one stands, there stands the other: no page is left with the one alone. */
static inline void
assert_together (const KanPaper *paper, const char *one, const char *other)
{
  guint n = 0;

  for (guint page = 0; page < kan_paper_n_pages (paper); page++)
    {
      g_autofree char *words = ink_between (paper, page, 0, G_MAXDOUBLE);

      if (strstr (words, one) == NULL)
        continue;
      n++;
      if (strstr (words, other) == NULL)
        g_error ("page %u says “%s” without “%s”: %s", page + 1, one, other, words);
    }
  g_assert_cmpuint (n, >, 0);
}

/* "一\n一\n…": as many lines. */
static inline char *
lines_of (guint n)
{
  g_autoptr (GString) text = g_string_new ("一");

  for (guint i = 1; i < n; i++)
    g_string_append (text, "\n一");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The form with so many lines in one of its texts. */
static inline KanPaper *
paper_of_lines (gpointer form, gsize offset, guint n, KanPaper *(*make) (gconstpointer form))
{
  g_autofree char *lines = lines_of (n);
  KanPaper *paper;

  G_STRUCT_MEMBER (const char *, form, offset) = lines;
  paper = make (form);
  G_STRUCT_MEMBER (const char *, form, offset) = NULL;
  g_test_message ("%u lines", n);
  assert_clean (paper);
  return paper;
}

/* One text of a form said at such length. */
static inline void
strain_one (gpointer form, gsize offset, const char *words, KanPaper *(*make) (gconstpointer form))
{
  const char **text = G_STRUCT_MEMBER_P (form, offset), *before = *text;
  g_autoptr (KanPaper) paper = NULL;
  g_autofree char *ink = NULL;

  *text = words;
  paper = make (form);
  *text = before;
  assert_clean (paper);
  ink = ink_of (paper);
  if (strstr (ink, words) == NULL)
    g_error ("what is said is lost: %s", ink);
}

/* A form of which each text in turn is more than has room, or has more signs than show: nothing is cut, lost or
   overprinted. `make` is the form's own; `offsets` of `const char *` within `form`. */
static inline void
strain (gpointer form, const gsize *offsets, guint n, KanPaper *(*make) (gconstpointer form))
{
  static const char *const words[] = { LONG_COMPANY LONG_NAME, FULL_OF_VARIANTS };

  for (guint i = 0; i < n * G_N_ELEMENTS (words); i++)
    {
      g_test_message ("field %u", i / (guint) G_N_ELEMENTS (words));
      strain_one (form, offsets[i / G_N_ELEMENTS (words)], words[i % G_N_ELEMENTS (words)], make);
    }
}
