/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the demo plays: chance from a fixed seed, a clock that only goes on, jobs by day, and an act as one line. */
#include "desk/kan-demo-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct { KanDemoDeed deed; gint64 what; } Job;

/* --- chance and time ------------------------------------------------------------------------------------------ */

/**
 * kan_demo_chance:
 * @self: the demo
 * @below: one more than the highest number
 *
 * Returns: the next number of a sequence that is the same in every demo
 */
guint
kan_demo_chance (KanDemo *self, guint below)
{
  guint64 mixed = self->random += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  mixed = (mixed ^ (mixed >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  mixed = (mixed ^ (mixed >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return (guint) ((mixed ^ (mixed >> 31)) % below);
}

/**
 * kan_demo_pick:
 * @self: the demo
 * @words: (array zero-terminated=1): a table
 *
 * Returns: (transfer none): one of them
 */
const char *
kan_demo_pick (KanDemo *self, const char *const *words)
{
  return words[kan_demo_chance (self, g_strv_length ((char **) words))];
}

/**
 * kan_demo_wait:
 * @self: the demo
 * @seconds: how long
 */
void
kan_demo_wait (KanDemo *self, gint64 seconds)
{
  self->clock += seconds;
}

/**
 * kan_demo_open_day:
 * @self: the demo
 * @day: the next business day
 *
 * Somebody opens the file a little after half past eight.
 */
void
kan_demo_open_day (KanDemo *self, KanDay day)
{
  self->today = day;
  self->clock = kan_day_to_utc (day) + 8 * 3600 + 32 * 60 + kan_demo_chance (self, 1200);
}

/**
 * kan_demo_business_day:
 * @self: the demo
 * @day: a day
 * @n: how many business days after it; before it if negative
 *
 * Returns: that business day
 */
KanDay
kan_demo_business_day (KanDemo *self, KanDay day, int n)
{
  KanCalendar *calendar = kan_desk_get_calendar (self->desk);

  for (int step = n < 0 ? -1 : 1; n != 0; n -= step)
    do
      day += step;
    while (!kan_calendar_is_business_day (calendar, day));
  while (!kan_calendar_is_business_day (calendar, day))
    day++;
  return day;
}

/**
 * kan_demo_plan:
 * @self: the demo
 * @day: when; the next business day if the office is closed, not at all outside the demo's days
 * @deed: what is done
 * @what: to which; the deed knows
 */
void
kan_demo_plan (KanDemo *self, KanDay day, KanDemoDeed deed, gint64 what)
{
  KanDay open = kan_demo_business_day (self, day, 0);
  Job job = { deed, what };
  GArray *jobs = g_hash_table_lookup (self->jobs, GINT_TO_POINTER (open));

  if (open < self->today || open > self->last)
    return;
  if (jobs == NULL)
    {
      jobs = g_array_new (FALSE, FALSE, sizeof (Job));
      g_hash_table_insert (self->jobs, GINT_TO_POINTER (open), jobs);
    }
  g_array_append_val (jobs, job);
}

/* What there is to do spreads over the day, unless there is a great deal of it. */
static void
pause_before (KanDemo *self, guint n_jobs)
{
  gint64 left = kan_day_to_utc (self->today) + 16 * 3600 - self->clock;

  if (left > 3600 && self->acts_wanted == 0)
    kan_demo_wait (self, kan_demo_chance (self, (guint) left / n_jobs));
}

/**
 * kan_demo_play_day:
 * @self: the demo
 *
 * Does what is planned for today, in the order of planning.
 */
void
kan_demo_play_day (KanDemo *self)
{
  GArray *jobs = g_hash_table_lookup (self->jobs, GINT_TO_POINTER (self->today));

  for (guint i = 0; jobs != NULL && i < jobs->len && self->failed == NULL; i++)
    {
      Job job = g_array_index (jobs, Job, i);

      pause_before (self, jobs->len - i);
      job.deed (self, job.what);
    }
}

/* --- an act --------------------------------------------------------------------------------------------------- */

/* Nobody works late: the more there is to do, the quicker it goes. */
static void
take_time (KanDemo *self)
{
  gint64 end = kan_day_to_utc (self->today) + 17 * 3600;

  kan_demo_wait (self, self->clock > end ? 1 : self->clock > end - 3600 ? 8 + kan_demo_chance (self, 20)
                 : 30 + kan_demo_chance (self, 150));
}

static void
set_answers (KanDraft *draft, va_list answers)
{
  for (const char *key = va_arg (answers, const char *); key != NULL; key = va_arg (answers, const char *))
    {
      const char *value = va_arg (answers, const char *);

      if (strcmp (key, "happened_at") == 0)
        kan_draft_set_happened (draft, value);
      else
        kan_draft_set (draft, key, value);
    }
}

static void
refuse (KanDemo *self, KanDemoPerson who, const char *kind, const char *subject, GPtrArray *refusals)
{
  g_autoptr(GString) all = g_string_new (NULL);
  g_autofree char *day = kan_day_format (self->today);

  for (guint i = 0; i < refusals->len; i++)
    {
      const KanRefusal *refusal = g_ptr_array_index (refusals, i);

      if (!refusal->is_mark || refusals->len == 1)
        g_string_append_printf (all, " %s: %s", refusal->key != NULL ? refusal->key : "", refusal->why);
    }
  g_set_error (&self->failed, KAN_ERROR, KAN_ERROR_INVALID, _("the demo's own act was refused: %s %s %s %s%s"), day,
               kan_demo_person (who), kind, subject != NULL ? subject : "", all->str);
}

/* One opening of the file per person and day. */
static char *
session_of (KanDemo *self, KanDemoPerson who)
{
  guint32 opening = (guint32) self->today * 2654435761u + (guint32) who * 40503u;

  return g_strdup_printf ("%s-%08x", kan_demo_person (who), opening);
}

static KanOutcome *
admit (KanDemo *self, KanDraft *draft, KanDemoPerson who)
{
  g_autofree char *session = session_of (self, who);
  KanDemoPerson with = self->cosigner;
  KanSigner signer = { who + 1, self->keys[who], session };
  KanSigner cosigner = { with + 1, with != DEMO_NOBODY ? self->keys[with] : NULL, session };

  self->cosigner = DEMO_NOBODY;
  self->n_acts += with != DEMO_NOBODY ? 2 : 1;
  return kan_book_admit (self->book, draft, &signer, &cosigner, with != DEMO_NOBODY, self->clock, &self->failed);
}

/**
 * kan_demo_act:
 * @self: the demo; after a failure nothing more is done
 * @who: who signs
 * @kind: what
 * @subject: (nullable): about which record
 * @...: keys and answers as people type them, ending with %NULL
 *
 * Judges, signs and appends an act as the program would; the cosigner's hand goes with it. What it was about is in
 * `subject` afterwards.
 */
void
kan_demo_act (KanDemo *self, KanDemoPerson who, const char *kind, const char *subject, ...)
{
  g_autoptr(KanDraft) draft = self->failed == NULL ? kan_draft_new (self->book, kind, subject, &self->failed) : NULL;
  g_autoptr(KanOutcome) outcome = NULL;
  va_list answers;

  if (draft == NULL)
    return;
  va_start (answers, subject);
  set_answers (draft, answers);
  va_end (answers);
  take_time (self);
  outcome = admit (self, draft, who);
  if (outcome == NULL)
    return;
  if (outcome->refusals->len > 0)
    {
      refuse (self, who, kind, subject, outcome->refusals);
      return;
    }
  g_strlcpy (self->subject, outcome->subject, sizeof self->subject);
  self->seq = outcome->seq;
}

/* --- what the registers say ----------------------------------------------------------------------------------- */

/**
 * kan_demo_ask:
 * @self: the demo
 * @sql: a question with one number as its answer, about the record ?
 * @subject: "M12"
 *
 * Returns: the number
 */
gint64
kan_demo_ask (KanDemo *self, const char *sql, const char *subject)
{
  gint64 value = 0;

  if (self->failed == NULL &&
      !kan_db_get_int (kan_book_get_db (self->book), &value, &self->failed, sql, "i",
                       g_ascii_strtoll (subject + 1, NULL, 10)))
    return 0;
  return value;
}

/**
 * kan_demo_is_in:
 * @self: the demo
 * @medium: a medium; one that was never registered is in no state
 * @state: a state
 *
 * Returns: whether it is in it
 */
gboolean
kan_demo_is_in (KanDemo *self, const KanDemoMedium *medium, const char *state)
{
  gint64 found = 0;

  return self->failed == NULL && *medium->subject != '\0' &&
         kan_db_get_int (kan_book_get_db (self->book), &found, &self->failed,
                         "SELECT count(*) FROM medium WHERE id = ? AND state = ?", "is",
                         g_ascii_strtoll (medium->subject + 1, NULL, 10), state) && found > 0;
}

/**
 * kan_demo_person:
 * @person: one of the staff
 *
 * Returns: (transfer none): "P3"
 */
const char *
kan_demo_person (KanDemoPerson person)
{
  static const char *const subjects[] = { "P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9", "P10", "P11", "P12" };

  G_STATIC_ASSERT (G_N_ELEMENTS (subjects) == DEMO_N_STAFF);
  return subjects[person];
}

/**
 * kan_demo_outsider:
 * @outsider: somebody of another body
 *
 * Returns: (transfer none): "X3"
 */
const char *
kan_demo_outsider (KanDemoOutsider outsider)
{
  static const char *const subjects[] = { "X1", "X2", "X3", "X4", "X5", "X6" };

  G_STATIC_ASSERT (G_N_ELEMENTS (subjects) == DEMO_N_OUTSIDERS);
  return subjects[outsider];
}

/**
 * kan_demo_place:
 * @place: one of the places
 *
 * Returns: (transfer none): "L1"
 */
const char *
kan_demo_place (KanDemoPlace place)
{
  static const char *const subjects[] = { "L1", "L2", "L3" };

  G_STATIC_ASSERT (G_N_ELEMENTS (subjects) == DEMO_N_PLACES);
  return subjects[place];
}

/**
 * kan_demo_cycle:
 * @self: the demo
 * @index: which payment
 *
 * Returns: (transfer none): it
 */
KanDemoCycle *
kan_demo_cycle (KanDemo *self, gint64 index)
{
  return &g_array_index (self->cycles, KanDemoCycle, index);
}
