/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the ledger share: how columns are read and hashed. */
#pragma once
#include "ledger/kan-ledger.h"

G_BEGIN_DECLS

#define KAN_ACT_COLUMNS "seq, at, actor, key, session, kind, subject, happened_at, body, prev, hash, signature"

void       kan_ledger_hash_int   (KanHasher *hasher, gint64 value);
void       kan_ledger_hash_bytes (KanHasher *hasher, gconstpointer bytes, gsize size);
GPtrArray *kan_ledger_collect    (KanStmt *query, GError **error);

G_END_DECLS
