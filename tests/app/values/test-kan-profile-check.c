/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What must hold between the parts of a profile where several of them are at fault, and ids that the program lacks. */
#include "values/kan-profile.h"

#include <string.h>

static char *
read_valid (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "app", "values", "profiles", "valid.json", NULL);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

/* Each pair replaces one piece of the text by another. */
static char *
altered (const char *const *pairs)
{
  char *json = read_valid ();

  for (; *pairs != NULL; pairs += 2)
    {
      g_auto(GStrv) parts = g_strsplit (json, pairs[0], 2);

      g_assert_cmpuint (g_strv_length (parts), ==, 2);
      g_free (json);
      json = g_strjoinv (pairs[1], parts);
    }
  return json;
}

/* Faults in different parts do not hide each other, and each is told once. */
static void
test_several (void)
{
  static const char *const levels[] = { "{\"level\": 3,", "{\"level\": 1,", NULL };
  static const char *const roles[] = {
    "\"roles\": [\"chief\"]", "\"roles\": []", "\"deputies\": [\"second\"]", "\"deputies\": [\"third\", \"head\"]",
    "\"permit_role\": \"chief\"", "\"permit_role\": \"operator\"", NULL
  };
  static const char *const auditors[] = { "\"roles\": [\"chief\"]", "\"roles\": [\"chief\", \"auditor\"]", NULL };
  static const char *const methods[] = {
    "\"erasure\": [\"overwrite\"]", "\"erasure\": [\"melt\"]", "\"destruction\": [\"shred\"]",
    "\"destruction\": [\"melt\", \"shred\"]", NULL
  };
  static const struct { const char *const *pairs; const char *const problems[5]; } cases[] = {
    { levels, { "$.levels: level 1 must stand here once", "$.levels: level 3 must stand here once" } },
    { roles, { "$.offices[0].deputies[0]: “third” is not defined in this profile",
               "$.offices[0].deputies: “head” cannot be its own deputy",
               "$.offices: no office carries the role “chief”",
               "$.levels[0].permit_role: “operator” comes by designation of a person, not with an office" } },
    { auditors, { "$.offices[0].roles: an auditor only reads: the office carries no other role" } },
    { methods, { "$.media_kinds[0].erasure[0]: “melt” is not defined in this profile",
                 "$.media_kinds[0].destruction[0]: “melt” is not defined in this profile" } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json = altered (cases[i].pairs);
      g_autoptr(GPtrArray) problems = kan_profile_check (json, -1);
      guint n = 0;

      for (guint k = 0; k < problems->len; k++)
        g_test_message ("%s", (char *) g_ptr_array_index (problems, k));
      for (; cases[i].problems[n] != NULL; n++)
        {
          g_assert_cmpuint (problems->len, >, n);
          g_assert_cmpstr (g_ptr_array_index (problems, n), ==, cases[i].problems[n]);
        }
      g_assert_cmpuint (problems->len, ==, n);
    }
}

/* What is not asked about is not checked; a profile that names nothing has no problem. */
static void
test_ids (void)
{
  static const char *const no_ids[] = { NULL };
  static const char *const acts[] = { "operator.designate", "takeout.request", "media.check", NULL };
  g_autofree char *json = read_valid ();
  g_autoptr(GError) error = NULL;
  g_autoptr(KanProfile) profile = kan_profile_new_from_json (json, -1, &error);
  g_autoptr(GPtrArray) unasked = NULL, all = NULL, some = NULL;

  g_assert_no_error (error);
  unasked = kan_profile_check_ids (profile, NULL, NULL, NULL);
  some = kan_profile_check_ids (profile, acts, NULL, NULL);
  all = kan_profile_check_ids (profile, no_ids, NULL, NULL);
  g_assert_cmpuint (unasked->len, ==, 0);
  g_assert_cmpuint (some->len, ==, 0);
  g_assert_cmpuint (all->len, ==, 3);
  g_assert_cmpstr (g_ptr_array_index (all, 0), ==, "$.not_by_deputy[0]: the program knows no such id");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/profile-check/several", test_several);
  g_test_add_func ("/profile-check/ids", test_ids);
  return g_test_run ();
}
