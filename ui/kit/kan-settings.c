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

/**
 * kan_settings_remember_file:
 * @path: a file that was unlocked
 *
 * Puts it first among the recent files.
 */
void
kan_settings_remember_file (const char *path)
{
  g_auto(GStrv) known = NULL;
  g_autoptr(GPtrArray) files = g_ptr_array_new ();

  if (kan_settings () == NULL)
    return;
  known = g_settings_get_strv (kan_settings (), KAN_SETTING_RECENT);
  g_ptr_array_add (files, (gpointer) path);
  for (char **file = known; *file != NULL && files->len < RECENT_MAX; file++)
    if (strcmp (*file, path) != 0)
      g_ptr_array_add (files, *file);
  g_ptr_array_add (files, NULL);
  g_settings_set_strv (kan_settings (), KAN_SETTING_RECENT, (const char *const *) files->pdata);
}
