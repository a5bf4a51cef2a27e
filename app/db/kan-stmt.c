/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Statements: prepared once for each text, bound by letters, read by column. */
#include "db/kan-db-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Enough for every literal in the program; what is composed beyond that is prepared anew each time. */
enum { CACHED_MAX = 512 };

struct _KanStmt
{
  KanDb        *db;
  sqlite3_stmt *stmt;
  gboolean      cached;
  gboolean      in_use;
  gboolean      running;     /* stands on a row: parameters cannot be set before a reset */
};

/**
 * kan_stmt_new:
 * @db: a connection
 * @sql: one statement
 * @cached: whether the connection keeps it
 * @error: as kan_db_prepare()
 *
 * Returns: (transfer full): the statement, marked as in use
 */
KanStmt *
kan_stmt_new (KanDb *db, const char *sql, gboolean cached, GError **error)
{
  KanStmt *self = NULL;
  sqlite3_stmt *stmt = NULL;
  int rc = sqlite3_prepare_v3 (db->handle, sql, -1, cached ? SQLITE_PREPARE_PERSISTENT : 0, &stmt, NULL);

  if (rc != SQLITE_OK || stmt == NULL)
    {
      kan_db_set_error (db, rc != SQLITE_OK ? rc : SQLITE_MISUSE, _("cannot ask"), error);
      return NULL;
    }
  self = g_new0 (KanStmt, 1);
  self->db = db;
  self->stmt = stmt;
  self->cached = cached;
  self->in_use = TRUE;
  return self;
}

/**
 * kan_stmt_destroy:
 * @self: a statement that nobody uses any more, nor the connection keeps
 */
void
kan_stmt_destroy (KanStmt *self)
{
  sqlite3_finalize (self->stmt);
  g_free (self);
}

/* Nearly every text is a literal of the program: it is found by where it lies, and compared once. */
static KanStmt *
find_cached (KanDb *self, const char *sql)
{
  KanStmt **recent = &self->recent[((guintptr) sql >> 3) % G_N_ELEMENTS (self->recent)];

  if (*recent == NULL || strcmp (sqlite3_sql ((*recent)->stmt), sql) != 0)
    *recent = g_hash_table_lookup (self->statements, sql);
  return *recent;
}

/**
 * kan_db_prepare:
 * @self: a connection
 * @sql: one statement
 * @error: %KAN_ERROR_DAMAGED, %KAN_ERROR_IO and others
 *
 * Returns: (transfer full): the statement, with nothing bound; free it with kan_stmt_free()
 */
KanStmt *
kan_db_prepare (KanDb *self, const char *sql, GError **error)
{
  KanStmt *known = find_cached (self, sql);
  KanStmt *made = NULL;
  gboolean keep = known == NULL && g_hash_table_size (self->statements) < CACHED_MAX;

  if (known != NULL && !known->in_use)
    {
      known->in_use = TRUE;
      return known;
    }
  made = kan_stmt_new (self, sql, keep, error);
  if (made != NULL && keep)
    g_hash_table_insert (self->statements, (gpointer) sqlite3_sql (made->stmt), made);
  return made;
}

/**
 * kan_stmt_free:
 * @self: (nullable): a statement
 *
 * Gives it back to its connection.
 */
void
kan_stmt_free (KanStmt *self)
{
  if (self == NULL)
    return;
  if (!self->cached)
    {
      kan_stmt_destroy (self);
      return;
    }
  sqlite3_reset (self->stmt);
  sqlite3_clear_bindings (self->stmt);
  self->running = FALSE;
  self->in_use = FALSE;
}

static void
make_settable (KanStmt *self)
{
  if (self->running)
    sqlite3_reset (self->stmt);
  self->running = FALSE;
}

/* `?` has no name, `?2` is called by its number: both are given in order. */
static gboolean
is_plain (KanStmt *self, int index)
{
  const char *name = sqlite3_bind_parameter_name (self->stmt, index);

  return name == NULL || *name == '?';
}

static int
next_plain (KanStmt *self, int index)
{
  int n = sqlite3_bind_parameter_count (self->stmt);

  do
    index++;
  while (index <= n && !is_plain (self, index));
  return index;
}

static int
bind_one (KanStmt *self, int index, char letter, va_list *args, sqlite3_destructor_type keep)
{
  const char *text = NULL;
  const guint8 *bytes = NULL;

  switch (letter)
    {
    case 's':
      text = va_arg (*args, const char *);
      return sqlite3_bind_text (self->stmt, index, text, -1, keep);
    case 'i':
      return sqlite3_bind_int64 (self->stmt, index, va_arg (*args, gint64));
    case 'b':
      bytes = va_arg (*args, const guint8 *);
      return sqlite3_bind_blob64 (self->stmt, index, bytes, va_arg (*args, gsize), keep);
    case 'n':
      return sqlite3_bind_null (self->stmt, index);
    default:
      return SQLITE_MISUSE;
    }
}

static void
bind_all (KanStmt *self, const char *binds, va_list *args, sqlite3_destructor_type keep)
{
  int index = 0, rc = SQLITE_OK;

  make_settable (self);
  for (const char *letter = binds; letter != NULL && *letter != '\0' && rc == SQLITE_OK; letter++)
    {
      index = next_plain (self, index);
      rc = bind_one (self, index, *letter, args, keep);
    }
  g_return_if_fail (rc == SQLITE_OK);
}

/**
 * kan_stmt_n_parameters:
 * @self: a statement
 *
 * Returns: the highest parameter's position
 */
int
kan_stmt_n_parameters (KanStmt *self)
{
  return sqlite3_bind_parameter_count (self->stmt);
}

/**
 * kan_stmt_parameter:
 * @self: a statement
 * @index: from 1
 *
 * Returns: (transfer none) (nullable): its name without the colon; %NULL where it is plain
 */
const char *
kan_stmt_parameter (KanStmt *self, int index)
{
  return is_plain (self, index) ? NULL : sqlite3_bind_parameter_name (self->stmt, index) + 1;
}

/**
 * kan_stmt_bind_va:
 * @self: a statement
 * @binds: one letter for each plain `?` in order: s text, i gint64, b const guint8 * and gsize, n null
 * @args: the values; copied
 */
void
kan_stmt_bind_va (KanStmt *self, const char *binds, va_list args)
{
  va_list copy;

  va_copy (copy, args);
  bind_all (self, binds, &copy, SQLITE_TRANSIENT);
  va_end (copy);
}

/**
 * kan_stmt_bind_text:
 * @self: a statement
 * @name: a parameter with its sigil, e.g. ":subject"
 * @value: (nullable): what to bind; copied
 *
 * Returns: whether there is such a parameter
 */
gboolean
kan_stmt_bind_text (KanStmt *self, const char *name, const char *value)
{
  int index = sqlite3_bind_parameter_index (self->stmt, name);

  if (index > 0)
    kan_stmt_set_text (self, index, value);
  return index > 0;
}

/**
 * kan_stmt_bind_int:
 * @self: a statement
 * @name: a parameter with its sigil, e.g. ":subject"
 * @value: what to bind
 *
 * Returns: whether there is such a parameter
 */
gboolean
kan_stmt_bind_int (KanStmt *self, const char *name, gint64 value)
{
  int index = sqlite3_bind_parameter_index (self->stmt, name);

  if (index > 0)
    kan_stmt_set_int (self, index, value);
  return index > 0;
}

/**
 * kan_stmt_set_text:
 * @self: a statement
 * @index: which parameter, from 1
 * @value: (nullable): what to bind; copied
 */
void
kan_stmt_set_text (KanStmt *self, int index, const char *value)
{
  int rc = SQLITE_OK;

  make_settable (self);
  rc = sqlite3_bind_text (self->stmt, index, value, -1, SQLITE_TRANSIENT);
  g_return_if_fail (rc == SQLITE_OK);
}

/**
 * kan_stmt_set_int:
 * @self: a statement
 * @index: which parameter, from 1
 * @value: what to bind
 */
void
kan_stmt_set_int (KanStmt *self, int index, gint64 value)
{
  int rc = SQLITE_OK;

  make_settable (self);
  rc = sqlite3_bind_int64 (self->stmt, index, value);
  g_return_if_fail (rc == SQLITE_OK);
}

/**
 * kan_stmt_set_bytes:
 * @self: a statement
 * @index: which parameter, from 1
 * @bytes: (nullable): what to bind; copied; %NULL binds null
 * @size: in bytes
 */
void
kan_stmt_set_bytes (KanStmt *self, int index, const guint8 *bytes, gsize size)
{
  int rc = SQLITE_OK;

  make_settable (self);
  rc = sqlite3_bind_blob64 (self->stmt, index, bytes, size, SQLITE_TRANSIENT);
  g_return_if_fail (rc == SQLITE_OK);
}

/**
 * kan_stmt_set_null:
 * @self: a statement
 * @index: which parameter, from 1
 */
void
kan_stmt_set_null (KanStmt *self, int index)
{
  int rc = SQLITE_OK;

  make_settable (self);
  rc = sqlite3_bind_null (self->stmt, index);
  g_return_if_fail (rc == SQLITE_OK);
}

/**
 * kan_stmt_step:
 * @self: a statement
 * @error: %KAN_ERROR_FULL, %KAN_ERROR_READ_ONLY, %KAN_ERROR_BUSY, %KAN_ERROR_DAMAGED, %KAN_ERROR_INVALID where a
 *   constraint of the schema is broken, %KAN_ERROR_IO
 *
 * Goes to the next row. Once done, parameters may be set again and the next step begins anew.
 *
 * Returns: %TRUE on a row; %FALSE when done or failed
 */
gboolean
kan_stmt_step (KanStmt *self, GError **error)
{
  int rc = sqlite3_step (self->stmt);

  self->running = rc == SQLITE_ROW;
  if (rc == SQLITE_ROW)
    return TRUE;
  if (rc != SQLITE_DONE)
    kan_db_set_error (self->db, rc, _("cannot read or write"), error);
  sqlite3_reset (self->stmt);
  return FALSE;
}

/**
 * kan_stmt_n_columns:
 * @self: a statement
 *
 * Returns: how many columns its rows have
 */
int
kan_stmt_n_columns (KanStmt *self)
{
  return sqlite3_column_count (self->stmt);
}

/**
 * kan_stmt_name:
 * @self: a statement
 * @column: from 0
 *
 * Returns: (transfer none): the column's name
 */
const char *
kan_stmt_name (KanStmt *self, int column)
{
  return sqlite3_column_name (self->stmt, column);
}

/**
 * kan_stmt_is_null:
 * @self: a statement on a row
 * @column: from 0
 *
 * Returns: whether null stands there
 */
gboolean
kan_stmt_is_null (KanStmt *self, int column)
{
  return sqlite3_column_type (self->stmt, column) == SQLITE_NULL;
}

/**
 * kan_stmt_is_int:
 * @self: a statement on a row
 * @column: from 0
 *
 * Returns: whether an integer stands there
 */
gboolean
kan_stmt_is_int (KanStmt *self, int column)
{
  return sqlite3_column_type (self->stmt, column) == SQLITE_INTEGER;
}

/**
 * kan_stmt_is_text:
 * @self: a statement on a row
 * @column: from 0
 *
 * Returns: whether a text stands there, and no bytes that are none
 */
gboolean
kan_stmt_is_text (KanStmt *self, int column)
{
  return sqlite3_column_type (self->stmt, column) == SQLITE_TEXT;
}

/**
 * kan_stmt_int:
 * @self: a statement on a row
 * @column: from 0
 *
 * Returns: the integer that stands there; 0 for null
 */
gint64
kan_stmt_int (KanStmt *self, int column)
{
  return sqlite3_column_int64 (self->stmt, column);
}

/**
 * kan_stmt_text:
 * @self: a statement on a row
 * @column: from 0
 *
 * Returns: (transfer none) (nullable): the text, until the next step; %NULL for null
 */
const char *
kan_stmt_text (KanStmt *self, int column)
{
  return (const char *) sqlite3_column_text (self->stmt, column);
}

/**
 * kan_stmt_bytes:
 * @self: a statement on a row
 * @column: from 0
 * @size: where to put how many
 *
 * Returns: (transfer none) (nullable): the bytes, until the next step; %NULL for null and for no bytes
 */
const guint8 *
kan_stmt_bytes (KanStmt *self, int column, gsize *size)
{
  const guint8 *bytes = sqlite3_column_blob (self->stmt, column);

  *size = (gsize) sqlite3_column_bytes (self->stmt, column);
  return bytes;
}

/* A statement whose parameters are given in the same breath: values need no copy where it is stepped at once. */
static KanStmt *
prepare_bound (KanDb *self, const char *sql, const char *binds, va_list *args, sqlite3_destructor_type keep,
               GError **error)
{
  KanStmt *stmt = kan_db_prepare (self, sql, error);

  if (stmt != NULL)
    bind_all (stmt, binds, args, keep);
  return stmt;
}

/**
 * kan_db_query:
 * @self: a connection
 * @error: as kan_db_prepare()
 * @sql: one statement
 * @binds: as kan_stmt_bind_va()
 * @...: the values; copied
 *
 * Returns: (transfer full): the statement before its first row
 */
KanStmt *
kan_db_query (KanDb *self, GError **error, const char *sql, const char *binds, ...)
{
  KanStmt *stmt = NULL;
  va_list args;

  va_start (args, binds);
  stmt = prepare_bound (self, sql, binds, &args, SQLITE_TRANSIENT, error);
  va_end (args);
  return stmt;
}

/**
 * kan_db_run:
 * @self: a connection
 * @error: as kan_stmt_step()
 * @sql: one statement
 * @binds: as kan_stmt_bind_va()
 * @...: the values
 *
 * Runs a statement to its end; rows are passed over.
 */
gboolean
kan_db_run (KanDb *self, GError **error, const char *sql, const char *binds, ...)
{
  g_autoptr (KanStmt) stmt = NULL;
  GError *failure = NULL;
  va_list args;

  va_start (args, binds);
  stmt = prepare_bound (self, sql, binds, &args, SQLITE_STATIC, &failure);
  va_end (args);
  while (stmt != NULL && kan_stmt_step (stmt, &failure))
    continue;
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

/**
 * kan_db_get_int:
 * @self: a connection
 * @value: where to put the first column of the first row; 0 for no row and for null
 * @error: as kan_stmt_step()
 * @sql: one statement
 * @binds: as kan_stmt_bind_va()
 * @...: the values
 *
 * Returns: whether the question could be asked
 */
gboolean
kan_db_get_int (KanDb *self, gint64 *value, GError **error, const char *sql, const char *binds, ...)
{
  g_autoptr (KanStmt) stmt = NULL;
  GError *failure = NULL;
  va_list args;

  *value = 0;
  va_start (args, binds);
  stmt = prepare_bound (self, sql, binds, &args, SQLITE_STATIC, &failure);
  va_end (args);
  if (stmt != NULL && kan_stmt_step (stmt, &failure))
    *value = kan_stmt_int (stmt, 0);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

/**
 * kan_db_get_text:
 * @self: a connection
 * @error: as kan_stmt_step()
 * @sql: one statement
 * @binds: as kan_stmt_bind_va()
 * @...: the values
 *
 * Returns: (transfer full) (nullable): the first column of the first row; %NULL for no row, for null, and on error
 */
char *
kan_db_get_text (KanDb *self, GError **error, const char *sql, const char *binds, ...)
{
  g_autoptr (KanStmt) stmt = NULL;
  va_list args;

  va_start (args, binds);
  stmt = prepare_bound (self, sql, binds, &args, SQLITE_STATIC, error);
  va_end (args);
  if (stmt == NULL || !kan_stmt_step (stmt, error))
    return NULL;
  return g_strdup (kan_stmt_text (stmt, 0));
}

/**
 * kan_db_dup_schema:
 * @self: a connection
 * @error: as kan_stmt_step()
 *
 * What the database says of itself, to be compared with what the program would have made: somebody with the file
 * key could have planted something.
 *
 * Returns: (transfer full): one line for each object, by kind and name
 */
char *
kan_db_dup_schema (KanDb *self, GError **error)
{
  GString *text = g_string_new (NULL);
  GError *failure = NULL;
  g_autoptr (KanStmt) stmt = kan_db_query (self, &failure,
                                           "SELECT type || ' ' || name || ' ' || tbl_name || ': ' || ifnull(sql, '')"
                                           " FROM sqlite_schema ORDER BY type, name", "");

  while (stmt != NULL && kan_stmt_step (stmt, &failure))
    g_string_append_printf (text, "%s\n", kan_stmt_text (stmt, 0));
  if (failure == NULL)
    return g_string_free (text, FALSE);
  g_propagate_error (error, failure);
  g_string_free (text, TRUE);
  return NULL;
}
