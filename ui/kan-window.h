/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one window: unlocking, then sidebar and pages. Pages ask for each other by its actions (kit/kan-actions.h). */
#pragma once
#include <adwaita.h>

#include "kan-session.h"

G_BEGIN_DECLS

#define KAN_TYPE_WINDOW (kan_window_get_type ())
G_DECLARE_FINAL_TYPE (KanWindow, kan_window, KAN, WINDOW, AdwApplicationWindow)

KanWindow  *kan_window_new         (AdwApplication *application);
void        kan_window_open_file   (KanWindow *self, const char *path);
void        kan_window_open_place  (KanWindow *self, const char *place);
KanSession *kan_window_get_session (KanWindow *self);

G_END_DECLS
