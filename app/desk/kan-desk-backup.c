/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Backing up: into a folder under the day's name, older ones thinned out by age; or under a name that was given. */
#include "desk/kan-desk-backup.h"

#include "vault/kan-backup-set.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <inttypes.h>
#include <string.h>

/**
 * kan_backup_free:
 * @self: (nullable): what was done
 */
void
kan_backup_free (KanBackup *self)
{
  if (self == NULL)
    return;
  g_free (self->path);
  g_free (self->anchor);
  g_ptr_array_unref (self->thinned);
  g_free (self);
}

/* Whatever lies there and goes further than this file, or another way, is no earlier backup of it. */
static gboolean
expect_earlier (KanVault *vault, const char *target, GError **error)
{
  g_autoptr(KanDb) earlier = kan_vault_open_earlier (vault, target);
  g_autoptr(KanAct) there = NULL;
  KanHead head = { 0 };

  if (earlier == NULL || !kan_ledger_get_head (earlier, &head, NULL) || head.seq == 0)
    return TRUE;
  there = kan_ledger_get (kan_vault_get_db (vault), head.seq, NULL);
  if (there != NULL && memcmp (&there->hash, &head.hash, sizeof head.hash) == 0)
    return TRUE;
  g_set_error (error, KAN_ERROR, KAN_ERROR_EXISTS,
               _("%s goes up to entry %" PRId64 ", which this file does not have: back up under another name"), target,
               head.seq);
  return FALSE;
}

static gboolean
write_backup (KanBackup *self, KanVault *vault, const char *target, gint64 now, GError **error)
{
  if (!g_file_test (target, G_FILE_TEST_IS_DIR))
    {
      self->path = g_strdup (target);
      return expect_earlier (vault, target, error) && kan_vault_backup (vault, target, error);
    }
  self->path = kan_vault_backup_into (vault, target, now, self->thinned, error);
  self->n_kept = self->path != NULL ? kan_backup_set_count (target, self->path, NULL) : 0;
  return self->path != NULL;
}

/**
 * kan_desk_backup:
 * @self: an unlocked desk
 * @target: a folder, or where the backup is to be
 * @now: seconds of UTC
 * @progress: (nullable): told how many pages are copied; %FALSE stops it, and nothing is left behind
 * @data: for @progress
 * @error: as kan_vault_backup() says, and %KAN_ERROR_CANCELLED
 *
 * Returns: (transfer full): what was written, kept and thinned out
 */
KanBackup *
kan_desk_backup (KanDesk *self, const char *target, gint64 now, KanProgressFunc progress, gpointer data,
                 GError **error)
{
  g_autoptr(KanBackup) backup = g_new0 (KanBackup, 1);
  KanVault *vault = kan_desk_get_vault (self);
  GStatBuf info = { 0 };
  gboolean done;

  backup->thinned = g_ptr_array_new_with_free_func (g_free);
  backup->anchor = kan_desk_dup_anchor (self, error);
  if (backup->anchor == NULL)
    return NULL;
  kan_db_watch_copies (kan_vault_get_db (vault), progress, data);
  done = write_backup (backup, vault, target, now, error);
  kan_db_watch_copies (kan_vault_get_db (vault), NULL, NULL);
  if (!done)
    return NULL;
  backup->size = g_stat (backup->path, &info) == 0 ? (gint64) info.st_size : 0;
  return g_steal_pointer (&backup);
}
