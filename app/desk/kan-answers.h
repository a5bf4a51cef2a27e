/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What somebody has typed so far into a form: kind, subject, answers. It knows no book and so may cross threads; drafts
 * (作成中) keep it in the file, sealed to its author. */
#pragma once
#include "kan-types.h"

G_BEGIN_DECLS

typedef struct _KanAnswers KanAnswers;

#define KAN_ANSWERS_DECLARED "declared"     /* the key of kan_answers_declare()'s answer */

KanAnswers *kan_answers_new          (const char *kind, const char *subject);     /* subject NULL: makes a record */
KanAnswers *kan_answers_copy         (const KanAnswers *self);
void        kan_answers_free         (KanAnswers *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KanAnswers, kan_answers_free)

const char *kan_answers_get_kind     (const KanAnswers *self);
const char *kan_answers_get_subject  (const KanAnswers *self);

/* As typed; NULL or "" takes the answer back. Several references: "M1,M2". Rows: see below. */
void        kan_answers_set          (KanAnswers *self, const char *key, const char *typed);
const char *kan_answers_get          (const KanAnswers *self, const char *key);
void        kan_answers_set_happened (KanAnswers *self, const char *local_minute);    /* NULL: now */
const char *kan_answers_get_happened (const KanAnswers *self);
gboolean    kan_answers_is_empty     (const KanAnswers *self);

/* Answers whose number was declared to be no identity number; by path: "note", "identified[0].serial". */
void        kan_answers_declare      (KanAnswers *self, const char *path, gboolean declared);
gboolean    kan_answers_declares     (const KanAnswers *self, const char *path);

/* Rows of an act, each cell as typed. Setting a cell past the end adds rows. */
guint       kan_answers_n_rows       (const KanAnswers *self, const char *key);
void        kan_answers_set_cell     (KanAnswers *self, const char *key, guint row, const char *field,
                                      const char *typed);
const char *kan_answers_get_cell     (const KanAnswers *self, const char *key, guint row, const char *field);
void        kan_answers_remove_row   (KanAnswers *self, const char *key, guint row);

/* What is answered: in one piece, and by rows. */
char      **kan_answers_list_keys    (const KanAnswers *self);
char      **kan_answers_list_row_keys (const KanAnswers *self);

char       *kan_answers_to_json      (const KanAnswers *self);
KanAnswers *kan_answers_from_json    (const char *json, GError **error);

G_END_DECLS
