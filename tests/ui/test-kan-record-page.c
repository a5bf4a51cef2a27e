/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A record's page: head, offers with reasons, fields with links and struck values, groups, timeline, and the custody
 * picture of a medium with the table behind it. */
#include "page-fixture.h"

#include "kit/kan-actions.h"
#include "kit/kan-pieces.h"
#include "kit/kan-record-page.h"
#include "kit/kan-record-parts.h"
#include "kit/kan-timeline-list.h"
#include "media/kan-custody.h"
#include "registers/kan-registers.h"

typedef PageBench Bench;

static void
set_up (Bench *b, gconstpointer unused)
{
  b->session = session_open ();
  page_bench_show (b, kan_record_page_new (b->session), 700, 4000);
}

static void
test_medium (Bench *b, gconstpointer unused)
{
  GtkPopover *basis;
  GtkWidget *row;

  kan_record_page_show (KAN_RECORD_PAGE (b->page), "M1");
  await_widget (b->page, is_label, "Particulars");
  g_assert_cmpstr (kan_record_page_get_subject (KAN_RECORD_PAGE (b->page)), ==, "M1");
  basis = gtk_menu_button_get_popover (GTK_MENU_BUTTON (find_widget (b->page, is_tooltip, "Legal basis")));
  g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (gtk_popover_get_child (basis))), "Art. 11 (2)"));
  g_assert_nonnull (find_widget (b->page, is_tooltip, "Print a form"));
  g_assert_nonnull (find_widget (b->page, is_label, "Custody"));
  g_assert_nonnull (find_widget (b->page, is_label, "Timeline"));
  row = await_widget (b->page, is_row, "Recorded as a Deviation");
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  spin_for (300);
  g_assert_cmpstr (b->log->str, ==, "");
}

/* A button that was pressed by the keyboard tells of it a moment later: filled anew meanwhile, the page keeps it. */
static void
test_pressed (Bench *b, gconstpointer unused)
{
  GtkWidget *button, *gone;

  kan_record_page_show (KAN_RECORD_PAGE (b->page), "X1");
  button = gone = await_widget (b->page, is_button, "Change particulars");
  g_object_add_weak_pointer (G_OBJECT (button), (gpointer *) &gone);
  gtk_widget_activate (button);
  kan_record_page_refresh (KAN_RECORD_PAGE (b->page));
  spin_for (1000);
  g_assert_nonnull (strstr (b->log->str, "outsider.amend"));
  g_assert_null (gone);      /* and then it is filled anew */
  g_assert_nonnull (find_widget (b->page, is_button, "Change particulars"));
}

/* The keyboard begins at what can be done; without any, at what the record leads to, never at a fold of what cannot. */
static void
test_first_focus (Bench *b, gconstpointer unused)
{
  static const struct { const char *subject; const char *first; } cases[] = {
    { "O1", "A" }, { "K1", "P1 " }, { "X1", "Change particulars" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GtkWidget *focus;
      const char *words;

      kan_record_page_show (KAN_RECORD_PAGE (b->page), cases[i].subject);
      kan_record_page_focus (KAN_RECORD_PAGE (b->page));
      await_widget (b->page, says, cases[i].subject);
      await_widget (b->page, is_label, "Particulars");
      spin_for (200);
      focus = gtk_root_get_focus (GTK_ROOT (b->window));
      g_assert_nonnull (focus);
      words = GTK_IS_BUTTON (focus) ? gtk_button_get_label (GTK_BUTTON (focus))
              : ADW_IS_PREFERENCES_ROW (focus) ? adw_preferences_row_get_title (ADW_PREFERENCES_ROW (focus))
              : G_OBJECT_TYPE_NAME (focus);
      g_test_message ("%s: %s", cases[i].subject, words);
      g_assert_true (g_str_has_prefix (words, cases[i].first));
    }
}

static void
test_links (Bench *b, gconstpointer unused)
{
  GtkWidget *label, *button;

  kan_record_page_show (KAN_RECORD_PAGE (b->page), "T1");
  label = await_widget (b->page, is_label, "Media");
  button = gtk_widget_get_next_sibling (label);
  g_assert_nonnull (button);
  gtk_widget_activate (gtk_widget_get_first_child (button));
  spin_for (300);
  g_assert_true (g_str_has_prefix (b->log->str, "record'M"));
}

static void
test_missing (Bench *b, gconstpointer unused)
{
  kan_record_page_show (KAN_RECORD_PAGE (b->page), "M99999");
  await_widget (b->page, is_label, "This Record Cannot Be Shown");
  kan_record_page_show (KAN_RECORD_PAGE (b->page), NULL);
  g_assert_null (find_widget (b->page, is_label, "This Record Cannot Be Shown"));
}

/* The answer for a record that was left meanwhile is not shown. */
static void
test_overtaken (Bench *b, gconstpointer unused)
{
  kan_record_page_show (KAN_RECORD_PAGE (b->page), "M1");
  kan_record_page_show (KAN_RECORD_PAGE (b->page), "M2");
  kan_record_page_show (KAN_RECORD_PAGE (b->page), "T1");
  await_widget (b->page, is_label, "Take-outs　T1");
  spin_for (200);
  g_assert_nonnull (find_widget (b->page, is_label, "Take-outs　T1"));
}

/* --- how far down it is ----------------------------------------------------------------------------------------- */

#define STORED "SELECT min (id) FROM medium WHERE state = 'stored'"

typedef struct { GtkAdjustment *at; double value; } Depth;

static gboolean
is_there (gpointer data)
{
  const Depth *depth = data;

  return gtk_adjustment_get_value (depth->at) == depth->value;
}

static gboolean
is_long (gpointer data)
{
  const Depth *depth = data;

  return gtk_adjustment_get_upper (depth->at) - gtk_adjustment_get_page_size (depth->at) > 200;
}

/* As if it had been read down to its timeline. */
static Depth
read_down (Bench *b, const char *subject)
{
  Depth depth;

  kan_record_page_show (KAN_RECORD_PAGE (b->page), subject);
  spin_for (500);
  depth.at = gtk_scrolled_window_get_vadjustment (
    GTK_SCROLLED_WINDOW (await_widget (b->page, is_of_type, "GtkScrolledWindow")));
  spin_until (is_long, &depth);
  gtk_adjustment_set_value (depth.at, 150);
  depth.value = 0;
  return depth;
}

static gpointer
check_job (KanWorker *worker, gpointer subject, G_GNUC_UNUSED GCancellable *cancellable, GError **error)
{
  g_autoptr(KanAnswers) answers = kan_answers_new ("media.check", subject);
  g_autoptr(KanOutcome) outcome = NULL;

  kan_answers_set (answers, "checked_on", "2026-11-10");
  kan_answers_set (answers, "condition", "sound");
  outcome = kan_desk_sign_answers (kan_worker_get_desk (worker), answers, NULL, demo_now, error);
  g_assert_no_error (*error);
  g_assert_cmpuint (outcome->refusals->len, ==, 0);
  return g_strdup (outcome->subject);
}

/* It begins at its top whenever it is opened and when something was recorded of it; looked at again it stays. */
static void
test_from_its_top (Bench *b, gconstpointer unused)
{
  g_autofree char *medium = g_strdup_printf ("M%" G_GINT64_FORMAT, session_count (b->session, STORED)), *same = NULL;
  Depth depth;

  gtk_window_set_default_size (GTK_WINDOW (b->window), 700, 300);
  depth = read_down (b, medium);
  kan_record_page_refresh (KAN_RECORD_PAGE (b->page));
  spin_for (500);
  g_assert_cmpfloat (gtk_adjustment_get_value (depth.at), ==, 150);
  kan_record_page_show (KAN_RECORD_PAGE (b->page), medium);
  spin_until (is_there, &depth);
  depth = read_down (b, medium);
  kan_record_page_show (KAN_RECORD_PAGE (b->page), "M1");
  spin_until (is_there, &depth);
  depth = read_down (b, medium);
  same = session_ask (b->session, check_job, medium);
  kan_record_page_refresh (KAN_RECORD_PAGE (b->page));
  spin_until (is_there, &depth);
}

/* --- parts ---------------------------------------------------------------------------------------------------- */

static GPtrArray *
strings (const char *first)
{
  GPtrArray *array = g_ptr_array_new_with_free_func (g_free);

  if (first != NULL)
    g_ptr_array_add (array, g_strdup (first));
  return array;
}

/* What its entries do not prove, before anything else. */
static void
test_altered (void)
{
  KanRecordView view = { .altered = (char *) "T1: altered" }, honest = { 0 };
  GtkWidget *part = g_object_ref_sink (kan_record_altered (&view));

  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (gtk_widget_get_last_child (part))), ==, "T1: altered");
  g_assert_null (kan_record_altered (&honest));
  g_object_unref (part);
}

static void
test_struck (void)
{
  KanRecordView view = { .fields = g_ptr_array_new () };
  KanViewField corrected = { .label = (char *) "Serial number", .shown = (char *) "A-2", .struck = strings ("A-1") };
  GtkWidget *part, *line;

  g_ptr_array_add (view.fields, &corrected);
  part = g_object_ref_sink (kan_record_fields (&view));
  gtk_widget_set_visible (part, TRUE);
  line = gtk_widget_get_first_child (gtk_widget_get_last_child (part));
  line = gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (line));
  line = gtk_widget_get_next_sibling (gtk_widget_get_first_child (line));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (line)), ==, "A-1");
  g_assert_nonnull (gtk_label_get_attributes (GTK_LABEL (line)));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (gtk_widget_get_next_sibling (line))), ==, "A-2");
  g_object_unref (part);
  g_ptr_array_unref (corrected.struck);
  g_ptr_array_unref (view.fields);
}

static void
test_refused_offer (void)
{
  KanViewOffer offer = { .kind = (char *) "media.erase", .title = (char *) "Erase",
                         .reason = (char *) "Only in store" };
  GtkWidget *button = g_object_ref_sink (kan_offer_button (&offer, TRUE));

  g_assert_false (gtk_widget_get_sensitive (button));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (button), ==, "Only in store");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "Only in store");
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_ROLE_BUTTON);
  g_object_unref (button);
}

static gboolean
is_menu (GtkWidget *widget, const char *label)
{
  return GTK_IS_MENU_BUTTON (widget) && g_strcmp0 (gtk_menu_button_get_label (GTK_MENU_BUTTON (widget)), label) == 0;
}

/* What is seldom wanted lies in a menu, unless it is due. */
static void
test_seldom (void)
{
  KanRecordView view = { .offers = g_ptr_array_new () };
  KanViewOffer offers[] = {
    { .kind = (char *) "media.record", .title = (char *) "Record", .allowed = TRUE },
    { .kind = (char *) "media.move", .title = (char *) "Move", .allowed = TRUE, .seldom = TRUE },
    { .kind = (char *) "media.check", .title = (char *) "Check", .allowed = TRUE, .seldom = TRUE, .suggested = TRUE },
    { .kind = (char *) "act.correct", .title = (char *) "Correct", .allowed = TRUE, .seldom = TRUE },
  };
  GtkWidget *window, *more;

  for (guint i = 0; i < G_N_ELEMENTS (offers); i++)
    g_ptr_array_add (view.offers, &offers[i]);
  window = window_with (kan_record_offers (&view), 600, 400, NULL);
  more = await_widget (window, is_menu, "More Acts");
  g_assert_cmpint (g_menu_model_get_n_items (gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (more))), ==, 2);
  g_assert_nonnull (find_widget (window, is_button, "Record"));
  g_assert_nonnull (find_widget (window, is_button, "Check"));
  g_assert_null (find_widget (window, is_button, "Move"));
  gtk_window_destroy (GTK_WINDOW (window));
  g_ptr_array_unref (view.offers);
}

/* One or two acts that are not possible say why at once; of more the names do, and the reasons unfold. */
static void
test_reasons (void)
{
  KanRecordView view = { .offers = g_ptr_array_new () };
  KanViewOffer offers[] = {
    { .kind = (char *) "media.record", .title = (char *) "Record", .allowed = TRUE },
    { .kind = (char *) "media.move", .title = (char *) "Move", .allowed = TRUE, .is_marked = TRUE,
      .reason = (char *) "Handled by no operator" },
    { .kind = (char *) "media.erase", .title = (char *) "Erase", .reason = (char *) "Not due" },
    { .kind = (char *) "media.store", .title = (char *) "Store", .reason = (char *) "No place" },
    { .kind = (char *) "media.check", .title = (char *) "Check", .reason = (char *) "Not in store" },
  };
  GtkWidget *window, *row;

  for (guint i = 0; i < 4; i++)
    g_ptr_array_add (view.offers, &offers[i]);
  window = window_with (kan_record_offers (&view), 600, 400, NULL);
  row = await_widget (window, is_row, "Move");
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (row)), ==, KAN_ACTION_ACT);
  row = await_widget (window, is_row, "Erase");
  g_assert_null (gtk_widget_get_ancestor (row, ADW_TYPE_EXPANDER_ROW));
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==, "Not due");
  g_assert_false (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (row)));
  gtk_window_destroy (GTK_WINDOW (window));
  g_ptr_array_add (view.offers, &offers[4]);
  window = window_with (kan_record_offers (&view), 600, 400, NULL);
  row = await_widget (window, is_row, "Not Possible Now");
  g_assert_cmpstr (adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (row)), ==, "Erase, Store, Check");
  g_assert_null (find_widget (window, is_row, "Erase"));
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  await_widget (row, is_row, "Erase");
  gtk_window_destroy (GTK_WINDOW (window));
  g_ptr_array_unref (view.offers);
}

static void
test_custody (void)
{
  g_autoptr(GPtrArray) stays = g_ptr_array_new ();
  KanStay stored = { 1767225600, 1769904000, (char *) "stored", (char *) "In store", NULL };
  KanStay out = { 1769904000, 0, (char *) "out", (char *) "Out", NULL };
  GtkWidget *custody, *stack;

  g_assert_null (kan_custody_new ("M1", NULL, 0));
  g_assert_null (kan_custody_new ("M1", stays, 0));
  g_ptr_array_add (stays, &stored);
  g_ptr_array_add (stays, &out);
  custody = g_object_ref_sink (kan_custody_new ("M1", stays, 1769904000 + 3 * 86400));
  stack = gtk_widget_get_last_child (gtk_widget_get_first_child (custody));
  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (stack)), ==, "picture");
  stack = gtk_widget_get_first_child (gtk_stack_get_visible_child (GTK_STACK (stack)));
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (stack), GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (stack), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Out since 2026-02-01 (3 days). Before: In store");
  g_object_unref (custody);
}

/* Wherever a medium is, its span is told apart; only what was never or is no longer here has no colour of its own. */
static void
test_colours (void)
{
  static const char *const nowhere[] = { "refused", "asked_back", "withdrawn", "destroyed", "handed_over",
                                         "void", NULL };

  for (const KanState *state = kan_medium_register.states; state->id != NULL; state++)
    {
      g_test_message ("%s", state->id);
      g_assert_cmpint (kan_custody_colour (state->id) == NULL, ==, g_strv_contains (nowhere, state->id));
    }
}

/* Whether it is on a display or not. */
static gboolean
holds_label (GtkWidget *root, const char *words)
{
  gboolean holds = is_label (root, words);

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && !holds;
       child = gtk_widget_get_next_sibling (child))
    holds = holds_label (child, words);
  return holds;
}

static void
test_timeline (void)
{
  g_autoptr(GPtrArray) steps = g_ptr_array_new (), lines = g_ptr_array_new ();
  KanReviewLine line = { .label = (char *) "Place", .shown = (char *) "Safe" };
  KanViewStep steps_of[40];
  GtkWidget *timeline, *list, *first, *second;

  g_ptr_array_add (lines, &line);
  for (guint i = 0; i < G_N_ELEMENTS (steps_of); i++)
    {
      steps_of[i] = (KanViewStep) { .seq = i, .title = (char *) "Store", .when = (char *) "2026-02-01 09:00",
                                    .who = (char *) "Sato", .voided = i == 39, .lines = lines,
                                    .about = (char *) (i == 38 ? "Take-outs T3" : NULL),
                                    .named = (char *) (i == 38 ? "Not returned" : NULL) };
      g_ptr_array_add (steps, &steps_of[i]);
    }
  timeline = g_object_ref_sink (kan_timeline_list_new (steps));
  list = gtk_widget_get_next_sibling (gtk_widget_get_first_child (gtk_widget_get_first_child (timeline)));
  first = gtk_widget_get_first_child (list);
  g_assert_true (gtk_widget_has_css_class (first, "voided"));
  second = gtk_widget_get_next_sibling (first);
  g_assert_cmpstr (adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (first)), ==, "2026-02-01 09:00　Sato");
  g_assert_cmpstr (adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (second)), ==,
                   "2026-02-01 09:00　Sato　Take-outs T3");
  g_assert_true (holds_label (second, "Not returned") && !holds_label (first, "Not returned"));
  g_assert_nonnull (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 29));
  g_assert_null (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 30));
  g_signal_emit_by_name (gtk_widget_get_next_sibling (list), "clicked");
  g_assert_nonnull (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 39));
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (first), TRUE);
  g_object_unref (timeline);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  adw_init ();
  demo_build (300);
  g_test_add ("/record-page/medium", Bench, NULL, set_up, test_medium, page_bench_close);
  g_test_add ("/record-page/first-focus", Bench, NULL, set_up, test_first_focus, page_bench_close);
  g_test_add ("/record-page/pressed", Bench, NULL, set_up, test_pressed, page_bench_close);
  g_test_add ("/record-page/links", Bench, NULL, set_up, test_links, page_bench_close);
  g_test_add ("/record-page/missing", Bench, NULL, set_up, test_missing, page_bench_close);
  g_test_add ("/record-page/overtaken", Bench, NULL, set_up, test_overtaken, page_bench_close);
  g_test_add ("/record-page/from-its-top", Bench, NULL, set_up, test_from_its_top, page_bench_close);
  g_test_add_func ("/record-page/altered", test_altered);
  g_test_add_func ("/record-page/struck", test_struck);
  g_test_add_func ("/record-page/refused-offer", test_refused_offer);
  g_test_add_func ("/record-page/seldom", test_seldom);
  g_test_add_func ("/record-page/reasons", test_reasons);
  g_test_add_func ("/record-page/custody", test_custody);
  g_test_add_func ("/record-page/colours", test_colours);
  g_test_add_func ("/record-page/timeline", test_timeline);
  status = g_test_run ();
  demo_remove ();
  return status;
}
