/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening a file for a command: who, with which passphrase, and who signs along. A passphrase comes from a file or the
 * terminal, never from an argument or the environment. */
#include "cli/kan-cli-private.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define PASSPHRASE_MAX 1024
#define FILE_MAX (4 * 1024 * 1024)
#define CTRL_C 3

/* --- passphrases ---------------------------------------------------------------------------------------------- */

/* Of what was read: one line, without a byte order mark and the line's end. */
static KanSecret *
first_line (const KanSecret *read, gsize size, const char *where, KanError code, GError **error)
{
  const guint8 *bytes = kan_secret_peek_bytes (read), *end;
  KanSecret *line;

  if (size >= 3 && memcmp (bytes, "\xEF\xBB\xBF", 3) == 0)
    {
      bytes += 3;
      size -= 3;
    }
  end = memchr (bytes, '\n', size);
  if (end == NULL && size > PASSPHRASE_MAX)
    {
      g_set_error (error, KAN_ERROR, code, _("the passphrase in %s is longer than %d bytes"), where,
                   PASSPHRASE_MAX);
      return NULL;
    }
  size = end != NULL ? (gsize) (end - bytes) : size;
  if (size > 0 && bytes[size - 1] == '\r')
    size--;
  if (size == 0)
    {
      g_set_error (error, KAN_ERROR, code, _("the passphrase in %s is empty"), where);
      return NULL;
    }
  line = kan_secret_new (size);
  memcpy (kan_secret_get_bytes (line), bytes, size);
  return line;
}

/* As many bytes as there are room for; -1: errno. */
static gssize
read_all (int fd, guint8 *bytes, gsize room)
{
  gsize n = 0;

  while (n < room)
    {
      gssize got = read (fd, bytes + n, room - n);

      if (got < 0 && errno == EINTR)
        continue;
      if (got < 0)
        return -1;
      if (got == 0)
        break;
      n += (gsize) got;
    }
  return (gssize) n;
}

static KanSecret *
passphrase_from_file (const char *path, KanError code, GError **error)
{
  g_autoptr(KanSecret) room = kan_secret_new (PASSPHRASE_MAX + 4);
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  gssize size = fd >= 0 ? read_all (fd, kan_secret_get_bytes (room), kan_secret_get_size (room)) : -1;
  int errnum = errno;

  if (fd >= 0)
    close (fd);
  if (size < 0)
    {
      kan_error_set_errno (error, errnum, _("cannot read the passphrase file"), path);
      return NULL;
    }
  return first_line (room, (gsize) size, path, code, error);
}

static int
open_terminal (const char *option, KanError code, GError **error)
{
  int fd = open ("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);

  if (fd < 0)
    g_set_error (error, KAN_ERROR, code,
                 _("there is no terminal to ask for the passphrase at: give %s"), option);
  return fd;
}

static void
say (int fd, const char *text)
{
  gssize ignored = write (fd, text, strlen (text));

  (void) ignored;
}

/* Neither echoed nor broken off by a signal, which would leave the terminal mute; Ctrl+C ends the line instead. */
static KanSecret *
passphrase_from_terminal (const char *option, const char *prompt, KanError code, GError **error)
{
  g_autoptr(KanSecret) room = kan_secret_new (PASSPHRASE_MAX + 4);
  guint8 *bytes = kan_secret_get_bytes (room);
  struct termios before, mute;
  int fd = open_terminal (option, code, error);
  gssize size;

  if (fd < 0)
    return NULL;
  tcgetattr (fd, &before);
  mute = before;
  mute.c_lflag &= ~(tcflag_t) (ECHO | ISIG);
  mute.c_cc[VEOL] = CTRL_C;
  tcsetattr (fd, TCSAFLUSH, &mute);
  say (fd, prompt);
  size = read (fd, bytes, kan_secret_get_size (room));
  tcsetattr (fd, TCSAFLUSH, &before);
  say (fd, "\n");
  close (fd);
  if (size <= 0 || memchr (bytes, CTRL_C, (gsize) size) != NULL)
    {
      g_set_error_literal (error, KAN_ERROR, code, _("no passphrase was given"));
      return NULL;
    }
  return first_line (room, (gsize) size, _("what was typed"), code, error);
}

static KanSecret *
read_passphrase (const char *file, const char *option, const char *prompt, KanError code, GError **error)
{
  return file != NULL ? passphrase_from_file (file, code, error)
         : passphrase_from_terminal (option, prompt, code, error);
}

/**
 * kan_cli_read_passphrase:
 * @file: (nullable): whose first line it is; %NULL: asked for at the terminal
 * @option: which names the file, to be told where there is no terminal
 * @prompt: with which words
 * @error: %KAN_ERROR_LOCKED where there is none, or what reading the file came to
 *
 * Returns: (transfer full): the passphrase
 */
KanSecret *
kan_cli_read_passphrase (const char *file, const char *option, const char *prompt, GError **error)
{
  return read_passphrase (file, option, prompt, KAN_ERROR_LOCKED, error);
}

/**
 * kan_cli_new_passphrase:
 * @file: (nullable): whose first line it is; %NULL: asked for twice at the terminal
 * @option: which names the file, to be told where there is no terminal
 * @prompt: with which words
 * @error: %KAN_ERROR_USAGE where there is none, or the two differ: nothing is closed to whoever sets it; or what
 *   reading the file came to
 *
 * Returns: (transfer full): the passphrase
 */
KanSecret *
kan_cli_new_passphrase (const char *file, const char *option, const char *prompt, GError **error)
{
  g_autoptr(KanSecret) first = read_passphrase (file, option, prompt, KAN_ERROR_USAGE, error);
  g_autoptr(KanSecret) second = NULL;

  if (first == NULL || file != NULL)
    return g_steal_pointer (&first);
  second = passphrase_from_terminal (option, _("Once more: "), KAN_ERROR_USAGE, error);
  if (second == NULL)
    return NULL;
  if (kan_secret_get_size (first) == kan_secret_get_size (second) &&
      kan_equal (kan_secret_peek_bytes (first), kan_secret_peek_bytes (second), kan_secret_get_size (first)))
    return g_steal_pointer (&first);
  g_set_error_literal (error, KAN_ERROR, KAN_ERROR_USAGE, _("the two passphrases differ"));
  return NULL;
}

/**
 * kan_cli_has_terminal:
 *
 * Returns: whether there is somebody to ask
 */
gboolean
kan_cli_has_terminal (void)
{
  int fd = open ("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);

  if (fd >= 0)
    close (fd);
  return fd >= 0;
}

/**
 * kan_cli_ask:
 * @prompt: what for
 * @error: %KAN_ERROR_USAGE where there is no terminal, or nothing was typed
 *
 * Returns: (transfer full): a line typed at the terminal
 */
char *
kan_cli_ask (const char *prompt, GError **error)
{
  int fd = open ("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
  char line[512] = "";
  gssize size;

  if (fd < 0)
    {
      kan_cli_usage (error, _("%s: not given, and there is no terminal to ask at"), prompt);
      return NULL;
    }
  say (fd, prompt);
  say (fd, ": ");
  size = read (fd, line, sizeof line - 1);
  close (fd);
  line[MAX (size, 0)] = '\0';
  g_strstrip (line);
  if (*line != '\0' && g_utf8_validate (line, -1, NULL))
    return g_strdup (line);
  kan_cli_usage (error, _("%s: nothing was typed"), prompt);
  return NULL;
}

/* --- opening -------------------------------------------------------------------------------------------------- */

static char *
list_logins (KanVault *vault)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < kan_vault_n_slots (vault); i++)
    g_string_append_printf (out, "%s%s", i > 0 ? ", " : "", kan_vault_get_slot (vault, i)->login);
  return g_string_free (out, FALSE);
}

/* Before a passphrase is asked for in vain. */
static gboolean
is_enrolled (KanVault *vault, const char *login, GError **error)
{
  g_autofree char *logins = NULL;

  if (kan_vault_find_slot (vault, login) != NULL)
    return TRUE;
  logins = list_logins (vault);
  g_set_error (error, KAN_ERROR, KAN_ERROR_LOCKED, _("nobody is enrolled as “%s”, but as %s"), login, logins);
  return FALSE;
}

/* Where only one person can open the file, it is they. */
static char *
who_opens (KanCli *self, KanVault *vault, GError **error)
{
  g_autofree char *logins = NULL;

  if (self->as != NULL)
    return is_enrolled (vault, self->as, error) ? g_strdup (self->as) : NULL;
  if (kan_vault_n_slots (vault) == 1)
    return g_strdup (kan_vault_get_slot (vault, 0)->login);
  logins = list_logins (vault);
  kan_cli_usage (error, _("say who you are with --as: %s"), logins);
  return NULL;
}

static gboolean
progress_cb (gint64 done, gint64 total, gpointer data)
{
  (void) data;
  if (done < total)
    fprintf (stderr, "\r%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, done, total);
  else
    fputs ("\r\033[K", stderr);
  return TRUE;
}

static KanSecret *
unlock (KanCli *self, KanDesk *desk, GError **error)
{
  g_autofree char *login = who_opens (self, kan_desk_get_vault (desk), error);
  g_autofree char *prompt = login != NULL ? g_strdup_printf (_("Passphrase of %s: "), login) : NULL;
  g_autoptr(KanSecret) passphrase = NULL;

  if (login != NULL && (!self->claims || kan_desk_may_claim (desk, login, error)))
    passphrase = kan_cli_read_passphrase (self->passphrase_file, "--passphrase-file", prompt, error);
  if (isatty (STDERR_FILENO))
    kan_desk_set_progress (desk, progress_cb, NULL);
  if (passphrase == NULL || !kan_desk_unlock (desk, login, passphrase, self->now, error))
    return NULL;
  return g_steal_pointer (&passphrase);
}

/* "LOGIN:F", as kan_cli_parse() has seen to. */
static gboolean
add_cosigner (KanDesk *desk, const char *with, GError **error)
{
  const char *colon = strchr (with, ':');
  g_autofree char *login = g_strndup (with, (gsize) (colon - with));
  g_autoptr(KanSecret) passphrase = NULL;

  if (is_enrolled (kan_desk_get_vault (desk), login, error))
    passphrase = passphrase_from_file (colon + 1, KAN_ERROR_LOCKED, error);
  return passphrase != NULL && kan_desk_add_cosigner (desk, login, passphrase, error);
}

/* A line each: whoever reads them by the program's name misses none. */
static void
tell_noticed (KanDesk *desk)
{
  const char *notice = kan_desk_get_notice (desk);
  g_auto(GStrv) lines = g_strsplit (notice != NULL ? notice : "", "\n", -1);

  for (char **line = lines; *line != NULL; line++)
    kan_cli_note ("%s", *line);
}

/**
 * kan_cli_open_keeping:
 * @self: the command line; its first argument is the file
 * @mode: whether it is to be written to
 * @passphrase: (out) (nullable): the passphrase, for a command that needs it again
 * @error: each case its own
 *
 * Returns: (transfer full): the file, unlocked, the second signers at hand
 */
KanDesk *
kan_cli_open_keeping (KanCli *self, KanVaultMode mode, KanSecret **passphrase, GError **error)
{
  g_autoptr(KanDesk) desk = kan_desk_open (self->args[0], mode, error);
  g_autoptr(KanSecret) typed = desk != NULL ? unlock (self, desk, error) : NULL;

  if (typed == NULL)
    {
      if (desk != NULL)
        kan_cli_name_damage (self, kan_desk_get_vault (desk), error);
      return NULL;
    }
  for (char **with = self->with; with != NULL && *with != NULL; with++)
    if (!add_cosigner (desk, *with, error))
      return NULL;
  tell_noticed (desk);
  if (passphrase != NULL)
    *passphrase = g_steal_pointer (&typed);
  return g_steal_pointer (&desk);
}

/**
 * kan_cli_open:
 * @self: the command line; its first argument is the file
 * @mode: whether it is to be written to
 * @error: each case its own
 *
 * Returns: (transfer full): the file, unlocked, the second signers at hand
 */
KanDesk *
kan_cli_open (KanCli *self, KanVaultMode mode, GError **error)
{
  return kan_cli_open_keeping (self, mode, NULL, error);
}

/* --- other files ---------------------------------------------------------------------------------------------- */

/**
 * kan_cli_load_file:
 * @path: a file
 * @size: (out) (optional): its size
 * @error: as the system says, or %KAN_ERROR_INVALID where it is too large or holds a NUL
 *
 * Returns: (transfer full): what it says
 */
char *
kan_cli_load_file (const char *path, gsize *size, GError **error)
{
  g_autofree char *text = g_malloc0 (FILE_MAX + 1);
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  gssize got = fd >= 0 ? read_all (fd, (guint8 *) text, FILE_MAX) : -1;
  int errnum = errno;

  if (fd >= 0)
    close (fd);
  if (got < 0)
    {
      kan_error_set_errno (error, errnum, _("cannot read"), path);
      return NULL;
    }
  if (got == FILE_MAX || memchr (text, '\0', (gsize) got) != NULL)
    {
      g_set_error (error, KAN_ERROR, KAN_ERROR_INVALID,
                   got == FILE_MAX ? _("%s is too large") : _("%s is not a text"), path);
      return NULL;
    }
  if (size != NULL)
    *size = (gsize) got;
  return g_realloc (g_steal_pointer (&text), (gsize) got + 1);
}

/**
 * kan_cli_load_profile:
 * @name: one of those shipped, or a JSON file
 * @error: %KAN_ERROR_INVALID where it does not say what it must
 *
 * Returns: (transfer full): the profile
 */
KanProfile *
kan_cli_load_profile (const char *name, GError **error)
{
  g_autofree char *path = g_strdup_printf ("/io/github/kanribo/Kanribo/profiles/%s.json", name);
  g_autoptr(GBytes) shipped = strchr (name, '/') == NULL ? g_resources_lookup_data (path, 0, NULL) : NULL;
  g_autofree char *json = NULL;
  KanProfile *profile;
  gsize size = 0;

  if (shipped != NULL)
    return kan_profile_new_from_json (g_bytes_get_data (shipped, NULL), (gssize) g_bytes_get_size (shipped), error);
  if (!g_str_has_suffix (name, ".json"))
    {
      kan_cli_usage (error, _("there is no profile “%s”: nagasaki, fukui, blank, or a .json file"), name);
      return NULL;
    }
  json = kan_cli_load_file (name, &size, error);
  profile = json != NULL ? kan_profile_new_from_json (json, (gssize) size, error) : NULL;
  if (json != NULL && profile == NULL)
    g_prefix_error (error, _("%s: "), name);
  return profile;
}
