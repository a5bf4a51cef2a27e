/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What somebody verified before, kept in the file under a key from their seed: their next run need not check the same
 * signatures again. Whoever cannot compute that code can only make the next run a full one. */
#include "acts/kan-verify-private.h"

#include <string.h>

#define VERIFIED_DOMAIN "kanribo verified 1"
#define WEEK (7 * 86400)

/**
 * kan_verified_clear:
 * @self: what was verified before
 */
void
kan_verified_clear (KanVerified *self)
{
  g_clear_pointer (&self->at, g_free);
  g_clear_pointer (&self->full_at, g_free);
  g_clear_pointer (&self->program, g_free);
  self->seq = 0;
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KanVerified, kan_verified_clear)

/* Another program may read the same rows otherwise: it looks for itself. */
static char *
this_program (void)
{
  return g_strdup_printf ("%s %u %u", KAN_VERSION, (guint) KAN_EDITION, (guint) KAN_PROJECTION);
}

static void
authenticate (const KanVerified *self, KanBook *book, const KanVerifyOptions *options, KanHash *mac)
{
  g_autoptr(KanSecret) key = kan_keys_derive_verified (options->keys);
  KanHasher hasher;

  kan_hasher_init (&hasher, key);
  kan_found_text (&hasher, VERIFIED_DOMAIN);
  kan_found_bytes (&hasher, book->file_id, sizeof book->file_id);
  kan_found_int (&hasher, options->person);
  kan_found_int (&hasher, self->seq);
  kan_found_bytes (&hasher, self->head.bytes, sizeof self->head.bytes);
  kan_found_bytes (&hasher, self->rows.bytes, sizeof self->rows.bytes);
  kan_found_text (&hasher, self->at);
  kan_found_text (&hasher, self->full_at);
  kan_found_text (&hasher, self->program);
  kan_hasher_finish (&hasher, mac);
}

static gboolean
read_hash (KanStmt *row, int column, KanHash *into)
{
  gsize size = 0;
  const guint8 *bytes = kan_stmt_bytes (row, column, &size);

  if (bytes == NULL || size != sizeof into->bytes)
    return FALSE;
  memcpy (into->bytes, bytes, size);
  return TRUE;
}

static gboolean
read_row (KanVerified *self, KanBook *book, const KanVerifyOptions *options, KanStmt *row)
{
  KanHash mac, should;

  self->seq = kan_stmt_int (row, 0);
  self->at = g_strdup (kan_stmt_text (row, 3));
  self->full_at = g_strdup (kan_stmt_text (row, 4));
  self->program = g_strdup (kan_stmt_text (row, 5));
  if (self->seq < 1 || !read_hash (row, 1, &self->head) || !read_hash (row, 2, &self->rows) ||
      !read_hash (row, 6, &mac))
    return FALSE;
  authenticate (self, book, options, &should);
  return kan_equal (&mac, &should, sizeof mac);
}

/**
 * kan_verified_load:
 * @book: a book
 * @options: whose row it is
 * @into: (out): what they verified before: nothing where there is no row, or not one that they wrote of this file
 * @error: return location
 */
gboolean
kan_verified_load (KanBook *book, const KanVerifyOptions *options, KanVerified *into, GError **error)
{
  g_autoptr(KanStmt) stmt = NULL;
  g_autoptr(GError) failed = NULL;

  memset (into, 0, sizeof *into);
  if (options->keys == NULL)
    return TRUE;
  stmt = kan_db_query (book->db, error, "SELECT seq, head, rows, at, full_at, program, mac FROM verified"
                                        " WHERE person = ?", "i", options->person);
  if (stmt == NULL)
    return FALSE;
  if (kan_stmt_step (stmt, &failed) && !read_row (into, book, options, stmt))
    kan_verified_clear (into);
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/**
 * kan_book_recall_verified:
 * @self: a book
 * @keys: of who unlocked it
 * @person: who they are
 *
 * Paper tells on which day they verified everything last; by their own word, which nobody else can write.
 */
void
kan_book_recall_verified (KanBook *self, const KanKeys *keys, gint64 person)
{
  const KanVerifyOptions options = { .keys = keys, .person = person };
  g_auto(KanVerified) before = { 0 };
  g_autofree char *day = NULL;
  gint64 at = 0;

  if (kan_verified_load (self, &options, &before, NULL) && before.seq > 0 && kan_utc_parse (before.at, &at))
    day = kan_day_format (kan_day_of_utc (at));
  g_strlcpy (self->verified_on, day != NULL ? day : "", sizeof self->verified_on);
}

/**
 * kan_book_get_verified_on:
 * @self: a book
 *
 * Returns: (transfer none): on which day who unlocked it verified everything last, nothing being found that nobody knew
 *   of; "" where they did not, or nobody was asked
 */
const char *
kan_book_get_verified_on (KanBook *self)
{
  return self->verified_on;
}

/**
 * kan_verified_is_fresh:
 * @self: what was verified before
 * @now: seconds of UTC
 *
 * Returns: whether a run may go on from it: by this very program, every signature checked within the week
 */
gboolean
kan_verified_is_fresh (const KanVerified *self, gint64 now)
{
  g_autofree char *program = this_program ();
  gint64 full = 0;

  return self->seq > 0 && strcmp (self->program, program) == 0 && kan_utc_parse (self->full_at, &full) &&
         full <= now && now - full <= WEEK;
}

/**
 * kan_verified_add_act:
 * @rows: over the acts so far
 * @act: the next one, as it stands
 * @hash_holds: whether its columns are known to be what its hash says
 * @file_id: the file's 16-byte id
 *
 * The chain's own hashes leave out the signatures, and those are what is not checked again.
 */
void
kan_verified_add_act (KanHasher *rows, const KanAct *act, gboolean hash_holds, const guint8 *file_id)
{
  KanHash columns = act->hash;

  if (!hash_holds)
    kan_act_compute_hash (act, file_id, &columns);
  kan_hasher_update (rows, columns.bytes, sizeof columns.bytes);
  kan_hasher_update (rows, act->hash.bytes, sizeof act->hash.bytes);
  kan_hasher_update (rows, act->signature, sizeof act->signature);
}

/* A signature that does not hold would have to be checked again to be found again. */
static gboolean
may_keep (const KanVerdict *verdict)
{
  for (guint i = 0; i < verdict->faults->len; i++)
    if (((KanFault *) g_ptr_array_index (verdict->faults, i))->kind == KAN_FAULT_SIGNATURE)
      return FALSE;
  return verdict->n_new == 0 && verdict->last_seq > 0;
}

/**
 * kan_book_keep_verdict:
 * @self: a book, open for writing
 * @verdict: what was found
 * @options: with which it was found
 * @error: return location
 *
 * Keeps it for the same person's next run; nothing where something new was found, or where nobody's keys are there.
 */
gboolean
kan_book_keep_verdict (KanBook *self, const KanVerdict *verdict, const KanVerifyOptions *options, GError **error)
{
  g_auto(KanVerified) row = { .seq = verdict->last_seq, .head = verdict->last, .rows = verdict->rows };
  KanHash mac;

  if (options->keys == NULL || !may_keep (verdict))
    return TRUE;
  row.at = kan_utc_format (options->now);
  row.full_at = g_strdup (verdict->full_at != NULL ? verdict->full_at : row.at);
  row.program = this_program ();
  authenticate (&row, self, options, &mac);
  return kan_db_run (self->db, error, "INSERT OR REPLACE INTO verified (person, seq, head, rows, at, full_at, program,"
                                      " mac) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", "iibbsssb", options->person, row.seq,
                     row.head.bytes, sizeof row.head.bytes, row.rows.bytes, sizeof row.rows.bytes, row.at, row.full_at,
                     row.program, mac.bytes, sizeof mac.bytes);
}
