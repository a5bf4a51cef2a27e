/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stored values as people read them, by type; what cannot be read any more is shown as it stands. */
#include "app/acts/yard.h"

static Yard *
yard_with_note (void)
{
  Yard *yard = yard_new ();

  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=一 | note=角が\n欠けている");
  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=二 | note=消す");
  return yard;
}

static void
expect_shown (Yard *yard, const KanField *field, const char *stored, const char *english, const char *japanese)
{
  g_autofree char *en = kan_book_show (yard->book, field, stored, FALSE);
  g_autofree char *ja = kan_book_show (yard->book, field, stored, TRUE);

  g_test_message ("%d %s", (int) field->type, stored);
  g_assert_cmpstr (en, ==, english);
  g_assert_cmpstr (ja, ==, japanese);
}

static void
test_types (void)
{
  static const struct { KanType type; const char *of, *stored, *english, *japanese; } cases[] = {
    { KAN_TEXT, NULL, "渡邉\U000e0101", "渡邉\U000e0101", "渡邉\U000e0101" },
    { KAN_TEXT, NULL, "", "", "" },
    { KAN_TEXT, NULL, NULL, "", "" },
    { KAN_CODE, NULL, "0901234567", "0901234567", "0901234567" },
    { KAN_NUMBER, "takeout", "2026-12", "FY2026 No. 12", "令和8年度持出第12号" },
    { KAN_NUMBER, "takeout", "2019-1", "FY2019 No. 1", "令和元年度持出第1号" },
    { KAN_NUMBER, "takeout", "12", "12", "12" },
    { KAN_NUMBER, "takeout", NULL, "", "" },
    { KAN_COUNT, NULL, "0", "0", "0" },
    { KAN_COUNT, NULL, "999", "999", "999" },
    { KAN_COUNT, NULL, "1000", "1,000", "1,000" },
    { KAN_COUNT, NULL, "1234567", "1,234,567", "1,234,567" },
    { KAN_COUNT, NULL, "-100", "-100", "-100" },
    { KAN_COUNT, NULL, "-123456", "-123,456", "-123,456" },
    { KAN_COUNT, "entry", "1120", "1120", "1120" },
    { KAN_COUNT, NULL, NULL, "", "" },
    { KAN_YES, NULL, "0", "no", "無" },
    { KAN_YES, NULL, "1", "yes", "有" },
    { KAN_YES, NULL, NULL, "", "" },
    { KAN_DATE, NULL, "2019-04-30", "2019-04-30", "平成31年4月30日" },
    { KAN_DATE, NULL, "2019-05-01", "2019-05-01", "令和元年5月1日" },
    { KAN_DATE, NULL, "2026-02-30", "2026-02-30", "2026-02-30" },
    { KAN_TIME, NULL, "2026-09-01T09:05", "2026-09-01 09:05", "令和8年9月1日 09:05" },
    { KAN_TIME, NULL, "2026-09-01", "2026-09-01", "2026-09-01" },
    { KAN_PERIOD, NULL, "2026-10", "2026-10", "令和8年10月" },
    { KAN_PERIOD, NULL, "2026-13", "2026-13", "2026-13" },
    { KAN_CHOICE, "colour", "blue", "Blue", "青" },
    { KAN_CHOICE, "colour", "amber", "amber", "amber" },
    { KAN_CHOICE, "nonsense", "blue", "blue", "blue" },
    { KAN_CHOICE, "media_kind", "usb", "USB memory", "ＵＳＢメモリ" },
    { KAN_REF, "person", "P4", "P4 田中 実", "P4 田中 実" },
    { KAN_REF, "person", "P99", "P99", "P99" },
    { KAN_REF, "person|outsider", "X1", "X1 森 太郎", "X1 森 太郎" },
    { KAN_REF, "appointment", "A1", "A1", "A1" },
    { KAN_LINES, NULL, "no digest", "(removed)", "（削除済）" },
    { KAN_REFS, "person", "P1, P2", "P1, P2", "P1, P2" },
    { KAN_DOCUMENT, NULL, "{}", "{}", "{}" },
  };
  g_autoptr(Yard) yard = yard_with_note ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const KanField field = { .id = "x", .type = cases[i].type, .of = cases[i].of };

      expect_shown (yard, &field, cases[i].stored, cases[i].english, cases[i].japanese);
    }
}

static void
test_free_text (void)
{
  static const KanField note = { .id = "note", .type = KAN_LINES };
  g_autoptr(Yard) yard = yard_with_note ();
  g_autofree char *kept = yard_text (yard, "SELECT note FROM crate WHERE id = 1");
  g_autofree char *removed = yard_text (yard, "SELECT note FROM crate WHERE id = 2");
  g_autofree char *answers = g_strdup_printf ("act=%d | question=note | reason=誤記 | with=2", (int) yard_head (yard));

  expect_shown (yard, &note, removed, "消す", "消す");
  yard_expect (yard, "done", CHIEF, "text.redact", "C2", answers);
  expect_shown (yard, &note, kept, "角が\n欠けている", "角が\n欠けている");
  expect_shown (yard, &note, removed, "(removed)", "（削除済）");
}

static void
test_names (void)
{
  static const struct { const char *subject, *name; } cases[] = {
    { "P4", "田中 実" }, { "X1", "森 太郎" }, { "C1", "一" }, { "F1", "試験組合" }, { "V1", "2026-09-01" },
    { "O1", "事務局長" }, { "K4", "田中 実" },         /* by the name of its person */
    { "A1", NULL }, { "N1", NULL },                  /* registers without a name */
    { "P99", NULL }, { "Q1", NULL }, { "P", NULL }, { "", NULL },
  };
  g_autoptr(Yard) yard = yard_with_note ();
  g_autofree char *key = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = kan_book_name_of (yard->book, cases[i].subject);

      g_test_message ("%s", cases[i].subject);
      g_assert_cmpstr (name, ==, cases[i].name);
    }
  /* a name is what it is corrected to, and the record's own number never stands in for it */
  yard_expect (yard, "done", CHIEF, "person.rename", "P4", "name=田邊\U000e0103 実 | with=2");
  key = kan_book_name_of (yard->book, "K4");
  g_assert_cmpstr (key, ==, "田邊\U000e0103 実");
}

static void
test_states (void)
{
  g_autoptr(Yard) yard = yard_new_empty ();
  const KanRegister *crates = kan_book_find_register (yard->book, "crate");
  const KanRegister *rows = kan_book_find_register (yard->book, "crate_item");

  g_assert_cmpstr (kan_state_label (crates, "sealed", FALSE), ==, "Sealed");
  g_assert_cmpstr (kan_state_label (crates, "sealed", TRUE), ==, "封印中");
  g_assert_cmpstr (kan_state_label (crates, "molten", TRUE), ==, "molten");
  g_assert_cmpstr (kan_state_label (rows, "kept", TRUE), ==, "kept");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/show/types", test_types);
  g_test_add_func ("/show/free-text", test_free_text);
  g_test_add_func ("/show/names", test_names);
  g_test_add_func ("/show/states", test_states);
  return g_test_run ();
}
