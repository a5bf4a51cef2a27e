/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The memory beneath SQLite, which holds decrypted pages and the keys. FILE.md wants it locked and wiped, as SQLCipher
 * does for each piece by system calls of their own (`cipher_memory_security`: three fifths of a certificate's time).
 * Here whole slabs are locked once, and pieces of one size are cut out of each. */
#include "db/kan-memory.h"

#include <glib/gi18n-lib.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Small pieces have one of 56 sizes, eight to each doubling: a page with what SQLite keeps beside it wastes 5 %. */
enum { SLAB_STEP = 16, SLAB = 1 << SLAB_STEP, SMALLEST = 16, SMALL = 8192, N_SIZES = 56 };
/* Regions given back are kept for the next who wants one as long, the oldest going first: 2 MiB at most. */
enum { N_KEPT = 16, LONGEST_KEPT = 2 * SLAB };
/* SQLite asks for no more than a value may have, a thousand million bytes. */
enum { LARGEST = 1 << 30 };

/* Begins each mapping, at a multiple of SLAB; behind it lie the pieces, or a single one too large for a slab. What is
 * free is zero: nothing is noted in it. */
typedef struct
{
  _Alignas (SMALLEST)
  gsize    length;                              /* of the mapping */
  gboolean locked;
  GList    among_all, among_roomy;
  guint    size, n_pieces, n_free;              /* of each piece; 0: a single one */
  guint    first_word;                          /* no piece is free in those before */
  guint64  free[SLAB / SMALLEST / 64];          /* a bit for each piece */
} Region;

static struct
{
  GMutex   mutex;
  GQueue   all, roomy[N_SIZES];                 /* regions; slabs in which a piece of that size is free */
  Region  *kept[N_KEPT];
  guint    next_kept;
  gboolean refused;                             /* no more may be locked until something locked is unmapped */
} memory;

/* Sizes are multiples of this power of two: 16 bytes, or an eighth of the doubling that @size lies in. */
static guint
step_of (gsize size)
{
  return (guint) MAX (4, (int) g_bit_storage (size - 1) - 4);
}

static gsize
round_up (gsize size, guint step)
{
  return (((size - 1) >> step) + 1) << step;
}

static guint
index_of (gsize size)
{
  return (step_of (size) - 4) * 8 + (guint) (size >> step_of (size)) - 1;
}

static gsize
length_for (gsize size)
{
  gsize whole = size + sizeof (Region);

  return round_up (whole, MAX (g_bit_storage ((gulong) getpagesize () - 1), step_of (whole)));
}

static Region *
region_of (gconstpointer bytes)
{
  return (Region *) ((guintptr) bytes & ~((guintptr) SLAB - 1));
}

static guint8 *
pieces_of (Region *region)
{
  return (guint8 *) (region + 1);
}

static Region *
map_region (gsize length)
{
  guint8 *bytes = mmap (NULL, length + SLAB, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  Region *region;
  gsize before;

  if (bytes == MAP_FAILED)
    return NULL;
  before = round_up ((guintptr) bytes, SLAB_STEP) - (guintptr) bytes;
  region = (Region *) (bytes + before);
  if (before > 0)
    munmap (bytes, before);
  munmap (bytes + before + length, SLAB - before);
  (void) madvise (region, length, MADV_DONTDUMP);
  region->length = length;
  region->among_all.data = region->among_roomy.data = region;
  /* best effort, as SQLCipher's own: an account may lock only so much, and nothing fails because of it */
  region->locked = !memory.refused && mlock (region, length) == 0;
  memory.refused = !region->locked;
  g_queue_push_head_link (&memory.all, &region->among_all);
  return region;
}

static void
unmap_region (Region *region)
{
  if (region->locked)
    memory.refused = FALSE;
  g_queue_unlink (&memory.all, &region->among_all);
  munmap (region, region->length);
}

static Region *
take_region (gsize length)
{
  Region *region = NULL;

  for (guint i = 0; i < N_KEPT && region == NULL; i++)
    if (memory.kept[i] != NULL && memory.kept[i]->length == length)
      region = g_steal_pointer (&memory.kept[i]);
  return region != NULL ? region : map_region (length);
}

/* Where nothing is kept, or what has been kept longest: what is taken and given in turn drives nothing else out. */
static Region **
place_to_keep (void)
{
  Region **oldest = &memory.kept[memory.next_kept];

  for (guint i = 0; i < N_KEPT; i++)
    if (memory.kept[i] == NULL)
      return &memory.kept[i];
  memory.next_kept = (memory.next_kept + 1) % N_KEPT;
  unmap_region (*oldest);
  return oldest;
}

/* Its pieces are wiped already. */
static void
give_region (Region *region)
{
  if (region->length > LONGEST_KEPT)
    unmap_region (region);
  else
    *place_to_keep () = region;
}

static Region *
cut_slab (guint size)
{
  Region *region = take_region (SLAB);

  if (region == NULL)
    return NULL;
  region->size = size;
  region->n_pieces = region->n_free = (SLAB - (guint) sizeof *region) / size;
  region->first_word = 0;
  memset (region->free, 0, sizeof region->free);
  for (guint i = 0; i < region->n_pieces; i++)
    region->free[i / 64] |= G_GUINT64_CONSTANT (1) << (i % 64);
  g_queue_push_head_link (&memory.roomy[index_of (size)], &region->among_roomy);
  return region;
}

static gpointer
take_small (guint size)
{
  GQueue *roomy = &memory.roomy[index_of (size)];
  Region *region = roomy->head != NULL ? roomy->head->data : cut_slab (size);
  guint bit;

  if (region == NULL)
    return NULL;
  while (region->free[region->first_word] == 0)
    region->first_word++;
  bit = (guint) __builtin_ctzll (region->free[region->first_word]);
  region->free[region->first_word] &= region->free[region->first_word] - 1;
  if (--region->n_free == 0)
    g_queue_unlink (roomy, &region->among_roomy);
  return pieces_of (region) + (gsize) (region->first_word * 64 + bit) * size;
}

static gpointer
take_large (gsize size)
{
  Region *region = take_region (length_for (size));

  if (region == NULL)
    return NULL;
  region->size = 0;
  return pieces_of (region);
}

static void
give_small (Region *region, gsize offset)
{
  GQueue *roomy = &memory.roomy[index_of (region->size)];
  guint i = (guint) offset / region->size;

  g_assert ((region->free[i / 64] >> (i % 64) & 1) == 0);
  region->free[i / 64] |= G_GUINT64_CONSTANT (1) << (i % 64);
  region->first_word = MIN (region->first_word, i / 64);
  if (region->n_free++ == 0)
    g_queue_push_head_link (roomy, &region->among_roomy);
  if (region->n_free < region->n_pieces)
    return;
  g_queue_unlink (roomy, &region->among_roomy);
  give_region (region);
}

/**
 * kan_memory_round:
 * @size: bytes wanted, at least 1
 *
 * Returns: how many bytes kan_memory_alloc() gives to somebody who wants @size
 */
int
kan_memory_round (int size)
{
  if (size <= SMALL)
    return (int) round_up ((gsize) size, step_of ((gsize) size));
  return size <= LARGEST ? (int) (length_for ((gsize) size) - sizeof (Region)) : size;
}

/**
 * kan_memory_size:
 * @bytes: from kan_memory_alloc()
 *
 * Returns: how many bytes there are, all of them the owner's
 */
int
kan_memory_size (gpointer bytes)
{
  const Region *region = region_of (bytes);

  return region->size > 0 ? (int) region->size : (int) (region->length - sizeof *region);
}

/**
 * kan_memory_alloc:
 * @size: bytes wanted
 *
 * Returns: (nullable): so many zero bytes, at a multiple of 16; %NULL where the system gives none
 */
gpointer
kan_memory_alloc (int size)
{
  gpointer bytes = NULL;

  if (size <= 0 || size > LARGEST)
    return NULL;
  g_mutex_lock (&memory.mutex);
  bytes = size <= SMALL ? take_small ((guint) kan_memory_round (size)) : take_large ((gsize) size);
  g_mutex_unlock (&memory.mutex);
  return bytes;
}

/**
 * kan_memory_free:
 * @bytes: (nullable): from kan_memory_alloc()
 *
 * Wipes them and takes them back.
 */
void
kan_memory_free (gpointer bytes)
{
  Region *region = region_of (bytes);

  if (bytes == NULL)
    return;
  explicit_bzero (bytes, (gsize) kan_memory_size (bytes));
  g_mutex_lock (&memory.mutex);
  if (region->size > 0)
    give_small (region, (gsize) ((guint8 *) bytes - pieces_of (region)));
  else
    give_region (region);
  g_mutex_unlock (&memory.mutex);
}

/**
 * kan_memory_resize:
 * @bytes: from kan_memory_alloc()
 * @size: bytes wanted from now on
 *
 * Returns: (nullable): @bytes where they suffice; others with the same content, @bytes being wiped and taken back;
 *   %NULL where the system gives none, @bytes staying as they are
 */
gpointer
kan_memory_resize (gpointer bytes, int size)
{
  gpointer larger;
  int had = kan_memory_size (bytes);

  if (size <= had)
    return bytes;
  larger = kan_memory_alloc (size);
  if (larger == NULL)
    return NULL;
  memcpy (larger, bytes, (gsize) had);
  kan_memory_free (bytes);
  return larger;
}

/**
 * kan_memory_lock_again:
 *
 * Locks what was locked. SQLCipher unlocks the system's whole page around each key that it frees, whatever else lies
 * there: called when a connection has got its key, and when it is closed.
 */
void
kan_memory_lock_again (void)
{
  g_mutex_lock (&memory.mutex);
  for (GList *l = memory.all.head; l != NULL; l = l->next)
    {
      Region *region = l->data;

      region->locked = region->locked && mlock (region, region->length) == 0;
    }
  g_mutex_unlock (&memory.mutex);
}

static int
start_cb (G_GNUC_UNUSED gpointer unused)
{
  return SQLITE_OK;
}

static void
stop_cb (G_GNUC_UNUSED gpointer unused)
{
}

/* SQLite's own count of its memory costs a lock for each piece, and nothing reads it. */
static gpointer
use_once (G_GNUC_UNUSED gpointer unused)
{
  static const sqlite3_mem_methods methods = {
    .xMalloc = kan_memory_alloc,
    .xFree = kan_memory_free,
    .xRealloc = kan_memory_resize,
    .xSize = kan_memory_size,
    .xRoundup = kan_memory_round,
    .xInit = start_cb,
    .xShutdown = stop_cb,
  };

  return GINT_TO_POINTER (KAN_MEMORY_IS_LIBC || (sqlite3_config (SQLITE_CONFIG_MALLOC, &methods) == SQLITE_OK &&
                                                 sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0) == SQLITE_OK));
}

/**
 * kan_memory_use:
 * @error: %KAN_ERROR_IO where SQLite was started before
 *
 * Makes SQLite take its memory from here; once in a process, before anything else is asked of it.
 */
gboolean
kan_memory_use (GError **error)
{
  static GOnce once = G_ONCE_INIT;

  if (g_once (&once, use_once, NULL) != NULL)
    return TRUE;
  g_set_error_literal (error, KAN_ERROR, KAN_ERROR_IO,
                       _("the database library does not take memory that is locked and wiped"));
  return FALSE;
}
