/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checks that several registers share: order of dates, who may handle, where media lie, whether a deadline has come. */
#include "registers/kan-checks.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define LONGEST_MOVE 10    /* days */

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
    kan_refuse (c, last, _("Lies before the first day, %s"), a);
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
    kan_refuse (c, key, _("This day has not come yet; record it on the day or afterwards"));
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
    kan_refuse (c, key, _("This day has passed already"));
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
  gboolean any = FALSE;
  va_list keys;

  va_start (keys, c);
  for (const char *key = va_arg (keys, const char *); key != NULL; key = va_arg (keys, const char *))
    any = any || kan_answered (c, key);
  va_end (keys);
  if (!any)
    kan_refuse (c, NULL, _("Nothing is answered, so nothing would change"));
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
    kan_refuse (c, key, _("This person is not employed here"));
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

/**
 * kan_check_media_kind:
 * @c: the case
 * @key: (nullable): where to tell
 * @media_kind: (nullable): a kind of the profile
 * @rules: how many rules in force allow it
 *
 * USB sticks and discs only where a rule says so (Articles 2 and 23).
 */
void
kan_check_media_kind (KanCase *c, const char *key, const char *media_kind, gint64 rules)
{
  const KanMediaKind *kind = kan_find_media_kind (c, media_kind);

  if (kind != NULL && kind->needs_rule && rules == 0)
    kan_breach (c, "2.media_kind", key, _("No rule in force allows this kind of medium; enter the rule that does"));
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
    kan_breach (c, "11-3.damage", key, _("It came damaged or opened: say what was done, and report the incident"));
}

/**
 * kan_check_handler:
 * @c: the case
 * @key: key of a person or outsider
 *
 * Of the staff only designated operators handle identity information (Article 9-1).
 */
void
kan_check_handler (KanCase *c, const char *key)
{
  const char *who = kan_answer (c, key);

  if (who != NULL && who[0] == 'P' && !kan_holds (c, kan_answer_ref (c, key), "operator"))
    kan_breach (c, "9-1.operator", key, _("Only a designated operator may handle media (Article 9-1)"));
}

/**
 * kan_check_storage:
 * @c: the case, with the key `place`
 * @key: where to tell
 *
 * Media are stored in an appointed place in a room of level 3 (Articles 11-2 and 13).
 */
void
kan_check_storage (KanCase *c, const char *key)
{
  if (!kan_answered (c, "place"))
    return;
  if (!kan_ask_int (c, "SELECT count(*) FROM place WHERE id = :place AND state = 'standing' AND level = 3"))
    kan_breach (c, "11-2.place", key,
                _("Media are stored in a place of security level 3 that is in use (Article 11-2)"));
}

/* Whether the profile's rule puts a payment on that day; a move to a business day before needs the calendar to tell how
 * far, but never goes further than over the longest row of holidays. */
static gboolean
is_near_rule (const KanProfile *profile, KanDay day, const char *moved_months)
{
  int rule_day = 0;
  gsize n = 0;
  const int *months = kan_profile_payment_rule (profile, &rule_day, &n);

  for (KanDay by_rule = day; by_rule <= day + LONGEST_MOVE; by_rule++)
    {
      int y = 0, m = 0, d = 0;

      kan_day_to_ymd (by_rule, &y, &m, &d);
      for (gsize i = 0; d == rule_day && i < n; i++)
        {
          g_autofree char *month = g_strdup_printf ("%04d-%02d", y, m);

          if (months[i] == m && (moved_months == NULL || strstr (moved_months, month) == NULL))
            return TRUE;
        }
    }
  return FALSE;
}

/* Entered as a payment, or by the rule in a month whose payment was not moved. */
static gboolean
may_be_payment_day (KanCase *c, const char *payment)
{
  const KanProfile *profile = kan_case_profile (c);
  g_autofree char *moved = kan_ask_text (c, "SELECT group_concat(serves) FROM payment WHERE state = 'entered'"
                                            " AND kind = 'override'");
  g_autofree char *kind = kan_ask_text (c, "SELECT kind FROM payment WHERE state = 'entered' AND day = :payment_day");

  if (profile == NULL)
    return FALSE;
  if (kind != NULL && (strcmp (kind, "override") == 0 || kan_profile_flag (profile, "off_cycle_counts")))
    return TRUE;
  return is_near_rule (profile, kan_day_parse (payment), moved);
}

/**
 * kan_check_due:
 * @c: the case, with the key `payment_day`
 * @latest_recorded: (nullable): the last day of recording among open batches that no early approval covers
 *
 * Information is kept until the next payment, and destroyed earlier only with prior approval where the profile says so
 * (Article 11-1). The payment day was filled in from the calendar; here only a day is believed that the chain or the
 * profile's rule can give.
 */
void
kan_check_due (KanCase *c, const char *latest_recorded)
{
  const KanProfile *profile = kan_case_profile (c);
  const char *payment = kan_answer (c, "payment_day");

  if (latest_recorded == NULL)
    return;
  if (payment != NULL && strcmp (payment, latest_recorded) <= 0)
    kan_refuse (c, "payment_day", _("The next payment lies after the day of recording, %s"), latest_recorded);
  else if (payment != NULL && !may_be_payment_day (c, payment))
    kan_refuse (c, "payment_day", _("No pension is paid on %s, neither by the rule nor by what was entered"), payment);
  if (profile != NULL && !kan_profile_flag (profile, "early_destruction_needs_approval"))
    return;
  if (payment == NULL || strcmp (payment, kan_case_when_day (c)) > 0)
    kan_breach (c, "11-1.not_due", "payment_day",
                _("The next payment has not come; destroying earlier needs prior approval of the information manager"));
}

/**
 * kan_fill_payment_day:
 * @c: the case, while filling
 * @latest_recorded: (nullable): the last day of recording among open batches that no early approval covers
 *
 * Answers `payment_day`: the first payment after that day by the office's calendar. Without one it stays as answered;
 * kan_check_due() believes no more of it than the chain says.
 */
void
kan_fill_payment_day (KanCase *c, const char *latest_recorded)
{
  KanCalendar *calendar = kan_case_calendar (c);
  g_autofree char *day = NULL;

  if (calendar == NULL)
    return;
  if (latest_recorded != NULL)
    day = kan_day_format (kan_calendar_next_payment (calendar, kan_day_parse (latest_recorded)));
  kan_fill_text (c, "payment_day", day);
}

/**
 * kan_fill_actor:
 * @c: the case, while filling
 * @key: key of a person
 *
 * Answers @key with whoever acts, where it has no answer.
 */
void
kan_fill_actor (KanCase *c, const char *key)
{
  g_autofree char *actor = g_strdup_printf ("P%" G_GINT64_FORMAT, kan_case_actor (c));

  if (!kan_answered (c, key) && kan_case_actor (c) > 0)
    kan_fill_text (c, key, actor);
}

/**
 * kan_fill_days_later:
 * @c: the case, while filling
 * @key: key of a date
 * @day: a date
 * @n: days
 *
 * Answers @key with the date @n days after @day, where it has no answer.
 */
void
kan_fill_days_later (KanCase *c, const char *key, const char *day, gint64 n)
{
  KanDay first = kan_day_parse (day);
  g_autofree char *later = first != KAN_DAY_NONE ? kan_day_format (first + (KanDay) n) : NULL;

  if (!kan_answered (c, key) && later != NULL)
    kan_fill_text (c, key, later);
}
