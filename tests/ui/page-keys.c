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

static GtkWidget *
move_focus (GtkWidget *window, GtkDirectionType direction)
{
  g_signal_emit_by_name (window, "move-focus", direction);
  return gtk_window_get_focus (GTK_WINDOW (window));
}

/* Every stop from where the keyboard is until it is there again. */
static GPtrArray *
go_round (GtkWidget *window, GtkDirectionType direction)
{
  GPtrArray *stops = g_ptr_array_new ();
  GtkWidget *start = gtk_window_get_focus (GTK_WINDOW (window)), *at = start;

  g_assert_nonnull (start);
  do
    {
      g_ptr_array_add (stops, at);
      at = move_focus (window, direction);
      if (at == NULL || g_ptr_array_find (stops, at, NULL))
        g_assert_true (at == start);
    }
  while (at != start);
  return stops;
}

/**
 * assert_tab_goes_round:
 * @window: a window with the keyboard
 *
 * Tab comes back to where it was, and Shift+Tab takes the same way backwards.
 *
 * Returns: (transfer container): all stops, the first is where the keyboard is
 */
GPtrArray *
assert_tab_goes_round (GtkWidget *window)
{
  GPtrArray *forwards = go_round (window, GTK_DIR_TAB_FORWARD);
  g_autoptr(GPtrArray) back = go_round (window, GTK_DIR_TAB_BACKWARD);

  g_assert_cmpuint (back->len, ==, forwards->len);
  for (guint i = 1; i < back->len; i++)
    g_assert_true (g_ptr_array_index (back, i) == g_ptr_array_index (forwards, forwards->len - i));
  return forwards;
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

/**
 * page_bench_show:
 * @self: a bench with a session
 * @page: (transfer floating): a page of that session
 * @width: in pixels
 * @height: in pixels
 *
 * Puts it on screen, in a window of its own; what it asks is in the log.
 */
void
page_bench_show (PageBench *self, GtkWidget *page, int width, int height)
{
  self->log = self->log != NULL ? self->log : g_string_new (NULL);
  self->page = page;
  self->window = window_with (page, width, height, self->log);
}

/**
 * page_bench_close:
 * @self: a bench
 *
 * Ends a test: the window goes, if it has not gone yet, and the session with it.
 */
void
page_bench_close (PageBench *self, G_GNUC_UNUSED gconstpointer unused)
{
  if (self->window != NULL)
    gtk_window_destroy (GTK_WINDOW (g_steal_pointer (&self->window)));
  session_close (self->session);
  g_string_free (self->log, TRUE);
}
