/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which forms there are, and their papers made from the records: the same for the command line and the window. */
#pragma once
#include "acts/kan-book.h"
#include "forms/kan-paper.h"

G_BEGIN_DECLS

/* Forms of one record, NULL-terminated; every register's id names the register itself as 管理簿 besides. */
const char *const *kan_forms_list    (void);
const KanLabel *kan_forms_get_title  (const char *form);
const KanRegister *kan_forms_get_register (const char *form);     /* whose records it is of; NULL: no such form */
gboolean             kan_forms_is_of_many (const char *form);

KanPaper *kan_forms_make             (KanBook *book, const char *form, const char *record, const char *anchor,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
KanPaper *kan_forms_make_labels      (KanBook *book, const char *media, guint n_used, const char *anchor,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
KanPaper *kan_forms_make_register    (KanBook *book, const KanRegister *reg, const char *list, int fiscal_year,
                                      const char *anchor, KanProgressFunc progress, gpointer data,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
KanPaper *kan_forms_make_blank       (const char *form, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
