/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The desktop program. */
#include "kan-application.h"

#include "kan-window.h"

#include <glib/gi18n.h>

struct _KanApplication
{
  AdwApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (KanApplication, kan_application, ADW_TYPE_APPLICATION)

static KanWindow *
the_window (KanApplication *self)
{
  for (GList *window = gtk_application_get_windows (GTK_APPLICATION (self)); window != NULL; window = window->next)
    if (KAN_IS_WINDOW (window->data))
      return window->data;
  return kan_window_new (ADW_APPLICATION (self));
}

static void
kan_application_activate (GApplication *application)
{
  gtk_window_present (GTK_WINDOW (the_window (KAN_APPLICATION (application))));
}

static void
kan_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  KanWindow *window = the_window (KAN_APPLICATION (application));
  g_autofree char *path = g_file_get_path (files[0]);

  gtk_window_present (GTK_WINDOW (window));
  if (path != NULL)
    kan_window_open_file (window, path);
}

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *window = gtk_application_get_active_window (user_data);

  adw_show_about_window (window,
    "application-name", _("Kanribo"),
    "application-icon", KAN_APP_ID,
    "version", KAN_VERSION,
    "developer-name", _("The Kanribo founders"),
    "license-type", GTK_LICENSE_GPL_3_0,
    "comments", _("Keeps the registers that the handling of identity information demands, in one encrypted file."),
    NULL);
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  for (GList *window = gtk_application_get_windows (user_data); window != NULL; window = window->next)
    if (KAN_IS_WINDOW (window->data))
      {
        gtk_window_close (window->data);
        return;
      }
}

static const struct { const char *action, *keys[3]; } shortcuts[] = {
  { "app.quit", { "<Control>q" } },
  { "win.palette", { "<Control>k" } },
  { "win.find", { "<Control>f" } },
  { "win.lock", { "<Control>l" } },
  { "win.open", { "<Control>o" } },
  { "win.new", { "<Control><Shift>n" } },
  { "win.back", { "<Alt>Left" } },
  { "win.settings", { "<Control>comma" } },
  { "win.show-help-overlay", { "<Control>question", "F1" } },
  { "win.place::today", { "<Alt>1" } },
  { "win.place::approvals", { "<Alt>2" } },
  { "win.place::medium", { "<Alt>3" } },
  { "win.place::takeout", { "<Alt>4" } },
  { "win.place::destruction", { "<Alt>5" } },
  { "win.place::ledger", { "<Alt>9" } },
};

static void
kan_application_startup (GApplication *application)
{
  static const GActionEntry entries[] = { { .name = "about", .activate = about_cb },
                                          { .name = "quit", .activate = quit_cb } };

  G_APPLICATION_CLASS (kan_application_parent_class)->startup (application);
  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries), application);
  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), shortcuts[i].action,
                                           (const char *const *) shortcuts[i].keys);
  gtk_window_set_default_icon_name (KAN_APP_ID);
}

static void
kan_application_class_init (KanApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->startup = kan_application_startup;
  application_class->activate = kan_application_activate;
  application_class->open = kan_application_open;
}

static void
kan_application_init (KanApplication *self)
{
}

/**
 * kan_application_new:
 *
 * Returns: (transfer full): the program, to be run
 */
KanApplication *
kan_application_new (void)
{
  return g_object_new (KAN_TYPE_APPLICATION, "application-id", KAN_APP_ID, "flags", G_APPLICATION_HANDLES_OPEN,
                       "resource-base-path", "/io/github/kanribo/Kanribo/ui", NULL);
}
