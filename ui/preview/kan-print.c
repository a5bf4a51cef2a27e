/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A paper to the printer: the same drawing as on screen and in a PDF file. */
#include "preview/kan-print.h"

static void
begin_print_cb (GtkPrintOperation *operation, GtkPrintContext *context, KanPaper *paper)
{
  gtk_print_operation_set_n_pages (operation, (int) kan_paper_n_pages (paper));
}

static void
draw_page_cb (GtkPrintOperation *operation, GtkPrintContext *context, int page, KanPaper *paper)
{
  kan_paper_draw_page (paper, gtk_print_context_get_cairo_context (context), (guint) page);
}

static void
connect (GtkPrintOperation *operation, const char *signal, GCallback callback, KanPaper *paper, GObject *owner)
{
  GClosure *closure = g_cclosure_new (callback, paper, NULL);

  g_object_watch_closure (owner, closure);
  g_signal_connect_closure (operation, signal, closure, FALSE);
}

/**
 * kan_print_operation_new:
 * @paper: what is printed
 * @owner: who keeps it: when that goes, nothing is drawn any more
 *
 * Returns: (transfer full): what prints it: A4, without margins of its own, in points
 */
GtkPrintOperation *
kan_print_operation_new (KanPaper *paper, GObject *owner)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  g_autoptr(GtkPageSetup) setup = gtk_page_setup_new ();
  GtkPaperSize *a4 = gtk_paper_size_new (GTK_PAPER_NAME_A4);
  double width, height;

  kan_paper_get_size (paper, &width, &height);
  gtk_page_setup_set_paper_size (setup, a4);
  gtk_page_setup_set_orientation (setup, width > height ? GTK_PAGE_ORIENTATION_LANDSCAPE
                                  : GTK_PAGE_ORIENTATION_PORTRAIT);
  gtk_paper_size_free (a4);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_show_progress (operation, TRUE);
  gtk_print_operation_set_job_name (operation, kan_paper_get_title (paper));
  connect (operation, "begin-print", G_CALLBACK (begin_print_cb), paper, owner);
  connect (operation, "draw-page", G_CALLBACK (draw_page_cb), paper, owner);
  return operation;
}
