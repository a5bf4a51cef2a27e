/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo's days: what is done again and again, what goes wrong now and then, and more of it where a file is to
 * grow. */
#include "desk/kan-demo-private.h"

#include <string.h>

#define NUMBER "%" G_GINT64_FORMAT

/* --- day by day ----------------------------------------------------------------------------------------------- */

static const KanDemoMedium *
some_medium (KanDemo *self)
{
  guint n = kan_demo_chance (self, 9);

  return n < 6 ? &self->usb[n] : &self->hdd[n - 6];
}

static void
use_medium (KanDemo *self, gint64 what)
{
  const KanDemoMedium *medium = some_medium (self);
  KanDemoPerson who = kan_demo_operator (self);

  (void) what;
  if (!kan_demo_is_in (self, medium, "stored"))
    return;
  kan_demo_act (self, who, "media.checkout", medium->subject, "used_for", kan_demo_pick (self, kan_demo_uses), NULL);
  kan_demo_wait (self, 600 + kan_demo_chance (self, 5400));
  kan_demo_act (self, who, "media.checkin", medium->subject, NULL);
}

static void
check_stored (KanDemo *self, const KanDemoMedium *media, guint n, GPtrArray *checked)
{
  g_autofree char *day = kan_day_format (self->today);

  for (guint i = 0; i < n; i++)
    if (kan_demo_is_in (self, &media[i], "stored"))
      {
        kan_demo_act (self, DEMO_CLERK_B, "media.check", media[i].subject, "checked_on", day, "condition", "sound",
                      NULL);
        g_ptr_array_add (checked, (gpointer) media[i].subject);
      }
}

/* All that is in store, each month; the system manager confirms in the afternoon. */
static void
check_all (KanDemo *self, gint64 what)
{
  g_autoptr(GPtrArray) checked = g_ptr_array_new ();

  (void) what;
  check_stored (self, self->usb, G_N_ELEMENTS (self->usb), checked);
  check_stored (self, self->hdd, G_N_ELEMENTS (self->hdd), checked);
  check_stored (self, self->tape, G_N_ELEMENTS (self->tape), checked);
  check_stored (self, (const KanDemoMedium *) self->pool->data, self->pool->len, checked);
  for (guint i = 0; i < checked->len; i++)
    kan_demo_act (self, kan_demo_system_manager (self), "hand.give", g_ptr_array_index (checked, i), NULL);
}

/* From the vault to the safe, and from there back; places are numbered in the order in which they were established. */
static void
move (KanDemo *self, KanDemoPerson who, const KanDemoMedium *medium)
{
  gint64 place = kan_demo_ask (self, "SELECT ifnull(place, 0) FROM medium WHERE id = ?", medium->subject);

  kan_demo_act (self, who, "media.move", medium->subject, "place",
                kan_demo_place (place == DEMO_VAULT + 1 ? DEMO_SAFE : DEMO_VAULT), NULL);
}

static void
move_some (KanDemo *self, gint64 what)
{
  const KanDemoMedium *medium = &self->usb[what];

  if (kan_demo_is_in (self, medium, "stored"))
    move (self, DEMO_PENSION_HEAD, medium);
}

/**
 * kan_demo_plan_routine:
 * @self: the demo
 *
 * Plans use, monthly checks and moves.
 */
void
kan_demo_plan_routine (KanDemo *self)
{
  int year, month, n = 0;

  for (KanDay day = self->first + 4; day <= self->last; day = kan_demo_business_day (self, day, 1))
    for (guint times = kan_demo_chance (self, 3); times > 0; times--)
      kan_demo_plan (self, day, use_medium, 0);
  kan_day_to_ymd (self->first + 25, &year, &month, NULL);
  for (KanDay day = kan_day_from_ymd (year, month, 6); day <= self->last; day = kan_day_add_months (day, 1))
    {
      kan_demo_plan (self, day, check_all, 0);
      if (n++ % 5 == 4)
        kan_demo_plan (self, day + 12, move_some, n % 6);
    }
}

/* --- what goes wrong ------------------------------------------------------------------------------------------ */

/* The model was misread; the old value stays, struck through. */
static void
misspell (KanDemo *self, gint64 what)
{
  const KanDemoModel *model = &kan_demo_models[DEMO_MO];
  g_autofree char *label = g_strdup_printf ("%s-01", model->label), *seq = NULL;
  char subject[16];

  (void) what;
  kan_demo_act (self, DEMO_CLERK_C, "media.register", NULL, "media_kind", model->media_kind, "label", label, "maker",
                model->maker, "model", "HR-M0640", "capacity", model->capacity, NULL);
  g_strlcpy (subject, self->subject, sizeof subject);
  seq = g_strdup_printf (NUMBER, self->seq);
  kan_demo_act (self, DEMO_CLERK_C, "media.store", subject, "place", kan_demo_place (DEMO_VAULT), NULL);
  kan_demo_wait (self, 7200);
  kan_demo_act (self, DEMO_CLERK_C, "act.correct", subject, "act", seq, "question", "model", "value", model->model,
                "reason", "英字の「Ｏ」を数字の「０」と読み違えたため", NULL);
}

static void
enter_off_cycle_payment (KanDemo *self, gint64 what)
{
  const KanDemoCycle *cycle = kan_demo_cycle (self, what);
  g_autofree char *day = kan_day_format (kan_demo_business_day (self, cycle->payment, 10));

  self->cosigner = kan_demo_information_manager (self);
  kan_demo_act (self, kan_demo_system_manager (self), "payment.enter", NULL, "kind", "off_cycle", "serves",
                cycle->serves, "day", day, "document_no", "年-88", NULL);
}

static char *
batch_on (KanDemo *self, const KanDemoMedium *medium)
{
  return g_strdup_printf ("B" NUMBER, kan_demo_ask (self, "SELECT ifnull(max(id), 0) FROM batch WHERE medium = ?"
                                                          " AND +state = 'open'", medium->subject));
}

static void
hold (KanDemo *self, gint64 what)
{
  g_autofree char *batch = batch_on (self, kan_demo_cycle (self, what)->hdd);

  kan_demo_act (self, DEMO_CHIEF, "media.hold", batch, "hold_reason", "request", "note", "県からの照会に回答するまで残す。", NULL);
}

static void
release (KanDemo *self, gint64 what)
{
  g_autofree char *batch = batch_on (self, kan_demo_cycle (self, what)->hdd);

  kan_demo_act (self, DEMO_CHIEF, "media.unhold", batch, NULL);
}

static void
lose (KanDemo *self, gint64 what)
{
  kan_demo_act (self, DEMO_CLERK_A, "media.lost", kan_demo_cycle (self, what)->usb[1]->subject, "note",
                "庫入時の確認で所定の区画に見当たらない。", "incident_no", "事-2", NULL);
}

static void
find (KanDemo *self, gint64 what)
{
  kan_demo_act (self, DEMO_CLERK_A, "media.found", kan_demo_cycle (self, what)->usb[1]->subject, "found_at",
                "保管庫　下段の別区画", "place", kan_demo_place (DEMO_VAULT), "note", "封印に異状なし。区画の表示を直した。", NULL);
}

static void
ask_early (KanDemo *self, gint64 what)
{
  const char *medium = kan_demo_cycle (self, what)->hdd->subject;

  kan_demo_act (self, DEMO_CLERK_B, "media.early", medium, "early_reason", "照合対象が取り下げられ、利用しないこととなったため", NULL);
  kan_demo_wait (self, 3600);
  kan_demo_act (self, kan_demo_information_manager (self), "hand.give", medium, NULL);
}

static void
erase_early (KanDemo *self, gint64 what)
{
  kan_demo_erase (self, kan_demo_cycle (self, what)->hdd);
}

/* A stick that can no longer be read is destroyed instead, and replaced. */
static void
fail_to_erase (KanDemo *self, gint64 what)
{
  kan_demo_act (self, DEMO_CLERK_B, "media.erase_failed", kan_demo_cycle (self, what)->usb[1]->subject, "erasure",
                "secure_erase", "erasure_tool", "hdparm 9.65", "note", "消去命令が途中で止まり、以後認識されない。", NULL);
}

static void
replace_faulty (KanDemo *self, gint64 what)
{
  KanDemoMedium *medium = kan_demo_cycle (self, what)->usb[1];

  kan_demo_destroy (self, medium, DEMO_SHREDDER);
  kan_demo_acquire (self, medium, DEMO_USB);
  kan_demo_act (self, DEMO_PENSION_HEAD, "media.store", medium->subject, "place", kan_demo_place (DEMO_VAULT), NULL);
}

static void
forget_to_return (KanDemo *self, gint64 what)
{
  kan_demo_act (self, DEMO_CLERK_A, "media.checkout", kan_demo_cycle (self, what)->tape->subject, "used_for",
                "復元手順の確認", NULL);
}

static void
enter_late (KanDemo *self, gint64 what)
{
  KanDay yesterday = kan_demo_business_day (self, self->today, -1);
  g_autofree char *when = kan_minute_format (kan_day_to_utc (yesterday) + 17 * 3600 + 5 * 60);

  kan_demo_act (self, DEMO_CLERK_A, "media.checkin", kan_demo_cycle (self, what)->tape->subject, "happened_at", when,
                "late_reason", "前日は端末機の終了後に庫入したため", NULL);
}

static void
delay (KanDemo *self, gint64 what)
{
  g_autofree char *batch = batch_on (self, kan_demo_cycle (self, what)->hdd);
  g_autofree char *until = kan_day_format (kan_demo_business_day (self, self->today, 20));

  kan_demo_act (self, DEMO_CLERK_B, "media.delay", batch, "delay_reason", "消去装置が修理中のため", "delay_until", until, NULL);
}

/**
 * kan_demo_plan_incidents:
 * @self: the demo
 *
 * Plans each once, counted back from the payment after which something was forgotten.
 */
void
kan_demo_plan_incidents (KanDemo *self)
{
  static const struct { int cycle, offset; KanDemoDeed deed; } jobs[] = {
    { -4, -5, hold }, { -4, 1, release }, { -3, -6, lose }, { -3, -5, find }, { -3, 4, enter_off_cycle_payment },
    { -2, -6, ask_early }, { -2, -4, erase_early }, { -2, 1, fail_to_erase }, { -2, 4, replace_faulty },
    { -1, -6, forget_to_return }, { -1, -5, enter_late }, { 0, 4, delay },
  };

  kan_demo_plan (self, kan_demo_business_day (self, self->first, 2), misspell, 0);
  for (guint i = 0; i < G_N_ELEMENTS (jobs); i++)
    {
      int cycle = self->overdue + jobs[i].cycle;

      if (cycle >= 1)
        kan_demo_plan (self, kan_demo_business_day (self, kan_demo_cycle (self, cycle)->payment, jobs[i].offset),
                       jobs[i].deed, cycle);
    }
}

/* --- growing -------------------------------------------------------------------------------------------------- */

/* Between a payment and the erasing after it nothing new is recorded, so that one erasure covers all. */
static gboolean
is_quiet (KanDemo *self)
{
  for (guint i = 0; i < self->cycles->len; i++)
    {
      KanDay payment = kan_demo_cycle (self, i)->payment;

      if (payment <= self->today && self->today < kan_demo_business_day (self, payment, 2))
        return TRUE;
    }
  return FALSE;
}

static void
keep_busy (KanDemo *self, const KanDemoMedium *medium, gboolean quiet)
{
  KanDemoPerson who = kan_demo_operator (self);
  gboolean stored = kan_demo_is_in (self, medium, "stored");

  if (!quiet && (!stored || kan_demo_chance (self, 8) == 0))
    {
      kan_demo_record (self, medium, NULL, NULL, 10 + kan_demo_chance (self, 400));
      return;
    }
  if (!stored)
    {
      move (self, who, medium);
      return;
    }
  kan_demo_act (self, who, "media.checkout", medium->subject, "used_for", kan_demo_pick (self, kan_demo_uses), NULL);
  kan_demo_act (self, who, "media.checkin", medium->subject, NULL);
}

/**
 * kan_demo_grow:
 * @self: the demo
 * @n_acts: until the file has so many
 *
 * More of every day's work: tapes go out and back, now and then something is recorded on them.
 */
void
kan_demo_grow (KanDemo *self, gint64 n_acts)
{
  gboolean quiet = is_quiet (self);

  while (self->failed == NULL && self->n_acts < n_acts && self->pool->len > 0)
    keep_busy (self, &g_array_index (self->pool, KanDemoMedium, kan_demo_chance (self, self->pool->len)), quiet);
}
