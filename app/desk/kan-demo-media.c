/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Media of the demo: bought or received, recorded for a payment, and erased or destroyed once it has passed. */
#include "desk/kan-demo-private.h"

#include <string.h>

#define NUMBER "%" G_GINT64_FORMAT

/* --- coming and being recorded -------------------------------------------------------------------------------- */

static void
name_medium (KanDemo *self, KanDemoMedium *medium, KanDemoMedia of)
{
  const KanDemoModel *model = &kan_demo_models[of];
  guint n = ++self->n_serials[of];
  g_autofree char *day = kan_day_format (self->today);

  *medium = (KanDemoMedium) { .of = of };
  if (of == DEMO_PAPER)
    g_snprintf (medium->label, sizeof medium->label, "%s %s 第%u号", model->label, day, n);
  else
    g_snprintf (medium->label, sizeof medium->label, "%s-%02u", model->label, n);
  if (model->serial != NULL)
    g_snprintf (medium->serial, sizeof medium->serial, "%s%04u-%03u", model->serial,
                1000 + kan_demo_chance (self, 9000), n);
  medium->sheets = of == DEMO_PAPER ? 20 + kan_demo_chance (self, 160) : 0;
}

/**
 * kan_demo_acquire:
 * @self: the demo
 * @medium: (out): where to remember it
 * @of: its kind
 *
 * Registers a medium that was bought, or paper that was printed.
 */
void
kan_demo_acquire (KanDemo *self, KanDemoMedium *medium, KanDemoMedia of)
{
  const KanDemoModel *model = &kan_demo_models[of];
  g_autofree char *sheets = NULL;

  name_medium (self, medium, of);
  if (medium->sheets > 0)
    sheets = g_strdup_printf (NUMBER, medium->sheets);
  kan_demo_act (self, kan_demo_operator (self), "media.register", NULL, "media_kind", model->media_kind, "label",
                medium->label, "maker", model->maker, "model", model->model, "serial", medium->serial, "capacity",
                model->capacity, "sheets", sheets, NULL);
  g_strlcpy (medium->subject, self->subject, sizeof medium->subject);
}

static void
record_batch (KanDemo *self, KanDemoPerson who, const KanDemoMedium *medium, const char *serves, const char *copy_of,
              gint64 count)
{
  static const char *const purposes[] = { "purpose_4", "purpose_2", "purpose_4", "purpose_3", "purpose_1", NULL };
  g_autofree char *day = kan_day_format (self->today), *n = g_strdup_printf (NUMBER, count);
  const char *purpose = kan_demo_pick (self, purposes);
  const char *source = kan_demo_pick (self, kan_demo_sources);

  kan_demo_act (self, who, "media.record", NULL, "medium", medium->subject, "recorded_on", day, "purpose", purpose,
                "serves", serves, "count", n, "source", source, "copies", "0", "copy_of", copy_of, NULL);
  g_strlcpy (self->batch, self->subject, sizeof self->batch);
}

/**
 * kan_demo_record:
 * @self: the demo
 * @medium: a medium at hand
 * @serves: (nullable): the payment month
 * @copy_of: (nullable): the batch it copies
 * @count: how many records
 *
 * Takes the medium out of its place where it has one, records, and puts it back. The batch is in `batch` afterwards.
 */
void
kan_demo_record (KanDemo *self, const KanDemoMedium *medium, const char *serves, const char *copy_of, gint64 count)
{
  KanDemoPerson who = kan_demo_operator (self);
  gboolean stored = kan_demo_is_in (self, medium, "stored");

  if (stored)
    kan_demo_act (self, who, "media.checkout", medium->subject, "used_for", kan_demo_pick (self, kan_demo_uses), NULL);
  record_batch (self, who, medium, serves, copy_of, count);
  if (stored)
    kan_demo_act (self, who, "media.checkin", medium->subject, NULL);
  else
    kan_demo_act (self, who, "media.store", medium->subject, "place",
                  kan_demo_place (medium->of == DEMO_PAPER || medium->of == DEMO_DVD ? DEMO_SAFE : DEMO_VAULT), NULL);
}

/**
 * kan_demo_open_count:
 * @self: the demo
 * @medium: a medium
 *
 * Returns: how many records are on it
 */
gint64
kan_demo_open_count (KanDemo *self, const KanDemoMedium *medium)
{
  if (*medium->subject == '\0')
    return 0;
  return kan_demo_ask (self, "SELECT ifnull(sum(count * (1 + ifnull(copies, 0))), 0) FROM batch WHERE medium = ?"
                             " AND +state = 'open'", medium->subject);
}

/* --- going ---------------------------------------------------------------------------------------------------- */

/**
 * kan_demo_erase:
 * @self: the demo
 * @medium: a medium; where nothing is on it, or it is not here, nothing is done
 *
 * Erases by the method fit for its kind, and writes down the program and that it was verified.
 */
void
kan_demo_erase (KanDemo *self, const KanDemoMedium *medium)
{
  static const struct { const char *method, *tool; } ways[] = {
    [DEMO_USB] = { "secure_erase", "hdparm 9.65" }, [DEMO_HDD] = { "overwrite", "nwipe 0.34" },
    [DEMO_TAPE] = { "degauss", "消磁装置 MD-2" }, [DEMO_MO] = { "overwrite", "nwipe 0.34" },
  };
  gint64 held = kan_demo_open_count (self, medium);
  g_autofree char *count = g_strdup_printf (NUMBER, held);

  if (held > 0 && kan_demo_is_in (self, medium, "stored"))
    kan_demo_act (self, kan_demo_operator (self), "media.erase", medium->subject, "erasure", ways[medium->of].method,
                  "erasure_tool", ways[medium->of].tool, "erased_count", count, "erasure_verified", "yes",
                  "erasure_place", "統合端末室", NULL);
}

/* What was read off it: the maker's number, or the label. */
static char *
read_off (const KanDemoMedium *medium)
{
  return g_strdup_printf ("[{\"medium\":\"%s\",\"serial\":\"%s\"}]", medium->subject,
                          *medium->serial != '\0' ? medium->serial : medium->label);
}

/* In the office a colleague looks on. */
static void
destroy_here (KanDemo *self, const KanDemoMedium *medium, const char *instead)
{
  static const struct { const char *method, *level, *machine; } ways[] = {
    [DEMO_USB] = { "shred_flash", "E-4", "破砕機 HC-20" }, [DEMO_HDD] = { "shred_disk", "H-4", "破砕機 HC-20" },
    [DEMO_TAPE] = { "shred_tape", "T-4", "破砕機 HC-20" }, [DEMO_MO] = { "shred_optical", "O-3", "細断機 SD-5" },
    [DEMO_DVD] = { "shred_optical", "O-3", "細断機 SD-5" }, [DEMO_PAPER] = { "shred_paper", "P-4", "細断機 SD-5" },
  };
  g_autofree char *rows = read_off (medium);
  g_autofree char *sheets = medium->sheets > 0 ? g_strdup_printf (NUMBER, medium->sheets) : NULL;

  self->cosigner = DEMO_CLERK_B;
  kan_demo_act (self, DEMO_CLERK_A, "media.destroy", NULL, "media", medium->subject, "identified", rows,
                "sheets", sheets, "instead_of_erasing", instead, "method", ways[medium->of].method,
                "level", ways[medium->of].level, "machine", ways[medium->of].machine, "place", "統合端末室",
                "executor", kan_demo_person (DEMO_CLERK_A), "witness", kan_demo_person (DEMO_CLERK_B), NULL);
}

/* Paper is pulped at the works, sticks are shredded in a van before the office; an operator looks on. */
static void
destroy_there (KanDemo *self, const KanDemoMedium *medium, KanDemoOutsider contractor, const char *instead)
{
  g_autofree char *rows = read_off (medium);
  g_autofree char *sheets = medium->sheets > 0 ? g_strdup_printf (NUMBER, medium->sheets) : NULL;
  g_autofree char *certificate = g_strdup_printf ("処-%04u", 300 + self->n_receipts++);

  self->cosigner = DEMO_CLERK_B;
  kan_demo_act (self, DEMO_CLERK_A, "media.destroy", NULL, "media", medium->subject, "identified", rows,
                "sheets", sheets, "instead_of_erasing", instead,
                "method", contractor == DEMO_PULPER ? "dissolve" : "shred_flash", "place",
                contractor == DEMO_PULPER ? "大村製紙原料　溶解工場" : "組合駐車場（移動破砕車）",
                "executor", kan_demo_outsider (contractor),
                "executor_paper", "yes", "witness", kan_demo_person (DEMO_CLERK_B),
                "contractor", kan_demo_outsider (contractor),
                "contractor_certificate", certificate, "photographs", "2", NULL);
}

/**
 * kan_demo_destroy:
 * @self: the demo
 * @medium: a medium that is here; else nothing is done
 * @contractor: by whom; %DEMO_N_OUTSIDERS: in the office
 *
 * Destroys before a witness; the system manager confirms, and the certificate is numbered.
 */
void
kan_demo_destroy (KanDemo *self, const KanDemoMedium *medium, KanDemoOutsider contractor)
{
  const char *instead = kan_demo_open_count (self, medium) > 0 ? "yes" : NULL;
  char destruction[16];

  if (*medium->subject == '\0' || kan_demo_is_in (self, medium, "destroyed"))
    return;
  if (contractor < DEMO_N_OUTSIDERS)
    destroy_there (self, medium, contractor, instead);
  else
    destroy_here (self, medium, instead);
  g_strlcpy (destruction, self->subject, sizeof destruction);
  kan_demo_wait (self, 1800);
  kan_demo_act (self, kan_demo_system_manager (self), "hand.give", destruction, NULL);
}

/* --- for one payment ------------------------------------------------------------------------------------------ */

static gint64
some_count (KanDemo *self)
{
  return 30 + kan_demo_chance (self, 430);
}

static void
record_with_copy (KanDemo *self, gint64 what)
{
  KanDemoCycle *cycle = kan_demo_cycle (self, what);
  gint64 count = some_count (self);
  char original[16];

  kan_demo_record (self, cycle->usb[0], cycle->serves, NULL, count);
  g_strlcpy (original, self->batch, sizeof original);
  kan_demo_record (self, cycle->tape, cycle->serves, original, count);
}

static void
record_second (KanDemo *self, gint64 what)
{
  KanDemoCycle *cycle = kan_demo_cycle (self, what);

  kan_demo_record (self, cycle->usb[1], cycle->serves, NULL, some_count (self));
}

static void
record_disk (KanDemo *self, gint64 what)
{
  KanDemoCycle *cycle = kan_demo_cycle (self, what);

  kan_demo_record (self, cycle->hdd, cycle->serves, NULL, some_count (self));
}

static void
print_bundle (KanDemo *self, gint64 what)
{
  KanDemoCycle *cycle = kan_demo_cycle (self, what);

  kan_demo_acquire (self, &cycle->paper, DEMO_PAPER);
  kan_demo_record (self, &cycle->paper, cycle->serves, NULL, some_count (self));
}

/* Discs come by registered mail with a slip; once the seal was torn. */
static void
receive_disc (KanDemo *self, gint64 what)
{
  KanDemoCycle *cycle = kan_demo_cycle (self, what);
  const KanDemoModel *model = &kan_demo_models[DEMO_DVD];
  gboolean torn = what == MAX (self->overdue - 3, 1);
  gint64 count = some_count (self);
  g_autofree char *seal = g_strdup_printf ("送-%05u", 41200 + kan_demo_chance (self, 800));
  g_autofree char *slip = g_strdup_printf (NUMBER, count), *day = kan_day_format (self->today - 1);

  name_medium (self, &cycle->delivery, DEMO_DVD);
  kan_demo_act (self, DEMO_CLERK_A, "media.receive", NULL, "media_kind", "dvd", "label", cycle->delivery.label,
                "maker", model->maker, "model", model->model, "capacity", model->capacity, "source",
                "住基情報提供センターから書留で受領", "received_from", kan_demo_outsider (DEMO_LASA), "giver_paper", "yes",
                "received_seal", seal,
                "received_count", slip, "arrival", torn ? "damaged" : "sound", "deviation_reason", torn
                ? "外装の封かん紙が破れて届いた。内袋の封印に異状はない。" : NULL, NULL);
  g_strlcpy (cycle->delivery.subject, self->subject, sizeof cycle->delivery.subject);
  kan_demo_act (self, DEMO_CLERK_A, "media.record", NULL, "medium", cycle->delivery.subject, "recorded_on", day,
                "purpose", "purpose_4", "serves", cycle->serves, "count", slip, "source", "生存・異動情報の一括提供",
                "copies", "0", NULL);
  kan_demo_act (self, DEMO_CLERK_A, "media.store", cycle->delivery.subject, "place", kan_demo_place (DEMO_SAFE), NULL);
}

static void
close_torn (KanDemo *self, gint64 what)
{
  static const char sql[] =
    "SELECT ifnull(min(id), 0) FROM shortfall WHERE rule = '11-3.damage' AND state = 'open' AND id >= ?";
  gint64 id = kan_demo_ask (self, sql, "S1");
  g_autofree char *shortfall = g_strdup_printf ("S" NUMBER, id);

  (void) what;
  if (id > 0)
    kan_demo_act (self, kan_demo_information_manager (self), "shortfall.close", shortfall, "measure",
                  "送付元に連絡し、件数の一致と内袋の封印を確認した。次回から二重封かんで送付される。", NULL);
}

/* What one of them forgot is overdue in the end; a disk waits for an inquiry, with its reason. */
static void
erase_after_payment (KanDemo *self, gint64 what)
{
  KanDemoCycle *cycle = kan_demo_cycle (self, what);

  kan_demo_erase (self, cycle->usb[0]);
  kan_demo_erase (self, cycle->tape);
  if (what != self->overdue)
    {
      kan_demo_erase (self, cycle->usb[1]);
      kan_demo_erase (self, cycle->hdd);
    }
  for (guint i = 0; i < self->pool->len; i++)
    kan_demo_erase (self, &g_array_index (self->pool, KanDemoMedium, i));
}

static void
destroy_after_payment (KanDemo *self, gint64 what)
{
  KanDemoCycle *cycle = kan_demo_cycle (self, what);

  kan_demo_destroy (self, &cycle->delivery, DEMO_N_OUTSIDERS);
  if (what % 3 != 2)
    kan_demo_destroy (self, &cycle->paper, DEMO_N_OUTSIDERS);
}

/**
 * kan_demo_plan_cycle:
 * @self: the demo
 * @index: which payment
 *
 * Plans what is recorded for a payment and what becomes of it when the payment has passed.
 */
void
kan_demo_plan_cycle (KanDemo *self, int index)
{
  static const struct { int offset; KanDemoDeed deed; } jobs[] = {
    { -22, receive_disc }, { -20, record_with_copy }, { -14, record_second }, { -12, print_bundle },
    { -10, record_disk }, { 2, erase_after_payment }, { 3, destroy_after_payment },
  };
  KanDay payment = kan_demo_cycle (self, index)->payment;

  for (guint i = 0; i < G_N_ELEMENTS (jobs); i++)
    kan_demo_plan (self, kan_demo_business_day (self, payment, jobs[i].offset), jobs[i].deed, index);
  if (index == MAX (self->overdue - 3, 1))
    kan_demo_plan (self, kan_demo_business_day (self, payment, -17), close_torn, index);
}

/**
 * kan_demo_buy_media:
 * @self: the demo
 * @what: nothing
 *
 * The stock of the first days, stored.
 */
void
kan_demo_buy_media (KanDemo *self, gint64 what)
{
  struct { KanDemoMedium *first; guint n; KanDemoMedia of; } stock[] = {
    { self->usb, G_N_ELEMENTS (self->usb), DEMO_USB }, { self->hdd, G_N_ELEMENTS (self->hdd), DEMO_HDD },
    { self->tape, G_N_ELEMENTS (self->tape), DEMO_TAPE }, { (KanDemoMedium *) self->pool->data, self->pool->len,
                                                           DEMO_TAPE },
  };

  (void) what;
  for (guint i = 0; i < G_N_ELEMENTS (stock); i++)
    for (guint j = 0; j < stock[i].n; j++)
      {
        kan_demo_acquire (self, &stock[i].first[j], stock[i].of);
        kan_demo_act (self, DEMO_PENSION_HEAD, "media.store", stock[i].first[j].subject, "place",
                      kan_demo_place (DEMO_VAULT), NULL);
      }
}
