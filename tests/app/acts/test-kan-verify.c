/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verification names what was tampered with: rows, acts, their order, the tail, forged hands, texts, marks, tables;
 * it goes on past failures, and what is known stays known. */
#include "app/acts/yard.h"

#include "acts/kan-replay.h"

#include <string.h>

/* A copy of an act where none belongs. */
#define PLANT "INSERT INTO act SELECT "
#define PLANTED ", at, actor, key, session, kind, subject, happened_at, body, prev, hash, signature FROM act" \
  " WHERE seq = 40"

static void
test_nothing_to_find (void)
{
  g_autoptr(Yard) yard = yard_new_with_history ();
  g_autofree char *anchor = yard_anchor (yard);
  KanVerifyOptions options = { .anchor = anchor };
  g_autoptr(KanVerdict) verdict = kan_book_verify (yard->book, &options, NULL);

  g_assert_cmpint (verdict->n_acts, ==, 40);
  g_assert_cmpint (verdict->head.seq, ==, 40);
  g_assert_cmpuint (verdict->faults->len, ==, 0);
  yard_expect (yard, "done", CLERK, "crate.amend", "C2", "weight=6");
  yard_expect_faults (yard, anchor, "");
}

/* Each a change with a database tool, and what is named. */
static const struct { const char *sql, *faults; } tampering[] = {
  { "UPDATE crate SET weight = 4 WHERE id = 1", "projection C1" },
  { "UPDATE crate SET state = 'kept', weight = NULL WHERE id = 1", "projection C1, projection C1" },
  { "UPDATE crate SET takeout_no = 7 WHERE id = 1", "projection C1" },
  { "DELETE FROM crate WHERE id = 3", "projection C3" },
  { "INSERT INTO crate (id, state, made, changed, label) VALUES (9, 'kept', 33, 33, '幽霊')", "projection C9" },
  { "UPDATE hand SET person = 1 WHERE seq = 36", "projection hand 34" },
  { "DELETE FROM hand WHERE seq = 36", "projection hand 34" },
  { "INSERT INTO pending (subject, act, kind, actor, edition, moment) VALUES ('C2', 33, 'crate.seal', 6, 1, 0)",
    "projection pending C2" },
  { "UPDATE step SET undo = NULL WHERE seq = 40", "projection step 40" },
  { "UPDATE series SET last = 9", "projection series takeout" },
  { "DELETE FROM shortfall", "projection S1" },
  { "UPDATE shortfall SET state = 'closed'", "projection S1" },
  { "INSERT INTO note (seq, fault) VALUES (40, 'X')", "projection note 40" },
  { "UPDATE search SET key = 'x' WHERE register = 'crate' AND id = 2", "projection search crate" },
  { "UPDATE key SET state = 'revoked' WHERE person = 6", "projection K6" },
  { "UPDATE appointment SET until = '2026-09-01' WHERE person = 2", "projection A2" },
  { "UPDATE profile SET json = replace (json, 'rule.order', 'rule.enter')", "projection V1" },
  { "UPDATE file SET edition = 2", "projection F1" },
  { "UPDATE meta SET value = '0' WHERE key = 'floor'", "projection" },
  { "UPDATE detached SET content = '別の文' WHERE content LIKE '角%'", "text" },
  { "UPDATE detached SET salt = zeroblob (32) WHERE content LIKE '角%'", "text" },
  { "UPDATE detached SET salt = CAST (salt || CAST (substr (content, 1, 2) AS BLOB) AS BLOB),"
    " content = substr (content, 3) WHERE content LIKE '角%'", "text" },
  { "UPDATE detached SET salt = substr (salt, 1, 31) WHERE content LIKE '角%'", "text" },
  { "DELETE FROM detached WHERE content LIKE '角%'", "text 32 C1" },
  { "UPDATE act SET body = replace (body, '木工所', '鉄工所') WHERE seq = 37",
    "hash 37 C2, projection C2, projection search crate, projection step 37" },
  { "UPDATE act SET actor = 1 WHERE seq = 40", "hash 40 C2, projection C2, projection C2, projection step 40, "
                                               "projection" },
  { "UPDATE act SET signature = zeroblob (64) WHERE seq = 40", "signature 40 C2, projection C2, projection C2, "
                                                               "projection step 40, projection" },
  { "UPDATE act SET happened_at = '' WHERE seq = 40", "hash 40 C2, projection C2, projection C2, projection step 40, "
                                                      "projection" },
  { "UPDATE act SET happened_at = char (0) || '2026-08-01T09:00' WHERE seq = 40",
    "hash 40 C2, projection C2, projection C2, projection step 40, projection" },
  { "UPDATE act SET prev = zeroblob (32) WHERE seq = 40",
    "chain 40 C2, hash 40 C2, projection C2, projection C2, projection step 40, projection" },
  { "DELETE FROM act WHERE seq = 37", "gap 37, projection C2, projection search crate, projection step 37" },
  { "DELETE FROM act WHERE seq = 40", "projection C2, projection C2, projection step 40, projection" },
  { PLANT "4000000000000000000" PLANTED, "gap 41, hash 4000000000000000000 C2" },
  { PLANT "-3" PLANTED, "chain -3 C2" },
  { "UPDATE act SET seq = 41 WHERE seq = 40", "gap 40, hash 41 C2, projection C2, projection C2, projection step 40, "
                                              "projection" },
};

/* Nothing is chained after an entry that was planted or edited. */
static void
test_head_is_checked (void)
{
  g_autoptr(Yard) yard = yard_new_with_history ();
  gboolean holds = FALSE;

  g_assert_true (kan_ledger_head_holds (yard->db, yard->book->file_id, &holds, NULL) && holds);
  yard_exec (yard, PLANT "4000000000000000000" PLANTED);
  g_assert_true (kan_ledger_head_holds (yard->db, yard->book->file_id, &holds, NULL) && !holds);
  yard_exec (yard, "DELETE FROM act WHERE seq > 40; UPDATE act SET body = '{}' WHERE seq = 40");
  g_assert_true (kan_ledger_head_holds (yard->db, yard->book->file_id, &holds, NULL) && !holds);
}

static void
test_tampering (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (tampering); i++)
    {
      g_autoptr(Yard) yard = yard_new_with_history ();

      g_test_message ("%s", tampering[i].sql);
      yard_exec (yard, tampering[i].sql);
      yard_expect_faults (yard, NULL, tampering[i].faults);
    }
}

/* Record, field and both values are said as on screen. */
static void
test_said_in_words (void)
{
  g_autoptr(Yard) yard = yard_new_with_history ();
  KanVerifyOptions options = { 0 };
  g_autoptr(KanVerdict) verdict = NULL;
  const KanFault *fault;

  yard_exec (yard, "UPDATE crate SET weight = 4321 WHERE id = 1");
  verdict = kan_book_verify (yard->book, &options, NULL);
  g_assert_cmpuint (verdict->faults->len, ==, 1);
  g_assert_cmpuint (verdict->n_new, ==, 1);
  fault = g_ptr_array_index (verdict->faults, 0);
  g_assert_cmpstr (fault->what, ==, "C1 Weight: the table says “4,321”, the signed entries say “1”");
  g_assert_cmpstr (fault->table, ==, "crate");
  g_assert_cmpstr (fault->column, ==, "weight");
}

static void
test_reordered (void)
{
  g_autoptr(Yard) yard = yard_new_with_history ();
  g_autofree char *faults = NULL;

  yard_exec (yard, "UPDATE act SET seq = 99 WHERE seq = 37; UPDATE act SET seq = 37 WHERE seq = 40;"
             " UPDATE act SET seq = 40 WHERE seq = 99");
  faults = yard_verify (yard, NULL);
  g_assert_true (g_str_has_prefix (faults, "chain 37 C2, hash 37 C2, chain 38 C3, chain 40 C2, hash 40 C2, "));
}

/* The tail cut and its traces removed as well: nothing in the file remembers it, paper does. */
static void
test_tail_cut (void)
{
  g_autoptr(Yard) yard = yard_new_with_history ();
  g_autofree char *anchor = NULL;

  yard_expect (yard, "done", OPERATOR, "outsider.register", NULL, "name=林 次郎 | company=破砕店");
  anchor = yard_anchor (yard);
  yard_exec (yard, "DELETE FROM act WHERE seq = 41; DELETE FROM step WHERE seq = 41; DELETE FROM outsider WHERE id = 2;"
             " DELETE FROM search WHERE register = 'outsider' AND id = 2; UPDATE meta SET value = value - 60"
             " WHERE key = 'floor'");
  yard_expect_faults (yard, NULL, "");
  yard_expect_faults (yard, anchor, "head 41");
  yard_reopen (yard);
  yard_expect (yard, "done", OPERATOR, "outsider.register", NULL, "name=別人 | company=破砕店");
  yard_expect_faults (yard, NULL, "");
  yard_expect_faults (yard, anchor, "anchor 41 X2");
}

static void
test_no_anchor (void)
{
  g_autoptr(Yard) yard = yard_new_empty ();
  g_autoptr(GError) error = NULL;
  KanVerifyOptions options = { .anchor = "40-XXXX" };

  g_assert_null (kan_book_verify (yard->book, &options, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_USAGE);
}

/* An approval that somebody with the file key forges: another's key, their own key in the chief's name, their own name
   without the right, a key that claims to be new. */
static void
test_forged_approval (void)
{
  g_autoptr(Yard) yard = yard_new_with_history ();
  KanKeys *own = yard->keys[OPERATOR];
  g_autoptr(KanKeys) stranger = yard_make_keys (99);
  g_autofree char *claim = NULL, *key = kan_hex (kan_keys_get_sign (stranger), KAN_KEY_SIZE);
  const char *given = "{\"act\":41,\"as\":\"information_manager\"}";

  yard_expect (yard, "waits information_manager system_manager", CLERK, "crate.seal", "C2", "");
  yard_forge (yard, GENERAL, stranger, "hand.give", "C2", given, NULL);
  yard_forge (yard, CHIEF, own, "hand.give", "C2", given, NULL);
  yard_forge (yard, OPERATOR, own, "hand.give", "C2", given, NULL);
  claim = g_strdup_printf ("{\"box_key\":\"%s\",\"person\":\"P2\",\"sign_key\":\"%s\",\"statement_key\":\"%s\"}", key,
                           key, key);
  yard_forge (yard, GENERAL, stranger, "key.claim", "K8", claim, NULL);
  yard_forge (yard, CHIEF, own, "file.found", "F2", "{}", NULL);
  yard_expect_faults (yard, NULL, "rule 42 C2, rule 43 C2, rule 44 C2, rule 45 K8, rule 46 F2");
  yard_exec (yard, "UPDATE crate SET state = 'sealed' WHERE id = 2; DELETE FROM pending");
  yard_expect_faults (yard, NULL, "rule 42 C2, rule 43 C2, rule 44 C2, rule 45 K8, rule 46 F2, projection C2,"
                      " projection pending C2");
}

/* Replaced whole with a correct hash: the chain after it does not follow, and the signature is not the actor's. */
static void
test_rehashed (void)
{
  g_autoptr(Yard) yard = yard_new_with_history ();
  g_autoptr(KanAct) act = kan_ledger_get (yard->db, 40, NULL);

  yard_expect (yard, "done", CLERK, "crate.amend", "C1", "made_by=木工所");
  g_free (act->body);
  act->body = g_strdup ("{\"weight\":6}");
  act->body_size = strlen (act->body);
  kan_act_sign (act, yard->book->file_id, yard->keys[OPERATOR]);
  yard_exec (yard, "DELETE FROM act WHERE seq = 40");
  g_assert_true (kan_ledger_append (yard->db, act, NULL));
  yard_expect_faults (yard, NULL, "rule 40 C2, chain 41 C1, projection C2, projection C2, projection step 40");
}

static void
test_marks (void)
{
  static const struct { const char *body, *faults; } table[] = {
    { "{}", "rule 42 C4" },
    { "{\"deviation_reason\":\"0000000000000000000000000000000000000000000000000000000000000000\"}", "rule 42 C4" },
    { "{\"deviation\":[\"heavy\"]}", "rule 42 C4" },
    { "{\"deviation\":[\"light\"],"
      "\"deviation_reason\":\"0000000000000000000000000000000000000000000000000000000000000000\"}",
      "rule 42 C4" },
    { "{\"deviation\":[\"heavy\",\"heavy\"],"
      "\"deviation_reason\":\"0000000000000000000000000000000000000000000000000000000000000000\"}", "rule 42 C4" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(Yard) yard = yard_new_with_history ();

      yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=四 | weight=400");
      yard_forge (yard, OPERATOR, yard->keys[OPERATOR], "crate.lose", "C4", table[i].body, NULL);
      yard_expect_faults (yard, NULL, table[i].faults);
    }
}

static void
test_clock (void)
{
  g_autoptr(Yard) yard = yard_new_with_history ();

  yard_forge (yard, CLERK, yard->keys[CLERK], "crate.take", "C2", "{}", "2026-09-01T00:00:00Z");
  yard_forge (yard, CLERK, yard->keys[CLERK], "crate.amend", "C2", "{\"weight\":6}", "2026-09-01T00:00:00Z");
  yard_forge (yard, CLERK, yard->keys[CLERK], "crate.amend", "C2", "{\"weight\":6}", "2027-09-01T00:00:00Z");
  yard_forge (yard, CLERK, yard->keys[CLERK], "crate.amend", "C2", "{\"weight\":6}", "2026-09-01T9:00:00Z");
  yard_forge (yard, CLERK, yard->keys[CLERK], "crate.amend", "C2", "{\"weight\":6}", "2026-09-01 09:00:00");
  yard_forge (yard, CLERK, yard->keys[CLERK], "crate.fly", "C2", "{}", NULL);
  yard_forge (yard, CLERK, yard->keys[CLERK], "crate.amend", "C2", "{\"weight\": 6}", NULL);
  yard_expect_faults (yard, NULL, "rule 41 C2, rule 42 C2, rule 43 C2, unreadable 44 C2, unreadable 45 C2,"
                                  " unreadable 46 C2,"
                      " unreadable 47 C2");
}

/* An act names the session it was signed in: somebody's who holds a key. */
static void
test_sessions (void)
{
  static const struct { const char *session, *faults; } table[] = {
    { "P2-0f09ed00", "" },
    { "", "rule 41 C2" },
    { "P2", "rule 41 C2" },
    { "P2-0f09ed0", "rule 41 C2" },
    { "P2-0F09ED00", "rule 41 C2" },
    { "C1-0f09ed00", "rule 41 C2" },
    { "P99-0f09ed00", "rule 41 C2" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(Yard) yard = yard_new_with_history ();

      yard->session = table[i].session;
      yard_forge (yard, CLERK, yard->keys[CLERK], "crate.amend", "C2", "{\"weight\":6}", NULL);
      if (*table[i].faults != '\0')
        yard_expect_faults (yard, NULL, table[i].faults);
    }
}

/* A correction of an act that does not hold is none, and stops nothing. */
static void
test_correction_of_what_fails (void)
{
  g_autoptr(Yard) yard = yard_new_with_history ();

  yard_expect (yard, "done", CLERK, "act.correct", "C2", "act=40 | question=weight | value=7 | reason=誤記");
  yard_exec (yard, "UPDATE act SET body = 'torn' WHERE seq = 40");
  yard_expect_faults (yard, NULL, "hash 40 C2, rule 41 C2, projection correction 41, projection C2, projection C2,"
                      " projection step 40, projection step 41, projection");
}

static void
test_planted_tables (void)
{
  static const char *const plants[] = {
    "CREATE TABLE extra (a)", "CREATE VIEW extra AS SELECT 1", "CREATE INDEX extra ON crate (weight)",
    "CREATE TRIGGER extra AFTER INSERT ON act BEGIN SELECT 1; END", "DROP INDEX crate_state", "DROP TABLE note",
    "ALTER TABLE crate ADD COLUMN extra TEXT", "DROP TABLE note; CREATE TABLE note (seq INTEGER PRIMARY KEY, fault)",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (plants); i++)
    {
      g_autoptr(Yard) yard = yard_new_empty ();
      g_autoptr(GError) error = NULL;

      g_assert_true (kan_book_check_schema (yard->book, &error));
      yard_exec (yard, plants[i]);
      g_test_message ("%s", plants[i]);
      g_assert_false (kan_book_check_schema (yard->book, &error));
      g_assert_error (error, KAN_ERROR, KAN_ERROR_DAMAGED);
    }
}

/* Verification and rebuilding need nothing but the chain: what stands in its place is an altered row. */
static const struct { const char *sql, *faults; gboolean doubtful; } decided[] = {
  { "UPDATE profile SET json = '{}'", "projection V1", TRUE },
  { "UPDATE profile SET json = NULL, in_force_from = NULL", "projection V1, projection V1", TRUE },
  { "UPDATE file SET edition = 99", "projection F1", TRUE },
  { "DELETE FROM profile", "projection V1", FALSE },
  { "UPDATE meta SET value = '99' WHERE key = 'projection'", "projection", FALSE },
  { "UPDATE meta SET value = '0' WHERE key = 'projection'; UPDATE crate SET weight = 4 WHERE id = 1",
    "projection C1, projection", FALSE },
  { "UPDATE meta SET value = 'x' WHERE key = 'projection'", "projection", FALSE },
  { "DELETE FROM meta WHERE key = 'projection'", "projection", FALSE },
  { "INSERT INTO meta VALUES ('hidden', '123456789018')", "projection", FALSE },
  { "INSERT INTO draft (person, saved, sealed) VALUES (99, 'x', x'00')", "projection", FALSE },
};

static void
test_decided (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (decided); i++)
    {
      g_autoptr(Yard) yard = yard_new_with_history ();
      g_autoptr(GError) error = NULL;

      g_test_message ("%s", decided[i].sql);
      yard_exec (yard, decided[i].sql);
      yard_reopen (yard);
      g_assert_false (kan_book_is_older (yard->book));
      g_assert_true (kan_book_check_schema (yard->book, &error));
      g_assert_cmpint (kan_book_is_doubtful (yard->book), ==, decided[i].doubtful);
      yard_expect_faults (yard, NULL, decided[i].faults);
      yard_expect (yard, "done", GENERAL, "ledger.rebuild", NULL, "reason=相違");
      g_assert_false (kan_book_is_doubtful (yard->book));
      yard_expect_faults (yard, NULL, "");
    }
}

static gboolean
stop_after (gint64 done, gint64 total, gpointer data)
{
  gint64 *most = data;

  g_assert_cmpint (done, <=, total);
  g_assert_cmpint (done, >=, *most);
  *most = done;
  return done < 300;
}

/* Over many chunks and threads: told how far it is, stopped when asked, the same verdict with one thread and four. */
static void
test_long_chain (void)
{
  g_autoptr(Yard) yard = yard_new_with_history ();
  g_autoptr(GError) error = NULL;
  gint64 most = 0;
  KanVerifyOptions options = { .progress = stop_after, .progress_data = &most };

  yard_exec (yard, "BEGIN");
  for (guint i = 0; i < 800; i++)
    {
      g_autofree char *answer = g_strdup_printf ("weight=%u", i);

      yard_expect (yard, "done", CLERK, "crate.amend", "C2", answer);
    }
  yard_exec (yard, "COMMIT");
  g_assert_null (kan_book_verify (yard->book, &options, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_CANCELLED);
  g_assert_cmpint (most, >=, 300);
  yard_exec (yard, "UPDATE act SET signature = zeroblob (64) WHERE seq IN (100, 500)");
  for (guint n = 1; n <= 4; n += 3)
    {
      KanVerifyOptions threads = { .n_threads = n };
      g_autoptr(KanVerdict) verdict = kan_book_verify (yard->book, &threads, NULL);

      g_assert_cmpint (verdict->n_acts, ==, 840);
      g_assert_cmpint (((KanFault *) g_ptr_array_index (verdict->faults, 0))->seq, ==, 100);
      g_assert_cmpint (((KanFault *) g_ptr_array_index (verdict->faults, 1))->seq, ==, 500);
      /* what the two acts would have left besides: a step each, and how the next one could be undone */
      for (guint i = 2; i < verdict->faults->len; i++)
        g_assert_true (g_str_has_prefix (((KanFault *) g_ptr_array_index (verdict->faults, i))->subject, "step "));
    }
}

/* The registers as of a day: what was recorded by its end, free text included. */
static void
test_as_of (void)
{
  g_autoptr(Yard) yard = yard_new_with_history ();
  g_autoptr(KanScratch) before = NULL, after = NULL;
  g_autoptr(KanRecord) record = NULL, later = NULL;
  g_autofree char *note = NULL;

  yard_set_time (yard, "2026-09-02T00:00");
  yard_expect (yard, "done", CLERK, "crate.amend", "C1", "made_by=鉄工所");
  before = kan_book_as_of (yard->book, "2026-09-01", NULL);
  after = kan_book_as_of (yard->book, "2026-09-02", NULL);
  record = kan_record_get (kan_scratch_get_book (before), "C1", NULL);
  later = kan_record_get (kan_scratch_get_book (after), "C1", NULL);
  g_assert_cmpstr (kan_record_get_text (record, "maker"), ==, NULL);
  g_assert_cmpstr (kan_record_get_text (later, "maker"), ==, "鉄工所");
  note = kan_record_show (record, "note", TRUE);
  g_assert_cmpstr (note, ==, "角が欠けている");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/verify/nothing-to-find", test_nothing_to_find);
  g_test_add_func ("/verify/head-is-checked", test_head_is_checked);
  g_test_add_func ("/verify/tampering", test_tampering);
  g_test_add_func ("/verify/said-in-words", test_said_in_words);
  g_test_add_func ("/verify/reordered", test_reordered);
  g_test_add_func ("/verify/tail-cut", test_tail_cut);
  g_test_add_func ("/verify/no-anchor", test_no_anchor);
  g_test_add_func ("/verify/forged-approval", test_forged_approval);
  g_test_add_func ("/verify/rehashed", test_rehashed);
  g_test_add_func ("/verify/marks", test_marks);
  g_test_add_func ("/verify/clock", test_clock);
  g_test_add_func ("/verify/sessions", test_sessions);
  g_test_add_func ("/verify/correction-of-what-fails", test_correction_of_what_fails);
  g_test_add_func ("/verify/planted-tables", test_planted_tables);
  g_test_add_func ("/verify/decided", test_decided);
  g_test_add_func ("/verify/long-chain", test_long_chain);
  g_test_add_func ("/verify/as-of", test_as_of);
  return g_test_run ();
}
