/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One descriptor for a file in the whole process. Closing any other would drop the locks that SQLite took through its
   own (POSIX locks belong to process and file), so a file that is open here already is not opened again. */
#define _GNU_SOURCE
#include "vault/kan-hold.h"
#include "vault/kan-status.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Header bytes on which the locks lie: the writer's, and one which everybody who has the file open shares. */
enum { WRITER_BYTE = 0, OPEN_BYTE = 1, TRIES = 3 };

struct _KanHold
{
  int         fd;
  char       *known_as;      /* in `known`; NULL until there */
  struct stat info;
};

static GMutex known_mutex;
static GHashTable *known;    /* "device:inode" of every file held in this process */

static char *
name_of (const struct stat *info)
{
  return g_strdup_printf ("%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT,
                          (guint64) info->st_dev, (guint64) info->st_ino);
}

static gboolean
is_known (const struct stat *info)
{
  g_autofree char *name = name_of (info);
  gboolean found = FALSE;

  g_mutex_lock (&known_mutex);
  found = known != NULL && g_hash_table_contains (known, name);
  g_mutex_unlock (&known_mutex);
  return found;
}

static void
make_known (KanHold *self)
{
  self->known_as = name_of (&self->info);
  g_mutex_lock (&known_mutex);
  if (known == NULL)
    known = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_add (known, self->known_as);
  g_mutex_unlock (&known_mutex);
}

static void
make_unknown (KanHold *self)
{
  g_mutex_lock (&known_mutex);
  g_hash_table_remove (known, self->known_as);
  if (g_hash_table_size (known) == 0)
    g_clear_pointer (&known, g_hash_table_unref);
  g_mutex_unlock (&known_mutex);
  g_free (self->known_as);
}

static struct flock
lock_of (short type, off_t byte, off_t n)
{
  return (struct flock) { .l_type = type, .l_whence = SEEK_SET, .l_start = byte, .l_len = n };
}

/* The lock of an open file description: it goes with the descriptor, not with the process. */
static gboolean
take (KanHold *self, short type, off_t byte, off_t n)
{
  struct flock lock = lock_of (type, byte, n);

  return fcntl (self->fd, F_OFD_SETLK, &lock) == 0;
}

static gboolean
take_all (KanHold *self, KanHoldMode mode)
{
  if (mode == KAN_HOLD_ALONE)
    return take (self, F_WRLCK, WRITER_BYTE, 2);
  return take (self, F_RDLCK, OPEN_BYTE, 1) && (mode == KAN_HOLD_READ || take (self, F_WRLCK, WRITER_BYTE, 1));
}

static void
set_busy (KanHold *self, const char *path, GError **error)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (9 * 3600);
  g_autoptr (GDateTime) since = NULL;
  g_autofree char *text = NULL;
  guint8 bytes[KAN_STATUS_SIZE];
  KanStatus status = { 0 };

  if (pread (self->fd, bytes, sizeof bytes, KAN_STATUS_AT) == (gssize) sizeof bytes
      && kan_status_decode (&status, bytes) && status.in_use && status.who[0] != '\0')
    since = g_date_time_new_from_unix_utc (status.since);
  if (since == NULL)
    {
      g_set_error (error, KAN_ERROR, KAN_ERROR_BUSY, _("%s is in use by another program"), path);
      return;
    }
  text = g_date_time_format (g_date_time_to_timezone (since, zone), "%Y-%m-%d %H:%M");
  g_set_error (error, KAN_ERROR, KAN_ERROR_BUSY, _("%s is in use by %s on %s since %s"),
               path, status.who, status.where, text);
}

/* Network file systems may know no such locks; there a file is only ever read or written whole. */
static gboolean
lock (KanHold *self, KanHoldMode mode, const char *path, GError **error)
{
  if (take_all (self, mode))
    return TRUE;
  if (errno == EAGAIN || errno == EACCES)
    {
      set_busy (self, path, error);
      return FALSE;
    }
  if (mode == KAN_HOLD_READ)
    return TRUE;
  kan_error_set_errno (error, errno, _("cannot lock"), path);
  return FALSE;
}

/* Readers too, where they may: a write that was interrupted is to be undone before anybody can read. */
static int
open_for (const char *path, KanHoldMode mode)
{
  const int flags = O_CLOEXEC | O_NOCTTY | O_NONBLOCK;
  int fd = open (path, O_RDWR | flags);

  if (fd < 0 && mode == KAN_HOLD_READ && (errno == EACCES || errno == EPERM || errno == EROFS))
    fd = open (path, O_RDONLY | flags);
  return fd;
}

static KanHold *
hold_fd (int fd, const char *path, const char *doing, GError **error)
{
  KanHold *self = NULL;

  if (fd < 0 && errno == EISDIR)
    g_set_error (error, KAN_ERROR, KAN_ERROR_FOREIGN, _("%s is a folder"), path);
  else if (fd < 0)
    kan_error_set_errno (error, errno, doing, path);
  if (fd < 0)
    return NULL;
  self = g_new0 (KanHold, 1);
  self->fd = fd;
  return self;
}

static gboolean
inspect (KanHold *self, const char *path, GError **error)
{
  if (fstat (self->fd, &self->info) != 0)
    {
      kan_error_set_errno (error, errno, _("cannot open"), path);
      return FALSE;
    }
  if (S_ISREG (self->info.st_mode))
    return TRUE;
  g_set_error (error, KAN_ERROR, KAN_ERROR_FOREIGN, _("%s is no ordinary file"), path);
  return FALSE;
}

/**
 * kan_hold_is_at:
 * @self: a hold
 * @path: a name
 *
 * Returns: whether the file that is held has that name now
 */
gboolean
kan_hold_is_at (KanHold *self, const char *path)
{
  struct stat info;

  return stat (path, &info) == 0 && info.st_dev == self->info.st_dev && info.st_ino == self->info.st_ino;
}

/**
 * kan_hold_open:
 * @path: an existing file
 * @mode: what others may do meanwhile
 * @error: %KAN_ERROR_BUSY, %KAN_ERROR_MISSING, %KAN_ERROR_READ_ONLY, %KAN_ERROR_FOREIGN where it is no ordinary file
 *
 * Opens and locks a file. Between opening and locking somebody may have put another file in its place (a restore does),
 * so the name is looked at again afterwards.
 *
 * Returns: (transfer full): the hold, or %NULL
 */
KanHold *
kan_hold_open (const char *path, KanHoldMode mode, GError **error)
{
  struct stat info;

  if (stat (path, &info) == 0 && is_known (&info))
    {
      g_set_error (error, KAN_ERROR, KAN_ERROR_BUSY, _("%s is already open in this program"), path);
      return NULL;
    }
  for (guint i = 0; i < TRIES; i++)
    {
      g_autoptr (KanHold) self = hold_fd (open_for (path, mode), path, _("cannot open"), error);

      if (self == NULL || !inspect (self, path, error) || !lock (self, mode, path, error))
        return NULL;
      if (kan_hold_is_at (self, path))
        {
          make_known (self);
          return g_steal_pointer (&self);
        }
    }
  g_set_error (error, KAN_ERROR, KAN_ERROR_BUSY, _("%s is being replaced"), path);
  return NULL;
}

/**
 * kan_hold_create:
 * @path: a name that nothing has yet
 * @error: %KAN_ERROR_EXISTS, %KAN_ERROR_READ_ONLY, %KAN_ERROR_FULL, others as the system says
 *
 * For its owner only: whoever can copy it can try passphrases on it. An office whose accounts share a folder opens it
 * to their group by hand; it is written in place and keeps that.
 *
 * Returns: (transfer full): an empty file that nobody else has, or %NULL
 */
KanHold *
kan_hold_create (const char *path, GError **error)
{
  int fd = open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  g_autoptr (KanHold) self = hold_fd (fd, path, _("cannot create"), error);

  if (self == NULL || !inspect (self, path, error) || !lock (self, KAN_HOLD_WRITE, path, error))
    return NULL;
  make_known (self);
  return g_steal_pointer (&self);
}

/**
 * kan_hold_get_fd:
 * @self: a hold
 *
 * Returns: its descriptor, for positioned reading and writing
 */
int
kan_hold_get_fd (KanHold *self)
{
  return self->fd;
}

/**
 * kan_hold_is_written:
 * @self: a hold
 *
 * Returns: whether somebody else holds the file for writing
 */
gboolean
kan_hold_is_written (KanHold *self)
{
  struct flock lock = lock_of (F_RDLCK, WRITER_BYTE, 1);

  return fcntl (self->fd, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

/**
 * kan_hold_begin_writing:
 * @self: a hold for reading
 * @path: for messages
 * @error: %KAN_ERROR_BUSY, %KAN_ERROR_READ_ONLY
 *
 * Returns: whether this is the one writer until kan_hold_end_writing()
 */
gboolean
kan_hold_begin_writing (KanHold *self, const char *path, GError **error)
{
  if (take (self, F_WRLCK, WRITER_BYTE, 1))
    return TRUE;
  if (errno == EAGAIN || errno == EACCES)
    set_busy (self, path, error);
  else
    kan_error_set_errno (error, errno == EBADF ? EROFS : errno, _("cannot lock"), path);
  return FALSE;
}

/**
 * kan_hold_end_writing:
 * @self: a hold for reading that was lent the writer's part
 */
void
kan_hold_end_writing (KanHold *self)
{
  (void) take (self, F_UNLCK, WRITER_BYTE, 1);
}

/**
 * kan_hold_free:
 * @self: (nullable): a hold on a file that nothing in this process has open otherwise
 *
 * Closes the descriptor; the locks go with it.
 */
void
kan_hold_free (KanHold *self)
{
  if (self == NULL)
    return;
  close (self->fd);
  if (self->known_as != NULL)
    make_unknown (self);
  g_free (self);
}
