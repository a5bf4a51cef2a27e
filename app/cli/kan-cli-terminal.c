/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What reaches the terminal: whatever somebody wrote into the file with a tool of their own, nothing of it commands a
 * terminal, hides, or turns the direction of writing. */
#define _GNU_SOURCE
#include "cli/kan-cli-private.h"
#include "values/kan-text.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Bytes of a character that the next write goes on with. */
static GString *begun;

/**
 * kan_cli_dup_line:
 * @text: (nullable): a text from the file that is to stand in one line
 *
 * Returns: (transfer full): the same, its line breaks visible
 */
char *
kan_cli_dup_line (const char *text)
{
  g_auto(GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);

  return g_strjoinv ("⟨U+000A⟩", lines);
}

static gboolean
write_all (const char *bytes, gsize size)
{
  while (size > 0)
    {
      gssize n = write (STDOUT_FILENO, bytes, size);

      if (n <= 0)
        return FALSE;
      bytes += n;
      size -= (gsize) n;
    }
  return TRUE;
}

static ssize_t
write_cb (G_GNUC_UNUSED void *cookie, const char *bytes, size_t size)
{
  g_autoptr(GString) out = g_string_new (NULL);
  gsize done;

  g_string_append_len (begun, bytes, (gssize) size);
  done = kan_text_append_visible (out, begun->str, begun->len);
  g_string_erase (begun, 0, (gssize) done);
  return write_all (out->str, out->len) ? (ssize_t) size : 0;
}

/**
 * kan_cli_guard_output:
 *
 * From now on whatever is printed passes through here, so that no command has to think of it.
 */
void
kan_cli_guard_output (void)
{
  const cookie_io_functions_t functions = { .write = write_cb };
  FILE *guarded = begun == NULL ? fopencookie (NULL, "w", functions) : NULL;

  if (guarded == NULL)
    return;
  begun = g_string_new (NULL);
  fflush (stdout);
  setvbuf (guarded, NULL, isatty (STDOUT_FILENO) ? _IOLBF : _IOFBF, BUFSIZ);
  stdout = guarded;
}
