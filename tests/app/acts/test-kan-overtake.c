/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What waits when something that has happened overtakes it: confirmations take effect without, decisions do not; and
 * looking ahead, in a file and in a replay, leaves nothing behind. */
#include "app/acts/yard.h"

#include "acts/kan-record-check.h"

/* C1 sealed, its opening waiting for the opener's signature. */
static Yard *
new_waiting (void)
{
  Yard *yard = yard_new ();

  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=A | weight=5");
  yard_expect (yard, "waits information_manager system_manager", CLERK, "crate.seal", "C1", "");
  yard_expect (yard, "waits system_manager", GENERAL, "hand.give", "C1", "");
  yard_expect (yard, "done", PENSION, "hand.give", "C1", "");
  yard_expect (yard, "waits opener", OPERATOR, "crate.open", "C1", "opener=P6");
  return yard;
}

static void
test_confirmation_takes_effect (void)
{
  g_autoptr(Yard) yard = new_waiting ();
  gint64 open = yard_head (yard);
  g_autofree char *step = g_strdup_printf ("SELECT before || ' ' || after FROM step WHERE seq = %d", (int) open);

  yard_expect (yard, "done", OPERATOR, "crate.lose", "C1", "deviation_reason=x");
  yard_expect_text (yard, "sealed kept", step);
  yard_expect_text (yard, "lost", "SELECT state FROM crate WHERE opener = 'P6'");
  g_assert_cmpint (yard_int (yard, "SELECT count(*) FROM pending"), ==, 0);
  g_assert_cmpint (yard_int (yard, "SELECT count(*) FROM shortfall WHERE rule = 'opener_unsigned' AND act > 0"), ==, 1);
  g_assert_true (kan_record_holds (yard->book, "C1", NULL));
  yard_expect_faults (yard, NULL, "");
}

/* Whose signature was not had signs afterwards, and nobody else in their place; that puts it right, and is read. */
static void
test_signed_afterwards (void)
{
  g_autoptr(Yard) yard = new_waiting ();
  g_autofree char *opened = g_strdup_printf ("open C1 %d opener P%d", (int) yard_head (yard), CLERK);

  yard_expect (yard, "done", OPERATOR, "crate.lose", "C1", "deviation_reason=x");
  yard_expect_text (yard, opened, "SELECT state || ' ' || about || ' ' || act || ' ' || question || ' P' || signer"
                                  " FROM shortfall WHERE rule = 'opener_unsigned'");
  yard_expect (yard, "refused not_entitled", OPERATOR, "shortfall.sign", "S1", "");
  yard_expect (yard, "refused not_entitled", CHIEF, "shortfall.sign", "S1", "");
  yard_expect (yard, "done", CLERK, "shortfall.sign", "S1", "");
  yard_expect (yard, "refused wrong_state", CLERK, "shortfall.sign", "S1", "");
  yard_expect_text (yard, "closed", "SELECT state FROM shortfall");
  g_assert_true (kan_record_holds (yard->book, "S1", NULL));
  yard_expect_faults (yard, NULL, "");
}

/* What lacks something else is nobody's to sign away. */
static void
test_other_shortfalls_want_no_signature (void)
{
  g_autoptr(Yard) yard = yard_new ();

  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=A | weight=500");
  yard_expect (yard, "done", OPERATOR, "crate.lose", "C1", "deviation_reason=x");
  yard_expect_text (yard, "heavy", "SELECT rule FROM shortfall WHERE id = 1 AND signer IS NULL");
  yard_expect (yard, "refused act", CLERK, "shortfall.sign", "S1", "");
}

/* The same once more says something else: the first comes to nothing. */
static void
test_once_more_replaces (void)
{
  g_autoptr(Yard) yard = new_waiting ();
  g_autofree char *found = yard_judge (yard, OPERATOR, "crate.open", "C1", "opener=X1 | opener_paper=yes");

  g_assert_nonnull (strstr (found, "overtakes"));
  yard_expect (yard, "done", OPERATOR, "crate.open", "C1",
               "opener=X1 | opener_paper=yes | deviation_reason=x");
  yard_expect_faults (yard, NULL, "");
}

static void
test_decision_comes_to_nothing (void)
{
  g_autoptr(Yard) yard = yard_new ();

  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=A | weight=5");
  yard_expect (yard, "waits information_manager system_manager", CLERK, "crate.seal", "C1", "");
  yard_expect (yard, "done", OPERATOR, "crate.lose", "C1", "deviation_reason=x");
  g_assert_cmpint (yard_int (yard, "SELECT ifnull(takeout_no, 0) FROM crate"), ==, 0);
  g_assert_cmpint (yard_int (yard, "SELECT count(*) FROM pending"), ==, 0);
  yard_expect_faults (yard, NULL, "");
}

static void
test_looking_leaves_nothing (void)
{
  g_autoptr(Yard) yard = new_waiting ();
  g_autofree char *found = yard_judge (yard, OPERATOR, "crate.lose", "C1", "");

  g_assert_nonnull (strstr (found, "opener_unsigned"));
  g_assert_cmpint (yard_int (yard, "SELECT count(*) FROM pending WHERE subject = 'C1'"), ==, 1);
  g_assert_cmpint (yard_int (yard, "SELECT count(*) FROM crate WHERE opener IS NULL"), ==, 1);
  yard_expect (yard, "done", CLERK, "hand.give", "C1", "");
  yard_expect_faults (yard, NULL, "");
}

/* Appended unmarked with a tool, it has no effect in a replay, and nor has what it would have overtaken: the registers,
 * where that waits still, are what the entries add up to. */
static void
test_refused_in_a_replay (void)
{
  g_autoptr(Yard) yard = new_waiting ();
  gint64 seq = yard_forge (yard, OPERATOR, yard->keys[OPERATOR], "crate.lose", "C1", "{}", NULL);
  g_autofree char *expected = g_strdup_printf ("rule %d C1", (int) seq);

  yard_expect_faults (yard, NULL, expected);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/overtake/confirmation-takes-effect", test_confirmation_takes_effect);
  g_test_add_func ("/overtake/signed-afterwards", test_signed_afterwards);
  g_test_add_func ("/overtake/other-shortfalls-want-no-signature", test_other_shortfalls_want_no_signature);
  g_test_add_func ("/overtake/once-more-replaces", test_once_more_replaces);
  g_test_add_func ("/overtake/decision-comes-to-nothing", test_decision_comes_to_nothing);
  g_test_add_func ("/overtake/looking-leaves-nothing", test_looking_leaves_nothing);
  g_test_add_func ("/overtake/refused-in-a-replay", test_refused_in_a_replay);
  return g_test_run ();
}
