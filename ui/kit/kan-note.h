/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is missing or wrong, said on a page: by words and an icon, never by colour alone. */
#pragma once
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KAN_TYPE_NOTE (kan_note_get_type ())
G_DECLARE_FINAL_TYPE (KanNote, kan_note, KAN, NOTE, GtkBox)

KanNote *kan_note_new (void);
void     kan_note_say (KanNote *self, const char *words);

G_END_DECLS
