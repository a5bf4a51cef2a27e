/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small office in one file: two people, a database with rows, passphrases stretched lightly. */
#pragma once
#include "app/db/db-fixture.h"
#include "vault/kan-vault.h"

#include <string.h>
#include <sys/stat.h>

static inline KanSecret *
phrase (const char *text)
{
  g_autofree char *copy = g_strdup (text);

  return kan_secret_new_take ((guint8 *) copy, strlen (text));
}

/* The keys of the same name are always the same. */
static inline KanKeys *
keys_of (const char *login)
{
  guint8 bytes[KAN_SEED_SIZE];
  g_autoptr (KanSecret) seed = NULL;

  kan_hash (login, strlen (login), (KanHash *) bytes);
  seed = kan_secret_new_take (bytes, sizeof bytes);
  return kan_keys_new (seed);
}

static inline void
found (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KanVault) vault = kan_vault_create (path, &error);
  g_autoptr (KanKeys) chief = keys_of ("chief"), clerk = keys_of ("clerk");
  g_autoptr (KanSecret) chief_phrase = phrase ("chief's"), clerk_phrase = phrase ("clerk's");
  const KanHash founding = { { 1, 2, 3 } };

  g_assert_no_error (error);
  exec (kan_vault_get_db (vault), "CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (1), (2)");
  g_assert_true (kan_vault_establish (vault, &founding, "chief", 1, chief_phrase, chief, &error));
  g_assert_no_error (error);
  g_assert_true (kan_vault_put_slot (vault, "clerk", 2, TRUE, clerk_phrase, clerk, &error));
  g_assert_no_error (error);
}

static inline KanVault *
open_vault (const char *path, KanVaultMode mode)
{
  g_autoptr (GError) error = NULL;
  KanVault *vault = kan_vault_open (path, mode, &error);

  g_assert_no_error (error);
  g_assert_nonnull (vault);
  return vault;
}

/* Whether that login opens with that passphrase; otherwise the error's code. */
static inline int
try_unlock (KanVault *vault, const char *login, const char *text)
{
  g_autoptr (KanSecret) secret = phrase (text);
  g_autoptr (GError) error = NULL;
  g_autoptr (KanKeys) keys = kan_vault_unlock (vault, login, secret, &error);
  g_autoptr (KanKeys) expected = keys_of (login);

  g_assert_cmpint (keys == NULL, ==, error != NULL);
  if (keys == NULL)
    {
      g_assert_true (error->domain == KAN_ERROR);
      g_test_message ("%s", error->message);
      return error->code;
    }
  g_assert_true (kan_equal (kan_keys_get_sign (keys), kan_keys_get_sign (expected), KAN_KEY_SIZE));
  return -1;
}

static inline void
unlock (KanVault *vault, const char *login, const char *text)
{
  g_assert_cmpint (try_unlock (vault, login, text), ==, -1);
}

static inline int
put_slot (KanVault *vault, const char *login, gint64 person, const char *text)
{
  g_autoptr (KanSecret) secret = phrase (text);
  g_autoptr (KanKeys) keys = keys_of (login);
  g_autoptr (GError) error = NULL;

  if (kan_vault_put_slot (vault, login, person, FALSE, secret, keys, &error))
    return -1;
  g_assert_true (error->domain == KAN_ERROR);
  return error->code;
}

/* What opening says: -1 for nothing. */
static inline int
try_open (const char *path, KanVaultMode mode)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KanVault) vault = kan_vault_open (path, mode, &error);

  g_assert_cmpint (vault == NULL, ==, error != NULL);
  if (error == NULL)
    return -1;
  g_assert_true (error->domain == KAN_ERROR);
  g_test_message ("%s", error->message);
  return error->code;
}

static inline gint64
size_of (const char *path)
{
  struct stat info;

  return stat (path, &info) == 0 ? info.st_size : -1;
}

static inline void
vault_set_up (Fixture *f, gconstpointer unused)
{
  kan_stretch_set_light (TRUE);
  fixture_set_up (f, unused);
  g_free (f->path);
  f->path = g_build_filename (f->folder, "office.kanribo", NULL);
  found (f->path);
}

#define add_vault_test(path_, func_) \
  g_test_add (path_, Fixture, NULL, vault_set_up, func_, fixture_tear_down)
