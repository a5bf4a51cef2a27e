/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the machinery share among themselves. */
#pragma once
#include "acts/kan-book.h"
#include "ledger/kan-tail.h"
#include "values/kan-roles.h"

G_BEGIN_DECLS

/* What was found before the tables were made anew; filled into the act that has them made, shown and signed. */
typedef struct
{
  gint64  differences;    /* rows that were not what the acts add up to */
  KanTail tail;           /* what does not hold, from its first entry to the head */
  gint64  holds;          /* an entry of the tail that holds after all, judged by the tables made anew; 0: none */
} KanFinding;

/* One edition of the office's profile, in force from a day on (施行日), for what happens from a day on (適用日). */
typedef struct { gint64 seq, since; char *from, *applies; KanProfile *profile; } KanProfileEntry;

typedef struct _KanProof KanProof;

/* Whose tables a file has. */
typedef enum { KAN_TABLES_NONE, KAN_TABLES_OURS, KAN_TABLES_OLDER, KAN_TABLES_NEWER, KAN_TABLES_FOREIGN } KanTables;

/* Tables that a program before this one made: the number in its mark, and the digest of its words. */
typedef struct { gint64 projection; const char *digest; } KanOlderTables;

struct _KanBook
{
  KanDb             *db;            /* borrowed: projections */
  KanDb             *chain;         /* borrowed: where acts are read from; the same but while verifying */
  guint8             file_id[16];
  const KanRegistry *registry;
  GHashTable        *kinds;         /* id → KindEntry */
  GHashTable        *registers;     /* id → KanRegister */
  GHashTable        *prefixes;      /* prefix → KanRegister */
  GHashTable        *lists;         /* list id → KanRegister */
  GHashTable        *vocabularies;  /* fixed ones: id → GArray of KanChoice */
  GPtrArray         *profiles;      /* KanProfileEntry, by seq */
  gint64             indexes_hold;  /* of all tables: one more than the version that others gave the file; 0: not */
  gint64             shown_hold;    /* asked yet; the same of the tables that are shown */
  gboolean           is_doubtful;   /* rows of what the chain decided are none that an act can have made */
  gboolean           is_stale;      /* what the chain decided could not be read after a rollback */
  KanCalendar       *calendar;      /* borrowed; NULL: none */
  guint              edition;         /* of the rules in force */
  guint              program_edition; /* the newest that this program knows */
  char               today[12];     /* the day that lists are seen on; "": none was set */
  char               verified_on[12];   /* on which who unlocked verified all of it last; "": not that it is known */
  gint64             floor;         /* latest clock reading since the last correction of the clock, UTC seconds */
  gint64             sure;          /* the same, of those at which somebody in charge signed */
  gboolean           clock_behind;  /* the clock was read behind that */
  gboolean           replaying;     /* acts are not appended again; detached text may be gone */
  KanTables          tables;
  gint64             projection;    /* the number that the file's tables were made under */
  KanScratch        *copy;          /* NULL: nothing was supposed of a file that cannot be written */
  gint64             copied;        /* of which version that others gave the file */
  KanProof          *proof;         /* NULL: no record was held against its entries yet */
  gboolean           trusts;        /* this process made the file: no record is held against its entries */
  const KanFinding  *finding;       /* borrowed; while an act that rebuilds is admitted, else NULL */
  GHashTable        *spent;         /* replaying: records that acts without effect would have made; NULL: none */
  gint64             n_lost;        /* replaying: acts of which nobody knows what number they took */
  gint64             n_undrawn;     /* replaying: acts without effect that may have drawn a number of a series */
};

typedef struct { const KanKind *kind; const KanRegister *reg; } KindEntry;

typedef enum { KAN_STAGE_BEGIN, KAN_STAGE_SIGN, KAN_STAGE_LAST_HAND } KanStage;

/* As what somebody acts or signs: in a role of theirs, or in the place of somebody absent (代決). */
typedef enum { KAN_CAPACITY_NONE, KAN_CAPACITY_HOLDER, KAN_CAPACITY_DEPUTY } KanCapacity;

/* In whose stead somebody decides, in all capacities together; all zero: in nobody's. */
typedef struct
{
  gboolean deputy;
  gboolean held;        /* somebody holds one of the offices: it is not vacant */
  guint    before;      /* deputies who come before them, and would have to be absent as well */
} KanStead;

struct _KanCase
{
  KanBook           *book;
  const KanKind     *kind;
  const KanRegister *reg;
  KanStage           stage;
  gint64             seq, at_utc, actor;
  gint64             moment;        /* of the clock as read and its latest reading so far, the later */
  const guint8      *key;           /* NULL while only a person is asked about */
  const char        *session;
  char               at[24];        /* the clock as read, UTC: what is signed */
  char               day[12];       /* of the moment, Japan */
  char               when[20], when_day[12];
  char               asked[12];      /* of an act that waits: the day on which it was signed; "": it does not wait */
  gboolean           happened;      /* `when` was told */
  char              *subject;
  gint64             id;            /* of the subject within its register; 0: none */
  gboolean           creating;
  KanBody           *body;
  GHashTable        *texts;         /* key → KanDetached, only while drafting */
  guint              edition;       /* whose questions it answers */
  KanCapacity        declares;      /* as what the actor declares it; set while judging */
  const char        *deputises;     /* in which role, for a deputy; static */
  gint64             principal;     /* in whose place, for a deputy; 0: the office is vacant */
  gboolean           filling;
  gboolean           quiet_marks;   /* a fact at its last hand: what breaks now is marked, not asked about */
  const KanCase     *pending;       /* the act whose hand this one gives; NULL: none */
  GArray            *along;         /* KanGiven: hands given with it, of an act that is only judged; NULL: none */
  GPtrArray         *refusals;      /* KanRefusal */
  GPtrArray         *said;          /* words of their sentences; NULL: none */
  GError            *error;         /* the world's, sticky */
};

/* A hand, as the roles that are still wanted are counted. */
typedef struct { gint64 person; char capacity[32]; } KanGiven;

/* Free text before it is signed: the digest stands in the body, salt and content lie apart. */
typedef struct { guint8 salt[32]; char *content; char *digest; } KanDetached;

/* further ahead of the latest reading a clock is asked about */
#define KAN_AHEAD_SECONDS (31 * 86400)

/* reserved members that every act may carry */
#define KAN_KEY_DEVIATION        "deviation"
#define KAN_KEY_DEVIATION_REASON "deviation_reason"
#define KAN_KEY_LATE_REASON      "late_reason"
#define KAN_KEY_DECLARED         "declared"
#define KAN_KEY_CLOCK            "clock"
#define KAN_KEY_ABSENCE          "absence"
#define KAN_KEY_ABSENCE_BEFORE   "absence_before"

/* kan-book.c */
gboolean          kan_book_reload          (KanBook *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean          kan_book_save_floor      (KanBook *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
const KanProfile *kan_book_profile_for     (KanBook *self, const char *day, const char *happened, gint64 before);
void              kan_book_add_profile     (KanBook *self, gint64 seq, gint64 since, const char *from,
                                            const char *applies, KanProfile *profile);
gint64            kan_subject_number       (const char *subject, const KanRegister *reg);
const KanRegister *kan_subject_register    (KanBook *book, const char *subject, gint64 *id);
gboolean          kan_field_offers         (KanBook *book, const KanField *field, const KanRegister *reg);
char             *kan_kind_may_under       (const KanProfile *profile, const KanKind *kind);

/* kan-read.c */
gint64            kan_read_count           (const char *typed);
int               kan_read_yes             (const char *typed);
const char       *kan_read_choice          (KanBook *book, const KanField *field, const char *typed);
char             *kan_read_ref             (KanBook *book, const KanField *field, const char *typed);
char             *kan_read_minute          (const char *typed);
char             *kan_read_month           (const char *typed);

/* what is marked in `meta`: under which number the tables were made, the latest reading of the clock, and which
   generation of the header came last */
#define KAN_META_KEYS "'projection', 'floor', 'sure', 'generation'"

/* kan-tables.c */
gboolean          kan_tables_examine       (KanBook *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
char             *kan_tables_digest        (KanDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
#ifdef KAN_TEST_BUILD
void              kan_tables_learn         (KanDb *db, gint64 projection);
#endif

/* kan-schema.c */
const char       *kan_schema_kept          (void);
gboolean          kan_schema_is_kept       (const char *table);
char             *kan_schema_compose       (const KanRegistry *registry);
char             *kan_schema_compose_lists (const KanRegistry *registry);
const char       *kan_field_column         (const KanField *field);
gboolean          kan_field_has_column     (const KanField *field);
gboolean          kan_field_is_compared    (const KanField *field);
char             *kan_field_alike_key      (const KanField *field, const char *text);
gboolean          kan_field_names_year     (const KanField *field, const char *column);

/* kan-case.c */
KanCase          *kan_case_new             (KanBook *book, const KanKind *kind, const KanRegister *reg, gint64 at_utc,
                                            const char *happened_at, gint64 actor);
KanCase          *kan_case_new_for_act     (KanBook *book, const KanAct *act, GError **error);
void              kan_case_free            (KanCase *self);
void              kan_case_set_subject     (KanCase *self, const char *subject);
const KanProfile *kan_case_profile_in_force (const KanCase *self);
const KanProfile *kan_case_profile_asked   (const KanCase *self);
KanStmt          *kan_case_query           (KanCase *self, const char *sql);
void              kan_run                  (KanCase *c, const char *sql, const char *binds, ...);
const KanAsk     *kan_case_find_ask        (const KanCase *self, const char *key);
gboolean          kan_in_edition           (guint edition, guint since, guint until);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KanCase, kan_case_free)

/* kan-judge.c: all refusals into the case; FALSE: the world failed (case->error) */
gboolean          kan_judge                (KanCase *self, KanStage stage) G_GNUC_WARN_UNUSED_RESULT;
void              kan_judge_field          (KanCase *c, const KanRegister *reg, const KanField *field, gint64 id,
                                            const char *key,
                                            const char *value);
char             *kan_case_may             (KanCase *c);
void              kan_judge_answers        (KanCase *c);
void              kan_refuse_other         (KanCase *c, const char *key, const char *subject, const char *of);
KanRefusalCode    kan_text_trouble         (const char *text, gsize size, gboolean lines, gboolean watched,
                                            const char **why);
gboolean          kan_is_declared          (const KanBody *body, const char *key);
gboolean          kan_case_admissible      (const KanCase *self);
void              kan_case_forget_time     (KanCase *self);
GPtrArray        *kan_case_marks           (const KanCase *self);        /* rule ids, sorted, once each */

/* kan-capacity.c: persons are GArray of gint64 */
KanCapacity       kan_capacity             (KanCase *c, gint64 person, const char *role, gint64 *principal);
guint             kan_deputies_before      (KanCase *c, gint64 person, const char *role);
gboolean          kan_may                  (KanCase *c, gint64 person, const char *roles);
void              kan_refuse_reader        (KanCase *c);
GArray           *kan_people_of_role       (KanCase *c, const char *role, gboolean deputies);
GArray           *kan_people_named         (KanCase *c);
gboolean          kan_is_among             (const GArray *people, gint64 person);
gboolean          kan_any_outside          (const GArray *people, const GArray *counted, gint64 requester);

/* kan-identify.c */
gboolean          kan_may_identify         (KanCase *pending, gint64 person);
gboolean          kan_is_barred_from_identifying (KanCase *pending, gint64 person);

/* kan-hands.c */
GPtrArray        *kan_hands_outstanding    (KanCase *pending, gint64 giver, const char *const *giving);
char             *kan_hands_of             (KanCase *pending, gint64 person);
KanCapacity       kan_hand_entitled        (KanCase *pending, gint64 person, const char *capacity, gint64 *principal);
void              kan_hands_check_feasible (KanCase *c);
gboolean          kan_hands_check_whole    (KanCase *c, GError **error);
void              kan_hands_give_along     (KanCase *pending, gint64 giver, const char *capacities);
GPtrArray        *kan_hands_given_along    (const KanCase *pending);
gboolean          kan_hands_somebody_named (KanCase *pending, gint64 giver);
const char       *kan_hands_remedy         (void);

/* kan-lost.c: numbers that acts without effect took */
void              kan_book_lose            (KanBook *self, gint64 n);
void              kan_book_lose_nothing    (KanBook *self);
void              kan_case_lose            (KanCase *self);
gboolean          kan_number_is_next       (const KanCase *c, gint64 next);
gint64            kan_number_drawn         (KanCase *c, gint64 fy);
gboolean          kan_book_keep_series     (KanBook *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* kan-proof.c */
void              kan_proof_free           (KanProof *self);

/* kan-deputy.c */
KanCapacity       kan_declares_as          (KanCase *c, KanCase *of);
void              kan_stand_in             (KanStead *stead, KanCase *c, gint64 person, const char *role,
                                            gint64 principal);
void              kan_judge_absence        (KanCase *c, const KanStead *stead);
void              kan_judge_declarer       (KanCase *c);
void              kan_put_declarer         (KanCase *c);
char             *kan_role_names           (const char *roles);

/* kan-hand-kinds.c */
/* A condition on hands: asked back, and nothing was done on that record since. */
#define KAN_SQL_ASKED_BACK \
  "verdict = 'asked_back' AND NOT EXISTS (SELECT 1 FROM step s WHERE s.subject = hand.subject AND s.seq > hand.seq)"
char             *kan_no_hand_wanted       (KanBook *book, const char *kind, const GPtrArray *given);
KanCase          *kan_judge_second         (KanCase *asked, gint64 person);
KanCase          *kan_case_pending         (KanCase *c, const char *subject);
extern const KanRegister kan_hand_register;
extern const KanRegister kan_act_register;

/* kan-timeline.c */
gboolean          kan_detached_holds       (KanStmt *row);

/* kan-show.c */
char             *kan_book_stored          (KanBook *book, const KanField *field, KanStmt *stmt, int column);

/* kan-sort.c: by what a column is sorted; `field` NULL: the state */
void              kan_sort_append          (KanBook *book, const KanRegister *reg, const KanField *field, GString *sql,
                                            GPtrArray *values);
gboolean          kan_sort_load            (KanStmt *stmt, gboolean ranked, gboolean descending, GArray *ids,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* kan-seek.c: which records have the words */
void              kan_seek_append          (KanBook *book, const KanRegister *reg, const char *source,
                                            GPtrArray *columns, const char *typed, GString *sql, GPtrArray *values);

/* kan-apply.c: what an admitted act does to the projections */
gboolean          kan_apply                (KanCase *self) G_GNUC_WARN_UNUSED_RESULT;
void              kan_complete             (KanCase *self);
void              kan_set_state            (KanCase *c, const KanRegister *reg, gint64 id, const char *state);
void              kan_put_column           (KanCase *c, const KanRegister *reg, gint64 id, const KanField *field,
                                            const char *value);
gboolean          kan_is_referred_to       (KanCase *c, const KanRegister *reg, gint64 id);
void              kan_index_record         (KanCase *c, const KanRegister *reg, gint64 id);


G_END_DECLS
