/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One helper each for what GTK deprecates after 4.8: confirming, choosing a file, a long task, telling an error. */
#pragma once
#include <adwaita.h>

#include "kan-session.h"

G_BEGIN_DECLS

/* What happened and what to do now, in words for people; never the bare message of a library. */
void     kan_dialogs_tell_error   (GtkWidget *widget, const char *heading, const GError *error);
char    *kan_dialogs_word_error   (const GError *error);      /* one or two sentences: what, and what now */

/* Asks before what cannot be corrected. `ready` gets TRUE from kan_dialogs_confirm_finish() where it was agreed to. */
void     kan_dialogs_confirm      (GtkWidget *widget, const char *heading, const char *body, const char *verb,
                                   gboolean destructive, GAsyncReadyCallback ready, gpointer user_data);
gboolean kan_dialogs_confirm_finish (GAsyncResult *result);

/* One of several answers, e.g. keep the draft, discard it, go on: its id, NULL where it was dismissed. An id given
   after "!" loses something, one after "*" is the usual answer. */
void     kan_dialogs_choose       (GtkWidget *widget, const char *heading, const char *body,
                                   const char *const *ids_and_labels, GAsyncReadyCallback ready, gpointer user_data);
char    *kan_dialogs_choose_finish (GAsyncResult *result);
/* Before a window is closed in which something was typed: "stay", "discard" or "keep" as a draft. */
void     kan_dialogs_ask_to_keep  (GtkWidget *widget, GAsyncReadyCallback ready, gpointer user_data);

typedef enum { KAN_FILE_OPEN, KAN_FILE_SAVE, KAN_FILE_FOLDER } KanFileMode;
void     kan_dialogs_file         (GtkWidget *widget, KanFileMode mode, const char *title, const char *name,
                                   const char *pattern_label, const char *pattern,
                                   GAsyncReadyCallback ready, gpointer user_data);
char    *kan_dialogs_file_finish  (GAsyncResult *result);     /* path; NULL: dismissed */

/* A task longer than a second: a dialog with progress, rate and time left, and a cancel. `progress` may be called from
   the database thread. */
typedef struct _KanTask KanTask;
KanTask *kan_task_new             (GtkWidget *widget, const char *title, GCancellable *cancellable);
KanTask *kan_task_new_seldom      (GtkWidget *widget, const char *title, GCancellable *cancellable);
gboolean kan_task_progress        (gint64 done, gint64 total, gpointer task);      /* a KanProgressFunc */
void     kan_task_end             (KanTask *self);

/* What a name may hide: right-to-left overrides and zero-width characters are made visible. */
char    *kan_visible_text         (const char *text);

G_END_DECLS
