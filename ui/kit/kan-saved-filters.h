/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Filters that somebody gave a name to, register by register; a preference of this screen. */
#pragma once
#include "desk/kan-view.h"

G_BEGIN_DECLS

typedef struct { char *name; KanQuery *query; } KanSavedFilter;

GPtrArray *kan_saved_filters_list (const char *register_id);      /* KanSavedFilter */
void       kan_saved_filters_add  (const char *name, const KanQuery *query);
void       kan_saved_filters_drop (const char *register_id, const char *name);

G_END_DECLS
