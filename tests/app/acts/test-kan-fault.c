/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A fault is the same one only while exactly that is found; what was noted is known and nothing else; what follows from
 * a fault hangs on it; numbers that entries without effect took stay taken, for who writes as for who verifies. */
#include "app/acts/yard.h"

#include <string.h>

#define BACK "INSERT INTO detached SELECT * FROM temp.kept"

static KanVerdict *
verify (Yard *yard)
{
  g_autoptr(GError) error = NULL;
  KanVerifyOptions options = { .n_threads = 2 };
  KanVerdict *verdict = kan_book_verify (yard->book, &options, &error);

  g_assert_no_error (error);
  return verdict;
}

/* "rule 41 C4 <37": the kind, the act, the record, and the act that it follows from. */
static char *
explain (const KanVerdict *verdict)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < verdict->faults->len; i++)
    {
      const KanFault *fault = g_ptr_array_index (verdict->faults, i);

      g_test_message ("%s %s %s", fault->code, fault->group, fault->what);
      g_string_append_printf (out, "%s%s%s", i > 0 ? ", " : "", fault->known ? "known " : "",
                              kan_fault_kind_id (fault->kind));
      if (fault->seq != 0)
        g_string_append_printf (out, " %d", (int) fault->seq);
      if (fault->subject != NULL)
        g_string_append_printf (out, " %s", fault->subject);
      if (fault->because != 0)
        g_string_append_printf (out, " <%d", (int) fault->because);
    }
  return g_string_free (out, FALSE);
}

static void
expect_explained (Yard *yard, const char *expected)
{
  g_autoptr(KanVerdict) verdict = verify (yard);
  g_autofree char *found = explain (verdict);

  g_assert_cmpstr (found, ==, expected);
}

static char *
code_of (Yard *yard, guint nth, gboolean group)
{
  g_autoptr(KanVerdict) verdict = verify (yard);
  const KanFault *fault;

  g_assert_cmpuint (verdict->faults->len, >, nth);
  fault = g_ptr_array_index (verdict->faults, nth);
  return g_strdup (group ? fault->group : fault->code);
}

static void
note (Yard *yard, const char *code)
{
  g_autofree char *answers = g_strdup_printf ("fault=%s | reason=調査済み | with=%d", code, PENSION);

  yard_expect (yard, "done", GENERAL, "ledger.note", "F1", answers);
}

static void
note_nth (Yard *yard, guint nth)
{
  g_autofree char *code = code_of (yard, nth, FALSE);

  note (yard, code);
}

/* --- codes ---------------------------------------------------------------------------------------------------- */

/* Found, looked into, noted by two persons: known from then on, and what is new stands out. */
static void
test_known (void)
{
  g_autoptr(Yard) yard = yard_new_with_history ();
  g_autofree char *code = NULL, *answers = NULL;

  yard_forge (yard, OPERATOR, yard->keys[OPERATOR], "crate.add", "C4", "{}", NULL);
  expect_explained (yard, "rule 41 C4");
  code = code_of (yard, 0, FALSE);
  answers = g_strdup_printf ("fault=%s | reason=係員の試し書き", code);
  yard_expect (yard, "waits second", GENERAL, "ledger.note", "F1", answers);
  expect_explained (yard, "rule 41 C4");
  yard_expect (yard, "done", PENSION, "hand.give", "F1", "");
  expect_explained (yard, "known rule 41 C4");
  yard_forge (yard, OPERATOR, yard->keys[OPERATOR], "crate.bar", "C2", "{}", NULL);
  expect_explained (yard, "known rule 41 C4, rule 44 C2");
}

/* The same altered again is another fault, and back again the noted one. */
static void
test_another_alteration (void)
{
  g_autoptr(Yard) yard = yard_new_with_history ();
  g_autofree char *code = NULL, *again = NULL, *other = NULL;

  yard_exec (yard, "UPDATE act SET session = 'x' WHERE seq = 39; DELETE FROM shortfall");
  code = code_of (yard, 0, FALSE);
  again = code_of (yard, 0, FALSE);
  g_assert_cmpstr (code, ==, again);
  note (yard, code);
  expect_explained (yard, "known hash 39 C3, projection C3 <39, projection C3 <39, projection step 39 <39");
  yard_exec (yard, "UPDATE act SET session = 'y' WHERE seq = 39");
  expect_explained (yard, "hash 39 C3, projection C3 <39, projection C3 <39, projection step 39 <39");
  other = code_of (yard, 0, FALSE);
  g_assert_cmpstr (code, !=, other);
  yard_exec (yard, "UPDATE act SET session = 'x' WHERE seq = 39");
  expect_explained (yard, "known hash 39 C3, projection C3 <39, projection C3 <39, projection step 39 <39");
}

/* Each fault of one act, of a row, of a text has a code of its own, in every language the same. */
static void
test_codes_differ (void)
{
  static const char *const pairs[][2] = {
    { "UPDATE crate SET weight = 4 WHERE id = 1", "UPDATE crate SET weight = 5 WHERE id = 1" },
    { "UPDATE crate SET weight = 4 WHERE id = 1", "UPDATE crate SET weight = 4 WHERE id = 2" },
    { "UPDATE crate SET maker = 'x' WHERE id = 1", "UPDATE crate SET telephone = 'x' WHERE id = 1" },
    { "UPDATE crate SET maker = '' WHERE id = 1", "UPDATE crate SET maker = char (0) WHERE id = 1" },
    { "UPDATE detached SET content = 'x'", "UPDATE detached SET content = 'y'" },
    { "DELETE FROM detached", "UPDATE detached SET content = 'y'" },
    { "UPDATE act SET body = 'x' WHERE seq = 40", "UPDATE act SET body = 'y' WHERE seq = 40" },
    { "UPDATE act SET signature = zeroblob (64) WHERE seq = 40",
      "UPDATE act SET signature = (SELECT signature FROM act WHERE seq = 39) WHERE seq = 40" },
    { "DELETE FROM act WHERE seq = 38", "DELETE FROM act WHERE seq IN (38, 39)" },
    { "UPDATE hand SET person = 1 WHERE seq = 36", "UPDATE hand SET person = 1 WHERE seq = 35" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *codes[2] = { NULL, NULL };

      for (guint which = 0; which < 2; which++)
        {
          g_autoptr(Yard) yard = yard_new_with_history ();

          yard_exec (yard, pairs[i][which]);
          codes[which] = code_of (yard, 0, FALSE);
        }
      g_test_message ("%s: %s, %s", pairs[i][0], codes[0], codes[1]);
      g_assert_cmpstr (codes[0], !=, codes[1]);
      g_free (codes[1]);
    }
}

static void
test_projections_are_nameable (void)
{
  g_autoptr(Yard) yard = yard_new_with_history ();

  yard_exec (yard, "UPDATE crate SET weight = 4 WHERE id = 1");
  note_nth (yard, 0);
  expect_explained (yard, "known projection C1");
  yard_exec (yard, "UPDATE crate SET weight = 5 WHERE id = 1");
  expect_explained (yard, "projection C1");
}

/* --- texts ---------------------------------------------------------------------------------------------------- */

static void
test_text_put_back (void)
{
  g_autoptr(Yard) yard = yard_new_with_history ();
  g_autoptr(KanVerdict) verdict = NULL;

  yard_exec (yard, "CREATE TEMP TABLE kept AS SELECT * FROM detached WHERE content LIKE '角%'");
  yard_expect (yard, "done", GENERAL, "text.redact", "C1", "act=32 | question=note | reason=誤記 | with=6");
  expect_explained (yard, "");
  yard_exec (yard, BACK);
  expect_explained (yard, "text 32 C1");
  verdict = verify (yard);
  g_assert_cmpstr (((KanFault *) g_ptr_array_index (verdict->faults, 0))->what, ==,
                   "its text “note” was removed by entry 41, yet is there again");
  yard_exec (yard, "DELETE FROM detached WHERE content LIKE '角%'");
  expect_explained (yard, "");
}

/* Asked for and not decided removes nothing. */
static void
test_text_gone (void)
{
  g_autoptr(Yard) yard = yard_new_with_history ();

  yard_expect (yard, "waits second", GENERAL, "text.redact", "C1", "act=32 | question=note | reason=誤記");
  expect_explained (yard, "");
  yard_exec (yard, "DELETE FROM detached WHERE content LIKE '角%'");
  expect_explained (yard, "text 32 C1");
}

/* --- what follows --------------------------------------------------------------------------------------------- */

/* A record's making is altered: what was done with it hangs on that, and what was done beside it holds. */
static void
test_what_follows (void)
{
  g_autoptr(Yard) yard = yard_new_with_history ();
  g_autofree char *group = NULL;

  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=四 | weight=1");
  yard_exec (yard, "UPDATE act SET body = replace (body, '二', '弐') WHERE seq = 33");
  expect_explained (yard, "hash 33 C2, rule 37 C2 <33, rule 40 C2 <33, projection alike crate <33,"
                    " projection C2 <33, projection search crate <33, projection step 33 <33, projection step 37 <33,"
                    " projection step 40 <33");
  group = code_of (yard, 0, TRUE);
  note_nth (yard, 0);
  expect_explained (yard, "known hash 33 C2, rule 37 C2 <33, rule 40 C2 <33, projection alike crate <33,"
                    " projection C2 <33, projection search crate <33, projection step 33 <33, projection step 37 <33,"
                    " projection step 40 <33");
  note (yard, group);
  expect_explained (yard, "known hash 33 C2, known rule 37 C2 <33, known rule 40 C2 <33, projection alike crate <33,"
                    " projection C2 <33, projection search crate <33, projection step 33 <33, projection step 37 <33,"
                    " projection step 40 <33");
  yard_exec (yard, "UPDATE act SET body = replace (body, '木', '鉄') WHERE seq = 37");
  expect_explained (yard, "known hash 33 C2, hash 37 C2, rule 40 C2 <33, projection alike crate <33,"
                    " projection C2 <33, projection search crate <33, projection step 33 <33, projection step 37 <37,"
                    " projection step 40 <33");
}

/* Of what was only appended nothing follows: three forged hands are three faults. */
static void
test_what_does_not_follow (void)
{
  g_autoptr(Yard) yard = yard_new_with_history ();

  for (guint i = 0; i < 3; i++)
    yard_forge (yard, OPERATOR, yard->keys[OPERATOR], "crate.bar", "C2", "{}", NULL);
  expect_explained (yard, "rule 41 C2, rule 42 C2, rule 43 C2");
}

/* Who was never employed appoints nobody: power follows too. */
static void
test_power_follows (void)
{
  g_autoptr(Yard) yard = yard_new_with_history ();
  g_autofree char *claimed = yard_text (yard, "SELECT seq FROM act WHERE kind = 'key.claim' AND actor = 6");
  g_autofree char *sql = g_strdup_printf ("UPDATE act SET session = 'x' WHERE seq = %s", claimed);
  G_GNUC_UNUSED g_autofree char *by_clerk = g_strdup_printf (" <%s", claimed);
  g_autoptr(KanVerdict) verdict = NULL;
  guint n = 0;

  yard_exec (yard, sql);
  verdict = verify (yard);
  for (guint i = 0; i < verdict->faults->len; i++)
    {
      const KanFault *fault = g_ptr_array_index (verdict->faults, i);

      n += fault->kind == KAN_FAULT_RULE ? 1 : 0;
      if (fault->kind == KAN_FAULT_RULE)
        g_assert_cmpint (fault->because, ==, g_ascii_strtoll (claimed, NULL, 10));
    }
  g_assert_cmpuint (n, >, 3);
}

/* --- numbers -------------------------------------------------------------------------------------------------- */

static void
expect_named (Yard *yard, const char *what, gboolean named)
{
  g_autoptr(KanVerdict) verdict = verify (yard);
  g_autofree char *found = explain (verdict);

  g_test_message ("%s", found);
  g_assert_cmpint (strstr (found, what) != NULL, ==, named);
}

/* Later records keep their numbers whatever became of the one before them. */
static void
test_numbers_stay (void)
{
  static const struct { const char *sql, *faults; } table[] = {
    { "UPDATE act SET body = replace (body, '三', '参') WHERE seq = 38", "hash 38 C3, rule 39 C3 <38" },
    { "UPDATE act SET subject = 'C7' WHERE seq = 38", "hash 38 C7, rule 39 C3 <38" },
    { "UPDATE act SET signature = zeroblob (64) WHERE seq = 38", "signature 38 C3, rule 39 C3 <38" },
    { "DELETE FROM act WHERE seq = 38", "gap 38, rule 39 C3 <38" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(Yard) yard = yard_new_with_history ();

      yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=四 | weight=1");
      yard_expect (yard, "done", CLERK, "crate.amend", "C4", "weight=2");
      yard_exec (yard, table[i].sql);
      expect_named (yard, table[i].faults, TRUE);
      expect_named (yard, " C4", FALSE);
      yard_exec (yard, "DELETE FROM crate WHERE id = 3; DELETE FROM step WHERE seq IN (38, 39);"
                 " DELETE FROM shortfall; DELETE FROM search WHERE register = 'crate' AND id = 3");
      yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=五 | weight=1");
      expect_named (yard, " C5", FALSE);
    }
}

/* Who writes counts what stands there; who verifies agrees, whether or not the failing record stands there too. */
static void
test_writer_agrees (void)
{
  for (guint shown = 0; shown < 2; shown++)
    {
      g_autoptr(Yard) yard = yard_new_with_history ();

      yard_forge (yard, OPERATOR, yard->keys[OPERATOR], "crate.add", "C4", "{}", NULL);
      note_nth (yard, 0);
      if (shown)
        yard_exec (yard, "INSERT INTO crate (id, state, made, changed, label) VALUES (4, 'kept', 41, 41, '幽霊')");
      yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=四 | weight=1");
      yard_expect (yard, "done", CLERK, "crate.amend", shown ? "C5" : "C4", "weight=2");
      yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=五 | weight=1");
      expect_explained (yard, shown ? "known rule 41 C4, projection C4 <41" : "known rule 41 C4");
    }
}

/* No number is skipped without such an entry, nor more than there are, nor far away. */
static void
test_no_number_at_will (void)
{
  g_autoptr(Yard) yard = yard_new_with_history ();
  char body[] = "{\"label\":\"四\",\"weight\":1}";

  yard_forge (yard, CLERK, yard->keys[CLERK], "crate.add", "C5", body, NULL);
  expect_explained (yard, "rule 41 C5");
  yard_forge (yard, CLERK, yard->keys[CLERK], "crate.add", "C6", body, NULL);
  expect_explained (yard, "rule 41 C5, rule 42 C6");
  yard_forge (yard, CLERK, yard->keys[CLERK], "crate.add", "C9000000000000", body, NULL);
  expect_explained (yard, "rule 41 C5, rule 42 C6, rule 43 C9000000000000");
  yard_exec (yard, "UPDATE act SET seq = 4000000000000000000 WHERE seq = 40");
  yard_forge (yard, CLERK, yard->keys[CLERK], "crate.add", "C8000000000000", body, NULL);
  expect_named (yard, "C8000000000000", TRUE);
}

/* A gapless number once drawn stays with its record and its papers. */
static void
test_series_stay (void)
{
  g_autoptr(Yard) yard = yard_new_with_history ();

  yard_expect (yard, "waits information_manager system_manager", CLERK, "crate.seal", "C2", "");
  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=四 | weight=1");
  yard_expect (yard, "waits information_manager", PENSION, "hand.give", "C2", "");
  yard_expect (yard, "done", GENERAL, "hand.give", "C2", "");
  yard_expect_text (yard, "2", "SELECT takeout_no FROM crate WHERE id = 2");
  yard_exec (yard, "UPDATE act SET session = 'x' WHERE seq = 36");
  expect_named (yard, "hash 36 C1", TRUE);
  expect_named (yard, " C2", FALSE);
  yard_exec (yard, "UPDATE crate SET takeout_no = 4 WHERE id = 2");
  expect_named (yard, "projection C2", TRUE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fault/known", test_known);
  g_test_add_func ("/fault/another-alteration", test_another_alteration);
  g_test_add_func ("/fault/codes-differ", test_codes_differ);
  g_test_add_func ("/fault/projections-are-nameable", test_projections_are_nameable);
  g_test_add_func ("/fault/text-put-back", test_text_put_back);
  g_test_add_func ("/fault/text-gone", test_text_gone);
  g_test_add_func ("/fault/what-follows", test_what_follows);
  g_test_add_func ("/fault/what-does-not-follow", test_what_does_not_follow);
  g_test_add_func ("/fault/power-follows", test_power_follows);
  g_test_add_func ("/fault/numbers-stay", test_numbers_stay);
  g_test_add_func ("/fault/writer-agrees", test_writer_agrees);
  g_test_add_func ("/fault/no-number-at-will", test_no_number_at_will);
  g_test_add_func ("/fault/series-stay", test_series_stay);
  return g_test_run ();
}
