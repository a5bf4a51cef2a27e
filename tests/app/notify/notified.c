/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps what it is told, one line each; its thread shares nothing else with the test. */
#include "app/notify/notified.h"

#include <glib/gstdio.h>

#define PATH "/org/freedesktop/Notifications"
#define NAME "org.freedesktop.Notifications"

static const char face[] =
  "<node><interface name='" NAME "'>"
  "<method name='GetCapabilities'><arg direction='out' type='as'/></method>"
  "<method name='GetServerInformation'><arg direction='out' type='s'/><arg direction='out' type='s'/>"
  "<arg direction='out' type='s'/><arg direction='out' type='s'/></method>"
  "<method name='CloseNotification'><arg direction='in' type='u'/></method>"
  "<method name='Notify'><arg direction='in' type='s'/><arg direction='in' type='u'/><arg direction='in' type='s'/>"
  "<arg direction='in' type='s'/><arg direction='in' type='s'/><arg direction='in' type='as'/>"
  "<arg direction='in' type='a{sv}'/><arg direction='in' type='i'/><arg direction='out' type='u'/></method>"
  "</interface></node>";

static struct
{
  char            *state;       /* the account's state folder meanwhile */
  GThread         *thread;
  GMainLoop       *loop;
  GDBusConnection *bus;
  GMutex           mutex;       /* guards what follows */
  GCond            cond;
  gboolean         ready;
  GPtrArray       *told;        /* char * */
} daemon_;

static guint
keep (GVariant *parameters)
{
  g_autofree const char **actions = NULL;
  g_autofree char *words = NULL;
  const char *summary = NULL, *body = NULL;
  g_autoptr(GVariant) hints = NULL;
  guint8 urgency = 1;
  guint n = 0;

  g_variant_get (parameters, "(&su&s&s&s^a&s@a{sv}i)", NULL, NULL, NULL, &summary, &body, &actions, &hints, NULL);
  g_variant_lookup (hints, "urgency", "y", &urgency);
  words = g_strjoinv (",", (char **) actions);
  g_mutex_lock (&daemon_.mutex);
  g_ptr_array_add (daemon_.told, g_strdup_printf ("%s|%s|%s|%u", summary, body, words, urgency));
  n = daemon_.told->len;
  g_mutex_unlock (&daemon_.mutex);
  return n;
}

static void
called_cb (G_GNUC_UNUSED GDBusConnection *bus, G_GNUC_UNUSED const char *sender, G_GNUC_UNUSED const char *path,
           G_GNUC_UNUSED const char *interface, const char *method, GVariant *parameters, GDBusMethodInvocation *call,
           G_GNUC_UNUSED gpointer data)
{
  GVariant *answer = NULL;

  if (g_str_equal (method, "Notify"))
    answer = g_variant_new ("(u)", keep (parameters));
  else if (g_str_equal (method, "GetCapabilities"))
    answer = g_variant_new_parsed ("(['actions', 'body', 'persistence'],)");
  else if (g_str_equal (method, "GetServerInformation"))
    answer = g_variant_new ("(ssss)", "written down", "kanribo", "1", "1.2");
  g_dbus_method_invocation_return_value (call, answer);
}

static GDBusConnection *
connect_own (void)
{
  g_autofree char *address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr(GError) error = NULL;
  GDBusConnection *bus = g_dbus_connection_new_for_address_sync (address,
                                                                 G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                                 G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                                                 NULL, NULL, &error);

  g_assert_no_error (error);
  return bus;
}

static gpointer
serve (gpointer data)
{
  static const GDBusInterfaceVTable calls = { .method_call = called_cb };
  g_autoptr(GMainContext) context = g_main_context_new ();
  g_autoptr(GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (face, NULL);
  g_autoptr(GVariant) owned = NULL;

  g_main_context_push_thread_default (context);
  daemon_.bus = connect_own ();
  g_dbus_connection_register_object (daemon_.bus, PATH, node->interfaces[0], &calls, NULL, NULL, NULL);
  owned = g_dbus_connection_call_sync (daemon_.bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                       "org.freedesktop.DBus", "RequestName", g_variant_new ("(su)", NAME, 0), NULL,
                                       G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  g_assert_nonnull (owned);
  daemon_.loop = g_main_loop_new (context, FALSE);
  g_mutex_lock (&daemon_.mutex);
  daemon_.ready = TRUE;
  g_cond_signal (&daemon_.cond);
  g_mutex_unlock (&daemon_.mutex);
  g_main_loop_run (daemon_.loop);
  g_dbus_connection_close_sync (daemon_.bus, NULL, NULL);
  g_clear_object (&daemon_.bus);
  g_clear_pointer (&daemon_.loop, g_main_loop_unref);
  g_main_context_pop_thread_default (context);
  return data;
}

/* Of each program its own: what one told, another has not. */
static void
make_state (void)
{
  daemon_.state = g_dir_make_tmp ("kanribo-notified-XXXXXX", NULL);
  g_assert_nonnull (daemon_.state);
  g_setenv ("XDG_STATE_HOME", daemon_.state, TRUE);
  g_assert_cmpstr (g_get_user_state_dir (), ==, daemon_.state);
}

static void
remove_folder (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *below = g_build_filename (path, name, NULL);

      if (g_unlink (below) != 0)
        remove_folder (below);
    }
  g_rmdir (path);
}

/**
 * notified_start:
 *
 * Takes notifications from now on, and keeps the account's state in a folder of its own: before anything asks for it.
 */
void
notified_start (void)
{
  make_state ();
  daemon_.told = g_ptr_array_new_with_free_func (g_free);
  daemon_.ready = FALSE;
  daemon_.thread = g_thread_new ("notified", serve, NULL);
  g_mutex_lock (&daemon_.mutex);
  while (!daemon_.ready)
    g_cond_wait (&daemon_.cond, &daemon_.mutex);
  g_mutex_unlock (&daemon_.mutex);
}

/**
 * notified_stop:
 *
 * Takes no more, and forgets them and the account's state.
 */
void
notified_stop (void)
{
  g_main_loop_quit (daemon_.loop);
  g_thread_join (daemon_.thread);
  g_ptr_array_unref (daemon_.told);
  remove_folder (daemon_.state);
  g_clear_pointer (&daemon_.state, g_free);
}

/**
 * notified_clear:
 *
 * Forgets what has come, and what the account remembers of it.
 */
void
notified_clear (void)
{
  g_autofree char *memory = g_build_filename (daemon_.state, "kanribo", "notified.ini", NULL);

  g_unlink (memory);
  g_mutex_lock (&daemon_.mutex);
  g_ptr_array_set_size (daemon_.told, 0);
  g_mutex_unlock (&daemon_.mutex);
}

/**
 * notified_count:
 *
 * Returns: how many notifications have come
 */
guint
notified_count (void)
{
  guint n;

  g_mutex_lock (&daemon_.mutex);
  n = daemon_.told->len;
  g_mutex_unlock (&daemon_.mutex);
  return n;
}

/**
 * notified_nth:
 * @n: from 0
 *
 * Returns: (transfer full): summary, body, actions and urgency
 */
char *
notified_nth (guint n)
{
  char *line;

  g_mutex_lock (&daemon_.mutex);
  line = g_strdup (g_ptr_array_index (daemon_.told, n));
  g_mutex_unlock (&daemon_.mutex);
  return line;
}

/**
 * notified_choose:
 * @n: from 0
 * @action: one of its actions
 *
 * Tells the program that somebody chose it.
 */
void
notified_choose (guint n, const char *action)
{
  g_assert_true (g_dbus_connection_emit_signal (daemon_.bus, NULL, PATH, NAME, "ActionInvoked",
                                                g_variant_new ("(us)", n + 1, action), NULL));
}
