/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decisions on several requests, each reviewed by itself, signed together with one passphrase. */
#pragma once
#include <adwaita.h>

#include "kan-session.h"

G_BEGIN_DECLS

/* One that was reviewed. `why` and `is_signed` are what became of it. */
typedef struct
{
  guint       at;                /* which of the requests */
  char       *title, *said;      /* said: the verb and the answers, as they will be signed */
  KanAnswers *answers;
  gboolean    is_typed;      /* there is more to lose than a click */
  gboolean    is_signed;
  char       *why;           /* NULL: nothing stood in its way */
} KanApprovalDecision;

KanApprovalDecision *kan_approval_decision_new  (guint at, const char *title, const char *said,
                                                 const KanAnswers *answers, gboolean is_typed);
void                 kan_approval_decision_free (KanApprovalDecision *self);

#define KAN_APPROVAL_CHANGE "approval.change"      /* u: which of the decisions */

void     kan_approval_show_batch        (GtkBox *box, const GPtrArray *decisions);
void     kan_approval_sign_batch_async  (KanSession *session, const GPtrArray *decisions, KanSecret *passphrase,
                                         GAsyncReadyCallback ready, gpointer user_data);
gboolean kan_approval_sign_batch_finish (KanSession *session, GAsyncResult *result, GPtrArray *decisions,
                                         GError **error);

G_END_DECLS
