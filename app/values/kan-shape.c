/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reader of shaped JSON: total on any input, tells all problems instead of the first, keeps nothing half read. */
#include "values/kan-shape.h"

#include "values/kan-numbers.h"
#include "values/kan-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_BYTES (1024 * 1024)
#define MAX_DEPTH 12            /* json-glib reads by recursion and has no limit of its own */
#define MAX_CHARACTERS 400

static void read_value   (KanShapeReader *reader, const KanShape *shape, JsonNode *node, gpointer into);
static void read_members (KanShapeReader *reader, const KanShape *shape, JsonNode *node, gpointer into);

static gsize
push_member (KanShapeReader *reader, const char *name)
{
  gsize before = reader->path->len;
  gboolean plain = *name != '\0' && strspn (name, "abcdefghijklmnopqrstuvwxyz_0123456789") == strlen (name);

  g_string_append_printf (reader->path, plain ? ".%s" : "[\"%s\"]", name);
  return before;
}

static gsize
push_index (KanShapeReader *reader, guint index)
{
  gsize before = reader->path->len;

  g_string_append_printf (reader->path, "[%u]", index);
  return before;
}

static const char *
keep (KanShapeReader *reader, const char *text)
{
  return g_string_chunk_insert_const (reader->strings, text);
}

static gboolean
is_string (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;
}

static gboolean
is_integer (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64;
}

/* "" where a line may be lacking: a member that stands there to be filled in. */
static gboolean
is_empty (JsonNode *node)
{
  return is_string (node) && *json_node_get_string (node) == '\0';
}

static const char *
read_line (KanShapeReader *reader, JsonNode *node)
{
  const char *text = is_string (node) ? json_node_get_string (node) : NULL, *why = NULL;

  if (text == NULL)
    kan_shape_problem (reader, _("must be a text"));
  else if (*text == '\0')
    kan_shape_problem (reader, _("must not be empty"));
  else if (!kan_text_is_clean (text, &why))
    kan_shape_problem (reader, "%s", why);
  else if (g_utf8_strlen (text, -1) > MAX_CHARACTERS)
    kan_shape_problem (reader, _("is longer than %d characters"), MAX_CHARACTERS);
  else if (kan_numbers_occur_in (text))
    kan_shape_problem (reader, _("looks like an individual number or a resident record code"));
  else
    return keep (reader, text);
  return NULL;
}

static gboolean
is_id (const char *text)
{
  return g_ascii_islower (*text) && strspn (text, "abcdefghijklmnopqrstuvwxyz_.0123456789") == strlen (text);
}

static const char *
read_id (KanShapeReader *reader, JsonNode *node)
{
  const char *text = read_line (reader, node);

  if (text == NULL || is_id (text))
    return text;
  kan_shape_problem (reader, _("“%s” is no id: lower-case letters, digits, “_” and “.” only"), text);
  return NULL;
}

static const char *
read_one_of (KanShapeReader *reader, const KanShape *shape, JsonNode *node)
{
  const char *text = read_line (reader, node);
  g_autofree char *all = NULL;

  if (text == NULL || g_strv_contains (shape->choices, text))
    return text;
  all = g_strjoinv (", ", (char **) shape->choices);
  kan_shape_problem (reader, _("“%s” is none of: %s"), text, all);
  return NULL;
}

static const char *
read_article (KanShapeReader *reader, JsonNode *node)
{
  const char *text = read_line (reader, node);

  if (text == NULL || g_regex_match_simple ("^[1-9][0-9]*(-[1-9][0-9]*)?$", text, G_REGEX_DOLLAR_ENDONLY, 0))
    return text;
  kan_shape_problem (reader, _("“%s” is no article: write 11 or 11-3"), text);
  return NULL;
}

static void
read_label (KanShapeReader *reader, JsonNode *node, KanLabel *label)
{
  static const KanShape members[] = {
    { "en", KAN_SHAPE_LINE, G_STRUCT_OFFSET (KanLabel, en) },
    { "ja", KAN_SHAPE_LINE, G_STRUCT_OFFSET (KanLabel, ja) },
    { 0 }
  };

  read_members (reader, members, node, label);
}

static gint64
read_int (KanShapeReader *reader, const KanShape *shape, JsonNode *node)
{
  gint64 n = is_integer (node) ? json_node_get_int (node) : 0;
  g_autofree char *least = g_strdup_printf ("%" G_GINT64_FORMAT, shape->min);
  g_autofree char *most = g_strdup_printf ("%" G_GINT64_FORMAT, shape->max);

  if (!is_integer (node))
    kan_shape_problem (reader, _("must be a whole number"));
  else if (n < shape->min || n > shape->max)
    kan_shape_problem (reader, _("must lie between %s and %s"), least, most);
  return n;
}

static gboolean
read_flag (KanShapeReader *reader, JsonNode *node)
{
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return json_node_get_boolean (node);
  kan_shape_problem (reader, _("must be true or false"));
  return FALSE;
}

static gint64
read_clock (KanShapeReader *reader, JsonNode *node)
{
  const char *text = read_line (reader, node);

  if (text == NULL)
    return 0;
  if (g_regex_match_simple ("^([01][0-9]|2[0-3]):[0-5][0-9]$", text, G_REGEX_DOLLAR_ENDONLY, 0))
    return ((text[0] - '0') * 10 + text[1] - '0') * 60 + (text[3] - '0') * 10 + text[4] - '0';
  kan_shape_problem (reader, _("“%s” is no time of day: write 08:30"), text);
  return 0;
}

/* The list's elements; %NULL, with the problem told, for what is no list or too short. */
static JsonArray *
open_list (KanShapeReader *reader, JsonNode *node, gint64 least)
{
  JsonArray *list = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (list == NULL)
    kan_shape_problem (reader, _("must be a list"));
  else if (json_array_get_length (list) >= least)
    return list;
  else
    kan_shape_problem (reader, _("must not be empty"));
  return NULL;
}

static const char *const *
read_ids (KanShapeReader *reader, const KanShape *shape, JsonNode *node)
{
  JsonArray *list = open_list (reader, node, shape->min);
  guint n = list != NULL ? json_array_get_length (list) : 0;
  const char **ids = kan_shape_alloc (reader, n + 1, sizeof (char *));

  for (guint i = 0, kept = 0; i < n; i++)
    {
      gsize before = push_index (reader, i);
      const char *id = read_id (reader, json_array_get_element (list, i));

      if (id != NULL && g_strv_contains (ids, id))
        kan_shape_problem (reader, _("“%s” stands here twice"), id);
      else if (id != NULL)
        ids[kept++] = id;
      g_string_truncate (reader->path, before);
    }
  return ids;
}

static void
read_ints (KanShapeReader *reader, const KanShape *shape, JsonNode *node, KanItems *into)
{
  JsonArray *list = open_list (reader, node, 1);
  int *ints;

  into->n = list != NULL ? json_array_get_length (list) : 0;
  into->items = ints = kan_shape_alloc (reader, into->n, sizeof (int));
  for (guint i = 0; i < into->n; i++)
    {
      gsize before = push_index (reader, i);

      ints[i] = (int) read_int (reader, shape, json_array_get_element (list, i));
      g_string_truncate (reader->path, before);
    }
}

static void
read_list (KanShapeReader *reader, const KanShape *shape, JsonNode *node, KanItems *into)
{
  JsonArray *list = open_list (reader, node, shape->min);

  into->n = list != NULL ? json_array_get_length (list) : 0;
  into->items = kan_shape_alloc (reader, into->n, shape->size);
  for (guint i = 0; i < into->n; i++)
    {
      gsize before = push_index (reader, i);

      read_members (reader, shape->of, json_array_get_element (list, i), (char *) into->items + i * shape->size);
      g_string_truncate (reader->path, before);
    }
}

static void
read_map (KanShapeReader *reader, const KanShape *shape, JsonNode *node, KanItems *into)
{
  JsonObject *map = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;
  char *item;

  if (map == NULL)
    {
      kan_shape_problem (reader, _("must be an object"));
      return;
    }
  into->n = json_object_get_size (map);
  into->items = item = kan_shape_alloc (reader, into->n, shape->size);
  json_object_iter_init_ordered (&iter, map);
  for (; json_object_iter_next_ordered (&iter, &name, &value); item += shape->size)
    {
      gsize before = push_member (reader, name);

      *(const char **) (gpointer) item = keep (reader, name);
      if (!is_id (name))
        kan_shape_problem (reader, _("“%s” is no id: lower-case letters, digits, “_” and “.” only"), name);
      read_members (reader, shape->of, value, item);
      g_string_truncate (reader->path, before);
    }
}

static void
read_value (KanShapeReader *reader, const KanShape *shape, JsonNode *node, gpointer into)
{
  gpointer at = (char *) into + shape->offset;

  switch (shape->type)
    {
    case KAN_SHAPE_ID:
      *(const char **) at = read_id (reader, node);
      break;
    case KAN_SHAPE_LINE:
      *(const char **) at = shape->may_lack && is_empty (node) ? NULL : read_line (reader, node);
      break;
    case KAN_SHAPE_ONE_OF:
      *(const char **) at = read_one_of (reader, shape, node);
      break;
    case KAN_SHAPE_ARTICLE:
      *(const char **) at = read_article (reader, node);
      break;
    case KAN_SHAPE_LABEL:
      read_label (reader, node, at);
      break;
    case KAN_SHAPE_INT:
      *(gint64 *) at = read_int (reader, shape, node);
      break;
    case KAN_SHAPE_FLAG:
      *(gboolean *) at = read_flag (reader, node);
      break;
    case KAN_SHAPE_CLOCK:
      *(gint64 *) at = read_clock (reader, node);
      break;
    case KAN_SHAPE_IDS:
      *(const char *const **) at = read_ids (reader, shape, node);
      break;
    case KAN_SHAPE_INTS:
      read_ints (reader, shape, node, at);
      break;
    case KAN_SHAPE_OBJECT:
      read_members (reader, shape->of, node, into);
      break;
    case KAN_SHAPE_LIST:
      read_list (reader, shape, node, at);
      break;
    case KAN_SHAPE_MAP:
      read_map (reader, shape, node, at);
      break;
    default:
      g_assert_not_reached ();
    }
}

static gboolean
is_known (const KanShape *shape, const char *name)
{
  while (shape->name != NULL && strcmp (shape->name, name) != 0)
    shape++;
  return shape->name != NULL;
}

/* The member that is not there, and that an unknown one was to be; NULL: none. */
static const char *
meant_by (const KanShape *shape, JsonObject *object, const char *typed)
{
  for (; shape->name != NULL; shape++)
    if (!json_object_has_member (object, shape->name) && kan_text_is_slip (typed, shape->name))
      return shape->name;
  return NULL;
}

/* What is mistyped is told once, where it is unknown. */
static gboolean
is_mistyped (const KanShape *shape, JsonObject *object, const char *missing)
{
  g_autoptr(GList) names = json_object_get_members (object);

  for (GList *name = names; name != NULL; name = name->next)
    if (!is_known (shape, name->data) && g_strcmp0 (meant_by (shape, object, name->data), missing) == 0)
      return TRUE;
  return FALSE;
}

static void
refuse_unknown_members (KanShapeReader *reader, const KanShape *shape, JsonObject *object)
{
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    {
      const char *meant = meant_by (shape, object, name);
      gsize before;

      if (is_known (shape, name))
        continue;
      before = push_member (reader, name);
      if (meant != NULL)
        kan_shape_problem (reader, _("is unknown here: “%s” is meant, and missing"), meant);
      else
        kan_shape_problem (reader, _("is unknown here"));
      g_string_truncate (reader->path, before);
    }
}

static void
read_members (KanShapeReader *reader, const KanShape *shape, JsonNode *node, gpointer into)
{
  static const char *const none[] = { NULL };
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  if (shape->name[0] == '\0')
    {
      read_value (reader, shape, node, into);
      return;
    }
  if (object == NULL)
    {
      kan_shape_problem (reader, _("must be an object"));
      return;
    }
  refuse_unknown_members (reader, shape, object);
  for (const KanShape *one = shape; one->name != NULL; one++)
    {
      JsonNode *value = json_object_get_member (object, one->name);
      gsize before = push_member (reader, one->name);

      if (value != NULL)
        read_value (reader, one, value, into);
      else if (!one->may_lack && !is_mistyped (shape, object, one->name))
        kan_shape_problem (reader, _("is missing"));
      else if (one->may_lack && one->type == KAN_SHAPE_IDS && one->min == 0)
        *(const char *const **) (gpointer) ((char *) into + one->offset) = none;
      g_string_truncate (reader->path, before);
    }
}

/* Whether a character outside of strings is one that JSON knows there. */
static gboolean
is_json_character (char c)
{
  return g_ascii_isspace (c) || g_ascii_isalnum (c) || strchr ("{}[]:,.+-\"", c) != NULL;
}

/* Whether the text has nothing that only json-glib takes for JSON: comments, other quotes, a NUL in a string (where it
 * would end), something after the end.
 * @deepest: (out): its deepest nesting of brackets. */
static gboolean
is_plain_json (const char *json, gsize len, guint *deepest)
{
  guint depth = 0;
  gboolean quoted = FALSE, ended = FALSE;

  *deepest = 0;
  for (gsize i = 0; i < len; i++)
    {
      if (!quoted && (!is_json_character (json[i]) || (ended && !g_ascii_isspace (json[i]))))
        return FALSE;
      if (quoted && json[i] == '\\')
        {
          if (len - i > 5 && strncmp (json + i, "\\u0000", 6) == 0)
            return FALSE;
          i++;
        }
      else if (json[i] == '"')
        quoted = !quoted;
      else if (!quoted && (json[i] == '{' || json[i] == '['))
        depth++;
      else if (!quoted && (json[i] == '}' || json[i] == ']') && depth > 0)
        ended = --depth == 0;
      *deepest = MAX (*deepest, depth);
    }
  return TRUE;
}

/* json-glib keeps the last of two members of one name. Seen here are the objects' own names, as they come. */
static void
object_member_cb (JsonParser *parser G_GNUC_UNUSED, JsonObject *object, const char *name, gpointer user_data)
{
  GHashTable *seen = user_data;
  g_autofree char *key = g_strdup_printf ("%p %s", (gpointer) object, name);

  if (!g_hash_table_add (seen, g_steal_pointer (&key)))
    g_hash_table_add (seen, g_strdup_printf ("twice %s", name));
}

static void
tell_doubles (KanShapeReader *reader, GHashTable *seen)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, seen);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (g_str_has_prefix (key, "twice "))
      kan_shape_problem (reader, _("“%s” stands twice in one object"), (char *) key + strlen ("twice "));
}

/**
 * kan_shape_reader_new:
 *
 * Returns: (transfer full): a reader that has read nothing; what it reads lives as long as it does
 */
KanShapeReader *
kan_shape_reader_new (void)
{
  KanShapeReader *reader = g_new0 (KanShapeReader, 1);

  reader->problems = g_ptr_array_new_with_free_func (g_free);
  reader->path = g_string_new ("$");
  reader->strings = g_string_chunk_new (4096);
  reader->blocks = g_ptr_array_new_with_free_func (g_free);
  return reader;
}

/**
 * kan_shape_reader_free:
 * @reader: (transfer full): a reader
 */
void
kan_shape_reader_free (KanShapeReader *reader)
{
  g_ptr_array_unref (reader->problems);
  g_string_free (reader->path, TRUE);
  g_string_chunk_free (reader->strings);
  g_ptr_array_unref (reader->blocks);
  g_free (reader);
}

/**
 * kan_shape_problem:
 * @reader: a reader
 * @what: what is wrong where the reader stands; a translated format
 * @...: its arguments
 */
void
kan_shape_problem (KanShapeReader *reader, const char *what, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, what);
  text = g_strdup_vprintf (what, args);
  va_end (args);
  g_ptr_array_add (reader->problems, g_strdup_printf ("%s: %s", reader->path->str, text));
}

/**
 * kan_shape_problem_at:
 * @reader: a reader
 * @path: where, e.g. "$.offices[2].roles[0]"
 * @what: what is wrong there; a translated format
 * @...: its arguments
 */
void
kan_shape_problem_at (KanShapeReader *reader, const char *path, const char *what, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, what);
  text = g_strdup_vprintf (what, args);
  va_end (args);
  g_ptr_array_add (reader->problems, g_strdup_printf ("%s: %s", path, text));
}

/**
 * kan_shape_alloc:
 * @reader: a reader
 * @n: how many
 * @size: bytes of each
 *
 * Returns: (transfer none): zeroed memory that lives as long as @reader
 */
gpointer
kan_shape_alloc (KanShapeReader *reader, gsize n, gsize size)
{
  gpointer block = g_malloc0_n (MAX (n, 1), size);

  g_ptr_array_add (reader->blocks, block);
  return block;
}

/* The parser says "<data>:3:5: why": where is enough, why is for programmers, and often in English. */
static void
tell_parser (KanShapeReader *reader, const char *message)
{
  g_auto(GStrv) parts = g_strsplit (message, ":", 4);

  if (g_strv_length (parts) == 4)
    kan_shape_problem (reader, _("is not JSON: line %s, column %s"), parts[1], parts[2]);
  else
    kan_shape_problem (reader, _("is not JSON"));
}

/**
 * kan_shape_read_text:
 * @reader: a reader
 * @shape: what is expected
 * @json: text
 * @len: its bytes
 * @into: (out): the struct that @shape describes, zeroed
 *
 * Returns: whether @json is JSON of that shape; else the reader's problems say what is wrong
 */
gboolean
kan_shape_read_text (KanShapeReader *reader, const KanShape *shape, const char *json, gsize len, gpointer into)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GError) error = NULL;
  guint depth;

  g_signal_connect (parser, "object-member", G_CALLBACK (object_member_cb), seen);
  if (len > MAX_BYTES)
    kan_shape_problem (reader, _("is longer than %d bytes"), MAX_BYTES);
  else if (memchr (json, '\0', len) != NULL || !g_utf8_validate (json, (gssize) len, NULL))
    kan_shape_problem (reader, _("is not UTF-8 text"));
  else if (!is_plain_json (json, len, &depth))
    kan_shape_problem (reader, _("is not JSON"));
  else if (depth > MAX_DEPTH)
    kan_shape_problem (reader, _("is nested deeper than %d levels"), MAX_DEPTH);
  else if (!json_parser_load_from_data (parser, json, (gssize) len, &error))
    tell_parser (reader, error->message);
  else if (json_parser_get_root (parser) == NULL)
    kan_shape_problem (reader, _("is empty"));
  else
    {
      tell_doubles (reader, seen);
      read_members (reader, shape, json_parser_get_root (parser), into);
    }
  return reader->problems->len == 0;
}
