/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys: a person is a key. Nobody ever knew another's: it is drawn by its holder and claimed before an officer. */
#include <glib/gi18n-lib.h>

#include "registers/kan-registers.h"

static const KanField fields[] = {
  { .id = "person", .label = L ("Person", "職員"), .type = KAN_REF, .of = "person",
    .flags = KAN_LISTED | KAN_NAME | KAN_TOLD_THERE, .width = 10 },
  { .id = "sign_key", .label = L ("Key for acts", "署名鍵"), .type = KAN_KEY, .flags = KAN_LISTED | KAN_UNIQUE,
    .width = 20 },
  { .id = "statement_key", .label = L ("Key for statements", "証明鍵"), .type = KAN_KEY, .flags = KAN_UNIQUE,
    .width = 16 },
  { .id = "box_key", .label = L ("Box key", "受信鍵"), .type = KAN_KEY, .flags = KAN_UNIQUE, .width = 16 },
  { 0 }
};

static const KanState states[] = {
  { "claiming",   L ("Waiting for an officer", "本人確認待ち") },
  { "valid",      L ("Valid", "有効") },
  { "superseded", L ("Superseded", "更新済") },
  { "revoked",    L ("Revoked", "失効") },
  { "refused",    L ("Refused", "却下") },
  { "asked_back", L ("Asked back", "差戻し") },
  { "withdrawn",  L ("Withdrawn", "取下げ") },
  { "void",       L ("Void", "取消") },
  { 0 }
};

static const KanAsk ask_claim[] = {
  { .key = "person", .page = L ("Key", "鍵"), .must = TRUE },
  { .key = "sign_key", .must = TRUE },
  { .key = "statement_key", .must = TRUE },
  { .key = "box_key", .must = TRUE },
  { 0 }
};

static void
claim_check (KanCase *c)
{
  if (kan_answered (c, "person") && kan_answer_ref (c, "person") != kan_case_actor (c))
    kan_refuse (c, KAN_WRONG_PERSON, "person", _("Everybody claims their own key"));
  if (kan_ask_int (c, "SELECT count(*) FROM person WHERE id = :person AND state = 'employed'"
                      " AND login IS NOT NULL") == 0)
    kan_breach (c, "not_enrolled", "person", _("This person was not enrolled"));
  if (kan_ask_int (c, "SELECT count(*) FROM key WHERE person = :person AND state = 'valid'") > 0)
    kan_breach (c, "has_key", "person", _("This person already holds a key"));
}

static const KanKind kinds[] = {
  { .id = "key.claim", .title = L ("Claim a key", "鍵を受け取る"), .article = "14-2", .wait = "claiming", .to = "valid",
    .asks = ask_claim, .strength = KAN_STRICT, .flags = KAN_POWER | KAN_CLAIMS, .check = claim_check },
  { 0 }
};

static const KanList lists[] = {
  { .id = "key_valid", .label = L ("Valid", "有効"), .sql = "SELECT * FROM key WHERE state = 'valid'" },
  { 0 }
};

const KanRegister kan_key_register = {
  .id = "key", .prefix = "K", .article = "14-2", .title = L ("Keys of persons", "署名鍵簿"),
  .group = "people", .icon = "dialog-password-symbolic", .judges = TRUE,
  .fields = fields, .states = states, .kinds = kinds, .lists = lists,
};
