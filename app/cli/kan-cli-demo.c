/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `demo`: an invented office to try things in, and the passphrases of those who work there. */
#include "cli/kan-cli-private.h"

#include "desk/kan-demo.h"
#include "values/kan-roles.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { MOST_YEARS = 20, MOST_ACTS = 1000000 };

/* --- passphrases ---------------------------------------------------------------------------------------------- */

static gboolean
make_folder (const char *folder, GError **error)
{
  if (g_mkdir (folder, 0700) == 0)
    return TRUE;
  kan_error_set_errno (error, errno, _("cannot make the folder for the passphrases"), folder);
  return FALSE;
}

static gboolean
write_passphrase (const char *folder, const KanDemoLogin *login, GError **error)
{
  g_autofree char *path = g_build_filename (folder, login->login, NULL);
  int fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  gsize size = kan_secret_get_size (login->passphrase);
  gboolean fine = fd >= 0 && write (fd, kan_secret_peek_bytes (login->passphrase), size) == (gssize) size &&
                  write (fd, "\n", 1) == 1;
  int errnum = errno;

  if (fd >= 0)
    fine = close (fd) == 0 && fine;
  if (!fine)
    kan_error_set_errno (error, errnum, _("cannot write the passphrase to"), path);
  return fine;
}

static gboolean
write_passphrases (const char *folder, GPtrArray *logins, GError **error)
{
  for (guint i = 0; i < logins->len; i++)
    if (!write_passphrase (folder, g_ptr_array_index (logins, i), error))
      return FALSE;
  return TRUE;
}

/* --- who works there ------------------------------------------------------------------------------------------ */

static void
add_role (GPtrArray *roles, const char *role)
{
  if (!g_ptr_array_find_with_equal_func (roles, role, g_str_equal, NULL))
    g_ptr_array_add (roles, (gpointer) role);
}

static GPtrArray *
roles_of (const KanProfile *profile, const KanDemoLogin *login)
{
  GPtrArray *roles = g_ptr_array_new ();

  for (char **code = login->offices; *code != NULL; code++)
    {
      const KanOffice *office = kan_profile_office (profile, *code);

      for (const char *const *role = office != NULL ? office->roles : NULL; role != NULL && *role != NULL; role++)
        add_role (roles, *role);
    }
  if (login->is_operator)
    add_role (roles, "operator");
  return roles;
}

static void
add_label (GString *out, const KanLabel *label, gboolean japanese)
{
  g_string_append_printf (out, "%s%s", out->len > 0 ? _(", ") : "", kan_label (label, japanese));
}

/* "General Affairs Manager (Information manager)": offices first, then what they carry. */
static char *
describe (const KanProfile *profile, const KanDemoLogin *login, gboolean japanese)
{
  g_autoptr(GPtrArray) roles = roles_of (profile, login);
  g_autoptr(GString) offices = g_string_new (NULL), carried = g_string_new (NULL);

  for (char **code = login->offices; *code != NULL; code++)
    {
      const KanOffice *office = kan_profile_office (profile, *code);

      if (office != NULL)
        add_label (offices, &office->title, japanese);
    }
  for (guint i = 0; i < roles->len; i++)
    add_label (carried, &kan_role_lookup (g_ptr_array_index (roles, i))->label, japanese);
  if (offices->len == 0 || carried->len == 0)
    return g_strdup (offices->len > 0 ? offices->str : carried->str);
  return g_strdup_printf (_("%s (%s)"), offices->str, carried->str);
}

static void
print_json (KanCli *self, const char *folder, const KanProfile *profile, const KanDemoOffice *office)
{
  g_autoptr(JsonBuilder) json = json_builder_new ();

  json_builder_begin_object (json);
  kan_json_text (json, "file", self->args[0]);
  kan_json_int (json, "acts", office->n_acts);
  kan_json_text (json, "anchor", office->anchor);
  json_builder_set_member_name (json, "logins");
  json_builder_begin_array (json);
  for (guint i = 0; i < office->logins->len; i++)
    {
      const KanDemoLogin *login = g_ptr_array_index (office->logins, i);
      g_autoptr(GPtrArray) roles = roles_of (profile, login);
      g_autofree char *path = g_build_filename (folder, login->login, NULL);

      json_builder_begin_object (json);
      kan_json_text (json, "login", login->login);
      kan_json_text (json, "name", login->name);
      kan_json_texts (json, "offices", (const char *const *) login->offices);
      kan_json_array (json, "roles", roles);
      kan_json_text (json, "passphrase_file", path);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
  json_builder_end_object (json);
  kan_json_print (json);
}

static void
print_text (KanCli *self, const char *folder, const KanProfile *profile, const KanDemoOffice *office)
{
  g_autoptr(KanGrid) grid = kan_grid_new (3);

  printf (_("Founded %s: %" PRId64 " entries, anchor %s\n"), self->args[0], office->n_acts, office->anchor);
  printf (_("The passphrases lie in %s\n\n"), folder);
  kan_grid_add (grid, _("Login"));
  kan_grid_add (grid, _("Name"));
  kan_grid_add (grid, _("Office (roles)"));
  for (guint i = 0; i < office->logins->len; i++)
    {
      const KanDemoLogin *login = g_ptr_array_index (office->logins, i);

      kan_grid_add (grid, login->login);
      kan_grid_add (grid, login->name);
      kan_grid_add_take (grid, describe (profile, login, self->japanese));
    }
  kan_grid_print (grid, "", 0);
}

/* --- the command ---------------------------------------------------------------------------------------------- */

static int
build (KanCli *self, const char *folder, const KanDemoOptions *options, GError **error)
{
  g_autoptr(KanProfile) profile = kan_cli_load_profile ("nagasaki", error);
  g_autoptr(KanDemoOffice) office = profile != NULL ? kan_demo_build (self->args[0], options, error) : NULL;

  if (office == NULL)
    {
      g_rmdir (folder);
      return 5;
    }
  if (!write_passphrases (folder, office->logins, error))
    return 5;
  if (self->json)
    print_json (self, folder, profile, office);
  else
    print_text (self, folder, profile, office);
  return 0;
}

/**
 * kan_cli_demo:
 * @self: the command line
 * @error: the world's
 *
 * `demo FILE [--years N] [--acts N]`
 *
 * Returns: the exit status
 */
int
kan_cli_demo (KanCli *self, GError **error)
{
  int years = 2, acts = 0;
  const GOptionEntry entries[] = {
    { "years", 0, 0, G_OPTION_ARG_INT, &years, N_("how many years it has been working (2)"), N_("N") },
    { "acts", 0, 0, G_OPTION_ARG_INT, &acts, N_("how many entries at least"), N_("N") },
    G_OPTION_ENTRY_NULL
  };
  KanDemoOptions options = { 0 };
  g_autofree char *folder = NULL;

  if (!kan_cli_parse (self, entries, 1, 1, error))
    return 2;
  if (years < 1 || years > MOST_YEARS || acts < 0 || acts > MOST_ACTS)
    return kan_cli_usage (error, _("--years goes from 1 to %d, --acts to %d"), (int) MOST_YEARS, (int) MOST_ACTS);
  if (g_file_test (self->args[0], G_FILE_TEST_EXISTS))
    {
      g_set_error (error, KAN_ERROR, KAN_ERROR_EXISTS, _("there is a file %s already"), self->args[0]);
      return 5;
    }
  folder = g_strdup_printf ("%s.passphrases", self->args[0]);
  options = (KanDemoOptions) { .years = (guint) years, .acts = (guint) acts, .now = self->now };
  return make_folder (folder, error) ? build (self, folder, &options, error) : 5;
}
