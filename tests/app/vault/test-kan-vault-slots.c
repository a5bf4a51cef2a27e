/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Enrolling people and changing passphrases: lasting, counted, refused where it cannot be meant. */
#include "app/vault/vault-fixture.h"

static void
test_list (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (KanVault) vault = open_vault (f->path, KAN_VAULT_READ);
  g_autoptr (KanKeys) clerk = keys_of ("clerk");
  const KanSlot *slot = NULL;

  g_assert_cmpuint (kan_vault_n_slots (vault), ==, 2);
  g_assert_cmpstr (kan_vault_get_slot (vault, 0)->login, ==, "chief");
  g_assert_false (kan_vault_get_slot (vault, 0)->provisional);
  slot = kan_vault_find_slot (vault, "clerk");
  g_assert_cmpint (slot->person, ==, 2);
  g_assert_true (slot->provisional);
  g_assert_true (kan_equal (slot->box_key, kan_keys_get_box (clerk), KAN_KEY_SIZE));
  g_assert_null (kan_vault_find_slot (vault, "cler"));
}

static void
test_change_passphrase (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (KanVault) vault = open_vault (f->path, KAN_VAULT_WRITE);

  unlock (vault, "chief", "chief's");
  g_assert_cmpuint (kan_vault_get_generation (vault), ==, 2);
  g_assert_cmpint (put_slot (vault, "clerk", 2, "of my own"), ==, -1);
  g_assert_cmpuint (kan_vault_get_generation (vault), ==, 3);
  g_assert_cmpuint (kan_vault_n_slots (vault), ==, 2);
  g_clear_pointer (&vault, kan_vault_free);
  vault = open_vault (f->path, KAN_VAULT_READ);
  g_assert_null (kan_vault_get_notice (vault));
  g_assert_false (kan_vault_find_slot (vault, "clerk")->provisional);
  g_assert_cmpint (try_unlock (vault, "clerk", "clerk's"), ==, KAN_ERROR_LOCKED);
  unlock (vault, "clerk", "of my own");
  g_assert_cmpuint (kan_vault_get_generation (vault), ==, 3);
}

static void
test_fill_up (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (KanVault) vault = open_vault (f->path, KAN_VAULT_WRITE);

  unlock (vault, "chief", "chief's");
  for (guint i = 2; i < KAN_SLOTS_MAX; i++)
    {
      g_autofree char *login = g_strdup_printf ("person%u", i);

      g_assert_cmpint (put_slot (vault, login, i + 1, login), ==, -1);
    }
  g_assert_cmpint (put_slot (vault, "late", 99, "late"), ==, KAN_ERROR_USAGE);
  g_assert_cmpint (put_slot (vault, "person63", 64, "again"), ==, -1);
  g_clear_pointer (&vault, kan_vault_free);
  vault = open_vault (f->path, KAN_VAULT_READ);
  g_assert_cmpuint (kan_vault_n_slots (vault), ==, KAN_SLOTS_MAX);
  unlock (vault, "person63", "again");
}

/* Under another login the former one-time passphrase opens nothing any more; nobody else's slot is touched. */
static void
test_another_login (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (KanVault) vault = open_vault (f->path, KAN_VAULT_WRITE);

  unlock (vault, "chief", "chief's");
  g_assert_cmpint (put_slot (vault, "third", 3, "third's"), ==, -1);
  g_assert_cmpint (put_slot (vault, "clerk2", 2, "clerk2's"), ==, -1);
  g_assert_cmpuint (kan_vault_n_slots (vault), ==, 3);
  g_clear_pointer (&vault, kan_vault_free);
  vault = open_vault (f->path, KAN_VAULT_WRITE);
  g_assert_null (kan_vault_get_notice (vault));
  g_assert_null (kan_vault_find_slot (vault, "clerk"));
  g_assert_cmpint (try_unlock (vault, "clerk", "clerk's"), ==, KAN_ERROR_KEYLESS);
  unlock (vault, "clerk2", "clerk2's");
  g_assert_cmpint (put_slot (vault, "clerk3", 2, "clerk3's"), ==, -1);
  g_assert_nonnull (kan_vault_find_slot (vault, "clerk2"));
  g_assert_nonnull (kan_vault_find_slot (vault, "third"));
}

static void
test_refused (Fixture *f, G_GNUC_UNUSED gconstpointer unused)
{
  g_autoptr (KanVault) vault = open_vault (f->path, KAN_VAULT_WRITE);

  g_assert_cmpint (put_slot (vault, "third", 3, "x"), ==, KAN_ERROR_LOCKED);
  unlock (vault, "chief", "chief's");
  g_assert_cmpint (put_slot (vault, "third", 3, ""), ==, KAN_ERROR_USAGE);
  g_assert_cmpint (put_slot (vault, "a/b", 3, "x"), ==, KAN_ERROR_USAGE);
  g_assert_cmpint (put_slot (vault, "", 3, "x"), ==, KAN_ERROR_USAGE);
  g_assert_cmpuint (kan_vault_n_slots (vault), ==, 2);
  g_assert_cmpuint (kan_vault_get_generation (vault), ==, 2);
  g_clear_pointer (&vault, kan_vault_free);
  vault = open_vault (f->path, KAN_VAULT_READ);
  unlock (vault, "chief", "chief's");
  g_assert_cmpint (put_slot (vault, "third", 3, "x"), ==, KAN_ERROR_READ_ONLY);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_vault_test ("/vault-slots/list", test_list);
  add_vault_test ("/vault-slots/change-passphrase", test_change_passphrase);
  add_vault_test ("/vault-slots/fill-up", test_fill_up);
  add_vault_test ("/vault-slots/another-login", test_another_login);
  add_vault_test ("/vault-slots/refused", test_refused);
  return g_test_run ();
}
