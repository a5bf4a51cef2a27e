/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A one-time passphrase: drawn, and shown once to whoever tells it to the person. */
#pragma once
#include <adwaita.h>

#include "crypto/kan-crypto.h"

G_BEGIN_DECLS

typedef struct { char *name, *login; KanSecret *passphrase; } KanOneTime;

KanSecret  *kan_one_time_draw     (void);
KanOneTime *kan_one_time_new      (const char *name, const char *login, const KanSecret *passphrase);
void        kan_one_time_free     (KanOneTime *self);
GtkWidget  *kan_one_time_page_new (KanOneTime *self);      /* takes it over */

G_END_DECLS
