/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether what is looked up through an index is what its table holds. */
#pragma once
#include "acts/kan-verify-private.h"

G_BEGIN_DECLS

gboolean kan_indexes_compare    (KanVerifier *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kan_table_is_sound     (KanDb *db, const char *table, gboolean *sound,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kan_book_check_indexes (KanBook *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
