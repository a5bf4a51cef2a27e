/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a type demands of an answer, whatever the rules say. */
#include "acts/kan-book-private.h"

#include "values/kan-numbers.h"
#include "values/kan-text.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#define LINE_MAX_CHARS 200

static gboolean
is_hex64 (const char *text)
{
  return strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

static gboolean
is_declared (KanCase *c, const char *key)
{
  const char **declared = kan_answer_list (c, KAN_KEY_DECLARED);

  return declared != NULL && g_strv_contains (declared, key);
}

/**
 * kan_judge_text:
 * @c: the case
 * @key: beside which answer
 * @text: what a person wrote
 * @lines: whether it may have several lines
 * @watched: whether it is searched for identity numbers
 *
 * Refuses control and right-to-left characters, and identity numbers that were not declared to be something else.
 */
void
kan_judge_text (KanCase *c, const char *key, const char *text, gboolean lines, gboolean watched)
{
  const char *why = NULL;
  glong limit = lines ? 4000 : LINE_MAX_CHARS;

  if (*text == '\0')
    kan_refuse (c, KAN_MISSING, key, _("Nothing is written here"));
  else if (!(lines ? kan_text_lines_are_clean (text, &why) : kan_text_is_clean (text, &why)))
    kan_refuse (c, KAN_BAD_CHARACTER, key, _("Contains a character that cannot be kept: %s"), why);
  else if (g_utf8_strlen (text, -1) > limit)
    kan_refuse (c, KAN_TOO_LONG, key, _("Too long: at most %s characters"), kan_say_count (c, limit));
  else if (watched && !is_declared (c, key) && kan_numbers_occur_in (text))
    kan_refuse (c, KAN_IDENTITY_NUMBER, key,
                _("Looks like an individual number or a resident record code: identity information is never kept "
                          "here. If it is something else, declare it: declared=%s"), key);
}

/* A digest stands for free text; what it stands for is looked at while it is here. */
static void
judge_lines (KanCase *c, const char *key, const char *digest)
{
  const KanDetached *detached = c->texts != NULL ? g_hash_table_lookup (c->texts, key) : NULL;

  if (!is_hex64 (digest))
    kan_refuse (c, KAN_UNREADABLE, key, _("Free text is signed by its digest"));
  else if (detached != NULL)
    kan_judge_text (c, key, detached->content, TRUE, TRUE);
}

static void
judge_choice (KanCase *c, const KanField *field, const char *key, const char *value)
{
  gsize n = 0;
  const KanChoice *choices;
  const KanProfile *profile = kan_case_profile (c);

  choices = g_hash_table_contains (c->book->vocabularies, field->of) ? kan_book_get_choices (c->book, field->of, &n)
            : profile != NULL ? kan_profile_choices (profile, field->of, &n) : NULL;
  for (gsize i = 0; i < n; i++)
    if (strcmp (choices[i].id, value) == 0)
      return;
  kan_refuse (c, KAN_NOT_A_CHOICE, key, _("“%s” is not one of the choices"), value);
}

static void
judge_ref (KanCase *c, const KanField *field, const char *key, const char *subject)
{
  gint64 id = 0;
  const KanRegister *reg = kan_subject_register (c->book, subject, &id);
  g_autofree char *sql = NULL;
  g_autoptr(KanStmt) stmt = NULL;

  if (reg == NULL || !kan_field_offers (c->book, field, reg))
    {
      kan_refuse (c, KAN_NO_SUCH_RECORD, key, _("“%s” is no record that can be answered here"), subject);
      return;
    }
  sql = g_strconcat ("SELECT 1 FROM ", reg->id, " WHERE id = ? AND state <> 'void'", NULL);
  stmt = c->error == NULL ? kan_db_query (c->book->db, &c->error, sql, "i", id) : NULL;
  if (stmt != NULL && !kan_stmt_step (stmt, &c->error) && c->error == NULL)
    kan_refuse (c, KAN_NO_SUCH_RECORD, key, _("There is no record %s"), subject);
}

static void
judge_refs (KanCase *c, const KanField *field, const char *key)
{
  const char **subjects = kan_answer_list (c, key);

  if (subjects == NULL || *subjects == NULL)
    {
      kan_refuse (c, KAN_MISSING, key, _("At least one must be chosen"));
      return;
    }
  for (guint i = 0; subjects[i] != NULL; i++)
    {
      judge_ref (c, field, key, subjects[i]);
      for (guint j = 0; j < i; j++)
        if (strcmp (subjects[i], subjects[j]) == 0)
          kan_refuse (c, KAN_REPEATED, key, _("%s is named twice"), subjects[i]);
    }
}

static gboolean
is_day (const char *text)
{
  return kan_day_parse (text) != KAN_DAY_NONE;
}

static void
judge_unique (KanCase *c, const KanRegister *reg, const KanField *field, gint64 id, const char *key, const char *value)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM %s WHERE %s = ? AND id <> ?"
                                          " AND state NOT IN ('void', 'refused', 'withdrawn')", reg->id, field->id);
  g_autoptr(KanStmt) stmt = c->error == NULL ? kan_db_query (c->book->db, &c->error, sql, "si", value, id) : NULL;

  if (stmt != NULL && kan_stmt_step (stmt, &c->error))
    kan_refuse (c, KAN_TAKEN, key, _("“%s” is taken by %s%" PRId64), value, reg->prefix, kan_stmt_int (stmt, 0));
}

/* What tells things apart is spelled in one way only: half-width, nothing invisible before, within or after it. */
static void
judge_code (KanCase *c, const char *key, const char *value)
{
  for (const char *at = value; *at != '\0'; at++)
    if (!g_ascii_isgraph (*at))
      {
        kan_refuse (c, KAN_BAD_CHARACTER, key, _("Write it in half-width letters and digits, without blanks"));
        return;
      }
}

static void
judge_key (KanCase *c, const char *key, const char *value)
{
  guint8 bytes[KAN_KEY_SIZE];

  if (!kan_unhex (value, bytes, sizeof bytes))
    kan_refuse (c, KAN_UNREADABLE, key, _("This is no key"));
}

/**
 * kan_judge_field:
 * @c: the case
 * @reg: the register of the field
 * @field: a field that is answered by a text
 * @id: the record it is about
 * @key: beside which answer a refusal stands
 * @value: the answer
 *
 * What a type demands: days that exist, choices that are offered, records that are there, unique ones.
 */
void
kan_judge_field (KanCase *c, const KanRegister *reg, const KanField *field, gint64 id, const char *key,
                 const char *value)
{
  int year = 0, month = 0;
  gint64 minute = 0;

  switch (field->type)
    {
    case KAN_TEXT:
      kan_judge_text (c, key, value, FALSE, TRUE);
      break;
    case KAN_CODE:
      kan_judge_text (c, key, value, FALSE, FALSE);
      if ((field->flags & KAN_UNIQUE) != 0)
        judge_code (c, key, value);
      break;
    case KAN_LINES:
      judge_lines (c, key, value);
      break;
    case KAN_KEY:
      judge_key (c, key, value);
      break;
    case KAN_DATE:
      if (!is_day (value))
        kan_refuse (c, KAN_UNREADABLE, key, _("There is no such date: “%s”"), value);
      break;
    case KAN_TIME:
      if (!kan_minute_parse (value, &minute))
        kan_refuse (c, KAN_UNREADABLE, key, _("There is no such date and time: “%s”"), value);
      break;
    case KAN_PERIOD:
      if (!kan_month_parse (value, &year, &month))
        kan_refuse (c, KAN_UNREADABLE, key, _("There is no such month: “%s”"), value);
      break;
    case KAN_CHOICE:
      judge_choice (c, field, key, value);
      break;
    case KAN_REF:
      judge_ref (c, field, key, value);
      break;
    case KAN_DOCUMENT:
    case KAN_COUNT: case KAN_YES: case KAN_REFS: case KAN_ROWS:
    default:
      break;
    }
  if ((field->flags & KAN_UNIQUE) != 0 && reg->prefix != NULL)
    judge_unique (c, reg, field, id, key, value);
}

/* Codes kept as comma lists of capacities and the like are texts; everything else has its one body type. */
static KanBodyType
body_type_of (const KanField *field)
{
  switch (field->type)
    {
    case KAN_COUNT:
      return KAN_BODY_INT;
    case KAN_YES:
      return KAN_BODY_YES;
    case KAN_REFS:
      return KAN_BODY_LIST;
    case KAN_ROWS:
      return KAN_BODY_ROWS;
    case KAN_TEXT: case KAN_CODE: case KAN_LINES: case KAN_DATE: case KAN_TIME: case KAN_PERIOD: case KAN_KEY:
    case KAN_CHOICE: case KAN_REF: case KAN_DOCUMENT:
    default:
      return KAN_BODY_TEXT;
    }
}

static const KanRegister *
row_register (KanCase *c, const KanField *field)
{
  return kan_book_find_register (c->book, field->of);
}

/* What a line lacks, and what another line says already. */
static void
judge_row (KanCase *c, const KanRegister *rows, const char *key, guint n)
{
  const KanBody *row = kan_body_get_row (c->body, key, n);

  for (const KanField *cell = rows->fields; cell->id != NULL; cell++)
    {
      g_autofree char *path = g_strdup_printf ("%s[%u].%s", key, n, cell->id);
      const char *value = kan_body_get_text (row, cell->id);

      if ((cell->flags & KAN_MUST) != 0 && kan_body_get_type (row, cell->id) == KAN_BODY_NONE)
        kan_refuse (c, KAN_MISSING, path, _("An answer is needed"));
      for (guint i = 0; (cell->flags & KAN_UNIQUE) != 0 && value != NULL && i < n; i++)
        if (g_strcmp0 (kan_body_get_text (kan_body_get_row (c->body, key, i), cell->id), value) == 0)
          {
            kan_refuse (c, KAN_REPEATED, path, _("%s is named twice"), value);
            break;
          }
    }
}

static void
judge_rows (KanCase *c, const KanField *field, const char *key)
{
  const KanRegister *rows = row_register (c, field);

  for (guint i = 0; i < kan_answer_rows (c, key); i++)
    {
      const KanBody *row = kan_body_get_row (c->body, key, i);

      judge_row (c, rows, key, i);
      for (guint m = 0; m < kan_body_n_members (row); m++)
        {
          const char *cell_key = kan_body_nth_key (row, m);
          const KanField *cell = kan_register_find_field (rows, cell_key);
          g_autofree char *path = g_strdup_printf ("%s[%u].%s", key, i, cell_key);

          if (cell == NULL || kan_body_get_type (row, cell_key) != body_type_of (cell))
            kan_refuse (c, KAN_NOT_ASKED, path, _("This is not asked here"));
          else if (cell->type == KAN_COUNT && kan_body_get_int (row, cell_key) < 0)
            kan_refuse (c, KAN_OUT_OF_RANGE, path, _("A count is not negative"));
          else if (kan_body_get_text (row, cell_key) != NULL)
            kan_judge_field (c, rows, cell, 0, path, kan_body_get_text (row, cell_key));
        }
    }
}

static void
judge_answer (KanCase *c, const KanField *field, const char *key)
{
  if (field == NULL)
    kan_refuse (c, KAN_NOT_ASKED, key, _("This is not asked here"));
  else if (kan_body_get_type (c->body, key) != body_type_of (field))
    kan_refuse (c, KAN_UNREADABLE, key, _("This is answered in another way"));
  else if (field->type == KAN_COUNT && kan_answer_n (c, key) < 0)
    kan_refuse (c, KAN_OUT_OF_RANGE, key, _("A count is not negative"));
  else if (field->type == KAN_REFS)
    judge_refs (c, field, key);
  else if (field->type == KAN_ROWS)
    judge_rows (c, field, key);
  else if (kan_answer (c, key) != NULL)
    kan_judge_field (c, c->reg, field, c->id, key, kan_answer (c, key));
}

/* Marks are compared with what the rules give; what is declared must be an answer, "key" or "key[0].cell". */
static void
judge_list (KanCase *c, const char *key)
{
  const char **items = kan_answer_list (c, key);

  if (items == NULL)
    kan_refuse (c, KAN_UNREADABLE, key, _("This is answered in another way"));
  for (; items != NULL && *items != NULL && strcmp (key, KAN_KEY_DECLARED) == 0; items++)
    {
      g_autofree char *answer = g_strndup (*items, strcspn (*items, "["));

      if (!kan_answered (c, answer))
        kan_refuse (c, KAN_NOT_ASKED, key, _("“%s” is not answered here"), *items);
    }
}

/* What the program fills in lacks only where it could not, which mostly has been said already. */
static void
judge_missing (KanCase *c, gboolean filled)
{
  for (const KanAsk *ask = c->kind->asks; ask != NULL && ask->key != NULL; ask++)
    if (ask->must && (ask->fill != KAN_FILL_NEVER) == filled && (!filled || kan_case_admissible (c)) &&
        kan_in_edition (c->edition, ask->since, ask->until) && !kan_answered (c, ask->key))
      kan_refuse (c, KAN_MISSING, ask->key, _("An answer is needed"));
}

/**
 * kan_judge_answers:
 * @c: the case
 *
 * Every answer is asked for and of its type, every question that must be answered is.
 */
void
kan_judge_answers (KanCase *c)
{
  for (guint i = 0; i < kan_body_n_members (c->body); i++)
    {
      const char *key = kan_body_nth_key (c->body, i);
      const KanAsk *ask = kan_case_find_ask (c, key);

      if (strcmp (key, KAN_KEY_DEVIATION) == 0 || strcmp (key, KAN_KEY_DECLARED) == 0)
        {
          judge_list (c, key);
          continue;
        }
      judge_answer (c, ask != NULL ? kan_ask_find_field (c->reg, ask) : kan_reserved_field (key), key);
    }
  judge_missing (c, FALSE);
  judge_missing (c, TRUE);
}
