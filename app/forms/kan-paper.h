/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document laid out on A4, ready to be drawn: the same pages for a PDF file, a printer and a preview. */
#pragma once
#include "acts/kan-verify.h"

#include <cairo.h>

G_BEGIN_DECLS

typedef struct _KanPaper KanPaper;

/* Where ink of one line of text lies, millimetres from the upper left corner of the sheet. */
typedef struct { double x, y, width, height; } KanPaperBox;

void               kan_paper_free        (KanPaper *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KanPaper, kan_paper_free)

const char        *kan_paper_get_title   (const KanPaper *self);
void               kan_paper_get_size    (const KanPaper *self, double *width, double *height);
guint              kan_paper_n_pages     (const KanPaper *self);
void               kan_paper_draw_page   (const KanPaper *self, cairo_t *cr, guint page);
gboolean           kan_paper_may_write   (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean           kan_paper_write_over  (const KanPaper *self, const char *path, KanProgressFunc progress,
                                          gpointer data, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean           kan_paper_write_pdf   (const KanPaper *self, const char *path, KanProgressFunc progress,
                                          gpointer data, GError **error) G_GNUC_WARN_UNUSED_RESULT;
const char *const *kan_paper_get_missing (const KanPaper *self);
GArray            *kan_paper_get_boxes   (const KanPaper *self, guint page);

G_END_DECLS
