/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rounds of a fuzz target. */
#include "fuzz/fuzz.h"

#include <stdlib.h>

enum { ROUNDS = 20000, SEED = 20260213 };

/* Targets that accept nearly nothing, or everything, test nothing. */
static void
test_fixed (gconstpointer data)
{
  FuzzRound one_round = *(const FuzzRound *) data;
  g_autoptr(GRand) rand = g_rand_new_with_seed (SEED);
  guint n_accepted = 0;

  for (guint i = 0; i < ROUNDS; i++)
    n_accepted += one_round (rand);
  g_test_message ("%u of %u accepted", n_accepted, (guint) ROUNDS);
  g_assert_cmpuint (n_accepted, >, ROUNDS / 20);
  g_assert_cmpuint (n_accepted, <, ROUNDS);
}

static void
test_going_on (gconstpointer data)
{
  FuzzRound one_round = *(const FuzzRound *) data;
  gint64 until = g_get_monotonic_time () + atol (g_getenv ("KAN_FUZZ_SECONDS")) * G_USEC_PER_SEC;
  guint32 seed = g_random_int ();
  g_autoptr(GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  while (g_get_monotonic_time () < until)
    (void) one_round (rand);
}

int
fuzz_run (int argc, char **argv, const char *name, FuzzRound one_round)
{
  g_autofree char *fixed = g_strdup_printf ("/%s/fixed", name), *going_on = g_strdup_printf ("/%s/going-on", name);

  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func (fixed, &one_round, test_fixed);
  if (g_getenv ("KAN_FUZZ_SECONDS") != NULL)
    g_test_add_data_func (going_on, &one_round, test_going_on);
  return g_test_run ();
}
