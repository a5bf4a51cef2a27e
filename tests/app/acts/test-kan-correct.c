/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Correction and voiding: what nothing depends on may be replaced, a record's last act may be taken back, the old value
 * and the number stay; redaction and notes want two persons. */
#include "app/acts/yard.h"

#include "acts/kan-timeline.h"

/* Answers that name the act at `seq` besides. */
static char *
about (gint64 seq, const char *more)
{
  return g_strdup_printf ("act=%d | %s", (int) seq, more);
}

#define EXPECT_ABOUT(yard, verdict, person, kind, seq, more) G_STMT_START { \
    g_autofree char *answers_ = about (seq, more); \
    yard_expect (yard, verdict, person, kind, "C1", answers_); } G_STMT_END

static Yard *
yard_with_crate (gint64 *seq)
{
  Yard *yard = yard_new ();

  yard_expect (yard, "done", CLERK, "crate.add", NULL,
               "label=箱 | weight=3 | made_by=木工所 | telephone=03-1111-2222 | fragile=yes | bought_on=2026-08-01 | "
               "colour=red |"
               " note=角が欠けている | keeper=P4 | helpers=P2");
  *seq = yard_head (yard);
  return yard;
}

static void
test_what_may_be_corrected (void)
{
  static const struct { const char *answers, *verdict, *column, *stands; } table[] = {
    { "question=weight | value=4 | reason=誤記", "done", "weight", "4" },
    { "question=made_by | value=鉄工所 | reason=誤記", "done", "maker", "鉄工所" },
    { "question=telephone | value=09011112222 | reason=誤記", "done", "telephone", "09011112222" },
    { "question=fragile | value=no | reason=誤記", "done", "fragile", "0" },
    { "question=bought_on | value=2026-08-02 | reason=誤記", "done", "bought_on", "2026-08-02" },
    { "question=colour | value=blue | reason=誤記", "done", "colour", "blue" },
    { "question=weight | value=１，２００ | reason=誤記", "done", "weight", "1200" },
    { "value=４ | question=weight | reason=誤記", "done", "weight", "4" },
    { "question=fragile | value=有り | reason=誤記", "done", "fragile", "1" },
    { "question=fragile | value=いいえ | reason=誤記", "done", "fragile", "0" },
    { "question=bought_on | value=令和８年８月３日 | reason=誤記", "done", "bought_on", "2026-08-03" },
    { "question=bought_on | value=2026-08-02 | reason=誤記", "done", "bought_on", "2026-08-02" },
    { "question=seen_at | value=2026-08-02 10:05 | reason=誤記", "done", "seen_at", "2026-08-02T10:05" },
    { "question=colour | value=赤 | reason=誤記", "done", "colour", "red" },
    { "question=colour | value=Blue | reason=誤記", "done", "colour", "blue" },
    { "question=checker | value=login5 | reason=誤記", "done", "checker", "5" },
    { "question=checker | value=田中 実 | reason=誤記", "done", "checker", "4" },
    { "question=checker | value=誰か | reason=誤記", "refused value", "checker", "4" },
    { "question=weight | value=-4 | reason=誤記", "refused value", "weight", "4" },
    { "question=weight | value=4kg | reason=誤記", "refused value", "weight", "4" },
    { "question=weight | value=7", "refused reason", "weight", "4" },
    { "question=fragile | value=perhaps | reason=誤記", "refused value", "fragile", "0" },
    { "question=bought_on | value=2026-02-30 | reason=誤記", "refused value", "bought_on", "2026-08-02" },
    { "question=colour | value=green | reason=誤記", "refused value", "colour", "blue" },
    { "question=made_by | value=123456789018 | reason=誤記", "refused value", "maker", "鉄工所" },
    { "question=made_by | value=123456789018 | reason=誤記 | declared=value", "done", "maker", "123456789018" },
    { "question=label | value=別名 | reason=誤記", "refused not_correctable", "label", "箱" },
    { "question=keeper | value=P5 | reason=誤記", "refused not_correctable", "keeper", "4" },
    { "question=helpers | value=P5 | reason=誤記", "refused not_correctable", "label", "箱" },
    { "question=note | value=別文 | reason=誤記", "refused not_correctable", "label", "箱" },
    { "question=maker | value=別名 | reason=誤記", "refused question", "maker", "123456789018" },
    { "question=serves2 | value=別名 | reason=誤記", "refused question", "label", "箱" },
  };
  gint64 seq = 0;
  g_autoptr(Yard) yard = yard_with_crate (&seq);

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT %s FROM crate WHERE id = 1", table[i].column);

      g_test_message ("%s", table[i].answers);
      EXPECT_ABOUT (yard, table[i].verdict, CLERK, "act.correct", seq, table[i].answers);
      yard_expect_text (yard, table[i].stands, sql);
    }
  yard_expect_faults (yard, NULL, "");
}

static void
test_only_its_own_acts (void)
{
  gint64 seq = 0;
  g_autoptr(Yard) yard = yard_with_crate (&seq);

  EXPECT_ABOUT (yard, "refused act", CLERK, "act.correct", 1, "question=weight | value=4 | reason=x");
  EXPECT_ABOUT (yard, "refused act", CLERK, "act.correct", seq + 1, "question=weight | value=4 | reason=x");
  EXPECT_ABOUT (yard, "refused act", CLERK, "act.correct", 9999, "question=weight | value=4 | reason=x");
  EXPECT_ABOUT (yard, "refused not_entitled", AUDITOR, "act.correct", seq, "question=weight | value=4 | reason=x");
  EXPECT_ABOUT (yard, "done", CLERK, "act.correct", seq, "question=weight | value=4 | reason=x");
  EXPECT_ABOUT (yard, "refused question", CLERK, "act.correct", seq + 1, "question=value | value=5 | reason=x");
  yard_expect (yard, "waits information_manager system_manager", CLERK, "crate.seal", "C1", "");
  EXPECT_ABOUT (yard, "refused overtakes", CLERK, "act.correct", seq, "question=weight | value=500 | reason=x");
}

/* What an entry says already is no correction: neither its own answer nor what it was corrected to. */
static void
test_same_value (void)
{
  static const char *const same[] = {
    "question=weight | value=3", "question=weight | value=３", "question=weight | value=003",
    "question=made_by | value=木工所", "question=fragile | value=有り", "question=bought_on | value=令和８年８月１日",
    "question=colour | value=赤",
  };
  gint64 seq = 0;
  g_autoptr(Yard) yard = yard_with_crate (&seq);

  for (gsize i = 0; i < G_N_ELEMENTS (same); i++)
    {
      g_autofree char *answers = g_strconcat (same[i], " | reason=誤記", NULL);

      g_test_message ("%s", same[i]);
      EXPECT_ABOUT (yard, "refused value", CLERK, "act.correct", seq, answers);
    }
  EXPECT_ABOUT (yard, "done", CLERK, "act.correct", seq, "question=weight | value=4 | reason=誤記");
  EXPECT_ABOUT (yard, "refused value", CLERK, "act.correct", seq, "question=weight | value=4 | reason=誤記");
  EXPECT_ABOUT (yard, "done", CLERK, "act.correct", seq, "question=weight | value=3 | reason=初めの値が正しい");
  yard_expect_text (yard, "3", "SELECT weight FROM crate");
  yard_expect_faults (yard, NULL, "");
}

/* The old value stays beside the new one, struck through where it is shown; the chain is untouched. */
static void
test_old_value_kept (void)
{
  gint64 seq = 0;
  g_autoptr(Yard) yard = yard_with_crate (&seq);
  g_autofree char *sql = g_strdup_printf ("SELECT body FROM act WHERE seq = %d", (int) seq);
  g_autofree char *body = NULL, *again = NULL;
  g_autoptr(GPtrArray) corrections = NULL;

  body = yard_text (yard, sql);
  EXPECT_ABOUT (yard, "done", CLERK, "act.correct", seq, "question=weight | value=4 | reason=誤記");
  EXPECT_ABOUT (yard, "done", CLERK, "act.correct", seq, "question=weight | value=5 | reason=また誤記");
  corrections = kan_book_list_corrections (yard->book, "C1", NULL);
  g_assert_cmpuint (corrections->len, ==, 2);
  g_assert_cmpstr (((KanCorrection *) g_ptr_array_index (corrections, 0))->old_value, ==, "3");
  g_assert_cmpstr (((KanCorrection *) g_ptr_array_index (corrections, 0))->new_value, ==, "4");
  g_assert_cmpstr (((KanCorrection *) g_ptr_array_index (corrections, 1))->old_value, ==, "4");
  again = yard_text (yard, sql);
  g_assert_cmpstr (again, ==, body);
  yard_expect_text (yard, "5", "SELECT weight FROM crate");
}

/* A later act that answered the same question keeps its own answer, also where that answer was corrected. */
static void
test_later_answer_wins (void)
{
  gint64 seq = 0;
  g_autoptr(Yard) yard = yard_with_crate (&seq);

  yard_expect (yard, "done", CLERK, "crate.amend", "C1", "weight=8");
  EXPECT_ABOUT (yard, "done", CLERK, "act.correct", seq, "question=weight | value=4 | reason=前の誤記");
  yard_expect_text (yard, "8", "SELECT weight FROM crate");
  EXPECT_ABOUT (yard, "done", CLERK, "act.correct", seq + 1, "question=weight | value=9 | reason=後の誤記");
  yard_expect_text (yard, "9", "SELECT weight FROM crate");
  EXPECT_ABOUT (yard, "done", CLERK, "act.correct", seq, "question=weight | value=5 | reason=前の誤記");
  yard_expect_text (yard, "9", "SELECT weight FROM crate");
  EXPECT_ABOUT (yard, "done", CLERK, "act.correct", seq, "question=made_by | value=鉄工所 | reason=誤記");
  yard_expect_text (yard, "鉄工所", "SELECT maker FROM crate");
  yard_expect_faults (yard, NULL, "");
}

static void
test_void_restores (void)
{
  gint64 seq = 0;
  g_autoptr(Yard) yard = yard_with_crate (&seq);

  yard_expect (yard, "done", OPERATOR, "crate.lose", "C1", "");
  EXPECT_ABOUT (yard, "refused not_last", CLERK, "act.void", seq, "reason=x");
  EXPECT_ABOUT (yard, "refused not_entitled", CLERK, "act.void", seq + 1, "reason=見つかった");
  EXPECT_ABOUT (yard, "done", OPERATOR, "act.void", seq + 1, "reason=見つかった");
  EXPECT_ABOUT (yard, "refused act", OPERATOR, "act.void", seq + 1, "reason=二度目");
  yard_expect_text (yard, "kept", "SELECT state FROM crate");
  yard_expect (yard, "done", CLERK, "crate.amend", "C1", "weight=8 | made_by=鉄工所 | serves=2026-09");
  EXPECT_ABOUT (yard, "done", CLERK, "act.void", seq + 3, "reason=取違え");
  yard_expect_text (yard, "3 木工所 -", "SELECT weight || ' ' || maker || ' ' || ifnull(serves, '-') FROM crate");
  g_assert_cmpint (yard_int (yard, "SELECT changed FROM crate"), ==, seq + 4);
  EXPECT_ABOUT (yard, "refused not_last", CLERK, "act.void", seq, "reason=x");
  /* what was taken back answers no more: the answer before it is corrected where it stands */
  EXPECT_ABOUT (yard, "done", CLERK, "act.correct", seq, "question=weight | value=4 | reason=誤記");
  yard_expect_text (yard, "4", "SELECT weight FROM crate");
  yard_expect_faults (yard, NULL, "");
}

/* What was made is void and keeps its number; its unique answer is free again, and nothing refers to it. */
static void
test_void_of_a_record (void)
{
  gint64 seq = 0;
  g_autoptr(Yard) yard = yard_with_crate (&seq);

  yard_expect (yard, "refused label", CLERK, "crate.add", NULL, "label=箱");
  EXPECT_ABOUT (yard, "done", CLERK, "act.void", seq, "reason=二重登録");
  yard_expect_text (yard, "void", "SELECT state FROM crate WHERE id = 1");
  yard_expect (yard, "refused wrong_state", CLERK, "crate.amend", "C1", "weight=1");
  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=箱");
  yard_expect_text (yard, "2", "SELECT id FROM crate WHERE state = 'kept'");
  yard_expect (yard, "refused act", CLERK, "act.void", "X1", "act=9999 | reason=x");
  yard_expect (yard, "done", CLERK, "crate.amend", "C2", "owner=X1");
  {
    g_autofree char *outsider = about (yard_int (yard, "SELECT made FROM outsider"), "reason=x");

    yard_expect (yard, "refused not_entitled not_voidable", CLERK, "act.void", "X1", outsider);
  }
  yard_expect_faults (yard, NULL, "");
}

static void
test_not_voidable (void)
{
  gint64 seq = 0;
  g_autoptr(Yard) yard = yard_with_crate (&seq);

  yard_expect (yard, "done", OPERATOR, "crate.take", "C1", "");
  EXPECT_ABOUT (yard, "refused not_voidable", CLERK, "act.void", seq + 1, "reason=効果がある");
  yard_expect (yard, "done", CLERK, "crate.amend", "C1", "helpers=P5");
  EXPECT_ABOUT (yard, "refused not_voidable", CLERK, "act.void", seq + 2, "reason=列の外にある");
  yard_expect (yard, "done", CLERK, "crate.seal", "C1", "with=2,3");
  EXPECT_ABOUT (yard, "refused not_voidable", CLERK, "act.void", seq + 3, "reason=決裁がある");
  EXPECT_ABOUT (yard, "refused not_voidable", CLERK, "act.void", seq + 4, "reason=署名である");
  yard_expect (yard, "refused not_voidable", CLERK, "act.void", "P2", "act=2 | reason=権限である");
  yard_expect_faults (yard, NULL, "");
}

/* A correction is an act upon the record: what lies before it is not its last any more. */
static void
test_void_after_correction (void)
{
  gint64 seq = 0;
  g_autoptr(Yard) yard = yard_with_crate (&seq);

  yard_expect (yard, "done", CLERK, "crate.amend", "C1", "weight=8");
  EXPECT_ABOUT (yard, "done", CLERK, "act.correct", seq, "question=weight | value=4 | reason=誤記");
  EXPECT_ABOUT (yard, "refused not_last", CLERK, "act.void", seq + 1, "reason=x");
  yard_expect_text (yard, "8", "SELECT weight FROM crate");
}

/* Text goes, its digest stays signed, and the chain says that there was something. */
static void
test_redaction (void)
{
  gint64 seq = 0;
  g_autoptr(Yard) yard = yard_with_crate (&seq);
  KanVerifyOptions options = { 0 };
  g_autoptr(KanVerdict) verdict = NULL;

  EXPECT_ABOUT (yard, "refused not_entitled", CLERK, "text.redact", seq, "question=note | reason=x");
  EXPECT_ABOUT (yard, "refused question", GENERAL, "text.redact", seq, "question=weight | reason=x");
  EXPECT_ABOUT (yard, "refused question", GENERAL, "text.redact", seq, "question=label | reason=x");
  EXPECT_ABOUT (yard, "waits second", GENERAL, "text.redact", seq, "question=note | reason=本人確認情報の誤記");
  yard_expect_text (yard, "2", "SELECT count(*) FROM detached");
  yard_expect (yard, "done", CLERK, "hand.give", "C1", "");
  yard_expect_text (yard, "本人確認情報の誤記", "SELECT group_concat (content) FROM detached");
  verdict = kan_book_verify (yard->book, &options, NULL);
  g_assert_cmpuint (verdict->faults->len, ==, 0);
  g_assert_cmpint (verdict->n_removed_texts, ==, 1);
}

static void
test_note (void)
{
  gint64 seq = 0;
  g_autoptr(Yard) yard = yard_with_crate (&seq);

  g_assert_cmpint (seq, >, 0);
  yard_expect (yard, "refused not_entitled", CLERK, "ledger.note", "F1", "fault=7K2M-9Q4T-X0AB-3C5D | reason=x");
  yard_expect (yard, "refused fault", GENERAL, "ledger.note", "F1", "fault=7K2M-9Q4T-X0AB-3C5 | reason=x");
  yard_expect (yard, "refused fault", GENERAL, "ledger.note", "F1", "fault=7K2M-9Q4T-X0AB-3C5DE | reason=x");
  yard_expect (yard, "refused fault", GENERAL, "ledger.note", "F1", "fault=7K2M-9Q4T-XUAB-3C5D | reason=x");
  yard_expect (yard, "refused fault", GENERAL, "ledger.note", "F1", "reason=x");
  yard_expect (yard, "done", GENERAL, "ledger.note", "F1", "fault=7k2m 9q4txoab-3c5d | reason=調査済み | with=6");
  yard_expect_text (yard, "7K2M-9Q4T-X0AB-3C5D", "SELECT group_concat (fault) FROM note");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/correct/what-may-be-corrected", test_what_may_be_corrected);
  g_test_add_func ("/correct/only-its-own-acts", test_only_its_own_acts);
  g_test_add_func ("/correct/same-value", test_same_value);
  g_test_add_func ("/correct/old-value-kept", test_old_value_kept);
  g_test_add_func ("/correct/later-answer-wins", test_later_answer_wins);
  g_test_add_func ("/correct/void-restores", test_void_restores);
  g_test_add_func ("/correct/void-of-a-record", test_void_of_a_record);
  g_test_add_func ("/correct/not-voidable", test_not_voidable);
  g_test_add_func ("/correct/void-after-correction", test_void_after_correction);
  g_test_add_func ("/correct/redaction", test_redaction);
  g_test_add_func ("/correct/note", test_note);
  return g_test_run ();
}
