/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What differs between two profiles, in words: values changed, things added, removed and moved. */
#include "desk-fixture.h"

#include "desk/kan-profile-words.h"
#include "desk/kan-view.h"

static char *
load (const char *id)
{
  g_autofree char *path = g_strdup_printf ("/io/github/kanribo/Kanribo/profiles/%s.json", id);
  g_autoptr(GBytes) bytes = g_resources_lookup_data (path, 0, NULL);

  g_assert_nonnull (bytes);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* "path before → after", one a line. */
static char *
compare (const char *before, const char *after)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanProfile) one = kan_profile_new_from_json (before, -1, &error);
  g_autoptr(KanProfile) other = error == NULL ? kan_profile_new_from_json (after, -1, &error) : NULL;
  g_autoptr(GPtrArray) changes = NULL;
  GString *out = g_string_new (NULL);

  g_assert_no_error (error);
  changes = kan_profile_compare (one, other);
  for (guint i = 0; i < changes->len; i++)
    {
      const KanProfileChange *change = g_ptr_array_index (changes, i);

      g_string_append_printf (out, "%s %s: %s → %s\n", change->path, change->where,
                              change->before != NULL ? change->before : "-",
                              change->after != NULL ? change->after : "-");
    }
  return g_string_free (out, FALSE);
}

/* Nagasaki's, one text put in another's place. */
static char *
altered (const char *what, const char *with)
{
  g_autofree char *json = load ("nagasaki");
  g_auto(GStrv) parts = g_strsplit (json, what, 2);

  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  return g_strjoinv (with, parts);
}

static void
expect_changes (const char *what, const char *with, const char *expected)
{
  g_autofree char *json = load ("nagasaki"), *other = altered (what, with), *found = compare (json, other);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_same (void)
{
  g_autofree char *json = load ("nagasaki"), *found = compare (json, json);

  g_assert_cmpstr (found, ==, "");
}

static void
test_twin (void)
{
  g_autofree char *one = load ("nagasaki"), *other = load ("fukui"), *found = compare (one, other);

  g_assert_nonnull (strstr (found, "$.levels[3].permit_role Security levels › Level 3: where media are kept › "
                            "Who permits: Chief → System manager\n"));
}

static void
test_values (void)
{
  expect_changes ("\"purge_grace_business_days\": 5", "\"purge_grace_business_days\": 3",
                  "$.numbers.purge_grace_business_days Periods and thresholds › Business days until data must be gone: "
                  "5 → 3\n");
  expect_changes ("\"months\": [2, 4, 6, 8, 10, 12]", "\"months\": [2, 8]",
                  "$.payment.months Payment days › Months: 2, 4, 6, 8, 10, 12 → 2, 8\n");
  expect_changes ("\"deputies\": [\"pension_assistant\", \"pension_head\"]", "\"deputies\": [\"pension_head\"]",
                  "$.offices[pension_manager].deputies Offices › Manager of Pensions › Deputies, in order: Assistant "
                  "Manager of Pensions, Head of the Pensions Section → Head of the Pensions Section\n");
  expect_changes ("\"acts\": {}", "\"acts\": {\"media.record\": {\"may\": [\"operator\"]}}",
                  "$.acts.media.record.may Who may, and whose consent › Record › Who may: - → Operator\n");
}

static void
test_things (void)
{
  const char *clerk = ",\n    {\"id\": \"audit_clerk\", \"title\": {\"en\": \"Audit clerk\", \"ja\": \"監査担当\"}, "
                      "\"roles\": [\"auditor\"]}";

  expect_changes (clerk, "", "$.offices[audit_clerk] Offices › Audit clerk: Audit clerk → -\n");
  expect_changes ("\"年末年始の休業日\"}},\n    {\"month\": 1, \"day\": 2,",
                  "\"年末年始の休業日\"}},\n    {\"month\": 8, \"day\": 15, \"label\": {\"en\": \"Bon\", \"ja\": \"盆\"}},\n"
                  "    {\"month\": 1, \"day\": 2,", "$.closed_days[8-15] Days closed › Bon: - → Bon\n");
}

/* The words of the other language are compared too. */
static void
test_other_language (void)
{
  expect_changes ("\"en\": \"Audit clerk\", \"ja\": \"監査担当\"", "\"en\": \"Audit clerk\", \"ja\": \"監査係\"",
                  "$.offices[audit_clerk].title Offices › Audit clerk › Title: 監査担当 → 監査係\n");
}

static void
test_summary (void)
{
  g_autofree char *json = load ("nagasaki");
  g_autoptr(KanProfile) profile = kan_profile_new_from_json (json, -1, NULL);
  g_autoptr(GPtrArray) lines = kan_profile_summarize (profile);
  const KanProfileLine *levels = g_ptr_array_index (lines, 2), *payments = g_ptr_array_index (lines, 3);

  g_assert_true (g_str_has_prefix (levels->text, "Level 3: where media are kept: Secretary General\n"));
  g_assert_cmpstr (payments->text, ==,
                   "Months 2, 4, 6, 8, 10, 12, on the 15th; on a holiday, the business day before");
}

static void
test_problems (void)
{
  g_autofree char *json = load ("nagasaki"), *unknown = altered ("\"acts\": {}", "\"acts\": {\"no.such\": {}}");
  g_autoptr(GPtrArray) none = kan_profile_problems (json, -1), one = kan_profile_problems (unknown, -1);
  g_autoptr(GPtrArray) broken = kan_profile_problems ("{", -1);

  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_true (g_str_has_prefix (g_ptr_array_index (one, 0), "$.acts"));
  g_assert_cmpuint (broken->len, >, 0);
}

/* --- told with the record ------------------------------------------------------------------------------------- */

#define GRACE "Periods and thresholds › Business days until data must be gone: "

static KanDesk *
set_up_adopted (Fixture *f, const char *what, const char *with, const char *from)
{
  KanDesk *desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  g_autofree char *json = altered (what, with), *answers = g_strdup_printf ("in_force_from=%s | json=%s", from, json);

  add_cosigner (desk, "sato", "sato's");
  EXPECT_SIGN (desk, "done", "profile.adopt", NULL, answers);
  return desk;
}

static char *
changes_of (KanDesk *desk, const char *subject)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanRecordView) view = kan_desk_view_record (desk, subject, now, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < view->fields->len; i++)
    {
      const KanViewField *field = g_ptr_array_index (view->fields, i);

      if (strcmp (field->id, "changes") == 0)
        return g_strdup (field->shown);
    }
  return NULL;
}

/* Each against the one whose place it took, however many came after it; the founding one takes nobody's. */
static void
test_record (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = set_up_adopted (f, "\"purge_grace_business_days\": 5", "\"purge_grace_business_days\": 3",
                                            "2026-09-21");
  g_autofree char *first = NULL, *second = NULL, *third = NULL;

  kan_desk_free (desk);
  desk = set_up_adopted (f, "\"purge_grace_business_days\": 5", "\"purge_grace_business_days\": 4", "2026-09-21");
  first = changes_of (desk, "V1");
  second = changes_of (desk, "V2");
  third = changes_of (desk, "V3");
  g_assert_null (first);
  g_assert_cmpstr (second, ==, GRACE "5 → 3");
  g_assert_cmpstr (third, ==, GRACE "3 → 4");
}

/* Whoever signs sees no text of a machine, and what it changes; so does who is asked afterwards. */
static void
test_review (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  g_autofree char *json = altered ("\"purge_grace_business_days\": 5", "\"purge_grace_business_days\": 3"),
                  *answers = g_strdup_printf ("in_force_from=2026-10-01 | json=%s", json);
  g_autoptr(KanAnswers) typed = kan_answers_new ("profile.adopt", NULL);
  g_autoptr(KanReview) review = NULL;
  g_autoptr(GPtrArray) pending = NULL;
  GPtrArray *asked;

  kan_answers_set (typed, "json", json);
  kan_answers_set (typed, "in_force_from", "2026-10-01");
  review = kan_desk_review (desk, typed, now, NULL);
  g_assert_true (g_str_has_prefix (((KanReviewLine *) g_ptr_array_index (review->lines, 0))->shown, "Nagasaki"));
  g_assert_cmpstr (((KanReviewLine *) g_ptr_array_index (review->lines, 1))->shown, ==, GRACE "5 → 3");
  EXPECT_SIGN (desk, "waits", "profile.adopt", NULL, answers);
  pending = kan_desk_view_pending (desk, now, NULL);
  g_assert_cmpuint (pending->len, ==, 1);
  asked = ((KanViewPending *) g_ptr_array_index (pending, 0))->lines;
  g_assert_cmpstr (((KanReviewLine *) g_ptr_array_index (asked, 1))->shown, ==, GRACE "5 → 3");
}

int
main (int argc, char **argv)
{
  g_autoptr(GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  expect (kan_crypto_init (&error), error);
  kan_stretch_set_light (TRUE);
  g_test_add ("/profile-changes/record", Fixture, NULL, office_set_up, test_record, fixture_tear_down);
  g_test_add ("/profile-changes/review", Fixture, NULL, office_set_up, test_review, fixture_tear_down);
  g_test_add_func ("/profile-changes/same", test_same);
  g_test_add_func ("/profile-changes/twin", test_twin);
  g_test_add_func ("/profile-changes/values", test_values);
  g_test_add_func ("/profile-changes/things", test_things);
  g_test_add_func ("/profile-changes/other-language", test_other_language);
  g_test_add_func ("/profile-changes/summary", test_summary);
  g_test_add_func ("/profile-changes/problems", test_problems);
  return g_test_run ();
}
