/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A medium registered, recorded on and stored in one go: one form, one review, one passphrase, all or nothing. */
#include "sheet-fixture.h"

static KanAnswers *
new_medium (void)
{
  KanAnswers *answers = kan_answers_new ("media.record", NULL);

  kan_answers_set (answers, "media.register:media_kind", "usb");
  kan_answers_set (answers, "media.register:label", "USB-90");
  kan_answers_set (answers, "media.register:serial", "SN-90");
  kan_answers_set (answers, "purpose", "purpose_1");
  kan_answers_set (answers, "count", "30");
  kan_answers_set (answers, "copies", "0");
  kan_answers_set (answers, "source", "住基ネット端末");
  return answers;
}

static const KanRefusal *
refusal_of (const KanReview *review, const char *key)
{
  for (guint i = 0; i < review->refusals->len; i++)
    if (g_strcmp0 (((KanRefusal *) g_ptr_array_index (review->refusals, i))->key, key) == 0)
      return g_ptr_array_index (review->refusals, i);
  return NULL;
}

static const char *
shown_of (const KanReview *review, const char *key)
{
  for (guint i = 0; i < review->lines->len; i++)
    if (strcmp (((KanReviewLine *) g_ptr_array_index (review->lines, i))->key, key) == 0)
      return ((KanReviewLine *) g_ptr_array_index (review->lines, i))->shown;
  return NULL;
}

static KanReview *
review (KanDesk *desk, const KanAnswers *answers)
{
  g_autoptr(GError) error = NULL;
  KanReview *whole = kan_desk_review (desk, answers, now, &error);

  g_assert_no_error (error);
  return whole;
}

static KanOutcome *
sign_answers (KanDesk *desk, const KanAnswers *answers)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanSecret) secret = phrase ("sato's");
  KanOutcome *outcome;

  now += 60;
  outcome = kan_desk_sign_answers (desk, answers, secret, now, &error);
  g_assert_no_error (error);
  return outcome;
}

/* A medium is chosen or a new one described; about a certain one nothing of the kind is asked. */
static void
test_sheet (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = set_up_media (f);
  g_autoptr(KanSheet) any = describe (desk, "media.record", NULL), one = describe (desk, "media.record", "M1");
  const KanQuestion *medium = find_question (any, "medium"), *label = find_question (any, "media.register:label");
  const KanQuestion *place = find_question (any, "media.store:place");

  g_assert_true (any->joins && one->joins);
  g_assert_false (medium->must);
  g_assert_null (medium->preset);
  g_assert_nonnull (medium->meaning);
  g_assert_cmpstr (label->unless, ==, "medium");
  g_assert_null (label->page);
  g_assert_true (label->must);
  g_assert_nonnull (find_question (any, "recorded_on")->page);
  g_assert_false (place->must);
  g_assert_null (place->preset);
  g_assert_true (g_ptr_array_index (any->questions, any->questions->len - 1) == place);
  g_assert_null (find_question (one, "media.register:label"));
  g_assert_cmpstr (find_question (one, "medium")->preset, ==, "M1");
  g_assert_nonnull (find_question (one, "media.store:place"));
}

/* What is wrong with one of them is said beside its question, and nothing besides. */
static void
test_refused (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = set_up_media (f);
  g_autoptr(KanAnswers) answers = new_medium ();
  g_autoptr(KanReview) taken = NULL, elsewhere = NULL, stored = NULL;
  g_autoptr(KanOutcome) outcome = NULL;
  gint64 head = ask_desk (desk, "SELECT max(seq) FROM act");

  kan_answers_set (answers, "media.register:label", "ＵＳＢ１");
  taken = review (desk, answers);
  g_assert_false (taken->admissible);
  g_assert_nonnull (refusal_of (taken, "media.register:label"));
  g_assert_null (refusal_of (taken, "medium"));
  outcome = sign_answers (desk, answers);
  g_assert_cmpint (outcome->seq, ==, 0);
  g_assert_cmpstr (((KanRefusal *) g_ptr_array_index (outcome->refusals, 0))->key, ==, "media.register:label");
  kan_answers_set (answers, "media.register:label", "USB-90");
  kan_answers_set (answers, "media.store:place", "L99");
  elsewhere = review (desk, answers);
  g_assert_false (elsewhere->admissible);
  g_assert_nonnull (refusal_of (elsewhere, "media.store:place"));
  EXPECT_SIGN (desk, "done", "media.store", "M1", "place=L1");
  kan_answers_set (answers, "media.store:place", "L1");
  kan_answers_set (answers, "medium", "M1");
  stored = review (desk, answers);
  g_assert_null (refusal_of (stored, "media.store:place"));
  g_assert_cmpint (ask_desk (desk, "SELECT max(seq) FROM act"), ==, head + 1);
}

static gboolean
asks_for_place (const KanReview *review)
{
  return !g_strv_contains ((const char *const *) review->unasked, "media.store:place");
}

/* What is in store already is not stored: its place is not asked; what was answered before it was chosen is let be. */
static void
test_in_store (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = set_up_media (f);
  g_autoptr(KanAnswers) answers = new_medium ();
  g_autoptr(KanReview) fresh = NULL, registered = NULL, stored = NULL;
  g_autoptr(KanOutcome) outcome = NULL;
  gint64 head;

  kan_answers_set (answers, "media.store:place", "L1");
  fresh = review (desk, answers);
  g_assert_true (asks_for_place (fresh));
  kan_answers_set (answers, "medium", "M1");
  registered = review (desk, answers);
  g_assert_true (asks_for_place (registered));
  g_assert_nonnull (shown_of (registered, "media.store:place"));
  EXPECT_SIGN (desk, "done", "media.store", "M1", "place=L1");
  head = ask_desk (desk, "SELECT max(seq) FROM act");
  stored = review (desk, answers);
  g_assert_false (asks_for_place (stored));
  g_assert_true (stored->admissible);
  g_assert_null (shown_of (stored, "media.store:place"));
  outcome = sign_answers (desk, answers);
  g_assert_cmpuint (outcome->refusals->len, ==, 0);
  g_assert_cmpint (ask_desk (desk, "SELECT max(seq) FROM act"), ==, head + 1);
}

/* Where neither is there, the new medium's own questions are open, not the choice that may be left empty. */
static void
test_neither (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = set_up_media (f);
  g_autoptr(KanAnswers) answers = kan_answers_new ("media.record", NULL);
  g_autoptr(KanReview) empty = review (desk, answers);

  g_assert_false (empty->admissible);
  g_assert_nonnull (refusal_of (empty, "media.register:media_kind"));
  g_assert_nonnull (refusal_of (empty, "media.register:label"));
  g_assert_nonnull (refusal_of (empty, "count"));
  g_assert_null (refusal_of (empty, "medium"));
}

static void
test_signed (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = set_up_media (f);
  g_autoptr(KanAnswers) answers = new_medium ();
  g_autoptr(KanReview) whole = NULL;
  g_autoptr(KanOutcome) outcome = NULL;
  gint64 head = ask_desk (desk, "SELECT max(seq) FROM act");

  kan_answers_set (answers, "media.store:place", "L1");
  whole = review (desk, answers);
  g_assert_true (whole->admissible);
  g_assert_cmpstr (shown_of (whole, "media.register:label"), ==, "USB-90");
  g_assert_nonnull (strstr (shown_of (whole, "medium"), "USB-90"));
  g_assert_nonnull (shown_of (whole, "media.store:place"));
  g_assert_cmpint (ask_desk (desk, "SELECT count(*) FROM medium"), ==, 1);
  outcome = sign_answers (desk, answers);
  g_assert_cmpuint (outcome->refusals->len, ==, 0);
  g_assert_cmpstr (outcome->subject, ==, "B1");
  g_assert_cmpint (ask_desk (desk, "SELECT max(seq) FROM act"), ==, head + 3);
  g_assert_cmpint (ask_desk (desk, "SELECT count(*) FROM medium WHERE id = 2 AND state = 'stored' AND place = 1"), ==,
                   1);
  g_assert_cmpint (ask_desk (desk, "SELECT count(*) FROM batch WHERE medium = 2"), ==, 1);
}

/* The last one cannot be written: the others are not, and the next act is chained as if nothing had been. */
static void
test_all_or_nothing (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = set_up_media (f);
  g_autoptr(KanAnswers) answers = new_medium ();
  g_autoptr(KanSecret) secret = phrase ("sato's");
  g_autoptr(KanOutcome) outcome = NULL;
  g_autoptr(GError) error = NULL;
  gint64 head = ask_desk (desk, "SELECT max(seq) FROM act");

  kan_answers_set (answers, "media.store:place", "L1");
  tamper (desk, "CREATE TEMP TRIGGER full BEFORE INSERT ON act WHEN new.kind = 'media.store'"
                " BEGIN SELECT raise(ABORT, 'full'); END");
  outcome = kan_desk_sign_answers (desk, answers, secret, now + 60, &error);
  g_assert_nonnull (error);
  g_assert_null (outcome);
  g_assert_cmpint (ask_desk (desk, "SELECT max(seq) FROM act"), ==, head);
  g_assert_cmpint (ask_desk (desk, "SELECT count(*) FROM medium"), ==, 1);
  tamper (desk, "DROP TRIGGER full");
  g_clear_pointer (&outcome, kan_outcome_free);
  outcome = sign_answers (desk, answers);
  g_assert_cmpstr (outcome->subject, ==, "B1");
}

/* What is often the same is known the next time; what tells things apart is not. */
static void
test_again (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = set_up_media (f);
  g_autoptr(KanAnswers) answers = new_medium ();
  g_autoptr(KanSheet) before = describe (desk, "media.record", NULL), after = NULL;
  g_autoptr(KanOutcome) outcome = NULL;

  g_assert_null (find_question (before, "purpose")->last);
  g_assert_cmpstr (find_question (before, "media.register:model")->last, ==, "角");
  kan_answers_set (answers, "media.store:place", "L1");
  outcome = sign_answers (desk, answers);
  after = describe (desk, "media.record", NULL);
  g_assert_cmpstr (find_question (after, "purpose")->last, ==, "purpose_1");
  g_assert_cmpstr (find_question (after, "source")->last, ==, "住基ネット端末");
  g_assert_cmpstr (find_question (after, "media.store:place")->last, ==, "L1");
  g_assert_cmpstr (find_question (after, "media.register:media_kind")->last, ==, "usb");
  g_assert_null (find_question (after, "media.register:model")->last);
  g_assert_null (find_question (after, "media.register:serial")->last);
  g_assert_null (find_question (after, "media.register:label")->last);
  g_assert_null (find_question (after, "count")->last);
  g_assert_null (find_question (after, "recorded_on")->last);
}

#define ADD(name, func) g_test_add ("/desk/company/" name, Fixture, NULL, office_set_up, func, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("sheet", test_sheet);
  ADD ("refused", test_refused);
  ADD ("in-store", test_in_store);
  ADD ("neither", test_neither);
  ADD ("signed", test_signed);
  ADD ("all-or-nothing", test_all_or_nothing);
  ADD ("again", test_again);
  return g_test_run ();
}
