/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Founding a file (管理簿の作成): association, profile, chief, passphrase; then the first people and offices. */
#pragma once
#include <adwaita.h>

#include "kan-session.h"

G_BEGIN_DECLS

#define KAN_TYPE_FOUNDING (kan_founding_get_type ())
G_DECLARE_FINAL_TYPE (KanFoundingWindow, kan_founding, KAN, FOUNDING, AdwWindow)

/* When it is done the session is unlocked, by the chief. */
GtkWidget *kan_founding_new (KanSession *session, GtkWindow *parent);

G_END_DECLS
