/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What would stand if drafts had been signed already: for acts that are shown together before the first is signed. */
#pragma once
#include "acts/kan-book.h"

G_BEGIN_DECLS

/* Looks at the book as it would stand; FALSE: the world failed. */
typedef gboolean (*KanSupposeFunc) (KanBook *book, gpointer data, GError **error);

gboolean kan_book_suppose  (KanBook *self, KanSupposeFunc func, gpointer data,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kan_draft_suppose (KanDraft *self, gint64 person, gint64 at, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
