/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One act committed durably beside a bare SQLCipher transaction that writes the same rows into a copy of the same
 * tables, with the same settings, in turn. */
#include "bench/bench.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

enum { ROUNDS = 100 };

static const BenchAim aims[] = {
  { "an act, 10,000 acts, of the bare writes", "times", 2, FALSE },
  { "an act, 100,000 acts, of the bare writes", "times", 2, FALSE },
};

typedef struct
{
  KanDb      *db;
  KanAct     *like;          /* an act as large as the one that was just signed */
  const char *medium, *state, *before;
  gint64      id;
  gboolean    out;
} Bare;

static gboolean
take_out (KanDb *db, const Bare *bare, GError **error)
{
  return kan_db_run (db, error, "UPDATE medium SET changed = ?, state = ?, used_for = ?, holder = ? WHERE id = ?",
                     "isssi", bare->like->seq, bare->state, "年金請求書の審査", "P9", bare->id) &&
         kan_db_run (db, error, "UPDATE medium SET out_since = ? WHERE id = ?", "si", "2026-11-10T09:00", bare->id);
}

static gboolean
put_back (KanDb *db, const Bare *bare, GError **error)
{
  return kan_db_run (db, error, "UPDATE medium SET changed = ?, state = ?, place = 1 WHERE id = ?", "isi",
                     bare->like->seq, bare->state, bare->id) &&
         kan_db_run (db, error, "UPDATE medium SET holder = NULL, out_since = NULL, used_for = NULL WHERE id = ?", "i",
                     bare->id);
}

/* What the machinery writes for media.checkout and media.checkin, row by row, and nothing it reads. */
static gboolean
write_rows (KanDb *db, gpointer data, GError **error)
{
  const Bare *bare = data;
  const KanAct *act = bare->like;

  return kan_ledger_append (db, act, error) &&
         (bare->out ? take_out (db, bare, error) : put_back (db, bare, error)) &&
         kan_db_run (db, error, "INSERT INTO step (seq, subject, before, after, undo) VALUES (?, ?, ?, ?, NULL)",
                     "isss", act->seq, bare->medium, bare->before, bare->state) &&
         kan_db_run (db, error, "UPDATE meta SET value = ? WHERE key = 'floor'", "i", bench_at () + act->seq);
}

static void
commit_bare (Bare *bare, KanDb *chain, gint64 seq, gboolean out, BenchSample *times)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanAct) like = kan_ledger_get (chain, seq, &error);
  double since;

  g_assert_no_error (error);
  bare->like = like;
  bare->out = out;
  bare->state = out ? "in_use" : "stored";
  bare->before = out ? "stored" : "in_use";
  since = bench_now ();
  g_assert_true (kan_db_transaction (bare->db, write_rows, bare, &error));
  bench_add_since (times, since);
  g_assert_no_error (error);
}

static gint64
commit_act (KanDesk *desk, const char *medium, gboolean out, gint64 now, BenchSample *times)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanOutcome) outcome = NULL;
  g_autoptr(KanDraft) draft = NULL;
  double since = bench_now ();

  draft = kan_draft_new (kan_desk_get_book (desk), out ? "media.checkout" : "media.checkin", medium, &error);
  g_assert_no_error (error);
  if (out)
    kan_draft_set (draft, "used_for", "年金請求書の審査");
  outcome = kan_desk_sign (desk, draft, now, &error);
  bench_add_since (times, since);
  g_assert_no_error (error);
  g_assert_cmpuint (outcome->refusals->len, ==, 0);
  return outcome->seq;
}

/* The same pages in a database of its own, opened as the file's is. */
static KanDb *
bare_copy (KanDesk *desk, const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanSecret) key = kan_secret_new_random (KAN_KEY_SIZE);
  guint8 salt[KAN_SALT_SIZE];
  KanDb *db;

  kan_random (salt, sizeof salt);
  g_unlink (path);
  db = kan_db_open (path, 0, key, salt, KAN_DB_CREATE, &error);
  g_assert_no_error (error);
  g_assert_true (kan_db_copy_into (kan_vault_get_db (kan_desk_get_vault (desk)), db, &error));
  g_assert_no_error (error);
  return db;
}

static char *
stored_medium (KanDesk *desk)
{
  g_autoptr(GError) error = NULL;
  char *medium = kan_db_get_text (kan_vault_get_db (kan_desk_get_vault (desk)), &error,
                                  "SELECT 'M' || max(id) FROM medium WHERE state = 'stored' AND place = 1", "");

  g_assert_no_error (error);
  g_assert_nonnull (medium);
  return medium;
}

static void
compare (guint acts, const BenchAim *aim)
{
  BenchSample signed_acts = { 0 }, bare_ones = { 0 }, ratios = { 0 };
  g_autofree char *file = bench_file (acts, FALSE), *copy = bench_copy (file), *path = NULL, *medium = NULL;
  g_autofree char *passphrases = g_strdup_printf ("%s.passphrases", file);
  g_autofree char *link = g_strdup_printf ("%s.passphrases", copy);
  g_autoptr(KanDesk) desk = NULL;
  g_autoptr(KanDb) db = NULL;
  Bare bare = { 0 };

  g_unlink (link);
  g_assert_cmpint (symlink (passphrases, link), ==, 0);
  desk = bench_open (copy, KAN_VAULT_WRITE, BENCH_LOGIN);
  path = g_strdup_printf ("%s-bare", copy);
  db = bare_copy (desk, path);
  medium = stored_medium (desk);
  bare = (Bare) { .db = db, .medium = medium, .id = g_ascii_strtoll (medium + 1, NULL, 10) };
  for (guint i = 0; i < 2 * ROUNDS; i++)
    {
      gint64 seq = commit_act (desk, medium, i % 2 == 0, bench_at () + i, &signed_acts);

      commit_bare (&bare, kan_vault_get_db (kan_desk_get_vault (desk)), seq, i % 2 == 0, &bare_ones);
      bench_add (&ratios, signed_acts.value[i] / bare_ones.value[i]);
    }
  bench_tell ("an act", &signed_acts, "ms");
  bench_tell ("the bare writes", &bare_ones, "ms");
  bench_judge (aim, &ratios);
  g_clear_pointer (&db, kan_db_free);
  g_unlink (path);
  g_unlink (copy);
  g_unlink (link);
}

int
main (int argc, char **argv)
{
  bench_start (argc, argv);
  compare (10000, &aims[0]);
  compare (100000, &aims[1]);
  return bench_end ();
}
