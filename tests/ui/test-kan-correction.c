/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The correction window: entries and answers are chosen by their names, what cannot be meant says why. */
#include "ui/page-fixture.h"

#include "correct/kan-correction-window.h"
#include "kit/kan-question-row.h"

typedef struct
{
  KanSession *session;
  GtkWidget  *wizard;
  char       *subject;
  char       *record;       /* NULL: M1 */
} Work;

static void
signed_cb (G_GNUC_UNUSED KanWizard *wizard, const char *subject, G_GNUC_UNUSED gboolean waiting, gpointer data)
{
  ((Work *) data)->subject = g_strdup (subject);
}

static gboolean
has_review (gpointer data)
{
  return kan_wizard_get_review (KAN_WIZARD (((Work *) data)->wizard)) != NULL;
}

static void
present (Work *f, GtkWidget *wizard)
{
  g_signal_connect (wizard, "signed", G_CALLBACK (signed_cb), f);
  present_and_watch (wizard, &f->wizard);
  spin_until (has_review, f);
  spin_for (500);
}

static void
set_up (Work *f, gconstpointer voids)
{
  f->session = session_open ();
  present (f, voids != NULL ? kan_correction_window_new_void (f->session, NULL, "M1")
              : kan_correction_window_new_correct (f->session, NULL, "M1"));
}

static gpointer
chief_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  const KanProfile *profile = kan_book_get_profile (kan_desk_get_book (kan_worker_get_desk (worker)));

  return g_strdup (kan_profile_office_of_role (profile, "chief")->id);
}

static gpointer
written_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  return demo_ask_text (kan_worker_get_desk (worker), "SELECT act.subject FROM act JOIN detached ON"
                        " instr (act.body, detached.digest) > 0 ORDER BY act.seq DESC LIMIT 1");
}

/* The chief at a record of which an entry has free text. */
static void
set_up_redact (Work *f, gconstpointer unused)
{
  KanSession *session = session_open ();
  g_autofree char *chief = session_ask (session, chief_job, NULL);

  session_close (session);
  f->session = session_open_as (chief);
  f->record = session_ask (f->session, written_job, NULL);
  present (f, kan_correction_window_new_redact (f->session, NULL, f->record));
}

static void
tear_down (Work *f, G_GNUC_UNUSED gconstpointer unused)
{
  if (f->wizard != NULL)
    gtk_window_destroy (GTK_WINDOW (f->wizard));
  await_closed (&f->wizard);
  spin_for (100);
  session_close (f->session);
  g_free (f->subject);
  g_free (f->record);
}

static void
go_on (Work *f)
{
  gtk_widget_activate_action (f->wizard, "wizard.next", NULL);
  spin_for (500);
}

static gboolean
is_possible_check (GtkWidget *widget, G_GNUC_UNUSED const char *words)
{
  return GTK_IS_CHECK_BUTTON (widget) && gtk_widget_is_sensitive (widget);
}

static gboolean
is_struck (GtkWidget *widget, G_GNUC_UNUSED const char *words)
{
  PangoAttrList *list = GTK_IS_LABEL (widget) ? gtk_label_get_attributes (GTK_LABEL (widget)) : NULL;
  g_autofree char *text = list != NULL ? pango_attr_list_to_string (list) : NULL;

  return text != NULL && strstr (text, "strikethrough") != NULL;
}

static void
test_correct (Work *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autofree char *passphrase = passphrase_of (demo_login (NULL));
  GtkWidget *check = await_widget (f->wizard, is_possible_check, NULL), *struck, *scroller;
  graphene_rect_t there;
  KanAnswers *answers = kan_wizard_get_answers (KAN_WIZARD (f->wizard));

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  g_assert_nonnull (kan_answers_get (answers, "act"));
  g_assert_nonnull (find_widget (f->wizard, says, "Nothing in it can be corrected"));
  go_on (f);
  go_on (f);
  g_assert_nonnull (find_widget (f->wizard, is_note, "Choose the answer that is meant"));
  check = await_widget (f->wizard, is_possible_check, NULL);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  struck = await_widget (f->wizard, is_struck, NULL);
  spin_for (300);
  g_assert_cmpint (gtk_widget_get_width (struck), >, gtk_widget_get_width (gtk_widget_get_ancestor
                                                                           (struck, GTK_TYPE_LIST_BOX_ROW)) * 3 / 4);
  /* what it should be is asked for where it can be seen */
  scroller = gtk_widget_get_ancestor (struck, GTK_TYPE_SCROLLED_WINDOW);
  g_assert_true (gtk_widget_compute_bounds (await_widget (f->wizard, is_question, "value"), scroller, &there));
  g_assert_cmpfloat (there.origin.y + there.size.height, <=, gtk_widget_get_height (scroller));
  gtk_editable_set_text (GTK_EDITABLE (await_widget (f->wizard, is_question, "value")), "新しい値");
  kan_answers_set (answers, "reason", "誤記のため");
  kan_wizard_edited (KAN_WIZARD (f->wizard));
  go_on (f);
  g_assert_nonnull (find_widget (f->wizard, is_label, "新しい値"));
  g_assert_null (find_widget (f->wizard, is_label, kan_answers_get (answers, "question")));
  go_on (f);
  gtk_editable_set_text (GTK_EDITABLE (await_widget (f->wizard, is_passphrase, NULL)), passphrase);
  go_on (f);
  for (GList *at = gtk_window_list_toplevels (); at != NULL; at = at->next)
    if (ADW_IS_MESSAGE_DIALOG (at->data))
      adw_message_dialog_response (at->data, "agreed");
  spin_for (1500);
  g_assert_cmpstr (f->subject, ==, "M1");
}

static void
choose (Work *f)
{
  gtk_check_button_set_active (GTK_CHECK_BUTTON (await_widget (f->wizard, is_possible_check, NULL)), TRUE);
}

static gboolean
is_beside (GtkWidget *widget, G_GNUC_UNUSED const char *words)
{
  return ADW_IS_EXPANDER_ROW (widget);
}

static gboolean
is_who (GtkWidget *widget, G_GNUC_UNUSED const char *words)
{
  return ADW_IS_COMBO_ROW (widget);
}

static gboolean
has_login (gpointer row)
{
  return g_list_model_get_n_items (adw_combo_row_get_model (ADW_COMBO_ROW (row))) > 1;
}

/* Somebody stands beside and signs as well. */
static void
countersign (Work *f)
{
  const KanDemoLogin *other = demo_login (NULL);
  g_autofree char *passphrase = passphrase_of (other);
  GtkWidget *row = await_widget (f->wizard, is_beside, NULL), *who;
  GListModel *logins;

  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (row), TRUE);
  who = await_widget (row, is_who, NULL);
  spin_until (has_login, who);
  logins = adw_combo_row_get_model (ADW_COMBO_ROW (who));
  for (guint i = 0; i < g_list_model_get_n_items (logins); i++)
    if (g_str_equal (gtk_string_list_get_string (GTK_STRING_LIST (logins), i), other->login))
      adw_combo_row_set_selected (ADW_COMBO_ROW (who), i);
  gtk_editable_set_text (GTK_EDITABLE (await_widget (row, is_passphrase, NULL)), passphrase);
}

static gpointer
verdict_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  KanVerifyOptions options = { .full = TRUE };

  return kan_desk_verify (kan_worker_get_desk (worker), &options, error);
}

/* Two persons take free text out: it is gone from the file, and the chain still holds. */
static void
test_redact (Work *f, G_GNUC_UNUSED gconstpointer unused)
{
  KanAnswers *answers = kan_wizard_get_answers (KAN_WIZARD (f->wizard));
  gint64 before = session_count (f->session, "SELECT count(*) FROM detached");
  g_autofree char *login = g_strdup (kan_session_get_login (f->session)), *passphrase = NULL;
  g_autoptr(KanVerdict) verdict = NULL;

  for (guint i = 0; i < demo_office->logins->len; i++)
    if (g_str_equal (((KanDemoLogin *) g_ptr_array_index (demo_office->logins, i))->login, login))
      passphrase = passphrase_of (g_ptr_array_index (demo_office->logins, i));
  choose (f);
  go_on (f);
  g_assert_nonnull (find_widget (f->wizard, is_label, "Which text"));
  choose (f);
  g_assert_nonnull (kan_answers_get (answers, "question"));
  go_on (f);
  g_assert_null (find_widget (f->wizard, is_passphrase, NULL));
  kan_answers_set (answers, "reason", "個人番号の誤記入");
  kan_wizard_edited (KAN_WIZARD (f->wizard));
  go_on (f);
  go_on (f);
  gtk_editable_set_text (GTK_EDITABLE (await_widget (f->wizard, is_passphrase, NULL)), passphrase);
  countersign (f);
  go_on (f);
  answer_message ("agreed");
  await_closed (&f->wizard);
  g_assert_cmpstr (f->subject, ==, f->record);
  g_assert_cmpint (session_count (f->session, "SELECT count(*) FROM act WHERE kind = 'text.redact'"), ==, 1);
  /* the reason is a text of its own */
  g_assert_cmpint (session_count (f->session, "SELECT count(*) FROM detached"), ==, before);
  verdict = session_ask (f->session, verdict_job, NULL);
  g_assert_cmpuint (verdict->faults->len, ==, 0);
  g_assert_cmpint (verdict->n_removed_texts, ==, 1);
}

/* What can no longer be taken back says why. */
static void
test_void (Work *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_assert_nonnull (await_widget (f->wizard, is_question, "reason"));
  g_assert_nonnull (find_widget (f->wizard, is_label, "Which entry"));
  if (find_widget (f->wizard, is_possible_check, NULL) == NULL)
    {
      go_on (f);
      g_assert_nonnull (find_widget (f->wizard, is_note, "Choose the entry that is meant"));
    }
  else
    g_assert_nonnull (kan_answers_get (kan_wizard_get_answers (KAN_WIZARD (f->wizard)), "act"));
}

static gboolean
is_other (GtkWidget *widget, const char *title)
{
  return ADW_IS_ACTION_ROW (widget) && gtk_widget_get_mapped (widget) &&
         g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0;
}

/* What no correction may put right names the act that does, and begins it over the window below. */
static void
test_other (Work *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(GString) log = g_string_new (NULL);
  GtkWidget *parent = window_with (gtk_label_new (NULL), 400, 300, log);

  gtk_window_set_transient_for (GTK_WINDOW (f->wizard), GTK_WINDOW (parent));
  g_signal_emit_by_name (await_widget (f->wizard, is_other, "Correct numbers or maker"), "activated");
  await_closed (&f->wizard);
  g_assert_cmpstr (log->str, ==, "act('media.restate', 'M1')\n");
  gtk_window_destroy (GTK_WINDOW (parent));
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_setenv ("KAN_NOW", "2026-11-10T01:00:00Z", TRUE);
  demo_build (0);
  g_test_add ("/ui/correction/void", Work, "void", set_up, test_void, tear_down);
  g_test_add ("/ui/correction/correct", Work, NULL, set_up, test_correct, tear_down);
  g_test_add ("/ui/correction/other", Work, NULL, set_up, test_other, tear_down);
  g_test_add ("/ui/correction/redact", Work, NULL, set_up_redact, test_redact, tear_down);
  status = g_test_run ();
  demo_remove ();
  return status;
}
