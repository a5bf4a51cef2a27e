/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A rule's no: beside which answer it stands, by which code a script knows it, and in which words people read it. */
#pragma once
#include "kan-types.h"

G_BEGIN_DECLS

/* Why an answer, or an act as a whole, makes no sense whatever the rules say. Ids (kan_refusal_code_id) are what
   scripts repair their answers by: none is ever renamed or reused, and a new reason that none of these says gets its
   own. */
typedef enum
{
  KAN_UNMET,             /* a rule is not met: the rule's own id stands instead */
  KAN_MISSING,           /* missing: an answer is needed */
  KAN_NOT_ASKED,         /* not_asked: answered, but not asked here or not now: take it back */
  KAN_UNREADABLE,        /* unreadable: not what the question asks for: no date, no number, neither yes nor no */
  KAN_NOT_A_CHOICE,      /* not_a_choice: none of the choices */
  KAN_NO_SUCH_RECORD,    /* no_such_record: no record that can be answered here, or that can be acted upon */
  KAN_NO_SUCH_ENTRY,     /* no_such_entry: no such entry on the record, or no such answer in it */
  KAN_WRONG_RECORD,      /* wrong_record: the record is there, but nothing can be done with it here */
  KAN_WRONG_PERSON,      /* wrong_person: the person is there, but cannot be named here */
  KAN_REPEATED,          /* repeated: named twice in one answer */
  KAN_TAKEN,             /* taken: another record has it already */
  KAN_BAD_CHARACTER,     /* bad_character: contains what cannot be kept or typed again */
  KAN_TOO_LONG,          /* too_long */
  KAN_IDENTITY_NUMBER,   /* identity_number: looks like one; if it is none: declared=KEY */
  KAN_OUT_OF_RANGE,      /* out_of_range: a number that is too small or too large */
  KAN_WRONG_DAY,         /* wrong_day: a day that has passed, has not come, or stands in the wrong order */
  KAN_MISMATCH,          /* mismatch: not what the registers, or the other answers, say */
  KAN_NOTHING_TO_DO,     /* nothing_to_do: there is nothing here that it could be about */
  KAN_IN_USE,            /* in_use: something else depends on it: end that first */
  KAN_WRONG_CLOCK,       /* wrong_clock: the computer's clock does not fit the last entry */
  KAN_WRONG_KEY,         /* wrong_key: not signed by whom, or where, it says */
  KAN_NOT_IN_FORCE,      /* not_in_force: no act of the edition of the rules in force */
  KAN_N_REFUSAL_CODES
} KanRefusalCode;

typedef struct
{
  KanRefusalCode code;
  char    *key;          /* NULL: the act as a whole */
  char    *rule;         /* NULL: the answer makes no sense; else the rule that is not met */
  char    *wrong;        /* what is the matter, translated; without the question's label, which stands beside it */
  char    *why;          /* the same for whoever is about to sign: what is the matter, and what can be done now */
  char    *typed;        /* the same where answers are typed as FIELD=VALUE, in words of the command line */
  gboolean is_mark;      /* the act is a fact: recorded with a reason and marked, not refused */
} KanRefusal;

KanRefusal     *kan_refusal_new         (KanRefusalCode code, const char *key, char *why);
KanRefusal     *kan_refusal_copy        (const KanRefusal *self);
void            kan_refusal_free        (KanRefusal *self);
const char     *kan_refusal_id          (const KanRefusal *self);
const char     *kan_refusal_code_id     (KanRefusalCode code);
const KanLabel *kan_refusal_code_label  (KanRefusalCode code);

G_END_DECLS
