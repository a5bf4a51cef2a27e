/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of an act, e.g. one line per medium with the number that was read off it: each with its own cells, removable,
 * and a button that adds one. */
#include "kit/kan-question-row.h"

#include <glib/gi18n.h>

struct _KanRowsRow
{
  AdwExpanderRow parent_instance;

  GPtrArray     *lines;          /* owned: GtkWidget * (borrowed), headings and cells */
  gboolean       is_ready;
};

static void kan_rows_row_question_init (KanQuestionRowInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KanRowsRow, kan_rows_row, ADW_TYPE_EXPANDER_ROW,
                               G_IMPLEMENT_INTERFACE (KAN_TYPE_QUESTION_ROW, kan_rows_row_question_init))

static void refresh (KanRowsRow *self);

static void
answered_cb (KanRowsRow *self)
{
  kan_question_row_put (KAN_QUESTION_ROW (self), NULL);
}

static void
remove_cb (GtkButton *button, gpointer user_data)
{
  KanRowsRow *self = KAN_ROWS_ROW (user_data);
  const KanQuestionSlot *slot = kan_question_row_get_slot (KAN_QUESTION_ROW (self));

  kan_answers_remove_row (slot->answers, slot->question->key,
                          GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "kan-row")));
  refresh (self);
  answered_cb (self);
}

static void
add_heading (KanRowsRow *self, guint index)
{
  GtkWidget *row = adw_action_row_new (), *button = gtk_button_new_from_icon_name ("list-remove-symbolic");
  g_autofree char *title = g_strdup_printf (_("Line %u"), index + 1);
  g_autofree char *words = g_strdup_printf (_("Take out line %u"), index + 1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_widget_add_css_class (row, "kan-rows-heading");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  g_object_set_data (G_OBJECT (button), "kan-row", GUINT_TO_POINTER (index));
  g_signal_connect (button, "clicked", G_CALLBACK (remove_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  g_ptr_array_add (self->lines, row);
}

static void
add_cells (KanRowsRow *self, guint index)
{
  const KanQuestionSlot *own = kan_question_row_get_slot (KAN_QUESTION_ROW (self));

  for (guint i = 0; own->question->cells != NULL && i < own->question->cells->len; i++)
    {
      KanQuestionSlot slot = { own->session, g_ptr_array_index (own->question->cells, i), own->answers,
                               own->question->key, index };
      GtkWidget *cell = kan_question_row_new (&slot);

      g_signal_connect_object (cell, "answered", G_CALLBACK (answered_cb), self, G_CONNECT_SWAPPED);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (self), cell);
      g_ptr_array_add (self->lines, cell);
    }
}

static void
refresh (KanRowsRow *self)
{
  const KanQuestionSlot *slot = kan_question_row_get_slot (KAN_QUESTION_ROW (self));
  guint n = kan_answers_n_rows (slot->answers, slot->question->key);

  for (guint i = 0; i < self->lines->len; i++)
    adw_expander_row_remove (ADW_EXPANDER_ROW (self), g_ptr_array_index (self->lines, i));
  g_ptr_array_set_size (self->lines, 0);
  for (guint i = 0; i < n; i++)
    {
      add_heading (self, i);
      add_cells (self, i);
    }
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), n > 0);
}

static void
add_cb (KanRowsRow *self)
{
  const KanQuestionSlot *slot = kan_question_row_get_slot (KAN_QUESTION_ROW (self));
  const KanQuestion *first = g_ptr_array_index (slot->question->cells, 0);
  guint n = kan_answers_n_rows (slot->answers, slot->question->key);

  kan_answers_set_cell (slot->answers, slot->question->key, n, first->key, "");
  refresh (self);
  if (self->lines->len > n * (slot->question->cells->len + 1) + 1)
    gtk_widget_grab_focus (g_ptr_array_index (self->lines, n * (slot->question->cells->len + 1) + 1));
  answered_cb (self);
}

static void
rows_row_load (KanQuestionRow *row)
{
  KanRowsRow *self = KAN_ROWS_ROW (row);

  if (!self->is_ready)
    {
      GtkWidget *button = gtk_button_new_with_mnemonic (_("_Add a line")), *box;

      self->is_ready = TRUE;
      box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      g_signal_connect_swapped (button, "clicked", G_CALLBACK (add_cb), self);
      gtk_box_append (GTK_BOX (box), kan_question_badge_new (row));
      gtk_box_append (GTK_BOX (box), button);
      adw_expander_row_add_action (ADW_EXPANDER_ROW (self), box);
    }
  refresh (self);
}

static void
rows_row_filled (KanQuestionRow *row, const char *shown)
{
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), shown != NULL ? shown : "");
}

static void
kan_rows_row_question_init (KanQuestionRowInterface *iface)
{
  iface->load = rows_row_load;
  iface->filled = rows_row_filled;
}

static void
kan_rows_row_finalize (GObject *object)
{
  g_ptr_array_unref (KAN_ROWS_ROW (object)->lines);
  G_OBJECT_CLASS (kan_rows_row_parent_class)->finalize (object);
}

static void
kan_rows_row_class_init (KanRowsRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kan_rows_row_finalize;
}

static void
kan_rows_row_init (KanRowsRow *self)
{
  self->lines = g_ptr_array_new ();
}
