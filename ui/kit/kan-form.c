/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A form made from a sheet's questions: one row each, and below it what stands in its way. It knows no rule: the review
 * of the whole act says what is refused. */
#include "kit/kan-form.h"

#include "kit/kan-note-row.h"
#include "kit/kan-pieces.h"
#include "kit/kan-question-row.h"
#include "values/kan-numbers.h"

#include <glib/gi18n.h>
#include <string.h>

/* A row and the note below it. */
typedef struct
{
  KanForm        *form;         /* borrowed */
  KanQuestionRow *row;          /* borrowed */
  KanNoteRow     *note;         /* borrowed */
  GtkWidget      *told;         /* borrowed: what follows from the answer */
  char           *number_in;    /* owned: the answer with a number that might be a person's; NULL: none */
  char           *marks;        /* owned: which rules it breaks, as told; NULL: none */
  gboolean        is_touched;
  gboolean        is_held;      /* the page was not left for its marks */
} Entry;

struct _KanForm
{
  GtkWidget      parent_instance;

  /* Template children */
  AdwPreferencesGroup *group, *late;
  AdwExpanderRow *late_row;

  /* Borrowed */
  KanAnswers    *answers;

  /* Owned */
  KanSession    *session;
  GPtrArray     *entries;       /* Entry */
  GPtrArray     *refusals;      /* of the last review */
  gboolean       is_loading;
};

enum { EDITED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KanForm, kan_form, GTK_TYPE_WIDGET)

/* Asked where an act is entered late; labels are put in by class init. */
static KanQuestion late_questions[] = {
  { .key = (char *) "happened_at", .type = KAN_TIME },
  { .key = (char *) "late_reason", .type = KAN_LINES },
};

static void
entry_free (Entry *self)
{
  g_free (self->number_in);
  g_free (self->marks);
  g_free (self);
}

/* --- numbers that might be a person's -------------------------------------------------------------------------- */

/* The answer that a refusal names: "note", or "identified[0].serial"; (nullable). */
static const char *
answer_at (KanForm *self, const char *path)
{
  const char *bracket = strchr (path, '['), *dot = bracket != NULL ? strchr (bracket, '.') : NULL;
  g_autofree char *key = NULL;

  if (dot == NULL)
    return kan_answers_get (self->answers, path);
  key = g_strndup (path, (gsize) (bracket - path));
  return kan_answers_get_cell (self->answers, key, (guint) g_ascii_strtoull (bracket + 1, NULL, 10), dot + 1);
}

static gboolean
holds_number (KanForm *self, const char *path)
{
  const char *text = answer_at (self, path);

  return text != NULL && kan_numbers_occur_in (text);
}

static void
declared_cb (KanNoteRow *note, gboolean declared, gpointer user_data)
{
  Entry *entry = user_data;

  if (entry->number_in == NULL)
    return;
  kan_answers_declare (entry->form->answers, entry->number_in, declared);
  g_signal_emit (entry->form, signals[EDITED], 0, KAN_ANSWERS_DECLARED);
}

/* --- refusals --------------------------------------------------------------------------------------------------- */

static const char *
word (KanForm *self, const KanRefusal *refusal)
{
  if (refusal->rule == NULL && !refusal->is_mark && holds_number (self, refusal->key)
      && !kan_answers_declares (self->answers, refusal->key))
    return _("This looks like an individual number or a resident record code."
             " Identity information is never kept here.");
  return refusal->why;
}

static void
append_words (GString *words, const KanRefusal *refusal, const char *said)
{
  const char *bracket = strchr (refusal->key, '[');

  g_string_append (words, words->len > 0 ? "\n" : "");
  if (bracket != NULL)
    g_string_append_printf (words, _("Line %u: %s"), (guint) g_ascii_strtoull (bracket + 1, NULL, 10) + 1, said);
  else
    g_string_append (words, said);
}

/* All that is said of one row; (transfer full). */
static char *
gather (KanForm *self, Entry *entry, guint *n_refused, gboolean *is_mark)
{
  GString *words = g_string_new (NULL);

  *n_refused = 0;
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < self->refusals->len; i++)
      {
        const KanRefusal *refusal = g_ptr_array_index (self->refusals, i);

        if (refusal->is_mark != (pass == 1) || !kan_question_row_is_for (entry->row, refusal->key))
          continue;
        if (!refusal->is_mark)
          ++*n_refused;
        if (!refusal->is_mark && refusal->rule == NULL && holds_number (self, refusal->key))
          {
            g_free (entry->number_in);
            entry->number_in = g_strdup (refusal->key);
          }
        append_words (words, refusal, word (self, refusal));
      }
  *is_mark = *n_refused == 0;
  return g_string_free (words, FALSE);
}

/* A mark that held the page back says how to go on. */
static void
say (Entry *entry, const char *words, gboolean is_mark)
{
  const char *marks = is_mark && *words != '\0' ? words : NULL;
  g_autofree char *more = NULL;

  if (g_strcmp0 (marks, entry->marks) != 0)
    {
      g_free (entry->marks);
      entry->marks = g_strdup (marks);
      entry->is_held = FALSE;
    }
  if (entry->is_held)
    more = g_strdup_printf ("%s\n%s", words, _("Change it, or press Next again to record it as it is, with a reason."));
  kan_note_row_say (entry->note, entry->is_held ? more : words, is_mark);
}

static guint
show_one (KanForm *self, Entry *entry, gboolean only_touched)
{
  guint n_refused = 0;
  gboolean is_mark = FALSE, late;
  g_autofree char *words = gather (self, entry, &n_refused, &is_mark);

  /* while somebody types it is too early to say that it is wrong */
  late = !only_touched || (entry->is_touched && !kan_holds_focus (GTK_WIDGET (entry->row)))
         || kan_note_row_is_refusal (entry->note) || entry->is_held;
  if (entry->number_in != NULL && !holds_number (self, entry->number_in))
    {
      kan_answers_declare (self->answers, entry->number_in, FALSE);
      g_clear_pointer (&entry->number_in, g_free);
    }
  say (entry, late ? words : "", is_mark);
  kan_note_row_offer (entry->note, late && entry->number_in != NULL,
                      entry->number_in != NULL && kan_answers_declares (self->answers, entry->number_in));
  return late ? n_refused : 0;
}

static void
left_cb (GtkEventControllerFocus *controller, gpointer user_data)
{
  Entry *entry = user_data;

  if (entry->form->refusals != NULL)
    show_one (entry->form, entry, TRUE);
}

/* --- rows -------------------------------------------------------------------------------------------------------- */

static void
answered_cb (KanQuestionRow *row, gpointer user_data)
{
  Entry *entry = user_data;

  if (entry->form->is_loading)
    return;
  entry->is_touched = TRUE;
  g_signal_emit (entry->form, signals[EDITED], 0, kan_question_row_get_slot (row)->question->key);
}

static Entry *
make_entry (KanForm *self, const KanQuestion *question)
{
  KanQuestionSlot slot = { self->session, question, self->answers, NULL, 0 };
  GtkEventController *focus = gtk_event_controller_focus_new ();
  Entry *entry = g_new0 (Entry, 1);

  entry->form = self;
  entry->row = KAN_QUESTION_ROW (kan_question_row_new (&slot));
  entry->note = KAN_NOTE_ROW (kan_note_row_new (GTK_WIDGET (entry->row)));
  entry->told = g_object_new (ADW_TYPE_ACTION_ROW, "visible", FALSE, "use-markup", FALSE, NULL);
  g_signal_connect (entry->row, "answered", G_CALLBACK (answered_cb), entry);
  g_signal_connect (entry->note, "declared", G_CALLBACK (declared_cb), entry);
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

static Entry *
find_entry (KanForm *self, const char *path)
{
  for (guint i = 0; path != NULL && i < self->entries->len; i++)
    if (kan_question_row_is_for (((Entry *) g_ptr_array_index (self->entries, i))->row, path))
      return g_ptr_array_index (self->entries, i);
  return NULL;
}

/* --- class ------------------------------------------------------------------------------------------------------- */

static gboolean
kan_form_grab_focus (GtkWidget *widget)
{
  kan_form_focus (KAN_FORM (widget), NULL);
  return KAN_FORM (widget)->entries->len > 0;
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
  Entry *entry = make_entry (self, question);

  adw_preferences_group_add (self->group, GTK_WIDGET (entry->row));
  adw_preferences_group_add (self->group, GTK_WIDGET (entry->note));
  adw_preferences_group_add (self->group, entry->told);
  gtk_widget_set_visible (GTK_WIDGET (self->group), TRUE);
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
      Entry *entry = make_entry (self, &late_questions[i]);

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
    n += show_one (self, g_ptr_array_index (self->entries, i), only_touched);
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
show_told (Entry *entry, const KanReviewLine *line)
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
      Entry *entry = g_ptr_array_index (self->entries, i);
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
 * @key: (nullable): a question's key; %NULL: the first one
 */
void
kan_form_focus (KanForm *self, const char *key)
{
  Entry *entry = key != NULL ? find_entry (self, key) : NULL;

  if (entry == NULL && self->entries->len > 0)
    entry = g_ptr_array_index (self->entries, 0);
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
focus_entry (Entry *entry)
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
      Entry *entry = g_ptr_array_index (self->entries, i);

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
  Entry *first = NULL;

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (entry->marks == NULL || entry->is_held)
        continue;
      entry->is_held = TRUE;
      show_one (self, entry, FALSE);
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
    kan_question_row_load (((Entry *) g_ptr_array_index (self->entries, i))->row);
  self->is_loading = FALSE;
}
