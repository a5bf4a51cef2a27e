/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may stand in a text. The table is fixed, not the Unicode version's of the machine: a text that was accepted once
 * is accepted for ever. */
#include "values/kan-text.h"

#include "values/kan-variants.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef enum { CONTROL, LINE, DIRECTION, INVISIBLE, NO_CHARACTER } Trouble;

/* Ascending. Variation selectors (FE00–FE0F, E0100–E01EF) and private-use characters are in names and stay. */
static const struct { gunichar first, last; Trouble trouble; } refused[] = {
  { 0x0000,  0x0009,  CONTROL },
  { 0x000A,  0x000A,  LINE },
  { 0x000B,  0x001F,  CONTROL },
  { 0x007F,  0x009F,  CONTROL },
  { 0x00AD,  0x00AD,  INVISIBLE },
  { 0x034F,  0x034F,  INVISIBLE },
  { 0x061C,  0x061C,  DIRECTION },
  { 0x115F,  0x1160,  INVISIBLE },
  { 0x17B4,  0x17B5,  INVISIBLE },
  { 0x180B,  0x180F,  INVISIBLE },
  { 0x200B,  0x200D,  INVISIBLE },
  { 0x200E,  0x200F,  DIRECTION },
  { 0x2028,  0x2029,  CONTROL },
  { 0x202A,  0x202E,  DIRECTION },
  { 0x2060,  0x2065,  INVISIBLE },
  { 0x2066,  0x2069,  DIRECTION },
  { 0x206A,  0x206F,  INVISIBLE },
  { 0x3164,  0x3164,  INVISIBLE },
  { 0xFDD0,  0xFDEF,  NO_CHARACTER },
  { 0xFEFF,  0xFEFF,  INVISIBLE },
  { 0xFFA0,  0xFFA0,  INVISIBLE },
  { 0xFFF0,  0xFFFB,  INVISIBLE },
  { 0xE0000, 0xE00FF, INVISIBLE },
  { 0xE01F0, 0xE0FFF, INVISIBLE },
};

static const char *
why_refused (Trouble trouble)
{
  switch (trouble)
    {
    case LINE:
      return _("line breaks are not allowed here");
    case DIRECTION:
      return _("contains a character that changes the direction of writing");
    case INVISIBLE:
      return _("contains an invisible character");
    case NO_CHARACTER:
      return _("contains a code that is no character");
    case CONTROL:
    default:
      return _("contains a control character");
    }
}

static gboolean
character_is_clean (gunichar c, gboolean lines, Trouble *trouble)
{
  if (lines && c == '\n')
    return TRUE;
  /* what is mostly written stands between two entries of the table */
  if ((c >= 0x20 && c < 0x7F) || (c > 0x3164 && c < 0xFDD0))
    return TRUE;
  *trouble = NO_CHARACTER;
  if ((c & 0xFFFE) == 0xFFFE)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (refused) && refused[i].first <= c; i++)
    if (c <= refused[i].last)
      {
        *trouble = refused[i].trouble;
        return FALSE;
      }
  return TRUE;
}

static gboolean
is_variation_selector (gunichar c)
{
  return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
}

/* Of whatever width; U+2800 is a pattern of dots without any. */
static gboolean
is_space (gunichar c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == 0x00A0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A)
         || c == 0x202F || c == 0x205F || c == 0x2800 || c == 0x3000;
}

static gboolean
is_hyphen (gunichar c)
{
  return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0x30FC;
}

static gunichar
hiragana_of (gunichar c)
{
  gboolean katakana = (c >= 0x30A1 && c <= 0x30F6) || c == 0x30FD || c == 0x30FE;

  return katakana ? c - 0x60 : c;
}

/**
 * kan_text_bytes_are_clean:
 * @s: the text, not necessarily ended by NUL
 * @len: its length in bytes
 * @lines: whether it may have several lines, ended by "\n"
 * @why: (out) (optional): a translated sentence where it is refused
 *
 * Returns: whether it is UTF-8 without control characters, direction overrides and invisible characters
 */
gboolean
kan_text_bytes_are_clean (const char *s, gsize len, gboolean lines, const char **why)
{
  const char *end, *trouble = NULL;
  Trouble found;

  if (memchr (s, '\0', len) != NULL)
    trouble = why_refused (CONTROL);
  else if (!g_utf8_validate (s, (gssize) len, &end))
    trouble = _("is not UTF-8 text");
  for (const char *p = s; trouble == NULL && p < s + len; p = g_utf8_next_char (p))
    if (!character_is_clean (g_utf8_get_char (p), lines, &found))
      trouble = why_refused (found);
  if (why != NULL)
    *why = trouble;
  return trouble == NULL;
}

/**
 * kan_text_is_clean:
 * @s: a text of one line
 * @why: (out) (optional): a translated sentence where it is refused
 *
 * Returns: as kan_text_bytes_are_clean()
 */
gboolean
kan_text_is_clean (const char *s, const char **why)
{
  return kan_text_bytes_are_clean (s, strlen (s), FALSE, why);
}

/**
 * kan_text_lines_are_clean:
 * @s: a text that may have several lines
 * @why: (out) (optional): a translated sentence where it is refused
 *
 * Returns: as kan_text_bytes_are_clean()
 */
gboolean
kan_text_lines_are_clean (const char *s, const char **why)
{
  return kan_text_bytes_are_clean (s, strlen (s), TRUE, why);
}

static void
append_character (GString *out, const char *at, gsize size)
{
  if (kan_text_bytes_are_clean (at, size, TRUE, NULL))
    g_string_append_len (out, at, (gssize) size);
  else
    g_string_append_printf (out, "⟨U+%04X⟩", g_utf8_get_char (at));
}

/**
 * kan_text_append_visible:
 * @out: where to put it
 * @s: bytes
 * @len: how many
 *
 * As kan_text_dup_visible(), of a text that goes on: a character whose end has not come yet waits.
 *
 * Returns: how many of the bytes are visible now
 */
gsize
kan_text_append_visible (GString *out, const char *s, gsize len)
{
  gsize done = 0;

  while (done < len)
    {
      gunichar c = g_utf8_get_char_validated (s + done, (gssize) (len - done));

      if (c == (gunichar) -2 && len - done < 6)
        return done;
      if (s[done] == '\0' || c == (gunichar) -1 || c == (gunichar) -2)
        {
          g_string_append_printf (out, "⟨%02X⟩", (guint8) s[done]);
          done++;
          continue;
        }
      append_character (out, s + done, (gsize) (g_utf8_next_char (s + done) - (s + done)));
      done = (gsize) (g_utf8_next_char (s + done) - s);
    }
  return done;
}

/**
 * kan_text_dup_visible:
 * @s: (nullable): whatever stands in a file
 *
 * Returns: (transfer full): the same to be shown: controls, direction overrides and what cannot be seen as ⟨U+202E⟩,
 *   bytes that are no text as ⟨FF⟩; line breaks stay
 */
char *
kan_text_dup_visible (const char *s)
{
  GString *out = g_string_new (NULL);
  gsize len = s != NULL ? strlen (s) : 0, done = kan_text_append_visible (out, s, len);

  for (; done < len; done++)
    g_string_append_printf (out, "⟨%02X⟩", (guint8) s[done]);
  return g_string_free (out, FALSE);
}

/**
 * kan_text_is_blank:
 * @s: UTF-8 text, not necessarily ended by NUL
 * @len: its length in bytes
 *
 * Returns: whether nothing in it can be seen
 */
gboolean
kan_text_is_blank (const char *s, gsize len)
{
  for (const char *p = s; p < s + len; p = g_utf8_next_char (p))
    if (!is_space (g_utf8_get_char (p)) && !is_variation_selector (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

/**
 * kan_text_strip:
 * @s: UTF-8 text
 * @both: whether spaces before it go as well: those of a paragraph are meant
 *
 * Returns: (transfer full): it without spaces of any width at its ends
 */
char *
kan_text_strip (const char *s, gboolean both)
{
  const char *end = s + strlen (s), *before;

  while (both && *s != '\0' && is_space (g_utf8_get_char (s)))
    s = g_utf8_next_char (s);
  for (before = g_utf8_find_prev_char (s, end); before != NULL && is_space (g_utf8_get_char (before));
       before = g_utf8_find_prev_char (s, end))
    end = before;
  return g_strndup (s, (gsize) (end - s));
}

/* NFKC and case folded, variation selectors left out, katakana as hiragana. */
static char *
fold (const char *s)
{
  g_autofree char *valid = g_utf8_make_valid (s, -1);
  g_autofree char *wide = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL_COMPOSE);
  g_autofree char *folded = g_utf8_casefold (wide, -1);
  g_autofree char *composed = g_utf8_normalize (folded, -1, G_NORMALIZE_ALL_COMPOSE);
  GString *key = g_string_sized_new (strlen (composed));

  for (const char *p = composed; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!is_variation_selector (c))
        g_string_append_unichar (key, hiragana_of (c));
    }
  return g_string_free (key, FALSE);
}

/**
 * kan_text_search_key:
 * @s: a text as typed
 *
 * Makes what is looked through when searching: in one width, case, kana, form of a character (kan_variant_fold()) and
 * kind of hyphen, without spaces; lines stay apart. Never stored in place of the text itself, and never what tells two
 * things apart: 髙橋 is found as 高橋, and is another's name.
 *
 * Returns: (transfer full): the key
 */
char *
kan_text_search_key (const char *s)
{
  g_autofree char *folded = fold (s);
  GString *key = g_string_sized_new (strlen (folded));

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\n' || !is_space (c))
        g_string_append_unichar (key, is_hyphen (c) ? '-' : kan_variant_fold (c));
    }
  return g_string_free (key, FALSE);
}

/**
 * kan_text_split:
 * @s: UTF-8 text
 *
 * Returns: (transfer full): what stands in it between spaces of whatever width
 */
char **
kan_text_split (const char *s)
{
  g_autoptr(GStrvBuilder) words = g_strv_builder_new ();
  const char *from = s;

  for (const char *p = s; from != NULL; p = g_utf8_next_char (p))
    if (*p == '\0' || is_space (g_utf8_get_char (p)))
      {
        g_autofree char *word = g_strndup (from, (gsize) (p - from));

        if (*word != '\0')
          g_strv_builder_add (words, word);
        from = *p != '\0' ? g_utf8_next_char (p) : NULL;
      }
  return g_strv_builder_end (words);
}

/**
 * kan_text_search_words:
 * @s: what somebody looks for, as typed
 *
 * Returns: (transfer full): its words, each as kan_text_search_key() makes it; none where nothing was typed
 */
char **
kan_text_search_words (const char *s)
{
  g_autofree char *valid = g_utf8_make_valid (s, -1);
  g_auto(GStrv) words = kan_text_split (valid);
  g_autoptr(GStrvBuilder) keys = g_strv_builder_new ();

  for (char **word = words; *word != NULL; word++)
    {
      g_autofree char *key = kan_text_search_key (*word);

      if (*key != '\0')
        g_strv_builder_add (keys, key);
    }
  return g_strv_builder_end (keys);
}

/**
 * kan_text_has_words:
 * @s: a text as typed
 * @words: (array zero-terminated=1): as kan_text_search_words() makes them
 *
 * Returns: whether all of them occur in it, in whichever order
 */
gboolean
kan_text_has_words (const char *s, char **words)
{
  g_autofree char *key = kan_text_search_key (s);

  for (; *words != NULL; words++)
    if (strstr (key, *words) == NULL)
      return FALSE;
  return TRUE;
}

/**
 * kan_text_alike_key:
 * @s: what something is told apart by: a label, a serial number
 *
 * Two of them are the same however they are written: in whichever width, case and kind of hyphen, with spaces around
 * or zeros before.
 *
 * Returns: (transfer full): what is compared
 */
char *
kan_text_alike_key (const char *s)
{
  g_autofree char *stripped = kan_text_strip (s, TRUE), *key = fold (stripped);
  const char *from = key + strspn (key, "0");
  GString *alike = g_string_new (NULL);

  /* of zeros only, one stays */
  for (const char *p = *from != '\0' || from == key ? from : from - 1; *p != '\0'; p = g_utf8_next_char (p))
    g_string_append_unichar (alike, is_hyphen (g_utf8_get_char (p)) ? '-' : g_utf8_get_char (p));
  return g_string_free (alike, FALSE);
}

/**
 * kan_text_look_key:
 * @s: what a person is told apart by on screen and paper: a staff number, a login
 *
 * As kan_text_alike_key(), and what an eye takes for the same is: O for 0, I and l for 1.
 *
 * Returns: (transfer full): what is compared
 */
char *
kan_text_look_key (const char *s)
{
  g_autofree char *key = fold (s);

  for (char *p = key; *p != '\0'; p++)
    *p = *p == 'o' ? '0' : *p == 'i' || *p == 'l' ? '1' : *p;
  return kan_text_alike_key (key);
}

/**
 * kan_text_is_slip:
 * @typed: a word
 * @meant: another
 *
 * Returns: whether the one was mistyped for the other: one byte lacks, is too much, is another or stands before its
 *   neighbour, or only case differs
 */
gboolean
kan_text_is_slip (const char *typed, const char *meant)
{
  gsize n = strlen (typed), m = strlen (meant), head = 0, tail = 0;

  while (head < MIN (n, m) && typed[head] == meant[head])
    head++;
  while (tail < MIN (n, m) - head && typed[n - 1 - tail] == meant[m - 1 - tail])
    tail++;
  n -= head + tail;
  m -= head + tail;
  return (n <= 1 && m <= 1) || g_ascii_strcasecmp (typed, meant) == 0 ||
         (n == 2 && m == 2 && typed[head] == meant[head + 1] && typed[head + 1] == meant[head]);
}
