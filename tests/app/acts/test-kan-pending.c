/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What waits for hands, for whom, and which hands were given. */
#include "app/acts/yard.h"

#include <string.h>

static GPtrArray *
list_pending (Yard *yard, const char *subject)
{
  g_autoptr(GError) error = NULL;
  GPtrArray *list = kan_book_list_pending (yard->book, subject, yard->now, &error);

  g_assert_no_error (error);
  return list;
}

/* "C1 crate.seal 6: information_manager system_manager; …" with the number of who asked. */
static char *
describe (Yard *yard, const char *subject)
{
  g_autoptr(GPtrArray) list = list_pending (yard, subject);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < list->len; i++)
    {
      const KanPending *pending = g_ptr_array_index (list, i);

      g_string_append_printf (out, "%s%s %s %d:", i > 0 ? "; " : "", pending->subject, pending->kind,
                              (int) pending->actor);
      for (guint k = 0; k < pending->waiting_for->len; k++)
        g_string_append_printf (out, " %s", (char *) g_ptr_array_index (pending->waiting_for, k));
    }
  return g_string_free (out, FALSE);
}

#define EXPECT_PENDING(yard, subject, expected) G_STMT_START { \
    g_autofree char *pending_ = describe (yard, subject); \
    g_assert_cmpstr (pending_, ==, expected); } G_STMT_END

#define BOTH "information_manager system_manager"

static void
test_waiting (void)
{
  g_autoptr(Yard) yard = yard_new ();

  EXPECT_PENDING (yard, NULL, "");
  yard_expect (yard, "waits " BOTH, CLERK, "crate.propose", NULL, "label=一");
  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=二 | weight=1");
  yard_expect (yard, "waits information_manager", OPERATOR, "crate.bless", "C2", "");
  EXPECT_PENDING (yard, NULL, "C1 crate.propose 6: " BOTH "; C2 crate.bless 4: information_manager");
  EXPECT_PENDING (yard, "C2", "C2 crate.bless 4: information_manager");
  EXPECT_PENDING (yard, "C3", "");
  EXPECT_PENDING (yard, "", "");
  yard_expect (yard, "waits information_manager", PENSION, "hand.give", "C1", "");
  EXPECT_PENDING (yard, "C1", "C1 crate.propose 6: information_manager");
  yard_expect (yard, "done", GENERAL, "hand.give", "C1", "");
  EXPECT_PENDING (yard, "C1", "");
  yard_expect (yard, "done", OPERATOR, "hand.withdraw", "C2", "");
  EXPECT_PENDING (yard, NULL, "");
}

/* What is outstanding is asked for the moment given, not for the one in which it was asked for: one person holds both
 * offices by then, and in November nobody is chief. */
static void
test_as_of_now (void)
{
  g_autoptr(Yard) yard = yard_new ();
  g_autoptr(GPtrArray) list = NULL;
  g_autofree char *asked = NULL;
  const KanPending *pending;

  yard_expect (yard, "waits " BOTH, CLERK, "crate.propose", NULL, "label=一");
  asked = kan_utc_format (yard->now);
  yard_expect (yard, "done", CHIEF, "appointment.end", "A2", "until=2026-09-30 | with=2");
  yard_expect (yard, "done", CHIEF, "appointment.make", NULL,
               "person=P3 | office=general_affairs_manager | kind=regular | since=2026-10-01 | with=2");
  yard_expect (yard, "done", CHIEF, "appointment.end", "A1", "until=2026-10-31 | with=2");
  yard_set_time (yard, "2026-10-01T09:00");
  EXPECT_PENDING (yard, NULL, "C1 crate.propose 6: " BOTH);
  yard_expect (yard, "waits chief_instead", PENSION, "hand.give", "C1", "");
  EXPECT_PENDING (yard, NULL, "C1 crate.propose 6: chief_instead");
  yard_set_time (yard, "2026-11-01T09:00");
  EXPECT_PENDING (yard, NULL, "C1 crate.propose 6: named_instead");
  list = list_pending (yard, "C1");
  pending = g_ptr_array_index (list, 0);
  g_assert_cmpint (pending->act, ==, yard_int (yard, "SELECT made FROM crate WHERE id = 1"));
  g_assert_cmpstr (pending->since, ==, asked);
}

static void
test_may_sign (void)
{
  static const struct { gint64 person; gboolean before, after; } cases[] = {
    { CHIEF, FALSE, FALSE }, { GENERAL, TRUE, FALSE }, { PENSION, TRUE, TRUE }, { OPERATOR, FALSE, FALSE },
    { DEPUTY, TRUE, FALSE }, { CLERK, FALSE, FALSE }, { AUDITOR, FALSE, FALSE }, { 99, FALSE, FALSE },
  };
  g_autoptr(Yard) yard = yard_new ();
  g_autoptr(GPtrArray) before = NULL, after = NULL;

  yard_expect (yard, "waits " BOTH, CLERK, "crate.propose", NULL, "label=一");
  before = list_pending (yard, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("before, person %d", (int) cases[i].person);
      g_assert_cmpint (kan_pending_may_sign (yard->book, g_ptr_array_index (before, 0), cases[i].person, yard->now), ==,
                       cases[i].before);
    }
  yard_expect (yard, "waits system_manager", GENERAL, "hand.give", "C1", "");
  after = list_pending (yard, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("after, person %d", (int) cases[i].person);
      g_assert_cmpint (kan_pending_may_sign (yard->book, g_ptr_array_index (after, 0), cases[i].person, yard->now), ==,
                       cases[i].after);
    }
}

/* --- hands ---------------------------------------------------------------------------------------------------- */

/* "C1 information_manager given P2, …"; a deputy with whom they stand in for, and whether it was inspected. */
static char *
describe_hands (Yard *yard, const char *subject, gboolean uninspected)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) list = kan_book_list_hands (yard->book, subject, uninspected, &error);
  GString *out = g_string_new (NULL);
  gint64 before = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < list->len; i++)
    {
      const KanGivenHand *hand = g_ptr_array_index (list, i);

      g_string_append_printf (out, "%s%s %s %s P%d", i > 0 ? ", " : "", hand->subject, hand->capacity, hand->verdict,
                              (int) hand->person);
      if (hand->principal != 0)
        g_string_append_printf (out, " for P%d %s%s", (int) hand->principal, hand->absence,
                                hand->inspected != 0 ? " inspected" : "");
      g_assert_cmpint (hand->seq, >=, before);
      g_assert_cmpint (hand->act, <=, hand->seq);
      g_assert_cmpuint (strlen (hand->fingerprint), >, 8);
      g_assert_cmpuint (strlen (hand->at), ==, strlen ("2026-09-01T00:34:00Z"));
      before = hand->seq;
    }
  return g_string_free (out, FALSE);
}

#define EXPECT_HANDS(yard, subject, uninspected, expected) G_STMT_START { \
    g_autofree char *hands_ = describe_hands (yard, subject, uninspected); \
    g_assert_cmpstr (hands_, ==, expected); } G_STMT_END

static void
test_hands (void)
{
  g_autoptr(Yard) yard = yard_new ();

  EXPECT_HANDS (yard, "C1", FALSE, "");
  EXPECT_HANDS (yard, NULL, TRUE, "");
  yard_expect (yard, "waits " BOTH, CLERK, "crate.propose", NULL, "label=一");
  yard_expect (yard, "waits system_manager", DEPUTY, "hand.give", "C1", "absence=business_trip");
  yard_expect (yard, "done", PENSION, "hand.refuse", "C1", "reason=不要");
  yard_expect (yard, "waits " BOTH, CLERK, "crate.propose", NULL, "label=二");
  yard_expect (yard, "waits information_manager", PENSION, "hand.give", "C2", "");
  EXPECT_HANDS (yard, "C1", FALSE, "C1 information_manager given P5 for P2 business_trip,"
                " C1 system_manager refused P3");
  EXPECT_HANDS (yard, "C2", FALSE, "C2 system_manager given P3");
  EXPECT_HANDS (yard, "C9", FALSE, "");
  EXPECT_HANDS (yard, NULL, TRUE, "C1 information_manager given P5 for P2 business_trip");
  EXPECT_HANDS (yard, "C2", TRUE, "");
}

/* What a deputy decided waits until whoever was absent, or a successor, has read it. */
static void
test_inspection (void)
{
  g_autoptr(Yard) yard = yard_new ();
  g_autofree char *act = NULL;

  yard_expect (yard, "waits " BOTH, CLERK, "crate.propose", NULL, "label=一");
  yard_expect (yard, "waits system_manager", DEPUTY, "hand.give", "C1", "absence=accident");
  yard_expect (yard, "done", PENSION, "hand.give", "C1", "");
  act = g_strdup_printf ("act=%d", (int) yard_head (yard) - 1);
  EXPECT_HANDS (yard, NULL, TRUE, "C1 information_manager given P5 for P2 accident");
  yard_expect (yard, "done", GENERAL, "hand.inspect", "C1", act);
  EXPECT_HANDS (yard, NULL, TRUE, "");
  EXPECT_HANDS (yard, "C1", FALSE, "C1 information_manager given P5 for P2 accident inspected,"
                " C1 system_manager given P3");
}

static void
test_capacity_labels (void)
{
  static const struct { const char *kind, *capacity, *english, *japanese; } cases[] = {
    { "crate.seal", "information_manager", "Information manager", "本人確認情報管理責任者" },
    { NULL, "operator", "Operator", "システム操作者" },
    { NULL, "second", "Second person", "連署者" },
    { NULL, "chief_instead", "Chief, in place of a second person (3-3)", "統括責任者（第３条第３項）" },
    { "crate.seal", "named_instead", "Named by the president (23)", "理事長が定める者（第２３条）" },
    { "crate.open", "opener", "Opener", "開封者" },
    { "crate.seal", "opener", "opener", "opener" },     /* another act's */
    { NULL, "opener", "opener", "opener" },
    { "crate.nonsense", "nonsense", "nonsense", "nonsense" },
  };
  g_autoptr(Yard) yard = yard_new_empty ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s of %s", cases[i].capacity, cases[i].kind);
      g_assert_cmpstr (kan_capacity_label (yard->book, cases[i].kind, cases[i].capacity, FALSE), ==, cases[i].english);
      g_assert_cmpstr (kan_capacity_label (yard->book, cases[i].kind, cases[i].capacity, TRUE), ==, cases[i].japanese);
    }
}

/* What the register names is not there, or is no request: said in words. */
static void
test_altered (void)
{
  static const struct { const char *sql, *words; } table[] = {
    { "UPDATE pending SET act = 99999", "the registers name entry 99999, which is not there: verify the file" },
    { "UPDATE pending SET act = 1", "what the registers say of F1 is not what the entries say: verify the file" },
    { "UPDATE hand SET seq = 99998", "the registers name entry 99998, which is not there: verify the file" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(Yard) yard = yard_new_with_history ();
      g_autoptr(GPtrArray) list = NULL;
      g_autoptr(GError) error = NULL;

      yard_expect (yard, "waits information_manager system_manager", CLERK, "crate.seal", "C2", "");
      yard_exec (yard, "DELETE FROM hand WHERE seq <> (SELECT min(seq) FROM hand)");
      yard_exec (yard, table[i].sql);
      list = kan_book_list_pending (yard->book, NULL, yard->now, &error);
      if (list != NULL)
        list = (g_ptr_array_unref (list), kan_book_list_hands (yard->book, NULL, FALSE, &error));
      g_assert_null (list);
      g_assert_error (error, KAN_ERROR, KAN_ERROR_DAMAGED);
      g_assert_cmpstr (error->message, ==, table[i].words);
    }
}

static char *
told_of_requester (Yard *yard, gint64 person)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanDraft) draft = kan_draft_new (yard->book, "hand.give", "C1", &error);
  g_autoptr(GPtrArray) lines = draft != NULL ? kan_draft_review (draft, person, yard->now, NULL, &error) : NULL;

  g_assert_no_error (error);
  for (guint i = 0; i < lines->len; i++)
    {
      const KanReviewed *line = g_ptr_array_index (lines, i);

      if (strcmp (line->key, "requester_left") == 0)
        return g_strdup_printf ("%s%s", line->stored, line->told ? "" : " signed");
    }
  return NULL;
}

/* What somebody asked for who has left may still be consented to, and whoever does is told. */
static void
test_requester_left (void)
{
  g_autoptr(Yard) yard = yard_new ();
  g_autoptr(GPtrArray) before = NULL, after = NULL;
  g_autofree char *none = NULL, *told = NULL;

  yard_expect (yard, "waits " BOTH, CLERK, "crate.propose", NULL, "label=一");
  before = list_pending (yard, "C1");
  none = told_of_requester (yard, GENERAL);
  yard_expect (yard, "done", CHIEF, "person.leave", "P6", "since=2026-09-01 | with=3");
  after = list_pending (yard, "C1");
  told = told_of_requester (yard, GENERAL);
  g_assert_false (((KanPending *) g_ptr_array_index (before, 0))->requester_left);
  g_assert_true (((KanPending *) g_ptr_array_index (after, 0))->requester_left);
  g_assert_null (none);
  g_assert_cmpstr (told, ==, "2026-09-01");
  yard_expect (yard, "waits information_manager", PENSION, "hand.give", "C1", "");
  yard_expect (yard, "done", GENERAL, "hand.give", "C1", "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pending/waiting", test_waiting);
  g_test_add_func ("/pending/as-of-now", test_as_of_now);
  g_test_add_func ("/pending/requester-left", test_requester_left);
  g_test_add_func ("/pending/may-sign", test_may_sign);
  g_test_add_func ("/pending/hands", test_hands);
  g_test_add_func ("/pending/inspection", test_inspection);
  g_test_add_func ("/pending/altered", test_altered);
  g_test_add_func ("/pending/capacity-labels", test_capacity_labels);
  return g_test_run ();
}
