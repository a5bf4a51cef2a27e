/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules of taking media outside, apart from their declaration. */
#pragma once
#include "acts/kan-case.h"

G_BEGIN_DECLS

void kan_takeout_request_fill     (KanCase *c);
void kan_takeout_request_check    (KanCase *c);
void kan_takeout_request_effect   (KanCase *c);
void kan_takeout_dispatch_ready   (KanCase *c);
void kan_takeout_dispatch_check   (KanCase *c);
void kan_takeout_dispatch_effect  (KanCase *c);
void kan_takeout_unapproved_fill  (KanCase *c);
void kan_takeout_unapproved_check (KanCase *c);
void kan_takeout_arrive_check     (KanCase *c);
void kan_takeout_arrive_effect    (KanCase *c);
void kan_takeout_return_fill      (KanCase *c);
void kan_takeout_return_check     (KanCase *c);
void kan_takeout_return_effect    (KanCase *c);
void kan_takeout_close_ready      (KanCase *c);
void kan_takeout_close_check      (KanCase *c);
void kan_takeout_close_effect     (KanCase *c);

G_END_DECLS
