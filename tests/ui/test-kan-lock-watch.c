/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What locks by itself: the desktop's lock screen, sleep, the session's lock and idleness; and what does not. */
#include "page-fixture.h"

#include "kan-lock-watch.h"

typedef struct { KanSession *session; GtkWidget *window; KanLockWatch *watch; GDBusConnection *desktop; } Bench;

static void
lock_cb (GSimpleAction *action, GVariant *parameter, gpointer session)
{
  kan_session_lock (session);
}

/* The system's bus is the session's: run-display gives the test one of its own. */
static GDBusConnection *
connect_own (void)
{
  g_autoptr(GError) error = NULL;
  GDBusConnection *bus = g_dbus_connection_new_for_address_sync (g_getenv ("DBUS_SESSION_BUS_ADDRESS"),
                                                                 G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                                 G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                                                 NULL, NULL, &error);

  g_assert_no_error (error);
  return bus;
}

static void
set_up (Bench *b, gconstpointer unused)
{
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr(GSimpleAction) lock = g_simple_action_new ("lock", NULL);

  b->session = session_open ();
  b->window = adw_window_new ();
  g_signal_connect (lock, "activate", G_CALLBACK (lock_cb), b->session);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (lock));
  gtk_widget_insert_action_group (b->window, "win", G_ACTION_GROUP (group));
  gtk_window_present (GTK_WINDOW (b->window));
  b->watch = kan_lock_watch_new (GTK_WINDOW (b->window), b->session);
  b->desktop = connect_own ();
}

static void
tear_down (Bench *b, gconstpointer unused)
{
  kan_lock_watch_free (b->watch);
  gtk_window_destroy (GTK_WINDOW (b->window));
  session_close (b->session);
  g_object_unref (b->desktop);
}

static gboolean
is_locked (gpointer session)
{
  return !kan_session_is_unlocked (session);
}

static void
tell (Bench *b, const char *interface, const char *signal, GVariant *parameters)
{
  g_assert_true (g_dbus_connection_emit_signal (b->desktop, NULL, "/told", interface, signal, parameters, NULL));
  g_assert_true (g_dbus_connection_flush_sync (b->desktop, NULL, NULL));
}

static void
heard_cb (GDBusConnection *bus, const char *sender, const char *path, const char *interface, const char *signal,
          GVariant *parameters, gpointer heard)
{
  *(gboolean *) heard = TRUE;
}

static gboolean
is_heard (gpointer heard)
{
  return *(gboolean *) heard;
}

/* Whoever listens on the connection that the watch has hears it after the watch did. */
static void
tell_and_wait (Bench *b, GBusType type, const char *interface, const char *signal, GVariant *parameters)
{
  g_autoptr(GDBusConnection) bus = g_bus_get_sync (type, NULL, NULL);
  gboolean heard = FALSE;
  guint id = g_dbus_connection_signal_subscribe (bus, NULL, interface, signal, NULL, NULL, G_DBUS_SIGNAL_FLAGS_NONE,
                                                 heard_cb, &heard, NULL);

  tell (b, interface, signal, parameters);
  spin_until (is_heard, &heard);
  g_dbus_connection_signal_unsubscribe (bus, id);
}

static void
check (Bench *b, GBusType type, const char *interface, const char *signal, gboolean says_when)
{
  if (says_when)
    {
      tell_and_wait (b, type, interface, signal, g_variant_new ("(b)", FALSE));
      g_assert_true (kan_session_is_unlocked (b->session));
    }
  tell (b, interface, signal, says_when ? g_variant_new ("(b)", TRUE) : NULL);
  spin_until (is_locked, b->session);
}

static void
test_screen_saver (Bench *b, gconstpointer unused)
{
  check (b, G_BUS_TYPE_SESSION, "org.gnome.ScreenSaver", "ActiveChanged", TRUE);
  session_unlock (b->session, demo_login (NULL));
  check (b, G_BUS_TYPE_SESSION, "org.freedesktop.ScreenSaver", "ActiveChanged", TRUE);
}

static void
test_sleep (Bench *b, gconstpointer unused)
{
  check (b, G_BUS_TYPE_SYSTEM, "org.freedesktop.login1.Manager", "PrepareForSleep", TRUE);
}

static void
test_session (Bench *b, gconstpointer unused)
{
  check (b, G_BUS_TYPE_SYSTEM, "org.freedesktop.login1.Session", "Lock", FALSE);
}

/* Unlocking counts as having been there. */
static void
test_idle (Bench *b, gconstpointer unused)
{
  gint64 before = g_get_monotonic_time ();

  g_setenv ("KAN_IDLE", "1", TRUE);
  session_unlock (b->session, demo_login (NULL));
  spin_until (is_locked, b->session);
  g_assert_cmpint (g_get_monotonic_time () - before, >=, G_USEC_PER_SEC);
  g_unsetenv ("KAN_IDLE");
}

#define ADD(name, func) g_test_add ("/ui/lock-watch/" name, Bench, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", g_getenv ("DBUS_SESSION_BUS_ADDRESS"), TRUE);
  adw_init ();
  demo_build (0);
  ADD ("screen-saver", test_screen_saver);
  ADD ("sleep", test_sleep);
  ADD ("session", test_session);
  ADD ("idle", test_idle);
  status = g_test_run ();
  demo_remove ();
  return status;
}
