/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Putting right what was signed (訂正), taking the last entry back (取消), removing free text: the entry is chosen from
 * the record's timeline, the answer by its label. */
#pragma once
#include "kit/kan-wizard.h"

G_BEGIN_DECLS

#define KAN_TYPE_CORRECTION_WINDOW (kan_correction_window_get_type ())
G_DECLARE_FINAL_TYPE (KanCorrectionWindow, kan_correction_window, KAN, CORRECTION_WINDOW, KanWizard)

/* @subject: "M12". */
GtkWidget *kan_correction_window_new_correct (KanSession *session, GtkWindow *parent, const char *subject);
GtkWidget *kan_correction_window_new_void    (KanSession *session, GtkWindow *parent, const char *subject);
GtkWidget *kan_correction_window_new_redact  (KanSession *session, GtkWindow *parent, const char *subject);

G_END_DECLS
