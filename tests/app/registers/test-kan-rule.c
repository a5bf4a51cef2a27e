/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules and the president's orders: in force from their day, gone when repealed, power by two persons. */
#include "fixture.h"

static void
test_enter_table (void)
{
  static const OfficeAnswers cases[] = {
    { "refused in_force_from kind title", PENSION, "" },
    { "refused kind", PENSION, "kind=poem | title=要領 | in_force_from=2026-09-01" },
    { "refused allows", PENSION, "kind=media_kind | title=要領 | in_force_from=2026-09-01 | allows=punch_card" },
    { "refused decides", PENSION, "kind=president_order | title=要領 | in_force_from=2026-09-01 | decides=P3" },
    { "refused not_entitled", OPERATOR, "kind=procedure | title=要領 | in_force_from=2026-09-01" },
    { "done", PENSION, "kind=procedure | title=要領 | in_force_from=2026-09-01 | review_due=2027-09-01 | text=第１ 目的" },
  };
  g_autoptr(Office) office = office_new ("nagasaki");

  office_run_answers (office, "rule.enter", NULL, cases);
  g_assert_cmpuint (office_n_rows (office, "rule_review_due", "2027-08-31"), ==, 0);
  /* with the rule on sticks that the office has, of the same day */
  g_assert_cmpuint (office_n_rows (office, "rule_review_due", "2027-09-01"), ==, 2);
  office_set_time (office, "2027-08-20T09:00");
  office_expect (office, "refused review_due", PENSION, "rule.review", "R2",
                 "reviewed_on=2027-08-20 | review_due=2027-08-01");
  office_expect (office, "done", PENSION, "rule.review", "R2", "reviewed_on=2027-08-20 | review_due=2028-09-01");
  g_assert_cmpuint (office_n_rows (office, "rule_review_due", "2027-09-01"), ==, 1);
}

/* Where nothing is said of it, the review is due so many months after the rule came into force or was last reviewed. */
static void
test_review_by_the_profile (void)
{
  g_autofree char *profile = office_profile_with ("nagasaki", "\"rule_review_months\": 12",
                                                  "\"rule_review_months\": 6");
  g_autoptr(Office) office = office_new (profile);

  /* beside the rule on sticks that the office has, of September */
  office_expect (office, "done", PENSION, "rule.enter", NULL, "kind=procedure | title=要領 | in_force_from=2026-10-01");
  g_assert_cmpuint (office_n_rows (office, "rule_review_due", "2027-03-31"), ==, 1);
  g_assert_cmpuint (office_n_rows (office, "rule_review_due", "2027-04-01"), ==, 2);
  office_set_time (office, "2027-04-05T09:00");
  office_expect (office, "refused reviewed_on", PENSION, "rule.review", "R2", "");
  office_expect (office, "done", PENSION, "rule.review", "R2", "reviewed_on=2027-04-05");
  g_assert_cmpint (office_ask (office, "SELECT review_due = '2027-10-05' FROM rule WHERE id = 2"), ==, 1);
}

/* In force, and not applying yet: it allows nothing until then. */
static void
test_rule_applies_later (void)
{
  g_autoptr(Office) office = office_new ("nagasaki");

  office_expect (office, "done", PENSION, "rule.enter", NULL,
                 "kind=media_kind | title=ＤＶＤの使用 | in_force_from=2026-09-02 | applies_from=2026-09-10 | allows=dvd");
  office_set_time (office, "2026-09-09T09:00");
  office_expect (office, "refused 2.media_kind", OPERATOR, "media.register", NULL, "media_kind=dvd | label=DVD-01");
  office_set_time (office, "2026-09-10T09:00");
  office_expect (office, "done", OPERATOR, "media.register", NULL, "media_kind=dvd | label=DVD-01");
}

static void
test_rule_comes_into_force (void)
{
  g_autoptr(Office) office = office_new ("nagasaki");

  office_expect (office, "done", PENSION, "rule.enter", NULL,
                 "kind=media_kind | title=ＤＶＤの使用 | in_force_from=2026-09-10 | allows=dvd");
  g_assert_cmpuint (office_n_rows (office, "rule_in_force", "2026-09-09"), ==, 1);
  office_expect (office, "refused 2.media_kind", OPERATOR, "media.register", NULL, "media_kind=dvd | label=DVD-01");
  office_set_time (office, "2026-09-10T09:00");
  office_expect (office, "done", OPERATOR, "media.register", NULL, "media_kind=dvd | label=DVD-01");
  office_expect (office, "refused ended_on", PENSION, "rule.supersede", "R2", "ended_on=2026-09-09");
  office_expect (office, "refused ended_on", PENSION, "rule.supersede", "R2", "ended_on=2026-09-11");
  office_expect (office, "done", PENSION, "rule.supersede", "R2", "ended_on=2026-09-10");
  office_expect (office, "refused 2.media_kind", OPERATOR, "media.register", NULL, "media_kind=dvd | label=DVD-02");
}

static void
test_order_table (void)
{
  static const OfficeAnswers cases[] = {
    { "refused decides", CHIEF, "title=事案 | in_force_from=2026-09-01 | with=2" },
    { "refused decides", CHIEF, "title=事案 | decides=P1 | in_force_from=2026-09-01 | with=2" },
    { "refused not_entitled", OPERATOR, "title=事案 | decides=P7 | in_force_from=2026-09-01 | with=2" },
    { "refused not_entitled", CHIEF, "title=事案 | decides=P7 | in_force_from=2026-09-01 | with=1" },
    { "refused decides", GENERAL, "title=事案 | decides=P2 | in_force_from=2026-09-01 | with=1" },
    { "refused not_entitled", CHIEF, "title=事案 | decides=P2 | in_force_from=2026-09-01 | with=2" },
    { "waits second", CHIEF, "title=事案 | decides=P7 | in_force_from=2026-09-01" },
    { "done", CHIEF, "title=事案 | decides=P7 | in_force_from=2026-09-01 | with=2" },
    { "done", CHIEF, "title=事案 | decides=P7 | in_force_from=2026-09-01 | kind=procedure | with=2" },
  };
  g_autoptr(Office) office = office_new ("nagasaki");

  office_run_answers (office, "rule.order", NULL, cases);
  g_assert_cmpint (office_ask (office, "SELECT count(*) FROM rule WHERE decides = 7 AND kind = 'president_order'"
                                       " AND state = 'in_force'"), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rule/enter-table", test_enter_table);
  g_test_add_func ("/rule/review-by-the-profile", test_review_by_the_profile);
  g_test_add_func ("/rule/applies-later", test_rule_applies_later);
  g_test_add_func ("/rule/comes-into-force", test_rule_comes_into_force);
  g_test_add_func ("/rule/order-table", test_order_table);
  return g_test_run ();
}
