/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The header codec: every field at a fixed place, little-endian, and the same bytes again from what was read.
   Whatever is handed to the decoder, it answers with a verdict. */
#include "vault/kan-header.h"
#include "vault/kan-bytes.h"

/* The begin and the end are the same in every format to come: magic, format number; checksum, MAC.
   By them an older program knows that a newer one wrote the file. */
enum { MAGIC_SIZE = 8, CHECKSUM_AT = KAN_HEADER_SIZE - 64, MAC_AT = KAN_HEADER_SIZE - 32,
       SLOTS_AT = 2048, SLOT_SIZE = 384, PROVISIONAL = 1 };

static const guint8 magic[MAGIC_SIZE] = { 'K', 'A', 'N', 'R', 'I', 'B', 'O', 0x1a };
static const char mac_domain[] = "kanribo header 1";

G_STATIC_ASSERT (SLOTS_AT + SLOT_SIZE * KAN_SLOTS_MAX <= CHECKSUM_AT);

/**
 * kan_login_is_sound:
 * @login: a login
 *
 * Returns: whether it is 1 to %KAN_LOGIN_MAX letters a–z, digits, ".", "-" and "_", the first a letter or digit:
 *   what can be typed anywhere and names a file anywhere
 */
gboolean
kan_login_is_sound (const char *login)
{
  gsize size = strlen (login);

  if (size == 0 || size > KAN_LOGIN_MAX || strchr (".-_", login[0]) != NULL)
    return FALSE;
  for (const char *at = login; *at != '\0'; at++)
    if (!g_ascii_islower (*at) && !g_ascii_isdigit (*at) && strchr (".-_", *at) == NULL)
      return FALSE;
  return TRUE;
}

/**
 * kan_header_find:
 * @self: a header
 * @login: a login
 *
 * Returns: the index of that login's slot, or -1
 */
int
kan_header_find (const KanHeader *self, const char *login)
{
  for (guint i = 0; i < self->n_slots; i++)
    if (strcmp (self->slots[i].who.login, login) == 0)
      return (int) i;
  return -1;
}

static void
put_slot (const KanSlotEntry *slot, guint8 *at)
{
  char login[KAN_LOGIN_MAX] = { 0 };

  memcpy (login, slot->who.login, MIN (strlen (slot->who.login), KAN_LOGIN_MAX));
  put_bytes (&at, login, sizeof login);
  put_64 (&at, (guint64) slot->who.person);
  put_32 (&at, slot->who.provisional ? PROVISIONAL : 0);
  put_32 (&at, slot->stretch.passes);
  put_64 (&at, slot->stretch.memory);
  put_bytes (&at, slot->stretch.salt, KAN_SALT_SIZE);
  put_bytes (&at, slot->who.box_key, KAN_KEY_SIZE);
  put_bytes (&at, slot->sealed_seed, KAN_SEALED_SEED_SIZE);
  put_bytes (&at, slot->boxed_key, KAN_BOXED_KEY_SIZE);
}

static gboolean
get_slot (KanSlotEntry *slot, const guint8 *at)
{
  const guint8 *end = at + SLOT_SIZE;
  guint32 flags = 0;

  get_bytes (&at, slot->who.login, KAN_LOGIN_MAX);
  slot->who.login[KAN_LOGIN_MAX] = '\0';
  slot->who.person = (gint64) get_64 (&at);
  flags = get_32 (&at);
  slot->who.provisional = flags == PROVISIONAL;
  slot->stretch.passes = get_32 (&at);
  slot->stretch.memory = get_64 (&at);
  get_bytes (&at, slot->stretch.salt, KAN_SALT_SIZE);
  get_bytes (&at, slot->who.box_key, KAN_KEY_SIZE);
  get_bytes (&at, slot->sealed_seed, KAN_SEALED_SEED_SIZE);
  get_bytes (&at, slot->boxed_key, KAN_BOXED_KEY_SIZE);
  return flags <= PROVISIONAL && kan_login_is_sound (slot->who.login) && all_zero (at, end)
         && all_zero ((const guint8 *) slot->who.login + strlen (slot->who.login),
                          (const guint8 *) slot->who.login + KAN_LOGIN_MAX);
}

static void
compute_mac (const guint8 *bytes, const KanSecret *mac_key, KanHash *mac)
{
  KanHasher hasher;

  kan_hasher_init (&hasher, mac_key);
  kan_hasher_update (&hasher, mac_domain, sizeof mac_domain);
  kan_hasher_update (&hasher, bytes, MAC_AT);
  kan_hasher_finish (&hasher, mac);
}

/**
 * kan_header_encode:
 * @self: what to write
 * @mac_key: the header's key, derived from the file key
 * @bytes: where to put the copy
 */
void
kan_header_encode (const KanHeader *self, const KanSecret *mac_key, guint8 bytes[KAN_HEADER_SIZE])
{
  guint8 *at = bytes;

  memset (bytes, 0, KAN_HEADER_SIZE);
  put_bytes (&at, magic, MAGIC_SIZE);
  put_32 (&at, KAN_FORMAT);
  put_32 (&at, self->n_slots);
  put_bytes (&at, self->file_id, KAN_FILE_ID_SIZE);
  put_64 (&at, self->generation);
  put_32 (&at, self->epoch);
  put_bytes (&at, self->salt, KAN_SALT_SIZE);
  put_bytes (&at, self->founding.bytes, KAN_HASH_SIZE);
  put_bytes (&at, self->recovery, KAN_RECOVERY_SIZE);
  for (guint i = 0; i < self->n_slots; i++)
    put_slot (&self->slots[i], bytes + SLOTS_AT + i * SLOT_SIZE);
  kan_hash (bytes, CHECKSUM_AT, (KanHash *) (bytes + CHECKSUM_AT));
  compute_mac (bytes, mac_key, (KanHash *) (bytes + MAC_AT));
}

static gboolean
checksum_holds (const guint8 *bytes)
{
  KanHash hash;

  kan_hash (bytes, CHECKSUM_AT, &hash);
  return memcmp (hash.bytes, bytes + CHECKSUM_AT, KAN_HASH_SIZE) == 0;
}

static gboolean
get_slots (KanHeader *self, const guint8 *bytes)
{
  const guint8 *at = bytes + SLOTS_AT;

  for (guint i = 0; i < self->n_slots; i++, at += SLOT_SIZE)
    if (!get_slot (&self->slots[i], at) || kan_header_find (self, self->slots[i].who.login) != (int) i)
      return FALSE;
  return all_zero (at, bytes + CHECKSUM_AT);
}

/**
 * kan_header_is_ours:
 * @bytes: what a file begins with
 * @size: how much of it there is; 8 bytes tell
 *
 * Returns: whether it begins like a header, as far as it goes
 */
gboolean
kan_header_is_ours (const guint8 *bytes, gsize size)
{
  return memcmp (bytes, magic, MIN (size, MAGIC_SIZE)) == 0;
}

/**
 * kan_header_decode:
 * @self: where to put what the copy says; of use only where it is sound
 * @bytes: the copy
 *
 * Returns: what the copy is. That it was written by a holder of the file key, kan_header_mac_holds() says
 */
KanCopyVerdict
kan_header_decode (KanHeader *self, const guint8 bytes[KAN_HEADER_SIZE])
{
  const guint8 *at = bytes + MAGIC_SIZE;
  guint32 format = 0;

  memset (self, 0, sizeof *self);
  if (!kan_header_is_ours (bytes, MAGIC_SIZE))
    return KAN_COPY_FOREIGN;
  format = get_32 (&at);
  if (format > KAN_FORMAT)
    return checksum_holds (bytes) ? KAN_COPY_NEWER : KAN_COPY_PERHAPS_NEWER;
  self->n_slots = get_32 (&at);
  if (format != KAN_FORMAT || !checksum_holds (bytes) || self->n_slots > KAN_SLOTS_MAX)
    return KAN_COPY_DAMAGED;
  get_bytes (&at, self->file_id, KAN_FILE_ID_SIZE);
  self->generation = get_64 (&at);
  self->epoch = get_32 (&at);
  get_bytes (&at, self->salt, KAN_SALT_SIZE);
  get_bytes (&at, self->founding.bytes, KAN_HASH_SIZE);
  get_bytes (&at, self->recovery, KAN_RECOVERY_SIZE);
  return all_zero (at, bytes + SLOTS_AT) && get_slots (self, bytes) ? KAN_COPY_SOUND : KAN_COPY_DAMAGED;
}

/**
 * kan_header_mac_holds:
 * @bytes: a sound copy
 * @mac_key: the header's key, derived from the file key
 *
 * Returns: whether somebody with the file key wrote this copy
 */
gboolean
kan_header_mac_holds (const guint8 bytes[KAN_HEADER_SIZE], const KanSecret *mac_key)
{
  KanHash mac;

  compute_mac (bytes, mac_key, &mac);
  return kan_equal (mac.bytes, bytes + MAC_AT, KAN_HASH_SIZE);
}
