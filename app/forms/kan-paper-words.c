/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a line's end does not part: numbers with what they count, dates by the era, codes, foreign words. */
#include "forms/kan-paper-private.h"

#include <string.h>

/* Ems that a character takes at most, so that what is kept together never is wider than the line. */
#define DIGIT 0.57
#define NARROW 0.65
#define CAPITAL 0.95

static gboolean
is_digit (gunichar c)
{
  return (c >= '0' && c <= '9') || (c >= 0xff10 && c <= 0xff19);
}

static double
width_of (gunichar c)
{
  if (c >= 0x80)
    return 1;
  if (is_digit (c))
    return DIGIT;
  return g_ascii_islower ((char) c) || g_ascii_ispunct ((char) c) ? NARROW : CAPITAL;
}

/* Letters and signs of codes and foreign words: ASCII, its full-width twins, katakana. */
static gboolean
is_of_word (gunichar c)
{
  return (c > 0x20 && c < 0x7f) || (c >= 0xff10 && c <= 0xff5a) || (c >= 0x30a1 && c <= 0x30fa) || c == 0x30fc;
}

static gboolean
is_one_of (gunichar c, const char *set)
{
  char one[7] = { 0 };

  g_unichar_to_utf8 (c, one);
  return strstr (set, one) != NULL;
}

/* "令和8年2月13日", "第11条第3項", "1,234件", "テープ-02" */
static gboolean
stay_together (gunichar before, gunichar c)
{
  static const char *const counters = "年月日時分号条項目件点枚葉頁回名部";
  static const char *const pairs[] = { "令和", "平成", "条第", "項第", "元年", "和元", "成元" };
  char pair[13] = { 0 };

  if (is_of_word (before) && is_of_word (c))
    return TRUE;
  if (is_digit (before))
    return is_one_of (c, counters);
  if (is_digit (c))
    return is_one_of (before, "第和成年月");
  if (before == 0)
    return FALSE;
  g_unichar_to_utf8 (c, pair + g_unichar_to_utf8 (before, pair));
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (strcmp (pairs[i], pair) == 0)
      return TRUE;
  return FALSE;
}

static void
add_span (PangoAttrList *list, const char *words, const char *from, const char *until)
{
  PangoAttribute *attribute = pango_attr_allow_breaks_new (FALSE);

  attribute->start_index = (guint) (from - words);
  attribute->end_index = (guint) (until - words);
  pango_attr_list_insert (list, attribute);
}

/**
 * kan_paper_keep_together:
 *
 * Attributes (transfer full) that keep together what should stand in one line, where a line of @wrap em has room.
 */
PangoAttrList *
kan_paper_keep_together (const char *words, double wrap)
{
  PangoAttrList *list = pango_attr_list_new ();
  const char *from = words;
  gunichar before = 0;
  double width = 0;

  /* a hyphen at a line's end would be read as part of a number or a code */
  pango_attr_list_insert (list, pango_attr_insert_hyphens_new (FALSE));
  for (const char *at = words;; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c == 0 || !stay_together (before, c))
        {
          if (g_utf8_strlen (from, at - from) > 1 && width <= wrap)
            add_span (list, words, from, at);
          from = at;
          width = 0;
        }
      if (c == 0)
        return list;
      width += width_of (c);
      before = c;
    }
}
