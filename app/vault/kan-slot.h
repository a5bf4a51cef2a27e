/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Closing and opening one slot: passphrase → seed → keys → file key. */
#pragma once
#include "vault/kan-header.h"

G_BEGIN_DECLS

gboolean   kan_slot_fill  (KanSlotEntry *self, const KanHeader *header, const KanSecret *passphrase,
                           const KanKeys *keys, const KanSecret *file_key, GError **error) G_GNUC_WARN_UNUSED_RESULT;
KanKeys   *kan_slot_open  (const KanSlotEntry *self, const KanHeader *header, const KanSecret *passphrase,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
KanSecret *kan_slot_unbox (const KanSlotEntry *self, const KanKeys *keys, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
