/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Setting a tail of the chain aside: its digest, the move, and reading what was moved. */
#include "ledger/kan-tail.h"

#include "ledger/kan-ledger-private.h"

#include <string.h>

#define TAIL_DOMAIN "kanribo tail 1"

/* Columns as they are stored, of whatever size: what an entry cannot hold is a reason for its being here. */
static void
hash_row (KanHasher *hasher, KanStmt *row)
{
  for (int i = 0; i < kan_stmt_n_columns (row); i++)
    {
      gsize size = 0;
      const guint8 *bytes = kan_stmt_is_null (row, i) ? NULL : kan_stmt_bytes (row, i, &size);

      kan_ledger_hash_bytes (hasher, bytes != NULL || kan_stmt_is_null (row, i) ? bytes : (const guint8 *) "", size);
    }
}

/* Domain, file id, then each entry in order of seq. */
static gboolean
read_rows (KanStmt *query, const guint8 *file_id, gint64 from_seq, KanTail *tail, GError **error)
{
  g_autoptr(KanStmt) stmt = query;
  g_autoptr(GError) failed = NULL;
  g_autofree char *digest = NULL;
  KanHasher hasher;
  KanHash hash;

  memset (tail, 0, sizeof *tail);
  tail->from_seq = from_seq;
  if (stmt == NULL)
    return FALSE;
  kan_hasher_init (&hasher, NULL);
  kan_ledger_hash_bytes (&hasher, TAIL_DOMAIN, strlen (TAIL_DOMAIN));
  kan_ledger_hash_bytes (&hasher, file_id, 16);
  while (kan_stmt_step (stmt, &failed))
    {
      tail->count++;
      hash_row (&hasher, stmt);
    }
  kan_hasher_finish (&hasher, &hash);
  digest = kan_hex (hash.bytes, sizeof hash.bytes);
  g_strlcpy (tail->digest, digest, sizeof tail->digest);
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/**
 * kan_tail_read:
 * @db: the file's database
 * @file_id: the file's 16-byte id: a tail of one file is none of another
 * @from_seq: the place of the first: one after the last entry that stays
 * @tail: (out): what there is from @from_seq on, up to the head
 * @error: return location
 */
gboolean
kan_tail_read (KanDb *db, const guint8 *file_id, gint64 from_seq, KanTail *tail, GError **error)
{
  return read_rows (kan_db_query (db, error, "SELECT " KAN_ACT_COLUMNS " FROM act WHERE seq >= ? ORDER BY seq", "i",
                                  from_seq), file_id, from_seq, tail, error);
}

/**
 * kan_tail_read_rejected:
 * @db: the file's database
 * @file_id: the file's 16-byte id
 * @digest: under which digest they were set aside
 * @tail: (out): what stands there now; where nothing was altered, with the same digest
 * @error: return location
 */
gboolean
kan_tail_read_rejected (KanDb *db, const guint8 *file_id, const char *digest, KanTail *tail, GError **error)
{
  return read_rows (kan_db_query (db, error, "SELECT " KAN_ACT_COLUMNS " FROM rejected WHERE tail = ? ORDER BY seq",
                                  "s", digest), file_id, 0, tail, error);
}

/**
 * kan_tail_set_aside:
 * @db: the file's database, in a transaction of the caller's
 * @tail: what kan_tail_read() found there
 * @error: return location
 *
 * Moves the entries from the chain into `rejected`, every column kept, whatever it holds; the index is made anew, for a
 * row that is not in it cannot be taken away.
 */
gboolean
kan_tail_set_aside (KanDb *db, const KanTail *tail, GError **error)
{
  return kan_db_exec (db, "REINDEX act", error) &&
         kan_db_run (db, error, "INSERT OR REPLACE INTO rejected (tail, " KAN_ACT_COLUMNS ") SELECT ?, "
                                KAN_ACT_COLUMNS " FROM act WHERE seq >= ?", "si", tail->digest, tail->from_seq) &&
         kan_db_run (db, error, "DELETE FROM act WHERE seq >= ?", "i", tail->from_seq);
}

/**
 * kan_tail_read_acts:
 * @db: the file's database
 * @digest: under which digest they were set aside
 * @first: seq
 * @n: how many at most
 * @error: return location
 *
 * Returns: (transfer full) (element-type KanAct): those set aside from @first on, in order; %NULL on error
 */
GPtrArray *
kan_tail_read_acts (KanDb *db, const char *digest, gint64 first, guint n, GError **error)
{
  return kan_ledger_collect (kan_db_query (db, error, "SELECT " KAN_ACT_COLUMNS " FROM rejected WHERE tail = ?"
                                                      " AND seq >= ? ORDER BY seq LIMIT ?", "sii", digest, first,
                                           (gint64) n), error);
}

/**
 * kan_ledger_get_upto:
 * @db: the file's database
 * @seq: the largest seq to look at
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the last entry of the chain up to there, over any gap; %NULL without @error
 *   where there is none
 */
KanAct *
kan_ledger_get_upto (KanDb *db, gint64 seq, GError **error)
{
  g_autoptr(GPtrArray) acts = kan_ledger_collect (kan_db_query (db, error, "SELECT " KAN_ACT_COLUMNS " FROM act"
                                                                " WHERE seq BETWEEN 1 AND ? ORDER BY seq DESC LIMIT 1",
                                                                "i", seq), error);

  return acts != NULL && acts->len == 1 ? g_ptr_array_steal_index (acts, 0) : NULL;
}
