/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The connection: how it is keyed and set up, transactions, and copying a database page by page. */
#include "db/kan-db-private.h"
#include "crypto/kan-crypto.h"
#include "db/kan-memory.h"
#include "db/kan-vfs.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#ifndef SQLITE_HAS_CODEC
#error "SQLCipher is needed, not plain SQLite"
#endif

enum { BUSY_MS = 5000, COPY_PAGES = 256, KEY_TEXT_SIZE = 2 + 96 + 1 };

/* What a statement needs for a moment comes from a slab of the connection's own, without a lock. */
enum { LOOKASIDE_SIZE = 1024, LOOKASIDE_SLOTS = 128 };

/* The process's own, so set before the first key is given: nothing is logged. */
static const char settings_process[] = "PRAGMA cipher_log_level = NONE;";

/* FILE.md, "Layout". The first key given in a process makes SQLCipher log again: it is told once more. A larger cache
 * saves little time while verifying, and memory grows with the chain until that is full. */
static const char settings[] =
  "PRAGMA cipher_log_level = NONE;"
  "PRAGMA cipher_compatibility = 4;"
  "PRAGMA foreign_keys = ON;"
  "PRAGMA cell_size_check = ON;"
  "PRAGMA temp_store = MEMORY;"
  "PRAGMA mmap_size = 0;"
  "PRAGMA cache_size = -4096;";
static const char settings_lasting[] =
  "PRAGMA journal_mode = DELETE;"
  "PRAGMA synchronous = EXTRA;"
  "PRAGMA secure_delete = ON;";

/* Even a journal in memory would be encrypted page by page: without one a replay takes 40 % of the time. */
static const char settings_scratch[] =
  "PRAGMA locking_mode = EXCLUSIVE;"
  "PRAGMA journal_mode = OFF;"
  "PRAGMA synchronous = OFF;"
  "PRAGMA secure_delete = OFF;";

/* As SQLite's own recovery does: a file shorter than it says is read as far as it goes. */
static const char settings_torn[] = "PRAGMA writable_schema = ON;";

static KanError
code_of (int rc)
{
  /* its name leads elsewhere now, or nowhere: renamed, removed, or the medium is gone */
  if (rc == SQLITE_READONLY_DBMOVED)
    return KAN_ERROR_MISSING;
  switch (rc & 0xff)
    {
    case SQLITE_FULL:
      return KAN_ERROR_FULL;
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return KAN_ERROR_READ_ONLY;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return KAN_ERROR_BUSY;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return KAN_ERROR_DAMAGED;
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_TOOBIG:
      return KAN_ERROR_INVALID;
    case SQLITE_INTERRUPT:
      return KAN_ERROR_CANCELLED;
    default:
      return KAN_ERROR_IO;
    }
}

static const char *
message_of (KanDb *self, int rc)
{
  gboolean own = self->handle != NULL && (sqlite3_errcode (self->handle) & 0xff) == (rc & 0xff);

  return own ? sqlite3_errmsg (self->handle) : sqlite3_errstr (rc);
}

static const char *
reason_of (int rc)
{
  switch (rc & 0xff)
    {
    case SQLITE_FULL:
      return N_("no space left");
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return N_("not allowed");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return N_("in use");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return N_("its pages do not hold together");
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
      return N_("the medium does not answer");
    case SQLITE_NOMEM:
      return N_("no memory left");
    case SQLITE_INTERRUPT:
      return N_("stopped");
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_TOOBIG:
      return N_("it does not fit what is there");
    default:
      return N_("a mistake within");
    }
}

/* SQLite speaks English only; in another language its code is said in that language's words. */
static const char *
words_of (int rc, const char *message)
{
  const char *reason = reason_of (rc), *said = _(reason);

  return said == reason ? message : said;
}

/* Where a page does not decrypt, SQLCipher says no more than that something is wrong; mistakes in SQL are named. */
static gboolean
is_damage (int rc, const char *message)
{
  return code_of (rc) == KAN_ERROR_DAMAGED
         || (rc == SQLITE_ERROR && g_str_equal (message, sqlite3_errstr (SQLITE_ERROR)));
}

/**
 * kan_db_set_error:
 * @self: a connection
 * @rc: what SQLite returned
 * @doing: what was tried
 * @error: where to put it
 *
 * Says a failure of SQLite in the program's one error domain.
 */
void
kan_db_set_error (KanDb *self, int rc, const char *doing, GError **error)
{
  const char *message = message_of (self, rc);
  /* what does not answer because its medium was taken away is missing */
  gboolean gone = (rc & 0xff) == SQLITE_IOERR && !g_file_test (self->path, G_FILE_TEST_EXISTS);

  if (is_damage (rc, message) && rc == SQLITE_ERROR)
    {
      rc = SQLITE_CORRUPT;
      message = sqlite3_errstr (rc);
    }
  if (rc == SQLITE_READONLY_ROLLBACK || rc == SQLITE_READONLY_RECOVERY)
    g_set_error (error, KAN_ERROR, KAN_ERROR_READ_ONLY,
                 _("a write to %s was interrupted and is still to be undone: open it for writing once"), self->path);
  else if (is_damage (rc, message))
    g_set_error (error, KAN_ERROR, KAN_ERROR_DAMAGED, _("the database in %s is damaged (%s)"), self->path,
                 words_of (rc, message));
  else
    g_set_error (error, KAN_ERROR, gone ? KAN_ERROR_MISSING : code_of (rc), _("%s %s (%s)"), doing, self->path,
                 words_of (rc, message));
}

static gboolean
check (KanDb *self, int rc, const char *doing, GError **error)
{
  if (rc == SQLITE_OK)
    return TRUE;
  kan_db_set_error (self, rc, doing, error);
  return FALSE;
}

static char *
uri_of (const char *path, gint64 offset, GError **error)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *uri = g_filename_to_uri (absolute, NULL, error);

  return uri == NULL ? NULL : g_strdup_printf ("%s?" KAN_VFS_OFFSET "=%" G_GINT64_FORMAT, uri, offset);
}

static guint8 *
put_hex (guint8 *to, const guint8 *bytes, gsize size)
{
  static const char digits[] = "0123456789abcdef";

  for (gsize i = 0; i < size; i++)
    {
      *to++ = (guint8) digits[bytes[i] >> 4];
      *to++ = (guint8) digits[bytes[i] & 15];
    }
  return to;
}

/* Raw key and raw salt in SQLCipher's notation, x'…' around 96 hexadecimal digits: nothing is derived. */
static gboolean
give_key (KanDb *self, const KanSecret *key, const guint8 salt[16], GError **error)
{
  g_autoptr (KanSecret) text = kan_secret_new (KEY_TEXT_SIZE);
  guint8 *at = kan_secret_get_bytes (text);

  *at++ = 'x';
  *at++ = '\'';
  at = put_hex (at, kan_secret_peek_bytes (key), KAN_KEY_SIZE);
  at = put_hex (at, salt, KAN_SALT_SIZE);
  *at = '\'';
  return check (self, sqlite3_key_v2 (self->handle, "main", kan_secret_peek_bytes (text), KEY_TEXT_SIZE),
                _("cannot give the key to"), error);
}

/**
 * kan_db_check_cipher:
 * @version: (nullable): what SQLCipher calls itself, e.g. "4.6.1 community"
 * @error: %KAN_ERROR_IO where it is older than 4.5 or no SQLCipher at all
 */
gboolean
kan_db_check_cipher (const char *version, GError **error)
{
  char *end = NULL;
  gulong major = version != NULL ? strtoul (version, &end, 10) : 0;
  gulong minor = end != NULL && *end == '.' ? strtoul (end + 1, NULL, 10) : 0;

  if (major > 4 || (major == 4 && minor >= 5))
    return TRUE;
  g_set_error (error, KAN_ERROR, KAN_ERROR_IO, _("SQLCipher 4.5 or newer is needed, this is %s"),
               version != NULL ? version : _("something else"));
  return FALSE;
}

static gboolean
check_library (KanDb *self, GError **error)
{
  g_autofree char *version = kan_db_get_text (self, NULL, "PRAGMA cipher_version", "");

  return kan_db_check_cipher (version, error);
}

static gboolean
configure (KanDb *self, GError **error)
{
  static const struct { int option, value; } switches[] = {
    { SQLITE_DBCONFIG_ENABLE_FKEY, 1 },
    { SQLITE_DBCONFIG_ENABLE_TRIGGER, 0 },
    { SQLITE_DBCONFIG_ENABLE_VIEW, 0 },
    { SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
    { SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
    { SQLITE_DBCONFIG_DQS_DDL, 0 },
    { SQLITE_DBCONFIG_DQS_DML, 0 },
  };

  if (!check (self, sqlite3_db_config (self->handle, SQLITE_DBCONFIG_LOOKASIDE, NULL, LOOKASIDE_SIZE, LOOKASIDE_SLOTS),
              _("cannot set up"), error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (switches); i++)
    if (!check (self, sqlite3_db_config (self->handle, switches[i].option, switches[i].value, NULL),
                _("cannot set up"), error))
      return FALSE;
  sqlite3_extended_result_codes (self->handle, TRUE);
  return check (self, sqlite3_busy_timeout (self->handle, BUSY_MS), _("cannot set up"), error);
}

/* A database that keeps a log beside itself is none that this program leaves behind, nor is it read through its VFS; a
 * journal beside the file may be what cannot be opened. */
static void
say_foreign (KanDb *self, GError **error)
{
  g_autofree char *journal = g_strconcat (self->path, "-journal", NULL);

  if (sqlite3_errcode (self->handle) != SQLITE_CANTOPEN || g_file_test (journal, G_FILE_TEST_EXISTS))
    return;
  g_clear_error (error);
  g_set_error (error, KAN_ERROR, KAN_ERROR_DAMAGED, _("the database in %s is not kept as this program keeps it"),
               self->path);
}

static gboolean
set_up (KanDb *self, const KanSecret *key, const guint8 salt[16], KanDbFlags flags, GError **error)
{
  gint64 n_objects = 0;
  gboolean scratch = (flags & KAN_DB_SCRATCH) != 0, torn = (flags & KAN_DB_TORN) != 0;

  return configure (self, error)
         && check_library (self, error)
         && kan_db_exec (self, settings_process, error)
         && give_key (self, key, salt, error)
         && (!torn || kan_db_exec (self, settings_torn, error))
         && kan_db_exec (self, settings, error)
         && kan_db_exec (self, scratch ? settings_scratch : settings_lasting, error)
         && check (self, sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DEFENSIVE, torn ? 0 : 1, NULL),
                   _("cannot set up"), error)
         && kan_db_get_int (self, &n_objects, error, "SELECT count(*) FROM sqlite_schema", "");
}

/**
 * kan_db_open:
 * @path: the file
 * @offset: bytes before the database begins
 * @key: raw key, %KAN_KEY_SIZE bytes
 * @salt: raw salt, as SQLCipher keeps it in a database's first bytes
 * @flags: how; without any: an existing database for writing
 * @error: %KAN_ERROR_DAMAGED where @key does not open it, %KAN_ERROR_READ_ONLY where an interrupted write is to be
 *   undone first, others as the system says
 *
 * Opens a SQLCipher database with the settings of FILE.md. The connection belongs to one thread at a time.
 *
 * Returns: (transfer full): the connection, or %NULL
 */
KanDb *
kan_db_open (const char *path, gint64 offset, const KanSecret *key, const guint8 salt[16],
             KanDbFlags flags, GError **error)
{
  g_autoptr (KanDb) self = NULL;
  g_autofree char *uri = uri_of (path, offset, error);
  int mode = SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX;

  g_return_val_if_fail (kan_secret_get_size (key) == KAN_KEY_SIZE, NULL);
  if (uri == NULL || !kan_memory_use (error) || !kan_vfs_register (error))
    return NULL;
  mode |= (flags & KAN_DB_READ_ONLY) != 0 ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  mode |= (flags & KAN_DB_CREATE) != 0 ? SQLITE_OPEN_CREATE : 0;
  self = g_new0 (KanDb, 1);
  self->path = g_strdup (path);
  self->statements = g_hash_table_new (g_str_hash, g_str_equal);
  if (!check (self, sqlite3_open_v2 (uri, &self->handle, mode, KAN_VFS_NAME), _("cannot open"), error))
    return NULL;
  if (set_up (self, key, salt, flags, error))
    {
      if ((flags & (KAN_DB_SCRATCH | KAN_DB_TORN)) == 0)
        kan_db_keep_key (self, offset, key, salt);
      kan_memory_lock_again ();
      return g_steal_pointer (&self);
    }
  say_foreign (self, error);
  return NULL;
}

static void
drop_statements (KanDb *self)
{
  GHashTableIter iter;
  gpointer stmt = NULL;

  memset (self->recent, 0, sizeof self->recent);
  g_hash_table_iter_init (&iter, self->statements);
  while (g_hash_table_iter_next (&iter, NULL, &stmt))
    {
      g_hash_table_iter_remove (&iter);
      kan_stmt_destroy (stmt);
    }
}

/**
 * kan_db_close:
 * @self: a connection whose statements are all freed
 * @error: as the system says
 *
 * Closes it; kan_db_free() is still to follow.
 */
gboolean
kan_db_close (KanDb *self, GError **error)
{
  int rc = SQLITE_OK;

  if (self->handle == NULL)
    return TRUE;
  drop_statements (self);
  rc = sqlite3_close (self->handle);
  kan_memory_lock_again ();
  if (!check (self, rc, _("cannot close"), error))
    return FALSE;
  self->handle = NULL;
  return TRUE;
}

/**
 * kan_db_free:
 * @self: (nullable): a connection whose statements are all freed
 *
 * Closes it where that is still to do, and frees it.
 */
void
kan_db_free (KanDb *self)
{
  gboolean closed = FALSE;

  if (self == NULL)
    return;
  closed = kan_db_close (self, NULL);
  g_return_if_fail (closed);
  g_hash_table_unref (self->statements);
  kan_secret_free (self->key);
  g_free (self->path);
  g_free (self);
}

/**
 * kan_db_is_read_only:
 * @self: a connection
 *
 * Returns: whether it cannot write, because it was opened so or the medium does not let it
 */
gboolean
kan_db_is_read_only (KanDb *self)
{
  return sqlite3_db_readonly (self->handle, "main") == 1;
}

/**
 * kan_db_exec:
 * @self: a connection
 * @sql: any number of statements without parameters
 * @error: as kan_stmt_step()
 */
gboolean
kan_db_exec (KanDb *self, const char *sql, GError **error)
{
  return check (self, sqlite3_exec (self->handle, sql, NULL, NULL, NULL), _("cannot read or write"), error);
}

/**
 * kan_db_last_rowid:
 * @self: a connection
 *
 * Returns: the row id of the last row inserted
 */
gint64
kan_db_last_rowid (KanDb *self)
{
  return sqlite3_last_insert_rowid (self->handle);
}

/**
 * kan_db_changes:
 * @self: a connection
 *
 * Returns: how many rows the last statement inserted, updated or deleted
 */
gint64
kan_db_changes (KanDb *self)
{
  return sqlite3_changes64 (self->handle);
}

/* Some failures roll back by themselves; what can still be rolled back then is nothing. */
static void
roll_back (KanDb *self, gboolean nested)
{
  if (sqlite3_get_autocommit (self->handle))
    return;
  if (nested)
    sqlite3_exec (self->handle, "ROLLBACK TO kan; RELEASE kan", NULL, NULL, NULL);
  else
    sqlite3_exec (self->handle, "ROLLBACK", NULL, NULL, NULL);
}

/**
 * kan_db_transaction:
 * @self: a connection
 * @func: what to do; its answer decides
 * @data: for @func
 * @error: @func's own, or why the transaction could not be begun or committed
 *
 * Does @func whole or not at all. A commit that fails leaves nothing behind. Within another transaction it is a
 * savepoint of that one. A scratch database cannot undo anything: after a failure there it is to be thrown away.
 *
 * Returns: whether it is committed: for the outermost one, durable
 */
gboolean
kan_db_transaction (KanDb *self, KanTransactionFunc func, gpointer data, GError **error)
{
  gboolean nested = !sqlite3_get_autocommit (self->handle);

  if (!kan_db_run (self, error, nested ? "SAVEPOINT kan" : "BEGIN IMMEDIATE", ""))
    return FALSE;
  if (func (self, data, error) && kan_db_run (self, error, nested ? "RELEASE kan" : "COMMIT", ""))
    return TRUE;
  roll_back (self, nested);
  return FALSE;
}

/**
 * kan_db_read:
 * @self: a connection
 * @func: what to read
 * @data: for @func
 * @error: @func's own, or why the database could not be read
 *
 * Does @func over one state of the database: it is locked and looked at once, not at each question. Within a
 * transaction it is part of that one.
 */
gboolean
kan_db_read (KanDb *self, KanTransactionFunc func, gpointer data, GError **error)
{
  gboolean fine;

  if (!sqlite3_get_autocommit (self->handle))
    return func (self, data, error);
  if (!kan_db_run (self, error, "BEGIN", ""))
    return FALSE;
  self->is_reading = TRUE;
  fine = func (self, data, error);
  self->is_reading = FALSE;
  roll_back (self, FALSE);
  return fine;
}

/**
 * kan_db_pause_read:
 * @self: a connection within kan_db_read(), with no statement under way
 *
 * Lets go of the state that is looked at: what this connection writes before kan_db_resume_read() is a transaction of
 * its own, and not undone when the reading ends.
 *
 * Returns: whether there was one; it is a transaction's otherwise
 */
gboolean
kan_db_pause_read (KanDb *self)
{
  gboolean was = self->is_reading;

  if (was)
    roll_back (self, FALSE);
  self->is_reading = FALSE;
  return was;
}

/**
 * kan_db_resume_read:
 * @self: a connection
 * @was: what kan_db_pause_read() returned
 * @error: why the database could not be read
 *
 * Looks at the state that there is now.
 */
gboolean
kan_db_resume_read (KanDb *self, gboolean was, GError **error)
{
  self->is_reading = was && kan_db_run (self, error, "BEGIN", "");
  return self->is_reading == was;
}

/**
 * kan_db_watch_copies:
 * @self: a connection
 * @watch: (nullable): told how far copies of it are; %FALSE stops one
 * @data: for @watch
 */
void
kan_db_watch_copies (KanDb *self, KanDbWatch watch, gpointer data)
{
  self->watch = watch;
  self->watch_data = data;
}

static gboolean
goes_on (KanDb *self, sqlite3_backup *backup)
{
  gint64 total = sqlite3_backup_pagecount (backup);

  return self->watch == NULL || self->watch (total - sqlite3_backup_remaining (backup), total, self->watch_data);
}

/**
 * kan_db_copy_into:
 * @self: a connection
 * @into: another one, to an empty database
 * @error: %KAN_ERROR_FULL, %KAN_ERROR_DAMAGED, %KAN_ERROR_IO and others, of either; %KAN_ERROR_CANCELLED
 *
 * Copies every page of @self into @into, each under its own key.
 */
gboolean
kan_db_copy_into (KanDb *self, KanDb *into, GError **error)
{
  sqlite3_backup *backup = sqlite3_backup_init (into->handle, "main", self->handle, "main");
  int rc = SQLITE_OK;

  if (backup == NULL)
    return check (into, sqlite3_extended_errcode (into->handle), _("cannot copy into"), error);
  while (rc == SQLITE_OK && goes_on (self, backup))
    rc = sqlite3_backup_step (backup, COPY_PAGES);
  if (rc == SQLITE_OK)
    {
      (void) sqlite3_backup_finish (backup);
      g_set_error_literal (error, KAN_ERROR, KAN_ERROR_CANCELLED, _("the copy was stopped"));
      return FALSE;
    }
  if (rc == SQLITE_DONE)
    rc = sqlite3_backup_finish (backup);
  else
    (void) sqlite3_backup_finish (backup);
  return check (is_damage (rc, sqlite3_errstr (rc)) ? self : into, rc, _("cannot copy into"), error);
}
