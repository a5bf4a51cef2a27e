/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds 個人番号 and what looks like 住民票コード in free text.
 *
 * Digits that touch are a group. Groups with at most three spaces or hyphens between them are a chain; a line break or
 * anything else ends it, and a date (2026-02-13) is cut out of it. A number is made of whole groups of one chain: a
 * run of thirteen digits holds none, and two numbers side by side are two.
 *  - Twelve digits with a valid check digit are a 個人番号, unless short groups (a list of counts) merely add up.
 *  - Eleven digits are like a 住民票コード where they stand apart, that is where the sign that joins them inside
 *    does not join them to more digits; grouped 4-4-3 or 3-4-4 they are like one in any case.
 *  - Twelve digits that one other sign joins (/ . , _ ・) are a 個人番号 where that sign joins them to no more, unless
 *    they are an amount, a network address, or a list of short numbers.
 *  - 〇一二三 and ①②③ are digits too where that makes a 個人番号; a ① before other digits counts things.
 * What is caught wrongly can be declared to be something else; what is missed is stored for ever. */
#include "values/kan-numbers.h"

#include "values/kan-day.h"

#include <string.h>

#define MAX_JOINT 3

typedef struct
{
  gsize    start, end;           /* bytes of the text */
  char     digits[14];           /* the first thirteen of them */
  guint    length;
  gunichar joint;                /* what stands between it and the group before: ' ', '-' or a sign of signs[];
                                    0: a chain begins */
} Group;

/* The zeros of Unicode's decimal digits; nine more follow each. Fixed here, so that a verdict never changes with the
 * machine's Unicode version. */
static const gunichar zeros[] = {
  0x0030,  0x0660,  0x06F0,  0x07C0,  0x0966,  0x09E6,  0x0A66,  0x0AE6,  0x0B66,  0x0BE6,  0x0C66,  0x0CE6,  0x0D66,
  0x0DE6,  0x0E50,  0x0ED0,  0x0F20,  0x1040,  0x1090,  0x17E0,  0x1810,  0x1946,  0x19D0,  0x1A80,  0x1A90,  0x1B50,
  0x1BB0,  0x1C40,  0x1C50,  0xA620,  0xA8D0,  0xA900,  0xA9D0,  0xA9F0,  0xAA50,  0xABF0,  0xFF10,  0x104A0, 0x10D30,
  0x11066, 0x110F0, 0x11136, 0x111D0, 0x112F0, 0x11450, 0x114D0, 0x11650, 0x116C0, 0x11730, 0x118E0, 0x11950, 0x11C50,
  0x11D50, 0x11DA0, 0x11F50, 0x16A60, 0x16AC0, 0x16B50, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6, 0x1E140, 0x1E2F0,
  0x1E4F0, 0x1E950, 0x1FBF0,
};

static const struct { gunichar first, last; gboolean space; } joints[] = {
  { 0x0009, 0x0009, TRUE },  { 0x0020, 0x0020, TRUE },  { 0x002D, 0x002D, FALSE }, { 0x00A0, 0x00A0, TRUE },
  { 0x1680, 0x1680, TRUE },  { 0x2000, 0x200A, TRUE },  { 0x2010, 0x2015, FALSE }, { 0x202F, 0x202F, TRUE },
  { 0x2043, 0x2043, FALSE }, { 0x205F, 0x205F, TRUE },  { 0x207B, 0x207B, FALSE }, { 0x208B, 0x208B, FALSE },
  { 0x2212, 0x2212, FALSE }, { 0x2500, 0x2501, FALSE }, { 0x2796, 0x2796, FALSE }, { 0x2E3A, 0x2E3B, FALSE },
  { 0x3000, 0x3000, TRUE },  { 0x30A0, 0x30A0, FALSE }, { 0x30FC, 0x30FC, FALSE }, { 0x4E00, 0x4E00, FALSE },
  { 0xFE58, 0xFE58, FALSE }, { 0xFE63, 0xFE63, FALSE }, { 0xFF0D, 0xFF0D, FALSE }, { 0xFF70, 0xFF70, FALSE },
};

/* What else people put between digits, by what it is told here. */
static const struct { gunichar sign, as; } signs[] = {
  { ',', ',' },    { '.', '.' },    { '/', '/' },    { '_', '_' },    { 0x00B7, 0x30FB }, { 0x2044, '/' },
  { 0x2215, '/' }, { 0x3001, ',' }, { 0x30FB, 0x30FB }, { 0xFF0C, ',' }, { 0xFF0E, '.' }, { 0xFF0F, '/' },
  { 0xFF3F, '_' }, { 0xFF64, ',' }, { 0xFF65, 0x30FB },
};

static int
digit_value (gunichar c)
{
  for (gsize i = 0; i < G_N_ELEMENTS (zeros) && zeros[i] <= c; i++)
    if (c - zeros[i] < 10)
      return (int) (c - zeros[i]);
  return -1;
}

static int
circled_value (gunichar c)
{
  return c >= 0x2460 && c <= 0x2468 ? (int) (c - 0x2460) + 1 : c == 0x24EA ? 0 : -1;
}

/* 〇 and what is written for it, 一 to 九. */
static int
kanji_value (gunichar c)
{
  static const gunichar digits[] = { 0x3007, 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D };

  if (c == 0x25CB || c == 0x25EF || c == 0x96F6)
    return 0;
  for (gsize i = 0; c >= 0x3007 && i < G_N_ELEMENTS (digits); i++)
    if (digits[i] == c)
      return (int) i;
  return -1;
}

/* '-' for whatever looks like a hyphen, ' ' for a space of any width, another sign as itself, 0 for none of them. */
static gunichar
joint_kind (gunichar c)
{
  for (gsize i = 0; i < G_N_ELEMENTS (joints); i++)
    if (c >= joints[i].first && c <= joints[i].last)
      return joints[i].space ? ' ' : '-';
  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
    if (c == signs[i].sign)
      return signs[i].as;
  return 0;
}

/* Spaces and hyphens join what belongs together in any case. */
static gboolean
is_sign (gunichar joint)
{
  return joint != 0 && joint != ' ' && joint != '-';
}

/* Characters without width or meaning of their own stand in nobody's way. */
static gboolean
is_transparent (gunichar c)
{
  return c == 0x00AD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F)
         || c == 0xFEFF || c == 0x20E3 || (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
}

/* What is between two groups while it lasts: nothing yet, spaces, a hyphen or a sign among them, or the chain's end. */
typedef struct { gunichar kind; guint length; gboolean broken; } Between;

static void
add_joint (Between *between, gunichar c)
{
  gunichar kind = joint_kind (c);

  between->length++;
  between->broken = between->broken || kind == 0 || between->length > MAX_JOINT;
  if (between->kind == 0 || between->kind == ' ' || is_sign (kind))
    between->kind = kind;
}

static void
add_digit (GArray *groups, Between *between, int digit, gsize start, gsize end)
{
  Group *last = groups->len > 0 ? &g_array_index (groups, Group, groups->len - 1) : NULL;

  if (last == NULL || between->length > 0)
    {
      Group fresh = { .start = start, .joint = last == NULL || between->broken ? 0 : between->kind };

      g_array_append_val (groups, fresh);
      last = &g_array_index (groups, Group, groups->len - 1);
    }
  if (last->length < 13)
    last->digits[last->length] = (char) ('0' + digit);
  last->length++;
  last->end = end;
  *between = (Between) { 0 };
}

/* Kana and ideographs that are neither digits nor joints: most of what is written here, and in none of the tables. */
static gboolean
is_japanese (gunichar c)
{
  return (c > 0x3040 && c < 0x30FB && c != 0x30A0) || (c > 0x4E00 && c < 0xA000 && kanji_value (c) < 0);
}

/* Whether eleven digits stand in one chain: one pass, and nothing is allocated. A date among them is not cut out. */
static gboolean
has_digits_enough (const char *text)
{
  guint n = 0;

  for (const char *p = text; *p != '\0' && n < 11; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_japanese (c))
        n = 0;
      else if (digit_value (c) >= 0 || kanji_value (c) >= 0 || circled_value (c) >= 0)
        n++;
      else if (joint_kind (c) == 0 && !is_transparent (c))
        n = 0;
    }
  return n == 11;
}

/* The value of a digit in whatever writing: a ① before other digits, and after none, counts things. */
static int
written_value (gunichar c, gunichar before, const char *next)
{
  gunichar after = g_utf8_get_char (next);
  int circled = circled_value (c);

  if (circled < 0)
    return kanji_value (c) >= 0 ? kanji_value (c) : digit_value (c);
  return digit_value (before) >= 0 || kanji_value (before) >= 0 || circled_value (before) >= 0
         || circled_value (after) >= 0 ? circled : -1;
}

/* `written`: 〇一二三 and ①②③ are digits too. */
static GArray *
read_groups (const char *text, gboolean written)
{
  gunichar before = 0;
  GArray *groups = g_array_new (FALSE, TRUE, sizeof (Group));
  Between between = { 0 };

  for (const char *p = text, *next; *p != '\0'; p = next)
    {
      gunichar c = g_utf8_get_char (p);
      int digit;

      next = g_utf8_next_char (p);
      digit = written ? written_value (c, before, next) : digit_value (c);
      before = c;
      if (digit >= 0)
        add_digit (groups, &between, digit, (gsize) (p - text), (gsize) (next - text));
      else if (!is_transparent (c))
        add_joint (&between, c);
    }
  return groups;
}

static gboolean
is_date (const Group *g)
{
  g_autofree char *text = NULL;

  if (g[0].length != 4 || g[1].length != 2 || g[2].length != 2 || g[1].joint != g[2].joint
      || (g[1].joint != '-' && g[1].joint != '/' && g[1].joint != '.'))
    return FALSE;
  text = g_strdup_printf ("%s-%s-%s", g[0].digits, g[1].digits, g[2].digits);
  return kan_day_parse (text) != KAN_DAY_NONE && (g_str_has_prefix (text, "19") || g_str_has_prefix (text, "20"));
}

/* A date's groups become chains of their own, too short to be anything. */
static void
cut_dates (GArray *groups)
{
  for (guint i = 0; i + 2 < groups->len; i++)
    {
      Group *g = &g_array_index (groups, Group, i);

      if (!is_date (g))
        continue;
      for (guint k = 0; k < 3 + (i + 3 < groups->len ? 1u : 0u); k++)
        g[k].joint = 0;
      i += 2;
    }
}

/* A window is the groups from @first to @last of one chain that runs from @begin to @end (all inclusive). */
typedef struct { const Group *groups; guint begin, end, first, last; } Window;

static gboolean
has_shape (const Window *w, guint a, guint b, guint c)
{
  const Group *g = w->groups + w->first;

  return w->last - w->first == 2 && g[0].length == a && g[1].length == b && g[2].length == c;
}

static guint
shortest_group (const Window *w)
{
  guint shortest = G_MAXUINT;

  for (guint i = w->first; i <= w->last; i++)
    shortest = MIN (shortest, w->groups[i].length);
  return shortest;
}

/* The one sign that joins the window's groups; 0 where there is none or more than one. */
static gunichar
inner_joint (const Window *w)
{
  for (guint i = w->first + 2; i <= w->last; i++)
    if (w->groups[i].joint != w->groups[w->first + 1].joint)
      return 0;
  return w->last > w->first ? w->groups[w->first + 1].joint : 0;
}

/* Whether the group beside the window, joined by @joint, goes on with the same number. */
static gboolean
goes_on (const Window *w, guint neighbour, gunichar joint)
{
  return joint == inner_joint (w) && (w->groups[neighbour].length > 2 || shortest_group (w) < 3);
}

static gboolean
stands_apart (const Window *w)
{
  if (w->first == w->last || (w->first == w->begin && w->last == w->end))
    return TRUE;
  if (inner_joint (w) == 0)
    return FALSE;
  return !(w->first > w->begin && goes_on (w, w->first - 1, w->groups[w->first].joint))
         && !(w->last < w->end && goes_on (w, w->last + 1, w->groups[w->last + 1].joint));
}

static void
window_digits (const Window *w, char digits[13])
{
  digits[0] = '\0';
  for (guint i = w->first; i <= w->last; i++)
    g_strlcat (digits, w->groups[i].digits, 13);
}

static gboolean
is_individual (const Window *w)
{
  char digits[13];

  window_digits (w, digits);
  return kan_number_is_individual (digits) && (shortest_group (w) > 2 || stands_apart (w));
}

static gboolean
is_resident_like (const Window *w)
{
  return has_shape (w, 4, 4, 3) || has_shape (w, 3, 4, 4) || stands_apart (w);
}

static void
add_hit (GArray *hits, KanNumberKind kind, const Window *w)
{
  KanNumberHit hit = { kind, w->groups[w->first].start, w->groups[w->last].end };

  for (guint i = 0; i < hits->len; i++)
    {
      const KanNumberHit *other = &g_array_index (hits, KanNumberHit, i);

      if (hit.start < other->end && other->start < hit.end)
        return;
    }
  g_array_append_val (hits, hit);
}

/* Every window of @wanted digits in the chain @begin to @end. */
static void
search_chain (GArray *hits, const Group *groups, guint begin, guint end, guint wanted)
{
  for (guint first = begin; first <= end; first++)
    {
      guint last = first, length = groups[first].length;
      Window w;

      while (length < wanted && last < end)
        length += groups[++last].length;
      w = (Window) { groups, begin, end, first, last };
      if (length != wanted)
        continue;
      if (wanted == 12 && is_individual (&w))
        add_hit (hits, KAN_NUMBER_INDIVIDUAL, &w);
      else if (wanted == 11 && is_resident_like (&w))
        add_hit (hits, KAN_NUMBER_RESIDENT, &w);
    }
}

/* "123,456,789,018" */
static gboolean
is_amount (const Window *w)
{
  for (guint i = w->first + 1; i <= w->last; i++)
    if (w->groups[i].joint != ',' || w->groups[i].length != 3)
      return FALSE;
  return w->groups[w->first].length <= 3;
}

/* "192.168.100.123" */
static gboolean
is_address (const Window *w)
{
  for (guint i = w->first; i <= w->last; i++)
    if (w->groups[i].length > 3 || g_ascii_strtoull (w->groups[i].digits, NULL, 10) > 255
        || (i > w->first && w->groups[i].joint != '.'))
      return FALSE;
  return w->last - w->first == 3;
}

/* Groups that one sign joins, all of them: numbers of one or two digits side by side are a list. */
static void
search_signed (GArray *hits, const GArray *groups)
{
  const Group *g = (const Group *) (gpointer) groups->data;
  guint last;

  for (guint first = 0; first + 1 < groups->len; first = MAX (last, first + 1))
    {
      guint length = g[first].length;
      Window w;

      for (last = first; last + 1 < groups->len && is_sign (g[first + 1].joint)
           && g[last + 1].joint == g[first + 1].joint; last++)
        length += g[last + 1].length;
      w = (Window) { g, first, last, first, last };
      if (length == 12 && last > first && (shortest_group (&w) > 2 || last - first == 11) && !is_amount (&w)
          && !is_address (&w) && is_individual (&w))
        add_hit (hits, KAN_NUMBER_INDIVIDUAL, &w);
    }
}

static gboolean
goes_with (const Group *g)
{
  return g->joint == ' ' || g->joint == '-';
}

/* All that is found in one reading of the text; of 〇一二三 and ①②③, 個人番号 only. */
static void
search (GArray *hits, const char *text, gboolean written)
{
  g_autoptr (GArray) groups = read_groups (text, written);
  const Group *g = (const Group *) (gpointer) groups->data;
  guint end;

  cut_dates (groups);
  for (guint begin = 0; begin < groups->len; begin = end + 1)
    {
      for (end = begin; end + 1 < groups->len && goes_with (&g[end + 1]);)
        end++;
      search_chain (hits, g, begin, end, 12);
      if (!written)
        search_chain (hits, g, begin, end, 11);
    }
  search_signed (hits, groups);
}

static gboolean
has_written_digits (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (kanji_value (g_utf8_get_char (p)) >= 0 || circled_value (g_utf8_get_char (p)) >= 0)
      return TRUE;
  return FALSE;
}

static int
compare_hits (gconstpointer a, gconstpointer b)
{
  const KanNumberHit *p = a, *q = b;

  return p->start < q->start ? -1 : p->start > q->start;
}

/**
 * kan_number_is_individual:
 * @digits: ASCII digits
 *
 * The check digit is that of the Ministry's ordinance of 2014, no. 85, article 5.
 *
 * Returns: whether they are twelve with a valid check digit, as a 個人番号 has
 */
gboolean
kan_number_is_individual (const char *digits)
{
  int sum = 0, rest;

  if (strlen (digits) != 12 || strspn (digits, "0123456789") != 12)
    return FALSE;
  for (int n = 1; n <= 11; n++)
    sum += (digits[11 - n] - '0') * (n <= 6 ? n + 1 : n - 5);
  rest = sum % 11;
  return digits[11] - '0' == (rest <= 1 ? 0 : 11 - rest);
}

/**
 * kan_numbers_find:
 * @text: UTF-8 text
 *
 * Sees through spaces, hyphens and other signs, full-width and other Unicode digits, 〇一二三. Whether the field that
 * holds the text is
 * exempt is for the caller to know.
 *
 * Returns: (transfer full) (element-type KanNumberHit): the numbers, by where they stand, none overlapping
 */
GArray *
kan_numbers_find (const char *text)
{
  GArray *hits = g_array_new (FALSE, FALSE, sizeof (KanNumberHit));

  search (hits, text, FALSE);
  if (has_written_digits (text))
    search (hits, text, TRUE);
  g_array_sort (hits, compare_hits);
  return hits;
}

/**
 * kan_numbers_occur_in:
 * @text: UTF-8 text
 *
 * Returns: whether kan_numbers_find() finds any
 */
gboolean
kan_numbers_occur_in (const char *text)
{
  g_autoptr (GArray) hits = has_digits_enough (text) ? kan_numbers_find (text) : NULL;

  return hits != NULL && hits->len > 0;
}

/**
 * kan_number_kind_id:
 * @kind: a kind
 *
 * Returns: "individual_number" or "resident_code"
 */
const char *
kan_number_kind_id (KanNumberKind kind)
{
  return kind == KAN_NUMBER_INDIVIDUAL ? "individual_number" : "resident_code";
}

/**
 * kan_number_kind_label:
 * @kind: a kind
 *
 * Returns: what it is called
 */
const KanLabel *
kan_number_kind_label (KanNumberKind kind)
{
  static const KanLabel labels[] = {
    { "Individual number", "個人番号" },
    { "Resident code", "住民票コード" },
  };

  return &labels[kind == KAN_NUMBER_INDIVIDUAL ? 0 : 1];
}
