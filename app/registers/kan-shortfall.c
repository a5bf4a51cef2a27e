/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shortfalls (不備): what a marked fact left to be put right. The machinery opens them, an officer closes them; where
 * only a signature is lacking, whoever it is wanted of does. */
#include <glib/gi18n-lib.h>

#include "acts/kan-case.h"
#include "registers/kan-registers.h"
#include "values/kan-roles.h"

static const KanField fields[] = {
  { .id = "about", .label = L ("Record", "対象"), .type = KAN_CODE, .flags = KAN_LISTED, .width = 6 },
  { .id = "act", .label = L ("Entry", "処理番号"), .type = KAN_COUNT, .of = "entry",
    .flags = KAN_LISTED, .width = 6 },
  { .id = "rule", .label = L ("Rule", "不適合の内容"), .type = KAN_CHOICE, .of = "breach", .flags = KAN_LISTED | KAN_NAME,
    .width = 20 },
  { .id = "question", .label = L ("Question", "項目"), .type = KAN_CODE, .width = 8 },
  { .id = "signer", .label = L ("Signature wanted of", "署名を要する者"), .type = KAN_REF, .of = "person",
    .flags = KAN_LISTED, .width = 8 },
  { .id = "measure", .label = L ("Measure taken", "是正の内容"), .type = KAN_LINES, .flags = KAN_LISTED, .width = 20 },
  { 0 }
};

static const KanState states[] = {
  { "open",   L ("Open", "未是正") },
  { "closed", L ("Put right", "是正済") },
  { "void",   L ("Void", "取消") },
  { 0 }
};

/* --- signing afterwards ------------------------------------------------------------------------------------------ */

static void
sign_fill (KanCase *c)
{
  kan_fill_n (c, "act", kan_ask_int (c, "SELECT act FROM shortfall WHERE id = :subject"));
}

static void
sign_ready (KanCase *c)
{
  gint64 signer = kan_ask_int (c, "SELECT ifnull(signer, 0) FROM shortfall WHERE id = :subject");

  if (signer == 0)
    kan_refuse (c, KAN_NOTHING_TO_DO, NULL, _("No signature is wanted there"));
  else if (signer != kan_case_actor (c))
    kan_breach (c, "not_entitled", NULL, _("Only whose signature is wanted signs afterwards"));
}

static void
sign_check (KanCase *c)
{
  if (kan_ask_int (c, "SELECT act IS NOT :act FROM shortfall WHERE id = :subject"))
    kan_refuse (c, KAN_MISMATCH, "act", _("This is not the entry that the signature is wanted for"));
}

static const KanAsk ask_sign[] = {
  { .key = "act", .page = L ("Signature", "署名"), .fill = KAN_FILL_ALWAYS }, { 0 }
};
static const KanAsk ask_close[] = { { .key = "measure", .page = L ("Measure", "是正"), .must = TRUE }, { 0 } };

static const KanKind kinds[] = {
  { .id = "shortfall.close", .title = L ("Put right", "是正を記録する"), .article = "8",
    .may = KAN_MANAGERS "|security_manager", .from = "open", .to = "closed",
    .asks = ask_close },
  { .id = "shortfall.sign", .title = L ("Sign afterwards", "追って署名する"), .article = "8", .may = "staff",
    .from = "open", .to = "closed", .asks = ask_sign, .strength = KAN_STRICT, .fill = sign_fill, .ready = sign_ready,
    .check = sign_check },
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
