/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a bench judges: noise excuses a little beyond an aim, and figures that spread wide excuse no more. */
#include "bench/bench.h"

static const BenchAim at_most = { "at most", "ms", 100, FALSE }, at_least = { "at least", "%", 60, TRUE };

/* The middle of five figures, spread on both sides of it by so much. */
static void
test_keeps (void)
{
  static const struct { const BenchAim *aim; double middle, spread; gboolean keeps; } cases[] = {
    { &at_most, 100, 0, TRUE }, { &at_most, 101, 0, FALSE }, { &at_most, 104, 5, TRUE }, { &at_most, 106, 5, FALSE },
    { &at_most, 106, 50, FALSE },
    { &at_least, 60, 0, TRUE }, { &at_least, 59, 0, FALSE }, { &at_least, 58, 5, TRUE }, { &at_least, 50, 40, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      double middle = cases[i].middle, spread = cases[i].spread;
      BenchSample sample = { { middle - spread, middle - spread, middle, middle + spread, middle + spread }, 5 };

      g_assert_cmpint (bench_keeps (cases[i].aim, &sample), ==, cases[i].keeps);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bench/keeps", test_keeps);
  return g_test_run ();
}
