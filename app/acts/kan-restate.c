/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Acts of a register that put right what no correction of an entry may, since states, references or approvals depend on
 * it: signed by whom the kind says, and kept beside the record as a correction of the entry that made it. */
#include "acts/kan-restate.h"

#include <string.h>

/**
 * kan_restate:
 * @c: an act that takes effect, before the columns change
 *
 * Where its kind puts right what the record says, what stands there until now stays readable.
 */
void
kan_restate (KanCase *c)
{
  if ((c->kind->flags & KAN_RESTATES) == 0)
    return;
  for (const KanAsk *ask = c->kind->asks; ask != NULL && ask->key != NULL; ask++)
    {
      const KanField *field = kan_ask_find_field (c->reg, ask);
      g_autofree char *sql = NULL;

      if (!kan_answered (c, ask->key) || field == NULL || !kan_field_has_column (field) || field->type == KAN_LINES)
        continue;
      sql = g_strdup_printf ("INSERT INTO correction (seq, act, subject, key, old, new)"
                             " SELECT :seq, made, :record, '%s', CAST (%s AS TEXT), CAST (:%s AS TEXT)"
                             " FROM %s WHERE id = :subject AND %s IS NOT :%s",
                             ask->key, field->id, ask->key, c->reg->id, field->id, ask->key);
      kan_set (c, sql);
    }
}

static gboolean
answers (const KanKind *kind, const KanRegister *reg, const KanField *field)
{
  for (const KanAsk *ask = kind->asks; ask != NULL && ask->key != NULL; ask++)
    if (kan_ask_find_field (reg, ask) == field)
      return TRUE;
  return FALSE;
}

/**
 * kan_restating_kind:
 * @book: a book
 * @reg: a register
 * @field: a field of it
 *
 * Returns: (transfer none) (nullable): by which act what stands there is put right
 */
const KanKind *
kan_restating_kind (KanBook *book, const KanRegister *reg, const KanField *field)
{
  for (const KanKind *kind = reg->kinds; kind != NULL && kind->id != NULL; kind++)
    if ((kind->flags & KAN_RESTATES) != 0 && kan_in_edition (book->edition, kind->since, kind->until) &&
        answers (kind, reg, field))
      return kind;
  return NULL;
}

/**
 * kan_cancelling_kind:
 * @book: a book
 * @reg: a register
 *
 * Returns: (transfer none) (nullable): by which act a record is taken back that other records may depend on
 */
const KanKind *
kan_cancelling_kind (KanBook *book, const KanRegister *reg)
{
  for (const KanKind *kind = reg->kinds; kind != NULL && kind->id != NULL; kind++)
    if (g_strcmp0 (kind->to, "void") == 0 && kan_in_edition (book->edition, kind->since, kind->until))
      return kind;
  return NULL;
}
