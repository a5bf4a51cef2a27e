/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taking media outside: every leg, what stops it, and what is recorded marked. */
#include "fixture.h"

#define REQUEST "kind=round_trip | media=M1 | counterpart=X1 | destination=電算センター | reason=提出のため | " \
                "since=2026-09-02 | until=2026-09-09"
#define HAND_OVER "kind=hand_over | media=M1 | counterpart=X1 | destination=電算センター | reason=提出のため | since=2026-09-02"
#define DISPATCH "quantity=1 | count=1200 | container=locked_container | seal=S-1 | carrier=X1 | taker_paper=yes"
#define ARRIVE "arrived_seal=S-1 | arrival=sound | receiver=X1 | receiver_paper=yes"
#define RETURN "returned_quantity=1 | returned_count=1200 | returned_state=sound | returner=X1 | " \
               "returner_paper=yes | taken_back_by=P4 | place=L1"

static Office *
new_office (void)
{
  Office *office = office_new ("nagasaki");

  office_add_medium (office, "USB-01", 1200);
  office_set_time (office, "2026-09-01T13:00");
  return office;
}

static void
consent (Office *office, const char *subject)
{
  office_expect (office, "waits system_manager", GENERAL, "hand.give", subject, "as=information_manager");
  office_expect (office, "done", PENSION, "hand.give", subject, "as=system_manager");
  office_expect_state (office, subject, "approved");
}

static Office *
new_approved (const char *request)
{
  Office *office = new_office ();

  office_expect (office, "waits information_manager system_manager", OPERATOR, "takeout.request", NULL, request);
  consent (office, "T1");
  return office;
}

static Office *
new_dispatched (const char *request)
{
  Office *office = new_approved (request);

  office_set_time (office, "2026-09-02T10:00");
  office_expect (office, "done", OPERATOR, "takeout.dispatch", "T1", DISPATCH);
  return office;
}

/* --- the way there and back -------------------------------------------------------------------------------------- */

static void
test_round_trip (void)
{
  g_autoptr(Office) office = new_office ();

  office_expect (office, "waits information_manager system_manager", OPERATOR, "takeout.request", NULL, REQUEST);
  office_expect_state (office, "T1", "requested");
  g_assert_cmpint (office_ask (office, "SELECT count FROM takeout WHERE id = 1 AND quantity = 1"), ==, 1200);
  g_assert_cmpuint (office_n_rows (office, "takeout_waiting", "2026-09-01"), ==, 1);
  consent (office, "T1");
  g_assert_cmpint (office_ask (office, "SELECT takeout_no FROM takeout WHERE takeout_fy = 2026"), ==, 1);
  office_set_time (office, "2026-09-02T10:00");
  office_expect (office, "done", OPERATOR, "takeout.dispatch", "T1", DISPATCH " | quantity=1 | count=1200");
  office_expect_state (office, "T1", "out");
  office_expect_state (office, "M1", "in_transit");
  g_assert_cmpint (office_ask (office, "SELECT transport_no FROM takeout WHERE dispatched_at = '2026-09-02T10:01'"), ==,
                   1);
  g_assert_cmpint (office_ask (office, "SELECT count(*) FROM medium WHERE holder = 'X1' AND place IS NULL"), ==, 1);
  office_expect (office, "done", OPERATOR, "takeout.arrive", "T1", ARRIVE);
  office_expect_state (office, "M1", "out");
  office_set_time (office, "2026-09-08T15:00");
  office_expect (office, "done", OPERATOR, "takeout.return", "T1", RETURN);
  office_expect_state (office, "T1", "returned");
  office_expect_state (office, "M1", "stored");
  g_assert_cmpint (office_ask (office, "SELECT place FROM medium WHERE holder IS NULL"), ==, 1);
  g_assert_cmpint (office_ask (office, "SELECT count(*) FROM shortfall"), ==, 0);
}

static void
test_hand_over (void)
{
  g_autoptr(Office) office = new_dispatched (HAND_OVER " | erasure_agreed=yes");

  office_expect (office, "refused receipt", OPERATOR, "takeout.close", "T1", "");
  office_expect (office, "marked 11-3.erasure_proof", OPERATOR, "takeout.close", "T1", "receipt=R-7");
  office_expect_state (office, "M1", "handed_over");
  office_expect_state (office, "B1", "returned");
}

static void
test_disposal (void)
{
  g_autoptr(Office) office = new_dispatched ("kind=disposal | media=M1 | counterpart=X2 | destination=破砕工場 | "
                                             "reason=廃棄 | "
                                             "since=2026-09-02");
  const char *destroy = "media=M1 | identified=[{\"medium\":\"M1\",\"serial\":\"SN-USB-01\"}] | "
                        "instead_of_erasing=yes | "
                        "method=shred_flash | place=破砕工場 | executor=X2 | executor_paper=yes | contractor=X2 | "
                        "contractor_certificate=H-1 | "
                        "witness=P5";

  office_expect (office, "marked 11-1.not_due waits system_manager witness", OPERATOR, "media.destroy", NULL, destroy);
  office_expect (office, "waits system_manager", COLLEAGUE, "hand.give", "D1", "as=witness");
  office_expect (office, "done", PENSION, "hand.give", "D1", "as=system_manager");
  office_expect_state (office, "M1", "destroyed");
  office_expect (office, "done", OPERATOR, "takeout.close", "T1", "receipt=R-8");
  office_expect_state (office, "M1", "destroyed");
}

/* --- asking ------------------------------------------------------------------------------------------------------ */

static void
test_request_table (void)
{
  static const OfficeAnswers cases[] = {
    { "refused until", OPERATOR, HAND_OVER " | kind=round_trip" },
    { "refused until", OPERATOR, REQUEST " | until=2026-08-30" },
    { "refused since until", OPERATOR, REQUEST " | since=2026-08-30 | until=2026-08-29" },
    { "refused media", OPERATOR, REQUEST " | media=M9" },
    { "refused media", OPERATOR, REQUEST " | media=M1,M1" },
    { "refused counterpart", OPERATOR, REQUEST " | counterpart=L1" },
    { "refused kind", OPERATOR, REQUEST " | kind=holiday" },
    { "refused 11-3.not_stored", OPERATOR, REQUEST " | media=M2" },
    { "refused 11-3.valid_until", OPERATOR, REQUEST " | valid_until=2027-01-01" },
    { "refused 11-3.expired", OPERATOR, REQUEST " | valid_until=2026-08-31" },
    { "refused 9-1.operator", OPERATOR, REQUEST " | carrier=P7" },
    { "refused reason", OPERATOR, REQUEST " | reason=123456789018" },
    { "refused not_entitled", CLERK, REQUEST },
    { "refused not_entitled", PENSION, REQUEST },
    { "refused happened_at", OPERATOR, REQUEST " | happened=2026-09-01T10:00" },
    { "waits information_manager system_manager", OPERATOR, REQUEST },
    { "refused 11-3.elsewhere", OPERATOR, REQUEST },
  };
  g_autoptr(Office) office = new_office ();

  office_expect (office, "done", OPERATOR, "media.register", NULL, "media_kind=hdd | label=HDD-01");
  office_run_answers (office, "takeout.request", NULL, cases);
}

static void
test_held_media_do_not_leave_for_good (void)
{
  g_autoptr(Office) office = new_office ();

  office_expect (office, "done", CHIEF, "media.hold", "B1", "hold_reason=evidence");
  office_expect (office, "refused 11-1.hold", OPERATOR, "takeout.request", NULL, HAND_OVER);
  office_expect (office, "waits information_manager system_manager", OPERATOR, "takeout.request", NULL, REQUEST);
}

static void
test_asked_back_and_refused (void)
{
  g_autoptr(Office) office = new_office ();

  office_expect (office, "waits information_manager system_manager", OPERATOR, "takeout.request", NULL, REQUEST);
  office_expect (office, "refused reason", GENERAL, "hand.ask_back", "T1", "");
  office_expect (office, "done", GENERAL, "hand.ask_back", "T1", "reason=経路を記入してください");
  office_expect_state (office, "T1", "asked_back");
  office_expect (office, "refused not_requester", COLLEAGUE, "takeout.request", "T1", REQUEST);
  office_expect (office, "waits information_manager system_manager", OPERATOR, "takeout.request", "T1",
                 REQUEST " | route=国道経由");
  office_expect (office, "done", PENSION, "hand.refuse", "T1", "reason=必要がない");
  office_expect_state (office, "T1", "refused");
  office_expect (office, "waits information_manager system_manager", OPERATOR, "takeout.request", NULL, REQUEST);
  office_expect (office, "refused not_requester", COLLEAGUE, "hand.withdraw", "T2", "");
  office_expect (office, "done", OPERATOR, "hand.withdraw", "T2", "");
  office_expect_state (office, "T2", "withdrawn");
}

/* --- who consents ------------------------------------------------------------------------------------------------ */

static void
designate (Office *office, const char *person)
{
  g_autofree char *answers = g_strdup_printf ("person=%s | since=2026-09-01", person);

  office_expect (office, "done", GENERAL, "operator.designate", NULL, answers);
}

static void
test_requester_approves_own (void)
{
  g_autoptr(Office) office = new_office ();

  designate (office, "P2");
  office_expect (office, "waits information_manager system_manager", GENERAL, "takeout.request", NULL, REQUEST);
  office_expect (office, "waits system_manager", GENERAL, "hand.give", "T1", "as=information_manager");
  office_expect (office, "waits chief_instead", PENSION, "hand.give", "T1", "as=system_manager");
  office_expect_state (office, "T1", "requested");
  office_expect (office, "refused not_entitled", OPERATOR, "hand.give", "T1", "as=chief_instead");
  office_expect (office, "done", CHIEF, "hand.give", "T1", "as=chief_instead");
  office_expect_state (office, "T1", "approved");
}

/* One person is both information and system manager from 2 September on. */
static Office *
new_office_with_one_manager (void)
{
  Office *office = new_office ();

  office_expect (office, "done", CHIEF, "appointment.end", "A3", "until=2026-09-01 | with=2");
  office_set_time (office, "2026-09-02T09:00");
  office_appoint (office, GENERAL, "pension_manager", "kind=concurrent | since=2026-09-02 | with=2");
  return office;
}

static void
test_one_person_in_both_offices (void)
{
  g_autoptr(Office) office = new_office_with_one_manager ();

  office_expect (office, "waits information_manager system_manager", OPERATOR, "takeout.request", NULL, REQUEST);
  office_expect (office, "refused not_entitled", PENSION, "hand.give", "T1", "as=system_manager");
  office_expect (office, "waits chief_instead", GENERAL, "hand.give", "T1", "as=information_manager|system_manager");
  office_expect_state (office, "T1", "requested");
  office_expect (office, "refused overtakes", OPERATOR, "takeout.dispatch", "T1", DISPATCH);
  office_expect (office, "done", CHIEF, "hand.give", "T1", "as=chief_instead");
  office_expect_state (office, "T1", "approved");
}

static void
test_chiefs_own_matter (void)
{
  g_autoptr(Office) office = new_office_with_one_manager ();

  designate (office, "P1");
  office_expect (office, "waits information_manager system_manager", CHIEF, "takeout.request", NULL, REQUEST);
  office_expect (office, "refused nobody_independent", GENERAL, "hand.give", "T1",
                 "as=information_manager|system_manager");
  office_expect (office, "done", CHIEF, "rule.order", NULL,
                 "title=統括責任者の事案 | decides=P7 | in_force_from=2026-09-02 | document_no=総第12号 | with=2");
  /* named after it was asked for, they decide nothing of it */
  office_expect (office, "refused nobody_independent", GENERAL, "hand.give", "T1",
                 "as=information_manager|system_manager");
  office_expect (office, "done", CHIEF, "hand.withdraw", "T1", "");
  office_expect (office, "waits information_manager system_manager", CHIEF, "takeout.request", NULL, REQUEST);
  office_expect (office, "waits named_instead", GENERAL, "hand.give", "T2", "as=information_manager|system_manager");
  office_expect (office, "refused not_entitled", CHIEF, "hand.give", "T2", "as=named_instead");
  office_expect (office, "refused not_entitled", COLLEAGUE, "hand.give", "T2", "as=named_instead");
  office_expect (office, "done", CLERK, "hand.give", "T2", "as=named_instead");
  office_expect_state (office, "T2", "approved");
}

static void
test_nobody_left_to_decide (void)
{
  g_autoptr(Office) office = new_office_with_one_manager ();

  designate (office, "P1");
  office_expect (office, "done", CHIEF, "appointment.end", "A4", "until=2026-09-01 | with=2");
  office_expect (office, "refused nobody_independent", CHIEF, "takeout.request", NULL, REQUEST);
  office_expect (office, "waits information_manager system_manager", OPERATOR, "takeout.request", NULL, REQUEST);
}

static void
test_deputy_says_why (void)
{
  g_autoptr(Office) office = new_office ();

  office_expect (office, "waits information_manager system_manager", OPERATOR, "takeout.request", NULL, REQUEST);
  office_expect (office, "refused absence", DEPUTY, "hand.give", "T1", "as=information_manager");
  office_expect (office, "refused not_entitled", DEPUTY, "hand.give", "T1", "as=system_manager");
  office_expect (office, "waits system_manager", DEPUTY, "hand.give", "T1",
                 "as=information_manager | absence=business_trip");
  office_expect (office, "refused absence", PENSION, "hand.give", "T1", "as=system_manager | absence=leave");
  office_expect (office, "done", PENSION, "hand.give", "T1", "as=system_manager");
  office_expect_state (office, "T1", "approved");
  g_assert_cmpint (office_ask (office, "SELECT principal FROM hand WHERE person = 6"), ==, GENERAL);
}

static void
test_acting_officer (void)
{
  g_autoptr(Office) office = new_office ();

  office_appoint (office, CLERK, "general_affairs_manager", "kind=acting | since=2026-09-02 | until=2026-09-05 | "
                                                            "with=2");
  office_expect (office, "waits information_manager system_manager", OPERATOR, "takeout.request", NULL, REQUEST);
  office_expect (office, "refused not_entitled", CLERK, "hand.give", "T1", "as=information_manager");
  office_set_time (office, "2026-09-02T09:00");
  office_expect (office, "waits system_manager", CLERK, "hand.give", "T1", "as=information_manager");
  office_expect (office, "done", PENSION, "hand.give", "T1", "as=system_manager");
  office_expect_state (office, "T1", "approved");
}

static void
test_appointment_entered_ahead (void)
{
  g_autoptr(Office) office = new_office ();

  office_expect (office, "done", CHIEF, "appointment.end", "A3", "until=2026-09-30 | with=2");
  office_appoint (office, DEPUTY, "pension_manager", "kind=superior | since=2026-10-01 | with=2");
  office_set_time (office, "2026-09-30T09:00");
  office_expect (office, "waits information_manager system_manager", OPERATOR, "takeout.request", NULL,
                 REQUEST " | since=2026-10-01 | until=2026-10-09");
  office_expect (office, "refused not_entitled", DEPUTY, "hand.give", "T1", "as=system_manager");
  office_set_time (office, "2026-10-01T09:00");
  office_expect (office, "refused not_entitled", PENSION, "hand.give", "T1", "as=system_manager");
  office_expect (office, "waits information_manager", DEPUTY, "hand.give", "T1", "as=system_manager");
  office_expect (office, "done", GENERAL, "hand.give", "T1", "as=information_manager");
  office_expect_state (office, "T1", "approved");
}

static void
test_other_profile (void)
{
  g_autofree char *json = office_profile_with ("nagasaki", "\"acts\": {}",
                                               "\"acts\": {\"takeout.request\": {\"hands\": [\"chief\"]}}");
  g_autoptr(Office) office = office_new (json);

  office_add_medium (office, "USB-01", 1200);
  office_expect (office, "waits chief", OPERATOR, "takeout.request", NULL, REQUEST);
  office_expect (office, "refused not_entitled", GENERAL, "hand.give", "T1", "as=information_manager");
  office_expect (office, "done", CHIEF, "hand.give", "T1", "as=chief");
  office_expect_state (office, "T1", "approved");
}

#define HAPPENED "kind=round_trip | media=M1 | counterpart=X1 | destination=電算センター | reason=急ぎのため | carrier=X1 | " \
                 "seal=S-1 | happened=2026-09-01T13:30"

/* Consent is to what is recorded: the same number of other records is something else. */
static void
test_consent_is_to_the_recordings (void)
{
  g_autoptr(Office) office = new_approved (REQUEST);

  g_assert_cmpint (office_ask (office, "SELECT value FROM takeout_batches WHERE owner = 1"), ==, 1);
  office_expect (office, "marked 11-1.not_due", OPERATOR, "media.erase", "M1",
                 "erasure=overwrite | erased_count=1200 | erasure_verified=yes");
  office_expect (office, "done", OPERATOR, "media.record", NULL,
                 "medium=M1 | recorded_on=2026-09-01 | purpose=purpose_1 | count=1200 | copies=0 | source=J-LIS");
  office_expect (office, "done", OPERATOR, "media.store", "M1", "place=L1");
  office_set_time (office, "2026-09-02T09:00");
  office_expect (office, "refused 11-3.content", OPERATOR, "takeout.dispatch", "T1", DISPATCH);
  office_expect (office, "done", OPERATOR, "takeout.cancel", "T1", "");
  office_expect (office, "waits information_manager system_manager", OPERATOR, "takeout.request", NULL, REQUEST);
  office_expect (office, "done", OPERATOR, "media.checkout", "M1", "used_for=追加記録");
  office_expect (office, "marked 11-1.not_due", OPERATOR, "media.erase", "M1",
                 "erasure=overwrite | erased_count=1200 | erasure_verified=yes");
  office_expect (office, "done", OPERATOR, "media.record", NULL,
                 "medium=M1 | recorded_on=2026-09-02 | purpose=purpose_2 | count=1200 | copies=0 | source=J-LIS");
  office_expect (office, "done", OPERATOR, "media.store", "M1", "place=L1");
  office_expect (office, "waits system_manager", GENERAL, "hand.give", "T2", "");
  office_expect (office, "refused 11-3.content", PENSION, "hand.give", "T2", "");
}

/* --- dispatch ---------------------------------------------------------------------------------------------------- */

static void
test_dispatch_table (void)
{
  static const OfficeAnswers cases[] = {
    { "refused container seal", OPERATOR, "quantity=1 | count=1200 | carrier=X1 | taker_paper=yes" },
    { "refused count quantity", OPERATOR, "container=locked_container | seal=S-1 | carrier=X1 | taker_paper=yes" },
    { "refused taker_paper", OPERATOR, DISPATCH " | taker_paper=no" },
    { "refused 11-3.count", OPERATOR, DISPATCH " | count=1199" },
    { "refused 11-3.quantity", OPERATOR, DISPATCH " | quantity=2" },
    { "refused 11-3.two_persons", OPERATOR, DISPATCH " | carrier=P4" },
    { "refused 9-1.operator", OPERATOR, DISPATCH " | carrier=P7 | taker_paper=no" },
    { "refused container", OPERATOR, DISPATCH " | container=paper_bag" },
    { "refused not_entitled", CLERK, DISPATCH },
    { "refused happened_at", OPERATOR, DISPATCH " | happened=2026-09-02T08:30" },
    { "waits taker", OPERATOR, DISPATCH " | carrier=P5 | taker_paper=no" },
  };
  g_autoptr(Office) office = new_approved (REQUEST);

  office_set_time (office, "2026-09-02T09:00");
  office_run_answers (office, "takeout.dispatch", "T1", cases);
  office_expect_state (office, "T1", "handing");
  office_expect_state (office, "M1", "stored");
  office_expect (office, "refused overtakes", OPERATOR, "takeout.dispatch", "T1", DISPATCH);
  office_expect (office, "refused not_entitled", OPERATOR, "hand.give", "T1", "as=taker");
  office_expect (office, "done", COLLEAGUE, "hand.give", "T1", "as=taker");
  office_expect_state (office, "M1", "in_transit");
}

static void
test_expired_consent (void)
{
  g_autoptr(Office) office = new_approved (REQUEST " | valid_until=2026-09-05");

  office_set_time (office, "2026-09-06T09:00");
  office_expect (office, "refused 11-3.expired", OPERATOR, "takeout.dispatch", "T1", DISPATCH);
  g_assert_cmpuint (office_n_rows (office, "takeout_expired", "2026-09-06"), ==, 1);
  g_assert_cmpuint (office_n_rows (office, "takeout_approved", "2026-09-06"), ==, 0);
  office_expect (office, "done", OPERATOR, "takeout.cancel", "T1", "");
  office_expect_state (office, "T1", "withdrawn");
}

static void
test_only_in_the_time_consented_to (void)
{
  static const struct { const char *verdict, *minute; } cases[] = {
    { "refused 11-3.period", "2026-09-01T23:50" },
    { "done", "2026-09-02T00:00" },
    { "done", "2026-09-09T23:50" },
    { "refused 11-3.period", "2026-09-10T00:00" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(Office) office = new_approved (REQUEST " | valid_until=2026-09-20");

      office_set_time (office, cases[i].minute);
      office_expect (office, cases[i].verdict, OPERATOR, "takeout.dispatch", "T1", DISPATCH);
    }
}

static void
test_difference_voids_consent (void)
{
  g_autoptr(Office) office = new_approved (REQUEST);

  office_expect (office, "done", OPERATOR, "media.record", NULL,
                 "medium=M1 | recorded_on=2026-09-01 | purpose=purpose_1 | count=3 | copies=0 | source=J-LIS");
  office_set_time (office, "2026-09-02T09:00");
  office_expect (office, "refused 11-3.count", OPERATOR, "takeout.dispatch", "T1", DISPATCH);
}

static void
test_dispatch_without_consent_is_refused_and_recorded (void)
{
  g_autoptr(Office) office = new_office ();

  office_expect (office, "waits information_manager system_manager", OPERATOR, "takeout.request", NULL, REQUEST);
  office_set_time (office, "2026-09-02T09:00");
  office_expect (office, "refused overtakes", OPERATOR, "takeout.dispatch", "T1", DISPATCH);
  office_expect (office, "done", OPERATOR, "hand.withdraw", "T1", "");
  office_expect (office, "refused late_reason", CLERK, "takeout.unapproved", NULL, HAPPENED);
  /* who carried it is what the recorder says, and not they themselves */
  office_expect (office, "marked 11-3.carrier_unsigned 11-3.unapproved", CLERK, "takeout.unapproved", NULL,
                 HAPPENED " | late_reason=翌日に判明した");
  office_expect_state (office, "M1", "in_transit");
  g_assert_cmpint (office_ask (office, "SELECT count(*) FROM shortfall WHERE rule = '11-3.unapproved' AND state = "
                                       "'open'"), ==, 1);
  office_expect (office, "refused 11-3.elsewhere 11-3.not_stored", OPERATOR, "takeout.request", NULL, REQUEST);
}

/* Whoever carried it and says so needs no mark for that. */
static void
test_carrier_of_unapproved (void)
{
  static const struct { const char *verdict; gint64 who; const char *carrier; } cases[] = {
    { "marked 11-3.unapproved", OPERATOR, "" },
    { "marked 11-3.unapproved", OPERATOR, " | carrier=P4" },
    { "marked 11-3.carrier_unsigned 11-3.unapproved", OPERATOR, " | carrier=P5" },
    { "marked 11-3.carrier_unsigned 11-3.unapproved", OPERATOR, " | carrier=X1" },
    { "marked 11-3.unapproved 9-1.operator", CLERK, " | carrier=P7" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(Office) office = new_office ();
      g_autofree char *answers = g_strconcat ("kind=round_trip | media=M1 | counterpart=X1 | destination=電算センター"
                                              " | reason=急ぎ", cases[i].carrier, NULL);

      office_expect (office, cases[i].verdict, cases[i].who, "takeout.unapproved", NULL, answers);
    }
}

/* --- arrival and return ------------------------------------------------------------------------------------------ */

static void
test_facts_that_break_rules_are_marked (void)
{
  g_autoptr(Office) office = new_dispatched (REQUEST);

  office_expect (office, "marked 11-3.damage 11-3.seal", OPERATOR, "takeout.arrive", "T1",
                 ARRIVE " | arrived_seal=S-2 | arrival=damaged");
  office_expect (office, "marked wrong_state", OPERATOR, "takeout.arrive", "T1", ARRIVE);
  office_set_time (office, "2026-09-12T09:00");
  g_assert_cmpuint (office_n_rows (office, "takeout_late", "2026-09-12"), ==, 1);
  office_expect (office, "marked 11-2.place 11-3.count 11-3.late_return", OPERATOR, "takeout.return", "T1",
                 RETURN " | returned_count=1100 | place=L2");
  office_expect_state (office, "M1", "stored");
  g_assert_cmpint (office_ask (office, "SELECT count(*) FROM shortfall"), ==, 6);
}

/* To be back on the 9th: the office closes at 17:15, and the profile allows so many hours from then on. */
static void
test_late_by_the_profile (void)
{
  static const struct { const char *hours, *in_time, *late; } cases[] = {
    { "0", "2026-09-09T17:15", "2026-09-09T17:16" },
    { "24", "2026-09-10T17:15", "2026-09-10T17:16" },
    { "60", "2026-09-12T05:15", "2026-09-12T05:16" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *hours = g_strconcat ("\"late_return_hours\": ", cases[i].hours, NULL);
      g_autofree char *profile = office_profile_with ("nagasaki", "\"late_return_hours\": 24", hours);
      g_autoptr(Office) office = office_new (profile);

      office_add_medium (office, "USB-01", 1200);
      office_expect (office, "waits information_manager system_manager", OPERATOR, "takeout.request", NULL, REQUEST);
      consent (office, "T1");
      office_set_time (office, "2026-09-02T10:00");
      office_expect (office, "done", OPERATOR, "takeout.dispatch", "T1", DISPATCH);
      g_assert_cmpuint (office_n_rows (office, "takeout_late", cases[i].in_time), ==, 0);
      g_assert_cmpuint (office_n_rows (office, "takeout_late", cases[i].late), ==, 1);
      office_set_time (office, cases[i].in_time);
      office->now -= 60;      /* an act takes a minute */
      office_expect (office, "waits receiver", OPERATOR, "takeout.return", "T1", RETURN " | taken_back_by=P5");
      office_expect (office, "done", OPERATOR, "hand.withdraw", "T1", "");
      office_set_time (office, cases[i].late);
      office->now -= 60;
      office_expect (office, "marked 11-3.late_return", OPERATOR, "takeout.return", "T1", RETURN);
    }
}

/* What was told wrongly of the time is marked: out, there and back, in this order. */
static void
test_legs_in_their_order (void)
{
  g_autoptr(Office) office = new_dispatched (REQUEST);

  office_expect (office, "marked order", OPERATOR, "takeout.arrive", "T1",
                 ARRIVE " | happened=2026-09-01T10:00 | late_reason=紙の控えから");
  office_set_time (office, "2026-09-04T09:00");
  office_expect (office, "marked order", OPERATOR, "takeout.return", "T1",
                 RETURN " | happened=2026-09-01T12:00 | late_reason=紙の控えから");
}

/* A clock that was put back brings no return in time: the latest reading is when it happened. */
static void
test_late_return_under_a_clock_put_back (void)
{
  g_autoptr(Office) office = new_dispatched (REQUEST);

  office_set_time (office, "2026-09-12T09:00");
  office_expect (office, "done", PENSION, "person.amend", "P7", "post=主事");
  office_set_time (office, "2026-09-04T09:00");
  office_expect (office, "marked 11-3.late_return", OPERATOR, "takeout.return", "T1", RETURN " | clock=behind");
  g_assert_cmpint (office_ask (office, "SELECT count(*) FROM takeout WHERE returned_at >= '2026-09-12'"), ==, 1);
}

static void
test_return_by_and_to_the_same_person (void)
{
  g_autoptr(Office) office = new_dispatched (REQUEST);

  office_expect (office, "marked 11-3.two_persons", OPERATOR, "takeout.return", "T1",
                 RETURN " | returner=P4 | returner_paper=no");
}

static void
test_what_does_not_come_back_is_missing (void)
{
  g_autoptr(Office) office = new_office ();

  office_add_medium (office, "USB-02", 30);
  office_expect (office, "waits information_manager system_manager", OPERATOR, "takeout.request", NULL,
                 REQUEST " | media=M1,M2");
  consent (office, "T1");
  office_set_time (office, "2026-09-02T09:00");
  office_expect (office, "done", OPERATOR, "takeout.dispatch", "T1", DISPATCH " | quantity=2 | count=1230");
  office_expect (office, "refused missing", OPERATOR, "takeout.return", "T1", RETURN " | missing=M3");
  office_expect (office, "marked 11-3.missing", OPERATOR, "takeout.return", "T1", RETURN " | missing=M2");
  office_expect_state (office, "M1", "stored");
  office_expect_state (office, "M2", "missing");
  office_expect_state (office, "B2", "lost");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/takeout/consent-is-to-the-recordings", test_consent_is_to_the_recordings);
  g_test_add_func ("/takeout/order-of-legs", test_legs_in_their_order);
  g_test_add_func ("/takeout/late-by-the-profile", test_late_by_the_profile);
  g_test_add_func ("/takeout/clock-put-back", test_late_return_under_a_clock_put_back);
  g_test_add_func ("/takeout/round-trip", test_round_trip);
  g_test_add_func ("/takeout/hand-over", test_hand_over);
  g_test_add_func ("/takeout/disposal", test_disposal);
  g_test_add_func ("/takeout/request-table", test_request_table);
  g_test_add_func ("/takeout/held-media-do-not-leave-for-good", test_held_media_do_not_leave_for_good);
  g_test_add_func ("/takeout/asked-back-and-refused", test_asked_back_and_refused);
  g_test_add_func ("/takeout/requester-approves-own", test_requester_approves_own);
  g_test_add_func ("/takeout/one-person-in-both-offices", test_one_person_in_both_offices);
  g_test_add_func ("/takeout/chiefs-own-matter", test_chiefs_own_matter);
  g_test_add_func ("/takeout/nobody-left-to-decide", test_nobody_left_to_decide);
  g_test_add_func ("/takeout/deputy-says-why", test_deputy_says_why);
  g_test_add_func ("/takeout/acting-officer", test_acting_officer);
  g_test_add_func ("/takeout/appointment-entered-ahead", test_appointment_entered_ahead);
  g_test_add_func ("/takeout/other-profile", test_other_profile);
  g_test_add_func ("/takeout/dispatch-table", test_dispatch_table);
  g_test_add_func ("/takeout/expired-consent", test_expired_consent);
  g_test_add_func ("/takeout/only-in-the-time-consented-to", test_only_in_the_time_consented_to);
  g_test_add_func ("/takeout/difference-voids-consent", test_difference_voids_consent);
  g_test_add_func ("/takeout/dispatch-without-consent", test_dispatch_without_consent_is_refused_and_recorded);
  g_test_add_func ("/takeout/carrier-of-unapproved", test_carrier_of_unapproved);
  g_test_add_func ("/takeout/facts-that-break-rules-are-marked", test_facts_that_break_rules_are_marked);
  g_test_add_func ("/takeout/return-by-and-to-the-same-person", test_return_by_and_to_the_same_person);
  g_test_add_func ("/takeout/what-does-not-come-back-is-missing", test_what_does_not_come_back_is_missing);
  return g_test_run ();
}
