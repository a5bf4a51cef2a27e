/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding by name or number: everything, acts, and what a question may be answered with. */
#include "desk-fixture.h"

#include "desk/kan-view.h"

/* Media and persons with names that are easily missed or mistaken. */
static KanDesk *
set_up_names (Fixture *f)
{
  KanDesk *desk = set_up_media (f);

  EXPECT_SIGN (desk, "done", "media.register", NULL, "media_kind=usb | label=M2 の控え | serial=SN-2");       /* M2 */
  EXPECT_SIGN (desk, "done", "media.register", NULL, "media_kind=usb | label=渡邉\U000e0101ファイル | serial=SN-3");
  EXPECT_SIGN (desk, "done", "media.register", NULL, "media_kind=usb | label=100% _ ' -- | serial=SN-4");
  EXPECT_SIGN (desk, "done", "outsider.register", NULL, "name=渡邉\U000e0101 太郎 | company=Ｍ２運輸");         /* X1 */
  EXPECT_SIGN (desk, "done", "media.register", NULL, "media_kind=usb | label=誤り | serial=SN-5");            /* M5 */
  {
    g_autofree char *undo = g_strdup_printf ("act=%d | reason=誤記", (int) ask_desk (desk, "SELECT max(seq) FROM act"));

    EXPECT_SIGN (desk, "done", "act.void", "M5", undo);
  }
  return desk;
}

/* "M1 X1 media.register …" */
static char *
names_of (GPtrArray *hits, GError *error)
{
  GString *out = g_string_new (NULL);

  if (hits == NULL)
    {
      g_assert_error (error, KAN_ERROR, KAN_ERROR_USAGE);
      return g_string_free (g_string_append (out, "error"), FALSE);
    }
  for (guint i = 0; i < hits->len; i++)
    {
      const KanViewHit *hit = g_ptr_array_index (hits, i);

      g_assert_nonnull (hit->name);
      g_assert_nonnull (hit->register_title);
      g_assert_true ((hit->subject == NULL) != (hit->kind == NULL));
      g_string_append_printf (out, "%s%s", i > 0 ? " " : "", hit->subject != NULL ? hit->subject : hit->kind);
    }
  return g_string_free (out, FALSE);
}

static void
test_search (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  static const struct { const char *words; guint n_max; const char *hits; } cases[] = {
    { "", 9, "" }, { " 　 ", 9, "" }, { "存在しない", 9, "" },
    /* in any width and kana, with and without the selector of a variant; the newest of a register first */
    { "usb1", 9, "M1" }, { "ＵＳＢ１", 9, "M1" }, { "ふぁいる", 9, "M3" }, { "渡邉", 9, "M3 X1" },
    { "渡邉\U000e0101", 9, "M3 X1" }, { "渡邉\U000e0102", 9, "M3 X1" }, { "sn", 9, "M5 M4 M3 M2 M1" },
    /* in any form of a character, with spaces or none */
    { "渡辺", 9, "M3 X1" }, { "渡邊太郎", 9, "X1" }, { "渡部", 9, "" },
    /* by what lists show beside its name, after those that are called so */
    { "void", 9, "M5" }, { "waiting", 9, "" }, { "M2", 9, "M2 X1" },
    /* all words, in any order */
    { "太郎 渡邉", 9, "X1" }, { "太郎 usb", 9, "" },
    /* signs mean nothing but themselves */
    { "%", 9, "M4" }, { "_", 9, "M4" }, { "'", 9, "M4" }, { "sn_1", 9, "" }, { "sn-%", 9, "" },
    /* a number, and whatever is called so too, each once */
    { "m2", 9, "M2 X1" }, { "Ｍ２", 9, "M2 X1" }, { " M2 ", 9, "M2 X1" }, { "M1", 9, "M1" }, { "M9", 9, "" },
    { "M0", 9, "" }, { "Q1", 9, "" }, { "x1", 9, "X1" }, { "誤り", 9, "M5" },
    /* no more than asked for */
    { "sn", 2, "M5 M4" }, { "渡邉", 1, "M3" }, { "m2", 1, "M2" }, { "sn", 0, "" },
    /* acts that somebody can begin, by their words in any order */
    { "register a medium", 9, "media.register" }, { "MEDIUM register", 9, "media.register" },
    { "found the file", 9, "" }, { "claim", 9, "" },
    /* what cannot be typed finds nothing */
    { "\u202eusb", 9, "" },
  };
  g_autoptr(KanDesk) desk = set_up_names (f);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GPtrArray) hits = kan_desk_search (desk, cases[i].words, cases[i].n_max, &error);
      g_autofree char *names = names_of (hits, error);

      g_test_message ("“%s”: %s", cases[i].words, names);
      g_assert_cmpstr (names, ==, cases[i].hits);
    }
}

static void
test_hit (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = set_up_names (f);
  g_autoptr(GPtrArray) hits = kan_desk_search (desk, "誤り", 9, NULL), acts = kan_desk_search (desk, "register a medium",
                                                                                              9, NULL);
  const KanViewHit *record = g_ptr_array_index (hits, 0), *act = g_ptr_array_index (acts, 0);

  g_assert_cmpstr (record->name, ==, "誤り");
  g_assert_cmpstr (record->register_title, ==, "Media");
  g_assert_cmpstr (record->state_label, ==, "Void");
  g_assert_cmpstr (act->name, ==, "Register a medium");
  g_assert_cmpstr (act->state_label, ==, "");
}

/* A hundred of the same name: the newest, in their order, and not one more. */
static void
test_many (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = set_up_names (f);
  g_autoptr(GPtrArray) hits = NULL, candidates = NULL;

  tamper (desk, "WITH RECURSIVE n (i) AS (SELECT 1001 UNION ALL SELECT i + 1 FROM n WHERE i < 1150)"
                " INSERT INTO outsider (id, state, made, changed, name) SELECT i, 'known', 1, 1, '同名' FROM n");
  tamper (desk, "INSERT INTO search (register, id, key) SELECT 'outsider', id, '同名' FROM outsider WHERE id > 1000");
  hits = kan_desk_search (desk, "同名", 100, NULL);
  candidates = kan_desk_candidates (desk, "outsider", "同名", 100, NULL);
  g_assert_cmpuint (hits->len, ==, 100);
  g_assert_cmpuint (candidates->len, ==, 100);
  g_assert_cmpstr (((KanViewHit *) g_ptr_array_index (hits, 0))->subject, ==, "X1150");
  g_assert_cmpstr (((KanViewHit *) g_ptr_array_index (hits, 99))->subject, ==, "X1051");
  g_assert_cmpstr (((KanViewHit *) g_ptr_array_index (candidates, 0))->subject, ==, "X1150");
  g_assert_cmpstr (((KanViewHit *) g_ptr_array_index (candidates, 99))->subject, ==, "X1051");
}

static void
test_candidates (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  static const struct { const char *of, *words; guint n_max; const char *hits; } cases[] = {
    { "person", NULL, 9, "P1 P2" }, { "person", "", 9, "P1 P2" }, { "person", "佐藤", 9, "P2" },
    { "person|outsider", NULL, 9, "P1 P2 X1" }, { "outsider|person", NULL, 9, "X1 P1 P2" },
    { "person|person", NULL, 9, "P1 P2" }, { "person|outsider", "渡邉 太郎", 9, "X1" },
    /* what was taken back is nobody's answer; fewer than there are: the newest */
    { "medium", NULL, 9, "M1 M2 M3 M4" }, { "medium", NULL, 2, "M4 M3" }, { "medium", NULL, 0, "" },
    /* nor does it take the room of one that is */
    { "medium", NULL, 4, "M1 M2 M3 M4" }, { "outsider|person", NULL, 3, "X1 P1 P2" },
    { "outsider|person", NULL, 2, "X1 P2" },
    { "medium", "usb1", 9, "M1" },
    /* a list leaves out what is not in it; by its number it can still be answered */
    { "medium_stored", NULL, 9, "" }, { "medium_stored", "usb", 9, "" }, { "medium_stored", "m1", 9, "M1" },
    { "medium_stored", "Ｍ１", 9, "M1" }, { "medium_stored", "p1", 9, "" }, { "person", "m1", 9, "" },
    { "medium", "M2", 9, "M2" }, { "medium", "M9", 9, "" }, { "place_storage", NULL, 9, "L1" },
    { "nonsense", NULL, 9, "error" }, { "person|nonsense", NULL, 9, "error" },
    { "destruction_item", NULL, 9, "error" }, { "medium; DROP TABLE act", NULL, 9, "error" },
  };
  g_autoptr(KanDesk) desk = set_up_names (f);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GPtrArray) hits = kan_desk_candidates (desk, cases[i].of, cases[i].words, cases[i].n_max, &error);
      g_autofree char *names = names_of (hits, error);

      g_test_message ("%s “%s”: %s", cases[i].of, cases[i].words, names);
      g_assert_cmpstr (names, ==, cases[i].hits);
    }
}

/* What is found through an index that leads past the rows would leave some out: nothing is, and it is told. */
static void
test_spoilt_index (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = spoil_index (f, set_up_names (f));
  g_autoptr(GError) error = NULL;

  g_assert_null (kan_desk_search (desk, "usb1", 9, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_DAMAGED);
  g_clear_error (&error);
  g_assert_null (kan_desk_search (desk, "M1", 9, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_DAMAGED);
  g_clear_error (&error);
  g_assert_null (kan_desk_candidates (desk, "medium_stored", NULL, 9, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_DAMAGED);
}

int
main (int argc, char *argv[])
{
  g_autoptr(GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  expect (kan_crypto_init (&error), error);
  kan_stretch_set_light (TRUE);
  g_test_add ("/view-search/search", Fixture, NULL, office_set_up, test_search, fixture_tear_down);
  g_test_add ("/view-search/hit", Fixture, NULL, office_set_up, test_hit, fixture_tear_down);
  g_test_add ("/view-search/many", Fixture, NULL, office_set_up, test_many, fixture_tear_down);
  g_test_add ("/view-search/spoilt-index", Fixture, NULL, office_set_up, test_spoilt_index, fixture_tear_down);
  g_test_add ("/view-search/candidates", Fixture, NULL, office_set_up, test_candidates, fixture_tear_down);
  return g_test_run ();
}
