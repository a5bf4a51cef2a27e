/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a request, or the approval wizard as a whole, is left without a signature: what was typed for a decision is kept
 * as a draft, or asked about. */
#include "approvals/kan-approval-private.h"

#include "approvals/kan-approval-batch.h"
#include "approvals/kan-approval-draft.h"
#include "kit/kan-actions.h"
#include "kit/kan-dialogs.h"

#include <glib/gi18n.h>
#include <string.h>

/* Whether it is kept, and the wizard still there. */
static gboolean
finish_keeping (KanApprovalWizard *self, KanSession *session, GAsyncResult *result)
{
  g_autoptr(GError) error = NULL;
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (!kan_approval_draft_finish (session, result, &error))
    {
      kan_dialogs_tell_error (GTK_WIDGET (self->session != NULL ? GTK_WINDOW (self) : parent),
                              _("The draft could not be kept"), error);
      return FALSE;
    }
  if (self->session == NULL)
    return FALSE;
  self->is_dirty = FALSE;
  kan_session_changed (self->session);      /* Today shows drafts */
  if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), KAN_ACTION_TOAST, "s", _("Kept as a draft, under Today"));
  return TRUE;
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(KanApprovalWizard) self = user_data;

  if (finish_keeping (self, KAN_SESSION (source), result))
    gtk_window_close (GTK_WINDOW (self));
}

static void
put_off_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(KanApprovalWizard) self = user_data;
  gboolean is_kept = finish_keeping (self, KAN_SESSION (source), result);

  if (self->session == NULL)
    return;
  kan_approval_hold (self, FALSE);
  if (is_kept)
    kan_approval_next (self);
}

/**
 * kan_approval_put_off:
 * @self: a wizard that shows a request
 *
 * Goes on to the next one. What was typed for a decision is there when one comes back to it.
 */
void
kan_approval_put_off (KanApprovalWizard *self)
{
  if (!self->is_dirty)
    {
      kan_approval_next (self);
      return;
    }
  kan_approval_hold (self, TRUE);
  kan_approval_draft_keep_async (self->session, self->answers, put_off_cb, g_object_ref (self));
}

/* Only the words for this decision are thrown away. */
static void
discarded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(KanApprovalWizard) self = user_data;
  KanAnswers *begun;

  kan_approval_draft_finish (KAN_SESSION (source), result, NULL);
  if (self->session == NULL)
    return;
  begun = self->request->begun;
  if (begun != NULL && strcmp (kan_answers_get_kind (begun), kan_answers_get_kind (self->answers)) == 0)
    g_clear_pointer (&self->request->begun, kan_answers_free);
  self->is_dirty = FALSE;
  kan_session_changed (self->session);      /* Today shows drafts */
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "decide") == 0)
    kan_approval_show_request (self);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
close_answer_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KanApprovalWizard *self = KAN_APPROVAL_WIZARD (source);
  g_autofree char *answer = kan_dialogs_choose_finish (result);

  if (self->session == NULL || answer == NULL || strcmp (answer, "stay") == 0)
    return;
  if (strcmp (answer, "keep") == 0)
    {
      kan_approval_draft_keep_async (self->session, self->answers, kept_cb, g_object_ref (self));
      return;
    }
  kan_approval_draft_discard_async (self->session, kan_answers_get_subject (self->answers),
                                    kan_answers_get_kind (self->answers), discarded_cb, g_object_ref (self));
}

static void
unsigned_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KanApprovalWizard *self = KAN_APPROVAL_WIZARD (source);
  g_autofree char *answer = kan_dialogs_choose_finish (result);

  if (g_strcmp0 (answer, "leave") != 0 || self->session == NULL)
    return;
  g_ptr_array_set_size (self->decisions, 0);
  gtk_window_close (GTK_WINDOW (self));
}

/**
 * kan_approval_locking:
 * @self: a wizard over a file that is about to be closed
 *
 * Words that were typed are not lost; what was only clicked is asked for again.
 */
void
kan_approval_locking (KanApprovalWizard *self)
{
  if (kan_approval_is_busy (self))
    return;
  if (self->is_dirty)
    kan_approval_draft_keep_async (self->session, self->answers, kept_cb, g_object_ref (self));
  for (guint i = 0; i < self->decisions->len && !self->is_told; i++)
    {
      const KanApprovalDecision *decision = g_ptr_array_index (self->decisions, i);

      if (decision->is_typed && (!self->is_dirty || decision != self->changing))
        kan_approval_draft_keep_async (self->session, decision->answers, NULL, NULL);
    }
}

/**
 * kan_approval_asks_to_stay:
 * @self: a wizard that somebody wants to close
 *
 * Returns: whether it stays open, at least until a question is answered
 */
gboolean
kan_approval_asks_to_stay (KanApprovalWizard *self)
{
  const char *const answers[] = { "*stay", _("_Go On Deciding"), "!leave", _("_Do Not Sign"), NULL };

  if (kan_approval_is_busy (self))
    return TRUE;
  if (self->is_dirty && kan_session_is_unlocked (self->session))
    {
      kan_dialogs_ask_to_keep (GTK_WIDGET (self), close_answer_cb, NULL);
      return TRUE;
    }
  if (self->decisions->len == 0 || self->is_told || !kan_session_is_unlocked (self->session))
    return FALSE;
  kan_dialogs_choose (GTK_WIDGET (self), _("Close without signing?"),
                      _("None of the decisions is signed yet; the requests go on waiting."), answers, unsigned_cb,
                      NULL);
  return TRUE;
}
