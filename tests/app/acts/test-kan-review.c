/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What would be signed is told line by line, filled answers included, and is what is signed. */
#include "app/acts/yard.h"

#include <string.h>

/* "key=stored|shown_en|shown_ja[*]" with "; " between; the star: filled in. */
static char *
join (GPtrArray *lines)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < lines->len; i++)
    {
      const KanReviewed *line = g_ptr_array_index (lines, i);

      g_string_append_printf (out, "%s%s=%s|%s|%s%s", i > 0 ? "; " : "", line->key, line->stored, line->shown_en,
                              line->shown_ja, line->filled ? "*" : "");
      g_assert_nonnull (line->label.en);
      g_assert_nonnull (line->label.ja);
    }
  return g_string_free (out, FALSE);
}

static char *
review (Yard *yard, gint64 person, const char *kind, const char *subject, const char *answers, char **body)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanDraft) draft = kan_draft_new (yard->book, kind, subject, &error);
  g_auto(GStrv) pairs = g_strsplit (answers, " | ", -1);
  g_autoptr(KanBody) signed_body = NULL;
  g_autoptr(GPtrArray) lines = NULL;

  g_assert_no_error (error);
  for (char **pair = pairs; *pair != NULL && **pair != '\0'; pair++)
    {
      char *equals = strchr (*pair, '=');

      *equals = '\0';
      if (strcmp (*pair, "happened") == 0)
        kan_draft_set_happened (draft, equals + 1);
      else
        kan_draft_set (draft, *pair, equals + 1);
    }
  lines = kan_draft_review (draft, person, yard->now + 60, &signed_body, &error);
  g_assert_no_error (error);
  if (body != NULL)
    *body = kan_body_encode (signed_body, NULL);
  return join (lines);
}

static void
test_lines (void)
{
  static const struct { const char *kind, *subject, *answers, *lines; } table[] = {
    { "crate.weigh", "C1", "", "subject=C1|C1 箱|C1 箱; weight=10|10|10*" },
    { "crate.weigh", "C1", "weight=１，２００", "subject=C1|C1 箱|C1 箱; weight=1200|1,200|1,200" },
    { "crate.amend", "C1", "bought_on=令和8年2月13日 | colour=赤 | fragile=はい",
      "subject=C1|C1 箱|C1 箱; colour=red|Red|赤; bought_on=2026-02-13|2026-02-13|令和8年2月13日; fragile=1|yes|有" },
    { "crate.add", NULL, "contents=[{\"name\":\"釘\",\"number\":3},{\"name\":\"板\"}] | label=二 | keeper=login4",
      "label=二|二|二; keeper=P4|P4 田中 実|P4 田中 実;"
      " contents=[{\"name\":\"釘\",\"number\":3},{\"name\":\"板\"}]|Name 釘, Number 3\nName 板|品名 釘、数 3\n品名 板" },
    { "crate.add", NULL, "label=三 | helpers=P4 | telephone=03-1 | declared=label",
      "label=三|三|三; telephone=03-1|03-1|03-1; helpers=P4|P4 田中 実|P4 田中 実; declared=label|Label|名札" },
    { "crate.lose", "C1", "happened=2026-08-31T10:00",
      "subject=C1|C1 箱|C1 箱; happened_at=2026-08-31T10:00|2026-08-31 10:00|令和8年8月31日 10:00;"
      " deviation=heavy,order|Heavy, order|重量超過、order*" },
  };
  g_autoptr(Yard) yard = yard_new ();

  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=箱 | weight=500");
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *lines = review (yard, OPERATOR, table[i].kind, table[i].subject, table[i].answers, NULL);

      g_assert_cmpstr (lines, ==, table[i].lines);
    }
}

/* The body told is the body signed, free text by the digest that stands for it. */
static void
test_is_what_is_signed (void)
{
  g_autoptr(Yard) yard = yard_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(KanDraft) draft = NULL;
  g_autoptr(KanBody) body = NULL;
  g_autoptr(GPtrArray) lines = NULL;
  g_autoptr(KanOutcome) outcome = NULL;
  KanSigner signer = { OPERATOR, yard->keys[OPERATOR], "P4-5f2a81c0" };
  g_autofree char *told = NULL, *stands = NULL;

  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=箱");
  draft = kan_draft_new (yard->book, "crate.lose", "C1", &error);
  kan_draft_set (draft, "note", "棚に無い");
  lines = kan_draft_review (draft, OPERATOR, yard->now + 60, &body, &error);
  g_assert_cmpuint (lines->len, ==, 2);
  g_assert_cmpstr (((KanReviewed *) g_ptr_array_index (lines, 1))->shown_ja, ==, "棚に無い");
  told = kan_body_encode (body, NULL);
  outcome = kan_book_admit (yard->book, draft, &signer, NULL, 0, yard->now + 60, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (outcome->refusals->len, ==, 0);
  stands = yard_text (yard, "SELECT body FROM act ORDER BY seq DESC LIMIT 1");
  g_assert_cmpstr (told, ==, stands);
}

/* What a deputy and a hand would sign: the absence once, the hand's own answers filled in. */
static void
test_hands (void)
{
  g_autoptr(Yard) yard = yard_new ();
  g_autofree char *grant = NULL, *give = NULL, *expected = NULL, *body = NULL;
  int seq;

  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=箱 | weight=1");
  grant = review (yard, DEPUTY, "crate.grant", "C1", "colour=blue | absence=leave", &body);
  g_assert_cmpstr (grant, ==, "subject=C1|C1 箱|C1 箱; colour=blue|Blue|青; absence=leave|Leave|休暇");
  g_assert_cmpstr (body, ==, "{\"absence\":\"leave\",\"colour\":\"blue\"}");
  yard_expect (yard, "waits information_manager system_manager", CLERK, "crate.seal", "C1", "");
  give = review (yard, DEPUTY, "hand.give", "C1", "absence=leave", NULL);
  seq = (int) yard_head (yard);
  expected = g_strdup_printf ("subject=C1|C1 箱|C1 箱; act=%d|%d|%d*; as=information_manager|Information manager|"
                              "本人確認情報管理責任者*; absence=leave|Leave|休暇", seq, seq, seq);
  g_assert_cmpstr (give, ==, expected);
}

/* Capacities by their names: roles, and what only the act decided upon asks for. */
static void
test_capacities (void)
{
  static const struct { const char *as, *lines; } table[] = {
    { "information_manager|opener",
      "as=information_manager|opener|Information manager, Opener|本人確認情報管理責任者、開封者" },
    { "chief_instead", "as=chief_instead|Chief, in place of a second person (3-3)|統括責任者（第３条第３項）" },
    { "porter", "as=porter|porter|porter" },
  };
  g_autoptr(Yard) yard = yard_new ();

  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=箱 | weight=1");
  yard_expect (yard, "waits information_manager opener", CLERK, "crate.look", "C1", "opener=P2");
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *answer = g_strconcat ("as=", table[i].as, NULL);
      g_autofree char *lines = review (yard, GENERAL, "hand.give", "C1", answer, NULL);

      g_assert_true (g_str_has_suffix (lines, table[i].lines));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/review/lines", test_lines);
  g_test_add_func ("/review/is-what-is-signed", test_is_what_is_signed);
  g_test_add_func ("/review/hands", test_hands);
  g_test_add_func ("/review/capacities", test_capacities);
  return g_test_run ();
}
