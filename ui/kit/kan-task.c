/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A task longer than a second: a dialog with progress, rate and time left, and a cancel that leaves nothing half
 * done. */
#include "kit/kan-dialogs.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#define SHOWN_AFTER_MS 700
#define REFRESH_MS 100

#define KAN_TYPE_TASK_WINDOW (kan_task_window_get_type ())
G_DECLARE_FINAL_TYPE (KanTaskWindow, kan_task_window, KAN, TASK_WINDOW, AdwWindow)

struct _KanTaskWindow
{
  AdwWindow       parent_instance;

  /* Template children */
  GtkLabel       *heading;
  GtkProgressBar *bar;
  GtkLabel       *rate;
  GtkWidget      *stop;

  GCancellable   *cancellable;      /* owned */
};

G_DEFINE_FINAL_TYPE (KanTaskWindow, kan_task_window, ADW_TYPE_WINDOW)

/* `done` and `total` are written by the database thread. */
struct _KanTask
{
  KanTaskWindow *window;            /* owned */
  GCancellable  *cancellable;       /* owned */
  GMutex         lock;
  gint64         done, total;
  gint64         began;             /* monotonic, microseconds */
  gboolean       seldom;            /* most often nothing is told of it, and nothing shown */
  guint          show, refresh;     /* GSources */
};

static void
stop_cb (KanTaskWindow *self)
{
  g_cancellable_cancel (self->cancellable);
  gtk_widget_set_sensitive (self->stop, FALSE);
}

static gboolean
close_request_cb (KanTaskWindow *self)
{
  stop_cb (self);
  return TRUE;
}

static void
kan_task_window_dispose (GObject *object)
{
  KanTaskWindow *self = KAN_TASK_WINDOW (object);

  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), KAN_TYPE_TASK_WINDOW);
  G_OBJECT_CLASS (kan_task_window_parent_class)->dispose (object);
}

static void
kan_task_window_class_init (KanTaskWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kan_task_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kanribo/Kanribo/ui/kit/kan-task.ui");
  gtk_widget_class_bind_template_child (widget_class, KanTaskWindow, heading);
  gtk_widget_class_bind_template_child (widget_class, KanTaskWindow, bar);
  gtk_widget_class_bind_template_child (widget_class, KanTaskWindow, rate);
  gtk_widget_class_bind_template_child (widget_class, KanTaskWindow, stop);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
kan_task_window_init (KanTaskWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "close-request", G_CALLBACK (close_request_cb), NULL);
}

/* --- the task ------------------------------------------------------------------------------------------------- */

static char *
word_left (double seconds)
{
  int minutes = (int) (seconds / 60.0);

  if (seconds < 1.5)
    return g_strdup (_("a moment left"));
  if (minutes < 1)
    return g_strdup_printf (g_dngettext (NULL, "%d second left", "%d seconds left", (gulong) (seconds + 0.5)),
                            (int) (seconds + 0.5));
  return g_strdup_printf (g_dngettext (NULL, "%d minute left", "%d minutes left", (gulong) minutes + 1), minutes + 1);
}

static gboolean
refresh_cb (gpointer user_data)
{
  KanTask *self = user_data;
  double seconds = (double) (g_get_monotonic_time () - self->began) / G_USEC_PER_SEC, speed;
  g_autofree char *left = NULL, *rate = NULL;
  gint64 done, total;

  if (g_cancellable_is_cancelled (self->cancellable))
    {
      gtk_widget_set_visible (GTK_WIDGET (self->window), FALSE);
      return G_SOURCE_CONTINUE;
    }
  g_mutex_lock (&self->lock);
  done = self->done;
  total = self->total;
  g_mutex_unlock (&self->lock);
  if (total <= 0 || done <= 0)
    {
      gtk_progress_bar_pulse (self->window->bar);
      return G_SOURCE_CONTINUE;
    }
  speed = (double) done / MAX (seconds, 0.001);
  left = word_left ((double) (total - done) / speed);
  rate = g_strdup_printf (_("%" PRId64 " of %" PRId64 " · %.0f per second · %s"), done, total, speed,
                          left);
  gtk_progress_bar_set_fraction (self->window->bar, CLAMP ((double) done / (double) total, 0.0, 1.0));
  gtk_label_set_text (self->window->rate, rate);
  return G_SOURCE_CONTINUE;
}

static gboolean
show_cb (gpointer user_data)
{
  KanTask *self = user_data;
  gboolean told;

  g_mutex_lock (&self->lock);
  told = self->total > 0;
  g_mutex_unlock (&self->lock);
  if (self->seldom && !told)
    return G_SOURCE_CONTINUE;
  self->show = 0;
  if (!g_cancellable_is_cancelled (self->cancellable))
    gtk_window_present (GTK_WINDOW (self->window));
  return G_SOURCE_REMOVE;
}

/**
 * kan_task_new:
 * @widget: in whose window
 * @title: what is being done
 * @cancellable: what its cancel cancels
 *
 * Begins to tell how far a long task is; the dialog appears where it takes longer than a moment.
 *
 * Returns: (transfer full): ended by kan_task_end()
 */
KanTask *
kan_task_new (GtkWidget *widget, const char *title, GCancellable *cancellable)
{
  KanTask *self = g_new0 (KanTask, 1);
  GtkRoot *root = gtk_widget_get_root (widget);

  g_mutex_init (&self->lock);
  self->cancellable = g_object_ref (cancellable);
  self->began = g_get_monotonic_time ();
  self->window = g_object_ref (g_object_new (KAN_TYPE_TASK_WINDOW, "title", title, "transient-for", root, NULL));
  self->window->cancellable = g_object_ref (cancellable);
  gtk_label_set_text (self->window->heading, title);
  self->show = g_timeout_add (SHOWN_AFTER_MS, show_cb, self);
  self->refresh = g_timeout_add (REFRESH_MS, refresh_cb, self);
  return self;
}

/**
 * kan_task_new_seldom:
 * @widget: in whose window
 * @title: what is being done
 * @cancellable: what its cancel cancels
 *
 * As kan_task_new(), for what most often is nothing to do: the dialog appears only once something was told of it.
 *
 * Returns: (transfer full): ended by kan_task_end()
 */
KanTask *
kan_task_new_seldom (GtkWidget *widget, const char *title, GCancellable *cancellable)
{
  KanTask *self = kan_task_new (widget, title, cancellable);

  self->seldom = TRUE;
  return self;
}

/**
 * kan_task_progress:
 * @done: how many are done
 * @total: of how many; 0: not known
 * @task: a task, from any thread
 *
 * Returns: whether to go on
 */
gboolean
kan_task_progress (gint64 done, gint64 total, gpointer task)
{
  KanTask *self = task;

  g_mutex_lock (&self->lock);
  self->done = done;
  self->total = total;
  g_mutex_unlock (&self->lock);
  return !g_cancellable_is_cancelled (self->cancellable);
}

/**
 * kan_task_end:
 * @self: (nullable): a task that nobody reports to any more
 */
void
kan_task_end (KanTask *self)
{
  if (self == NULL)
    return;
  g_clear_handle_id (&self->show, g_source_remove);
  g_clear_handle_id (&self->refresh, g_source_remove);
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_object_unref (self->window);
  g_object_unref (self->cancellable);
  g_mutex_clear (&self->lock);
  g_free (self);
}
