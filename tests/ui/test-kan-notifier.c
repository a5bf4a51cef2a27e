/* SPDX-License-Identifier: GPL-3.0-or-later */
/* While a file is open: what is due is told after unlocking, once, and its action opens the place; nobody is led
 * anywhere while it is locked. */
#include "page-fixture.h"

#include "app/notify/notified.h"
#include "kan-notifier.h"

typedef struct { KanSession *session; GtkWidget *window; KanNotifier *notifier; GString *log; } Bench;

static gboolean
is_told (gpointer unused)
{
  return notified_count () > 0;
}

static void
set_up (Bench *b, gconstpointer unused)
{
  notified_clear ();
  b->session = session_open ();
  kan_session_lock (b->session);
  b->log = g_string_new (NULL);
  b->window = window_with (gtk_label_new ("any"), 300, 200, b->log);
  b->notifier = kan_notifier_new (b->session, GTK_WINDOW (b->window));
  session_unlock (b->session, demo_login (NULL));
  spin_until (is_told, NULL);
}

static void
tear_down (Bench *b, gconstpointer unused)
{
  kan_notifier_free (b->notifier);
  gtk_window_destroy (GTK_WINDOW (b->window));
  session_close (b->session);
  g_string_free (b->log, TRUE);
}

static gpointer
last_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  return NULL;
}

static void
test_once (Bench *b, gconstpointer unused)
{
  guint n;

  session_ask (b->session, last_job, NULL);      /* all of the first round has been told before this comes back */
  n = notified_count ();
  kan_session_changed (b->session);
  session_ask (b->session, last_job, NULL);
  g_assert_cmpuint (notified_count (), ==, n);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *line = notified_nth (i);

      g_assert_nonnull (strstr (line, "|default,Open|"));
      g_assert_null (strstr (line, demo_path));
    }
}

static gboolean
is_asked (gpointer log)
{
  return strstr (((GString *) log)->str, "place") != NULL;
}

static void
test_action (Bench *b, gconstpointer unused)
{
  notified_choose (0, "default");
  spin_until (is_asked, b->log);
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

static void
test_locked (Bench *b, gconstpointer unused)
{
  g_autoptr(GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  gboolean heard = FALSE;
  guint id;

  kan_session_lock (b->session);
  id = g_dbus_connection_signal_subscribe (bus, NULL, "org.freedesktop.Notifications", "ActionInvoked", NULL, NULL,
                                           G_DBUS_SIGNAL_FLAGS_NONE, heard_cb, &heard, NULL);
  notified_choose (0, "default");
  spin_until (is_heard, &heard);
  spin_for (50);
  g_assert_false (is_asked (b->log));
  g_dbus_connection_signal_unsubscribe (bus, id);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_setenv ("KAN_NOW", "2027-03-10T01:00:00Z", TRUE);
  notified_start ();
  demo_build (0);
  g_test_add ("/ui/notifier/once", Bench, NULL, set_up, test_once, tear_down);
  g_test_add ("/ui/notifier/action", Bench, NULL, set_up, test_action, tear_down);
  g_test_add ("/ui/notifier/locked", Bench, NULL, set_up, test_locked, tear_down);
  status = g_test_run ();
  notified_stop ();
  demo_remove ();
  return status;
}
