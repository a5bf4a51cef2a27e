/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A draft of an act that is begun, or was not signed yet, outside the act's own wizard. */
#pragma once
#include "kan-session.h"

G_BEGIN_DECLS

void   kan_keep_async  (KanSession *session, const KanAnswers *answers, GCancellable *cancellable,
                        GAsyncReadyCallback ready, gpointer user_data);
gint64 kan_keep_finish (KanSession *session, GAsyncResult *result, GError **error);

G_END_DECLS
