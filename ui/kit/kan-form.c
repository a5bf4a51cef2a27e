/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A form made from a sheet's questions: one row each, and below it what stands in its way. It knows no rule: the review
 * of the whole act says what is refused. */
#include "kit/kan-form-private.h"

#include "kit/kan-pieces.h"

#include <glib/gi18n.h>
#include <string.h>

enum { EDITED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KanForm, kan_form, GTK_TYPE_BOX)

/* Asked where an act is entered late; labels are put in by class init. */
static KanQuestion late_questions[] = {
  { .key = (char *) "happened_at", .type = KAN_TIME },
  { .key = (char *) "late_reason", .type = KAN_LINES },
};

static void
entry_free (KanFormEntry *self)
{
  g_free (self->number_in);
  g_free (self->marks);
  g_free (self);
}

static void
left_cb (GtkEventControllerFocus *controller, gpointer user_data)
{
  KanFormEntry *entry = user_data;

  if (entry->form->refusals != NULL)
    kan_form_show_one (entry->form, entry, TRUE);
}

/* --- rows -------------------------------------------------------------------------------------------------------- */

static gboolean
is_asked (KanForm *self, const KanFormEntry *entry)
{
  const char *unless = kan_question_row_get_slot (entry->row)->question->unless;

  return !entry->is_needless && (unless == NULL || kan_answers_get (self->answers, unless) == NULL);
}

/* (nullable): nothing is asked here by now. */
static KanFormEntry *
first_asked (KanForm *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    if (is_asked (self, g_ptr_array_index (self->entries, i)))
      return g_ptr_array_index (self->entries, i);
  return NULL;
}

/* What another answer makes needless is not shown. */
static void
refresh_asked (KanForm *self)
{
  gboolean any = FALSE;

  for (guint i = 0; i < self->entries->len; i++)
    {
      KanFormEntry *entry = g_ptr_array_index (self->entries, i);
      gboolean asked = is_asked (self, entry);

      gtk_widget_set_visible (GTK_WIDGET (entry->row), asked);
      any = any || (asked && gtk_widget_is_ancestor (GTK_WIDGET (entry->row), GTK_WIDGET (self->group)));
      if (!asked)
        kan_note_row_say (entry->note, "", FALSE);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->group), any);
}

static void
answered_cb (KanQuestionRow *row, gpointer user_data)
{
  KanFormEntry *entry = user_data;

  refresh_asked (entry->form);
  if (entry->form->is_loading)
    return;
  entry->is_touched = TRUE;
  g_signal_emit (entry->form, signals[EDITED], 0, kan_question_row_get_slot (row)->question->key);
}

static KanFormEntry *
make_entry (KanForm *self, const KanQuestion *question)
{
  KanQuestionSlot slot = { self->session, question, self->answers, NULL, 0 };
  GtkEventController *focus = gtk_event_controller_focus_new ();
  KanFormEntry *entry = g_new0 (KanFormEntry, 1);

  entry->form = self;
  entry->row = KAN_QUESTION_ROW (kan_question_row_new (&slot));
  entry->note = KAN_NOTE_ROW (kan_note_row_new (GTK_WIDGET (entry->row)));
  entry->told = g_object_new (ADW_TYPE_ACTION_ROW, "visible", FALSE, "use-markup", FALSE, NULL);
  g_signal_connect (entry->row, "answered", G_CALLBACK (answered_cb), entry);
  g_signal_connect (entry->note, "declared", G_CALLBACK (kan_form_declared_cb), entry);
  g_signal_connect (focus, "leave", G_CALLBACK (left_cb), entry);
  gtk_widget_add_controller (GTK_WIDGET (entry->row), focus);
  g_ptr_array_add (self->entries, entry);
  return entry;
}

static void
late_toggled_cb (KanForm *self)
{
  if (self->is_loading)
    return;
  if (adw_expander_row_get_enable_expansion (self->late_row))
    {
      adw_expander_row_set_expanded (self->late_row, TRUE);
      return;
    }
  kan_answers_set_happened (self->answers, NULL);
  kan_answers_set (self->answers, "late_reason", NULL);
  kan_form_reload (self);
  g_signal_emit (self, signals[EDITED], 0, "happened_at");
}

static KanFormEntry *
find_entry (KanForm *self, const char *path)
{
  for (guint i = 0; path != NULL && i < self->entries->len; i++)
    if (kan_question_row_is_for (((KanFormEntry *) g_ptr_array_index (self->entries, i))->row, path))
      return g_ptr_array_index (self->entries, i);
  return NULL;
}

/* --- class ------------------------------------------------------------------------------------------------------- */

static gboolean
kan_form_grab_focus (GtkWidget *widget)
{
  kan_form_focus (KAN_FORM (widget), NULL);
  return first_asked (KAN_FORM (widget)) != NULL;
}

static void
kan_form_dispose (GObject *object)
{
  KanForm *self = KAN_FORM (object);

  self->is_loading = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (self), KAN_TYPE_FORM);
  g_clear_object (&self->session);
  g_clear_pointer (&self->refusals, g_ptr_array_unref);
  G_OBJECT_CLASS (kan_form_parent_class)->dispose (object);
}

static void
kan_form_finalize (GObject *object)
{
  g_ptr_array_unref (KAN_FORM (object)->entries);
  G_OBJECT_CLASS (kan_form_parent_class)->finalize (object);
}

static void
kan_form_class_init (KanFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kan_form_dispose;
  G_OBJECT_CLASS (klass)->finalize = kan_form_finalize;
  widget_class->grab_focus = kan_form_grab_focus;
  late_questions[0].label = g_strdup (_("When it happened"));
  late_questions[1].label = g_strdup (_("Reason for the late entry"));
  signals[EDITED] = g_signal_new ("edited", KAN_TYPE_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kanribo/Kanribo/ui/kit/kan-form.ui");
  gtk_widget_class_bind_template_child (widget_class, KanForm, group);
  gtk_widget_class_bind_template_child (widget_class, KanForm, late);
  gtk_widget_class_bind_template_child (widget_class, KanForm, late_row);
  gtk_widget_class_bind_template_callback (widget_class, late_toggled_cb);
}

static void
kan_form_init (KanForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
}

/**
 * kan_form_new:
 * @session: the open file
 * @sheet: an act as a form; must outlive the form
 * @first: its first question here
 * @n: how many
 * @answers: what was typed so far, read and written; must outlive the form
 *
 * Returns: (transfer floating): the form
 */
GtkWidget *
kan_form_new (KanSession *session, KanSheet *sheet, guint first, guint n, KanAnswers *answers)
{
  KanForm *self = g_object_new (KAN_TYPE_FORM, NULL);

  self->session = g_object_ref (session);
  self->answers = answers;
  for (guint i = first; i < first + n && i < sheet->questions->len; i++)
    kan_form_add_question (self, g_ptr_array_index (sheet->questions, i));
  gtk_widget_set_visible (GTK_WIDGET (self->group), self->entries->len > 0);
  return GTK_WIDGET (self);
}

/**
 * kan_form_add_question:
 * @self: a form
 * @question: one more question; must outlive the form
 */
void
kan_form_add_question (KanForm *self, const KanQuestion *question)
{
  KanFormEntry *entry = make_entry (self, question);

  adw_preferences_group_add (self->group, GTK_WIDGET (entry->row));
  adw_preferences_group_add (self->group, GTK_WIDGET (entry->note));
  adw_preferences_group_add (self->group, entry->told);
  gtk_widget_set_visible (GTK_WIDGET (self->group), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (entry->row), is_asked (self, entry));
}

/**
 * kan_form_add_late:
 * @self: a form of an act that records a fact
 * @when: whether the time is told here, and not by the day that one of its answers says
 *
 * Adds, at the foot, when it happened and why it is entered late.
 */
void
kan_form_add_late (KanForm *self, gboolean when)
{
  gboolean late = kan_answers_get_happened (self->answers) != NULL
                  || kan_answers_get (self->answers, "late_reason") != NULL;

  self->is_loading = TRUE;
  for (guint i = when ? 0 : 1; i < G_N_ELEMENTS (late_questions); i++)
    {
      KanFormEntry *entry = make_entry (self, &late_questions[i]);

      adw_expander_row_add_row (self->late_row, GTK_WIDGET (entry->row));
      adw_expander_row_add_row (self->late_row, GTK_WIDGET (entry->note));
      adw_expander_row_add_row (self->late_row, entry->told);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->late), TRUE);
  adw_expander_row_set_enable_expansion (self->late_row, late);
  adw_expander_row_set_expanded (self->late_row, late);
  self->is_loading = FALSE;
}

/**
 * kan_form_set_title:
 * @self: a form
 * @title: (nullable): over its rows
 * @description: (nullable): below the title
 */
void
kan_form_set_title (KanForm *self, const char *title, const char *description)
{
  g_autofree char *escaped = title != NULL ? g_markup_escape_text (title, -1) : NULL;
  g_autofree char *more = description != NULL ? g_markup_escape_text (description, -1) : NULL;

  adw_preferences_group_set_title (self->group, escaped != NULL ? escaped : "");
  adw_preferences_group_set_description (self->group, more);
}

/**
 * kan_form_show_refusals:
 * @self: a form
 * @refusals: (element-type KanRefusal): of the act as a whole
 * @only_touched: whether those of answers that nobody has tried to give yet are kept back
 *
 * Returns: how many answers of this form are refused, as far as it shows them; marks are shown and not counted
 */
guint
kan_form_show_refusals (KanForm *self, GPtrArray *refusals, gboolean only_touched)
{
  guint n = 0;

  g_ptr_array_ref (refusals);
  g_clear_pointer (&self->refusals, g_ptr_array_unref);
  self->refusals = refusals;
  for (guint i = 0; i < self->entries->len; i++)
    n += kan_form_show_one (self, g_ptr_array_index (self->entries, i), only_touched);
  return n;
}

/* The line that follows from the answer; (nullable). */
static const KanReviewLine *
find_told (const GPtrArray *lines, const char *key)
{
  for (guint i = 1; i < lines->len; i++)
    {
      const KanReviewLine *line = g_ptr_array_index (lines, i), *before = g_ptr_array_index (lines, i - 1);

      if (line->told && strcmp (before->key, key) == 0)
        return line;
    }
  return NULL;
}

static void
show_told (KanFormEntry *entry, const KanReviewLine *line)
{
  gtk_widget_set_visible (entry->told, line != NULL);
  if (line == NULL)
    return;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry->told), line->label);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (entry->told), line->shown);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry->told), GTK_ACCESSIBLE_PROPERTY_LABEL, line->label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, line->shown, -1);
}

/**
 * kan_form_show_filled:
 * @self: a form
 * @lines: (element-type KanReviewLine): of the act as a whole
 */
void
kan_form_show_filled (KanForm *self, const GPtrArray *lines)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      KanFormEntry *entry = g_ptr_array_index (self->entries, i);
      const char *key = kan_question_row_get_slot (entry->row)->question->key, *shown = NULL;

      for (guint j = 0; j < lines->len && shown == NULL; j++)
        {
          const KanReviewLine *line = g_ptr_array_index (lines, j);

          shown = line->filled && strcmp (line->key, key) == 0 ? line->shown : NULL;
        }
      kan_question_row_show_filled (entry->row, shown);
      show_told (entry, find_told (lines, key));
    }
}

/**
 * kan_form_leave_out:
 * @self: a form
 * @keys: (nullable): questions that what was answered makes needless; none of the others is
 */
void
kan_form_leave_out (KanForm *self, const char *const *keys)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      KanFormEntry *entry = g_ptr_array_index (self->entries, i);

      const char *key = kan_question_row_get_slot (entry->row)->question->key;

      entry->is_needless = keys != NULL && g_strv_contains (keys, key);
    }
  refresh_asked (self);
}

/**
 * kan_form_has:
 * @self: a form
 * @path: (nullable): how a refusal names an answer
 *
 * Returns: whether that answer is given here
 */
gboolean
kan_form_has (KanForm *self, const char *path)
{
  return find_entry (self, path) != NULL;
}

/**
 * kan_form_n_rows:
 * @self: a form
 *
 * Returns: how many questions it has
 */
guint
kan_form_n_rows (KanForm *self)
{
  return self->entries->len;
}

static void
focus_row (KanQuestionRow *row)
{
  if (!gtk_widget_grab_focus (GTK_WIDGET (row)))
    gtk_widget_child_focus (GTK_WIDGET (row), GTK_DIR_TAB_FORWARD);
}

/**
 * kan_form_focus:
 * @self: a form
 * @key: (nullable): a question's key; %NULL: the first one that is asked
 */
void
kan_form_focus (KanForm *self, const char *key)
{
  KanFormEntry *entry = key != NULL ? find_entry (self, key) : NULL;

  if (entry == NULL)
    entry = first_asked (self);
  if (entry == NULL)
    return;
  if (gtk_widget_is_ancestor (GTK_WIDGET (entry->row), GTK_WIDGET (self->late_row)))
    {
      adw_expander_row_set_enable_expansion (self->late_row, TRUE);
      adw_expander_row_set_expanded (self->late_row, TRUE);
    }
  focus_row (entry->row);
}

/* Where its note can be read as well. */
static void
focus_entry (KanFormEntry *entry)
{
  g_autofree char *path = kan_question_row_dup_path (entry->row);

  kan_form_focus (entry->form, path);
  kan_bring_into_sight (GTK_WIDGET (entry->note));
}

/**
 * kan_form_focus_refused:
 * @self: a form
 *
 * Goes to the first answer that is refused, where its reason can be read.
 */
void
kan_form_focus_refused (KanForm *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      KanFormEntry *entry = g_ptr_array_index (self->entries, i);

      if (kan_note_row_is_refusal (entry->note))
        {
          focus_entry (entry);
          return;
        }
    }
}

/**
 * kan_form_hold_marks:
 * @self: a form that is about to be left, and whose refusals are shown
 *
 * What breaks a rule is recorded with a reason, but not before it was read: each mark holds once, and the first takes
 * the focus.
 *
 * Returns: whether there was one that had not been told yet
 */
gboolean
kan_form_hold_marks (KanForm *self)
{
  KanFormEntry *first = NULL;

  for (guint i = 0; i < self->entries->len; i++)
    {
      KanFormEntry *entry = g_ptr_array_index (self->entries, i);

      if (entry->marks == NULL || entry->is_held)
        continue;
      entry->is_held = TRUE;
      kan_form_show_one (self, entry, FALSE);
      first = first != NULL ? first : entry;
    }
  if (first != NULL)
    focus_entry (first);
  return first != NULL;
}

/**
 * kan_form_reload:
 * @self: a form
 *
 * Shows the answers as they stand now, after they were changed from outside.
 */
void
kan_form_reload (KanForm *self)
{
  self->is_loading = TRUE;
  for (guint i = 0; i < self->entries->len; i++)
    kan_question_row_load (((KanFormEntry *) g_ptr_array_index (self->entries, i))->row);
  refresh_asked (self);
  self->is_loading = FALSE;
}

static gboolean
can_take_last (KanForm *self, const KanFormEntry *entry)
{
  const KanQuestion *question = kan_question_row_get_slot (entry->row)->question;

  return question->last != NULL && is_asked (self, entry) && *kan_question_row_get (entry->row) == '\0';
}

/**
 * kan_form_has_last:
 * @self: a form
 *
 * Returns: whether kan_form_take_last() would answer anything
 */
gboolean
kan_form_has_last (KanForm *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    if (can_take_last (self, g_ptr_array_index (self->entries, i)))
      return TRUE;
  return FALSE;
}

/**
 * kan_form_take_last:
 * @self: a form
 *
 * Answers what is not answered yet as this person did the last time, where that is often the same, and marks it so.
 */
void
kan_form_take_last (KanForm *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      KanFormEntry *entry = g_ptr_array_index (self->entries, i);
      const KanQuestion *question = kan_question_row_get_slot (entry->row)->question;

      if (!can_take_last (self, entry))
        continue;
      kan_answers_set (self->answers, question->key, question->last);
      kan_question_row_mark_taken (entry->row);
    }
  kan_form_reload (self);
}
