/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chain followed by its hashes. An entry cannot be altered, moved or taken away without altering the hash that all
 * later ones build upon, and none of these can be signed again but by whoever signed it: the last signature of each key
 * vouches for all that lies before it. So a chain is looked through at the price of reading it. */
#include "acts/kan-links-private.h"

#include <string.h>

/* From so many entries on, a second connection is opened sooner than they are read. */
enum { MANY = 10000, SLICE = 2048, N_SLICES = 64, N_HELPERS = 3 };

/* Whoever signed, and which entry last. */
typedef struct
{
  gint64 actor;
  guint8 key[KAN_KEY_SIZE];
  gint64 seq;
} Signer;

static guint
hash_signer (gconstpointer data)
{
  const Signer *signer = data;
  guint hash;

  memcpy (&hash, signer->key, sizeof hash);
  return hash ^ (guint) signer->actor;
}

static gboolean
equal_signers (gconstpointer a, gconstpointer b)
{
  const Signer *one = a, *other = b;

  return one->actor == other->actor && memcmp (one->key, other->key, sizeof one->key) == 0;
}

/**
 * kan_links_new:
 * @file_id: the file's 16-byte id
 *
 * Returns: (transfer full): nothing followed yet
 */
KanLinks *
kan_links_new (const guint8 *file_id)
{
  KanLinks *self = g_new0 (KanLinks, 1);

  memcpy (self->file_id, file_id, sizeof self->file_id);
  self->signers = g_hash_table_new_full (hash_signer, equal_signers, g_free, NULL);
  self->records = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  self->altered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

/**
 * kan_links_free:
 * @self: (nullable): links
 */
void
kan_links_free (KanLinks *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->signers);
  g_hash_table_unref (self->records);
  g_hash_table_unref (self->altered);
  g_free (self);
}

static void
note_signer (KanLinks *self, const Signer *last)
{
  Signer *signer = g_hash_table_lookup (self->signers, last);

  if (signer != NULL)
    signer->seq = last->seq;
  else
    g_hash_table_add (self->signers, g_memdup2 (last, sizeof *last));
}

static void
sign_off (KanLinks *self, const KanAct *act)
{
  Signer signer = { .actor = act->actor, .seq = act->seq };

  memcpy (signer.key, act->key, sizeof signer.key);
  note_signer (self, &signer);
}

static void
enter (KanLinks *self, const KanAct *act)
{
  GArray *entries = g_hash_table_lookup (self->records, act->subject);

  if (entries == NULL)
    {
      entries = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_hash_table_insert (self->records, g_strdup (act->subject), entries);
    }
  g_array_append_val (entries, act->seq);
}

static gboolean
comes_next (const KanLinks *self, gint64 seq, const KanHash *prev)
{
  return seq == self->seq + 1 && memcmp (prev, &self->hash, sizeof *prev) == 0;
}

/**
 * kan_links_add:
 *
 * Follows one entry further: a KanWalkFunc.
 */
void
kan_links_add (const KanAct *act, gpointer links)
{
  KanLinks *self = links;
  gboolean holds = kan_act_hash_holds (act, self->file_id), begins = self->is_part && self->first == 0;

  if (begins)
    {
      self->first = act->seq;
      self->before = act->prev;
    }
  if (!holds)
    g_hash_table_add (self->altered, g_strdup (act->subject));
  if (!holds || (!begins && !comes_next (self, act->seq, &act->prev)))
    self->broken = act->seq;
  sign_off (self, act);
  enter (self, act);
  self->seq = act->seq;
  self->hash = act->hash;
}

static gboolean
enter_all (gpointer subject, gpointer more, gpointer records)
{
  GArray *entries = g_hash_table_lookup (records, subject);

  if (entries == NULL)
    {
      g_hash_table_insert (records, subject, more);
      return TRUE;
    }
  g_array_append_vals (entries, ((GArray *) more)->data, ((GArray *) more)->len);
  g_array_unref (more);
  g_free (subject);
  return TRUE;
}

/**
 * kan_links_join:
 *
 * Goes on with what was followed apart; @part is left without it. As if its entries had been followed one by one.
 */
void
kan_links_join (KanLinks *self, KanLinks *part)
{
  GHashTableIter iter;
  gpointer item;

  if (part->first == 0)
    return;
  if (!comes_next (self, part->first, &part->before))
    self->broken = part->first;
  if (part->broken != 0)
    self->broken = part->broken;
  g_hash_table_iter_init (&iter, part->signers);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    note_signer (self, item);
  g_hash_table_iter_init (&iter, part->altered);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    g_hash_table_add (self->altered, g_strdup (item));
  g_hash_table_foreach_steal (part->records, enter_all, self->records);
  self->seq = part->seq;
  self->hash = part->hash;
}

/* What was rolled back, or written by somebody else meanwhile, was not followed. */
static gboolean
still_stands (KanLinks *self, KanDb *db, gboolean *stands, GError **error)
{
  g_autoptr(GError) failed = NULL;
  g_autoptr(KanAct) act = NULL;
  gint64 version = 0;

  if (!kan_db_get_int (db, &version, error, "PRAGMA data_version", ""))
    return FALSE;
  *stands = self->version == 0 || version == self->version;
  self->version = version;
  act = *stands && self->seq > 0 ? kan_ledger_get (db, self->seq, &failed) : NULL;
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  *stands = *stands && (self->seq == 0 || (act != NULL && memcmp (&act->hash, &self->hash, sizeof act->hash) == 0));
  return TRUE;
}

static void
begin_anew (KanLinks *self)
{
  self->seq = self->broken = 0;
  memset (&self->hash, 0, sizeof self->hash);
  g_hash_table_remove_all (self->signers);
  g_hash_table_remove_all (self->records);
  g_hash_table_remove_all (self->altered);
}

/**
 * kan_links_watch:
 * @self: links
 * @db: the file's database
 * @anew: (out): whether what was followed before stands no more, nor what was learnt with it
 * @error: return location
 *
 * Looks whether somebody else wrote to the file, or what was followed was rolled back.
 */
gboolean
kan_links_watch (KanLinks *self, KanDb *db, gboolean *anew, GError **error)
{
  gboolean stands = FALSE;

  if (!still_stands (self, db, &stands, error))
    return FALSE;
  *anew = !stands;
  if (!stands)
    begin_anew (self);
  return TRUE;
}

typedef struct { KanLinks *links; gboolean *anew; } Following;

static gboolean
follow (KanDb *db, gpointer data, GError **error)
{
  const Following *following = data;
  KanLinks *self = following->links;
  KanHead head;
  gint64 n;

  if (!kan_links_watch (self, db, following->anew, error) || !kan_ledger_get_head (db, &head, error))
    return FALSE;
  n = head.seq - self->seq;
  return n <= 0 || kan_links_walk (self, db, head.seq, MAX (SLICE, n / N_SLICES),
                                   n < MANY ? 0 : MIN (N_HELPERS, g_get_num_processors () - 1), error);
}

/**
 * kan_links_follow:
 * @self: links
 * @db: the file's database
 * @anew: (out): as kan_links_watch()
 * @error: return location
 *
 * Follows the chain up to its head, a long one on all cores.
 */
gboolean
kan_links_follow (KanLinks *self, KanDb *db, gboolean *anew, GError **error)
{
  Following following = { self, anew };

  return kan_db_read (db, follow, &following, error);
}

/**
 * kan_links_get_records:
 * @self: links that were followed
 *
 * Returns: (transfer none) (element-type utf8 GArray): the entries of each record
 */
GHashTable *
kan_links_get_records (const KanLinks *self)
{
  return self->records;
}

/**
 * kan_links_get_altered:
 * @self: links that were followed
 *
 * Returns: (transfer none) (element-type utf8): the records that entries name which are not what was hashed
 */
GHashTable *
kan_links_get_altered (const KanLinks *self)
{
  return self->altered;
}

/**
 * kan_links_take_last:
 * @self: links that were followed
 *
 * Returns: (transfer full) (element-type gint64): the last entry of each key and actor, among those followed since this
 *   was asked; each is to be signed, and the key to be its actor's, or kan_links_break() is to be called
 */
GArray *
kan_links_take_last (KanLinks *self)
{
  GArray *last = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer signer;

  g_hash_table_iter_init (&iter, self->signers);
  while (g_hash_table_iter_next (&iter, &signer, NULL))
    g_array_append_val (last, ((Signer *) signer)->seq);
  g_hash_table_remove_all (self->signers);
  return last;
}

/**
 * kan_links_break:
 * @self: links
 * @seq: an entry that is not what it must be
 */
void
kan_links_break (KanLinks *self, gint64 seq)
{
  self->broken = MAX (self->broken, seq);
}

/**
 * kan_links_get_broken:
 * @self: links that were followed
 *
 * Returns: the last entry that is altered, or before which one is missing: nobody knows whose those are; 0: none
 */
gint64
kan_links_get_broken (const KanLinks *self)
{
  return self->broken;
}

/**
 * kan_links_mend:
 * @self: links that were followed, of a file that was verified meanwhile
 */
void
kan_links_mend (KanLinks *self)
{
  self->broken = 0;
}
