/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From what was typed to what is signed: the draft, its review, and the passphrase that an act wants
 * (ARTICLES.md, "Strength of signing"). */
#include "desk/kan-view-private.h"

#include "values/kan-wareki.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* --- a draft made of answers ---------------------------------------------------------------------------------- */

/* A record by its number, or by what only one is called. */
static char *
read_ref (KanDesk *desk, const KanField *cell, const char *typed)
{
  g_autoptr(GPtrArray) hits = NULL;

  if (kan_book_register_of (desk->book, typed) != NULL)
    return g_strdup (typed);
  hits = kan_desk_candidates (desk, cell->of, typed, 2, NULL);
  return g_strdup (hits != NULL && hits->len == 1 ? ((KanViewHit *) g_ptr_array_index (hits, 0))->subject : typed);
}

static char *
read_day (const char *typed)
{
  KanDay day = kan_day_parse (typed);

  if (day == KAN_DAY_NONE)
    day = kan_wareki_parse (typed);
  return day != KAN_DAY_NONE ? kan_day_format (day) : g_strdup (typed);
}

static void
set_count (KanBody *row, const char *key, const char *typed)
{
  g_autofree char *digits = g_utf8_normalize (typed, -1, G_NORMALIZE_NFKC);
  guint64 count = 0;

  if (digits != NULL)
    g_strdelimit (digits, ",", ' ');
  if (digits != NULL && g_ascii_string_to_unsigned (g_strstrip (digits), 10, 0, G_GINT64_CONSTANT (999999999999),
                                                    &count, NULL))
    kan_body_set_int (row, key, (gint64) count);
  else
    kan_body_set_text (row, key, typed);
}

/* What cannot be read stays as it is: the judge refuses it beside its cell. */
static void
set_cell (KanDesk *desk, KanBody *row, const KanField *cell, const char *typed)
{
  g_autofree char *text = NULL;

  if (cell->type == KAN_COUNT)
    {
      set_count (row, cell->id, typed);
      return;
    }
  if (cell->type == KAN_YES)
    {
      kan_body_set_yes (row, cell->id, strcmp (typed, "yes") == 0);
      return;
    }
  text = cell->type == KAN_REF ? read_ref (desk, cell, typed) : cell->type == KAN_DATE ? read_day (typed)
         : g_strdup (typed);
  kan_body_set_text (row, cell->id, text);
}

static const KanRegister *
rows_register (KanDesk *desk, const char *kind, const char *key)
{
  const KanRegister *reg = NULL;
  const KanKind *found = kan_book_find_kind (desk->book, kind, &reg);

  for (const KanAsk *ask = found->asks; ask != NULL && ask->key != NULL; ask++)
    {
      const KanField *field = strcmp (ask->key, key) == 0 ? kan_ask_find_field (reg, ask) : NULL;

      if (field != NULL && field->type == KAN_ROWS)
        return kan_book_find_register (desk->book, field->of);
    }
  return NULL;
}

/* The list alone, as it is signed: {"rows":[…]} without what stands around it. */
static char *
spell_rows (const KanBody *body)
{
  gsize size = 0;
  g_autofree char *text = kan_body_encode (body, &size);

  return size > 9 ? g_strndup (text + 8, size - 9) : NULL;
}

/* Rows in which nothing was typed are left out. */
static void
set_rows (KanDesk *desk, KanDraft *draft, const KanAnswers *answers, const char *key)
{
  const KanRegister *cells = rows_register (desk, kan_answers_get_kind (answers), key);
  g_autoptr(KanBody) body = kan_body_new ();
  g_autofree char *json = NULL;

  for (guint i = 0; cells != NULL && i < kan_answers_n_rows (answers, key); i++)
    {
      KanBody *row = kan_body_new ();

      for (const KanField *cell = cells->fields; cell->id != NULL; cell++)
        {
          const char *typed = kan_answers_get_cell (answers, key, i, cell->id);

          if (typed != NULL)
            set_cell (desk, row, cell, typed);
        }
      if (kan_body_n_members (row) > 0)
        kan_body_add_row (body, "rows", row);
      else
        kan_body_free (row);
    }
  json = kan_body_n_rows (body, "rows") > 0 ? spell_rows (body) : NULL;
  kan_draft_set (draft, key, json);
}

/**
 * kan_view_draft:
 * @desk: an unlocked desk
 * @answers: what was typed
 * @error: %KAN_ERROR_USAGE where there is no such act
 *
 * Returns: (transfer full): the draft of the machinery
 */
KanDraft *
kan_view_draft (KanDesk *desk, const KanAnswers *answers, GError **error)
{
  const char *kind = kan_answers_get_kind (answers), *subject = kan_answers_get_subject (answers);
  const KanAsk *about = kan_view_about (desk->book, kind, subject);
  g_autoptr(KanDraft) draft = kan_draft_new (desk->book, kind, about == NULL ? subject : NULL, error);
  g_auto(GStrv) keys = kan_answers_list_keys (answers), rows = kan_answers_list_row_keys (answers);

  if (draft == NULL)
    return NULL;
  if (about != NULL && kan_answers_get (answers, about->key) == NULL)
    kan_draft_set (draft, about->key, subject);
  for (char **key = keys; *key != NULL; key++)
    kan_draft_set (draft, *key, kan_answers_get (answers, *key));
  for (char **key = rows; *key != NULL; key++)
    set_rows (desk, draft, answers, *key);
  kan_draft_set_happened (draft, kan_answers_get_happened (answers));
  return g_steal_pointer (&draft);
}

/* --- review --------------------------------------------------------------------------------------------------- */

static gboolean
is_admissible (GPtrArray *refusals)
{
  for (guint i = 0; i < refusals->len; i++)
    if (!((KanRefusal *) g_ptr_array_index (refusals, i))->is_mark)
      return FALSE;
  return TRUE;
}

static const KanField *
answered_field (KanBook *book, KanDraft *draft, const char *key)
{
  const KanRegister *reg = NULL;
  const KanKind *kind = kan_book_find_kind (book, kan_draft_get_kind (draft)->id, &reg);

  for (const KanAsk *ask = kind != NULL ? kind->asks : NULL; ask != NULL && ask->key != NULL; ask++)
    if (strcmp (ask->key, key) == 0)
      return kan_ask_find_field (reg, ask);
  return NULL;
}

/* "T27  M3, Prefectural office": what is signed about by its number alone is told by what it is about. */
static char *
words_of (KanBook *book, const char *subject)
{
  g_autofree char *words = kan_view_about_words (book, subject);

  return words != NULL && *words != '\0' ? g_strdup_printf ("%s　%s", subject, words) : g_strdup (subject);
}

static char *
shown_of (KanBook *book, KanDraft *draft, const KanBody *body, const KanReviewed *one, const KanField *field)
{
  char *meant = kan_view_upon_act (book, kan_draft_get_kind (draft), body, one->key);

  if (meant != NULL)
    return meant;
  if (field != NULL && field->type == KAN_DOCUMENT)
    return kan_view_document (one->shown_en);
  return strcmp (one->key, "subject") == 0 ? words_of (book, kan_draft_get_subject (draft))
         : g_strdup (kan_view_in_japanese (field) ? one->shown_ja : one->shown_en);
}

static GPtrArray *
lines_of (KanBook *book, KanDraft *draft, const KanBody *body, GPtrArray *reviewed)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify) kan_review_line_free);
  gboolean japanese = kan_speaks_japanese ();

  for (guint i = 0; i < reviewed->len; i++)
    {
      const KanReviewed *one = g_ptr_array_index (reviewed, i);
      const char *page = one->page.en != NULL ? kan_label (&one->page, japanese) : NULL;
      const KanField *field = answered_field (book, draft, one->key);
      KanReviewLine *line = kan_review_line_new (one->key, page, kan_label (&one->label, japanese),
                                                 shown_of (book, draft, body, one, field), one->filled);

      line->told = one->told;
      g_ptr_array_add (lines, line);
      if (field != NULL && field->type == KAN_DOCUMENT)
        kan_view_add_changes (book, one->key, page, one->shown_en, 0, lines);
    }
  return lines;
}

static void
review_hand_free (KanReviewHand *self)
{
  g_free (self->person_key);
  g_free (self->login);
  g_free (self);
}

static char *
login_of (KanDesk *self, const char *person)
{
  for (guint i = 0; i < kan_vault_n_slots (self->vault); i++)
    {
      const KanSlot *slot = kan_vault_get_slot (self->vault, i);
      g_autofree char *subject = g_strdup_printf ("P%" G_GINT64_FORMAT, slot->person);

      if (!slot->provisional && strcmp (subject, person) == 0)
        return g_strdup (slot->login);
    }
  return NULL;
}

static GPtrArray *
hands_of (KanDesk *self, const KanKind *kind, const KanBody *body)
{
  GPtrArray *hands = g_ptr_array_new_with_free_func ((GDestroyNotify) review_hand_free);
  g_autofree char *own = g_strdup_printf ("P%" G_GINT64_FORMAT, kan_desk_get_person (self));

  for (const KanHand *hand = kind->hands; hand != NULL && hand->as != NULL; hand++)
    {
      const char *person = hand->person != NULL ? kan_body_get_text (body, hand->person) : NULL;
      KanReviewHand *one;

      if (person == NULL)
        continue;
      one = g_new0 (KanReviewHand, 1);
      one->person_key = g_strdup (hand->person);
      one->mine = strcmp (person, own) == 0;
      one->login = login_of (self, person);
      g_ptr_array_add (hands, one);
    }
  return hands;
}

/**
 * kan_view_review_one:
 * @self: an unlocked desk
 * @answers: of one act
 * @now: seconds of UTC
 * @error: the world's
 *
 * Returns: (transfer full): what would be signed of it alone, and what stands in the way
 */
KanReview *
kan_view_review_one (KanDesk *self, const KanAnswers *answers, gint64 now, GError **error)
{
  gint64 person = kan_desk_get_person (self);
  g_autoptr(KanDraft) draft = kan_view_draft (self, answers, error);
  g_autoptr(GPtrArray) refusals = draft != NULL ? kan_draft_judge (draft, person, now, error) : NULL;
  g_autoptr(KanBody) body = NULL;
  g_autoptr(GPtrArray) reviewed = refusals != NULL ? kan_draft_review (draft, person, now, &body, error) : NULL;
  KanReview *review;

  if (reviewed == NULL)
    return NULL;
  review = g_new0 (KanReview, 1);
  review->admissible = is_admissible (refusals);
  review->refusals = g_steal_pointer (&refusals);
  review->hands = hands_of (self, kan_draft_get_kind (draft), body);
  review->lines = lines_of (self->book, draft, body, reviewed);
  return review;
}

/**
 * kan_desk_review:
 * @self: an unlocked desk
 * @answers: what was typed
 * @now: seconds of UTC
 * @error: the world's
 *
 * Returns: (transfer full): exactly what would be signed, and what stands in the way
 */
KanReview *
kan_desk_review (KanDesk *self, const KanAnswers *answers, gint64 now, GError **error)
{
  g_auto(GStrv) unasked = NULL;
  g_autoptr(KanAnswers) asked = kan_view_asked (self, answers, &unasked, error);
  KanReview *review = NULL;

  if (asked != NULL)
    review = kan_view_joins (self, asked) ? kan_view_review_joined (self, asked, now, error)
             : kan_view_review_one (self, asked, now, error);
  if (review != NULL)
    review->unasked = g_steal_pointer (&unasked);
  return review;
}

/**
 * kan_review_free:
 * @self: (nullable): a review
 */
void
kan_review_free (KanReview *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->refusals, g_ptr_array_unref);
  g_clear_pointer (&self->hands, g_ptr_array_unref);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_strfreev (self->unasked);
  g_free (self);
}

/* --- signing -------------------------------------------------------------------------------------------------- */

/**
 * kan_desk_begin_list:
 * @self: an unlocked desk
 *
 * From here to kan_desk_end_list() the passphrase is wanted once, at the first act that wants it: the acts were shown
 * together before (ARTICLES.md, "once for a reviewed batch").
 */
void
kan_desk_begin_list (KanDesk *self)
{
  self->in_list = TRUE;
  self->list_proven = FALSE;
}

/**
 * kan_desk_end_list:
 * @self: a desk
 *
 * The passphrase is wanted again.
 */
void
kan_desk_end_list (KanDesk *self)
{
  self->in_list = self->list_proven = FALSE;
}

/**
 * kan_desk_wants_passphrase:
 * @self: an unlocked desk
 * @kind: a kind's id
 *
 * Returns: whether such an act is signed now only with the passphrase
 */
gboolean
kan_desk_wants_passphrase (KanDesk *self, const char *kind)
{
  const KanKind *found = kan_book_find_kind (self->book, kind, NULL);

  return (found == NULL || found->strength != KAN_LIGHT) && !(self->in_list && self->list_proven);
}

/**
 * kan_desk_check_passphrase:
 * @self: an unlocked desk
 * @passphrase: (nullable): of who unlocked it
 * @error: %KAN_ERROR_LOCKED where it is missing or wrong
 *
 * Returns: whether it opens the slot, and what lies in it is the key of this session
 */
gboolean
kan_desk_check_passphrase (KanDesk *self, const KanSecret *passphrase, GError **error)
{
  g_autoptr(KanKeys) keys = NULL;

  if (passphrase == NULL)
    {
      g_set_error_literal (error, KAN_ERROR, KAN_ERROR_LOCKED, _("the passphrase is needed to sign this"));
      return FALSE;
    }
  keys = kan_vault_unseal (self->vault, self->seat->login, passphrase, error);
  if (keys != NULL && !kan_equal (kan_keys_get_sign (keys), kan_keys_get_sign (self->seat->keys), KAN_KEY_SIZE))
    {
      g_set_error_literal (error, KAN_ERROR, KAN_ERROR_LOCKED, _("the key was changed meanwhile: unlock again"));
      return FALSE;
    }
  self->list_proven = self->in_list && keys != NULL;
  return keys != NULL;
}

static KanOutcome *
refused_outcome (const char *subject, GPtrArray *refusals)
{
  KanOutcome *outcome = g_new0 (KanOutcome, 1);

  outcome->subject = g_strdup (subject);
  outcome->refusals = refusals;
  outcome->waiting_for = g_ptr_array_new_with_free_func (g_free);
  return outcome;
}

/* All that go with it, or none. */
static KanOutcome *
sign_joined (KanDesk *self, const KanAnswers *answers, const KanSecret *passphrase, gint64 now, GError **error)
{
  const KanKind *kind = kan_book_find_kind (self->book, kan_answers_get_kind (answers), NULL);
  g_autoptr(KanReview) review = kan_desk_may_sign (self, kind, error)
                                ? kan_view_review_joined (self, answers, now, error) : NULL;

  kan_desk_clear_cosigners (self);
  if (review == NULL)
    return NULL;
  if (!review->admissible)
    return refused_outcome (NULL, g_steal_pointer (&review->refusals));
  if (kan_desk_wants_passphrase (self, kind->id) && !kan_desk_check_passphrase (self, passphrase, error))
    return NULL;
  return kan_view_sign_joined (self, answers, now, error);
}

/**
 * kan_desk_sign_answers:
 * @self: an unlocked desk
 * @answers: what was typed and reviewed
 * @passphrase: (nullable): theirs who unlocked; %NULL for a light act, or where it was given in the same list before
 * @now: the clock as read, seconds of UTC
 * @error: %KAN_ERROR_LOCKED where the passphrase is wrong or missing, nothing written; a rule's no is in the outcome
 *
 * What would be refused is refused before the passphrase is tried. Cosigners are forgotten afterwards, but for a wrong
 * passphrase.
 *
 * Returns: (transfer full): the outcome
 */
KanOutcome *
kan_desk_sign_answers (KanDesk *self, const KanAnswers *answers, const KanSecret *passphrase, gint64 now,
                       GError **error)
{
  g_autoptr(KanAnswers) asked = kan_view_asked (self, answers, NULL, error);
  gboolean joins = asked != NULL && kan_view_joins (self, asked);
  g_autoptr(KanDraft) draft = asked != NULL && !joins ? kan_view_draft (self, asked, error) : NULL;
  g_autoptr(GPtrArray) refusals = NULL;

  if (joins)
    return sign_joined (self, asked, passphrase, now, error);
  if (draft == NULL || !kan_desk_may_sign (self, kan_draft_get_kind (draft), error))
    return NULL;
  if ((kan_draft_get_kind (draft)->flags & (KAN_INTERNAL | KAN_CLAIMS)) != 0)
    {
      g_set_error (error, KAN_ERROR, KAN_ERROR_USAGE, _("%s is made by the program itself"),
                   kan_answers_get_kind (answers));
      return NULL;
    }
  refusals = kan_draft_judge (draft, kan_desk_get_person (self), now, error);
  if (refusals == NULL)
    return NULL;
  if (!is_admissible (refusals))
    {
      kan_desk_clear_cosigners (self);
      return refused_outcome (kan_draft_get_subject (draft), g_steal_pointer (&refusals));
    }
  if (kan_desk_wants_passphrase (self, kan_answers_get_kind (answers)) &&
      !kan_desk_check_passphrase (self, passphrase, error))
    return NULL;
  return kan_desk_sign (self, draft, now, error);
}
