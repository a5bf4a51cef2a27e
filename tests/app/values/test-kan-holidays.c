/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The law's holidays: against the Cabinet Office's own list where it is at hand, and by tables of single days. */
#include "values/kan-holidays.h"

#include <stdlib.h>
#include <string.h>

static char *
official_list_path (void)
{
  const char *shared = g_getenv ("KAN_SHARED"), *source = g_getenv ("KAN_SRCDIR");

  if (shared != NULL)
    return g_build_filename (shared, "data", "syukujitsu.csv", NULL);
  return g_build_filename (source != NULL ? source : ".", "..", "shared", "data", "syukujitsu.csv", NULL);
}

/* The list puts 休日 for the two days of the law on the enthronement of 2019, and adds remarks in brackets. */
static gboolean
same_name (const char *official, const char *ours)
{
  g_autofree char *bare = g_strndup (official, strcspn (official, "\r"));
  char *remark = strstr (bare, "（");

  if (remark != NULL)
    *remark = '\0';
  return strcmp (bare, ours) == 0 || (strcmp (bare, "休日") == 0 && g_str_has_prefix (ours, "即位"))
         || (strcmp (bare, "体育の日") == 0 && strcmp (ours, "スポーツの日") == 0);
}

static KanDay
read_day (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "/", 3);

  g_assert_cmpuint (g_strv_length (parts), ==, 3);
  return kan_day_from_ymd (atoi (parts[0]), atoi (parts[1]), atoi (parts[2]));
}

static void
compare_with (const char *csv)
{
  g_auto (GStrv) lines = g_strsplit (csv, "\n", -1);
  g_autoptr (GHashTable) official = g_hash_table_new (NULL, NULL);
  KanDay last = 0;

  for (guint i = 1; lines[i] != NULL; i++)
    {
      char *comma = strchr (lines[i], ',');
      KanDay day;

      if (comma == NULL)
        continue;
      *comma = '\0';
      day = read_day (lines[i]);
      last = MAX (last, day);
      g_hash_table_insert (official, GINT_TO_POINTER (day), comma + 1);
    }
  g_assert_cmpuint (g_hash_table_size (official), >, 1000);
  for (KanDay day = kan_day_from_ymd (1955, 1, 1); day <= last; day++)
    {
      const char *theirs = g_hash_table_lookup (official, GINT_TO_POINTER (day));
      const char *ours = kan_holiday_name (day, NULL);
      g_autofree char *text = kan_day_format (day);

      if ((theirs == NULL) != (ours == NULL) || (theirs != NULL && !same_name (theirs, ours)))
        g_error ("%s is %s on the list, %s by the rules", text, theirs, ours);
    }
}

static void
test_official_list (void)
{
  g_autofree char *path = official_list_path (), *raw = NULL, *csv = NULL;
  gsize len;

  if (!g_file_get_contents (path, &raw, &len, NULL))
    {
      g_test_skip ("the official list is not at hand");
      return;
    }
  csv = g_convert (raw, (gssize) len, "UTF-8", "CP932", NULL, NULL, NULL);
  g_assert_nonnull (csv);
  compare_with (csv);
}

/* Literal days, for where the list is not at hand and beyond its end. */
static void
test_days (void)
{
  static const struct { const char *day, *name; } table[] = {
    { "1955-01-01", "元日" },           { "1954-12-31", NULL },             { "1959-04-10", "結婚の儀" },
    { "1965-09-15", NULL },             { "1966-09-15", "敬老の日" },       { "1966-02-11", NULL },
    { "1967-02-11", "建国記念の日" },   { "1973-02-12", NULL },             { "1973-04-30", "休日" },
    { "1985-05-04", NULL },             { "1988-05-04", "休日" },           { "1986-05-04", NULL },
    { "1988-04-29", "天皇誕生日" },     { "1989-04-29", "みどりの日" },     { "2006-04-29", "みどりの日" },
    { "2007-04-29", "昭和の日" },       { "2007-05-04", "みどりの日" },     { "1989-02-24", "大喪の礼" },
    { "1989-12-23", "天皇誕生日" },     { "2018-12-23", "天皇誕生日" },     { "2018-12-24", "休日" },
    { "2019-12-23", NULL },             { "2019-02-23", NULL },             { "2020-02-23", "天皇誕生日" },
    { "1990-11-12", "即位礼正殿の儀" }, { "1993-06-09", "結婚の儀" },       { "1996-07-20", "海の日" },
    { "1999-01-15", "成人の日" },       { "2000-01-10", "成人の日" },       { "2000-01-15", NULL },
    { "2002-07-20", "海の日" },         { "2003-07-21", "海の日" },         { "2003-09-15", "敬老の日" },
    { "2002-09-15", "敬老の日" },       { "2002-09-16", "休日" },           { "2009-09-22", "休日" },
    { "2015-09-22", "休日" },           { "2026-09-22", "休日" },           { "2008-05-06", "休日" },
    { "2016-08-11", "山の日" },         { "2015-08-11", NULL },             { "2019-04-30", "休日" },
    { "2019-05-01", "即位の日" },       { "2019-05-02", "休日" },           { "2019-05-06", "休日" },
    { "2019-10-22", "即位礼正殿の儀" }, { "2020-07-23", "海の日" },         { "2020-07-24", "スポーツの日" },
    { "2020-08-10", "山の日" },         { "2020-10-12", NULL },             { "2020-08-11", NULL },
    { "2021-07-22", "海の日" },         { "2021-07-23", "スポーツの日" },   { "2021-08-08", "山の日" },
    { "2021-08-09", "休日" },           { "2022-08-11", "山の日" },         { "2022-10-10", "スポーツの日" },
    { "2032-09-21", "休日" },           { "2099-11-23", "勤労感謝の日" },   { "2100-01-01", NULL },
    { "2026-02-13", NULL },             { "2026-05-06", "休日" },           { "2026-05-07", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      const char *name = kan_holiday_name (kan_day_parse (table[i].day), NULL);

      if (g_strcmp0 (name, table[i].name) != 0)
        g_error ("%s is %s, not %s", table[i].day, name, table[i].name);
    }
}

/* Years in which the equinox's day changes against its neighbours; from the gazette up to 2027, then as the National
 * Astronomical Observatory computes them ahead. */
static void
test_equinoxes (void)
{
  static const struct { int year, march, september; } table[] = {
    { 1955, 21, 24 }, { 1959, 21, 24 }, { 1960, 20, 23 }, { 1963, 21, 24 }, { 1964, 20, 23 }, { 1979, 21, 24 },
    { 1980, 20, 23 }, { 1983, 21, 23 }, { 1984, 20, 23 }, { 1990, 21, 23 }, { 1992, 20, 23 }, { 1993, 20, 23 },
    { 2007, 21, 23 }, { 2011, 21, 23 }, { 2012, 20, 22 }, { 2016, 20, 22 }, { 2020, 20, 22 }, { 2023, 21, 23 },
    { 2024, 20, 22 }, { 2025, 20, 23 }, { 2026, 20, 23 }, { 2027, 21, 23 }, { 2028, 20, 22 }, { 2029, 20, 23 },
    { 2030, 20, 23 }, { 2044, 20, 22 }, { 2045, 20, 22 }, { 2050, 20, 23 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_assert_cmpint (kan_holiday_march_equinox (table[i].year), ==, table[i].march);
      g_assert_cmpint (kan_holiday_september_equinox (table[i].year), ==, table[i].september);
    }
}

/* What rests on an equinox says so: the day itself, the day off after it, the day off before it. */
static void
test_by_equinox (void)
{
  static const struct { const char *day; gboolean by_equinox; } table[] = {
    { "2027-03-21", TRUE }, { "2027-03-22", TRUE }, { "2026-09-22", TRUE }, { "2026-09-23", TRUE },
    { "2026-09-21", FALSE }, { "2026-05-06", FALSE }, { "2026-01-01", FALSE }, { "2026-02-13", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      gboolean by_equinox = !table[i].by_equinox;

      kan_holiday_name (kan_day_parse (table[i].day), &by_equinox);
      g_assert_cmpint (by_equinox, ==, table[i].by_equinox);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/values/holidays/official-list", test_official_list);
  g_test_add_func ("/values/holidays/days", test_days);
  g_test_add_func ("/values/holidays/equinoxes", test_equinoxes);
  g_test_add_func ("/values/holidays/by-equinox", test_by_equinox);
  return g_test_run ();
}
