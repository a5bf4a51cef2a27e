/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shortfalls: opened by what was marked, one for each rule, and put right by an officer. */
#include "fixture.h"

/* A medium that came opened, and was lost without an incident number. */
static Office *
new_office (void)
{
  Office *office = office_new ("nagasaki");

  office_expect (office, "marked 11-3.damage", OPERATOR, "media.receive", NULL,
                 "media_kind=usb | label=受入１ | serial=9 | source=長崎市 | received_from=X1 |"
                 " giver_paper=yes | arrival=damaged");
  office_expect (office, "done", OPERATOR, "media.lost", "M1", "note=見当たらない");
  return office;
}

static void
test_opened (void)
{
  static const struct { const char *sql, *expected; } rows[] = {
    { "SELECT about || ' ' || rule || ' ' || state FROM shortfall WHERE id = 1", "M1 11-3.damage open" },
    { "SELECT kind FROM act WHERE seq = (SELECT act FROM shortfall WHERE id = 1)", "media.receive" },
    { "SELECT about || ' ' || rule || ' ' || question FROM shortfall WHERE id = 2",
      "M1 20.incident_number incident_no" },
    { "SELECT kind FROM act WHERE seq = (SELECT act FROM shortfall WHERE id = 2)", "media.lost" },
    { "SELECT count(*) FROM shortfall", "2" },
  };
  g_autoptr(Office) office = new_office ();
  g_autofree char *name = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *found = office_ask_text (office, rows[i].sql);

      g_assert_cmpstr (found, ==, rows[i].expected);
    }
  g_assert_cmpuint (office_n_rows (office, "shortfall_open", "2026-09-02"), ==, 2);
  /* it is called by what is wrong */
  name = kan_book_name_of (office->book, "S1");
  g_assert_cmpstr (name, ==, "Arrived damaged or opened");
}

static void
test_put_right (void)
{
  static const OfficeCase cases[] = {
    { "refused measure", GENERAL, "shortfall.close", "S1", "" },
    { "refused not_entitled", OPERATOR, "shortfall.close", "S1", "measure=封印を改めた" },
    { "refused not_entitled", CLERK, "shortfall.close", "S1", "measure=封印を改めた" },
    { "refused measure", GENERAL, "shortfall.close", "S1", "measure=123456789018" },
    { "done", GENERAL, "shortfall.close", "S1", "measure=送付元に照会し\n封印を改めた" },
    { "refused wrong_state", GENERAL, "shortfall.close", "S1", "measure=もう一度" },
    { "done", CHIEF, "shortfall.close", "S2", "measure=事故番号を付した" },
    { "refused wrong_state", PENSION, "shortfall.close", "S2", "measure=もう一度" },
  };
  g_autoptr(Office) office = new_office ();

  office_run_table (office, cases);
  office_expect_state (office, "S1", "closed");
  g_assert_cmpuint (office_n_rows (office, "shortfall_open", "2026-09-02"), ==, 0);
}

/* Who handed a medium over, or holds it, signs after it was lost as well: the officers leave that to them. */
static void
test_signed_afterwards (void)
{
  static const struct { const char *waits, *kind, *subject, *answers, *marked; } cases[] = {
    { "waits giver", "media.receive", NULL, "media_kind=usb | label=受入１ | serial=9 | source=長崎市 | received_from=P5"
      " | arrival=sound", "marked 11-3.giver_unsigned" },
    { "waits holder", "media.checkout", "M1", "used_for=支給準備 | holder=P5", "marked 11-2.holder_unsigned" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(Office) office = office_new ("nagasaki");

      if (cases[i].subject != NULL)
        office_add_medium (office, "USB-01", 5);
      office_expect (office, cases[i].waits, OPERATOR, cases[i].kind, cases[i].subject, cases[i].answers);
      office_expect (office, cases[i].marked, OPERATOR, "media.lost", "M1", "note=見当たらない | incident_no=2026-3");
      office_expect_state (office, "S1", "open");
      office_expect (office, "refused not_entitled", GENERAL, "shortfall.sign", "S1", "");
      office_expect (office, "done", COLLEAGUE, "shortfall.sign", "S1", "");
      office_expect_state (office, "S1", "closed");
    }
}

/* Nobody makes one by hand: it is not the office's to say what is not in order. */
static void
test_not_by_hand (void)
{
  g_autoptr(Office) office = new_office ();
  g_autoptr(GError) error = NULL;

  g_assert_null (kan_draft_new (office->book, "shortfall.open", NULL, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_USAGE);
}

/* What is recorded with every answer opens none. */
static void
test_none_where_all_is_in_order (void)
{
  g_autoptr(Office) office = office_new ("nagasaki");

  office_add_medium (office, "USB-01", 5);
  office_expect (office, "done", OPERATOR, "media.lost", "M1", "note=見当たらない | incident_no=2026-3");
  g_assert_cmpint (office_ask (office, "SELECT count(*) FROM shortfall"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shortfall/opened", test_opened);
  g_test_add_func ("/shortfall/put-right", test_put_right);
  g_test_add_func ("/shortfall/signed-afterwards", test_signed_afterwards);
  g_test_add_func ("/shortfall/not-by-hand", test_not_by_hand);
  g_test_add_func ("/shortfall/none-where-all-is-in-order", test_none_where_all_is_in_order);
  return g_test_run ();
}
