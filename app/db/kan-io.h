/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every write, sync and change of a folder that the file takes part in passes here, so that a test can make
   the n-th of them fail. */
#pragma once
#include "kan-types.h"

G_BEGIN_DECLS

gboolean kan_io_read_at     (int fd, gpointer bytes, gsize size, gint64 at, const char *path,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kan_io_write_at    (int fd, gconstpointer bytes, gsize size, gint64 at, const char *path,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kan_io_sync        (int fd, const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kan_io_sync_folder (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kan_io_rename_new  (const char *from, const char *to, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kan_io_replace     (const char *from, const char *to, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kan_io_unlink      (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What a step is about to do: a full disk refuses only what needs space. */
typedef enum { KAN_IO_WRITE, KAN_IO_SYNC, KAN_IO_SHRINK, KAN_IO_FOLDER } KanIoStep;

int      kan_io_step        (KanIoStep step);     /* 0, or the errno to fail with */

#ifdef KAN_TEST_BUILD
typedef enum
{
  KAN_IO_SOUND,
  KAN_IO_DISK_FULL,       /* from the n-th step on, whatever needs space fails with ENOSPC */
  KAN_IO_BROKEN_ONCE,     /* the n-th step fails with EIO */
  KAN_IO_BROKEN,          /* from the n-th step on, every step fails with EIO */
  KAN_IO_STOP             /* the process ends before the n-th step; a write is torn in the middle */
} KanIoFault;

enum { KAN_IO_STOPPED = 77 };   /* exit status of a process that was stopped */

void     kan_io_fail_at     (guint n, KanIoFault fault);     /* n from 1 */
guint    kan_io_n_steps     (void);                          /* since kan_io_fail_at() */
gboolean kan_io_tears       (void);                          /* the write about to be made is to be torn */
void     kan_io_stop        (void) G_GNUC_NORETURN;
#endif

G_END_DECLS
