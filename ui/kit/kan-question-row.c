/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What rows of all types share: where their answer lies, the word that one is needed, and which row is made for which
 * type. */
#include "kit/kan-question-row.h"

#include <glib/gi18n.h>
#include <string.h>

#define MANY_CHOICES 12

enum { ANSWERED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_INTERFACE (KanQuestionRow, kan_question_row, GTK_TYPE_LIST_BOX_ROW)

static void
kan_question_row_default_init (KanQuestionRowInterface *iface)
{
  signals[ANSWERED] = g_signal_new ("answered", G_TYPE_FROM_INTERFACE (iface), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 0);
}

static GType
type_for (const KanQuestion *question)
{
  switch (question->type)
    {
    case KAN_CHOICE:
      return question->choices != NULL && question->choices->len > MANY_CHOICES ? KAN_TYPE_REFERENCE_ROW
             : KAN_TYPE_CHOICE_ROW;
    case KAN_YES:
      return question->must ? KAN_TYPE_CHOICE_ROW : KAN_TYPE_YES_ROW;
    case KAN_REF:
      return KAN_TYPE_REFERENCE_ROW;
    case KAN_REFS:
      return KAN_TYPE_REFERENCES_ROW;
    case KAN_ROWS:
      return KAN_TYPE_ROWS_ROW;
    case KAN_LINES: case KAN_DOCUMENT:
      return KAN_TYPE_LINES_ROW;
    case KAN_TEXT: case KAN_CODE: case KAN_COUNT: case KAN_DATE: case KAN_TIME: case KAN_PERIOD:
    default:
      return KAN_TYPE_ENTRY_ROW;
    }
}

/**
 * kan_question_row_new:
 * @slot: where its answer lies; what it points to must outlive the row
 *
 * Returns: (transfer floating): the row for a question of this type, showing its answer
 */
GtkWidget *
kan_question_row_new (const KanQuestionSlot *slot)
{
  GtkWidget *row = g_object_new (type_for (slot->question), "title", slot->question->label, "use-markup", FALSE, NULL);

  kan_question_row_set_slot (KAN_QUESTION_ROW (row), slot);
  kan_question_row_load (KAN_QUESTION_ROW (row));
  return row;
}

static gboolean
is_answered (KanQuestionRow *self)
{
  const KanQuestionSlot *slot = kan_question_row_get_slot (self);

  if (slot->question->type == KAN_ROWS)
    return kan_answers_n_rows (slot->answers, slot->question->key) > 0;
  return *kan_question_row_get (self) != '\0';
}

/* What was taken over from the last time stays marked as long as it is as it was. */
static gboolean
is_taken (KanQuestionRow *self)
{
  return g_object_get_data (G_OBJECT (self), "kan-taken") != NULL
         && g_strcmp0 (kan_question_row_get (self), kan_question_row_get_slot (self)->question->last) == 0;
}

static void
refresh_badge (KanQuestionRow *self)
{
  GtkWidget *badge = g_object_get_data (G_OBJECT (self), "kan-badge");
  gboolean needed = kan_question_row_get_slot (self)->question->must && !is_answered (self)
                    && g_object_get_data (G_OBJECT (self), "kan-filled") == NULL;

  if (badge == NULL)
    return;
  gtk_label_set_text (GTK_LABEL (badge), needed ? _("Needed") : _("As Last Time"));
  gtk_widget_set_visible (badge, needed || is_taken (self));
}

/**
 * kan_question_row_mark_taken:
 * @self: a row
 *
 * Its answer is the one of the last time; it is marked so until somebody changes it.
 */
void
kan_question_row_mark_taken (KanQuestionRow *self)
{
  g_object_set_data (G_OBJECT (self), "kan-taken", GINT_TO_POINTER (TRUE));
  refresh_badge (self);
}

/**
 * kan_question_row_load:
 * @self: a row
 *
 * Shows the answer as it stands now.
 */
void
kan_question_row_load (KanQuestionRow *self)
{
  KAN_QUESTION_ROW_GET_IFACE (self)->load (self);
  refresh_badge (self);
}

/**
 * kan_question_row_show_filled:
 * @self: a row
 * @shown: (nullable): what the program will answer where nobody does
 */
void
kan_question_row_show_filled (KanQuestionRow *self, const char *shown)
{
  g_object_set_data (G_OBJECT (self), "kan-filled", GINT_TO_POINTER (shown != NULL));
  KAN_QUESTION_ROW_GET_IFACE (self)->filled (self, shown);
  refresh_badge (self);
}

/**
 * kan_question_row_set_slot:
 * @self: a row that was just made
 * @slot: where its answer lies
 */
void
kan_question_row_set_slot (KanQuestionRow *self, const KanQuestionSlot *slot)
{
  g_object_set_data_full (G_OBJECT (self), "kan-slot", g_memdup2 (slot, sizeof *slot), g_free);
}

/**
 * kan_question_row_get_slot:
 * @self: a row
 *
 * Returns: (transfer none): where its answer lies
 */
const KanQuestionSlot *
kan_question_row_get_slot (KanQuestionRow *self)
{
  return g_object_get_data (G_OBJECT (self), "kan-slot");
}

/**
 * kan_question_row_dup_path:
 * @self: a row
 *
 * Returns: (transfer full): how refusals name its answer
 */
char *
kan_question_row_dup_path (KanQuestionRow *self)
{
  const KanQuestionSlot *slot = kan_question_row_get_slot (self);

  if (slot->rows_key == NULL)
    return g_strdup (slot->question->key);
  return g_strdup_printf ("%s[%u].%s", slot->rows_key, slot->row, slot->question->key);
}

/**
 * kan_question_row_is_for:
 * @self: a row
 * @path: (nullable): how a refusal names an answer
 *
 * Returns: whether it is this row's answer, or lies within it
 */
gboolean
kan_question_row_is_for (KanQuestionRow *self, const char *path)
{
  g_autofree char *own = kan_question_row_dup_path (self);

  if (path == NULL || !g_str_has_prefix (path, own))
    return FALSE;
  return path[strlen (own)] == '\0' || path[strlen (own)] == '[';
}

/**
 * kan_question_row_get:
 * @self: a row
 *
 * Returns: (transfer none): its answer as typed; "" where there is none
 */
const char *
kan_question_row_get (KanQuestionRow *self)
{
  const KanQuestionSlot *slot = kan_question_row_get_slot (self);
  const char *typed;

  if (slot->rows_key != NULL)
    typed = kan_answers_get_cell (slot->answers, slot->rows_key, slot->row, slot->question->key);
  else if (strcmp (slot->question->key, "happened_at") == 0)
    typed = kan_answers_get_happened (slot->answers);
  else
    typed = kan_answers_get (slot->answers, slot->question->key);
  return typed != NULL ? typed : "";
}

/**
 * kan_question_row_put:
 * @self: a row
 * @typed: (nullable): its answer from now on; "" or %NULL takes it back
 *
 * Rows of an act write their cells themselves and call this with %NULL only to tell that something changed.
 */
void
kan_question_row_put (KanQuestionRow *self, const char *typed)
{
  const KanQuestionSlot *slot = kan_question_row_get_slot (self);

  if (slot->rows_key != NULL)
    kan_answers_set_cell (slot->answers, slot->rows_key, slot->row, slot->question->key, typed);
  else if (strcmp (slot->question->key, "happened_at") == 0)
    kan_answers_set_happened (slot->answers, typed);
  else if (slot->question->type != KAN_ROWS)
    kan_answers_set (slot->answers, slot->question->key, typed);
  refresh_badge (self);
  g_signal_emit (self, signals[ANSWERED], 0);
}

/**
 * kan_needed_badge_new:
 *
 * Returns: (transfer floating): the word that an answer is needed, hidden
 */
GtkWidget *
kan_needed_badge_new (void)
{
  GtkWidget *badge = gtk_label_new (_("Needed"));

  gtk_widget_add_css_class (badge, "kan-badge");
  gtk_widget_add_css_class (badge, "caption");
  gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (badge, FALSE);
  return badge;
}

/**
 * kan_question_badge_new:
 * @self: the row
 *
 * Returns: (transfer floating): the word that an answer is needed, shown while there is none; or that it is taken over
 *   from the last time
 */
GtkWidget *
kan_question_badge_new (KanQuestionRow *self)
{
  GtkWidget *badge = kan_needed_badge_new ();

  g_object_set_data (G_OBJECT (self), "kan-badge", badge);
  refresh_badge (self);
  return badge;
}

/**
 * kan_question_hint_new:
 *
 * Returns: (transfer floating): a dim label beside an answer: what it means, what the program will answer
 */
GtkWidget *
kan_question_hint_new (void)
{
  GtkWidget *hint = gtk_label_new (NULL);

  gtk_widget_add_css_class (hint, "dim-label");
  gtk_label_set_ellipsize (GTK_LABEL (hint), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (hint), 28);
  gtk_widget_set_visible (hint, FALSE);
  return hint;
}
