/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Importing a profile. What differs is shown before anything is asked for; the wizard of profile.adopt then goes on
 * with the document and its days filled in. */
#include "settings/kan-profile-window.h"

#include "desk/kan-profile-words.h"
#include "desk/kan-view-settings.h"
#include "kit/kan-actions.h"
#include "kit/kan-dialogs.h"
#include "kit/kan-keep.h"
#include "settings/kan-profile-file.h"

#include <glib/gi18n.h>

struct _KanProfileWindow
{
  AdwWindow            parent_instance;

  /* Template children */
  GtkStack            *stack;
  GtkWidget           *choose, *again, *adopt;
  AdwActionRow        *file_row;
  AdwPreferencesGroup *group;

  /* Owned */
  KanSession          *session;
  GCancellable        *life;
  KanProfile          *in_force, *chosen;       /* NULL until they have come */
  char                *today;
  GPtrArray           *rows;                    /* of `group`, borrowed */
};

G_DEFINE_FINAL_TYPE (KanProfileWindow, kan_profile_window, ADW_TYPE_WINDOW)

/* --- what differs --------------------------------------------------------------------------------------------- */

static void
clear (KanProfileWindow *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
}

static GtkWidget *
value_label_new (const char *heading, const char *value)
{
  g_autofree char *seen = kan_visible_text (value), *words = g_strdup_printf ("%s  %s", heading, seen);
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  return label;
}

/* Added and removed say so in words. */
static void
add_change (KanProfileWindow *self, const KanProfileChange *change)
{
  GtkWidget *row = adw_preferences_row_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *where = gtk_label_new (change->where);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), change->where);
  gtk_label_set_xalign (GTK_LABEL (where), 0);
  gtk_label_set_wrap (GTK_LABEL (where), TRUE);
  gtk_widget_add_css_class (where, "dim-label");
  gtk_widget_add_css_class (where, "caption");
  gtk_widget_add_css_class (box, "kan-review-line");
  gtk_box_append (GTK_BOX (box), where);
  if (change->before != NULL)
    gtk_box_append (GTK_BOX (box), value_label_new (change->after != NULL ? _("Until now:") : _("Removed:"),
                                                    change->before));
  if (change->after != NULL)
    gtk_box_append (GTK_BOX (box), value_label_new (change->before != NULL ? _("From now on:") : _("Added:"),
                                                    change->after));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  adw_preferences_group_add (self->group, row);
  g_ptr_array_add (self->rows, row);
}

static void
show_changes (KanProfileWindow *self)
{
  g_autoptr(GPtrArray) changes = NULL;
  g_autofree char *title = NULL;

  if (self->in_force == NULL || self->chosen == NULL)
    return;
  clear (self);
  changes = kan_profile_compare (self->in_force, self->chosen);
  title = g_strdup_printf (g_dngettext (NULL, "%u difference from the profile in force",
                                        "%u differences from the profile in force", changes->len), changes->len);
  adw_preferences_group_set_title (self->group, changes->len > 0 ? title : _("It is the profile in force"));
  adw_preferences_group_set_description (self->group, changes->len > 0 ? NULL
                                         : _("Nothing differs, so there is nothing to adopt."));
  for (guint i = 0; i < changes->len; i++)
    add_change (self, g_ptr_array_index (changes, i));
  gtk_widget_set_sensitive (self->adopt, changes->len > 0);
}

/* --- the file ------------------------------------------------------------------------------------------------- */

static void
show_file (KanProfileWindow *self, KanProfileFile *file)
{
  gboolean japanese = kan_speaks_japanese ();

  g_clear_pointer (&self->chosen, kan_profile_unref);
  gtk_widget_set_sensitive (self->adopt, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "seen");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->file_row), file->profile != NULL
                                 ? kan_label (kan_profile_title (file->profile), japanese) : file->name);
  adw_action_row_set_subtitle (self->file_row, file->profile != NULL ? file->name : _("Cannot be used"));
  clear (self);
  if (file->profile == NULL)
    {
      adw_preferences_group_set_title (self->group, _("What is wrong with it"));
      adw_preferences_group_set_description (self->group, NULL);
      kan_profile_file_show_problems (self->group, self->rows, file->problems);
      return;
    }
  self->chosen = g_steal_pointer (&file->profile);
  show_changes (self);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KanProfileWindow *self = KAN_PROFILE_WINDOW (source);
  g_autoptr(GError) error = NULL;
  g_autoptr(KanProfileFile) file = kan_profile_file_finish (result, &error);

  if (self->session == NULL)
    return;
  if (error != NULL)
    kan_dialogs_tell_error (GTK_WIDGET (self), _("The profile cannot be read"), error);
  if (file != NULL)
    show_file (self, file);
}

static void
choose_cb (KanProfileWindow *self)
{
  kan_profile_file_choose_async (GTK_WIDGET (self), read_cb, NULL);
}

/**
 * kan_profile_window_read:
 * @self: a window
 * @path: a file
 *
 * Shows that file, as if it had come from the file chooser.
 */
void
kan_profile_window_read (KanProfileWindow *self, const char *path)
{
  kan_profile_file_read_async (GTK_WIDGET (self), path, read_cb, NULL);
}

static gpointer
view_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  return kan_desk_view_settings (kan_worker_get_desk (worker), error);
}

static void
viewed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KanProfileWindow *self = user_data;       /* gone where it was cancelled */
  g_autoptr(GError) error = NULL;
  g_autoptr(KanSettingsView) view = kan_session_run_finish (KAN_SESSION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (view == NULL)
    {
      kan_dialogs_tell_error (GTK_WIDGET (self), _("The profile in force cannot be read"), error);
      return;
    }
  self->in_force = kan_profile_new_from_json (view->profile_json, -1, NULL);
  self->today = g_strdup (view->today);
  show_changes (self);
}

/* --- adopting ------------------------------------------------------------------------------------------------- */

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KanProfileWindow *self = user_data;       /* gone where it was cancelled */
  g_autoptr(GtkWidget) parent = NULL;
  g_autoptr(GError) error = NULL;
  gint64 draft = kan_keep_finish (KAN_SESSION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (draft == 0)
    {
      kan_dialogs_tell_error (GTK_WIDGET (self), _("The profile cannot be put forward"), error);
      return;
    }
  g_set_object (&parent, (GtkWidget *) gtk_window_get_transient_for (GTK_WINDOW (self)));
  gtk_window_destroy (GTK_WINDOW (self));
  if (parent != NULL)
    gtk_widget_activate_action (parent, KAN_ACTION_DRAFT, "x", draft);
}

static void
adopt_cb (KanProfileWindow *self)
{
  g_autoptr(KanAnswers) answers = kan_answers_new ("profile.adopt", NULL);

  kan_answers_set (answers, "json", kan_profile_json (self->chosen));
  kan_answers_set (answers, "in_force_from", self->today);
  kan_answers_set (answers, "applies_from", self->today);
  gtk_widget_set_sensitive (self->adopt, FALSE);
  kan_keep_async (self->session, answers, self->life, saved_cb, self);
}

/* --- class ---------------------------------------------------------------------------------------------------- */

static void
kan_profile_window_dispose (GObject *object)
{
  KanProfileWindow *self = KAN_PROFILE_WINDOW (object);

  g_cancellable_cancel (self->life);
  g_clear_object (&self->life);
  g_clear_object (&self->session);
  g_clear_pointer (&self->in_force, kan_profile_unref);
  g_clear_pointer (&self->chosen, kan_profile_unref);
  g_clear_pointer (&self->today, g_free);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), KAN_TYPE_PROFILE_WINDOW);
  G_OBJECT_CLASS (kan_profile_window_parent_class)->dispose (object);
}

static void
kan_profile_window_class_init (KanProfileWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kan_profile_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/kanribo/Kanribo/ui/settings/kan-profile-window.ui");
  gtk_widget_class_bind_template_child (widget_class, KanProfileWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, KanProfileWindow, choose);
  gtk_widget_class_bind_template_child (widget_class, KanProfileWindow, again);
  gtk_widget_class_bind_template_child (widget_class, KanProfileWindow, adopt);
  gtk_widget_class_bind_template_child (widget_class, KanProfileWindow, file_row);
  gtk_widget_class_bind_template_child (widget_class, KanProfileWindow, group);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
kan_profile_window_init (KanProfileWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->life = g_cancellable_new ();
  self->rows = g_ptr_array_new ();
  g_signal_connect_swapped (self->choose, "clicked", G_CALLBACK (choose_cb), self);
  g_signal_connect_swapped (self->again, "clicked", G_CALLBACK (choose_cb), self);
  g_signal_connect_swapped (self->adopt, "clicked", G_CALLBACK (adopt_cb), self);
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->choose));
}

/**
 * kan_profile_window_new:
 * @session: an unlocked session
 * @parent: (nullable): above which window; its action goes on with the draft
 *
 * Returns: (transfer none): the window; the caller presents it
 */
GtkWidget *
kan_profile_window_new (KanSession *session, GtkWindow *parent)
{
  KanProfileWindow *self = g_object_new (KAN_TYPE_PROFILE_WINDOW, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "locked", G_CALLBACK (gtk_window_destroy), self, G_CONNECT_SWAPPED);
  kan_session_run (session, KAN_JOB_PAGE, view_job, NULL, NULL, (GDestroyNotify) kan_settings_view_free, self->life,
                   viewed_cb, self);
  return GTK_WIDGET (self);
}
