/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Founding, a transaction, a slot change, a backup, an act and the rebuilding of registers, each driven into failure
   and sudden stop at every single write, sync and change of a folder: afterwards there is the old state or the new one,
   and work goes on. */
#include "app/vault/vault-fixture.h"
#include "acts/kan-book-private.h"
#include "acts/kan-rebuild.h"
#include "db/kan-io.h"
#include "registers/kan-registers.h"

#include <gio/gio.h>
#include <sys/wait.h>

enum { OLD = 1, NEW = 2, DONE = 0, FAILED = 3, N_ROWS = 2000 };

typedef struct
{
  const char *name;
  gboolean  (*act) (const char *path);       /* in a process of its own */
  int       (*look) (const char *path);      /* OLD or NEW; anything else fails by itself */
  void      (*set_up) (Fixture *f, gconstpointer story);
  guint       stride;                        /* with each kind of fault, this many steps apart, each from another on */
} Story;

static gboolean
found_file (const char *path)
{
  g_autofree char *other = g_strconcat (path, ".founded", NULL);
  g_autoptr (KanVault) vault = kan_vault_create (other, NULL);
  g_autoptr (KanKeys) keys = keys_of ("chief");
  g_autoptr (KanSecret) secret = phrase ("new");
  const KanHash founding = { { 9 } };

  return vault != NULL
         && kan_db_exec (kan_vault_get_db (vault), "CREATE TABLE t (a); INSERT INTO t VALUES (1), (2)", NULL)
         && kan_vault_establish (vault, &founding, "chief", 1, secret, keys, NULL);
}

static KanVault *
unlocked (const char *path)
{
  g_autoptr (KanVault) vault = kan_vault_open (path, KAN_VAULT_WRITE, NULL);
  g_autoptr (KanSecret) secret = phrase ("chief's");
  g_autoptr (KanKeys) keys = vault != NULL ? kan_vault_unlock (vault, "chief", secret, NULL) : NULL;

  return keys != NULL ? g_steal_pointer (&vault) : NULL;
}

static gboolean
insert_rows (KanDb *db, G_GNUC_UNUSED gpointer data, GError **error)
{
  for (gint64 i = 0; i < N_ROWS; i++)
    if (!kan_db_run (db, error, "INSERT INTO t VALUES (?)", "i", G_MAXINT64 - i))
      return FALSE;
  return kan_db_run (db, error, "UPDATE t SET a = a - 1", "");
}

static gboolean
write_rows (const char *path)
{
  g_autoptr (KanVault) vault = unlocked (path);

  return vault != NULL && kan_vault_mark_in_use (vault, "chief", NULL)
         && kan_db_transaction (kan_vault_get_db (vault), insert_rows, NULL, NULL);
}

static gboolean
change_slot (const char *path)
{
  g_autoptr (KanVault) vault = unlocked (path);
  g_autoptr (KanSecret) secret = phrase ("new");
  g_autoptr (KanKeys) keys = keys_of ("clerk");

  return vault != NULL && kan_vault_put_slot (vault, "clerk", 2, FALSE, secret, keys, NULL);
}

static gboolean
back_up (const char *path)
{
  g_autofree char *copy = g_strconcat (path, ".backup", NULL);
  g_autoptr (KanVault) vault = unlocked (path);

  return vault != NULL && kan_vault_backup (vault, copy, NULL);
}

static gboolean
opens_with (const char *path, const char *login, const char *text)
{
  g_autoptr (KanVault) vault = open_vault (path, KAN_VAULT_WRITE);
  int code = try_unlock (vault, login, text);

  g_assert_true (code == -1 || code == KAN_ERROR_LOCKED || code == KAN_ERROR_KEYLESS);
  return code == -1;
}

static gint64
rows_of (const char *path, const char *text)
{
  g_autofree char *journal = g_strconcat (path, "-journal", NULL);
  g_autoptr (KanVault) vault = open_vault (path, KAN_VAULT_WRITE);
  g_autofree char *answer = NULL;
  gint64 n = 0;

  unlock (vault, "chief", text);
  answer = ask_text (kan_vault_get_db (vault), "PRAGMA integrity_check");
  g_assert_cmpstr (answer, ==, "ok");
  n = ask (kan_vault_get_db (vault), "SELECT count(*) FROM t");
  exec (kan_vault_get_db (vault), "CREATE TABLE after (a); DROP TABLE after");
  g_assert_false (g_file_test (journal, G_FILE_TEST_EXISTS));
  return n;
}

/* Whole under its own name; else, as far as the person can see, nothing happened: founding works again, or says that
   all but the name is there. */
static int
look_founded (const char *path)
{
  g_autofree char *other = g_strconcat (path, ".founded", NULL), *new_path = g_strconcat (other, ".new", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (KanVault) vault = NULL;
  gboolean named = g_file_test (other, G_FILE_TEST_EXISTS);

  if (!named)
    {
      vault = kan_vault_create (other, &error);
      g_assert_cmpint (vault == NULL, ==, error != NULL);
    }
  if (error != NULL)
    {
      g_assert_error (error, KAN_ERROR, KAN_ERROR_EXISTS);
      g_assert_cmpint (rename (new_path, other), ==, 0);
    }
  if (named || error != NULL)
    g_assert_cmpint (rows_of (other, "new"), ==, 2);
  g_clear_pointer (&vault, kan_vault_free);
  g_assert_false (g_file_test (new_path, G_FILE_TEST_EXISTS));
  (void) g_remove (other);
  return named ? NEW : OLD;
}

static int
look_rows (const char *path)
{
  gint64 n = rows_of (path, "chief's");

  g_assert_true (n == 2 || n == 2 + N_ROWS);
  return n == 2 ? OLD : NEW;
}

static int
look_slot (const char *path)
{
  gboolean old = opens_with (path, "clerk", "clerk's");

  g_assert_cmpint (opens_with (path, "clerk", "new"), ==, !old);
  g_assert_cmpint (rows_of (path, "chief's"), ==, 2);
  return old ? OLD : NEW;
}

static int
look_backup (const char *path)
{
  g_autofree char *copy = g_strconcat (path, ".backup", NULL);
  gboolean there = g_file_test (copy, G_FILE_TEST_EXISTS);

  g_assert_cmpint (rows_of (path, "chief's"), ==, 2);
  if (there)
    g_assert_cmpint (rows_of (copy, "chief's"), ==, 2);
  g_assert_true (back_up (path));
  g_assert_cmpint (rows_of (copy, "chief's"), ==, 2);
  (void) g_remove (copy);
  return there ? NEW : OLD;
}

/* --- an office of a few registers --------------------------------------------------------------------------------- */

static const KanRegister *few[] = {
  &kan_person_register, &kan_office_register, &kan_appointment_register, &kan_profile_register, &kan_key_register,
  &kan_file_register, &kan_hand_register, &kan_act_register, NULL
};

static KanBook *
book_of (KanVault *vault)
{
  static KanRegistry registry;
  g_autoptr (GError) error = NULL;
  KanBook *book = NULL;

  registry = *kan_registers ();
  registry.registers = few;
  book = kan_book_new (kan_vault_get_db (vault), kan_vault_get_file_id (vault), &registry, &error);
  g_assert_no_error (error);
  return book;
}

static void
found_association (KanBook *book)
{
  g_autoptr (GBytes) profile = g_resources_lookup_data ("/io/github/kanribo/Kanribo/profiles/nagasaki.json", 0, NULL);
  g_autofree char *json = g_strndup (g_bytes_get_data (profile, NULL), g_bytes_get_size (profile));
  g_autoptr (KanKeys) keys = keys_of ("chief");
  g_autofree char *key = kan_hex (kan_keys_get_sign (keys), KAN_KEY_SIZE);
  const char *const answers[][2] = {
    { "association", "試験組合" }, { "edition", "1" }, { "staff_no", "1" }, { "name", "佐藤 一郎" }, { "login", "chief" },
    { "office", "secretary_general" }, { "sign_key", key }, { "statement_key", key }, { "box_key", key },
    { "profile", json }
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (KanDraft) draft = kan_draft_new (book, "file.found", NULL, &error);
  g_autoptr (KanOutcome) outcome = NULL;
  KanSigner signer = { 1, keys, "P1-5f2a81c0" };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    kan_draft_set (draft, answers[i][0], answers[i][1]);
  outcome = kan_book_admit (book, draft, &signer, NULL, 0, 1790000000, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (outcome->refusals->len, ==, 0);
}

static void
office_set_up (Fixture *f, gconstpointer story)
{
  g_autoptr (KanVault) vault = NULL;
  g_autoptr (KanBook) book = NULL;
  g_autoptr (GError) error = NULL;

  vault_set_up (f, story);
  vault = open_vault (f->path, KAN_VAULT_WRITE);
  unlock (vault, "chief", "chief's");
  exec (kan_vault_get_db (vault), "DROP TABLE t");
  book = book_of (vault);
  g_assert_true (kan_book_create_tables (book, &error));
  found_association (book);
}

/* --- an act ----------------------------------------------------------------------------------------------------- */

static gboolean
sign_act (const char *path)
{
  g_autoptr (KanVault) vault = unlocked (path);
  g_autoptr (KanBook) book = vault != NULL ? book_of (vault) : NULL;
  g_autoptr (KanKeys) keys = keys_of ("chief");
  g_autoptr (KanDraft) draft = book != NULL ? kan_draft_new (book, "person.register", NULL, NULL) : NULL;
  g_autoptr (KanOutcome) outcome = NULL;
  KanSigner signer = { 1, keys, "P1-5f2a81c0" };

  if (draft == NULL || !kan_vault_mark_in_use (vault, "chief", NULL))
    return FALSE;
  kan_draft_set (draft, "staff_no", "2");
  kan_draft_set (draft, "name", "鈴木 二郎");
  outcome = kan_book_admit (book, draft, &signer, NULL, 0, 1790000060, NULL);
  return outcome != NULL && outcome->refusals->len == 0;
}

/* In a process of its own: threads that this one once had, a forked one waits for in vain. */
static void
do_in_child (gboolean (*act) (const char *path), const char *path)
{
  int status = 0;
  pid_t child = fork ();

  if (child == 0)
    _exit (act (path) ? DONE : FAILED);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == DONE);
}

static gboolean
verifies (const char *path)
{
  g_autoptr (KanVault) vault = unlocked (path);
  g_autoptr (KanBook) book = vault != NULL ? book_of (vault) : NULL;
  g_autoptr (KanVerdict) verdict = book != NULL ? kan_book_verify (book, NULL, NULL) : NULL;

  return verdict != NULL && verdict->faults->len == 0;
}

static int
look_signed (const char *path)
{
  static guint n_looks;
  g_autoptr (KanVault) vault = open_vault (path, KAN_VAULT_WRITE);
  gint64 n = 0;

  unlock (vault, "chief", "chief's");
  n = ask (kan_vault_get_db (vault), "SELECT count(*) FROM act");
  g_assert_cmpint (ask (kan_vault_get_db (vault), "SELECT count(*) FROM person"), ==, n);
  g_clear_pointer (&vault, kan_vault_free);
  if (n_looks++ % 8 == 0)
    {
      do_in_child (verifies, path);
      if (n == 1)
        do_in_child (sign_act, path);
      do_in_child (verifies, path);
    }
  return n == 1 ? OLD : NEW;
}

/* --- registers made anew ---------------------------------------------------------------------------------------- */

/* Tables of an older program, with a row that no entry made. */
static void
older_set_up (Fixture *f, gconstpointer story)
{
  g_autoptr (KanVault) vault = NULL;

  office_set_up (f, story);
  vault = open_vault (f->path, KAN_VAULT_WRITE);
  unlock (vault, "chief", "chief's");
  exec (kan_vault_get_db (vault), "UPDATE meta SET value = '0' WHERE key = 'projection'; DROP TABLE office;"
                                  " UPDATE person SET name = '別人'; CREATE TABLE sack (a)");
  kan_tables_learn (kan_vault_get_db (vault), 0);
}

static gboolean
rebuild (const char *path)
{
  g_autoptr (KanVault) vault = unlocked (path);
  g_autoptr (KanBook) book = vault != NULL ? book_of (vault) : NULL;

  return book != NULL && kan_vault_mark_in_use (vault, "chief", NULL) && kan_book_rebuild (book, NULL, NULL, NULL);
}

static gboolean
is_older (const char *path)
{
  g_autoptr (KanVault) vault = open_vault (path, KAN_VAULT_WRITE);
  g_autoptr (KanBook) book = NULL;
  g_autofree char *whole = NULL;
  KanDb *db = NULL;
  gboolean older = FALSE;

  unlock (vault, "chief", "chief's");
  db = kan_vault_get_db (vault);
  whole = ask_text (db, "PRAGMA integrity_check");
  g_assert_cmpstr (whole, ==, "ok");
  book = book_of (vault);
  older = kan_book_is_older (book);
  g_assert_cmpint (ask (db, "SELECT count(*) FROM person WHERE name = '別人'"), ==, older);
  g_assert_cmpint (ask (db, "SELECT count(*) FROM person WHERE name = '佐藤 一郎'"), ==, !older);
  g_assert_cmpint (ask (db, "SELECT count(*) FROM sqlite_schema WHERE name = 'sack'"), ==, older);
  g_assert_cmpint (ask (db, "SELECT count(*) FROM act"), ==, 1);
  g_assert_cmpint (kan_book_check_schema (book, NULL), ==, !older);
  return older;
}

static int
look_rebuilt (const char *path)
{
  static guint n_older;

  if (!is_older (path))
    return NEW;
  if (n_older++ % 16 == 0)
    {
      do_in_child (rebuild, path);
      g_assert_false (is_older (path));
    }
  return OLD;
}

static const Story stories[] = {
  { "founding", found_file, look_founded, vault_set_up, 1 },
  { "transaction", write_rows, look_rows, vault_set_up, 1 },
  { "slot", change_slot, look_slot, vault_set_up, 1 },
  { "backup", back_up, look_backup, vault_set_up, 1 },
  { "act", sign_act, look_signed, office_set_up, 1 },
  { "rebuild", rebuild, look_rebuilt, older_set_up, 4 },
};

static const char *const fault_names[] = { "sound", "disk full", "broken once", "broken", "stop" };

/* How it ended: DONE, FAILED or KAN_IO_STOPPED. The number of steps comes through the pipe. */
static int
run (const Story *story, const char *path, guint n, KanIoFault fault, guint *n_steps)
{
  int ends[2], status = 0;
  pid_t child = -1;

  g_assert_cmpint (pipe (ends), ==, 0);
  child = fork ();
  if (child == 0)
    {
      gboolean done = FALSE;

      kan_io_fail_at (n, fault);
      done = story->act (path);
      *n_steps = kan_io_n_steps ();
      _exit (write (ends[1], n_steps, sizeof *n_steps) != sizeof *n_steps || !done ? FAILED : DONE);
    }
  close (ends[1]);
  *n_steps = 0;
  g_assert_cmpint (read (ends[0], n_steps, sizeof *n_steps), >=, 0);
  close (ends[0]);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  return WEXITSTATUS (status);
}

static void
put_back (const char *path, const char *contents, gsize size)
{
  g_autofree char *journal = g_strconcat (path, "-journal", NULL);

  (void) g_remove (journal);
  g_assert_true (g_file_set_contents (path, contents, (gssize) size, NULL));
}

static void
test_story (Fixture *f, gconstpointer data)
{
  const Story *story = data;
  g_autofree char *contents = NULL;
  guint n_steps = 0, ignored = 0, n_seen[3] = { 0 };
  gsize size = 0;

  g_assert_true (g_file_get_contents (f->path, &contents, &size, NULL));
  g_assert_cmpint (run (story, f->path, 0, KAN_IO_SOUND, &n_steps), ==, DONE);
  g_assert_cmpint (story->look (f->path), ==, NEW);
  g_assert_cmpuint (n_steps, >, 3);
  g_test_message ("%s: %u steps", story->name, n_steps);
  for (KanIoFault fault = KAN_IO_DISK_FULL; fault <= KAN_IO_STOP; fault++)
    for (guint n = 1 + fault % story->stride; n <= n_steps; n += story->stride)
      {
        int end = DONE, state = OLD;

        put_back (f->path, contents, size);
        end = run (story, f->path, n, fault, &ignored);
        state = story->look (f->path);
        if (end == DONE ? state != NEW : end != FAILED && end != KAN_IO_STOPPED)
          g_error ("%s, %s at step %u: ended with %d in state %d", story->name, fault_names[fault], n, end, state);
        g_assert_true (fault != KAN_IO_STOP || end == KAN_IO_STOPPED);
        n_seen[state]++;
      }
  g_test_message ("%s: %u times the old state, %u times the new one", story->name, n_seen[OLD], n_seen[NEW]);
  g_assert_cmpuint (n_seen[OLD], >, 0);
  put_back (f->path, contents, size);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (stories); i++)
    {
      g_autofree char *name = g_strconcat ("/fault/", stories[i].name, NULL);

      g_test_add (name, Fixture, &stories[i], stories[i].set_up, test_story, fixture_tear_down);
    }
  return g_test_run ();
}
