/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder of backups: what stays, what has had its time, and what is not ours to remove. */
#include "vault/kan-backup-set.h"
#include "app/vault/vault-fixture.h"

#include <glib/gstdio.h>

static void
expect_expired (const char *const *names, const char *expected)
{
  g_autoptr (GPtrArray) expired = kan_backup_set_expired (names, "office");
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < expired->len; i++)
    g_string_append_printf (list, "%s ", (char *) g_ptr_array_index (expired, i));
  g_assert_cmpstr (list->str, ==, expected);
}

static void
test_other_names_are_left_alone (void)
{
  const char *names[] = { "office.kanribo", "office-2026-02-30-0930.kanribo", "office-2026-02-03-0930.kanribo.new",
                          "office2-2026-02-03-0930.kanribo", "office-2026-02-03.kanribo", NULL };

  expect_expired (names, "");
}

static void
test_the_newest_of_a_day_stays (void)
{
  const char *names[] = { "office-2026-09-10-0930.kanribo", "office-2026-09-10-1730.kanribo",
                          "office-2026-09-09-1730.kanribo", NULL };

  expect_expired (names, "office-2026-09-10-0930.kanribo ");
}

/* Ten days in one month: seven days stay, and the month's newest is among them. */
static void
test_seven_days (void)
{
  const char *names[] = {
    "office-2026-09-01-1200.kanribo", "office-2026-09-02-1200.kanribo", "office-2026-09-03-1200.kanribo",
    "office-2026-09-04-1200.kanribo", "office-2026-09-05-1200.kanribo", "office-2026-09-06-1200.kanribo",
    "office-2026-09-07-1200.kanribo", "office-2026-09-08-1200.kanribo", "office-2026-09-09-1200.kanribo",
    NULL
  };

  expect_expired (names, "office-2026-09-02-1200.kanribo office-2026-09-01-1200.kanribo ");
}

static void
test_twelve_months (void)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (int month = 1; month <= 12; month++)
    g_ptr_array_add (names, g_strdup_printf ("office-2025-%02d-20-1200.kanribo", month));
  for (int month = 1; month <= 3; month++)
    g_ptr_array_add (names, g_strdup_printf ("office-2026-%02d-20-1200.kanribo", month));
  g_ptr_array_add (names, NULL);
  expect_expired ((const char *const *) names->pdata, "office-2025-03-20-1200.kanribo office-2025-02-20-1200.kanribo "
                                                      "office-2025-01-20-1200.kanribo ");
}

/* 2026-09-10T09:30 in Japan */
static const gint64 NOW = 1789000200;

static void
test_only_backups_of_this_file_are_thinned_out (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = g_dir_make_tmp ("kanribo-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "office.kanribo", NULL);
  g_autofree char *set = g_build_filename (dir, "set", NULL), *foreign = NULL;
  g_autoptr (KanVault) vault = NULL;
  g_autofree char *last = NULL;

  g_assert_cmpint (g_mkdir (set, 0700), ==, 0);
  found (path);
  vault = open_vault (path, KAN_VAULT_WRITE);
  g_assert_cmpint (try_unlock (vault, "chief", "chief's"), ==, -1);
  foreign = g_build_filename (set, "office-2026-01-01-0900.kanribo", NULL);
  g_assert_true (g_file_set_contents (foreign, "not a backup", -1, NULL));
  for (int day = 0; day < 10; day++)
    {
      g_free (last);
      last = kan_vault_backup_into (vault, set, NOW + day * 86400, NULL, &error);
      g_assert_no_error (error);
    }
  g_assert_true (g_str_has_suffix (last, "/office-2026-09-19-0930.kanribo"));
  g_assert_true (g_file_test (foreign, G_FILE_TEST_EXISTS));
  for (int day = 0; day < 10; day++)
    {
      g_autofree char *name = g_strdup_printf ("office-2026-09-%02d-0930.kanribo", 10 + day);
      g_autofree char *backup = g_build_filename (set, name, NULL);

      g_assert_cmpint (g_file_test (backup, G_FILE_TEST_EXISTS), ==, day >= 3);
      g_unlink (backup);
    }
  g_unlink (foreign);
  g_rmdir (set);
  g_clear_pointer (&vault, kan_vault_free);
  g_unlink (path);
  g_rmdir (dir);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  kan_stretch_set_light (TRUE);
  g_test_add_func ("/vault/backup-set/other-names", test_other_names_are_left_alone);
  g_test_add_func ("/vault/backup-set/newest-of-a-day", test_the_newest_of_a_day_stays);
  g_test_add_func ("/vault/backup-set/seven-days", test_seven_days);
  g_test_add_func ("/vault/backup-set/twelve-months", test_twelve_months);
  g_test_add_func ("/vault/backup-set/only-ours", test_only_backups_of_this_file_are_thinned_out);
  return g_test_run ();
}
