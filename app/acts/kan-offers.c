/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which acts a record, or a register, offers somebody at a time: the buttons, and why one is not enabled. */
#include "acts/kan-draft-private.h"

#include <string.h>

typedef struct
{
  KanBook           *book;
  const KanRegister *reg;       /* of the record */
  const char        *subject;   /* NULL: acts that make a record */
  gint64             id, person, at;
  GPtrArray         *offers;
  GError            *error;
} Offers;

/**
 * kan_offer_free:
 * @self: (nullable): an offer
 */
void
kan_offer_free (KanOffer *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->reasons);
  g_free (self);
}

static gint64
ask (Offers *self, const char *sql, const char *binds, ...)
{
  g_autoptr(KanStmt) stmt = self->error == NULL ? kan_db_prepare (self->book->db, sql, &self->error) : NULL;
  va_list args;

  if (stmt == NULL)
    return 0;
  va_start (args, binds);
  kan_stmt_bind_va (stmt, binds, args);
  va_end (args);
  return kan_stmt_step (stmt, &self->error) ? kan_stmt_int (stmt, 0) : 0;
}

/* The case as it would begin, or, with `act`, as it would be signed upon that entry. */
static KanCase *
begin (Offers *self, const KanKind *kind, gint64 act)
{
  g_autoptr(KanDraft) draft = self->error == NULL ? kan_draft_new (self->book, kind->id, self->subject, &self->error)
                                                  : NULL;
  KanCase *c;

  if (draft == NULL)
    return NULL;
  if (act > 0)
    kan_body_set_int (draft->body, "act", act);
  c = kan_draft_case (draft, self->person, NULL, self->at, act > 0 ? KAN_STAGE_SIGN : KAN_STAGE_BEGIN, &self->error);
  /* they go with the draft */
  if (c != NULL)
    c->texts = NULL;
  return c;
}

static gboolean
is_still_to_answer (const KanRefusal *refusal)
{
  static const char *const keys[] = { KAN_KEY_CLOCK, KAN_KEY_ABSENCE, KAN_KEY_ABSENCE_BEFORE, "reason", NULL };

  return refusal->key != NULL && g_strv_contains (keys, refusal->key);
}

/* A decision by the word of the article of what waits there. */
static const KanLabel *
title_of (Offers *self, const KanKind *kind, const KanRegister *reg, KanCase *c)
{
  g_autoptr(KanCase) pending = reg == &kan_hand_register ? kan_case_pending (c, self->subject) : NULL;
  g_autofree char *own = pending != NULL ? kan_hands_of (pending, self->person) : NULL;

  return pending != NULL ? kan_hand_title (self->book, kind, pending->kind, own) : kan_kind_title (self->book, kind);
}

/* A hold to release where nothing is held, a key to issue to who has one. */
static gboolean
has_nothing_to_do (const KanCase *c)
{
  for (guint i = 0; i < c->refusals->len; i++)
    {
      const KanRefusal *refusal = g_ptr_array_index (c->refusals, i);

      if (refusal->code == KAN_NOTHING_TO_DO && !refusal->is_mark)
        return TRUE;
    }
  return FALSE;
}

static void
offer (Offers *self, const KanKind *kind, const KanRegister *reg, KanCase *c)
{
  KanOffer *found;

  if (has_nothing_to_do (c))
    return;
  found = g_new0 (KanOffer, 1);
  found->kind = kind;
  found->reg = reg;
  found->title = title_of (self, kind, reg, c);
  found->allowed = TRUE;
  found->reasons = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < c->refusals->len; i++)
    {
      const KanRefusal *refusal = g_ptr_array_index (c->refusals, i);

      if (is_still_to_answer (refusal))
        continue;
      found->allowed = found->allowed && refusal->is_mark;
      g_ptr_array_add (found->reasons, g_strdup (refusal->why));
    }
  g_ptr_array_add (self->offers, found);
}

static gboolean
is_by_hand (Offers *self, const KanKind *kind)
{
  g_autofree char *may = kan_kind_may (self->book, kind);

  return may != NULL && (kind->flags & (KAN_INTERNAL | KAN_CLAIMS)) == 0 &&
         kan_in_edition (self->book->edition, kind->since, kind->until);
}

/* --- the register's own --------------------------------------------------------------------------------------- */

/* Asked back, it is applied for again by the kind that made it. */
static gboolean
made_by (Offers *self, const KanKind *kind)
{
  g_autofree char *sql = g_strdup_printf ("SELECT made FROM %s WHERE id = ? AND state = 'asked_back'", self->reg->id);
  gint64 made = ask (self, sql, "i", self->id);
  g_autoptr(KanAct) act = made > 0 && self->error == NULL ? kan_ledger_get (self->book->chain, made, &self->error)
                                                          : NULL;

  return act != NULL && g_strcmp0 (act->kind, kind->id) == 0;
}

static void
offer_own (Offers *self)
{
  for (const KanKind *kind = self->reg->kinds; kind != NULL && kind->id != NULL; kind++)
    {
      g_autoptr(KanCase) c = NULL;

      if (!is_by_hand (self, kind) ||
          (self->subject == NULL ? kind->from != NULL : kind->from == NULL && !made_by (self, kind)))
        continue;
      c = begin (self, kind, 0);
      if (c != NULL)
        offer (self, kind, self->reg, c);
    }
}

/* --- acts upon any record ------------------------------------------------------------------------------------- */

/* Decisions are for what waits, an inspection for who was deputised for. */
static void
offer_hands (Offers *self)
{
  gboolean waits = ask (self, "SELECT count(*) FROM pending WHERE subject = ?", "s", self->subject) > 0;
  gboolean inspects = ask (self, "SELECT count(*) FROM hand WHERE subject = ? AND principal = ? AND inspected IS NULL",
                           "si", self->subject, self->person) > 0;

  for (const KanKind *kind = kan_hand_register.kinds; kind->id != NULL; kind++)
    {
      g_autoptr(KanCase) c = NULL;

      if (strcmp (kind->id, "hand.inspect") == 0 ? !inspects : !waits)
        continue;
      c = begin (self, kind, 0);
      if (c != NULL)
        offer (self, kind, &kan_hand_register, c);
    }
}

static gboolean
asks_correctable (const KanRegister *reg, const KanKind *kind)
{
  for (const KanAsk *asked = kind->asks; asked != NULL && asked->key != NULL; asked++)
    {
      const KanField *field = kan_ask_find_field (reg, asked);

      if (field != NULL && (field->flags & KAN_CORRECTABLE) != 0 && kan_field_has_column (field))
        return TRUE;
    }
  return FALSE;
}

/* Something stands there that may be corrected. */
static gboolean
has_correctable (Offers *self)
{
  g_autoptr(GString) sql = g_string_new ("SELECT 0");

  for (const KanField *field = self->reg->fields; field->id != NULL; field++)
    if ((field->flags & KAN_CORRECTABLE) != 0 && kan_field_has_column (field) && field->type != KAN_LINES)
      g_string_append_printf (sql, " OR %s IS NOT NULL", field->id);
  g_string_append_printf (sql, " FROM %s WHERE id = ? AND state <> 'void'", self->reg->id);
  return ask (self, sql->str, "i", self->id) != 0;
}

/* Only who may make such an entry may put it right. */
static gboolean
may_make_one (Offers *self, KanCase *c)
{
  for (const KanKind *kind = self->reg->kinds; kind != NULL && kind->id != NULL; kind++)
    {
      g_autoptr(KanCase) was = NULL;

      if (!asks_correctable (self->reg, kind))
        continue;
      was = kan_case_new (self->book, kind, self->reg, self->at, NULL, self->person);
      if (kan_declares_as (c, was) != KAN_CAPACITY_NONE)
        return TRUE;
    }
  return FALSE;
}

static void
offer_correction (Offers *self, const KanKind *kind)
{
  g_autoptr(KanCase) c = has_correctable (self) ? begin (self, kind, 0) : NULL;

  if (c != NULL && may_make_one (self, c))
    offer (self, kind, &kan_act_register, c);
}

/* The last entry, as it would be taken back; what can never be is not offered. */
static void
offer_void (Offers *self, const KanKind *kind)
{
  g_autofree char *sql = g_strdup_printf ("SELECT changed FROM %s WHERE id = ? AND state <> 'void'", self->reg->id);
  gint64 last = ask (self, sql, "i", self->id);
  g_autoptr(KanCase) c = last > 0 ? begin (self, kind, last) : NULL;

  for (guint i = 0; c != NULL && i < c->refusals->len; i++)
    if (g_strcmp0 (((KanRefusal *) g_ptr_array_index (c->refusals, i))->key, "act") == 0)
      return;
  if (c != NULL)
    offer (self, kind, &kan_act_register, c);
}

/* Free text that an entry upon the record carries, and that was not removed yet. */
static gboolean
has_text (Offers *self)
{
  return ask (self, "SELECT 1 FROM step s JOIN act a ON a.seq = s.seq JOIN json_each (CAST (a.body AS TEXT)) j"
                    " JOIN detached d ON d.digest = j.value WHERE s.subject = ? AND length (j.value) = 64 LIMIT 1",
              "s", self->subject) > 0;
}

static void
offer_upon_acts (Offers *self)
{
  for (const KanKind *kind = kan_act_register.kinds; kind->id != NULL; kind++)
    {
      g_autoptr(KanCase) c = NULL;

      if (strcmp (kind->id, "act.correct") == 0)
        offer_correction (self, kind);
      else if (strcmp (kind->id, "act.void") == 0)
        offer_void (self, kind);
      else if (strcmp (kind->id, "text.redact") == 0 && has_text (self))
        {
          c = begin (self, kind, 0);
          if (c != NULL)
            offer (self, kind, &kan_act_register, c);
        }
    }
}

/**
 * kan_book_list_offers:
 * @self: a book
 * @reg: (nullable): the register of which a record would be made; of no interest where @subject is given
 * @subject: (nullable): the record; %NULL: what makes one
 * @person: who would act
 * @at: when, seconds of UTC
 * @error: return location
 *
 * Acts that the program makes itself are left out, and those for which there is nothing on this record that they could
 * be about.
 *
 * Returns: (transfer full) (element-type KanOffer): the acts in the order in which they are declared; empty where there
 *   is no such record; %NULL where the world failed
 */
GPtrArray *
kan_book_list_offers (KanBook *self, const KanRegister *reg, const char *subject, gint64 person, gint64 at,
                      GError **error)
{
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) kan_offer_free);
  Offers offers = { .book = self, .reg = reg, .subject = subject, .person = person, .at = at, .offers = list };

  if (subject != NULL)
    offers.reg = kan_subject_register (self, subject, &offers.id);
  if (offers.reg == NULL)
    return g_steal_pointer (&list);
  if (subject != NULL)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM %s WHERE id = ?", offers.reg->id);

      if (ask (&offers, sql, "i", offers.id) == 0 && offers.error == NULL)
        return g_steal_pointer (&list);
    }
  offer_own (&offers);
  if (subject != NULL)
    {
      offer_hands (&offers);
      offer_upon_acts (&offers);
    }
  if (offers.error == NULL)
    return g_steal_pointer (&list);
  g_propagate_error (error, g_steal_pointer (&offers.error));
  return NULL;
}
