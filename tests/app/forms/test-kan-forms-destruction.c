/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The destruction certificate from its record: what its remarks tell of the media beside what was noted. */
#include "app/forms/paper-tools.h"
#include "app/registers/fixture.h"

#include "forms/kan-forms.h"

#include <locale.h>
#include <string.h>

#define ANCHOR "12-0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYZ"
#define ERASE "erasure=overwrite | erased_count=1200 | erasure_verified=yes"
#define DESTROY "media=M1 | identified=[{\"medium\":\"M1\",\"serial\":\"SN-USB-01\"}] | method=shred_flash | " \
                "place=第二倉庫 | executor=P4 | witness=P5 | photographs=2"

/* A medium recorded on the first of September 2026, for the payment of October. */
static Office *
new_office (void)
{
  Office *office = office_new ("nagasaki");

  office_add_medium (office, "USB-01", 1200);
  return office;
}

static void
certify (Office *office)
{
  office_expect (office, "waits system_manager witness", OPERATOR, "media.destroy", NULL, DESTROY);
  office_expect (office, "waits system_manager", COLLEAGUE, "hand.give", "D1", "as=witness");
  office_expect (office, "done", PENSION, "hand.give", "D1", "as=system_manager");
}

static char *
print (Office *office)
{
  g_autoptr(GError) error = NULL;
  KanPaper *paper;
  char *path, *text;

  g_assert_true (kan_book_set_today (office->book, kan_day_of_utc (office->now), &error));
  paper = kan_forms_make (office->book, "destruction_certificate", "D1", ANCHOR, &error);
  g_assert_no_error (error);
  path = write_sheet (paper, "destruction");
  text = sheet_text (path);
  assert_clean (paper);
  assert_words_apart (path);
  drop_sheet (path);
  kan_paper_free (paper);
  return text;
}

/* What was gone only after its time says so, with the reason that was given for it. */
static void
test_overrun (void)
{
  static const struct { const char *at, *reason, *says; } table[] = {
    { "2026-10-22T13:00", NULL, NULL },
    { "2026-10-23T13:00", NULL, "USB-01：消去期限令和8年10月22日を1日超過（遅延理由：記録なし）" },
    { "2026-10-26T13:00", "delay_reason=監査のため", "USB-01：消去期限令和8年10月22日を4日超過（遅延理由：監査のため）" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(Office) office = new_office ();
      g_autofree char *text = NULL;

      office_set_time (office, table[i].at);
      if (table[i].reason != NULL)
        office_expect (office, "done", OPERATOR, "media.delay", "B1", table[i].reason);
      office_expect (office, "done", OPERATOR, "media.erase", "M1", ERASE);
      certify (office);
      text = print (office);
      if (table[i].says != NULL)
        assert_says (text, table[i].says);
      g_assert_true ((strstr (text, "超過") != NULL) == (table[i].says != NULL));
    }
}

/* What was put right once it had been erased is told with what was said before; what was put right earlier is not. */
static void
test_restated (void)
{
  g_autoptr(Office) office = new_office ();
  g_autofree char *text = NULL;

  office_expect (office, "done", OPERATOR, "batch.restate", "B1", "copies=1 | reason=誤記 | with=2");
  office_expect (office, "done", OPERATOR, "batch.restate", "B1", "copies=0 | reason=誤記 | with=2");
  office_set_time (office, "2026-10-20T13:00");
  office_expect (office, "done", OPERATOR, "media.erase", "M1", ERASE);
  office_expect (office, "done", OPERATOR, "batch.restate", "B1", "count=1100 | reason=誤記 | with=2");
  certify (office);
  text = print (office);
  assert_says (text, "USB-01：消去後に件数を訂正（1,200→1,100）");
  assert_says (text, "件数の合計1,100件");
  g_assert_null (strstr (text, "複製数を訂正"));
}

/* So is what was put right while the destruction waited, where it stood for erasure. */
static void
test_restated_after_destruction (void)
{
  static const OfficeCase cases[] = {
    { "done", OPERATOR, "batch.restate", "B1", "copies=1 | reason=誤記 | with=2" },
    { "waits system_manager witness", OPERATOR, "media.destroy", NULL, DESTROY " | instead_of_erasing=yes" },
    { "waits system_manager witness", PENSION, "hand.ask_back", "D1", "reason=件数" },
    { "done", OPERATOR, "batch.restate", "B1", "copies=0 | count=1100 | reason=誤記 | with=2" },
    { "waits system_manager witness", OPERATOR, "media.destroy", "D1", DESTROY " | instead_of_erasing=yes" },
    { "waits system_manager", COLLEAGUE, "hand.give", "D1", "as=witness" },
    { "done", PENSION, "hand.give", "D1", "as=system_manager" },
  };
  g_autoptr(Office) office = new_office ();
  g_autofree char *text = NULL;

  office_set_time (office, "2026-10-20T13:00");
  office_run_table (office, cases);
  text = print (office);
  assert_says (text, "USB-01：廃棄後に件数を訂正（1,200→1,100）");
  assert_says (text, "USB-01：廃棄後に同一媒体内の複製数を訂正（1→0）");
  g_assert_null (strstr (text, "（0→1）"));
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forms-destruction/overrun", test_overrun);
  g_test_add_func ("/forms-destruction/restated", test_restated);
  g_test_add_func ("/forms-destruction/restated-after-destruction", test_restated_after_destruction);
  return g_test_run ();
}
