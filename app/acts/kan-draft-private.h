/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A draft's inside, for the one place that signs it. */
#pragma once
#include "acts/kan-book-private.h"

G_BEGIN_DECLS

struct _KanDraft
{
  KanBook           *book;       /* borrowed */
  const KanKind     *kind;
  const KanRegister *reg;
  char              *subject;    /* NULL until it is given a number */
  char              *happened;   /* NULL: now */
  KanBody           *body;
  GHashTable        *texts;      /* key → KanDetached */
  char              *correction; /* a corrected answer as typed: how it reads depends on the other answers */
  GPtrArray         *typos;      /* KanRefusal: what could not be read */
  const char        *session;    /* borrowed, while it is being signed; NULL: it is only judged */
};

gboolean kan_draft_check_record (KanDraft *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
KanCase *kan_draft_case (KanDraft *self, gint64 person, const guint8 *key, gint64 at_utc, KanStage stage,
                         GError **error);

G_END_DECLS
