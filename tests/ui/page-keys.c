/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys, as far as a program can press its own. */
#include "page-fixture.h"

/* The keys of one of its controllers; not every such controller lists them. */
static gboolean
run_escape (GtkWidget *window, GListModel *shortcuts)
{
  g_autoptr(GtkShortcutTrigger) escape = gtk_keyval_trigger_new (GDK_KEY_Escape, 0);

  for (guint i = 0; i < g_list_model_get_n_items (shortcuts); i++)
    {
      g_autoptr(GtkShortcut) shortcut = g_list_model_get_item (shortcuts, i);

      if (gtk_shortcut_trigger_equal (gtk_shortcut_get_trigger (shortcut), escape))
        return gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, window, NULL);
    }
  return FALSE;
}

/**
 * press_escape:
 * @window: a window
 *
 * Does what the key does there.
 */
void
press_escape (GtkWidget *window)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (window);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_SHORTCUT_CONTROLLER (controller) && run_escape (window, G_LIST_MODEL (controller)))
        return;
    }
}
