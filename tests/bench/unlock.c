/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unlocking 100,000 acts beside what Argon2id alone takes, and the status after it. Aim: Argon2id plus 50 ms;
 * status 100 ms. */
#include "bench/bench.h"

enum { ACTS = 100000, RUNS = 9 };

static void
stretch_once (const KanSecret *passphrase, BenchTimes *times)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanSecret) key = NULL;
  KanStretch stretch;
  double since;

  kan_stretch_init (&stretch);
  since = bench_now ();
  key = kan_stretch (&stretch, passphrase, &error);
  bench_add (times, since);
  g_assert_no_error (error);
}

static void
unlock_once (const char *file, const KanSecret *passphrase, BenchTimes *unlock, BenchTimes *status)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) due = NULL;
  double since = bench_now ();
  g_autoptr(KanDesk) desk = kan_desk_open (file, KAN_VAULT_WRITE, &error);

  g_assert_no_error (error);
  g_assert_true (kan_desk_unlock (desk, BENCH_LOGIN, passphrase, bench_at (), &error));
  bench_add (unlock, since);
  since = bench_now ();
  due = kan_desk_list_due (desk, &error);
  bench_add (status, since);
  g_assert_no_error (error);
  g_assert_cmpuint (due->len, >, 0);
}

int
main (int argc, char **argv)
{
  BenchTimes stretch = { 0 }, unlock = { 0 }, status = { 0 }, more = { 0 };
  g_autofree char *file = NULL;
  g_autoptr(KanSecret) passphrase = NULL;

  bench_start (argc, argv);
  file = bench_file (ACTS, FALSE);
  passphrase = bench_passphrase (file, BENCH_LOGIN);
  for (guint i = 0; i < RUNS; i++)
    {
      stretch_once (passphrase, &stretch);
      unlock_once (file, passphrase, &unlock, &status);
      more.ms[more.n++] = unlock.ms[i] - stretch.ms[i];
    }
  printf ("unlock, %d acts, median of %d\n", ACTS, RUNS);
  printf ("  Argon2id alone           %8.1f ms\n", bench_median (&stretch));
  printf ("  open and unlock          %8.1f ms\n", bench_median (&unlock));
  printf ("  more than Argon2id       %8.1f ms   (aim: 50)\n", bench_median (&more));
  printf ("  status                   %8.1f ms   (aim: 100)\n", bench_median (&status));
  return 0;
}
