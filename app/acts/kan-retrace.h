/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A few entries applied again beside the file, and what of a record they add up to: its row, what lies beside it, and
 * its hands, steps, corrections and keys. */
#pragma once
#include "acts/kan-book-private.h"

G_BEGIN_DECLS

typedef struct _KanRetrace KanRetrace;

KanRetrace *kan_retrace_new     (KanBook *book, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void        kan_retrace_free    (KanRetrace *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KanRetrace, kan_retrace_free)
/* Calls back for records that are named; FALSE of one of them ends it. */
typedef gboolean (*KanNamedFunc) (const char *named, gpointer data, GError **error);
gboolean    kan_name_each          (const char *one, const char **list, KanNamedFunc func, gpointer data,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean    kan_name_each_in_row   (KanBook *book, const char *subject, KanNamedFunc func, gpointer data,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean    kan_name_each_answered (const KanBody *body, KanNamedFunc func, gpointer data,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* `acts`: KanAct in order of seq. `alike`: whether the file says of the record what they add up to. */
gboolean    kan_retrace_compare (KanRetrace *self, GPtrArray *acts, const char *subject, gboolean *alike,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
