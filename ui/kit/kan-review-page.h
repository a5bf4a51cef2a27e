/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows exactly what will be signed, what still stands in the way, and what will be marked and why. */
#pragma once
#include <adwaita.h>

#include "kan-session.h"

G_BEGIN_DECLS

#define KAN_TYPE_REVIEW_PAGE (kan_review_page_get_type ())
G_DECLARE_FINAL_TYPE (KanReviewPage, kan_review_page, KAN, REVIEW_PAGE, GtkBox)

/* @answers is borrowed. Signals: "edited" (key): a reason was typed here; "go-to" (key): somebody wants to mend that
 * answer. */
GtkWidget *kan_review_page_new    (KanSession *session, KanSheet *sheet, KanAnswers *answers);
void       kan_review_page_show   (KanReviewPage *self, const KanReview *review, gboolean only_touched);
gboolean   kan_review_page_has    (KanReviewPage *self, const char *key);     /* is that answer given here? */
const char *kan_review_page_get_label (KanReviewPage *self, const char *path);     /* NULL: it asks no such question */
/* Lines as they will be signed, or were: groups by page, what the program answered marked. */
void       kan_review_lines_fill  (GtkBox *box, const GPtrArray *lines /* KanReviewLine */);

G_END_DECLS
