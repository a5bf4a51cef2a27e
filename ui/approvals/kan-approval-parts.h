/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the approval wizard shows of a request. */
#pragma once
#include <adwaita.h>

#include "kan-session.h"

G_BEGIN_DECLS

/* A request with the records it is about. */
typedef struct
{
  KanViewPending *pending;      /* NULL: it does not wait any more */
  GPtrArray      *all, *records;
  KanAnswers     *begun;        /* the draft of a decision on it that was kept last; NULL: none */
} KanApprovalRequest;

void                kan_approval_ask          (KanSession *session, const char *subject, GCancellable *cancellable,
                                               GAsyncReadyCallback ready, gpointer user_data);
KanApprovalRequest *kan_approval_ask_finish   (KanSession *session, GAsyncResult *result, GError **error);
void                kan_approval_request_free (KanApprovalRequest *self);

const char *kan_approval_verb    (const KanViewPending *pending, const char *kind);
void kan_approval_add_heading (GtkBox *box, const char *text, const char *style);
void kan_approval_add_begun   (GtkBox *box, const KanApprovalRequest *request);
void kan_approval_add_marks   (GtkBox *box, const GPtrArray *marks);
void kan_approval_add_hands   (GtkBox *box, const KanViewPending *pending);
void kan_approval_add_record  (GtkBox *box, const KanRecordView *record);

G_END_DECLS
