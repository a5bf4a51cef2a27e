/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of a book without looking again: until somebody else writes to its file. */
#include "app/acts/yard.h"

#include "acts/kan-record-check.h"

#include <string.h>

static void
verify (Yard *yard)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanVerdict) verdict = kan_book_verify (yard->book, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (verdict);
}

/* "clean", "faults", or "" where it was not verified, or was written to since. */
static const char *
known (Yard *yard)
{
  gboolean clean = FALSE, verified = kan_book_get_verified (yard->book, &clean);

  return !verified ? "" : clean ? "clean" : "faults";
}

/* With a tool of their own, while the book is open. */
static void
write_beside (Yard *yard, const char *sql)
{
  static const guint8 salt[KAN_SALT_SIZE];
  g_autoptr(GError) error = NULL;
  g_autoptr(KanDb) db = kan_db_open (yard->path, 0, yard->file_key, salt, 0, &error);

  g_assert_no_error (error);
  g_assert_true (kan_db_exec (db, sql, &error));
  g_assert_no_error (error);
}

static void
test_verified (void)
{
  g_autoptr(Yard) yard = yard_new_with_history ();

  g_assert_cmpstr (known (yard), ==, "");
  verify (yard);
  g_assert_cmpstr (known (yard), ==, "clean");
  yard_expect (yard, "done", CLERK, "crate.amend", "C2", "colour=red");
  g_assert_cmpstr (known (yard), ==, "clean");
  write_beside (yard, "UPDATE crate SET colour = 'blue' WHERE id = 2");
  g_assert_cmpstr (known (yard), ==, "");
  verify (yard);
  g_assert_cmpstr (known (yard), ==, "faults");
  yard_reopen (yard);
  g_assert_cmpstr (known (yard), ==, "");
}

static char *
list_altered (Yard *yard)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GHashTable) altered = kan_book_list_altered (yard->book, &error);
  g_autoptr(GList) subjects = NULL;
  GString *out = g_string_new (NULL);

  g_assert_no_error (error);
  subjects = g_list_sort (g_hash_table_get_keys (altered), (GCompareFunc) strcmp);
  for (GList *subject = subjects; subject != NULL; subject = subject->next)
    g_string_append_printf (out, "%s%s", out->len > 0 ? " " : "", (char *) subject->data);
  return g_string_free (out, FALSE);
}

static void
expect_altered (Yard *yard, const char *expected)
{
  g_autofree char *altered = list_altered (yard);

  g_assert_cmpstr (altered, ==, expected);
}

/* Entries are looked at; rows are known only where the file was verified. */
static void
test_altered (void)
{
  g_autoptr(Yard) yard = yard_new_with_history ();

  expect_altered (yard, "");
  yard_exec (yard, "UPDATE crate SET weight = 900 WHERE id = 1");
  yard_reopen (yard);
  expect_altered (yard, "");
  verify (yard);
  expect_altered (yard, "C1");
  yard_exec (yard, "UPDATE act SET at = at || ' ' WHERE subject = 'C2'");
  yard_reopen (yard);
  expect_altered (yard, "C2");
  kan_book_trust (yard->book);
  expect_altered (yard, "");
}

/* Whose day it is, nobody else writes. */
static void
test_verified_on (void)
{
  g_autoptr(Yard) yard = yard_new_with_history ();
  g_autoptr(GError) error = NULL;
  const KanVerifyOptions options = { .keys = yard->keys[CLERK], .person = CLERK, .now = yard->now };
  g_autoptr(KanVerdict) verdict = kan_book_verify (yard->book, &options, &error);

  g_assert_no_error (error);
  kan_book_recall_verified (yard->book, yard->keys[CLERK], CLERK);
  g_assert_cmpstr (kan_book_get_verified_on (yard->book), ==, "");
  g_assert_true (kan_book_keep_verdict (yard->book, verdict, &options, &error));
  kan_book_recall_verified (yard->book, yard->keys[CLERK], CLERK);
  g_assert_cmpint (strlen (kan_book_get_verified_on (yard->book)), ==, strlen ("2026-09-01"));
  kan_book_recall_verified (yard->book, yard->keys[GENERAL], GENERAL);
  g_assert_cmpstr (kan_book_get_verified_on (yard->book), ==, "");
  yard_exec (yard, "UPDATE verified SET at = '2030-01-01T00:00:00Z'");
  kan_book_recall_verified (yard->book, yard->keys[CLERK], CLERK);
  g_assert_cmpstr (kan_book_get_verified_on (yard->book), ==, "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/proof/verified", test_verified);
  g_test_add_func ("/proof/altered", test_altered);
  g_test_add_func ("/proof/verified-on", test_verified_on);
  return g_test_run ();
}
