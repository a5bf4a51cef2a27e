/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Replay into a scratch book, for verifying. */
#pragma once
#include "acts/kan-book-private.h"
#include "acts/kan-verify.h"

G_BEGIN_DECLS

KanScratch *kan_scratch_new      (KanBook *like, GError **error) G_GNUC_WARN_UNUSED_RESULT;
KanScratch *kan_scratch_new_few  (KanBook *like, GError **error) G_GNUC_WARN_UNUSED_RESULT;
KanScratch *kan_scratch_new_copy (KanBook *like, GError **error) G_GNUC_WARN_UNUSED_RESULT;
KanDb      *kan_book_get_copy    (KanBook *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean    kan_replay_act       (KanBook *book, const KanAct *act, gboolean *readable, char **why,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
