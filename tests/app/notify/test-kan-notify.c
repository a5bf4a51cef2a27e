/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Notifications reach the desktop's service once a day and file, lead where they say, and lead nowhere once they are
 * forgotten. */
#include "notify/kan-notify.h"

#include "app/notify/notified.h"
#include "kan-types.h"

#include <glib/gstdio.h>
#include <libnotify/notify.h>
#include <string.h>

static const KanNotice notice = { "overdue", "期限超過", "1 item", "batch", TRUE };

static void
chosen_cb (const char *place, gpointer log)
{
  g_string_append_printf (log, "%s\n", place);
}

static gboolean
show (const char *file, KanDay day, GString *log)
{
  g_autoptr(GError) error = NULL;
  gboolean shown = kan_notify_show (file, &notice, day, log != NULL ? chosen_cb : NULL, log, &error);

  g_assert_no_error (error);
  return shown;
}

static void
test_once_a_day (void)
{
  g_autofree char *line = NULL;

  notified_clear ();
  g_assert_false (kan_notify_was_told ("a.kanribo", "overdue", 100));
  g_assert_true (show ("a.kanribo", 100, NULL));
  g_assert_true (kan_notify_was_told ("a.kanribo", "overdue", 100));
  g_assert_false (show ("a.kanribo", 100, NULL));
  g_assert_cmpuint (notified_count (), ==, 1);
  g_assert_true (show ("b.kanribo", 100, NULL));
  g_assert_true (show ("a.kanribo", 101, NULL));
  g_assert_false (kan_notify_was_told ("a.kanribo", "late", 101));
  g_assert_cmpuint (notified_count (), ==, 3);
  line = notified_nth (0);
  g_assert_cmpstr (line, ==, "期限超過|1 item||2");
  kan_notify_forget ();
}

/* The same file by another name of it. */
static void
test_same_file (void)
{
  g_autofree char *here = g_get_current_dir (), *path = g_build_filename (here, "a.kanribo", NULL);

  notified_clear ();
  g_assert_true (show ("a.kanribo", 100, NULL));
  g_assert_false (show (path, 100, NULL));
  kan_notify_forget ();
}

/* The memory names no file, and only its account reads it. */
static void
test_memory (void)
{
  g_autofree char *path = g_build_filename (g_get_user_state_dir (), "kanribo", "notified.ini", NULL), *kept = NULL;

  notified_clear ();
  g_assert_true (show ("secret-name.kanribo", 100, NULL));
  g_assert_true (g_file_get_contents (path, &kept, NULL, NULL));
  g_assert_null (g_strstr_len (kept, -1, "secret-name"));
  kan_notify_forget ();
}

static void
choose (GString *log, const char *expected)
{
  notified_choose (notified_count () - 1, "default");
  while (g_strcmp0 (log->str, expected) != 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
told_cb (G_GNUC_UNUSED GDBusConnection *bus, G_GNUC_UNUSED const char *sender, G_GNUC_UNUSED const char *path,
         G_GNUC_UNUSED const char *interface, G_GNUC_UNUSED const char *signal, G_GNUC_UNUSED GVariant *parameters,
         gpointer seen)
{
  *(gboolean *) seen = TRUE;
}

static void
test_action (void)
{
  g_autoptr(GString) log = g_string_new (NULL);
  g_autoptr(GDBusConnection) bus = NULL;
  g_autofree char *line = NULL;
  gboolean seen = FALSE;
  guint watch;

  notified_clear ();
  g_assert_true (show ("a.kanribo", 100, log));
  line = notified_nth (0);
  g_assert_cmpstr (line, ==, "期限超過|1 item|default,Open|2");
  choose (log, "batch\n");
  g_assert_true (show ("a.kanribo", 101, log));
  kan_notify_forget ();
  bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  watch = g_dbus_connection_signal_subscribe (bus, NULL, "org.freedesktop.Notifications", "ActionInvoked", NULL, NULL,
                                              G_DBUS_SIGNAL_FLAGS_NONE, told_cb, &seen, NULL);
  notified_choose (1, "default");
  while (!seen)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpstr (log->str, ==, "batch\n");
  g_dbus_connection_signal_unsubscribe (bus, watch);
}

/* Days as ISO 8601 has them, whatever the day is called elsewhere, one for each notification of a file. */
static void
test_days_kept (void)
{
  g_autofree char *path = g_build_filename (g_get_user_state_dir (), "kanribo", "notified.ini", NULL), *kept = NULL;
  const KanDay day = kan_day_from_ymd (2026, 9, 5);

  notified_clear ();
  g_assert_true (show ("days.kanribo", day - 1, NULL));
  g_assert_true (show ("days.kanribo", day, NULL));
  g_assert_true (g_file_get_contents (path, &kept, NULL, NULL));
  g_assert_nonnull (strstr (kept, "\noverdue=2026-09-05\n"));
  g_assert_null (strstr (kept, "2026-09-04"));
  /* a day that was told of counts for itself, not for those before it */
  g_assert_false (kan_notify_was_told ("days.kanribo", "overdue", day - 1));
  kan_notify_forget ();
}

/* A memory that cannot be read is begun anew; where none can be kept, what is due is told again. */
static void
test_memory_lost (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_state_dir (), "kanribo", NULL);
  g_autofree char *path = g_build_filename (folder, "notified.ini", NULL);

  notified_clear ();
  g_assert_true (show ("lost.kanribo", 100, NULL));
  g_assert_true (g_file_set_contents (path, "[not a\nkey file", -1, NULL));
  g_assert_false (kan_notify_was_told ("lost.kanribo", "overdue", 100));
  g_assert_true (show ("lost.kanribo", 100, NULL));
  g_assert_false (show ("lost.kanribo", 100, NULL));
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  g_assert_true (show ("lost.kanribo", 100, NULL));
  g_assert_true (show ("lost.kanribo", 100, NULL));
  g_assert_cmpuint (notified_count (), ==, 4);
  g_assert_cmpint (g_rmdir (path), ==, 0);
  kan_notify_forget ();
}

/* (transfer full) (nullable): what is to be kept while it lasts */
typedef GDBusConnection *(*Trouble) (void);

static GDBusConnection *
own_name (void)
{
  g_autofree char *address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr(GVariant) owned = NULL;
  GDBusConnection *bus = g_dbus_connection_new_for_address_sync (address,
                                                                 G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                                 G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                                                 NULL, NULL, NULL);

  owned = g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                       "RequestName", g_variant_new ("(su)", "org.freedesktop.Notifications", 0),
                                       NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  g_assert_nonnull (owned);
  return bus;
}

static GDBusConnection *
no_service (void)
{
  return NULL;
}

static GDBusConnection *
no_bus (void)
{
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus", TRUE);
  return NULL;
}

static const Trouble troubles[] = { no_service, own_name, no_bus };

/* Where nobody takes it, that is an error, and it was not told: no service, one whose name is taken by something that
 * is none, no bus at all. */
static void
test_nobody (gconstpointer data)
{
  const Trouble *trouble = data;
  g_autoptr(GDBusConnection) kept = NULL;
  g_autoptr(GError) error = NULL;

  if (!g_test_subprocess ())
    {
      notified_clear ();
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_passed ();
      return;
    }
  kept = (*trouble) ();
  for (guint i = 0; i < 2; i++)
    {
      g_assert_false (kan_notify_show ("a.kanribo", &notice, 100, NULL, NULL, &error));
      g_assert_nonnull (error);
      g_clear_error (&error);
      g_assert_false (kan_notify_was_told ("a.kanribo", "overdue", 100));
    }
  kan_notify_forget ();
}

int
main (int argc, char **argv)
{
  g_autoptr(GTestDBus) bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_dbus_up (bus);
  if (!g_test_subprocess ())
    notified_start ();
  g_test_add_func ("/notify/once-a-day", test_once_a_day);
  g_test_add_func ("/notify/same-file", test_same_file);
  g_test_add_func ("/notify/memory", test_memory);
  g_test_add_func ("/notify/action", test_action);
  g_test_add_func ("/notify/days-kept", test_days_kept);
  g_test_add_func ("/notify/memory-lost", test_memory_lost);
  g_test_add_data_func ("/notify/nobody/no-service", &troubles[0], test_nobody);
  g_test_add_data_func ("/notify/nobody/name-taken", &troubles[1], test_nobody);
  g_test_add_data_func ("/notify/nobody/no-bus", &troubles[2], test_nobody);
  status = g_test_run ();
  if (!g_test_subprocess ())
    notified_stop ();
  notify_uninit ();
  g_test_dbus_stop (bus);
  return status;
}
