/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The strip of deadlines: twelve months, their payment days, what is to be purged until when, and today. */
#pragma once
#include <gtk/gtk.h>

#include "desk/kan-view.h"

G_BEGIN_DECLS

#define KAN_TYPE_STRIP (kan_strip_get_type ())
G_DECLARE_FINAL_TYPE (KanStrip, kan_strip, KAN, STRIP, GtkWidget)

GtkWidget *kan_strip_new       (void);
/* marks: KanViewMark; referenced */
void       kan_strip_set_marks (KanStrip *self, gint32 first, gint32 today, GPtrArray *marks);

G_END_DECLS
