/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Offices: entered beside those of the founding, given up when nobody holds them any more. */
#include "fixture.h"

/* O1 to O9 come with the profile; O3 is the information manager's, held by P2. */
static void
test_table (void)
{
  static const OfficeCase cases[] = {
    { "refused title", CHIEF, "office.establish", NULL, "" },
    { "refused code", CHIEF, "office.establish", NULL, "code=pension_manager | title=年金課長" },
    { "refused code", CHIEF, "office.establish", NULL, "code=pension_clerk | title=年金課主事" },
    { "refused title", CHIEF, "office.establish", NULL, "title=年金\u200e課" },
    { "refused not_entitled", OPERATOR, "office.establish", NULL, "title=年金課主事" },
    { "refused not_entitled", CLERK, "office.establish", NULL, "title=年金課主事" },
    { "done", CHIEF, "office.establish", NULL, "title=年金課主事" },
    { "done", PENSION, "office.establish", NULL, "title=年金課副主事" },
    { "done", CHIEF, "office.establish", NULL, "title=総務課主事" },
    { "done", CHIEF, "office.establish", NULL, "title=総務課書記" },
    { "done", CHIEF, "appointment.make", NULL, "person=P7 | office=O12 | kind=regular | since=2026-09-01 | with=2" },
    { "refused not_entitled", OPERATOR, "office.abolish", "O10", "" },
    { "done", GENERAL, "office.abolish", "O10", "" },
    { "refused wrong_state", GENERAL, "office.abolish", "O10", "" },
    { "refused office", CHIEF, "appointment.make", NULL,
      "person=P7 | office=O10 | kind=regular | since=2026-09-01 | with=2" },
  };
  g_autoptr(Office) office = office_new ("nagasaki");

  office_run_table (office, cases);
  office_expect_state (office, "O10", "abolished");
  g_assert_cmpint (office_n_rows (office, "office_standing", "2026-09-02"), ==,
                   office_ask (office, "SELECT count(*) FROM office") - 1);
}

/* Whoever holds it today, or is to hold it: until the last day has passed. */
static void
test_held_offices_stay (void)
{
  g_autoptr(Office) office = office_new ("nagasaki");

  office_expect (office, "done", CHIEF, "office.establish", NULL, "title=年金課主事");
  office_expect (office, "done", CHIEF, "appointment.make", NULL,
                 "person=P7 | office=O10 | kind=regular | since=2026-10-01 | with=2");
  office_expect (office, "refused act", CHIEF, "office.abolish", "O10", "");
  office_expect (office, "refused act", CHIEF, "office.abolish", "O3", "");
  office_set_time (office, "2026-10-01T09:00");
  office_expect (office, "refused act", CHIEF, "office.abolish", "O10", "");
  office_expect (office, "done", CHIEF, "appointment.end", "A5", "until=2026-10-31 | with=2");
  office_expect (office, "refused act", CHIEF, "office.abolish", "O10", "");
  office_set_time (office, "2026-10-31T23:00");
  office_expect (office, "refused act", CHIEF, "office.abolish", "O10", "");
  office_set_time (office, "2026-11-01T00:00");
  office_expect (office, "done", CHIEF, "office.abolish", "O10", "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/table", test_table);
  g_test_add_func ("/office/held-offices-stay", test_held_offices_stay);
  return g_test_run ();
}
