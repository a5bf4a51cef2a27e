/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The in-use mark: there while somebody writes, gone afterwards, and telling after a crash. */
#include "app/vault/vault-fixture.h"

#include <signal.h>
#include <sys/wait.h>

static void
test_mark_comes_and_goes (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (KanVault) vault = open_vault (f->path, KAN_VAULT_WRITE);
  KanStatus status;

  unlock (vault, "chief", "chief's");
  g_assert_true (kan_vault_get_status (vault, &status, NULL));
  g_assert_false (status.in_use);
  g_assert_true (kan_vault_mark_in_use (vault, "chief", NULL));
  g_assert_true (kan_vault_mark_in_use (vault, "chief", NULL));
  g_assert_true (kan_vault_get_status (vault, &status, NULL));
  g_assert_true (status.in_use);
  g_assert_cmpstr (status.who, ==, "chief");
  g_assert_cmpstr (status.where, !=, "");
  g_assert_cmpint (ABS (g_get_real_time () / G_USEC_PER_SEC - status.since), <, 60);
  g_clear_pointer (&vault, kan_vault_free);
  vault = open_vault (f->path, KAN_VAULT_READ);
  g_assert_false (kan_vault_was_interrupted (vault));
  g_assert_true (kan_vault_get_status (vault, &status, NULL));
  g_assert_false (status.in_use);
}

static void
test_reminders (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (KanVault) vault = open_vault (f->path, KAN_VAULT_WRITE);
  g_autoptr (GError) error = NULL;
  KanStatus status = { .remind_as_of = 20500, .n_reminders = 1, .in_use = TRUE };

  status.reminders[0].day = 20502;
  status.reminders[0].count = 3;
  g_assert_true (kan_vault_set_status (vault, &status, NULL));
  g_clear_pointer (&vault, kan_vault_free);
  vault = open_vault (f->path, KAN_VAULT_READ);
  g_assert_true (kan_vault_get_status (vault, &status, NULL));
  g_assert_cmpint (status.reminders[0].day, ==, 20502);
  g_assert_cmpuint (status.reminders[0].count, ==, 3);
  g_assert_false (status.in_use);
  g_assert_false (kan_vault_set_status (vault, &status, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_READ_ONLY);
}

static void
crash_in (Fixture *f, gboolean within_transaction)
{
  int status = 0;
  pid_t child = fork ();

  if (child == 0)
    {
      KanVault *vault = open_vault (f->path, KAN_VAULT_WRITE);

      unlock (vault, "chief", "chief's");
      if (!kan_vault_mark_in_use (vault, "chief", NULL))
        _exit (1);
      exec (kan_vault_get_db (vault), "INSERT INTO t VALUES (10)");
      if (within_transaction)
        exec (kan_vault_get_db (vault), "PRAGMA cache_size = 1; BEGIN;"
                                        "INSERT INTO t SELECT 7 FROM t a, t b, t c, t d, t e;"
                                        "INSERT INTO t SELECT 7 FROM t a, t b");
      raise (SIGKILL);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status));
}

static void
test_crash_between_writes (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (KanVault) vault = NULL;

  crash_in (f, FALSE);
  vault = open_vault (f->path, KAN_VAULT_READ);
  g_assert_true (kan_vault_was_interrupted (vault));
  g_clear_pointer (&vault, kan_vault_free);
  vault = open_vault (f->path, KAN_VAULT_WRITE);
  g_assert_true (kan_vault_was_interrupted (vault));
  unlock (vault, "chief", "chief's");
  g_assert_cmpint (ask (kan_vault_get_db (vault), "SELECT sum(a) FROM t"), ==, 13);
  g_assert_true (kan_vault_mark_in_use (vault, "chief", NULL));
  g_clear_pointer (&vault, kan_vault_free);
  vault = open_vault (f->path, KAN_VAULT_WRITE);
  g_assert_false (kan_vault_was_interrupted (vault));
}

/* With the journal beside it nothing is in doubt: it is rolled back, for who reads as for who writes. */
static void
crash_and_open (Fixture *f, KanVaultMode mode)
{
  g_autofree char *journal = g_strconcat (f->path, "-journal", NULL);
  g_autoptr (KanVault) vault = NULL;

  crash_in (f, TRUE);
  g_assert_true (g_file_test (journal, G_FILE_TEST_EXISTS));
  vault = open_vault (f->path, mode);
  g_assert_false (kan_vault_was_interrupted (vault));
  unlock (vault, "chief", "chief's");
  g_assert_cmpint (ask (kan_vault_get_db (vault), "SELECT sum(a) FROM t"), ==, 13);
  g_assert_false (g_file_test (journal, G_FILE_TEST_EXISTS));
}

static void
test_crash_then_write (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  crash_and_open (f, KAN_VAULT_WRITE);
}

static void
test_crash_then_read (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  crash_and_open (f, KAN_VAULT_READ);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_vault_test ("/vault-status/mark-comes-and-goes", test_mark_comes_and_goes);
  add_vault_test ("/vault-status/reminders", test_reminders);
  add_vault_test ("/vault-status/crash-between-writes", test_crash_between_writes);
  add_vault_test ("/vault-status/crash-then-write", test_crash_then_write);
  add_vault_test ("/vault-status/crash-then-read", test_crash_then_read);
  return g_test_run ();
}
