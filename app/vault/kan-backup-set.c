/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder of backups, thinned out by age: seven days, twelve months (FILE.md, "Backups"). */
#include "vault/kan-backup-set.h"

#include "db/kan-io.h"
#include "values/kan-day.h"

#include <glib/gi18n-lib.h>
#include <string.h>

enum { DAYS_KEPT = 7, MONTHS_KEPT = 12 };

#define SUFFIX ".kanribo"

/* One file of the set; `stamp` is the time in its name, "2026-09-10-0930", so that names sort as they were made. */
typedef struct { char *name; char stamp[16]; } Backup;

static void
backup_clear (Backup *backup)
{
  g_free (backup->name);
}

static int
newest_first (gconstpointer a, gconstpointer b)
{
  return strcmp (((const Backup *) b)->stamp, ((const Backup *) a)->stamp);
}

/* "office-2026-09-10-0930.kanribo" of the file "office.kanribo"; any other name is not ours to judge. */
static gboolean
read_name (const char *name, const char *stem, Backup *backup)
{
  gsize n = strlen (stem);
  g_autofree char *day = NULL;

  if (!g_str_has_prefix (name, stem) || !g_str_has_suffix (name, SUFFIX) || name[n] != '-' ||
      strlen (name) != n + 1 + 15 + strlen (SUFFIX))
    return FALSE;
  memcpy (backup->stamp, name + n + 1, 15);
  backup->stamp[15] = '\0';
  day = g_strndup (backup->stamp, 10);
  if (kan_day_parse (day) == KAN_DAY_NONE || backup->stamp[10] != '-' || strspn (backup->stamp + 11, "0123456789") != 4)
    return FALSE;
  backup->name = g_strdup (name);
  return TRUE;
}

/* Whether this one is the newest of its period (the first `length` characters), among the newest `kept` periods. */
static gboolean
newest_of_period (const GArray *backups, guint index, gsize length, guint kept)
{
  const char *stamp = g_array_index (backups, Backup, index).stamp;
  guint periods = 1;

  for (guint i = index; i > 0; i--)
    {
      const char *newer = g_array_index (backups, Backup, i - 1).stamp;

      if (strncmp (newer, stamp, length) == 0)
        return FALSE;
      if (i == 1 || strncmp (newer, g_array_index (backups, Backup, i - 2).stamp, length) != 0)
        periods++;
    }
  return periods <= kept;
}

static GArray *
sort_names (const char *const *names, const char *stem)
{
  GArray *backups = g_array_new (FALSE, TRUE, sizeof (Backup));

  g_array_set_clear_func (backups, (GDestroyNotify) backup_clear);
  for (; *names != NULL; names++)
    {
      Backup backup = { 0 };

      if (read_name (*names, stem, &backup))
        g_array_append_val (backups, backup);
    }
  g_array_sort (backups, newest_first);
  return backups;
}

/**
 * kan_backup_set_expired:
 * @names: file names of a folder, %NULL-terminated
 * @stem: the file's name without its extension
 *
 * Kept are the newest of each of the last seven days that have one, and of each of the last twelve such months.
 *
 * Returns: (transfer full) (element-type utf8): the names that have had their time
 */
GPtrArray *
kan_backup_set_expired (const char *const *names, const char *stem)
{
  GPtrArray *expired = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) backups = sort_names (names, stem);

  for (guint i = 0; i < backups->len; i++)
    if (!newest_of_period (backups, i, strlen ("YYYY-MM-DD"), DAYS_KEPT)
        && !newest_of_period (backups, i, strlen ("YYYY-MM"), MONTHS_KEPT))
      g_ptr_array_add (expired, g_strdup (g_array_index (backups, Backup, i).name));
  return expired;
}

static GPtrArray *
list_folder (const char *folder, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  if (dir == NULL)
    return NULL;
  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_add (names, NULL);
  return g_steal_pointer (&names);
}

/* What cannot be opened, or is another file's, stays: only a backup of this file may be thinned out. */
static gboolean
is_backup_of (const char *path, const guint8 *file_id)
{
  g_autoptr (KanVault) vault = kan_vault_open (path, KAN_VAULT_READ, NULL);

  return vault != NULL && memcmp (kan_vault_get_file_id (vault), file_id, KAN_FILE_ID_SIZE) == 0;
}

static gboolean
thin_out (KanVault *self, const char *folder, const char *stem, GPtrArray *thinned, GError **error)
{
  g_autoptr (GPtrArray) names = list_folder (folder, error);
  g_autoptr (GPtrArray) expired = names != NULL ? kan_backup_set_expired ((const char *const *) names->pdata, stem)
    : NULL;

  for (guint i = 0; expired != NULL && i < expired->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, g_ptr_array_index (expired, i), NULL);

      if (!is_backup_of (path, kan_vault_get_file_id (self)))
        continue;
      if (!kan_io_unlink (path, error))
        return FALSE;
      if (thinned != NULL)
        g_ptr_array_add (thinned, g_strdup (g_ptr_array_index (expired, i)));
    }
  return expired != NULL;
}

/**
 * kan_backup_set_count:
 * @folder: where backups lie
 * @path: one of them, as kan_vault_backup_into() named it
 * @error: as the system says
 *
 * Returns: how many backups of the same file lie there, by their names; 0 where the folder cannot be read
 */
guint
kan_backup_set_count (const char *folder, const char *path, GError **error)
{
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *stem = g_strndup (base, strlen (base) - strlen ("-YYYY-MM-DD-HHMM" SUFFIX));
  g_autoptr (GPtrArray) names = list_folder (folder, error);
  g_autoptr (GArray) backups = names != NULL ? sort_names ((const char *const *) names->pdata, stem) : NULL;

  return backups != NULL ? backups->len : 0;
}

/**
 * kan_vault_backup_into:
 * @self: an unlocked file
 * @folder: where its backups lie
 * @now: seconds of UTC
 * @thinned: (nullable): is given the names of those that had their time
 * @error: as kan_vault_backup() says
 *
 * Adds a backup named after the file and the minute in Japan; only once it was verified are older ones thinned out.
 *
 * Returns: (transfer full): the backup's path
 */
char *
kan_vault_backup_into (KanVault *self, const char *folder, gint64 now, GPtrArray *thinned, GError **error)
{
  g_autofree char *base = g_path_get_basename (kan_vault_get_path (self));
  g_autofree char *stem = g_str_has_suffix (base, SUFFIX) ? g_strndup (base, strlen (base) - strlen (SUFFIX))
    : g_strdup (base);
  g_autofree char *minute = kan_minute_format (now);
  g_autofree char *name = g_strdup_printf ("%s-%.10s-%.2s%.2s" SUFFIX, stem, minute, minute + 11, minute + 14);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  if (!kan_vault_backup (self, path, error) || !thin_out (self, folder, stem, thinned, error))
    return NULL;
  return g_steal_pointer (&path);
}
