/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What waits for decisions, for whoever looks: their own first, with what they need to decide. */
#include "desk-fixture.h"

#include "desk/kan-view.h"

static GPtrArray *
list (KanDesk *desk)
{
  g_autoptr(GError) error = NULL;
  GPtrArray *pending = kan_desk_view_pending (desk, now, &error);

  g_assert_no_error (error);
  return pending;
}

static const KanViewPending *
nth (GPtrArray *pending, guint n)
{
  return g_ptr_array_index (pending, n);
}

/* "M1: " and labels of the capacities it waits for; "*" before those that are for this person to decide. */
static char *
describe (KanDesk *desk)
{
  g_autoptr(GPtrArray) pending = list (desk);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < pending->len; i++)
    {
      const KanViewPending *one = nth (pending, i);

      g_assert_cmpint (one->mine, ==, one->reason == NULL);
      g_assert_cmpint (one->mine, ==, one->capacities->len > 0);
      g_string_append_printf (out, "%s%s%s:", i > 0 ? "; " : "", one->mine ? "*" : "", one->subject);
      for (guint k = 0; k < one->waiting_for->len; k++)
        g_string_append_printf (out, " %s", (char *) g_ptr_array_index (one->waiting_for, k));
    }
  return g_string_free (out, FALSE);
}

#define EXPECT_PENDING(desk, expected) G_STMT_START { \
    g_autofree char *pending_ = describe (desk); \
    g_assert_cmpstr (pending_, ==, expected); } G_STMT_END

/* "sato" asks to destroy M1 early, then to register somebody, whom a second person must confirm. */
static KanDesk *
set_up_requests (Fixture *f)
{
  KanDesk *desk = set_up_media (f);

  EXPECT_PENDING (desk, "");
  EXPECT_SIGN (desk, "done", "media.record", NULL, "medium=M1 | purpose=purpose_2 | count=5 | copies=0 | source=J-LIS");
  EXPECT_SIGN (desk, "done", "media.store", "M1", "place=L1");
  EXPECT_SIGN (desk, "waits", "media.early", "M1", "early_reason=不要のため");
  EXPECT_SIGN (desk, "waits", "person.register", NULL, "staff_no=003 | name=渡邉\U000e0101 望");
  return desk;
}

static void
test_own_first (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = set_up_requests (f);

  /* who asked may give a hand of an office of theirs, not the second person's */
  EXPECT_PENDING (desk, "*M1: Information manager; P3: Second person");
  g_clear_pointer (&desk, kan_desk_free);
  desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  EXPECT_PENDING (desk, "*P3: Second person; M1: Information manager");
  EXPECT_SIGN (desk, "done", "hand.give", "P3", "");
  EXPECT_PENDING (desk, "M1: Information manager");
  g_clear_pointer (&desk, kan_desk_free);
  desk = open_as (f, KAN_VAULT_WRITE, "sato", "sato's");
  EXPECT_SIGN (desk, "waits", "hand.give", "M1", "");
  EXPECT_PENDING (desk, "M1: Chief, in place of a second person (3-3)");
  EXPECT_SIGN (desk, "done", "hand.withdraw", "M1", "");
  EXPECT_PENDING (desk, "");
}

static void
test_request (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = set_up_requests (f);
  g_autoptr(GPtrArray) mine = NULL, chiefs = NULL;
  const KanViewPending *early, *person;

  EXPECT_SIGN (desk, "waits", "hand.give", "M1", "");
  mine = list (desk);
  early = nth (mine, 0);
  g_assert_cmpstr (early->subject, ==, "M1");
  g_assert_cmpstr (early->name, ==, "ＵＳＢ１");
  g_assert_cmpstr (early->kind, ==, "media.early");
  g_assert_cmpstr (early->requester, ==, "佐藤 花子 (Manager of General Affairs)");
  g_assert_true (g_str_has_prefix (early->basis, "Art. 11 (1)"));
  g_assert_cmpuint (early->marks->len, ==, 0);
  g_assert_cmpuint (early->subjects->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (early->subjects, 0), ==, "M1");
  g_assert_cmpuint (early->hands->len, ==, 1);
  g_assert_cmpstr (((KanViewHand *) g_ptr_array_index (early->hands, 0))->capacity, ==, "Information manager");
  g_assert_cmpuint (early->lines->len, >=, 2);
  g_assert_cmpstr (((KanReviewLine *) g_ptr_array_index (early->lines, 0))->shown, ==, "不要のため");
  g_clear_pointer (&desk, kan_desk_free);
  desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  chiefs = list (desk);
  g_assert_cmpuint (chiefs->len, ==, 2);
  person = nth (chiefs, 1);
  g_assert_cmpstr (person->subject, ==, "P3");
  g_assert_cmpstr (person->name, ==, "渡邉\U000e0101 望");
  g_assert_cmpstr (((KanViewChoice *) g_ptr_array_index (person->capacities, 0))->value, ==, "second");
  g_assert_cmpuint (person->hands->len, ==, 0);
  g_assert_cmpuint (person->subjects->len, ==, 0);
  /* each article has its own word for a decision */
  g_assert_cmpstr (person->give, ==, "Countersign");
  g_assert_cmpstr (person->refuse, ==, "Do not countersign");
  g_assert_cmpstr (nth (chiefs, 0)->give, ==, "Approve");
}

/* Whoever decides is told which rule is broken, and why. */
static void
test_marks (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = set_up_media (f);
  g_autoptr(GPtrArray) pending = NULL;
  const char *mark;

  EXPECT_SIGN (desk, "waits", "media.destroy", NULL, "media=M1 | identified=[{\"medium\":\"M1\",\"serial\":\"SN-9\"}] |"
               " instead_of_erasing=yes | method=shred_flash | place=第二倉庫 | witness=P1 |"
               " deviation_reason=番号の控え違い");
  pending = list (desk);
  g_assert_cmpuint (nth (pending, 0)->marks->len, ==, 1);
  mark = g_ptr_array_index (nth (pending, 0)->marks, 0);
  g_assert_true (g_str_has_prefix (mark, "deviation: "));
  g_assert_true (g_str_has_suffix (mark, "番号の控え違い"));
}

/* Whoever is to decide sees first that what they see is not what was signed. */
static void
test_altered (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = set_up_requests (f);
  g_autoptr(GPtrArray) honest = list (desk), altered = NULL;
  const char *mark;

  g_assert_cmpstr (nth (honest, 0)->subject, ==, "M1");
  g_assert_cmpuint (nth (honest, 0)->marks->len, ==, 0);
  tamper (desk, "UPDATE medium SET label = 'ＵＳＢ２' WHERE id = 1");
  altered = list (desk);
  g_assert_cmpuint (nth (altered, 0)->marks->len, ==, 1);
  mark = g_ptr_array_index (nth (altered, 0)->marks, 0);
  g_assert_true (g_str_has_prefix (mark, "M1 "));
  g_assert_nonnull (strstr (mark, "ＵＳＢ２"));
}

/* The deadline of what it holds passed while the request waited. */
static void
test_overdue (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = set_up_requests (f);
  g_autoptr(GPtrArray) in_time = list (desk), late = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_cmpstr (nth (in_time, 0)->subject, ==, "M1");
  g_assert_cmpuint (nth (in_time, 0)->marks->len, ==, 0);
  late = kan_desk_view_pending (desk, now + 180 * 86400, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (nth (late, 0)->marks->len, ==, 1);
  g_assert_null (nth (in_time, 0)->overdue);
  g_assert_cmpstr (nth (late, 0)->overdue, ==, g_ptr_array_index (nth (late, 0)->marks, 0));
  g_assert_true (g_str_has_prefix (g_ptr_array_index (nth (late, 0)->marks, 0),
                                   "M1 holds data past its deadline for destruction, "));
}

/* Read-only, everything is shown and nothing is for anybody to sign. */
static void
test_reading (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = set_up_requests (f);
  g_autoptr(GPtrArray) pending = NULL;

  g_clear_pointer (&desk, kan_desk_free);
  desk = open_as (f, KAN_VAULT_READ, "chief", "chief's");
  pending = list (desk);
  g_assert_cmpuint (pending->len, ==, 2);
}

int
main (int argc, char *argv[])
{
  g_autoptr(GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  expect (kan_crypto_init (&error), error);
  kan_stretch_set_light (TRUE);
  g_test_add ("/view-pending/own-first", Fixture, NULL, office_set_up, test_own_first, fixture_tear_down);
  g_test_add ("/view-pending/request", Fixture, NULL, office_set_up, test_request, fixture_tear_down);
  g_test_add ("/view-pending/marks", Fixture, NULL, office_set_up, test_marks, fixture_tear_down);
  g_test_add ("/view-pending/altered", Fixture, NULL, office_set_up, test_altered, fixture_tear_down);
  g_test_add ("/view-pending/overdue", Fixture, NULL, office_set_up, test_overdue, fixture_tear_down);
  g_test_add ("/view-pending/reading", Fixture, NULL, office_set_up, test_reading, fixture_tear_down);
  return g_test_run ();
}
