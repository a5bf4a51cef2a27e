/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What has happened overtakes what waits. What waited only for those who took part takes effect then, as of its own
 * time and marked for want of them; what was still to be decided comes to nothing. */
#include "acts/kan-overtake.h"

#include "acts/kan-replay.h"
#include "acts/kan-undo.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
is_fact (const KanCase *c)
{
  return (c->kind->flags & KAN_FACT) != 0 && c->reg->prefix != NULL;
}

static void
adopt_error (KanCase *c, KanCase *pending)
{
  if (pending != NULL && pending->error != NULL && c->error == NULL)
    c->error = g_steal_pointer (&pending->error);
}

/* --- what takes effect ------------------------------------------------------------------------------------------- */

static const KanHand *
hand_of (const KanCase *pending, const char *capacity)
{
  for (const KanHand *hand = pending->kind->hands; hand != NULL && hand->as != NULL; hand++)
    if (strcmp (hand->as, capacity) == 0)
      return hand;
  return NULL;
}

/* The rule that is broken where this signature is not had; NULL: it decides. */
static const char *
rule_of (const KanCase *pending, const char *capacity)
{
  const KanHand *hand = hand_of (pending, capacity);

  return hand != NULL ? hand->lacking : NULL;
}

static gboolean
decides_nothing (const KanCase *pending, const GPtrArray *outstanding)
{
  for (guint i = 0; i < outstanding->len; i++)
    if (rule_of (pending, g_ptr_array_index (outstanding, i)) == NULL)
      return FALSE;
  return TRUE;
}

/* What cannot have followed upon it says otherwise: a failed erasure, the same recorded once more. */
static gboolean
follows (const KanCase *c, const KanCase *pending)
{
  g_auto(GStrv) from = g_strsplit (c->kind->from != NULL ? c->kind->from : "", "|", -1);

  return strcmp (pending->subject, c->subject) != 0 || g_strv_contains ((const char *const *) from, pending->kind->to);
}

/* Who was to sign it says that it was not so. */
static gboolean
is_disputed (KanCase *c, const KanCase *pending)
{
  gint64 n = 0;

  return c->error == NULL && kan_db_get_int (c->book->db, &n, &c->error,
                                             "SELECT count(*) FROM hand h WHERE act = ? AND verdict IN ('refused',"
                                             " 'asked_back') AND NOT EXISTS (SELECT 1 FROM hand g WHERE g.act = h.act"
                                             " AND g.capacity = h.capacity AND g.verdict = 'given')", "i",
                                             pending->seq) && n > 0;
}

/* The act that waits on the record and takes effect as it is overtaken; NULL: none does. */
static KanCase *
find_overtaken (KanCase *c, const char *subject, GPtrArray **outstanding)
{
  g_autoptr(KanCase) pending = kan_case_pending (c, subject);

  if (pending == NULL || pending->seq == c->seq || pending->kind->to == NULL || !follows (c, pending) ||
      is_disputed (c, pending))
    return NULL;
  *outstanding = kan_hands_outstanding (pending, 0, NULL);
  if (decides_nothing (pending, *outstanding))
    return g_steal_pointer (&pending);
  adopt_error (c, pending);
  g_clear_pointer (outstanding, g_ptr_array_unref);
  return NULL;
}

/**
 * kan_judge_overtaken:
 * @c: a fact about to be signed
 * @subject: a record on which it overtakes what waits
 *
 * Marks each signature that will not be had.
 *
 * Returns: whether something waits there that takes effect without
 */
gboolean
kan_judge_overtaken (KanCase *c, const char *subject)
{
  g_autoptr(GPtrArray) outstanding = NULL;
  g_autoptr(KanCase) pending = is_fact (c) ? find_overtaken (c, subject, &outstanding) : NULL;

  for (guint i = 0; pending != NULL && i < outstanding->len; i++)
    {
      const char *capacity = g_ptr_array_index (outstanding, i);

      kan_breach (c, rule_of (pending, capacity), NULL,
                  _("%s is not signed yet by: %s\nhave it signed first, or say why that cannot be"), subject,
                  kan_capacity_label (c->book, pending->kind->id, capacity, kan_speaks_japanese ()));
    }
  return pending != NULL;
}

/**
 * kan_judge_overtaken_beside:
 * @c: an act about to be signed or to take effect
 *
 * As kan_judge_overtaken(), of the records that its answers name.
 */
void
kan_judge_overtaken_beside (KanCase *c)
{
  const char **subjects = c->kind->overtakes != NULL ? kan_answer_list (c, c->kind->overtakes) : NULL;

  for (; subjects != NULL && *subjects != NULL; subjects++)
    kan_judge_overtaken (c, *subjects);
}

/* --- taking effect ----------------------------------------------------------------------------------------------- */

/* Whoever has not signed the entry may do so afterwards: that puts right what @c is marked for. */
static void
open_lacking (KanCase *c, KanCase *pending, const KanHand *hand)
{
  kan_run (c, "INSERT INTO shortfall (state, made, changed, about, act, rule, question, signer)"
           " VALUES ('open', ?, ?, ?, ?, ?, ?, ?)", "iisissi", c->seq, c->seq, c->subject, pending->seq, hand->lacking,
           hand->person, kan_answer_ref (pending, hand->person));
}

/* Its entry has led there, and no other's hand. */
static void
complete_without (KanCase *c, KanCase *pending, const GPtrArray *outstanding)
{
  if (kan_judge (pending, KAN_STAGE_LAST_HAND))
    {
      kan_run (pending, "DELETE FROM pending WHERE subject = ?", "s", pending->subject);
      kan_run (pending, "UPDATE step SET after = ? WHERE seq = ?", "si", pending->kind->to, pending->seq);
      kan_complete (pending);
      for (guint i = 0; i < outstanding->len; i++)
        open_lacking (c, pending, hand_of (pending, g_ptr_array_index (outstanding, i)));
    }
  adopt_error (c, pending);
}

/* As it stood before, which is where @c finds it; what was to be made stays what it is. */
static void
come_to_nothing (KanCase *c, const char *subject)
{
  g_autoptr(KanCase) pending = kan_case_pending (c, subject);
  g_autofree char *sql = NULL;

  if (pending != NULL && !pending->creating && pending->reg->prefix != NULL && pending->kind->wait != NULL)
    {
      sql = g_strdup_printf ("UPDATE %s SET state = ifnull((SELECT before FROM pending WHERE subject = ?), state)"
                             " WHERE id = ?", pending->reg->id);
      kan_run (c, sql, "si", subject, pending->id);
    }
  kan_run (c, "DELETE FROM pending WHERE subject = ?", "s", subject);
  adopt_error (c, pending);
}

static void
overtake (KanCase *c, const char *subject)
{
  g_autoptr(GPtrArray) outstanding = NULL;
  g_autoptr(KanCase) pending = find_overtaken (c, subject, &outstanding);

  if (pending != NULL)
    complete_without (c, pending, outstanding);
  else
    come_to_nothing (c, subject);
}

/**
 * kan_overtake:
 * @c: an admitted act
 *
 * What waits on its record comes to its end, where the act is a fact.
 */
void
kan_overtake (KanCase *c)
{
  if (is_fact (c))
    overtake (c, c->subject);
}

/**
 * kan_overtake_beside:
 * @c: an act that takes effect
 *
 * What waits on the records that its answers name comes to its end, where its kind says so.
 */
void
kan_overtake_beside (KanCase *c)
{
  const char **subjects = c->kind->overtakes != NULL ? kan_answer_list (c, c->kind->overtakes) : NULL;

  for (; subjects != NULL && *subjects != NULL; subjects++)
    overtake (c, *subjects);
}

static gboolean
is_lacking_in (const KanRegister *reg, const char *rule)
{
  for (const KanKind *kind = reg != NULL ? reg->kinds : NULL; kind != NULL && kind->id != NULL; kind++)
    for (const KanHand *hand = kind->hands; hand != NULL && (hand->as != NULL || hand->role != NULL); hand++)
      if (g_strcmp0 (hand->lacking, rule) == 0)
        return TRUE;
  return FALSE;
}

/* Whether a signature is wanting of what it overtakes. */
static gboolean
is_of_overtaken (const KanCase *c, const char *rule)
{
  const KanAsk *ask = c->kind->overtakes != NULL ? kan_case_find_ask (c, c->kind->overtakes) : NULL;

  return (is_fact (c) && c->kind->from != NULL && is_lacking_in (c->reg, rule)) ||
         (ask != NULL && is_lacking_in (kan_book_find_register (c->book, kan_ask_find_field (c->reg, ask)->of), rule));
}

/**
 * kan_open_mark:
 * @c: an act that takes effect
 * @rule: by which it is marked
 *
 * Opens its shortfall (不備), but for a signature: where that is wanting still, what was overtaken has opened it; given
 * before @c took effect, it is put right already.
 */
void
kan_open_mark (KanCase *c, const char *rule)
{
  if (!is_of_overtaken (c, rule))
    kan_open_shortfall (c, rule, NULL);
  else
    kan_run (c, "INSERT INTO shortfall (state, made, changed, about, act, rule) SELECT 'closed', ?1, ?1, ?2, ?1, ?3"
             " WHERE NOT EXISTS (SELECT 1 FROM shortfall WHERE made = ?1 AND rule = ?3)", "iss", c->seq, c->subject,
             rule);
}

/* --- looking ahead ----------------------------------------------------------------------------------------------- */

static gboolean
waits_there (KanCase *c, const char *subject)
{
  gint64 n = 0;

  return c->error == NULL && kan_db_get_int (c->book->db, &n, &c->error,
                                             "SELECT count(*) FROM pending WHERE subject = ? AND act <> ?", "si",
                                             subject, c->seq) && n > 0;
}

static gboolean
overtakes_anything (KanCase *c)
{
  const char **subjects = c->kind->overtakes != NULL ? kan_answer_list (c, c->kind->overtakes) : NULL;
  gboolean found = is_fact (c) && waits_there (c, c->subject);

  for (; !found && subjects != NULL && *subjects != NULL; subjects++)
    found = waits_there (c, *subjects);
  return found;
}

typedef struct { KanCase *c; KanLookFunc look; gpointer data; } Looking;

static gboolean
overtake_and_look (KanDb *db, gpointer data, GError **error)
{
  Looking *looking = data;
  KanCase *c = looking->c;

  (void) db;
  (void) error;
  if (c->stage != KAN_STAGE_LAST_HAND)
    kan_overtake (c);
  kan_overtake_beside (c);
  if (c->error == NULL)
    looking->look (c, looking->data);
  return FALSE;
}

static void
look_and_undo (Looking *looking, GError **error)
{
  KanBook *book = looking->c->book;

  if (book->replaying)
    kan_undo_after (book->db, overtake_and_look, looking, error);
  else if (kan_db_transaction (book->db, overtake_and_look, looking, error))
    g_assert_not_reached ();
}

/**
 * kan_look_overtaken:
 * @c: an act that is filled or judged
 * @look: looks
 * @data: for @look
 *
 * Calls back over the registers as they are once what the act overtakes has come to its end; afterwards they are as
 * before. A book that is replayed keeps no journal that would undo it; of a file that cannot be written it is a copy.
 */
void
kan_look_overtaken (KanCase *c, KanLookFunc look, gpointer data)
{
  Looking looking = { c, look, data };
  gint64 n_lost = c->book->n_lost, n_undrawn = c->book->n_undrawn;
  KanDb *own = c->book->db;
  g_autoptr(GError) failed = NULL;

  if (!overtakes_anything (c))
    {
      look (c, data);
      return;
    }
  c->book->db = kan_db_is_read_only (own) ? kan_book_get_copy (c->book, &failed) : own;
  if (c->book->db != NULL)
    look_and_undo (&looking, &failed);
  c->book->db = own;
  c->book->n_lost = n_lost;
  c->book->n_undrawn = n_undrawn;
  if (c->error == NULL)
    c->error = g_steal_pointer (&failed);
}
