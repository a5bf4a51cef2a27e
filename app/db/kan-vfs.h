/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A virtual file system for SQLite in which a database begins some way into its file. */
#pragma once
#include "kan-types.h"

G_BEGIN_DECLS

#define KAN_VFS_NAME "kanribo"
#define KAN_VFS_OFFSET "offset"     /* URI parameter: bytes before the database */

gboolean kan_vfs_register (GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
