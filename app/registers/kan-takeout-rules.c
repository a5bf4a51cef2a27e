/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules of taking media outside (Article 11-3): what was consented to is what goes out, and what went out is
 * counted when it comes back. */
#include "registers/kan-takeout.h"

#include "registers/kan-checks.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define UNDERWAY "('requested', 'approved', 'handing', 'out', 'arriving', 'arrived', 'returning')"
#define TAKEN_MEDIA "SELECT value FROM takeout_media WHERE owner = :subject"
#define TAKEN "(" TAKEN_MEDIA ")"
#define MEDIA_ANSWERED "SELECT value FROM json_each(:media)"
#define OUTSIDE "state IN ('in_transit', 'out')"

/* What came back, what did not, and what the counterpart keeps. */
#define BACK \
  "FROM medium WHERE id IN " TAKEN " AND " OUTSIDE \
  " AND id NOT IN (SELECT value FROM json_each(ifnull(:missing, '[]')))"
#define NOT_BACK "(SELECT value FROM takeout_missing WHERE owner = :subject)"
#define HANDED "(SELECT id FROM medium WHERE id IN " TAKEN " AND " OUTSIDE ")"

/* The open batches of the media asked for, and where they are not those answered; those of the media consented to. */
#define SQL_HELD "SELECT 'B' || batch.id" KAN_SQL_BATCHES_ANSWERED " GROUP BY batch.id ORDER BY batch.id"
#define SQL_HELD_OTHERWISE \
  "SELECT (SELECT count(DISTINCT batch.id)" KAN_SQL_BATCHES_ANSWERED ")" \
  " <> (SELECT count(*) FROM json_each(ifnull(:batches, '[]')))" \
  " OR EXISTS (SELECT 1" KAN_SQL_BATCHES_ANSWERED \
  " AND batch.id NOT IN (SELECT value FROM json_each(ifnull(:batches, '[]'))))"
#define SQL_TAKEN_OTHERWISE \
  "SELECT (SELECT count(*) FROM batch WHERE state = 'open' AND medium IN " TAKEN ")" \
  " <> (SELECT count(*) FROM takeout_batches WHERE owner = :subject)" \
  " OR EXISTS (SELECT 1 FROM batch WHERE state = 'open' AND medium IN " TAKEN \
  " AND id NOT IN (SELECT value FROM takeout_batches WHERE owner = :subject))"

/* --- what is asked for ------------------------------------------------------------------------------------------- */

static gint64
n_media_answered (KanCase *c)
{
  const char **media = kan_answer_list (c, "media");

  return media != NULL ? (gint64) g_strv_length ((char **) media) : 0;
}

static gint64
count_in_media_answered (KanCase *c)
{
  return kan_ask_int (c, KAN_SQL_COUNT_IN_MEDIA_ANSWERED);
}

static void
fill_numbers (KanCase *c)
{
  kan_fill_n (c, "quantity", n_media_answered (c));
  kan_fill_n (c, "count", count_in_media_answered (c));
}

static void
check_numbers (KanCase *c)
{
  gint64 held = count_in_media_answered (c);

  if (kan_answer_n (c, "quantity") != n_media_answered (c))
    kan_refuse (c, KAN_MISMATCH, "quantity", _("%s media are named"),
                kan_say_count (c, n_media_answered (c)));
  if (kan_answer_n (c, "count") != held)
    kan_breach (c, "11-3.count", "count", _("The media hold %s records\napply again"),
                kan_say_count (c, held));
}

static void
add_batch (KanStmt *row, gpointer subjects)
{
  g_strv_builder_add (subjects, kan_stmt_text (row, 0));
}

static void
fill_batches (KanCase *c)
{
  g_autoptr(GStrvBuilder) subjects = g_strv_builder_new ();
  g_auto(GStrv) list = NULL;

  kan_ask_rows (c, SQL_HELD, add_batch, subjects);
  list = g_strv_builder_end (subjects);
  kan_fill_refs (c, "batches", (const char *const *) list);
}

/* Consent is to what is recorded, not to a sum: the same number of other records is something else. */
static void
check_batches (KanCase *c)
{
  if (kan_ask_int (c, SQL_HELD_OTHERWISE) > 0)
    kan_breach (c, "11-3.content", "batches", _("What the media hold has changed\napply again"));
}

static void
check_not_elsewhere (KanCase *c)
{
  g_autofree char *names = kan_ask_text (c, KAN_SQL_NAMES_OF_MEDIA_ANSWERED
                                            " AND EXISTS (SELECT 1 FROM takeout_media m JOIN takeout t"
                                            " ON t.id = m.owner WHERE m.value = medium.id"
                                            " AND t.id IS NOT :subject AND t.state IN " UNDERWAY ")");

  if (names != NULL)
    kan_breach (c, "11-3.elsewhere", "media", _("Another take-out is under way for: %s"), names);
}

/* What the chief holds may travel, but not leave for good. */
static void
check_hold (KanCase *c)
{
  g_autofree char *names = NULL;

  if (g_strcmp0 (kan_answer (c, "kind"), "round_trip") == 0)
    return;
  names = kan_ask_text (c, KAN_SQL_NAMES_OF_MEDIA_ANSWERED
                           " AND EXISTS (SELECT 1 FROM batch b WHERE b.medium = medium.id AND b.state = 'open'"
                           " AND b.hold = 1)");
  if (names != NULL)
    kan_breach (c, "11-1.hold", "media", _("On hold by the chief: %s"), names);
}

static char *
last_valid_day (KanCase *c)
{
  const char *since = kan_answer (c, "since"), *from = kan_case_day (c);

  if (since != NULL && kan_day_parse (since) != KAN_DAY_NONE && strcmp (since, from) > 0)
    from = since;
  return kan_last_approved_day (c, from);
}

static void
check_valid_until (KanCase *c)
{
  g_autofree char *last = last_valid_day (c);
  const char *until = kan_answer (c, "valid_until");

  if (until == NULL)
    kan_refuse (c, KAN_MISSING, "valid_until", _("Until when the consent is to hold is not told\n"
                                                 "say until when"));
  else if (strcmp (until, kan_case_day (c)) < 0)
    kan_breach (c, "11-3.expired", "valid_until", _("This day has passed\napply again"));
  else if (last != NULL && strcmp (until, last) > 0)
    kan_breach (c, "11-3.valid_until", "valid_until", _("Consent is valid until %s at most"),
                kan_say_day (c, last));
}

/**
 * kan_takeout_request_fill:
 * @c: the case
 *
 * Counts the media and what they hold, and gives consent its usual time.
 */
void
kan_takeout_request_fill (KanCase *c)
{
  g_autofree char *last = last_valid_day (c);

  fill_numbers (c);
  fill_batches (c);
  kan_fill_text (c, "valid_until", last);
}

/**
 * kan_takeout_request_check:
 * @c: the case
 *
 * Only stored media, each in one take-out at a time, counted; asked again when the last consent is given.
 */
void
kan_takeout_request_check (KanCase *c)
{
  g_autofree char *away = kan_ask_text (c, KAN_SQL_NAMES_OF_MEDIA_ANSWERED " AND state <> 'stored'");

  if (g_strcmp0 (kan_answer (c, "kind"), "round_trip") == 0 && !kan_answered (c, "until"))
    kan_refuse (c, KAN_MISSING, "until", _("By when the media come back is not told\nsay by when"));
  kan_check_not_past (c, "since");
  kan_check_order (c, "since", "until");
  check_valid_until (c);
  if (away != NULL)
    kan_breach (c, "11-3.not_stored", "media", _("Not in store: %s"), away);
  kan_check_not_doomed (c, "media", KAN_SQL_DOOMED_AMONG (MEDIA_ANSWERED));
  check_not_elsewhere (c);
  check_hold (c);
  check_numbers (c);
  check_batches (c);
  kan_check_handler (c, "carrier");
}

/**
 * kan_takeout_request_effect:
 * @c: the case
 *
 * Notes when consent was complete: it covers nothing that happened earlier.
 */
void
kan_takeout_request_effect (KanCase *c)
{
  kan_set (c, "UPDATE takeout SET approved_at = strftime('%Y-%m-%dT%H:%M', :at, '+9 hours') WHERE id = :subject");
}

/* --- dispatch ---------------------------------------------------------------------------------------------------- */

static gint64
count_in_taken (KanCase *c)
{
  return kan_ask_int (c, KAN_SQL_OPEN_COUNT " AND medium IN " TAKEN);
}

/* Consent is to a time, too: nothing leaves before it, nor after the day by which it was to be back. */
static void
check_period (KanCase *c)
{
  g_autofree char *since = kan_ask_text (c, "SELECT since FROM takeout WHERE id = :subject AND :day < since");
  g_autofree char *until = kan_ask_text (c, "SELECT until FROM takeout WHERE id = :subject AND until < :day");

  if (since != NULL)
    kan_breach (c, "11-3.period", NULL, _("Consent was given from %s on"), kan_say_day (c, since));
  if (until != NULL)
    kan_breach (c, "11-3.period", NULL, _("Consent was given until %s\napply again"), kan_say_day (c, until));
}

/**
 * kan_takeout_dispatch_ready:
 * @c: the case
 *
 * It is the time that was consented to, the consent has not expired, and it still speaks of what the media hold.
 */
void
kan_takeout_dispatch_ready (KanCase *c)
{
  gint64 held = count_in_taken (c), approved = kan_ask_int (c, "SELECT count FROM takeout WHERE id = :subject");
  g_autofree char *until = kan_ask_text (c, "SELECT valid_until FROM takeout WHERE id = :subject"
                                            " AND valid_until < :day");
  g_autofree char *away = kan_ask_text (c, "SELECT group_concat('M' || id, ', ') FROM medium WHERE id IN " TAKEN
                                           " AND state <> 'stored'");

  check_period (c);
  if (until != NULL)
    kan_breach (c, "11-3.expired", NULL, _("The consent expired on %s\napply again"), kan_say_day (c, until));
  if (held != approved)
    kan_breach (c, "11-3.count", NULL,
                _("Consent was given for %s records, the media hold %s\nwithdraw this and apply again"),
                kan_say_count (c, approved), kan_say_count (c, held));
  else if (kan_ask_int (c, SQL_TAKEN_OTHERWISE) > 0)
    kan_breach (c, "11-3.content", NULL,
                _("The media hold other records than consent was given for\nwithdraw this and apply again"));
  if (away != NULL)
    kan_breach (c, "11-3.not_stored", NULL, _("Not in store: %s"), away);
  kan_check_not_doomed (c, NULL, KAN_SQL_DOOMED_AMONG (TAKEN_MEDIA));
}

/**
 * kan_takeout_dispatch_check:
 * @c: the case
 *
 * What was counted is what was consented to; giver and taker are two persons.
 */
void
kan_takeout_dispatch_check (KanCase *c)
{
  gint64 quantity = kan_ask_int (c, "SELECT quantity FROM takeout WHERE id = :subject");
  gint64 count = kan_ask_int (c, "SELECT count FROM takeout WHERE id = :subject");

  if (kan_answered (c, "quantity") && kan_answer_n (c, "quantity") != quantity)
    kan_breach (c, "11-3.quantity", "quantity", _("Consent was given for %s media"),
                kan_say_count (c, quantity));
  if (kan_answered (c, "count") && kan_answer_n (c, "count") != count)
    kan_breach (c, "11-3.count", "count", _("Consent was given for %s records"), kan_say_count (c, count));
  if (kan_ask_int (c, "SELECT :carrier IS 'P' || :actor"))
    kan_breach (c, "11-3.two_persons", "carrier", _("Who hands over and who takes over are two persons"));
  kan_check_handler (c, "carrier");
}

/**
 * kan_takeout_dispatch_effect:
 * @c: the case
 *
 * The media are on their way, in the carrier's hands.
 */
void
kan_takeout_dispatch_effect (KanCase *c)
{
  kan_set (c, "UPDATE takeout SET dispatched_at = :when WHERE id = :subject");
  kan_set (c, "UPDATE medium SET state = 'in_transit', place = NULL,"
              " holder = (SELECT carrier FROM takeout WHERE id = :subject) WHERE id IN " TAKEN);
}

/**
 * kan_takeout_unapproved_fill:
 * @c: the case
 *
 * Counts what went out.
 */
void
kan_takeout_unapproved_fill (KanCase *c)
{
  fill_numbers (c);
}

/**
 * kan_takeout_unapproved_check:
 * @c: the case
 *
 * It has happened and is recorded; that nobody consented is its mark, and no later consent takes it away. Who carried
 * it is not asked to sign: what somebody else says of them is marked as that.
 */
void
kan_takeout_unapproved_check (KanCase *c)
{
  g_autofree char *gone = kan_ask_text (c, KAN_SQL_NAMES_OF_MEDIA_ANSWERED
                                           " AND state IN ('destroyed', 'handed_over')");

  kan_breach (c, "11-3.unapproved", NULL, _("Media went out without the consent of both managers"));
  if (kan_ask_int (c, "SELECT :carrier IS NOT NULL AND :carrier IS NOT 'P' || :actor"))
    kan_breach (c, "11-3.carrier_unsigned", "carrier",
                _("The carrier is named by somebody else and has not signed"));
  if (gone != NULL)
    kan_refuse (c, KAN_WRONG_RECORD, "media", _("No longer here: %s"), gone);
  kan_check_not_doomed (c, "media", KAN_SQL_DOOMED_AMONG (MEDIA_ANSWERED));
  check_not_elsewhere (c);
  check_hold (c);
  check_numbers (c);
  kan_check_handler (c, "carrier");
}

/* --- arrival ----------------------------------------------------------------------------------------------------- */

/**
 * kan_takeout_arrive_check:
 * @c: the case
 *
 * Compares the seal and asks whether anything was opened.
 */
void
kan_takeout_arrive_check (KanCase *c)
{
  if (kan_ask_int (c, "SELECT seal <> :arrived_seal FROM takeout WHERE id = :subject"))
    kan_breach (c, "11-3.seal", "arrived_seal", _("This is not the seal that it left with\n"
                                                  "report the incident"));
  kan_check_undamaged (c, "arrival");
}

/**
 * kan_takeout_arrive_effect:
 * @c: the case
 *
 * The receiver holds the media.
 */
void
kan_takeout_arrive_effect (KanCase *c)
{
  kan_set (c, "UPDATE takeout SET arrived_at = :when WHERE id = :subject");
  kan_set (c, "UPDATE medium SET state = 'out', holder = (SELECT receiver FROM takeout WHERE id = :subject)"
              " WHERE id IN " TAKEN " AND " OUTSIDE);
}

/* --- return ------------------------------------------------------------------------------------------------------ */

/**
 * kan_takeout_return_fill:
 * @c: the case
 *
 * Whoever records it takes the media back, unless told otherwise.
 */
void
kan_takeout_return_fill (KanCase *c)
{
  kan_fill_actor (c, "taken_back_by");
}

static void
check_counted_back (KanCase *c)
{
  gint64 quantity = kan_ask_int (c, "SELECT count(*) " BACK);
  gint64 count = kan_ask_int (c, KAN_SQL_OPEN_COUNT " AND medium IN (SELECT id " BACK ")");

  if (kan_answered (c, "returned_quantity") && kan_answer_n (c, "returned_quantity") != quantity)
    kan_breach (c, "11-3.quantity", "returned_quantity", _("%s media were to come back"),
                kan_say_count (c, quantity));
  if (kan_answered (c, "returned_count") && kan_answer_n (c, "returned_count") != count)
    kan_breach (c, "11-3.count", "returned_count", _("The media hold %s records"),
                kan_say_count (c, count));
}

static void
check_missing (KanCase *c)
{
  if (!kan_answered (c, "missing"))
    return;
  if (kan_ask_int (c, "SELECT count(*) FROM json_each(:missing) WHERE value NOT IN " TAKEN))
    kan_refuse (c, KAN_WRONG_RECORD, "missing", _("This medium was not taken out here"));
  else
    kan_breach (c, "11-3.missing", "missing", _("Media did not come back\nreport the incident"));
}

/* Late is what comes back so many hours after the office closed on the day by which it was to be back. */
static void
check_in_time (KanCase *c)
{
  const KanProfile *profile = kan_case_profile (c);
  g_autofree char *sql = NULL, *until = NULL;
  int opening, closing;

  if (profile == NULL)
    return;
  kan_profile_working_hours (profile, &opening, &closing);
  sql = g_strdup_printf ("SELECT until FROM takeout WHERE id = :subject AND strftime('%%Y-%%m-%%dT%%H:%%M', until,"
                         " '+%d minutes', '+%" G_GINT64_FORMAT " hours') < :when", closing,
                         kan_profile_number (profile, "late_return_hours"));
  until = kan_ask_text (c, sql);
  if (until != NULL)
    kan_breach (c, "11-3.late_return", NULL, _("The media were to be back by %s"), kan_say_day (c, until));
}

/**
 * kan_takeout_return_check:
 * @c: the case
 *
 * Counted back, in time, from one person to another, into an appointed place.
 */
void
kan_takeout_return_check (KanCase *c)
{
  kan_check_not_doomed (c, NULL, KAN_SQL_DOOMED_AMONG (TAKEN_MEDIA));
  check_counted_back (c);
  check_missing (c);
  check_in_time (c);
  kan_check_undamaged (c, "returned_state");
  if (kan_answered (c, "returner") && g_strcmp0 (kan_answer (c, "returner"), kan_answer (c, "taken_back_by")) == 0)
    kan_breach (c, "11-3.two_persons", "taken_back_by", _("Who hands over and who takes over are two persons"));
  kan_check_handler (c, "taken_back_by");
  kan_check_storage (c, "place");
}

/**
 * kan_takeout_return_effect:
 * @c: the case
 *
 * What came back is in store; what did not is missing, and what was on it lost until it is found.
 */
void
kan_takeout_return_effect (KanCase *c)
{
  kan_set (c, "UPDATE takeout SET returned_at = :when WHERE id = :subject");
  kan_set (c, "UPDATE medium SET state = 'stored', holder = NULL, out_since = NULL,"
              " place = (SELECT place FROM takeout WHERE id = :subject)"
              " WHERE id IN " TAKEN " AND " OUTSIDE " AND id NOT IN " NOT_BACK);
  kan_set (c, "UPDATE batch SET state = 'lost', closed_on = :when_day WHERE state = 'open' AND medium IN " NOT_BACK);
  kan_set (c, "UPDATE medium SET state = 'missing' WHERE id IN " NOT_BACK " AND " OUTSIDE);
}

/* --- no return --------------------------------------------------------------------------------------------------- */

/**
 * kan_takeout_close_ready:
 * @c: the case
 *
 * What was to come back is closed by its return, and what was to be destroyed by its destruction: before anything is
 * answered it is told that the rest is no ordinary end.
 */
void
kan_takeout_close_ready (KanCase *c)
{
  g_autofree char *kind = kan_ask_text (c, "SELECT kind FROM takeout WHERE id = :subject");
  g_autofree char *whole = kan_ask_text (c, "SELECT group_concat('M' || id, ', ') FROM medium WHERE id IN " TAKEN
                                            " AND state NOT IN ('destroyed', 'missing')");

  kan_check_not_doomed (c, NULL, KAN_SQL_DOOMED_AMONG (TAKEN_MEDIA));
  if (g_strcmp0 (kind, "round_trip") == 0)
    kan_breach (c, "11-3.not_returned", NULL, _("These media were to come back"));
  if (g_strcmp0 (kind, "disposal") == 0 && whole != NULL)
    kan_breach (c, "11-5.not_destroyed", NULL, _("No destruction is recorded of: %s"), whole);
}

/**
 * kan_takeout_close_check:
 * @c: the case
 *
 * Proof of erasure where it was agreed.
 */
void
kan_takeout_close_check (KanCase *c)
{
  if (!kan_answered (c, "erasure_proof") && kan_ask_int (c, "SELECT erasure_agreed FROM takeout WHERE id = :subject"))
    kan_breach (c, "11-3.erasure_proof", "erasure_proof", _("Proof of erasure was agreed"));
}

/**
 * kan_takeout_close_effect:
 * @c: the case
 *
 * What was handed over is the counterpart's now; its batches close with the receipt.
 */
void
kan_takeout_close_effect (KanCase *c)
{
  kan_set (c, "UPDATE takeout SET closed_on = :when_day WHERE id = :subject");
  kan_set (c, "UPDATE batch SET state = 'returned', closed_on = :when_day, receipt = :receipt,"
              " counterpart = (SELECT counterpart FROM takeout WHERE id = :subject)"
              " WHERE state = 'open' AND medium IN " HANDED);
  kan_set (c, "UPDATE medium SET state = 'handed_over', holder = (SELECT counterpart FROM takeout WHERE id = :subject)"
              " WHERE id IN " TAKEN " AND " OUTSIDE);
}
