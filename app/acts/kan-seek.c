/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which records have the words that somebody looks for: by their number, by what is kept of their own texts for
 * searching (table `search`), and by all else that a list shows of them: the name of what they refer to, the labels of
 * their state and choices, their days, months, counts and numbers of a series, and free text. What no label, name, day
 * or number is like costs nothing. */
#include "acts/kan-book-private.h"

#include "values/kan-text.h"
#include "values/kan-wareki.h"

#include <string.h>

/* One word, and where its conditions go. */
typedef struct
{
  KanBook           *book;
  const KanRegister *reg;
  const char        *source;      /* table or view of the records looked through */
  const char        *typed;
  char              *key;
  char              *subject;     /* "M12", where it is a record's number; else NULL */
  char              *day;         /* "2026-02-13", where it is a date; else NULL */
  char              *month;       /* "2026-02", where it is a month; else NULL */
  gint64             count;       /* where it is a count; else -1 */
  GString           *sql;
  GPtrArray         *values;
} Seek;

static void
bind (Seek *self, const char *value)
{
  g_ptr_array_add (self->values, g_strdup (value));
}

/* Numbers of records of @reg with the word, as `made`: "id", "'P' || id". */
static void
append_records (Seek *self, const KanRegister *reg, const char *made)
{
  gint64 id = 0;

  g_string_append_printf (self->sql, "SELECT %s FROM search WHERE register = '%s' AND instr (key, ?)", made, reg->id);
  bind (self, self->key);
  if (self->subject != NULL && kan_subject_register (self->book, self->subject, &id) == reg)
    g_string_append_printf (self->sql, " UNION ALL SELECT %s FROM (SELECT %" G_GINT64_FORMAT " AS id)", made, id);
}

/* A field of the register is read from its table, which has indexes; a column that a list adds, from the list. */
static void
begin_column (Seek *self, const KanField *field)
{
  gboolean own = kan_register_find_field (self->reg, field->id) == field;

  g_string_append_printf (self->sql, " UNION ALL SELECT id FROM %s WHERE %s", own ? self->reg->id : self->source,
                          field->id);
}

static void
seek_ref (Seek *self, const KanField *field)
{
  g_auto(GStrv) names = g_strsplit (field->of, "|", -1);

  for (char **name = names; *name != NULL; name++)
    {
      const KanRegister *target = kan_book_find_register (self->book, *name);
      g_autofree char *made = NULL;

      if (target == NULL)
        target = g_hash_table_lookup (self->book->lists, *name);
      made = names[1] == NULL ? g_strdup ("id") : g_strdup_printf ("'%s' || id", target->prefix);
      if (field->type == KAN_REFS)
        g_string_append_printf (self->sql, " UNION ALL SELECT owner FROM %s_%s WHERE value", self->reg->id, field->id);
      else
        begin_column (self, field);
      g_string_append (self->sql, " IN (");
      append_records (self, target, made);
      g_string_append (self->sql, ")");
    }
}

/* Whether the word occurs in a label; the first that has it opens the condition. */
static gboolean
seek_label (Seek *self, const KanLabel *label, const char *value, const KanField *field, gboolean open)
{
  char *words[] = { self->key, NULL };

  if (!kan_text_has_words (kan_label (label, kan_speaks_japanese ()), words))
    return open;
  if (open)
    g_string_append (self->sql, ", ?");
  else if (field != NULL)
    begin_column (self, field);
  else
    g_string_append_printf (self->sql, " UNION ALL SELECT id FROM %s WHERE state", self->source);
  if (!open)
    g_string_append (self->sql, " IN (?");
  bind (self, value);
  return TRUE;
}

static void
seek_choice (Seek *self, const KanField *field)
{
  gsize n = 0;
  const KanChoice *choices = kan_book_get_choices (self->book, field->of, &n);
  gboolean open = FALSE;

  for (gsize i = 0; i < n; i++)
    open = seek_label (self, &choices[i].label, choices[i].id, field, open);
  if (open)
    g_string_append (self->sql, ")");
}

static void
seek_state (Seek *self)
{
  gboolean open = FALSE;

  for (const KanState *state = self->reg->states; state != NULL && state->id != NULL; state++)
    open = seek_label (self, &state->label, state->id, NULL, open);
  if (open)
    g_string_append (self->sql, ")");
}

/* A day, or any of a month. */
static void
seek_day (Seek *self, const KanField *field)
{
  if (self->day == NULL && self->month == NULL)
    return;
  begin_column (self, field);
  g_string_append (self->sql, self->day == NULL ? " LIKE ? || '-%'" : field->type == KAN_DATE ? " = ?"
                   : " LIKE ? || '%'");
  bind (self, self->day != NULL ? self->day : self->month);
}

static void
seek_month (Seek *self, const KanField *field)
{
  if (self->month == NULL)
    return;
  begin_column (self, field);
  g_string_append (self->sql, " = ?");
  bind (self, self->month);
}

static void
seek_count (Seek *self, const KanField *field)
{
  if (self->count < 0)
    return;
  begin_column (self, field);
  g_string_append_printf (self->sql, " = %" G_GINT64_FORMAT, self->count);
}

/* A number of a series as it is printed, or plain; one that a list adds is another register's. */
static void
seek_number (Seek *self, const KanField *field)
{
  g_autoptr(GPtrArray) found = kan_register_find_field (self->reg, field->id) == field
    ? kan_read_number (self->book, self->reg, self->typed) : NULL;

  for (guint i = 0; found != NULL && i < found->len; i++)
    g_string_append_printf (self->sql, " UNION ALL SELECT %" G_GINT64_FORMAT,
                            kan_subject_number (g_ptr_array_index (found, i), self->reg));
}

/* Free text is kept apart and has no key of its own: it is looked through as typed, in no case. */
static void
seek_lines (Seek *self, const KanField *field)
{
  gint64 found = 0;

  if (!kan_db_get_int (self->book->db, &found, NULL, "SELECT EXISTS (SELECT 1 FROM detached WHERE instr (content, ?))",
                       "s", self->typed) || found == 0)
    return;
  begin_column (self, field);
  g_string_append (self->sql, " IN (SELECT digest FROM detached WHERE instr (content, ?))");
  bind (self, self->typed);
}

/* One of known codes goes by its label; one that is not kept for searching may name a record. */
static void
seek_code (Seek *self, const KanField *field)
{
  if (field->of != NULL)
    seek_choice (self, field);
  else if (self->subject != NULL && (field->flags & KAN_SEARCHED) == 0 &&
           kan_register_find_field (self->reg, field->id) == field)
    {
      begin_column (self, field);
      g_string_append (self->sql, " = ?");
      bind (self, self->subject);
    }
}

static void
seek_column (Seek *self, const KanField *field)
{
  switch (field->type)
    {
    case KAN_REF: case KAN_REFS:
      seek_ref (self, field);
      break;
    case KAN_CHOICE:
      seek_choice (self, field);
      break;
    case KAN_CODE:
      seek_code (self, field);
      break;
    case KAN_DATE: case KAN_TIME:
      seek_day (self, field);
      break;
    case KAN_PERIOD:
      seek_month (self, field);
      break;
    case KAN_COUNT:
      seek_count (self, field);
      break;
    case KAN_NUMBER:
      seek_number (self, field);
      break;
    case KAN_LINES:       /* whether listed or not: see seek_word() */
    case KAN_TEXT: case KAN_YES: case KAN_ROWS: case KAN_DOCUMENT: case KAN_KEY:
    default:
      break;
    }
}

static void
seek_shown (Seek *self, GPtrArray *columns)
{
  for (guint i = 0; i < columns->len; i++)
    seek_column (self, g_ptr_array_index (columns, i));
  for (const KanField *field = self->reg->fields; field->id != NULL; field++)
    if (field->type == KAN_LINES)
      seek_lines (self, field);
  seek_state (self);
}

static void
seek_word (Seek *self, GPtrArray *columns)
{
  KanDay day = kan_wareki_parse (self->typed);

  self->key = kan_text_search_key (self->typed);
  self->subject = kan_book_dup_subject (self->book, self->typed);
  self->day = day != KAN_DAY_NONE ? kan_day_format (day) : NULL;
  self->month = kan_read_month (self->typed);
  self->count = kan_read_count (self->typed);
  if (*self->key != '\0')
    {
      g_string_append (self->sql, " AND id IN (");
      append_records (self, self->reg, "id");
      if (columns != NULL)
        seek_shown (self, columns);
      g_string_append (self->sql, ")");
    }
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->subject, g_free);
  g_clear_pointer (&self->day, g_free);
  g_clear_pointer (&self->month, g_free);
}

/* Several words may be one number, "FY2026 No. 12": then it is that, and nothing is looked for but what bears it. */
static gboolean
seek_whole_number (KanBook *book, const KanRegister *reg, GPtrArray *columns, const char *typed, GString *sql)
{
  g_autoptr(GPtrArray) found = columns != NULL ? kan_read_number (book, reg, typed) : NULL;

  if (found == NULL || found->len == 0)
    return FALSE;
  g_string_append (sql, " AND id IN (0");
  for (guint i = 0; i < found->len; i++)
    g_string_append_printf (sql, ", %" G_GINT64_FORMAT, kan_subject_number (g_ptr_array_index (found, i), reg));
  g_string_append (sql, ")");
  return TRUE;
}

/**
 * kan_seek_append:
 * @book: a book
 * @reg: a register with a table
 * @source: the list of its that is asked, or its table
 * @columns: (nullable) (element-type KanField): what is shown of the records, fields and what the list adds; %NULL:
 *   only their numbers and own texts matter
 * @typed: what somebody looks for: all its words must occur, each anywhere
 * @sql: where to append the conditions, each begun with AND
 * @values: (element-type utf8): where to append the texts of their parameters
 */
void
kan_seek_append (KanBook *book, const KanRegister *reg, const char *source, GPtrArray *columns, const char *typed,
                 GString *sql, GPtrArray *values)
{
  g_autofree char *valid = g_utf8_make_valid (typed, -1);
  g_auto(GStrv) words = kan_text_split (valid);

  if (words[0] != NULL && words[1] != NULL && seek_whole_number (book, reg, columns, valid, sql))
    return;
  for (char **word = words; *word != NULL; word++)
    seek_word (&(Seek) { .book = book, .reg = reg, .source = source, .typed = *word, .sql = sql, .values = values },
               columns);
}

/* (transfer full): what lists show of all records */
static GPtrArray *
listed_fields (const KanRegister *reg)
{
  GPtrArray *columns = g_ptr_array_new ();

  for (const KanField *field = reg->fields; field->id != NULL; field++)
    if ((field->flags & KAN_LISTED) != 0)
      g_ptr_array_add (columns, (gpointer) field);
  return columns;
}

/**
 * kan_book_seek:
 * @self: a book whose today is set
 * @reg: a register with a table
 * @typed: what somebody looks for
 * @shown: whether it may also occur in what else a list shows of the record; %FALSE: in its number or own texts
 * @n_max: how many at most
 * @error: return location
 *
 * Returns: (transfer full) (element-type guint32): the numbers of the records with all these words, the newest first
 */
GArray *
kan_book_seek (KanBook *self, const KanRegister *reg, const char *typed, gboolean shown, guint n_max, GError **error)
{
  g_autoptr(GPtrArray) columns = shown ? listed_fields (reg) : NULL;
  g_autoptr(GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GString) sql = g_string_new (NULL);
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr(KanStmt) stmt = NULL;

  g_string_append_printf (sql, "SELECT id FROM %s WHERE 1", reg->id);
  kan_seek_append (self, reg, reg->present != NULL ? reg->present : reg->id, columns, typed, sql, values);
  g_string_append_printf (sql, " ORDER BY id DESC LIMIT %u", n_max);
  stmt = kan_db_prepare (self->db, sql->str, error);
  for (guint i = 0; stmt != NULL && i < values->len; i++)
    kan_stmt_set_text (stmt, (int) i + 1, g_ptr_array_index (values, i));
  return stmt != NULL && kan_sort_load (stmt, FALSE, FALSE, ids, error) ? g_steal_pointer (&ids) : NULL;
}
