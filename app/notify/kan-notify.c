/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Desktop notifications. What was told when is kept in the account's state folder, by a digest of the file's path. */
#include "notify/kan-notify.h"

#include "kan-types.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <libnotify/notify.h>

/* Kept while the desktop may still call their actions. */
static GPtrArray *shown;

typedef struct { char *place; KanNotifyFunc chosen; gpointer data; } Target;

static void
target_free (gpointer data)
{
  Target *self = data;

  g_free (self->place);
  g_free (self);
}

/* --- once a day ----------------------------------------------------------------------------------------------- */

static char *
memory_path (void)
{
  return g_build_filename (g_get_user_state_dir (), "kanribo", "notified.ini", NULL);
}

static char *
group_of (const char *file)
{
  g_autoptr(GFile) absolute = g_file_new_for_path (file);
  g_autofree char *path = g_file_get_path (absolute);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, path != NULL ? path : file, -1);
}

/**
 * kan_notify_was_told:
 * @file: a file's path
 * @what: which notification
 * @today: the day
 *
 * Returns: whether this was told of this file today already
 */
gboolean
kan_notify_was_told (const char *file, const char *what, KanDay today)
{
  g_autoptr(GKeyFile) memory = g_key_file_new ();
  g_autofree char *path = memory_path (), *group = group_of (file), *day = kan_day_format (today), *told = NULL;

  if (!g_key_file_load_from_file (memory, path, G_KEY_FILE_NONE, NULL))
    return FALSE;
  told = g_key_file_get_string (memory, group, what, NULL);
  return g_strcmp0 (told, day) == 0;
}

/* Where it cannot be remembered it is told again: better twice than never. */
static void
remember (const char *file, const char *what, KanDay today)
{
  g_autoptr(GKeyFile) memory = g_key_file_new ();
  g_autofree char *path = memory_path (), *group = group_of (file), *day = kan_day_format (today);
  g_autofree char *folder = g_path_get_dirname (path);

  (void) g_mkdir_with_parents (folder, 0700);
  (void) g_key_file_load_from_file (memory, path, G_KEY_FILE_NONE, NULL);
  g_key_file_set_string (memory, group, what, day);
  (void) g_key_file_save_to_file (memory, path, NULL);
}

/* --- showing -------------------------------------------------------------------------------------------------- */

static void
chosen_cb (NotifyNotification *notification, char *action, gpointer data)
{
  const Target *target = data;

  (void) action;
  if (shown != NULL && target->chosen != NULL)
    target->chosen (target->place, target->data);
  notify_notification_close (notification, NULL);
}

/**
 * kan_notify_show:
 * @file: a file's path
 * @notice: what to tell
 * @today: the day
 * @chosen: (nullable): called when its action is chosen
 * @data: for @chosen
 * @error: no notification service, or it failed
 *
 * Returns: whether it is shown now; %FALSE without @error where it was told today already
 */
gboolean
kan_notify_show (const char *file, const KanNotice *notice, KanDay today, KanNotifyFunc chosen, gpointer data,
                 GError **error)
{
  NotifyNotification *notification;

  if (kan_notify_was_told (file, notice->what, today))
    return FALSE;
  if (!notify_is_initted () && !notify_init (_("Kanribo")))
    {
      g_set_error_literal (error, KAN_ERROR, KAN_ERROR_IO, _("the desktop takes no notifications"));
      return FALSE;
    }
  if (shown == NULL)
    shown = g_ptr_array_new_with_free_func (g_object_unref);
  notification = notify_notification_new (notice->summary, notice->body, KAN_APP_ID);
  notify_notification_set_hint (notification, "desktop-entry", g_variant_new_string (KAN_APP_ID));
  notify_notification_set_urgency (notification, notice->urgent ? NOTIFY_URGENCY_CRITICAL : NOTIFY_URGENCY_NORMAL);
  if (chosen != NULL)
    {
      Target *target = g_new0 (Target, 1);

      target->place = g_strdup (notice->place);
      target->chosen = chosen;
      target->data = data;
      notify_notification_add_action (notification, "default", _("Open"), chosen_cb, target, target_free);
    }
  g_ptr_array_add (shown, notification);
  if (!notify_notification_show (notification, error))
    return FALSE;
  remember (file, notice->what, today);
  return TRUE;
}

/**
 * kan_notify_forget:
 *
 * Lets go of everything that was shown: nothing is called any more.
 */
void
kan_notify_forget (void)
{
  g_clear_pointer (&shown, g_ptr_array_unref);
}
