/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The body decoder under mutated and made-up bytes: whatever it is given, it answers, and what it accepts encodes to
 * the same bytes again. */
#include "fuzz/fuzz.h"
#include "ledger/kan-body.h"

#include <string.h>

enum { MUTATIONS = 6 };

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

int
main (int argc, char *argv[])
{
  return fuzz_run (argc, argv, "body", one_round);
}
