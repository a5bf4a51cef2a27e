/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Destruction: identified, due, witnessed, confirmed and numbered; and every way in which it breaks a rule. */
#include "fixture.h"

#define SERIAL "identified=[{\"medium\":\"M1\",\"serial\":\"SN-USB-01\"}]"
#define DESTROY "media=M1 | " SERIAL " | method=shred_flash | place=第二倉庫 | executor=P4 | witness=P5 | photographs=2"
#define INSTEAD DESTROY " | instead_of_erasing=yes"

static Office *
new_office (const char *profile)
{
  Office *office = office_new (profile);

  office_add_medium (office, "USB-01", 1200);
  office_set_time (office, "2026-10-20T13:00");
  return office;
}

static void
erase (Office *office)
{
  office_expect (office, "done", OPERATOR, "media.erase", "M1",
                 "erasure=overwrite | erased_count=1200 | erasure_verified=yes");
}

static void
test_certificate (void)
{
  g_autoptr(Office) office = new_office ("nagasaki");

  erase (office);
  office_expect (office, "waits system_manager witness", OPERATOR, "media.destroy", NULL, DESTROY);
  office_expect_state (office, "D1", "witnessing");
  office_expect_state (office, "M1", "erased");
  g_assert_cmpint (office_ask (office, "SELECT ifnull(certificate_no, 0) FROM destruction"), ==, 0);
  office_expect (office, "refused media", OPERATOR, "media.destroy", NULL, DESTROY);
  office_expect (office, "refused not_entitled", OPERATOR, "hand.give", "D1", "as=witness");
  office_expect (office, "waits system_manager", COLLEAGUE, "hand.give", "D1", "as=witness");
  office_expect (office, "refused not_entitled", COLLEAGUE, "hand.give", "D1", "as=system_manager");
  office_expect (office, "done", PENSION, "hand.give", "D1", "as=system_manager");
  office_expect_state (office, "D1", "certified");
  office_expect_state (office, "M1", "destroyed");
  office_expect_state (office, "B1", "erased");
  g_assert_cmpint (office_ask (office, "SELECT certificate_no FROM destruction WHERE certificate_fy = 2026"), ==, 1);
  g_assert_cmpint (office_ask (office, "SELECT count(*) FROM destruction WHERE destroyed_at = '2026-10-20T13:02'"), ==,
                   1);
  office_expect (office, "refused media", OPERATOR, "media.destroy", NULL, DESTROY);
  office_expect (office, "refused act", OPERATOR, "media.erase", "M1",
                 "erasure=overwrite | erased_count=0 | erasure_verified=yes");
}

static void
test_instead_of_erasing_closes_batches (void)
{
  g_autoptr(Office) office = new_office ("nagasaki");

  office_expect (office, "waits system_manager", OPERATOR, "media.destroy", NULL,
                 INSTEAD " | witness=X2 | witness_paper=yes");
  office_expect (office, "done", PENSION, "hand.give", "D1", "as=system_manager");
  office_expect_state (office, "B1", "destroyed");
  g_assert_cmpint (office_ask (office, "SELECT count FROM destruction"), ==, 1200);
  g_assert_cmpint (office_ask (office, "SELECT destruction FROM batch WHERE closed_on = '2026-10-20'"), ==, 1);
}

static void
test_rule_table (void)
{
  static const struct { const char *verdict; gint64 who; const char *day, *answers; } cases[] = {
    { "waits system_manager witness", OPERATOR, "2026-10-20T13:00", INSTEAD },
    { "marked 11-4.not_erased waits system_manager witness", OPERATOR, "2026-10-20T13:00", DESTROY },
    { "marked 11-1.not_due waits system_manager witness", OPERATOR, "2026-10-14T13:00", INSTEAD },
    { "marked 11-1.not_due waits system_manager witness", OPERATOR, "2026-10-20T13:00",
      INSTEAD " | happened=2026-10-14T10:00 | late_reason=入力漏れ" },
    { "waits system_manager witness", OPERATOR, "2026-10-20T13:00",
      INSTEAD " | happened=2026-10-15T10:00 | late_reason=入力漏れ" },
    { "refused late_reason", OPERATOR, "2026-10-20T13:00", INSTEAD " | happened=2026-10-15T10:00" },
    { "marked 11-5.witness waits system_manager", OPERATOR, "2026-10-20T13:00", INSTEAD " | witness=P4" },
    { "marked 11-5.method waits system_manager witness", OPERATOR, "2026-10-20T13:00",
      INSTEAD " | method=shred_paper" },
    { "marked 11-5.identity waits system_manager witness", OPERATOR, "2026-10-20T13:00",
      INSTEAD " | identified=[{\"medium\":\"M1\",\"serial\":\"SN-USB-99\"}]" },
    { "waits system_manager witness", OPERATOR, "2026-10-20T13:00",
      INSTEAD " | identified=[{\"medium\":\"M1\",\"serial\":\"-\"}]" },
    { "marked 11-5.identity waits system_manager witness", OPERATOR, "2026-10-20T13:00",
      INSTEAD " | identified=[{\"medium\":\"M1\",\"serial\":\"-\"}] | photographs=0" },
    { "refused identified identified[0].medium", OPERATOR, "2026-10-20T13:00",
      INSTEAD " | identified=[{\"medium\":\"M2\",\"serial\":\"S\"}]" },
    { "refused identified", OPERATOR, "2026-10-20T13:00", INSTEAD " | identified=SN-USB-01" },
    { "marked 11-5.sheets waits system_manager witness", OPERATOR, "2026-10-20T13:00", INSTEAD " | sheets=3" },
    { "marked 11-5.contractor waits system_manager witness", OPERATOR, "2026-10-20T13:00",
      INSTEAD " | executor=X2 | executor_paper=yes" },
    { "marked 11-5.contractor_certificate waits system_manager witness", OPERATOR, "2026-10-20T13:00",
      INSTEAD " | executor=X2 | executor_paper=yes | contractor=X2" },
    { "refused executor_paper", OPERATOR, "2026-10-20T13:00", INSTEAD " | executor=X2" },
    { "marked 9-1.operator waits executor system_manager witness", OPERATOR, "2026-10-20T13:00",
      INSTEAD " | executor=P7" },
    /* who declares it may be the witness, or the executor, and is asked for no other signature */
    { "waits executor system_manager", OPERATOR, "2026-10-20T13:00", INSTEAD " | executor=P5 | witness=P4" },
    { "marked 11-5.witness waits executor system_manager witness", OPERATOR, "2026-10-20T13:00",
      INSTEAD " | executor=P5 | witness=P5" },
    { "marked 9-1.operator not_entitled waits system_manager witness", CLERK, "2026-10-20T13:00",
      INSTEAD " | executor=P7" },
    { "refused witness_paper", OPERATOR, "2026-10-20T13:00", INSTEAD " | witness=X2" },
    { "refused identified[1].medium", OPERATOR, "2026-10-20T13:00",
      INSTEAD " | identified=[{\"medium\":\"M1\",\"serial\":\"SN-USB-01\"},"
      "{\"medium\":\"M1\",\"serial\":\"SN-USB-09\"}]" },
    { "refused identified[1].medium", OPERATOR, "2026-10-20T13:00",
      INSTEAD " | identified=[{\"medium\":\"M1\",\"serial\":\"SN-USB-01\"},{\"serial\":\"SN-USB-09\"}]" },
    { "refused identified identified[0].serial", OPERATOR, "2026-10-20T13:00",
      INSTEAD " | identified=[{\"medium\":\"M1\"}]" },
    { "refused method place", OPERATOR, "2026-10-20T13:00", "media=M1 | " SERIAL " | executor=P4 | witness=P5" },
    { "refused identified[0].medium media", OPERATOR, "2026-10-20T13:00", INSTEAD " | media=M2" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(Office) office = new_office ("nagasaki");

      office_set_time (office, cases[i].day);
      g_test_message ("case %u", i);
      office_expect (office, cases[i].verdict, cases[i].who, "media.destroy", NULL, cases[i].answers);
    }
}

/* Without a calendar nothing is filled in, and nothing but the day itself is believed. */
static void
test_payment_day_table (void)
{
  static const struct { const char *verdict, *answers; } cases[] = {
    { "refused payment_day", INSTEAD " | payment_day=2026-09-15" },
    { "refused payment_day", INSTEAD " | payment_day=2026-10-14" },
    { "refused payment_day", INSTEAD },
    { "waits system_manager witness", INSTEAD " | payment_day=2026-10-15" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(Office) office = new_office ("nagasaki");

      kan_book_set_calendar (office->book, NULL);
      office_expect (office, cases[i].verdict, OPERATOR, "media.destroy", NULL, cases[i].answers);
    }
}

static void
test_paper_is_known_by_label_and_sheets (void)
{
  const char *paper = "media=M2 | identified=[{\"medium\":\"M2\",\"serial\":\"束1\"}] | instead_of_erasing=yes | "
                      "method=shred_paper | place=年金課 | witness=P5";
  g_autofree char *counted = g_strconcat (paper, " | sheets=120", NULL);
  g_autoptr(Office) office = new_office ("nagasaki");

  office_expect (office, "done", OPERATOR, "media.register", NULL, "media_kind=paper | label=束1 | sheets=120");
  office_expect (office, "marked 11-5.sheets waits system_manager witness", OPERATOR, "media.destroy", NULL, paper);
  office_expect (office, "done", OPERATOR, "hand.withdraw", "D1", "");
  office_expect (office, "waits system_manager witness", OPERATOR, "media.destroy", NULL, counted);
}

static void
test_held_media_are_marked (void)
{
  g_autoptr(Office) office = new_office ("nagasaki");

  office_expect (office, "done", CHIEF, "media.hold", "B1", "hold_reason=incident");
  office_expect (office, "marked 11-1.hold waits system_manager witness", OPERATOR, "media.destroy", NULL, INSTEAD);
  office_expect (office, "waits system_manager", COLLEAGUE, "hand.give", "D1", "as=witness");
  office_expect (office, "done", PENSION, "hand.give", "D1", "as=system_manager");
  g_assert_cmpint (office_ask (office, "SELECT count(*) FROM shortfall WHERE rule = '11-1.hold' AND about = 'D1'"), ==,
                   1);
}

static void
test_media_elsewhere_are_marked (void)
{
  g_autoptr(Office) office = new_office ("nagasaki");

  office_expect (office, "done", OPERATOR, "media.lost", "M1", "note=所在不明 | incident_no=1");
  office_expect (office, "marked 11-5.not_here waits system_manager witness", OPERATOR, "media.destroy", NULL, DESTROY);
}

/* It has happened wherever the medium was by the register; elsewhere than here it is marked. */
static void
test_recordable_in_every_state (void)
{
  static const struct { const char *state, *verdict; } cases[] = {
    { "registered", "waits system_manager" }, { "stored", "waits system_manager" },
    { "in_use", "waits system_manager" }, { "checking", "waits system_manager" },
    { "early_asked", "waits system_manager" }, { "faulty", "waits system_manager" },
    { "erased", "waits system_manager" }, { "in_transit", "marked 11-5.not_here waits system_manager" },
    { "out", "marked 11-5.not_here waits system_manager" }, { "missing", "marked 11-5.not_here waits system_manager" },
    { "handed_over", "marked 11-5.not_here waits system_manager" }, { "destroyed", "refused media" },
  };
  g_autoptr(Office) office = new_office ("nagasaki");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *sql = g_strdup_printf ("UPDATE medium SET state = '%s'", cases[i].state);

      g_test_message ("%s", cases[i].state);
      g_assert_true (kan_db_exec (office->db, "SAVEPOINT here", &error));
      g_assert_true (kan_db_exec (office->db, sql, &error));
      office_expect (office, cases[i].verdict, OPERATOR, "media.destroy", NULL,
                     INSTEAD " | witness=X2 | witness_paper=yes");
      g_assert_true (kan_db_exec (office->db, "ROLLBACK TO here; RELEASE here", &error));
      g_assert_no_error (error);
    }
}

/* What was asked for a medium before it was destroyed is decided no more, and brings it back to no store. */
static void
test_ends_what_waits_for_the_medium (void)
{
  g_autoptr(Office) office = new_office ("nagasaki");

  office_expect (office, "waits system_manager", OPERATOR, "media.check", "M1",
                 "checked_on=2026-10-20 | condition=sound");
  office_expect (office, "waits system_manager witness", OPERATOR, "media.destroy", NULL, INSTEAD);
  office_expect (office, "waits system_manager", COLLEAGUE, "hand.give", "D1", "");
  office_expect (office, "done", PENSION, "hand.give", "D1", "");
  office_expect_state (office, "M1", "destroyed");
  office_expect (office, "refused act", PENSION, "hand.give", "M1", "as=system_manager");
  office_expect_state (office, "M1", "destroyed");
}

#define SQL_UNCONFIRMED \
  "SELECT count(*) FROM shortfall WHERE rule = 'unconfirmed' AND about = 'D1' AND state = 'open'"

static void
expect_unconfirmed (Office *office, guint n)
{
  g_assert_cmpuint (office_n_rows (office, "destruction_unconfirmed", "2026-10-20"), ==, n);
  g_assert_cmpint (office_ask (office, SQL_UNCONFIRMED), ==, n);
  g_assert_cmpint (office_ask (office, "SELECT count(*) FROM medium_present WHERE id = 1 AND state = 'unconfirmed'"),
                   ==, n);
}

/* By the witness and the system manager, at last. */
static void
confirm (Office *office)
{
  office_expect (office, "waits system_manager", COLLEAGUE, "hand.give", "D1", "");
  office_expect (office, "done", PENSION, "hand.give", "D1", "");
  office_expect_state (office, "M1", "destroyed");
  expect_unconfirmed (office, 0);
}

/* Not confirmed, it has happened all the same: the medium is used for nothing, and a confirmation that comes later puts
 * it right. */
static void
test_refused_is_not_lost (void)
{
  static const OfficeCase cases[] = {
    { "refused 11-5.waiting", OPERATOR, "media.record", NULL,
      "medium=M1 | recorded_on=2026-10-20 | purpose=purpose_2 | count=5 | copies=0 | source=J-LIS" },
    { "refused 11-5.waiting", OPERATOR, "media.checkout", "M1", "used_for=支給準備" },
    { "refused media", OPERATOR, "media.destroy", NULL, INSTEAD },
  };
  g_autoptr(Office) office = new_office ("nagasaki");

  office_expect (office, "waits system_manager witness", OPERATOR, "media.destroy", NULL, INSTEAD);
  office_expect (office, "waits system_manager witness", PENSION, "hand.refuse", "D1", "reason=写真では確認できない");
  office_expect_state (office, "D1", "refused");
  expect_unconfirmed (office, 1);
  office_run_table (office, cases);
  office_expect (office, "waits system_manager witness", PENSION, "hand.refuse", "D1", "reason=なお確認できない");
  expect_unconfirmed (office, 1);
  confirm (office);
}

/* Asked back, it is recorded again under its number, and stays recorded until then. */
static void
test_asked_back_is_recorded_again (void)
{
  g_autoptr(Office) office = new_office ("nagasaki");

  office_expect (office, "waits system_manager witness", OPERATOR, "media.destroy", NULL, INSTEAD);
  office_expect (office, "waits system_manager witness", PENSION, "hand.ask_back", "D1", "reason=写真なし");
  expect_unconfirmed (office, 1);
  office_expect (office, "waits system_manager witness", OPERATOR, "media.destroy", "D1", INSTEAD " | photographs=2");
  confirm (office);
}

/* What is told of the time is held against what the medium is known for: a fact is marked, a gate refused. */
static void
test_order_in_time (void)
{
  g_autoptr(Office) office = new_office ("nagasaki");

  office_expect (office, "refused 11-2.place order place", OPERATOR, "media.move", "M1",
                 "place=L1 | happened=2026-01-05T10:00 | late_reason=入力漏れ");
  office_expect (office, "marked order", OPERATOR, "media.lost", "M1",
                 "note=紛失 | incident_no=1 | happened=2026-01-05T10:00 | late_reason=入力漏れ");
}

/* Whoever recorded it may say that it did not happen; that somebody did not confirm it is put right by an officer. */
static void
test_withdrawn_after_refusal (void)
{
  g_autoptr(Office) office = new_office ("nagasaki");

  office_expect (office, "waits system_manager witness", OPERATOR, "media.destroy", NULL, INSTEAD);
  office_expect (office, "waits system_manager witness", PENSION, "hand.refuse", "D1", "reason=保管庫に現存する");
  office_expect (office, "done", OPERATOR, "hand.withdraw", "D1", "");
  office_expect (office, "done", OPERATOR, "media.checkout", "M1", "used_for=支給準備");
  g_assert_cmpint (office_ask (office, SQL_UNCONFIRMED), ==, 1);
}

/* What waits to be confirmed as destroyed is left alone: gates refuse, and what happened all the same is marked. */
static void
test_what_waits_is_left_alone (void)
{
  static const OfficeCase cases[] = {
    { "refused 11-5.waiting", OPERATOR, "media.record", NULL,
      "medium=M1 | recorded_on=2026-10-20 | purpose=purpose_2 | count=5 | copies=0 | source=J-LIS" },
    { "refused 11-5.waiting", OPERATOR, "media.checkout", "M1", "used_for=支給準備" },
    { "refused 11-5.waiting place", OPERATOR, "media.move", "M1", "place=L1" },
    { "refused 11-5.waiting", OPERATOR, "media.check", "M1", "checked_on=2026-10-20 | condition=sound" },
    { "refused 11-5.waiting", OPERATOR, "media.early", "M1", "early_reason=繰上げ" },
    { "refused 11-3.elsewhere 11-5.waiting", OPERATOR, "takeout.request", NULL,
      "kind=round_trip | media=M1 | counterpart=X1 | destination=センター | reason=処理 | since=2026-10-20 |"
      " until=2026-10-22" },
    { "refused 11-5.waiting", OPERATOR, "takeout.dispatch", "T1",
      "quantity=1 | count=1200 | container=locked_container | seal=S-1 | carrier=X1 | taker_paper=yes" },
    { "refused media", OPERATOR, "media.destroy", NULL, INSTEAD },
  };
  g_autoptr(Office) office = new_office ("nagasaki");

  office_expect (office, "waits information_manager system_manager", OPERATOR, "takeout.request", NULL,
                 "kind=round_trip | media=M1 | counterpart=X1 | destination=センター | reason=処理 | since=2026-10-20 |"
                 " until=2026-10-22");
  office_expect (office, "waits system_manager", GENERAL, "hand.give", "T1", "");
  office_expect (office, "done", PENSION, "hand.give", "T1", "");
  office_expect (office, "waits system_manager witness", OPERATOR, "media.destroy", NULL, INSTEAD);
  office_run_table (office, cases);
  office_expect (office, "done", OPERATOR, "hand.withdraw", "D1", "");
  office_expect (office, "done", OPERATOR, "media.checkout", "M1", "used_for=支給準備");
}

/* What happened to it all the same is marked, and its certificate says nothing that is not so any more. */
static void
test_certificate_agrees_with_what_it_closes (void)
{
  g_autoptr(Office) office = new_office ("nagasaki");

  office_expect (office, "waits system_manager witness", OPERATOR, "media.destroy", NULL, INSTEAD);
  office_expect (office, "waits system_manager", COLLEAGUE, "hand.give", "D1", "");
  office_expect (office, "marked 11-5.waiting", OPERATOR, "media.erase", "M1",
                 "erasure=overwrite | erased_count=1200 | erasure_verified=yes");
  office_expect (office, "refused count", PENSION, "hand.give", "D1", "");
  office_expect_state (office, "M1", "erased");
  office_expect (office, "waits system_manager", PENSION, "hand.ask_back", "D1", "reason=件数が違う");
  office_expect (office, "waits system_manager witness", OPERATOR, "media.destroy", "D1", DESTROY);
  office_expect (office, "waits system_manager", COLLEAGUE, "hand.give", "D1", "");
  office_expect (office, "done", PENSION, "hand.give", "D1", "");
  g_assert_cmpint (office_ask (office, "SELECT count FROM destruction"), ==, 0);
  office_expect_state (office, "B1", "erased");
}

/* Who is named as the executor and holds a key signs, as the witness does; nobody invents one. */
static void
test_executor_signs (void)
{
  g_autoptr(Office) office = new_office ("nagasaki");

  office_expect (office, "waits executor system_manager", OPERATOR, "media.destroy", NULL,
                 INSTEAD " | executor=P5 | witness=P4");
  office_expect (office, "refused not_entitled", OPERATOR, "hand.give", "D1", "as=executor");
  office_expect (office, "waits executor", PENSION, "hand.give", "D1", "");
  office_expect_state (office, "M1", "stored");
  office_expect (office, "done", COLLEAGUE, "hand.give", "D1", "as=executor");
  office_expect_state (office, "M1", "destroyed");
}

static void
test_early_approval_covers (void)
{
  g_autoptr(Office) office = new_office ("nagasaki");

  office_add_medium (office, "USB-02", 7);
  office_expect (office, "waits information_manager", OPERATOR, "media.early", "M2", "early_reason=破損");
  office_expect (office, "done", GENERAL, "hand.give", "M2", "as=information_manager");
  office_expect (office, "waits system_manager witness", OPERATOR, "media.destroy", NULL,
                 INSTEAD " | media=M1,M2 | identified=[{\"medium\":\"M1\",\"serial\":\"SN-USB-01\"},"
                 "{\"medium\":\"M2\",\"serial\":\"SN-USB-02\"}]");
  g_assert_cmpint (office_ask (office, "SELECT count FROM destruction"), ==, 1207);
}

static void
test_what_breaks_between_signature_and_last_hand_shows (void)
{
  g_autoptr(Office) office = new_office ("nagasaki");

  office_expect (office, "waits system_manager witness", OPERATOR, "media.destroy", NULL, INSTEAD);
  office_expect (office, "done", CHIEF, "media.hold", "B1", "hold_reason=incident");
  office_expect (office, "waits system_manager", COLLEAGUE, "hand.give", "D1", "as=witness");
  office_expect (office, "done", PENSION, "hand.give", "D1", "as=system_manager");
  office_expect_state (office, "M1", "destroyed");
  g_assert_cmpint (office_ask (office, "SELECT count(*) FROM shortfall WHERE rule = '11-1.hold'"), ==, 1);
}

static void
test_system_manager_does_not_confirm_alone (void)
{
  g_autoptr(Office) office = new_office ("nagasaki");

  office_expect (office, "done", GENERAL, "operator.designate", NULL, "person=P3 | since=2026-09-01");
  office_expect (office, "waits system_manager witness", PENSION, "media.destroy", NULL, INSTEAD " | executor=P3");
  office_expect (office, "waits system_manager", COLLEAGUE, "hand.give", "D1", "as=witness");
  office_expect (office, "waits chief_instead", PENSION, "hand.give", "D1", "as=system_manager");
  office_expect (office, "done", CHIEF, "hand.give", "D1", "as=chief_instead");
  office_expect_state (office, "D1", "certified");
}

static void
test_numbers_are_gapless_per_fiscal_year (void)
{
  static const struct { const char *day; int number, year; } cases[] = {
    { "2026-10-20T13:00", 1, 2026 }, { "2027-03-31T13:00", 2, 2026 }, { "2027-04-01T13:00", 1, 2027 }
  };
  g_autoptr(Office) office = office_new ("nagasaki");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *label = g_strdup_printf ("USB-%u", i + 1), *certificate = g_strdup_printf ("D%u", i + 1);
      g_autofree char *answers = g_strdup_printf ("media=M%u | identified=[{\"medium\":\"M%u\",\"serial\":\"SN-%s\"}] "
                                                  "| "
                                                  "method=shred_flash | place=倉庫 | witness=X2 | "
                                                  "witness_paper=yes", i + 1, i + 1,
                                                  label);
      g_autofree char *sql = g_strdup_printf ("SELECT certificate_no FROM destruction WHERE certificate_fy = %d AND "
                                              "id = %u",
                                              cases[i].year, i + 1);

      office_set_time (office, cases[i].day);
      office_add_medium (office, label, 0);
      office_expect (office, "waits system_manager", OPERATOR, "media.destroy", NULL, answers);
      office_expect (office, "done", PENSION, "hand.give", certificate, "as=system_manager");
      g_assert_cmpint (office_ask (office, sql), ==, cases[i].number);
    }
}

static void
test_refused_and_asked_back (void)
{
  g_autoptr(Office) office = new_office ("nagasaki");

  office_expect (office, "waits system_manager witness", OPERATOR, "media.destroy", NULL, INSTEAD);
  office_expect (office, "waits system_manager witness", PENSION, "hand.ask_back", "D1", "reason=写真が足りない");
  office_expect_state (office, "D1", "asked_back");
  office_expect (office, "waits system_manager witness", OPERATOR, "media.destroy", "D1", INSTEAD " | photographs=5");
  g_assert_cmpint (office_ask (office, "SELECT photographs FROM destruction WHERE id = 1"), ==, 5);
}

static void
wait_for_eraser (Office *office)
{
  office_expect (office, "waits executor", OPERATOR, "media.erase", "M1",
                 "erasure=overwrite | erased_count=1200 | erasure_verified=yes | erased_by=P5");
}

/* The erasure took place: what is destroyed holds nothing, and the certificate says how it was erased. */
static void
test_unsigned_erasure_is_no_lacking_one (void)
{
  g_autoptr(Office) office = new_office ("nagasaki");

  wait_for_eraser (office);
  office_expect (office, "marked 11-4.executor_unsigned waits system_manager witness", OPERATOR, "media.destroy", NULL,
                 DESTROY);
  office_expect_state (office, "M1", "erasing");
  office_expect (office, "waits system_manager", COLLEAGUE, "hand.give", "D1", "as=witness");
  office_expect (office, "done", PENSION, "hand.give", "D1", "as=system_manager");
  office_expect_state (office, "B1", "erased");
  g_assert_cmpint (office_ask (office, "SELECT count FROM destruction"), ==, 0);
  g_assert_cmpint (office_ask (office, "SELECT erased_at = '2026-10-20T13:01' AND erasure = 'overwrite' AND state ="
                                       " 'destroyed' FROM medium"), ==, 1);
  g_assert_cmpint (office_ask (office, "SELECT count(*) FROM pending"), ==, 0);
  g_assert_cmpint (office_ask (office, "SELECT signer FROM shortfall WHERE about = 'D1' AND id = 2"), ==, COLLEAGUE);
  office_expect_state (office, "S2", "open");
  office_expect (office, "done", COLLEAGUE, "shortfall.sign", "S2", "");
  office_expect_state (office, "S2", "closed");
}

/* Until the destruction is confirmed, the executor may sign, or say that nothing was erased. */
static void
test_erasure_signed_or_refused_meanwhile (void)
{
  g_autoptr(Office) signs = new_office ("nagasaki"), refuses = new_office ("nagasaki");

  wait_for_eraser (signs);
  office_expect (signs, "marked 11-4.executor_unsigned waits system_manager", OPERATOR, "media.destroy", NULL,
                 DESTROY " | witness=X2 | witness_paper=yes");
  office_expect (signs, "done", COLLEAGUE, "hand.give", "M1", "as=executor");
  office_expect (signs, "done", PENSION, "hand.give", "D1", "as=system_manager");
  office_expect_state (signs, "B1", "erased");
  g_assert_cmpint (office_ask (signs, "SELECT count(*) FROM shortfall WHERE rule = '11-4.executor_unsigned' AND"
                                      " state = 'closed' AND about = 'D1'"), ==, 1);
  wait_for_eraser (refuses);
  office_expect (refuses, "marked 11-4.executor_unsigned waits system_manager", OPERATOR, "media.destroy", NULL,
                 DESTROY " | witness=X2 | witness_paper=yes");
  office_expect (refuses, "waits executor", COLLEAGUE, "hand.refuse", "M1", "reason=消去していない");
  office_expect (refuses, "refused count", PENSION, "hand.give", "D1", "as=system_manager");
  office_expect_state (refuses, "B1", "open");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/destruction/order-in-time", test_order_in_time);
  g_test_add_func ("/destruction/unsigned-erasure-is-no-lacking-one", test_unsigned_erasure_is_no_lacking_one);
  g_test_add_func ("/destruction/erasure-signed-or-refused-meanwhile", test_erasure_signed_or_refused_meanwhile);
  g_test_add_func ("/destruction/what-waits-is-left-alone", test_what_waits_is_left_alone);
  g_test_add_func ("/destruction/certificate-agrees-with-what-it-closes", test_certificate_agrees_with_what_it_closes);
  g_test_add_func ("/destruction/executor-signs", test_executor_signs);
  g_test_add_func ("/destruction/certificate", test_certificate);
  g_test_add_func ("/destruction/instead-of-erasing-closes-batches", test_instead_of_erasing_closes_batches);
  g_test_add_func ("/destruction/rule-table", test_rule_table);
  g_test_add_func ("/destruction/payment-day-table", test_payment_day_table);
  g_test_add_func ("/destruction/paper-is-known-by-label-and-sheets", test_paper_is_known_by_label_and_sheets);
  g_test_add_func ("/destruction/held-media-are-marked", test_held_media_are_marked);
  g_test_add_func ("/destruction/media-elsewhere-are-marked", test_media_elsewhere_are_marked);
  g_test_add_func ("/destruction/recordable-in-every-state", test_recordable_in_every_state);
  g_test_add_func ("/destruction/ends-what-waits-for-the-medium", test_ends_what_waits_for_the_medium);
  g_test_add_func ("/destruction/refused-is-not-lost", test_refused_is_not_lost);
  g_test_add_func ("/destruction/asked-back", test_asked_back_is_recorded_again);
  g_test_add_func ("/destruction/withdrawn", test_withdrawn_after_refusal);
  g_test_add_func ("/destruction/early-approval-covers", test_early_approval_covers);
  g_test_add_func ("/destruction/what-breaks-meanwhile-shows", test_what_breaks_between_signature_and_last_hand_shows);
  g_test_add_func ("/destruction/system-manager-does-not-confirm-alone", test_system_manager_does_not_confirm_alone);
  g_test_add_func ("/destruction/numbers-are-gapless", test_numbers_are_gapless_per_fiscal_year);
  g_test_add_func ("/destruction/refused-and-asked-back", test_refused_and_asked_back);
  return g_test_run ();
}
