/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings over the demo office: nothing of a file that is closed, reminders, the profile's difference and its draft,
 * dates by preference on the screen, and a backup with its words. */
#include "page-fixture.h"

#include "desk/kan-desk-backup.h"
#include "kit/kan-settings.h"
#include "settings/kan-backup.h"
#include "settings/kan-profile-window.h"
#include "settings/kan-settings-window.h"

#include <glib/gstdio.h>

typedef struct { KanSession *session; GtkWidget *parent; GString *log; } Fixture;

static void
draft_cb (GSimpleAction *action, GVariant *parameter, gpointer log)
{
  g_string_append_printf (log, "draft %d\n", (int) g_variant_get_int64 (parameter));
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr(GSimpleAction) draft = g_simple_action_new ("draft", G_VARIANT_TYPE_INT64);

  f->session = session_open_as (data);
  f->log = g_string_new (NULL);
  f->parent = window_with (gtk_label_new ("behind"), 900, 600, f->log);
  g_signal_connect (draft, "activate", G_CALLBACK (draft_cb), f->log);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (draft));
  gtk_widget_insert_action_group (f->parent, "win", G_ACTION_GROUP (group));
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (f->parent));
  spin_for (50);
  session_close (f->session);
  g_string_free (f->log, TRUE);
}

static gboolean
is_switch (GtkWidget *widget, const char *words)
{
  return GTK_IS_SWITCH (widget);
}

static gboolean
is_subtitle (GtkWidget *widget, const char *words)
{
  const char *text = GTK_IS_LABEL (widget) ? gtk_label_get_text (GTK_LABEL (widget)) : NULL;

  return text != NULL && g_str_has_prefix (text, words);
}

static void
test_office (Fixture *f, gconstpointer data)
{
  GtkWidget *window = kan_settings_window_new (f->session, GTK_WINDOW (f->parent)), *toggle;

  gtk_window_present (GTK_WINDOW (window));
  toggle = await_widget (window, is_switch, NULL);
  g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL));
  gtk_switch_set_active (GTK_SWITCH (toggle), TRUE);
  answer_message ("dismissed");
  spin_for (100);
  g_assert_false (gtk_switch_get_active (GTK_SWITCH (toggle)));
  g_assert_nonnull (find_widget (window, is_subtitle, "Off"));
  gtk_switch_set_active (GTK_SWITCH (toggle), TRUE);
  await_widget (await_window (ADW_TYPE_MESSAGE_DIALOG), says, "without a passphrase what kinds of work are due");
  answer_message ("agreed");
  await_widget (window, is_subtitle, "On: ");
  gtk_switch_set_active (GTK_SWITCH (toggle), FALSE);
  await_widget (window, is_subtitle, "Off");
  await_widget (window, is_subtitle, "Nagasaki municipal employees, since ");
  kan_session_lock (f->session);
  spin_for (100);
  g_assert_null (find_widget (window, is_switch, NULL));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* It is the office's to decide, by those who manage it; anybody else is told so. */
static void
test_not_a_manager (Fixture *f, gconstpointer data)
{
  GtkWidget *window = kan_settings_window_new (f->session, GTK_WINDOW (f->parent));

  gtk_window_present (GTK_WINDOW (window));
  g_assert_false (gtk_widget_get_sensitive (await_widget (window, is_switch, NULL)));
  await_widget (window, says, "A manager of the office switches this.");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_closed (void)
{
  g_autoptr(KanSession) session = kan_session_new ();
  GtkWidget *window = kan_settings_window_new (session, NULL);

  gtk_window_present (GTK_WINDOW (window));
  spin_for (100);
  g_assert_nonnull (find_widget (window, is_row, "_Dates"));
  g_assert_null (find_widget (window, is_switch, NULL));
  g_assert_null (find_widget (window, is_row, "Profile in force"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
was_asked (gpointer log)
{
  return ((GString *) log)->len > 0;
}

/* The twin's level 3 is permitted by another office: one difference among others, in words. */
static void
test_profile (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "kanribo-test-profile.json", NULL);
  g_autoptr(GBytes) twin = g_resources_lookup_data ("/io/github/kanribo/Kanribo/profiles/fukui.json", 0, NULL);
  GtkWidget *window = kan_profile_window_new (f->session, GTK_WINDOW (f->parent)), *adopt;

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (twin, NULL), (gssize) g_bytes_get_size (twin), NULL));
  gtk_window_present (GTK_WINDOW (window));
  adopt = await_widget (window, is_button, "_Have It Adopted…");
  g_assert_false (gtk_widget_get_sensitive (adopt));
  kan_profile_window_read (KAN_PROFILE_WINDOW (window), path);
  await_widget (window, is_label, "Security levels › Level 3: where media are kept › Who permits");
  await_widget (window, is_label, "Until now:  Chief");
  await_widget (window, is_label, "From now on:  System manager");
  g_assert_true (gtk_widget_get_sensitive (adopt));
  g_signal_emit_by_name (adopt, "clicked");
  spin_until (was_asked, f->log);
  g_assert_true (g_str_has_prefix (f->log->str, "draft "));
  g_unlink (path);
}

static void
test_bad_profile (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "kanribo-test-bad.json", NULL);
  GtkWidget *window = kan_profile_window_new (f->session, GTK_WINDOW (f->parent)), *adopt;

  g_assert_true (g_file_set_contents (path, "{\"id\": \"x\", \"offices\": 3}", -1, NULL));
  gtk_window_present (GTK_WINDOW (window));
  adopt = await_widget (window, is_button, "_Have It Adopted…");
  kan_profile_window_read (KAN_PROFILE_WINDOW (window), path);
  await_widget (window, is_label, "Line 1: Offices");
  g_assert_false (gtk_widget_get_sensitive (adopt));
  gtk_window_destroy (GTK_WINDOW (window));
  g_unlink (path);
}

static gboolean
is_message (GtkWidget *widget, const char *words)
{
  return ADW_IS_MESSAGE_DIALOG (widget);
}

static GtkWidget *
await_message (void)
{
  for (guint tries = 0; tries < 400; tries++)
    {
      GListModel *windows = gtk_window_get_toplevels ();

      for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
        {
          g_autoptr(GtkWidget) window = g_list_model_get_item (windows, i);

          if (is_message (window, NULL) && gtk_widget_get_mapped (window))
            return window;
        }
      spin_for (20);
    }
  g_assert_not_reached ();
  return NULL;
}

static guint
count_files (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
remove_files (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);

  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

static void
test_backup (Fixture *f, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("kanribo-backups-XXXXXX", NULL);
  GtkWidget *message;

  kan_backup_into (f->session, GTK_WINDOW (f->parent), folder);
  message = await_message ();
  g_assert_cmpstr (adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (message)), ==, "Backed Up");
  g_assert_nonnull (strstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (message)), "read back"));
  g_assert_nonnull (strstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (message)), "1 backup lies"));
  g_assert_cmpuint (count_files (folder), ==, 1);
  gtk_window_close (GTK_WINDOW (message));
  spin_for (50);
  remove_files (folder);
}

static void
test_no_backup (Fixture *f, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (g_get_tmp_dir (), "kanribo-none", "there", NULL);
  GtkWidget *message;

  kan_backup_into (f->session, GTK_WINDOW (f->parent), folder);
  message = await_message ();
  g_assert_cmpstr (adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (message)), ==, "No backup was made");
  gtk_window_close (GTK_WINDOW (message));
  spin_for (50);
}

static gboolean
stop_at_once (gint64 done, gint64 total, gpointer data)
{
  return FALSE;
}

static void
test_stopped_backup (void)
{
  g_autofree char *folder = g_dir_make_tmp ("kanribo-backups-XXXXXX", NULL);
  g_autoptr(KanDesk) desk = demo_open (NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(KanBackup) backup = kan_desk_backup (desk, folder, demo_now, stop_at_once, NULL, &error);

  g_assert_null (backup);
  g_assert_error (error, KAN_ERROR, KAN_ERROR_CANCELLED);
  g_assert_cmpuint (count_files (folder), ==, 0);
  g_rmdir (folder);
}

static void
test_dates (void)
{
  g_settings_set_string (kan_settings (), KAN_SETTING_DATES, "iso");
  g_assert_false (kan_view_by_era ());
  g_settings_set_string (kan_settings (), KAN_SETTING_DATES, "era");
  g_assert_cmpint (kan_view_by_era (), ==, kan_speaks_japanese ());
}

int
main (int argc, char **argv)
{
  g_autofree char *schemas = g_build_filename (g_getenv ("G_TEST_BUILDDIR"), "..", "resources", NULL);
  int status;

  g_setenv ("GSETTINGS_SCHEMA_DIR", schemas, TRUE);
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  demo_build (200);
#define ADD(name, func) g_test_add ("/settings/" name, Fixture, NULL, set_up, func, tear_down)
  g_test_add ("/settings/office", Fixture, "secretary_general", set_up, test_office, tear_down);
  g_test_add_func ("/settings/closed", test_closed);
  g_test_add_func ("/settings/dates", test_dates);
  ADD ("not-a-manager", test_not_a_manager);
  ADD ("profile", test_profile);
  ADD ("bad-profile", test_bad_profile);
  ADD ("backup", test_backup);
  ADD ("no-backup", test_no_backup);
  g_test_add_func ("/settings/stopped-backup", test_stopped_backup);
  status = g_test_run ();
  demo_remove ();
  return status;
}
