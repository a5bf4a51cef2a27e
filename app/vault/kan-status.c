/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The status codec: hints with a checksum of their own, in two copies that are written in turn, so that a write torn by
   a power failure leaves the one before. A block of which neither holds reads as one that says nothing. */
#include "vault/kan-status.h"
#include "vault/kan-bytes.h"

enum { MAGIC_SIZE = 8, CHECKSUM_AT = KAN_STATUS_COPY_SIZE - KAN_HASH_SIZE, IN_USE = 1, REMINDER_SIZE = 8,
       N_REMINDERS_MAX = G_N_ELEMENTS (((KanStatus *) NULL)->reminders) };

static const guint8 magic[MAGIC_SIZE] = { 'K', 'A', 'N', 'S', 'T', 'A', 'T', '1' };

/* As much of a name as fits, cut between characters. */
static void
put_name (guint8 **at, const char *name)
{
  char field[64] = { 0 };
  gsize size = strnlen (name, sizeof field - 1);
  const char *end = NULL;

  (void) g_utf8_validate_len (name, size, &end);
  memcpy (field, name, (gsize) (end - name));
  put_bytes (at, field, sizeof field);
}

static gboolean
get_name (const guint8 **at, char name[64])
{
  get_bytes (at, name, 64);
  return name[63] == '\0' && g_utf8_validate (name, -1, NULL);
}

/* How many writes there were up to this copy; 0: it does not hold. */
static guint64
count_of (const guint8 copy[KAN_STATUS_COPY_SIZE])
{
  const guint8 *at = copy + MAGIC_SIZE;
  KanHash hash;

  kan_hash (copy, CHECKSUM_AT, &hash);
  if (memcmp (copy, magic, MAGIC_SIZE) != 0 || memcmp (hash.bytes, copy + CHECKSUM_AT, KAN_HASH_SIZE) != 0)
    return 0;
  return get_64 (&at);
}

static void
encode_copy (const KanStatus *self, guint64 count, guint8 copy[KAN_STATUS_COPY_SIZE])
{
  guint8 *at = copy;
  guint32 n_reminders = MIN (self->n_reminders, N_REMINDERS_MAX);

  memset (copy, 0, KAN_STATUS_COPY_SIZE);
  put_bytes (&at, magic, MAGIC_SIZE);
  put_64 (&at, count);
  put_32 (&at, self->in_use ? IN_USE : 0);
  put_32 (&at, n_reminders);
  put_name (&at, self->who);
  put_name (&at, self->where);
  put_64 (&at, (guint64) self->since);
  put_64 (&at, (guint64) self->opened);
  put_64 (&at, (guint64) self->verified);
  put_64 (&at, (guint64) self->remind_as_of);
  for (guint32 i = 0; i < n_reminders; i++)
    {
      put_32 (&at, (guint32) self->reminders[i].day);
      put_16 (&at, self->reminders[i].what);
      put_16 (&at, self->reminders[i].count);
    }
  at += (N_REMINDERS_MAX - n_reminders) * REMINDER_SIZE;
  put_64 (&at, (guint64) self->verified_seq);
  put_name (&at, self->verified_by);
  kan_hash (copy, CHECKSUM_AT, (KanHash *) (copy + CHECKSUM_AT));
}

/**
 * kan_status_encode:
 * @self: what to write
 * @bytes: the block as it is, zeros at first; the copy in it that would be no loss is replaced
 *
 * Returns: where that copy begins in the block; it has %KAN_STATUS_COPY_SIZE bytes, and the other is to be left alone
 */
gsize
kan_status_encode (const KanStatus *self, guint8 bytes[KAN_STATUS_SIZE])
{
  guint64 first = count_of (bytes), second = count_of (bytes + KAN_STATUS_COPY_SIZE);
  gsize at = first > second ? KAN_STATUS_COPY_SIZE : 0;

  encode_copy (self, MAX (first, second) + 1, bytes + at);
  return at;
}

/**
 * kan_status_is_ours:
 * @bytes: a block
 *
 * Returns: whether it begins like a status block, whole or not
 */
gboolean
kan_status_is_ours (const guint8 bytes[KAN_STATUS_SIZE])
{
  return memcmp (bytes, magic, MAGIC_SIZE) == 0 || memcmp (bytes + KAN_STATUS_COPY_SIZE, magic, MAGIC_SIZE) == 0;
}

/**
 * kan_status_decode:
 * @self: where to put what it says: nothing at all where it does not hold
 * @bytes: the block
 *
 * Returns: whether one of its copies holds; the newer one counts
 */
gboolean
kan_status_decode (KanStatus *self, const guint8 bytes[KAN_STATUS_SIZE])
{
  guint64 first = count_of (bytes), second = count_of (bytes + KAN_STATUS_COPY_SIZE);
  const guint8 *at = bytes + (first > second ? 0 : KAN_STATUS_COPY_SIZE) + MAGIC_SIZE + sizeof first;
  KanStatus read = { 0 };
  gboolean named = FALSE;

  memset (self, 0, sizeof *self);
  if (MAX (first, second) == 0)
    return FALSE;
  read.in_use = get_32 (&at) != 0;
  read.n_reminders = get_32 (&at);
  named = get_name (&at, read.who) && get_name (&at, read.where);
  if (!named || read.n_reminders > N_REMINDERS_MAX)
    return FALSE;
  read.since = (gint64) get_64 (&at);
  read.opened = (gint64) get_64 (&at);
  read.verified = (gint64) get_64 (&at);
  read.remind_as_of = (gint64) get_64 (&at);
  for (guint32 i = 0; i < read.n_reminders; i++)
    {
      read.reminders[i].day = (gint32) get_32 (&at);
      read.reminders[i].what = get_16 (&at);
      read.reminders[i].count = get_16 (&at);
    }
  at += (N_REMINDERS_MAX - read.n_reminders) * REMINDER_SIZE;
  read.verified_seq = (gint64) get_64 (&at);
  if (!get_name (&at, read.verified_by))
    return FALSE;
  *self = read;
  return TRUE;
}
