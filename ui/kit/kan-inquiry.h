/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a page takes along to the database thread to ask about one thing. */
#pragma once
#include "kan-session.h"

G_BEGIN_DECLS

typedef struct { char *about; gint64 now; } KanInquiry;      /* about: a record, a register or a list */

KanInquiry *kan_inquiry_new  (KanSession *session, const char *about);
void        kan_inquiry_free (KanInquiry *self);

G_END_DECLS
