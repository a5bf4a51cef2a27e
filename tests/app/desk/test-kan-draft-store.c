/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drafts: kept over reopening, for their author only, and no part of what is verified. */
#include "desk-fixture.h"

#include "desk/kan-view.h"

static gint64
save (KanDesk *desk, gint64 id, const char *label)
{
  g_autoptr(KanAnswers) answers = kan_answers_new ("media.register", NULL);
  g_autoptr(GError) error = NULL;

  kan_answers_set (answers, "label", label);
  now += 60;
  expect (kan_desk_save_draft (desk, &id, answers, now, &error), error);
  return id;
}

static guint
n_drafts (KanDesk *desk)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) drafts = kan_desk_list_drafts (desk, &error);

  g_assert_no_error (error);
  return drafts->len;
}

static void
test_keep (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = open_as (f, KAN_VAULT_WRITE, "sato", "sato's");
  g_autoptr(KanAnswers) answers = NULL;
  g_autoptr(GPtrArray) drafts = NULL;
  g_autoptr(GError) error = NULL;
  gint64 id = save (desk, 0, "ＵＳＢ１");

  g_assert_cmpint (save (desk, id, "ＵＳＢ２"), ==, id);
  g_assert_cmpint (save (desk, 0, "ＵＳＢ３"), !=, id);
  g_clear_pointer (&desk, kan_desk_free);
  desk = open_as (f, KAN_VAULT_WRITE, "sato", "sato's");
  drafts = kan_desk_list_drafts (desk, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (drafts->len, ==, 2);
  g_assert_cmpstr (((KanViewDraft *) g_ptr_array_index (drafts, 0))->kind, ==, "media.register");
  g_assert_cmpstr (((KanViewDraft *) g_ptr_array_index (drafts, 0))->title, ==, "Register a medium");
  answers = kan_desk_load_draft (desk, id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (kan_answers_get (answers, "label"), ==, "ＵＳＢ２");
  expect (kan_desk_drop_draft (desk, id, &error), error);
  g_assert_null (kan_desk_load_draft (desk, id, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_MISSING);
  g_assert_cmpuint (n_drafts (desk), ==, 1);
}

static void
expect_title (KanDesk *desk, const char *kind, const char *act, const char *as, const char *title)
{
  g_autoptr(KanAnswers) answers = kan_answers_new (kind, NULL);
  g_autoptr(GPtrArray) drafts = NULL;
  g_autoptr(GError) error = NULL;
  gint64 id = 0;

  kan_answers_set (answers, "act", act);
  kan_answers_set (answers, "as", as);
  expect (kan_desk_save_draft (desk, &id, answers, now, &error), error);
  drafts = kan_desk_list_drafts (desk, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (drafts->len, ==, 1);
  g_assert_cmpstr (((KanViewDraft *) g_ptr_array_index (drafts, 0))->title, ==, title);
  expect (kan_desk_drop_draft (desk, id, &error), error);
}

/* What was begun by “Do not countersign” is not found again under the words of every article at once. */
static void
test_titles (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = open_as (f, KAN_VAULT_WRITE, "sato", "sato's");

  expect_title (desk, "hand.refuse", "1", "second", "Do not countersign");
  expect_title (desk, "hand.give", "1", "second", "Countersign");
  expect_title (desk, "hand.ask_back", "1", "second", "Ask back");
  expect_title (desk, "hand.give", "999", "second", "Sign");
}

/* Who holds the file key still cannot read what somebody else has typed. */
static void
test_sealed (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = open_as (f, KAN_VAULT_WRITE, "sato", "sato's");
  g_autoptr(GError) error = NULL;
  gint64 id = save (desk, 0, "秘密の登録番号");

  g_assert_cmpint (ask_desk (desk, "SELECT count(*) FROM draft WHERE instr (sealed, CAST ('秘密' AS BLOB))"), ==, 0);
  g_clear_pointer (&desk, kan_desk_free);
  desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  g_assert_cmpuint (n_drafts (desk), ==, 0);
  g_assert_null (kan_desk_load_draft (desk, id, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_LOCKED);
  g_clear_error (&error);
  expect (kan_desk_drop_draft (desk, id, &error), error);
  g_assert_cmpint (ask_desk (desk, "SELECT count(*) FROM draft"), ==, 1);
  tamper (desk, "UPDATE draft SET person = 1");
  g_assert_cmpuint (n_drafts (desk), ==, 0);
}

static void
test_read_only (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = open_as (f, KAN_VAULT_READ, "sato", "sato's");
  g_autoptr(KanAnswers) answers = kan_answers_new ("media.register", NULL);
  g_autoptr(GError) error = NULL;
  gint64 id = 0;

  g_assert_false (kan_desk_save_draft (desk, &id, answers, now, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_READ_ONLY);
  g_assert_cmpint (id, ==, 0);
}

static void
test_verified (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = open_as (f, KAN_VAULT_WRITE, "sato", "sato's");
  g_autoptr(KanVerdict) verdict = NULL;
  g_autoptr(GError) error = NULL;
  KanVerifyOptions options = { 0 };

  save (desk, 0, "ＵＳＢ１");
  verdict = kan_desk_verify (desk, &options, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (verdict->faults->len, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_autoptr(GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  expect (kan_crypto_init (&error), error);
  kan_stretch_set_light (TRUE);
  g_test_add ("/draft-store/keep", Fixture, NULL, office_set_up, test_keep, fixture_tear_down);
  g_test_add ("/draft-store/titles", Fixture, NULL, office_set_up, test_titles, fixture_tear_down);
  g_test_add ("/draft-store/sealed", Fixture, NULL, office_set_up, test_sealed, fixture_tear_down);
  g_test_add ("/draft-store/read-only", Fixture, NULL, office_set_up, test_read_only, fixture_tear_down);
  g_test_add ("/draft-store/verified", Fixture, NULL, office_set_up, test_verified, fixture_tear_down);
  return g_test_run ();
}
