/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one thread that owns the open file: whatever the screen needs of it is a job there, so that the window never
 * waits for the disk (DESIGN.md, "Layers"). */
#pragma once
#include "desk/kan-desk.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _KanWorker KanWorker;

/* What goes first: the page somebody looks at, then the order of its rows, then what is possible, then signing. Opening
 * and closing the file (KAN_JOB_FILE) comes after what was asked of it, and never within another job. */
typedef enum
{
  KAN_JOB_PAGE, KAN_JOB_ORDER, KAN_JOB_OFFERS, KAN_JOB_ACT, KAN_JOB_FILE, KAN_JOB_REST
} KanJobPriority;

/* Runs in the worker's thread. What it returns belongs to whoever asked, and must not point into the book. */
typedef gpointer (*KanJobFunc) (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error);

KanWorker *kan_worker_new        (void);
void       kan_worker_free       (KanWorker *self);     /* drops what waits, closes the file, joins the thread */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KanWorker, kan_worker_free)

/* From the main thread. Who cancelled, or whose job was dropped, gets G_IO_ERROR_CANCELLED, whatever the job came to.
   `data` is freed by `free_data` once the job ran or was dropped; `ready` is called in the
   caller's main context, with @source as GTask gives it. */
void       kan_worker_run_async  (KanWorker *self, KanJobPriority priority, KanJobFunc func, gpointer data,
                                  GDestroyNotify free_data, GDestroyNotify free_result, GObject *source,
                                  GCancellable *cancellable, GAsyncReadyCallback ready, gpointer user_data);
gpointer   kan_worker_run_finish (GAsyncResult *result, GError **error);

/* From inside a job. */
KanDesk   *kan_worker_get_desk   (KanWorker *self);                     /* NULL: no file is open */
void       kan_worker_take_desk  (KanWorker *self, KanDesk *desk);      /* closes the one before; NULL: closes */
/* A long job lets what is more urgent go first, e.g. from its progress callback, between two transactions. */
void       kan_worker_yield      (KanWorker *self);
gboolean   kan_worker_must_stop  (KanWorker *self);     /* being freed, or the file is to be closed */

G_END_DECLS
