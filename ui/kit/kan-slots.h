/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list of any length over the database thread: items are slots, position and cells, that ask for their page when they
 * are blank (DESIGN.md, "Long lists"). */
#pragma once
#include "kan-session.h"

G_BEGIN_DECLS

#define KAN_TYPE_LIST_ITEM (kan_list_item_get_type ())
G_DECLARE_FINAL_TYPE (KanListItem, kan_list_item, KAN, LIST_ITEM, GObject)
guint32     kan_list_item_get_id   (KanListItem *self);            /* the record's number; an act's seq */
guint       kan_list_item_get_position (KanListItem *self);        /* G_MAXUINT: no longer in the list */
/* "" while it is blank; notify::cells when filled. What a name may hide is made visible already. */
const char *kan_list_item_get_cell (KanListItem *self, guint column);
gboolean    kan_list_item_is_blank (KanListItem *self);

/* Where order and pages come from: a register, the chain, and later the operation history. Both run in the database
   thread; `source` is what was given to kan_slots_new(). */
typedef struct
{
  GArray    *(*order) (KanDesk *desk, gpointer source, GError **error);                              /* guint32 */
  GPtrArray *(*page)  (KanDesk *desk, gpointer source, const guint32 *ids, guint n, GError **error); /* GStrv */
  gpointer   (*copy)  (gpointer source);      /* for the thread */
  void       (*free)  (gpointer source);
} KanSlotsHow;

#define KAN_TYPE_SLOTS (kan_slots_get_type ())
G_DECLARE_FINAL_TYPE (KanSlots, kan_slots, KAN, SLOTS, GObject)     /* a GListModel of KanListItem */

KanSlots *kan_slots_new          (KanSession *session, const KanSlotsHow *how);
void      kan_slots_ask          (KanSlots *self, gpointer source /* full */);      /* another order: sort, filter */
void      kan_slots_refresh      (KanSlots *self);      /* the same question again: after "changed" */
guint     kan_slots_find         (KanSlots *self, guint32 id);     /* position; G_MAXUINT: not in it */
guint     kan_slots_get_n        (KanSlots *self);
/* Property "is-loading"; signals "loaded" when an order has come, "failed" (GError) when order or page could not be
   had: the old order stays. */

extern const KanSlotsHow kan_slots_of_register;     /* source: KanQuery */

G_END_DECLS
