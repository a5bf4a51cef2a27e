/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a profile from a file, never more of it than a profile may be long. */
#include "settings/kan-profile-file.h"

#include "desk/kan-profile-words.h"
#include "kit/kan-dialogs.h"

#include <glib/gi18n.h>
#include <string.h>

enum { SIZE_MAX_READ = 1024 * 1024 };

/**
 * kan_profile_file_free:
 * @self: (nullable): a file that was read
 */
void
kan_profile_file_free (KanProfileFile *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_clear_pointer (&self->profile, kan_profile_unref);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_free (self);
}

/* Stops where it is too long to be one. */
static gboolean
read_more_cb (const char *contents, goffset size, gpointer user_data)
{
  return size <= SIZE_MAX_READ;
}

static KanProfileFile *
judge (const char *name, const char *text, gsize size)
{
  KanProfileFile *file = g_new0 (KanProfileFile, 1);

  file->name = g_strdup (name);
  if (size > SIZE_MAX_READ || memchr (text, '\0', size) != NULL || !g_utf8_validate (text, (gssize) size, NULL))
    return file;
  file->problems = kan_profile_word_problems (text, (gssize) size);
  if (file->problems->len == 0)
    file->profile = kan_profile_new_from_json (text, (gssize) size, NULL);
  return file;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL, *name = g_file_get_basename (G_FILE (source));
  gsize size = 0;

  /* what was stopped for its length says so as an error of its own */
  if (!g_file_load_partial_contents_finish (G_FILE (source), result, &text, &size, NULL, &error) && text == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_task_return_pointer (task, judge (name, text, size), (GDestroyNotify) kan_profile_file_free);
}

static void
read_path (GTask *task, const char *path)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);

  g_file_load_partial_contents_async (file, NULL, read_more_cb, read_cb, task);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autofree char *path = kan_dialogs_file_finish (result);

  if (path == NULL)
    g_task_return_pointer (task, NULL, NULL);
  else
    read_path (g_steal_pointer (&task), path);
}

/**
 * kan_profile_file_choose_async:
 * @widget: in whose window; the source of @ready
 * @ready: called with the result
 * @user_data: for @ready
 */
void
kan_profile_file_choose_async (GtkWidget *widget, GAsyncReadyCallback ready, gpointer user_data)
{
  kan_dialogs_file (widget, KAN_FILE_OPEN, _("Profile"), NULL, _("Profiles (JSON)"), "*.json", chosen_cb,
                    g_task_new (widget, NULL, ready, user_data));
}

/**
 * kan_profile_file_read_async:
 * @widget: the source of @ready
 * @path: a file
 * @ready: called with the result
 * @user_data: for @ready
 */
void
kan_profile_file_read_async (GtkWidget *widget, const char *path, GAsyncReadyCallback ready, gpointer user_data)
{
  read_path (g_task_new (widget, NULL, ready, user_data), path);
}

/**
 * kan_profile_file_finish:
 * @result: as given to the callback
 * @error: where the file cannot be read
 *
 * Returns: (transfer full) (nullable): what was read; %NULL without an error: dismissed
 */
KanProfileFile *
kan_profile_file_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- shown ----------------------------------------------------------------------------------------------------- */

static void
clear_rows (AdwPreferencesGroup *group, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    adw_preferences_group_remove (group, g_ptr_array_index (rows, i));
  g_ptr_array_set_size (rows, 0);
}

static void
add_row (AdwPreferencesGroup *group, GPtrArray *rows, const char *title, const char *text)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *seen = kan_visible_text (text), *heading = kan_visible_text (title);

  g_object_set (row, "use-markup", FALSE, "title", heading, "subtitle", seen, "title-lines", 0, "subtitle-lines", 0,
                NULL);
  gtk_widget_set_focusable (row, FALSE);
  adw_preferences_group_add (group, row);
  g_ptr_array_add (rows, row);
}

/**
 * kan_profile_file_show_problems:
 * @group: where they are shown
 * @rows: what was shown there before, and is from now on
 * @problems: (nullable) (element-type KanProfileLine): where and what; %NULL: it is no text at all
 */
void
kan_profile_file_show_problems (AdwPreferencesGroup *group, GPtrArray *rows, GPtrArray *problems)
{
  clear_rows (group, rows);
  if (problems == NULL)
    add_row (group, rows, _("This is not a profile: it is no text, or far too long."), "");
  for (guint i = 0; problems != NULL && i < problems->len; i++)
    {
      const KanProfileLine *problem = g_ptr_array_index (problems, i);

      add_row (group, rows, problem->text, problem->label);
    }
}

/**
 * kan_profile_file_show_lines:
 * @group: where they are shown
 * @rows: what was shown there before, and is from now on
 * @profile: what is summed up
 */
void
kan_profile_file_show_lines (AdwPreferencesGroup *group, GPtrArray *rows, const KanProfile *profile)
{
  g_autoptr(GPtrArray) lines = kan_profile_summarize (profile);

  clear_rows (group, rows);
  for (guint i = 0; i < lines->len; i++)
    {
      const KanProfileLine *line = g_ptr_array_index (lines, i);

      add_row (group, rows, line->label, line->text);
    }
}
