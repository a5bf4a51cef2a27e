/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The anchor (確認符号): today's, to be written down, and one from paper, to be compared with the chain. */
#pragma once
#include <adwaita.h>

#include "kan-session.h"

G_BEGIN_DECLS

GtkWidget *kan_anchor_window_new (KanSession *session, GtkWindow *parent);

G_END_DECLS
