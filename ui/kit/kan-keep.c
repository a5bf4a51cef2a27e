/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeping answers as a draft, sealed to their author. */
#include "kit/kan-keep.h"

typedef struct { KanAnswers *answers; gint64 now; } Keeping;

static void
keeping_free (Keeping *self)
{
  kan_answers_free (self->answers);
  g_free (self);
}

static gpointer
keep_job (KanWorker *worker, gpointer data, G_GNUC_UNUSED GCancellable *cancellable, GError **error)
{
  const Keeping *keeping = data;
  gint64 id = 0;

  return kan_desk_save_draft (kan_worker_get_desk (worker), &id, keeping->answers, keeping->now, error)
         ? g_memdup2 (&id, sizeof id) : NULL;
}

/**
 * kan_keep_async:
 * @session: an unlocked session
 * @answers: of an act that was not signed yet; copied
 * @cancellable: (nullable): stops it, and nothing else does; %NULL: the lock of the file
 * @ready: called with the result
 * @user_data: for @ready
 *
 * Keeps them as a new draft.
 */
void
kan_keep_async (KanSession *session, const KanAnswers *answers, GCancellable *cancellable, GAsyncReadyCallback ready,
                gpointer user_data)
{
  Keeping *keeping = g_new0 (Keeping, 1);

  keeping->answers = kan_answers_copy (answers);
  keeping->now = kan_session_now (session);
  kan_session_run (session, KAN_JOB_ACT, keep_job, keeping, (GDestroyNotify) keeping_free, g_free, cancellable, ready,
                   user_data);
}

/**
 * kan_keep_finish:
 * @session: a session
 * @result: as given to the callback
 * @error: why it could not be kept
 *
 * Returns: the draft's id; 0 where there is none
 */
gint64
kan_keep_finish (KanSession *session, GAsyncResult *result, GError **error)
{
  g_autofree gint64 *id = kan_session_run_finish (session, result, error);

  return id != NULL ? *id : 0;
}
