/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A profile from a JSON file of the office's own: chosen, read, and checked before anybody sees it as a profile. */
#pragma once
#include <adwaita.h>

#include "values/kan-profile.h"

G_BEGIN_DECLS

/* One that was read. Either `profile`, or `problems` (KanProfileLine: where, and what); neither: it is no text. */
typedef struct { char *name; KanProfile *profile; GPtrArray *problems; } KanProfileFile;

void            kan_profile_file_free          (KanProfileFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KanProfileFile, kan_profile_file_free)

void            kan_profile_file_choose_async  (GtkWidget *widget, GAsyncReadyCallback ready, gpointer user_data);
void            kan_profile_file_read_async    (GtkWidget *widget, const char *path, GAsyncReadyCallback ready,
                                                gpointer user_data);
/* NULL without an error: dismissed. */
KanProfileFile *kan_profile_file_finish        (GAsyncResult *result, GError **error);
/* One line for each problem, where it stands beneath it. */
void            kan_profile_file_show_problems (AdwPreferencesGroup *group, GPtrArray *rows, GPtrArray *problems);
void            kan_profile_file_show_lines    (AdwPreferencesGroup *group, GPtrArray *rows, const KanProfile *profile);

G_END_DECLS
