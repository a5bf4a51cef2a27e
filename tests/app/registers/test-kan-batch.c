/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was recorded on media: purposes, copies, deadlines by the calendar, holds, delays, giving back. */
#include "fixture.h"

#define RECORD "medium=M1 | recorded_on=2026-09-01 | purpose=purpose_2 | count=100 | copies=0 | source=J-LIS"

static Office *
new_office (void)
{
  Office *office = office_new ("nagasaki");

  office_add_medium (office, "USB-01", 0);
  return office;
}

static void
test_record_table (void)
{
  static const OfficeAnswers cases[] = {
    { "refused purpose", OPERATOR, "medium=M1 | recorded_on=2026-09-01 | count=100 | copies=0 | source=J-LIS" },
    { "refused copies", OPERATOR, RECORD " | copies=" },
    { "refused source", OPERATOR, RECORD " | source=" },
    { "refused purpose", OPERATOR, RECORD " | purpose=curiosity" },
    { "refused count", OPERATOR, RECORD " | count=0" },
    { "refused recorded_on", OPERATOR, RECORD " | recorded_on=2026-09-02" },
    { "refused happened_at", OPERATOR, RECORD " | recorded_on=2026-08-31" },
    { "refused recorded_on", OPERATOR, RECORD " | recorded_on=2026-02-30" },
    { "refused medium", OPERATOR, RECORD " | medium=M7" },
    { "refused not_entitled", CLERK, RECORD },
    { "refused not_entitled", GENERAL, RECORD },
    { "done", OPERATOR, RECORD " | serves=2026-10 | copies=1 | source=支払基金" },
    { "refused 2.media_kind late_reason order", OPERATOR,
      RECORD " | recorded_on=2026-08-31 | happened=2026-08-31T10:00" },
    { "refused 2.media_kind order", OPERATOR,
      RECORD " | recorded_on=2026-08-31 | happened=2026-08-31T10:00 | late_reason=入力漏れ" },
    { "done", OPERATOR, RECORD " | recorded_on=令和8年9月1日" },
  };
  g_autoptr(Office) office = new_office ();

  office_run_answers (office, "media.record", NULL, cases);
}

/* What it is recorded for is a payment: by the rule, or entered off the cycle by then. */
static void
test_payment_served (void)
{
  static const OfficeCase cases[] = {
    { "refused serves", OPERATOR, "media.record", NULL, RECORD " | serves=2026-11" },
    { "refused serves", OPERATOR, "media.record", NULL, RECORD " | serves=2026-13" },
    { "done", GENERAL, "payment.enter", NULL, "kind=off_cycle | day=2026-11-13 | serves=2026-11 | with=3" },
    { "done", OPERATOR, "media.record", NULL, RECORD " | serves=2026-11" },
    { "done", OPERATOR, "media.record", NULL, RECORD " | serves=令和8年12月" },
    { "done", GENERAL, "payment.cancel", "Y1", "with=3" },
    { "refused serves", OPERATOR, "media.record", NULL, RECORD " | serves=2026-11" },
    { "refused serves", OPERATOR, "batch.restate", "B2", "serves=2027-01 | reason=誤記" },
    { "refused act", OPERATOR, "batch.restate", "B2", "serves=2026-12 | reason=誤記" },
    { "done", OPERATOR, "batch.restate", "B2", "serves=2027-02 | reason=誤記 | with=2" },
  };
  g_autoptr(Office) office = new_office ();
  g_autofree char *serves = NULL;

  office_run_table (office, cases);
  serves = office_ask_text (office, "SELECT group_concat(serves) FROM batch");
  g_assert_cmpstr (serves, ==, "2026-11,2027-02");
}

static void
test_rule_that_allows_usb (void)
{
  g_autoptr(Office) office = new_office ();

  office_expect (office, "done", GENERAL, "rule.repeal", "R1", "ended_on=2026-09-01");
  office_expect (office, "refused 2.media_kind", OPERATOR, "media.record", NULL, RECORD);
}

/* By the rules of the day on which it happened, entered by then: what was repealed since allowed it, what was entered
 * since did not. */
static void
test_rule_of_the_day (void)
{
  g_autoptr(Office) office = new_office ();

  office_expect (office, "done", OPERATOR, "media.register", NULL, "media_kind=usb | label=USB-09");
  office_set_time (office, "2026-09-10T09:00");
  office_expect (office, "done", GENERAL, "rule.repeal", "R1", "ended_on=2026-09-10");
  office_expect (office, "refused 2.media_kind", OPERATOR, "media.record", NULL, RECORD " | recorded_on=2026-09-10");
  office_expect (office, "done", OPERATOR, "media.record", NULL,
                 RECORD " | recorded_on=2026-09-05 | happened=2026-09-05T10:00 | late_reason=入力漏れ");
  office_expect (office, "done", GENERAL, "rule.enter", NULL,
                 "kind=media_kind | title=ＤＶＤの使用 | in_force_from=2026-09-01 | allows=dvd");
  office_expect (office, "refused 2.media_kind", OPERATOR, "media.register", NULL,
                 "media_kind=dvd | label=DVD-01 | happened=2026-09-05T10:00 | late_reason=入力漏れ");
  office_expect (office, "done", OPERATOR, "media.register", NULL, "media_kind=dvd | label=DVD-01");
}

static void
test_received_media_were_recorded_before (void)
{
  g_autoptr(Office) office = new_office ();

  office_expect (office, "done", OPERATOR, "media.receive", NULL,
                 "media_kind=tape | label=受入1 | source=支払基金 | received_from=X1 | giver_paper=yes | arrival=sound");
  office_expect (office, "done", OPERATOR, "media.record", NULL, RECORD " | medium=M2 | recorded_on=2026-08-20");
}

static void
test_copies_never_lengthen (void)
{
  g_autoptr(Office) office = new_office ();

  office_add_medium (office, "USB-02", 0);
  office_expect (office, "done", OPERATOR, "media.record", NULL, RECORD);
  office_set_time (office, "2026-09-03T09:00");
  office_expect (office, "refused recorded_on", OPERATOR, "media.record", NULL,
                 RECORD " | medium=M2 | copy_of=B1 | recorded_on=2026-09-03");
  office_expect (office, "refused count", OPERATOR, "media.record", NULL,
                 RECORD " | medium=M2 | copy_of=B1 | count=101 | recorded_on=2026-09-01");
  office_expect (office, "done", OPERATOR, "media.record", NULL, RECORD " | medium=M2 | copy_of=B1");
  office_set_time (office, "2026-10-15T09:00");
  office_expect (office, "done", OPERATOR, "media.erase", "M1",
                 "erasure=overwrite | erased_count=100 | erasure_verified=yes");
  office_expect (office, "refused copy_of", OPERATOR, "media.record", NULL, RECORD " | medium=M2 | copy_of=B1");
}

static void
test_media_that_are_not_used_again (void)
{
  g_autoptr(Office) office = new_office ();

  office_expect (office, "done", OPERATOR, "media.register", NULL, "media_kind=paper | label=束1 | sheets=10");
  office_expect (office, "done", OPERATOR, "media.record", NULL, RECORD " | medium=M2");
  office_set_time (office, "2026-10-15T09:00");
  office_expect (office, "marked 11-4.method", OPERATOR, "media.erase", "M2",
                 "erasure=overwrite | erased_count=100 | erasure_verified=yes");
  office_expect (office, "refused 11-4.reuse", OPERATOR, "media.record", NULL,
                 RECORD " | medium=M2 | recorded_on=2026-10-15");
}

/* --- deadlines --------------------------------------------------------------------------------------------------- */

static void
test_deadlines (void)
{
  static const struct { const char *recorded, *today; guint due, overdue; } cases[] = {
    { "2026-09-01", "2026-10-14", 0, 0 },
    { "2026-09-01", "2026-10-15", 1, 0 },
    { "2026-09-01", "2026-10-22", 1, 0 },     /* five business days after 15 October */
    { "2026-09-01", "2026-10-23", 1, 1 },
    { "2026-10-14", "2026-10-15", 1, 0 },
    { "2026-10-15", "2026-10-30", 0, 0 },     /* strictly after the day of recording */
    { "2026-10-15", "2026-12-15", 1, 0 },
    { "2026-12-15", "2027-02-15", 1, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(Office) office = new_office ();
      g_autofree char *minute = g_strdup_printf ("%sT10:00", cases[i].recorded);
      g_autofree char *answers = g_strdup_printf (RECORD " | recorded_on=%s", cases[i].recorded);

      office_set_time (office, minute);
      office_expect (office, "done", OPERATOR, "media.record", NULL, answers);
      g_assert_cmpuint (office_n_rows (office, "batch_open", cases[i].today), ==, 1);
      g_assert_cmpuint (office_n_rows (office, "batch_due", cases[i].today), ==, cases[i].due);
      g_assert_cmpuint (office_n_rows (office, "batch_overdue", cases[i].today), ==, cases[i].overdue);
    }
}

/* The deadline is told with the batch itself, and that it was overrun still when what was late is gone. */
static void
test_deadline_is_told (void)
{
  static const struct { const char *today; gint64 days; } cases[] = {
    { "2026-10-22", 0 }, { "2026-10-23", 1 }, { "2026-11-02", 11 },
  };
  g_autoptr(Office) office = new_office ();

  office_expect (office, "done", OPERATOR, "media.record", NULL, RECORD);
  office_expect (office, "done", OPERATOR, "media.record", NULL, RECORD);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_cmpuint (office_n_rows (office, "batch_present", cases[i].today), ==, 2);
      g_assert_cmpint (office_ask (office, "SELECT ifnull(days_overdue, 0) FROM batch_present WHERE id = 1"), ==,
                       cases[i].days);
    }
  office_set_time (office, "2026-10-26T09:00");
  office_expect (office, "done", OPERATOR, "media.erase", "M1", "erasure=overwrite | erased_count=200 |"
                 " erasure_verified=yes");
  office_n_rows (office, "batch_present", "2026-12-01");
  g_assert_cmpint (office_ask (office, "SELECT count(*) FROM batch_present WHERE purge_by = '2026-10-22'"
                               " AND days_overdue = 4 AND state = 'erased'"), ==, 2);
}

static void
test_delay_explains_and_does_not_hide (void)
{
  g_autoptr(Office) office = new_office ();

  office_expect (office, "done", OPERATOR, "media.record", NULL, RECORD);
  office_set_time (office, "2026-10-26T09:00");
  office_expect (office, "refused delay_reason", OPERATOR, "media.delay", "B1", "");
  office_expect (office, "refused delay_until", OPERATOR, "media.delay", "B1",
                 "delay_reason=監査のため | delay_until=2026-10-01");
  office_expect (office, "done", OPERATOR, "media.delay", "B1", "delay_reason=監査のため | delay_until=2026-11-05");
  g_assert_cmpuint (office_n_rows (office, "batch_overdue", "2026-10-26"), ==, 1);
}

static void
test_hold (void)
{
  g_autoptr(Office) office = new_office ();

  office_expect (office, "done", OPERATOR, "media.record", NULL, RECORD);
  office_expect (office, "refused not_entitled", GENERAL, "media.hold", "B1", "hold_reason=evidence");
  office_expect (office, "refused hold_reason", CHIEF, "media.hold", "B1", "hold_reason=whim");
  office_expect (office, "refused act", CHIEF, "media.unhold", "B1", "");
  office_expect (office, "done", CHIEF, "media.hold", "B1", "hold_reason=evidence");
  office_expect (office, "refused act", CHIEF, "media.hold", "B1", "hold_reason=evidence");
  g_assert_cmpuint (office_n_rows (office, "batch_held", "2026-10-26"), ==, 1);
  g_assert_cmpuint (office_n_rows (office, "batch_overdue", "2026-10-26"), ==, 1);
  office_expect (office, "marked 11-1.hold", OPERATOR, "batch.return", "B1",
                 "counterpart=X1 | returned_count=100 | receipt=R-1");
}

static void
test_giving_back (void)
{
  g_autoptr(Office) office = new_office ();

  office_expect (office, "done", OPERATOR, "media.record", NULL, RECORD " | copies=1");
  office_expect (office, "refused receipt", OPERATOR, "batch.return", "B1", "counterpart=X1 | returned_count=200");
  office_expect (office, "marked 11-1.count", OPERATOR, "batch.return", "B1",
                 "counterpart=X1 | returned_count=100 | receipt=R-1");
  office_expect_state (office, "B1", "returned");
  g_assert_cmpint (office_ask (office, "SELECT count(*) FROM batch WHERE closed_on = '2026-09-01'"), ==, 1);
  office_expect (office, "marked 11-1.count wrong_state", OPERATOR, "batch.return", "B1",
                 "counterpart=X1 | returned_count=200 | receipt=R-2");
}

#define AGREED " | with=2"

/* A mistyped recording is put right by another manager's signature; what it said stays beside it. */
static void
test_put_right (void)
{
  static const OfficeCase cases[] = {
    { "refused reason", OPERATOR, "batch.restate", "B1", "count=100" },
    { "refused act", OPERATOR, "batch.restate", "B1", "count=1000 | reason=誤記" },
    { "refused count", OPERATOR, "batch.restate", "B1", "count=0 | reason=誤記" },
    { "refused recorded_on", OPERATOR, "batch.restate", "B1", "recorded_on=2026-09-02 | reason=誤記" },
    { "refused not_entitled", CLERK, "batch.restate", "B1", "count=100 | reason=誤記" },
    { "waits information_manager", OPERATOR, "batch.restate", "B1", "count=100 | copies=1 | reason=誤記" },
  };
  g_autoptr(Office) office = new_office ();

  office_expect (office, "done", OPERATOR, "media.record", NULL, RECORD " | count=1000");
  office_run_table (office, cases);
  office_expect_state (office, "B1", "open");
  office_expect (office, "done", GENERAL, "hand.give", "B1", "");
  office_expect_state (office, "B1", "open");
  g_assert_cmpint (office_ask (office, "SELECT count(*) FROM correction c JOIN batch b ON b.made = c.act"
                                       " WHERE (c.key = 'count' AND old = '1000' AND new = '100') OR"
                                       " (c.key = 'copies' AND old = '0' AND new = '1')"), ==, 2);
  office_expect (office, "done", OPERATOR, "batch.return", "B1",
                 "counterpart=X1 | returned_count=200 | receipt=R-1");
  office_expect (office, "refused wrong_state", OPERATOR, "batch.restate", "B1", "count=9 | reason=誤記");
}

/* Found out after it was erased: what was counted is put right, until a certificate tells of it. */
static void
test_put_right_after_erasure (void)
{
  static const OfficeCase erased[] = {
    { "refused recorded_on", OPERATOR, "batch.restate", "B1", "recorded_on=2026-08-31 | reason=誤記" },
    { "waits information_manager", OPERATOR, "batch.restate", "B1", "recorded_on=2026-09-01 | count=90 | reason=誤記" },
    { "done", GENERAL, "hand.give", "B1", "" },
    { "refused wrong_state", OPERATOR, "batch.cancel", "B1", "reason=二重登録" },
    { "waits system_manager witness", OPERATOR, "media.destroy", NULL,
      "media=M1 | identified=[{\"medium\":\"M1\",\"serial\":\"SN-USB-01\"}] | method=shred_flash | place=第二倉庫 |"
      " witness=P5" },
    { "waits information_manager", OPERATOR, "batch.restate", "B1", "count=80 | reason=誤記" },
    { "waits system_manager", COLLEAGUE, "hand.give", "D1", "" },
    { "refused media", PENSION, "hand.give", "D1", "" },
    { "done", GENERAL, "hand.give", "B1", "" },
    { "refused act", OPERATOR, "batch.restate", "B1", "count=80 | reason=誤記" },
    { "done", PENSION, "hand.give", "D1", "" },
    { "refused act", OPERATOR, "batch.restate", "B1", "count=70 | reason=誤記" },
  };
  g_autoptr(Office) office = new_office ();

  office_expect (office, "done", OPERATOR, "media.record", NULL, RECORD);
  office_set_time (office, "2026-10-20T09:00");
  office_expect (office, "done", OPERATOR, "media.erase", "M1",
                 "erasure=overwrite | erased_count=100 | erasure_verified=yes");
  office_run_table (office, erased);
  office_expect_state (office, "B1", "erased");
  g_assert_cmpint (office_ask (office, "SELECT count(*) FROM correction c JOIN batch b ON b.made = c.act"
                                       " WHERE c.key = 'count' AND old = '90' AND new = '80'"
                                       " AND b.count = 80"), ==, 1);
  g_assert_cmpint (office_ask (office, "SELECT count(*) FROM correction"), ==, 2);
}

/* A copy and its original stay what they are to each other. */
static void
test_put_right_with_copies (void)
{
  g_autoptr(Office) office = new_office ();

  office_add_medium (office, "USB-02", 0);
  office_expect (office, "done", OPERATOR, "media.record", NULL, RECORD);
  office_expect (office, "done", OPERATOR, "media.record", NULL, RECORD " | medium=M2 | copy_of=B1");
  office_expect (office, "refused count", OPERATOR, "batch.restate", "B1", "count=99 | reason=誤記");
  office_expect (office, "refused count", OPERATOR, "batch.restate", "B2", "count=101 | reason=誤記");
  office_set_time (office, "2026-09-02T09:00");
  office_expect (office, "refused recorded_on", OPERATOR, "batch.restate", "B2",
                 "recorded_on=2026-09-02 | reason=誤記");
  office_expect (office, "refused act", OPERATOR, "batch.cancel", "B1", "reason=二重登録");
  office_expect (office, "done", OPERATOR, "batch.cancel", "B2", "reason=二重登録" AGREED);
  office_expect_state (office, "B2", "void");
  office_expect (office, "done", OPERATOR, "batch.restate", "B1", "recorded_on=2026-09-02 | reason=誤記" AGREED);
}

/* What closes it meanwhile is not undone by a correction that waited. */
static void
test_closed_meanwhile (void)
{
  static const OfficeCase cases[] = {
    { "done", OPERATOR, "media.record", NULL, RECORD },
    { "waits information_manager", OPERATOR, "batch.cancel", "B1", "reason=二重登録" },
    { "done", OPERATOR, "media.lost", "M1", "note=所在不明 | incident_no=1" },
    { "refused act", GENERAL, "hand.give", "B1", "" },
    { "done", GENERAL, "hand.refuse", "B1", "reason=滅失のため" },
  };
  g_autoptr(Office) office = new_office ();

  office_run_table (office, cases);
  office_expect_state (office, "B1", "lost");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/batch/rule-of-the-day", test_rule_of_the_day);
  g_test_add_func ("/batch/record-table", test_record_table);
  g_test_add_func ("/batch/payment-served", test_payment_served);
  g_test_add_func ("/batch/rule-that-allows-usb", test_rule_that_allows_usb);
  g_test_add_func ("/batch/received-media-were-recorded-before", test_received_media_were_recorded_before);
  g_test_add_func ("/batch/copies-never-lengthen", test_copies_never_lengthen);
  g_test_add_func ("/batch/media-that-are-not-used-again", test_media_that_are_not_used_again);
  g_test_add_func ("/batch/deadlines", test_deadlines);
  g_test_add_func ("/batch/deadline-is-told", test_deadline_is_told);
  g_test_add_func ("/batch/delay-explains-and-does-not-hide", test_delay_explains_and_does_not_hide);
  g_test_add_func ("/batch/hold", test_hold);
  g_test_add_func ("/batch/giving-back", test_giving_back);
  g_test_add_func ("/batch/put-right", test_put_right);
  g_test_add_func ("/batch/put-right-after-erasure", test_put_right_after_erasure);
  g_test_add_func ("/batch/put-right-with-copies", test_put_right_with_copies);
  g_test_add_func ("/batch/closed-meanwhile", test_closed_meanwhile);
  return g_test_run ();
}
