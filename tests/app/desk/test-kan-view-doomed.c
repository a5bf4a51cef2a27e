/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Media that may be up for destruction: which, in which order, and by what means they may go. */
#include "desk-fixture.h"

#include "desk/kan-view.h"

/* Received media with recordings of other days; today is 21 September 2026, the last payment was on 14 August. */
static KanDesk *
set_up_recordings (Fixture *f)
{
  static const struct { const char *label, *kind, *recorded; } media[] = {
    { "期限超過", "hdd", "2026-06-20" },       /* M2: to be gone by 21 August */
    { "来月まで", "hdd", "2026-09-01" },       /* M3: the payment of October has not come */
    { "さらに前", "paper", "2026-04-20" },     /* M4: June, older still */
    { "障害", "hdd", NULL },                   /* M5 */
    { "消去済", "hdd", NULL },                 /* M6 */
  };
  KanDesk *desk = set_up_media (f);

  EXPECT_SIGN (desk, "done", "outsider.register", NULL, "name=森 太郎 | company=市");
  for (gsize i = 0; i < G_N_ELEMENTS (media); i++)
    {
      g_autofree char *receive = g_strdup_printf ("media_kind=%s | label=%s | source=市 | received_from=X1 |"
                                                  " giver_paper=yes | arrival=sound | sheets=40%s", media[i].kind,
                                                  media[i].label, i == 0 ? " | serial=HD-2" : "");
      g_autofree char *record = g_strdup_printf ("medium=M%u | recorded_on=%s | purpose=purpose_2 | count=10 |"
                                                 " copies=1 | source=J-LIS", (guint) i + 2, media[i].recorded);

      EXPECT_SIGN (desk, "done", "media.receive", NULL, receive);
      if (media[i].recorded != NULL)
        EXPECT_SIGN (desk, "done", "media.record", NULL, record);
    }
  EXPECT_SIGN (desk, "done", "media.erase_failed", "M5", "erasure=overwrite | note=書込エラー");
  EXPECT_SIGN (desk, "done", "media.erase", "M6", "erasure=overwrite | erased_count=0 | erasure_verified=yes");
  return desk;
}

static GPtrArray *
list (KanDesk *desk, const char *also)
{
  g_autoptr(GError) error = NULL;
  GPtrArray *found = kan_desk_list_doomed (desk, also, &error);

  g_assert_no_error (error);
  return found;
}

/* "M4 overdue, M2 overdue, …" */
static char *
describe (KanDesk *desk, const char *also)
{
  g_autoptr(GPtrArray) found = list (desk, also);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < found->len; i++)
    {
      const KanViewDoomed *one = g_ptr_array_index (found, i);

      g_string_append_printf (out, "%s%s%s%s", i > 0 ? ", " : "", one->subject, one->is_due ? " due" : "",
                              one->is_overdue ? " overdue" : "");
    }
  return g_string_free (out, FALSE);
}

#define EXPECT_DOOMED(desk, also, expected) G_STMT_START { \
    g_autofree char *doomed_ = describe (desk, also); \
    g_assert_cmpstr (doomed_, ==, expected); } G_STMT_END

static void
test_nothing (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = set_up_media (f);

  EXPECT_DOOMED (desk, NULL, "");
  EXPECT_DOOMED (desk, "", "");
  EXPECT_DOOMED (desk, "M1", "M1");
}

/* The most urgent first; what is wanted is there once, and what is none is not. */
static void
test_order (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = set_up_recordings (f);

  EXPECT_DOOMED (desk, NULL, "M4 due overdue, M2 due overdue, M5, M6");
  EXPECT_DOOMED (desk, "M3", "M4 due overdue, M2 due overdue, M3, M5, M6");
  EXPECT_DOOMED (desk, "M2,M3,M1,M2", "M4 due overdue, M2 due overdue, M3, M1, M5, M6");
  EXPECT_DOOMED (desk, "M99,P1,1,,M,nonsense", "M4 due overdue, M2 due overdue, M5, M6");
  EXPECT_DOOMED (desk, "M1); DELETE FROM medium; --", "M4 due overdue, M2 due overdue, M1, M5, M6");
}

static const KanViewDoomed *
find (GPtrArray *found, const char *subject)
{
  for (guint i = 0; i < found->len; i++)
    if (strcmp (((KanViewDoomed *) g_ptr_array_index (found, i))->subject, subject) == 0)
      return g_ptr_array_index (found, i);
  g_assert_not_reached ();
}

static void
test_particulars (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = set_up_recordings (f);
  g_autoptr(GPtrArray) found = list (desk, "M3");
  const KanViewDoomed *disk = find (found, "M2"), *paper = find (found, "M4"), *faulty = find (found, "M5"),
    *erased = find (found, "M6");

  g_assert_cmpstr (disk->name, ==, "期限超過");
  g_assert_cmpstr (disk->kind, ==, "Hard disk");
  g_assert_cmpstr (disk->state, ==, "in_use");
  g_assert_cmpstr (disk->state_label, ==, "In use");
  g_assert_cmpstr (disk->purge_by, ==, "2026-08-21");
  g_assert_cmpint (disk->held, ==, 20);
  g_assert_true (disk->has_serial && disk->can_be_erased);
  g_assert_true (g_strv_contains ((const char *const *) disk->erasure, "overwrite"));
  g_assert_cmpstr (paper->purge_by, ==, "2026-06-22");
  g_assert_cmpint (paper->sheets, ==, 40);
  /* nothing erases paper; it is destroyed */
  g_assert_false (paper->has_serial || paper->can_be_erased);
  g_assert_cmpuint (g_strv_length (paper->destruction), >, 0);
  g_assert_cmpstr (find (found, "M3")->purge_by, ==, "2026-10-22");
  g_assert_false (find (found, "M3")->is_due);
  g_assert_null (faulty->purge_by);
  g_assert_cmpint (faulty->held, ==, 0);
  g_assert_false (faulty->can_be_erased);
  g_assert_false (erased->can_be_erased);
  g_assert_cmpstr (erased->state, ==, "erased");
}

/* What may go early is among them from the approval on, and what is being destroyed or lost is not. */
static void
test_early_and_gone (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = set_up_recordings (f);

  EXPECT_SIGN (desk, "done", "media.store", "M3", "place=L1");
  EXPECT_SIGN (desk, "waits", "media.early", "M3", "early_reason=不要");
  EXPECT_DOOMED (desk, NULL, "M4 due overdue, M2 due overdue, M5, M6");
  tamper (desk, "UPDATE medium SET state = 'stored', early_at = '2026-09-21T10:00' WHERE id = 3");
  EXPECT_DOOMED (desk, NULL, "M4 due overdue, M2 due overdue, M3, M5, M6");
  EXPECT_SIGN (desk, "done", "media.lost", "M2", "note=見当たらない");
  EXPECT_DOOMED (desk, NULL, "M4 due overdue, M3, M5, M6");
  EXPECT_DOOMED (desk, "M2", "M4 due overdue, M3, M2, M5, M6");
}

/* What was destroyed and waits for its witness is not destroyed again: it says so, on Today as well. */
static void
test_waiting (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = set_up_recordings (f);
  g_autoptr(GPtrArray) found = NULL;
  g_autoptr(KanTodayView) today = NULL;
  g_autoptr(GError) error = NULL;
  guint n = 0;

  EXPECT_SIGN (desk, "waits", "media.destroy", NULL, "media=M2 | identified=[{\"medium\":\"M2\",\"serial\":\"HD-2\"}] |"
               " sheets=40 | instead_of_erasing=yes | method=shred_disk | place=第二倉庫 | witness=P1 |"
               " deviation_reason=支給後の作業が遅れた");
  found = list (desk, NULL);
  g_assert_cmpstr (find (found, "M2")->waits, ==, "D1 To be confirmed");
  g_assert_null (find (found, "M4")->waits);
  today = kan_desk_view_today (desk, now, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < today->due->len; i++)
    {
      const KanViewDue *due = g_ptr_array_index (today->due, i);

      if (due->kind != KAN_DUE_OVERDUE || strstr (due->name, "期限超過") == NULL)
        continue;
      n++;
      g_assert_true (g_str_has_suffix (due->detail, "D1 To be confirmed"));
      g_assert_cmpstr (due->offer, !=, "media.destroy");
    }
  g_assert_cmpuint (n, ==, 1);
}

int
main (int argc, char *argv[])
{
  g_autoptr(GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  expect (kan_crypto_init (&error), error);
  kan_stretch_set_light (TRUE);
  g_test_add ("/view-doomed/nothing", Fixture, NULL, office_set_up, test_nothing, fixture_tear_down);
  g_test_add ("/view-doomed/order", Fixture, NULL, office_set_up, test_order, fixture_tear_down);
  g_test_add ("/view-doomed/particulars", Fixture, NULL, office_set_up, test_particulars, fixture_tear_down);
  g_test_add ("/view-doomed/early-and-gone", Fixture, NULL, office_set_up, test_early_and_gone, fixture_tear_down);
  g_test_add ("/view-doomed/waiting", Fixture, NULL, office_set_up, test_waiting, fixture_tear_down);
  return g_test_run ();
}
