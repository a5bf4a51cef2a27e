/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A record held against its own entries: what was altered only while somebody looked is found before they sign, and
 * what is honest is never doubted. */
#include "app/acts/yard.h"
#include "app/desk/demo-fixture.h"

#include "acts/kan-record-check.h"

#include <string.h>

/* --- who relies on an altered record --------------------------------------------------------------------------- */

static void
assert_altered (const GError *error, const char *words)
{
  g_assert_error (error, KAN_ERROR, KAN_ERROR_DAMAGED);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, words));
}

/* Neither signed nor judged in a dry run, and nothing is written. */
static void
expect_refused (Yard *yard, gint64 person, const char *kind, const char *subject, const char *answers,
                const char *words)
{
  g_autoptr(GError) judged = NULL, admitted = NULL, failed = NULL;
  g_autoptr(KanDraft) draft = kan_draft_new (yard->book, kind, subject, &failed);
  g_autoptr(GPtrArray) refusals = NULL;
  g_autoptr(KanOutcome) outcome = NULL;
  g_auto(GStrv) parts = g_strsplit (answers, " | ", -1);
  g_autofree char *session = g_strdup_printf ("P%d-5f2a81c0", (int) person);
  KanSigner signer = { person, yard->keys[person], session };
  gint64 head = yard_head (yard);

  g_assert_no_error (failed);
  for (char **part = parts; *part != NULL; part++)
    {
      g_auto(GStrv) pair = g_strsplit (*part, "=", 2);

      kan_draft_set (draft, pair[0], pair[1]);
    }
  refusals = kan_draft_judge (draft, person, yard->now + 60, &judged);
  g_assert_null (refusals);
  assert_altered (judged, words);
  outcome = kan_book_admit (yard->book, draft, &signer, NULL, 0, yard->now + 60, &admitted);
  g_assert_null (outcome);
  assert_altered (admitted, words);
  g_assert_cmpint (yard_head (yard), ==, head);
}

/* An application as its two managers see it, and what was really applied for. */
static Yard *
yard_with_application (void)
{
  Yard *yard = yard_new ();

  yard_expect (yard, "done", GENERAL, "outsider.register", NULL, "name=悪井 | company=名簿屋");
  yard_expect (yard, "done", GENERAL, "outsider.register", NULL, "name=松永 | company=計算センター");
  yard_expect (yard, "waits information_manager system_manager", CLERK, "crate.propose", NULL,
               "label=一 | made_by=名簿屋 | owner=X1");
  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=二");
  return yard;
}

#define SHOWN "UPDATE crate SET maker = '木工所', owner = 'X2' WHERE id = 1;" \
  "UPDATE search SET key = replace (key, '名簿屋', '木工所') WHERE register = 'crate' AND id = 1;" \
  "UPDATE act SET body = replace (replace (body, '名簿屋', '木工所'), 'X1', 'X2') WHERE kind = 'crate.propose';"

static void
test_consent (void)
{
  g_autoptr(Yard) yard = yard_with_application ();
  g_autofree char *words = g_strdup_printf ("entry %d, which names C1, was altered", (int) yard_head (yard) - 1);

  yard_exec (yard, "SAVEPOINT s");
  yard_exec (yard, SHOWN);
  expect_refused (yard, GENERAL, "hand.give", "C1", "", words);
  expect_refused (yard, GENERAL, "hand.refuse", "C1", "reason=不要", words);
  expect_refused (yard, GENERAL, "hand.ask_back", "C1", "reason=不備", words);
  yard_exec (yard, "ROLLBACK TO s; RELEASE s");
  yard_expect (yard, "waits system_manager", GENERAL, "hand.give", "C1", "");
  yard_expect (yard, "done", PENSION, "hand.give", "C1", "");
  yard_expect_faults (yard, NULL, "");
}

/* The row alone, the name of whom it names, and a hand that nobody gave. */
static void
test_beside (void)
{
  g_autoptr(Yard) yard = yard_with_application ();

  yard_exec (yard, "SAVEPOINT s; UPDATE crate SET owner = 'X2' WHERE id = 1");
  expect_refused (yard, GENERAL, "hand.give", "C1", "", "C1 Owner: the table says");
  yard_exec (yard, "ROLLBACK TO s; UPDATE outsider SET company = '計算センター' WHERE id = 1");
  expect_refused (yard, GENERAL, "hand.give", "C1", "", "X1 Company: the table says");
  yard_exec (yard, "ROLLBACK TO s; INSERT INTO hand (act, seq, capacity, subject, person, verdict) SELECT act, act,"
                   " 'information_manager', subject, 2, 'given' FROM pending WHERE subject = 'C1'");
  expect_refused (yard, PENSION, "hand.give", "C1", "", "no signed entry made");
  yard_exec (yard, "ROLLBACK TO s; RELEASE s");
  yard_expect (yard, "waits system_manager", GENERAL, "hand.give", "C1", "");
}

static void
test_putting_right (void)
{
  g_autoptr(Yard) yard = yard_new_with_history ();

  yard_exec (yard, "SAVEPOINT s; UPDATE crate SET colour = 'red' WHERE id = 2");
  expect_refused (yard, CLERK, "act.correct", "C2", "act=33 | question=weight | value=8 | reason=誤記",
                  "C2 Colour: the table says");
  expect_refused (yard, CLERK, "act.void", "C2", "act=40 | reason=誤り", "C2 Colour: the table says");
  yard_exec (yard, "ROLLBACK TO s; RELEASE s");
  yard_expect (yard, "done", CLERK, "act.correct", "C2", "act=40 | question=weight | value=8 | reason=誤記");
}

/* A key that the chain gave nobody signs nothing, whatever the tables say of it. */
static void
test_foreign_key (void)
{
  g_autoptr(Yard) yard = yard_new_with_history ();
  g_autoptr(GError) error = NULL;
  g_autofree char *hex = kan_hex (kan_keys_get_sign (yard->keys[CLERK]), KAN_KEY_SIZE), *sql = NULL;

  yard_reopen (yard);
  sql = g_strdup_printf ("UPDATE key SET person = %d WHERE sign_key = '%s'", CHIEF, hex);
  yard_exec (yard, sql);
  g_assert_false (kan_record_holds (yard->book, "C2", &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_DAMAGED);
}

/* --- who only looks --------------------------------------------------------------------------------------------- */

static void
expect_glance (KanBook *book, const char *subject, gboolean proven)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *altered = NULL;
  gboolean looked = kan_record_glance (book, subject, &altered, &error);

  g_assert_no_error (error);
  g_assert_true (looked);
  g_assert_cmpint (altered == NULL, ==, proven);
  g_assert_true (proven || g_str_has_prefix (altered, subject));
}

/* No replay: what its entries do not prove is told, until the whole file was verified. */
static void
test_glance (void)
{
  static const char *const table[] = {
    "UPDATE crate SET colour = 'red' WHERE id = 2", "UPDATE act SET at = at || ' ' WHERE subject = 'C2'",
    "DELETE FROM hand WHERE subject = 'C1'; UPDATE crate SET state = 'here' WHERE id = 2",
  };
  g_autoptr(Yard) yard = yard_new_with_history ();
  g_autoptr(KanVerdict) verdict = NULL;

  expect_glance (yard->book, "C1", TRUE);
  expect_glance (yard->book, "C2", TRUE);
  expect_glance (yard->book, "C9", TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      yard_exec (yard, "SAVEPOINT s");
      yard_exec (yard, table[i]);
      yard_reopen (yard);
      expect_glance (yard->book, "C2", FALSE);
      verdict = kan_book_verify (yard->book, NULL, NULL);
      expect_glance (yard->book, "C2", FALSE);
      expect_glance (yard->book, "C3", TRUE);
      g_clear_pointer (&verdict, kan_verdict_free);
      yard_exec (yard, "ROLLBACK TO s; RELEASE s");
    }
}

/* --- who hides an entry ---------------------------------------------------------------------------------------- */

#define KEEP "CREATE TEMP TABLE was_crate AS SELECT * FROM crate;" \
  "CREATE TEMP TABLE was_search AS SELECT * FROM search WHERE register = 'crate'"
#define BACK "DELETE FROM crate; INSERT INTO crate SELECT * FROM was_crate;" \
  "DELETE FROM search WHERE register = 'crate';" \
  "INSERT INTO search SELECT * FROM was_search"

/* Whoever hides it leaves no trace of it where its record is looked up. */
static gint64
amend_and_hide (Yard *yard)
{
  gint64 hidden = yard_head (yard) + 1;
  g_autofree char *sql = g_strdup_printf (BACK "; DELETE FROM step WHERE seq = %d", (int) hidden);

  yard_exec (yard, KEEP);
  yard_expect (yard, "done", CLERK, "crate.amend", "C2", "colour=red");
  yard_expect (yard, "done", GENERAL, "outsider.register", NULL, "name=悪井 | company=名簿屋");
  yard_exec (yard, sql);
  return hidden;
}

static gint64
hide_amendment (Yard *yard)
{
  gint64 hidden = amend_and_hide (yard);
  g_autofree char *sql = g_strdup_printf ("UPDATE act SET subject = 'C1' WHERE seq = %d", (int) hidden);

  yard_exec (yard, sql);
  yard_reopen (yard);
  return hidden;
}

/* The entry is what was signed; the index by which it would be looked up was made without it. */
static void
test_left_out_of_the_index (void)
{
  g_autoptr(Yard) yard = yard_new_with_history ();

  amend_and_hide (yard);
  yard_tamper (yard, "PRAGMA writable_schema = ON; CREATE TEMP TABLE kept AS SELECT sql FROM sqlite_schema"
                     " WHERE name = 'act_subject'; UPDATE sqlite_schema SET sql = sql || ' WHERE seq <> 41'"
                     " WHERE name = 'act_subject'; PRAGMA writable_schema = RESET; PRAGMA writable_schema = ON;"
                     " REINDEX act_subject; UPDATE sqlite_schema SET sql = (SELECT sql FROM kept)"
                     " WHERE name = 'act_subject'; PRAGMA writable_schema = RESET");
  g_assert_cmpint (yard_int (yard, "SELECT count(*) FROM act WHERE subject = 'C2' AND seq = 41"), ==, 1);
  g_assert_cmpint (yard_int (yard, "SELECT count(*) FROM act INDEXED BY act_subject WHERE subject = 'C2' AND seq > 40"),
                   ==, 0);
  expect_refused (yard, CLERK, "act.correct", "C2", "act=33 | question=weight | value=8 | reason=誤記", "the table says");
}

static void
test_hidden (void)
{
  g_autoptr(Yard) yard = yard_new_with_history ();
  gint64 hidden = hide_amendment (yard);
  g_autofree char *words = g_strdup_printf ("C2 cannot be proven: entry %d, which names C1, was altered", (int) hidden);
  g_autofree char *named = g_strdup_printf ("entry %d, which names C1, was altered", (int) hidden);
  g_autoptr(GError) altered = NULL;

  expect_refused (yard, CLERK, "act.correct", "C2", "act=33 | question=weight | value=8 | reason=誤記", words);
  /* what was made after it has none that it could be, but whoever decides on that might be judged by what is hidden */
  g_assert_false (kan_record_holds (yard->book, "C1", &altered));
  assert_altered (altered, named);
  g_assert_true (g_str_has_prefix (altered->message, "entry"));
  g_assert_true (kan_record_holds (yard->book, "X2", NULL));
  expect_refused (yard, GENERAL, "act.correct", "X2", "act=42 | question=company | value=名簿屋 | reason=誤記",
                  "entry 41");
}

/* It is noted by two persons, though it stands there, and then the record is what the others say. */
static void
test_hidden_and_noted (void)
{
  g_autoptr(Yard) yard = yard_new_with_history ();
  g_autoptr(KanVerdict) verdict = NULL;
  g_autofree char *answers = NULL;

  hide_amendment (yard);
  verdict = kan_book_verify (yard->book, NULL, NULL);
  g_assert_cmpuint (verdict->n_new, ==, 1);
  answers = g_strdup_printf ("fault=%s | reason=調査済み", ((KanFault *) g_ptr_array_index (verdict->faults, 0))->code);
  yard_expect (yard, "waits second", GENERAL, "ledger.note", "F1", answers);
  yard_expect (yard, "done", PENSION, "hand.give", "F1", "");
  yard_expect (yard, "done", CLERK, "act.correct", "C2", "act=33 | question=weight | value=8 | reason=誤記");
}

/* So is a record that somebody altered, by a note on that record itself: but what else waits there is not decided on,
 * whatever a table says of what waits, and nobody takes the record for proven meanwhile. */
static void
test_noted_where_it_is (void)
{
  g_autoptr(Yard) yard = yard_with_application ();
  g_autoptr(KanVerdict) verdict = NULL;
  g_autofree char *answers = NULL, *altered = NULL;

  yard_exec (yard, "UPDATE crate SET maker = '木工所' WHERE id = 2");
  verdict = kan_book_verify (yard->book, NULL, NULL);
  g_assert_cmpuint (verdict->n_new, ==, 1);
  answers = g_strdup_printf ("fault=%s | reason=調査済み", ((KanFault *) g_ptr_array_index (verdict->faults, 0))->code);
  yard_expect (yard, "waits second", GENERAL, "ledger.note", "C2", answers);
  g_assert_true (kan_record_examine (yard->book, "C2", &altered, NULL));
  g_assert_nonnull (altered);
  yard_exec (yard, "SAVEPOINT s");
  yard_exec (yard, SHOWN "UPDATE pending SET kind = 'ledger.note' WHERE subject = 'C1'");
  expect_refused (yard, GENERAL, "hand.give", "C1", "", "altered");
  yard_exec (yard, "ROLLBACK TO s; RELEASE s");
  yard_expect (yard, "done", PENSION, "hand.give", "C2", "");
}

/* --- by what they are judged ------------------------------------------------------------------------------------ */

/* An end or an adoption taken away, a row that no entry made: whoever decides would be judged by it. */
static void
test_judging (void)
{
  static const struct { const char *sql, *words; } table[] = {
    { "DELETE FROM appointment WHERE id = (SELECT max(id) FROM appointment)", "is missing" },
    { "UPDATE appointment SET until = NULL, state = 'in_force' WHERE until IS NOT NULL", "the table says" },
    { "UPDATE appointment SET since = '2020-01-01'", "the table says" },
    { "UPDATE office SET title = 'x' WHERE id = 2", "the table says" },
    { "UPDATE profile SET in_force_from = '2020-01-01'", "the table says" },
    { "UPDATE person SET state = 'left' WHERE id = 4", "the table says" },
    { "UPDATE key SET state = 'ended' WHERE id = 4", "the table says" },
    { "DELETE FROM operator", "is missing" },
    { "INSERT INTO appointment (id, state, made, changed) VALUES (90, 'in_force', 900, 900)", "no signed entry made" },
    { "INSERT INTO rule (id, state, made, changed) VALUES (90, 'adopted', 33, 33)", "no signed entry made" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(Yard) yard = yard_with_application ();
      g_autoptr(GError) error = NULL;

      yard_expect (yard, "done", CHIEF, "appointment.end", "A2", "until=2026-09-01 | with=3");
      g_test_message ("%s", table[i].sql);
      yard_reopen (yard);
      yard_exec (yard, table[i].sql);
      g_assert_false (kan_judging_holds (yard->book, &error));
      assert_altered (error, table[i].words);
    }
}

/* --- what is honest -------------------------------------------------------------------------------------------- */

static void
expect_all_hold (KanBook *book)
{
  g_assert_true (kan_judging_holds (book, NULL));
  for (const KanRegister **reg = kan_book_get_registry (book)->registers; *reg != NULL; reg++)
    {
      g_autofree char *sql = (*reg)->prefix != NULL ? g_strconcat ("SELECT max(id) FROM ", (*reg)->id, NULL) : NULL;
      gint64 n = 0;

      g_assert_true (sql == NULL || kan_db_get_int (kan_book_get_db (book), &n, NULL, sql, ""));
      for (gint64 id = 1; id <= n; id++)
        {
          g_autoptr(GError) error = NULL;
          g_autofree char *subject = g_strdup_printf ("%s%" G_GINT64_FORMAT, (*reg)->prefix, id);
          gboolean holds = kan_record_holds (book, subject, &error);

          g_assert_no_error (error);
          g_assert_true (holds);
        }
    }
}

static void
test_honest (void)
{
  g_autoptr(Yard) yard = yard_new_with_history ();

  yard_expect (yard, "done", CLERK, "act.correct", "C2", "act=33 | question=weight | value=8 | reason=誤記");
  yard_expect (yard, "done", CLERK, "crate.amend", "C2", "colour=red | helpers=P2,P4");
  yard_expect (yard, "done", CLERK, "crate.amend", "C2", "colour=blue");
  yard_expect (yard, "done", CLERK, "act.void", "C2", "act=43 | reason=誤り");
  yard_expect (yard, "waits information_manager", CLERK, "crate.bless", "C2", "");
  yard_expect (yard, "done", DEPUTY, "hand.give", "C2", "absence=leave");
  yard_expect (yard, "done", GENERAL, "hand.inspect", "C2", "");
  yard_expect (yard, "waits information_manager system_manager", CLERK, "crate.seal", "C2", "");
  yard_expect (yard, "done", GENERAL, "hand.ask_back", "C2", "reason=計量のし直し");
  yard_expect (yard, "waits information_manager system_manager", CLERK, "crate.propose", NULL, "label=五");
  yard_expect (yard, "done", CLERK, "hand.withdraw", "C4", "");
  yard_expect (yard, "done", GENERAL, "text.redact", "C1", "act=32 | question=note | reason=誤記 | with=6");
  expect_all_hold (yard->book);
}

static void
test_demo (void)
{
  KanDesk *desk = demo_open (NULL);

  expect_all_hold (kan_desk_get_book (desk));
  kan_desk_free (desk);
}

/* --- every field ----------------------------------------------------------------------------------------------- */

static GPtrArray *
list_columns (KanDb *db, const char *table)
{
  GPtrArray *columns = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(KanStmt) stmt = kan_db_query (db, NULL, "SELECT name || CASE type WHEN 'INTEGER' THEN ' = ifnull(' || name"
                                          " || ', 0) + 1' ELSE ' = ifnull(' || name || ', '''') || ''x''' END"
                                          " FROM pragma_table_info (?) WHERE pk = 0", "s", table);

  while (kan_stmt_step (stmt, NULL))
    g_ptr_array_add (columns, g_strdup (kan_stmt_text (stmt, 0)));
  return columns;
}

static void
alter_each (KanBook *book, const char *table, const char *where, const char *subject)
{
  KanDb *db = kan_book_get_db (book);
  g_autoptr(GPtrArray) columns = list_columns (db, table);

  g_assert_cmpuint (columns->len, >, 0);
  for (guint i = 0; i < columns->len; i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *sql = g_strdup_printf ("SAVEPOINT a; UPDATE %s SET %s WHERE %s", table,
                                              (char *) g_ptr_array_index (columns, i), where);

      g_assert_true (kan_db_exec (db, sql, NULL));
      g_test_message ("%s", sql);
      g_assert_false (kan_record_holds (book, subject, &error));
      g_assert_error (error, KAN_ERROR, KAN_ERROR_DAMAGED);
      g_assert_true (kan_db_exec (db, "ROLLBACK TO a; RELEASE a", NULL));
    }
}

static void
test_every_field (void)
{
  KanDesk *desk = demo_open (NULL);
  KanBook *book = kan_desk_get_book (desk);

  alter_each (book, "takeout", "id = 1", "T1");
  alter_each (book, "hand", "subject = 'T1'", "T1");
  alter_each (book, "destruction", "id = 1", "D1");
  alter_each (book, "hand", "subject = 'D1'", "D1");
  expect_all_hold (book);
  kan_desk_free (desk);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record-check/consent", test_consent);
  g_test_add_func ("/record-check/beside", test_beside);
  g_test_add_func ("/record-check/putting-right", test_putting_right);
  g_test_add_func ("/record-check/foreign-key", test_foreign_key);
  g_test_add_func ("/record-check/glance", test_glance);
  g_test_add_func ("/record-check/hidden", test_hidden);
  g_test_add_func ("/record-check/left-out-of-the-index", test_left_out_of_the_index);
  g_test_add_func ("/record-check/hidden-and-noted", test_hidden_and_noted);
  g_test_add_func ("/record-check/noted-where-it-is", test_noted_where_it_is);
  g_test_add_func ("/record-check/judging", test_judging);
  g_test_add_func ("/record-check/honest", test_honest);
  g_test_add_func ("/record-check/demo", test_demo);
  g_test_add_func ("/record-check/every-field", test_every_field);
  demo_build (0);
  status = g_test_run ();
  demo_remove ();
  return status;
}
