/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The status block of an open file, and the mark that says somebody is writing to it. */
#include "vault/kan-vault-private.h"
#include "db/kan-io.h"
#include "vault/kan-status.h"

#include <string.h>

/**
 * kan_vault_write_status:
 * @fd: a file
 * @path: for messages
 * @status: what to write
 * @error: %KAN_ERROR_FULL, %KAN_ERROR_IO
 *
 * Writes and secures the copy in the status block that would be no loss; should the power go meanwhile, the block says
 * what it said before.
 */
gboolean
kan_vault_write_status (int fd, const char *path, const KanStatus *status, GError **error)
{
  guint8 bytes[KAN_STATUS_SIZE];
  gsize at = 0;

  if (!kan_io_read_at (fd, bytes, sizeof bytes, KAN_STATUS_AT, path, error))
    return FALSE;
  at = kan_status_encode (status, bytes);
  return kan_io_write_at (fd, bytes + at, KAN_STATUS_COPY_SIZE, KAN_STATUS_AT + (gint64) at, path, error)
         && kan_io_sync (fd, path, error);
}

/**
 * kan_vault_get_status:
 * @self: an open file, locked or not
 * @status: where to put what the block says; nothing where it is damaged, since it is only hints
 * @error: %KAN_ERROR_IO
 */
gboolean
kan_vault_get_status (KanVault *self, KanStatus *status, GError **error)
{
  guint8 bytes[KAN_STATUS_SIZE];

  if (!kan_io_read_at (kan_hold_get_fd (self->hold), bytes, sizeof bytes, KAN_STATUS_AT, self->path, error))
    return FALSE;
  (void) kan_status_decode (status, bytes);
  return TRUE;
}

/**
 * kan_vault_set_status:
 * @self: a file that is open for writing
 * @status: what the block is to say; whether the file is in use, the file itself knows
 * @error: %KAN_ERROR_READ_ONLY, %KAN_ERROR_FULL, %KAN_ERROR_IO
 */
gboolean
kan_vault_set_status (KanVault *self, const KanStatus *status, GError **error)
{
  KanStatus marked = *status;

  if (!kan_vault_expect_writable (self, error))
    return FALSE;
  marked.in_use = self->marked;
  return kan_vault_write_status (kan_hold_get_fd (self->hold), self->path, &marked, error);
}

/**
 * kan_vault_mark_in_use:
 * @self: an unlocked file that is open for writing
 * @who: whose session it is, for those who find it in use
 * @error: %KAN_ERROR_READ_ONLY, %KAN_ERROR_FULL, %KAN_ERROR_IO
 *
 * To be called before a session's first write: a copy taken in the middle of one then shows that it is one. Header
 * copies that differ are made equal first. The mark goes in kan_vault_free().
 */
gboolean
kan_vault_mark_in_use (KanVault *self, const char *who, GError **error)
{
  KanStatus status = { 0 };
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  if (self->marked)
    return TRUE;
  if (!kan_vault_expect_writable (self, error)
      || (self->differing && !kan_vault_write_header (self, &self->header, error))
      || !kan_vault_get_status (self, &status, error))
    return FALSE;
  g_strlcpy (status.who, who, sizeof status.who);
  g_strlcpy (status.where, g_get_host_name (), sizeof status.where);
  status.since = now;
  status.opened = now;
  self->marked = TRUE;
  if (kan_vault_set_status (self, &status, error))
    return TRUE;
  self->marked = FALSE;
  return FALSE;
}
