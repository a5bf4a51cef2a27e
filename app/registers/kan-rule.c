/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules below the regulation and the president's orders (Article 23): versions, days, and what depends on them:
 * which media are allowed, and who decides in the chief's place. */
#include <glib/gi18n-lib.h>

#include "registers/kan-checks.h"
#include "registers/kan-registers.h"
#include "values/kan-roles.h"

static const KanField fields[] = {
  { .id = "title", .label = L ("Title", "名称"), .type = KAN_TEXT, .flags = KAN_LISTED | KAN_SEARCHED | KAN_NAME,
    .width = 20 },
  { .id = "kind", .label = L ("Kind", "種別"), .type = KAN_CHOICE, .of = "rule_kind", .flags = KAN_LISTED, .width = 12 },
  { .id = "version", .label = L ("Version", "版"), .type = KAN_TEXT,
    .flags = KAN_LISTED | KAN_SEARCHED | KAN_CORRECTABLE, .width = 6 },
  { .id = "document_no", .label = L ("Document number", "文書番号"), .type = KAN_CODE,
    .flags = KAN_LISTED | KAN_SEARCHED | KAN_CORRECTABLE, .width = 10 },
  { .id = "announced_on", .label = L ("Announced on", "公告日"), .type = KAN_DATE, .flags = KAN_CORRECTABLE, .width = 8 },
  { .id = "in_force_from", .label = L ("In force from", "施行日"), .type = KAN_DATE, .flags = KAN_LISTED, .width = 8 },
  { .id = "applies_from", .label = L ("Applies from", "適用日"), .type = KAN_DATE, .flags = KAN_LISTED | KAN_CORRECTABLE,
    .width = 8 },
  { .id = "reviewed_on", .label = L ("Reviewed on", "見直し日"), .type = KAN_DATE, .width = 8 },
  { .id = "review_due", .label = L ("Review due", "見直し期限"), .type = KAN_DATE, .flags = KAN_LISTED, .width = 8 },
  { .id = "decides", .label = L ("Decides in the chief's place", "統括責任者に代わり決定する者"), .type = KAN_REF, .of = "person",
    .width = 10 },
  { .id = "allows", .label = L ("Allows", "使用を認める記録媒体"), .type = KAN_CHOICE, .of = "media_kind", .width = 10 },
  { .id = "ended_on", .label = L ("No longer in force from", "失効日"), .type = KAN_DATE, .width = 8 },
  { .id = "text", .label = L ("Text", "本文"), .type = KAN_LINES },
  { 0 }
};

static const KanState states[] = {
  { "waiting",    L ("Waiting", "決裁待ち") },
  { "refused",    L ("Refused", "不承認") },
  { "asked_back", L ("Asked back", "差戻し") },
  { "withdrawn",  L ("Withdrawn", "取下げ") },
  { "in_force",   L ("In force", "施行中") },
  { "superseded", L ("Superseded", "改正済") },
  { "repealed",   L ("Repealed", "廃止") },
  { "void",       L ("Void", "取消") },
  { 0 }
};

static const KanAsk ask_enter[] = {
  { .key = "kind", .page = L ("Rule", "規程・要領"), .must = TRUE },
  { .key = "title", .must = TRUE },
  { .key = "version" },
  { .key = "document_no" },
  { .key = "announced_on", .page = L ("Days", "公告・施行・適用") },
  { .key = "in_force_from", .must = TRUE },
  { .key = "applies_from" },
  { .key = "review_due", .fill = KAN_FILL_BLANK },
  { .key = "allows", .page = L ("Content", "内容") },
  { .key = "text" },
  { 0 }
};
static const KanAsk ask_order[] = {
  { .key = "title", .page = L ("Order of the president", "理事長の定め"), .must = TRUE },
  { .key = "decides", .must = TRUE },
  { .key = "document_no" },
  { .key = "announced_on" },
  { .key = "in_force_from", .must = TRUE },
  { .key = "text" },
  { .key = "kind", .fill = KAN_FILL_ALWAYS },
  { 0 }
};
static const KanAsk ask_review[] = {
  { .key = "reviewed_on", .page = L ("Review", "見直し"), .must = TRUE, .happened = TRUE },
  { .key = "review_due", .must = TRUE, .fill = KAN_FILL_BLANK },
  { 0 }
};
static const KanAsk ask_end[] = {
  { .key = "ended_on", .page = L ("End", "失効"), .must = TRUE },
  { .key = "document_no" },
  { 0 }
};

/* So many months after a day, by the profile, where nothing else is said. */
static void
fill_review_due (KanCase *c, const char *day)
{
  const KanProfile *profile = kan_case_profile (c);
  g_autofree char *sql = NULL, *due = NULL;

  if (profile == NULL)
    return;
  sql = g_strdup_printf ("SELECT date(:%s, '+%" G_GINT64_FORMAT " months')", day,
                         kan_profile_number (profile, "rule_review_months"));
  due = kan_ask_text (c, sql);
  kan_fill_text (c, "review_due", due);
}

static void
enter_fill (KanCase *c)
{
  fill_review_due (c, "in_force_from");
}

static void
review_fill (KanCase *c)
{
  fill_review_due (c, "reviewed_on");
}

static void
order_fill (KanCase *c)
{
  kan_fill_text (c, "kind", "president_order");
}

static void
order_check (KanCase *c)
{
  if (g_strcmp0 (kan_answer (c, "kind"), "president_order") != 0)
    kan_refuse (c, KAN_MISMATCH, "kind", _("Whom the president names is an order of the president"));
  kan_check_employed (c, "decides",
                      kan_ask_int (c, "SELECT count(*) FROM person WHERE id = :decides AND state = 'employed'"));
  if (kan_answered (c, "decides") && kan_answer_ref (c, "decides") == kan_case_actor (c))
    kan_refuse (c, KAN_WRONG_PERSON, "decides", _("Whom the president names is entered by somebody else"));
  if (kan_answered (c, "decides") && kan_holds (c, kan_answer_ref (c, "decides"), "chief"))
    kan_refuse (c, KAN_WRONG_PERSON, "decides", _("Somebody else than the chief decides in the chief's place"));
}

static void
review_check (KanCase *c)
{
  kan_check_order (c, "reviewed_on", "review_due");
}

static void
end_check (KanCase *c)
{
  kan_check_not_ahead (c, "ended_on");
  if (kan_ask_int (c, "SELECT :ended_on < in_force_from FROM rule WHERE id = :subject"))
    kan_refuse (c, KAN_WRONG_DAY, "ended_on", _("A rule cannot end before it comes into force"));
}

static const KanKind kinds[] = {
  { .id = "rule.enter", .title = L ("Enter a rule", "規程・要領を登録する"), .article = "23",
    .may = KAN_MANAGERS "|security_manager", .to = "in_force", .asks = ask_enter, .strength = KAN_STRICT,
    .fill = enter_fill },
  { .id = "rule.order", .title = L ("Enter whom the president names", "理事長の指名を登録する"), .article = "23",
    .may = KAN_MANAGERS, .wait = "waiting", .to = "in_force", .asks = ask_order, .strength = KAN_STRICT,
    .flags = KAN_POWER, .fill = order_fill, .check = order_check },
  { .id = "rule.review", .title = L ("Review", "見直しを記録する"), .article = "23", .may = KAN_MANAGERS "|security_manager",
    .from = "in_force", .asks = ask_review, .fill = review_fill, .check = review_check },
  { .id = "rule.supersede", .title = L ("Supersede", "改正を記録する"), .article = "23", .may = KAN_MANAGERS,
    .from = "in_force", .to = "superseded", .asks = ask_end, .flags = KAN_FINAL, .check = end_check },
  { .id = "rule.repeal", .title = L ("Repeal", "廃止を記録する"), .article = "23", .may = KAN_MANAGERS,
    .from = "in_force", .to = "repealed", .asks = ask_end, .flags = KAN_FINAL, .check = end_check },
  { 0 }
};

static const KanList lists[] = {
  { .id = "rule_in_force", .label = L ("In force", "施行中"),
    .sql = "SELECT r.* FROM rule r, today t WHERE r.state = 'in_force' AND r.in_force_from <= t.day" },
  { .id = "rule_review_due", .label = L ("Review due", "見直し期限到来"),
    .sql = "SELECT r.* FROM rule r, today t WHERE r.state = 'in_force' AND r.review_due <= t.day" },
  { 0 }
};

const KanRegister kan_rule_register = {
  .id = "rule", .prefix = "R", .article = "23", .title = L ("Rules", "規程・要領"),
  .group = "oversight", .icon = "emblem-documents-symbolic", .judges = TRUE,
  .fields = fields, .states = states, .kinds = kinds, .lists = lists,
};
