/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Approvals: what waits for whom, the request in full, and a decision signed with the passphrase, a wrong one told
 * beside its entry. */
#include "page-fixture.h"

#include "approvals/kan-approval-parts.h"
#include "approvals/kan-approval-wizard.h"
#include "approvals/kan-approvals-page.h"
#include "kit/kan-sign.h"


typedef struct { KanSession *session; GtkWidget *page, *window; GString *log; const KanDemoLogin *login; } Bench;

static const char *office_of_system_manager (void);

static void
set_up (Bench *b, gconstpointer unused)
{
  b->session = session_open_as (office_of_system_manager ());
  b->login = demo_login (office_of_system_manager ());
  b->log = g_string_new (NULL);
  b->page = kan_approvals_page_new (b->session);
  b->window = window_with (b->page, 900, 700, b->log);
}

static void
tear_down (Bench *b, gconstpointer unused)
{
  gtk_window_destroy (GTK_WINDOW (b->window));
  session_close (b->session);
  g_string_free (b->log, TRUE);
}

/* Whoever carries the role in the profile that the demo uses. */
static const char *
office_of_system_manager (void)
{
  static char *office = NULL;
  g_autoptr(KanDesk) desk = NULL;

  if (office != NULL)
    return office;
  desk = demo_open (NULL);
  office = g_strdup (kan_profile_office_of_role (kan_book_get_profile (kan_desk_get_book (desk)),
                                                 "system_manager")->id);
  return office;
}

static gboolean
is_decide (GtkWidget *widget, const char *unused)
{
  return GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), "_Decide…") == 0;
}

static GtkWidget *
find_wizard (void)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr(GtkWidget) window = g_list_model_get_item (toplevels, i);

      if (KAN_IS_APPROVAL_WIZARD (window))
        return window;
    }
  return NULL;
}

static gboolean
is_wizard_there (gpointer unused)
{
  return find_wizard () != NULL;
}

static void
sign_with (GtkWidget *wizard, const char *passphrase)
{
  gtk_editable_set_text (GTK_EDITABLE (await_widget (wizard, is_passphrase, NULL)), passphrase);
  g_assert_true (is_button (gtk_window_get_default_widget (GTK_WINDOW (wizard)), "Consent"));
  gtk_widget_activate (gtk_window_get_default_widget (GTK_WINDOW (wizard)));
}

static gboolean
is_wizard_gone (gpointer unused)
{
  return find_wizard () == NULL;
}

/* Nothing in it, and room taken all the same */
static gboolean
is_gap (GtkWidget *widget, const char *unused)
{
  return GTK_IS_BOX (widget) && gtk_widget_get_visible (widget) && gtk_widget_get_first_child (widget) == NULL &&
         KAN_IS_SIGN (gtk_widget_get_next_sibling (widget));
}

static void
test_wrong (Bench *b, gconstpointer unused)
{
  GtkWidget *wizard;

  gtk_widget_activate (await_widget (b->page, is_decide, NULL));
  spin_until (is_wizard_there, NULL);
  wizard = find_wizard ();
  gtk_widget_activate (await_widget (wizard, is_button, "Consent"));
  sign_with (wizard, "something else");
  await_widget (wizard, says, "The passphrase is not right.");
  g_assert_null (find_widget (wizard, is_gap, NULL));
  gtk_window_close (GTK_WINDOW (wizard));
  spin_until (is_wizard_gone, NULL);
  await_widget (b->page, is_label, "Waits for You");
}

/* A yes takes three clicks and a passphrase: what waits, the verb, the verb again under one's name. */
static void
test_decide (Bench *b, gconstpointer unused)
{
  g_autofree char *right = passphrase_of (b->login);
  GtkWidget *wizard;

  await_widget (b->page, is_label, "Waits for You");
  gtk_widget_activate (await_widget (b->page, is_decide, NULL));
  kan_session_changed (b->session);      /* what comes meanwhile loses no press */
  spin_until (is_wizard_there, NULL);
  wizard = find_wizard ();
  await_widget (wizard, is_label, "Decided So Far");
  gtk_widget_activate (await_widget (wizard, is_button, "Consent"));
  sign_with (wizard, right);
  spin_until (is_wizard_gone, NULL);
  g_assert_cmpstr (b->log->str, ==, "toast'1 decision was signed.'\n");
  g_assert_cmpuint (session_n_drafts (b->session, NULL), ==, 0);      /* it can be asked back no more */
  await_widget (b->page, is_label, "Nothing Waits");
}

static GtkWidget *
begin (Bench *b, const char *verb)
{
  GtkWidget *wizard;

  gtk_widget_activate (await_widget (b->page, is_decide, NULL));
  spin_until (is_wizard_there, NULL);
  wizard = find_wizard ();
  await_widget (wizard, is_label, "Decided So Far");
  gtk_widget_activate (await_widget (wizard, is_button, verb));
  return wizard;
}

static gboolean
has_draft (gpointer session)
{
  return session_n_drafts (session, NULL) > 0;
}

static GtkTextBuffer *
words_of (GtkWidget *wizard)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (await_widget (wizard, is_of_type, "GtkTextView")));
}

static void
assert_words (GtkWidget *wizard, const char *expected)
{
  g_autofree char *words = NULL;

  g_object_get (words_of (wizard), "text", &words, NULL);
  g_assert_cmpstr (words, ==, expected);
}

static void
click (GtkWidget *wizard, Matching matching, const char *words)
{
  g_signal_emit_by_name (await_widget (wizard, matching, words), "clicked");
}

/* A reason that was typed is asked about before it is let go of, and what was missing is said no more. */
static void
test_reason_kept (Bench *b, gconstpointer unused)
{
  g_autofree char *right = passphrase_of (b->login);
  GtkWidget *wizard = begin (b, "Ask back");

  gtk_editable_set_text (GTK_EDITABLE (await_widget (wizard, is_passphrase, NULL)), right);
  gtk_widget_activate (gtk_window_get_default_widget (GTK_WINDOW (wizard)));
  await_widget (wizard, is_label, "An answer is needed");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_widget (wizard, is_passphrase, NULL))), ==, right);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (await_widget (wizard, is_of_type,
                                                                                   "GtkTextView"))), "数が違う", -1);
  await_no_widget (wizard, is_label, "An answer is needed");
  press_escape (wizard);
  answer_message ("stay");
  g_assert_nonnull (find_wizard ());
  press_escape (wizard);
  answer_message ("keep");
  spin_until (is_wizard_gone, NULL);
  spin_until (has_draft, b->session);
}

/* What was kept is there wherever the request is shown again: kept once more it takes its own place, discarded it is
 * gone. */
static void
test_reason_taken_up (Bench *b, gconstpointer unused)
{
  GtkWidget *wizard = begin (b, "Ask back");

  assert_words (wizard, "数が違う");
  press_escape (wizard);      /* nothing was typed that is not kept */
  spin_until (is_wizard_gone, NULL);
  wizard = begin (b, "Ask back");
  gtk_text_buffer_set_text (words_of (wizard), "額が違う", -1);
  press_escape (wizard);
  answer_message ("keep");
  spin_until (is_wizard_gone, NULL);
  g_assert_cmpuint (session_n_drafts (b->session, NULL), ==, 1);
  wizard = begin (b, "Ask back");
  assert_words (wizard, "額が違う");
  click (wizard, is_tooltip, "Back");
  await_widget (wizard, is_label, "Your draft: Ask back");
  g_assert_true (is_button (gtk_window_get_focus (GTK_WINDOW (wizard)), "Ask back"));
  click (wizard, is_button, "Ask back");
  gtk_text_buffer_set_text (words_of (wizard), "", -1);
  press_escape (wizard);
  answer_message ("discard");
  await_widget (wizard, is_label, "Decided So Far");
  await_no_widget (wizard, is_label, "Your draft: Ask back");
  g_assert_cmpuint (session_n_drafts (b->session, NULL), ==, 0);
  press_escape (wizard);
  spin_until (is_wizard_gone, NULL);
}

/* Later is not never: what was typed is there when one comes back. */
static void
test_later (Bench *b, gconstpointer unused)
{
  GtkWidget *wizard = begin (b, "Ask back");

  gtk_text_buffer_set_text (words_of (wizard), "単価が違う", -1);
  click (wizard, is_tooltip, "Back");
  click (wizard, is_button, "_Later");
  spin_until (is_wizard_gone, NULL);
  g_assert_cmpstr (b->log->str, ==, "toast'Kept as a draft, under Today'\n");
  wizard = begin (b, "Ask back");
  assert_words (wizard, "単価が違う");
  press_escape (wizard);
  spin_until (is_wizard_gone, NULL);
}

/* Only the words for the decision are thrown away: the request is shown again, and can be decided otherwise. */
static void
test_reason_discarded (Bench *b, gconstpointer unused)
{
  GtkWidget *wizard = begin (b, "Ask back");

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (await_widget (wizard, is_of_type,
                                                                                   "GtkTextView"))), "数が違う", -1);
  press_escape (wizard);
  answer_message ("discard");
  await_widget (wizard, is_label, "Decided So Far");
  await_no_widget (wizard, is_passphrase, NULL);
  gtk_widget_activate (await_widget (wizard, is_button, "Consent"));
  await_widget (wizard, is_passphrase, NULL);
  press_escape (wizard);
  spin_until (is_wizard_gone, NULL);
}

/* Nothing was typed: nothing is asked. */
static void
test_nothing_typed (Bench *b, gconstpointer unused)
{
  press_escape (begin (b, "Ask back"));
  spin_until (is_wizard_gone, NULL);
}

/* A request that breaks a rule says so, and why, before everything else. */
static void
test_marks (Bench *b, gconstpointer unused)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *window = window_with (box, 600, 400, b->log);
  g_autoptr(GPtrArray) marks = g_ptr_array_new ();

  g_ptr_array_add (marks, (gpointer) "deviation: another number: 控え違い");
  kan_approval_add_marks (GTK_BOX (box), marks);
  g_assert_true (gtk_widget_has_css_class (gtk_widget_get_first_child (box), "warning"));
  await_widget (box, is_label, "deviation: another number: 控え違い");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* --- several together ----------------------------------------------------------------------------------------- */

/* The tests before have signed meanwhile. */
static gint64
moment (KanDesk *desk)
{
  return MAX (demo_now, demo_ask (desk, "SELECT value FROM meta WHERE key = 'floor'"));
}

static char *
profile_json (KanDesk *desk, int grace)
{
  const char *json = kan_profile_json (kan_book_get_profile (kan_desk_get_book (desk)));
  g_autoptr(GRegex) number = g_regex_new ("\"purge_grace_business_days\": [0-9]+", 0, 0, NULL);
  g_autofree char *other = g_strdup_printf ("\"purge_grace_business_days\": %d", grace);

  return g_regex_replace_literal (number, json, -1, 0, other, 0, NULL);
}

/* A manager puts profiles forward that somebody else countersigns. */
static void
set_up_batch (Bench *b, gconstpointer unused)
{
  g_autoptr(KanDesk) desk = demo_open (NULL);
  g_autofree char *manager = g_strdup (kan_profile_office_of_role (kan_book_get_profile (kan_desk_get_book (desk)),
                                                                 "information_manager")->id);

  g_clear_pointer (&desk, kan_desk_free);
  desk = demo_open (manager);
  for (int grace = 7; grace < 10; grace++)
    {
      g_autofree char *json = profile_json (desk, grace);
      g_autoptr(KanAnswers) answers = kan_answers_new ("profile.adopt", NULL);
      g_autoptr(KanOutcome) outcome = NULL;
      g_autoptr(GError) error = NULL;

      kan_answers_set (answers, "json", json);
      kan_answers_set (answers, "in_force_from", "2027-04-01");
      outcome = kan_desk_sign_answers (desk, answers, demo_login (manager)->passphrase, moment (desk), &error);
      g_assert_no_error (error);
      g_assert_cmpint (outcome->seq, >, 0);
    }
  g_clear_pointer (&desk, kan_desk_free);
  set_up (b, unused);
}

static gboolean
is_all (GtkWidget *widget, const char *unused)
{
  const char *label = GTK_IS_BUTTON (widget) ? gtk_button_get_label (GTK_BUTTON (widget)) : NULL;

  return label != NULL && g_str_has_prefix (label, "Decide on All");
}

static gboolean
is_suggested (GtkWidget *widget, const char *unused)
{
  return GTK_IS_BUTTON (widget) && gtk_widget_has_css_class (widget, "suggested-action") &&
         gtk_widget_is_sensitive (widget);
}

static GtkWidget *
begin_batch (Bench *b)
{
  gtk_widget_activate (await_widget (b->page, is_all, NULL));
  spin_until (is_wizard_there, NULL);
  return find_wizard ();
}

/* Looks at a request, says yes, and says so once more without a passphrase. */
static void
say_yes (GtkWidget *wizard, const char *place)
{
  await_widget (wizard, says, place);
  await_widget (wizard, is_label, "What changes");
  gtk_widget_activate (await_widget (wizard, is_suggested, NULL));
  await_no_widget (wizard, is_label, "Decided So Far");
  g_assert_null (find_widget (wizard, is_passphrase, NULL));
  gtk_widget_activate (await_widget (wizard, is_suggested, NULL));
}

static gint64
count_given (Bench *b)
{
  return session_count (b->session, "SELECT count(*) FROM act WHERE kind = 'hand.give'");
}

/* Until the next request is there nothing decides, and the place is the one that is seen. */
static void
put_off (GtkWidget *wizard, const char *place)
{
  await_widget (wizard, says, place);
  g_signal_emit_by_name (await_widget (wizard, is_button, "_Later"), "clicked");
  g_assert_null (find_widget (wizard, is_suggested, NULL));
  g_assert_nonnull (find_widget (wizard, says, place));
}

/* What was looked at is signed with one passphrase at the end, each an act of its own; what was put off is not. */
static void
test_batch (Bench *b, gconstpointer unused)
{
  g_autofree char *right = passphrase_of (b->login);
  gint64 before = count_given (b);
  GtkWidget *wizard = begin_batch (b);

  say_yes (wizard, "1/3");
  put_off (wizard, "2/3");
  say_yes (wizard, "3/3");
  await_widget (wizard, is_label, "Decisions to Sign");
  g_assert_cmpint (count_given (b), ==, before);
  gtk_editable_set_text (GTK_EDITABLE (await_widget (wizard, is_passphrase, NULL)), "something else");
  gtk_widget_activate (await_widget (wizard, is_button, "_Sign 2 Decisions"));
  await_widget (wizard, says, "The passphrase is not right.");
  g_assert_cmpint (count_given (b), ==, before);
  gtk_editable_set_text (GTK_EDITABLE (await_widget (wizard, is_passphrase, NULL)), right);
  gtk_widget_activate (await_widget (wizard, is_button, "_Sign 2 Decisions"));
  spin_until (is_wizard_gone, NULL);
  g_assert_cmpstr (b->log->str, ==, "toast'2 decisions were signed.'\n");
  g_assert_cmpint (count_given (b), ==, before + 2);
  g_assert_cmpint (session_count (b->session, "SELECT count(*) FROM profile WHERE state = 'waiting'"), ==, 1);
}

static gpointer
first_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  return demo_ask_text (kan_worker_get_desk (worker), "SELECT 'V' || min(id) FROM profile WHERE state = 'waiting'");
}

/* The first of those that wait, decided on behind the wizard's back. */
static gpointer
give_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  KanDesk *desk = kan_worker_get_desk (worker);
  g_autofree char *subject = first_job (worker, NULL, NULL, NULL);
  g_autoptr(KanAnswers) answers = kan_answers_new ("hand.give", subject);

  return kan_desk_sign_answers (desk, answers, data, moment (desk), error);
}

/* One that cannot be signed any more keeps none of the others from it, and each is told what became of it. */
static void
test_batch_outcomes (Bench *b, gconstpointer unused)
{
  g_autofree char *right = passphrase_of (b->login);
  gint64 before = count_given (b), n;
  g_autoptr(KanOutcome) outcome = NULL;
  GtkWidget *wizard = begin_batch (b);

  n = session_count (b->session, "SELECT count(*) FROM profile WHERE state = 'waiting'");
  g_assert_cmpint (n, ==, 4);
  say_yes (wizard, "1/4");
  say_yes (wizard, "2/4");
  await_widget (wizard, says, "3/4");
  outcome = session_ask (b->session, give_job, demo_login (office_of_system_manager ())->passphrase);
  g_assert_cmpint (outcome->seq, >, 0);
  gtk_widget_activate (await_widget (wizard, is_button, "_Sign What Is Decided…"));
  gtk_editable_set_text (GTK_EDITABLE (await_widget (wizard, is_passphrase, NULL)), right);
  gtk_widget_activate (await_widget (wizard, is_button, "_Sign 2 Decisions"));
  await_widget (wizard, is_label, "Not signed");
  await_widget (wizard, is_label, "Signed");
  await_widget (wizard, says, "waits for no decision");
  g_assert_null (find_widget (wizard, is_passphrase, NULL));
  g_assert_cmpint (count_given (b), ==, before + 2);
  gtk_widget_activate (await_widget (wizard, is_button, "_Close"));
  spin_until (is_wizard_gone, NULL);
  g_assert_cmpstr (b->log->str, ==, "toast'1 decision was signed.'\n");
}

/* Nothing is signed by closing: that is asked about first. */
static void
test_batch_closed (Bench *b, gconstpointer unused)
{
  gint64 before = count_given (b);
  GtkWidget *wizard = begin_batch (b);
  AdwMessageDialog *message;

  say_yes (wizard, "1/");
  await_widget (wizard, says, "2/");
  press_escape (wizard);
  message = ADW_MESSAGE_DIALOG (await_window (ADW_TYPE_MESSAGE_DIALOG));
  g_assert_cmpstr (adw_message_dialog_get_response_label (message, "stay"), ==, "_Go On Deciding");
  g_assert_cmpstr (adw_message_dialog_get_default_response (message), ==, "stay");
  answer_message ("leave");
  spin_until (is_wizard_gone, NULL);
  g_assert_cmpint (count_given (b), ==, before);
}

static gboolean
has_words (gpointer wizard)
{
  GtkWidget *view = find_widget (wizard, is_of_type, "GtkTextView");

  return view != NULL && gtk_text_buffer_get_char_count (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view))) > 0;
}

/* From the list of what will be signed to the request once more. */
static void
change_first (GtkWidget *wizard)
{
  click (wizard, is_button, "Change…");
  await_widget (wizard, is_tooltip, "Back");
  await_widget (wizard, is_button, "_Later");
}

/* What is signed together is read once more, word for word, and can still be decided otherwise; nothing that was typed
 * is lost by looking. */
static void
test_batch_words (Bench *b, gconstpointer unused)
{
  GtkWidget *wizard = begin_batch (b);

  await_widget (wizard, says, "1/");
  click (wizard, is_button, "Ask back");
  gtk_text_buffer_set_text (words_of (wizard), "数が違う", -1);
  gtk_widget_activate (gtk_window_get_default_widget (GTK_WINDOW (wizard)));
  await_widget (wizard, says, "2/");
  click (wizard, is_button, "_Sign What Is Decided…");
  await_widget (wizard, says, "数が違う");
  change_first (wizard);
  click (wizard, is_tooltip, "Back");
  await_no_widget (wizard, is_tooltip, "Back");
  await_widget (wizard, says, "数が違う");      /* it stands as long as it is not changed */
  change_first (wizard);
  click (wizard, is_button, "Ask back");
  spin_until (has_words, wizard);
  gtk_text_buffer_set_text (words_of (wizard), "額が違う", -1);
  gtk_widget_activate (gtk_window_get_default_widget (GTK_WINDOW (wizard)));
  await_widget (wizard, says, "額が違う");
  await_widget (wizard, is_button, "_Sign 1 Decision");
  g_assert_null (find_widget (wizard, says, "数が違う"));
  change_first (wizard);
  click (wizard, is_button, "_Later");
  spin_until (is_wizard_gone, NULL);      /* nothing is left to be signed */
  g_assert_cmpstr (b->log->str, ==, "toast'Kept as a draft, under Today'\n");
  wizard = begin_batch (b);
  await_widget (wizard, is_label, "Your draft: Ask back");
  click (wizard, is_button, "Ask back");
  assert_words (wizard, "額が違う");
  press_escape (wizard);
  spin_until (is_wizard_gone, NULL);
}

/* Who wrote for a decision that another one overtook is told so, and rid of it if they like. */
static void
test_overtaken (Bench *b, gconstpointer unused)
{
  g_autofree char *subject = session_ask (b->session, first_job, NULL);
  g_autoptr(GPtrArray) subjects = g_ptr_array_new ();
  g_autoptr(KanOutcome) outcome = NULL;
  const char *const answers[] = { "keep", "discard" };

  g_assert_cmpuint (session_n_drafts (b->session, NULL), ==, 1);
  g_ptr_array_add (subjects, subject);
  outcome = session_ask (b->session, give_job, b->login->passphrase);
  g_assert_cmpint (outcome->seq, >, 0);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      gtk_window_present (GTK_WINDOW (kan_approval_wizard_new (b->session, GTK_WINDOW (b->window), subjects)));
      answer_message (answers[i]);
      spin_until (is_wizard_gone, NULL);
      g_assert_cmpuint (session_n_drafts (b->session, NULL), ==, 1 - i);
    }
}

int
main (int argc, char *argv[])
{
  int status;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  demo_build (0);
  g_test_add ("/approvals/nothing-typed", Bench, NULL, set_up, test_nothing_typed, tear_down);
  g_test_add ("/approvals/reason-kept", Bench, NULL, set_up, test_reason_kept, tear_down);
  g_test_add ("/approvals/reason-taken-up", Bench, NULL, set_up, test_reason_taken_up, tear_down);
  g_test_add ("/approvals/reason-discarded", Bench, NULL, set_up, test_reason_discarded, tear_down);
  g_test_add ("/approvals/marks", Bench, NULL, set_up, test_marks, tear_down);
  g_test_add ("/approvals/later", Bench, NULL, set_up, test_later, tear_down);
  g_test_add ("/approvals/wrong", Bench, NULL, set_up, test_wrong, tear_down);
  g_test_add ("/approvals/decide", Bench, NULL, set_up, test_decide, tear_down);
  g_test_add ("/approvals/batch", Bench, NULL, set_up_batch, test_batch, tear_down);
  g_test_add ("/approvals/batch-outcomes", Bench, NULL, set_up_batch, test_batch_outcomes, tear_down);
  g_test_add ("/approvals/batch-closed", Bench, NULL, set_up, test_batch_closed, tear_down);
  g_test_add ("/approvals/batch-words", Bench, NULL, set_up, test_batch_words, tear_down);
  g_test_add ("/approvals/overtaken", Bench, NULL, set_up, test_overtaken, tear_down);
  status = g_test_run ();
  demo_remove ();
  return status;
}
