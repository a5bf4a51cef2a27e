/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A database that begins some way into its file: what lies before is never touched, journals lie where they always
   do. */
#include "app/db/db-fixture.h"

#include <string.h>
#include <sys/stat.h>

enum { OFFSET = 65536 };

static void
write_head (Fixture *f)
{
  g_autofree char *head = g_malloc (OFFSET);
  g_autoptr (GError) error = NULL;

  memset (head, 'h', OFFSET);
  g_assert_true (g_file_set_contents (f->path, head, OFFSET, &error));
}

static gint64
size_of (const char *path)
{
  struct stat info;

  return stat (path, &info) == 0 ? info.st_size : -1;
}

static void
expect_head (Fixture *f)
{
  g_autofree char *contents = NULL;
  gsize size = 0;

  g_assert_true (g_file_get_contents (f->path, &contents, &size, NULL));
  g_assert_cmpuint (size, >=, OFFSET);
  for (gsize i = 0; i < OFFSET; i++)
    g_assert_cmpint (contents[i], ==, 'h');
}

static int
mode_of (const char *path)
{
  struct stat info;

  g_assert_cmpint (stat (path, &info), ==, 0);
  return info.st_mode & 0777;
}

/* What is made is its owner's only, its journal too; what was there keeps what somebody chose for it. */
static void
test_mode (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autofree char *journal = g_strconcat (f->path, "-journal", NULL);
  mode_t mask = umask (0);
  g_autoptr (KanDb) db = fixture_open (f, 0, KAN_DB_CREATE);

  exec (db, "BEGIN; CREATE TABLE t (a)");
  umask (mask);
  g_assert_cmpint (mode_of (f->path), ==, 0600);
  g_assert_cmpint (mode_of (journal), ==, 0600);
  exec (db, "COMMIT");
  g_clear_pointer (&db, kan_db_free);
  g_assert_cmpint (chmod (f->path, 0660), ==, 0);
  db = fixture_open (f, 0, KAN_DB_CREATE);
  g_assert_cmpint (mode_of (f->path), ==, 0660);
}

static void
test_head_stays (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (KanDb) db = NULL;

  write_head (f);
  db = fixture_open (f, OFFSET, KAN_DB_CREATE);
  exec (db, "CREATE TABLE t (a)");
  exec (db, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
            " INSERT INTO t SELECT hex (zeroblob (300)) FROM n");
  g_assert_cmpint (ask (db, "PRAGMA page_count") * 4096 + OFFSET, ==, size_of (f->path));
  exec (db, "DELETE FROM t");
  exec (db, "VACUUM");
  g_assert_cmpint (ask (db, "PRAGMA page_count") * 4096 + OFFSET, ==, size_of (f->path));
  g_clear_pointer (&db, kan_db_free);
  expect_head (f);
  db = fixture_open (f, OFFSET, 0);
  g_assert_cmpint (ask (db, "SELECT count(*) FROM t"), ==, 0);
}

static void
test_rollback_shrinks (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autofree char *journal = g_strconcat (f->path, "-journal", NULL);
  g_autoptr (KanDb) db = NULL;
  gint64 before = 0;

  write_head (f);
  db = fixture_open (f, OFFSET, KAN_DB_CREATE);
  exec (db, "CREATE TABLE t (a)");
  before = size_of (f->path);
  exec (db, "PRAGMA cache_size = 5; BEGIN");
  exec (db, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)"
            " INSERT INTO t SELECT hex (zeroblob (300)) FROM n");
  g_assert_cmpint (size_of (f->path), >, before);
  g_assert_cmpint (size_of (journal), >, 0);
  exec (db, "ROLLBACK");
  g_assert_cmpint (size_of (journal), ==, -1);
  g_assert_cmpint (size_of (f->path), ==, before);
  g_assert_cmpint (ask (db, "SELECT count(*) FROM t"), ==, 0);
  expect_head (f);
}

static void
test_no_wal (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (KanDb) db = fixture_open (f, OFFSET, KAN_DB_CREATE);
  g_autofree char *mode = ask_text (db, "PRAGMA journal_mode = WAL");
  g_autofree char *mapped = NULL;

  g_assert_cmpstr (mode, ==, "delete");
  mapped = ask_text (db, "PRAGMA mmap_size = 1000000");
  g_assert_true (mapped == NULL || g_str_equal (mapped, "0"));
}

/* Beyond 4 GiB offsets must not wrap; the file is sparse. */
static void
test_far_offset (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  const gint64 far = (G_GINT64_CONSTANT (5) << 30) + 4096;
  g_autoptr (KanDb) db = fixture_open (f, far, KAN_DB_CREATE);

  exec (db, "CREATE TABLE t (a); INSERT INTO t VALUES (7)");
  g_clear_pointer (&db, kan_db_free);
  g_assert_cmpint (size_of (f->path), >, far);
  db = fixture_open (f, far, KAN_DB_READ_ONLY);
  g_assert_cmpint (ask (db, "SELECT a FROM t"), ==, 7);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_test ("/vfs/mode", test_mode);
  add_test ("/vfs/head-stays", test_head_stays);
  add_test ("/vfs/rollback-shrinks", test_rollback_shrinks);
  add_test ("/vfs/no-wal", test_no_wal);
  add_test ("/vfs/far-offset", test_far_offset);
  return g_test_run ();
}
