/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One record, or one of many choices: a row that opens a searching dialog. */
#include "kit/kan-dialogs.h"
#include "kit/kan-picker.h"
#include "kit/kan-question-row.h"

#include <glib/gi18n.h>
#include <string.h>

struct _KanReferenceRow
{
  AdwActionRow  parent_instance;

  /* Borrowed suffixes */
  GtkWidget    *value;
  GtkWidget    *clear;

  GCancellable *asking;         /* owned */
  gboolean      is_ready;
};

static void kan_reference_row_question_init (KanQuestionRowInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KanReferenceRow, kan_reference_row, ADW_TYPE_ACTION_ROW,
                               G_IMPLEMENT_INTERFACE (KAN_TYPE_QUESTION_ROW, kan_reference_row_question_init))

static const KanQuestion *
question_of (KanReferenceRow *self)
{
  return kan_question_row_get_slot (KAN_QUESTION_ROW (self))->question;
}

static void
show_name (KanReferenceRow *self, const char *name)
{
  g_autofree char *visible = kan_visible_text (name);
  gboolean answered = *kan_question_row_get (KAN_QUESTION_ROW (self)) != '\0';

  gtk_label_set_text (GTK_LABEL (self->value), visible);
  gtk_widget_set_tooltip_text (self->value, visible);
  gtk_widget_set_visible (self->value, *visible != '\0');
  gtk_widget_set_visible (self->clear, answered && !question_of (self)->must);
}

/* --- picking --------------------------------------------------------------------------------------------------- */

static void
picked_cb (KanReferenceRow *self, GStrv values, GStrv names)
{
  if (values[0] == NULL)
    return;
  g_cancellable_cancel (self->asking);
  kan_question_row_put (KAN_QUESTION_ROW (self), values[0]);
  show_name (self, names[0]);
}

static void
activated_cb (KanReferenceRow *self)
{
  const KanQuestion *question = question_of (self);
  const KanQuestionSlot *slot = kan_question_row_get_slot (KAN_QUESTION_ROW (self));
  GtkWidget *picker;

  if (question->type == KAN_CHOICE)
    picker = kan_picker_new_for_choices (GTK_WIDGET (self), question->label, question->choices);
  else
    {
      picker = kan_picker_new (slot->session, GTK_WIDGET (self), question->label, question->of,
                               question->of_registers, FALSE);
      kan_picker_set_for (KAN_PICKER (picker), kan_answers_get_kind (slot->answers), question->key);
    }
  g_signal_connect_object (picker, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (picker));
}

static void
clear_cb (KanReferenceRow *self)
{
  kan_question_row_put (KAN_QUESTION_ROW (self), NULL);
  show_name (self, "");
}

/* --- showing --------------------------------------------------------------------------------------------------- */

static void
names_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(KanReferenceRow) self = KAN_REFERENCE_ROW (user_data);
  g_autoptr(GHashTable) names = kan_picker_names_finish (KAN_SESSION (source), result, NULL);
  const char *subject, *name;

  if (names == NULL || self->asking == NULL)
    return;
  subject = kan_question_row_get (KAN_QUESTION_ROW (self));
  name = g_hash_table_lookup (names, subject);

  if (name != NULL)
    show_name (self, name);
}

static const char *
choice_label (const KanQuestion *question, const char *value)
{
  for (guint i = 0; i < question->choices->len; i++)
    {
      const KanViewChoice *choice = g_ptr_array_index (question->choices, i);

      if (strcmp (choice->value, value) == 0)
        return choice->label;
    }
  return value;
}

static void
make_ready (KanReferenceRow *self)
{
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");

  self->is_ready = TRUE;
  self->value = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->value), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_xalign (GTK_LABEL (self->value), 1.0f);
  self->clear = gtk_button_new_from_icon_name ("edit-clear-symbolic");
  gtk_widget_add_css_class (self->clear, "flat");
  gtk_widget_set_valign (self->clear, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (self->clear, _("Take the answer back"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->clear), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Take the answer back"), -1);
  g_signal_connect_swapped (self->clear, "clicked", G_CALLBACK (clear_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->value);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), kan_question_badge_new (KAN_QUESTION_ROW (self)));
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->clear);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), arrow);
}

static void
reference_row_filled (KanQuestionRow *row, const char *shown)
{
  gboolean answered = *kan_question_row_get (row) != '\0';
  g_autofree char *words = answered ? NULL : shown != NULL ? g_strdup_printf (_("Automatic: %s"), shown)
                           : g_strdup (question_of (KAN_REFERENCE_ROW (row))->meaning);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words != NULL ? words : "");
}

static void
reference_row_load (KanQuestionRow *row)
{
  KanReferenceRow *self = KAN_REFERENCE_ROW (row);
  const KanQuestionSlot *slot = kan_question_row_get_slot (row);
  const char *subject = kan_question_row_get (row);

  if (!self->is_ready)
    make_ready (self);
  if (slot->question->type == KAN_CHOICE)
    {
      show_name (self, *subject != '\0' ? choice_label (slot->question, subject) : "");
      return;
    }
  show_name (self, subject);
  reference_row_filled (row, NULL);
  if (*subject == '\0')
    return;
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  self->asking = g_cancellable_new ();
  kan_picker_names_async (slot->session, slot->question->of, subject, self->asking, names_cb, g_object_ref (self));
}

static void
kan_reference_row_question_init (KanQuestionRowInterface *iface)
{
  iface->load = reference_row_load;
  iface->filled = reference_row_filled;
}

static void
kan_reference_row_dispose (GObject *object)
{
  KanReferenceRow *self = KAN_REFERENCE_ROW (object);

  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  G_OBJECT_CLASS (kan_reference_row_parent_class)->dispose (object);
}

static void
kan_reference_row_class_init (KanReferenceRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kan_reference_row_dispose;
}

static void
kan_reference_row_init (KanReferenceRow *self)
{
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), TRUE);
  g_signal_connect (self, "activated", G_CALLBACK (activated_cb), NULL);
}
