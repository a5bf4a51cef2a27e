/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stored values as people read them: wareki, labels, names behind references, free text behind its digest. */
#include "acts/kan-book-private.h"
#include "acts/kan-timeline.h"

#include "values/kan-wareki.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Thousands stand apart; the number of an entry is a name and is not counted. */
static char *
show_count (const KanField *field, gint64 value)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, value);
  GString *out = g_string_new (NULL);
  gsize n = strlen (digits);
  gboolean counted = g_strcmp0 (field->of, "entry") != 0;

  for (gsize i = 0; i < n; i++)
    {
      if (counted && i > 0 && (n - i) % 3 == 0 && digits[i - 1] != '-')
        g_string_append_c (out, ',');
      g_string_append_c (out, digits[i]);
    }
  return g_string_free (out, FALSE);
}

static char *
show_day (const char *stored, gboolean japanese)
{
  KanDay day = japanese ? kan_day_parse (stored) : KAN_DAY_NONE;

  return day != KAN_DAY_NONE ? kan_wareki_format (day) : g_strdup (stored);
}

static char *
show_time (const char *stored, gboolean japanese)
{
  g_autofree char *day = g_strndup (stored, 10), *shown = show_day (day, japanese);

  return strlen (stored) < 16 ? g_strdup (stored) : g_strdup_printf ("%s %s", shown, stored + 11);
}

static char *
show_period (const char *stored, gboolean japanese)
{
  int year = 0, month = 0;

  return japanese && kan_month_parse (stored, &year, &month) ? kan_wareki_format_month (year,
                                                                                        month) : g_strdup (stored);
}

/* What is no longer offered today is called as the newest profile that offered it did. */
static char *
show_choice (KanBook *book, const KanField *field, const char *stored, gboolean japanese)
{
  gsize n = 0;
  const KanChoice *choices = kan_book_get_choices (book, field->of, &n);

  for (gsize i = 0; i < n; i++)
    if (strcmp (choices[i].id, stored) == 0)
      return g_strdup (kan_label (&choices[i].label, japanese));
  for (guint i = book->profiles->len; i > 0; i--)
    {
      const KanProfileEntry *entry = g_ptr_array_index (book->profiles, i - 1);
      const KanLabel *label = kan_profile_choice_label (entry->profile, field->of, stored);

      if (label != NULL)
        return g_strdup (kan_label (label, japanese));
    }
  return g_strdup (stored);
}

static char *
show_ref (KanBook *book, const char *subject)
{
  g_autofree char *name = kan_book_name_of (book, subject);

  return name != NULL ? g_strdup_printf ("%s %s", subject, name) : g_strdup (subject);
}

static char *
show_lines (KanBook *book, const char *digest, gboolean japanese)
{
  char *text = kan_book_dup_text (book, digest, japanese);

  return text != NULL ? text : g_strdup (japanese ? "（削除済）" : "(removed)");
}

/**
 * kan_state_label:
 * @reg: a register
 * @state: a state of its
 * @japanese: in which language
 *
 * Returns: (transfer none): what people call it
 */
const char *
kan_state_label (const KanRegister *reg, const char *state, gboolean japanese)
{
  for (const KanState *s = reg->states; s != NULL && s->id != NULL; s++)
    if (strcmp (s->id, state) == 0)
      return kan_label (&s->label, japanese);
  return state;
}

static char *
show_key (const char *stored)
{
  guint8 key[KAN_KEY_SIZE];

  return kan_unhex (stored, key, sizeof key) ? kan_fingerprint (key) : g_strdup (stored);
}

/* "2026-12"; without its year it is only that. */
static char *
show_number (KanBook *book, const char *series, const char *stored, gboolean japanese)
{
  char *dash = NULL;
  gint64 year = g_ascii_strtoll (stored, &dash, 10);

  return *dash != '-' ? g_strdup (stored)
         : kan_profile_format_number (kan_book_get_profile (book), series, (int) year,
                                      g_ascii_strtoll (dash + 1, NULL, 10), japanese);
}

/**
 * kan_book_show:
 * @book: a book
 * @field: a field
 * @stored: (nullable): its value as stored; references as subjects
 * @japanese: in which language
 *
 * Returns: (transfer full): the value as people read it; "" where there is none
 */
char *
kan_book_show (KanBook *book, const KanField *field, const char *stored, gboolean japanese)
{
  if (stored == NULL)
    return g_strdup ("");
  switch (field->type)
    {
    case KAN_COUNT:
      return show_count (field, g_ascii_strtoll (stored, NULL, 10));
    case KAN_YES:
      return g_strdup (strcmp (stored, "0") == 0 ? (japanese ? "無" : "no") : (japanese ? "有" : "yes"));
    case KAN_DATE:
      return show_day (stored, japanese);
    case KAN_TIME:
      return show_time (stored, japanese);
    case KAN_PERIOD:
      return show_period (stored, japanese);
    case KAN_CHOICE:
      return show_choice (book, field, stored, japanese);
    case KAN_CODE:
      return field->of != NULL ? show_choice (book, field, stored, japanese) : g_strdup (stored);
    case KAN_REF:
      return show_ref (book, stored);
    case KAN_KEY:
      return show_key (stored);
    case KAN_NUMBER:
      return show_number (book, field->of, stored, japanese);
    case KAN_LINES:
      return show_lines (book, stored, japanese);
    case KAN_TEXT: case KAN_REFS: case KAN_ROWS: case KAN_DOCUMENT:
    default:
      return g_strdup (stored);
    }
}

/**
 * kan_book_stored:
 * @book: a book
 * @field: (nullable): the field behind a column; %NULL: one of the machinery's
 * @stmt: a row
 * @column: which of its columns
 *
 * Returns: (transfer full) (nullable): the stored form, single references as subjects ("M12")
 */
char *
kan_book_stored (KanBook *book, const KanField *field, KanStmt *stmt, int column)
{
  const KanRegister *reg = NULL;

  if (kan_stmt_is_null (stmt, column))
    return NULL;
  if (field != NULL && field->type == KAN_REF && strchr (field->of, '|') == NULL)
    {
      reg = kan_book_find_register (book, field->of);
      if (reg == NULL)
        reg = g_hash_table_lookup (book->lists, field->of);
    }
  return reg != NULL ? g_strdup_printf ("%s%" G_GINT64_FORMAT, reg->prefix, kan_stmt_int (stmt, column))
         : g_strdup (kan_stmt_text (stmt, column));
}

/**
 * kan_book_name_of:
 * @self: a book
 * @subject: "M12"
 *
 * Returns: (transfer full) (nullable): what the record is called; %NULL where there is none, or it has no name
 */
char *
kan_book_name_of (KanBook *self, const char *subject)
{
  gint64 id = 0;
  const KanRegister *reg = kan_subject_register (self, subject, &id);
  const KanField *name = reg != NULL ? reg->fields : NULL;
  g_autofree char *sql = NULL;
  g_autoptr(KanStmt) stmt = NULL;
  g_autofree char *stored = NULL;

  while (name != NULL && name->id != NULL && (name->flags & KAN_NAME) == 0)
    name++;
  if (name == NULL || name->id == NULL)
    return NULL;
  sql = g_strdup_printf ("SELECT %s FROM %s WHERE id = ?", name->id, reg->id);
  stmt = kan_db_query (self->db, NULL, sql, "i", id);
  stored = stmt != NULL && kan_stmt_step (stmt, NULL) ? kan_book_stored (self, name, stmt, 0) : NULL;
  if (stored == NULL)
    return NULL;
  return name->type == KAN_REF ? kan_book_name_of (self, stored) : kan_book_show (self, name, stored,
                                                                                  kan_speaks_japanese ());
}
