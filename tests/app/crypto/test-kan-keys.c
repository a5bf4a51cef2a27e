/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A person's keys: always the same from the same seed, each for its own use. */
#include "crypto/kan-crypto.h"

#include <string.h>

static KanKeys *
keys_from (guint8 byte)
{
  guint8 bytes[KAN_SEED_SIZE];
  g_autoptr (KanSecret) seed = NULL;

  memset (bytes, byte, sizeof bytes);
  seed = kan_secret_new_take (bytes, sizeof bytes);
  return kan_keys_new (seed);
}

static void
test_from_seed (void)
{
  g_autoptr (KanKeys) a = keys_from (1), again = keys_from (1), b = keys_from (2);

  g_assert_true (kan_equal (kan_keys_get_sign (a), kan_keys_get_sign (again), KAN_KEY_SIZE));
  g_assert_true (kan_equal (kan_keys_get_statement (a), kan_keys_get_statement (again), KAN_KEY_SIZE));
  g_assert_true (kan_equal (kan_keys_get_box (a), kan_keys_get_box (again), KAN_KEY_SIZE));
  g_assert_false (kan_equal (kan_keys_get_sign (a), kan_keys_get_sign (b), KAN_KEY_SIZE));
  g_assert_false (kan_equal (kan_keys_get_sign (a), kan_keys_get_statement (a), KAN_KEY_SIZE));
  g_assert_cmpuint (kan_secret_peek_bytes (kan_keys_peek_seed (a))[31], ==, 1);
}

/* Keys for a use of their own: the same from the same seed, another for each use and number. */
static void
test_derive (void)
{
  g_autoptr (KanKeys) a = keys_from (1), b = keys_from (2);
  g_autoptr (KanSecret) one = kan_keys_derive (a, "kandraft", 1), again = kan_keys_derive (a, "kandraft", 1);
  KanSecret *others[] = { kan_keys_derive (b, "kandraft", 1), kan_keys_derive (a, "kandraft", 2),
                          kan_keys_derive (a, "kanother", 1) };

  g_assert_cmpuint (kan_secret_get_size (one), ==, KAN_KEY_SIZE);
  g_assert_true (kan_equal (kan_secret_peek_bytes (one), kan_secret_peek_bytes (again), KAN_KEY_SIZE));
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_assert_false (kan_equal (kan_secret_peek_bytes (one), kan_secret_peek_bytes (others[i]), KAN_KEY_SIZE));
      kan_secret_free (others[i]);
    }
}

/* Computed by other libraries than libsodium. Every file written depends on them: they may never change. */
static void
test_golden (void)
{
  g_autoptr (KanKeys) keys = keys_from (1);
  g_autofree char *sign = kan_fingerprint (kan_keys_get_sign (keys));
  g_autofree char *statement = kan_fingerprint (kan_keys_get_statement (keys));
  g_autofree char *box = kan_fingerprint (kan_keys_get_box (keys));

  g_assert_cmpstr (sign, ==, "J3VC-HG6A-E16P-Y54V-JT68-6F68-1STR-BEM2");
  g_assert_cmpstr (statement, ==, "2HPJ-WZQQ-3BCN-RP9G-586D-A3PE-AZFS-781F");
  g_assert_cmpstr (box, ==, "F339-GPVJ-3YRZ-VEBK-BQG2-7SZS-E9QT-G4B3");
}

static void
test_sign (void)
{
  g_autoptr (KanKeys) keys = keys_from (1), other = keys_from (2);
  const guint8 message[] = "kanribo sig 1";
  guint8 signature[KAN_SIGNATURE_SIZE];

  kan_keys_sign (keys, KAN_SIGN_ACT, message, sizeof message, signature);
  g_assert_true (kan_signature_holds (kan_keys_get_sign (keys), message, sizeof message, signature));
  g_assert_false (kan_signature_holds (kan_keys_get_statement (keys), message, sizeof message, signature));
  g_assert_false (kan_signature_holds (kan_keys_get_sign (other), message, sizeof message, signature));
  g_assert_false (kan_signature_holds (kan_keys_get_sign (keys), message, sizeof message - 1, signature));
  signature[63] ^= 1;
  g_assert_false (kan_signature_holds (kan_keys_get_sign (keys), message, sizeof message, signature));
  kan_keys_sign (keys, KAN_SIGN_STATEMENT, message, sizeof message, signature);
  g_assert_true (kan_signature_holds (kan_keys_get_statement (keys), message, sizeof message, signature));
}

static void
test_box (void)
{
  g_autoptr (KanKeys) keys = keys_from (1), other = keys_from (2);
  const guint8 plain[] = "file key";
  guint8 boxed[sizeof plain + KAN_BOXED_EXTRA];
  g_autoptr (KanSecret) opened = NULL;

  g_assert_true (kan_box (kan_keys_get_box (keys), plain, sizeof plain, boxed));
  g_assert_null (kan_unbox (other, boxed, sizeof boxed));
  g_assert_null (kan_unbox (keys, boxed, sizeof boxed - 1));
  g_assert_null (kan_unbox (keys, boxed, KAN_BOXED_EXTRA - 1));
  opened = kan_unbox (keys, boxed, sizeof boxed);
  g_assert_cmpmem (kan_secret_peek_bytes (opened), kan_secret_get_size (opened), plain, sizeof plain);
  boxed[40] ^= 1;
  g_assert_null (kan_unbox (keys, boxed, sizeof boxed));
}

static void
test_box_refuses_null_key (void)
{
  const guint8 nobody[KAN_KEY_SIZE] = { 0 };
  guint8 boxed[1 + KAN_BOXED_EXTRA];

  g_assert_false (kan_box (nobody, (const guint8 *) "x", 1, boxed));
}

static void
test_fingerprint_shape (void)
{
  const guint8 key[KAN_KEY_SIZE] = { 0 };
  g_autofree char *text = kan_fingerprint (key);

  g_assert_true (g_regex_match_simple ("^([0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}$", text, 0, 0));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/keys/from-seed", test_from_seed);
  g_test_add_func ("/keys/derive", test_derive);
  g_test_add_func ("/keys/golden", test_golden);
  g_test_add_func ("/keys/sign", test_sign);
  g_test_add_func ("/keys/box", test_box);
  g_test_add_func ("/keys/box-refuses-null-key", test_box_refuses_null_key);
  g_test_add_func ("/keys/fingerprint-shape", test_fingerprint_shape);
  return g_test_run ();
}
