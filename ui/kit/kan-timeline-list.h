/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happened to a record (経過), newest first, each act opening to what was signed. */
#pragma once
#include <adwaita.h>

#include "kan-session.h"

G_BEGIN_DECLS

#define KAN_TYPE_TIMELINE_LIST (kan_timeline_list_get_type ())
G_DECLARE_FINAL_TYPE (KanTimelineList, kan_timeline_list, KAN, TIMELINE_LIST, AdwBin)

GtkWidget *kan_timeline_list_new (GPtrArray *steps);     /* KanViewStep, borrowed */

G_END_DECLS
