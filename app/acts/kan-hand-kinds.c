/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The acts by which hands are given, refused, asked back and withdrawn, and the later inspection of a deputy's. */
#include "acts/kan-book-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * kan_case_pending:
 * @c: an act upon a record
 * @subject: that record
 *
 * Returns: (transfer full) (nullable): the act that waits there, its day the day of @c; %NULL: none waits
 */
KanCase *
kan_case_pending (KanCase *c, const char *subject)
{
  g_autoptr(KanStmt) stmt = NULL;
  g_autoptr(KanAct) act = NULL;
  g_autoptr(KanCase) asked = NULL;
  g_autofree char *when = NULL;
  KanCase *pending;

  if (c->error != NULL)
    return NULL;
  stmt = kan_db_query (c->book->db, &c->error, "SELECT act, edition, moment FROM pending WHERE subject = ?", "s",
                       subject);
  if (stmt == NULL || !kan_stmt_step (stmt, &c->error))
    return NULL;
  act = kan_ledger_need (c->book->chain, kan_stmt_int (stmt, 0), &c->error);
  asked = act != NULL ? kan_case_new_for_act (c->book, act, &c->error) : NULL;
  if (asked == NULL)
    return NULL;
  /* authority and deadlines of a hand are those of the day it is given on */
  pending = kan_case_new (c->book, asked->kind, asked->reg, c->at_utc, asked->happened ? asked->when : NULL,
                          asked->actor);
  pending->seq = asked->seq;
  pending->edition = (guint) kan_stmt_int (stmt, 1);
  pending->body = g_steal_pointer (&asked->body);
  pending->creating = asked->kind->from == NULL && asked->reg->prefix != NULL;
  kan_case_set_subject (pending, subject);
  when = kan_minute_format (kan_stmt_int (stmt, 2));
  g_strlcpy (pending->asked, when, 11);
  if (!asked->happened)
    {
      g_strlcpy (pending->when, when, sizeof pending->when);
      g_strlcpy (pending->when_day, when, 11);
    }
  return pending;
}

static char *
before_of (KanCase *c)
{
  return kan_ask_text (c, "SELECT before FROM pending WHERE subject = :record");
}

/* An error of the nested case is the outer one's. */
static void
adopt_error (KanCase *c, KanCase *pending)
{
  if (pending != NULL && pending->error != NULL && c->error == NULL)
    c->error = g_steal_pointer (&pending->error);
}

static char **
capacities_of (const KanCase *c)
{
  const char *as = kan_answer (c, "as");

  return g_strsplit (as != NULL ? as : "", "|", -1);
}

/* --- giving, refusing, asking back: in which capacities ------------------------------------------------------- */

static void
decide_fill (KanCase *c)
{
  g_autoptr(KanCase) pending = kan_case_pending (c, c->subject);
  g_autofree char *own = pending != NULL ? kan_hands_of (pending, c->actor) : NULL;

  if (pending == NULL)
    return;
  kan_fill_n (c, "act", pending->seq);
  kan_fill_text (c, "as", own);
  adopt_error (c, pending);
}

static void
check_act (KanCase *c, KanCase *pending)
{
  if (pending == NULL && c->error == NULL)
    kan_refuse (c, KAN_NOTHING_TO_DO, NULL, _("%s waits for no decision"), c->subject);
  else if (pending != NULL && c->stage == KAN_STAGE_SIGN && kan_answer_n (c, "act") != pending->seq)
    kan_refuse (c, KAN_MISMATCH, "act", _("Another version of %s waits\nlook at it again"), c->subject);
}

/* Whether any hand is theirs to give. */
static void
check_own (KanCase *c, KanCase *pending)
{
  g_autofree char *own = kan_hands_of (pending, c->actor);

  if (own == NULL && kan_is_barred_from_identifying (pending, c->actor))
    kan_breach (c, "14-2.identified", NULL,
                _("Whoever issued a key, or signed for its issue, does not identify its holder as well\n"
                  "another officer does"));
  else if (own == NULL)
    kan_breach (c, "not_entitled", NULL, _("None of the outstanding signatures is this person's to give"));
}

static void
decide_ready (KanCase *c)
{
  g_autoptr(KanCase) pending = kan_case_pending (c, c->subject);

  check_act (c, pending);
  if (pending == NULL)
    return;
  check_own (c, pending);
  adopt_error (c, pending);
}

static gboolean
named_before (char **list, char **item)
{
  for (; list < item; list++)
    if (strcmp (*list, *item) == 0)
      return TRUE;
  return FALSE;
}

static void
check_capacities (KanCase *c, KanCase *pending)
{
  g_autoptr(GPtrArray) outstanding = kan_hands_outstanding (pending, 0, NULL);
  g_auto(GStrv) as = capacities_of (c);
  KanStead stead = { 0 };

  for (char **capacity = as; *capacity != NULL; capacity++)
    {
      KanCapacity found = KAN_CAPACITY_NONE;
      gint64 principal = 0;

      if (g_ptr_array_find_with_equal_func (outstanding, *capacity, g_str_equal, NULL) && !named_before (as, capacity))
        found = kan_hand_entitled (pending, c->actor, *capacity, &principal);
      if (found == KAN_CAPACITY_NONE)
        kan_breach (c, "not_entitled", "as", _("This person cannot sign as “%s” here"),
                    kan_capacity_label (c->book, pending->kind->id, *capacity, kan_speaks_japanese ()));
      if (found == KAN_CAPACITY_DEPUTY)
        kan_stand_in (&stead, pending, c->actor, *capacity, principal);
    }
  kan_judge_absence (c, &stead);
}

/* Where nothing is there to answer, which is said already, no answer is wrong or missing. */
static void
forget_answers (KanCase *c)
{
  for (guint i = c->refusals->len; i > 0; i--)
    {
      const KanRefusal *refusal = g_ptr_array_index (c->refusals, i - 1);

      if (refusal->key != NULL && kan_case_find_ask (c, refusal->key) != NULL)
        g_ptr_array_remove_index (c->refusals, i - 1);
    }
}

/* FALSE: there is nothing that they could decide. */
static gboolean
check_decision (KanCase *c, KanCase *pending)
{
  g_autofree char *own = pending != NULL ? kan_hands_of (pending, c->actor) : NULL;

  if (own == NULL)
    forget_answers (c);
  else
    check_capacities (c, pending);
  return own != NULL;
}

static void
decide_check (KanCase *c)
{
  g_autoptr(KanCase) pending = kan_case_pending (c, c->subject);

  check_decision (c, pending);
  adopt_error (c, pending);
}

/* --- giving --------------------------------------------------------------------------------------------------- */

/* When this hand is the last, the act itself is asked again: a gate may have closed meanwhile. */
static void
check_last (KanCase *c, KanCase *pending)
{
  g_auto(GStrv) as = capacities_of (c);
  g_autoptr(GPtrArray) left = kan_hands_outstanding (pending, c->actor, (const char *const *) as);

  if (left->len > 0 || !kan_judge (pending, KAN_STAGE_LAST_HAND))
    return;
  for (guint i = 0; i < pending->refusals->len; i++)
    {
      const KanRefusal *refusal = g_ptr_array_index (pending->refusals, i);

      if (!refusal->is_mark)
        g_ptr_array_add (c->refusals, kan_refusal_copy (refusal));
    }
}

/* Giving all that one may must leave somebody for what is lacking. */
static void
check_rest_feasible (KanCase *c, KanCase *pending)
{
  g_auto(GStrv) as = capacities_of (c);
  g_autoptr(GPtrArray) left = kan_hands_outstanding (pending, c->actor, (const char *const *) as);

  if (left->len == 1 && strcmp (g_ptr_array_index (left, 0), "named_instead") == 0 &&
      !kan_hands_somebody_named (pending, c->actor))
    kan_breach (c, "nobody_independent", NULL, "%s", kan_hands_remedy ());
}

static void
give_check (KanCase *c)
{
  g_autoptr(KanCase) pending = kan_case_pending (c, c->subject);

  if (check_decision (c, pending) && kan_case_admissible (c))
    {
      check_last (c, pending);
      check_rest_feasible (c, pending);
    }
  adopt_error (c, pending);
}

static void
put_hand (KanCase *c, KanCase *pending, const char *capacity, const char *verdict)
{
  gint64 principal = 0;
  KanCapacity as = kan_hand_entitled (pending, c->actor, capacity, &principal);

  kan_run (c, "INSERT INTO hand (act, seq, capacity, subject, person, verdict, absence, principal)"
           " VALUES (?, ?, ?, ?, ?, ?, ?, nullif(?, 0))", "iississi", pending->seq, c->seq, capacity, c->subject,
           c->actor, verdict, kan_answer (c, "absence"), as == KAN_CAPACITY_DEPUTY ? principal : (gint64) 0);
}

static void
put_hands (KanCase *c, KanCase *pending, const char *verdict)
{
  g_auto(GStrv) as = capacities_of (c);

  for (char **capacity = as; *capacity != NULL; capacity++)
    put_hand (c, pending, *capacity, verdict);
}

/* Whether somebody has already said that they do not confirm it; from then on a shortfall tells of it. */
#define UNCONFIRMED " FROM shortfall WHERE about = :record AND rule = 'unconfirmed' AND state = 'open'"

static void
give_effect (KanCase *c)
{
  g_autoptr(KanCase) pending = kan_case_pending (c, c->subject);
  g_autoptr(GPtrArray) left = NULL;

  if (pending == NULL)
    return;
  put_hands (c, pending, "given");
  left = kan_hands_outstanding (pending, 0, NULL);
  if (left->len == 0 && c->error == NULL && kan_judge (pending, KAN_STAGE_LAST_HAND))
    {
      kan_set (c, "DELETE FROM pending WHERE subject = :record");
      kan_complete (pending);
      kan_set (c, "UPDATE shortfall SET state = 'closed', changed = :seq WHERE id IN (SELECT id" UNCONFIRMED ")");
    }
  adopt_error (c, pending);
}

/* --- refusing, asking back, withdrawing ----------------------------------------------------------------------- */

/* As it stood before; what was to be made is "refused", "asked_back", or "withdrawn", which is nobody's decision. */
static void
return_as (KanCase *c, const char *verdict, gboolean decided)
{
  g_autoptr(KanCase) pending = kan_case_pending (c, c->subject);
  g_autofree char *before = before_of (c);

  if (pending == NULL)
    return;
  if (decided)
    put_hands (c, pending, verdict);
  kan_set (c, "DELETE FROM pending WHERE subject = :record");
  /* what waited beside the course of its record has changed no state: it may be another by now */
  if (pending->reg->prefix != NULL && (pending->creating || pending->kind->wait != NULL))
    kan_set_state (c, pending->reg, pending->id, pending->creating ? verdict : before);
  adopt_error (c, pending);
}

/* What has happened is not undone by whoever does not confirm it: it waits on, and the want of it shows. */
static void
leave_unconfirmed (KanCase *c, KanCase *pending, const char *verdict)
{
  put_hands (c, pending, verdict);
  if (pending->creating)
    kan_set_state (c, pending->reg, pending->id, verdict);
  if (kan_ask_int (c, "SELECT count(*)" UNCONFIRMED) == 0)
    kan_open_shortfall (c, "unconfirmed", NULL);
}

static void
decide_against (KanCase *c, const char *verdict)
{
  g_autoptr(KanCase) pending = kan_case_pending (c, c->subject);

  if (pending != NULL && (pending->kind->flags & KAN_FACT) != 0)
    leave_unconfirmed (c, pending, verdict);
  else
    return_as (c, verdict, TRUE);
  adopt_error (c, pending);
}

static void
refuse_effect (KanCase *c)
{
  decide_against (c, "refused");
}

static void
ask_back_effect (KanCase *c)
{
  decide_against (c, "asked_back");
}

/* (transfer full) (nullable): what waits there, or was asked back and lies with whoever asked for it */
static KanCase *
withdrawable (KanCase *c)
{
  KanCase *pending = kan_case_pending (c, c->subject);
  gint64 seq = pending == NULL ? kan_ask_int (c, "SELECT max(act) FROM hand WHERE subject = :record AND "
                                              KAN_SQL_ASKED_BACK) : 0;
  g_autoptr(KanAct) act = seq > 0 && c->error == NULL ? kan_ledger_need (c->book->chain, seq, &c->error) : NULL;

  return act != NULL ? kan_case_new_for_act (c->book, act, &c->error) : pending;
}

static void
withdraw_fill (KanCase *c)
{
  g_autoptr(KanCase) asked = withdrawable (c);

  kan_fill_n (c, "act", asked != NULL ? asked->seq : 0);
}

static void
withdraw_check (KanCase *c)
{
  g_autoptr(KanCase) asked = withdrawable (c);

  if (asked == NULL)
    forget_answers (c);
}

/* Where whoever applied has left, it would lie with them for ever: then whoever may apply for such a thing. */
static gboolean
may_withdraw (KanCase *c, KanCase *asked)
{
  gint64 left = 0;

  return asked->actor == c->actor ||
         (kan_db_get_int (c->book->db, &left, &c->error, "SELECT count(*) FROM person WHERE id = ? AND state = 'left'",
                          "i", asked->actor) &&
          left > 0 && kan_declares_as (c, asked) != KAN_CAPACITY_NONE);
}

static void
withdraw_ready (KanCase *c)
{
  g_autoptr(KanCase) asked = withdrawable (c);

  check_act (c, asked);
  if (asked != NULL && !may_withdraw (c, asked))
    kan_breach (c, "not_requester", NULL, _("Only who applied may withdraw"));
}

/* Asked back, it waits no more: what it was to make is what is withdrawn, and nothing else has changed. */
static void
withdraw_effect (KanCase *c)
{
  g_autoptr(KanCase) asked = withdrawable (c);

  if (kan_ask_int (c, "SELECT count(*) FROM pending WHERE subject = :record") > 0)
    return_as (c, "withdrawn", FALSE);
  else if (asked != NULL && asked->kind->from == NULL && asked->reg->prefix != NULL)
    kan_set_state (c, asked->reg, asked->id, "withdrawn");
}

/* --- later inspection (後閲) ----------------------------------------------------------------------------------- */

#define MINE " FROM hand WHERE subject = :record AND principal = :actor AND inspected IS NULL"

/* Where only one decision was made in somebody's place on a record, it is that one. */
static void
inspect_fill (KanCase *c)
{
  if (kan_ask_int (c, "SELECT count(*)" MINE) == 1)
    kan_fill_n (c, "act", kan_ask_int (c, "SELECT min(seq)" MINE));
}

static void
inspect_ready (KanCase *c)
{
  if (kan_ask_int (c, "SELECT count(*)" MINE) == 0)
    kan_breach (c, "nothing_to_inspect", NULL, _("Nothing was decided there in this person's place"));
}

static void
inspect_check (KanCase *c)
{
  if (kan_ask_int (c, "SELECT count(*)" MINE) == 0)
    forget_answers (c);
  else if (kan_ask_int (c, "SELECT count(*)" MINE " AND seq = :act") == 0)
    kan_breach (c, "nothing_to_inspect", "act", _("Nothing was decided there in this person's place"));
}

static void
inspect_effect (KanCase *c)
{
  kan_set (c, "UPDATE hand SET inspected = :seq WHERE seq = :act AND subject = :record AND principal = :actor");
}

/* Whoever says which version they looked at, and in which capacity they decide, is taken at their word. */
#define ASK_ACT { .key = "act", .must = TRUE, .fill = KAN_FILL_BLANK }
#define ASK_DECISION ASK_ACT, { .key = "as", .must = TRUE, .fill = KAN_FILL_BLANK }, { .key = "absence" }

static const KanAsk asks_give[] = { ASK_DECISION, { .key = "remark" }, { 0 } };
static const KanAsk asks_reason[] = { ASK_DECISION, { .key = "reason", .must = TRUE }, { 0 } };
static const KanAsk asks_withdraw[] = { ASK_ACT, { .key = "reason" }, { 0 } };
static const KanAsk asks_inspect[] = { ASK_ACT, { .key = "remark" }, { 0 } };

/* Whoever decides on it is told that nobody is there any more who asked. */
static const KanTold told_requester[] = {
  { .after = "act", .field = { .id = "requester_left", .label = L ("The applicant left on", "申請者の退職日"),
                               .type = KAN_DATE },
    .sql = "SELECT left_on FROM person WHERE state = 'left'"
           " AND id = (SELECT actor FROM pending WHERE subject = :record)", .warns = TRUE },
  { 0 }
};

static const KanField hand_fields[] = {
  { .id = "act", .label = L ("Act", "処理番号"), .type = KAN_COUNT, .of = "entry", .width = 6 },
  { .id = "as", .label = L ("Capacity", "決裁の資格"), .type = KAN_CODE, .of = "capacity", .width = 12 },
  { .id = "absence", .label = L ("Absence", "不在の事由"), .type = KAN_CHOICE, .of = "absence", .width = 6 },
  { .id = "remark", .label = L ("Remark", "付記"), .type = KAN_LINES, .width = 20 },
  { .id = "reason", .label = L ("Reason", "理由"), .type = KAN_LINES, .width = 20 },
  { 0 }
};

static const KanKind hand_kinds[] = {
  { .id = "hand.give", .title = L ("Sign", "署名する"), .may = "staff", .from = "*", .asks = asks_give,
    .told = told_requester, .strength = KAN_STRICT, .flags = KAN_RELIES, .fill = decide_fill, .ready = decide_ready,
    .check = give_check, .effect = give_effect },
  { .id = "hand.refuse", .title = L ("Refuse", "承諾しない／承認しない／許可しない"), .may = "staff", .from = "*",
    .asks = asks_reason, .strength = KAN_STRICT, .flags = KAN_RELIES, .fill = decide_fill, .ready = decide_ready,
    .check = decide_check, .effect = refuse_effect },
  { .id = "hand.ask_back", .title = L ("Ask back", "差し戻す"), .may = "staff", .from = "*", .asks = asks_reason,
    .strength = KAN_STRICT, .flags = KAN_RELIES, .fill = decide_fill, .ready = decide_ready, .check = decide_check,
    .effect = ask_back_effect },
  { .id = "hand.withdraw", .title = L ("Withdraw", "取り下げる"), .may = "staff", .from = "*",
    .asks = asks_withdraw, .fill = withdraw_fill, .ready = withdraw_ready, .check = withdraw_check,
    .effect = withdraw_effect },
  { .id = "hand.inspect", .title = L ("Later inspection", "後閲"), .may = "staff", .from = "*", .asks = asks_inspect,
    .flags = KAN_RELIES, .fill = inspect_fill, .ready = inspect_ready, .check = inspect_check,
    .effect = inspect_effect },
  { 0 }
};

const KanRegister kan_hand_register = { .id = "hand_act", .title = L ("Signatures", "決裁"), .fields = hand_fields,
                                        .kinds = hand_kinds };

/* --- signed along --------------------------------------------------------------------------------------------- */

/**
 * kan_no_hand_wanted:
 * @book: a book
 * @kind: the kind of the act that somebody signs along
 * @given: (element-type utf8): the capacities in which others have signed it along
 *
 * Returns: (transfer full): what is said where nothing waits for their hand: that none is wanted, or that those wanted
 *   are there without it
 */
char *
kan_no_hand_wanted (KanBook *book, const char *kind, const GPtrArray *given)
{
  g_autoptr(GString) names = g_string_new (NULL);

  for (guint i = 0; i < given->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? _(", ") : "",
                            kan_capacity_label (book, kind, g_ptr_array_index (given, i), kan_speaks_japanese ()));
  if (given->len == 0)
    return g_strdup (_("This act wants no second signature\n"
                       "sign without a second person\n"
                       "leave --with out"));
  return g_strdup_printf (_("One person too many: the others named give every signature that is due (%s)\n"
                            "sign with those whose signature is due\n"
                            "leave one --with out"), names->str);
}

/**
 * kan_judge_second:
 * @asked: an act that would be admitted, and is only judged
 * @person: who would sign it along
 *
 * What giving their hand would be refused for, in the place of the act that is in no chain yet. Their hands count as
 * given from here on.
 *
 * Returns: (transfer full): their case, with its refusals
 */
KanCase *
kan_judge_second (KanCase *asked, gint64 person)
{
  KanCase *c = kan_case_new (asked->book, hand_kinds, &kan_hand_register, asked->at_utc, NULL, person);
  g_autoptr(GPtrArray) outstanding = kan_hands_outstanding (asked, 0, NULL);
  g_autofree char *own = kan_hands_of (asked, person);
  g_autoptr(GPtrArray) given = kan_hands_given_along (asked);
  g_autofree char *none = outstanding->len == 0 ? kan_no_hand_wanted (asked->book, asked->kind->id, given) : NULL;

  c->body = kan_body_new ();
  kan_case_set_subject (c, asked->subject);
  if (none != NULL)
    kan_refuse (c, KAN_NOTHING_TO_DO, NULL, "%s", none);
  else if (!kan_may (c, person, "staff"))
    kan_refuse_reader (c);
  else
    check_own (c, asked);
  if (own == NULL || c->refusals->len > 0)
    return c;
  kan_body_set_text (c->body, "as", own);
  check_capacities (c, asked);
  check_rest_feasible (c, asked);
  kan_hands_give_along (asked, person, own);
  adopt_error (c, asked);
  return c;
}
