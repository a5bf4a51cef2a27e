/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Our own preview of a paper, with printer and PDF: GTK's leaves a plaintext PDF behind (FILE.md). */
#pragma once
#include <adwaita.h>

#include "kan-session.h"

G_BEGIN_DECLS

#define KAN_TYPE_PREVIEW (kan_preview_get_type ())
G_DECLARE_FINAL_TYPE (KanPreview, kan_preview, KAN, PREVIEW, AdwWindow)

/* @form: a form, or a register's id for the register itself; @record: NULL or "" for a register; "blank": empty. */
GtkWidget *kan_preview_new (KanSession *session, GtkWindow *parent, const char *form, const char *record);

/* Once its paper was laid out ("print" is sensitive). */
GtkPrintOperation *kan_preview_make_operation (KanPreview *self);
void               kan_preview_print          (KanPreview *self, GtkPrintOperation *operation,
                                               GtkPrintOperationAction action);
void               kan_preview_write          (KanPreview *self, const char *path, gboolean agreed);

G_END_DECLS
