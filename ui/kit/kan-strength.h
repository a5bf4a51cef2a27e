/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How strong a new passphrase is, by libpwquality; below an entry. */
#pragma once
#include <adwaita.h>

G_BEGIN_DECLS

/* Follows what is typed into @entry; @login and its owner's name must not be part of it. */
GtkWidget *kan_strength_new   (GtkEditable *entry, const char *login);
/* NULL: good enough; else why not, for people. */
const char *kan_strength_judge (const char *passphrase, const char *login);

G_END_DECLS
