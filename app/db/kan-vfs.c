/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The offset VFS (FILE.md, "Layout"): over the system's own, it adds the offset to what is read from and written
   to a main database; journals are left where they are. It offers neither memory maps nor shared memory, so no WAL. */
#include "db/kan-vfs.h"
#include "db/kan-io.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <sqlite3.h>
#include <unistd.h>

typedef struct
{
  sqlite3_file  base;
  sqlite3_int64 offset;
  sqlite3_file *real;        /* behind this struct, in the same allocation */
} VfsFile;

static sqlite3_vfs offset_vfs;
static sqlite3_vfs *real_vfs;

static sqlite3_file *
real_file (sqlite3_file *file)
{
  return ((VfsFile *) file)->real;
}

static sqlite3_int64
offset_of (sqlite3_file *file)
{
  return ((VfsFile *) file)->offset;
}

static int
step (KanIoStep what, int failure)
{
  int errnum = kan_io_step (what);

  if (errnum == 0)
    return SQLITE_OK;
  return errnum == ENOSPC ? SQLITE_FULL : failure;
}

static int
close_cb (sqlite3_file *file)
{
  return real_file (file)->pMethods->xClose (real_file (file));
}

/* A medium that does not answer, e.g. a stick that was pulled, is not yet a damaged file. */
static int
read_cb (sqlite3_file *file, void *bytes, int size, sqlite3_int64 at)
{
  int rc = real_file (file)->pMethods->xRead (real_file (file), bytes, size, at + offset_of (file));

  return rc == SQLITE_IOERR_CORRUPTFS ? SQLITE_IOERR_READ : rc;
}

static int
write_cb (sqlite3_file *file, const void *bytes, int size, sqlite3_int64 at)
{
  sqlite3_file *real = real_file (file);
  int rc = step (KAN_IO_WRITE, SQLITE_IOERR_WRITE);

  if (rc != SQLITE_OK)
    return rc;
#ifdef KAN_TEST_BUILD
  if (kan_io_tears ())
    {
      (void) real->pMethods->xWrite (real, bytes, size / 2, at + offset_of (file));
      kan_io_stop ();
    }
#endif
  return real->pMethods->xWrite (real, bytes, size, at + offset_of (file));
}

static int
truncate_cb (sqlite3_file *file, sqlite3_int64 size)
{
  int rc = step (KAN_IO_SHRINK, SQLITE_IOERR_TRUNCATE);

  return rc != SQLITE_OK ? rc : real_file (file)->pMethods->xTruncate (real_file (file), size + offset_of (file));
}

static int
sync_cb (sqlite3_file *file, int flags)
{
  int rc = step (KAN_IO_SYNC, SQLITE_IOERR_FSYNC);

  return rc != SQLITE_OK ? rc : real_file (file)->pMethods->xSync (real_file (file), flags);
}

static int
file_size_cb (sqlite3_file *file, sqlite3_int64 *size)
{
  int rc = real_file (file)->pMethods->xFileSize (real_file (file), size);

  *size = MAX (*size - offset_of (file), 0);
  return rc;
}

static int
lock_cb (sqlite3_file *file, int level)
{
  return real_file (file)->pMethods->xLock (real_file (file), level);
}

static int
unlock_cb (sqlite3_file *file, int level)
{
  return real_file (file)->pMethods->xUnlock (real_file (file), level);
}

static int
check_reserved_lock_cb (sqlite3_file *file, int *held)
{
  return real_file (file)->pMethods->xCheckReservedLock (real_file (file), held);
}

static int
file_control_cb (sqlite3_file *file, int op, void *argument)
{
  sqlite3_file *real = real_file (file);

  if (op == SQLITE_FCNTL_MMAP_SIZE)
    return SQLITE_NOTFOUND;
  if (op == SQLITE_FCNTL_SIZE_HINT)
    {
      sqlite3_int64 size = *(sqlite3_int64 *) argument + offset_of (file);

      return real->pMethods->xFileControl (real, op, &size);
    }
  return real->pMethods->xFileControl (real, op, argument);
}

static int
sector_size_cb (sqlite3_file *file)
{
  return real_file (file)->pMethods->xSectorSize (real_file (file));
}

static int
device_characteristics_cb (sqlite3_file *file)
{
  return real_file (file)->pMethods->xDeviceCharacteristics (real_file (file));
}

/* Version 1: SQLite asks such a file neither for shared memory nor for mapped pages. */
static const sqlite3_io_methods offset_methods = {
  .iVersion = 1,
  .xClose = close_cb,
  .xRead = read_cb,
  .xWrite = write_cb,
  .xTruncate = truncate_cb,
  .xSync = sync_cb,
  .xFileSize = file_size_cb,
  .xLock = lock_cb,
  .xUnlock = unlock_cb,
  .xCheckReservedLock = check_reserved_lock_cb,
  .xFileControl = file_control_cb,
  .xSectorSize = sector_size_cb,
  .xDeviceCharacteristics = device_characteristics_cb,
};

/* For its owner only; SQLite would ask for as much as the account's mask leaves. What is there already is not opened:
   closing it would drop this process's locks on it. */
static void
create_closed (const char *path)
{
  int fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

  if (fd >= 0)
    close (fd);
}

static int
open_cb (G_GNUC_UNUSED sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *file, int flags, int *out_flags)
{
  VfsFile *self = (VfsFile *) file;
  int rc = SQLITE_OK;

  self->base.pMethods = NULL;
  self->real = (sqlite3_file *) (self + 1);
  self->offset = (flags & SQLITE_OPEN_MAIN_DB) != 0 ? sqlite3_uri_int64 (name, KAN_VFS_OFFSET, 0) : 0;
  if ((flags & SQLITE_OPEN_MAIN_DB) != 0 && (flags & SQLITE_OPEN_CREATE) != 0)
    create_closed (name);
  rc = real_vfs->xOpen (real_vfs, name, self->real, flags, out_flags);
  if (self->real->pMethods != NULL)
    self->base.pMethods = &offset_methods;
  return rc;
}

static int
delete_cb (G_GNUC_UNUSED sqlite3_vfs *vfs, const char *path, int sync_folder)
{
  int rc = step (KAN_IO_FOLDER, SQLITE_IOERR_DELETE);

  return rc != SQLITE_OK ? rc : real_vfs->xDelete (real_vfs, path, sync_folder);
}

static gpointer
register_once (G_GNUC_UNUSED gpointer unused)
{
  real_vfs = sqlite3_vfs_find (NULL);
  if (real_vfs == NULL)
    return NULL;
  offset_vfs = *real_vfs;
  offset_vfs.zName = KAN_VFS_NAME;
  offset_vfs.szOsFile = (int) sizeof (VfsFile) + real_vfs->szOsFile;
  offset_vfs.pNext = NULL;
  offset_vfs.xOpen = open_cb;
  offset_vfs.xDelete = delete_cb;
  return sqlite3_vfs_register (&offset_vfs, FALSE) == SQLITE_OK ? &offset_vfs : NULL;
}

/**
 * kan_vfs_register:
 * @error: %KAN_ERROR_IO where SQLite has no file system to build upon
 *
 * Makes the offset VFS known to SQLite under %KAN_VFS_NAME; once in a process.
 */
gboolean
kan_vfs_register (GError **error)
{
  static GOnce once = G_ONCE_INIT;

  if (g_once (&once, register_once, NULL) != NULL)
    return TRUE;
  g_set_error_literal (error, KAN_ERROR, KAN_ERROR_IO, _("the database library offers no file access"));
  return FALSE;
}
