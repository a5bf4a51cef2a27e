/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The anchor: printed, typed again by a tired person, compared. */
#include "ledger/kan-ledger.h"

#include <string.h>

static KanHash
counted_hash (void)
{
  KanHash hash;

  for (guint i = 0; i < KAN_HASH_SIZE; i++)
    hash.bytes[i] = (guint8) (i * 37 + 11);
  return hash;
}

static void
test_golden (void)
{
  KanHash hash = counted_hash (), ones;
  g_autofree char *counted = kan_anchor_format (4711, &hash), *highest = NULL;

  memset (&ones, 0xff, sizeof ones);
  highest = kan_anchor_format (1, &ones);
  g_assert_cmpstr (counted, ==, "4711-1CR5-AYMZ-RKMG-WCTR-FPHC-FV0H-6SDR-19EA");
  g_assert_cmpstr (highest, ==, "1-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ");
}

static void
test_typed (void)
{
  static const char *const typed[] = {
    "7-0000-0000-0000-0000-0000-0000-0000-0001", "7-00000000000000000000000000000001",
    "7-oooo oooO 0000 0000 0000 0000 0000 000l",
    "7-0000-0000-0000-0000-0000-0000-0000-000I", "7-0000-0000-0000-0000-0000-0000-0000-0001 ",
    "7-０000-0000-0000-0000-0000-0000-0000-0001",
    "７－００００－００００－００００－００００－ＯＯＯＯ－００００－００００－０００１",
    "７ー0000−0000‐0000ｰ0000　0000 0000 0000 000ｌ", " 7-0000-0000-0000-0000-0000-0000-0000-0001",
    "KANRIBO1:7:00000000000000000000000000000001:transport_slip:T12",
    "KANRIBO1:7:00000000000000000000000000000001:medium:", "kanribo1:7:00000000000000000000000000000001",
    "ＫＡＮＲＩＢＯ１：７：０００００００００００００００００００００００００００００００１：ｘ：",
  };
  KanHash hash = { 0 };

  hash.bytes[19] = 1;
  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      guint8 bits[20];
      gint64 seq = 0;

      g_assert_true (kan_anchor_parse (typed[i], &seq, bits));
      g_assert_cmpint (seq, ==, 7);
      g_assert_true (kan_anchor_holds (bits, &hash));
    }
}

static void
test_not_one (void)
{
  static const char *const typed[] = {
    "", "7", "7-", "-0000-0000-0000-0000-0000-0000-0000-0001", "0-0000-0000-0000-0000-0000-0000-0000-0001",
    "-7-0000-0000-0000-0000-0000-0000-0000-0001", "7 0000-0000-0000-0000-0000-0000-0000-0001",
    "7-0000-0000-0000-0000-0000-0000-0000-000", "7-0000-0000-0000-0000-0000-0000-0000-00000",
    "7-0000-0000-0000-0000-0000-0000-0000-000U", "7-0000-0000-0000-0000-0000-0000-0000-000*",
    "KANRIBO2:7:00000000000000000000000000000001:x:", "KANRIBO1:00000000000000000000000000000001:x:",
    "7:00000000000000000000000000000001:x:", "KANRIBO1:7:0000000000000000000000000000001:0:", "7-\xff",
    "x7-0000-0000-0000-0000-0000-0000-0000-0001",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      guint8 bits[20];
      gint64 seq = 0;

      if (kan_anchor_parse (typed[i], &seq, bits))
        g_error ("taken for an anchor: %s", typed[i]);
    }
}

/* Each of the 160 bits counts, and none behind them does. */
static void
test_each_bit_counts (void)
{
  KanHash hash = counted_hash ();
  g_autofree char *printed = kan_anchor_format (1, &hash);
  guint8 bits[20];
  gint64 seq = 0;

  g_assert_true (kan_anchor_parse (printed, &seq, bits));
  for (guint bit = 0; bit < KAN_HASH_SIZE * 8; bit++)
    {
      KanHash other = hash;
      g_autofree char *again = NULL;

      other.bytes[bit / 8] ^= (guint8) (0x80 >> bit % 8);
      again = kan_anchor_format (1, &other);
      g_assert_cmpint (kan_anchor_holds (bits, &other), ==, bit >= 160);
      g_assert_cmpint (strcmp (again, printed) == 0, ==, bit >= 160);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/anchor/golden", test_golden);
  g_test_add_func ("/anchor/typed", test_typed);
  g_test_add_func ("/anchor/not-one", test_not_one);
  g_test_add_func ("/anchor/each-bit-counts", test_each_bit_counts);
  return g_test_run ();
}
