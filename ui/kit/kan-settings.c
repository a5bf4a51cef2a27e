/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The preferences of this screen. */
#include "kit/kan-settings.h"

#include "desk/kan-view.h"

#include <string.h>

enum { RECENT_MAX = 8 };

static void
dates_cb (GSettings *settings)
{
  g_autofree char *style = g_settings_get_string (settings, KAN_SETTING_DATES);

  kan_view_set_iso_dates (strcmp (style, "iso") == 0);
}

/**
 * kan_settings:
 *
 * Returns: (transfer none) (nullable): the preferences; %NULL where their schema is not installed
 */
GSettings *
kan_settings (void)
{
  static GSettings *settings = NULL;
  static gsize once = 0;

  if (g_once_init_enter (&once))
    {
      GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
      g_autoptr(GSettingsSchema) schema =
        source != NULL ? g_settings_schema_source_lookup (source, KAN_APP_ID, TRUE) : NULL;

      if (schema != NULL)
        {
          settings = g_settings_new (KAN_APP_ID);
          g_signal_connect (settings, "changed::" KAN_SETTING_DATES, G_CALLBACK (dates_cb), NULL);
          dates_cb (settings);
        }
      g_once_init_leave (&once, 1);
    }
  return settings;
}

/* However it is spelt. */
static gboolean
is_same (const char *path, const char *other)
{
  g_autoptr(GFile) one = g_file_new_for_path (path), two = g_file_new_for_path (other);

  return g_file_equal (one, two);
}

/* All but @path, behind @first. */
static void
put_recent (const char *first, const char *path)
{
  g_auto(GStrv) known = NULL;
  g_autoptr(GPtrArray) files = g_ptr_array_new ();

  if (kan_settings () == NULL)
    return;
  known = g_settings_get_strv (kan_settings (), KAN_SETTING_RECENT);
  if (first != NULL)
    g_ptr_array_add (files, (gpointer) first);
  for (char **file = known; *file != NULL && files->len < RECENT_MAX; file++)
    if (!is_same (*file, path))
      g_ptr_array_add (files, *file);
  g_ptr_array_add (files, NULL);
  g_settings_set_strv (kan_settings (), KAN_SETTING_RECENT, (const char *const *) files->pdata);
}

/**
 * kan_settings_remember_file:
 * @path: a file that was unlocked
 *
 * Puts it first among the recent files, where it stands once.
 */
void
kan_settings_remember_file (const char *path)
{
  put_recent (path, path);
}

/**
 * kan_settings_forget_file:
 * @path: a file that is not to be offered any more
 *
 * Takes it off the recent files; the file stays where it is.
 */
void
kan_settings_forget_file (const char *path)
{
  put_recent (NULL, path);
}
