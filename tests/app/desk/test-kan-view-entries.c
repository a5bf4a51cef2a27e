/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entries to choose from: what can be put right, taken back or removed, and why the rest cannot. */
#include "desk-fixture.h"

#include "desk/kan-view.h"

/* M1 stands registered, was stored and marked unerasable with a remark. */
static KanDesk *
set_up_entries (Fixture *f)
{
  KanDesk *desk = set_up_media (f);

  EXPECT_SIGN (desk, "done", "media.store", "M1", "place=L1");
  EXPECT_SIGN (desk, "done", "media.erase_failed", "M1", "erasure=overwrite | erasure_tool=v1 | note=書込\nエラー");
  return desk;
}

static GPtrArray *
list_entries (KanDesk *desk, const char *kind, const char *subject)
{
  g_autoptr(GError) error = NULL;
  GPtrArray *entries = kan_desk_list_entries (desk, kind, subject, now, &error);

  g_assert_no_error (error);
  return entries;
}

/* "Store!, Register a medium": the titles, "!" behind those that cannot be meant. */
static char *
describe (KanDesk *desk, const char *kind, const char *subject)
{
  g_autoptr(GPtrArray) entries = list_entries (desk, kind, subject);
  GString *out = g_string_new (NULL);
  gint64 before = G_MAXINT64;

  for (guint i = 0; i < entries->len; i++)
    {
      const KanViewEntry *entry = g_ptr_array_index (entries, i);

      g_test_message ("%s: %s", entry->title, entry->reason);
      g_assert_cmpint (entry->seq, <, before);
      g_assert_nonnull (strstr (entry->who, "佐藤 花子"));
      g_assert_nonnull (entry->when);
      g_string_append_printf (out, "%s%s%s", i > 0 ? ", " : "", entry->title, entry->reason != NULL ? "!" : "");
      before = entry->seq;
    }
  return g_string_free (out, FALSE);
}

#define EXPECT_ENTRIES(desk, kind, subject, expected) G_STMT_START { \
    g_autofree char *entries_ = describe (desk, kind, subject); \
    g_assert_cmpstr (entries_, ==, expected); } G_STMT_END

static void
test_entries (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = set_up_entries (f);
  g_autoptr(GPtrArray) correct = NULL, redact = NULL;

  EXPECT_ENTRIES (desk, "act.correct", "M1", "Record a failed erasure, Store!, Register a medium");
  EXPECT_ENTRIES (desk, "text.redact", "M1", "Record a failed erasure, Store!, Register a medium!");
  EXPECT_ENTRIES (desk, "act.correct", "M99", "");
  EXPECT_ENTRIES (desk, "act.correct", "nonsense", "");
  correct = list_entries (desk, "act.correct", "M1");
  redact = list_entries (desk, "text.redact", "M1");
  g_assert_cmpstr (((KanViewEntry *) g_ptr_array_index (correct, 1))->reason, ==,
                   "Nothing in it can be corrected");
  g_assert_cmpstr (((KanViewEntry *) g_ptr_array_index (redact, 2))->reason, ==, "There is no free text in it");
  /* who may do neither is told so at each */
  g_clear_pointer (&desk, kan_desk_free);
  desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  EXPECT_ENTRIES (desk, "act.correct", "M1", "Record a failed erasure!, Store!, Register a medium!");
}

/* Numbers, on which approvals depend, are put right by an act of their register, which is named with why it cannot be
 * begun. */
static void
test_restating (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = set_up_entries (f);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) medium = kan_desk_list_restating (desk, "M1", now, &error);
  g_autoptr(GPtrArray) place = kan_desk_list_restating (desk, "L1", now, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (medium->len, ==, 1);
  g_assert_cmpstr (((KanViewOffer *) g_ptr_array_index (medium, 0))->kind, ==, "media.restate");
  g_assert_cmpstr (((KanViewOffer *) g_ptr_array_index (medium, 0))->subject, ==, "M1");
  g_assert_cmpuint (place->len, ==, 0);
}

/* Only the last can be taken back, once; taking back is no entry of its own, but the last. */
static void
test_taking_back (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = set_up_media (f);
  g_autofree char *undo = NULL;

  EXPECT_SIGN (desk, "done", "place.amend", "L1", "room=二階");
  EXPECT_ENTRIES (desk, "act.void", "L1", "Change particulars, Establish a place!");
  undo = g_strdup_printf ("act=%d | reason=誤記", (int) ask_desk (desk, "SELECT max(seq) FROM act"));
  EXPECT_SIGN (desk, "done", "act.void", "L1", undo);
  EXPECT_ENTRIES (desk, "act.void", "L1", "Change particulars!, Establish a place!");
  EXPECT_ENTRIES (desk, "act.correct", "L1", "Change particulars!, Establish a place");
}

/* "model 角, serial SN-1": by key as shown. */
static char *
describe_answers (KanDesk *desk, const char *kind, const char *subject, gint64 seq)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) answers = kan_desk_list_answers (desk, kind, subject, seq, &error);
  GString *out = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < answers->len; i++)
    {
      const KanViewAnswer *answer = g_ptr_array_index (answers, i);

      g_assert_cmpstr (answer->question->key, ==, "value");
      g_assert_cmpstr (answer->question->label, ==, "What it should be");
      g_assert_true (answer->question->must);
      g_assert_cmpuint (strlen (answer->label), >, 0);
      g_string_append_printf (out, "%s%s %s", i > 0 ? ", " : "", answer->key, answer->shown);
    }
  return g_string_free (out, FALSE);
}

#define EXPECT_ANSWERS(desk, kind, subject, seq, expected) G_STMT_START { \
    g_autofree char *answers_ = describe_answers (desk, kind, subject, seq); \
    g_assert_cmpstr (answers_, ==, expected); } G_STMT_END

static void
test_answers (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = set_up_entries (f);
  gint64 failed = ask_desk (desk, "SELECT max(seq) FROM act"), stored = failed - 1, registered = failed - 2;
  g_autofree char *correct = g_strdup_printf ("act=%d | question=model | value=渡邉\U000e0101製作所 | reason=誤記",
                                              (int) registered);

  EXPECT_ANSWERS (desk, "act.correct", "M1", registered, "model 角");
  EXPECT_ANSWERS (desk, "act.correct", "M1", stored, "");
  EXPECT_ANSWERS (desk, "act.correct", "M1", failed, "erasure_tool v1");
  EXPECT_ANSWERS (desk, "text.redact", "M1", failed, "note 書込\nエラー");
  EXPECT_ANSWERS (desk, "text.redact", "M1", registered, "");
  /* another record's entry, and none at all */
  EXPECT_ANSWERS (desk, "act.correct", "L1", registered, "");
  EXPECT_ANSWERS (desk, "act.correct", "M1", 1, "");
  EXPECT_ANSWERS (desk, "act.correct", "M1", 9999, "");
  EXPECT_ANSWERS (desk, "act.correct", "M99", registered, "");
  /* as it stands by now */
  EXPECT_SIGN (desk, "done", "act.correct", "M1", correct);
  EXPECT_ANSWERS (desk, "act.correct", "M1", registered, "model 渡邉\U000e0101製作所");
}

/* Lost yesterday, entered today. */
static void
sign_late (KanDesk *desk)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanDraft) draft = kan_draft_new (kan_desk_get_book (desk), "media.lost", "M1", &error);
  g_autoptr(KanOutcome) outcome = NULL;

  now += 2 * 86400;
  kan_draft_set (draft, "note", "見当たらない");
  kan_draft_set (draft, "late_reason", "担当者不在");
  kan_draft_set_happened (draft, "2026-09-22T10:00");
  outcome = kan_desk_sign (desk, draft, now, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < outcome->refusals->len; i++)
    g_test_message ("%s", ((KanRefusal *) g_ptr_array_index (outcome->refusals, i))->why);
  g_assert_cmpint (outcome->seq, >, 0);
}

/* Why a rule was not met, why an entry comes late, why a decision was a no: these are texts as well. */
static void
test_reasons (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = set_up_entries (f);
  g_autofree char *redact = NULL;
  gint64 late;

  sign_late (desk);
  late = ask_desk (desk, "SELECT max(seq) FROM act");
  EXPECT_ANSWERS (desk, "text.redact", "M1", late, "note 見当たらない, late_reason 担当者不在");
  add_cosigner (desk, "chief", "chief's");
  redact = g_strdup_printf ("act=%d | question=late_reason | reason=個人情報", (int) late);
  EXPECT_SIGN (desk, "done", "text.redact", "M1", redact);
  EXPECT_ANSWERS (desk, "text.redact", "M1", late, "note 見当たらない");
  /* its own reason can go in turn */
  EXPECT_ANSWERS (desk, "text.redact", "M1", late + 1, "reason 個人情報");
}

/* Text that was removed is not there to be removed again. */
static void
test_removed_text (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = set_up_entries (f);
  gint64 failed = ask_desk (desk, "SELECT max(seq) FROM act");
  g_autofree char *redact = g_strdup_printf ("act=%d | question=note | reason=個人情報", (int) failed);

  add_cosigner (desk, "chief", "chief's");
  EXPECT_SIGN (desk, "done", "text.redact", "M1", redact);
  EXPECT_ANSWERS (desk, "text.redact", "M1", failed, "");
  EXPECT_ENTRIES (desk, "text.redact", "M1", "Remove text, Record a failed erasure!, Store!, Register a medium!");
}

int
main (int argc, char *argv[])
{
  g_autoptr(GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  expect (kan_crypto_init (&error), error);
  kan_stretch_set_light (TRUE);
  g_test_add ("/view-entries/entries", Fixture, NULL, office_set_up, test_entries, fixture_tear_down);
  g_test_add ("/view-entries/restating", Fixture, NULL, office_set_up, test_restating, fixture_tear_down);
  g_test_add ("/view-entries/taking-back", Fixture, NULL, office_set_up, test_taking_back, fixture_tear_down);
  g_test_add ("/view-entries/answers", Fixture, NULL, office_set_up, test_answers, fixture_tear_down);
  g_test_add ("/view-entries/reasons", Fixture, NULL, office_set_up, test_reasons, fixture_tear_down);
  g_test_add ("/view-entries/removed-text", Fixture, NULL, office_set_up, test_removed_text, fixture_tear_down);
  return g_test_run ();
}
