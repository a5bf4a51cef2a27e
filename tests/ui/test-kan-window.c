/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window as a whole, as the program has it: where the keyboard is first, what an act opens, what is shown after the
 * file was locked and unlocked, and that it ends from wherever one is. */
#include "page-fixture.h"

#include "approvals/kan-approval-wizard.h"
#include "kan-application.h"
#include "kan-window.h"
#include "kit/kan-actions.h"
#include "kit/kan-pieces.h"
#include "kit/kan-record-page.h"
#include "kit/kan-register-page.h"
#include "kit/kan-wizard.h"
#include "preview/kan-preview.h"
#include "registers/kan-registers.h"
#include "settings/kan-profile-window.h"
#include "unlock/kan-unlock-page.h"

static KanApplication *application;      /* the process has one */

typedef struct { KanWindow *window; } Bench;

static void
open_and_unlock (Bench *b)
{
  kan_window_open_file (b->window, demo_path);
  await_widget (GTK_WIDGET (b->window), is_passphrase, NULL);
  session_unlock (kan_window_get_session (b->window), demo_login (NULL));
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

static void
set_up (Bench *b, gconstpointer unused)
{
  b->window = kan_window_new (ADW_APPLICATION (application));
  g_object_add_weak_pointer (G_OBJECT (b->window), (gpointer *) &b->window);
  gtk_window_present (GTK_WINDOW (b->window));
  open_and_unlock (b);
}

static void
tear_down (Bench *b, gconstpointer unused)
{
  if (b->window != NULL)
    gtk_window_close (GTK_WINDOW (b->window));
  spin_until (is_gone, &b->window);
}

static void
act (Bench *b, const char *kind, const char *subject)
{
  gtk_widget_activate_action (GTK_WIDGET (b->window), KAN_ACTION_ACT, "(ss)", kind, subject);
  spin_for (200);
}

static gboolean
has_rows (gpointer data)
{
  Bench *b = data;
  GtkWidget *today = find_widget (GTK_WIDGET (b->window), is_of_type, "KanTodayPage");

  return today != NULL && kan_holds_focus (today);
}

/* --- where one is ------------------------------------------------------------------------------------------------ */

static void
test_first_focus (Bench *b, gconstpointer unused)
{
  GtkWidget *focus, *group;

  spin_until (has_rows, b);
  focus = gtk_root_get_focus (GTK_ROOT (b->window));
  group = gtk_widget_get_ancestor (focus, ADW_TYPE_PREFERENCES_GROUP);
  g_assert_nonnull (group);
  g_assert_cmpstr (adw_preferences_group_get_title (ADW_PREFERENCES_GROUP (group)), ==, "What Waits for You");
  kan_session_changed (kan_window_get_session (b->window));
  spin_for (500);
  g_assert_true (has_rows (b));
}

static void
test_record_focus (Bench *b, gconstpointer unused)
{
  gtk_widget_activate_action (GTK_WIDGET (b->window), KAN_ACTION_RECORD, "s", "M1");
  spin_for (700);
  g_assert_nonnull (gtk_widget_get_ancestor (gtk_root_get_focus (GTK_ROOT (b->window)), KAN_TYPE_RECORD_PAGE));
}

/* Who was locked out types their passphrase; who comes in their place says first who they are. */
static void
test_switch_user (Bench *b, gconstpointer unused)
{
  static const struct { const char *action; gboolean asks_who; } cases[] = {
    { "win.lock", FALSE }, { "win.switch-user", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GtkWidget *passphrase, *focus;

      gtk_widget_activate_action (GTK_WIDGET (b->window), cases[i].action, NULL);
      passphrase = await_widget (GTK_WIDGET (b->window), is_passphrase, NULL);
      spin_for (500);
      focus = gtk_root_get_focus (GTK_ROOT (b->window));
      g_assert_nonnull (focus);
      g_test_message ("%s: %s", cases[i].action, G_OBJECT_TYPE_NAME (focus));
      g_assert_true (gtk_widget_is_ancestor (focus, passphrase) != cases[i].asks_who);
      g_assert_true (ADW_IS_COMBO_ROW (focus) == cases[i].asks_who);
      session_unlock (kan_window_get_session (b->window), demo_login (NULL));
    }
}

static gboolean
is_long (gpointer scroll)
{
  return gtk_adjustment_get_upper (scroll) - gtk_adjustment_get_page_size (scroll) > 100;
}

/* Whoever comes anew sees the list, and a record from its top; whoever goes back, the record as far down as it was. */
static void
test_record_top (Bench *b, gconstpointer unused)
{
  GtkWidget *record, *page, *back = await_widget (GTK_WIDGET (b->window), is_tooltip, "Back");
  GtkAdjustment *scroll;

  gtk_widget_activate_action (GTK_WIDGET (b->window), KAN_ACTION_RECORD, "s", "M1");
  record = await_widget (GTK_WIDGET (b->window), is_of_type, "KanRecordPage");
  scroll = gtk_scrolled_window_get_vadjustment (
    GTK_SCROLLED_WINDOW (await_widget (record, is_of_type, "GtkScrolledWindow")));
  spin_until (is_long, scroll);
  gtk_adjustment_set_value (scroll, 80);
  gtk_widget_activate_action (GTK_WIDGET (b->window), KAN_ACTION_PLACE, "s", "today");
  spin_for (300);
  gtk_widget_activate (back);
  spin_for (300);
  g_assert_cmpfloat (gtk_adjustment_get_value (scroll), ==, 80);
  gtk_widget_activate_action (GTK_WIDGET (b->window), KAN_ACTION_PLACE, "s", "today");
  gtk_widget_activate_action (GTK_WIDGET (b->window), KAN_ACTION_PLACE, "s", "medium");
  page = await_widget (GTK_WIDGET (b->window), is_of_type, "KanRegisterPage");
  g_assert_null (kan_register_page_get_subject (KAN_REGISTER_PAGE (page)));
  gtk_widget_activate_action (GTK_WIDGET (b->window), KAN_ACTION_RECORD, "s", "M1");
  spin_for (300);
  g_assert_cmpfloat (gtk_adjustment_get_value (scroll), ==, 0);
  g_assert_cmpstr (kan_register_page_get_subject (KAN_REGISTER_PAGE (page)), ==, "M1");
}

static void
test_ledger_again (Bench *b, gconstpointer unused)
{
  for (int i = 0; i < 2; i++)
    {
      gtk_widget_activate_action (GTK_WIDGET (b->window), KAN_ACTION_PLACE, "s", "ledger");
      await_widget (await_widget (GTK_WIDGET (b->window), is_of_type, "KanLedgerPage"), is_label, "Take out of store");
      kan_session_changed (kan_window_get_session (b->window));
      spin_for (300);
      g_assert_nonnull (find_widget (GTK_WIDGET (b->window), is_of_type, "KanLedgerPage"));
      kan_session_lock (kan_window_get_session (b->window));
      kan_session_changed (kan_window_get_session (b->window));      /* of an act that ended meanwhile */
      spin_for (300);
      g_assert_null (find_widget (GTK_WIDGET (b->window), is_of_type, "KanLedgerPage"));
      open_and_unlock (b);
    }
}

typedef struct { Bench *b; const char *in; } Sought;

/* Whether words are typed into what looks through that. */
static gboolean
is_sought (gpointer data)
{
  const Sought *sought = data;
  GtkWindow *palette = GTK_WINDOW (window_of_type (g_type_from_name ("KanPalette")));
  GtkRoot *root = GTK_ROOT (palette != NULL ? palette : GTK_WINDOW (sought->b->window));
  GtkWidget *focus = gtk_root_get_focus (root);
  GtkWidget *entry = focus != NULL ? gtk_widget_get_ancestor (focus, GTK_TYPE_SEARCH_ENTRY) : NULL;

  return entry != NULL && gtk_widget_get_ancestor (entry, g_type_from_name (sought->in)) != NULL;
}

static gboolean
is_entry_open (gpointer opened)
{
  GListModel *all = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr(GtkWidget) window = g_list_model_get_item (all, i);

      if (find_widget (window, is_label, "What Was Signed") != NULL)
        *(GtkWidget **) opened = window;
    }
  return *(GtkWidget **) opened != NULL;
}

/* Where a page has a list, that is searched; elsewhere everything is. An entry that was found opens by its number. */
static void
test_find (Bench *b, gconstpointer unused)
{
  static const struct { const char *place, *in; } cases[] = {
    { "medium", "KanRegisterPage" }, { "ledger", "KanLedgerPage" }, { "today", "KanPalette" },
  };
  GtkWidget *opened = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Sought sought = { b, cases[i].in };

      gtk_widget_activate_action (GTK_WIDGET (b->window), KAN_ACTION_PLACE, "s", cases[i].place);
      spin_for (300);
      gtk_widget_activate_action (GTK_WIDGET (b->window), "win.find", NULL);
      spin_until (is_sought, &sought);
    }
  gtk_window_close (GTK_WINDOW (window_of_type (g_type_from_name ("KanPalette"))));
  gtk_widget_activate_action (GTK_WIDGET (b->window), KAN_ACTION_ENTRY, "x", (gint64) 3);
  spin_until (is_entry_open, &opened);
  gtk_window_close (GTK_WINDOW (opened));
}

typedef struct { GtkWidget *row, *page; } Way;

/* As soon as the window has become as narrow as it was asked to be. */
static gboolean
leads_to_list (gpointer data)
{
  const Way *way = data;

  gtk_widget_activate (way->row);
  return kan_register_page_get_subject (KAN_REGISTER_PAGE (way->page)) == NULL;
}

/* Where a record takes the place of its list, its own row of the sidebar leads back to the list. */
static void
test_sidebar_to_list (Bench *b, gconstpointer unused)
{
  Way way;

  gtk_window_set_default_size (GTK_WINDOW (b->window), 1024, 600);
  gtk_widget_activate_action (GTK_WIDGET (b->window), KAN_ACTION_RECORD, "s", "M1");
  spin_for (700);
  way.page = await_widget (GTK_WIDGET (b->window), is_of_type, "KanRegisterPage");
  g_assert_cmpstr (kan_register_page_get_subject (KAN_REGISTER_PAGE (way.page)), ==, "M1");
  way.row = GTK_WIDGET (gtk_list_box_get_selected_row (GTK_LIST_BOX (gtk_widget_get_first_child (
    await_widget (GTK_WIDGET (b->window), is_of_type, "KanSidebar")))));
  spin_until (leads_to_list, &way);
}

/* Where a medium was is printed from where it is shown: picture and table, in our own preview. */
static void
test_print_custody (Bench *b, gconstpointer unused)
{
  GtkWidget *print, *preview;

  gtk_widget_activate_action (GTK_WIDGET (b->window), KAN_ACTION_RECORD, "s", "M1");
  print = await_widget (GTK_WIDGET (b->window), is_tooltip, "Print picture and table");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (print), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Print picture and table");
  g_signal_emit_by_name (print, "clicked");
  preview = await_window (KAN_TYPE_PREVIEW);
  await_widget (preview, says, "記録媒体所在推移表");
  gtk_window_destroy (GTK_WINDOW (preview));
}

/* What was done is told to who did it: nothing of it is shown after a lock, whatever was just appearing or waited. A
 * sentence that takes the place of one which is going appears longer than it needs to go. */
static void
test_toasts (Bench *b, gconstpointer unused)
{
  GtkWidget *window = GTK_WIDGET (b->window), *toast;

  gtk_widget_activate_action (window, KAN_ACTION_TOAST, "s", "one");
  spin_for (400);
  toast = await_widget (window, is_of_type, "AdwToastWidget");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (find_widget (toast, is_tooltip, "Hide")),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Hide");
  g_signal_emit_by_name (find_widget (toast, is_of_type, "GtkButton"), "clicked");
  spin_for (50);
  gtk_widget_activate_action (window, KAN_ACTION_TOAST, "s", "two");
  gtk_widget_activate_action (window, KAN_ACTION_TOAST, "s", "three");
  spin_for (50);
  g_assert_nonnull (find_widget (window, is_label, "three"));
  kan_session_lock (kan_window_get_session (b->window));
  g_assert_null (find_widget (window, is_of_type, "AdwToastWidget"));
  spin_for (900);
  open_and_unlock (b);
  gtk_widget_activate_action (window, KAN_ACTION_TOAST, "s", "four");
  await_widget (window, is_label, "four");
}

/* By Tab, going round the window. */
static gboolean
is_reached (GtkWidget *window, GtkWidget *area)
{
  for (guint i = 0; i < 200; i++)
    {
      GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (window));
      GtkWidget *table = focus != NULL ? gtk_widget_get_ancestor (focus, GTK_TYPE_COLUMN_VIEW) : NULL;

      if (table == NULL || !press_key (table, GDK_KEY_Tab, 0))
        g_signal_emit_by_name (window, "move-focus", GTK_DIR_TAB_FORWARD);
      focus = gtk_root_get_focus (GTK_ROOT (window));
      g_test_message ("the keyboard is at %s", focus != NULL ? G_OBJECT_TYPE_NAME (focus) : "nothing");
      if (focus != NULL && gtk_widget_is_ancestor (focus, area))
        return TRUE;
    }
  return FALSE;
}

static void
expect_round (Bench *b, const char *place, const char *type)
{
  GtkWidget *window = GTK_WIDGET (b->window), *page;

  gtk_widget_activate_action (window, KAN_ACTION_PLACE, "s", place);
  page = await_widget (window, is_of_type, type);
  spin_for (100);
  g_test_message ("%s", place);
  g_assert_true (is_reached (window, page));
  g_assert_true (is_reached (window, find_widget (window, is_of_type, "KanSidebar")));
  g_assert_true (is_reached (window, page));
}

/* The keyboard comes into every page, and out of it again. */
static void
test_tab (Bench *b, gconstpointer unused)
{
  expect_round (b, "today", "KanTodayPage");
  expect_round (b, "approvals", "KanApprovalsPage");
  expect_round (b, "ledger", "KanLedgerPage");
  for (const KanRegister **reg = kan_registers ()->registers; *reg != NULL; reg++)
    if ((*reg)->group != NULL)
      expect_round (b, (*reg)->id, "KanRegisterPage");
}

/* What waits and what is late is counted beside the register whose it is: in words and with a mark, not by colour
 * alone; nothing is counted beside others. */
static void
test_badges (Bench *b, gconstpointer unused)
{
  static const struct { const char *place, *mark; } cases[] = { { "Recordings", "!" }, { "Places", NULL } };
  GtkWidget *sidebar = await_widget (GTK_WIDGET (b->window), is_of_type, "KanSidebar");

  await_widget (sidebar, says, "!");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GtkWidget *row = gtk_widget_get_ancestor (await_widget (sidebar, is_label, cases[i].place),
                                                GTK_TYPE_LIST_BOX_ROW);
      const char *words = gtk_widget_get_tooltip_text (row);
      g_autofree char *name = words != NULL ? g_strjoin (", ", cases[i].place, words, NULL)
                                            : g_strdup (cases[i].place);

      g_assert_true ((cases[i].mark != NULL) == (words != NULL && strstr (words, " overdue") != NULL));
      g_assert_true ((cases[i].mark != NULL) == (find_widget (row, says, "!") != NULL));
      gtk_test_accessible_assert_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name);
    }
}

/* --- what opens -------------------------------------------------------------------------------------------------- */

static void
test_profile (Bench *b, gconstpointer unused)
{
  act (b, "profile.adopt", "");
  await_window (KAN_TYPE_PROFILE_WINDOW);
}

static const char *const decisions[] = { "hand.give", "hand.refuse", "hand.ask_back" };

static gboolean
has_no_approval (gpointer unused)
{
  return window_of_type (KAN_TYPE_APPROVAL_WIZARD) == NULL;
}

/* Wherever a decision is begun, its request is shown first. */
static void
test_decides (Bench *b, gconstpointer unused)
{
  for (guint i = 0; i < G_N_ELEMENTS (decisions); i++)
    {
      gtk_widget_activate_action (GTK_WIDGET (b->window), KAN_ACTION_ACT, "(ss)", decisions[i], "T1");
      gtk_window_close (GTK_WINDOW (await_window (KAN_TYPE_APPROVAL_WIZARD)));
      g_assert_null (window_of_type (KAN_TYPE_WIZARD));
    }
}

static gpointer
save_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autofree gint64 *id = g_new0 (gint64, 1);
  g_autoptr(KanAnswers) answers = kan_answers_new (data, "T1");

  return kan_desk_save_draft (kan_worker_get_desk (worker), id, answers, demo_now, error) ? g_steal_pointer (&id)
                                                                                          : NULL;
}

/* So it is wherever one is gone on with: here it was decided meanwhile. */
static void
test_decides_draft (Bench *b, gconstpointer unused)
{
  KanSession *session = kan_window_get_session (b->window);
  guint before = session_n_drafts (session, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (decisions); i++)
    {
      g_autofree gint64 *draft = session_ask (session, save_job, (gpointer) decisions[i]);

      gtk_widget_activate_action (GTK_WIDGET (b->window), KAN_ACTION_DRAFT, "x", *draft);
      await_window (KAN_TYPE_APPROVAL_WIZARD);
      answer_message ("discard");
      spin_until (has_no_approval, NULL);
      g_assert_null (window_of_type (KAN_TYPE_WIZARD));
      g_assert_cmpuint (session_n_drafts (session, NULL), ==, before);
    }
}

/* What one may come back to is told where one is after closing. */
static void
test_kept (Bench *b, gconstpointer unused)
{
  GtkWidget *wizard;

  gtk_widget_activate_action (GTK_WIDGET (b->window), KAN_ACTION_ACT, "(ss)", "media.register", "");
  wizard = await_window (KAN_TYPE_WIZARD);
  gtk_editable_set_text (GTK_EDITABLE (await_widget (wizard, is_question, "label")), "下書きの媒体");
  gtk_window_close (GTK_WINDOW (wizard));
  spin_for (200);
  answer_message ("keep");
  await_widget (GTK_WIDGET (b->window), is_label, "Kept as a draft, under Today");
  g_assert_null (window_of_type (KAN_TYPE_WIZARD));
}

static gboolean
has_no_wizard (gpointer unused)
{
  return window_of_type (KAN_TYPE_WIZARD) == NULL;
}

static void
discard (Bench *b)
{
  gtk_window_close (GTK_WINDOW (await_window (KAN_TYPE_WIZARD)));
  answer_message ("discard");
  spin_until (has_no_wizard, NULL);
  await_widget (GTK_WIDGET (b->window), is_label, "Discarded");
}

/* What was thrown away by mistake is taken up again; what is told after it takes the way back with it. */
static void
test_discarded (Bench *b, gconstpointer unused)
{
  GtkWidget *window = GTK_WIDGET (b->window), *maker;

  gtk_widget_activate_action (window, KAN_ACTION_ACT, "(ss)", "media.register", "");
  maker = await_widget (await_window (KAN_TYPE_WIZARD), is_question, "maker");
  gtk_editable_set_text (GTK_EDITABLE (maker), "一社");
  discard (b);
  g_signal_emit_by_name (await_widget (window, is_button, "Undo"), "clicked");
  maker = await_widget (await_window (KAN_TYPE_WIZARD), is_question, "maker");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (maker)), ==, "一社");
  gtk_editable_set_text (GTK_EDITABLE (maker), "二社");
  discard (b);
  gtk_widget_activate_action (window, KAN_ACTION_TOAST, "s", "told after it");
  await_widget (window, is_label, "told after it");
  await_no_widget (window, is_button, "Undo");
}

static gboolean
has_no_window (gpointer data)
{
  return gtk_application_get_windows (GTK_APPLICATION (application)) == NULL;
}

/* The program's keys hold in every window over it. */
static void
test_quit_from_preview (Bench *b, gconstpointer unused)
{
  GtkWindow *preview;

  gtk_widget_activate_action (GTK_WIDGET (b->window), KAN_ACTION_PRINT, "(ss)", "medium", "");
  spin_for (50);
  preview = GTK_WINDOW (await_window (KAN_TYPE_PREVIEW));
  g_assert_true (gtk_window_get_application (preview) == GTK_APPLICATION (application));
  g_action_group_activate_action (G_ACTION_GROUP (application), "quit", NULL);
  spin_until (has_no_window, b);
}

static gboolean
has_no_owner (gpointer data)
{
  GDBusConnection *bus = g_application_get_dbus_connection (G_APPLICATION (application));
  g_autoptr(GVariant) answer = g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                                            "org.freedesktop.DBus", "NameHasOwner",
                                                            g_variant_new ("(s)", KAN_APP_ID), NULL,
                                                            G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  gboolean owned = TRUE;

  g_variant_get (answer, "(b)", &owned);
  return !owned;
}

/* Whoever starts it again at once is not sent to the one that is ending. */
static void
test_name_given_up (Bench *b, gconstpointer unused)
{
  g_action_group_activate_action (G_ACTION_GROUP (application), "quit", NULL);
  spin_until (has_no_window, b);
  spin_until (has_no_owner, b);
}

/* What is being done must be told: until then the program does not end, nor turn to another file. */
static void
test_telling (Bench *b, gconstpointer unused)
{
  KanSession *session = kan_window_get_session (b->window);

  kan_session_set_telling (session, TRUE);
  g_action_group_activate_action (G_ACTION_GROUP (application), "quit", NULL);
  kan_window_open_file (b->window, "/nowhere/other.kanribo");
  spin_for (200);
  g_assert_nonnull (b->window);
  g_assert_true (kan_session_is_unlocked (session));
  kan_session_set_telling (session, FALSE);
}

/* From reading the way leads to writing, and what the menu can do is found by name. */
static void
test_write_again (Bench *b, gconstpointer unused)
{
  KanSession *session = kan_window_get_session (b->window);
  GtkWidget *window = GTK_WIDGET (b->window), *unlock;

  kan_session_lock (session);
  unlock = await_widget (window, is_of_type, "KanUnlockPage");
  kan_unlock_page_open (KAN_UNLOCK_PAGE (unlock), demo_path, TRUE);
  await_widget (window, says, "For reading only");
  session_unlock (session, demo_login (NULL));
  g_signal_emit_by_name (await_widget (window, is_button, "Open for _Writing"), "clicked");
  g_assert_false (kan_session_is_unlocked (session));
  await_no_widget (window, says, "For reading only");
  await_widget (window, is_passphrase, NULL);
  session_unlock (session, demo_login (NULL));
  g_assert_false (kan_session_is_read_only (session));
  gtk_widget_activate_action (window, "win.palette", NULL);
  await_widget (await_window (g_type_from_name ("KanPalette")), is_label, "Back Up");
}

#define ADD(name, func) g_test_add ("/ui/window/" name, Bench, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_autoptr(GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  adw_init ();
  demo_build (300);
  application = kan_application_new ();
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  ADD ("first-focus", test_first_focus);
  ADD ("sidebar-to-list", test_sidebar_to_list);
  ADD ("record-focus", test_record_focus);
  ADD ("switch-user", test_switch_user);
  ADD ("record-top", test_record_top);
  ADD ("ledger-again", test_ledger_again);
  ADD ("find", test_find);
  ADD ("toasts", test_toasts);
  ADD ("badges", test_badges);
  ADD ("tab", test_tab);
  ADD ("discarded", test_discarded);
  ADD ("profile", test_profile);
  ADD ("decides", test_decides);
  ADD ("decides-draft", test_decides_draft);
  ADD ("kept", test_kept);
  ADD ("write-again", test_write_again);
  ADD ("telling", test_telling);
  ADD ("print-custody", test_print_custody);
  ADD ("quit-from-preview", test_quit_from_preview);
  ADD ("name-given-up", test_name_given_up);
  status = g_test_run ();
  g_object_unref (application);
  demo_remove ();
  return status;
}
