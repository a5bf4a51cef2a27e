/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The body decoder under mutated and made-up bytes: whatever it is given, it answers, and what it accepts encodes to
 * the
   same bytes again. A fixed number of rounds from a fixed seed; KAN_FUZZ_SECONDS makes it go on from a random one. */
#include "ledger/kan-body.h"

#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 20000, SEED = 20260213, MUTATIONS = 6 };

static char *
random_text (GRand *rand)
{
  GString *text = g_string_new (NULL);

  for (gint32 n = g_rand_int_range (rand, 0, 12); n > 0; n--)
    {
      gunichar c = (gunichar) g_rand_int_range (rand, 1, g_rand_boolean (rand) ? 0x80 : 0x110000);

      if (g_unichar_validate (c))
        g_string_append_unichar (text, c);
    }
  return g_string_free (text, FALSE);
}

static void
add_list (GRand *rand, KanBody *body, const char *key)
{
  g_auto(GStrv) list = g_new0 (char *, 5);

  for (gint32 i = 0, n = g_rand_int_range (rand, 0, 5); i < n; i++)
    list[i] = random_text (rand);
  kan_body_set_list (body, key, (const char *const *) list);
}

static KanBody *
random_body (GRand *rand, gboolean rows)
{
  KanBody *body = kan_body_new ();

  for (gint32 n = g_rand_int_range (rand, 0, 8); n > 0; n--)
    {
      g_autofree char *text = random_text (rand), *key = g_strdup_printf ("%ck%s", 'a' + n, text);

      switch (g_rand_int_range (rand, 0, rows ? 5 : 4))
        {
        case 0:
          kan_body_set_text (body, key, text);
          break;
        case 1:
          kan_body_set_int (body, key, (gint64) g_rand_int (rand) << g_rand_int_range (rand, 0, 22) >> 1);
          break;
        case 2:
          kan_body_set_yes (body, key, g_rand_boolean (rand));
          break;
        case 3:
          add_list (rand, body, key);
          break;
        default:
          for (gint32 i = g_rand_int_range (rand, 1, 4); i > 0; i--)
            kan_body_add_row (body, key, random_body (rand, FALSE));
        }
    }
  return body;
}

static void
mutate (GRand *rand, GString *json)
{
  static const char *const bits[] = { "{", "}", "[", "]", "\"", ",", ":", "\\", "\\u001f", "-", "0",
                                      "9007199254740992", "true",
                                      " ", "\xff" };
  gssize at = g_rand_int_range (rand, 0, (gint32) json->len + 1), n = g_rand_int_range (rand, 0, 5);

  switch (g_rand_int_range (rand, 0, 3))
    {
    case 0:
      g_string_insert (json, at, bits[g_rand_int_range (rand, 0, G_N_ELEMENTS (bits))]);
      break;
    case 1:
      g_string_erase (json, at, MIN (n, (gssize) json->len - at));
      break;
    default:
      if (at < (gssize) json->len)
        json->str[at] = (char) g_rand_int (rand);
    }
}

static gboolean
one_round (GRand *rand)
{
  g_autoptr(KanBody) made = random_body (rand, TRUE);
  g_autofree char *written = kan_body_encode (made, NULL);
  g_autoptr(GString) json = g_string_new (written);
  gint32 n = g_rand_int_range (rand, 0, MUTATIONS);
  g_autofree char *exact = NULL, *again = NULL;
  g_autoptr(KanBody) body = NULL;
  gsize size = 0;

  for (gint32 i = 0; i < n; i++)
    mutate (rand, json);
  /* a copy of just these bytes, so that a read past the end is one past an allocation */
  exact = g_memdup2 (json->str, json->len);
  body = kan_body_decode (exact, json->len, NULL);
  g_assert_true (body != NULL || n > 0);
  if (body == NULL)
    return FALSE;
  again = kan_body_encode (body, &size);
  g_assert_cmpmem (again, size, json->str, json->len);
  return TRUE;
}

static void
test_fixed (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (SEED);
  guint n_accepted = 0;

  for (guint i = 0; i < ROUNDS; i++)
    n_accepted += one_round (rand);
  g_test_message ("%u of %u accepted", n_accepted, (guint) ROUNDS);
  g_assert_cmpuint (n_accepted, >, ROUNDS / 20);
  g_assert_cmpuint (n_accepted, <, ROUNDS);
}

static void
test_going_on (void)
{
  gint64 until = g_get_monotonic_time () + atol (g_getenv ("KAN_FUZZ_SECONDS")) * G_USEC_PER_SEC;
  guint32 seed = g_random_int ();
  g_autoptr(GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  while (g_get_monotonic_time () < until)
    one_round (rand);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/body/fixed", test_fixed);
  if (g_getenv ("KAN_FUZZ_SECONDS") != NULL)
    g_test_add_func ("/body/going-on", test_going_on);
  return g_test_run ();
}
