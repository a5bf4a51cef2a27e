/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The terminal's memory of files: how far it has seen each, so that an older file put in place is told (FILE.md,
 * "Anchor"). Nothing known is no finding: it withstands nobody who has the same account; paper does. */
#include "desk/kan-heads.h"

#include "vault/kan-vault.h"

#include <glib/gstdio.h>

static char *
memory_path (const guint8 *file_id)
{
  g_autofree char *name = kan_hex (file_id, KAN_FILE_ID_SIZE);

  return g_build_filename (g_get_user_state_dir (), "kanribo", "heads", name, NULL);
}

/**
 * kan_heads_recall:
 * @file_id: the file's %KAN_FILE_ID_SIZE bytes of identity; a backup shares them
 *
 * To be asked before the file's head is: whoever signs meanwhile makes the file longer than what was seen.
 *
 * Returns: (transfer full) (nullable): the anchor of the last entry seen; %NULL where there is no memory, or none that
 *   can be read
 */
char *
kan_heads_recall (const guint8 *file_id)
{
  g_autofree char *path = memory_path (file_id), *text = NULL;
  gint64 seq = 0;
  guint8 bits[20];

  if (!g_file_get_contents (path, &text, NULL, NULL) || !kan_anchor_parse (text, &seq, bits))
    return NULL;
  return g_steal_pointer (&text);
}

/**
 * kan_heads_keep:
 * @file_id: the file's identity
 * @head: its last entry
 *
 * Remembers it in place of what was seen before. Where it cannot be written down there is less knowledge, no error.
 */
void
kan_heads_keep (const guint8 *file_id, const KanHead *head)
{
  g_autofree char *path = memory_path (file_id), *folder = g_path_get_dirname (path);
  g_autofree char *anchor = kan_anchor_format (head->seq, &head->hash);

  (void) g_mkdir_with_parents (folder, 0700);
  (void) g_file_set_contents_full (path, anchor, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL);
}

/* What stands at that place now, and what was set aside from it: an unauthorised tail may have been seen as well. */
static gboolean
find_seen (KanDb *db, gint64 seq, const guint8 bits[20], gboolean *stands, gboolean *aside, GError **error)
{
  g_autoptr(KanStmt) stmt = kan_db_query (db, error, "SELECT hash, 0 FROM act WHERE seq = ?1 UNION ALL"
                                          " SELECT hash, 1 FROM rejected WHERE seq = ?1", "i", seq);
  g_autoptr(GError) failed = NULL;

  *stands = *aside = FALSE;
  while (stmt != NULL && kan_stmt_step (stmt, &failed))
    {
      gsize size = 0;
      const guint8 *bytes = kan_stmt_bytes (stmt, 0, &size);
      gboolean same = size == KAN_HASH_SIZE && kan_anchor_holds (bits, (const KanHash *) bytes);

      *stands = *stands || (same && kan_stmt_int (stmt, 1) == 0);
      *aside = *aside || (same && kan_stmt_int (stmt, 1) == 1);
    }
  if (failed == NULL)
    return stmt != NULL;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/**
 * kan_heads_compare:
 * @seen: (nullable): what kan_heads_recall() answered
 * @db: the file's database
 * @head: its last entry
 * @verdict: (out): whether it holds what was seen
 * @newer: (out): whether @head is to be kept
 * @error: the world's
 */
gboolean
kan_heads_compare (const char *seen, KanDb *db, const KanHead *head, KanHeadsVerdict *verdict, gboolean *newer,
                   GError **error)
{
  gboolean stands = TRUE, aside = FALSE;
  gint64 seq = 0;
  guint8 bits[20];

  *verdict = KAN_HEADS_HOLD;
  if (seen != NULL && kan_anchor_parse (seen, &seq, bits) && !find_seen (db, seq, bits, &stands, &aside, error))
    return FALSE;
  if (!stands && !aside)
    *verdict = seq > head->seq ? KAN_HEADS_SHORTER : KAN_HEADS_FORK;
  *newer = *verdict == KAN_HEADS_HOLD && (head->seq > seq || !stands);
  return TRUE;
}

/**
 * kan_heads_verdict_id:
 * @verdict: what was found
 *
 * Returns: (transfer none) (nullable): its name, as JSON spells it; %NULL where nothing is to be told
 */
const char *
kan_heads_verdict_id (KanHeadsVerdict verdict)
{
  static const char *const ids[] = { NULL, "shorter", "fork" };

  return ids[verdict];
}
