/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a passphrase to the database, where something stands in between: other typing, forged headers, another file. */
#include "app/vault/vault-fixture.h"
#include "db/kan-io.h"
#include "vault/kan-header.h"

/* A login and a passphrase count as typed, to the last byte; what failed leaves the file as it was. */
static void
test_as_typed (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  static const struct { const char *login, *text; } wrong[] = {
    { "", "chief's" }, { "Chief", "chief's" }, { "chief ", "chief's" }, { "chie", "chief's" }, { "chief", "" },
    { "chief", "chief" }, { "chief", "Chief's" }, { "chief", " chief's" }, { "chief", "chief's " },
    { "chief", "chief’s" }, { "chief", "clerk's" }, { "clerk", "chief's" }, { "ch\u202eief", "chief's" },
  };
  g_autoptr (KanVault) vault = open_vault (f->path, KAN_VAULT_READ);

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_test_message ("“%s” “%s”", wrong[i].login, wrong[i].text);
      g_assert_cmpint (try_unlock (vault, wrong[i].login, wrong[i].text), ==,
                       kan_vault_find_slot (vault, wrong[i].login) != NULL ? KAN_ERROR_LOCKED : KAN_ERROR_KEYLESS);
      g_assert_null (kan_vault_get_db (vault));
    }
  unlock (vault, "chief", "chief's");
  g_assert_cmpint (try_unlock (vault, "clerk", "chief's"), ==, KAN_ERROR_LOCKED);
  g_assert_cmpint (ask (kan_vault_get_db (vault), "SELECT sum(a) FROM t"), ==, 3);
}

/* Writes a header of a later generation over a copy, its code made with `key`. */
static void
forge (const char *path, guint copy, guint64 generation, const KanSecret *key)
{
  g_autofree guint8 *bytes = g_malloc (KAN_HEADER_SIZE);
  g_autofree KanHeader *header = g_new0 (KanHeader, 1);
  int fd = open (path, O_RDWR | O_CLOEXEC);

  g_assert_true (kan_io_read_at (fd, bytes, KAN_HEADER_SIZE, (gint64) copy * KAN_HEADER_SIZE, path, NULL));
  g_assert_cmpint (kan_header_decode (header, bytes), ==, KAN_COPY_SOUND);
  header->generation = generation;
  kan_header_encode (header, key, bytes);
  g_assert_true (kan_io_write_at (fd, bytes, KAN_HEADER_SIZE, (gint64) copy * KAN_HEADER_SIZE, path, NULL));
  close (fd);
}

/* Where neither copy was written by somebody who held the key, the right passphrase opens nothing either. */
static void
test_both_forged (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (KanSecret) guess = kan_secret_new_random (KAN_KEY_SIZE), secret = phrase ("chief's");
  g_autoptr (KanVault) vault = NULL;
  g_autoptr (GError) error = NULL;

  forge (f->path, 0, 9, guess);
  forge (f->path, 1, 9, guess);
  vault = open_vault (f->path, KAN_VAULT_READ);
  g_assert_cmpint (try_unlock (vault, "chief", "wrong"), ==, KAN_ERROR_LOCKED);
  g_assert_null (kan_vault_unlock (vault, "chief", secret, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_DAMAGED);
  g_assert_nonnull (strstr (error->message, "altered by somebody without its key"));
  g_assert_null (kan_vault_get_db (vault));
}

/* One of them, whichever it is: the other counts and it is told, and the next change of a slot sets both right. */
static void
test_one_forged (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  for (guint copy = 0; copy < 2; copy++)
    {
      g_autoptr (KanSecret) guess = kan_secret_new_random (KAN_KEY_SIZE);
      g_autoptr (KanVault) vault = NULL;
      guint64 generation;

      forge (f->path, copy, 99, guess);
      vault = open_vault (f->path, KAN_VAULT_WRITE);
      unlock (vault, "chief", "chief's");
      g_assert_nonnull (strstr (kan_vault_get_notice (vault), "not written by a holder of the key"));
      generation = kan_vault_get_generation (vault);
      g_assert_cmpuint (generation, <, 99);
      g_assert_cmpint (put_slot (vault, "clerk", 2, "clerk's"), ==, -1);
      g_clear_pointer (&vault, kan_vault_free);
      vault = open_vault (f->path, KAN_VAULT_READ);
      unlock (vault, "clerk", "clerk's");
      g_assert_null (kan_vault_get_notice (vault));
      g_assert_cmpuint (kan_vault_get_generation (vault), >, generation);
    }
}

/* Another file under the same name, though it is a copy to the last byte, is not the one that was opened and locked. */
static void
test_replaced (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autofree char *copy = g_build_filename (f->folder, "copy", NULL), *bytes = NULL;
  g_autoptr (KanVault) vault = open_vault (f->path, KAN_VAULT_READ);
  gsize size = 0;

  g_assert_true (g_file_get_contents (f->path, &bytes, &size, NULL));
  g_assert_true (g_file_set_contents (copy, bytes, (gssize) size, NULL));
  g_assert_cmpint (g_rename (copy, f->path), ==, 0);
  g_assert_cmpint (try_unlock (vault, "chief", "chief's"), ==, KAN_ERROR_BUSY);
  g_assert_null (kan_vault_get_db (vault));
  g_clear_pointer (&vault, kan_vault_free);
  vault = open_vault (f->path, KAN_VAULT_READ);
  unlock (vault, "chief", "chief's");
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  g_assert_true (kan_crypto_init (&error));
  add_vault_test ("/vault-unlock/as-typed", test_as_typed);
  add_vault_test ("/vault-unlock/both-forged", test_both_forged);
  add_vault_test ("/vault-unlock/one-forged", test_one_forged);
  add_vault_test ("/vault-unlock/replaced", test_replaced);
  return g_test_run ();
}
