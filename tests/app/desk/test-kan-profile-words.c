/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A profile in words: what matters most in short, and every problem of its text. */
#include "desk/kan-profile-words.h"

#include <gio/gio.h>
#include <string.h>

static char *
resource (const char *name)
{
  g_autofree char *path = g_strdup_printf ("/io/github/kanribo/Kanribo/profiles/%s.json", name);
  g_autoptr(GBytes) bytes = g_resources_lookup_data (path, 0, NULL);

  g_assert_nonnull (bytes);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* The profile's text with one thing said otherwise. */
static char *
with (const char *name, const char *from, const char *to)
{
  g_autofree char *json = resource (name);
  g_auto(GStrv) parts = g_strsplit (json, from, 2);

  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  return g_strjoinv (to, parts);
}

static const char *
text_of (GPtrArray *lines, const char *label)
{
  for (guint i = 0; i < lines->len; i++)
    if (strcmp (((KanProfileLine *) g_ptr_array_index (lines, i))->label, label) == 0)
      return ((KanProfileLine *) g_ptr_array_index (lines, i))->text;
  g_assert_not_reached ();
}

static void
test_summary (void)
{
  g_autofree char *json = with ("nagasaki", "\"purge_grace_business_days\": 5", "\"purge_grace_business_days\": 12");
  g_autoptr(GError) error = NULL;
  g_autoptr(KanProfile) profile = kan_profile_new_from_json (json, -1, &error);
  g_autoptr(GPtrArray) lines = NULL;
  const char *offices;

  g_assert_no_error (error);
  lines = kan_profile_summarize (profile);
  g_assert_cmpuint (lines->len, ==, 6);
  g_assert_cmpstr (text_of (lines, "Regulation"), ==, kan_profile_regulation (profile)->en);
  offices = text_of (lines, "Offices that decide");
  g_assert_true (g_str_has_prefix (offices, "Secretary General: Chief\n"));
  g_assert_nonnull (strstr (offices, "\nManager of Pensions: System manager, Security manager"));
  /* who carries no role decides nothing */
  g_assert_null (strstr (offices, "Deputy Secretary General"));
  g_assert_cmpstr (text_of (lines, "Payment days"), ==,
                   "Months 2, 4, 6, 8, 10, 12, on the 15th; on a holiday, the business day before");
  g_assert_cmpstr (text_of (lines, "Erased after the payment within"), ==, "12 business days");
  g_assert_true (g_str_has_suffix (text_of (lines, "Operation history kept for"), " years"));
}

/* From the innermost room outwards, each with the office that lets people in. */
static void
test_rooms (void)
{
  g_autofree char *json = resource ("nagasaki");
  g_autoptr(KanProfile) profile = kan_profile_new_from_json (json, -1, NULL);
  g_autoptr(GPtrArray) lines = kan_profile_summarize (profile);
  g_auto(GStrv) rooms = g_strsplit (text_of (lines, "Who lets people into rooms"), "\n", -1);

  g_assert_cmpuint (g_strv_length (rooms), ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      const KanLevel *level = kan_profile_level (profile, 3 - i);
      const KanOffice *office = kan_profile_office_of_role (profile, level->permit_role);
      g_autofree char *expected = g_strdup_printf ("%s: %s", level->label.en, office->title.en);

      g_assert_cmpstr (rooms[i], ==, expected);
    }
}

static void
test_sound (void)
{
  static const char *const names[] = { "nagasaki", "fukui", "blank" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *json = resource (names[i]);
      g_autoptr(GPtrArray) problems = kan_profile_problems (json, -1);
      g_autoptr(GPtrArray) counted = kan_profile_problems (json, (gssize) strlen (json));
      g_autoptr(GPtrArray) cut = kan_profile_problems (json, (gssize) strlen (json) / 2);

      g_assert_cmpuint (problems->len, ==, 0);
      g_assert_cmpuint (counted->len, ==, 0);
      g_assert_cmpuint (cut->len, ==, 1);
    }
}

/* What the profile itself cannot know: whether the program has such acts, registers and forms. */
static void
test_problems (void)
{
  static const struct { const char *from, *to, *problem; } cases[] = {
    { "\"acts\": {}", "\"acts\": {\"media.fly\": {\"may\": [\"chief\"]}}",
      "$.acts[\"media.fly\"]: the program knows no such id" },
    { "\"acts\": {}", "\"acts\": {\"key.claim\": {\"may\": [\"chief\"]}}",
      "$.acts[\"key.claim\"]: the program knows no such id" },
    { "\"acts\": {}", "\"acts\": {\"media.move\": {\"may\": [\"king\"]}}",
      "$.acts[\"media.move\"].may[0]: unknown role “king”" },
    { "\"not_by_deputy\": [", "\"not_by_deputy\": [\"media.fly\", ",
      "$.not_by_deputy[0]: the program knows no such id" },
    { "\"rule\": {\"category\"", "\"rules\": {\"category\"", "$.filing[\"rules\"]: the program knows no such id" },
    { "\"purge_grace_business_days\": 5", "\"purge_grace_business_days\": \"5\"",
      "$.numbers.purge_grace_business_days: must be a whole number" },
    { "{", "[", "$" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json = with ("nagasaki", cases[i].from, cases[i].to);
      g_autoptr(GPtrArray) problems = kan_profile_problems (json, -1);

      g_assert_cmpuint (problems->len, >=, 1);
      g_test_message ("%s", (char *) g_ptr_array_index (problems, 0));
      g_assert_true (g_str_has_prefix (g_ptr_array_index (problems, 0), cases[i].problem));
    }
}

/* For people: the line of the file, and what stands there; never a path. */
static void
test_worded (void)
{
  static const struct { const char *from, *to, *where, *what; } cases[] = {
    { "\"purge_grace_business_days\": 5", "\n\n\"purge_grace_business_days\": \"5\"",
      "Line %u: Periods and thresholds › Business days until data must be gone", "must be a whole number" },
    { "\"acts\": {}", "\"acts\": {\n\"media.fly\": {\"may\": [\"chief\"]}}",
      "Line %u: Who may, and whose consent › “media.fly”", "the program knows no such id" },
    { "\"not_by_deputy\": [", "\"not_by_deputy\": [\n\"media.fly\", ",
      "Line %u: Not to be decided by a deputy › no. 1", "the program knows no such id" },
    { "\"acts\": {}", "\"acts\": {}, \n\n\n\"zzz\": 1", "Line %u: “zzz”", "is unknown here" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json = with ("nagasaki", cases[i].from, cases[i].to);
      g_autofree char *before = g_strndup (json, (gsize) (strstr (json, cases[i].to) - json));
      g_auto(GStrv) lines = g_strsplit (before, "\n", -1), new_lines = g_strsplit (cases[i].to, "\n", -1);
      g_autofree char *number = g_strdup_printf ("%u", g_strv_length (lines) + g_strv_length (new_lines) - 1);
      g_auto(GStrv) parts = g_strsplit (cases[i].where, "%u", 2);
      g_autofree char *where = g_strjoinv (number, parts);
      g_autoptr(GPtrArray) problems = kan_profile_word_problems (json, -1);
      const KanProfileLine *problem = g_ptr_array_index (problems, 0);

      g_assert_cmpuint (problems->len, ==, 1);
      g_assert_cmpstr (problem->label, ==, where);
      g_assert_cmpstr (problem->text, ==, cases[i].what);
    }
}

/* What cannot be read at all has no place but the line that the words tell; any text is walked to its end. */
static void
test_broken (void)
{
  static const char *const texts[] = { "{\n\"id\": ", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "{\"a", "{\"a\": [1, }", "" };
  g_autofree char *json = resource ("nagasaki");

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GPtrArray) problems = kan_profile_word_problems (texts[i], -1);
      const KanProfileLine *problem = g_ptr_array_index (problems, 0);

      g_assert_cmpstr (problem->label, ==, "");
      g_assert_null (strstr (problem->text, "arse"));
    }
  for (gsize i = 0; i + 9 < strlen (json); i += 97)
    {
      g_autoptr(GPtrArray) problems = kan_profile_word_problems (json, (gssize) i);

      g_assert_cmpuint (problems->len, ==, 1);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/profile-words/summary", test_summary);
  g_test_add_func ("/profile-words/rooms", test_rooms);
  g_test_add_func ("/profile-words/sound", test_sound);
  g_test_add_func ("/profile-words/problems", test_problems);
  g_test_add_func ("/profile-words/worded", test_worded);
  g_test_add_func ("/profile-words/broken", test_broken);
  return g_test_run ();
}
