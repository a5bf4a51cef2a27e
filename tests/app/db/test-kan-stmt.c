/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Statements: what is bound comes back, by letter, by name and by position; texts are prepared once. */
#include "app/db/db-fixture.h"

static void
test_letters (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (KanDb) db = fixture_open (f, 0, KAN_DB_CREATE | KAN_DB_SCRATCH);
  const guint8 bytes[] = { 0, 1, 2, 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (KanStmt) stmt = NULL;
  gsize size = 0;

  exec (db, "CREATE TABLE t (s TEXT, i INTEGER, b BLOB, n TEXT, s0 TEXT, b0 BLOB) STRICT");
  g_assert_true (kan_db_run (db, &error, "INSERT INTO t VALUES (?, ?, ?, ?, ?, ?)", "sibnsb", "葛\U000E0100", G_MININT64,
                             bytes, sizeof bytes, NULL, NULL, (gsize) 0));
  stmt = kan_db_query (db, &error, "SELECT * FROM t WHERE i < ?", "i", (gint64) 0);
  g_assert_no_error (error);
  g_assert_true (kan_stmt_step (stmt, &error));
  g_assert_cmpint (kan_stmt_n_columns (stmt), ==, 6);
  g_assert_cmpstr (kan_stmt_name (stmt, 1), ==, "i");
  g_assert_cmpstr (kan_stmt_text (stmt, 0), ==, "葛\U000E0100");
  g_assert_true (kan_stmt_is_int (stmt, 1));
  g_assert_cmpint (kan_stmt_int (stmt, 1), ==, G_MININT64);
  g_assert_cmpmem (kan_stmt_bytes (stmt, 2, &size), size, bytes, sizeof bytes);
  g_assert_cmpuint (size, ==, 4);
  for (int column = 3; column < 6; column++)
    g_assert_true (kan_stmt_is_null (stmt, column));
  g_assert_null (kan_stmt_text (stmt, 3));
  g_assert_false (kan_stmt_step (stmt, &error));
  g_assert_no_error (error);
}

static void
test_plain_among_named (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (KanDb) db = fixture_open (f, 0, KAN_DB_CREATE | KAN_DB_SCRATCH);
  g_autoptr (GError) error = NULL;
  g_autoptr (KanStmt) stmt = kan_db_query (db, &error, "SELECT :a, ?, :b, ?, :a", "si", "one", (gint64) 2);

  g_assert_no_error (error);
  g_assert_true (kan_stmt_bind_text (stmt, ":a", "A"));
  g_assert_true (kan_stmt_bind_int (stmt, ":b", 7));
  g_assert_false (kan_stmt_bind_int (stmt, ":c", 7));
  g_assert_true (kan_stmt_step (stmt, &error));
  g_assert_cmpstr (kan_stmt_text (stmt, 0), ==, "A");
  g_assert_cmpstr (kan_stmt_text (stmt, 1), ==, "one");
  g_assert_cmpint (kan_stmt_int (stmt, 2), ==, 7);
  g_assert_cmpint (kan_stmt_int (stmt, 3), ==, 2);
  g_assert_cmpstr (kan_stmt_text (stmt, 4), ==, "A");
}

static void
test_parameters (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (KanDb) db = fixture_open (f, 0, KAN_DB_CREATE | KAN_DB_SCRATCH);
  g_autoptr (GError) error = NULL;
  g_autoptr (KanStmt) stmt = kan_db_prepare (db, "SELECT :subject, ?", &error);

  g_assert_no_error (error);
  g_assert_cmpint (kan_stmt_n_parameters (stmt), ==, 2);
  g_assert_cmpstr (kan_stmt_parameter (stmt, 1), ==, "subject");
  g_assert_null (kan_stmt_parameter (stmt, 2));
}

/* Set, step, set, step: nothing in between, on a row or done. */
static void
test_again (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (KanDb) db = fixture_open (f, 0, KAN_DB_CREATE | KAN_DB_SCRATCH);
  g_autoptr (GError) error = NULL;
  g_autoptr (KanStmt) insert = NULL, select = NULL;

  exec (db, "CREATE TABLE t (a, b)");
  insert = kan_db_prepare (db, "INSERT INTO t VALUES (?, ?)", &error);
  for (int i = 1; i <= 3; i++)
    {
      kan_stmt_set_int (insert, 1, i);
      kan_stmt_set_bytes (insert, 2, (const guint8 *) "xyz", (gsize) i);
      g_assert_false (kan_stmt_step (insert, &error));
      g_assert_no_error (error);
    }
  kan_stmt_set_null (insert, 1);
  kan_stmt_set_text (insert, 2, "done");
  g_assert_false (kan_stmt_step (insert, &error));
  g_assert_no_error (error);
  g_assert_cmpint (ask (db, "SELECT sum(a) * 10 + count(*) FROM t"), ==, 64);
  select = kan_db_prepare (db, "SELECT length(b) FROM t WHERE a >= ? ORDER BY a", &error);
  for (int i = 1; i <= 3; i++)
    {
      kan_stmt_set_int (select, 1, i);
      g_assert_true (kan_stmt_step (select, &error));
      g_assert_cmpint (kan_stmt_int (select, 0), ==, i);
    }
}

static void
test_cached (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (KanDb) db = fixture_open (f, 0, KAN_DB_CREATE | KAN_DB_SCRATCH);
  g_autoptr (GError) error = NULL;
  g_autofree char *composed = g_strdup ("SELECT ? + 1");
  KanStmt *first = kan_db_prepare (db, composed, &error);
  KanStmt *second = kan_db_prepare (db, "SELECT ? + 1", &error);

  g_assert_no_error (error);
  g_assert_true (first != second);
  kan_stmt_set_int (first, 1, 1);
  kan_stmt_set_int (second, 1, 2);
  g_assert_true (kan_stmt_step (first, &error));
  g_assert_true (kan_stmt_step (second, &error));
  g_assert_cmpint (kan_stmt_int (first, 0), ==, 2);
  g_assert_cmpint (kan_stmt_int (second, 0), ==, 3);
  kan_stmt_free (second);
  kan_stmt_free (first);
  composed[0] = 'x';
  second = kan_db_prepare (db, "SELECT ? + 1", &error);
  g_assert_true (second == first);
  g_assert_true (kan_stmt_step (second, &error));
  g_assert_true (kan_stmt_is_null (second, 0));
  kan_stmt_free (second);
}

/* A text that is composed lies where another one lay before. */
static void
test_text_at_same_place (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (KanDb) db = fixture_open (f, 0, KAN_DB_CREATE | KAN_DB_SCRATCH);
  char text[] = "SELECT 0";

  for (guint round = 0; round < 2; round++)
    for (char digit = '0'; digit <= '9'; digit++)
      {
        text[7] = digit;
        g_assert_cmpint (ask (db, text), ==, digit - '0');
      }
}

static void
test_many_texts (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (KanDb) db = fixture_open (f, 0, KAN_DB_CREATE | KAN_DB_SCRATCH);

  for (int i = 0; i < 2000; i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT %d", i);

      g_assert_cmpint (ask (db, sql), ==, i);
    }
}

static void
test_get (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (KanDb) db = fixture_open (f, 0, KAN_DB_CREATE | KAN_DB_SCRATCH);
  g_autoptr (GError) error = NULL;
  gint64 value = -1;

  exec (db, "CREATE TABLE t (a INTEGER)");
  g_assert_cmpint (ask (db, "SELECT a FROM t"), ==, 0);
  g_assert_cmpint (ask (db, "SELECT max(a) FROM t"), ==, 0);
  g_assert_null (kan_db_get_text (db, &error, "SELECT a FROM t", ""));
  g_assert_no_error (error);
  g_assert_false (kan_db_get_int (db, &value, &error, "SELECT nothing FROM nowhere", ""));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_IO);
  g_clear_error (&error);
  g_assert_null (kan_db_get_text (db, &error, "", ""));
  g_assert_nonnull (error);
  exec (db, "INSERT INTO t VALUES (1), (2)");
  exec (db, "UPDATE t SET a = a + 1");
  g_assert_cmpint (kan_db_changes (db), ==, 2);
  g_assert_cmpint (kan_db_last_rowid (db), ==, 2);
}

static void
too_many_letters (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (KanDb) db = fixture_open (f, 0, KAN_DB_CREATE | KAN_DB_SCRATCH);

  g_test_expect_message (G_LOG_DOMAIN, G_LOG_LEVEL_CRITICAL, "*rc == SQLITE_OK*");
  g_assert_true (kan_db_run (db, NULL, "SELECT ?", "ii", (gint64) 1, (gint64) 2));
  g_test_assert_expected_messages ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_test ("/stmt/letters", test_letters);
  add_test ("/stmt/plain-among-named", test_plain_among_named);
  add_test ("/stmt/parameters", test_parameters);
  add_test ("/stmt/again", test_again);
  add_test ("/stmt/cached", test_cached);
  add_test ("/stmt/text-at-same-place", test_text_at_same_place);
  add_test ("/stmt/many-texts", test_many_texts);
  add_test ("/stmt/get", test_get);
  add_test ("/stmt/too-many-letters", too_many_letters);
  return g_test_run ();
}
