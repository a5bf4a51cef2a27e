/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days, months and moments: against GDate, and by tables of what is accepted and refused. */
#include "values/kan-day.h"

static void
test_against_gdate (void)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 1, 1, 1);
  for (guint32 julian = 1; julian <= 3652059; julian += julian < 690000 || julian > 780000 ? 101 : 1)
    {
      KanDay day;
      int y, m, d;

      g_date_set_julian (&date, julian);
      day = kan_day_from_ymd (g_date_get_year (&date), (int) g_date_get_month (&date), g_date_get_day (&date));
      g_assert_cmpint (day, ==, (gint32) julian - 719163);
      g_assert_true (kan_day_to_ymd (day, &y, &m, &d));
      g_assert_cmpint (y, ==, g_date_get_year (&date));
      g_assert_cmpint (m, ==, (int) g_date_get_month (&date));
      g_assert_cmpint (d, ==, g_date_get_day (&date));
      g_assert_cmpint (kan_day_weekday (day), ==, (int) g_date_get_weekday (&date) % 7);
    }
}

static void
test_days (void)
{
  static const char *const good[] = { "1970-01-01", "0001-01-01", "9999-12-31", "2024-02-29", "2000-02-29" };
  static const char *const bad[] = {
    "", "2026-02-29", "1900-02-29", "2026-02-30", "2026-04-31", "2026-13-01", "2026-00-10", "2026-01-00", "0000-01-01",
    "2026-1-1", "2026-02-13 ", " 2026-02-13", "2026/02/13", "20260213", "2026-02-13T00:00", "+026-02-13",
    "２０２６-02-13", "2026-02-1", "-2026-02-13"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *again = kan_day_format (kan_day_parse (good[i]));

      g_assert_cmpstr (again, ==, good[i]);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    if (kan_day_parse (bad[i]) != KAN_DAY_NONE)
      g_error ("“%s” is accepted", bad[i]);
  g_assert_cmpint (kan_day_parse (NULL), ==, KAN_DAY_NONE);
  g_assert_null (kan_day_format (KAN_DAY_NONE));
  g_assert_false (kan_day_to_ymd (KAN_DAY_NONE, NULL, NULL, NULL));
  g_assert_false (kan_day_to_ymd (kan_day_parse ("9999-12-31") + 1, NULL, NULL, NULL));
  g_assert_false (kan_day_to_ymd (kan_day_parse ("0001-01-01") - 1, NULL, NULL, NULL));
  g_assert_cmpint (kan_day_weekday (kan_day_parse ("2026-02-13")), ==, 5);
}

static void
test_months (void)
{
  static const struct { const char *from; int months; const char *to; } table[] = {
    { "2026-01-31", 1, "2026-02-28" }, { "2024-01-31", 1, "2024-02-29" }, { "2026-01-31", -1, "2025-12-31" },
    { "2026-11-15", 14, "2028-01-15" }, { "2026-01-31", 0, "2026-01-31" }, { "0001-01-01", -1, NULL },
    { "9999-12-01", 1, NULL },
  };
  static const char *const bad[] = { "", "2026", "2026-00", "2026-13", "2026-1", "2026-01-01", "0000-01", "２０２６-01" };
  g_autofree char *text = kan_month_format (2026, 2);
  int y, m;

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *to = kan_day_format (kan_day_add_months (kan_day_parse (table[i].from), table[i].months));

      g_assert_cmpstr (to, ==, table[i].to);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (kan_month_parse (bad[i], NULL, NULL));
  g_assert_cmpint (kan_day_add_months (KAN_DAY_NONE, 1), ==, KAN_DAY_NONE);
  g_assert_cmpstr (text, ==, "2026-02");
  g_assert_true (kan_month_parse (text, &y, &m));
  g_assert_cmpint (y * 100 + m, ==, 202602);
}

/* Japan is nine hours ahead: its day changes at 15:00 UTC. */
static void
test_moments (void)
{
  static const struct { const char *utc, *minute, *day; } table[] = {
    { "2026-02-13T01:02:00Z", "2026-02-13T10:02", "2026-02-13" },
    { "2026-02-13T14:59:00Z", "2026-02-13T23:59", "2026-02-13" },
    { "2026-02-13T15:00:00Z", "2026-02-14T00:00", "2026-02-14" },
    { "1969-12-31T23:59:00Z", "1970-01-01T08:59", "1970-01-01" },
    { "1969-12-31T14:59:00Z", "1969-12-31T23:59", "1969-12-31" },
    { "2027-12-31T15:00:00Z", "2028-01-01T00:00", "2028-01-01" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *utc = NULL, *minute = NULL, *day = NULL;
      gint64 from_utc, from_minute;

      g_assert_true (kan_utc_parse (table[i].utc, &from_utc));
      g_assert_true (kan_minute_parse (table[i].minute, &from_minute));
      g_assert_cmpint (from_utc, ==, from_minute);
      utc = kan_utc_format (from_utc);
      minute = kan_minute_format (from_utc + 59);
      day = kan_day_format (kan_day_of_utc (from_utc));
      g_assert_cmpstr (utc, ==, table[i].utc);
      g_assert_cmpstr (minute, ==, table[i].minute);
      g_assert_cmpstr (day, ==, table[i].day);
    }
  g_assert_cmpint (kan_day_to_utc (kan_day_parse ("1970-01-01")), ==, -9 * 3600);
}

static void
test_bad_moments (void)
{
  static const char *const bad_utc[] = {
    "", "2026-02-13T01:02:03", "2026-02-13 01:02:03Z", "2026-02-13T24:00:00Z", "2026-02-13T23:60:00Z",
    "2026-02-13T23:59:60Z", "2026-02-30T01:02:03Z", "2026-02-13T01:02:03+09:00", "2026-02-13T1:02:03Z",
    "2026-02-13T01:02:03Z ", "2026-02-13T01:02:03z"
  };
  static const char *const bad_minutes[] = {
    "", "2026-02-13", "2026-02-13T24:00", "2026-02-13T10:60", "2026-02-13 10:02", "2026-02-13T10:02:00",
    "2026-02-31T10:02", "2026-02-13T10:2", "2026-02-13T10:02Z"
  };
  gint64 utc;

  for (gsize i = 0; i < G_N_ELEMENTS (bad_utc); i++)
    g_assert_false (kan_utc_parse (bad_utc[i], &utc));
  for (gsize i = 0; i < G_N_ELEMENTS (bad_minutes); i++)
    g_assert_false (kan_minute_parse (bad_minutes[i], &utc));
  g_assert_false (kan_utc_parse (NULL, &utc));
  g_assert_false (kan_minute_parse (NULL, &utc));
  g_assert_null (kan_utc_format (G_MAXINT64));
  g_assert_null (kan_utc_format (G_MININT64));
  g_assert_null (kan_minute_format (G_MAXINT64));
  g_assert_null (kan_minute_format (G_MININT64));
  g_assert_cmpint (kan_day_of_utc (G_MAXINT64), ==, KAN_DAY_NONE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/values/day/against-gdate", test_against_gdate);
  g_test_add_func ("/values/day/days", test_days);
  g_test_add_func ("/values/day/months", test_months);
  g_test_add_func ("/values/day/moments", test_moments);
  g_test_add_func ("/values/day/bad-moments", test_bad_moments);
  return g_test_run ();
}
