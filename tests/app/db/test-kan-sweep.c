/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page sweep finds every page that was changed, and no other. */
#include "app/db/db-fixture.h"
#include "db/kan-sweep.h"

enum { OFFSET = 65536 };

static void
fill (Fixture *f)
{
  g_autoptr (KanDb) db = fixture_open (f, OFFSET, KAN_DB_CREATE);

  exec (db, "CREATE TABLE t (a)");
  exec (db, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)"
            " INSERT INTO t SELECT hex (randomblob (200)) FROM n");
}

static char *
sweep (Fixture *f, const KanSecret *key)
{
  g_autoptr (GArray) bad = g_array_new (FALSE, FALSE, sizeof (guint32));
  int fd = open (f->path, O_RDONLY | O_CLOEXEC);
  GString *text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  guint32 n_pages = 0;

  if (!kan_sweep (fd, f->path, OFFSET, key, f->salt, &n_pages, bad, &error))
    g_string_append (text, "short");
  g_assert_cmpint (error == NULL, ==, text->len == 0);
  for (guint i = 0; i < bad->len && i < 5; i++)
    g_string_append_printf (text, "%u ", g_array_index (bad, guint32, i));
  g_assert_true (n_pages > 50 || error != NULL);
  close (fd);
  return g_string_free (text, FALSE);
}

static void
test_sound (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autofree char *bad = NULL;

  fill (f);
  bad = sweep (f, f->key);
  g_assert_cmpstr (bad, ==, "");
}

static void
test_names_changed_pages (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autofree char *bad = NULL;

  fill (f);
  flip (f->path, OFFSET + 20);
  flip (f->path, OFFSET + 4096 * 6);
  flip (f->path, OFFSET + 4096 * 10 - 1);
  bad = sweep (f, f->key);
  g_assert_cmpstr (bad, ==, "1 7 10 ");
}

/* A page in another's place is as bad as a changed one. */
static void
test_swapped (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autofree char *bad = NULL;
  char page[2][4096];
  int fd = -1;

  fill (f);
  fd = open (f->path, O_RDWR | O_CLOEXEC);
  for (int i = 0; i < 2; i++)
    g_assert_cmpint (pread (fd, page[i], 4096, OFFSET + 4096 * (20 + i)), ==, 4096);
  for (int i = 0; i < 2; i++)
    g_assert_cmpint (pwrite (fd, page[i], 4096, OFFSET + 4096 * (21 - i)), ==, 4096);
  close (fd);
  bad = sweep (f, f->key);
  g_assert_cmpstr (bad, ==, "21 22 ");
}

static void
test_other_key (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (KanSecret) other = kan_secret_new_random (KAN_KEY_SIZE);
  g_autofree char *bad = NULL;

  fill (f);
  bad = sweep (f, other);
  g_assert_cmpstr (bad, ==, "1 2 3 4 5 ");
}

static void
test_cut_off (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autofree char *bad = NULL;

  fill (f);
  g_assert_cmpint (truncate (f->path, OFFSET + 4096 * 3 + 7), ==, 0);
  bad = sweep (f, f->key);
  g_assert_cmpstr (bad, ==, "short");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_test ("/sweep/sound", test_sound);
  add_test ("/sweep/names-changed-pages", test_names_changed_pages);
  add_test ("/sweep/swapped", test_swapped);
  add_test ("/sweep/other-key", test_other_key);
  add_test ("/sweep/cut-off", test_cut_off);
  return g_test_run ();
}
