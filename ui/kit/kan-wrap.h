/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Children side by side at their natural width, on as many lines as that takes: chips and buttons. */
#pragma once
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KAN_TYPE_WRAP (kan_wrap_get_type ())
G_DECLARE_FINAL_TYPE (KanWrap, kan_wrap, KAN, WRAP, GtkWidget)

GtkWidget *kan_wrap_new    (void);
void       kan_wrap_append (KanWrap *self, GtkWidget *child);
void       kan_wrap_clear  (KanWrap *self);

G_END_DECLS
