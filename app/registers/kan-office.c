/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Offices. Which roles one carries is the profile's word, found by its code; one that the profile does not know has no
 * code, and carries none. */
#include <glib/gi18n-lib.h>

#include "registers/kan-registers.h"
#include "values/kan-roles.h"

static const KanField fields[] = {
  { .id = "code", .label = L ("Office by the profile", "規程設定上の職"), .type = KAN_CHOICE, .of = "office",
    .flags = KAN_UNIQUE, .width = 14 },
  { .id = "title", .label = L ("Title", "職名"), .type = KAN_TEXT, .flags = KAN_LISTED | KAN_SEARCHED | KAN_NAME,
    .width = 14 },
  { 0 }
};

static const KanState states[] = {
  { "standing",  L ("Standing", "設置中") },
  { "abolished", L ("Abolished", "廃止") },
  { "void",      L ("Void", "取消") },
  { 0 }
};

static const KanAsk ask_establish[] = {
  { .key = "title", .page = L ("Office", "職"), .must = TRUE },
  { .key = "code" },
  { 0 }
};

static void
abolish_ready (KanCase *c)
{
  if (kan_ask_int (c, "SELECT count(*) FROM appointment WHERE office = :subject AND state IN ('in_force', 'ended')"
                      " AND (until IS NULL OR :day <= until)"))
    kan_refuse (c, KAN_IN_USE, NULL, _("Somebody is appointed to this office\nend the appointment first"));
}

static const KanKind kinds[] = {
  { .id = "office.establish", .title = L ("Establish an office", "職を登録する"), .article = "3", .may = KAN_MANAGERS,
    .to = "standing", .asks = ask_establish },
  { .id = "office.abolish", .title = L ("Abolish", "職を廃止する"), .article = "3", .may = KAN_MANAGERS,
    .from = "standing", .to = "abolished", .ready = abolish_ready },
  { 0 }
};

static const KanList lists[] = {
  { .id = "office_standing", .label = L ("Standing", "設置中"), .sql = "SELECT * FROM office WHERE state = 'standing'" },
  { 0 }
};

const KanRegister kan_office_register = {
  .id = "office", .prefix = "O", .article = "3", .title = L ("Offices", "職"),
  .group = "people", .icon = "view-list-symbolic", .judges = TRUE,
  .fields = fields, .states = states, .kinds = kinds, .lists = lists,
};
