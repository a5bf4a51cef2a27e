/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Designated operators (システム操作者): nobody else handles identity information (Articles 4-3, 9-1). */
#include <glib/gi18n-lib.h>

#include "registers/kan-checks.h"
#include "registers/kan-registers.h"

static const KanField fields[] = {
  { .id = "person", .label = L ("Person", "職員"), .type = KAN_REF, .of = "person",
    .flags = KAN_LISTED | KAN_TOLD_THERE, .width = 12 },
  { .id = "since", .label = L ("Designated from", "指名日"), .type = KAN_DATE, .flags = KAN_LISTED, .width = 8 },
  { .id = "until", .label = L ("Revoked from", "指名解除日"), .type = KAN_DATE, .flags = KAN_LISTED, .width = 8 },
  { .id = "document_no", .label = L ("Document number", "文書番号"), .type = KAN_CODE,
    .flags = KAN_LISTED | KAN_SEARCHED | KAN_CORRECTABLE, .width = 10 },
  { .id = "reason", .label = L ("Reason", "理由"), .type = KAN_LINES },
  { 0 }
};

static const KanState states[] = {
  { "designated", L ("Designated", "指名中") },
  { "revoked",    L ("Revoked", "指名解除") },
  { "void",       L ("Void", "取消") },
  { 0 }
};

static const KanAsk ask_designate[] = {
  { .key = "person", .page = L ("Designation", "指名"), .must = TRUE, .about = TRUE },
  { .key = "since", .must = TRUE },
  { .key = "document_no" },
  { 0 }
};
static const KanAsk ask_revoke[] = {
  { .key = "until", .page = L ("Revocation", "指名解除"), .must = TRUE },
  { .key = "reason" },
  { 0 }
};

static void
designate_check (KanCase *c)
{
  if (!kan_ask_int (c, "SELECT count(*) FROM person WHERE id = :person AND state = 'employed'"))
    kan_refuse (c, KAN_WRONG_PERSON, "person", _("Only somebody employed here can be designated"));
  if (kan_ask_int (c, "SELECT count(*) FROM operator WHERE person = :person AND id IS NOT :subject"
                      " AND state IN ('designated', 'revoked') AND (until IS NULL OR :since < until)"))
    kan_refuse (c, KAN_TAKEN, "person", _("This person is a designated operator on that day already"));
  kan_check_no_auditor (c);
}

static void
revoke_check (KanCase *c)
{
  if (kan_ask_int (c, "SELECT :until < since FROM operator WHERE id = :subject"))
    kan_refuse (c, KAN_WRONG_DAY, "until", _("A designation cannot end before it begins"));
}

static const KanKind kinds[] = {
  { .id = "operator.designate", .title = L ("Designate", "指名する"), .article = "4-3", .may = "information_manager",
    .to = "designated", .asks = ask_designate, .strength = KAN_STRICT, .check = designate_check },
  { .id = "operator.revoke", .title = L ("Revoke", "指名を解除する"), .article = "4-3", .may = "information_manager",
    .from = "designated", .to = "revoked", .asks = ask_revoke, .strength = KAN_STRICT, .check = revoke_check },
  { 0 }
};

static const KanList lists[] = {
  { .id = "operator_current", .label = L ("Designated today", "指名中"),
    .sql = "SELECT o.* FROM operator o, today t WHERE o.state IN ('designated', 'revoked') AND o.since <= t.day"
           " AND (o.until IS NULL OR t.day < o.until)" },
  { 0 }
};

const KanRegister kan_operator_register = {
  .id = "operator", .prefix = "N", .article = "4-3", .title = L ("Operators", "システム操作者名簿"),
  .group = "people", .icon = "input-keyboard-symbolic", .judges = TRUE,
  .fields = fields, .states = states, .kinds = kinds, .lists = lists,
};
