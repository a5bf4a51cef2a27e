/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of the approval wizard on which a request is decided: the questions of the decision and, where it is the
 * only one, its signature. */
#include "approvals/kan-approval-private.h"

#include "approvals/kan-approval-batch.h"
#include "approvals/kan-approval-draft.h"
#include "kit/kan-dialogs.h"
#include "kit/kan-note.h"
#include "kit/kan-pieces.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct { char *kind, *subject; KanAnswers *answers; KanSecret *passphrase; gint64 now; } Decision;
typedef struct { KanSheet *sheet; KanAnswers *begun; } Questions;      /* begun: kept of it as a draft; NULL: nothing */

static void
decision_free (Decision *self)
{
  g_free (self->kind);
  g_free (self->subject);
  g_clear_pointer (&self->answers, kan_answers_free);
  g_clear_pointer (&self->passphrase, kan_secret_free);
  g_free (self);
}

static void
questions_free (Questions *self)
{
  g_clear_pointer (&self->sheet, kan_sheet_free);
  g_clear_pointer (&self->begun, kan_answers_free);
  g_free (self);
}

static Decision *
decision_new (KanApprovalWizard *self, const char *kind, const char *subject)
{
  Decision *decision = g_new0 (Decision, 1);

  decision->kind = g_strdup (kind);
  decision->subject = g_strdup (subject);
  decision->now = kan_session_now (self->session);
  return decision;
}

static void
set_busy (KanApprovalWizard *self, gboolean busy)
{
  if (busy)
    kan_approval_let_go (self);
  gtk_spinner_set_spinning (self->spinner, busy);
  kan_approval_hold (self, busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->decide_box), !busy);
}

static gpointer
sheet_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  const Decision *decision = data;
  KanDesk *desk = kan_worker_get_desk (worker);
  KanSheet *sheet = kan_desk_describe (desk, decision->kind, decision->subject, decision->now, error);
  Questions *questions;

  if (sheet == NULL)
    return NULL;
  questions = g_new0 (Questions, 1);
  questions->sheet = sheet;
  questions->begun = kan_approval_draft_find (desk, decision->subject, decision->kind);
  return questions;
}

static gpointer
sign_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  const Decision *decision = data;
  KanDesk *desk = kan_worker_get_desk (worker);
  KanOutcome *outcome = kan_desk_sign_answers (desk, decision->answers, decision->passphrase, decision->now, error);

  if (outcome != NULL && outcome->seq != 0)
    kan_approval_draft_drop (desk, kan_answers_get_subject (decision->answers), NULL, NULL);
  return outcome;
}

/* Nothing is signed: what would be refused is told where it can still be mended. */
static gpointer
review_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  const Decision *decision = data;

  return kan_desk_review (kan_worker_get_desk (worker), decision->answers, decision->now, error);
}

static void
forget_refusals (KanApprovalWizard *self)
{
  g_clear_pointer (&self->refusals, g_ptr_array_unref);
  kan_clear_box (self->trouble);
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), FALSE);
}

/* What was said against the answer is said no more: it is judged anew when it is signed. */
static void
edited_cb (KanApprovalWizard *self, const char *key)
{
  self->is_dirty = TRUE;
  for (guint i = self->refusals != NULL ? self->refusals->len : 0; i > 0; i--)
    if (g_strcmp0 (((KanRefusal *) g_ptr_array_index (self->refusals, i - 1))->key, key) == 0)
      g_ptr_array_remove_index (self->refusals, i - 1);
  if (self->refusals != NULL)
    kan_form_show_refusals (self->form, self->refusals, FALSE);
}

/* The capacities that this person could give are all declared together, as the form would be signed on paper. */
static void
preset_answers (KanApprovalWizard *self)
{
  for (guint i = 0; i < self->sheet->questions->len; i++)
    {
      const KanQuestion *question = g_ptr_array_index (self->sheet->questions, i);

      if (question->preset != NULL)
        kan_answers_set (self->answers, question->key, question->preset);
    }
}

/* Whoever looked at the request once more goes on with what they typed, or with what they kept as a draft. What is
 * decided on is the one that was shown: a request that took its place meanwhile is another. */
static void
take_up_answers (KanApprovalWizard *self)
{
  g_autofree char *act = g_strdup_printf ("%" G_GINT64_FORMAT, self->request->pending->act);

  if (!self->is_dirty || g_strcmp0 (kan_answers_get_kind (self->answers), self->sheet->kind) != 0)
    {
      g_clear_pointer (&self->answers, kan_answers_free);
      self->answers = g_steal_pointer (&self->begun);
      self->is_dirty = FALSE;
      if (self->answers == NULL)
        {
          self->answers = kan_answers_new (self->sheet->kind, self->sheet->subject);
          preset_answers (self);
        }
    }
  kan_answers_set (self->answers, "act", act);
}

/* Refusing and asking back say so in the verb of the article; so does the button that signs. */
static const char *
verb_of (KanApprovalWizard *self)
{
  return kan_approval_verb (self->request->pending, self->sheet->kind);
}

static void
show_decision (KanApprovalWizard *self)
{
  const char *verb = verb_of (self);
  g_autofree char *subject = NULL;

  take_up_answers (self);
  kan_clear_box (self->decide_box);
  subject = g_strdup_printf ("%s　%s　%s", self->request->pending->subject, self->request->pending->title,
                             self->sheet->subject_name != NULL ? self->sheet->subject_name : "");
  kan_approval_add_heading (self->decide_box, verb, "title-3");
  kan_approval_add_heading (self->decide_box, subject, "dim-label");
  self->form = KAN_FORM (kan_form_new (self->session, self->sheet, 0, self->sheet->questions->len, self->answers));
  self->sign = kan_approval_is_batch (self) ? NULL : KAN_SIGN (kan_sign_new (self->session, self->sheet));
  gtk_widget_set_visible (GTK_WIDGET (self->form), kan_form_n_rows (self->form) > 0);
  g_signal_connect_object (self->form, "edited", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  self->trouble = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 6, "visible", FALSE,
                                NULL);
  g_clear_pointer (&self->refusals, g_ptr_array_unref);
  gtk_box_append (self->decide_box, GTK_WIDGET (self->form));
  gtk_box_append (self->decide_box, GTK_WIDGET (self->trouble));
  if (self->sign != NULL)
    gtk_box_append (self->decide_box, GTK_WIDGET (self->sign));
  gtk_button_set_label (GTK_BUTTON (self->sign_button), verb);
  set_busy (self, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "decide");
  gtk_widget_set_visible (self->back_button, TRUE);
  gtk_window_set_default_widget (GTK_WINDOW (self), self->sign_button);
  /* a yes needs no words: a refusal does */
  if (self->sign == NULL || strcmp (self->sheet->kind, "hand.give") != 0 ||
      !gtk_widget_grab_focus (GTK_WIDGET (self->sign)))
    gtk_widget_child_focus (GTK_WIDGET (self->decide_box), GTK_DIR_TAB_FORWARD);
}

static void
sheet_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(KanApprovalWizard) self = user_data;
  g_autoptr(GError) error = NULL;
  Questions *questions = kan_session_run_finish (KAN_SESSION (source), result, &error);

  if (questions == NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  kan_approval_hold (self, FALSE);
  if (questions == NULL)
    {
      kan_dialogs_tell_error (GTK_WIDGET (self), _("The decision could not be prepared"), error);
      return;
    }
  kan_approval_let_go (self);
  kan_clear_box (self->decide_box);
  g_clear_pointer (&self->sheet, kan_sheet_free);
  g_clear_pointer (&self->begun, kan_answers_free);
  self->sheet = g_steal_pointer (&questions->sheet);
  self->begun = g_steal_pointer (&questions->begun);
  questions_free (questions);
  show_decision (self);
}

/**
 * kan_approval_decide:
 * @self: a wizard that shows a request
 * @kind: "hand.give", "hand.refuse" or "hand.ask_back"
 *
 * Goes on to the page that decides so.
 */
void
kan_approval_decide (KanApprovalWizard *self, const char *kind)
{
  kan_approval_hold (self, TRUE);
  kan_session_run (self->session, KAN_JOB_OFFERS, sheet_job,
                   decision_new (self, kind, self->request->pending->subject), (GDestroyNotify) decision_free,
                   (GDestroyNotify) questions_free, self->life, sheet_cb, g_object_ref (self));
}

/* What no field shows is told above them. */
static void
show_refusals (KanApprovalWizard *self, GPtrArray *refusals)
{
  self->refusals = g_ptr_array_ref (refusals);
  if (kan_form_show_refusals (self->form, refusals, FALSE) > 0)
    {
      kan_form_focus_refused (self->form);
      return;
    }
  for (guint i = 0; i < refusals->len; i++)
    {
      const KanRefusal *refusal = g_ptr_array_index (refusals, i);
      KanNote *note = kan_note_new ();

      gtk_box_append (self->trouble, GTK_WIDGET (note));
      kan_note_say (note, refusal->why);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), TRUE);
}

static void
signed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(KanApprovalWizard) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(KanOutcome) outcome = kan_session_run_finish (KAN_SESSION (source), result, &error);

  set_busy (self, FALSE);
  if (outcome == NULL && g_error_matches (error, KAN_ERROR, KAN_ERROR_LOCKED) && self->sign != NULL)
    {
      g_autofree char *words = kan_dialogs_word_error (error);

      kan_sign_refuse (self->sign, 0, words);
    }
  else if (outcome == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        kan_dialogs_tell_error (GTK_WIDGET (self), _("The decision was not signed"), error);
    }
  else if (outcome->refusals->len > 0 && outcome->seq == 0)
    show_refusals (self, outcome->refusals);
  else
    {
      self->n_signed++;
      kan_session_changed (self->session);
      kan_approval_next (self);
    }
}

/* Nothing stands in the way: only now the passphrase leaves its entry. */
static void
sign_now (KanApprovalWizard *self)
{
  Decision *decision = decision_new (self, NULL, NULL);

  decision->answers = kan_answers_copy (self->answers);
  decision->passphrase = kan_sign_take_passphrase (self->sign);
  set_busy (self, TRUE);
  kan_session_run (self->session, KAN_JOB_ACT, sign_job, decision, (GDestroyNotify) decision_free,
                   (GDestroyNotify) kan_outcome_free, self->life, signed_cb, g_object_ref (self));
}

/* What one is asked to sign together is read once more: the verb, and each answer but which request it is about. */
static char *
word_decision (const char *verb, const KanReview *review)
{
  GString *said = g_string_new (verb);

  for (guint i = 0; i < review->lines->len; i++)
    {
      const KanReviewLine *line = g_ptr_array_index (review->lines, i);
      g_autofree char *shown = kan_visible_text (line->shown);

      if (strcmp (line->key, "act") == 0)
        continue;
      g_string_append_c (said, '\n');
      g_string_append_printf (said, _("%s: %s"), line->label, shown);
    }
  return g_string_free (said, FALSE);
}

static void
reviewed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(KanApprovalWizard) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(KanReview) review = kan_session_run_finish (KAN_SESSION (source), result, &error);
  g_autofree char *title = NULL, *said = NULL;

  if (self->session == NULL)
    return;
  set_busy (self, FALSE);
  if (review == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        kan_dialogs_tell_error (GTK_WIDGET (self), _("The decision could not be prepared"), error);
      return;
    }
  if (!review->admissible)
    {
      show_refusals (self, review->refusals);
      return;
    }
  if (!kan_approval_is_batch (self))
    {
      sign_now (self);
      return;
    }
  title = g_strdup_printf ("%s　%s", self->request->pending->subject, self->request->pending->title);
  said = word_decision (verb_of (self), review);
  kan_approval_take (self, kan_approval_decision_new (self->at, title, said, self->answers, self->is_dirty));
}

/**
 * kan_approval_sign:
 * @self: a wizard that decides
 *
 * Signs the decision where nothing stands in its way, or where several are signed together puts it with them and shows
 * the next request.
 */
void
kan_approval_sign (KanApprovalWizard *self)
{
  Decision *decision;

  if (gtk_spinner_get_spinning (self->spinner) || (self->sign != NULL && !kan_sign_check (self->sign)))
    return;
  decision = decision_new (self, NULL, NULL);
  forget_refusals (self);
  decision->answers = kan_answers_copy (self->answers);
  set_busy (self, TRUE);
  kan_session_run (self->session, KAN_JOB_PAGE, review_job, decision, (GDestroyNotify) decision_free,
                   (GDestroyNotify) kan_review_free, self->life, reviewed_cb, g_object_ref (self));
}
