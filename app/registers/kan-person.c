/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Persons: the staff, and whoever of them is to hold a key. Roles follow from appointments and designations. */
#include <glib/gi18n-lib.h>

#include "registers/kan-checks.h"
#include "registers/kan-registers.h"
#include "values/kan-roles.h"

static const KanField fields[] = {
  { .id = "staff_no", .label = L ("Staff number", "職員番号"), .type = KAN_CODE,
    .flags = KAN_LISTED | KAN_SEARCHED | KAN_UNIQUE | KAN_BY_EYE, .width = 6 },
  { .id = "name", .label = L ("Name", "氏名"), .type = KAN_TEXT, .flags = KAN_LISTED | KAN_SEARCHED | KAN_NAME,
    .width = 10 },
  { .id = "kana", .label = L ("Name in kana", "ふりがな"), .type = KAN_TEXT,
    .flags = KAN_LISTED | KAN_SEARCHED | KAN_CORRECTABLE, .width = 12 },
  { .id = "post", .label = L ("Post", "所属・職名"), .type = KAN_TEXT,
    .flags = KAN_LISTED | KAN_SEARCHED | KAN_CORRECTABLE, .width = 14 },
  { .id = "login", .label = L ("Login", "利用者名"), .type = KAN_CODE,
    .flags = KAN_LISTED | KAN_SEARCHED | KAN_UNIQUE | KAN_BY_EYE, .width = 8 },
  { .id = "issued", .label = L ("Key issued by entry", "鍵の発行の処理番号"), .type = KAN_COUNT, .of = "entry", .width = 6 },
  { .id = "left_on", .label = L ("Left on", "退職日"), .type = KAN_DATE, .flags = KAN_LISTED, .width = 8 },
  { .id = "correction_reason", .label = L ("Reason for the correction", "訂正の理由"), .type = KAN_LINES },
  { 0 }
};

static const KanState states[] = {
  { "waiting",    L ("Waiting", "決裁待ち") },
  { "refused",    L ("Refused", "不承認") },
  { "asked_back", L ("Asked back", "差戻し") },
  { "withdrawn",  L ("Withdrawn", "取下げ") },
  { "employed",   L ("Employed", "在職") },
  { "left",       L ("Left", "退職") },
  { "void",       L ("Void", "取消") },
  { 0 }
};

static const KanAsk ask_register[] = {
  { .key = "staff_no", .page = L ("Person", "職員"), .must = TRUE },
  { .key = "name", .must = TRUE },
  { .key = "kana" },
  { .key = "post" },
  { 0 }
};
static const KanAsk ask_enroll[] = {
  { .key = "login", .page = L ("Key", "鍵の発行"), .must = TRUE },
  { 0 }
};
static const KanAsk ask_rename[] = {
  { .key = "name", .page = L ("Person", "職員"), .must = TRUE, .stands = TRUE },
  { .key = "kana", .stands = TRUE },
  { 0 }
};
static const KanAsk ask_renumber[] = {
  { .key = "staff_no", .page = L ("Person", "職員"), .must = TRUE, .stands = TRUE },
  { .key = "reason", .must = TRUE, .into = "correction_reason" },
  { 0 }
};
static const KanAsk ask_amend[] = {
  { .key = "kana", .page = L ("Person", "職員") },
  { .key = "post" },
  { 0 }
};
static const KanAsk ask_leave[] = {
  { .key = "since", .page = L ("Leaving", "退職"), .must = TRUE, .happened = TRUE, .into = "left_on" },
  { 0 }
};

static const KanTold told_namesakes[] = {
  KAN_TOLD_NAMESAKES ("person", "P", "staff_no", "'waiting', 'employed'", "Somebody else of this name", "同姓同名の職員"),
  { 0 }
};

/* A slot holds the file key until that is another; copies keep theirs for ever (FILE.md, "Enrolling and revoking"). */
static const KanTold told_copies[] = {
  { .after = "since", .field = { .id = "after_leaving", .label = L ("After leaving", "退職後"), .type = KAN_CHOICE,
                                 .of = "after_leaving" },
    .sql = "SELECT 'still_read' FROM key WHERE person = :subject AND state = 'valid'", .warns = TRUE },
  { 0 }
};

static void
enroll_ready (KanCase *c)
{
  if (kan_has_key (c, kan_case_subject (c)))
    kan_refuse (c, KAN_NOTHING_TO_DO, NULL, _("This person already holds a key\n"
                                              "a lost one is replaced by a new key"));
}

/* Who issued it, and who signed for it, do not say as well that it came into the right hands (kan-key.c). */
static void
enroll_effect (KanCase *c)
{
  kan_set (c, "UPDATE person SET issued = :seq WHERE id = :subject");
}

static void
amend_check (KanCase *c)
{
  kan_check_any (c, "kana", "post", NULL);
}

static void
leave_check (KanCase *c)
{
  if (kan_has_key (c, kan_case_subject (c)) &&
      kan_ask_int (c, "SELECT count(*) FROM key WHERE state = 'valid' AND person <> :subject") < 2)
    kan_refuse (c, KAN_IN_USE, NULL, _("Fewer than two other holders of keys remain\n"
                                       "let the successor claim a key first"));
}

/* Whoever left holds nothing any more. */
static void
leave_effect (KanCase *c)
{
  kan_set (c, "UPDATE operator SET state = 'revoked',"
              " until = (SELECT date(left_on, '+1 day') FROM person WHERE id = :subject)"
              " WHERE person = :subject AND state = 'designated'");
  kan_set (c, "UPDATE key SET state = 'revoked' WHERE person = :subject AND state = 'valid'");
  kan_set (c, "UPDATE appointment SET state = 'ended', until = (SELECT left_on FROM person WHERE id = :subject)"
              " WHERE person = :subject AND state = 'in_force'");
}

static const KanKind kinds[] = {
  { .id = "person.register", .title = L ("Register a person", "職員を登録する"), .article = "3", .may = KAN_MANAGERS,
    .wait = "waiting", .to = "employed", .asks = ask_register, .told = told_namesakes, .flags = KAN_POWER },
  { .id = "person.enroll", .title = L ("Issue a key", "鍵を発行する"), .article = "14-2", .may = KAN_MANAGERS,
    .from = "employed", .asks = ask_enroll, .strength = KAN_STRICT, .flags = KAN_POWER, .ready = enroll_ready,
    .effect = enroll_effect },
  { .id = "person.amend", .title = L ("Change particulars", "記載事項を変更する"), .article = "3", .may = KAN_MANAGERS,
    .from = "employed", .asks = ask_amend, .check = amend_check },
  /* every rule of two persons is kept by people who know each other by name */
  { .id = "person.rename", .title = L ("Change the name", "氏名を変更する"), .article = "3", .may = KAN_MANAGERS,
    .from = "employed", .asks = ask_rename, .told = told_namesakes, .flags = KAN_POWER },
  { .id = "person.renumber", .title = L ("Correct the staff number", "職員番号を訂正する"), .article = "3",
    .may = KAN_MANAGERS, .from = "employed", .asks = ask_renumber, .flags = KAN_SELDOM | KAN_POWER | KAN_RESTATES },
  { .id = "person.leave", .title = L ("Leave", "退職を記録する"), .article = "21", .may = KAN_MANAGERS,
    .from = "employed", .to = "left", .asks = ask_leave, .told = told_copies, .strength = KAN_STRICT,
    .flags = KAN_POWER, .check = leave_check, .effect = leave_effect },
  { 0 }
};

static const KanList lists[] = {
  { .id = "person_employed", .label = L ("Employed", "在職者"), .sql = "SELECT * FROM person WHERE state = 'employed'" },
  { .id = "person_left", .label = L ("Left", "退職者"), .sql = "SELECT * FROM person WHERE state = 'left'" },
  { 0 }
};

const KanRegister kan_person_register = {
  .id = "person", .prefix = "P", .article = "3", .title = L ("People", "職員名簿"),
  .group = "people", .icon = "system-users-symbolic", .judges = TRUE,
  .fields = fields, .states = states, .kinds = kinds, .lists = lists,
};
