/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An unlocked session over the demo office, and a window to put pages into. */
#pragma once
#include "app/desk/demo-fixture.h"
#include "kan-session.h"

#include <adwaita.h>

typedef struct { gboolean done; GError *error; } Waiting;

static inline void
spin_until (gboolean (*reached) (gpointer), gpointer data)
{
  gint64 end = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (!reached (data) && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE) ? (void) 0 : g_usleep (1000);
  g_assert_true (reached (data));
}

static inline gboolean
is_done (gpointer data)
{
  return ((Waiting *) data)->done;
}

static inline void
spin_for (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * 1000;

  /* where the machine stood still meanwhile, what became due has its turn all the same */
  for (guint turns = 0; turns < 100 || g_get_monotonic_time () < end; turns++)
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (1000);
    }
}

static inline void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Waiting *waiting = data;
  KanDoor *door = kan_session_open_finish (KAN_SESSION (source), result, &waiting->error);

  kan_door_free (door);
  waiting->done = TRUE;
}

static inline void
unlocked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Waiting *waiting = data;

  kan_session_unlock_finish (KAN_SESSION (source), result, &waiting->error);
  waiting->done = TRUE;
}

/* By the code of an office; NULL: the first operator. */
static inline const KanDemoLogin *
login_of (const char *office)
{
  for (guint i = 0; i < demo_office->logins->len; i++)
    {
      const KanDemoLogin *login = g_ptr_array_index (demo_office->logins, i);

      if (office != NULL ? g_strv_contains ((const char *const *) login->offices, office) : login->is_operator)
        return login;
    }
  g_assert_not_reached ();
}

static inline KanSession *
session_open_as (const char *office)
{
  KanSession *session = kan_session_new ();
  const KanDemoLogin *operator = login_of (office);
  Waiting opening = { 0 }, unlocking = { 0 };
  KanSecret *passphrase;

  kan_session_open_async (session, demo_path, FALSE, opened_cb, &opening);
  spin_until (is_done, &opening);
  g_assert_no_error (opening.error);
  passphrase = kan_secret_new (kan_secret_get_size (operator->passphrase));
  memcpy (kan_secret_get_bytes (passphrase), kan_secret_peek_bytes (operator->passphrase),
          kan_secret_get_size (operator->passphrase));
  kan_session_unlock_async (session, operator->login, passphrase, unlocked_cb, &unlocking);
  spin_until (is_done, &unlocking);
  g_assert_no_error (unlocking.error);
  return session;
}

static inline KanSession *
session_open (void)
{
  return session_open_as (NULL);
}

static inline gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

/* Nobody holds on to it: the file can be opened again. */
static inline void
session_close (KanSession *session)
{
  gpointer last = session;

  g_object_add_weak_pointer (G_OBJECT (session), &last);
  kan_session_lock (session);
  g_object_unref (session);
  spin_until (is_gone, &last);
}

/* What a page asks the window for, remembered. */
static inline void
asked_cb (GSimpleAction *action, GVariant *parameter, gpointer log)
{
  g_autofree char *words = parameter != NULL ? g_variant_print (parameter, FALSE) : g_strdup ("");

  g_string_append_printf (log, "%s%s\n", g_action_get_name (G_ACTION (action)), words);
}

static inline GtkWidget *
window_with (GtkWidget *page, int width, int height, GString *log)
{
  static const struct { const char *name, *type; } actions[] = {
    { "record", "s" }, { "act", "(ss)" }, { "print", "(ss)" }, { "filter", "(ssss)" }, { "list", "(ss)" },
    { "place", "s" }, { "toast", "s" },
  };
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new ();
  GtkWidget *window = adw_window_new ();

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autoptr(GSimpleAction) action = g_simple_action_new (actions[i].name, G_VARIANT_TYPE (actions[i].type));

      g_signal_connect (action, "activate", G_CALLBACK (asked_cb), log);
      g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
    }
  gtk_widget_insert_action_group (window, "win", G_ACTION_GROUP (group));
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  adw_window_set_content (ADW_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

typedef gboolean (*Matching) (GtkWidget *widget, const char *words);

/* The first widget below @root for which @matching is true, in the order of the tree. */
static inline GtkWidget *
find_widget (GtkWidget *root, Matching matching, const char *words)
{
  if (gtk_widget_get_mapped (root) && matching (root, words))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, matching, words);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static inline gboolean
is_button (GtkWidget *widget, const char *words)
{
  return GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), words) == 0;
}

static inline gboolean
is_label (GtkWidget *widget, const char *words)
{
  return GTK_IS_LABEL (widget) && g_strcmp0 (gtk_label_get_text (GTK_LABEL (widget)), words) == 0;
}

static inline gboolean
is_row (GtkWidget *widget, const char *words)
{
  return ADW_IS_PREFERENCES_ROW (widget) &&
         g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), words) == 0;
}

static inline gboolean
is_tooltip (GtkWidget *widget, const char *words)
{
  return g_strcmp0 (gtk_widget_get_tooltip_text (widget), words) == 0;
}

static inline gboolean
is_inscription (GtkWidget *widget, const char *words)
{
  return GTK_IS_INSCRIPTION (widget) && g_strcmp0 (gtk_inscription_get_text (GTK_INSCRIPTION (widget)), words) == 0;
}

typedef struct { GtkWidget *root; Matching matching; const char *words; } Sought;

static inline gboolean
is_there (gpointer data)
{
  Sought *sought = data;

  return find_widget (sought->root, sought->matching, sought->words) != NULL;
}

static inline GtkWidget *
await_widget (GtkWidget *root, Matching matching, const char *words)
{
  Sought sought = { root, matching, words };

  if (!is_there (&sought))
    spin_until (is_there, &sought);
  return find_widget (root, matching, words);
}
