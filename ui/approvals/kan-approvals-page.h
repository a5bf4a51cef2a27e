/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Approvals (決裁待ち): what waits for whom, and the approval wizard for several in a row. */
#pragma once
#include <adwaita.h>

#include "kan-session.h"

G_BEGIN_DECLS

#define KAN_TYPE_APPROVALS_PAGE (kan_approvals_page_get_type ())
G_DECLARE_FINAL_TYPE (KanApprovalsPage, kan_approvals_page, KAN, APPROVALS_PAGE, GtkWidget)

GtkWidget *kan_approvals_page_new (KanSession *session);

G_END_DECLS
