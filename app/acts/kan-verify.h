/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verification (改ざん検査): hash, signature and chain on all cores, authority and rules by replay, projections by
 * comparison. It goes on past failures and says what it found, never a bare yes or no (FILE.md, "Acts"). */
#pragma once
#include "acts/kan-book.h"

G_BEGIN_DECLS

typedef enum
{
  KAN_FAULT_GAP,            /* an entry of the chain is missing */
  KAN_FAULT_CHAIN,          /* it does not follow the one before it */
  KAN_FAULT_HASH,           /* its columns are not those that were signed */
  KAN_FAULT_SIGNATURE,      /* the key it names did not sign it */
  KAN_FAULT_UNREADABLE,     /* kind, time or body cannot be read */
  KAN_FAULT_RULE,           /* the rules that admit an act do not admit it */
  KAN_FAULT_PROJECTION,     /* a register's row is not what the acts add up to */
  KAN_FAULT_TEXT,           /* free text is not what its digest says */
  KAN_FAULT_ANCHOR,         /* the chain is not the one that the paper remembers */
  KAN_FAULT_HEAD,           /* the chain is shorter than the paper remembers */
  KAN_FAULT_REJECTED,       /* what was set aside is not kept as it was, or holds, or nobody set it aside */
  KAN_FAULT_TEXT_RULE,      /* free text is what was signed, and is none that is ever kept here */
  KAN_FAULT_INDEX           /* an index is not what its table holds, or pages do not fit together */
} KanFaultKind;

enum { KAN_FAULT_CODE_SIZE = 20 };      /* four groups of four symbols, "-" between, and a NUL */

/* The code is the fault's identity: the same from run to run while exactly this is found, in every language. */
typedef struct
{
  KanFaultKind kind;
  gint64       seq;         /* which act; 0: none */
  char        *subject;     /* which record, "M12"; NULL: none */
  char        *table, *column;      /* where what differs lies; NULL: no row, or a whole one */
  char        *what;        /* the row, its field and the values, or the rule's sentence, for people */
  gint64       because;     /* the first failing act that it follows from; 0: it stands for itself */
  char         code[KAN_FAULT_CODE_SIZE];
  char         group[KAN_FAULT_CODE_SIZE];      /* it and the acts' faults that follow from it; "": none do */
  gboolean     known;       /* named by ledger.note, alone or with its group */
} KanFault;

/* Called from the thread that verifies, at most a few times a second; FALSE stops. */
typedef gboolean (*KanProgressFunc) (gint64 done, gint64 total, gpointer data);

typedef struct
{
  const char     *anchor;       /* as printed; NULL: none */
  const char     *seen;         /* the anchor of what this terminal has seen and the chain does not hold; NULL: none */
  guint           n_threads;    /* 0: as many as there are cores */
  KanProgressFunc progress;     /* NULL: none */
  gpointer        progress_data;
  const KanKeys  *keys;         /* whose earlier result is gone on from; NULL: nobody's */
  gint64          person;       /* who that is */
  gint64          now;          /* the clock as read, seconds of UTC; with `keys` */
  gboolean        full;         /* check every signature, whatever was verified before */
} KanVerifyOptions;

/* The result: who looked is the caller's; when, up to where, what was found. */
typedef struct
{
  gint64     n_acts;
  KanHead    head;
  GPtrArray *faults;            /* KanFault */
  guint      n_known, n_new;
  gint64     n_differing;       /* rows of projections that are not what the acts add up to */
  gint64     n_removed_texts;   /* free text that was removed; its digests still hold */
  gint64     anchor_seq;        /* at which entry the paper's anchor holds; 0: at none, or there is none */
  gint64     n_verified;        /* acts whose signatures this person verified before; 0: all were checked now */
  char      *verified_at;       /* when that was, UTC; NULL: all were checked now */
  char      *full_at;           /* when all were checked last, where not now; UTC */
  gint64     last_seq;          /* what kan_book_keep_verdict() keeps: the last act, its hash, and all acts' */
  KanHash    last, rows;
} KanVerdict;

void        kan_verdict_free  (KanVerdict *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KanVerdict, kan_verdict_free)
const char *kan_fault_kind_id (KanFaultKind kind);
char       *kan_fault_words   (const KanFault *fault);

gboolean    kan_fault_code_parse (const char *typed, char code[KAN_FAULT_CODE_SIZE]);

KanVerdict *kan_book_verify   (KanBook *self, const KanVerifyOptions *options,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* For this person's next run; nothing where something new was found. */
gboolean    kan_book_keep_verdict (KanBook *self, const KanVerdict *verdict, const KanVerifyOptions *options,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
void        kan_book_recall_verified (KanBook *self, const KanKeys *keys, gint64 person);
/* The day, "" where none is known. */
const char *kan_book_get_verified_on (KanBook *self);

/* The registers as of another day, in a file of their own that goes away with them. */
KanScratch *kan_book_as_of       (KanBook *self, const char *day, GError **error) G_GNUC_WARN_UNUSED_RESULT;
KanBook    *kan_scratch_get_book (KanScratch *self);
void        kan_scratch_free     (KanScratch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KanScratch, kan_scratch_free)

G_END_DECLS
