/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A register as 管理簿: whether what it says was looked at. */
#include "app/forms/paper-tools.h"
#include "app/registers/fixture.h"

#include "acts/kan-verify.h"
#include "forms/kan-forms.h"

#include <locale.h>

#define ANCHOR "12-0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYZ"

static char *
print_media (Office *office)
{
  g_autoptr(GError) error = NULL;
  KanPaper *paper = kan_forms_make_register (office->book, kan_book_find_register (office->book, "medium"), NULL, 0,
                                             ANCHOR, NULL, NULL, &error);
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
  unknown = print_media (office);
  assert_says (unknown, "作成者による全件検査の記録なし");
  g_assert_cmpuint (count_of (unknown, "異状"), ==, 0);
  verdict = kan_book_verify (office->book, NULL, NULL);
  clean = print_media (office);
  assert_says (clean, "令和8年9月1日に全件を検査、異状なし");
  g_assert_cmpuint (count_of (clean, "異状"), ==, 1);
  tamper (office, "UPDATE medium SET serial = serial || 'X' WHERE id = 2");
  again = kan_book_verify (office->book, NULL, NULL);
  altered = print_media (office);
  assert_says (altered, "令和8年9月1日の全件検査で異状あり");
  g_assert_cmpuint (count_of (altered, "異状"), ==, 2);
  tamper (office, "UPDATE medium SET serial = substr (serial, 1, length (serial) - 1) WHERE id = 2");
}

int
main (int argc, char *argv[])
{
  int status;

  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forms-register/altered", test_altered);
  status = g_test_run ();
  drop_folder ();
  return status;
}
