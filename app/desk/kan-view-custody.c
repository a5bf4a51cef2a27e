/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a medium was when: its own acts, and those upon take-outs, recordings and destructions that moved it. */
#include "desk/kan-view-private.h"

#include "acts/kan-timeline.h"
#include "values/kan-day.h"

#include <string.h>

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

typedef struct { gint64 at, seq; char *state; const char *from; } Move;

static void
move_clear (gpointer data)
{
  g_free (((Move *) data)->state);
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
      Move move = { 0, step->act->seq, NULL, NULL };
      const char *state = state_after (kan_book_register_of (book, step->act->subject), step, &move.from);

      if (state == NULL)
        continue;
      if (step->act->happened_at == NULL || !kan_minute_parse (step->act->happened_at, &move.at))
        kan_utc_parse (step->act->at, &move.at);
      move.state = g_strdup (state);
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
  KanViewStay *self = data;

  g_free (self->state);
  g_free (self->label);
  g_free (self);
}

static gboolean
has_left (const char *state)
{
  return strcmp (state, "destroyed") == 0 || strcmp (state, "handed_over") == 0 || strcmp (state, "void") == 0;
}

static void
set_state (KanViewStay *stay, const KanRegister *reg, const char *state)
{
  g_free (stay->state);
  g_free (stay->label);
  stay->state = g_strdup (state);
  stay->label = g_strdup (kan_state_label (reg, state, kan_speaks_japanese ()));
  stay->until = has_left (state) ? stay->since : 0;
}

static gboolean
is_from (const Move *move, const char *state)
{
  g_auto(GStrv) from = move->from != NULL ? g_strsplit (move->from, "|", -1) : NULL;

  return from == NULL || g_strv_contains ((const char *const *) from, state);
}

static void
add_stay (GPtrArray *stays, const KanRegister *reg, const Move *move)
{
  KanViewStay *last = stays->len > 0 ? g_ptr_array_index (stays, stays->len - 1) : NULL, *stay;

  if (last != NULL && (strcmp (last->state, move->state) == 0 || !is_from (move, last->state)))
    return;
  stay = g_new0 (KanViewStay, 1);
  stay->since = move->at;
  if (last != NULL)
    last->until = move->at;
  set_state (stay, reg, move->state);
  g_ptr_array_add (stays, stay);
}

/**
 * kan_view_stays:
 * @book: a book
 * @subject: "M12"
 * @state: where it is now, which has the last word
 * @error: return location
 *
 * Returns: (transfer full) (element-type KanViewStay): its states one after the other, by when they happened
 */
GPtrArray *
kan_view_stays (KanBook *book, const char *subject, const char *state, GError **error)
{
  const KanRegister *reg = kan_book_register_of (book, subject);
  g_autoptr(GArray) found = g_array_new (FALSE, FALSE, sizeof (Move));
  g_autoptr(GPtrArray) stays = g_ptr_array_new_with_free_func (stay_free);

  g_array_set_clear_func (found, move_clear);
  if (!add_moves (book, subject, found, error))
    return NULL;
  g_array_sort (found, compare_moves);
  for (guint i = 0; i < found->len; i++)
    add_stay (stays, reg, &g_array_index (found, Move, i));
  if (stays->len > 0 && strcmp (((KanViewStay *) g_ptr_array_index (stays, stays->len - 1))->state, state) != 0)
    set_state (g_ptr_array_index (stays, stays->len - 1), reg, state);
  return g_steal_pointer (&stays);
}
