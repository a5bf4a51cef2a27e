/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of an act that waits for hands when something that has happened overtakes it. */
#pragma once
#include "acts/kan-book-private.h"

G_BEGIN_DECLS

typedef void (*KanLookFunc) (KanCase *c, gpointer data);

gboolean kan_judge_overtaken        (KanCase *c, const char *subject);
void     kan_judge_overtaken_beside (KanCase *c);
void     kan_overtake               (KanCase *c);
void     kan_overtake_beside        (KanCase *c);
void     kan_open_mark              (KanCase *c, const char *rule);
void     kan_look_overtaken         (KanCase *c, KanLookFunc look, gpointer data);

G_END_DECLS
