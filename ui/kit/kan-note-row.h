/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line of a boxed list that says what stands in the way of the line above it, and what breaks a rule there. */
#pragma once
#include "acts/kan-book.h"
#include "kit/kan-aside-row.h"

G_BEGIN_DECLS

#define KAN_TYPE_NOTE_ROW (kan_note_row_get_type ())
G_DECLARE_FINAL_TYPE (KanNoteRow, kan_note_row, KAN, NOTE_ROW, KanAsideRow)

/* Signal "declared" (gboolean): somebody says that a number in the text is no identity number. */
GtkWidget *kan_note_row_new         (GtkWidget *about);
void       kan_note_row_say         (KanNoteRow *self, const char *words, gboolean is_mark);     /* "": nothing */
void       kan_note_row_offer       (KanNoteRow *self, gboolean offered, gboolean declared);
gboolean   kan_note_row_is_refusal  (KanNoteRow *self);

G_END_DECLS
