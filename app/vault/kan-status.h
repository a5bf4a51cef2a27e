/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The status block as it lies in the file. */
#pragma once
#include "vault/kan-vault.h"

G_BEGIN_DECLS

enum { KAN_STATUS_COPY_SIZE = KAN_STATUS_SIZE / 2 };

gsize    kan_status_encode (const KanStatus *self, guint8 bytes[KAN_STATUS_SIZE]);
gboolean kan_status_decode (KanStatus *self, const guint8 bytes[KAN_STATUS_SIZE]);
gboolean kan_status_is_ours (const guint8 bytes[KAN_STATUS_SIZE]);

G_END_DECLS
