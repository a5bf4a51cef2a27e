/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list and what was chosen from it: beside each other where there is room, one instead of the other where not. */
#pragma once
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KAN_TYPE_SPLIT (kan_split_get_type ())
G_DECLARE_FINAL_TYPE (KanSplit, kan_split, KAN, SPLIT, GtkWidget)

/* Properties "list" and "record" (widgets, construct), "open", "narrow" (read only). */
void     kan_split_set_open   (KanSplit *self, gboolean open);
gboolean kan_split_is_open    (KanSplit *self);
gboolean kan_split_is_narrow  (KanSplit *self);

G_END_DECLS
