/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How strong a new passphrase is, by libpwquality. */
#pragma once
#include "crypto/kan-crypto.h"

G_BEGIN_DECLS

enum { KAN_STRENGTH_FAIR = 35, KAN_STRENGTH_GOOD = 70 };

const char *kan_strength_judge (const char *passphrase, const char *login);
int         kan_strength_score (const char *passphrase, const char *login);
gboolean    kan_strength_check (const KanSecret *passphrase, const char *login, GError **error)
                                G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
