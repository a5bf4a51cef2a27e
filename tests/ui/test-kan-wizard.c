/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An act from its first page to its signature: refused beside the field, back without loss, a wrong passphrase, a draft
 * that is kept, and the lock in the middle. */
#include "ui/page-fixture.h"

#include "kit/kan-question-row.h"
#include "kit/kan-wizard.h"

typedef struct
{
  KanSession *session;
  GtkWidget  *wizard;
  char       *subject;          /* of the act that was signed; NULL: none was */
} Work;

static void
signed_cb (G_GNUC_UNUSED KanWizard *wizard, const char *subject, gboolean waiting, gpointer data)
{
  ((Work *) data)->subject = g_strdup (subject);
  g_assert_false (waiting);
}

static gboolean
has_review (gpointer data)
{
  return kan_wizard_get_review (KAN_WIZARD (((Work *) data)->wizard)) != NULL;
}

static void
present (Work *f, GtkWidget *wizard)
{
  f->wizard = wizard;
  g_object_add_weak_pointer (G_OBJECT (wizard), (gpointer *) &f->wizard);
  g_signal_connect (wizard, "signed", G_CALLBACK (signed_cb), f);
  gtk_window_present (GTK_WINDOW (wizard));
  spin_until (has_review, f);
  spin_for (300);
}

static void
set_up (Work *f, G_GNUC_UNUSED gconstpointer unused)
{
  f->session = session_open ();
  present (f, kan_wizard_new (f->session, NULL, "media.register", NULL));
}

static gboolean
is_closed (gpointer data)
{
  return ((Work *) data)->wizard == NULL;
}

static void
tear_down (Work *f, G_GNUC_UNUSED gconstpointer unused)
{
  if (f->wizard != NULL)
    gtk_window_destroy (GTK_WINDOW (f->wizard));
  spin_until (is_closed, f);
  spin_for (100);
  session_close (f->session);
  g_free (f->subject);
}

static void
go_on (Work *f)
{
  gtk_widget_activate_action (f->wizard, "wizard.next", NULL);
  spin_for (500);
}

static const char *
operator_passphrase (void)
{
  static char text[128];

  for (guint i = 0; i < demo_office->logins->len; i++)
    {
      const KanDemoLogin *login = g_ptr_array_index (demo_office->logins, i);

      if (!login->is_operator)
        continue;
      g_snprintf (text, sizeof text, "%.*s", (int) kan_secret_get_size (login->passphrase),
                  (const char *) kan_secret_peek_bytes (login->passphrase));
      return text;
    }
  g_assert_not_reached ();
}

static gboolean
is_question (GtkWidget *widget, const char *key)
{
  return KAN_IS_QUESTION_ROW (widget)
         && g_strcmp0 (kan_question_row_get_slot (KAN_QUESTION_ROW (widget))->question->key, key) == 0;
}

static gboolean
is_passphrase (GtkWidget *widget, G_GNUC_UNUSED const char *words)
{
  return ADW_IS_PASSWORD_ENTRY_ROW (widget);
}

static void
fill_in (Work *f, const char *label)
{
  gtk_editable_set_text (GTK_EDITABLE (await_widget (f->wizard, is_question, "label")), label);
  adw_combo_row_set_selected (ADW_COMBO_ROW (await_widget (f->wizard, is_question, "media_kind")), 1);
}

/* --- through to the end ----------------------------------------------------------------------------------------- */

/* What is missing is said beside its field, and the page stays. */
static void
test_refused (Work *f, G_GNUC_UNUSED gconstpointer unused)
{
  GtkWidget *label = await_widget (f->wizard, is_question, "label");

  g_assert_false (gtk_widget_has_css_class (label, "error"));
  go_on (f);
  g_assert_true (gtk_widget_get_mapped (label));
  g_assert_true (gtk_widget_has_css_class (label, "error"));
  fill_in (f, "USB \u202e01");
  go_on (f);
  g_assert_true (gtk_widget_has_css_class (label, "error"));
}

static gboolean
is_signed (gpointer data)
{
  return ((Work *) data)->subject != NULL;
}

static void
test_signed (Work *f, G_GNUC_UNUSED gconstpointer unused)
{
  GtkWidget *passphrase;

  fill_in (f, "試験用-01");
  go_on (f);
  g_assert_nonnull (find_widget (f->wizard, is_label, "試験用-01"));
  gtk_widget_activate_action (f->wizard, "wizard.back", NULL);
  spin_for (500);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (await_widget (f->wizard, is_question, "label"))), ==,
                   "試験用-01");
  go_on (f);
  go_on (f);
  passphrase = await_widget (f->wizard, is_passphrase, NULL);
  go_on (f);
  g_assert_null (f->subject);
  gtk_editable_set_text (GTK_EDITABLE (passphrase), "not the one");
  go_on (f);
  g_assert_null (f->subject);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (passphrase)), ==, "");
  g_assert_true (gtk_widget_has_css_class (passphrase, "error"));
  gtk_editable_set_text (GTK_EDITABLE (passphrase), operator_passphrase ());
  go_on (f);
  spin_until (is_signed, f);
  g_assert_true (g_str_has_prefix (f->subject, "M"));
  spin_until (is_closed, f);
}

/* --- drafts ----------------------------------------------------------------------------------------------------- */

typedef struct { gboolean done; gint64 id; guint n; } Drafts;

static gpointer
drafts_job (KanWorker *worker, G_GNUC_UNUSED gpointer data, G_GNUC_UNUSED GCancellable *cancellable,
            GError **error)
{
  g_autoptr(GPtrArray) drafts = kan_desk_list_drafts (kan_worker_get_desk (worker), error);
  Drafts *found = g_new0 (Drafts, 1);

  g_assert_nonnull (drafts);
  found->n = drafts->len;
  if (drafts->len > 0)
    found->id = ((KanViewDraft *) g_ptr_array_index (drafts, 0))->id;
  return found;
}

static void
drafts_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Drafts *found = kan_session_run_finish (KAN_SESSION (source), result, NULL);

  *(Drafts *) data = *found;
  ((Drafts *) data)->done = TRUE;
}

static gboolean
has_drafts (gpointer data)
{
  return ((Drafts *) data)->done;
}

static Drafts
list_drafts (Work *f)
{
  Drafts drafts = { 0 };

  kan_session_run (f->session, KAN_JOB_REST, drafts_job, NULL, NULL, g_free, NULL, drafts_cb, &drafts);
  spin_until (has_drafts, &drafts);
  return drafts;
}

static AdwMessageDialog *
question_over (Work *f)
{
  GListModel *all = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr(GtkWindow) one = g_list_model_get_item (all, i);

      if (ADW_IS_MESSAGE_DIALOG (one) && gtk_window_get_transient_for (one) == GTK_WINDOW (f->wizard))
        return ADW_MESSAGE_DIALOG (one);
    }
  return NULL;
}

/* As a click does: it answers, and the question is gone. */
static void
answer (Work *f, const char *id)
{
  GtkWindow *question = GTK_WINDOW (question_over (f));

  g_object_ref (question);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (question), id);
  gtk_window_destroy (question);
  g_object_unref (question);
}

static void
test_draft (Work *f, G_GNUC_UNUSED gconstpointer unused)
{
  Drafts drafts;

  fill_in (f, "作成中の媒体");
  gtk_window_close (GTK_WINDOW (f->wizard));
  g_assert_nonnull (question_over (f));
  answer (f, "stay");
  spin_for (300);
  g_assert_nonnull (f->wizard);
  gtk_window_close (GTK_WINDOW (f->wizard));
  answer (f, "keep");
  spin_until (is_closed, f);
  drafts = list_drafts (f);
  g_assert_cmpuint (drafts.n, ==, 1);
  present (f, kan_wizard_new_for_draft (f->session, NULL, drafts.id));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (await_widget (f->wizard, is_question, "label"))), ==,
                   "作成中の媒体");
  gtk_editable_set_text (GTK_EDITABLE (await_widget (f->wizard, is_question, "label")), "x");
  gtk_window_close (GTK_WINDOW (f->wizard));
  answer (f, "discard");
  spin_until (is_closed, f);
  g_assert_cmpuint (list_drafts (f).n, ==, 0);
}

/* Nothing typed, nothing asked. */
static void
test_untouched (Work *f, G_GNUC_UNUSED gconstpointer unused)
{
  gtk_window_close (GTK_WINDOW (f->wizard));
  spin_until (is_closed, f);
  g_assert_cmpuint (list_drafts (f).n, ==, 0);
}

static void
discard_all (Work *f)
{
  Drafts drafts = list_drafts (f);

  present (f, kan_wizard_new_for_draft (f->session, NULL, drafts.id));
  fill_in (f, "y");
  gtk_window_close (GTK_WINDOW (f->wizard));
  answer (f, "discard");
  spin_until (is_closed, f);
}

/* The lock closes it without asking; what was typed a moment before is in the draft. */
static void
test_locked (Work *f, G_GNUC_UNUSED gconstpointer unused)
{
  fill_in (f, "閉じる直前の媒体");
  kan_session_lock (f->session);
  spin_until (is_closed, f);
  session_close (f->session);
  f->session = session_open ();
  g_assert_cmpuint (list_drafts (f).n, ==, 1);
  discard_all (f);
}

/* --- what is seen ----------------------------------------------------------------------------------------------- */

static void
test_steps (Work *f, G_GNUC_UNUSED gconstpointer unused)
{
  GtkWidget *next = gtk_window_get_default_widget (GTK_WINDOW (f->wizard));

  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (next)), ==, "_Next");
  g_assert_nonnull (find_widget (f->wizard, is_label, "Check"));
  g_assert_nonnull (find_widget (f->wizard, is_label, "Signature"));
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (f->wizard)), f->wizard));
  g_assert_true (gtk_test_accessible_has_role (GTK_ACCESSIBLE (next), GTK_ACCESSIBLE_ROLE_BUTTON));
}

#define ADD(name, func) g_test_add ("/ui/wizard/" name, Work, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_setenv ("KAN_NOW", "2026-11-10T01:00:00Z", TRUE);
  demo_build (0);
  ADD ("steps", test_steps);
  ADD ("refused", test_refused);
  ADD ("signed", test_signed);
  ADD ("draft", test_draft);
  ADD ("untouched", test_untouched);
  ADD ("locked", test_locked);
  status = g_test_run ();
  demo_remove ();
  return status;
}
