/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What follows from an entry without effect: what was built on its record or on its power, and nothing else. */
#include "app/acts/yard.h"

#include "acts/kan-verify-private.h"

static void
begin (KanVerifier *self, Yard *yard)
{
  *self = (KanVerifier) { .book = yard->book };
  kan_follow_init (&self->follow);
}

static void
fail (KanVerifier *self, gint64 seq, KanFaultKind kind, gint64 because)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanAct) act = kan_ledger_get (self->book->db, seq, &error);

  g_assert_no_error (error);
  g_assert_true (kan_follow_failure (self, act, kind, because, &error));
  g_assert_no_error (error);
}

static void
expect_cause (KanVerifier *self, gint64 seq, gint64 because)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanAct) act = kan_ledger_get (self->book->db, seq, &error);

  g_assert_no_error (error);
  g_test_message ("entry %d, %s", (int) seq, act->kind);
  g_assert_cmpint (kan_follow_act (self, act), ==, because);
}

/* --- records -------------------------------------------------------------------------------------------------- */

/* C2 was made by entry 33 and amended by 37 and 40. */
static void
test_record (void)
{
  static const struct { gint64 failed; KanFaultKind kind; const char *subject; gint64 because; } table[] = {
    { 33, KAN_FAULT_HASH, "C2", 33 },
    { 33, KAN_FAULT_SIGNATURE, "C2", 33 },
    { 33, KAN_FAULT_RULE, "C2", 33 },
    { 33, KAN_FAULT_HASH, "C1", 0 },
    { 33, KAN_FAULT_HASH, "P6", 0 },
    { 37, KAN_FAULT_RULE, "C2", 37 },
    { 33, KAN_FAULT_HASH, NULL, 0 },
  };
  g_autoptr(Yard) yard = yard_new_with_history ();

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      KanVerifier self;

      begin (&self, yard);
      fail (&self, table[i].failed, table[i].kind, 0);
      g_test_message ("%s after %d", table[i].subject, (int) table[i].failed);
      g_assert_cmpint (kan_follow_subject (&self.follow, table[i].subject), ==, table[i].because);
      g_assert_cmpint (kan_follow_seq (&self.follow, table[i].failed), ==, table[i].failed);
      g_assert_cmpint (kan_follow_seq (&self.follow, table[i].failed + 1), ==, 0);
      g_assert_cmpint (self.follow.altered, ==, table[i].kind == KAN_FAULT_RULE ? 0 : table[i].failed);
      kan_follow_clear (&self.follow);
    }
}

/* The first cause stays the cause of all that hangs together. */
static void
test_chain_of_causes (void)
{
  g_autoptr(Yard) yard = yard_new_with_history ();
  KanVerifier self;

  begin (&self, yard);
  expect_cause (&self, 37, 0);
  fail (&self, 33, KAN_FAULT_HASH, 0);
  expect_cause (&self, 34, 0);
  expect_cause (&self, 37, 33);
  fail (&self, 37, KAN_FAULT_RULE, 33);
  g_assert_cmpint (kan_follow_seq (&self.follow, 37), ==, 33);
  expect_cause (&self, 40, 33);
  /* altered too, it is a cause of its own, but what hung on the first still does */
  fail (&self, 40, KAN_FAULT_HASH, 0);
  g_assert_cmpint (kan_follow_seq (&self.follow, 40), ==, 40);
  g_assert_cmpint (kan_follow_subject (&self.follow, "C2"), ==, 33);
  g_assert_cmpint (self.follow.altered, ==, 33);
  kan_follow_clear (&self.follow);
}

/* What somebody only appended, and nothing shows, is no ground that anybody built on; a record that it should have made
 * is. */
static void
test_only_appended (void)
{
  g_autoptr(Yard) yard = yard_new_with_history ();
  gint64 amended = yard_forge (yard, CLERK, yard->keys[CLERK], "crate.amend", "C1", "{\"weight\":7}", NULL);
  gint64 added = yard_forge (yard, CLERK, yard->keys[CLERK], "crate.add", "C9", "{\"label\":\"x\"}", NULL);
  gint64 unknown = yard_forge (yard, CLERK, yard->keys[CLERK], "crate.burn", "C3", "{}", NULL);
  KanVerifier self;

  begin (&self, yard);
  fail (&self, amended, KAN_FAULT_RULE, 0);
  fail (&self, unknown, KAN_FAULT_UNREADABLE, 0);
  g_assert_cmpint (kan_follow_subject (&self.follow, "C1"), ==, 0);
  g_assert_cmpint (kan_follow_subject (&self.follow, "C3"), ==, 0);
  g_assert_cmpint (kan_follow_seq (&self.follow, amended), ==, amended);
  fail (&self, added, KAN_FAULT_RULE, 0);
  g_assert_cmpint (kan_follow_subject (&self.follow, "C9"), ==, added);
  kan_follow_clear (&self.follow);
}

/* Made anew under its number, the record hangs on nothing; an act upon it mends nothing. */
static void
test_made_anew (void)
{
  g_autoptr(Yard) yard = yard_new_with_history ();
  g_autoptr(KanAct) add = kan_ledger_get (yard->db, 33, NULL), amend = kan_ledger_get (yard->db, 37, NULL);
  KanVerifier self;

  begin (&self, yard);
  fail (&self, 33, KAN_FAULT_HASH, 0);
  kan_follow_success (&self, amend);
  g_assert_cmpint (kan_follow_subject (&self.follow, "C2"), ==, 33);
  kan_follow_success (&self, add);
  g_assert_cmpint (kan_follow_subject (&self.follow, "C2"), ==, 0);
  kan_follow_clear (&self.follow);
}

/* --- what an act names ---------------------------------------------------------------------------------------- */

/* Acts that name a record without effect follow; who is only named loses no power, unless the act gave it. */
static void
test_named (void)
{
  static const struct { gint64 who; const char *kind, *answers; gboolean of_outsider, of_operator; } table[] = {
    { CLERK, "crate.add", "label=名 | owner=X1", TRUE, FALSE },
    { CLERK, "crate.add", "label=名 | keeper=P4 | helpers=P4,P6", FALSE, FALSE },
    { CHIEF, "appointment.make", "person=P4 | office=O3 | kind=acting | since=2026-09-01 | with=3", FALSE, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(Yard) yard = yard_new_with_history ();
      gint64 failed, naming, outsider, operated;
      KanVerifier self;

      yard_expect (yard, "done", table[i].who, table[i].kind, NULL, table[i].answers);
      failed = yard_int (yard, "SELECT max(seq) FROM act WHERE kind <> 'hand.give'");
      naming = yard_forge (yard, CLERK, yard->keys[CLERK], "crate.add", "C7",
                           "{\"label\":\"x\",\"owner\":\"X1\"}", NULL);
      outsider = yard_forge (yard, CLERK, yard->keys[CLERK], "outsider.amend", "X1", "{\"name\":\"x\"}", NULL);
      operated = yard_forge (yard, OPERATOR, yard->keys[OPERATOR], "crate.take", "C1", "{}", NULL);
      begin (&self, yard);
      fail (&self, failed, KAN_FAULT_HASH, 0);
      g_test_message ("%s %s", table[i].kind, table[i].answers);
      expect_cause (&self, naming, 0);
      expect_cause (&self, outsider, table[i].of_outsider ? failed : 0);
      expect_cause (&self, operated, table[i].of_operator ? failed : 0);
      kan_follow_clear (&self.follow);
    }
}

/* By its answers: a record, one of several, an entry. */
static void
test_answers (void)
{
  static const struct { const char *kind, *body; gboolean follows; } table[] = {
    { "crate.add", "{\"label\":\"x\",\"owner\":\"X1\"}", TRUE },
    { "crate.add", "{\"helpers\":[\"P6\",\"X1\"],\"label\":\"x\"}", TRUE },
    { "crate.add", "{\"label\":\"X1\"}", TRUE },      /* taken for the record: told more, never less */
    { "crate.add", "{\"label\":\"x\",\"owner\":\"X2\"}", FALSE },
    { "crate.add", "{\"label\":\"x\"}", FALSE },
    { "hand.inspect", "{\"act\":31}", TRUE },
    { "hand.inspect", "{\"act\":30}", FALSE },
    { "crate.add", "{\"label\":", FALSE },
  };
  g_autoptr(Yard) yard = yard_new_with_history ();
  KanVerifier self;

  begin (&self, yard);
  fail (&self, 31, KAN_FAULT_HASH, 0);
  g_assert_cmpint (kan_follow_subject (&self.follow, "X1"), ==, 31);
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    expect_cause (&self, yard_forge (yard, CLERK, yard->keys[CLERK], table[i].kind, "C7", table[i].body, NULL),
                  table[i].follows ? 31 : 0);
  kan_follow_clear (&self.follow);
}

/* A profile judges everybody: whatever hangs on nothing nearer hangs on it. */
static void
test_everything (void)
{
  g_autoptr(Yard) yard = yard_new_with_history ();
  g_autofree char *json = yard_text (yard, "SELECT json FROM profile WHERE id = 1");
  g_autofree char *answers = g_strdup_printf ("in_force_from=2026-10-01 | json=%s | with=3", json);
  gint64 adopted;
  KanVerifier self;

  yard_expect (yard, "done", CHIEF, "profile.adopt", NULL, answers);
  adopted = yard_int (yard, "SELECT seq FROM act WHERE kind = 'profile.adopt'");
  begin (&self, yard);
  fail (&self, 33, KAN_FAULT_HASH, 0);
  expect_cause (&self, 39, 0);
  fail (&self, adopted, KAN_FAULT_HASH, 0);
  expect_cause (&self, 39, adopted);
  expect_cause (&self, 37, 33);
  kan_follow_clear (&self.follow);
}

/* --- gaps and rows -------------------------------------------------------------------------------------------- */

static void
test_gap (void)
{
  static const struct { gint64 seq, first; } table[] = {
    { 32, 0 }, { 33, 33 }, { 34, 33 }, { 35, 33 }, { 36, 0 }, { 38, 38 }, { 39, 0 },
  };
  g_autoptr(Yard) yard = yard_new_with_history ();
  g_autoptr(GError) error = NULL;
  KanVerifier self;

  begin (&self, yard);
  g_assert_true (kan_follow_gap (&self, 33, 35, &error));
  g_assert_true (kan_follow_gap (&self, 38, 38, &error));
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    g_assert_cmpint (kan_follow_seq (&self.follow, table[i].seq), ==, table[i].first);
  /* by the steps that the missing ones left */
  g_assert_cmpint (kan_follow_subject (&self.follow, "C2"), ==, 33);
  g_assert_cmpint (kan_follow_subject (&self.follow, "C1"), ==, 33);
  g_assert_cmpint (kan_follow_subject (&self.follow, "C3"), ==, 38);
  g_assert_cmpint (self.follow.altered, ==, 33);
  /* nobody knows what the missing ones did */
  expect_cause (&self, 31, 33);
  kan_follow_clear (&self.follow);
}

static void
test_rows (void)
{
  static const struct { const char *table, *sql; gint64 because; } rows[] = {
    { "crate", "SELECT * FROM crate WHERE id = 2", 33 },
    { "crate", "SELECT * FROM crate WHERE id = 1", 0 },
    { "crate", "SELECT * FROM crate WHERE id = 3", 39 },
    { "step", "SELECT * FROM step WHERE seq = 33", 33 },
    { "step", "SELECT * FROM step WHERE seq = 40", 33 },
    { "step", "SELECT * FROM step WHERE seq = 32", 0 },
    { "person", "SELECT * FROM person WHERE id = 6", 0 },
    /* numbers that are no entries name none */
    { "crate", "SELECT 99 AS id, 33 AS weight, 32 AS made, NULL AS changed", 0 },
    { "crate", "SELECT 99 AS id, '33' AS made", 0 },
    { "crate", "SELECT 99 AS id, 1 AS made, 33 AS voided", 33 },
  };
  g_autoptr(Yard) yard = yard_new_with_history ();
  KanVerifier self;

  begin (&self, yard);
  fail (&self, 33, KAN_FAULT_HASH, 0);
  fail (&self, 39, KAN_FAULT_SIGNATURE, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(KanStmt) row = kan_db_prepare (yard->db, rows[i].sql, &error);

      g_assert_no_error (error);
      g_assert_true (kan_stmt_step (row, &error));
      g_test_message ("%s", rows[i].sql);
      g_assert_cmpint (kan_follow_row (&self, rows[i].table, row), ==, rows[i].because);
    }
  kan_follow_clear (&self.follow);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/follow/record", test_record);
  g_test_add_func ("/follow/chain-of-causes", test_chain_of_causes);
  g_test_add_func ("/follow/only-appended", test_only_appended);
  g_test_add_func ("/follow/made-anew", test_made_anew);
  g_test_add_func ("/follow/named", test_named);
  g_test_add_func ("/follow/answers", test_answers);
  g_test_add_func ("/follow/everything", test_everything);
  g_test_add_func ("/follow/gap", test_gap);
  g_test_add_func ("/follow/rows", test_rows);
  return g_test_run ();
}
