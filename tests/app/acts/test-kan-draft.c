/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drafts: what people type is read as they meant it, what cannot be read is a refusal beside its field, and judging
 * signs nothing. */
#include "app/acts/yard.h"

#include <string.h>

/* One answer of crate.add as typed, and the body it leaves; NULL: a refusal beside it. */
static const struct { const char *key, *typed, *body; } readings[] = {
  { "weight", "12", "{\"weight\":12}" },
  { "weight", "１２", "{\"weight\":12}" },
  { "weight", "1,234", "{\"weight\":1234}" },
  { "weight", "１，２３４", "{\"weight\":1234}" },
  { "weight", " 7", "{\"weight\":7}" },
  { "weight", "-1", NULL },
  { "weight", "1.5", NULL },
  { "weight", "十二", NULL },
  { "weight", ",", NULL },
  { "weight", "1234567890123456", NULL },
  { "fragile", "yes", "{\"fragile\":true}" },
  { "fragile", "はい", "{\"fragile\":true}" },
  { "fragile", "いいえ", "{\"fragile\":false}" },
  { "fragile", "perhaps", NULL },
  { "bought_on", "2026-02-13", "{\"bought_on\":\"2026-02-13\"}" },
  { "bought_on", "令和8年2月13日", "{\"bought_on\":\"2026-02-13\"}" },
  { "bought_on", "令和８年２月１３日", "{\"bought_on\":\"2026-02-13\"}" },
  { "bought_on", "平成元年1月8日", "{\"bought_on\":\"1989-01-08\"}" },
  { "bought_on", "2026-02-30", NULL },
  { "bought_on", "tomorrow", NULL },
  { "seen_at", "2026-02-13T10:05", "{\"seen_at\":\"2026-02-13T10:05\"}" },
  { "seen_at", "2026-02-13 10:05", "{\"seen_at\":\"2026-02-13T10:05\"}" },
  { "seen_at", "2026-02-13 24:05", NULL },
  { "seen_at", "2026-02-13", NULL },
  { "colour", "red", "{\"colour\":\"red\"}" },
  { "colour", "赤", "{\"colour\":\"red\"}" },
  { "colour", "Blue", "{\"colour\":\"blue\"}" },
  { "keeper", "P4", "{\"keeper\":\"P4\"}" },
  { "keeper", "login4", "{\"keeper\":\"P4\"}" },
  { "keeper", "chief", "{\"keeper\":\"P1\"}" },
  { "keeper", "田中 実", "{\"keeper\":\"P4\"}" },
  { "owner", "森 太郎", "{\"owner\":\"X1\"}" },
  { "owner", "login5", "{\"owner\":\"P5\"}" },
  { "helpers", "P2,P4", "{\"helpers\":[\"P2\",\"P4\"]}" },
  { "helpers", "login2、login4", "{\"helpers\":[\"P2\",\"P4\"]}" },
  { "helpers", " P2 ;login4， ", "{\"helpers\":[\"P2\",\"P4\"]}" },
  { "made_by", "　木工 所\u2800 ", "{\"made_by\":\"木工 所\"}" },
  { "made_by", " 　", "{}" },
  { "telephone", "03-1234-5678", "{\"telephone\":\"03-1234-5678\"}" },
  { "made_by", "葛\xf3\xa0\x84\x80城木工", "{\"made_by\":\"葛\xf3\xa0\x84\x80城木工\"}" },
  { "contents", "[{\"name\":\"釘\",\"number\":3},{\"name\":\"板\"}]",
    "{\"contents\":[{\"name\":\"釘\",\"number\":3},{\"name\":\"板\"}]}" },
  { "contents", "[{\"number\":3, \"name\":\"釘\"}]", NULL },
  { "contents", "釘三本", NULL },
  { "maker", "a column is no question", NULL },
  { "deviation", "heavy", NULL },
  { "label", "\xff", NULL },
};

static void
test_readings (void)
{
  g_autoptr(Yard) yard = yard_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (readings); i++)
    {
      g_autoptr(KanDraft) draft = kan_draft_new (yard->book, "crate.add", NULL, NULL);
      g_autofree char *body = NULL, *refusals = NULL;

      kan_draft_set (draft, readings[i].key, readings[i].typed);
      body = kan_body_encode (kan_draft_get_body (draft), NULL);
      g_test_message ("%s %u", readings[i].key, (guint) i);
      g_assert_cmpstr (body, ==, readings[i].body != NULL ? readings[i].body : "{}");
      if (readings[i].body == NULL && strcmp (readings[i].key, "label") != 0)
        {
          g_autofree char *answers = g_strdup_printf ("label=x | %s=%s", readings[i].key, readings[i].typed);

          refusals = yard_judge (yard, CLERK, "crate.add", NULL, answers);
          g_assert_cmpstr (refusals, ==, readings[i].key);
        }
    }
}

/* Free text is signed by a salted digest: the same words twice are not the same digest. */
static void
test_free_text (void)
{
  g_autoptr(Yard) yard = yard_new ();
  g_autofree char *first = NULL, *shown = NULL;

  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=一 | note=角が欠けている\n底は無事\n");
  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=二 | note=角が欠けている\n底は無事");
  yard_expect_text (yard, "2", "SELECT count(DISTINCT note) FROM crate WHERE length(note) = 64");
  yard_expect_text (yard, "0", "SELECT count(*) FROM act WHERE instr(body, '欠けて')");
  first = yard_text (yard, "SELECT note FROM crate WHERE id = 1");
  shown = kan_book_show (yard->book, kan_register_find_field (kan_book_find_register (yard->book, "crate"), "note"),
                         first, TRUE);
  g_assert_cmpstr (shown, ==, "角が欠けている\n底は無事");
}

/* Answering anew takes back what was wrong before, an empty answer takes it back altogether. */
static void
test_answering_anew (void)
{
  g_autoptr(Yard) yard = yard_new ();
  g_autoptr(KanDraft) draft = kan_draft_new (yard->book, "crate.add", NULL, NULL);
  g_autoptr(GPtrArray) refusals = NULL;

  kan_draft_set (draft, "label", "新しい箱");
  kan_draft_set (draft, "weight", "heavy");
  kan_draft_set (draft, "weight", "3");
  kan_draft_set (draft, "fragile", "perhaps");
  kan_draft_set (draft, "fragile", "");
  kan_draft_set (draft, "bought_on", "2026-02-01");
  kan_draft_set (draft, "bought_on", NULL);
  kan_draft_set_happened (draft, "yesterday");
  kan_draft_set_happened (draft, NULL);
  refusals = kan_draft_judge (draft, CLERK, yard->now + 60, NULL);
  g_assert_cmpuint (refusals->len, ==, 0);
  g_assert_cmpuint (kan_body_n_members (kan_draft_get_body (draft)), ==, 2);
}

static void
test_all_refusals_at_once (void)
{
  g_autoptr(Yard) yard = yard_new ();
  g_autofree char *refusals = yard_judge (yard, CLERK, "crate.add", NULL,
                                          "weight=much | keeper=nobody | colour=green | bought_on=2026-13-01 | "
                                          "helpers=P2,P2 |"
                                          " telephone=a\tb | serves=2026-13 | happened=2030-01-01T00:00");

  g_assert_cmpstr (refusals, ==, "bought_on colour happened_at helpers keeper label serves telephone weight");
}

static void
test_no_such_draft (void)
{
  g_autoptr(Yard) yard = yard_new_empty ();
  g_autoptr(GError) error = NULL;

  g_assert_null (kan_draft_new (yard->book, "crate.fly", NULL, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_USAGE);
}

/* That the record is not named is one refusal among the others. */
static void
test_about_nothing (void)
{
  static const struct { gint64 person; const char *kind, *answers, *refusals; } table[] = {
    { CLERK, "crate.amend", "colour=green | weight=much", "colour subject weight" },
    { CLERK, "crate.weigh", "weight=much", "not_entitled subject weight" },
    { GENERAL, "hand.give", "", "subject" },
    { GENERAL, "hand.refuse", "", "subject" },
    { CLERK, "hand.withdraw", "", "subject" },
    { CLERK, "act.correct", "", "subject" },
    { CLERK, "act.void", "", "subject" },
  };
  g_autoptr(Yard) yard = yard_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *refusals = yard_judge (yard, table[i].person, table[i].kind, NULL, table[i].answers);

      g_test_message ("%s", table[i].kind);
      g_assert_cmpstr (refusals, ==, table[i].refusals);
    }
}

/* Judging leaves nothing behind, the draft's own answers included: what fill derives is the signature's. */
static void
test_judging_signs_nothing (void)
{
  g_autoptr(Yard) yard = yard_new ();
  gint64 head = yard_head (yard);
  g_autoptr(KanDraft) draft = NULL;
  g_autoptr(GPtrArray) refusals = NULL;

  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=箱");
  draft = kan_draft_new (yard->book, "crate.weigh", "C1", NULL);
  refusals = kan_draft_judge (draft, OPERATOR, yard->now + 60, NULL);
  g_assert_cmpuint (refusals->len, ==, 0);
  g_assert_cmpuint (kan_body_n_members (kan_draft_get_body (draft)), ==, 0);
  g_assert_cmpint (yard_head (yard), ==, head + 1);
  yard_expect (yard, "done", OPERATOR, "crate.weigh", "C1", "");
  yard_expect_text (yard, "10", "SELECT weight FROM crate WHERE id = 1");
  yard_expect_text (yard, "{\"weight\":10}", "SELECT body FROM act ORDER BY seq DESC LIMIT 1");
}

/* May it begin: role, state and readiness, before any answer. */
static void
test_may_begin (void)
{
  static const struct { gint64 person; const char *kind, *subject; guint n; } table[] = {
    { CLERK, "crate.add", NULL, 0 }, { AUDITOR, "crate.add", NULL, 1 }, { LEAVER, "crate.add", NULL, 1 },
    { OPERATOR, "crate.weigh", "C1", 0 }, { CLERK, "crate.weigh", "C1", 1 }, { CLERK, "crate.weigh", "C9", 2 },
    { CLERK, "crate.seal", "C1", 1 }, { CLERK, "crate.seal", "C2", 0 }, { CLERK, "hand.give", "C1", 1 },
  };
  g_autoptr(Yard) yard = yard_new ();

  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=箱");
  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=量った箱 | weight=1");
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(KanDraft) draft = kan_draft_new (yard->book, table[i].kind, table[i].subject, &error);
      g_autoptr(GPtrArray) refusals = kan_draft_may_begin (draft, table[i].person, yard->now + 60, &error);

      g_assert_no_error (error);
      g_test_message ("%d %s %s", (int) table[i].person, table[i].kind, table[i].subject);
      g_assert_cmpuint (refusals->len, ==, table[i].n);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draft/readings", test_readings);
  g_test_add_func ("/draft/free-text", test_free_text);
  g_test_add_func ("/draft/answering-anew", test_answering_anew);
  g_test_add_func ("/draft/all-refusals-at-once", test_all_refusals_at_once);
  g_test_add_func ("/draft/no-such-draft", test_no_such_draft);
  g_test_add_func ("/draft/about-nothing", test_about_nothing);
  g_test_add_func ("/draft/judging-signs-nothing", test_judging_signs_nothing);
  g_test_add_func ("/draft/may-begin", test_may_begin);
  return g_test_run ();
}
