/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Our own preview: a paper laid out in the database thread is drawn here, turned, zoomed, printed and written. */
#include "page-fixture.h"

#include "kit/kan-picker.h"
#include "preview/kan-preview.h"
#include "preview/kan-sheet-view.h"

#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

typedef struct { KanSession *session; GtkWidget *preview; } Bench;

static void
set_up (Bench *b, gconstpointer unused)
{
  b->session = session_open ();
}

static void
tear_down (Bench *b, gconstpointer unused)
{
  if (b->preview != NULL)
    gtk_window_destroy (GTK_WINDOW (g_steal_pointer (&b->preview)));
  session_close (b->session);
}

static gboolean
is_ready_button (GtkWidget *widget, const char *words)
{
  return is_button (widget, words) && gtk_widget_get_sensitive (widget);
}

static void
open_preview (Bench *b, const char *form, const char *record)
{
  if (b->preview != NULL)
    gtk_window_destroy (GTK_WINDOW (g_steal_pointer (&b->preview)));
  b->preview = kan_preview_new (b->session, NULL, form, record);
  gtk_window_present (GTK_WINDOW (b->preview));
}

static gboolean
is_sheet (GtkWidget *widget, const char *unused)
{
  return KAN_IS_SHEET_VIEW (widget);
}

static void
test_pages (Bench *b, gconstpointer unused)
{
  GtkWidget *previous, *next;

  open_preview (b, "medium", "");
  await_widget (b->preview, is_ready_button, "_Print…");
  previous = await_widget (b->preview, is_tooltip, "Previous page");
  next = await_widget (b->preview, is_tooltip, "Next page");
  g_assert_nonnull (find_widget (b->preview, says, "1/"));
  g_assert_false (gtk_widget_get_sensitive (previous));
  g_assert_true (gtk_widget_get_sensitive (next));
  g_signal_emit_by_name (next, "clicked");
  g_assert_nonnull (find_widget (b->preview, says, "2/"));
  g_assert_true (gtk_widget_get_sensitive (previous));
  g_assert_true (press_key (b->preview, GDK_KEY_Page_Up, GDK_CONTROL_MASK));
  g_assert_nonnull (find_widget (b->preview, says, "1/"));
  g_assert_false (press_key (b->preview, GDK_KEY_Page_Up, GDK_CONTROL_MASK));
}

static double
zoom_after (Bench *b, guint keyval)
{
  g_assert_true (press_key (b->preview, keyval, GDK_CONTROL_MASK));
  spin_for (100);
  return kan_sheet_view_get_zoom (KAN_SHEET_VIEW (find_widget (b->preview, is_sheet, NULL)));
}

static gboolean
is_pressed (Bench *b, const char *words)
{
  return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (find_widget (b->preview, is_button, words)));
}

/* A whole page at first, the full width by a key or a button, and any size between by keys. */
static void
test_zoom (Bench *b, gconstpointer unused)
{
  const double high = 297 / 25.4 * 96;
  GtkWidget *sheet;
  double whole, wide;

  open_preview (b, "takeout_application", "T1");
  await_widget (b->preview, is_ready_button, "_Print…");
  sheet = await_widget (b->preview, is_sheet, NULL);
  spin_for (100);
  whole = kan_sheet_view_get_zoom (KAN_SHEET_VIEW (sheet));
  g_assert_cmpfloat (whole * high, <, gtk_widget_get_height (sheet));
  g_assert_cmpfloat (whole * high, >, gtk_widget_get_height (sheet) * 0.8);
  g_assert_true (is_pressed (b, "W_hole Page"));
  wide = zoom_after (b, GDK_KEY_1);
  g_assert_cmpfloat (wide * high, >, gtk_widget_get_height (b->preview));
  g_assert_true (is_pressed (b, "Full _Width"));
  g_assert_cmpfloat (zoom_after (b, GDK_KEY_minus), <, wide);
  g_assert_false (is_pressed (b, "Full _Width"));
  g_assert_cmpfloat_with_epsilon (zoom_after (b, GDK_KEY_plus), wide, 0.001);
  g_assert_cmpfloat_with_epsilon (zoom_after (b, GDK_KEY_0), whole, 0.001);
  g_assert_true (is_pressed (b, "W_hole Page"));
}

/* Forms of a record, of all at hand, and empty ones. */
static void
test_forms (Bench *b, gconstpointer unused)
{
  static const char *const forms[][2] = {
    { "takeout_application", "T1" }, { "transport_slip", "T1" }, { "labels", "M1" }, { "labels", "" },
    { "labels", "blank" }, { "takeout", "blank" }, { "destruction_certificate", "blank" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      open_preview (b, forms[i][0], forms[i][1]);
      await_widget (b->preview, is_ready_button, "_Print…");
      spin_for (100);
    }
}

static gboolean
is_place (GtkWidget *widget, const char *unused)
{
  return GTK_IS_SPIN_BUTTON (widget) && gtk_widget_get_mapped (widget);
}

/* A sheet from which stickers were taken is used up: with one left, all but the first stand on further sheets. */
static void
test_place (Bench *b, gconstpointer unused)
{
  g_autofree char *more = NULL;
  GtkWidget *place, *shown;

  open_preview (b, "labels", "");
  await_widget (b->preview, is_ready_button, "_Print…");
  shown = await_widget (b->preview, says, "1/");
  more = g_strdup_printf ("1/%d", atoi (gtk_label_get_text (GTK_LABEL (shown)) + strlen ("1/")) + 1);
  place = await_widget (b->preview, is_place, NULL);
  g_assert_true (gtk_widget_grab_focus (place));
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (place), 24);
  await_widget (b->preview, says, more);
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (b->preview)), place));
  open_preview (b, "transport_slip", "T1");
  await_widget (b->preview, is_ready_button, "_Print…");
  g_assert_null (find_widget (b->preview, is_place, NULL));
}

/* Several media for one sheet, from where it is still whole. */
static void
test_several (Bench *b, gconstpointer unused)
{
  g_auto(GStrv) media = g_strsplit ("M1,M2", ",", -1);
  GtkWidget *picker;

  open_preview (b, "labels", "M1");
  await_widget (b->preview, is_ready_button, "_Print…");
  await_widget (b->preview, is_label, "1 medium");
  gtk_widget_activate (await_widget (b->preview, is_button, "_Media…"));
  picker = await_window (KAN_TYPE_PICKER);
  g_signal_emit_by_name (picker, "picked", media, media);
  gtk_window_destroy (GTK_WINDOW (picker));
  await_widget (b->preview, is_label, "2 media");
  await_widget (b->preview, says, "1/1");
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (await_widget (b->preview, is_place, NULL)), 24);
  await_widget (b->preview, says, "1/2");
}

static void
test_trouble (Bench *b, gconstpointer unused)
{
  open_preview (b, "destruction_certificate", "T1");
  await_widget (b->preview, is_label, "Cannot Be Printed");
  g_assert_null (find_widget (b->preview, is_ready_button, "_Print…"));
}

static gboolean
exists (gpointer path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* As much of the paper is seen as the window below it leaves room for, and keys turn its pages at once. */
static void
test_first_sight (Bench *b, gconstpointer unused)
{
  GtkWidget *parent = gtk_window_new (), *sheet;
  int width = 0, height = 0;

  gtk_window_set_default_size (GTK_WINDOW (parent), 900, 740);
  gtk_window_present (GTK_WINDOW (parent));
  spin_for (200);
  b->preview = kan_preview_new (b->session, GTK_WINDOW (parent), "takeout_application", "T1");
  gtk_window_get_default_size (GTK_WINDOW (b->preview), &width, &height);
  g_assert_cmpint (height, >=, gtk_widget_get_height (parent));
  gtk_window_present (GTK_WINDOW (b->preview));
  await_widget (b->preview, is_ready_button, "_Print…");
  sheet = await_widget (b->preview, is_sheet, NULL);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (b->preview)) == sheet);
  gtk_window_destroy (GTK_WINDOW (g_steal_pointer (&b->preview)));
  gtk_window_destroy (GTK_WINDOW (parent));
}

/* Every page as it looks. */
static char *
picture_of (const char *pdf)
{
  const char *argv[] = { "pdftoppm", "-r", "50", "-gray", pdf, NULL };
  g_autoptr(GError) error = NULL;
  g_autoptr(GSubprocess) drawing = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_autoptr(GBytes) bytes = NULL;

  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate (drawing, NULL, NULL, &bytes, NULL, &error));
  g_assert_true (g_subprocess_get_successful (drawing));
  g_assert_cmpuint (g_bytes_get_size (bytes), >, 100000);
  return g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
}

/* The PDF is written in a thread; a printer's pages are drawn by the same function and look the same. */
static void
test_paper (Bench *b, gconstpointer unused)
{
  g_autofree char *path = g_strdup_printf ("%s.preview.pdf", demo_path), *printed = g_strdup_printf ("%s.print.pdf",
                                                                                                    demo_path);
  g_autoptr(GtkPrintOperation) operation = NULL;
  g_autofree char *saved_picture = NULL, *printed_picture = NULL;

  open_preview (b, "takeout_application", "T1");
  await_widget (b->preview, is_ready_button, "_Print…");
  kan_preview_write (KAN_PREVIEW (b->preview), path, FALSE);
  g_assert_null (find_widget (b->preview, is_ready_button, "_Print…"));
  spin_until (exists, path);
  await_widget (b->preview, is_ready_button, "_Print…");
  operation = kan_preview_make_operation (KAN_PREVIEW (b->preview));
  gtk_print_operation_set_export_filename (operation, printed);
  kan_preview_print (KAN_PREVIEW (b->preview), operation, GTK_PRINT_OPERATION_ACTION_EXPORT);
  saved_picture = picture_of (path);
  printed_picture = picture_of (printed);
  g_assert_cmpstr (saved_picture, ==, printed_picture);
  g_unlink (path);
  g_unlink (printed);
}

/* What the printer, or the place of the PDF, would not take is told, and the paper is still there. */
static void
test_failed_paper (Bench *b, gconstpointer unused)
{
  g_autofree char *nowhere = g_strdup_printf ("%s.nowhere/paper.pdf", demo_path);
  g_autoptr(GtkPrintOperation) operation = NULL;

  open_preview (b, "labels", "M1");
  await_widget (b->preview, is_ready_button, "_Print…");
  operation = kan_preview_make_operation (KAN_PREVIEW (b->preview));
  gtk_print_operation_set_export_filename (operation, nowhere);
  kan_preview_print (KAN_PREVIEW (b->preview), operation, GTK_PRINT_OPERATION_ACTION_EXPORT);
  await_widget (await_window (ADW_TYPE_MESSAGE_DIALOG), says, "The printer did not take it.");
  answer_message ("close");
  kan_preview_write (KAN_PREVIEW (b->preview), nowhere, FALSE);
  await_widget (await_window (ADW_TYPE_MESSAGE_DIALOG), is_label, "Could Not Save the PDF");
  answer_message ("close");
  await_widget (b->preview, is_ready_button, "_Print…");
}

static gboolean
is_paper (gpointer path)
{
  g_autofree char *contents = NULL;

  return g_file_get_contents (path, &contents, NULL, NULL) && g_str_has_prefix (contents, "%PDF-");
}

/* What somebody agreed to have replaced is, whatever it was; nothing else but a paper of before, and never the office's
 * own file. */
static void
test_over (Bench *b, gconstpointer unused)
{
  g_autofree char *path = g_strdup_printf ("%s.letter", demo_path);

  open_preview (b, "labels", "M1");
  await_widget (b->preview, is_ready_button, "_Print…");
  g_assert_true (g_file_set_contents (path, "a letter", -1, NULL));
  kan_preview_write (KAN_PREVIEW (b->preview), path, FALSE);
  await_widget (await_window (ADW_TYPE_MESSAGE_DIALOG), is_label, "Could Not Save the PDF");
  answer_message ("close");
  g_assert_false (is_paper (path));
  kan_preview_write (KAN_PREVIEW (b->preview), path, TRUE);
  spin_until (is_paper, path);
  await_widget (b->preview, is_ready_button, "_Print…");
  kan_preview_write (KAN_PREVIEW (b->preview), demo_path, TRUE);
  await_widget (await_window (ADW_TYPE_MESSAGE_DIALOG), is_label, "Could Not Save the PDF");
  answer_message ("close");
  g_assert_false (is_paper (demo_path));
  g_unlink (path);
}

static int disk_is_full;      /* atomic: PDFs are written in a thread */

/* In place of the C library's: what was written finds no room at the latest here. */
int
fsync (int fd)
{
  if (!g_atomic_int_get (&disk_is_full))
    return (int) syscall (SYS_fsync, fd);
  errno = ENOSPC;
  return -1;
}

static guint
count_files (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  g_assert_nonnull (dir);
  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* It is told what is the matter and what to do; the paper of before is as it was, nothing lies beside it, and with room
 * again the same button saves. */
static void
test_full (Bench *b, gconstpointer unused)
{
  g_autofree char *folder = g_dir_make_tmp ("kanribo-XXXXXX", NULL), *kept = NULL;
  g_autofree char *path = g_build_filename (folder, "full.pdf", NULL);
  const char *old = "%PDF-1.5 of before";
  GtkWidget *dialog;

  open_preview (b, "labels", "M1");
  await_widget (b->preview, is_ready_button, "_Print…");
  g_assert_true (g_file_set_contents (path, old, -1, NULL));
  for (guint agreed = 0; agreed < 2; agreed++)
    {
      g_atomic_int_set (&disk_is_full, TRUE);
      kan_preview_write (KAN_PREVIEW (b->preview), path, agreed);
      dialog = await_window (ADW_TYPE_MESSAGE_DIALOG);
      g_atomic_int_set (&disk_is_full, FALSE);
      g_assert_nonnull (await_widget (dialog, is_label, "Could Not Save the PDF"));
      g_assert_nonnull (find_widget (dialog, says, "There is no space left on the medium. Make room and try again"));
      answer_message ("close");
      g_clear_pointer (&kept, g_free);
      g_assert_true (g_file_get_contents (path, &kept, NULL, NULL));
      g_assert_cmpstr (kept, ==, old);
      g_assert_cmpuint (count_files (folder), ==, 1);
      await_widget (b->preview, is_ready_button, "_Print…");
    }
  kan_preview_write (KAN_PREVIEW (b->preview), path, FALSE);
  await_widget (b->preview, says, "Saved as PDF");
  g_clear_pointer (&kept, g_free);
  g_assert_true (g_file_get_contents (path, &kept, NULL, NULL));
  g_assert_cmpstr (kept, !=, old);
  g_unlink (path);
  g_rmdir (folder);
}

static void
gone_cb (gpointer thread, GObject *where_it_was)
{
  *(GThread **) thread = g_thread_self ();
}

static gboolean
is_told (gpointer thread)
{
  return *(GThread **) thread != NULL;
}

/* Closed while it writes, it goes in the thread that made it, whoever lets go of the work last. */
static void
test_closed_writing (Bench *b, gconstpointer unused)
{
  g_autofree char *path = g_strdup_printf ("%s.closed.pdf", demo_path);

  for (guint i = 0; i < 10; i++)
    {
      GThread *thread = NULL;

      open_preview (b, "labels", "M1");
      await_widget (b->preview, is_ready_button, "_Print…");
      g_object_weak_ref (G_OBJECT (b->preview), gone_cb, &thread);
      kan_preview_write (KAN_PREVIEW (b->preview), path, FALSE);
      gtk_window_destroy (GTK_WINDOW (g_steal_pointer (&b->preview)));
      spin_until (is_told, &thread);
      g_assert_true (thread == g_thread_self ());
    }
  g_unlink (path);
}

static void
test_lock (Bench *b, gconstpointer unused)
{
  open_preview (b, "labels", "M1");
  g_object_add_weak_pointer (G_OBJECT (b->preview), (gpointer *) &b->preview);
  await_widget (b->preview, is_ready_button, "_Print…");
  kan_session_lock (b->session);
  spin_for (100);
  g_assert_null (b->preview);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  adw_init ();
  demo_build (300);
  g_test_add ("/preview/first-sight", Bench, NULL, set_up, test_first_sight, tear_down);
  g_test_add ("/preview/pages", Bench, NULL, set_up, test_pages, tear_down);
  g_test_add ("/preview/zoom", Bench, NULL, set_up, test_zoom, tear_down);
  g_test_add ("/preview/forms", Bench, NULL, set_up, test_forms, tear_down);
  g_test_add ("/preview/place", Bench, NULL, set_up, test_place, tear_down);
  g_test_add ("/preview/several", Bench, NULL, set_up, test_several, tear_down);
  g_test_add ("/preview/trouble", Bench, NULL, set_up, test_trouble, tear_down);
  g_test_add ("/preview/paper", Bench, NULL, set_up, test_paper, tear_down);
  g_test_add ("/preview/failed-paper", Bench, NULL, set_up, test_failed_paper, tear_down);
  g_test_add ("/preview/over", Bench, NULL, set_up, test_over, tear_down);
  g_test_add ("/preview/full", Bench, NULL, set_up, test_full, tear_down);
  g_test_add ("/preview/closed-writing", Bench, NULL, set_up, test_closed_writing, tear_down);
  g_test_add ("/preview/lock", Bench, NULL, set_up, test_lock, tear_down);
  status = g_test_run ();
  demo_remove ();
  return status;
}
