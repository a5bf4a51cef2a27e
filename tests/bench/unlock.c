/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unlocking 100,000 acts beside what Argon2id alone takes, and the status after it. */
#include "bench/bench.h"

enum { ACTS = 100000, RUNS = 9 };

static const BenchAim unlock_aim = { "unlocking beyond Argon2id", "ms", 50, FALSE };
static const BenchAim status_aim = { "status after unlocking", "ms", 100, FALSE };

static void
stretch_once (const KanSecret *passphrase, BenchSample *times)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanSecret) key = NULL;
  KanStretch stretch;
  double since;

  kan_stretch_init (&stretch);
  since = bench_now ();
  key = kan_stretch (&stretch, passphrase, &error);
  bench_add_since (times, since);
  g_assert_no_error (error);
}

static void
unlock_once (const char *file, const KanSecret *passphrase, BenchSample *unlock, BenchSample *status)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) due = NULL;
  double since = bench_now ();
  g_autoptr(KanDesk) desk = kan_desk_open (file, KAN_VAULT_WRITE, &error);

  g_assert_no_error (error);
  g_assert_true (kan_desk_unlock (desk, BENCH_LOGIN, passphrase, bench_at (), &error));
  bench_add_since (unlock, since);
  since = bench_now ();
  due = kan_desk_list_due (desk, &error);
  bench_add_since (status, since);
  g_assert_no_error (error);
  g_assert_cmpuint (due->len, >, 0);
}

int
main (int argc, char **argv)
{
  BenchSample stretch = { 0 }, unlock = { 0 }, status = { 0 }, more = { 0 };
  g_autofree char *file = NULL;
  g_autoptr(KanSecret) passphrase = NULL;

  bench_start (argc, argv);
  file = bench_file (ACTS, FALSE);
  passphrase = bench_passphrase (file, BENCH_LOGIN);
  for (guint i = 0; i < RUNS; i++)
    {
      stretch_once (passphrase, &stretch);
      unlock_once (file, passphrase, &unlock, &status);
      bench_add (&more, unlock.value[i] - stretch.value[i]);
    }
  bench_tell ("Argon2id alone", &stretch, "ms");
  bench_tell ("open and unlock", &unlock, "ms");
  bench_judge (&unlock_aim, &more);
  bench_judge (&status_aim, &status);
  return bench_end ();
}
