/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every decision is an act of its own, judged at the moment of signing: one that is refused keeps none of the others
 * from being signed, and each is told what became of it (ARTICLES.md, "Strength of signing"). */
#include "approvals/kan-approval-batch.h"

#include "approvals/kan-approval-draft.h"
#include "kit/kan-dialogs.h"
#include "kit/kan-pieces.h"

#include <glib/gi18n.h>

/* What the database thread is told; it tells for each decision what stood in its way, NULL where it is signed. */
typedef struct { GPtrArray *answers; KanSecret *passphrase; gint64 now; } Batch;

/**
 * kan_approval_decision_new:
 * @at: which of the requests
 * @title: what is decided on
 * @said: how, and with which answers
 * @answers: what was typed; copied
 * @is_typed: whether something was typed that would be lost
 *
 * Returns: (transfer full): a decision that is not signed yet
 */
KanApprovalDecision *
kan_approval_decision_new (guint at, const char *title, const char *said, const KanAnswers *answers, gboolean is_typed)
{
  KanApprovalDecision *self = g_new0 (KanApprovalDecision, 1);

  self->at = at;
  self->title = g_strdup (title);
  self->said = g_strdup (said);
  self->answers = kan_answers_copy (answers);
  self->is_typed = is_typed;
  return self;
}

/**
 * kan_approval_decision_free:
 * @self: a decision
 */
void
kan_approval_decision_free (KanApprovalDecision *self)
{
  g_free (self->title);
  g_free (self->said);
  g_free (self->why);
  kan_answers_free (self->answers);
  g_free (self);
}

/* --- the list ------------------------------------------------------------------------------------------------- */

/* Nothing is signed yet: whoever thinks otherwise by now looks at the request again. */
static GtkWidget *
change_button_new (const char *title, guint index)
{
  g_autofree char *name = g_strdup_printf (_("Change: %s"), title);
  GtkWidget *button = gtk_button_new_with_label (_("Change…"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), KAN_APPROVAL_CHANGE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", index);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return button;
}

static GtkWidget *
row_new (const KanApprovalDecision *decision, guint index)
{
  GtkWidget *row = adw_action_row_new (), *state;
  g_autofree char *title = kan_visible_text (decision->title);
  const char *icon = decision->is_signed ? "object-select-symbolic" : "dialog-error-symbolic";

  g_object_set (row, "use-markup", FALSE, "title", title, "subtitle",
                decision->why != NULL ? decision->why : decision->said, "title-lines", 0, "subtitle-lines", 0, NULL);
  gtk_widget_set_focusable (row, FALSE);
  if (decision->is_signed || decision->why != NULL)
    {
      state = gtk_label_new (decision->is_signed ? _("Signed") : _("Not signed"));
      gtk_widget_add_css_class (state, decision->is_signed ? "success" : "error");
      adw_action_row_add_prefix (ADW_ACTION_ROW (row),
                                 g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                               "icon-name", icon, NULL));
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), state);
    }
  else
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), change_button_new (title, index));
  return row;
}

/**
 * kan_approval_show_batch:
 * @box: what it held is replaced
 * @decisions: (element-type KanApprovalDecision): in the order in which they are signed
 *
 * What will be signed; afterwards, what became of each.
 */
void
kan_approval_show_batch (GtkBox *box, const GPtrArray *decisions)
{
  GtkWidget *list = NULL, *group = kan_boxed_list_new (_("Decisions to Sign"), &list);

  kan_clear_box (box);
  for (guint i = 0; i < decisions->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (list), row_new (g_ptr_array_index (decisions, i), i));
  gtk_box_append (box, group);
}

/* --- signing -------------------------------------------------------------------------------------------------- */

static void
batch_free (Batch *self)
{
  g_ptr_array_unref (self->answers);
  g_clear_pointer (&self->passphrase, kan_secret_free);
  g_free (self);
}

static char *
word_refusals (const KanOutcome *outcome)
{
  g_autoptr(GPtrArray) words = g_ptr_array_new ();

  if (outcome->seq != 0)
    return NULL;
  for (guint i = 0; i < outcome->refusals->len; i++)
    {
      const KanRefusal *refusal = g_ptr_array_index (outcome->refusals, i);

      if (!refusal->is_mark)
        g_ptr_array_add (words, refusal->why);
    }
  g_ptr_array_add (words, NULL);
  return g_strjoinv ("\n", (char **) words->pdata);
}

/* Where the passphrase is wrong nothing at all is signed. */
static gpointer
sign_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  const Batch *batch = data;
  KanDesk *desk = kan_worker_get_desk (worker);
  g_autoptr(GPtrArray) told = g_ptr_array_new_with_free_func (g_free);
  gboolean proven;

  kan_desk_begin_list (desk);
  proven = kan_desk_check_passphrase (desk, batch->passphrase, error);
  for (guint i = 0; i < batch->answers->len && proven; i++)
    {
      const KanAnswers *answers = g_ptr_array_index (batch->answers, i);
      g_autoptr(GError) failed = NULL;
      g_autoptr(KanOutcome) outcome = kan_desk_sign_answers (desk, answers, batch->passphrase, batch->now, &failed);

      if (outcome != NULL && outcome->seq != 0)
        kan_approval_draft_drop (desk, kan_answers_get_subject (answers), NULL, NULL);
      g_ptr_array_add (told, outcome != NULL ? word_refusals (outcome) : kan_dialogs_word_error (failed));
    }
  kan_desk_end_list (desk);
  return proven ? g_steal_pointer (&told) : NULL;
}

/**
 * kan_approval_sign_batch_async:
 * @session: an unlocked session
 * @decisions: (element-type KanApprovalDecision): what was reviewed
 * @passphrase: (transfer full): of who unlocked
 * @ready: called with the result
 * @user_data: for @ready
 *
 * Signs them one after another. The lock of the file does not cut it short.
 */
void
kan_approval_sign_batch_async (KanSession *session, const GPtrArray *decisions, KanSecret *passphrase,
                               GAsyncReadyCallback ready, gpointer user_data)
{
  g_autoptr(GCancellable) own = g_cancellable_new ();
  Batch *batch = g_new0 (Batch, 1);

  batch->answers = g_ptr_array_new_with_free_func ((GDestroyNotify) kan_answers_free);
  for (guint i = 0; i < decisions->len; i++)
    g_ptr_array_add (batch->answers,
                     kan_answers_copy (((KanApprovalDecision *) g_ptr_array_index (decisions, i))->answers));
  batch->passphrase = passphrase;
  batch->now = kan_session_now (session);
  kan_session_run (session, KAN_JOB_ACT, sign_job, batch, (GDestroyNotify) batch_free,
                   (GDestroyNotify) g_ptr_array_unref, own, ready, user_data);
}

/**
 * kan_approval_sign_batch_finish:
 * @session: a session
 * @result: as given to the callback
 * @decisions: (nullable) (element-type KanApprovalDecision): what was to be signed; each is told what became of it;
 *   %NULL: nobody looks any more
 * @error: %KAN_ERROR_LOCKED where the passphrase is wrong: nothing was signed
 *
 * Returns: whether it was tried
 */
gboolean
kan_approval_sign_batch_finish (KanSession *session, GAsyncResult *result, GPtrArray *decisions, GError **error)
{
  g_autoptr(GPtrArray) told = kan_session_run_finish (session, result, error);

  for (guint i = 0; told != NULL && decisions != NULL && i < told->len; i++)
    {
      KanApprovalDecision *decision = g_ptr_array_index (decisions, i);
      const char *why = g_ptr_array_index (told, i);

      decision->is_signed = why == NULL;
      decision->why = g_strdup (why);
    }
  return told != NULL;
}
