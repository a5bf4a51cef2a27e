/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fixed vocabulary of roles. Titles and the offices that carry them are the profile's. */
#pragma once
#include "kan-types.h"

G_BEGIN_DECLS

/* Who enters what the office decides: the three that the regulation puts in charge. */
#define KAN_MANAGERS "chief|information_manager|system_manager"

typedef struct
{
  const char *id;
  KanLabel    label;
  const char *article;       /* NULL: not in the regulation */
  gboolean    designated;    /* comes by designation of a person, never with an office */
} KanRole;

const KanRole *kan_roles       (gsize *n);
const KanRole *kan_role_lookup (const char *id);

G_END_DECLS
