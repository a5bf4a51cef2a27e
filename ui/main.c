/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the program starts: memory that cannot be dumped, the language, then the command line or the window. */
#include "kan-application.h"

#include "cli/kan-cli.h"
#include "crypto/kan-crypto.h"
#include "kit/kan-settings.h"

#include <glib/gi18n.h>
#include <locale.h>

#ifdef KAN_TEST_BUILD
/* A build tree's translations: ui/kanribo speaks what po/ beside ui/ has. NULL: it was installed. */
static char *
build_locale_dir (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *ui = program != NULL ? g_path_get_dirname (program) : NULL;
  g_autofree char *po = ui != NULL ? g_build_filename (ui, "..", "po", NULL) : NULL;

  return po != NULL && g_file_test (po, G_FILE_TEST_IS_DIR) ? g_steal_pointer (&po) : NULL;
}
#endif

/* Only test builds look anywhere else than where they are installed to. */
static char *
dup_locale_dir (void)
{
  char *dir = NULL;

#ifdef KAN_TEST_BUILD
  dir = g_getenv ("KAN_LOCALEDIR") != NULL ? g_strdup (g_getenv ("KAN_LOCALEDIR")) : build_locale_dir ();
#endif
  return dir != NULL ? dir : g_strdup (KAN_LOCALEDIR);
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
  g_autofree char *locale = dup_locale_dir ();

  kan_harden_process (window);
  setlocale (LC_ALL, "");
  if (window)
    choose_language ();
  bindtextdomain (GETTEXT_PACKAGE, locale);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  return window ? run_window (argc, argv) : kan_cli_main (argc, argv);
}
