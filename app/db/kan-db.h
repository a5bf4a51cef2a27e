/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SQLCipher behind connection, statement and transaction. Nothing else in the program includes sqlite3.h. */
#pragma once
#include "kan-types.h"

G_BEGIN_DECLS

typedef enum
{
  KAN_DB_READ_ONLY = 1 << 0,
  KAN_DB_CREATE    = 1 << 1,
  KAN_DB_SCRATCH   = 1 << 2,    /* thrown away afterwards, and at any failure: no journal, no sync */
  KAN_DB_TORN      = 1 << 3     /* for reading only: what is there is read, though pages may be missing at the end */
} KanDbFlags;

/* The database begins `offset` bytes into `path`; key and salt are given raw. */
KanDb      *kan_db_open        (const char *path, gint64 offset, const KanSecret *key, const guint8 salt[16],
                                KanDbFlags flags, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean    kan_db_close       (KanDb *self, GError **error);
void        kan_db_free        (KanDb *self);
char       *kan_db_dup_schema  (KanDb *self, GError **error);
gboolean    kan_db_is_read_only (KanDb *self);
gboolean    kan_db_check_cipher (const char *version, GError **error) G_GNUC_WARN_UNUSED_RESULT;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KanDb, kan_db_free)

/* binds: one letter for each plain `?` in order: s text, i gint64, b guint8* + gsize, n null;
   a null pointer for s or b binds null. Named parameters are bound by kan_stmt_bind_*. */
gboolean    kan_db_exec        (KanDb *self, const char *sql, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean    kan_db_run         (KanDb *self, GError **error, const char *sql, const char *binds,
                                ...) G_GNUC_WARN_UNUSED_RESULT;
gboolean    kan_db_get_int     (KanDb *self, gint64 *value, GError **error, const char *sql, const char *binds,
                                ...) G_GNUC_WARN_UNUSED_RESULT;
char       *kan_db_get_text    (KanDb *self, GError **error, const char *sql, const char *binds, ...);
gint64      kan_db_last_rowid  (KanDb *self);
gint64      kan_db_changes     (KanDb *self);

/* Statements are cached by the text of their SQL; freeing one resets it and gives it back. */
KanStmt    *kan_db_prepare     (KanDb *self, const char *sql, GError **error) G_GNUC_WARN_UNUSED_RESULT;
KanStmt    *kan_db_query       (KanDb *self, GError **error, const char *sql, const char *binds,
                                ...) G_GNUC_WARN_UNUSED_RESULT;
void        kan_stmt_bind_va   (KanStmt *self, const char *binds, va_list args);
gboolean    kan_stmt_bind_text (KanStmt *self, const char *name, const char *value);    /* FALSE: no such parameter */
gboolean    kan_stmt_bind_int  (KanStmt *self, const char *name, gint64 value);
void        kan_stmt_set_text  (KanStmt *self, int index, const char *value);           /* by position, from 1 */
void        kan_stmt_set_int   (KanStmt *self, int index, gint64 value);
void        kan_stmt_set_bytes (KanStmt *self, int index, const guint8 *bytes, gsize size);
void        kan_stmt_set_null  (KanStmt *self, int index);
int         kan_stmt_n_parameters (KanStmt *self);
const char *kan_stmt_parameter (KanStmt *self, int index);       /* from 1; without the colon; NULL: a plain ? */
gboolean    kan_stmt_step      (KanStmt *self, GError **error);  /* TRUE: a row; FALSE: done or error */
int         kan_stmt_n_columns (KanStmt *self);
const char *kan_stmt_name      (KanStmt *self, int column);
gboolean    kan_stmt_is_null   (KanStmt *self, int column);
gboolean    kan_stmt_is_int    (KanStmt *self, int column);
gboolean    kan_stmt_is_text   (KanStmt *self, int column);
gint64      kan_stmt_int       (KanStmt *self, int column);
const char *kan_stmt_text      (KanStmt *self, int column);                             /* until the next step */
const guint8 *kan_stmt_bytes   (KanStmt *self, int column, gsize *size);                /* until the next step */
void        kan_stmt_free      (KanStmt *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KanStmt, kan_stmt_free)

/* Returns TRUE to commit, FALSE to roll back (with or without error set). Within another one: a savepoint. */
typedef gboolean (*KanTransactionFunc) (KanDb *self, gpointer data, GError **error);
gboolean    kan_db_read        (KanDb *self, KanTransactionFunc func, gpointer data,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean    kan_db_pause_read  (KanDb *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean    kan_db_resume_read (KanDb *self, gboolean was, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* For another thread, while `self` reads and waits for it. */
gboolean    kan_db_is_shared   (KanDb *self);
KanDb      *kan_db_open_beside (KanDb *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean    kan_db_transaction (KanDb *self, KanTransactionFunc func, gpointer data,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Copies every page of `self` into the empty database `into`, in slices. `watch`, where one is set, is told after each
   how many pages are done, of how many; FALSE ends it with KAN_ERROR_CANCELLED. */
typedef gboolean (*KanDbWatch) (gint64 done, gint64 total, gpointer data);
void        kan_db_watch_copies (KanDb *self, KanDbWatch watch, gpointer data);
gboolean    kan_db_copy_into   (KanDb *self, KanDb *into, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
