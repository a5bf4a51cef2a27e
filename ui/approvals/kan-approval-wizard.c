/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The approval wizard. A decision is an act like any other: its questions come from its declaration, and the passphrase
 * is given once for the requests that were shown in a row (ARTICLES.md, "Strength of signing"). */
#include "approvals/kan-approval-wizard.h"

#include "approvals/kan-approval-parts.h"
#include "kit/kan-actions.h"
#include "kit/kan-dialogs.h"
#include "kit/kan-form.h"
#include "kit/kan-keep.h"
#include "kit/kan-pieces.h"
#include "kit/kan-review-page.h"
#include "kit/kan-sign.h"

#include <glib/gi18n.h>
#include <string.h>

struct _KanApprovalWizard
{
  AdwWindow     parent_instance;

  KanSession   *session;        /* owned */
  GCancellable *life;           /* owned */
  GPtrArray    *subjects;       /* owned: (char *) */
  guint         at, n_shown, n_signed;
  KanApprovalRequest *request;        /* owned: the one shown; NULL: none yet */
  KanSheet     *sheet;          /* owned: of the decision */
  KanAnswers   *answers;        /* owned: of the decision */
  KanForm      *form;           /* borrowed widget */
  KanSign      *sign;           /* borrowed widget */
  GtkBox       *trouble;        /* borrowed widget: what no field shows */
  GPtrArray    *refusals;       /* owned: KanRefusal as shown; NULL: none */
  gboolean      is_dirty;       /* something was typed that is neither signed nor kept */

  /* template children */
  AdwWindowTitle *title;
  GtkStack     *stack;
  GtkScrolledWindow *request_scroller;
  GtkBox       *request_box, *decide_box;
  GtkLabel     *basis_label;
  GtkWidget    *basis_button, *back_button, *skip_button, *give_button, *refuse_button, *ask_back_button, *sign_button;
  GtkWidget    *request_foot;     /* unseen until there is a request to decide on */
  GtkSpinner   *spinner;
};

G_DEFINE_FINAL_TYPE (KanApprovalWizard, kan_approval_wizard, ADW_TYPE_WINDOW)

static void ask_request (KanApprovalWizard *self);

/* An entry that is gone while it has the focus makes GTK 4.8 complain. */
static void
let_go (KanApprovalWizard *self)
{
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
}

static void
set_busy (KanApprovalWizard *self, gboolean busy)
{
  if (busy)
    let_go (self);
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_sensitive (self->sign_button, !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->decide_box), !busy);
}

/* --- the request ---------------------------------------------------------------------------------------------- */

typedef struct { char *kind, *subject; KanAnswers *answers; KanSecret *passphrase; gint64 now; } Decision;

static void
decision_free (Decision *self)
{
  g_free (self->kind);
  g_free (self->subject);
  g_clear_pointer (&self->answers, kan_answers_free);
  g_clear_pointer (&self->passphrase, kan_secret_free);
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
show_request (KanApprovalWizard *self)
{
  const KanViewPending *pending = self->request->pending;
  g_autofree char *heading = g_strdup_printf ("%s　%s", pending->subject, pending->title);
  /* Translators: who asked, and when */
  g_autofree char *asked = g_strdup_printf (_("Requested by %s, %s"), pending->requester, pending->since);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  self->n_shown++;
  let_go (self);
  kan_clear_box (self->request_box);
  kan_approval_add_heading (self->request_box, heading, "title-3");
  kan_approval_add_heading (self->request_box, asked, "dim-label");
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
  gtk_label_set_text (self->basis_label, pending->basis != NULL ? pending->basis : "");
  gtk_widget_set_visible (self->basis_button, pending->basis != NULL);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->request_scroller), 0);
  gtk_stack_set_visible_child_name (self->stack, "request");
  gtk_widget_set_visible (self->back_button, FALSE);
  gtk_widget_grab_focus (self->give_button);
}

static void
next_request (KanApprovalWizard *self)
{
  self->is_dirty = FALSE;
  self->at++;
  ask_request (self);
}

static void
request_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(KanApprovalWizard) self = user_data;
  g_autoptr(GError) error = NULL;
  KanApprovalRequest *request = kan_approval_ask_finish (KAN_SESSION (source), result, &error);

  if (request == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        kan_dialogs_tell_error (GTK_WIDGET (self), _("The request could not be read"), error);
      return;
    }
  kan_approval_request_free (self->request);
  self->request = request;
  if (request->pending == NULL || !request->pending->mine)
    next_request (self);      /* decided meanwhile, by this person's other capacity or somebody else */
  else
    show_request (self);
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
  g_autofree char *place = NULL;

  if (self->at >= self->subjects->len)
    {
      leave (self);
      return;
    }
  place = self->subjects->len > 1 ? g_strdup_printf ("%u / %u", self->at + 1, self->subjects->len) : NULL;
  adw_window_title_set_subtitle (self->title, place);
  kan_approval_ask (self->session, g_ptr_array_index (self->subjects, self->at), self->life, request_cb,
                    g_object_ref (self));
}

/* --- the decision --------------------------------------------------------------------------------------------- */

static gpointer
sheet_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  const Decision *decision = data;

  return kan_desk_describe (kan_worker_get_desk (worker), decision->kind, decision->subject, decision->now, error);
}

static gpointer
sign_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  const Decision *decision = data;

  kan_desk_begin_list (kan_worker_get_desk (worker));
  return kan_desk_sign_answers (kan_worker_get_desk (worker), decision->answers, decision->passphrase, decision->now,
                                error);
}

static gpointer
end_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  if (kan_worker_get_desk (worker) != NULL)
    kan_desk_end_list (kan_worker_get_desk (worker));
  return NULL;
}

static void
forget_refusals (KanApprovalWizard *self)
{
  g_clear_pointer (&self->refusals, g_ptr_array_unref);
  kan_clear_box (self->trouble);
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

/* Whoever looked at the request once more goes on with what they typed. */
static void
take_up_answers (KanApprovalWizard *self)
{
  if (self->is_dirty && g_strcmp0 (kan_answers_get_kind (self->answers), self->sheet->kind) == 0)
    return;
  g_clear_pointer (&self->answers, kan_answers_free);
  self->answers = kan_answers_new (self->sheet->kind, self->sheet->subject);
  self->is_dirty = FALSE;
  preset_answers (self);
}

/* Refusing and asking back say so in the verb of the article; so does the button that signs. */
static const char *
verb_of (KanApprovalWizard *self)
{
  const KanViewPending *pending = self->request->pending;

  return strcmp (self->sheet->kind, "hand.give") == 0 ? pending->give
         : strcmp (self->sheet->kind, "hand.refuse") == 0 ? pending->refuse : pending->ask_back;
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
  self->sign = self->n_signed == 0 ? KAN_SIGN (kan_sign_new (self->session, self->sheet)) : NULL;
  gtk_widget_set_visible (GTK_WIDGET (self->form), kan_form_n_rows (self->form) > 0);
  g_signal_connect_object (self->form, "edited", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  self->trouble = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
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
  KanSheet *sheet = kan_session_run_finish (KAN_SESSION (source), result, &error);

  if (sheet == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        kan_dialogs_tell_error (GTK_WIDGET (self), _("The decision could not be prepared"), error);
      return;
    }
  let_go (self);
  kan_clear_box (self->decide_box);
  g_clear_pointer (&self->sheet, kan_sheet_free);
  self->sheet = sheet;
  show_decision (self);
}

static void
decide (KanApprovalWizard *self, const char *kind)
{
  kan_session_run (self->session, KAN_JOB_OFFERS, sheet_job,
                   decision_new (self, kind, self->request->pending->subject), (GDestroyNotify) decision_free,
                   (GDestroyNotify) kan_sheet_free, self->life, sheet_cb, g_object_ref (self));
}

static void
give_cb (KanApprovalWizard *self)
{
  decide (self, "hand.give");
}

static void
refuse_cb (KanApprovalWizard *self)
{
  decide (self, "hand.refuse");
}

static void
ask_back_cb (KanApprovalWizard *self)
{
  decide (self, "hand.ask_back");
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
      GtkWidget *label = gtk_label_new (refusal->why);

      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_add_css_class (label, "error");
      gtk_box_append (self->trouble, label);
    }
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
      next_request (self);
    }
}

static void
sign_cb (KanApprovalWizard *self)
{
  Decision *decision;

  if (gtk_spinner_get_spinning (self->spinner) || (self->sign != NULL && !kan_sign_check (self->sign)))
    return;
  decision = decision_new (self, NULL, NULL);
  forget_refusals (self);
  decision->answers = kan_answers_copy (self->answers);
  decision->passphrase = self->sign != NULL ? kan_sign_take_passphrase (self->sign) : NULL;
  set_busy (self, TRUE);
  kan_session_run (self->session, KAN_JOB_ACT, sign_job, decision, (GDestroyNotify) decision_free,
                   (GDestroyNotify) kan_outcome_free, self->life, signed_cb, g_object_ref (self));
}

static void
back_cb (KanApprovalWizard *self)
{
  show_request (self);
}

/* --- class ---------------------------------------------------------------------------------------------------- */

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(KanApprovalWizard) self = user_data;
  g_autoptr(GError) error = NULL;
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (kan_keep_finish (KAN_SESSION (source), result, &error) == 0)
    {
      kan_dialogs_tell_error (GTK_WIDGET (self->session != NULL ? GTK_WINDOW (self) : parent),
                              _("The draft could not be kept"), error);
      return;
    }
  if (self->session == NULL)
    return;
  self->is_dirty = FALSE;
  kan_session_changed (self->session);      /* Today shows drafts */
  if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), KAN_ACTION_TOAST, "s", _("Kept as a draft, under Today"));
  gtk_window_close (GTK_WINDOW (self));
}

/* The lock of the file does not stop it. */
static void
keep (KanApprovalWizard *self)
{
  g_autoptr(GCancellable) own = g_cancellable_new ();

  kan_keep_async (self->session, self->answers, own, kept_cb, g_object_ref (self));
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
      keep (self);
      return;
    }
  self->is_dirty = FALSE;
  gtk_window_close (GTK_WINDOW (self));
}

static void
locking_cb (KanApprovalWizard *self)
{
  if (self->is_dirty && !gtk_spinner_get_spinning (self->spinner))
    keep (self);
}

static gboolean
kan_approval_wizard_close_request (GtkWindow *window)
{
  KanApprovalWizard *self = KAN_APPROVAL_WIZARD (window);

  if (gtk_spinner_get_spinning (self->spinner))
    return TRUE;
  if (self->is_dirty && kan_session_is_unlocked (self->session))
    {
      kan_dialogs_ask_to_keep (GTK_WIDGET (self), close_answer_cb, NULL);
      return TRUE;
    }
  if (kan_session_is_unlocked (self->session))
    kan_session_run (self->session, KAN_JOB_ACT, end_job, NULL, NULL, NULL, NULL, NULL, NULL);
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
  g_clear_pointer (&self->refusals, g_ptr_array_unref);
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
#undef BIND
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
kan_approval_wizard_init (KanApprovalWizard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->life = g_cancellable_new ();
  g_signal_connect_swapped (self->give_button, "clicked", G_CALLBACK (give_cb), self);
  g_signal_connect_swapped (self->refuse_button, "clicked", G_CALLBACK (refuse_cb), self);
  g_signal_connect_swapped (self->ask_back_button, "clicked", G_CALLBACK (ask_back_cb), self);
  g_signal_connect_swapped (self->skip_button, "clicked", G_CALLBACK (next_request), self);
  g_signal_connect_swapped (self->back_button, "clicked", G_CALLBACK (back_cb), self);
  g_signal_connect_swapped (self->sign_button, "clicked", G_CALLBACK (sign_cb), self);
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
  g_signal_connect_swapped (session, "locking", G_CALLBACK (locking_cb), self);
  g_signal_connect_swapped (session, "locked", G_CALLBACK (gtk_window_destroy), self);
  ask_request (self);
  return GTK_WIDGET (self);
}
