/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chain: encode, hash, sign, append, read, anchor. It knows no rule (FILE.md, "Acts"). */
#pragma once
#include "crypto/kan-crypto.h"
#include "db/kan-db.h"

G_BEGIN_DECLS

enum { KAN_ANCHOR_SYMBOLS = 32 };

/* One immutable entry. Strings and body are owned. */
typedef struct
{
  gint64  seq;                            /* from 1, without gaps: the order */
  char   *at;                             /* YYYY-MM-DDTHH:MM:SSZ, the clock as read */
  gint64  actor;                          /* person */
  guint8  key[KAN_KEY_SIZE];              /* the public key that signed */
  char   *session;                        /* who had the file open, and which opening it was */
  char   *kind;
  char   *subject;                        /* record, e.g. "M12" */
  char   *happened_at;                    /* YYYY-MM-DDTHH:MM in Japan; NULL: when it was recorded */
  char   *body;                           /* canonical JSON */
  gsize   body_size;
  KanHash prev, hash;
  guint8  signature[KAN_SIGNATURE_SIZE];
  gboolean torn;                          /* as read, a column holds what none ever does: no hash holds then */
} KanAct;

KanAct  *kan_act_new            (void);
void     kan_act_free           (KanAct *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KanAct, kan_act_free)
void     kan_act_compute_hash   (const KanAct *self, const guint8 *file_id, KanHash *hash);
void     kan_act_sign           (KanAct *self, const guint8 *file_id, const KanKeys *keys);
gboolean kan_act_hash_holds     (const KanAct *self, const guint8 *file_id) G_GNUC_WARN_UNUSED_RESULT;
gboolean kan_act_signature_holds (const KanAct *self) G_GNUC_WARN_UNUSED_RESULT;

/* The head: seq 0 and a zero hash where the chain is empty. */
typedef struct { gint64 seq; KanHash hash; char at[24]; } KanHead;

const char *kan_ledger_schema   (void);
gboolean kan_ledger_get_head    (KanDb *db, KanHead *head, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kan_ledger_append      (KanDb *db, const KanAct *act, GError **error) G_GNUC_WARN_UNUSED_RESULT;
KanAct  *kan_ledger_get         (KanDb *db, gint64 seq, GError **error);
KanAct  *kan_ledger_need        (KanDb *db, gint64 seq, GError **error);      /* that a register names */
/* Acts first..last in order of seq, at most `last - first + 1`; gaps are left out. Elements: KanAct. */
GPtrArray *kan_ledger_read      (KanDb *db, gint64 first, gint64 last, GError **error);
GPtrArray *kan_ledger_read_from (KanDb *db, gint64 first, guint n, GError **error);   /* the next n,
  wherever they are */
/* Each act first..last, in order, where it lies. */
typedef void (*KanWalkFunc) (const KanAct *act, gpointer data);
gboolean kan_ledger_walk        (KanDb *db, gint64 first, gint64 last, KanWalkFunc func, gpointer data,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kan_ledger_head_holds  (KanDb *db, const guint8 *file_id, gboolean *holds,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

char    *kan_hex                (const guint8 *bytes, gsize size);
gboolean kan_unhex              (const char *text, guint8 *bytes, gsize size);

/* The anchor (確認符号): seq and 32 Crockford symbols, 160 bits of the hash, printed on paper. */
char    *kan_anchor_format      (gint64 seq, const KanHash *hash);
gboolean kan_anchor_parse       (const char *text, gint64 *seq, guint8 bits[20]);
gboolean kan_anchor_holds       (const guint8 bits[20], const KanHash *hash);

G_END_DECLS
