/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days as numbers: the Gregorian calendar by arithmetic, and Japan's time as UTC plus nine hours. */
#include "values/kan-day.h"

#include <string.h>

#define SECONDS_PER_DAY 86400
#define JAPAN_OFFSET (9 * 3600)
#define FIRST_DAY -719162      /* 0001-01-01 */
#define LAST_DAY 2932896       /* 9999-12-31 */

static gboolean
is_leap_year (int year)
{
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int
days_in_month (int year, int month)
{
  static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

  return lengths[month - 1] + (month == 2 && is_leap_year (year) ? 1 : 0);
}

static gint64
floor_div (gint64 a, gint64 b)
{
  return a / b - (a % b < 0 ? 1 : 0);
}

/* Days before the first of March of @year counted from 0000-03-01: with the year turned in March, the leap day
 * comes last and months have a regular length. */
static gint64
days_before_march (int year)
{
  return 365 * (gint64) year + floor_div (year, 4) - floor_div (year, 100) + floor_div (year, 400);
}

/* Reads exactly @n ASCII digits. */
static gboolean
read_digits (const char **text, int n, int *value)
{
  *value = 0;
  for (int i = 0; i < n; i++, (*text)++)
    {
      if (!g_ascii_isdigit (**text))
        return FALSE;
      *value = *value * 10 + (**text - '0');
    }
  return TRUE;
}

static gboolean
read_char (const char **text, char c)
{
  if (**text != c)
    return FALSE;
  (*text)++;
  return TRUE;
}

static gboolean
read_day (const char **text, KanDay *day)
{
  int y, m, d;

  if (!(read_digits (text, 4, &y) && read_char (text, '-')
        && read_digits (text, 2, &m) && read_char (text, '-') && read_digits (text, 2, &d)))
    return FALSE;
  *day = kan_day_from_ymd (y, m, d);
  return *day != KAN_DAY_NONE;
}

/* Reads "THH:MM" as seconds of the day. */
static gboolean
read_clock (const char **text, int *seconds)
{
  int h, m;

  if (!(read_char (text, 'T') && read_digits (text, 2, &h) && read_char (text, ':') && read_digits (text, 2, &m)))
    return FALSE;
  *seconds = h * 3600 + m * 60;
  return h < 24 && m < 60;
}

/**
 * kan_day_from_ymd:
 * @year: 1 to 9999
 * @month: 1 to 12
 * @day: 1 to 31
 *
 * Returns: the day, or %KAN_DAY_NONE for a date that does not exist
 */
KanDay
kan_day_from_ymd (int year, int month, int day)
{
  int from_march = (month + 9) % 12;

  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > days_in_month (year, month))
    return KAN_DAY_NONE;
  return (KanDay) (days_before_march (month <= 2 ? year - 1 : year) + (153 * from_march + 2) / 5 + day - 1 - 719468);
}

/**
 * kan_day_to_ymd:
 * @day: a day
 * @year: (out) (optional): its year
 * @month: (out) (optional): its month, 1 to 12
 * @day_of_month: (out) (optional): its day, 1 to 31
 *
 * Returns: %FALSE, with all three 0, for %KAN_DAY_NONE and what lies outside the years 1 to 9999
 */
gboolean
kan_day_to_ymd (KanDay day, int *year, int *month, int *day_of_month)
{
  int y = 0, m = 0, d = 0;
  gboolean exists = day >= FIRST_DAY && day <= LAST_DAY;

  if (exists)
    {
      gint64 n = (gint64) day + 719468, of_year;
      int from_march;

      y = (int) (n * 400 / 146097);
      if (days_before_march (y) > n)
        y--;
      else if (days_before_march (y + 1) <= n)
        y++;
      of_year = n - days_before_march (y);
      from_march = (int) ((5 * of_year + 2) / 153);
      d = (int) (of_year - (153 * from_march + 2) / 5 + 1);
      m = from_march < 10 ? from_march + 3 : from_march - 9;
      y += m <= 2 ? 1 : 0;
    }
  if (year != NULL)
    *year = y;
  if (month != NULL)
    *month = m;
  if (day_of_month != NULL)
    *day_of_month = d;
  return exists;
}

/**
 * kan_day_parse:
 * @text: (nullable): "YYYY-MM-DD" and nothing else
 *
 * Returns: the day, or %KAN_DAY_NONE where @text is spelled otherwise or names no date that exists
 */
KanDay
kan_day_parse (const char *text)
{
  KanDay day = KAN_DAY_NONE;

  if (text == NULL || !read_day (&text, &day) || *text != '\0')
    return KAN_DAY_NONE;
  return day;
}

/* Replaying formats the times of every act: digits by hand cost a twentieth of printf's. */
static char *
put_digits (char *to, int value, int n)
{
  for (int i = n - 1; i >= 0; i--, value /= 10)
    to[i] = (char) ('0' + value % 10);
  return to + n;
}

static char *
put_day (char *to, int year, int month, int day)
{
  to = put_digits (to, year, 4);
  *to++ = '-';
  to = put_digits (to, month, 2);
  *to++ = '-';
  return put_digits (to, day, 2);
}

static char *
put_clock (char *to, int clock)
{
  *to++ = 'T';
  to = put_digits (to, clock / 3600, 2);
  *to++ = ':';
  return put_digits (to, clock / 60 % 60, 2);
}

/**
 * kan_day_format:
 * @day: a day
 *
 * Returns: (transfer full) (nullable): "YYYY-MM-DD", %NULL for %KAN_DAY_NONE
 */
char *
kan_day_format (KanDay day)
{
  int y, m, d;
  char *text;

  if (!kan_day_to_ymd (day, &y, &m, &d))
    return NULL;
  text = g_malloc (sizeof "YYYY-MM-DD");
  *put_day (text, y, m, d) = '\0';
  return text;
}

/**
 * kan_day_weekday:
 * @day: a day
 *
 * Returns: 0 for Sunday to 6 for Saturday
 */
int
kan_day_weekday (KanDay day)
{
  return (int) ((((gint64) day + 4) % 7 + 7) % 7);
}

/**
 * kan_day_add_months:
 * @day: a day
 * @months: how many months later; negative for earlier
 *
 * Returns: the same day of that month, or that month's last day where it is shorter; %KAN_DAY_NONE
 * outside the years 1 to 9999
 */
KanDay
kan_day_add_months (KanDay day, int months)
{
  int y, m, d;
  gint64 n;

  if (!kan_day_to_ymd (day, &y, &m, &d))
    return KAN_DAY_NONE;
  n = (gint64) y * 12 + m - 1 + months;
  if (n < 12 || n >= 10000 * 12)
    return KAN_DAY_NONE;
  y = (int) (n / 12);
  m = (int) (n % 12) + 1;
  return kan_day_from_ymd (y, m, MIN (d, days_in_month (y, m)));
}

/**
 * kan_month_parse:
 * @text: (nullable): "YYYY-MM" and nothing else
 * @year: (out) (optional): its year
 * @month: (out) (optional): its month, 1 to 12
 *
 * Returns: whether @text names a month
 */
gboolean
kan_month_parse (const char *text, int *year, int *month)
{
  int y, m;

  if (text == NULL || !read_digits (&text, 4, &y) || !read_char (&text, '-') || !read_digits (&text, 2, &m)
      || *text != '\0' || y < 1 || m < 1 || m > 12)
    return FALSE;
  if (year != NULL)
    *year = y;
  if (month != NULL)
    *month = m;
  return TRUE;
}

/**
 * kan_month_format:
 * @year: 1 to 9999
 * @month: 1 to 12
 *
 * Returns: (transfer full): "YYYY-MM"
 */
char *
kan_month_format (int year, int month)
{
  return g_strdup_printf ("%04d-%02d", year, month);
}

/**
 * kan_day_of_utc:
 * @utc: seconds since 1970, UTC
 *
 * Returns: the day that it then is in Japan; %KAN_DAY_NONE outside the years 1 to 9999
 */
KanDay
kan_day_of_utc (gint64 utc)
{
  gint64 day = utc > G_MAXINT64 - JAPAN_OFFSET ? G_MAXINT64 : floor_div (utc + JAPAN_OFFSET, SECONDS_PER_DAY);

  return day < FIRST_DAY || day > LAST_DAY ? KAN_DAY_NONE : (KanDay) day;
}

/**
 * kan_day_to_utc:
 * @day: a day
 *
 * Returns: when it begins in Japan, in seconds since 1970, UTC
 */
gint64
kan_day_to_utc (KanDay day)
{
  return (gint64) day * SECONDS_PER_DAY - JAPAN_OFFSET;
}

/**
 * kan_utc_parse:
 * @text: (nullable): "YYYY-MM-DDTHH:MM:SSZ" and nothing else
 * @utc: (out): seconds since 1970
 *
 * Leap seconds are not told apart: a 60th second is refused.
 *
 * Returns: whether @text is such a moment
 */
gboolean
kan_utc_parse (const char *text, gint64 *utc)
{
  KanDay day;
  int clock, seconds;

  if (text == NULL || !read_day (&text, &day) || !read_clock (&text, &clock) || !read_char (&text, ':')
      || !read_digits (&text, 2, &seconds) || seconds > 59 || strcmp (text, "Z") != 0)
    return FALSE;
  *utc = (gint64) day * SECONDS_PER_DAY + clock + seconds;
  return TRUE;
}

/**
 * kan_utc_format:
 * @utc: seconds since 1970
 *
 * Returns: (transfer full) (nullable): "YYYY-MM-DDTHH:MM:SSZ"; %NULL outside the years 1 to 9999
 */
char *
kan_utc_format (gint64 utc)
{
  gint64 day = floor_div (utc, SECONDS_PER_DAY);
  g_autofree char *date = NULL;
  char *text, *at;
  int clock;

  if (day < FIRST_DAY || day > LAST_DAY)
    return NULL;
  clock = (int) (utc - day * SECONDS_PER_DAY);
  date = kan_day_format ((KanDay) day);
  text = g_malloc (sizeof "YYYY-MM-DDTHH:MM:SSZ");
  at = put_clock (g_stpcpy (text, date), clock);
  *at++ = ':';
  at = put_digits (at, clock % 60, 2);
  *at++ = 'Z';
  *at = '\0';
  return text;
}

/**
 * kan_minute_parse:
 * @text: (nullable): "YYYY-MM-DDTHH:MM" and nothing else, in Japan's time
 * @utc: (out): seconds since 1970, UTC
 *
 * Returns: whether @text is such a minute
 */
gboolean
kan_minute_parse (const char *text, gint64 *utc)
{
  KanDay day;
  int clock;

  if (text == NULL || !read_day (&text, &day) || !read_clock (&text, &clock) || *text != '\0')
    return FALSE;
  *utc = kan_day_to_utc (day) + clock;
  return TRUE;
}

/**
 * kan_minute_format:
 * @utc: seconds since 1970, UTC
 *
 * Returns: (transfer full) (nullable): "YYYY-MM-DDTHH:MM" in Japan's time, seconds cut off;
 * %NULL outside the years 1 to 9999
 */
char *
kan_minute_format (gint64 utc)
{
  KanDay day = kan_day_of_utc (utc);
  g_autofree char *date = kan_day_format (day);
  char *text;
  int clock;

  if (date == NULL)
    return NULL;
  clock = (int) (utc - kan_day_to_utc (day));
  text = g_malloc (sizeof "YYYY-MM-DDTHH:MM");
  *put_clock (g_stpcpy (text, date), clock) = '\0';
  return text;
}
