/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The acts of decision: what waits, in which capacity it may be given, refused, asked back, withdrawn or inspected, and
 * what each leaves behind. */
#include "app/acts/yard.h"

static Yard *
yard_with_crates (void)
{
  Yard *yard = yard_new ();

  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=一 | weight=5");
  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=二 | weight=5");
  return yard;
}

#define WAITS "waits information_manager system_manager"

static KanCase *
new_case (Yard *yard)
{
  const KanRegister *reg = NULL;
  const KanKind *kind = kan_book_find_kind (yard->book, "hand.give", &reg);

  return kan_case_new (yard->book, kind, reg, yard->now, NULL, GENERAL);
}

/* --- what waits ----------------------------------------------------------------------------------------------- */

/* The act as it was asked for, on the day of the hand: authority is that of today, the matter that of then. */
static void
test_pending (void)
{
  g_autoptr(Yard) yard = yard_with_crates ();
  g_autoptr(KanCase) c = NULL, none = NULL, made = NULL, upon = NULL;
  gint64 sealed;

  yard_expect (yard, WAITS, CLERK, "crate.seal", "C1", "note=角");
  sealed = yard_head (yard);
  yard_expect (yard, WAITS, CLERK, "crate.propose", NULL, "label=三 | weight=9");
  yard_set_time (yard, "2026-09-08T09:00");
  c = new_case (yard);
  none = kan_case_pending (c, "C2");
  g_assert_null (none);
  g_assert_no_error (c->error);
  upon = kan_case_pending (c, "C1");
  g_assert_cmpstr (upon->kind->id, ==, "crate.seal");
  g_assert_cmpint (upon->seq, ==, sealed);
  g_assert_cmpint (upon->actor, ==, CLERK);
  g_assert_cmpint (upon->id, ==, 1);
  g_assert_false (upon->creating);
  g_assert_cmpstr (kan_case_day (upon), ==, "2026-09-08");
  g_assert_cmpstr (kan_case_when_day (upon), ==, "2026-09-01");
  g_assert_true (kan_answered (upon, "note"));
  made = kan_case_pending (c, "C3");
  g_assert_true (made->creating);
  g_assert_cmpint (kan_answer_n (made, "weight"), ==, 9);
  g_assert_cmpuint (made->edition, ==, yard->book->edition);
}

/* A fact that waits happened when it was told to have happened. */
static void
test_pending_fact (void)
{
  g_autoptr(Yard) yard = yard_with_crates ();
  g_autoptr(KanCase) c = NULL, pending = NULL;

  yard_expect (yard, "done", CLERK, "crate.seal", "C1", "with=2,3");
  yard_set_time (yard, "2026-09-02T10:00");
  yard_expect (yard, "waits opener", OPERATOR, "crate.open", "C1",
               "opener=P6 | happened=2026-09-01T11:30 | late_reason=出先");
  yard_set_time (yard, "2026-09-08T09:00");
  c = new_case (yard);
  pending = kan_case_pending (c, "C1");
  g_assert_cmpstr (kan_case_when (pending), ==, "2026-09-01T11:30");
  g_assert_true (pending->happened);
}

/* What waits by an entry that cannot be read is damage, not nothing. */
static void
test_pending_unreadable (void)
{
  g_autoptr(Yard) yard = yard_with_crates ();
  g_autoptr(KanCase) c = NULL, pending = NULL, after = NULL;

  yard_expect (yard, WAITS, CLERK, "crate.seal", "C1", "");
  yard_exec (yard, "UPDATE act SET kind = 'crate.burn' WHERE seq = (SELECT act FROM pending)");
  c = new_case (yard);
  pending = kan_case_pending (c, "C1");
  g_assert_null (pending);
  g_assert_error (c->error, KAN_ERROR, KAN_ERROR_DAMAGED);
  after = kan_case_pending (c, "C2");
  g_assert_null (after);
}

/* --- decisions ------------------------------------------------------------------------------------------------ */

/* One after the other; C1 waits for both managers at the beginning, ACT is the number of what waits. */
static const struct { const char *verdict; gint64 who; const char *kind, *subject, *answers; } decisions[] = {
  { "refused not_entitled", CLERK, "hand.give", "C1", "" },
  { "refused not_entitled", OPERATOR, "hand.refuse", "C1", "reason=x" },
  { "refused not_entitled", GENERAL, "hand.give", "C1", "as=system_manager" },
  { "refused not_entitled", GENERAL, "hand.give", "C1", "as=information_manager|system_manager" },
  { "refused not_entitled", GENERAL, "hand.give", "C1", "as=information_manager|information_manager" },
  { "refused not_entitled", GENERAL, "hand.give", "C1", "as=emperor" },
  { "refused act", GENERAL, "hand.give", "C1", "act=1" },
  { "refused act", GENERAL, "hand.refuse", "C1", "act=1 | reason=x" },
  { "refused reason", GENERAL, "hand.refuse", "C1", "" },
  { "refused reason", GENERAL, "hand.ask_back", "C1", "" },
  { "refused not_requester", GENERAL, "hand.withdraw", "C1", "" },
  { "refused act", CLERK, "hand.withdraw", "C1", "act=1" },
  { "refused act", CLERK, "hand.give", "C2", "" },
  { "refused nothing_to_inspect", GENERAL, "hand.inspect", "C1", "" },
  { "waits system_manager", GENERAL, "hand.give", "C1", "as=information_manager | remark=確認した" },
  { "refused not_entitled", GENERAL, "hand.give", "C1", "" },
  { "done", CLERK, "hand.withdraw", "C1", "reason=誤り" },
  { "refused act", PENSION, "hand.give", "C1", "" },
  { "refused act", CLERK, "hand.withdraw", "C1", "" },
};

static void
test_decisions (void)
{
  g_autoptr(Yard) yard = yard_with_crates ();

  yard_expect (yard, WAITS, CLERK, "crate.seal", "C1", "");
  for (gsize i = 0; i < G_N_ELEMENTS (decisions); i++)
    {
      g_test_message ("%d %s %s", (int) decisions[i].who, decisions[i].kind, decisions[i].answers);
      yard_expect (yard, decisions[i].verdict, decisions[i].who, decisions[i].kind, decisions[i].subject,
                   decisions[i].answers);
    }
  yard_expect_text (yard, "kept", "SELECT state FROM crate WHERE id = 1");
  yard_expect_text (yard, "0", "SELECT count(*) FROM pending");
  yard_expect_faults (yard, NULL, "");
}

/* What each decision leaves: the record as it stood before, or what it was to become, and the hand that was given. */
static void
test_outcomes (void)
{
  static const struct { gint64 who; const char *kind, *answers, *upon, *made, *hands; } table[] = {
    { GENERAL, "hand.refuse", "reason=x", "kept", "refused", "refused information_manager" },
    { GENERAL, "hand.ask_back", "reason=x", "kept", "asked_back", "asked_back information_manager" },
    { CLERK, "hand.withdraw", "reason=x", "kept", "withdrawn", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(Yard) yard = yard_with_crates ();
      const char *given = table[i].hands;

      yard_expect (yard, WAITS, CLERK, "crate.seal", "C1", "");
      yard_expect (yard, WAITS, CLERK, "crate.propose", NULL, "label=三");
      yard_expect (yard, "done", table[i].who, table[i].kind, "C1", table[i].answers);
      yard_expect (yard, "done", table[i].who, table[i].kind, "C3", table[i].answers);
      g_test_message ("%s", table[i].kind);
      yard_expect_text (yard, table[i].upon, "SELECT state FROM crate WHERE id = 1");
      yard_expect_text (yard, table[i].made, "SELECT state FROM crate WHERE id = 3");
      yard_expect_text (yard, given, "SELECT ifnull(max(verdict || ' ' || capacity), '') FROM hand"
                                     " WHERE subject = 'C1'");
      yard_expect_text (yard, "0", "SELECT count(*) FROM pending");
      yard_expect_text (yard, NULL, "SELECT takeout_no FROM crate WHERE id = 1");
      yard_expect_faults (yard, NULL, "");
    }
}

/* Whoever holds several of the capacities gives them all at once; the last hand completes the act. */
static void
test_all_at_once (void)
{
  g_autoptr(Yard) yard = yard_with_crates ();
  g_autofree char *office = yard_text (yard, "SELECT 'O' || id FROM office WHERE code = 'pension_manager'");
  g_autofree char *acting = g_strdup_printf ("person=P6 | office=%s | kind=acting | since=2026-09-01 | with=3", office);

  yard_expect (yard, "done", CHIEF, "appointment.make", NULL, acting);
  yard_expect (yard, WAITS, OPERATOR, "crate.seal", "C1", "");
  yard_expect (yard, "waits information_manager", CLERK, "hand.give", "C1", "");
  yard_expect (yard, "done", GENERAL, "hand.give", "C1", "");
  yard_expect_text (yard, "information_manager 2 given,system_manager 6 given",
                    "SELECT group_concat(capacity || ' ' || person || ' ' || verdict) FROM (SELECT * FROM hand"
                    " WHERE subject = 'C1' ORDER BY capacity)");
  yard_expect_text (yard, "sealed 1", "SELECT state || ' ' || takeout_no FROM crate WHERE id = 1");
  yard_expect_faults (yard, NULL, "");
}

/* --- later inspection (後閲) ----------------------------------------------------------------------------------- */

/* Two decisions in the manager's place on one record: which of them is said, once each, by nobody else. */
static void
test_inspection (void)
{
  g_autoptr(Yard) yard = yard_with_crates ();
  g_autofree char *first = NULL, *second = NULL;

  yard_expect (yard, "done", DEPUTY, "crate.grant", "C1", "colour=red | absence=leave");
  first = g_strdup_printf ("act=%d", (int) yard_head (yard));
  yard_expect (yard, "done", DEPUTY, "crate.grant", "C1", "colour=blue | absence=leave");
  second = g_strdup_printf ("act=%d", (int) yard_head (yard));
  yard_expect (yard, "refused act", GENERAL, "hand.inspect", "C1", "");
  yard_expect (yard, "refused nothing_to_inspect", GENERAL, "hand.inspect", "C1", "act=1");
  yard_expect (yard, "refused nothing_to_inspect", DEPUTY, "hand.inspect", "C1", first);
  yard_expect (yard, "refused nothing_to_inspect", GENERAL, "hand.inspect", "C2", first);
  yard_expect (yard, "done", GENERAL, "hand.inspect", "C1", second);
  yard_expect (yard, "refused nothing_to_inspect", GENERAL, "hand.inspect", "C1", second);
  /* the one that is left needs not be said */
  yard_expect (yard, "done", GENERAL, "hand.inspect", "C1", "remark=後閲した");
  yard_expect (yard, "refused nothing_to_inspect", GENERAL, "hand.inspect", "C1", "");
  yard_expect_text (yard, "0", "SELECT count(*) FROM hand WHERE inspected IS NULL AND principal IS NOT NULL");
  yard_expect_faults (yard, NULL, "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hand-kinds/pending", test_pending);
  g_test_add_func ("/hand-kinds/pending-fact", test_pending_fact);
  g_test_add_func ("/hand-kinds/pending-unreadable", test_pending_unreadable);
  g_test_add_func ("/hand-kinds/decisions", test_decisions);
  g_test_add_func ("/hand-kinds/outcomes", test_outcomes);
  g_test_add_func ("/hand-kinds/all-at-once", test_all_at_once);
  g_test_add_func ("/hand-kinds/inspection", test_inspection);
  return g_test_run ();
}
