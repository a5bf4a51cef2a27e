/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small office for the tests of registers: founded, staffed, with a store, in a scratch database. */
#pragma once
#include "acts/kan-book.h"

/* Its staff, by the number of the person. */
enum
{
  CHIEF = 1,      /* the founder */
  GENERAL,        /* information manager */
  PENSION,        /* system manager */
  OPERATOR,       /* designated operator */
  COLLEAGUE,      /* designated operator */
  DEPUTY,         /* the information manager's first deputy */
  CLERK,          /* no office and no designation */
  N_STAFF = CLERK
};

typedef struct
{
  char        *path;
  KanDb       *db;
  KanBook     *book;
  KanCalendar *calendar;
  gint64       now, last;     /* the clock, and where it stood at the last act */
  KanKeys     *keys[16];      /* by person */
} Office;

Office  *office_new        (const char *profile);      /* founded and staffed; media may be registered at once */
Office  *office_new_empty  (const char *profile);      /* founded by the chief, nobody else yet */
char    *office_profile_with (const char *profile, const char *from, const char *to);   /* JSON, for office_new() */
void     office_free       (Office *self);              /* verifies first: what was admitted holds in a replay */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Office, office_free)

void     office_set_time   (Office *self, const char *minute);

/* By the chief; `more` is added to the answers. */
void     office_register   (Office *self, gint64 person, const char *name, const char *more);
void     office_appoint    (Office *self, gint64 person, const char *code, const char *more);
void     office_claim      (Office *self, gint64 person);
/* A USB medium in the store L1, holding so many records from today. */
void     office_add_medium (Office *self, const char *label, gint64 count);

/* Makes an act and says what became of it: "done", "waits CAPACITY …", "marked RULE …", "refused RULE-OR-KEY …".
   Answers are "key=value | key=value"; with=N lets another person sign too, happened=MINUTE tells when it happened. */
char    *office_try        (Office *self, gint64 person, const char *kind, const char *subject, const char *answers);
#define  office_expect(self, verdict, person, kind, subject, answers) G_STMT_START { \
    g_autofree char *became_ = office_try (self, person, kind, subject, answers); \
    g_assert_cmpstr (became_, ==, verdict); } G_STMT_END

/* A table of such acts, one after the other in one office. */
typedef struct { const char *verdict; gint64 who; const char *kind, *subject, *answers; } OfficeCase;
void     office_run        (Office *self, const OfficeCase *cases, guint n);
#define  office_run_table(self, cases) office_run (self, cases, G_N_ELEMENTS (cases))
/* The same of one kind, and upon one record. */
typedef struct { const char *verdict; gint64 who; const char *answers; } OfficeAnswers;
void     office_run_kind   (Office *self, const char *kind, const char *subject, const OfficeAnswers *cases, guint n);
#define  office_run_answers(self, kind, subject, cases) \
    office_run_kind (self, kind, subject, cases, G_N_ELEMENTS (cases))
/* Takes back the latest act, which was upon that record. */
char    *office_undo       (Office *self, gint64 person, const char *subject);
#define  office_expect_undone(self, person, subject) G_STMT_START { \
    g_autofree char *undone_ = office_undo (self, person, subject); \
    g_assert_cmpstr (undone_, ==, "done"); } G_STMT_END

char    *office_state      (Office *self, const char *subject);
#define  office_expect_state(self, subject, state) G_STMT_START { \
    g_autofree char *state_ = office_state (self, subject); \
    g_assert_cmpstr (state_, ==, state); } G_STMT_END
gint64   office_ask        (Office *self, const char *sql);
char    *office_ask_text   (Office *self, const char *sql);
/* At the end of a day, or at a minute of it. */
guint    office_n_rows     (Office *self, const char *list, const char *today);
