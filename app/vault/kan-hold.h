/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one descriptor of a file and the locks that hang on it. */
#pragma once
#include "kan-types.h"

G_BEGIN_DECLS

typedef struct _KanHold KanHold;

typedef enum
{
  KAN_HOLD_READ,     /* others may read and write */
  KAN_HOLD_WRITE,    /* others may read */
  KAN_HOLD_ALONE     /* nobody else has it */
} KanHoldMode;

KanHold *kan_hold_open    (const char *path, KanHoldMode mode, GError **error) G_GNUC_WARN_UNUSED_RESULT;
KanHold *kan_hold_create  (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
int      kan_hold_get_fd  (KanHold *self);
gboolean kan_hold_is_written (KanHold *self);
gboolean kan_hold_begin_writing (KanHold *self, const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void     kan_hold_end_writing (KanHold *self);
gboolean kan_hold_is_at   (KanHold *self, const char *path);
void     kan_hold_free    (KanHold *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KanHold, kan_hold_free)

G_END_DECLS
