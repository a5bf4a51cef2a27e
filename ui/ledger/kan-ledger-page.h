/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chain (処理記録): who signed what, filters, verification with progress, anchors. */
#pragma once
#include <adwaita.h>

#include "kan-session.h"

G_BEGIN_DECLS

#define KAN_TYPE_LEDGER_PAGE (kan_ledger_page_get_type ())
G_DECLARE_FINAL_TYPE (KanLedgerPage, kan_ledger_page, KAN, LEDGER_PAGE, GtkWidget)

GtkWidget *kan_ledger_page_new          (KanSession *session);
void       kan_ledger_page_focus_search (KanLedgerPage *self);

G_END_DECLS
