/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Repairs: spoiled rows are healed by an act of record, a tail that nobody signed is set aside by two persons; valid
 * entries stay, and what was set aside is compared ever after. */
#include "acts/kan-repair.h"

#include "app/acts/yard.h"

#include <string.h>

#define REASON "reason=係員の持ち込んだ道具で書き換えられた"

/* Acts from 32 on. */
static Yard *
yard_with_history (void)
{
  Yard *yard = yard_new ();

  g_assert_cmpint (yard_head (yard), ==, 31);
  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=一 | weight=1");              /* 32 */
  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=二 | weight=2");              /* 33 */
  yard_expect (yard, "done", CLERK, "crate.amend", "C2", "weight=5");                      /* 34 */
  return yard;
}

/* What admitting says where the world will not have it. */
static void
expect_error (Yard *yard, int code, gint64 person, const char *kind, const char *subject, const char *key,
              const char *value)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanDraft) draft = kan_draft_new (yard->book, kind, subject, &error);
  KanSigner signer = { person, yard->keys[person], "P1-5f2a81c0" };

  g_assert_no_error (error);
  kan_draft_set (draft, key, value);
  g_assert_null (kan_book_admit (yard->book, draft, &signer, NULL, 0, yard->now, &error));
  g_assert_error (error, KAN_ERROR, code);
  g_test_message ("%s", error->message);
  if (code == KAN_ERROR_DAMAGED)
    g_assert_nonnull (strstr (error->message, "ledger.reject"));
}

/* --- rows ----------------------------------------------------------------------------------------------------- */

static void
test_spoiled_rows (void)
{
  g_autoptr(Yard) yard = yard_with_history ();

  yard_exec (yard, "UPDATE crate SET weight = 4, maker = '鉄工所' WHERE id = 1; DELETE FROM crate WHERE id = 2");
  yard_expect_faults (yard, NULL, "projection C1, projection C1, projection C2");
  g_assert_cmpint (yard_int (yard, "SELECT count(*) FROM crate WHERE id = 2"), ==, 0);
  yard_expect (yard, "refused not_entitled", CLERK, "ledger.rebuild", NULL, REASON);
  yard_expect (yard, "refused reason", GENERAL, "ledger.rebuild", NULL, "");
  /* refused: nothing was healed in passing; nor does any other act heal it */
  yard_expect_faults (yard, NULL, "projection C1, projection C1, projection C2");
  yard_expect (yard, "done", OPERATOR, "outsider.register", NULL, "name=林 次郎 | company=破砕店");
  yard_expect_faults (yard, NULL, "projection C1, projection C1, projection C2");
  yard_expect (yard, "done", GENERAL, "ledger.rebuild", NULL, REASON);
  yard_expect_faults (yard, NULL, "");
  /* two rows differed; said, whatever was answered */
  yard_expect_text (yard, "2", "SELECT differences FROM repair WHERE id = 1 AND state = 'done'");
  yard_expect_text (yard, "5", "SELECT weight FROM crate WHERE id = 2");
  yard_expect (yard, "refused act", GENERAL, "ledger.rebuild", NULL, REASON);
  yard_exec (yard, "UPDATE crate SET weight = 9");
  yard_expect (yard, "done", PENSION, "ledger.rebuild", NULL, REASON " | differences=77");
  yard_expect_text (yard, "2", "SELECT differences FROM repair WHERE id = 2");
  yard_expect_faults (yard, NULL, "");
  yard_reopen (yard);
  g_assert_true (kan_book_check_schema (yard->book, NULL));
}

/* Rows that would keep everybody from acting stand in nobody's way: the act is judged by those made anew. */
static void
test_spoiled_power (void)
{
  g_autoptr(Yard) yard = yard_with_history ();

  yard_exec (yard, "UPDATE appointment SET until = '2026-09-01'; UPDATE key SET sign_key = '00';"
             " INSERT INTO pending (subject, act, kind, actor, edition, moment)"
             " VALUES ('Z1', 33, 'crate.seal', 6, 1, 0);"
             " UPDATE meta SET value = '9999999999' WHERE key = 'floor'");
  yard_reopen (yard);
  expect_error (yard, KAN_ERROR_DAMAGED, CLERK, "crate.amend", "C1", "weight", "2");
  yard_expect (yard, "done", GENERAL, "ledger.rebuild", NULL, REASON);
  yard_expect_faults (yard, NULL, "");
  yard_expect (yard, "done", CLERK, "crate.amend", "C1", "weight=2");
}

/* A chief by a row of their own is none in a replay. */
static void
test_planted_power (void)
{
  g_autoptr(Yard) yard = yard_with_history ();

  yard_exec (yard, "UPDATE appointment SET person = 6 WHERE person = 2");
  yard_expect (yard, "refused not_entitled", CLERK, "ledger.rebuild", NULL, REASON);
}

/* What acts did wrong stays named. */
static void
test_faults_of_acts_stay (void)
{
  g_autoptr(Yard) yard = yard_with_history ();

  yard_exec (yard, "UPDATE act SET body = replace (body, '5', '6') WHERE seq = 34");
  expect_error (yard, KAN_ERROR_DAMAGED, GENERAL, "ledger.rebuild", NULL, "reason", "x");
  yard_exec (yard, "UPDATE act SET body = replace (body, '6', '5') WHERE seq = 34");
  yard_expect (yard, "done", CLERK, "crate.amend", "C1", "made_by=木工所");
  yard_exec (yard, "UPDATE act SET body = replace (body, '5', '6') WHERE seq = 34");
  yard_expect (yard, "done", GENERAL, "ledger.rebuild", NULL, REASON);
  yard_expect_faults (yard, NULL, "hash 34 C2");
}

/* --- the tail ------------------------------------------------------------------------------------------------- */

/* Each a tail that does not hold, how many entries that makes, and from which place on. */
static const struct { const char *sql; int count; gint64 from; } tails[] = {
  { "UPDATE act SET body = '{\"weight\":6}' WHERE seq = 34", 1, 34 },
  { "UPDATE act SET body = '{\"weight\":6}' WHERE seq >= 33", 2, 33 },
  { "UPDATE act SET signature = zeroblob (64) WHERE seq = 34", 1, 34 },
  { "UPDATE act SET signature = zeroblob (3), body = 'torn', at = '' WHERE seq = 34", 1, 34 },
  { "UPDATE act SET prev = zeroblob (32) WHERE seq = 34", 1, 34 },
  { "UPDATE act SET seq = 35 WHERE seq = 34", 1, 34 },
  { "INSERT INTO act SELECT 4000000000000000000, at, actor, key, session, kind, subject, happened_at, body, prev, hash,"
    " signature FROM act WHERE seq = 34", 1, 35 },
};

static void
test_tails (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (tails); i++)
    {
      g_autoptr(Yard) yard = yard_with_history ();

      g_test_message ("%s", tails[i].sql);
      yard_exec (yard, tails[i].sql);
      expect_error (yard, KAN_ERROR_DAMAGED, CLERK, "crate.amend", "C1", "weight", "2");
      yard_expect (yard, "refused with", GENERAL, "ledger.reject", NULL, REASON);
      yard_expect (yard, "refused reason with", GENERAL, "ledger.reject", NULL, "");
      yard_expect (yard, "refused not_entitled", CLERK, "ledger.reject", NULL, REASON " | with=3");
      g_assert_cmpint (yard_int (yard, "SELECT count(*) FROM rejected"), ==, 0);
      yard_expect (yard, "done", GENERAL, "ledger.reject", NULL, REASON " | with=3 | count=9 | digest=00");
      yard_expect_faults (yard, NULL, "");
      g_assert_cmpint (yard_int (yard, "SELECT count FROM repair"), ==, tails[i].count);
      g_assert_cmpint (yard_int (yard, "SELECT from_seq FROM repair"), ==, tails[i].from);
      g_assert_cmpint (yard_int (yard, "SELECT count(*) FROM rejected JOIN repair ON tail = digest"), ==,
                       tails[i].count);
      g_assert_cmpint (yard_int (yard, "SELECT max(seq) FROM act"), ==, tails[i].from + 1);
      yard_expect (yard, "done", CLERK, "crate.amend", "C1", "weight=3");
      yard_reopen (yard);
      yard_expect_faults (yard, NULL, "");
    }
}

/* The words of the table changed, and put back behind what they would not have let in. */
#define LET_IN(sql_) "CREATE TEMP TABLE kept AS SELECT sql FROM sqlite_schema WHERE name = 'act';" \
  "UPDATE sqlite_schema SET sql = replace (replace (sql, ' NOT NULL', ''), ' STRICT', '') WHERE name = 'act';" \
  "PRAGMA writable_schema = RESET;" sql_ ";PRAGMA writable_schema = ON;" \
  "UPDATE sqlite_schema SET sql = (SELECT sql FROM kept) WHERE name = 'act'; PRAGMA writable_schema = RESET"

static void
test_anything_is_set_aside (void)
{
  static const char *const table[] = {
    LET_IN ("UPDATE act SET at = NULL WHERE seq = 34"),
    LET_IN ("UPDATE act SET body = NULL WHERE seq = 34"),
    LET_IN ("UPDATE act SET subject = NULL, kind = NULL WHERE seq = 34"),
    LET_IN ("UPDATE act SET at = NULL, actor = NULL, key = NULL, session = NULL, kind = NULL, subject = NULL,"
            " body = NULL, prev = NULL, hash = NULL, signature = NULL WHERE seq = 34"),
    LET_IN ("UPDATE act SET actor = 'x', key = 5, at = 1.5, subject = x'ff00', signature = 'y' WHERE seq = 34"),
    /* in no index */
    "UPDATE sqlite_schema SET sql = sql || ' WHERE seq < 34' WHERE name = 'act_subject';"
    "PRAGMA writable_schema = RESET; PRAGMA writable_schema = ON; REINDEX act_subject;"
    "UPDATE act SET body = '{}' WHERE seq = 34;"
    "UPDATE sqlite_schema SET sql = replace (sql, ' WHERE seq < 34', '') WHERE name = 'act_subject';"
    "PRAGMA writable_schema = RESET",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(Yard) yard = yard_with_history ();

      g_test_message ("%s", table[i]);
      yard_tamper (yard, table[i]);
      expect_error (yard, KAN_ERROR_DAMAGED, CLERK, "crate.amend", "C1", "weight", "2");
      yard_expect (yard, "done", GENERAL, "ledger.reject", NULL, REASON " | with=3");
      g_assert_cmpint (yard_int (yard, "SELECT count(*) FROM rejected JOIN repair ON tail = digest"), ==, 1);
      g_assert_cmpint (yard_int (yard, "SELECT from_seq FROM repair"), ==, 34);
      yard_reopen (yard);
      yard_expect_faults (yard, NULL, "");
      yard_expect (yard, "done", CLERK, "crate.amend", "C1", "weight=3");
    }
}

/* Signed whole, but by a key that is nobody's: as if it had never been. */
static void
test_forged_tail (void)
{
  g_autoptr(Yard) yard = yard_with_history ();
  g_autoptr(KanKeys) stranger = yard_make_keys (99);

  yard_forge (yard, GENERAL, stranger, "crate.amend", "C1", "{\"weight\":9}", NULL);
  yard_forge (yard, CHIEF, yard->keys[CLERK], "crate.amend", "C1", "{\"weight\":9}", NULL);
  yard_exec (yard, "UPDATE crate SET weight = 9 WHERE id = 1");
  expect_error (yard, KAN_ERROR_DAMAGED, CLERK, "crate.amend", "C1", "weight", "2");
  yard_expect (yard, "done", GENERAL, "ledger.reject", NULL, REASON " | with=3");
  yard_expect_faults (yard, NULL, "");
  yard_expect_text (yard, "1", "SELECT weight FROM crate WHERE id = 1");
  yard_expect_text (yard, "35", "SELECT from_seq FROM repair WHERE count = 2");
  yard_expect (yard, "done", CLERK, "crate.amend", "C1", "weight=3");
}

static void
test_good_tail_stays (void)
{
  g_autoptr(Yard) yard = yard_with_history ();

  yard_expect (yard, "refused act", GENERAL, "ledger.reject", NULL, REASON " | with=3");
  /* signed by whom it names, against the rules: named by verification, noted by two; not set aside */
  yard_forge (yard, OPERATOR, yard->keys[OPERATOR], "crate.add", "C3", "{}", NULL);
  yard_expect (yard, "refused act", GENERAL, "ledger.reject", NULL, REASON " | with=3 | from_seq=35 | count=1");
  /* an entry that fails is covered by one that holds */
  yard_exec (yard, "UPDATE act SET body = '{\"weight\":6}' WHERE seq = 34");
  yard_expect (yard, "refused act", GENERAL, "ledger.reject", NULL, REASON " | with=3");
  g_assert_cmpint (yard_int (yard, "SELECT count(*) FROM rejected"), ==, 0);
  g_assert_cmpint (yard_head (yard), ==, 35);
}

/* Somebody takes a key out of the register so that what its holder signed seems to be nobody's. */
static void
test_spoiled_key_deceives_nobody (void)
{
  g_autoptr(Yard) yard = yard_with_history ();

  yard_exec (yard, "UPDATE key SET sign_key = '00' WHERE person = 6");
  expect_error (yard, KAN_ERROR_DAMAGED, OPERATOR, "crate.take", "C1", "note", NULL);
  yard_expect (yard, "refused act", GENERAL, "ledger.reject", NULL, REASON " | with=3");
  g_assert_cmpint (yard_head (yard), ==, 34);
  yard_expect (yard, "done", GENERAL, "ledger.rebuild", NULL, REASON);
  yard_expect_faults (yard, NULL, "");
}

/* --- what was set aside, ever after --------------------------------------------------------------------------- */

static Yard *
yard_with_rejected (void)
{
  Yard *yard = yard_with_history ();
  g_autoptr(KanKeys) stranger = yard_make_keys (99);

  yard_forge (yard, GENERAL, stranger, "crate.amend", "C1", "{\"weight\":9}", NULL);
  yard_forge (yard, GENERAL, stranger, "crate.amend", "C1", "{\"weight\":8}", NULL);
  yard_expect (yard, "done", GENERAL, "ledger.reject", NULL, REASON " | with=3");
  return yard;
}

static void
test_altered_rejected (void)
{
  static const struct { const char *sql, *faults; } table[] = {
    { "SELECT 1", "" },
    { "DELETE FROM rejected WHERE seq = 36", "rejected 35 Z1" },
    { "DELETE FROM rejected", "rejected 35 Z1" },
    { "UPDATE rejected SET body = '{\"weight\":7}' WHERE seq = 36", "rejected 35 Z1" },
    { "UPDATE rejected SET happened_at = '' WHERE seq = 36", "rejected 35 Z1" },
    { "UPDATE rejected SET signature = zeroblob (65) WHERE seq = 35", "rejected 35 Z1" },
    { "UPDATE rejected SET seq = seq + 10", "rejected 35 Z1" },
    { "UPDATE rejected SET tail = '00'", "rejected 35 Z1, rejected" },
    { "INSERT INTO rejected SELECT 'x', seq, at, actor, key, session, kind, subject, happened_at, body, prev, hash,"
      " signature FROM act WHERE seq = 30", "rejected" },
    { "UPDATE repair SET digest = '00'", "projection Z1" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(Yard) yard = yard_with_rejected ();

      g_test_message ("%s", table[i].sql);
      yard_exec (yard, table[i].sql);
      yard_expect_faults (yard, NULL, table[i].faults);
    }
}

/* Signed by two with tools of their own, and naming no tail that there could be: the founding itself, or no digest. */
static void
test_no_such_tail (void)
{
#define DIGEST "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define REASON_GIVEN "\"reason\":\"" DIGEST "\""
  static const struct { const char *body; gboolean fits; } table[] = {
    { "{\"count\":1,\"digest\":\"" DIGEST "\",\"from_seq\":2," REASON_GIVEN "}", TRUE },
    /* digits that would be a number of a person, were it not a digest */
    { "{\"count\":1,\"digest\":\"a123456789018bcdef0123456789abcdef0123456789abcdef0123456789abcd\",\"from_seq\":2,"
      REASON_GIVEN "}", TRUE },
    { "{\"count\":1,\"digest\":\"" DIGEST "\",\"from_seq\":1," REASON_GIVEN "}", FALSE },
    { "{\"count\":1,\"digest\":\"" DIGEST "\"," REASON_GIVEN "}", FALSE },
    { "{\"count\":1,\"from_seq\":2," REASON_GIVEN "}", FALSE },
    { "{\"count\":1,\"digest\":\"012345\",\"from_seq\":2," REASON_GIVEN "}", FALSE },
    { "{\"count\":1,\"digest\":\"" DIGEST "0\",\"from_seq\":2," REASON_GIVEN "}", FALSE },
    { "{\"count\":1,\"digest\":\"0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef\","
      "\"from_seq\":2," REASON_GIVEN "}", FALSE },
  };
  const KanVerifyOptions options = { .n_threads = 1 };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(Yard) yard = yard_with_history ();
      g_autoptr(KanVerdict) verdict = NULL;
      const KanFault *first;

      yard_forge (yard, GENERAL, yard->keys[GENERAL], "ledger.reject", "Z1", table[i].body, NULL);
      yard_forge (yard, PENSION, yard->keys[PENSION], "hand.give", "Z1", "{\"act\":35,\"as\":\"second\"}", NULL);
      verdict = kan_book_verify (yard->book, &options, NULL);
      first = g_ptr_array_index (verdict->faults, 0);
      g_test_message ("%s: %s", table[i].body, first->what);
      if (table[i].fits)
        g_assert_cmpstr (kan_fault_kind_id (first->kind), !=, "rule");
      else
        {
          g_assert_cmpstr (kan_fault_kind_id (first->kind), ==, "rule");
          g_assert_cmpint (first->seq, ==, 35);
          g_assert_nonnull (strstr (first->what, "Such a tail cannot be set aside"));
        }
    }
}

/* Two officers who would have a valid entry go away, with tools of their own. */
static void
test_valid_set_aside (void)
{
  g_autoptr(Yard) yard = yard_with_history ();
  g_autofree char *body = NULL;
  KanTail tail;

  g_assert_true (kan_tail_read (yard->db, yard->book->file_id, 34, &tail, NULL));
  g_assert_true (kan_tail_set_aside (yard->db, &tail, NULL));
  body = g_strdup_printf ("{\"count\":1,\"digest\":\"%s\",\"from_seq\":34,\"reason\":\"%064d\"}", tail.digest, 0);
  yard_forge (yard, GENERAL, yard->keys[GENERAL], "ledger.reject", "Z1", body, NULL);
  yard_forge (yard, PENSION, yard->keys[PENSION], "hand.give", "Z1", "{\"act\":34,\"as\":\"second\"}", NULL);
  g_assert_true (kan_book_head_holds (yard->book, &(gboolean) { FALSE }, NULL));
  yard_expect (yard, "done", CHIEF, "ledger.rebuild", NULL, REASON);
  {
    g_autofree char *faults = yard_verify (yard, NULL);

    g_assert_nonnull (strstr (faults, "rejected 34 Z1"));
  }
}

/* One officer alone: the act has no effect, and what lies there was set aside by nobody. */
static void
test_set_aside_alone (void)
{
  g_autoptr(Yard) yard = yard_with_history ();
  g_autofree char *body = NULL, *faults = NULL;
  KanTail tail;

  g_assert_true (kan_tail_read (yard->db, yard->book->file_id, 34, &tail, NULL));
  g_assert_true (kan_tail_set_aside (yard->db, &tail, NULL));
  body = g_strdup_printf ("{\"count\":1,\"digest\":\"%s\",\"from_seq\":34,\"reason\":\"%064d\"}", tail.digest, 0);
  yard_forge (yard, GENERAL, yard->keys[GENERAL], "ledger.reject", "Z1", body, NULL);
  faults = yard_verify (yard, NULL);
  g_assert_true (g_str_has_prefix (faults, "rejected 34 Z1"));
  g_assert_true (strstr (faults, ", rejected,") != NULL || g_str_has_suffix (faults, ", rejected"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/repair/spoiled-rows", test_spoiled_rows);
  g_test_add_func ("/repair/spoiled-power", test_spoiled_power);
  g_test_add_func ("/repair/planted-power", test_planted_power);
  g_test_add_func ("/repair/faults-of-acts-stay", test_faults_of_acts_stay);
  g_test_add_func ("/repair/tails", test_tails);
  g_test_add_func ("/repair/anything-is-set-aside", test_anything_is_set_aside);
  g_test_add_func ("/repair/forged-tail", test_forged_tail);
  g_test_add_func ("/repair/good-tail-stays", test_good_tail_stays);
  g_test_add_func ("/repair/spoiled-key-deceives-nobody", test_spoiled_key_deceives_nobody);
  g_test_add_func ("/repair/altered-rejected", test_altered_rejected);
  g_test_add_func ("/repair/no-such-tail", test_no_such_tail);
  g_test_add_func ("/repair/valid-set-aside", test_valid_set_aside);
  g_test_add_func ("/repair/set-aside-alone", test_set_aside_alone);
  return g_test_run ();
}
