/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Repairs: rows made anew where somebody wrote past the acts, and a tail that was not signed as it must be set aside.
 * Both are acts of record; valid acts are never removed. */
#include "acts/kan-repair.h"

#include "acts/kan-verify-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#define REBUILD "ledger.rebuild"
#define REJECT "ledger.reject"
#define CHUNK 256

/* --- what holds ----------------------------------------------------------------------------------------------- */

/* Ever: the entry may be the one that ended the key. */
static gboolean
key_is_named (KanBook *book, const KanAct *act, gboolean *named, GError **error)
{
  g_autofree char *hex = kan_hex (act->key, sizeof act->key);
  gint64 n = 0;

  if (!kan_db_get_int (book->db, &n, error, "SELECT count(*) FROM key WHERE person = ? AND sign_key = ?", "is",
                       act->actor, hex))
    return FALSE;
  *named = n > 0;
  return TRUE;
}

/* Who brings a key of their own is judged: no register names it yet. */
static gboolean
claim_is_admitted (KanBook *book, const KanAct *act, gboolean *admitted, GError **error)
{
  const KanKind *kind = act->kind != NULL ? kan_book_find_kind (book, act->kind, NULL) : NULL;
  gboolean claims = kind != NULL && (kind->flags & KAN_CLAIMS) != 0;
  g_autoptr(KanCase) c = claims ? kan_case_new_for_act (book, act, NULL) : NULL;

  *admitted = FALSE;
  if (c == NULL)
    return TRUE;
  if (!kan_judge (c, KAN_STAGE_SIGN))
    {
      g_propagate_error (error, g_steal_pointer (&c->error));
      return FALSE;
    }
  *admitted = kan_case_admissible (c);
  return TRUE;
}

static gboolean
is_signed (KanBook *book, const KanAct *act, const KanAct *before)
{
  gboolean follows = before == NULL ? act->seq == 1 : act->seq == before->seq + 1 &&
    memcmp (&act->prev, &before->hash, sizeof act->prev) == 0;

  return follows && kan_act_hash_holds (act, book->file_id) && kan_act_signature_holds (act);
}

/**
 * kan_book_head_holds:
 * @self: a book
 * @holds: (out): whether the last act is what was signed, follows the one before it, and its key is its actor's
 * @error: return location
 *
 * Asked before anything is chained after it.
 */
gboolean
kan_book_head_holds (KanBook *self, gboolean *holds, GError **error)
{
  g_autoptr(KanAct) head = NULL;
  g_autoptr(GError) failed = NULL;

  if (!kan_ledger_head_holds (self->chain, self->file_id, holds, error))
    return FALSE;
  head = *holds ? kan_ledger_get_upto (self->chain, G_MAXINT64, &failed) : NULL;
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  return head == NULL || key_is_named (self, head, holds, error);
}

/* Backwards from the head to the last entry that holds, by the registers as they stand: what follows it is the tail. */
static gboolean
find_tail (KanBook *self, KanTail *tail, GError **error)
{
  g_autoptr(GError) failed = NULL;
  g_autoptr(KanAct) act = kan_ledger_get_upto (self->chain, G_MAXINT64, &failed);
  guint n = 0;

  memset (tail, 0, sizeof *tail);
  while (act != NULL && failed == NULL)
    {
      g_autoptr(KanAct) before = kan_ledger_get_upto (self->chain, act->seq - 1, &failed);
      gboolean holds = failed == NULL && is_signed (self, act, before);

      if (holds && !key_is_named (self, act, &holds, &failed))
        break;
      if (holds)
        break;
      n++;
      kan_act_free (act);
      act = g_steal_pointer (&before);
    }
  if (failed == NULL)
    return n == 0 || kan_tail_read (self->chain, self->file_id, act != NULL ? act->seq + 1 : 1, tail, error);
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/* Each entry set aside in turn, by registers that know nothing of any: the first that holds after all; 0: none does. */
static gboolean
find_valid (KanBook *book, KanDb *rejected, const char *digest, const KanAct *last, gint64 *seq, GError **error)
{
  g_autoptr(GPtrArray) kept = NULL;

  *seq = 0;
  for (gint64 next = G_MININT64;;)
    {
      g_autoptr(GPtrArray) acts = kan_tail_read_acts (rejected, digest, next, CHUNK, error);

      if (acts == NULL || acts->len == 0)
        return acts != NULL;
      for (guint i = 0; i < acts->len; i++)
        {
          const KanAct *act = g_ptr_array_index (acts, i);
          gboolean holds = is_signed (book, act, last), named = FALSE;

          if (holds && (!key_is_named (book, act, &named, error) ||
                        (!named && !claim_is_admitted (book, act, &named, error))))
            return FALSE;
          if (holds && named)
            {
              *seq = act->seq;
              return TRUE;
            }
          last = act;
        }
      if (last->seq == G_MAXINT64)
        return TRUE;
      next = last->seq + 1;
      g_clear_pointer (&kept, g_ptr_array_unref);
      kept = g_steal_pointer (&acts);
    }
}

/* --- while it is admitted ------------------------------------------------------------------------------------- */

static gboolean
count_differences (KanBook *self, gint64 *n, GError **error)
{
  g_autoptr(KanVerdict) verdict = kan_book_verify (self, NULL, error);

  *n = verdict != NULL ? verdict->n_differing : 0;
  return verdict != NULL;
}

/* The tail goes before the replay, which knows nothing of it; rows are counted against what the acts add up to. */
static gboolean
remake (KanBook *self, KanFinding *finding, GError **error)
{
  const KanVerifyOptions options = { 0 };
  g_autoptr(KanScratch) scratch = NULL;
  g_autoptr(KanVerdict) verdict = NULL;

  if (finding->tail.count > 0 && !kan_tail_set_aside (self->db, &finding->tail, error))
    return FALSE;
  verdict = kan_book_verify_keeping (self, &options, &scratch, error);
  if (verdict == NULL || !kan_book_remake (self, scratch, error))
    return FALSE;
  finding->differences = verdict->n_differing;
  return TRUE;
}

/**
 * kan_repair_prepare:
 * @self: a book, in the transaction that admits the act
 * @kind: a kind that rebuilds
 * @finding: (out): what was found; the book borrows it until the act is admitted
 * @error: return location
 *
 * Looks, sets aside what is to be set aside, and makes the projections anew: the act is judged by them.
 */
gboolean
kan_repair_prepare (KanBook *self, const KanKind *kind, KanFinding *finding, GError **error)
{
  g_autoptr(KanAct) last = NULL;
  g_autoptr(GError) failed = NULL;

  memset (finding, 0, sizeof *finding);
  if ((strcmp (kind->id, REJECT) == 0 && !find_tail (self, &finding->tail, error)) || !remake (self, finding, error))
    return FALSE;
  self->finding = finding;
  if (finding->tail.count == 0)
    return TRUE;
  last = kan_ledger_get_upto (self->db, G_MAXINT64, &failed);
  if (failed == NULL)
    return find_valid (self, self->db, finding->tail.digest, last, &finding->holds, error);
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/* --- declarations --------------------------------------------------------------------------------------------- */

static void
rebuild_fill (KanCase *c)
{
  gint64 n = 0;

  if (c->book->finding != NULL)
    kan_fill_n (c, "differences", c->book->finding->differences);
  else if (c->error == NULL && count_differences (c->book, &n, &c->error))
    kan_fill_n (c, "differences", n);
}

static void
rebuild_check (KanCase *c)
{
  if (kan_answer_n (c, "differences") < 1)
    kan_refuse (c, KAN_NOTHING_TO_DO, NULL,
                _("Every row is what the entries add up to\nthere is nothing to make anew"));
}

static void
reject_fill (KanCase *c)
{
  KanTail tail = { 0 };

  if (c->book->finding != NULL)
    tail = c->book->finding->tail;
  else if (c->error == NULL && !find_tail (c->book, &tail, &c->error))
    return;
  kan_fill_n (c, "from_seq", tail.from_seq);
  kan_fill_n (c, "count", tail.count);
  kan_fill_text (c, "digest", tail.count > 0 ? tail.digest : NULL);
}

/* What was set aside in truth is no question of the rules: verification compares it, and names who lied. */
static void
reject_check (KanCase *c)
{
  const char *digest = kan_answer (c, "digest");
  const KanFinding *finding = c->book->finding;

  if (kan_answer_n (c, "count") < 1)
    kan_refuse (c, KAN_NOTHING_TO_DO, NULL, _("The last entry is what was signed\n"
                                              "there is nothing to set aside"));
  else if (kan_answer_n (c, "from_seq") < 2 || digest == NULL || strlen (digest) != 2 * KAN_HASH_SIZE ||
           strspn (digest, "0123456789abcdef") != 2 * KAN_HASH_SIZE)
    kan_refuse (c, KAN_MISMATCH, NULL, _("Such a tail cannot be set aside"));
  else if (finding != NULL && finding->holds > 0)
    kan_refuse (c, KAN_NOTHING_TO_DO, NULL,
                _("Entry %" PRId64 " was signed as it must be and is not set aside\n"
                  "make the registers anew first\n"
                  "make the registers anew first (ledger.rebuild)"), finding->holds);
}

static const KanField fields[] = {
  { .id = "differences", .label = L ("Rows that differed", "相違した行数"), .type = KAN_COUNT, .flags = KAN_LISTED,
    .width = 6 },
  { .id = "from_seq", .label = L ("Set aside from entry", "除外の始まり（処理番号）"), .type = KAN_COUNT,
    .of = "entry", .flags = KAN_LISTED, .width = 8 },
  { .id = "count", .label = L ("Entries set aside", "除外した件数"), .type = KAN_COUNT, .flags = KAN_LISTED, .width = 6 },
  { .id = "digest", .label = L ("Digest of what was set aside", "除外した記録の要約値"), .type = KAN_CODE,
    .flags = KAN_NAME | KAN_EXEMPT, .width = 16 },
  { .id = "reason", .label = L ("Reason", "理由"), .type = KAN_LINES, .width = 20 },
  { 0 }
};

static const KanState states[] = {
  { "waiting",    L ("Waiting", "決裁待ち") },
  { "done",       L ("Done", "実施済") },
  { "refused",    L ("Refused", "却下") },
  { "asked_back", L ("Asked back", "差戻し") },
  { "withdrawn",  L ("Withdrawn", "取下げ") },
  { "void",       L ("Void", "取消") },
  { 0 }
};

static const KanAsk asks_rebuild[] = {
  { .key = "reason", .page = L ("Registers", "登録簿"), .must = TRUE }, { .key = "differences", .fill = KAN_FILL_ALWAYS },
  { 0 }
};
static const KanAsk asks_reject[] = {
  { .key = "reason", .page = L ("Entries", "処理記録"), .must = TRUE },
  { .key = "from_seq", .fill = KAN_FILL_ALWAYS }, { .key = "count", .fill = KAN_FILL_ALWAYS },
  { .key = "digest", .fill = KAN_FILL_ALWAYS }, { 0 }
};

static const KanKind kinds[] = {
  { .id = REBUILD, .title = L ("Make the registers anew", "登録簿の再作成"), .article = "20", .may = KAN_MANAGERS,
    .to = "done",
    .asks = asks_rebuild, .strength = KAN_STRICT, .flags = KAN_REBUILDS | KAN_FINAL | KAN_MENDS, .fill = rebuild_fill,
    .check = rebuild_check },
  { .id = REJECT, .title = L ("Set unsigned entries aside", "不正な末尾の除外"), .article = "20", .may = KAN_MANAGERS,
    .wait = "waiting", .to = "done", .asks = asks_reject, .strength = KAN_STRICT,
    .flags = KAN_POWER | KAN_REBUILDS | KAN_FINAL | KAN_MENDS, .fill = reject_fill, .check = reject_check },
  { 0 }
};

const KanRegister kan_repair_register = {
  .id = "repair", .prefix = "Z", .article = "20", .title = L ("Repairs of the file", "復旧記録簿"),
  .fields = fields, .states = states, .kinds = kinds,
};

/* --- while verifying ------------------------------------------------------------------------------------------ */

/**
 * kan_repair_examine:
 * @replayed: the book that replays, as it stood before @act
 * @act: the next act, signed as it must be
 * @tell: told where it set aside an entry that holds
 * @data: for @tell
 * @error: return location
 *
 * Two dishonest officers could otherwise make a valid entry go away.
 */
gboolean
kan_repair_examine (KanBook *replayed, const KanAct *act, KanRepairFunc tell, gpointer data, GError **error)
{
  g_autoptr(KanBody) body = g_strcmp0 (act->kind, REJECT) == 0 ? kan_body_decode (act->body, act->body_size, NULL)
    : NULL;
  const char *digest = body != NULL ? kan_body_get_text (body, "digest") : NULL;
  g_autoptr(KanAct) last = NULL;
  g_autoptr(GError) failed = NULL;
  g_autofree char *found = NULL;
  gint64 seq = 0;

  if (digest == NULL)
    return TRUE;
  last = kan_ledger_get_upto (replayed->chain, CLAMP (kan_body_get_int (body, "from_seq"), 1, act->seq) - 1, &failed);
  if (failed != NULL || !find_valid (replayed, replayed->chain, digest, last, &seq, &failed))
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (seq == 0)
    return TRUE;
  found = g_strdup_printf ("holds %" PRId64, seq);
  tell (act->seq, act->subject, found,
        g_strdup_printf (_("entry %" PRId64 ", which it set aside, was signed as it must be"), seq), data);
  return TRUE;
}

static gboolean
compare_one (KanBook *replayed, KanStmt *repair, KanRepairFunc tell, gpointer data, GError **error)
{
  g_autofree char *subject = g_strdup_printf ("%s%" PRId64, kan_repair_register.prefix, kan_stmt_int (repair, 1));
  gint64 count = kan_stmt_int (repair, 2);
  const char *digest = kan_stmt_text (repair, 3);
  g_autofree char *found = NULL;
  char *what = NULL;
  KanTail tail;

  if (!kan_tail_read_rejected (replayed->chain, replayed->file_id, digest, &tail, error))
    return FALSE;
  if (tail.count != count)
    what = g_strdup_printf (_("it set aside %" PRId64 " entries, %" PRId64 " are kept"), count, tail.count);
  else if (g_strcmp0 (tail.digest, digest) != 0)
    what = g_strdup (_("the entries that it set aside are not what was signed for"));
  if (what == NULL)
    return TRUE;
  found = g_strdup_printf ("%" PRId64 " %s", tail.count, tail.digest);
  tell (kan_stmt_int (repair, 0), subject, found, what, data);
  return TRUE;
}

/* Rows among those set aside that no act answers for. */
static gboolean
compare_rest (KanBook *replayed, GHashTable *answered, KanRepairFunc tell, gpointer data, GError **error)
{
  g_autoptr(KanStmt) stmt = kan_db_prepare (replayed->chain, "SELECT tail, count(*), min(seq) FROM rejected"
                                            " GROUP BY tail", error);
  g_autoptr(GError) failed = NULL;

  if (stmt == NULL)
    return FALSE;
  while (kan_stmt_step (stmt, &failed))
    if (!g_hash_table_contains (answered, kan_stmt_text (stmt, 0)))
      {
        g_autofree char *found = g_strdup_printf ("%s %" PRId64, kan_stmt_text (stmt, 0), kan_stmt_int (stmt, 1));

        tell (0, NULL, found, g_strdup_printf (_("%" PRId64 " entries, from %" PRId64 " on, lie among those set aside,"
                                                 " and no entry set them aside"), kan_stmt_int (stmt, 1),
                                               kan_stmt_int (stmt, 2)), data);
      }
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/**
 * kan_repair_compare:
 * @replayed: the book that replayed the whole chain
 * @tell: told of each act whose entries set aside are missing or altered, and of entries that no act set aside
 * @data: for @tell
 * @error: return location
 */
gboolean
kan_repair_compare (KanBook *replayed, KanRepairFunc tell, gpointer data, GError **error)
{
  g_autoptr(GHashTable) answered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(KanStmt) stmt = NULL;
  g_autoptr(GError) failed = NULL;

  /* a registry of its own may do without */
  if (kan_book_find_register (replayed, kan_repair_register.id) == NULL)
    return compare_rest (replayed, answered, tell, data, error);
  stmt = kan_db_prepare (replayed->db, "SELECT made, id, count, digest FROM repair"
                         " WHERE state = 'done' AND digest IS NOT NULL ORDER BY id", error);
  if (stmt == NULL)
    return FALSE;
  while (kan_stmt_step (stmt, &failed))
    {
      g_hash_table_add (answered, g_strdup (kan_stmt_text (stmt, 3)));
      if (!compare_one (replayed, stmt, tell, data, error))
        return FALSE;
    }
  if (failed == NULL)
    return compare_rest (replayed, answered, tell, data, error);
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}
