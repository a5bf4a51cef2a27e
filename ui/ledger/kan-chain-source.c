/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chain as a source of slots. */
#include "ledger/kan-chain-source.h"

#include <glib/gi18n.h>
#include <string.h>

static char *
said (const char *text)
{
  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

/**
 * kan_chain_query_new:
 * @subject: (nullable): a record
 * @actor: (nullable): a login or name
 * @kind: (nullable): a kind's id
 * @marked: (nullable): a mark, as kan_marked_name() calls it
 *
 * Returns: (transfer full): which acts are asked for
 */
KanChainQuery *
kan_chain_query_new (const char *subject, const char *actor, const char *kind, const char *marked)
{
  KanChainQuery *self = g_new0 (KanChainQuery, 1);

  self->subject = said (subject);
  self->actor = said (actor);
  self->kind = said (kind);
  self->marked = said (marked);
  return self;
}

static gpointer
copy (gpointer source)
{
  const KanChainQuery *query = source;

  return kan_chain_query_new (query->subject, query->actor, query->kind, query->marked);
}

static void
drop (gpointer source)
{
  KanChainQuery *query = source;

  g_free (query->subject);
  g_free (query->actor);
  g_free (query->kind);
  g_free (query->marked);
  g_free (query);
}

static GArray *
order (KanDesk *desk, gpointer source, GError **error)
{
  const KanChainQuery *query = source;

  return kan_desk_order_acts (desk, query->subject, query->actor, query->kind, query->marked, error);
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
