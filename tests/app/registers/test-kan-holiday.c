/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The official list of holidays: adopted whole by two persons, above the law's rules in the years it covers; and the
 * payment day that a check derives from it, from the law and from the profile's rule. */
#include "fixture.h"

#include "registers/kan-days.h"
#include "values/kan-holidays.h"

#define SOURCE "source=内閣府「国民の祝日」について"

/* The law's holidays of these years as rows, one of them left out, one added; NULL: none. */
static char *
rows_of (int first, int last, const char *without, const char *with)
{
  GString *rows = g_string_new ("[");

  for (KanDay day = kan_day_from_ymd (first, 1, 1); day <= kan_day_from_ymd (last, 12, 31); day++)
    {
      g_autofree char *iso = kan_day_format (day);
      const char *name = g_strcmp0 (iso, with) == 0 ? "即位の日" : kan_holiday_name (day, NULL);

      if (name != NULL && g_strcmp0 (iso, without) != 0)
        g_string_append_printf (rows, "%s{\"day\":\"%s\",\"name\":\"%s\"}", rows->len > 1 ? "," : "", iso, name);
    }
  g_string_append_c (rows, ']');
  return g_string_free (rows, FALSE);
}

static void
adopt (Office *office, int first, int last, const char *without, const char *with)
{
  g_autofree char *rows = rows_of (first, last, without, with);
  g_autofree char *answers = g_strdup_printf (SOURCE " | days=%s | with=%d", rows, CHIEF);

  office_expect (office, "done", PENSION, "holiday.adopt", NULL, answers);
}

static gboolean
is_holiday (Office *office, const char *day)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanCalendar) calendar = kan_days_of_book (office->book, &error);

  g_assert_no_error (error);
  return kan_calendar_holiday_name (calendar, kan_day_parse (day), NULL) != NULL;
}

/* --- the list ---------------------------------------------------------------------------------------------------- */

static void
test_adopt_table (void)
{
#define NEW_YEAR "{\"day\":\"2026-01-01\",\"name\":\"元日\"}"
#define EVE "{\"day\":\"2025-12-31\",\"name\":\"大晦日\"}"
  static const struct { const char *verdict; gint64 who; const char *answers, *before, *after; } cases[] = {
    { "refused not_entitled", OPERATOR, SOURCE " | with=1", "", "" },
    { "refused not_entitled", GENERAL, SOURCE " | with=1", "", "" },
    { "refused source", PENSION, "note=出典なし", "", "" },
    { "refused days[18].day", PENSION, SOURCE, "", NEW_YEAR },
    { "refused days[1].day", PENSION, SOURCE, NEW_YEAR, "" },
    { "refused days[0].day", PENSION, SOURCE " | first_year=2026", EVE, "" },
    { "refused days", PENSION, SOURCE, EVE, "" },
    { "refused days[0].day", PENSION, SOURCE " | first_year=2026", "{\"day\":\"2026-02-30\",\"name\":\"元日\"}", "" },
    { "refused days[0].name", PENSION, SOURCE " | first_year=2026", "{\"day\":\"2026-01-01\"}", "" },
    { "refused days[18].name", PENSION, SOURCE, "", "{\"day\":\"2026-12-31\",\"name\":\"a\\u0007\"}" },
    { "refused days", PENSION, SOURCE " | last_year=2027", "", "" },
    { "refused first_year", PENSION, SOURCE " | first_year=1947", "", "" },
    { "refused last_year", PENSION, SOURCE " | last_year=2025", "", "" },
    { "refused last_year", PENSION, SOURCE " | last_year=2100", "", "" },
    { "waits second", PENSION, SOURCE, "", "" },
    { "waits second", CHIEF, SOURCE " | first_year=2026 | last_year=2026 | note=官報で確認", "", "" },
  };
  g_autoptr(Office) office = office_new ("nagasaki");
  g_autofree char *rows = rows_of (2026, 2026, NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gboolean repeats = g_str_equal (cases[i].before, NEW_YEAR);
      g_autofree char *inner = g_strndup (rows + 1, strlen (rows) - 2);
      g_autofree char *answers = g_strdup_printf ("%s | days=[%s%s%s%s%s]", cases[i].answers, cases[i].before,
                                                  *cases[i].before != '\0' ? "," : "",
                                                  repeats ? inner : strchr (inner, '}') + 2,
                                                  *cases[i].after != '\0' ? "," : "", cases[i].after);
      g_autofree char *whole = g_strdup_printf ("%s | days=[%s%s%s]", cases[i].answers, inner,
                                                *cases[i].after != '\0' ? "," : "", cases[i].after);

      g_test_message ("case %u", i);
      office_expect (office, cases[i].verdict, cases[i].who, "holiday.adopt", NULL,
                     *cases[i].before != '\0' ? answers : whole);
    }
#undef NEW_YEAR
#undef EVE
}

static void
test_goes_before_the_law (void)
{
  g_autoptr(Office) office = office_new ("nagasaki");
  g_autofree char *rows = rows_of (2026, 2028, "2026-10-12", "2028-10-02");
  g_autofree char *answers = g_strdup_printf (SOURCE " | days=%s", rows);

  office_expect (office, "waits second", PENSION, "holiday.adopt", NULL, answers);
  g_assert_true (is_holiday (office, "2026-10-12"));
  office_expect (office, "refused not_entitled", PENSION, "hand.give", "H1", "as=second");
  office_expect (office, "done", OPERATOR, "hand.give", "H1", "as=second");
  office_expect_state (office, "H1", "adopted");
  g_assert_cmpint (office_ask (office, "SELECT first_year * 10000 + last_year FROM holiday"), ==, 20262028);
  g_assert_false (is_holiday (office, "2026-10-12"));
  g_assert_true (is_holiday (office, "2028-10-02"));
  g_assert_true (is_holiday (office, "2029-10-08"));
  g_assert_cmpuint (office_n_rows (office, "holiday_adopted", "2026-09-02"), ==, 1);
}

static void
test_later_list_replaces_its_years (void)
{
  g_autoptr(Office) office = office_new ("nagasaki");

  adopt (office, 2026, 2027, "2026-10-12", "2027-10-01");
  adopt (office, 2027, 2028, "2028-01-01", NULL);
  g_assert_false (is_holiday (office, "2026-10-12"));
  g_assert_false (is_holiday (office, "2027-10-01"));
  g_assert_true (is_holiday (office, "2027-01-01"));
  g_assert_false (is_holiday (office, "2028-01-01"));
  adopt (office, 2026, 2026, NULL, NULL);
  g_assert_true (is_holiday (office, "2026-10-12"));
  g_assert_false (is_holiday (office, "2028-01-01"));
}

/* --- the payment day --------------------------------------------------------------------------------------------- */

typedef struct
{
  int         rule_day;
  const char *recorded, *payment;
  const char *without, *with;      /* an adopted list of the payment's year lacks the one and has the other */
} Case;

/* Weekends; holidays and their substitutes where the rule is the 12th; lists that differ from the law. */
static const Case cases[] = {
  { 15, "2026-09-01", "2026-10-15", NULL, NULL },
  { 15, "2027-08-02", "2027-08-13", NULL, NULL },
  { 15, "2027-08-13", "2027-10-15", NULL, NULL },
  { 15, "2027-08-14", "2027-10-15", NULL, NULL },
  { 15, "2028-10-02", "2028-10-13", NULL, NULL },
  { 15, "2029-12-03", "2029-12-14", NULL, NULL },
  { 15, "2032-02-02", "2032-02-13", NULL, NULL },
  { 12, "2029-02-01", "2029-02-09", NULL, NULL },
  { 12, "2030-08-01", "2030-08-09", NULL, NULL },
  { 12, "2026-10-01", "2026-10-09", NULL, NULL },
  { 12, "2026-10-09", "2026-12-11", NULL, NULL },
  { 15, "2026-09-01", "2026-10-14", NULL, "2026-10-15" },
  { 15, "2026-10-14", "2026-12-15", NULL, "2026-10-15" },
  { 15, "2027-08-02", "2027-08-12", NULL, "2027-08-13" },
  { 12, "2026-10-01", "2026-10-12", "2026-10-12", NULL },
  { 12, "2029-02-01", "2029-02-12", "2029-02-12", NULL },
};

static void
expect_erasure (Office *office, const char *verdict, const char *payment)
{
  g_autofree char *answers = g_strdup_printf ("erasure=overwrite | erased_count=1200 | erasure_verified=yes%s%s",
                                              payment != NULL ? " | payment_day=" : "",
                                              payment != NULL ? payment : "");

  office_expect (office, verdict, OPERATOR, "media.erase", "M1", answers);
}

static void
try_case (const Case *one)
{
  g_autofree char *rule = g_strdup_printf ("\"payment\": {\"day\": %d", one->rule_day);
  g_autofree char *json = office_profile_with ("nagasaki", "\"payment\": {\"day\": 15", rule);
  g_autoptr(Office) office = office_new (json);
  KanDay payment = kan_day_parse (one->payment);
  g_autofree char *before = kan_day_format (payment - 1), *after = kan_day_format (payment + 1);
  g_autofree char *recorded = g_strconcat (one->recorded, "T10:00", NULL);
  g_autofree char *erased = g_strconcat (after, "T10:00", NULL);
  int year = atoi (one->payment);

  g_test_message ("%s after %s", one->payment, one->recorded);
  office_set_time (office, recorded);
  office_add_medium (office, "USB-01", 1200);
  if (one->without != NULL || one->with != NULL)
    adopt (office, year, year, one->without, one->with);
  kan_book_set_calendar (office->book, NULL);
  office_set_time (office, erased);
  expect_erasure (office, "refused payment_day", before);
  expect_erasure (office, "refused payment_day", after);
  expect_erasure (office, "refused payment_day", NULL);
  expect_erasure (office, "done", one->payment);
}

static void
test_payment_day_table (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    try_case (&cases[i]);
}

/* What was adopted or entered after the act changes nothing of its verdict: the fixture verifies at the end. */
static void
test_only_what_came_before_counts (void)
{
  g_autoptr(Office) office = office_new ("nagasaki");

  office_add_medium (office, "USB-01", 1200);
  office_set_time (office, "2026-10-15T10:00");
  expect_erasure (office, "done", NULL);
  g_assert_cmpint (office_ask (office, "SELECT payment_day = '2026-10-15' FROM medium"), ==, 1);
  office_expect (office, "done", GENERAL, "payment.enter", NULL,
                 "kind=override | day=2026-10-20 | serves=2026-10 | with=3");
  adopt (office, 2026, 2026, NULL, "2026-10-15");
}

/* Filled in for a destruction, and asked again at its last hand: what was adopted meanwhile stops nothing. */
static void
test_signed_day_stands (void)
{
  g_autoptr(Office) office = office_new ("nagasaki");

  office_add_medium (office, "USB-01", 1200);
  office_set_time (office, "2026-10-15T10:00");
  office_expect (office, "waits system_manager witness", OPERATOR, "media.destroy", NULL,
                 "media=M1 | identified=[{\"medium\":\"M1\",\"serial\":\"SN-USB-01\"}] | method=shred_flash | place=倉庫"
                 " | witness=P5 | instead_of_erasing=yes");
  office_expect (office, "waits system_manager", COLLEAGUE, "hand.give", "D1", "");
  office_expect (office, "done", GENERAL, "payment.enter", NULL,
                 "kind=override | day=2026-10-20 | serves=2026-10 | with=3");
  office_expect (office, "done", PENSION, "hand.give", "D1", "");
  g_assert_cmpint (office_ask (office, "SELECT payment_day = '2026-10-15' FROM destruction"), ==, 1);
  g_assert_cmpint (office_ask (office, "SELECT count(*) FROM shortfall WHERE rule = '11-1.not_due'"), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/holiday/adopt-table", test_adopt_table);
  g_test_add_func ("/holiday/goes-before-the-law", test_goes_before_the_law);
  g_test_add_func ("/holiday/later-list-replaces-its-years", test_later_list_replaces_its_years);
  g_test_add_func ("/holiday/payment-day-table", test_payment_day_table);
  g_test_add_func ("/holiday/only-what-came-before-counts", test_only_what_came_before_counts);
  g_test_add_func ("/holiday/signed-day-stands", test_signed_day_stands);
  return g_test_run ();
}
