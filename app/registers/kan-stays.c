/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a medium was when: its own acts, and those upon take-outs, recordings and destructions that moved it; and how
 * that is laid out on an axis of time, on the screen and on paper. */
#include "registers/kan-stays.h"

#include "acts/kan-timeline.h"

#include <string.h>

#define DAY 86400

/* What it means for a medium that a record told on its timeline comes into a state; `from` NULL: wherever it was. */
typedef struct { const char *reg, *after, *state, *from; } Meaning;

static const Meaning meanings[] = {
  { "batch",       "open",      "in_use",      "registered|erased" },
  { "takeout",     "out",       "in_transit",  NULL },
  { "takeout",     "arrived",   "out",         "in_transit|out" },
  { "takeout",     "returned",  "stored",      "in_transit|out" },
  { "takeout",     "closed",    "handed_over", "in_transit|out" },
  { "destruction", "certified", "destroyed",   NULL },
};

typedef struct { gint64 at, seq; char *state, *subject; const char *from; } Move;

static void
move_clear (gpointer data)
{
  Move *self = data;

  g_free (self->state);
  g_free (self->subject);
}

/* (nullable): the medium's state after a step; NULL: it stayed as it was */
static const char *
state_after (const KanRegister *reg, const KanStep *step, const char **from)
{
  if (step->after == NULL || g_strcmp0 (step->before, step->after) == 0)
    return NULL;
  if (strcmp (reg->id, "medium") == 0)
    return step->after;
  for (guint i = 0; i < G_N_ELEMENTS (meanings); i++)
    if (strcmp (meanings[i].reg, reg->id) == 0 && strcmp (meanings[i].after, step->after) == 0)
      {
        *from = meanings[i].from;
        return meanings[i].state;
      }
  return NULL;
}

static gboolean
add_moves (KanBook *book, const char *subject, GArray *found, GError **error)
{
  g_autoptr(GPtrArray) steps = kan_book_list_course (book, subject, error);

  for (guint i = 0; steps != NULL && i < steps->len; i++)
    {
      const KanStep *step = g_ptr_array_index (steps, i);
      Move move = { .seq = step->act->seq };
      const char *state = state_after (kan_book_register_of (book, step->act->subject), step, &move.from);

      if (state == NULL)
        continue;
      if (step->act->happened_at == NULL || !kan_minute_parse (step->act->happened_at, &move.at))
        kan_utc_parse (step->act->at, &move.at);
      move.state = g_strdup (state);
      move.subject = g_strdup (step->act->subject);
      g_array_append_val (found, move);
    }
  return steps != NULL;
}

static int
compare_moves (gconstpointer a, gconstpointer b)
{
  const Move *one = a, *other = b;

  if (one->at != other->at)
    return one->at < other->at ? -1 : 1;
  return one->seq < other->seq ? -1 : one->seq > other->seq;
}

static void
stay_free (gpointer data)
{
  KanStay *self = data;

  g_free (self->state);
  g_free (self->label);
  g_free (self->subject);
  g_free (self);
}

static gboolean
has_left (const char *state)
{
  return strcmp (state, "destroyed") == 0 || strcmp (state, "handed_over") == 0 || strcmp (state, "void") == 0;
}

static void
set_state (KanStay *stay, const KanRegister *reg, const char *state, gboolean japanese)
{
  g_free (stay->state);
  g_free (stay->label);
  stay->state = g_strdup (state);
  stay->label = g_strdup (kan_state_label (reg, state, japanese));
  stay->until = has_left (state) ? stay->since : 0;
}

static gboolean
is_from (const Move *move, const char *state)
{
  g_auto(GStrv) from = move->from != NULL ? g_strsplit (move->from, "|", -1) : NULL;

  return from == NULL || g_strv_contains ((const char *const *) from, state);
}

static void
add_stay (GPtrArray *stays, const KanRegister *reg, const Move *move, gboolean japanese)
{
  KanStay *last = stays->len > 0 ? g_ptr_array_index (stays, stays->len - 1) : NULL, *stay;

  if (last != NULL && (strcmp (last->state, move->state) == 0 || !is_from (move, last->state)))
    return;
  stay = g_new0 (KanStay, 1);
  stay->since = move->at;
  stay->subject = g_strdup (move->subject);
  if (last != NULL)
    last->until = move->at;
  set_state (stay, reg, move->state, japanese);
  g_ptr_array_add (stays, stay);
}

/**
 * kan_stays_list:
 * @book: a book
 * @subject: "M12"
 * @state: where it is now, which has the last word
 * @japanese: in which language the states are called
 * @error: return location
 *
 * Returns: (transfer full) (element-type KanStay): its states one after the other, by when they happened
 */
GPtrArray *
kan_stays_list (KanBook *book, const char *subject, const char *state, gboolean japanese, GError **error)
{
  const KanRegister *reg = kan_book_register_of (book, subject);
  g_autoptr(GArray) found = g_array_new (FALSE, FALSE, sizeof (Move));
  g_autoptr(GPtrArray) stays = g_ptr_array_new_with_free_func (stay_free);

  g_array_set_clear_func (found, move_clear);
  if (!add_moves (book, subject, found, error))
    return NULL;
  g_array_sort (found, compare_moves);
  for (guint i = 0; i < found->len; i++)
    add_stay (stays, reg, &g_array_index (found, Move, i), japanese);
  if (stays->len > 0 && strcmp (((KanStay *) g_ptr_array_index (stays, stays->len - 1))->state, state) != 0)
    set_state (g_ptr_array_index (stays, stays->len - 1), reg, state, japanese);
  return g_steal_pointer (&stays);
}

/**
 * kan_stays_find:
 * @stays: (element-type KanStay): where it was, at least one stay
 * @at: seconds of UTC
 *
 * Returns: (transfer none): where it was then: the last stay that had begun
 */
const KanStay *
kan_stays_find (const GPtrArray *stays, gint64 at)
{
  guint i = stays->len - 1;

  while (i > 0 && ((const KanStay *) g_ptr_array_index (stays, i))->since > at)
    i--;
  return g_ptr_array_index (stays, i);
}

/**
 * kan_stay_days:
 * @self: a stay
 * @now: seconds of UTC
 *
 * Returns: how many days it lasted, or lasts until now: from one date to the other
 */
guint
kan_stay_days (const KanStay *self, gint64 now)
{
  gint64 until = self->until != 0 ? self->until : now;

  return (guint) MAX (0, (gint64) kan_day_of_utc (until) - (gint64) kan_day_of_utc (self->since));
}

/* --- on an axis of time --------------------------------------------------------------------------------------- */

static gint64
end_of (const KanStay *stay, gint64 now)
{
  return stay->until != 0 ? stay->until : MAX (now, stay->since + 1);
}

/**
 * kan_stays_axis:
 * @stays: (element-type KanStay): where it was, at least one stay
 * @now: seconds of UTC
 * @width: how long the axis is, in whatever it is drawn in
 *
 * Returns: the axis from the first stay until the end of the last, a day at least
 */
KanStayAxis
kan_stays_axis (const GPtrArray *stays, gint64 now, double width)
{
  const KanStay *first = g_ptr_array_index (stays, 0), *last = g_ptr_array_index (stays, stays->len - 1);

  return (KanStayAxis) { first->since, MAX (end_of (last, now), first->since + DAY), now, width };
}

/**
 * kan_stay_axis_place:
 * @self: an axis
 * @at: seconds of UTC
 *
 * Returns: how far along it that is
 */
double
kan_stay_axis_place (const KanStayAxis *self, gint64 at)
{
  return (double) (at - self->from) / (double) (self->to - self->from) * self->width;
}

/**
 * kan_stays_bars:
 * @stays: (element-type KanStay): where it was
 * @axis: their axis
 * @least: what is shorter than this is not seen
 *
 * Returns: (transfer full) (element-type KanStayBar): a bar for each stay that is seen, which covers also those after
 *   it that are not; the last is always there
 */
GArray *
kan_stays_bars (const GPtrArray *stays, const KanStayAxis *axis, double least)
{
  GArray *bars = g_array_new (FALSE, FALSE, sizeof (KanStayBar));

  for (guint i = 0; i < stays->len; i++)
    {
      const KanStay *stay = g_ptr_array_index (stays, i);
      KanStayBar bar = { i, kan_stay_axis_place (axis, stay->since),
                         kan_stay_axis_place (axis, end_of (stay, axis->now)) };
      KanStayBar *last = bars->len > 0 ? &g_array_index (bars, KanStayBar, bars->len - 1) : NULL;
      const KanStay *before = last != NULL ? g_ptr_array_index (stays, last->stay) : NULL;

      if (last != NULL && i + 1 < stays->len &&
          (bar.end - bar.start < least || strcmp (stay->state, before->state) == 0))
        last->end = bar.end;
      else
        g_array_append_val (bars, bar);
    }
  return bars;
}

/* The first day of the month a number of months after the one of @day. */
static KanDay
month_after (KanDay day, int months)
{
  int year, month, in_month;

  kan_day_to_ymd (day, &year, &month, &in_month);
  return kan_day_add_months (kan_day_from_ymd (year, month, 1), months);
}

/**
 * kan_stay_axis_months:
 * @self: an axis
 * @room: what the name of a month takes
 *
 * Returns: (transfer full) (element-type KanStayMonth): beginnings of months, as many as there is room for; where there
 *   is none between its ends, the month in which it begins
 */
GArray *
kan_stay_axis_months (const KanStayAxis *self, double room)
{
  static const int steps[] = { 1, 2, 3, 6, 12, 24, 60, 120 };
  GArray *months = g_array_new (FALSE, FALSE, sizeof (KanStayMonth));
  double days = (double) (self->to - self->from) / DAY;
  guint chosen = 0;

  while (chosen + 1 < G_N_ELEMENTS (steps) && days / (30.4 * steps[chosen]) * room > self->width)
    chosen++;
  for (KanDay day = month_after (kan_day_of_utc (self->from), 1); kan_day_to_utc (day) <= self->to;
       day = month_after (day, steps[chosen]))
    {
      KanStayMonth month = { day, kan_stay_axis_place (self, kan_day_to_utc (day)) };

      g_array_append_val (months, month);
    }
  if (months->len == 0)
    g_array_append_val (months, ((KanStayMonth) { kan_day_of_utc (self->from), 0 }));
  return months;
}
