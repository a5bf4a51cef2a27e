/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verifying a file beside the bare checks of the same signatures on the same cores, and the memory it takes. */
#include "bench/bench.h"

#include <string.h>

enum { RUNS = 5, THREADS = 2, MESSAGE_SIZE = 13 + KAN_HASH_SIZE };

static const BenchAim share_aim = { "verify 100,000 acts, of the bare rate", "%", 60, TRUE };
static const BenchAim growth_aim = { "verify's memory at ten times the acts", "times", 1.25, FALSE };

typedef struct { guint8 key[KAN_KEY_SIZE], message[MESSAGE_SIZE], signature[KAN_SIGNATURE_SIZE]; } Signed;
typedef struct { const Signed *first; gsize n, n_holding; } Share;

/* Peak resident memory in KiB since the last call of forget_peak(). */
static guint64
peak_memory (void)
{
  g_autofree char *text = NULL;
  const char *line;

  g_assert_true (g_file_get_contents ("/proc/self/status", &text, NULL, NULL));
  line = strstr (text, "VmHWM:");
  g_assert_nonnull (line);
  return g_ascii_strtoull (line + 6 + strspn (line + 6, " \t"), NULL, 10);
}

/* Argon2id's quarter of a gibibyte would hide everything else. */
static void
forget_peak (void)
{
  FILE *refs = fopen ("/proc/self/clear_refs", "w");

  if (refs == NULL || fputs ("5", refs) < 0)
    printf ("  (the peak of unlocking cannot be forgotten here)\n");
  if (refs != NULL)
    fclose (refs);
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

static double
compare (guint n_acts, const BenchAim *aim)
{
  BenchSample first = { 0 }, whole = { 0 }, bare = { 0 }, share = { 0 }, peak = { 0 };
  g_autofree char *file = bench_file (n_acts, FALSE);
  g_autoptr(KanDesk) desk = bench_open (file, KAN_VAULT_WRITE, BENCH_LOGIN);
  g_autoptr(GArray) all = NULL;

  forget_peak ();
  verify_once (desk, &first);
  bench_add (&peak, (double) peak_memory () / 1024);
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

int
main (int argc, char **argv)
{
  BenchSample growth = { 0 };
  double small, large;

  bench_start (argc, argv);
  small = compare (10000, NULL);
  large = compare (100000, &share_aim);
  bench_add (&growth, large / small);
  bench_judge (&growth_aim, &growth);
  return bench_end ();
}
