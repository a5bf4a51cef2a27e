/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What decisions are called: each article has its own word (ARTICLES.md, "Verbs per article"). */
#include "app/acts/yard.h"

static void
test_articles (void)
{
  static const struct { const char *article, *capacity, *give, *refuse; } table[] = {
    { "11-3", "information_manager", "承諾する", "承諾しない" }, { "11-3", "system_manager", "承諾する", "承諾しない" },
    { "11-3", "chief_instead", "承諾する", "承諾しない" }, { "11-3", "taker", "署名する", "署名しない" },
    { "7-3", "system_manager", "承認する", "承認しない" }, { "9-2", "information_manager", "承認する", "承認しない" },
    { "11-1", "information_manager", "承認する", "承認しない" }, { NULL, "chief", "承認する", "承認しない" },
    { "12-2", "system_manager", "許可する", "許可しない" }, { "13", "chief", "許可する", "許可しない" },
    { "4-3", "information_manager", "指名する", "指名しない" }, { "5-4", "system_manager", "指名する", "指名しない" },
    { "6-3", "chief", "報告を受ける", "報告を受けない" }, { "20", "chief", "報告を受ける", "報告を受けない" },
    { "11-5", "system_manager", "確認する", "確認しない" }, { "11-5", "witness", "署名する", "署名しない" },
    { "11-30", "chief", "承認する", "承認しない" }, { "20", "second", "連署する", "連署しない" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      const KanVerb *verb = kan_verb_of (table[i].article, table[i].capacity);

      g_test_message ("%s %s", table[i].article, table[i].capacity);
      g_assert_cmpstr (verb->give.ja, ==, table[i].give);
      g_assert_cmpstr (verb->refuse.ja, ==, table[i].refuse);
      g_assert_nonnull (verb->give.en);
      g_assert_nonnull (verb->refuse.en);
    }
}

static const char *
title_of_head (Yard *yard)
{
  g_autoptr(KanAct) act = kan_ledger_get (yard->db, yard_head (yard), NULL);

  return kan_book_act_title (yard->book, act)->ja;
}

/* In the chain as on the button. */
static void
test_chain_and_offers (void)
{
  g_autoptr(Yard) yard = yard_new ();
  g_autoptr(GPtrArray) offers = NULL;

  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=箱 | weight=5");
  g_assert_cmpstr (title_of_head (yard), ==, "登録");
  yard_expect (yard, "waits information_manager system_manager", CLERK, "crate.seal", "C1", "");
  offers = kan_book_list_offers (yard->book, NULL, "C1", GENERAL, yard->now + 60, NULL);
  for (guint i = 0; i < offers->len; i++)
    {
      const KanOffer *offer = g_ptr_array_index (offers, i);

      if (g_str_equal (offer->kind->id, "hand.give"))
        g_assert_cmpstr (offer->title->ja, ==, "承諾する");
      if (g_str_equal (offer->kind->id, "hand.refuse"))
        g_assert_cmpstr (offer->title->ja, ==, "承諾しない");
    }
  yard_expect (yard, "waits system_manager", GENERAL, "hand.give", "C1", "");
  g_assert_cmpstr (title_of_head (yard), ==, "承諾する");
  yard_expect (yard, "done", PENSION, "hand.refuse", "C1", "reason=不要");
  g_assert_cmpstr (title_of_head (yard), ==, "承諾しない");
  yard_expect (yard, "waits information_manager", CLERK, "crate.bless", "C1", "");
  yard_expect (yard, "done", GENERAL, "hand.ask_back", "C1", "reason=再考");
  g_assert_cmpstr (title_of_head (yard), ==, "差し戻す");
  yard_expect (yard, "waits information_manager", CLERK, "crate.bless", "C1", "");
  yard_expect (yard, "done", GENERAL, "hand.give", "C1", "");
  g_assert_cmpstr (title_of_head (yard), ==, "承認する");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/verb/articles", test_articles);
  g_test_add_func ("/verb/chain-and-offers", test_chain_and_offers);
  return g_test_run ();
}
