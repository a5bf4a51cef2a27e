/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Desktop notifications (libnotify): dates and counts only, each at most once a day. */
#pragma once
#include "values/kan-day.h"

G_BEGIN_DECLS

/* One notification. `what` tells those of a file apart: "overdue". Strings are borrowed. */
typedef struct
{
  const char *what, *summary, *body;
  const char *place;             /* where its action leads: "batch" */
  gboolean    urgent;
} KanNotice;

/* The action was chosen. Called in the main context. */
typedef void (*KanNotifyFunc) (const char *place, gpointer data);

/* Was this told of this file today already? The memory is the desktop account's, not the file's. */
gboolean kan_notify_was_told (const char *file, const char *what, KanDay today);
gboolean kan_notify_show     (const char *file, const KanNotice *notice, KanDay today, KanNotifyFunc chosen,
                              gpointer data, GError **error);
void     kan_notify_forget   (void);     /* closes none, but their actions lead nowhere any more */

G_END_DECLS
