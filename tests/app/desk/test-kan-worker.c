/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The worker: order by priority, results in the caller's context, cancelling, yielding, freeing with jobs waiting. */
#include "desk/kan-worker.h"

#include <string.h>

typedef struct
{
  KanWorker *worker;
  GString   *log;          /* written by the thread, read after it was joined or at rest */
  GMutex     mutex;        /* held by the test keeps the thread in its first job */
  GThread   *main;
  int        n_ready, n_cancelled, n_freed;
  gpointer   result;
  GError    *error;
} Bench;

typedef struct { Bench *bench; char letter; gboolean yields; } Letter;

static void
set_up (Bench *b, G_GNUC_UNUSED gconstpointer unused)
{
  b->worker = kan_worker_new ();
  b->log = g_string_new (NULL);
  g_mutex_init (&b->mutex);
  b->main = g_thread_self ();
}

static void
tear_down (Bench *b, G_GNUC_UNUSED gconstpointer unused)
{
  g_clear_pointer (&b->worker, kan_worker_free);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_mutex_clear (&b->mutex);
  g_string_free (b->log, TRUE);
  g_clear_error (&b->error);
}

static void
letter_free (Letter *self)
{
  g_atomic_int_inc (&self->bench->n_freed);
  g_free (self);
}

static gpointer
wait_job (G_GNUC_UNUSED KanWorker *worker, gpointer data, G_GNUC_UNUSED GCancellable *cancellable,
          G_GNUC_UNUSED GError **error)
{
  Bench *b = data;

  g_assert_true (g_thread_self () != b->main);
  g_mutex_lock (&b->mutex);
  g_mutex_unlock (&b->mutex);
  return NULL;
}

static gpointer
letter_job (KanWorker *worker, gpointer data, G_GNUC_UNUSED GCancellable *cancellable, G_GNUC_UNUSED GError **error)
{
  Letter *self = data;

  g_string_append_c (self->bench->log, self->letter);
  if (self->yields)
    {
      kan_worker_yield (worker);
      g_string_append_c (self->bench->log, g_ascii_toupper (self->letter));
    }
  return g_strdup ("made in the thread");
}

static void
ready_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Bench *b = data;
  g_autoptr(GError) error = NULL;

  g_assert_null (source);
  g_assert_true (g_thread_self () == b->main);
  g_free (b->result);
  b->result = kan_worker_run_finish (result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    b->n_cancelled++;
  else if (error != NULL)
    g_propagate_error (&b->error, g_steal_pointer (&error));
  b->n_ready++;
}

static void
put (Bench *b, KanJobPriority priority, char letter, gboolean yields, GCancellable *cancellable)
{
  Letter *data = g_new0 (Letter, 1);

  data->bench = b;
  data->letter = letter;
  data->yields = yields;
  kan_worker_run_async (b->worker, priority, letter_job, data, (GDestroyNotify) letter_free, g_free, NULL, cancellable,
                        ready_cb, b);
}

/* Behind a job that waits for the test to let go of the mutex. */
static void
hold (Bench *b)
{
  g_mutex_lock (&b->mutex);
  kan_worker_run_async (b->worker, KAN_JOB_PAGE, wait_job, b, NULL, NULL, NULL, NULL, ready_cb, b);
}

static void
let_go (Bench *b, int n_ready)
{
  g_mutex_unlock (&b->mutex);
  while (b->n_ready < n_ready)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_order (Bench *b, G_GNUC_UNUSED gconstpointer unused)
{
  hold (b);
  put (b, KAN_JOB_REST, 'e', FALSE, NULL);
  put (b, KAN_JOB_ACT, 'd', FALSE, NULL);
  put (b, KAN_JOB_PAGE, 'a', FALSE, NULL);
  put (b, KAN_JOB_ORDER, 'b', FALSE, NULL);
  put (b, KAN_JOB_PAGE, 'A', FALSE, NULL);
  put (b, KAN_JOB_OFFERS, 'c', FALSE, NULL);
  let_go (b, 7);
  g_assert_cmpstr (b->log->str, ==, "aAbcde");
  g_assert_cmpint (b->n_freed, ==, 6);
  g_assert_cmpstr (b->result, ==, "made in the thread");
  g_clear_pointer (&b->result, g_free);
}

/* More urgent ones run in between, those of the same rank and below do not. */
static void
test_yield (Bench *b, G_GNUC_UNUSED gconstpointer unused)
{
  hold (b);
  put (b, KAN_JOB_ACT, 'r', TRUE, NULL);
  put (b, KAN_JOB_REST, 's', FALSE, NULL);
  let_go (b, 3);
  g_assert_cmpstr (b->log->str, ==, "rRs");

  g_string_truncate (b->log, 0);
  b->n_ready = 0;
  hold (b);
  put (b, KAN_JOB_REST, 's', FALSE, NULL);
  put (b, KAN_JOB_OFFERS, 'q', TRUE, NULL);
  put (b, KAN_JOB_OFFERS, 't', FALSE, NULL);
  let_go (b, 4);
  g_assert_cmpstr (b->log->str, ==, "qQts");
  g_clear_pointer (&b->result, g_free);
}

/* A job that puts a more urgent one in and yields sees it done. */
static gpointer
busy_job (KanWorker *worker, gpointer data, G_GNUC_UNUSED GCancellable *cancellable, G_GNUC_UNUSED GError **error)
{
  Bench *b = data;

  g_string_append_c (b->log, '(');
  g_mutex_lock (&b->mutex);
  g_mutex_unlock (&b->mutex);
  kan_worker_yield (worker);
  g_string_append_c (b->log, ')');
  return NULL;
}

static void
test_yield_within (Bench *b, G_GNUC_UNUSED gconstpointer unused)
{
  g_mutex_lock (&b->mutex);
  kan_worker_run_async (b->worker, KAN_JOB_REST, busy_job, b, NULL, NULL, NULL, NULL, ready_cb, b);
  g_usleep (20000);
  put (b, KAN_JOB_PAGE, 'p', FALSE, NULL);
  put (b, KAN_JOB_REST, 'r', FALSE, NULL);
  let_go (b, 3);
  g_assert_true (strcmp (b->log->str, "(p)r") == 0 || strcmp (b->log->str, "p()r") == 0);
  g_clear_pointer (&b->result, g_free);
}

static void
test_cancel (Bench *b, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();

  hold (b);
  put (b, KAN_JOB_PAGE, 'x', FALSE, cancellable);
  put (b, KAN_JOB_PAGE, 'y', FALSE, NULL);
  g_cancellable_cancel (cancellable);
  let_go (b, 3);
  g_assert_cmpstr (b->log->str, ==, "y");
  g_assert_cmpint (b->n_cancelled, ==, 1);
  g_assert_cmpint (b->n_freed, ==, 2);
  g_clear_pointer (&b->result, g_free);
}

static gpointer
failing_job (KanWorker *worker, G_GNUC_UNUSED gpointer data, G_GNUC_UNUSED GCancellable *cancellable, GError **error)
{
  g_assert_null (kan_worker_get_desk (worker));
  g_assert_false (kan_worker_must_stop (worker));
  g_set_error_literal (error, KAN_ERROR, KAN_ERROR_MISSING, "no file");
  return NULL;
}

static void
test_failure (Bench *b, G_GNUC_UNUSED gconstpointer unused)
{
  kan_worker_run_async (b->worker, KAN_JOB_ACT, failing_job, NULL, NULL, NULL, NULL, NULL, ready_cb, b);
  while (b->n_ready < 1)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (b->error, KAN_ERROR, KAN_ERROR_MISSING);
}

/* No file on the main thread: every test of the window fails where it is tried. */
static void
test_elsewhere (Bench *b, G_GNUC_UNUSED gconstpointer unused)
{
  g_test_expect_message ("kanribo", G_LOG_LEVEL_CRITICAL, "*g_thread_self*");
  g_assert_null (kan_worker_get_desk (b->worker));
  g_test_assert_expected_messages ();
}

static gpointer
long_job (KanWorker *worker, gpointer data, G_GNUC_UNUSED GCancellable *cancellable, G_GNUC_UNUSED GError **error)
{
  while (!kan_worker_must_stop (worker))
    g_usleep (1000);
  g_string_append_c (((Bench *) data)->log, '.');
  return NULL;
}

/* What runs is told to stop and joined; what waits is dropped, and its owner is told. */
static void
test_free (Bench *b, G_GNUC_UNUSED gconstpointer unused)
{
  kan_worker_run_async (b->worker, KAN_JOB_REST, long_job, b, NULL, NULL, NULL, NULL, ready_cb, b);
  g_usleep (20000);
  for (int i = 0; i < 5; i++)
    put (b, KAN_JOB_REST, 'z', FALSE, NULL);
  g_clear_pointer (&b->worker, kan_worker_free);
  while (b->n_ready < 6)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (b->log->str, ==, ".");
  g_assert_cmpint (b->n_cancelled, ==, 5);
  g_assert_cmpint (b->n_freed, ==, 5);
}

static void
gone_cb (gpointer thread, G_GNUC_UNUSED GObject *source)
{
  *(GThread **) thread = g_thread_self ();
}

static void
free_slowly (G_GNUC_UNUSED gpointer data)
{
  g_usleep (50000);
}

static void
answered_cb (G_GNUC_UNUSED GObject *source, G_GNUC_UNUSED GAsyncResult *result, gpointer data)
{
  ((Bench *) data)->n_ready++;
}

/* Whoever asked is let go of where the answer comes, however long the thread is busy with what was asked. */
static void
test_source (Bench *b, G_GNUC_UNUSED gconstpointer unused)
{
  GObject *source = g_object_new (G_TYPE_OBJECT, NULL);
  GThread *gone = NULL;

  g_object_weak_ref (source, gone_cb, &gone);
  kan_worker_run_async (b->worker, KAN_JOB_PAGE, wait_job, b, free_slowly, NULL, source, NULL, answered_cb, b);
  g_object_unref (source);
  while (b->n_ready < 1)
    g_main_context_iteration (NULL, TRUE);
  g_clear_pointer (&b->worker, kan_worker_free);
  g_assert_true (gone == b->main);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/worker/order", Bench, NULL, set_up, test_order, tear_down);
  g_test_add ("/worker/yield", Bench, NULL, set_up, test_yield, tear_down);
  g_test_add ("/worker/yield-within", Bench, NULL, set_up, test_yield_within, tear_down);
  g_test_add ("/worker/cancel", Bench, NULL, set_up, test_cancel, tear_down);
  g_test_add ("/worker/failure", Bench, NULL, set_up, test_failure, tear_down);
  g_test_add ("/worker/elsewhere", Bench, NULL, set_up, test_elsewhere, tear_down);
  g_test_add ("/worker/source", Bench, NULL, set_up, test_source, tear_down);
  g_test_add ("/worker/free", Bench, NULL, set_up, test_free, tear_down);
  return g_test_run ();
}
