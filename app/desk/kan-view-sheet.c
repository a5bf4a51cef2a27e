/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An act as a form: its questions with labels, choices and what is certain beforehand. */
#include "desk/kan-view-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What is described: the act, and what it is about. */
typedef struct
{
  KanDesk           *desk;
  const KanKind     *kind;
  const KanRegister *reg;
  const KanAsk      *about;      /* the question that `given` answers; NULL: none */
  const char        *given;
  KanRecord         *record;     /* as it stands; NULL: it is yet to be made */
  KanBody           *last;       /* what was signed the last time; NULL: nothing that is repeated */
  gint64             now;
} Describing;

/* --- freeing -------------------------------------------------------------------------------------------------- */

/**
 * kan_question_free:
 * @self: (nullable): a question
 */
void
kan_question_free (KanQuestion *self)
{
  if (self == NULL)
    return;
  g_free (self->key);
  g_free (self->page);
  g_free (self->label);
  g_free (self->of);
  g_clear_pointer (&self->of_registers, g_ptr_array_unref);
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  g_free (self->preset);
  g_free (self->meaning);
  g_free (self->beside);
  g_free (self->last);
  g_free (self->unless);
  g_clear_pointer (&self->cells, g_ptr_array_unref);
  g_free (self);
}

static void
hand_free (KanSheetHand *self)
{
  g_free (self->capacity);
  g_free (self->title);
  g_free (self->person_key);
  g_free (self->paper_key);
  g_free (self);
}

/**
 * kan_sheet_free:
 * @self: (nullable): a sheet
 */
void
kan_sheet_free (KanSheet *self)
{
  if (self == NULL)
    return;
  g_free (self->kind);
  g_free (self->title);
  g_free (self->register_id);
  g_free (self->register_title);
  g_free (self->subject);
  g_free (self->subject_name);
  g_free (self->article);
  g_free (self->basis);
  g_clear_pointer (&self->questions, g_ptr_array_unref);
  g_clear_pointer (&self->hands, g_ptr_array_unref);
  g_free (self);
}

/* --- what it is about ----------------------------------------------------------------------------------------- */

/**
 * kan_view_is_asked:
 * @book: a book
 * @ask: a question
 *
 * Returns: whether it is asked under the rules in force
 */
gboolean
kan_view_is_asked (KanBook *book, const KanAsk *ask)
{
  guint edition = kan_book_get_edition (book);

  return (ask->since == 0 || edition >= ask->since) && (ask->until == 0 || edition <= ask->until);
}

static gboolean
is_offered (const KanField *field, const KanRegister *target)
{
  g_auto(GStrv) names = field->of != NULL ? g_strsplit (field->of, "|", -1) : NULL;

  for (char **name = names; *name != NULL; name++)
    {
      if (strcmp (*name, target->id) == 0)
        return TRUE;
      for (const KanList *list = target->lists; list != NULL && list->id != NULL; list++)
        if (strcmp (*name, list->id) == 0)
          return TRUE;
    }
  return FALSE;
}

/**
 * kan_view_about:
 * @book: a book
 * @kind: a kind's id
 * @subject: (nullable): a record
 *
 * What an act is about, its questions declare: a person who carries a medium is not what a take-out is about.
 *
 * Returns: (transfer none) (nullable): for an act that makes a record about that one, the question it answers; %NULL:
 *   @subject is the act's own, or it is about something else
 */
const KanAsk *
kan_view_about (KanBook *book, const char *kind, const char *subject)
{
  const KanRegister *reg = NULL, *target = subject != NULL ? kan_book_register_of (book, subject) : NULL;
  const KanKind *found = kan_book_find_kind (book, kind, &reg);

  if (found == NULL || target == NULL || target == reg || found->from != NULL || reg->prefix == NULL)
    return NULL;
  for (const KanAsk *ask = found->asks; ask != NULL && ask->key != NULL; ask++)
    {
      const KanField *field = kan_ask_find_field (reg, ask);

      if (ask->about && field != NULL && kan_view_is_asked (book, ask) && is_offered (field, target))
        return ask;
    }
  return NULL;
}

/* --- presets -------------------------------------------------------------------------------------------------- */

static gboolean
changes_nothing_else (const KanKind *kind)
{
  if (kind->from == NULL || kind->to != NULL || kind->wait != NULL || kind->hands != NULL)
    return FALSE;
  for (const KanAsk *ask = kind->asks; ask != NULL && ask->key != NULL; ask++)
    if (ask->must)
      return FALSE;
  return TRUE;
}

/* An edit begins with what stands there; days and counts are those of the act, which nobody knows beforehand. */
static char *
standing_value (const Describing *self, const KanAsk *ask, const KanField *field)
{
  const char *stored = self->record != NULL && (ask->stands || changes_nothing_else (self->kind))
                       ? kan_record_get_text (self->record, field->id) : NULL;

  switch (field->type)
    {
    case KAN_TEXT: case KAN_CODE: case KAN_CHOICE: case KAN_REF: case KAN_PERIOD:
      return g_strdup (stored);
    case KAN_LINES: case KAN_COUNT: case KAN_YES: case KAN_DATE: case KAN_TIME: case KAN_REFS: case KAN_ROWS:
    case KAN_DOCUMENT:
    default:
      return NULL;
    }
}

static char *
only_candidate (const Describing *self, const KanField *field)
{
  g_autoptr(GPtrArray) hits = kan_desk_candidates (self->desk, field->of, NULL, 2, NULL);

  return hits != NULL && hits->len == 1 ? g_strdup (((KanViewHit *) g_ptr_array_index (hits, 0))->subject) : NULL;
}

/* What is certain, and nothing else. */
static char *
preset_of (const Describing *self, const KanAsk *ask, const KanField *field, const GPtrArray *choices)
{
  if (ask == self->about)
    return g_strdup (self->given);
  if (ask->must && choices != NULL && choices->len == 1)
    return g_strdup (((KanViewChoice *) g_ptr_array_index ((GPtrArray *) choices, 0))->value);
  if (ask->must && field->type == KAN_REF && !(ask->stands && self->record != NULL &&
                                               kan_record_has (self->record, field->id)))
    return only_candidate (self, field);
  return standing_value (self, ask, field);
}

static char *
beside_of (const Describing *self, const KanAsk *ask)
{
  if (ask->beside == NULL || self->record == NULL || !kan_record_has (self->record, ask->beside))
    return NULL;
  return kan_record_show (self->record, ask->beside, kan_speaks_japanese ());
}

/* --- questions ------------------------------------------------------------------------------------------------ */

static GPtrArray *
list_choices (KanBook *book, const KanField *field)
{
  gsize n = 0;
  const KanChoice *choices = field->type == KAN_CHOICE ? kan_book_get_choices (book, field->of, &n) : NULL;
  GPtrArray *out;

  if (field->type != KAN_CHOICE)
    return NULL;
  out = g_ptr_array_new_with_free_func ((GDestroyNotify) kan_view_choice_free);
  for (gsize i = 0; i < n; i++)
    g_ptr_array_add (out, kan_view_choice_new (choices[i].id, kan_label (&choices[i].label, kan_speaks_japanese ())));
  return out;
}

static GPtrArray *
list_registers (const KanField *field)
{
  g_auto(GStrv) names = NULL;
  GPtrArray *out;

  if (field->type != KAN_REF && field->type != KAN_REFS)
    return NULL;
  names = g_strsplit (field->of, "|", -1);
  out = g_ptr_array_new_with_free_func (g_free);
  for (char **name = names; *name != NULL; name++)
    g_ptr_array_add (out, g_strdup (*name));
  return out;
}

/**
 * kan_view_question:
 * @book: a book
 * @key: how its answer is called
 * @field: what is asked for
 *
 * Returns: (transfer full): the question for a row of a form
 */
KanQuestion *
kan_view_question (KanBook *book, const char *key, const KanField *field)
{
  KanQuestion *self = g_new0 (KanQuestion, 1);

  self->key = g_strdup (key);
  self->label = g_strdup (kan_label (&field->label, kan_speaks_japanese ()));
  self->type = field->type;
  self->of = g_strdup (field->of);
  self->of_registers = list_registers (field);
  self->width = field->width;
  self->choices = list_choices (book, field);
  return self;
}

static GPtrArray *
list_cells (KanBook *book, const KanField *field)
{
  const KanRegister *rows = field->type == KAN_ROWS ? kan_book_find_register (book, field->of) : NULL;
  GPtrArray *cells = rows != NULL ? g_ptr_array_new_with_free_func ((GDestroyNotify) kan_question_free) : NULL;

  for (const KanField *cell = rows != NULL ? rows->fields : NULL; cell != NULL && cell->id != NULL; cell++)
    g_ptr_array_add (cells, kan_view_question (book, cell->id, cell));
  return cells;
}

/* Which act a hand is for, the capacities it is given in, and what a repair found, the machinery knows. */
static gboolean
is_filled (const Describing *self, const KanAsk *ask)
{
  if ((self->kind->flags & KAN_REBUILDS) != 0)
    return !ask->must;
  return g_str_has_prefix (self->kind->id, "hand.") && strcmp (self->kind->id, "hand.inspect") != 0 &&
         (strcmp (ask->key, "act") == 0 || strcmp (ask->key, "as") == 0);
}

static gboolean
is_free (const Describing *self, const KanAsk *ask, const char *value)
{
  const char *own = self->record != NULL ? self->given : NULL;
  g_autoptr(KanDraft) draft = kan_draft_new (self->desk->book, self->kind->id, own, NULL);
  g_autoptr(GPtrArray) refusals = NULL;

  if (draft == NULL)
    return FALSE;
  kan_draft_set (draft, ask->key, value);
  refusals = kan_draft_judge (draft, kan_desk_get_person (self->desk), self->now, NULL);
  for (guint i = 0; refusals != NULL && i < refusals->len; i++)
    if (g_strcmp0 (((KanRefusal *) g_ptr_array_index (refusals, i))->key, ask->key) == 0)
      return FALSE;
  return refusals != NULL;
}

/* What tells records apart is chosen among those that no other record has yet. Whether there is anything to ask. */
static gboolean
leave_free (const Describing *self, const KanAsk *ask, const KanField *field, KanQuestion *question)
{
  if (field->type != KAN_CHOICE || (field->flags & KAN_UNIQUE) == 0)
    return TRUE;
  for (guint i = question->choices->len; i > 0; i--)
    if (!is_free (self, ask, ((KanViewChoice *) g_ptr_array_index (question->choices, i - 1))->value))
      g_ptr_array_remove_index (question->choices, i - 1);
  return ask->must || question->choices->len > 0;
}

/* That a person signed on paper is vouched for by whoever records it. */
static char *
meaning_of (const Describing *self, const KanAsk *ask)
{
  for (const KanHand *hand = self->kind->hands; hand != NULL && hand->as != NULL; hand++)
    if (g_strcmp0 (hand->paper, ask->key) == 0)
      return g_strdup (_("For somebody without a key: they signed on paper, and you saw the signature."));
  return NULL;
}

static GPtrArray *
list_questions (const Describing *self)
{
  GPtrArray *out = g_ptr_array_new_with_free_func ((GDestroyNotify) kan_question_free);
  KanBook *book = self->desk->book;
  const KanLabel *page = NULL;

  for (const KanAsk *ask = self->kind->asks; ask != NULL && ask->key != NULL; ask++)
    {
      const KanField *field = kan_ask_find_field (self->reg, ask);
      KanQuestion *question;

      if (ask->page.en != NULL)
        page = &ask->page;
      if (field == NULL || !kan_view_is_asked (book, ask) || is_filled (self, ask))
        continue;
      question = kan_view_question (book, ask->key, field);
      if (!leave_free (self, ask, field, question))
        {
          kan_question_free (question);
          continue;
        }
      question->page = page != NULL ? g_strdup (kan_label (page, kan_speaks_japanese ())) : NULL;
      page = NULL;
      question->must = ask->must;
      question->cells = list_cells (book, field);
      question->preset = preset_of (self, ask, field, question->choices);
      question->meaning = meaning_of (self, ask);
      question->beside = beside_of (self, ask);
      question->again = ask->again;
      question->last = kan_view_last_answer (self->last, ask, question->choices);
      g_ptr_array_add (out, question);
    }
  return out;
}

/* --- acts done in one go ------------------------------------------------------------------------------------------ */

static guint
find_question (const KanSheet *sheet, const char *key)
{
  guint i = 0;

  while (i < sheet->questions->len && strcmp (((KanQuestion *) g_ptr_array_index (sheet->questions, i))->key, key) != 0)
    i++;
  return i;
}

/* As the leading act's form calls it. */
static void
rename_question (KanQuestion *question, const KanCompany *one)
{
  char *key = kan_view_company_key (one, question->key);

  g_free (question->key);
  question->key = key;
}

/* Where no record is chosen, one is made: its questions follow on the same page. */
static void
ask_before (KanSheet *sheet, GPtrArray *questions, const KanCompany *one, guint at)
{
  KanQuestion *choice = g_ptr_array_index (sheet->questions, at);

  choice->must = FALSE;
  g_clear_pointer (&choice->preset, g_free);
  g_free (choice->meaning);
  choice->meaning = g_strdup (kan_label (&one->meaning, kan_speaks_japanese ()));
  while (questions->len > 0)
    {
      KanQuestion *question = g_ptr_array_steal_index (questions, 0);

      rename_question (question, one);
      g_clear_pointer (&question->page, g_free);
      question->unless = g_strdup (one->by);
      g_ptr_array_insert (sheet->questions, (int) ++at, question);
    }
}

/* What follows is left out by answering nothing of it. */
static void
ask_after (KanSheet *sheet, GPtrArray *questions, const KanCompany *one)
{
  KanQuestion *first = g_ptr_array_index (questions, 0);

  g_free (first->meaning);
  first->meaning = g_strdup (kan_label (&one->meaning, kan_speaks_japanese ()));
  while (questions->len > 0)
    {
      KanQuestion *question = g_ptr_array_steal_index (questions, 0);

      rename_question (question, one);
      question->must = FALSE;
      g_clear_pointer (&question->preset, g_free);
      g_ptr_array_add (sheet->questions, question);
    }
}

static void
add_company (const Describing *self, KanSheet *sheet)
{
  for (const KanCompany *one = kan_view_company (self->desk, self->kind); one != NULL && one->kind != NULL; one++)
    {
      Describing other = { .desk = self->desk, .now = self->now };
      g_autoptr(GPtrArray) questions = NULL;
      g_autoptr(KanBody) last = NULL;
      guint at = find_question (sheet, one->by);

      other.kind = kan_book_find_kind (self->desk->book, one->kind, &other.reg);
      other.last = last = kan_view_last_body (self->desk, other.kind);
      questions = list_questions (&other);
      sheet->joins = TRUE;
      if (other.kind->from != NULL)
        ask_after (sheet, questions, one);
      else if (self->about == NULL && at < sheet->questions->len)
        ask_before (sheet, questions, one, at);
    }
}

/* --- hands ---------------------------------------------------------------------------------------------------- */

static void
add_hand (GPtrArray *hands, KanBook *book, const char *kind, const char *capacity, const KanHand *hand)
{
  KanSheetHand *one = g_new0 (KanSheetHand, 1);

  one->capacity = g_strdup (capacity);
  one->title = g_strdup (kan_capacity_label (book, kind, capacity, kan_speaks_japanese ()));
  if (hand != NULL)
    {
      one->person_key = g_strdup (hand->person);
      one->paper_key = g_strdup (hand->paper);
    }
  g_ptr_array_add (hands, one);
}

/* Roles as the profile has them, then the persons whom answers name. */
static GPtrArray *
list_hands (const Describing *self)
{
  GPtrArray *hands = g_ptr_array_new_with_free_func ((GDestroyNotify) hand_free);
  KanBook *book = self->desk->book;
  const KanProfile *profile = kan_book_get_profile (book);
  const char *const *roles = profile != NULL ? kan_profile_act_hands (profile, self->kind->id) : NULL;

  for (const char *const *role = roles; role != NULL && *role != NULL; role++)
    add_hand (hands, book, self->kind->id, *role, NULL);
  for (const KanHand *hand = self->kind->hands; hand != NULL && hand->as != NULL; hand++)
    if (hand->person != NULL || roles == NULL)
      add_hand (hands, book, self->kind->id, hand->as, hand);
  return hands;
}

/* --- the sheet ------------------------------------------------------------------------------------------------ */

/* What a strict act sets going on other records is put right by acts of the domain only. */
static gboolean
ends_something (const KanKind *kind)
{
  return (kind->flags & KAN_FINAL) != 0 ||
         (kind->strength == KAN_STRICT && (kind->effect != NULL || kind->series != NULL));
}

static KanSheet *
sheet_new (const Describing *self, const char *subject)
{
  KanSheet *sheet = g_new0 (KanSheet, 1);
  KanBook *book = self->desk->book;
  const char *article = self->kind->article != NULL ? self->kind->article : self->reg->article;

  sheet->kind = g_strdup (self->kind->id);
  sheet->title = g_strdup (kan_view_title (book, self->kind));
  sheet->register_id = g_strdup (self->reg->id);
  sheet->register_title = g_strdup (kan_label (&self->reg->title, kan_speaks_japanese ()));
  sheet->subject = g_strdup (subject);
  sheet->subject_name = subject != NULL ? kan_view_name (book, subject) : NULL;
  sheet->article = g_strdup (article);
  sheet->basis = kan_view_basis (book, article);
  sheet->strength = self->kind->strength;
  sheet->is_fact = (self->kind->flags & KAN_FACT) != 0;
  sheet->is_power = (self->kind->flags & KAN_POWER) != 0;
  sheet->wants_second = kan_book_wants_second (book, self->kind, self->reg, kan_day_to_utc (self->desk->day));
  for (const KanAsk *ask = self->kind->asks; ask != NULL && ask->key != NULL; ask++)
    sheet->tells_day = sheet->tells_day || ask->happened;
  sheet->ends = ends_something (self->kind);
  sheet->questions = list_questions (self);
  add_company (self, sheet);
  sheet->hands = list_hands (self);
  return sheet;
}

/* Deciding in the place of somebody absent wants the reason, before anything is typed. */
static gboolean
add_absence (const Describing *self, KanSheet *sheet, KanDraft *draft, gint64 now, GError **error)
{
  static const KanField absence = { .id = "absence", .label = L ("Absence", "不在の事由"), .type = KAN_CHOICE,
                                    .of = "absence", .width = 6 };
  static const KanField before = { .id = "absence_before", .label = L ("Absence of the deputies before",
                                                                       "先順位の代決者の不在の事由"), .type = KAN_CHOICE,
                                   .of = "absence", .width = 6 };
  KanDeputed deputed;
  g_autoptr(GError) failed = NULL;
  gboolean deputises = kan_draft_deputises (draft, kan_desk_get_person (self->desk), now, &deputed, &failed);
  KanQuestion *question;

  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  /* who decides for nobody is not asked */
  for (guint i = sheet->questions->len; i > 0; i--)
    if (strcmp (((KanQuestion *) g_ptr_array_index (sheet->questions, i - 1))->key, "absence") == 0)
      g_ptr_array_remove_index (sheet->questions, i - 1);
  if (!deputises)
    return TRUE;
  question = kan_view_question (self->desk->book, "absence", &absence);
  question->page = g_strdup (_("In somebody's place"));
  question->must = TRUE;
  g_ptr_array_add (sheet->questions, question);
  if (deputed.before == 0)
    return TRUE;
  question = kan_view_question (self->desk->book, before.id, &before);
  question->must = TRUE;
  g_ptr_array_add (sheet->questions, question);
  return TRUE;
}

/**
 * kan_desk_describe:
 * @self: an unlocked desk
 * @kind: a kind's id
 * @subject: (nullable): the record, or for an act that makes one what it is about
 * @now: seconds of UTC
 * @error: %KAN_ERROR_USAGE where there is no such act or record
 *
 * Returns: (transfer full): the act as a form
 */
KanSheet *
kan_desk_describe (KanDesk *self, const char *kind, const char *subject, gint64 now, GError **error)
{
  const char *given = subject != NULL && *subject != '\0' ? subject : NULL;
  Describing d = { .desk = self, .about = kan_view_about (self->book, kind, given), .given = given,
                   .now = now };
  const char *own = d.about == NULL ? given : NULL;
  g_autoptr(KanDraft) draft = kan_draft_new (self->book, kind, own, error);
  g_autoptr(KanRecord) record = NULL;
  g_autoptr(KanBody) last = NULL;
  g_autoptr(KanSheet) sheet = NULL;
  g_autoptr(GError) failed = NULL;

  if (draft == NULL)
    return NULL;
  d.kind = kan_book_find_kind (self->book, kind, &d.reg);
  record = own != NULL ? kan_record_get (self->book, own, &failed) : NULL;
  if (own != NULL && record == NULL)
    {
      if (failed != NULL)
        g_propagate_error (error, g_steal_pointer (&failed));
      else
        g_set_error (error, KAN_ERROR, KAN_ERROR_USAGE, _("there is no record %s"), own);
      return NULL;
    }
  d.record = record;
  d.last = last = kan_view_last_body (self, d.kind);
  sheet = sheet_new (&d, own);
  return add_absence (&d, sheet, draft, now, error) && kan_view_choose_acts (self->book, sheet, error) &&
         kan_view_choose_decisions (self, sheet, error) ? g_steal_pointer (&sheet) : NULL;
}
