/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A body's inside, for the one way to write it down. */
#pragma once
#include "ledger/kan-body.h"

G_BEGIN_DECLS

typedef struct
{
  char       *key;
  KanBodyType type;
  char       *text;
  gint64      number;      /* INT; YES: 0 or 1 */
  GPtrArray  *list;        /* char*, NULL-terminated */
  GPtrArray  *rows;        /* KanBody* */
} KanMember;

struct _KanBody
{
  GArray *members;         /* KanMember, sorted by key in byte order */
};

KanMember *kan_body_put_member (KanBody *self, const char *key, KanBodyType type);

G_END_DECLS
