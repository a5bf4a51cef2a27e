/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command palette (Ctrl+K) and search over everything: acts, places and records by name. */
#pragma once
#include <adwaita.h>

#include "kan-session.h"

G_BEGIN_DECLS

#define KAN_TYPE_PALETTE (kan_palette_get_type ())
G_DECLARE_FINAL_TYPE (KanPalette, kan_palette, KAN, PALETTE, AdwWindow)

GtkWidget *kan_palette_new (KanSession *session, GtkWindow *parent, GMenuModel *commands);

G_END_DECLS
