/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drafts of decisions. Of each way to decide on a request one is kept at most; once it is decided there is none. */
#include "approvals/kan-approval-draft.h"

#include <string.h>

typedef struct { KanAnswers *answers; gint64 now; char *subject, *kind; } Errand;

static void
errand_free (Errand *self)
{
  g_clear_pointer (&self->answers, kan_answers_free);
  g_free (self->subject);
  g_free (self->kind);
  g_free (self);
}

static gboolean
decides (const KanViewDraft *draft, const char *subject, const char *kind)
{
  const char *const kinds[] = { "hand.give", "hand.refuse", "hand.ask_back", NULL };

  return g_strcmp0 (draft->subject, subject) == 0 &&
         (kind != NULL ? strcmp (draft->kind, kind) == 0 : g_strv_contains (kinds, draft->kind));
}

/* The last that was saved; 0: none. */
static gint64
find_id (KanDesk *desk, const char *subject, const char *kind)
{
  g_autoptr(GPtrArray) drafts = kan_desk_list_drafts (desk, NULL);

  for (guint i = 0; drafts != NULL && i < drafts->len; i++)
    {
      const KanViewDraft *draft = g_ptr_array_index (drafts, i);

      if (decides (draft, subject, kind))
        return draft->id;
    }
  return 0;
}

/**
 * kan_approval_draft_find:
 * @desk: an unlocked desk
 * @subject: what is decided on
 * @kind: (nullable): how; %NULL: whatever the decision
 *
 * Returns: (transfer full) (nullable): what this person kept last of it; one that cannot be opened is none
 */
KanAnswers *
kan_approval_draft_find (KanDesk *desk, const char *subject, const char *kind)
{
  gint64 id = find_id (desk, subject, kind);

  return id != 0 ? kan_desk_load_draft (desk, id, NULL) : NULL;
}

/**
 * kan_approval_draft_drop:
 * @desk: an unlocked desk
 * @subject: what is decided on
 * @kind: (nullable): how; %NULL: whatever the decision
 * @error: return location
 *
 * Returns: whether none is left
 */
gboolean
kan_approval_draft_drop (KanDesk *desk, const char *subject, const char *kind, GError **error)
{
  for (gint64 id = find_id (desk, subject, kind); id != 0; id = find_id (desk, subject, kind))
    if (!kan_desk_drop_draft (desk, id, error))
      return FALSE;
  return TRUE;
}

/* --- from the window ------------------------------------------------------------------------------------------ */

static gpointer
keep_job (KanWorker *worker, gpointer data, G_GNUC_UNUSED GCancellable *cancellable, GError **error)
{
  const Errand *errand = data;
  KanDesk *desk = kan_worker_get_desk (worker);
  gint64 id = find_id (desk, kan_answers_get_subject (errand->answers), kan_answers_get_kind (errand->answers));

  return kan_desk_save_draft (desk, &id, errand->answers, errand->now, error) ? g_memdup2 (&id, sizeof id) : NULL;
}

static gpointer
discard_job (KanWorker *worker, gpointer data, G_GNUC_UNUSED GCancellable *cancellable, GError **error)
{
  const Errand *errand = data;

  return kan_approval_draft_drop (kan_worker_get_desk (worker), errand->subject, errand->kind, error)
         ? g_new0 (gint64, 1) : NULL;
}

/* The lock of the file does not stop it. */
static void
run_to_its_end (KanSession *session, KanJobFunc job, Errand *errand, GAsyncReadyCallback ready, gpointer user_data)
{
  g_autoptr(GCancellable) own = g_cancellable_new ();

  kan_session_run (session, KAN_JOB_ACT, job, errand, (GDestroyNotify) errand_free, g_free, own, ready, user_data);
}

/**
 * kan_approval_draft_keep_async:
 * @session: an unlocked session
 * @answers: a decision that was not signed yet; copied
 * @ready: (nullable): called with the result
 * @user_data: for @ready
 *
 * Keeps it, in the place of what was kept of the same decision before.
 */
void
kan_approval_draft_keep_async (KanSession *session, const KanAnswers *answers, GAsyncReadyCallback ready,
                               gpointer user_data)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->answers = kan_answers_copy (answers);
  errand->now = kan_session_now (session);
  run_to_its_end (session, keep_job, errand, ready, user_data);
}

/**
 * kan_approval_draft_discard_async:
 * @session: an unlocked session
 * @subject: what is decided on
 * @kind: (nullable): how; %NULL: whatever the decision
 * @ready: called with the result
 * @user_data: for @ready
 */
void
kan_approval_draft_discard_async (KanSession *session, const char *subject, const char *kind, GAsyncReadyCallback ready,
                                  gpointer user_data)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->subject = g_strdup (subject);
  errand->kind = g_strdup (kind);
  run_to_its_end (session, discard_job, errand, ready, user_data);
}

/**
 * kan_approval_draft_finish:
 * @session: a session
 * @result: as given to the callback
 * @error: why it could not be kept, or discarded
 *
 * Returns: whether it was
 */
gboolean
kan_approval_draft_finish (KanSession *session, GAsyncResult *result, GError **error)
{
  g_autofree gint64 *id = kan_session_run_finish (session, result, error);

  return id != NULL;
}
