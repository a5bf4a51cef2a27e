/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers of several rows, as JSON that anybody writes or as a table in CSV, in the one spelling that is signed. */
#include "cli/kan-cli-private.h"

#include "values/kan-wareki.h"

#include <string.h>

/* The rows alone of {"rows":[…]}; NULL where there are none. */
static char *
encode_rows (const KanBody *body)
{
  gsize size = 0;
  g_autofree char *text = kan_body_encode (body, &size);

  return size > 9 ? g_strndup (text + 8, size - 9) : NULL;
}

/* --- JSON ----------------------------------------------------------------------------------------------------- */

static void
add_cell (KanBody *row, const char *key, JsonNode *cell)
{
  if (JSON_NODE_HOLDS_VALUE (cell) && json_node_get_value_type (cell) == G_TYPE_INT64)
    kan_body_set_int (row, key, json_node_get_int (cell));
  else if (JSON_NODE_HOLDS_VALUE (cell) && json_node_get_value_type (cell) == G_TYPE_BOOLEAN)
    kan_body_set_yes (row, key, json_node_get_boolean (cell));
  else if (JSON_NODE_HOLDS_VALUE (cell) && json_node_get_value_type (cell) == G_TYPE_STRING)
    kan_body_set_text (row, key, json_node_get_string (cell));
}

static char *
spell_json (JsonArray *array)
{
  g_autoptr(KanBody) body = kan_body_new ();

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      KanBody *row = kan_body_new ();
      JsonObjectIter iter;
      const char *key = NULL;
      JsonNode *cell = NULL;

      if (JSON_NODE_HOLDS_OBJECT (element))
        for (json_object_iter_init (&iter, json_node_get_object (element)); json_object_iter_next (&iter, &key, &cell);)
          add_cell (row, key, cell);
      kan_body_add_row (body, "rows", row);
    }
  return encode_rows (body);
}

/* --- CSV ------------------------------------------------------------------------------------------------------ */

/* Takes the next cell off a line; between quotation marks commas are text, and two of the marks are one. */
static char *
take_cell (const char **line)
{
  GString *cell = g_string_new (NULL);
  gboolean quoted = FALSE;
  const char *at = *line;

  for (; *at != '\0' && (quoted || *at != ','); at++)
    if (*at == '"' && quoted && at[1] == '"')
      g_string_append_c (cell, *at++);
    else if (*at == '"')
      quoted = !quoted;
    else
      g_string_append_c (cell, *at);
  *line = *at == ',' ? at + 1 : NULL;
  return g_strstrip (g_string_free (cell, FALSE));
}

/* What cannot be read is left as it stands, to be refused beside its cell. */
static void
add_table_cell (KanBody *row, const KanField *field, const char *cell)
{
  KanDay day = field->type == KAN_DATE ? kan_wareki_parse (cell) : KAN_DAY_NONE;
  g_autofree char *iso = day != KAN_DAY_NONE ? kan_day_format (day) : NULL;
  guint64 number = 0;

  if (*cell == '\0')
    return;
  if (field->type == KAN_COUNT && g_ascii_string_to_unsigned (cell, 10, 0, G_MAXINT32, &number, NULL))
    kan_body_set_int (row, field->id, (gint64) number);
  else
    kan_body_set_text (row, field->id, iso != NULL ? iso : cell);
}

static KanBody *
read_line (const KanRegister *reg, const char *line)
{
  KanBody *row = kan_body_new ();

  for (const KanField *field = reg->fields; field->id != NULL && line != NULL; field++)
    {
      g_autofree char *cell = take_cell (&line);

      add_table_cell (row, field, cell);
    }
  return row;
}

/* Japanese offices' tables come in the one or the other. */
static char *
to_utf8 (const char *text)
{
  if (g_utf8_validate (text, -1, NULL))
    return g_strdup (text);
  return g_convert (text, -1, "UTF-8", "CP932", NULL, NULL, NULL);
}

/* The first line names the columns. */
static char *
spell_csv (const KanRegister *reg, const char *table)
{
  g_autoptr(KanBody) body = kan_body_new ();
  g_autofree char *text = to_utf8 (table);
  g_auto(GStrv) lines = g_strsplit_set (text != NULL ? text : "", "\r\n", -1);

  for (char **line = lines; *line != NULL; line++)
    if (line > lines && **line != '\0')
      kan_body_add_row (body, "rows", read_line (reg, *line));
  return encode_rows (body);
}

/**
 * kan_cli_spell_rows:
 * @reg: the register of the rows
 * @typed: JSON, or a CSV table in UTF-8 or CP932: a heading, then the columns in the order of the register's fields
 *
 * Returns: (transfer full): the rows as they are signed; what cannot be read as it was, to be refused
 */
char *
kan_cli_spell_rows (const KanRegister *reg, const char *typed)
{
  gboolean table = strchr (typed, '\n') != NULL && *typed != '[' && *typed != '{';
  g_autoptr(JsonNode) root = table ? NULL : json_from_string (typed, NULL);
  char *rows = table ? spell_csv (reg, typed)
               : root != NULL && JSON_NODE_HOLDS_ARRAY (root) ? spell_json (json_node_get_array (root)) : NULL;

  return rows != NULL ? rows : g_strdup (typed);
}
