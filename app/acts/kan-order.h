/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The order in time of what is recorded later than it happened. */
#pragma once
#include "acts/kan-book-private.h"

G_BEGIN_DECLS

char *kan_act_dup_when (const KanAct *act) G_GNUC_WARN_UNUSED_RESULT;
void  kan_judge_order (KanCase *c);

G_END_DECLS
