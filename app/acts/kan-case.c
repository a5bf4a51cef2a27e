/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The act under judgement, and the questions a hook may ask about it and about the file as it stood before it. */
#include "acts/kan-book-private.h"

#include <string.h>

static void
copy_and_free (char *into, gsize size, char *text)
{
  g_strlcpy (into, text != NULL ? text : "", size);
  g_free (text);
}

/* A clock that is behind brings no lapsed authority, no expired approval and no day gone by back. Who sets it right is
 * judged apart from readings in dispute, far ahead of all at which somebody in charge signed: else one clerk whose
 * clock was set to 2099 ends every term of office, and with it the authority to put that right. */
static gint64
moment_of (const KanBook *book, const KanKind *kind, gint64 at_utc)
{
  gboolean disputed = (kind->flags & KAN_SETS_CLOCK) != 0 && book->floor > book->sure + KAN_AHEAD_SECONDS;

  return MAX (at_utc, disputed ? book->sure : book->floor);
}

/**
 * kan_case_new:
 * @book: the book
 * @kind: the act's kind
 * @reg: the register that declares it
 * @at_utc: the clock as read, seconds of UTC
 * @happened_at: (nullable): when it happened, Japan, to the minute; %NULL: now, or at the latest reading of the clock
 *   so far where the clock is behind it
 * @actor: who acts; a person's number
 *
 * Returns: (transfer full): a case without answers and subject
 */
KanCase *
kan_case_new (KanBook *book, const KanKind *kind, const KanRegister *reg, gint64 at_utc, const char *happened_at,
              gint64 actor)
{
  KanCase *self = g_new0 (KanCase, 1);

  self->book = book;
  self->kind = kind;
  self->reg = reg;
  self->at_utc = at_utc;
  self->moment = moment_of (book, kind, at_utc);
  self->actor = actor;
  self->edition = book->edition;
  self->happened = happened_at != NULL;
  self->subject = g_strdup ("");
  copy_and_free (self->at, sizeof self->at, kan_utc_format (at_utc));
  copy_and_free (self->day, sizeof self->day, kan_day_format (kan_day_of_utc (self->moment)));
  if (happened_at != NULL)
    g_strlcpy (self->when, happened_at, sizeof self->when);
  else
    copy_and_free (self->when, sizeof self->when, kan_minute_format (self->moment));
  g_strlcpy (self->when_day, self->when, 11);
  self->refusals = g_ptr_array_new_with_free_func ((GDestroyNotify) kan_refusal_free);
  return self;
}

/**
 * kan_case_new_for_act:
 * @book: the book
 * @act: an act of the chain
 * @error: %KAN_ERROR_DAMAGED where its kind, time or body cannot be read
 *
 * Returns: (transfer full): the case that this act was, to be judged against the book as it stands
 */
KanCase *
kan_case_new_for_act (KanBook *book, const KanAct *act, GError **error)
{
  const KanRegister *reg = NULL;
  const KanKind *kind = act->kind != NULL ? kan_book_find_kind (book, act->kind, &reg) : NULL;
  g_autoptr(KanBody) body = NULL;
  KanCase *self;
  gint64 at = 0, happened = 0;

  if (kind == NULL || act->at == NULL || !kan_utc_parse (act->at, &at) || act->subject == NULL ||
      act->session == NULL ||
      (act->happened_at != NULL && !kan_minute_parse (act->happened_at, &happened)))
    {
      g_set_error (error, KAN_ERROR, KAN_ERROR_DAMAGED, "act %" G_GINT64_FORMAT ": its kind or time cannot be read",
                   act->seq);
      return NULL;
    }
  body = kan_body_decode (act->body, act->body_size, error);
  if (body == NULL)
    return NULL;
  self = kan_case_new (book, kind, reg, at, act->happened_at, act->actor);
  self->seq = act->seq;
  self->key = act->key;
  self->session = act->session;
  self->body = g_steal_pointer (&body);
  kan_case_set_subject (self, act->subject);
  return self;
}

/**
 * kan_case_free:
 * @self: (nullable): a case
 */
void
kan_case_free (KanCase *self)
{
  if (self == NULL)
    return;
  g_free (self->subject);
  g_clear_pointer (&self->body, kan_body_free);
  g_clear_pointer (&self->refusals, g_ptr_array_unref);
  g_clear_pointer (&self->said, g_ptr_array_unref);
  g_clear_pointer (&self->along, g_array_unref);
  g_clear_error (&self->error);
  g_free (self);
}

/**
 * kan_case_set_subject:
 * @self: a case
 * @subject: a record of the kind's register, or, for acts upon any record, of any
 */
void
kan_case_set_subject (KanCase *self, const char *subject)
{
  g_free (self->subject);
  self->subject = g_strdup (subject);
  self->id = 0;
  if (self->reg->prefix != NULL)
    self->id = kan_subject_number (subject, self->reg);
  else
    kan_subject_register (self->book, subject, &self->id);
}

/**
 * kan_in_edition:
 * @edition: the edition of the rules in force
 * @since: the first that knows it; 0: always
 * @until: the last that knows it; 0: always
 */
gboolean
kan_in_edition (guint edition, guint since, guint until)
{
  return edition >= since && (until == 0 || edition <= until);
}

/**
 * kan_case_find_ask:
 * @self: a case
 * @key: a key
 *
 * Returns: (transfer none) (nullable): the question it answers in the edition of the act
 */
const KanAsk *
kan_case_find_ask (const KanCase *self, const char *key)
{
  for (const KanAsk *ask = self->kind->asks; ask != NULL && ask->key != NULL; ask++)
    if (strcmp (ask->key, key) == 0 && kan_in_edition (self->edition, ask->since, ask->until))
      return ask;
  return NULL;
}

/**
 * kan_case_at:
 * @c: the case
 *
 * Returns: (transfer none): the clock as read, UTC, "2026-02-13T01:02:03Z"
 */
const char *
kan_case_at (const KanCase *c)
{
  return c->at;
}

/**
 * kan_case_day:
 * @c: the case
 *
 * Returns: (transfer none): the day it is recorded on in Japan, "2026-02-13"
 */
const char *
kan_case_day (const KanCase *c)
{
  return c->day;
}

/**
 * kan_case_when:
 * @c: the case
 *
 * Returns: (transfer none): when it happened, Japan, "2026-02-13T10:02"
 */
const char *
kan_case_when (const KanCase *c)
{
  return c->when;
}

/**
 * kan_case_when_day:
 * @c: the case
 *
 * Returns: (transfer none): the day it happened on in Japan
 */
const char *
kan_case_when_day (const KanCase *c)
{
  return c->when_day;
}

/**
 * kan_case_actor:
 * @c: the case
 *
 * Returns: the person who acts
 */
gint64
kan_case_actor (const KanCase *c)
{
  return c->actor;
}

/**
 * kan_case_subject:
 * @c: the case
 *
 * Returns: the number of the record it is about (the one it makes, for acts that make one)
 */
gint64
kan_case_subject (const KanCase *c)
{
  return c->id;
}

/**
 * kan_case_edition:
 * @c: the case
 *
 * Returns: the edition of the rules in force
 */
guint
kan_case_edition (const KanCase *c)
{
  return c->book->edition;
}

/**
 * kan_case_profile:
 * @c: the case
 *
 * Returns: (transfer none): the profile by which it is judged: in force on the day of the act, and for a fact one that
 *   applies to the day on which it happened (施行日, 適用日); a fact that waits stays judged by those it was signed under
 */
const KanProfile *
kan_case_profile (const KanCase *c)
{
  gboolean is_fact = c->kind != NULL && (c->kind->flags & KAN_FACT) != 0;

  if (is_fact && *c->asked != '\0')
    return kan_book_profile_for (c->book, c->asked, c->when_day, c->seq);
  return kan_book_profile_for (c->book, c->day, is_fact ? c->when_day : c->day, 0);
}

/**
 * kan_case_profile_in_force:
 * @self: a case
 *
 * Returns: (transfer none): the profile in force on the day of the act: who may, whose hands, which choices there are
 */
const KanProfile *
kan_case_profile_in_force (const KanCase *self)
{
  return kan_book_profile_for (self->book, self->day, self->day, 0);
}

/**
 * kan_case_profile_asked:
 * @self: a case
 *
 * Returns: (transfer none): the profile in force when the act was signed: what waits keeps the hands that it began with
 */
const KanProfile *
kan_case_profile_asked (const KanCase *self)
{
  return *self->asked == '\0' ? kan_case_profile_in_force (self)
         : kan_book_profile_for (self->book, self->asked, self->asked, self->seq);
}

/**
 * kan_case_calendar:
 * @c: the case
 *
 * Returns: (transfer none) (nullable): the calendar, only while filling; judging sees none
 */
KanCalendar *
kan_case_calendar (const KanCase *c)
{
  return c->filling ? c->book->calendar : NULL;
}

/**
 * kan_answered:
 * @c: the case
 * @key: a question's key
 *
 * Returns: whether there is an answer
 */
gboolean
kan_answered (const KanCase *c, const char *key)
{
  return c->body != NULL && kan_body_get_type (c->body, key) != KAN_BODY_NONE;
}

/**
 * kan_answer:
 * @c: the case
 * @key: a question's key
 *
 * Returns: (transfer none) (nullable): the answer, where it is a text
 */
const char *
kan_answer (const KanCase *c, const char *key)
{
  return c->body != NULL ? kan_body_get_text (c->body, key) : NULL;
}

/**
 * kan_answer_n:
 * @c: the case
 * @key: a question's key
 *
 * Returns: the answer, where it is a number; else 0
 */
gint64
kan_answer_n (const KanCase *c, const char *key)
{
  return c->body != NULL ? kan_body_get_int (c->body, key) : 0;
}

/**
 * kan_answer_yes:
 * @c: the case
 * @key: a question's key
 *
 * Returns: whether it is answered yes
 */
gboolean
kan_answer_yes (const KanCase *c, const char *key)
{
  return c->body != NULL && kan_body_get_yes (c->body, key);
}

/**
 * kan_answer_ref:
 * @c: the case
 * @key: a question's key
 *
 * Returns: the number of the record answered ("M12" is 12); 0: none
 */
gint64
kan_answer_ref (const KanCase *c, const char *key)
{
  const char *subject = kan_answer (c, key);
  gint64 id = 0;

  if (subject != NULL)
    kan_subject_register (c->book, subject, &id);
  return id;
}

/**
 * kan_answer_list:
 * @c: the case
 * @key: a question's key
 *
 * Returns: (transfer none) (nullable): the records answered, "M12", %NULL-terminated
 */
const char **
kan_answer_list (const KanCase *c, const char *key)
{
  return c->body != NULL ? kan_body_get_list (c->body, key) : NULL;
}

/**
 * kan_answer_rows:
 * @c: the case
 * @key: a question's key
 *
 * Returns: how many rows the answer has
 */
guint
kan_answer_rows (const KanCase *c, const char *key)
{
  return c->body != NULL ? kan_body_n_rows (c->body, key) : 0;
}

/**
 * kan_answer_in_row:
 * @c: the case
 * @key: a question's key
 * @row: below kan_answer_rows()
 * @field: a field of the row register
 *
 * Returns: (transfer none) (nullable): that cell, where it is a text
 */
const char *
kan_answer_in_row (const KanCase *c, const char *key, guint row, const char *field)
{
  return kan_body_get_text (kan_body_get_row (c->body, key, row), field);
}

/* As the question is declared: what somebody typed stands, or is replaced. */
static gboolean
takes_fill (const KanCase *c, const char *key)
{
  const KanAsk *ask = kan_case_find_ask (c, key);

  g_return_val_if_fail (c->filling && ask != NULL && ask->fill != KAN_FILL_NEVER, FALSE);
  return ask->fill == KAN_FILL_ALWAYS || !kan_answered (c, key);
}

/**
 * kan_fill_text:
 * @c: the case, while filling
 * @key: a question's key
 * @value: (nullable): the derived answer; %NULL: none
 *
 * Answers a question that is declared to be filled; one that is filled where it is blank keeps what was typed.
 */
void
kan_fill_text (KanCase *c, const char *key, const char *value)
{
  if (takes_fill (c, key))
    kan_body_set_text (c->body, key, value);
}

/**
 * kan_fill_n:
 * @c: the case, while filling
 * @key: a question's key
 * @value: the derived answer
 *
 * As kan_fill_text().
 */
void
kan_fill_n (KanCase *c, const char *key, gint64 value)
{
  if (takes_fill (c, key))
    kan_body_set_int (c->body, key, value);
}

/**
 * kan_fill_refs:
 * @c: the case, while filling
 * @key: a question's key
 * @subjects: (array zero-terminated=1): the derived answer, "B12"; empty: none
 *
 * As kan_fill_text().
 */
void
kan_fill_refs (KanCase *c, const char *key, const char *const *subjects)
{
  if (!takes_fill (c, key))
    return;
  if (*subjects != NULL)
    kan_body_set_list (c->body, key, subjects);
  else
    kan_body_set_text (c->body, key, NULL);
}
