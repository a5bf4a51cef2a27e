/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pages of a file: which do not hold, told of a file that opens and of one that does not. */
#include "app/vault/vault-fixture.h"
#include "db/kan-sweep.h"

/* A file of some hundred pages. */
static void
grow (Fixture *f)
{
  g_autoptr (KanVault) vault = open_vault (f->path, KAN_VAULT_WRITE);

  unlock (vault, "chief", "chief's");
  exec (kan_vault_get_db (vault), "CREATE TABLE big (a TEXT);"
        " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 800)"
        " INSERT INTO big SELECT hex (randomblob (200)) FROM n");
}

/* "7 10 of 101", or the error's code. */
static char *
sweep (KanVault *vault)
{
  g_autoptr (GError) error = NULL;
  guint32 n_pages = 0;
  g_autoptr (GArray) bad = kan_vault_sweep (vault, &n_pages, &error);
  GString *out = g_string_new (NULL);

  if (bad == NULL)
    g_string_append_printf (out, "error %d", error->code);
  for (guint i = 0; bad != NULL && i < bad->len; i++)
    g_string_append_printf (out, "%u ", g_array_index (bad, guint32, i));
  if (bad != NULL)
    g_string_append_printf (out, "of %u", n_pages);
  return g_string_free (out, FALSE);
}

static void
expect_swept (Fixture *f, KanVault *vault, const char *bad)
{
  guint n_pages = (guint) ((size_of (f->path) - KAN_DB_AT) / KAN_PAGE_SIZE);
  g_autofree char *expected = g_strdup_printf ("%sof %u", bad, n_pages), *found = sweep (vault);

  g_assert_cmpuint (n_pages, >, 50);
  g_assert_cmpstr (found, ==, expected);
}

static void
flip_page (Fixture *f, guint page)
{
  flip (f->path, KAN_DB_AT + (gint64) (page - 1) * KAN_PAGE_SIZE + 100);
}

static void
test_sound (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (KanVault) vault = NULL;

  grow (f);
  vault = open_vault (f->path, KAN_VAULT_READ);
  unlock (vault, "clerk", "clerk's");
  expect_swept (f, vault, "");
  g_assert_cmpint (ask (kan_vault_get_db (vault), "SELECT count(*) FROM big"), ==, 800);
}

/* Pages that no query of today would reach are told, too, and what holds can still be read. */
static void
test_damaged_while_open (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (KanVault) vault = NULL;

  grow (f);
  vault = open_vault (f->path, KAN_VAULT_READ);
  unlock (vault, "chief", "chief's");
  flip_page (f, 31);
  flip_page (f, 7);
  expect_swept (f, vault, "7 31 ");
  g_assert_cmpint (ask (kan_vault_get_db (vault), "SELECT sum(a) FROM t"), ==, 3);
  flip_page (f, 31);
  expect_swept (f, vault, "7 ");
}

/* The header is no page: what is altered in it does not count here. */
static void
test_header_is_no_page (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (KanVault) vault = NULL;

  grow (f);
  flip (f->path, KAN_STATUS_AT + 10);
  flip (f->path, 100);
  vault = open_vault (f->path, KAN_VAULT_READ);
  unlock (vault, "chief", "chief's");
  expect_swept (f, vault, "");
}

/* Without the key nothing can be said; with it, of a database that does not open as of any other. */
static void
test_not_open (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autofree char *locked = g_strdup_printf ("error %d", KAN_ERROR_LOCKED), *found = NULL, *wrong = NULL;
  g_autoptr (KanVault) vault = NULL;

  grow (f);
  vault = open_vault (f->path, KAN_VAULT_READ);
  found = sweep (vault);
  g_assert_cmpstr (found, ==, locked);
  g_assert_cmpint (try_unlock (vault, "chief", "wrong"), ==, KAN_ERROR_LOCKED);
  wrong = sweep (vault);
  g_assert_cmpstr (wrong, ==, locked);
  flip_page (f, 1);
  g_assert_cmpint (try_unlock (vault, "chief", "chief's"), ==, KAN_ERROR_DAMAGED);
  expect_swept (f, vault, "1 ");
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  g_assert_true (kan_crypto_init (&error));
  add_vault_test ("/vault-sweep/sound", test_sound);
  add_vault_test ("/vault-sweep/damaged-while-open", test_damaged_while_open);
  add_vault_test ("/vault-sweep/header-is-no-page", test_header_is_no_page);
  add_vault_test ("/vault-sweep/not-open", test_not_open);
  return g_test_run ();
}
