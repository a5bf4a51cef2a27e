/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A dialog that searches what a question may be answered with: records, or a long list of choices. */
#pragma once
#include <adwaita.h>

#include "kan-session.h"

G_BEGIN_DECLS

#define KAN_TYPE_PICKER (kan_picker_get_type ())
G_DECLARE_FINAL_TYPE (KanPicker, kan_picker, KAN, PICKER, AdwWindow)

/* Signal "picked" (values, names): GStrv each; one where several were not asked for. It closes itself.
 * @of: what records, as a question says; @of_registers: char *, for "make a new one"; NULL: not offered. */
GtkWidget *kan_picker_new      (KanSession *session, GtkWidget *parent, const char *title, const char *of,
                                const GPtrArray *of_registers, gboolean several);
GtkWidget *kan_picker_new_for_choices (GtkWidget *parent, const char *title, const GPtrArray *choices);
/* Whose answer it is: what fits comes first, of the rest it is said why not. */
void       kan_picker_set_for (KanPicker *self, const char *kind, const char *key);
/* What is picked already: subjects with commas between. */
void       kan_picker_set_picked (KanPicker *self, const char *subjects);

/* Names of records as people call them, in a job; the result of kan_picker_names_finish() is a GHashTable from subject
 * to name. */
void        kan_picker_names_async (KanSession *session, const char *of, const char *subjects,
                                    GCancellable *cancellable, GAsyncReadyCallback ready, gpointer user_data);
GHashTable *kan_picker_names_finish (KanSession *session, GAsyncResult *result, GError **error);

G_END_DECLS
