/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stickers for media: a sheet of 3 by 8, 70 by 37 millimetres each, to be cut or peeled off. */
#pragma once
#include "forms/kan-form.h"

G_BEGIN_DECLS

/* `code`: the record's number, "M12", printed small and as a QR code. */
typedef struct { KanFormMedium medium; const char *code; } KanLabelsItem;

typedef struct
{
  const char          *association;
  const KanLabelsItem *items;
  guint                n_items;
  guint                n_used;      /* stickers of the first sheet that are no longer there */
} KanLabelsForm;

#define KAN_LABELS_ON_SHEET 24

KanPaper *kan_form_labels_new (const KanLabelsForm *data);

G_END_DECLS
