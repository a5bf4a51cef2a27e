/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The judge: the same rule that enables a button, admits an act and verifies it years later. All refusals at once. */
#include "acts/kan-order.h"
#include "acts/kan-overtake.h"

#include "values/kan-numbers.h"
#include "values/kan-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What the hooks would say of a record that is not there, or with which nothing can be done now, follows from that. */
typedef enum { RECORD_MISSING, RECORD_CLOSED, RECORD_OPEN } RecordIs;

/* --- may it begin --------------------------------------------------------------------------------------------- */

static gboolean
is_fact (const KanCase *c)
{
  return (c->kind->flags & KAN_FACT) != 0;
}

/**
 * kan_case_may:
 * @c: the case
 *
 * Returns: (transfer full) (nullable): the roles that may act so on its day, the profile's override included
 */
char *
kan_case_may (KanCase *c)
{
  return kan_kind_may_under (kan_case_profile_in_force (c), c->kind);
}

/* Whose key signs: the actor's valid one; for acts that bring their own, the one that the answers name. */
static void
judge_key (KanCase *c)
{
  g_autofree char *hex = NULL, *held = NULL;

  if (c->key == NULL)
    return;
  hex = kan_hex (c->key, KAN_KEY_SIZE);
  if ((c->kind->flags & KAN_CLAIMS) != 0)
    {
      if (g_strcmp0 (kan_answer (c, "sign_key"), hex) != 0)
        kan_refuse (c, KAN_WRONG_KEY, "sign_key", _("The act is not signed by the key that it names"));
      return;
    }
  held = kan_ask_text (c, "SELECT sign_key FROM key WHERE person = :actor AND state = 'valid'");
  if (held == NULL)
    kan_refuse (c, KAN_WRONG_KEY, NULL, _("This person has no valid key\nit must be claimed first"));
  else if (strcmp (held, hex) != 0)
    kan_refuse (c, KAN_WRONG_KEY, NULL, _("Signed with a key that is not this person's"));
}

/* Who is claiming a key has none yet: the officer who identified them signs in their session. */
static gboolean
claims_here (KanCase *c, gint64 person)
{
  gint64 n = 0;

  return c->error == NULL && kan_db_get_int (c->book->db, &n, &c->error,
                                             "SELECT count(*) FROM pending WHERE subject = ? AND actor = ?",
                                             "si", c->subject, person) && n > 0;
}

/* "P3-5f2a81c0": whose opening of the file it was, and which. A second person signs within the first one's. */
static void
judge_session (KanCase *c)
{
  const char *dash = c->session != NULL ? strchr (c->session, '-') : NULL;
  g_autofree char *person = dash != NULL ? g_strndup (c->session, (gsize) (dash - c->session)) : NULL;
  gint64 id = 0;
  const KanRegister *reg = person != NULL ? kan_subject_register (c->book, person, &id) : NULL;

  if (c->session == NULL)
    return;
  if (reg == NULL || strcmp (reg->id, "person") != 0 || strlen (dash + 1) != 8 || strspn (dash + 1,
                                                                                          "0123456789abcdef") != 8)
    kan_refuse (c, KAN_WRONG_KEY, NULL, _("The session in which it was signed is not named as it must be"));
  else if (id != c->actor && (c->kind->flags & KAN_INTERNAL) == 0 && !kan_has_key (c, id) && !claims_here (c, id))
    kan_refuse (c, KAN_WRONG_KEY, NULL, _("It was signed in the session of somebody who holds no key"));
}

static void
judge_role (KanCase *c)
{
  g_autofree char *roles = kan_case_may (c);

  c->declares = KAN_CAPACITY_NONE;
  if ((c->kind->flags & (KAN_INTERNAL | KAN_CLAIMS)) != 0 || roles == NULL)
    return;
  if (kan_declares_as (c, c) != KAN_CAPACITY_NONE)
    return;
  if (strcmp (roles, "staff") == 0)
    kan_refuse_reader (c);
  else
    {
      g_autofree char *names = kan_role_names (roles);

      kan_breach (c, "not_entitled", NULL, _("Only for: %s"), names);
    }
}

static gint64
actor_of (KanCase *c, gint64 seq)
{
  g_autoptr(KanAct) act = c->error == NULL ? kan_ledger_get (c->book->chain, seq, &c->error) : NULL;

  return act != NULL ? act->actor : 0;
}

/* Whether it says that it is about a record of another register, which is refused. */
static gboolean
is_of_other (KanCase *c)
{
  const KanRegister *reg = kan_book_register_of (c->book, c->subject);

  if (reg == NULL || reg == c->reg || c->reg->prefix == NULL)
    return FALSE;
  kan_refuse_other (c, NULL, c->subject, c->reg->id);
  return TRUE;
}

/* What is recorded again happened once: the time of the new entry is not taken for it without a word. */
static void
judge_recorded_again (KanCase *c, gint64 before)
{
  gboolean silent = is_fact (c) && !c->happened && c->error == NULL;
  g_autoptr(KanAct) act = silent ? kan_ledger_get (c->book->chain, before, &c->error) : NULL;
  g_autofree char *when = act != NULL ? kan_act_dup_when (act) : NULL;
  g_autofree char *day = when != NULL ? g_strndup (when, strlen ("2026-02-13")) : NULL;

  if (day != NULL && strcmp (day, c->day) < 0)
    kan_refuse (c, KAN_MISSING, "happened_at", _("It was recorded before as of %s\nsay when it happened"),
                kan_say_day (c, day));
}

/* A record is made under the next number, or made again by whoever was asked back. */
static void
judge_new_subject (KanCase *c)
{
  g_autofree char *next_sql = g_strconcat ("SELECT ifnull(max(id), 0) + 1 FROM ", c->reg->id, NULL);
  gint64 next = kan_ask_int (c, next_sql);

  if (!kan_number_is_next (c, next) && !is_of_other (c))
    {
      g_autofree char *sql = g_strdup_printf ("SELECT made FROM %s WHERE id = :subject AND state = 'asked_back'",
                                              c->reg->id);
      gint64 back = kan_ask_int (c, sql);

      if (back == 0)
        kan_refuse (c, KAN_NO_SUCH_RECORD, NULL, _("%s is not the next number of this register"), c->subject);
      else if (actor_of (c, back) != c->actor)
        kan_breach (c, "not_requester", NULL, _("Only who applied may apply again"));
      else
        judge_recorded_again (c, back);
    }
}

/* What happened and was asked back is recorded again: that is what was asked for. */
static gboolean
was_asked_back (KanCase *c)
{
  g_autofree char *kind = is_fact (c) ? kan_ask_text (c, "SELECT kind FROM pending p WHERE subject = :record AND EXISTS"
                                                      " (SELECT 1 FROM hand h WHERE h.act = p.act"
                                                      " AND h.verdict = 'asked_back')") : NULL;

  return g_strcmp0 (kind, c->kind->id) == 0;
}

static gboolean
judge_nothing_waits (KanCase *c)
{
  gint64 waiting = kan_ask_int (c, "SELECT act FROM pending WHERE subject = :record");

  if (waiting == 0)
    return TRUE;
  if (was_asked_back (c))
    judge_recorded_again (c, waiting);
  else if (!kan_judge_overtaken (c, c->subject))
    kan_breach (c, "overtakes", NULL, _("%s waits for a decision\nwithdraw or decide that first"), c->subject);
  return FALSE;
}

/* The state of the record, of whichever register it is; NULL where there is none, which is refused. */
static char *
state_of_subject (KanCase *c)
{
  gint64 id = 0;
  const KanRegister *reg = c->reg->prefix != NULL ? c->reg : kan_subject_register (c->book, c->subject, &id);
  g_autofree char *sql = reg != NULL ? g_strdup_printf ("SELECT state FROM %s WHERE id = :subject", reg->id) : NULL;
  char *state = sql != NULL ? kan_ask_text (c, sql) : NULL;

  if (*c->subject == '\0')
    kan_refuse (c, KAN_MISSING, "subject",
                _("The record that this is about is not named\nsay which\nsay which, e.g. subject=M12"));
  else if (state == NULL && !is_of_other (c))
    kan_refuse (c, KAN_NO_SUCH_RECORD, NULL, _("There is no record %s"), c->subject);
  return state;
}

static RecordIs
judge_upon_any (KanCase *c)
{
  gboolean about_acts = c->reg == &kan_act_register && (c->kind->flags & KAN_INTERNAL) == 0;

  return !about_acts || judge_nothing_waits (c) ? RECORD_OPEN : RECORD_CLOSED;
}

static RecordIs
judge_state (KanCase *c)
{
  g_autofree char *state = NULL;

  if (c->creating)
    {
      judge_new_subject (c);
      return RECORD_OPEN;
    }
  state = state_of_subject (c);
  if (state == NULL)
    return RECORD_MISSING;
  if (c->reg->prefix == NULL)
    return judge_upon_any (c);
  if (!judge_nothing_waits (c))
    return is_fact (c) ? RECORD_OPEN : RECORD_CLOSED;
  if (kan_kind_leads_from (c->kind, state))
    return RECORD_OPEN;
  kan_breach (c, "wrong_state", NULL, is_fact (c) ? _("%s is in the state “%s”, which does not lead to this")
                                      : _("%s is in the state “%s”\nthis cannot be done now"),
              c->subject, kan_state_label (c->reg, state, kan_speaks_japanese ()));
  return is_fact (c) ? RECORD_OPEN : RECORD_CLOSED;
}

/* The act that sets the clock right and its hands, and what an act of the same moment follows. */
static gboolean
sets_clock (KanCase *c)
{
  g_autofree char *waits = NULL;
  const KanKind *kind;

  if ((c->kind->flags & (KAN_SETS_CLOCK | KAN_TIMELESS)) != 0)
    return TRUE;
  if (c->reg != &kan_hand_register)
    return FALSE;
  waits = kan_ask_text (c, "SELECT kind FROM pending WHERE subject = :record");
  kind = waits != NULL ? kan_book_find_kind (c->book, waits, NULL) : NULL;
  return kind != NULL && (kind->flags & KAN_SETS_CLOCK) != 0;
}

static void
judge_clock (KanCase *c)
{
  const char *said = kan_answer (c, KAN_KEY_CLOCK);
  const char *now = c->at_utc < c->book->floor ? "behind"
                    : c->book->floor > 0 && c->at_utc > c->book->floor + KAN_AHEAD_SECONDS ? "ahead" : NULL;

  if (g_strcmp0 (said, now) == 0 || sets_clock (c))
    return;
  if (now == NULL)
    kan_refuse (c, KAN_NOT_ASKED, KAN_KEY_CLOCK, _("The clock is neither behind nor far ahead"));
  else if (*now == 'b')
    kan_refuse (c, KAN_WRONG_CLOCK, KAN_KEY_CLOCK,
                _("The clock is behind the last entry\n"
                  "set it; if it is right, confirm that\n"
                  "set it, or confirm with clock=behind"));
  else
    kan_refuse (c, KAN_WRONG_CLOCK, KAN_KEY_CLOCK,
                _("The clock is more than 31 days after the last entry\n"
                  "set it; if it is right, confirm that\n"
                  "set it, or confirm with clock=ahead"));
}

static RecordIs
judge_begin (KanCase *c)
{
  RecordIs record;

  if (!kan_in_edition (c->book->edition, c->kind->since, c->kind->until))
    kan_refuse (c, KAN_NOT_IN_FORCE, NULL, _("This act does not exist under the rules in force"));
  judge_key (c);
  judge_session (c);
  judge_role (c);
  record = judge_state (c);
  judge_clock (c);
  return record;
}

/* Whether an answer tells a day that has passed; one that has not come cannot be recorded. */
static gboolean
tells_earlier_day (KanCase *c)
{
  gboolean earlier = FALSE;

  for (const KanAsk *ask = c->kind->asks; ask != NULL && ask->key != NULL; ask++)
    {
      const char *day = ask->happened ? kan_answer (c, ask->key) : NULL;

      if (day != NULL && strcmp (day, c->when_day) > 0)
        kan_refuse (c, KAN_WRONG_DAY, ask->key,
                    _("This day has not come yet\nrecord it on the day or afterwards"));
      earlier = earlier || (day != NULL && strcmp (day, c->when_day) < 0);
    }
  return earlier;
}

/* Late is what is recorded on a later day than it happened, by the act's own time or by an answer's day. */
static void
judge_late (KanCase *c)
{
  gboolean late = tells_earlier_day (c) || (c->happened && strcmp (c->when_day, c->day) < 0);

  if (late && !kan_answered (c, KAN_KEY_LATE_REASON))
    kan_refuse (c, KAN_MISSING, KAN_KEY_LATE_REASON,
                _("Recorded on a later day than it happened\na reason is needed"));
  else if (!late && kan_answered (c, KAN_KEY_LATE_REASON))
    kan_refuse (c, KAN_NOT_ASKED, KAN_KEY_LATE_REASON, _("Nothing is late here"));
}

/* A late entry says when it happened and why it is late; what has not happened yet cannot be recorded. */
static void
judge_when (KanCase *c)
{
  gint64 happened = 0;

  if (!c->happened)
    {
      judge_late (c);
      return;
    }
  if (!kan_minute_parse (c->when, &happened))
    kan_refuse (c, KAN_UNREADABLE, "happened_at", _("There is no such date and time: “%s”"), c->when);
  else if (happened > c->moment + 59)
    kan_refuse (c, KAN_WRONG_DAY, "happened_at", _("This lies in the future"));
  else
    {
      judge_late (c);
      kan_judge_order (c);
    }
  if (!is_fact (c) && (c->kind->hands != NULL || c->kind->strength == KAN_STRICT))
    kan_refuse (c, KAN_NOT_ASKED, "happened_at", _("A decision is made when it is signed"));
}

/* --- marks ---------------------------------------------------------------------------------------------------- */

static int
compare_rules (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * kan_case_marks:
 * @self: a judged case of a fact
 *
 * Returns: (transfer full) (element-type utf8): the rules it breaks, in byte order, once each
 */
GPtrArray *
kan_case_marks (const KanCase *self)
{
  GPtrArray *marks = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->refusals->len; i++)
    {
      const KanRefusal *refusal = g_ptr_array_index (self->refusals, i);

      if (refusal->is_mark && !g_ptr_array_find_with_equal_func (marks, refusal->rule, g_str_equal, NULL))
        g_ptr_array_add (marks, g_strdup (refusal->rule));
    }
  g_ptr_array_sort (marks, compare_rules);
  return marks;
}

static gboolean
same_list (const GPtrArray *a, const char **b)
{
  guint i = 0;

  for (; i < a->len && b != NULL && b[i] != NULL; i++)
    if (strcmp (g_ptr_array_index (a, i), b[i]) != 0)
      return FALSE;
  return i == a->len && (b == NULL || b[i] == NULL);
}

/* What breaks a rule is recorded marked and never unmarked, nor marked without cause. */
static void
judge_marks (KanCase *c)
{
  g_autoptr(GPtrArray) marks = kan_case_marks (c);

  if (!is_fact (c) ? kan_answered (c, KAN_KEY_DEVIATION) : !same_list (marks, kan_answer_list (c, KAN_KEY_DEVIATION)))
    kan_refuse (c, KAN_MISMATCH, KAN_KEY_DEVIATION, _("The marks are not those that the rules give"));
  if (marks->len > 0 && !kan_answered (c, KAN_KEY_DEVIATION_REASON))
    kan_refuse (c, KAN_MISSING, KAN_KEY_DEVIATION_REASON,
                _("This breaks a rule and is recorded with a mark\nsay why it happened"));
  if (marks->len == 0 && kan_answered (c, KAN_KEY_DEVIATION_REASON))
    kan_refuse (c, KAN_NOT_ASKED, KAN_KEY_DEVIATION_REASON, _("Nothing here breaks a rule"));
}

/* Beside an answer that makes no sense, what rules say of it helps nobody. */
static void
drop_repeated (KanCase *c)
{
  for (guint i = 0; i < c->refusals->len; i++)
    {
      const KanRefusal *first = g_ptr_array_index (c->refusals, i);

      for (guint j = c->refusals->len; first->key != NULL && first->rule == NULL && j > i + 1; j--)
        {
          const KanRefusal *later = g_ptr_array_index (c->refusals, j - 1);

          if (g_strcmp0 (later->key, first->key) == 0 && !later->is_mark)
            g_ptr_array_remove_index (c->refusals, j - 1);
        }
    }
}

/**
 * kan_case_admissible:
 * @self: a judged case
 *
 * Returns: whether nothing but marks of a fact was found
 */
gboolean
kan_case_admissible (const KanCase *self)
{
  for (guint i = 0; i < self->refusals->len; i++)
    if (!((KanRefusal *) g_ptr_array_index (self->refusals, i))->is_mark)
      return FALSE;
  return TRUE;
}

static gboolean
goes_by_time (const KanRefusal *refusal)
{
  return refusal->is_mark || refusal->code == KAN_WRONG_DAY || g_strcmp0 (refusal->key, KAN_KEY_LATE_REASON) == 0 ||
         g_strcmp0 (refusal->key, KAN_KEY_DEVIATION_REASON) == 0;
}

/**
 * kan_case_forget_time:
 * @self: a judged case, of which nobody can read when it happened
 *
 * Leaves out what was found by a time at which it did not happen: of days, of what is late, and of what a fact broke.
 */
void
kan_case_forget_time (KanCase *self)
{
  for (guint i = self->refusals->len; i > 0; i--)
    if (goes_by_time (g_ptr_array_index (self->refusals, i - 1)))
      g_ptr_array_remove_index (self->refusals, i - 1);
}

/* By the registers as they are once what it overtakes has come to its end. */
static void
judge_upon (KanCase *self, gpointer data)
{
  RecordIs record = *(const RecordIs *) data;

  if (record == RECORD_OPEN && self->kind->ready != NULL)
    self->kind->ready (self);
  if (self->stage == KAN_STAGE_BEGIN)
    return;
  if (self->stage == KAN_STAGE_SIGN)
    {
      /* acts upon a record's acts answer with what they find there */
      if (record != RECORD_MISSING || self->reg->prefix != NULL)
        kan_judge_answers (self);
      judge_when (self);
      kan_hands_check_feasible (self);
    }
  if (record == RECORD_OPEN && self->kind->check != NULL)
    self->kind->check (self);
}

/**
 * kan_judge:
 * @self: a case; its refusals are replaced
 * @stage: whether it may begin, may be signed, or may take effect at its last hand
 *
 * Returns: %FALSE only where the world failed; the error stays in the case
 */
gboolean
kan_judge (KanCase *self, KanStage stage)
{
  RecordIs record = RECORD_OPEN;

  g_ptr_array_set_size (self->refusals, 0);
  self->stage = stage;
  self->creating = self->kind->from == NULL && self->reg->prefix != NULL;
  if (stage != KAN_STAGE_LAST_HAND)
    record = judge_begin (self);
  kan_judge_overtaken_beside (self);
  if (stage == KAN_STAGE_BEGIN)
    judge_upon (self, &record);
  else
    kan_look_overtaken (self, judge_upon, &record);
  if (stage == KAN_STAGE_BEGIN)
    return self->error == NULL;
  if (stage == KAN_STAGE_SIGN)
    kan_judge_declarer (self);
  drop_repeated (self);
  if (stage == KAN_STAGE_SIGN)
    judge_marks (self);
  return self->error == NULL;
}
