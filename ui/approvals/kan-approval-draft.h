/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drafts of decisions: found by what they decide on, so that they are gone on with wherever its request is shown. */
#pragma once
#include "kan-session.h"

G_BEGIN_DECLS

/* In the database thread. @kind NULL: whatever the decision. */
KanAnswers *kan_approval_draft_find          (KanDesk *desk, const char *subject, const char *kind);
gboolean    kan_approval_draft_drop          (KanDesk *desk, const char *subject, const char *kind, GError **error);

void        kan_approval_draft_keep_async    (KanSession *session, const KanAnswers *answers, GAsyncReadyCallback ready,
                                              gpointer user_data);
void        kan_approval_draft_discard_async (KanSession *session, const char *subject, const char *kind,
                                              GAsyncReadyCallback ready, gpointer user_data);
gboolean    kan_approval_draft_finish        (KanSession *session, GAsyncResult *result, GError **error);

G_END_DECLS
