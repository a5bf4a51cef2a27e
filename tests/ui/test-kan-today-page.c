/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Today: what waits for me begins its act, every line opens its record, the strip has words and a table. */
#include "page-fixture.h"

#include "acts/kan-record-check.h"
#include "today/kan-strip.h"
#include "today/kan-today-page.h"

typedef struct { KanSession *session; GtkWidget *page, *window; GString *log; guint counted; } Bench;

static void
counted_cb (GtkWidget *page, const KanTodayView *view, Bench *b)
{
  b->counted++;
  g_assert_cmpuint (view->n_late, >, 0);
}

static void
set_up (Bench *b, gconstpointer office)
{
  b->session = session_open_as (office);
  b->log = g_string_new (NULL);
  b->page = kan_today_page_new (b->session);
  g_signal_connect (b->page, "counted", G_CALLBACK (counted_cb), b);
  b->window = window_with (b->page, 900, 3000, b->log);
}

static void
tear_down (Bench *b, gconstpointer unused)
{
  gtk_window_destroy (GTK_WINDOW (b->window));
  session_close (b->session);
  g_string_free (b->log, TRUE);
}

static gboolean
is_strip (GtkWidget *widget, const char *unused)
{
  return KAN_IS_STRIP (widget);
}

static gboolean
is_act (GtkWidget *widget, const char *unused)
{
  return GTK_IS_BUTTON (widget) &&
         g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), "win.act") == 0;
}

static gboolean
is_asked (gpointer log)
{
  return ((GString *) log)->len > 0;
}

static void
test_operator (Bench *b, gconstpointer unused)
{
  GtkWidget *button;

  await_widget (b->page, is_label, "What Waits for You");
  await_widget (b->page, is_label, "Overdue");
  button = await_widget (b->page, is_act, NULL);
  gtk_widget_activate (button);
  kan_session_changed (b->session);      /* what comes meanwhile loses no press */
  spin_until (is_asked, b->log);
  g_assert_true (g_str_has_prefix (b->log->str, "act("));
  g_assert_cmpuint (b->counted, ==, 1);
  gtk_test_accessible_assert_role (find_widget (b->page, is_strip, NULL), GTK_ACCESSIBLE_ROLE_IMG);
}

static gboolean
is_strip_hidden (gpointer page)
{
  return find_widget (page, is_strip, NULL) == NULL;
}

static void
test_table (Bench *b, gconstpointer unused)
{
  await_widget (b->page, is_strip, NULL);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (await_widget (b->page, is_button, "As a _Table")), TRUE);
  spin_until (is_strip_hidden, b->page);
}

static gboolean
is_counted_twice (gpointer bench)
{
  return ((Bench *) bench)->counted == 2;
}

/* After an act the page asks again. */
static void
test_changed (Bench *b, gconstpointer unused)
{
  await_widget (b->page, is_label, "Overdue");
  kan_session_changed (b->session);
  spin_until (is_counted_twice, b);
}

static gpointer
nothing_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  return NULL;
}

/* Alters the file from outside, which the test trusts. */
static gpointer
alter_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  KanBook *book = kan_desk_get_book (kan_worker_get_desk (worker));

  g_assert_true (kan_db_exec (kan_book_get_db (book), data, error));
  kan_book_trust (book);
  return NULL;
}

/* What is wanting and not this person's to bring says whose it is, on the row and to who hears it. */
static void
test_reason (Bench *b, gconstpointer unused)
{
  GtkWidget *row;

  await_widget (b->page, is_strip, NULL);
  session_ask (b->session, alter_job, (gpointer) "UPDATE place SET state = 'closed' WHERE state = 'standing'");
  kan_session_changed (b->session);
  row = await_widget (b->page, is_row, "Establish places");
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), "\nOnly for: "));
  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       adw_action_row_get_subtitle (ADW_ACTION_ROW (row)));
  g_assert_null (find_widget (row, is_act, NULL));
  session_ask (b->session, alter_job, (gpointer) "UPDATE place SET state = 'standing' WHERE state = 'closed'");
}

/* Verification, which takes every processor, waits until the first pictures were asked for. */
static void
test_first (void)
{
  g_autofree char *before = NULL;
  KanSession *session = session_open ();

  session_ask (session, nothing_job, NULL);
  g_object_get (session, "verified", &before, NULL);
  g_assert_cmpstr (before, ==, "Not verified yet");
  session_close (session);
}

int
main (int argc, char *argv[])
{
  int status;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  demo_build (0);
  g_test_add ("/today/operator", Bench, NULL, set_up, test_operator, tear_down);
  g_test_add ("/today/table", Bench, NULL, set_up, test_table, tear_down);
  g_test_add ("/today/reason", Bench, "secretary_general", set_up, test_reason, tear_down);
  g_test_add_func ("/today/first", test_first);
  g_test_add ("/today/changed", Bench, NULL, set_up, test_changed, tear_down);
  status = g_test_run ();
  demo_remove ();
  return status;
}
