/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The machinery behind the registers: one book is one database, the registers it was told of, and the rules' edition.
 * The rule that admits an act is the rule that verifies it (DESIGN.md, idea 4). */
#pragma once
#include "acts/kan-case.h"
#include "ledger/kan-body.h"
#include "ledger/kan-ledger.h"

G_BEGIN_DECLS

enum { KAN_EDITION = 1, KAN_PROJECTION = 4 };

/* A role that somebody holds by designation instead of by office: `sql` gives the act that
   designated :person where they hold it on :day. */
typedef struct { const char *role, *sql; } KanRoleRule;

/* A vocabulary that no profile changes. */
typedef struct { const char *id; const char *value; KanLabel label; } KanFixedChoice;

/* A group of the sidebar. */
typedef struct { const char *id; KanLabel label; } KanGroup;

/* What the machinery is told: the registers, in the order of the sidebar. */
typedef struct
{
  const KanRegister   **registers;      /* NULL-terminated */
  const KanRoleRule    *roles;          /* ends with { 0 } */
  const KanFixedChoice *choices;        /* grouped by id, ends with { 0 } */
  const KanGroup       *groups;         /* of the sidebar, in order, ends with { 0 } */
  const char           *offices_sql;    /* codes of the offices that :person holds on :day */
  const char           *holders_sql;    /* who holds the office of code :office on :day: person, and text in whose order
                                           the first of them is the principal */
  const char           *named_sql;      /* persons whom the president named before the act :request to decide in the
                                           chief's place on :day */
  const char           *named_key;      /* the answer of the act that names them */
  const char           *issued_sql;     /* the act that issued the key which the act claims; NULL: whoever is in charge
                                           identifies the claimant */
} KanRegistry;

typedef struct _KanBook    KanBook;
typedef struct _KanDraft   KanDraft;
typedef struct _KanScratch KanScratch;    /* a book in a file of its own; see kan-verify.h */

/* Who signs: a natural person at this opening of the file. Keys are borrowed. */
typedef struct
{
  gint64         person;
  const KanKeys *keys;
  const char    *session;
} KanSigner;

KanBook         *kan_book_new            (KanDb *db, const guint8 *file_id, const KanRegistry *registry,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
void             kan_book_free           (KanBook *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KanBook, kan_book_free)
gboolean         kan_book_create_tables  (KanBook *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean         kan_book_check_schema   (KanBook *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Whether the tables were made by an older program: nothing may be asked of the book until it was rebuilt. */
gboolean         kan_book_is_older       (KanBook *self);
gboolean         kan_book_is_doubtful    (KanBook *self);
KanDb           *kan_book_get_db         (KanBook *self);
const KanRegistry *kan_book_get_registry (KanBook *self);
const KanProfile *kan_book_get_profile   (KanBook *self);     /* in force today; NULL before founding */
const KanProfile *kan_book_profile_before (KanBook *self, gint64 seq);
void             kan_book_set_calendar   (KanBook *self, KanCalendar *calendar);  /* for fill and lists; borrowed */
/* Fills the temporary tables that lists join. */
gboolean         kan_book_set_today      (KanBook *self, KanDay today, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean         kan_book_set_now        (KanBook *self, gint64 now, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* A clock that was set back hides nothing: what is due is counted by the latest entry's day. */
gint64           kan_book_take_clock     (KanBook *self, gint64 now);     /* the later of the two */
const KanLabel  *kan_book_get_clock_warning (KanBook *self);              /* NULL: the clock is not behind */
guint            kan_book_get_edition    (KanBook *self);
KanRefusal      *kan_book_refuse_reader  (KanBook *self, gint64 person, gint64 now);
gboolean         kan_book_may_write      (KanBook *self, gint64 person, gint64 now);   /* auditors read only */
gboolean         kan_book_may_manage     (KanBook *self, gint64 person, gint64 now);   /* settings that are no act */
/* From the second holder of a key on, where an act makes power. */
gboolean         kan_book_wants_second   (KanBook *self, const KanKind *kind, const KanRegister *reg, gint64 now);

/* Declarations */
const KanRegister *kan_book_find_register (KanBook *self, const char *id);
const KanRegister *kan_book_register_of   (KanBook *self, const char *subject);
char              *kan_book_dup_subject   (KanBook *self, const char *typed);     /* "M12" in whatever width and case */
const KanKind     *kan_book_find_kind     (KanBook *self, const char *id, const KanRegister **reg);
const KanField    *kan_register_find_field (const KanRegister *self, const char *id);
const KanField    *kan_ask_find_field      (const KanRegister *reg, const KanAsk *ask);
const KanField    *kan_reserved_field      (const char *key);     /* that every act may carry */
const KanField    *kan_kind_find_field     (const KanKind *kind, const KanRegister *reg, const char *key);
gboolean           kan_kind_leads_from     (const KanKind *kind, const char *state);
char              *kan_kind_may            (KanBook *self, const KanKind *kind);   /* the profile's override included */
const KanChoice   *kan_book_get_choices    (KanBook *self, const char *vocabulary, gsize *n);
gboolean           kan_speaks_japanese     (void);            /* the language sentences come in */
const char        *kan_label               (const KanLabel *label, gboolean japanese);

/* What a list may be narrowed by; NULL: no record could have that. */
GPtrArray         *kan_read_number         (KanBook *book, const KanRegister *reg, const char *typed);
char              *kan_read_filter         (KanBook *book, const KanRegister *reg, const char *column,
                                            const char *typed, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What acts are called; a decision by the word of its article: 承諾する, 承認する, 許可する. */
typedef struct { const char *article; KanLabel give, refuse; } KanVerb;
const KanVerb     *kan_verb_of             (const char *article, const char *capacity);
const KanLabel    *kan_kind_title          (KanBook *self, const KanKind *kind);   /* the profile's word first */
const KanLabel    *kan_hand_title          (KanBook *self, const KanKind *hand, const KanKind *decided,
                                            const char *capacities);
const KanLabel    *kan_book_act_title      (KanBook *self, const KanAct *act);

/* A draft: the same for a wizard, `kanribo do` and a dry run. */
KanDraft        *kan_draft_new           (KanBook *book, const char *kind, const char *subject,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
void             kan_draft_free          (KanDraft *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KanDraft, kan_draft_free)
const KanKind   *kan_draft_get_kind      (KanDraft *self);
const char      *kan_draft_get_subject   (KanDraft *self);
/* Takes text as a person types it (full-width digits, wareki, a login); what cannot be read is a refusal. */
void             kan_draft_set           (KanDraft *self, const char *key, const char *typed);
void             kan_draft_set_happened  (KanDraft *self, const char *local_minute);
const KanBody   *kan_draft_get_body      (KanDraft *self);
/* All refusals and marks as if `person` signed at `at` (UTC seconds): KanRefusal. Empty: it would be admitted. */
GPtrArray       *kan_draft_judge         (KanDraft *self, gint64 person, gint64 at,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same, with the hands of others who would sign along in the same transaction; theirs come under "with". */
GPtrArray       *kan_draft_judge_with    (KanDraft *self, gint64 person, const gint64 *others, guint n_others,
                                          gint64 at, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* What stands in the way of beginning: role, state, ready. */
GPtrArray       *kan_draft_may_begin     (KanDraft *self, gint64 person, gint64 at,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* As whose deputy somebody would sign (代決). */
typedef struct
{
  const char *role;            /* in which role; static */
  gint64      principal;       /* in whose place; 0: the office is vacant */
  guint       before;          /* deputies who come first: why they are absent too is asked */
} KanDeputed;

/* Whether `person` would sign as a deputy: then they answer absence=, and absence_before= where deputies come first. */
gboolean         kan_draft_deputises     (KanDraft *self, gint64 person, gint64 at, KanDeputed *deputed,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* One line of what would be signed. */
typedef struct
{
  char    *key;
  KanLabel page, label;        /* page: the wizard's, on which it is asked; en NULL: on none */
  char    *stored;             /* as it would be signed; several references with commas between, rows as JSON */
  char    *shown_en, *shown_ja;
  gboolean filled;             /* the program's answer, not the person's */
  gboolean told;               /* not signed: what follows from the answer before it */
  gboolean warns;              /* of what is told: a mistake may lie in it */
} KanReviewed;

void             kan_reviewed_free       (KanReviewed *self);
/* Exactly what `person` would sign at `at`: KanReviewed in the order of the questions, what is filled in included;
   `body`: the same as it would be encoded. */
GPtrArray       *kan_draft_review        (KanDraft *self, gint64 person, gint64 at, KanBody **body,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* An act that somebody might make. `reasons`: sentences; why it is not allowed, or how a fact would be marked. */
typedef struct
{
  const KanKind     *kind;
  const KanRegister *reg;      /* that declares it */
  const KanLabel    *title;    /* what its button says */
  gboolean           allowed;
  GPtrArray         *reasons;
} KanOffer;

void             kan_offer_free          (KanOffer *self);
/* All acts possible on the record `subject`, or, with `subject` NULL, all that make a record of `reg`: KanOffer. */
GPtrArray       *kan_book_list_offers    (KanBook *self, const KanRegister *reg, const char *subject, gint64 person,
                                          gint64 at, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What became of a draft. `refusals` not empty: nothing was written. */
typedef struct
{
  gint64     seq;
  char      *subject;
  GPtrArray *refusals;
  GPtrArray *waiting_for;      /* capacities still outstanding, e.g. "information_manager"; empty: it took effect */
} KanOutcome;

void             kan_outcome_free        (KanOutcome *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KanOutcome, kan_outcome_free)

/* Signs and appends in one transaction, the cosigners' hands in the same one. The only place that appends acts. */
KanOutcome      *kan_book_admit          (KanBook *self, KanDraft *draft, const KanSigner *signer,
                                          const KanSigner *cosigners, guint n_cosigners, gint64 at,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What admits several acts: FALSE undoes all of them, with @error set or without. */
typedef gboolean (*KanAdmitFunc) (KanBook *book, gpointer data, GError **error);

/* Runs it in one transaction. FALSE: nothing was written. */
gboolean         kan_book_together       (KanBook *self, KanAdmitFunc func, gpointer data,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What waits for hands, and the hands that were given. */
typedef struct
{
  gint64     act, actor;
  char      *subject, *kind, *since;    /* since: UTC */
  GPtrArray *waiting_for;               /* capacities */
  gboolean   requester_left;            /* nobody is there any more who asked */
} KanPending;
typedef struct
{
  gint64 act, seq, person, principal, inspected;     /* principal 0: not as deputy; inspected 0: not yet */
  char  *capacity, *subject, *verdict, *absence, *at, *fingerprint;
} KanGivenHand;

GPtrArray       *kan_book_list_pending   (KanBook *self, const char *subject, gint64 now,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* What was asked back and lies with whoever asked: since the asking back, and waiting for nobody's hand. */
GPtrArray       *kan_book_list_asked_back (KanBook *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void             kan_pending_free        (KanPending *self);
gboolean         kan_pending_may_sign    (KanBook *book, const KanPending *pending, gint64 person, gint64 now);
GPtrArray       *kan_book_list_hands     (KanBook *self, const char *subject, gboolean uninspected,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray       *kan_book_list_hands_by  (KanBook *self, const KanAct *act,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
void             kan_given_hand_free     (KanGivenHand *self);
const char      *kan_capacity_label      (KanBook *book, const char *kind, const char *capacity, gboolean japanese);

/* Records: `subject` is the register's prefix and the number, e.g. "M12". */
typedef struct _KanRecord KanRecord;
KanRecord       *kan_record_get          (KanBook *book, const char *subject, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void             kan_record_free         (KanRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KanRecord, kan_record_free)
const KanRegister *kan_record_get_register (KanRecord *self);
const char      *kan_record_get_state    (KanRecord *self);
gboolean         kan_record_has          (KanRecord *self, const char *column);
const char      *kan_record_get_text     (KanRecord *self,
                                          const char *column);    /* stored form; refs as "M12"; NULL: none */
gint64           kan_record_get_int      (KanRecord *self, const char *column);
const char     **kan_record_get_list     (KanRecord *self,
                                          const char *column);    /* refs: subjects; NULL-terminated, borrowed */
GPtrArray       *kan_record_list_rows    (KanRecord *self, const KanField *field);
char            *kan_record_show         (KanRecord *self, const char *column,
                                          gboolean japanese);  /* as people read it */
char            *kan_book_present_state  (KanBook *self, const KanRegister *reg, gint64 id);
const char      *kan_state_label         (const KanRegister *reg, const char *state, gboolean japanese);
char            *kan_book_show           (KanBook *book, const KanField *field, const char *stored, gboolean japanese);
char            *kan_book_name_of        (KanBook *self,
                                          const char *subject);     /* KAN_NAME field; NULL: no such record */

/* Records with all the words: numbers, the newest first */
GArray          *kan_book_seek           (KanBook *self, const KanRegister *reg, const char *typed, gboolean shown,
                                          guint n_max, GError **error);

/* Lists: a register (list NULL) or one of its views, filtered; rows in order of id. */
typedef struct { const char *column, *value; } KanFilter;
typedef struct _KanTable KanTable;
KanTable        *kan_table_new           (KanBook *book, const KanRegister *reg, const char *list,
                                          const KanFilter *filters, guint n_filters,
                                          const char *search, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* In any order. `sort`: a column's id; NULL: by number. */
typedef struct
{
  const KanFilter *filters;
  guint            n_filters;
  const char      *search, *sort;
  gboolean         descending;
  gboolean         newest;       /* instead: what is under way, then all else, the newest first */
} KanTableQuery;
KanTable        *kan_table_query         (KanBook *book, const KanRegister *reg, const char *list,
                                          const KanTableQuery *query, GError **error) G_GNUC_WARN_UNUSED_RESULT;
KanTable        *kan_table_new_for_ids   (KanBook *book, const KanRegister *reg, const char *list, const guint32 *ids,
                                          guint n_ids, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void             kan_table_free          (KanTable *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KanTable, kan_table_free)
guint            kan_table_n_rows        (KanTable *self);
gint64           kan_table_get_id        (KanTable *self, guint row);
GArray          *kan_table_dup_order     (KanTable *self);            /* guint32 */
guint            kan_table_n_columns     (KanTable *self);            /* number, listed fields, state, the view's own */
const KanField  *kan_table_get_column    (KanTable *self, guint column);
/* One page of cells as stored and as shown, kept until the next page; fetched on demand in slices. */
const char      *kan_table_get_stored    (KanTable *self, guint row, guint column);
char            *kan_table_show          (KanTable *self, guint row, guint column, gboolean japanese);

G_END_DECLS
