/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Projections made anew: registers are what the acts add up to, and another projection number is a replay (DESIGN.md,
 * idea 3). The chain, free text, hints and whatever else no act fills stay as they are. */
#pragma once
#include "acts/kan-verify.h"

G_BEGIN_DECLS

/* In one transaction: the old tables stand, or the new ones, filled. */
gboolean    kan_book_rebuild       (KanBook *self, KanProgressFunc progress, gpointer data,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same in a copy of the file that goes away with the scratch: for openings that may not write. */
KanScratch *kan_book_rebuild_aside (KanBook *self, KanProgressFunc progress, gpointer data,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
