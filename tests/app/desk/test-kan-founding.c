/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What founding would refuse is told before anything is written: answers by their keys, places by the error's code. */
#include "desk-fixture.h"

#include "acts/kan-book.h"

#include <glib/gstdio.h>
#include <limits.h>
#include <unistd.h>

/* The keys that are refused, in order. */
static char *
try_with (const char *staff_no, const char *name, const char *login, const char *association)
{
  g_autoptr(GBytes) bytes = g_resources_lookup_data ("/io/github/kanribo/Kanribo/profiles/nagasaki.json", 0, NULL);
  g_autofree char *json = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  const KanFounding founding = { json, association, staff_no, name, NULL, login };
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) refusals = kan_desk_try_founding (&founding, NOW, &error);
  GString *out = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < refusals->len; i++)
    g_string_append_printf (out, " %s", ((KanRefusal *) g_ptr_array_index (refusals, i))->key);
  return g_string_free (out, FALSE);
}

static void
expect_keys (const char *staff_no, const char *name, const char *login, const char *association, const char *keys)
{
  g_autofree char *found = try_with (staff_no, name, login, association);

  g_assert_cmpstr (found, ==, keys);
}

static void
test_answers (void)
{
  expect_keys ("1001", "長崎 太郎", "nagasaki", NULL, "");
  expect_keys ("1001", "長崎 太郎", "nagasaki", "別の組合", "");
  expect_keys ("", "長崎 太郎", "nagasaki", NULL, " staff_no");
  expect_keys ("1001", "", "nagasaki", NULL, " name");
  expect_keys ("1001", "長崎 太郎", "", NULL, " login");
  expect_keys ("1001", "長崎 太郎", "Nagasaki T", NULL, " login");
  expect_keys ("1001", "長崎 太郎", "nagasaki", "", " association");
}

static void
test_places (void)
{
  g_autofree char *folder = g_dir_make_tmp ("kanribo-place-XXXXXX", NULL);
  g_autofree char *free_one = g_build_filename (folder, "new.kanribo", NULL);
  g_autofree char *nowhere = g_build_filename (folder, "none", "new.kanribo", NULL);
  g_autofree char *name = g_strnfill (NAME_MAX - strlen ("-journal") + 1, 'n');
  g_autofree char *too_long = g_build_filename (folder, name, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_true (kan_desk_try_place (free_one, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (free_one, G_FILE_TEST_EXISTS));
  g_assert_false (kan_desk_try_place (nowhere, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_MISSING);
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (free_one, "somebody's", -1, NULL));
  g_assert_false (kan_desk_try_place (free_one, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_false (kan_desk_try_place ("/proc/new.kanribo", &error));
  g_assert_error (error, KAN_ERROR, (geteuid () == 0 ? KAN_ERROR_FULL : KAN_ERROR_READ_ONLY));
  g_clear_error (&error);
  g_assert_false (kan_desk_try_place (too_long, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_USAGE);
  g_unlink (free_one);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (kan_crypto_init (NULL));
  g_test_add_func ("/founding/answers", test_answers);
  g_test_add_func ("/founding/places", test_places);
  return g_test_run ();
}
