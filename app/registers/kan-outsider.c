/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Persons of other bodies: couriers, recipients, vendors, experts. They hold no key and sign on paper. */
#include <glib/gi18n-lib.h>

#include "registers/kan-checks.h"
#include "registers/kan-registers.h"

#define MAY "operator|information_manager|system_manager|security_manager"

static const KanField fields[] = {
  { .id = "name", .label = L ("Name", "氏名"), .type = KAN_TEXT, .flags = KAN_LISTED | KAN_SEARCHED | KAN_NAME,
    .width = 10 },
  { .id = "company", .label = L ("Company", "会社・機関名"), .type = KAN_TEXT,
    .flags = KAN_LISTED | KAN_SEARCHED | KAN_CORRECTABLE, .width = 16 },
  { .id = "post", .label = L ("Post", "所属・職名"), .type = KAN_TEXT,
    .flags = KAN_LISTED | KAN_SEARCHED | KAN_CORRECTABLE, .width = 12 },
  { .id = "telephone", .label = L ("Telephone", "電話番号"), .type = KAN_CODE,
    .flags = KAN_CORRECTABLE | KAN_EXEMPT, .width = 10 },
  { .id = "pledge_on", .label = L ("Pledge of", "誓約書の日付"), .type = KAN_DATE, .flags = KAN_LISTED | KAN_CORRECTABLE,
    .width = 8 },
  { .id = "contract_no", .label = L ("Contract", "契約番号"), .type = KAN_CODE,
    .flags = KAN_LISTED | KAN_SEARCHED | KAN_CORRECTABLE | KAN_EXEMPT, .width = 10 },
  { 0 }
};

static const KanState states[] = {
  { "known",  L ("Known", "登録中") },
  { "closed", L ("Closed", "登録終了") },
  { "void",   L ("Void", "取消") },
  { 0 }
};

static const KanAsk ask_register[] = {
  { .key = "name", .page = L ("Person", "外部の者"), .must = TRUE },
  { .key = "company", .must = TRUE },
  { .key = "post" },
  { .key = "telephone" },
  { .key = "pledge_on", .page = L ("Pledge and contract", "誓約・契約") },
  { .key = "contract_no" },
  { 0 }
};
static const KanAsk ask_amend[] = {
  { .key = "name", .page = L ("Person", "外部の者") },
  { .key = "company" },
  { .key = "post" },
  { .key = "telephone" },
  { .key = "pledge_on", .page = L ("Pledge and contract", "誓約・契約") },
  { .key = "contract_no" },
  { 0 }
};

static const KanTold told_namesakes[] = {
  KAN_TOLD_NAMESAKES ("outsider", "X", "company", "'known'", "Somebody else of this name", "同姓同名の外部の者"),
  { 0 }
};

static void
amend_check (KanCase *c)
{
  kan_check_any (c, "name", "company", "post", "telephone", "pledge_on", "contract_no", NULL);
}

static const KanKind kinds[] = {
  { .id = "outsider.register", .title = L ("Register an outsider", "外部の者を登録する"), .article = "11-3", .may = MAY,
    .to = "known", .asks = ask_register, .told = told_namesakes, .strength = KAN_LIGHT },
  { .id = "outsider.amend", .title = L ("Change particulars", "記載事項を変更する"), .article = "11-3", .may = MAY,
    .from = "known", .asks = ask_amend, .told = told_namesakes, .strength = KAN_LIGHT, .check = amend_check },
  { .id = "outsider.close", .title = L ("Close", "登録を終了する"), .article = "11-3", .may = MAY,
    .from = "known", .to = "closed", .strength = KAN_LIGHT },
  { 0 }
};

static const KanList lists[] = {
  { .id = "outsider_known", .label = L ("Known", "登録中"), .sql = "SELECT * FROM outsider WHERE state = 'known'" },
  { 0 }
};

const KanRegister kan_outsider_register = {
  .id = "outsider", .prefix = "X", .article = "11-3", .title = L ("Outsiders", "外部の者"),
  .group = "people", .icon = "contact-new-symbolic",
  .fields = fields, .states = states, .kinds = kinds, .lists = lists,
};
