/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions a hook puts to the file as it stood before the act, and the two ways to say no. */
#include "acts/kan-book-private.h"

#include "values/kan-text.h"

#include <string.h>

#define ALIKE "_alike"
#define FOLDED "_folded"

/* A reference answers as an integer where its column is one. */
static void
bind_answer (KanCase *self, KanStmt *stmt, int index, const char *key)
{
  const KanAsk *ask = kan_case_find_ask (self, key);
  const KanField *field = ask != NULL ? kan_ask_find_field (self->reg, ask) : NULL;

  switch (self->body != NULL ? kan_body_get_type (self->body, key) : KAN_BODY_NONE)
    {
    case KAN_BODY_TEXT:
      if (field != NULL && field->type == KAN_REF && strchr (field->of, '|') == NULL)
        kan_stmt_set_int (stmt, index, kan_answer_ref (self, key));
      else
        kan_stmt_set_text (stmt, index, kan_answer (self, key));
      break;
    case KAN_BODY_INT:
      kan_stmt_set_int (stmt, index, kan_answer_n (self, key));
      break;
    case KAN_BODY_YES:
      kan_stmt_set_int (stmt, index, kan_answer_yes (self, key));
      break;
    case KAN_BODY_LIST:
      {
        g_autoptr(GString) json = g_string_new ("[");

        for (const char **item = kan_answer_list (self, key); *item != NULL; item++)
          {
            gint64 id = 0;

            kan_subject_register (self->book, *item, &id);
            g_string_append_printf (json, "%s%" G_GINT64_FORMAT, json->len > 1 ? "," : "", id);
          }
        g_string_append_c (json, ']');
        kan_stmt_set_text (stmt, index, json->str);
        break;
      }
    case KAN_BODY_NONE:
    case KAN_BODY_ROWS:
    default:
      kan_stmt_set_null (stmt, index);
    }
}

/* ":serial_alike": the answer `serial` as the table `alike` has it. */
static void
bind_alike (KanCase *self, KanStmt *stmt, int index, const char *name)
{
  g_autofree char *key = g_strndup (name, strlen (name) - strlen (ALIKE));
  const char *answer = kan_answer (self, key);
  g_autofree char *alike = answer != NULL ? kan_text_alike_key (answer) : NULL;

  kan_stmt_set_text (stmt, index, alike);
}

/* ":name_folded": the answer `name` as searching folds it. */
static void
bind_folded (KanCase *self, KanStmt *stmt, int index, const char *name)
{
  g_autofree char *key = g_strndup (name, strlen (name) - strlen (FOLDED));
  const char *answer = kan_answer (self, key);
  g_autofree char *folded = answer != NULL ? kan_text_search_key (answer) : NULL;

  kan_stmt_set_text (stmt, index, folded);
}

static void
bind_parameter (KanCase *self, KanStmt *stmt, int index, const char *name)
{
  if (strcmp (name, "subject") == 0)
    kan_stmt_set_int (stmt, index, self->id);
  else if (strcmp (name, "actor") == 0)
    kan_stmt_set_int (stmt, index, self->actor);
  else if (strcmp (name, "seq") == 0)
    kan_stmt_set_int (stmt, index, self->seq);
  else if (strcmp (name, "record") == 0)
    kan_stmt_set_text (stmt, index, self->subject);
  else if (strcmp (name, "at") == 0)
    {
      g_autofree char *at = kan_utc_format (self->moment);

      kan_stmt_set_text (stmt, index, at);
    }
  else if (strcmp (name, "day") == 0)
    kan_stmt_set_text (stmt, index, self->day);
  else if (strcmp (name, "when") == 0)
    kan_stmt_set_text (stmt, index, self->when);
  else if (strcmp (name, "when_day") == 0)
    kan_stmt_set_text (stmt, index, self->when_day);
  else if (g_str_has_suffix (name, ALIKE))
    bind_alike (self, stmt, index, name);
  else if (g_str_has_suffix (name, FOLDED))
    bind_folded (self, stmt, index, name);
  else
    bind_answer (self, stmt, index, name);
}

/**
 * kan_case_query:
 * @self: the case
 * @sql: literal SQL with named parameters (kan-case.h)
 *
 * Returns: (transfer full) (nullable): the statement, bound; %NULL after an error of the world
 */
KanStmt *
kan_case_query (KanCase *self, const char *sql)
{
  g_autoptr(KanStmt) stmt = NULL;

  if (self->error != NULL)
    return NULL;
  stmt = kan_db_prepare (self->book->db, sql, &self->error);
  if (stmt == NULL)
    return NULL;
  for (int i = 1, n = kan_stmt_n_parameters (stmt); i <= n; i++)
    {
      const char *name = kan_stmt_parameter (stmt, i);

      if (name != NULL)
        bind_parameter (self, stmt, i, name);
    }
  return g_steal_pointer (&stmt);
}

/**
 * kan_ask_int:
 * @c: the case
 * @sql: a read-only question
 *
 * Returns: its first column; 0 where there is no row or it is null
 */
gint64
kan_ask_int (KanCase *c, const char *sql)
{
  g_autoptr(KanStmt) stmt = kan_case_query (c, sql);

  return stmt != NULL && kan_stmt_step (stmt, &c->error) ? kan_stmt_int (stmt, 0) : 0;
}

/**
 * kan_ask_text:
 * @c: the case
 * @sql: a read-only question
 *
 * Returns: (transfer full) (nullable): its first column; %NULL where there is no row or it is null
 */
char *
kan_ask_text (KanCase *c, const char *sql)
{
  g_autoptr(KanStmt) stmt = kan_case_query (c, sql);

  return stmt != NULL && kan_stmt_step (stmt, &c->error) ? g_strdup (kan_stmt_text (stmt, 0)) : NULL;
}

/**
 * kan_ask_rows:
 * @c: the case
 * @sql: a read-only question
 * @each: what is done with each row, in its order
 * @data: passed on to it
 */
void
kan_ask_rows (KanCase *c, const char *sql, void (*each) (KanStmt *row, gpointer data), gpointer data)
{
  g_autoptr(KanStmt) stmt = kan_case_query (c, sql);

  while (stmt != NULL && kan_stmt_step (stmt, &c->error))
    each (stmt, data);
}

/**
 * kan_set:
 * @c: the case, in its effect
 * @sql: a change of other records
 */
void
kan_set (KanCase *c, const char *sql)
{
  g_autoptr(KanStmt) stmt = kan_case_query (c, sql);

  if (stmt != NULL)
    kan_stmt_step (stmt, &c->error);
}

/**
 * kan_run:
 * @c: the case, in its effect
 * @sql: literal SQL, with "?" for each value
 * @binds: their types, as kan_db_run() takes them
 *
 * As kan_set(), with values that are no answers. Nothing happens once the world has failed.
 */
void
kan_run (KanCase *c, const char *sql, const char *binds, ...)
{
  g_autoptr(KanStmt) stmt = c->error == NULL ? kan_db_prepare (c->book->db, sql, &c->error) : NULL;
  va_list args;

  if (stmt == NULL)
    return;
  va_start (args, binds);
  kan_stmt_bind_va (stmt, binds, args);
  va_end (args);
  kan_stmt_step (stmt, &c->error);
}

/**
 * kan_has_key:
 * @c: the case
 * @person: a person's number
 *
 * Returns: whether they can sign for themselves
 */
gboolean
kan_has_key (KanCase *c, gint64 person)
{
  g_autoptr(KanStmt) stmt = NULL;

  if (c->error != NULL)
    return FALSE;
  stmt = kan_db_query (c->book->db, &c->error, "SELECT 1 FROM key WHERE person = ? AND state = 'valid'", "i", person);
  return stmt != NULL && kan_stmt_step (stmt, &c->error);
}

/* --- two ways to say no ---------------------------------------------------------------------------------------- */

static const char *
keep_said (KanCase *c, char *text)
{
  if (c->said == NULL)
    c->said = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (c->said, text);
  return text;
}

/**
 * kan_say_count:
 * @c: the case
 * @count: a number of things
 *
 * Returns: (transfer none): it in groups of three, as everywhere people read it
 */
const char *
kan_say_count (KanCase *c, gint64 count)
{
  const KanField field = { .type = KAN_COUNT };
  g_autofree char *stored = g_strdup_printf ("%" G_GINT64_FORMAT, count);

  return keep_said (c, kan_book_show (c->book, &field, stored, FALSE));
}

/**
 * kan_say_day:
 * @c: the case
 * @day: (nullable): "2026-02-13"
 *
 * Returns: (transfer none): it as the language writes days
 */
const char *
kan_say_day (KanCase *c, const char *day)
{
  const KanField field = { .type = KAN_DATE };

  return keep_said (c, kan_book_show (c->book, &field, day, kan_speaks_japanese ()));
}

/**
 * kan_say_month:
 * @c: the case
 * @month: (nullable): "2026-02"
 *
 * Returns: (transfer none): it as the language writes months
 */
const char *
kan_say_month (KanCase *c, const char *month)
{
  const KanField field = { .type = KAN_PERIOD };

  return keep_said (c, kan_book_show (c->book, &field, month, kan_speaks_japanese ()));
}

/**
 * kan_refuse:
 * @c: the case
 * @code: by what a script knows it
 * @key: (nullable): beside which answer; %NULL: the act as a whole
 * @why: a translated sentence, printf style
 *
 * The answer makes no sense, whatever the rules say: refused for facts as well.
 */
void
kan_refuse (KanCase *c, KanRefusalCode code, const char *key, const char *why, ...)
{
  va_list args;

  va_start (args, why);
  g_ptr_array_add (c->refusals, kan_refusal_new (code, key, g_strdup_vprintf (why, args)));
  va_end (args);
}

/**
 * kan_breach:
 * @c: the case
 * @rule: the rule's id, signed with the act and never renamed
 * @key: (nullable): beside which answer; %NULL: the act as a whole
 * @why: a translated sentence, printf style
 *
 * A rule is not met: a gate is refused, a fact is marked 規程不適合 and opens a shortfall.
 */
void
kan_breach (KanCase *c, const char *rule, const char *key, const char *why, ...)
{
  KanRefusal *refusal;
  va_list args;

  va_start (args, why);
  refusal = kan_refusal_new (KAN_UNMET, key, g_strdup_vprintf (why, args));
  refusal->rule = g_strdup (rule);
  refusal->is_mark = (c->kind->flags & KAN_FACT) != 0;
  g_ptr_array_add (c->refusals, refusal);
  va_end (args);
}
