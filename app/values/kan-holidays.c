/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Act on National Holidays (1948, law 178) with every amendment that moved a day since 1955, and the days that single
 * laws added. One table row per wording of the law; equinoxes by the astronomers' usual formula.
 * Verdicts rest on it (registers/kan-days.c), so it is a pure function of the day, in integers, and part of the edition
 * of the rules: whoever changes what it says of a day that payments can touch makes a new edition, and leaves the old
 * answer to the old one. A law that moves a holiday needs no new edition: the official list that a file adopts goes
 * before this. */
#include "values/kan-holidays.h"

#define STILL_IN_FORCE KAN_HOLIDAYS_LAST

/* A day that returns every year: on @day, or where @monday is set on that Monday of the month. */
typedef struct
{
  const char *name;
  int         first, last;
  int         month, day, monday;
} YearlyRow;

static const YearlyRow yearly[] = {
  { "元日",         1955, STILL_IN_FORCE,  1,  1, 0 },
  { "成人の日",     1955, 1999,            1, 15, 0 },
  { "成人の日",     2000, STILL_IN_FORCE,  1,  0, 2 },
  { "建国記念の日", 1967, STILL_IN_FORCE,  2, 11, 0 },
  { "天皇誕生日",   2020, STILL_IN_FORCE,  2, 23, 0 },
  { "天皇誕生日",   1955, 1988,            4, 29, 0 },
  { "みどりの日",   1989, 2006,            4, 29, 0 },
  { "昭和の日",     2007, STILL_IN_FORCE,  4, 29, 0 },
  { "憲法記念日",   1955, STILL_IN_FORCE,  5,  3, 0 },
  { "みどりの日",   2007, STILL_IN_FORCE,  5,  4, 0 },
  { "こどもの日",   1955, STILL_IN_FORCE,  5,  5, 0 },
  { "海の日",       1996, 2002,            7, 20, 0 },
  { "海の日",       2003, 2019,            7,  0, 3 },
  { "海の日",       2020, 2020,            7, 23, 0 },     /* Olympic Games of Tokyo */
  { "海の日",       2021, 2021,            7, 22, 0 },     /* held a year late */
  { "海の日",       2022, STILL_IN_FORCE,  7,  0, 3 },
  { "山の日",       2016, 2019,            8, 11, 0 },
  { "山の日",       2020, 2020,            8, 10, 0 },
  { "山の日",       2021, 2021,            8,  8, 0 },
  { "山の日",       2022, STILL_IN_FORCE,  8, 11, 0 },
  { "敬老の日",     1966, 2002,            9, 15, 0 },
  { "敬老の日",     2003, STILL_IN_FORCE,  9,  0, 3 },
  { "体育の日",     1966, 1999,           10, 10, 0 },
  { "体育の日",     2000, 2019,           10,  0, 2 },
  { "スポーツの日", 2020, 2020,            7, 24, 0 },
  { "スポーツの日", 2021, 2021,            7, 23, 0 },
  { "スポーツの日", 2022, STILL_IN_FORCE, 10,  0, 2 },
  { "文化の日",     1955, STILL_IN_FORCE, 11,  3, 0 },
  { "勤労感謝の日", 1955, STILL_IN_FORCE, 11, 23, 0 },
  { "天皇誕生日",   1989, 2018,           12, 23, 0 },
};

/* Days that a law of their own made holidays, once. The enthronement's two of 2019 count as national holidays, so that
 * the days between them and their neighbours become days off as well. */
static const struct { const char *name; int year, month, day; gboolean national; } once[] = {
  { "結婚の儀",       1959,  4, 10, FALSE },
  { "大喪の礼",       1989,  2, 24, FALSE },
  { "即位礼正殿の儀", 1990, 11, 12, FALSE },
  { "結婚の儀",       1993,  6,  9, FALSE },
  { "即位の日",       2019,  5,  1, TRUE },
  { "即位礼正殿の儀", 2019, 10, 22, TRUE },
};

/* The equinox's day of the month: @base days of 1980, 0.242194 days later each year, a day less each leap year. */
static int
equinox (int year, int base_micro_days)
{
  return (int) ((base_micro_days + (gint64) 242194 * (year - 1980)) / 1000000 - (year - 1980) / 4);
}

/* The same for years before 1980, where integers truncate the other way. */
static int
equinox_before_1980 (int year, int base_micro_days)
{
  int leaps = (1983 - year) / 4;

  return (int) ((base_micro_days + (gint64) 242194 * (year - 1980)) / 1000000 + leaps);
}

/* A national holiday in the law's own sense: neither substitute nor in between. */
static const char *
national_holiday (KanDay day, gboolean *by_equinox)
{
  int y, m, d, monday;

  if (!kan_day_to_ymd (day, &y, &m, &d) || y < KAN_HOLIDAYS_FIRST || y > KAN_HOLIDAYS_LAST)
    return NULL;
  monday = kan_day_weekday (day) == 1 ? (d + 6) / 7 : -1;
  for (gsize i = 0; i < G_N_ELEMENTS (yearly); i++)
    if (y >= yearly[i].first && y <= yearly[i].last && m == yearly[i].month
        && (yearly[i].monday != 0 ? monday == yearly[i].monday : d == yearly[i].day))
      return yearly[i].name;
  for (gsize i = 0; i < G_N_ELEMENTS (once); i++)
    if (once[i].national && y == once[i].year && m == once[i].month && d == once[i].day)
      return once[i].name;
  if ((m == 3 && d == kan_holiday_march_equinox (y)) || (m == 9 && d == kan_holiday_september_equinox (y)))
    {
      *by_equinox = TRUE;
      return m == 3 ? "春分の日" : "秋分の日";
    }
  return NULL;
}

static const char *
ceremony (KanDay day)
{
  for (gsize i = 0; i < G_N_ELEMENTS (once); i++)
    if (day == kan_day_from_ymd (once[i].year, once[i].month, once[i].day))
      return once[i].name;
  return NULL;
}

/* Article 3, paragraph 2: where a national holiday falls on a Sunday, a day off follows. Since 12 April 1973 the next
 * day, which then was no national holiday itself; since 2007 the first day after it that is none. */
static gboolean
is_substitute (KanDay day, gboolean *by_equinox)
{
  KanDay sunday = day - kan_day_weekday (day);
  gboolean ignored = FALSE;

  if (day < kan_day_from_ymd (1973, 4, 12) || sunday == day)
    return FALSE;
  if (day < kan_day_from_ymd (2007, 1, 1))
    return day == sunday + 1 && national_holiday (sunday, by_equinox) != NULL;
  for (KanDay d = sunday + 1; d < day; d++)
    if (national_holiday (d, &ignored) == NULL)
      return FALSE;
  return national_holiday (sunday, by_equinox) != NULL;
}

/* Article 3, paragraph 3, since 27 December 1985: the day between two national holidays is a day off; until 2006 not
 * where it is a Sunday or already the day after a Sunday holiday. */
static gboolean
is_between (KanDay day, gboolean *by_equinox)
{
  gboolean equinox_near = FALSE;

  if (day < kan_day_from_ymd (1985, 12, 27) || (day < kan_day_from_ymd (2007, 1, 1) && kan_day_weekday (day) == 0))
    return FALSE;
  if (national_holiday (day - 1, &equinox_near) == NULL || national_holiday (day + 1, &equinox_near) == NULL)
    return FALSE;
  *by_equinox = *by_equinox || equinox_near;
  return TRUE;
}

/**
 * kan_holiday_march_equinox:
 * @year: 1955 to 2099
 *
 * Returns: the day of March on which the vernal equinox falls in Japan
 */
int
kan_holiday_march_equinox (int year)
{
  return year < 1980 ? equinox_before_1980 (year, 20835700) : equinox (year, 20843100);
}

/**
 * kan_holiday_september_equinox:
 * @year: 1955 to 2099
 *
 * Returns: the day of September on which the autumnal equinox falls in Japan
 */
int
kan_holiday_september_equinox (int year)
{
  return year < 1980 ? equinox_before_1980 (year, 23258800) : equinox (year, 23248800);
}

/**
 * kan_holiday_name:
 * @day: a day
 * @by_equinox: (out) (optional): whether it is one because of where an equinox falls
 *
 * Returns: (nullable): the holiday's name as the law has it, "休日" for a day off that a holiday causes,
 * %NULL for a day that is none or lies outside 1955 to 2099
 */
const char *
kan_holiday_name (KanDay day, gboolean *by_equinox)
{
  gboolean equinox_holds = FALSE;
  const char *name = national_holiday (day, &equinox_holds);

  if (name == NULL)
    name = ceremony (day);
  if (name == NULL && (is_substitute (day, &equinox_holds) || is_between (day, &equinox_holds)))
    name = "休日";
  if (by_equinox != NULL)
    *by_equinox = equinox_holds;
  return name;
}
