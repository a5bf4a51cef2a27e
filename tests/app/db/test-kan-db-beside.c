/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A second connection sees what the first one sees, and is not had where it would not. */
#include "app/db/db-fixture.h"

static KanDb *
open_beside (KanDb *db)
{
  g_autoptr (GError) error = NULL;
  KanDb *beside = kan_db_open_beside (db, &error);

  g_assert_no_error (error);
  return beside;
}

/* Somebody else, meanwhile, cannot write. */
static void
expect_nobody_writes (Fixture *f)
{
  g_autoptr (KanDb) other = fixture_open (f, 0, 0);

  exec (other, "PRAGMA busy_timeout = 0");
  g_assert_false (kan_db_exec (other, "INSERT INTO t VALUES (3)", NULL));
}

static gboolean
read_shared (KanDb *db, gpointer data, G_GNUC_UNUSED GError **error)
{
  Fixture *f = data;
  g_autoptr (KanDb) beside = NULL;

  g_assert_false (kan_db_is_shared (db));
  g_assert_cmpint (ask (db, "SELECT count(*) FROM t"), ==, 2);
  g_assert_true (kan_db_is_shared (db));
  beside = open_beside (db);
  g_assert_cmpint (ask (beside, "SELECT count(*) FROM t"), ==, 2);
  g_assert_true (kan_db_is_read_only (beside));
  expect_nobody_writes (f);
  return TRUE;
}

static void
test_shared (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KanDb) db = fixture_open (f, 0, KAN_DB_CREATE);

  exec (db, "CREATE TABLE t (a INTEGER) STRICT; INSERT INTO t VALUES (1), (2)");
  g_assert_false (kan_db_is_shared (db));
  g_assert_true (kan_db_read (db, read_shared, f, &error));
  g_assert_no_error (error);
  g_assert_false (kan_db_is_shared (db));
}

static gboolean
write_unshared (KanDb *db, G_GNUC_UNUSED gpointer data, G_GNUC_UNUSED GError **error)
{
  exec (db, "INSERT INTO t VALUES (3)");
  g_assert_false (kan_db_is_shared (db));
  return TRUE;
}

static gboolean
read_in_transaction (KanDb *db, gpointer data, GError **error)
{
  exec (db, "INSERT INTO t VALUES (3)");
  return kan_db_read (db, write_unshared, data, error);
}

/* What is not committed nobody else sees. */
static void
test_writing (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KanDb) db = fixture_open (f, 0, KAN_DB_CREATE);

  exec (db, "CREATE TABLE t (a INTEGER) STRICT");
  g_assert_true (kan_db_transaction (db, read_in_transaction, NULL, &error));
  g_assert_no_error (error);
}

/* A scratch book is one connection's alone, and locked for good. */
static gboolean
read_scratch (KanDb *db, G_GNUC_UNUSED gpointer data, G_GNUC_UNUSED GError **error)
{
  g_assert_cmpint (ask (db, "SELECT count(*) FROM t"), ==, 0);
  g_assert_false (kan_db_is_shared (db));
  return TRUE;
}

static void
test_scratch (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (KanDb) db = fixture_open (f, 0, KAN_DB_CREATE | KAN_DB_SCRATCH);

  exec (db, "CREATE TABLE t (a INTEGER) STRICT");
  g_assert_true (kan_db_read (db, read_scratch, NULL, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_test ("/db-beside/shared", test_shared);
  add_test ("/db-beside/writing", test_writing);
  add_test ("/db-beside/scratch", test_scratch);
  return g_test_run ();
}
