/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Variant forms of characters in names. */
#include "values/kan-variants.h"

static void
test_forms (void)
{
  static const char *const same[] = {
    "高髙", "吉𠮷", "崎﨑嵜碕", "辺邊邉", "斉齊斎齋", "沢澤", "浜濱濵", "渉涉", "島嶋嶌", "柳栁桺", "館舘", "鶴靏靍", "園薗", "竜龍",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (same); i++)
    for (const char *p = same[i]; *p != '\0'; p = g_utf8_next_char (p))
      g_assert_cmpuint (kan_variant_fold (g_utf8_get_char (p)), ==, g_utf8_get_char (same[i]));
}

/* What is confused and is another character all the same stays one. */
static void
test_others (void)
{
  for (const char *p = "aア山田渡阪坂部巌岩畑畠椙杉\U000e0101\xee\x80\x80"; *p != '\0'; p = g_utf8_next_char (p))
    g_assert_cmpuint (kan_variant_fold (g_utf8_get_char (p)), ==, g_utf8_get_char (p));
}

/* No form leads on to a third, whichever character is asked for. */
static void
test_settled (void)
{
  for (gunichar c = 0; c < 0x30000; c++)
    g_assert_cmpuint (kan_variant_fold (kan_variant_fold (c)), ==, kan_variant_fold (c));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/values/variants/forms", test_forms);
  g_test_add_func ("/values/variants/others", test_others);
  g_test_add_func ("/values/variants/settled", test_settled);
  return g_test_run ();
}
