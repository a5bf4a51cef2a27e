/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Acts reviewed together: each as if those before it had taken effect, and nothing of it stays. */
#include "demo-fixture.h"

static const KanReviewLine *
line_of (const KanReview *review, const char *key)
{
  for (guint i = 0; i < review->lines->len; i++)
    if (g_strcmp0 (((KanReviewLine *) g_ptr_array_index (review->lines, i))->key, key) == 0)
      return g_ptr_array_index (review->lines, i);
  return NULL;
}

static gboolean
breaks (const KanReview *review, const char *rule)
{
  for (guint i = 0; i < review->refusals->len; i++)
    if (g_strcmp0 (((KanRefusal *) g_ptr_array_index (review->refusals, i))->rule, rule) == 0)
      return TRUE;
  return FALSE;
}

/* One that holds something and can be erased. */
static KanViewDoomed *
find_doomed (GPtrArray *all)
{
  for (guint i = 0; i < all->len; i++)
    {
      KanViewDoomed *one = g_ptr_array_index (all, i);

      if (one->held > 0 && one->can_be_erased)
        return one;
    }
  g_assert_not_reached ();
}

static GPtrArray *
erase_and_destroy (const KanViewDoomed *doomed)
{
  GPtrArray *acts = g_ptr_array_new_with_free_func ((GDestroyNotify) kan_answers_free);
  KanAnswers *erase = kan_answers_new ("media.erase", doomed->subject);
  KanAnswers *destroy = kan_answers_new ("media.destroy", NULL);
  g_autofree char *held = g_strdup_printf ("%" G_GINT64_FORMAT, doomed->held);

  kan_answers_set (erase, "erasure", doomed->erasure[0]);
  kan_answers_set (erase, "erased_count", held);
  kan_answers_set (erase, "erasure_verified", "yes");
  kan_answers_set (erase, "deviation_reason", "期限を過ぎたため");
  kan_answers_set (destroy, "media", doomed->subject);
  kan_answers_set (destroy, "method", doomed->destruction[0]);
  g_ptr_array_add (acts, erase);
  g_ptr_array_add (acts, destroy);
  return acts;
}

static void
test_supposed (void)
{
  g_autoptr(KanDesk) desk = demo_open (NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) all = kan_desk_list_doomed (desk, "M1,M2,M3,M4,M5,M6,M7,M8,M9", &error);
  g_autoptr(GPtrArray) acts = erase_and_destroy (find_doomed (all));
  gint64 open = demo_ask (desk, "SELECT count(*) FROM batch WHERE state = 'open'");
  g_autoptr(GPtrArray) both = kan_desk_review_together (desk, acts, demo_now, &error);
  g_autoptr(KanReview) alone = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (both->len, ==, 2);
  g_assert_true (((KanReview *) g_ptr_array_index (both, 0))->admissible);
  g_assert_cmpstr (line_of (g_ptr_array_index (both, 1), "count")->shown, ==, "0");
  g_assert_false (breaks (g_ptr_array_index (both, 1), "11-4.not_erased"));
  alone = kan_desk_review (desk, g_ptr_array_index (acts, 1), demo_now, &error);
  g_assert_no_error (error);
  g_assert_true (breaks (alone, "11-4.not_erased"));
  g_assert_cmpint (demo_ask (desk, "SELECT count(*) FROM batch WHERE state = 'open'"), ==, open);
}

/* A reason goes with those acts that break a rule, and only with them. */
static void
test_reason (void)
{
  g_autoptr(KanDesk) desk = demo_open (NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(KanAnswers) fine = kan_answers_new ("place.establish", NULL);

  kan_answers_set (fine, "deviation_reason", "なし");
  g_assert_true (kan_desk_fit_reason (desk, fine, demo_now, &error));
  g_assert_no_error (error);
  g_assert_null (kan_answers_get (fine, "deviation_reason"));
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  demo_build (0);
  g_test_add_func ("/desk/together/supposed", test_supposed);
  g_test_add_func ("/desk/together/reason", test_reason);
  status = g_test_run ();
  demo_remove ();
  return status;
}
