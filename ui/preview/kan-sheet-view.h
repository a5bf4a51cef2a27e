/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One page of a paper, drawn at a zoom. */
#pragma once
#include <gtk/gtk.h>

#include "forms/kan-paper.h"

G_BEGIN_DECLS

#define KAN_TYPE_SHEET_VIEW (kan_sheet_view_get_type ())
G_DECLARE_FINAL_TYPE (KanSheetView, kan_sheet_view, KAN, SHEET_VIEW, GtkWidget)

#define KAN_SHEET_WIDE  0.0      /* as wide as there is room */
#define KAN_SHEET_WHOLE -1.0     /* as large as a whole page can be seen */

/* @paper is borrowed; NULL: an empty desk. */
void   kan_sheet_view_set_paper (KanSheetView *self, KanPaper *paper);
void   kan_sheet_view_set_page  (KanSheetView *self, guint page);
void   kan_sheet_view_set_zoom  (KanSheetView *self, double zoom);      /* 1: as large as on paper at 96 dpi */
double kan_sheet_view_get_zoom  (KanSheetView *self);                   /* as it is shown: always above 0 */
void   kan_sheet_view_set_frozen (KanSheetView *self, gboolean frozen);

G_END_DECLS
