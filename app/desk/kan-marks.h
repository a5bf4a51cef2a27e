/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is out of the ordinary with an act, in words, and which acts are: for the ledger, the timeline and the monthly
 * check. */
#pragma once
#include "acts/kan-book.h"
#include "ledger/kan-body.h"

G_BEGIN_DECLS

typedef enum
{
  KAN_MARKED_ANY,             /* whatever its marks */
  KAN_MARKED_DEVIATION,       /* breaks a rule (規程不適合) */
  KAN_MARKED_LATE,            /* entered later (後日入力) */
  KAN_MARKED_CLOCK,           /* a clock that was wrong (時計) */
  KAN_MARKED_DECLARED,        /* numbers in it are said to be no identity numbers (申告) */
  KAN_N_MARKED
} KanMarked;

const char *kan_marked_name  (KanMarked marked);                     /* "declared" */
gboolean    kan_marked_parse (const char *name, KanMarked *marked);
const KanLabel *kan_marked_label (KanMarked marked);
char       *kan_marked_dup_keys (KanMarked marked);
gboolean    kan_body_is_marked (const KanBody *body, KanMarked marked);
GPtrArray  *kan_dup_marks    (KanBook *book, const KanAct *act, gboolean reasons, gboolean japanese);

G_END_DECLS
