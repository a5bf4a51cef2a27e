/* SPDX-License-Identifier: GPL-3.0-or-later */
/* By what a column is sorted: what is shown in it, not what is stored. Sorting itself is done here: the database's own
 * locks each piece of memory it takes for that, and takes ten times as long. */
#include "acts/kan-book-private.h"

#include <string.h>

/* A name may itself be a reference, to a person say; no register names its records by more than that. */
enum { DEPTH_MAX = 3 };

static void append_name (KanBook *book, const KanRegister *reg, const char *id, guint depth, GString *sql);

static const KanRegister *
find_target (KanBook *book, const char *name)
{
  const KanRegister *reg = kan_book_find_register (book, name);

  return reg != NULL ? reg : g_hash_table_lookup (book->lists, name);
}

static const KanField *
name_field (const KanRegister *reg)
{
  for (const KanField *field = reg->fields; field->id != NULL; field++)
    if ((field->flags & KAN_NAME) != 0)
      return field;
  return NULL;
}

/* "P12" or "X3": by the name in the register that its letters mean. */
static void
append_either (KanBook *book, const KanField *field, const char *column, guint depth, GString *sql)
{
  g_auto(GStrv) names = g_strsplit (field->of, "|", -1);

  g_string_append (sql, "CASE");
  for (char **name = names; *name != NULL; name++)
    {
      const KanRegister *target = find_target (book, *name);
      g_autofree char *id = g_strdup_printf ("CAST (substr (%s, %u) AS INTEGER)", column,
                                             (guint) strlen (target->prefix) + 1);

      g_string_append_printf (sql, " WHEN %s GLOB '%s[0-9]*' THEN ", column, target->prefix);
      append_name (book, target, id, depth, sql);
    }
  g_string_append (sql, " END");
}

static void
append_ref (KanBook *book, const KanField *field, const char *column, guint depth, GString *sql)
{
  if (strchr (field->of, '|') != NULL)
    append_either (book, field, column, depth, sql);
  else
    append_name (book, find_target (book, field->of), column, depth, sql);
}

/* What the record of that number is called; where it has no name, its number. */
static void
append_name (KanBook *book, const KanRegister *reg, const char *id, guint depth, GString *sql)
{
  const KanField *name = depth < DEPTH_MAX ? name_field (reg) : NULL;
  g_autofree char *column = name != NULL ? g_strdup_printf ("n%u.%s", depth, name->id) : NULL;

  if (name == NULL)
    {
      g_string_append (sql, id);
      return;
    }
  g_string_append (sql, "(SELECT ");
  if (name->type == KAN_REF)
    append_ref (book, name, column, depth + 1, sql);
  else
    g_string_append (sql, column);
  g_string_append_printf (sql, " FROM %s n%u WHERE n%u.id = %s)", reg->id, depth, depth, id);
}

/* The place of a value among those declared; what is not among them comes after. */
static void
append_places (const char *column, GPtrArray *ids, GString *sql, GPtrArray *values)
{
  g_string_append_printf (sql, "CASE %s", column);
  for (guint i = 0; i < ids->len; i++)
    {
      g_string_append_printf (sql, " WHEN ? THEN %u", i);
      g_ptr_array_add (values, g_strdup (g_ptr_array_index (ids, i)));
    }
  g_string_append_printf (sql, " ELSE CASE WHEN %s IS NOT NULL THEN %u END END", column, ids->len);
}

static void
append_state (const KanRegister *reg, GString *sql, GPtrArray *values)
{
  g_autoptr(GPtrArray) ids = g_ptr_array_new ();

  for (const KanState *state = reg->states; state != NULL && state->id != NULL; state++)
    g_ptr_array_add (ids, (gpointer) state->id);
  append_places ("r.state", ids, sql, values);
}

static void
append_choice (KanBook *book, const KanField *field, const char *column, GString *sql, GPtrArray *values)
{
  g_autoptr(GPtrArray) ids = g_ptr_array_new ();
  gsize n = 0;
  const KanChoice *choices = kan_book_get_choices (book, field->of, &n);

  for (gsize i = 0; i < n; i++)
    g_ptr_array_add (ids, (gpointer) choices[i].id);
  append_places (column, ids, sql, values);
}

/**
 * kan_sort_append:
 * @book: a book
 * @reg: a register with a table
 * @field: (nullable): one of its fields, or a column that a list adds; %NULL: the state
 * @sql: where to append the expression
 * @values: (element-type utf8): where to append the texts of its parameters
 *
 * The rows are those of `r`.
 */
void
kan_sort_append (KanBook *book, const KanRegister *reg, const KanField *field, GString *sql, GPtrArray *values)
{
  g_autofree char *column = field != NULL ? g_strconcat ("r.", field->id, NULL) : NULL;

  if (field == NULL)
    {
      append_state (reg, sql, values);
      return;
    }
  switch (field->type)
    {
    case KAN_CHOICE:
      append_choice (book, field, column, sql, values);
      break;
    case KAN_REF:
      append_ref (book, field, column, 0, sql);
      break;
    case KAN_REFS:
      g_string_append_printf (sql, "(SELECT min (value) FROM %s_%s WHERE owner = r.id)", reg->id, field->id);
      break;
    case KAN_ROWS:
      g_string_append_printf (sql, "(SELECT count (*) FROM %s_%s WHERE owner = r.id)", reg->id, field->id);
      break;
    case KAN_NUMBER:
      g_string_append_printf (sql, "r.%s_fy * 1000000000 + r.%s_no", field->of, field->of);
      break;
    case KAN_LINES:
      g_string_append_printf (sql, "(SELECT content FROM detached WHERE digest = %s)", column);
      break;
    case KAN_TEXT: case KAN_CODE: case KAN_COUNT: case KAN_YES: case KAN_DATE: case KAN_TIME: case KAN_PERIOD:
    case KAN_DOCUMENT:
    default:
      g_string_append (sql, column);
    }
}

/* --- sorting -------------------------------------------------------------------------------------------------- */

typedef enum { RANK_INT, RANK_TEXT, RANK_NONE } RankType;

typedef struct { guint32 id; RankType type; union { gint64 n; const char *text; } of; } Rank;

static int
compare_ranks (gconstpointer a, gconstpointer b, gpointer descending)
{
  const Rank *x = a, *y = b;
  int order = 0;

  if (x->type != RANK_NONE && y->type != RANK_NONE)
    {
      order = x->type != y->type ? (int) x->type - (int) y->type
        : x->type == RANK_INT ? (x->of.n > y->of.n) - (x->of.n < y->of.n) : strcmp (x->of.text, y->of.text);
      if (GPOINTER_TO_INT (descending))
        order = -order;
    }
  else
    order = (int) (x->type == RANK_NONE) - (int) (y->type == RANK_NONE);
  return order != 0 ? order : (x->id > y->id) - (x->id < y->id);
}

static Rank
read_rank (KanStmt *stmt, gboolean ranked, GStringChunk *texts)
{
  Rank rank = { .id = (guint32) kan_stmt_int (stmt, 0), .type = RANK_NONE };

  if (!ranked || kan_stmt_is_null (stmt, 1))
    return rank;
  rank.type = kan_stmt_is_int (stmt, 1) ? RANK_INT : RANK_TEXT;
  if (rank.type == RANK_INT)
    rank.of.n = kan_stmt_int (stmt, 1);
  else
    rank.of.text = g_string_chunk_insert (texts, kan_stmt_text (stmt, 1));
  return rank;
}

/**
 * kan_sort_load:
 * @stmt: numbers of records; where @ranked, with what they are sorted by
 * @ranked: whether they are still to be sorted
 * @descending: the other way round; what has no value is last all the same, ties stay in order of their numbers
 * @ids: (element-type guint32): where to append them
 * @error: return location
 */
gboolean
kan_sort_load (KanStmt *stmt, gboolean ranked, gboolean descending, GArray *ids, GError **error)
{
  g_autoptr(GArray) ranks = g_array_new (FALSE, FALSE, sizeof (Rank));
  g_autoptr(GStringChunk) texts = g_string_chunk_new (64 * 1024);
  g_autoptr(GError) failed = NULL;

  while (kan_stmt_step (stmt, &failed))
    {
      Rank rank = read_rank (stmt, ranked, texts);

      g_array_append_val (ranks, rank);
    }
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (ranked)
    g_array_sort_with_data (ranks, compare_ranks, GINT_TO_POINTER (descending));
  for (guint i = 0; i < ranks->len; i++)
    g_array_append_val (ids, g_array_index (ranks, Rank, i).id);
  return TRUE;
}
