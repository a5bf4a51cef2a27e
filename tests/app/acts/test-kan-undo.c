/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done to a database without a journal is undone row by row, however it was done. */
#include "acts/kan-undo.h"

#include "app/acts/yard.h"

#include "acts/kan-replay.h"

static gboolean
do_sql (KanDb *db, gpointer sql, GError **error)
{
  return kan_db_exec (db, sql, error);
}

static char *
rows_of (KanDb *db)
{
  return kan_db_get_text (db, NULL, "SELECT (SELECT group_concat (subject || act || kind || ifnull (before, '-')) FROM"
                          " pending) || (SELECT group_concat (id || fy || last) FROM series) ||"
                          " (SELECT group_concat (id || state || ifnull (label, '-') || ifnull (weight, '-'))"
                          " FROM crate) || (SELECT group_concat (hex (salt) || content) FROM detached)", "");
}

static void
test_rows_are_put_back (void)
{
  static const char *cases[] = {
    "INSERT INTO crate (id, state, made, changed) VALUES (7, 'kept', 1, 1)",
    "UPDATE crate SET label = 'it''s', weight = NULL WHERE id = 1; UPDATE crate SET label = '後' WHERE id = 1",
    "DELETE FROM crate; INSERT INTO crate (id, state, made, changed) VALUES (1, 'lost', 9, 9)",
    "INSERT OR REPLACE INTO pending VALUES ('C1', 9, 'x', 9, NULL, 9, 9)",
    "DELETE FROM pending; INSERT INTO series VALUES ('takeout', 2026, 5) ON CONFLICT (id, fy) DO UPDATE SET last = 9",
    "UPDATE detached SET salt = x'00'; DELETE FROM detached",
    "SELECT 1",
  };
  g_autoptr(Yard) yard = yard_new_bare (&yard_registry);
  KanScratch *scratch = kan_scratch_new (yard->book, NULL);
  KanDb *db = kan_book_get_db (kan_scratch_get_book (scratch));
  g_autofree char *before = NULL;

  g_assert_true (kan_db_exec (db, "INSERT INTO crate (id, state, made, changed, label) VALUES (1, 'kept', 1, 1, '前');"
                              "INSERT INTO pending VALUES ('C1', 1, 'k', 1, 'kept', 1, 1);"
                              "INSERT INTO series VALUES ('takeout', 2026, 1);"
                              "INSERT INTO detached VALUES ('d', x'0102ff', 'text')", NULL));
  before = rows_of (db);
  g_assert_nonnull (before);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *after = NULL;

      kan_undo_after (db, do_sql, (gpointer) cases[i], &error);
      g_assert_no_error (error);
      after = rows_of (db);
      g_test_message ("%s", cases[i]);
      g_assert_cmpstr (after, ==, before);
    }
  kan_scratch_free (scratch);
}

/* What was done before it failed is undone all the same. */
static void
test_failure_is_told (void)
{
  g_autoptr(Yard) yard = yard_new_bare (&yard_registry);
  KanScratch *scratch = kan_scratch_new (yard->book, NULL);
  KanDb *db = kan_book_get_db (kan_scratch_get_book (scratch));
  g_autoptr(GError) error = NULL;
  char twice[] = "INSERT INTO crate (id, state, made, changed) VALUES (1, 'kept', 1, 1);"
                 "INSERT INTO crate (id, state, made, changed) VALUES (1, 'kept', 1, 1)";
  gint64 n = -1;

  kan_undo_after (db, do_sql, twice, &error);
  g_assert_nonnull (error);
  g_assert_true (kan_db_get_int (db, &n, NULL, "SELECT count(*) FROM crate", ""));
  g_assert_cmpint (n, ==, 0);
  kan_scratch_free (scratch);
}

/* Where both fail, one of them says so: the database is of no use any more. */
static void
test_failing_twice_is_told (void)
{
  g_autoptr(Yard) yard = yard_new_bare (&yard_registry);
  KanScratch *scratch = kan_scratch_new (yard->book, NULL);
  KanDb *db = kan_book_get_db (kan_scratch_get_book (scratch));
  g_autoptr(GError) error = NULL;
  char gone[] = "DROP TABLE temp.undo; INSERT INTO crate (id) VALUES (1)";

  kan_undo_after (db, do_sql, gone, &error);
  g_assert_nonnull (error);
  kan_scratch_free (scratch);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/undo/rows-are-put-back", test_rows_are_put_back);
  g_test_add_func ("/undo/failure-is-told", test_failure_is_told);
  g_test_add_func ("/undo/failing-twice-is-told", test_failing_twice_is_told);
  return g_test_run ();
}
