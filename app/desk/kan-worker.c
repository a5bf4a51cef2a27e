/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One thread, one queue ordered by priority and then by arrival. The desk is made, used and closed in that thread only;
 * the queue and the word to stop are all that threads share. */
#include "desk/kan-worker.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  KanJobPriority priority;
  KanJobFunc     func;
  gpointer       data;
  GDestroyNotify free_data, free_result;
  GTask         *task;             /* owned; once it has returned, the caller's context's and the job with it */
  GAsyncReadyCallback ready;
  gpointer       user_data;
} Job;

struct _KanWorker
{
  GThread  *thread;
  GMutex    mutex;         /* guards what follows */
  GCond     cond;
  GQueue    jobs;          /* Job, most urgent first */
  gboolean  stopping;

  /* the thread's own */
  KanDesk  *desk;
  KanJobPriority running;  /* the innermost one's priority */
};

/* --- jobs ----------------------------------------------------------------------------------------------------- */

static void
job_free_data (Job *self)
{
  if (self->free_data != NULL)
    self->free_data (self->data);
}

/* Here the last hold on whoever asked may go: never in the thread, which a session that ends joins. */
static void
job_ready_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Job *self = data;

  self->ready (source, result, self->user_data);
  g_object_unref (self->task);
}

static void
job_drop (Job *self)
{
  job_free_data (self);
  g_task_return_new_error (self->task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s", _("the file was closed"));
}

static int
compare_jobs (gconstpointer a, gconstpointer b, G_GNUC_UNUSED gpointer unused)
{
  return (int) ((const Job *) a)->priority - (int) ((const Job *) b)->priority;
}

/* Behind those of its own priority. */
static void
put_job (KanWorker *self, Job *job)
{
  GList *at = self->jobs.tail;

  while (at != NULL && compare_jobs (at->data, job, NULL) > 0)
    at = at->prev;
  g_queue_insert_after (&self->jobs, at, job);
}

static void
finish_job (Job *job, gpointer result, GError *failed)
{
  job_free_data (job);
  if (failed != NULL)
    g_task_return_error (job->task, failed);
  else
    g_task_return_pointer (job->task, result, job->free_result);
}

static void
run_job (KanWorker *self, Job *job)
{
  KanJobPriority outer = self->running;
  GError *failed = NULL;
  gpointer result = NULL;

  if (!g_cancellable_set_error_if_cancelled (g_task_get_cancellable (job->task), &failed))
    {
      self->running = job->priority;
      result = job->func (self, job->data, g_task_get_cancellable (job->task), &failed);
      self->running = outer;
    }
  finish_job (job, result, failed);
}

/* --- the thread ----------------------------------------------------------------------------------------------- */

/* The next job, or NULL once the worker is to stop. */
static Job *
wait_for_job (KanWorker *self)
{
  Job *job;

  g_mutex_lock (&self->mutex);
  while (!self->stopping && g_queue_is_empty (&self->jobs))
    g_cond_wait (&self->cond, &self->mutex);
  job = self->stopping ? NULL : g_queue_pop_head (&self->jobs);
  g_mutex_unlock (&self->mutex);
  return job;
}

static gpointer
work (gpointer data)
{
  KanWorker *self = data;

  for (Job *job = wait_for_job (self); job != NULL; job = wait_for_job (self))
    run_job (self, job);
  g_clear_pointer (&self->desk, kan_desk_free);
  return NULL;
}

/**
 * kan_worker_new:
 *
 * Returns: (transfer full): a thread that waits for jobs; no file is open
 */
KanWorker *
kan_worker_new (void)
{
  KanWorker *self = g_new0 (KanWorker, 1);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  g_queue_init (&self->jobs);
  self->running = KAN_JOB_REST;
  self->thread = g_thread_new ("kan-worker", work, self);
  return self;
}

/**
 * kan_worker_free:
 * @self: (nullable): a worker, freed from the thread that made it
 *
 * Jobs that wait are dropped (their callbacks get %G_IO_ERROR_CANCELLED), the one that runs is waited for; long ones
 * ask kan_worker_must_stop(). The file is closed in its thread, which is joined.
 */
void
kan_worker_free (KanWorker *self)
{
  GQueue dropped = G_QUEUE_INIT;

  if (self == NULL)
    return;
  g_mutex_lock (&self->mutex);
  self->stopping = TRUE;
  dropped = self->jobs;
  g_queue_init (&self->jobs);
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
  g_queue_clear_full (&dropped, (GDestroyNotify) job_drop);
  g_thread_join (self->thread);
  g_cond_clear (&self->cond);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/* --- asking --------------------------------------------------------------------------------------------------- */

/**
 * kan_worker_run_async:
 * @self: a worker
 * @priority: what it is for
 * @func: runs in the worker's thread
 * @data: (transfer full) (nullable): what it is told
 * @free_data: (nullable): frees @data once it ran or was dropped, in either thread, before @ready
 * @free_result: (nullable): frees what it returned where nobody takes it
 * @source: (nullable): whom @ready is told about; let go of where @ready is called
 * @cancellable: (nullable): a job not yet begun is not begun; @ready then gets %G_IO_ERROR_CANCELLED, also where the
 *   job had ended meanwhile
 * @ready: called in the caller's main context
 * @user_data: for @ready
 */
void
kan_worker_run_async (KanWorker *self, KanJobPriority priority, KanJobFunc func, gpointer data,
                      GDestroyNotify free_data, GDestroyNotify free_result, GObject *source,
                      GCancellable *cancellable, GAsyncReadyCallback ready, gpointer user_data)
{
  Job *job = g_new0 (Job, 1);

  job->priority = priority;
  job->func = func;
  job->data = data;
  job->free_data = free_data;
  job->free_result = free_result;
  job->ready = ready;
  job->user_data = user_data;
  job->task = g_task_new (source, cancellable, job_ready_cb, job);
  g_mutex_lock (&self->mutex);
  put_job (self, job);
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
}

/**
 * kan_worker_run_finish:
 * @result: what the callback was given
 * @error: what the job failed with; %G_IO_ERROR_CANCELLED where it was cancelled or dropped
 *
 * Returns: (transfer full) (nullable): what the job returned
 */
gpointer
kan_worker_run_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- from inside a job ---------------------------------------------------------------------------------------- */

/**
 * kan_worker_get_desk:
 * @self: a worker, from inside a job
 *
 * Nobody else's: from any other thread it is refused, since the window would stand still meanwhile.
 *
 * Returns: (transfer none) (nullable): the open file; %NULL: none is open
 */
KanDesk *
kan_worker_get_desk (KanWorker *self)
{
  g_return_val_if_fail (g_thread_self () == self->thread, NULL);
  return self->desk;
}

/**
 * kan_worker_take_desk:
 * @self: a worker, from inside a job
 * @desk: (transfer full) (nullable): the file from now on
 *
 * The one before is closed. Only jobs of %KAN_JOB_FILE do this: they never run within another one.
 */
void
kan_worker_take_desk (KanWorker *self, KanDesk *desk)
{
  g_return_if_fail (self->running == KAN_JOB_FILE);
  kan_desk_free (self->desk);
  self->desk = desk;
}

/**
 * kan_worker_must_stop:
 * @self: a worker, from inside a job
 *
 * Returns: whether a long job had better end: the worker is being freed, or the file is to be closed
 */
gboolean
kan_worker_must_stop (KanWorker *self)
{
  gboolean stop;

  g_mutex_lock (&self->mutex);
  stop = self->stopping;
  for (GList *at = self->jobs.head; at != NULL; at = at->next)
    stop = stop || ((const Job *) at->data)->priority == KAN_JOB_FILE;
  g_mutex_unlock (&self->mutex);
  return stop;
}

/* The next job that is more urgent than the one that runs. */
static Job *
more_urgent_job (KanWorker *self)
{
  Job *job;

  g_mutex_lock (&self->mutex);
  job = g_queue_peek_head (&self->jobs);
  if (job != NULL && job->priority < self->running && job->priority != KAN_JOB_FILE)
    g_queue_pop_head (&self->jobs);
  else
    job = NULL;
  g_mutex_unlock (&self->mutex);
  return job;
}

/**
 * kan_worker_yield:
 * @self: a worker, from inside a job, between two transactions
 *
 * Runs what is more urgent than the job that asks; never one of its own priority.
 */
void
kan_worker_yield (KanWorker *self)
{
  for (Job *job = more_urgent_job (self); job != NULL; job = more_urgent_job (self))
    run_job (self, job);
}
