/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row for each type of question: what is typed becomes the answer, refusals stand below their row, and every row has
 * a name. */
#include "ui/page-fixture.h"

#include "kit/kan-form.h"
#include "kit/kan-note-row.h"
#include "kit/kan-question-row.h"

static KanViewChoice kinds[] = { { (char *) "usb", (char *) "ＵＳＢ" }, { (char *) "hdd", (char *) "ハードディスク" } };

/* Questions of all types that need no file. */
static KanQuestion questions[] = {
  { .key = (char *) "label", .label = (char *) "Label", .type = KAN_TEXT, .must = TRUE },
  { .key = (char *) "count", .label = (char *) "Count", .type = KAN_COUNT },
  { .key = (char *) "day", .label = (char *) "Day", .type = KAN_DATE },
  { .key = (char *) "at", .label = (char *) "At", .type = KAN_TIME },
  { .key = (char *) "serves", .label = (char *) "Serves", .type = KAN_PERIOD },
  { .key = (char *) "kind", .label = (char *) "Kind", .type = KAN_CHOICE, .must = TRUE },
  { .key = (char *) "paper", .label = (char *) "Paper", .type = KAN_YES, .meaning = (char *) "They <signed>" },
  { .key = (char *) "sure", .label = (char *) "Sure", .type = KAN_YES, .must = TRUE },
  { .key = (char *) "note", .label = (char *) "Note", .type = KAN_LINES },
  { .key = (char *) "items", .label = (char *) "Items", .type = KAN_ROWS },
};
static KanQuestion cell = { .key = (char *) "serial", .label = (char *) "Serial", .type = KAN_TEXT };

typedef struct
{
  KanSession *session;
  KanSheet    sheet;
  KanAnswers *answers;
  GtkWidget  *form, *window;
  GString    *edited;
} Form;

static void
edited_cb (G_GNUC_UNUSED KanForm *form, const char *key, gpointer data)
{
  g_string_append_printf (((Form *) data)->edited, "%s ", key);
}

static void
set_up (Form *f, G_GNUC_UNUSED gconstpointer unused)
{
  f->session = kan_session_new ();
  f->answers = kan_answers_new ("media.register", NULL);
  f->edited = g_string_new (NULL);
  f->sheet.questions = g_ptr_array_new ();
  questions[5].choices = g_ptr_array_new ();
  g_ptr_array_add (questions[5].choices, &kinds[0]);
  g_ptr_array_add (questions[5].choices, &kinds[1]);
  questions[9].cells = g_ptr_array_new ();
  g_ptr_array_add (questions[9].cells, &cell);
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    g_ptr_array_add (f->sheet.questions, &questions[i]);
  f->form = kan_form_new (f->session, &f->sheet, 0, G_N_ELEMENTS (questions), f->answers);
  g_signal_connect (f->form, "edited", G_CALLBACK (edited_cb), f);
  f->window = window_with (f->form, 640, 700, NULL);
}

static void
tear_down (Form *f, G_GNUC_UNUSED gconstpointer unused)
{
  gtk_window_destroy (GTK_WINDOW (f->window));
  spin_for (20);
  kan_answers_free (f->answers);
  g_ptr_array_unref (f->sheet.questions);
  g_ptr_array_unref (questions[5].choices);
  g_ptr_array_unref (questions[9].cells);
  g_string_free (f->edited, TRUE);
  g_object_unref (f->session);
}

static GtkWidget *
row (Form *f, const char *title)
{
  return await_widget (f->form, is_row, title);
}

static void
type (Form *f, const char *title, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (row (f, title)), text);
}

static void
test_typing (Form *f, G_GNUC_UNUSED gconstpointer unused)
{
  static const struct { const char *title, *key, *typed, *answer; } table[] = {
    { "Label", "label", "ＵＳＢ-01", "ＵＳＢ-01" },       { "Count", "count", "1,234", "1,234" },
    { "Day", "day", "R8.2.13", "R8.2.13" },               { "At", "at", "R8.2.13 9:05", "2026-02-13T09:05" },
    { "At", "at", "令和8年2月13日 10時5分", "2026-02-13T10:05" }, { "At", "at", "2026-02-13 10:05", "2026-02-13T10:05" },
    { "At", "at", "2026-02-13 25:00", "2026-02-13 25:00" }, { "Serves", "serves", "令和8年2月", "2026-02" },
    { "Serves", "serves", "R8.2", "2026-02" },            { "Serves", "serves", "2026-02", "2026-02" },
    { "Serves", "serves", "spring", "spring" },           { "Label", "label", "", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      type (f, table[i].title, table[i].typed);
      g_assert_cmpstr (kan_answers_get (f->answers, table[i].key), ==, table[i].answer);
    }
  g_assert_true (g_str_has_prefix (f->edited->str, "label count day at "));
}

static void
test_choosing (Form *f, G_GNUC_UNUSED gconstpointer unused)
{
  /* what it wants stands before its arrow */
  g_assert_null (gtk_widget_get_prev_sibling (await_widget (row (f, "Kind"), is_label, "Needed")));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row (f, "Kind")), 2);
  g_assert_cmpstr (kan_answers_get (f->answers, "kind"), ==, "hdd");
  adw_combo_row_set_selected (ADW_COMBO_ROW (row (f, "Kind")), 0);
  g_assert_null (kan_answers_get (f->answers, "kind"));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row (f, "Sure")), 2);
  g_assert_cmpstr (kan_answers_get (f->answers, "sure"), ==, "no");
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row (f, "Paper"))), ==, "They <signed>");
  adw_action_row_activate (ADW_ACTION_ROW (row (f, "Paper")));
  spin_for (500);
  g_assert_cmpstr (kan_answers_get (f->answers, "paper"), ==, "yes");
  adw_action_row_activate (ADW_ACTION_ROW (row (f, "Paper")));
  spin_for (500);
  g_assert_null (kan_answers_get (f->answers, "paper"));
}

static void
test_rows (Form *f, G_GNUC_UNUSED gconstpointer unused)
{
  GtkWidget *add = await_widget (f->form, is_button, "_Add a line");

  g_signal_emit_by_name (add, "clicked");
  g_signal_emit_by_name (add, "clicked");
  g_assert_cmpuint (kan_answers_n_rows (f->answers, "items"), ==, 2);
  spin_for (400);
  type (f, "Serial", "S-1");
  g_assert_cmpstr (kan_answers_get_cell (f->answers, "items", 0, "serial"), ==, "S-1");
  g_signal_emit_by_name (await_widget (f->form, is_tooltip, "Take out line 1"), "clicked");
  g_assert_cmpuint (kan_answers_n_rows (f->answers, "items"), ==, 1);
  g_assert_null (kan_answers_get_cell (f->answers, "items", 0, "serial"));
}

static GPtrArray *
refuse (const char *key, const char *why, gboolean is_mark)
{
  static KanRefusal refusal;
  GPtrArray *refusals = g_ptr_array_new ();

  refusal = (KanRefusal) { .key = (char *) key, .why = (char *) why, .is_mark = is_mark };
  g_ptr_array_add (refusals, &refusal);
  return refusals;
}

/* Below its own row, not before somebody tried, never as colour alone, and gone when it is gone. */
static void
test_refusals (Form *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(GPtrArray) refused = refuse ("count", "no count", FALSE), fine = g_ptr_array_new ();
  g_autoptr(GPtrArray) mark = NULL, elsewhere = NULL;

  g_assert_cmpuint (kan_form_show_refusals (KAN_FORM (f->form), refused, TRUE), ==, 0);
  g_assert_null (find_widget (f->form, is_label, "no count"));
  g_assert_cmpuint (kan_form_show_refusals (KAN_FORM (f->form), refused, FALSE), ==, 1);
  spin_for (50);
  g_assert_nonnull (find_widget (f->form, is_label, "no count"));
  g_assert_true (gtk_widget_has_css_class (row (f, "Count"), "error"));
  g_assert_true (gtk_test_accessible_has_state (GTK_ACCESSIBLE (row (f, "Count")), GTK_ACCESSIBLE_STATE_INVALID));
  kan_form_focus_refused (KAN_FORM (f->form));
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (f->window)), row (f, "Count")));
  kan_form_show_refusals (KAN_FORM (f->form), fine, TRUE);
  spin_for (50);
  g_assert_null (find_widget (f->form, is_label, "no count"));
  mark = refuse ("day", "against a rule", TRUE);
  g_assert_cmpuint (kan_form_show_refusals (KAN_FORM (f->form), mark, FALSE), ==, 0);
  spin_for (50);
  g_assert_nonnull (find_widget (f->form, is_label, "against a rule"));
  elsewhere = refuse ("other", "on another page", FALSE);
  g_assert_cmpuint (kan_form_show_refusals (KAN_FORM (f->form), elsewhere, FALSE), ==, 0);
}

/* A mark that has not been told holds once, and says how to go on; another one holds again. */
static void
test_held (Form *f, G_GNUC_UNUSED gconstpointer unused)
{
  static const char *const marks[] = { "75 were dispatched", "74 were dispatched" };
  g_autoptr(GPtrArray) fine = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      g_autoptr(GPtrArray) mark = refuse ("count", marks[i], TRUE);
      GtkWidget *told;

      kan_form_show_refusals (KAN_FORM (f->form), mark, FALSE);
      g_assert_true (kan_form_hold_marks (KAN_FORM (f->form)));
      told = await_widget (f->form, says, marks[i]);
      g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (told)), "press Next again"));
      g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (f->window)), row (f, "Count")));
      kan_form_show_refusals (KAN_FORM (f->form), mark, TRUE);
      g_assert_false (kan_form_hold_marks (KAN_FORM (f->form)));
    }
  kan_form_show_refusals (KAN_FORM (f->form), fine, FALSE);
  g_assert_false (kan_form_hold_marks (KAN_FORM (f->form)));
  await_no_widget (f->form, says, "press Next again");
}

static gboolean
is_check (GtkWidget *widget, G_GNUC_UNUSED const char *words)
{
  return GTK_IS_CHECK_BUTTON (widget);
}

/* A number that might be a person's is refused until it is declared to be something else. */
static void
test_declare (Form *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(GPtrArray) refused = NULL, fine = g_ptr_array_new ();
  GtkWidget *check;

  type (f, "Label", "123456789018");
  refused = refuse ("label", "a number", FALSE);
  kan_form_show_refusals (KAN_FORM (f->form), refused, FALSE);
  check = await_widget (f->form, is_check, NULL);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  g_assert_cmpstr (kan_answers_get (f->answers, "declared"), ==, "label");
  kan_form_show_refusals (KAN_FORM (f->form), fine, FALSE);
  g_assert_true (gtk_widget_get_mapped (check));
  type (f, "Label", "no number");
  kan_form_show_refusals (KAN_FORM (f->form), fine, FALSE);
  g_assert_null (kan_answers_get (f->answers, "declared"));
}

static void
check_names (GtkWidget *root)
{
  if (KAN_IS_QUESTION_ROW (root))
    {
      const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (root));

      g_assert_cmpint (strlen (title), >, 0);
    }
  if (GTK_IS_BUTTON (root) && gtk_button_get_label (GTK_BUTTON (root)) == NULL && gtk_widget_get_mapped (root))
    g_assert_true (gtk_widget_get_tooltip_text (root) != NULL
                   || gtk_test_accessible_has_property (GTK_ACCESSIBLE (root), GTK_ACCESSIBLE_PROPERTY_LABEL)
                   || gtk_test_accessible_has_relation (GTK_ACCESSIBLE (root), GTK_ACCESSIBLE_RELATION_LABELLED_BY)
                   || GTK_IS_MENU_BUTTON (gtk_widget_get_parent (root)));
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    check_names (child);
}

static void
test_names (Form *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_assert_cmpuint (kan_form_n_rows (KAN_FORM (f->form)), ==, G_N_ELEMENTS (questions));
  check_names (f->form);
  g_assert_true (kan_form_has (KAN_FORM (f->form), "items[1].serial"));
  g_assert_false (kan_form_has (KAN_FORM (f->form), "itemsx"));
}

/* What was changed from outside is shown, and is no edit. */
static void
test_reload (Form *f, G_GNUC_UNUSED gconstpointer unused)
{
  kan_answers_set (f->answers, "label", "from outside");
  kan_answers_set (f->answers, "at", "2026-02-13T10:05");
  kan_form_reload (KAN_FORM (f->form));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row (f, "Label"))), ==, "from outside");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row (f, "At"))), ==, "2026-02-13 10:05");
  g_assert_cmpstr (f->edited->str, ==, "");
}

/* What happened earlier is asked for at the foot, and taken back with its switch. */
static void
test_late (Form *f, G_GNUC_UNUSED gconstpointer unused)
{
  GtkWidget *late;

  kan_form_add_late (KAN_FORM (f->form), TRUE);
  late = row (f, "It happened earlier (late entry)");
  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (late), TRUE);
  spin_for (400);
  type (f, "When it happened", "R8.2.13 9:00");
  g_assert_cmpstr (kan_answers_get_happened (f->answers), ==, "2026-02-13T09:00");
  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (late), FALSE);
  g_assert_null (kan_answers_get_happened (f->answers));
}

#define ADD(name, func) g_test_add ("/ui/form/" name, Form, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("typing", test_typing);
  ADD ("choosing", test_choosing);
  ADD ("rows", test_rows);
  ADD ("refusals", test_refusals);
  ADD ("held", test_held);
  ADD ("declare", test_declare);
  ADD ("names", test_names);
  ADD ("reload", test_reload);
  ADD ("late", test_late);
  return g_test_run ();
}
