/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The connection: its settings, its refusals, transactions that happen whole or not at all, copies. */
#include "app/db/db-fixture.h"

static void
test_settings (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  static const struct { const char *pragma, *value; } expected[] = {
    { "PRAGMA page_size", "4096" },
    { "PRAGMA journal_mode", "delete" },
    { "PRAGMA synchronous", "3" },
    { "PRAGMA foreign_keys", "1" },
    { "PRAGMA trusted_schema", "0" },
    { "PRAGMA cell_size_check", "1" },
    { "PRAGMA secure_delete", "1" },
    { "PRAGMA temp_store", "2" },
    { "PRAGMA cipher_page_size", "4096" },
  };
  g_autoptr (KanDb) db = fixture_open (f, 0, KAN_DB_CREATE);

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autofree char *value = ask_text (db, expected[i].pragma);

      g_test_message ("%s", expected[i].pragma);
      g_assert_cmpstr (value, ==, expected[i].value);
    }
}

/* What somebody with the key could plant, or a careless statement do. */
static void
test_refuses (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  static const char *const refused[] = {
    "SELECT * FROM planted_view",
    "SELECT \"no such column\" FROM t",
    "SELECT load_extension ('x')",
    "UPDATE sqlite_schema SET sql = ''; PRAGMA writable_schema = RESET",
    "INSERT INTO t (a) VALUES ('text')",
    "INSERT INTO child (t) VALUES (99)",
  };
  g_autoptr (KanDb) db = fixture_open (f, 0, KAN_DB_CREATE);

  exec (db, "CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER) STRICT;"
            "CREATE TABLE child (t INTEGER NOT NULL REFERENCES t (id)) STRICT;"
            "CREATE VIEW planted_view AS SELECT 1;"
            "CREATE TRIGGER planted AFTER INSERT ON t BEGIN DELETE FROM t; END;"
            "PRAGMA writable_schema = ON;");
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", refused[i]);
      g_assert_false (kan_db_exec (db, refused[i], &error));
      g_assert_nonnull (error);
      /* SQLite's own words, where they are of the language of the sentence */
      g_assert_null (strstr (error->message, "a mistake within"));
      g_assert_null (strstr (error->message, "does not fit what is there"));
    }
  exec (db, "INSERT INTO t (a) VALUES (1)");
  g_assert_cmpint (ask (db, "SELECT count(*) FROM t"), ==, 1);
  exec (db, "CREATE TEMP VIEW list AS SELECT a FROM t");
  g_assert_cmpint (ask (db, "SELECT a FROM list"), ==, 1);
}

static void
test_constraint_is_invalid (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (KanDb) db = fixture_open (f, 0, KAN_DB_CREATE);
  g_autoptr (GError) error = NULL;

  exec (db, "CREATE TABLE t (a INTEGER UNIQUE) STRICT; INSERT INTO t VALUES (1)");
  g_assert_false (kan_db_run (db, &error, "INSERT INTO t VALUES (?)", "i", (gint64) 1));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_INVALID);
}

static void
test_other_key (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (KanSecret) other = kan_secret_new_random (KAN_KEY_SIZE);
  g_autoptr (KanDb) db = fixture_open (f, 0, KAN_DB_CREATE);
  g_autoptr (GError) error = NULL;

  exec (db, "CREATE TABLE t (a)");
  g_clear_pointer (&db, kan_db_free);
  g_assert_null (kan_db_open (f->path, 0, other, f->salt, 0, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_DAMAGED);
}

static void
test_missing (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (kan_db_open (f->path, 0, f->key, f->salt, 0, &error));
  g_assert_nonnull (error);
  g_assert_false (g_file_test (f->path, G_FILE_TEST_EXISTS));
}

/* Its first 16 bytes are the salt, which the header keeps too. */
static void
test_salt_heals (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (KanDb) db = fixture_open (f, 0, KAN_DB_CREATE);

  exec (db, "CREATE TABLE t (a)");
  g_clear_pointer (&db, kan_db_free);
  flip (f->path, 3);
  db = fixture_open (f, 0, 0);
  g_assert_cmpint (ask (db, "SELECT count(*) FROM t"), ==, 0);
}

static void
test_damaged_page (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (KanDb) db = fixture_open (f, 0, KAN_DB_CREATE);
  g_autoptr (GError) error = NULL;
  gint64 value = 0;

  exec (db, "CREATE TABLE t (a)");
  exec (db, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)"
            " INSERT INTO t SELECT hex (zeroblob (100)) FROM n");
  g_clear_pointer (&db, kan_db_free);
  flip (f->path, 4096 * 5 + 100);
  db = fixture_open (f, 0, KAN_DB_READ_ONLY);
  g_assert_false (kan_db_get_int (db, &value, &error, "SELECT sum(length(a)) FROM t", ""));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_DAMAGED);
}

static void
test_read_only (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (KanDb) db = fixture_open (f, 0, KAN_DB_CREATE);
  g_autoptr (GError) error = NULL;

  g_assert_false (kan_db_is_read_only (db));
  exec (db, "CREATE TABLE t (a)");
  g_clear_pointer (&db, kan_db_free);
  db = fixture_open (f, 0, KAN_DB_READ_ONLY);
  g_assert_true (kan_db_is_read_only (db));
  g_assert_false (kan_db_exec (db, "INSERT INTO t VALUES (1)", &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_READ_ONLY);
}

static void
test_cipher_version (void)
{
  static const struct { const char *version; gboolean enough; } cases[] = {
    { NULL, FALSE }, { "", FALSE }, { "3.4.1", FALSE }, { "4.4.3 community", FALSE }, { "4", FALSE },
    { "4.5.0 community", TRUE }, { "4.6.1 community", TRUE }, { "4.10.0", TRUE }, { "5.0.0", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (kan_db_check_cipher (cases[i].version, &error), ==, cases[i].enough);
      g_assert_cmpint (error == NULL, ==, cases[i].enough);
    }
}

static gboolean
insert_and (KanDb *db, gpointer answer, G_GNUC_UNUSED GError **error)
{
  exec (db, "INSERT INTO t VALUES (1)");
  return GPOINTER_TO_INT (answer);
}

static gboolean
insert_and_fail (KanDb *db, G_GNUC_UNUSED gpointer data, GError **error)
{
  exec (db, "INSERT INTO t VALUES (1)");
  g_set_error_literal (error, KAN_ERROR, KAN_ERROR_CANCELLED, "no");
  return FALSE;
}

static gboolean
insert_around_refused (KanDb *db, G_GNUC_UNUSED gpointer data, GError **error)
{
  exec (db, "INSERT INTO t VALUES (1)");
  g_assert_false (kan_db_transaction (db, insert_and, GINT_TO_POINTER (FALSE), error));
  g_assert_cmpint (ask (db, "SELECT count(*) FROM t"), ==, 1);
  return kan_db_transaction (db, insert_and, GINT_TO_POINTER (TRUE), error);
}

static gboolean
break_promise (KanDb *db, G_GNUC_UNUSED gpointer data, G_GNUC_UNUSED GError **error)
{
  exec (db, "INSERT INTO t VALUES (1); INSERT INTO child VALUES (99)");
  return TRUE;
}

static void
test_transaction (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (KanDb) db = fixture_open (f, 0, KAN_DB_CREATE);
  g_autoptr (GError) error = NULL;

  exec (db, "CREATE TABLE t (a INTEGER)");
  g_assert_true (kan_db_transaction (db, insert_and, GINT_TO_POINTER (TRUE), &error));
  g_assert_cmpint (ask (db, "SELECT count(*) FROM t"), ==, 1);
  g_assert_false (kan_db_transaction (db, insert_and, GINT_TO_POINTER (FALSE), &error));
  g_assert_no_error (error);
  g_assert_cmpint (ask (db, "SELECT count(*) FROM t"), ==, 1);
  g_assert_false (kan_db_transaction (db, insert_and_fail, NULL, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_CANCELLED);
  g_assert_cmpint (ask (db, "SELECT count(*) FROM t"), ==, 1);
}

/* Looks twice, and writes between: what a reader must not. */
static gboolean
read_and_write (KanDb *db, gpointer data, GError **error)
{
  gint64 *seen = data;

  return kan_db_get_int (db, &seen[0], error, "SELECT count(*) FROM t", "") &&
         kan_db_run (db, error, "INSERT INTO t VALUES (2)", "") &&
         kan_db_get_int (db, &seen[1], error, "SELECT count(*) FROM t", "") && seen[2] == 0;
}

static void
test_read_leaves_nothing (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (KanDb) db = fixture_open (f, 0, KAN_DB_CREATE);
  g_autoptr (GError) error = NULL;
  gint64 fine[3] = { 0, 0, 0 }, failing[3] = { 0, 0, 1 };

  exec (db, "CREATE TABLE t (a)");
  g_assert_true (kan_db_read (db, read_and_write, fine, &error));
  g_assert_no_error (error);
  g_assert_cmpint (fine[0], ==, 0);
  g_assert_cmpint (fine[1], ==, 1);
  g_assert_false (kan_db_read (db, read_and_write, failing, &error));
  g_assert_no_error (error);
  g_assert_cmpint (ask (db, "SELECT count(*) FROM t"), ==, 0);
}

static gboolean
read_within (KanDb *db, gpointer data, GError **error)
{
  return kan_db_run (db, error, "INSERT INTO t VALUES (1)", "") && kan_db_read (db, read_and_write, data, error);
}

static void
test_read_within_transaction (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (KanDb) db = fixture_open (f, 0, KAN_DB_CREATE);
  g_autoptr (GError) error = NULL;
  gint64 seen[3] = { 0, 0, 0 };

  exec (db, "CREATE TABLE t (a)");
  g_assert_true (kan_db_transaction (db, read_within, seen, &error));
  g_assert_no_error (error);
  g_assert_cmpint (seen[0], ==, 1);
  g_assert_cmpint (ask (db, "SELECT count(*) FROM t"), ==, 2);
}

static void
test_savepoint (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (KanDb) db = fixture_open (f, 0, KAN_DB_CREATE);
  g_autoptr (GError) error = NULL;

  exec (db, "CREATE TABLE t (a INTEGER)");
  g_assert_true (kan_db_transaction (db, insert_around_refused, NULL, &error));
  g_assert_cmpint (ask (db, "SELECT count(*) FROM t"), ==, 2);
}

/* No journal, no sync: a transaction commits nevertheless, and the file is locked for good. */
static void
test_scratch (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (KanDb) db = fixture_open (f, 0, KAN_DB_CREATE | KAN_DB_SCRATCH);
  g_autofree char *mode = ask_text (db, "PRAGMA journal_mode"), *locking = ask_text (db, "PRAGMA locking_mode");
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (mode, ==, "off");
  g_assert_cmpstr (locking, ==, "exclusive");
  g_assert_cmpint (ask (db, "PRAGMA synchronous"), ==, 0);
  exec (db, "CREATE TABLE t (a INTEGER)");
  g_assert_true (kan_db_transaction (db, insert_and, GINT_TO_POINTER (TRUE), &error));
  g_assert_cmpint (ask (db, "SELECT count(*) FROM t"), ==, 1);
}

static void
test_failing_commit_rolls_back (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (KanDb) db = fixture_open (f, 0, KAN_DB_CREATE);
  g_autoptr (GError) error = NULL;

  exec (db, "CREATE TABLE t (id INTEGER PRIMARY KEY);"
            "CREATE TABLE child (t REFERENCES t (id) DEFERRABLE INITIALLY DEFERRED)");
  g_assert_false (kan_db_transaction (db, break_promise, NULL, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_INVALID);
  g_assert_cmpint (ask (db, "SELECT (SELECT count(*) FROM t) + (SELECT count(*) FROM child)"), ==, 0);
  g_clear_error (&error);
  exec (db, "BEGIN; COMMIT");
}

static void
test_schema (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (KanDb) db = fixture_open (f, 0, KAN_DB_CREATE);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL, *after = NULL;

  exec (db, "CREATE TABLE b (a UNIQUE); CREATE TABLE a (x)");
  before = kan_db_dup_schema (db, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (before, ==, "index sqlite_autoindex_b_1 b: \n"
                               "table a a: CREATE TABLE a (x)\n"
                               "table b b: CREATE TABLE b (a UNIQUE)\n");
  exec (db, "CREATE TRIGGER planted AFTER INSERT ON a BEGIN DELETE FROM a; END");
  after = kan_db_dup_schema (db, &error);
  g_assert_cmpstr (before, !=, after);
}

static void
test_copy (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autofree char *other_path = g_build_filename (f->folder, "b.db", NULL);
  g_autoptr (KanSecret) other_key = kan_secret_new_random (KAN_KEY_SIZE);
  g_autoptr (KanDb) db = fixture_open (f, 0, KAN_DB_CREATE), into = NULL;
  g_autoptr (GError) error = NULL;
  gboolean done = FALSE;

  exec (db, "CREATE TABLE t (a)");
  exec (db, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)"
            " INSERT INTO t SELECT hex (zeroblob (200)) FROM n");
  into = kan_db_open (other_path, 65536, other_key, f->salt, KAN_DB_CREATE, &error);
  g_assert_no_error (error);
  done = kan_db_copy_into (db, into, &error);
  g_assert_no_error (error);
  g_assert_true (done);
  g_assert_true (kan_db_close (into, &error));
  g_clear_pointer (&into, kan_db_free);
  into = kan_db_open (other_path, 65536, other_key, f->salt, KAN_DB_READ_ONLY, &error);
  g_assert_no_error (error);
  g_assert_cmpint (ask (into, "SELECT count(*) FROM t WHERE length(a) = 400"), ==, 5000);
}

/* It would have to keep a log beside the file, which our VFS does not know: that is no trouble of a disk. */
static void
test_log_beside (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (KanDb) db = fixture_open (f, 0, KAN_DB_CREATE);
  g_autoptr (GError) error = NULL;

  g_assert_true (kan_db_exec (db, "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL;"
                                  " CREATE TABLE t (a)", NULL));
  g_clear_pointer (&db, kan_db_free);
  db = kan_db_open (f->path, 0, f->key, f->salt, 0, &error);
  g_assert_null (db);
  g_assert_error (error, KAN_ERROR, KAN_ERROR_DAMAGED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_test ("/db/settings", test_settings);
  add_test ("/db/refuses", test_refuses);
  add_test ("/db/constraint-is-invalid", test_constraint_is_invalid);
  add_test ("/db/other-key", test_other_key);
  add_test ("/db/missing", test_missing);
  add_test ("/db/salt-heals", test_salt_heals);
  add_test ("/db/damaged-page", test_damaged_page);
  add_test ("/db/read-only", test_read_only);
  g_test_add_func ("/db/cipher-version", test_cipher_version);
  add_test ("/db/transaction", test_transaction);
  add_test ("/db/read-leaves-nothing", test_read_leaves_nothing);
  add_test ("/db/read-within-transaction", test_read_within_transaction);
  add_test ("/db/savepoint", test_savepoint);
  add_test ("/db/scratch", test_scratch);
  add_test ("/db/failing-commit-rolls-back", test_failing_commit_rolls_back);
  add_test ("/db/schema", test_schema);
  add_test ("/db/copy", test_copy);
  add_test ("/db/log-beside", test_log_beside);
  return g_test_run ();
}
