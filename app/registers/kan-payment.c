/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Payment days that the rule does not give: off-cycle payments, and days moved by a decision (Article 11-1). */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "registers/kan-checks.h"
#include "registers/kan-days.h"
#include "registers/kan-registers.h"

/* A decision moves a payment about its own day, not away from it: so many days before or after. */
#define DAYS_MOVED 10

/* What is decided is decided for the year to come; a day beyond it is a slip of the pen. */
#define DAYS_AHEAD 366

static const KanField fields[] = {
  { .id = "day", .label = L ("Paid on", "支給日"), .type = KAN_DATE, .flags = KAN_LISTED | KAN_UNIQUE, .width = 10 },
  { .id = "serves", .label = L ("For the payment of", "対象支払期"), .type = KAN_PERIOD, .flags = KAN_LISTED, .width = 8 },
  { .id = "kind", .label = L ("Kind", "区分"), .type = KAN_CHOICE, .of = "payment_kind", .flags = KAN_LISTED,
    .width = 8 },
  { .id = "replaces", .label = L ("Instead of", "変更前の支給日"), .type = KAN_DATE, .flags = KAN_LISTED, .width = 10 },
  { .id = "document_no", .label = L ("Document number", "文書番号"), .type = KAN_CODE,
    .flags = KAN_LISTED | KAN_SEARCHED | KAN_CORRECTABLE, .width = 10 },
  { 0 }
};

static const KanState states[] = {
  { "waiting",    L ("Waiting", "決裁待ち") },
  { "entered",    L ("Entered", "登録済") },
  { "refused",    L ("Refused", "却下") },
  { "asked_back", L ("Asked back", "差戻し") },
  { "withdrawn",  L ("Withdrawn", "取下げ") },
  { "void",       L ("Void", "取消") },
  { 0 }
};

static const KanAsk ask_enter[] = {
  { .key = "kind", .page = L ("Payment", "年金給付"), .must = TRUE },
  { .key = "serves", .must = TRUE },
  { .key = "day", .must = TRUE },
  { .key = "replaces", .fill = KAN_FILL_BLANK },
  { .key = "document_no" },
  { 0 }
};

static const KanAsk ask_cancel[] = {
  { .key = "document_no", .page = L ("Withdrawal", "取下げ") },
  { 0 }
};

static gboolean
moves (KanCase *c)
{
  return g_strcmp0 (kan_answer (c, "kind"), "override") == 0;
}

/* Where the rule puts the payment of the month served, also where a decision moved it since; none: the rule pays
 * nothing in that month. */
static KanDay
day_by_rule (KanCase *c)
{
  g_autoptr(KanCalendar) calendar = NULL;
  int year = 0, month = 0;

  if (!kan_answered (c, "serves") || !kan_month_parse (kan_answer (c, "serves"), &year, &month))
    return KAN_DAY_NONE;
  calendar = kan_days_whole_of_case (c);
  return kan_calendar_payment_by_rule (calendar, year, month);
}

static void
enter_fill (KanCase *c)
{
  KanDay rule = moves (c) ? day_by_rule (c) : KAN_DAY_NONE;
  g_autofree char *day = rule != KAN_DAY_NONE ? kan_day_format (rule) : NULL;

  kan_fill_text (c, "replaces", day);
}

/* What was paid is paid; what is still to come is moved by days, not by months. */
static void
check_moved (KanCase *c)
{
  KanDay rule = day_by_rule (c);
  KanDay day = kan_answered (c, "day") ? kan_day_parse (kan_answer (c, "day")) : KAN_DAY_NONE;
  g_autofree char *by_rule = rule != KAN_DAY_NONE ? kan_day_format (rule) : NULL;

  if (by_rule == NULL)
    {
      if (kan_answered (c, "serves"))
        kan_refuse (c, KAN_OUT_OF_RANGE, "serves", _("The rule pays nothing in this month, so nothing can be moved"));
      return;
    }
  if (strcmp (by_rule, kan_case_day (c)) < 0)
    kan_refuse (c, KAN_WRONG_DAY, "serves", _("The payment of this month was on %s already"), kan_say_day (c, by_rule));
  if (day != KAN_DAY_NONE && (day < rule - DAYS_MOVED || day > rule + DAYS_MOVED))
    kan_refuse (c, KAN_OUT_OF_RANGE, "day", _("The rule pays on %s: at most %d days before or after it"),
                kan_say_day (c, by_rule), DAYS_MOVED);
  if (kan_answered (c, "replaces") && strcmp (kan_answer (c, "replaces"), by_rule) != 0)
    kan_refuse (c, KAN_MISMATCH, "replaces", _("The rule pays on %s"), kan_say_day (c, by_rule));
}

static void
enter_check (KanCase *c)
{
  const char *day = kan_answer (c, "day");

  if (day != NULL && strcmp (day, kan_case_day (c)) < 0)
    kan_refuse (c, KAN_WRONG_DAY, "day", _("This day has passed already"));
  if (day != NULL && kan_day_parse (day) > kan_day_parse (kan_case_day (c)) + DAYS_AHEAD)
    kan_refuse (c, KAN_OUT_OF_RANGE, "day", _("Payments are entered for a year ahead at most"));
  if (!moves (c))
    {
      if (kan_answered (c, "replaces"))
        kan_refuse (c, KAN_NOT_ASKED, "replaces", _("Nothing is moved here"));
    }
  else if (kan_ask_int (c, "SELECT count(*) FROM payment WHERE serves = :serves AND kind = 'override'"
                           " AND state = 'entered' AND id IS NOT :subject"))
    kan_refuse (c, KAN_TAKEN, "serves", _("The payment of this month was moved already\n"
                                          "withdraw that entry first"));
  else
    check_moved (c);
}

static void
cancel_ready (KanCase *c)
{
  g_autofree char *day = kan_ask_text (c, "SELECT day FROM payment WHERE id = :subject AND day < :day");

  if (day != NULL)
    kan_refuse (c, KAN_WRONG_DAY, NULL, _("This was paid on %s already"), kan_say_day (c, day));
}

static const KanKind kinds[] = {
  { .id = "payment.enter", .title = L ("Enter a payment day", "支給日を登録する"), .article = "11-1",
    .may = "information_manager|system_manager", .wait = "waiting", .to = "entered", .asks = ask_enter,
    .strength = KAN_STRICT, .flags = KAN_POWER, .fill = enter_fill, .check = enter_check },
  { .id = "payment.cancel", .title = L ("Withdraw", "取り下げる"), .article = "11-1",
    .may = "information_manager|system_manager", .from = "entered", .to = "withdrawn", .asks = ask_cancel,
    .strength = KAN_STRICT, .flags = KAN_POWER, .ready = cancel_ready },
  { 0 }
};

static const KanList lists[] = {
  { .id = "payment_entered", .label = L ("Entered", "登録済"), .sql = "SELECT * FROM payment WHERE state = 'entered'" },
  { 0 }
};

const KanRegister kan_payment_register = {
  .id = "payment", .prefix = "Y", .article = "11-1", .title = L ("Payment days", "年金給付の支給日"),
  .group = "oversight", .icon = "alarm-symbolic",
  .fields = fields, .states = states, .kinds = kinds, .lists = lists,
};
