/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What verification found: nothing, or each fault by name, what follows from it folded below. */
#pragma once
#include <adwaita.h>

#include "kan-session.h"

G_BEGIN_DECLS

/* Runs a verification with progress and shows the result. @anchor: NULL or as printed. */
void       kan_verdict_begin      (KanSession *session, GtkWidget *widget, const char *anchor, gboolean full);
GtkWidget *kan_verdict_window_new (KanSession *session, GtkWindow *parent, const KanVerdict *verdict);

G_END_DECLS
