/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a medium was, from its records. */
#include "app/forms/paper-tools.h"
#include "app/registers/fixture.h"

#include "forms/kan-forms.h"

#include <locale.h>
#include <string.h>

#define ANCHOR "12-0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYZ"
#define REQUEST "kind=round_trip | media=M1 | counterpart=X1 | destination=電算センター | reason=提出のため | " \
                "since=2026-09-01 | until=2026-09-09 | transport=own_car | carrier=P5 | container=locked_container"
#define DISPATCH "quantity=1 | count=1200 | container=locked_container | seal=S-1 | carrier=X1 | taker_paper=yes"

static char *
print (Office *office)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanPaper) paper = kan_forms_make (office->book, "custody", "M1", ANCHOR, &error);
  char *path, *text;

  g_assert_no_error (error);
  assert_clean (paper);
  path = write_sheet (paper, "custody");
  text = sheet_text (path);
  assert_words_apart (path);
  drop_sheet (path);
  return text;
}

static void
expect_error (Office *office, const char *record, KanError code)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (kan_forms_make (office->book, "custody", record, ANCHOR, &error));
  g_assert_error (error, KAN_ERROR, (int) code);
}

/* It stands on paper with what brought it there; what an entry does not say has no paper. */
static void
test_custody (void)
{
  static const char *const forgeries[] = {
    "UPDATE medium SET serial = 'SN-USB-99' WHERE id = 1", "UPDATE batch SET count = 1 WHERE id = 1",
    "UPDATE takeout SET carrier = 'P2' WHERE id = 1",
  };
  g_autoptr(Office) office = office_new ("nagasaki");
  g_autofree char *text = NULL;

  office_add_medium (office, "USB-01", 1200);
  office_set_time (office, "2026-09-01T13:00");
  office_expect (office, "waits information_manager system_manager", OPERATOR, "takeout.request", NULL, REQUEST);
  office_expect (office, "waits system_manager", GENERAL, "hand.give", "T1", "");
  office_expect (office, "done", PENSION, "hand.give", "T1", "");
  office_expect (office, "done", OPERATOR, "takeout.dispatch", "T1", DISPATCH);
  g_assert_true (kan_book_set_today (office->book, kan_day_from_ymd (2026, 9, 4), NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (forgeries); i++)
    {
      g_autofree char *sql = g_strconcat ("SAVEPOINT s; ", forgeries[i], NULL);

      g_test_message ("%s", sql);
      g_assert_true (kan_db_exec (kan_book_get_db (office->book), sql, NULL));
      expect_error (office, "M1", KAN_ERROR_DAMAGED);
      g_assert_true (kan_db_exec (kan_book_get_db (office->book), "ROLLBACK TO s; RELEASE s", NULL));
    }
  text = print (office);
  assert_says (text, "令和8年9月4日現在");
  assert_says (text, "SN-USB-01");
  assert_says (text, "1登録済令和8年");
  assert_says (text, "4搬送中令和8年9月1日 13:04現在3日T1");
  assert_says (text, ANCHOR);
  assert_says (text, "記録番号　M1");
  expect_error (office, "T1", KAN_ERROR_USAGE);
  expect_error (office, NULL, KAN_ERROR_USAGE);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forms-custody/printed", test_custody);
  return run_sheets ();
}
