/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one place that appends acts: all of what is signed together is written, or nothing at all. */
#include "app/acts/yard.h"

/* What a refused or failed admission must leave as it was. */
typedef struct { gint64 head, texts, crates, floor; guint edition; } Before;

static Before
look (Yard *yard)
{
  return (Before) { yard_head (yard), yard_int (yard, "SELECT count(*) FROM detached"),
                    yard_int (yard, "SELECT count(*) FROM crate"), yard->book->floor, yard->book->edition };
}

static void
expect_unchanged (Yard *yard, const Before *before)
{
  const Before now = look (yard);

  g_assert_cmpint (now.head, ==, before->head);
  g_assert_cmpint (now.texts, ==, before->texts);
  g_assert_cmpint (now.crates, ==, before->crates);
  g_assert_cmpint (now.floor, ==, before->floor);
  g_assert_cmpuint (now.edition, ==, before->edition);
}

static KanDraft *
new_draft (Yard *yard, const char *kind, const char *subject)
{
  g_autoptr(GError) error = NULL;
  KanDraft *draft = kan_draft_new (yard->book, kind, subject, &error);

  g_assert_no_error (error);
  return draft;
}

/* Signed by the first of `people`, the others' hands given at once; ended by 0. */
static KanOutcome *
admit (Yard *yard, KanDraft *draft, const gint64 *people, GError **error)
{
  KanSigner signers[4];
  guint n = 0;

  yard->now += 60;
  for (; people[n] != 0; n++)
    signers[n] = (KanSigner) { people[n], yard->keys[people[n]], "P6-0f09ed00" };
  return kan_book_admit (yard->book, draft, &signers[0], signers + 1, n - 1, yard->now, error);
}

static char *
waiting_words (const KanOutcome *outcome)
{
  g_ptr_array_add (outcome->waiting_for, NULL);
  return g_strjoinv (" ", (char **) outcome->waiting_for->pdata);
}

/* The first act's number and record are told, and who is lacking yet. */
static void
test_admitted (void)
{
  static const struct { gint64 people[4]; const char *waiting; guint n_acts; } table[] = {
    { { CLERK }, "information_manager system_manager", 1 },
    { { CLERK, GENERAL }, "system_manager", 2 },
    { { CLERK, PENSION, GENERAL }, "", 3 },
  };
  g_autoptr(Yard) yard = yard_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(KanDraft) draft = new_draft (yard, "crate.propose", NULL);
      g_autofree char *label = g_strdup_printf ("箱%d", (int) i), *subject = g_strdup_printf ("C%d", (int) i + 1);
      g_autofree char *waiting = NULL;
      g_autoptr(KanOutcome) outcome = NULL;
      gint64 head = yard_head (yard);

      kan_draft_set (draft, "label", label);
      outcome = admit (yard, draft, table[i].people, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (outcome->refusals->len, ==, 0);
      g_assert_cmpint (outcome->seq, ==, head + 1);
      g_assert_cmpint (yard_head (yard), ==, head + table[i].n_acts);
      g_assert_cmpstr (outcome->subject, ==, subject);
      g_assert_cmpstr (kan_draft_get_subject (draft), ==, subject);
      waiting = waiting_words (outcome);
      g_assert_cmpstr (waiting, ==, table[i].waiting);
    }
  yard_expect_text (yard, "waiting,waiting,kept",
                    "SELECT group_concat(state) FROM (SELECT state FROM crate ORDER BY id)");
  yard_expect_faults (yard, NULL, "");
}

/* Whoever of them may not sign, nobody has; a further person's refusals stand beside the question who signs too. */
static void
test_refused (void)
{
  static const struct { gint64 people[4]; const char *weight, *rule, *key; } table[] = {
    { { AUDITOR, GENERAL }, "5", "not_entitled", NULL },
    { { CLERK }, "heavy", "unreadable", "weight" },
    { { CLERK, OPERATOR }, "5", "not_entitled", "with" },
    { { CLERK, GENERAL, OPERATOR }, "5", "not_entitled", "with" },
    { { CLERK, GENERAL, GENERAL }, "5", "not_entitled", "with" },
    { { CLERK, CLERK }, "5", "not_entitled", "with" },
  };
  g_autoptr(Yard) yard = yard_new ();
  const Before before = look (yard);

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(KanDraft) draft = new_draft (yard, "crate.propose", NULL);
      g_autoptr(KanOutcome) outcome = NULL;
      const KanRefusal *refusal;

      kan_draft_set (draft, "label", "箱");
      kan_draft_set (draft, "weight", table[i].weight);
      kan_draft_set (draft, "note", "誰にも読まれない");
      outcome = admit (yard, draft, table[i].people, &error);
      g_assert_no_error (error);
      g_test_message ("row %d", (int) i);
      g_assert_cmpuint (outcome->refusals->len, >, 0);
      refusal = g_ptr_array_index (outcome->refusals, 0);
      g_assert_cmpstr (kan_refusal_id (refusal), ==, table[i].rule);
      g_assert_cmpstr (refusal->key, ==, table[i].key);
      g_assert_cmpint (outcome->seq, ==, 0);
      g_assert_null (outcome->subject);
      g_assert_null (kan_draft_get_subject (draft));
      expect_unchanged (yard, &before);
    }
  /* the same draft, mended, is signed as if nothing had been tried */
  yard_expect (yard, "done", CLERK, "crate.propose", NULL, "label=箱 | with=2,3");
  yard_expect_text (yard, "1", "SELECT max(id) FROM crate");
  yard_expect_faults (yard, NULL, "");
}

/* Salt and content of free text lie apart; the act holds the digest only. */
static void
test_free_text (void)
{
  static const gint64 clerk[] = { CLERK, 0 };
  g_autoptr(Yard) yard = yard_new ();
  g_autoptr(KanDraft) draft = new_draft (yard, "crate.add", NULL);
  g_autoptr(KanOutcome) outcome = NULL;
  gint64 before = yard_int (yard, "SELECT count(*) FROM detached");

  kan_draft_set (draft, "label", "箱");
  kan_draft_set (draft, "note", "角が欠けている");
  outcome = admit (yard, draft, clerk, NULL);
  g_assert_nonnull (outcome);
  g_assert_cmpint (yard_int (yard, "SELECT count(*) FROM detached"), ==, before + 1);
  yard_expect_text (yard, "角が欠けている 64 32",
                    "SELECT content || ' ' || length(digest) || ' ' || length(salt) FROM detached JOIN crate"
                    " ON digest = note");
  yard_expect_text (yard, "0", "SELECT count(*) FROM act WHERE instr(body, '角が') > 0");
}

/* --- editions ------------------------------------------------------------------------------------------------- */

/* The program's rules come into force with its first act: once, by who signs that act, and not where it is refused. */
static void
test_edition_before_the_act (void)
{
  static const gint64 clerk[] = { CLERK, 0 }, auditor[] = { AUDITOR, 0 };
  g_autoptr(Yard) yard = yard_new ();
  g_autoptr(KanDraft) refused = NULL, taken = NULL;
  g_autoptr(KanOutcome) no = NULL, yes = NULL;
  gint64 head = yard_head (yard);
  Before before;

  yard->book->program_edition = 3;
  before = look (yard);
  refused = new_draft (yard, "crate.add", NULL);
  kan_draft_set (refused, "label", "箱");
  no = admit (yard, refused, auditor, NULL);
  g_assert_cmpuint (no->refusals->len, >, 0);
  expect_unchanged (yard, &before);
  taken = new_draft (yard, "crate.add", NULL);
  kan_draft_set (taken, "label", "箱");
  yes = admit (yard, taken, clerk, NULL);
  g_assert_cmpint (yes->seq, ==, head + 3);
  g_assert_cmpstr (yes->subject, ==, "C1");
  g_assert_cmpuint (yard->book->edition, ==, 3);
  yard_expect_text (yard, "edition.adopt 6 F1,edition.adopt 6 F1,crate.add 6 C1",
                    "SELECT group_concat(kind || ' ' || actor || ' ' || subject) FROM (SELECT * FROM act ORDER BY seq"
                    " LIMIT -1 OFFSET 31)");
  yard_expect (yard, "done", CLERK, "crate.amend", "C1", "weight=3");
  yard_expect_text (yard, "2", "SELECT count(*) FROM act WHERE kind = 'edition.adopt'");
}

/* --- where the world fails ------------------------------------------------------------------------------------ */

static void
expect_failure (Yard *yard, int code)
{
  static const gint64 three[] = { CLERK, GENERAL, PENSION, 0 };
  g_autoptr(GError) error = NULL;
  g_autoptr(KanDraft) draft = new_draft (yard, "crate.propose", NULL);
  const Before before = look (yard);
  g_autoptr(KanOutcome) outcome = NULL;

  kan_draft_set (draft, "label", "箱");
  kan_draft_set (draft, "note", "備考");
  outcome = admit (yard, draft, three, &error);
  g_assert_null (outcome);
  g_assert_error (error, KAN_ERROR, code);
  g_assert_null (kan_draft_get_subject (draft));
  expect_unchanged (yard, &before);
}

/* Nothing is chained after an entry that is not what was signed. */
static void
test_damaged_head (void)
{
  g_autoptr(Yard) yard = yard_new ();

  yard_exec (yard, "UPDATE act SET session = 'P4-00000000' WHERE seq = (SELECT max(seq) FROM act)");
  expect_failure (yard, KAN_ERROR_DAMAGED);
}

/* The last step of the last hand fails: the act before it and its free text go too, and the book goes on. */
static void
test_stopped_at_the_last_hand (void)
{
  g_autoptr(Yard) yard = yard_new ();

  yard_exec (yard, "CREATE TEMP TRIGGER stop BEFORE INSERT ON hand WHEN NEW.person = 3"
                   " BEGIN SELECT raise (ABORT, 'no room'); END");
  expect_failure (yard, KAN_ERROR_INVALID);
  yard_exec (yard, "DROP TRIGGER stop");
  yard_expect (yard, "done", CLERK, "crate.propose", NULL, "label=箱 | with=2,3");
  yard_expect_faults (yard, NULL, "");
}

/* What the chain decided is read again where that failed before. */
static void
test_stale_book (void)
{
  g_autoptr(Yard) yard = yard_new ();

  yard->book->is_stale = TRUE;
  yard->book->floor = 0;
  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=箱");
  g_assert_false (yard->book->is_stale);
  g_assert_cmpint (yard->book->floor, ==, yard->now);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/admit/admitted", test_admitted);
  g_test_add_func ("/admit/refused", test_refused);
  g_test_add_func ("/admit/free-text", test_free_text);
  g_test_add_func ("/admit/edition-before-the-act", test_edition_before_the_act);
  g_test_add_func ("/admit/damaged-head", test_damaged_head);
  g_test_add_func ("/admit/stopped-at-the-last-hand", test_stopped_at_the_last_hand);
  g_test_add_func ("/admit/stale-book", test_stale_book);
  return g_test_run ();
}
