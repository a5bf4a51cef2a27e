/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Positioned reads and writes, syncs and renames that either happen whole or say why not. */
#define _GNU_SOURCE
#include "db/kan-io.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <unistd.h>

#ifdef KAN_TEST_BUILD
static struct { KanIoFault fault; guint at, n; } plan;

/**
 * kan_io_fail_at:
 * @n: which step from now on, counted from 1
 * @fault: what happens to it
 *
 * Sets the step counter to zero and plans a fault. Test builds only.
 */
void
kan_io_fail_at (guint n, KanIoFault fault)
{
  plan.fault = fault;
  plan.at = n;
  plan.n = 0;
}

/**
 * kan_io_n_steps:
 *
 * Returns: how many steps there were since kan_io_fail_at()
 */
guint
kan_io_n_steps (void)
{
  return plan.n;
}

/**
 * kan_io_tears:
 *
 * Returns: whether the process is to stop within the write that was just counted
 */
gboolean
kan_io_tears (void)
{
  return plan.fault == KAN_IO_STOP && plan.n == plan.at;
}

/**
 * kan_io_stop:
 *
 * Ends the process as a power failure would: nothing is flushed, closed or told.
 */
void
kan_io_stop (void)
{
  _exit (KAN_IO_STOPPED);
}

int
kan_io_step (KanIoStep step)
{
  plan.n++;
  if (plan.fault == KAN_IO_SOUND || plan.n < plan.at)
    return 0;
  if (plan.fault == KAN_IO_BROKEN || (plan.fault == KAN_IO_BROKEN_ONCE && plan.n == plan.at))
    return EIO;
  if (plan.fault == KAN_IO_DISK_FULL && step == KAN_IO_WRITE)
    return ENOSPC;
  if (kan_io_tears () && step != KAN_IO_WRITE)
    kan_io_stop ();
  return 0;
}
#else
/**
 * kan_io_step:
 * @step: what is about to be done
 *
 * Counts a step and, in test builds, makes the planned one fail.
 *
 * Returns: 0 to go on, or the errno to fail with
 */
int
kan_io_step (G_GNUC_UNUSED KanIoStep step)
{
  return 0;
}
#endif

static gboolean
begin (KanIoStep step, const char *doing, const char *path, GError **error)
{
  int errnum = kan_io_step (step);

  if (errnum != 0)
    kan_error_set_errno (error, errnum, doing, path);
  return errnum == 0;
}

/**
 * kan_io_read_at:
 * @fd: a descriptor
 * @bytes: where to put them
 * @size: how many
 * @at: where from
 * @path: for messages
 * @error: %KAN_ERROR_DAMAGED where the file ends before, %KAN_ERROR_IO and others as the system says
 *
 * Returns: whether all @size bytes were read
 */
gboolean
kan_io_read_at (int fd, gpointer bytes, gsize size, gint64 at, const char *path, GError **error)
{
  gsize done = 0;

  while (done < size)
    {
      gssize n = pread (fd, (guint8 *) bytes + done, size - done, at + (gint64) done);

      if (n > 0)
        done += (gsize) n;
      else if (n == 0)
        {
          g_set_error (error, KAN_ERROR, KAN_ERROR_DAMAGED, _("%s ends in the middle"), path);
          return FALSE;
        }
      else if (errno != EINTR)
        {
          kan_error_set_errno (error, errno, _("cannot read"), path);
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * kan_io_write_at:
 * @fd: a descriptor
 * @bytes: what to write
 * @size: how many
 * @at: where to
 * @path: for messages
 * @error: %KAN_ERROR_FULL, %KAN_ERROR_IO and others as the system says
 *
 * Returns: whether all @size bytes were written; they are durable after kan_io_sync()
 */
gboolean
kan_io_write_at (int fd, gconstpointer bytes, gsize size, gint64 at, const char *path, GError **error)
{
  gsize done = 0;

  if (!begin (KAN_IO_WRITE, _("cannot write"), path, error))
    return FALSE;
#ifdef KAN_TEST_BUILD
  if (kan_io_tears ())
    {
      if (pwrite (fd, bytes, size / 2, at) >= 0)
        kan_io_stop ();
      return FALSE;
    }
#endif
  while (done < size)
    {
      gssize n = pwrite (fd, (const guint8 *) bytes + done, size - done, at + (gint64) done);

      if (n >= 0)
        done += (gsize) n;
      else if (errno != EINTR)
        {
          kan_error_set_errno (error, errno, _("cannot write"), path);
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * kan_io_sync:
 * @fd: a descriptor
 * @path: for messages
 * @error: %KAN_ERROR_IO and others as the system says
 *
 * Returns: whether everything written to the file survives a power failure from now on
 */
gboolean
kan_io_sync (int fd, const char *path, GError **error)
{
  if (!begin (KAN_IO_SYNC, _("cannot secure"), path, error))
    return FALSE;
  if (fsync (fd) == 0)
    return TRUE;
  kan_error_set_errno (error, errno, _("cannot secure"), path);
  return FALSE;
}

/**
 * kan_io_sync_folder:
 * @path: a file in the folder
 * @error: %KAN_ERROR_IO and others as the system says
 *
 * Returns: whether the folder's entries, the file's new name among them, survive a power failure
 */
gboolean
kan_io_sync_folder (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  gboolean done = FALSE;
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    {
      kan_error_set_errno (error, errno, _("cannot open the folder"), folder);
      return FALSE;
    }
  done = kan_io_sync (fd, folder, error);
  close (fd);
  return done;
}

static int
rename_noreplace (const char *from, const char *to)
{
  if (renameat2 (AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
    return 0;
  if (errno != EINVAL && errno != ENOSYS)
    return -1;
  if (link (from, to) != 0)
    return -1;
  return unlink (from);
}

/**
 * kan_io_rename_new:
 * @from: a file
 * @to: a name in the same folder that nothing has yet
 * @error: %KAN_ERROR_EXISTS where something has it, others as the system says
 *
 * Returns: whether @from is now called @to; nothing was replaced
 */
gboolean
kan_io_rename_new (const char *from, const char *to, GError **error)
{
  if (!begin (KAN_IO_FOLDER, _("cannot create"), to, error))
    return FALSE;
  if (rename_noreplace (from, to) == 0)
    return TRUE;
  kan_error_set_errno (error, errno, _("cannot create"), to);
  return FALSE;
}

/**
 * kan_io_replace:
 * @from: a file
 * @to: a name in the same folder; what has it is gone afterwards
 * @error: as the system says
 *
 * Returns: whether @from is now called @to
 */
gboolean
kan_io_replace (const char *from, const char *to, GError **error)
{
  if (!begin (KAN_IO_FOLDER, _("cannot replace"), to, error))
    return FALSE;
  if (rename (from, to) == 0)
    return TRUE;
  kan_error_set_errno (error, errno, _("cannot replace"), to);
  return FALSE;
}

/**
 * kan_io_unlink:
 * @path: a file, or nothing
 * @error: as the system says
 *
 * Returns: whether nothing is there now
 */
gboolean
kan_io_unlink (const char *path, GError **error)
{
  if (!begin (KAN_IO_FOLDER, _("cannot remove"), path, error))
    return FALSE;
  if (unlink (path) == 0 || errno == ENOENT)
    return TRUE;
  kan_error_set_errno (error, errno, _("cannot remove"), path);
  return FALSE;
}
