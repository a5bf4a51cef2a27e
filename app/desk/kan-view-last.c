/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What somebody answered the last time they did the like, where it is often the same again. */
#include "desk/kan-view-private.h"

#include "ledger/kan-ledger.h"

static gboolean
repeats (const KanKind *kind)
{
  for (const KanAsk *ask = kind->asks; ask != NULL && ask->key != NULL; ask++)
    if (ask->again)
      return TRUE;
  return FALSE;
}

/* What was taken back was a mistake, and is not repeated. */
static gboolean
stands (KanBook *book, gint64 seq)
{
  gint64 voided = 0;

  return kan_db_get_int (kan_book_get_db (book), &voided, NULL,
                         "SELECT count(*) FROM step WHERE seq = ? AND voided IS NOT NULL", "i", seq) && voided == 0;
}

/**
 * kan_view_last_body:
 * @desk: an unlocked desk
 * @kind: an act
 *
 * Returns: (transfer full) (nullable): what this person signed the last time; %NULL: nothing, or nothing of the kind is
 *   ever repeated
 */
KanBody *
kan_view_last_body (KanDesk *desk, const KanKind *kind)
{
  KanDb *chain = kan_vault_get_db (desk->vault);
  g_autoptr(KanAct) act = NULL;
  gint64 seq = 0;

  if (!repeats (kind) ||
      !kan_db_get_int (chain, &seq, NULL, "SELECT ifnull(max(seq), 0) FROM act WHERE kind = ? AND actor = ?", "si",
                       kind->id, kan_desk_get_person (desk)) || seq == 0 || !stands (desk->book, seq))
    return NULL;
  act = kan_ledger_get (chain, seq, NULL);
  return act != NULL ? kan_body_decode (act->body, act->body_size, NULL) : NULL;
}

/**
 * kan_view_last_answer:
 * @body: (nullable): what was signed the last time
 * @ask: a question of the act
 * @choices: (nullable) (element-type KanViewChoice): what it may be answered with by now
 *
 * Returns: (transfer full) (nullable): the answer of then, as typed; %NULL: none that may be given again
 */
char *
kan_view_last_answer (const KanBody *body, const KanAsk *ask, const GPtrArray *choices)
{
  const char *text = body != NULL && ask->again ? kan_body_get_text (body, ask->key) : NULL;
  gboolean known = choices == NULL;

  for (guint i = 0; choices != NULL && i < choices->len; i++)
    known = known || g_strcmp0 (((KanViewChoice *) g_ptr_array_index ((GPtrArray *) choices, i))->value, text) == 0;
  return known ? g_strdup (text) : NULL;
}
