/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a power failure leaves of a folder. The program in which this is linked has its writes, syncs and changes of
   names recorded at the system's own boundary; afterwards the folder can be made as it might lie there if the power
   had gone at any moment: what was synced is there, of the rest any part. */
#pragma once
#include "crypto/kan-crypto.h"

G_BEGIN_DECLS

typedef enum
{
  POWER_KEEPS_ALL,          /* as if only the process had died */
  POWER_LOSES_ALL,
  POWER_LOSES_NAMES,        /* all bytes are there, no file made, renamed or removed */
  POWER_LOSES_BYTES,        /* the reverse: a new name may lead to an empty file */
  POWER_LOSES_TO_ZEROS,     /* files are as long as they were, with zeros where they grew */
  POWER_TEARS_LAST,
  POWER_LOSES_EVEN,         /* every other page */
  POWER_LOSES_ODD,          /* the other ones, and the names */
  POWER_LOSES_AT_RANDOM     /* pages, sectors and names, by a seed */
} PowerLoss;

typedef struct _Power Power;

void        power_watch    (const char *folder);
void        power_told     (void);                 /* from here on somebody relies on it */
Power      *power_take     (void);
void        power_free     (Power *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Power, power_free)

void        power_expect   (const Power *self);
guint       power_n_events (const Power *self);
gboolean    power_was_told (const Power *self, guint n);
guint       power_last_write_before_told (const Power *self);
KanHash     power_hash     (const Power *self, guint n, PowerLoss loss, guint32 seed);
void        power_put      (const Power *self, guint n, PowerLoss loss, guint32 seed);
const char *power_loss_id  (PowerLoss loss);

G_END_DECLS
