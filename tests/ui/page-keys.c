/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys, as far as a program can press its own, and windows that come and go. */
#include "page-fixture.h"

static gboolean
has_key (GtkShortcutTrigger *trigger, GtkShortcutTrigger *key)
{
  GtkAlternativeTrigger *either = GTK_IS_ALTERNATIVE_TRIGGER (trigger) ? GTK_ALTERNATIVE_TRIGGER (trigger) : NULL;

  return either != NULL ? has_key (gtk_alternative_trigger_get_first (either), key) ||
                          has_key (gtk_alternative_trigger_get_second (either), key)
                        : gtk_shortcut_trigger_equal (trigger, key);
}

/* The keys of one of its controllers; not every such controller lists them. */
static gboolean
run_key (GtkWidget *window, GListModel *shortcuts, GtkShortcutTrigger *key)
{
  for (guint i = 0; i < g_list_model_get_n_items (shortcuts); i++)
    {
      g_autoptr(GtkShortcut) shortcut = g_list_model_get_item (shortcuts, i);

      if (has_key (gtk_shortcut_get_trigger (shortcut), key))
        return gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, window, NULL);
    }
  return FALSE;
}

/**
 * press_key:
 * @window: a window
 * @keyval: a key
 * @modifiers: what is held down meanwhile
 *
 * Does what the key does there.
 *
 * Returns: whether it does anything
 */
gboolean
press_key (GtkWidget *window, guint keyval, GdkModifierType modifiers)
{
  g_autoptr(GtkShortcutTrigger) key = gtk_keyval_trigger_new (keyval, modifiers);
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (window);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_SHORTCUT_CONTROLLER (controller) && run_key (window, G_LIST_MODEL (controller), key))
        return TRUE;
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
  (void) press_key (window, GDK_KEY_Escape, 0);
}

/* --- windows that come and go ----------------------------------------------------------------------------------- */

static gboolean
is_gone (gpointer slot)
{
  return *(gpointer *) slot == NULL;
}

/**
 * present_and_watch:
 * @window: a window
 * @slot: where the test keeps it; %NULL from when it is gone
 */
void
present_and_watch (GtkWidget *window, GtkWidget **slot)
{
  *slot = window;
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) slot);
  gtk_window_present (GTK_WINDOW (window));
}

/**
 * await_closed:
 * @slot: as given to present_and_watch()
 */
void
await_closed (GtkWidget **slot)
{
  spin_until (is_gone, slot);
}
