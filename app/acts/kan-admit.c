/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one place that appends acts: judged, signed, appended and applied in one transaction, cosigners included. */
#include "acts/kan-draft-private.h"
#include "acts/kan-indexes.h"
#include "acts/kan-repair.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  KanBook         *book;
  KanDraft        *draft;
  const KanSigner *signer, *cosigners;
  guint            n_cosigners;
  gint64           at;
  KanOutcome      *outcome;
  KanFinding       finding;     /* for an act that rebuilds */
} Admission;

static KanOutcome *
outcome_new (void)
{
  KanOutcome *self = g_new0 (KanOutcome, 1);

  self->refusals = g_ptr_array_new_with_free_func ((GDestroyNotify) kan_refusal_free);
  self->waiting_for = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * kan_outcome_free:
 * @self: (nullable): an outcome
 */
void
kan_outcome_free (KanOutcome *self)
{
  if (self == NULL)
    return;
  g_free (self->subject);
  g_ptr_array_unref (self->refusals);
  g_ptr_array_unref (self->waiting_for);
  g_free (self);
}

static gboolean
put_texts (KanDraft *draft, GError **error)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, draft->texts);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const KanDetached *detached = value;

      if (!kan_db_run (draft->book->db, error, "INSERT INTO detached (digest, salt, content) VALUES (?, ?, ?)", "sbs",
                       detached->digest, detached->salt, sizeof detached->salt, detached->content))
        return FALSE;
    }
  return TRUE;
}

static KanAct *
act_from_case (const KanCase *c, const KanSigner *signer, const KanHead *head)
{
  KanAct *act = kan_act_new ();

  act->seq = head->seq + 1;
  act->at = g_strdup (c->at);
  act->actor = signer->person;
  act->session = g_strdup (signer->session);
  act->kind = g_strdup (c->kind->id);
  act->subject = g_strdup (c->subject);
  act->happened_at = c->happened ? g_strdup (c->when) : NULL;
  act->body = kan_body_encode (c->body, &act->body_size);
  act->prev = head->hash;
  kan_act_sign (act, c->book->file_id, signer->keys);
  return act;
}

/* TRUE: appended, or refused with sentences in the outcome; FALSE: the world failed. */
static gboolean
sign_one (Admission *self, KanDraft *draft, const KanSigner *signer, gboolean *refused, GError **error)
{
  g_autoptr(KanCase) c = NULL;
  g_autoptr(KanAct) act = NULL;
  KanHead head;

  /* where a hand follows its act at once, all is kept that everything replayed would be compared with */
  if (((draft->kind->flags & KAN_RELIES) != 0 && !kan_book_save_floor (self->book, error)) ||
      !kan_draft_check_record (draft, error))
    return FALSE;
  draft->session = signer->session;
  c = kan_draft_case (draft, signer->person, kan_keys_get_sign (signer->keys), self->at, KAN_STAGE_SIGN, error);
  draft->session = NULL;
  if (c == NULL || !kan_ledger_get_head (self->book->db, &head, error) ||
      (draft == self->draft && self->n_cosigners == 0 && !kan_hands_check_whole (c, error)))
    return FALSE;
  *refused = !kan_case_admissible (c);
  while (c->refusals->len > 0 && *refused)
    g_ptr_array_add (self->outcome->refusals, g_ptr_array_steal_index (c->refusals, 0));
  if (*refused)
    return TRUE;
  act = act_from_case (c, signer, &head);
  c->seq = act->seq;
  if (!put_texts (draft, error) || !kan_ledger_append (self->book->db, act, error))
    return FALSE;
  if (!kan_apply (c))
    {
      g_propagate_error (error, g_steal_pointer (&c->error));
      return FALSE;
    }
  g_free (draft->subject);
  draft->subject = g_strdup (c->subject);
  if (self->outcome->subject == NULL)
    {
      self->outcome->seq = act->seq;
      self->outcome->subject = g_strdup (c->subject);
    }
  return TRUE;
}

/* A newer program's first act is preceded by the adoption of its rules. */
static gboolean
adopt_edition (Admission *self, gboolean *refused, GError **error)
{
  /* who brings a key of their own cannot sign with it yet: the officer who identified them adopts */
  const KanSigner *signer = (self->draft->kind->flags & KAN_CLAIMS) != 0 && self->n_cosigners > 0 ? self->cosigners
    : self->signer;

  while (self->book->edition < self->book->program_edition && (self->draft->kind->flags & KAN_INTERNAL) == 0)
    {
      g_autofree char *next = g_strdup_printf ("%u", self->book->edition + 1);
      g_autoptr(KanDraft) draft = kan_draft_new (self->book, "edition.adopt", "F1", error);
      gboolean fine;

      if (draft == NULL)
        return FALSE;
      kan_draft_set (draft, "edition", next);
      fine = sign_one (self, draft, signer, refused, error);
      g_clear_pointer (&self->outcome->subject, g_free);
      if (!fine || *refused)
        return fine;
    }
  return TRUE;
}

/* The act took effect already: nobody is told of a record that is not kept. */
static gboolean
refuse_second (Admission *self, gboolean *refused, GError **error)
{
  g_autoptr(GPtrArray) given = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GError) failed = NULL;
  g_autoptr(KanStmt) stmt = kan_db_query (self->book->db, &failed, "SELECT capacity FROM hand WHERE act = ?"
                                          " AND verdict = 'given' ORDER BY seq, capacity", "i", self->outcome->seq);

  *refused = TRUE;
  while (stmt != NULL && kan_stmt_step (stmt, &failed))
    g_ptr_array_add (given, g_strdup (kan_stmt_text (stmt, 0)));
  g_ptr_array_add (self->outcome->refusals,
                   kan_refusal_new (KAN_NOTHING_TO_DO, "with",
                                    kan_no_hand_wanted (self->book, self->draft->kind->id, given)));
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

static gboolean
cosign (Admission *self, const KanSigner *cosigner, gboolean *refused, GError **error)
{
  g_autoptr(KanDraft) hand = kan_draft_new (self->book, "hand.give", self->outcome->subject, error);
  guint before = self->outcome->refusals->len;
  gint64 waits = 0;

  if (hand == NULL || !kan_db_get_int (self->book->db, &waits, error, "SELECT count(*) FROM pending WHERE subject = ?",
                                       "s", self->outcome->subject))
    return FALSE;
  if (waits == 0)
    return refuse_second (self, refused, error);
  if (self->at < self->book->floor)
    kan_draft_set (hand, KAN_KEY_CLOCK, "behind");
  if (!sign_one (self, hand, cosigner, refused, error))
    return FALSE;
  for (guint i = before; i < self->outcome->refusals->len; i++)
    {
      KanRefusal *refusal = g_ptr_array_index (self->outcome->refusals, i);

      g_free (refusal->key);
      refusal->key = g_strdup ("with");
    }
  return TRUE;
}

static gboolean
wait_for_rest (Admission *self, GError **error)
{
  g_autoptr(KanAct) act = kan_ledger_get (self->book->chain, self->outcome->seq, error);
  g_autoptr(KanCase) c = act != NULL ? kan_case_new_for_act (self->book, act, error) : NULL;
  g_autoptr(KanCase) pending = c != NULL ? kan_case_pending (c, self->outcome->subject) : NULL;

  if (c == NULL)
    return FALSE;
  if (pending == NULL)
    return TRUE;
  g_ptr_array_unref (self->outcome->waiting_for);
  self->outcome->waiting_for = kan_hands_outstanding (pending, 0, NULL);
  if (!kan_hands_check_whole (pending, error))
    return FALSE;
  g_ptr_array_extend_and_steal (self->outcome->refusals, g_steal_pointer (&pending->refusals));
  return self->outcome->refusals->len == 0;
}

/* Whether the registers are what somebody can be judged by. */
static gboolean
is_judgeable (KanBook *book, GError **error)
{
  if (!kan_book_is_doubtful (book))
    return kan_book_check_indexes (book, error);
  g_set_error_literal (error, KAN_ERROR, KAN_ERROR_DAMAGED,
                       _("the registers say what no signed entry says, and nothing is judged by them: verify the file; "
                         "ledger.rebuild makes the registers anew"));
  return FALSE;
}

static gboolean
check_head (KanBook *book, GError **error)
{
  gboolean holds = FALSE;

  if (!kan_book_head_holds (book, &holds, error))
    return FALSE;
  if (!holds)
    g_set_error_literal (error, KAN_ERROR, KAN_ERROR_DAMAGED,
                         _("the last entry is not what was signed, and nothing is chained after it: verify the file; "
                           "two persons set unsigned entries aside with ledger.reject, ledger.rebuild makes the "
                           "registers anew"));
  return holds;
}

static gboolean
admit_all (KanDb *db, gpointer data, GError **error)
{
  Admission *self = data;
  gboolean refused = FALSE;

  (void) db;
  if ((self->draft->kind->flags & KAN_REBUILDS) != 0
      ? !kan_repair_prepare (self->book, self->draft->kind, &self->finding, error)
      : !is_judgeable (self->book, error))
    return FALSE;
  if (!check_head (self->book, error) || !adopt_edition (self, &refused, error) || refused)
    return FALSE;
  if (!sign_one (self, self->draft, self->signer, &refused, error) || refused)
    return FALSE;
  for (guint i = 0; i < self->n_cosigners; i++)
    if (!cosign (self, &self->cosigners[i], &refused, error) || refused)
      return FALSE;
  return kan_book_save_floor (self->book, error) && wait_for_rest (self, error);
}

/**
 * kan_book_admit:
 * @self: a book
 * @draft: what is to be signed; is given its subject
 * @signer: who signs
 * @cosigners: (array length=n_cosigners): whose hands are given in the same transaction
 * @n_cosigners: how many
 * @at: the clock as read, seconds of UTC
 * @error: return location
 *
 * Returns: (transfer full): the outcome: refusals and nothing written, or the act's seq and subject and whom it still
 *   waits for; %NULL where the world failed, and nothing was written either
 */
KanOutcome *
kan_book_admit (KanBook *self, KanDraft *draft, const KanSigner *signer, const KanSigner *cosigners, guint n_cosigners,
                gint64 at, GError **error)
{
  g_autoptr(KanOutcome) outcome = outcome_new ();
  g_autofree char *subject = g_strdup (draft->subject);
  Admission admission = { self, draft, signer, cosigners, n_cosigners, at, outcome, { 0 } };
  g_autoptr(GError) failed = NULL;
  gboolean admitted = FALSE;

  if (self->is_stale && !kan_book_reload (self, error))
    return NULL;
  admitted = kan_db_transaction (self->db, admit_all, &admission, &failed);
  self->finding = NULL;
  if (admitted)
    return g_steal_pointer (&outcome);
  g_free (draft->subject);
  draft->subject = g_steal_pointer (&subject);
  g_clear_pointer (&outcome->subject, g_free);
  outcome->seq = 0;
  if (kan_book_reload (self, failed == NULL ? error : NULL) && failed == NULL)
    return g_steal_pointer (&outcome);
  if (failed != NULL)
    g_propagate_error (error, g_steal_pointer (&failed));
  return NULL;
}

typedef struct { KanBook *book; KanAdmitFunc func; gpointer data; } Several;

static gboolean
admit_several (KanDb *db, gpointer data, GError **error)
{
  Several *self = data;

  (void) db;
  return self->func (self->book, self->data, error);
}

/**
 * kan_book_together:
 * @self: a book
 * @func: admits several acts with kan_book_admit(); %FALSE undoes all of them
 * @data: for @func
 * @error: @func's own, or the database's
 *
 * Returns: whether they were admitted; %FALSE: nothing was written
 */
gboolean
kan_book_together (KanBook *self, KanAdmitFunc func, gpointer data, GError **error)
{
  Several several = { self, func, data };
  g_autoptr(GError) failed = NULL;

  if (kan_db_transaction (self->db, admit_several, &several, &failed))
    return TRUE;
  if (kan_book_reload (self, failed == NULL ? error : NULL) && failed == NULL)
    return FALSE;
  if (failed != NULL)
    g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}
