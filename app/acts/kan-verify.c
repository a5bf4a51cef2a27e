/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verification: hashes and signatures by the chunk on all cores while chunks before them are replayed in order. */
#include "acts/kan-verify-private.h"

#include "acts/kan-indexes.h"
#include "acts/kan-proof.h"
#include "acts/kan-rebuild.h"
#include "acts/kan-repair.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#define CHUNK 256
#define AHEAD 12        /* chunks in flight: what bounds the memory */

/* Some acts in order, and what the workers found about each. */
typedef struct
{
  GPtrArray *acts;      /* KanAct */
  guint8    *verdicts;  /* KanFaultKind + 1; 0: holds */
  gboolean   ready;
} Chunk;

static void
chunk_free (Chunk *chunk)
{
  g_ptr_array_unref (chunk->acts);
  g_free (chunk->verdicts);
  g_free (chunk);
}

/* --- workers -------------------------------------------------------------------------------------------------- */

static void
check_chunk (gpointer data, gpointer user_data)
{
  Chunk *chunk = data;
  KanVerifier *self = user_data;

  for (guint i = 0; i < chunk->acts->len; i++)
    {
      const KanAct *act = g_ptr_array_index (chunk->acts, i);

      if (!kan_act_hash_holds (act, self->book->file_id))
        chunk->verdicts[i] = KAN_FAULT_HASH + 1;
      else if (act->seq > self->skip_to && !kan_act_signature_holds (act))
        chunk->verdicts[i] = KAN_FAULT_SIGNATURE + 1;
    }
  g_mutex_lock (&self->lock);
  chunk->ready = TRUE;
  g_cond_signal (&self->done);
  g_mutex_unlock (&self->lock);
}

/* --- replay --------------------------------------------------------------------------------------------------- */

static void
add_gap (KanVerifier *self, const KanAct *act)
{
  char *what = act->seq == self->seq + 2 ? g_strdup_printf (_("entry %" PRId64 " is missing"), self->seq + 1)
    : g_strdup_printf (_("entries %" PRId64 " to %" PRId64 " are missing"), self->seq + 1, act->seq - 1);
  KanHasher found;

  kan_found_init (&found);
  kan_found_int (&found, act->seq);
  kan_found_bytes (&found, act->prev.bytes, sizeof act->prev.bytes);
  kan_verifier_add (self, KAN_FAULT_GAP, self->seq + 1, NULL, what, &found);
}

static void
add_break (KanVerifier *self, const KanAct *act)
{
  KanHasher found;

  kan_found_init (&found);
  kan_found_bytes (&found, self->prev.bytes, sizeof self->prev.bytes);
  kan_found_bytes (&found, act->prev.bytes, sizeof act->prev.bytes);
  kan_verifier_add (self, KAN_FAULT_CHAIN, act->seq, act->subject,
                    g_strdup (_("it does not follow the entry before it")), &found)->because =
    kan_follow_seq (&self->follow, self->seq);
}

/* The day in Japan on which this person verified before. */
static char *
day_before (const KanVerifier *self)
{
  gint64 at = 0;

  return kan_utc_parse (self->before.at, &at) ? kan_day_format (kan_day_of_utc (at)) : g_strdup (self->before.at);
}

static void
add_other_chain (KanVerifier *self, gint64 seq, const char *subject, const KanHash *hash, gconstpointer remembered,
                 gsize size, char *what)
{
  KanHasher found;

  kan_found_init (&found);
  kan_found_bytes (&found, remembered, size);
  kan_found_bytes (&found, hash != NULL ? hash->bytes : NULL, sizeof hash->bytes);
  kan_verifier_add (self, hash != NULL ? KAN_FAULT_ANCHOR : KAN_FAULT_HEAD, seq, subject, what, &found);
}

/* What paper remembers of the chain, and what this person does. */
static void
check_remembered (KanVerifier *self, const KanAct *act)
{
  g_autofree char *day = self->before.seq == act->seq ? day_before (self) : NULL;

  if (act->seq == self->anchor_seq && kan_anchor_holds (self->anchor, &act->hash))
    self->verdict->anchor_seq = act->seq;
  else if (act->seq == self->anchor_seq)
    add_other_chain (self, act->seq, act->subject, &act->hash, self->anchor, sizeof self->anchor,
                     g_strdup (_("the chain is not the one that the anchor was printed from")));
  if (act->seq == self->before.seq && memcmp (&act->hash, &self->before.head, sizeof act->hash) != 0)
    add_other_chain (self, act->seq, act->subject, &act->hash, self->before.head.bytes, sizeof self->before.head.bytes,
                     g_strdup_printf (_("the chain is not the one that you verified on %s"), day));
}

static gboolean
check_place (KanVerifier *self, const KanAct *act, GError **error)
{
  gint64 first = self->seq + 1;
  KanHasher found;

  if (act->seq < 1)
    {
      kan_found_init (&found);
      kan_found_act (&found, act, self->book->file_id);
      kan_verifier_add (self, KAN_FAULT_CHAIN, act->seq, act->subject,
                        g_strdup (_("no entry comes before the first")), &found);
      return TRUE;
    }
  if (act->seq != first)
    {
      add_gap (self, act);
      kan_book_lose (kan_scratch_get_book (self->scratch), act->seq - first);
      if (!kan_follow_gap (self, first, act->seq - 1, error))
        return FALSE;
    }
  else if (memcmp (&act->prev, &self->prev, sizeof self->prev) != 0)
    add_break (self, act);
  check_remembered (self, act);
  self->seq = act->seq;
  self->prev = act->hash;
  return TRUE;
}

static gboolean
fail_act (KanVerifier *self, const KanAct *act, KanFaultKind kind, char *what, GError **error)
{
  gint64 because = kind == KAN_FAULT_RULE ? kan_follow_act (self, act) : 0;
  KanHasher found;

  kan_found_init (&found);
  kan_found_act (&found, act, self->book->file_id);
  kan_verifier_add (self, kind, act->seq, act->subject, what, &found)->because = because;
  return kan_follow_failure (self, act, kind, because, error);
}

/* Not what was signed: what number it took, nobody knows. */
static gboolean
fail_altered (KanVerifier *self, const KanAct *act, KanFaultKind kind, const char *what, GError **error)
{
  kan_book_lose (kan_scratch_get_book (self->scratch), 1);
  return fail_act (self, act, kind, g_strdup (what), error);
}

static void
add_repair (gint64 seq, const char *subject, const char *found, char *what, gpointer data)
{
  KanHasher hasher;

  kan_found_init (&hasher);
  kan_found_text (&hasher, found);
  kan_verifier_add (data, KAN_FAULT_REJECTED, seq, subject, what, &hasher);
}

/* Exactly the acts that this person verified before, or everything is looked at again. */
static void
check_rows (KanVerifier *self, const KanAct *act, guint8 verdict)
{
  KanHasher rows;
  KanHash hash;

  kan_verified_add_act (&self->rows, act, verdict != KAN_FAULT_HASH + 1, self->book->file_id);
  if (self->skip_to == 0 || act->seq < self->skip_to || self->seq >= self->skip_to)
    return;
  rows = self->rows;
  kan_hasher_finish (&rows, &hash);
  self->distrusted = act->seq != self->skip_to || memcmp (&hash, &self->before.rows, sizeof hash) != 0;
}

static gboolean
replay_one (KanVerifier *self, const KanAct *act, guint8 verdict, GError **error)
{
  g_autofree char *why = NULL;
  gboolean readable = FALSE, has_texts = FALSE;

  check_rows (self, act, verdict);
  if (!check_place (self, act, error) || !kan_texts_bind (self, act, &has_texts, error))
    return FALSE;
  if (act->seq < 1)
    return TRUE;
  if (verdict == KAN_FAULT_HASH + 1)
    return fail_altered (self, act, KAN_FAULT_HASH, _("its content is not what was signed"), error);
  if (verdict == KAN_FAULT_SIGNATURE + 1)
    return fail_altered (self, act, KAN_FAULT_SIGNATURE, _("it is not signed by the key it names"), error);
  if (!kan_repair_examine (kan_scratch_get_book (self->scratch), act, add_repair, self, error) ||
      !kan_replay_act (kan_scratch_get_book (self->scratch), act, &readable, &why, error))
    return FALSE;
  if (why != NULL)
    return fail_act (self, act, readable ? KAN_FAULT_RULE : KAN_FAULT_UNREADABLE, g_steal_pointer (&why), error);
  kan_follow_success (self, act);
  return !has_texts || kan_texts_look_up (self, act, error);
}

/* Reads ahead until enough chunks fly; FALSE: the world failed. */
static gboolean
launch (KanVerifier *self, GError **error)
{
  while (self->flying.length < AHEAD && self->next <= self->verdict->head.seq)
    {
      g_autoptr(GPtrArray) acts = kan_ledger_read_from (self->book->db, self->next, CHUNK, error);
      const KanAct *last;
      Chunk *chunk;

      if (acts == NULL)
        return FALSE;
      if (acts->len == 0)
        return TRUE;
      last = g_ptr_array_index (acts, acts->len - 1);
      self->next = last->seq < G_MAXINT64 ? last->seq + 1 : G_MAXINT64;
      chunk = g_new0 (Chunk, 1);
      chunk->verdicts = g_new0 (guint8, acts->len + 1);
      chunk->acts = g_steal_pointer (&acts);
      g_queue_push_tail (&self->flying, chunk);
      g_thread_pool_push (self->pool, chunk, NULL);
    }
  return TRUE;
}

static void
land (KanVerifier *self)
{
  Chunk *chunk = g_queue_peek_head (&self->flying);

  g_mutex_lock (&self->lock);
  while (!chunk->ready)
    g_cond_wait (&self->done, &self->lock);
  g_mutex_unlock (&self->lock);
}

/* Whoever is told may let somebody sign meanwhile, on the same connection: that is no part of what is read here, and
 * the new entry is replayed in its turn. */
static gboolean
report (KanVerifier *self, GError **error)
{
  gboolean paused, goes_on;

  if (self->options->progress == NULL)
    return TRUE;
  paused = kan_db_pause_read (self->book->db);
  goes_on = self->options->progress (self->seq, self->verdict->head.seq, self->options->progress_data);
  if (!kan_db_resume_read (self->book->db, paused, error))
    return FALSE;
  if (!goes_on)
    g_set_error_literal (error, KAN_ERROR, KAN_ERROR_CANCELLED, _("verification was stopped"));
  return goes_on;
}

static gboolean
replay_chunk (KanVerifier *self, GError **error)
{
  Chunk *chunk = g_queue_peek_head (&self->flying);

  for (guint i = 0; i < chunk->acts->len; i++)
    if (!replay_one (self, g_ptr_array_index (chunk->acts, i), chunk->verdicts[i], error))
      return FALSE;
  return TRUE;
}

/* What was signed while the last chunk was told of is in the tables already: it is replayed before they are
 * compared. */
static gboolean
look_again (KanVerifier *self, gboolean *grown, GError **error)
{
  gint64 seq = self->verdict->head.seq;

  if (!kan_ledger_get_head (self->book->db, &self->verdict->head, error))
    return FALSE;
  *grown = self->verdict->head.seq > seq;
  return TRUE;
}

/* One transaction: a page of the scratch book is written when the cache is full, not whenever it was touched. */
static gboolean
replay_to_head (KanDb *scratch, gpointer data, GError **error)
{
  KanVerifier *self = data;
  gboolean fine = TRUE;

  (void) scratch;
  while (fine && !self->distrusted)
    {
      gboolean grown = FALSE;

      if (!launch (self, error) || (self->flying.length == 0 && !look_again (self, &grown, error)))
        return FALSE;
      if (grown)
        continue;
      if (self->flying.length == 0)
        return TRUE;
      land (self);
      fine = replay_chunk (self, error);
      chunk_free (g_queue_pop_head (&self->flying));
      fine = fine && report (self, error);
    }
  return fine;
}

/* --- the whole ------------------------------------------------------------------------------------------------ */

static gboolean
read_anchor (KanVerifier *self, GError **error)
{
  char *what;

  if (self->options->anchor == NULL)
    return TRUE;
  if (!kan_anchor_parse (self->options->anchor, &self->anchor_seq, self->anchor))
    {
      g_set_error (error, KAN_ERROR, KAN_ERROR_USAGE, _("“%s” is no anchor: type it as it is printed"),
                   self->options->anchor);
      return FALSE;
    }
  what = g_strdup_printf (_("the chain ends at %" PRId64 ": entries that the anchor was printed from are gone"),
                          self->verdict->head.seq);
  if (self->anchor_seq > self->verdict->head.seq)
    add_other_chain (self, self->anchor_seq, NULL, NULL, self->anchor, sizeof self->anchor, g_steal_pointer (&what));
  g_free (what);
  return TRUE;
}

/* What this terminal has seen of the file, where the chain does not hold it: whoever asks has compared them. */
static gboolean
tell_seen (KanVerifier *self, GError **error)
{
  g_autoptr(KanAct) act = NULL;
  g_autoptr(GError) failed = NULL;
  gint64 seq = 0, head = self->verdict->head.seq;
  guint8 seen[sizeof self->anchor];

  if (self->options->seen == NULL || !kan_anchor_parse (self->options->seen, &seq, seen))
    return TRUE;
  act = kan_ledger_get (self->book->db, seq, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  add_other_chain (self, seq, NULL, act != NULL ? &act->hash : NULL, seen, sizeof seen,
                   seq > head ? g_strdup_printf (_("the chain ends at %" PRId64 ": entries that this terminal has seen "
                                                   "are gone"), head)
                   : g_strdup (_("the chain is not the one that this terminal has seen: they part here or before")));
  return TRUE;
}

/* A chain that ends before what this person verified is no shorter run, but another chain. */
static void
read_before (KanVerifier *self, gboolean full)
{
  g_autofree char *day = self->before.seq > self->verdict->head.seq ? day_before (self) : NULL;

  if (self->before.seq > self->verdict->head.seq)
    add_other_chain (self, self->before.seq, NULL, NULL, self->before.head.bytes, sizeof self->before.head.bytes,
                     g_strdup_printf (_("the chain ends at %" PRId64 ": entries that you verified on %s are gone"),
                                      self->verdict->head.seq, day));
  else if (!full && kan_verified_is_fresh (&self->before, self->options->now))
    self->skip_to = self->before.seq;
}

static void
conclude (KanVerifier *self)
{
  KanVerdict *verdict = self->verdict;

  verdict->n_acts = verdict->last_seq = self->seq;
  verdict->last = self->prev;
  kan_hasher_finish (&self->rows, &verdict->rows);
  verdict->n_verified = self->skip_to;
  if (self->skip_to == 0)
    return;
  verdict->verified_at = g_strdup (self->before.at);
  verdict->full_at = g_strdup (self->before.full_at);
}

static gboolean
verify_all (KanDb *db, gpointer data, GError **error)
{
  KanVerifier *self = data;

  (void) db;
  if (!kan_ledger_get_head (self->book->db, &self->verdict->head, error) || !read_anchor (self, error) ||
      !tell_seen (self, error) ||
      !kan_verified_load (self->book, self->options, &self->before, error))
    return FALSE;
  read_before (self, self->full);
  if (!kan_db_transaction (kan_book_get_db (kan_scratch_get_book (self->scratch)), replay_to_head, self, error))
    return FALSE;
  if (self->distrusted)
    return TRUE;
  if (!kan_book_keep_series (kan_scratch_get_book (self->scratch), error))
    return FALSE;
  conclude (self);
  /* what an older program's tables say is in no words of this one's: they are to be made anew */
  if (kan_book_is_older (self->book))
    return TRUE;
  if (!kan_compare_all (self, error) || !kan_indexes_compare (self, error) ||
      !kan_repair_compare (kan_scratch_get_book (self->scratch), add_repair, self, error) ||
      !kan_texts_all (self, error))
    return FALSE;
  kan_faults_group (self);
  return kan_faults_mark_known (self, error);
}

static KanVerdict *
run (KanBook *book, const KanVerifyOptions *options, gboolean full, gboolean *distrusted, KanScratch **kept,
     GError **error)
{
  g_autoptr(KanVerdict) verdict = g_new0 (KanVerdict, 1);
  g_autoptr(KanScratch) scratch = kan_scratch_new (book, error);
  g_autoptr(GPtrArray) missing = g_ptr_array_new_with_free_func (kan_missing_text_free);
  KanVerifier verifier = { .book = book, .scratch = scratch, .verdict = verdict, .options = options,
                           .next = G_MININT64, .missing = missing, .full = full };
  guint n_threads = options->n_threads > 0 ? options->n_threads : g_get_num_processors ();
  gboolean fine;

  verdict->faults = g_ptr_array_new_with_free_func ((GDestroyNotify) kan_fault_free);
  if (scratch == NULL)
    return NULL;
  verifier.pool = g_thread_pool_new (check_chunk, &verifier, (gint) n_threads, FALSE, error);
  if (verifier.pool == NULL)
    return NULL;
  g_mutex_init (&verifier.lock);
  g_cond_init (&verifier.done);
  g_queue_init (&verifier.flying);
  kan_follow_init (&verifier.follow);
  kan_found_init (&verifier.rows);
  fine = kan_db_read (book->db, verify_all, &verifier, error);
  g_thread_pool_free (verifier.pool, FALSE, TRUE);
  g_queue_clear_full (&verifier.flying, (GDestroyNotify) chunk_free);
  g_cond_clear (&verifier.done);
  g_mutex_clear (&verifier.lock);
  kan_follow_clear (&verifier.follow);
  kan_verified_clear (&verifier.before);
  *distrusted = verifier.distrusted;
  if (fine && kept != NULL)
    *kept = g_steal_pointer (&scratch);
  return fine ? g_steal_pointer (&verdict) : NULL;
}

/**
 * kan_book_verify:
 * @self: a book
 * @options: (nullable): what to compare with, how many threads, whom to tell, whose earlier result to go on from;
 *   %NULL: nothing, all cores, nobody, nobody's
 * @error: the world's; a file that does not hold is no error but a verdict
 *
 * Memory does not grow with the chain. A failing act has no effect; all are listed. Going on from an earlier result,
 * every act is read, hashed and replayed all the same; only signatures of the very same acts are not checked again.
 *
 * Returns: (transfer full): what was found
 */
KanVerdict *
kan_book_verify (KanBook *self, const KanVerifyOptions *options, GError **error)
{
  static const KanVerifyOptions none = { 0 };
  gboolean distrusted = FALSE;
  KanVerdict *verdict;

  if (options == NULL)
    options = &none;
  verdict = run (self, options, options->full, &distrusted, NULL, error);
  if (verdict != NULL && distrusted)
    {
      kan_verdict_free (verdict);
      verdict = run (self, options, TRUE, &distrusted, NULL, error);
    }
  if (verdict != NULL)
    kan_proof_take (self, verdict);
  return verdict;
}

/**
 * kan_book_verify_keeping:
 * @self: a book; where its tables are an older program's, they are not compared
 * @options: what to compare with, how many threads, whom to tell; nobody's earlier result
 * @scratch: (out) (transfer full): the registers as the acts add up to them
 * @error: as kan_book_verify()
 *
 * Returns: (transfer full): what was found
 */
KanVerdict *
kan_book_verify_keeping (KanBook *self, const KanVerifyOptions *options, KanScratch **scratch, GError **error)
{
  gboolean distrusted = FALSE;

  return run (self, options, TRUE, &distrusted, scratch, error);
}
