/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The memory beneath SQLite: what is given back is wiped, what is in use is locked, and both go on where the system
 * gives or locks no more. */
#define _GNU_SOURCE
#include "app/db/db-fixture.h"

#include "db/kan-memory.h"

#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>

enum { MIB = 1024 * 1024, NOBODY = 65534 };

static gboolean
is_filled (const guint8 *bytes, gsize size, guint8 with)
{
  for (gsize i = 0; i < size; i++)
    if (bytes[i] != with)
      return FALSE;
  return TRUE;
}

/* All that is given, not only what was asked for. */
static guint8 *
filled (int size, guint8 with)
{
  guint8 *bytes = kan_memory_alloc (size);

  g_assert_nonnull (bytes);
  g_assert_true (is_filled (bytes, (gsize) kan_memory_size (bytes), 0));
  memset (bytes, with, (gsize) kan_memory_size (bytes));
  return bytes;
}

typedef gboolean (*MappingFunc) (const char *start, const char *end, const char *flags, gpointer data);

/* Each mapping that may be read and written, with the kernel's flags for it: `lo` locked, `dd` not dumped. */
static gboolean
any_mapping (MappingFunc func, gpointer data)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  const char *start = NULL, *end = NULL;
  gboolean found = FALSE;

  g_assert_true (g_file_get_contents ("/proc/self/smaps", &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL && !found; i++)
    {
      guint64 from, to;
      char mode[5];

      if (sscanf (lines[i], "%" G_GINT64_MODIFIER "x-%" G_GINT64_MODIFIER "x %4s", &from, &to, mode) == 3)
        {
          start = g_str_has_prefix (mode, "rw") ? (const char *) (guintptr) from : NULL;
          end = (const char *) (guintptr) to;
        }
      else if (start != NULL && g_str_has_prefix (lines[i], "VmFlags:"))
        found = func (start, end, lines[i], data);
    }
  return found;
}

typedef struct { const char *bytes, *flag; } Flagged;

static gboolean
has_flag_cb (const char *start, const char *end, const char *flags, gpointer data)
{
  const Flagged *asked = data;

  return start <= asked->bytes && asked->bytes < end && strstr (flags, asked->flag) != NULL;
}

static gboolean
has_flag (gconstpointer bytes, const char *flag)
{
  Flagged asked = { bytes, flag };

  return any_mapping (has_flag_cb, &asked);
}

/* Under AddressSanitizer nothing is locked, and that without an error. */
static gboolean
may_lock (void)
{
  gpointer own = mmap (NULL, MIB, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  gboolean may = mlock (own, MIB) == 0 && has_flag (own, " lo");

  munmap (own, MIB);
  return may;
}

static void
test_sizes (void)
{
  static const int large[] = { 8193, 16384, 65536, 100000, MIB, 5 * MIB + 1 };

  for (int n = 1; n <= 8192; n += 7)
    {
      guint8 *bytes = filled (n, 1), *other = filled (n, 2);

      g_assert_cmpint (kan_memory_round (n), >=, n);
      g_assert_cmpint (kan_memory_round (n), <=, n + MAX (15, n / 8));
      g_assert_cmpint (kan_memory_size (bytes), ==, kan_memory_round (n));
      g_assert_cmpint (kan_memory_round (kan_memory_round (n)), ==, kan_memory_round (n));
      g_assert_cmpuint ((guintptr) bytes % 16, ==, 0);
      g_assert_true (is_filled (bytes, (gsize) kan_memory_size (bytes), 1));
      kan_memory_free (bytes);
      g_assert_true (is_filled (other, (gsize) kan_memory_size (other), 2));
      kan_memory_free (other);
    }
  for (guint i = 0; i < G_N_ELEMENTS (large); i++)
    {
      guint8 *bytes = filled (large[i], 1);

      g_assert_cmpint (kan_memory_size (bytes), ==, kan_memory_round (large[i]));
      g_assert_cmpint (kan_memory_round (kan_memory_round (large[i])), ==, kan_memory_round (large[i]));
      g_assert_cmpuint ((guintptr) bytes % 16, ==, 0);
      kan_memory_free (bytes);
    }
  g_assert_null (kan_memory_alloc (0));
  g_assert_null (kan_memory_alloc (G_MAXINT));
  kan_memory_free (NULL);
}

/* A neighbour keeps the slab; a single piece of this size is kept for the next. */
static void
test_wiped (void)
{
  static const int sizes[] = { 1, 16, 100, 512, 4360, 8192, 20000, 100000 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      guint8 *neighbour = filled (sizes[i], 1), *bytes = filled (sizes[i], 2);
      gsize size = (gsize) kan_memory_size (bytes);

      g_test_message ("%d", sizes[i]);
      kan_memory_free (bytes);
      g_assert_true (is_filled (bytes, size, 0));
      g_assert_true (is_filled (neighbour, size, 1));
      kan_memory_free (neighbour);
    }
}

static void
test_resize (void)
{
  guint8 *neighbour = filled (100, 1), *bytes = filled (100, 2), *larger = NULL;
  gsize size = (gsize) kan_memory_size (bytes);

  g_assert_true (kan_memory_resize (bytes, 50) == bytes);
  g_assert_true (kan_memory_resize (bytes, (int) size) == bytes);
  larger = kan_memory_resize (bytes, 30000);
  g_assert_true (is_filled (larger, size, 2));
  g_assert_true (is_filled (larger + size, (gsize) kan_memory_size (larger) - size, 0));
  g_assert_true (is_filled (bytes, size, 0));
  kan_memory_free (larger);
  kan_memory_free (neighbour);
}

static gpointer
churn_cb (gpointer data)
{
  guint8 *held[256] = { NULL }, own = (guint8) GPOINTER_TO_UINT (data);
  g_autoptr (GRand) random = g_rand_new_with_seed (own);

  for (guint i = 0; i < 200000; i++)
    {
      guint at = (guint) g_rand_int_range (random, 0, G_N_ELEMENTS (held));
      int size = g_rand_int_range (random, 0, 1000) == 0 ? 20000 : 16 << g_rand_int_range (random, 0, 3);
      guint8 *bytes = held[at];

      g_assert_true (bytes == NULL || is_filled (bytes, (gsize) kan_memory_size (bytes), own));
      if (bytes != NULL && g_rand_boolean (random))
        held[at] = kan_memory_resize (bytes, size);
      else
        kan_memory_free (g_steal_pointer (&held[at]));
      held[at] = held[at] != NULL ? held[at] : filled (size, own);
      memset (held[at], own, (gsize) kan_memory_size (held[at]));
    }
  for (guint i = 0; i < G_N_ELEMENTS (held); i++)
    kan_memory_free (held[i]);
  return NULL;
}

static void
test_threads (void)
{
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("churn", churn_cb, GUINT_TO_POINTER (i + 1));
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

static gboolean
add_length_cb (const char *start, const char *end, const char *flags, gpointer data)
{
  gsize *sum = data;

  *sum += strstr (flags, "dd") != NULL ? (gsize) (end - start) : 0;
  return FALSE;
}

static gsize
n_mapped (void)
{
  gsize sum = 0;

  any_mapping (add_length_cb, &sum);
  return sum;
}

static void
test_gives_back (void)
{
  g_autoptr (GPtrArray) held = g_ptr_array_new_with_free_func (kan_memory_free);
  gsize before = n_mapped ();

  for (guint i = 0; i < 8000; i++)
    g_ptr_array_add (held, filled (i % 2 == 0 ? 4360 : 40, 1));
  for (guint i = 0; i < 16; i++)
    g_ptr_array_add (held, filled (MIB, 1));
  g_assert_cmpuint (n_mapped (), >, before + 32 * MIB);
  g_ptr_array_set_size (held, 0);
  g_assert_cmpuint (n_mapped (), <=, before + 2 * MIB);
}

/* What is taken and given back in turn drives nothing else out of what is kept. */
static void
test_keeps (void)
{
  enum { FIRST = 9000, STEP = 8192, N = 14 };
  gpointer bytes[N];
  gsize before;

  for (int i = 0; i < N; i++)
    bytes[i] = filled (FIRST + i * STEP, 1);
  for (int i = 0; i < N; i++)
    kan_memory_free (bytes[i]);
  before = n_mapped ();
  for (int i = 0; i < 100; i++)
    kan_memory_free (filled (FIRST, 1));
  g_assert_cmpuint (n_mapped (), ==, before);
}

static void
test_locked (void)
{
  static const int sizes[] = { 32, 4360, 200000 };

  if (!may_lock ())
    {
      g_test_skip ("this account may lock no memory");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      guint8 *bytes = filled (sizes[i], 1);

      g_assert_true (has_flag (bytes, " lo"));
      g_assert_true (has_flag (bytes, " dd"));
      g_assert_cmpint (munlock ((gpointer) ((guintptr) bytes & ~(guintptr) 4095), 1), ==, 0);
      g_assert_false (has_flag (bytes, " lo"));
      kan_memory_lock_again ();
      g_assert_true (has_flag (bytes, " lo"));
      kan_memory_free (bytes);
    }
}

/* SQLCipher unlocks what it takes for its own memory alone, pieces as large as a key among them. */
static void
test_locked_beside_keys (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (KanDb) db = fixture_open (f, 0, KAN_DB_CREATE);
  g_autoptr (GPtrArray) held = g_ptr_array_new_with_free_func (kan_memory_free);

  if (KAN_MEMORY_IS_LIBC || !may_lock ())
    {
      g_test_skip ("nothing is locked here");
      return;
    }
  exec (db, "CREATE TABLE t (a)");
  for (guint i = 0; i < 8; i++)
    g_ptr_array_add (held, filled (KAN_KEY_SIZE, 1));
  for (guint i = 0; i < 8; i++)
    {
      KanDb *other = fixture_open (f, 0, KAN_DB_READ_ONLY);

      for (guint k = 0; k < held->len; k++)
        g_assert_true (has_flag (held->pdata[k], " lo"));
      kan_db_free (other);
      for (guint k = 0; k < held->len; k++)
        g_assert_true (has_flag (held->pdata[k], " lo"));
    }
}

/* An account that may lock little: root may always lock. */
static void
become_limited (rlim_t limit)
{
  struct rlimit now;

  g_assert_cmpint (getrlimit (RLIMIT_MEMLOCK, &now), ==, 0);
  now.rlim_cur = MIN (limit, now.rlim_max);
  g_assert_cmpint (setrlimit (RLIMIT_MEMLOCK, &now), ==, 0);
  if (geteuid () == 0)
    g_assert_cmpint (setresuid (NOBODY, NOBODY, NOBODY), ==, 0);
  g_assert_cmpint (prctl (PR_SET_DUMPABLE, 1, 0, 0, 0), ==, 0);
}

/* What was refused is asked for again only when something locked is given back. */
static void
test_lock_refused (void)
{
  guint8 *first = NULL, *second = NULL;
  struct rlimit now;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_passed ();
      return;
    }
  g_assert_cmpint (getrlimit (RLIMIT_MEMLOCK, &now), ==, 0);
  if (now.rlim_max < 4 * MIB || !may_lock ())
    return;
  become_limited (3 * MIB / 2);
  first = filled (MIB, 1);
  second = filled (MIB, 2);
  g_assert_true (has_flag (first, " lo"));
  g_assert_false (has_flag (second, " lo"));
  become_limited (RLIM_INFINITY);
  kan_memory_free (second);
  second = filled (MIB, 2);
  g_assert_false (has_flag (second, " lo"));
  g_assert_true (has_flag (second, " dd"));
  kan_memory_free (first);
  first = filled (MIB, 1);
  g_assert_true (has_flag (first, " lo"));
  become_limited (0);
  for (guint i = 0; i < 1000; i++)
    (void) filled (4360, 1);
  kan_memory_lock_again ();
}

/* The address space of a process that has just started, and a little. */
static void
become_poor (void)
{
  g_autofree char *text = NULL;
  rlim_t pages;

  g_assert_true (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL));
  pages = (rlim_t) g_ascii_strtoull (text, NULL, 10);
  g_assert_cmpint (setrlimit (RLIMIT_AS, &(struct rlimit) { pages * 4096 + 32 * MIB, RLIM_INFINITY }), ==, 0);
}

static void
test_no_memory (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (KanDb) db = NULL;
  g_autoptr (GError) error = NULL;
  guint8 *bytes = NULL;

  if (KAN_MEMORY_IS_LIBC)
    {
      g_test_skip ("the sanitizer needs address space of its own");
      return;
    }
  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_passed ();
      return;
    }
  db = fixture_open (f, 0, KAN_DB_CREATE);
  exec (db, "CREATE TABLE t (a INTEGER) STRICT");
  become_poor ();
  bytes = filled (100, 1);
  g_assert_null (kan_memory_alloc (500 * MIB));
  g_assert_null (kan_memory_resize (bytes, 500 * MIB));
  g_assert_true (is_filled (bytes, 100, 1));
  kan_memory_free (bytes);
  g_assert_false (kan_db_exec (db, "INSERT INTO t VALUES (length (hex (zeroblob (200000000))))", &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_IO);
  g_assert_nonnull (strstr (error->message, "memory"));
  exec (db, "INSERT INTO t VALUES (1)");
  g_assert_cmpint (ask (db, "SELECT count(*) FROM t"), ==, 1);
}

static gboolean
holds_cb (const char *start, const char *end, const char *flags, gpointer data)
{
  const char *marker = data;

  return strstr (flags, " dd") != NULL && memmem (start, (gsize) (end - start), marker, strlen (marker)) != NULL;
}

/* Text of the database lies in that memory while it is open, and nowhere there afterwards. */
static void
test_pages_are_wiped (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autofree char *marker = g_strdup_printf ("Yamada %08x", g_random_int ());
  g_autoptr (KanDb) db = fixture_open (f, 0, KAN_DB_CREATE);
  g_autoptr (GError) error = NULL;

  if (KAN_MEMORY_IS_LIBC)
    {
      g_test_skip ("the memory is libc's under the sanitizer");
      return;
    }
  exec (db, "CREATE TABLE t (a TEXT) STRICT");
  for (guint i = 0; i < 1000; i++)
    g_assert_true (kan_db_run (db, &error, "INSERT INTO t VALUES (?)", "s", marker));
  g_assert_true (any_mapping (holds_cb, marker));
  g_clear_pointer (&db, kan_db_free);
  g_assert_false (any_mapping (holds_cb, marker));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/memory/sizes", test_sizes);
  g_test_add_func ("/memory/wiped", test_wiped);
  g_test_add_func ("/memory/resize", test_resize);
  g_test_add_func ("/memory/threads", test_threads);
  g_test_add_func ("/memory/gives-back", test_gives_back);
  g_test_add_func ("/memory/keeps", test_keeps);
  g_test_add_func ("/memory/locked", test_locked);
  g_test_add_func ("/memory/lock-refused", test_lock_refused);
  add_test ("/memory/locked-beside-keys", test_locked_beside_keys);
  add_test ("/memory/no-memory", test_no_memory);
  add_test ("/memory/pages-are-wiped", test_pages_are_wiped);
  return g_test_run ();
}
