/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers that entries without effect took: while replaying they stay taken, so that what came after an entry that
 * fails or is missing is not refused for its number. A chain that holds knows of none of this, nor does who writes. */
#include "acts/kan-book-private.h"

/* Above that nobody counts any more: what a planted seq would leave out does not let numbers be skipped at will. */
#define LOST_MAX 10000

/**
 * kan_book_lose:
 * @self: a book that is replayed into
 * @n: how many entries are missing, or are not what was signed: nobody knows which numbers they took
 */
void
kan_book_lose (KanBook *self, gint64 n)
{
  self->n_lost = MIN (self->n_lost + CLAMP (n, 0, LOST_MAX), LOST_MAX);
  self->n_undrawn = MIN (self->n_undrawn + CLAMP (n, 0, LOST_MAX), LOST_MAX);
}

/**
 * kan_book_lose_nothing:
 * @self: a book that will be replayed into from the first entry on
 */
void
kan_book_lose_nothing (KanBook *self)
{
  g_clear_pointer (&self->spent, g_hash_table_unref);
  self->n_lost = self->n_undrawn = 0;
}

/* By itself, or by what it let take effect. */
static gboolean
may_have_drawn (KanCase *c)
{
  return c->kind->series != NULL || c->reg == &kan_hand_register ||
         ((c->kind->flags & KAN_FACT) != 0 && kan_ask_int (c, "SELECT count(*) FROM pending WHERE subject = :record"));
}

/**
 * kan_case_lose:
 * @self: a case that was refused while replaying
 *
 * The record it would have made keeps its number, whether or not somebody built on it.
 */
void
kan_case_lose (KanCase *self)
{
  KanBook *book = self->book;

  if (self->creating)
    {
      if (book->spent == NULL)
        book->spent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_hash_table_add (book->spent, g_strdup (self->subject));
    }
  if (may_have_drawn (self))
    book->n_undrawn = MIN (book->n_undrawn + 1, LOST_MAX);
}

static gboolean
is_spent (const KanCase *c, gint64 id)
{
  g_autofree char *subject = g_strdup_printf ("%s%" G_GINT64_FORMAT, c->reg->prefix, id);

  return c->book->spent != NULL && g_hash_table_contains (c->book->spent, subject);
}

/**
 * kan_number_is_next:
 * @c: a case that makes a record
 * @next: one more than its register's highest number
 *
 * Returns: whether the record comes under the next number. While replaying, numbers that entries without effect took
 *   may lie between; where their record does not stand in the file, who wrote next took the same number again, and may
 */
gboolean
kan_number_is_next (const KanCase *c, gint64 next)
{
  KanBook *book = c->book;
  gint64 n_spent = book->spent != NULL ? g_hash_table_size (book->spent) : 0, unknown = 0;

  if (!book->replaying || c->id <= next)
    return c->id == next;
  if (c->id - next > book->n_lost + n_spent)
    return FALSE;
  for (gint64 id = next; id < c->id; id++)
    unknown += is_spent (c, id) ? 0 : 1;
  if (unknown > book->n_lost)
    return FALSE;
  book->n_lost -= unknown;
  return TRUE;
}

/**
 * kan_number_drawn:
 * @c: a case that draws a number of its series
 * @fy: the fiscal year
 *
 * Returns: the number: one more than the last. While replaying what came after an entry without effect, a record keeps
 *   the number that stands in the file and on its papers, where that skips no more than such entries may have drawn
 */
gint64
kan_number_drawn (KanCase *c, gint64 fy)
{
  g_autofree char *sql = NULL;
  gint64 last = 0, stands = 0;

  if (c->error != NULL || !kan_db_get_int (c->book->db, &last, &c->error,
                                           "SELECT max(last) FROM series WHERE id = ? AND fy = ?", "si",
                                           c->kind->series, fy))
    return 0;
  if (!c->book->replaying || c->book->n_undrawn == 0)
    return last + 1;
  sql = g_strdup_printf ("SELECT max(%s_no) FROM %s WHERE id = ? AND %s_fy = ?", c->kind->series, c->reg->id,
                         c->kind->series);
  /* tables of an older program may know of no such number */
  if (!kan_db_get_int (c->book->chain, &stands, NULL, sql, "ii", c->id, fy))
    return last + 1;
  if (stands <= last + 1 || stands - last - 1 > c->book->n_undrawn)
    return last + 1;
  c->book->n_undrawn -= stands - last - 1;
  return stands;
}

/* One of the kinds' own, or what somebody wrote there with a tool. */
static gboolean
is_series (const KanBook *book, const char *id)
{
  for (const KanRegister **reg = book->registry->registers; *reg != NULL; reg++)
    for (const KanKind *kind = (*reg)->kinds; kind != NULL && kind->id != NULL; kind++)
      if (g_strcmp0 (kind->series, id) == 0)
        return TRUE;
  return FALSE;
}

static gboolean
keep_last (KanBook *self, const char *id, gint64 fy, gint64 stands, GError **error)
{
  gint64 last = 0;

  if (!kan_db_get_int (self->db, &last, error, "SELECT max(last) FROM series WHERE id = ? AND fy = ?", "si", id, fy))
    return FALSE;
  if (stands <= last || stands - last > self->n_undrawn)
    return TRUE;
  self->n_undrawn -= stands - last;
  return kan_db_run (self->db, error, "INSERT OR REPLACE INTO series (id, fy, last) VALUES (?, ?, ?)", "sii", id, fy,
                     stands);
}

/**
 * kan_book_keep_series:
 * @self: a book that was replayed into, up to the head
 * @error: return location
 *
 * Where entries without effect may have drawn the last numbers of a series, those stay drawn as the file says: they
 * stand on paper, and the next number is one more, also after the registers were made anew.
 */
gboolean
kan_book_keep_series (KanBook *self, GError **error)
{
  g_autoptr(KanStmt) stmt = NULL;
  g_autoptr(GError) failed = NULL;

  if (self->n_undrawn == 0)
    return TRUE;
  stmt = kan_db_prepare (self->chain, "SELECT id, fy, last FROM series ORDER BY id, fy", NULL);
  /* tables of an older program may know of no such numbers */
  while (stmt != NULL && kan_stmt_step (stmt, &failed))
    if (is_series (self, kan_stmt_text (stmt, 0)) &&
        !keep_last (self, kan_stmt_text (stmt, 0), kan_stmt_int (stmt, 1), kan_stmt_int (stmt, 2), error))
      return FALSE;
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}
