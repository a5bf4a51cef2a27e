/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Going on from what was verified before: only that person's own result of this very chain counts, for a week and by
 * this program; every alteration is named all the same. */
#include "app/acts/yard.h"

#include <string.h>

#define DAY 86400

static KanVerifyOptions
options_of (Yard *yard, gint64 person)
{
  return (KanVerifyOptions) { .n_threads = 2, .keys = yard->keys[person], .person = person, .now = yard->now };
}

static KanVerdict *
verify (Yard *yard, gint64 person)
{
  g_autoptr(GError) error = NULL;
  KanVerifyOptions options = options_of (yard, person);
  KanVerdict *verdict = kan_book_verify (yard->book, &options, &error);

  g_assert_no_error (error);
  return verdict;
}

static void
keep (Yard *yard, gint64 person)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanVerdict) verdict = verify (yard, person);
  KanVerifyOptions options = options_of (yard, person);

  g_assert_true (kan_book_keep_verdict (yard->book, verdict, &options, &error));
  g_assert_no_error (error);
}

/* Up to which act the signatures were not checked again. */
static gint64
skipped (Yard *yard, gint64 person)
{
  g_autoptr(KanVerdict) verdict = verify (yard, person);

  g_assert_cmpint (verdict->n_verified > 0, ==, verdict->verified_at != NULL);
  return verdict->n_verified;
}

static char *
first_fault (Yard *yard, gint64 person)
{
  g_autoptr(KanVerdict) verdict = verify (yard, person);
  const KanFault *fault = verdict->faults->len > 0 ? g_ptr_array_index (verdict->faults, 0) : NULL;

  return fault != NULL ? g_strdup_printf ("%s %d", kan_fault_kind_id (fault->kind), (int) fault->seq) : g_strdup ("");
}

static Yard *
yard_verified (void)
{
  Yard *yard = yard_new_with_history ();

  keep (yard, CLERK);
  return yard;
}

static void
test_goes_on (void)
{
  g_autoptr(Yard) yard = yard_new_with_history ();
  g_autoptr(KanVerdict) verdict = NULL;

  g_assert_cmpint (skipped (yard, CLERK), ==, 0);
  g_assert_cmpint (skipped (yard, CLERK), ==, 0);
  keep (yard, CLERK);
  g_assert_cmpint (skipped (yard, CLERK), ==, 40);
  g_assert_cmpint (skipped (yard, CHIEF), ==, 0);
  yard_expect (yard, "done", CLERK, "crate.amend", "C2", "weight=6");
  verdict = verify (yard, CLERK);
  g_assert_cmpint (verdict->n_verified, ==, 40);
  g_assert_cmpint (verdict->n_acts, ==, 41);
  g_assert_cmpuint (verdict->faults->len, ==, 0);
  keep (yard, CLERK);
  g_assert_cmpint (skipped (yard, CLERK), ==, 41);
  yard_expect_faults (yard, NULL, "");
}

static void
test_full_when_asked (void)
{
  g_autoptr(Yard) yard = yard_verified ();
  KanVerifyOptions options = options_of (yard, CLERK);
  g_autoptr(KanVerdict) verdict = NULL;

  options.full = TRUE;
  verdict = kan_book_verify (yard->book, &options, NULL);
  g_assert_cmpint (verdict->n_verified, ==, 0);
}

/* Every signature is checked within the week, however often somebody goes on. */
static void
test_weekly (void)
{
  g_autoptr(Yard) yard = yard_verified ();

  for (guint day = 0; day < 7; day++)
    {
      yard->now += DAY;
      g_assert_cmpint (skipped (yard, CLERK), ==, 40);
      keep (yard, CLERK);
    }
  yard->now += 60;
  g_assert_cmpint (skipped (yard, CLERK), ==, 0);
  keep (yard, CLERK);
  g_assert_cmpint (skipped (yard, CLERK), ==, 40);
  yard->now -= 2 * DAY;
  g_assert_cmpint (skipped (yard, CLERK), ==, 0);
}

/* What somebody with the file key can write into the row makes the run a full one, and no more. */
static void
test_forged_row (void)
{
  static const char *const forged[] = {
    "UPDATE verified SET mac = zeroblob (32)", "UPDATE verified SET mac = zeroblob (3)", "UPDATE verified SET seq = 39",
    "UPDATE verified SET head = zeroblob (32)", "UPDATE verified SET rows = zeroblob (32)",
    "UPDATE verified SET at = '2026-08-01T00:00:00Z'", "UPDATE verified SET full_at = '2026-12-01T00:00:00Z'",
    "UPDATE verified SET program = 'x'", "UPDATE verified SET person = 1", "DELETE FROM verified",
    "UPDATE verified SET seq = -1", "UPDATE verified SET at = at || char (0)",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (forged); i++)
    {
      g_autoptr(Yard) yard = yard_verified ();

      g_test_message ("%s", forged[i]);
      yard_exec (yard, forged[i]);
      /* a NUL and what follows it are no part of a text anywhere */
      g_assert_cmpint (skipped (yard, CLERK), ==, strstr (forged[i], "char (0)") != NULL ? 40 : 0);
      g_assert_cmpint (skipped (yard, CHIEF), ==, 0);
    }
}

/* An older result of theirs is true as well: more is checked again. */
static void
test_rolled_back_row (void)
{
  g_autoptr(Yard) yard = yard_verified ();
  g_autofree char *fault = NULL;

  yard_exec (yard, "CREATE TEMP TABLE old AS SELECT * FROM verified");
  yard_expect (yard, "done", CLERK, "crate.amend", "C2", "weight=6");
  keep (yard, CLERK);
  yard_exec (yard, "DELETE FROM verified; INSERT INTO verified SELECT * FROM temp.old");
  g_assert_cmpint (skipped (yard, CLERK), ==, 40);
  yard_exec (yard, "UPDATE act SET signature = zeroblob (64) WHERE seq = 41");
  fault = first_fault (yard, CLERK);
  g_assert_cmpstr (fault, ==, "signature 41");
}

/* Before what was verified or after it: named as without. */
static void
test_still_named (void)
{
  static const struct { const char *sql, *fault; } table[] = {
    { "UPDATE act SET body = replace (body, '木工所', '鉄工所') WHERE seq = 37", "hash 37" },
    { "UPDATE act SET signature = zeroblob (64) WHERE seq = 37", "signature 37" },
    { "DELETE FROM act WHERE seq = 37", "gap 37" },
    { "UPDATE act SET prev = zeroblob (32) WHERE seq = 40", "chain 40" },
    { "DELETE FROM act WHERE seq = 41", "projection 0" },
    { "DELETE FROM act WHERE seq >= 40", "head 40" },
    { "UPDATE act SET seq = 50 WHERE seq >= 40 AND seq < 41", "gap 40" },
    { "UPDATE crate SET weight = 7 WHERE id = 1", "projection 0" },
    { "UPDATE detached SET content = 'x'", "text 0" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(Yard) yard = yard_verified ();
      g_autofree char *fault = NULL;

      yard_expect (yard, "done", CLERK, "crate.amend", "C2", "weight=6");
      g_test_message ("%s", table[i].sql);
      yard_exec (yard, table[i].sql);
      fault = first_fault (yard, CLERK);
      g_assert_cmpstr (fault, ==, table[i].fault);
    }
}

/* The tail made anew by somebody with a key of their own: nothing in the chain remembers the old one; who verified it
 * does. */
static void
test_other_tail (void)
{
  g_autoptr(Yard) yard = yard_new_with_history ();
  g_autofree char *fault = NULL, *nobody = NULL;

  yard_expect (yard, "done", OPERATOR, "outsider.register", NULL, "name=林 次郎 | company=破砕店");
  keep (yard, CLERK);
  yard_exec (yard, "DELETE FROM act WHERE seq = 41; DELETE FROM step WHERE seq = 41; DELETE FROM outsider WHERE id = 2;"
             " DELETE FROM search WHERE register = 'outsider' AND id = 2; UPDATE meta SET value = value - 60"
             " WHERE key = 'floor'");
  fault = first_fault (yard, CLERK);
  g_assert_cmpstr (fault, ==, "head 41");
  yard_reopen (yard);
  yard_expect (yard, "done", OPERATOR, "outsider.register", NULL, "name=別人 | company=破砕店");
  g_free (fault);
  fault = first_fault (yard, CLERK);
  g_assert_cmpstr (fault, ==, "anchor 41");
  nobody = first_fault (yard, CHIEF);
  g_assert_cmpstr (nobody, ==, "");
}

/* What is new is looked at again by everybody until it is noted; a signature that does not hold always is. */
static void
test_not_kept (void)
{
  g_autoptr(Yard) yard = yard_verified ();
  g_autoptr(KanVerdict) verdict = NULL;
  g_autofree char *answers = NULL;

  yard_forge (yard, OPERATOR, yard->keys[OPERATOR], "crate.add", "C4", "{}", NULL);
  keep (yard, CLERK);
  keep (yard, CHIEF);
  g_assert_cmpint (skipped (yard, CLERK), ==, 40);
  g_assert_cmpint (skipped (yard, CHIEF), ==, 0);
  verdict = verify (yard, CLERK);
  answers = g_strdup_printf ("fault=%s | reason=x | with=%d",
                             ((KanFault *) g_ptr_array_index (verdict->faults, 0))->code, PENSION);
  yard_expect (yard, "done", GENERAL, "ledger.note", "F1", answers);
  keep (yard, CLERK);
  g_assert_cmpint (skipped (yard, CLERK), ==, 43);
  yard_expect_text (yard, "6", "SELECT group_concat (person) FROM verified");
}

static void
test_known_signature (void)
{
  g_autoptr(Yard) yard = yard_new_with_history ();
  g_autoptr(KanVerdict) verdict = NULL;
  KanVerifyOptions options = options_of (yard, CLERK);

  yard_exec (yard, "UPDATE act SET signature = zeroblob (64) WHERE seq = 37");
  for (;;)
    {
      g_autofree char *answers = NULL;
      const KanFault *fault = NULL;

      g_clear_pointer (&verdict, kan_verdict_free);
      verdict = kan_book_verify (yard->book, &options, NULL);
      for (guint i = 0; i < verdict->faults->len && fault == NULL; i++)
        if (!((KanFault *) g_ptr_array_index (verdict->faults, i))->known)
          fault = g_ptr_array_index (verdict->faults, i);
      if (fault == NULL)
        break;
      answers = g_strdup_printf ("fault=%s | reason=x | with=%d", fault->code, PENSION);
      yard_expect (yard, "done", GENERAL, "ledger.note", "F1", answers);
    }
  g_assert_cmpuint (verdict->n_new, ==, 0);
  g_assert_cmpuint (verdict->n_known, >, 0);
  keep (yard, CLERK);
  g_assert_cmpint (skipped (yard, CLERK), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/verified/goes-on", test_goes_on);
  g_test_add_func ("/verified/full-when-asked", test_full_when_asked);
  g_test_add_func ("/verified/weekly", test_weekly);
  g_test_add_func ("/verified/forged-row", test_forged_row);
  g_test_add_func ("/verified/rolled-back-row", test_rolled_back_row);
  g_test_add_func ("/verified/still-named", test_still_named);
  g_test_add_func ("/verified/other-tail", test_other_tail);
  g_test_add_func ("/verified/not-kept", test_not_kept);
  g_test_add_func ("/verified/known-signature", test_known_signature);
  return g_test_run ();
}
