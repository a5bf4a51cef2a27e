/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sealing: opens with the same key and the same bound, and with nothing else. */
#include "crypto/kan-crypto.h"

#include <string.h>

static const guint8 plain[] = "種";
static const guint8 bound[] = "file 1";

enum { SEALED_SIZE = sizeof plain + KAN_SEALED_EXTRA };

static void
test_round_trip (void)
{
  g_autoptr (KanSecret) key = kan_secret_new_random (KAN_KEY_SIZE);
  guint8 sealed[SEALED_SIZE], again[SEALED_SIZE];
  g_autoptr (KanSecret) opened = NULL;

  g_assert_true (kan_seal (key, plain, sizeof plain, bound, sizeof bound, sealed));
  g_assert_true (kan_seal (key, plain, sizeof plain, bound, sizeof bound, again));
  g_assert_false (kan_equal (sealed, again, SEALED_SIZE));
  opened = kan_unseal (key, sealed, sizeof sealed, bound, sizeof bound);
  g_assert_nonnull (opened);
  g_assert_cmpmem (kan_secret_peek_bytes (opened), kan_secret_get_size (opened), plain, sizeof plain);
}

static void
test_every_flip_is_seen (void)
{
  g_autoptr (KanSecret) key = kan_secret_new_random (KAN_KEY_SIZE);
  guint8 sealed[SEALED_SIZE];

  g_assert_true (kan_seal (key, plain, sizeof plain, bound, sizeof bound, sealed));
  for (guint bit = 0; bit < SEALED_SIZE * 8; bit++)
    {
      sealed[bit / 8] ^= (guint8) (1 << bit % 8);
      g_assert_null (kan_unseal (key, sealed, sizeof sealed, bound, sizeof bound));
      sealed[bit / 8] ^= (guint8) (1 << bit % 8);
    }
}

static void
test_other_key_or_bound (void)
{
  g_autoptr (KanSecret) key = kan_secret_new_random (KAN_KEY_SIZE);
  g_autoptr (KanSecret) other = kan_secret_new_random (KAN_KEY_SIZE);
  guint8 sealed[SEALED_SIZE];

  g_assert_true (kan_seal (key, plain, sizeof plain, bound, sizeof bound, sealed));
  g_assert_null (kan_unseal (other, sealed, sizeof sealed, bound, sizeof bound));
  g_assert_null (kan_unseal (key, sealed, sizeof sealed, bound, sizeof bound - 1));
  g_assert_null (kan_unseal (key, sealed, sizeof sealed, NULL, 0));
  g_assert_null (kan_unseal (key, sealed, sizeof sealed - 1, bound, sizeof bound));
  g_assert_null (kan_unseal (key, sealed, KAN_SEALED_EXTRA - 1, bound, sizeof bound));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/seal/round-trip", test_round_trip);
  g_test_add_func ("/seal/every-flip-is-seen", test_every_flip_is_seen);
  g_test_add_func ("/seal/other-key-or-bound", test_other_key_or_bound);
  return g_test_run ();
}
