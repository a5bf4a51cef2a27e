/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checks that several registers share: order of dates, who may handle, where media lie, whether a deadline has come. */
#include "registers/kan-checks.h"

#include "registers/kan-days.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * kan_check_order:
 * @c: the case
 * @first: key of a date
 * @last: key of a date
 *
 * Refuses a last day that lies before the first.
 */
void
kan_check_order (KanCase *c, const char *first, const char *last)
{
  const char *a = kan_answer (c, first), *b = kan_answer (c, last);

  if (a != NULL && b != NULL && strcmp (b, a) < 0)
    kan_refuse (c, KAN_WRONG_DAY, last, _("Lies before the first day, %s"), kan_say_day (c, a));
}

/**
 * kan_check_not_ahead:
 * @c: the case
 * @key: key of a date
 *
 * Refuses a date after the day on which the act happened: what has not come cannot be recorded as done.
 */
void
kan_check_not_ahead (KanCase *c, const char *key)
{
  const char *day = kan_answer (c, key);

  if (day != NULL && strcmp (day, kan_case_when_day (c)) > 0)
    kan_refuse (c, KAN_WRONG_DAY, key, _("This day has not come yet\nrecord it on the day or afterwards"));
}

/**
 * kan_check_not_past:
 * @c: the case
 * @key: key of a date
 *
 * Refuses a date before the day on which the act happened.
 */
void
kan_check_not_past (KanCase *c, const char *key)
{
  const char *day = kan_answer (c, key);

  if (day != NULL && strcmp (day, kan_case_when_day (c)) < 0)
    kan_refuse (c, KAN_WRONG_DAY, key, _("This day has passed already"));
}

static gboolean
any_answered (KanCase *c, va_list keys)
{
  for (const char *key = va_arg (keys, const char *); key != NULL; key = va_arg (keys, const char *))
    if (kan_answered (c, key))
      return TRUE;
  kan_refuse (c, KAN_MISSING, NULL, _("Nothing is answered, so nothing would change"));
  return FALSE;
}

/**
 * kan_check_any:
 * @c: the case
 * @...: keys, ending with %NULL
 *
 * Refuses an act that answers none of them: it would change nothing.
 */
void
kan_check_any (KanCase *c, ...)
{
  va_list keys;

  va_start (keys, c);
  any_answered (c, keys);
  va_end (keys);
}

/**
 * kan_check_changes:
 * @c: the case
 * @same: SQL that counts records that say already what is answered
 * @...: keys, ending with %NULL
 *
 * Refuses an act that answers none of them, or only what stands there.
 */
void
kan_check_changes (KanCase *c, const char *same, ...)
{
  va_list keys;

  va_start (keys, same);
  if (any_answered (c, keys) && kan_ask_int (c, same))
    kan_refuse (c, KAN_NOTHING_TO_DO, NULL, _("It says that already, so nothing would change"));
  va_end (keys);
}

/**
 * kan_check_employed:
 * @c: the case
 * @key: key of a person
 * @employed: how many of those answered are employed
 *
 * Refuses somebody who does not work here, or no longer.
 */
void
kan_check_employed (KanCase *c, const char *key, gint64 employed)
{
  if (kan_answered (c, key) && employed == 0)
    kan_refuse (c, KAN_WRONG_PERSON, key, _("This person is not employed here"));
}

typedef struct { KanCase *c; gboolean auditors, found; } Posts;

static void
look_at_post (KanStmt *row, gpointer data)
{
  Posts *self = data;
  const KanProfile *profile = kan_case_profile (self->c);
  const KanOffice *office = profile != NULL ? kan_profile_office (profile, kan_stmt_text (row, 0)) : NULL;

  if (office != NULL && office->roles[0] != NULL && g_strv_contains (office->roles, "auditor") == self->auditors)
    self->found = TRUE;
}

/**
 * kan_check_holds_post:
 * @c: the case, with the keys `person` and `since`; `until` may be answered
 * @auditors: whether it is asked for an auditor's office; else for one that carries any other role
 *
 * Returns: whether the person is appointed to such an office on a day of that time
 */
gboolean
kan_check_holds_post (KanCase *c, gboolean auditors)
{
  Posts asked = { c, auditors, FALSE };

  kan_ask_rows (c, "SELECT o.code FROM appointment a JOIN office o ON o.id = a.office"
                   " WHERE a.person = :person AND a.state IN ('in_force', 'ended')"
                   " AND (a.until IS NULL OR :since <= a.until) AND (:until IS NULL OR a.since <= :until)",
                look_at_post, &asked);
  return asked.found;
}

/**
 * kan_check_no_auditor:
 * @c: the case, as kan_check_holds_post() says
 *
 * An auditor reads only: whoever audits is made nothing else.
 */
void
kan_check_no_auditor (KanCase *c)
{
  if (kan_check_holds_post (c, TRUE))
    kan_refuse (c, KAN_WRONG_PERSON, "person", _("This person audits in that time, and an auditor only reads"));
}

/**
 * kan_find_media_kind:
 * @c: the case
 * @id: (nullable): an id
 *
 * Returns: (transfer none) (nullable): what the profile says of media of this kind
 */
const KanMediaKind *
kan_find_media_kind (KanCase *c, const char *id)
{
  const KanProfile *profile = kan_case_profile (c);

  return profile != NULL && id != NULL ? kan_profile_media_kind (profile, id) : NULL;
}

typedef struct { KanCase *c; const char *media_kind; gboolean allowed; } Allowance;

static void
look_at_rule (KanStmt *row, gpointer data)
{
  Allowance *self = data;

  if (!self->allowed && g_strcmp0 (kan_stmt_text (row, 0), self->media_kind) == 0)
    self->allowed = kan_was_recorded (self->c, kan_stmt_int (row, 1));
}

/* By the rules that were in force and applied when it happened, and entered by then. */
static gboolean
is_allowed (KanCase *c, const char *media_kind)
{
  Allowance asked = { c, media_kind, FALSE };

  kan_ask_rows (c, "SELECT allows, made FROM rule WHERE allows IS NOT NULL"
                   " AND state IN ('in_force', 'superseded', 'repealed') AND in_force_from <= :when_day"
                   " AND ifnull(applies_from, in_force_from) <= :when_day"
                   " AND (ended_on IS NULL OR :when_day < ended_on)", look_at_rule, &asked);
  return asked.allowed;
}

/**
 * kan_check_media_kind:
 * @c: the case
 * @key: (nullable): where to tell
 * @media_kind: (nullable): a kind of the profile
 *
 * USB sticks and discs only where a rule says so (Articles 2 and 23): on the day it happened, and by a rule that had
 * been entered by then.
 */
void
kan_check_media_kind (KanCase *c, const char *key, const char *media_kind)
{
  const KanMediaKind *kind = kan_find_media_kind (c, media_kind);

  if (kind != NULL && kind->needs_rule && !is_allowed (c, media_kind))
    kan_breach (c, "2.media_kind", key, _("No rule in force allows this kind of medium\n"
                                          "enter the rule that does"));
}

/**
 * kan_last_approved_day:
 * @c: the case
 * @from: a day
 *
 * Returns: (transfer full) (nullable): the last day on which an approval that begins then may still hold, by the
 *   profile
 */
char *
kan_last_approved_day (KanCase *c, const char *from)
{
  const KanProfile *profile = kan_case_profile (c);

  return profile == NULL ? NULL
         : kan_day_format (kan_day_parse (from) + (KanDay) kan_profile_number (profile, "approval_valid_days"));
}

/**
 * kan_check_undamaged:
 * @c: the case
 * @key: key of a state on arrival
 *
 * Marks what came damaged or opened (Articles 11-3 and 20).
 */
void
kan_check_undamaged (KanCase *c, const char *key)
{
  if (g_strcmp0 (kan_answer (c, key), "damaged") == 0)
    kan_breach (c, "11-3.damage", key, _("It came damaged or opened\n"
                                         "say what was done, and report the incident"));
}

/**
 * kan_check_handler:
 * @c: the case
 * @key: key of a person or outsider
 *
 * Of the staff only designated operators handle identity information (Article 9-1); who was one when it happened.
 */
void
kan_check_handler (KanCase *c, const char *key)
{
  const char *who = kan_answer (c, key);

  if (who != NULL && who[0] == 'P' && !kan_held (c, kan_answer_ref (c, key), "operator"))
    kan_breach (c, "9-1.operator", key, _("Only a designated operator may handle media (Article 9-1)"));
}

/**
 * kan_check_storage:
 * @c: the case, with the key `place`
 * @key: where to tell
 *
 * Media are stored in an appointed place in a room of level 3 (Articles 11-2 and 13), appointed by then.
 */
void
kan_check_storage (KanCase *c, const char *key)
{
  gint64 made = kan_ask_int (c, "SELECT made FROM place WHERE id = :place AND state = 'standing' AND level = 3");

  if (kan_answered (c, "place") && (made == 0 || !kan_was_recorded (c, made)))
    kan_breach (c, "11-2.place", key,
                _("Media are stored in a place of security level 3 that is in use (Article 11-2)"));
}

/**
 * kan_check_not_doomed:
 * @c: the case
 * @key: (nullable): where to tell
 * @doomed_among: KAN_SQL_DOOMED_AMONG() the media in question
 *
 * What waits to be confirmed as destroyed is neither written to nor taken anywhere (Article 11-5), whatever was said of
 * its confirmation: whoever has to do so withdraws the destruction first.
 */
void
kan_check_not_doomed (KanCase *c, const char *key, const char *doomed_among)
{
  g_autofree char *names = kan_ask_text (c, doomed_among);

  if (names != NULL)
    kan_breach (c, "11-5.waiting", key, _("A destruction waits to be confirmed for: %s"), names);
}

/* (transfer full) (nullable): the first payment after that day, as the chain before the act determines it */
static char *
next_payment (KanCase *c, const char *latest_recorded)
{
  g_autoptr(KanCalendar) calendar = NULL;

  if (latest_recorded == NULL)
    return NULL;
  calendar = kan_days_of_case (c);
  return kan_day_format (kan_calendar_next_payment (calendar, kan_day_parse (latest_recorded)));
}

/**
 * kan_check_is_last_hand:
 * @c: the case
 *
 * Returns: whether an act is asked again at its last hand: what was derived for its signature stands as it was signed
 */
gboolean
kan_check_is_last_hand (KanCase *c)
{
  return kan_ask_int (c, "SELECT count(*) FROM pending WHERE subject = :record AND act = :seq") > 0;
}

static void
check_payment_day (KanCase *c, const char *payment)
{
  const char *answered = kan_answer (c, "payment_day");

  if (g_strcmp0 (answered, payment) == 0 || kan_check_is_last_hand (c))
    return;
  if (payment == NULL)
    kan_refuse (c, KAN_NOT_ASKED, "payment_day", _("Nothing on it waits for a payment"));
  else
    kan_refuse (c, KAN_MISMATCH, "payment_day", _("The next payment after the recording is on %s"),
                kan_say_day (c, payment));
}

/**
 * kan_check_due:
 * @c: the case, with the key `payment_day`
 * @latest_recorded: (nullable): the last day of recording among open batches that no early approval covers
 *
 * Information is kept until the next payment, and destroyed earlier only with prior approval where the profile says so
 * (Article 11-1). The payment day that was filled in, shown and signed must be the one that the chain determines.
 */
void
kan_check_due (KanCase *c, const char *latest_recorded)
{
  const KanProfile *profile = kan_case_profile (c);
  g_autofree char *payment = next_payment (c, latest_recorded);

  check_payment_day (c, payment);
  if (latest_recorded == NULL || (profile != NULL && !kan_profile_flag (profile, "early_destruction_needs_approval")))
    return;
  if (payment == NULL || strcmp (payment, kan_case_when_day (c)) > 0)
    kan_breach (c, "11-1.not_due", "payment_day",
                _("The next payment has not come\n"
                  "destroying earlier needs prior approval of the information manager"));
}

/**
 * kan_fill_payment_day:
 * @c: the case, while filling
 * @latest_recorded: (nullable): the last day of recording among open batches that no early approval covers
 *
 * Answers `payment_day`: the first payment after that day. Where the desk has no calendar it stays as answered;
 * kan_check_due() believes nothing but what it derives itself.
 */
void
kan_fill_payment_day (KanCase *c, const char *latest_recorded)
{
  g_autofree char *payment = kan_case_calendar (c) != NULL ? next_payment (c, latest_recorded) : NULL;

  if (kan_case_calendar (c) != NULL)
    kan_fill_text (c, "payment_day", payment);
}

/**
 * kan_fill_actor:
 * @c: the case, while filling
 * @key: key of a person
 *
 * Answers @key with whoever acts.
 */
void
kan_fill_actor (KanCase *c, const char *key)
{
  g_autofree char *actor = g_strdup_printf ("P%" G_GINT64_FORMAT, kan_case_actor (c));

  if (kan_case_actor (c) > 0)
    kan_fill_text (c, key, actor);
}
