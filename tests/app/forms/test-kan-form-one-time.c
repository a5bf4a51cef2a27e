/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The slip with a one-time passphrase: to be typed from paper, so every character of it stands there as it is. */
#include "app/forms/form-ink.h"
#include "forms/kan-form-one-time.h"

#include <locale.h>

static void
test_words (void)
{
  static const struct { const char *name, *login, *passphrase; } table[] = {
    { "長崎　太郎", "taro", "kudzu brasenia 57 lotus" },
    { "辻\U000E0100　葛\U000E0100彦", "tsuji.k-2", "0O1lI| '\"&<>%s" },
    { "勘解由小路　左衛門三郎兵衛之丞徳右衛門勘解由小路　左衛門三郎兵衛之丞徳右衛門",
      "a-very-long-login-of-sixty-four-characters-that-nobody-can-remember",
      "abandon ability able about above absent absorb abstract absurd abuse access accident account accuse achieve" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (KanPaper) paper = kan_form_one_time_new (table[i].name, table[i].login, table[i].passphrase);
      g_autofree char *ink = ink_of (paper);

      g_test_message ("%s", table[i].login);
      assert_clean (paper);
      g_assert_cmpuint (kan_paper_n_pages (paper), ==, 1);
      g_assert_nonnull (strstr (ink, table[i].name));
      g_assert_nonnull (strstr (ink, table[i].login));
      g_assert_cmpuint (count_in (ink, table[i].passphrase), ==, 1);
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/form-one-time/words", test_words);
  return g_test_run ();
}
