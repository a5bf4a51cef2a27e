/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables, indexes and list views composed from declared identifiers: the one exception to literal SQL. */
#include "acts/kan-book-private.h"

#include "values/kan-text.h"

#include <string.h>

/**
 * kan_field_has_column:
 * @field: a field
 *
 * Returns: whether it lies in a column of its own; several references and rows lie beside the register's table, and a
 *   number shares two columns with its fiscal year
 */
gboolean
kan_field_has_column (const KanField *field)
{
  return field->type != KAN_REFS && field->type != KAN_ROWS && field->type != KAN_NUMBER;
}

/**
 * kan_field_column:
 * @field: a field that has a column
 *
 * Returns: (transfer none): its SQL type
 */
const char *
kan_field_column (const KanField *field)
{
  switch (field->type)
    {
    case KAN_COUNT:
    case KAN_YES:
      return "INTEGER";
    case KAN_REF:
      return strchr (field->of, '|') != NULL ? "TEXT" : "INTEGER";
    case KAN_TEXT: case KAN_CODE: case KAN_LINES: case KAN_DATE: case KAN_TIME: case KAN_PERIOD: case KAN_KEY:
    case KAN_CHOICE: case KAN_REFS: case KAN_ROWS: case KAN_DOCUMENT: case KAN_NUMBER:
    default:
      return "TEXT";
    }
}

/**
 * kan_field_is_compared:
 * @field: a field
 *
 * Returns: whether a text in it is another's however the two are written
 */
gboolean
kan_field_is_compared (const KanField *field)
{
  return (field->type == KAN_TEXT || field->type == KAN_CODE) && (field->flags & (KAN_UNIQUE | KAN_COMPARED)) != 0;
}

/**
 * kan_field_alike_key:
 * @field: a field that is compared
 * @text: what stands in it
 *
 * Returns: (transfer full): by what it is compared
 */
char *
kan_field_alike_key (const KanField *field, const char *text)
{
  return (field->flags & KAN_BY_EYE) != 0 ? kan_text_look_key (text) : kan_text_alike_key (text);
}

/**
 * kan_field_names_year:
 * @field: a field
 * @column: a column
 *
 * Returns: whether it is the one of the fiscal year beside the field's number of a series, "certificate_fy"
 */
gboolean
kan_field_names_year (const KanField *field, const char *column)
{
  gsize length = field->type == KAN_NUMBER ? strlen (field->of) : 0;

  return length > 0 && strncmp (column, field->of, length) == 0 && strcmp (column + length, "_fy") == 0;
}

/* Numbers drawn per fiscal year stand in two columns of the record. */
static void
add_series (GString *sql, const KanRegister *reg)
{
  for (const KanKind *kind = reg->kinds; kind != NULL && kind->id != NULL; kind++)
    if (kind->series != NULL)
      g_string_append_printf (sql, ", %s_fy INTEGER, %s_no INTEGER", kind->series, kind->series);
}

static void
add_side_tables (GString *sql, const KanRegistry *registry, const KanRegister *reg)
{
  for (const KanField *field = reg->fields; field != NULL && field->id != NULL; field++)
    {
      if (field->type == KAN_REFS)
        g_string_append_printf (sql, "CREATE TABLE %s_%s (owner INTEGER NOT NULL, value INTEGER NOT NULL,"
                                     " PRIMARY KEY (owner, value)) STRICT, WITHOUT ROWID;"
                                     "CREATE INDEX %s_%s_value ON %s_%s (value);",
                                reg->id, field->id, reg->id, field->id, reg->id, field->id);
      if (field->type != KAN_ROWS)
        continue;
      g_string_append_printf (sql, "CREATE TABLE %s_%s (owner INTEGER NOT NULL, n INTEGER NOT NULL", reg->id,
                              field->id);
      for (const KanRegister **rows = registry->registers; *rows != NULL; rows++)
        if (strcmp ((*rows)->id, field->of) == 0)
          for (const KanField *cell = (*rows)->fields; cell->id != NULL; cell++)
            g_string_append_printf (sql, ", %s %s", cell->id, kan_field_column (cell));
      g_string_append (sql, ", PRIMARY KEY (owner, n)) STRICT;");
    }
}

static void
add_register (GString *sql, const KanRegistry *registry, const KanRegister *reg)
{
  g_string_append_printf (sql, "CREATE TABLE %s (id INTEGER PRIMARY KEY, state TEXT NOT NULL, made INTEGER NOT NULL,"
                               " changed INTEGER NOT NULL", reg->id);
  for (const KanField *field = reg->fields; field->id != NULL; field++)
    if (kan_field_has_column (field))
      g_string_append_printf (sql, ", %s %s", field->id, kan_field_column (field));
  add_series (sql, reg);
  g_string_append (sql, ") STRICT;");
  g_string_append_printf (sql, "CREATE INDEX %s_state ON %s (state);", reg->id, reg->id);
  for (const KanField *field = reg->fields; field->id != NULL; field++)
    if ((field->type == KAN_REF || (field->flags & KAN_UNIQUE) != 0) && kan_field_has_column (field))
      g_string_append_printf (sql, "CREATE INDEX %s_%s ON %s (%s);", reg->id, field->id, reg->id, field->id);
  add_side_tables (sql, registry, reg);
}

/**
 * kan_schema_kept:
 *
 * Returns: (transfer none): the SQL that makes the tables that no replay fills, beside the chain's own: hints of this
 *   file, free text that lies apart from the acts, and what each person verified before
 */
const char *
kan_schema_kept (void)
{
  return
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE detached (digest TEXT PRIMARY KEY, salt BLOB NOT NULL, content TEXT NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE draft (id INTEGER PRIMARY KEY, person INTEGER NOT NULL, saved TEXT NOT NULL, sealed BLOB NOT NULL)"
    " STRICT;"
    "CREATE TABLE verified (person INTEGER PRIMARY KEY, seq INTEGER NOT NULL, head BLOB NOT NULL, rows BLOB NOT NULL,"
    " at TEXT NOT NULL, full_at TEXT NOT NULL, program TEXT NOT NULL, mac BLOB NOT NULL) STRICT;";
}

/**
 * kan_schema_is_kept:
 * @table: a table's name
 *
 * Returns: whether it is the chain's own or another that no replay fills
 */
gboolean
kan_schema_is_kept (const char *table)
{
  g_autofree char *opens = g_strdup_printf ("CREATE TABLE %s (", table);

  return strstr (kan_ledger_schema (), opens) != NULL || strstr (kan_schema_kept (), opens) != NULL;
}

/**
 * kan_schema_compose:
 * @registry: the registers
 *
 * Returns: (transfer full): the SQL that makes the projections: what a replay fills
 */
char *
kan_schema_compose (const KanRegistry *registry)
{
  /* tables of another number have other words, whoever changes its mark: what stands in them is not taken for theirs */
  g_autofree char *series = g_strdup_printf ("CREATE TABLE series (/* projection %u */ id TEXT NOT NULL, fy INTEGER NOT"
                                             " NULL, last INTEGER NOT NULL, PRIMARY KEY (id, fy)) STRICT, WITHOUT"
                                             " ROWID;", (guint) KAN_PROJECTION);
  GString *sql = g_string_new (
    "CREATE TABLE pending (subject TEXT PRIMARY KEY, act INTEGER NOT NULL, kind TEXT NOT NULL, actor INTEGER NOT NULL,"
    " before TEXT, edition INTEGER NOT NULL, moment INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE hand (act INTEGER NOT NULL, seq INTEGER NOT NULL, capacity TEXT NOT NULL, subject TEXT NOT NULL,"
    " person INTEGER NOT NULL, verdict TEXT NOT NULL, absence TEXT, principal INTEGER, inspected INTEGER,"
    " PRIMARY KEY (act, seq, capacity)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX hand_subject ON hand (subject);"
    "CREATE TABLE step (seq INTEGER PRIMARY KEY, subject TEXT NOT NULL, before TEXT, after TEXT, undo TEXT,"
    " voided INTEGER) STRICT;"
    "CREATE INDEX step_subject ON step (subject, seq);"
    "CREATE TABLE correction (seq INTEGER NOT NULL, key TEXT NOT NULL, act INTEGER NOT NULL, subject TEXT NOT NULL,"
    " old TEXT, new TEXT, PRIMARY KEY (seq, key)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX correction_subject ON correction (subject);"
    "CREATE TABLE note (seq INTEGER PRIMARY KEY, fault TEXT NOT NULL) STRICT;"
    "CREATE TABLE search (register TEXT NOT NULL, id INTEGER NOT NULL, key TEXT NOT NULL, PRIMARY KEY (register, id))"
    " STRICT, WITHOUT ROWID;"
    "CREATE TABLE alike (register TEXT NOT NULL, id INTEGER NOT NULL, field TEXT NOT NULL, key TEXT NOT NULL,"
    " PRIMARY KEY (register, id, field)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX alike_key ON alike (register, field, key);");

  g_string_append (sql, series);
  for (const KanRegister **reg = registry->registers; *reg != NULL; reg++)
    if ((*reg)->prefix != NULL)
      add_register (sql, registry, *reg);
  return g_string_free (sql, FALSE);
}

/**
 * kan_schema_compose_lists:
 * @registry: the registers
 *
 * Returns: (transfer full): the SQL that makes the temporary tables of days, and a temporary view for each list
 */
char *
kan_schema_compose_lists (const KanRegistry *registry)
{
  GString *sql = g_string_new (
    "CREATE TEMP TABLE IF NOT EXISTS today (day TEXT NOT NULL, at TEXT NOT NULL, closes TEXT, late_hours INTEGER,"
    " check_days INTEGER);"
    "CREATE TEMP TABLE IF NOT EXISTS payment_day (day TEXT PRIMARY KEY, serves TEXT, purge_by TEXT,"
    " off_cycle INTEGER);");

  for (const KanRegister **reg = registry->registers; *reg != NULL; reg++)
    for (const KanList *list = (*reg)->lists; list != NULL && list->id != NULL; list++)
      g_string_append_printf (sql, "CREATE TEMP VIEW IF NOT EXISTS %s AS %s;", list->id, list->sql);
  return g_string_free (sql, FALSE);
}
