/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What waits for hands, and what deputies decided that nobody has inspected yet. */
#include "acts/kan-book-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SQL_HAND \
  "SELECT act, seq, capacity, subject, person, verdict, absence, ifnull(principal, 0), ifnull(inspected, 0) FROM hand"

/**
 * kan_pending_free:
 * @self: (nullable): something that waits
 */
void
kan_pending_free (KanPending *self)
{
  if (self == NULL)
    return;
  g_free (self->subject);
  g_free (self->kind);
  g_free (self->since);
  g_clear_pointer (&self->waiting_for, g_ptr_array_unref);
  g_free (self);
}

static KanPending *
pending_from_act (KanBook *self, const KanAct *act, gint64 now, GError **error)
{
  g_autoptr(KanCase) c = kan_case_new_for_act (self, act, error);
  g_autoptr(KanCase) waits = NULL;
  KanPending *pending;

  if (c == NULL)
    return NULL;
  /* outstanding hands are those of today, not of the day it was asked */
  c->at_utc = now;
  waits = kan_case_pending (c, act->subject);
  if (waits == NULL && c->error != NULL)
    g_propagate_error (error, g_steal_pointer (&c->error));
  else if (waits == NULL)
    g_set_error (error, KAN_ERROR, KAN_ERROR_DAMAGED,
                 _("what the registers say of %s is not what the entries say: verify the file"), act->subject);
  if (waits == NULL)
    return NULL;
  pending = g_new0 (KanPending, 1);
  pending->act = act->seq;
  pending->actor = act->actor;
  pending->subject = g_strdup (act->subject);
  pending->kind = g_strdup (act->kind);
  pending->since = g_strdup (act->at);
  pending->waiting_for = kan_hands_outstanding (waits, 0, NULL);
  pending->requester_left = kan_ask_int (waits, "SELECT count(*) FROM person WHERE id = :actor AND state = 'left'") > 0;
  return pending;
}

/**
 * kan_book_list_pending:
 * @self: a book
 * @subject: (nullable): only what waits on this record
 * @now: for which moment, seconds of UTC
 * @error: return location
 *
 * Returns: (transfer full) (element-type KanPending): what waits for hands, oldest first
 */
GPtrArray *
kan_book_list_pending (KanBook *self, const char *subject, gint64 now, GError **error)
{
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) kan_pending_free);
  g_autoptr(KanStmt) stmt = kan_db_query (self->db, error,
                                          "SELECT act FROM pending WHERE ?1 IS NULL OR subject = ?1 ORDER BY act",
                                          "s", subject);
  g_autoptr(GError) failed = NULL;

  if (stmt == NULL)
    return NULL;
  while (kan_stmt_step (stmt, &failed))
    {
      g_autoptr(KanAct) act = kan_ledger_need (self->chain, kan_stmt_int (stmt, 0), error);
      KanPending *pending = act != NULL ? pending_from_act (self, act, now, error) : NULL;

      if (pending == NULL)
        return NULL;
      g_ptr_array_add (list, pending);
    }
  if (failed == NULL)
    return g_steal_pointer (&list);
  g_propagate_error (error, g_steal_pointer (&failed));
  return NULL;
}

/**
 * kan_book_list_asked_back:
 * @self: a book
 * @error: return location
 *
 * Returns: (transfer full) (element-type KanPending): what was asked back, oldest first, until anything is done on that
 *   record
 */
GPtrArray *
kan_book_list_asked_back (KanBook *self, GError **error)
{
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) kan_pending_free);
  g_autoptr(KanStmt) stmt = kan_db_query (self->db, error, "SELECT DISTINCT act, seq FROM hand"
                                          " WHERE " KAN_SQL_ASKED_BACK " ORDER BY seq", "");
  g_autoptr(GError) failed = NULL;

  while (stmt != NULL && kan_stmt_step (stmt, &failed))
    {
      g_autoptr(KanAct) act = kan_ledger_need (self->chain, kan_stmt_int (stmt, 0), error);
      g_autoptr(KanAct) asked_back = act != NULL ? kan_ledger_need (self->chain, kan_stmt_int (stmt, 1), error) : NULL;
      KanPending *lies = asked_back != NULL ? g_new0 (KanPending, 1) : NULL;

      if (lies == NULL)
        return NULL;
      lies->act = act->seq;
      lies->actor = act->actor;
      lies->subject = g_strdup (act->subject);
      lies->kind = g_strdup (act->kind);
      lies->since = g_strdup (asked_back->at);
      g_ptr_array_add (list, lies);
    }
  if (failed != NULL)
    g_propagate_error (error, g_steal_pointer (&failed));
  return stmt != NULL && (error == NULL || *error == NULL) ? g_steal_pointer (&list) : NULL;
}

/**
 * kan_pending_may_sign:
 * @book: a book
 * @pending: something that waits
 * @person: somebody
 * @now: when, seconds of UTC
 *
 * Returns: whether one of the outstanding hands is theirs to give
 */
gboolean
kan_pending_may_sign (KanBook *book, const KanPending *pending, gint64 person, gint64 now)
{
  g_autoptr(KanDraft) draft = kan_draft_new (book, "hand.give", pending->subject, NULL);
  g_autoptr(GPtrArray) refusals = kan_draft_may_begin (draft, person, now, NULL);

  return refusals != NULL && refusals->len == 0;
}

/* The act itself is in the chain, also for a book of another day. */
static KanGivenHand *
hand_from_row (KanBook *self, KanStmt *stmt, GError **error)
{
  g_autoptr(KanAct) act = kan_ledger_need (self->chain, kan_stmt_int (stmt, 1), error);
  KanGivenHand *hand;

  if (act == NULL)
    return NULL;
  hand = g_new0 (KanGivenHand, 1);
  hand->act = kan_stmt_int (stmt, 0);
  hand->seq = kan_stmt_int (stmt, 1);
  hand->capacity = g_strdup (kan_stmt_text (stmt, 2));
  hand->subject = g_strdup (kan_stmt_text (stmt, 3));
  hand->person = kan_stmt_int (stmt, 4);
  hand->verdict = g_strdup (kan_stmt_text (stmt, 5));
  hand->absence = g_strdup (kan_stmt_text (stmt, 6));
  hand->principal = kan_stmt_int (stmt, 7);
  hand->inspected = kan_stmt_int (stmt, 8);
  hand->at = g_strdup (act->at);
  hand->fingerprint = kan_fingerprint (act->key);
  return hand;
}

static GPtrArray *
hands_from_rows (KanBook *self, KanStmt *stmt, GError **error)
{
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) kan_given_hand_free);
  g_autoptr(GError) failed = NULL;

  while (kan_stmt_step (stmt, &failed))
    {
      KanGivenHand *hand = hand_from_row (self, stmt, error);

      if (hand == NULL)
        return NULL;
      g_ptr_array_add (list, hand);
    }
  if (failed == NULL)
    return g_steal_pointer (&list);
  g_propagate_error (error, g_steal_pointer (&failed));
  return NULL;
}

/**
 * kan_book_list_hands:
 * @self: a book
 * @subject: (nullable): only those of this record
 * @uninspected: only deputies' decisions that wait for later inspection (後閲)
 * @error: return location
 *
 * Returns: (transfer full) (element-type KanGivenHand): hands given and refused, and what deputies declared (verdict
 *   "declared", its own act), in order
 */
GPtrArray *
kan_book_list_hands (KanBook *self, const char *subject, gboolean uninspected, GError **error)
{
  g_autoptr(KanStmt) stmt = kan_db_query (self->db, error,
                                          SQL_HAND " WHERE (?1 IS NULL OR subject = ?1)"
                                          " AND (NOT ?2 OR (principal IS NOT NULL AND inspected IS NULL)) ORDER BY seq",
                                          "si", subject, (gint64) uninspected);

  return stmt != NULL ? hands_from_rows (self, stmt, error) : NULL;
}

/* For whose hand this act is one; 0: it gives none, or was set aside and another stands in its place. */
static gint64
decided_by (KanBook *self, const KanAct *act)
{
  g_autoptr(KanBody) body = kan_body_decode (act->body, act->body_size, NULL);
  gboolean decides = body != NULL && kan_body_get_type (body, "as") != KAN_BODY_NONE;
  gboolean declares = body != NULL && kan_body_get_type (body, KAN_KEY_ABSENCE) != KAN_BODY_NONE;
  g_autoptr(KanAct) chained = decides || declares ? kan_ledger_get (self->chain, act->seq, NULL) : NULL;

  if (chained == NULL || memcmp (&chained->hash, &act->hash, sizeof act->hash) != 0)
    return 0;
  return decides ? kan_body_get_int (body, "act") : act->seq;
}

/**
 * kan_book_list_hands_by:
 * @self: a book
 * @act: an act
 * @error: return location
 *
 * Returns: (transfer full) (element-type KanGivenHand): the hands that this act gave or refused, one for each capacity,
 *   and what a deputy declared by it
 */
GPtrArray *
kan_book_list_hands_by (KanBook *self, const KanAct *act, GError **error)
{
  g_autoptr(KanStmt) stmt = kan_db_query (self->db, error, SQL_HAND " WHERE act = ? AND seq = ?", "ii",
                                          decided_by (self, act), act->seq);

  return stmt != NULL ? hands_from_rows (self, stmt, error) : NULL;
}

/**
 * kan_given_hand_free:
 * @self: (nullable): a hand
 */
void
kan_given_hand_free (KanGivenHand *self)
{
  if (self == NULL)
    return;
  g_free (self->capacity);
  g_free (self->subject);
  g_free (self->verdict);
  g_free (self->absence);
  g_free (self->at);
  g_free (self->fingerprint);
  g_free (self);
}

/**
 * kan_capacity_label:
 * @book: a book
 * @kind: (nullable): the kind whose hand it is
 * @capacity: as the hand table names it
 * @japanese: in which language
 *
 * Returns: (transfer none): what people call it: a role, a witness, the chief in place of a missing second person
 */
const char *
kan_capacity_label (KanBook *book, const char *kind, const char *capacity, gboolean japanese)
{
  static const struct { const char *id; KanLabel label; } more[] = {
    { "chief_instead", L ("Chief, in place of a second person (3-3)", "統括責任者（第３条第３項）") },
    { "named_instead", L ("Named by the president (23)", "理事長が定める者（第２３条）") },
    { "second", L ("Second person", "連署者") },
  };
  const KanRole *role = capacity != NULL ? kan_role_lookup (capacity) : NULL;
  const KanKind *found = kind != NULL ? kan_book_find_kind (book, kind, NULL) : NULL;

  if (role != NULL)
    return kan_label (&role->label, japanese);
  for (gsize i = 0; i < G_N_ELEMENTS (more); i++)
    if (g_strcmp0 (more[i].id, capacity) == 0)
      return kan_label (&more[i].label, japanese);
  for (const KanHand *hand = found != NULL ? found->hands : NULL; hand != NULL && hand->as != NULL; hand++)
    if (g_strcmp0 (hand->as, capacity) == 0 && hand->title.en != NULL)
      return kan_label (&hand->title, japanese);
  return capacity;
}
