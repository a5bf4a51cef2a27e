/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people type, as it is stored: counts in any digits, labels for choices, a login for a person; and whether what a
 * list is narrowed by could stand there at all. */
#include "acts/kan-book-private.h"

#include "values/kan-wareki.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * kan_read_count:
 * @typed: digits of any script and thousands separators
 *
 * Returns: the number; -1: it is no count
 */
gint64
kan_read_count (const char *typed)
{
  gint64 value = 0;
  guint n = 0;

  for (const char *at = typed; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c == ',' || c == 0xFF0C || (g_unichar_isspace (c) && n == 0))
        continue;
      if (!g_unichar_isdigit (c) || ++n > 15)
        return -1;
      value = value * 10 + g_unichar_digit_value (c);
    }
  return n > 0 ? value : -1;
}

/**
 * kan_read_yes:
 * @typed: yes or no, in either language
 *
 * Returns: 1 or 0; -1: it is neither
 */
int
kan_read_yes (const char *typed)
{
  static const char *yes[] = { "yes", "true", "1", "はい", "有", "有り", "可", NULL };
  static const char *no[] = { "no", "false", "0", "いいえ", "無", "無し", "否", NULL };

  return g_strv_contains (yes, typed) ? 1 : g_strv_contains (no, typed) ? 0 : -1;
}

/**
 * kan_read_choice:
 * @book: a book
 * @field: a choice
 * @typed: its name or its label
 *
 * Returns: (transfer none): its name; what is none, as it was typed
 */
const char *
kan_read_choice (KanBook *book, const KanField *field, const char *typed)
{
  gsize n = 0;
  const KanChoice *choices = kan_book_get_choices (book, field->of, &n);

  for (gsize i = 0; i < n; i++)
    if (strcmp (choices[i].id, typed) == 0 || g_strcmp0 (choices[i].label.ja, typed) == 0 ||
        g_strcmp0 (choices[i].label.en, typed) == 0)
      return choices[i].id;
  return typed;
}

/* The register of a name that is a register's or one of its lists'. */
static const KanRegister *
register_named (KanBook *book, const char *name)
{
  const KanRegister *reg = kan_book_find_register (book, name);

  return reg != NULL ? reg : g_hash_table_lookup (book->lists, name);
}

/**
 * kan_read_ref:
 * @book: a book
 * @field: a reference
 * @typed: a record by its number, or by what only one record is called: a login, a serial number, a name
 *
 * Returns: (transfer full): the record; what is none, as it was typed
 */
char *
kan_read_ref (KanBook *book, const KanField *field, const char *typed)
{
  g_auto(GStrv) names = g_strsplit (field->of, "|", -1);
  gint64 id = 0;

  if (kan_subject_register (book, typed, &id) != NULL)
    return g_strdup (typed);
  for (char **name = names; *name != NULL; name++)
    {
      const KanRegister *reg = register_named (book, *name);

      for (const KanField *key = reg != NULL ? reg->fields : NULL; key != NULL && key->id != NULL; key++)
        if ((key->flags & (KAN_UNIQUE | KAN_NAME)) != 0)
          {
            g_autofree char *sql = g_strdup_printf ("SELECT min(id) FROM %s WHERE %s = ? AND state <> 'void'"
                                                    " HAVING count(*) = 1",
                                                    reg->id, key->id);

            if (kan_db_get_int (book->db, &id, NULL, sql, "s", typed) && id > 0)
              return g_strdup_printf ("%s%" G_GINT64_FORMAT, reg->prefix, id);
          }
    }
  return g_strdup (typed);
}

/**
 * kan_read_minute:
 * @typed: "2026-02-13 10:05" as well as "2026-02-13T10:05"
 *
 * Returns: (transfer full) (nullable): with the T; %NULL: there is no such minute
 */
char *
kan_read_minute (const char *typed)
{
  g_autofree char *iso = g_strdup (typed);
  gint64 utc = 0;

  if (strlen (iso) == 16 && iso[10] == ' ')
    iso[10] = 'T';
  return kan_minute_parse (iso, &utc) ? g_steal_pointer (&iso) : NULL;
}

/**
 * kan_read_month:
 * @typed: "2026-02", "令和8年2月", "R8.2"
 *
 * Returns: (transfer full) (nullable): "2026-02"; %NULL: there is no such month
 */
char *
kan_read_month (const char *typed)
{
  int year = 0, month = 0;

  return kan_wareki_parse_month (typed, &year, &month) ? kan_month_format (year, month) : NULL;
}

/* --- numbers of a series --------------------------------------------------------------------------------------- */

/* However wide its letters, without a blank, and without the zeros that a form prints before a number. */
static char *
squeeze (const char *text)
{
  g_autofree char *narrow = g_utf8_normalize (text, -1, G_NORMALIZE_NFKC);
  g_autofree char *folded = g_utf8_casefold (narrow != NULL ? narrow : "", -1);
  GString *out = g_string_new (NULL);

  for (const char *at = folded; *at != '\0'; at = g_utf8_next_char (at))
    {
      gboolean begun = out->len > 0 && g_ascii_isdigit (out->str[out->len - 1]);

      if (!g_unichar_isspace (g_utf8_get_char (at)) && (*at != '0' || begun || !g_ascii_isdigit (at[1])))
        g_string_append_unichar (out, g_utf8_get_char (at));
    }
  return g_string_free (out, FALSE);
}

/* As it is stored, and as either language writes it. */
static gboolean
reads_as (KanBook *book, const KanField *field, const char *stored, const char *squeezed)
{
  g_autofree char *japanese = kan_book_show (book, field, stored, TRUE), *english = kan_book_show (book, field, stored,
                                                                                                   FALSE);
  g_autofree char *in_japanese = squeeze (japanese), *in_english = squeeze (english);

  return strcmp (squeezed, stored) == 0 || strcmp (squeezed, in_japanese) == 0 || strcmp (squeezed, in_english) == 0;
}

static void
add_numbered (KanBook *book, const KanRegister *reg, const KanField *field, const char *squeezed, GPtrArray *found)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id, %s_fy || '-' || %s_no FROM %s WHERE %s_no IS NOT NULL"
                                          " AND instr (?, %s_no) > 0 ORDER BY id", field->of, field->of, reg->id,
                                          field->of, field->of);
  g_autoptr(KanStmt) stmt = kan_db_query (book->db, NULL, sql, "s", squeezed);

  while (stmt != NULL && kan_stmt_step (stmt, NULL))
    {
      g_autofree char *subject = g_strdup_printf ("%s%" G_GINT64_FORMAT, reg->prefix, kan_stmt_int (stmt, 0));

      if (reads_as (book, field, kan_stmt_text (stmt, 1), squeezed) &&
          !g_ptr_array_find_with_equal_func (found, subject, g_str_equal, NULL))
        g_ptr_array_add (found, g_steal_pointer (&subject));
    }
}

/**
 * kan_read_number:
 * @book: a book
 * @reg: (nullable): in which register; %NULL: in any
 * @typed: a number of a series as it is printed in either language, "令和7年度持出第12号", or plain, "2025-12"
 *
 * Returns: (transfer full) (element-type utf8): the records that bear it
 */
GPtrArray *
kan_read_number (KanBook *book, const KanRegister *reg, const char *typed)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *squeezed = squeeze (typed);

  for (const KanRegister **each = book->registry->registers; *each != NULL; each++)
    for (const KanField *field = (*each)->fields; field != NULL && field->id != NULL; field++)
      if (field->type == KAN_NUMBER && (*each)->prefix != NULL && (reg == NULL || *each == reg))
        add_numbered (book, *each, field, squeezed, found);
  return found;
}

/* --- what lists are narrowed by ------------------------------------------------------------------------------- */

static void
add_name (GString *names, const char *name)
{
  g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", name);
}

static char *
read_state (const KanRegister *reg, const char *typed, GError **error)
{
  g_autoptr(GString) names = g_string_new (NULL);

  for (const KanState *state = reg->states; state != NULL && state->id != NULL; state++)
    {
      if (strcmp (state->id, typed) == 0 || strcmp (state->label.ja, typed) == 0 ||
          strcmp (state->label.en, typed) == 0)
        return g_strdup (state->id);
      add_name (names, state->id);
    }
  g_set_error (error, KAN_ERROR, KAN_ERROR_USAGE, _("“%s” is no state of %s: choose one of %s"), typed, reg->id,
               names->str);
  return NULL;
}

static gboolean
has_row (KanBook *book, const char *table, const char *column, const char *value)
{
  g_autofree char *sql = g_strdup_printf ("SELECT EXISTS (SELECT 1 FROM %s WHERE %s = ?)", table, column);
  gint64 there = 0;

  return kan_db_get_int (book->db, &there, NULL, sql, "s", value) && there > 0;
}

/* What is no longer offered may still stand in older records. */
static char *
read_offered (KanBook *book, const KanRegister *reg, const KanField *field, const char *typed, GError **error)
{
  gsize n = 0;
  const KanChoice *choices = kan_book_get_choices (book, field->of, &n);
  const char *read = kan_read_choice (book, field, typed);
  g_autoptr(GString) names = g_string_new (NULL);

  for (gsize i = 0; i < n; i++)
    {
      if (choices[i].id == read)
        return g_strdup (read);
      add_name (names, choices[i].id);
    }
  if (has_row (book, reg->id, field->id, typed))
    return g_strdup (typed);
  g_set_error (error, KAN_ERROR, KAN_ERROR_USAGE, _("“%s” is no choice of %s: choose one of %s"), typed, field->id,
               names->str);
  return NULL;
}

static gboolean
is_record (KanBook *book, const KanRegister *reg, gint64 id)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, id);

  return has_row (book, reg->id, "id", number);
}

static char *
read_record (KanBook *book, const KanField *field, const char *typed, GError **error)
{
  g_autofree char *subject = kan_read_ref (book, field, typed);
  g_auto(GStrv) names = g_strsplit (field->of, "|", -1);
  g_autoptr(GString) registers = g_string_new (NULL);
  gint64 id = 0;
  const KanRegister *reg = kan_subject_register (book, subject, &id);

  if (reg != NULL && kan_field_offers (book, field, reg) && is_record (book, reg, id))
    return g_steal_pointer (&subject);
  for (char **name = names; *name != NULL; name++)
    if (register_named (book, *name) != NULL)
      add_name (registers, register_named (book, *name)->id);
  g_set_error (error, KAN_ERROR, KAN_ERROR_USAGE, _("“%s” is no record that %s could name: see `kanribo show FILE %s`"),
               typed, field->id, registers->str);
  return NULL;
}

static char *
read_own (KanBook *book, const KanRegister *reg, const char *typed, GError **error)
{
  gint64 id = 0;
  gboolean ours = kan_subject_register (book, typed, &id) == reg;

  if ((ours || g_ascii_string_to_signed (typed, 10, 1, G_MAXINT64, &id, NULL)) && is_record (book, reg, id))
    return g_strdup (typed);
  g_set_error (error, KAN_ERROR, KAN_ERROR_USAGE, _("there is no record %s: see `kanribo show FILE %s`"), typed,
               reg->id);
  return NULL;
}

static char *
read_day (const char *typed, GError **error)
{
  KanDay day = kan_wareki_parse (typed);

  if (day != KAN_DAY_NONE)
    return kan_day_format (day);
  g_set_error (error, KAN_ERROR, KAN_ERROR_USAGE, _("there is no such date as “%s”: write e.g. 2026-02-13"), typed);
  return NULL;
}

static char *
read_year (const char *typed, GError **error)
{
  int year = 0;

  if (kan_fiscal_year_parse (typed, &year))
    return g_strdup_printf ("%d", year);
  g_set_error (error, KAN_ERROR, KAN_ERROR_USAGE, _("“%s” is no fiscal year: write e.g. 2026"), typed);
  return NULL;
}

/* What its last digits say. */
static char *
last_number (const char *squeezed)
{
  const char *end = squeezed + strlen (squeezed), *from;

  while (end > squeezed && !g_ascii_isdigit (end[-1]))
    end--;
  for (from = end; from > squeezed && g_ascii_isdigit (from[-1]);)
    from--;
  return g_strndup (from, (gsize) (end - from));
}

/* As it is printed: which year that is, only printing tells. Where no year is printed, the number of any year. */
static char *
read_printed (KanBook *book, const KanField *field, const char *squeezed)
{
  enum { FIRST = 1980, LAST = 2200 };
  g_autofree char *number = last_number (squeezed);

  for (int year = FIRST; *number != '\0' && year < LAST; year++)
    {
      g_autofree char *stored = g_strdup_printf ("%d-%s", year, number);
      g_autofree char *next = g_strdup_printf ("%d-%s", year + 1, number);

      if (reads_as (book, field, stored, squeezed))
        return reads_as (book, field, next, squeezed) ? g_steal_pointer (&number) : g_steal_pointer (&stored);
    }
  return NULL;
}

/* "12" of any year, "2026-12", or as either language prints it. */
static char *
read_series (KanBook *book, const KanField *field, const char *typed, GError **error)
{
  g_autofree char *squeezed = squeeze (typed);
  gboolean is_number = *squeezed != '\0' && squeezed[strspn (squeezed, "0123456789")] == '\0';
  char *read = is_number ? g_strdup (squeezed) : read_printed (book, field, squeezed);

  if (read == NULL)
    g_set_error (error, KAN_ERROR, KAN_ERROR_USAGE, _("“%s” is no number of a series: write e.g. 12 or 2026-12"),
                 typed);
  return read;
}

/* The fiscal year of a series, whose column no field declares: a register's own or one of its lists'. */
static gboolean
is_year (const KanRegister *reg, const char *column)
{
  for (const KanField *field = reg->fields; field->id != NULL; field++)
    if (kan_field_names_year (field, column))
      return TRUE;
  for (const KanList *list = reg->lists; list != NULL && list->id != NULL; list++)
    for (const KanField *field = list->columns; field != NULL && field->id != NULL; field++)
      if (kan_field_names_year (field, column))
        return TRUE;
  return FALSE;
}

/* Types of which not every text is a value. */
static char *
read_plain (const KanField *field, const char *typed, GError **error)
{
  gint64 count = field->type == KAN_COUNT ? kan_read_count (typed) : 0;
  int yes = field->type == KAN_YES ? kan_read_yes (typed) : 0;
  char *read = field->type == KAN_TIME ? kan_read_minute (typed)
               : field->type == KAN_PERIOD ? kan_read_month (typed) : NULL;

  if (field->type == KAN_COUNT && count >= 0)
    return g_strdup_printf ("%" G_GINT64_FORMAT, count);
  if (field->type == KAN_YES && yes >= 0)
    return g_strdup (yes == 1 ? "yes" : "no");
  if (read != NULL)
    return read;
  if (field->type == KAN_COUNT)
    g_set_error (error, KAN_ERROR, KAN_ERROR_USAGE, _("“%s” is not a count"), typed);
  else if (field->type == KAN_YES)
    g_set_error (error, KAN_ERROR, KAN_ERROR_USAGE, _("“%s” is neither yes nor no"), typed);
  else if (field->type == KAN_TIME)
    g_set_error (error, KAN_ERROR, KAN_ERROR_USAGE,
                 _("there is no such date and time as “%s”: write e.g. 2026-02-13T09:30"), typed);
  else if (field->type == KAN_PERIOD)
    g_set_error (error, KAN_ERROR, KAN_ERROR_USAGE, _("there is no such month as “%s”: write e.g. 2026-02"), typed);
  else
    return g_strdup (typed);
  return NULL;
}

static gboolean
is_read (const KanField *field)
{
  return field->type == KAN_NUMBER || field->type == KAN_DATE || field->type == KAN_TIME || field->type == KAN_PERIOD ||
         field->type == KAN_COUNT;
}

/* A day or a number that one of the register's lists adds; what else lists add is compared as it was typed. */
static const KanField *
listed_field (const KanRegister *reg, const char *column)
{
  for (const KanList *list = reg->lists; list != NULL && list->id != NULL; list++)
    for (const KanField *field = list->columns; field != NULL && field->id != NULL; field++)
      if (is_read (field) && strcmp (field->id, column) == 0)
        return field;
  return NULL;
}

/**
 * kan_read_filter:
 * @book: a book
 * @reg: a register with a table
 * @column: what a list is narrowed by
 * @typed: as a person types it
 * @error: %KAN_ERROR_USAGE: no record could have that, and what there is to choose
 *
 * Returns: (transfer full) (nullable): the value of a #KanFilter; of a column that neither the register nor one of its
 *   lists declares, as it was typed
 */
char *
kan_read_filter (KanBook *book, const KanRegister *reg, const char *column, const char *typed, GError **error)
{
  const KanField *own = kan_register_find_field (reg, column), *field = own != NULL ? own : listed_field (reg, column);

  if (strcmp (column, "state") == 0)
    return read_state (reg, typed, error);
  if (strcmp (column, "id") == 0)
    return read_own (book, reg, typed, error);
  if (field == NULL && is_year (reg, column))
    return read_year (typed, error);
  if (field == NULL)
    return g_strdup (typed);
  if (field->type == KAN_NUMBER)
    return read_series (book, field, typed, error);
  if (field->type == KAN_CHOICE)
    return read_offered (book, reg, field, typed, error);
  if (field->type == KAN_REF || field->type == KAN_REFS)
    return read_record (book, field, typed, error);
  return field->type == KAN_DATE ? read_day (typed, error) : read_plain (field, typed, error);
}
