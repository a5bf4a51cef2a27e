/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Appointments to offices (本務・兼務・事務取扱・職務代理): a role follows from the office on the day (Articles 3 to 6). */
#include <glib/gi18n-lib.h>

#include "registers/kan-checks.h"
#include "registers/kan-registers.h"
#include "values/kan-roles.h"

static const KanField fields[] = {
  { .id = "person", .label = L ("Person", "職員"), .type = KAN_REF, .of = "person",
    .flags = KAN_LISTED | KAN_TOLD_THERE, .width = 12 },
  { .id = "office", .label = L ("Office", "職"), .type = KAN_REF, .of = "office",
    .flags = KAN_LISTED | KAN_TOLD_THERE, .width = 12 },
  { .id = "kind", .label = L ("Kind", "区分"), .type = KAN_CHOICE, .of = "appointment_kind", .flags = KAN_LISTED,
    .width = 8 },
  { .id = "since", .label = L ("From", "始期"), .type = KAN_DATE, .flags = KAN_LISTED, .width = 8 },
  { .id = "until", .label = L ("Last day", "終期"), .type = KAN_DATE, .flags = KAN_LISTED, .width = 8 },
  { .id = "ordered_on", .label = L ("Ordered on", "発令日"), .type = KAN_DATE, .flags = KAN_LISTED | KAN_CORRECTABLE,
    .width = 8 },
  { .id = "document_no", .label = L ("Document number", "文書番号"), .type = KAN_CODE,
    .flags = KAN_LISTED | KAN_SEARCHED | KAN_CORRECTABLE, .width = 10 },
  { 0 }
};

/* Ahead and over are what the day makes of what was ordered. */
static const KanState states[] = {
  { "waiting",    L ("Waiting", "決裁待ち") },
  { "refused",    L ("Refused", "不承認") },
  { "asked_back", L ("Asked back", "差戻し") },
  { "withdrawn",  L ("Withdrawn", "取下げ") },
  { "ahead",      L ("Ahead", "発令予定") },
  { "in_force",   L ("In force", "発令中") },
  { "over",       L ("Term over", "満了") },
  { "ended",      L ("Ended", "終了") },
  { "void",       L ("Void", "取消") },
  { 0 }
};

static const KanAsk ask_make[] = {
  { .key = "person", .page = L ("Who and which office", "職員と職"), .must = TRUE, .about = TRUE },
  { .key = "office", .must = TRUE, .about = TRUE },
  { .key = "kind", .must = TRUE },
  { .key = "since", .page = L ("Order", "発令"), .must = TRUE },
  { .key = "until" },
  { .key = "ordered_on" },
  { .key = "document_no" },
  { 0 }
};
static const KanAsk ask_end[] = {
  { .key = "until", .page = L ("End", "終了"), .must = TRUE },
  { .key = "document_no" },
  { 0 }
};

/* (nullable): what the profile says of the office, where it carries roles */
static const KanOffice *
office_with_roles (KanCase *c)
{
  g_autofree char *code = kan_ask_text (c, "SELECT code FROM office WHERE id = :office");
  const KanProfile *profile = kan_case_profile (c);
  const KanOffice *office = code != NULL && profile != NULL ? kan_profile_office (profile, code) : NULL;

  return office != NULL && office->roles != NULL && office->roles[0] != NULL ? office : NULL;
}

/* An auditor reads only: nobody both audits and holds a role, in whichever order they are made so. */
static void
check_auditor (KanCase *c, const KanOffice *office)
{
  if (office == NULL)
    return;
  if (!g_strv_contains (office->roles, "auditor"))
    kan_check_no_auditor (c);
  else if (kan_check_holds_post (c, FALSE) ||
           kan_ask_int (c, "SELECT count(*) FROM operator WHERE person = :person"
                           " AND state IN ('designated', 'revoked') AND (until IS NULL OR :since < until)"
                           " AND (:until IS NULL OR since <= :until)"))
    kan_refuse (c, KAN_WRONG_PERSON, "person",
                _("An auditor only reads: this person holds a role, or is a designated operator, in that time"));
}

static void
make_check (KanCase *c)
{
  const KanOffice *office = office_with_roles (c);

  kan_check_order (c, "since", "until");
  kan_check_employed (c, "person",
                      kan_ask_int (c, "SELECT count(*) FROM person WHERE id = :person AND state = 'employed'"));
  if (!kan_ask_int (c, "SELECT count(*) FROM office WHERE id = :office AND state = 'standing'"))
    kan_refuse (c, KAN_WRONG_RECORD, "office", _("This office has been abolished"));
  if (kan_ask_int (c, "SELECT count(*) FROM appointment WHERE person = :person AND office = :office"
                      " AND id IS NOT :subject AND state IN ('in_force', 'ended')"
                      " AND (until IS NULL OR :since <= until) AND (:until IS NULL OR since <= :until)"))
    kan_refuse (c, KAN_TAKEN, "person", _("This person is appointed to this office in that time already"));
  else if (office != NULL &&
           kan_ask_int (c, "SELECT count(*) FROM appointment WHERE office = :office AND id IS NOT :subject"
                           " AND :kind <> 'acting' AND kind <> 'acting' AND state IN ('in_force', 'ended')"
                           " AND (until IS NULL OR :since <= until) AND (:until IS NULL OR since <= :until)"))
    kan_refuse (c, KAN_TAKEN, "office", _("Somebody else holds this office in that time\n"
                                          "end that appointment first"));
  check_auditor (c, office);
}

static void
end_check (KanCase *c)
{
  if (kan_ask_int (c, "SELECT :until < since FROM appointment WHERE id = :subject"))
    kan_refuse (c, KAN_WRONG_DAY, "until", _("An appointment cannot end before it begins"));
  if (kan_ask_int (c, "SELECT :until > until FROM appointment WHERE id = :subject"))
    kan_refuse (c, KAN_WRONG_DAY, "until", _("The term ends earlier already\n"
                                             "who stays longer is appointed anew"));
}

static const KanKind kinds[] = {
  { .id = "appointment.make", .title = L ("Appoint", "発令を記録する"), .article = "3", .may = KAN_MANAGERS,
    .wait = "waiting", .to = "in_force", .asks = ask_make, .strength = KAN_STRICT, .flags = KAN_POWER,
    .check = make_check },
  { .id = "appointment.end", .title = L ("End", "終了を記録する"), .article = "3", .may = KAN_MANAGERS,
    .from = "in_force", .to = "ended", .asks = ask_end, .strength = KAN_STRICT, .flags = KAN_POWER | KAN_FINAL,
    .check = end_check },
  { 0 }
};

/* All of them; one that was ended in advance is in force up to its last day. */
#define SQL_PRESENT \
  "SELECT a.id AS id, CASE WHEN a.state NOT IN ('in_force', 'ended') THEN a.state WHEN t.day < a.since THEN 'ahead'" \
  " WHEN a.until IS NULL OR t.day <= a.until THEN 'in_force' WHEN a.state = 'ended' THEN 'ended' ELSE 'over' END" \
  " AS state, a.* FROM appointment a, today t"

static const KanList lists[] = {
  { .id = "appointment_present", .label = L ("All", "すべて"), .sql = SQL_PRESENT },
  { .id = "appointment_current", .label = L ("In force today", "本日現在"),
    .sql = "SELECT a.* FROM appointment a, today t WHERE a.state IN ('in_force', 'ended') AND a.since <= t.day"
           " AND (a.until IS NULL OR t.day <= a.until)" },
  { .id = "appointment_ahead", .label = L ("Entered ahead", "発令予定"),
    .sql = "SELECT a.* FROM appointment a, today t WHERE a.state = 'in_force' AND t.day < a.since" },
  { 0 }
};

const KanRegister kan_appointment_register = {
  .id = "appointment", .prefix = "A", .article = "3", .title = L ("Appointments", "発令簿"),
  .group = "people", .icon = "x-office-calendar-symbolic", .judges = TRUE,
  .fields = fields, .states = states, .kinds = kinds, .lists = lists,
  .present = "appointment_present", .first = "waiting|asked_back|ahead|in_force",
};
