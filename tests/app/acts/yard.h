/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A yard of crates: a small registry of its own for the tests of the machinery, with the offices and persons of the
 * real
 * one, and means to tamper with what lies in its database. */
#pragma once
#include "acts/kan-book-private.h"
#include "acts/kan-verify.h"

/* Its staff, by the number of the person. */
enum
{
  CHIEF = 1,      /* the founder */
  GENERAL,        /* information manager */
  PENSION,        /* system manager and security manager */
  OPERATOR,       /* designated operator */
  DEPUTY,         /* the information manager's deputy */
  CLERK,          /* no office and no designation */
  AUDITOR,        /* reads only */
  N_STAFF = AUDITOR,
  LEAVER          /* no longer anybody: the first number that a test may register */
};

typedef struct
{
  char    *folder, *path;    /* a folder of its own: clearing the temporary folder by name must not take the file */
  KanSecret *file_key;
  KanDb   *db;
  KanBook *book;
  gint64   now;
  KanKeys *keys[16];      /* by person */
  const char *session;    /* in which acts are forged; NULL: one of the actor's own */
} Yard;

extern const KanRegistry yard_registry;

Yard    *yard_new_bare     (const KanRegistry *registry);     /* tables and nobody in them */
Yard    *yard_new_empty    (void);                            /* founded by the chief, nobody else yet */
Yard    *yard_new          (void);
Yard    *yard_new_of       (const KanRegistry *registry);     /* the same staff in other registers */
/* With some history from act 32 on, the head 40: C1 sealed (hands of two), C2 amended, C3 lost and marked. */
Yard    *yard_new_with_history (void);
void     yard_free         (Yard *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Yard, yard_free)

KanKeys *yard_make_keys    (guint8 seed);
void     yard_set_time     (Yard *self, const char *minute);
void     yard_reopen       (Yard *self);                      /* the book anew over the same database */

/* Makes an act a minute later and says what became of it: "done", "waits CAPACITY …", "refused RULE-OR-KEY …", words in
   byte order. Answers are "key=value | key=value"; with=2,3 lets others sign too, happened=MINUTE. */
char    *yard_try          (Yard *self, gint64 person, const char *kind, const char *subject, const char *answers);
#define  yard_expect(self, verdict, person, kind, subject, answers) G_STMT_START { \
    g_autofree char *became_ = yard_try (self, person, kind, subject, answers); \
    g_assert_cmpstr (became_, ==, verdict); } G_STMT_END
/* The same without signing: refusals and marks, "" where there is none. */
char    *yard_judge        (Yard *self, gint64 person, const char *kind, const char *subject, const char *answers);

char    *yard_text         (Yard *self, const char *sql);
gint64   yard_int          (Yard *self, const char *sql);
#define  yard_expect_text(self, expected, sql) G_STMT_START { \
    g_autofree char *text_ = yard_text (self, sql); \
    g_assert_cmpstr (text_, ==, expected); } G_STMT_END
void     yard_exec         (Yard *self, const char *sql);
/* The same with a tool that lets the words of the schema be written; the book is another one afterwards. */
void     yard_tamper       (Yard *self, const char *sql);
gint64   yard_head         (Yard *self);
char    *yard_anchor       (Yard *self);

/* What somebody with the file key can append with a tool of their own: chained, hashed, signed; nothing else is
 * touched.
   `at` NULL: a minute later. Returns its seq. */
gint64   yard_forge        (Yard *self, gint64 actor, const KanKeys *keys, const char *kind, const char *subject,
                            const char *body,
                            const char *at);

/* Verifies and says what was found: "KIND SEQ SUBJECT, …" in the order found, "" where all holds. */
char    *yard_verify       (Yard *self, const char *anchor);
#define  yard_expect_faults(self, anchor, expected) G_STMT_START { \
    g_autofree char *faults_ = yard_verify (self, anchor); \
    g_assert_cmpstr (faults_, ==, expected); } G_STMT_END
