/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Media from registration to erasure, loss and finding: gates that close, facts that are marked. */
#include "fixture.h"

#define ERASE "erasure=overwrite | erasure_tool=nwipe 0.34 | erased_count=1200 | erasure_verified=yes"

static Office *
new_office (void)
{
  Office *office = office_new ("nagasaki");

  office_add_medium (office, "USB-01", 1200);
  office_set_time (office, "2026-09-01T13:00");
  return office;
}

static void
test_register_table (void)
{
  static const OfficeAnswers cases[] = {
    { "done", OPERATOR, "media_kind=usb | label=USB-02 | serial=A1 | maker=甲社" },
    { "refused serial", OPERATOR, "media_kind=usb | label=USB-03 | serial=A1 | maker=甲社" },
    { "done", OPERATOR, "media_kind=usb | label=USB-03 | serial=A1 | maker=乙社" },
    /* however they are written, label and serial number are the same */
    { "refused label", OPERATOR, "media_kind=hdd | label=USB-02" },
    { "refused label", OPERATOR, "media_kind=hdd | label=　ＵＳＢ-02 " },
    { "refused label", OPERATOR, "media_kind=hdd | label=usb−02" },
    { "refused serial", OPERATOR, "media_kind=hdd | label=HDD-02 | serial=Ａ１ | maker=甲社" },
    { "refused serial", OPERATOR, "media_kind=hdd | label=HDD-02 | serial=a1 | maker= 乙社 " },
    { "refused serial", OPERATOR, "media_kind=hdd | label=HDD-02 | serial=A1" },
    { "refused 2.media_kind", OPERATOR, "media_kind=dvd | label=DVD-01" },
    { "refused media_kind", OPERATOR, "media_kind=punch_card | label=PC-01" },
    { "refused sheets", OPERATOR, "media_kind=paper | label=束1" },
    { "done", OPERATOR, "media_kind=paper | label=束1 | sheets=120" },
    { "refused label media_kind", OPERATOR, "serial=A9" },
    { "refused sheets", OPERATOR, "media_kind=paper | label=束2 | sheets=many" },
    { "refused not_entitled", CLERK, "media_kind=hdd | label=HDD-01" },
    { "refused not_entitled", CHIEF, "media_kind=hdd | label=HDD-01" },
    { "refused late_reason", OPERATOR, "media_kind=hdd | label=HDD-01 | happened=2026-08-31T10:00" },
    { "done", OPERATOR, "media_kind=hdd | label=HDD-01 | happened=2026-08-31T10:00 | late_reason=移行のため" },
  };
  g_autoptr(Office) office = new_office ();

  office_run_answers (office, "media.register", NULL, cases);
}

static void
test_receipt_is_a_fact (void)
{
  g_autoptr(Office) office = new_office ();

  office_expect (office, "marked 11-3.damage 2.media_kind", OPERATOR, "media.receive", NULL,
                 "media_kind=dvd | label=受入1 | source=支払基金 | received_from=X1 | giver_paper=yes | arrival=damaged");
  office_expect (office, "marked not_entitled", CLERK, "media.receive", NULL,
                 "media_kind=hdd | label=受入2 | source=支払基金 | received_from=X1 | giver_paper=yes | arrival=sound");
  g_assert_cmpint (office_ask (office, "SELECT count(*) FROM shortfall WHERE state = 'open'"), ==, 3);
}

/* Who handed it over signs, with a key or on paper: nobody receives from whom they like. */
static void
test_giver_signs (void)
{
  static const OfficeCase cases[] = {
    { "refused received_from", OPERATOR, "media.receive", NULL,
      "media_kind=hdd | label=受入1 | source=支払基金 | arrival=sound" },
    { "refused giver_paper", OPERATOR, "media.receive", NULL,
      "media_kind=hdd | label=受入1 | source=支払基金 | received_from=X1 | arrival=sound" },
    { "waits giver", OPERATOR, "media.receive", NULL,
      "media_kind=hdd | label=受入1 | source=支払基金 | received_from=P5 | arrival=sound" },
    { "refused overtakes", OPERATOR, "media.store", "M2", "place=L1" },
    { "refused not_entitled", CLERK, "hand.give", "M2", "as=giver" },
    { "done", COLLEAGUE, "hand.give", "M2", "as=giver" },
    { "done", OPERATOR, "media.store", "M2", "place=L1" },
    { "waits giver", OPERATOR, "media.receive", NULL,
      "media_kind=hdd | label=受入2 | source=支払基金 | received_from=P5 | arrival=sound" },
    { "waits giver", COLLEAGUE, "hand.refuse", "M3", "reason=渡していない" },
    { "done", OPERATOR, "media.register", NULL, "media_kind=hdd | label=受入2" },
  };
  g_autoptr(Office) office = new_office ();

  office_run_table (office, cases);
  office_expect_state (office, "M3", "refused");
}

static void
test_store_and_terminal (void)
{
  g_autoptr(Office) office = new_office ();

  office_expect (office, "refused 11-2.place", OPERATOR, "media.move", "M1", "place=L2");
  office_expect (office, "refused wrong_state", OPERATOR, "media.store", "M1", "place=L1");
  office_expect (office, "refused used_for", OPERATOR, "media.checkout", "M1", "");
  office_expect (office, "refused 9-1.operator", OPERATOR, "media.checkout", "M1", "used_for=支給準備 | holder=P7");
  office_expect (office, "done", OPERATOR, "media.checkout", "M1", "used_for=支給準備");
  office_expect_state (office, "M1", "in_use");
  g_assert_cmpint (office_ask (office, "SELECT count(*) FROM medium WHERE holder = 'P4' AND out_since = "
                                       "'2026-09-01T13:05'"), ==, 1);
  g_assert_cmpuint (office_n_rows (office, "medium_in_use", "2026-09-01"), ==, 1);
  office_expect (office, "refused wrong_state", COLLEAGUE, "media.checkout", "M1", "used_for=支給準備");
  office_expect (office, "done", COLLEAGUE, "media.checkin", "M1", "");
  office_expect_state (office, "M1", "stored");
  g_assert_cmpint (office_ask (office, "SELECT place FROM medium WHERE holder IS NULL AND out_since IS NULL"), ==, 1);
}

/* Where it lies already nothing moves; erased at the terminal it still has to go back to where it belongs, once. */
static void
test_move (void)
{
  static const OfficeCase cases[] = {
    { "refused place", OPERATOR, "media.move", "M1", "place=L1" },
    { "done", GENERAL, "place.establish", NULL, "title=耐火金庫 | room=電算室 | level=3" },
    { "done", OPERATOR, "media.move", "M1", "place=L3" },
    { "refused place", OPERATOR, "media.move", "M1", "place=L3" },
    { "refused place", OPERATOR, "media.move", "M1", "" },
    { "done", OPERATOR, "media.move", "M1", "place=L1" },
    { "done", OPERATOR, "media.checkout", "M1", "used_for=消去" },
    { "marked 11-1.not_due", OPERATOR, "media.erase", "M1", ERASE },
    { "done", OPERATOR, "media.move", "M1", "place=L1" },
    { "refused place", OPERATOR, "media.move", "M1", "place=L1" },
  };
  const char *held = "SELECT state || ' ' || ifnull(holder || ' ' || out_since || ' ' || used_for, 'nobody')"
                     " FROM medium WHERE id = 1";
  const char *undo = "SELECT group_concat(undo, ' ') FROM (SELECT s.undo FROM step s JOIN act a ON a.seq = s.seq"
                     " WHERE a.kind = 'media.move' ORDER BY a.seq)";
  g_autoptr(Office) office = new_office ();
  g_autofree char *before = NULL, *after = NULL, *kept = NULL;

  office_run_table (office, cases);
  before = office_ask_text (office, held);
  g_assert_cmpstr (before, ==, "erased nobody");
  kept = office_ask_text (office, undo);
  g_assert_cmpstr (kept, ==, "{\"state\":\"stored\",\"place\":1} {\"state\":\"stored\",\"place\":3}"
                             " {\"state\":\"erased\",\"place\":1,\"holder\":\"P4\","
                             "\"out_since\":\"2026-09-01T13:07\",\"used_for\":\"消去\"}");
  office_expect_undone (office, OPERATOR, "M1");
  after = office_ask_text (office, held);
  g_assert_cmpstr (after, ==, "erased P4 2026-09-01T13:07 消去");
}

/* Back by closing time, or the next day's where the office had closed when it was taken out. */
static void
test_back_by_closing_time (void)
{
  static const struct { const char *taken, *in_time, *late; } cases[] = {
    { "2026-09-01T13:10", "2026-09-01T17:15", "2026-09-01T17:16" },
    { "2026-09-01T17:14", "2026-09-01T17:15", "2026-09-01T17:16" },
    { "2026-09-01T17:15", "2026-09-02T17:15", "2026-09-02T17:16" },
    { "2026-09-01T20:00", "2026-09-02T17:15", "2026-09-03T08:00" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(Office) office = new_office ();

      g_test_message ("%s", cases[i].taken);
      office_set_time (office, cases[i].taken);
      office->now -= 60;      /* an act takes a minute */
      office_expect (office, "done", OPERATOR, "media.checkout", "M1", "used_for=支給準備");
      g_assert_cmpuint (office_n_rows (office, "medium_in_use", cases[i].in_time), ==, 1);
      g_assert_cmpuint (office_n_rows (office, "medium_not_back", cases[i].in_time), ==, 0);
      g_assert_cmpuint (office_n_rows (office, "medium_not_back", cases[i].late), ==, 1);
      office_expect (office, "done", OPERATOR, "media.checkin", "M1", "");
      g_assert_cmpuint (office_n_rows (office, "medium_not_back", cases[i].late), ==, 0);
    }
}

/* Whoever holds it has taken it: for themselves, or by a hand of their own where somebody else names them. */
static void
test_holder_signs (void)
{
  static const OfficeCase cases[] = {
    { "done", OPERATOR, "media.checkout", "M1", "used_for=支給準備 | holder=P4" },
    { "done", OPERATOR, "media.checkin", "M1", "" },
    { "refused holder_paper", OPERATOR, "media.checkout", "M1", "used_for=支給準備 | holder=P5 | holder_paper=yes" },
    { "waits holder", OPERATOR, "media.checkout", "M1", "used_for=支給準備 | holder=P5" },
    { "refused overtakes", OPERATOR, "media.checkin", "M1", "" },
    { "refused not_entitled", OPERATOR, "hand.give", "M1", "as=holder" },
    { "refused not_entitled", CLERK, "hand.give", "M1", "as=holder" },
    { "done", COLLEAGUE, "hand.refuse", "M1", "reason=受け取っていない" },
    { "waits holder", OPERATOR, "media.checkout", "M1", "used_for=支給準備 | holder=P5" },
    { "done", COLLEAGUE, "hand.give", "M1", "as=holder" },
    { "done", OPERATOR, "media.checkin", "M1", "" },
    { "done", OPERATOR, "media.checkout", "M1", "used_for=支給準備 | holder=P5 | with=5" },
    { "done", COLLEAGUE, "media.checkin", "M1", "" },
    { "refused holder_paper", OPERATOR, "media.checkout", "M1", "used_for=保守 | holder=X1" },
    { "done", OPERATOR, "media.checkout", "M1", "used_for=保守 | holder=X1 | holder_paper=yes" },
  };
  g_autoptr(Office) office = new_office ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      office_expect (office, cases[i].verdict, cases[i].who, cases[i].kind, cases[i].subject, cases[i].answers);
      if (g_str_has_prefix (cases[i].verdict, "waits"))
        office_expect_state (office, "M1", "handing");
    }
  g_assert_cmpint (office_ask (office, "SELECT holder = 'X1' AND state = 'in_use' FROM medium WHERE id = 1"), ==, 1);
}

static void
test_check_is_confirmed (void)
{
  g_autoptr(Office) office = new_office ();

  g_assert_cmpuint (office_n_rows (office, "medium_to_check", "2026-09-01"), ==, 0);
  g_assert_cmpuint (office_n_rows (office, "medium_to_check", "2026-12-02"), ==, 0);
  g_assert_cmpuint (office_n_rows (office, "medium_to_check", "2026-12-03"), ==, 1);
  office_expect (office, "refused checked_on", OPERATOR, "media.check", "M1",
                 "checked_on=2026-09-02 | condition=sound");
  office_expect (office, "refused late_reason", OPERATOR, "media.check", "M1",
                 "checked_on=1990-01-01 | condition=sound");
  office_expect (office, "refused late_reason", OPERATOR, "media.check", "M1",
                 "checked_on=2026-09-01 | condition=sound | late_reason=遅れていない");
  office_expect (office, "waits system_manager", OPERATOR, "media.check", "M1",
                 "checked_on=2026-08-31 | condition=sound | late_reason=前日は終業後のため");
  office_expect (office, "done", PENSION, "hand.refuse", "M1", "reason=当日の点検とすること");
  office_expect (office, "waits system_manager", OPERATOR, "media.check", "M1",
                 "checked_on=2026-09-01 | condition=faulty");
  office_expect_state (office, "M1", "checking");
  office_expect (office, "refused not_entitled", GENERAL, "hand.give", "M1", "as=system_manager");
  office_expect (office, "done", PENSION, "hand.give", "M1", "as=system_manager");
  office_expect_state (office, "M1", "faulty");
  g_assert_cmpuint (office_n_rows (office, "medium_to_check", "2026-09-01"), ==, 0);
  office_expect (office, "waits system_manager", OPERATOR, "media.check", "M1",
                 "checked_on=2026-09-01 | condition=sound");
  office_expect (office, "done", PENSION, "hand.give", "M1", "as=system_manager");
  office_expect_state (office, "M1", "stored");
  g_assert_cmpuint (office_n_rows (office, "medium_to_check", "2026-12-02"), ==, 0);
  g_assert_cmpuint (office_n_rows (office, "medium_to_check", "2026-12-03"), ==, 1);
}

/* --- erasure ----------------------------------------------------------------------------------------------------- */

static void
test_erase_when_due (void)
{
  g_autoptr(Office) office = new_office ();

  office_set_time (office, "2026-10-15T09:00");
  office_expect (office, "done", OPERATOR, "media.erase", "M1", ERASE);
  office_expect_state (office, "M1", "erased");
  office_expect_state (office, "B1", "erased");
  g_assert_cmpint (office_ask (office, "SELECT count(*) FROM medium WHERE payment_day = '2026-10-15' AND erased_by = "
                                       "'P4'"), ==, 1);
  office_expect (office, "done", OPERATOR, "media.record", NULL,
                 "medium=M1 | recorded_on=2026-10-15 | purpose=purpose_1 | count=5 | copies=0 | source=J-LIS");
  office_expect_state (office, "M1", "in_use");
  g_assert_cmpint (office_ask (office, "SELECT count(*) FROM medium WHERE id = 1 AND erased_at IS NULL"
                                       " AND erasure IS NULL AND erased_by IS NULL AND payment_day IS NULL"), ==, 1);
}

static void
test_erase_table (void)
{
  static const struct { const char *verdict; gint64 who; const char *day, *answers; } cases[] = {
    { "marked 11-1.not_due", OPERATOR, "2026-10-14T09:00", ERASE },
    { "done", OPERATOR, "2026-10-15T09:00", ERASE },
    { "marked 11-1.not_due", OPERATOR, "2026-10-15T09:00",
      ERASE " | happened=2026-10-14T17:00 | late_reason=記録を忘れていた" },
    { "marked 11-1.count", OPERATOR, "2026-10-15T09:00", ERASE " | erased_count=1199" },
    { "marked 11-4.method", OPERATOR, "2026-10-15T09:00", ERASE " | erasure=degauss" },
    { "marked 9-1.operator waits executor", OPERATOR, "2026-10-15T09:00", ERASE " | erased_by=P7" },
    { "waits executor", OPERATOR, "2026-10-15T09:00", ERASE " | erased_by=P5" },
    { "refused eraser_paper", OPERATOR, "2026-10-15T09:00", ERASE " | erased_by=X2" },
    { "refused eraser_paper", OPERATOR, "2026-10-15T09:00", ERASE " | erased_by=P5 | eraser_paper=yes" },
    { "done", OPERATOR, "2026-10-15T09:00", ERASE " | erased_by=X2 | eraser_paper=yes" },
    { "marked 9-1.operator not_entitled", CLERK, "2026-10-15T09:00", ERASE },
    { "refused erasure_verified", OPERATOR, "2026-10-15T09:00", ERASE " | erasure_verified=no" },
    { "refused erased_count", OPERATOR, "2026-10-15T09:00", ERASE " | erased_count=-5" },
    { "refused happened_at", OPERATOR, "2026-10-15T09:00", ERASE " | happened=2026-10-16T09:00" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(Office) office = new_office ();

      office_set_time (office, cases[i].day);
      office_expect (office, cases[i].verdict, cases[i].who, "media.erase", "M1", cases[i].answers);
    }
}

static void
test_filled_payment_day_is_not_believed (void)
{
  g_autoptr(Office) office = new_office ();

  office_expect (office, "marked 11-1.not_due", OPERATOR, "media.erase", "M1", ERASE " | payment_day=2026-09-01");
  office_add_medium (office, "USB-02", 1200);
  kan_book_set_calendar (office->book, NULL);
  office_expect (office, "refused payment_day", OPERATOR, "media.erase", "M2", ERASE " | payment_day=2026-09-01");
  office_expect (office, "refused payment_day", OPERATOR, "media.erase", "M2", ERASE);
  office_expect (office, "marked 11-1.not_due", OPERATOR, "media.erase", "M2", ERASE " | payment_day=2026-10-15");
}

/* Nothing is believed but the day that the rule and what was entered give. */
static void
test_payment_day_table (void)
{
  static const struct { const char *verdict, *day, *payment; } cases[] = {
    { "refused payment_day", "2026-12-20T09:00", "payment_day=2026-09-15" },
    { "refused payment_day", "2026-12-20T09:00", "payment_day=2026-10-05" },
    { "refused payment_day", "2026-12-20T09:00", "payment_day=2026-10-14" },
    { "done", "2026-12-20T09:00", "payment_day=2026-10-15" },
    { "refused payment_day", "2026-12-20T09:00", "payment_day=2026-10-16" },
    { "refused payment_day", "2026-12-20T09:00", "payment_day=2026-11-13" },
    { "refused payment_day", "2026-12-20T09:00", "payment_day=2026-12-18" },
    { "marked 11-1.not_due", "2026-10-14T09:00", "payment_day=2026-10-15" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(Office) office = new_office ();
      g_autofree char *answers = g_strconcat (ERASE " | ", cases[i].payment, NULL);

      g_test_message ("case %u", i);
      office_expect (office, "done", GENERAL, "payment.enter", NULL,
                     "kind=off_cycle | day=2026-11-13 | serves=2026-11 | with=3");
      office_expect (office, "done", GENERAL, "payment.enter", NULL,
                     "kind=override | day=2026-12-18 | serves=2026-12 | with=3");
      kan_book_set_calendar (office->book, NULL);
      office_set_time (office, cases[i].day);
      office_expect (office, cases[i].verdict, OPERATOR, "media.erase", "M1", answers);
    }
}

static void
test_payment_off_the_cycle_counts_where_the_profile_says_so (void)
{
  g_autofree char *json = office_profile_with ("nagasaki", "\"off_cycle_counts\": false",
                                               "\"off_cycle_counts\": true");
  g_autoptr(Office) office = office_new (json);

  office_add_medium (office, "USB-01", 1200);
  office_expect (office, "done", GENERAL, "payment.enter", NULL,
                 "kind=off_cycle | day=2026-09-18 | serves=2026-09 | with=3");
  kan_book_set_calendar (office->book, NULL);
  office_set_time (office, "2026-09-20T09:00");
  office_expect (office, "refused payment_day", OPERATOR, "media.erase", "M1", ERASE " | payment_day=2026-09-17");
  office_expect (office, "done", OPERATOR, "media.erase", "M1", ERASE " | payment_day=2026-09-18");
}

/* A payment that was moved counts on its new day, to and fro. */
static void
test_moved_payment (void)
{
  static const struct { const char *verdict, *moved, *payment; } cases[] = {
    { "done", "2026-10-20", "2026-10-20" }, { "refused payment_day", "2026-10-20", "2026-10-15" },
    { "done", "2026-10-05", "2026-10-05" }, { "done", "2026-10-25", "2026-10-25" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(Office) office = new_office ();
      g_autofree char *entered = g_strdup_printf ("kind=override | serves=2026-10 | day=%s | with=3", cases[i].moved);
      g_autofree char *answers = g_strdup_printf (ERASE " | payment_day=%s", cases[i].payment);

      office_expect (office, "done", GENERAL, "payment.enter", NULL, entered);
      kan_book_set_calendar (office->book, NULL);
      office_set_time (office, "2026-12-20T09:00");
      office_expect (office, cases[i].verdict, OPERATOR, "media.erase", "M1", answers);
    }
}

static void
test_early_approval_covers_what_comes_after_it (void)
{
  g_autoptr(Office) office = new_office ();

  office_expect (office, "refused not_entitled", GENERAL, "media.early", "M1", "early_reason=給付の取下げ");
  office_expect (office, "waits information_manager", OPERATOR, "media.early", "M1", "early_reason=給付の取下げ");
  office_expect (office, "done", GENERAL, "hand.give", "M1", "as=information_manager");
  office_expect_state (office, "M1", "stored");
  office_set_time (office, "2026-09-02T09:00");
  office_expect (office, "done", OPERATOR, "media.erase", "M1", ERASE);
}

static void
test_permission_after_the_event_never_covers_it (void)
{
  g_autoptr(Office) office = new_office ();

  office_set_time (office, "2026-09-02T09:00");
  office_expect (office, "waits information_manager", OPERATOR, "media.early", "M1", "early_reason=給付の取下げ");
  office_expect (office, "done", GENERAL, "hand.give", "M1", "as=information_manager");
  office_set_time (office, "2026-09-02T15:00");
  office_expect (office, "marked 11-1.not_due", OPERATOR, "media.erase", "M1", ERASE " | happened=2026-09-02T08:30");
}

static void
test_early_approval_ends (void)
{
  g_autoptr(Office) office = new_office ();

  office_expect (office, "refused early_until", OPERATOR, "media.early", "M1",
                 "early_reason=取下げ | early_until=2026-08-01");
  office_expect (office, "refused 11-1.early_until", OPERATOR, "media.early", "M1",
                 "early_reason=取下げ | early_until=2026-10-02");
  office_expect (office, "waits information_manager", OPERATOR, "media.early", "M1",
                 "early_reason=取下げ | early_until=2026-09-05");
  office_expect (office, "done", GENERAL, "hand.give", "M1", "as=information_manager");
  office_set_time (office, "2026-09-06T09:00");
  office_expect (office, "marked 11-1.not_due", OPERATOR, "media.erase", "M1", ERASE);
}

static void
test_early_approval_at_its_longest (void)
{
  g_autoptr(Office) office = new_office ();

  office_expect (office, "waits information_manager", OPERATOR, "media.early", "M1",
                 "early_reason=取下げ | early_until=2026-10-01");
  office_expect (office, "done", GENERAL, "hand.give", "M1", "as=information_manager");
  office_set_time (office, "2026-10-01T09:00");
  office_expect (office, "done", OPERATOR, "media.erase", "M1", ERASE);
}

static void
test_early_approval_does_not_reach_later_batches (void)
{
  g_autoptr(Office) office = new_office ();

  office_expect (office, "waits information_manager", OPERATOR, "media.early", "M1", "early_reason=取下げ");
  office_expect (office, "done", GENERAL, "hand.give", "M1", "as=information_manager");
  office_expect (office, "done", OPERATOR, "media.record", NULL,
                 "medium=M1 | recorded_on=2026-09-01 | purpose=purpose_1 | count=5 | copies=0 | source=J-LIS");
  office_expect (office, "marked 11-1.not_due", OPERATOR, "media.erase", "M1", ERASE " | erased_count=1205");
}

static void
test_profile_without_early_approval (void)
{
  g_autofree char *json = office_profile_with ("nagasaki", "\"early_destruction_needs_approval\": true",
                                               "\"early_destruction_needs_approval\": false");
  g_autoptr(Office) office = office_new (json);

  office_add_medium (office, "USB-01", 1200);
  office_expect (office, "done", OPERATOR, "media.erase", "M1", ERASE);
}

static void
test_held_media_are_not_erased_unmarked (void)
{
  g_autoptr(Office) office = new_office ();

  office_expect (office, "done", CHIEF, "media.hold", "B1", "hold_reason=incident");
  office_set_time (office, "2026-10-15T09:00");
  office_expect (office, "marked 11-1.hold", OPERATOR, "media.erase", "M1", ERASE);
}

static void
test_failed_erasure (void)
{
  g_autoptr(Office) office = new_office ();

  office_expect (office, "done", OPERATOR, "media.erase_failed", "M1", "erasure=overwrite | note=書込エラーが続く");
  office_expect_state (office, "M1", "faulty");
  office_expect_state (office, "B1", "open");
  g_assert_cmpint (office_ask (office, "SELECT unerasable FROM medium"), ==, 1);
}

/* --- loss -------------------------------------------------------------------------------------------------------- */

static void
test_lost_and_found (void)
{
  g_autoptr(Office) office = new_office ();

  office_expect (office, "refused note", OPERATOR, "media.lost", "M1", "");
  office_expect (office, "done", OPERATOR, "media.lost", "M1", "note=保管庫にない");
  office_expect_state (office, "M1", "missing");
  office_expect_state (office, "B1", "lost");
  g_assert_cmpint (office_ask (office, "SELECT count(*) FROM shortfall WHERE rule = '20.incident_number'"), ==, 1);
  office_expect (office, "refused wrong_state", OPERATOR, "media.checkout", "M1", "used_for=支給準備");
  office_expect (office, "done", OPERATOR, "media.found", "M1", "found_at=机の引出し | place=L1");
  office_expect_state (office, "M1", "stored");
  office_expect_state (office, "B1", "open");
}

static void
test_identity_numbers_are_refused (void)
{
  g_autoptr(Office) office = new_office ();

  office_expect (office, "refused note", OPERATOR, "media.lost", "M1", "note=番号は１２３４ ５６７８ ９０１８");
  office_expect (office, "refused source", OPERATOR, "media.register", NULL,
                 "media_kind=hdd | label=H | source=12345678901");
  office_expect (office, "done", OPERATOR, "media.register", NULL, "media_kind=hdd | label=H | serial=123456789018");
}

static void
test_correction_and_voiding (void)
{
  g_autoptr(Office) office = new_office ();
  g_autofree char *correct = NULL, *maker = NULL, *locked = NULL, *undo = NULL;
  gint64 seq;

  office_expect (office, "done", OPERATOR, "media.register", NULL,
                 "media_kind=hdd | label=HDD-01 | maker=申社 | model=WD1O | serial=H1");
  seq = office_ask (office, "SELECT changed FROM medium WHERE id = 2");
  correct = g_strdup_printf ("act=%d | question=model | value=WD10 | reason=誤記", (int) seq);
  maker = g_strdup_printf ("act=%d | question=maker | value=甲社 | reason=誤記", (int) seq);
  locked = g_strdup_printf ("act=%d | question=serial | value=H2 | reason=誤記", (int) seq);
  undo = g_strdup_printf ("act=%d | reason=二重登録", (int) seq + 1);
  office_expect (office, "done", OPERATOR, "media.register", NULL, "media_kind=hdd | label=HDD-02 | serial=H2");
  office_expect (office, "done", OPERATOR, "act.void", "M3", undo);
  office_expect_state (office, "M3", "void");
  office_expect (office, "done", OPERATOR, "media.register", NULL, "media_kind=hdd | label=HDD-02 | serial=H2");
  office_expect_state (office, "M4", "registered");
  office_expect (office, "refused not_correctable", OPERATOR, "act.correct", "M2", locked);
  office_expect (office, "refused not_correctable", OPERATOR, "act.correct", "M2", maker);
  office_expect (office, "done", OPERATOR, "act.correct", "M2", correct);
  office_expect (office, "refused serial", OPERATOR, "media.restate", "M2", "serial=Ｈ２ | reason=誤記");
  office_expect (office, "refused label", OPERATOR, "media.restate", "M2", "label=HDD-02 | reason=誤記");
  office_expect (office, "waits system_manager", OPERATOR, "media.restate", "M2", "serial=H11 | reason=誤記");
  office_expect (office, "done", PENSION, "hand.give", "M2", "");
  office_expect_state (office, "M2", "registered");
  g_assert_cmpint (office_ask (office, "SELECT count(*) FROM correction c, medium m WHERE m.serial = c.new AND"
                                       " c.old = 'H1' AND c.new = 'H11' AND c.act = m.made"), ==, 1);
  g_assert_cmpint (office_ask (office, "SELECT count(*) FROM medium WHERE model = 'WD10'"), ==, 1);
  /* as at its registration: the same number is another's where both makers are known and differ */
  office_expect (office, "done", OPERATOR, "media.register", NULL,
                 "media_kind=hdd | label=HDD-05 | maker=乙社 | serial=H5");
  office_expect (office, "done", OPERATOR, "media.register", NULL,
                 "media_kind=hdd | label=HDD-06 | maker=申社 | serial=H6");
  office_expect (office, "refused serial", OPERATOR, "media.restate", "M2", "serial=H6 | reason=誤記");
  office_expect (office, "refused serial", OPERATOR, "media.restate", "M4", "serial=H5 | reason=誤記");
  office_expect (office, "done", OPERATOR, "media.restate", "M2", "serial=H5 | reason=誤記 | with=3");
}

/* Two media of the same serial number are told apart by their makers: these are put right as the number is. */
static void
test_maker_is_put_right_by_two (void)
{
  static const OfficeCase cases[] = {
    { "done", OPERATOR, "media.register", NULL, "media_kind=hdd | label=HDD-01 | maker=甲社 | serial=H1" },
    { "done", OPERATOR, "media.register", NULL, "media_kind=hdd | label=HDD-02 | maker=乙社 | serial=H1" },
    { "done", OPERATOR, "media.register", NULL, "media_kind=hdd | label=HDD-03" },
    { "refused maker", OPERATOR, "media.restate", "M3", "maker=甲社 | reason=誤記" },
    { "refused serial", OPERATOR, "media.restate", "M3", "maker=甲社 | serial=Ｈ１ | reason=誤記" },
    { "refused act", OPERATOR, "media.restate", "M3", "maker=乙社 | reason=誤記" },
    { "waits system_manager", OPERATOR, "media.restate", "M3", "maker=丙社 | reason=誤記" },
    { "done", PENSION, "hand.give", "M3", "" },
    { "done", OPERATOR, "media.restate", "M4", "maker=甲社 | reason=記入漏れ | with=3" },
    { "done", OPERATOR, "media.restate", "M3", "maker=甲社 | serial=H3 | reason=誤記 | with=3" },
  };
  g_autoptr(Office) office = new_office ();

  office_run_table (office, cases);
  g_assert_cmpint (office_ask (office, "SELECT count(*) FROM correction WHERE subject = 'M3' AND key = 'maker'"
                                       " AND old = '乙社' AND new = '丙社'"), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/medium/giver-signs", test_giver_signs);
  g_test_add_func ("/medium/register-table", test_register_table);
  g_test_add_func ("/medium/receipt-is-a-fact", test_receipt_is_a_fact);
  g_test_add_func ("/medium/store-and-terminal", test_store_and_terminal);
  g_test_add_func ("/medium/move", test_move);
  g_test_add_func ("/medium/back-by-closing-time", test_back_by_closing_time);
  g_test_add_func ("/medium/holder-signs", test_holder_signs);
  g_test_add_func ("/medium/check-is-confirmed", test_check_is_confirmed);
  g_test_add_func ("/medium/erase-when-due", test_erase_when_due);
  g_test_add_func ("/medium/erase-table", test_erase_table);
  g_test_add_func ("/medium/filled-payment-day-is-not-believed", test_filled_payment_day_is_not_believed);
  g_test_add_func ("/medium/early-approval-covers-what-comes-after-it", test_early_approval_covers_what_comes_after_it);
  g_test_add_func ("/medium/permission-after-the-event", test_permission_after_the_event_never_covers_it);
  g_test_add_func ("/medium/payment-day-table", test_payment_day_table);
  g_test_add_func ("/medium/moved-payment", test_moved_payment);
  g_test_add_func ("/medium/payment-off-the-cycle", test_payment_off_the_cycle_counts_where_the_profile_says_so);
  g_test_add_func ("/medium/early-approval-at-its-longest", test_early_approval_at_its_longest);
  g_test_add_func ("/medium/early-approval-ends", test_early_approval_ends);
  g_test_add_func ("/medium/early-approval-and-later-batches", test_early_approval_does_not_reach_later_batches);
  g_test_add_func ("/medium/profile-without-early-approval", test_profile_without_early_approval);
  g_test_add_func ("/medium/held-media-are-not-erased-unmarked", test_held_media_are_not_erased_unmarked);
  g_test_add_func ("/medium/failed-erasure", test_failed_erasure);
  g_test_add_func ("/medium/lost-and-found", test_lost_and_found);
  g_test_add_func ("/medium/identity-numbers-are-refused", test_identity_numbers_are_refused);
  g_test_add_func ("/medium/correction-and-voiding", test_correction_and_voiding);
  g_test_add_func ("/medium/maker-is-put-right-by-two", test_maker_is_put_right_by_two);
  return g_test_run ();
}
