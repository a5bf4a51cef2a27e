/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The desktop program: one window, its shortcuts, its style. */
#pragma once
#include <adwaita.h>

G_BEGIN_DECLS

#define KAN_TYPE_APPLICATION (kan_application_get_type ())
G_DECLARE_FINAL_TYPE (KanApplication, kan_application, KAN, APPLICATION, AdwApplication)

KanApplication *kan_application_new (void);

G_END_DECLS
