/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several records: one line each, that can be taken out again, and a searching dialog to choose them in. */
#include "kit/kan-dialogs.h"
#include "kit/kan-picker.h"
#include "kit/kan-question-row.h"

#include <glib/gi18n.h>
#include <string.h>

struct _KanReferencesRow
{
  AdwExpanderRow parent_instance;

  GPtrArray     *lines;          /* owned: GtkWidget * (borrowed), what lies in it */
  GHashTable    *names;          /* owned: subject → name */
  GCancellable  *asking;         /* owned */
  gboolean       is_ready;
};

static void kan_references_row_question_init (KanQuestionRowInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KanReferencesRow, kan_references_row, ADW_TYPE_EXPANDER_ROW,
                               G_IMPLEMENT_INTERFACE (KAN_TYPE_QUESTION_ROW, kan_references_row_question_init))

static void refresh (KanReferencesRow *self);

static void
remove_cb (GtkButton *button, gpointer user_data)
{
  KanReferencesRow *self = KAN_REFERENCES_ROW (user_data);
  const char *gone = g_object_get_data (G_OBJECT (button), "kan-value");
  g_auto(GStrv) subjects = g_strsplit (kan_question_row_get (KAN_QUESTION_ROW (self)), ",", -1);
  g_autoptr(GString) left = g_string_new (NULL);

  for (char **subject = subjects; *subject != NULL; subject++)
    if (strcmp (*subject, gone) != 0)
      g_string_append_printf (left, "%s%s", left->len > 0 ? "," : "", *subject);
  kan_question_row_put (KAN_QUESTION_ROW (self), left->str);
  refresh (self);
}

static void
add_line (KanReferencesRow *self, const char *subject)
{
  GtkWidget *row = adw_action_row_new (), *button = gtk_button_new_from_icon_name ("list-remove-symbolic");
  const char *name = g_hash_table_lookup (self->names, subject);
  g_autofree char *visible = kan_visible_text (name != NULL ? name : subject);
  g_autofree char *words = g_strdup_printf (_("Take out %s"), visible);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), visible);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subject);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  g_object_set_data_full (G_OBJECT (button), "kan-value", g_strdup (subject), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (remove_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  g_ptr_array_add (self->lines, row);
}

static void
refresh (KanReferencesRow *self)
{
  g_auto(GStrv) subjects = g_strsplit (kan_question_row_get (KAN_QUESTION_ROW (self)), ",", -1);

  for (guint i = 0; i < self->lines->len; i++)
    adw_expander_row_remove (ADW_EXPANDER_ROW (self), g_ptr_array_index (self->lines, i));
  g_ptr_array_set_size (self->lines, 0);
  for (char **subject = subjects; *subject != NULL; subject++)
    if (**subject != '\0')
      add_line (self, *subject);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), self->lines->len > 0);
}

/* --- picking --------------------------------------------------------------------------------------------------- */

static void
picked_cb (KanReferencesRow *self, GStrv values, GStrv names)
{
  g_autofree char *joined = g_strjoinv (",", values);

  for (guint i = 0; values[i] != NULL; i++)
    if (strcmp (values[i], names[i]) != 0)
      g_hash_table_insert (self->names, g_strdup (values[i]), g_strdup (names[i]));
  kan_question_row_put (KAN_QUESTION_ROW (self), joined);
  refresh (self);
}

static void
choose_cb (KanReferencesRow *self)
{
  const KanQuestionSlot *slot = kan_question_row_get_slot (KAN_QUESTION_ROW (self));
  GtkWidget *picker = kan_picker_new (slot->session, GTK_WIDGET (self), slot->question->label, slot->question->of,
                                      slot->question->of_registers, TRUE);

  kan_picker_set_for (KAN_PICKER (picker), kan_answers_get_kind (slot->answers), slot->question->key);
  kan_picker_set_picked (KAN_PICKER (picker), kan_question_row_get (KAN_QUESTION_ROW (self)));
  g_signal_connect_object (picker, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (picker));
}

static void
names_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(KanReferencesRow) self = KAN_REFERENCES_ROW (user_data);
  g_autoptr(GHashTable) names = kan_picker_names_finish (KAN_SESSION (source), result, NULL);
  GHashTableIter iter;
  gpointer subject, name;

  if (names == NULL || self->names == NULL)
    return;
  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &subject, &name))
    g_hash_table_insert (self->names, g_strdup (subject), g_strdup (name));
  refresh (self);
}

/* --- a row ----------------------------------------------------------------------------------------------------- */

static void
make_ready (KanReferencesRow *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Choose…"));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *words = NULL;

  self->is_ready = TRUE;
  words = g_strdup_printf (_("Choose: %s"), kan_question_row_get_slot (KAN_QUESTION_ROW (self))->question->label);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (choose_cb), self);
  gtk_box_append (GTK_BOX (box), kan_question_badge_new (KAN_QUESTION_ROW (self)));
  gtk_box_append (GTK_BOX (box), button);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (self), box);
}

static void
references_row_load (KanQuestionRow *row)
{
  KanReferencesRow *self = KAN_REFERENCES_ROW (row);
  const KanQuestionSlot *slot = kan_question_row_get_slot (row);

  if (!self->is_ready)
    make_ready (self);
  refresh (self);
  if (self->lines->len == 0)
    return;
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  self->asking = g_cancellable_new ();
  kan_picker_names_async (slot->session, slot->question->of, kan_question_row_get (row), self->asking, names_cb,
                          g_object_ref (self));
}

static void
references_row_filled (KanQuestionRow *row, const char *shown)
{
  g_autofree char *words = shown != NULL ? g_strdup_printf (_("Automatic: %s"), shown) : NULL;

  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), words != NULL ? words : "");
}

static void
kan_references_row_question_init (KanQuestionRowInterface *iface)
{
  iface->load = references_row_load;
  iface->filled = references_row_filled;
}

static void
kan_references_row_dispose (GObject *object)
{
  KanReferencesRow *self = KAN_REFERENCES_ROW (object);

  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_clear_pointer (&self->names, g_hash_table_unref);
  G_OBJECT_CLASS (kan_references_row_parent_class)->dispose (object);
}

static void
kan_references_row_class_init (KanReferencesRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kan_references_row_dispose;
}

static void
kan_references_row_init (KanReferencesRow *self)
{
  self->lines = g_ptr_array_new ();
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}
