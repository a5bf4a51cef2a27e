/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a register is narrowed down: chips for its lists and states, a filter from elsewhere, filters that were saved. */
#include "kit/kan-register-page-private.h"

#include "kit/kan-pieces.h"
#include "kit/kan-saved-filters.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * kan_register_page_is_filtered:
 *
 * Whether anything narrows the register down.
 */
gboolean
kan_register_page_is_filtered (KanRegisterPage *self)
{
  return self->query->list != NULL || self->query->state != NULL || self->query->column != NULL ||
         (self->query->search != NULL && *self->query->search != '\0');
}

/* --- chips ---------------------------------------------------------------------------------------------------- */

static void
take_text (char **place, const char *text)
{
  if (g_strcmp0 (*place, text) == 0)
    return;
  g_free (*place);
  *place = g_strdup (text);
}

/**
 * kan_register_page_choose:
 *
 * Another question, by chips, a saved filter or from outside.
 */
void
kan_register_page_choose (KanRegisterPage *self, const char *list, const char *state, const char *search)
{
  gboolean other_list = g_strcmp0 (self->query->list, list) != 0;

  take_text (&self->query->list, list);
  take_text (&self->query->state, state);
  take_text (&self->query->search, search);
  self->settling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->search), search != NULL ? search : "");
  self->settling = FALSE;
  if (other_list || self->view == NULL)       /* a list may have columns of its own */
    kan_register_page_load_view (self);
  else
    {
      kan_register_page_show_chips (self);
      kan_register_page_ask (self);
    }
}

/**
 * kan_register_page_clear_filter:
 *
 * Takes back the filter that came from elsewhere.
 */
void
kan_register_page_clear_filter (KanRegisterPage *self)
{
  g_clear_pointer (&self->query->column, g_free);
  g_clear_pointer (&self->query->value, g_free);
  g_clear_pointer (&self->filter_words, g_free);
}

static void
list_chip_cb (GtkToggleButton *chip, KanRegisterPage *self)
{
  const char *list = g_object_get_data (G_OBJECT (chip), "kan-value");

  if (self->settling)
    return;
  if (list == NULL)
    {
      kan_register_page_clear_filter (self);
      kan_register_page_choose (self, NULL, NULL, NULL);
    }
  else
    kan_register_page_choose (self, gtk_toggle_button_get_active (chip) ? list : NULL, self->query->state,
                              self->query->search);
}

static void
state_chip_cb (GtkToggleButton *chip, KanRegisterPage *self)
{
  const char *state = g_object_get_data (G_OBJECT (chip), "kan-value");

  if (!self->settling)
    kan_register_page_choose (self, self->query->list, gtk_toggle_button_get_active (chip) ? state : NULL,
                              self->query->search);
}

static void
filter_chip_cb (G_GNUC_UNUSED GtkToggleButton *chip, KanRegisterPage *self)
{
  if (self->settling)
    return;
  kan_register_page_clear_filter (self);
  kan_register_page_choose (self, self->query->list, self->query->state, self->query->search);
}

static GtkWidget *
add_chip (KanRegisterPage *self, KanWrap *chips, const char *label, const char *value, GCallback toggled)
{
  GtkWidget *chip = gtk_toggle_button_new_with_label (label);

  gtk_widget_add_css_class (chip, "chip");
  g_object_set_data_full (G_OBJECT (chip), "kan-value", g_strdup (value), g_free);
  g_signal_connect (chip, "toggled", toggled, self);
  kan_wrap_append (chips, chip);
  return chip;
}

static gboolean
has_label (GPtrArray *choices, const char *label)
{
  for (guint i = 0; i < choices->len; i++)
    if (strcmp (((KanViewChoice *) g_ptr_array_index (choices, i))->label, label) == 0)
      return TRUE;
  return FALSE;
}

/* Once: the chips stay, so that the keyboard stays where it is. States that a list shows under the same name are not
 * offered twice. */
static void
make_chips (KanRegisterPage *self)
{
  self->filter_chip = add_chip (self, self->chips, "", NULL, G_CALLBACK (filter_chip_cb));
  self->all_chip = add_chip (self, self->chips, _("All"), NULL, G_CALLBACK (list_chip_cb));
  for (guint i = 0; i < self->view->lists->len; i++)
    {
      const KanViewChoice *list = g_ptr_array_index (self->view->lists, i);

      add_chip (self, self->chips, list->label, list->value, G_CALLBACK (list_chip_cb));
    }
  for (guint i = 0; i < self->view->states->len; i++)
    {
      const KanViewChoice *state = g_ptr_array_index (self->view->states, i);

      if (!has_label (self->view->lists, state->label))
        add_chip (self, self->state_chips, state->label, state->value, G_CALLBACK (state_chip_cb));
    }
  gtk_widget_set_visible (self->states_toggle, gtk_widget_get_first_child (GTK_WIDGET (self->state_chips)) != NULL);
}

static void
settle (KanWrap *chips, const char *chosen)
{
  for (GtkWidget *chip = gtk_widget_get_first_child (GTK_WIDGET (chips)); chip != NULL;
       chip = gtk_widget_get_next_sibling (chip))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip), chosen != NULL &&
                                  g_strcmp0 (g_object_get_data (G_OBJECT (chip), "kan-value"), chosen) == 0);
}

/**
 * kan_register_page_show_chips:
 *
 * Lets the chips show what is asked.
 */
void
kan_register_page_show_chips (KanRegisterPage *self)
{
  if (self->all_chip == NULL)
    make_chips (self);
  self->settling = TRUE;
  settle (self->chips, self->query->list);
  settle (self->state_chips, self->query->state);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->all_chip), !kan_register_page_is_filtered (self));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->filter_chip), TRUE);
  gtk_button_set_label (GTK_BUTTON (self->filter_chip), self->filter_words != NULL ? self->filter_words : "");
  gtk_widget_set_visible (self->filter_chip, self->filter_words != NULL);
  /* one alone, that is chosen, offers nothing */
  gtk_widget_set_visible (GTK_WIDGET (self->chips), self->view->lists->len > 0 || kan_register_page_is_filtered (self));
  if (self->query->state != NULL)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->states_toggle), TRUE);
  self->settling = FALSE;
}

/* --- saved filters -------------------------------------------------------------------------------------------- */

/**
 * kan_register_page_saved_activated_cb:
 *
 * Takes a saved filter.
 */
void
kan_register_page_saved_activated_cb (KanRegisterPage *self, GtkListBoxRow *row)
{
  const KanQuery *query = g_object_get_data (G_OBJECT (row), "kan-query");

  gtk_popover_popdown (self->saved_popover);
  kan_register_page_clear_filter (self);
  kan_register_page_choose (self, query->list, query->state, query->search);
}

static void
drop_saved_cb (GtkButton *button, KanRegisterPage *self)
{
  kan_saved_filters_drop (self->query->register_id, g_object_get_data (G_OBJECT (button), "kan-name"));
  kan_register_page_list_saved (self);
}

static void
add_saved (KanRegisterPage *self, KanSavedFilter *saved)
{
  GtkWidget *row = adw_action_row_new (), *drop = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *words = g_strdup_printf (_("Remove “%s”"), saved->name);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), saved->name);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_widget_set_valign (drop, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (drop, "flat");
  gtk_widget_set_tooltip_text (drop, words);
  kan_describe (drop, words, NULL);
  g_object_set_data_full (G_OBJECT (drop), "kan-name", g_strdup (saved->name), g_free);
  g_object_set_data_full (G_OBJECT (row), "kan-query", g_steal_pointer (&saved->query),
                          (GDestroyNotify) kan_query_free);
  g_signal_connect (drop, "clicked", G_CALLBACK (drop_saved_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), drop);
  gtk_list_box_append (self->saved_list, row);
}

/**
 * kan_register_page_list_saved:
 *
 * Shows the filters that were saved.
 */
void
kan_register_page_list_saved (KanRegisterPage *self)
{
  g_autoptr(GPtrArray) saved = kan_saved_filters_list (self->query->register_id);
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->saved_list))) != NULL)
    gtk_list_box_remove (self->saved_list, row);
  for (guint i = 0; i < saved->len; i++)
    add_saved (self, g_ptr_array_index (saved, i));
  gtk_widget_set_visible (GTK_WIDGET (self->saved_list), saved->len > 0);
  gtk_widget_set_visible (self->no_saved, saved->len == 0);
}

/**
 * kan_register_page_save_filter_cb:
 *
 * Saves the present question under the name that was typed.
 */
void
kan_register_page_save_filter_cb (KanRegisterPage *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->saved_name))));

  if (*name == '\0')
    {
      gtk_widget_error_bell (GTK_WIDGET (self->saved_name));
      return;
    }
  kan_saved_filters_add (name, self->query);
  gtk_editable_set_text (GTK_EDITABLE (self->saved_name), "");
  kan_register_page_list_saved (self);
}

/* --- from outside --------------------------------------------------------------------------------------------- */

/**
 * kan_register_page_set_filter:
 * @self: a page
 * @column: a field
 * @value: what it must be, as stored, e.g. "M12"
 * @words: what that means, for the chip that takes it back
 */
void
kan_register_page_set_filter (KanRegisterPage *self, const char *column, const char *value, const char *words)
{
  kan_register_page_clear_filter (self);
  take_text (&self->query->column, column);
  take_text (&self->query->value, value);
  take_text (&self->filter_words, words);
  take_text (&self->query->list, NULL);
  take_text (&self->query->state, NULL);
  take_text (&self->query->search, NULL);
  kan_register_page_load_view (self);
}

/**
 * kan_register_page_show_count:
 *
 * Says how many records the list has.
 */
void
kan_register_page_show_count (KanRegisterPage *self)
{
  guint n = kan_slots_get_n (self->slots);
  g_autofree char *number = kan_group_digits (n);
  g_autofree char *words = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s record", "%s records", n), number);

  gtk_label_set_text (self->count, words);
}

/**
 * kan_register_page_show_empty:
 *
 * Says what to do where there is nothing.
 */
void
kan_register_page_show_empty (KanRegisterPage *self)
{
  gboolean filtered = kan_register_page_is_filtered (self);

  adw_status_page_set_icon_name (self->empty, filtered ? "edit-find-symbolic" : "view-list-symbolic");
  adw_status_page_set_title (self->empty, filtered ? _("Nothing Found") : _("Nothing Here Yet"));
  adw_status_page_set_description (self->empty, filtered ? _("No record is like that. Search for less, or show all.")
    : self->can_begin ? _("Records appear here once the first one was made. The buttons below begin it.")
    : _("Records appear here once the first one was made."));
  gtk_widget_set_visible (self->show_all, filtered);
}
