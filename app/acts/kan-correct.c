/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Correction (訂正), voiding (取消), and the other acts upon acts: notes on known failures, redaction, the clock. */
#include "acts/kan-book-private.h"
#include "acts/kan-restate.h"
#include "acts/kan-verify.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* --- correction ----------------------------------------------------------------------------------------------- */

/* The act that is corrected, as a case; NULL with a refusal where no such act took effect on this record before, or
 * where it was voided since. */
static KanCase *
corrected_case (KanCase *c)
{
  gboolean had_effect = kan_ask_int (c, "SELECT count(*) FROM step WHERE seq = :act AND subject = :record"
                                         " AND voided IS NULL") > 0;
  g_autoptr(KanAct) act = had_effect && c->error == NULL ? kan_ledger_get (c->book->chain, kan_answer_n (c, "act"),
                                                                           &c->error)
                          : NULL;
  KanCase *was;

  if (act == NULL)
    {
      kan_refuse (c, KAN_NO_SUCH_ENTRY, "act", _("There is no such entry on %s"), c->subject);
      return NULL;
    }
  was = kan_case_new_for_act (c->book, act, &c->error);
  return was;
}

/* What depends on it is put right with it by an act of the register, where there is one. */
static void
breach_naming (KanCase *c, const char *rule, const char *key, const char *wrong, const KanKind *kind)
{
  g_autofree char *advice = NULL;

  if (kind != NULL)
    advice = g_strdup_printf (_("put it right by “%s”\nput it right by %s"),
                              kan_label (&kind->title, kan_speaks_japanese ()), kind->id);
  kan_breach (c, rule, key, "%s\n%s", wrong, advice != NULL ? advice : _("no act puts it right: record what is so"));
}

static const KanField *
corrected_field (KanCase *c, const KanCase *was)
{
  const char *key = kan_answer (c, "question");
  const KanAsk *ask = key != NULL ? kan_case_find_ask (was, key) : NULL;
  const KanField *field = ask != NULL && was->reg->prefix != NULL ? kan_ask_find_field (was->reg, ask) : NULL;

  if (field == NULL)
    kan_refuse (c, KAN_NO_SUCH_ENTRY, "question", _("That entry does not answer this question"));
  else if ((field->flags & KAN_CORRECTABLE) == 0 || !kan_field_has_column (field) || field->type == KAN_LINES)
    breach_naming (c, "not_correctable", "question", _("States, references or approvals depend on this answer"),
                   kan_restating_kind (c->book, was->reg, field));
  else
    return field;
  return NULL;
}

static void
check_value (KanCase *c, KanCase *was, const KanField *field)
{
  const char *value = kan_answer (c, "value");
  char *end = NULL;

  if (value == NULL)
    return;
  if (field->type == KAN_COUNT && (g_ascii_strtoll (value, &end, 10) < 0 || *end != '\0' || !g_ascii_isdigit (*value)))
    kan_refuse (c, KAN_OUT_OF_RANGE, "value", _("A count is not negative"));
  else if (field->type == KAN_YES && strcmp (value, "yes") != 0 && strcmp (value, "no") != 0)
    kan_refuse (c, KAN_UNREADABLE, "value", _("Neither yes nor no\nanswer one of them"));
  else
    kan_judge_field (c, was->reg, field, kan_case_subject (c), "value", value);
}

/* What the entry says by now, as a correction is signed; NULL: nothing. */
static char *
present_answer (KanCase *c, KanCase *was)
{
  const char *key = kan_answer (c, "question");
  char *corrected = kan_ask_text (c, "SELECT new FROM correction WHERE act = :act AND key = :question"
                                     " ORDER BY seq DESC LIMIT 1");

  if (corrected != NULL)
    return corrected;
  switch (kan_body_get_type (was->body, key))
    {
    case KAN_BODY_INT:
      return g_strdup_printf ("%" G_GINT64_FORMAT, kan_answer_n (was, key));
    case KAN_BODY_YES:
      return g_strdup (kan_answer_yes (was, key) ? "yes" : "no");
    case KAN_BODY_TEXT:
      return g_strdup (kan_answer (was, key));
    case KAN_BODY_NONE: case KAN_BODY_LIST: case KAN_BODY_ROWS:
    default:
      return NULL;
    }
}

static void
check_changes (KanCase *c, KanCase *was)
{
  g_autofree char *present = present_answer (c, was);

  if (present != NULL && kan_answered (c, "value") && g_strcmp0 (present, kan_answer (c, "value")) == 0)
    kan_refuse (c, KAN_NOTHING_TO_DO, "value", _("It says that already, so nothing would change"));
}

/* Only those may put an entry right who may make it. */
static void
check_may (KanCase *c, KanCase *was)
{
  if (kan_declares_as (c, was) == KAN_CAPACITY_NONE)
    kan_breach (c, "not_entitled", NULL, _("Only who may make such an entry may put it right"));
}

static void
correct_check (KanCase *c)
{
  g_autoptr(KanCase) was = corrected_case (c);
  const KanField *field = was != NULL ? corrected_field (c, was) : NULL;

  if (was != NULL)
    check_may (c, was);
  if (field == NULL)
    return;
  check_value (c, was, field);
  check_changes (c, was);
}

/* The column shows the newest answer: a later act that answered the same question keeps its own, unless it was voided:
 * seen from the newest, an act comes after its void. */
static gboolean
answered_later (KanCase *c, const KanField *field)
{
  g_autoptr(KanStmt) stmt = NULL;
  gboolean later = FALSE;
  gint64 voided = 0;

  stmt = c->error == NULL ? kan_db_query (c->book->db, &c->error,
                                          "SELECT seq FROM step WHERE subject = ? AND seq > ? AND seq < ?"
                                          " ORDER BY seq DESC",
                                          "sii", c->subject, kan_answer_n (c, "act"), c->seq) : NULL;
  while (stmt != NULL && !later && kan_stmt_step (stmt, &c->error))
    {
      g_autoptr(KanAct) act = kan_ledger_get (c->book->chain, kan_stmt_int (stmt, 0), &c->error);
      g_autoptr(KanCase) other = act != NULL ? kan_case_new_for_act (c->book, act, &c->error) : NULL;

      if (other == NULL || other->seq == voided)
        continue;
      if (strcmp (other->kind->id, "act.void") == 0)
        voided = kan_answer_n (other, "act");
      for (const KanAsk *ask = other->kind->asks; ask != NULL && ask->key != NULL; ask++)
        later = later || (kan_answered (other, ask->key) && kan_ask_find_field (other->reg, ask) == field);
    }
  return later;
}

static void
correct_effect (KanCase *c)
{
  g_autoptr(KanCase) was = corrected_case (c);
  const KanField *field = was != NULL ? corrected_field (c, was) : NULL;
  const char *key = kan_answer (c, "question"), *value = kan_answer (c, "value");
  g_autofree char *sql = NULL, *old = NULL;

  if (field == NULL)
    return;
  sql = g_strdup_printf ("SELECT %s FROM %s WHERE id = :subject", field->id, was->reg->id);
  old = kan_ask_text (c, sql);
  kan_run (c, "INSERT INTO correction (seq, act, subject, key, old, new) VALUES (?, ?, ?, ?, ?, ?)", "iissss", c->seq,
           was->seq, c->subject, key, old, value);
  if (c->error != NULL || answered_later (c, field))
    return;
  kan_put_column (c, was->reg, c->id, field, value);
  if ((field->flags & KAN_SEARCHED) != 0)
    kan_index_record (c, was->reg, c->id);
}

/* --- voiding -------------------------------------------------------------------------------------------------- */

/* What lies beside the record's row has no undo; a record that is void keeps it. */
static gboolean
answers_beside (KanCase *was)
{
  for (const KanAsk *ask = was->kind->from != NULL ? was->kind->asks : NULL; ask != NULL && ask->key != NULL; ask++)
    {
      const KanField *field = kan_ask_find_field (was->reg, ask);

      if (kan_answered (was, ask->key) && field != NULL && !kan_field_has_column (field))
        return TRUE;
    }
  return FALSE;
}

static void
void_check (KanCase *c)
{
  g_autoptr(KanCase) was = corrected_case (c);
  g_autofree char *sql = NULL;

  if (was == NULL)
    return;
  if (was->reg->prefix == NULL || was->kind->effect != NULL || was->kind->series != NULL || answers_beside (was) ||
      (was->kind->flags & (KAN_POWER | KAN_FINAL | KAN_CLAIMS | KAN_INTERNAL)) != 0 ||
      was->kind->hands != NULL || kan_ask_int (c, "SELECT count(*) FROM hand WHERE act = :act"
                                              " AND verdict <> 'declared'") > 0)
    {
      breach_naming (c, "not_voidable", "act", _("Other records or approvals depend on this entry"),
                     was->kind->from == NULL && was->reg->prefix != NULL ? kan_cancelling_kind (c->book, was->reg)
                     : NULL);
      return;
    }
  check_may (c, was);
  sql = g_strdup_printf ("SELECT changed FROM %s WHERE id = :subject", was->reg->id);
  if (kan_ask_int (c, sql) != was->seq ||
      kan_ask_int (c, "SELECT count(*) FROM correction WHERE subject = :record AND seq > :act AND new IS NOT NULL") > 0)
    kan_breach (c, "not_last", "act", _("Only the last entry of a record can be voided"));
  if (was->kind->from == NULL && kan_is_referred_to (c, was->reg, c->id))
    kan_breach (c, "not_voidable", "act", _("Other records refer to %s"), c->subject);
}

/* As kept before the act: its record's state, and each column that it set or cleared. */
static void
restore_columns (KanCase *c, const KanRegister *reg, gint64 id, const char *undo)
{
  g_autoptr(GString) sql = g_string_new (NULL);

  g_string_append_printf (sql, "UPDATE %s SET state = json_extract (?1, '$.state'), changed = ?2", reg->id);
  for (const KanField *field = reg->fields; field->id != NULL; field++)
    if (kan_field_has_column (field))
      g_string_append_printf (sql,
                              ", %s = CASE WHEN json_type (?1, '$.%s') IS NULL THEN %s"
                              " ELSE json_extract (?1, '$.%s') END",
                              field->id, field->id, field->id, field->id);
  g_string_append (sql, " WHERE id = ?3");
  kan_run (c, sql->str, "sii", undo, c->seq, id);
  kan_index_record (c, reg, id);
}

static void
void_effect (KanCase *c)
{
  g_autoptr(KanCase) was = corrected_case (c);
  g_autofree char *undo = NULL;

  if (was == NULL)
    return;
  kan_set (c, "UPDATE step SET voided = :seq WHERE seq = :act");
  if (was->kind->from == NULL)
    {
      kan_set_state (c, was->reg, c->id, "void");
      return;
    }
  undo = kan_ask_text (c, "SELECT undo FROM step WHERE seq = :act");
  if (undo != NULL)
    restore_columns (c, was->reg, c->id, undo);
}

/* --- redaction, notes, clock, edition ------------------------------------------------------------------------- */

static void
redact_check (KanCase *c)
{
  g_autoptr(KanCase) was = corrected_case (c);
  const char *key = kan_answer (c, "question");
  const KanAsk *ask = was != NULL && key != NULL ? kan_case_find_ask (was, key) : NULL;
  const KanField *field = ask != NULL ? kan_ask_find_field (was->reg,
                                                            ask) : key != NULL ? kan_reserved_field (key) : NULL;

  if (was != NULL && key != NULL && (field == NULL || field->type != KAN_LINES || !kan_answered (was, key)))
    kan_refuse (c, KAN_NO_SUCH_ENTRY, "question", _("That entry has no free text there"));
}

/* Content and salt go, from the file itself: where entries are applied again, they went when it was done. The digest
 * stays signed, and says that there was something. */
static void
redact_effect (KanCase *c)
{
  g_autoptr(KanCase) was = corrected_case (c);
  const char *digest = was != NULL ? kan_answer (was, kan_answer (c, "question")) : NULL;

  if (digest == NULL)
    return;
  if (!c->book->replaying)
    kan_run (c, "DELETE FROM detached WHERE digest = ?", "s", digest);
  kan_set (c, "INSERT INTO correction (seq, act, subject, key) VALUES (:seq, :act, :record, :question)");
}

/* Whether verification finds it is no question of the chain: a note of what is not found makes nothing known. */
static void
note_check (KanCase *c)
{
  char code[KAN_FAULT_CODE_SIZE];

  if (kan_answered (c, "fault") && !kan_fault_code_parse (kan_answer (c, "fault"), code))
    kan_refuse (c, KAN_UNREADABLE, "fault", _("This is not the code of a fault\ntype it as verify prints it"));
}

static void
note_effect (KanCase *c)
{
  char code[KAN_FAULT_CODE_SIZE];

  if (kan_fault_code_parse (kan_answer (c, "fault"), code))
    kan_run (c, "INSERT INTO note (seq, fault) VALUES (?, ?)", "is", c->seq, code);
}

/* The clock as read at the last hand is the floor from now on. */
static void
clock_effect (KanCase *c)
{
  c->book->floor = c->book->sure = c->at_utc;
}

static void
edition_check (KanCase *c)
{
  if (kan_answer_n (c, "edition") != (gint64) c->book->edition + 1 || c->book->edition >= c->book->program_edition)
    kan_refuse (c, KAN_MISMATCH, "edition", _("Editions follow one another"));
}

static void
edition_effect (KanCase *c)
{
  c->book->edition = (guint) kan_answer_n (c, "edition");
  kan_set (c, "UPDATE file SET edition = :edition WHERE id = 1");
}

static const KanAsk asks_correct[] = {
  { .key = "act", .must = TRUE }, { .key = "question", .must = TRUE }, { .key = "value", .must = TRUE },
  { .key = "reason", .must = TRUE }, { 0 }
};
static const KanAsk asks_void[] = { { .key = "act", .must = TRUE }, { .key = "reason", .must = TRUE }, { 0 } };
static const KanAsk asks_redact[] = {
  { .key = "act", .must = TRUE }, { .key = "question", .must = TRUE }, { .key = "reason", .must = TRUE }, { 0 }
};
static const KanAsk asks_note[] = { { .key = "fault", .must = TRUE }, { .key = "reason", .must = TRUE }, { 0 } };
static const KanAsk asks_clock[] = { { .key = "reason", .must = TRUE }, { 0 } };
static const KanAsk asks_edition[] = { { .key = "edition", .must = TRUE }, { 0 } };

static const KanField act_fields[] = {
  { .id = "act", .label = L ("Entry", "処理番号"), .type = KAN_COUNT, .of = "entry", .width = 6 },
  { .id = "question", .label = L ("Question", "項目"), .type = KAN_CODE, .of = "question", .width = 10 },
  { .id = "value", .label = L ("New value", "訂正後"), .type = KAN_CODE, .of = "answer", .width = 20 },
  { .id = "fault", .label = L ("Code of the fault", "異常の符号"), .type = KAN_CODE, .of = "fault",
    .width = 12 },
  { .id = "reason", .label = L ("Reason", "理由"), .type = KAN_LINES, .width = 20 },
  { .id = "edition", .label = L ("Edition of the rules", "規則の版"), .type = KAN_COUNT, .width = 4 },
  { 0 }
};

static const KanKind act_kinds[] = {
  { .id = "act.correct", .title = L ("Correct", "訂正"), .may = "staff", .from = "*", .asks = asks_correct,
    .strength = KAN_STRICT, .flags = KAN_SELDOM | KAN_RELIES, .check = correct_check, .effect = correct_effect },
  { .id = "act.void", .title = L ("Void", "取消"), .may = "staff", .from = "*", .asks = asks_void,
    .strength = KAN_STRICT, .flags = KAN_SELDOM | KAN_RELIES, .check = void_check, .effect = void_effect },
  { .id = "text.redact", .title = L ("Remove text", "記載の削除"), .may = KAN_MANAGERS, .from = "*", .asks = asks_redact,
    .strength = KAN_STRICT, .flags = KAN_POWER | KAN_SELDOM, .check = redact_check, .effect = redact_effect },
  { .id = "ledger.note", .title = L ("Note a known failure", "検査結果の付記"), .may = KAN_MANAGERS, .from = "*",
    .asks = asks_note, .strength = KAN_STRICT, .flags = KAN_POWER | KAN_MENDS, .check = note_check,
    .effect = note_effect },
  { .id = "clock.correct", .title = L ("Correct the clock", "時計の訂正"), .may = KAN_MANAGERS, .from = "*",
    .asks = asks_clock, .strength = KAN_STRICT, .flags = KAN_POWER | KAN_SETS_CLOCK, .effect = clock_effect },
  { .id = "edition.adopt", .title = L ("Adopt the rules of this program", "新しい規則の採用"), .from = "*",
    .asks = asks_edition, .flags = KAN_INTERNAL | KAN_TIMELESS, .check = edition_check, .effect = edition_effect },
  { 0 }
};

const KanRegister kan_act_register = {
  .id = "act_act", .title = L ("Ledger", "処理記録"), .fields = act_fields, .kinds = act_kinds,
};
