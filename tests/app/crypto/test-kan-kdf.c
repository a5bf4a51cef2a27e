/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys from passphrases and keys from keys: the cost is the one promised, bounds hold, subkeys are apart. */
#include "crypto/kan-crypto.h"

#include <string.h>

static KanSecret *
phrase (const char *text)
{
  g_autofree char *copy = g_strdup (text);

  return kan_secret_new_take ((guint8 *) copy, strlen (text));
}

static void
test_moderate_cost (void)
{
  KanStretch stretch;

  kan_stretch_set_light (FALSE);
  kan_stretch_init (&stretch);
  g_assert_cmpuint (stretch.passes, ==, 3);
  g_assert_cmpuint (stretch.memory, ==, 256 * 1024 * 1024);
  g_assert_true (kan_stretch_is_sound (&stretch));
}

static void
test_same_in_same_out (void)
{
  g_autoptr (KanSecret) right = phrase ("ひらけごま");
  g_autoptr (KanSecret) wrong = phrase ("ひらけごま ");
  g_autoptr (KanSecret) a = NULL, b = NULL, c = NULL, d = NULL;
  g_autoptr (GError) error = NULL;
  KanStretch stretch, other;

  kan_stretch_set_light (TRUE);
  kan_stretch_init (&stretch);
  kan_stretch_init (&other);
  a = kan_stretch (&stretch, right, &error);
  b = kan_stretch (&stretch, right, &error);
  c = kan_stretch (&stretch, wrong, &error);
  d = kan_stretch (&other, right, &error);
  g_assert_no_error (error);
  g_assert_true (kan_equal (kan_secret_peek_bytes (a), kan_secret_peek_bytes (b), KAN_KEY_SIZE));
  g_assert_false (kan_equal (kan_secret_peek_bytes (a), kan_secret_peek_bytes (c), KAN_KEY_SIZE));
  g_assert_false (kan_equal (kan_secret_peek_bytes (a), kan_secret_peek_bytes (d), KAN_KEY_SIZE));
}

static void
test_bounds (void)
{
  static const struct { guint32 passes; guint64 memory; gboolean sound; } cases[] = {
    { 0, 8192, FALSE },
    { 1, 8191, FALSE },
    { 1, 8192, TRUE },
    { 16, 8192, TRUE },
    { 17, 8192, FALSE },
    { 3, G_GUINT64_CONSTANT (1) << 30, TRUE },
    { 3, (G_GUINT64_CONSTANT (1) << 30) + 1, FALSE },
    { G_MAXUINT32, G_MAXUINT64, FALSE },
  };
  g_autoptr (KanSecret) secret = phrase ("x");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      KanStretch stretch = { .passes = cases[i].passes, .memory = cases[i].memory };
      g_autoptr (GError) error = NULL;
      g_autoptr (KanSecret) key = NULL;

      g_assert_cmpint (kan_stretch_is_sound (&stretch), ==, cases[i].sound);
      if (cases[i].sound)
        continue;
      key = kan_stretch (&stretch, secret, &error);
      g_assert_error (error, KAN_ERROR, KAN_ERROR_DAMAGED);
      g_assert_null (key);
    }
}

static void
test_subkeys (void)
{
  g_autoptr (KanSecret) root = kan_secret_new_random (KAN_KEY_SIZE);
  g_autoptr (KanSecret) a = kan_kdf_subkey (root, "kantest1", 1);
  g_autoptr (KanSecret) again = kan_kdf_subkey (root, "kantest1", 1);
  g_autoptr (KanSecret) other_id = kan_kdf_subkey (root, "kantest1", 2);
  g_autoptr (KanSecret) other_context = kan_kdf_subkey (root, "kantest2", 1);
  const guint8 *bytes = kan_secret_peek_bytes (a);

  g_assert_true (kan_equal (bytes, kan_secret_peek_bytes (again), KAN_KEY_SIZE));
  g_assert_false (kan_equal (bytes, kan_secret_peek_bytes (other_id), KAN_KEY_SIZE));
  g_assert_false (kan_equal (bytes, kan_secret_peek_bytes (other_context), KAN_KEY_SIZE));
  g_assert_false (kan_equal (bytes, kan_secret_peek_bytes (root), KAN_KEY_SIZE));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kdf/moderate-cost", test_moderate_cost);
  g_test_add_func ("/kdf/same-in-same-out", test_same_in_same_out);
  g_test_add_func ("/kdf/bounds", test_bounds);
  g_test_add_func ("/kdf/subkeys", test_subkeys);
  return g_test_run ();
}
