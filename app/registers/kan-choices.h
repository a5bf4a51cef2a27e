/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Vocabularies that no profile changes: hooks, roles or verification depend on them. */
#pragma once
#include "acts/kan-book.h"

G_BEGIN_DECLS

extern const KanFixedChoice kan_fixed_choices[];      /* ends with { 0 } */

G_END_DECLS
