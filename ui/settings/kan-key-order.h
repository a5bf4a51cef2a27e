/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a passphrase window orders, as a job of the database thread, and how its ending is told. */
#pragma once
#include "kan-session.h"
#include "settings/kan-one-time.h"

G_BEGIN_DECLS

typedef enum { KAN_KEY_CHANGE, KAN_KEY_CLAIM, KAN_KEY_ENROLL } KanKeyDeed;

/* What is asked, in this order. */
typedef enum
{
  KAN_KEY_LOGIN, KAN_KEY_OWN, KAN_KEY_FRESH, KAN_KEY_AGAIN, KAN_KEY_OFFICER, KAN_KEY_OFFICER_PASSPHRASE, KAN_KEY_N_ROWS
} KanKeyRow;

typedef struct
{
  KanKeyDeed deed;
  char      *person, *login, *officer;
  KanSecret *own, *fresh, *officer_passphrase;
  gint64     now;
} KanKeyOrder;

/* What became of it. */
typedef struct
{
  GError     *error;            /* NULL: what follows is so */
  KanKeyRow   wrong;            /* which row error or refusal is about; KAN_KEY_N_ROWS: none */
  char       *refused;          /* "": nothing */
  KanOneTime *issued;           /* for enrolling */
} KanKeyEnding;

void      kan_key_order_free  (KanKeyOrder *self);
void      kan_key_ending_free (KanKeyEnding *self);
gpointer  kan_key_order_job   (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error);
char     *kan_key_word_issued (const KanOneTime *issued);
/* Where the lock came into it: @title of the deed, @done says that it was. */
void      kan_key_tell_later  (KanSession *session, const KanKeyEnding *ending, const char *title, const char *done);

G_END_DECLS
