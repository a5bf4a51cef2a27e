/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What this terminal has seen of each file: the anchor of its last entry, in the account's state folder. */
#pragma once
#include "ledger/kan-ledger.h"

G_BEGIN_DECLS

typedef enum
{
  KAN_HEADS_HOLD,       /* the chain holds what was seen, or nothing is known */
  KAN_HEADS_SHORTER,    /* it ends before it */
  KAN_HEADS_FORK        /* it went another way */
} KanHeadsVerdict;

char           *kan_heads_recall  (const guint8 *file_id);                /* an anchor; NULL: nothing is known */
void            kan_heads_keep    (const guint8 *file_id, const KanHead *head);
gboolean        kan_heads_compare (const char *seen, KanDb *db, const KanHead *head, KanHeadsVerdict *verdict,
                                   gboolean *newer, GError **error) G_GNUC_WARN_UNUSED_RESULT;
const char     *kan_heads_verdict_id (KanHeadsVerdict verdict);           /* NULL: it holds */

G_END_DECLS
