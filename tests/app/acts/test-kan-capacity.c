/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who holds which role on which day, who decides in whose place, and what was known when a thing happened. */
#include "app/acts/yard.h"

enum { NOBODY = 99 };

static const char *const words[] = { "none", "holder", "deputy" };

/* An act upon a crate by that person at the yard's clock; `happened` NULL: now. */
static KanCase *
new_case (Yard *yard, gint64 actor, const char *happened)
{
  const KanRegister *reg = NULL;
  const KanKind *kind = kan_book_find_kind (yard->book, "crate.grant", &reg);

  return kan_case_new (yard->book, kind, reg, yard->now, happened, actor);
}

static void
expect_capacity (Yard *yard, gint64 actor, gint64 person, const char *role, const char *expected)
{
  g_autoptr(KanCase) c = new_case (yard, actor, NULL);
  gint64 principal = -1;
  KanCapacity found = kan_capacity (c, person, role, &principal);
  g_autofree char *said = found == KAN_CAPACITY_DEPUTY ? g_strdup_printf ("deputy of %d", (int) principal)
                                                       : g_strdup (words[found]);

  g_test_message ("%d, asked for by %d: %s", (int) person, (int) actor, role);
  g_assert_no_error (c->error);
  g_assert_cmpstr (said, ==, expected);
  g_assert_cmpint (kan_holds (c, person, role), ==, found == KAN_CAPACITY_HOLDER);
  g_assert_cmpint (principal == -1, ==, found != KAN_CAPACITY_DEPUTY);
}

static int
compare_people (gconstpointer a, gconstpointer b)
{
  return (int) (*(const gint64 *) a - *(const gint64 *) b);
}

static char *
people_in_words (GArray *people)
{
  GString *out = g_string_new (NULL);

  g_array_sort (people, compare_people);
  for (guint i = 0; i < people->len; i++)
    g_string_append_printf (out, "%s%d", i > 0 ? "," : "", (int) g_array_index (people, gint64, i));
  return g_string_free (out, FALSE);
}

static void
expect_people (Yard *yard, gint64 actor, const char *role, gboolean deputies, const char *expected)
{
  g_autoptr(KanCase) c = new_case (yard, actor, NULL);
  g_autoptr(GArray) people = kan_people_of_role (c, role, deputies);
  g_autofree char *said = people_in_words (people);

  g_test_message ("%s, asked for by %d", role, (int) actor);
  g_assert_no_error (c->error);
  g_assert_cmpstr (said, ==, expected);
}

static char *
office_of (Yard *yard, const char *code)
{
  g_autofree char *sql = g_strdup_printf ("SELECT 'O' || id FROM office WHERE code = '%s'", code);

  return yard_text (yard, sql);
}

static void
appoint (Yard *yard, gint64 person, const char *code, const char *more)
{
  g_autofree char *office = office_of (yard, code);
  g_autofree char *answers = g_strdup_printf ("person=P%d | office=%s | with=3 | %s", (int) person, office, more);

  yard_expect (yard, "done", CHIEF, "appointment.make", NULL, answers);
}

static void
end_appointment (Yard *yard, gint64 person, const char *until)
{
  g_autofree char *sql = g_strdup_printf ("SELECT 'A' || min(id) FROM appointment WHERE person = %d", (int) person);
  g_autofree char *appointment = yard_text (yard, sql);
  g_autofree char *answers = g_strdup_printf ("until=%s | with=3", until);

  yard_expect (yard, "done", CHIEF, "appointment.end", appointment, answers);
}

/* --- roles ---------------------------------------------------------------------------------------------------- */

static void
test_who_holds_what (void)
{
  static const struct { gint64 actor, person; const char *role, *expected; } table[] = {
    { CLERK, CHIEF, "chief", "holder" },
    { CLERK, CHIEF, "information_manager", "none" },
    { CLERK, GENERAL, "information_manager", "holder" },
    { CLERK, GENERAL, "system_manager", "none" },
    { CLERK, PENSION, "system_manager", "holder" },
    { CLERK, PENSION, "security_manager", "holder" },
    { CLERK, OPERATOR, "operator", "holder" },
    { CLERK, AUDITOR, "auditor", "holder" },
    { CLERK, CLERK, "operator", "none" },
    { CLERK, DEPUTY, "information_manager", "deputy of 2" },
    { CLERK, DEPUTY, "system_manager", "none" },
    { CLERK, DEPUTY, "operator", "none" },
    { CLERK, NOBODY, "chief", "none" },
    { CLERK, CHIEF, "emperor", "none" },
    { CLERK, CHIEF, "", "none" },
    /* who applies is there: nobody decides it in their place, but a deputy may apply in somebody's */
    { GENERAL, DEPUTY, "information_manager", "none" },
    { DEPUTY, DEPUTY, "information_manager", "deputy of 2" },
  };
  g_autoptr(Yard) yard = yard_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    expect_capacity (yard, table[i].actor, table[i].person, table[i].role, table[i].expected);
}

/* An office is held from its first day to its last, both included; what was entered ahead begins on its day. */
static void
test_days_of_an_office (void)
{
  g_autoptr(Yard) yard = yard_new ();

  end_appointment (yard, GENERAL, "2026-09-30");
  appoint (yard, CLERK, "general_affairs_manager", "kind=acting | since=2026-10-05 | until=2026-10-06");
  yard_set_time (yard, "2026-09-30T23:59");
  expect_capacity (yard, OPERATOR, GENERAL, "information_manager", "holder");
  expect_capacity (yard, OPERATOR, CLERK, "information_manager", "none");
  yard_set_time (yard, "2026-10-01T00:00");
  expect_capacity (yard, OPERATOR, GENERAL, "information_manager", "none");
  expect_capacity (yard, OPERATOR, DEPUTY, "information_manager", "deputy of 0");
  yard_set_time (yard, "2026-10-05T00:00");
  expect_capacity (yard, OPERATOR, CLERK, "information_manager", "holder");
  expect_capacity (yard, OPERATOR, DEPUTY, "information_manager", "deputy of 6");
  expect_capacity (yard, CLERK, DEPUTY, "information_manager", "none");
  yard_set_time (yard, "2026-10-06T23:59");
  expect_capacity (yard, OPERATOR, CLERK, "information_manager", "holder");
  yard_set_time (yard, "2026-10-07T00:00");
  expect_capacity (yard, OPERATOR, CLERK, "information_manager", "none");
}

/* Where two are in one office, the place is that of whoever was there first. */
static void
test_principal (void)
{
  g_autoptr(Yard) yard = yard_new ();

  yard_set_time (yard, "2026-09-10T09:00");
  appoint (yard, CLERK, "general_affairs_manager", "kind=acting | since=2026-09-02");
  expect_capacity (yard, OPERATOR, DEPUTY, "information_manager", "deputy of 2");
  expect_capacity (yard, CLERK, DEPUTY, "information_manager", "none");
  /* by the rank that holders_sql gives, in whatever order the rows come */
  yard_exec (yard, "UPDATE appointment SET since = '2026-09-04' WHERE person = 2");
  expect_capacity (yard, OPERATOR, DEPUTY, "information_manager", "deputy of 6");
}

static void
test_deputies_before (void)
{
  static const struct { gint64 person; const char *role; guint before; } table[] = {
    { DEPUTY, "information_manager", 0 },
    { CLERK, "information_manager", 1 },
    { CLERK, "system_manager", 0 },
    { CLERK, "emperor", 0 },
    { GENERAL, "information_manager", 0 },
  };
  g_autoptr(Yard) yard = yard_new ();

  appoint (yard, CLERK, "general_affairs_head", "kind=regular | since=2026-09-01");
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(KanCase) c = new_case (yard, OPERATOR, NULL);

      g_test_message ("%d as %s", (int) table[i].person, table[i].role);
      g_assert_cmpuint (kan_deputies_before (c, table[i].person, table[i].role), ==, table[i].before);
    }
  /* an office that stands empty is no deputy who would have to be absent */
  end_appointment (yard, DEPUTY, "2026-09-01");
  yard_set_time (yard, "2026-09-02T09:00");
  {
    g_autoptr(KanCase) c = new_case (yard, OPERATOR, NULL);

    g_assert_cmpuint (kan_deputies_before (c, CLERK, "information_manager"), ==, 0);
  }
}

/* --- who may -------------------------------------------------------------------------------------------------- */

static void
test_may (void)
{
  static const struct { const char *subject; gint64 person; const char *roles; gboolean may; } table[] = {
    { "C1", CLERK, "staff", TRUE },
    { "C1", AUDITOR, "staff", FALSE },
    { "C1", AUDITOR, "auditor", TRUE },
    { "C1", LEAVER, "staff", FALSE },
    { "C1", OPERATOR, "chief|operator", TRUE },
    { "C1", CLERK, "chief|operator", FALSE },
    { "C1", CLERK, "chief|staff", TRUE },
    { "C1", CLERK, "", FALSE },
    /* a deputy is not who may: that is asked with the reason of the absence */
    { "C1", DEPUTY, "information_manager", FALSE },
    { "P6", CLERK, "self", TRUE },
    { "P6", GENERAL, "self", FALSE },
    { "P6", GENERAL, "self|information_manager", TRUE },
    /* the sixth crate is not the sixth person */
    { "C6", CLERK, "self", FALSE },
  };
  g_autoptr(Yard) yard = yard_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      const KanRegister *reg = NULL;
      const KanKind *kind = kan_book_find_kind (yard->book, *table[i].subject == 'P' ? "person.amend" : "crate.amend",
                                                &reg);
      g_autoptr(KanCase) c = NULL;

      c = kan_case_new (yard->book, kind, reg, yard->now, NULL, table[i].person);
      kan_case_set_subject (c, table[i].subject);
      g_test_message ("%s: %d as %s", table[i].subject, (int) table[i].person, table[i].roles);
      g_assert_cmpint (kan_may (c, table[i].person, table[i].roles), ==, table[i].may);
    }
}

static void
test_people_of_a_role (void)
{
  g_autoptr(Yard) yard = yard_new ();

  appoint (yard, CLERK, "general_affairs_head", "kind=regular | since=2026-09-01");
  expect_people (yard, OPERATOR, "information_manager", FALSE, "2");
  expect_people (yard, OPERATOR, "information_manager", TRUE, "2,5,6");
  /* the manager applied: no deputy stands in for somebody who is there */
  expect_people (yard, GENERAL, "information_manager", TRUE, "2");
  expect_people (yard, OPERATOR, "operator", TRUE, "4");
  expect_people (yard, OPERATOR, "auditor", FALSE, "7");
  expect_people (yard, OPERATOR, "emperor", TRUE, "");
  yard_expect (yard, "done", GENERAL, "operator.designate", NULL, "person=P6 | since=2026-09-03");
  expect_people (yard, OPERATOR, "operator", FALSE, "4");
  yard_set_time (yard, "2026-09-03T00:00");
  expect_people (yard, OPERATOR, "operator", FALSE, "4,6");
  /* who cannot sign is nobody's hand */
  yard_exec (yard, "UPDATE key SET state = 'revoked' WHERE person = 6");
  expect_people (yard, OPERATOR, "operator", FALSE, "4");
}

/* Whoever audits reads only, whatever else they were made: no operator, no officer, nobody's deputy. */
static void
test_auditor_holds_nothing_else (void)
{
  static const char *const roles[] = { "operator", "information_manager", "chief" };
  g_autoptr(Yard) yard = yard_new ();

  yard_exec (yard, "UPDATE operator SET person = 7");
  yard_exec (yard, "INSERT INTO appointment (id, person, office, kind, since, state, made, changed) SELECT 90, 7, id,"
             " 'regular', '2026-09-01', 'in_force', 1, 1 FROM office WHERE code = 'general_affairs_manager'");
  yard_exec (yard, "INSERT INTO appointment (id, person, office, kind, since, state, made, changed) SELECT 91, 7, id,"
             " 'regular', '2026-09-01', 'in_force', 1, 1 FROM office WHERE code = 'deputy_secretary_general'");
  for (gsize i = 0; i < G_N_ELEMENTS (roles); i++)
    expect_capacity (yard, CLERK, AUDITOR, roles[i], "none");
  expect_capacity (yard, CLERK, AUDITOR, "auditor", "holder");
  expect_people (yard, CLERK, "operator", TRUE, "");
  expect_people (yard, CLERK, "information_manager", FALSE, "2");
  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=箱");
  yard_expect (yard, "refused not_entitled", AUDITOR, "crate.weigh", "C1", "");
  yard_expect (yard, "refused not_entitled", AUDITOR, "crate.grant", "C1", "weight=3");
  yard_exec (yard, "DELETE FROM appointment WHERE person = 7 AND office IN (SELECT id FROM office"
             " WHERE code = 'audit_clerk')");
  yard_expect (yard, "done", AUDITOR, "crate.weigh", "C1", "");
}

/* Whether they are let write at all, without an act. */
static void
test_may_write (void)
{
  g_autoptr(Yard) yard = yard_new ();

  g_assert_true (kan_book_may_write (yard->book, CLERK, yard->now));
  g_assert_false (kan_book_may_write (yard->book, AUDITOR, yard->now));
  g_assert_false (kan_book_may_write (yard->book, LEAVER, yard->now));
  g_assert_false (kan_book_may_write (yard->book, NOBODY, yard->now));
}

/* --- whom the president named --------------------------------------------------------------------------------- */

/* For a request of that number. */
static void
expect_named (Yard *yard, gint64 request, const char *expected)
{
  g_autoptr(KanCase) c = new_case (yard, CHIEF, NULL);
  g_autoptr(GArray) people = NULL;
  g_autofree char *said = NULL;

  c->seq = request;
  people = kan_people_named (c);
  said = people_in_words (people);
  g_assert_no_error (c->error);
  g_assert_cmpstr (said, ==, expected);
}

static void
test_people_named (void)
{
  g_autoptr(Yard) yard = yard_new ();
  gint64 before = yard_head (yard);

  expect_named (yard, 0, "");
  yard_expect (yard, "done", CHIEF, "rule.order", NULL,
               "title=理事長の定め | decides=P4 | in_force_from=2026-09-05 | with=3");
  expect_named (yard, 0, "");
  yard_set_time (yard, "2026-09-05T00:00");
  expect_named (yard, 0, "4");
  /* what was asked for before the order was made, or before its last hand, is not decided by whom it names */
  expect_named (yard, before, "");
  expect_named (yard, yard_head (yard), "");
  expect_named (yard, yard_head (yard) + 1, "4");
}

static void
test_anybody_else (void)
{
  static const struct { gint64 people[3]; gint64 counted[3]; gint64 requester; gboolean any; } table[] = {
    { { 0 }, { 0 }, 1, FALSE },
    { { 2 }, { 0 }, 1, TRUE },
    { { 1 }, { 0 }, 1, FALSE },
    { { 2 }, { 2 }, 1, FALSE },
    { { 1, 2 }, { 2 }, 1, FALSE },
    { { 1, 2, 3 }, { 2 }, 1, TRUE },
    { { 2, 2 }, { 2 }, 1, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(GArray) people = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_autoptr(GArray) counted = g_array_new (FALSE, FALSE, sizeof (gint64));

      for (guint j = 0; j < 3 && table[i].people[j] != 0; j++)
        g_array_append_val (people, table[i].people[j]);
      for (guint j = 0; j < 3 && table[i].counted[j] != 0; j++)
        g_array_append_val (counted, table[i].counted[j]);
      g_test_message ("row %d", (int) i);
      g_assert_cmpint (kan_any_outside (people, counted, table[i].requester), ==, table[i].any);
      g_assert_cmpint (kan_is_among (people, 2), ==, table[i].people[0] == 2 || table[i].people[1] == 2);
    }
}

/* --- what was known ------------------------------------------------------------------------------------------- */

/* Designated on the 10th, at half past ten, for the time from the 1st on. */
static void
test_held_as_known_then (void)
{
  static const struct { const char *happened; gint64 person; gboolean held; } table[] = {
    { NULL, CLERK, TRUE },
    { "2026-09-10T10:31", CLERK, TRUE },
    { "2026-09-10T10:30", CLERK, TRUE },       /* within the minute in which it was signed */
    { "2026-09-10T10:29", CLERK, FALSE },
    { "2026-09-05T12:00", CLERK, FALSE },      /* the day is covered, but nobody knew */
    { "2026-09-05T12:00", OPERATOR, TRUE },
    { "2026-08-31T12:00", OPERATOR, FALSE },
    { NULL, GENERAL, FALSE },
  };
  g_autoptr(Yard) yard = yard_new ();
  gint64 designated;

  yard_set_time (yard, "2026-09-10T10:29");
  yard_expect (yard, "done", GENERAL, "operator.designate", NULL, "person=P6 | since=2026-09-01");
  yard_exec (yard, "UPDATE operator SET since = '2026-09-01'");
  designated = yard_head (yard);
  yard_set_time (yard, "2026-09-11T09:00");
  /* the rule names the act: the yard's own counts only whether there is one */
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      static const KanRoleRule roles[] = {
        { "operator", "SELECT made FROM operator WHERE person = :person AND since <= :day" }, { 0 }
      };
      g_autoptr(KanCase) c = new_case (yard, CHIEF, table[i].happened);
      KanRegistry registry = *yard->book->registry;
      const KanRegistry *own = yard->book->registry;

      registry.roles = roles;
      yard->book->registry = &registry;
      g_test_message ("%s: %d", table[i].happened, (int) table[i].person);
      g_assert_cmpint (kan_held (c, table[i].person, "operator"), ==, table[i].held);
      g_assert_no_error (c->error);
      if (table[i].person == CLERK)
        g_assert_cmpint (kan_was_recorded (c, designated), ==, table[i].held);
      yard->book->registry = own;
    }
}

/* After the world has failed nothing is asked of it, and nobody holds anything. */
static void
test_failed_world (void)
{
  g_autoptr(Yard) yard = yard_new ();
  g_autoptr(KanCase) late = new_case (yard, CHIEF, "2026-09-01T09:30"), c = new_case (yard, CHIEF, NULL);
  g_autoptr(GArray) people = NULL;

  g_assert_false (kan_was_recorded (late, 999));
  g_set_error_literal (&c->error, KAN_ERROR, KAN_ERROR_IO, "the disk is gone");
  g_assert_cmpint (kan_capacity (c, GENERAL, "information_manager", NULL), ==, KAN_CAPACITY_NONE);
  g_assert_false (kan_holds (c, OPERATOR, "operator"));
  g_assert_false (kan_may (c, CLERK, "staff"));
  g_assert_false (kan_was_recorded (c, 1));
  people = kan_people_of_role (c, "operator", TRUE);
  g_assert_cmpuint (people->len, ==, 0);
  g_assert_error (c->error, KAN_ERROR, KAN_ERROR_IO);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/capacity/who-holds-what", test_who_holds_what);
  g_test_add_func ("/capacity/days-of-an-office", test_days_of_an_office);
  g_test_add_func ("/capacity/principal", test_principal);
  g_test_add_func ("/capacity/deputies-before", test_deputies_before);
  g_test_add_func ("/capacity/auditor", test_auditor_holds_nothing_else);
  g_test_add_func ("/capacity/may-write", test_may_write);
  g_test_add_func ("/capacity/may", test_may);
  g_test_add_func ("/capacity/people-of-a-role", test_people_of_a_role);
  g_test_add_func ("/capacity/people-named", test_people_named);
  g_test_add_func ("/capacity/anybody-else", test_anybody_else);
  g_test_add_func ("/capacity/held-as-known-then", test_held_as_known_then);
  g_test_add_func ("/capacity/failed-world", test_failed_world);
  return g_test_run ();
}
