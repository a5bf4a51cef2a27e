/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What differs between two profiles, in words: values changed, things added, removed and moved. */
#include "desk/kan-profile-words.h"

#include <gio/gio.h>
#include <string.h>

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
expect (const char *what, const char *with, const char *expected)
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
  expect ("\"purge_grace_business_days\": 5", "\"purge_grace_business_days\": 3",
          "$.numbers.purge_grace_business_days Periods and thresholds › Business days until data must be gone: "
          "5 → 3\n");
  expect ("\"months\": [2, 4, 6, 8, 10, 12]", "\"months\": [2, 8]",
          "$.payment.months Payment days › Months: 2, 4, 6, 8, 10, 12 → 2, 8\n");
  expect ("\"deputies\": [\"pension_assistant\", \"pension_head\"]", "\"deputies\": [\"pension_head\"]",
          "$.offices[pension_manager].deputies Offices › Manager of Pensions › Deputies, in order: Assistant Manager "
          "of Pensions, Head of the Pensions Section → Head of the Pensions Section\n");
  expect ("\"acts\": {}", "\"acts\": {\"media.record\": {\"may\": [\"operator\"]}}",
          "$.acts.media.record.may Who may, and whose consent › Record › Who may: - → Operator\n");
}

static void
test_things (void)
{
  const char *clerk = ",\n    {\"id\": \"audit_clerk\", \"title\": {\"en\": \"Audit clerk\", \"ja\": \"監査担当\"}, "
                      "\"roles\": [\"auditor\"]}";

  expect (clerk, "", "$.offices[audit_clerk] Offices › Audit clerk: Audit clerk → -\n");
  expect ("\"年末年始の休業日\"}},\n    {\"month\": 1, \"day\": 2,",
          "\"年末年始の休業日\"}},\n    {\"month\": 8, \"day\": 15, \"label\": {\"en\": \"Bon\", \"ja\": \"盆\"}},\n"
          "    {\"month\": 1, \"day\": 2,", "$.closed_days[8-15] Days closed › Bon: - → Bon\n");
}

/* The words of the other language are compared too. */
static void
test_other_language (void)
{
  expect ("\"en\": \"Audit clerk\", \"ja\": \"監査担当\"", "\"en\": \"Audit clerk\", \"ja\": \"監査係\"",
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/profile-changes/same", test_same);
  g_test_add_func ("/profile-changes/twin", test_twin);
  g_test_add_func ("/profile-changes/values", test_values);
  g_test_add_func ("/profile-changes/things", test_things);
  g_test_add_func ("/profile-changes/other-language", test_other_language);
  g_test_add_func ("/profile-changes/summary", test_summary);
  g_test_add_func ("/profile-changes/problems", test_problems);
  return g_test_run ();
}
