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
  KanCase *pending;

  if (c->error != NULL)
    return NULL;
  stmt = kan_db_query (c->book->db, &c->error, "SELECT act, edition FROM pending WHERE subject = ?", "s", subject);
  if (stmt == NULL || !kan_stmt_step (stmt, &c->error))
    return NULL;
  act = kan_ledger_get (c->book->chain, kan_stmt_int (stmt, 0), &c->error);
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
  if (!asked->happened)
    {
      g_strlcpy (pending->when, asked->when, sizeof pending->when);
      g_strlcpy (pending->when_day, asked->when_day, sizeof pending->when_day);
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

static gboolean
is_outstanding (const GPtrArray *outstanding, const char *capacity)
{
  return g_ptr_array_find_with_equal_func ((GPtrArray *) outstanding, capacity, g_str_equal, NULL);
}

/* --- giving --------------------------------------------------------------------------------------------------- */

static void
give_fill (KanCase *c)
{
  g_autoptr(KanCase) pending = kan_case_pending (c, c->subject);
  g_autoptr(GPtrArray) outstanding = pending != NULL ? kan_hands_outstanding (pending, 0, NULL) : NULL;
  g_autoptr(GString) as = g_string_new (NULL);

  if (pending == NULL)
    return;
  kan_fill_n (c, "act", pending->seq);
  for (guint i = 0; !kan_answered (c, "as") && i < outstanding->len; i++)
    if (kan_hand_entitled (pending, c->actor, g_ptr_array_index (outstanding, i), NULL) != KAN_CAPACITY_NONE)
      g_string_append_printf (as, "%s%s", as->len > 0 ? "|" : "", (char *) g_ptr_array_index (outstanding, i));
  if (as->len > 0)
    kan_fill_text (c, "as", as->str);
  adopt_error (c, pending);
}

static void
check_act (KanCase *c, KanCase *pending)
{
  if (pending == NULL && c->error == NULL)
    kan_refuse (c, NULL, _("%s waits for no decision"), c->subject);
  else if (pending != NULL && c->stage == KAN_STAGE_SIGN && kan_answer_n (c, "act") != pending->seq)
    kan_refuse (c, "act", _("Another version of %s waits now: look at it again"), c->subject);
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
check_capacities (KanCase *c, KanCase *pending, const GPtrArray *outstanding)
{
  g_auto(GStrv) as = capacities_of (c);
  gboolean deputy = FALSE;

  for (char **capacity = as; *capacity != NULL; capacity++)
    {
      KanCapacity found = KAN_CAPACITY_NONE;

      if (is_outstanding (outstanding, *capacity) && !named_before (as, capacity))
        found = kan_hand_entitled (pending, c->actor, *capacity, NULL);
      if (found == KAN_CAPACITY_NONE)
        kan_breach (c, "not_entitled", "as", _("You cannot sign as “%s” here"), *capacity);
      deputy = deputy || found == KAN_CAPACITY_DEPUTY;
    }
  kan_judge_absence (c, deputy);
}

/* Where nothing waits, which is said already, there is nothing to answer. */
static void
forget_answers (KanCase *c)
{
  for (guint i = c->refusals->len; i > 0; i--)
    if (((KanRefusal *) g_ptr_array_index (c->refusals, i - 1))->key != NULL)
      g_ptr_array_remove_index (c->refusals, i - 1);
}

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

      if (refusal->is_mark)
        continue;
      if (refusal->rule != NULL)
        kan_breach (c, refusal->rule, refusal->key, "%s", refusal->why);
      else
        kan_refuse (c, refusal->key, "%s", refusal->why);
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
give_ready (KanCase *c)
{
  g_autoptr(KanCase) pending = kan_case_pending (c, c->subject);
  g_autoptr(GPtrArray) outstanding = NULL;

  check_act (c, pending);
  if (pending == NULL)
    return;
  outstanding = kan_hands_outstanding (pending, 0, NULL);
  for (guint i = 0; i < outstanding->len; i++)
    if (kan_hand_entitled (pending, c->actor, g_ptr_array_index (outstanding, i), NULL) != KAN_CAPACITY_NONE)
      return;
  kan_breach (c, "not_entitled", NULL, _("None of the outstanding signatures is yours to give"));
  adopt_error (c, pending);
}

static void
give_check (KanCase *c)
{
  g_autoptr(KanCase) pending = kan_case_pending (c, c->subject);
  g_autoptr(GPtrArray) outstanding = NULL;

  if (pending == NULL)
    {
      forget_answers (c);
      return;
    }
  outstanding = kan_hands_outstanding (pending, 0, NULL);
  check_capacities (c, pending, outstanding);
  if (kan_case_admissible (c))
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

  if (c->error != NULL)
    return;
  if (!kan_db_run (c->book->db, &c->error,
                   "INSERT INTO hand (act, seq, capacity, subject, person, verdict, absence, principal)"
                   " VALUES (?, ?, ?, ?, ?, ?, ?, nullif(?, 0))", "iississi", pending->seq, c->seq, capacity,
                     c->subject, c->actor,
                   verdict, kan_answer (c, "absence"), as == KAN_CAPACITY_DEPUTY ? principal : (gint64) 0))
    return;
}

static void
give_effect (KanCase *c)
{
  g_autoptr(KanCase) pending = kan_case_pending (c, c->subject);
  g_auto(GStrv) as = capacities_of (c);
  g_autoptr(GPtrArray) left = NULL;

  if (pending == NULL)
    return;
  for (char **capacity = as; *capacity != NULL; capacity++)
    put_hand (c, pending, *capacity, "given");
  left = kan_hands_outstanding (pending, 0, NULL);
  if (left->len == 0 && c->error == NULL && kan_judge (pending, KAN_STAGE_LAST_HAND))
    {
      kan_set (c, "DELETE FROM pending WHERE subject = :record");
      kan_complete (pending);
    }
  adopt_error (c, pending);
}

/* --- refusing, asking back, withdrawing ----------------------------------------------------------------------- */

static void
return_to (KanCase *c, const char *made_state)
{
  g_autoptr(KanCase) pending = kan_case_pending (c, c->subject);
  g_autofree char *before = before_of (c);

  if (pending == NULL)
    return;
  kan_set (c, "DELETE FROM pending WHERE subject = :record");
  /* an act upon an act (a redaction, a note) has changed no state yet */
  if (pending->reg->prefix != NULL)
    kan_set_state (c, pending->reg, pending->id, pending->creating ? made_state : before);
}

static void
put_verdict (KanCase *c, const char *verdict)
{
  g_autoptr(KanCase) pending = kan_case_pending (c, c->subject);
  g_autoptr(GPtrArray) outstanding = pending != NULL ? kan_hands_outstanding (pending, 0, NULL) : NULL;

  for (guint i = 0; outstanding != NULL && i < outstanding->len; i++)
    if (kan_hand_entitled (pending, c->actor, g_ptr_array_index (outstanding, i), NULL) != KAN_CAPACITY_NONE)
      put_hand (c, pending, g_ptr_array_index (outstanding, i), verdict);
}

static void
refuse_effect (KanCase *c)
{
  put_verdict (c, "refused");
  return_to (c, "refused");
}

static void
ask_back_effect (KanCase *c)
{
  put_verdict (c, "asked_back");
  return_to (c, "asked_back");
}

static void
act_fill (KanCase *c)
{
  kan_fill_n (c, "act", kan_ask_int (c, "SELECT act FROM pending WHERE subject = :record"));
}

static void
act_check (KanCase *c)
{
  g_autoptr(KanCase) pending = kan_case_pending (c, c->subject);

  if (pending == NULL)
    forget_answers (c);
}

static void
withdraw_ready (KanCase *c)
{
  g_autoptr(KanCase) pending = kan_case_pending (c, c->subject);

  check_act (c, pending);
  if (pending != NULL && pending->actor != c->actor)
    kan_breach (c, "not_requester", NULL, _("Only who applied may withdraw"));
}

static void
withdraw_effect (KanCase *c)
{
  return_to (c, "withdrawn");
}

/* --- later inspection (後閲) ----------------------------------------------------------------------------------- */

/* Where only one decision was made in somebody's place on a record, it is that one. */
static void
inspect_fill (KanCase *c)
{
  static const char mine[] = " FROM hand WHERE subject = :record AND principal = :actor AND inspected IS NULL";
  g_autofree char *count = g_strconcat ("SELECT count(*)", mine, NULL),
    *seq = g_strconcat ("SELECT min(seq)", mine, NULL);

  if (!kan_answered (c, "act") && kan_ask_int (c, count) == 1)
    kan_fill_n (c, "act", kan_ask_int (c, seq));
}

static void
inspect_check (KanCase *c)
{
  if (kan_ask_int (c, "SELECT count(*) FROM hand WHERE seq = :act AND subject = :record AND principal = :actor"
                      " AND inspected IS NULL") == 0)
    kan_breach (c, "nothing_to_inspect", "act", _("Nothing was decided there in your place"));
}

static void
inspect_effect (KanCase *c)
{
  kan_set (c, "UPDATE hand SET inspected = :seq WHERE seq = :act AND subject = :record AND principal = :actor");
}

static const KanAsk asks_give[] = {
  { .key = "act", .must = TRUE }, { .key = "as", .must = TRUE }, { .key = "absence" }, { .key = "remark" }, { 0 }
};
static const KanAsk asks_reason[] = { { .key = "act", .must = TRUE }, { .key = "reason", .must = TRUE }, { 0 } };
static const KanAsk asks_withdraw[] = { { .key = "act", .must = TRUE }, { .key = "reason" }, { 0 } };
static const KanAsk asks_inspect[] = { { .key = "act", .must = TRUE }, { .key = "remark" }, { 0 } };

static const KanField hand_fields[] = {
  { .id = "act", .label = L ("Act", "処理番号"), .type = KAN_COUNT, .width = 6 },
  { .id = "as", .label = L ("Capacity", "決裁の資格"), .type = KAN_CODE, .width = 12 },
  { .id = "absence", .label = L ("Absence", "不在の事由"), .type = KAN_CHOICE, .of = "absence", .width = 6 },
  { .id = "remark", .label = L ("Remark", "付記"), .type = KAN_LINES, .width = 20 },
  { .id = "reason", .label = L ("Reason", "理由"), .type = KAN_LINES, .width = 20 },
  { 0 }
};

static const KanKind hand_kinds[] = {
  { .id = "hand.give", .title = L ("Sign", "署名する"), .may = "staff", .from = "*", .asks = asks_give,
    .strength = KAN_STRICT, .fill = give_fill, .ready = give_ready, .check = give_check, .effect = give_effect },
  { .id = "hand.refuse", .title = L ("Refuse", "承諾しない"), .may = "staff", .from = "*", .asks = asks_reason,
    .strength = KAN_STRICT, .fill = act_fill, .ready = give_ready, .check = act_check, .effect = refuse_effect },
  { .id = "hand.ask_back", .title = L ("Ask back", "差し戻す"), .may = "staff", .from = "*", .asks = asks_reason,
    .strength = KAN_STRICT, .fill = act_fill, .ready = give_ready, .check = act_check, .effect = ask_back_effect },
  { .id = "hand.withdraw", .title = L ("Withdraw", "取り下げる"), .may = "staff", .from = "*",
    .asks = asks_withdraw, .fill = act_fill, .ready = withdraw_ready, .check = act_check, .effect = withdraw_effect },
  { .id = "hand.inspect", .title = L ("Later inspection", "後閲"), .may = "staff", .from = "*", .asks = asks_inspect,
    .fill = inspect_fill, .check = inspect_check, .effect = inspect_effect },
  { 0 }
};

const KanRegister kan_hand_register = { .id = "hand_act", .title = L ("Signatures", "決裁"), .fields = hand_fields,
                                        .kinds = hand_kinds };
