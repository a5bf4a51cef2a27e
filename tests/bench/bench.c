/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the benches share. */
#include "bench/bench.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#define MOST_NOISE 0.05

static guint n_judged, n_missed;

double
bench_now (void)
{
  return (double) g_get_monotonic_time () / 1000.0;
}

void
bench_add (BenchSample *sample, double value)
{
  g_assert_cmpuint (sample->n, <, G_N_ELEMENTS (sample->value));
  sample->value[sample->n++] = value;
}

void
bench_add_since (BenchSample *sample, double since)
{
  bench_add (sample, bench_now () - since);
}

static int
compare (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* What `share` of the sample lies below. */
static double
quantile (const BenchSample *sample, double share)
{
  BenchSample sorted = *sample;

  g_assert_cmpuint (sorted.n, >, 0);
  qsort (sorted.value, sorted.n, sizeof sorted.value[0], compare);
  return sorted.value[MIN ((guint) (share * sorted.n), sorted.n - 1)];
}

double
bench_median (const BenchSample *sample)
{
  return quantile (sample, 0.5);
}

/* Half of what the middle half of the sample spreads over. */
static double
noise (const BenchSample *sample)
{
  return (quantile (sample, 0.75) - quantile (sample, 0.25)) / 2;
}

/* Beside the aims: what they are made of. */
void
bench_tell (const char *name, const BenchSample *sample, const char *unit)
{
  printf ("#      %-38s %9.2f %-4s ± %.2f\n", name, bench_median (sample), unit, noise (sample));
}

static double
beyond (const BenchAim *aim, const BenchSample *sample)
{
  return (bench_median (sample) - aim->aim) * (aim->at_least ? -1 : 1);
}

/* It is missed where the median lies beyond it by more than the noise, of which a twentieth of the aim counts: figures
 * that spread wider are no excuse. */
gboolean
bench_keeps (const BenchAim *aim, const BenchSample *sample)
{
  return beyond (aim, sample) <= MIN (noise (sample), MOST_NOISE * aim->aim);
}

/* One TAP line for each aim. */
void
bench_judge (const BenchAim *aim, const BenchSample *sample)
{
  gboolean missed = !bench_keeps (aim, sample);

  n_judged++;
  n_missed += missed ? 1 : 0;
  printf ("%s %u - %s: %.2f %s ± %.2f (aim: at %s %g)%s\n", missed ? "not ok" : "ok", n_judged, aim->name,
          bench_median (sample), aim->unit, noise (sample), aim->at_least ? "least" : "most", aim->aim,
          missed ? " BEYOND" : beyond (aim, sample) > 0 ? " within the noise" : "");
}

/* The plan; and what the program is to exit with. */
int
bench_end (void)
{
  printf ("1..%u\n", n_judged);
  return n_missed > 0 ? 1 : 0;
}

gint64
bench_at (void)
{
  gint64 at = 0;

  g_assert_true (kan_minute_parse (BENCH_AT, &at));
  return at;
}

const char *
bench_program (void)
{
  static char *program;

  if (program == NULL)
    program = g_strdup (g_getenv ("KANRIBO"));
  if (program == NULL)
    program = g_build_filename (g_getenv ("G_TEST_BUILDDIR"), "..", "ui", "kanribo", NULL);
  return program;
}

char *
bench_passphrase_file (const char *file, const char *login)
{
  return g_strdup_printf ("%s.passphrases/%s", file, login);
}

KanSecret *
bench_passphrase (const char *file, const char *login)
{
  g_autofree char *path = bench_passphrase_file (file, login), *text = NULL;
  g_autoptr(GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  g_strchomp (text);
  return kan_secret_new_take ((guint8 *) text, strlen (text));
}

static KanDesk *
try_open (const char *file, KanVaultMode mode, const char *login, GError **error)
{
  g_autoptr(KanSecret) passphrase = bench_passphrase (file, login);
  g_autoptr(KanDesk) desk = kan_desk_open (file, mode, error);

  return desk != NULL && kan_desk_unlock (desk, login, passphrase, bench_at (), error) ? g_steal_pointer (&desk) : NULL;
}

KanDesk *
bench_open (const char *file, KanVaultMode mode, const char *login)
{
  g_autoptr(GError) error = NULL;
  KanDesk *desk = try_open (file, mode, login, &error);

  g_assert_no_error (error);
  return desk;
}

static void
remove_file (const char *file)
{
  g_autofree char *folder = g_strdup_printf ("%s.passphrases", file);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);

  for (const char *name = dir != NULL ? g_dir_read_name (dir) : NULL; name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
  g_unlink (file);
}

/* One that an older program built, with other tables, is built anew. */
static gboolean
is_there (const char *file)
{
  g_autoptr(KanDesk) desk = NULL;

  if (!g_file_test (file, G_FILE_TEST_EXISTS))
    return FALSE;
  desk = try_open (file, KAN_VAULT_READ, BENCH_LOGIN, NULL);
  return desk != NULL;
}

char *
bench_file (guint acts, gboolean light)
{
  g_autofree char *folder = g_build_filename (g_getenv ("G_TEST_BUILDDIR"), "bench-files", NULL);
  g_autofree char *file = g_strdup_printf ("%s/acts-%u%s.kanribo", folder, acts, light ? "-light" : "");
  g_autofree char *number = g_strdup_printf ("%u", acts);
  const char *argv[] = { bench_program (), "demo", file, "--acts", number, "--at", BENCH_AT, light ? "--light" : NULL,
                        NULL };
  g_autoptr(GError) error = NULL;
  int status = 0;
  double since = bench_now ();

  if (is_there (file))
    return g_steal_pointer (&file);
  g_mkdir_with_parents (folder, 0700);
  remove_file (file);
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  printf ("# built %u acts in %.1f s\n", acts, (bench_now () - since) / 1000);
  return g_steal_pointer (&file);
}

/* Another file with the same content, for benches that write. */
char *
bench_copy (const char *file)
{
  char *copy = g_strdup_printf ("%s-copy", file);
  g_autoptr(GFile) from = g_file_new_for_path (file), into = g_file_new_for_path (copy);
  g_autoptr(GError) error = NULL;

  g_file_copy (from, into, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return copy;
}

void
bench_start (int argc, char **argv)
{
  g_autoptr(GError) error = NULL;

  (void) argc;
  (void) argv;
  /* the same file is measured again and again, copies of it go further: nothing is remembered of what was seen */
  g_setenv ("XDG_STATE_HOME", "/dev/null", TRUE);
  setlocale (LC_ALL, "");
  g_assert_nonnull (g_getenv ("G_TEST_BUILDDIR"));
  g_assert_true (kan_crypto_init (&error));
  setvbuf (stdout, NULL, _IOLBF, 0);
}
