/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an admitted act does to the projections: the same while writing and while replaying. */
#include "acts/kan-overtake.h"
#include "acts/kan-restate.h"

#include "values/kan-roles.h"
#include "values/kan-text.h"
#include "values/kan-wareki.h"

#include <string.h>

/* Joins words to the statement; replaying composes several for each act, so without printf. */
G_GNUC_NULL_TERMINATED static void
append (GString *sql, ...)
{
  va_list words;

  va_start (words, sql);
  for (const char *word = va_arg (words, const char *); word != NULL; word = va_arg (words, const char *))
    g_string_append (sql, word);
  va_end (words);
}

static char *
state_of (KanCase *c, const KanRegister *reg, gint64 id)
{
  g_autofree char *sql = g_strconcat ("SELECT state FROM ", reg->id, " WHERE id = ?", NULL);
  g_autoptr(KanStmt) stmt = c->error == NULL ? kan_db_query (c->book->db, &c->error, sql, "i", id) : NULL;

  return stmt != NULL && kan_stmt_step (stmt, &c->error) ? g_strdup (kan_stmt_text (stmt, 0)) : NULL;
}

/* --- columns -------------------------------------------------------------------------------------------------- */

static void
bind_answer (KanCase *c, KanStmt *stmt, int index, const KanBody *body, const KanField *field, const char *key)
{
  const char *text = kan_body_get_text (body, key);
  gint64 id = 0;

  switch (kan_body_get_type (body, key))
    {
    case KAN_BODY_INT:
      kan_stmt_set_int (stmt, index, kan_body_get_int (body, key));
      break;
    case KAN_BODY_YES:
      kan_stmt_set_int (stmt, index, kan_body_get_yes (body, key));
      break;
    case KAN_BODY_TEXT:
      if (field->type == KAN_REF && strchr (field->of, '|') == NULL)
        {
          kan_subject_register (c->book, text, &id);
          kan_stmt_set_int (stmt, index, id);
        }
      else
        kan_stmt_set_text (stmt, index, text);
      break;
    case KAN_BODY_NONE: case KAN_BODY_LIST: case KAN_BODY_ROWS:
    default:
      kan_stmt_set_null (stmt, index);
    }
}

/* Calls back for each question in the edition of the act whose answer goes into a column of the record. */
#define FOREACH_ASK(c, ask, field) \
  for (const KanAsk *ask = (c)->kind->asks; ask != NULL && ask->key != NULL; ask++) \
    for (const KanField *field = kan_in_edition ((c)->edition, ask->since, ask->until) \
                                 ? kan_ask_find_field ((c)->reg, ask) : NULL; field != NULL; field = NULL)

static void
make_row (KanCase *c, const char *state)
{
  g_autoptr(GString) columns = g_string_new ("id, state, made, changed"), values = g_string_new ("?, ?, ?, ?");
  g_autofree char *sql = NULL;
  g_autoptr(KanStmt) stmt = NULL;
  int index = 5;

  FOREACH_ASK (c, ask, field)
    if (kan_field_has_column (field) && kan_answered (c, ask->key))
      {
        append (columns, ", ", field->id, NULL);
        g_string_append (values, ", ?");
      }
  sql = g_strconcat ("INSERT INTO ", c->reg->id, " (", columns->str, ") VALUES (", values->str, ")", NULL);
  stmt = c->error == NULL ? kan_db_prepare (c->book->db, sql, &c->error) : NULL;
  if (stmt == NULL)
    return;
  kan_stmt_set_int (stmt, 1, c->id);
  kan_stmt_set_text (stmt, 2, state);
  kan_stmt_set_int (stmt, 3, c->seq);
  kan_stmt_set_int (stmt, 4, c->seq);
  FOREACH_ASK (c, ask, field)
    if (kan_field_has_column (field) && kan_answered (c, ask->key))
      bind_answer (c, stmt, index++, c->body, field, ask->key);
  kan_stmt_step (stmt, &c->error);
}

static void
drop_row (KanCase *c)
{
  g_autofree char *sql = g_strconcat ("DELETE FROM ", c->reg->id, " WHERE id = ?", NULL);

  kan_run (c, sql, "i", c->id);
}

static void
put_refs (KanCase *c, const KanField *field, const char *key)
{
  g_autofree char *clear = g_strdup_printf ("DELETE FROM %s_%s WHERE owner = ?", c->reg->id, field->id);
  g_autofree char *insert = g_strdup_printf ("INSERT INTO %s_%s (owner, value) VALUES (?, ?)", c->reg->id, field->id);
  const char **subjects = kan_answer_list (c, key);

  kan_run (c, clear, "i", c->id);
  for (; subjects != NULL && *subjects != NULL; subjects++)
    {
      gint64 id = 0;

      kan_subject_register (c->book, *subjects, &id);
      kan_run (c, insert, "ii", c->id, id);
    }
}

static void
put_row (KanCase *c, const KanField *field, const KanBody *row, guint n)
{
  const KanRegister *cells = kan_book_find_register (c->book, field->of);
  g_autoptr(GString) columns = g_string_new ("owner, n"), values = g_string_new ("?, ?");
  g_autofree char *sql = NULL;
  g_autoptr(KanStmt) stmt = NULL;

  for (guint i = 0; i < kan_body_n_members (row); i++)
    {
      g_string_append_printf (columns, ", %s", kan_body_nth_key (row, i));
      g_string_append (values, ", ?");
    }
  sql = g_strdup_printf ("INSERT INTO %s_%s (%s) VALUES (%s)", c->reg->id, field->id, columns->str, values->str);
  stmt = c->error == NULL ? kan_db_prepare (c->book->db, sql, &c->error) : NULL;
  if (stmt == NULL)
    return;
  kan_stmt_set_int (stmt, 1, c->id);
  kan_stmt_set_int (stmt, 2, n + 1);
  for (guint i = 0; i < kan_body_n_members (row); i++)
    {
      const char *key = kan_body_nth_key (row, i);

      bind_answer (c, stmt, (int) i + 3, row, kan_register_find_field (cells, key), key);
    }
  kan_stmt_step (stmt, &c->error);
}

static void
put_beside (KanCase *c)
{
  FOREACH_ASK (c, ask, field)
    {
      /* an application made again leaves nothing of the former one */
      if (!c->creating && !kan_answered (c, ask->key))
        continue;
      if (field->type == KAN_REFS)
        put_refs (c, field, ask->key);
      if (field->type != KAN_ROWS)
        continue;
      g_autofree char *clear = g_strdup_printf ("DELETE FROM %s_%s WHERE owner = ?", c->reg->id, field->id);

      kan_run (c, clear, "i", c->id);
      for (guint i = 0; i < kan_answer_rows (c, ask->key); i++)
        put_row (c, field, kan_body_get_row (c->body, ask->key, i), i);
    }
}

static char **
cleared_columns (KanCase *c)
{
  return g_strsplit (c->kind->clears != NULL ? c->kind->clears : "", "|", -1);
}

/* The patch: columns that the act clears, where anything stands in them, since it leaves out what is null. */
static void
append_cleared (GString *sql, char **cleared)
{
  g_string_append (sql, ", json_object (");
  for (guint i = 0; cleared[i] != NULL; i++)
    append (sql, i > 0 ? ", '" : "'", cleared[i], "', ", cleared[i], NULL);
  g_string_append (sql, "))");
}

/* A void brings back what stood there: the row's columns before the act, as JSON. */
static char *
take_undo (KanCase *c)
{
  g_autoptr(GString) sql = g_string_new ("SELECT ");
  g_auto(GStrv) cleared = cleared_columns (c);
  g_autoptr(KanStmt) stmt = NULL;

  if (c->creating || c->kind->effect != NULL || c->kind->series != NULL)
    return NULL;
  append (sql, *cleared != NULL ? "json_patch (" : "", "json_object ('state', state", NULL);
  FOREACH_ASK (c, ask, field)
    if (kan_field_has_column (field) && kan_answered (c, ask->key))
      append (sql, ", '", field->id, "', ", field->id, NULL);
  g_string_append (sql, ")");
  if (*cleared != NULL)
    append_cleared (sql, cleared);
  append (sql, " FROM ", c->reg->id, " WHERE id = ?", NULL);
  stmt = c->error == NULL ? kan_db_query (c->book->db, &c->error, sql->str, "i", c->id) : NULL;
  return stmt != NULL && kan_stmt_step (stmt, &c->error) ? g_strdup (kan_stmt_text (stmt, 0)) : NULL;
}

static void
change_row (KanCase *c, const char *state)
{
  g_autoptr(GString) sql = g_string_new (NULL);
  g_auto(GStrv) cleared = cleared_columns (c);
  g_autoptr(KanStmt) stmt = NULL;
  int index = 1;

  append (sql, "UPDATE ", c->reg->id, " SET changed = ?", NULL);
  if (state != NULL)
    g_string_append (sql, ", state = ?");
  for (char **column = cleared; *column != NULL; column++)
    append (sql, ", ", *column, " = NULL", NULL);
  FOREACH_ASK (c, ask, field)
    if (kan_field_has_column (field) && kan_answered (c, ask->key))
      append (sql, ", ", field->id, " = ?", NULL);
  g_string_append (sql, " WHERE id = ?");
  stmt = c->error == NULL ? kan_db_prepare (c->book->db, sql->str, &c->error) : NULL;
  if (stmt == NULL)
    return;
  kan_stmt_set_int (stmt, index++, c->seq);
  if (state != NULL)
    kan_stmt_set_text (stmt, index++, state);
  FOREACH_ASK (c, ask, field)
    if (kan_field_has_column (field) && kan_answered (c, ask->key))
      bind_answer (c, stmt, index++, c->body, field, ask->key);
  kan_stmt_set_int (stmt, index, c->id);
  kan_stmt_step (stmt, &c->error);
}

/**
 * kan_set_state:
 * @c: the case
 * @reg: a register
 * @id: a record of it
 * @state: its new state
 */
void
kan_set_state (KanCase *c, const KanRegister *reg, gint64 id, const char *state)
{
  g_autofree char *sql = g_strdup_printf ("UPDATE %s SET state = ?, changed = ? WHERE id = ?", reg->id);

  kan_run (c, sql, "sii", state, c->seq, id);
}

/* Text as a body keeps it, into the column as the column keeps it. */
static void
bind_value (KanCase *c, KanStmt *stmt, int index, const KanField *field, const char *value)
{
  g_autoptr(KanBody) body = kan_body_new ();

  if (field->type == KAN_COUNT)
    kan_body_set_int (body, "value", g_ascii_strtoll (value, NULL, 10));
  else if (field->type == KAN_YES)
    kan_body_set_yes (body, "value", strcmp (value, "yes") == 0);
  else
    kan_body_set_text (body, "value", value);
  bind_answer (c, stmt, index, body, field, "value");
}

/**
 * kan_put_column:
 * @c: the case, in its effect
 * @reg: a register
 * @id: a record of it
 * @field: a field with a column
 * @value: the new answer as text; yes and no for yes/no fields
 */
void
kan_put_column (KanCase *c, const KanRegister *reg, gint64 id, const KanField *field, const char *value)
{
  g_autofree char *sql = g_strdup_printf ("UPDATE %s SET %s = ?, changed = ? WHERE id = ?", reg->id, field->id);
  g_autoptr(KanStmt) stmt = c->error == NULL ? kan_db_prepare (c->book->db, sql, &c->error) : NULL;

  if (stmt == NULL)
    return;
  bind_value (c, stmt, 1, field, value);
  kan_stmt_set_int (stmt, 2, c->seq);
  kan_stmt_set_int (stmt, 3, id);
  kan_stmt_step (stmt, &c->error);
}

/**
 * kan_is_referred_to:
 * @c: the case
 * @reg: a register
 * @id: a record of it
 *
 * Returns: whether any other record refers to it
 */
gboolean
kan_is_referred_to (KanCase *c, const KanRegister *reg, gint64 id)
{
  for (const KanRegister **other = c->book->registry->registers; *other != NULL; other++)
    for (const KanField *field = (*other)->prefix != NULL ? (*other)->fields : NULL; field != NULL &&
         field->id != NULL; field++)
      {
        g_autofree char *sql = NULL;
        g_autoptr(KanStmt) stmt = NULL;

        if ((field->type != KAN_REF && field->type != KAN_REFS) || !kan_field_offers (c->book, field, reg))
          continue;
        if (field->type == KAN_REFS)
          sql = g_strdup_printf ("SELECT 1 FROM %s_%s WHERE value = ?1", (*other)->id, field->id);
        else
          sql = g_strdup_printf ("SELECT 1 FROM %s WHERE %s = ?1 OR %s = '%s' || ?1", (*other)->id, field->id,
                                 field->id, reg->prefix);
        stmt = c->error == NULL ? kan_db_query (c->book->db, &c->error, sql, "i", id) : NULL;
        if (stmt != NULL && kan_stmt_step (stmt, &c->error))
          return TRUE;
      }
  return FALSE;
}

/* --- numbers, search, marks ----------------------------------------------------------------------------------- */

/* Gapless within the fiscal year in which the act takes effect. A number once drawn stays with its record. */
static void
draw_number (KanCase *c)
{
  gint64 fy = kan_fiscal_year (kan_day_of_utc (c->moment)), number;
  g_autofree char *drawn = NULL, *sql = NULL;

  if (c->kind->series == NULL)
    return;
  drawn = g_strdup_printf ("SELECT %s_no FROM %s WHERE id = :subject", c->kind->series, c->reg->id);
  if (kan_ask_int (c, drawn) != 0)
    return;
  number = kan_number_drawn (c, fy);
  kan_run (c, "INSERT INTO series (id, fy, last) VALUES (?1, ?2, ?3) ON CONFLICT (id, fy) DO UPDATE SET last = ?3",
           "sii", c->kind->series, fy, number);
  sql = g_strdup_printf ("UPDATE %s SET %s_fy = ?, %s_no = ? WHERE id = ?", c->reg->id, c->kind->series,
                         c->kind->series);
  kan_run (c, sql, "iii", fy, number, c->id);
}

static gboolean
sets_searched (KanCase *c)
{
  FOREACH_ASK (c, ask, field)
    if (((field->flags & KAN_SEARCHED) != 0 || kan_field_is_compared (field)) && kan_answered (c, ask->key))
      return TRUE;
  return FALSE;
}

/* What things are told apart by, as it is compared. */
static void
put_alike (KanCase *c, const KanRegister *reg, gint64 id)
{
  for (const KanField *field = reg->fields; field->id != NULL; field++)
    if (kan_field_is_compared (field))
      {
        g_autofree char *sql = g_strdup_printf ("SELECT %s FROM %s WHERE id = ?", field->id, reg->id);
        g_autoptr(KanStmt) stmt = c->error == NULL ? kan_db_query (c->book->db, &c->error, sql, "i", id) : NULL;
        gboolean there = stmt != NULL && kan_stmt_step (stmt, &c->error) && !kan_stmt_is_null (stmt, 0);
        g_autofree char *key = there ? kan_field_alike_key (field, kan_stmt_text (stmt, 0)) : NULL;

        if (key != NULL)
          kan_run (c, "INSERT OR REPLACE INTO alike (register, id, field, key) VALUES (?, ?, ?, ?)", "siss", reg->id,
                   id, field->id, key);
        else
          kan_run (c, "DELETE FROM alike WHERE register = ? AND id = ? AND field = ?", "sis", reg->id, id, field->id);
      }
}

/**
 * kan_index_record:
 * @c: the case
 * @reg: a register
 * @id: a record of it
 *
 * Renews the keys under which the record is searched and compared; the text as typed is never normalised.
 */
void
kan_index_record (KanCase *c, const KanRegister *reg, gint64 id)
{
  g_autoptr(GString) sql = g_string_new ("SELECT ''");
  g_autoptr(GString) words = g_string_new (NULL);
  g_autofree char *key = NULL;
  g_autoptr(KanStmt) stmt = NULL;

  put_alike (c, reg, id);
  for (const KanField *field = reg->fields; field->id != NULL; field++)
    if ((field->flags & KAN_SEARCHED) != 0 && kan_field_has_column (field) && field->type != KAN_LINES)
      g_string_append_printf (sql, ", %s", field->id);
  g_string_append_printf (sql, " FROM %s WHERE id = ?", reg->id);
  stmt = c->error == NULL ? kan_db_query (c->book->db, &c->error, sql->str, "i", id) : NULL;
  if (stmt == NULL || !kan_stmt_step (stmt, &c->error))
    return;
  for (int i = 1; i < kan_stmt_n_columns (stmt); i++)
    if (!kan_stmt_is_null (stmt, i))
      g_string_append_printf (words, "%s\n", kan_stmt_text (stmt, i));
  key = kan_text_search_key (words->str);
  kan_run (c, "INSERT OR REPLACE INTO search (register, id, key) VALUES (?, ?, ?)", "sis", reg->id, id, key);
}

/**
 * kan_index_made:
 * @c: the case, in its effect
 * @register_id: a register, other than the act's own
 *
 * What the effect has put into it is found as what is entered one by one.
 */
void
kan_index_made (KanCase *c, const char *register_id)
{
  const KanRegister *reg = kan_book_find_register (c->book, register_id);
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM %s WHERE made = ?", register_id);
  g_autoptr(KanStmt) stmt = c->error == NULL ? kan_db_query (c->book->db, &c->error, sql, "i", c->seq) : NULL;
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  while (stmt != NULL && kan_stmt_step (stmt, &c->error))
    {
      gint64 id = kan_stmt_int (stmt, 0);

      g_array_append_val (ids, id);
    }
  for (guint i = 0; i < ids->len; i++)
    kan_index_record (c, reg, g_array_index (ids, gint64, i));
}

/**
 * kan_open_shortfall:
 * @c: the case, in its effect
 * @rule: which rule is not met
 * @key: (nullable): beside which answer
 *
 * Opens a shortfall (不備) on the act's record.
 */
void
kan_open_shortfall (KanCase *c, const char *rule, const char *key)
{
  kan_run (c, "INSERT INTO shortfall (state, made, changed, about, act, rule, question)"
           " VALUES ('open', ?, ?, ?, ?, ?, ?)", "iisiss", c->seq, c->seq, c->subject, c->seq, rule, key);
}

/**
 * kan_adopt_profile:
 * @c: the case, in its effect
 * @json: a profile that was checked
 * @in_force_from: its day of force (施行日)
 * @applies_from: (nullable): its day of application (適用日); %NULL: the same day
 *
 * Acts recorded from now on are judged by it from that day on, facts where they happened on its day of application or
 * later.
 */
void
kan_adopt_profile (KanCase *c, const char *json, const char *in_force_from, const char *applies_from)
{
  KanProfile *profile = c->error == NULL ? kan_profile_new_from_json (json, -1, &c->error) : NULL;
  const char *applies = applies_from != NULL ? applies_from : in_force_from;

  if (profile != NULL)
    kan_book_add_profile (c->book, c->seq, kan_ask_int (c, "SELECT max(:seq, ifnull(max(seq), 0)) FROM hand"
                                                           " WHERE act = :seq"), in_force_from, applies, profile);
}

static void
open_marks (KanCase *c)
{
  const char **marks = kan_answer_list (c, KAN_KEY_DEVIATION);

  for (; marks != NULL && *marks != NULL; marks++)
    kan_open_mark (c, *marks);
}

/* What broke between a fact's signature and its last hand was not signed with it, and shows all the same. */
static void
open_late_marks (KanCase *c)
{
  g_autoptr(GPtrArray) marks = kan_case_marks (c);
  const char **signed_marks = kan_answer_list (c, KAN_KEY_DEVIATION);

  for (guint i = 0; i < marks->len; i++)
    if (signed_marks == NULL || !g_strv_contains (signed_marks, g_ptr_array_index (marks, i)))
      kan_open_mark (c, g_ptr_array_index (marks, i));
}

/* --- the act -------------------------------------------------------------------------------------------------- */

static void
put_step (KanCase *c, const char *before, const char *after, const char *undo)
{
  kan_run (c, "INSERT INTO step (seq, subject, before, after, undo) VALUES (?, ?, ?, ?, ?)", "issss", c->seq,
           c->subject, before, after, undo);
}

/**
 * kan_complete:
 * @self: an act whose last hand was given, or that needed none
 *
 * Columns, state, number, effect and shortfalls.
 */
void
kan_complete (KanCase *self)
{
  kan_overtake_beside (self);
  if (self->reg->prefix != NULL)
    {
      if (self->creating)
        {
          g_autofree char *there = state_of (self, self->reg, self->id);

          if (there == NULL)
            make_row (self, self->kind->to);
          else
            kan_set_state (self, self->reg, self->id, self->kind->to);
        }
      else
        {
          kan_restate (self);
          change_row (self, self->kind->to);
        }
      put_beside (self);
      draw_number (self);
      if (sets_searched (self))
        kan_index_record (self, self->reg, self->id);
    }
  if (self->error == NULL && self->kind->effect != NULL)
    self->kind->effect (self);
  open_marks (self);
  if (self->stage == KAN_STAGE_LAST_HAND)
    open_late_marks (self);
}

static void
wait_for_hands (KanCase *c, const char *before)
{
  kan_run (c, "INSERT OR REPLACE INTO pending (subject, act, kind, actor, before, edition, moment)"
           " VALUES (?, ?, ?, ?, ?, ?, ?)", "sisisii", c->subject, c->seq, c->kind->id, c->actor, before,
           (gint64) c->edition, c->moment);
  if (!c->creating)
    {
      if (c->kind->wait != NULL)
        kan_set_state (c, c->reg, c->id, c->kind->wait);
      return;
    }
  /* an application made again is another record under the same name */
  if (before != NULL)
    drop_row (c);
  make_row (c, c->kind->wait != NULL ? c->kind->wait : "waiting");
  put_beside (c);
  if (sets_searched (c))
    kan_index_record (c, c->reg, c->id);
}

/* Once a day, by whoever is in charge then: what is asked is how far their readings go, not how far everybody's. */
static void
take_reading (KanCase *c)
{
  KanBook *book = c->book;

  book->floor = MAX (book->floor, c->at_utc);
  if (c->at_utc == book->floor && kan_day_of_utc (c->at_utc) > kan_day_of_utc (book->sure) &&
      kan_may (c, c->actor, KAN_MANAGERS))
    book->sure = c->at_utc;
}

/**
 * kan_apply:
 * @self: an admitted case with its seq
 *
 * Returns: %FALSE only where the world failed; the error stays in the case
 */
gboolean
kan_apply (KanCase *self)
{
  g_autofree char *before = NULL, *after = NULL, *undo = NULL;
  g_autoptr(GPtrArray) outstanding = NULL;
  gint64 id = 0;
  const KanRegister *reg;

  if ((self->kind->flags & KAN_TIMELESS) == 0)
    take_reading (self);
  reg = self->reg->prefix != NULL ? self->reg : kan_subject_register (self->book, self->subject, &id);
  id = self->id;
  kan_overtake (self);
  before = reg != NULL ? state_of (self, reg, id) : NULL;
  outstanding = kan_hands_outstanding (self, 0, NULL);
  if (outstanding->len > 0)
    wait_for_hands (self, before);
  else
    {
      undo = self->reg->prefix != NULL ? take_undo (self) : NULL;
      kan_complete (self);
    }
  after = reg != NULL ? state_of (self, reg, id) : NULL;
  put_step (self, before, after, undo);
  kan_put_declarer (self);
  return self->error == NULL;
}
