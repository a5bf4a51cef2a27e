/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Passphrases: changing one's own, letting somebody in with a one-time passphrase, and turning that into a key of one's
 * own (FILE.md, "Birth of a key"). */
#pragma once
#include <adwaita.h>

#include "kan-session.h"

G_BEGIN_DECLS

GtkWidget *kan_passphrase_change_new (KanSession *session, GtkWindow *parent);
GtkWidget *kan_passphrase_claim_new  (KanSession *session, GtkWindow *parent);
GtkWidget *kan_passphrase_enroll_new (KanSession *session, GtkWindow *parent, const char *person);

G_END_DECLS
