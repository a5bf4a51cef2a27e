/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A profile is imported: chosen, checked, compared with the one in force, and then put to whoever decides. */
#pragma once
#include <adwaita.h>

#include "kan-session.h"

G_BEGIN_DECLS

#define KAN_TYPE_PROFILE_WINDOW (kan_profile_window_get_type ())
G_DECLARE_FINAL_TYPE (KanProfileWindow, kan_profile_window, KAN, PROFILE_WINDOW, AdwWindow)

GtkWidget *kan_profile_window_new  (KanSession *session, GtkWindow *parent);
void       kan_profile_window_read (KanProfileWindow *self, const char *path);

G_END_DECLS
