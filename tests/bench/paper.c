/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Printing through the command line, whole processes: a certificate and a register of 1,000 rows or more, from a file
 * whose slots are stretched lightly, as is told beside; and a certificate from a long chain behind slots as an office
 * has them. */
#include "bench/bench.h"

#include <glib/gstdio.h>

enum { ACTS = 17000, LONG = 100000, ROWS = 1000, RUNS = 9 };

static const BenchAim certificate_aim = { "a certificate, 17,000 acts", "ms", 150, FALSE };
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
                        passphrase, "--at", BENCH_AT, "--light", record, NULL };

  run (one, times);
  g_unlink (out);
}

static void
stretch (const KanSecret *passphrase, gboolean light, BenchSample *times)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanSecret) key = NULL;
  KanStretch how;
  double since;

  kan_stretch_set_light (light);
  kan_stretch_init (&how);
  since = bench_now ();
  key = kan_stretch (&how, passphrase, &error);
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

static void
measure (void)
{
  BenchSample certificate = { 0 }, reg = { 0 }, stretching = { 0 };
  g_autofree char *file = bench_file (ACTS, TRUE);
  g_autoptr(KanSecret) passphrase = bench_passphrase (file, BENCH_LOGIN);
  gint64 rows = n_batches (file);

  g_assert_cmpint (rows, >=, ROWS);
  for (guint i = 0; i < RUNS; i++)
    {
      stretch (passphrase, TRUE, &stretching);
      print (file, "destruction_certificate", "D1", &certificate);
      print (file, "batch", NULL, &reg);
    }
  printf ("# whole processes; a file of %d acts, a register of %d rows\n", ACTS, (int) rows);
  bench_tell ("light Argon2id therein", &stretching, "ms");
  bench_judge (&certificate_aim, &certificate);
  bench_judge (&register_aim, &reg);
}

/* The whole chain is followed before a paper says anything of it: what that comes to. */
static void
measure_long (void)
{
  BenchSample certificate = { 0 }, stretching = { 0 };
  g_autofree char *file = bench_file (LONG, FALSE);
  g_autoptr(KanSecret) passphrase = bench_passphrase (file, BENCH_LOGIN);

  for (guint i = 0; i < RUNS; i++)
    {
      stretch (passphrase, FALSE, &stretching);
      print (file, "destruction_certificate", "D1", &certificate);
    }
  bench_tell ("a certificate, 100,000 acts", &certificate, "ms");
  bench_tell ("Argon2id therein", &stretching, "ms");
}

int
main (int argc, char **argv)
{
  bench_start (argc, argv);
  kan_stretch_set_light (TRUE);
  measure ();
  measure_long ();
  return bench_end ();
}
