/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 記録媒体所在推移表: where a medium was when, as a picture and as the table behind it. */
#pragma once
#include "forms/kan-form.h"

#include <glib.h>

G_BEGIN_DECLS

typedef struct { const char *number, *state, *since, *until, *days, *record; } KanCustodyRow;

typedef struct
{
  KanFormHead          head;
  KanFormMedium        medium;
  const char          *state;      /* as it is now */
  const GPtrArray     *stays;      /* KanStay, called in Japanese; what the picture shows */
  gint64               now;        /* until when, seconds of UTC */
  const KanCustodyRow *rows;       /* the same stays in words, one each */
} KanCustodyForm;

KanPaper *kan_form_custody_new (const KanCustodyForm *data) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
