/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is offered and who may is the word of the profile in force on the day, not of the one adopted last. */
#include "app/acts/yard.h"

#include <string.h>

/* The founding profile with another office that grants, and another word for a business trip. */
static char *
changed_profile (Yard *yard)
{
  g_autofree char *json = yard_text (yard, "SELECT json FROM profile WHERE id = 1");
  g_auto(GStrv) acts = g_strsplit (json, "\"acts\": {}", 2);
  g_autofree char *may = g_strjoinv ("\"acts\": {\"crate.grant\": {\"may\": [\"system_manager\"]}}", acts);
  g_auto(GStrv) trips = g_strsplit (may, "\"business_trip\"", 2);

  return g_strjoinv ("\"trip\"", trips);
}

static gboolean
offers_absence (Yard *yard, const char *id)
{
  gsize n = 0;
  const KanChoice *choices = kan_book_get_choices (yard->book, "absence", &n);

  for (gsize i = 0; i < n; i++)
    if (strcmp (choices[i].id, id) == 0)
      return TRUE;
  return FALSE;
}

static void
expect_who_grants (Yard *yard, const char *expected)
{
  g_autofree char *may = kan_kind_may (yard->book, kan_book_find_kind (yard->book, "crate.grant", NULL));

  g_assert_cmpstr (may, ==, expected);
}

static void
set_today (Yard *yard, int month, int day)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (kan_book_set_today (yard->book, kan_day_from_ymd (2026, month, day), &error));
  g_assert_no_error (error);
}

static void
test_in_force_on_the_day (void)
{
  static const KanField absence = { .type = KAN_CHOICE, .of = "absence" };
  g_autoptr(Yard) yard = yard_new ();
  g_autofree char *json = changed_profile (yard);
  g_autofree char *answers = g_strdup_printf ("in_force_from=2026-10-01 | json=%s | with=3", json);
  g_autofree char *gone = NULL;
  g_autoptr(KanCalendar) calendar = kan_profile_new_calendar (kan_book_get_profile (yard->book));

  kan_book_set_calendar (yard->book, calendar);
  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=箱");
  yard_expect (yard, "done", CHIEF, "profile.adopt", NULL, answers);
  /* without a day of its own the book goes by its latest entry */
  expect_who_grants (yard, "information_manager");
  g_assert_true (offers_absence (yard, "business_trip"));
  yard_expect (yard, "done", GENERAL, "crate.grant", "C1", "colour=red");
  set_today (yard, 9, 30);
  expect_who_grants (yard, "information_manager");
  g_assert_false (offers_absence (yard, "trip"));
  set_today (yard, 10, 1);
  expect_who_grants (yard, "system_manager");
  g_assert_true (offers_absence (yard, "trip"));
  g_assert_false (offers_absence (yard, "business_trip"));
  /* what was answered under the former one is still called as it was */
  gone = kan_book_show (yard->book, &absence, "business_trip", TRUE);
  g_assert_cmpstr (gone, ==, "出張");
  yard_set_time (yard, "2026-10-01T09:00");
  yard_expect (yard, "refused not_entitled", GENERAL, "crate.grant", "C1", "colour=blue");
  yard_expect (yard, "done", PENSION, "crate.grant", "C1", "colour=blue");
  yard_expect_faults (yard, NULL, "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lookup/in-force-on-the-day", test_in_force_on_the_day);
  return g_test_run ();
}
