/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What this person could begin now, and what stands in the way of the rest. */
#include "desk/kan-view-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * kan_view_offer_free:
 * @self: (nullable): an offer
 */
void
kan_view_offer_free (KanViewOffer *self)
{
  if (self == NULL)
    return;
  g_free (self->kind);
  g_free (self->title);
  g_free (self->article);
  g_free (self->subject);
  g_free (self->reason);
  g_free (self);
}

/**
 * kan_view_offer_new:
 * @kind: an act
 * @reg: the register that declares it
 * @title: what its button says
 * @subject: (nullable): what to begin it with
 *
 * Returns: (transfer full): an offer that nothing is said against
 */
KanViewOffer *
kan_view_offer_new (const KanKind *kind, const KanRegister *reg, const char *title, const char *subject)
{
  KanViewOffer *self = g_new0 (KanViewOffer, 1);

  self->kind = g_strdup (kind->id);
  self->title = g_strdup (title);
  self->article = g_strdup (kind->article != NULL ? kind->article : reg->article);
  self->subject = g_strdup (subject);
  self->allowed = TRUE;
  self->seldom = (kind->flags & KAN_SELDOM) != 0;
  return self;
}

/* An act that can be begun is not told to be impossible, but as what it will be recorded. */
static void
set_reason (KanViewOffer *self, const char *why)
{
  g_free (self->reason);
  self->reason = self->is_marked ? g_strdup_printf (_("Recorded as a deviation: %s"), why) : g_strdup (why);
}

static KanViewOffer *
view_offer (const KanOffer *offer, const char *subject)
{
  KanViewOffer *self = kan_view_offer_new (offer->kind, offer->reg, kan_label (offer->title, kan_speaks_japanese ()),
                                           subject);

  self->allowed = offer->allowed;
  self->is_marked = offer->allowed && offer->reasons->len > 0;
  if (offer->reasons->len > 0)
    set_reason (self, g_ptr_array_index (offer->reasons, 0));
  return self;
}

/* What this record's state does not lead to is not told one by one. */
static gboolean
is_of_another_state (const KanOffer *offer, const char *state)
{
  g_auto(GStrv) from = offer->kind->from != NULL ? g_strsplit (offer->kind->from, "|", -1) : NULL;

  return from != NULL && strcmp (offer->kind->from, "*") != 0 &&
         !g_strv_contains ((const char *const *) from, state);
}

/* First what can be done, then facts that would be marked, then what is missing for the rest. */
static void
add_offers (GPtrArray *from, const char *subject, const char *state, GPtrArray *offers)
{
  for (int turn = 0; turn < 3; turn++)
    for (guint i = 0; i < from->len; i++)
      {
        const KanOffer *offer = g_ptr_array_index (from, i);
        int place = !offer->allowed ? 2 : offer->reasons->len > 0 ? 1 : 0;

        if (place == turn && (place != 2 || state == NULL || !is_of_another_state (offer, state)))
          g_ptr_array_add (offers, view_offer (offer, subject));
      }
}

/**
 * kan_view_only_reads:
 * @self: an unlocked desk
 *
 * Returns: whether nothing can be signed in this session, by whom ever: no act is offered then
 */
gboolean
kan_view_only_reads (KanDesk *self)
{
  return kan_vault_get_mode (self->vault) == KAN_VAULT_READ || self->provisional;
}

/**
 * kan_view_misfit:
 * @self: an unlocked desk
 * @kind: a kind's id
 * @subject: what it would be about
 * @now: seconds of UTC
 * @is_mark: (out) (optional): whether it could be recorded all the same
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what is said against naming this record in an act that makes another one about
 *   it; %NULL: nothing, or @error is set
 */
char *
kan_view_misfit (KanDesk *self, const char *kind, const char *subject, gint64 now, gboolean *is_mark, GError **error)
{
  const KanAsk *about = kan_view_about (self->book, kind, subject);
  g_autoptr(KanDraft) draft = about != NULL ? kan_draft_new (self->book, kind, NULL, error) : NULL;
  g_autoptr(GPtrArray) refusals = NULL;

  if (draft == NULL)
    return NULL;
  kan_draft_set (draft, about->key, subject);
  refusals = kan_draft_judge (draft, kan_desk_get_person (self), now, error);
  for (guint i = 0; refusals != NULL && i < refusals->len; i++)
    {
      const KanRefusal *refusal = g_ptr_array_index (refusals, i);

      if (g_strcmp0 (refusal->key, about->key) != 0)
        continue;
      if (is_mark != NULL)
        *is_mark = refusal->is_mark;
      return g_strdup (refusal->why);
    }
  return NULL;
}

/* What the record's own state stands against is told with the reason. */
static gboolean
add_offer_about (KanDesk *self, const KanOffer *offer, const char *subject, gint64 now, GPtrArray *offers,
                 GError **error)
{
  g_autoptr(GError) failed = NULL;
  gboolean is_mark = FALSE;
  g_autofree char *misfit = kan_view_misfit (self, offer->kind->id, subject, now, &is_mark, &failed);
  KanViewOffer *shown;

  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  shown = view_offer (offer, subject);
  if (misfit != NULL)
    {
      shown->allowed = is_mark;
      shown->is_marked = is_mark;
      set_reason (shown, misfit);
    }
  g_ptr_array_add (offers, shown);
  return TRUE;
}

/* Acts of other registers that make a record about this one: recording on a medium, taking it out. */
static gboolean
add_offers_about (KanDesk *self, const char *subject, gint64 now, GPtrArray *offers, GError **error)
{
  const KanRegister *own = kan_book_register_of (self->book, subject);

  for (const KanRegister **reg = kan_book_get_registry (self->book)->registers; *reg != NULL; reg++)
    {
      g_autoptr(GPtrArray) made = NULL;
      gboolean about = FALSE;

      for (const KanKind *kind = (*reg)->kinds; *reg != own && !about && kind != NULL && kind->id != NULL; kind++)
        about = kan_view_about (self->book, kind->id, subject) != NULL;
      made = about ? kan_book_list_offers (self->book, *reg, NULL, kan_desk_get_person (self), now, error) : NULL;
      if (about && made == NULL)
        return FALSE;
      for (guint i = 0; about && i < made->len; i++)
        {
          const KanOffer *offer = g_ptr_array_index (made, i);

          if (offer->allowed && kan_view_about (self->book, offer->kind->id, subject) != NULL &&
              !add_offer_about (self, offer, subject, now, offers, error))
            return FALSE;
        }
    }
  return TRUE;
}

/* What nobody takes up again needs nothing about it. */
static gboolean
is_over (const char *state)
{
  static const char *const over[] = { "void", "refused", "withdrawn", "destroyed", "handed_over", "closed", "abolished",
                                      "repealed", "superseded", "left", NULL };

  return g_strv_contains (over, state);
}

/**
 * kan_view_offers:
 * @self: an unlocked desk
 * @subject: a record
 * @state: the state it is in
 * @now: seconds of UTC
 * @error: return location
 *
 * Returns: (transfer full) (element-type KanViewOffer): acts upon it, and acts that make another record about it; none
 *   where the file is only read
 */
GPtrArray *
kan_view_offers (KanDesk *self, const char *subject, const char *state, gint64 now, GError **error)
{
  g_autoptr(GPtrArray) offers = g_ptr_array_new_with_free_func ((GDestroyNotify) kan_view_offer_free);
  g_autoptr(GPtrArray) own = NULL;

  if (kan_view_only_reads (self))
    return g_steal_pointer (&offers);
  own = kan_book_list_offers (self->book, NULL, subject, kan_desk_get_person (self), now, error);
  if (own == NULL)
    return NULL;
  add_offers (own, subject, state, offers);
  return is_over (state) || add_offers_about (self, subject, now, offers, error) ? g_steal_pointer (&offers) : NULL;
}

/**
 * kan_desk_list_restating:
 * @self: an unlocked desk
 * @subject: a record
 * @now: seconds of UTC
 * @error: return location
 *
 * Returns: (transfer full) (element-type KanViewOffer): the record's acts that put right what no correction of an entry
 *   may, also those that cannot be begun now
 */
GPtrArray *
kan_desk_list_restating (KanDesk *self, const char *subject, gint64 now, GError **error)
{
  g_autoptr(GPtrArray) own = kan_book_list_offers (self->book, NULL, subject, kan_desk_get_person (self), now, error);
  GPtrArray *offers;

  if (own == NULL)
    return NULL;
  offers = g_ptr_array_new_with_free_func ((GDestroyNotify) kan_view_offer_free);
  for (guint i = 0; !kan_view_only_reads (self) && i < own->len; i++)
    {
      const KanOffer *offer = g_ptr_array_index (own, i);

      if ((offer->kind->flags & KAN_RESTATES) != 0)
        g_ptr_array_add (offers, view_offer (offer, subject));
    }
  return offers;
}

/* Whether doing it makes one of these records on the way. */
static gboolean
makes_along (KanDesk *self, const KanKind *kind, const KanRegister *reg)
{
  for (const KanCompany *one = kan_view_company (self, kind); one != NULL && one->kind != NULL; one++)
    {
      const KanRegister *made = NULL;
      const KanKind *other = kan_book_find_kind (self->book, one->kind, &made);

      if (made == reg && other->from == NULL)
        return TRUE;
    }
  return FALSE;
}

/* Acts of other registers that make one of these records on the way, first: they are the usual course. */
static gboolean
add_leading (KanDesk *self, const KanRegister *own, gint64 now, GPtrArray *offers, GError **error)
{
  for (const KanRegister **reg = kan_book_get_registry (self->book)->registers; *reg != NULL; reg++)
    {
      g_autoptr(GPtrArray) made = NULL;
      gboolean leads = FALSE;

      for (const KanKind *kind = (*reg)->kinds; *reg != own && !leads && kind != NULL && kind->id != NULL; kind++)
        leads = makes_along (self, kind, own);
      made = leads ? kan_book_list_offers (self->book, *reg, NULL, kan_desk_get_person (self), now, error) : NULL;
      if (leads && made == NULL)
        return FALSE;
      for (guint i = 0; leads && i < made->len; i++)
        {
          const KanOffer *offer = g_ptr_array_index (made, i);

          if (offer->allowed && makes_along (self, offer->kind, own))
            g_ptr_array_add (offers, view_offer (offer, NULL));
        }
    }
  return TRUE;
}

/* Of what makes a record, the first declared is the usual way; where that is closed, none is. */
static void
suggest_first (const char *first, GPtrArray *offers)
{
  for (guint i = 0; i < offers->len; i++)
    {
      KanViewOffer *offer = g_ptr_array_index (offers, i);

      offer->suggested = offer->allowed && !offer->is_marked && strcmp (offer->kind, first) == 0;
    }
}

/**
 * kan_desk_list_offers:
 * @self: an unlocked desk
 * @register_id: a register
 * @now: seconds of UTC
 * @error: %KAN_ERROR_USAGE where there is none
 *
 * Returns: (transfer full) (element-type KanViewOffer): acts that make one of its records; none where the file is only
 *   read
 */
GPtrArray *
kan_desk_list_offers (KanDesk *self, const char *register_id, gint64 now, GError **error)
{
  const KanRegister *reg = kan_book_find_register (self->book, register_id);
  g_autoptr(GPtrArray) made = NULL, offers = NULL;
  const char *first;

  if (reg == NULL || reg->prefix == NULL)
    {
      g_set_error (error, KAN_ERROR, KAN_ERROR_USAGE, _("there is no list “%s”"), register_id);
      return NULL;
    }
  if (kan_view_only_reads (self))
    return g_ptr_array_new_with_free_func ((GDestroyNotify) kan_view_offer_free);
  made = kan_book_list_offers (self->book, reg, NULL, kan_desk_get_person (self), now, error);
  if (made == NULL)
    return NULL;
  offers = g_ptr_array_new_with_free_func ((GDestroyNotify) kan_view_offer_free);
  if (!add_leading (self, reg, now, offers, error))
    return NULL;
  first = offers->len > 0 ? ((KanViewOffer *) g_ptr_array_index (offers, 0))->kind
          : made->len > 0 ? ((KanOffer *) g_ptr_array_index (made, 0))->kind->id : NULL;
  add_offers (made, NULL, NULL, offers);
  if (first != NULL)
    suggest_first (first, offers);
  return g_steal_pointer (&offers);
}
