/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unlocking (利用開始): which file, who you are, the passphrase; and the failures, each in its own words. */
#pragma once
#include <adwaita.h>

#include "kan-session.h"

G_BEGIN_DECLS

#define KAN_TYPE_UNLOCK_PAGE (kan_unlock_page_get_type ())
G_DECLARE_FINAL_TYPE (KanUnlockPage, kan_unlock_page, KAN, UNLOCK_PAGE, GtkWidget)

void kan_unlock_page_set_session (KanUnlockPage *self, KanSession *session);
void kan_unlock_page_open        (KanUnlockPage *self, const char *path, gboolean read_only);
/* The file that is open already, locked: asks for the passphrase of who was here, or of somebody else. */
void kan_unlock_page_ask         (KanUnlockPage *self, const char *login);
void kan_unlock_page_ask_to_write (KanUnlockPage *self, const char *login);      /* also where it was only read */

G_END_DECLS
