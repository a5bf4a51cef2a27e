/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Founding: whole or nothing, and never over what is there. */
#include "app/vault/vault-fixture.h"

static int
try_create (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KanVault) vault = kan_vault_create (path, &error);

  g_assert_cmpint (vault == NULL, ==, error != NULL);
  if (error == NULL)
    return -1;
  g_test_message ("%s", error->message);
  return error->code;
}

static guint
n_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
test_nothing_beside (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_assert_cmpuint (n_files (f->folder), ==, 1);
  g_assert_cmpint (try_open (f->path, KAN_VAULT_WRITE), ==, -1);
}

static void
test_given_up (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autofree char *path = g_build_filename (f->folder, "other.kanribo", NULL);
  g_autoptr (KanVault) vault = kan_vault_create (path, NULL);

  exec (kan_vault_get_db (vault), "CREATE TABLE t (a)");
  g_assert_cmpuint (n_files (f->folder), ==, 2);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_clear_pointer (&vault, kan_vault_free);
  g_assert_cmpuint (n_files (f->folder), ==, 1);
}

static void
test_database_goes_on (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autofree char *path = g_build_filename (f->folder, "other.kanribo", NULL);
  g_autoptr (KanVault) vault = kan_vault_create (path, NULL);
  g_autoptr (KanKeys) keys = keys_of ("chief");
  g_autoptr (KanSecret) secret = phrase ("x");
  const KanHash founding = { { 9 } };

  exec (kan_vault_get_db (vault), "CREATE TABLE t (a); INSERT INTO t VALUES (5)");
  g_assert_true (kan_vault_establish (vault, &founding, "chief", 1, secret, keys, NULL));
  g_assert_cmpstr (kan_vault_get_path (vault), ==, path);
  exec (kan_vault_get_db (vault), "INSERT INTO t VALUES (6)");
  g_clear_pointer (&vault, kan_vault_free);
  vault = open_vault (path, KAN_VAULT_READ);
  unlock (vault, "chief", "x");
  g_assert_cmpint (ask (kan_vault_get_db (vault), "SELECT sum(a) FROM t"), ==, 11);
}

static void
test_exists (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  gint64 size = size_of (f->path);

  g_assert_cmpint (try_create (f->path), ==, KAN_ERROR_EXISTS);
  g_assert_cmpint (size_of (f->path), ==, size);
}

/* Something takes the name while the file is being filled. */
static void
test_exists_meanwhile (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autofree char *path = g_build_filename (f->folder, "other.kanribo", NULL);
  g_autoptr (KanVault) vault = kan_vault_create (path, NULL);
  g_autoptr (KanKeys) keys = keys_of ("chief");
  g_autoptr (KanSecret) secret = phrase ("x");
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  const KanHash founding = { { 9 } };

  g_assert_true (g_file_set_contents (path, "precious", -1, NULL));
  g_assert_false (kan_vault_establish (vault, &founding, "chief", 1, secret, keys, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_EXISTS);
  g_clear_pointer (&vault, kan_vault_free);
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "precious");
  g_assert_cmpuint (n_files (f->folder), ==, 2);
}

static void
test_leftovers (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autofree char *path = g_build_filename (f->folder, "other.kanribo", NULL);
  g_autofree char *new_path = g_strconcat (path, ".new", NULL);
  g_autofree char *new_journal = g_strconcat (new_path, "-journal", NULL);
  g_autofree char *journal = g_strconcat (path, "-journal", NULL);

  g_assert_true (g_file_set_contents (new_path, "half a file", -1, NULL));
  g_assert_true (g_file_set_contents (new_journal, "half a journal", -1, NULL));
  g_assert_cmpint (try_create (path), ==, -1);
  g_assert_cmpuint (n_files (f->folder), ==, 1);
  g_assert_true (g_file_set_contents (new_journal, "half a journal", -1, NULL));
  found (path);
  g_assert_cmpuint (n_files (f->folder), ==, 2);
  g_assert_cmpint (rename (path, new_path), ==, 0);
  g_assert_cmpint (try_create (path), ==, KAN_ERROR_EXISTS);
  g_assert_cmpint (try_open (new_path, KAN_VAULT_READ), ==, -1);
  g_assert_cmpint (unlink (new_path), ==, 0);
  g_assert_true (g_file_set_contents (journal, "somebody's journal", -1, NULL));
  g_assert_cmpint (try_create (path), ==, KAN_ERROR_EXISTS);
  g_assert_true (g_file_test (journal, G_FILE_TEST_EXISTS));
}

static void
test_no_folder (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autofree char *path = g_build_filename (f->folder, "no", "such.kanribo", NULL);

  g_assert_cmpint (try_create (path), ==, KAN_ERROR_MISSING);
}

static void
test_two_at_once (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autofree char *path = g_build_filename (f->folder, "other.kanribo", NULL);
  g_autoptr (KanVault) vault = kan_vault_create (path, NULL);

  g_assert_nonnull (vault);
  g_assert_cmpint (try_create (path), ==, KAN_ERROR_BUSY);
  exec (kan_vault_get_db (vault), "CREATE TABLE t (a)");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_vault_test ("/founding/nothing-beside", test_nothing_beside);
  add_vault_test ("/founding/given-up", test_given_up);
  add_vault_test ("/founding/database-goes-on", test_database_goes_on);
  add_vault_test ("/founding/exists", test_exists);
  add_vault_test ("/founding/exists-meanwhile", test_exists_meanwhile);
  add_vault_test ("/founding/leftovers", test_leftovers);
  add_vault_test ("/founding/no-folder", test_no_folder);
  add_vault_test ("/founding/two-at-once", test_two_at_once);
  return g_test_run ();
}
