/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A notification daemon in a thread of the test, on the session bus of its environment. */
#pragma once
#include <gio/gio.h>

/* Once for a program: libnotify looks for the service when it is first used. */
void     notified_start  (void);
void     notified_stop   (void);
void     notified_clear  (void);
guint    notified_count  (void);
char    *notified_nth    (guint n);                             /* full: "summary|body|action,label,…|urgency" */
void     notified_choose (guint n, const char *action);         /* as a click on it does */
