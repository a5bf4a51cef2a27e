/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several acts of one wizard, signed one after the other: what each would be, the ones before it supposed. */
#include "desk/kan-view-private.h"

#include "acts/kan-suppose.h"

#define KEY_REASON "deviation_reason"

typedef struct
{
  KanDesk         *desk;
  const GPtrArray *answers;      /* KanAnswers */
  GPtrArray       *reviews;      /* KanReview */
  gint64           now;
} Together;

static gboolean
has_marks (const KanReview *review)
{
  for (guint i = 0; i < review->refusals->len; i++)
    if (((KanRefusal *) g_ptr_array_index (review->refusals, i))->is_mark)
      return TRUE;
  return FALSE;
}

/**
 * kan_desk_fit_reason:
 * @self: an unlocked desk
 * @answers: what was typed; its reason for a deviation is taken out where no rule is broken
 * @now: seconds of UTC
 * @error: the world's
 *
 * One reason is typed for acts that are reviewed together; it goes with those that want one.
 */
gboolean
kan_desk_fit_reason (KanDesk *self, KanAnswers *answers, gint64 now, GError **error)
{
  g_autofree char *reason = g_strdup (kan_answers_get (answers, KEY_REASON));
  g_autoptr(KanReview) review = NULL;

  if (reason == NULL)
    return TRUE;
  kan_answers_set (answers, KEY_REASON, NULL);
  review = kan_desk_review (self, answers, now, error);
  if (review != NULL && has_marks (review))
    kan_answers_set (answers, KEY_REASON, reason);
  return review != NULL;
}

static gboolean
review_one (Together *self, const KanAnswers *typed, GError **error)
{
  g_autoptr(KanAnswers) answers = kan_answers_copy (typed);
  g_autoptr(KanDraft) draft = NULL;
  KanReview *review = kan_desk_fit_reason (self->desk, answers, self->now, error)
                      ? kan_desk_review (self->desk, answers, self->now, error) : NULL;

  if (review == NULL)
    return FALSE;
  g_ptr_array_add (self->reviews, review);
  if (self->reviews->len == self->answers->len)
    return TRUE;
  draft = kan_view_draft (self->desk, answers, error);
  return draft != NULL && kan_draft_suppose (draft, kan_desk_get_person (self->desk), self->now, error);
}

static gboolean
review_all (KanBook *book, gpointer data, GError **error)
{
  Together *self = data;

  (void) book;
  for (guint i = 0; i < self->answers->len; i++)
    if (!review_one (self, g_ptr_array_index ((GPtrArray *) self->answers, i), error))
      return FALSE;
  return TRUE;
}

/**
 * kan_desk_review_together:
 * @self: an unlocked desk
 * @answers: (element-type KanAnswers): acts in the order in which they will be signed
 * @now: seconds of UTC
 * @error: the world's
 *
 * Returns: (transfer full) (element-type KanReview): what exactly would be signed, one for each, as if those before it
 *   had taken effect
 */
GPtrArray *
kan_desk_review_together (KanDesk *self, const GPtrArray *answers, gint64 now, GError **error)
{
  g_autoptr(GPtrArray) reviews = g_ptr_array_new_with_free_func ((GDestroyNotify) kan_review_free);
  Together together = { self, answers, reviews, now };

  return kan_book_suppose (self->book, review_all, &together, error) ? g_steal_pointer (&reviews) : NULL;
}
