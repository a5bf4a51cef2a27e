/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Backups: open like the file itself, replace only earlier ones of the same file, leave nothing half done. */
#include "app/vault/vault-fixture.h"

static char *
beside (Fixture *f, const char *name)
{
  return g_build_filename (f->folder, name, NULL);
}

static int
try_backup (KanVault *vault, const char *path)
{
  g_autoptr (GError) error = NULL;

  if (kan_vault_backup (vault, path, &error))
    return -1;
  g_assert_true (error->domain == KAN_ERROR);
  g_test_message ("%s", error->message);
  return error->code;
}

static KanVault *
unlocked (const char *path)
{
  KanVault *vault = open_vault (path, KAN_VAULT_WRITE);

  unlock (vault, "chief", "chief's");
  return vault;
}

static void
test_opens_alike (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autofree char *path = beside (f, "backup.kanribo"), *new_path = beside (f, "backup.kanribo.new");
  g_autoptr (KanVault) vault = unlocked (f->path), copy = NULL;

  g_assert_true (kan_vault_mark_in_use (vault, "chief", NULL));
  exec (kan_vault_get_db (vault), "INSERT INTO t VALUES (40)");
  g_assert_cmpint (try_backup (vault, path), ==, -1);
  g_assert_false (g_file_test (new_path, G_FILE_TEST_EXISTS));
  exec (kan_vault_get_db (vault), "INSERT INTO t VALUES (100)");
  copy = open_vault (path, KAN_VAULT_WRITE);
  g_assert_false (kan_vault_was_interrupted (copy));
  g_assert_null (kan_vault_get_notice (copy));
  g_assert_cmpmem (kan_vault_get_file_id (copy), KAN_FILE_ID_SIZE, kan_vault_get_file_id (vault), KAN_FILE_ID_SIZE);
  unlock (copy, "clerk", "clerk's");
  g_assert_cmpint (ask (kan_vault_get_db (copy), "SELECT sum(a) FROM t"), ==, 43);
  g_assert_cmpuint (kan_vault_get_generation (copy), ==, kan_vault_get_generation (vault));
}

static void
test_replaces_its_own (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autofree char *path = beside (f, "backup.kanribo");
  g_autoptr (KanVault) vault = unlocked (f->path), copy = NULL;

  g_assert_cmpint (try_backup (vault, path), ==, -1);
  exec (kan_vault_get_db (vault), "INSERT INTO t VALUES (40)");
  g_assert_cmpint (try_backup (vault, path), ==, -1);
  copy = open_vault (path, KAN_VAULT_READ);
  unlock (copy, "chief", "chief's");
  g_assert_cmpint (ask (kan_vault_get_db (copy), "SELECT sum(a) FROM t"), ==, 43);
  g_assert_cmpint (try_backup (vault, path), ==, KAN_ERROR_BUSY);
}

static int
mode_of (const char *path)
{
  struct stat info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  return info.st_mode & 0777;
}

/* Its owner's only; what an office chose for one that is replaced stays. */
static void
test_mode (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autofree char *path = beside (f, "backup.kanribo");
  g_autoptr (KanVault) vault = unlocked (f->path);
  mode_t mask = umask (0);

  g_assert_cmpint (try_backup (vault, path), ==, -1);
  umask (mask);
  g_assert_cmpint (mode_of (path), ==, 0600);
  g_assert_cmpint (g_chmod (path, 0640), ==, 0);
  g_assert_cmpint (try_backup (vault, path), ==, -1);
  g_assert_cmpint (mode_of (path), ==, 0640);
}

static void
test_replaces_nothing_else (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autofree char *path = beside (f, "backup.kanribo"), *other = beside (f, "other.kanribo");
  g_autofree char *journal = beside (f, "third.kanribo-journal"), *third = beside (f, "third.kanribo");
  g_autofree char *contents = NULL;
  g_autoptr (KanVault) vault = unlocked (f->path), untouched = NULL;

  found (other);
  g_assert_true (g_file_set_contents (path, "precious", -1, NULL));
  g_assert_true (g_file_set_contents (journal, "journal", -1, NULL));
  g_assert_cmpint (try_backup (vault, path), ==, KAN_ERROR_EXISTS);
  g_assert_cmpint (try_backup (vault, other), ==, KAN_ERROR_EXISTS);
  g_assert_cmpint (try_backup (vault, third), ==, KAN_ERROR_EXISTS);
  g_assert_cmpint (try_backup (vault, f->path), ==, KAN_ERROR_USAGE);
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "precious");
  untouched = open_vault (other, KAN_VAULT_READ);
  unlock (untouched, "chief", "chief's");
}

static void
test_from_reading (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autofree char *path = beside (f, "backup.kanribo"), *new_path = beside (f, "backup.kanribo.new");
  g_autoptr (KanVault) vault = open_vault (f->path, KAN_VAULT_READ), copy = NULL;

  g_assert_true (g_file_set_contents (new_path, "left over", -1, NULL));
  unlock (vault, "chief", "chief's");
  g_assert_cmpint (try_backup (vault, path), ==, -1);
  g_assert_false (g_file_test (new_path, G_FILE_TEST_EXISTS));
  copy = open_vault (path, KAN_VAULT_WRITE);
  unlock (copy, "chief", "chief's");
}

/* A page of the file is bad: the backup is not made, the earlier one stays. */
static void
test_keeps_the_good_one (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autofree char *path = beside (f, "backup.kanribo"), *new_path = beside (f, "backup.kanribo.new");
  g_autoptr (KanVault) vault = unlocked (f->path), copy = NULL;

  exec (kan_vault_get_db (vault), "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9000)"
                                  " INSERT INTO t SELECT 0 FROM n");
  g_assert_cmpint (try_backup (vault, path), ==, -1);
  g_clear_pointer (&vault, kan_vault_free);
  flip (f->path, KAN_DB_AT + 4096 * 9 + 50);
  vault = unlocked (f->path);
  g_assert_cmpint (try_backup (vault, path), ==, KAN_ERROR_DAMAGED);
  g_assert_false (g_file_test (new_path, G_FILE_TEST_EXISTS));
  copy = open_vault (path, KAN_VAULT_READ);
  unlock (copy, "chief", "chief's");
  g_assert_cmpint (ask (kan_vault_get_db (copy), "SELECT count(*) FROM t"), ==, 9002);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_vault_test ("/backup/opens-alike", test_opens_alike);
  add_vault_test ("/backup/replaces-its-own", test_replaces_its_own);
  add_vault_test ("/backup/mode", test_mode);
  add_vault_test ("/backup/replaces-nothing-else", test_replaces_nothing_else);
  add_vault_test ("/backup/from-reading", test_from_reading);
  add_vault_test ("/backup/keeps-the-good-one", test_keeps_the_good_one);
  return g_test_run ();
}
