/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A register as 管理簿: whether what it says was looked at. */
#include "app/forms/paper-tools.h"
#include "app/registers/fixture.h"

#include "acts/kan-verify.h"
#include "forms/kan-forms.h"

#include <locale.h>

#define ANCHOR "12-0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYZ"

static char *
print_register (Office *office, const char *id)
{
  g_autoptr(GError) error = NULL;
  KanPaper *paper = kan_forms_make_register (office->book, kan_book_find_register (office->book, id), NULL, 0, ANCHOR,
                                             NULL, NULL, &error);
  char *path, *text;

  g_assert_no_error (error);
  path = write_sheet (paper, "register");
  text = sheet_text (path);
  drop_sheet (path);
  kan_paper_free (paper);
  return text;
}

static void
tamper (Office *office, const char *sql)
{
  g_assert_true (kan_db_exec (kan_book_get_db (office->book), sql, NULL));
}

/* On the cover, when all of it was looked at; in its line, what is known to be altered. */
static void
test_altered (void)
{
  g_autoptr(Office) office = office_new ("nagasaki");
  g_autoptr(KanVerdict) verdict = NULL, again = NULL;
  g_autofree char *unknown = NULL, *clean = NULL, *altered = NULL;

  office_add_medium (office, "USB-01", 1200);
  office_add_medium (office, "USB-02", 1200);
  office_set_time (office, "2026-09-01T13:00");
  g_assert_true (kan_book_set_today (office->book, kan_day_from_ymd (2026, 9, 1), NULL));
  unknown = print_register (office, "medium");
  assert_says (unknown, "作成者による全件検査の記録なし");
  g_assert_cmpuint (count_of (unknown, "異状"), ==, 0);
  verdict = kan_book_verify (office->book, NULL, NULL);
  clean = print_register (office, "medium");
  assert_says (clean, "令和8年9月1日に全件を検査、異状なし");
  g_assert_cmpuint (count_of (clean, "異状"), ==, 1);
  tamper (office, "UPDATE medium SET serial = serial || 'X' WHERE id = 2");
  again = kan_book_verify (office->book, NULL, NULL);
  altered = print_register (office, "medium");
  assert_says (altered, "令和8年9月1日の全件検査で異状あり");
  g_assert_cmpuint (count_of (altered, "異状"), ==, 2);
  tamper (office, "UPDATE medium SET serial = substr (serial, 1, length (serial) - 1) WHERE id = 2");
}

/* On paper a late erasure is seen in its line: until when it had to be, and by how many days that was overrun. */
static void
test_deadline (void)
{
  static const char *const erase = "erasure=overwrite | erased_count=1200 | erasure_verified=yes";
  g_autoptr(Office) office = office_new ("nagasaki");
  g_autofree char *held = NULL, *gone = NULL;

  office_add_medium (office, "USB-01", 1200);
  office_add_medium (office, "USB-02", 1200);
  office_set_time (office, "2026-10-20T13:00");
  g_assert_true (kan_book_set_today (office->book, kan_day_from_ymd (2026, 10, 20), NULL));
  held = print_register (office, "batch");
  assert_says (held, "消去期限");
  g_assert_cmpuint (count_of (held, "令和8年10月22日"), ==, 2);
  office_expect (office, "done", OPERATOR, "media.erase", "M1", erase);
  office_set_time (office, "2026-12-05T13:00");
  g_assert_true (kan_book_set_today (office->book, kan_day_from_ymd (2026, 12, 5), NULL));
  office_expect (office, "done", OPERATOR, "media.erase", "M2", erase);
  gone = print_register (office, "batch");
  g_assert_cmpuint (count_of (gone, "令和8年10月22日"), ==, 2);
  assert_says (gone, "令和8年10月22日44");
}

/* Whoever reads the struck line reads beneath it why. */
static void
test_voided (void)
{
  g_autoptr(Office) office = office_new ("nagasaki");
  g_autofree char *answers = NULL, *text = NULL;

  office_expect (office, "done", OPERATOR, "media.register", NULL, "media_kind=hdd | label=HDD-01");
  answers = g_strdup_printf ("act=%" G_GINT64_FORMAT " | reason=二重登録", office_ask (office, "SELECT made FROM medium"));
  office_expect (office, "done", OPERATOR, "act.void", "M1", answers);
  g_assert_true (kan_book_set_today (office->book, kan_day_from_ymd (2026, 9, 1), NULL));
  text = print_register (office, "medium");
  assert_says (text, "取消の理由：二重登録（令和8年9月1日、");
}

/* A book that is kept by hand has the same columns. */
static void
test_empty (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanPaper) paper = kan_forms_make_blank ("batch", &error);
  g_autofree char *text = NULL;
  char *path;

  g_assert_no_error (error);
  path = write_sheet (paper, "empty");
  text = sheet_text (path);
  drop_sheet (path);
  assert_says (text, "消去期限");
  assert_says (text, "超過日数");
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forms-register/altered", test_altered);
  g_test_add_func ("/forms-register/voided", test_voided);
  g_test_add_func ("/forms-register/deadline", test_deadline);
  g_test_add_func ("/forms-register/empty", test_empty);
  return run_sheets ();
}
