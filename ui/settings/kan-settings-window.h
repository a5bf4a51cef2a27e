/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Preferences of this screen, and what the office sets in its file: reminders, profile. */
#pragma once
#include <adwaita.h>

#include "kan-session.h"

G_BEGIN_DECLS

#define KAN_TYPE_SETTINGS_WINDOW (kan_settings_window_get_type ())
G_DECLARE_FINAL_TYPE (KanSettingsWindow, kan_settings_window, KAN, SETTINGS_WINDOW, AdwPreferencesWindow)

GtkWidget *kan_settings_window_new (KanSession *session, GtkWindow *parent);

G_END_DECLS
