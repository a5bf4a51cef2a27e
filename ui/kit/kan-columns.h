/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns of a table over slots, made from a register's declaration. */
#pragma once
#include <gtk/gtk.h>

#include "kit/kan-slots.h"

G_BEGIN_DECLS

/* Replaces the view's columns; `view` is borrowed and must live as long as they. */
void     kan_columns_set_up   (GtkColumnView *table, const KanRegisterView *view);
/* Which header was chosen for sorting: its column's number; -1: none. */
int      kan_columns_get_sort (GtkColumnView *table, gboolean *descending);

G_END_DECLS
