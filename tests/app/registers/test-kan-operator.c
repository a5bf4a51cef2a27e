/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Designation of operators (Article 4-3): by one role only, never by a deputy, from its day to its day. */
#include "fixture.h"

#define ERASED "erasure=overwrite | erasure_tool=nwipe 0.34 | erased_count=5 | erasure_verified=yes"

static void
test_designate_table (void)
{
  static const OfficeAnswers cases[] = {
    { "refused not_entitled", CHIEF, "person=P7 | since=2026-09-01" },
    { "refused not_entitled", PENSION, "person=P7 | since=2026-09-01" },
    { "refused not_entitled", DEPUTY, "person=P7 | since=2026-09-01" },
    { "refused person since", GENERAL, "" },
    { "refused person", GENERAL, "person=P4 | since=2026-09-01" },
    { "refused person", GENERAL, "person=X1 | since=2026-09-01" },
    { "done", GENERAL, "person=P7 | since=2026-09-10 | document_no=総第3号" },
    { "refused person", GENERAL, "person=P7 | since=2026-09-01" },
  };
  g_autoptr(Office) office = office_new ("nagasaki");

  office_run_answers (office, "operator.designate", NULL, cases);
  g_assert_cmpuint (office_n_rows (office, "operator_current", "2026-09-09"), ==, 2);
  g_assert_cmpuint (office_n_rows (office, "operator_current", "2026-09-10"), ==, 3);
}

static void
test_designated_ahead (void)
{
  g_autoptr(Office) office = office_new ("nagasaki");

  office_expect (office, "done", GENERAL, "operator.designate", NULL, "person=P7 | since=2026-09-10");
  office_set_time (office, "2026-09-09T17:00");
  office_expect (office, "refused not_entitled", CLERK, "media.register", NULL, "media_kind=hdd | label=HDD-01");
  office_set_time (office, "2026-09-10T08:30");
  office_expect (office, "done", CLERK, "media.register", NULL, "media_kind=hdd | label=HDD-01");
}

static void
test_revoked (void)
{
  g_autoptr(Office) office = office_new ("nagasaki");

  office_add_medium (office, "USB-01", 5);
  office_expect (office, "refused until", GENERAL, "operator.revoke", "N1", "until=2026-08-01");
  office_expect (office, "refused not_entitled", CHIEF, "operator.revoke", "N1", "until=2026-09-10");
  office_expect (office, "done", GENERAL, "operator.revoke", "N1", "until=2026-09-10 | reason=異動");
  office_expect (office, "done", OPERATOR, "media.checkout", "M1", "used_for=支給準備");
  office_set_time (office, "2026-09-10T08:30");
  office_expect (office, "refused not_entitled", OPERATOR, "media.checkin", "M1", "");
  office_expect (office, "marked not_entitled", OPERATOR, "media.lost", "M1", "note=見当たらない");
  office_expect (office, "refused wrong_state", GENERAL, "operator.revoke", "N1", "until=2026-09-20");
  office_expect (office, "done", GENERAL, "operator.designate", NULL, "person=P4 | since=2026-09-10");
}

/* A clock put back brings no ended designation back, and voiding its end is for those who may end it. */
static void
test_a_clock_put_back_revives_nobody (void)
{
  g_autoptr(Office) office = office_new ("nagasaki");
  g_autofree char *act = NULL;

  office_add_medium (office, "USB-01", 5);
  office_expect (office, "done", OPERATOR, "media.checkout", "M1", "used_for=支給準備");
  office_expect (office, "done", GENERAL, "operator.revoke", "N1", "until=2026-09-10 | reason=異動");
  office_set_time (office, "2026-09-11T08:30");
  office_expect (office, "done", PENSION, "person.amend", "P7", "post=主事");
  office_set_time (office, "2026-09-05T08:30");
  office_expect (office, "refused not_entitled", OPERATOR, "media.checkin", "M1", "clock=behind");
  act = g_strdup_printf ("act=%d | clock=behind | reason=誤り",
                         (int) office_ask (office, "SELECT changed FROM operator WHERE id = 1"));
  office_expect (office, "refused not_entitled", OPERATOR, "act.void", "N1", act);
  office_expect (office, "done", GENERAL, "act.void", "N1", act);
}

/* Whose hands it was in is judged by the day it happened, and by what had been signed by then. */
static void
test_told_late (void)
{
  g_autoptr(Office) office = office_new ("nagasaki");

  office_add_medium (office, "USB-01", 5);
  office_add_medium (office, "USB-02", 5);
  office_set_time (office, "2026-09-10T09:00");
  office_expect (office, "done", GENERAL, "operator.revoke", "N1", "until=2026-09-10");
  office_expect (office, "done", GENERAL, "operator.designate", NULL, "person=P7 | since=2026-09-02");
  office_expect (office, "marked 11-1.not_due 9-1.operator waits executor", COLLEAGUE, "media.erase", "M1",
                 ERASED " | erased_by=P7 | happened=2026-09-08T09:00 | late_reason=紙の控えから");
  office_expect (office, "marked 11-1.not_due waits executor", COLLEAGUE, "media.erase", "M2",
                 ERASED " | erased_by=P4 | happened=2026-09-08T09:00 | late_reason=紙の控えから");
}

static void
test_request_of_a_revoked_operator_still_decides (void)
{
  g_autoptr(Office) office = office_new ("nagasaki");

  office_add_medium (office, "USB-01", 5);
  office_expect (office, "waits information_manager system_manager", OPERATOR, "takeout.request", NULL,
                 "kind=hand_over | media=M1 | counterpart=X1 | destination=電算センター | reason=提出 | since=2026-09-02");
  office_expect (office, "done", GENERAL, "operator.revoke", "N1", "until=2026-09-01");
  office_expect (office, "waits information_manager", PENSION, "hand.give", "T1", "as=system_manager");
  office_expect (office, "done", GENERAL, "hand.give", "T1", "as=information_manager");
  office_set_time (office, "2026-09-02T09:00");
  office_expect (office, "refused not_entitled", OPERATOR, "takeout.dispatch", "T1",
                 "quantity=1 | count=5 | container=locked_container | seal=S-1 | carrier=X1 | taker_paper=yes");
  office_expect (office, "done", COLLEAGUE, "takeout.dispatch", "T1",
                 "quantity=1 | count=5 | container=locked_container | seal=S-1 | carrier=X1 | taker_paper=yes");
}

/* An auditor only reads: designated they are not, and whoever became both writes nothing and is nobody's operator. */
static void
test_auditor (void)
{
  g_autoptr(Office) office = office_new ("nagasaki");

  office_expect (office, "done", CHIEF, "appointment.make", NULL,
                 "person=P7 | office=O9 | kind=regular | since=2026-09-10 | until=2026-09-20 | with=3");
  office_expect (office, "refused person", GENERAL, "operator.designate", NULL, "person=P7 | since=2026-09-01");
  office_expect (office, "refused person", GENERAL, "operator.designate", NULL, "person=P7 | since=2026-09-20");
  office_expect (office, "done", GENERAL, "operator.designate", NULL, "person=P7 | since=2026-09-21");
  office_set_time (office, "2026-09-21T09:00");
  office_expect (office, "done", CLERK, "media.register", NULL, "media_kind=hdd | label=HDD-01");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/operator/designate-table", test_designate_table);
  g_test_add_func ("/operator/designated-ahead", test_designated_ahead);
  g_test_add_func ("/operator/auditor", test_auditor);
  g_test_add_func ("/operator/revoked", test_revoked);
  g_test_add_func ("/operator/told-late", test_told_late);
  g_test_add_func ("/operator/clock-put-back", test_a_clock_put_back_revives_nobody);
  g_test_add_func ("/operator/request-of-a-revoked-operator", test_request_of_a_revoked_operator_still_decides);
  return g_test_run ();
}
