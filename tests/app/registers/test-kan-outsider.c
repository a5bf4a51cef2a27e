/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Persons of other bodies: what is written of them, and what a number may be mistaken for. */
#include "fixture.h"

static void
test_register (void)
{
  static const OfficeCase cases[] = {
    { "refused company name", OPERATOR, "outsider.register", NULL, "" },
    { "refused company", OPERATOR, "outsider.register", NULL, "name=岡 三郎" },
    { "refused company name", OPERATOR, "outsider.register", NULL, "name=　  | company= " },
    { "refused company name", OPERATOR, "outsider.register", NULL, "name=\u2800 | company=\u3000\ufe00" },
    { "refused company", OPERATOR, "outsider.register", NULL, "name=岡 三郎 | company=123456789018" },
    { "refused company", OPERATOR, "outsider.register", NULL, "name=岡 三郎 | company=12345678901" },
    { "refused name", OPERATOR, "outsider.register", NULL, "name=岡\u2066三郎 | company=運送" },
    { "refused pledge_on", OPERATOR, "outsider.register", NULL, "name=岡 三郎 | company=運送 | pledge_on=2026-02-29" },
    { "refused not_entitled", CHIEF, "outsider.register", NULL, "name=岡 三郎 | company=運送" },
    { "refused not_entitled", CLERK, "outsider.register", NULL, "name=岡 三郎 | company=運送" },
    /* a telephone and a contract are numbers and no identity */
    { "done", OPERATOR, "outsider.register", NULL,
      "name=岡\U000e0100 三郎 | company=運送 | telephone=123456789018 | contract_no=12345678901 | pledge_on=令和8年8月1日" },
    { "done", PENSION, "outsider.register", NULL, "name=岡\U000e0100 三郎 | company=運送" },
  };
  g_autoptr(Office) office = office_new ("nagasaki");
  g_autofree char *row = NULL;

  office_run_table (office, cases);
  row = office_ask_text (office, "SELECT name || telephone || pledge_on FROM outsider WHERE id = 3");
  g_assert_cmpstr (row, ==, "岡\U000e0100 三郎1234567890182026-08-01");
  g_assert_cmpuint (office_n_rows (office, "outsider_known", "2026-09-01"), ==, 4);
}

static void
test_amend_and_close (void)
{
  static const OfficeCase cases[] = {
    { "refused act", OPERATOR, "outsider.amend", "X1", "" },
    { "refused not_entitled", CLERK, "outsider.amend", "X1", "company=別会社" },
    { "done", GENERAL, "outsider.amend", "X1", "company=別会社" },
    { "done", OPERATOR, "outsider.amend", "X1", "contract_no=2026-14" },
    { "refused not_entitled", CLERK, "outsider.close", "X1", "" },
    { "done", OPERATOR, "outsider.close", "X1", "" },
    { "refused wrong_state", OPERATOR, "outsider.amend", "X1", "company=もう一つ" },
    { "refused wrong_state", OPERATOR, "outsider.close", "X1", "" },
  };
  g_autoptr(Office) office = office_new ("nagasaki");
  g_autofree char *row = NULL;

  office_run_table (office, cases);
  row = office_ask_text (office, "SELECT name || ' ' || company || ' ' || contract_no FROM outsider WHERE id = 1");
  g_assert_cmpstr (row, ==, "森 太郎 別会社 2026-14");
  g_assert_cmpuint (office_n_rows (office, "outsider_known", "2026-09-01"), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/outsider/register", test_register);
  g_test_add_func ("/outsider/amend-and-close", test_amend_and_close);
  return g_test_run ();
}
