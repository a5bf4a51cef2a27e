/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one page of every register: its list with search, chips and saved filters, and the chosen record beside it. */
#pragma once
#include <adwaita.h>

#include "kan-session.h"

G_BEGIN_DECLS

#define KAN_TYPE_REGISTER_PAGE (kan_register_page_get_type ())
G_DECLARE_FINAL_TYPE (KanRegisterPage, kan_register_page, KAN, REGISTER_PAGE, AdwBin)

/* Property "title" (read only, notified once it has come). */
GtkWidget  *kan_register_page_new          (KanSession *session, const char *register_id);
const char *kan_register_page_get_id       (KanRegisterPage *self);
void        kan_register_page_open         (KanRegisterPage *self, const char *subject);   /* NULL: closes the record */
const char *kan_register_page_get_subject  (KanRegisterPage *self);                        /* NULL: none is open */
void        kan_register_page_show_list    (KanRegisterPage *self);      /* closes a record that takes its place */
void        kan_register_page_set_list     (KanRegisterPage *self, const char *list);      /* NULL: all */
void        kan_register_page_set_filter   (KanRegisterPage *self, const char *column, const char *value,
                                            const char *words);     /* e.g. the batches of one medium */
void        kan_register_page_focus_search (KanRegisterPage *self);

G_END_DECLS
