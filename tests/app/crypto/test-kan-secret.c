/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Secrets: guarded, moved rather than copied, wiped. */
#include "crypto/kan-crypto.h"

#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

static void
test_take_wipes (void)
{
  guint8 bytes[] = "correct horse";
  const guint8 zeros[sizeof bytes] = { 0 };
  g_autoptr (KanSecret) secret = kan_secret_new_take (bytes, sizeof bytes);

  g_assert_cmpmem (bytes, sizeof bytes, zeros, sizeof zeros);
  g_assert_cmpuint (kan_secret_get_size (secret), ==, sizeof bytes);
  g_assert_cmpstr ((const char *) kan_secret_peek_bytes (secret), ==, "correct horse");
}

static void
test_new_is_zero (void)
{
  const guint8 zeros[40] = { 0 };
  g_autoptr (KanSecret) secret = kan_secret_new (40);

  g_assert_cmpmem (kan_secret_peek_bytes (secret), 40, zeros, 40);
  kan_secret_get_bytes (secret)[39] = 7;
  g_assert_cmpuint (kan_secret_peek_bytes (secret)[39], ==, 7);
}

static void
test_empty (void)
{
  g_autoptr (KanSecret) secret = kan_secret_new_take (NULL, 0);

  g_assert_cmpuint (kan_secret_get_size (secret), ==, 0);
}

static void
test_random_differs (void)
{
  g_autoptr (KanSecret) a = kan_secret_new_random (32);
  g_autoptr (KanSecret) b = kan_secret_new_random (32);

  g_assert_false (kan_equal (kan_secret_peek_bytes (a), kan_secret_peek_bytes (b), 32));
}

static void
write_beyond (void)
{
  g_autoptr (KanSecret) secret = kan_secret_new (4096);

  kan_secret_get_bytes (secret)[4096] = 1;
}

static void
write_unasked (void)
{
  g_autoptr (KanSecret) secret = kan_secret_new_random (32);
  guint8 *bytes = (guint8 *) kan_secret_peek_bytes (secret);

  bytes[0]++;
}

static void
expect_crash (void (*crime) (void))
{
  const struct rlimit none = { 0, 0 };

  if (g_test_subprocess ())
    {
      setrlimit (RLIMIT_CORE, &none);
      crime ();
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
}

static void
test_guard_page (void)
{
  expect_crash (write_beyond);
}

static void
test_read_only_until_asked (void)
{
  expect_crash (write_unasked);
}

static void
test_random_below (void)
{
  guint seen = 0;

  for (guint i = 0; i < 1000; i++)
    {
      guint32 n = kan_random_below (5);

      g_assert_cmpuint (n, <, 5);
      seen |= 1u << n;
    }
  g_assert_cmphex (seen, ==, 31);
}

static void
test_harden (void)
{
  struct rlimit core = { 1, 1 };

  if (g_test_subprocess ())
    {
      kan_harden_process (FALSE);
      g_assert_cmpint (prctl (PR_GET_DUMPABLE, 0, 0, 0, 0), ==, 0);
      g_assert_cmpint (getrlimit (RLIMIT_CORE, &core), ==, 0);
      g_assert_cmpuint (core.rlim_cur, ==, 0);
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  gboolean ready = kan_crypto_init (&error);

  g_assert_no_error (error);
  g_assert_true (ready);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/secret/take-wipes", test_take_wipes);
  g_test_add_func ("/secret/new-is-zero", test_new_is_zero);
  g_test_add_func ("/secret/empty", test_empty);
  g_test_add_func ("/secret/random-differs", test_random_differs);
  g_test_add_func ("/secret/guard-page", test_guard_page);
  g_test_add_func ("/secret/read-only-until-asked", test_read_only_until_asked);
  g_test_add_func ("/secret/random-below", test_random_below);
  g_test_add_func ("/secret/harden", test_harden);
  return g_test_run ();
}
