/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One act of the chain as a page: who signed what and with which key, its marks, what of it was corrected since. */
#pragma once
#include <adwaita.h>

#include "kan-session.h"

G_BEGIN_DECLS

GtkWidget *kan_act_window_new (KanSession *session, GtkWindow *parent, gint64 seq);

G_END_DECLS
