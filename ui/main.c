/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the program starts: memory that cannot be dumped, the language, then the command line or the window. */
#include "kan-application.h"

#include "cli/kan-cli.h"
#include "crypto/kan-crypto.h"
#include "kit/kan-settings.h"

#include <glib/gi18n.h>
#include <locale.h>

/* A build tree's translations lie elsewhere; only test builds look there. */
static const char *
locale_dir (void)
{
#ifdef KAN_TEST_BUILD
  const char *dir = g_getenv ("KAN_LOCALEDIR");

  if (dir != NULL)
    return dir;
#endif
  return KAN_LOCALEDIR;
}

/* The preference goes before the system's language; messages only, so that dates and sorting stay the system's. */
static void
choose_language (void)
{
  g_autofree char *language = kan_settings () != NULL ? g_settings_get_string (kan_settings (), KAN_SETTING_LANGUAGE)
                              : NULL;

  if (language != NULL && *language != '\0')
    g_setenv ("LANGUAGE", language, TRUE);
}

static int
run_window (int argc, char **argv)
{
  g_autoptr(KanApplication) application = NULL;
  g_autoptr(GError) error = NULL;

  if (!kan_crypto_init (&error))
    {
      g_printerr ("kanribo: %s\n", error->message);
      return 5;
    }
  if (!gtk_init_check ())
    {
      g_printerr ("kanribo: %s\n", _("there is no display for the window; see `kanribo --help` for the commands"));
      return 5;
    }
  application = kan_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}

int
main (int argc, char **argv)
{
  gboolean window = kan_cli_wants_window (argc, argv);

  kan_harden_process (window);
  setlocale (LC_ALL, "");
  if (window)
    choose_language ();
  bindtextdomain (GETTEXT_PACKAGE, locale_dir ());
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  return window ? run_window (argc, argv) : kan_cli_main (argc, argv);
}
