/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Member by member: which must stand in a profile, between which limits, and that a problem names its place. */
#include "values/kan-profile.h"

#include <json-glib/json-glib.h>
#include <string.h>

static JsonNode *
read_valid (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "app", "values", "profiles", "valid.json", NULL);
  g_autofree char *text = NULL;
  JsonNode *root;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  root = json_from_string (text, NULL);
  g_assert_nonnull (root);
  return root;
}

static JsonNode *
child_of (JsonNode *node, const char *step)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    return json_array_get_element (json_node_get_array (node), (guint) g_ascii_strtoull (step, NULL, 10));
  return json_object_get_member (json_node_get_object (node), step);
}

/* The problems of a profile in which the member at "a/0/b" is `value`, or gone where that is %NULL. */
static GPtrArray *
check_with (const char *at, const char *value)
{
  g_autoptr(JsonNode) root = read_valid ();
  g_auto(GStrv) steps = g_strsplit (at, "/", -1);
  guint n = g_strv_length (steps);
  JsonNode *node = root;
  g_autofree char *json = NULL;

  for (guint i = 0; i + 1 < n; i++)
    {
      node = child_of (node, steps[i]);
      g_assert_nonnull (node);
    }
  if (value != NULL)
    json_object_set_member (json_node_get_object (node), steps[n - 1], json_from_string (value, NULL));
  else
    json_object_remove_member (json_node_get_object (node), steps[n - 1]);
  json = json_to_string (root, FALSE);
  return kan_profile_check (json, -1);
}

/* "$.a[0].b" of "a/0/b", "$.a[\"b.c\"]" of "a/b.c" */
static char *
place_of (const char *at)
{
  g_auto(GStrv) steps = g_strsplit (at, "/", -1);
  GString *out = g_string_new ("$");

  for (char **step = steps; *step != NULL; step++)
    if (strchr (*step, '.') != NULL)
      g_string_append_printf (out, "[\"%s\"]", *step);
    else
      g_string_append_printf (out, g_ascii_isdigit (**step) ? "[%s]" : ".%s", *step);
  return g_string_free (out, FALSE);
}

/* Whether a problem at that place, or within it, is told. */
static gboolean
tells_of (GPtrArray *problems, const char *at)
{
  g_autofree char *place = place_of (at);

  for (guint i = 0; i < problems->len; i++)
    {
      const char *problem = g_ptr_array_index (problems, i);

      g_test_message ("%s", problem);
      if (g_str_has_prefix (problem, place) && strchr (":[.", problem[strlen (place)]) != NULL)
        return TRUE;
    }
  return FALSE;
}

/* --- what must stand ------------------------------------------------------------------------------------------ */

/* Spaces between; what an association may leave untold is in the second list. */
#define MUST "id title title/en title/ja association regulation outside offices offices/0/id offices/0/title " \
  "offices/0/roles levels levels/0/level levels/0/label levels/0/permit_role levels/0/verb payment payment/day " \
  "payment/months payment/move closed_days/0/month closed_days/0/day closed_days/0/label working_hours " \
  "working_hours/from working_hours/until numbers numbers/purge_grace_business_days numbers/approval_valid_days " \
  "numbers/bulk_count numbers/late_return_hours numbers/media_check_days numbers/stocktake_days " \
  "numbers/rule_review_months numbers/history_years flags flags/off_cycle_counts " \
  "flags/early_destruction_needs_approval flags/council_in_writing media_kinds media_kinds/0/id media_kinds/0/label " \
  "media_kinds/0/unit media_kinds/0/serial media_kinds/0/needs_rule media_kinds/0/reusable media_kinds/0/erasure " \
  "media_kinds/0/destruction erasure erasure/0/id erasure/0/label erasure/0/level destruction purposes purposes/0/id " \
  "purposes/0/label purposes/0/article vocabularies vocabularies/absence/0/id vocabularies/absence/0/label articles " \
  "articles/0/no articles/0/title articles/0/summary clauses clauses/0/no clauses/0/title series " \
  "series/takeout/title series/takeout/format filing " \
  "filing/default/category filing/default/years forms/certificate/title"
#define MAY_LACK "address telephone offices/0/deputies not_by_deputy acts acts/takeout.request/may " \
  "acts/takeout.request/hands acts/media.check/title forms closed_days erasure/0/standard articles/0/by_item " \
  "clauses/1/may_not_apply"

static void
test_lacking (void)
{
  g_auto(GStrv) must = g_strsplit (MUST, " ", -1), may = g_strsplit (MAY_LACK, " ", -1);

  for (char **at = must; *at != NULL; at++)
    {
      g_autoptr(GPtrArray) problems = check_with (*at, NULL);

      if (!tells_of (problems, *at))
        g_error ("a profile without %s is taken", *at);
    }
  for (char **at = may; *at != NULL; at++)
    {
      g_autoptr(GPtrArray) problems = check_with (*at, NULL);

      if (tells_of (problems, *at))
        g_error ("a profile without %s is refused", *at);
    }
}

/* --- what may stand there ------------------------------------------------------------------------------------- */

static void
test_limits (void)
{
  static const struct { const char *at; gint64 least, most; } table[] = {
    { "payment/day", 1, 28 }, { "closed_days/0/month", 1, 12 },
    { "numbers/purge_grace_business_days", 0, 30 }, { "numbers/approval_valid_days", 1, 366 },
    { "numbers/bulk_count", 1, 10000000 }, { "numbers/late_return_hours", 0, 720 },
    { "numbers/media_check_days", 1, 366 }, { "numbers/stocktake_days", 1, 366 },
    { "numbers/rule_review_months", 1, 120 }, { "numbers/history_years", 7, 100 },      /* 7 years: Article 20 */
    { "filing/default/years", 1, 100 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      const gint64 values[] = { table[i].least, table[i].most, table[i].least - 1, table[i].most + 1 };

      for (guint k = 0; k < 4; k++)
        {
          g_autofree char *value = g_strdup_printf ("%" G_GINT64_FORMAT, values[k]);
          g_autoptr(GPtrArray) problems = check_with (table[i].at, value);

          g_test_message ("%s = %s", table[i].at, value);
          g_assert_cmpint (tells_of (problems, table[i].at), ==, k >= 2);
        }
    }
}

static void
test_values (void)
{
  static const struct { const char *at, *value; gboolean taken; } table[] = {
    { "id", "\"next.office_2\"", TRUE }, { "id", "\"Next\"", FALSE }, { "id", "\"組合\"", FALSE },
    { "id", "\"\"", FALSE },
    { "id", "7", FALSE }, { "address", "\"一\\n二\"", FALSE }, { "address", "null", FALSE },
    { "title", "\"Title\"", FALSE }, { "title", "{\"en\": \"\", \"ja\": \"題\"}", FALSE },
    { "title", "{\"en\": \"T\", \"ja\": \"題\", \"de\": \"T\"}", FALSE },
    { "offices", "[]", FALSE }, { "offices", "{}", FALSE }, { "offices/0/roles", "\"chief\"", FALSE },
    { "offices/0/roles", "[\"chief\", \"chief\"]", FALSE },
    { "levels/0/verb", "\"permit\"", TRUE }, { "levels/0/verb", "\"designate\"", TRUE },
    { "levels/0/verb", "\"allow\"", FALSE },
    { "acts/takeout.request/may", "[]", FALSE }, { "acts/takeout.request/hands", "[]", FALSE },
    { "payment/day", "15.5", FALSE }, { "payment/day", "\"15\"", FALSE }, { "payment/months", "[]", FALSE },
    { "payment/months", "[12]", TRUE }, { "payment/months", "[0]", FALSE }, { "payment/months", "[13]", FALSE },
    { "payment/move", "\"next_business_day\"", FALSE },
    { "working_hours/from", "\"00:00\"", TRUE }, { "working_hours/from", "\"8:30\"", FALSE },
    { "working_hours/until", "\"24:00\"", FALSE }, { "working_hours/until", "\"17:60\"", FALSE },
    { "flags/off_cycle_counts", "1", FALSE }, { "flags/off_cycle_counts", "true", TRUE },
    { "media_kinds/0/unit", "\"sheet\"", TRUE }, { "media_kinds/0/unit", "\"box\"", FALSE },
    { "media_kinds/1/erasure", "[]", TRUE }, { "media_kinds/0/destruction", "[]", FALSE },
    { "erasure/0/level", "\"purge\"", TRUE }, { "erasure/0/level", "\"burn\"", FALSE },
    { "purposes/0/article", "\"10-1\"", TRUE }, { "purposes/0/article", "\"第10条\"", FALSE },
    { "articles/0/by_item", "\"yes\"", FALSE }, { "clauses/0/no", "0", FALSE },
    { "vocabularies/absence", "[]", FALSE }, { "vocabularies/absence", "{}", FALSE },
    { "series/takeout/nonsense", "1", FALSE }, { "nonsense", "1", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(GPtrArray) problems = check_with (table[i].at, table[i].value);

      g_test_message ("%s = %s", table[i].at, table[i].value);
      g_assert_cmpint (tells_of (problems, table[i].at), ==, !table[i].taken);
    }
}

/* Read into its own place: no two members share one, none is lost. */
static void
test_read (void)
{
  static const struct { const char *id; gint64 value; } numbers[] = {
    { "purge_grace_business_days", 11 }, { "approval_valid_days", 12 }, { "bulk_count", 13 },
    { "late_return_hours", 14 },
    { "media_check_days", 15 }, { "stocktake_days", 16 }, { "rule_review_months", 17 }, { "history_years", 18 },
  };
  g_autoptr(JsonNode) root = read_valid ();
  g_autofree char *json = NULL;
  g_autoptr(GError) error = NULL;
  KanProfile *profile;

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    json_object_set_int_member (json_object_get_object_member (json_node_get_object (root), "numbers"), numbers[i].id,
                                numbers[i].value);
  json = json_to_string (root, FALSE);
  profile = kan_profile_new_from_json (json, -1, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    g_assert_cmpint (kan_profile_number (profile, numbers[i].id), ==, numbers[i].value);
  g_assert_true (kan_profile_flag (profile, "early_destruction_needs_approval"));
  g_assert_false (kan_profile_flag (profile, "off_cycle_counts"));
  g_assert_false (kan_profile_flag (profile, "council_in_writing"));
  kan_profile_unref (profile);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/profile-shape/lacking", test_lacking);
  g_test_add_func ("/profile-shape/limits", test_limits);
  g_test_add_func ("/profile-shape/values", test_values);
  g_test_add_func ("/profile-shape/read", test_read);
  return g_test_run ();
}
