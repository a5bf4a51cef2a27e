/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of subcommands, the options all of them have, and how errors are told. */
#include "cli/kan-cli-private.h"

#include "values/kan-text.h"
#include "values/kan-wareki.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const KanCommand commands[] = {
  { "new", "FILE", N_("found a file"), kan_cli_new, KAN_CLI_PASSPHRASE },
  { "status", "FILE", N_("what is due, overdue, waiting, out, open, missing"), kan_cli_status, KAN_CLI_PERSON },
  { "remind", "FILE...", N_("what the reminder block says; needs no passphrase"), kan_cli_remind, KAN_CLI_PERSON },
  { "acts", "[KIND]", N_("the acts, their fields, who may, which article"), kan_cli_acts },
  { "do", "FILE KIND [FIELD=VALUE]...", N_("make an act; prints its number and subject"), kan_cli_do, KAN_CLI_SIGNS },
  { "pending", "FILE", N_("requests waiting, and for whom"), kan_cli_pending, KAN_CLI_PERSON },
  { "show", "FILE REGISTER [RECORD]", N_("a register or a record"), kan_cli_show, KAN_CLI_PERSON },
  { "log", "FILE", N_("the chain, readable"), kan_cli_log, KAN_CLI_PERSON },
  { "verify", "FILE", N_("check the whole file for alterations"), kan_cli_verify, KAN_CLI_PERSON },
  { "print", "FILE FORM [RECORD...] -o OUT.pdf", N_("a form as PDF"), kan_cli_print, KAN_CLI_PERSON },
  { "backup", "FILE DEST", N_("a verified copy"), kan_cli_backup, KAN_CLI_PERSON },
  { "passwd", "FILE", N_("change one's passphrase"), kan_cli_passwd, KAN_CLI_PERSON },
  { "person", "FILE enroll PERSON login=LOGIN", N_("let somebody hold a key"), kan_cli_person, KAN_CLI_SIGNS },
  { "key", "FILE list|claim", N_("keys of persons; claim one's own"), kan_cli_key, KAN_CLI_SIGNS },
  { "demo", "FILE", N_("an invented office to try things in"), kan_cli_demo },
  { "calendar", "payments|holidays YEAR", N_("payment days or holidays of a year"), kan_cli_calendar },
  { "profile", "check FILE.json", N_("whether a profile says what it must"), kan_cli_profile },
#ifdef KAN_TEST_BUILD
  { "raw-key", "FILE", NULL, kan_cli_raw_key, KAN_CLI_PERSON },
#endif
  { 0 }
};

static void
print_help (FILE *out)
{
  fprintf (out, "%s\n", _("Usage: kanribo [FILE]  or  kanribo COMMAND [OPTION]..."));
  fprintf (out, "  %-10s %-32s %s\n", "", "[FILE]", _("the window"));
  for (const KanCommand *command = commands; command->name != NULL; command++)
    if (command->summary != NULL)
      fprintf (out, "  %-10s %-32s %s\n", command->name, command->synopsis, _(command->summary));
  fprintf (out, "%s\n", _("`kanribo COMMAND --help` tells the options of each."));
}

/**
 * kan_cli_note:
 * @format: a translated sentence, printf style
 *
 * Says on the standard error what is no error.
 */
void
kan_cli_note (const char *format, ...)
{
  g_autofree char *text = NULL, *visible = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  visible = kan_text_dup_visible (text);
  fprintf (stderr, "kanribo: %s\n", visible);
}

/**
 * kan_cli_usage:
 * @error: where to put it
 * @why: what was typed that cannot be meant, printf style
 *
 * Returns: 2
 */
int
kan_cli_usage (GError **error, const char *why, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, why);
  text = g_strdup_vprintf (why, args);
  va_end (args);
  g_set_error_literal (error, KAN_ERROR, KAN_ERROR_USAGE, text);
  return 2;
}

/* What now, after what and why. */
static const char *
remedy (const GError *error)
{
  if (error->domain != KAN_ERROR)
    return error->domain == G_OPTION_ERROR ? _("see --help") : NULL;
  switch ((KanError) error->code)
    {
    case KAN_ERROR_LOCKED:
    case KAN_ERROR_KEYLESS:
      return _("nothing was opened; try again");
    case KAN_ERROR_DAMAGED:
      return _("nothing was changed; go back to a backup");
    case KAN_ERROR_FOREIGN:
      return _("nothing was changed; choose a file that this program made");
    case KAN_ERROR_TOO_NEW:
      return _("nothing was changed; install the newer version");
    case KAN_ERROR_MISSING:
      return _("check the path");
    case KAN_ERROR_EXISTS:
      return _("nothing was changed; choose another name");
    case KAN_ERROR_BUSY:
      return _("close it there and try again");
    case KAN_ERROR_UNREADABLE:
      return _("have whoever looks after the terminal allow you to read it");
    case KAN_ERROR_READ_ONLY:
      return _("use a folder that can be written to");
    case KAN_ERROR_FULL:
      return _("make room and try again");
    case KAN_ERROR_IO:
      return _("check the medium and try again");
    case KAN_ERROR_INVALID:
      return _("put it right and try again");
    case KAN_ERROR_USAGE:     /* says itself what should be typed */
    case KAN_ERROR_REFUSED:   /* and what comes first */
    case KAN_ERROR_CANCELLED:
    default:
      return NULL;
    }
}

/**
 * kan_cli_report:
 * @error: what went wrong
 *
 * Says it on the standard error in one line: what, why, what now.
 *
 * Returns: the exit status that it stands for
 */
int
kan_cli_report (const GError *error)
{
  const char *now = remedy (error);
  g_autofree char *line = g_strdelimit (g_strdup (error->message), "\n", ' ');

  if (now != NULL)
    kan_cli_note (_("%s; %s"), line, now);
  else
    kan_cli_note ("%s", line);
  return kan_error_exit_status (error);
}

/**
 * kan_cli_read_day:
 * @typed: a day as `do` takes it, also by the era
 * @error: %KAN_ERROR_USAGE: there is no such day
 *
 * Returns: (transfer full) (nullable): "2026-02-13"
 */
char *
kan_cli_read_day (const char *typed, GError **error)
{
  KanDay day = g_utf8_validate (typed, -1, NULL) ? kan_wareki_parse (typed) : KAN_DAY_NONE;

  if (day != KAN_DAY_NONE)
    return kan_day_format (day);
  kan_cli_usage (error, _("there is no such date as “%s”: write e.g. 2026-02-13"), typed);
  return NULL;
}

/* --- options -------------------------------------------------------------------------------------------------- */

/* "2026-09-10T09:30" in Japan, or "2026-09-10T00:30:00Z". */
static gboolean
take_time (KanCli *self, GError **error)
{
  self->now = g_get_real_time () / G_USEC_PER_SEC;
  if (self->at == NULL || kan_utc_parse (self->at, &self->now) || kan_minute_parse (self->at, &self->now))
    return TRUE;
  kan_cli_usage (error, _("there is no such date and time as “%s”: write e.g. 2026-02-13T09:30"), self->at);
  return FALSE;
}

static gboolean
check_texts (KanCli *self, GError **error)
{
  for (guint i = 0; i < self->n_args; i++)
    if (!g_utf8_validate (self->args[i], -1, NULL))
      {
        kan_cli_usage (error, _("argument %u is not valid UTF-8"), i + 1);
        return FALSE;
      }
  return TRUE;
}

static gboolean
check_with (KanCli *self, GError **error)
{
  for (char **with = self->with; with != NULL && *with != NULL; with++)
    {
      const char *colon = strchr (*with, ':');

      if (colon == NULL || colon == *with || colon[1] == '\0')
        {
          kan_cli_usage (error, _("--with %s: say who signs along and where their passphrase is: --with LOGIN:FILE"),
                         *with);
          return FALSE;
        }
    }
  return TRUE;
}

/* Scripts may give them to every command; help tells of those that it takes. */
static int
told_if (const KanCli *self, KanCliOptions option)
{
  return (self->command->takes & option) != 0 ? 0 : G_OPTION_FLAG_HIDDEN;
}

/* What is declared of "--name", "--name=value" or "-n". */
static const GOptionEntry *
find_option (const GOptionEntry *entries, const char *typed)
{
  gsize length = strcspn (typed, "=");

  for (; entries != NULL && entries->long_name != NULL; entries++)
    if (g_str_has_prefix (typed, "--")
        ? strlen (entries->long_name) == length - 2 && strncmp (entries->long_name, typed + 2, length - 2) == 0
        : *typed == '-' && typed[1] != '\0' && typed[2] == '\0' && entries->short_name == typed[1])
      return entries;
  return NULL;
}

static gboolean
check_switch (const GOptionEntry *option, const char *typed, GError **error)
{
  const char *equals = g_str_has_prefix (typed, "--") ? strchr (typed, '=') : NULL;

  if (equals != NULL)
    kan_cli_usage (error, _("--%s takes no value: leave out “%s”"), option->long_name, equals);
  return equals == NULL;
}

static gboolean
check_once (const GOptionEntry *option, GHashTable *given, GError **error)
{
  if (option->arg == G_OPTION_ARG_FILENAME_ARRAY || option->arg == G_OPTION_ARG_STRING_ARRAY ||
      g_hash_table_add (given, (gpointer) option))
    return TRUE;
  kan_cli_usage (error, _("--%s is given more than once: give it once"), option->long_name);
  return FALSE;
}

/* What GOption passes over: a value given to an option that takes none ("--on=no" would switch on), and all but the
 * last of several given to one that takes one. */
static gboolean
check_options (char **argv, const GOptionEntry *common, const GOptionEntry *own, GError **error)
{
  g_autoptr(GHashTable) given = g_hash_table_new (NULL, NULL);

  for (; *argv != NULL && strcmp (*argv, "--") != 0; argv++)
    {
      const GOptionEntry *found = find_option (own, *argv);

      found = found != NULL ? found : find_option (common, *argv);
      if (found == NULL)
        continue;
      if (found->arg == G_OPTION_ARG_NONE ? !check_switch (found, *argv, error) : !check_once (found, given, error))
        return FALSE;
      if (found->arg != G_OPTION_ARG_NONE && strchr (*argv, '=') == NULL && argv[1] != NULL)
        argv++;     /* its value */
    }
  return TRUE;
}

static gboolean
add_common (KanCli *self, GOptionContext *context, const GOptionEntry *own, GError **error)
{
  const GOptionEntry common[] = {
    { "as", 0, told_if (self, KAN_CLI_AS), G_OPTION_ARG_FILENAME, &self->as, N_("who you are"), N_("LOGIN") },
    { "passphrase-file", 0, told_if (self, KAN_CLI_PASSPHRASE), G_OPTION_ARG_FILENAME, &self->passphrase_file,
      N_("its first line is the passphrase"), N_("F") },
    { "with", 0, told_if (self, KAN_CLI_WITH), G_OPTION_ARG_FILENAME_ARRAY, &self->with,
      N_("a second person who signs along"), N_("LOGIN:F") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self->json, N_("one JSON document on the standard output"), NULL },
#ifdef KAN_TEST_BUILD
    { "at", 0, 0, G_OPTION_ARG_FILENAME, &self->at, N_("what the clock is to say (test builds)"), N_("TIME") },
    { "light", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, &self->light, NULL, NULL },
#endif
    G_OPTION_ENTRY_NULL
  };

  g_option_context_add_main_entries (context, common, GETTEXT_PACKAGE);
  return check_options (self->argv, common, own, error);
}

/**
 * kan_cli_parse:
 * @self: the command line
 * @entries: (nullable): the command's own options
 * @at_least: how many arguments are needed
 * @at_most: how many are taken
 * @error: %G_OPTION_ERROR or %KAN_ERROR_USAGE
 *
 * Reads the options; what is left stands in `args`. `--help` is answered here, and ends the program.
 */
gboolean
kan_cli_parse (KanCli *self, const GOptionEntry *entries, guint at_least, guint at_most, GError **error)
{
  g_autoptr(GOptionContext) context = g_option_context_new (self->command->synopsis);
  g_autofree char *name = g_strdup_printf ("kanribo %s", self->command->name);
  g_auto(GStrv) argv = NULL;
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  g_strv_builder_add (builder, name);
  for (char **arg = self->argv; *arg != NULL; arg++)
    g_strv_builder_add (builder, *arg);
  argv = g_strv_builder_end (builder);
  g_set_prgname (name);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, _(self->command->summary));
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!add_common (self, context, entries, error) || !g_option_context_parse_strv (context, &argv, error))
    return FALSE;
  self->n_args = g_strv_length (argv) - 1;
  self->args = g_strdupv (argv + 1);
  if (self->n_args < at_least || self->n_args > at_most)
    {
      kan_cli_usage (error, self->n_args < at_least ? _("something is missing: kanribo %s %s")
                     : _("too many arguments: kanribo %s %s"), self->command->name, self->command->synopsis);
      return FALSE;
    }
#ifdef KAN_TEST_BUILD
  kan_stretch_set_light (self->light);
#endif
  return check_texts (self, error) && check_with (self, error) && take_time (self, error);
}

static void
clear_cli (KanCli *self)
{
  g_strfreev (self->args);
  g_free (self->as);
  g_free (self->passphrase_file);
  g_strfreev (self->with);
  g_free (self->at);
}

static int
run (const KanCommand *command, char **argv)
{
  KanCli cli = { .command = command, .argv = argv, .japanese = kan_speaks_japanese () };
  g_autoptr(GError) error = NULL;
  int status = kan_crypto_init (&error) ? command->run (&cli, &error) : 5;

  clear_cli (&cli);
  if (error != NULL)
    status = kan_cli_report (error);
  if (fflush (stdout) == 0 && !ferror (stdout))
    return status;
  if (cli.made > 0)
    kan_cli_note (_("entry %" PRId64 " was made, but the output could not be written; do not make it again: "
                    "`kanribo log` tells of it"), cli.made);
  else
    kan_cli_note (_("the output could not be written; make room and try again"));
  return 5;
}

/**
 * kan_cli_wants_window:
 * @argc: as main() has it
 * @argv: as main() has it
 *
 * Returns: whether the window is meant: no argument, or a file alone
 */
gboolean
kan_cli_wants_window (int argc, char **argv)
{
  if (argc != 2)
    return argc < 2;
  for (const KanCommand *command = commands; command->name != NULL; command++)
    if (strcmp (command->name, argv[1]) == 0)
      return FALSE;
  return *argv[1] != '-' && (g_str_has_suffix (argv[1], ".kanribo") || g_file_test (argv[1], G_FILE_TEST_EXISTS));
}

/**
 * kan_cli_main:
 * @argc: as main() has it
 * @argv: as main() has it
 *
 * Runs one subcommand.
 *
 * Returns: 0 done; 1 refused by a rule, or a check found something; 2 wrong usage; 3 not unlocked; 4 file damaged,
 *   foreign or too new; 5 the system failed
 */
int
kan_cli_main (int argc, char **argv)
{
  kan_cli_guard_output ();
  if (argc < 2)
    {
      print_help (stderr);
      return 2;
    }
  if (strcmp (argv[1], "help") == 0 || strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0)
    {
      print_help (stdout);
      return 0;
    }
  if (strcmp (argv[1], "--version") == 0)
    {
      printf ("kanribo %s\n", KAN_VERSION);
      return 0;
    }
  for (const KanCommand *command = commands; command->name != NULL; command++)
    if (strcmp (command->name, argv[1]) == 0)
      return run (command, argv + 2);
  kan_cli_note (_("there is no command “%s”; see `kanribo --help`"), argv[1]);
  return 2;
}
