/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The desktop program. */
#include "kan-application.h"

#include "kan-window.h"
#include "kit/kan-pieces.h"

#include <glib/gi18n.h>

struct _KanApplication
{
  AdwApplication parent_instance;

  guint          adopting;      /* GSource */
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

/* Whatever has the keyboard: a wizard stays before the window that it belongs to. */
static void
kan_application_activate (GApplication *application)
{
  KanWindow *window = the_window (KAN_APPLICATION (application));
  GtkWindow *active = gtk_application_get_active_window (GTK_APPLICATION (application));

  gtk_window_present (active != NULL ? active : GTK_WINDOW (window));
}

static void
kan_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  KanWindow *window = the_window (KAN_APPLICATION (application));
  g_autofree char *path = g_file_get_path (files[0]);

  kan_application_activate (application);
  if (path != NULL)
    kan_window_open_file (window, path);
}

/* The words of AdwAboutWindow itself have no Japanese in the library we build on. */
static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *window = gtk_application_get_active_window (user_data);

  gtk_show_about_dialog (window,
    "program-name", _("Kanribo"),
    "logo-icon-name", KAN_APP_ID,
    "version", KAN_VERSION,
    "copyright", _("The Kanribo founders"),
    "license", _("GNU General Public License, version 3 or later"),
    "wrap-license", TRUE,
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

/* In a wizard and whatever else stands over the window: "win.lock" is the window's own. */
static void
lock_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  for (GList *window = gtk_application_get_windows (user_data); window != NULL; window = window->next)
    if (KAN_IS_WINDOW (window->data))
      {
        gtk_widget_activate_action (window->data, "win.lock", NULL);
        return;
      }
}

static const struct { const char *action, *keys[3]; } shortcuts[] = {
  { "app.lock", { "<Control>l" } },
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

/* --- windows over the window ------------------------------------------------------------------------------------ */

/* A window that belongs to one of ours is ours as well: the program's keys, Ctrl+Q among them, hold there too. */
static gboolean
adopt_cb (gpointer user_data)
{
  KanApplication *self = user_data;
  GListModel *windows = gtk_window_get_toplevels ();

  self->adopting = 0;
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWindow) window = g_list_model_get_item (windows, i);
      GtkWindow *parent = gtk_window_get_transient_for (window);

      if (gtk_window_get_application (window) == NULL && parent != NULL &&
          gtk_window_get_application (parent) == GTK_APPLICATION (self))
        gtk_window_set_application (window, GTK_APPLICATION (self));
    }
  return G_SOURCE_REMOVE;
}

/* While it is being made it has no parent yet. */
static void
windows_changed_cb (KanApplication *self, guint position, guint removed, guint added)
{
  if (added > 0 && self->adopting == 0)
    self->adopting = g_idle_add_full (G_PRIORITY_HIGH_IDLE, adopt_cb, self, NULL);
}

/* The file is still being closed: whoever starts the program meanwhile is not sent to one that is ending. */
static void
give_up_name (GApplication *application)
{
  GDBusConnection *bus = g_application_get_dbus_connection (application);

  if (bus != NULL)
    g_dbus_connection_call (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                            "ReleaseName", g_variant_new ("(s)", g_application_get_application_id (application)), NULL,
                            G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL, NULL);
}

/* GTK's own window of shortcuts leaves the button that searches in it without a name. */
static void
name_search (GtkWidget *widget)
{
  if (GTK_IS_TOGGLE_BUTTON (widget))
    kan_describe (widget, _("Search"), NULL);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_search (child);
}

static void
kan_application_window_added (GtkApplication *application, GtkWindow *window)
{
  GtkShortcutsWindow *overlay;

  GTK_APPLICATION_CLASS (kan_application_parent_class)->window_added (application, window);
  overlay = GTK_IS_APPLICATION_WINDOW (window)
            ? gtk_application_window_get_help_overlay (GTK_APPLICATION_WINDOW (window)) : NULL;
  if (overlay != NULL)
    name_search (GTK_WIDGET (overlay));
}

/* Whoever holds on to a window that is closed, e.g. for an answer that is under way, may let go of it after the window
 * below it is gone: GTK does not look whether it still is there. */
static void
kan_application_window_removed (GtkApplication *application, GtkWindow *window)
{
  GTK_APPLICATION_CLASS (kan_application_parent_class)->window_removed (application, window);
  gtk_window_set_transient_for (window, NULL);
  if (gtk_application_get_windows (application) == NULL)
    give_up_name (G_APPLICATION (application));
}

static void
kan_application_dispose (GObject *object)
{
  g_clear_handle_id (&KAN_APPLICATION (object)->adopting, g_source_remove);
  G_OBJECT_CLASS (kan_application_parent_class)->dispose (object);
}

static void
kan_application_startup (GApplication *application)
{
  static const GActionEntry entries[] = { { .name = "about", .activate = about_cb },
                                          { .name = "lock", .activate = lock_cb },
                                          { .name = "quit", .activate = quit_cb } };

  G_APPLICATION_CLASS (kan_application_parent_class)->startup (application);
  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries), application);
  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), shortcuts[i].action,
                                           (const char *const *) shortcuts[i].keys);
  gtk_window_set_default_icon_name (KAN_APP_ID);
  g_signal_connect_object (gtk_window_get_toplevels (), "items-changed", G_CALLBACK (windows_changed_cb), application,
                           G_CONNECT_SWAPPED);
}

static void
kan_application_class_init (KanApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kan_application_dispose;
  GTK_APPLICATION_CLASS (klass)->window_added = kan_application_window_added;
  GTK_APPLICATION_CLASS (klass)->window_removed = kan_application_window_removed;
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
