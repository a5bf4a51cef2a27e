/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the desk share. */
#pragma once
#include "desk/kan-desk.h"

G_BEGIN_DECLS

/* A natural person at this terminal. */
typedef struct { gint64 person; char *login; KanKeys *keys; } KanSeat;

struct _KanDesk
{
  KanVault    *vault;
  KanBook     *book;           /* NULL until unlocked */
  KanCalendar *calendar;
  KanDay       day;            /* that the calendar's lists were made for */
  KanSeat     *seat;           /* who unlocked */
  GPtrArray   *cosigners;      /* KanSeat */
  char        *session;        /* "P1-5f2a81c0" */
  GString     *notice;
  gboolean     provisional;
  gboolean     blocked;        /* an interrupted write did not verify: reading only */
  gboolean     marked;         /* in-use mark set by this session */
};

KanSeat *kan_seat_new          (gint64 person, const char *login, KanKeys *keys);
void     kan_seat_free         (KanSeat *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KanSeat, kan_seat_free)
KanDesk *kan_desk_new          (KanVault *vault);
void     kan_desk_answer_keys  (KanDraft *draft, const KanKeys *keys);
KanOutcome *kan_desk_admit     (KanDesk *self, KanDraft *draft, const KanKeys *keys, gint64 now, GError **error);
gboolean kan_desk_begin        (KanDesk *self, KanSeat *seat, gint64 now, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kan_desk_set_days     (KanDesk *self, gint64 now, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kan_desk_may_write    (KanDesk *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kan_desk_keep_generation (KanDesk *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void     kan_desk_tell         (KanDesk *self, const char *notice);

G_END_DECLS
