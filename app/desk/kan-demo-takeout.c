/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Take-outs of the demo: there and back, handed over for good, to the pulping works; refused, withdrawn, asked back. */
#include "desk/kan-demo-private.h"

#include <string.h>

#define NUMBER "%" G_GINT64_FORMAT

typedef struct
{
  const char     *kind;
  KanDemoOutsider counterpart;
  const char     *destination, *reason, *transport, *route;
  int             days;      /* until the return; 0: none */
  gboolean        proof;     /* of erasure is agreed */
} Journey;

static const Journey to_centre = {
  "round_trip", DEMO_CENTRE, "県央電算センター　運用課", "年金支給額計算用の照合結果を引き渡すため", "security_courier",
  "組合事務所から国道34号経由", 5, FALSE
};
static const Journey to_centre_by_car = {
  "round_trip", DEMO_CENTRE, "県央電算センター　運用課", "現況届未提出者の照合結果を読み込ませるため", "own_car",
  "組合事務所から長崎バイパス経由", 5, FALSE
};
static const Journey to_federation = {
  "hand_over", DEMO_FEDERATION, "全国共済年金連合会　年金部", "連合会が行う年金併給調整に用いるため", "security_courier",
  "西海セキュリティ輸送諫早営業所経由", 0, TRUE
};
static const Journey to_pulper = {
  "disposal", DEMO_PULPER, "大村製紙原料　溶解工場", "支給の終わった帳票を溶解処理するため", "contractor", "委託先の施錠車による集荷", 0, FALSE
};

/* --- asking and consenting ------------------------------------------------------------------------------------ */

static void
ask (KanDemo *self, const char *again, const char *media, const Journey *journey, int late)
{
  KanDay since = kan_demo_business_day (self, self->today, 1);
  KanDay back = kan_demo_business_day (self, since, journey->days - late);
  g_autofree char *first = kan_day_format (since), *until = journey->days > 0 ? kan_day_format (back) : NULL;

  kan_demo_act (self, DEMO_CLERK_A, "takeout.request", again, "kind", journey->kind, "media", media, "counterpart",
                kan_demo_outsider (journey->counterpart), "destination", journey->destination, "reason",
                journey->reason, "since", first, "until", until, "erasure_agreed", journey->proof ? "yes" : NULL,
                "transport", journey->transport, "route", journey->route, "container", "locked_container", NULL);
}

/* The two managers in turn; a deputy decides while the first is travelling. */
static void
consent_first (KanDemo *self, const char *takeout, gboolean by_deputy)
{
  if (by_deputy)
    kan_demo_act (self, kan_demo_deputy (self), "hand.give", takeout, "absence", "business_trip", "remark",
                  "九州地区連絡会議へ出席中のため代決する。", NULL);
  else
    kan_demo_act (self, kan_demo_information_manager (self), "hand.give", takeout, NULL);
}

static void
consent_second (KanDemo *self, const char *takeout)
{
  kan_demo_act (self, kan_demo_system_manager (self), "hand.give", takeout, NULL);
}

/* --- the legs ------------------------------------------------------------------------------------------------- */

static char *
new_seal (KanDemo *self)
{
  return g_strdup_printf ("封-%05u", 20310 + ++self->n_seals);
}

/* As was consented to, for the media are counted before they leave. */
#define SQL_TAKEN(column) "SELECT " column " FROM takeout WHERE id = ?"

/* With a courier who signs on paper, or by a colleague who signs here. */
static void
dispatch (KanDemo *self, const char *takeout, gboolean by_courier, const char *seal)
{
  guint number = 4000000 + kan_demo_chance (self, 1000000);
  g_autofree char *quantity = g_strdup_printf (NUMBER, kan_demo_ask (self, SQL_TAKEN ("quantity"), takeout));
  g_autofree char *count = g_strdup_printf (NUMBER, kan_demo_ask (self, SQL_TAKEN ("count"), takeout));
  g_autofree char *tracking = by_courier ? g_strdup_printf ("%u-%04u", number, 1000 + self->n_seals) : NULL;

  if (!by_courier)
    self->cosigner = DEMO_CLERK_B;
  kan_demo_act (self, DEMO_CLERK_A, "takeout.dispatch", takeout, "quantity", quantity, "count", count,
                "container", "locked_container", "seal", seal,
                "tracking_no", tracking, "carrier", by_courier ? kan_demo_outsider (DEMO_COURIER)
                : kan_demo_person (DEMO_CLERK_B), "taker_paper", by_courier ? "yes" : NULL, NULL);
}

static void
arrive (KanDemo *self, const char *takeout, KanDemoOutsider receiver, const char *seal)
{
  g_autofree char *receipt = g_strdup_printf ("受-%04u", 700 + ++self->n_receipts);

  kan_demo_wait (self, 5400);
  kan_demo_act (self, DEMO_CLERK_A, "takeout.arrive", takeout, "arrived_seal", seal, "arrival", "sound", "receiver",
                kan_demo_outsider (receiver), "receiver_paper", "yes", "receipt", receipt, NULL);
}

static void
come_back (KanDemo *self, const char *takeout, gint64 n_media, gint64 n_records, gboolean late)
{
  g_autofree char *quantity = g_strdup_printf (NUMBER, n_media), *count = g_strdup_printf (NUMBER, n_records);

  kan_demo_act (self, DEMO_CLERK_A, "takeout.return", takeout, "returned_quantity", quantity, "returned_count", count,
                "returned_state", "sound", "returner", kan_demo_outsider (DEMO_CENTRE), "returner_paper", "yes",
                "taken_back_by", kan_demo_person (DEMO_CLERK_A), "place", kan_demo_place (DEMO_VAULT),
                "deviation_reason", late ? "県央電算センターの計算処理が延び、返却が予定日を過ぎた。" : NULL, NULL);
}

/* --- there and back ------------------------------------------------------------------------------------------- */

static gboolean
is_late (KanDemo *self, gint64 cycle)
{
  return cycle == self->overdue - 1;
}

/* Now and then the tape with the copy travels along. */
static gboolean
has_company (gint64 cycle)
{
  return cycle % 3 == 0;
}

static void
ask_trip (KanDemo *self, gint64 what)
{
  KanDemoCycle *cycle = kan_demo_cycle (self, what);
  g_autofree char *both = g_strdup_printf ("%s,%s", cycle->usb[0]->subject, cycle->tape->subject);

  ask (self, NULL, has_company (what) ? both : cycle->usb[0]->subject, what % 2 == 0 ? &to_centre : &to_centre_by_car,
       is_late (self, what) ? 3 : 0);
  g_strlcpy (cycle->round_trip, self->subject, sizeof cycle->round_trip);
  kan_demo_wait (self, 3600);
  consent_first (self, cycle->round_trip, what == self->overdue - 1);
}

static void
consent_to_trip (KanDemo *self, gint64 what)
{
  consent_second (self, kan_demo_cycle (self, what)->round_trip);
}

static void
make_trip (KanDemo *self, gint64 what)
{
  KanDemoCycle *cycle = kan_demo_cycle (self, what);
  g_autofree char *seal = new_seal (self);

  dispatch (self, cycle->round_trip, what % 2 == 0, seal);
  arrive (self, cycle->round_trip, DEMO_CENTRE, seal);
}

static void
end_trip (KanDemo *self, gint64 what)
{
  KanDemoCycle *cycle = kan_demo_cycle (self, what);
  gint64 n = kan_demo_open_count (self, cycle->usb[0]);

  if (has_company (what))
    come_back (self, cycle->round_trip, 2, n + kan_demo_open_count (self, cycle->tape), is_late (self, what));
  else
    come_back (self, cycle->round_trip, 1, n, is_late (self, what));
}

/* Back from the journey, the manager looks at what was decided meanwhile. */
static void
inspect (KanDemo *self, gint64 what)
{
  static const char sql[] =
    "SELECT ifnull(max(seq), 0) FROM hand WHERE principal IS NOT NULL AND inspected IS NULL AND seq > ?";
  g_autofree char *act = g_strdup_printf (NUMBER, kan_demo_ask (self, sql, "T0"));

  kan_demo_act (self, kan_demo_information_manager (self), "hand.inspect", kan_demo_cycle (self, what)->round_trip,
                "act", act, NULL);
}

/* --- for good ------------------------------------------------------------------------------------------------- */

static void
burn_disc (KanDemo *self, gint64 what)
{
  KanDemoCycle *cycle = kan_demo_cycle (self, what);

  kan_demo_acquire (self, &cycle->dvd, DEMO_DVD);
  kan_demo_record (self, &cycle->dvd, cycle->serves, NULL, 80 + kan_demo_chance (self, 300));
}

static void
ask_hand_over (KanDemo *self, gint64 what)
{
  KanDemoCycle *cycle = kan_demo_cycle (self, what);

  ask (self, NULL, cycle->dvd.subject, &to_federation, 0);
  g_strlcpy (cycle->hand_over, self->subject, sizeof cycle->hand_over);
  kan_demo_wait (self, 1800);
  consent_first (self, cycle->hand_over, FALSE);
  consent_second (self, cycle->hand_over);
}

static void
make_hand_over (KanDemo *self, gint64 what)
{
  g_autofree char *seal = new_seal (self);

  dispatch (self, kan_demo_cycle (self, what)->hand_over, TRUE, seal);
}

static void
close_hand_over (KanDemo *self, gint64 what)
{
  g_autofree char *receipt = g_strdup_printf ("連年-%04u", 1200 + ++self->n_receipts);
  g_autofree char *proof = g_strdup_printf ("消-%04u", 80 + self->n_receipts);

  kan_demo_act (self, DEMO_CLERK_B, "takeout.close", kan_demo_cycle (self, what)->hand_over, "receipt", receipt,
                "erasure_proof", proof, NULL);
}

static void
ask_disposal (KanDemo *self, gint64 what)
{
  KanDemoCycle *cycle = kan_demo_cycle (self, what);

  if (*cycle->paper.subject == '\0')
    return;
  ask (self, NULL, cycle->paper.subject, &to_pulper, 0);
  g_strlcpy (cycle->disposal, self->subject, sizeof cycle->disposal);
  consent_first (self, cycle->disposal, FALSE);
  kan_demo_wait (self, 3600);
  consent_second (self, cycle->disposal);
}

static void
make_disposal (KanDemo *self, gint64 what)
{
  KanDemoCycle *cycle = kan_demo_cycle (self, what);
  g_autofree char *seal = new_seal (self), *receipt = g_strdup_printf ("溶-%04u", 90 + self->n_seals);

  if (*cycle->disposal == '\0')
    return;
  dispatch (self, cycle->disposal, TRUE, seal);
  arrive (self, cycle->disposal, DEMO_PULPER, seal);
  kan_demo_destroy (self, &cycle->paper, DEMO_PULPER);
  kan_demo_act (self, DEMO_CLERK_A, "takeout.close", cycle->disposal, "receipt", receipt, NULL);
}

/* --- what comes to nothing ------------------------------------------------------------------------------------ */

static void
ask_in_vain (KanDemo *self, gint64 what)
{
  KanDemoCycle *cycle = kan_demo_cycle (self, what);

  ask (self, NULL, cycle->hdd->subject, &to_centre, 0);
  g_strlcpy (cycle->other, self->subject, sizeof cycle->other);
  kan_demo_wait (self, 2400);
  if (what == 1)
    {
      consent_first (self, cycle->other, FALSE);
      kan_demo_act (self, kan_demo_system_manager (self), "hand.refuse", cycle->other, "reason",
                    "ＵＳＢメモリによる引渡しで足りるため、ハードディスクの持出しは認めない。", NULL);
    }
  else if (what == 2)
    kan_demo_act (self, DEMO_CLERK_A, "hand.withdraw", cycle->other, "reason", "先方の日程が変わったため", NULL);
  else
    kan_demo_act (self, kan_demo_information_manager (self), "hand.ask_back", cycle->other, "reason",
                  "返却予定日を短くして申請し直すこと。", NULL);
}

/* What was asked back is asked for again, consented to, and not needed in the end. */
static void
ask_again (KanDemo *self, gint64 what)
{
  static const Journey shorter = {
    "round_trip", DEMO_CENTRE, "県央電算センター　運用課", "年金支給額計算用の照合結果を引き渡すため", "security_courier",
    "組合事務所から国道34号経由", 2, FALSE
  };
  KanDemoCycle *cycle = kan_demo_cycle (self, what);

  ask (self, cycle->other, cycle->hdd->subject, &shorter, 0);
  consent_first (self, cycle->other, FALSE);
  consent_second (self, cycle->other);
  kan_demo_wait (self, 3600);
  kan_demo_act (self, DEMO_CLERK_A, "takeout.cancel", cycle->other, "note", "専用回線で送ることとなったため", NULL);
}

/**
 * kan_demo_plan_takeouts:
 * @self: the demo
 * @index: which payment
 *
 * Plans the take-outs around a payment.
 */
void
kan_demo_plan_takeouts (KanDemo *self, int index)
{
  static const struct { int offset; KanDemoDeed deed; int every, from; } jobs[] = {
    { -19, ask_trip, 1, 0 }, { -18, consent_to_trip, 1, 0 }, { -17, make_trip, 1, 0 }, { -13, end_trip, 1, 0 },
    { -18, burn_disc, 2, 1 }, { -16, ask_hand_over, 2, 1 }, { -14, make_hand_over, 2, 1 },
    { -8, close_hand_over, 2, 1 }, { 1, ask_disposal, 3, 2 }, { 3, make_disposal, 3, 2 },
  };
  KanDay payment = kan_demo_cycle (self, index)->payment;

  if (kan_demo_business_day (self, payment, -22) <= self->first)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (jobs); i++)
    if (index % jobs[i].every == jobs[i].from)
      kan_demo_plan (self, kan_demo_business_day (self, payment, jobs[i].offset), jobs[i].deed, index);
  if (index == self->overdue - 1)
    kan_demo_plan (self, kan_demo_business_day (self, payment, -15), inspect, index);
  if (index >= 1 && index <= 3)
    kan_demo_plan (self, kan_demo_business_day (self, payment, -8), ask_in_vain, index);
  if (index == 3)
    kan_demo_plan (self, kan_demo_business_day (self, payment, -7), ask_again, index);
}

/* --- what is open in the end ---------------------------------------------------------------------------------- */

static void
buy_spares (KanDemo *self, gint64 what)
{
  (void) what;
  for (guint i = 0; i < G_N_ELEMENTS (self->spare); i++)
    {
      kan_demo_acquire (self, &self->spare[i], i < 2 ? DEMO_USB : DEMO_HDD);
      kan_demo_record (self, &self->spare[i], NULL, NULL, 60 + kan_demo_chance (self, 200));
    }
}

static void
ask_last (KanDemo *self, gint64 what)
{
  (void) what;
  ask (self, NULL, self->spare[0].subject, &to_centre, 0);
  g_strlcpy (self->last_out, self->subject, sizeof self->last_out);
  kan_demo_wait (self, 1800);
  consent_first (self, self->last_out, TRUE);
}

static void
consent_last (KanDemo *self, gint64 what)
{
  (void) what;
  consent_second (self, self->last_out);
}

static void
send_last (KanDemo *self, gint64 what)
{
  g_autofree char *seal = new_seal (self);

  (void) what;
  dispatch (self, self->last_out, TRUE, seal);
  arrive (self, self->last_out, DEMO_CENTRE, seal);
  ask (self, NULL, self->spare[1].subject, &to_centre_by_car, 0);
  g_strlcpy (self->last_asked, self->subject, sizeof self->last_asked);
}

static void
leave_open (KanDemo *self, gint64 what)
{
  (void) what;
  consent_first (self, self->last_asked, FALSE);
  kan_demo_act (self, DEMO_CLERK_B, "media.checkout", self->spare[2].subject, "used_for", "遺族年金請求の審査", NULL);
}

/**
 * kan_demo_plan_last_takeouts:
 * @self: the demo
 *
 * One medium is out, one request waits for the system manager, one disk was not put back.
 */
void
kan_demo_plan_last_takeouts (KanDemo *self)
{
  kan_demo_plan (self, kan_demo_business_day (self, self->last, -4), buy_spares, 0);
  kan_demo_plan (self, kan_demo_business_day (self, self->last, -3), ask_last, 0);
  kan_demo_plan (self, kan_demo_business_day (self, self->last, -2), consent_last, 0);
  kan_demo_plan (self, kan_demo_business_day (self, self->last, -1), send_last, 0);
  kan_demo_plan (self, self->last, leave_open, 0);
}
