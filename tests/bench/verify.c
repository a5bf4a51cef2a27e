/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verifying a file beside the bare checks of the same signatures on the same cores, and the memory it takes: with
 * KAN_BENCH_MILLION in the environment at a million acts too, which takes minutes to make and minutes to verify. */
#include "bench/bench.h"

#include <string.h>
#include <unistd.h>

enum { LOOK_EVERY = 2000 /* microseconds */, LEAST_LOOKS = 50 };
enum { RUNS = 5, THREADS = 2, MESSAGE_SIZE = 13 + KAN_HASH_SIZE };

static const BenchAim share_aim = { "verify 100,000 acts, of the bare rate", "%", 60, TRUE };
static const BenchAim growth_aim = { "verify's memory at 100,000 acts, of that at 10,000", "times", 1.25, FALSE };
/* By then every cache is full: nothing else may grow. */
static const BenchAim million_aim = { "verify's memory at 1,000,000 acts, of that at 100,000", "times", 1.05, FALSE };

typedef struct { guint8 key[KAN_KEY_SIZE], message[MESSAGE_SIZE], signature[KAN_SIGNATURE_SIZE]; } Signed;
typedef struct { const Signed *first; gsize n, n_holding; } Share;
typedef struct { double peak; guint n_looks; int stop; } Watch;

/* What lies in memory now, in MiB. Where nobody tells, nothing is judged. */
static double
resident (void)
{
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;
  const char *resident_pages;
  gint64 pages;

  g_file_get_contents ("/proc/self/statm", &text, NULL, &error);
  g_assert_no_error (error);
  resident_pages = strchr (text, ' ');
  pages = resident_pages != NULL ? g_ascii_strtoll (resident_pages, NULL, 10) : 0;
  g_assert_cmpint (pages, >, 0);
  return (double) pages * (double) sysconf (_SC_PAGESIZE) / (1024 * 1024);
}

/* Looks again and again until it is told to stop: what unlocking took is given back by then and hides nothing. */
static gpointer
watch_memory (gpointer data)
{
  Watch *watch = data;

  while (!g_atomic_int_get (&watch->stop))
    {
      watch->peak = MAX (watch->peak, resident ());
      watch->n_looks++;
      g_usleep (LOOK_EVERY);
    }
  return NULL;
}

static GArray *
read_signed (KanDesk *desk, gint64 last)
{
  GArray *all = g_array_sized_new (FALSE, FALSE, sizeof (Signed), (guint) last);
  g_autoptr(GError) error = NULL;

  for (gint64 first = 1; first <= last; first += 1000)
    {
      g_autoptr(GPtrArray) acts = kan_ledger_read (kan_vault_get_db (kan_desk_get_vault (desk)), first,
                                                   MIN (first + 999, last), &error);

      g_assert_no_error (error);
      for (guint i = 0; i < acts->len; i++)
        {
          const KanAct *act = g_ptr_array_index (acts, i);
          Signed one;

          memcpy (one.key, act->key, sizeof one.key);
          memcpy (one.message, "kanribo sig 1", 13);
          memcpy (one.message + 13, act->hash.bytes, KAN_HASH_SIZE);
          memcpy (one.signature, act->signature, sizeof one.signature);
          g_array_append_val (all, one);
        }
    }
  return all;
}

static gpointer
check_share (gpointer data)
{
  Share *share = data;

  for (gsize i = 0; i < share->n; i++)
    share->n_holding += (gsize) kan_signature_holds (share->first[i].key, share->first[i].message, MESSAGE_SIZE,
                                                     share->first[i].signature);
  return NULL;
}

static void
check_bare (const GArray *all, BenchSample *times)
{
  GThread *threads[THREADS];
  Share shares[THREADS];
  gsize holding = 0, each = all->len / THREADS;
  double since = bench_now ();

  for (guint i = 0; i < THREADS; i++)
    {
      shares[i] = (Share) { &g_array_index (all, Signed, i * each), i + 1 < THREADS ? each : all->len - i * each, 0 };
      threads[i] = g_thread_new ("bare", check_share, &shares[i]);
    }
  for (guint i = 0; i < THREADS; i++)
    {
      g_thread_join (threads[i]);
      holding += shares[i].n_holding;
    }
  bench_add_since (times, since);
  g_assert_cmpuint (holding, ==, all->len);
}

static void
verify_once (KanDesk *desk, BenchSample *times)
{
  g_autoptr(GError) error = NULL;
  KanVerifyOptions options = { .n_threads = THREADS };
  double since = bench_now ();
  g_autoptr(KanVerdict) verdict = kan_desk_verify (desk, &options, &error);

  bench_add_since (times, since);
  g_assert_no_error (error);
  g_assert_cmpuint (verdict->faults->len, ==, 0);
}

/* The most that lies in memory while verification runs, in MiB. */
static double
verify_watched (KanDesk *desk)
{
  BenchSample unused = { 0 };
  Watch watch = { 0 };
  double before = resident ();
  GThread *thread = g_thread_new ("watch", watch_memory, &watch);

  verify_once (desk, &unused);
  g_atomic_int_set (&watch.stop, 1);
  g_thread_join (thread);
  g_assert_cmpuint (watch.n_looks, >=, LEAST_LOOKS);
  printf ("#      memory before verifying %.1f MiB, at most %.1f MiB in %u looks\n", before, watch.peak, watch.n_looks);
  return watch.peak;
}

static double
compare (guint n_acts, const BenchAim *aim)
{
  BenchSample whole = { 0 }, bare = { 0 }, share = { 0 }, peak = { 0 };
  g_autofree char *file = bench_file (n_acts, FALSE);
  g_autoptr(KanDesk) desk = bench_open (file, KAN_VAULT_WRITE, BENCH_LOGIN);
  g_autoptr(GArray) all = NULL;

  bench_add (&peak, verify_watched (desk));
  all = read_signed (desk, n_acts);
  for (guint i = 0; i < RUNS; i++)
    {
      check_bare (all, &bare);
      verify_once (desk, &whole);
      bench_add (&share, 100 * bare.value[i] / whole.value[i]);
    }
  printf ("# %u acts, %d threads: %.1f µs an act\n", n_acts, THREADS, bench_median (&whole) * 1000 / n_acts);
  bench_tell ("verify", &whole, "ms");
  bench_tell ("bare signature checks", &bare, "ms");
  bench_tell ("of the bare rate", &share, "%");
  bench_tell ("peak memory", &peak, "MiB");
  if (aim != NULL)
    bench_judge (aim, &share);
  return bench_median (&peak);
}

static double
watch_million (void)
{
  g_autofree char *file = bench_file (1000000, FALSE);
  g_autoptr(KanDesk) desk = bench_open (file, KAN_VAULT_WRITE, BENCH_LOGIN);

  return verify_watched (desk);
}

static void
judge_growth (const BenchAim *aim, double larger, double smaller)
{
  BenchSample growth = { 0 };

  bench_add (&growth, larger / smaller);
  bench_judge (aim, &growth);
}

int
main (int argc, char **argv)
{
  double small, large;

  bench_start (argc, argv);
  small = compare (10000, NULL);
  large = compare (100000, &share_aim);
  judge_growth (&growth_aim, large, small);
  if (g_getenv ("KAN_BENCH_MILLION") != NULL)
    judge_growth (&million_aim, watch_million (), large);
  return bench_end ();
}
