/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chain as a source of slots: which acts, and their cells. */
#pragma once
#include "kit/kan-slots.h"

G_BEGIN_DECLS

enum
{
  KAN_CHAIN_NUMBER, KAN_CHAIN_WHEN, KAN_CHAIN_WHO, KAN_CHAIN_TITLE, KAN_CHAIN_SUBJECT, KAN_CHAIN_NOTE, KAN_CHAIN_KEY,
  KAN_CHAIN_N_COLUMNS
};

KanActFilter *kan_chain_query_new (const KanActFilter *filter);

extern const KanSlotsHow kan_slots_of_chain;     /* source: KanActFilter of its own */

G_END_DECLS
