/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An act under judgement: its times, its subject, its answers, and which of them the program may fill in. */
#include "app/acts/yard.h"

#include <string.h>

static KanCase *
new_case (Yard *yard, const char *kind, const char *happened)
{
  const KanRegister *reg = NULL;
  const KanKind *found = kan_book_find_kind (yard->book, kind, &reg);
  KanCase *c = kan_case_new (yard->book, found, reg, yard->now, happened, CLERK);

  c->body = kan_body_new ();
  return c;
}

/* --- times ---------------------------------------------------------------------------------------------------- */

/* The clock is signed as it was read; where it is behind, days are those of its latest reading. Japan is nine hours
 * ahead. */
static void
test_times (void)
{
  static const struct { const char *floor, *now, *happened, *at, *day, *when; } table[] = {
    { "2026-09-01T09:00", "2026-09-02T08:59", NULL, "2026-09-01T23:59:00Z", "2026-09-02", "2026-09-02T08:59" },
    { "2026-09-01T09:00", "2026-09-02T00:00", NULL, "2026-09-01T15:00:00Z", "2026-09-02", "2026-09-02T00:00" },
    { "2026-09-01T09:00", "2026-09-01T23:59", NULL, "2026-09-01T14:59:00Z", "2026-09-01", "2026-09-01T23:59" },
    { "2026-09-05T10:00", "2026-09-02T08:00", NULL, "2026-09-01T23:00:00Z", "2026-09-05", "2026-09-05T10:00" },
    { "2026-09-01T09:00", "2026-09-02T08:00", "2026-08-31T23:59", "2026-09-01T23:00:00Z", "2026-09-02",
      "2026-08-31T23:59" },
    { "2026-09-05T10:00", "2026-09-02T08:00", "2026-09-01T12:00", "2026-09-01T23:00:00Z", "2026-09-05",
      "2026-09-01T12:00" },
  };
  g_autoptr(Yard) yard = yard_new_bare (&yard_registry);

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(KanCase) c = NULL;
      g_autofree char *when_day = g_strndup (table[i].when, 10);

      g_assert_true (kan_minute_parse (table[i].floor, &yard->book->floor));
      yard_set_time (yard, table[i].now);
      c = new_case (yard, "crate.add", table[i].happened);
      g_test_message ("read %s after %s, happened %s", table[i].now, table[i].floor, table[i].happened);
      g_assert_cmpstr (kan_case_at (c), ==, table[i].at);
      g_assert_cmpstr (kan_case_day (c), ==, table[i].day);
      g_assert_cmpstr (kan_case_when (c), ==, table[i].when);
      g_assert_cmpstr (kan_case_when_day (c), ==, when_day);
      g_assert_cmpint (c->happened, ==, table[i].happened != NULL);
      g_assert_cmpint (kan_case_actor (c), ==, CLERK);
      g_assert_cmpint (kan_case_subject (c), ==, 0);
    }
}

/* Only a fact is judged by the profile that applied to the day on which it happened. */
static void
test_profiles (void)
{
  static const struct { const char *kind, *happened; gint64 grace, in_force; } table[] = {
    { "crate.lose", NULL, 7, 7 },
    { "crate.lose", "2026-09-20T10:00", 5, 7 },
    { "crate.lose", "2026-10-01T00:00", 7, 7 },
    { "crate.amend", "2026-09-20T10:00", 7, 7 },
  };
  static const char grace[] = "\"purge_grace_business_days\": ";
  g_autoptr(Yard) yard = yard_new ();
  g_autofree char *json = yard_text (yard, "SELECT json FROM profile WHERE id = 1"), *answers = NULL;
  char *number = strstr (json, grace);

  g_assert_nonnull (number);
  number[strlen (grace)] = '7';
  answers = g_strdup_printf ("in_force_from=2026-10-01 | json=%s | with=3", json);
  yard_expect (yard, "done", CHIEF, "profile.adopt", NULL, answers);
  yard_set_time (yard, "2026-10-05T09:00");
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(KanCase) c = new_case (yard, table[i].kind, table[i].happened);

      g_test_message ("%s %s", table[i].kind, table[i].happened);
      g_assert_cmpint (kan_profile_number (kan_case_profile (c), "purge_grace_business_days"), ==, table[i].grace);
      g_assert_cmpint (kan_profile_number (kan_case_profile_in_force (c), "purge_grace_business_days"), ==,
                       table[i].in_force);
    }
}

/* Whatever depends on a calendar is filled in and signed: judging knows none. */
static void
test_calendar_only_while_filling (void)
{
  g_autoptr(Yard) yard = yard_new ();
  g_autoptr(KanCalendar) calendar = kan_profile_new_calendar (kan_book_get_profile (yard->book));
  g_autoptr(KanCase) c = new_case (yard, "crate.add", NULL);

  kan_book_set_calendar (yard->book, calendar);
  g_assert_null (kan_case_calendar (c));
  c->filling = TRUE;
  g_assert_true (kan_case_calendar (c) == calendar);
  kan_book_set_calendar (yard->book, NULL);
}

/* --- acts of the chain ---------------------------------------------------------------------------------------- */

static void
test_unreadable_acts (void)
{
  static const struct { const char *kind, *at, *subject, *session, *happened, *body; gboolean readable; } table[] = {
    { "crate.add", "2026-09-01T01:00:00Z", "C7", "P6-5f2a81c0", NULL, "{\"label\":\"x\"}", TRUE },
    { "crate.add", "2026-09-01T01:00:00Z", "C7", "P6-5f2a81c0", "2026-08-31T10:00", "{}", TRUE },
    { "crate.burn", "2026-09-01T01:00:00Z", "C7", "P6-5f2a81c0", NULL, "{}", FALSE },
    { NULL, "2026-09-01T01:00:00Z", "C7", "P6-5f2a81c0", NULL, "{}", FALSE },
    { "crate.add", "2026-09-01T01:00:00", "C7", "P6-5f2a81c0", NULL, "{}", FALSE },
    { "crate.add", "2026-02-30T01:00:00Z", "C7", "P6-5f2a81c0", NULL, "{}", FALSE },
    { "crate.add", NULL, "C7", "P6-5f2a81c0", NULL, "{}", FALSE },
    { "crate.add", "2026-09-01T01:00:00Z", NULL, "P6-5f2a81c0", NULL, "{}", FALSE },
    { "crate.add", "2026-09-01T01:00:00Z", "C7", NULL, NULL, "{}", FALSE },
    { "crate.add", "2026-09-01T01:00:00Z", "C7", "P6-5f2a81c0", "2026-08-31 10:00", "{}", FALSE },
    { "crate.add", "2026-09-01T01:00:00Z", "C7", "P6-5f2a81c0", "2026-08-31T24:00", "{}", FALSE },
    { "crate.add", "2026-09-01T01:00:00Z", "C7", "P6-5f2a81c0", NULL, "{\"label\": \"x\"}", FALSE },
    { "crate.add", "2026-09-01T01:00:00Z", "C7", "P6-5f2a81c0", NULL, "", FALSE },
  };
  g_autoptr(Yard) yard = yard_new_bare (&yard_registry);

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(KanAct) act = kan_act_new ();
      g_autoptr(KanCase) c = NULL;

      act->seq = 12;
      act->actor = CLERK;
      act->at = g_strdup (table[i].at);
      act->kind = g_strdup (table[i].kind);
      act->subject = g_strdup (table[i].subject);
      act->session = g_strdup (table[i].session);
      act->happened_at = g_strdup (table[i].happened);
      act->body = g_strdup (table[i].body);
      act->body_size = strlen (table[i].body);
      c = kan_case_new_for_act (yard->book, act, &error);
      g_test_message ("row %d: %s", (int) i, error != NULL ? error->message : "read");
      g_assert_cmpint (c != NULL, ==, table[i].readable);
      if (c == NULL)
        g_assert_error (error, KAN_ERROR, KAN_ERROR_DAMAGED);
      else
        g_assert_cmpint (kan_case_subject (c) * 100 + c->seq, ==, 712);
    }
}

static void
test_subjects (void)
{
  static const struct { const char *kind, *subject; gint64 id; } table[] = {
    { "crate.add", "C1", 1 }, { "crate.add", "C4294967296", G_GINT64_CONSTANT (4294967296) },
    { "crate.add", "P1", 0 }, { "crate.add", "C", 0 }, { "crate.add", "C0", 0 }, { "crate.add", "C01", 0 },
    { "crate.add", "C-1", 0 }, { "crate.add", "C 1", 0 }, { "crate.add", "C1x", 0 }, { "crate.add", "1", 0 },
    { "crate.add", "c1", 0 }, { "crate.add", "C99999999999999999999", 0 }, { "crate.add", "", 0 },
    /* a decision is upon a record of any register */
    { "hand.give", "C2", 2 }, { "hand.give", "P3", 3 }, { "hand.give", "ZZ3", 0 }, { "hand.give", "P03", 0 },
  };
  g_autoptr(Yard) yard = yard_new_bare (&yard_registry);

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(KanCase) c = new_case (yard, table[i].kind, NULL);

      kan_case_set_subject (c, "C5");
      kan_case_set_subject (c, table[i].subject);
      g_test_message ("%s %s", table[i].kind, table[i].subject);
      g_assert_cmpint (kan_case_subject (c), ==, table[i].id);
      g_assert_cmpstr (c->subject, ==, table[i].subject);
    }
}

/* --- editions ------------------------------------------------------------------------------------------------- */

static void
test_editions (void)
{
  static const struct { guint edition, since, until; gboolean in; } table[] = {
    { 1, 0, 0, TRUE }, { 9, 0, 0, TRUE }, { 1, 2, 0, FALSE }, { 2, 2, 0, TRUE }, { 3, 2, 0, TRUE },
    { 1, 0, 1, TRUE }, { 2, 0, 1, FALSE }, { 2, 2, 2, TRUE }, { 3, 2, 2, FALSE }, { 1, 2, 2, FALSE },
  };
  static const struct { guint edition; const char *key; gboolean asked; } asks[] = {
    { 1, "weight", TRUE }, { 1, "scale", FALSE }, { 1, "guess", TRUE }, { 1, "label", FALSE }, { 1, "", FALSE },
    { 2, "weight", TRUE }, { 2, "scale", TRUE }, { 2, "guess", FALSE },
  };
  g_autoptr(Yard) yard = yard_new_bare (&yard_registry);
  g_autoptr(KanCase) c = new_case (yard, "crate.weigh", NULL), bare = new_case (yard, "crate.take", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    g_assert_cmpint (kan_in_edition (table[i].edition, table[i].since, table[i].until), ==, table[i].in);
  for (gsize i = 0; i < G_N_ELEMENTS (asks); i++)
    {
      const KanAsk *ask;

      c->edition = asks[i].edition;
      ask = kan_case_find_ask (c, asks[i].key);
      g_test_message ("%s in edition %u", asks[i].key, asks[i].edition);
      g_assert_cmpstr (ask != NULL ? ask->key : NULL, ==, asks[i].asked ? asks[i].key : NULL);
    }
  g_assert_null (kan_case_find_ask (bare, "weight"));
}

/* --- answers -------------------------------------------------------------------------------------------------- */

/* Asked for as what it is not, an answer is none. */
static void
test_answers (void)
{
  static const char *const people[] = { "P4", "P6", NULL };
  g_autoptr(Yard) yard = yard_new_bare (&yard_registry);
  g_autoptr(KanCase) c = new_case (yard, "crate.add", NULL), silent = new_case (yard, "crate.add", NULL);
  KanBody *row = kan_body_new ();

  kan_body_set_text (c->body, "label", "一");
  kan_body_set_text (c->body, "keeper", "P12");
  kan_body_set_text (c->body, "owner", "ZZ9");
  kan_body_set_int (c->body, "weight", 12);
  kan_body_set_yes (c->body, "fragile", TRUE);
  kan_body_set_yes (c->body, "guess", FALSE);
  kan_body_set_list (c->body, "helpers", people);
  kan_body_set_text (row, "name", "皿");
  kan_body_set_int (row, "number", 3);
  kan_body_add_row (c->body, "contents", row);

  g_assert_true (kan_answered (c, "label") && kan_answered (c, "guess") && kan_answered (c, "contents"));
  g_assert_false (kan_answered (c, "note"));
  g_assert_cmpstr (kan_answer (c, "label"), ==, "一");
  g_assert_null (kan_answer (c, "weight"));
  g_assert_cmpint (kan_answer_n (c, "weight"), ==, 12);
  g_assert_cmpint (kan_answer_n (c, "label"), ==, 0);
  g_assert_true (kan_answer_yes (c, "fragile"));
  g_assert_false (kan_answer_yes (c, "guess") || kan_answer_yes (c, "weight"));
  g_assert_cmpint (kan_answer_ref (c, "keeper"), ==, 12);
  g_assert_cmpint (kan_answer_ref (c, "owner"), ==, 0);
  g_assert_cmpint (kan_answer_ref (c, "note"), ==, 0);
  g_assert_cmpstr (kan_answer_list (c, "helpers")[1], ==, "P6");
  g_assert_null (kan_answer_list (c, "keeper"));
  g_assert_cmpuint (kan_answer_rows (c, "contents"), ==, 1);
  g_assert_cmpuint (kan_answer_rows (c, "helpers"), ==, 0);
  g_assert_cmpstr (kan_answer_in_row (c, "contents", 0, "name"), ==, "皿");
  g_assert_null (kan_answer_in_row (c, "contents", 0, "number"));

  /* before anything is answered there are no answers to look at */
  g_clear_pointer (&silent->body, kan_body_free);
  g_assert_false (kan_answered (silent, "label") || kan_answer_yes (silent, "fragile"));
  g_assert_null (kan_answer (silent, "label"));
  g_assert_null (kan_answer_list (silent, "helpers"));
  g_assert_cmpint (kan_answer_n (silent, "weight") + kan_answer_ref (silent, "keeper"), ==, 0);
  g_assert_cmpuint (kan_answer_rows (silent, "contents"), ==, 0);
}

static const KanAsk filled_asks[] = {
  { .key = "label" }, { .key = "maker", .fill = KAN_FILL_BLANK }, { .key = "telephone", .fill = KAN_FILL_ALWAYS },
  { .key = "weight", .fill = KAN_FILL_BLANK }, { .key = "number", .fill = KAN_FILL_ALWAYS },
  { .key = "keeper", .fill = KAN_FILL_ALWAYS }, { .key = "helpers", .fill = KAN_FILL_BLANK }, { 0 }
};
static const KanKind filled_kind = { .id = "crate.fill", .asks = filled_asks };

static KanCase *
new_filling (Yard *yard)
{
  KanCase *c = new_case (yard, "crate.add", NULL);

  c->kind = &filled_kind;
  c->filling = TRUE;
  return c;
}

static void
fill_all (KanCase *c, const char *const *subjects)
{
  kan_fill_text (c, "maker", "工房");
  kan_fill_text (c, "telephone", "0120");
  kan_fill_n (c, "weight", 8);
  kan_fill_n (c, "number", 9);
  kan_fill_refs (c, "keeper", subjects);
  kan_fill_refs (c, "helpers", subjects);
}

/* What the program knows replaces what was typed; what it proposes gives way to it. */
static void
test_filling (void)
{
  static const char *const none[] = { NULL }, *const two[] = { "P1", "P2", NULL }, *const typed[] = { "P9", NULL };
  g_autoptr(Yard) yard = yard_new_bare (&yard_registry);
  g_autoptr(KanCase) blank = new_filling (yard), answered = new_filling (yard), nothing = new_filling (yard);
  g_autofree char *of_blank = NULL, *of_answered = NULL, *of_nothing = NULL;

  fill_all (blank, two);
  of_blank = kan_body_encode (blank->body, NULL);
  g_assert_cmpstr (of_blank, ==, "{\"helpers\":[\"P1\",\"P2\"],\"keeper\":[\"P1\",\"P2\"],\"maker\":\"工房\","
                                 "\"number\":9,\"telephone\":\"0120\",\"weight\":8}");

  kan_body_set_text (answered->body, "maker", "木工所");
  kan_body_set_text (answered->body, "telephone", "110");
  kan_body_set_int (answered->body, "weight", 1);
  kan_body_set_int (answered->body, "number", 2);
  kan_body_set_list (answered->body, "keeper", typed);
  kan_body_set_list (answered->body, "helpers", typed);
  fill_all (answered, two);
  of_answered = kan_body_encode (answered->body, NULL);
  g_assert_cmpstr (of_answered, ==, "{\"helpers\":[\"P9\"],\"keeper\":[\"P1\",\"P2\"],\"maker\":\"木工所\","
                                    "\"number\":9,\"telephone\":\"0120\",\"weight\":1}");

  /* nobody, and no text: the answer is none, not an empty one */
  kan_body_set_list (nothing->body, "keeper", typed);
  kan_body_set_text (nothing->body, "telephone", "110");
  kan_fill_refs (nothing, "keeper", none);
  kan_fill_refs (nothing, "helpers", none);
  kan_fill_text (nothing, "telephone", NULL);
  of_nothing = kan_body_encode (nothing->body, NULL);
  g_assert_cmpstr (of_nothing, ==, "{}");
}

/* A hook that fills in what is not declared so, or outside its time, changes nothing that is signed. */
static void
test_not_to_be_filled (void)
{
  static const struct { gboolean filling; const char *key; } table[] = {
    { TRUE, "label" }, { TRUE, "colour" }, { FALSE, "maker" }, { FALSE, "telephone" },
  };
  g_autoptr(Yard) yard = yard_new_bare (&yard_registry);

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(KanCase) c = new_filling (yard);

      c->filling = table[i].filling;
      g_test_expect_message ("kanribo", G_LOG_LEVEL_CRITICAL, "*takes_fill*");
      kan_fill_text (c, table[i].key, "x");
      g_test_assert_expected_messages ();
      g_assert_cmpuint (kan_body_n_members (c->body), ==, 0);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/case/times", test_times);
  g_test_add_func ("/case/profiles", test_profiles);
  g_test_add_func ("/case/calendar-only-while-filling", test_calendar_only_while_filling);
  g_test_add_func ("/case/unreadable-acts", test_unreadable_acts);
  g_test_add_func ("/case/subjects", test_subjects);
  g_test_add_func ("/case/editions", test_editions);
  g_test_add_func ("/case/answers", test_answers);
  g_test_add_func ("/case/filling", test_filling);
  g_test_add_func ("/case/not-to-be-filled", test_not_to_be_filled);
  return g_test_run ();
}
