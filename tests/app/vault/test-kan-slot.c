/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One slot: opens with its passphrase in its file for its person, and in no other way. */
#include "app/vault/vault-fixture.h"
#include "vault/kan-slot.h"

static KanHeader header;

static KanSlotEntry
filled (const char *login)
{
  g_autoptr (KanSecret) secret = phrase ("right"), file_key = kan_secret_new_random (KAN_KEY_SIZE);
  g_autoptr (KanKeys) keys = keys_of (login);
  KanSlotEntry slot = { 0 };

  g_strlcpy (slot.who.login, login, sizeof slot.who.login);
  slot.who.person = 7;
  g_assert_true (kan_slot_fill (&slot, &header, secret, keys, file_key, NULL));
  return slot;
}

static int
try_slot (const KanSlotEntry *slot, const KanHeader *in, const char *text)
{
  g_autoptr (KanSecret) secret = phrase (text);
  g_autoptr (GError) error = NULL;
  g_autoptr (KanKeys) keys = kan_slot_open (slot, in, secret, &error);

  g_assert_cmpint (keys == NULL, ==, error != NULL);
  return error == NULL ? -1 : error->code;
}

static void
test_open (void)
{
  KanSlotEntry slot = filled ("chief");

  g_assert_cmpint (try_slot (&slot, &header, "right"), ==, -1);
  g_assert_cmpint (try_slot (&slot, &header, "Right"), ==, KAN_ERROR_LOCKED);
  g_assert_cmpint (try_slot (&slot, &header, ""), ==, KAN_ERROR_LOCKED);
}

/* A slot moved into another file, another founding, to another person, or made permanent by hand. */
static void
test_bound (void)
{
  KanSlotEntry slot = filled ("chief"), moved = slot;
  KanHeader other = header;

  other.file_id[0] ^= 1;
  g_assert_cmpint (try_slot (&slot, &other, "right"), ==, KAN_ERROR_LOCKED);
  other = header;
  other.founding.bytes[31] ^= 1;
  g_assert_cmpint (try_slot (&slot, &other, "right"), ==, KAN_ERROR_LOCKED);
  strcpy (moved.who.login, "clerk");
  g_assert_cmpint (try_slot (&moved, &header, "right"), ==, KAN_ERROR_LOCKED);
  moved = slot;
  moved.who.person++;
  g_assert_cmpint (try_slot (&moved, &header, "right"), ==, KAN_ERROR_LOCKED);
  moved = slot;
  moved.who.provisional = TRUE;
  g_assert_cmpint (try_slot (&moved, &header, "right"), ==, KAN_ERROR_LOCKED);
}

static void
test_excessive_cost (void)
{
  KanSlotEntry slot = filled ("chief");

  slot.stretch.memory = G_GUINT64_CONSTANT (1) << 40;
  g_assert_cmpint (try_slot (&slot, &header, "right"), ==, KAN_ERROR_DAMAGED);
}

static void
test_planted_key (void)
{
  KanSlotEntry slot = filled ("chief");
  g_autoptr (KanKeys) leaver = keys_of ("leaver");

  memcpy (slot.who.box_key, kan_keys_get_box (leaver), KAN_KEY_SIZE);
  g_assert_cmpint (try_slot (&slot, &header, "right"), ==, KAN_ERROR_DAMAGED);
}

static void
test_disabled (void)
{
  KanSlotEntry slot = filled ("chief");
  g_autoptr (KanKeys) keys = keys_of ("chief");
  g_autoptr (GError) error = NULL;
  g_autoptr (KanSecret) file_key = kan_slot_unbox (&slot, keys, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (kan_secret_get_size (file_key), ==, KAN_KEY_SIZE);
  memset (slot.boxed_key, 0, sizeof slot.boxed_key);
  g_assert_null (kan_slot_unbox (&slot, keys, &error));
  g_assert_error (error, KAN_ERROR, KAN_ERROR_KEYLESS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  kan_stretch_set_light (TRUE);
  kan_random (&header, sizeof header);
  g_test_add_func ("/slot/open", test_open);
  g_test_add_func ("/slot/bound", test_bound);
  g_test_add_func ("/slot/excessive-cost", test_excessive_cost);
  g_test_add_func ("/slot/planted-key", test_planted_key);
  g_test_add_func ("/slot/disabled", test_disabled);
  return g_test_run ();
}
