/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who signs: a second person at this terminal, who they are and their passphrase, said beside them where something is
 * missing or wrong; what was typed is wiped once it is taken. And who unlocks after somebody else. */
#include "page-fixture.h"

#include "kit/kan-sign.h"

typedef struct { KanSession *session; KanSheet *sheet; GtkWidget *page, *window; GString *log; } Bench;

static const char chief[] = "chief";

static const char *
office_of_chief (void)
{
  static char *office = NULL;
  g_autoptr(KanDesk) desk = NULL;

  if (office != NULL)
    return office;
  desk = demo_open (NULL);
  office = g_strdup (kan_profile_office_of_role (kan_book_get_profile (kan_desk_get_book (desk)), chief)->id);
  return office;
}

/* An act that makes power, which a second person countersigns. */
static gpointer
describe_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  return kan_desk_describe (kan_worker_get_desk (worker), data, NULL, demo_now, error);
}

static void
set_up (Bench *b, gconstpointer unused)
{
  b->session = session_open_as (office_of_chief ());
  b->sheet = session_ask (b->session, describe_job, (gpointer) "appointment.make");
  b->log = g_string_new (NULL);
  b->page = kan_sign_new (b->session, b->sheet);
  b->window = window_with (b->page, 700, 600, b->log);
}

static void
tear_down (Bench *b, gconstpointer unused)
{
  gtk_window_destroy (GTK_WINDOW (b->window));
  session_close (b->session);
  kan_sheet_free (b->sheet);
  g_string_free (b->log, TRUE);
}

static gboolean
is_other (GtkWidget *widget, const char *unused)
{
  return ADW_IS_EXPANDER_ROW (widget);
}

static gboolean
is_who (GtkWidget *widget, const char *unused)
{
  return ADW_IS_COMBO_ROW (widget);
}

static gboolean
has_logins (gpointer row)
{
  return g_list_model_get_n_items (adw_combo_row_get_model (ADW_COMBO_ROW (row))) > 1;
}

/* The second passphrase entry is the other person's. */
static GtkWidget *
their_passphrase (Bench *b)
{
  return await_widget (await_widget (b->page, is_other, NULL), is_passphrase, NULL);
}

/* Somebody who stands beside: one of those who can open the file, and not who did. */
static char *
stand_beside (Bench *b)
{
  GtkWidget *who;
  GtkStringObject *login;

  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (await_widget (b->page, is_other, NULL)), TRUE);
  who = await_widget (b->page, is_who, NULL);
  spin_until (has_logins, who);
  adw_combo_row_set_selected (ADW_COMBO_ROW (who), 1);
  login = adw_combo_row_get_selected_item (ADW_COMBO_ROW (who));
  g_assert_cmpstr (gtk_string_object_get_string (login), !=, kan_session_get_login (b->session));
  return g_strdup (gtk_string_object_get_string (login));
}

static void
test_missing (Bench *b, gconstpointer unused)
{
  KanSign *page = KAN_SIGN (b->page);
  g_autofree char *login = NULL;

  g_assert_true (kan_sign_wants_anything (page));
  g_assert_false (kan_sign_check (page));
  gtk_editable_set_text (GTK_EDITABLE (await_widget (b->page, is_passphrase, NULL)), "any");
  g_assert_true (kan_sign_check (page));
  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (await_widget (b->page, is_other, NULL)), TRUE);
  g_assert_false (kan_sign_check (page));
  await_widget (b->page, is_label, "Choose who signs here");
  login = stand_beside (b);
  g_assert_false (kan_sign_check (page));
  await_widget (b->page, is_label, "Type the passphrase");
  gtk_editable_set_text (GTK_EDITABLE (their_passphrase (b)), "any");
  g_assert_true (kan_sign_check (page));
}

static void
test_taken (Bench *b, gconstpointer unused)
{
  KanSign *page = KAN_SIGN (b->page);
  g_autofree char *login = stand_beside (b);
  g_autoptr(GPtrArray) cosigners = NULL;
  const KanCosigner *cosigner;

  gtk_editable_set_text (GTK_EDITABLE (their_passphrase (b)), "theirs");
  cosigners = kan_sign_take_cosigners (page);
  g_assert_cmpuint (cosigners->len, ==, 1);
  cosigner = g_ptr_array_index (cosigners, 0);
  g_assert_cmpstr (cosigner->login, ==, login);
  g_assert_cmpmem (kan_secret_peek_bytes (cosigner->passphrase), kan_secret_get_size (cosigner->passphrase), "theirs",
                   6);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (their_passphrase (b))), ==, "");
  kan_sign_refuse (page, 1, "This passphrase does not open the key.");
  await_widget (await_widget (b->page, is_other, NULL), is_label, "This passphrase does not open the key.");
}

/* However low the window is: what is wrong with the last passphrase on the page is read without scrolling. */
static void
test_refused_low (Bench *b, gconstpointer unused)
{
  GtkWidget *scroller = gtk_scrolled_window_new (), *page = kan_sign_new (b->session, b->sheet), *window, *note;
  graphene_rect_t there;

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), page);
  window = window_with (scroller, 700, 320, b->log);
  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (await_widget (page, is_other, NULL)), TRUE);
  spin_for (500);
  kan_sign_refuse (KAN_SIGN (page), 1, "This passphrase does not open the key.");
  note = await_widget (page, is_label, "This passphrase does not open the key.");
  spin_for (300);
  g_assert_true (gtk_widget_compute_bounds (note, scroller, &there));
  g_assert_cmpfloat (there.origin.y, >=, 0);
  g_assert_cmpfloat (there.origin.y + there.size.height, <=, gtk_widget_get_height (scroller));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
review_hand_free (gpointer data)
{
  KanReviewHand *hand = data;

  g_free (hand->person_key);
  g_free (hand->login);
  g_free (hand);
}

static KanReviewHand *
new_hand (const char *key, const char *login, gboolean mine)
{
  KanReviewHand *hand = g_new0 (KanReviewHand, 1);

  hand->person_key = g_strdup (key);
  hand->login = g_strdup (login);
  hand->mine = mine;
  return hand;
}

/* Whoever signs is not among the others; whom an answer names is chosen already. */
static void
test_named (Bench *b, gconstpointer unused)
{
  KanSheet *sheet = session_ask (b->session, describe_job, (gpointer) "media.destroy");
  GtkWidget *page = kan_sign_new (b->session, sheet), *window = window_with (page, 700, 600, b->log), *who;
  KanReview *review = g_new0 (KanReview, 1);
  g_autoptr(KanAnswers) answers = kan_answers_new ("media.destroy", NULL);
  const char *login = demo_login (NULL)->login;
  GtkStringObject *chosen;

  review->refusals = g_ptr_array_new ();
  review->lines = g_ptr_array_new ();
  review->hands = g_ptr_array_new_with_free_func (review_hand_free);
  g_ptr_array_add (review->hands, new_hand ("executor", kan_session_get_login (b->session), TRUE));
  g_ptr_array_add (review->hands, new_hand ("witness", login, FALSE));
  await_widget (page, is_row, "Executor");
  kan_sign_set_review (KAN_SIGN (page), review, answers);
  spin_for (300);
  g_assert_null (find_widget (page, is_row, "Executor"));
  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (await_widget (page, is_other, NULL)), TRUE);
  who = await_widget (page, is_who, NULL);
  spin_until (has_logins, who);
  chosen = adw_combo_row_get_selected_item (ADW_COMBO_ROW (who));
  g_assert_cmpstr (gtk_string_object_get_string (chosen), ==, login);
  /* where all sign with the same hand there is nobody else */
  ((KanReviewHand *) g_ptr_array_index (review->hands, 1))->mine = TRUE;
  kan_sign_set_review (KAN_SIGN (page), review, answers);
  g_assert_null (find_widget (page, is_other, NULL));
  kan_review_free (review);
  gtk_window_destroy (GTK_WINDOW (window));
  kan_sheet_free (sheet);
}

/* Whoever changes their mind signs nothing, and what they typed is gone. */
static void
test_left (Bench *b, gconstpointer unused)
{
  G_GNUC_UNUSED g_autofree char *login = stand_beside (b);
  g_autoptr(GPtrArray) cosigners = NULL;
  GtkWidget *theirs = their_passphrase (b);

  gtk_editable_set_text (GTK_EDITABLE (theirs), "theirs");
  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (await_widget (b->page, is_other, NULL)), FALSE);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (theirs)), ==, "");
  cosigners = kan_sign_take_cosigners (KAN_SIGN (b->page));
  g_assert_cmpuint (cosigners->len, ==, 0);
}

/* Nobody else is told what the last one did. */
static void
test_switch (Bench *b, gconstpointer unused)
{
  g_autofree char *word = NULL, *before = g_strdup (kan_session_get_login (b->session));
  g_autofree char *nobody = NULL;

  kan_session_lock (b->session);
  kan_session_tell_later (b->session, "signed meanwhile");
  session_unlock (b->session, demo_login (NULL));
  g_assert_cmpstr (kan_session_get_login (b->session), !=, before);
  nobody = kan_session_take_word (b->session);
  g_assert_null (nobody);
  kan_session_lock (b->session);
  session_unlock (b->session, demo_login (office_of_chief ()));
  word = kan_session_take_word (b->session);
  g_assert_cmpstr (word, ==, "signed meanwhile");
}

#define ADD(name, func) g_test_add ("/ui/sign/" name, Bench, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  adw_init ();
  demo_build (0);
  ADD ("missing", test_missing);
  ADD ("taken", test_taken);
  ADD ("refused-low", test_refused_low);
  ADD ("named", test_named);
  ADD ("left", test_left);
  ADD ("switch", test_switch);
  status = g_test_run ();
  demo_remove ();
  return status;
}
