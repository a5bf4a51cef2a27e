/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is due on which day, and the reminder block that says so without a passphrase. */
#include "desk-fixture.h"

#include "desk/kan-reminder.h"
#include "desk/kan-view.h"

static void
appoint_manager (KanDesk *desk)
{
  add_cosigner (desk, "sato", "sato's");
  EXPECT_SIGN (desk, "done", "appointment.make", NULL,
               "person=P2 | office=general_affairs_manager | kind=regular | since=2026-09-01");
}

static char *
list_due (KanDesk *desk)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) due = kan_desk_list_due (desk, &error);
  GString *out = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < due->len; i++)
    {
      const KanDue *one = g_ptr_array_index (due, i);

      g_string_append_printf (out, "%s%s %s", i > 0 ? ", " : "", kan_due_kind_id (one->kind), one->subject);
      if (one->day != NULL)
        g_string_append_printf (out, " %s", one->day);
    }
  return g_string_free (out, FALSE);
}

#define EXPECT_DUE(desk, expected) G_STMT_START { \
    g_autofree char *due_ = list_due (desk); \
    g_assert_cmpstr (due_, ==, expected); } G_STMT_END

/* A batch of September: coming within a month of the October payment, due after it, overdue after the grace. */
static void
record_batch (Fixture *f)
{
  g_autoptr(KanDesk) desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");

  appoint_manager (desk);
  g_clear_pointer (&desk, kan_desk_free);
  desk = open_as (f, KAN_VAULT_WRITE, "sato", "sato's");
  EXPECT_SIGN (desk, "done", "operator.designate", NULL, "person=P2 | since=2026-09-01");
  EXPECT_SIGN (desk, "done", "rule.enter", NULL, "kind=media_kind | title=ＵＳＢ | in_force_from=2026-09-01 | allows=usb");
  EXPECT_SIGN (desk, "done", "place.establish", NULL, "title=保管庫 | room=サーバ室 | level=3");
  EXPECT_SIGN (desk, "done", "media.register", NULL, "media_kind=usb | label=ＵＳＢ１ | serial=SN-1");
  EXPECT_SIGN (desk, "done", "media.record", NULL, "medium=M1 | purpose=purpose_2 | count=3 | copies=0 | source=J-LIS");
  EXPECT_SIGN (desk, "done", "media.store", "M1", "place=L1");
}

/* Whatever has no name of its own is called by what it is about; what else is to be known stands beside it. */
static void
expect_words (KanDesk *desk)
{
  static const struct { const char *name, *detail; } words[] = {
    { "M1 ＵＳＢ１", "Handling a claim" }, { "誰", "Register a person" }
  };
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) due = kan_desk_list_due (desk, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (due->len, ==, G_N_ELEMENTS (words));
  for (guint i = 0; i < due->len; i++)
    {
      const KanDue *one = g_ptr_array_index (due, i);

      g_assert_cmpstr (one->name, ==, words[i].name);
      g_assert_cmpstr (one->detail, ==, words[i].detail);
    }
}

static void
test_due (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  static const struct { const char *day, *due; } days[] = {
    { "2026-09-21T15:00", "coming B1 2026-10-15" },
    { "2026-10-14T23:59", "coming B1 2026-10-15" },
    { "2026-10-16T00:00", "due B1 2026-10-22" },
    { "2026-10-22T23:59", "due B1 2026-10-22" },
    { "2026-10-23T00:00", "overdue B1 2026-10-22" },
  };
  g_autoptr(KanDesk) desk = NULL;

  record_batch (f);
  for (gsize i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_assert_true (kan_minute_parse (days[i].day, &now));
      g_clear_pointer (&desk, kan_desk_free);
      desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
      g_test_message ("%s", days[i].day);
      EXPECT_DUE (desk, days[i].due);
    }
  EXPECT_SIGN (desk, "waits", "person.register", NULL, "staff_no=9 | name=誰 | clock=ahead");
  EXPECT_DUE (desk, "overdue B1 2026-10-22, waiting P3 2026-10-23");
  expect_words (desk);
}

static void
expect_vacant (KanDesk *desk, const char *detail)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) due = kan_desk_list_due (desk, &error);
  const KanDue *vacant = NULL;

  g_assert_no_error (error);
  for (guint i = 0; i < due->len; i++)
    if (((const KanDue *) g_ptr_array_index (due, i))->kind == KAN_DUE_VACANT)
      vacant = g_ptr_array_index (due, i);
  g_assert_cmpstr (vacant != NULL ? vacant->detail : NULL, ==, detail);
}

/* An office that decides is told as vacant once nobody holds it any more, with its roles and who decides meanwhile. */
static void
test_vacant (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  g_autoptr(GError) error = NULL;

  add_cosigner (desk, "sato", "sato's");
  EXPECT_DUE (desk, "");    /* what was never held is lacking, not vacant */
  EXPECT_SIGN (desk, "done", "appointment.make", NULL,
               "person=P2 | office=general_affairs_manager | kind=regular | since=2026-09-01 | until=2026-09-30");
  expect (kan_minute_parse ("2026-09-30T23:59", &now), NULL);
  expect (kan_desk_set_now (desk, now, &error), error);
  EXPECT_DUE (desk, "");
  expect (kan_minute_parse ("2026-10-01T09:00", &now), NULL);
  expect (kan_desk_set_now (desk, now, &error), error);
  EXPECT_DUE (desk, "vacant O3 2026-09-30");
  expect_vacant (desk, "Information manager, nobody deputises");
  add_cosigner (desk, "sato", "sato's");
  EXPECT_SIGN (desk, "done", "appointment.make", NULL,
               "person=P2 | office=general_affairs_head | kind=regular | since=2026-10-01");
  expect_vacant (desk, "Information manager, deputises: 佐藤 花子");
  add_cosigner (desk, "sato", "sato's");
  EXPECT_SIGN (desk, "done", "appointment.make", NULL,
               "person=P2 | office=general_affairs_manager | kind=acting | since=2026-10-01");
  EXPECT_DUE (desk, "");
}

/* In use until the office closes, at 17:15; from then on not put back, to a desk and to a block written before. */
static void
test_not_back (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) told = NULL;
  KanStatus status;

  record_batch (f);
  g_assert_true (kan_minute_parse ("2026-09-22T15:00", &now));
  desk = open_as (f, KAN_VAULT_WRITE, "sato", "sato's");
  expect (kan_desk_set_reminders (desk, TRUE, now, &error), error);
  EXPECT_SIGN (desk, "done", "media.checkout", "M1", "used_for=照合");
  EXPECT_DUE (desk, "coming B1 2026-10-15, in_use M1 2026-09-22");
  expect (kan_vault_get_status (kan_desk_get_vault (desk), &status, &error), error);
  g_assert_true (kan_minute_parse ("2026-09-22T17:15", &now));
  expect (kan_desk_set_now (desk, now, &error), error);
  EXPECT_DUE (desk, "coming B1 2026-10-15, in_use M1 2026-09-22");
  g_assert_true (kan_minute_parse ("2026-09-22T17:16", &now));
  expect (kan_desk_set_now (desk, now, &error), error);
  EXPECT_DUE (desk, "coming B1 2026-10-15, not_back M1 2026-09-22");
  told = kan_reminders_of_status (&status, kan_day_parse ("2026-09-23"));
  g_assert_cmpuint (told->len, ==, 2);
  g_assert_cmpint (g_array_index (told, KanReminderCount, 1).kind, ==, KAN_DUE_NOT_BACK);
}

/* A clock that was set back hides nothing: days are counted by the latest entry, and it is told. */
static void
test_clock_set_back (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = NULL;
  g_autoptr(GError) error = NULL;
  KanStatus status;

  record_batch (f);
  g_assert_true (kan_minute_parse ("2026-11-30T09:00", &now));
  desk = open_as (f, KAN_VAULT_WRITE, "sato", "sato's");
  EXPECT_SIGN (desk, "done", "place.establish", NULL, "title=書庫 | room=書庫 | level=2 | clock=ahead");
  g_assert_null (kan_book_get_clock_warning (kan_desk_get_book (desk)));
  g_clear_pointer (&desk, kan_desk_free);
  g_assert_true (kan_minute_parse ("2026-09-25T09:00", &now));
  desk = open_as (f, KAN_VAULT_WRITE, "sato", "sato's");
  EXPECT_DUE (desk, "overdue B1 2026-10-22");
  g_assert_nonnull (kan_book_get_clock_warning (kan_desk_get_book (desk)));
  g_assert_cmpint (kan_desk_get_day (desk), ==, kan_day_parse ("2026-11-30"));
  expect (kan_desk_set_reminders (desk, TRUE, now, &error), error);
  expect (kan_vault_get_status (kan_desk_get_vault (desk), &status, &error), error);
  g_assert_cmpint (status.remind_as_of, ==, kan_day_parse ("2026-11-30"));
  /* the clock goes on, and is right again */
  expect (kan_desk_set_now (desk, now + 60, &error), error);
  g_assert_nonnull (kan_book_get_clock_warning (kan_desk_get_book (desk)));
  g_assert_true (kan_minute_parse ("2026-12-01T09:00", &now));
  expect (kan_desk_set_now (desk, now, &error), error);
  g_assert_null (kan_book_get_clock_warning (kan_desk_get_book (desk)));
  g_assert_cmpint (kan_desk_get_day (desk), ==, kan_day_parse ("2026-12-01"));
}

/* Whoever only reads makes nothing public. */
static void
test_reminders_by_an_auditor (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  g_autoptr(GError) error = NULL;
  KanStatus status;

  add_cosigner (desk, "sato", "sato's");
  EXPECT_SIGN (desk, "done", "appointment.make", NULL,
               "person=P2 | office=audit_clerk | kind=regular | since=2026-09-01");
  g_clear_pointer (&desk, kan_desk_free);
  desk = open_as (f, KAN_VAULT_WRITE, "sato", "sato's");
  g_assert_false (kan_desk_set_reminders (desk, TRUE, now, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (kan_desk_set_reminders (desk, FALSE, now, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_REFUSED);
  g_clear_error (&error);
  expect (kan_vault_get_status (kan_desk_get_vault (desk), &status, &error), error);
  g_assert_cmpint (status.remind_as_of, ==, 0);
}

/* The reminder block counts without a passphrase, once the office has switched it on, and follows every act. */
static void
test_reminders (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = NULL;
  g_autoptr(GError) error = NULL;
  KanStatus status;

  record_batch (f);
  desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  expect (kan_vault_get_status (kan_desk_get_vault (desk), &status, &error), error);
  g_assert_cmpint (status.remind_as_of, ==, 0);
  expect (kan_desk_set_reminders (desk, TRUE, now, &error), error);
  EXPECT_SIGN (desk, "waits", "person.register", NULL, "staff_no=9 | name=誰");
  g_clear_pointer (&desk, kan_desk_free);

  desk = open_locked (f, KAN_VAULT_READ);
  expect (kan_vault_get_status (kan_desk_get_vault (desk), &status, &error), error);
  g_assert_cmpint (status.remind_as_of, ==, kan_day_of_utc (now));
  g_assert_cmpuint (status.n_reminders, ==, 2);
  g_assert_cmpint (status.reminders[0].what, ==, KAN_DUE_COMING);
  g_assert_cmpint (status.reminders[0].day, ==, kan_day_parse ("2026-10-15"));
  g_assert_cmpint (status.reminders[0].count, ==, 1);
  g_assert_cmpint (status.reminders[1].what, ==, KAN_DUE_WAITING);
  g_clear_pointer (&desk, kan_desk_free);

  desk = open_as (f, KAN_VAULT_READ, "chief", "chief's");
  g_assert_false (kan_desk_set_reminders (desk, FALSE, now, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_READ_ONLY);
  g_clear_error (&error);
  g_clear_pointer (&desk, kan_desk_free);
  desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  expect (kan_desk_set_reminders (desk, FALSE, now, &error), error);
  EXPECT_SIGN (desk, "waits", "person.register", NULL, "staff_no=10 | name=誰");
  expect (kan_vault_get_status (kan_desk_get_vault (desk), &status, &error), error);
  g_assert_cmpint (status.remind_as_of, ==, 0);
  g_assert_cmpuint (status.n_reminders, ==, 0);
}

/* Where an index leads past the rows, a list would leave some out: it is not shown, and the day tells so, once. */
static void
test_spoilt_index (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanDesk) desk = NULL;
  g_autoptr(KanQuery) media = kan_query_new ("medium");
  g_autoptr(KanTodayView) first = NULL, second = NULL;
  g_autoptr(GArray) order = NULL;

  record_batch (f);
  desk = open_as (f, KAN_VAULT_READ, "sato", "sato's");
  order = kan_desk_order (desk, media, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (order->len, ==, 1);
  first = kan_desk_view_today (desk, now, &error);
  g_assert_null (first->notice);
  desk = spoil_index (f, desk);
  g_assert_null (kan_desk_order (desk, media, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_DAMAGED);
  g_clear_error (&error);
  for (guint i = 0; i < 2; i++)
    {
      g_clear_pointer (&second, kan_today_view_free);
      second = kan_desk_view_today (desk, now, &error);
      g_assert_no_error (error);
      g_assert_true (g_str_has_prefix (second->notice, "an index of the registers"));
      g_assert_null (strchr (second->notice, '\n'));
    }
}

int
main (int argc, char *argv[])
{
  g_autoptr(GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  expect (kan_crypto_init (&error), error);
  kan_stretch_set_light (TRUE);
  g_test_add ("/due/list", Fixture, NULL, office_set_up, test_due, fixture_tear_down);
  g_test_add ("/due/spoilt-index", Fixture, NULL, office_set_up, test_spoilt_index, fixture_tear_down);
  g_test_add ("/due/vacant", Fixture, NULL, office_set_up, test_vacant, fixture_tear_down);
  g_test_add ("/due/not-back", Fixture, NULL, office_set_up, test_not_back, fixture_tear_down);
  g_test_add ("/due/clock-set-back", Fixture, NULL, office_set_up, test_clock_set_back, fixture_tear_down);
  g_test_add ("/due/reminders", Fixture, NULL, office_set_up, test_reminders, fixture_tear_down);
  g_test_add ("/due/reminders-by-an-auditor", Fixture, NULL, office_set_up, test_reminders_by_an_auditor,
              fixture_tear_down);
  return g_test_run ();
}
