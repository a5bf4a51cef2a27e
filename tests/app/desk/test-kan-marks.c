/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is out of the ordinary with an act, in words, and what the monthly check looks for. */
#include "desk-fixture.h"

#include "desk/kan-marks.h"

static char *
marks_of (KanDesk *desk, gint64 seq, gboolean reasons)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanAct) act = kan_ledger_get (kan_vault_get_db (kan_desk_get_vault (desk)), seq, &error);
  g_autoptr(GPtrArray) marks = NULL;

  g_assert_no_error (error);
  marks = kan_dup_marks (kan_desk_get_book (desk), act, reasons, FALSE);
  g_ptr_array_add (marks, NULL);
  return g_strjoinv (" | ", (char **) marks->pdata);
}

static gint64
head_of (KanDesk *desk)
{
  KanHead head;
  g_autoptr(GError) error = NULL;

  expect (kan_ledger_get_head (kan_vault_get_db (kan_desk_get_vault (desk)), &head, &error), error);
  return head.seq;
}

/* Twelve digits that pass the check of an individual number are refused, and listed where they are something else. */
static void
test_declared (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr(KanDesk) desk = open_as (f, KAN_VAULT_WRITE, "chief", "chief's");
  g_autofree char *marks = NULL, *none = NULL;
  gint64 before = head_of (desk);

  none = marks_of (desk, before, TRUE);
  g_assert_cmpstr (none, ==, "");
  EXPECT_SIGN (desk, "refused", "person.amend", "P2", "post=内線 123456789018");
  EXPECT_SIGN (desk, "done", "person.amend", "P2", "post=内線 123456789018 | declared=post");
  marks = marks_of (desk, head_of (desk), TRUE);
  g_assert_cmpstr (marks, ==, "declared to be no identity number: Post");
}

static void
test_names (void)
{
  KanMarked marked = KAN_N_MARKED;

  for (KanMarked mark = KAN_MARKED_ANY; mark < KAN_N_MARKED; mark++)
    {
      g_assert_cmpuint (strlen (kan_marked_label (mark)->ja), >, 0);
      g_assert_true (kan_marked_parse (kan_marked_name (mark), &marked));
      g_assert_cmpint (marked, ==, mark);
    }
  g_assert_false (kan_marked_parse ("none", &marked));
}

static void
test_bodies (void)
{
  static const struct { const char *json; guint marks; } cases[] = {
    { "{}", 0 },
    { "{\"note\":\"declared\"}", 0 },
    { "{\"clock\":\"behind\"}", 1 << KAN_MARKED_CLOCK },
    { "{\"declared\":[\"note\"]}", 1 << KAN_MARKED_DECLARED },
    { "{\"deviation\":[\"11-3.seal\"],\"late_reason\":\"x\"}", 1 << KAN_MARKED_DEVIATION | 1 << KAN_MARKED_LATE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(KanBody) body = kan_body_decode (cases[i].json, strlen (cases[i].json), &error);

      g_assert_no_error (error);
      g_assert_cmpint (kan_body_is_marked (body, KAN_MARKED_ANY), ==, cases[i].marks != 0);
      for (KanMarked mark = KAN_MARKED_DEVIATION; mark <= KAN_MARKED_DECLARED; mark++)
        g_assert_cmpint (kan_body_is_marked (body, mark), ==, (cases[i].marks & 1u << mark) != 0);
    }
}

int
main (int argc, char **argv)
{
  g_autoptr(GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  expect (kan_crypto_init (&error), error);
  kan_stretch_set_light (TRUE);
  g_test_add_func ("/marks/names", test_names);
  g_test_add_func ("/marks/bodies", test_bodies);
  g_test_add ("/marks/declared", Fixture, NULL, office_set_up, test_declared, fixture_tear_down);
  return g_test_run ();
}
