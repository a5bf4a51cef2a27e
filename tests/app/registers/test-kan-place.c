/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places where media are kept: who appoints them, what they may be, and when they can be given up. */
#include "fixture.h"

static void
test_establish (void)
{
  static const OfficeCase cases[] = {
    { "refused level room title", GENERAL, "place.establish", NULL, "" },
    { "refused level", GENERAL, "place.establish", NULL, "title=倉庫 | room=地下 | level=0" },
    { "refused level", GENERAL, "place.establish", NULL, "title=倉庫 | room=地下 | level=4" },
    { "refused level", GENERAL, "place.establish", NULL, "title=倉庫 | room=地下 | level=-1" },
    { "refused title", GENERAL, "place.establish", NULL, "title=媒体保管庫 | room=地下 | level=3" },
    { "refused title", GENERAL, "place.establish", NULL, "title=倉\u202e庫 | room=地下 | level=3" },
    { "refused keeper", GENERAL, "place.establish", NULL, "title=倉庫 | room=地下 | level=3 | keeper=P99" },
    { "refused keeper", GENERAL, "place.establish", NULL, "title=倉庫 | room=地下 | level=3 | keeper=X1" },
    { "refused room", GENERAL, "place.establish", NULL, "title=倉庫 | room=１２３４ ５６７８ ９０１８ | level=3" },
    { "refused not_entitled", CHIEF, "place.establish", NULL, "title=倉庫 | room=地下 | level=3" },
    { "refused not_entitled", OPERATOR, "place.establish", NULL, "title=倉庫 | room=地下 | level=3" },
    { "refused not_entitled", CLERK, "place.establish", NULL, "title=倉庫 | room=地下 | level=3" },
    { "done", GENERAL, "place.establish", NULL, "title=渡邉\U000e0101倉庫 | room=地下 | level=３ | keeper=渡辺 誠" },
    { "done", PENSION, "place.establish", NULL, "title=年金課 | room=年金課 | level=2" },
  };
  g_autoptr(Office) office = office_new ("nagasaki");
  g_autofree char *keeper = NULL;

  office_run_table (office, cases);
  keeper = office_ask_text (office, "SELECT level || ' P' || keeper FROM place WHERE id = 3");
  g_assert_cmpstr (keeper, ==, "3 P6");
  /* only rooms of the highest level are offered for media */
  g_assert_cmpuint (office_n_rows (office, "place_storage", "2026-09-01"), ==, 2);
}

static void
test_amend (void)
{
  static const OfficeCase cases[] = {
    { "refused act", GENERAL, "place.amend", "L1", "" },
    { "refused not_entitled", OPERATOR, "place.amend", "L1", "room=二階" },
    { "refused level", GENERAL, "place.amend", "L1", "room=二階 | level=1" },
    { "done", GENERAL, "place.amend", "L1", "keeper=P4" },
    { "done", PENSION, "place.amend", "L1", "room=二階" },
    { "done", GENERAL, "place.close", "L2", "" },
    { "refused wrong_state", GENERAL, "place.amend", "L2", "room=二階" },
    { "refused wrong_state", GENERAL, "place.close", "L2", "" },
  };
  g_autoptr(Office) office = office_new ("nagasaki");
  g_autofree char *amended = NULL;

  office_run_table (office, cases);
  amended = office_ask_text (office, "SELECT room || ' P' || keeper FROM place WHERE id = 1");
  g_assert_cmpstr (amended, ==, "二階 P4");
}

/* A place is closed when nothing belongs there: neither what lies in it nor what is only out of it for a while. */
static void
test_close (void)
{
  static const OfficeCase cases[] = {
    { "refused act", GENERAL, "place.close", "L1", "" },
    { "refused act not_entitled", OPERATOR, "place.close", "L1", "" },
    { "done", GENERAL, "place.establish", NULL, "title=第二保管庫 | room=地下 | level=3" },
    { "done", OPERATOR, "media.checkout", "M1", "used_for=抽出" },
    { "refused act", GENERAL, "place.close", "L1", "" },
    { "done", OPERATOR, "media.checkin", "M1", "place=L3" },
    { "done", GENERAL, "place.close", "L1", "" },
    { "refused 11-2.place", OPERATOR, "media.move", "M1", "place=L1" },
    { "refused 11-2.place", OPERATOR, "media.move", "M1", "place=L2" },
    { "refused act", GENERAL, "place.close", "L3", "" },
  };
  g_autoptr(Office) office = office_new ("nagasaki");

  office_add_medium (office, "USB-01", 5);
  office_run_table (office, cases);
  g_assert_cmpuint (office_n_rows (office, "place_storage", "2026-09-01"), ==, 1);
}

/* Taken back, a place is none that media could be in, and its name is free again. */
static void
test_void (void)
{
  static const OfficeCase cases[] = {
    { "refused place", OPERATOR, "media.move", "M1", "place=L3" },
    { "refused wrong_state", GENERAL, "place.amend", "L3", "room=二階" },
    { "done", GENERAL, "place.establish", NULL, "title=誤り | room=地下 | level=3" },
  };
  g_autoptr(Office) office = office_new ("nagasaki");

  office_add_medium (office, "USB-01", 5);
  office_expect (office, "done", GENERAL, "place.establish", NULL, "title=誤り | room=地下 | level=3");
  office_expect_undone (office, GENERAL, "L3");
  office_expect_state (office, "L3", "void");
  office_run_table (office, cases);
}

/* What was recorded on at once, before it was ever stored, has no place to go back to. */
static void
test_no_place (void)
{
  static const OfficeCase cases[] = {
    { "done", OPERATOR, "media.register", NULL, "media_kind=usb | label=USB-01 | serial=1" },
    { "done", OPERATOR, "media.record", NULL, "medium=M1 | purpose=purpose_2 | count=5 | copies=0 | source=J-LIS" },
    { "refused place", OPERATOR, "media.checkin", "M1", "" },
    { "refused 11-2.place", OPERATOR, "media.checkin", "M1", "place=L2" },
    { "done", OPERATOR, "media.checkin", "M1", "place=L1" },
    { "done", OPERATOR, "media.checkout", "M1", "used_for=抽出" },
    /* from then on it goes back to where it came from */
    { "done", OPERATOR, "media.checkin", "M1", "" },
  };
  g_autoptr(Office) office = office_new ("nagasaki");

  office_run_table (office, cases);
  g_assert_cmpint (office_ask (office, "SELECT place FROM medium WHERE state = 'stored'"), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/place/establish", test_establish);
  g_test_add_func ("/place/amend", test_amend);
  g_test_add_func ("/place/close", test_close);
  g_test_add_func ("/place/void", test_void);
  g_test_add_func ("/place/no-place", test_no_place);
  return g_test_run ();
}
