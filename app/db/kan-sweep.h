/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads every page of a SQLCipher database and checks its authentication code, without SQLite. */
#pragma once
#include "kan-types.h"

G_BEGIN_DECLS

enum { KAN_PAGE_SIZE = 4096 };

gboolean kan_sweep (int fd, const char *path, gint64 offset, const KanSecret *key, const guint8 salt[16],
                    guint32 *n_pages, GArray *bad, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
