/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chain as a source of slots: which acts, and their cells. */
#pragma once
#include "kit/kan-slots.h"

G_BEGIN_DECLS

/* All NULL: every act. */
typedef struct { char *subject, *actor, *kind, *marked; } KanChainQuery;

enum
{
  KAN_CHAIN_NUMBER, KAN_CHAIN_WHEN, KAN_CHAIN_WHO, KAN_CHAIN_TITLE, KAN_CHAIN_SUBJECT, KAN_CHAIN_NOTE, KAN_CHAIN_KEY,
  KAN_CHAIN_N_COLUMNS
};

KanChainQuery *kan_chain_query_new (const char *subject, const char *actor, const char *kind, const char *marked);

extern const KanSlotsHow kan_slots_of_chain;     /* source: KanChainQuery */

G_END_DECLS
