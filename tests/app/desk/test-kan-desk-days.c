/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The day that lists are seen on: it turns at midnight in Japan, takes the calendar of its profile along, and goes back
 * for no clock. */
#include "desk-fixture.h"

#include "desk/kan-desk-private.h"

static void
set_now (KanDesk *desk, const char *minute)
{
  g_autoptr(GError) error = NULL;
  gint64 at = 0;

  g_assert_true (kan_minute_parse (minute, &at));
  expect (kan_desk_set_now (desk, at, &error), error);
}

static void
expect_day (KanDesk *desk, const char *day)
{
  g_autofree char *found = kan_day_format (kan_desk_get_day (desk));

  g_assert_cmpstr (found, ==, day);
}

/* The file was unlocked on 21 September; within a day the calendar stays, on another it is made anew. */
static void
test_turn_of_the_day (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  static const struct { const char *minute, *day; gboolean anew; } table[] = {
    { "2026-09-21T23:59", "2026-09-21", FALSE },
    { "2026-09-22T00:00", "2026-09-22", TRUE },
    { "2026-09-22T08:59", "2026-09-22", FALSE },      /* midnight of UTC turns no day */
    { "2026-09-22T09:00", "2026-09-22", FALSE },
    { "2026-12-31T23:59", "2026-12-31", TRUE },
    { "2027-01-01T00:00", "2027-01-01", TRUE },
  };
  g_autoptr(KanDesk) desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  g_autoptr(KanCalendar) before = kan_calendar_ref (kan_desk_get_calendar (desk));

  expect_day (desk, "2026-09-21");
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      set_now (desk, table[i].minute);
      g_test_message ("%s", table[i].minute);
      expect_day (desk, table[i].day);
      g_assert_cmpint (kan_desk_get_calendar (desk) != before, ==, table[i].anew);
      g_clear_pointer (&before, kan_calendar_unref);
      before = kan_calendar_ref (kan_desk_get_calendar (desk));
    }
}

/* A clock that was set back shows no day again that has gone by: the latest entry's counts instead. */
static void
test_clock_set_back (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");

  g_assert_null (kan_book_get_clock_warning (kan_desk_get_book (desk)));
  set_now (desk, "2026-09-20T10:00");
  expect_day (desk, "2026-09-21");
  g_assert_nonnull (kan_book_get_clock_warning (kan_desk_get_book (desk)));
  set_now (desk, "2020-01-01T00:00");
  expect_day (desk, "2026-09-21");
  set_now (desk, "2026-09-23T00:00");
  expect_day (desk, "2026-09-23");
  g_assert_null (kan_book_get_clock_warning (kan_desk_get_book (desk)));
  /* and so it is from the moment of unlocking on */
  g_clear_pointer (&desk, kan_desk_free);
  now = NOW - 10 * 24 * 3600;
  desk = open_as (f, KAN_VAULT_READ, "chief", "chief's");
  expect_day (desk, "2026-09-21");
}

/* The next payment after today, of the calendar that the desk goes by. */
static void
expect_payment (KanDesk *desk, const char *day)
{
  g_autofree char *next = kan_day_format (kan_calendar_next_payment (kan_desk_get_calendar (desk),
                                                                     kan_desk_get_day (desk)));

  g_assert_cmpstr (next, ==, day);
}

/* A payment day that the office entered counts as soon as the days are made anew, and from the first opening on. */
static void
test_days_of_the_file (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  g_autoptr(GError) error = NULL;

  add_cosigner (desk, "sato", "sato's");
  EXPECT_SIGN (desk, "done", "appointment.make", NULL,
               "person=P2 | office=pension_manager | kind=regular | since=2026-09-01");
  g_clear_pointer (&desk, kan_desk_free);
  desk = open_as (f, KAN_VAULT_WRITE, "sato", "sato's");
  expect_payment (desk, "2026-10-15");
  add_cosigner (desk, "chief", "chief's");
  EXPECT_SIGN (desk, "done", "payment.enter", NULL, "kind=override | day=2026-10-13 | serves=2026-10");
  expect (kan_desk_set_days (desk, now, &error), error);
  expect_payment (desk, "2026-10-13");
  g_clear_pointer (&desk, kan_desk_free);
  desk = open_as (f, KAN_VAULT_READ, "chief", "chief's");
  expect_payment (desk, "2026-10-13");
}

/* What lists join follows the day: an appointment is current from its first day on. */
static void
test_lists_follow (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  static const char CURRENT[] = "SELECT count(*) FROM appointment_current WHERE person = 2";
  g_autoptr(KanDesk) desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");

  add_cosigner (desk, "sato", "sato's");
  EXPECT_SIGN (desk, "done", "appointment.make", NULL,
               "person=P2 | office=general_affairs_manager | kind=regular | since=2026-10-01 | until=2026-10-02");
  set_now (desk, "2026-09-30T23:59");
  g_assert_cmpint (ask_desk (desk, CURRENT), ==, 0);
  set_now (desk, "2026-10-01T00:00");
  g_assert_cmpint (ask_desk (desk, CURRENT), ==, 1);
  set_now (desk, "2026-10-03T00:00");
  g_assert_cmpint (ask_desk (desk, CURRENT), ==, 0);
}

#define ADD(path, test) g_test_add ("/desk-days/" path, Fixture, NULL, office_set_up, test, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_autoptr(GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  g_assert_true (kan_crypto_init (&error));
  kan_stretch_set_light (TRUE);
  ADD ("turn-of-the-day", test_turn_of_the_day);
  ADD ("clock-set-back", test_clock_set_back);
  ADD ("days-of-the-file", test_days_of_the_file);
  ADD ("lists-follow", test_lists_follow);
  return g_test_run ();
}
