/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the machinery is told: every register, and who holds which role on a day. */
#include "registers/kan-registers.h"

#include "registers/kan-choices.h"

/* Entered ahead or ended ahead, an appointment holds from its first to its last day. */
/* The `+` keeps the index on the state out of it, and with it a table of the two states at each asking. */
#define APPOINTED \
  "+a.state IN ('in_force', 'ended') AND a.since <= :day AND (a.until IS NULL OR :day <= a.until)"

/* A designation runs from its first day until the day on which it is revoked. */
static const KanRoleRule roles[] = {
  { "operator", "SELECT made FROM operator WHERE person = :person AND +state IN ('designated', 'revoked')"
                " AND since <= :day AND (until IS NULL OR :day < until)" },
  { 0 }
};

static const KanGroup groups[] = {
  { "media",     L ("Media", "記録媒体") },
  { "people",    L ("People", "職員・組織") },
  { "rooms",     L ("Rooms", "入退室") },
  { "history",   L ("History", "操作履歴") },
  { "things",    L ("Things", "物品・契約") },
  { "oversight", L ("Oversight", "統括・点検") },
  { 0 }
};

/**
 * kan_registers:
 *
 * Returns: (transfer none): the registry of this program
 */
const KanRegistry *
kan_registers (void)
{
#define KAN_LIST_REGISTER(id) &kan_##id##_register,
  static const KanRegister *registers[] = { KAN_EACH_REGISTER (KAN_LIST_REGISTER) NULL };
#undef KAN_LIST_REGISTER
  static const KanRegistry registry = {
    .registers = registers,
    .roles = roles,
    .choices = kan_fixed_choices,
    .groups = groups,
    .offices_sql = "SELECT o.code FROM appointment a JOIN office o ON o.id = a.office"
                   " WHERE a.person = :person AND " APPOINTED,
    .holders_sql = "SELECT a.person, (a.kind = 'acting') || a.since || printf('%08d', a.id)"
                   " FROM appointment a JOIN office o ON o.id = a.office"
                   " WHERE o.code = :office AND " APPOINTED,
    .named_sql = "SELECT decides FROM rule WHERE decides IS NOT NULL AND state = 'in_force' AND in_force_from <= :day"
                 " AND ifnull((SELECT max(seq) FROM hand WHERE hand.act = rule.made AND hand.verdict = 'given'),"
                         " rule.made)"
                 " < :request",
    .named_key = "decides",
    .issued_sql = "SELECT issued FROM person WHERE id = :person",
  };

  return &registry;
}
