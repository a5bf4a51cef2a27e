/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A chain followed by its hashes: whatever is altered, moved or taken away breaks it there, and nobody mends it behind
 * others' signatures. */
#include "app/acts/yard.h"

#include "acts/kan-links.h"

static gint64
follow_on (Yard *yard, KanLinks *links, gboolean as_before)
{
  g_autoptr(GError) error = NULL;
  gboolean anew = FALSE, followed = kan_links_follow (links, yard->db, &anew, &error);

  g_assert_no_error (error);
  g_assert_true (followed);
  g_assert_cmpint (anew, ==, !as_before);
  return kan_links_get_broken (links);
}

static gint64
follow (Yard *yard, KanLinks *links)
{
  return follow_on (yard, links, TRUE);
}

static gint64
broken_by (Yard *yard, const char *sql)
{
  KanLinks *links = kan_links_new (yard->book->file_id);
  gint64 broken;

  yard_exec (yard, "SAVEPOINT s");
  yard_exec (yard, sql);
  broken = follow (yard, links);
  kan_links_free (links);
  yard_exec (yard, "ROLLBACK TO s; RELEASE s");
  return broken;
}

static void
test_each (void)
{
  static const struct { const char *sql; gint64 broken; } table[] = {
    { "SELECT 1", 0 },
    { "UPDATE act SET subject = 'C9' WHERE seq = 37", 37 },
    { "UPDATE act SET body = '{}' WHERE seq = 37", 37 },
    { "UPDATE act SET at = at || char(0) || 'x' WHERE seq = 37", 37 },
    { "UPDATE act SET prev = zeroblob (32) WHERE seq = 37", 37 },
    { "UPDATE act SET hash = zeroblob (32) WHERE seq = 37", 38 },
    { "DELETE FROM act WHERE seq = 37", 38 },
    { "DELETE FROM act WHERE seq = 1", 2 },
    { "UPDATE act SET seq = -5 WHERE seq = 37", 38 },
    { "UPDATE act SET seq = 900 WHERE seq = 37", 900 },
    { "UPDATE act SET subject = 'C9' WHERE seq IN (33, 35)", 35 },
  };
  g_autoptr(Yard) yard = yard_new_with_history ();

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_test_message ("%s", table[i].sql);
      g_assert_cmpint (broken_by (yard, table[i].sql), ==, table[i].broken);
    }
}

/* Each key once, by its last entry; what follows later is told of then. */
static void
test_last (void)
{
  g_autoptr(Yard) yard = yard_new_with_history ();
  KanLinks *links = kan_links_new (yard->book->file_id);
  g_autoptr(GArray) last = NULL, more = NULL;
  gint64 n = yard_int (yard, "SELECT count(*) FROM (SELECT DISTINCT actor, key FROM act)");

  g_assert_cmpint (follow (yard, links), ==, 0);
  last = kan_links_take_last (links);
  g_assert_cmpint (last->len, ==, n);
  for (guint i = 0; i < last->len; i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM act a JOIN act b ON a.key = b.key AND b.seq > a.seq"
                                              " WHERE a.seq = %d", (int) g_array_index (last, gint64, i));

      g_assert_cmpint (yard_int (yard, sql), ==, 0);
    }
  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=五");
  g_assert_cmpint (follow (yard, links), ==, 0);
  more = kan_links_take_last (links);
  g_assert_cmpint (more->len, ==, 1);
  g_assert_cmpint (g_array_index (more, gint64, 0), ==, yard_head (yard));
  kan_links_break (links, 7);
  g_assert_cmpint (follow (yard, links), ==, 7);
  kan_links_mend (links);
  g_assert_cmpint (follow (yard, links), ==, 0);
  kan_links_free (links);
}

/* The entries of each record, in order. */
static void
test_records (void)
{
  g_autoptr(Yard) yard = yard_new_with_history ();
  KanLinks *links = kan_links_new (yard->book->file_id);
  const GArray *entries = NULL;
  g_autoptr(GString) found = g_string_new (NULL);

  g_assert_cmpint (follow (yard, links), ==, 0);
  entries = g_hash_table_lookup (kan_links_get_records (links), "C2");
  for (guint i = 0; i < entries->len; i++)
    g_string_append_printf (found, "%s%d", i > 0 ? "," : "", (int) g_array_index (entries, gint64, i));
  yard_expect_text (yard, found->str, "SELECT group_concat (seq) FROM (SELECT seq FROM act WHERE subject = 'C2'"
                                      " ORDER BY seq)");
  g_assert_null (g_hash_table_lookup (kan_links_get_records (links), "C900"));
  kan_links_free (links);
}

/* What was rolled back is forgotten. */
static void
test_rolled_back (void)
{
  g_autoptr(Yard) yard = yard_new_with_history ();
  KanLinks *links = kan_links_new (yard->book->file_id);

  yard_exec (yard, "SAVEPOINT s");
  yard_forge (yard, CLERK, yard->keys[CLERK], "crate.add", "C5", "{\"label\":\"五\"}", NULL);
  g_assert_cmpint (follow (yard, links), ==, 0);
  yard_exec (yard, "ROLLBACK TO s; RELEASE s");
  yard_forge (yard, GENERAL, yard->keys[GENERAL], "crate.add", "C5", "{\"label\":\"六\"}", NULL);
  g_assert_cmpint (follow_on (yard, links, FALSE), ==, 0);
  kan_links_free (links);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/links/each", test_each);
  g_test_add_func ("/links/last", test_last);
  g_test_add_func ("/links/records", test_records);
  g_test_add_func ("/links/rolled-back", test_rolled_back);
  return g_test_run ();
}
