/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verification: hashes and signatures by the chunk on all cores while chunks before them are replayed in order. */
#include "acts/kan-replay.h"

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

typedef struct
{
  KanBook                *book;
  KanScratch             *scratch;
  KanVerdict             *verdict;
  const KanVerifyOptions *options;
  GThreadPool            *pool;
  GMutex                  lock;
  GCond                   done;
  GQueue                  flying;       /* Chunk, oldest first */
  gint64                  next, seq;    /* to be read next; replayed last */
  KanHash                 prev;
  gint64                  anchor_seq;
  guint8                  anchor[20];
  GPtrArray              *missing;      /* MissingText */
} Verifier;

typedef struct { gint64 act; char *key, *subject; } MissingText;

static void
chunk_free (Chunk *chunk)
{
  g_ptr_array_unref (chunk->acts);
  g_free (chunk->verdicts);
  g_free (chunk);
}

static void
missing_free (MissingText *missing)
{
  g_free (missing->key);
  g_free (missing->subject);
  g_free (missing);
}

static void
fault_free (KanFault *fault)
{
  g_free (fault->subject);
  g_free (fault->what);
  g_free (fault);
}

/**
 * kan_verdict_free:
 * @self: (nullable): a verdict
 */
void
kan_verdict_free (KanVerdict *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->faults);
  g_free (self);
}

/**
 * kan_fault_kind_id:
 * @kind: what was found
 *
 * Returns: (transfer none): its name, as JSON spells it
 */
const char *
kan_fault_kind_id (KanFaultKind kind)
{
  static const char *const ids[] = { "gap", "chain", "hash", "signature", "unreadable", "rule", "projection", "text",
                                     "anchor",
                                     "head" };

  return ids[kind];
}

static void
add_fault (Verifier *self, KanFaultKind kind, gint64 seq, const char *subject, char *what)
{
  KanFault *fault = g_new0 (KanFault, 1);

  fault->kind = kind;
  fault->seq = seq;
  fault->subject = g_strdup (subject);
  fault->what = what;
  g_ptr_array_add (self->verdict->faults, fault);
}

/* --- workers -------------------------------------------------------------------------------------------------- */

static void
check_chunk (gpointer data, gpointer user_data)
{
  Chunk *chunk = data;
  Verifier *self = user_data;

  for (guint i = 0; i < chunk->acts->len; i++)
    {
      const KanAct *act = g_ptr_array_index (chunk->acts, i);

      if (!kan_act_hash_holds (act, self->book->file_id))
        chunk->verdicts[i] = KAN_FAULT_HASH + 1;
      else if (!kan_act_signature_holds (act))
        chunk->verdicts[i] = KAN_FAULT_SIGNATURE + 1;
    }
  g_mutex_lock (&self->lock);
  chunk->ready = TRUE;
  g_cond_signal (&self->done);
  g_mutex_unlock (&self->lock);
}

/* --- replay --------------------------------------------------------------------------------------------------- */

/* Free text behind digests is looked up while its act passes; what is gone must have been removed by an act. */
static gboolean
check_texts (Verifier *self, const KanAct *act, GError **error)
{
  g_autoptr(KanBody) body = kan_body_decode (act->body, act->body_size, NULL);
  const KanRegister *reg = NULL;
  const KanKind *kind = kan_book_find_kind (self->book, act->kind, &reg);

  for (guint i = 0; body != NULL && kind != NULL && i < kan_body_n_members (body); i++)
    {
      const char *key = kan_body_nth_key (body, i);
      const KanField *field = kan_reserved_field (key);
      MissingText *missing;
      gint64 there = 0;

      for (const KanAsk *ask = kind->asks; field == NULL && ask != NULL && ask->key != NULL; ask++)
        if (strcmp (ask->key, key) == 0)
          field = kan_ask_find_field (reg, ask);
      if (field == NULL || field->type != KAN_LINES)
        continue;
      if (!kan_db_get_int (self->book->db, &there, error, "SELECT count(*) FROM detached WHERE digest = ?", "s",
                           kan_body_get_text (body, key)))
        return FALSE;
      if (there > 0)
        continue;
      missing = g_new0 (MissingText, 1);
      missing->act = act->seq;
      missing->key = g_strdup (key);
      missing->subject = g_strdup (act->subject);
      g_ptr_array_add (self->missing, missing);
    }
  return TRUE;
}

static void
check_place (Verifier *self, const KanAct *act)
{
  if (act->seq < 1)
    {
      add_fault (self, KAN_FAULT_CHAIN, act->seq, act->subject, g_strdup (_("no entry comes before the first")));
      return;
    }
  if (act->seq != self->seq + 1)
    add_fault (self, KAN_FAULT_GAP, self->seq + 1, NULL,
               g_strdup_printf (_("entries %" PRId64 " to %" PRId64 " are missing"), self->seq + 1, act->seq - 1));
  else if (memcmp (&act->prev, &self->prev, sizeof self->prev) != 0)
    add_fault (self, KAN_FAULT_CHAIN, act->seq, act->subject, g_strdup (_("it does not follow the entry before it")));
  if (act->seq == self->anchor_seq && !kan_anchor_holds (self->anchor, &act->hash))
    add_fault (self, KAN_FAULT_ANCHOR, act->seq, act->subject,
               g_strdup (_("the chain is not the one that the anchor was printed from")));
  self->seq = act->seq;
  self->prev = act->hash;
}

static gboolean
replay_one (Verifier *self, const KanAct *act, guint8 verdict, GError **error)
{
  g_autofree char *why = NULL;
  gboolean readable = FALSE;

  check_place (self, act);
  if (act->seq < 1)
    return TRUE;
  if (verdict == KAN_FAULT_HASH + 1)
    add_fault (self, KAN_FAULT_HASH, act->seq, act->subject, g_strdup (_("its content is not what was signed")));
  else if (verdict == KAN_FAULT_SIGNATURE + 1)
    add_fault (self, KAN_FAULT_SIGNATURE, act->seq, act->subject, g_strdup (_("it is not signed by the key it names")));
  if (verdict != 0)
    return TRUE;
  if (!kan_replay_act (kan_scratch_get_book (self->scratch), act, &readable, &why, error))
    return FALSE;
  if (why == NULL)
    return check_texts (self, act, error);
  add_fault (self, readable ? KAN_FAULT_RULE : KAN_FAULT_UNREADABLE, act->seq, act->subject, g_steal_pointer (&why));
  return TRUE;
}

static gboolean
replay_chunk (KanDb *db, gpointer data, GError **error)
{
  Verifier *self = data;
  Chunk *chunk = g_queue_peek_head (&self->flying);

  (void) db;
  for (guint i = 0; i < chunk->acts->len; i++)
    if (!replay_one (self, g_ptr_array_index (chunk->acts, i), chunk->verdicts[i], error))
      return FALSE;
  return TRUE;
}

/* Reads ahead until enough chunks fly; FALSE: the world failed. */
static gboolean
launch (Verifier *self, GError **error)
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
land (Verifier *self)
{
  Chunk *chunk = g_queue_peek_head (&self->flying);

  g_mutex_lock (&self->lock);
  while (!chunk->ready)
    g_cond_wait (&self->done, &self->lock);
  g_mutex_unlock (&self->lock);
}

static gboolean
report (Verifier *self, GError **error)
{
  if (self->options->progress == NULL ||
      self->options->progress (self->seq, self->verdict->head.seq, self->options->progress_data))
    return TRUE;
  g_set_error_literal (error, KAN_ERROR, KAN_ERROR_CANCELLED, _("verification was stopped"));
  return FALSE;
}

static gboolean
replay_to_head (Verifier *self, GError **error)
{
  for (;;)
    {
      gboolean fine;

      if (!launch (self, error))
        return FALSE;
      if (self->flying.length == 0)
        return TRUE;
      land (self);
      fine = kan_db_transaction (kan_book_get_db (kan_scratch_get_book (self->scratch)), replay_chunk, self, error);
      chunk_free (g_queue_pop_head (&self->flying));
      if (!fine || !report (self, error))
        return FALSE;
    }
}

/* --- comparing ------------------------------------------------------------------------------------------------ */

/* meta holds hints of this file; detached is checked by its digests; act is the chain itself. */
static gboolean
is_compared (const char *table)
{
  return strcmp (table, "meta") != 0 && strcmp (table, "detached") != 0 && strcmp (table, "act") != 0;
}

static char *
row_name (Verifier *self, const char *table, KanStmt *row)
{
  const KanRegister *reg = kan_book_find_register (self->book, table);

  if (reg != NULL && reg->prefix != NULL)
    return g_strdup_printf ("%s%s", reg->prefix, kan_stmt_text (row, 0));
  return g_strdup_printf ("%s %s", table, kan_stmt_text (row, 0));
}

static gboolean
same_cell (KanStmt *a, KanStmt *b, int column)
{
  return g_strcmp0 (kan_stmt_text (a, column), kan_stmt_text (b, column)) == 0;
}

/* The sum of the acts is right; what stands in the file and differs from it was not made by any of them. */
static void
compare_rows (Verifier *self, const char *table, KanStmt *stands, KanStmt *should)
{
  g_autofree char *name = row_name (self, table, should);

  for (int i = 0; i < kan_stmt_n_columns (should); i++)
    if (!same_cell (stands, should, i))
      {
        const char *is = kan_stmt_text (stands, i), *must = kan_stmt_text (should, i);

        add_fault (self, KAN_FAULT_PROJECTION, 0, name,
                   g_strdup_printf (_("%s.%s says “%s”, the signed entries say “%s”"), table, kan_stmt_name (should, i),
                                    is != NULL ? is : _("(none)"), must != NULL ? must : _("(none)")));
      }
}

/* -1: only stands, 1: only should be, 0: the same key */
static int
order_of (KanStmt *stands, gboolean has_stands, KanStmt *should, gboolean has_should, int n_keys)
{
  if (!has_stands || !has_should)
    return has_stands ? -1 : 1;
  for (int i = 0; i < n_keys; i++)
    {
      int order;

      if (kan_stmt_is_int (stands, i) && kan_stmt_is_int (should, i))
        order = (kan_stmt_int (stands, i) > kan_stmt_int (should, i)) - (kan_stmt_int (stands,
                                                                                       i) < kan_stmt_int (should, i));
      else
        order = g_strcmp0 (kan_stmt_text (stands, i), kan_stmt_text (should, i));
      if (order != 0)
        return order;
    }
  return 0;
}

static gboolean
compare_table (Verifier *self, const char *table, int n_keys, GError **error)
{
  g_autofree char *sql = g_strdup_printf (n_keys == 1 ? "SELECT * FROM %s ORDER BY 1" : n_keys == 2
                                          ? "SELECT * FROM %s ORDER BY 1, 2" : "SELECT * FROM %s ORDER BY 1, 2, 3",
                                            table);
  g_autoptr(KanStmt) stands = kan_db_prepare (self->book->db, sql, error);
  g_autoptr(KanStmt) should = stands != NULL ? kan_db_prepare (kan_book_get_db (kan_scratch_get_book (self->scratch)),
                                                               sql, error)
                              : NULL;
  g_autoptr(GError) failed = NULL;
  gboolean has_stands, has_should;

  if (should == NULL)
    return FALSE;
  has_stands = kan_stmt_step (stands, &failed);
  has_should = failed == NULL && kan_stmt_step (should, &failed);
  while (failed == NULL && (has_stands || has_should))
    {
      int order = order_of (stands, has_stands, should, has_should, n_keys);

      if (order == 0)
        compare_rows (self, table, stands, should);
      else
        {
          g_autofree char *name = row_name (self, table, order < 0 ? stands : should);

          add_fault (self, KAN_FAULT_PROJECTION, 0, name,
                     g_strdup_printf (order < 0 ? _("%s: a row that no signed entry made")
                                      : _("%s: the row is missing"), table));
        }
      if (order <= 0)
        has_stands = kan_stmt_step (stands, &failed);
      if (order >= 0 && failed == NULL)
        has_should = kan_stmt_step (should, &failed);
    }
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/* The latest clock reading lies among the hints of the file, but later acts are judged by it. */
static gboolean
compare_floor (Verifier *self, GError **error)
{
  gint64 stands = 0, should = kan_scratch_get_book (self->scratch)->floor;

  if (!kan_db_get_int (self->book->db, &stands, error, "SELECT value FROM meta WHERE key = 'floor'", ""))
    return FALSE;
  if (stands != should)
    {
      g_autofree char *is = kan_utc_format (stands), *must = kan_utc_format (should);

      add_fault (self, KAN_FAULT_PROJECTION, 0, NULL,
                 g_strdup_printf (_("%s.%s says “%s”, the signed entries say “%s”"), "meta", "floor", is, must));
    }
  return TRUE;
}

static gboolean
compare_all (Verifier *self, GError **error)
{
  KanDb *db = kan_book_get_db (kan_scratch_get_book (self->scratch));
  g_autoptr(GPtrArray) tables = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(KanStmt) stmt = kan_db_prepare (db, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name",
                                            error);

  while (stmt != NULL && kan_stmt_step (stmt, error))
    g_ptr_array_add (tables, g_strdup (kan_stmt_text (stmt, 0)));
  for (guint i = 0; stmt != NULL && i < tables->len; i++)
    {
      const char *table = g_ptr_array_index (tables, i);
      gint64 keys = 0;

      if (!is_compared (table))
        continue;
      if (!kan_db_get_int (db, &keys, error, "SELECT max(pk) FROM pragma_table_info (?)", "s", table) ||
          !compare_table (self, table, (int) CLAMP (keys, 1, 3), error))
        return FALSE;
    }
  return stmt != NULL;
}

static gboolean
compare_texts (Verifier *self, GError **error)
{
  g_autoptr(KanStmt) stmt = kan_db_prepare (self->book->db, "SELECT digest, salt, content FROM detached", error);
  g_autoptr(GError) failed = NULL;

  if (stmt == NULL)
    return FALSE;
  while (kan_stmt_step (stmt, &failed))
    {
      g_autofree char *digest = NULL;
      const guint8 *salt, *content;
      gsize salt_size = 0, size = 0;
      KanHasher hasher;
      KanHash hash;

      salt = kan_stmt_bytes (stmt, 1, &salt_size);
      content = kan_stmt_bytes (stmt, 2, &size);
      kan_hasher_init (&hasher, NULL);
      kan_hasher_update (&hasher, salt, salt_size);
      kan_hasher_update (&hasher, content, size);
      kan_hasher_finish (&hasher, &hash);
      digest = kan_hex (hash.bytes, sizeof hash.bytes);
      if (g_strcmp0 (digest, kan_stmt_text (stmt, 0)) != 0)
        add_fault (self, KAN_FAULT_TEXT, 0, NULL, g_strdup_printf (_("the text under %.12s… is not what was signed"),
                                                                  kan_stmt_text (stmt, 0)));
    }
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

static gboolean
judge_missing_texts (Verifier *self, GError **error)
{
  KanDb *db = kan_book_get_db (kan_scratch_get_book (self->scratch));

  for (guint i = 0; i < self->missing->len; i++)
    {
      const MissingText *missing = g_ptr_array_index (self->missing, i);
      gint64 removed = 0;

      if (!kan_db_get_int (db, &removed, error,
                           "SELECT count(*) FROM correction WHERE act = ? AND key = ? AND new IS NULL", "is",
                           missing->act, missing->key))
        return FALSE;
      if (removed > 0)
        self->verdict->n_removed_texts++;
      else
        add_fault (self, KAN_FAULT_TEXT, missing->act, missing->subject,
                   g_strdup_printf (_("its text “%s” is gone, and no entry removed it"), missing->key));
    }
  return TRUE;
}

/* --- the whole ------------------------------------------------------------------------------------------------ */

static gboolean
mark_known (Verifier *self, GError **error)
{
  for (guint i = 0; i < self->verdict->faults->len; i++)
    {
      KanFault *fault = g_ptr_array_index (self->verdict->faults, i);
      gint64 noted = 0;

      if (fault->seq > 0 && !kan_db_get_int (kan_book_get_db (kan_scratch_get_book (self->scratch)), &noted, error,
                                             "SELECT count(*) FROM note WHERE act = ?", "i", fault->seq))
        return FALSE;
      fault->known = noted > 0;
      if (fault->known)
        self->verdict->n_known++;
      else
        self->verdict->n_new++;
    }
  return TRUE;
}

static gboolean
read_anchor (Verifier *self, GError **error)
{
  if (self->options->anchor == NULL)
    return TRUE;
  if (!kan_anchor_parse (self->options->anchor, &self->anchor_seq, self->anchor))
    {
      g_set_error (error, KAN_ERROR, KAN_ERROR_USAGE, _("“%s” is no anchor: type it as it is printed"),
                   self->options->anchor);
      return FALSE;
    }
  if (self->anchor_seq > self->verdict->head.seq)
    add_fault (self, KAN_FAULT_HEAD, self->anchor_seq, NULL,
               g_strdup_printf (_("the chain ends at %" PRId64 ": entries that the anchor was printed from are gone"),
                                self->verdict->head.seq));
  return TRUE;
}

static gboolean
verify_all (Verifier *self, GError **error)
{
  if (!kan_ledger_get_head (self->book->db, &self->verdict->head, error) || !read_anchor (self, error) ||
      !replay_to_head (self, error))
    return FALSE;
  self->verdict->n_acts = self->seq;
  return compare_all (self, error) && compare_floor (self, error) && compare_texts (self, error) &&
    judge_missing_texts (self, error) &&
         mark_known (self, error);
}

/**
 * kan_book_verify:
 * @self: a book
 * @options: (nullable): what to compare with, how many threads, whom to tell; %NULL: nothing, all cores, nobody
 * @error: the world's; a file that does not hold is no error but a verdict
 *
 * Memory does not grow with the chain. A failing act has no effect; all are listed.
 *
 * Returns: (transfer full): what was found
 */
KanVerdict *
kan_book_verify (KanBook *self, const KanVerifyOptions *options, GError **error)
{
  g_autoptr(KanVerdict) verdict = g_new0 (KanVerdict, 1);
  g_autoptr(KanScratch) scratch = kan_scratch_new (self, error);
  g_autoptr(GPtrArray) missing = g_ptr_array_new_with_free_func ((GDestroyNotify) missing_free);
  static const KanVerifyOptions none = { 0 };
  Verifier verifier = { .book = self, .scratch = scratch, .verdict = verdict, .options = options != NULL ? options
                        : &none, .next = G_MININT64, .missing = missing };
  guint n_threads = verifier.options->n_threads > 0 ? verifier.options->n_threads : g_get_num_processors ();
  gboolean fine;

  verdict->faults = g_ptr_array_new_with_free_func ((GDestroyNotify) fault_free);
  if (scratch == NULL)
    return NULL;
  verifier.pool = g_thread_pool_new (check_chunk, &verifier, (gint) n_threads, FALSE, error);
  if (verifier.pool == NULL)
    return NULL;
  g_mutex_init (&verifier.lock);
  g_cond_init (&verifier.done);
  g_queue_init (&verifier.flying);
  fine = verify_all (&verifier, error);
  g_thread_pool_free (verifier.pool, FALSE, TRUE);
  g_queue_clear_full (&verifier.flying, (GDestroyNotify) chunk_free);
  g_cond_clear (&verifier.done);
  g_mutex_clear (&verifier.lock);
  return fine ? g_steal_pointer (&verdict) : NULL;
}
