/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The entries of a record as somebody chooses one to put right, take back or remove text from, and its answers. */
#include "desk/kan-view-private.h"

#include "acts/kan-timeline.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
entry_free (KanViewEntry *self)
{
  g_free (self->title);
  g_free (self->when);
  g_free (self->who);
  g_free (self->reason);
  g_free (self);
}

static void
answer_free (KanViewAnswer *self)
{
  g_free (self->key);
  g_free (self->label);
  g_free (self->shown);
  g_clear_pointer (&self->question, kan_question_free);
  g_free (self);
}

/* --- answers -------------------------------------------------------------------------------------------------- */

static gboolean
is_meant (const char *kind, const KanField *field)
{
  if (strcmp (kind, "text.redact") == 0)
    return field->type == KAN_LINES;
  return (field->flags & KAN_CORRECTABLE) != 0 && field->type != KAN_LINES && field->type != KAN_REFS &&
         field->type != KAN_ROWS;
}

/* What stands there by now; NULL: a text that is gone. */
static char *
show_present (KanBook *book, const KanField *field, const KanBody *body, const char *key,
              const KanCorrection *correction)
{
  if (field->type == KAN_LINES)
    return correction == NULL ? kan_book_dup_text (book, kan_body_get_text (body, key), kan_speaks_japanese ()) : NULL;
  return correction != NULL && correction->new_value != NULL
         ? kan_book_show (book, field, correction->new_value, kan_view_in_japanese (field))
         : kan_view_answer (book, field, body, key);
}

static void
add_answer (KanBook *book, const char *kind, const KanStep *step, const char *key, const KanField *field,
            const KanBody *body, GPtrArray *corrections, GPtrArray *answers)
{
  KanViewAnswer *answer;
  char *shown;

  if (field == NULL || !is_meant (kind, field) || kan_body_get_type (body, key) == KAN_BODY_NONE)
    return;
  shown = show_present (book, field, body, key, kan_view_last_correction (corrections, step->act->seq, key));
  if (shown == NULL)
    return;
  answer = g_new0 (KanViewAnswer, 1);
  answer->key = g_strdup (key);
  answer->label = g_strdup (kan_label (&field->label, kan_speaks_japanese ()));
  answer->shown = shown;
  answer->question = kan_view_question (book, "value", field);
  answer->question->must = TRUE;
  g_free (answer->question->label);
  answer->question->label = g_strdup (_("What it should be"));
  g_ptr_array_add (answers, answer);
}

static GPtrArray *
answers_of (KanBook *book, const char *kind, const KanStep *step, GPtrArray *corrections)
{
  GPtrArray *answers = g_ptr_array_new_with_free_func ((GDestroyNotify) answer_free);
  g_autoptr(KanBody) body = kan_body_decode (step->act->body, step->act->body_size, NULL);

  for (const KanAsk *ask = step->kind->asks; body != NULL && ask != NULL && ask->key != NULL; ask++)
    add_answer (book, kind, step, ask->key, kan_ask_find_field (step->reg, ask), body, corrections, answers);
  for (guint i = 0; body != NULL && i < kan_body_n_members (body); i++)
    add_answer (book, kind, step, kan_body_nth_key (body, i), kan_reserved_field (kan_body_nth_key (body, i)), body,
                corrections, answers);
  return answers;
}

/* Free text goes wherever it stands, also from decisions and from acts upon acts. */
static gboolean
may_be_meant (KanBook *book, const char *kind, const KanStep *step, GPtrArray *corrections)
{
  g_autoptr(GPtrArray) texts = NULL;

  if (step->kind == NULL || step->reg->prefix != NULL)
    return step->kind != NULL;
  texts = strcmp (kind, "text.redact") == 0 ? answers_of (book, kind, step, corrections) : NULL;
  return texts != NULL && texts->len > 0;
}

/**
 * kan_desk_list_answers:
 * @self: an unlocked desk
 * @kind: "act.correct" or "text.redact"
 * @subject: a record
 * @seq: one of its entries
 * @error: return location
 *
 * Returns: (transfer full) (element-type KanViewAnswer): the answers of that entry that can be put right, or whose text
 *   can be removed, as they stand by now, each with the question for what it should be
 */
GPtrArray *
kan_desk_list_answers (KanDesk *self, const char *kind, const char *subject, gint64 seq, GError **error)
{
  g_autoptr(GPtrArray) steps = kan_book_list_steps (self->book, subject, error);
  g_autoptr(GPtrArray) corrections = steps != NULL ? kan_book_list_corrections (self->book, subject, error) : NULL;

  if (corrections == NULL)
    return NULL;
  for (guint i = 0; i < steps->len; i++)
    {
      const KanStep *step = g_ptr_array_index (steps, i);

      if (step->act->seq == seq && may_be_meant (self->book, kind, step, corrections))
        return answers_of (self->book, kind, step, corrections);
    }
  return g_ptr_array_new_with_free_func ((GDestroyNotify) answer_free);
}

/* --- entries -------------------------------------------------------------------------------------------------- */

/* Why this entry cannot be meant, as the rules say it; (transfer full) (nullable). */
static char *
refusal_of (KanDesk *self, const char *kind, const char *subject, gint64 seq, gint64 now)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, seq);
  g_autoptr(KanDraft) draft = kan_draft_new (self->book, kind, subject, NULL);
  g_autoptr(GPtrArray) refusals = NULL;

  if (draft == NULL)
    return NULL;
  kan_draft_set (draft, "act", number);
  refusals = kan_draft_judge (draft, kan_desk_get_person (self), now, NULL);
  for (guint i = 0; refusals != NULL && i < refusals->len; i++)
    {
      const KanRefusal *refusal = g_ptr_array_index (refusals, i);

      if (g_strcmp0 (refusal->key, "act") == 0 || g_strcmp0 (refusal->rule, "not_entitled") == 0)
        return g_strdup (refusal->why);
    }
  return NULL;
}

static gboolean
asks_alike (const KanRegister *reg, const KanKind *one, const KanKind *other)
{
  for (const KanAsk *ask = one->asks; ask != NULL && ask->key != NULL; ask++)
    for (const KanAsk *also = other->asks; also != NULL && also->key != NULL; also++)
      if (kan_ask_find_field (reg, ask) != NULL &&
          kan_ask_find_field (reg, ask) == kan_ask_find_field (reg, also))
        return TRUE;
  return FALSE;
}

/* That no answer of it can be put right, and by which act of the register what it says can. */
static char *
word_uncorrectable (KanBook *book, const KanStep *step)
{
  for (const KanKind *kind = step->reg->kinds; kind != NULL && kind->id != NULL; kind++)
    if ((kind->flags & KAN_RESTATES) != 0 && asks_alike (step->reg, step->kind, kind))
      return g_strdup_printf (_("Nothing in it can be corrected as an answer; “%s” puts it right"),
                              kan_view_title (book, kind));
  return g_strdup (_("Nothing in it can be corrected"));
}

static KanViewEntry *
entry_new (KanDesk *self, const char *kind, const char *subject, const KanStep *step, GPtrArray *corrections,
           gint64 now)
{
  KanViewEntry *entry = g_new0 (KanViewEntry, 1);
  g_autofree char *today = kan_view_today (self);
  g_autoptr(GPtrArray) answers = answers_of (self->book, kind, step, corrections);

  entry->seq = step->act->seq;
  entry->title = g_strdup (kan_view_act_title (self->book, step->act));
  entry->when = kan_view_utc (step->act->at);
  entry->who = kan_view_person (self->book, step->act->actor, today, NULL);
  if (strcmp (kind, "text.redact") == 0 && answers->len == 0)
    entry->reason = g_strdup (_("There is no free text in it"));
  else if (strcmp (kind, "act.correct") == 0 && answers->len == 0)
    entry->reason = word_uncorrectable (self->book, step);
  else
    entry->reason = refusal_of (self, kind, subject, entry->seq, now);
  return entry;
}

/**
 * kan_desk_list_entries:
 * @self: an unlocked desk
 * @kind: "act.correct", "act.void" or "text.redact"
 * @subject: a record
 * @now: seconds of UTC
 * @error: return location
 *
 * Returns: (transfer full) (element-type KanViewEntry): the record's own entries, the newest first, each with why it
 *   cannot be meant
 */
GPtrArray *
kan_desk_list_entries (KanDesk *self, const char *kind, const char *subject, gint64 now, GError **error)
{
  g_autoptr(GPtrArray) steps = kan_book_list_steps (self->book, subject, error);
  g_autoptr(GPtrArray) corrections = steps != NULL ? kan_book_list_corrections (self->book, subject, error) : NULL;
  GPtrArray *entries;

  if (corrections == NULL)
    return NULL;
  entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  for (guint i = steps->len; i > 0; i--)
    {
      const KanStep *step = g_ptr_array_index (steps, i - 1);

      if (may_be_meant (self->book, kind, step, corrections))
        g_ptr_array_add (entries, entry_new (self, kind, subject, step, corrections, now));
    }
  return entries;
}
