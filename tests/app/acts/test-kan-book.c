/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One book over one file: the tables it takes for its own, and what it knows of profiles, days and the clock. */
#include "app/acts/yard.h"

#include <string.h>

/* --- tables --------------------------------------------------------------------------------------------------- */

static void
expect_schema (Yard *yard, const char *change, int code)
{
  g_autoptr(GError) error = NULL;

  g_test_message ("%s", change);
  yard_exec (yard, "SAVEPOINT s");
  yard_exec (yard, change);
  g_assert_cmpint (kan_book_check_schema (yard->book, &error), ==, code < 0);
  if (code >= 0)
    g_assert_error (error, KAN_ERROR, code);
  yard_exec (yard, "ROLLBACK TO s");
  yard_exec (yard, "RELEASE s");
}

/* Whoever has the file key can plant what SQLite would run by itself, or take away what holds others back. */
static void
test_planted (void)
{
  static const char *const planted[] = {
    "CREATE TRIGGER t AFTER INSERT ON act BEGIN DELETE FROM crate; END",
    "CREATE VIEW v AS SELECT * FROM crate",
    "CREATE TABLE other (x INTEGER)",
    "CREATE INDEX i ON crate (weight)",
    "CREATE UNIQUE INDEX i ON act (actor)",
    "DROP INDEX crate_state",
    "DROP TABLE crate_helpers",
    "ALTER TABLE crate ADD COLUMN extra TEXT",
    "ALTER TABLE crate RENAME COLUMN weight TO mass",
    "DROP INDEX crate_keeper; CREATE INDEX crate_keeper ON crate (checker)",
    "DROP TABLE crate_helpers; CREATE TABLE crate_helpers (owner INTEGER NOT NULL, value INTEGER NOT NULL)",
  };
  g_autoptr(Yard) yard = yard_new_empty ();

  expect_schema (yard, "SELECT 1", -1);
  for (gsize i = 0; i < G_N_ELEMENTS (planted); i++)
    expect_schema (yard, planted[i], KAN_ERROR_DAMAGED);
  expect_schema (yard, "SELECT 1", -1);
}

static void
test_newer (void)
{
  g_autoptr(Yard) yard = yard_new_empty ();
  g_autoptr(GError) error = NULL;

  g_assert_cmpuint (kan_book_get_edition (yard->book), ==, KAN_EDITION);
  yard->book->program_edition = 2;
  yard_expect (yard, "done", CHIEF, "crate.add", NULL, "label=一");
  yard_reopen (yard);
  yard->book->program_edition = 1;
  g_assert_cmpuint (kan_book_get_edition (yard->book), ==, 2);
  g_assert_false (kan_book_check_schema (yard->book, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_TOO_NEW);
  g_assert_nonnull (strstr (error->message, "edition 2"));
}

/* --- subjects ------------------------------------------------------------------------------------------------- */

static void
test_subjects (void)
{
  static const struct { const char *subject, *reg; gint64 id; } cases[] = {
    { "C1", "crate", 1 }, { "P12", "person", 12 }, { "C999999999999999", "crate", 999999999999999 },
    { "C9999999999999999", NULL, 0 }, { "C0", NULL, 0 }, { "C01", NULL, 0 }, { "C", NULL, 0 }, { "", NULL, 0 },
    { "1", NULL, 0 }, { "c1", NULL, 0 }, { "Q1", NULL, 0 }, { "C1x", NULL, 0 }, { "C 1", NULL, 0 }, { "C-1", NULL, 0 },
    { "Ｃ1", NULL, 0 }, { "C1\n", NULL, 0 }, { "CC1", NULL, 0 },
  };
  g_autoptr(Yard) yard = yard_new_bare (&yard_registry);
  const KanRegister *crates = kan_book_find_register (yard->book, "crate");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 id = -1;
      const KanRegister *reg = kan_subject_register (yard->book, cases[i].subject, &id);

      g_test_message ("“%s”", cases[i].subject);
      g_assert_cmpstr (reg != NULL ? reg->id : NULL, ==, cases[i].reg);
      if (reg != NULL)
        g_assert_cmpint (id, ==, cases[i].id);
      g_assert_true (kan_book_register_of (yard->book, cases[i].subject) == reg);
      g_assert_cmpint (kan_subject_number (cases[i].subject, crates), ==, reg == crates ? cases[i].id : 0);
    }
  g_assert_null (kan_book_find_register (yard->book, "nonsense"));
  g_assert_null (kan_book_find_kind (yard->book, "crate.fly", NULL));
}

/* --- profiles and days ---------------------------------------------------------------------------------------- */

/* @day: "2026-10-01", or with more answers */
static void
adopt (Yard *yard, const char *from, const char *to, const char *day)
{
  g_autofree char *json = yard_text (yard, "SELECT json FROM profile WHERE id = 1");
  g_auto(GStrv) parts = g_strsplit (json, from, 2);
  g_autofree char *changed = g_strjoinv (to, parts);
  g_autofree char *answers = g_strdup_printf ("in_force_from=%s | json=%s | with=3", day, changed);

  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  yard_expect (yard, "done", CHIEF, "profile.adopt", NULL, answers);
}

static gint64
grace_on (Yard *yard, const char *day)
{
  return kan_profile_number (kan_book_profile_for (yard->book, day, day, 0), "purge_grace_business_days");
}

#define GRACE "\"purge_grace_business_days\": "

/* Adopted in another order than they come into force: the one adopted last of those in force counts. */
static void
test_profiles (void)
{
  g_autoptr(Yard) yard = yard_new ();

  adopt (yard, GRACE "5", GRACE "7", "2026-12-01");
  adopt (yard, GRACE "5", GRACE "9", "2026-10-01");
  for (guint turn = 0; turn < 2; turn++)
    {
      g_assert_cmpint (grace_on (yard, "1990-01-01"), ==, 5);
      g_assert_cmpint (grace_on (yard, "2026-09-30"), ==, 5);
      g_assert_cmpint (grace_on (yard, "2026-10-01"), ==, 9);
      g_assert_cmpint (grace_on (yard, "2026-12-01"), ==, 9);
      yard_reopen (yard);
    }
}

/* In force from a day, for what happens from a day on: earlier (遡及適用), or only later. */
static void
test_profiles_apply (void)
{
  static const struct { const char *day, *happened; gint64 grace; } cases[] = {
    { "2026-09-30", "2026-09-30", 5 }, { "2026-10-01", "2026-10-01", 7 }, { "2026-10-01", "2026-06-01", 7 },
    { "2026-10-01", "2026-05-31", 5 }, { "2026-09-30", "2026-06-01", 5 },
    { "2026-12-01", "2026-12-01", 7 }, { "2026-12-31", "2026-12-31", 7 }, { "2027-01-01", "2026-12-31", 7 },
    { "2027-01-01", "2027-01-01", 9 }, { "2027-01-01", "2026-05-31", 5 },
  };
  g_autoptr(Yard) yard = yard_new ();

  adopt (yard, GRACE "5", GRACE "7", "2026-10-01 | applies_from=2026-06-01 | reason=附則");
  adopt (yard, GRACE "5", GRACE "9", "2026-12-01 | applies_from=2027-01-01");
  for (guint turn = 0; turn < 2; turn++)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
        {
          const KanProfile *profile = kan_book_profile_for (yard->book, cases[i].day, cases[i].happened, 0);

          g_test_message ("%s of %s", cases[i].day, cases[i].happened);
          g_assert_cmpint (kan_profile_number (profile, "purge_grace_business_days"), ==, cases[i].grace);
        }
      yard_reopen (yard);
    }
}

static char *
payment_days (Yard *yard, const char *between)
{
  g_autofree char *sql = g_strdup_printf ("SELECT group_concat(day || ' ' || serves || ' ' || purge_by || ' ' ||"
                                          " off_cycle, ', ') FROM (SELECT * FROM payment_day WHERE day BETWEEN %s"
                                          " ORDER BY day)", between);

  return yard_text (yard, sql);
}

static void
set_today (Yard *yard, const char *day)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (kan_book_set_today (yard->book, kan_day_parse (day), &error));
  g_assert_no_error (error);
}

/* Paid on the 15th of even months or the business day before; gone five business days later. */
static void
test_today (void)
{
  g_autoptr(Yard) yard = yard_new ();
  g_autoptr(KanCalendar) calendar = kan_profile_new_calendar (kan_book_get_profile (yard->book));
  g_autofree char *plain = NULL, *again = NULL;

  kan_book_set_calendar (yard->book, calendar);
  set_today (yard, "2026-09-01");
  plain = payment_days (yard, "'2026-10-01' AND '2026-12-31'");
  g_assert_cmpstr (plain, ==, "2026-10-15 2026-10 2026-10-22 0, 2026-12-15 2026-12 2026-12-22 0");
  yard_expect_text (yard, "2026-09-01 1", "SELECT max(day) || ' ' || count(*) FROM today");
  set_today (yard, "2026-11-02");
  yard_expect_text (yard, "2026-11-02 1", "SELECT max(day) || ' ' || count(*) FROM today");
  again = payment_days (yard, "'2026-10-01' AND '2026-12-31'");
  g_assert_cmpstr (again, ==, plain);
}

#define AUTUMN "'2026-10-01' AND '2026-11-30'"

/* How long data may stay is the word of the profile in force on the day, not of one that is yet to come. */
static void
test_today_under_the_profile_in_force (void)
{
  g_autoptr(Yard) yard = yard_new ();
  g_autoptr(KanCalendar) calendar = kan_profile_new_calendar (kan_book_get_profile (yard->book));
  g_autofree char *before = NULL, *after = NULL, *last = NULL;

  kan_book_set_calendar (yard->book, calendar);
  kan_calendar_add_payment (calendar, kan_day_from_ymd (2026, 11, 13), "2026-11");
  adopt (yard, GRACE "5", GRACE "1", "2027-04-01");
  adopt (yard, "\"off_cycle_counts\": false", "\"off_cycle_counts\": true", "2027-05-01");
  set_today (yard, "2026-09-01");
  before = payment_days (yard, AUTUMN);
  g_assert_cmpstr (before, ==, "2026-10-15 2026-10 2026-10-22 0");
  set_today (yard, "2027-04-30");
  after = payment_days (yard, AUTUMN);
  g_assert_cmpstr (after, ==, "2026-10-15 2026-10 2026-10-16 0");
  set_today (yard, "2027-05-01");
  last = payment_days (yard, AUTUMN);
  g_assert_cmpstr (last, ==, "2026-10-15 2026-10 2026-10-22 0, 2026-11-13 2026-11 2026-11-20 1");
}
#undef AUTUMN

static void
test_floor (void)
{
  g_autoptr(Yard) yard = yard_new_empty ();
  g_autoptr(GError) error = NULL;

  yard->book->floor = 1800000000;
  yard_expect_text (yard, "1788220860", "SELECT value FROM meta WHERE key = 'floor'");
  g_assert_true (kan_book_save_floor (yard->book, &error));
  g_assert_no_error (error);
  yard_reopen (yard);
  g_assert_cmpint (yard->book->floor, ==, 1800000000);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/book/planted", test_planted);
  g_test_add_func ("/book/newer", test_newer);
  g_test_add_func ("/book/subjects", test_subjects);
  g_test_add_func ("/book/profiles", test_profiles);
  g_test_add_func ("/book/profiles-apply", test_profiles_apply);
  g_test_add_func ("/book/today", test_today);
  g_test_add_func ("/book/today-under-the-profile-in-force", test_today_under_the_profile_in_force);
  g_test_add_func ("/book/floor", test_floor);
  return g_test_run ();
}
