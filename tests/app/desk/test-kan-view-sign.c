/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a sheet over the review to the signature: what is asked, what is certain before, which passphrase is wanted. */
#include "sheet-fixture.h"

static void
test_describe (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = set_up_media (f);
  g_autoptr(KanSheet) record = describe (desk, "media.record", "M1"), store = describe (desk, "media.store", "M1"),
    destroy = describe (desk, "media.destroy", NULL), amend = describe (desk, "person.rename", "P2");
  g_autoptr(GError) error = NULL;
  KanQuestion *question = find_question (record, "medium");

  g_assert_cmpstr (record->title, ==, "Record");
  g_assert_cmpstr (record->register_id, ==, "batch");
  g_assert_null (record->subject);
  g_assert_true (g_str_has_prefix (record->basis, "Art. 11 (1)"));
  g_assert_cmpstr (question->preset, ==, "M1");
  g_assert_cmpstr (question->page, ==, "Medium");
  g_assert_true (question->must);
  g_assert_cmpstr (g_ptr_array_index (question->of_registers, 0), ==, "medium");
  question = find_question (record, "purpose");
  g_assert_cmpuint (question->choices->len, ==, 4);
  g_assert_null (question->preset);
  g_assert_null (find_question (record, "recorded_on")->preset);

  g_assert_cmpstr (store->subject, ==, "M1");
  g_assert_cmpstr (store->subject_name, ==, "ＵＳＢ１");
  g_assert_cmpint (store->strength, ==, KAN_LIGHT);
  g_assert_cmpstr (find_question (store, "place")->preset, ==, "L1");

  g_assert_true (destroy->is_fact && destroy->ends);
  g_assert_cmpuint (find_question (destroy, "identified")->cells->len, ==, 2);
  g_assert_cmpuint (destroy->hands->len, ==, 3);
  g_assert_cmpstr (((KanSheetHand *) g_ptr_array_index (destroy->hands, 0))->person_key, ==, "executor");
  g_assert_cmpstr (((KanSheetHand *) g_ptr_array_index (destroy->hands, 1))->person_key, ==, "witness");
  g_assert_cmpstr (find_question (amend, "name")->preset, ==, "佐藤 花子");

  g_assert_null (kan_desk_describe (desk, "media.store", "M9", now, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_USAGE);
  g_clear_error (&error);
  g_assert_null (kan_desk_describe (desk, "media.fly", NULL, now, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_USAGE);
}

/* Acts upon acts choose among the entries of the record, decisions ask for nothing that is known. */
static void
test_describe_upon_acts (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = set_up_media (f);
  g_autoptr(KanSheet) correct = NULL, takes_back = NULL, give = NULL;

  EXPECT_SIGN (desk, "done", "media.store", "M1", "place=L1");
  correct = describe (desk, "act.correct", "M1");
  takes_back = describe (desk, "act.void", "M1");
  g_assert_cmpuint (find_question (correct, "act")->choices->len, ==, 1);
  g_assert_cmpuint (find_question (correct, "question")->choices->len, ==, 1);
  g_assert_cmpstr (find_question (correct, "question")->preset, ==, "model");
  g_assert_cmpuint (find_question (takes_back, "act")->choices->len, ==, 1);
  g_assert_cmpint (g_ascii_strtoll (find_question (takes_back, "act")->preset, NULL, 10), ==,
                   ask_desk (desk, "SELECT max(seq) FROM act"));
  EXPECT_SIGN (desk, "waits", "person.register", NULL, "staff_no=9 | name=誰");
  g_clear_pointer (&desk, kan_desk_free);
  desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  give = describe (desk, "hand.give", "P3");
  g_assert_null (find_question (give, "act"));
  g_assert_null (find_question (give, "as"));
  g_assert_null (find_question (give, "absence"));
  g_assert_nonnull (find_question (give, "remark"));
}

static const KanReviewLine *
find_line (KanReview *review, const char *key)
{
  for (guint i = 0; i < review->lines->len; i++)
    if (strcmp (((KanReviewLine *) g_ptr_array_index (review->lines, i))->key, key) == 0)
      return g_ptr_array_index (review->lines, i);
  return NULL;
}

static void
test_review (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = set_up_media (f);
  g_autoptr(KanAnswers) answers = kan_answers_new ("media.record", "M1");
  g_autoptr(KanReview) review = NULL, again = NULL;
  g_autoptr(GError) error = NULL;

  kan_answers_set (answers, "purpose", "purpose_2");
  kan_answers_set (answers, "copies", "0");
  kan_answers_set (answers, "source", "J-LIS");
  review = kan_desk_review (desk, answers, now, &error);
  g_assert_no_error (error);
  g_assert_false (review->admissible);
  g_assert_cmpuint (review->refusals->len, ==, 1);
  g_assert_cmpstr (((KanRefusal *) g_ptr_array_index (review->refusals, 0))->key, ==, "count");

  kan_answers_set (answers, "count", "１２０");
  again = kan_desk_review (desk, answers, now, &error);
  g_assert_no_error (error);
  g_assert_true (again->admissible);
  g_assert_cmpstr (find_line (again, "count")->shown, ==, "120");
  g_assert_false (find_line (again, "count")->filled);
  g_assert_cmpstr (find_line (again, "medium")->shown, ==, "M1 ＵＳＢ１");
  g_assert_true (find_line (again, "recorded_on")->filled);
}

/* A decision is told by its entry's words and by what the capacity is called. */
static void
test_review_of_hands (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = set_up_media (f);
  g_autoptr(KanAnswers) give = kan_answers_new ("hand.give", "M1"), destroy = kan_answers_new ("media.destroy", "M1");
  g_autoptr(KanReview) review = NULL, hands = NULL;
  g_autoptr(GError) error = NULL;
  const KanReviewHand *executor, *witness;

  EXPECT_SIGN (desk, "done", "media.record", NULL, "medium=M1 | purpose=purpose_2 | count=5 | copies=0 | source=J-LIS");
  EXPECT_SIGN (desk, "done", "media.store", "M1", "place=L1");
  EXPECT_SIGN (desk, "waits", "media.early", "M1", "early_reason=不要のため");
  review = kan_desk_review (desk, give, now, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (find_line (review, "as")->shown, ==, "Information manager");
  g_assert_nonnull (strchr (find_line (review, "act")->shown, ' '));
  g_assert_cmpuint (review->hands->len, ==, 0);
  /* whose hand the signature is already, and who has a key */
  kan_answers_set (destroy, "executor", "P2");
  kan_answers_set (destroy, "witness", "P1");
  hands = kan_desk_review (desk, destroy, now, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (hands->hands->len, ==, 2);
  executor = g_ptr_array_index (hands->hands, 0);
  witness = g_ptr_array_index (hands->hands, 1);
  g_assert_cmpstr (executor->person_key, ==, "executor");
  g_assert_true (executor->mine);
  g_assert_false (witness->mine);
  g_assert_cmpstr (witness->login, ==, "chief");
}

/* Rows cell by cell, as typed. */
static void
test_rows (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = set_up_media (f);
  g_autoptr(KanAnswers) answers = kan_answers_new ("media.destroy", "M1");
  g_autoptr(KanReview) review = NULL;
  g_autoptr(GError) error = NULL;

  kan_answers_set_cell (answers, "identified", 0, "medium", "ＵＳＢ１");
  kan_answers_set_cell (answers, "identified", 0, "serial", "SN-1");
  kan_answers_set_cell (answers, "identified", 1, "serial", "");
  review = kan_desk_review (desk, answers, now, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (find_line (review, "media")->shown, ==, "M1 ＵＳＢ１");
  g_assert_cmpstr (find_line (review, "identified")->shown, ==,
                   "Medium M1 ＵＳＢ１, Number as read SN-1");
  for (guint i = 0; i < review->refusals->len; i++)
    g_assert_cmpstr (((KanRefusal *) g_ptr_array_index (review->refusals, i))->key, !=, "identified");
}

/* --- signing -------------------------------------------------------------------------------------------------- */

/* "done", "waits", "refused", or the domain's code. */
static char *
sign_as (KanDesk *desk, KanAnswers *answers, const char *passphrase)
{
  g_autoptr(KanSecret) secret = passphrase != NULL ? phrase (passphrase) : NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(KanOutcome) outcome = NULL;

  now += 60;
  outcome = kan_desk_sign_answers (desk, answers, secret, now, &error);
  if (outcome == NULL)
    return g_strdup_printf ("error %d", error->code);
  return g_strdup (outcome->refusals->len > 0 ? "refused" : outcome->waiting_for->len > 0 ? "waits" : "done");
}

#define EXPECT_AS(desk, answers, passphrase, verdict) G_STMT_START { \
    g_autofree char *became_ = sign_as (desk, answers, passphrase); \
    g_assert_cmpstr (became_, ==, verdict); } G_STMT_END

static void
test_sign (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autofree char *locked = g_strdup_printf ("error %d", KAN_ERROR_LOCKED);
  g_autoptr(KanDesk) desk = set_up_media (f);
  g_autoptr(KanAnswers) store = kan_answers_new ("media.store", "M1"), record = kan_answers_new ("media.record", "M1");
  gint64 before = ask_desk (desk, "SELECT max(seq) FROM act");

  kan_answers_set (record, "purpose", "purpose_2");
  kan_answers_set (record, "copies", "0");
  kan_answers_set (record, "source", "J-LIS");
  /* what is refused is refused first, whatever the passphrase */
  EXPECT_AS (desk, record, "wrong", "refused");
  EXPECT_AS (desk, record, NULL, "refused");
  kan_answers_set (record, "count", "3");
  EXPECT_AS (desk, record, NULL, locked);
  EXPECT_AS (desk, record, "wrong", locked);
  EXPECT_AS (desk, record, "chief's", locked);
  g_assert_cmpint (ask_desk (desk, "SELECT max(seq) FROM act"), ==, before);
  EXPECT_AS (desk, record, "sato's", "done");
  g_assert_false (kan_desk_wants_passphrase (desk, "media.store"));
  kan_answers_set (store, "place", "L1");
  EXPECT_AS (desk, store, NULL, "done");
  g_assert_cmpint (ask_desk (desk, "SELECT max(seq) FROM act"), ==, before + 2);
}

/* Once for what was shown together, and not beyond. */
static void
test_list (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autofree char *locked = g_strdup_printf ("error %d", KAN_ERROR_LOCKED);
  g_autoptr(KanDesk) desk = set_up_media (f);
  g_autoptr(KanAnswers) record = kan_answers_new ("media.record", "M1");

  kan_answers_set (record, "purpose", "purpose_2");
  kan_answers_set (record, "copies", "0");
  kan_answers_set (record, "source", "J-LIS");
  kan_answers_set (record, "count", "3");
  kan_desk_begin_list (desk);
  EXPECT_AS (desk, record, NULL, locked);
  EXPECT_AS (desk, record, "sato's", "done");
  EXPECT_AS (desk, record, NULL, "done");
  EXPECT_AS (desk, record, "wrong", "done");
  kan_desk_end_list (desk);
  EXPECT_AS (desk, record, NULL, locked);
  EXPECT_AS (desk, record, "sato's", "done");
  EXPECT_AS (desk, record, NULL, locked);
}

static void
test_who (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = set_up_media (f);
  g_autoptr(GError) error = NULL;
  g_autofree char *who = kan_desk_dup_who (desk, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (who, ==, "佐藤 花子 (Manager of General Affairs)");
}

int
main (int argc, char *argv[])
{
  g_autoptr(GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  expect (kan_crypto_init (&error), error);
  kan_stretch_set_light (TRUE);
  g_test_add ("/view-sign/describe", Fixture, NULL, office_set_up, test_describe, fixture_tear_down);
  g_test_add ("/view-sign/describe-upon-acts", Fixture, NULL, office_set_up, test_describe_upon_acts,
              fixture_tear_down);
  g_test_add ("/view-sign/review", Fixture, NULL, office_set_up, test_review, fixture_tear_down);
  g_test_add ("/view-sign/review-of-hands", Fixture, NULL, office_set_up, test_review_of_hands, fixture_tear_down);
  g_test_add ("/view-sign/rows", Fixture, NULL, office_set_up, test_rows, fixture_tear_down);
  g_test_add ("/view-sign/sign", Fixture, NULL, office_set_up, test_sign, fixture_tear_down);
  g_test_add ("/view-sign/list", Fixture, NULL, office_set_up, test_list, fixture_tear_down);
  g_test_add ("/view-sign/who", Fixture, NULL, office_set_up, test_who, fixture_tear_down);
  return g_test_run ();
}
