/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What connection and statement share behind kan-db.h. */
#pragma once
#include "crypto/kan-crypto.h"
#include "db/kan-db.h"

#include <sqlite3.h>

G_BEGIN_DECLS

struct _KanDb
{
  sqlite3    *handle;       /* NULL once closed */
  char       *path;
  GHashTable *statements;   /* SQL text (owned by the statement) → KanStmt */
  KanStmt    *recent[256];  /* some of them, each where the address of the text it was asked with leads */
  KanDbWatch  watch;        /* told how far a copy is; NULL: nobody */
  gpointer    watch_data;
  gboolean    is_reading;   /* within kan_db_read() */
  gint64      offset;       /* with `path` and what follows: how it is opened once more */
  guint8      salt[16];
  KanSecret  *key;          /* NULL: it is not */
};

KanStmt *kan_stmt_new       (KanDb *db, const char *sql, gboolean cached, GError **error);
void     kan_stmt_destroy   (KanStmt *self);
void     kan_db_keep_key    (KanDb *self, gint64 offset, const KanSecret *key, const guint8 salt[16]);
void     kan_db_set_error   (KanDb *self, int rc, const char *doing, GError **error);

G_END_DECLS
