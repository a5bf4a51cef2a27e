/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where media are kept: the appointed places of Article 11-2, each in a room of a security level (Article 13). */
#include <glib/gi18n-lib.h>

#include "registers/kan-checks.h"
#include "registers/kan-registers.h"

#define MAY "information_manager|system_manager"

static const KanField fields[] = {
  { .id = "title", .label = L ("Name", "名称"), .type = KAN_TEXT,
    .flags = KAN_LISTED | KAN_SEARCHED | KAN_NAME | KAN_UNIQUE,
    .width = 14 },
  { .id = "room", .label = L ("Room", "室"), .type = KAN_TEXT, .flags = KAN_LISTED | KAN_SEARCHED | KAN_CORRECTABLE,
    .width = 12 },
  { .id = "level", .label = L ("Security level", "セキュリティ区分"), .type = KAN_COUNT, .flags = KAN_LISTED, .width = 6 },
  { .id = "keeper", .label = L ("Keeper", "保管担当"), .type = KAN_REF, .of = "person", .flags = KAN_LISTED, .width = 10 },
  { 0 }
};

static const KanState states[] = {
  { "standing", L ("In use", "使用中") },
  { "closed",   L ("Closed", "廃止") },
  { "void",     L ("Void", "取消") },
  { 0 }
};

static const KanAsk ask_establish[] = {
  { .key = "title", .page = L ("Place", "保管場所"), .must = TRUE },
  { .key = "room", .must = TRUE },
  { .key = "level", .must = TRUE },
  { .key = "keeper" },
  { 0 }
};
static const KanAsk ask_amend[] = {
  { .key = "room", .page = L ("Place", "保管場所") },
  { .key = "keeper" },
  { 0 }
};

static void
establish_check (KanCase *c)
{
  gint64 level = kan_answer_n (c, "level");

  if (kan_answered (c, "level") && (level < 1 || level > 3))
    kan_refuse (c, KAN_OUT_OF_RANGE, "level", _("Security levels are 1, 2 and 3; media are stored at level 3"));
}

static void
amend_check (KanCase *c)
{
  kan_check_any (c, "room", "keeper", NULL);
}

static void
close_ready (KanCase *c)
{
  gint64 kept = kan_ask_int (c, "SELECT count(*) FROM medium WHERE place = :subject"
                                " AND state NOT IN ('destroyed', 'handed_over')");

  if (kept > 0)
    kan_refuse (c, KAN_IN_USE, NULL, _("%s media belong in this place\nmove them first"),
                kan_say_count (c, kept));
}

static const KanKind kinds[] = {
  { .id = "place.establish", .title = L ("Establish a place", "保管場所を定める"), .article = "11-2", .may = MAY,
    .to = "standing", .asks = ask_establish, .check = establish_check },
  { .id = "place.amend", .title = L ("Change particulars", "記載事項を変更する"), .article = "11-2", .may = MAY,
    .from = "standing", .asks = ask_amend, .check = amend_check },
  { .id = "place.close", .title = L ("Close", "保管場所を廃止する"), .article = "11-2", .may = MAY,
    .from = "standing", .to = "closed", .ready = close_ready },
  { 0 }
};

static const KanList lists[] = {
  { .id = "place_storage", .label = L ("For media", "記録媒体の保管場所"),
    .sql = "SELECT * FROM place WHERE state = 'standing' AND level = 3" },
  { 0 }
};

const KanRegister kan_place_register = {
  .id = "place", .prefix = "L", .article = "11-2", .title = L ("Places", "保管場所"),
  .group = "media", .icon = "mark-location-symbolic",
  .fields = fields, .states = states, .kinds = kinds, .lists = lists,
};
