/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Undoing in a database that keeps no journal. */
#pragma once
#include "db/kan-db.h"

G_BEGIN_DECLS

void kan_undo_after (KanDb *db, KanTransactionFunc func, gpointer data, GError **error);

G_END_DECLS
