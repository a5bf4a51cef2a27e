/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Notifications while a file is open: after unlocking, after each change, when the day turns. */
#include "kan-notifier.h"

#include "desk/kan-reminder.h"
#include "kit/kan-actions.h"

struct _KanNotifier
{
  KanSession *session;      /* owned */
  GtkWindow  *window;       /* borrowed */
};

static gpointer
counts_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  KanDesk *desk = kan_worker_get_desk (worker);
  gint64 now = *(gint64 *) data;
  g_autoptr(GPtrArray) due = kan_desk_set_now (desk, now, error) ? kan_desk_list_due (desk, error) : NULL;

  return due != NULL ? kan_reminders_of_due (due, kan_desk_get_day (desk)) : NULL;
}

static void
chosen_cb (const char *place, gpointer data)
{
  KanNotifier *self = data;

  gtk_window_present (self->window);
  if (kan_session_is_unlocked (self->session))
    gtk_widget_activate_action (GTK_WIDGET (self->window), KAN_ACTION_PLACE, "s", place);
}

/* Nothing is told where the desktop takes no notifications: the page of the day says the same. */
static void
counts_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GtkWindow) window = user_data;
  KanSession *session = KAN_SESSION (source);
  KanNotifier *self = g_object_get_data (G_OBJECT (window), "kan-notifier");
  g_autoptr(GArray) counts = kan_session_run_finish (session, result, NULL);

  if (counts != NULL && self != NULL)
    (void) kan_reminders_tell (kan_session_get_path (session), counts, kan_day_of_utc (kan_session_now (session)),
                               chosen_cb, self, NULL);
}

static void
ask (KanNotifier *self)
{
  gint64 now = kan_session_now (self->session);

  kan_session_run (self->session, KAN_JOB_REST, counts_job, g_memdup2 (&now, sizeof now), g_free,
                   (GDestroyNotify) g_array_unref, NULL, counts_cb, g_object_ref (self->window));
}

/**
 * kan_notifier_new:
 * @session: whose file is told about
 * @window: what a notification leads to; must outlive the notifier
 *
 * Returns: (transfer full): a notifier
 */
KanNotifier *
kan_notifier_new (KanSession *session, GtkWindow *window)
{
  KanNotifier *self = g_new0 (KanNotifier, 1);

  self->session = g_object_ref (session);
  self->window = window;
  g_object_set_data (G_OBJECT (window), "kan-notifier", self);
  g_signal_connect_swapped (session, "unlocked", G_CALLBACK (ask), self);
  g_signal_connect_swapped (session, "changed", G_CALLBACK (ask), self);
  return self;
}

/**
 * kan_notifier_free:
 * @self: (nullable): a notifier
 */
void
kan_notifier_free (KanNotifier *self)
{
  if (self == NULL)
    return;
  kan_notify_forget ();
  g_object_set_data (G_OBJECT (self->window), "kan-notifier", NULL);
  g_signal_handlers_disconnect_by_data (self->session, self);
  g_object_unref (self->session);
  g_free (self);
}
