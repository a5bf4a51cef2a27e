/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A session's inside, shared by its files. */
#pragma once
#include "kan-session.h"

G_BEGIN_DECLS

struct _KanSession
{
  GObject       parent_instance;

  KanWorker    *worker;         /* owned */
  GCancellable *life;           /* owned: of the file as it is open now; locking cancels it */
  GCancellable *checking;       /* owned: of the verification in the background */
  char         *path, *login, *who, *association, *verified;
  char         *word, *word_for;     /* owned: what is told to whom at the next unlocking; NULL: nothing */
  guint         n_faults;       /* found by the last verification, and not known before */
  gint64        day;            /* days since 1970 in Japan, when it was last looked at */
  guint         tick;           /* GSource: the day turns */
  guint         settling;       /* GSource: verification begins when it ends; 0: it has */
  KanProgressFunc progress;     /* told while an unlocking makes tables anew; NULL: nobody */
  gpointer      progress_data;
  gboolean      unlocked, read_only, provisional;
  gboolean      telling;        /* the outcome of what is being done must be told here */
};

enum
{
  KAN_SESSION_PATH = 1, KAN_SESSION_IS_UNLOCKED, KAN_SESSION_IS_READ_ONLY, KAN_SESSION_IS_PROVISIONAL, KAN_SESSION_WHO,
  KAN_SESSION_LOGIN, KAN_SESSION_ASSOCIATION, KAN_SESSION_VERIFIED, KAN_SESSION_N_PROPS
};

void kan_session_set_text  (KanSession *self, char **field, const char *text, guint prop);
void kan_session_sit_down  (KanSession *self);     /* unlocked: tells everybody */

G_END_DECLS
