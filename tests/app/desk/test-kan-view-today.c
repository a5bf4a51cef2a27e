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

/* What the sidebar counts beside that register. */
static KanViewBadge
badge (const KanTodayView *view, const char *register_id)
{
  for (guint i = 0; i < view->badges->len; i++)
    if (strcmp (((KanViewBadge *) g_ptr_array_index (view->badges, i))->register_id, register_id) == 0)
      return *(KanViewBadge *) g_ptr_array_index (view->badges, i);
  return (KanViewBadge) { register_id, 0, 0 };
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
  g_assert_cmpint (view->n_late, >=, demo_ask (desk, "SELECT count(*) FROM batch_overdue"));
  g_assert_cmpint (badge (view, "batch").n_late, ==, demo_ask (desk, "SELECT count(*) FROM batch_overdue"));
  g_assert_cmpint (badge (view, "batch").n_waiting, ==,
                   demo_ask (desk, "SELECT count(*) FROM batch_due WHERE id NOT IN (SELECT id FROM batch_overdue)"));
  g_assert_cmpint (badge (view, "shortfall").n_waiting, ==, demo_ask (desk, "SELECT count(*) FROM shortfall_open"));
  g_assert_cmpint (badge (view, "medium").n_late, ==, demo_ask (desk, "SELECT (SELECT count(*) FROM medium_not_back)"
                                                                      " + (SELECT count(*) FROM medium_to_check)"));
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

/* A clock that was set back hides nothing, and the page says so. */
static void
test_clock_set_back (void)
{
  g_autoptr(KanDesk) desk = demo_open (NULL);
  g_autoptr(KanTodayView) right = today (desk), back = NULL;
  g_autoptr(GError) error = NULL;

  back = kan_desk_view_today (desk, demo_now - 90 * 24 * 3600, &error);
  g_assert_no_error (error);
  g_assert_null (right->clock);
  g_assert_nonnull (back->clock);
  g_assert_cmpint (back->today, >, right->today - 30);
  g_assert_cmpint (back->n_late, >, 0);
}

static const KanViewOffer *
suggested (const KanRecordView *view)
{
  const KanViewOffer *found = NULL;

  for (guint i = 0; i < view->offers->len; i++)
    {
      const KanViewOffer *offer = g_ptr_array_index (view->offers, i);

      g_assert_false (offer->suggested && found != NULL);
      if (offer->suggested)
        found = offer;
    }
  return found;
}

/* What is due says the same on its own page as on the day's; a batch is erased with its medium. */
static void
test_pages_agree (void)
{
  g_autoptr(KanDesk) desk = demo_open (NULL);
  g_autoptr(KanTodayView) view = today (desk);
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  guint batches = 0;

  for (guint i = 0; i < view->due->len; i++)
    {
      const KanViewDue *due = g_ptr_array_index (view->due, i);
      g_autoptr(GError) error = NULL;
      g_autoptr(KanRecordView) record = kan_desk_view_record (desk, due->subject, demo_now, &error);
      const KanViewOffer *offer;

      g_assert_no_error (error);
      if (due->offer == NULL || !g_hash_table_add (seen, due->subject))
        continue;
      offer = suggested (record);
      g_assert_nonnull (offer);
      g_assert_cmpstr (offer->kind, ==, due->offer);
      g_assert_cmpstr (offer->subject, ==, due->offer_subject);
      batches += strcmp (due->offer_subject, due->subject) != 0;
    }
  g_assert_cmpuint (batches, >, 0);
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
  g_assert_cmpint (view->first, <, view->today);
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
      g_assert_cmpuint (view->n_mine, ==, here);
      mine += here;
    }
  g_assert_cmpuint (consents, >, 0);
  g_assert_cmpuint (mine, >=, consents);
}

/* The payment that made something overdue is seen, however long ago it was. */
static void
test_strip_shows_what_caused_it (void)
{
  g_autoptr(KanDesk) desk = demo_open (NULL);
  g_autofree char *caused = demo_ask_text (desk, "SELECT min(payment) FROM batch_overdue");
  g_autoptr(KanTodayView) view = today (desk);
  gboolean seen = FALSE;

  g_assert_nonnull (caused);
  g_assert_cmpint (view->first, <, kan_day_parse (caused));
  for (guint i = 0; i < view->marks->len; i++)
    {
      const KanViewMark *mark = g_ptr_array_index (view->marks, i);
      g_autofree char *day = kan_day_format (mark->day);

      g_assert_true (g_str_has_prefix (mark->label, day));
      seen = seen || (mark->is_payment && mark->day == kan_day_parse (caused));
    }
  g_assert_true (seen);
}

/* Whoever decides is offered it by the verb of its article; nobody is called by an identifier. */
static void
test_waiting (void)
{
  static const char *const offices[] = { NULL, "general_affairs_manager", "pension_manager" };
  guint consents = 0, n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (offices); i++)
    {
      g_autoptr(KanDesk) desk = demo_open (offices[i]);
      g_autoptr(KanTodayView) view = today (desk);

      for (guint k = 0; k < view->due->len; k++)
        {
          const KanViewDue *due = g_ptr_array_index (view->due, k);

          if (due->kind != KAN_DUE_WAITING)
            continue;
          n++;
          for (const char *at = due->detail; *at != '\0'; at++)
            g_assert_true (*at != '_' && (at != due->detail || g_ascii_isupper (*at)));
          g_assert_cmpstr (due->offer_title, !=, "Sign");
          consents += g_strcmp0 (due->offer_title, "Consent") == 0;
        }
    }
  g_assert_cmpuint (n, >, 0);
  g_assert_cmpuint (consents, >, 0);
}

static const KanViewDue *
find_due (const KanTodayView *view, KanDueKind kind, const char *subject)
{
  for (guint i = 0; i < view->due->len; i++)
    {
      const KanViewDue *due = g_ptr_array_index (view->due, i);

      if (due->kind == kind && (subject == NULL || strcmp (due->subject, subject) == 0))
        return due;
    }
  return NULL;
}

/* Whom it was consented to is told without asking, and that it is to leave comes first on its page. */
static void
test_consented (void)
{
  g_autoptr(KanDesk) desk = demo_open ("pension_manager");
  g_autoptr(GError) error = NULL;
  g_autoptr(KanTodayView) view = today (desk);
  const KanViewDue *due = find_due (view, KAN_DUE_WAITING, NULL);
  g_autofree char *takeout = g_strdup (due->subject);
  g_autoptr(KanDraft) draft = kan_draft_new (kan_desk_get_book (desk), "hand.give", takeout, &error);
  g_autoptr(KanOutcome) outcome = kan_desk_sign (desk, draft, demo_now, &error);
  g_autoptr(KanRecordView) record = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (outcome->refusals->len, ==, 0);
  g_assert_null (find_due (view, KAN_DUE_DISPATCH, NULL));
  g_clear_pointer (&desk, kan_desk_free);
  g_clear_pointer (&view, kan_today_view_free);
  desk = demo_open (NULL);
  view = today (desk);
  due = find_due (view, KAN_DUE_DISPATCH, takeout);
  g_assert_nonnull (due);
  g_assert_true (due->mine);
  g_assert_cmpstr (due->offer, ==, "takeout.dispatch");
  g_assert_cmpint (due->days_left, >=, 0);
  g_assert_cmpint (due->days_left, <, 100);
  record = kan_desk_view_record (desk, takeout, demo_now, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < record->offers->len; i++)
    {
      const KanViewOffer *offer = g_ptr_array_index (record->offers, i);

      g_assert_cmpint (offer->suggested, ==, strcmp (offer->kind, "takeout.dispatch") == 0);
    }
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

/* Where nothing can be signed nothing is offered, not even to be recorded as a deviation. */
static void
test_reading (void)
{
  const KanDemoLogin *login = demo_login (NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(KanDesk) desk = kan_desk_open (demo_path, KAN_VAULT_READ, &error);
  g_autoptr(KanRecordView) record = NULL;
  g_autoptr(KanTodayView) view = NULL;
  g_autoptr(GPtrArray) offers = NULL;

  g_assert_no_error (error);
  g_assert_true (kan_desk_unlock (desk, login->login, login->passphrase, demo_now, &error));
  offers = kan_desk_list_offers (desk, "medium", demo_now, &error);
  g_assert_cmpuint (offers->len, ==, 0);
  record = kan_desk_view_record (desk, "M1", demo_now, &error);
  g_assert_cmpuint (record->offers->len, ==, 0);
  view = today (desk);
  g_assert_cmpuint (view->lacking->len, ==, 0);
  for (guint i = 0; i < view->due->len; i++)
    g_assert_null (((KanViewDue *) g_ptr_array_index (view->due, i))->offer);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  demo_build (0);
  g_test_add_func ("/view-today/operator", test_operator);
  g_test_add_func ("/view-today/clock-set-back", test_clock_set_back);
  g_test_add_func ("/view-today/reading", test_reading);
  g_test_add_func ("/view-today/pages-agree", test_pages_agree);
  g_test_add_func ("/view-today/strip", test_strip);
  g_test_add_func ("/view-today/strip-shows-what-caused-it", test_strip_shows_what_caused_it);
  g_test_add_func ("/view-today/waiting", test_waiting);
  g_test_add_func ("/view-today/pending", test_pending);
  g_test_add_func ("/view-today/day-turns", test_day_turns);
  g_test_add_func ("/view-today/consented", test_consented);
  status = g_test_run ();
  demo_remove ();
  return status;
}
