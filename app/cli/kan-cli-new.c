/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Founding a file: `new`. Whatever is wrong and can be known before anything is written is said at once. */
#include "cli/kan-cli-private.h"
#include "vault/kan-strength.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

typedef struct { char *profile, *login, *name, *kana, *staff_no, *association; } Answers;

static void
answers_clear (Answers *self)
{
  g_free (self->profile);
  g_free (self->login);
  g_free (self->name);
  g_free (self->kana);
  g_free (self->staff_no);
  g_free (self->association);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answers, answers_clear)

/* --- what is wrong -------------------------------------------------------------------------------------------- */

/* Wrong usage goes before what the world or a rule says. */
static void
complain (int *status, const GError *error)
{
  int one = kan_cli_report (error);

  if (*status == 0 || one == 2)
    *status = one;
}

/* All that is missing, where nobody is there to be asked one by one. */
static void
check_missing (const Answers *self, int *status)
{
  const struct { const char *answer, *option; } needed[] = {
    { self->profile, "--profile" }, { self->login, "--login" }, { self->name, "--name" },
    { self->staff_no, "--staff-no" },
  };
  g_autoptr(GString) missing = g_string_new (NULL);
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (needed); i++)
    if (needed[i].answer == NULL)
      g_string_append_printf (missing, "%s%s", missing->len > 0 ? " " : "", needed[i].option);
  if (missing->len == 0 || kan_cli_has_terminal ())
    return;
  kan_cli_usage (&error, _("there is no terminal to ask at: give %s"), missing->str);
  complain (status, error);
}

/* A name that is taken is complained of with the rest; where nothing can be written, nothing else matters. */
static gboolean
check_place (const char *path, int *status, GError **error)
{
  g_autoptr(GError) failed = NULL;

  if (kan_desk_try_place (path, &failed))
    return TRUE;
  if (kan_error_exit_status (failed) == 5)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  complain (status, failed);
  return TRUE;
}

/* NULL: to be asked for. */
static KanSecret *
check_passphrase (const char *file, const char *login, int *status)
{
  g_autoptr(GError) error = NULL;
  KanSecret *passphrase = file != NULL ? kan_cli_read_passphrase (file, "--passphrase-file", "", &error) : NULL;

  if (passphrase != NULL)
    (void) !kan_strength_check (passphrase, login, &error);
  if (error != NULL)
    complain (status, error);
  return passphrase;
}

static const char *
answer_to (const Answers *self, const char *key)
{
  const struct { const char *key, *answer; } given[] = {
    { "login", self->login }, { "name", self->name }, { "kana", self->kana }, { "staff_no", self->staff_no },
    { "association", self->association },
  };

  for (guint i = 0; key != NULL && i < G_N_ELEMENTS (given); i++)
    if (strcmp (given[i].key, key) == 0)
      return given[i].answer;
  return NULL;
}

/* "--staff-no: …", as it was typed; with --json a document. */
static void
print_refusals (KanCli *self, GPtrArray *refusals)
{
  if (self->json)
    {
      kan_cli_print_refusals (self, refusals);
      return;
    }
  for (guint i = 0; i < refusals->len; i++)
    {
      const KanRefusal *refusal = g_ptr_array_index (refusals, i);
      g_autofree char *option = g_strdelimit (g_strdup (refusal->key != NULL ? refusal->key : ""), "_", '-');

      kan_cli_note ("%s%s%s%s", *option != '\0' ? "--" : "", option, *option != '\0' ? ": " : "", refusal->typed);
    }
}

/* What is not answered yet is not judged. */
static void
check_answers (KanCli *self, const Answers *answers, const KanProfile *profile, int *status)
{
  KanFounding founding = {
    kan_profile_json (profile), answers->association, answers->staff_no != NULL ? answers->staff_no : "",
    answers->name != NULL ? answers->name : "", answers->kana, answers->login != NULL ? answers->login : "",
  };
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) refusals = kan_desk_try_founding (&founding, self->now, &error);

  if (refusals == NULL)
    {
      complain (status, error);
      return;
    }
  for (guint i = refusals->len; i > 0; i--)
    {
      const KanRefusal *refusal = g_ptr_array_index (refusals, i - 1);

      if (refusal->code == KAN_MISSING && answer_to (answers, refusal->key) == NULL)
        g_ptr_array_remove_index (refusals, i - 1);
    }
  if (refusals->len == 0)
    return;
  print_refusals (self, refusals);
  *status = 2;
}

/* Under a profile that there is not, what is common to all of them. */
static KanProfile *
check_profile (KanCli *self, const Answers *answers, int *status)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KanProfile) profile = answers->profile != NULL ? kan_cli_load_profile (answers->profile, &error) : NULL;
  g_autoptr(KanProfile) other = profile == NULL ? kan_cli_load_profile ("blank", NULL) : NULL;

  if (error != NULL)
    complain (status, error);
  check_answers (self, answers, profile != NULL ? profile : other, status);
  return g_steal_pointer (&profile);
}

/* --- founding ------------------------------------------------------------------------------------------------- */

static void
print_founding (KanCli *self, KanDesk *desk, const char *anchor)
{
  KanVault *vault = kan_desk_get_vault (desk);
  g_autofree char *id = kan_hex (kan_vault_get_file_id (vault), KAN_FILE_ID_SIZE);
  g_autoptr(KanAct) act = kan_ledger_get (kan_vault_get_db (vault), 1, NULL);
  g_autofree char *fingerprint = kan_fingerprint (act->key);
  g_autoptr(JsonBuilder) json = json_builder_new ();

  if (!self->json)
    {
      printf (_("Founded %s\n"), kan_vault_get_path (vault));
      kan_cli_print_field (_("File"), 16, id);
      kan_cli_print_field (_("Anchor"), 16, anchor);
      kan_cli_print_field (_("Key of the chief"), 16, fingerprint);
      return;
    }
  json_builder_begin_object (json);
  kan_json_text (json, "file", kan_vault_get_path (vault));
  kan_json_text (json, "file_id", id);
  kan_json_text (json, "anchor", anchor);
  kan_json_text (json, "fingerprint", fingerprint);
  kan_json_text (json, "subject", "P1");
  json_builder_end_object (json);
  kan_json_print (json);
}

static int
found (KanCli *self, const Answers *answers, const KanProfile *profile, const KanSecret *passphrase, GError **error)
{
  KanFounding founding = { kan_profile_json (profile), answers->association, answers->staff_no, answers->name,
                           answers->kana, answers->login };
  g_autoptr(KanSecret) typed = passphrase == NULL
    ? kan_cli_new_passphrase (NULL, "--passphrase-file", _("New passphrase: "), error) : NULL;
  const KanSecret *secret = passphrase != NULL ? passphrase : typed;
  g_autoptr(KanDesk) desk = secret != NULL
    ? kan_desk_found (self->args[0], &founding, secret, self->now, error) : NULL;
  g_autofree char *anchor = desk != NULL ? kan_desk_dup_anchor (desk, error) : NULL;

  if (anchor == NULL)
    return 5;
  print_founding (self, desk, anchor);
  return 0;
}

static gboolean
are_texts (const Answers *self, GError **error)
{
  const char *texts[] = { self->login, self->name, self->kana, self->staff_no, self->association };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i] != NULL && !g_utf8_validate (texts[i], -1, NULL))
      {
        kan_cli_usage (error, _("an answer is not valid UTF-8"));
        return FALSE;
      }
  return TRUE;
}

static gboolean
ask_for (char **answer, const char *prompt, gboolean *asked, GError **error)
{
  if (*answer != NULL)
    return TRUE;
  *asked = TRUE;
  *answer = kan_cli_ask (prompt, error);
  return *answer != NULL;
}

/* What was given is checked before anything else is asked for, and what was asked for once it is there. */
static int
check_and_found (KanCli *self, Answers *answers, GError **error)
{
  g_autoptr(KanProfile) profile = NULL;
  g_autoptr(KanSecret) passphrase = NULL;
  /* Translators: which there are */
  g_autofree char *which = g_strdup_printf (_("Profile (%s)"), _("nagasaki, fukui, blank, or a .json file"));
  gboolean asked = FALSE;
  int status = 0;

  if (!check_place (self->args[0], &status, error))
    return 5;
  check_missing (answers, &status);
  profile = check_profile (self, answers, &status);
  passphrase = check_passphrase (self->passphrase_file, answers->login, &status);
  if (status != 0)
    return status;
  if (!ask_for (&answers->profile, which, &asked, error) ||
      !ask_for (&answers->login, _("Login"), &asked, error) ||
      !ask_for (&answers->name, _("Name"), &asked, error) ||
      !ask_for (&answers->staff_no, _("Staff number"), &asked, error))
    return 2;
  if (asked)
    {
      g_clear_pointer (&profile, kan_profile_unref);
      profile = check_profile (self, answers, &status);
    }
  return status != 0 ? status : found (self, answers, profile, passphrase, error);
}

/**
 * kan_cli_new:
 * @self: the command line
 * @error: the world's
 *
 * `new FILE --profile P --login L --name N`; what is not given is asked for.
 *
 * Returns: the exit status
 */
int
kan_cli_new (KanCli *self, GError **error)
{
  g_auto(Answers) answers = { 0 };
  const GOptionEntry entries[] = {
    { "profile", 0, 0, G_OPTION_ARG_FILENAME, &answers.profile, N_("nagasaki, fukui, blank, or a .json file"),
      N_("P") },
    { "login", 0, 0, G_OPTION_ARG_FILENAME, &answers.login, N_("login of the chief"), N_("L") },
    { "name", 0, 0, G_OPTION_ARG_FILENAME, &answers.name, N_("name of the chief"), N_("N") },
    { "kana", 0, 0, G_OPTION_ARG_FILENAME, &answers.kana, N_("name in kana"), N_("N") },
    { "staff-no", 0, 0, G_OPTION_ARG_FILENAME, &answers.staff_no, N_("staff number of the chief"), N_("N") },
    { "association", 0, 0, G_OPTION_ARG_FILENAME, &answers.association, N_("its name, where not the profile's"),
      N_("N") },
    G_OPTION_ENTRY_NULL
  };

  if (!kan_cli_parse (self, entries, 1, 1, error) || !are_texts (&answers, error))
    return 2;
  return check_and_found (self, &answers, error);
}
