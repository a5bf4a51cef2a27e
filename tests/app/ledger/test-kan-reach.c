/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Of a chain in a damaged database exactly those entries are named that cannot be read, wherever the damage lies. */
#include "ledger/kan-reach.h"

#include "app/db/db-fixture.h"

enum { ACTS = 300, PAGE = 4096 };

static void
fill (Fixture *f)
{
  g_autoptr (KanDb) db = fixture_open (f, 0, KAN_DB_CREATE);

  exec (db, kan_ledger_schema ());
  exec (db, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)"
            " INSERT INTO act SELECT i, 'at', 1, zeroblob (32), 'session', 'kind', 'S' || i, NULL,"
            " hex (randomblob (CASE i WHEN 150 THEN 9000 ELSE 200 END)), zeroblob (32), zeroblob (32), zeroblob (64)"
            " FROM n");
}

static KanDb *
open_torn (gpointer data, GError **error)
{
  Fixture *f = data;

  return kan_db_open (f->path, 0, f->key, f->salt, KAN_DB_READ_ONLY | KAN_DB_TORN, error);
}

static gboolean
can_be_read (Fixture *f, gint64 seq)
{
  g_autoptr (KanDb) db = open_torn (f, NULL);
  g_autoptr (GPtrArray) acts = db != NULL ? kan_ledger_read_from (db, seq, 1, NULL) : NULL;

  return acts != NULL && acts->len == 1 && ((KanAct *) g_ptr_array_index (acts, 0))->seq == seq;
}

static gboolean
is_lost (const GArray *lost, gint64 seq)
{
  for (guint i = 0; i < lost->len; i++)
    if (seq >= g_array_index (lost, KanReach, i).first && seq <= g_array_index (lost, KanReach, i).last)
      return TRUE;
  return FALSE;
}

static void
visit_cb (const KanAct *act, gpointer data)
{
  guint8 *visits = data;

  visits[act->seq]++;
}

/* How many entries are lost, each tried by itself; all others were shown once. */
static guint
count_lost (Fixture *f)
{
  guint8 visits[ACTS + 1] = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) lost = kan_reach_list_lost (open_torn, f, visit_cb, visits, &error);
  guint n = 0;

  g_assert_no_error (error);
  for (gint64 seq = 1; seq <= ACTS; seq++)
    g_assert_cmpuint (visits[seq], ==, is_lost (lost, seq) ? 0 : 1);
  for (gint64 seq = 1; seq <= ACTS; seq++)
    {
      g_assert_cmpint (is_lost (lost, seq), ==, !can_be_read (f, seq));
      n += is_lost (lost, seq) ? 1 : 0;
    }
  return n;
}

static gint64
n_pages (Fixture *f)
{
  GStatBuf info;

  g_assert_cmpint (g_stat (f->path, &info), ==, 0);
  return info.st_size / PAGE;
}

static void
test_sound (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  fill (f);
  g_assert_cmpuint (count_lost (f), ==, 0);
}

static void
test_any_page (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  guint least = G_MAXUINT, most = 0;

  fill (f);
  for (gint64 page = 1; page < n_pages (f); page += page < 4 ? 1 : 5)
    {
      guint n;

      flip (f->path, page * PAGE + 2000);
      n = count_lost (f);
      least = MIN (least, n);
      most = MAX (most, n);
      flip (f->path, page * PAGE + 2000);
    }
  /* the index of the chain alone; the page above all others */
  g_assert_cmpuint (least, ==, 0);
  g_assert_cmpuint (most, ==, ACTS);
}

static void
test_several (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (GArray) lost = NULL;

  fill (f);
  for (gint64 page = 10; page < n_pages (f) - 1; page += 12)
    flip (f->path, page * PAGE + 2000);
  g_assert_cmpuint (count_lost (f), >, 5);
  lost = kan_reach_list_lost (open_torn, f, NULL, NULL, NULL);
  g_assert_cmpuint (lost->len, >, 1);
  for (guint i = 1; i < lost->len; i++)
    g_assert_cmpint (g_array_index (lost, KanReach, i).first, >, g_array_index (lost, KanReach, i - 1).last);
}

/* Without its last pages a database does not open any more, except for what is done here. */
static void
test_cut_off (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  guint before = 0;

  fill (f);
  for (gint64 pages = n_pages (f) - 1; pages > 4; pages -= 10)
    {
      guint n;

      g_assert_cmpint (truncate (f->path, pages * PAGE), ==, 0);
      n = count_lost (f);
      g_assert_cmpuint (n, >=, before);
      before = n;
    }
  g_assert_cmpuint (before, >, ACTS / 2);
}

static void
test_first_page (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) lost = NULL;

  fill (f);
  flip (f->path, 2000);
  lost = kan_reach_list_lost (open_torn, f, NULL, NULL, &error);
  g_assert_null (lost);
  g_assert_error (error, KAN_ERROR, KAN_ERROR_DAMAGED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_test ("/reach/sound", test_sound);
  add_test ("/reach/any-page", test_any_page);
  add_test ("/reach/several", test_several);
  add_test ("/reach/cut-off", test_cut_off);
  add_test ("/reach/first-page", test_first_page);
  return g_test_run ();
}
