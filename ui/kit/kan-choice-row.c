/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One of a few choices, and yes or no: a list where an answer is needed, a switch where silence means no. */
#include "kit/kan-question-row.h"

#include <glib/gi18n.h>
#include <string.h>

#define SHORT_CHARS 10

struct _KanChoiceRow
{
  AdwComboRow parent_instance;

  gboolean    is_ready, is_loading;
};

struct _KanYesRow
{
  AdwActionRow parent_instance;

  GtkSwitch   *toggle;          /* borrowed */
  gboolean     is_loading;
};

static void kan_choice_row_question_init (KanQuestionRowInterface *iface);
static void kan_yes_row_question_init (KanQuestionRowInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KanChoiceRow, kan_choice_row, ADW_TYPE_COMBO_ROW,
                               G_IMPLEMENT_INTERFACE (KAN_TYPE_QUESTION_ROW, kan_choice_row_question_init))
G_DEFINE_FINAL_TYPE_WITH_CODE (KanYesRow, kan_yes_row, ADW_TYPE_ACTION_ROW,
                               G_IMPLEMENT_INTERFACE (KAN_TYPE_QUESTION_ROW, kan_yes_row_question_init))

/* Where the choice itself stands below the title, there is no room for it, and the list says it anyway. */
static void
set_filled (KanQuestionRow *row, const char *shown)
{
  const char *meaning = kan_question_row_get_slot (row)->question->meaning;
  g_autofree char *words = shown != NULL ? g_strdup_printf (_("Automatic: %s"), shown) : g_strdup (meaning);

  if (!ADW_IS_COMBO_ROW (row) || !adw_combo_row_get_use_subtitle (ADW_COMBO_ROW (row)))
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words != NULL ? words : "");
}

/* --- one of a few ---------------------------------------------------------------------------------------------- */

static const char *
nth_value (const KanQuestion *question, guint index)
{
  if (index == 0 || index == GTK_INVALID_LIST_POSITION)
    return "";
  if (question->type == KAN_YES)
    return index == 1 ? "yes" : "no";
  return ((KanViewChoice *) g_ptr_array_index (question->choices, index - 1))->value;
}

static void
selected_cb (KanChoiceRow *self)
{
  KanQuestionRow *row = KAN_QUESTION_ROW (self);

  if (self->is_ready && !self->is_loading)
    kan_question_row_put (row, nth_value (kan_question_row_get_slot (row)->question,
                                          adw_combo_row_get_selected (ADW_COMBO_ROW (self))));
}

/* Long choices stand below the title, where they are not cut. */
static gboolean
is_long (const KanQuestion *question)
{
  for (guint i = 0; question->choices != NULL && i < question->choices->len; i++)
    if (g_utf8_strlen (((KanViewChoice *) g_ptr_array_index (question->choices, i))->label, -1) > SHORT_CHARS)
      return TRUE;
  return FALSE;
}

/* The one that is chosen is ticked. */
static void
show_tick_cb (AdwComboRow *row, GParamSpec *pspec, GtkListItem *item)
{
  GtkWidget *tick = gtk_widget_get_last_child (gtk_list_item_get_child (item));

  gtk_widget_set_opacity (tick, adw_combo_row_get_selected (row) == gtk_list_item_get_position (item) ? 1 : 0);
}

static void
setup_choice_cb (GtkSignalListItemFactory *factory, GtkListItem *item, KanChoiceRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), g_object_new (GTK_TYPE_IMAGE, "icon-name", "object-select-symbolic",
                                               "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  gtk_list_item_set_child (item, box);
}

static void
bind_choice_cb (GtkSignalListItemFactory *factory, GtkListItem *item, KanChoiceRow *self)
{
  GtkWidget *label = gtk_widget_get_first_child (gtk_list_item_get_child (item));

  gtk_label_set_text (GTK_LABEL (label), gtk_string_object_get_string (gtk_list_item_get_item (item)));
  g_signal_connect_object (self, "notify::selected", G_CALLBACK (show_tick_cb), item, 0);
  show_tick_cb (ADW_COMBO_ROW (self), NULL, item);
}

static void
unbind_choice_cb (GtkSignalListItemFactory *factory, GtkListItem *item, KanChoiceRow *self)
{
  g_signal_handlers_disconnect_by_data (self, item);
}

/* Of itself a list cuts what is longer than twenty characters. */
static void
set_whole_words (KanChoiceRow *self)
{
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_choice_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_choice_cb), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_choice_cb), self);
  adw_combo_row_set_list_factory (ADW_COMBO_ROW (self), factory);
}

/* The arrow stands last, as in every other row that opens something. */
static void
add_badge (KanChoiceRow *self)
{
  GtkWidget *badge = kan_question_badge_new (KAN_QUESTION_ROW (self)), *suffixes;

  adw_action_row_add_suffix (ADW_ACTION_ROW (self), badge);
  suffixes = gtk_widget_get_parent (badge);
  if (GTK_IS_BOX (suffixes))
    gtk_box_reorder_child_after (GTK_BOX (suffixes), badge, NULL);
}

static void
choice_row_make_ready (KanChoiceRow *self)
{
  KanQuestionRow *row = KAN_QUESTION_ROW (self);
  const KanQuestion *question = kan_question_row_get_slot (row)->question;
  g_autoptr(GtkStringList) labels = gtk_string_list_new (NULL);

  gtk_string_list_append (labels, _("Not chosen"));
  if (question->type == KAN_YES)
    {
      gtk_string_list_append (labels, _("Yes"));
      gtk_string_list_append (labels, _("No"));
    }
  for (guint i = 0; question->type != KAN_YES && question->choices != NULL && i < question->choices->len; i++)
    gtk_string_list_append (labels, ((KanViewChoice *) g_ptr_array_index (question->choices, i))->label);
  adw_combo_row_set_use_subtitle (ADW_COMBO_ROW (self), is_long (question));
  if (is_long (question))
    set_whole_words (self);
  adw_combo_row_set_model (ADW_COMBO_ROW (self), G_LIST_MODEL (labels));
  add_badge (self);
  self->is_ready = TRUE;
}

static void
choice_row_load (KanQuestionRow *row)
{
  KanChoiceRow *self = KAN_CHOICE_ROW (row);
  const KanQuestion *question = kan_question_row_get_slot (row)->question;
  const char *value = kan_question_row_get (row);
  guint n, found = 0;

  self->is_loading = TRUE;
  if (!self->is_ready)
    choice_row_make_ready (self);
  n = g_list_model_get_n_items (adw_combo_row_get_model (ADW_COMBO_ROW (self)));
  for (guint i = 1; i < n && found == 0; i++)
    if (strcmp (nth_value (question, i), value) == 0)
      found = i;
  adw_combo_row_set_selected (ADW_COMBO_ROW (self), found);
  self->is_loading = FALSE;
}

static void
kan_choice_row_question_init (KanQuestionRowInterface *iface)
{
  iface->load = choice_row_load;
  iface->filled = set_filled;
}

static void
kan_choice_row_class_init (KanChoiceRowClass *klass)
{
}

static void
kan_choice_row_init (KanChoiceRow *self)
{
  g_signal_connect (self, "notify::selected", G_CALLBACK (selected_cb), NULL);
}

/* --- yes or nothing -------------------------------------------------------------------------------------------- */

static void
toggled_cb (KanYesRow *self)
{
  if (!self->is_loading)
    kan_question_row_put (KAN_QUESTION_ROW (self), gtk_switch_get_active (self->toggle) ? "yes" : NULL);
}

static void
yes_row_load (KanQuestionRow *row)
{
  KanYesRow *self = KAN_YES_ROW (row);

  self->is_loading = TRUE;
  set_filled (row, NULL);
  gtk_switch_set_active (self->toggle, strcmp (kan_question_row_get (row), "yes") == 0);
  self->is_loading = FALSE;
}

static void
kan_yes_row_question_init (KanQuestionRowInterface *iface)
{
  iface->load = yes_row_load;
  iface->filled = set_filled;
}

static void
kan_yes_row_class_init (KanYesRowClass *klass)
{
}

static void
kan_yes_row_init (KanYesRow *self)
{
  self->toggle = GTK_SWITCH (gtk_switch_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->toggle), GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->toggle));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), GTK_WIDGET (self->toggle));
  g_signal_connect_swapped (self->toggle, "notify::active", G_CALLBACK (toggled_cb), self);
}
