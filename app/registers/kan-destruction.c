/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Destruction of media and its certificate (Articles 11-4 and 11-5): identified one by one, before a witness. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "registers/kan-checks.h"
#include "registers/kan-registers.h"
#include "values/kan-text.h"

#define UNREADABLE "-"

#define SQL_LATEST_UNCOVERED "SELECT max(recorded_on)" KAN_SQL_BATCHES_ANSWERED KAN_SQL_AND_UNCOVERED
#define SQL_KINDS "SELECT DISTINCT media_kind" KAN_SQL_MEDIA_ANSWERED

/* One line per medium: what was read off it, as against what the register says. */
static const KanField item_fields[] = {
  { .id = "medium", .label = L ("Medium", "記録媒体"), .type = KAN_REF, .of = "medium", .flags = KAN_MUST | KAN_UNIQUE,
    .width = 8 },
  { .id = "serial", .label = L ("Number as read", "読み取った番号"), .type = KAN_CODE,
    .flags = KAN_MUST | KAN_EXEMPT, .width = 14 },
  { 0 }
};

const KanRegister kan_destruction_item_register = {
  .id = "destruction_item", .title = L ("Identification", "番号の突合"), .fields = item_fields,
};

static const KanField fields[] = {
  { .id = "certificate_no", .label = L ("Certificate number", "証明書番号"), .type = KAN_NUMBER, .of = "certificate",
    .flags = KAN_LISTED, .width = 9 },
  { .id = "certified_on", .label = L ("Certified on", "証明日"), .type = KAN_DATE, .flags = KAN_LISTED, .width = 8 },
  { .id = "media", .label = L ("Media", "記録媒体"), .type = KAN_REFS, .of = "medium",
    .flags = KAN_LISTED | KAN_TOLD_THERE, .width = 12 },
  { .id = "identified", .label = L ("Identification", "番号の突合"), .type = KAN_ROWS, .of = "destruction_item",
    .width = 20 },
  { .id = "sheets", .label = L ("Sheets", "枚数"), .type = KAN_COUNT, .width = 5 },
  { .id = "count", .label = L ("Count still recorded", "破壊時に残る件数"), .type = KAN_COUNT, .flags = KAN_LISTED,
    .width = 7 },
  { .id = "instead_of_erasing", .label = L ("Destroyed instead of erasing", "破壊をもって消去"), .type = KAN_YES,
    .flags = KAN_ON_PAPER, .width = 6 },
  { .id = "method", .label = L ("Method", "廃棄の方法"), .type = KAN_CHOICE, .of = "destruction", .flags = KAN_LISTED,
    .width = 12 },
  { .id = "standard", .label = L ("Standard", "適合基準"), .type = KAN_TEXT,
    .flags = KAN_ON_PAPER | KAN_CORRECTABLE, .width = 14 },
  { .id = "level", .label = L ("Protection class and level", "保護等級・細断等級"), .type = KAN_TEXT,
    .flags = KAN_ON_PAPER | KAN_CORRECTABLE,
    .width = 8 },
  { .id = "machine", .label = L ("Machine", "機器"), .type = KAN_TEXT,
    .flags = KAN_ON_PAPER | KAN_CORRECTABLE, .width = 12 },
  { .id = "place", .label = L ("Destroyed in", "廃棄の場所"), .type = KAN_TEXT,
    .flags = KAN_LISTED | KAN_SEARCHED | KAN_CORRECTABLE,
    .width = 14 },
  { .id = "destroyed_at", .label = L ("Destroyed at", "廃棄日時"), .type = KAN_TIME, .flags = KAN_LISTED, .width = 12 },
  { .id = "executor", .label = L ("Executor", "実施者"), .type = KAN_REF, .of = "person|outsider", .flags = KAN_LISTED,
    .width = 10 },
  { .id = "executor_paper", .label = L ("Executed on paper", "実施の自署"), .type = KAN_YES, .width = 5 },
  { .id = "witness", .label = L ("Witness", "立会者"), .type = KAN_REF, .of = "person|outsider", .flags = KAN_LISTED,
    .width = 10 },
  { .id = "witness_paper", .label = L ("Witnessed on paper", "立会の自署"), .type = KAN_YES, .width = 5 },
  { .id = "contractor", .label = L ("Contractor", "委託先"), .type = KAN_REF, .of = "outsider",
    .flags = KAN_ON_PAPER, .width = 12 },
  { .id = "contractor_certificate", .label = L ("Contractor's certificate", "委託先の証明書番号"), .type = KAN_CODE,
    .flags = KAN_ON_PAPER | KAN_CORRECTABLE, .width = 12 },
  { .id = "photographs", .label = L ("Photographs", "写真（葉）"), .type = KAN_COUNT, .flags = KAN_ON_PAPER, .width = 5 },
  { .id = "payment_day", .label = L ("Next payment", "次回の支給日"), .type = KAN_DATE, .width = 8 },
  { .id = "document_no", .label = L ("Document number", "文書番号"), .type = KAN_CODE,
    .flags = KAN_ON_PAPER | KAN_CORRECTABLE,
    .width = 10 },
  { .id = "note", .label = L ("Remarks", "備考"), .type = KAN_LINES, .flags = KAN_ON_PAPER },
  { 0 }
};

static const KanState states[] = {
  { "witnessing", L ("To be confirmed", "立会・確認待ち") },
  { "certified",  L ("Certified", "証明済") },
  { "refused",    L ("Refused", "確認されず") },
  { "asked_back", L ("Asked back", "差戻し") },
  { "withdrawn",  L ("Withdrawn", "取下げ") },
  { "void",       L ("Void", "取消") },
  { 0 }
};

static const KanAsk ask_destroy[] = {
  { .key = "media", .page = L ("Which media", "記録媒体"), .must = TRUE, .about = TRUE },
  { .key = "count", .fill = KAN_FILL_ALWAYS },
  { .key = "payment_day", .fill = KAN_FILL_ALWAYS },
  { .key = "identified", .page = L ("Identification", "番号の突合"), .must = TRUE },
  { .key = "sheets" },
  { .key = "instead_of_erasing", .page = L ("Erasure", "消去") },
  { .key = "method", .page = L ("Destruction", "廃棄"), .must = TRUE },
  { .key = "standard", .fill = KAN_FILL_BLANK },
  { .key = "level" },
  { .key = "machine" },
  { .key = "place", .must = TRUE },
  { .key = "executor", .must = TRUE, .fill = KAN_FILL_BLANK },
  { .key = "executor_paper" },
  { .key = "witness", .must = TRUE },
  { .key = "witness_paper" },
  { .key = "contractor" },
  { .key = "contractor_certificate" },
  { .key = "photographs" },
  { .key = "document_no" },
  { .key = "note" },
  { 0 }
};

static const KanHand hands[] = {
  { .as = "executor", .title = L ("Executor", "実施者"), .person = "executor", .paper = "executor_paper" },
  { .as = "witness", .title = L ("Witness", "立会者"), .person = "witness", .paper = "witness_paper" },
  { .as = "system_manager" },
  { 0 }
};

static gint64
count_held (KanCase *c)
{
  return kan_ask_int (c, KAN_SQL_COUNT_IN_MEDIA_ANSWERED);
}

static void
destroy_fill (KanCase *c)
{
  g_autofree char *latest = kan_ask_text (c, SQL_LATEST_UNCOVERED);
  const KanProfile *profile = kan_case_profile (c);
  const KanMethod *method = profile != NULL && kan_answered (c, "method")
                            ? kan_profile_destruction (profile, kan_answer (c, "method")) : NULL;

  kan_fill_payment_day (c, latest);
  kan_fill_n (c, "count", count_held (c));
  kan_fill_actor (c, "executor");
  if (method != NULL)
    kan_fill_text (c, "standard", method->standard);
}

/* --- identification ---------------------------------------------------------------------------------------------- */

static const char *
read_off (KanCase *c, const char *subject)
{
  for (guint i = 0; i < kan_answer_rows (c, "identified"); i++)
    if (g_strcmp0 (kan_answer_in_row (c, "identified", i, "medium"), subject) == 0)
      return kan_answer_in_row (c, "identified", i, "serial");
  return NULL;
}

/* By the maker's number; where there is none by the label of the register. */
static void
check_one_identified (KanCase *c, const char *subject, const char *known)
{
  const char *read = read_off (c, subject);
  g_autofree char *key = read != NULL ? kan_text_alike_key (read) : NULL, *known_key = kan_text_alike_key (known);

  if (read == NULL)
    kan_refuse (c, KAN_MISSING, "identified", _("The number of %s is not told\n"
                                                "read it off and type it, or - where it is unreadable"),
                subject);
  else if (strcmp (read, UNREADABLE) == 0)
    {
      if (kan_answer_n (c, "photographs") == 0)
        kan_breach (c, "11-5.identity", "identified",
                    _("The number of %s is unreadable\na photograph stands in for it"), subject);
    }
  else if (strcmp (key, known_key) != 0)
    kan_breach (c, "11-5.identity", "identified", _("“%s” is not what the register says of %s"), read, subject);
}

/* A row of the medium's number, and by what it is known. */
static void
compare_one (KanStmt *row, gpointer c)
{
  check_one_identified (c, kan_stmt_text (row, 0), kan_stmt_text (row, 1));
}

/* What was read off something else says nothing of what is destroyed here. */
static void
check_lines (KanCase *c)
{
  const char **media = kan_answer_list (c, "media");

  for (guint i = 0; i < kan_answer_rows (c, "identified"); i++)
    {
      const char *medium = kan_answer_in_row (c, "identified", i, "medium");
      g_autofree char *path = g_strdup_printf ("identified[%u].medium", i);

      if (medium != NULL && media != NULL && !g_strv_contains (media, medium))
        kan_refuse (c, KAN_WRONG_RECORD, path, _("%s is not among the media that are destroyed here"), medium);
    }
}

static void
check_identified (KanCase *c)
{
  gint64 sheets = kan_ask_int (c, "SELECT ifnull(sum(sheets), 0)" KAN_SQL_MEDIA_ANSWERED);

  check_lines (c);
  kan_ask_rows (c, "SELECT 'M' || medium.id, ifnull(serial, label)" KAN_SQL_MEDIA_ANSWERED, compare_one, c);
  if (kan_answer_n (c, "sheets") != sheets)
    kan_breach (c, "11-5.sheets", "sheets", _("The register says %s sheets"), kan_say_count (c, sheets));
}

/* --- rules ------------------------------------------------------------------------------------------------------- */

static void
check_fit (KanStmt *row, gpointer data)
{
  KanCase *c = data;

  if (!kan_profile_destruction_fits (kan_case_profile (c), kan_stmt_text (row, 0), kan_answer (c, "method")))
    kan_breach (c, "11-5.method", "method", _("This method does not destroy media of every kind named here"));
}

static void
check_method (KanCase *c)
{
  if (kan_case_profile (c) != NULL && kan_answered (c, "method"))
    kan_ask_rows (c, SQL_KINDS, check_fit, c);
}

static void
check_people (KanCase *c)
{
  const char *executor = kan_answer (c, "executor");

  if (executor != NULL && g_strcmp0 (executor, kan_answer (c, "witness")) == 0)
    kan_breach (c, "11-5.witness", "witness", _("The witness is somebody else than the executor"));
  if (executor != NULL && executor[0] == 'X' && !kan_answered (c, "contractor"))
    kan_breach (c, "11-5.contractor", "contractor", _("Somebody of another body destroys\n"
                                                      "name the contractor"));
  if (kan_answered (c, "contractor") && !kan_answered (c, "contractor_certificate"))
    kan_breach (c, "11-5.contractor_certificate", "contractor_certificate",
                _("The number of the contractor's certificate is not told\nenter it"));
  kan_check_handler (c, "executor");
}

static void
check_content (KanCase *c)
{
  g_autofree char *latest = kan_ask_text (c, SQL_LATEST_UNCOVERED);
  gint64 held = count_held (c);

  if (kan_answer_n (c, "count") != held)
    kan_refuse (c, KAN_MISMATCH, "count", _("%s records are still on the media"), kan_say_count (c, held));
  if (held > 0 && !kan_answer_yes (c, "instead_of_erasing"))
    kan_breach (c, "11-4.not_erased", "instead_of_erasing",
                _("The media were not erased\nif they cannot be, say that destruction stands for erasure"));
  if (kan_ask_int (c, "SELECT count(*)" KAN_SQL_BATCHES_ANSWERED " AND hold = 1"))
    kan_breach (c, "11-1.hold", "media", _("What is recorded on it is on hold by the chief"));
  kan_check_due (c, latest);
}

/* Media are destroyed where they are kept, or where a disposal was consented to. Elsewhere it is no less a fact: what
 * was lost or given away may have been shredded by whoever has it, and its certificate come late. */
static void
check_media (KanCase *c)
{
  g_autofree char *gone = kan_ask_text (c, KAN_SQL_NAMES_OF_MEDIA_ANSWERED " AND state = 'destroyed'");
  g_autofree char *twice = kan_ask_text (
    c, KAN_SQL_NAMES_OF_MEDIA_ANSWERED
       " AND EXISTS (SELECT 1 FROM destruction_media m JOIN destruction d ON d.id = m.owner"
       " WHERE m.value = medium.id AND d.id IS NOT :subject AND d." KAN_SQL_UNCONFIRMED ")");
  g_autofree char *away = kan_ask_text (
    c, KAN_SQL_NAMES_OF_MEDIA_ANSWERED
       " AND state NOT IN ('registered', 'stored', 'handing', 'in_use', 'checking', 'early_asked', 'erasing',"
       " 'faulty', 'erased', 'destroyed')"
       " AND NOT EXISTS (SELECT 1 FROM takeout_media m JOIN takeout t ON t.id = m.owner"
       " WHERE m.value = medium.id AND t.kind = 'disposal' AND t.state IN ('out', 'arrived'))");

  if (gone != NULL)
    kan_refuse (c, KAN_WRONG_RECORD, "media", _("No longer here: %s"), gone);
  if (twice != NULL)
    kan_refuse (c, KAN_WRONG_RECORD, "media", _("Another destruction waits to be confirmed for: %s"), twice);
  if (away != NULL)
    kan_breach (c, "11-5.not_here", "media", _("By the register these are elsewhere: %s"), away);
}

/* The certificate tells of what was recorded: whoever confirms it does not do so over a correction that waits. */
static void
check_put_right (KanCase *c)
{
  g_autofree char *waiting = kan_ask_text (c, "SELECT group_concat(subject, ', ') FROM pending WHERE subject IN"
                                              " (SELECT 'B' || id FROM batch WHERE medium IN"
                                              " (SELECT value FROM json_each(:media)))");

  if (waiting != NULL && kan_check_is_last_hand (c))
    kan_refuse (c, KAN_IN_USE, "media", _("%s waits for a decision\nwithdraw or decide that first"), waiting);
}

static void
destroy_check (KanCase *c)
{
  check_media (c);
  check_identified (c);
  check_method (c);
  check_people (c);
  check_content (c);
  check_put_right (c);
}

static void
destroy_effect (KanCase *c)
{
  kan_set (c, "UPDATE destruction SET destroyed_at = :when, certified_on = date(:at, '+9 hours') WHERE id = :subject");
  kan_set (c, "UPDATE batch SET state = 'destroyed', closed_on = :when_day, destruction = :subject"
              " WHERE state = 'open' AND medium IN (SELECT value FROM json_each(:media))");
  kan_set (c, "UPDATE medium SET state = 'destroyed', holder = NULL, place = NULL, early_until = NULL, early_at = NULL"
              " WHERE id IN (SELECT value FROM json_each(:media))");
}

/* What is destroyed waits for no check and no approval any more: a hand given later would bring it back. */
static const KanKind kinds[] = {
  { .id = "media.destroy", .title = L ("Destroy", "廃棄する"), .article = "11-5", .may = "operator", .wait = "witnessing",
    .to = "certified", .asks = ask_destroy, .hands = hands, .strength = KAN_STRICT, .flags = KAN_FACT,
    .overtakes = "media", .series = "certificate", .fill = destroy_fill, .check = destroy_check,
    .effect = destroy_effect },
  { 0 }
};

static const KanList lists[] = {
  { .id = "destruction_waiting", .label = L ("To be confirmed", "立会・確認待ち"),
    .sql = "SELECT * FROM destruction WHERE state = 'witnessing'" },
  { .id = "destruction_certified", .label = L ("Certified", "証明済"),
    .sql = "SELECT * FROM destruction WHERE state = 'certified'" },
  { .id = "destruction_unconfirmed", .label = L ("Destroyed, and not confirmed", "廃棄済（確認されず）"),
    .sql = "SELECT * FROM destruction WHERE state IN ('refused', 'asked_back')" },
  { 0 }
};

static const char *forms[] = { "destruction_certificate", NULL };

const KanRegister kan_destruction_register = {
  .id = "destruction", .prefix = "D", .article = "11-5", .title = L ("Destruction", "消去・廃棄簿"),
  .group = "media", .icon = "user-trash-symbolic",
  .fields = fields, .states = states, .kinds = kinds, .lists = lists, .forms = forms,
  .also = "batch_erased", .first = "witnessing|refused|asked_back",
};
