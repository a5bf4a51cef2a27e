/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers that entries without effect took stay taken while replaying: as many as there were such entries, no more. */
#include "app/acts/yard.h"

#include "acts/kan-replay.h"

enum { MOST = 10000 };

static KanCase *
new_case (KanBook *book, const char *kind, const char *subject)
{
  const KanRegister *reg = NULL;
  const KanKind *found = kan_book_find_kind (book, kind, &reg);
  KanCase *c = kan_case_new (book, found, reg, 1788220800, NULL, CLERK);

  kan_case_set_subject (c, subject);
  c->creating = found->from == NULL;
  return c;
}

/* However many are said to be missing, numbers are not skipped at will. */
static void
test_counted (void)
{
  static const struct { gint64 lost[3], n; } table[] = {
    { { 1, 0, 0 }, 1 }, { { 1, 2, 3 }, 6 }, { { -5, 2, 0 }, 2 }, { { MOST + 1, 0, 0 }, MOST },
    { { MOST, 1, 0 }, MOST }, { { G_MAXINT64, G_MAXINT64, 1 }, MOST }, { { G_MININT64, 0, 0 }, 0 },
  };
  g_autoptr(Yard) yard = yard_new_bare (&yard_registry);

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      for (guint j = 0; j < 3; j++)
        kan_book_lose (yard->book, table[i].lost[j]);
      g_test_message ("row %d", (int) i);
      g_assert_cmpint (yard->book->n_lost, ==, table[i].n);
      g_assert_cmpint (yard->book->n_undrawn, ==, table[i].n);
      kan_book_lose_nothing (yard->book);
      g_assert_cmpint (yard->book->n_lost + yard->book->n_undrawn, ==, 0);
    }
}

/* A refused act keeps the record's number that it made, and counts as one that may have drawn of a series. */
static void
test_refused_acts (void)
{
  static const struct { const char *kind, *subject; gboolean spent; gint64 n_undrawn; } table[] = {
    { "crate.add", "C3", TRUE, 0 },
    { "crate.amend", "C4", FALSE, 0 },
    { "crate.seal", "C5", FALSE, 1 },
    { "hand.give", "C6", FALSE, 1 },
  };
  g_autoptr(Yard) yard = yard_new_bare (&yard_registry);

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(KanCase) c = new_case (yard->book, table[i].kind, table[i].subject);

      kan_book_lose_nothing (yard->book);
      kan_case_lose (c);
      g_test_message ("%s", table[i].kind);
      g_assert_cmpint (yard->book->spent != NULL, ==, table[i].spent);
      g_assert_cmpint (yard->book->n_undrawn, ==, table[i].n_undrawn);
      g_assert_cmpint (yard->book->n_lost, ==, 0);
      if (table[i].spent)
        g_assert_true (g_hash_table_contains (yard->book->spent, table[i].subject));
    }
}

/* C3 and C5 were refused; P4 too, which is no crate. */
static void
test_next_number (void)
{
  static const struct { gboolean replaying; gint64 n_lost, next; const char *subject; gboolean is_next; gint64 left; }
  table[] = {
    { FALSE, 5, 3, "C3", TRUE, 5 }, { FALSE, 5, 3, "C4", FALSE, 5 }, { FALSE, 5, 3, "C2", FALSE, 5 },
    { TRUE, 0, 1, "C1", TRUE, 0 }, { TRUE, 0, 2, "C1", FALSE, 0 }, { TRUE, 0, 1, "C2", FALSE, 0 },
    /* over one that was refused: no missing entry is used up */
    { TRUE, 0, 3, "C4", TRUE, 0 }, { TRUE, 2, 3, "C4", TRUE, 2 },
    /* the refused one's number was taken again */
    { TRUE, 0, 3, "C3", TRUE, 0 },
    { TRUE, 0, 2, "C4", FALSE, 0 }, { TRUE, 1, 2, "C4", TRUE, 0 }, { TRUE, 1, 1, "C4", FALSE, 1 },
    { TRUE, 2, 1, "C4", TRUE, 0 }, { TRUE, 1, 3, "C6", TRUE, 0 }, { TRUE, 0, 3, "C6", FALSE, 0 },
    { TRUE, 9, 1, "C11", TRUE, 1 },
    { TRUE, MOST, 1, "C9000000000000", FALSE, MOST },
  };
  static const struct { const char *kind, *subject; } refused[] = {
    { "crate.add", "C3" }, { "crate.add", "C5" }, { "person.register", "P4" },
  };
  g_autoptr(Yard) yard = yard_new_bare (&yard_registry);

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr(KanCase) c = new_case (yard->book, refused[i].kind, refused[i].subject);

      kan_case_lose (c);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(KanCase) c = new_case (yard->book, "crate.add", table[i].subject);

      yard->book->replaying = table[i].replaying;
      yard->book->n_lost = table[i].n_lost;
      g_test_message ("%s after %d, %d lost", table[i].subject, (int) table[i].next - 1, (int) table[i].n_lost);
      g_assert_cmpint (kan_number_is_next (c, table[i].next), ==, table[i].is_next);
      g_assert_cmpint (yard->book->n_lost, ==, table[i].left);
    }
}

/* The last number drawn is 3; the record says its own. */
static void
test_drawn (void)
{
  static const struct { gboolean replaying; gint64 fy, n_undrawn, stands, drawn, left; } table[] = {
    { FALSE, 2026, 5, 6, 4, 5 },
    { TRUE, 2026, 0, 6, 4, 0 },
    { TRUE, 2026, 5, 4, 4, 5 },
    { TRUE, 2026, 5, 2, 4, 5 },
    { TRUE, 2026, 5, 5, 5, 4 },
    { TRUE, 2026, 2, 6, 6, 0 },
    { TRUE, 2026, 1, 6, 4, 1 },
    { TRUE, 2027, 5, 6, 1, 5 },
  };
  g_autoptr(Yard) yard = yard_new ();

  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=箱 | weight=1");
  yard_exec (yard, "INSERT INTO series (id, fy, last) VALUES ('takeout', 2026, 3), ('destruction', 2026, 8)");
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(KanCase) c = new_case (yard->book, "crate.seal", "C1");
      g_autofree char *sql = g_strdup_printf ("UPDATE crate SET takeout_no = %d, takeout_fy = 2026",
                                              (int) table[i].stands);

      yard_exec (yard, sql);
      yard->book->replaying = table[i].replaying;
      yard->book->n_undrawn = table[i].n_undrawn;
      g_test_message ("%d stands there, %d undrawn", (int) table[i].stands, (int) table[i].n_undrawn);
      g_assert_cmpint (kan_number_drawn (c, table[i].fy), ==, table[i].drawn);
      g_assert_no_error (c->error);
      g_assert_cmpint (yard->book->n_undrawn, ==, table[i].left);
    }
}

/* At the head the series go on where the file says, as far as lost entries may have brought them. */
static void
test_kept_series (void)
{
  static const struct { gint64 n_undrawn; const char *kept; gint64 left; } table[] = {
    { 0, "2026:1 2027:-", 0 }, { 1, "2026:1 2027:1", 0 }, { 2, "2026:3 2027:-", 0 }, { 3, "2026:3 2027:1", 0 },
    { 9, "2026:3 2027:1", 6 },
  };
  g_autoptr(Yard) yard = yard_new ();

  yard_exec (yard, "INSERT INTO series (id, fy, last) VALUES ('takeout', 2026, 3), ('takeout', 2027, 1),"
                   " ('planted', 2026, 2)");
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(KanScratch) scratch = kan_scratch_new (yard->book, &error);
      KanBook *book = kan_scratch_get_book (scratch);
      g_autofree char *kept = NULL;

      g_assert_true (kan_db_run (book->db, &error, "INSERT INTO series (id, fy, last)"
                                 " VALUES ('takeout', 2026, 1)", ""));
      book->n_undrawn = table[i].n_undrawn;
      g_assert_true (kan_book_keep_series (book, &error));
      g_assert_no_error (error);
      kept = kan_db_get_text (book->db, NULL, "SELECT '2026:' || max(last) || ' 2027:' || ifnull((SELECT last FROM"
                              " series WHERE id = 'takeout' AND fy = 2027), '-') FROM series WHERE fy = 2026", "");
      g_test_message ("%d undrawn", (int) table[i].n_undrawn);
      g_assert_cmpstr (kept, ==, table[i].kept);
      g_assert_cmpint (book->n_undrawn, ==, table[i].left);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lost/counted", test_counted);
  g_test_add_func ("/lost/refused-acts", test_refused_acts);
  g_test_add_func ("/lost/next-number", test_next_number);
  g_test_add_func ("/lost/drawn", test_drawn);
  g_test_add_func ("/lost/kept-series", test_kept_series);
  return g_test_run ();
}
