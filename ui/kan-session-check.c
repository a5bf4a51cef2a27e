/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verification from the window: in the background after unlocking, and when somebody asks. */
#include "kan-session-private.h"

#include <glib/gi18n.h>
#include <inttypes.h>

typedef struct
{
  KanWorker      *worker;       /* set in its thread */
  char           *anchor;
  gboolean        full;
  gint64          now;
  KanProgressFunc progress;
  gpointer        progress_data;
  GCancellable   *cancellable;  /* borrowed from the job */
} Check;

static void
check_free (Check *self)
{
  g_free (self->anchor);
  g_free (self);
}

static gboolean
check_progress (gint64 done, gint64 total, gpointer data)
{
  Check *check = data;

  kan_worker_yield (check->worker);
  if (g_cancellable_is_cancelled (check->cancellable) || kan_worker_must_stop (check->worker))
    return FALSE;
  return check->progress == NULL || check->progress (done, total, check->progress_data);
}

static gpointer
check_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  Check *check = data;
  KanVerifyOptions options = { .anchor = check->anchor, .full = check->full, .now = check->now,
                               .progress = check_progress, .progress_data = check };

  check->worker = worker;
  check->cancellable = cancellable;
  return kan_desk_verify (kan_worker_get_desk (worker), &options, error);
}

static void
tell_verdict (KanSession *self, const KanVerdict *verdict)
{
  g_autofree char *text = NULL;

  self->n_faults = verdict->n_new;
  if (verdict->n_new > 0)
    text = g_strdup_printf (ngettext ("Verification found %u fault", "Verification found %u faults", verdict->n_new),
                            verdict->n_new);
  else
    text = g_strdup_printf (_("Verified up to no. %" PRId64), verdict->head.seq);
  kan_session_set_text (self, &self->verified, text, KAN_SESSION_VERIFIED);
}

static void
check_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KanSession *self = KAN_SESSION (source);
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  KanVerdict *verdict = kan_worker_run_finish (result, &error);

  if (verdict == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (self->unlocked)
    tell_verdict (self, verdict);
  g_task_return_pointer (task, verdict, (GDestroyNotify) kan_verdict_free);
}

/**
 * kan_session_verify_async:
 * @self: an unlocked session
 * @anchor: (nullable): as printed on paper
 * @full: whether to check every signature, whatever was verified before
 * @progress: (nullable): called in the database thread; %FALSE stops
 * @progress_data: for it
 * @cancellable: (nullable): of whoever asks
 * @ready: (nullable): called with the result
 * @user_data: for @ready
 */
void
kan_session_verify_async (KanSession *self, const char *anchor, gboolean full, KanProgressFunc progress,
                          gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback ready,
                          gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, ready, user_data);
  Check *check = g_new0 (Check, 1);

  check->anchor = g_strdup (anchor);
  check->full = full;
  check->now = kan_session_now (self);
  check->progress = progress;
  check->progress_data = progress_data;
  kan_worker_run_async (self->worker, KAN_JOB_REST, check_job, check, (GDestroyNotify) check_free,
                        (GDestroyNotify) kan_verdict_free, G_OBJECT (self),
                        cancellable != NULL ? cancellable : self->life, check_cb, task);
}

/**
 * kan_session_verify_finish:
 * @self: a session
 * @result: as given to the callback
 * @error: as kan_desk_verify(), or that it was stopped
 *
 * Returns: (transfer full): what was found
 */
KanVerdict *
kan_session_verify_finish (KanSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * kan_session_get_n_faults:
 * @self: a session
 *
 * Returns: how many faults the last verification found that were not known before; 0 before there was one
 */
guint
kan_session_get_n_faults (KanSession *self)
{
  return self->n_faults;
}
