/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Vocabularies that no profile changes: their ids are signed, so that none may be renamed or vanish. */
#include "fixture.h"

#include "registers/kan-choices.h"

#include <string.h>

/* As they were first signed. More may follow them; none may go. */
static const struct { const char *vocabulary, *ids; } signed_ids[] = {
  { "appointment_kind", "regular concurrent superior acting" },
  { "rule_kind", "regulation user_id_method credential_method asset_method emergency_plan president_order media_kind"
                 " procedure" },
  { "takeout_kind", "round_trip hand_over disposal" },
  { "payment_kind", "off_cycle override" },
  { "condition", "sound faulty" },
  { "arrival", "sound damaged" },
  { "hold_reason", "evidence incident request" },
  { "breach", "overtakes not_entitled wrong_state role_vacant nobody_independent not_requester 2.media_kind"
              " 9-1.operator 11-1.count 11-1.hold 11-1.not_due 11-1.early_until 11-1.medium_state 11-2.place"
              " 11-3.unapproved 11-3.expired 11-3.valid_until 11-3.period 11-3.elsewhere 11-3.not_stored"
              " 11-3.quantity 11-3.count 11-3.two_persons 11-3.seal 11-3.damage 11-3.missing 11-3.late_return"
              " 11-3.not_returned 11-3.erasure_proof 11-4.method 11-4.not_erased 11-4.reuse 11-5.identity 11-5.sheets"
              " 11-5.method 11-5.witness 11-5.contractor 11-5.contractor_certificate 11-5.not_here"
              " 11-3.carrier_unsigned 11-3.receiver_unsigned 11-3.giver_unsigned 11-2.holder_unsigned"
              " 11-4.executor_unsigned"
              " 11-5.not_destroyed 20.incident_number" },
};

static void
test_signed_ids_stay (void)
{
  g_autoptr(Office) office = office_new_empty ("nagasaki");

  for (gsize i = 0; i < G_N_ELEMENTS (signed_ids); i++)
    {
      gsize n = 0;
      const KanChoice *choices = kan_book_get_choices (office->book, signed_ids[i].vocabulary, &n);
      g_auto(GStrv) ids = g_strsplit (signed_ids[i].ids, " ", -1);

      for (char **id = ids; *id != NULL; id++)
        {
          gboolean found = FALSE;

          for (gsize k = 0; k < n; k++)
            found = found || strcmp (choices[k].id, *id) == 0;
          g_test_message ("%s %s", signed_ids[i].vocabulary, *id);
          g_assert_true (found);
        }
    }
}

/* Each vocabulary stands in one piece, no id twice, every label in both languages and no two alike in one of them. */
static void
test_whole (void)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *before = NULL;

  for (const KanFixedChoice *choice = kan_fixed_choices; choice->id != NULL; choice++)
    {
      g_test_message ("%s %s", choice->id, choice->value);
      if (g_strcmp0 (before, choice->id) != 0)
        g_assert_true (g_hash_table_add (seen, g_strdup (choice->id)));
      before = choice->id;
      g_assert_true (g_hash_table_add (seen, g_strdup_printf ("%s\t%s", choice->id, choice->value)));
      g_assert_true (g_hash_table_add (seen, g_strdup_printf ("%s\t\t%s", choice->id, choice->label.en)));
      g_assert_true (g_hash_table_add (seen, g_strdup_printf ("%s\t\t%s", choice->id, choice->label.ja)));
      g_assert_cmpuint (strspn (choice->value, "abcdefghijklmnopqrstuvwxyz0123456789_.-"), ==, strlen (choice->value));
    }
}

/* Fixed ones go before a profile's of the same name; the profile's own are found beside them; others are none. */
static void
test_lookup (void)
{
  g_autoptr(Office) office = office_new_empty ("nagasaki");
  gsize n_fixed = 0, n_own = 0, n_none = 1;
  const KanChoice *fixed = kan_book_get_choices (office->book, "takeout_kind", &n_fixed);
  const KanChoice *own = kan_book_get_choices (office->book, "packing", &n_own);

  g_assert_cmpuint (n_fixed, ==, 3);
  g_assert_cmpstr (fixed[0].id, ==, "round_trip");
  g_assert_cmpstr (fixed[2].label.ja, ==, "廃棄委託");
  g_assert_cmpuint (n_own, >, 0);
  g_assert_nonnull (own);
  g_assert_null (kan_book_get_choices (office->book, "nonsense", &n_none));
  g_assert_cmpuint (n_none, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/choices/signed-ids-stay", test_signed_ids_stay);
  g_test_add_func ("/choices/whole", test_whole);
  g_test_add_func ("/choices/lookup", test_lookup);
  return g_test_run ();
}
