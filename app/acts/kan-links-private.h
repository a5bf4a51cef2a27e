/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What following a chain shares with following parts of it at once. */
#pragma once
#include "acts/kan-links.h"

G_BEGIN_DECLS

struct _KanLinks
{
  guint8      file_id[16];
  gint64      seq, version;     /* followed last; of the file, as others write to it: 0: not asked yet */
  KanHash     hash;
  gint64      broken;
  GHashTable *signers;          /* Signer → itself */
  GHashTable *records;          /* "M12" → GArray of gint64 */
  GHashTable *altered;          /* "M12": of entries that are not what was hashed */
  gboolean    is_part;          /* what lies before its first entry is another's to look at */
  gint64      first;            /* of a part: that entry; 0: none was met */
  KanHash     before;           /* what that says of the one before it */
};

void     kan_links_add     (const KanAct *act, gpointer links);
void     kan_links_join    (KanLinks *self, KanLinks *part);

/* kan-links-parts.c */
gboolean kan_links_walk    (KanLinks *self, KanDb *db, gint64 head, gint64 slice, guint n_helpers,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
