/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Backing up the open file, as the command line and the window do it. */
#pragma once
#include "desk/kan-desk.h"

G_BEGIN_DECLS

/* What was done. Every page of the backup was read back before it got its name. */
typedef struct
{
  char      *path;          /* the backup */
  char      *anchor;        /* up to which entry it goes */
  gint64     size;          /* bytes */
  guint      n_kept;        /* backups of this file in the folder; 0: it was not backed up into a folder */
  GPtrArray *thinned;       /* names of those that had their time (char *) */
} KanBackup;

KanBackup *kan_desk_backup (KanDesk *self, const char *target, gint64 now, KanProgressFunc progress, gpointer data,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
void       kan_backup_free (KanBackup *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KanBackup, kan_backup_free)

G_END_DECLS
