/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Payment days that the rule does not give: off-cycle payments, and days moved by a decision (Article 11-1). */
#include <glib/gi18n-lib.h>

#include "registers/kan-checks.h"
#include "registers/kan-registers.h"

static const KanField fields[] = {
  { .id = "day", .label = L ("Paid on", "支給日"), .type = KAN_DATE, .flags = KAN_LISTED | KAN_UNIQUE, .width = 10 },
  { .id = "serves", .label = L ("For the payment of", "対象支払期"), .type = KAN_PERIOD, .flags = KAN_LISTED, .width = 8 },
  { .id = "kind", .label = L ("Kind", "区分"), .type = KAN_CHOICE, .of = "payment_kind", .flags = KAN_LISTED,
    .width = 8 },
  { .id = "replaces", .label = L ("Instead of", "変更前の支給日"), .type = KAN_DATE, .flags = KAN_LISTED, .width = 10 },
  { .id = "document_no", .label = L ("Document number", "文書番号"), .type = KAN_CODE,
    .flags = KAN_LISTED | KAN_CORRECTABLE, .width = 10 },
  { 0 }
};

static const KanState states[] = {
  { "entered", L ("Entered", "登録済") },
  { "void",    L ("Void", "取消") },
  { 0 }
};

static const KanAsk ask_enter[] = {
  { .key = "kind", .page = L ("Payment", "年金給付"), .must = TRUE },
  { .key = "serves", .must = TRUE },
  { .key = "day", .must = TRUE },
  { .key = "replaces" },
  { .key = "document_no" },
  { 0 }
};

static void
enter_check (KanCase *c)
{
  if (g_strcmp0 (kan_answer (c, "kind"), "override") == 0 &&
      kan_ask_int (c, "SELECT count(*) FROM payment WHERE serves = :serves AND kind = 'override' AND state = 'entered'"
                      " AND id IS NOT :subject"))
    kan_refuse (c, "serves", _("The payment of this month was moved already; void that entry first"));
}

static const KanKind kinds[] = {
  { .id = "payment.enter", .title = L ("Enter a payment day", "支給日を登録する"), .article = "11-1",
    .may = "information_manager|system_manager", .to = "entered", .asks = ask_enter, .check = enter_check },
  { 0 }
};

static const KanList lists[] = {
  { .id = "payment_entered", .label = L ("Entered", "登録済"), .sql = "SELECT * FROM payment WHERE state = 'entered'" },
  { 0 }
};

const KanRegister kan_payment_register = {
  .id = "payment", .prefix = "Y", .article = "11-1", .title = L ("Payment days", "年金給付の支給日"),
  .group = "oversight", .icon = "alarm-symbolic",
  .fields = fields, .states = states, .kinds = kinds, .lists = lists,
};
