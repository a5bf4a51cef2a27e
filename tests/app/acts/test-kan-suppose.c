/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What would stand if drafts had been signed: seen while one looks, and gone without a trace. */
#include "app/acts/yard.h"

#include "acts/kan-suppose.h"

typedef struct { const char *kind, *subject, *key, *answer; gint64 person; } Supposed;

/* What is supposed, one after the other; then `sql` is asked, and `seen` is what it says. */
typedef struct { Yard *yard; const Supposed *acts; guint n; const char *sql; char *seen; gboolean fails; } Looking;

static gboolean
suppose_all (KanBook *book, gpointer data, GError **error)
{
  Looking *self = data;

  for (guint i = 0; i < self->n; i++)
    {
      const Supposed *act = &self->acts[i];
      g_autoptr(KanDraft) draft = kan_draft_new (book, act->kind, act->subject, error);

      g_assert_nonnull (draft);
      if (act->key != NULL)
        kan_draft_set (draft, act->key, act->answer);
      if (!kan_draft_suppose (draft, act->person, self->yard->now + 60, error))
        return FALSE;
    }
  self->seen = yard_text (self->yard, self->sql);
  if (self->fails)
    g_set_error_literal (error, KAN_ERROR, KAN_ERROR_CANCELLED, "enough was seen");
  return !self->fails;
}

/* Every row of every table, so that nothing is left behind anywhere. */
static char *
fingerprint (Yard *yard)
{
  g_autofree char *tables = yard_text (yard, "SELECT group_concat(name) FROM sqlite_schema WHERE type = 'table'");
  g_auto(GStrv) list = g_strsplit (tables, ",", -1);
  g_autoptr(GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  for (char **table = list; *table != NULL; table++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT * FROM %s ORDER BY 1, 2", *table);
      g_autoptr(KanStmt) stmt = kan_db_prepare (yard->db, sql, NULL);

      while (stmt != NULL && kan_stmt_step (stmt, NULL))
        for (int i = 0; i < kan_stmt_n_columns (stmt); i++)
          {
            gsize size = 0;
            const guint8 *bytes = kan_stmt_bytes (stmt, i, &size);

            g_checksum_update (sum, bytes != NULL ? bytes : (const guint8 *) "", (gssize) size);
            g_checksum_update (sum, (const guint8 *) "|", 1);
          }
    }
  return g_strdup (g_checksum_get_string (sum));
}

static void
expect_seen (Yard *yard, const Supposed *acts, guint n, const char *sql, const char *expected)
{
  Looking looking = { yard, acts, n, sql, NULL, FALSE };
  g_autofree char *before = fingerprint (yard), *after = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (kan_book_suppose (yard->book, suppose_all, &looking, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (looking.seen, ==, expected);
  after = fingerprint (yard);
  g_assert_cmpstr (after, ==, before);
  g_free (looking.seen);
}

static void
test_seen_and_gone (void)
{
  static const Supposed amend[] = { { "crate.amend", "C1", "weight", "77", CLERK } };
  static const Supposed chain[] = { { "crate.amend", "C1", "weight", "77", CLERK },
                                    { "crate.weigh", "C1", "weight", "88", OPERATOR },
                                    { "crate.lose", "C1", NULL, NULL, OPERATOR } };
  static const Supposed made[] = { { "crate.add", NULL, "label", "四", CLERK } };
  static const char *one = "SELECT state || ' ' || weight FROM crate WHERE id = 1";
  g_autoptr(Yard) yard = yard_new ();

  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=一 | weight=1");
  expect_seen (yard, NULL, 0, one, "kept 1");
  expect_seen (yard, amend, 1, one, "kept 77");
  expect_seen (yard, chain, 3, one, "lost 88");
  expect_seen (yard, made, 1, "SELECT max(id) || ' ' || label FROM crate", "2 四");
  /* and what was supposed stands in nobody's way */
  yard_expect (yard, "done", CLERK, "crate.amend", "C1", "weight=5");
  yard_expect_text (yard, "kept 5", one);
  yard_expect_faults (yard, NULL, "");
}

/* An act that waits for hands counts as if they were given: its number is drawn, and drawn again in earnest. */
static void
test_hands_count_as_given (void)
{
  static const Supposed seal[] = { { "crate.seal", "C1", NULL, NULL, CLERK } };
  g_autoptr(Yard) yard = yard_new ();

  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=一 | weight=1");
  expect_seen (yard, seal, 1, "SELECT state || ' ' || takeout_no FROM crate WHERE id = 1", "sealed 1");
  yard_expect (yard, "done", CLERK, "crate.seal", "C1", "with=2,3");
  yard_expect_text (yard, "sealed 1", "SELECT state || ' ' || takeout_no FROM crate WHERE id = 1");
}

/* What would be refused does nothing, and what comes after it goes on without. */
static void
test_refused_does_nothing (void)
{
  static const Supposed acts[] = { { "crate.weigh", "C1", "weight", "66", CLERK },          /* no operator */
                                   { "crate.seal", "C9", NULL, NULL, CLERK },               /* no such record */
                                   { "crate.amend", "C1", "weight", "many", CLERK },        /* makes no sense */
                                   { "crate.amend", "C1", "colour", "red", CLERK } };
  g_autoptr(Yard) yard = yard_new ();

  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=一 | weight=1");
  expect_seen (yard, acts, 4, "SELECT weight || ' ' || colour FROM crate WHERE id = 1", "1 red");
}

static void
test_failing (void)
{
  static const Supposed amend[] = { { "crate.amend", "C1", "weight", "77", CLERK } };
  g_autoptr(Yard) yard = yard_new ();
  Looking looking = { yard, amend, 1, "SELECT weight FROM crate WHERE id = 1", NULL, TRUE };
  g_autoptr(GError) error = NULL;

  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=一 | weight=1");
  g_assert_false (kan_book_suppose (yard->book, suppose_all, &looking, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_CANCELLED);
  g_assert_cmpstr (looking.seen, ==, "77");
  yard_expect_text (yard, "1", "SELECT weight FROM crate WHERE id = 1");
  g_free (looking.seen);
}

/* What the book has in memory goes back, too: the clock, and the profile of a supposed adoption. */
static gboolean
adopt (KanBook *book, gpointer data, GError **error)
{
  Yard *yard = data;
  g_autoptr(KanDraft) draft = kan_draft_new (book, "profile.adopt", NULL, error);
  g_autofree char *json = yard_text (yard, "SELECT json FROM profile WHERE id = 1");
  g_auto(GStrv) parts = g_strsplit (json, "\"acts\": {}", 2);
  g_autofree char *other = g_strjoinv ("\"acts\": {\"crate.grant\": {\"may\": [\"system_manager\"]}}", parts);
  g_autofree char *may = NULL;

  kan_draft_set (draft, "json", other);
  kan_draft_set (draft, "in_force_from", "2026-09-01");
  if (!kan_draft_suppose (draft, CHIEF, yard->now + 86400, error))
    return FALSE;
  may = kan_kind_may (book, kan_book_find_kind (book, "crate.grant", NULL));
  g_assert_cmpstr (may, ==, "system_manager");
  return TRUE;
}

static void
test_memory_goes_back (void)
{
  g_autoptr(Yard) yard = yard_new ();
  g_autoptr(GError) error = NULL;
  g_autofree char *may = NULL;
  gint64 floor = yard->book->floor;

  g_assert_true (kan_book_suppose (yard->book, adopt, yard, &error));
  g_assert_no_error (error);
  may = kan_kind_may (yard->book, kan_book_find_kind (yard->book, "crate.grant", NULL));
  g_assert_cmpstr (may, ==, "information_manager");
  g_assert_cmpuint (yard->book->profiles->len, ==, 1);
  g_assert_cmpint (yard->book->floor, ==, floor);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/suppose/seen-and-gone", test_seen_and_gone);
  g_test_add_func ("/suppose/hands-count-as-given", test_hands_count_as_given);
  g_test_add_func ("/suppose/refused-does-nothing", test_refused_does_nothing);
  g_test_add_func ("/suppose/failing", test_failing);
  g_test_add_func ("/suppose/memory-goes-back", test_memory_goes_back);
  return g_test_run ();
}
