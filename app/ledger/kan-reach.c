/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a damaged chain as far as it goes: over what cannot be read, by ever longer steps, to what can. */
#include "ledger/kan-reach.h"

#define CHUNK 256

typedef struct
{
  KanReachOpen open;
  gpointer     data;
  KanDb       *db;      /* NULL: to be opened anew */
} Reader;

/* -1: cannot be read; else how many of `n` there were, the last in `last`, each shown to `visit` (NULL: none). */
static int
read_some (Reader *self, gint64 first, guint n, gint64 *last, KanReachFunc visit, gpointer visit_data)
{
  g_autoptr(GPtrArray) acts = NULL;

  if (self->db == NULL)
    self->db = self->open (self->data, NULL);
  acts = self->db != NULL ? kan_ledger_read_from (self->db, first, n, NULL) : NULL;
  if (acts == NULL)
    {
      g_clear_pointer (&self->db, kan_db_free);
      return -1;
    }
  for (guint i = 0; visit != NULL && i < acts->len; i++)
    visit (g_ptr_array_index (acts, i), visit_data);
  if (acts->len > 0)
    *last = ((KanAct *) g_ptr_array_index (acts, acts->len - 1))->seq;
  return (int) acts->len;
}

/* To the first entry that cannot be read, fewer and fewer at a time; FALSE: there is none. */
static gboolean
read_on (Reader *self, gint64 *next, KanReachFunc visit, gpointer visit_data)
{
  gint64 last = 0;

  for (guint n = CHUNK; n > 0;)
    {
      int got = read_some (self, *next, n, &last, visit, visit_data);

      if (got == 0)
        return FALSE;
      if (got > 0)
        *next = last + 1;
      else
        n /= 2;
    }
  return TRUE;
}

/* The first place from which reading goes on; G_MAXINT64: none does. */
static gint64
find_next (Reader *self, gint64 lost)
{
  gint64 step = 1, bad = lost, good, last = 0;

  while (read_some (self, lost + step, 1, &last, NULL, NULL) < 0)
    {
      bad = lost + step;
      if (step > G_MAXINT64 / 4 - lost)
        return G_MAXINT64;
      step *= 2;
    }
  good = lost + step;
  while (good - bad > 1)
    {
      gint64 middle = bad + (good - bad) / 2;

      if (read_some (self, middle, 1, &last, NULL, NULL) < 0)
        bad = middle;
      else
        good = middle;
    }
  return good;
}

/**
 * kan_reach_list_lost:
 * @open: opens the database
 * @data: for @open
 * @visit: (nullable): shown every entry that can be read
 * @visit_data: for @visit
 * @error: where it cannot even be opened
 *
 * Returns: (transfer full) (element-type KanReach): the entries that cannot be read, in order
 */
GArray *
kan_reach_list_lost (KanReachOpen open, gpointer data, KanReachFunc visit, gpointer visit_data, GError **error)
{
  g_autoptr(GArray) lost = g_array_new (FALSE, FALSE, sizeof (KanReach));
  Reader reader = { open, data, open (data, error) };
  gint64 next = 1, last = 0;

  if (reader.db == NULL)
    return NULL;
  while (read_on (&reader, &next, visit, visit_data))
    {
      KanReach reach = { next, 0 };

      next = find_next (&reader, reach.first);
      reach.last = next < G_MAXINT64 && read_some (&reader, next, 1, &last, NULL, NULL) > 0 ? next - 1 : G_MAXINT64;
      g_array_append_val (lost, reach);
      if (reach.last == G_MAXINT64)
        break;
    }
  g_clear_pointer (&reader.db, kan_db_free);
  return g_steal_pointer (&lost);
}
