/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unlocking: a wrong passphrase beside its entry, and the failures that have a page of their own, each in its own
 * words. */
#include "page-fixture.h"

#include "kit/kan-dialogs.h"
#include "unlock/kan-unlock-page.h"

typedef struct { KanSession *session; GtkWidget *page, *window; GString *log; } Bench;

static void
set_up (Bench *b, gconstpointer unused)
{
  b->session = kan_session_new ();
  b->log = g_string_new (NULL);
  b->page = g_object_new (KAN_TYPE_UNLOCK_PAGE, NULL);
  kan_unlock_page_set_session (KAN_UNLOCK_PAGE (b->page), b->session);
  b->window = window_with (b->page, 900, 700, b->log);
}

static void
tear_down (Bench *b, gconstpointer unused)
{
  gtk_window_destroy (GTK_WINDOW (b->window));
  session_close (b->session);
  g_string_free (b->log, TRUE);
}

static gboolean
is_login (GtkWidget *widget, const char *unused)
{
  return ADW_IS_COMBO_ROW (widget);
}

static gboolean
is_status (GtkWidget *widget, const char *words)
{
  return ADW_IS_STATUS_PAGE (widget) &&
         g_strcmp0 (adw_status_page_get_description (ADW_STATUS_PAGE (widget)), words) == 0;
}

static gboolean
is_unlocked (gpointer session)
{
  return kan_session_is_unlocked (session);
}

static void
choose (Bench *b, const char *login)
{
  AdwComboRow *row = ADW_COMBO_ROW (await_widget (b->page, is_login, NULL));
  GListModel *model = adw_combo_row_get_model (row);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    if (g_strcmp0 (gtk_string_list_get_string (GTK_STRING_LIST (model), i), login) == 0)
      adw_combo_row_set_selected (row, i);
}

static void
try_passphrase (Bench *b, const char *passphrase)
{
  GtkWidget *row = await_widget (b->page, is_passphrase, NULL);

  gtk_editable_set_text (GTK_EDITABLE (row), passphrase);
  g_signal_emit_by_name (row, "entry-activated");
}

static void
test_wrong_then_right (Bench *b, gconstpointer unused)
{
  const KanDemoLogin *login = demo_login (NULL);
  g_autofree char *right = passphrase_of (login);
  g_autoptr(GError) wrong = g_error_new_literal (KAN_ERROR, KAN_ERROR_LOCKED, "");

  kan_unlock_page_open (KAN_UNLOCK_PAGE (b->page), demo_path, FALSE);
  await_widget (b->page, is_passphrase, NULL);
  choose (b, login->login);
  try_passphrase (b, "");
  await_widget (b->page, is_label, "Type your passphrase.");
  try_passphrase (b, "something else");
  spin_for (500);
  g_assert_false (kan_session_is_unlocked (b->session));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_widget (b->page, is_passphrase, NULL))), ==, "");
  try_passphrase (b, right);
  spin_until (is_unlocked, b->session);
}

static gboolean
is_eye (GtkWidget *widget, const char *unused)
{
  return GTK_IS_BUTTON (widget);
}

/* What shows the passphrase says so to those who do not see its icon. */
static void
test_eye (Bench *b, gconstpointer unused)
{
  GtkWidget *row;

  kan_unlock_page_open (KAN_UNLOCK_PAGE (b->page), demo_path, FALSE);
  row = await_widget (b->page, is_passphrase, NULL);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (await_widget (row, is_eye, NULL)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Show or hide the passphrase");
}

/* Each kind of failure has its own words and none is the bare message of a library. */
static void
test_failures (Bench *b, gconstpointer unused)
{
  static const KanError kinds[] = { KAN_ERROR_MISSING, KAN_ERROR_FOREIGN, KAN_ERROR_DAMAGED, KAN_ERROR_TOO_NEW,
                                    KAN_ERROR_BUSY, KAN_ERROR_LOCKED };
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr(GError) error = g_error_new_literal (KAN_ERROR, kinds[i], "bare");

      g_assert_true (g_hash_table_add (seen, kan_dialogs_word_error (error)));
    }
}

static void
test_foreign (Bench *b, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "kanribo-not-ours.kanribo", NULL);
  g_autoptr(GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "not one of ours", -1, &error));
  kan_unlock_page_open (KAN_UNLOCK_PAGE (b->page), path, FALSE);
  await_widget (b->page, is_button, "_Try Again");
  g_assert_null (find_widget (b->page, is_button, "Open for _Reading Only"));
  g_unlink (path);
  gtk_widget_activate (await_widget (b->page, is_button, "_Try Again"));
  spin_for (300);
  g_assert_nonnull (find_widget (b->page, is_button, "_Another File"));
  g_assert_null (find_widget (b->page, is_status, "bare"));
}

/* The keyboard begins at what is wanted, not at the menu. */
static void
test_first_focus (Bench *b, gconstpointer unused)
{
  GtkWidget *page = g_object_new (KAN_TYPE_UNLOCK_PAGE, NULL), *window, *focus;
  g_autoptr(GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr(GSimpleAction) open = g_simple_action_new ("open", NULL);

  g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (open));
  gtk_widget_insert_action_group (page, "win", G_ACTION_GROUP (actions));
  window = window_with (page, 900, 700, b->log);
  spin_for (200);
  focus = gtk_root_get_focus (GTK_ROOT (window));
  g_assert_nonnull (focus);
  g_assert_true (is_button (focus, "_Open…") || ADW_IS_ACTION_ROW (focus));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Who has the file is told by its name, not by where it lies. */
static void
test_busy (Bench *b, gconstpointer unused)
{
  g_autoptr(KanDesk) other = demo_open (NULL);

  kan_unlock_page_open (KAN_UNLOCK_PAGE (b->page), demo_path, FALSE);
  await_widget (b->page, is_button, "Open for _Reading Only");
  g_assert_nonnull (find_widget (b->page, says, "already open"));
  g_assert_null (find_widget (b->page, says, demo_path));
}

int
main (int argc, char *argv[])
{
  int status;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  demo_build (0);
  g_test_add ("/unlock/wrong-then-right", Bench, NULL, set_up, test_wrong_then_right, tear_down);
  g_test_add ("/unlock/first-focus", Bench, NULL, set_up, test_first_focus, tear_down);
  g_test_add ("/unlock/eye", Bench, NULL, set_up, test_eye, tear_down);
  g_test_add ("/unlock/failures", Bench, NULL, set_up, test_failures, tear_down);
  g_test_add ("/unlock/busy", Bench, NULL, set_up, test_busy, tear_down);
  g_test_add ("/unlock/foreign", Bench, NULL, set_up, test_foreign, tear_down);
  status = g_test_run ();
  demo_remove ();
  return status;
}
