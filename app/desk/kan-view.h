/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What screens show, as copies that may leave the database thread: sentences and labels in the language of the screen,
 * values as people read them. A screen asks nothing else of the core. */
#pragma once
#include "desk/kan-answers.h"
#include "desk/kan-desk.h"

G_BEGIN_DECLS

/* How screens write days: by the era where they speak Japanese, or always as ISO dates. Paper stays as it is. For the
   whole process, as the language is. */
void          kan_view_set_iso_dates   (gboolean iso);
gboolean      kan_view_by_era          (void);

/* --- who ------------------------------------------------------------------------------------------------------ */

char         *kan_desk_dup_association (KanDesk *self);
char         *kan_desk_dup_opened      (KanDesk *self);     /* from the public header; NULL: never opened */
char         *kan_desk_dup_verified    (KanDesk *self);     /* the same; NULL: never verified */

/* --- forms ---------------------------------------------------------------------------------------------------- */

typedef struct { char *value, *label; } KanViewChoice;

/* One question of an act, ready for a row of a form. */
typedef struct
{
  char      *key;
  char      *page;           /* opens a page of this title; NULL: goes on with the page before */
  char      *label;
  KanType    type;
  char      *of;             /* references: the register or list to choose from; rows: the row register */
  GPtrArray *of_registers;   /* references: ids of registers or lists, one by one (char *) */
  guint      width;          /* characters (full-width); 0: free */
  gboolean   must;
  GPtrArray *choices;        /* KanViewChoice; NULL: not chosen from a vocabulary */
  char      *preset;         /* as typed; NULL: none */
  char      *meaning;        /* what the answer means where its label is not enough; NULL: it is */
  char      *beside;         /* what the record says of the like, to compare with; NULL: nothing */
  gboolean   again;          /* may be answered as the last time */
  char      *last;           /* what this person answered the last time, as typed; NULL: nothing that may be repeated */
  char      *unless;         /* key of a question before it: asked only where that is not answered; NULL: always */
  GPtrArray *cells;          /* rows: KanQuestion of each cell; else NULL */
} KanQuestion;

void          kan_question_free    (KanQuestion *self);

/* Whose further signature an act wants. */
typedef struct { char *capacity, *title; char *person_key, *paper_key; } KanSheetHand;

/* An act as a form: what its wizard is made of. */
typedef struct
{
  char       *kind, *title;          /* "media.record", 「記録する」 */
  char       *register_id, *register_title;
  char       *subject, *subject_name;     /* NULL: it makes a record */
  char       *article;               /* "11-1", may be NULL */
  char       *basis;                 /* 「第11条第1項　記録と消去 — …」 for people; may be NULL */
  KanStrength strength;
  gboolean    is_fact;               /* recorded with a reason and marked where a rule is not met */
  gboolean    is_power;              /* two persons sign, as soon as there are two who can */
  gboolean    wants_second;          /* and there are */
  gboolean    tells_day;             /* an answer says on which day it happened: late where that has passed */
  gboolean    joins;                 /* several acts are signed in one go: kan_view_company() */
  gboolean    ends;                  /* cannot be corrected or taken back afterwards: confirm before signing */
  GPtrArray  *questions;             /* KanQuestion, in order */
  GPtrArray  *hands;                 /* KanSheetHand */
} KanSheet;

/* `subject` may also be what a new record is about: media.record with "M12" answers its question for a medium. */
KanSheet     *kan_desk_describe    (KanDesk *self, const char *kind, const char *subject, gint64 now,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
void          kan_sheet_free       (KanSheet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KanSheet, kan_sheet_free)

/* What exactly would be signed, and what stands in the way. */
typedef struct { char *key, *page, *label, *shown, *struck; gboolean filled, told; } KanReviewLine;
/* told: not signed, it follows from the answer before it. struck: what was signed, where it was corrected since; NULL:
   what is shown */
/* Whom an answer names for a further signature: `mine` where the signature of who unlocked is theirs too. */
typedef struct { char *person_key, *login; gboolean mine; } KanReviewHand;      /* login NULL: they have no key */
typedef struct
{
  GPtrArray *refusals;       /* KanRefusal, marks among them */
  GPtrArray *hands;          /* KanReviewHand: of the persons that answers name */
  GPtrArray *lines;          /* KanReviewLine: answers as they will be signed, the filled ones among them */
  char     **unasked;        /* keys of questions that these answers make needless; NULL: none */
  gboolean   admissible;     /* nothing refused; marks may want a reason */
} KanReview;

KanReview    *kan_desk_review      (KanDesk *self, const KanAnswers *answers, gint64 now,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
void          kan_review_free      (KanReview *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KanReview, kan_review_free)

/* Several acts of one wizard, in the order in which they will be signed: one review each, as if those before it had
   taken effect. One reason for a deviation serves those that want it: what was typed goes only with them. */
GPtrArray    *kan_desk_review_together (KanDesk *self, const GPtrArray *answers /* KanAnswers */, gint64 now,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean      kan_desk_fit_reason  (KanDesk *self, KanAnswers *answers, gint64 now,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Signs. `passphrase` is wanted by all but light acts (KAN_ERROR_LOCKED where it is wrong); NULL where the acts before
   it in the same reviewed list were signed with it. Second persons are added before with kan_desk_add_cosigner(). */
KanOutcome   *kan_desk_sign_answers (KanDesk *self, const KanAnswers *answers, const KanSecret *passphrase, gint64 now,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A reviewed list: several acts in a row (approvals, a batch), all shown before, with the passphrase given once, at the
   first that wants it. Ends by itself at a wrong passphrase, and with the desk. */
void          kan_desk_begin_list   (KanDesk *self);
void          kan_desk_end_list     (KanDesk *self);
gboolean      kan_desk_wants_passphrase (KanDesk *self, const char *kind);
gboolean      kan_desk_check_passphrase (KanDesk *self, const KanSecret *passphrase,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* --- records -------------------------------------------------------------------------------------------------- */

/* An act that this person could begin now, or why not. */
typedef struct
{
  char    *kind, *title, *article;
  char    *subject;          /* what to begin it with: the record, also for acts that make another one about it */
  gboolean allowed;
  gboolean is_marked;        /* a fact that would be recorded with a mark: `reason` says which rule it breaks */
  gboolean suggested;        /* what Today would offer about the record; of a list, what it is there for */
  gboolean seldom;           /* beside the usual course: to be folded away */
  char    *reason;           /* why not, or how it is marked; NULL: neither */
} KanViewOffer;

typedef struct
{
  char      *id, *label, *shown;
  gboolean   is_lines;
  GPtrArray *links;          /* subjects it refers to (char *); NULL: none */
  GPtrArray *struck;         /* former values, oldest first, as people read them (char *); NULL: never corrected */
} KanViewField;

typedef struct
{
  gint64     seq;
  char      *title, *when, *who;     /* 「搬出する」, wareki and time, name with office */
  char      *about;                  /* 「持出・搬送簿 T3」: upon another record, told of this one; NULL: upon this one */
  char      *named;                  /* 「未返却の媒体」: what became of this record there; NULL: nothing of its own */
  char      *happened;               /* late entry: when it happened; NULL: at once */
  char      *marks;                  /* 「規程不適合：…」; NULL: none */
  char      *before, *after;         /* states' labels; NULL: none */
  char      *fingerprint;            /* of the key, short */
  gboolean   voided;
  GPtrArray *lines;                  /* KanReviewLine: what was signed */
} KanViewStep;

/* about: what the act was that the hand was given for */
typedef struct { char *capacity, *who, *as_deputy_of, *verdict, *when, *subject, *about; gint64 act; } KanViewHand;

/* Records that lie below this one or refer to it, register by register. */
typedef struct
{
  char      *register_id, *title;
  char      *filter;         /* its column that refers to the record, for KanQuery */
  guint      n;              /* how many there are; the first hundred are given */
  GPtrArray *subjects, *names, *states;     /* char *, "" where there is none */
} KanViewGroup;

typedef struct
{
  char      *subject, *name, *register_id, *register_title;
  char      *state, *state_label;           /* what the day makes of the one that is stored */
  char      *basis;
  GPtrArray *fields;         /* KanViewField */
  GPtrArray *offers;         /* KanViewOffer */
  GPtrArray *steps;          /* KanViewStep, newest last */
  GPtrArray *stays;          /* KanStay, of a medium; NULL: it is none */
  GPtrArray *hands;          /* KanViewHand */
  GPtrArray *groups;         /* KanViewGroup */
  GPtrArray *forms;          /* KanViewChoice: forms to print, "certificate" */
  char      *waiting;        /* for whom it waits; NULL: it does not */
  char      *altered;        /* that its entries do not prove what it shows; NULL: they do */
} KanRecordView;

KanRecordView *kan_desk_view_record (KanDesk *self, const char *subject, gint64 now,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
void           kan_record_view_free (KanRecordView *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KanRecordView, kan_record_view_free)

/* What may be begun on a register as a whole: acts that make one of its records. KanViewOffer. */
GPtrArray     *kan_desk_list_offers (KanDesk *self, const char *register_id, gint64 now,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* --- putting right -------------------------------------------------------------------------------------------- */

/* An entry of a record that somebody would put right, take back or remove text from; `reason`: why it cannot be. */
typedef struct { gint64 seq; char *title, *when, *who, *reason; } KanViewEntry;
/* One of its answers as it stands by now, and the question, with the key "value", for what it should be. */
typedef struct { char *key, *label, *shown; KanQuestion *question; } KanViewAnswer;

GPtrArray     *kan_desk_list_entries (KanDesk *self, const char *kind, const char *subject, gint64 now,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Acts that put right what no correction of an entry may: KanViewOffer. */
GPtrArray     *kan_desk_list_restating (KanDesk *self, const char *subject, gint64 now,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray     *kan_desk_list_answers (KanDesk *self, const char *kind, const char *subject, gint64 seq,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* --- destroying ----------------------------------------------------------------------------------------------- */

/* A medium that may be destroyed now. What its number is, is not told: it is read off the medium. */
typedef struct
{
  char    *subject, *name, *kind, *state, *state_label;
  char    *purge_by;                     /* as people read it; NULL: nothing on it has a deadline */
  char    *waits;                        /* 「D26 立会・確認待ち」: its destruction, recorded already; NULL: none */
  char   **erasure, **destruction;       /* methods fit for its kind (ids); may be NULL */
  gint64   held, sheets;                 /* records still on it, copies included */
  gboolean has_serial, can_be_erased, is_due, is_overdue;
} KanViewDoomed;

GPtrArray     *kan_desk_list_doomed (KanDesk *self, const char *also, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* --- lists ---------------------------------------------------------------------------------------------------- */

typedef struct { char *id, *label; KanType type; guint width; gboolean number, deadline; } KanViewColumn;
typedef struct { char *id, *title; GPtrArray *columns; GPtrArray *lists; GPtrArray *states; } KanRegisterView;
/* columns: KanViewColumn; lists and states: KanViewChoice, for chips */

KanRegisterView *kan_desk_view_register (KanDesk *self, const char *register_id, const char *list,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
void             kan_register_view_free (KanRegisterView *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KanRegisterView, kan_register_view_free)

/* Which rows, in which order. All NULL or 0: everything by number. */
typedef struct
{
  char    *register_id, *list, *search, *state;
  char    *column, *value;   /* one more filter, e.g. "medium" = "M12" */
  char    *sort;             /* a column's id; NULL: by number */
  gboolean descending;
} KanQuery;

KanQuery *kan_query_new  (const char *register_id);
KanQuery *kan_query_copy (const KanQuery *self);
void      kan_query_free (KanQuery *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KanQuery, kan_query_free)

/* The order: record numbers, guint32. */
GArray    *kan_desk_order (KanDesk *self, const KanQuery *query, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Cells as people read them, for the records of these numbers: GPtrArray of GStrv, one per number, in the order of
   KanRegisterView's columns; NULL: the record is gone. */
GPtrArray *kan_desk_page  (KanDesk *self, const char *register_id, const char *list, const guint32 *ids, guint n,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Records and acts by name, for the command palette and for search over everything. KanViewHit; an act that makes a
   record has `kind`, and no subject. */
typedef struct { char *subject, *name, *register_title, *state_label, *kind, *reason; } KanViewHit;
GPtrArray *kan_desk_search (KanDesk *self, const char *words, guint n_max, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* What a question may be answered with: `of` as KanQuestion has it ("person", "medium_in_store", "person|outsider");
   words NULL: anything. KanViewHit, at most `n_max`. */
GPtrArray *kan_desk_candidates (KanDesk *self, const char *of, const char *words, guint n_max,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What an act says against each of them as the answer to its question `key`, in `reason`; those without first. */
gboolean   kan_desk_weigh      (KanDesk *self, GPtrArray *hits, const char *kind, const char *key, gint64 now,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* --- drafts (作成中), sealed to their author ------------------------------------------------------------------- */

typedef struct { gint64 id; char *kind, *title, *subject, *saved; } KanViewDraft;

gboolean    kan_desk_save_draft   (KanDesk *self, gint64 *id, const KanAnswers *answers, gint64 now,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;    /* id 0: a new one, and is told */
GPtrArray  *kan_desk_list_drafts  (KanDesk *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
KanAnswers *kan_desk_load_draft   (KanDesk *self, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean    kan_desk_drop_draft   (KanDesk *self, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* --- today, approvals ----------------------------------------------------------------------------------------- */

typedef struct
{
  KanDueKind kind;
  char      *kind_label, *subject, *name, *day, *detail;   /* day as people read it */
  int        days_left;      /* negative: overdue; G_MAXINT: no day */
  gboolean   mine;           /* this person can do something about it now */
  char      *offer;          /* the act to begin, NULL: open the record */
  char      *offer_title;    /* what its button says */
  char      *offer_subject;  /* what to begin it with: the medium of a batch that is due */
} KanViewDue;

/* Something the office still lacks: the act that brings it, the place where it is done, or why this person cannot. */
typedef struct { char *title, *detail, *reason; const char *kind, *place; } KanViewTask;

/* One batch or payment day on the strip of the coming year. Days since 1970. */
typedef struct { gint32 day; gboolean is_payment, expected; guint n_due, n_overdue; char *label; } KanViewMark;

/* How much of a register waits for somebody, and how much of it is late. */
typedef struct { const char *register_id; guint n_waiting, n_late; } KanViewBadge;

typedef struct
{
  char      *who, *offices, *association;
  char      *notice;         /* what unlocking noticed; NULL: nothing */
  const char *clock;         /* what is to be said of this terminal's clock; NULL: nothing */
  gint32     today;          /* days since 1970 */
  gint32     first;          /* where the strip begins: before the payment that something overdue was recorded for */
  GPtrArray *due;            /* KanViewDue, most urgent first */
  GPtrArray *lacking;        /* KanViewTask: what the office still lacks, for who may do something about it */
  GPtrArray *marks;          /* KanViewMark, by day: twelve months */
  GPtrArray *badges;         /* KanViewBadge, of registers that something is due of */
  guint      n_mine, n_late; /* requests that this person can decide on, and all that is late */
} KanTodayView;

/* Who unlocked: name and offices on the desk's day. */
char         *kan_desk_dup_who     (KanDesk *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

KanTodayView *kan_desk_view_today  (KanDesk *self, gint64 now, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void          kan_today_view_free  (KanTodayView *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KanTodayView, kan_today_view_free)

/* A request that waits, with what a manager needs to decide. */
typedef struct
{
  char      *subject, *name, *kind, *title, *requester, *since, *basis;
  gint64     act;            /* by which it was asked for */
  gboolean   mine;           /* this person may give a hand now */
  char      *reason;         /* why not; NULL where mine */
  GPtrArray *capacities;     /* KanViewChoice: those this person could give, as hand.give spells them */
  GPtrArray *waiting_for;    /* labels (char *) */
  GPtrArray *marks;          /* what is out of the ordinary with it, and the reasons given (char *); first, where mine,
                                that it is not what was signed: nobody decides on it then */
  char      *overdue;        /* a sentence: it is about a medium whose deadline has passed; NULL: it is not */
  GPtrArray *lines;          /* KanReviewLine: the request */
  GPtrArray *hands;          /* KanViewHand: already given */
  GPtrArray *subjects;       /* records it is about, e.g. media (char *) */
  char      *give, *refuse, *ask_back;   /* titles by the article's verb: 承諾する … */
} KanViewPending;

GPtrArray    *kan_desk_view_pending (KanDesk *self, gint64 now, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* --- the chain ------------------------------------------------------------------------------------------------ */

typedef struct
{
  gint64   seq;
  char    *when, *who, *title, *subject, *name, *marks, *fingerprint;    /* name: what the subject is called */
  gboolean voided;
} KanViewAct;

/* Which acts; NULL or "": whatever it is. subject: a number or words of the record; actor: a login, "P2" or part of a
   name; marked: as kan_marked_name() calls it; since
   and until: days as people write them, "2026-02-13" or 「R8.2.13」, both included. */
typedef struct { const char *subject, *actor, *kind, *marked, *since, *until; } KanActFilter;

gint64     kan_desk_n_acts    (KanDesk *self, GError **error);
/* guint32 seqs, newest first; filter NULL: every act */
GArray    *kan_desk_order_acts (KanDesk *self, const KanActFilter *filter, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *kan_desk_page_acts (KanDesk *self, const guint32 *seqs, guint n, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *kan_desk_search_acts (KanDesk *self, const char *words, guint n_max,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;     /* KanViewAct, newest first */

/* One act as a page: who signed what, what was decided about it, what of it was corrected since. */
typedef struct
{
  KanViewStep *step;
  char        *subject, *name;      /* the record that it is upon; name NULL: it has none */
  char        *basis;               /* NULL: none */
  GPtrArray   *hands;               /* KanViewHand */
} KanActView;

KanActView *kan_desk_view_act  (KanDesk *self, gint64 seq, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void        kan_act_view_free  (KanActView *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KanActView, kan_act_view_free)

G_END_DECLS
