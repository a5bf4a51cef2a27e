/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Locks by itself: after idleness, with the desktop's lock screen, and before the machine sleeps (UX.md). */
#pragma once
#include <gtk/gtk.h>

#include "kan-session.h"

G_BEGIN_DECLS

typedef struct _KanLockWatch KanLockWatch;

/* @window is borrowed: locking is its action "win.lock". */
KanLockWatch *kan_lock_watch_new  (GtkWindow *window, KanSession *session);
void          kan_lock_watch_free (KanLockWatch *self);

G_END_DECLS
