/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds numbers of persons in free text: identity information is never stored. */
#pragma once
#include "kan-types.h"

G_BEGIN_DECLS

typedef enum
{
  KAN_NUMBER_INDIVIDUAL,   /* 個人番号: 12 digits, the last of them a check digit */
  KAN_NUMBER_RESIDENT      /* 住民票コード: 11 digits, or what looks like one */
} KanNumberKind;

/* Where a number stands, in bytes: text[start] to text[end - 1]. */
typedef struct
{
  KanNumberKind kind;
  gsize         start, end;
} KanNumberHit;

GArray         *kan_numbers_find            (const char *text);
gboolean        kan_numbers_occur_in        (const char *text);
gboolean        kan_number_is_individual    (const char *digits);
const char     *kan_number_kind_id          (KanNumberKind kind);
const KanLabel *kan_number_kind_label       (KanNumberKind kind);

G_END_DECLS
