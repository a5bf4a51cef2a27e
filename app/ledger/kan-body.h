/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The body of an act: named answers, and the one way to write them down (FILE.md, "Acts").
 * Canonical JSON: members sorted by key in byte order, no white space, integers only, one level of rows. */
#pragma once
#include "kan-types.h"

G_BEGIN_DECLS

enum { KAN_BODY_MAX = 256 * 1024 };

typedef struct _KanBody KanBody;
typedef enum { KAN_BODY_NONE, KAN_BODY_TEXT, KAN_BODY_INT, KAN_BODY_YES, KAN_BODY_LIST, KAN_BODY_ROWS } KanBodyType;

KanBody     *kan_body_new       (void);
KanBody     *kan_body_copy      (const KanBody *self);
void         kan_body_free      (KanBody *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KanBody, kan_body_free)

KanBody     *kan_body_decode    (const char *json, gsize size, GError **error) G_GNUC_WARN_UNUSED_RESULT;
char        *kan_body_encode    (const KanBody *self, gsize *size);

guint        kan_body_n_members (const KanBody *self);
const char  *kan_body_nth_key   (const KanBody *self, guint n);
KanBodyType  kan_body_get_type  (const KanBody *self, const char *key);
const char  *kan_body_get_text  (const KanBody *self, const char *key);      /* NULL where absent or of another type */
gint64       kan_body_get_int   (const KanBody *self, const char *key);
gboolean     kan_body_get_yes   (const KanBody *self, const char *key);
const char **kan_body_get_list  (const KanBody *self, const char *key);      /* NULL-terminated, borrowed */
guint        kan_body_n_rows    (const KanBody *self, const char *key);
const KanBody *kan_body_get_row (const KanBody *self, const char *key, guint n);

void         kan_body_set_text  (KanBody *self, const char *key, const char *value);
void         kan_body_set_int   (KanBody *self, const char *key, gint64 value);
void         kan_body_set_yes   (KanBody *self, const char *key, gboolean value);
void         kan_body_set_list  (KanBody *self, const char *key, const char * const *values);
void         kan_body_add_row   (KanBody *self, const char *key, KanBody *row);   /* takes the row */
void         kan_body_remove    (KanBody *self, const char *key);

G_END_DECLS
