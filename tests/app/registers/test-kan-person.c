/* SPDX-License-Identifier: GPL-3.0-or-later */
/* People from registration to leaving, and the plain registers around them: offices, outsiders, places, payments. */
#include "fixture.h"

typedef struct { const char *verdict; gint64 who; const char *kind, *subject, *answers; } Case;

static void
run_cases (Office *office, const Case *cases, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_test_message ("case %u", i);
      office_expect (office, cases[i].verdict, cases[i].who, cases[i].kind, cases[i].subject, cases[i].answers);
    }
}

static void
test_person_table (void)
{
  static const Case cases[] = {
    { "refused name staff_no", CHIEF, "person.register", NULL, "" },
    { "refused staff_no", CHIEF, "person.register", NULL, "staff_no=1004 | name=同番 一" },
    { "refused name", CHIEF, "person.register", NULL, "staff_no=1008 | name=\u202e逆" },
    { "refused not_entitled", OPERATOR, "person.register", NULL, "staff_no=1008 | name=渡邉\U000e0101 誠" },
    { "done", CHIEF, "person.register", NULL, "staff_no=1008 | name=渡邉\U000e0101 誠 | kana=わたなべ まこと | with=2" },
    { "refused login", CHIEF, "person.enroll", "P8", "login=login4 | with=2" },
    { "waits second", CHIEF, "person.enroll", "P8", "login=watanabe" },
    { "done", GENERAL, "hand.give", "P8", "as=second" },
    { "refused act", CHIEF, "person.enroll", "P4", "login=other | with=2" },
    { "refused act", CHIEF, "person.amend", "P8", "" },
    { "done", PENSION, "person.amend", "P8", "name=渡辺 誠 | post=年金課主事" },
    { "refused not_entitled", CLERK, "person.amend", "P8", "name=渡辺 誠" },
    { "refused since", CHIEF, "person.leave", "P8", "since=2026-09-30" },
    { "refused not_entitled", CLERK, "person.leave", "P8", "since=2026-09-01" },
    { "waits second", CHIEF, "person.leave", "P8", "since=2026-09-01" },
    { "refused not_entitled", CHIEF, "hand.give", "P8", "as=second" },
    { "done", GENERAL, "person.amend", "P7", "post=主事" },
    { "done", GENERAL, "hand.give", "P8", "as=second" },
    { "refused wrong_state", CHIEF, "person.amend", "P8", "name=渡辺 誠" },
  };
  g_autoptr(Office) office = office_new ("nagasaki");

  run_cases (office, cases, G_N_ELEMENTS (cases));
  g_assert_cmpuint (office_n_rows (office, "person_left", "2026-09-02"), ==, 1);
}

static void
test_who_leaves_holds_nothing (void)
{
  g_autoptr(Office) office = office_new ("nagasaki");

  office_set_time (office, "2026-09-30T17:00");
  office_expect (office, "done", CHIEF, "person.leave", "P4", "since=2026-09-30 | with=2");
  office_expect (office, "waits second", CHIEF, "person.leave", "P3", "since=2026-09-30");
  office_expect_state (office, "A3", "in_force");
  office_expect (office, "done", GENERAL, "hand.refuse", "P3", "reason=退職の届がない");
  office_expect_state (office, "P3", "employed");
  office_expect (office, "done", CHIEF, "person.leave", "P3", "since=2026-09-30 | with=2");
  office_set_time (office, "2026-10-01T09:00");
  office_expect_state (office, "N1", "revoked");
  g_assert_cmpint (office_ask (office, "SELECT count(*) FROM key WHERE person IN (3, 4) AND state = 'valid'"), ==, 0);
  office_expect_state (office, "A3", "ended");
  office_expect (office, "refused not_entitled", PENSION, "place.establish", NULL, "title=倉庫 | room=地下 | level=3");
  office_expect (office, "refused person", GENERAL, "operator.designate", NULL, "person=P4 | since=2026-10-01");
}

/* One officer who has everybody else leave gains nothing: two natural persons, from the second holder of a key on. */
static void
test_nobody_is_left_alone_with_the_file (void)
{
  g_autoptr(Office) office = office_new ("nagasaki");

  office_set_time (office, "2026-09-30T17:00");
  for (gint64 last = office_ask (office, "SELECT max(id) FROM person"), person = last; person > 3; person--)
    {
      g_autofree char *subject = g_strdup_printf ("P%d", (int) person);

      if (office_ask (office, "SELECT count(*) FROM key WHERE state = 'valid'") > 0)
        office_expect (office, "done", GENERAL, "person.leave", subject, "since=2026-09-30 | with=1");
    }
  office_expect (office, "done", GENERAL, "person.leave", "P3", "since=2026-09-30 | with=1");
  office_expect (office, "refused act", GENERAL, "person.leave", "P1", "since=2026-09-30 | with=1");
  office_expect (office, "waits second", GENERAL, "person.register", NULL, "staff_no=9999 | name=幽霊太郎");
  office_expect (office, "refused staff_no", CHIEF, "person.register", NULL, "staff_no=１　０ | name=重複");
}

static void
test_office_table (void)
{
  static const Case cases[] = {
    { "refused code", CHIEF, "office.establish", NULL, "code=pension_manager | title=年金課長" },
    { "done", CHIEF, "office.establish", NULL, "code=pension_clerk | title=年金課主事" },
    { "refused act", CHIEF, "office.abolish", "O3", "" },
    { "done", CHIEF, "appointment.end", "A2", "until=2026-09-30" },
    { "refused act", CHIEF, "office.abolish", "O3", "" },
    { "done", CHIEF, "office.abolish", "O10", "" },
    { "refused office", CHIEF, "appointment.make", NULL, "person=P7 | office=O10 | kind=regular | since=2026-09-01 | "
                                                         "with=2" },
  };
  g_autoptr(Office) office = office_new ("nagasaki");

  run_cases (office, cases, G_N_ELEMENTS (cases));
}

static void
test_outsider_table (void)
{
  static const Case cases[] = {
    { "refused company", OPERATOR, "outsider.register", NULL, "name=岡 三郎" },
    { "refused company", OPERATOR, "outsider.register", NULL, "name=岡 三郎 | company=12345678901" },
    { "done", OPERATOR, "outsider.register", NULL, "name=岡 三郎 | company=運送 | telephone=09012345678 | "
                                                   "pledge_on=2026-08-01" },
    { "refused act", OPERATOR, "outsider.amend", "X3", "" },
    { "done", OPERATOR, "outsider.amend", "X3", "contract_no=2026-14" },
    { "refused not_entitled", CLERK, "outsider.close", "X3", "" },
    { "done", OPERATOR, "outsider.close", "X3", "" },
  };
  g_autoptr(Office) office = office_new ("nagasaki");

  run_cases (office, cases, G_N_ELEMENTS (cases));
  g_assert_cmpuint (office_n_rows (office, "outsider_known", "2026-09-01"), ==, 2);
}

static void
test_place_table (void)
{
  static const Case cases[] = {
    { "refused level", GENERAL, "place.establish", NULL, "title=倉庫 | room=地下 | level=4" },
    { "refused title", GENERAL, "place.establish", NULL, "title=媒体保管庫 | room=地下 | level=3" },
    { "refused not_entitled", OPERATOR, "place.establish", NULL, "title=倉庫 | room=地下 | level=3" },
    { "done", GENERAL, "place.amend", "L1", "keeper=P4" },
    { "refused act", GENERAL, "place.close", "L1", "" },
    { "done", GENERAL, "place.close", "L2", "" },
    { "refused 11-2.place", OPERATOR, "media.move", "M1", "place=L2" },
  };
  g_autoptr(Office) office = office_new ("nagasaki");

  office_add_medium (office, "USB-01", 5);
  run_cases (office, cases, G_N_ELEMENTS (cases));
  g_assert_cmpuint (office_n_rows (office, "place_storage", "2026-09-01"), ==, 1);
}

static void
test_payment_table (void)
{
  static const Case cases[] = {
    { "refused serves", GENERAL, "payment.enter", NULL, "kind=off_cycle | day=2026-11-13 | serves=2026-13" },
    { "done", GENERAL, "payment.enter", NULL, "kind=off_cycle | day=2026-11-13 | serves=2026-11" },
    { "refused day", PENSION, "payment.enter", NULL, "kind=off_cycle | day=2026-11-13 | serves=2026-11" },
    { "done", PENSION, "payment.enter", NULL, "kind=override | day=2026-12-14 | serves=2026-12 | replaces=2026-12-15" },
    { "refused serves", PENSION, "payment.enter", NULL, "kind=override | day=2026-12-11 | serves=2026-12" },
    { "refused not_entitled", OPERATOR, "payment.enter", NULL, "kind=off_cycle | day=2026-11-20 | serves=2026-11" },
  };
  g_autoptr(Office) office = office_new ("nagasaki");

  run_cases (office, cases, G_N_ELEMENTS (cases));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/person/table", test_person_table);
  g_test_add_func ("/person/who-leaves-holds-nothing", test_who_leaves_holds_nothing);
  g_test_add_func ("/person/nobody-left-alone", test_nobody_is_left_alone_with_the_file);
  g_test_add_func ("/office/table", test_office_table);
  g_test_add_func ("/outsider/table", test_outsider_table);
  g_test_add_func ("/place/table", test_place_table);
  g_test_add_func ("/payment/table", test_payment_table);
  return g_test_run ();
}
