/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder of backups, thinned out by age. */
#pragma once
#include "vault/kan-vault.h"

G_BEGIN_DECLS

char      *kan_vault_backup_into  (KanVault *self, const char *folder, gint64 now, GPtrArray *thinned,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
guint      kan_backup_set_count   (const char *folder, const char *path, GError **error);
GPtrArray *kan_backup_set_expired (const char *const *names, const char *stem);

G_END_DECLS
