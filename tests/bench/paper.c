/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Printing through the command line, whole processes: a certificate and a register of 1,000 rows or more. The file's
 * slots are stretched lightly, and what that takes is told beside. */
#include "bench/bench.h"

#include <glib/gstdio.h>

enum { ACTS = 17000, ROWS = 1000, RUNS = 9 };

static const BenchAim certificate_aim = { "a certificate", "ms", 150, FALSE };
static const BenchAim register_aim = { "a register of 1,000 rows", "ms", 2000, FALSE };

static void
run (const char *const *argv, BenchSample *times)
{
  g_autoptr(GError) error = NULL;
  int status = 0;
  double since = bench_now ();

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, NULL, &status, &error);
  bench_add_since (times, since);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

static void
print (const char *file, const char *form, const char *record, BenchSample *times)
{
  g_autofree char *out = g_strdup_printf ("%s.pdf", file), *passphrase = bench_passphrase_file (file, BENCH_LOGIN);
  const char *one[] = { bench_program (), "print", file, form, "-o", out, "--as", BENCH_LOGIN, "--passphrase-file",
                       passphrase,
                        "--at", BENCH_AT, "--light", record, NULL };

  run (one, times);
  g_unlink (out);
}

static void
stretch_lightly (const KanSecret *passphrase, BenchSample *times)
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

static gint64
n_batches (const char *file)
{
  g_autoptr(KanDesk) desk = bench_open (file, KAN_VAULT_READ, BENCH_LOGIN);
  gint64 n = 0;

  g_assert_true (kan_db_get_int (kan_vault_get_db (kan_desk_get_vault (desk)), &n, NULL, "SELECT count(*) FROM batch",
                                 ""));
  return n;
}

int
main (int argc, char **argv)
{
  BenchSample certificate = { 0 }, reg = { 0 }, stretch = { 0 };
  g_autofree char *file = NULL;
  g_autoptr(KanSecret) passphrase = NULL;
  gint64 rows;

  bench_start (argc, argv);
  kan_stretch_set_light (TRUE);
  file = bench_file (ACTS, TRUE);
  passphrase = bench_passphrase (file, BENCH_LOGIN);
  rows = n_batches (file);
  g_assert_cmpint (rows, >=, ROWS);
  for (guint i = 0; i < RUNS; i++)
    {
      stretch_lightly (passphrase, &stretch);
      print (file, "destruction_certificate", "D1", &certificate);
      print (file, "batch", NULL, &reg);
    }
  printf ("# whole processes; the register has %d rows\n", (int) rows);
  bench_tell ("light Argon2id therein", &stretch, "ms");
  bench_judge (&certificate_aim, &certificate);
  bench_judge (&register_aim, &reg);
  return bench_end ();
}
