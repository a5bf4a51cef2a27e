/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Today (本日の業務): what needs me first, then what is due against a strip of the coming payment days. */
#pragma once
#include <adwaita.h>

#include "kan-session.h"

G_BEGIN_DECLS

#define KAN_TYPE_TODAY_PAGE (kan_today_page_get_type ())
G_DECLARE_FINAL_TYPE (KanTodayPage, kan_today_page, KAN, TODAY_PAGE, GtkWidget)

/* Signal "counted" (KanTodayView, borrowed): for the badges of the sidebar. */
GtkWidget *kan_today_page_new   (KanSession *session);
void       kan_today_page_focus (KanTodayPage *self);

G_END_DECLS
