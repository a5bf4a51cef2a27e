/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings: those of this screen are bound to its preferences, those of the office are jobs on its file. */
#include "settings/kan-settings-window.h"

#include "desk/kan-view-settings.h"
#include "kit/kan-dialogs.h"
#include "kit/kan-settings.h"
#include "settings/kan-profile-window.h"

#include <glib/gi18n.h>
#include <string.h>

struct _KanSettingsWindow
{
  AdwPreferencesWindow parent_instance;

  /* Template children */
  GtkSpinButton       *lock;
  AdwComboRow         *dates, *language;
  AdwPreferencesGroup *office;
  AdwActionRow        *reminders_row, *profile_row;
  GtkSwitch           *reminders;
  GtkWidget           *import;

  KanSession          *session;         /* owned */
  GCancellable        *life;            /* owned */
  gboolean             is_loading;
};

G_DEFINE_FINAL_TYPE (KanSettingsWindow, kan_settings_window, ADW_TYPE_PREFERENCES_WINDOW)

/* What a combo row stands for, in its order. */
static const char *const date_styles[] = { "era", "iso", NULL };
static const char *const languages[] = { "", "ja", "en", NULL };

/* --- this screen ---------------------------------------------------------------------------------------------- */

static gboolean
to_index (GValue *value, GVariant *variant, gpointer choices)
{
  const char *const *choice = choices;
  const char *set = g_variant_get_string (variant, NULL);

  for (guint i = 0; choice[i] != NULL; i++)
    if (strcmp (choice[i], set) == 0)
      g_value_set_uint (value, i);
  return TRUE;
}

static GVariant *
from_index (const GValue *value, const GVariantType *type, gpointer choices)
{
  const char *const *choice = choices;
  guint index = g_value_get_uint (value);

  return index < g_strv_length ((char **) choices) ? g_variant_new_string (choice[index]) : NULL;
}

static void
bind_choice (const char *key, AdwComboRow *row, const char *const *choices)
{
  g_settings_bind_with_mapping (kan_settings (), key, row, "selected", G_SETTINGS_BIND_DEFAULT, to_index, from_index,
                                (gpointer) choices, NULL);
}

static void
bind_screen (KanSettingsWindow *self)
{
  gboolean kept = kan_settings () != NULL;

  gtk_widget_set_sensitive (GTK_WIDGET (self->lock), kept);
  gtk_widget_set_sensitive (GTK_WIDGET (self->dates), kept);
  gtk_widget_set_sensitive (GTK_WIDGET (self->language), kept);
  if (!kept)
    return;
  g_settings_bind (kan_settings (), KAN_SETTING_LOCK, gtk_spin_button_get_adjustment (self->lock), "value",
                   G_SETTINGS_BIND_DEFAULT);
  bind_choice (KAN_SETTING_DATES, self->dates, date_styles);
  bind_choice (KAN_SETTING_LANGUAGE, self->language, languages);
}

/* Pages write their days anew. */
static void
dates_cb (KanSettingsWindow *self)
{
  if (kan_session_is_unlocked (self->session))
    kan_session_changed (self->session);
}

/* --- this office ---------------------------------------------------------------------------------------------- */

static gpointer
view_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  return kan_desk_view_settings (kan_worker_get_desk (worker), error);
}

static void
show_reminders (KanSettingsWindow *self, const KanSettingsView *view)
{
  g_autofree char *status = NULL;

  if (view->reminds)
    status = g_strdup_printf (g_dngettext (NULL, "On: %u date as of %s", "On: %u dates as of %s", view->n_reminders),
                              view->n_reminders, view->reminds_as_of);
  else
    status = g_strdup (_("Off"));
  if (!view->may_manage)
    {
      g_autofree char *only = g_steal_pointer (&status);

      status = g_strdup_printf ("%s\n%s", only, _("A manager of the office switches this."));
    }
  adw_action_row_set_subtitle (self->reminders_row, status);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->reminders_row),
                               _("Whoever holds the file can then see how much is due and when, and nothing else."));
  self->is_loading = TRUE;
  gtk_switch_set_active (self->reminders, view->reminds);
  self->is_loading = FALSE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->reminders), view->may_manage);
}

static void
viewed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KanSettingsWindow *self = user_data;      /* gone where it was cancelled */
  g_autoptr(GError) error = NULL;
  g_autoptr(KanSettingsView) view = kan_session_run_finish (KAN_SESSION (source), result, &error);
  g_autofree char *profile = NULL;

  if (view == NULL)
    return;
  profile = g_strdup_printf (_("%s, since %s"), view->profile, view->since);
  if (view->coming != NULL)
    {
      g_autofree char *one = g_steal_pointer (&profile);

      profile = g_strdup_printf ("%s\n%s", one, view->coming);
    }
  adw_action_row_set_subtitle (self->profile_row, profile);
  gtk_widget_set_sensitive (self->import, view->may_write);
  show_reminders (self, view);
  gtk_widget_set_visible (GTK_WIDGET (self->office), TRUE);
}

static void
load_office (KanSettingsWindow *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->office), FALSE);
  if (kan_session_is_unlocked (self->session))
    kan_session_run (self->session, KAN_JOB_PAGE, view_job, NULL, NULL, (GDestroyNotify) kan_settings_view_free,
                     self->life, viewed_cb, self);
}

typedef struct { gboolean on; gint64 now; } Switching;

static gpointer
switch_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  const Switching *switching = data;
  KanDesk *desk = kan_worker_get_desk (worker);

  return kan_desk_set_reminders (desk, switching->on, switching->now, error) ? kan_desk_view_settings (desk, error)
         : NULL;
}

static void
switched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KanSettingsWindow *self = user_data;      /* gone where it was cancelled */
  g_autoptr(GError) error = NULL;
  g_autoptr(KanSettingsView) view = kan_session_run_finish (KAN_SESSION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (view != NULL)
    {
      show_reminders (self, view);
      return;
    }
  kan_dialogs_tell_error (GTK_WIDGET (self), _("Reminders could not be changed"), error);
  load_office (self);
}

static void
switch_reminders (KanSettingsWindow *self)
{
  Switching *switching = g_new0 (Switching, 1);

  switching->on = gtk_switch_get_active (self->reminders);
  switching->now = kan_session_now (self->session);
  kan_session_run (self->session, KAN_JOB_ACT, switch_job, switching, g_free, (GDestroyNotify) kan_settings_view_free,
                   self->life, switched_cb, self);
}

static void
agreed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KanSettingsWindow *self = KAN_SETTINGS_WINDOW (source);
  gboolean agreed = kan_dialogs_confirm_finish (result);

  if (self->session == NULL || !kan_session_is_unlocked (self->session))
    return;
  if (agreed)
    switch_reminders (self);
  else
    {
      self->is_loading = TRUE;
      gtk_switch_set_active (self->reminders, FALSE);
      self->is_loading = FALSE;
    }
}

/* What is made public is agreed to; that it ends needs no question. */
static void
switch_cb (KanSettingsWindow *self)
{
  if (self->is_loading)
    return;
  if (gtk_switch_get_active (self->reminders))
    kan_dialogs_confirm (GTK_WIDGET (self), _("Remind Without a Passphrase?"),
                         _("Whoever holds the file, or a copy of it, can then read without a passphrase what kinds of "
                           "work are due on which day, and how many of each. They read nothing else."),
                         _("_Switch On"), FALSE, agreed_cb, NULL);
  else
    switch_reminders (self);
}

static void
import_cb (KanSettingsWindow *self)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  gtk_window_present (GTK_WINDOW (kan_profile_window_new (self->session, parent)));
  gtk_window_close (GTK_WINDOW (self));
}

/* --- class ---------------------------------------------------------------------------------------------------- */

static void
kan_settings_window_dispose (GObject *object)
{
  KanSettingsWindow *self = KAN_SETTINGS_WINDOW (object);

  g_cancellable_cancel (self->life);
  g_clear_object (&self->life);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), KAN_TYPE_SETTINGS_WINDOW);
  G_OBJECT_CLASS (kan_settings_window_parent_class)->dispose (object);
}

static void
kan_settings_window_class_init (KanSettingsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kan_settings_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/kanribo/Kanribo/ui/settings/kan-settings-window.ui");
  gtk_widget_class_bind_template_child (widget_class, KanSettingsWindow, lock);
  gtk_widget_class_bind_template_child (widget_class, KanSettingsWindow, dates);
  gtk_widget_class_bind_template_child (widget_class, KanSettingsWindow, language);
  gtk_widget_class_bind_template_child (widget_class, KanSettingsWindow, office);
  gtk_widget_class_bind_template_child (widget_class, KanSettingsWindow, reminders_row);
  gtk_widget_class_bind_template_child (widget_class, KanSettingsWindow, profile_row);
  gtk_widget_class_bind_template_child (widget_class, KanSettingsWindow, reminders);
  gtk_widget_class_bind_template_child (widget_class, KanSettingsWindow, import);
}

static void
kan_settings_window_init (KanSettingsWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->life = g_cancellable_new ();
}

/**
 * kan_settings_window_new:
 * @session: a session, unlocked or not
 * @parent: (nullable): above which window
 *
 * Returns: (transfer none): the window; of an office only where its file is unlocked
 */
GtkWidget *
kan_settings_window_new (KanSession *session, GtkWindow *parent)
{
  KanSettingsWindow *self = g_object_new (KAN_TYPE_SETTINGS_WINDOW, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  bind_screen (self);
  g_signal_connect_object (self->dates, "notify::selected", G_CALLBACK (dates_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->reminders, "notify::active", G_CALLBACK (switch_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->import, "clicked", G_CALLBACK (import_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "locked", G_CALLBACK (load_office), self, G_CONNECT_SWAPPED);
  load_office (self);
  return GTK_WIDGET (self);
}
