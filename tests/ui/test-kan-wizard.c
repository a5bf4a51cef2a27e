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
  g_signal_connect (wizard, "signed", G_CALLBACK (signed_cb), f);
  present_and_watch (wizard, &f->wizard);
  spin_until (has_review, f);
  spin_for (300);
}

static void
set_up (Work *f, G_GNUC_UNUSED gconstpointer unused)
{
  f->session = session_open ();
  present (f, kan_wizard_new (f->session, NULL, "media.register", NULL));
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
}

static void
go_on (Work *f)
{
  gtk_widget_activate_action (f->wizard, "wizard.next", NULL);
  spin_for (500);
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
  g_autofree char *right = passphrase_of (demo_login (NULL));
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
  gtk_editable_set_text (GTK_EDITABLE (passphrase), right);
  go_on (f);
  spin_until (is_signed, f);
  g_assert_true (g_str_has_prefix (f->subject, "M"));
  await_closed (&f->wizard);
}

/* About the record whose number the question finds. */
static void
set_up_about (Work *f, const char *kind, const char *prefix, const char *sql)
{
  g_autofree char *subject = NULL;

  f->session = session_open ();
  subject = g_strdup_printf ("%s%" G_GINT64_FORMAT, prefix, session_count (f->session, sql));
  present (f, kan_wizard_new (f->session, NULL, kind, subject));
}

static void
set_up_return (Work *f, G_GNUC_UNUSED gconstpointer unused)
{
  set_up_about (f, "takeout.return", "T", "SELECT max (id) FROM takeout WHERE state = 'arrived'");
}

/* What was counted wrongly is told beside its field before the page is left, and can then be recorded as it is. */
static void
test_counted_wrongly (Work *f, G_GNUC_UNUSED gconstpointer unused)
{
  GtkWidget *count = await_widget (f->wizard, is_question, "returned_count");

  gtk_editable_set_text (GTK_EDITABLE (await_widget (f->wizard, is_question, "returned_quantity")), "1");
  gtk_editable_set_text (GTK_EDITABLE (count), "1");
  adw_combo_row_set_selected (ADW_COMBO_ROW (await_widget (f->wizard, is_question, "returned_state")), 1);
  go_on (f);
  await_widget (f->wizard, says, "The media hold");
  g_assert_true (gtk_widget_get_mapped (count));
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (f->wizard)), count));
  go_on (f);
  await_widget (f->wizard, is_question, "returner");
}

/* --- drafts ----------------------------------------------------------------------------------------------------- */

static void
test_draft (Work *f, G_GNUC_UNUSED gconstpointer unused)
{
  gint64 draft = 0;

  fill_in (f, "作成中の媒体");
  gtk_window_close (GTK_WINDOW (f->wizard));
  answer_message ("stay");
  spin_for (300);
  g_assert_nonnull (f->wizard);
  gtk_window_close (GTK_WINDOW (f->wizard));
  answer_message ("keep");
  await_closed (&f->wizard);
  g_assert_cmpuint (session_n_drafts (f->session, &draft), ==, 1);
  present (f, kan_wizard_new_for_draft (f->session, NULL, draft));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (await_widget (f->wizard, is_question, "label"))), ==,
                   "作成中の媒体");
  gtk_editable_set_text (GTK_EDITABLE (await_widget (f->wizard, is_question, "label")), "x");
  gtk_window_close (GTK_WINDOW (f->wizard));
  answer_message ("discard");
  await_closed (&f->wizard);
  g_assert_cmpuint (session_n_drafts (f->session, NULL), ==, 0);
}

/* Nothing typed, nothing asked. */
static void
test_untouched (Work *f, G_GNUC_UNUSED gconstpointer unused)
{
  gtk_window_close (GTK_WINDOW (f->wizard));
  await_closed (&f->wizard);
  g_assert_cmpuint (session_n_drafts (f->session, NULL), ==, 0);
}

static void
discard_all (Work *f)
{
  gint64 draft = 0;

  g_assert_cmpuint (session_n_drafts (f->session, &draft), >, 0);
  present (f, kan_wizard_new_for_draft (f->session, NULL, draft));
  fill_in (f, "y");
  gtk_window_close (GTK_WINDOW (f->wizard));
  answer_message ("discard");
  await_closed (&f->wizard);
}

/* The lock closes it without asking; what was typed a moment before is in the draft. */
static void
test_locked (Work *f, G_GNUC_UNUSED gconstpointer unused)
{
  fill_in (f, "閉じる直前の媒体");
  kan_session_lock (f->session);
  await_closed (&f->wizard);
  session_close (f->session);
  f->session = session_open ();
  g_assert_cmpuint (session_n_drafts (f->session, NULL), ==, 1);
  discard_all (f);
}

/* --- a medium recorded in one go -------------------------------------------------------------------------------- */

static void
set_up_recording (Work *f, G_GNUC_UNUSED gconstpointer unused)
{
  f->session = session_open ();
  present (f, kan_wizard_new (f->session, NULL, "media.record", NULL));
}

static void
type_in (Work *f, const char *key, const char *words)
{
  gtk_editable_set_text (GTK_EDITABLE (await_widget (f->wizard, is_question, key)), words);
}

static guint
count_steps (Work *f)
{
  GtkWidget *steps = gtk_widget_get_parent (gtk_widget_get_parent (await_widget (f->wizard, is_label, "Recording")));
  guint n = 0;

  for (GtkWidget *at = gtk_widget_get_first_child (steps); at != NULL; at = gtk_widget_get_next_sibling (at))
    n++;
  return n;
}

static gboolean
is_gone (gpointer data)
{
  return ((Work *) data)->wizard == NULL;
}

/* As FORMS.md has it: three pages, the passphrase on the last; what was often the same is there for the next one. */
static void
test_recorded (Work *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autofree char *right = passphrase_of (demo_login (NULL));
  gint64 media = session_count (f->session, "SELECT count(*) FROM medium");
  gint64 place = session_count (f->session, "SELECT place FROM medium WHERE state = 'stored' LIMIT 1");
  g_autofree char *stored_in = g_strdup_printf ("L%" G_GINT64_FORMAT, place);
  GtkWidget *window, *next;

  g_assert_cmpuint (count_steps (f), ==, 3);
  type_in (f, "media.register:label", "試験用-02");
  type_in (f, "media.register:serial", "SN-TEST-02");
  adw_combo_row_set_selected (ADW_COMBO_ROW (await_widget (f->wizard, is_question, "media.register:media_kind")), 1);
  go_on (f);
  adw_combo_row_set_selected (ADW_COMBO_ROW (await_widget (f->wizard, is_question, "purpose")), 1);
  type_in (f, "count", "12");
  type_in (f, "source", "J-LIS");
  type_in (f, "copies", "0");
  spin_for (600);
  g_assert_nonnull (find_widget (f->wizard, is_row, "To be destroyed by"));
  go_on (f);
  g_assert_nonnull (find_widget (f->wizard, is_question, "media.store:place"));
  g_assert_nonnull (find_widget (f->wizard, is_label, "試験用-02"));
  kan_answers_set (kan_wizard_get_answers (KAN_WIZARD (f->wizard)), "media.store:place", stored_in);
  gtk_switch_set_active (GTK_SWITCH (await_widget (f->wizard, is_of_type, "GtkSwitch")), TRUE);
  gtk_editable_set_text (GTK_EDITABLE (await_widget (f->wizard, is_passphrase, NULL)), right);
  gtk_widget_activate_action (f->wizard, "wizard.next", NULL);
  spin_until (is_signed, f);
  g_assert_true (g_str_has_prefix (f->subject, "B"));
  g_assert_cmpint (session_count (f->session, "SELECT count(*) FROM medium"), ==, media + 1);
  g_assert_cmpint (session_count (f->session, "SELECT state = 'stored' FROM medium WHERE label = '試験用-02'"), ==, 1);

  /* the next one */
  spin_until (is_gone, f);
  window = await_window (KAN_TYPE_WIZARD);
  present_and_watch (window, &f->wizard);
  spin_until (has_review, f);
  next = await_widget (window, is_question, "media.register:media_kind");
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (next)), ==, 1);
  g_assert_nonnull (find_widget (next, is_label, "As Last Time"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (await_widget (window, is_question, "media.register:label"))),
                   ==, "");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (await_widget (window, is_question, "media.register:serial"))),
                   ==, "");
  adw_combo_row_set_selected (ADW_COMBO_ROW (next), 2);
  g_assert_null (find_widget (next, is_label, "As Last Time"));
}

static void
keep_and_resume (Work *f)
{
  gint64 draft = 0;

  gtk_window_close (GTK_WINDOW (f->wizard));
  answer_message ("keep");
  await_closed (&f->wizard);
  g_assert_cmpuint (session_n_drafts (f->session, &draft), ==, 1);
  present (f, kan_wizard_new_for_draft (f->session, NULL, draft));
}

static void
answer_second_page (Work *f)
{
  adw_combo_row_set_selected (ADW_COMBO_ROW (await_widget (f->wizard, is_question, "purpose")), 1);
  type_in (f, "count", "12");
  type_in (f, "source", "J-LIS");
  type_in (f, "copies", "0");
}

/* A draft is opened on the first page where something is missing; where nothing is, on the last that was answered. */
static void
test_resumed (Work *f, G_GNUC_UNUSED gconstpointer unused)
{
  type_in (f, "media.register:label", "試験用-04");
  type_in (f, "media.register:serial", "SN-TEST-04");
  adw_combo_row_set_selected (ADW_COMBO_ROW (await_widget (f->wizard, is_question, "media.register:media_kind")), 1);
  keep_and_resume (f);
  await_widget (f->wizard, is_question, "count");
  g_assert_null (find_widget (f->wizard, is_question, "media.register:label"));
  type_in (f, "copies", "0");
  gtk_widget_activate_action (f->wizard, "wizard.back", NULL);
  type_in (f, "media.register:label", "");
  keep_and_resume (f);
  await_widget (f->wizard, is_question, "media.register:label");
  type_in (f, "media.register:label", "試験用-04");
  go_on (f);
  answer_second_page (f);
  keep_and_resume (f);
  await_widget (f->wizard, is_question, "count");      /* storing it, on the last page, is not needed */
  type_in (f, "source", "x");
  gtk_window_close (GTK_WINDOW (f->wizard));
  answer_message ("discard");
  await_closed (&f->wizard);
}

/* Nothing of it is missing any more, but the last page was not come to yet. */
static void
test_resumed_complete (Work *f, G_GNUC_UNUSED gconstpointer unused)
{
  answer_second_page (f);
  keep_and_resume (f);
  await_widget (f->wizard, is_question, "count");
  type_in (f, "source", "x");
  gtk_window_close (GTK_WINDOW (f->wizard));
  answer_message ("discard");
  await_closed (&f->wizard);
}

/* Whatever was the same the last time is answered by one press, and said to be taken over. */
static void
test_as_last_time (Work *f, G_GNUC_UNUSED gconstpointer unused)
{
  GtkWidget *source;

  gtk_widget_activate (await_widget (f->wizard, is_button, "_As Last Time"));
  spin_for (500);
  await_no_widget (f->wizard, is_button, "_As Last Time");
  g_assert_nonnull (find_widget (f->wizard, is_label, "As Last Time"));
  type_in (f, "media.register:label", "試験用-03");
  type_in (f, "media.register:serial", "SN-TEST-03");
  go_on (f);
  source = await_widget (f->wizard, is_question, "source");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (source)), !=, "");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (await_widget (f->wizard, is_question, "count"))), ==, "");
}

/* All of it, on the page that scrolls. */
static gboolean
lies_in_sight (GtkWidget *widget)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t bounds;

  return gtk_widget_compute_bounds (widget, scroller, &bounds) && bounds.origin.y >= 0
         && bounds.origin.y + bounds.size.height <= (float) gtk_widget_get_height (scroller);
}

static void
set_up_recording_on_one (Work *f, G_GNUC_UNUSED gconstpointer unused)
{
  set_up_about (f, "media.record", "M", "SELECT min (id) FROM medium WHERE state = 'stored'");
}

/* As the program dresses it: a badge out of which its word hangs is none. */
static gboolean
word_is_inside (GtkWidget *badge)
{
  g_autoptr(GtkCssProvider) style = gtk_css_provider_new ();
  PangoRectangle word;
  int y;

  gtk_css_provider_load_from_resource (style, "/io/github/kanribo/Kanribo/ui/style.css");
  gtk_style_context_add_provider_for_display (gtk_widget_get_display (badge), GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  spin_for (300);
  gtk_label_get_layout_offsets (GTK_LABEL (badge), NULL, &y);
  pango_layout_get_pixel_extents (gtk_label_get_layout (GTK_LABEL (badge)), NULL, &word);
  gtk_style_context_remove_provider_for_display (gtk_widget_get_display (badge), GTK_STYLE_PROVIDER (style));
  return y >= 0 && y + word.height <= gtk_widget_get_height (badge);
}

/* What is known already has no page of its own; a medium that is there is not described anew, and one in store not
   stored. */
static void
test_recorded_on_one (Work *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_assert_cmpuint (count_steps (f), ==, 2);
  g_assert_nonnull (find_widget (f->wizard, is_question, "medium"));
  g_assert_nonnull (find_widget (f->wizard, is_question, "count"));
  g_assert_null (find_widget (f->wizard, is_question, "media.register:label"));
  adw_combo_row_set_selected (ADW_COMBO_ROW (await_widget (f->wizard, is_question, "purpose")), 1);
  type_in (f, "count", "12");
  type_in (f, "source", "J-LIS");
  type_in (f, "copies", "0");
  go_on (f);
  await_widget (f->wizard, is_passphrase, NULL);
  g_assert_null (find_widget (f->wizard, is_question, "media.store:place"));
  g_assert_true (word_is_inside (await_widget (f->wizard, is_label, "Automatic")));
}

/* Recorded on an earlier day: when that was is asked further down, folded away until then. */
static void
test_recorded_earlier (Work *f, G_GNUC_UNUSED gconstpointer unused)
{
  GtkWidget *happened;

  adw_combo_row_set_selected (ADW_COMBO_ROW (await_widget (f->wizard, is_question, "purpose")), 1);
  type_in (f, "recorded_on", "2026-11-02");
  type_in (f, "count", "12");
  type_in (f, "source", "J-LIS");
  type_in (f, "copies", "0");
  go_on (f);
  happened = await_widget (f->wizard, is_question, "happened_at");
  g_assert_true (gtk_widget_get_mapped (happened));
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (f->wizard)), happened));
  await_widget (f->wizard, says, "Recorded on an earlier day");
  spin_for (600);
  g_assert_true (lies_in_sight (happened));
}

static void
set_up_checkout (Work *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autofree char *medium = NULL;

  f->session = session_open ();
  medium = g_strdup_printf ("M%" G_GINT64_FORMAT, session_count (f->session, "SELECT min (id) FROM medium"
                                                                             " WHERE state = 'stored'"));
  present (f, kan_wizard_new (f->session, NULL, "media.checkout", medium));
}

/* A light act names its signer where it is reviewed, and has no page for that alone. */
static void
test_light (Work *f, G_GNUC_UNUSED gconstpointer unused)
{
  GtkWidget *next = gtk_window_get_default_widget (GTK_WINDOW (f->wizard));

  g_assert_null (find_widget (f->wizard, is_label, "Signature"));
  type_in (f, "used_for", "突合");
  go_on (f);
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (next)), ==, "Take out of store");
  g_assert_nonnull (find_widget (f->wizard, is_label, "突合"));
  g_assert_nonnull (find_widget (f->wizard, is_label, "Who signs"));
  g_assert_null (find_widget (f->wizard, is_passphrase, NULL));
  go_on (f);
  spin_until (is_signed, f);
  await_closed (&f->wizard);
}

/* A medium that is chosen makes the questions for a new one needless. */
static void
test_chosen (Work *f, G_GNUC_UNUSED gconstpointer unused)
{
  GtkWidget *medium = await_widget (f->wizard, is_question, "medium");

  g_assert_nonnull (find_widget (f->wizard, is_question, "media.register:label"));
  kan_question_row_put (KAN_QUESTION_ROW (medium), "M1");
  spin_for (300);
  g_assert_null (find_widget (f->wizard, is_question, "media.register:label"));
  kan_question_row_put (KAN_QUESTION_ROW (medium), NULL);
  g_assert_nonnull (find_widget (f->wizard, is_question, "media.register:label"));
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
  g_test_add ("/ui/wizard/counted-wrongly", Work, NULL, set_up_return, test_counted_wrongly, tear_down);
  g_test_add ("/ui/wizard/recorded", Work, NULL, set_up_recording, test_recorded, tear_down);
  g_test_add ("/ui/wizard/resumed", Work, NULL, set_up_recording, test_resumed, tear_down);
  g_test_add ("/ui/wizard/resumed-complete", Work, NULL, set_up_recording_on_one, test_resumed_complete, tear_down);
  g_test_add ("/ui/wizard/as-last-time", Work, NULL, set_up_recording, test_as_last_time, tear_down);
  g_test_add ("/ui/wizard/chosen", Work, NULL, set_up_recording, test_chosen, tear_down);
  g_test_add ("/ui/wizard/recorded-on-one", Work, NULL, set_up_recording_on_one, test_recorded_on_one, tear_down);
  g_test_add ("/ui/wizard/recorded-earlier", Work, NULL, set_up_recording_on_one, test_recorded_earlier, tear_down);
  g_test_add ("/ui/wizard/light", Work, NULL, set_up_checkout, test_light, tear_down);
  ADD ("draft", test_draft);
  ADD ("untouched", test_untouched);
  ADD ("locked", test_locked);
  status = g_test_run ();
  demo_remove ();
  return status;
}
