/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Today and what waits for decisions, for the managers and the operator of the demo. */
#include "demo-fixture.h"

static KanTodayView *
today (KanDesk *desk)
{
  g_autoptr(GError) error = NULL;
  KanTodayView *view = kan_desk_view_today (desk, demo_now, &error);

  g_assert_no_error (error);
  return view;
}

static GPtrArray *
pending (KanDesk *desk)
{
  g_autoptr(GError) error = NULL;
  GPtrArray *list = kan_desk_view_pending (desk, demo_now, &error);

  g_assert_no_error (error);
  return list;
}

static void
test_operator (void)
{
  g_autoptr(KanDesk) desk = demo_open (NULL);
  g_autoptr(KanTodayView) view = today (desk);
  guint mine = 0;

  g_assert_cmpint (view->today, ==, kan_day_parse ("2026-11-10"));
  g_assert_nonnull (view->who);
  g_assert_nonnull (view->association);
  g_assert_cmpint (view->n_overdue, >=, demo_ask (desk, "SELECT count(*) FROM batch_overdue"));
  g_assert_cmpint (view->n_shortfalls, ==, demo_ask (desk, "SELECT count(*) FROM shortfall_open"));
  for (guint i = 0; i < view->due->len; i++)
    {
      const KanViewDue *due = g_ptr_array_index (view->due, i);

      mine += due->mine;
      g_assert_cmpint (due->mine, ==, due->offer != NULL);
      g_assert_true (due->kind != KAN_DUE_OVERDUE || due->days_left < 0);
      if (due->kind == KAN_DUE_OVERDUE)
        g_assert_true (due->name != NULL && due->detail != NULL);
    }
  g_assert_cmpuint (mine, >, 0);
}

/* Twelve months have six payments; what is overdue lies before today. */
static void
test_strip (void)
{
  g_autoptr(KanDesk) desk = demo_open (NULL);
  g_autoptr(KanTodayView) view = today (desk);
  guint payments = 0, n = 0;

  for (guint i = 0; i < view->marks->len; i++)
    {
      const KanViewMark *mark = g_ptr_array_index (view->marks, i);

      payments += mark->is_payment;
      n += mark->n_due + mark->n_overdue;
      g_assert_nonnull (mark->label);
      g_assert_true (mark->n_overdue == 0 || mark->day < view->today);
      if (i > 0)
        g_assert_cmpint (((KanViewMark *) g_ptr_array_index (view->marks, i - 1))->day, <, mark->day);
    }
  g_assert_cmpint (payments, >=, 6);
  g_assert_cmpint (n, ==, demo_ask (desk, "SELECT count(*) FROM batch_open WHERE purge_by IS NOT NULL"));
}

static void
test_pending (void)
{
  static const char *const offices[] = { "secretary_general", "general_affairs_manager", "pension_manager" };
  guint consents = 0, mine = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (offices); i++)
    {
      g_autoptr(KanDesk) desk = demo_open (offices[i]);
      g_autoptr(GPtrArray) list = pending (desk);
      g_autoptr(KanTodayView) view = today (desk);
      guint here = 0;

      g_assert_cmpint (list->len, ==, demo_ask (desk, "SELECT count(*) FROM pending"));
      g_assert_cmpuint (list->len, >, 0);
      for (guint j = 0; j < list->len; j++)
        {
          const KanViewPending *one = g_ptr_array_index (list, j);

          g_assert_cmpint (one->mine, ==, one->reason == NULL);
          g_assert_cmpint (one->mine, ==, one->capacities->len > 0);
          g_assert_cmpuint (one->waiting_for->len, >, 0);
          g_assert_cmpuint (one->lines->len, >, 0);
          g_assert_true (one->give != NULL && one->refuse != NULL && one->ask_back != NULL && one->basis != NULL);
          here += one->mine;
          if (strcmp (one->kind, "takeout.request") != 0 || !one->mine)
            continue;
          consents++;
          g_assert_cmpstr (one->give, ==, "Consent");
          g_assert_cmpuint (one->subjects->len, >, 0);
        }
      g_assert_cmpuint (view->n_waiting, ==, here);
      mine += here;
    }
  g_assert_cmpuint (consents, >, 0);
  g_assert_cmpuint (mine, >=, consents);
}

/* A window left open over midnight moves on. */
static void
test_day_turns (void)
{
  g_autoptr(KanDesk) desk = demo_open (NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(KanTodayView) view = kan_desk_view_today (desk, demo_now + 40 * 86400, &error);

  g_assert_no_error (error);
  g_assert_cmpint (view->today, ==, kan_day_parse ("2026-12-20"));
  g_assert_cmpint (demo_ask (desk, "SELECT day = '2026-12-20' FROM temp.today"), ==, 1);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  demo_build (0);
  g_test_add_func ("/view-today/operator", test_operator);
  g_test_add_func ("/view-today/strip", test_strip);
  g_test_add_func ("/view-today/pending", test_pending);
  g_test_add_func ("/view-today/day-turns", test_day_turns);
  status = g_test_run ();
  demo_remove ();
  return status;
}
