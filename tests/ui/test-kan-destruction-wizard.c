/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The destruction wizard: media ticked, numbers compared without being shown, erasures and destruction signed as one
 * list, and what stands where only a part of it was. */
#include "ui/page-fixture.h"

#include "destruction/kan-destruction-wizard.h"
#include "kit/kan-question-row.h"

typedef struct
{
  KanSession *session;
  GtkWidget  *wizard;
  char       *medium, *serial;  /* that holds something, can be erased, and bears a maker's number */
  char       *subject;          /* of the destruction that was signed */
  gboolean    waiting;
} Work;

static void
signed_cb (G_GNUC_UNUSED KanWizard *wizard, const char *subject, gboolean waiting, gpointer data)
{
  ((Work *) data)->subject = g_strdup (subject);
  ((Work *) data)->waiting = waiting;
}

static gboolean
has_review (gpointer data)
{
  return kan_wizard_get_review (KAN_WIZARD (((Work *) data)->wizard)) != NULL;
}

static void
choose_medium (Work *f)
{
  KanDesk *desk = demo_open (NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) all = kan_desk_list_doomed (desk, "M1,M2,M3,M4,M5,M6,M7,M8,M9,M10,M11,M12,M13,M14,M15", &error);

  g_assert_no_error (error);
  for (guint i = 0; i < all->len && f->medium == NULL; i++)
    {
      const KanViewDoomed *one = g_ptr_array_index (all, i);
      g_autofree char *sql = g_strdup_printf ("SELECT serial FROM medium WHERE id = %s", one->subject + 1);

      if (one->held == 0 || !one->can_be_erased || !one->has_serial)
        continue;
      f->medium = g_strdup (one->subject);
      f->serial = demo_ask_text (desk, sql);
    }
  kan_desk_free (desk);
  g_assert_nonnull (f->medium);
}

static void
set_up (Work *f, G_GNUC_UNUSED gconstpointer unused)
{
  choose_medium (f);
  f->session = session_open ();
  present_and_watch (kan_destruction_wizard_new (f->session, NULL, f->medium), &f->wizard);
  g_signal_connect (f->wizard, "signed", G_CALLBACK (signed_cb), f);
  spin_until (has_review, f);
  spin_for (300);
}

static void
tear_down (Work *f, G_GNUC_UNUSED gconstpointer unused)
{
  if (f->wizard != NULL)
    gtk_window_destroy (GTK_WINDOW (f->wizard));
  await_closed (&f->wizard);
  spin_for (100);
  session_close (f->session);
  g_free (f->medium);
  g_free (f->serial);
  g_free (f->subject);
}

static void
go_on (Work *f)
{
  gtk_widget_activate_action (f->wizard, "wizard.next", NULL);
  spin_for (700);
}

static void
answer (Work *f, const char *key, const char *typed)
{
  kan_answers_set (kan_wizard_get_answers (KAN_WIZARD (f->wizard)), key, typed);
  kan_wizard_edited (KAN_WIZARD (f->wizard));
}

static gboolean
is_entry_about (GtkWidget *widget, const char *subject)
{
  return ADW_IS_ENTRY_ROW (widget)
         && strstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), subject) != NULL;
}

static gboolean
is_check_of (GtkWidget *widget, const char *title)
{
  return GTK_IS_CHECK_BUTTON (widget)
         && adw_preferences_row_get_title (ADW_PREFERENCES_ROW (gtk_widget_get_ancestor (widget, ADW_TYPE_ACTION_ROW)))
            != NULL
         && g_str_has_prefix (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (gtk_widget_get_ancestor (
                                                                widget, ADW_TYPE_ACTION_ROW))), title);
}

/* The first page is left with the medium that it began from. */
static void
pass_media (Work *f)
{
  GtkWidget *check = await_widget (f->wizard, is_check_of, f->medium);

  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)));
  g_assert_true (gtk_test_accessible_has_role (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_ROLE_CHECKBOX));
  g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL));
  go_on (f);
}

static void
pass_numbers (Work *f)
{
  gtk_editable_set_text (GTK_EDITABLE (await_widget (f->wizard, is_entry_about, f->medium)), f->serial);
  spin_for (500);
  go_on (f);
}

static void
pass_destruction (Work *f)
{
  GtkWidget *method = await_widget (f->wizard, is_question, "method"), *focus;

  /* the keyboard is at the first that must be answered */
  focus = gtk_root_get_focus (GTK_ROOT (f->wizard));
  g_assert_nonnull (focus);
  g_assert_true (focus == method || gtk_widget_is_ancestor (focus, method));
  adw_combo_row_set_selected (ADW_COMBO_ROW (await_widget (f->wizard, is_question, "method")), 1);
  answer (f, "place", "執務室");
  answer (f, "witness", "P1");
  answer (f, "deviation_reason", "試験のため");
  go_on (f);
}

static gboolean
is_signed (gpointer data)
{
  return ((Work *) data)->subject != NULL;
}

static void
sign (Work *f)
{
  g_autofree char *passphrase = passphrase_of (demo_login (NULL));

  gtk_editable_set_text (GTK_EDITABLE (await_widget (f->wizard, is_passphrase, NULL)), passphrase);
  go_on (f);
  /* what ends something is asked about once more */
  for (GList *at = gtk_window_list_toplevels (); at != NULL; at = at->next)
    if (ADW_IS_MESSAGE_DIALOG (at->data))
      adw_message_dialog_response (at->data, "agreed");
  spin_until (is_signed, f);
}

/* --- the way ---------------------------------------------------------------------------------------------------- */

static gboolean
is_in_sight (GtkWidget *widget)
{
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (widget));
  double y = -1;

  return gtk_widget_get_mapped (widget) && gtk_widget_translate_coordinates (widget, root, 0, 0, NULL, &y) && y >= 0 &&
         y + gtk_widget_get_height (widget) <= gtk_widget_get_height (root);
}

/* Where Next leads nowhere, it is said why where the eye is, however many media there are. */
static void
test_none_ticked (Work *f, G_GNUC_UNUSED gconstpointer unused)
{
  GtkWidget *check = await_widget (f->wizard, is_check_of, f->medium);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), FALSE);
  go_on (f);
  g_assert_true (gtk_widget_get_mapped (check));
  spin_for (300);
  g_assert_true (is_in_sight (await_widget (f->wizard, is_note, "Tick at least one medium")));
}

/* The register's number is nowhere to be read before it was typed; then it is said whether it agrees. */
static void
test_numbers (Work *f, G_GNUC_UNUSED gconstpointer unused)
{
  GtkWidget *entry;

  pass_media (f);
  entry = await_widget (f->wizard, is_entry_about, f->medium);
  g_assert_null (find_widget (f->wizard, says, f->serial));
  go_on (f);
  g_assert_nonnull (find_widget (f->wizard, is_label, "Read the number off the medium and type it"));
  g_assert_true (gtk_widget_get_mapped (entry));
  gtk_editable_set_text (GTK_EDITABLE (entry), f->serial);
  spin_for (800);
  g_assert_nonnull (find_widget (f->wizard, is_label, "Agrees"));
  gtk_editable_set_text (GTK_EDITABLE (entry), "X-1");
  gtk_widget_grab_focus (await_widget (f->wizard, is_question, "photographs"));
  spin_for (800);
  g_assert_null (find_widget (f->wizard, is_label, "Agrees"));
  g_assert_nonnull (find_widget (f->wizard, says, "is not what the register says of"));
  /* and what is wanted now */
  g_assert_nonnull (find_widget (f->wizard, says, "take a photograph of the number"));
  g_assert_nonnull (find_widget (f->wizard, says, "executor and witness both look at it"));
}

/* Going on at once, before the number was compared, does not pass it by; once told, it may be recorded as it is. */
static void
test_hasty (Work *f, G_GNUC_UNUSED gconstpointer unused)
{
  GtkWidget *entry;

  pass_media (f);
  entry = await_widget (f->wizard, is_entry_about, f->medium);
  gtk_widget_grab_focus (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), "X-1");
  go_on (f);
  g_assert_true (gtk_widget_get_mapped (entry));
  g_assert_nonnull (find_widget (f->wizard, says, "is not what the register says of"));
  go_on (f);
  g_assert_false (gtk_widget_get_mapped (entry));
}

/* One that is unreadable wants a photograph. */
static void
test_unreadable (Work *f, G_GNUC_UNUSED gconstpointer unused)
{
  pass_media (f);
  g_signal_emit_by_name (await_widget (f->wizard, is_button, "_Unreadable"), "clicked");
  gtk_widget_grab_focus (await_widget (f->wizard, is_question, "photographs"));
  spin_for (800);
  g_assert_nonnull (find_widget (f->wizard, says, "a photograph stands in for it"));
}

static gint64
count_of (Work *f, const char *sql)
{
  KanDesk *desk;
  gint64 n;

  gtk_window_destroy (GTK_WINDOW (f->wizard));
  await_closed (&f->wizard);
  spin_for (200);
  session_close (f->session);
  desk = demo_open (NULL);
  n = demo_ask (desk, sql);
  kan_desk_free (desk);
  f->session = session_open ();
  return n;
}

/* Erasure and destruction, the passphrase once. */
static void
test_whole (Work *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autofree char *erased = g_strdup_printf ("SELECT count(*) FROM act WHERE kind = 'media.erase' AND subject = '%s'"
                                             " AND seq > (SELECT max(seq) - 4 FROM act)", f->medium);

  pass_media (f);
  pass_numbers (f);
  go_on (f);
  g_assert_nonnull (find_widget (f->wizard, is_note, "Choose one of the two"));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (await_widget (f->wizard, is_check_of, "Erase now")), TRUE);
  adw_combo_row_set_selected (ADW_COMBO_ROW (await_widget (f->wizard, is_question, "erase:erasure")), 1);
  answer (f, "erase:erasure_tool", "BitRaser 3.0");
  answer (f, "erase:erasure_verified", "yes");
  go_on (f);
  pass_destruction (f);
  g_assert_nonnull (find_widget (f->wizard, says, "Erasure of "));
  g_assert_nonnull (find_widget (f->wizard, says, "BitRaser 3.0"));
  g_assert_true (kan_wizard_get_review (KAN_WIZARD (f->wizard))->admissible);
  go_on (f);
  sign (f);
  g_assert_nonnull (f->subject);
  g_assert_true (g_str_has_prefix (f->subject, "D"));
  g_assert_true (f->waiting);
  g_assert_nonnull (await_widget (f->wizard, is_button, "_Show the certificate"));
  g_assert_cmpint (count_of (f, erased), ==, 1);
}

/* What is still on it goes with it. */
static void
test_instead (Work *f, G_GNUC_UNUSED gconstpointer unused)
{
  pass_media (f);
  pass_numbers (f);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (await_widget (f->wizard, is_check_of, "Destruction stands")), TRUE);
  g_assert_null (find_widget (f->wizard, is_question, "erase:erasure"));
  go_on (f);
  pass_destruction (f);
  g_assert_null (find_widget (f->wizard, says, "Erasure of "));
  g_assert_nonnull (find_widget (f->wizard, is_label, "Destroyed instead of erasing"));
}

static gboolean
is_told (gpointer heading)
{
  GtkWidget *message = window_of_type (ADW_TYPE_MESSAGE_DIALOG);

  return message != NULL &&
         g_strcmp0 (adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (message)), heading) == 0;
}

/* An erasure that was signed stands, though the destruction was refused; the wizard goes on from there. */
static void
test_partly (Work *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autofree char *passphrase = passphrase_of (demo_login (NULL));

  pass_media (f);
  pass_numbers (f);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (await_widget (f->wizard, is_check_of, "Erase now")), TRUE);
  adw_combo_row_set_selected (ADW_COMBO_ROW (await_widget (f->wizard, is_question, "erase:erasure")), 1);
  answer (f, "erase:erasure_verified", "yes");
  answer (f, "deviation_reason", "試験のため");
  spin_for (500);
  KAN_WIZARD_GET_CLASS (f->wizard)->sign (KAN_WIZARD (f->wizard),
                                          kan_secret_new_take ((guint8 *) passphrase, strlen (passphrase)));
  spin_until (is_told, (gpointer) "Erased, Not Yet Destroyed");
  answer_message ("go-on");
  await_widget (f->wizard, is_label, "Nothing is recorded on it any more: nothing to erase");
  g_assert_null (f->subject);
  g_assert_null (find_widget (f->wizard, is_question, "erase:erasure"));
}

static gpointer
last_draft_job (KanWorker *worker, G_GNUC_UNUSED gpointer data, G_GNUC_UNUSED GCancellable *cancellable, GError **error)
{
  g_autoptr(GPtrArray) drafts = kan_desk_list_drafts (kan_worker_get_desk (worker), error);

  g_assert_no_error (*error);
  g_assert_cmpuint (drafts->len, >, 0);
  return g_memdup2 (&((KanViewDraft *) g_ptr_array_index (drafts, 0))->id, sizeof (gint64));
}

typedef struct { gint64 id; gboolean done; } Found;

static void
found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree gint64 *id = kan_session_run_finish (KAN_SESSION (source), result, NULL);

  ((Found *) data)->id = *id;
  ((Found *) data)->done = TRUE;
}

static gboolean
is_found (gpointer data)
{
  return ((Found *) data)->done;
}

/* Numbers and answers about the erasure are kept when the screen is locked. */
static void
test_draft (Work *f, G_GNUC_UNUSED gconstpointer unused)
{
  Found found = { 0 };
  GtkWidget *entry;

  pass_media (f);
  pass_numbers (f);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (await_widget (f->wizard, is_check_of, "Erase now")), TRUE);
  answer (f, "erase:erasure_tool", "BitRaser 3.0");
  session_close (f->session);
  await_closed (&f->wizard);
  f->session = session_open ();
  kan_session_run (f->session, KAN_JOB_PAGE, last_draft_job, NULL, NULL, g_free, NULL, found_cb, &found);
  spin_until (is_found, &found);
  present_and_watch (g_object_new (KAN_TYPE_DESTRUCTION_WIZARD, "session", f->session, "draft", found.id, NULL),
                     &f->wizard);
  spin_until (has_review, f);
  spin_for (300);
  pass_media (f);
  entry = await_widget (f->wizard, is_entry_about, f->medium);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, f->serial);
  go_on (f);
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (await_widget (f->wizard, is_check_of, "Erase now"))));
  entry = await_widget (f->wizard, is_question, "erase:erasure_tool");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "BitRaser 3.0");
}

/* Whether one of the stops is within. */
static gboolean
stops_in (GPtrArray *stops, GtkWidget *widget)
{
  for (guint i = 0; i < stops->len; i++)
    if (g_ptr_array_index (stops, i) == widget || gtk_widget_is_ancestor (g_ptr_array_index (stops, i), widget))
      return TRUE;
  return FALSE;
}

static void
assert_goes_round_over (Work *f, GtkWidget *widget)
{
  g_autoptr(GPtrArray) stops = NULL;

  spin_for (300);      /* a row that was taken off the page has the keyboard until the next picture is drawn */
  stops = assert_tab_goes_round (f->wizard);
  g_assert_true (stops_in (stops, widget));
}

/* With the keyboard alone every page can be gone round, whether its lines have notes on what is wrong or not. */
static void
test_tab (Work *f, G_GNUC_UNUSED gconstpointer unused)
{
  GtkWidget *entry;

  assert_goes_round_over (f, await_widget (f->wizard, is_check_of, f->medium));
  pass_media (f);
  entry = await_widget (f->wizard, is_entry_about, f->medium);
  assert_goes_round_over (f, entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), "X-1");
  gtk_widget_grab_focus (await_widget (f->wizard, is_question, "photographs"));
  spin_for (800);
  g_assert_nonnull (find_widget (f->wizard, says, "is not what the register says of"));
  assert_goes_round_over (f, entry);
  pass_numbers (f);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (await_widget (f->wizard, is_check_of, "Erase now")), TRUE);
  assert_goes_round_over (f, await_widget (f->wizard, is_question, "erase:erasure_tool"));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (await_widget (f->wizard, is_check_of, "Destruction stands")), TRUE);
  go_on (f);
  assert_goes_round_over (f, await_widget (f->wizard, is_question, "method"));
  pass_destruction (f);
  assert_goes_round_over (f, await_widget (f->wizard, is_button, "_Next"));
  go_on (f);
  assert_goes_round_over (f, await_widget (f->wizard, is_passphrase, NULL));
}

/* A number that is wrong is typed again where it stands, over what was typed; one that agrees leads on. */
static void
test_enter (Work *f, G_GNUC_UNUSED gconstpointer unused)
{
  GtkWidget *entry;
  int from = 0, to = 0;

  pass_media (f);
  entry = await_widget (f->wizard, is_entry_about, f->medium);
  gtk_widget_grab_focus (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), "X-1");
  g_signal_emit_by_name (entry, "entry-activated");
  await_widget (f->wizard, says, "is not what the register says of");
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (f->wizard)), entry));
  g_assert_true (gtk_editable_get_selection_bounds (GTK_EDITABLE (entry), &from, &to));
  g_assert_cmpint (to - from, ==, strlen ("X-1"));
  gtk_editable_set_text (GTK_EDITABLE (entry), f->serial);
  g_signal_emit_by_name (entry, "entry-activated");
  await_widget (f->wizard, is_label, "Agrees");
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (f->wizard)),
                                         await_widget (f->wizard, is_question, "photographs")));
}

#define ADD(name, func) g_test_add ("/ui/destruction/" name, Work, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_setenv ("KAN_NOW", "2026-11-10T01:00:00Z", TRUE);
  demo_build (0);
  ADD ("none-ticked", test_none_ticked);
  ADD ("numbers", test_numbers);
  ADD ("hasty", test_hasty);
  ADD ("unreadable", test_unreadable);
  ADD ("instead", test_instead);
  ADD ("enter", test_enter);
  ADD ("tab", test_tab);
  ADD ("draft", test_draft);
  ADD ("partly", test_partly);
  ADD ("whole", test_whole);
  status = g_test_run ();
  demo_remove ();
  return status;
}
