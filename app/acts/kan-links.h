/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entries that hang together: what was altered, moved or taken away among them breaks the chain behind it. Followed
 * once, and from then on only what is new. */
#pragma once
#include "ledger/kan-ledger.h"

G_BEGIN_DECLS

typedef struct _KanLinks KanLinks;

KanLinks   *kan_links_new         (const guint8 *file_id);
void        kan_links_free        (KanLinks *self);
/* `anew`: what was followed before stands no more, nor what was learnt with it. */
gboolean    kan_links_watch       (KanLinks *self, KanDb *db, gboolean *anew, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean    kan_links_follow      (KanLinks *self, KanDb *db, gboolean *anew, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Record → GArray of gint64: its entries, in order, as they themselves say: no index is asked, since somebody can have
   one made of some rows only. */
GHashTable *kan_links_get_records (const KanLinks *self);
GHashTable *kan_links_get_altered (const KanLinks *self);       /* records of entries that are not what was hashed */
/* The last entries that each key signed among those followed since the last time: whoever holds none of these keys
   altered nothing before them, if they are signed. Elements: gint64, seq. */
GArray     *kan_links_take_last   (KanLinks *self);
void        kan_links_break       (KanLinks *self, gint64 seq);
/* The last entry that something is wrong with, or behind which; 0: none. */
gint64      kan_links_get_broken  (const KanLinks *self);
/* Somebody looked at each: what was wrong up to here is known. */
void        kan_links_mend        (KanLinks *self);

G_END_DECLS
