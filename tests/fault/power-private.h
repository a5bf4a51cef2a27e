/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was recorded, for those who make an image of it. */
#pragma once
#include "fault/power.h"

#include <sys/stat.h>

G_BEGIN_DECLS

typedef enum { POWER_MADE, POWER_WRITTEN, POWER_CUT, POWER_SECURED, POWER_RENAMED, POWER_REMOVED, POWER_FOLDER_SECURED,
               POWER_WAS_TOLD } PowerKind;

typedef struct
{
  PowerKind kind;
  guint   object;
  char   *name, *other;     /* RENAMED: from, to */
  gint64  at;               /* CUT: the new size */
  GBytes *bytes;
  guint   secured_by;       /* the event after which it survives; G_MAXUINT: none */
} PowerEvent;

struct _Power
{
  char       *folder;
  dev_t       dev;
  ino_t       ino;
  GPtrArray  *begin;        /* GByteArray: each object's bytes at first */
  GHashTable *names;        /* at first: name → object + 1 */
  GHashTable *now;          /* the same while recording */
  GHashTable *by_ino;       /* → object + 1 */
  GArray     *events;
};

G_END_DECLS
