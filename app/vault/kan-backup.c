/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A backup: a copy under the same key that gets its name only after it was read back in full (FILE.md, "Backups"). */
#include "vault/kan-vault-private.h"
#include "db/kan-io.h"
#include "db/kan-sweep.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

/* Beyond the file itself: its journal's first pages, folder entries. */
enum { SPARE_SPACE = 1024 * 1024 };

static gboolean
holds_copy_of (KanVault *self, KanHold *hold, const char *path, GError **error)
{
  g_autofree KanHeaderCopy *copies = g_new0 (KanHeaderCopy, 2);

  if (kan_vault_read_copies (kan_hold_get_fd (hold), path, copies, NULL))
    for (guint i = 0; i < 2; i++)
      if (copies[i].verdict == KAN_COPY_SOUND
          && memcmp (copies[i].header.file_id, self->header.file_id, KAN_FILE_ID_SIZE) == 0)
        return TRUE;
  g_set_error (error, KAN_ERROR, KAN_ERROR_EXISTS, _("%s holds something other than a backup of this file"), path);
  return FALSE;
}

/* What the backup is to replace is held until it is replaced; nothing there: no hold, and no error. */
static gboolean
hold_target (KanVault *self, const char *path, KanHold **target, GError **error)
{
  if (kan_hold_is_at (self->hold, path))
    {
      g_set_error (error, KAN_ERROR, KAN_ERROR_USAGE, _("%s is the file itself, not a place for its backup"), path);
      return FALSE;
    }
  if (access (path, F_OK) != 0)
    return TRUE;
  *target = kan_hold_open (path, KAN_HOLD_ALONE, error);
  return *target != NULL && holds_copy_of (self, *target, path, error);
}

static gboolean
expect_space (KanVault *self, const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  struct stat info;
  struct statvfs volume;

  if (fstat (kan_hold_get_fd (self->hold), &info) != 0 || statvfs (folder, &volume) != 0)
    {
      kan_error_set_errno (error, errno, _("cannot use the folder"), folder);
      return FALSE;
    }
  if ((guint64) volume.f_bavail * volume.f_frsize >= (guint64) info.st_size + SPARE_SPACE)
    return TRUE;
  g_set_error (error, KAN_ERROR, KAN_ERROR_FULL, _("a backup needs %lu MiB free in %s"),
               (gulong) (((guint64) info.st_size + SPARE_SPACE) >> 20), folder);
  return FALSE;
}

static gboolean
copy_database (KanVault *self, const char *new_path, GError **error)
{
  g_autoptr (KanDb) into = kan_vault_open_db (new_path, self->file_key, &self->header, KAN_DB_CREATE, error);

  return into != NULL && kan_db_copy_into (self->db, into, error) && kan_db_close (into, error);
}

static gboolean
write_head (KanVault *self, int fd, const char *new_path, GError **error)
{
  g_autoptr (KanSecret) mac_key = kan_vault_mac_key (self->file_key);
  g_autofree guint8 *bytes = g_malloc (KAN_HEADER_SIZE);
  const KanStatus status = { 0 };

  kan_header_encode (&self->header, mac_key, bytes);
  return kan_io_write_at (fd, bytes, KAN_HEADER_SIZE, 0, new_path, error)
         && kan_io_write_at (fd, bytes, KAN_HEADER_SIZE, KAN_HEADER_SIZE, new_path, error)
         && kan_vault_write_status (fd, new_path, &status, error);
}

static gboolean
set_unlike (const char *new_path, GError **error)
{
  g_set_error (error, KAN_ERROR, KAN_ERROR_DAMAGED,
               _("%s does not read back as what was written: the medium cannot be trusted"), new_path);
  return FALSE;
}

/* Every page by its authentication code, from the medium and not from memory as far as the system lets us choose; then
   by a fresh connection what the pages say. */
static gboolean
verify_copy (KanVault *self, int fd, const char *new_path, GError **error)
{
  g_autoptr (KanSecret) key = kan_vault_db_key (self->file_key);
  g_autoptr (GArray) bad = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autofree char *schema = NULL, *copied = NULL, *answer = NULL;
  g_autoptr (KanDb) db = NULL;
  gint64 n_expected = 0;
  guint32 n_pages = 0;

  (void) posix_fadvise (fd, 0, 0, POSIX_FADV_DONTNEED);
  if (!kan_sweep (fd, new_path, KAN_DB_AT, key, self->header.salt, &n_pages, bad, error)
      || !kan_db_get_int (self->db, &n_expected, error, "PRAGMA page_count", ""))
    return FALSE;
  if (bad->len > 0 || n_pages != n_expected)
    return set_unlike (new_path, error);
  db = kan_vault_open_db (new_path, self->file_key, &self->header, KAN_DB_READ_ONLY, error);
  schema = kan_db_dup_schema (self->db, error);
  copied = db != NULL && schema != NULL ? kan_db_dup_schema (db, error) : NULL;
  answer = copied != NULL ? kan_db_get_text (db, error, "PRAGMA quick_check(1)", "") : NULL;
  if (answer == NULL)
    return FALSE;
  return (g_str_equal (schema, copied) && g_str_equal (answer, "ok")) || set_unlike (new_path, error);
}

/* What an interrupted backup left is of no worth, unless somebody is making one there right now. */
static gboolean
clear_leftover (const char *new_path, GError **error)
{
  g_autoptr (KanHold) hold = NULL;

  if (access (new_path, F_OK) == 0)
    {
      hold = kan_hold_open (new_path, KAN_HOLD_ALONE, error);
      if (hold == NULL)
        return FALSE;
    }
  return kan_vault_remove_new (new_path, error);
}

static gboolean
make_copy (KanVault *self, const char *new_path, GError **error)
{
  g_autoptr (KanHold) hold = kan_hold_create (new_path, error);
  int fd = hold != NULL ? kan_hold_get_fd (hold) : -1;

  return hold != NULL
         && copy_database (self, new_path, error)
         && write_head (self, fd, new_path, error)
         && verify_copy (self, fd, new_path, error);
}

/* Whom an office lets read its backups, the group of a shared folder say, is for it to choose: what replaces one is as
   open as it was. Where that cannot be had it is its owner's only. */
static void
keep_mode (const char *path, const char *new_path)
{
  struct stat was, is;

  if (stat (path, &was) != 0 || stat (new_path, &is) != 0)
    return;
  if (was.st_gid == is.st_gid || chown (new_path, (uid_t) -1, was.st_gid) == 0)
    (void) !chmod (new_path, was.st_mode & 0777);
}

static gboolean
take_name (const char *new_path, const char *path, gboolean replace, GError **error)
{
  gboolean done;

  if (replace)
    keep_mode (path, new_path);
  done = replace ? kan_io_replace (new_path, path, error) : kan_io_rename_new (new_path, path, error);
  return done && kan_io_sync_folder (path, error);
}

/**
 * kan_vault_open_earlier:
 * @self: an unlocked file
 * @path: where a backup of it may be
 *
 * Returns: (transfer full) (nullable): the database of an earlier backup there, for reading; %NULL where there is none
 *   that opens under this file's key
 */
KanDb *
kan_vault_open_earlier (KanVault *self, const char *path)
{
  g_autofree KanHeaderCopy *copies = g_new0 (KanHeaderCopy, 2);
  g_autoptr (KanHold) hold = access (path, F_OK) == 0 ? kan_hold_open (path, KAN_HOLD_READ, NULL) : NULL;
  const KanHeader *header = NULL;

  if (hold == NULL || !kan_vault_read_copies (kan_hold_get_fd (hold), path, copies, NULL))
    return NULL;
  for (guint i = 0; i < 2; i++)
    if (copies[i].verdict == KAN_COPY_SOUND
        && memcmp (copies[i].header.file_id, self->header.file_id, KAN_FILE_ID_SIZE) == 0)
      header = &copies[i].header;
  g_clear_pointer (&hold, kan_hold_free);
  return header != NULL ? kan_vault_open_db (path, self->file_key, header, KAN_DB_READ_ONLY, NULL) : NULL;
}

/**
 * kan_vault_backup:
 * @self: an unlocked file, not within a transaction
 * @path: where the backup is to be: nothing is there, or an earlier backup of the same file that nobody has open
 * @error: %KAN_ERROR_EXISTS where something else is there, %KAN_ERROR_FULL, %KAN_ERROR_BUSY, %KAN_ERROR_DAMAGED where
 *   what was written does not read back, %KAN_ERROR_USAGE where @path is the file itself, others as the system says
 *
 * Copies the file, reads every page of the copy back and only then gives it its name. What was there before stays until
 * then.
 */
gboolean
kan_vault_backup (KanVault *self, const char *path, GError **error)
{
  g_autofree char *place = kan_vault_resolve_new (path, error);
  g_autofree char *new_path = place != NULL ? g_strconcat (place, ".new", NULL) : NULL;
  g_autoptr (KanHold) target = NULL;

  g_return_val_if_fail (self->db != NULL, FALSE);
  if (place == NULL || !hold_target (self, place, &target, error) || !expect_space (self, place, error)
      || !clear_leftover (new_path, error))
    return FALSE;
  if (make_copy (self, new_path, error) && take_name (new_path, place, target != NULL, error))
    return TRUE;
  (void) !kan_vault_remove_new (new_path, NULL);
  return FALSE;
}
