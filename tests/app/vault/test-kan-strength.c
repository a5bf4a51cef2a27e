/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which passphrases are taken, and why others are not. */
#include "vault/kan-strength.h"

#include <string.h>

static void
test_judge (void)
{
  static const struct { const char *typed, *login, *why; } cases[] = {
    { "", "sato", "At least 12" }, { "eleven char", "sato", "At least 12" }, { "十一字のあいことばだよ", "sato", "At least 12" },
    { "kudzu sato brasenia", "sato", "The user name" }, { "kudzu sato brasenia", "suzuki", NULL },
    { "kudzu sato brasenia", NULL, NULL }, { "kudzu sato brasenia", "", NULL },
    { "kudzu sato brasenia", "a", NULL }, { "kudzu abe brasenia", "abe", NULL },
    { "kudzu sato brasenia", "佐藤", NULL }, { "有明海の佐藤太郎 1887 mudskippers", "佐藤太郎", "The user name" },
    { "aaaaaaaaaaaaaaa", "sato", "Too easily" }, { "123456789012345", "sato", "Too easily" },
    { "kudzu-brasenia-57", "sato", NULL }, { "有明海の干潟に立つ 1887 mudskippers", "sato", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *why = kan_strength_judge (cases[i].typed, cases[i].login);

      g_test_message ("“%s”: %s", cases[i].typed, why != NULL ? why : "taken");
      g_assert_cmpint (why != NULL, ==, cases[i].why != NULL);
      g_assert_true (why == NULL || g_str_has_prefix (why, cases[i].why));
      g_assert_true (why != NULL || kan_strength_score (cases[i].typed, cases[i].login) > 0);
    }
}

/* A secret ends where it ends, not with a zero. */
static void
test_check (void)
{
  g_autofree char *weak = g_strdup ("short"), *strong = g_strdup ("kudzu-brasenia-57");
  g_autoptr(KanSecret) refused = kan_secret_new_take ((guint8 *) weak, strlen ("short"));
  g_autoptr(KanSecret) taken = kan_secret_new_take ((guint8 *) strong, strlen ("kudzu-brasenia-57"));
  g_autoptr(GError) error = NULL;

  g_assert_false (kan_strength_check (refused, "sato", &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_USAGE);
  g_assert_cmpint (kan_error_exit_status (error), ==, 2);
  g_clear_error (&error);
  g_assert_true (kan_strength_check (taken, "sato", &error));
  g_assert_no_error (error);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/strength/judge", test_judge);
  g_test_add_func ("/strength/check", test_check);
  return g_test_run ();
}
