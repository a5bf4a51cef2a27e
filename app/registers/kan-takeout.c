/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taking media outside (Article 11-3): asked for, consented to by two, dispatched, arrived, returned or handed over. */
#include "registers/kan-takeout.h"

#include "registers/kan-registers.h"

#define OPERATORS "operator"

static const KanField fields[] = {
  { .id = "takeout_no", .label = L ("Consent number", "承諾番号"), .type = KAN_NUMBER, .of = "takeout",
    .flags = KAN_LISTED, .width = 10 },
  { .id = "kind", .label = L ("Kind", "区分"), .type = KAN_CHOICE, .of = "takeout_kind", .flags = KAN_LISTED,
    .width = 6 },
  { .id = "media", .label = L ("Media", "記録媒体"), .type = KAN_REFS, .of = "medium",
    .flags = KAN_LISTED | KAN_TOLD_THERE, .width = 10 },
  { .id = "quantity", .label = L ("Quantity", "数量"), .type = KAN_COUNT, .flags = KAN_LISTED, .width = 4 },
  { .id = "count", .label = L ("Count", "件数"), .type = KAN_COUNT, .flags = KAN_LISTED, .width = 6 },
  { .id = "batches", .label = L ("Recordings consented to", "承諾に係る記録"), .type = KAN_REFS, .of = "batch",
    .flags = KAN_TOLD_THERE, .width = 10 },
  { .id = "counterpart", .label = L ("Counterpart", "相手方"), .type = KAN_REF, .of = "person|outsider",
    .flags = KAN_LISTED,
    .width = 10 },
  { .id = "destination", .label = L ("Destination", "持出先"), .type = KAN_TEXT, .flags = KAN_LISTED | KAN_SEARCHED,
    .width = 10 },
  { .id = "reason", .label = L ("Reason", "持出しの理由"), .type = KAN_LINES, .flags = KAN_ON_PAPER },
  { .id = "since", .label = L ("From", "持出日"), .type = KAN_DATE, .flags = KAN_LISTED, .width = 8 },
  { .id = "until", .label = L ("To be back by", "返却予定日"), .type = KAN_DATE, .flags = KAN_LISTED, .width = 8 },
  { .id = "valid_until", .label = L ("Approval valid until", "承諾の有効期限"), .type = KAN_DATE, .width = 8 },
  { .id = "erasure_agreed", .label = L ("Proof of erasure agreed", "消去証明の取決め"), .type = KAN_YES, .width = 5 },
  { .id = "approved_at", .label = L ("Consented at", "承諾日時"), .type = KAN_TIME, .width = 12 },
  { .id = "transport_no", .label = L ("Slip number", "搬送票番号"), .type = KAN_NUMBER, .of = "transport",
    .flags = KAN_LISTED, .width = 10 },
  { .id = "transport", .label = L ("Means of transport", "搬送方法"), .type = KAN_CHOICE, .of = "transport",
    .flags = KAN_ON_PAPER, .width = 10 },
  { .id = "route", .label = L ("Route", "搬送経路"), .type = KAN_TEXT, .flags = KAN_ON_PAPER, .width = 20 },
  { .id = "carrier", .label = L ("Carrier", "搬送者"), .type = KAN_REF, .of = "person|outsider",
    .flags = KAN_ON_PAPER, .width = 12 },
  { .id = "container", .label = L ("Container or packing", "容器・包装"), .type = KAN_CHOICE, .of = "packing",
    .flags = KAN_ON_PAPER, .width = 10 },
  { .id = "seal", .label = L ("Seal number", "封印番号"), .type = KAN_CODE,
    .flags = KAN_ON_PAPER | KAN_LISTED | KAN_SEARCHED,
    .width = 8 },
  { .id = "tracking_no", .label = L ("Tracking number", "追跡番号"), .type = KAN_CODE,
    .flags = KAN_ON_PAPER | KAN_CORRECTABLE | KAN_EXEMPT, .width = 10 },
  { .id = "taker_paper", .label = L ("Taken over on paper", "受渡しの自署"), .type = KAN_YES, .width = 5 },
  { .id = "dispatched_at", .label = L ("Dispatched at", "搬出日時"), .type = KAN_TIME, .flags = KAN_ON_PAPER, .width = 12 },
  { .id = "arrived_at", .label = L ("Arrived at", "到着日時"), .type = KAN_TIME, .flags = KAN_ON_PAPER, .width = 12 },
  { .id = "arrived_seal", .label = L ("Seal on arrival", "到着時の封印番号"), .type = KAN_CODE,
    .flags = KAN_ON_PAPER, .width = 10 },
  { .id = "arrival", .label = L ("State on arrival", "到着時の状態"), .type = KAN_CHOICE, .of = "arrival",
    .flags = KAN_ON_PAPER, .width = 10 },
  { .id = "receiver", .label = L ("Receiver", "受領者"), .type = KAN_REF, .of = "person|outsider",
    .flags = KAN_ON_PAPER, .width = 12 },
  { .id = "receiver_paper", .label = L ("Receipt on paper", "受領の自署"), .type = KAN_YES, .width = 5 },
  { .id = "receipt", .label = L ("Receipt number", "受領書番号"), .type = KAN_CODE,
    .flags = KAN_ON_PAPER | KAN_CORRECTABLE, .width = 10 },
  { .id = "returned_at", .label = L ("Returned at", "返却日時"), .type = KAN_TIME,
    .flags = KAN_ON_PAPER | KAN_LISTED, .width = 10 },
  { .id = "returned_quantity", .label = L ("Quantity returned", "返却数量"), .type = KAN_COUNT,
    .flags = KAN_ON_PAPER, .width = 5 },
  { .id = "returned_count", .label = L ("Count returned", "返却件数"), .type = KAN_COUNT, .width = 7 },
  { .id = "missing", .label = L ("Not returned", "未返却の媒体"), .type = KAN_REFS, .of = "medium",
    .flags = KAN_ON_PAPER, .width = 10 },
  { .id = "returned_state", .label = L ("State on return", "返却時の状態"), .type = KAN_CHOICE, .of = "arrival",
    .flags = KAN_ON_PAPER, .width = 10 },
  { .id = "returner", .label = L ("Returned by", "返却者"), .type = KAN_REF, .of = "person|outsider",
    .flags = KAN_ON_PAPER, .width = 12 },
  { .id = "returner_paper", .label = L ("Returned on paper", "返却の自署"), .type = KAN_YES, .width = 5 },
  { .id = "taken_back_by", .label = L ("Taken back by", "返却の受領者"), .type = KAN_REF, .of = "person",
    .flags = KAN_ON_PAPER, .width = 12 },
  { .id = "place", .label = L ("Place", "保管場所"), .type = KAN_REF, .of = "place", .width = 10 },
  { .id = "erasure_proof", .label = L ("Proof of erasure", "消去証明書番号"), .type = KAN_CODE,
    .flags = KAN_ON_PAPER | KAN_CORRECTABLE,
    .width = 10 },
  { .id = "closed_on", .label = L ("Closed on", "完了日"), .type = KAN_DATE, .flags = KAN_ON_PAPER, .width = 8 },
  { .id = "document_no", .label = L ("Document number", "文書番号"), .type = KAN_CODE,
    .flags = KAN_ON_PAPER | KAN_CORRECTABLE,
    .width = 10 },
  { .id = "note", .label = L ("Remarks", "備考"), .type = KAN_LINES, .flags = KAN_ON_PAPER },
  { 0 }
};

static const KanState states[] = {
  { "requested",  L ("Waiting", "決裁待ち") },
  { "approved",   L ("Approved", "決裁済") },
  { "refused",    L ("Refused", "不承諾") },
  { "asked_back", L ("Asked back", "差戻し") },
  { "withdrawn",  L ("Withdrawn", "取下げ") },
  { "handing",    L ("Being handed over", "搬出手続中") },
  { "out",        L ("In transit", "搬送中") },
  { "arriving",   L ("Arrival to be confirmed", "到着確認中") },
  { "arrived",    L ("Out", "持出中") },
  { "returning",  L ("Being returned", "返却手続中") },
  { "returned",   L ("Returned", "返却済") },
  { "closed",     L ("Closed", "完了") },
  { "void",       L ("Void", "取消") },
  { 0 }
};

#define ASK_WHAT_AND_WHERE \
  { .key = "kind", .page = L ("Which media", "記録媒体"), .must = TRUE }, \
  { .key = "media", .must = TRUE, .about = TRUE }, \
  { .key = "quantity", .fill = KAN_FILL_ALWAYS }, \
  { .key = "count", .fill = KAN_FILL_ALWAYS }, \
  { .key = "counterpart", .page = L ("Where to", "持出先・相手方"), .must = TRUE }, \
  { .key = "destination", .must = TRUE }
#define ASK_TRANSPORT \
  { .key = "transport", .page = L ("Transport", "搬送方法・経路・容器") }, \
  { .key = "route" }, \
  { .key = "carrier" }, \
  { .key = "container" }
static const KanAsk ask_request[] = {
  ASK_WHAT_AND_WHERE,
  { .key = "batches", .fill = KAN_FILL_ALWAYS },
  { .key = "reason", .page = L ("Why and how long", "理由・期間"), .must = TRUE },
  { .key = "since", .must = TRUE },
  { .key = "until" },
  { .key = "valid_until", .fill = KAN_FILL_BLANK },
  { .key = "erasure_agreed" },
  ASK_TRANSPORT,
  { .key = "document_no" },
  { .key = "note" },
  { 0 }
};
static const KanAsk ask_dispatch[] = {
  { .key = "quantity", .page = L ("Counting", "数量・件数"), .must = TRUE },
  { .key = "count", .must = TRUE },
  { .key = "container", .page = L ("Packing", "容器・包装・封印"), .must = TRUE, .stands = TRUE },
  { .key = "seal", .must = TRUE },
  { .key = "transport", .stands = TRUE },
  { .key = "route", .stands = TRUE },
  { .key = "tracking_no" },
  { .key = "carrier", .page = L ("Hand-over", "受渡し"), .must = TRUE, .stands = TRUE },
  { .key = "taker_paper" },
  { 0 }
};
static const KanAsk ask_arrive[] = {
  { .key = "arrived_seal", .page = L ("Arrival", "到着"), .must = TRUE },
  { .key = "arrival", .must = TRUE },
  { .key = "receiver", .must = TRUE },
  { .key = "receiver_paper" },
  { .key = "receipt" },
  { 0 }
};
static const KanAsk ask_return[] = {
  { .key = "returned_quantity", .page = L ("Counting", "数量・件数"), .must = TRUE, .beside = "quantity" },
  { .key = "returned_count", .must = TRUE, .beside = "count" },
  { .key = "missing" },
  { .key = "returned_state", .must = TRUE },
  { .key = "returner", .page = L ("Hand-over", "受渡し"), .must = TRUE },
  { .key = "returner_paper" },
  { .key = "taken_back_by", .must = TRUE, .fill = KAN_FILL_BLANK },
  { .key = "place", .page = L ("Place", "保管場所"), .must = TRUE },
  { .key = "note" },
  { 0 }
};
static const KanAsk ask_close[] = {
  { .key = "receipt", .page = L ("Receipt", "受領"), .must = TRUE },
  { .key = "erasure_proof" },
  { .key = "note" },
  { 0 }
};
static const KanAsk ask_unapproved[] = {
  ASK_WHAT_AND_WHERE,
  { .key = "reason", .must = TRUE },
  { .key = "until" },
  ASK_TRANSPORT,
  { .key = "seal" },
  { .key = "note" },
  { 0 }
};
static const KanAsk ask_cancel[] = {
  { .key = "note", .page = L ("Withdrawal", "取下げ") },
  { 0 }
};

static const KanHand consents[] = { { .as = "information_manager" }, { .as = "system_manager" }, { 0 } };
static const KanHand taker[] = {
  { .as = "taker", .title = L ("Carrier", "搬送者"), .person = "carrier", .paper = "taker_paper",
    .lacking = "11-3.carrier_unsigned" },
  { 0 }
};
static const KanHand receiver[] = {
  { .as = "receiver", .title = L ("Receiver", "受領者"), .person = "receiver", .paper = "receiver_paper",
    .lacking = "11-3.receiver_unsigned" },
  { 0 }
};
static const KanHand giver_and_taker[] = {
  { .as = "returner", .title = L ("Returned by", "返却者"), .person = "returner", .paper = "returner_paper" },
  { .as = "receiver", .title = L ("Receiver", "受領者"), .person = "taken_back_by" },
  { 0 }
};

/* Out of the house past the day by which what is on it must be gone. */
static const KanTold request_told[] = {
  { "until", { .id = "purge_by", .label = L ("To be destroyed before it is back, by", "返却前に到来する消去期限"),
               .type = KAN_DATE },
    "SELECT min(p.purge_by) FROM json_each(:media) chosen JOIN batch ON batch.medium = chosen.value"
    " JOIN payment_day p ON p.day = (SELECT min(q.day) FROM payment_day q WHERE q.day > batch.recorded_on)"
    " WHERE batch.state = 'open' AND p.purge_by < :until", TRUE },
  { 0 }
};

static const KanKind kinds[] = {
  { .id = "takeout.request", .title = L ("Ask to take out", "持出しを申請する"), .article = "11-3", .may = OPERATORS,
    .wait = "requested", .to = "approved", .asks = ask_request, .hands = consents, .told = request_told,
    .series = "takeout", .fill = kan_takeout_request_fill, .check = kan_takeout_request_check,
    .effect = kan_takeout_request_effect },
  { .id = "takeout.cancel", .title = L ("Withdraw", "取り下げる"), .article = "11-3",
    .may = OPERATORS "|information_manager|system_manager", .from = "approved", .to = "withdrawn", .asks = ask_cancel },
  { .id = "takeout.dispatch", .title = L ("Dispatch", "搬出する"), .article = "11-3", .may = OPERATORS, .from = "approved",
    .wait = "handing", .to = "out", .asks = ask_dispatch, .hands = taker, .strength = KAN_STRICT, .series = "transport",
    .ready = kan_takeout_dispatch_ready, .check = kan_takeout_dispatch_check, .effect = kan_takeout_dispatch_effect },
  { .id = "takeout.unapproved", .title = L ("Record a dispatch without consent", "承諾のない搬出を記録する"),
    .article = "11-3", .may = "staff", .to = "out", .asks = ask_unapproved, .strength = KAN_STRICT,
    .flags = KAN_FACT | KAN_SELDOM, .overtakes = "media", .fill = kan_takeout_unapproved_fill,
    .check = kan_takeout_unapproved_check, .effect = kan_takeout_dispatch_effect },
  { .id = "takeout.arrive", .title = L ("Arrival", "到着を確認する"), .article = "11-3", .may = OPERATORS, .from = "out",
    .wait = "arriving", .to = "arrived", .asks = ask_arrive, .hands = receiver, .flags = KAN_FACT,
    .check = kan_takeout_arrive_check, .effect = kan_takeout_arrive_effect },
  { .id = "takeout.return", .title = L ("Return", "返却を受ける"), .article = "11-3", .may = OPERATORS,
    .from = "out|arrived", .wait = "returning", .to = "returned", .asks = ask_return, .hands = giver_and_taker,
    .flags = KAN_FACT, .fill = kan_takeout_return_fill, .check = kan_takeout_return_check,
    .effect = kan_takeout_return_effect },
  { .id = "takeout.close", .title = L ("Close the hand-over", "引渡しを完了する"), .article = "11-3", .may = OPERATORS,
    .from = "out|arrived", .to = "closed", .asks = ask_close, .flags = KAN_FACT, .ready = kan_takeout_close_ready,
    .check = kan_takeout_close_check, .effect = kan_takeout_close_effect },
  { 0 }
};

/* Closing time of the day by which it was to be back, and the hours that the profile allows. */
#define SQL_LATE_FROM "strftime('%Y-%m-%dT%H:%M', o.until || 'T' || t.closes, '+' || t.late_hours || ' hours')"
#define SQL_OUT \
  "SELECT o.*, " SQL_LATE_FROM " AS late_from FROM takeout o, today t" \
  " WHERE o.state IN ('out', 'arriving', 'arrived', 'returning')"

static const KanField out_columns[] = {
  { .id = "late_from", .label = L ("Late from", "遅延となる日時"), .type = KAN_TIME, .flags = KAN_DEADLINE,
    .width = 10 },
  { 0 }
};

/* Dispatched neither past the consent's validity nor past the period it was given for. */
#define SQL_APPROVED \
  "SELECT o.*, min(o.valid_until, ifnull(o.until, o.valid_until)) AS leaves_by FROM takeout o, today t" \
  " WHERE o.state = 'approved'"
static const KanField approved_columns[] = {
  { .id = "leaves_by", .label = L ("To be dispatched by", "搬出の期限"), .type = KAN_DATE, .width = 8 },
  { 0 }
};

static const KanList lists[] = {
  { .id = "takeout_waiting", .label = L ("Waiting", "決裁待ち"), .sql = "SELECT * FROM takeout WHERE state = 'requested'" },
  { .id = "takeout_approved", .label = L ("Approved", "決裁済"), .sql = SQL_APPROVED " AND leaves_by >= t.day",
    .columns = approved_columns },
  { .id = "takeout_expired", .label = L ("Expired", "有効期間経過"), .sql = SQL_APPROVED " AND leaves_by < t.day",
    .columns = approved_columns },
  { .id = "takeout_out", .label = L ("Out", "持出中"), .sql = SQL_OUT, .columns = out_columns },
  { .id = "takeout_late", .label = L ("Not returned in time", "返却遅延"),
    .sql = SQL_OUT " AND " SQL_LATE_FROM " < t.at", .columns = out_columns },
  { 0 }
};

static const char *forms[] = { "takeout_application", "transport_slip", NULL };

const KanRegister kan_takeout_register = {
  .id = "takeout", .prefix = "T", .article = "11-3", .title = L ("Take-outs", "持出・搬送簿"),
  .group = "media", .icon = "document-send-symbolic",
  .fields = fields, .states = states, .kinds = kinds, .lists = lists, .forms = forms,
  .first = "requested|approved|asked_back|handing|out|arriving|arrived|returning|returned",
};
