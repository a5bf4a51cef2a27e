/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One record: what it is, what is possible now and why the rest is not, and how it came to be so. */
#pragma once
#include <adwaita.h>

#include "kan-session.h"

G_BEGIN_DECLS

#define KAN_TYPE_RECORD_PAGE (kan_record_page_get_type ())
G_DECLARE_FINAL_TYPE (KanRecordPage, kan_record_page, KAN, RECORD_PAGE, AdwBin)

/* Property "narrow": it stands in its list's place and so has a way back. Signals "close"; "shown" when the record has
   come (its KanRecordView). */
GtkWidget  *kan_record_page_new         (KanSession *session);
void        kan_record_page_set_session (KanRecordPage *self, KanSession *session);
void        kan_record_page_show        (KanRecordPage *self, const char *subject);    /* NULL: nothing */
const char *kan_record_page_get_subject (KanRecordPage *self);
void        kan_record_page_refresh     (KanRecordPage *self);
void        kan_record_page_focus       (KanRecordPage *self);

G_END_DECLS
