/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates by the Japanese eras, written and read, from the day on which the Gregorian calendar came into force, 1873. */
#include "values/kan-wareki.h"

#include <string.h>

/* @first and @last are days of the Gregorian calendar. 1912-07-30 and 1926-12-25 belong to both eras; later changes
 * came with midnight. */
typedef struct
{
  const char *name, *letter;
  int         first[3], last[3];
  int         zeroth;             /* the year before the era's first */
} Era;

static const Era eras[] = {
  { "明治", "M", { 1873,  1,  1 }, { 1912,  7, 30 }, 1867 },
  { "大正", "T", { 1912,  7, 30 }, { 1926, 12, 25 }, 1911 },
  { "昭和", "S", { 1926, 12, 25 }, { 1989,  1,  7 }, 1925 },
  { "平成", "H", { 1989,  1,  8 }, { 2019,  4, 30 }, 1988 },
  { "令和", "R", { 2019,  5,  1 }, { 9999, 12, 31 }, 2018 },
};

static KanDay
day_of (const int ymd[3])
{
  return kan_day_from_ymd (ymd[0], ymd[1], ymd[2]);
}

/* The era of a day; the newer one on a day of two. */
static const Era *
era_of (KanDay day)
{
  for (gsize i = G_N_ELEMENTS (eras); i > 0; i--)
    if (day >= day_of (eras[i - 1].first))
      return &eras[i - 1];
  return NULL;
}

static char *
format_year (const Era *era, int year)
{
  if (year - era->zeroth == 1)
    return g_strdup_printf ("%s元年", era->name);
  return g_strdup_printf ("%s%d年", era->name, year - era->zeroth);
}

/* What people type, in one spelling: NFKC turns full-width digits, letters and the square era signs into plain ones. */
static char *
normalise (const char *text)
{
  g_autofree char *plain = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);

  return plain != NULL ? g_strstrip (g_steal_pointer (&plain)) : NULL;
}

static void
skip_spaces (const char **text)
{
  while (**text == ' ')
    (*text)++;
}

/* Reads one to four digits, or 元 for 1. */
static gboolean
read_number (const char **text, int *n)
{
  const char *start;

  skip_spaces (text);
  if (g_str_has_prefix (*text, "元"))
    {
      *text += strlen ("元");
      *n = 1;
      return TRUE;
    }
  start = *text;
  *n = 0;
  for (; g_ascii_isdigit (**text) && *text - start < 4; (*text)++)
    *n = *n * 10 + (**text - '0');
  return *text > start;
}

static gboolean
read_sign (const char **text, const char *sign)
{
  skip_spaces (text);
  if (!g_str_has_prefix (*text, sign))
    return FALSE;
  *text += strlen (sign);
  return TRUE;
}

static const Era *
read_era (const char **text)
{
  for (gsize i = 0; i < G_N_ELEMENTS (eras); i++)
    {
      if (read_sign (text, eras[i].name))
        return &eras[i];
      if (g_ascii_toupper (**text) == eras[i].letter[0])
        {
          (*text)++;
          return &eras[i];
        }
    }
  return NULL;
}

/* Reads year, month and day with the signs of one style: 年月日, or one of . / - between. */
static gboolean
read_ymd (const char *text, int *y, int *m, int *d)
{
  static const char *const between[] = { ".", "/", "-" };

  if (!read_number (&text, y))
    return FALSE;
  if (read_sign (&text, "年"))
    return read_number (&text, m) && read_sign (&text, "月") && read_number (&text, d) && read_sign (&text, "日")
           && *text == '\0';
  for (gsize i = 0; i < G_N_ELEMENTS (between); i++)
    if (read_sign (&text, between[i]))
      return read_number (&text, m) && read_sign (&text, between[i]) && read_number (&text, d) && *text == '\0';
  return FALSE;
}

/**
 * kan_wareki_format:
 * @day: a day since 1873
 *
 * Returns: (transfer full) (nullable): "令和8年2月13日", the first year of an era as 元年; ISO before 1873;
 * %NULL for %KAN_DAY_NONE
 */
char *
kan_wareki_format (KanDay day)
{
  g_autofree char *year = NULL;
  const Era *era;
  int y, m, d;

  if (!kan_day_to_ymd (day, &y, &m, &d))
    return NULL;
  era = era_of (day);
  if (era == NULL)
    return kan_day_format (day);
  year = format_year (era, y);
  return g_strdup_printf ("%s%d月%d日", year, m, d);
}

/**
 * kan_wareki_format_short:
 * @day: a day since 1873
 *
 * Returns: (transfer full) (nullable): "R8.2.13"; ISO before 1873; %NULL for %KAN_DAY_NONE
 */
char *
kan_wareki_format_short (KanDay day)
{
  const Era *era;
  int y, m, d;

  if (!kan_day_to_ymd (day, &y, &m, &d))
    return NULL;
  era = era_of (day);
  return era != NULL ? g_strdup_printf ("%s%d.%d.%d", era->letter, y - era->zeroth, m, d) : kan_day_format (day);
}

/**
 * kan_wareki_format_month:
 * @year: 1873 to 9999
 * @month: 1 to 12
 *
 * Returns: (transfer full) (nullable): "令和8年2月", by the era of the month's first day; %NULL for no month
 */
char *
kan_wareki_format_month (int year, int month)
{
  KanDay first = kan_day_from_ymd (year, month, 1);
  const Era *era = first != KAN_DAY_NONE ? era_of (first) : NULL;
  g_autofree char *text = NULL;

  if (first == KAN_DAY_NONE)
    return NULL;
  if (era == NULL)
    return kan_month_format (year, month);
  text = format_year (era, year);
  return g_strdup_printf ("%s%d月", text, month);
}

/**
 * kan_wareki_parse:
 * @text: (nullable): a date: "令和8年2月13日", "令和元年5月1日", "R8.2.13", "r8/2/13", or one of our calendar as
 * "2026-02-13", "2026/2/13", "2026年2月13日"; all of them also in full-width letters and digits
 *
 * A date in an era is one only from that era's first day to its last: 平成31年5月1日 is none. On a day
 * of two eras both are accepted.
 *
 * Returns: the day, or %KAN_DAY_NONE
 */
KanDay
kan_wareki_parse (const char *text)
{
  g_autofree char *plain = text != NULL ? normalise (text) : NULL;
  const char *rest = plain;
  const Era *era;
  KanDay day;
  int y, m, d;

  if (plain == NULL)
    return KAN_DAY_NONE;
  era = read_era (&rest);
  if (!read_ymd (rest, &y, &m, &d) || y < 1)
    return KAN_DAY_NONE;
  if (era == NULL)
    return y >= 1000 ? kan_day_from_ymd (y, m, d) : KAN_DAY_NONE;
  day = kan_day_from_ymd (era->zeroth + y, m, d);
  return day != KAN_DAY_NONE && day >= day_of (era->first) && day <= day_of (era->last) ? day : KAN_DAY_NONE;
}

/**
 * kan_wareki_parse_month:
 * @text: (nullable): a month, spelled as kan_wareki_parse() reads days: "令和8年2月", "R8.2", "2026-02", "2026/2"
 * @year: (out): its year
 * @month: (out): 1 to 12
 *
 * A month in an era is one only if the era has its first day.
 *
 * Returns: whether @text names a month
 */
gboolean
kan_wareki_parse_month (const char *text, int *year, int *month)
{
  static const char *const firsts[] = { "1日", ".1", "/1", "-1" };
  g_autofree char *plain = text != NULL ? normalise (text) : NULL;

  for (guint i = 0; plain != NULL && i < G_N_ELEMENTS (firsts); i++)
    {
      g_autofree char *first = g_strconcat (plain, firsts[i], NULL);

      if (kan_day_to_ymd (kan_wareki_parse (first), year, month, NULL))
        return TRUE;
    }
  return kan_month_parse (plain, year, month);
}

/**
 * kan_fiscal_year:
 * @day: a day
 *
 * Returns: the year in which its fiscal year (April to March) begins, 0 for %KAN_DAY_NONE
 */
int
kan_fiscal_year (KanDay day)
{
  int y, m;

  kan_day_to_ymd (day, &y, &m, NULL);
  return m >= 1 && m <= 3 ? y - 1 : y;
}

/**
 * kan_fiscal_year_first:
 * @fiscal_year: the year in which it begins
 *
 * Returns: its first of April
 */
KanDay
kan_fiscal_year_first (int fiscal_year)
{
  return kan_day_from_ymd (fiscal_year, 4, 1);
}

/**
 * kan_fiscal_year_last:
 * @fiscal_year: the year in which it begins
 *
 * Returns: its 31st of March
 */
KanDay
kan_fiscal_year_last (int fiscal_year)
{
  return kan_day_from_ymd (fiscal_year + 1, 3, 31);
}

/**
 * kan_fiscal_year_name:
 * @fiscal_year: the year in which it begins
 *
 * Named by the era of its first of May: public offices called the whole year from April 2019 令和元年度.
 *
 * Returns: (transfer full) (nullable): "令和8年度"; %NULL for no year
 */
char *
kan_fiscal_year_name (int fiscal_year)
{
  KanDay may = kan_day_from_ymd (fiscal_year, 5, 1);
  const Era *era = may != KAN_DAY_NONE ? era_of (may) : NULL;
  g_autofree char *year = NULL;

  if (may == KAN_DAY_NONE)
    return NULL;
  if (era == NULL)
    return g_strdup_printf ("%d年度", fiscal_year);
  year = format_year (era, fiscal_year);
  return g_strdup_printf ("%s度", year);
}

/**
 * kan_fiscal_year_parse:
 * @text: (nullable): "令和8年度", "R8年度", "令和8", "2026年度" or "2026"; where an era changed within a
 * fiscal year both names are accepted (平成31年度, 令和元年度)
 * @fiscal_year: (out): the year in which it begins
 *
 * Returns: whether @text names a fiscal year
 */
gboolean
kan_fiscal_year_parse (const char *text, int *fiscal_year)
{
  g_autofree char *plain = text != NULL ? normalise (text) : NULL;
  const char *rest = plain;
  const Era *era;
  int y;

  if (plain == NULL)
    return FALSE;
  era = read_era (&rest);
  if (!read_number (&rest, &y) || y < 1)
    return FALSE;
  if (read_sign (&rest, "年"))
    read_sign (&rest, "度");
  if (*rest != '\0' || (era == NULL && (y < 1000 || y > 9998)))
    return FALSE;
  *fiscal_year = era != NULL ? era->zeroth + y : y;
  return era == NULL || (kan_fiscal_year_last (*fiscal_year) >= day_of (era->first)
                         && kan_fiscal_year_first (*fiscal_year) <= day_of (era->last));
}
