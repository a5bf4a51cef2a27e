/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Passphrases: Return in an entry signs, what is wrong is said beside it and the rest stays as typed, a key issued ends
 * on a page with the passphrase, and whoever comes in with it makes it their own. */
#include "page-fixture.h"

#include "settings/kan-passphrase.h"

#define FRESH "sixteen quiet mudskippers 77"
#define CHIEF "secretary_general"

typedef struct { KanSession *session; GtkWidget *window, *dialog; GString *log; char *own; } Bench;

static void
show (Bench *b, GtkWidget *dialog)
{
  present_and_watch (dialog, &b->dialog);
  spin_for (100);
}

static void
set_up (Bench *b, gconstpointer unused)
{
  b->session = session_open_as (CHIEF);
  b->own = passphrase_of (demo_login (CHIEF));
  b->log = g_string_new (NULL);
  b->window = window_with (gtk_label_new ("any"), 800, 600, b->log);
}

static void
tear_down (Bench *b, gconstpointer unused)
{
  if (b->dialog != NULL)
    gtk_window_destroy (GTK_WINDOW (b->dialog));
  gtk_window_destroy (GTK_WINDOW (b->window));
  session_close (b->session);
  g_string_free (b->log, TRUE);
  g_free (b->own);
}

static gboolean
is_entry (GtkWidget *widget, const char *title)
{
  return ADW_IS_ENTRY_ROW (widget) &&
         g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0;
}

static GtkWidget *
type (Bench *b, const char *title, const char *words)
{
  GtkWidget *row = await_widget (b->dialog, is_entry, title);

  gtk_editable_set_text (GTK_EDITABLE (row), words);
  return row;
}

static const char *
typed (Bench *b, const char *title)
{
  return gtk_editable_get_text (GTK_EDITABLE (await_widget (b->dialog, is_entry, title)));
}

/* With the keyboard in it, as whoever types has. */
static void
press_return (GtkWidget *row)
{
  gtk_widget_grab_focus (row);
  spin_for (50);
  g_signal_emit_by_name (row, "entry-activated");
}

static void
choose_officer (Bench *b, const char *login)
{
  AdwComboRow *row = ADW_COMBO_ROW (await_widget (b->dialog, is_of_type, "AdwComboRow"));
  GListModel *model = adw_combo_row_get_model (row);

  spin_for (300);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    if (g_strcmp0 (gtk_string_list_get_string (GTK_STRING_LIST (model), i), login) == 0)
      adw_combo_row_set_selected (row, i);
  g_assert_cmpuint (adw_combo_row_get_selected (row), >, 0);
}

/* The passphrase until now was mistyped: that is said beside it, and the new one need not be typed again. */
static void
test_change (Bench *b, gconstpointer unused)
{
  show (b, kan_passphrase_change_new (b->session, GTK_WINDOW (b->window)));
  type (b, "Passphrase until now", "not the one");
  type (b, "New passphrase", "short");
  press_return (type (b, "Once more", "short"));
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (await_widget (b->dialog, is_entry, "New passphrase")),
                                    GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE);
  type (b, "New passphrase", FRESH);
  press_return (type (b, "Once more", FRESH));
  await_widget (b->dialog, says, "The passphrase is not right");
  g_assert_cmpstr (typed (b, "New passphrase"), ==, FRESH);
  g_assert_cmpstr (typed (b, "Once more"), ==, FRESH);
  g_assert_cmpstr (typed (b, "Passphrase until now"), ==, "");
  press_return (type (b, "Passphrase until now", b->own));
  await_closed (&b->dialog);
  show (b, kan_passphrase_change_new (b->session, GTK_WINDOW (b->window)));
  type (b, "Passphrase until now", FRESH);
  type (b, "New passphrase", b->own);
  press_return (type (b, "Once more", b->own));
  await_closed (&b->dialog);
}

/* Another one who has come today, each time it is asked. */
static gpointer
register_job (KanWorker *worker, gpointer now, GCancellable *cancellable, GError **error)
{
  const KanDemoLogin *officer = demo_login ("pension_manager"), *chief = demo_login (CHIEF);
  KanDesk *desk = kan_worker_get_desk (worker);
  g_autoptr(KanAnswers) answers = kan_answers_new ("person.register", NULL);
  g_autoptr(KanOutcome) outcome = NULL;
  static const char *const names[] = { "新任 一郎", "新任 二郎", "新任 三郎", "新任 四郎" };
  static guint n;
  g_autofree char *staff_no = g_strdup_printf ("%u", 9901 + n);

  kan_answers_set (answers, "staff_no", staff_no);
  kan_answers_set (answers, "name", names[n++]);
  g_assert_true (kan_desk_add_cosigner (desk, officer->login, officer->passphrase, error));
  outcome = kan_desk_sign_answers (desk, answers, chief->passphrase, *(gint64 *) now, error);
  kan_desk_clear_cosigners (desk);
  g_assert_no_error (*error);
  g_assert_cmpuint (outcome->refusals->len + outcome->waiting_for->len, ==, 0);
  return g_strdup (outcome->subject);
}

static char *
register_somebody (Bench *b)
{
  gint64 now = kan_session_now (b->session);

  return session_ask (b->session, register_job, &now);
}

static gboolean
is_one_time (GtkWidget *widget, const char *unused)
{
  return GTK_IS_LABEL (widget) && gtk_widget_has_css_class (widget, "title-1");
}

static void
enroll (Bench *b, const char *person, const char *login)
{
  const KanDemoLogin *officer = demo_login ("pension_manager");
  g_autofree char *theirs = passphrase_of (officer);

  show (b, kan_passphrase_enroll_new (b->session, GTK_WINDOW (b->window), person));
  type (b, "User name", login);
  press_return (type (b, "Your passphrase", ""));
  await_widget (b->dialog, is_label, "Type your passphrase.");
  type (b, "Your passphrase", b->own);
  choose_officer (b, officer->login);
  press_return (type (b, "Passphrase of the officer", "not the one"));
  await_widget (b->dialog, says, "The passphrase is not right");
  g_assert_cmpstr (typed (b, "Your passphrase"), ==, b->own);
  press_return (type (b, "Passphrase of the officer", theirs));
}

static gboolean
is_empty (gpointer clipboard)
{
  return gdk_clipboard_get_content (clipboard) == NULL;
}

/* It stays on screen until whoever issued it has told it, and in the clipboard no longer. */
static void
test_enroll_and_claim (Bench *b, gconstpointer unused)
{
  g_autofree char *person = register_somebody (b), *one_time = NULL;
  g_autofree char *theirs = passphrase_of (demo_login ("general_affairs_manager"));
  KanDemoLogin newcomer = { .login = (char *) "newcomer" };
  GdkClipboard *clipboard;

  g_assert_nonnull (person);
  enroll (b, person, "newcomer");
  one_time = g_strdup (gtk_label_get_text (GTK_LABEL (await_widget (b->dialog, is_one_time, NULL))));
  g_assert_cmpuint (strlen (one_time), ==, 19);
  await_widget (b->dialog, says, "新任");
  await_widget (b->dialog, is_button, "_Print…");
  clipboard = gtk_widget_get_clipboard (b->window);
  gtk_widget_activate (await_widget (b->dialog, is_button, "_Copy"));
  await_widget (b->dialog, is_button, "Copied");
  g_assert_nonnull (gdk_clipboard_get_content (clipboard));
  gtk_widget_activate (await_widget (b->dialog, is_button, "_Done"));
  await_closed (&b->dialog);
  spin_until (is_empty, clipboard);

  kan_session_lock (b->session);
  newcomer.passphrase = kan_secret_new (strlen (one_time));
  memcpy (kan_secret_get_bytes (newcomer.passphrase), one_time, strlen (one_time));
  session_unlock (b->session, &newcomer);
  kan_secret_free (newcomer.passphrase);
  g_assert_true (kan_session_is_provisional (b->session));
  show (b, kan_passphrase_claim_new (b->session, GTK_WINDOW (b->window)));
  type (b, "New passphrase", FRESH);
  press_return (type (b, "Once more", FRESH));
  await_widget (b->dialog, is_label, "Name the officer who has identified you.");
  choose_officer (b, demo_login ("general_affairs_manager")->login);
  press_return (type (b, "Passphrase of the officer", "not the one"));
  await_widget (b->dialog, says, "The passphrase is not right");
  g_assert_cmpstr (typed (b, "New passphrase"), ==, FRESH);
  g_assert_cmpstr (typed (b, "Once more"), ==, FRESH);
  press_return (type (b, "Passphrase of the officer", theirs));
  await_closed (&b->dialog);
  g_assert_false (kan_session_is_provisional (b->session));
}

/* Of what was under way the outcome is told: nobody turns away from it before. */
static void
test_busy_stays (Bench *b, gconstpointer unused)
{
  g_autofree char *person = register_somebody (b);

  enroll (b, person, "stayer");
  g_assert_true (kan_session_is_telling (b->session));
  press_escape (b->dialog);
  gtk_window_close (GTK_WINDOW (b->dialog));
  await_widget (b->dialog, is_one_time, NULL);
  g_assert_false (kan_session_is_telling (b->session));
  press_escape (b->dialog);
  await_closed (&b->dialog);
}

static void
expect_word (Bench *b, const char *words)
{
  g_autofree char *word = NULL;

  session_unlock (b->session, demo_login (CHIEF));
  word = kan_session_take_word (b->session);
  g_test_message ("told: %s", word);
  g_assert_nonnull (word);
  g_assert_nonnull (strstr (word, words));
}

/* The lock does not show a passphrase, and does not keep silent of what was done either. */
static void
test_busy_locked (Bench *b, gconstpointer unused)
{
  g_autofree char *person = register_somebody (b), *first = NULL;

  enroll (b, person, "absent");
  kan_session_lock (b->session);
  await_closed (&b->dialog);
  expect_word (b, " (user name absent). ");
  g_assert_null (kan_session_take_word (b->session));
  enroll (b, person, "absent");
  first = g_strdup (gtk_label_get_text (GTK_LABEL (await_widget (b->dialog, is_one_time, NULL))));
  g_assert_cmpuint (strlen (first), ==, 19);
  kan_session_lock (b->session);
  await_closed (&b->dialog);
  expect_word (b, "issue the key again under the same user name");
}

static void
test_change_locked (Bench *b, gconstpointer unused)
{
  KanDemoLogin changed = { .login = demo_login (CHIEF)->login };
  g_autofree char *word = NULL;

  show (b, kan_passphrase_change_new (b->session, GTK_WINDOW (b->window)));
  type (b, "Passphrase until now", "not the one");
  type (b, "New passphrase", FRESH);
  press_return (type (b, "Once more", FRESH));
  kan_session_lock (b->session);
  expect_word (b, "Change Passphrase: not done. ");
  show (b, kan_passphrase_change_new (b->session, GTK_WINDOW (b->window)));
  type (b, "Passphrase until now", b->own);
  type (b, "New passphrase", FRESH);
  press_return (type (b, "Once more", FRESH));
  kan_session_lock (b->session);
  changed.passphrase = kan_secret_new (strlen (FRESH));
  memcpy (kan_secret_get_bytes (changed.passphrase), FRESH, strlen (FRESH));
  session_unlock (b->session, &changed);
  kan_secret_free (changed.passphrase);
  word = kan_session_take_word (b->session);
  g_assert_cmpstr (word, ==, "The passphrase was changed.");
  show (b, kan_passphrase_change_new (b->session, GTK_WINDOW (b->window)));
  type (b, "Passphrase until now", FRESH);
  type (b, "New passphrase", b->own);
  press_return (type (b, "Once more", b->own));
  await_closed (&b->dialog);
}

/* What is wrong with the user name is said beside it, as its rule is. */
static void
test_refused_login (Bench *b, gconstpointer unused)
{
  g_autofree char *person = register_somebody (b);
  GtkWidget *row;

  enroll (b, person, "Ab!! x");
  await_widget (b->dialog, says, "32");
  row = await_widget (b->dialog, is_entry, "User name");
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE);
  g_assert_cmpstr (typed (b, "User name"), ==, "Ab!! x");
}

int
main (int argc, char *argv[])
{
  int status;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_setenv ("KAN_NOW", "2026-11-10T01:00:00Z", TRUE);
  demo_build (0);
  g_test_add ("/passphrase/change", Bench, NULL, set_up, test_change, tear_down);
  g_test_add ("/passphrase/busy-stays", Bench, NULL, set_up, test_busy_stays, tear_down);
  g_test_add ("/passphrase/busy-locked", Bench, NULL, set_up, test_busy_locked, tear_down);
  g_test_add ("/passphrase/change-locked", Bench, NULL, set_up, test_change_locked, tear_down);
  g_test_add ("/passphrase/refused-login", Bench, NULL, set_up, test_refused_login, tear_down);
  g_test_add ("/passphrase/enroll-and-claim", Bench, NULL, set_up, test_enroll_and_claim, tear_down);
  status = g_test_run ();
  demo_remove ();
  return status;
}
