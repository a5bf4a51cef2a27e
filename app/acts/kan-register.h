/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A register is data: what a register, a field, an act, a hand and a list declare (DESIGN.md, "Declaring registers").
 * Form, wizard, list, search, permission, command-line verb, paper, export and verification follow from it. */
#pragma once
#include "kan-types.h"

G_BEGIN_DECLS

/* Records that stand: neither voided nor never granted. Spelt out: of a list SQLite makes a table at each asking. */
#define KAN_SQL_STANDS "state <> 'void' AND state <> 'refused' AND state <> 'withdrawn'"

typedef struct _KanCase KanCase;     /* the act and the file as it stood before it; see kan-case.h */

#define L(en_, ja_) { en_, ja_ }

typedef enum
{
  KAN_TEXT,        /* one line; watched for identity numbers */
  KAN_CODE,        /* one line that may be a number: watched too, unless KAN_EXEMPT; of: a vocabulary that calls those
                      it knows by their label, or, as a count's, where acts upon acts find it: entry, question, answer,
                      fault, capacity */
  KAN_LINES,       /* free text: detachable, only its digest is signed */
  KAN_COUNT,       /* an integer, not negative */
  KAN_YES,
  KAN_DATE,        /* YYYY-MM-DD */
  KAN_TIME,        /* YYYY-MM-DDTHH:MM, Japanese standard time */
  KAN_PERIOD,      /* YYYY-MM: the payment month */
  KAN_CHOICE,      /* of: a vocabulary of the profile, or a static one (kan-choices.h) */
  KAN_REF,         /* of: a register or a list; "a|b": either of two registers */
  KAN_REFS,        /* several of them */
  KAN_ROWS,        /* of: a row register (prefix NULL) */
  KAN_DOCUMENT,    /* a whole text that must be signed word for word; of: where one is found, "profile_json" */
  KAN_KEY,         /* a public key in hex, read by people as its fingerprint */
  KAN_NUMBER       /* drawn by an act, never asked; of: the series. Its id is that series' with "_no", beside it stands
                      the fiscal year, and lists tell both: "2026-12" */
} KanType;

typedef enum
{
  KAN_LISTED      = 1 << 0,    /* a column of lists and of the printed register */
  KAN_SEARCHED    = 1 << 1,
  KAN_UNIQUE      = 1 << 2,    /* no two records have it, however it is written (kan_text_alike_key()) */
  KAN_NAME        = 1 << 3,    /* how a record is called */
  KAN_CORRECTABLE = 1 << 4,    /* no state, reference, hand or hook depends on it: act.correct may replace it */
  KAN_MUST        = 1 << 5,    /* of a row: no line without it; one that is unique stands in one line only */
  KAN_COMPARED    = 1 << 6,    /* a hook compares it as unique ones are: table `alike`, parameter :KEY_alike */
  KAN_ON_PAPER    = 1 << 7,    /* told beneath the line in the printed register, and no column there */
  KAN_BY_EYE      = 1 << 8,    /* with KAN_UNIQUE: O and 0, I, l and 1 are the same too (kan_text_look_key()) */
  KAN_EXEMPT      = 1 << 9,    /* a telephone, tracking, serial, asset or contract number, a digest: may look like an
                                  identity number, and is not watched for them */
  KAN_TOLD_THERE  = 1 << 10,   /* of a reference: what happens to this record is told on the timeline of the one named
                                  here too; only where a record is named by few */
  KAN_DEADLINE    = 1 << 11    /* of a list: what is told here is late once this date or time has passed; nothing stands
                                  here where nothing is left to be done */
} KanFieldFlags;

/* A column: what a thing has, said once. */
typedef struct
{
  const char   *id;
  KanLabel      label;
  KanType       type;
  const char   *of;
  KanFieldFlags flags;
  guint         width;         /* characters (full-width), on lists and paper */
} KanField;

/* Whether the kind's `fill` answers a question. */
typedef enum
{
  KAN_FILL_NEVER,
  KAN_FILL_BLANK,    /* where nothing was typed: what was typed stands, and is judged */
  KAN_FILL_ALWAYS    /* the program knows: what was typed is replaced */
} KanFill;

/* A question of an act. `key` is what is signed, for ever; the column behind it may be renamed. */
typedef struct
{
  const char *key;
  KanLabel    page;            /* opens a wizard page */
  gboolean    must;
  gboolean    about;           /* names what the act is about: that record's page offers to begin it */
  gboolean    happened;        /* a day on which it happened: not one to come, and one that has passed makes the act a
                                  late entry */
  KanFill     fill;
  const char *into;            /* column, where not spelled like the key */
  guint       since, until;    /* editions of the rules; 0: always */
  const char *beside;          /* a column of the record, shown beside the question for comparison */
  gboolean    stands;          /* begins with what the record says by now, which a form may change */
  gboolean    again;           /* often the same as the last time: a form offers to take over what this person answered
                                  then. Never what tells things apart, counts them or says when */
} KanAsk;

/* An act that people do in one go with another: one form, one review, one signature. One that makes a record goes
   before it where `by` names none that is there; one upon a record follows, where it is answered. */
typedef struct
{
  const char *kind;            /* "media.store" */
  const char *by;              /* a key of the leading act: the record that this one makes, or is upon */
  KanLabel    meaning;         /* beside what is left empty where it is not done */
} KanCompany;

/* What follows from the answers, told below one of them and not signed: a date or a number that SQL finds. */
typedef struct
{
  const char *after;           /* key of the answer */
  KanField    field;
  const char *sql;             /* of the answers, as a case binds them; no row or NULL: nothing to tell */
  gboolean    warns;           /* a mistake may lie in it: whoever types commands is told as well; it forbids nothing */
} KanTold;

/* A further signature without which the act has no effect: an approval and a countersignature are the same thing. */
typedef struct
{
  const char *as;              /* the capacity signed in; a role unless `person` is set */
  KanLabel    title;           /* on paper, for capacities that are no role: 立会者, 受領者 */
  const char *person;          /* key that names the person */
  const char *paper;           /* yes/no key: signed on paper, the actor vouches; only where the person has no key */
  const char *(*role) (KanCase *c);    /* where the profile decides, e.g. by room level */
  const char *lacking;         /* it only confirms what the person took part in: what follows upon the act overtakes
                                  it, the act takes effect, and this rule is broken until they sign afterwards; NULL:
                                  it decides, and an act overtaken before comes to nothing */
} KanHand;

typedef enum { KAN_NORMAL, KAN_LIGHT, KAN_STRICT } KanStrength;

typedef enum
{
  KAN_FACT     = 1 << 0,       /* has happened: recorded and marked, never refused for a rule */
  KAN_POWER    = 1 << 1,       /* makes power: two natural persons from the second holder of a key on */
  KAN_CLAIMS   = 1 << 2,       /* brings its own key: signed by the key its answers name */
  KAN_INTERNAL = 1 << 3,       /* made by the program (founding, edition): no form, no verb */
  KAN_FINAL    = 1 << 4,       /* ends what two persons made: one alone does not bring it back by voiding it */
  KAN_SETS_CLOCK = 1 << 5,     /* sets the clock right: neither it nor a hand for it is asked about the clock */
  KAN_TIMELESS = 1 << 6,       /* precedes an act of the same moment: that one answers for the clock and keeps it */
  KAN_REBUILDS = 1 << 7,       /* the projections are made anew in its transaction, and it is judged by the new ones */
  KAN_SELDOM   = 1 << 8,       /* beside the usual course of a record: offered, but not among the first */
  KAN_RELIES   = 1 << 9,       /* decides on what the record shows, or puts it right: never made upon a record that is
                                  not what its entries say */
  KAN_MENDS    = 1 << 10,      /* tells of the file's own faults, or mends them: decided on while they are there */
  KAN_RESTATES = 1 << 11       /* puts right what the record says and no correction of an entry may: what stood there
                                  stays readable as a correction does */
} KanKindFlags;

typedef struct
{
  const char    *id;           /* "takeout.dispatch" */
  KanLabel       title;        /* what the button says */
  const char    *article;      /* "11-3" */
  const char    *may;          /* roles, "|" between; "staff": whoever holds a key and is no auditor; "self": the
                                  subject; NULL: nobody by hand. The profile may override may and hands by id */
  const char    *from, *wait, *to;  /* states, "|" between in from, "*" any; from NULL makes the record; wait: until
                                       the last hand */
  const KanAsk  *asks;
  const KanHand *hands;
  const KanTold *told;         /* ended by one after nothing */
  const KanCompany *company;   /* what is usually done with it; ended by one without a kind */
  KanStrength    strength;
  KanKindFlags   flags;
  const char    *overtakes;    /* key that names records: what waits there is overtaken as it takes effect, as a fact
                                  overtakes what waits on its own record */
  const char    *clears;       /* columns in which nothing stands any more, "|" between; a void brings back what did */
  const char    *series;       /* a gapless number per fiscal year is drawn when the act takes effect */
  void (*fill)   (KanCase *c); /* once, before signing: derived answers, as the questions say, shown and signed */
  void (*ready)  (KanCase *c); /* may it begin? no answers yet: the button and its reason */
  void (*check)  (KanCase *c); /* may it be signed? again at the last hand, again in verify */
  void (*effect) (KanCase *c); /* what columns and states cannot say: other records */
  guint          since, until; /* editions of the rules; 0: always */
} KanKind;

typedef struct { const char *id; KanLabel label; } KanState;

/* A temporary view; filter, Today, picker, paper. The first column is the record's id. */
typedef struct
{
  const char     *id;
  KanLabel        label;
  const char     *sql;
  const KanField *columns;     /* columns that the view adds to the register's own; NULL: none */
  gboolean        only;        /* these columns, and none of the register's own */
  const char     *act;         /* column of the entry whose marks a line has on paper; NULL: all those of its record */
  const char     *day;         /* column by which paper counts a line to a fiscal year; NULL: when it was made */
} KanList;

typedef struct
{
  const char      *id, *prefix, *parent;   /* prefix NULL: rows of an act, or acts upon any record: no table */
  const char      *article;
  KanLabel         title;
  const char      *group;                  /* of the sidebar (kan-book.h, KanRegistry); NULL: it has no page there */
  const char      *icon;                   /* symbolic, by the icon theme's name */
  const KanField  *fields;
  const KanState  *states;
  const KanKind   *kinds;
  const KanList   *lists;
  const char     **forms;                  /* printed forms of one record, besides the register itself */
  const char      *present;                /* its list of all records as the day makes them: what the screen shows of
                                              them; NULL: as they are stored */
  const char      *also;                   /* a list of another register, printed as the other part of this one */
  gboolean         judges;                 /* who may, and by which rules: every act is judged by what it says */
  const char      *first;                  /* states of what is under way, "|" between: screens begin with them */
} KanRegister;

G_END_DECLS
