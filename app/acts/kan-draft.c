/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A draft: kind, subject, answers as people type them. The same for a wizard, `kanribo do` and a dry run. */
#include "acts/kan-draft-private.h"

#include "acts/kan-overtake.h"
#include "acts/kan-record-check.h"

#include "values/kan-text.h"
#include "values/kan-wareki.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
detached_free (KanDetached *self)
{
  if (self->content != NULL)
    kan_wipe (self->content, strlen (self->content));
  g_free (self->content);
  g_free (self->digest);
  g_free (self);
}

/**
 * kan_draft_new:
 * @book: the book; must outlive the draft
 * @kind: a kind's id
 * @subject: (nullable): the record it is about; %NULL for acts that make one
 * @error: %KAN_ERROR_USAGE where there is no such kind, or the subject is missing or too much
 *
 * Returns: (transfer full): an empty draft
 */
KanDraft *
kan_draft_new (KanBook *book, const char *kind, const char *subject, GError **error)
{
  const KanRegister *reg = NULL;
  const KanKind *found = kan_book_find_kind (book, kind, &reg);
  KanDraft *self;

  if (found == NULL)
    {
      g_set_error (error, KAN_ERROR, KAN_ERROR_USAGE, _("there is no act “%s”: see `kanribo acts`"), kind);
      return NULL;
    }
  self = g_new0 (KanDraft, 1);
  self->book = book;
  self->kind = found;
  self->reg = reg;
  self->subject = g_strdup (subject);
  self->body = kan_body_new ();
  self->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) detached_free);
  self->typos = g_ptr_array_new_with_free_func ((GDestroyNotify) kan_refusal_free);
  return self;
}

/**
 * kan_draft_free:
 * @self: (nullable): a draft
 */
void
kan_draft_free (KanDraft *self)
{
  if (self == NULL)
    return;
  g_free (self->subject);
  g_free (self->happened);
  g_free (self->correction);
  kan_body_free (self->body);
  g_hash_table_unref (self->texts);
  g_ptr_array_unref (self->typos);
  g_free (self);
}

/**
 * kan_draft_get_kind:
 * @self: a draft
 *
 * Returns: (transfer none): what it would be
 */
const KanKind *
kan_draft_get_kind (KanDraft *self)
{
  return self->kind;
}

/**
 * kan_draft_get_subject:
 * @self: a draft
 *
 * Returns: (transfer none) (nullable): the record it is about; %NULL until it is given a number
 */
const char *
kan_draft_get_subject (KanDraft *self)
{
  return self->subject;
}

/**
 * kan_draft_get_body:
 * @self: a draft
 *
 * Returns: (transfer none): the answers so far
 */
const KanBody *
kan_draft_get_body (KanDraft *self)
{
  return self->body;
}

/* --- reading what people type --------------------------------------------------------------------------------- */

G_GNUC_PRINTF (4, 5) static void
add_typo (KanDraft *self, KanRefusalCode code, const char *key, const char *why, ...)
{
  va_list args;

  va_start (args, why);
  g_ptr_array_add (self->typos, kan_refusal_new (code, key, g_strdup_vprintf (why, args)));
  va_end (args);
}

static void
forget_typos (KanDraft *self, const char *key)
{
  for (guint i = self->typos->len; i > 0; i--)
    if (g_strcmp0 (((KanRefusal *) g_ptr_array_index (self->typos, i - 1))->key, key) == 0)
      g_ptr_array_remove_index (self->typos, i - 1);
}

static void
set_refs (KanDraft *self, const KanField *field, const char *key, const char *typed)
{
  g_auto(GStrv) words = g_regex_split_simple ("[ ,;、，；　\n]+", typed, 0, 0);
  g_autoptr(GPtrArray) subjects = g_ptr_array_new_with_free_func (g_free);

  for (char **word = words; *word != NULL; word++)
    if (**word != '\0')
      g_ptr_array_add (subjects, field != NULL ? kan_read_ref (self->book, field, *word) : g_strdup (*word));
  g_ptr_array_add (subjects, NULL);
  kan_body_set_list (self->body, key, (const char *const *) subjects->pdata);
}

/* Salt and content lie apart from the chain: what is removed later cannot be guessed from its digest. */
static void
set_lines (KanDraft *self, const char *key, const char *typed)
{
  KanDetached *detached = g_new0 (KanDetached, 1);
  KanHasher hasher;
  KanHash digest;

  kan_random (detached->salt, sizeof detached->salt);
  detached->content = kan_text_strip (typed, FALSE);
  kan_hasher_init (&hasher, NULL);
  kan_hasher_update (&hasher, detached->salt, sizeof detached->salt);
  kan_hasher_update (&hasher, detached->content, strlen (detached->content));
  kan_hasher_finish (&hasher, &digest);
  detached->digest = kan_hex (digest.bytes, sizeof digest.bytes);
  kan_body_set_text (self->body, key, detached->digest);
  g_hash_table_replace (self->texts, g_strdup (key), detached);
}

static void
set_rows (KanDraft *self, const char *key, const char *typed)
{
  g_autofree char *json = g_strdup_printf ("{\"rows\":%s}", typed);
  g_autoptr(KanBody) read = kan_body_decode (json, strlen (json), NULL);

  if (read == NULL || kan_body_get_type (read, "rows") != KAN_BODY_ROWS)
    {
      add_typo (self, KAN_UNREADABLE, key,
                _("Rows are given as a JSON list of objects, members in alphabetical order, without spaces"));
      return;
    }
  kan_body_remove (self->body, key);
  for (guint i = 0; i < kan_body_n_rows (read, "rows"); i++)
    kan_body_add_row (self->body, key, kan_body_copy (kan_body_get_row (read, "rows", i)));
}

static void
set_date (KanDraft *self, const char *key, const char *typed)
{
  KanDay day = kan_wareki_parse (typed);
  g_autofree char *iso = day != KAN_DAY_NONE ? kan_day_format (day) : NULL;

  if (iso == NULL)
    add_typo (self, KAN_UNREADABLE, key, _("There is no such date: “%s”"), typed);
  else
    kan_body_set_text (self->body, key, iso);
}

static void
set_time (KanDraft *self, const char *key, const char *typed)
{
  g_autofree char *minute = kan_read_minute (typed);

  if (minute == NULL)
    add_typo (self, KAN_UNREADABLE, key, _("There is no such date and time: “%s”"), typed);
  else
    kan_body_set_text (self->body, key, minute);
}

/* Spaces around it are nobody's answer: it is shown and signed without. */
static void
set_stripped (KanDraft *self, const char *key, const char *typed)
{
  g_autofree char *text = kan_text_strip (typed, TRUE);

  kan_body_set_text (self->body, key, text);
}

static void
set_typed (KanDraft *self, const KanField *field, const char *key, const char *typed)
{
  g_autofree char *text = NULL;
  gint64 number;

  switch (field->type)
    {
    case KAN_COUNT:
      number = kan_read_count (typed);
      if (number < 0)
        add_typo (self, KAN_UNREADABLE, key, _("“%s” is not a count"), typed);
      else
        kan_body_set_int (self->body, key, number);
      break;
    case KAN_YES:
      number = kan_read_yes (typed);
      if (number < 0)
        add_typo (self, KAN_UNREADABLE, key, _("Neither yes nor no\nanswer one of them"));
      else
        kan_body_set_yes (self->body, key, number == 1);
      break;
    case KAN_DATE:
      set_date (self, key, typed);
      break;
    case KAN_TIME:
      set_time (self, key, typed);
      break;
    case KAN_CHOICE:
      kan_body_set_text (self->body, key, kan_read_choice (self->book, field, typed));
      break;
    case KAN_REF:
      text = kan_read_ref (self->book, field, typed);
      kan_body_set_text (self->body, key, text);
      break;
    case KAN_REFS:
      set_refs (self, field, key, typed);
      break;
    case KAN_LINES:
      set_lines (self, key, typed);
      break;
    case KAN_ROWS:
      set_rows (self, key, typed);
      break;
    case KAN_CODE:
      /* what tells things apart is half-width, however it was typed */
      text = (field->flags & KAN_UNIQUE) != 0 ? g_utf8_normalize (typed, -1, G_NORMALIZE_NFKC) : g_strdup (typed);
      set_stripped (self, key, text);
      break;
    case KAN_TEXT:
      set_stripped (self, key, typed);
      break;
    case KAN_PERIOD: case KAN_DOCUMENT:
    default:
      text = field->type == KAN_PERIOD ? kan_read_month (typed) : NULL;
      kan_body_set_text (self->body, key, text != NULL ? text : typed);
    }
}

/* The field whose answer is put right, once entry and question are answered so that they lead to one. */
static const KanField *
corrected_field (KanDraft *self)
{
  gint64 seq = kan_body_get_int (self->body, "act");
  const char *key = kan_body_get_text (self->body, "question");
  g_autoptr(KanAct) act = seq > 0 && key != NULL ? kan_ledger_get (self->book->chain, seq, NULL) : NULL;
  g_autoptr(KanCase) was = act != NULL ? kan_case_new_for_act (self->book, act, NULL) : NULL;
  const KanAsk *ask = was != NULL ? kan_case_find_ask (was, key) : NULL;
  const KanField *field = ask != NULL ? kan_ask_find_field (was->reg, ask) : NULL;

  return field != NULL && kan_field_has_column (field) && field->type != KAN_LINES ? field : NULL;
}

/* Whatever it is of, a corrected answer is signed as text. */
static void
set_correction (KanDraft *self)
{
  static const char key[] = "value";
  const KanField *field = corrected_field (self);

  if (self->correction == NULL)
    return;
  kan_body_remove (self->body, key);
  forget_typos (self, key);
  if (field == NULL)
    kan_body_set_text (self->body, key, self->correction);
  else
    set_typed (self, field, key, self->correction);
  if (kan_body_get_type (self->body, key) == KAN_BODY_INT)
    {
      g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, kan_body_get_int (self->body, key));

      kan_body_set_text (self->body, key, digits);
    }
  else if (kan_body_get_type (self->body, key) == KAN_BODY_YES)
    kan_body_set_text (self->body, key, kan_body_get_yes (self->body, key) ? "yes" : "no");
}

static gboolean
is_correction (const KanDraft *self)
{
  return self->reg == &kan_act_register && strcmp (self->kind->id, "act.correct") == 0;
}

/* As its own field reads it; the value of a correction as the field that it corrects does. */
static void
set_read (KanDraft *self, const KanField *field, const char *key, const char *typed)
{
  if (is_correction (self) && strcmp (key, "value") == 0)
    self->correction = g_strdup (typed);
  else
    set_typed (self, field, key, typed);
}

/**
 * kan_draft_set:
 * @self: a draft
 * @key: a question's key, or late_reason, deviation_reason, declared, clock
 * @typed: (nullable): as a person types it: full-width digits, wareki, a login for a person, commas between records;
 *   %NULL, or nothing but spaces, takes the answer back
 *
 * What cannot be read is a refusal when the draft is judged. The value of a correction is read as the answer that it
 * puts right, whichever of the two is answered first.
 */
void
kan_draft_set (KanDraft *self, const char *key, const char *typed)
{
  const KanField *field = NULL;

  kan_body_remove (self->body, key);
  g_hash_table_remove (self->texts, key);
  forget_typos (self, key);
  if (strcmp (key, "value") == 0)
    g_clear_pointer (&self->correction, g_free);
  if (typed == NULL || *typed == '\0')
    return;
  if (!g_utf8_validate (typed, -1, NULL))
    {
      add_typo (self, KAN_UNREADABLE, key, _("Not valid UTF-8"));
      return;
    }
  if (kan_text_is_blank (typed, strlen (typed)))
    return;
  for (const KanAsk *ask = self->kind->asks; field == NULL && ask != NULL && ask->key != NULL; ask++)
    if (strcmp (ask->key, key) == 0 && kan_in_edition (self->book->edition, ask->since, ask->until))
      field = kan_ask_find_field (self->reg, ask);
  if (field == NULL)
    field = kan_reserved_field (key);
  if (strcmp (key, KAN_KEY_DECLARED) == 0)
    set_refs (self, NULL, key, typed);
  else if (field == NULL)
    add_typo (self, KAN_NOT_ASKED, key, _("This is not asked here\n"
                                          "leave it out\n"
                                          "see `kanribo acts %s`"), self->kind->id);
  else
    set_read (self, field, key, typed);
  if (is_correction (self))
    set_correction (self);
}

/**
 * kan_draft_set_happened:
 * @self: a draft
 * @typed: (nullable): when it happened, Japan, "2026-02-13T10:05"; %NULL: now
 */
void
kan_draft_set_happened (KanDraft *self, const char *typed)
{
  g_clear_pointer (&self->happened, g_free);
  forget_typos (self, "happened_at");
  if (typed == NULL || *typed == '\0')
    return;
  self->happened = kan_read_minute (typed);
  if (self->happened == NULL)
    add_typo (self, KAN_UNREADABLE, "happened_at", _("There is no such date and time: “%s”"), typed);
}

/* --- judging -------------------------------------------------------------------------------------------------- */

/* A record that is made is given the next number; of an act upon one that is not named, the judge says so. */
static char *
next_subject (KanDraft *self, GError **error)
{
  gboolean makes = self->kind->from == NULL && self->reg->prefix != NULL;
  g_autofree char *sql = makes ? g_strdup_printf ("SELECT ifnull(max(id), 0) + 1 FROM %s", self->reg->id) : NULL;
  gint64 next = 0;

  if (!makes)
    return g_strdup ("");
  if (!kan_db_get_int (self->book->db, &next, error, sql, ""))
    return NULL;
  return g_strdup_printf ("%s%" G_GINT64_FORMAT, self->reg->prefix, next);
}

static void
set_marks (KanCase *c)
{
  g_autoptr(GPtrArray) marks = kan_case_marks (c);

  if (marks->len == 0)
    return;
  g_ptr_array_add (marks, NULL);
  kan_body_set_list (c->body, KAN_KEY_DEVIATION, (const char *const *) marks->pdata);
}

/* Refusals of the draft itself come first; the judge's complaint that such an answer is missing is left out, and what
 * goes by a time that cannot be read. */
static void
add_typos (KanDraft *self, KanCase *c)
{
  for (guint i = 0; i < self->typos->len; i++)
    {
      const KanRefusal *typo = g_ptr_array_index (self->typos, i);

      if (strcmp (typo->key, "happened_at") == 0)
        kan_case_forget_time (c);
      for (guint j = c->refusals->len; j > 0; j--)
        if (g_strcmp0 (((KanRefusal *) g_ptr_array_index (c->refusals, j - 1))->key, typo->key) == 0)
          g_ptr_array_remove_index (c->refusals, j - 1);
      g_ptr_array_add (c->refusals, kan_refusal_copy (typo));
    }
}

static void
fill (KanCase *c, gpointer data)
{
  (void) data;
  c->filling = TRUE;
  c->kind->fill (c);
  c->filling = FALSE;
}

/**
 * kan_draft_case:
 * @self: a draft
 * @person: who would sign
 * @key: (nullable): with which key
 * @at_utc: when, seconds of UTC
 * @stage: whether it may begin or may be signed
 * @error: return location
 *
 * Returns: (transfer full): the filled and judged case; %NULL where the world failed
 */
KanCase *
kan_draft_case (KanDraft *self, gint64 person, const guint8 *key, gint64 at_utc, KanStage stage, GError **error)
{
  g_autofree char *subject = self->subject != NULL ? g_strdup (self->subject) : next_subject (self, error);
  g_autoptr(KanCase) c = NULL;
  gboolean fine;
  KanHead head;

  if (subject == NULL || !kan_ledger_get_head (self->book->chain, &head, error))
    return NULL;
  c = kan_case_new (self->book, self->kind, self->reg, at_utc, self->happened, person);
  c->key = key;
  c->session = self->session;
  c->body = kan_body_copy (self->body);
  c->texts = self->texts;
  kan_case_set_subject (c, subject);
  c->seq = head.seq + 1;
  c->stage = stage;
  if (self->kind->fill != NULL && stage == KAN_STAGE_SIGN)
    {
      kan_look_overtaken (c, fill, NULL);
      /* what somebody has typed and nobody can read is not answered for them */
      for (guint i = 0; i < self->typos->len; i++)
        kan_body_remove (c->body, ((KanRefusal *) g_ptr_array_index (self->typos, i))->key);
    }
  fine = kan_judge (c, stage);
  if (fine && stage == KAN_STAGE_SIGN && (self->kind->flags & KAN_FACT) != 0)
    {
      set_marks (c);
      fine = kan_judge (c, stage);
    }
  if (!fine)
    {
      g_propagate_error (error, g_steal_pointer (&c->error));
      return NULL;
    }
  add_typos (self, c);
  return g_steal_pointer (&c);
}

/**
 * kan_draft_check_record:
 * @self: a draft
 * @error: %KAN_ERROR_DAMAGED where its act relies on a record that is not what its entries say, or is judged by such;
 *   else the world's
 *
 * What decides relies on the record that it decides on; what waits for the consent of others, on the records that it
 * names. A fact is recorded whatever became of the tables.
 *
 * Returns: whether what it relies on, if anything, holds
 */
gboolean
kan_draft_check_record (KanDraft *self, GError **error)
{
  if ((self->kind->flags & KAN_RELIES) != 0)
    return self->subject == NULL || kan_record_bears (self->book, self->subject, error);
  return self->kind->hands == NULL || (self->kind->flags & KAN_FACT) != 0 ||
         kan_answers_bear (self->book, self->body, error);
}

static KanCase *
judge_alone (KanDraft *self, gint64 person, gint64 at, GError **error)
{
  return kan_draft_check_record (self, error) ? kan_draft_case (self, person, NULL, at, KAN_STAGE_SIGN, error) : NULL;
}

/**
 * kan_draft_judge:
 * @self: a draft
 * @person: who would sign
 * @at: when, seconds of UTC
 * @error: kan_draft_check_record()'s, or the world's
 *
 * Returns: (transfer full) (element-type KanRefusal): all refusals and marks, each beside its field; empty: it would
 *   be admitted
 */
GPtrArray *
kan_draft_judge (KanDraft *self, gint64 person, gint64 at, GError **error)
{
  g_autoptr(KanCase) c = judge_alone (self, person, at, error);

  return c != NULL ? g_steal_pointer (&c->refusals) : NULL;
}

/* One who signs along; FALSE: the world failed. */
static gboolean
judge_other (KanCase *c, gint64 other, GError **error)
{
  g_autoptr(KanCase) hand = kan_judge_second (c, other);

  for (guint i = 0; i < hand->refusals->len; i++)
    {
      KanRefusal *refusal = kan_refusal_copy (g_ptr_array_index (hand->refusals, i));

      g_free (refusal->key);
      refusal->key = g_strdup ("with");
      g_ptr_array_add (c->refusals, refusal);
    }
  if (c->error == NULL)
    c->error = g_steal_pointer (&hand->error);
  if (c->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&c->error));
  return FALSE;
}

/**
 * kan_draft_judge_with:
 * @self: a draft
 * @person: who would sign
 * @others: (array length=n_others): who would sign along in the same transaction
 * @n_others: how many
 * @at: when, seconds of UTC
 * @error: kan_draft_check_record()'s, or the world's
 *
 * Returns: (transfer full) (element-type KanRefusal): kan_draft_judge()'s; of an act that would be admitted what its
 *   second signers would be refused for, or that they are wanted at once, under "with"
 */
GPtrArray *
kan_draft_judge_with (KanDraft *self, gint64 person, const gint64 *others, guint n_others, gint64 at, GError **error)
{
  g_autoptr(KanCase) c = judge_alone (self, person, at, error);

  for (guint i = 0; c != NULL && i < n_others && kan_case_admissible (c); i++)
    if (!judge_other (c, others[i], error))
      return NULL;
  if (c == NULL || ((n_others == 0 || kan_case_admissible (c)) && !kan_hands_check_whole (c, error)))
    return NULL;
  return g_steal_pointer (&c->refusals);
}

/**
 * kan_draft_may_begin:
 * @self: a draft
 * @person: who would sign
 * @at: when, seconds of UTC
 * @error: return location
 *
 * Returns: (transfer full) (element-type KanRefusal): what stands in the way of beginning: role, state, readiness
 */
GPtrArray *
kan_draft_may_begin (KanDraft *self, gint64 person, gint64 at, GError **error)
{
  g_autoptr(KanCase) c = kan_draft_case (self, person, NULL, at, KAN_STAGE_BEGIN, error);

  return c != NULL ? g_steal_pointer (&c->refusals) : NULL;
}
