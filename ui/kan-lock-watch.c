/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Watches keys and pointer of every window of the program, the desktop's screen saver and the machine's sleep. */
#include "kan-lock-watch.h"

#include "kit/kan-settings.h"

/* Who tells that the screen is locked or the machine sleeps: what carries a boolean says whether that begins. */
static const struct { GBusType bus; const char *interface, *signal; } tellers[] = {
  { G_BUS_TYPE_SESSION, "org.gnome.ScreenSaver", "ActiveChanged" },
  { G_BUS_TYPE_SESSION, "org.freedesktop.ScreenSaver", "ActiveChanged" },
  { G_BUS_TYPE_SYSTEM, "org.freedesktop.login1.Manager", "PrepareForSleep" },
  { G_BUS_TYPE_SYSTEM, "org.freedesktop.login1.Session", "Lock" },
};

struct _KanLockWatch
{
  GtkWindow       *window;          /* borrowed: it frees the watch */
  KanSession      *session;         /* owned */
  GDBusConnection *buses[G_N_ELEMENTS (tellers)];   /* owned; NULL: there is none */
  guint            heard[G_N_ELEMENTS (tellers)];   /* subscriptions */
  gint64           touched;         /* monotonic microseconds */
  guint            tick;
  gulong           added;
};

enum { TICK_MS = 5000 };

static void
lock_now (KanLockWatch *self)
{
  if (kan_session_is_unlocked (self->session))
    gtk_widget_activate_action (GTK_WIDGET (self->window), "win.lock", NULL);
}

/* Microseconds. A test cannot sit there for a minute: KAN_IDLE is a number of seconds, in test builds only. */
static gint64
idle_limit (void)
{
  int minutes = kan_settings () != NULL ? g_settings_get_int (kan_settings (), KAN_SETTING_LOCK) : 5;

#ifdef KAN_TEST_BUILD
  if (g_getenv ("KAN_IDLE") != NULL)
    return g_ascii_strtoll (g_getenv ("KAN_IDLE"), NULL, 10) * G_USEC_PER_SEC;
#endif
  return (gint64) minutes * 60 * G_USEC_PER_SEC;
}

static void wait_on (KanLockWatch *self);

static gboolean
tick_cb (gpointer user_data)
{
  KanLockWatch *self = user_data;

  self->tick = 0;
  if (g_get_monotonic_time () - self->touched >= idle_limit ())
    lock_now (self);
  wait_on (self);
  return G_SOURCE_REMOVE;
}

/* Until the limit would be reached, but not for long: the setting may change meanwhile. */
static void
wait_on (KanLockWatch *self)
{
  gint64 left = idle_limit () - (g_get_monotonic_time () - self->touched);

  self->tick = g_timeout_add (left > 0 ? (guint) MIN (left / 1000 + 1, TICK_MS) : TICK_MS, tick_cb, self);
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

static void
listen (KanLockWatch *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (tellers); i++)
    {
      self->buses[i] = g_bus_get_sync (tellers[i].bus, NULL, NULL);
      if (self->buses[i] != NULL)
        self->heard[i] = g_dbus_connection_signal_subscribe (self->buses[i], NULL, tellers[i].interface,
                                                             tellers[i].signal, NULL, NULL, G_DBUS_SIGNAL_FLAGS_NONE,
                                                             told_cb, self, NULL);
    }
}

static void
stop_listening (KanLockWatch *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (tellers); i++)
    {
      if (self->heard[i] != 0)
        g_dbus_connection_signal_unsubscribe (self->buses[i], self->heard[i]);
      g_clear_object (&self->buses[i]);
    }
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
  wait_on (self);
  listen (self);
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
  stop_listening (self);
  g_clear_object (&self->session);
  g_free (self);
}
