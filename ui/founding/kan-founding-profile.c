/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which regulation the office works under: one of those shipped, or a file of its own, with what it says in short. */
#include "founding/kan-founding-private.h"

#include "kit/kan-dialogs.h"
#include "settings/kan-profile-file.h"

#include <glib/gi18n.h>
#include <string.h>

static const char *const shipped[KAN_FOUNDING_SHIPPED] = { "nagasaki", "fukui", "blank" };

static KanProfile *
load_shipped (const char *id)
{
  g_autofree char *path = g_strdup_printf ("/io/github/kanribo/Kanribo/profiles/%s.json", id);
  g_autoptr(GBytes) bytes = g_resources_lookup_data (path, 0, NULL);

  return bytes != NULL ? kan_profile_new_from_json (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                                                    NULL) : NULL;
}

static AdwPreferencesGroup *
summary_group (KanFoundingWindow *self)
{
  return g_object_get_data (G_OBJECT (self->summary), "kan-group");
}

static GPtrArray *
summary_rows (KanFoundingWindow *self)
{
  return g_object_get_data (G_OBJECT (self->summary), "kan-rows");
}

static void
show_profile (KanFoundingWindow *self, KanProfile *profile)
{
  g_clear_pointer (&self->profile, kan_profile_unref);
  self->profile = profile;
  kan_note_row_say (self->profile_note, "", FALSE);
  adw_preferences_group_set_title (summary_group (self), _("What it says"));
  kan_profile_file_show_lines (summary_group (self), summary_rows (self), profile);
  if (self->association_typed)
    return;
  self->is_setting = TRUE;
  gtk_editable_set_text (self->row[KAN_FOUNDING_ASSOCIATION], kan_profile_association (profile)->ja);
  self->is_setting = FALSE;
}

static void
show_problems (KanFoundingWindow *self, const KanProfileFile *file)
{
  g_clear_pointer (&self->profile, kan_profile_unref);
  kan_note_row_say (self->profile_note, _("This file cannot be used: see below what is wrong with it."), FALSE);
  adw_preferences_group_set_title (summary_group (self), _("What is wrong with it"));
  kan_profile_file_show_problems (summary_group (self), summary_rows (self), file->problems);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KanFoundingWindow *self = KAN_FOUNDING (source);
  g_autoptr(GError) error = NULL;
  g_autoptr(KanProfileFile) file = kan_profile_file_finish (result, &error);

  if (self->session == NULL)
    return;
  if (error != NULL)
    kan_dialogs_tell_error (GTK_WIDGET (self), _("The profile cannot be read"), error);
  if (file == NULL)
    return;
  adw_action_row_set_subtitle (self->own, file->name);
  self->is_setting = TRUE;
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->choice[KAN_FOUNDING_SHIPPED]), TRUE);
  self->is_setting = FALSE;
  if (file->profile != NULL)
    show_profile (self, g_steal_pointer (&file->profile));
  else
    show_problems (self, file);
}

static void
choose_cb (KanFoundingWindow *self)
{
  kan_profile_file_choose_async (GTK_WIDGET (self), read_cb, NULL);
}

static void
forget_profile (KanFoundingWindow *self)
{
  g_autoptr(GPtrArray) none = g_ptr_array_new ();

  g_clear_pointer (&self->profile, kan_profile_unref);
  adw_preferences_group_set_title (summary_group (self), "");
  kan_profile_file_show_problems (summary_group (self), summary_rows (self), none);
}

static void
toggled_cb (GtkCheckButton *button, gpointer user_data)
{
  KanFoundingWindow *self = user_data;

  if (self->is_setting || !gtk_check_button_get_active (button))
    return;
  for (guint i = 0; i < KAN_FOUNDING_SHIPPED; i++)
    if (self->choice[i] == GTK_WIDGET (button))
      {
        show_profile (self, load_shipped (shipped[i]));
        return;
      }
  forget_profile (self);
  choose_cb (self);
}

static AdwActionRow *
add_choice (KanFoundingWindow *self, AdwPreferencesGroup *group, guint index, const char *title, const char *subtitle)
{
  AdwActionRow *row = ADW_ACTION_ROW (adw_action_row_new ());

  g_object_set (row, "use-markup", FALSE, "title", title, "subtitle", subtitle, NULL);
  self->choice[index] = gtk_check_button_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->choice[index]), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_widget_set_valign (self->choice[index], GTK_ALIGN_CENTER);
  if (index > 0)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (self->choice[index]), GTK_CHECK_BUTTON (self->choice[0]));
  adw_action_row_add_prefix (row, self->choice[index]);
  adw_action_row_set_activatable_widget (row, self->choice[index]);
  adw_preferences_group_add (group, GTK_WIDGET (row));
  g_signal_connect (self->choice[index], "toggled", G_CALLBACK (toggled_cb), self);
  return row;
}

static void
add_choices (KanFoundingWindow *self, AdwPreferencesGroup *group)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_("C_hoose…")), *note;

  for (guint i = 0; i < KAN_FOUNDING_SHIPPED; i++)
    {
      g_autoptr(KanProfile) profile = load_shipped (shipped[i]);

      add_choice (self, group, i, kan_label (kan_profile_title (profile), kan_speaks_japanese ()), "");
    }
  self->own = add_choice (self, group, KAN_FOUNDING_SHIPPED, _("A file of your own"), _("None chosen yet"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Choose a profile of your own"), -1);
  adw_action_row_add_suffix (self->own, button);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (choose_cb), self);
  note = kan_note_row_new (GTK_WIDGET (self->own));
  self->profile_note = KAN_NOTE_ROW (note);
  adw_preferences_group_add (group, note);
}

static void
association_cb (GtkEditable *editable, gpointer user_data)
{
  KanFoundingWindow *self = user_data;

  if (!self->is_setting)
    self->association_typed = TRUE;
}

/**
 * kan_founding_office_page_new:
 * @self: a window with its row for the association
 *
 * Returns: (transfer floating): profiles to choose from, and what the chosen one says
 */
GtkWidget *
kan_founding_office_page_new (KanFoundingWindow *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  GtkWidget *summary = adw_preferences_group_new ();

  adw_preferences_group_set_title (group, _("Profile"));
  adw_preferences_group_set_description (group, _("What differs from one association's regulation to the next. It can "
                                                  "be changed later, by two persons."));
  self->summary = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 18));
  gtk_box_append (self->summary, GTK_WIDGET (group));
  gtk_box_append (self->summary, summary);
  g_object_set_data (G_OBJECT (self->summary), "kan-group", summary);
  g_object_set_data_full (G_OBJECT (self->summary), "kan-rows", g_ptr_array_new (), (GDestroyNotify) g_ptr_array_unref);
  g_signal_connect (self->row[KAN_FOUNDING_ASSOCIATION], "changed", G_CALLBACK (association_cb), self);
  add_choices (self, group);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->choice[0]), TRUE);
  return GTK_WIDGET (self->summary);
}

/**
 * kan_founding_read_profile:
 * @self: a window
 * @path: a file of the office's own
 *
 * Chooses it, as if it had come from the file chooser.
 */
void
kan_founding_read_profile (KanFoundingWindow *self, const char *path)
{
  kan_profile_file_read_async (GTK_WIDGET (self), path, read_cb, NULL);
}
