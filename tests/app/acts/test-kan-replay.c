/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Acts judged and applied again: into a book that nobody can find, without touching the one that is replayed. */
#include "app/acts/yard.h"

#include "acts/kan-replay.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static KanScratch *
new_scratch (Yard *yard)
{
  g_autoptr(GError) error = NULL;
  KanScratch *scratch = kan_scratch_new (yard->book, &error);

  g_assert_no_error (error);
  return scratch;
}

/* "" where it has its effect; "?" before the reason where it cannot be read. */
static char *
replay (KanBook *book, Yard *yard, gint64 seq)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanAct) act = kan_ledger_get (yard->db, seq, &error);
  g_autofree char *why = NULL;
  gboolean readable = FALSE;

  g_assert_no_error (error);
  g_assert_true (kan_replay_act (book, act, &readable, &why, &error));
  g_assert_no_error (error);
  return why == NULL ? g_strdup ("") : g_strconcat (readable ? "" : "?", why, NULL);
}

static void
replay_range (KanBook *book, Yard *yard, gint64 first, gint64 last)
{
  for (gint64 seq = first; seq <= last; seq++)
    {
      g_autofree char *why = replay (book, yard, seq);

      g_assert_cmpstr (why, ==, "");
    }
}

static char *
text_of (KanBook *book, const char *sql)
{
  g_autoptr(GError) error = NULL;
  char *text = kan_db_get_text (book->db, &error, sql, "");

  g_assert_no_error (error);
  return text;
}

static gboolean
lies_in_the_open (void)
{
  g_autofree char *prefix = g_strdup_printf ("kanribo-%d-", (int) getpid ());
  g_autoptr(GDir) folder = g_dir_open (g_get_tmp_dir (), 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    if (g_str_has_prefix (name, prefix))
      return TRUE;
  return FALSE;
}

/* The same rows come of the same acts; the replayed book keeps its own, and no file can be found. */
static void
test_same_rows (void)
{
  static const char CRATES[] = "SELECT group_concat(id || state || ifnull(weight, '-') || made || changed, ' ') FROM"
                               " (SELECT * FROM crate ORDER BY id)";
  g_autoptr(Yard) yard = yard_new_with_history ();
  g_autoptr(KanScratch) scratch = new_scratch (yard);
  KanBook *book = kan_scratch_get_book (scratch);
  g_autofree char *before = text_of (yard->book, CRATES), *after = NULL, *untouched = NULL;

  replay_range (book, yard, 1, yard_head (yard));
  after = text_of (book, CRATES);
  untouched = text_of (yard->book, CRATES);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpstr (untouched, ==, before);
  g_assert_false (lies_in_the_open ());
  g_assert_cmpint (book->n_lost + book->n_undrawn, ==, 0);
}

#define AGAINST "it was signed against the rules: "

static void
test_without_effect (void)
{
  static const struct { const char *kind, *subject, *body, *why; gint64 actor, n_lost; } table[] = {
    { "crate.burn", "C1", "{}", "?it cannot be read: act 41: its kind or time cannot be read", CLERK, 1 },
    { "crate.add", "C4", "{\"label\": \"x\"}",
      "?it cannot be read: body of an act not canonical at byte 9: number", CLERK, 2 },
    { "crate.weigh", "C2", "{\"weight\":1}", AGAINST "Only for: Operator", CLERK, 2 },
    /* all reasons, and none that only marks a fact */
    { "crate.weigh", "C2", "{\"guess\":1,\"weight\":-1}",
      AGAINST "Guess: An answer that is not what the question asks for (This is answered in another way); "
      "Weight: A number too small or too large (A count is not negative)", OPERATOR, 2 },
    { "crate.add", "C9", "{\"label\":\"x\"}",
      AGAINST "No such record (C9 is not the next number of this register)", CLERK, 2 },
    { "crate.add", "C4", "{}", AGAINST "Label: An answer is needed", CLERK, 2 },
    /* never what its signer could have done instead */
    { "crate.weigh", "C3", "{\"weight\":1}", AGAINST "C3 is in the state “Lost”", OPERATOR, 2 },
    { "crate.add", "C4", "{\"label\":\"x\"}", "", CLERK, 2 },
  };

  g_autoptr(Yard) yard = yard_new_with_history ();
  g_autoptr(KanScratch) scratch = new_scratch (yard);
  KanBook *book = kan_scratch_get_book (scratch);

  replay_range (book, yard, 1, yard_head (yard));
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      gint64 seq = yard_forge (yard, table[i].actor, yard->keys[table[i].actor], table[i].kind, table[i].subject,
                               table[i].body, NULL);
      g_autofree char *why = replay (book, yard, seq);

      g_test_message ("%s %s: %s", table[i].kind, table[i].body, why);
      g_assert_cmpstr (why, ==, table[i].why);
      g_assert_cmpint (book->n_lost, ==, table[i].n_lost);
    }
}

/* What an act would do contradicts the tables: the act is at fault, and the replay goes on. */
static void
test_effect_that_contradicts (void)
{
  g_autoptr(Yard) yard = yard_new_with_history ();
  g_autoptr(KanScratch) scratch = new_scratch (yard);
  KanBook *book = kan_scratch_get_book (scratch);
  g_autoptr(GError) error = NULL;
  g_autofree char *why = NULL;

  replay_range (book, yard, 1, 36);
  g_assert_true (kan_db_exec (book->db, "CREATE TEMP TRIGGER no BEFORE UPDATE ON crate"
                              " BEGIN SELECT raise (ABORT, 'contradiction'); END", &error));
  why = replay (book, yard, 37);
  g_assert_nonnull (strstr (why, "contradiction"));
  g_assert_true (kan_db_exec (book->db, "DROP TRIGGER no", &error));
  replay_range (book, yard, 38, 39);
}

/* A file begins under the edition that its founding names, as far as this program knows it. */
static void
test_edition_of_founding (void)
{
  static const struct { guint program; guint edition; } table[] = { { 1, 1 }, { 2, 1 } };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(Yard) yard = yard_new_empty ();
      g_autoptr(KanScratch) scratch = new_scratch (yard);
      KanBook *book = kan_scratch_get_book (scratch);

      book->program_edition = table[i].program;
      book->edition = 9;
      replay_range (book, yard, 1, 1);
      g_assert_cmpuint (book->edition, ==, table[i].edition);
    }
}

/* A copy goes its own way: free text and all, and nothing comes back. */
static void
test_copy (void)
{
  g_autoptr(Yard) yard = yard_new_with_history ();
  g_autoptr(GError) error = NULL;
  g_autoptr(KanScratch) scratch = NULL;
  g_autofree char *note = NULL, *heads = NULL, *gone = NULL;
  gint64 head = yard_head (yard);

  yard->book->program_edition = 4;
  scratch = kan_scratch_new_copy (yard->book, &error);
  g_assert_no_error (error);
  g_assert_false (lies_in_the_open ());
  note = text_of (kan_scratch_get_book (scratch), "SELECT content FROM detached JOIN crate ON digest = note");
  g_assert_cmpstr (note, ==, "角が欠けている");
  heads = text_of (kan_scratch_get_book (scratch), "SELECT max(seq) FROM act");
  g_assert_cmpint (g_ascii_strtoll (heads, NULL, 10), ==, head);
  g_assert_cmpuint (kan_scratch_get_book (scratch)->program_edition, ==, 4);
  g_assert_true (kan_db_exec (kan_scratch_get_book (scratch)->db, "DELETE FROM crate", &error));
  yard_expect_text (yard, "3", "SELECT count(*) FROM crate");
  yard_exec (yard, "UPDATE crate SET weight = 99");
  gone = text_of (kan_scratch_get_book (scratch), "SELECT count(*) FROM crate WHERE weight = 99");
  g_assert_cmpstr (gone, ==, "0");
}

/* A day ends at midnight in Japan; what cannot be dated is read on past. */
static void
test_as_of (void)
{
  static const struct { const char *day, *crates; } table[] = {
    { "2026-08-31", "0" }, { "2026-09-01", "3" }, { "2026-09-04", "3" }, { "2026-09-05", "4" }, { "2026-09-06", "5" },
    { "9999-12-31", "5" },
  };
  g_autoptr(Yard) yard = yard_new_with_history ();

  yard_set_time (yard, "2026-09-05T23:58");
  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=四");
  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=五");
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(KanScratch) scratch = kan_book_as_of (yard->book, table[i].day, &error);
      g_autofree char *crates = NULL;

      g_assert_no_error (error);
      crates = text_of (kan_scratch_get_book (scratch), "SELECT count(*) FROM crate");
      g_test_message ("%s", table[i].day);
      g_assert_cmpstr (crates, ==, table[i].crates);
    }
}

/* A flat battery's 2099 hides nothing that came after it, once somebody set the clock right; a clock set back brings
 * nothing forward. */
static void
test_as_of_wrong_clocks (void)
{
  static const struct { const char *day, *crates; } table[] = {
    { "2026-09-04", "3" }, { "2026-09-05", "3" }, { "2026-09-06", "6" }, { "2026-09-07", "6" }, { "2026-09-08", "8" },
    { "2027-01-01", "8" }, { "2020-01-01", "0" },
  };
  g_autoptr(Yard) yard = yard_new_with_history ();

  yard_set_time (yard, "2099-01-01T00:00");
  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=四 | clock=ahead");
  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=五");
  yard_set_time (yard, "2026-09-05T09:00");
  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=六 | clock=behind");
  yard_set_time (yard, "2026-09-06T09:00");
  yard_expect (yard, "done", GENERAL, "clock.correct", "F1", "reason=電池の交換 | with=6");
  yard_set_time (yard, "2020-01-01T09:00");
  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=七 | clock=behind");
  yard_set_time (yard, "2026-09-08T09:00");
  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=八");
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(KanScratch) scratch = kan_book_as_of (yard->book, table[i].day, NULL);
      g_autofree char *crates = text_of (kan_scratch_get_book (scratch), "SELECT count(*) FROM crate");

      g_test_message ("%s", table[i].day);
      g_assert_cmpstr (crates, ==, table[i].crates);
    }
}

/* Nobody foresees its name, nobody else reads it, and no name leads to it. */
static void
test_where_it_lies (void)
{
  g_autoptr(Yard) yard = yard_new_empty ();
  G_GNUC_UNUSED g_autoptr(KanScratch) scratch = new_scratch (yard);
  g_autoptr(GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/proc/self/fd", name, NULL);
      g_autofree char *target = g_file_read_link (path, NULL);
      struct stat info;

      if (target == NULL || !g_regex_match_simple ("/kanribo-[0-9a-f]{32} \\(deleted\\)$", target, 0, 0))
        continue;
      g_assert_cmpint (stat (path, &info), ==, 0);
      g_assert_cmpint (info.st_mode & 0777, ==, 0600);
      n++;
    }
  g_assert_cmpuint (n, ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/replay/same-rows", test_same_rows);
  g_test_add_func ("/replay/without-effect", test_without_effect);
  g_test_add_func ("/replay/effect-that-contradicts", test_effect_that_contradicts);
  g_test_add_func ("/replay/edition-of-founding", test_edition_of_founding);
  g_test_add_func ("/replay/copy", test_copy);
  g_test_add_func ("/replay/as-of", test_as_of);
  g_test_add_func ("/replay/as-of-wrong-clocks", test_as_of_wrong_clocks);
  g_test_add_func ("/replay/where-it-lies", test_where_it_lies);
  return g_test_run ();
}
