/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unlocking: a wrong passphrase beside its entry, and the failures that have a page of their own, each in its own
 * words. */
#include "page-fixture.h"

#include "acts/kan-book-private.h"
#include "kit/kan-settings.h"
#include "unlock/kan-unlock-page.h"

#include <unistd.h>

#define CHIEF "secretary_general"

typedef PageBench Bench;

static void
set_up (Bench *b, gconstpointer unused)
{
  GtkWidget *page = g_object_new (KAN_TYPE_UNLOCK_PAGE, NULL);

  b->session = kan_session_new ();
  kan_unlock_page_set_session (KAN_UNLOCK_PAGE (page), b->session);
  page_bench_show (b, page, 900, 700);
}

static gboolean
is_login (GtkWidget *widget, const char *unused)
{
  return ADW_IS_COMBO_ROW (widget);
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

static gboolean
is_ready_passphrase (GtkWidget *widget, const char *unused)
{
  return is_passphrase (widget, unused) && gtk_editable_get_editable (GTK_EDITABLE (widget));
}

static void
try_passphrase (Bench *b, const char *passphrase)
{
  GtkWidget *row = await_widget (b->page, is_ready_passphrase, NULL);

  gtk_editable_set_text (GTK_EDITABLE (row), passphrase);
  g_signal_emit_by_name (row, "entry-activated");
}

static void
test_wrong_then_right (Bench *b, gconstpointer unused)
{
  const KanDemoLogin *login = demo_login (NULL);
  g_autofree char *right = passphrase_of (login);

  kan_unlock_page_open (KAN_UNLOCK_PAGE (b->page), demo_path, FALSE);
  await_widget (b->page, is_passphrase, NULL);
  choose (b, login->login);
  try_passphrase (b, "");
  await_widget (b->page, is_label, "Type your passphrase.");
  try_passphrase (b, "something else");
  await_widget (b->page, says, "The passphrase is not right.");
  g_assert_false (kan_session_is_unlocked (b->session));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_widget (b->page, is_passphrase, NULL))), ==, "");
  choose (b, demo_login (CHIEF)->login);
  g_assert_null (find_widget (b->page, says, "The passphrase is not right."));      /* not of another one */
  choose (b, login->login);
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
  GtkWidget *row, *eye;

  kan_unlock_page_open (KAN_UNLOCK_PAGE (b->page), demo_path, FALSE);
  row = await_widget (b->page, is_passphrase, NULL);
  eye = await_widget (row, is_eye, NULL);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (eye), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Show or hide the passphrase");
  g_assert_cmpstr (gtk_widget_get_tooltip_text (eye), ==, "Show or hide the passphrase");
  g_signal_emit_by_name (eye, "clicked");
  g_assert_cmpstr (gtk_widget_get_tooltip_text (eye), ==, "Show or hide the passphrase");
}

static gboolean
is_of_file (GtkWidget *widget, const char *name)
{
  return ADW_IS_STATUS_PAGE (widget) && g_strcmp0 (adw_status_page_get_title (ADW_STATUS_PAGE (widget)), name) == 0 &&
         gtk_widget_get_mapped (widget);
}

static char *copy_office (const char *name);
static void drop (char *path);

/* What is typed for one file never goes to another: while that is being looked at nothing is taken, and what was typed
 * before is gone. Of several the last one counts. */
static void
test_typed_meanwhile (Bench *b, gconstpointer unused)
{
  g_autofree char *nowhere = g_strdup_printf ("%s.nowhere", demo_path), *name = NULL;
  char *other = copy_office ("other");
  GtkWidget *row;

  kan_unlock_page_open (KAN_UNLOCK_PAGE (b->page), demo_path, FALSE);
  row = await_widget (b->page, is_passphrase, NULL);
  gtk_editable_set_text (GTK_EDITABLE (row), "for the one before");
  kan_unlock_page_open (KAN_UNLOCK_PAGE (b->page), nowhere, FALSE);
  kan_unlock_page_open (KAN_UNLOCK_PAGE (b->page), other, FALSE);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "");
  g_assert_false (gtk_editable_get_editable (GTK_EDITABLE (row)));
  name = g_path_get_basename (other);
  await_widget (b->page, is_of_file, name);
  g_assert_true (gtk_editable_get_editable (GTK_EDITABLE (row)));
  g_assert_cmpstr (kan_session_get_path (b->session), ==, other);
  drop (other);
}

/* A passphrase on its way is waited for: then the other file is asked about, and neither is open. */
static void
test_opened_meanwhile (Bench *b, gconstpointer unused)
{
  g_autofree char *passphrase = passphrase_of (demo_login (NULL)), *name = NULL;
  char *other = copy_office ("other");

  kan_unlock_page_open (KAN_UNLOCK_PAGE (b->page), demo_path, FALSE);
  await_widget (b->page, is_passphrase, NULL);
  choose (b, demo_login (NULL)->login);
  try_passphrase (b, passphrase);
  kan_unlock_page_open (KAN_UNLOCK_PAGE (b->page), other, FALSE);
  name = g_path_get_basename (other);
  await_widget (b->page, is_of_file, name);
  g_assert_cmpstr (kan_session_get_path (b->session), ==, other);
  g_assert_false (kan_session_is_unlocked (b->session));
  drop (other);
}

static gboolean
stop_cb (gint64 done, gint64 total, gpointer told)
{
  ++*(guint *) told;
  return FALSE;
}

static void
tried_cb (GObject *source, GAsyncResult *result, gpointer error)
{
  g_assert_false (kan_session_unlock_finish (KAN_SESSION (source), result, error));
}

static gboolean
is_refused (gpointer error)
{
  return *(GError **) error != NULL;
}

/* What an older program left is made anew while unlocking: told as it goes; stopped, it leaves the file as it was. */
static void
test_made_anew (Bench *b, gconstpointer unused)
{
  const KanDemoLogin *login = demo_login (NULL);
  g_autofree char *right = passphrase_of (login), *typed = g_strdup (right);
  g_autoptr(GError) error = NULL;
  KanDesk *desk = demo_open (NULL);
  guint told = 0;

  g_assert_true (kan_db_exec (demo_db (desk), "UPDATE meta SET value = '0' WHERE key = 'projection';"
                              " DROP TABLE key; CREATE TABLE sack (id INTEGER)", NULL));
  kan_tables_learn (demo_db (desk), 0);
  kan_desk_free (desk);
  kan_unlock_page_open (KAN_UNLOCK_PAGE (b->page), demo_path, FALSE);
  await_widget (b->page, is_passphrase, NULL);
  kan_session_set_progress (b->session, stop_cb, &told);
  kan_session_unlock_async (b->session, login->login, kan_secret_new_take ((guint8 *) typed, strlen (typed)), tried_cb,
                            &error);
  spin_until (is_refused, &error);
  g_assert_error (error, KAN_ERROR, KAN_ERROR_CANCELLED);
  g_assert_cmpuint (told, ==, 1);
  choose (b, login->login);
  try_passphrase (b, right);
  spin_until (is_unlocked, b->session);
}

/* --- failures --------------------------------------------------------------------------------------------------- */

/* A copy of the office that may be spoilt. */
static char *
copy_office (const char *name)
{
  char *path = g_strdup_printf ("%s.%s", demo_path, name);
  g_autofree char *bytes = NULL;
  gsize size = 0;

  g_assert_true (g_file_get_contents (demo_path, &bytes, &size, NULL));
  g_assert_true (g_file_set_contents (path, bytes, (gssize) size, NULL));
  return path;
}

static void
drop (char *path)
{
  g_unlink (path);
  g_free (path);
}

/* A byte of either copy of the header. */
static void
spoil_headers (const char *path, gsize at, char value)
{
  g_autofree char *bytes = NULL;
  gsize size = 0;

  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  bytes[at] = bytes[KAN_HEADER_SIZE + at] = value;
  g_assert_true (g_file_set_contents (path, bytes, (gssize) size, NULL));
}

static void
expect_failed (Bench *b, const char *path, const char *words, gboolean readable)
{
  kan_unlock_page_open (KAN_UNLOCK_PAGE (b->page), path, FALSE);
  await_widget (b->page, says, words);
  g_assert_cmpint (find_widget (b->page, is_button, "Open for _Reading Only") != NULL, ==, readable);
  g_assert_nonnull (find_widget (b->page, is_button, "_Another File"));
}

static void
test_missing (Bench *b, gconstpointer unused)
{
  g_autofree char *path = g_strdup_printf ("%s.nowhere", demo_path);

  expect_failed (b, path, "The file is not there any more.", FALSE);
}

/* Bytes that mean damage, and one that means a later version of the format. */
static void
test_headers (Bench *b, gconstpointer unused)
{
  static const struct { const char *name; guint at; char byte; const char *told; } spoilt[] = {
    { "damaged", 3000, 0x55, "The file does not hold together any more." },
    { "newer", 8, 2, "The file was written by a newer version." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (spoilt); i++)
    {
      char *path = copy_office (spoilt[i].name);

      spoil_headers (path, spoilt[i].at, spoilt[i].byte);
      expect_failed (b, path, spoilt[i].told, FALSE);
      drop (path);
    }
}

/* The header is whole, the database is not: only the passphrase brings that to light. */
static void
test_damaged_inside (Bench *b, gconstpointer unused)
{
  char *path = copy_office ("inside");
  g_autofree char *bytes = NULL, *right = passphrase_of (demo_login (NULL));
  gsize size = 0;

  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  memset (bytes + KAN_DB_AT, 0x55, 4096);
  g_assert_true (g_file_set_contents (path, bytes, (gssize) size, NULL));
  kan_unlock_page_open (KAN_UNLOCK_PAGE (b->page), path, FALSE);
  await_widget (b->page, is_passphrase, NULL);
  choose (b, demo_login (NULL)->login);
  try_passphrase (b, right);
  await_widget (b->page, says, "The file does not hold together any more.");
  g_assert_false (kan_session_is_unlocked (b->session));
  drop (path);
}

/* Their key is not the one that the chain names: another passphrase would not help. */
static void
test_keyless (Bench *b, gconstpointer unused)
{
  const KanDemoLogin *login = demo_login (NULL);
  char *path = copy_office ("keyless");
  g_autofree char *right = passphrase_of (login);
  g_autoptr(KanDesk) desk = kan_desk_open (path, KAN_VAULT_WRITE, NULL);

  g_assert_true (kan_desk_unlock (desk, login->login, login->passphrase, demo_now, NULL));
  g_assert_true (kan_db_run (demo_db (desk), NULL, "UPDATE key SET state = 'revoked' WHERE person = ?", "i",
                             kan_desk_get_person (desk)));
  g_clear_pointer (&desk, kan_desk_free);
  kan_unlock_page_open (KAN_UNLOCK_PAGE (b->page), path, FALSE);
  await_widget (b->page, is_passphrase, NULL);
  choose (b, login->login);
  try_passphrase (b, right);
  await_widget (b->page, says, "This person has no key to the file any more.");
  g_assert_nonnull (find_widget (b->page, is_passphrase, NULL));
  drop (path);
}

/* Where the system lets one read and not write, that is offered. */
static void
test_read_only (Bench *b, gconstpointer unused)
{
  const KanDemoLogin *login = demo_login (NULL);
  char *path = copy_office ("read-only");
  g_autofree char *right = passphrase_of (login);
  gboolean is_root = geteuid () == 0;

  g_assert_cmpint (g_chmod (path, 0444), ==, 0);
  g_assert_true (!is_root || seteuid (65534) == 0);
  expect_failed (b, path, "The file cannot be written here.", TRUE);
  g_signal_emit_by_name (find_widget (b->page, is_button, "Open for _Reading Only"), "clicked");
  await_widget (b->page, is_passphrase, NULL);
  choose (b, login->login);
  try_passphrase (b, right);
  spin_until (is_unlocked, b->session);
  g_assert_true (kan_session_is_read_only (b->session));
  g_assert_true (!is_root || seteuid (0) == 0);
  drop (path);
}

static void
test_foreign (Bench *b, gconstpointer unused)
{
  char *path = g_strdup_printf ("%s.foreign", demo_path);

  g_assert_true (g_file_set_contents (path, "not one of ours", -1, NULL));
  expect_failed (b, path, "This is not a file of Kanribo.", FALSE);
  g_unlink (path);
  g_signal_emit_by_name (find_widget (b->page, is_button, "_Try Again"), "clicked");
  await_widget (b->page, says, "The file is not there any more.");
  drop (path);
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
  G_GNUC_UNUSED g_autoptr(KanDesk) other = demo_open (NULL);

  kan_unlock_page_open (KAN_UNLOCK_PAGE (b->page), demo_path, FALSE);
  await_widget (b->page, is_button, "Open for _Reading Only");
  g_assert_nonnull (find_widget (b->page, says, "already open"));
  g_assert_null (find_widget (b->page, says, demo_path));
}

static void
ask_and_let_others (Bench *b)
{
  KanDesk *other;

  await_widget (b->page, is_passphrase, NULL);
  other = demo_open (NULL);
  g_assert_false (kan_desk_is_provisional (other));
  kan_desk_free (other);
}

/* Whoever is asked for a passphrase keeps nobody from the file, before the first unlocking and after a lock; what
 * became of it meanwhile is told when somebody unlocks. */
static void
test_given_free (Bench *b, gconstpointer unused)
{
  const KanDemoLogin *login = demo_login (NULL);
  g_autofree char *right = passphrase_of (login);
  char *path = copy_office ("vanishing");
  KanDesk *other;

  kan_unlock_page_open (KAN_UNLOCK_PAGE (b->page), demo_path, FALSE);
  ask_and_let_others (b);
  choose (b, login->login);
  other = demo_open (NULL);
  try_passphrase (b, right);
  await_widget (b->page, is_button, "Open for _Reading Only");
  g_assert_nonnull (find_widget (b->page, says, "already open"));
  kan_desk_free (other);
  g_signal_emit_by_name (find_widget (b->page, is_button, "_Try Again"), "clicked");
  await_widget (b->page, is_passphrase, NULL);
  choose (b, login->login);
  try_passphrase (b, right);
  spin_until (is_unlocked, b->session);
  kan_session_lock (b->session);
  kan_unlock_page_ask (KAN_UNLOCK_PAGE (b->page), login->login);
  await_widget (b->page, is_passphrase, NULL);
  spin_for (100);
  ask_and_let_others (b);

  kan_unlock_page_open (KAN_UNLOCK_PAGE (b->page), path, FALSE);
  await_widget (b->page, says, "vanishing");
  g_unlink (path);
  try_passphrase (b, right);
  await_widget (b->page, says, "The file is not there any more.");
  drop (path);
}

/* --- what stands there before anybody unlocks -------------------------------------------------------------------- */

static gboolean
is_verified (gpointer session)
{
  g_autofree char *words = NULL;

  g_object_get (session, "verified", &words, NULL);
  return words != NULL && strstr (words, "Verified up to") != NULL;
}

/* Who was here last, and who verified the file, when and how far. */
static void
test_verified (Bench *b, gconstpointer unused)
{
  const KanDemoLogin *login = demo_login (NULL);
  char *path = copy_office ("verified");
  g_autofree char *right = passphrase_of (login), *words = NULL;

  kan_unlock_page_open (KAN_UNLOCK_PAGE (b->page), path, FALSE);
  await_widget (b->page, is_label, "Not verified yet");
  choose (b, login->login);
  try_passphrase (b, right);
  spin_until (is_verified, b->session);
  words = g_strdup_printf ("Verified up to no. %" G_GINT64_FORMAT " by %s, ",
                           session_count (b->session, "SELECT max (seq) FROM act"), login->login);
  kan_unlock_page_open (KAN_UNLOCK_PAGE (b->page), path, FALSE);
  await_widget (b->page, says, words);
  drop (path);
}

static void
expect_recent (const char *first, const char *second)
{
  g_auto(GStrv) files = g_settings_get_strv (kan_settings (), KAN_SETTING_RECENT);

  g_assert_cmpuint (g_strv_length (files), ==, (first != NULL) + (second != NULL));
  g_assert_cmpstr (files[0], ==, first);
  if (first != NULL)
    g_assert_cmpstr (files[1], ==, second);
}

static void
press_tooltip (Bench *b, const char *words)
{
  g_signal_emit_by_name (await_widget (b->page, is_tooltip, words), "clicked");
}

/* Newest first, each once however it is spelt; one that vanished is told, and any can be taken off. */
static void
test_recent (Bench *b, gconstpointer unused)
{
  g_autofree char *folder = g_path_get_dirname (demo_path), *name = g_path_get_basename (demo_path);
  g_autofree char *elsewhere = g_build_filename (folder, ".", name, NULL), *forget = NULL;

  g_settings_reset (kan_settings (), KAN_SETTING_RECENT);
  kan_settings_remember_file (demo_path);
  kan_settings_remember_file ("/nowhere/消えた.kanribo");
  expect_recent ("/nowhere/消えた.kanribo", demo_path);
  kan_settings_remember_file (elsewhere);
  expect_recent (elsewhere, "/nowhere/消えた.kanribo");
  kan_unlock_page_set_session (KAN_UNLOCK_PAGE (b->page), b->session);
  g_signal_emit_by_name (await_widget (b->page, is_row, "消えた.kanribo"), "activated");
  await_widget (b->page, says, "The file is not there any more.");
  g_signal_emit_by_name (find_widget (b->page, is_button, "_Another File"), "clicked");
  press_tooltip (b, "Take “消えた.kanribo” off this list");
  await_no_widget (b->page, is_row, "消えた.kanribo");
  expect_recent (elsewhere, NULL);
  g_assert_true (ADW_IS_ACTION_ROW (gtk_root_get_focus (GTK_ROOT (b->window))));
  forget = g_strdup_printf ("Take “%s” off this list", name);
  press_tooltip (b, forget);
  await_no_widget (b->page, is_label, "Recent Files");
  expect_recent (NULL, NULL);
  g_assert_true (g_file_test (demo_path, G_FILE_TEST_EXISTS));
}

int
main (int argc, char *argv[])
{
  g_autofree char *schemas = g_build_filename (g_getenv ("G_TEST_BUILDDIR"), "..", "resources", NULL);
  int status;

  g_setenv ("GSETTINGS_SCHEMA_DIR", schemas, TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  demo_build (0);
#define ADD(name, func) g_test_add ("/unlock/" name, Bench, NULL, set_up, func, page_bench_close)
  ADD ("first-focus", test_first_focus);
  ADD ("wrong-then-right", test_wrong_then_right);
  ADD ("eye", test_eye);
  ADD ("typed-meanwhile", test_typed_meanwhile);
  ADD ("opened-meanwhile", test_opened_meanwhile);
  ADD ("made-anew", test_made_anew);
  ADD ("missing", test_missing);
  ADD ("headers", test_headers);
  ADD ("damaged-inside", test_damaged_inside);
  ADD ("keyless", test_keyless);
  ADD ("read-only", test_read_only);
  ADD ("busy", test_busy);
  ADD ("given-free", test_given_free);
  ADD ("foreign", test_foreign);
  ADD ("verified", test_verified);
  ADD ("recent", test_recent);
#undef ADD
  status = g_test_run ();
  demo_remove ();
  return status;
}
