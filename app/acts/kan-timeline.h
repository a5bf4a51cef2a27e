/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happened to a record (経過): its acts in order and those of others that are told there, what was corrected, and
 * which records refer to it. */
#pragma once
#include "acts/kan-book.h"

G_BEGIN_DECLS

/* One act upon a record: of `act`. */
typedef struct
{
  KanAct            *act;
  const KanKind     *kind;          /* NULL: cannot be read */
  const KanRegister *reg;           /* that declares the kind */
  char              *before, *after;    /* the record's states; NULL: none */
} KanStep;

typedef struct
{
  gint64          seq, act;         /* the correction, and what it corrects */
  const KanField *field;            /* NULL: removed text of a question without column */
  char           *key, *old_value, *new_value;      /* stored forms; new NULL: text removed */
} KanCorrection;

GPtrArray *kan_book_list_steps       (KanBook *self, const char *subject, GError **error);
GPtrArray *kan_book_list_corrections (KanBook *self, const char *subject, GError **error);
GPtrArray *kan_book_list_course      (KanBook *self, const char *subject, GError **error);
GPtrArray *kan_book_list_told        (KanBook *self, const char *subject, GError **error);
const KanField *kan_book_named_as    (KanBook *self, const KanAct *act, const char *subject);
GPtrArray *kan_book_list_referring   (KanBook *self, const char *subject, GError **error);
char      *kan_book_dup_text         (KanBook *self, const char *digest, gboolean japanese);

G_END_DECLS
