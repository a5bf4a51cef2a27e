/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is due, as notifications: grouped by kind, from the registers or from the reminder block, told once a day. */
#pragma once
#include "desk/kan-desk.h"
#include "notify/kan-notify.h"

G_BEGIN_DECLS

/* How much of a kind is due on a day. */
typedef struct { KanDueKind kind; KanDay day; guint count; } KanReminderCount;

GArray *kan_reminders_of_due    (GPtrArray *due, KanDay today);               /* KanReminderCount */
GArray *kan_reminders_of_status (const KanStatus *status, KanDay today);
/* Shows what was not told today. Returns how many. */
guint   kan_reminders_tell      (const char *file, GArray *counts, KanDay today, KanNotifyFunc chosen, gpointer data,
                                 GError **error);

G_END_DECLS
