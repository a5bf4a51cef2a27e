/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one error domain and how it maps to exit statuses (DESIGN.md, "Command line"). */
#include "kan-types.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

G_DEFINE_QUARK (kan-error-quark, kan_error)

/**
 * kan_error_exit_status:
 * @error: an error of any domain, or %NULL
 *
 * Returns: the exit status a command ends with: 0 none; 1 a rule refuses it, or what a file says does not pass a check;
 *   2 usage, a name that is taken included; 3 not unlocked; 4 file damaged, foreign or too new; 5 the system failed
 */
int
kan_error_exit_status (const GError *error)
{
  if (error == NULL)
    return 0;
  if (error->domain == G_OPTION_ERROR)
    return 2;
  if (error->domain != KAN_ERROR)
    return 5;
  switch ((KanError) error->code)
    {
    case KAN_ERROR_INVALID:
    case KAN_ERROR_REFUSED:
      return 1;
    case KAN_ERROR_USAGE:
    case KAN_ERROR_EXISTS:
      return 2;
    case KAN_ERROR_LOCKED:
    case KAN_ERROR_KEYLESS:
      return 3;
    case KAN_ERROR_DAMAGED:
    case KAN_ERROR_FOREIGN:
    case KAN_ERROR_TOO_NEW:
      return 4;
    case KAN_ERROR_MISSING:
    case KAN_ERROR_BUSY:
    case KAN_ERROR_UNREADABLE:
    case KAN_ERROR_READ_ONLY:
    case KAN_ERROR_FULL:
    case KAN_ERROR_IO:
    case KAN_ERROR_CANCELLED:
    default:
      return 5;
    }
}

/* What may not even be read is no question of where one writes. */
static gboolean
is_barred (int errnum, const char *path)
{
  return (errnum == EACCES || errnum == EPERM) && access (path, R_OK) != 0 && errno == EACCES;
}

/**
 * kan_error_set_errno:
 * @error: where to put it
 * @errnum: an errno value
 * @doing: what was tried, lower case, e.g. "cannot write"
 * @path: on which file
 *
 * Turns an errno into the one domain, so that a full disk, a read-only medium, a missing file and one that may not be
 * read stay four different things up to the screen.
 */
void
kan_error_set_errno (GError **error, int errnum, const char *doing, const char *path)
{
  KanError code = KAN_ERROR_IO;

  if (errnum == ENOSPC || errnum == EDQUOT)
    code = KAN_ERROR_FULL;
  else if (is_barred (errnum, path))
    code = KAN_ERROR_UNREADABLE;
  else if (errnum == EROFS || errnum == EACCES || errnum == EPERM)
    code = KAN_ERROR_READ_ONLY;
  else if (errnum == ENOENT || errnum == ENOTDIR)
    code = KAN_ERROR_MISSING;
  else if (errnum == EEXIST)
    code = KAN_ERROR_EXISTS;
  else if (errnum == EAGAIN || errnum == EBUSY)
    code = KAN_ERROR_BUSY;
  /* Translators: what cannot be done, with which file, why */
  g_set_error (error, KAN_ERROR, code, _("%s %s (%s)"), doing, path, g_strerror (errnum));
}
