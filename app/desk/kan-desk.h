/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The open file as a service: founding, unlocking, signing, a second person at the same terminal, what is due. */
#pragma once
#include "acts/kan-book.h"
#include "acts/kan-verify.h"
#include "vault/kan-vault.h"

G_BEGIN_DECLS

typedef struct _KanDesk KanDesk;

/* Everything but the association (the profile's own where NULL) and kana is needed. */
typedef struct
{
  const char *profile_json, *association;
  const char *staff_no, *name, *kana, *login;    /* the chief */
} KanFounding;

/* What needs somebody, most urgent first. */
typedef enum
{
  KAN_DUE_OVERDUE,          /* batches past their grace */
  KAN_DUE_PURGE,            /* batches whose payment day has passed */
  KAN_DUE_COMING,           /* batches whose payment day comes within the month */
  KAN_DUE_LATE_RETURN,      /* take-outs past their day of return and its grace */
  KAN_DUE_NOT_BACK,         /* media not back in store by closing time */
  KAN_DUE_WAITING,          /* acts that wait for hands */
  KAN_DUE_OUT,              /* media outside */
  KAN_DUE_MISSING,          /* media whose whereabouts are unknown */
  KAN_DUE_IN_USE,           /* media out of store, to be back by closing time */
  KAN_DUE_CHECK,            /* media whose check is overdue */
  KAN_DUE_SHORTFALL,        /* shortfalls not yet put right */
  KAN_DUE_INSPECTION,       /* deputies' decisions not yet inspected */
  KAN_DUE_REVIEW,           /* rules past their review */
  KAN_DUE_DISPATCH,         /* take-outs that were consented to and have not left */
  KAN_DUE_ASKED_BACK,       /* what was asked back and lies with whoever asked for it */
  KAN_DUE_VACANT,           /* offices that decide, and nobody holds any more */
  KAN_DUE_EXPIRED           /* take-outs that were consented to and may no longer leave */
} KanDueKind;
/* What the sidebar counts beside the register that it is about; quiet: nothing. */
typedef enum { KAN_QUIET, KAN_WAITS, KAN_LATE } KanDueUrgency;

typedef struct
{
  KanDueKind  kind;
  char       *subject;      /* "B12" */
  char       *name;         /* what it is called, or is about */
  char       *detail;       /* who has it, where it lies, what is asked for, who is to inspect; NULL: nothing */
  char       *why;          /* why it is not done yet: the hold, the reason for the delay; NULL: nobody said */
  char       *day;          /* the day it was, is or will be due on; NULL: none */
  char       *late_on;      /* the day on which it counts as late, where that is another; NULL: it is not */
  char       *late_from;    /* that day and the minute after which it does, "2026-11-27T05:15"; NULL: as above */
  char       *asked;        /* KAN_DUE_WAITING: the kind of act that waits; else NULL */
  GPtrArray  *waiting_for;  /* the same: capacities, as that kind has them; else NULL */
} KanDue;

KanDesk    *kan_desk_found        (const char *path, const KanFounding *founding, const KanSecret *passphrase,
                                   gint64 now,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* What founding would refuse, before anything is written: KanRefusal. */
GPtrArray  *kan_desk_try_founding (const KanFounding *founding, gint64 now, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean    kan_desk_try_place    (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
KanDesk    *kan_desk_open         (const char *path, KanVaultMode mode, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Told while tables of an older program are made anew at unlocking. */
void        kan_desk_set_progress (KanDesk *self, KanProgressFunc progress, gpointer data);
gboolean    kan_desk_unlock       (KanDesk *self, const char *login, const KanSecret *passphrase, gint64 now,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
void        kan_desk_free         (KanDesk *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KanDesk, kan_desk_free)

KanVault   *kan_desk_get_vault    (KanDesk *self);
gboolean    kan_desk_is_outdated  (KanDesk *self);
const char *kan_desk_get_heads    (KanDesk *self);     /* what this terminal has seen is not there; NULL: it is */
KanBook    *kan_desk_get_book     (KanDesk *self);     /* NULL until unlocked */
KanCalendar *kan_desk_get_calendar (KanDesk *self);
KanDay      kan_desk_get_day      (KanDesk *self);     /* that lists are seen on */
gint64      kan_desk_get_person   (KanDesk *self);
const char *kan_desk_get_login    (KanDesk *self);     /* whose slot was unlocked; NULL until then */
gboolean    kan_desk_is_provisional (KanDesk *self);   /* reading only, until the key is claimed */
const char *kan_desk_get_notice   (KanDesk *self);     /* what unlocking noticed; NULL: nothing */

/* A second person signs at the same terminal: their hands are given with the next act. */
gboolean    kan_desk_add_cosigner (KanDesk *self, const char *login, const KanSecret *passphrase,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
void        kan_desk_clear_cosigners (KanDesk *self);
/* What kan_desk_sign() would refuse, and nothing written: KanRefusal. */
GPtrArray  *kan_desk_judge        (KanDesk *self, KanDraft *draft, gint64 now,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
KanOutcome *kan_desk_sign         (KanDesk *self, KanDraft *draft, gint64 now,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Keys of persons (FILE.md, "Birth of a key"). The act comes first, then the slot. */
KanOutcome *kan_desk_enroll       (KanDesk *self, const char *person, const char *login, const KanSecret *one_time,
                                   gint64 now,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean    kan_desk_may_claim    (KanDesk *self, const char *login, GError **error) G_GNUC_WARN_UNUSED_RESULT;
KanOutcome *kan_desk_claim        (KanDesk *self, const KanSecret *passphrase, gint64 now,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean    kan_desk_change_passphrase (KanDesk *self, const KanSecret *old_one, const KanSecret *new_one,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean    kan_desk_set_now      (KanDesk *self, gint64 now, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray  *kan_desk_list_due     (KanDesk *self, GError **error);      /* KanDue, most urgent first */
const char *kan_due_kind_id       (KanDueKind kind);
const KanLabel *kan_due_kind_label (KanDueKind kind);
const char *kan_due_kind_register (KanDueKind kind);   /* whose list it comes from; NULL: none */
const char *kan_due_kind_list  (KanDueKind kind);
KanDueUrgency kan_due_urgency     (KanDueKind kind);
gboolean    kan_due_is_late_apart (KanDueKind kind);
KanDay      kan_due_late_day      (const KanDue *self);
gboolean    kan_desk_set_reminders (KanDesk *self, gboolean on, gint64 now, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean    kan_desk_refresh_reminders (KanDesk *self, gint64 now, GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean    kan_desk_verify_once  (KanDesk *self, gint64 now, KanProgressFunc progress, gpointer data,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
KanVerdict *kan_desk_verify       (KanDesk *self, const KanVerifyOptions *options,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
char       *kan_desk_dup_anchor   (KanDesk *self, GError **error);

G_END_DECLS
