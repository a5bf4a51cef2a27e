/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tail of a chain that was not signed as it must be, set aside whole under the digest of its bytes (FILE.md,
 * "Acts"). Which tail that is, and who may do it, is no question of the ledger's. */
#pragma once
#include "ledger/kan-ledger.h"

G_BEGIN_DECLS

/* Entries in a row up to the head, or those that were set aside together. */
typedef struct
{
  gint64 from_seq;                              /* the place of the first, from which on they stood; 0: not told */
  gint64 count;
  char   digest[2 * KAN_HASH_SIZE + 1];         /* over every column as stored, hexadecimal */
} KanTail;

gboolean   kan_tail_read          (KanDb *db, const guint8 *file_id, gint64 from_seq, KanTail *tail,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   kan_tail_set_aside     (KanDb *db, const KanTail *tail, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   kan_tail_read_rejected (KanDb *db, const guint8 *file_id, const char *digest, KanTail *tail,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The next `n` of those set aside under `digest`, in order of seq, from `first` on. Elements: KanAct. */
GPtrArray *kan_tail_read_acts     (KanDb *db, const char *digest, gint64 first, guint n, GError **error);
/* The last entry of the chain with a seq up to `seq`; NULL without error where there is none. */
KanAct    *kan_ledger_get_upto    (KanDb *db, gint64 seq, GError **error);

G_END_DECLS
