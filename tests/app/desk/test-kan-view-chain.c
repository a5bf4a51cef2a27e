/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chain as a list: which acts, the newest first, and what is told of each. */
#include "desk-fixture.h"

#include "desk/kan-view.h"

static char *
order_by (KanDesk *desk, const KanActFilter *filter)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) seqs = kan_desk_order_acts (desk, filter, &error);
  GString *out = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < seqs->len; i++)
    g_string_append_printf (out, "%s%u", i > 0 ? "," : "", g_array_index (seqs, guint32, i));
  return g_string_free (out, FALSE);
}

static char *
order_of (KanDesk *desk, const char *subject, const char *actor, const char *kind, const char *marked)
{
  return order_by (desk, &(KanActFilter) { .subject = subject, .actor = actor, .kind = kind, .marked = marked });
}

static char *
seqs_where (KanDesk *desk, const char *where)
{
  g_autofree char *sql = g_strdup_printf ("SELECT ifnull(group_concat(seq), '') FROM (SELECT seq FROM act WHERE %s"
                                          " ORDER BY seq DESC)", where);

  return kan_db_get_text (kan_vault_get_db (kan_desk_get_vault (desk)), NULL, sql, "");
}

static void
test_order (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  static const struct { const char *subject, *actor, *kind, *where; } cases[] = {
    { NULL, NULL, NULL, "1" }, { "", "", "", "1" },
    { "M1", NULL, NULL, "subject = 'M1'" }, { "P2", NULL, NULL, "subject = 'P2'" }, { "M9", NULL, NULL, "0" },
    { NULL, "sato", NULL, "actor = 2" }, { NULL, "P2", NULL, "actor = 2" }, { NULL, "佐藤 花子", NULL, "actor = 2" },
    { NULL, "chief", NULL, "actor = 1" }, { NULL, "nobody", NULL, "0" }, { NULL, "P99", NULL, "0" },
    { NULL, "2", NULL, "0" }, { NULL, "sa%", NULL, "0" }, { NULL, "' OR 1 --", NULL, "0" },
    { NULL, NULL, "media.register", "kind = 'media.register'" }, { NULL, NULL, "media", "0" },
    { NULL, NULL, "media.fly", "0" }, { NULL, "sato", "place.establish", "actor = 2 AND kind = 'place.establish'" },
    { NULL, "chief", "place.establish", "0" }, { "M1", "sato", NULL, "actor = 2 AND subject = 'M1'" },
    { "M1", "chief", NULL, "0" }, { "M1", NULL, "media.store", "subject = 'M1' AND kind = 'media.store'" },
    { "M1", "sato", "media.store", "subject = 'M1' AND kind = 'media.store'" }, { "M1", "nobody", NULL, "0" },
    /* a record by its number or by what it says of itself, in any width, case and form, with spaces or none */
    { "m1", NULL, NULL, "subject = 'M1'" }, { "Ｍ１", NULL, NULL, "subject = 'M1'" },
    { "M1 ", NULL, NULL, "subject = 'M1'" },
    { "usb1", NULL, NULL, "subject = 'M1'" }, { "ＵＳＢ１", NULL, NULL, "subject = 'M1'" }, { "usb2", NULL, NULL, "0" },
    { "　", " ", NULL, "1" }, { "佐藤", NULL, NULL, "subject = 'P2'" }, { "' OR 1 --", NULL, NULL, "0" },
    /* a person by part of the name or login */
    { NULL, "佐藤", NULL, "actor = 2" }, { NULL, "花子", NULL, "actor = 2" }, { NULL, "佐藤花子", NULL, "actor = 2" },
    { NULL, "花子　佐藤", NULL, "actor = 2" }, { NULL, "ＳＡ", NULL, "actor = 2" }, { NULL, "ｐ２", NULL, "actor = 2" },
    { "usb", "花子", "media.store", "subject = 'M1' AND kind = 'media.store'" }, { "usb", "chief", NULL, "0" },
  };
  g_autoptr(KanDesk) desk = set_up_media (f);

  EXPECT_SIGN (desk, "done", "media.store", "M1", "place=L1");
  g_assert_cmpint (kan_desk_n_acts (desk, NULL), ==, ask_desk (desk, "SELECT max(seq) FROM act"));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = order_of (desk, cases[i].subject, cases[i].actor, cases[i].kind, "");
      g_autofree char *expected = seqs_where (desk, cases[i].where);

      g_test_message ("%s by %s: %s", cases[i].subject, cases[i].actor, cases[i].kind);
      g_assert_cmpstr (found, ==, expected);
    }
}

/* Marks stand in the body, each under its own key. */
static void
test_marked (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  static const struct { const char *subject, *actor, *marked, *where; } cases[] = {
    { NULL, NULL, "deviation", "seq = (SELECT max(seq) FROM act) - 1" },
    { NULL, NULL, "declared", "seq = (SELECT max(seq) FROM act)" },
    { NULL, NULL, "any", "seq >= (SELECT max(seq) FROM act) - 1" },
    { NULL, NULL, "clock", "0" }, { NULL, NULL, "late", "0" },
    { "M2", NULL, "deviation", "seq = (SELECT max(seq) FROM act) - 1" }, { "M1", NULL, "deviation", "0" },
    { NULL, "chief", "any", "0" },
  };
  g_autoptr(KanDesk) desk = set_up_media (f);
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) none = NULL;

  EXPECT_SIGN (desk, "done", "outsider.register", NULL, "name=森 太郎 | company=deviation");
  EXPECT_SIGN (desk, "done", "media.receive", NULL,
               "media_kind=usb | label=受入 | serial=9 | source=市 | received_from=X1 | giver_paper=yes |"
               " arrival=damaged | deviation_reason=破れ");
  EXPECT_SIGN (desk, "done", "person.amend", "P2", "post=内線 123456789018 | declared=post");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = order_of (desk, cases[i].subject, cases[i].actor, NULL, cases[i].marked);
      g_autofree char *expected = seqs_where (desk, cases[i].where);

      g_test_message ("%s by %s: %s", cases[i].subject, cases[i].actor, cases[i].marked);
      g_assert_cmpstr (found, ==, expected);
    }
  none = kan_desk_order_acts (desk, &(KanActFilter) { .marked = "odd" }, &error);
  g_assert_null (none);
  g_assert_error (error, KAN_ERROR, KAN_ERROR_USAGE);
}

/* Both days are in it, as Japan counts them. */
static void
test_period (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  static const struct { const char *since, *until, *where; } cases[] = {
    { "2026-09-22", NULL, "at >= '2026-09-21T15:00:00Z'" }, { NULL, "2026-09-21", "at < '2026-09-21T15:00:00Z'" },
    { "R8.9.21", "2026-09-21", "at < '2026-09-21T15:00:00Z'" },
    { "2026-09-23", NULL, "0" }, { NULL, "2026-09-20", "0" },
    { "2026-09-22", "2026-09-21", "0" }, { "", "", "1" },
  };
  g_autoptr(KanDesk) desk = set_up_media (f);
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) none = NULL;

  now += 86400 - 2 * 3600;
  EXPECT_SIGN (desk, "done", "outsider.register", NULL, "name=森 太郎 | company=市");
  g_assert_cmpint (ask_desk (desk, "SELECT count(*) FROM act WHERE at >= '2026-09-21T15:00:00Z'"), >, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const KanActFilter filter = { .since = cases[i].since, .until = cases[i].until };
      g_autofree char *expected = seqs_where (desk, cases[i].where), *found = order_by (desk, &filter);

      g_test_message ("%s to %s", cases[i].since, cases[i].until);
      g_assert_cmpstr (found, ==, expected);
    }
  none = kan_desk_order_acts (desk, &(KanActFilter) { .since = "2026-02-30" }, &error);
  g_assert_null (none);
  g_assert_error (error, KAN_ERROR, KAN_ERROR_USAGE);
}

/* Who signed what, what it says by now, and what it said before. */
static void
test_act (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = set_up_media (f);
  gint64 seq = ask_desk (desk, "SELECT seq FROM act WHERE kind = 'media.register'");
  g_autofree char *correct = g_strdup_printf ("act=%d | question=model | value=東芝 | reason=誤記", (int) seq);
  g_autoptr(GError) error = NULL;
  g_autoptr(KanActView) before = kan_desk_view_act (desk, seq, &error), after = NULL, none = NULL;
  guint n_struck = 0;

  expect (before != NULL, error);
  g_assert_cmpstr (before->subject, ==, "M1");
  g_assert_nonnull (before->name);
  g_assert_true (g_str_has_prefix (before->basis, "Art. "));
  g_assert_cmpuint (strlen (before->step->fingerprint), >, 4);
  EXPECT_SIGN (desk, "done", "act.correct", "M1", correct);
  after = kan_desk_view_act (desk, seq, &error);
  expect (after != NULL, error);
  g_assert_cmpuint (before->step->lines->len, ==, after->step->lines->len);
  for (guint i = 0; i < after->step->lines->len; i++)
    {
      const KanReviewLine *then = g_ptr_array_index (before->step->lines, i);
      const KanReviewLine *by_now = g_ptr_array_index (after->step->lines, i);

      g_assert_null (then->struck);
      n_struck += by_now->struck != NULL;
      g_assert_cmpstr (by_now->struck != NULL ? by_now->struck : by_now->shown, ==, then->shown);
      g_assert_true (by_now->struck == NULL || strcmp (by_now->shown, "東芝") == 0);
    }
  g_assert_cmpuint (n_struck, ==, 1);
  none = kan_desk_view_act (desk, 99999, &error);
  g_assert_null (none);
  g_assert_error (error, KAN_ERROR, KAN_ERROR_USAGE);
}

static const KanViewAct *
nth (GPtrArray *page, guint n)
{
  return g_ptr_array_index (page, n);
}

/* By number, title, record, signer and day, all words together; the newest first, no more than asked for. */
static void
test_search (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  static const struct { const char *words; guint n_max; const char *where; } cases[] = {
    { "", 9, "0" }, { "　", 9, "0" }, { "no such words", 9, "0" }, { "３", 9, "seq = 3" }, { "12345678901", 9, "0" },
    { "m1", 9, "subject = 'M1'" }, { "M9", 9, "0" }, { "store Ｍ１", 9, "kind = 'media.store'" },
    { "佐藤花子", 99, "actor = 2" }, { "SATO", 99, "actor = 2" }, { "花子 M1", 9, "actor = 2 AND subject = 'M1'" },
    { "R8.9.21 chief", 99, "actor = 1" }, { "R8.9.23", 9, "0" }, { "花子 R8.9.23", 9, "0" },
    { "花子", 1, "seq = (SELECT max (seq) FROM act)" }, { "花子", 0, "0" }, { "' OR 1 --", 9, "0" },
  };
  g_autoptr(KanDesk) desk = set_up_media (f);

  EXPECT_SIGN (desk, "done", "media.store", "M1", "place=L1");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GPtrArray) acts = kan_desk_search_acts (desk, cases[i].words, cases[i].n_max, &error);
      g_autofree char *expected = seqs_where (desk, cases[i].where);
      g_autoptr(GString) found = g_string_new (NULL);

      g_assert_no_error (error);
      for (guint n = 0; n < acts->len; n++)
        g_string_append_printf (found, "%s%d", n > 0 ? "," : "", (int) ((KanViewAct *) acts->pdata[n])->seq);
      g_test_message ("“%s”: %s", cases[i].words, found->str);
      g_assert_cmpstr (found->str, ==, expected);
    }
}

static void
test_page (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = set_up_media (f);
  guint32 head, asked[4] = { 0 };
  g_autofree char *undo = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) page = NULL, none = NULL;

  EXPECT_SIGN (desk, "done", "outsider.register", NULL, "name=森 太郎 | company=市");
  EXPECT_SIGN (desk, "done", "place.amend", "L1", "room=二階");
  undo = g_strdup_printf ("act=%d | reason=誤記", (int) ask_desk (desk, "SELECT max(seq) FROM act"));
  EXPECT_SIGN (desk, "done", "act.void", "L1", undo);
  EXPECT_SIGN (desk, "done", "media.receive", NULL,
               "media_kind=usb | label=受入 | serial=9 | source=市 | received_from=X1 | giver_paper=yes |"
               " arrival=damaged | deviation_reason=破れ");
  head = (guint32) ask_desk (desk, "SELECT max(seq) FROM act");
  asked[0] = head - 2;
  asked[1] = head + 100;
  asked[2] = head;
  asked[3] = 1;
  page = kan_desk_page_acts (desk, asked, G_N_ELEMENTS (asked), &error);
  none = kan_desk_page_acts (desk, NULL, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (page->len, ==, 4);
  g_assert_null (nth (page, 1));

  g_assert_cmpint (nth (page, 0)->seq, ==, head - 2);
  g_assert_cmpstr (nth (page, 0)->subject, ==, "L1");
  g_assert_cmpstr (nth (page, 0)->title, ==, "Change particulars");
  g_assert_cmpstr (nth (page, 0)->who, ==, "佐藤 花子 (Manager of General Affairs)");
  g_assert_true (nth (page, 0)->voided);
  g_assert_null (nth (page, 0)->marks);
  g_assert_cmpuint (strlen (nth (page, 0)->fingerprint), >, 4);

  g_assert_cmpstr (nth (page, 2)->subject, ==, "M2");
  g_assert_false (nth (page, 2)->voided);
  g_assert_nonnull (strstr (nth (page, 2)->marks, "Arrived damaged or opened"));
  g_assert_cmpstr (nth (page, 2)->fingerprint, ==, nth (page, 0)->fingerprint);

  g_assert_cmpstr (nth (page, 3)->title, ==, "Found the file");
  g_assert_cmpstr (nth (page, 3)->fingerprint, !=, nth (page, 0)->fingerprint);
  g_assert_cmpstr (nth (page, 3)->when, ==, "2026-09-21 23:13");
}

/* An entry that somebody took out of the middle leaves its place blank, and the list goes on. */
static void
test_gap (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = set_up_media (f);
  const guint32 asked[] = { 3, 2, 1 };
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) page = NULL;

  tamper (desk, "DELETE FROM act WHERE seq = 2");
  page = kan_desk_page_acts (desk, asked, G_N_ELEMENTS (asked), &error);
  g_assert_no_error (error);
  g_assert_nonnull (nth (page, 0));
  g_assert_null (nth (page, 1));
  g_assert_nonnull (nth (page, 2));
}

int
main (int argc, char *argv[])
{
  g_autoptr(GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  expect (kan_crypto_init (&error), error);
  kan_stretch_set_light (TRUE);
  g_test_add ("/view-chain/order", Fixture, NULL, office_set_up, test_order, fixture_tear_down);
  g_test_add ("/view-chain/marked", Fixture, NULL, office_set_up, test_marked, fixture_tear_down);
  g_test_add ("/view-chain/period", Fixture, NULL, office_set_up, test_period, fixture_tear_down);
  g_test_add ("/view-chain/act", Fixture, NULL, office_set_up, test_act, fixture_tear_down);
  g_test_add ("/view-chain/search", Fixture, NULL, office_set_up, test_search, fixture_tear_down);
  g_test_add ("/view-chain/page", Fixture, NULL, office_set_up, test_page, fixture_tear_down);
  g_test_add ("/view-chain/gap", Fixture, NULL, office_set_up, test_gap, fixture_tear_down);
  return g_test_run ();
}
