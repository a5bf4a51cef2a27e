/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How strong a new passphrase is, below an entry. */
#pragma once
#include <adwaita.h>

G_BEGIN_DECLS

/* Follows what is typed into @entry; @login and its owner's name must not be part of it. */
GtkWidget *kan_strength_new       (GtkEditable *entry, const char *login);
void       kan_strength_set_login (GtkWidget *row, const char *login);
void       kan_strength_hush      (GtkWidget *row);      /* somebody else says it */

G_END_DECLS
