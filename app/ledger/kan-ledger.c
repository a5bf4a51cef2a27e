/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chain: encode, hash, sign, append, read. It knows no rule. */
#include "ledger/kan-ledger-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#define ACT_DOMAIN "kanribo act 1"
#define SIGNATURE_DOMAIN "kanribo sig 1"

/**
 * kan_ledger_schema:
 *
 * Returns: (transfer none): the SQL that makes the chain's tables. Rows of `act` are inserted in order of seq; what an
 *   act sets aside (kan_tail_set_aside()) moves to `rejected` whole, whatever somebody had made of it.
 */
const char *
kan_ledger_schema (void)
{
  return "CREATE TABLE act (seq INTEGER PRIMARY KEY, at TEXT NOT NULL, actor INTEGER NOT NULL, key BLOB NOT NULL,"
         " session TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL, happened_at TEXT, body TEXT NOT NULL,"
         " prev BLOB NOT NULL, hash BLOB NOT NULL, signature BLOB NOT NULL) STRICT;"
         "CREATE INDEX act_subject ON act (subject, seq);"
         "CREATE TABLE rejected (tail TEXT NOT NULL, seq INTEGER NOT NULL, at ANY, actor ANY, key ANY, session ANY,"
         " kind ANY, subject ANY, happened_at ANY, body ANY, prev ANY, hash ANY, signature ANY,"
         " PRIMARY KEY (tail, seq)) STRICT;";
}

/**
 * kan_act_new:
 *
 * Returns: (transfer full): an empty act
 */
KanAct *
kan_act_new (void)
{
  return g_new0 (KanAct, 1);
}

/**
 * kan_act_free:
 * @self: (nullable): an act
 */
void
kan_act_free (KanAct *self)
{
  if (self == NULL)
    return;
  g_free (self->at);
  g_free (self->session);
  g_free (self->kind);
  g_free (self->subject);
  g_free (self->happened_at);
  g_free (self->body);
  g_free (self);
}

/**
 * kan_ledger_hash_int:
 * @hasher: a hasher
 * @value: a number, hashed as eight bytes
 */
void
kan_ledger_hash_int (KanHasher *hasher, gint64 value)
{
  guint64 bytes = GUINT64_TO_LE ((guint64) value);

  kan_hasher_update (hasher, &bytes, sizeof bytes);
}

/**
 * kan_ledger_hash_bytes:
 * @hasher: a hasher
 * @bytes: (nullable): what to hash, its length first; %NULL: a length that no column can have
 * @size: how many bytes
 */
void
kan_ledger_hash_bytes (KanHasher *hasher, gconstpointer bytes, gsize size)
{
  kan_ledger_hash_int (hasher, bytes != NULL ? (gint64) size : -1);
  if (bytes != NULL)
    kan_hasher_update (hasher, bytes, size);
}

static void
hash_text (KanHasher *hasher, const char *text)
{
  kan_ledger_hash_bytes (hasher, text, text != NULL ? strlen (text) : 0);
}

/**
 * kan_act_compute_hash:
 * @self: an act, complete but for hash and signature
 * @file_id: the file's 16-byte id: an act of one file is none of another
 * @hash: (out): BLAKE2b-256 over domain, file id and every column but hash and signature, each length-prefixed
 */
void
kan_act_compute_hash (const KanAct *self, const guint8 *file_id, KanHash *hash)
{
  KanHasher hasher;

  kan_hasher_init (&hasher, NULL);
  hash_text (&hasher, ACT_DOMAIN);
  kan_ledger_hash_bytes (&hasher, file_id, 16);
  kan_ledger_hash_int (&hasher, self->seq);
  hash_text (&hasher, self->at);
  kan_ledger_hash_int (&hasher, self->actor);
  kan_ledger_hash_bytes (&hasher, self->key, sizeof self->key);
  hash_text (&hasher, self->session);
  hash_text (&hasher, self->kind);
  hash_text (&hasher, self->subject);
  hash_text (&hasher, self->happened_at);
  kan_ledger_hash_bytes (&hasher, self->body, self->body_size);
  kan_ledger_hash_bytes (&hasher, self->prev.bytes, sizeof self->prev.bytes);
  kan_hasher_finish (&hasher, hash);
}

/* Never a bare hash is signed: the domain keeps a signature from meaning anything elsewhere. */
static void
signed_bytes (const KanAct *self, guint8 message[sizeof SIGNATURE_DOMAIN - 1 + KAN_HASH_SIZE])
{
  memcpy (message, SIGNATURE_DOMAIN, sizeof SIGNATURE_DOMAIN - 1);
  memcpy (message + sizeof SIGNATURE_DOMAIN - 1, self->hash.bytes, KAN_HASH_SIZE);
}

/**
 * kan_act_sign:
 * @self: an act, complete but for key, hash and signature
 * @file_id: the file's 16-byte id
 * @keys: the actor's keys
 *
 * Fills in key, hash and signature.
 */
void
kan_act_sign (KanAct *self, const guint8 *file_id, const KanKeys *keys)
{
  guint8 message[sizeof SIGNATURE_DOMAIN - 1 + KAN_HASH_SIZE];

  memcpy (self->key, kan_keys_get_sign (keys), sizeof self->key);
  kan_act_compute_hash (self, file_id, &self->hash);
  signed_bytes (self, message);
  kan_keys_sign (keys, KAN_SIGN_ACT, message, sizeof message, self->signature);
}

/**
 * kan_act_hash_holds:
 * @self: an act as read
 * @file_id: the file's 16-byte id
 *
 * Returns: whether its columns are those that were hashed
 */
gboolean
kan_act_hash_holds (const KanAct *self, const guint8 *file_id)
{
  KanHash hash;

  if (self->torn)
    return FALSE;
  kan_act_compute_hash (self, file_id, &hash);
  return memcmp (&hash, &self->hash, sizeof hash) == 0;
}

/**
 * kan_act_signature_holds:
 * @self: an act as read, whose hash holds
 *
 * Returns: whether the key it names signed it (whose key that is, is the judge's question)
 */
gboolean
kan_act_signature_holds (const KanAct *self)
{
  guint8 message[sizeof SIGNATURE_DOMAIN - 1 + KAN_HASH_SIZE];

  signed_bytes (self, message);
  return kan_signature_holds (self->key, message, sizeof message, self->signature);
}

/* FALSE: another size. */
static gboolean
copy_bytes (KanStmt *stmt, int column, guint8 *into, gsize size)
{
  gsize n = 0;
  const guint8 *bytes = kan_stmt_bytes (stmt, column, &n);

  memset (into, 0, size);
  if (bytes == NULL || n != size || kan_stmt_is_text (stmt, column))
    return FALSE;
  memcpy (into, bytes, size);
  return TRUE;
}

static gint64
copy_int (KanAct *self, KanStmt *stmt, int column)
{
  self->torn = self->torn || !kan_stmt_is_int (stmt, column);
  return kan_stmt_int (stmt, column);
}

/* Never NULL; the statement's own. What hides behind a NUL would not be hashed, though SQL sees it. */
static char *
read_text (KanAct *self, KanStmt *stmt, int column)
{
  gboolean is_text = kan_stmt_is_text (stmt, column);
  const char *text = is_text ? kan_stmt_text (stmt, column) : NULL;
  gsize size = 0;

  kan_stmt_bytes (stmt, column, &size);
  self->torn = self->torn || text == NULL || strlen (text) != size;
  return (char *) (text != NULL ? text : "");
}

static char *
read_body (KanAct *self, KanStmt *stmt, int column)
{
  const guint8 *body = kan_stmt_bytes (stmt, column, &self->body_size);

  self->torn = self->torn || !kan_stmt_is_text (stmt, column);
  return (char *) (body != NULL ? (const char *) body : "");
}

/* Texts are the statement's, until its next step. */
static void
read_row (KanAct *self, KanStmt *stmt)
{
  gboolean sized;

  self->torn = FALSE;
  self->seq = kan_stmt_int (stmt, 0);
  self->at = read_text (self, stmt, 1);
  self->actor = copy_int (self, stmt, 2);
  sized = copy_bytes (stmt, 3, self->key, sizeof self->key);
  self->session = read_text (self, stmt, 4);
  self->kind = read_text (self, stmt, 5);
  self->subject = read_text (self, stmt, 6);
  self->happened_at = kan_stmt_is_null (stmt, 7) ? NULL : read_text (self, stmt, 7);
  self->body = read_body (self, stmt, 8);
  sized = copy_bytes (stmt, 9, self->prev.bytes, sizeof self->prev.bytes) && sized;
  sized = copy_bytes (stmt, 10, self->hash.bytes, sizeof self->hash.bytes) && sized;
  sized = copy_bytes (stmt, 11, self->signature, sizeof self->signature) && sized;
  self->torn = self->torn || !sized;
}

static KanAct *
act_from_row (KanStmt *stmt)
{
  KanAct *self = kan_act_new ();

  read_row (self, stmt);
  self->at = g_strdup (self->at);
  self->session = g_strdup (self->session);
  self->kind = g_strdup (self->kind);
  self->subject = g_strdup (self->subject);
  self->happened_at = g_strdup (self->happened_at);
  self->body = g_strndup (self->body, self->body_size);
  return self;
}

/**
 * kan_ledger_get_head:
 * @db: the file's database
 * @head: (out): the last act; seq 0 where there is none
 * @error: return location
 */
gboolean
kan_ledger_get_head (KanDb *db, KanHead *head, GError **error)
{
  g_autoptr(KanStmt) stmt = kan_db_prepare (db, "SELECT seq, hash, at FROM act ORDER BY seq DESC LIMIT 1", error);
  g_autoptr(GError) failed = NULL;

  memset (head, 0, sizeof *head);
  if (stmt == NULL)
    return FALSE;
  if (!kan_stmt_step (stmt, &failed))
    {
      if (failed == NULL)
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  head->seq = kan_stmt_int (stmt, 0);
  copy_bytes (stmt, 1, head->hash.bytes, sizeof head->hash.bytes);
  if (kan_stmt_is_text (stmt, 2))
    g_strlcpy (head->at, kan_stmt_text (stmt, 2), sizeof head->at);
  return TRUE;
}

/**
 * kan_ledger_append:
 * @db: the file's database, in a transaction of the caller's
 * @act: a signed act that follows the head
 * @error: return location
 */
gboolean
kan_ledger_append (KanDb *db, const KanAct *act, GError **error)
{
  return kan_db_run (db, error, "INSERT INTO act (" KAN_ACT_COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                     "isibsssssbbb",
                     act->seq, act->at, act->actor, act->key, sizeof act->key, act->session, act->kind, act->subject,
                     act->happened_at, act->body, act->prev.bytes, sizeof act->prev.bytes,
                     act->hash.bytes, sizeof act->hash.bytes, act->signature, sizeof act->signature);
}

/**
 * kan_ledger_collect:
 * @query: (transfer full) (nullable): a statement that selects %KAN_ACT_COLUMNS; %NULL: @error is set already
 * @error: return location
 *
 * Returns: (transfer full) (element-type KanAct): its rows; %NULL on error
 */
GPtrArray *
kan_ledger_collect (KanStmt *query, GError **error)
{
  g_autoptr(KanStmt) stmt = query;
  g_autoptr(GPtrArray) acts = g_ptr_array_new_with_free_func ((GDestroyNotify) kan_act_free);
  g_autoptr(GError) failed = NULL;

  if (stmt == NULL)
    return NULL;
  while (kan_stmt_step (stmt, &failed))
    g_ptr_array_add (acts, act_from_row (stmt));
  if (failed == NULL)
    return g_steal_pointer (&acts);
  g_propagate_error (error, g_steal_pointer (&failed));
  return NULL;
}

/**
 * kan_ledger_read:
 * @db: the file's database
 * @first: seq
 * @last: seq, included
 * @error: return location
 *
 * Returns: (transfer full) (element-type KanAct): the acts between, in order; %NULL on error
 */
GPtrArray *
kan_ledger_read (KanDb *db, gint64 first, gint64 last, GError **error)
{
  return kan_ledger_collect (kan_db_query (db, error, "SELECT " KAN_ACT_COLUMNS " FROM act WHERE seq BETWEEN ? AND ?"
                                                      " ORDER BY seq", "ii", first, last), error);
}

/**
 * kan_ledger_read_from:
 * @db: the file's database
 * @first: seq
 * @n: how many at most
 * @error: return location
 *
 * Returns: (transfer full) (element-type KanAct): the acts from @first on, in order, over any gap; %NULL on error
 */
GPtrArray *
kan_ledger_read_from (KanDb *db, gint64 first, guint n, GError **error)
{
  return kan_ledger_collect (kan_db_query (db, error, "SELECT " KAN_ACT_COLUMNS " FROM act WHERE seq >= ?"
                                                      " ORDER BY seq LIMIT ?", "ii", first, (gint64) n), error);
}

/**
 * kan_ledger_walk:
 * @db: the file's database
 * @first: seq
 * @last: seq, included
 * @func: shown each act between them, in order, over any gap; what it is shown lasts as long as the call
 * @data: for @func
 * @error: return location
 *
 * Nothing is copied: for looking at every act there is.
 */
gboolean
kan_ledger_walk (KanDb *db, gint64 first, gint64 last, KanWalkFunc func, gpointer data, GError **error)
{
  g_autoptr(KanStmt) stmt = kan_db_query (db, error, "SELECT " KAN_ACT_COLUMNS " FROM act WHERE seq BETWEEN ? AND ?"
                                                     " ORDER BY seq", "ii", first, last);
  g_autoptr(GError) failed = NULL;
  KanAct act = { 0 };

  if (stmt == NULL)
    return FALSE;
  while (kan_stmt_step (stmt, &failed))
    {
      read_row (&act, stmt);
      func (&act, data);
    }
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/**
 * kan_ledger_head_holds:
 * @db: the file's database
 * @file_id: the file's 16-byte id
 * @holds: (out): whether the last act is what was signed and follows the one before it
 * @error: return location
 *
 * Asked before anything is chained after it.
 */
gboolean
kan_ledger_head_holds (KanDb *db, const guint8 *file_id, gboolean *holds, GError **error)
{
  KanHead head;
  g_autoptr(GPtrArray) acts = NULL;
  const KanAct *last, *before;

  *holds = TRUE;
  if (!kan_ledger_get_head (db, &head, error))
    return FALSE;
  if (head.seq == 0)
    return TRUE;
  acts = kan_ledger_read (db, head.seq - 1, head.seq, error);
  if (acts == NULL)
    return FALSE;
  last = g_ptr_array_index (acts, acts->len - 1);
  before = acts->len == 2 ? g_ptr_array_index (acts, 0) : NULL;
  *holds = (before != NULL ? memcmp (&last->prev, &before->hash, sizeof last->prev) == 0 : last->seq == 1) &&
           kan_act_hash_holds (last, file_id) && kan_act_signature_holds (last);
  return TRUE;
}

/**
 * kan_ledger_get:
 * @db: the file's database
 * @seq: which act
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the act; %NULL without @error where there is none
 */
KanAct *
kan_ledger_get (KanDb *db, gint64 seq, GError **error)
{
  g_autoptr(GPtrArray) acts = kan_ledger_read (db, seq, seq, error);

  return acts != NULL && acts->len == 1 ? g_ptr_array_steal_index (acts, 0) : NULL;
}

/**
 * kan_ledger_need:
 * @db: the file's database
 * @seq: which act, as a register names it
 * @error: %KAN_ERROR_DAMAGED where there is none
 *
 * Returns: (transfer full): the act
 */
KanAct *
kan_ledger_need (KanDb *db, gint64 seq, GError **error)
{
  g_autoptr(GError) failed = NULL;
  KanAct *act = kan_ledger_get (db, seq, &failed);

  if (failed != NULL)
    g_propagate_error (error, g_steal_pointer (&failed));
  else if (act == NULL)
    g_set_error (error, KAN_ERROR, KAN_ERROR_DAMAGED,
                 _("the registers name entry %" PRId64 ", which is not there: verify the file"), seq);
  return act;
}

/**
 * kan_hex:
 * @bytes: a key, hash or digest
 * @size: how many bytes
 *
 * Returns: (transfer full): them in small hexadecimal letters, as they stand in bodies and columns
 */
char *
kan_hex (const guint8 *bytes, gsize size)
{
  static const char digits[] = "0123456789abcdef";
  char *text = g_malloc (size * 2 + 1);

  for (gsize i = 0; i < size; i++)
    {
      text[i * 2] = digits[bytes[i] >> 4];
      text[i * 2 + 1] = digits[bytes[i] & 15];
    }
  text[size * 2] = '\0';
  return text;
}

/**
 * kan_unhex:
 * @text: what may be a key, hash or digest
 * @bytes: (out) (array length=size): it
 * @size: how many bytes it must have
 *
 * Returns: whether it is written as kan_hex() writes it, and as long
 */
gboolean
kan_unhex (const char *text, guint8 *bytes, gsize size)
{
  if (strlen (text) != 2 * size || strspn (text, "0123456789abcdef") != 2 * size)
    return FALSE;
  for (gsize i = 0; i < size; i++)
    bytes[i] = (guint8) (g_ascii_xdigit_value (text[2 * i]) << 4 | g_ascii_xdigit_value (text[2 * i + 1]));
  return TRUE;
}
