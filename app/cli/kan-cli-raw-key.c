/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For tests that alter a file as its holder could with a database tool; no release build has it. */
#include "cli/kan-cli-private.h"

#ifdef KAN_TEST_BUILD

#include "vault/kan-vault-private.h"

#include <stdio.h>

/**
 * kan_cli_raw_key:
 * @self: the command line
 * @error: the world's
 *
 * `raw-key FILE`: the PRAGMA that opens the database part in SQLCipher's shell.
 *
 * Returns: the exit status
 */
int
kan_cli_raw_key (KanCli *self, GError **error)
{
  g_autoptr(KanDesk) desk = NULL;
  g_autoptr(KanSecret) key = NULL;
  g_autofree char *hex = NULL, *salt = NULL;
  KanVault *vault;

  if (!kan_cli_parse (self, NULL, 1, 1, error))
    return 2;
  desk = kan_cli_open (self, KAN_VAULT_READ, error);
  if (desk == NULL)
    return 5;
  vault = kan_desk_get_vault (desk);
  key = kan_vault_db_key (vault->file_key);
  hex = kan_hex (kan_secret_peek_bytes (key), kan_secret_get_size (key));
  salt = kan_hex (vault->header.salt, sizeof vault->header.salt);
  printf ("PRAGMA key = \"x'%s%s'\";\n", hex, salt);
  return 0;
}

#endif
