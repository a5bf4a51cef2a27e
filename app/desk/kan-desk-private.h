/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the desk share. */
#pragma once
#include "desk/kan-desk.h"
#include "desk/kan-heads.h"

G_BEGIN_DECLS

/* A natural person at this terminal. */
typedef struct { gint64 person; char *login; KanKeys *keys; } KanSeat;

struct _KanDesk
{
  KanVault    *vault;
  KanBook     *book;           /* NULL until unlocked */
  KanScratch  *aside;          /* where the book lies beside the file; NULL: in the file itself */
  KanProgressFunc progress;    /* told while tables are made anew; NULL: nobody */
  gpointer     progress_data;
  KanCalendar *calendar;
  KanDay       day;            /* that the calendar's lists were made for */
  KanSeat     *seat;           /* who unlocked */
  GPtrArray   *cosigners;      /* KanSeat */
  char        *session;        /* "P1-5f2a81c0" */
  GString     *notice;
  gboolean     provisional;
  gboolean     blocked;        /* an interrupted write did not verify: reading only */
  gboolean     outdated;       /* the key slots are older than the file remembers */
  KanHeadsVerdict heads;       /* whether the file holds what this terminal has seen of it */
  gboolean     marked;         /* in-use mark set by this session */
  gboolean     in_list;        /* acts of a list shown together are being signed */
  gboolean     list_proven;    /* and the passphrase was given for it */
};

KanSeat *kan_seat_new          (gint64 person, const char *login, KanKeys *keys);
void     kan_seat_free         (KanSeat *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KanSeat, kan_seat_free)
KanDesk *kan_desk_new          (KanVault *vault);
gboolean kan_desk_open_book    (KanDesk *self, const char *login, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void     kan_desk_close_book   (KanDesk *self);
void     kan_desk_answer_keys  (KanDraft *draft, const KanKeys *keys);
void     kan_desk_judge_login  (const char *login, GPtrArray *refusals);
KanOutcome *kan_desk_admit     (KanDesk *self, KanDraft *draft, const KanKeys *keys, gint64 now, GError **error);
gboolean kan_desk_begin        (KanDesk *self, KanSeat *seat, gint64 now, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kan_desk_set_days     (KanDesk *self, gint64 now, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kan_desk_may_write    (KanDesk *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kan_desk_may_sign     (KanDesk *self, const KanKind *kind, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void     kan_desk_follow       (KanDesk *self, const KanKind *kind, gint64 now);
gboolean kan_desk_tell_slots (KanDesk *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kan_desk_keep_generation (KanDesk *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void     kan_desk_tell         (KanDesk *self, const char *notice);
gboolean kan_desk_tell_heads   (KanDesk *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void     kan_desk_keep_head    (KanDesk *self);

G_END_DECLS
