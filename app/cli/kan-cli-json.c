/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON for scripts: names as the code spells them, values as they are stored. */
#include "cli/kan-cli-private.h"
#include "values/kan-text.h"

#include <stdio.h>
#include <string.h>

/**
 * kan_json_text:
 * @json: a builder within an object
 * @name: a member
 * @value: (nullable): its value; %NULL: null
 */
void
kan_json_text (JsonBuilder *json, const char *name, const char *value)
{
  g_autofree char *valid = value != NULL ? g_utf8_make_valid (value, -1) : NULL;

  json_builder_set_member_name (json, name);
  if (valid != NULL)
    json_builder_add_string_value (json, valid);
  else
    json_builder_add_null_value (json);
}

/**
 * kan_json_int:
 * @json: a builder within an object
 * @name: a member
 * @value: its value
 */
void
kan_json_int (JsonBuilder *json, const char *name, gint64 value)
{
  json_builder_set_member_name (json, name);
  json_builder_add_int_value (json, value);
}

/**
 * kan_json_person:
 * @json: a builder within an object
 * @name: a member
 * @person: a person's number; 0: null
 *
 * As every reference to a record: "P9".
 */
void
kan_json_person (JsonBuilder *json, const char *name, gint64 person)
{
  g_autofree char *subject = person > 0 ? g_strdup_printf ("P%" G_GINT64_FORMAT, person) : NULL;

  kan_json_text (json, name, subject);
}

/**
 * kan_json_yes:
 * @json: a builder within an object
 * @name: a member
 * @value: its value
 */
void
kan_json_yes (JsonBuilder *json, const char *name, gboolean value)
{
  json_builder_set_member_name (json, name);
  json_builder_add_boolean_value (json, value);
}

/**
 * kan_json_label:
 * @json: a builder within an object
 * @name: a member
 * @label: in both languages
 */
void
kan_json_label (JsonBuilder *json, const char *name, const KanLabel *label)
{
  json_builder_set_member_name (json, name);
  json_builder_begin_object (json);
  kan_json_text (json, "en", label->en);
  kan_json_text (json, "ja", label->ja);
  json_builder_end_object (json);
}

/**
 * kan_json_texts:
 * @json: a builder within an object
 * @name: a member
 * @values: (nullable): texts, ending with %NULL
 */
void
kan_json_texts (JsonBuilder *json, const char *name, const char *const *values)
{
  json_builder_set_member_name (json, name);
  json_builder_begin_array (json);
  for (; values != NULL && *values != NULL; values++)
    json_builder_add_string_value (json, *values);
  json_builder_end_array (json);
}

/**
 * kan_json_split:
 * @json: a builder within an object
 * @name: a member
 * @joined: (nullable): texts with "|" between
 */
void
kan_json_split (JsonBuilder *json, const char *name, const char *joined)
{
  g_auto(GStrv) values = joined != NULL ? g_strsplit (joined, "|", -1) : NULL;

  kan_json_texts (json, name, (const char *const *) values);
}

/**
 * kan_json_array:
 * @json: a builder within an object
 * @name: a member
 * @texts: (nullable) (element-type utf8): texts
 */
void
kan_json_array (JsonBuilder *json, const char *name, GPtrArray *texts)
{
  json_builder_set_member_name (json, name);
  json_builder_begin_array (json);
  for (guint i = 0; texts != NULL && i < texts->len; i++)
    json_builder_add_string_value (json, g_ptr_array_index (texts, i));
  json_builder_end_array (json);
}

/**
 * kan_json_stored:
 * @json: a builder where a value is due
 * @book: where free text lies
 * @field: (nullable): what it is
 * @stored: (nullable): its stored form
 *
 * Counts are numbers, yes and no are booleans, free text is itself instead of its digest.
 */
void
kan_json_stored (JsonBuilder *json, KanBook *book, const KanField *field, const char *stored)
{
  g_autofree char *text = NULL;

  if (stored == NULL)
    json_builder_add_null_value (json);
  else if (field != NULL && field->type == KAN_COUNT)
    json_builder_add_int_value (json, g_ascii_strtoll (stored, NULL, 10));
  else if (field != NULL && field->type == KAN_YES)
    json_builder_add_boolean_value (json, strcmp (stored, "0") != 0);
  else if (field != NULL && field->type == KAN_LINES)
    {
      text = kan_book_show (book, field, stored, FALSE);
      json_builder_add_string_value (json, text);
    }
  else
    json_builder_add_string_value (json, stored);
}

/**
 * kan_json_member:
 * @json: a builder within an object
 * @body: an act's answers
 * @key: one of them; as it is signed
 */
void
kan_json_member (JsonBuilder *json, const KanBody *body, const char *key)
{
  switch (kan_body_get_type (body, key))
    {
    case KAN_BODY_TEXT:
      kan_json_text (json, key, kan_body_get_text (body, key));
      break;
    case KAN_BODY_INT:
      kan_json_int (json, key, kan_body_get_int (body, key));
      break;
    case KAN_BODY_YES:
      kan_json_yes (json, key, kan_body_get_yes (body, key));
      break;
    case KAN_BODY_LIST:
      kan_json_texts (json, key, kan_body_get_list (body, key));
      break;
    case KAN_BODY_ROWS:
      json_builder_set_member_name (json, key);
      json_builder_begin_array (json);
      for (guint i = 0; i < kan_body_n_rows (body, key); i++)
        kan_json_body (json, NULL, kan_body_get_row (body, key, i));
      json_builder_end_array (json);
      break;
    case KAN_BODY_NONE:
    default:
      break;
    }
}

/**
 * kan_json_body:
 * @json: a builder
 * @name: (nullable): a member; %NULL: as an element
 * @body: (nullable): an act's answers
 */
void
kan_json_body (JsonBuilder *json, const char *name, const KanBody *body)
{
  if (name != NULL)
    json_builder_set_member_name (json, name);
  if (body == NULL)
    {
      json_builder_add_null_value (json);
      return;
    }
  json_builder_begin_object (json);
  for (guint i = 0; i < kan_body_n_members (body); i++)
    kan_json_member (json, body, kan_body_nth_key (body, i));
  json_builder_end_object (json);
}

/**
 * kan_json_objects:
 * @json: a builder within an object
 * @name: of the list
 * @items: what it lists
 * @fill: adds the members of one
 * @data: for @fill
 *
 * Adds a list of objects.
 */
void
kan_json_objects (JsonBuilder *json, const char *name, const GPtrArray *items, KanJsonFill fill, gpointer data)
{
  json_builder_set_member_name (json, name);
  json_builder_begin_array (json);
  for (guint i = 0; i < items->len; i++)
    {
      json_builder_begin_object (json);
      fill (json, g_ptr_array_index (items, i), data);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
fill_refusal_cb (JsonBuilder *json, gconstpointer item, G_GNUC_UNUSED gpointer data)
{
  const KanRefusal *refusal = item;

  kan_json_text (json, "field", refusal->key);
  kan_json_text (json, "code", kan_refusal_id (refusal));
  kan_json_text (json, "rule", refusal->rule);
  kan_json_text (json, "why", refusal->typed);
  kan_json_yes (json, "mark", refusal->is_mark);
}

/**
 * kan_json_refusals:
 * @json: a builder within an object
 * @refusals: (element-type KanRefusal): refusals and marks
 */
void
kan_json_refusals (JsonBuilder *json, GPtrArray *refusals)
{
  kan_json_objects (json, "refusals", refusals, fill_refusal_cb, NULL);
}

/**
 * kan_json_to_text:
 * @json: a finished builder
 * @pretty: whether it is indented
 *
 * Returns: (transfer full): the document
 */
char *
kan_json_to_text (JsonBuilder *json, gboolean pretty)
{
  g_autoptr(JsonNode) root = json_builder_get_root (json);

  return json_to_string (root, pretty);
}

/* Within a document only strings hold such characters, and any of them may be written by its number. */
static void
append_escaped (GString *out, gunichar c)
{
  if (c > 0xFFFF)
    g_string_append_printf (out, "\\u%04x\\u%04x", 0xD800 + ((c - 0x10000) >> 10), 0xDC00 + ((c - 0x10000) & 0x3FF));
  else
    g_string_append_printf (out, "\\u%04x", c);
}

/**
 * kan_json_print:
 * @json: a finished builder
 *
 * Writes the document to the standard output: UTF-8 whatever the file holds, and nothing in it that a terminal obeys.
 */
void
kan_json_print (JsonBuilder *json)
{
  g_autofree char *text = kan_json_to_text (json, TRUE), *valid = g_utf8_make_valid (text, -1);
  GString *out = g_string_sized_new (strlen (valid));

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      gsize size = (gsize) (g_utf8_next_char (at) - at);

      if (kan_text_bytes_are_clean (at, size, TRUE, NULL))
        g_string_append_len (out, at, (gssize) size);
      else
        append_escaped (out, g_utf8_get_char (at));
    }
  puts (out->str);
  g_string_free (out, TRUE);
}

/**
 * kan_cli_end_list:
 * @self: the command line
 * @json: a builder within the one array of a document
 * @grid: the same for people
 *
 * Ends the document and prints the one or the other.
 */
void
kan_cli_end_list (KanCli *self, JsonBuilder *json, KanGrid *grid)
{
  json_builder_end_array (json);
  json_builder_end_object (json);
  if (self->json)
    kan_json_print (json);
  else
    kan_grid_print (grid, "", 0);
}
