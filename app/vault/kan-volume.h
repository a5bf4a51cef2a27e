/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a file lies on, and whether that is this machine. */
#pragma once
#include <glib.h>

G_BEGIN_DECLS

gboolean kan_volume_is_remote      (int fd);
gboolean kan_volume_kind_is_remote (const char *kind);
char    *kan_volume_find_kind      (const char *mounts, guint major, guint minor);

G_END_DECLS
