/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A lifelike office, always the same for the same day: every act is signed by the key of the person who would have. */
#pragma once
#include "desk/kan-desk.h"

G_BEGIN_DECLS

typedef struct
{
  guint  years;      /* of history before `now`; 0: two */
  guint  acts;       /* at least so many; 0: as many as the history has */
  gint64 now;        /* seconds of UTC; the last act lies on the last business day before it */
} KanDemoOptions;

/* Somebody who can open the file. */
typedef struct
{
  char      *login, *name;
  char     **offices;        /* codes of the profile's, as on the last day; empty: none */
  gboolean   is_operator;
  KanSecret *passphrase;
} KanDemoLogin;

/* What was built. */
typedef struct
{
  GPtrArray *logins;         /* KanDemoLogin */
  gint64     n_acts;
  char      *anchor;
} KanDemoOffice;

KanDemoOffice *kan_demo_build       (const char *path, const KanDemoOptions *options,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
void           kan_demo_office_free (KanDemoOffice *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KanDemoOffice, kan_demo_office_free)

G_END_DECLS
