/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Watches keys and pointer of every window of the program, the desktop's screen saver and the machine's sleep. */
#include "kan-lock-watch.h"

#include "kit/kan-settings.h"

struct _KanLockWatch
{
  GtkWindow       *window;          /* borrowed: it frees the watch */
  KanSession      *session;         /* owned */
  GDBusConnection *user_bus, *system_bus;   /* owned; NULL: none */
  gint64           touched;         /* monotonic microseconds */
  guint            tick, saver, sleep, lock;
  gulong           added;
};

static void
lock_now (KanLockWatch *self)
{
  if (kan_session_is_unlocked (self->session))
    gtk_widget_activate_action (GTK_WIDGET (self->window), "win.lock", NULL);
}

static gint64
idle_limit (void)
{
  int minutes = kan_settings () != NULL ? g_settings_get_int (kan_settings (), KAN_SETTING_LOCK) : 5;

  return (gint64) minutes * 60 * G_USEC_PER_SEC;
}

static gboolean
tick_cb (gpointer user_data)
{
  KanLockWatch *self = user_data;

  if (g_get_monotonic_time () - self->touched >= idle_limit ())
    lock_now (self);
  return G_SOURCE_CONTINUE;
}

/* --- keys and pointer ----------------------------------------------------------------------------------------- */

static gboolean
event_cb (GtkEventControllerLegacy *controller, GdkEvent *event, gpointer user_data)
{
  KanLockWatch *self = g_object_get_data (user_data, "kan-lock-watch");

  if (self == NULL)
    return GDK_EVENT_PROPAGATE;
  switch ((int) gdk_event_get_event_type (event))
    {
    case GDK_KEY_PRESS:
    case GDK_BUTTON_PRESS:
    case GDK_MOTION_NOTIFY:
    case GDK_SCROLL:
    case GDK_TOUCH_BEGIN:
      self->touched = g_get_monotonic_time ();
      break;
    default:
      break;
    }
  return GDK_EVENT_PROPAGATE;
}

/* Wizards and dialogs are windows of their own. */
static void
toplevels_cb (GListModel *toplevels, guint position, guint removed, guint added, KanLockWatch *self)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr(GtkWidget) window = g_list_model_get_item (toplevels, i);
      GtkEventController *controller = gtk_event_controller_legacy_new ();

      gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
      g_signal_connect_object (controller, "event", G_CALLBACK (event_cb), self->window, 0);
      gtk_widget_add_controller (window, controller);
    }
}

/* --- the desktop and the machine ------------------------------------------------------------------------------ */

static void
told_cb (GDBusConnection *connection, const char *sender, const char *path, const char *interface, const char *signal,
         GVariant *parameters, gpointer user_data)
{
  gboolean begins = TRUE;

  if (g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(b)")))
    g_variant_get (parameters, "(b)", &begins);
  if (begins)
    lock_now (user_data);
}

static guint
listen (KanLockWatch *self, GDBusConnection *bus, const char *interface, const char *signal)
{
  return bus != NULL ? g_dbus_connection_signal_subscribe (bus, NULL, interface, signal, NULL, NULL,
                                                           G_DBUS_SIGNAL_FLAGS_NONE, told_cb, self, NULL) : 0;
}

static void
unlocked_cb (KanLockWatch *self)
{
  self->touched = g_get_monotonic_time ();
}

/**
 * kan_lock_watch_new:
 * @window: whose action locks
 * @session: what is locked
 *
 * Returns: (transfer full): a watch
 */
KanLockWatch *
kan_lock_watch_new (GtkWindow *window, KanSession *session)
{
  KanLockWatch *self = g_new0 (KanLockWatch, 1);
  GListModel *toplevels;

  self->window = window;
  g_object_set_data (G_OBJECT (window), "kan-lock-watch", self);
  self->session = g_object_ref (session);
  self->touched = g_get_monotonic_time ();
  self->tick = g_timeout_add_seconds (5, tick_cb, self);
  self->user_bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  self->system_bus = g_bus_get_sync (G_BUS_TYPE_SYSTEM, NULL, NULL);
  self->saver = listen (self, self->user_bus, "org.gnome.ScreenSaver", "ActiveChanged");
  self->sleep = listen (self, self->system_bus, "org.freedesktop.login1.Manager", "PrepareForSleep");
  self->lock = listen (self, self->system_bus, "org.freedesktop.login1.Session", "Lock");
  toplevels = gtk_window_get_toplevels ();
  self->added = g_signal_connect (toplevels, "items-changed", G_CALLBACK (toplevels_cb), self);
  toplevels_cb (toplevels, 0, 0, g_list_model_get_n_items (toplevels), self);
  g_signal_connect_swapped (session, "unlocked", G_CALLBACK (unlocked_cb), self);
  return self;
}

/**
 * kan_lock_watch_free:
 * @self: (nullable): a watch
 */
void
kan_lock_watch_free (KanLockWatch *self)
{
  if (self == NULL)
    return;
  g_object_set_data (G_OBJECT (self->window), "kan-lock-watch", NULL);
  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_signal_handler (&self->added, gtk_window_get_toplevels ());
  g_signal_handlers_disconnect_by_data (self->session, self);
  if (self->saver != 0)
    g_dbus_connection_signal_unsubscribe (self->user_bus, self->saver);
  if (self->sleep != 0)
    {
      g_dbus_connection_signal_unsubscribe (self->system_bus, self->sleep);
      g_dbus_connection_signal_unsubscribe (self->system_bus, self->lock);
    }
  g_clear_object (&self->user_bus);
  g_clear_object (&self->system_bus);
  g_clear_object (&self->session);
  g_free (self);
}
