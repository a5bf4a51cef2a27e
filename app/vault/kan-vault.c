/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening and closing a file. What it is told apart by, in this order: missing, in use, not ours, of a newer format,
   damaged. */
#include "vault/kan-vault-private.h"
#include "db/kan-io.h"
#include "vault/kan-status.h"
#include "vault/kan-volume.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/**
 * kan_vault_journal_of:
 * @path: a file
 *
 * Returns: (transfer full): where SQLite keeps the journal of its database part
 */
char *
kan_vault_journal_of (const char *path)
{
  return g_strconcat (path, "-journal", NULL);
}

/**
 * kan_vault_read_copies:
 * @fd: a file of at least %KAN_DB_AT bytes
 * @path: for messages
 * @copies: where to put both header copies and what each is
 * @error: %KAN_ERROR_IO
 */
gboolean
kan_vault_read_copies (int fd, const char *path, KanHeaderCopy copies[2], GError **error)
{
  for (guint i = 0; i < 2; i++)
    {
      if (!kan_io_read_at (fd, copies[i].bytes, KAN_HEADER_SIZE, (gint64) i * KAN_HEADER_SIZE, path, error))
        return FALSE;
      copies[i].verdict = kan_header_decode (&copies[i].header, copies[i].bytes);
    }
  return TRUE;
}

static gboolean
both_are (KanVault *self, KanCopyVerdict verdict)
{
  return self->copies[0].verdict == verdict && self->copies[1].verdict == verdict;
}

static gboolean
one_is (KanVault *self, KanCopyVerdict verdict)
{
  return self->copies[0].verdict == verdict || self->copies[1].verdict == verdict;
}

static void
set_foreign (const char *path, const guint8 *begin, GError **error)
{
  if (memcmp (begin, "SQLite format 3", sizeof "SQLite format 3") == 0)
    g_set_error (error, KAN_ERROR, KAN_ERROR_FOREIGN, _("%s is a plain SQLite database, not a Kanribo file"), path);
  else
    g_set_error (error, KAN_ERROR, KAN_ERROR_FOREIGN, _("%s is not a Kanribo file"), path);
}

/* A copy that only says it is newer may be one flipped bit; two that say so are not. */
static gboolean
judge_copies (KanVault *self, const guint8 *status, GError **error)
{
  if (one_is (self, KAN_COPY_NEWER) || both_are (self, KAN_COPY_PERHAPS_NEWER))
    {
      g_set_error (error, KAN_ERROR, KAN_ERROR_TOO_NEW,
                   _("%s was written by a newer version of this program, which is needed to open it"), self->path);
      return FALSE;
    }
  if (one_is (self, KAN_COPY_SOUND))
    return TRUE;
  if (both_are (self, KAN_COPY_FOREIGN) && !kan_status_is_ours (status))
    set_foreign (self->path, self->copies[0].bytes, error);
  else
    g_set_error (error, KAN_ERROR, KAN_ERROR_DAMAGED,
                 _("both copies of the header of %s are damaged"), self->path);
  return FALSE;
}

/* Too short to hold a header: was it ever one of ours? */
static gboolean
judge_short (KanVault *self, gsize size, GError **error)
{
  guint8 begin[16] = { 0 };

  if (size == 0)
    {
      g_set_error (error, KAN_ERROR, KAN_ERROR_DAMAGED, _("%s is empty"), self->path);
      return FALSE;
    }
  if (!kan_io_read_at (kan_hold_get_fd (self->hold), begin, MIN (size, sizeof begin), 0, self->path, error))
    return FALSE;
  if (!kan_header_is_ours (begin, size))
    set_foreign (self->path, begin, error);
  else
    g_set_error (error, KAN_ERROR, KAN_ERROR_DAMAGED,
                 _("%s is cut off: only its first %lu bytes are there"), self->path, (gulong) size);
  return FALSE;
}

/* A page may be half written only while a journal says how to undo it. */
static gboolean
judge_size (KanVault *self, gint64 size, gboolean journal, GError **error)
{
  if (size > KAN_DB_AT && (journal || (size - KAN_DB_AT) % 4096 == 0))
    return TRUE;
  g_set_error (error, KAN_ERROR, KAN_ERROR_DAMAGED,
               size <= KAN_DB_AT ? _("the database part of %s is missing") : _("%s is cut off in the middle of a page"),
               self->path);
  return FALSE;
}

/**
 * kan_vault_note:
 * @self: a file
 * @text: a sentence
 *
 * Sets what kan_vault_get_notice() answers.
 */
void
kan_vault_note (KanVault *self, const char *text)
{
  g_free (self->notice);
  self->notice = g_strdup (text);
}

static void
choose_copy (KanVault *self)
{
  KanHeaderCopy *a = &self->copies[0], *b = &self->copies[1];
  gboolean b_wins = a->verdict != KAN_COPY_SOUND
                    || (b->verdict == KAN_COPY_SOUND && b->header.generation > a->header.generation);

  self->differing = memcmp (a->bytes, b->bytes, KAN_HEADER_SIZE) != 0;
  self->write_first = b_wins ? 0 : 1;
  self->header = b_wins ? b->header : a->header;
  if (!both_are (self, KAN_COPY_SOUND))
    kan_vault_note (self, _("One of the two copies of the header is damaged. The other one is in use."));
  else if (self->differing)
    kan_vault_note (self, _("The two copies of the header differ. The newer one that holds is in use."));
}

static gboolean
inspect (KanVault *self, GError **error)
{
  int fd = kan_hold_get_fd (self->hold);
  g_autofree char *journal_path = kan_vault_journal_of (self->path);
  gboolean journal = access (journal_path, F_OK) == 0;
  guint8 status_bytes[KAN_STATUS_SIZE];
  gboolean status_holds = FALSE;
  KanStatus status = { 0 };
  struct stat info;

  if (fstat (fd, &info) != 0)
    {
      kan_error_set_errno (error, errno, _("cannot read"), self->path);
      return FALSE;
    }
  if (info.st_size < KAN_DB_AT)
    return judge_short (self, (gsize) info.st_size, error);
  if (!kan_vault_read_copies (fd, self->path, self->copies, error)
      || !kan_io_read_at (fd, status_bytes, sizeof status_bytes, KAN_STATUS_AT, self->path, error)
      || !judge_copies (self, status_bytes, error)
      || !judge_size (self, info.st_size, journal, error))
    return FALSE;
  choose_copy (self);
  status_holds = kan_status_decode (&status, status_bytes);
  self->interrupted = (status.in_use || !status_holds) && !journal
                      && (self->mode == KAN_VAULT_WRITE || !kan_hold_is_written (self->hold));
  return TRUE;
}

static gboolean
expect_place_for_writing (KanVault *self, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);

  if (self->mode == KAN_VAULT_READ)
    return TRUE;
  if (kan_volume_is_remote (kan_hold_get_fd (self->hold)))
    {
      g_set_error (error, KAN_ERROR, KAN_ERROR_READ_ONLY,
                   _("%s lies on a network drive, where it can only be read"), self->path);
      return FALSE;
    }
  if (access (folder, W_OK) == 0)
    return TRUE;
  kan_error_set_errno (error, errno, _("cannot write to the folder"), folder);
  return FALSE;
}

static char *
resolve (const char *path, GError **error)
{
  g_autofree char *new_path = g_strconcat (path, ".new", NULL);
  char resolved[PATH_MAX];

  if (realpath (path, resolved) != NULL)
    return g_strdup (resolved);
  if (errno == ENOENT && access (new_path, F_OK) == 0)
    g_set_error (error, KAN_ERROR, KAN_ERROR_MISSING,
                 _("there is no %s, but an unfinished or finished %s, which may be renamed"), path, new_path);
  else
    kan_error_set_errno (error, errno, _("cannot open"), path);
  return NULL;
}

/**
 * kan_vault_open:
 * @path: a file
 * @mode: whether it is to be written to; one process may at a time
 * @error: %KAN_ERROR_MISSING, %KAN_ERROR_BUSY, %KAN_ERROR_FOREIGN, %KAN_ERROR_TOO_NEW, %KAN_ERROR_DAMAGED,
 *   %KAN_ERROR_READ_ONLY where writing is asked for and cannot be, others as the system says
 *
 * Opens a file as far as that goes without a passphrase: slots and status can be read. Nothing is written.
 *
 * Returns: (transfer full): the file, locked, or %NULL
 */
KanVault *
kan_vault_open (const char *path, KanVaultMode mode, GError **error)
{
  g_autoptr (KanVault) self = g_new0 (KanVault, 1);

  self->mode = mode;
  self->path = resolve (path, error);
  if (self->path == NULL)
    return NULL;
  self->hold = kan_hold_open (self->path, mode == KAN_VAULT_WRITE ? KAN_HOLD_WRITE : KAN_HOLD_READ, error);
  if (self->hold == NULL || !inspect (self, error) || !expect_place_for_writing (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* The mark goes last: were it gone before the last commit, a torn copy would look like a finished one. */
static void
clear_mark (KanVault *self)
{
  g_autoptr (GError) error = NULL;
  KanStatus status = { 0 };

  self->marked = FALSE;
  if (kan_vault_get_status (self, &status, &error))
    (void) !kan_vault_set_status (self, &status, &error);
}

/**
 * kan_vault_free:
 * @self: (nullable): a file whose statements are all freed
 *
 * Closes the database, clears the in-use mark and lets go of the file. A file that was created but never established
 * is removed.
 */
void
kan_vault_free (KanVault *self)
{
  if (self == NULL)
    return;
  kan_db_free (self->db);
  if (self->marked)
    clear_mark (self);
  if (self->new_path != NULL)
    (void) !kan_vault_remove_new (self->new_path, NULL);
  kan_hold_free (self->hold);
  kan_secret_free (self->file_key);
  g_free (self->new_path);
  g_free (self->path);
  g_free (self->notice);
  g_free (self);
}

/**
 * kan_vault_get_path:
 * @self: a file
 *
 * Returns: (transfer none): its absolute path, links resolved
 */
const char *
kan_vault_get_path (KanVault *self)
{
  return self->path;
}

/**
 * kan_vault_get_mode:
 * @self: a file
 *
 * Returns: whether it is open for writing
 */
KanVaultMode
kan_vault_get_mode (KanVault *self)
{
  return self->mode;
}

/**
 * kan_vault_get_db:
 * @self: a file
 *
 * Returns: (transfer none) (nullable): the database; %NULL until unlocked. Founding replaces it in
 *   kan_vault_establish(), so ask again after that
 */
KanDb *
kan_vault_get_db (KanVault *self)
{
  return self->db;
}

/**
 * kan_vault_get_file_id:
 * @self: a file
 *
 * Returns: (transfer none): its %KAN_FILE_ID_SIZE bytes of identity, drawn at founding; backups share them
 */
const guint8 *
kan_vault_get_file_id (KanVault *self)
{
  return self->header.file_id;
}

/**
 * kan_vault_get_founding:
 * @self: a file
 *
 * Returns: (transfer none): the hash of the founding act, to which every slot is bound
 */
const KanHash *
kan_vault_get_founding (KanVault *self)
{
  return &self->header.founding;
}

/**
 * kan_vault_get_generation:
 * @self: a file
 *
 * Returns: how often slots were written. The layer above keeps the last one in the database: a smaller one here means
 *   that an older header was put in place
 */
guint64
kan_vault_get_generation (KanVault *self)
{
  return self->header.generation;
}

/**
 * kan_vault_was_interrupted:
 * @self: a file
 *
 * Returns: whether it was left marked as in use without a journal: a crash between two writes, or a copy taken in the
 *   middle of one. It is to be verified before anything is written
 */
gboolean
kan_vault_was_interrupted (KanVault *self)
{
  return self->interrupted;
}

/**
 * kan_vault_get_copies:
 * @self: a file
 * @mended: (out): whether the copies of its header have been made equal since
 *
 * Returns: (transfer none) (nullable): how they were found when it was opened: "damaged" where one of them was,
 *   "differing"; %NULL: equal
 */
const char *
kan_vault_get_copies (KanVault *self, gboolean *mended)
{
  *mended = !self->differing;
  if (!both_are (self, KAN_COPY_SOUND))
    return "damaged";
  return memcmp (self->copies[0].bytes, self->copies[1].bytes, KAN_HEADER_SIZE) != 0 ? "differing" : NULL;
}

/**
 * kan_vault_get_notice:
 * @self: a file
 *
 * Returns: (transfer none) (nullable): what there is to tell about the header, a sentence; %NULL: nothing
 */
const char *
kan_vault_get_notice (KanVault *self)
{
  return self->notice;
}
