/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line of a boxed list that only says something about its neighbour: Tab goes past it. */
#pragma once
#include <adwaita.h>

G_BEGIN_DECLS

#define KAN_TYPE_ASIDE_ROW (kan_aside_row_get_type ())
G_DECLARE_DERIVABLE_TYPE (KanAsideRow, kan_aside_row, KAN, ASIDE_ROW, AdwPreferencesRow)

struct _KanAsideRowClass
{
  AdwPreferencesRowClass parent_class;
};

GtkWidget *kan_aside_row_new (void);

G_END_DECLS
