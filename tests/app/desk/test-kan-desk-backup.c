/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Backing up: what is written and told, what is not written over, and what a stop leaves behind. */
#include "desk-fixture.h"

#include "desk/kan-desk-backup.h"

static char *
beside (Fixture *f, const char *name)
{
  return g_build_filename (f->folder, name, NULL);
}

static KanBackup *
back_up (KanDesk *desk, const char *target, GError **error)
{
  now += 60;
  return kan_desk_backup (desk, target, now, NULL, NULL, error);
}

static guint
count_files (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* A backup is the file as it stood: it opens with the same passphrase and ends with the anchor that was told. */
static void
test_file (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  g_autofree char *target = beside (f, "控え ％.kanribo"), *anchor = NULL, *there = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(KanBackup) backup = back_up (desk, target, &error);
  g_autoptr(KanSecret) secret = phrase ("chief's");
  g_autoptr(KanDesk) copy = NULL;
  GStatBuf info = { 0 };

  g_assert_no_error (error);
  anchor = kan_desk_dup_anchor (desk, NULL);
  g_assert_cmpstr (backup->path, ==, target);
  g_assert_cmpstr (backup->anchor, ==, anchor);
  g_assert_cmpint (g_stat (target, &info), ==, 0);
  g_assert_cmpint (backup->size, ==, info.st_size);
  g_assert_cmpuint (backup->n_kept, ==, 0);
  g_assert_cmpuint (backup->thinned->len, ==, 0);
  EXPECT_SIGN (desk, "done", "office.establish", NULL, "title=別");
  copy = kan_desk_open (target, KAN_VAULT_READ, &error);
  g_assert_no_error (error);
  expect (kan_desk_unlock (copy, "chief", secret, now, &error), error);
  there = kan_desk_dup_anchor (copy, NULL);
  g_assert_cmpstr (there, ==, anchor);
}

/* A folder keeps them under the day's name: the same day once, the next day beside it. */
static void
test_folder (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  g_autofree char *folder = g_dir_make_tmp ("kanribo backups ％ XXXXXX", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(KanBackup) first = back_up (desk, folder, &error), again = NULL, next = NULL;

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (first->path, folder));
  g_assert_nonnull (strstr (first->path + strlen (folder), "2026-09-21"));
  g_assert_cmpuint (first->n_kept, ==, 1);
  EXPECT_SIGN (desk, "done", "office.establish", NULL, "title=別");
  again = back_up (desk, folder, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again->anchor, !=, first->anchor);
  now += 86400;
  next = back_up (desk, folder, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (next->path + strlen (folder), "2026-09-22"));
  g_assert_cmpuint (next->n_kept, ==, count_files (folder));
  g_assert_cmpuint (next->n_kept + next->thinned->len, >=, 2);
  {
    g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
    const char *name = NULL;

    while ((name = g_dir_read_name (dir)) != NULL)
      {
        g_autofree char *path = g_build_filename (folder, name, NULL);

        g_unlink (path);
      }
    g_rmdir (folder);
  }
}

/* An earlier backup of the same file is replaced; one that goes further, or another file, is not. */
static void
test_what_lies_there (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's"), copy = NULL;
  g_autofree char *target = beside (f, "backup"), *further = beside (f, "further");
  g_autoptr(GError) error = NULL;
  g_autoptr(KanBackup) one = back_up (desk, target, &error), two = NULL, three = NULL, refused = NULL;

  g_assert_no_error (error);
  EXPECT_SIGN (desk, "done", "office.establish", NULL, "title=別");
  two = back_up (desk, target, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (two->anchor, !=, one->anchor);
  three = back_up (desk, further, &error);
  g_assert_no_error (error);
  g_clear_pointer (&desk, kan_desk_free);
  /* somebody went on with the backup */
  {
    g_autoptr(KanSecret) secret = phrase ("chief's");

    copy = kan_desk_open (further, KAN_VAULT_WRITE, &error);
    g_assert_no_error (error);
    expect (kan_desk_unlock (copy, "chief", secret, now, &error), error);
    EXPECT_SIGN (copy, "done", "office.establish", NULL, "title=他所");
    g_clear_pointer (&copy, kan_desk_free);
  }
  desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  refused = back_up (desk, further, &error);
  g_assert_null (refused);
  g_assert_error (error, KAN_ERROR, KAN_ERROR_EXISTS);
  g_assert_nonnull (strstr (error->message, "which this file does not have"));
}

static void
test_impossible (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  g_autofree char *nowhere = beside (f, "missing/backup");
  const char *const targets[] = { nowhere, f->path };
  gint64 head = ask_desk (desk, "SELECT max(seq) FROM act");

  for (gsize i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (back_up (desk, targets[i], &error));
      g_test_message ("%s", error->message);
      g_assert_true (error->domain == KAN_ERROR);
    }
  g_assert_cmpint (ask_desk (desk, "SELECT max(seq) FROM act"), ==, head);
}

static gboolean
stop (gint64 done, gint64 total, gpointer data)
{
  guint *calls = data;

  g_assert_cmpint (done, <=, total);
  (*calls)++;
  return FALSE;
}

static gboolean
go_on (gint64 done, gint64 total, gpointer data)
{
  g_assert_cmpint (done, <=, total);
  (*(guint *) data)++;
  return TRUE;
}

/* Stopped, nothing is left behind, and what lay there lies there still. */
static void
test_stopped (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  g_autofree char *target = beside (f, "backup"), *before = NULL, *after = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(KanBackup) earlier = back_up (desk, target, &error), done = NULL;
  gsize before_size = 0, after_size = 0;
  guint calls = 0, n_files = count_files (f->folder);

  g_assert_no_error (error);
  g_assert_nonnull (earlier);
  g_assert_true (g_file_get_contents (target, &before, &before_size, NULL));
  EXPECT_SIGN (desk, "done", "office.establish", NULL, "title=別");
  g_assert_null (kan_desk_backup (desk, target, now, stop, &calls, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_cmpuint (calls, ==, 1);
  g_assert_cmpuint (count_files (f->folder), ==, n_files);
  g_assert_true (g_file_get_contents (target, &after, &after_size, NULL));
  g_assert_cmpmem (before, before_size, after, after_size);
  done = kan_desk_backup (desk, target, now, go_on, &calls, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (calls, >=, 2);
  /* and whoever watched one copy is told nothing of the next */
  g_clear_pointer (&done, kan_backup_free);
  calls = 0;
  done = back_up (desk, target, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (calls, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_autoptr(GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  expect (kan_crypto_init (&error), error);
  kan_stretch_set_light (TRUE);
  g_test_add ("/desk-backup/file", Fixture, NULL, office_set_up, test_file, fixture_tear_down);
  g_test_add ("/desk-backup/folder", Fixture, NULL, office_set_up, test_folder, fixture_tear_down);
  g_test_add ("/desk-backup/what-lies-there", Fixture, NULL, office_set_up, test_what_lies_there, fixture_tear_down);
  g_test_add ("/desk-backup/impossible", Fixture, NULL, office_set_up, test_impossible, fixture_tear_down);
  g_test_add ("/desk-backup/stopped", Fixture, NULL, office_set_up, test_stopped, fixture_tear_down);
  return g_test_run ();
}
