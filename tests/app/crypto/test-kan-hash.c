/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hashes against published values, in one go and in parts, with and without a key. */
#include "crypto/kan-crypto.h"

#include <string.h>

static char *
hex (const guint8 *bytes, gsize size)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < size; i++)
    g_string_append_printf (text, "%02x", bytes[i]);
  return g_string_free (text, FALSE);
}

static void
test_blake2b (void)
{
  static const struct { const char *message, *hash; } cases[] = {
    { "", "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8" },
    { "abc", "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = NULL;
      KanHash hash;

      kan_hash (cases[i].message, strlen (cases[i].message), &hash);
      text = hex (hash.bytes, sizeof hash.bytes);
      g_assert_cmpstr (text, ==, cases[i].hash);
    }
}

static void
test_in_parts (void)
{
  KanHash whole, parts;
  KanHasher hasher;

  kan_hash ("kanribo act 1", 13, &whole);
  kan_hasher_init (&hasher, NULL);
  kan_hasher_update (&hasher, "kanribo", 7);
  kan_hasher_update (&hasher, "", 0);
  kan_hasher_update (&hasher, " act 1", 6);
  kan_hasher_finish (&hasher, &parts);
  g_assert_true (kan_equal (&whole, &parts, sizeof whole));
}

static void
test_key_matters (void)
{
  g_autoptr (KanSecret) key = kan_secret_new_random (KAN_KEY_SIZE);
  KanHash plain, keyed, again;
  KanHasher hasher;

  kan_hash ("x", 1, &plain);
  kan_hasher_init (&hasher, key);
  kan_hasher_update (&hasher, "x", 1);
  kan_hasher_finish (&hasher, &keyed);
  kan_hasher_init (&hasher, key);
  kan_hasher_update (&hasher, "x", 1);
  kan_hasher_finish (&hasher, &again);
  g_assert_true (kan_equal (&keyed, &again, sizeof keyed));
  g_assert_false (kan_equal (&keyed, &plain, sizeof keyed));
}

/* RFC 4231, test case 2. */
static void
test_hmac (void)
{
  g_autofree char *text = NULL;
  guint8 mac[KAN_HMAC_SIZE];

  kan_hmac_sha512 ((const guint8 *) "Jefe", 4, "what do ya want ", 16, "for nothing?", 12, mac);
  text = hex (mac, sizeof mac);
  g_assert_cmpstr (text, ==, "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
                   "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hash/blake2b", test_blake2b);
  g_test_add_func ("/hash/in-parts", test_in_parts);
  g_test_add_func ("/hash/key-matters", test_key_matters);
  g_test_add_func ("/hash/hmac", test_hmac);
  return g_test_run ();
}
