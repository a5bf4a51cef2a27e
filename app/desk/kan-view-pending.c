/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What waits for decisions, with what somebody needs to decide, and the verbs of its article. */
#include "desk/kan-marks.h"
#include "desk/kan-view-private.h"

#include "acts/kan-record-check.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
pending_free (KanViewPending *self)
{
  g_free (self->subject);
  g_free (self->name);
  g_free (self->kind);
  g_free (self->title);
  g_free (self->requester);
  g_free (self->since);
  g_free (self->basis);
  g_free (self->reason);
  g_clear_pointer (&self->capacities, g_ptr_array_unref);
  g_clear_pointer (&self->waiting_for, g_ptr_array_unref);
  g_clear_pointer (&self->marks, g_ptr_array_unref);
  g_free (self->overdue);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_clear_pointer (&self->hands, g_ptr_array_unref);
  g_clear_pointer (&self->subjects, g_ptr_array_unref);
  g_free (self->give);
  g_free (self->refuse);
  g_free (self->ask_back);
  g_free (self);
}

static char *
hand_title (KanDesk *self, const char *hand, const KanKind *kind, const char *capacity)
{
  const KanLabel *title = kan_hand_title (self->book, kan_book_find_kind (self->book, hand, NULL), kind, capacity);

  return g_strdup (kan_label (title, kan_speaks_japanese ()));
}

static void
set_verbs (KanDesk *self, KanViewPending *view, const KanKind *kind, const char *capacity)
{
  view->give = hand_title (self, "hand.give", kind, capacity);
  view->refuse = hand_title (self, "hand.refuse", kind, capacity);
  view->ask_back = hand_title (self, "hand.ask_back", kind, capacity);
}

/* --- what this person could do -------------------------------------------------------------------------------- */

/* As the machinery fills it in: "information_manager|system_manager". */
static char *
own_capacities (KanDesk *self, KanDraft *draft, gint64 now)
{
  g_autoptr(KanBody) body = NULL;
  g_autoptr(GPtrArray) lines = kan_draft_review (draft, kan_desk_get_person (self), now, &body, NULL);

  return lines != NULL && body != NULL ? g_strdup (kan_body_get_text (body, "as")) : NULL;
}

static gboolean
add_own (KanDesk *self, KanViewPending *view, const KanPending *waits, gint64 now, GError **error)
{
  g_autoptr(KanDraft) draft = kan_draft_new (self->book, "hand.give", waits->subject, error);
  g_autoptr(GPtrArray) refusals = draft != NULL ? kan_draft_may_begin (draft, kan_desk_get_person (self), now, error)
                                                : NULL;
  g_autofree char *as = NULL;
  g_auto(GStrv) capacities = NULL;

  if (refusals == NULL)
    return FALSE;
  view->mine = refusals->len == 0;
  view->capacities = g_ptr_array_new_with_free_func ((GDestroyNotify) kan_view_choice_free);
  if (!view->mine)
    {
      view->reason = g_strdup (((KanRefusal *) g_ptr_array_index (refusals, 0))->why);
      return TRUE;
    }
  as = own_capacities (self, draft, now);
  capacities = g_strsplit (as != NULL ? as : "", "|", -1);
  for (char **capacity = capacities; *capacity != NULL; capacity++)
    g_ptr_array_add (view->capacities,
                     kan_view_choice_new (*capacity, kan_capacity_label (self->book, waits->kind, *capacity,
                                                                         kan_speaks_japanese ())));
  return TRUE;
}

/* --- the request ---------------------------------------------------------------------------------------------- */

static gboolean
names_person (const KanField *field)
{
  return strstr (field->of, "person") != NULL || strstr (field->of, "outsider") != NULL;
}

/* What it is about, not who takes part in it. */
static GPtrArray *
list_subjects (const KanRegister *reg, const KanKind *kind, const char *subject, const KanBody *body)
{
  GPtrArray *subjects = g_ptr_array_new_with_free_func (g_free);

  if (kind->from != NULL)
    g_ptr_array_add (subjects, g_strdup (subject));

  for (const KanAsk *ask = kind->asks; ask != NULL && ask->key != NULL; ask++)
    {
      const KanField *field = kan_ask_find_field (reg, ask);
      const char **list = kan_body_get_list (body, ask->key);

      if (field == NULL || (field->type != KAN_REF && field->type != KAN_REFS) || names_person (field))
        continue;
      for (; list != NULL && *list != NULL; list++)
        g_ptr_array_add (subjects, g_strdup (*list));
      if (kan_body_get_text (body, ask->key) != NULL)
        g_ptr_array_add (subjects, g_strdup (kan_body_get_text (body, ask->key)));
    }
  return subjects;
}

static gboolean
add_request (KanDesk *self, KanViewPending *view, const KanPending *waits, GError **error)
{
  const KanRegister *reg = NULL;
  const KanKind *kind = kan_book_find_kind (self->book, waits->kind, &reg);
  g_autoptr(KanAct) act = kan_ledger_need (kan_vault_get_db (self->vault), waits->act, error);
  g_autoptr(KanBody) body = act != NULL ? kan_body_decode (act->body, act->body_size, error) : NULL;

  if (body == NULL || kind == NULL)
    return FALSE;
  view->title = g_strdup (kan_view_title (self->book, kind));
  view->basis = kan_view_basis (self->book, kind->article != NULL ? kind->article : reg->article);
  view->marks = kan_dup_marks (self->book, act, TRUE, kan_speaks_japanese ());
  view->lines = kan_view_lines (self->book, reg, kind, body, waits->act);
  view->subjects = list_subjects (reg, kind, waits->subject, body);
  set_verbs (self, view, kind, view->capacities->len > 0
             ? ((KanViewChoice *) g_ptr_array_index (view->capacities, 0))->value
             : waits->waiting_for->len > 0 ? g_ptr_array_index (waits->waiting_for, 0) : "");
  return TRUE;
}

static void
add_waiting_for (KanDesk *self, KanViewPending *view, const KanPending *waits)
{
  view->waiting_for = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < waits->waiting_for->len; i++)
    g_ptr_array_add (view->waiting_for,
                     g_strdup (kan_capacity_label (self->book, waits->kind, g_ptr_array_index (waits->waiting_for, i),
                                                   kan_speaks_japanese ())));
}

static char *
name_requester (KanDesk *self, const KanPending *waits, const char *day)
{
  g_autofree char *name = kan_view_person (self->book, waits->actor, day, NULL);

  return waits->requester_left ? g_strdup_printf (_("%s (has left)"), name) : g_steal_pointer (&name);
}

/* The oldest deadline that has passed; none while its batches are on hold. */
#define SQL_OVERDUE \
  "SELECT min(p.purge_by) FROM batch b JOIN payment_day p ON p.day = (SELECT min(q.day) FROM payment_day q" \
  " WHERE q.day > b.recorded_on) WHERE b.medium = ?1 AND b.state = 'open' AND ifnull (b.hold, 0) = 0" \
  " AND p.purge_by < ?2"

/* Whoever is to decide sees first that the request is not what was signed. */
static gboolean
add_altered (KanDesk *self, KanViewPending *view, GError **error)
{
  char *altered = NULL;

  if (!view->mine)
    return TRUE;
  if (!kan_record_examine (self->book, view->subject, &altered, error))
    return FALSE;
  if (altered != NULL)
    g_ptr_array_insert (view->marks, 0, altered);
  return TRUE;
}

/* What is to be destroyed already should not leave unseen: that is said before anything else of the request. */
static gboolean
add_overdue (KanDesk *self, KanViewPending *view, gint64 now, GError **error)
{
  g_autofree char *today = kan_day_format (kan_day_of_utc (now));

  for (guint i = 0; i < view->subjects->len; i++)
    {
      const char *subject = g_ptr_array_index (view->subjects, i);
      const KanRegister *reg = kan_book_register_of (self->book, subject);
      g_autofree char *purge_by = NULL, *shown = NULL;
      g_autoptr(GError) failed = NULL;

      if (reg == NULL || strcmp (reg->id, "medium") != 0)
        continue;
      purge_by = kan_db_get_text (kan_vault_get_db (self->vault), &failed, SQL_OVERDUE, "is",
                                  g_ascii_strtoll (subject + strlen (reg->prefix), NULL, 10), today);
      if (failed != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failed));
          return FALSE;
        }
      if (purge_by == NULL || view->overdue != NULL)
        continue;
      shown = kan_view_day (purge_by);
      /* Translators: a medium's number, and a day */
      view->overdue = g_strdup_printf (_("%s holds data past its deadline for destruction, %s"), subject, shown);
      g_ptr_array_insert (view->marks, 0, g_strdup (view->overdue));
    }
  return TRUE;
}

static KanViewPending *
view_pending (KanDesk *self, const KanPending *waits, gint64 now, GError **error)
{
  KanViewPending *view = g_new0 (KanViewPending, 1);
  gint64 seconds = 0;
  g_autofree char *day = kan_utc_parse (waits->since, &seconds) ? kan_day_format (kan_day_of_utc (seconds))
                                                                : g_strdup ("");

  view->subject = g_strdup (waits->subject);
  view->name = kan_view_name (self->book, waits->subject);
  view->kind = g_strdup (waits->kind);
  view->act = waits->act;
  view->requester = name_requester (self, waits, day);
  view->since = kan_view_utc (waits->since);
  add_waiting_for (self, view, waits);
  if (add_own (self, view, waits, now, error) && add_request (self, view, waits, error) &&
      add_overdue (self, view, now, error) && add_altered (self, view, error))
    view->hands = kan_view_hands (self->book, waits->subject, waits->act, error);
  if (view->hands == NULL)
    g_clear_pointer (&view, pending_free);
  return view;
}

/**
 * kan_desk_view_pending:
 * @self: an unlocked desk
 * @now: seconds of UTC
 * @error: return location
 *
 * Returns: (transfer full) (element-type KanViewPending): what waits for decisions: this person's first, then the
 *   others, the oldest of each first
 */
GPtrArray *
kan_desk_view_pending (KanDesk *self, gint64 now, GError **error)
{
  g_autoptr(GPtrArray) pending = kan_book_list_pending (self->book, NULL, now, error);
  g_autoptr(GPtrArray) mine = g_ptr_array_new_with_free_func ((GDestroyNotify) pending_free);
  g_autoptr(GPtrArray) others = g_ptr_array_new_with_free_func ((GDestroyNotify) pending_free);

  for (guint i = 0; pending != NULL && i < pending->len; i++)
    {
      KanViewPending *view = view_pending (self, g_ptr_array_index (pending, i), now, error);

      if (view == NULL)
        return NULL;
      g_ptr_array_add (view->mine ? mine : others, view);
    }
  if (pending == NULL)
    return NULL;
  g_ptr_array_extend_and_steal (mine, g_steal_pointer (&others));
  return g_steal_pointer (&mine);
}
