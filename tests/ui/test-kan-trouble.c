/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bad luck while signing: the disk is full, the stick breaks at any step, the screen is locked in the middle. It is
 * told, nothing that was typed is lost, and an act is in the chain whole or not at all. */
#include "page-fixture.h"

#include "db/kan-io.h"
#include "kit/kan-dialogs.h"
#include "kit/kan-wizard-private.h"

typedef struct
{
  KanSession *session;
  GtkWidget  *wizard;
  char       *passphrase;       /* of who sits here */
  char       *label;            /* of the medium */
  gint64      n_acts;           /* before */
} Work;

static const char count_acts[] = "SELECT count (*) FROM act";

static gboolean
has_review (gpointer data)
{
  return kan_wizard_get_review (KAN_WIZARD (data)) != NULL;
}

static void
present (Work *f, GtkWidget *wizard)
{
  present_and_watch (wizard, &f->wizard);
  spin_until (has_review, wizard);
}

static void
fill_in (Work *f)
{
  gtk_editable_set_text (GTK_EDITABLE (await_widget (f->wizard, is_question, "label")), f->label);
  adw_combo_row_set_selected (ADW_COMBO_ROW (await_widget (f->wizard, is_question, "media_kind")), 1);
}

static void
set_up (Work *f, gconstpointer unused)
{
  f->session = session_open ();
  f->passphrase = passphrase_of (demo_login (NULL));
  f->label = g_strdup_printf ("不運の媒体-%u", g_random_int ());
  f->n_acts = session_count (f->session, count_acts);
  present (f, kan_wizard_new (f->session, NULL, "media.register", NULL));
  fill_in (f);
}

static void
tear_down (Work *f, gconstpointer unused)
{
  g_assert_null (f->wizard);
  session_close (f->session);
  g_free (f->passphrase);
  g_free (f->label);
}

static void
go_on (Work *f)
{
  gtk_widget_activate_action (f->wizard, "wizard.next", NULL);
}

static gboolean
is_check (GtkWidget *widget, const char *unused)
{
  return KAN_IS_REVIEW_PAGE (widget);
}

/* Up to the page that takes the passphrase, which is typed. */
static void
pass_pages (Work *f, const char *passphrase)
{
  go_on (f);
  await_widget (f->wizard, is_check, NULL);
  go_on (f);
  gtk_editable_set_text (GTK_EDITABLE (await_widget (f->wizard, is_passphrase, NULL)), passphrase);
}

static gpointer
verify_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  KanVerifyOptions options = { .full = TRUE, .now = demo_now };

  return kan_desk_verify (kan_worker_get_desk (worker), &options, error);
}

static void
check_chain (Work *f, gint64 n_more)
{
  g_autoptr(KanVerdict) verdict = session_ask (f->session, verify_job, NULL);
  g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM medium WHERE label = '%s'", f->label);

  g_assert_cmpuint (verdict->faults->len, ==, 0);
  g_assert_cmpint (verdict->n_differing, ==, 0);
  g_assert_cmpint (session_count (f->session, count_acts), ==, f->n_acts + n_more);
  g_assert_cmpint (session_count (f->session, sql), ==, n_more);
}

/* What a message says, which is then closed. */
static char *
read_message (const char *heading)
{
  GtkWidget *message = await_window (ADW_TYPE_MESSAGE_DIALOG);
  char *body = g_strdup (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (message)));

  g_assert_cmpstr (adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (message)), ==, heading);
  answer_message ("close");
  return body;
}

static gpointer
discard_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  g_assert_true (kan_desk_drop_draft (kan_worker_get_desk (worker), *(gint64 *) data, error));
  return NULL;
}

/* The next test finds the office as this one did. */
static void
discard_draft (Work *f)
{
  gint64 draft = 0;

  g_assert_cmpuint (session_n_drafts (f->session, &draft), ==, 1);
  session_ask (f->session, discard_job, &draft);
}

static void
close_keeping (Work *f, const char *answer)
{
  gtk_window_close (GTK_WINDOW (f->wizard));
  answer_message (answer);
  await_closed (&f->wizard);
}

/* --- the medium ------------------------------------------------------------------------------------------------- */

/* Nothing is signed, it is said why, and what was typed stays. */
static void
test_full (Work *f, gconstpointer unused)
{
  g_autofree char *said = NULL;

  pass_pages (f, f->passphrase);
  kan_io_fail_at (1, KAN_IO_DISK_FULL);
  go_on (f);
  said = read_message ("Nothing was signed");
  g_assert_nonnull (strstr (said, "no space left"));
  kan_io_fail_at (0, KAN_IO_SOUND);
  g_assert_cmpstr (kan_answers_get (kan_wizard_get_answers (KAN_WIZARD (f->wizard)), "label"), ==, f->label);
  check_chain (f, 0);
  close_keeping (f, "discard");
  g_assert_cmpuint (session_n_drafts (f->session, NULL), ==, 0);
}

/* A draft that cannot be kept is not let go of. */
static void
test_full_draft (Work *f, gconstpointer unused)
{
  g_autofree char *said = NULL;

  kan_io_fail_at (1, KAN_IO_DISK_FULL);
  gtk_window_close (GTK_WINDOW (f->wizard));
  answer_message ("keep");
  said = read_message ("The draft could not be kept");
  g_assert_nonnull (strstr (said, "no space left"));
  g_assert_nonnull (f->wizard);
  kan_io_fail_at (0, KAN_IO_SOUND);
  close_keeping (f, "keep");
  discard_draft (f);
}

/* Where not even the draft can be written, the lock does not keep that to itself. */
static void
test_full_lock (Work *f, gconstpointer unused)
{
  g_autofree char *said = NULL;

  kan_io_fail_at (1, KAN_IO_DISK_FULL);
  kan_session_lock (f->session);
  said = read_message ("The draft could not be kept");
  kan_io_fail_at (0, KAN_IO_SOUND);
  session_unlock (f->session, demo_login (NULL));
  check_chain (f, 0);
}

/* What could not be kept when it was to be signed is kept by the lock, once there is room. */
static void
test_full_then_lock (Work *f, gconstpointer unused)
{
  pass_pages (f, f->passphrase);
  kan_io_fail_at (1, KAN_IO_DISK_FULL);
  go_on (f);
  g_free (read_message ("Nothing was signed"));
  kan_io_fail_at (0, KAN_IO_SOUND);
  kan_session_lock (f->session);
  await_closed (&f->wizard);
  session_unlock (f->session, demo_login (NULL));
  check_chain (f, 0);
  discard_draft (f);
}

static gboolean
is_answered (gpointer data)
{
  return ((Work *) data)->wizard == NULL || window_of_type (ADW_TYPE_MESSAGE_DIALOG) != NULL;
}

/* Reminders are written after each act. */
static void
set_up_reminded (Work *f, gconstpointer unused)
{
  KanDesk *desk = demo_open ("general_affairs_manager");
  g_autoptr(GError) error = NULL;

  g_assert_true (kan_desk_set_reminders (desk, TRUE, demo_now, &error));
  g_assert_no_error (error);
  kan_desk_free (desk);
  set_up (f, unused);
}

/* The n-th write, sync or change of the folder fails, and all after it, for every n: what was told is what is so, also
   where the act is in the chain already and only what follows from it fails. With KAN_LONG every n, else each 4th. */
static void
test_broken (Work *f, gconstpointer unused)
{
  guint n = 0, stride = g_getenv ("KAN_LONG") != NULL ? 1 : 4;
  gint64 draft = 0;

  pass_pages (f, f->passphrase);
  while (f->wizard != NULL)
    {
      n += stride;
      kan_io_fail_at (n, KAN_IO_BROKEN);
      go_on (f);
      spin_until (is_answered, f);
      kan_io_fail_at (0, KAN_IO_SOUND);
      if (f->wizard != NULL)
        {
          g_free (read_message ("Nothing was signed"));
          g_assert_cmpint (session_count (f->session, count_acts), ==, f->n_acts);
          gtk_editable_set_text (GTK_EDITABLE (await_widget (f->wizard, is_passphrase, NULL)), f->passphrase);
        }
    }
  g_assert_cmpuint (n, >, 5);
  check_chain (f, 1);
  /* what broke last may have been that the draft was dropped */
  if (session_n_drafts (f->session, &draft) > 0)
    session_ask (f->session, discard_job, &draft);
}

/* --- the lock --------------------------------------------------------------------------------------------------- */

static void
unlock_again (Work *f, const char *told)
{
  g_autofree char *word = NULL, *again = NULL;

  await_closed (&f->wizard);
  session_unlock (f->session, demo_login (NULL));
  word = kan_session_take_word (f->session);
  again = kan_session_take_word (f->session);
  g_assert_nonnull (word);
  g_assert_nonnull (strstr (word, told));
  g_assert_null (again);
}

static void
test_lock_signing (Work *f, gconstpointer unused)
{
  pass_pages (f, f->passphrase);
  go_on (f);
  kan_session_lock (f->session);
  unlock_again (f, "): signed");
  check_chain (f, 1);
  g_assert_cmpuint (session_n_drafts (f->session, NULL), ==, 0);
}

/* The passphrase was wrong: nobody is there to be told, but what was typed is kept. */
static void
test_lock_wrong (Work *f, gconstpointer unused)
{
  pass_pages (f, "not the one");
  go_on (f);
  kan_session_lock (f->session);
  unlock_again (f, "nothing was signed");
  check_chain (f, 0);
  discard_draft (f);
}

/* Nor can the draft be written: both are told, however late somebody unlocks. */
static void
test_lock_full (Work *f, gconstpointer unused)
{
  pass_pages (f, f->passphrase);
  kan_io_fail_at (1, KAN_IO_DISK_FULL);
  go_on (f);
  kan_session_lock (f->session);
  await_closed (&f->wizard);
  kan_io_fail_at (0, KAN_IO_SOUND);
  unlock_again (f, "what was typed last could not be kept");
  check_chain (f, 0);
}

typedef struct { GMutex mutex; GCond cond; gboolean open; } Gate;

static gpointer
wait_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  Gate *gate = data;

  g_mutex_lock (&gate->mutex);
  while (!gate->open)
    g_cond_wait (&gate->cond, &gate->mutex);
  g_mutex_unlock (&gate->mutex);
  return NULL;
}

static void
open_gate (Gate *gate)
{
  g_mutex_lock (&gate->mutex);
  gate->open = TRUE;
  g_cond_signal (&gate->cond);
  g_mutex_unlock (&gate->mutex);
}

/* The draft is just being written, somebody signs, and then the screen is locked: no draft of what is signed stays. */
static void
test_lock_saving (Work *f, gconstpointer unused)
{
  Gate gate = { 0 };

  g_mutex_init (&gate.mutex);
  g_cond_init (&gate.cond);
  pass_pages (f, f->passphrase);
  kan_session_run (f->session, KAN_JOB_PAGE, wait_job, &gate, NULL, NULL, NULL, NULL, NULL);
  kan_wizard_save_draft (KAN_WIZARD (f->wizard));
  go_on (f);
  kan_session_lock (f->session);
  open_gate (&gate);
  unlock_again (f, "): signed");
  check_chain (f, 1);
  g_assert_cmpuint (session_n_drafts (f->session, NULL), ==, 0);
  g_cond_clear (&gate.cond);
  g_mutex_clear (&gate.mutex);
}

/* --- two at once ------------------------------------------------------------------------------------------------ */

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_assert_null (kan_session_open_finish (KAN_SESSION (source), result, data));
}

static gboolean
is_told (gpointer error)
{
  return *(GError **) error != NULL;
}

/* A second window of the same program on the same file is told so, and the first goes on. */
static void
test_second (Work *f, gconstpointer unused)
{
  g_autoptr(KanSession) second = kan_session_new ();
  g_autoptr(GError) error = NULL;

  kan_session_open_async (second, demo_path, FALSE, opened_cb, &error);
  spin_until (is_told, &error);
  g_assert_error (error, KAN_ERROR, KAN_ERROR_BUSY);
  pass_pages (f, f->passphrase);
  go_on (f);
  await_closed (&f->wizard);
  check_chain (f, 1);
}

#define ADD(name, func) g_test_add ("/ui/trouble/" name, Work, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_setenv ("KAN_NOW", "2026-11-10T01:00:00Z", TRUE);
  demo_build (0);
  ADD ("full", test_full);
  ADD ("full-draft", test_full_draft);
  ADD ("full-lock", test_full_lock);
  ADD ("full-then-lock", test_full_then_lock);
  g_test_add ("/ui/trouble/broken", Work, NULL, set_up_reminded, test_broken, tear_down);
  ADD ("lock-signing", test_lock_signing);
  ADD ("lock-wrong", test_lock_wrong);
  ADD ("lock-full", test_lock_full);
  ADD ("lock-saving", test_lock_saving);
  ADD ("second", test_second);
  status = g_test_run ();
  demo_remove ();
  return status;
}
