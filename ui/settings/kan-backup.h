/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Backing up from the window: a folder, progress, what was kept and what was thinned out. */
#pragma once
#include <adwaita.h>

#include "kan-session.h"

G_BEGIN_DECLS

void kan_backup_begin (KanSession *session, GtkWindow *parent);
void kan_backup_into  (KanSession *session, GtkWindow *parent, const char *folder);

G_END_DECLS
