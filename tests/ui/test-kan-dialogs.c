/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What names may hide is shown, errors come in words for people, and questions give the answer that was clicked. */
#include "ui/page-fixture.h"

#include "kit/kan-dialogs.h"

/* --- words ------------------------------------------------------------------------------------------------------- */

static void
test_visible (void)
{
  static const struct { const char *typed, *shown; } table[] = {
    { "年金\u202e課", "年金⟨U+202E⟩課" }, { "a\u200bb", "a⟨U+200B⟩b" }, { "\u2066x\u2069", "⟨U+2066⟩x⟨U+2069⟩" },
    { "\ufeff", "⟨U+FEFF⟩" }, { "辻\U000E0100", "辻\U000E0100" }, { "\ue000", "\ue000" },
    { "二行\n目", "二行\n目" }, { "", "" },
  };
  g_autofree char *nothing = kan_visible_text (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *shown = kan_visible_text (table[i].typed);

      g_assert_cmpstr (shown, ==, table[i].shown);
    }
  g_assert_cmpstr (nothing, ==, "");
}

/* Each failure has words of its own, and none is the library's message. */
static void
test_word_errors (void)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int code = KAN_ERROR_USAGE; code <= KAN_ERROR_CANCELLED; code++)
    {
      g_autoptr(GError) error = g_error_new_literal (KAN_ERROR, code, "sqlite said 0x17");
      char *words = kan_dialogs_word_error (error);

      g_assert_cmpint (strlen (words), >, 10);
      if (code != KAN_ERROR_INVALID)
        g_assert_null (strstr (words, "0x17"));
      g_assert_true (g_hash_table_add (seen, words));
    }
}

/* --- questions --------------------------------------------------------------------------------------------------- */

typedef struct { gboolean done, agreed; char *chosen; } Answered;

static gboolean
is_answered (gpointer data)
{
  return ((Answered *) data)->done;
}

static void
chosen_cb (G_GNUC_UNUSED GObject *source, GAsyncResult *result, gpointer data)
{
  Answered *answered = data;

  answered->chosen = kan_dialogs_choose_finish (result);
  answered->done = TRUE;
}

static void
confirmed_cb (G_GNUC_UNUSED GObject *source, GAsyncResult *result, gpointer data)
{
  Answered *answered = data;

  answered->agreed = kan_dialogs_confirm_finish (result);
  answered->done = TRUE;
}

static GtkWindow *
dialog_over (GtkWidget *window)
{
  g_autoptr(GListModel) all = g_object_ref (gtk_window_get_toplevels ());

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr(GtkWindow) one = g_list_model_get_item (all, i);

      if (gtk_window_get_transient_for (one) == GTK_WINDOW (window))
        return one;
    }
  g_assert_not_reached ();
}

/* As a click does: it answers, and the dialog is gone. */
static void
answer (GtkWidget *window, const char *id)
{
  GtkWindow *dialog = dialog_over (window);

  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), id);
  gtk_window_destroy (dialog);
}

static void
test_choose (void)
{
  const char *const answers[] = { "stay", "Go on", "!discard", "Discard", "*keep", "Keep", NULL };
  GtkWidget *window = window_with (gtk_label_new ("page"), 600, 400, NULL);
  Answered answered = { 0 }, dismissed = { 0 };
  AdwMessageDialog *dialog;

  kan_dialogs_choose (window, "Keep it?", "Nothing was signed.", answers, chosen_cb, &answered);
  dialog = ADW_MESSAGE_DIALOG (dialog_over (window));
  g_assert_cmpstr (adw_message_dialog_get_default_response (dialog), ==, "keep");
  g_assert_cmpint (adw_message_dialog_get_response_appearance (dialog, "discard"), ==, ADW_RESPONSE_DESTRUCTIVE);
  answer (window, "discard");
  spin_until (is_answered, &answered);
  g_assert_cmpstr (answered.chosen, ==, "discard");
  kan_dialogs_choose (window, "Keep it?", NULL, answers, chosen_cb, &dismissed);
  gtk_window_close (dialog_over (window));
  spin_until (is_answered, &dismissed);
  g_assert_null (dismissed.chosen);
  g_free (answered.chosen);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_confirm (void)
{
  GtkWidget *window = window_with (gtk_label_new ("page"), 600, 400, NULL);
  Answered yes = { 0 }, no = { 0 };
  AdwMessageDialog *dialog;

  kan_dialogs_confirm (window, "Destroy?", "For good.", "_Sign", TRUE, confirmed_cb, &yes);
  dialog = ADW_MESSAGE_DIALOG (dialog_over (window));
  g_assert_cmpstr (adw_message_dialog_get_default_response (dialog), ==, "dismissed");
  answer (window, "agreed");
  spin_until (is_answered, &yes);
  g_assert_true (yes.agreed);
  kan_dialogs_confirm (window, "Destroy?", "For good.", "_Sign", TRUE, confirmed_cb, &no);
  gtk_window_close (dialog_over (window));
  spin_until (is_answered, &no);
  g_assert_false (no.agreed);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* --- long tasks -------------------------------------------------------------------------------------------------- */

static void
test_task (void)
{
  GtkWidget *window = window_with (gtk_label_new ("page"), 600, 400, NULL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  KanTask *task = kan_task_new (window, "Verifying", cancellable);
  GtkWidget *stop;

  g_assert_true (kan_task_progress (10, 100, task));
  spin_for (900);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (dialog_over (window))));
  g_assert_nonnull (find_widget (GTK_WIDGET (dialog_over (window)), is_label, "Verifying"));
  stop = await_widget (GTK_WIDGET (dialog_over (window)), is_button, "_Cancel");
  g_signal_emit_by_name (stop, "clicked");
  g_assert_true (g_cancellable_is_cancelled (cancellable));
  g_assert_false (kan_task_progress (11, 100, task));
  kan_task_end (task);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/ui/dialogs/visible", test_visible);
  g_test_add_func ("/ui/dialogs/errors", test_word_errors);
  g_test_add_func ("/ui/dialogs/choose", test_choose);
  g_test_add_func ("/ui/dialogs/confirm", test_confirm);
  g_test_add_func ("/ui/dialogs/task", test_task);
  return g_test_run ();
}
