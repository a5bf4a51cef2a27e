/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command palette: places, acts and records by name, chosen with the keyboard; gone with the lock. And the dialog
 * that searches what a question may be answered with. */
#include "page-fixture.h"

#include "kit/kan-picker.h"
#include "palette/kan-palette.h"

typedef struct { KanSession *session; GtkWidget *window, *dialog; GString *log; char *picked; } Bench;

static void
set_up (Bench *b, gconstpointer unused)
{
  b->session = session_open ();
  b->log = g_string_new (NULL);
  b->window = window_with (gtk_label_new ("any"), 800, 600, b->log);
}

static void
tear_down (Bench *b, gconstpointer unused)
{
  if (b->dialog != NULL)
    gtk_window_destroy (GTK_WINDOW (b->dialog));
  gtk_window_destroy (GTK_WINDOW (b->window));
  session_close (b->session);
  g_string_free (b->log, TRUE);
  g_free (b->picked);
}

static GtkWidget *
search (Bench *b, const char *words)
{
  GtkWidget *entry = await_widget (b->dialog, is_of_type, "GtkSearchEntry");

  gtk_editable_set_text (GTK_EDITABLE (entry), words);
  return entry;
}

/* --- the palette ------------------------------------------------------------------------------------------------ */

static void
test_record (Bench *b, gconstpointer unused)
{
  GtkWidget *entry;

  present_and_watch (kan_palette_new (b->session, GTK_WINDOW (b->window), NULL), &b->dialog);
  entry = search (b, "M1");
  await_widget (b->dialog, says, "M1　");
  await_no_widget (b->dialog, is_label, "Approvals");
  g_signal_emit_by_name (entry, "activate");
  await_closed (&b->dialog);
  g_assert_true (g_str_has_prefix (b->log->str, "record'M1"));
}

static gboolean
begins (GtkWidget *widget, const char *words)
{
  return GTK_IS_LABEL (widget) && g_str_has_prefix (gtk_label_get_text (GTK_LABEL (widget)), words);
}

/* Entries are found as well, by number, signer and day; one opens by its number. */
static void
test_entry (Bench *b, gconstpointer unused)
{
  GtkWidget *row;

  present_and_watch (kan_palette_new (b->session, GTK_WINDOW (b->window), NULL), &b->dialog);
  search (b, "12");
  row = gtk_widget_get_ancestor (await_widget (b->dialog, begins, "12　"), GTK_TYPE_LIST_BOX_ROW);
  g_signal_emit_by_name (gtk_widget_get_parent (row), "row-activated", row);
  await_closed (&b->dialog);
  g_assert_cmpstr (b->log->str, ==, "entry12\n");
}

/* Who is looked for under the usual form of a character is found under that of the family register; so is a record by
 * a word that its lists show. */
static void
test_everywhere (Bench *b, gconstpointer unused)
{
  present_and_watch (kan_palette_new (b->session, GTK_WINDOW (b->window), NULL), &b->dialog);
  search (b, "高橋亮");
  await_widget (b->dialog, says, "髙橋");
  search (b, "吉田 𠮷田");
  await_widget (b->dialog, says, "𠮷田");
  search (b, "USB memory");
  await_widget (b->dialog, begins, "M");
}

/* What the menu can do is found by its name, without what underlines a letter there. */
static void
test_command (Bench *b, gconstpointer unused)
{
  g_autoptr(GMenu) commands = g_menu_new ();
  GtkWidget *entry;

  g_menu_append (commands, "_Back Up…", "win.backup");
  g_menu_append (commands, "改ざん検査(_V)…", "win.find");
  present_and_watch (kan_palette_new (b->session, GTK_WINDOW (b->window), G_MENU_MODEL (commands)), &b->dialog);
  await_widget (b->dialog, is_label, "Back Up");
  entry = search (b, "改ざん");
  await_widget (b->dialog, is_label, "改ざん検査");
  await_no_widget (b->dialog, is_label, "Back Up");
  g_signal_emit_by_name (entry, "activate");
  await_closed (&b->dialog);
}

static void
test_nothing (Bench *b, gconstpointer unused)
{
  present_and_watch (kan_palette_new (b->session, GTK_WINDOW (b->window), NULL), &b->dialog);
  await_widget (b->dialog, is_label, "Approvals");
  search (b, "no such words");
  await_widget (b->dialog, is_of_type, "AdwStatusPage");
  search (b, "");
  await_widget (b->dialog, is_label, "Approvals");
}

/* What is searched is gone, until the session ends and nothing of it was written. */
static gpointer
spoil_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  KanBook *book = kan_desk_get_book (kan_worker_get_desk (worker));

  return GINT_TO_POINTER (kan_db_exec (kan_book_get_db (book), "BEGIN; DROP TABLE search", error));
}

/* What cannot be searched is told, and is not called nothing. */
static void
test_trouble (Bench *b, gconstpointer unused)
{
  g_assert_nonnull (session_ask (b->session, spoil_job, NULL));
  present_and_watch (kan_palette_new (b->session, GTK_WINDOW (b->window), NULL), &b->dialog);
  search (b, "M1");
  await_widget (b->dialog, begins, "The file could not be read");
  gtk_window_destroy (GTK_WINDOW (b->dialog));
  present_and_watch (kan_picker_new (b->session, b->window, "Which", "medium", NULL, FALSE), &b->dialog);
  search (b, "M1");
  await_widget (b->dialog, begins, "The file could not be read");
}

static void
test_lock (Bench *b, gconstpointer unused)
{
  present_and_watch (kan_palette_new (b->session, GTK_WINDOW (b->window), NULL), &b->dialog);
  await_widget (b->dialog, is_label, "Approvals");
  kan_session_lock (b->session);
  await_closed (&b->dialog);
}

/* --- the picker ------------------------------------------------------------------------------------------------- */

static void
picked_cb (GtkWidget *picker, GStrv values, GStrv names, Bench *b)
{
  g_autofree char *all = g_strjoinv (",", values);

  g_assert_cmpuint (g_strv_length (values), ==, g_strv_length (names));
  b->picked = g_strdup (all);
}

static gboolean
is_picked (gpointer data)
{
  return ((Bench *) data)->picked != NULL;
}

static gboolean
is_about (GtkWidget *widget, const char *words)
{
  return ADW_IS_ACTION_ROW (widget) && find_widget (widget, says, words) != NULL;
}

static void
pick (Bench *b, gboolean several)
{
  present_and_watch (kan_picker_new (b->session, b->window, "Which", "medium", NULL, several), &b->dialog);
  g_signal_connect (b->dialog, "picked", G_CALLBACK (picked_cb), b);
}

/* Enter picks what was found: the button that stops has not the keyboard. */
static void
test_pick_focus (Bench *b, gconstpointer unused)
{
  pick (b, FALSE);
  spin_for (200);
  g_assert_nonnull (gtk_widget_get_ancestor (gtk_root_get_focus (GTK_ROOT (b->dialog)), GTK_TYPE_SEARCH_ENTRY));
}

static void
test_pick_one (Bench *b, gconstpointer unused)
{
  pick (b, FALSE);
  search (b, "no such words");
  await_widget (b->dialog, is_label, "Nothing found");
  search (b, "M1");
  g_signal_emit_by_name (gtk_widget_get_ancestor (await_widget (b->dialog, is_about, "M1"), GTK_TYPE_LIST_BOX),
                         "row-activated", await_widget (b->dialog, is_about, "M1"));
  spin_until (is_picked, b);
  g_assert_cmpstr (b->picked, ==, "M1");
  await_closed (&b->dialog);
}

static void
test_pick_several (Bench *b, gconstpointer unused)
{
  pick (b, TRUE);
  kan_picker_set_picked (KAN_PICKER (b->dialog), "M2");
  search (b, "M1");
  g_signal_emit_by_name (gtk_widget_get_ancestor (await_widget (b->dialog, is_about, "M1"), GTK_TYPE_LIST_BOX),
                         "row-activated", await_widget (b->dialog, is_about, "M1"));
  g_signal_emit_by_name (await_widget (b->dialog, is_button, "_Choose (2)"), "clicked");
  spin_until (is_picked, b);
  g_assert_cmpstr (b->picked, ==, "M1,M2");
}

/* The entry takes the key for itself: it is told where its own search stops. */
static void
test_pick_escape (Bench *b, gconstpointer unused)
{
  GtkWidget *entry;

  pick (b, FALSE);
  spin_for (200);
  entry = gtk_widget_get_ancestor (gtk_root_get_focus (GTK_ROOT (b->dialog)), GTK_TYPE_SEARCH_ENTRY);
  g_signal_emit_by_name (entry, "stop-search");
  await_closed (&b->dialog);
}

#define ADD(name, func) g_test_add ("/ui/" name, Bench, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  adw_init ();
  demo_build (0);
  ADD ("palette/record", test_record);
  ADD ("palette/entry", test_entry);
  ADD ("palette/everywhere", test_everywhere);
  ADD ("palette/command", test_command);
  ADD ("palette/nothing", test_nothing);
  ADD ("palette/trouble", test_trouble);
  ADD ("palette/lock", test_lock);
  ADD ("picker/focus", test_pick_focus);
  ADD ("picker/escape", test_pick_escape);
  ADD ("picker/one", test_pick_one);
  ADD ("picker/several", test_pick_several);
  status = g_test_run ();
  demo_remove ();
  return status;
}
