/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Payment days by rule and with exceptions, business days, and the official list above the rules. */
#include "values/kan-calendar.h"

/* Payment days of February, April, June, August, October and December, 1990 to 2060: 5 is the 15th, 4 the 14th, 3 the
 * 13th. In these months nothing but the weekday moves the 15th. */
static const char *const golden[] = {
  "535554", "554553", "455455", "555355", "555545", "545535", "554553", "453555",
  "355455", "555355", "545535", "535554", "554553", "453555", "355355", "555545",
  "545535", "535554", "553555", "355455", "555355", "555545", "535554", "554553",
  "453555", "355455", "555545", "545535", "535554", "554553", "455455", "555355",
  "555545", "545535", "554553", "453555", "355455", "555355", "545535", "535554",
  "554553", "453555", "355355", "555545", "545535", "535554", "553555", "355455",
  "555355", "555545", "535554", "554553", "453555", "355455", "555545", "545535",
  "535554", "554553", "455455", "555355", "555545", "545535", "554553", "453555",
  "355455", "555355", "545535", "535554", "554553", "453555", "355355",
};

/* As paid in fact. */
static const char *const paid[] = {
  "2023-02-15", "2023-04-14", "2023-06-15", "2023-08-15", "2023-10-13", "2023-12-15",
  "2024-02-15", "2024-04-15", "2024-06-14", "2024-08-15", "2024-10-15", "2024-12-13",
  "2025-02-14", "2025-04-15", "2025-06-13", "2025-08-15", "2025-10-15", "2025-12-15",
};

static KanDay
day (const char *text)
{
  KanDay result = kan_day_parse (text);

  g_assert_cmpint (result, !=, KAN_DAY_NONE);
  return result;
}

static void
assert_day (KanDay found, const char *wanted)
{
  g_autofree char *text = kan_day_format (found);

  g_assert_cmpstr (text, ==, wanted);
}

static void
test_golden_payments (void)
{
  g_autoptr (KanCalendar) calendar = kan_calendar_new ();
  KanDay before = day ("1989-12-31");

  g_assert_cmpuint (G_N_ELEMENTS (golden), ==, 71);
  for (int year = 1990; year <= 2060; year++)
    for (int month = 1; month <= 12; month++)
      {
        KanDay found = kan_calendar_payment_day (calendar, year, month);

        if (month % 2 == 1)
          {
            g_assert_cmpint (found, ==, KAN_DAY_NONE);
            continue;
          }
        g_assert_cmpint (found, ==, kan_day_from_ymd (year, month, 10 + golden[year - 1990][month / 2 - 1] - '0'));
        g_assert_cmpint (kan_calendar_next_payment (calendar, before), ==, found);
        g_assert_cmpint (kan_calendar_next_payment (calendar, found - 1), ==, found);
        before = found;
      }
}

static void
test_paid (void)
{
  g_autoptr (KanCalendar) calendar = kan_calendar_new ();
  g_autoptr (GArray) payments = kan_calendar_payments (calendar, day ("2023-01-01"), day ("2025-12-31"));

  g_assert_cmpuint (payments->len, ==, G_N_ELEMENTS (paid));
  for (guint i = 0; i < payments->len; i++)
    {
      assert_day (g_array_index (payments, KanPayment, i).day, paid[i]);
      g_assert_false (g_array_index (payments, KanPayment, i).off_cycle);
    }
}

/* Strictly after: recorded on the payment day means the one after. */
static void
test_next_payment (void)
{
  static const struct { const char *after, *next; } table[] = {
    { "2026-02-12", "2026-02-13" }, { "2026-02-13", "2026-04-15" }, { "2026-02-15", "2026-04-15" },
    { "2026-09-01", "2026-10-15" }, { "2026-12-15", "2027-02-15" }, { "2026-12-31", "2027-02-15" },
  };
  g_autoptr (KanCalendar) calendar = kan_calendar_new ();
  KanPayment payment;

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    assert_day (kan_calendar_next_payment (calendar, day (table[i].after)), table[i].next);
  g_assert_cmpint (kan_calendar_next_payment (calendar, KAN_DAY_NONE), ==, KAN_DAY_NONE);
  g_assert_cmpint (kan_calendar_next_payment (calendar, day ("9999-12-20")), ==, KAN_DAY_NONE);
  g_assert_true (kan_calendar_find_next_payment (calendar, day ("2026-02-01"), &payment));
  g_assert_cmpint (payment.year * 100 + payment.month, ==, 202602);
}

static void
test_moved_off_holiday (void)
{
  static const int months[] = { 1, 3, 9 };
  g_autoptr (KanCalendar) calendar = kan_calendar_new ();
  g_autoptr (GArray) payments = NULL;

  kan_calendar_set_payment_rule (calendar, 23, months, G_N_ELEMENTS (months));
  assert_day (kan_calendar_payment_day (calendar, 2026, 9), "2026-09-18");
  assert_day (kan_calendar_payment_day (calendar, 2026, 3), "2026-03-23");
  g_assert_cmpint (kan_calendar_payment_day (calendar, 2026, 2), ==, KAN_DAY_NONE);
  payments = kan_calendar_payments (calendar, day ("2030-09-01"), day ("2030-09-30"));
  g_assert_cmpuint (payments->len, ==, 1);
  assert_day (g_array_index (payments, KanPayment, 0).day, "2030-09-20");
  g_assert_true (g_array_index (payments, KanPayment, 0).expected);
  kan_calendar_set_payment_rule (calendar, 1, months, 1);
  assert_day (kan_calendar_payment_day (calendar, 2028, 1), "2027-12-31");
  assert_day (kan_calendar_next_payment (calendar, day ("2027-12-30")), "2027-12-31");
}

static void
test_off_cycle (void)
{
  g_autoptr (KanCalendar) calendar = kan_calendar_new ();
  g_autoptr (GArray) payments = NULL;

  g_assert_true (kan_calendar_add_payment (calendar, day ("2026-03-13"), "2026-02"));
  g_assert_false (kan_calendar_add_payment (calendar, day ("2026-03-13"), "2026-13"));
  g_assert_false (kan_calendar_add_payment (calendar, KAN_DAY_NONE, "2026-02"));
  assert_day (kan_calendar_next_payment (calendar, day ("2026-02-20")), "2026-04-15");
  payments = kan_calendar_payments (calendar, day ("2026-02-14"), day ("2026-04-15"));
  g_assert_cmpuint (payments->len, ==, 2);
  g_assert_true (g_array_index (payments, KanPayment, 0).off_cycle);
  g_assert_cmpint (g_array_index (payments, KanPayment, 0).month, ==, 2);
  kan_calendar_set_off_cycle_counts (calendar, TRUE);
  assert_day (kan_calendar_next_payment (calendar, day ("2026-02-20")), "2026-03-13");
  assert_day (kan_calendar_payment_day (calendar, 2026, 3), NULL);
}

static void
test_override (void)
{
  g_autoptr (KanCalendar) calendar = kan_calendar_new ();
  g_autoptr (GArray) payments = NULL;

  g_assert_true (kan_calendar_override_payment (calendar, "2026-04", day ("2026-04-10")));
  g_assert_true (kan_calendar_override_payment (calendar, "2026-07", day ("2026-07-15")));
  g_assert_false (kan_calendar_override_payment (calendar, "2026", day ("2026-04-10")));
  assert_day (kan_calendar_payment_day (calendar, 2026, 4), "2026-04-10");
  assert_day (kan_calendar_payment_by_rule (calendar, 2026, 4), "2026-04-15");
  g_assert_cmpint (kan_calendar_payment_by_rule (calendar, 2026, 7), ==, KAN_DAY_NONE);
  assert_day (kan_calendar_next_payment (calendar, day ("2026-04-10")), "2026-06-15");
  assert_day (kan_calendar_next_payment (calendar, day ("2026-06-15")), "2026-07-15");
  payments = kan_calendar_payments (calendar, day ("2026-04-01"), day ("2026-04-30"));
  g_assert_cmpuint (payments->len, ==, 1);
}

static void
test_business_days (void)
{
  static const struct { const char *from; guint n; const char *to; } table[] = {
    { "2026-02-13", 5, "2026-02-20" }, { "2026-02-13", 0, "2026-02-13" }, { "2026-02-20", 1, "2026-02-24" },
    { "2026-04-28", 1, "2026-04-30" }, { "2026-05-01", 1, "2026-05-07" }, { "2026-12-28", 1, "2026-12-29" },
    { "2026-09-18", 1, "2026-09-24" }, { "2026-02-14", 1, "2026-02-16" },
  };
  g_autoptr (KanCalendar) calendar = kan_calendar_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    assert_day (kan_calendar_add_business_days (calendar, day (table[i].from), table[i].n), table[i].to);
  assert_day (kan_calendar_purge_by (calendar, day ("2025-09-10"), 5), "2025-10-22");
  g_assert_cmpint (kan_calendar_add_business_days (calendar, KAN_DAY_NONE, 3), ==, KAN_DAY_NONE);
  g_assert_cmpint (kan_calendar_add_business_days (calendar, KAN_DAY_NONE, 0), ==, KAN_DAY_NONE);
  g_assert_cmpint (kan_calendar_add_business_days (calendar, day ("9999-12-30"), 9), ==, KAN_DAY_NONE);
}

static void
test_closed_days (void)
{
  g_autoptr (KanCalendar) calendar = kan_calendar_new ();

  g_assert_true (kan_calendar_is_business_day (calendar, day ("2026-12-29")));
  kan_calendar_add_closed_yearly (calendar, 12, 29, "年末年始");
  kan_calendar_add_closed_day (calendar, day ("2026-02-13"), "創立記念日");
  g_assert_false (kan_calendar_is_business_day (calendar, day ("2026-12-29")));
  g_assert_false (kan_calendar_is_business_day (calendar, day ("2031-12-29")));
  g_assert_cmpstr (kan_calendar_closed_name (calendar, day ("2026-12-29")), ==, "年末年始");
  g_assert_cmpstr (kan_calendar_closed_name (calendar, day ("2026-02-13")), ==, "創立記念日");
  g_assert_null (kan_calendar_closed_name (calendar, day ("2026-12-28")));
  g_assert_null (kan_calendar_holiday_name (calendar, day ("2026-12-29"), NULL));
  /* The office being closed moves no payment. */
  assert_day (kan_calendar_payment_day (calendar, 2026, 2), "2026-02-13");
}

/* The list is the authority for its years, whatever the rules say, and the rules for all others. */
static void
test_official (void)
{
  const KanDay days[] = { day ("2026-02-13"), day ("2028-03-20"), day ("2035-01-01") };
  const char *const names[] = { "特別の日", "春分の日", "元日" };
  g_autoptr (KanCalendar) calendar = kan_calendar_new ();
  gboolean expected = TRUE;

  g_assert_cmpstr (kan_calendar_holiday_name (calendar, day ("2028-03-20"), &expected), ==, "春分の日");
  g_assert_true (expected);
  g_assert_nonnull (kan_calendar_holiday_name (calendar, day ("2027-03-22"), &expected));
  g_assert_false (expected);
  kan_calendar_set_official (calendar, 2026, 2028, days, names, G_N_ELEMENTS (days));
  g_assert_cmpstr (kan_calendar_holiday_name (calendar, day ("2026-02-13"), &expected), ==, "特別の日");
  g_assert_null (kan_calendar_holiday_name (calendar, day ("2026-01-01"), NULL));
  g_assert_nonnull (kan_calendar_holiday_name (calendar, day ("2028-03-20"), &expected));
  g_assert_false (expected);
  g_assert_cmpstr (kan_calendar_holiday_name (calendar, day ("2029-01-01"), NULL), ==, "元日");
  assert_day (kan_calendar_payment_day (calendar, 2026, 2), "2026-02-12");
  kan_calendar_set_official (calendar, 2026, 2026, NULL, NULL, 0);
  assert_day (kan_calendar_payment_day (calendar, 2026, 2), "2026-02-13");
  g_assert_nonnull (kan_calendar_holiday_name (calendar, day ("2028-03-20"), NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/values/calendar/golden-payments", test_golden_payments);
  g_test_add_func ("/values/calendar/paid", test_paid);
  g_test_add_func ("/values/calendar/next-payment", test_next_payment);
  g_test_add_func ("/values/calendar/moved-off-holiday", test_moved_off_holiday);
  g_test_add_func ("/values/calendar/off-cycle", test_off_cycle);
  g_test_add_func ("/values/calendar/override", test_override);
  g_test_add_func ("/values/calendar/business-days", test_business_days);
  g_test_add_func ("/values/calendar/closed-days", test_closed_days);
  g_test_add_func ("/values/calendar/official", test_official);
  return g_test_run ();
}
