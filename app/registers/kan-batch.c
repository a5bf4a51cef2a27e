/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Batches: what was recorded on a medium in one go, and until when it may stay (Articles 10 and 11-1). Deadlines are
 * joins with the payment days; nothing here stores one. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "registers/kan-checks.h"
#include "registers/kan-days.h"
#include "registers/kan-registers.h"

/* A batch with the payment that ends its time: the first one strictly after the day of recording. */
#define SQL_WITH_PAYMENT \
  "SELECT b.*, p.day AS payment, p.purge_by AS purge_by, t.day > p.purge_by AS overdue FROM batch b, today t" \
  " LEFT JOIN payment_day p ON p.day = (SELECT min(q.day) FROM payment_day q WHERE q.day > b.recorded_on)" \
  " WHERE b.state = 'open'"

#define SQL_PAYMENT_OF "(SELECT min(q.day) FROM payment_day q WHERE q.day > b.recorded_on)"
#define SQL_PURGE_BY "(SELECT p.purge_by FROM payment_day p WHERE p.day = " SQL_PAYMENT_OF ")"

/* All of them with their deadline, and by how many days it is or was overrun: what was late stays late once it is
 * gone. */
#define SQL_PRESENT \
  "SELECT b.id AS id, iif (b.state = 'open' AND t.day > " SQL_PURGE_BY ", 'overdue', b.state) AS state," \
  " iif (b.state <> 'void', " SQL_PURGE_BY ", NULL) AS purge_by," \
  " iif (b.state <> 'void' AND ifnull (b.closed_on, t.day) > " SQL_PURGE_BY "," \
  " CAST (julianday (ifnull (b.closed_on, t.day)) - julianday (" SQL_PURGE_BY ") AS INTEGER), NULL) AS days_overdue," \
  " b.* FROM batch b, today t"

/* What was erased, as its medium says while it tells of that erasure; and what became of the medium: recorded on again,
 * or destroyed. */
#define OF_ERASURE(column) "iif (m.erased_at = b.erased_at, m." column ", b." column ") AS " column
#define SQL_ERASED \
  "SELECT b.id AS id, " OF_ERASURE ("erasure_tool") ", " OF_ERASURE ("erasure_place") "," \
  " (SELECT min(n.recorded_on) FROM batch n WHERE n.medium = b.medium AND n.id > b.id AND n.state <> 'void'" \
  " AND n.recorded_on >= b.closed_on AND n.closed_on IS NOT b.closed_on) AS used_again_on," \
  " d.certificate_fy AS certificate_fy, d.certificate_no AS certificate_no, b.*" \
  " FROM batch b JOIN medium m ON m.id = b.medium" \
  " LEFT JOIN destruction d ON d.id = (SELECT max(x.owner) FROM destruction_media x JOIN destruction y" \
  " ON y.id = x.owner WHERE x.value = b.medium AND y.state = 'certified')" \
  " WHERE b.state = 'erased'"

static const KanField fields[] = {
  { .id = "medium", .label = L ("Medium", "記録媒体"), .type = KAN_REF, .of = "medium",
    .flags = KAN_LISTED | KAN_TOLD_THERE, .width = 8 },
  { .id = "recorded_on", .label = L ("Recorded on", "記録日"), .type = KAN_DATE, .flags = KAN_LISTED, .width = 8 },
  { .id = "purpose", .label = L ("Purpose", "利用目的"), .type = KAN_CHOICE, .of = "purpose", .flags = KAN_LISTED,
    .width = 10 },
  { .id = "serves", .label = L ("For the payment of", "対象支払期"), .type = KAN_PERIOD, .flags = KAN_LISTED,
    .width = 7 },
  { .id = "count", .label = L ("Count", "件数"), .type = KAN_COUNT, .flags = KAN_LISTED, .width = 6 },
  { .id = "copies", .label = L ("Copies on the same medium", "同一媒体内の複製数"), .type = KAN_COUNT, .width = 5 },
  { .id = "copy_of", .label = L ("Copy of", "複製元"), .type = KAN_REF, .of = "batch", .width = 8 },
  { .id = "source", .label = L ("Source", "受領元"), .type = KAN_TEXT,
    .flags = KAN_LISTED | KAN_SEARCHED | KAN_CORRECTABLE,
    .width = 10 },
  { .id = "hold", .label = L ("On hold", "廃棄保留"), .type = KAN_YES, .flags = KAN_LISTED, .width = 4 },
  { .id = "hold_reason", .label = L ("Reason for the hold", "廃棄保留の理由"), .type = KAN_CHOICE, .of = "hold_reason",
    .width = 12 },
  { .id = "delay_reason", .label = L ("Reason for the delay", "遅延理由"), .type = KAN_TEXT,
    .flags = KAN_LISTED | KAN_SEARCHED | KAN_CORRECTABLE,
    .width = 10 },
  { .id = "delay_until", .label = L ("Delayed until", "消去予定日"), .type = KAN_DATE, .width = 8 },
  { .id = "closed_on", .label = L ("Closed on", "処理日"), .type = KAN_DATE, .flags = KAN_LISTED, .width = 8 },
  { .id = "act", .label = L ("Entry of the erasure", "消去の処理番号"), .type = KAN_COUNT, .of = "entry",
    .width = 6 },
  { .id = "erased_at", .label = L ("Erased at", "消去日時"), .type = KAN_TIME, .width = 12 },
  { .id = "erasure", .label = L ("Method of erasure", "消去の方法"), .type = KAN_CHOICE, .of = "erasure", .width = 12 },
  { .id = "erasure_tool", .label = L ("Program and version", "ソフト名及び版"), .type = KAN_TEXT, .width = 14 },
  { .id = "erasure_place", .label = L ("Erased in", "消去の場所"), .type = KAN_TEXT, .width = 12 },
  { .id = "erased_by", .label = L ("Erased by", "消去の実施者"), .type = KAN_REF, .of = "person|outsider", .width = 10 },
  { .id = "counterpart", .label = L ("Returned to", "返還の相手方"), .type = KAN_REF, .of = "person|outsider", .width = 12 },
  { .id = "receipt", .label = L ("Receipt", "受領書番号"), .type = KAN_CODE, .flags = KAN_CORRECTABLE, .width = 10 },
  { .id = "returned_count", .label = L ("Count returned", "返還件数"), .type = KAN_COUNT, .width = 7 },
  { .id = "destruction", .label = L ("Destruction", "廃棄"), .type = KAN_REF, .of = "destruction", .width = 8 },
  { .id = "note", .label = L ("Remarks", "備考"), .type = KAN_LINES },
  { .id = "correction_reason", .label = L ("Reason for the correction", "訂正・取消の理由"), .type = KAN_LINES },
  { 0 }
};

/* Overdue is what the day makes of what is held. */
static const KanState states[] = {
  { "overdue",   L ("Overdue", "期限超過") },
  { "open",      L ("Held", "保有中") },
  { "erased",    L ("Erased", "消去済") },
  { "destroyed", L ("Destroyed", "廃棄済") },
  { "returned",  L ("Returned", "返還済") },
  { "lost",      L ("Lost", "滅失") },
  { "void",      L ("Void", "取消") },
  { 0 }
};

static const KanAsk ask_record[] = {
  { .key = "medium", .page = L ("Medium", "記録媒体"), .must = TRUE, .about = TRUE },
  { .key = "recorded_on", .page = L ("Recording", "記録"), .must = TRUE, .fill = KAN_FILL_BLANK },
  { .key = "purpose", .must = TRUE, .again = TRUE },
  { .key = "serves" },
  { .key = "count", .must = TRUE },
  { .key = "source", .must = TRUE, .again = TRUE },
  { .key = "copies", .must = TRUE },
  { .key = "copy_of" },
  { .key = "note" },
  { 0 }
};
static const KanAsk ask_hold[] = {
  { .key = "hold_reason", .page = L ("Hold", "廃棄保留"), .must = TRUE },
  { .key = "note" },
  { 0 }
};
static const KanAsk ask_delay[] = {
  { .key = "delay_reason", .page = L ("Delay", "遅延理由"), .must = TRUE },
  { .key = "delay_until" },
  { .key = "note" },
  { 0 }
};
#define ASK_REASON { .key = "reason", .page = L ("Reason", "理由"), .must = TRUE, .into = "correction_reason" }
static const KanAsk ask_restate[] = {
  { .key = "recorded_on", .page = L ("Recording", "記録"), .stands = TRUE },
  { .key = "purpose", .stands = TRUE },
  { .key = "serves", .stands = TRUE },
  { .key = "count", .stands = TRUE },
  { .key = "copies", .stands = TRUE },
  ASK_REASON,
  { 0 }
};
static const KanAsk ask_cancel[] = { ASK_REASON, { 0 } };
static const KanAsk ask_return[] = {
  { .key = "counterpart", .page = L ("Return", "返還"), .must = TRUE },
  { .key = "returned_count", .must = TRUE },
  { .key = "receipt", .must = TRUE },
  { 0 }
};

/* --- recording --------------------------------------------------------------------------------------------------- */

static void
record_fill (KanCase *c)
{
  kan_fill_text (c, "recorded_on", kan_case_when_day (c));
}

/* Our own recordings happen on the day they bear; what came from outside was recorded before it came, and a copy keeps
 * the day of its original. */
static void
check_recorded_on (KanCase *c)
{
  const char *day = kan_answer (c, "recorded_on");

  kan_check_not_ahead (c, "recorded_on");
  if (day != NULL && !kan_answered (c, "copy_of") && strcmp (day, kan_case_when_day (c)) < 0 &&
      kan_ask_int (c, "SELECT arrival IS NULL FROM medium WHERE id = :medium"))
    kan_refuse (c, KAN_WRONG_DAY, "happened_at",
                _("Recorded on an earlier day\nsay when it happened, and why it is entered late"));
}

/* A copy keeps the day of its original, so that copying never lengthens a deadline. */
static void
check_copy (KanCase *c)
{
  g_autofree char *day = NULL;

  if (!kan_answered (c, "copy_of"))
    return;
  day = kan_ask_text (c, "SELECT recorded_on FROM batch WHERE id = :copy_of AND state = 'open'");
  if (day == NULL)
    kan_refuse (c, KAN_WRONG_RECORD, "copy_of", _("What is no longer held cannot be copied"));
  else if (kan_answered (c, "recorded_on") && strcmp (day, kan_answer (c, "recorded_on")) != 0)
    kan_refuse (c, KAN_MISMATCH, "recorded_on", _("A copy keeps the day of its original: %s"),
                kan_say_day (c, day));
  if (day != NULL && kan_answer_n (c, "count") > kan_ask_int (c, "SELECT count FROM batch WHERE id = :copy_of"))
    kan_refuse (c, KAN_OUT_OF_RANGE, "count", _("A copy holds no more than its original"));
}

static void
check_medium (KanCase *c)
{
  g_autofree char *state = kan_ask_text (c, "SELECT state FROM medium WHERE id = :medium");
  g_autofree char *media_kind = kan_ask_text (c, "SELECT media_kind FROM medium WHERE id = :medium");
  const KanMediaKind *kind = kan_find_media_kind (c, media_kind);
  static const char *const usable[] = { "registered", "stored", "in_use", "erased", NULL };

  kan_check_media_kind (c, "medium", media_kind);
  kan_check_not_doomed (c, "medium", KAN_SQL_DOOMED_AMONG ("SELECT :medium"));
  if (state != NULL && !g_strv_contains (usable, state))
    kan_breach (c, "11-1.medium_state", "medium", _("This medium is not at hand for recording"));
  if (g_strcmp0 (state, "erased") == 0 && kind != NULL && !kind->reusable)
    kan_breach (c, "11-4.reuse", "medium", _("Media of this kind are not used again"));
}

/* What it is for is a payment that there is, though it never lengthens the deadline. */
static void
check_serves (KanCase *c)
{
  g_autofree char *before = NULL, *after = NULL;

  if (kan_answered (c, "serves") && !kan_days_pay_in (c, kan_answer (c, "serves"), &before, &after) &&
      before != NULL && after != NULL)
    kan_refuse (c, KAN_OUT_OF_RANGE, "serves", _("No pension is paid in this month\nthe nearest are %s and %s"),
                kan_say_month (c, before), kan_say_month (c, after));
}

static void
record_check (KanCase *c)
{
  if (kan_answered (c, "count") && kan_answer_n (c, "count") == 0)
    kan_refuse (c, KAN_OUT_OF_RANGE, "count", _("At least one record was recorded"));
  check_recorded_on (c);
  check_serves (c);
  check_copy (c);
  check_medium (c);
}

/* What was said of the medium's former use is history: it would be read as said of what is on it now, and stays with
 * what was erased, as it has been corrected since. */
static void
keep_erasure (KanCase *c)
{
  kan_set (c, "UPDATE batch SET erasure_tool = m.erasure_tool, erasure_place = m.erasure_place FROM medium m"
              " WHERE m.id = :medium AND batch.medium = m.id AND batch.erased_at = m.erased_at");
  kan_set (c, "UPDATE medium SET erased_at = NULL, erasure = NULL, erasure_tool = NULL, erasure_verified = NULL,"
              " erasure_place = NULL, erased_by = NULL, eraser_paper = NULL, erased_count = NULL, payment_day = NULL,"
              " incident_no = NULL, found_at = NULL, note = NULL WHERE id = :medium");
}

/* The medium is in hand now, and an approval to destroy early does not reach what came afterwards. */
static void
record_effect (KanCase *c)
{
  kan_set (c, "UPDATE medium SET state = 'in_use', holder = 'P' || :actor, out_since = :when"
              " WHERE id = :medium AND state IN ('registered', 'erased')");
  kan_set (c, "UPDATE medium SET early_until = NULL, early_at = NULL, early_reason = NULL"
              " WHERE id = :medium AND coalesce (early_until, early_at, early_reason) IS NOT NULL");
  if (kan_ask_int (c, "SELECT coalesce (erased_at, erasure, erasure_tool, erasure_verified, erasure_place, erased_by,"
                      " eraser_paper, erased_count, payment_day, incident_no, found_at, note) IS NOT NULL FROM medium"
                      " WHERE id = :medium"))
    keep_erasure (c);
}

/* --- correction, cancellation ------------------------------------------------------------------------------------ */

/* What else became of it says more than a mistyped word. */
static void
check_held (KanCase *c)
{
  if (!kan_ask_int (c, "SELECT state = 'open' FROM batch WHERE id = :subject"))
    kan_refuse (c, KAN_NOTHING_TO_DO, NULL, _("What was recorded there is no longer held"));
}

/* A copy keeps the day of its original and holds no more than it, whichever of the two is put right. */
static void
check_copies_agree (KanCase *c)
{
  if (kan_ask_int (c, "SELECT count(*) FROM batch b WHERE id = :subject AND recorded_on IS NOT"
                      " ifnull(:recorded_on, recorded_on) AND (copy_of IS NOT NULL OR EXISTS (SELECT 1 FROM batch n"
                      " WHERE n.copy_of = b.id AND n.state <> 'void'))"))
    kan_refuse (c, KAN_IN_USE, "recorded_on", _("A copy keeps the day of its original: cancel the copy first"));
  if (kan_ask_int (c, "SELECT count(*) FROM batch b JOIN batch n ON n.copy_of = b.id AND n.state <> 'void'"
                      " WHERE :count IS NOT NULL AND ((b.id = :subject AND n.count > :count) OR"
                      " (n.id = :subject AND :count > b.count))"))
    kan_refuse (c, KAN_OUT_OF_RANGE, "count", _("A copy holds no more than its original"));
}

/* What was erased may have been counted wrongly, until a certificate tells of it: that was signed as it stands. By its
 * day the erasure was judged. */
static void
check_restatable (KanCase *c)
{
  g_autofree char *state = kan_ask_text (c, "SELECT state FROM batch WHERE id = :subject");

  if (g_strcmp0 (state, "erased") != 0)
    {
      check_held (c);
      return;
    }
  if (kan_ask_int (c, "SELECT count(*) FROM batch b JOIN destruction_media x ON x.value = b.medium JOIN destruction d"
                      " ON d.id = x.owner WHERE b.id = :subject AND d.state = 'certified'"))
    kan_refuse (c, KAN_IN_USE, NULL, _("The certificate of its medium tells of it as it stands"));
  if (kan_ask_int (c, "SELECT recorded_on IS NOT ifnull(:recorded_on, recorded_on) FROM batch WHERE id = :subject"))
    kan_refuse (c, KAN_IN_USE, "recorded_on", _("By this day it was judged whether the erasure was in time"));
}

static void
restate_check (KanCase *c)
{
  check_restatable (c);
  kan_check_changes (c, "SELECT count(*) FROM batch WHERE id = :subject"
                        " AND recorded_on = ifnull(:recorded_on, recorded_on) AND purpose = ifnull(:purpose, purpose)"
                        " AND count = ifnull(:count, count) AND copies = ifnull(:copies, copies)"
                        " AND serves IS ifnull(:serves, serves)",
                     "recorded_on", "purpose", "count", "copies", "serves", NULL);
  if (kan_answered (c, "count") && kan_answer_n (c, "count") == 0)
    kan_refuse (c, KAN_OUT_OF_RANGE, "count", _("At least one record was recorded"));
  kan_check_not_ahead (c, "recorded_on");
  check_serves (c);
  check_copies_agree (c);
}

/* Recorded twice, or on another medium than was said: only while nothing has followed from it. */
static void
cancel_check (KanCase *c)
{
  g_autofree char *copies = kan_ask_text (c, "SELECT group_concat('B' || id, ', ') FROM batch WHERE copy_of = :subject"
                                             " AND state <> 'void'");
  g_autofree char *takeouts = kan_ask_text (c, "SELECT group_concat('T' || t.id, ', ') FROM takeout_batches b"
                                               " JOIN takeout t ON t.id = b.owner WHERE b.value = :subject"
                                               " AND t.state NOT IN ('void', 'refused', 'withdrawn')");

  check_held (c);
  if (copies != NULL)
    kan_refuse (c, KAN_IN_USE, NULL, _("Other records refer to it: %s"), copies);
  if (takeouts != NULL)
    kan_refuse (c, KAN_IN_USE, NULL, _("Other records refer to it: %s"), takeouts);
  if (kan_ask_int (c, "SELECT ifnull(hold, 0) FROM batch WHERE id = :subject"))
    kan_breach (c, "11-1.hold", NULL, _("What is recorded on it is on hold by the chief"));
}

/* Where nothing was recorded after all, how the medium was erased before is no history yet. */
static void
cancel_effect (KanCase *c)
{
  kan_set (c, "UPDATE batch SET closed_on = :when_day WHERE id = :subject");
  kan_set (c, "UPDATE medium SET erased_at = b.erased_at, erasure = b.erasure, erasure_tool = b.erasure_tool,"
              " erasure_place = b.erasure_place, erased_by = b.erased_by FROM (SELECT e.* FROM batch e JOIN batch own"
              " ON own.medium = e.medium WHERE own.id = :subject AND e.state = 'erased' ORDER BY e.erased_at DESC"
              " LIMIT 1) b WHERE medium.id = b.medium AND medium.erased_at IS NULL"
              " AND NOT EXISTS (SELECT 1 FROM batch o WHERE o.medium = medium.id AND o.state = 'open')");
}

/* --- hold, delay, return ----------------------------------------------------------------------------------------- */

static void
hold_ready (KanCase *c)
{
  if (kan_ask_int (c, "SELECT ifnull(hold, 0) FROM batch WHERE id = :subject"))
    kan_refuse (c, KAN_NOTHING_TO_DO, NULL, _("This is on hold already"));
}

static void
hold_effect (KanCase *c)
{
  kan_set (c, "UPDATE batch SET hold = 1 WHERE id = :subject");
}

static void
unhold_ready (KanCase *c)
{
  if (!kan_ask_int (c, "SELECT ifnull(hold, 0) FROM batch WHERE id = :subject"))
    kan_refuse (c, KAN_NOTHING_TO_DO, NULL, _("This is not on hold"));
}

static void
unhold_effect (KanCase *c)
{
  kan_set (c, "UPDATE batch SET hold = 0, hold_reason = NULL WHERE id = :subject");
}

static void
delay_check (KanCase *c)
{
  kan_check_not_past (c, "delay_until");
}

static void
return_check (KanCase *c)
{
  gint64 held = kan_ask_int (c, KAN_SQL_OPEN_COUNT " AND id = :subject");

  kan_check_not_doomed (c, NULL, KAN_SQL_DOOMED_AMONG ("SELECT medium FROM batch WHERE id = :subject"));
  if (kan_answered (c, "returned_count") && kan_answer_n (c, "returned_count") != held)
    kan_breach (c, "11-1.count", "returned_count", _("%s were recorded, copies included"),
                kan_say_count (c, held));
  if (kan_ask_int (c, "SELECT ifnull(hold, 0) FROM batch WHERE id = :subject"))
    kan_breach (c, "11-1.hold", NULL, _("What is recorded on it is on hold by the chief"));
}

static void
return_effect (KanCase *c)
{
  kan_set (c, "UPDATE batch SET closed_on = :when_day WHERE id = :subject");
}

/* --- declaration ------------------------------------------------------------------------------------------------- */

/* Until when it may stay; and that what is there already should be gone, where it is not for a payment to come. */
static const KanTold record_told[] = {
  { "medium", { .id = "overdue_since", .label = L ("Overdue on this medium since", "この媒体の消去期限（超過）"), .type = KAN_DATE },
    "SELECT min(p.purge_by) FROM batch b, today t JOIN payment_day p ON p.day = " SQL_PAYMENT_OF
    " WHERE b.medium = :medium AND b.state = 'open' AND p.purge_by < t.day AND :serves IS NULL", TRUE },
  { "recorded_on", { .id = "purge_by", .label = L ("To be destroyed by", "消去期限"), .type = KAN_DATE },
    "SELECT purge_by FROM payment_day WHERE day > :recorded_on ORDER BY day LIMIT 1" },
  { 0 }
};

static const KanHand information_manager[] = { { .as = "information_manager" }, { 0 } };

/* A medium is registered, recorded on and stored in one go. */
static const KanCompany record_company[] = {
  { "media.register", "medium", L ("New medium: leave empty", "新しい媒体のときは空欄") },
  { "media.store", "medium", L ("Stays in use: leave empty", "保管しないときは空欄") },
  { 0 }
};

static const KanKind kinds[] = {
  { .id = "media.record", .title = L ("Record", "記録する"), .article = "11-1", .may = "operator", .to = "open",
    .asks = ask_record, .told = record_told, .company = record_company, .fill = record_fill, .check = record_check,
    .effect = record_effect },
  { .id = "media.hold", .title = L ("Put on hold", "廃棄を保留する"), .article = "11-1", .may = "chief", .from = "open",
    .asks = ask_hold, .strength = KAN_STRICT, .ready = hold_ready, .effect = hold_effect },
  { .id = "media.unhold", .title = L ("Release the hold", "廃棄保留を解除する"), .article = "11-1", .may = "chief",
    .from = "open", .strength = KAN_STRICT, .ready = unhold_ready, .effect = unhold_effect },
  { .id = "media.delay", .title = L ("Give a reason for the delay", "遅延理由を記録する"), .article = "11-1",
    .may = "operator|information_manager|system_manager", .from = "open", .asks = ask_delay, .check = delay_check },
  { .id = "batch.return", .title = L ("Give back", "返還する"), .article = "11-1", .may = "operator", .from = "open",
    .to = "returned", .asks = ask_return, .flags = KAN_FACT, .check = return_check, .effect = return_effect },
  { .id = "batch.restate", .title = L ("Correct the recording", "記録内容を訂正する"), .article = "11-1",
    .may = "operator|system_manager", .from = "open|erased", .asks = ask_restate, .hands = information_manager,
    .flags = KAN_SELDOM | KAN_RELIES | KAN_RESTATES, .check = restate_check },
  { .id = "batch.cancel", .title = L ("Cancel the recording", "記録を取り消す"), .article = "11-1",
    .may = "operator|system_manager", .from = "open", .to = "void", .asks = ask_cancel, .hands = information_manager,
    .flags = KAN_SELDOM | KAN_RELIES, .check = cancel_check, .effect = cancel_effect },
  { 0 }
};

static const KanField deadline_columns[] = {
  { .id = "payment", .label = L ("Next payment", "次回の支給日"), .type = KAN_DATE, .width = 8 },
  { .id = "purge_by", .label = L ("To be destroyed by", "消去期限"), .type = KAN_DATE, .flags = KAN_DEADLINE,
    .width = 8 },
  { .id = "overdue", .label = L ("Overdue", "期限超過"), .type = KAN_YES, .width = 5 },
  { 0 }
};

static const KanField present_columns[] = {
  { .id = "purge_by", .label = L ("To be destroyed by", "消去期限"), .type = KAN_DATE, .width = 8 },
  { .id = "days_overdue", .label = L ("Days overdue", "超過日数"), .type = KAN_COUNT, .width = 4 },
  { 0 }
};

static const KanField erased_columns[] = {
  { .id = "erased_at", .label = L ("Erased at", "消去日時"), .type = KAN_TIME, .width = 12 },
  { .id = "medium", .label = L ("Medium", "記録媒体"), .type = KAN_REF, .of = "medium", .width = 8 },
  { .id = "recorded_on", .label = L ("Recorded on", "記録日"), .type = KAN_DATE, .width = 8 },
  { .id = "count", .label = L ("Count", "件数"), .type = KAN_COUNT, .width = 6 },
  { .id = "erasure", .label = L ("Method of erasure", "消去の方法"), .type = KAN_CHOICE, .of = "erasure", .width = 10 },
  { .id = "erasure_tool", .label = L ("Program and version", "ソフト名及び版"), .type = KAN_TEXT, .width = 9 },
  { .id = "erasure_place", .label = L ("Erased in", "消去の場所"), .type = KAN_TEXT, .width = 8 },
  { .id = "erased_by", .label = L ("Erased by", "消去の実施者"), .type = KAN_REF, .of = "person|outsider", .width = 7 },
  { .id = "used_again_on", .label = L ("Used again on", "媒体の再使用日"), .type = KAN_DATE, .width = 8 },
  { .id = "certificate_no", .label = L ("Certificate of the medium", "媒体の廃棄証明書"), .type = KAN_NUMBER,
    .of = "certificate", .width = 9 },
  { 0 }
};

static const KanList lists[] = {
  { .id = "batch_present", .label = L ("All", "すべて"), .sql = SQL_PRESENT, .columns = present_columns },
  { .id = "batch_open", .label = L ("Held", "保有中"), .sql = SQL_WITH_PAYMENT, .columns = deadline_columns },
  { .id = "batch_due", .label = L ("Due", "期限到来"), .sql = SQL_WITH_PAYMENT " AND p.day <= t.day",
    .columns = deadline_columns },
  { .id = "batch_overdue", .label = L ("Overdue", "期限超過"), .sql = SQL_WITH_PAYMENT " AND p.purge_by < t.day",
    .columns = deadline_columns },
  { .id = "batch_erased", .label = L ("Erased", "消去"), .sql = SQL_ERASED, .columns = erased_columns, .only = TRUE,
    .act = "act", .day = "erased_at" },
  { .id = "batch_held", .label = L ("On hold", "廃棄保留"), .sql = SQL_WITH_PAYMENT " AND b.hold = 1",
    .columns = deadline_columns },
  { 0 }
};

const KanRegister kan_batch_register = {
  .id = "batch", .prefix = "B", .parent = "medium", .article = "11-1", .title = L ("Recordings", "本人確認情報記録簿"),
  .group = "media", .icon = "media-floppy-symbolic",
  .fields = fields, .states = states, .kinds = kinds, .lists = lists,
  .present = "batch_present", .first = "overdue|open",
};
