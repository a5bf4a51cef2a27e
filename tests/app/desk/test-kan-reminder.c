/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is due, counted by kind and day, as of another day, and told: dates and counts, never a name. */
#include "desk/kan-reminder.h"

#include "app/notify/notified.h"

#include <libnotify/notify.h>

enum { TODAY = 20000 };

static GPtrArray *
due_of (const KanDue *first, guint n)
{
  GPtrArray *due = g_ptr_array_new ();

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (due, (gpointer) (first + i));
  return due;
}

static const KanReminderCount *
nth (GArray *counts, guint i)
{
  return &g_array_index (counts, KanReminderCount, i);
}

static void
check (GArray *counts, guint i, KanDueKind kind, KanDay day, guint n)
{
  g_assert_cmpuint (i, <, counts->len);
  g_assert_cmpint (nth (counts, i)->kind, ==, kind);
  g_assert_cmpint (nth (counts, i)->day, ==, day);
  g_assert_cmpuint (nth (counts, i)->count, ==, n);
}

static void
test_of_due (void)
{
  g_autofree char *today = kan_day_format (TODAY), *before = kan_day_format (TODAY - 3);
  const KanDue list[] = { { .kind = KAN_DUE_OVERDUE, .day = before }, { .kind = KAN_DUE_PURGE, .day = today },
                          { .kind = KAN_DUE_OVERDUE, .day = before }, { .kind = KAN_DUE_WAITING },
                          /* past its day, and not late yet by the hours that the profile allows */
                          { .kind = KAN_DUE_OUT, .day = before, .late_on = today } };
  g_autoptr(GPtrArray) due = due_of (list, G_N_ELEMENTS (list));
  g_autoptr(GArray) counts = kan_reminders_of_due (due, TODAY);

  g_assert_cmpuint (counts->len, ==, 4);
  check (counts, 0, KAN_DUE_OVERDUE, TODAY - 3, 2);
  check (counts, 1, KAN_DUE_PURGE, TODAY, 1);
  check (counts, 2, KAN_DUE_WAITING, KAN_DAY_NONE, 1);
  check (counts, 3, KAN_DUE_OUT, TODAY, 1);
}

/* The block was written days ago: what has passed since is told as of today, and joins what had passed already. */
static void
test_of_status (void)
{
  KanStatus status = { .remind_as_of = TODAY - 5, .n_reminders = 7 };
  g_autoptr(GArray) counts = NULL, none = NULL;

  status.reminders[0].what = KAN_DUE_PURGE;
  status.reminders[0].day = TODAY - 1;
  status.reminders[0].count = 2;
  status.reminders[1].what = KAN_DUE_COMING;
  status.reminders[1].day = TODAY;
  status.reminders[1].count = 1;
  status.reminders[2].what = KAN_DUE_OUT;
  status.reminders[2].day = TODAY - 1;
  status.reminders[2].count = 1;
  status.reminders[3].what = KAN_DUE_OVERDUE;
  status.reminders[3].day = TODAY - 1;
  status.reminders[3].count = 3;
  status.reminders[4].what = 999;      /* of a newer program */
  status.reminders[5].what = KAN_DUE_IN_USE;
  status.reminders[5].day = TODAY - 5;
  status.reminders[5].count = 1;
  status.reminders[6].what = KAN_DUE_IN_USE;
  status.reminders[6].day = TODAY;
  status.reminders[6].count = 1;
  counts = kan_reminders_of_status (&status, TODAY);
  g_assert_cmpuint (counts->len, ==, 5);
  check (counts, 0, KAN_DUE_OVERDUE, TODAY - 1, 5);
  check (counts, 1, KAN_DUE_PURGE, TODAY, 1);
  check (counts, 2, KAN_DUE_LATE_RETURN, TODAY - 1, 1);
  check (counts, 3, KAN_DUE_NOT_BACK, TODAY - 5, 1);
  check (counts, 4, KAN_DUE_IN_USE, TODAY, 1);
  status.remind_as_of = 0;      /* the office did not switch it on */
  none = kan_reminders_of_status (&status, TODAY);
  g_assert_cmpuint (none->len, ==, 0);
}

static void
expect (guint n, KanDueKind kind, const char *rest)
{
  g_autofree char *told = notified_nth (n), *line = NULL;

  line = g_strdup_printf ("%s|%s", kan_label (kan_due_kind_label (kind), FALSE), rest);
  g_assert_cmpstr (told, ==, line);
}

/* One for each kind, with the earliest day; what comes only later than a week, or needs nobody, is left out. */
static void
test_tell (void)
{
  static const KanReminderCount list[] = {
    { KAN_DUE_OVERDUE, TODAY - 2, 1 }, { KAN_DUE_OVERDUE, TODAY - 9, 2 }, { KAN_DUE_PURGE, TODAY, 1 },
    { KAN_DUE_COMING, TODAY + 8, 1 }, { KAN_DUE_OUT, TODAY + 1, 1 }, { KAN_DUE_WAITING, KAN_DAY_NONE, 4 },
  };
  g_autoptr(GArray) counts = g_array_new (FALSE, FALSE, sizeof (KanReminderCount));
  g_autoptr(GError) error = NULL;

  g_array_append_vals (counts, list, G_N_ELEMENTS (list));
  notified_clear ();
  g_assert_cmpuint (kan_reminders_tell ("a.kanribo", counts, TODAY, NULL, NULL, &error), ==, 3);
  g_assert_no_error (error);
  g_assert_cmpuint (notified_count (), ==, 3);
  expect (0, KAN_DUE_OVERDUE, "3 items, the oldest 9 days overdue||2");
  expect (1, KAN_DUE_PURGE, "1 item, until today||1");
  expect (2, KAN_DUE_WAITING, "4 items||1");
  g_assert_cmpuint (kan_reminders_tell ("a.kanribo", counts, TODAY, NULL, NULL, &error), ==, 0);
  g_assert_cmpuint (kan_reminders_tell ("a.kanribo", counts, TODAY + 1, NULL, NULL, &error), ==, 4);
  g_assert_no_error (error);
  expect (5, KAN_DUE_COMING, "1 item, in 7 days||1");
  kan_notify_forget ();
}

int
main (int argc, char **argv)
{
  g_autoptr(GTestDBus) bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_dbus_up (bus);
  notified_start ();
  g_test_add_func ("/reminder/of-due", test_of_due);
  g_test_add_func ("/reminder/of-status", test_of_status);
  g_test_add_func ("/reminder/tell", test_tell);
  status = g_test_run ();
  notified_stop ();
  notify_uninit ();
  g_test_dbus_stop (bus);
  return status;
}
