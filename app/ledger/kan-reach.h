/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which entries of a chain can still be read where pages of the database are damaged or missing. */
#pragma once
#include "ledger/kan-ledger.h"

G_BEGIN_DECLS

/* From seq to seq, both included; `last` G_MAXINT64: to the end, wherever that was. */
typedef struct { gint64 first, last; } KanReach;

/* A connection anew: one that met a damaged page reads nothing any more. */
typedef KanDb *(*KanReachOpen) (gpointer data, GError **error);

/* Each entry that can be read, in order and once. */
typedef void (*KanReachFunc) (const KanAct *act, gpointer data);

GArray *kan_reach_list_lost (KanReachOpen open, gpointer data, KanReachFunc visit, gpointer visit_data,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
