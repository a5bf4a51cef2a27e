/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a medium was when, from its own entries and from those upon what moved it. */
#include "app/registers/fixture.h"

#include "registers/kan-stays.h"

#include <string.h>

#define REQUEST "media=M1 | counterpart=X1 | destination=電算センター | reason=提出のため | since=2026-09-02"
#define DISPATCH "quantity=1 | count=5 | container=locked_container | seal=S-1 | carrier=X1 | taker_paper=yes"
#define ARRIVE "arrived_seal=S-1 | arrival=sound | receiver=X1 | receiver_paper=yes"
#define RETURN "returned_state=sound | returner=X1 | returner_paper=yes | taken_back_by=P4 | place=L1"

/* "registered in_use stored", with " ." at the end where it has left; each ends when the next one begins. */
static char *
describe (Office *office, const char *subject)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *state = office_state (office, subject);
  g_autoptr(GPtrArray) stays = kan_stays_list (office->book, subject, state, FALSE, &error);
  GString *out = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < stays->len; i++)
    {
      const KanStay *stay = g_ptr_array_index (stays, i);
      const KanStay *next = i + 1 < stays->len ? g_ptr_array_index (stays, i + 1) : NULL;

      g_assert_cmpuint (strlen (stay->label), >, 0);
      g_assert_cmpint (stay->until, ==, next != NULL ? next->since : stay->until != 0 ? stay->since : 0);
      g_string_append_printf (out, "%s%s", i > 0 ? " " : "", stay->state);
    }
  if (stays->len > 0 && ((KanStay *) g_ptr_array_index (stays, stays->len - 1))->until != 0)
    g_string_append (out, " .");
  return g_string_free (out, FALSE);
}

#define EXPECT_STAYS(office, expected) G_STMT_START { \
    g_autofree char *stays_ = describe (office, "M1"); \
    g_assert_cmpstr (stays_, ==, expected); } G_STMT_END

static void
approve_and_dispatch (Office *office, const char *request)
{
  office_set_time (office, "2026-09-02T10:00");
  office_expect (office, "waits information_manager system_manager", OPERATOR, "takeout.request", NULL, request);
  office_expect (office, "waits system_manager", GENERAL, "hand.give", "T1", "");
  office_expect (office, "done", PENSION, "hand.give", "T1", "");
  office_expect (office, "done", OPERATOR, "takeout.dispatch", "T1", DISPATCH);
}

static void
test_at_the_terminal (void)
{
  g_autoptr(Office) office = office_new ("nagasaki");

  office_expect (office, "done", OPERATOR, "media.register", NULL, "media_kind=usb | label=USB-01 | serial=1");
  EXPECT_STAYS (office, "registered");
  office_expect (office, "done", OPERATOR, "media.record", NULL,
                 "medium=M1 | purpose=purpose_2 | count=5 | copies=0 | source=J-LIS");
  EXPECT_STAYS (office, "registered in_use");
  office_expect (office, "done", OPERATOR, "media.store", "M1", "place=L1");
  office_expect (office, "done", OPERATOR, "media.checkout", "M1", "used_for=抽出");
  office_expect (office, "done", OPERATOR, "media.record", NULL,
                 "medium=M1 | purpose=purpose_2 | count=5 | copies=0 | source=J-LIS");
  office_expect (office, "done", OPERATOR, "media.checkin", "M1", "");
  EXPECT_STAYS (office, "registered in_use stored in_use stored");
  /* moved within the store it stays in store */
  office_expect (office, "done", GENERAL, "place.establish", NULL, "title=耐火金庫 | room=電算室 | level=3");
  office_expect (office, "done", OPERATOR, "media.move", "M1", "place=L3");
  EXPECT_STAYS (office, "registered in_use stored in_use stored");
}

/* Recorded on where it lies, it has not left the store. */
static void
test_recorded_in_store (void)
{
  g_autoptr(Office) office = office_new ("nagasaki");

  office_add_medium (office, "USB-01", 5);
  EXPECT_STAYS (office, "registered in_use stored");
  office_expect (office, "done", OPERATOR, "media.record", NULL,
                 "medium=M1 | purpose=purpose_2 | count=5 | copies=0 | source=J-LIS");
  EXPECT_STAYS (office, "registered in_use stored");
  office_set_time (office, "2026-09-03T10:00");
  office_expect (office, "done", OPERATOR, "media.lost", "M1", "note=見当たらない");
  EXPECT_STAYS (office, "registered in_use stored missing");
}

static void
test_round_trip (void)
{
  g_autoptr(Office) office = office_new ("nagasaki");

  office_add_medium (office, "USB-01", 5);
  approve_and_dispatch (office, "kind=round_trip | until=2026-09-09 | " REQUEST);
  EXPECT_STAYS (office, "registered in_use stored in_transit");
  office_expect (office, "done", OPERATOR, "takeout.arrive", "T1", ARRIVE);
  EXPECT_STAYS (office, "registered in_use stored in_transit out");
  office_expect (office, "done", OPERATOR, "takeout.return", "T1", RETURN " | returned_quantity=1 | returned_count=5");
  EXPECT_STAYS (office, "registered in_use stored in_transit out stored");
}

/* What was taken out and did not come back is missing, whatever became of the take-out. */
static void
test_not_returned (void)
{
  g_autoptr(Office) office = office_new ("nagasaki");

  office_add_medium (office, "USB-01", 5);
  approve_and_dispatch (office, "kind=round_trip | until=2026-09-09 | " REQUEST);
  office_expect (office, "marked 11-3.missing", OPERATOR, "takeout.return", "T1",
                 RETURN " | returned_quantity=0 | returned_count=0 | missing=M1");
  EXPECT_STAYS (office, "registered in_use stored in_transit missing");
}

static void
test_handed_over (void)
{
  g_autoptr(Office) office = office_new ("nagasaki");

  office_add_medium (office, "USB-01", 5);
  approve_and_dispatch (office, "kind=hand_over | " REQUEST);
  office_expect (office, "done", OPERATOR, "takeout.close", "T1", "receipt=R-1");
  EXPECT_STAYS (office, "registered in_use stored in_transit handed_over .");
}

/* A disposal ends when everything is destroyed: what is no longer there is handed over to nobody. */
static void
test_disposed_of (void)
{
  g_autoptr(Office) office = office_new ("nagasaki");

  office_add_medium (office, "USB-01", 5);
  approve_and_dispatch (office, "kind=disposal | counterpart=X2 | " REQUEST);
  office_set_time (office, "2026-11-02T10:00");
  office_expect (office, "done", OPERATOR, "media.destroy", NULL,
                 "media=M1 | identified=[{\"medium\":\"M1\",\"serial\":\"SN-USB-01\"}] | instead_of_erasing=yes |"
                 " method=shred_flash | place=破砕工場 | executor=X2 | executor_paper=yes | contractor=X2 |"
                 " contractor_certificate=H-1 | witness=X1 | witness_paper=yes | with=3");
  EXPECT_STAYS (office, "registered in_use stored in_transit destroyed .");
  office_set_time (office, "2026-11-03T10:00");
  office_expect (office, "done", OPERATOR, "takeout.close", "T1", "receipt=R-8");
  EXPECT_STAYS (office, "registered in_use stored in_transit destroyed .");
}

/* Entered late, it stands where it happened. */
static void
test_entered_late (void)
{
  g_autoptr(Office) office = office_new ("nagasaki");
  g_autoptr(GPtrArray) stays = NULL;

  office_add_medium (office, "USB-01", 5);
  office_set_time (office, "2026-09-05T10:00");
  office_expect (office, "done", OPERATOR, "media.lost", "M1",
                 "note=見当たらない | late_reason=休日のため | happened=2026-09-04T08:00");
  office_expect (office, "done", OPERATOR, "media.found", "M1", "found_at=机 | place=L1");
  EXPECT_STAYS (office, "registered in_use stored missing stored");
  stays = kan_stays_list (office->book, "M1", "stored", FALSE, NULL);
  {
    g_autofree char *since = kan_minute_format (((KanStay *) g_ptr_array_index (stays, 3))->since);

    g_assert_cmpstr (since, ==, "2026-09-04T08:00");
  }
}

static void
test_no_such_medium (void)
{
  g_autoptr(Office) office = office_new_empty ("nagasaki");
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) stays = kan_stays_list (office->book, "M99", "stored", FALSE, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (stays->len, ==, 0);
}

/* --- on an axis of time --------------------------------------------------------------------------------------- */

#define BEGAN 1767225600      /* 2026-01-01 09:00 in Japan */
#define DAY   86400

typedef struct { const char *state; guint days; } Lasting;

/* One after the other, without a gap; the last still is, or where it lasts no day, has left. */
static GPtrArray *
stays_of (const Lasting *lasting, guint n)
{
  GPtrArray *stays = g_ptr_array_new_with_free_func (g_free);
  gint64 at = BEGAN;

  for (guint i = 0; i < n; i++)
    {
      KanStay *stay = g_new0 (KanStay, 1);
      gboolean lasts = i + 1 == n && lasting[i].days > 0;

      stay->state = (char *) lasting[i].state;
      stay->since = at;
      at += (gint64) lasting[i].days * DAY;
      stay->until = lasts ? 0 : at;
      g_ptr_array_add (stays, stay);
    }
  return stays;
}

/* A bar covers what follows it and is too short, or is the same state again; the last one always shows. */
static void
test_bars (void)
{
  static const struct { Lasting lasting[4]; guint n; const char *bars; } table[] = {
    { { { "registered", 100 } }, 1, "0:0-100" },
    { { { "registered", 40 }, { "stored", 60 } }, 2, "0:0-40 1:40-100" },
    { { { "registered", 40 }, { "in_use", 1 }, { "stored", 59 } }, 3, "0:0-41 2:41-100" },
    { { { "registered", 40 }, { "in_use", 1 }, { "registered", 19 }, { "out", 40 } }, 4, "0:0-60 3:60-100" },
    { { { "registered", 1 }, { "in_use", 98 }, { "stored", 1 } }, 3, "0:0-1 1:1-99 2:99-100" },
    { { { "registered", 100 }, { "destroyed", 0 } }, 2, "0:0-100 1:100-100" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(GPtrArray) stays = stays_of (table[i].lasting, table[i].n);
      KanStayAxis axis = kan_stays_axis (stays, BEGAN + 100 * DAY, 100);
      g_autoptr(GArray) bars = kan_stays_bars (stays, &axis, 4);
      g_autoptr(GString) found = g_string_new (NULL);

      for (guint k = 0; k < bars->len; k++)
        {
          const KanStayBar *bar = &g_array_index (bars, KanStayBar, k);

          g_string_append_printf (found, "%s%u:%.0f-%.0f", k > 0 ? " " : "", bar->stay, bar->start, bar->end);
        }
      g_assert_cmpstr (found->str, ==, table[i].bars);
    }
}

/* Beginnings of months as there is room; where none is in it, the month it is of. */
static void
test_months (void)
{
  static const struct { guint days; double room; const char *months; } table[] = {
    { 3, 10, "2026-01-01" }, { 100, 20, "2026-02-01 2026-03-01 2026-04-01" }, { 100, 40, "2026-02-01 2026-04-01" },
    { 700, 40, "2026-02-01 2027-02-01" }, { 0, 10, "2026-01-01" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(GPtrArray) stays = stays_of (&(Lasting) { "stored", 1 }, 1);
      KanStayAxis axis = kan_stays_axis (stays, BEGAN + (gint64) table[i].days * DAY, 100);
      g_autoptr(GArray) months = kan_stay_axis_months (&axis, table[i].room);
      g_autoptr(GString) found = g_string_new (NULL);

      for (guint k = 0; k < months->len; k++)
        {
          const KanStayMonth *month = &g_array_index (months, KanStayMonth, k);
          g_autofree char *day = kan_day_format (month->day);

          g_string_append_printf (found, "%s%s", k > 0 ? " " : "", day);
          g_assert_cmpfloat (month->x, <=, axis.width);
        }
      g_test_message ("%u days", table[i].days);
      g_assert_cmpstr (found->str, ==, table[i].months);
    }
}

/* Where it was then, and for how many days. */
static void
test_find (void)
{
  static const Lasting lasting[] = { { "stored", 31 }, { "out", 1 } };
  g_autoptr(GPtrArray) stays = stays_of (lasting, G_N_ELEMENTS (lasting));
  const KanStay *stored = g_ptr_array_index (stays, 0), *out = g_ptr_array_index (stays, 1);

  g_assert_true (kan_stays_find (stays, stored->since - 1) == stored);
  g_assert_true (kan_stays_find (stays, out->since - 1) == stored);
  g_assert_true (kan_stays_find (stays, out->since + 99 * DAY) == out);
  g_assert_cmpuint (kan_stay_days (stored, out->since + 3 * DAY), ==, 31);
  g_assert_cmpuint (kan_stay_days (out, out->since + 3 * DAY), ==, 3);
  g_assert_cmpuint (kan_stay_days (out, out->since - DAY), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stays/at-the-terminal", test_at_the_terminal);
  g_test_add_func ("/stays/recorded-in-store", test_recorded_in_store);
  g_test_add_func ("/stays/round-trip", test_round_trip);
  g_test_add_func ("/stays/not-returned", test_not_returned);
  g_test_add_func ("/stays/handed-over", test_handed_over);
  g_test_add_func ("/stays/disposed-of", test_disposed_of);
  g_test_add_func ("/stays/entered-late", test_entered_late);
  g_test_add_func ("/stays/no-such-medium", test_no_such_medium);
  g_test_add_func ("/stays/bars", test_bars);
  g_test_add_func ("/stays/months", test_months);
  g_test_add_func ("/stays/find", test_find);
  return g_test_run ();
}
