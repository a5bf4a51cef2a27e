/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A chain followed in parts says what it says when it is followed from end to end, whatever was done to it. */
#include "app/acts/yard.h"

#include "acts/kan-links-private.h"

#include <string.h>

#define HEAD 40

static const char *const tampering[] = {
  "SELECT 1",
  "UPDATE act SET subject = 'C9' WHERE seq = 37",
  "UPDATE act SET body = '{}' WHERE seq IN (12, 30)",
  "UPDATE act SET prev = zeroblob (32) WHERE seq = 21",
  "UPDATE act SET hash = zeroblob (32) WHERE seq = 20",
  "UPDATE act SET hash = zeroblob (32) WHERE seq = 40",
  "DELETE FROM act WHERE seq BETWEEN 18 AND 25",
  "DELETE FROM act WHERE seq = 1",
  "UPDATE act SET seq = -5 WHERE seq = 20",
  "UPDATE act SET seq = 9223372036854775807 WHERE seq = 20",
};

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Everything that is learnt, in words. */
static char *
say (KanLinks *links)
{
  GString *said = g_string_new (NULL);
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer subject, entries;
  g_autoptr(GArray) last = kan_links_take_last (links);
  g_autofree char *hash = kan_hex (links->hash.bytes, sizeof links->hash.bytes);

  g_string_append_printf (said, "%" G_GINT64_FORMAT " %s broken %" G_GINT64_FORMAT, links->seq, hash,
                          kan_links_get_broken (links));
  g_hash_table_iter_init (&iter, kan_links_get_records (links));
  while (g_hash_table_iter_next (&iter, &subject, &entries))
    {
      GString *line = g_string_new (subject);

      g_string_append (line, g_hash_table_contains (kan_links_get_altered (links), subject) ? " altered" : "");
      for (guint i = 0; i < ((GArray *) entries)->len; i++)
        g_string_append_printf (line, " %" G_GINT64_FORMAT, g_array_index ((GArray *) entries, gint64, i));
      g_ptr_array_add (lines, g_string_free (line, FALSE));
    }
  for (guint i = 0; i < last->len; i++)
    g_ptr_array_add (lines, g_strdup_printf ("signs %020" G_GINT64_FORMAT, g_array_index (last, gint64, i)));
  g_ptr_array_sort (lines, compare_lines);
  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (said, "\n%s", (char *) g_ptr_array_index (lines, i));
  return g_string_free (said, FALSE);
}

static void
walk (Yard *yard, KanLinks *links, gint64 first, gint64 last)
{
  g_autoptr(GError) error = NULL;
  gboolean walked = kan_ledger_walk (yard->db, first, last, kan_links_add, links, &error);

  g_assert_no_error (error);
  g_assert_true (walked);
}

static char *
said_of_whole (Yard *yard)
{
  KanLinks *links = kan_links_new (yard->book->file_id);
  char *said;

  walk (yard, links, 1, G_MAXINT64);
  said = say (links);
  kan_links_free (links);
  return said;
}

static void
join (Yard *yard, KanLinks *links, gint64 first, gint64 last)
{
  KanLinks *part = kan_links_new (yard->book->file_id);

  part->is_part = TRUE;
  walk (yard, part, first, last);
  kan_links_join (links, part);
  kan_links_free (part);
}

static void
compare_split (Yard *yard, const char *whole, gint64 at)
{
  KanLinks *links = kan_links_new (yard->book->file_id);
  g_autofree char *said = NULL;

  walk (yard, links, 1, at);
  join (yard, links, at + 1, at + 4);
  join (yard, links, at + 5, G_MAXINT64);
  said = say (links);
  g_assert_cmpstr (said, ==, whole);
  kan_links_free (links);
}

typedef struct { KanLinks *links; gint64 slice; } Walking;

static gboolean
walk_together (KanDb *db, gpointer data, GError **error)
{
  Walking *walking = data;
  KanHead head;

  return kan_ledger_get_head (db, &head, error) &&
         kan_links_walk (walking->links, db, head.seq, MAX (walking->slice, head.seq / 64), 3, error);
}

static void
compare_together (Yard *yard, const char *whole, gint64 slice)
{
  Walking walking = { kan_links_new (yard->book->file_id), slice };
  g_autoptr(GError) error = NULL;
  g_autofree char *said = NULL;

  g_assert_true (kan_db_read (yard->db, walk_together, &walking, &error));
  g_assert_no_error (error);
  said = say (walking.links);
  g_assert_cmpstr (said, ==, whole);
  kan_links_free (walking.links);
}

static void
keep (Yard *yard)
{
  yard_exec (yard, "CREATE TEMP TABLE kept AS SELECT * FROM act");
}

static void
put_back (Yard *yard)
{
  yard_exec (yard, "DELETE FROM act; INSERT INTO act SELECT * FROM temp.kept");
}

/* Parted anywhere, also in the middle of what was done. */
static void
test_split (void)
{
  g_autoptr(Yard) yard = yard_new_with_history ();

  g_assert_cmpint (yard_head (yard), ==, HEAD);
  keep (yard);
  for (gsize i = 0; i < G_N_ELEMENTS (tampering); i++)
    {
      g_autofree char *whole = NULL;

      yard_exec (yard, tampering[i]);
      whole = said_of_whole (yard);
      g_test_message ("%s: %.90s", tampering[i], whole);
      for (gint64 at = 0; at <= HEAD; at++)
        compare_split (yard, whole, at);
      put_back (yard);
    }
}

/* Whoever of them takes what. */
static void
test_together (void)
{
  g_autoptr(Yard) yard = yard_new_with_history ();

  keep (yard);
  for (gsize i = 0; i < G_N_ELEMENTS (tampering); i++)
    {
      g_autofree char *whole = NULL;

      yard_exec (yard, tampering[i]);
      whole = said_of_whole (yard);
      for (gint64 slice = 1; slice < HEAD; slice += 5)
        compare_together (yard, whole, slice);
      put_back (yard);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/links-parts/split", test_split);
  g_test_add_func ("/links-parts/together", test_together);
  return g_test_run ();
}
