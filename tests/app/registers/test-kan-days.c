/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The calendar that a chain determines: the same for whoever looks and for the act under judgement. */
#include "fixture.h"

#include "acts/kan-book-private.h"
#include "registers/kan-days.h"

static char *
next_of_book (Office *office, const char *day)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanCalendar) calendar = kan_days_of_book (office->book, &error);

  g_assert_no_error (error);
  return kan_day_format (kan_calendar_next_payment (calendar, kan_day_parse (day)));
}

static KanCase *
case_of (Office *office)
{
  const KanRegister *reg = NULL;
  const KanKind *kind = kan_book_find_kind (office->book, "media.register", &reg);

  return kan_case_new (office->book, kind, reg, office->now, NULL, OPERATOR);
}

static char *
next_of_case (Office *office, const char *day)
{
  g_autoptr(KanCase) c = case_of (office);
  g_autoptr(KanCalendar) calendar = kan_days_of_case (c);

  g_assert_no_error (c->error);
  return kan_day_format (kan_calendar_next_payment (calendar, kan_day_parse (day)));
}

static void
expect_next (Office *office, const char *after, const char *expected)
{
  g_autofree char *of_book = next_of_book (office, after), *of_case = next_of_case (office, after);

  g_test_message ("after %s", after);
  g_assert_cmpstr (of_book, ==, expected);
  g_assert_cmpstr (of_case, ==, expected);
}

/* Around the payment of October 2026 (Thursday the 15th), and of December 2026 and August 2027, a Sunday. */
static void
test_by_the_rule (void)
{
  static const struct { const char *after, *next; } cases[] = {
    { "2026-10-14", "2026-10-15" }, { "2026-10-15", "2026-12-15" }, { "2026-12-15", "2027-02-15" },
    { "2027-08-01", "2027-08-13" }, { "2027-08-13", "2027-10-15" },
  };
  g_autoptr(Office) office = office_new ("nagasaki");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    expect_next (office, cases[i].after, cases[i].next);
}

/* What was entered by two counts from then on, what was withdrawn no longer; a month is moved as a whole. */
static void
test_entered (void)
{
  g_autofree char *profile = office_profile_with ("nagasaki", "\"off_cycle_counts\": false",
                                                  "\"off_cycle_counts\": true");
  g_autoptr(Office) office = office_new (profile);

  expect_next (office, "2026-10-15", "2026-12-15");
  office_expect (office, "done", PENSION, "payment.enter", NULL,
                 "kind=override | day=2026-12-11 | serves=2026-12 | with=2");
  expect_next (office, "2026-10-15", "2026-12-11");
  expect_next (office, "2026-12-11", "2027-02-15");
  office_expect (office, "waits second", GENERAL, "payment.enter", NULL,
                 "kind=off_cycle | day=2026-11-13 | serves=2026-11");
  expect_next (office, "2026-10-15", "2026-12-11");
  office_expect (office, "done", PENSION, "hand.give", "Y2", "");
  expect_next (office, "2026-10-15", "2026-11-13");
  expect_next (office, "2026-11-13", "2026-12-11");
  office_expect (office, "done", GENERAL, "payment.cancel", "Y2", "with=3");
  expect_next (office, "2026-10-15", "2026-12-11");
  office_expect (office, "done", PENSION, "payment.cancel", "Y1", "with=2");
  expect_next (office, "2026-10-15", "2026-12-15");
}

/* Where the profile does not count payments out of cycle, none of them ends a deadline. */
static void
test_off_the_cycle (void)
{
  g_autoptr(Office) office = office_new ("nagasaki");

  office_expect (office, "done", GENERAL, "payment.enter", NULL,
                 "kind=off_cycle | day=2026-11-13 | serves=2026-11 | with=3");
  expect_next (office, "2026-10-15", "2026-12-15");
}

/* Whether a month has a payment, and the nearest that have one. */
static void
expect_pays (Office *office, const char *month, const char *expected)
{
  g_autofree char *before = NULL, *after = NULL, *said = NULL;
  g_autoptr(KanCase) c = case_of (office);
  gboolean pays = kan_days_pay_in (c, month, &before, &after);

  said = pays ? g_strdup ("pays") : g_strconcat (before, " ", after, NULL);
  g_assert_cmpstr (said, ==, expected);
}

static void
test_months (void)
{
  g_autoptr(Office) office = office_new ("nagasaki");

  expect_pays (office, "2026-10", "pays");
  expect_pays (office, "2026-11", "2026-10 2026-12");
  expect_pays (office, "2027-01", "2026-12 2027-02");
  expect_pays (office, "2026-13", "pays");
  office_expect (office, "done", GENERAL, "payment.enter", NULL,
                 "kind=off_cycle | day=2026-11-13 | serves=2026-11 | with=3");
  office_expect (office, "done", PENSION, "payment.enter", NULL,
                 "kind=override | day=2026-12-11 | serves=2026-12 | with=2");
  expect_pays (office, "2026-11", "pays");
  expect_pays (office, "2026-12", "pays");
  expect_pays (office, "2026-09", "2026-08 2026-10");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/days/by-the-rule", test_by_the_rule);
  g_test_add_func ("/days/entered", test_entered);
  g_test_add_func ("/days/off-the-cycle", test_off_the_cycle);
  g_test_add_func ("/days/months", test_months);
  return g_test_run ();
}
