/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whose tables a file has: judged by their words before anything is read from them. Somebody with the file key could
 * plant a trigger, a view, or a column that computes for ever (FILE.md). */
#include "acts/kan-book-private.h"
#include "ledger/kan-ledger-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

/* What programs before this one left in the world: nothing yet. Whoever raises KAN_PROJECTION adds what the last one
 * made. Ends with { 0 }. */
static const KanOlderTables none_older[] = { { 0 } };
static const KanOlderTables *known_older = none_older;

/* SQLite keeps the words of each statement that made something. */
static void
add_statements (GHashTable *statements, const char *sql)
{
  g_auto(GStrv) parts = g_strsplit (sql, ";", -1);

  for (char **part = parts; *part != NULL; part++)
    if (**part != '\0')
      g_hash_table_add (statements, g_strdup (*part));
}

static GHashTable *
kept_statements (void)
{
  GHashTable *statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  add_statements (statements, kan_ledger_schema ());
  add_statements (statements, kan_schema_kept ());
  return statements;
}

/* `ours`: these are exactly the tables that this program makes; `kept`: those that no replay fills are, where they are
 * there at all. */
typedef struct { gboolean any, ours, kept, chain; } Words;

static void
judge_object (Words *words, KanStmt *object, GHashTable *expected, GHashTable *kept)
{
  const char *name = kan_stmt_text (object, 0), *sql = kan_stmt_text (object, 1);

  words->any = TRUE;
  words->chain = words->chain || g_strcmp0 (name, "act") == 0;
  if (name == NULL || (sql != NULL && kan_schema_is_kept (name) && !g_hash_table_contains (kept, sql)))
    words->kept = FALSE;
  words->ours = words->ours && name != NULL &&
                (sql == NULL ? g_str_has_prefix (name, "sqlite_autoindex_") : g_hash_table_remove (expected, sql));
}

static gboolean
read_words (KanBook *self, Words *words, GError **error)
{
  g_autofree char *tables = kan_schema_compose (self->registry);
  g_autoptr(GHashTable) kept = kept_statements (), expected = kept_statements ();
  g_autoptr(KanStmt) stmt = kan_db_prepare (self->db, "SELECT name, sql FROM sqlite_schema", error);
  g_autoptr(GError) failed = NULL;

  *words = (Words) { FALSE, TRUE, TRUE, FALSE };
  add_statements (expected, tables);
  if (stmt == NULL)
    return FALSE;
  while (kan_stmt_step (stmt, &failed))
    judge_object (words, stmt, expected, kept);
  words->ours = words->ours && g_hash_table_size (expected) == 0;
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/**
 * kan_tables_digest:
 * @db: a database
 * @error: return location
 *
 * Returns: (transfer full): BLAKE2b-256 of all that was ever said to make what is in it, in hexadecimal; %NULL on error
 */
char *
kan_tables_digest (KanDb *db, GError **error)
{
  g_autoptr(KanStmt) stmt = kan_db_prepare (db, "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY sql",
                                            error);
  g_autoptr(GError) failed = NULL;
  KanHasher hasher;
  KanHash hash;

  if (stmt == NULL)
    return NULL;
  kan_hasher_init (&hasher, NULL);
  while (kan_stmt_step (stmt, &failed))
    {
      gsize size = 0;
      const guint8 *words = kan_stmt_bytes (stmt, 0, &size);

      kan_ledger_hash_bytes (&hasher, words, size);
    }
  kan_hasher_finish (&hasher, &hash);
  if (failed == NULL)
    return kan_hex (hash.bytes, sizeof hash.bytes);
  g_propagate_error (error, g_steal_pointer (&failed));
  return NULL;
}

#ifdef KAN_TEST_BUILD
/**
 * kan_tables_learn:
 * @db: a database
 * @projection: a number
 *
 * From now on such tables are what a program of that number made: how tests come by files of older programs.
 */
void
kan_tables_learn (KanDb *db, gint64 projection)
{
  static KanOlderTables learnt[2];

  g_free ((char *) learnt[0].digest);
  learnt[0] = (KanOlderTables) { projection, kan_tables_digest (db, NULL) };
  known_older = learnt;
}
#endif

/* A number alone is a mark that anybody lowers: what words the program of that number made is known. */
static gboolean
is_older (KanBook *self, gboolean *older, GError **error)
{
  g_autofree char *digest = kan_tables_digest (self->db, error);

  *older = FALSE;
  for (const KanOlderTables *known = known_older; digest != NULL && known->digest != NULL; known++)
    *older = *older || (known->projection == self->projection && strcmp (known->digest, digest) == 0);
  return digest != NULL;
}

/* Tables of another number have other words: the number stands in them (kan_schema_compose()). */
static gboolean
read_number (KanBook *self, GError **error)
{
  g_autofree char *number = kan_db_get_text (self->db, NULL, "SELECT value FROM meta WHERE key = 'projection'"
                                                             " AND value NOT GLOB '*[^0-9]*' AND length (value) < 10",
                                             "");
  gboolean older = FALSE;

  self->projection = number != NULL ? g_ascii_strtoll (number, NULL, 10) : KAN_PROJECTION;
  if (!is_older (self, &older, error))
    return FALSE;
  if (older)
    self->tables = KAN_TABLES_OLDER;
  else if (self->projection > KAN_PROJECTION)
    self->tables = KAN_TABLES_NEWER;
  return TRUE;
}

/**
 * kan_tables_examine:
 * @self: a book
 * @error: the world's
 *
 * Finds out whose tables these are, by their words alone; the mark of an older or newer program is read only from a
 * table of marks that is ours word for word, and only where the others are not. An older one's are known by both.
 */
gboolean
kan_tables_examine (KanBook *self, GError **error)
{
  Words words;

  if (!read_words (self, &words, error))
    return FALSE;
  self->projection = KAN_PROJECTION;
  self->tables = !words.any ? KAN_TABLES_NONE : words.ours ? KAN_TABLES_OURS : KAN_TABLES_FOREIGN;
  return words.ours || !words.kept || !words.chain || read_number (self, error);
}

/**
 * kan_book_is_older:
 * @self: a book
 *
 * Returns: whether its tables were made by an older program and are to be made anew before anything is asked of them
 */
gboolean
kan_book_is_older (KanBook *self)
{
  return self->tables == KAN_TABLES_OLDER;
}

/* The name of what there is and this program never made. */
static char *
find_planted (KanBook *self, GHashTable *expected)
{
  g_autoptr(KanStmt) stmt = kan_db_prepare (self->db, "SELECT name, sql FROM sqlite_schema", NULL);

  while (stmt != NULL && kan_stmt_step (stmt, NULL))
    {
      const char *name = kan_stmt_text (stmt, 0), *sql = kan_stmt_text (stmt, 1);

      if (sql != NULL && !g_hash_table_remove (expected, sql))
        return g_strdup (name);
    }
  return NULL;
}

/* "CREATE TABLE medium (…": of what this program makes and is not there, the name that comes first. */
static char *
find_lacking (GHashTable *expected)
{
  g_autofree const char **statements = (const char **) g_hash_table_get_keys_as_array (expected, NULL);
  char *least = NULL;

  for (const char **sql = statements; *sql != NULL; sql++)
    {
      g_auto(GStrv) words = g_strsplit_set (*sql, " (", 4);

      if (g_strv_length (words) > 2 && (least == NULL || strcmp (words[2], least) < 0))
        {
          g_free (least);
          least = g_strdup (words[2]);
        }
    }
  return least;
}

static void
set_foreign (KanBook *self, GError **error)
{
  g_autofree char *tables = kan_schema_compose (self->registry), *planted = NULL, *lacking = NULL;
  g_autoptr(GHashTable) expected = kept_statements ();

  add_statements (expected, tables);
  planted = find_planted (self, expected);
  lacking = planted == NULL ? find_lacking (expected) : NULL;
  if (planted != NULL)
    g_set_error (error, KAN_ERROR, KAN_ERROR_DAMAGED,
                 _("the tables of the file are not those that this program made: %s is not its own"), planted);
  else
    g_set_error (error, KAN_ERROR, KAN_ERROR_DAMAGED,
                 _("the tables of the file are not those that this program made: %s is missing"),
                 lacking != NULL ? lacking : "?");
}

/**
 * kan_book_check_schema:
 * @self: a book
 * @error: %KAN_ERROR_DAMAGED where the file's tables are not the program's own, %KAN_ERROR_TOO_NEW where they are a
 *   newer program's, or the signed entries follow its rules
 *
 * Somebody with the file key could plant a trigger or a view: `sqlite_schema` must equal what we compose (FILE.md).
 */
gboolean
kan_book_check_schema (KanBook *self, GError **error)
{
  if (!kan_tables_examine (self, error))
    return FALSE;
  if (self->tables == KAN_TABLES_NEWER)
    g_set_error (error, KAN_ERROR, KAN_ERROR_TOO_NEW,
                 _("the file was written by a newer program (tables %" PRId64 "): use that one"), self->projection);
  else if (self->tables != KAN_TABLES_OURS)
    set_foreign (self, error);
  else if (self->edition > self->program_edition)
    g_set_error (error, KAN_ERROR, KAN_ERROR_TOO_NEW,
                 _("the file follows rules of a newer program (edition %u): use that one"), self->edition);
  else
    return TRUE;
  return FALSE;
}
