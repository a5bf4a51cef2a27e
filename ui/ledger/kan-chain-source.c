/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chain as a source of slots. */
#include "ledger/kan-chain-source.h"

#include <glib/gi18n.h>

/**
 * kan_chain_query_new:
 * @filter: which acts are asked for
 *
 * Returns: (transfer full): a copy with words of its own, as the slots want it
 */
KanActFilter *
kan_chain_query_new (const KanActFilter *filter)
{
  KanActFilter *self = g_new0 (KanActFilter, 1);

  self->subject = g_strdup (filter->subject);
  self->actor = g_strdup (filter->actor);
  self->kind = g_strdup (filter->kind);
  self->marked = g_strdup (filter->marked);
  self->since = g_strdup (filter->since);
  self->until = g_strdup (filter->until);
  return self;
}

static gpointer
copy (gpointer source)
{
  return kan_chain_query_new (source);
}

static void
drop (gpointer source)
{
  KanActFilter *query = source;
  const char *words[] = { query->subject, query->actor, query->kind, query->marked, query->since, query->until };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    g_free ((char *) words[i]);
  g_free (query);
}

static GArray *
order (KanDesk *desk, gpointer source, GError **error)
{
  return kan_desk_order_acts (desk, source, error);
}

static char **
cells_of (const KanViewAct *act)
{
  char **cells = g_new0 (char *, KAN_CHAIN_N_COLUMNS + 1);

  cells[KAN_CHAIN_NUMBER] = g_strdup_printf ("%" G_GINT64_FORMAT, act->seq);
  cells[KAN_CHAIN_WHEN] = g_strdup (act->when);
  cells[KAN_CHAIN_WHO] = g_strdup (act->who);
  cells[KAN_CHAIN_TITLE] = g_strdup (act->title);
  cells[KAN_CHAIN_SUBJECT] = act->name != NULL ? g_strdup_printf ("%s　%s", act->subject, act->name)
    : g_strdup (act->subject);
  cells[KAN_CHAIN_NOTE] = act->voided ? g_strdup (_("Void")) : g_strdup (act->marks != NULL ? act->marks : "");
  cells[KAN_CHAIN_KEY] = g_strdup (act->fingerprint);
  for (guint i = 0; i < KAN_CHAIN_N_COLUMNS; i++)
    if (cells[i] == NULL)
      cells[i] = g_strdup ("");
  return cells;
}

static void
free_cells (gpointer cells)
{
  g_strfreev (cells);
}

static GPtrArray *
page (KanDesk *desk, gpointer source, const guint32 *ids, guint n, GError **error)
{
  g_autoptr(GPtrArray) acts = kan_desk_page_acts (desk, ids, n, error);
  GPtrArray *cells;

  if (acts == NULL)
    return NULL;
  cells = g_ptr_array_new_with_free_func (free_cells);
  for (guint i = 0; i < acts->len; i++)
    {
      const KanViewAct *act = g_ptr_array_index (acts, i);

      g_ptr_array_add (cells, act != NULL ? cells_of (act) : NULL);
    }
  return cells;
}

const KanSlotsHow kan_slots_of_chain = { .order = order, .page = page, .copy = copy, .free = drop };
