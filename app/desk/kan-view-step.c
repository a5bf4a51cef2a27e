/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One act as people read it: who signed what with which key, how it is marked, and what of it was corrected since. */
#include "desk/kan-view-private.h"

#include "ledger/kan-ledger.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * kan_view_step_free:
 * @self: (nullable): an act
 */
void
kan_view_step_free (KanViewStep *self)
{
  if (self == NULL)
    return;
  g_free (self->title);
  g_free (self->when);
  g_free (self->who);
  g_free (self->about);
  g_free (self->named);
  g_free (self->happened);
  g_free (self->marks);
  g_free (self->before);
  g_free (self->after);
  g_free (self->fingerprint);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_free (self);
}

/**
 * kan_view_japan_day:
 * @utc: a moment as stored
 *
 * Returns: (transfer full): its day in Japan, "2026-02-13"
 */
char *
kan_view_japan_day (const char *utc)
{
  gint64 seconds = 0;

  return kan_utc_parse (utc, &seconds) ? kan_day_format (kan_day_of_utc (seconds)) : g_strndup (utc, 10);
}

/* --- corrections ---------------------------------------------------------------------------------------------- */

/**
 * kan_view_last_correction:
 * @corrections: (element-type KanCorrection): of a record
 * @seq: an act upon it
 * @key: an answer of that act
 *
 * Returns: (transfer none) (nullable): what put it right last; %NULL where it stands as it was signed
 */
const KanCorrection *
kan_view_last_correction (GPtrArray *corrections, gint64 seq, const char *key)
{
  for (guint i = corrections->len; i > 0; i--)
    {
      const KanCorrection *correction = g_ptr_array_index (corrections, i - 1);

      if (correction->act == seq && g_strcmp0 (correction->key, key) == 0)
        return correction;
    }
  return NULL;
}

/* What was signed stays readable beside what it should have been. */
static void
strike (KanBook *book, GPtrArray *lines, GPtrArray *corrections, gint64 seq)
{
  for (guint i = 0; i < lines->len; i++)
    {
      KanReviewLine *line = g_ptr_array_index (lines, i);
      const KanCorrection *correction = kan_view_last_correction (corrections, seq, line->key);

      if (correction == NULL || correction->field == NULL || correction->new_value == NULL)
        continue;
      line->struck = g_steal_pointer (&line->shown);
      line->shown = kan_book_show (book, correction->field, correction->new_value,
                                   kan_view_in_japanese (correction->field));
    }
}

/* --- acts ----------------------------------------------------------------------------------------------------- */

static char *
state_label_of (const KanRegister *reg, const char *state)
{
  return state != NULL && reg != NULL ? g_strdup (kan_state_label (reg, state, kan_speaks_japanese ())) : NULL;
}

static gboolean
is_voided (KanBook *book, gint64 seq)
{
  gint64 voided = 0;

  return kan_db_get_int (kan_book_get_db (book), &voided, NULL,
                         "SELECT count(*) FROM step WHERE seq = ? AND voided IS NOT NULL", "i", seq) && voided > 0;
}

/* @reg: whose states they are */
static KanViewStep *
view_step (KanBook *book, const KanStep *step, const KanRegister *reg, GPtrArray *corrections)
{
  KanViewStep *self = g_new0 (KanViewStep, 1);
  const KanAct *act = step->act;
  g_autoptr(KanBody) body = kan_body_decode (act->body, act->body_size, NULL);
  g_autofree char *day = kan_view_japan_day (act->at), *fingerprint = kan_fingerprint (act->key);

  self->seq = act->seq;
  self->title = kan_view_act_words (book, act);
  self->when = kan_view_utc (act->at);
  self->who = kan_view_person (book, act->actor, day, NULL);
  self->happened = act->happened_at != NULL ? kan_view_minute (act->happened_at) : NULL;
  self->marks = kan_view_marks (book, act);
  self->before = state_label_of (reg, step->before);
  self->after = state_label_of (reg, step->after);
  self->fingerprint = kan_view_key (fingerprint);
  self->voided = is_voided (book, act->seq);
  self->lines = step->kind != NULL && body != NULL ? kan_view_lines (book, step->reg, step->kind, body, act->seq)
                : g_ptr_array_new_with_free_func ((GDestroyNotify) kan_review_line_free);
  strike (book, self->lines, corrections, act->seq);
  return self;
}

/* "Take-outs T3 No. 12", the number where one was drawn. */
static char *
about_words (KanBook *book, const KanRegister *reg, const char *subject)
{
  const char *title = kan_label (&reg->title, kan_speaks_japanese ());
  g_autoptr(KanRecord) record = kan_record_get (book, subject, NULL);
  g_autofree char *number = record != NULL ? kan_view_number (record) : NULL;

  return g_strdup_printf ("%s %s%s%s", title, subject, number != NULL ? " " : "", number != NULL ? number : "");
}

/* Upon another record than @subject. */
static KanViewStep *
view_told (KanBook *book, const KanStep *step, const char *subject, GHashTable *corrections, GError **error)
{
  const char *upon = step->act->subject;
  const KanRegister *reg = kan_book_register_of (book, upon);
  const KanField *named = kan_book_named_as (book, step->act, subject);
  GPtrArray *own = g_hash_table_lookup (corrections, upon);
  KanViewStep *self;

  if (own == NULL)
    {
      own = kan_book_list_corrections (book, upon, error);
      if (own == NULL)
        return NULL;
      g_hash_table_insert (corrections, g_strdup (upon), own);
    }
  self = view_step (book, step, reg, own);
  self->about = about_words (book, reg, upon);
  self->named = named != NULL ? g_strdup (kan_label (&named->label, kan_speaks_japanese ())) : NULL;
  return self;
}

/**
 * kan_view_steps:
 * @book: a book
 * @subject: "T3"
 * @reg: its register
 * @corrections: (element-type KanCorrection): what was corrected of it
 * @error: return location
 *
 * Returns: (transfer full) (element-type KanViewStep): the acts upon it and those of others that are told of it, newest
 *   last
 */
GPtrArray *
kan_view_steps (KanBook *book, const char *subject, const KanRegister *reg, GPtrArray *corrections, GError **error)
{
  g_autoptr(GPtrArray) steps = kan_book_list_course (book, subject, error);
  g_autoptr(GPtrArray) out = g_ptr_array_new_with_free_func ((GDestroyNotify) kan_view_step_free);
  g_autoptr(GHashTable) others = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                        (GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; steps != NULL && i < steps->len; i++)
    {
      const KanStep *step = g_ptr_array_index (steps, i);
      KanViewStep *view = strcmp (step->act->subject, subject) == 0 ? view_step (book, step, reg, corrections)
                          : view_told (book, step, subject, others, error);

      if (view == NULL)
        return NULL;
      g_ptr_array_add (out, view);
    }
  return steps != NULL ? g_steal_pointer (&out) : NULL;
}

/**
 * kan_act_view_free:
 * @self: (nullable): an act's page
 */
void
kan_act_view_free (KanActView *self)
{
  if (self == NULL)
    return;
  kan_view_step_free (self->step);
  g_free (self->subject);
  g_free (self->name);
  g_free (self->basis);
  g_clear_pointer (&self->hands, g_ptr_array_unref);
  g_free (self);
}

/* The article of the act, or of its register. */
static char *
basis_of (KanBook *book, const KanStep *step)
{
  const char *article = step->kind == NULL ? NULL : step->kind->article != NULL ? step->kind->article
    : step->reg->article;

  return kan_view_basis (book, article);
}

/**
 * kan_desk_view_act:
 * @self: an unlocked desk
 * @seq: its number in the chain
 * @error: %KAN_ERROR_USAGE where there is no such act
 *
 * Returns: (transfer full): everything that its page shows
 */
KanActView *
kan_desk_view_act (KanDesk *self, gint64 seq, GError **error)
{
  g_autoptr(GError) failed = NULL;
  g_autoptr(KanAct) act = kan_ledger_get (kan_vault_get_db (self->vault), seq, &failed);
  g_autoptr(GPtrArray) corrections = act != NULL ? kan_book_list_corrections (self->book, act->subject, &failed) : NULL;
  g_autoptr(KanActView) view = g_new0 (KanActView, 1);
  KanStep step = { .act = act };

  if (corrections == NULL)
    {
      if (failed != NULL)
        g_propagate_error (error, g_steal_pointer (&failed));
      else
        g_set_error (error, KAN_ERROR, KAN_ERROR_USAGE, _("there is no act number %u"), (guint) seq);
      return NULL;
    }
  step.kind = kan_book_find_kind (self->book, act->kind, &step.reg);
  view->step = view_step (self->book, &step, step.reg, corrections);
  view->subject = g_strdup (act->subject);
  view->name = kan_view_name (self->book, act->subject);
  view->basis = basis_of (self->book, &step);
  view->hands = kan_view_hands (self->book, act->subject, seq, error);
  return view->hands != NULL ? g_steal_pointer (&view) : NULL;
}
