/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Appointments: entered ahead, ended ahead, one holder at a time, two persons from the second key on. */
#include "fixture.h"

#define CHIEFS_OFFICE "office=O1"
#define GENERALS_OFFICE "office=O3"

static void
test_make_table (void)
{
  static const OfficeAnswers cases[] = {
    { "refused kind", CHIEF, "person=P7 | office=O7 | since=2026-09-01" },
    { "refused person", CHIEF, "person=P99 | office=O7 | kind=regular | since=2026-09-01" },
    { "refused until", CHIEF, "person=P7 | office=O7 | kind=regular | since=2026-09-01 | until=2026-08-01" },
    { "refused since", CHIEF, "person=P7 | office=O7 | kind=regular | since=2026-09-31" },
    { "refused person", CHIEF, "person=P2 | " GENERALS_OFFICE " | kind=concurrent | since=2026-10-01" },
    { "refused office", CHIEF, "person=P7 | " GENERALS_OFFICE " | kind=regular | since=2026-10-01" },
    { "refused not_entitled", CLERK, "person=P7 | " CHIEFS_OFFICE " | kind=acting | since=2026-09-01" },
    { "waits second", CHIEF, "person=P7 | " GENERALS_OFFICE " | kind=acting | since=2026-09-02 | until=2026-09-05" },
    { "refused not_entitled", CHIEF, "person=P7 | " CHIEFS_OFFICE " | kind=acting | since=2026-09-02 | with=1" },
    { "done", CHIEF, "person=P7 | " CHIEFS_OFFICE " | kind=acting | since=2026-09-02 | with=3" },
    { "done", CHIEF, "person=P4 | office=O7 | kind=regular | since=2026-09-01 | with=2" },
    { "done", CHIEF, "person=P5 | office=O7 | kind=regular | since=2026-09-01 | with=2" },
  };
  g_autoptr(Office) office = office_new ("nagasaki");

  office_run_answers (office, "appointment.make", NULL, cases);
}

/* Nobody audits and holds a role in one time; an office that carries none, a deputy's, is no hindrance. */
static void
test_auditor (void)
{
  static const OfficeCase cases[] = {
    { "refused person", CHIEF, "appointment.make", NULL, "person=P4 | office=O9 | kind=regular | since=2026-09-01" },
    { "refused person", CHIEF, "appointment.make", NULL, "person=P2 | office=O9 | kind=concurrent | since=2026-09-01" },
    { "refused person", CHIEF, "appointment.make", NULL, "person=P1 | office=O9 | kind=concurrent | since=2026-09-01" },
    { "done", CHIEF, "appointment.make", NULL, "person=P7 | office=O7 | kind=regular | since=2026-09-01 | with=3" },
    { "done", CHIEF, "appointment.make", NULL,
      "person=P7 | office=O9 | kind=concurrent | since=2026-09-02 | until=2026-09-09 | with=3" },
    { "refused person", CHIEF, "appointment.make", NULL, "person=P7 | office=O6 | kind=acting | since=2026-09-09" },
    { "refused person", GENERAL, "operator.designate", NULL, "person=P7 | since=2026-09-09" },
    { "done", CHIEF, "appointment.make", NULL, "person=P7 | office=O6 | kind=acting | since=2026-09-10 | with=3" },
    { "refused person", CHIEF, "appointment.make", NULL, "person=P7 | office=O9 | kind=concurrent | since=2026-09-10" },
    { "done", GENERAL, "operator.revoke", "N1", "until=2026-09-05" },
    { "refused person", CHIEF, "appointment.make", NULL, "person=P4 | office=O9 | kind=acting | since=2026-09-04" },
    { "done", CHIEF, "appointment.make", NULL, "person=P4 | office=O9 | kind=acting | since=2026-09-05 | with=3" },
  };
  g_autoptr(Office) office = office_new ("nagasaki");

  office_run_table (office, cases);
}

static void
test_second_person_refuses (void)
{
  g_autoptr(Office) office = office_new ("nagasaki");

  office_expect (office, "waits second", CHIEF, "appointment.make", NULL,
                 "person=P7 | " GENERALS_OFFICE " | kind=acting | since=2026-09-02");
  office_expect_state (office, "A5", "waiting");
  office_expect (office, "refused not_entitled", CHIEF, "hand.give", "A5", "as=second");
  office_expect (office, "done", PENSION, "hand.refuse", "A5", "reason=辞令がない");
  office_expect_state (office, "A5", "refused");
  g_assert_cmpuint (office_n_rows (office, "appointment_current", "2026-09-02"), ==, 4);
}

static void
test_succession_entered_ahead (void)
{
  g_autoptr(Office) office = office_new ("nagasaki");

  office_expect (office, "refused until", CHIEF, "appointment.end", "A2", "until=2026-08-01");
  g_assert_cmpint (office_ask (office, "SELECT until IS NULL FROM appointment WHERE id = 2"), ==, 1);
  office_expect (office, "done", CHIEF, "appointment.end", "A2", "until=2027-03-31 | with=2");
  office_expect (office, "done", CHIEF, "appointment.make", NULL,
                 "person=P7 | " GENERALS_OFFICE " | kind=regular | since=2027-04-01 | ordered_on=2027-04-01 | with=3");
  g_assert_cmpuint (office_n_rows (office, "appointment_ahead", "2027-03-31"), ==, 1);
  g_assert_cmpuint (office_n_rows (office, "appointment_current", "2027-03-31"), ==, 4);
  office_set_time (office, "2027-03-31T17:00");
  office_expect (office, "refused not_entitled", CLERK, "operator.designate", NULL, "person=P6 | since=2027-04-01");
  office_expect (office, "done", GENERAL, "operator.designate", NULL, "person=P6 | since=2027-04-01");
  office_set_time (office, "2027-04-01T09:00");
  office_expect (office, "refused not_entitled", GENERAL, "operator.designate", NULL, "person=P7 | since=2027-04-01");
  office_expect (office, "done", CLERK, "operator.designate", NULL, "person=P7 | since=2027-04-01");
}

/* What ends a term may not lengthen it: that is an appointment, and needs two persons. */
static void
test_end_never_lengthens_a_term (void)
{
  static const struct { const char *verdict, *until; } cases[] = {
    { "refused until", "until=2026-09-06" },
    { "refused until", "until=2027-09-05" },
    { "refused until", "until=2026-09-01" },
    { "waits second", "until=2026-09-04" },
    { "refused overtakes", "until=2026-09-03" },
  };
  g_autoptr(Office) office = office_new ("nagasaki");

  office_appoint (office, CLERK, "general_affairs_manager", "kind=acting | since=2026-09-02 | until=2026-09-05 |"
                                                            " with=2");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    office_expect (office, cases[i].verdict, CHIEF, "appointment.end", "A5", cases[i].until);
  g_assert_cmpint (office_ask (office, "SELECT until = '2026-09-05' FROM appointment WHERE id = 5"), ==, 1);
  office_expect (office, "refused not_entitled", CHIEF, "hand.give", "A5", "as=second");
  office_expect (office, "done", PENSION, "hand.give", "A5", "as=second");
  g_assert_cmpint (office_ask (office, "SELECT until = '2026-09-04' FROM appointment WHERE id = 5"), ==, 1);
  office_appoint (office, CLERK, "general_affairs_manager", "kind=acting | since=2026-09-06 | until=2026-09-07 |"
                                                            " with=2");
  office_expect (office, "done", CHIEF, "appointment.end", "A6", "until=2026-09-07 | with=2");
}

static void
test_alone_only_before_the_second_key (void)
{
  g_autoptr(Office) office = office_new_empty ("nagasaki");

  office_register (office, 2, "高橋 花子", "");
  office_appoint (office, 2, "general_affairs_manager", "kind=regular | since=2026-09-01");
  office_claim (office, 2);
  office_expect (office, "waits second", CHIEF, "person.register", NULL, "staff_no=1003 | name=伊藤 健");
  office_expect_state (office, "P3", "waiting");
  office_expect (office, "done", 2, "hand.give", "P3", "as=second");
  office_expect_state (office, "P3", "employed");
}

static void
test_refused_number_is_free_again (void)
{
  g_autoptr(Office) office = office_new ("nagasaki");

  office_expect (office, "waits second", CHIEF, "person.register", NULL, "staff_no=1008 | name=原 良子");
  office_expect (office, "refused staff_no", CHIEF, "person.register", NULL, "staff_no=1008 | name=原 良子 | with=2");
  office_expect (office, "done", PENSION, "hand.refuse", "P8", "reason=採用前");
  office_expect (office, "done", CHIEF, "person.register", NULL, "staff_no=1008 | name=原 良子 | with=2");
}

/* The terms of all who are in charge end on the last day of September. */
static Office *
new_office_until_september (void)
{
  Office *office = office_new ("nagasaki");

  office_expect (office, "done", GENERAL, "appointment.end", "A1", "until=2026-09-30 | with=3");
  office_expect (office, "done", CHIEF, "appointment.end", "A2", "until=2026-09-30 | with=3");
  office_expect (office, "done", CHIEF, "appointment.end", "A3", "until=2026-09-30 | with=2");
  return office;
}

/* One clerk with a clock set to 2099 ends no term for ever: two of whom one was in charge set it right. */
static void
test_terms_and_a_wrong_clock (void)
{
  static const OfficeCase cases[] = {
    { "refused clock not_entitled", CHIEF, "appointment.make", NULL,
      "person=P7 | office=O1 | kind=regular | since=2026-10-01" },
    { "waits second", CHIEF, "clock.correct", "F1", "reason=時計の誤り" },
    { "refused not_entitled", CHIEF, "hand.give", "F1", "" },
    { "done", GENERAL, "hand.give", "F1", "" },
    { "done", CHIEF, "appointment.make", NULL,
      "person=P7 | office=O1 | kind=regular | since=2026-10-01 | with=2" },
  };
  g_autoptr(Office) office = new_office_until_september ();

  office_set_time (office, "2099-01-01T09:00");
  office_expect (office, "done", OPERATOR, "outsider.register", NULL, "name=甲 | company=乙 | clock=ahead");
  office_set_time (office, "2026-09-10T09:00");
  office_run_table (office, cases);
}

/* Nor does one who moves it on month by month, which no clock asks about. */
static void
test_terms_and_a_creeping_clock (void)
{
  g_autoptr(Office) office = new_office_until_september ();

  office_set_time (office, "2026-09-28T09:00");
  office_expect (office, "done", OPERATOR, "outsider.register", NULL, "name=甲 | company=乙");
  office_set_time (office, "2026-10-20T09:00");
  office_expect (office, "done", OPERATOR, "outsider.register", NULL, "name=甲 | company=丙");
  office_set_time (office, "2026-09-10T09:00");
  office_expect (office, "done", CHIEF, "clock.correct", "F1", "reason=時計の誤り | with=2");
}

/* A clock that is set back brings no office back: the term was over when others signed. */
static void
test_terms_that_are_over (void)
{
  g_autoptr(Office) office = new_office_until_september ();

  office_expect (office, "done", CHIEF, "appointment.make", NULL,
                 "person=P7 | office=O1 | kind=regular | since=2026-10-01 | with=2");
  office_set_time (office, "2026-10-02T09:00");
  office_expect (office, "done", CLERK, "person.amend", "P4", "post=主任");
  office_set_time (office, "2026-09-30T09:00");
  office_expect (office, "refused not_entitled", CHIEF, "clock.correct", "F1", "reason=時計の誤り | with=2");
  office_set_time (office, "2026-12-20T09:00");
  office_expect (office, "done", CLERK, "person.amend", "P4", "post=係長 | clock=ahead");
  office_set_time (office, "2026-09-30T09:00");
  office_expect (office, "refused not_entitled", CHIEF, "clock.correct", "F1", "reason=時計の誤り | with=2");
  office_expect (office, "done", CLERK, "clock.correct", "F1", "reason=時計の誤り | with=2");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/appointment/make-table", test_make_table);
  g_test_add_func ("/appointment/auditor", test_auditor);
  g_test_add_func ("/appointment/second-person-refuses", test_second_person_refuses);
  g_test_add_func ("/appointment/succession-entered-ahead", test_succession_entered_ahead);
  g_test_add_func ("/appointment/end-never-lengthens-a-term", test_end_never_lengthens_a_term);
  g_test_add_func ("/appointment/refused-number-is-free-again", test_refused_number_is_free_again);
  g_test_add_func ("/appointment/terms-and-a-wrong-clock", test_terms_and_a_wrong_clock);
  g_test_add_func ("/appointment/terms-and-a-creeping-clock", test_terms_and_a_creeping_clock);
  g_test_add_func ("/appointment/terms-that-are-over", test_terms_that_are_over);
  g_test_add_func ("/appointment/alone-only-before-the-second-key", test_alone_only_before_the_second_key);
  return g_test_run ();
}
