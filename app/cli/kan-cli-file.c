/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file and its keys: copying, passphrases, enrolling a person and claiming a key. */
#include "cli/kan-cli-private.h"
#include "desk/kan-desk-backup.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

/* --- backup, passwd ------------------------------------------------------------------------------------------- */

/**
 * kan_cli_backup:
 * @self: the command line
 * @error: the world's
 *
 * `backup FILE DEST`
 *
 * Returns: the exit status
 */
int
kan_cli_backup (KanCli *self, GError **error)
{
  g_autoptr(KanDesk) desk = NULL;
  g_autoptr(KanBackup) backup = NULL;
  g_autoptr(JsonBuilder) json = json_builder_new ();

  if (!kan_cli_parse (self, NULL, 2, 2, error))
    return 2;
  desk = kan_cli_open (self, KAN_VAULT_READ, error);
  backup = desk != NULL ? kan_desk_backup (desk, self->args[1], self->now, NULL, NULL, error) : NULL;
  if (desk != NULL && backup == NULL)
    kan_cli_name_damage (self, kan_desk_get_vault (desk), error);
  if (backup == NULL)
    return 5;
  if (!self->json)
    {
      printf (_("Copied to %s up to %s\n"), backup->path, backup->anchor);
      return 0;
    }
  json_builder_begin_object (json);
  kan_json_text (json, "backup", backup->path);
  kan_json_text (json, "anchor", backup->anchor);
  json_builder_end_object (json);
  kan_json_print (json);
  return 0;
}

static void
print_changed (KanCli *self, KanDesk *desk)
{
  g_autoptr(JsonBuilder) json = json_builder_new ();

  if (!self->json)
    {
      puts (_("The passphrase was changed. Older copies of the file still open with the old one."));
      return;
    }
  json_builder_begin_object (json);
  kan_json_text (json, "login", kan_desk_get_login (desk));
  kan_json_yes (json, "changed", TRUE);
  json_builder_end_object (json);
  kan_json_print (json);
}

/**
 * kan_cli_passwd:
 * @self: the command line
 * @error: the world's
 *
 * `passwd FILE --new-passphrase-file F`
 *
 * Returns: the exit status
 */
int
kan_cli_passwd (KanCli *self, GError **error)
{
  g_autofree char *file = NULL;
  const GOptionEntry entries[] = {
    { "new-passphrase-file", 0, 0, G_OPTION_ARG_FILENAME, &file, N_("its first line is the new passphrase"), N_("F") },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(KanDesk) desk = NULL;
  g_autoptr(KanSecret) old_one = NULL, new_one = NULL;

  if (!kan_cli_parse (self, entries, 1, 1, error))
    return 2;
  desk = kan_cli_open_keeping (self, KAN_VAULT_WRITE, &old_one, error);
  new_one = desk != NULL ? kan_cli_new_passphrase (file, "--new-passphrase-file", _("New passphrase: "), error)
                          : NULL;
  if (new_one == NULL || !kan_desk_change_passphrase (desk, old_one, new_one, error))
    return 5;
  print_changed (self, desk);
  return 0;
}

/* --- person, key ---------------------------------------------------------------------------------------------- */

static const char *
login_answered (KanCli *self, GError **error)
{
  if (strcmp (self->args[1], "enroll") != 0)
    kan_cli_usage (error, _("there is no “person %s”: enroll"), self->args[1]);
  else if (!g_str_has_prefix (self->args[3], "login=") || self->args[3][6] == '\0')
    kan_cli_usage (error, _("say which login: login=NAME"));
  else
    return self->args[3] + 6;
  return NULL;
}

/* The act, and what became of the slot: made, or made by the same command once the act is in force. */
static int
print_enrolment (KanCli *self, KanDesk *desk, const char *login, KanOutcome *outcome)
{
  gboolean signed_now = outcome->seq > 0 || outcome->refusals->len > 0;
  int status = signed_now || self->json
    ? kan_cli_print_outcome (self, kan_desk_get_book (desk), "person.enroll", outcome, NULL) : 0;

  if (outcome->refusals->len > 0)
    return status;
  if (outcome->waiting_for->len == 0)
    {
      if (!self->json)
        printf (_("%s: the key slot “%s” was made\n"), outcome->subject, login);
      return status;
    }
  kan_cli_note (_("no key slot was made yet, and the one-time passphrase was not kept"));
  kan_cli_note (_("first a second person signs: kanribo do %s hand.give subject=%s --as LOGIN"), self->args[0],
                outcome->subject);
  kan_cli_note (_("then make the key slot: kanribo person %s enroll %s login=%s --one-time-file F --as %s"),
                self->args[0], outcome->subject, login, kan_desk_get_login (desk));
  return status;
}

/**
 * kan_cli_person:
 * @self: the command line
 * @error: the world's
 *
 * `person FILE enroll P2 login=NAME --one-time-file F`
 *
 * Returns: the exit status
 */
int
kan_cli_person (KanCli *self, GError **error)
{
  g_autofree char *file = NULL;
  const GOptionEntry entries[] = {
    { "one-time-file", 0, 0, G_OPTION_ARG_FILENAME, &file, N_("its first line is the one-time passphrase"), N_("F") },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(KanDesk) desk = NULL;
  g_autoptr(KanSecret) one_time = NULL;
  g_autoptr(KanOutcome) outcome = NULL;
  const char *login;

  if (!kan_cli_parse (self, entries, 4, 4, error))
    return 2;
  login = login_answered (self, error);
  desk = login != NULL ? kan_cli_open (self, KAN_VAULT_WRITE, error) : NULL;
  one_time = desk != NULL ? kan_cli_new_passphrase (file, "--one-time-file", _("One-time passphrase: "), error)
                           : NULL;
  outcome = one_time != NULL ? kan_desk_enroll (desk, self->args[2], login, one_time, self->now, error) : NULL;
  return outcome != NULL ? print_enrolment (self, desk, login, outcome) : 5;
}

static void
add_key (JsonBuilder *json, KanGrid *grid, KanCli *self, KanTable *table, guint row)
{
  g_autofree char *subject = g_strdup (kan_table_get_stored (table, row, 0));
  g_autofree char *fingerprint = NULL;

  for (guint i = 0; i < kan_table_n_columns (table) && fingerprint == NULL; i++)
    if (strcmp (kan_table_get_column (table, i)->id, "sign_key") == 0)
      fingerprint = kan_table_show (table, row, i, self->japanese);
  json_builder_begin_object (json);
  kan_json_text (json, "id", subject);
  kan_json_text (json, "person", kan_table_get_stored (table, row, 1));
  kan_json_text (json, "state", kan_table_get_stored (table, row, kan_table_n_columns (table) - 1));
  kan_json_text (json, "fingerprint", fingerprint);
  json_builder_end_object (json);
  kan_grid_add (grid, subject);
  kan_grid_add_take (grid, kan_table_show (table, row, 1, self->japanese));
  kan_grid_add_take (grid, kan_table_show (table, row, kan_table_n_columns (table) - 1, self->japanese));
  kan_grid_add (grid, fingerprint);
}

static int
list_keys (KanCli *self, GError **error)
{
  g_autoptr(KanDesk) desk = kan_cli_open (self, KAN_VAULT_READ, error);
  KanBook *book = desk != NULL ? kan_desk_get_book (desk) : NULL;
  g_autoptr(KanTable) table = book != NULL
    ? kan_table_new (book, kan_book_find_register (book, "key"), NULL, NULL, 0, NULL, error)
                              : NULL;
  g_autoptr(JsonBuilder) json = json_builder_new ();
  g_autoptr(KanGrid) grid = kan_grid_new (4);

  if (table == NULL)
    return 5;
  json_builder_begin_object (json);
  json_builder_set_member_name (json, "keys");
  json_builder_begin_array (json);
  kan_grid_add (grid, _("No."));
  kan_grid_add (grid, _("Person"));
  kan_grid_add (grid, _("State"));
  kan_grid_add (grid, _("Fingerprint"));
  for (guint row = 0; row < kan_table_n_rows (table); row++)
    add_key (json, grid, self, table, row);
  kan_cli_end_list (self, json, grid);
  return 0;
}

static int
claim_key (KanCli *self, const char *file, GError **error)
{
  g_autoptr(KanDesk) desk = NULL;
  g_autoptr(KanSecret) passphrase = NULL;
  g_autoptr(KanOutcome) outcome = NULL;

  self->claims = TRUE;
  desk = kan_cli_open (self, KAN_VAULT_WRITE, error);
  if (desk != NULL)
    passphrase = kan_cli_new_passphrase (file, "--new-passphrase-file", _("New passphrase: "), error);
  outcome = passphrase != NULL ? kan_desk_claim (desk, passphrase, self->now, error) : NULL;
  return outcome != NULL ? kan_cli_print_outcome (self, kan_desk_get_book (desk), "key.claim", outcome, NULL) : 5;
}

/**
 * kan_cli_key:
 * @self: the command line
 * @error: the world's
 *
 * `key FILE list`, `key FILE claim --with OFFICER:F --new-passphrase-file F`
 *
 * Returns: the exit status
 */
int
kan_cli_key (KanCli *self, GError **error)
{
  g_autofree char *file = NULL;
  const GOptionEntry entries[] = {
    { "new-passphrase-file", 0, 0, G_OPTION_ARG_FILENAME, &file, N_("its first line is the new passphrase"), N_("F") },
    G_OPTION_ENTRY_NULL
  };

  if (!kan_cli_parse (self, entries, 2, 2, error))
    return 2;
  if (strcmp (self->args[1], "list") == 0)
    return list_keys (self, error);
  if (strcmp (self->args[1], "claim") == 0)
    return claim_key (self, file, error);
  return kan_cli_usage (error, _("there is no “key %s”: list, claim"), self->args[1]);
}
