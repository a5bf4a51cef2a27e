/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a medium was when: its states as spans on an axis of time, and the same as a table. */
#pragma once
#include <adwaita.h>

#include "registers/kan-stays.h"

G_BEGIN_DECLS

#define KAN_TYPE_CUSTODY (kan_custody_get_type ())
G_DECLARE_FINAL_TYPE (KanCustody, kan_custody, KAN, CUSTODY, AdwBin)

GtkWidget *kan_custody_new (const char *subject, GPtrArray *spans, gint64 now);  /* KanStay; NULL: none */
const char *kan_custody_colour (const char *state);

G_END_DECLS
