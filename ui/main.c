/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the program starts: memory that cannot be dumped, the language, then the command line. */
#include <glib/gi18n.h>
#include <locale.h>

#include "cli/kan-cli.h"
#include "crypto/kan-crypto.h"

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

int
main (int argc, char **argv)
{
  kan_harden_process (FALSE);
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locale_dir ());
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  return kan_cli_main (argc, argv);
}
