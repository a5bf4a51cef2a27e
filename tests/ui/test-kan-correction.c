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
} Work;

static gboolean
is_closed (gpointer data)
{
  return ((Work *) data)->wizard == NULL;
}

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
set_up (Work *f, gconstpointer voids)
{
  f->session = session_open ();
  f->wizard = voids != NULL ? kan_correction_window_new_void (f->session, NULL, "M1")
              : kan_correction_window_new_correct (f->session, NULL, "M1");
  g_object_add_weak_pointer (G_OBJECT (f->wizard), (gpointer *) &f->wizard);
  g_signal_connect (f->wizard, "signed", G_CALLBACK (signed_cb), f);
  gtk_window_present (GTK_WINDOW (f->wizard));
  spin_until (has_review, f);
  spin_for (500);
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
  GtkWidget *check = await_widget (f->wizard, is_possible_check, NULL);
  KanAnswers *answers = kan_wizard_get_answers (KAN_WIZARD (f->wizard));

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  g_assert_nonnull (kan_answers_get (answers, "act"));
  g_assert_nonnull (find_widget (f->wizard, says, "Nothing in it can be corrected"));
  go_on (f);
  go_on (f);
  g_assert_nonnull (find_widget (f->wizard, is_label, "Choose the answer that is meant"));
  check = await_widget (f->wizard, is_possible_check, NULL);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  g_assert_nonnull (await_widget (f->wizard, is_struck, NULL));
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

/* What can no longer be taken back says why. */
static void
test_void (Work *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_assert_nonnull (await_widget (f->wizard, is_question, "reason"));
  g_assert_nonnull (find_widget (f->wizard, is_label, "Which entry"));
  if (find_widget (f->wizard, is_possible_check, NULL) == NULL)
    {
      go_on (f);
      g_assert_nonnull (find_widget (f->wizard, is_label, "Choose the entry that is meant"));
    }
  else
    g_assert_nonnull (kan_answers_get (kan_wizard_get_answers (KAN_WIZARD (f->wizard)), "act"));
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
  status = g_test_run ();
  demo_remove ();
  return status;
}
