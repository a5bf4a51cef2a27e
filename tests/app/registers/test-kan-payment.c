/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Payment days by decision: two persons, each day once, a month moved once and by days, until it is paid. */
#include "fixture.h"

/* The rule pays on 15 October and 15 December 2026, and paid on 14 August. */
static void
test_off_the_cycle (void)
{
  static const OfficeCase cases[] = {
    { "refused day kind serves", GENERAL, "payment.enter", NULL, "" },
    { "refused serves", GENERAL, "payment.enter", NULL, "kind=off_cycle | day=2026-11-13 | serves=2026-13" },
    { "refused day", GENERAL, "payment.enter", NULL, "kind=off_cycle | day=2026-11-31 | serves=2026-11" },
    { "refused day", GENERAL, "payment.enter", NULL, "kind=off_cycle | day=2026-08-31 | serves=2026-08" },
    /* today is 1 September 2026: a year ahead and no further */
    { "refused day", GENERAL, "payment.enter", NULL, "kind=off_cycle | day=2027-09-03 | serves=2027-09" },
    { "refused day", GENERAL, "payment.enter", NULL, "kind=off_cycle | day=2062-11-13 | serves=2026-11" },
    { "refused kind", GENERAL, "payment.enter", NULL, "kind=regular | day=2026-11-13 | serves=2026-11" },
    { "refused replaces", GENERAL, "payment.enter", NULL,
      "kind=off_cycle | day=2026-11-13 | serves=2026-11 | replaces=2026-10-15" },
    { "refused not_entitled", OPERATOR, "payment.enter", NULL, "kind=off_cycle | day=2026-11-13 | serves=2026-11" },
    { "refused not_entitled", CHIEF, "payment.enter", NULL, "kind=off_cycle | day=2026-11-13 | serves=2026-11" },
    { "waits second", GENERAL, "payment.enter", NULL, "kind=off_cycle | day=令和8年11月13日 | serves=2026-11" },
    { "refused not_entitled", GENERAL, "hand.give", "Y1", "as=second" },
    { "done", PENSION, "hand.give", "Y1", "as=second" },
    { "refused day", PENSION, "payment.enter", NULL, "kind=off_cycle | day=2026-11-13 | serves=2026-11" },
    { "done", PENSION, "payment.enter", NULL, "kind=off_cycle | day=2026-11-20 | serves=2026-11 | with=2" },
  };
  g_autoptr(Office) office = office_new ("nagasaki");

  office_run_table (office, cases);
  office_expect_state (office, "Y1", "entered");
  g_assert_cmpuint (office_n_rows (office, "payment_entered", "2026-09-02"), ==, 2);
}

static void
test_moved (void)
{
  static const OfficeCase cases[] = {
    { "refused serves", PENSION, "payment.enter", NULL, "kind=override | day=2026-11-13 | serves=2026-11" },
    { "refused day serves", PENSION, "payment.enter", NULL, "kind=override | day=2026-09-14 | serves=2026-08" },
    { "refused day", PENSION, "payment.enter", NULL, "kind=override | day=2026-12-26 | serves=2026-12" },
    { "refused day", PENSION, "payment.enter", NULL, "kind=override | day=2026-12-04 | serves=2026-12" },
    { "refused replaces", PENSION, "payment.enter", NULL,
      "kind=override | day=2026-12-14 | serves=2026-12 | replaces=2026-12-16" },
    { "done", PENSION, "payment.enter", NULL, "kind=override | day=2026-12-25 | serves=2026-12 | with=2" },
    { "refused serves", GENERAL, "payment.enter", NULL, "kind=override | day=2026-12-18 | serves=2026-12" },
    /* an extra payment serves a month that was moved, too */
    { "done", PENSION, "payment.enter", NULL, "kind=off_cycle | day=2026-12-28 | serves=2026-12 | with=2" },
  };
  g_autoptr(Office) office = office_new ("nagasaki");
  g_autofree char *replaces = NULL;

  office_run_table (office, cases);
  replaces = office_ask_text (office, "SELECT replaces FROM payment WHERE id = 1");
  g_assert_cmpstr (replaces, ==, "2026-12-15");
}

/* What stands in "replaces" is the rule's day, whatever was decided since. */
static void
test_by_rule (void)
{
  g_autoptr(Office) office = office_new ("nagasaki");
  g_autoptr(GError) error = NULL;
  g_autoptr(KanDraft) draft = NULL;
  g_autoptr(KanBody) body = NULL;
  g_autoptr(GPtrArray) lines = NULL;

  office_expect (office, "done", PENSION, "payment.enter", NULL,
                 "kind=override | day=2026-12-11 | serves=2026-12 | with=2");
  draft = kan_draft_new (office->book, "payment.enter", NULL, &error);
  kan_draft_set (draft, "kind", "override");
  kan_draft_set (draft, "serves", "2026-12");
  lines = kan_draft_review (draft, PENSION, office->now, &body, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (kan_body_get_text (body, "replaces"), ==, "2026-12-15");
}

/* Withdrawn by two, the month is free again; what was paid stays. */
static void
test_withdrawn (void)
{
  static const OfficeCase cases[] = {
    { "done", PENSION, "payment.enter", NULL, "kind=override | day=2026-12-14 | serves=2026-12 | with=2" },
    { "refused not_entitled", OPERATOR, "payment.cancel", "Y1", "" },
    { "waits second", GENERAL, "payment.cancel", "Y1", "" },
    { "done", PENSION, "hand.give", "Y1", "as=second" },
    { "refused wrong_state", GENERAL, "payment.cancel", "Y1", "" },
    { "done", PENSION, "payment.enter", NULL, "kind=override | day=2026-12-11 | serves=2026-12 | with=2" },
  };
  g_autoptr(Office) office = office_new ("nagasaki");

  office_run_table (office, cases);
  office_expect_state (office, "Y1", "withdrawn");
  g_assert_cmpuint (office_n_rows (office, "payment_entered", "2026-09-02"), ==, 1);
  office_set_time (office, "2026-12-12T09:00");
  office_expect (office, "refused act", GENERAL, "payment.cancel", "Y2", "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/payment/off-the-cycle", test_off_the_cycle);
  g_test_add_func ("/payment/moved", test_moved);
  g_test_add_func ("/payment/by-rule", test_by_rule);
  g_test_add_func ("/payment/withdrawn", test_withdrawn);
  return g_test_run ();
}
