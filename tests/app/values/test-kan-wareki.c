/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Eras at their borders, written and read, and fiscal years. */
#include "values/kan-wareki.h"

static void
test_format (void)
{
  static const struct { const char *iso, *full, *brief; } table[] = {
    { "2026-02-13", "令和8年2月13日", "R8.2.13" },     { "2019-05-01", "令和元年5月1日", "R1.5.1" },
    { "2019-12-31", "令和元年12月31日", "R1.12.31" },  { "2020-01-01", "令和2年1月1日", "R2.1.1" },
    { "2019-04-30", "平成31年4月30日", "H31.4.30" },   { "1989-01-08", "平成元年1月8日", "H1.1.8" },
    { "1989-01-07", "昭和64年1月7日", "S64.1.7" },     { "1926-12-25", "昭和元年12月25日", "S1.12.25" },
    { "1926-12-24", "大正15年12月24日", "T15.12.24" }, { "1912-07-30", "大正元年7月30日", "T1.7.30" },
    { "1912-07-29", "明治45年7月29日", "M45.7.29" },   { "1873-01-01", "明治6年1月1日", "M6.1.1" },
    { "1872-12-31", "1872-12-31", "1872-12-31" },      { "2099-12-31", "令和81年12月31日", "R81.12.31" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      KanDay day = kan_day_parse (table[i].iso);
      g_autofree char *full = kan_wareki_format (day), *brief = kan_wareki_format_short (day);

      g_assert_cmpstr (full, ==, table[i].full);
      g_assert_cmpstr (brief, ==, table[i].brief);
      g_assert_cmpint (kan_wareki_parse (full), ==, day);
      g_assert_cmpint (kan_wareki_parse (brief), ==, day);
    }
  g_assert_null (kan_wareki_format (KAN_DAY_NONE));
  g_assert_null (kan_wareki_format_short (KAN_DAY_NONE));
}

/* Every day survives being written and read back. */
static void
test_round_trip (void)
{
  for (KanDay day = kan_day_parse ("1905-01-01"); day < kan_day_parse ("2030-01-01"); day++)
    {
      g_autofree char *full = kan_wareki_format (day);

      g_assert_cmpint (kan_wareki_parse (full), ==, day);
    }
}

static void
test_accepted (void)
{
  static const struct { const char *text, *iso; } table[] = {
    { "2026-02-13", "2026-02-13" },           { "2026/2/13", "2026-02-13" },       { "2026年2月13日", "2026-02-13" },
    { "令和８年２月１３日", "2026-02-13" },   { "Ｒ８．２．１３", "2026-02-13" },  { "r8.2.13", "2026-02-13" },
    { "R8/2/13", "2026-02-13" },              { "R08-02-13", "2026-02-13" },       { "㋿8年2月13日", "2026-02-13" },
    { " 令和 8 年 2 月 13 日 ", "2026-02-13" }, { "令和1年5月1日", "2019-05-01" }, { "R元.5.1", "2019-05-01" },
    { "昭和64年1月7日", "1989-01-07" },       { "S63.12.31", "1988-12-31" },       { "２０２６－０２－１３", "2026-02-13" },
    /* the days of two eras */
    { "大正15年12月25日", "1926-12-25" },     { "昭和元年12月25日", "1926-12-25" },
    { "明治45年7月30日", "1912-07-30" },      { "大正元年7月30日", "1912-07-30" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *iso = kan_day_format (kan_wareki_parse (table[i].text));

      g_assert_cmpstr (iso, ==, table[i].iso);
    }
}

static void
test_refused (void)
{
  static const char *const table[] = {
    "", "令和", "令和8年", "令和8年2月", "令和8年2月13", "令和8年2月30日", "令和0年5月1日", "令和元年4月30日",
    "平成31年5月1日", "平成32年1月1日", "昭和64年1月8日", "平成元年1月7日", "大正15年12月26日", "明治5年12月2日",
    "R8.2", "R8.2/13", "R8.2.13.1", "X8.2.13", "8.2.13", "26-02-13", "2026-2", "20260213", "令和8年13月1日",
    "令和8年2月13日（金）", "令和-8年2月13日", "R99999.1.1", "\xff", "慶応3年1月1日"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (kan_wareki_parse (table[i]) != KAN_DAY_NONE)
      g_error ("“%s” is accepted", table[i]);
  g_assert_cmpint (kan_wareki_parse (NULL), ==, KAN_DAY_NONE);
}

static void
test_parse_month (void)
{
  static const struct { const char *text, *month; } table[] = {
    { "2026-02", "2026-02" }, { "2026/2", "2026-02" }, { "2026年2月", "2026-02" }, { "令和8年2月", "2026-02" },
    { "令和８年２月", "2026-02" }, { "R8.2", "2026-02" }, { "令和元年5月", "2019-05" }, { "平成31年4月", "2019-04" },
    { "平成31年5月", NULL }, { "2026-13", NULL }, { "2026", NULL }, { "2026-02-13", NULL }, { "", NULL }, { NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      int year = 0, month = 0;
      g_autofree char *read = kan_wareki_parse_month (table[i].text, &year, &month) ? kan_month_format (year, month)
                              : NULL;

      g_test_message ("%s", table[i].text != NULL ? table[i].text : "-");
      g_assert_cmpstr (read, ==, table[i].month);
    }
}

static void
test_months (void)
{
  g_autofree char *usual = kan_wareki_format_month (2026, 2), *first = kan_wareki_format_month (2019, 5);
  g_autofree char *before = kan_wareki_format_month (2019, 4), *old = kan_wareki_format_month (1870, 4);

  g_assert_cmpstr (usual, ==, "令和8年2月");
  g_assert_cmpstr (first, ==, "令和元年5月");
  g_assert_cmpstr (before, ==, "平成31年4月");
  g_assert_cmpstr (old, ==, "1870-04");
  g_assert_null (kan_wareki_format_month (2026, 13));
}

static void
test_fiscal_years (void)
{
  static const struct { const char *day; int year; const char *name; } table[] = {
    { "2026-04-01", 2026, "令和8年度" },   { "2026-03-31", 2025, "令和7年度" }, { "2026-01-01", 2025, "令和7年度" },
    { "2025-12-31", 2025, "令和7年度" },   { "2019-04-01", 2019, "令和元年度" }, { "2019-03-31", 2018, "平成30年度" },
    { "2020-03-31", 2019, "令和元年度" },  { "1989-03-31", 1988, "昭和63年度" }, { "1989-04-01", 1989, "平成元年度" },
    { "1926-12-25", 1926, "大正15年度" },  { "1860-05-01", 1860, "1860年度" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      KanDay day = kan_day_parse (table[i].day);
      g_autofree char *name = kan_fiscal_year_name (table[i].year);
      int year;

      g_assert_cmpint (kan_fiscal_year (day), ==, table[i].year);
      g_assert_cmpstr (name, ==, table[i].name);
      g_assert_true (kan_fiscal_year_parse (name, &year));
      g_assert_cmpint (year, ==, table[i].year);
      g_assert_true (day >= kan_fiscal_year_first (year) && day <= kan_fiscal_year_last (year));
    }
  g_assert_cmpint (kan_fiscal_year (KAN_DAY_NONE), ==, 0);
}

/* Where an era changed within a fiscal year, both of its names are read. */
static void
test_fiscal_year_parse (void)
{
  static const struct { const char *text; int year; } good[] = {
    { "平成31年度", 2019 }, { "令和元年度", 2019 }, { "令和1年度", 2019 }, { "R8年度", 2026 }, { "R8", 2026 },
    { "令和８年", 2026 },   { "2026", 2026 },       { "2026年度", 2026 },  { "昭和元年度", 1926 }, { "大正15", 1926 },
  };
  static const char *const bad[] = {
    "", "度", "令和", "令和0年度", "平成32年度", "昭和64年度", "8", "令和8年度末", "20266", "\xff"
  };
  int year;

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_assert_true (kan_fiscal_year_parse (good[i].text, &year));
      g_assert_cmpint (year, ==, good[i].year);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    if (kan_fiscal_year_parse (bad[i], &year))
      g_error ("“%s” is accepted", bad[i]);
  g_assert_false (kan_fiscal_year_parse (NULL, &year));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/values/wareki/format", test_format);
  g_test_add_func ("/values/wareki/parse-month", test_parse_month);
  g_test_add_func ("/values/wareki/round-trip", test_round_trip);
  g_test_add_func ("/values/wareki/accepted", test_accepted);
  g_test_add_func ("/values/wareki/refused", test_refused);
  g_test_add_func ("/values/wareki/months", test_months);
  g_test_add_func ("/values/wareki/fiscal-years", test_fiscal_years);
  g_test_add_func ("/values/wareki/fiscal-year-parse", test_fiscal_year_parse);
  return g_test_run ();
}
