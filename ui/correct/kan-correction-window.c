/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window for acts upon acts. Which entry and which answer may be meant the core says, with the reason for those
 * that may not; nobody types a number or a key. */
#include "correct/kan-correction-window.h"

#include "kit/kan-actions.h"
#include "kit/kan-dialogs.h"
#include "kit/kan-note.h"
#include "kit/kan-pieces.h"

#include <glib/gi18n.h>
#include <string.h>

struct _KanCorrectionWindow
{
  KanWizard            parent_instance;

  /* Borrowed from the builder */
  GtkWidget           *entry_page, *answer_page;
  AdwPreferencesGroup *entry_group, *answer_group, *entry_other, *answer_other;
  KanNote             *entry_note, *answer_note;
  GtkListBox          *present;      /* what stands there: a line */

  /* Owned */
  GtkBuilder          *builder;
  GPtrArray           *list;         /* KanViewAnswer of the chosen entry; NULL until they have come */
  GPtrArray           *rows;         /* GtkWidget, borrowed: of answers */
  GCancellable        *life, *reading;

  /* Borrowed */
  GtkWidget           *form;
  gboolean             is_filling;
};

G_DEFINE_FINAL_TYPE (KanCorrectionWindow, kan_correction_window, KAN_TYPE_WIZARD)

static KanAnswers *
answers_of (KanCorrectionWindow *self)
{
  return kan_wizard_get_answers (KAN_WIZARD (self));
}

static const char *
kind_of (KanCorrectionWindow *self)
{
  return kan_wizard_get_sheet (KAN_WIZARD (self))->kind;
}

static gboolean
asks_answer (KanCorrectionWindow *self)
{
  return strcmp (kind_of (self), "act.void") != 0;
}

/* A row with a mark before it: one of the group. The only one there is has a group too, so that it looks like one of
 * several and cannot be taken back. */
static GtkWidget *
new_choice (const char *title, const char *subtitle, GtkCheckButton *first, GtkWidget **check)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", title, "subtitle", subtitle,
                                 "subtitle-lines", 0, "title-lines", 0, NULL);

  *check = gtk_check_button_new ();
  if (first == NULL)
    {
      first = g_object_ref_sink (GTK_CHECK_BUTTON (gtk_check_button_new ()));
      g_object_set_data_full (G_OBJECT (*check), "kan-group", first, g_object_unref);
    }
  gtk_check_button_set_group (GTK_CHECK_BUTTON (*check), first);
  gtk_widget_set_valign (*check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (*check), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), *check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), *check);
  return row;
}

/* --- jobs -------------------------------------------------------------------------------------------------------- */

typedef struct { char *kind, *subject; gint64 seq, now; } Errand;

static void
errand_free (Errand *self)
{
  g_free (self->kind);
  g_free (self->subject);
  g_free (self);
}

static Errand *
errand_new (KanCorrectionWindow *self, gint64 seq)
{
  KanSheet *sheet = kan_wizard_get_sheet (KAN_WIZARD (self));
  Errand *errand = g_new0 (Errand, 1);

  errand->kind = g_strdup (sheet->kind);
  errand->subject = g_strdup (sheet->subject);
  errand->seq = seq;
  errand->now = kan_session_now (kan_wizard_get_session (KAN_WIZARD (self)));
  return errand;
}

static gpointer
entries_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  const Errand *errand = data;

  return kan_desk_list_entries (kan_worker_get_desk (worker), errand->kind, errand->subject, errand->now, error);
}

static gpointer
restating_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  const Errand *errand = data;

  return kan_desk_list_restating (kan_worker_get_desk (worker), errand->subject, errand->now, error);
}

static gpointer
answers_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  const Errand *errand = data;

  return kan_desk_list_answers (kan_worker_get_desk (worker), errand->kind, errand->subject, errand->seq, error);
}

static gboolean
is_stale (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* --- answers ----------------------------------------------------------------------------------------------------- */

static const KanQuestion *
reason_question (KanCorrectionWindow *self)
{
  GPtrArray *questions = kan_wizard_get_sheet (KAN_WIZARD (self))->questions;

  for (guint i = 0; i < questions->len; i++)
    if (strcmp (((KanQuestion *) g_ptr_array_index (questions, i))->key, "reason") == 0)
      return g_ptr_array_index (questions, i);
  return NULL;
}

static void
drop_form (KanCorrectionWindow *self)
{
  if (self->form != NULL)
    gtk_box_remove (GTK_BOX (gtk_widget_get_parent (self->form)), self->form);
  self->form = NULL;
}

static void
show_form (KanCorrectionWindow *self, GtkWidget *page, const KanQuestion *value)
{
  KanWizard *wizard = KAN_WIZARD (self);
  const KanQuestion *reason = reason_question (self);

  drop_form (self);
  self->form = kan_form_new (kan_wizard_get_session (wizard), kan_wizard_get_sheet (wizard), 0, 0,
                             kan_wizard_get_answers (wizard));
  if (value != NULL)
    kan_form_add_question (KAN_FORM (self->form), value);
  if (reason != NULL)
    kan_form_add_question (KAN_FORM (self->form), reason);
  g_signal_connect_object (self->form, "edited", G_CALLBACK (kan_wizard_edited), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (page), self->form);
}

static void
drop_present (KanCorrectionWindow *self)
{
  GtkListBoxRow *line = gtk_list_box_get_row_at_index (self->present, 0);

  if (line != NULL)
    gtk_list_box_remove (self->present, GTK_WIDGET (line));
  gtk_widget_set_visible (GTK_WIDGET (self->present), FALSE);
}

/* What stands there struck through, and below it what it should be. */
static void
show_answer (KanCorrectionWindow *self, const KanViewAnswer *answer)
{
  g_autofree char *shown = kan_visible_text (answer->shown);
  gboolean corrects = strcmp (kind_of (self), "act.correct") == 0;
  const char *title = corrects ? _("As it stands") : _("Will be removed");
  GtkWidget *line = kan_line_new (title, NULL);

  kan_line_add_struck (line, shown);
  kan_describe (line, title, shown);
  drop_present (self);
  gtk_list_box_append (self->present, line);
  kan_describe (GTK_WIDGET (self->present), title, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->present), TRUE);
  show_form (self, self->answer_page, corrects ? answer->question : NULL);
}

static void
answer_toggled_cb (GtkCheckButton *check, GParamSpec *pspec, gpointer user_data)
{
  KanCorrectionWindow *self = user_data;
  const KanViewAnswer *answer = g_object_get_data (G_OBJECT (check), "kan-answer");

  if (self->is_filling || !gtk_check_button_get_active (check))
    return;
  kan_note_say (self->answer_note, "");
  kan_answers_set (answers_of (self), "question", answer->key);
  kan_answers_set (answers_of (self), "value", NULL);
  show_answer (self, answer);
  kan_bring_into_sight (self->form);
  kan_wizard_edited (KAN_WIZARD (self));
}

static void
clear_answers (KanCorrectionWindow *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->answer_group, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  drop_present (self);
  if (asks_answer (self))
    drop_form (self);      /* its questions go with the list */
  g_clear_pointer (&self->list, g_ptr_array_unref);
}

static void
fill_answers (KanCorrectionWindow *self)
{
  const char *chosen = kan_answers_get (answers_of (self), "question");
  GtkWidget *first = NULL;

  self->is_filling = TRUE;
  for (guint i = 0; i < self->list->len; i++)
    {
      KanViewAnswer *answer = g_ptr_array_index (self->list, i);
      g_autofree char *shown = kan_visible_text (answer->shown);
      GtkWidget *check = NULL;
      GtkWidget *row = new_choice (answer->label, shown, GTK_CHECK_BUTTON (first), &check);

      first = first == NULL ? check : first;
      g_object_set_data (G_OBJECT (check), "kan-answer", answer);
      gtk_check_button_set_active (GTK_CHECK_BUTTON (check), g_strcmp0 (chosen, answer->key) == 0);
      if (g_strcmp0 (chosen, answer->key) == 0)
        show_answer (self, answer);
      g_signal_connect_object (check, "notify::active", G_CALLBACK (answer_toggled_cb), self, 0);
      adw_preferences_group_add (self->answer_group, row);
      g_ptr_array_add (self->rows, row);
    }
  self->is_filling = FALSE;
}

static void
answers_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(KanCorrectionWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  GPtrArray *list = kan_session_run_finish (KAN_SESSION (source), result, &error);

  if (list == NULL || g_cancellable_is_cancelled (self->life))
    {
      g_clear_pointer (&list, g_ptr_array_unref);
      if (!is_stale (error) && !g_cancellable_is_cancelled (self->life))
        kan_dialogs_tell_error (GTK_WIDGET (self), _("The entry could not be read"), error);
      return;
    }
  clear_answers (self);
  self->list = list;
  fill_answers (self);
}

static void
ask_answers (KanCorrectionWindow *self, gint64 seq)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  clear_answers (self);
  kan_session_run (kan_wizard_get_session (KAN_WIZARD (self)), KAN_JOB_PAGE, answers_job, errand_new (self, seq),
                   (GDestroyNotify) errand_free, (GDestroyNotify) g_ptr_array_unref, self->reading, answers_cb,
                   g_object_ref (self));
}

static gboolean
leave_answer (KanWizard *wizard, GtkWidget *page, gpointer user_data)
{
  KanCorrectionWindow *self = KAN_CORRECTION_WINDOW (wizard);
  gboolean chosen = kan_answers_get (answers_of (self), "question") != NULL && self->form != NULL;

  kan_note_say (self->answer_note, chosen ? "" : _("Choose the answer that is meant"));
  if (!chosen)
    gtk_widget_child_focus (GTK_WIDGET (self->answer_group), GTK_DIR_TAB_FORWARD);
  return chosen;
}

/* --- entries ----------------------------------------------------------------------------------------------------- */

static void
entry_toggled_cb (GtkCheckButton *check, GParamSpec *pspec, gpointer user_data)
{
  KanCorrectionWindow *self = user_data;
  const char *seq = g_object_get_data (G_OBJECT (check), "kan-seq");

  if (self->is_filling || !gtk_check_button_get_active (check))
    return;
  kan_note_say (self->entry_note, "");
  if (g_strcmp0 (kan_answers_get (answers_of (self), "act"), seq) != 0)
    {
      kan_answers_set (answers_of (self), "act", seq);
      kan_answers_set (answers_of (self), "question", NULL);
      kan_answers_set (answers_of (self), "value", NULL);
      kan_wizard_edited (KAN_WIZARD (self));
    }
  if (asks_answer (self))
    ask_answers (self, g_ascii_strtoll (seq, NULL, 10));
}

static GtkWidget *
new_entry (KanCorrectionWindow *self, const KanViewEntry *entry, GtkWidget **first)
{
  g_autofree char *words = g_strdup_printf ("%s　%s", entry->when, entry->who != NULL ? entry->who : "");
  g_autofree char *who = kan_visible_text (words);
  g_autofree char *below = entry->reason != NULL ? g_strdup_printf ("%s\n%s", who, entry->reason) : g_strdup (who);
  GtkWidget *check = NULL, *row = new_choice (entry->title, below, GTK_CHECK_BUTTON (*first), &check);

  *first = *first == NULL ? check : *first;
  g_object_set_data_full (G_OBJECT (check), "kan-seq", g_strdup_printf ("%" G_GINT64_FORMAT, entry->seq), g_free);
  gtk_widget_set_sensitive (row, entry->reason == NULL);
  g_signal_connect_object (check, "notify::active", G_CALLBACK (entry_toggled_cb), self, 0);
  g_object_set_data (G_OBJECT (row), "kan-check", check);
  adw_preferences_group_add (self->entry_group, row);
  return row;
}

/* The only one that can be meant is, without a click. */
static void
fill_entries (KanCorrectionWindow *self, GPtrArray *entries)
{
  const char *act = kan_answers_get (answers_of (self), "act");
  GtkWidget *first = NULL, *chosen = NULL;
  guint n_possible = 0;

  for (guint i = 0; i < entries->len; i++)
    n_possible += ((KanViewEntry *) g_ptr_array_index (entries, i))->reason == NULL;
  for (guint i = 0; i < entries->len; i++)
    {
      const KanViewEntry *entry = g_ptr_array_index (entries, i);
      g_autofree char *seq = g_strdup_printf ("%" G_GINT64_FORMAT, entry->seq);
      GtkWidget *row = new_entry (self, entry, &first);

      if (entry->reason == NULL && (n_possible == 1 || g_strcmp0 (act, seq) == 0))
        chosen = g_object_get_data (G_OBJECT (row), "kan-check");
    }
  if (chosen != NULL)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (chosen), TRUE);
  else
    kan_answers_set (answers_of (self), "act", NULL);
}

static void
entries_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(KanCorrectionWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) entries = kan_session_run_finish (KAN_SESSION (source), result, &error);

  if (g_cancellable_is_cancelled (self->life))
    return;
  if (entries != NULL)
    fill_entries (self, entries);
  else if (!is_stale (error))
    kan_dialogs_tell_error (GTK_WIDGET (self), _("The record could not be read"), error);
}

/* --- what no correction may -------------------------------------------------------------------------------------- */

/* What is begun belongs to the window below; what was typed here already is asked for first. */
static void
other_cb (GtkWidget *row, KanCorrectionWindow *self)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (kan_answers_get (answers_of (self), "value") != NULL || kan_answers_get (answers_of (self), "reason") != NULL)
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), KAN_ACTION_ACT, "(ss)",
                                g_object_get_data (G_OBJECT (row), "kan-kind"),
                                kan_wizard_get_sheet (KAN_WIZARD (self))->subject);
  gtk_window_destroy (GTK_WINDOW (self));
}

static GtkWidget *
new_other (KanCorrectionWindow *self, const KanViewOffer *offer)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", offer->title, "title-lines", 0,
                                 "subtitle", offer->reason != NULL ? offer->reason : "", "subtitle-lines", 0,
                                 "activatable", TRUE, "sensitive", offer->allowed, NULL);
  GtkWidget *arrow = g_object_new (GTK_TYPE_IMAGE, "icon-name", "go-next-symbolic", "accessible-role",
                                   GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
  g_object_set_data_full (G_OBJECT (row), "kan-kind", g_strdup (offer->kind), g_free);
  g_signal_connect_object (row, "activated", G_CALLBACK (other_cb), self, 0);
  return row;
}

static void
add_others (KanCorrectionWindow *self, AdwPreferencesGroup *group, GPtrArray *offers)
{
  for (guint i = 0; offers != NULL && i < offers->len; i++)
    adw_preferences_group_add (group, new_other (self, g_ptr_array_index (offers, i)));
  gtk_widget_set_visible (GTK_WIDGET (group), offers != NULL && offers->len > 0);
}

static void
restating_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(KanCorrectionWindow) self = user_data;
  g_autoptr(GPtrArray) offers = kan_session_run_finish (KAN_SESSION (source), result, NULL);

  if (g_cancellable_is_cancelled (self->life))
    return;
  add_others (self, self->entry_other, offers);
  add_others (self, self->answer_other, offers);
}

static void
ask_restating (KanCorrectionWindow *self)
{
  kan_session_run (kan_wizard_get_session (KAN_WIZARD (self)), KAN_JOB_PAGE, restating_job, errand_new (self, 0),
                   (GDestroyNotify) errand_free, (GDestroyNotify) g_ptr_array_unref, self->life, restating_cb,
                   g_object_ref (self));
}

static gboolean
leave_entry (KanWizard *wizard, GtkWidget *page, gpointer user_data)
{
  KanCorrectionWindow *self = KAN_CORRECTION_WINDOW (wizard);
  gboolean chosen = kan_answers_get (answers_of (self), "act") != NULL;

  kan_note_say (self->entry_note, chosen ? "" : _("Choose the entry that is meant"));
  if (!chosen)
    gtk_widget_child_focus (GTK_WIDGET (self->entry_group), GTK_DIR_TAB_FORWARD);
  return chosen;
}

static const char *
describe_entries (KanCorrectionWindow *self)
{
  if (strcmp (kind_of (self), "act.void") == 0)
    return _("Only the last entry can be taken back, and only while nothing else depends on it. The entry stays in the"
             " ledger, struck through.");
  if (strcmp (kind_of (self), "text.redact") == 0)
    return _("The text is removed for good; that there was one stays signed. Two persons sign.");
  return _("The old value stays in the ledger, struck through.");
}

/* --- class ------------------------------------------------------------------------------------------------------- */

static void
made (KanWizard *wizard)
{
  KanCorrectionWindow *self = KAN_CORRECTION_WINDOW (wizard);

  if (strcmp (kind_of (self), "act.correct") == 0)
    {
      kan_wizard_get_sheet (wizard)->ends = FALSE;      /* it can be put right once more */
      ask_restating (self);
    }
  adw_preferences_group_set_description (self->entry_group, describe_entries (self));
  kan_wizard_add_page (wizard, "entry", _("Which entry"), self->entry_page, leave_entry, NULL);
  if (asks_answer (self))
    {
      adw_preferences_group_set_title (self->answer_group, strcmp (kind_of (self), "act.correct") == 0
                                       ? _("Which answer") : _("Which text"));
      kan_wizard_add_page (wizard, "answer", adw_preferences_group_get_title (self->answer_group), self->answer_page,
                           leave_answer, NULL);
    }
  else
    show_form (self, self->entry_page, NULL);
  kan_session_run (kan_wizard_get_session (wizard), KAN_JOB_PAGE, entries_job, errand_new (self, 0),
                   (GDestroyNotify) errand_free, (GDestroyNotify) g_ptr_array_unref, self->life, entries_cb,
                   g_object_ref (self));
}

static void
kan_correction_window_dispose (GObject *object)
{
  KanCorrectionWindow *self = KAN_CORRECTION_WINDOW (object);

  self->is_filling = TRUE;
  g_cancellable_cancel (self->life);
  g_cancellable_cancel (self->reading);
  self->form = NULL;
  G_OBJECT_CLASS (kan_correction_window_parent_class)->dispose (object);
}

static void
kan_correction_window_finalize (GObject *object)
{
  KanCorrectionWindow *self = KAN_CORRECTION_WINDOW (object);

  g_clear_pointer (&self->list, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_object (&self->builder);
  g_clear_object (&self->life);
  g_clear_object (&self->reading);
  G_OBJECT_CLASS (kan_correction_window_parent_class)->finalize (object);
}

static void
kan_correction_window_class_init (KanCorrectionWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kan_correction_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = kan_correction_window_finalize;
  KAN_WIZARD_CLASS (klass)->made = made;
}

/* The wizard has a template of its own; what comes into it is built beside. */
static void
take_pages (KanCorrectionWindow *self)
{
  g_type_ensure (KAN_TYPE_NOTE);
  self->builder = gtk_builder_new_from_resource ("/io/github/kanribo/Kanribo/ui/correct/kan-correction-window.ui");
  self->entry_page = GTK_WIDGET (gtk_builder_get_object (self->builder, "entry_page"));
  self->answer_page = GTK_WIDGET (gtk_builder_get_object (self->builder, "answer_page"));
  self->entry_group = ADW_PREFERENCES_GROUP (gtk_builder_get_object (self->builder, "entry_group"));
  self->answer_group = ADW_PREFERENCES_GROUP (gtk_builder_get_object (self->builder, "answer_group"));
  self->entry_other = ADW_PREFERENCES_GROUP (gtk_builder_get_object (self->builder, "entry_other"));
  self->answer_other = ADW_PREFERENCES_GROUP (gtk_builder_get_object (self->builder, "answer_other"));
  self->entry_note = KAN_NOTE (gtk_builder_get_object (self->builder, "entry_note"));
  self->answer_note = KAN_NOTE (gtk_builder_get_object (self->builder, "answer_note"));
  self->present = GTK_LIST_BOX (gtk_builder_get_object (self->builder, "present"));
}

static void
kan_correction_window_init (KanCorrectionWindow *self)
{
  self->life = g_cancellable_new ();
  self->rows = g_ptr_array_new ();
  take_pages (self);
}

static GtkWidget *
window_new (KanSession *session, GtkWindow *parent, const char *kind, const char *subject)
{
  return g_object_new (KAN_TYPE_CORRECTION_WINDOW, "session", session, "transient-for", parent, "kind", kind, "subject",
                       subject, NULL);
}

/**
 * kan_correction_window_new_correct:
 * @session: the open file
 * @parent: (nullable): over which window
 * @subject: a record
 *
 * Returns: (transfer none): the window that puts an answer of an entry right; the caller presents it
 */
GtkWidget *
kan_correction_window_new_correct (KanSession *session, GtkWindow *parent, const char *subject)
{
  return window_new (session, parent, "act.correct", subject);
}

/**
 * kan_correction_window_new_void:
 * @session: the open file
 * @parent: (nullable): over which window
 * @subject: a record
 *
 * Returns: (transfer none): the window that takes the last entry back; the caller presents it
 */
GtkWidget *
kan_correction_window_new_void (KanSession *session, GtkWindow *parent, const char *subject)
{
  return window_new (session, parent, "act.void", subject);
}

/**
 * kan_correction_window_new_redact:
 * @session: the open file
 * @parent: (nullable): over which window
 * @subject: a record
 *
 * Returns: (transfer none): the window that removes free text; the caller presents it
 */
GtkWidget *
kan_correction_window_new_redact (KanSession *session, GtkWindow *parent, const char *subject)
{
  return window_new (session, parent, "text.redact", subject);
}
