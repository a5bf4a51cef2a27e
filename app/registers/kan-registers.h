/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which registers there are. A new one is a file of declarations and a line in this list, which is also the order of
 * the sidebar. */
#pragma once
#include "acts/kan-book.h"

G_BEGIN_DECLS

#define KAN_EACH_REGISTER(X) \
  X (medium) \
  X (batch) \
  X (takeout) \
  X (destruction) \
  X (destruction_item) \
  X (person) \
  X (office) \
  X (appointment) \
  X (operator) \
  X (outsider) \
  X (place) \
  X (rule) \
  X (payment) \
  X (holiday) \
  X (holiday_day) \
  X (shortfall) \
  X (profile) \
  X (key) \
  X (file) \
  X (repair) \
  X (hand) \
  X (act)

#define KAN_DECLARE_REGISTER(id) extern const KanRegister kan_##id##_register;
KAN_EACH_REGISTER (KAN_DECLARE_REGISTER)
#undef KAN_DECLARE_REGISTER

const KanRegistry *kan_registers (void);

G_END_DECLS
