/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a type demands of an answer, whatever the rules say. */
#include "acts/kan-book-private.h"

#include "values/kan-numbers.h"
#include "values/kan-text.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

enum { LINE_MAX_CHARS = 200, LINES_MAX_CHARS = 4000 };
#define COUNT_MAX G_GINT64_CONSTANT (9999999999)

static gboolean
is_hex64 (const char *text)
{
  return strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

/**
 * kan_is_declared:
 * @body: an act's answers
 * @key: one of them, "note", "identified[0].serial"
 *
 * Returns: whether what it holds was declared to be no identity number
 */
gboolean
kan_is_declared (const KanBody *body, const char *key)
{
  const char **declared = kan_body_get_list (body, KAN_KEY_DECLARED);

  return declared != NULL && g_strv_contains (declared, key);
}

/**
 * kan_text_trouble:
 * @text: what a person wrote
 * @size: in bytes
 * @lines: whether it may have several lines
 * @watched: whether it is searched for identity numbers
 * @why: (out): a translated sentence where it has a character that cannot be kept
 *
 * One pass over the bytes that allocates nothing, but where digits enough for an identity number stand together.
 *
 * Returns: why it is refused; %KAN_UNMET: it is not
 */
KanRefusalCode
kan_text_trouble (const char *text, gsize size, gboolean lines, gboolean watched, const char **why)
{
  gsize limit = lines ? LINES_MAX_CHARS : LINE_MAX_CHARS;

  if (size == 0)
    return KAN_MISSING;
  if (!kan_text_bytes_are_clean (text, size, lines, why))
    return KAN_BAD_CHARACTER;
  if (size > limit && (gsize) g_utf8_strlen (text, (gssize) size) > limit)
    return KAN_TOO_LONG;
  if (kan_text_is_blank (text, size))
    return KAN_MISSING;
  return watched && kan_numbers_occur_in (text) ? KAN_IDENTITY_NUMBER : KAN_UNMET;
}

/* Refuses control and right-to-left characters, and identity numbers that were not declared to be something else. */
static void
judge_text (KanCase *c, const char *key, const char *text, gboolean lines, gboolean watched)
{
  const char *why = NULL;
  KanRefusalCode code = kan_text_trouble (text, strlen (text), lines, watched, &why);

  if (code == KAN_MISSING)
    kan_refuse (c, code, key, _("Nothing is written here"));
  else if (code == KAN_BAD_CHARACTER)
    kan_refuse (c, code, key, _("Contains a character that cannot be kept: %s"), why);
  else if (code == KAN_TOO_LONG)
    kan_refuse (c, code, key, _("More than %s characters\nshorten it"),
                kan_say_count (c, lines ? LINES_MAX_CHARS : LINE_MAX_CHARS));
  else if (code == KAN_IDENTITY_NUMBER && !kan_is_declared (c->body, key))
    kan_refuse (c, code, key,
                _("Looks like an individual number or a resident record code: identity information is never kept here\n"
                  "if it is something else, declare it\n"
                  "if it is something else, declare it: declared=%s"), key);
}

/* Nothing of which an office keeps count comes to as many digits as a number of a person has. */
static void
judge_count (KanCase *c, const char *key, gint64 count)
{
  if (count < 0)
    kan_refuse (c, KAN_OUT_OF_RANGE, key, _("A count is not negative"));
  else if (count > COUNT_MAX)
    kan_refuse (c, KAN_OUT_OF_RANGE, key, _("More than %s\ncount again"), kan_say_count (c, COUNT_MAX));
}

/* A digest stands for free text; what it stands for is looked at while it is here. */
static void
judge_lines (KanCase *c, const char *key, const char *digest)
{
  const KanDetached *detached = c->texts != NULL ? g_hash_table_lookup (c->texts, key) : NULL;

  if (!is_hex64 (digest))
    kan_refuse (c, KAN_UNREADABLE, key, _("Free text is signed by its digest"));
  else if (detached != NULL)
    judge_text (c, key, detached->content, TRUE, TRUE);
}

static void
judge_choice (KanCase *c, const KanField *field, const char *key, const char *value)
{
  gsize n = 0;
  const KanChoice *choices;
  const KanProfile *profile = kan_case_profile_in_force (c);
  g_autoptr(GString) ids = g_string_new (NULL);

  choices = g_hash_table_contains (c->book->vocabularies, field->of) ? kan_book_get_choices (c->book, field->of, &n)
            : profile != NULL ? kan_profile_choices (profile, field->of, &n) : NULL;
  for (gsize i = 0; i < n; i++)
    {
      if (strcmp (choices[i].id, value) == 0)
        return;
      g_string_append_printf (ids, "%s%s", i > 0 ? _(", ") : "", choices[i].id);
    }
  kan_refuse (c, KAN_NOT_A_CHOICE, key, _("“%s” is not one of the choices\n"
                                          "choose one of them\n"
                                          "choose one of %s"), value, ids->str);
}

/* “Place” (L1, L2 …) or “Person” (P1, P2 …); `first`: the first of these registers. */
static char *
name_meant (KanCase *c, const char *of, const KanRegister **first)
{
  g_auto(GStrv) names = g_strsplit (of, "|", -1);
  GString *meant = g_string_new (NULL);

  for (char **name = names; *name != NULL; name++)
    {
      const KanRegister *reg = kan_book_find_register (c->book, *name);

      if (reg == NULL)
        reg = g_hash_table_lookup (c->book->lists, *name);
      if (name == names && first != NULL)
        *first = reg;
      g_string_append_printf (meant, name > names ? _(" or “%s” (%s1, %s2 …)") : _("“%s” (%s1, %s2 …)"),
                              kan_label (&reg->title, kan_speaks_japanese ()), reg->prefix, reg->prefix);
    }
  return g_string_free (meant, FALSE);
}

/**
 * kan_refuse_other:
 * @c: the case
 * @key: (nullable): beside which answer; %NULL: as what the act is about
 * @subject: "P1", of a register that is not meant
 * @of: registers and lists that are, "|" between
 *
 * Says which register it belongs to, and how records of those that are meant are numbered.
 */
void
kan_refuse_other (KanCase *c, const char *key, const char *subject, const char *of)
{
  g_autofree char *meant = name_meant (c, of, NULL);

  kan_refuse (c, KAN_WRONG_RECORD, key, _("%s is a record of “%s”\nname one of %s"), subject,
              kan_label (&kan_book_register_of (c->book, subject)->title, kan_speaks_japanese ()), meant);
}

/* Nothing that reads as a record of any register: how those that are meant are numbered, and where they stand. */
static void
refuse_unknown (KanCase *c, const KanField *field, const char *key, const char *subject)
{
  const KanRegister *first = NULL;
  g_autofree char *meant = name_meant (c, field->of, &first);

  kan_refuse (c, KAN_NO_SUCH_RECORD, key, _("“%s” is no record that can be answered here\n"
                                            "name one of %s\n"
                                            "name one of %s; see `kanribo show FILE %s`"),
              subject, meant, meant, first->id);
}

static void
judge_ref (KanCase *c, const KanField *field, const char *key, const char *subject)
{
  gint64 id = 0;
  const KanRegister *reg = kan_subject_register (c->book, subject, &id);
  g_autofree char *sql = NULL;
  g_autoptr(KanStmt) stmt = NULL;

  if (reg != NULL && !kan_field_offers (c->book, field, reg))
    {
      kan_refuse_other (c, key, subject, field->of);
      return;
    }
  if (reg == NULL)
    {
      refuse_unknown (c, field, key, subject);
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
  g_autofree char *alike = kan_field_alike_key (field, value);
  g_autofree char *sql = g_strdup_printf ("SELECT id, %s FROM %s WHERE (%s = ?1 OR id IN (SELECT id FROM alike"
                                          " WHERE register = ?2 AND field = ?3 AND key = ?4)) AND id <> ?5"
                                          " AND " KAN_SQL_STANDS, field->id, reg->id, field->id);
  g_autoptr(KanStmt) stmt = c->error == NULL ? kan_db_query (c->book->db, &c->error, sql, "ssssi", value, reg->id,
                                                             field->id, alike, id) : NULL;

  if (stmt == NULL || !kan_stmt_step (stmt, &c->error))
    return;
  if (g_strcmp0 (kan_stmt_text (stmt, 1), value) == 0)
    kan_refuse (c, KAN_TAKEN, key, _("“%s” is taken by %s%" PRId64), value, reg->prefix, kan_stmt_int (stmt, 0));
  else
    kan_refuse (c, KAN_TAKEN, key, _("“%s” of %s%" PRId64 " is the same, written otherwise"), kan_stmt_text (stmt, 1),
                reg->prefix, kan_stmt_int (stmt, 0));
}

/* What tells things apart is spelled in one way only: half-width, nothing invisible before, within or after it. */
static void
judge_code (KanCase *c, const char *key, const char *value)
{
  for (const char *at = value; *at != '\0'; at++)
    if (!g_ascii_isgraph (*at))
      {
        kan_refuse (c, KAN_BAD_CHARACTER, key, _("Not only half-width letters and digits\n"
                                                 "write it in those, without blanks"));
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
      judge_text (c, key, value, FALSE, TRUE);
      break;
    case KAN_CODE:
      judge_text (c, key, value, FALSE, field->of == NULL && (field->flags & KAN_EXEMPT) == 0);
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

/* What is picked is asked for in another word than what is written, in the window as where it is typed. */
static const char *
say_missing (const KanField *field)
{
  switch (field->type)
    {
    case KAN_YES: case KAN_CHOICE: case KAN_REF: case KAN_REFS:
      return _("A choice is needed");
    case KAN_TEXT: case KAN_CODE: case KAN_LINES: case KAN_COUNT: case KAN_DATE: case KAN_TIME: case KAN_PERIOD:
    case KAN_ROWS: case KAN_DOCUMENT: case KAN_KEY: case KAN_NUMBER:
    default:
      return _("An answer is needed");
    }
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
        kan_refuse (c, KAN_MISSING, path, "%s", say_missing (cell));
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
          else if (cell->type == KAN_COUNT)
            judge_count (c, path, kan_body_get_int (row, cell_key));
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
  else if (field->type == KAN_COUNT)
    judge_count (c, key, kan_answer_n (c, key));
  else if (field->type == KAN_REFS)
    judge_refs (c, field, key);
  else if (field->type == KAN_ROWS)
    judge_rows (c, field, key);
  else if (kan_answer (c, key) != NULL)
    kan_judge_field (c, c->reg, field, c->id, key, kan_answer (c, key));
}

/* "key", or "key[0].cell" spelled as refusals spell it: nothing else hides in a declaration. */
static gboolean
is_answered (KanCase *c, const char *item)
{
  gsize length = strcspn (item, "[");
  g_autofree char *key = g_strndup (item, length), *spelled = NULL;
  guint64 n = item[length] == '[' ? g_ascii_strtoull (item + length + 1, NULL, 10) : 0;
  const char *cell = strstr (item + length, "].");

  if (item[length] == '\0' || cell == NULL || n >= kan_answer_rows (c, key))
    return item[length] == '\0' && kan_answered (c, key);
  spelled = g_strdup_printf ("%s[%u].%s", key, (guint) n, cell + 2);
  return strcmp (spelled, item) == 0 && kan_answer_in_row (c, key, (guint) n, cell + 2) != NULL;
}

/* Marks are compared with what the rules give; what is declared must be an answer. */
static void
judge_list (KanCase *c, const char *key)
{
  const char **items = kan_answer_list (c, key);

  if (items == NULL)
    kan_refuse (c, KAN_UNREADABLE, key, _("This is answered in another way"));
  for (; items != NULL && *items != NULL && strcmp (key, KAN_KEY_DECLARED) == 0; items++)
    if (!is_answered (c, *items))
      kan_refuse (c, KAN_NOT_ASKED, key, _("“%s” is not answered here"), *items);
}

/* What the program fills in lacks only where it could not, which mostly has been said already. */
static void
judge_missing (KanCase *c, gboolean filled)
{
  for (const KanAsk *ask = c->kind->asks; ask != NULL && ask->key != NULL; ask++)
    if (ask->must && (ask->fill != KAN_FILL_NEVER) == filled && (!filled || kan_case_admissible (c)) &&
        kan_in_edition (c->edition, ask->since, ask->until) && !kan_answered (c, ask->key))
      kan_refuse (c, KAN_MISSING, ask->key, "%s", say_missing (kan_ask_find_field (c->reg, ask)));
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
