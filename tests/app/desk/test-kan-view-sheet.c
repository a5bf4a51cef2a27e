/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Forms: what an act is about, what is certain beforehand, and what only somebody in another's place is asked. */
#include "sheet-fixture.h"

#include "desk/kan-view-private.h"

static void
test_about (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  static const struct { const char *kind, *subject, *key; } cases[] = {
    { "media.record", "M1", "medium" }, { "takeout.request", "M1", "media" }, { "media.destroy", "M1", "media" },
    { "appointment.make", "P2", "person" }, { "operator.designate", "P2", "person" },
    { "appointment.make", "O1", "office" }, { "takeout.unapproved", "M1", "media" },
    /* who gives a medium, or has its counterpart's key, is not what the act is about */
    { "media.receive", "P2", NULL }, { "takeout.request", "P2", NULL }, { "media.destroy", "P2", NULL },
    /* the act's own record; none; a record of another kind; nothing that is any */
    { "media.store", "M1", NULL }, { "media.register", "M1", NULL }, { "media.record", NULL, NULL },
    { "media.record", "P2", NULL }, { "media.record", "nonsense", NULL }, { "nonsense", "M1", NULL },
    { "hand.give", "M1", NULL }, { "act.void", "M1", NULL }, { "office.establish", "P2", NULL },
  };
  g_autoptr(KanDesk) desk = set_up_media (f);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const KanAsk *ask = kan_view_about (kan_desk_get_book (desk), cases[i].kind, cases[i].subject);

      g_test_message ("%s %s", cases[i].kind, cases[i].subject);
      g_assert_cmpstr (ask != NULL ? ask->key : NULL, ==, cases[i].key);
    }
}

/* What vouches for a signature on paper says so; what its label says needs no more. */
static void
test_meaning (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = set_up_media (f);
  g_autoptr(KanSheet) destroy = describe (desk, "media.destroy", NULL);

  g_assert_nonnull (find_question (destroy, "witness_paper")->meaning);
  g_assert_nonnull (find_question (destroy, "executor_paper")->meaning);
  g_assert_null (find_question (destroy, "witness")->meaning);
}

static void
test_editions (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  static const struct { guint since, until; gboolean asked; } cases[] = {
    { 0, 0, TRUE }, { 1, 0, TRUE }, { 0, 1, TRUE }, { 1, 1, TRUE }, { 2, 0, FALSE }, { 2, 3, FALSE },
  };
  g_autoptr(KanDesk) desk = open_as (f, KAN_VAULT_READ, "chief", "chief's");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const KanAsk ask = { .key = "x", .since = cases[i].since, .until = cases[i].until };

      g_assert_cmpint (kan_view_is_asked (kan_desk_get_book (desk), &ask), ==, cases[i].asked);
    }
}

/* An edit begins with what stands there; what happens anew begins blank, but for what nobody could answer otherwise. */
static void
test_presets (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = set_up_media (f);
  g_autoptr(KanSheet) amend = NULL, store = NULL, two = NULL, person = NULL;

  EXPECT_SIGN (desk, "done", "outsider.register", NULL,
               "name=渡邉\U000e0101 太郎 | company=市 | telephone=095-000-0000 | pledge_on=2026-09-01");
  amend = describe (desk, "outsider.amend", "X1");
  g_assert_cmpstr (find_question (amend, "name")->preset, ==, "渡邉\U000e0101 太郎");
  g_assert_cmpstr (find_question (amend, "telephone")->preset, ==, "095-000-0000");
  g_assert_null (find_question (amend, "post")->preset);
  g_assert_null (find_question (amend, "pledge_on")->preset);
  store = describe (desk, "media.store", "M1");
  g_assert_cmpstr (find_question (store, "place")->preset, ==, "L1");
  EXPECT_SIGN (desk, "done", "place.establish", NULL, "title=第二 | room=室 | level=3");
  two = describe (desk, "media.store", "M1");
  g_assert_null (find_question (two, "place")->preset);
  person = describe (desk, "operator.designate", "P2");
  g_assert_cmpstr (find_question (person, "person")->preset, ==, "P2");
  g_assert_null (person->subject);
}

/* What the take-out says stands there already; what is counted and sealed is not known before. */
static void
test_stands (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = set_up_media (f);
  g_autoptr(KanSheet) dispatch = NULL;
  g_autoptr(KanAnswers) answers = kan_answers_new ("takeout.dispatch", "T1");
  g_autoptr(KanReview) review = NULL;
  g_autoptr(GError) error = NULL;
  const KanReviewLine *subject;

  EXPECT_SIGN (desk, "done", "outsider.register", NULL, "name=森 太郎 | company=市 | pledge_on=2026-09-01");
  EXPECT_SIGN (desk, "done", "media.record", NULL, "medium=M1 | purpose=purpose_2 | count=5 | copies=0 | source=J-LIS");
  EXPECT_SIGN (desk, "done", "media.store", "M1", "place=L1");
  EXPECT_SIGN (desk, "done", "takeout.unapproved", NULL,
               "kind=hand_over | media=M1 | counterpart=X1 | destination=電算センター | reason=提出 | transport=own_car |"
               " route=本庁 | carrier=P2 | container=locked_container | seal=S-1 | deviation_reason=急ぎのため");
  dispatch = describe (desk, "takeout.dispatch", "T1");
  g_assert_cmpstr (find_question (dispatch, "container")->preset, ==, "locked_container");
  g_assert_cmpstr (find_question (dispatch, "transport")->preset, ==, "own_car");
  g_assert_cmpstr (find_question (dispatch, "route")->preset, ==, "本庁");
  g_assert_cmpstr (find_question (dispatch, "carrier")->preset, ==, "P2");
  g_assert_null (find_question (dispatch, "seal")->preset);
  g_assert_null (find_question (dispatch, "count")->preset);
  /* and the review tells it by what it is about */
  review = kan_desk_review (desk, answers, now, &error);
  g_assert_no_error (error);
  subject = g_ptr_array_index (review->lines, 0);
  g_assert_cmpstr (subject->key, ==, "subject");
  g_assert_true (g_str_has_prefix (subject->shown, "T1　"));
  g_assert_nonnull (strstr (subject->shown, "ＵＳＢ１"));
  g_assert_nonnull (strstr (subject->shown, "電算センター"));
}

/* Choices stand in their order, references name where to choose from, each page opens once. */
static void
test_questions (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = set_up_media (f);
  g_autoptr(KanSheet) request = describe (desk, "takeout.request", NULL);
  const KanQuestion *kind = find_question (request, "kind"), *carrier = find_question (request, "carrier"),
    *media = find_question (request, "media");

  g_assert_cmpuint (kind->choices->len, ==, 3);
  g_assert_cmpstr (((KanViewChoice *) g_ptr_array_index (kind->choices, 0))->value, ==, "round_trip");
  g_assert_cmpstr (((KanViewChoice *) g_ptr_array_index (kind->choices, 2))->label, ==,
                   "To be destroyed by a contractor");
  g_assert_cmpuint (carrier->of_registers->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (carrier->of_registers, 1), ==, "outsider");
  g_assert_cmpint (media->type, ==, KAN_REFS);
  g_assert_true (media->must);
  g_assert_false (carrier->must);
  g_assert_cmpstr (kind->page, ==, "Which media");
  g_assert_null (media->page);
  g_assert_cmpuint (request->hands->len, ==, 2);
  g_assert_cmpstr (((KanSheetHand *) g_ptr_array_index (request->hands, 0))->capacity, ==, "information_manager");
  g_assert_null (((KanSheetHand *) g_ptr_array_index (request->hands, 0))->person_key);
}

/* An office is chosen by its title among those of the profile that are still free; where none is, it is not asked. */
static void
test_free_codes (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  g_autoptr(KanSheet) full = describe (desk, "office.establish", NULL), some = NULL;
  const KanQuestion *code;
  const KanViewChoice *choice;

  g_assert_null (find_question (full, "code"));
  g_assert_cmpstr (find_question (full, "title")->page, ==, "Office");
  tamper (desk, "DELETE FROM office WHERE code = 'pension_clerk' OR code = 'pension_assistant'");
  some = describe (desk, "office.establish", NULL);
  code = find_question (some, "code");
  g_assert_cmpint (code->type, ==, KAN_CHOICE);
  g_assert_false (code->must);
  g_assert_cmpuint (code->choices->len, ==, 1);
  choice = g_ptr_array_index (code->choices, 0);
  g_assert_cmpstr (choice->value, ==, "pension_assistant");
  g_assert_cmpstr (choice->label, !=, choice->value);
}

/* Whoever acts for somebody absent is asked why, on a page of its own; whoever acts for themselves is not. */
static void
test_absence (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  g_autoptr(KanSheet) holder = NULL, deputy = NULL;
  const KanQuestion *absence;

  add_cosigner (desk, "sato", "sato's");
  EXPECT_SIGN (desk, "done", "appointment.make", NULL,
               "person=P2 | office=pension_assistant | kind=regular | since=2026-09-01");
  holder = describe (desk, "office.establish", NULL);
  g_assert_null (find_question (holder, "absence"));
  g_clear_pointer (&desk, kan_desk_free);
  desk = open_as (f, KAN_VAULT_WRITE, "sato", "sato's");
  deputy = describe (desk, "place.establish", NULL);
  absence = find_question (deputy, "absence");
  g_assert_cmpstr (absence->page, ==, "In somebody's place");
  g_assert_true (absence->must);
  g_assert_cmpuint (absence->choices->len, ==, 4);
  g_assert_null (find_question (deputy, "absence_before"));
}

int
main (int argc, char *argv[])
{
  g_autoptr(GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  expect (kan_crypto_init (&error), error);
  kan_stretch_set_light (TRUE);
  g_test_add ("/view-sheet/about", Fixture, NULL, office_set_up, test_about, fixture_tear_down);
  g_test_add ("/view-sheet/meaning", Fixture, NULL, office_set_up, test_meaning, fixture_tear_down);
  g_test_add ("/view-sheet/editions", Fixture, NULL, office_set_up, test_editions, fixture_tear_down);
  g_test_add ("/view-sheet/presets", Fixture, NULL, office_set_up, test_presets, fixture_tear_down);
  g_test_add ("/view-sheet/free-codes", Fixture, NULL, office_set_up, test_free_codes, fixture_tear_down);
  g_test_add ("/view-sheet/stands", Fixture, NULL, office_set_up, test_stands, fixture_tear_down);
  g_test_add ("/view-sheet/questions", Fixture, NULL, office_set_up, test_questions, fixture_tear_down);
  g_test_add ("/view-sheet/absence", Fixture, NULL, office_set_up, test_absence, fixture_tear_down);
  return g_test_run ();
}
