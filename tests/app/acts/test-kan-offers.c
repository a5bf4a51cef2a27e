/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a record offers whom: its register's acts and those upon any record, allowed or with the reason. */
#include "app/acts/yard.h"

#include "registers/kan-registers.h"

#include <string.h>

/* "+" before what is allowed, "-" before what is not, "!" after what would be marked. */
static char *
offers (Yard *yard, gint64 person, const char *subject)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) list = kan_book_list_offers (yard->book, kan_book_find_register (yard->book, "crate"), subject,
                                                    person, yard->now + 60, &error);
  GString *out = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < list->len; i++)
    {
      const KanOffer *offer = g_ptr_array_index (list, i);

      g_assert_true (offer->allowed || offer->reasons->len > 0);
      for (guint j = 0; j < offer->reasons->len; j++)
        g_test_message ("%s: %s", offer->kind->id, (char *) g_ptr_array_index (offer->reasons, j));
      g_string_append_printf (out, "%s%s%s%s", i > 0 ? " " : "", offer->allowed ? "+" : "-", offer->kind->id,
                              offer->allowed && offer->reasons->len > 0 ? "!" : "");
    }
  return g_string_free (out, FALSE);
}

#define expect_offers(yard, person, subject, expected) G_STMT_START { \
    g_autofree char *offers_ = offers (yard, person, subject); \
    g_assert_cmpstr (offers_, ==, expected); } G_STMT_END

static void
test_making (void)
{
  g_autoptr(Yard) yard = yard_new ();

  expect_offers (yard, CLERK, NULL, "+crate.add +crate.propose");
  expect_offers (yard, AUDITOR, NULL, "-crate.add -crate.propose");
  expect_offers (yard, CLERK, "C1", "");
  expect_offers (yard, CLERK, "Z1", "");
}

static void
test_record (void)
{
  g_autoptr(Yard) yard = yard_new ();

  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=箱");
  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=量った箱 | weight=1 | note=文");
  expect_offers (yard, CLERK, "C1",
                 "+crate.amend -crate.weigh -crate.seal +crate.bless +crate.tie +crate.open! +crate.lose!"
                 " -crate.take"
                 " -crate.bar -crate.grant +crate.drop! -crate.endorse +crate.gauge +crate.look +act.void");
  expect_offers (yard, OPERATOR, "C2",
                 "+crate.amend +crate.weigh +crate.seal +crate.bless +crate.tie +crate.open! +crate.lose"
                 " +crate.take"
                 " -crate.bar -crate.grant +crate.drop! -crate.endorse +crate.gauge +crate.look"
                 " +act.correct +act.void -text.redact");
  expect_offers (yard, DEPUTY, "C2",
                 "+crate.amend -crate.weigh +crate.seal +crate.bless +crate.tie +crate.open! +crate.lose!"
                 " -crate.take"
                 " -crate.bar +crate.grant +crate.drop +crate.endorse +crate.gauge +crate.look +act.correct"
                 " +act.void -text.redact");
  expect_offers (yard, GENERAL, "C2",
                 "+crate.amend -crate.weigh +crate.seal +crate.bless +crate.tie +crate.open! +crate.lose!"
                 " -crate.take"
                 " -crate.bar +crate.grant +crate.drop +crate.endorse +crate.gauge +crate.look +act.correct"
                 " +act.void +text.redact");
  expect_offers (yard, AUDITOR, "C2",
                 "-crate.amend -crate.weigh -crate.seal -crate.bless -crate.tie +crate.open! +crate.lose!"
                 " -crate.take"
                 " -crate.bar -crate.grant +crate.drop! -crate.endorse -crate.gauge -crate.look -act.void"
                 " -text.redact");
}

/* While it waits: the hands, and who may withdraw; afterwards the later inspection, for whom it concerns. */
static void
test_waiting (void)
{
  g_autoptr(Yard) yard = yard_new ();

  yard_expect (yard, "done", CLERK, "crate.add", NULL, "label=箱 | weight=1");
  yard_expect (yard, "waits information_manager", CLERK, "crate.bless", "C1", "");
  expect_offers (yard, CLERK, "C1",
                 "-crate.amend -crate.weigh -crate.seal -crate.bless -crate.tie +crate.open! +crate.lose!"
                 " -crate.take"
                 " -crate.bar -crate.grant +crate.drop! -crate.endorse -crate.gauge -crate.look -hand.give"
                 " -hand.refuse"
                 " -hand.ask_back +hand.withdraw -act.correct -act.void");
  expect_offers (yard, DEPUTY, "C1",
                 "-crate.amend -crate.weigh -crate.seal -crate.bless -crate.tie +crate.open! +crate.lose!"
                 " -crate.take"
                 " -crate.bar -crate.grant +crate.drop! -crate.endorse -crate.gauge -crate.look +hand.give"
                 " +hand.refuse"
                 " +hand.ask_back -hand.withdraw -act.correct -act.void");
  yard_expect (yard, "done", DEPUTY, "hand.give", "C1", "absence=leave");
  {
    g_autofree char *general = offers (yard, GENERAL, "C1"), *pension = offers (yard, PENSION, "C1");

    g_assert_nonnull (strstr (general, " +hand.inspect"));
    g_assert_null (strstr (general, "hand.give"));
    g_assert_null (strstr (pension, "hand.inspect"));
  }
}

/* Asked back, it is applied for again. */
static void
test_asked_back (void)
{
  g_autoptr(Yard) yard = yard_new ();
  g_autofree char *clerk = NULL, *other = NULL;

  yard_expect (yard, "waits information_manager system_manager", CLERK, "crate.propose", NULL, "label=申請");
  yard_expect (yard, "done", PENSION, "hand.ask_back", "C1", "reason=再考");
  clerk = offers (yard, CLERK, "C1");
  other = offers (yard, OPERATOR, "C1");
  g_assert_true (g_str_has_prefix (clerk, "+crate.propose "));
  g_assert_true (g_str_has_prefix (other, "-crate.propose "));
}

/* A clock that is behind is asked about in the act, and is in the way of none. */
static void
test_clock_behind (void)
{
  g_autoptr(Yard) yard = yard_new ();

  yard_set_time (yard, "2026-08-30T09:00");
  expect_offers (yard, CLERK, NULL, "+crate.add +crate.propose");
}

/* Every record of the real registers, for everybody, fast: the worst of several readings counts. */
static void
test_real_registers (void)
{
  g_autoptr(Yard) yard = yard_new_of (kan_registers ());
  G_GNUC_UNUSED g_autoptr(KanStmt) stmt = NULL;
  gint64 longest = 0;
  guint n = 0;

  for (const KanRegister **reg = kan_registers ()->registers; *reg != NULL; reg++)
    {
      g_autofree char *sql = (*reg)->prefix != NULL ? g_strdup_printf ("SELECT '%s' || min (id) FROM %s",
                                                                       (*reg)->prefix, (*reg)->id) : NULL;
      g_autofree char *subject = sql != NULL ? yard_text (yard, sql) : NULL;

      for (gint64 person = CHIEF; subject != NULL && person <= N_STAFF; person++)
        {
          g_autoptr(GError) error = NULL;
          gint64 start = g_get_monotonic_time ();
          g_autoptr(GPtrArray) list = kan_book_list_offers (yard->book, NULL, subject, person, yard->now, &error);

          longest = MAX (longest, g_get_monotonic_time () - start);
          g_assert_no_error (error);
          for (guint i = 0; i < list->len; i++)
            g_assert_cmpint (((KanOffer *) g_ptr_array_index (list, i))->kind->flags & KAN_INTERNAL, ==, 0);
          n += list->len;
        }
    }
  g_test_message ("%u offers, longest %ld us", n, (long) longest);
  g_assert_cmpuint (n, >, 50);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/offers/making", test_making);
  g_test_add_func ("/offers/record", test_record);
  g_test_add_func ("/offers/waiting", test_waiting);
  g_test_add_func ("/offers/asked-back", test_asked_back);
  g_test_add_func ("/offers/clock-behind", test_clock_behind);
  g_test_add_func ("/offers/real-registers", test_real_registers);
  return g_test_run ();
}
