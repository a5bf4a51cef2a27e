/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The approval wizard. A decision is an act like any other: its questions come from its declaration. One request is
 * signed where it is decided; several are reviewed and decided one after another, and those that were looked at are
 * signed at the end with one passphrase (ARTICLES.md, "Strength of signing"). */
#include "approvals/kan-approval-wizard.h"

#include "approvals/kan-approval-batch.h"
#include "approvals/kan-approval-draft.h"
#include "approvals/kan-approval-private.h"
#include "kit/kan-actions.h"
#include "kit/kan-dialogs.h"
#include "kit/kan-pieces.h"
#include "kit/kan-review-page.h"

#include <glib/gi18n.h>
#include <string.h>

G_DEFINE_FINAL_TYPE (KanApprovalWizard, kan_approval_wizard, ADW_TYPE_WINDOW)

static void ask_request (KanApprovalWizard *self);
static void show_batch (KanApprovalWizard *self);

/**
 * kan_approval_is_batch:
 * @self: a wizard
 *
 * Returns: whether several requests are decided in a row, and signed with one passphrase
 */
gboolean
kan_approval_is_batch (KanApprovalWizard *self)
{
  return self->subjects->len > 1;
}

/**
 * kan_approval_is_busy:
 * @self: a wizard
 *
 * Returns: whether something is being judged or signed
 */
gboolean
kan_approval_is_busy (KanApprovalWizard *self)
{
  return gtk_spinner_get_spinning (self->spinner) || gtk_spinner_get_spinning (self->batch_spinner);
}

/**
 * kan_approval_let_go:
 * @self: a wizard
 *
 * Takes the keyboard from its entries: one that is gone while it has the focus makes GTK 4.8 complain.
 */
void
kan_approval_let_go (KanApprovalWizard *self)
{
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
}

/**
 * kan_approval_hold:
 * @self: a wizard
 * @held: whether another page was asked for and is not there yet
 *
 * Meanwhile nothing can be decided: the request on screen is no longer, or not yet, the one that it would be about.
 */
void
kan_approval_hold (KanApprovalWizard *self, gboolean held)
{
  gtk_widget_set_sensitive (self->request_foot, !held);
  gtk_widget_set_sensitive (self->back_button, !held);
  gtk_widget_set_sensitive (self->sign_button, !held);
}

/* --- the request ---------------------------------------------------------------------------------------------- */

/* Which of the three goes on with what was begun; a yes where nothing was. */
static GtkWidget *
button_of (KanApprovalWizard *self, const KanAnswers *begun)
{
  const char *kind = begun != NULL ? kan_answers_get_kind (begun) : "hand.give";

  return strcmp (kind, "hand.give") == 0 ? self->give_button
         : strcmp (kind, "hand.refuse") == 0 ? self->refuse_button : self->ask_back_button;
}

/**
 * kan_approval_show_request:
 * @self: a wizard whose request has come
 */
void
kan_approval_show_request (KanApprovalWizard *self)
{
  const KanViewPending *pending = self->request->pending;
  g_autofree char *heading = g_strdup_printf ("%s　%s", pending->subject, pending->title);
  /* Translators: who asked, and when */
  g_autofree char *asked = g_strdup_printf (_("Requested by %s, %s"), pending->requester, pending->since);
  g_autofree char *place = kan_approval_is_batch (self)
    ? g_strdup_printf (_("%u/%u"), self->at + 1, self->subjects->len) : NULL;
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  self->n_shown++;
  kan_approval_let_go (self);
  kan_approval_hold (self, FALSE);
  adw_window_title_set_subtitle (self->title, place);
  kan_clear_box (self->request_box);
  kan_approval_add_heading (self->request_box, heading, "title-3");
  kan_approval_add_heading (self->request_box, asked, "dim-label");
  kan_approval_add_begun (self->request_box, self->request);
  kan_approval_add_marks (self->request_box, pending->marks);
  kan_review_lines_fill (GTK_BOX (lines), pending->lines);
  gtk_box_append (self->request_box, lines);
  kan_approval_add_hands (self->request_box, pending);
  if (self->request->records->len > 0)
    kan_approval_add_heading (self->request_box, _("What It Is About"), "heading");
  for (guint i = 0; i < self->request->records->len; i++)
    kan_approval_add_record (self->request_box, g_ptr_array_index (self->request->records, i));
  gtk_button_set_label (GTK_BUTTON (self->give_button), pending->give);
  gtk_button_set_label (GTK_BUTTON (self->refuse_button), pending->refuse);
  gtk_button_set_label (GTK_BUTTON (self->ask_back_button), pending->ask_back);
  gtk_widget_set_visible (self->request_foot, TRUE);
  gtk_widget_set_visible (self->finish_button, self->decisions->len > 0 && self->changing == NULL);
  gtk_label_set_text (self->basis_label, pending->basis != NULL ? pending->basis : "");
  gtk_widget_set_visible (self->basis_button, pending->basis != NULL);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->request_scroller), 0);
  gtk_stack_set_visible_child_name (self->stack, "request");
  gtk_widget_set_visible (self->back_button, self->changing != NULL);
  gtk_widget_grab_focus (button_of (self, self->request->begun));
}

/**
 * kan_approval_next:
 * @self: a wizard
 *
 * Shows the next request; after the last one, what there is to sign. One that was to be decided anew is put off now.
 */
void
kan_approval_next (KanApprovalWizard *self)
{
  self->is_dirty = FALSE;
  self->at = self->changing != NULL ? self->subjects->len : self->at + 1;
  g_ptr_array_remove (self->decisions, self->changing);
  self->changing = NULL;
  ask_request (self);
}

/**
 * kan_approval_take:
 * @self: a wizard that decides on several requests
 * @decision: (transfer full) (type KanApprovalDecision): on the one that is shown
 *
 * Puts it with the others, in the place of the one that it changes, and goes on.
 */
void
kan_approval_take (KanApprovalWizard *self, gpointer decision)
{
  guint index;

  if (g_ptr_array_find (self->decisions, self->changing, &index))
    g_ptr_array_insert (self->decisions, (int) index, decision);
  else
    g_ptr_array_add (self->decisions, decision);
  kan_approval_next (self);
}

/* The decision stands as it was taken. */
static void
leave_unchanged (KanApprovalWizard *self)
{
  if (self->changing != NULL)
    self->is_dirty = FALSE;
  self->changing = NULL;
}

static void
overtaken_discarded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(KanApprovalWizard) self = user_data;

  kan_approval_draft_finish (KAN_SESSION (source), result, NULL);
  if (self->session == NULL)
    return;
  kan_session_changed (self->session);      /* Today shows drafts */
  kan_approval_next (self);
}

/* Nobody can sign the draft any more, but its words may be of use elsewhere. */
static void
overtaken_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KanApprovalWizard *self = KAN_APPROVAL_WIZARD (source);
  g_autofree char *answer = kan_dialogs_choose_finish (result);

  if (self->session == NULL)
    return;
  if (g_strcmp0 (answer, "discard") == 0)
    kan_approval_draft_discard_async (self->session, g_ptr_array_index (self->subjects, self->at), NULL,
                                      overtaken_discarded_cb, g_object_ref (self));
  else
    kan_approval_next (self);
}

static void
request_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  const char *const answers[] = { "*keep", _("_Keep as a Draft"), "!discard", _("_Discard"), NULL };
  g_autoptr(KanApprovalWizard) self = user_data;
  g_autoptr(GError) error = NULL;
  KanApprovalRequest *request = kan_approval_ask_finish (KAN_SESSION (source), result, &error);

  if (request == NULL)
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
      kan_approval_hold (self, FALSE);
      leave_unchanged (self);
      kan_dialogs_tell_error (GTK_WIDGET (self), _("The request could not be read"), error);
      return;
    }
  kan_approval_request_free (self->request);
  self->request = request;
  if (request->pending != NULL && request->pending->mine)
    kan_approval_show_request (self);
  else if (request->begun != NULL)
    kan_dialogs_choose (GTK_WIDGET (self), _("It was decided meanwhile."),
                        _("What you typed for a decision of your own is still kept as a draft, under Today."), answers,
                        overtaken_cb, NULL);
  else
    kan_approval_next (self);      /* decided meanwhile, by this person's other capacity or somebody else */
}

/* Nothing else waits: what was done is told where it began, without a page that only wants to be closed. */
static void
leave (KanApprovalWizard *self)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  g_autofree char *text = self->n_signed == 0 ? g_strdup (_("It was decided meanwhile."))
    : g_strdup_printf (ngettext ("%u decision was signed.", "%u decisions were signed.", self->n_signed),
                       self->n_signed);

  if (parent != NULL && (self->n_signed > 0 || self->n_shown == 0))
    gtk_widget_activate_action (GTK_WIDGET (parent), KAN_ACTION_TOAST, "s", text);
  gtk_window_close (GTK_WINDOW (self));
}

static void
ask_request (KanApprovalWizard *self)
{
  if (self->at >= self->subjects->len)
    {
      if (self->decisions->len > 0)
        show_batch (self);
      else
        leave (self);
      return;
    }
  kan_approval_hold (self, TRUE);
  kan_approval_ask (self->session, g_ptr_array_index (self->subjects, self->at), self->life, request_cb,
                    g_object_ref (self));
}

static void
give_cb (KanApprovalWizard *self)
{
  kan_approval_decide (self, "hand.give");
}

static void
refuse_cb (KanApprovalWizard *self)
{
  kan_approval_decide (self, "hand.refuse");
}

static void
ask_back_cb (KanApprovalWizard *self)
{
  kan_approval_decide (self, "hand.ask_back");
}

static void
back_cb (KanApprovalWizard *self)
{
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "decide") == 0)
    kan_approval_show_request (self);
  else
    show_batch (self);      /* what was decided stands */
}

/* --- several together ----------------------------------------------------------------------------------------- */

static void
show_batch (KanApprovalWizard *self)
{
  g_autofree char *verb = g_strdup_printf (ngettext ("_Sign %u Decision", "_Sign %u Decisions", self->decisions->len),
                                           self->decisions->len);

  kan_approval_let_go (self);
  leave_unchanged (self);
  adw_window_title_set_subtitle (self->title, NULL);
  gtk_widget_set_visible (self->back_button, FALSE);
  gtk_widget_set_visible (self->basis_button, FALSE);
  kan_approval_show_batch (self->batch_box, self->decisions);
  self->sign = KAN_SIGN (kan_sign_new (self->session, NULL));
  kan_clear_box (self->batch_sign_box);
  gtk_box_append (self->batch_sign_box, GTK_WIDGET (self->sign));
  gtk_button_set_label (GTK_BUTTON (self->batch_button), verb);
  gtk_stack_set_visible_child_name (self->stack, "batch");
  gtk_window_set_default_widget (GTK_WINDOW (self), self->batch_button);
  gtk_widget_grab_focus (GTK_WIDGET (self->sign));
}

static void
change_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KanApprovalWizard *self = KAN_APPROVAL_WIZARD (widget);
  const KanApprovalDecision *decision = g_ptr_array_index (self->decisions, g_variant_get_uint32 (parameter));

  if (kan_approval_is_busy (self) || self->changing != NULL)
    return;
  g_clear_pointer (&self->answers, kan_answers_free);
  self->answers = kan_answers_copy (decision->answers);
  self->is_dirty = decision->is_typed;
  self->changing = (gpointer) decision;
  self->at = decision->at;
  ask_request (self);
}

/* Each is told what became of it; where all were signed nothing is left to read. */
static void
show_outcomes (KanApprovalWizard *self)
{
  self->is_told = TRUE;
  for (guint i = 0; i < self->decisions->len; i++)
    self->n_signed += ((KanApprovalDecision *) g_ptr_array_index (self->decisions, i))->is_signed;
  if (self->n_signed > 0)
    kan_session_changed (self->session);
  if (self->n_signed == self->decisions->len)
    {
      leave (self);
      return;
    }
  kan_approval_let_go (self);
  self->sign = NULL;
  kan_clear_box (self->batch_sign_box);
  kan_approval_show_batch (self->batch_box, self->decisions);
  gtk_button_set_label (GTK_BUTTON (self->batch_button), _("_Close"));
  gtk_widget_grab_focus (self->batch_button);
}

static void
batch_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(KanApprovalWizard) self = user_data;
  g_autoptr(GError) error = NULL;
  gboolean is_tried = kan_approval_sign_batch_finish (KAN_SESSION (source), result, self->decisions, &error);

  if (self->session == NULL)
    return;
  gtk_spinner_set_spinning (self->batch_spinner, FALSE);
  gtk_widget_set_sensitive (self->batch_button, TRUE);
  if (is_tried)
    show_outcomes (self);
  else if (g_error_matches (error, KAN_ERROR, KAN_ERROR_LOCKED))
    {
      g_autofree char *words = kan_dialogs_word_error (error);

      kan_sign_refuse (self->sign, 0, words);
    }
  else
    kan_dialogs_tell_error (GTK_WIDGET (self), _("The decision was not signed"), error);
}

static void
sign_batch_cb (KanApprovalWizard *self)
{
  if (self->is_told)
    {
      leave (self);
      return;
    }
  if (kan_approval_is_busy (self) || self->changing != NULL || !kan_sign_check (self->sign))
    return;
  gtk_spinner_set_spinning (self->batch_spinner, TRUE);
  gtk_widget_set_sensitive (self->batch_button, FALSE);
  kan_approval_sign_batch_async (self->session, self->decisions, kan_sign_take_passphrase (self->sign), batch_cb,
                                 g_object_ref (self));
}

/* --- class ---------------------------------------------------------------------------------------------------- */

static gboolean
kan_approval_wizard_close_request (GtkWindow *window)
{
  KanApprovalWizard *self = KAN_APPROVAL_WIZARD (window);

  if (kan_approval_asks_to_stay (self))
    return TRUE;
  g_cancellable_cancel (self->life);
  return GTK_WINDOW_CLASS (kan_approval_wizard_parent_class)->close_request (window);
}

static void
kan_approval_wizard_dispose (GObject *object)
{
  KanApprovalWizard *self = KAN_APPROVAL_WIZARD (object);

  g_cancellable_cancel (self->life);
  g_clear_object (&self->life);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  gtk_widget_dispose_template (GTK_WIDGET (self), KAN_TYPE_APPROVAL_WIZARD);
  g_clear_object (&self->session);
  g_clear_pointer (&self->subjects, g_ptr_array_unref);
  g_clear_pointer (&self->request, kan_approval_request_free);
  g_clear_pointer (&self->sheet, kan_sheet_free);
  g_clear_pointer (&self->answers, kan_answers_free);
  g_clear_pointer (&self->begun, kan_answers_free);
  g_clear_pointer (&self->refusals, g_ptr_array_unref);
  g_clear_pointer (&self->decisions, g_ptr_array_unref);
  G_OBJECT_CLASS (kan_approval_wizard_parent_class)->dispose (object);
}

static void
kan_approval_wizard_class_init (KanApprovalWizardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kan_approval_wizard_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = kan_approval_wizard_close_request;
  gtk_widget_class_set_template_from_resource (widget_class,
    "/io/github/kanribo/Kanribo/ui/approvals/kan-approval-wizard.ui");
#define BIND(name) gtk_widget_class_bind_template_child (widget_class, KanApprovalWizard, name)
  BIND (title);
  BIND (stack);
  BIND (request_scroller);
  BIND (request_box);
  BIND (decide_box);
  BIND (basis_label);
  BIND (basis_button);
  BIND (back_button);
  BIND (request_foot);
  BIND (skip_button);
  BIND (give_button);
  BIND (refuse_button);
  BIND (ask_back_button);
  BIND (sign_button);
  BIND (spinner);
  BIND (finish_button);
  BIND (batch_box);
  BIND (batch_sign_box);
  BIND (batch_button);
  BIND (batch_spinner);
#undef BIND
  gtk_widget_class_install_action (widget_class, KAN_APPROVAL_CHANGE, "u", change_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
kan_approval_wizard_init (KanApprovalWizard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->life = g_cancellable_new ();
  self->decisions = g_ptr_array_new_with_free_func ((GDestroyNotify) kan_approval_decision_free);
  g_signal_connect_swapped (self->give_button, "clicked", G_CALLBACK (give_cb), self);
  g_signal_connect_swapped (self->refuse_button, "clicked", G_CALLBACK (refuse_cb), self);
  g_signal_connect_swapped (self->ask_back_button, "clicked", G_CALLBACK (ask_back_cb), self);
  g_signal_connect_swapped (self->skip_button, "clicked", G_CALLBACK (kan_approval_put_off), self);
  g_signal_connect_swapped (self->back_button, "clicked", G_CALLBACK (back_cb), self);
  g_signal_connect_swapped (self->sign_button, "clicked", G_CALLBACK (kan_approval_sign), self);
  g_signal_connect_swapped (self->finish_button, "clicked", G_CALLBACK (show_batch), self);
  g_signal_connect_swapped (self->batch_button, "clicked", G_CALLBACK (sign_batch_cb), self);
}

/**
 * kan_approval_wizard_new:
 * @session: an unlocked session
 * @parent: above which window
 * @subjects: (element-type utf8): what waits for this person, in order; copied
 *
 * Returns: (transfer floating): the wizard, to be presented
 */
GtkWidget *
kan_approval_wizard_new (KanSession *session, GtkWindow *parent, GPtrArray *subjects)
{
  KanApprovalWizard *self = g_object_new (KAN_TYPE_APPROVAL_WIZARD, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  self->subjects = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < subjects->len; i++)
    g_ptr_array_add (self->subjects, g_strdup (g_ptr_array_index (subjects, i)));
  g_signal_connect_swapped (session, "locking", G_CALLBACK (kan_approval_locking), self);
  g_signal_connect_swapped (session, "locked", G_CALLBACK (gtk_window_destroy), self);
  ask_request (self);
  return GTK_WIDGET (self);
}
