/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Acts that people do in one go: the questions of all of them on one form, one review, one signature that writes all of
 * them or none. */
#include "desk/kan-view-private.h"

#include "acts/kan-suppose.h"

#include <string.h>

#define BETWEEN ":"      /* of another act's question: "media.store:place" */

/* What is reviewed or signed, act by act. */
typedef struct
{
  KanDesk          *desk;
  const KanAnswers *typed;
  const KanKind    *leading;
  gint64            now;
  KanReview        *whole;       /* borrowed: of all acts so far */
  KanAnswers       *main;        /* of the leading act: grows by what the acts before it make */
  GPtrArray        *unmade;      /* keys of the leading act that an act before it would answer, and cannot yet */
  KanOutcome       *outcome;     /* of the leading act, or of the one that was refused */
} Together;

/* --- what belongs together ---------------------------------------------------------------------------------------- */

static gboolean
has_hands (KanDesk *desk, const KanKind *kind)
{
  const KanProfile *profile = kan_book_get_profile (desk->book);
  const char *const *roles = profile != NULL ? kan_profile_act_hands (profile, kind->id) : NULL;

  return (roles != NULL && *roles != NULL) || kind->hands != NULL;
}

/**
 * kan_view_company:
 * @desk: an unlocked desk
 * @kind: an act
 *
 * Returns: (transfer none) (nullable): what is done in one go with it, ended by one without a kind; %NULL: nothing, or
 *   one of them waits for somebody else's signature here
 */
const KanCompany *
kan_view_company (KanDesk *desk, const KanKind *kind)
{
  if (kind == NULL || kind->company == NULL || has_hands (desk, kind))
    return NULL;
  for (const KanCompany *one = kind->company; one->kind != NULL; one++)
    {
      const KanKind *other = kan_book_find_kind (desk->book, one->kind, NULL);

      if (other == NULL || has_hands (desk, other))
        return NULL;
    }
  return kind->company;
}

/**
 * kan_view_company_key:
 * @one: an act done in one go with another
 * @key: (nullable): of one of its questions
 *
 * Returns: (transfer full): how that question is called on the form of the leading act
 */
char *
kan_view_company_key (const KanCompany *one, const char *key)
{
  return g_strconcat (one->kind, BETWEEN, key, NULL);
}

static gboolean
goes_before (KanBook *book, const KanCompany *one)
{
  return kan_book_find_kind (book, one->kind, NULL)->from == NULL;
}

static gboolean
is_answered (const KanAnswers *typed, const KanCompany *one)
{
  g_autofree char *prefix = kan_view_company_key (one, "");
  g_auto(GStrv) keys = kan_answers_list_keys (typed), rows = kan_answers_list_row_keys (typed);
  gboolean found = FALSE;

  for (char **key = keys; *key != NULL && !found; key++)
    found = g_str_has_prefix (*key, prefix);
  for (char **key = rows; *key != NULL && !found; key++)
    found = g_str_has_prefix (*key, prefix);
  return found;
}

/* A record is made where none was chosen and the act is about no certain one; whatever follows upon one is done if
 * anything of it is answered. */
static gboolean
is_wanted (KanDesk *desk, const KanAnswers *typed, const KanAnswers *leading, const KanCompany *one)
{
  if (goes_before (desk->book, one))
    return kan_answers_get_subject (typed) == NULL && kan_answers_get (leading, one->by) == NULL;
  return is_answered (typed, one);
}

/**
 * kan_view_joins:
 * @desk: an unlocked desk
 * @answers: what was typed
 *
 * Returns: whether acts that go with the leading one are to be done: what they ask, or what only they could answer, is
 *   open or answered
 */
gboolean
kan_view_joins (KanDesk *desk, const KanAnswers *answers)
{
  const KanKind *kind = kan_book_find_kind (desk->book, kan_answers_get_kind (answers), NULL);

  for (const KanCompany *one = kan_view_company (desk, kind); one != NULL && one->kind != NULL; one++)
    if (is_wanted (desk, answers, answers, one))
      return TRUE;
  return FALSE;
}

/* Whether an act can follow upon the record that was chosen, as it is now; upon one that is to be made it may. */
static gboolean
may_follow (KanDesk *desk, const KanCompany *one, const KanAnswers *answers, gboolean *may, GError **error)
{
  const KanKind *kind = kan_book_find_kind (desk->book, one->kind, NULL);
  const char *subject = kan_answers_get (answers, one->by);
  g_autoptr(GError) failed = NULL;
  g_autoptr(KanRecord) record = subject != NULL && kind->from != NULL
                                ? kan_record_get (desk->book, subject, &failed) : NULL;

  *may = record == NULL || kan_kind_leads_from (kind, kan_record_get_state (record));
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/* As the form of the leading act calls them. */
static char **
list_unasked (KanDesk *desk, const KanAnswers *answers, GError **error)
{
  const KanKind *leading = kan_book_find_kind (desk->book, kan_answers_get_kind (answers), NULL);
  g_autoptr(GStrvBuilder) keys = g_strv_builder_new ();

  for (const KanCompany *one = kan_view_company (desk, leading); one != NULL && one->kind != NULL; one++)
    {
      const KanAsk *ask = kan_book_find_kind (desk->book, one->kind, NULL)->asks;
      gboolean may = TRUE;

      if (!may_follow (desk, one, answers, &may, error))
        return NULL;
      for (; !may && ask != NULL && ask->key != NULL; ask++)
        {
          g_autofree char *key = kan_view_company_key (one, ask->key);

          g_strv_builder_add (keys, key);
        }
    }
  return g_strv_builder_end (keys);
}

static void
drop (KanAnswers *answers, const char *key)
{
  kan_answers_declare (answers, key, FALSE);
  kan_answers_set (answers, key, NULL);
}

/* Of a record that would have been made, had none been chosen since. */
static void
drop_unmade (KanDesk *desk, KanAnswers *answers)
{
  const KanKind *leading = kan_book_find_kind (desk->book, kan_answers_get_kind (answers), NULL);

  for (const KanCompany *one = kan_view_company (desk, leading); one != NULL && one->kind != NULL; one++)
    {
      g_autofree char *prefix = kan_view_company_key (one, "");
      g_auto(GStrv) keys = kan_answers_list_keys (answers);

      for (char **key = keys; goes_before (desk->book, one) && *key != NULL; key++)
        if (g_str_has_prefix (*key, prefix) && !is_wanted (desk, answers, answers, one))
          drop (answers, *key);
    }
}

/**
 * kan_view_asked:
 * @desk: an unlocked desk
 * @answers: what was typed
 * @unasked: (out) (optional) (transfer full): keys of the questions that are needless now
 * @error: the world's
 *
 * What follows upon a record is not asked where it cannot: a medium that is in store already is not stored.
 *
 * Returns: (transfer full): the answers without those to needless questions, which stay with the form
 */
KanAnswers *
kan_view_asked (KanDesk *desk, const KanAnswers *answers, char ***unasked, GError **error)
{
  g_auto(GStrv) keys = list_unasked (desk, answers, error);
  KanAnswers *asked = keys != NULL ? kan_answers_copy (answers) : NULL;

  for (char **key = keys; key != NULL && *key != NULL; key++)
    drop (asked, *key);
  if (asked != NULL)
    drop_unmade (desk, asked);
  if (unasked != NULL)
    *unasked = g_steal_pointer (&keys);
  return asked;
}

/* --- one act's answers -------------------------------------------------------------------------------------------- */

/* What goes with every act of them. */
static gboolean
is_shared (const char *key)
{
  static const char *const shared[] = { "deviation_reason", "late_reason", "clock", "happened_at", NULL };

  return g_strv_contains (shared, key);
}

/* How the act itself calls it; (nullable): it is none of its questions. @prefix "": the leading act. */
static const char *
own_key (const char *key, const char *prefix)
{
  if (*prefix == '\0')
    return strstr (key, BETWEEN) == NULL ? key : NULL;
  return g_str_has_prefix (key, prefix) ? key + strlen (prefix) : is_shared (key) ? key : NULL;
}

static void
take_declared (KanAnswers *act, const KanAnswers *typed, const char *prefix)
{
  const char *declared = kan_answers_get (typed, KAN_ANSWERS_DECLARED);
  g_auto(GStrv) paths = g_strsplit (declared != NULL ? declared : "", ",", -1);

  kan_answers_set (act, KAN_ANSWERS_DECLARED, NULL);
  for (char **path = paths; *path != NULL; path++)
    if (**path != '\0' && own_key (*path, prefix) != NULL)
      kan_answers_declare (act, own_key (*path, prefix), TRUE);
}

/* Answers by rows stay with the leading act, which alone is asked for them. */
static KanAnswers *
answers_of (const KanAnswers *typed, const char *kind, const char *subject, const char *prefix)
{
  KanAnswers *act = kan_answers_new (kind, subject);
  g_auto(GStrv) keys = kan_answers_list_keys (typed);

  for (char **key = keys; *key != NULL; key++)
    if (own_key (*key, prefix) != NULL)
      kan_answers_set (act, own_key (*key, prefix), kan_answers_get (typed, *key));
  take_declared (act, typed, prefix);
  kan_answers_set_happened (act, kan_answers_get_happened (typed));
  return act;
}

static KanAnswers *
part_of (const Together *self, const KanCompany *one)
{
  gboolean makes = goes_before (self->desk->book, one);
  g_autofree char *prefix = kan_view_company_key (one, "");

  return answers_of (self->typed, one->kind, makes ? NULL : kan_answers_get (self->main, one->by), prefix);
}

static gboolean
is_done (const Together *self, const KanCompany *one, gboolean before)
{
  return goes_before (self->desk->book, one) == before && is_wanted (self->desk, self->typed, self->main, one);
}

/* --- review ------------------------------------------------------------------------------------------------------- */

/* What is said of the act as a whole is said at its first question. */
static void
rename_refusals (const Together *self, GPtrArray *refusals, const KanCompany *one)
{
  const KanKind *kind = kan_book_find_kind (self->desk->book, one->kind, NULL);

  for (guint i = 0; i < refusals->len; i++)
    {
      KanRefusal *refusal = g_ptr_array_index (refusals, i);
      const char *key = refusal->key != NULL ? refusal->key : kind->asks[0].key;
      char *renamed = is_shared (key) ? g_strdup (key) : kan_view_company_key (one, key);

      g_free (refusal->key);
      refusal->key = renamed;
    }
}

static gboolean
is_said (GPtrArray *refusals, const KanRefusal *refusal)
{
  for (guint i = 0; i < refusals->len; i++)
    {
      const KanRefusal *other = g_ptr_array_index (refusals, i);

      if (g_strcmp0 (other->key, refusal->key) == 0 && strcmp (other->why, refusal->why) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Its lines stand under the act's name. */
static void
take_review (Together *self, KanReview *review, const KanCompany *one)
{
  const char *title = kan_view_title (self->desk->book, kan_book_find_kind (self->desk->book, one->kind, NULL));

  rename_refusals (self, review->refusals, one);
  self->whole->admissible = self->whole->admissible && review->admissible;
  for (guint i = 0; i < review->lines->len; i++)
    {
      KanReviewLine *line = g_ptr_array_index (review->lines, i);
      char *key = kan_view_company_key (one, line->key);

      g_free (line->key);
      line->key = key;
      g_free (line->page);
      line->page = g_strdup (title);
    }
  g_ptr_array_extend_and_steal (self->whole->lines, g_steal_pointer (&review->lines));
  while (review->refusals->len > 0)
    if (is_said (self->whole->refusals, g_ptr_array_index (review->refusals, 0)))
      g_ptr_array_remove_index (review->refusals, 0);
    else
      g_ptr_array_add (self->whole->refusals, g_ptr_array_steal_index (review->refusals, 0));
  kan_review_free (review);
}

/* The act, and the next one is reviewed as if it had taken effect. */
static KanReview *
review_part (Together *self, KanAnswers *part, GError **error)
{
  g_autoptr(KanReview) review = kan_desk_fit_reason (self->desk, part, self->now, error)
                                ? kan_view_review_one (self->desk, part, self->now, error) : NULL;
  g_autoptr(KanDraft) draft = review != NULL ? kan_view_draft (self->desk, part, error) : NULL;

  if (draft == NULL || (review->admissible &&
                        !kan_draft_suppose (draft, kan_desk_get_person (self->desk), self->now, error)))
    return NULL;
  return g_steal_pointer (&review);
}

/* The record that was made last in its register. */
static gboolean
take_made (Together *self, const KanCompany *one, GError **error)
{
  const KanRegister *reg = NULL;
  g_autofree char *sql = NULL, *subject = NULL;
  gint64 id = 0;

  kan_book_find_kind (self->desk->book, one->kind, &reg);
  sql = g_strdup_printf ("SELECT max(id) FROM %s", reg->id);
  if (!kan_db_get_int (kan_book_get_db (self->desk->book), &id, error, sql, ""))
    return FALSE;
  subject = g_strdup_printf ("%s%" G_GINT64_FORMAT, reg->prefix, id);
  kan_answers_set (self->main, one->by, subject);
  return TRUE;
}

static gboolean
review_before (Together *self, const KanCompany *one, GError **error)
{
  g_autoptr(KanAnswers) part = part_of (self, one);
  KanReview *review = review_part (self, part, error);
  gboolean fine = review != NULL && review->admissible;

  if (review == NULL)
    return FALSE;
  take_review (self, review, one);
  if (!fine)
    g_ptr_array_add (self->unmade, (gpointer) one->by);
  return !fine || take_made (self, one, error);
}

/* What would be answered by an act that cannot be done yet is not missing besides. */
static void
forget_unmade (Together *self, KanReview *review)
{
  for (guint i = review->refusals->len; i > 0; i--)
    {
      const char *key = ((KanRefusal *) g_ptr_array_index (review->refusals, i - 1))->key;

      if (key != NULL && g_ptr_array_find_with_equal_func (self->unmade, key, g_str_equal, NULL))
        g_ptr_array_remove_index (review->refusals, i - 1);
    }
}

static gboolean
review_leading (Together *self, GError **error)
{
  g_autoptr(KanReview) review = review_part (self, self->main, error);

  if (review == NULL)
    return FALSE;
  self->whole->admissible = self->whole->admissible && review->admissible;
  forget_unmade (self, review);
  g_ptr_array_extend_and_steal (self->whole->refusals, g_steal_pointer (&review->refusals));
  g_ptr_array_extend_and_steal (self->whole->lines, g_steal_pointer (&review->lines));
  return TRUE;
}

static gboolean
review_all (KanBook *book, gpointer data, GError **error)
{
  Together *self = data;
  const KanCompany *company = kan_view_company (self->desk, self->leading);

  (void) book;
  for (const KanCompany *one = company; one->kind != NULL; one++)
    if (is_done (self, one, TRUE) && !review_before (self, one, error))
      return FALSE;
  if (!review_leading (self, error))
    return FALSE;
  for (const KanCompany *one = company; one->kind != NULL && self->whole->admissible; one++)
    if (is_done (self, one, FALSE))
      {
        g_autoptr(KanAnswers) part = part_of (self, one);
        KanReview *review = review_part (self, part, error);

        if (review == NULL)
          return FALSE;
        take_review (self, review, one);
      }
  return TRUE;
}

static Together
together (KanDesk *desk, const KanAnswers *answers, gint64 now)
{
  Together self = { .desk = desk, .typed = answers, .now = now };

  self.leading = kan_book_find_kind (desk->book, kan_answers_get_kind (answers), NULL);
  self.main = answers_of (answers, kan_answers_get_kind (answers), kan_answers_get_subject (answers), "");
  self.unmade = g_ptr_array_new ();
  return self;
}

static void
clear (Together *self)
{
  kan_answers_free (self->main);
  g_ptr_array_unref (self->unmade);
}

/**
 * kan_view_review_joined:
 * @desk: an unlocked desk
 * @answers: of an act and those that go with it
 * @now: seconds of UTC
 * @error: the world's
 *
 * Returns: (transfer full): exactly what would be signed of all of them, and what stands in the way
 */
KanReview *
kan_view_review_joined (KanDesk *desk, const KanAnswers *answers, gint64 now, GError **error)
{
  g_autoptr(KanReview) whole = g_new0 (KanReview, 1);
  Together self = together (desk, answers, now);
  gboolean fine;

  whole->admissible = TRUE;
  whole->refusals = g_ptr_array_new_with_free_func ((GDestroyNotify) kan_refusal_free);
  whole->hands = g_ptr_array_new ();
  whole->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) kan_review_line_free);
  self.whole = whole;
  fine = kan_book_suppose (desk->book, review_all, &self, error);
  clear (&self);
  return fine ? g_steal_pointer (&whole) : NULL;
}

/* --- signing ------------------------------------------------------------------------------------------------------ */

/* @one: NULL: the leading act. */
static gboolean
sign_part (Together *self, KanAnswers *part, const KanCompany *one, GError **error)
{
  KanDesk *desk = self->desk;
  KanSigner signer = { desk->seat->person, desk->seat->keys, desk->session };
  g_autoptr(KanDraft) draft = kan_desk_fit_reason (desk, part, self->now, error)
                              ? kan_view_draft (desk, part, error) : NULL;
  g_autoptr(KanOutcome) outcome = draft != NULL ? kan_book_admit (desk->book, draft, &signer, NULL, 0, self->now, error)
                                  : NULL;
  gboolean refused = outcome != NULL && outcome->seq == 0;

  if (outcome == NULL)
    return FALSE;
  if (refused && one != NULL)
    rename_refusals (self, outcome->refusals, one);
  if (refused || one == NULL)
    {
      g_clear_pointer (&self->outcome, kan_outcome_free);
      self->outcome = g_steal_pointer (&outcome);
    }
  return !refused;
}

static gboolean
sign_all (KanBook *book, gpointer data, GError **error)
{
  Together *self = data;
  const KanCompany *company = kan_view_company (self->desk, self->leading);

  (void) book;
  for (int turn = 0; turn < 3; turn++)
    {
      if (turn == 1 && !sign_part (self, self->main, NULL, error))
        return FALSE;
      for (const KanCompany *one = company; one->kind != NULL && turn != 1; one++)
        {
          g_autoptr(KanAnswers) part = is_done (self, one, turn == 0) ? part_of (self, one) : NULL;

          if (part != NULL && (!sign_part (self, part, one, error) || (turn == 0 && !take_made (self, one, error))))
            return FALSE;
        }
    }
  return TRUE;
}

/**
 * kan_view_sign_joined:
 * @desk: an unlocked desk that may sign, whose passphrase was given
 * @answers: of an act and those that go with it, as they were reviewed
 * @now: the clock as read, seconds of UTC
 * @error: the world's
 *
 * Signs them in the order in which they happen, all of them or none.
 *
 * Returns: (transfer full): the outcome of the leading act; where one was refused, why
 */
KanOutcome *
kan_view_sign_joined (KanDesk *desk, const KanAnswers *answers, gint64 now, GError **error)
{
  Together self = together (desk, answers, now);
  gboolean signed_all = kan_book_together (desk->book, sign_all, &self, error);

  if (signed_all)
    {
      kan_desk_keep_head (desk);
      kan_desk_follow (desk, self.leading, now);
    }
  else if (self.outcome != NULL && self.outcome->seq > 0)
    g_clear_pointer (&self.outcome, kan_outcome_free);      /* what came after it failed, and it was undone as well */
  clear (&self);
  return self.outcome;
}
