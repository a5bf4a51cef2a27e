/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a list over the database thread and its slots know of each other. */
#pragma once
#include "kit/kan-slots.h"

G_BEGIN_DECLS

struct _KanListItem
{
  GObject   parent_instance;

  KanSlots *owner;       /* borrowed; NULL: the list has gone on without it */
  guint     position;
  guint32   id;
  GStrv     cells;       /* owned; NULL: blank */
};

void kan_list_item_set_cells (KanListItem *self, GStrv cells);      /* NULL: blank */
void kan_slots_item_gone     (KanSlots *self, guint position);

G_END_DECLS
