/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sidebar: the day's places, then every register in the groups that the declarations name, then the chain. */
#pragma once
#include <adwaita.h>

G_BEGIN_DECLS

#define KAN_TYPE_SIDEBAR (kan_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (KanSidebar, kan_sidebar, KAN, SIDEBAR, GtkWidget)

/* Signal "chosen" (place id): somebody chose a place. */
void        kan_sidebar_select    (KanSidebar *self, const char *place);
void        kan_sidebar_set_badge (KanSidebar *self, const char *place, guint n_waiting, guint n_late);
void        kan_sidebar_clear_badges (KanSidebar *self);
const char *kan_sidebar_get_title (KanSidebar *self, const char *place);

G_END_DECLS
