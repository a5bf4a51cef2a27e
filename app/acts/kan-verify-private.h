/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of verification share: one run over a chain, what it finds, and what follows from what. */
#pragma once
#include "acts/kan-replay.h"

G_BEGIN_DECLS

/* What somebody verified before, as their row says; nothing where the row is not theirs, or was altered. */
typedef struct
{
  gint64  seq;                      /* 0: nothing */
  KanHash head, rows;               /* of the entry `seq`; over every entry up to it, signatures included */
  char   *at, *full_at, *program;   /* when; when every signature was checked last; by which program */
} KanVerified;

/* Faults that follow from others (kan-follow.c). */
typedef struct
{
  GHashTable *failed;       /* seq → first act of those it follows from */
  GHashTable *tainted;      /* a record, a moment, or "*": everything → the same */
  GArray     *gaps;         /* Gap */
  gint64      altered;      /* the first act that is missing, or not what was signed; 0: none */
} KanFollow;

typedef struct
{
  KanBook                *book;
  KanScratch             *scratch;
  KanVerdict             *verdict;
  const KanVerifyOptions *options;
  GThreadPool            *pool;
  GMutex                  lock;
  GCond                   done;
  GQueue                  flying;       /* Chunk, oldest first */
  gint64                  next, seq;    /* to be read next; replayed last */
  KanHash                 prev;
  gint64                  anchor_seq;
  guint8                  anchor[20];
  GPtrArray              *missing;      /* KanMissingText */
  KanFollow               follow;
  KanVerified             before;
  gint64                  skip_to;      /* signatures up to here were checked before; 0: none */
  gboolean                full;         /* whatever was checked before */
  gboolean                distrusted;   /* what was checked before is not what stands there now */
  KanHasher               rows;
} KanVerifier;

/* kan-verify.c */
KanVerdict *kan_book_verify_keeping (KanBook *self, const KanVerifyOptions *options, KanScratch **scratch,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* kan-fault.c: what was found is hashed, so that a fault is the same one only while exactly that is found */
void      kan_found_init    (KanHasher *found);
void      kan_found_int     (KanHasher *found, gint64 value);
void      kan_found_bytes   (KanHasher *found, gconstpointer bytes, gsize size);
void      kan_found_text    (KanHasher *found, const char *text);
void      kan_found_cell    (KanHasher *found, KanStmt *row, int column);
void      kan_found_act     (KanHasher *found, const KanAct *act, const guint8 *file_id);
KanFault *kan_verifier_add  (KanVerifier *self, KanFaultKind kind, gint64 seq, const char *subject, char *what,
                             KanHasher *found);
void      kan_fault_free    (KanFault *self);
void      kan_faults_group  (KanVerifier *self);
gboolean  kan_faults_mark_known (KanVerifier *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* kan-follow.c */
void      kan_follow_init   (KanFollow *self);
void      kan_follow_clear  (KanFollow *self);
gint64    kan_follow_seq    (const KanFollow *self, gint64 seq);
gint64    kan_follow_subject (const KanFollow *self, const char *subject);
gint64    kan_follow_act    (KanVerifier *self, const KanAct *act);
gint64    kan_follow_row    (KanVerifier *self, const char *table, KanStmt *row);
gboolean  kan_follow_failure (KanVerifier *self, const KanAct *act, KanFaultKind kind, gint64 because,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean  kan_follow_gap    (KanVerifier *self, gint64 first, gint64 last, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void      kan_follow_success (KanVerifier *self, const KanAct *act);

/* kan-rebuild.c */
gboolean  kan_copy_row      (KanStmt *row, KanDb *into, const char *table, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* kan-compare-words.c */
char     *kan_row_subject   (KanBook *book, const char *table, KanStmt *row);
gboolean  kan_table_is_looked_up (const char *table);
char     *kan_table_words   (KanBook *book, const char *table);
char     *kan_row_words     (KanBook *book, const char *table, KanStmt *row);
char     *kan_column_words  (KanBook *book, const char *table, const char *column);
char     *kan_cell_words    (KanBook *book, const char *table, KanStmt *row, int column);

/* kan-compare.c */
gboolean  kan_same_cell     (KanStmt *a, KanStmt *b, int column);
gboolean  kan_compare_all   (KanVerifier *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* kan-verify-texts.c */
void      kan_missing_text_free (gpointer data);
gboolean  kan_texts_bind    (KanVerifier *self, const KanAct *act, gboolean *any,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean  kan_texts_look_up (KanVerifier *self, const KanAct *act, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean  kan_texts_all     (KanVerifier *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* kan-verified.c */
void      kan_verified_clear (KanVerified *self);
gboolean  kan_verified_load (KanBook *book, const KanVerifyOptions *options, KanVerified *into,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean  kan_verified_is_fresh (const KanVerified *self, gint64 now);
void      kan_verified_add_act (KanHasher *rows, const KanAct *act, gboolean hash_holds, const guint8 *file_id);

G_END_DECLS
