/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One record as it stands, column by column. */
#include "app/acts/yard.h"

static KanRecord *
get (Yard *yard, const char *subject)
{
  g_autoptr(GError) error = NULL;
  KanRecord *record = kan_record_get (yard->book, subject, &error);

  g_assert_no_error (error);
  return record;
}

static Yard *
yard_with_crates (void)
{
  Yard *yard = yard_new ();

  yard_expect (yard, "done", CLERK, "crate.add", NULL,
               "label=渡邉\U000e0101用 | weight=1200 | colour=red | bought_on=2026-08-01 | keeper=P4 | owner=X1 |"
               " helpers=P6,P2 | fragile=yes | note=角が欠けている | contents=[{\"name\":\"釘\"}]");
  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=空");
  yard_expect (yard, "waits information_manager system_manager", CLERK, "crate.propose", NULL, "label=申請");
  return yard;
}

/* What is no record is none, and no error. */
static void
test_no_such_record (void)
{
  static const char *const subjects[] = { "C9", "C0", "C01", "C", "c1", "C1 ", " C1", "C-1", "C1C", "C+1", "Q1", "1",
                                          "", "Ｃ１", "C1\U0000202e", "C9999999999999999", "C1; DROP TABLE crate" };
  g_autoptr(Yard) yard = yard_with_crates ();
  g_autoptr(KanRecord) there = get (yard, "C1");

  g_assert_nonnull (there);
  for (gsize i = 0; i < G_N_ELEMENTS (subjects); i++)
    {
      g_autoptr(KanRecord) record = get (yard, subjects[i]);

      g_test_message ("“%s”", subjects[i]);
      g_assert_null (record);
    }
}

static void
test_columns (void)
{
  static const struct { const char *column, *stored; gint64 number; const char *english, *japanese; } cases[] = {
    { "id", "1", 1, "1", "1" },
    { "state", "kept", 0, "Kept", "保管中" },
    { "label", "渡邉\U000e0101用", 0, "渡邉\U000e0101用", "渡邉\U000e0101用" },
    { "weight", "1200", 1200, "1,200", "1,200" },
    { "colour", "red", 0, "Red", "赤" },
    { "bought_on", "2026-08-01", 2026, "2026-08-01", "令和8年8月1日" },
    { "keeper", "P4", 0, "P4 田中 実", "P4 田中 実" },
    { "owner", "X1", 0, "X1 森 太郎", "X1 森 太郎" },
    { "fragile", "1", 1, "yes", "有" },
    { "checker", NULL, 0, "", "" },
    { "takeout_no", NULL, 0, "", "" },
    { "nonsense", NULL, 0, "", "" },
  };
  g_autoptr(Yard) yard = yard_with_crates ();
  g_autoptr(KanRecord) record = get (yard, "C1");

  g_assert_cmpstr (kan_record_get_register (record)->id, ==, "crate");
  g_assert_cmpstr (kan_record_get_state (record), ==, "kept");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *en = kan_record_show (record, cases[i].column, FALSE);
      g_autofree char *ja = kan_record_show (record, cases[i].column, TRUE);

      g_test_message ("%s", cases[i].column);
      g_assert_cmpint (kan_record_has (record, cases[i].column), ==, cases[i].stored != NULL);
      g_assert_cmpstr (kan_record_get_text (record, cases[i].column), ==, cases[i].stored);
      g_assert_cmpint (kan_record_get_int (record, cases[i].column), ==, cases[i].number);
      g_assert_null (kan_record_get_list (record, cases[i].column));
      g_assert_cmpstr (en, ==, cases[i].english);
      g_assert_cmpstr (ja, ==, cases[i].japanese);
    }
}

/* Several references stand in their order; none is an empty list, and no column at all is none. */
static void
test_lists (void)
{
  g_autoptr(Yard) yard = yard_with_crates ();
  g_autoptr(KanRecord) full = get (yard, "C1"), empty = get (yard, "C2");
  g_autofree char *en = kan_record_show (full, "helpers", FALSE), *ja = kan_record_show (full, "helpers", TRUE);
  g_autofree char *none = kan_record_show (empty, "helpers", FALSE);
  const char **helpers = kan_record_get_list (full, "helpers");

  g_assert_cmpuint (g_strv_length ((char **) helpers), ==, 2);
  g_assert_cmpstr (helpers[0], ==, "P2");
  g_assert_cmpstr (helpers[1], ==, "P6");
  g_assert_cmpstr (en, ==, "P2 高橋 花子, P6 山本 光");
  g_assert_cmpstr (ja, ==, "P2 高橋 花子、P6 山本 光");
  g_assert_cmpstr (none, ==, "");
  g_assert_null (kan_record_get_list (empty, "helpers")[0]);
  g_assert_true (kan_record_has (empty, "helpers"));
  g_assert_null (kan_record_get_list (empty, "contents"));
  g_assert_null (kan_record_get_text (full, "helpers"));
}

/* A record is what it was when it was read; numbers of a series come with their year. */
static void
test_as_it_stood (void)
{
  g_autoptr(Yard) yard = yard_with_crates ();
  g_autoptr(KanRecord) before = get (yard, "C1"), after = NULL, proposed = get (yard, "C3");
  g_autofree char *no = NULL, *title = NULL;

  g_assert_cmpstr (kan_record_get_state (proposed), ==, "waiting");
  yard_expect (yard, "done", CLERK, "crate.amend", "C1", "weight=7");
  yard_expect (yard, "done", CLERK, "crate.seal", "C1", "with=2,3");
  after = get (yard, "C1");
  g_assert_cmpint (kan_record_get_int (before, "weight"), ==, 1200);
  g_assert_cmpint (kan_record_get_int (after, "weight"), ==, 7);
  g_assert_cmpstr (kan_record_get_state (after), ==, "sealed");
  g_assert_cmpint (kan_record_get_int (after, "takeout_fy"), ==, 2026);
  g_assert_cmpint (kan_record_get_int (after, "takeout_no"), ==, 1);
  no = kan_record_show (after, "takeout_no", TRUE);
  title = kan_profile_format_number (kan_book_get_profile (yard->book), "takeout", 2026, 1, TRUE);
  g_assert_cmpstr (no, ==, title);
  g_assert_cmpstr (no, !=, "1");
}

/* Where a list cannot be read there is no record, and one error. */
static void
test_unreadable_list (void)
{
  g_autoptr(Yard) yard = yard_with_crates ();
  g_autoptr(GError) error = NULL;

  yard_exec (yard, "DROP TABLE crate_helpers; CREATE TABLE crate_helpers (owner INTEGER, least INTEGER);"
             " INSERT INTO crate_helpers VALUES (1, -9223372036854775808);"
             " ALTER TABLE crate_helpers ADD COLUMN value INTEGER GENERATED ALWAYS AS (abs (least))");
  g_assert_null (kan_record_get (yard->book, "C1", &error));
  g_assert_nonnull (error);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record/no-such-record", test_no_such_record);
  g_test_add_func ("/record/columns", test_columns);
  g_test_add_func ("/record/lists", test_lists);
  g_test_add_func ("/record/as-it-stood", test_as_it_stood);
  g_test_add_func ("/record/unreadable-list", test_unreadable_list);
  return g_test_run ();
}
