/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Faults that follow from others: what came after an act without effect and was built on it. Only told so that the
 * first one stands out: each keeps its own code, and none is known because the one before it is. */
#include "acts/kan-verify-private.h"

#include <string.h>

typedef struct { gint64 first, last; } Gap;

/* What everything may hang on: a profile, an edition, entries that nobody has seen. */
#define EVERYTHING "*"
/* Before a record that an act without effect only named: acts upon it follow, not whatever names it too. */
#define NAMED "~"

/**
 * kan_follow_init:
 * @self: (out): nothing failed yet
 */
void
kan_follow_init (KanFollow *self)
{
  self->failed = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->tainted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->gaps = g_array_new (FALSE, FALSE, sizeof (Gap));
  self->altered = 0;
}

/**
 * kan_follow_clear:
 * @self: what follows from what
 */
void
kan_follow_clear (KanFollow *self)
{
  g_clear_pointer (&self->failed, g_hash_table_unref);
  g_clear_pointer (&self->tainted, g_hash_table_unref);
  g_clear_pointer (&self->gaps, g_array_unref);
}

/**
 * kan_follow_seq:
 * @self: what follows from what
 * @seq: an act
 *
 * Returns: where that act had no effect, the first act that this follows from (itself, perhaps); 0: it had
 */
gint64
kan_follow_seq (const KanFollow *self, gint64 seq)
{
  const gint64 *first = g_hash_table_lookup (self->failed, &seq);

  if (first != NULL)
    return *first;
  for (guint i = 0; i < self->gaps->len; i++)
    {
      const Gap *gap = &g_array_index (self->gaps, Gap, i);

      if (seq >= gap->first && seq <= gap->last)
        return gap->first;
    }
  return 0;
}

/**
 * kan_follow_subject:
 * @self: what follows from what
 * @subject: (nullable): a record
 *
 * Returns: the first act without effect that it hangs on; 0: none
 */
gint64
kan_follow_subject (const KanFollow *self, const char *subject)
{
  const gint64 *first = subject != NULL ? g_hash_table_lookup (self->tainted, subject) : NULL;

  return first != NULL ? *first : 0;
}

static void
taint (KanFollow *self, const char *what, gint64 first)
{
  if (what != NULL && !g_hash_table_contains (self->tainted, what))
    g_hash_table_insert (self->tainted, g_strdup (what), g_memdup2 (&first, sizeof first));
}

/* --- acts ----------------------------------------------------------------------------------------------------- */

static gint64
cause_of_answers (const KanFollow *self, const KanBody *body)
{
  gint64 first = kan_follow_seq (self, kan_body_get_int (body, "act"));

  for (guint i = 0; first == 0 && i < kan_body_n_members (body); i++)
    {
      const char *key = kan_body_nth_key (body, i);
      const char **list = kan_body_get_list (body, key);

      first = kan_follow_subject (self, kan_body_get_text (body, key));
      for (; first == 0 && list != NULL && *list != NULL; list++)
        first = kan_follow_subject (self, *list);
    }
  return first;
}

/**
 * kan_follow_act:
 * @self: a run
 * @act: an act that the rules do not admit
 *
 * Returns: the first act without effect on whose record, or on whose power, it was built; 0: none
 */
gint64
kan_follow_act (KanVerifier *self, const KanAct *act)
{
  const KanFollow *follow = &self->follow;
  g_autofree char *actor = g_strdup_printf ("P%" G_GINT64_FORMAT, act->actor);
  g_autofree char *named = g_strconcat (NAMED, act->subject, NULL);
  g_autoptr(KanBody) body = NULL;
  gint64 first = kan_follow_subject (follow, act->subject);

  if (first == 0)
    first = kan_follow_subject (follow, actor);
  if (first == 0)
    first = kan_follow_subject (follow, named);
  if (first != 0 || g_hash_table_size (follow->tainted) == 0)
    return first;
  body = kan_body_decode (act->body, act->body_size, NULL);
  first = body != NULL ? cause_of_answers (follow, body) : 0;
  return first != 0 ? first : kan_follow_subject (follow, EVERYTHING);
}

/* What an act of power gave to persons they had not; what else an act names it may have changed. */
static void
taint_named (KanVerifier *self, const char *text, gboolean power, gint64 first)
{
  gint64 id = 0;
  const KanRegister *reg = text != NULL ? kan_subject_register (self->book, text, &id) : NULL;
  gboolean person = reg != NULL && strcmp (reg->id, "person") == 0;
  g_autofree char *named = g_strconcat (NAMED, text, NULL);

  if (reg != NULL && (!person || power))
    taint (&self->follow, person ? text : named, first);
}

/* A profile or edition judges everybody. */
static void
taint_answers (KanVerifier *self, const KanAct *act, gint64 first)
{
  const KanRegister *reg = NULL;
  const KanKind *kind = act->kind != NULL ? kan_book_find_kind (self->book, act->kind, &reg) : NULL;
  g_autoptr(KanBody) body = kind != NULL ? kan_body_decode (act->body, act->body_size, NULL) : NULL;
  gboolean power = kind != NULL && (kind->flags & (KAN_POWER | KAN_INTERNAL)) != 0;

  if (kind != NULL && ((kind->flags & KAN_INTERNAL) != 0 || strcmp (reg->id, "profile") == 0))
    taint (&self->follow, EVERYTHING, first);
  for (guint i = 0; body != NULL && i < kan_body_n_members (body); i++)
    {
      const char *key = kan_body_nth_key (body, i);
      const char **list = kan_body_get_list (body, key);

      taint_named (self, kan_body_get_text (body, key), power, first);
      for (; list != NULL && *list != NULL; list++)
        taint_named (self, *list, power, first);
    }
}

/* The records of acts as the file's own steps name them: good enough to tell what hangs together, and no more. */
static gboolean
taint_steps (KanVerifier *self, gint64 from, gint64 to, gint64 first, gboolean *any, GError **error)
{
  g_autoptr(KanStmt) stmt = kan_db_query (self->book->db, error,
                                          "SELECT subject FROM step WHERE seq BETWEEN ? AND ? LIMIT 1000", "ii", from,
                                          to);
  g_autoptr(GError) failed = NULL;

  *any = FALSE;
  while (stmt != NULL && kan_stmt_step (stmt, &failed))
    {
      taint (&self->follow, kan_stmt_text (stmt, 0), first);
      *any = TRUE;
    }
  if (failed == NULL)
    return stmt != NULL;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/**
 * kan_follow_failure:
 * @self: a run
 * @act: an act that has no effect
 * @kind: why
 * @because: the first act without effect that this follows from; 0: it is the first itself
 * @error: return location
 *
 * Who wrote after it built on what was altered since, on a record that should have been made, or on what the file shows
 * all the same; never on an act that was only appended.
 */
gboolean
kan_follow_failure (KanVerifier *self, const KanAct *act, KanFaultKind kind, gint64 because, GError **error)
{
  const KanKind *declared = act->kind != NULL ? kan_book_find_kind (self->book, act->kind, NULL) : NULL;
  gint64 first = because != 0 ? because : act->seq;
  gboolean altered = kind == KAN_FAULT_HASH || kind == KAN_FAULT_SIGNATURE, shown = FALSE;

  if (altered && self->follow.altered == 0)
    self->follow.altered = act->seq;
  if (kan_follow_seq (&self->follow, act->seq) == 0)
    g_hash_table_insert (self->follow.failed, g_memdup2 (&act->seq, sizeof act->seq), g_memdup2 (&first, sizeof first));
  if (!taint_steps (self, act->seq, act->seq, first, &shown, error))
    return FALSE;
  if (altered || shown || because != 0 || (declared != NULL && declared->from == NULL))
    taint (&self->follow, act->subject, first);
  if (altered || shown || because != 0)
    taint_answers (self, act, first);
  taint (&self->follow, act->at, first);
  return TRUE;
}

/**
 * kan_follow_gap:
 * @self: a run
 * @first: the first act that is missing
 * @last: the last one
 * @error: return location
 */
gboolean
kan_follow_gap (KanVerifier *self, gint64 first, gint64 last, GError **error)
{
  Gap gap = { first, last };
  gboolean any = FALSE;

  g_array_append_val (self->follow.gaps, gap);
  if (self->follow.altered == 0)
    self->follow.altered = first;
  taint (&self->follow, EVERYTHING, first);
  return taint_steps (self, first, last, first, &any, error);
}

/**
 * kan_follow_success:
 * @self: a run
 * @act: an act that has its effect
 *
 * A record made anew under the number of one that was not made hangs on nothing.
 */
void
kan_follow_success (KanVerifier *self, const KanAct *act)
{
  const KanKind *kind = g_hash_table_size (self->follow.tainted) > 0 ? kan_book_find_kind (self->book, act->kind, NULL)
    : NULL;

  if (kind != NULL && kind->from == NULL)
    g_hash_table_remove (self->follow.tainted, act->subject);
}

/* --- rows ----------------------------------------------------------------------------------------------------- */

/**
 * kan_follow_row:
 * @self: a run
 * @table: a table that was compared
 * @row: a row of it that differs
 *
 * Returns: the first act without effect that the row hangs on: it made or changed the row, or its record; 0: none
 */
gint64
kan_follow_row (KanVerifier *self, const char *table, KanStmt *row)
{
  static const char *const acts[] = { "seq", "act", "made", "changed", "voided", NULL };
  g_autofree char *subject = NULL;
  gint64 first = 0;

  for (int i = 0; first == 0 && i < kan_stmt_n_columns (row); i++)
    if (g_strv_contains (acts, kan_stmt_name (row, i)) && kan_stmt_is_int (row, i))
      first = kan_follow_seq (&self->follow, kan_stmt_int (row, i));
  if (first != 0)
    return first;
  subject = kan_row_subject (self->book, table, row);
  return kan_follow_subject (&self->follow, subject);
}
