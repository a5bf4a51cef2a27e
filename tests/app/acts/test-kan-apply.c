/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an admitted act does to the projections: columns, states, numbers, search, shortfalls, steps; and
 * that a rollback leaves nothing. */
#include "app/acts/yard.h"
#include "acts/kan-record-check.h"

#include <string.h>

/* Every type of answer in its column, stored as declared and shown as people read it. */
static void
test_columns (void)
{
  static const struct { const char *column, *stored, *ja, *en; } cells[] = {
    { "label", "箱", "箱", "箱" }, { "colour", "red", "赤", "Red" }, { "weight", "1234", "1,234", "1,234" },
    { "bought_on", "2026-02-13", "令和8年2月13日", "2026-02-13" },
    { "seen_at", "2026-02-13T10:05", "令和8年2月13日 10:05", "2026-02-13 10:05" },
    { "serves", "2026-02", "令和8年2月", "2026-02" },
    { "telephone", "090-1111-2222", "090-1111-2222", "090-1111-2222" }, { "maker", "木工所", "木工所", "木工所" },
    { "fragile", "1", "有", "yes" }, { "keeper", "P4", "P4 田中 実", "P4 田中 実" }, { "owner", "X1", "X1 森 太郎", "X1 森 太郎" },
    { "helpers", NULL, "P2 高橋 花子、P6 山本 光", "P2 高橋 花子, P6 山本 光" }, { "state", "kept", "保管中", "Kept" },
    { "scale", NULL, "", "" },
  };
  g_autoptr(Yard) yard = yard_new ();
  g_autoptr(KanRecord) record = NULL;

  yard_expect (yard, "done", CLERK, "crate.add", NULL,
               "label=箱 | colour=赤 | weight=1234 | bought_on=令和8年2月13日 | seen_at=2026-02-13 10:05 | serves=2026-02 |"
               " telephone=090-1111-2222 | made_by=木工所 | fragile=yes | keeper=login4 | owner=X1 | helpers=P6,P2");
  record = kan_record_get (yard->book, "C1", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      g_autofree char *ja = kan_record_show (record, cells[i].column, TRUE);
      g_autofree char *en = kan_record_show (record, cells[i].column, FALSE);

      g_test_message ("%s", cells[i].column);
      g_assert_cmpstr (kan_record_get_text (record, cells[i].column), ==, cells[i].stored);
      g_assert_cmpstr (ja, ==, cells[i].ja);
      g_assert_cmpstr (en, ==, cells[i].en);
    }
  yard_expect_text (yard, "4", "SELECT keeper FROM crate");
  g_assert_null (kan_record_get (yard->book, "C2", NULL));
}

static void
test_rows (void)
{
  g_autoptr(Yard) yard = yard_new ();

  yard_expect (yard, "done", CLERK, "crate.add", NULL,
               "label=箱 | contents=[{\"name\":\"釘\",\"number\":30},{\"name\":\"板\"}] | helpers=P2,P4");
  yard_expect_text (yard, "1 釘 30, 2 板 -", "SELECT group_concat (n || ' ' || name || ' ' || ifnull(number, '-'), ', ')"
                    " FROM (SELECT * FROM crate_contents ORDER BY n)");
  yard_expect (yard, "done", CLERK, "crate.amend", "C1", "contents=[{\"name\":\"縄\"}] | helpers=P5");
  yard_expect_text (yard, "1 縄", "SELECT group_concat (n || ' ' || name) FROM crate_contents");
  yard_expect_text (yard, "5", "SELECT group_concat (value) FROM crate_helpers");
  yard_expect (yard, "done", CLERK, "crate.amend", "C1", "weight=3");
  yard_expect_text (yard, "1", "SELECT count(*) FROM crate_contents");
  yard_expect_faults (yard, NULL, "");
}

/* What is not answered stays as it was; made and changed name the acts. */
static void
test_amend (void)
{
  g_autoptr(Yard) yard = yard_new ();
  gint64 made;

  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=箱 | weight=3 | made_by=木工所");
  made = yard_head (yard);
  yard_expect (yard, "done", CLERK, "crate.amend", "C1", "made_by=鉄工所");
  yard_expect_text (yard, "3 鉄工所", "SELECT weight || ' ' || maker FROM crate");
  g_assert_cmpint (yard_int (yard, "SELECT made FROM crate"), ==, made);
  g_assert_cmpint (yard_int (yard, "SELECT changed FROM crate"), ==, made + 1);
  yard_expect_text (yard, "|kept, kept|kept", "SELECT group_concat (ifnull(before, '') || '|' || after, ', ') FROM step"
                    " WHERE subject = 'C1'");
}

/* The effect hook sees the act as signed: other columns, other records. */
static void
test_effect (void)
{
  g_autoptr(Yard) yard = yard_new ();

  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=箱");
  yard_expect (yard, "done", OPERATOR, "crate.take", "C1", "");
  yard_expect_text (yard, "4", "SELECT keeper FROM crate");
  yard_expect_faults (yard, NULL, "");
}

/* Gapless within the fiscal year in which the act takes effect; a number drawn stays with its record. */
static void
test_series (void)
{
  g_autoptr(Yard) yard = yard_new ();

  for (guint i = 1; i <= 3; i++)
    {
      g_autofree char *label = g_strdup_printf ("label=箱%u | weight=1", i);

      yard_expect (yard, "done", CLERK, "crate.add", NULL, label);
    }
  yard_expect (yard, "waits information_manager system_manager", CLERK, "crate.seal", "C1", "");
  yard_expect (yard, "done", CLERK, "crate.seal", "C2", "with=2,3");
  yard_expect (yard, "done", GENERAL, "hand.refuse", "C1", "reason=不要");
  yard_expect_text (yard, "2:2026/1", "SELECT group_concat (id || ':' || takeout_fy || '/' || takeout_no) FROM crate"
                    " WHERE takeout_no IS NOT NULL");
  yard_set_time (yard, "2027-03-31T23:50");
  yard_expect (yard, "waits information_manager system_manager", CLERK, "crate.seal", "C1", "clock=ahead");
  yard_expect (yard, "waits system_manager", GENERAL, "hand.give", "C1", "");
  yard_set_time (yard, "2027-03-31T23:59");
  yard_expect (yard, "done", PENSION, "hand.give", "C1", "");
  yard_expect (yard, "done", CLERK, "crate.seal", "C3", "with=2,3");
  yard_expect (yard, "done", OPERATOR, "crate.open", "C2", "opener=P4");
  yard_expect (yard, "done", CLERK, "crate.seal", "C2", "with=2,3");
  yard_expect_text (yard, "2026/1, 2027/1, 2027/2", "SELECT group_concat (takeout_fy || '/' || takeout_no, ', ') FROM"
                    " (SELECT * FROM crate ORDER BY takeout_fy, takeout_no)");
  yard_expect_text (yard, "2026/1", "SELECT takeout_fy || '/' || takeout_no FROM crate WHERE id = 2");
  yard_expect_text (yard, "2026:1, 2027:2", "SELECT group_concat (fy || ':' || last, ', ') FROM series"
                                            " WHERE id = 'takeout'");
  yard_expect_faults (yard, NULL, "");
}

static guint
n_found (Yard *yard, const char *words)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanTable) table = kan_table_new (yard->book, kan_book_find_register (yard->book, "crate"), NULL, NULL, 0,
                                             words, &error);

  g_assert_no_error (error);
  return kan_table_n_rows (table);
}

/* Found in any width, kana and order of words; the text itself is kept as typed. */
static void
test_search (void)
{
  g_autoptr(Yard) yard = yard_new ();

  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=ＵＳＢ箱 | made_by=ナガサキ工業");
  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=葛\xf3\xa0\x84\x80城の箱 | made_by=ながさき商会");
  g_assert_cmpuint (n_found (yard, "usb"), ==, 1);
  g_assert_cmpuint (n_found (yard, "ﾅｶﾞｻｷ"), ==, 2);
  g_assert_cmpuint (n_found (yard, "ながさき usb"), ==, 1);
  g_assert_cmpuint (n_found (yard, "葛城"), ==, 1);
  g_assert_cmpuint (n_found (yard, "紙"), ==, 0);
  yard_expect (yard, "done", CLERK, "crate.amend", "C1", "made_by=佐世保工業");
  g_assert_cmpuint (n_found (yard, "ながさき"), ==, 1);
  g_assert_cmpuint (n_found (yard, "佐世保"), ==, 1);
  yard_expect_text (yard, "葛\xf3\xa0\x84\x80城の箱", "SELECT label FROM crate WHERE id = 2");
}

/* A mark signed opens a shortfall; what broke between a fact's signature and its last hand opens one as well. */
static void
test_shortfalls (void)
{
  g_autoptr(Yard) yard = yard_new ();

  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=箱 | weight=1");
  yard_expect (yard, "done", CLERK, "crate.seal", "C1", "with=2,3");
  yard_expect (yard, "waits opener", OPERATOR, "crate.open", "C1", "opener=P6");
  kan_book_trust (yard->book);      /* what follows is no tampering, but a weight that grew */
  yard_exec (yard, "UPDATE crate SET weight = 500");
  yard_expect (yard, "done", CLERK, "hand.give", "C1", "");
  yard_expect_text (yard, "heavy C1", "SELECT rule || ' ' || about FROM shortfall");
  yard_expect (yard, "done", GENERAL, "shortfall.close", "S1", "measure=量り直した");
  yard_expect_text (yard, "closed", "SELECT state FROM shortfall");
}

static gboolean
roll_back (KanDb *db, gpointer data, GError **error)
{
  Yard *yard = data;

  (void) db;
  (void) error;
  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=消える箱");
  return FALSE;
}

/* A refused or failed act leaves nothing: no row, no number, no clock, no profile. */
static void
test_rollback (void)
{
  g_autoptr(Yard) yard = yard_new ();
  gint64 floor = yard->book->floor, head = yard_head (yard);
  g_autoptr(GError) error = NULL;

  yard_expect (yard, "refused not_entitled", CLERK, "crate.propose", NULL, "label=箱 | with=6");
  g_assert_cmpint (yard->book->floor, ==, floor);
  g_assert_false (kan_db_transaction (yard->db, roll_back, yard, &error));
  g_assert_no_error (error);
  g_assert_true (kan_book_reload (yard->book, &error));
  g_assert_cmpint (yard->book->floor, ==, floor);
  g_assert_cmpint (yard_head (yard), ==, head);
  yard_expect_text (yard, "0", "SELECT count(*) FROM crate");
  yard_expect_text (yard, "0", "SELECT count(*) FROM search WHERE register = 'crate'");
  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=箱");
  yard_expect_text (yard, "1", "SELECT id FROM crate");
  yard_expect_faults (yard, NULL, "");
}

/* Only what was adopted is in force, by the act that adopted it last: also after opening anew. */
static void
test_profiles (void)
{
  g_autoptr(Yard) yard = yard_new ();
  g_autofree char *json = yard_text (yard, "SELECT json FROM profile WHERE id = 1");
  g_auto(GStrv) parts = g_strsplit (json, "\"not_by_deputy\": [", 2);
  g_autofree char *changed = g_strdup_printf ("%s\"not_by_deputy\": [\"crate.seal\", %s", parts[0], parts[1]);
  g_autofree char *answers = g_strdup_printf ("in_force_from=2026-09-01 | json=%s", changed);
  g_autofree char *back = g_strdup_printf ("in_force_from=2026-09-01 | json=%s", json);

  yard_expect (yard, "waits second", CHIEF, "profile.adopt", NULL, answers);
  yard_reopen (yard);
  g_assert_false (kan_profile_not_by_deputy (kan_book_get_profile (yard->book), "crate.seal"));
  yard_expect (yard, "waits second", CHIEF, "profile.adopt", NULL, back);
  yard_expect (yard, "done", CLERK, "hand.give", "V3", "");
  yard_expect (yard, "done", CLERK, "hand.give", "V2", "");
  g_assert_true (kan_profile_not_by_deputy (kan_book_get_profile (yard->book), "crate.seal"));
  yard_reopen (yard);
  g_assert_true (kan_profile_not_by_deputy (kan_book_get_profile (yard->book), "crate.seal"));
  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=箱 | weight=1");
  yard_expect (yard, "waits information_manager system_manager", CLERK, "crate.seal", "C1", "");
  yard_expect (yard, "refused not_entitled", DEPUTY, "hand.give", "C1", "absence=leave");
  yard_expect_faults (yard, NULL, "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/apply/columns", test_columns);
  g_test_add_func ("/apply/rows", test_rows);
  g_test_add_func ("/apply/amend", test_amend);
  g_test_add_func ("/apply/effect", test_effect);
  g_test_add_func ("/apply/series", test_series);
  g_test_add_func ("/apply/search", test_search);
  g_test_add_func ("/apply/shortfalls", test_shortfalls);
  g_test_add_func ("/apply/rollback", test_rollback);
  g_test_add_func ("/apply/profiles", test_profiles);
  return g_test_run ();
}
