/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Header and status decoders under mutated bytes: whatever they are given, they answer, and what they accept encodes
 * to the same bytes again. */
#include "fuzz/fuzz.h"
#include "vault/kan-header.h"
#include "vault/kan-status.h"

#include <string.h>

enum { MUTATIONS = 6, TAIL = 64 };

static KanSecret *mac_key;

static void
fill_random (GRand *rand, guint8 *bytes, gsize size)
{
  for (gsize i = 0; i < size; i++)
    bytes[i] = (guint8) g_rand_int (rand);
}

static void
make_header (GRand *rand, guint8 *bytes)
{
  g_autofree KanHeader *header = g_new0 (KanHeader, 1);

  header->n_slots = (guint32) g_rand_int_range (rand, 0, KAN_SLOTS_MAX + 1);
  fill_random (rand, header->file_id, sizeof header->file_id);
  for (guint i = 0; i < header->n_slots; i++)
    {
      KanSlotEntry *slot = &header->slots[i];

      g_snprintf (slot->who.login, sizeof slot->who.login, "u%u", i);
      fill_random (rand, slot->sealed_seed, sizeof slot->sealed_seed);
    }
  kan_header_encode (header, mac_key, bytes);
}

static void
make_status (GRand *rand, guint8 *bytes)
{
  KanStatus status = { .in_use = g_rand_boolean (rand), .who = "名前", .where = "terminal" };

  status.n_reminders = (guint32) g_rand_int_range (rand, 0, 65);
  (void) kan_status_encode (&status, bytes);
}

/* A bit, a byte, a stretch of them, or one place over another; most of them near the beginning, where meaning is. */
static void
mutate (GRand *rand, guint8 *bytes, gint32 size)
{
  gint32 reach = g_rand_boolean (rand) ? MIN (size, 4096) : size;
  gint32 at = g_rand_int_range (rand, 0, reach), from = g_rand_int_range (rand, 0, size);
  gint32 n = g_rand_int_range (rand, 1, 400);

  n = MIN (n, size - MAX (at, from));
  switch (g_rand_int_range (rand, 0, 4))
    {
    case 0:
      bytes[at] ^= (guint8) (1 << g_rand_int_range (rand, 0, 8));
      break;
    case 1:
      bytes[at] = (guint8) g_rand_int (rand);
      break;
    case 2:
      memset (bytes + at, g_rand_boolean (rand) ? 0xff : 0, (gsize) n);
      break;
    default:
      memmove (bytes + at, bytes + from, (gsize) n);
    }
}

static void
mend (guint8 *bytes, gsize size, gsize tail)
{
  KanHash hash;

  kan_hash (bytes, size - tail, &hash);
  memcpy (bytes + size - tail, hash.bytes, sizeof hash.bytes);
}

static gboolean
try_header (const guint8 *bytes)
{
  g_autofree KanHeader *header = g_new0 (KanHeader, 1);
  g_autofree guint8 *again = NULL;

  if (kan_header_decode (header, bytes) != KAN_COPY_SOUND)
    return FALSE;
  again = g_malloc (KAN_HEADER_SIZE);
  kan_header_encode (header, mac_key, again);
  g_assert_cmpmem (again, KAN_HEADER_SIZE - 32, bytes, KAN_HEADER_SIZE - 32);
  g_assert_cmpint (kan_header_find (header, "no such login"), ==, -1);
  return TRUE;
}

static gboolean
try_status (const guint8 *bytes)
{
  KanStatus status;

  if (!kan_status_decode (&status, bytes))
    return FALSE;
  g_assert_cmpuint (status.n_reminders, <=, G_N_ELEMENTS (status.reminders));
  g_assert_true (g_utf8_validate (status.who, -1, NULL));
  g_assert_true (g_utf8_validate (status.where, -1, NULL));
  return TRUE;
}

static gboolean
one_round (GRand *rand)
{
  g_autofree guint8 *bytes = g_malloc (KAN_HEADER_SIZE);
  gboolean header = g_rand_boolean (rand);
  gint32 size = header ? (gint32) KAN_HEADER_SIZE : (gint32) KAN_STATUS_SIZE;
  gint32 n = g_rand_int_range (rand, 0, MUTATIONS);

  memset (bytes, 0, KAN_HEADER_SIZE);
  if (header)
    make_header (rand, bytes);
  else
    make_status (rand, bytes);
  for (gint32 i = 0; i < n; i++)
    mutate (rand, bytes, size);
  if (g_rand_int_range (rand, 0, 4) > 0)
    mend (bytes, header ? KAN_HEADER_SIZE : KAN_STATUS_COPY_SIZE, header ? TAIL : KAN_HASH_SIZE);
  return header ? try_header (bytes) : try_status (bytes);
}

int
main (int argc, char **argv)
{
  int status;

  mac_key = kan_secret_new_random (KAN_KEY_SIZE);
  status = fuzz_run (argc, argv, "header", one_round);
  kan_secret_free (mac_key);
  return status;
}
