/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Acts of a register that put right what no correction of an entry may (KAN_RESTATES). */
#pragma once
#include "acts/kan-book-private.h"

G_BEGIN_DECLS

void           kan_restate         (KanCase *c);
const KanKind *kan_restating_kind  (KanBook *book, const KanRegister *reg, const KanField *field);
const KanKind *kan_cancelling_kind (KanBook *book, const KanRegister *reg);

G_END_DECLS
