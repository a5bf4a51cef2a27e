/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A deputy declares what only a role may (代決): with the reason of the absence, marked as such, shown to the principal,
 * and never where the profile keeps it from deputies. */
#include "app/acts/yard.h"

static Yard *
yard_with_crate (void)
{
  Yard *yard = yard_new ();

  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=箱 | weight=5");
  return yard;
}

static void
test_who_may (void)
{
  static const struct { gint64 person; const char *kind, *answers, *verdict; } table[] = {
    { GENERAL, "crate.grant", "colour=red", "done" },
    { GENERAL, "crate.grant", "colour=red | absence=leave", "refused absence" },
    { DEPUTY, "crate.grant", "colour=red", "refused absence" },
    { DEPUTY, "crate.grant", "colour=red | absence=tired", "refused absence" },
    { DEPUTY, "crate.grant", "colour=red | absence=出張", "done" },
    { CLERK, "crate.grant", "colour=red", "refused not_entitled" },
    { CLERK, "crate.grant", "colour=red | absence=leave", "refused not_entitled" },
    { PENSION, "crate.grant", "colour=red | absence=leave", "refused not_entitled" },
    { AUDITOR, "crate.grant", "colour=red | absence=leave", "refused not_entitled" },
    { CLERK, "crate.amend", "colour=red | absence=leave", "refused absence" },
    { DEPUTY, "crate.bar", "absence=leave", "refused not_entitled" },
    { DEPUTY, "crate.weigh", "weight=3 | absence=leave", "refused not_entitled" },
    { GENERAL, "crate.drop", "", "done" },
    { DEPUTY, "crate.drop", "absence=accident", "done" },
    { DEPUTY, "crate.drop", "", "refused deviation_reason marked:not_entitled" },
    { DEPUTY, "crate.drop", "deviation_reason=居合わせた", "done" },
    { CLERK, "crate.drop", "absence=leave | deviation_reason=居合わせた", "refused absence marked:not_entitled" },
  };
  g_autoptr(Yard) yard = yard_with_crate ();

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_test_message ("%d %s %s", (int) table[i].person, table[i].kind, table[i].answers);
      yard_expect (yard, table[i].verdict, table[i].person, table[i].kind, "C1", table[i].answers);
    }
  /* two were declared as a deputy; who recorded a fact without saying so is marked instead */
  yard_expect_text (yard, "crate.grant business_trip 2, crate.drop accident 2",
                    "SELECT group_concat (kind || ' ' || absence || ' ' || principal, ', ') FROM"
                    " (SELECT * FROM hand JOIN act USING (seq) WHERE verdict = 'declared' ORDER BY seq)");
  yard_expect_text (yard, "1", "SELECT count(*) FROM shortfall WHERE rule = 'not_entitled'");
  yard_expect_faults (yard, NULL, "");
}

/* What was declared in somebody's place waits for their inspection, and for nobody else's. */
static void
test_inspection (void)
{
  g_autoptr(Yard) yard = yard_with_crate ();
  g_autoptr(GPtrArray) before = NULL, after = NULL;
  const KanGivenHand *hand;

  yard_expect (yard, "done", DEPUTY, "crate.grant", "C1", "colour=red | absence=leave");
  before = kan_book_list_hands (yard->book, NULL, TRUE, NULL);
  g_ptr_array_set_free_func (before, (GDestroyNotify) kan_given_hand_free);
  g_assert_cmpuint (before->len, ==, 1);
  hand = g_ptr_array_index (before, 0);
  g_assert_cmpint (hand->act, ==, hand->seq);
  g_assert_cmpint (hand->person, ==, DEPUTY);
  g_assert_cmpint (hand->principal, ==, GENERAL);
  g_assert_cmpstr (hand->capacity, ==, "information_manager");
  g_assert_cmpstr (hand->verdict, ==, "declared");
  g_assert_cmpstr (hand->absence, ==, "leave");
  yard_expect (yard, "refused nothing_to_inspect", PENSION, "hand.inspect", "C1", "");
  yard_expect (yard, "done", GENERAL, "hand.inspect", "C1", "");
  after = kan_book_list_hands (yard->book, NULL, TRUE, NULL);
  g_assert_cmpuint (after->len, ==, 0);
  yard_expect_faults (yard, NULL, "");
}

/* The declaration of a deputy is no decision: where the act waits for that role, it waits on. */
static void
test_no_hand (void)
{
  g_autoptr(Yard) yard = yard_with_crate ();

  yard_expect (yard, "waits information_manager", DEPUTY, "crate.endorse", "C1", "absence=leave");
  yard_expect_text (yard, "declared", "SELECT group_concat (verdict) FROM hand WHERE subject = 'C1'");
  yard_expect (yard, "done", GENERAL, "hand.give", "C1", "");
  yard_expect (yard, "refused absence", DEPUTY, "crate.seal", "C1", "absence=leave");
  yard_expect_faults (yard, NULL, "");
}

/* Refusing and asking back decide as giving does: with the absence, in the principal's place, inspected later. */
static void
test_refuse_and_ask_back (void)
{
  static const struct { const char *kind, *verdict; } table[] = {
    { "hand.refuse", "refused" }, { "hand.ask_back", "asked_back" }, { "hand.give", "given" },
  };
  g_autoptr(Yard) yard = yard_with_crate ();

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      const char *kind = table[i].kind;
      const char *reason = i < 2 ? "reason=x" : "remark=x", *after = i < 2 ? "done" : "waits system_manager";
      g_autofree char *row = g_strdup_printf ("%s leave 2", table[i].verdict);
      g_autofree char *tired = g_strconcat (reason, " | absence=tired", NULL);
      g_autofree char *leave = g_strconcat (reason, " | absence=休暇", NULL);
      g_autofree char *other = g_strconcat (reason, " | as=system_manager", NULL);

      g_test_message ("%s", kind);
      yard_expect (yard, "waits information_manager system_manager", CLERK, "crate.seal", "C1", "");
      yard_expect (yard, "refused absence", DEPUTY, kind, "C1", reason);
      yard_expect (yard, "refused absence", DEPUTY, kind, "C1", tired);
      yard_expect (yard, "refused absence", GENERAL, kind, "C1", leave);
      yard_expect (yard, "refused not_entitled", OPERATOR, kind, "C1", leave);
      yard_expect (yard, "refused not_entitled", DEPUTY, kind, "C1", other);
      yard_expect (yard, after, DEPUTY, kind, "C1", leave);
      yard_expect_text (yard, row, "SELECT verdict || ' ' || absence || ' ' || principal FROM hand"
                                   " ORDER BY seq DESC LIMIT 1");
      yard_expect (yard, after, GENERAL, "hand.inspect", "C1", "");
      yard_expect (yard, "refused nothing_to_inspect", GENERAL, "hand.inspect", "C1", "");
    }
  yard_expect_faults (yard, NULL, "");
}

/* Forged without the absence, or in a role that is neither theirs nor their principal's. */
static void
test_forged_refusal (void)
{
  g_autoptr(Yard) yard = yard_with_crate ();
  g_autofree char *mute = NULL, *wrong = NULL;

  yard_expect (yard, "waits information_manager system_manager", CLERK, "crate.seal", "C1", "");
  mute = g_strdup_printf ("{\"act\":%d,\"as\":\"information_manager\",\"reason\":\"%064d\"}",
                          (int) yard_head (yard), 0);
  wrong = g_strdup_printf ("{\"absence\":\"leave\",\"act\":%d,\"as\":\"system_manager\",\"reason\":\"%064d\"}",
                           (int) yard_head (yard), 0);
  yard_forge (yard, DEPUTY, yard->keys[DEPUTY], "hand.refuse", "C1", mute, NULL);
  yard_forge (yard, DEPUTY, yard->keys[DEPUTY], "hand.ask_back", "C1", wrong, NULL);
  yard_expect_faults (yard, NULL, "rule 34 C1, rule 35 C1");
}

/* A vacant office has a deputy too, and nobody who inspects. */
static void
test_vacant (void)
{
  g_autoptr(Yard) yard = yard_with_crate ();
  g_autofree char *appointment = yard_text (yard, "SELECT 'A' || id FROM appointment WHERE person = 2");
  g_autoptr(GPtrArray) uninspected = NULL;

  yard_expect (yard, "done", CHIEF, "appointment.end", appointment, "until=2026-09-01 | with=3");
  yard_set_time (yard, "2026-09-02T09:00");
  yard_expect (yard, "refused not_entitled", GENERAL, "crate.grant", "C1", "colour=red");
  yard_expect (yard, "done", DEPUTY, "crate.grant", "C1", "colour=red | absence=vacancy");
  uninspected = kan_book_list_hands (yard->book, NULL, TRUE, NULL);
  g_assert_cmpuint (uninspected->len, ==, 0);
  yard_expect_text (yard, "1", "SELECT count(*) FROM hand WHERE verdict = 'declared' AND principal IS NULL");
  yard_expect_faults (yard, NULL, "");
}

/* The profile says what no deputy may, from its day of force on. */
static void
test_not_by_deputy (void)
{
  g_autoptr(Yard) yard = yard_with_crate ();
  g_autofree char *json = yard_text (yard, "SELECT json FROM profile WHERE id = 1");
  g_auto(GStrv) parts = g_strsplit (json, "\"not_by_deputy\": [", 2);
  g_autofree char *answers = g_strdup_printf ("in_force_from=2026-09-03 | json=%s\"not_by_deputy\": [\"crate.grant\","
                                              " %s | with=3", parts[0], parts[1]);

  yard_expect (yard, "done", CHIEF, "profile.adopt", NULL, answers);
  yard_expect (yard, "done", DEPUTY, "crate.grant", "C1", "colour=red | absence=leave");
  yard_set_time (yard, "2026-09-03T09:00");
  yard_expect (yard, "refused not_entitled", DEPUTY, "crate.grant", "C1", "colour=red | absence=leave");
  yard_expect (yard, "done", GENERAL, "crate.grant", "C1", "colour=red");
  yard_expect_faults (yard, NULL, "");
}

/* Shipped profiles keep acts that make power from deputies. */
static void
test_power (void)
{
  g_autoptr(Yard) yard = yard_with_crate ();

  yard_expect (yard, "refused not_entitled", DEPUTY, "person.register", NULL,
               "staff_no=8 | name=幽霊 | absence=leave | with=6");
  yard_expect (yard, "refused not_entitled", DEPUTY, "clock.correct", "F1", "reason=x | absence=leave");
}

/* Who may make an entry in somebody's place may put it right in their place. */
static void
test_correction (void)
{
  g_autoptr(Yard) yard = yard_with_crate ();
  g_autofree char *plain = NULL, *again = NULL, *deputy = NULL, *undo = NULL;

  yard_expect (yard, "done", DEPUTY, "crate.grant", "C1", "colour=red | absence=leave");
  plain = g_strdup_printf ("act=%d | question=colour | value=blue | reason=誤記", (int) yard_head (yard));
  again = g_strdup_printf ("act=%d | question=colour | value=red | reason=誤記", (int) yard_head (yard));
  undo = g_strdup_printf ("act=%d | reason=誤り | absence=leave", (int) yard_head (yard));
  deputy = g_strconcat (plain, " | absence=leave", NULL);
  yard_expect (yard, "refused not_entitled", CLERK, "act.correct", "C1", plain);
  yard_expect (yard, "refused absence", DEPUTY, "act.correct", "C1", plain);
  yard_expect (yard, "refused absence", GENERAL, "act.correct", "C1", deputy);
  yard_expect (yard, "done", DEPUTY, "act.correct", "C1", deputy);
  yard_expect_text (yard, "blue", "SELECT colour FROM crate");
  yard_expect (yard, "done", GENERAL, "act.correct", "C1", again);
  yard_expect_text (yard, "2", "SELECT count(*) FROM hand WHERE verdict = 'declared' AND principal = 2");
  yard_expect (yard, "refused not_last", DEPUTY, "act.void", "C1", undo);
  yard_expect_faults (yard, NULL, "");
}

static void
test_void (void)
{
  g_autoptr(Yard) yard = yard_with_crate ();
  g_autofree char *undo = NULL;

  yard_expect (yard, "done", DEPUTY, "crate.grant", "C1", "colour=red | absence=leave");
  undo = g_strdup_printf ("act=%d | reason=誤り", (int) yard_head (yard));
  yard_expect (yard, "refused not_entitled", CLERK, "act.void", "C1", undo);
  yard_expect (yard, "done", GENERAL, "act.void", "C1", undo);
  yard_expect_text (yard, NULL, "SELECT colour FROM crate");
  yard_expect_faults (yard, NULL, "");
}

/* A forged declaration without the reason, or by nobody's deputy, does not verify. */
static void
test_forged (void)
{
  g_autoptr(Yard) yard = yard_with_crate ();

  yard_forge (yard, DEPUTY, yard->keys[DEPUTY], "crate.grant", "C1", "{\"colour\":\"red\"}", NULL);
  yard_forge (yard, CLERK, yard->keys[CLERK], "crate.grant", "C1", "{\"absence\":\"leave\",\"colour\":\"red\"}", NULL);
  yard_expect_faults (yard, NULL, "rule 33 C1, rule 34 C1");
}

/* The button is enabled, and the wizard knows in whose place it asks. */
static void
test_may_begin (void)
{
  static const struct { gint64 person; const char *kind; const char *role; gint64 principal; guint before; } table[] = {
    { DEPUTY, "crate.grant", "information_manager", GENERAL, 0 }, { GENERAL, "crate.grant", NULL, 0, 0 },
    { DEPUTY, "crate.drop", "information_manager", GENERAL, 0 }, { DEPUTY, "crate.amend", NULL, 0, 0 },
    { DEPUTY, "hand.give", "information_manager", GENERAL, 0 }, { PENSION, "hand.give", NULL, 0, 0 },
    { DEPUTY, "hand.refuse", "information_manager", GENERAL, 0 }, { PENSION, "hand.refuse", NULL, 0, 0 },
    { DEPUTY, "hand.ask_back", "information_manager", GENERAL, 0 },
    { CLERK, "crate.grant", "information_manager", GENERAL, 1 },
    { CLERK, "hand.give", "information_manager", GENERAL, 1 },
  };
  g_autoptr(Yard) yard = yard_with_crate ();
  g_autofree char *head = yard_text (yard, "SELECT 'person=P6 | kind=regular | since=2026-09-01 | with=3 | office=O'"
                                           " || id FROM office WHERE code = 'general_affairs_head'");

  yard_expect (yard, "done", CHIEF, "appointment.make", NULL, head);
  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=待つ箱 | weight=5");
  yard_expect (yard, "waits information_manager system_manager", CLERK, "crate.seal", "C2", "");
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(KanDraft) draft = kan_draft_new (yard->book, table[i].kind,
                                                 g_str_has_prefix (table[i].kind, "hand") ? "C2" : "C1", &error);
      g_autoptr(GPtrArray) refusals = kan_draft_may_begin (draft, table[i].person, yard->now + 60, &error);
      KanDeputed deputed = { "", -1, 99 };

      g_assert_no_error (error);
      g_test_message ("%d %s", (int) table[i].person, table[i].kind);
      g_assert_cmpuint (refusals->len, ==, 0);
      g_assert_cmpint (kan_draft_deputises (draft, table[i].person, yard->now + 60, &deputed, &error), ==,
                       table[i].role != NULL);
      g_assert_no_error (error);
      g_assert_cmpstr (deputed.role, ==, table[i].role);
      g_assert_cmpint (deputed.principal, ==, table[i].principal);
      g_assert_cmpuint (deputed.before, ==, table[i].before);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/deputy/who-may", test_who_may);
  g_test_add_func ("/deputy/inspection", test_inspection);
  g_test_add_func ("/deputy/no-hand", test_no_hand);
  g_test_add_func ("/deputy/refuse-and-ask-back", test_refuse_and_ask_back);
  g_test_add_func ("/deputy/forged-refusal", test_forged_refusal);
  g_test_add_func ("/deputy/vacant", test_vacant);
  g_test_add_func ("/deputy/not-by-deputy", test_not_by_deputy);
  g_test_add_func ("/deputy/power", test_power);
  g_test_add_func ("/deputy/correction", test_correction);
  g_test_add_func ("/deputy/void", test_void);
  g_test_add_func ("/deputy/forged", test_forged);
  g_test_add_func ("/deputy/may-begin", test_may_begin);
  return g_test_run ();
}
