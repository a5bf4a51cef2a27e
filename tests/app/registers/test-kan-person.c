/* SPDX-License-Identifier: GPL-3.0-or-later */
/* People from registration to leaving. */
#include "fixture.h"

static void
test_person_table (void)
{
  static const OfficeCase cases[] = {
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
    { "done", PENSION, "person.amend", "P8", "post=年金課主事" },
    { "refused not_entitled", CLERK, "person.amend", "P8", "post=主事" },
    { "refused act name", PENSION, "person.amend", "P8", "name=渡辺 誠" },
    { "refused not_entitled", CLERK, "person.rename", "P8", "name=渡辺 誠" },
    { "waits second", PENSION, "person.rename", "P8", "name=渡辺 誠" },
    { "refused not_entitled", PENSION, "hand.give", "P8", "as=second" },
    { "done", GENERAL, "hand.give", "P8", "as=second" },
    { "refused since", CHIEF, "person.leave", "P8", "since=2026-09-30" },
    { "refused not_entitled", CLERK, "person.leave", "P8", "since=2026-09-01" },
    { "refused late_reason", CHIEF, "person.leave", "P8", "since=2026-08-31" },
    { "waits second", CHIEF, "person.leave", "P8", "since=2026-09-01" },
    { "refused not_entitled", CHIEF, "hand.give", "P8", "as=second" },
    { "done", GENERAL, "person.amend", "P7", "post=主事" },
    { "done", GENERAL, "hand.give", "P8", "as=second" },
    { "refused wrong_state", CHIEF, "person.amend", "P8", "post=主任" },
    { "refused wrong_state", CHIEF, "person.rename", "P8", "name=渡辺 誠 | with=2" },
  };
  g_autoptr(Office) office = office_new ("nagasaki");

  office_run_table (office, cases);
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
  office_expect (office, "refused staff_no", CHIEF, "person.register", NULL, "staff_no=01007 | name=渡辺 誠");
  office_expect (office, "refused staff_no", CHIEF, "person.register", NULL, "staff_no=１００７ | name=渡辺 誠");
  office_expect (office, "done", CHIEF, "person.register", NULL, "staff_no=A7 | name=新任 一 | with=2");
  office_expect (office, "refused staff_no", CHIEF, "person.register", NULL, "staff_no=a7 | name=新任 一");
  /* nor does an eye take one for another */
  office_expect (office, "refused staff_no", CHIEF, "person.register", NULL, "staff_no=l007 | name=山本 光");
  office_expect (office, "refused staff_no", CHIEF, "person.register", NULL, "staff_no=IOO7 | name=山本 光");
  office_expect (office, "refused login", CHIEF, "person.enroll", "P9", "login=iogin7");
  office_expect (office, "done", CHIEF, "person.register", NULL, "staff_no=A70 | name=新任 二 | with=2");
}

/* A number that was mistyped is put right by two, and no two have the same. */
static void
test_renumbered (void)
{
  g_autoptr(Office) office = office_new ("nagasaki");

  office_expect (office, "refused staff_no", CHIEF, "person.renumber", "P7", "staff_no=1004 | reason=誤記");
  office_expect (office, "waits second", CHIEF, "person.renumber", "P7", "staff_no=2007 | reason=誤記");
  office_expect (office, "done", GENERAL, "hand.give", "P7", "");
  g_assert_cmpint (office_ask (office, "SELECT count(*) FROM person p JOIN correction c ON c.subject = 'P7' AND"
                                       " c.new = p.staff_no WHERE p.id = 7 AND staff_no = '2007'"), ==, 1);
}

/* Where the profile lets everybody amend their own particulars, they amend nobody else's. */
static void
test_self (void)
{
  static const OfficeCase cases[] = {
    { "done", CLERK, "person.amend", "P7", "kana=やまもと ひかる" },
    { "refused not_entitled", CLERK, "person.amend", "P6", "kana=わたなべ" },
    { "refused not_entitled", CHIEF, "person.amend", "P7", "kana=やまもと" },
    { "done", CHIEF, "person.amend", "P1", "kana=さとう いちろう" },
  };
  g_autofree char *json = office_profile_with ("nagasaki", "\"acts\": {}",
                                               "\"acts\": {\"person.amend\": {\"may\": [\"self\"]}}");
  g_autoptr(Office) office = office_new (json);

  office_run_table (office, cases);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/person/renumbered", test_renumbered);
  g_test_add_func ("/person/table", test_person_table);
  g_test_add_func ("/person/who-leaves-holds-nothing", test_who_leaves_holds_nothing);
  g_test_add_func ("/person/nobody-left-alone", test_nobody_is_left_alone_with_the_file);
  g_test_add_func ("/person/self", test_self);
  return g_test_run ();
}
