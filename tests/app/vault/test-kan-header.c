/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The header codec: what is written is read, byte for byte, and nothing else passes for it. */
#include "vault/kan-header.h"

#include <string.h>

static KanSecret *mac_key;

static KanHeader *
sample (guint n_slots)
{
  KanHeader *header = g_new0 (KanHeader, 1);

  kan_random (header, sizeof *header);
  header->n_slots = n_slots;
  memset (header->slots, 0, sizeof header->slots);
  for (guint i = 0; i < n_slots; i++)
    {
      KanSlotEntry *slot = &header->slots[i];

      g_snprintf (slot->who.login, sizeof slot->who.login, i == 0 ? "%032u" : "u.%u", i);
      slot->who.person = -1 - (gint64) i;
      slot->who.provisional = i % 2;
      slot->stretch.passes = i;
      slot->stretch.memory = G_MAXUINT64 - i;
      kan_random (slot->stretch.salt, sizeof slot->stretch.salt);
      kan_random (slot->who.box_key, sizeof slot->who.box_key);
      kan_random (slot->sealed_seed, sizeof slot->sealed_seed);
      kan_random (slot->boxed_key, sizeof slot->boxed_key);
    }
  return header;
}

static guint8 *
encoded (const KanHeader *header)
{
  guint8 *bytes = g_malloc (KAN_HEADER_SIZE);

  kan_header_encode (header, mac_key, bytes);
  return bytes;
}

/* Makes the checksum fit again, as somebody could who changes bytes on purpose. */
static void
mend (guint8 *bytes)
{
  KanHash hash;

  kan_hash (bytes, KAN_HEADER_SIZE - 64, &hash);
  memcpy (bytes + KAN_HEADER_SIZE - 64, hash.bytes, sizeof hash.bytes);
}

static void
test_round_trip (void)
{
  static const guint counts[] = { 0, 1, 7, KAN_SLOTS_MAX };

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autofree KanHeader *header = sample (counts[i]);
      g_autofree KanHeader *read = g_new0 (KanHeader, 1);
      g_autofree guint8 *bytes = encoded (header), *again = NULL;

      g_assert_cmpint (kan_header_decode (read, bytes), ==, KAN_COPY_SOUND);
      g_assert_true (kan_header_mac_holds (bytes, mac_key));
      again = encoded (read);
      g_assert_cmpmem (bytes, KAN_HEADER_SIZE, again, KAN_HEADER_SIZE);
      g_assert_cmpuint (read->n_slots, ==, counts[i]);
      g_assert_cmpuint (read->generation, ==, header->generation);
      g_assert_cmpuint (read->epoch, ==, header->epoch);
      g_assert_cmpmem (read->file_id, KAN_FILE_ID_SIZE, header->file_id, KAN_FILE_ID_SIZE);
      g_assert_cmpmem (read->salt, KAN_SALT_SIZE, header->salt, KAN_SALT_SIZE);
      g_assert_cmpmem (&read->founding, KAN_HASH_SIZE, &header->founding, KAN_HASH_SIZE);
      g_assert_cmpmem (read->recovery, KAN_RECOVERY_SIZE, header->recovery, KAN_RECOVERY_SIZE);
      for (guint slot = 0; slot < counts[i]; slot++)
        {
          g_assert_cmpstr (read->slots[slot].who.login, ==, header->slots[slot].who.login);
          g_assert_cmpint (read->slots[slot].who.person, ==, header->slots[slot].who.person);
          g_assert_cmpint (read->slots[slot].who.provisional, ==, header->slots[slot].who.provisional);
          g_assert_cmpuint (read->slots[slot].stretch.memory, ==, header->slots[slot].stretch.memory);
          g_assert_cmpint (kan_header_find (read, header->slots[slot].who.login), ==, slot);
        }
      g_assert_cmpint (kan_header_find (read, "nobody"), ==, -1);
    }
}

/* Every byte counts, checksum and code included. */
static void
test_every_byte_is_covered (void)
{
  g_autofree KanHeader *header = sample (3), *read = g_new0 (KanHeader, 1);
  g_autofree guint8 *bytes = encoded (header);

  for (guint at = 0; at < KAN_HEADER_SIZE; at++)
    {
      KanCopyVerdict verdict = KAN_COPY_SOUND;

      bytes[at] ^= 0x10;
      verdict = kan_header_decode (read, bytes);
      if (at < KAN_HEADER_SIZE - 32)
        g_assert_cmpint (verdict, !=, KAN_COPY_SOUND);
      g_assert_false (verdict == KAN_COPY_SOUND && kan_header_mac_holds (bytes, mac_key));
      bytes[at] ^= 0x10;
    }
}

static void
test_mac_needs_the_key (void)
{
  g_autoptr (KanSecret) other = kan_secret_new_random (KAN_KEY_SIZE);
  g_autofree KanHeader *header = sample (1), *read = g_new0 (KanHeader, 1);
  g_autofree guint8 *bytes = encoded (header);

  bytes[40] ^= 1;
  mend (bytes);
  g_assert_cmpint (kan_header_decode (read, bytes), ==, KAN_COPY_SOUND);
  g_assert_false (kan_header_mac_holds (bytes, mac_key));
  bytes[40] ^= 1;
  mend (bytes);
  g_assert_true (kan_header_mac_holds (bytes, mac_key));
  g_assert_false (kan_header_mac_holds (bytes, other));
}

/* Slots begin at 2048 and take 384 bytes: login 32, person 8, flags 4, passes 4. */
static void
test_verdicts (void)
{
  static const struct { guint at; guint8 value; gboolean mended; KanCopyVerdict verdict; } cases[] = {
    { 0, 'X', TRUE, KAN_COPY_FOREIGN },
    { 7, 0, FALSE, KAN_COPY_FOREIGN },
    { 8, 0, TRUE, KAN_COPY_DAMAGED },
    { 8, 2, TRUE, KAN_COPY_NEWER },
    { 11, 1, TRUE, KAN_COPY_NEWER },
    { 8, 2, FALSE, KAN_COPY_PERHAPS_NEWER },
    { 12, KAN_SLOTS_MAX + 1, TRUE, KAN_COPY_DAMAGED },
    { 12, 1, TRUE, KAN_COPY_DAMAGED },
    { 12, 3, TRUE, KAN_COPY_DAMAGED },
    { 2047, 1, TRUE, KAN_COPY_DAMAGED },
    { 2048, '/', TRUE, KAN_COPY_DAMAGED },
    { 2048 + 384, 0, TRUE, KAN_COPY_DAMAGED },
    { 2048 + 384 + 31, 'x', TRUE, KAN_COPY_DAMAGED },
    { 2048 + 40, 2, TRUE, KAN_COPY_DAMAGED },
    { 2048 + 383, 1, TRUE, KAN_COPY_DAMAGED },
    { KAN_HEADER_SIZE - 65, 1, TRUE, KAN_COPY_DAMAGED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree KanHeader *header = sample (2), *read = g_new0 (KanHeader, 1);
      g_autofree guint8 *bytes = encoded (header);

      g_test_message ("byte %u", cases[i].at);
      bytes[cases[i].at] = cases[i].value;
      if (cases[i].mended)
        mend (bytes);
      g_assert_cmpint (kan_header_decode (read, bytes), ==, cases[i].verdict);
    }
}

static void
test_two_of_a_login (void)
{
  g_autofree KanHeader *header = sample (2), *read = g_new0 (KanHeader, 1);
  g_autofree guint8 *bytes = NULL;

  strcpy (header->slots[1].who.login, header->slots[0].who.login);
  bytes = encoded (header);
  g_assert_cmpint (kan_header_decode (read, bytes), ==, KAN_COPY_DAMAGED);
}

static void
test_logins (void)
{
  static const struct { const char *login; gboolean sound; } cases[] = {
    { "", FALSE }, { "a", TRUE }, { "y.tanaka-2_x", TRUE }, { "7", TRUE },
    { "abcdefghijklmnopqrstuvwxyz012345", TRUE }, { "abcdefghijklmnopqrstuvwxyz0123456", FALSE },
    { ".hidden", FALSE }, { "-o", FALSE }, { "_x", FALSE }, { "Tanaka", FALSE }, { "a b", FALSE }, { "a/b", FALSE },
    { "a\nb", FALSE }, { "田中", FALSE }, { "a\u202Eb", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (kan_login_is_sound (cases[i].login), ==, cases[i].sound);
}

int
main (int argc, char **argv)
{
  int status = 0;

  g_test_init (&argc, &argv, NULL);
  mac_key = kan_secret_new_random (KAN_KEY_SIZE);
  g_test_add_func ("/header/round-trip", test_round_trip);
  g_test_add_func ("/header/every-byte-is-covered", test_every_byte_is_covered);
  g_test_add_func ("/header/mac-needs-the-key", test_mac_needs_the_key);
  g_test_add_func ("/header/verdicts", test_verdicts);
  g_test_add_func ("/header/two-of-a-login", test_two_of_a_login);
  g_test_add_func ("/header/logins", test_logins);
  status = g_test_run ();
  kan_secret_free (mac_key);
  return status;
}
