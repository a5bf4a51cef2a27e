/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The take-out application with its decisions, and the transport slip, from their record. */
#include "forms/kan-forms-private.h"

#include "forms/kan-form-application.h"
#include "forms/kan-form-slip.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SQL_HELD_THEN \
  "SELECT ifnull (sum (count * (1 + ifnull (copies, 0))), 0) FROM batch WHERE medium = ?1 AND state <> 'void'" \
  " AND recorded_on <= '%s' AND (closed_on IS NULL OR closed_on >= '%s')"

/* What each medium held when the application was made. */
static char *
counting_on (const char *day)
{
  return g_strdup_printf (SQL_HELD_THEN, day, day);
}

static const char *
kind_of (KanMaker *self)
{
  return kan_record_get_text (self->record, "kind");
}

/* The act that the record stands on: the application, the newest where it was sent back, or what went out without. */
static const KanStep *
request_of (KanMaker *self)
{
  return kan_maker_get_step (self, kan_record_get_int (self->record, "made"));
}

/* --- application ---------------------------------------------------------------------------------------------- */

static void
fill_decision (KanMaker *self, const KanGivenHand *hand, const char *role, KanApplicationDecision *decision)
{
  decision->role = role;
  if (hand == NULL || strcmp (hand->verdict, "asked_back") == 0)
    return;
  decision->decision = strcmp (hand->verdict, "given") == 0 ? KAN_DECISION_CONSENTED : KAN_DECISION_REFUSED;
  decision->date = kan_maker_day (self, kan_maker_day_of (self, hand->at));
  kan_maker_seal (self, hand, &decision->seal);
  if (decision->decision == KAN_DECISION_REFUSED)
    decision->condition = kan_maker_answer (self, hand->seq, "reason");
  else if (hand->absence == NULL)
    decision->condition = kan_maker_answer (self, hand->seq, "remark");
}

/* Both managers, and whoever decided what was lacking. */
static guint
fill_decisions (KanMaker *self, gint64 act, KanApplicationDecision decisions[3])
{
  const KanGivenHand *more = kan_maker_hand (self, act, "chief_instead");

  fill_decision (self, kan_maker_hand (self, act, "information_manager"), NULL, &decisions[0]);
  fill_decision (self, kan_maker_hand (self, act, "system_manager"), NULL, &decisions[1]);
  if (more == NULL)
    more = kan_maker_hand (self, act, "named_instead");
  if (more == NULL)
    return 2;
  fill_decision (self, more, kan_capacity_label (self->book, NULL, more->capacity, TRUE), &decisions[2]);
  return 3;
}

static void
fill_return (KanMaker *self, KanApplicationForm *form)
{
  const char *at = kan_record_get_text (self->record, "returned_at");
  g_autofree char *day = at != NULL ? g_strndup (at, 10) : NULL;

  if (at == NULL)
    return;
  form->returned_at = kan_maker_value (self, self->record, "returned_at");
  form->returned_quantity = kan_maker_counted (self, kan_record_get_int (self->record, "returned_quantity"), "点");
  form->returned_state = kan_maker_value (self, self->record, "returned_state");
  form->returned_by = kan_maker_who (self, kan_record_get_text (self->record, "returner"), day);
  form->taken_back_by = kan_maker_who (self, kan_record_get_text (self->record, "taken_back_by"), day);
}

static void
fill_plan (KanMaker *self, const char *day, KanApplicationForm *form)
{
  form->kind = kan_maker_value (self, self->record, "kind");
  form->no_return = g_strcmp0 (kind_of (self), "round_trip") != 0;
  form->quantity = kan_maker_counted (self, kan_record_get_int (self->record, "quantity"), "点");
  form->count = kan_maker_counted (self, kan_record_get_int (self->record, "count"), "件");
  form->reason = kan_maker_value (self, self->record, "reason");
  form->destination = kan_maker_value (self, self->record, "destination");
  form->counterpart = kan_maker_who (self, kan_record_get_text (self->record, "counterpart"), day);
  form->from = kan_maker_value (self, self->record, "since");
  form->until = kan_maker_value (self, self->record, "until");
  form->method = kan_maker_value (self, self->record, "transport");
  form->route = kan_maker_value (self, self->record, "route");
  form->carrier = kan_maker_who (self, kan_record_get_text (self->record, "carrier"), day);
  form->container = kan_maker_value (self, self->record, "container");
  form->seal = kan_maker_value (self, self->record, "seal");
}

/**
 * kan_maker_application:
 * @self: a maker of a take-out
 * @error: %KAN_ERROR_USAGE where nothing was applied for
 *
 * Returns: (transfer full): 記録媒体持出承諾申請書, with whatever was decided so far
 */
KanPaper *
kan_maker_application (KanMaker *self, GError **error)
{
  const KanStep *act = request_of (self);
  KanApplicationForm form = { 0 };
  KanApplicationDecision decisions[3] = { 0 };
  g_autofree KanFormMedium *media = NULL;
  g_autofree char *applicant = NULL, *counting = NULL, *basis = NULL;
  const char *day;

  if (act == NULL || strcmp (act->act->kind, "takeout.request") != 0)
    {
      g_set_error (error, KAN_ERROR, KAN_ERROR_USAGE,
                   _("%s went out without an application: print its transport slip (transport_slip) instead"),
                   self->subject);
      return NULL;
    }
  day = kan_maker_day_of (self, act->act->at);
  counting = counting_on (day);
  applicant = g_strdup_printf ("P%" G_GINT64_FORMAT, act->act->actor);
  kan_maker_head (self, "takeout_application", kan_maker_value (self, self->record, "takeout_no"), day, &form.head);
  kan_maker_person (self, applicant, day, &form.applicant);
  form.media = media = kan_maker_media (self, counting, &form.n_media);
  fill_plan (self, day, &form);
  basis = kan_profile_cite (kan_book_get_profile (self->book), "11-3", TRUE);
  form.basis = basis;
  form.outside = kan_profile_outside (kan_book_get_profile (self->book))->ja;
  form.decisions = decisions;
  form.n_decisions = fill_decisions (self, act->act->seq, decisions);
  form.capacities = kan_maker_capacities (self, act->act->seq);
  form.remarks = kan_maker_deviations (self);
  fill_return (self, &form);
  return kan_form_application_new (&form);
}

/* --- slip ----------------------------------------------------------------------------------------------------- */

/* Whom a finder calls: the system manager answers for media. */
static const char *
emergency (KanMaker *self, const char *association, const char *day)
{
  g_autofree char *manager = kan_db_get_text (
    kan_book_get_db (self->book), NULL,
    "SELECT 'P' || a.person FROM appointment a JOIN office o ON o.id = a.office WHERE o.code = ?1"
    " AND a.state IN ('in_force', 'ended') AND a.since <= ?2 AND (a.until IS NULL OR ?2 <= a.until)"
    " ORDER BY a.id LIMIT 1", "ss",
    kan_profile_office_of_role (kan_book_get_profile (self->book), "system_manager")->id, day);
  const char *who = kan_maker_who (self, manager, day);

  return kan_maker_keep (self, g_strdup_printf ("%s　%s", association, who != NULL ? who : "住基ネットシステム管理者"));
}

/* What the office told of itself in its profile. */
static void
fill_office (KanMaker *self, const char *day, KanSlipForm *form)
{
  const KanProfile *profile = kan_book_get_profile (self->book);
  g_autofree char *sender = kan_form_person (&form->sender);

  form->emergency = emergency (self, form->head.association, day);
  form->telephone = kan_profile_telephone (profile);
  form->return_to = kan_maker_keep (self, g_strdup_printf ("%s　%s　行", form->head.association, sender));
  form->return_address = kan_profile_address (profile);
}

static void
fill_way (KanMaker *self, const KanStep *act, const char *day, KanSlipForm *form)
{
  g_autofree char *giver = g_strdup_printf ("P%" G_GINT64_FORMAT, act->act->actor);

  kan_maker_person (self, giver, day, &form->sender);
  form->sent_at = kan_maker_value (self, self->record, "dispatched_at");
  form->counterpart = kan_maker_who (self, kan_record_get_text (self->record, "counterpart"), day);
  form->destination = kan_maker_value (self, self->record, "destination");
  form->carrier = kan_maker_who (self, kan_record_get_text (self->record, "carrier"), day);
  form->method = kan_maker_value (self, self->record, "transport");
  form->route = kan_maker_value (self, self->record, "route");
  form->container = kan_maker_value (self, self->record, "container");
  form->seal = kan_maker_value (self, self->record, "seal");
  form->given_by = kan_maker_who (self, giver, day);
  form->taken_by = form->carrier;
}

/**
 * kan_maker_slip:
 * @self: a maker of a take-out
 * @error: %KAN_ERROR_REFUSED where nothing was dispatched
 *
 * Returns: (transfer full): 搬送票 in three parts
 */
KanPaper *
kan_maker_slip (KanMaker *self, GError **error)
{
  const KanStep *act = kan_maker_find_step (self, "takeout.dispatch");
  KanSlipForm form = { 0 };
  g_autofree KanFormMedium *media = NULL;
  g_autofree char *counting = NULL;
  const char *day;

  if (act == NULL)
    act = kan_maker_find_step (self, "takeout.unapproved");
  if (act == NULL)
    {
      g_set_error (error, KAN_ERROR, KAN_ERROR_REFUSED,
                   _("%s has not been dispatched: its slip is printed after takeout.dispatch"), self->subject);
      return NULL;
    }
  day = kan_maker_day_of (self, act->act->at);
  counting = counting_on (day);
  kan_maker_head (self, "transport_slip", kan_maker_value (self, self->record, "transport_no"), day, &form.head);
  form.kind = kan_maker_value (self, self->record, "kind");
  form.approval = kan_maker_value (self, self->record, "takeout_no");
  form.remarks = kan_maker_deviations (self);
  form.media = media = kan_maker_media (self, counting, &form.n_media);
  form.quantity = kan_maker_counted (self, kan_record_get_int (self->record, "quantity"), "点");
  form.count = kan_maker_counted (self, kan_record_get_int (self->record, "count"), "件");
  fill_way (self, act, day, &form);
  fill_office (self, day, &form);
  return kan_form_slip_new (&form);
}
