/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Media that hold identity information, from registration or receipt to erasure and reuse (Articles 2, 9-1, 11). */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "registers/kan-checks.h"
#include "registers/kan-registers.h"
#include "values/kan-text.h"

#define HANDLERS "operator"
#define ANYBODY_IN_CHARGE "operator|information_manager|system_manager"
#define LIVE "registered|stored|in_use|in_transit|out|missing|erased|faulty"

#define SQL_LATEST_UNCOVERED \
  "SELECT max(recorded_on) FROM batch WHERE medium = :subject AND state = 'open'" KAN_SQL_AND_UNCOVERED

static const KanField fields[] = {
  { .id = "label", .label = L ("Register number", "登録番号"), .type = KAN_TEXT,
    .flags = KAN_LISTED | KAN_SEARCHED | KAN_UNIQUE | KAN_NAME, .width = 14 },
  { .id = "media_kind", .label = L ("Kind", "種類"), .type = KAN_CHOICE, .of = "media_kind", .flags = KAN_LISTED,
    .width = 8 },
  { .id = "maker", .label = L ("Maker", "製造者"), .type = KAN_TEXT, .width = 8 },
  { .id = "model", .label = L ("Model", "型式"), .type = KAN_TEXT, .flags = KAN_CORRECTABLE, .width = 10 },
  { .id = "serial", .label = L ("Serial number", "製造番号"), .type = KAN_CODE,
    .flags = KAN_LISTED | KAN_SEARCHED | KAN_COMPARED | KAN_EXEMPT, .width = 12 },
  { .id = "capacity", .label = L ("Capacity", "容量"), .type = KAN_TEXT, .flags = KAN_CORRECTABLE, .width = 6 },
  { .id = "sheets", .label = L ("Sheets", "枚数"), .type = KAN_COUNT, .width = 5 },
  { .id = "source", .label = L ("Received or bought from", "受領元・購入元"), .type = KAN_TEXT, .flags = KAN_CORRECTABLE,
    .width = 14 },
  { .id = "received_from", .label = L ("Handed over by", "引き渡した者"), .type = KAN_REF, .of = "person|outsider",
    .width = 12 },
  { .id = "giver_paper", .label = L ("Handed over on paper", "引渡しの自署"), .type = KAN_YES, .width = 5 },
  { .id = "received_seal", .label = L ("Seal on receipt", "受入時の封印番号"), .type = KAN_CODE, .flags = KAN_CORRECTABLE,
    .width = 10 },
  { .id = "received_count", .label = L ("Count on the slip", "送付票の件数"), .type = KAN_COUNT, .width = 7 },
  { .id = "arrival", .label = L ("State on receipt", "受入時の状態"), .type = KAN_CHOICE, .of = "arrival", .width = 8 },
  { .id = "place", .label = L ("Place", "保管場所"), .type = KAN_REF, .of = "place", .flags = KAN_LISTED, .width = 10 },
  { .id = "holder", .label = L ("Held by", "所持者"), .type = KAN_REF, .of = "person|outsider", .flags = KAN_LISTED,
    .width = 10 },
  { .id = "holder_paper", .label = L ("Taken over on paper", "受渡しの自署"), .type = KAN_YES, .width = 5 },
  { .id = "used_for", .label = L ("Used for", "使用目的"), .type = KAN_TEXT, .width = 14 },
  { .id = "out_since", .label = L ("Out of store since", "庫出日時"), .type = KAN_TIME, .width = 12 },
  { .id = "checked_on", .label = L ("Checked on", "点検日"), .type = KAN_DATE, .flags = KAN_LISTED, .width = 8 },
  { .id = "condition", .label = L ("Result of the check", "障害の有無"), .type = KAN_CHOICE, .of = "condition", .width = 8 },
  { .id = "early_until", .label = L ("May be destroyed early until", "期限前消去の承認期限"), .type = KAN_DATE, .width = 8 },
  { .id = "early_reason", .label = L ("Reason for destroying early", "期限前消去の理由"), .type = KAN_TEXT, .width = 20 },
  { .id = "early_at", .label = L ("Early destruction approved at", "期限前消去の承認日時"), .type = KAN_TIME, .width = 12 },
  { .id = "erased_at", .label = L ("Erased at", "消去日時"), .type = KAN_TIME, .width = 12 },
  { .id = "erasure", .label = L ("Method of erasure", "消去の方法"), .type = KAN_CHOICE, .of = "erasure", .width = 12 },
  { .id = "erasure_tool", .label = L ("Program and version", "ソフト名及び版"), .type = KAN_TEXT, .flags = KAN_CORRECTABLE,
    .width = 14 },
  { .id = "erasure_verified", .label = L ("Verified unreadable", "復元できないことの確認"), .type = KAN_YES, .width = 6 },
  { .id = "erasure_place", .label = L ("Erased in", "消去の場所"), .type = KAN_TEXT, .flags = KAN_CORRECTABLE, .width = 12 },
  { .id = "erased_by", .label = L ("Erased by", "消去の実施者"), .type = KAN_REF, .of = "person|outsider", .width = 10 },
  { .id = "eraser_paper", .label = L ("Erased on paper", "消去の自署"), .type = KAN_YES, .width = 5 },
  { .id = "erased_count", .label = L ("Count erased", "消去件数"), .type = KAN_COUNT, .width = 7 },
  { .id = "unerasable", .label = L ("Cannot be erased", "消去不能"), .type = KAN_YES, .width = 6 },
  { .id = "payment_day", .label = L ("Next payment", "次回の支給日"), .type = KAN_DATE, .width = 8 },
  { .id = "incident_no", .label = L ("Incident number", "事故番号"), .type = KAN_CODE, .flags = KAN_CORRECTABLE,
    .width = 8 },
  { .id = "found_at", .label = L ("Found at", "発見場所"), .type = KAN_TEXT, .flags = KAN_CORRECTABLE, .width = 14 },
  { .id = "note", .label = L ("Particulars", "状況・備考"), .type = KAN_LINES },
  { .id = "correction_reason", .label = L ("Reason for the correction", "訂正の理由"), .type = KAN_LINES },
  { 0 }
};

static const KanState states[] = {
  { "receiving",   L ("Receipt to be confirmed", "受入確認待ち") },
  { "refused",     L ("Refused", "不承認") },
  { "asked_back",  L ("Asked back", "差戻し") },
  { "withdrawn",   L ("Withdrawn", "取下げ") },
  { "registered",  L ("Registered", "登録済") },
  { "stored",      L ("In store", "保管中") },
  { "handing",     L ("Being taken out of store", "庫出確認待ち") },
  { "in_use",      L ("In use", "使用中") },
  { "checking",    L ("Check to be confirmed", "点検確認待ち") },
  { "early_asked", L ("Early destruction asked for", "期限前消去申請中") },
  { "erasing",     L ("Erasure to be confirmed", "消去確認待ち") },
  { "in_transit",  L ("In transit", "搬送中") },
  { "out",         L ("Out", "持出中") },
  { "missing",     L ("Missing", "所在不明") },
  { "faulty",      L ("Faulty", "障害あり") },
  { "erased",      L ("Erased, reusable", "消去済（再使用可）") },
  { "unconfirmed", L ("Destroyed, to be confirmed", "廃棄済（確認待ち）") },
  { "destroyed",   L ("Destroyed", "廃棄済") },
  { "handed_over", L ("Handed over", "引渡済") },
  { "void",        L ("Void", "取消") },
  { 0 }
};

#define ASK_MEDIUM \
  { .key = "media_kind", .page = L ("Medium", "記録媒体"), .must = TRUE, .again = TRUE }, \
  { .key = "label", .must = TRUE }, \
  { .key = "maker", .again = TRUE }, \
  { .key = "model", .again = TRUE }, \
  { .key = "serial" }, \
  { .key = "capacity", .again = TRUE }, \
  { .key = "sheets" }
static const KanAsk ask_register[] = {
  ASK_MEDIUM,
  { .key = "source", .again = TRUE },
  { 0 }
};
static const KanAsk ask_receive[] = {
  ASK_MEDIUM,
  { .key = "source", .page = L ("Receipt", "受入"), .must = TRUE, .again = TRUE },
  { .key = "received_from", .must = TRUE },
  { .key = "giver_paper" },
  { .key = "received_seal" },
  { .key = "received_count" },
  { .key = "arrival", .must = TRUE },
  { 0 }
};
static const KanAsk ask_place[] = {
  { .key = "place", .page = L ("Place", "保管場所"), .must = TRUE, .again = TRUE },
  { 0 }
};
static const KanAsk ask_checkout[] = {
  { .key = "used_for", .page = L ("Use", "使用"), .must = TRUE, .again = TRUE },
  { .key = "holder", .fill = KAN_FILL_BLANK },
  { .key = "holder_paper" },
  { 0 }
};
static const KanAsk ask_checkin[] = {
  { .key = "place", .page = L ("Place", "保管場所"), .fill = KAN_FILL_BLANK },
  { 0 }
};
static const KanAsk ask_check[] = {
  { .key = "checked_on", .page = L ("Check", "点検"), .must = TRUE, .happened = TRUE },
  { .key = "condition", .must = TRUE },
  { .key = "note" },
  { 0 }
};
static const KanAsk ask_early[] = {
  { .key = "early_reason", .page = L ("Early destruction", "期限前消去"), .must = TRUE },
  { .key = "early_until", .fill = KAN_FILL_BLANK },
  { 0 }
};
static const KanAsk ask_erase[] = {
  { .key = "erasure", .page = L ("Erasure", "消去"), .must = TRUE },
  { .key = "erasure_tool" },
  { .key = "erased_count", .must = TRUE },
  { .key = "erasure_verified", .must = TRUE },
  { .key = "erasure_place" },
  { .key = "erased_by", .must = TRUE, .fill = KAN_FILL_BLANK },
  { .key = "eraser_paper" },
  { .key = "payment_day", .fill = KAN_FILL_ALWAYS },
  { .key = "note" },
  { 0 }
};
static const KanAsk ask_erase_failed[] = {
  { .key = "erasure", .page = L ("Attempt", "消去の試行"), .must = TRUE },
  { .key = "erasure_tool" },
  { .key = "note", .must = TRUE },
  { 0 }
};
static const KanAsk ask_restate[] = {
  { .key = "label", .page = L ("Medium", "記録媒体"), .stands = TRUE },
  { .key = "maker", .stands = TRUE },
  { .key = "serial", .stands = TRUE },
  { .key = "sheets", .stands = TRUE },
  { .key = "reason", .page = L ("Reason", "理由"), .must = TRUE, .into = "correction_reason" },
  { 0 }
};
static const KanAsk ask_lost[] = {
  { .key = "note", .page = L ("Loss", "滅失"), .must = TRUE },
  { .key = "incident_no" },
  { 0 }
};
static const KanAsk ask_found[] = {
  { .key = "found_at", .page = L ("Finding", "発見"), .must = TRUE },
  { .key = "place", .must = TRUE },
  { .key = "note" },
  { 0 }
};

static const KanHand giver[] = {
  { .as = "giver", .title = L ("Handed over by", "引き渡した者"), .person = "received_from", .paper = "giver_paper",
    .lacking = "11-3.giver_unsigned" },
  { 0 }
};
/* Whoever takes it out for themselves has signed for it; whoever is named by somebody else signs, too. */
static const KanHand holder[] = {
  { .as = "holder", .title = L ("Held by", "所持者"), .person = "holder", .paper = "holder_paper",
    .lacking = "11-2.holder_unsigned" },
  { 0 }
};
static const KanHand eraser[] = {
  { .as = "executor", .title = L ("Executor", "実施者"), .person = "erased_by", .paper = "eraser_paper",
    .lacking = "11-4.executor_unsigned" },
  { 0 }
};
static const KanHand information_manager[] = { { .as = "information_manager" }, { 0 } };
static const KanHand system_manager[] = { { .as = "system_manager" }, { 0 } };

/* --- registration ------------------------------------------------------------------------------------------------ */

/* Media of the same serial number, however it is written: as answered, else as the medium has it. */
#define SQL_SAME_SERIAL \
  "SELECT m.id, m.maker, (SELECT maker FROM medium WHERE id = :subject)" \
  " FROM alike a CROSS JOIN medium m ON m.id = a.id WHERE a.register = 'medium'" \
  " AND a.field = 'serial' AND a.key = ifnull(:serial_alike, (SELECT own.key FROM alike own" \
  " WHERE own.register = 'medium' AND own.field = 'serial' AND own.id = :subject)) AND m.id IS NOT :subject" \
  " AND m.state NOT IN ('void', 'refused', 'withdrawn')"

/* A medium is told apart by it when it is destroyed: two may have the same only where both makers are known. */
static void
compare_serial (KanStmt *row, gpointer data)
{
  KanCase *c = data;
  const char *known = !kan_stmt_is_null (row, 2) ? kan_stmt_text (row, 2) : NULL;
  const char *ours = kan_answered (c, "maker") ? kan_answer (c, "maker") : known, *theirs = kan_stmt_text (row, 1);
  g_autofree char *a = ours != NULL ? kan_text_alike_key (ours) : NULL;
  g_autofree char *b = !kan_stmt_is_null (row, 1) ? kan_text_alike_key (theirs) : NULL;

  if (a == NULL || b == NULL || strcmp (a, b) == 0)
    kan_refuse (c, KAN_TAKEN, kan_answered (c, "serial") ? "serial" : "maker",
                _("A medium with this serial number is registered already (M%s)\n"
                  "where two makers used the same number, give both makers"), kan_stmt_text (row, 0));
}

static void
register_check (KanCase *c)
{
  const char *media_kind = kan_answer (c, "media_kind");
  const KanMediaKind *kind = kan_find_media_kind (c, media_kind);

  kan_check_media_kind (c, "media_kind", media_kind);
  if (kind != NULL && g_strcmp0 (kind->unit, "sheet") == 0 && kan_answer_n (c, "sheets") == 0)
    kan_refuse (c, KAN_MISSING, "sheets", _("Paper is registered with its number of sheets"));
  if (kan_answered (c, "serial"))
    kan_ask_rows (c, SQL_SAME_SERIAL, compare_serial, c);
}

/* By these it is known when it is destroyed: what waits to be confirmed was identified by the former ones. */
static void
restate_check (KanCase *c)
{
  kan_check_not_doomed (c, NULL, KAN_SQL_DOOMED_AMONG ("SELECT :subject"));
  kan_check_changes (c, "SELECT count(*) FROM medium WHERE id = :subject AND label = ifnull(:label, label)"
                        " AND maker IS ifnull(:maker, maker) AND serial IS ifnull(:serial, serial)"
                        " AND sheets IS ifnull(:sheets, sheets)", "label", "maker", "serial", "sheets", NULL);
  if (kan_answered (c, "serial") || kan_answered (c, "maker"))
    kan_ask_rows (c, SQL_SAME_SERIAL, compare_serial, c);
}

static void
receive_check (KanCase *c)
{
  register_check (c);
  kan_check_undamaged (c, "arrival");
}

/* Of a medium that is here: nothing is done with it while its destruction waits to be confirmed. */
static void
medium_ready (KanCase *c)
{
  kan_check_not_doomed (c, NULL, KAN_SQL_DOOMED_AMONG ("SELECT :subject"));
}

/* --- store and terminal ------------------------------------------------------------------------------------------ */

static void
store_check (KanCase *c)
{
  kan_check_storage (c, "place");
}

/* Erased at the terminal, it is still with whoever took it there, though it belongs where it did. */
static void
move_check (KanCase *c)
{
  store_check (c);
  if (kan_ask_int (c, "SELECT count(*) FROM medium WHERE id = :subject AND place = :place AND holder IS NULL"))
    kan_refuse (c, KAN_NOTHING_TO_DO, "place", _("It lies there already, so nothing would change"));
}

static void
store_effect (KanCase *c)
{
  kan_set (c, "UPDATE medium SET holder = NULL, out_since = NULL, used_for = NULL WHERE id = :subject");
}

static void
checkout_fill (KanCase *c)
{
  kan_fill_actor (c, "holder");
}

static void
checkout_check (KanCase *c)
{
  kan_check_handler (c, "holder");
}

static void
checkout_effect (KanCase *c)
{
  kan_set (c, "UPDATE medium SET out_since = :when WHERE id = :subject");
}

/* It goes back to where it belongs unless told otherwise. */
static void
checkin_fill (KanCase *c)
{
  g_autofree char *place = kan_ask_text (c, "SELECT 'L' || place FROM medium WHERE id = :subject");

  kan_fill_text (c, "place", place);
}

static void
checkin_check (KanCase *c)
{
  if (!kan_answered (c, "place"))
    kan_refuse (c, KAN_MISSING, "place", _("This medium has no place yet\nsay where it is stored"));
  kan_check_storage (c, "place");
}

static void
check_effect (KanCase *c)
{
  kan_set (c, "UPDATE medium SET state = 'faulty' WHERE id = :subject AND condition = 'faulty'");
}

/* --- erasure ----------------------------------------------------------------------------------------------------- */

static void
early_ready (KanCase *c)
{
  medium_ready (c);
  if (!kan_ask_int (c, "SELECT count(*) FROM batch WHERE medium = :subject AND state = 'open'"))
    kan_refuse (c, KAN_NOTHING_TO_DO, NULL, _("Nothing is recorded on this medium"));
}

static void
early_fill (KanCase *c)
{
  g_autofree char *last = kan_last_approved_day (c, kan_case_day (c));

  kan_fill_text (c, "early_until", last);
}

static void
early_check (KanCase *c)
{
  g_autofree char *last = kan_last_approved_day (c, kan_case_day (c));
  const char *until = kan_answer (c, "early_until");

  if (until == NULL)
    kan_refuse (c, KAN_MISSING, "early_until", _("Until when the approval is to hold is not told\n"
                                                 "say until when"));
  else if (last != NULL && g_strcmp0 (until, last) > 0)
    kan_breach (c, "11-1.early_until", "early_until", _("Approval is valid until %s at most"),
                kan_say_day (c, last));
  kan_check_not_past (c, "early_until");
}

static void
early_effect (KanCase *c)
{
  kan_set (c, "UPDATE medium SET early_at = strftime('%Y-%m-%dT%H:%M', :at, '+9 hours') WHERE id = :subject");
}

static void
erase_fill (KanCase *c)
{
  g_autofree char *latest = kan_ask_text (c, SQL_LATEST_UNCOVERED);

  kan_fill_payment_day (c, latest);
  kan_fill_actor (c, "erased_by");
}

static void
check_method (KanCase *c)
{
  const KanProfile *profile = kan_case_profile (c);
  g_autofree char *kind = kan_ask_text (c, "SELECT media_kind FROM medium WHERE id = :subject");

  if (profile != NULL && kind != NULL && kan_answered (c, "erasure") &&
      !kan_profile_erasure_fits (profile, kind, kan_answer (c, "erasure")))
    kan_breach (c, "11-4.method", "erasure", _("This method does not erase media of this kind safely"));
}

static void
erase_check (KanCase *c)
{
  g_autofree char *latest = kan_ask_text (c, SQL_LATEST_UNCOVERED);
  gint64 held = kan_ask_int (c, KAN_SQL_OPEN_COUNT " AND medium = :subject");

  if (kan_ask_int (c, "SELECT state IN ('destroyed', 'handed_over') FROM medium WHERE id = :subject"))
    kan_refuse (c, KAN_NOTHING_TO_DO, NULL, _("This medium is no longer here"));
  if (kan_answered (c, "erased_count") && kan_answer_n (c, "erased_count") != held)
    kan_breach (c, "11-1.count", "erased_count", _("%s were recorded, copies included"),
                kan_say_count (c, held));
  if (kan_answered (c, "erasure_verified") && !kan_answer_yes (c, "erasure_verified"))
    kan_refuse (c, KAN_MISMATCH, "erasure_verified", _("Not verified is not erased\n"
                                                       "record a failed erasure instead"));
  if (kan_ask_int (c, "SELECT count(*) FROM batch WHERE medium = :subject AND state = 'open' AND hold = 1"))
    kan_breach (c, "11-1.hold", NULL, _("What is recorded on it is on hold by the chief"));
  check_method (c);
  kan_check_handler (c, "erased_by");
  kan_check_due (c, latest);
}

static void
erase_effect (KanCase *c)
{
  kan_set (c, "UPDATE batch SET state = 'erased', closed_on = :when_day, act = :seq, erased_at = :when,"
              " erasure = :erasure, erasure_tool = :erasure_tool, erasure_place = :erasure_place,"
              " erased_by = :erased_by WHERE medium = :subject AND state = 'open'");
  kan_set (c, "UPDATE medium SET erased_at = :when, unerasable = NULL, early_until = NULL, early_at = NULL"
              " WHERE id = :subject");
}

static void
erase_failed_effect (KanCase *c)
{
  kan_set (c, "UPDATE medium SET unerasable = 1 WHERE id = :subject");
}

/* --- loss -------------------------------------------------------------------------------------------------------- */

static void
lost_check (KanCase *c)
{
  if (kan_ask_int (c, "SELECT state IN ('destroyed', 'handed_over') FROM medium WHERE id = :subject"))
    kan_refuse (c, KAN_NOTHING_TO_DO, NULL, _("This medium is no longer here"));
}

static void
lost_effect (KanCase *c)
{
  kan_set (c, "UPDATE batch SET state = 'lost', closed_on = :when_day WHERE medium = :subject AND state = 'open'");
  if (!kan_answered (c, "incident_no"))
    kan_open_shortfall (c, "20.incident_number", "incident_no");
}

static void
found_effect (KanCase *c)
{
  kan_set (c, "UPDATE batch SET state = 'open', closed_on = NULL WHERE medium = :subject AND state = 'lost'");
  kan_set (c, "UPDATE medium SET holder = NULL, out_since = NULL WHERE id = :subject");
}

/* --- declaration ------------------------------------------------------------------------------------------------- */

static const KanKind kinds[] = {
  { .id = "media.register", .title = L ("Register a medium", "記録媒体を登録する"), .article = "11-2", .may = HANDLERS,
    .to = "registered", .asks = ask_register, .check = register_check },
  { .id = "media.receive", .title = L ("Receive a medium", "記録媒体を受け入れる"), .article = "11-3", .may = HANDLERS,
    .wait = "receiving", .to = "registered", .asks = ask_receive, .hands = giver, .flags = KAN_FACT,
    .check = receive_check },
  { .id = "media.store", .title = L ("Store", "保管する"), .article = "11-2", .may = HANDLERS, .from = "registered|in_use",
    .to = "stored", .asks = ask_place, .strength = KAN_LIGHT, .ready = medium_ready, .check = store_check,
    .effect = store_effect },
  { .id = "media.move", .title = L ("Move", "保管場所を変更する"), .article = "11-2", .may = HANDLERS,
    .from = "stored|erased|faulty", .asks = ask_place, .strength = KAN_LIGHT, .flags = KAN_SELDOM,
    .clears = "holder|out_since|used_for", .ready = medium_ready, .check = move_check },
  { .id = "media.checkout", .title = L ("Take out of store", "庫出する"), .article = "11-2", .may = HANDLERS,
    .from = "stored", .wait = "handing", .to = "in_use", .asks = ask_checkout, .hands = holder,
    .strength = KAN_LIGHT, .fill = checkout_fill, .ready = medium_ready, .check = checkout_check,
    .effect = checkout_effect },
  { .id = "media.checkin", .title = L ("Put back", "庫入する"), .article = "11-2", .may = HANDLERS, .from = "in_use",
    .to = "stored", .asks = ask_checkin, .strength = KAN_LIGHT, .fill = checkin_fill, .ready = medium_ready,
    .check = checkin_check, .effect = store_effect },
  { .id = "media.check", .title = L ("Check", "点検する"), .article = "11-6", .may = HANDLERS, .from = "stored|faulty",
    .wait = "checking", .to = "stored", .asks = ask_check, .hands = system_manager, .strength = KAN_LIGHT,
    .flags = KAN_SELDOM, .ready = medium_ready, .effect = check_effect },
  { .id = "media.early", .title = L ("Ask to destroy early", "期限前消去を申請する"), .article = "11-1", .may = HANDLERS,
    .from = "stored", .wait = "early_asked", .to = "stored", .asks = ask_early, .hands = information_manager,
    .flags = KAN_SELDOM, .fill = early_fill, .ready = early_ready, .check = early_check, .effect = early_effect },
  { .id = "media.erase", .title = L ("Erase", "消去する"), .article = "11-4", .may = HANDLERS,
    .from = "registered|stored|in_use|faulty", .wait = "erasing", .to = "erased", .asks = ask_erase, .hands = eraser,
    .strength = KAN_STRICT, .flags = KAN_FACT, .fill = erase_fill, .ready = medium_ready, .check = erase_check,
    .effect = erase_effect },
  { .id = "media.erase_failed", .title = L ("Record a failed erasure", "消去不能を記録する"), .article = "11-4",
    .may = HANDLERS, .from = "registered|stored|in_use|faulty", .to = "faulty", .asks = ask_erase_failed,
    .flags = KAN_FACT | KAN_SELDOM, .ready = medium_ready, .effect = erase_failed_effect },
  { .id = "media.restate", .title = L ("Correct numbers or maker", "登録番号・製造番号等を訂正する"), .article = "11-2",
    .may = HANDLERS, .from = LIVE, .asks = ask_restate, .hands = system_manager, .strength = KAN_STRICT,
    .flags = KAN_SELDOM | KAN_RELIES | KAN_RESTATES, .check = restate_check },
  { .id = "media.lost", .title = L ("Record a loss", "滅失を記録する"), .article = "20", .may = ANYBODY_IN_CHARGE,
    .from = LIVE, .to = "missing", .asks = ask_lost, .flags = KAN_FACT | KAN_SELDOM, .ready = medium_ready,
    .check = lost_check, .effect = lost_effect },
  { .id = "media.found", .title = L ("Record a finding", "発見を記録する"), .article = "20", .may = ANYBODY_IN_CHARGE,
    .from = "missing", .to = "stored", .asks = ask_found, .flags = KAN_FACT, .ready = medium_ready,
    .check = store_check, .effect = found_effect },
  { 0 }
};

static const KanField hold_columns[] = {
  { .id = "open_count", .label = L ("Count", "件数"), .type = KAN_COUNT, .width = 7 },
  { 0 }
};

/* Closing time of the day on which it was taken out; of the next day, where the office had closed by then. */
#define SQL_BACK_BY \
  "(date(m.out_since, iif(substr(m.out_since, 12) < t.closes, '+0', '+1') || ' days') || 'T' || t.closes)"
#define SQL_IN_USE "SELECT m.*, " SQL_BACK_BY " AS back_by FROM medium m, today t WHERE m.state = 'in_use'"

static const KanField use_columns[] = {
  { .id = "back_by", .label = L ("To be back by", "庫入期限"), .type = KAN_TIME, .flags = KAN_DEADLINE, .width = 10 },
  { 0 }
};

#define SQL_PURGE_BY \
  "(SELECT min(p.purge_by) FROM batch b JOIN payment_day p ON p.day = (SELECT min(q.day) FROM payment_day q" \
  " WHERE q.day > b.recorded_on) WHERE b.medium = m.id AND b.state = 'open') AS purge_by"

static const KanField present_columns[] = {
  { .id = "purge_by", .label = L ("To be destroyed by", "消去期限"), .type = KAN_DATE, .flags = KAN_DEADLINE,
    .width = 8 },
  { 0 }
};

static const KanList lists[] = {
  { .id = "medium_present", .label = L ("All", "すべて"), .columns = present_columns,
    .sql = "SELECT m.id AS id, iif (m.state <> 'destroyed' AND " KAN_SQL_DOOMED ("m.id") ", 'unconfirmed', m.state)"
           " AS state, m.*, " SQL_PURGE_BY " FROM medium m" },
  { .id = "medium_stored", .label = L ("In store", "保管中"), .sql = "SELECT * FROM medium WHERE state = 'stored'" },
  { .id = "medium_in_use", .label = L ("In use", "使用中"), .sql = SQL_IN_USE, .columns = use_columns },
  { .id = "medium_not_back", .label = L ("Not put back in time", "庫入遅延"),
    .sql = SQL_IN_USE " AND " SQL_BACK_BY " < t.at", .columns = use_columns },
  { .id = "medium_overdue", .label = L ("Overdue for destruction", "消去期限超過"), .columns = present_columns,
    .sql = "SELECT h.* FROM (SELECT m.*, " SQL_PURGE_BY " FROM medium m) h, today t WHERE h.purge_by < t.day" },
  { .id = "medium_out", .label = L ("Out", "持出中"),
    .sql = "SELECT * FROM medium WHERE state IN ('in_transit', 'out')" },
  { .id = "medium_missing", .label = L ("Missing", "所在不明"), .sql = "SELECT * FROM medium WHERE state = 'missing'" },
  { .id = "medium_holding", .label = L ("Holding identity information", "本人確認情報あり"),
    .sql = "SELECT m.*, (SELECT sum(b.count * (1 + ifnull(b.copies, 0))) FROM batch b WHERE b.medium = m.id"
           " AND b.state = 'open') AS open_count FROM medium m"
           " WHERE EXISTS (SELECT 1 FROM batch b WHERE b.medium = m.id AND b.state = 'open')",
    .columns = hold_columns },
  { .id = "medium_reusable", .label = L ("Erased, reusable", "消去済（再使用可）"),
    .sql = "SELECT * FROM medium WHERE state = 'erased' AND NOT " KAN_SQL_DOOMED ("medium.id") },
  { .id = "medium_to_check", .label = L ("Check due", "点検期限到来"),
    .sql = "SELECT m.* FROM medium m, today t WHERE m.state IN ('stored', 'in_use')"
           " AND ifnull(m.checked_on, (SELECT date(ifnull(a.happened_at, datetime(a.at, '+9 hours'))) FROM act a"
           " WHERE a.seq = m.made))"
           " < date(t.day, '-' || t.check_days || ' days')" },
  { 0 }
};

static const char *forms[] = { "labels", "custody", NULL };

const KanRegister kan_medium_register = {
  .id = "medium", .prefix = "M", .article = "11-2", .title = L ("Media", "記録媒体管理簿"),
  .group = "media", .icon = "media-removable-symbolic",
  .fields = fields, .states = states, .kinds = kinds, .lists = lists, .forms = forms,
  .present = "medium_present", .first = LIVE "|receiving|handing|checking|early_asked|erasing|unconfirmed|asked_back",
};
