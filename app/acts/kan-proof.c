/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of a book without looking at it again: for as long as nobody but this process writes to its file. */
#include "acts/kan-proof.h"

#include "acts/kan-record-check.h"

/**
 * kan_proof_free:
 * @self: (nullable): what a book keeps from one proof to the next
 */
void
kan_proof_free (KanProof *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->retrace, kan_retrace_free);
  kan_links_free (self->links);
  g_hash_table_unref (self->keys);
  g_hash_table_unref (self->altered);
  g_free (self);
}

/**
 * kan_proof_watch:
 * @book: a book
 * @error: return location
 *
 * Forgets what was learnt where somebody else wrote to the file, or something was rolled back.
 */
gboolean
kan_proof_watch (KanBook *book, GError **error)
{
  KanProof *self = book->proof;
  gboolean anew = FALSE;

  if (self == NULL)
    {
      self = book->proof = g_new0 (KanProof, 1);
      self->links = kan_links_new (book->file_id);
      self->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      self->altered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    }
  if (!kan_links_watch (self->links, book->chain, &anew, error))
    return FALSE;
  if (!anew)
    return TRUE;
  g_hash_table_remove_all (self->keys);
  self->judges = self->verified = self->clean = FALSE;
  return TRUE;
}

/**
 * kan_fault_counts:
 * @fault: what verification found
 *
 * Returns: %FALSE of what two persons know, and of a text that should never have been kept: it stands there as it was
 *   signed, and whoever removes it relies on its entry
 */
gboolean
kan_fault_counts (const KanFault *fault)
{
  return !fault->known && fault->kind != KAN_FAULT_TEXT_RULE;
}

/**
 * kan_proof_take:
 * @book: a book
 * @verdict: what was found in it just now
 *
 * Keeps it for whoever shows its records.
 */
void
kan_proof_take (KanBook *book, const KanVerdict *verdict)
{
  g_autoptr(GError) failed = NULL;
  gboolean clean = TRUE;

  if (!kan_proof_watch (book, &failed))
    {
      g_debug ("%s", failed->message);
      return;
    }
  g_hash_table_remove_all (book->proof->altered);
  for (guint i = 0; i < verdict->faults->len; i++)
    {
      const KanFault *fault = g_ptr_array_index (verdict->faults, i);

      if (fault->subject != NULL)
        g_hash_table_add (book->proof->altered, g_strdup (fault->subject));
      clean = clean && !kan_fault_counts (fault);
    }
  book->proof->verified = TRUE;
  book->proof->clean = clean;
  book->proof->judges = book->proof->judges || clean;
}

/**
 * kan_proof_is_asked:
 * @book: a book
 *
 * Returns: whether records are held against their entries: what was replayed a moment ago, and tables that are to be
 *   made anew, are asked of nobody's
 */
gboolean
kan_proof_is_asked (KanBook *book)
{
  return !book->trusts && book->chain == book->db && !kan_book_is_older (book);
}

/**
 * kan_book_get_verified:
 * @self: a book
 * @clean: (out): whether nothing was found that nobody knows of
 *
 * Returns: whether everything was verified through this book, and nobody else wrote to the file since
 */
gboolean
kan_book_get_verified (KanBook *self, gboolean *clean)
{
  gboolean verified = self->proof != NULL && kan_proof_watch (self, NULL) && self->proof->verified;

  *clean = verified && self->proof->clean;
  return verified;
}

static void
add_all (GHashTable *into, GHashTable *from)
{
  GHashTableIter iter;
  gpointer subject;

  g_hash_table_iter_init (&iter, from);
  while (g_hash_table_iter_next (&iter, &subject, NULL))
    g_hash_table_add (into, g_strdup (subject));
}

/**
 * kan_book_list_altered:
 * @self: a book
 * @error: return location
 *
 * Looks at every entry, and at no row of the registers: what these say, verification finds.
 *
 * Returns: (transfer full) (element-type utf8): the records that are known to be altered: those of which verification
 *   found something, and those of entries that are not what was hashed
 */
GHashTable *
kan_book_list_altered (KanBook *self, GError **error)
{
  g_autoptr(GHashTable) altered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean anew = FALSE;

  if (self->trusts || self->chain != self->db)
    return g_steal_pointer (&altered);
  if (!kan_proof_watch (self, error) || !kan_links_follow (self->proof->links, self->chain, &anew, error))
    return NULL;
  add_all (altered, self->proof->altered);
  add_all (altered, kan_links_get_altered (self->proof->links));
  return g_steal_pointer (&altered);
}
