/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shortfalls (不備): what a marked fact left to be put right. The machinery opens them, an officer closes them. */
#include <glib/gi18n-lib.h>

#include "registers/kan-registers.h"
#include "values/kan-roles.h"

static const KanField fields[] = {
  { .id = "about", .label = L ("Record", "対象"), .type = KAN_CODE, .flags = KAN_LISTED, .width = 6 },
  { .id = "act", .label = L ("Entry", "処理番号"), .type = KAN_COUNT, .flags = KAN_LISTED, .width = 6 },
  { .id = "rule", .label = L ("Rule", "不適合の内容"), .type = KAN_CHOICE, .of = "breach", .flags = KAN_LISTED | KAN_NAME,
    .width = 20 },
  { .id = "question", .label = L ("Question", "項目"), .type = KAN_CODE, .width = 8 },
  { .id = "measure", .label = L ("Measure taken", "是正の内容"), .type = KAN_LINES, .flags = KAN_LISTED, .width = 20 },
  { 0 }
};

static const KanState states[] = {
  { "open",   L ("Open", "未是正") },
  { "closed", L ("Put right", "是正済") },
  { "void",   L ("Void", "取消") },
  { 0 }
};

static const KanAsk ask_close[] = { { .key = "measure", .page = L ("Measure", "是正"), .must = TRUE }, { 0 } };

static const KanKind kinds[] = {
  { .id = "shortfall.close", .title = L ("Put right", "是正を記録する"), .article = "8",
    .may = KAN_MANAGERS "|security_manager", .from = "open", .to = "closed",
    .asks = ask_close },
  { 0 }
};

static const KanList lists[] = {
  { .id = "shortfall_open", .label = L ("Open", "未是正"), .sql = "SELECT * FROM shortfall WHERE state = 'open'" },
  { 0 }
};

const KanRegister kan_shortfall_register = {
  .id = "shortfall", .prefix = "S", .article = "8", .title = L ("Shortfalls", "不備一覧"),
  .group = "oversight", .icon = "dialog-warning-symbolic",
  .fields = fields, .states = states, .kinds = kinds, .lists = lists,
  .first = "open",
};
