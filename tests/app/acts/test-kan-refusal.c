/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Refusals: one vocabulary of codes, none of them without an id; which code says what; one cause, one refusal. */
#include "app/acts/yard.h"

#include <string.h>

static void
test_vocabulary (void)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint code = KAN_MISSING; code < KAN_N_REFUSAL_CODES; code++)
    {
      const char *id = kan_refusal_code_id (code);
      const KanLabel *label = kan_refusal_code_label (code);

      g_assert_nonnull (id);
      g_assert_cmpuint (strspn (id, "abcdefghijklmnopqrstuvwxyz_"), ==, strlen (id));
      g_assert_true (g_hash_table_add (seen, (gpointer) id));
      g_assert_nonnull (label->en);
      g_assert_nonnull (label->ja);
    }
}

/* "missing:label taken:telephone", marks left out; every refusal that is met has an id. */
static char *
refusals_of (Yard *yard, gint64 person, const char *kind, const char *subject, const char *answers)
{
  g_autoptr(KanDraft) draft = kan_draft_new (yard->book, kind, subject, NULL);
  g_autoptr(GPtrArray) refusals = NULL;
  g_auto(GStrv) pairs = g_strsplit (answers, " | ", -1);
  GString *out = g_string_new (NULL);

  for (char **pair = pairs; *pair != NULL && **pair != '\0'; pair++)
    {
      g_auto(GStrv) answer = g_strsplit (*pair, "=", 2);

      if (strcmp (answer[0], "happened") == 0)
        kan_draft_set_happened (draft, answer[1]);
      else
        kan_draft_set (draft, answer[0], answer[1]);
    }
  refusals = kan_draft_judge (draft, person, yard->now + 60, NULL);
  for (guint i = 0; i < refusals->len; i++)
    {
      const KanRefusal *refusal = g_ptr_array_index (refusals, i);

      g_test_message ("%s", refusal->why);
      g_assert_nonnull (kan_refusal_id (refusal));
      g_string_append_printf (out, "%s%s:%s", i > 0 ? " " : "", kan_refusal_id (refusal),
                              refusal->key != NULL ? refusal->key : "-");
    }
  return g_string_free (out, FALSE);
}

typedef struct { gint64 person; const char *kind, *subject, *answers, *refusals; } Case;

static void
expect (Yard *yard, const Case *table, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *refusals = NULL;

      g_test_message ("%s %s %s", table[i].kind, table[i].subject, table[i].answers);
      refusals = refusals_of (yard, table[i].person, table[i].kind, table[i].subject, table[i].answers);
      g_assert_cmpstr (refusals, ==, table[i].refusals);
    }
}

static void
test_codes (void)
{
  g_autofree char *long_line = g_strnfill (201, 'x');
  g_autofree char *too_long = g_strconcat ("label=", long_line, NULL);
  const Case table[] = {
    { CLERK, "crate.add", NULL, "", "missing:label" },
    { CLERK, "crate.add", NULL, "label=  | nonsense=1", "missing:label not_asked:nonsense" },
    { CLERK, "crate.add", NULL, "label=箱", "taken:label" },
    { CLERK, "crate.add", NULL, "label=二 | colour=green", "not_a_choice:colour" },
    { CLERK, "crate.add", NULL, "label=二 | weight=heavy", "unreadable:weight" },
    { CLERK, "crate.add", NULL, "label=二 | bought_on=2026-02-30", "unreadable:bought_on" },
    { CLERK, "crate.add", NULL, "label=二 | seen_at=noon", "unreadable:seen_at" },
    { CLERK, "crate.add", NULL, "label=二 | serves=2026-13", "unreadable:serves" },
    { CLERK, "crate.add", NULL, "label=二 | fragile=perhaps", "unreadable:fragile" },
    { CLERK, "crate.add", NULL, "label=二 | keeper=P99", "no_such_record:keeper" },
    { CLERK, "crate.add", NULL, "label=二 | keeper=C1", "wrong_record:keeper" },
    { CLERK, "crate.add", NULL, "label=二 | helpers=P2,P2", "repeated:helpers" },
    { CLERK, "crate.add", NULL, "label=二 | contents=nails", "unreadable:contents" },
    { CLERK, "crate.add", NULL, "label=二 | made_by=123456789018", "identity_number:made_by" },
    { CLERK, "crate.add", NULL, "label=\xE2\x80\xAE箱", "bad_character:label" },
    { CLERK, "crate.add", NULL, too_long, "too_long:label" },
    { CLERK, "crate.add", NULL, "label=二 | happened=2099-01-01T00:00", "wrong_day:happened_at" },
    { CLERK, "crate.add", NULL, "label=二 | late_reason=x", "not_asked:late_reason" },
    { CLERK, "crate.add", NULL, "label=二 | clock=behind", "not_asked:clock" },
    { CLERK, "crate.add", NULL, "label=二 | absence=leave", "not_asked:absence" },
    { CLERK, "crate.add", "C9", "label=二", "no_such_record:-" },
    { CLERK, "crate.grant", "C1", "colour=red", "not_entitled:-" },
    { CLERK, "act.correct", "C1", "act=1 | question=weight | value=1 | reason=x", "no_such_entry:act" },
    { OPERATOR, "crate.open", "C1", "opener=X1 | deviation_reason=x", "wrong_state:- missing:opener_paper" },
    { CLERK, "crate.add", NULL, "label=二", "" },
  };
  g_autoptr(Yard) yard = yard_new ();

  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=箱 | weight=5");
  expect (yard, table, G_N_ELEMENTS (table));
}

/* What follows from a record that is not there, or cannot be acted upon now, is not told beside it. */
static void
test_one_cause (void)
{
  static const Case table[] = {
    { CLERK, "crate.seal", "C9", "", "no_such_record:-" },
    { CLERK, "crate.amend", "C9", "colour=green", "no_such_record:- not_a_choice:colour" },
    { GENERAL, "hand.give", "C9", "", "no_such_record:-" },
    { GENERAL, "hand.refuse", "C9", "", "no_such_record:-" },
    { CLERK, "act.correct", "C9", "", "no_such_record:-" },
    { CLERK, "act.void", "C9", "act=3", "no_such_record:-" },
    { CLERK, "crate.seal", "C2", "", "unweighed:-" },
    { CLERK, "crate.seal", "C3", "", "overtakes:-" },
    { CLERK, "hand.give", "C3", "", "not_entitled:-" },
    { CLERK, "hand.give", "C3", "as=system_manager | absence=leave", "not_entitled:-" },
    { CLERK, "hand.refuse", "C3", "", "not_entitled:-" },
    { GENERAL, "hand.refuse", "C3", "", "missing:reason" },
    { GENERAL, "hand.give", "C3", "act=1", "mismatch:act" },
    { GENERAL, "crate.grant", "C3", "absence=leave", "overtakes:- not_asked:absence" },
    { CLERK, "crate.grant", "C1", "absence=leave", "not_entitled:-" },
  };
  g_autoptr(Yard) yard = yard_new ();

  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=一 | weight=5");
  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=二");
  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=三 | weight=5");
  yard_expect (yard, "waits information_manager system_manager", CLERK, "crate.seal", "C3", "");
  expect (yard, table, G_N_ELEMENTS (table));
}

/* What is wrong with an entry stays wrong years later; what its signer could do is told only before it is signed. */
static void
test_advice (void)
{
  KanRefusal *refusal = kan_refusal_new (KAN_TAKEN, "label", g_strdup ("It is taken\nchoose another"));
  KanRefusal *plain = kan_refusal_new (KAN_TAKEN, NULL, g_strdup ("It is taken")), *copy;
  KanRefusal *typed = kan_refusal_new (KAN_TAKEN, "label", g_strdup ("It is taken\nchoose another\nlabel=OTHER"));

  refusal->rule = g_strdup ("overtakes");
  refusal->is_mark = TRUE;
  copy = kan_refusal_copy (refusal);
  kan_refusal_free (refusal);
  g_assert_cmpstr (copy->wrong, ==, "It is taken");
  g_assert_cmpstr (copy->why, ==, "It is taken: choose another");
  g_assert_cmpstr (copy->typed, ==, copy->why);
  g_assert_cmpstr (copy->key, ==, "label");
  g_assert_cmpstr (kan_refusal_id (copy), ==, "overtakes");
  g_assert_true (copy->is_mark);
  g_assert_cmpstr (plain->wrong, ==, "It is taken");
  g_assert_cmpstr (plain->why, ==, "It is taken");
  g_assert_cmpstr (plain->typed, ==, "It is taken");
  /* the command line has words that a window has no use for */
  g_assert_cmpstr (typed->wrong, ==, "It is taken");
  g_assert_cmpstr (typed->why, ==, "It is taken: choose another");
  g_assert_cmpstr (typed->typed, ==, "It is taken: label=OTHER");
  kan_refusal_free (copy);
  kan_refusal_free (plain);
  kan_refusal_free (typed);
}

/* The label stands beside the sentence, not in it; numbers come in groups of three. */
static void
test_words (void)
{
  g_autoptr(Yard) yard = yard_new ();
  g_autoptr(KanDraft) draft = kan_draft_new (yard->book, "crate.add", NULL, NULL);
  g_autoptr(GPtrArray) missing = kan_draft_judge (draft, CLERK, yard->now + 60, NULL);
  g_autoptr(GPtrArray) too_long = NULL;
  g_autofree char *lines = g_strnfill (4001, 'x');

  g_assert_cmpstr (((KanRefusal *) g_ptr_array_index (missing, 0))->why, ==, "An answer is needed");
  kan_draft_set (draft, "label", "箱");
  kan_draft_set (draft, "note", lines);
  too_long = kan_draft_judge (draft, CLERK, yard->now + 60, NULL);
  g_assert_cmpuint (too_long->len, ==, 1);
  g_assert_nonnull (strstr (((KanRefusal *) g_ptr_array_index (too_long, 0))->why, "4,000"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/refusal/vocabulary", test_vocabulary);
  g_test_add_func ("/refusal/codes", test_codes);
  g_test_add_func ("/refusal/one-cause", test_one_cause);
  g_test_add_func ("/refusal/advice", test_advice);
  g_test_add_func ("/refusal/words", test_words);
  return g_test_run ();
}
