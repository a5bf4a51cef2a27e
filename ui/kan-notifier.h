/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Notifications while a file is open (UX.md, "Notifications"): what is due, each kind once a day, with an action that
 * opens its place. */
#pragma once
#include <gtk/gtk.h>

#include "kan-session.h"

G_BEGIN_DECLS

typedef struct _KanNotifier KanNotifier;

/* @window is borrowed: its action "win.place" is what a notification leads to. */
KanNotifier *kan_notifier_new  (KanSession *session, GtkWindow *window);
void         kan_notifier_free (KanNotifier *self);

G_END_DECLS
