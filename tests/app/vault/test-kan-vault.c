/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening and unlocking: who gets in, and what every kind of bad file is called. */
#include "app/vault/vault-fixture.h"
#include "db/kan-io.h"
#include "vault/kan-header.h"
#include "vault/kan-status.h"

#include <sys/wait.h>

static void
test_unlock (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (KanVault) vault = open_vault (f->path, KAN_VAULT_WRITE);

  g_assert_null (kan_vault_get_db (vault));
  unlock (vault, "chief", "chief's");
  g_assert_cmpint (ask (kan_vault_get_db (vault), "SELECT sum(a) FROM t"), ==, 3);
  exec (kan_vault_get_db (vault), "INSERT INTO t VALUES (4)");
  g_assert_false (kan_vault_was_interrupted (vault));
  g_assert_null (kan_vault_get_notice (vault));
  g_assert_cmpint (kan_vault_get_founding (vault)->bytes[2], ==, 3);
  g_clear_pointer (&vault, kan_vault_free);
  vault = open_vault (f->path, KAN_VAULT_READ);
  unlock (vault, "clerk", "clerk's");
  g_assert_cmpint (ask (kan_vault_get_db (vault), "SELECT sum(a) FROM t"), ==, 7);
  g_assert_true (kan_db_is_read_only (kan_vault_get_db (vault)));
}

static void
test_locked (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (KanVault) vault = open_vault (f->path, KAN_VAULT_READ);
  g_autoptr (KanSecret) wrong = phrase ("chief's\n"), right = phrase ("chief's");
  g_autoptr (GError) unknown = NULL, mistyped = NULL;

  g_assert_null (kan_vault_unlock (vault, "nobody", right, &unknown));
  g_assert_error (unknown, KAN_ERROR, KAN_ERROR_KEYLESS);
  g_assert_null (kan_vault_unlock (vault, "chief", wrong, &mistyped));
  g_assert_error (mistyped, KAN_ERROR, KAN_ERROR_LOCKED);
  g_assert_cmpstr (unknown->message, !=, mistyped->message);
  g_assert_null (kan_vault_get_db (vault));
  unlock (vault, "chief", "chief's");
}

static void
test_unseal (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (KanVault) vault = open_vault (f->path, KAN_VAULT_READ);
  g_autoptr (KanSecret) chief = phrase ("chief's"), clerk = phrase ("clerk's");
  g_autoptr (KanKeys) keys = NULL, expected = keys_of ("clerk");
  g_autoptr (GError) error = NULL;
  KanDb *db = NULL;

  unlock (vault, "chief", "chief's");
  db = kan_vault_get_db (vault);
  keys = kan_vault_unseal (vault, "clerk", clerk, &error);
  g_assert_no_error (error);
  g_assert_true (kan_equal (kan_keys_get_box (keys), kan_keys_get_box (expected), KAN_KEY_SIZE));
  g_assert_true (kan_vault_get_db (vault) == db);
  g_assert_null (kan_vault_unseal (vault, "clerk", chief, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_LOCKED);
  unlock (vault, "clerk", "clerk's");
  g_assert_true (kan_vault_get_db (vault) == db);
}

static void
test_derived_keys (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (KanVault) vault = open_vault (f->path, KAN_VAULT_READ);
  g_autoptr (KanSecret) a = NULL, b = NULL, c = NULL;

  unlock (vault, "chief", "chief's");
  a = kan_vault_derive_key (vault, "kantest1", 1);
  b = kan_vault_derive_key (vault, "kantest1", 2);
  g_clear_pointer (&vault, kan_vault_free);
  vault = open_vault (f->path, KAN_VAULT_READ);
  unlock (vault, "clerk", "clerk's");
  c = kan_vault_derive_key (vault, "kantest1", 1);
  g_assert_false (kan_equal (kan_secret_peek_bytes (a), kan_secret_peek_bytes (b), KAN_KEY_SIZE));
  g_assert_true (kan_equal (kan_secret_peek_bytes (a), kan_secret_peek_bytes (c), KAN_KEY_SIZE));
}

typedef void (*Spoil) (const char *path);

static void
replace_with (const char *path, const void *bytes, gsize size)
{
  g_assert_true (g_file_set_contents (path, bytes, (gssize) size, NULL));
}

static void
make_empty (const char *path)
{
  g_assert_cmpint (truncate (path, 0), ==, 0);
}

static void
cut_in_magic (const char *path)
{
  g_assert_cmpint (truncate (path, 5), ==, 0);
}

static void
cut_in_header (const char *path)
{
  g_assert_cmpint (truncate (path, 40000), ==, 0);
}

static void
cut_before_database (const char *path)
{
  g_assert_cmpint (truncate (path, KAN_DB_AT), ==, 0);
}

static void
cut_in_page (const char *path)
{
  g_assert_cmpint (truncate (path, size_of (path) - 100), ==, 0);
}

static void
flip_both_headers (const char *path)
{
  flip (path, 3000);
  flip (path, KAN_HEADER_SIZE + 50);
}

static void
flip_both_magics (const char *path)
{
  flip (path, 0);
  flip (path, KAN_HEADER_SIZE);
}

static void
put_text (const char *path)
{
  g_autofree char *text = g_strnfill (100000, 'a');

  replace_with (path, text, 100000);
}

static void
put_short_text (const char *path)
{
  replace_with (path, "hello\n", 6);
}

static void
put_sqlite (const char *path)
{
  g_autofree char *bytes = g_malloc0 (8192);

  memcpy (bytes, "SQLite format 3", 16);
  replace_with (path, bytes, 8192);
}

static void
put_long_sqlite (const char *path)
{
  g_autofree char *bytes = g_malloc0 (100 * 4096);

  memcpy (bytes, "SQLite format 3", 16);
  replace_with (path, bytes, 100 * 4096);
}

static void
remove_file (const char *path)
{
  g_assert_cmpint (unlink (path), ==, 0);
}

static void
put_folder (const char *path)
{
  g_assert_cmpint (unlink (path), ==, 0);
  g_assert_cmpint (mkdir (path, 0777), ==, 0);
}

/* A copy of a later format, whole or not, as a program of today sees it. */
static void
raise_format (const char *path, guint index, gboolean whole)
{
  g_autofree guint8 *bytes = g_malloc (KAN_HEADER_SIZE);
  gint64 at = (gint64) index * KAN_HEADER_SIZE;
  int fd = open (path, O_RDWR | O_CLOEXEC);

  g_assert_true (kan_io_read_at (fd, bytes, KAN_HEADER_SIZE, at, path, NULL));
  bytes[8] = 2;
  if (whole)
    kan_hash (bytes, KAN_HEADER_SIZE - 64, (KanHash *) (bytes + KAN_HEADER_SIZE - 64));
  g_assert_true (kan_io_write_at (fd, bytes, KAN_HEADER_SIZE, at, path, NULL));
  close (fd);
}

static void
make_newer (const char *path)
{
  raise_format (path, 0, TRUE);
  raise_format (path, 1, TRUE);
}

static void
make_half_newer (const char *path)
{
  raise_format (path, 1, TRUE);
}

static void
make_newer_unlike (const char *path)
{
  raise_format (path, 0, FALSE);
  raise_format (path, 1, FALSE);
}

static const struct { const char *name; Spoil spoil; int code; } spoilt[] = {
  { "empty", make_empty, KAN_ERROR_DAMAGED },
  { "cut-in-magic", cut_in_magic, KAN_ERROR_DAMAGED },
  { "cut-in-header", cut_in_header, KAN_ERROR_DAMAGED },
  { "cut-before-database", cut_before_database, KAN_ERROR_DAMAGED },
  { "cut-in-page", cut_in_page, KAN_ERROR_DAMAGED },
  { "both-headers", flip_both_headers, KAN_ERROR_DAMAGED },
  { "both-magics", flip_both_magics, KAN_ERROR_DAMAGED },
  { "text", put_text, KAN_ERROR_FOREIGN },
  { "short-text", put_short_text, KAN_ERROR_FOREIGN },
  { "sqlite", put_sqlite, KAN_ERROR_FOREIGN },
  { "long-sqlite", put_long_sqlite, KAN_ERROR_FOREIGN },
  { "folder", put_folder, KAN_ERROR_FOREIGN },
  { "newer", make_newer, KAN_ERROR_TOO_NEW },
  { "half-newer", make_half_newer, KAN_ERROR_TOO_NEW },
  { "newer-unlike", make_newer_unlike, KAN_ERROR_TOO_NEW },
  { "missing", remove_file, KAN_ERROR_MISSING },
};

static char *
digest_of (const char *path)
{
  g_autofree char *contents = NULL;
  gsize size = 0;

  if (!g_file_get_contents (path, &contents, &size, NULL))
    return g_strdup ("none");
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *) contents, size);
}

/* Each its own code, a message of its own, and not a byte changed. */
static void
test_spoilt (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (GHashTable) messages = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *path = g_build_filename (f->folder, "spoilt.kanribo", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (spoilt); i++)
    {
      g_autofree char *sound = NULL, *before = NULL, *after = NULL;
      g_autoptr (GError) error = NULL;
      gsize size = 0;

      g_test_message ("%s", spoilt[i].name);
      g_assert_true (g_file_get_contents (f->path, &sound, &size, NULL));
      replace_with (path, sound, size);
      spoilt[i].spoil (path);
      before = digest_of (path);
      for (KanVaultMode mode = KAN_VAULT_WRITE; mode <= KAN_VAULT_READ; mode++)
        {
          g_clear_error (&error);
          g_assert_null (kan_vault_open (path, mode, &error));
          g_assert_error (error, KAN_ERROR, spoilt[i].code);
        }
      g_test_message ("%s", error->message);
      g_hash_table_add (messages, g_strdup (error->message));
      after = digest_of (path);
      g_assert_cmpstr (before, ==, after);
      (void) g_remove (path);
    }
  g_assert_cmpuint (g_hash_table_size (messages), ==, 11);
}

/* One bad copy is no loss: it is told, left alone while reading, and healed before the first write. */
static void
test_one_copy (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  static const gint64 places[] = { 0, 8, 100, 2100, KAN_HEADER_SIZE - 70, KAN_HEADER_SIZE - 1 };

  for (guint i = 0; i < G_N_ELEMENTS (places) * 2; i++)
    {
      gint64 at = places[i / 2] + (i % 2) * (gint64) KAN_HEADER_SIZE;
      g_autofree char *before = NULL, *after = NULL;
      g_autoptr (KanVault) vault = NULL;

      g_test_message ("byte %" G_GINT64_FORMAT, at);
      flip (f->path, at);
      before = digest_of (f->path);
      vault = open_vault (f->path, KAN_VAULT_READ);
      unlock (vault, "chief", "chief's");
      g_assert_nonnull (kan_vault_get_notice (vault));
      g_clear_pointer (&vault, kan_vault_free);
      after = digest_of (f->path);
      g_assert_cmpstr (before, ==, after);
      vault = open_vault (f->path, KAN_VAULT_WRITE);
      unlock (vault, "clerk", "clerk's");
      g_assert_true (kan_vault_mark_in_use (vault, "clerk", NULL));
      g_clear_pointer (&vault, kan_vault_free);
      vault = open_vault (f->path, KAN_VAULT_WRITE);
      unlock (vault, "chief", "chief's");
      g_assert_null (kan_vault_get_notice (vault));
    }
}

static void
flip_status (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (KanVault) vault = NULL;
  KanStatus status;

  flip (f->path, KAN_STATUS_AT + 100);
  vault = open_vault (f->path, KAN_VAULT_WRITE);
  g_assert_true (kan_vault_was_interrupted (vault));
  unlock (vault, "chief", "chief's");
  g_assert_true (kan_vault_get_status (vault, &status, NULL));
  g_assert_cmpint (status.since, ==, 0);
}

/* Somebody without the file key makes checksums fit: a slot of their own does not get them in, and is told. */
static void
test_forged_copy (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autofree guint8 *bytes = g_malloc (KAN_HEADER_SIZE);
  g_autofree KanHeader *header = g_new0 (KanHeader, 1);
  g_autoptr (KanSecret) guess = kan_secret_new_random (KAN_KEY_SIZE);
  g_autoptr (KanVault) vault = NULL;
  int fd = open (f->path, O_RDWR | O_CLOEXEC);

  g_assert_true (kan_io_read_at (fd, bytes, KAN_HEADER_SIZE, 0, f->path, NULL));
  g_assert_cmpint (kan_header_decode (header, bytes), ==, KAN_COPY_SOUND);
  header->generation += 5;
  header->slots[1].who.provisional = FALSE;
  kan_header_encode (header, guess, bytes);
  g_assert_true (kan_io_write_at (fd, bytes, KAN_HEADER_SIZE, 0, f->path, NULL));
  close (fd);
  vault = open_vault (f->path, KAN_VAULT_WRITE);
  unlock (vault, "chief", "chief's");
  g_assert_nonnull (kan_vault_get_notice (vault));
  g_assert_true (kan_vault_find_slot (vault, "clerk")->provisional);
  g_assert_cmpuint (kan_vault_get_generation (vault), ==, 2);
}

/* A passphrase changed in one copy only, as after a power failure: the new one counts, the old one is out. */
static void
test_older_copy_is_no_way_in (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autofree guint8 *old = g_malloc (KAN_HEADER_SIZE);
  g_autoptr (KanVault) vault = NULL;
  int fd = open (f->path, O_RDWR | O_CLOEXEC);

  g_assert_true (kan_io_read_at (fd, old, KAN_HEADER_SIZE, KAN_HEADER_SIZE, f->path, NULL));
  vault = open_vault (f->path, KAN_VAULT_WRITE);
  unlock (vault, "chief", "chief's");
  g_assert_cmpint (put_slot (vault, "chief", 1, "changed"), ==, -1);
  g_clear_pointer (&vault, kan_vault_free);
  g_assert_true (kan_io_write_at (fd, old, KAN_HEADER_SIZE, KAN_HEADER_SIZE, f->path, NULL));
  close (fd);
  vault = open_vault (f->path, KAN_VAULT_READ);
  g_assert_nonnull (kan_vault_get_notice (vault));
  g_assert_cmpint (try_unlock (vault, "chief", "chief's"), ==, KAN_ERROR_LOCKED);
  g_assert_cmpint (try_unlock (vault, "chief", "changed"), ==, -1);
}

static void
test_damaged_database (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (KanVault) vault = NULL;

  flip (f->path, KAN_DB_AT + 200);
  vault = open_vault (f->path, KAN_VAULT_READ);
  g_assert_cmpint (try_unlock (vault, "chief", "chief's"), ==, KAN_ERROR_DAMAGED);
}

static void
test_left_new (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autofree char *new_path = g_strconcat (f->path, ".new", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (rename (f->path, new_path), ==, 0);
  g_assert_null (kan_vault_open (f->path, KAN_VAULT_WRITE, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_MISSING);
  g_assert_nonnull (strstr (error->message, ".kanribo.new"));
}

/* As somebody who may read but not write; as root the test takes another account for that. */
static int
run_unprivileged (Fixture *f, int (*func) (Fixture *f))
{
  int status = 0;
  pid_t child = fork ();

  if (child == 0)
    {
      if (geteuid () == 0 && setuid (65534) != 0)
        _exit (100);
      _exit (func (f));
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  return WEXITSTATUS (status);
}

static int
read_but_not_write (Fixture *f)
{
  g_autoptr (KanVault) vault = NULL;

  if (try_open (f->path, KAN_VAULT_WRITE) != KAN_ERROR_READ_ONLY)
    return 1;
  vault = kan_vault_open (f->path, KAN_VAULT_READ, NULL);
  if (vault == NULL || try_unlock (vault, "chief", "chief's") != -1)
    return 2;
  if (put_slot (vault, "chief", 1, "x") != KAN_ERROR_READ_ONLY)
    return 3;
  return ask (kan_vault_get_db (vault), "SELECT sum(a) FROM t") == 3 ? 0 : 4;
}

static void
test_read_only_file (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_assert_cmpint (chmod (f->path, 0444), ==, 0);
  g_assert_cmpint (chmod (f->folder, 0777), ==, 0);
  g_assert_cmpint (run_unprivileged (f, read_but_not_write), ==, 0);
}

static void
test_read_only_folder (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_assert_cmpint (chmod (f->path, 0666), ==, 0);
  g_assert_cmpint (chmod (f->folder, 0555), ==, 0);
  g_assert_cmpint (run_unprivileged (f, read_but_not_write), ==, 0);
  g_assert_cmpint (chmod (f->folder, 0755), ==, 0);
}

static int
read_and_try_write (Fixture *f)
{
  g_autoptr (KanVault) vault = NULL;

  if (try_open (f->path, KAN_VAULT_WRITE) != KAN_ERROR_BUSY)
    return 1;
  vault = kan_vault_open (f->path, KAN_VAULT_READ, NULL);
  if (vault == NULL || kan_vault_was_interrupted (vault) || try_unlock (vault, "clerk", "clerk's") != -1)
    return 2;
  return ask (kan_vault_get_db (vault), "SELECT sum(a) FROM t") == 3 ? 0 : 3;
}

/* Another process finds it in use and is told by whom; reading goes on beside. */
static void
test_busy (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  int ready[2], done[2], status = 0;
  char byte = 'r';
  pid_t writer = -1;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (pipe (ready), ==, 0);
  g_assert_cmpint (pipe (done), ==, 0);
  writer = fork ();
  if (writer == 0)
    {
      KanVault *vault = open_vault (f->path, KAN_VAULT_WRITE);

      close (done[1]);
      unlock (vault, "chief", "chief's");
      g_assert_true (kan_vault_mark_in_use (vault, "chief", NULL));
      g_assert_cmpint (write (ready[1], &byte, 1), ==, 1);
      g_assert_cmpint (read (done[0], &byte, 1), ==, 0);
      exec (kan_vault_get_db (vault), "INSERT INTO t VALUES (9)");
      kan_vault_free (vault);
      _exit (0);
    }
  close (done[0]);
  g_assert_cmpint (read (ready[0], &byte, 1), ==, 1);
  g_assert_null (kan_vault_open (f->path, KAN_VAULT_WRITE, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_BUSY);
  g_assert_nonnull (strstr (error->message, "by chief on"));
  g_assert_cmpint (read_and_try_write (f), ==, 0);
  close (done[1]);
  g_assert_cmpint (waitpid (writer, &status, 0), ==, writer);
  g_assert_cmpint (status, ==, 0);
  g_assert_cmpint (try_open (f->path, KAN_VAULT_WRITE), ==, -1);
  close (ready[0]);
  close (ready[1]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_vault_test ("/vault/unlock", test_unlock);
  add_vault_test ("/vault/locked", test_locked);
  add_vault_test ("/vault/unseal", test_unseal);
  add_vault_test ("/vault/derived-keys", test_derived_keys);
  add_vault_test ("/vault/spoilt", test_spoilt);
  add_vault_test ("/vault/one-copy", test_one_copy);
  add_vault_test ("/vault/broken-status", flip_status);
  add_vault_test ("/vault/forged-copy", test_forged_copy);
  add_vault_test ("/vault/older-copy-is-no-way-in", test_older_copy_is_no_way_in);
  add_vault_test ("/vault/damaged-database", test_damaged_database);
  add_vault_test ("/vault/left-new", test_left_new);
  add_vault_test ("/vault/read-only-file", test_read_only_file);
  add_vault_test ("/vault/read-only-folder", test_read_only_folder);
  add_vault_test ("/vault/busy", test_busy);
  return g_test_run ();
}
