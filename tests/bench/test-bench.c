/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a bench judges: noise excuses a little beyond an aim, and figures that spread wide excuse no more. */
#include "bench/bench.h"

static const BenchAim at_most = { "at most", "ms", 100, FALSE }, at_least = { "at least", "%", 60, TRUE };

/* Whether the middle of five figures passes, spread on both sides of it by so much. */
static gboolean
passes (const BenchAim *aim, double middle, double spread)
{
  BenchSample sample = { { middle - spread, middle - spread, middle, middle + spread, middle + spread }, 5 };

  return bench_judge (aim, &sample);
}

int
main (void)
{
  static const struct { const BenchAim *aim; double middle, spread; gboolean passes; } cases[] = {
    { &at_most, 100, 0, TRUE }, { &at_most, 101, 0, FALSE }, { &at_most, 104, 5, TRUE }, { &at_most, 106, 5, FALSE },
    { &at_most, 106, 50, FALSE },
    { &at_least, 60, 0, TRUE }, { &at_least, 59, 0, FALSE }, { &at_least, 58, 5, TRUE }, { &at_least, 50, 40, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (passes (cases[i].aim, cases[i].middle, cases[i].spread), ==, cases[i].passes);
  g_assert_cmpint (bench_end (), ==, 1);
  return 0;
}
