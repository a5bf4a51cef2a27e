/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A form made from a sheet's questions: one row each, the refusal beside its field; what another answer makes needless
 * is not shown. */
#pragma once
#include <adwaita.h>

#include "kan-session.h"

G_BEGIN_DECLS

#define KAN_TYPE_FORM (kan_form_get_type ())
G_DECLARE_FINAL_TYPE (KanForm, kan_form, KAN, FORM, GtkBox)

/* @first, @n: which of the sheet's questions; answers are read from and written to @answers (borrowed, as the sheet
 * is). Signal "edited": somebody changed an answer (key). */
GtkWidget *kan_form_new           (KanSession *session, KanSheet *sheet, guint first, guint n, KanAnswers *answers);
/* One more question, borrowed, e.g. a reason that only some acts want. */
void       kan_form_add_question  (KanForm *self, const KanQuestion *question);
/* "It happened earlier": when, and why it is entered late. */
void       kan_form_add_late      (KanForm *self, gboolean when);
void       kan_form_set_title     (KanForm *self, const char *title, const char *description);
/* Shows each refusal below its row; those of other pages are left alone. Returns how many it showed, marks not
   counted. `only_touched`: those of answers that nobody has tried to give yet are kept back. */
guint      kan_form_show_refusals (KanForm *self, GPtrArray *refusals, gboolean only_touched);
/* What the program will answer, beside the rows where nobody does. */
void       kan_form_show_filled   (KanForm *self, const GPtrArray *lines /* KanReviewLine */);
void       kan_form_leave_out     (KanForm *self, const char *const *keys);
gboolean   kan_form_has           (KanForm *self, const char *path);    /* does a refusal's key belong here? */
guint      kan_form_n_rows        (KanForm *self);
void       kan_form_focus         (KanForm *self, const char *key);     /* NULL: the first row */
void       kan_form_focus_refused (KanForm *self);      /* the first row with a refusal */
gboolean   kan_form_hold_marks    (KanForm *self);      /* is there a mark that was not told yet? goes there */
gboolean   kan_form_has_last      (KanForm *self);      /* is anything not answered yet that was the last time? */
void       kan_form_take_last     (KanForm *self);      /* answers it so, and marks it as taken over */
void       kan_form_reload        (KanForm *self);      /* after answers were changed from outside */

G_END_DECLS
