/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers as typed, by key, rows cell by cell; and as the JSON that a draft keeps sealed. */
#include "desk/kan-answers.h"

#include "crypto/kan-crypto.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

struct _KanAnswers
{
  char       *kind, *subject, *happened;
  GHashTable *values;        /* key → typed */
  GHashTable *rows;          /* key → GPtrArray of GHashTable field → typed */
};

/* What is typed may be what nobody else is to read before it is signed. */
static void
free_typed (char *typed)
{
  kan_wipe (typed, strlen (typed));
  g_free (typed);
}

static GHashTable *
table_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) free_typed);
}

static GPtrArray *
rows_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);
}

/**
 * kan_answers_new:
 * @kind: a kind's id
 * @subject: (nullable): the record it is about; %NULL: it makes one
 *
 * Returns: (transfer full): nothing answered yet
 */
KanAnswers *
kan_answers_new (const char *kind, const char *subject)
{
  KanAnswers *self = g_new0 (KanAnswers, 1);

  self->kind = g_strdup (kind);
  self->subject = g_strdup (subject != NULL && *subject != '\0' ? subject : NULL);
  self->values = table_new ();
  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  return self;
}

static void
copy_table (GHashTable *from, GHashTable *to)
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, from);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_insert (to, g_strdup (key), g_strdup (value));
}

/**
 * kan_answers_copy:
 * @self: answers
 *
 * Returns: (transfer full): the same, independent of them
 */
KanAnswers *
kan_answers_copy (const KanAnswers *self)
{
  KanAnswers *copy = kan_answers_new (self->kind, self->subject);
  GHashTableIter iter;
  gpointer key, value;

  copy->happened = g_strdup (self->happened);
  copy_table (self->values, copy->values);
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      GPtrArray *rows = rows_new (), *from = value;

      g_hash_table_insert (copy->rows, g_strdup (key), rows);
      for (guint i = 0; i < from->len; i++)
        {
          g_ptr_array_add (rows, table_new ());
          copy_table (g_ptr_array_index (from, i), g_ptr_array_index (rows, i));
        }
    }
  return copy;
}

/**
 * kan_answers_free:
 * @self: (nullable): answers; what was typed is wiped
 */
void
kan_answers_free (KanAnswers *self)
{
  if (self == NULL)
    return;
  g_free (self->kind);
  g_free (self->subject);
  g_free (self->happened);
  g_hash_table_unref (self->values);
  g_hash_table_unref (self->rows);
  g_free (self);
}

/**
 * kan_answers_get_kind:
 * @self: answers
 *
 * Returns: (transfer none): the kind's id
 */
const char *
kan_answers_get_kind (const KanAnswers *self)
{
  return self->kind;
}

/**
 * kan_answers_get_subject:
 * @self: answers
 *
 * Returns: (transfer none) (nullable): the record it is about
 */
const char *
kan_answers_get_subject (const KanAnswers *self)
{
  return self->subject;
}

/* --- one by one ----------------------------------------------------------------------------------------------- */

/**
 * kan_answers_set:
 * @self: answers
 * @key: a question's key
 * @typed: (nullable): as typed; "" or %NULL takes the answer back
 */
void
kan_answers_set (KanAnswers *self, const char *key, const char *typed)
{
  if (typed == NULL || *typed == '\0')
    g_hash_table_remove (self->values, key);
  else
    g_hash_table_replace (self->values, g_strdup (key), g_strdup (typed));
}

/**
 * kan_answers_get:
 * @self: answers
 * @key: a question's key
 *
 * Returns: (transfer none) (nullable): as typed
 */
const char *
kan_answers_get (const KanAnswers *self, const char *key)
{
  return g_hash_table_lookup (self->values, key);
}

/**
 * kan_answers_set_happened:
 * @self: answers
 * @local_minute: (nullable): when it happened, "2026-02-13T10:05"; %NULL or "": now
 */
void
kan_answers_set_happened (KanAnswers *self, const char *local_minute)
{
  g_free (self->happened);
  self->happened = local_minute != NULL && *local_minute != '\0' ? g_strdup (local_minute) : NULL;
}

/**
 * kan_answers_get_happened:
 * @self: answers
 *
 * Returns: (transfer none) (nullable): when it happened; %NULL: now
 */
const char *
kan_answers_get_happened (const KanAnswers *self)
{
  return self->happened;
}

/**
 * kan_answers_declares:
 * @self: answers
 * @path: of an answer, as a refusal names it
 *
 * Returns: whether the number in it was declared to be no identity number
 */
gboolean
kan_answers_declares (const KanAnswers *self, const char *path)
{
  const char *typed = kan_answers_get (self, KAN_ANSWERS_DECLARED);
  g_auto(GStrv) paths = g_strsplit (typed != NULL ? typed : "", ",", -1);

  return g_strv_contains ((const char *const *) paths, path);
}

/**
 * kan_answers_declare:
 * @self: answers
 * @path: of an answer, as a refusal names it
 * @declared: whether the number in it is no identity number
 */
void
kan_answers_declare (KanAnswers *self, const char *path, gboolean declared)
{
  const char *typed = kan_answers_get (self, KAN_ANSWERS_DECLARED);
  g_auto(GStrv) paths = g_strsplit (typed != NULL ? typed : "", ",", -1);
  g_autoptr(GString) left = g_string_new (NULL);

  for (char **at = paths; *at != NULL; at++)
    if (**at != '\0' && strcmp (*at, path) != 0)
      g_string_append_printf (left, "%s%s", left->len > 0 ? "," : "", *at);
  if (declared)
    g_string_append_printf (left, "%s%s", left->len > 0 ? "," : "", path);
  kan_answers_set (self, KAN_ANSWERS_DECLARED, left->str);
}

/**
 * kan_answers_is_empty:
 * @self: answers
 *
 * Returns: whether nothing was typed
 */
gboolean
kan_answers_is_empty (const KanAnswers *self)
{
  GHashTableIter iter;
  gpointer rows;

  if (g_hash_table_size (self->values) > 0 || self->happened != NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &rows))
    for (guint i = 0; i < ((GPtrArray *) rows)->len; i++)
      if (g_hash_table_size (g_ptr_array_index ((GPtrArray *) rows, i)) > 0)
        return FALSE;
  return TRUE;
}

/* --- rows ----------------------------------------------------------------------------------------------------- */

/**
 * kan_answers_n_rows:
 * @self: answers
 * @key: a question answered by rows
 *
 * Returns: how many
 */
guint
kan_answers_n_rows (const KanAnswers *self, const char *key)
{
  const GPtrArray *rows = g_hash_table_lookup (self->rows, key);

  return rows != NULL ? rows->len : 0;
}

/**
 * kan_answers_set_cell:
 * @self: answers
 * @key: a question answered by rows
 * @row: which; rows up to it are added
 * @field: a field of the row's register
 * @typed: (nullable): as typed; "" or %NULL empties the cell
 */
void
kan_answers_set_cell (KanAnswers *self, const char *key, guint row, const char *field, const char *typed)
{
  GPtrArray *rows = g_hash_table_lookup (self->rows, key);

  if (rows == NULL)
    {
      rows = rows_new ();
      g_hash_table_insert (self->rows, g_strdup (key), rows);
    }
  while (rows->len <= row)
    g_ptr_array_add (rows, table_new ());
  if (typed == NULL || *typed == '\0')
    g_hash_table_remove (g_ptr_array_index (rows, row), field);
  else
    g_hash_table_replace (g_ptr_array_index (rows, row), g_strdup (field), g_strdup (typed));
}

/**
 * kan_answers_get_cell:
 * @self: answers
 * @key: a question answered by rows
 * @row: which
 * @field: a field of the row's register
 *
 * Returns: (transfer none) (nullable): as typed
 */
const char *
kan_answers_get_cell (const KanAnswers *self, const char *key, guint row, const char *field)
{
  const GPtrArray *rows = g_hash_table_lookup (self->rows, key);

  return rows != NULL && row < rows->len ? g_hash_table_lookup (g_ptr_array_index (rows, row), field) : NULL;
}

/**
 * kan_answers_remove_row:
 * @self: answers
 * @key: a question answered by rows
 * @row: which; those behind it move up
 */
void
kan_answers_remove_row (KanAnswers *self, const char *key, guint row)
{
  GPtrArray *rows = g_hash_table_lookup (self->rows, key);

  if (rows == NULL || row >= rows->len)
    return;
  g_ptr_array_remove_index (rows, row);
  if (rows->len == 0)
    g_hash_table_remove (self->rows, key);
}

static char **
sorted_keys (GHashTable *table)
{
  GList *keys = g_list_sort (g_hash_table_get_keys (table), (GCompareFunc) strcmp);
  GPtrArray *out = g_ptr_array_new ();

  for (GList *key = keys; key != NULL; key = key->next)
    g_ptr_array_add (out, g_strdup (key->data));
  g_ptr_array_add (out, NULL);
  g_list_free (keys);
  return (char **) g_ptr_array_free (out, FALSE);
}

/**
 * kan_answers_list_keys:
 * @self: answers
 *
 * Returns: (transfer full): the keys answered in one piece, in byte order
 */
char **
kan_answers_list_keys (const KanAnswers *self)
{
  return sorted_keys (self->values);
}

/**
 * kan_answers_list_row_keys:
 * @self: answers
 *
 * Returns: (transfer full): the keys answered by rows, in byte order
 */
char **
kan_answers_list_row_keys (const KanAnswers *self)
{
  return sorted_keys (self->rows);
}

/* --- JSON ----------------------------------------------------------------------------------------------------- */

static void
put_text (JsonBuilder *json, const char *name, const char *text)
{
  if (text == NULL)
    return;
  json_builder_set_member_name (json, name);
  json_builder_add_string_value (json, text);
}

static void
put_table (JsonBuilder *json, GHashTable *table)
{
  g_auto(GStrv) keys = sorted_keys (table);

  json_builder_begin_object (json);
  for (char **key = keys; *key != NULL; key++)
    put_text (json, *key, g_hash_table_lookup (table, *key));
  json_builder_end_object (json);
}

static void
put_rows (JsonBuilder *json, GHashTable *rows)
{
  g_auto(GStrv) keys = sorted_keys (rows);

  json_builder_begin_object (json);
  for (char **key = keys; *key != NULL; key++)
    {
      const GPtrArray *list = g_hash_table_lookup (rows, *key);

      json_builder_set_member_name (json, *key);
      json_builder_begin_array (json);
      for (guint i = 0; i < list->len; i++)
        put_table (json, g_ptr_array_index (list, i));
      json_builder_end_array (json);
    }
  json_builder_end_object (json);
}

/**
 * kan_answers_to_json:
 * @self: answers
 *
 * Returns: (transfer full): them, for kan_answers_from_json()
 */
char *
kan_answers_to_json (const KanAnswers *self)
{
  g_autoptr(JsonBuilder) json = json_builder_new ();
  g_autoptr(JsonNode) root = NULL;

  json_builder_begin_object (json);
  put_text (json, "kind", self->kind);
  put_text (json, "subject", self->subject);
  put_text (json, "happened_at", self->happened);
  json_builder_set_member_name (json, "answers");
  put_table (json, self->values);
  json_builder_set_member_name (json, "rows");
  put_rows (json, self->rows);
  json_builder_end_object (json);
  root = json_builder_get_root (json);
  return json_to_string (root, FALSE);
}

static const char *
text_member (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
         ? json_node_get_string (node) : NULL;
}

static JsonObject *
object_member (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static void
read_values (KanAnswers *self, JsonObject *values)
{
  g_autoptr(GList) names = values != NULL ? json_object_get_members (values) : NULL;

  for (GList *name = names; name != NULL; name = name->next)
    kan_answers_set (self, name->data, text_member (values, name->data));
}

static void
read_row (KanAnswers *self, const char *key, guint row, JsonNode *node)
{
  JsonObject *cells = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  g_autoptr(GList) names = cells != NULL ? json_object_get_members (cells) : NULL;

  for (GList *name = names; name != NULL; name = name->next)
    kan_answers_set_cell (self, key, row, name->data, text_member (cells, name->data));
}

static void
read_rows (KanAnswers *self, JsonObject *rows)
{
  g_autoptr(GList) names = rows != NULL ? json_object_get_members (rows) : NULL;

  for (GList *name = names; name != NULL; name = name->next)
    {
      JsonNode *node = json_object_get_member (rows, name->data);
      JsonArray *list = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

      for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
        read_row (self, name->data, i, json_array_get_element (list, i));
    }
}

/**
 * kan_answers_from_json:
 * @json: what kan_answers_to_json() wrote
 * @error: %KAN_ERROR_INVALID where it is something else
 *
 * Returns: (transfer full): the answers
 */
KanAnswers *
kan_answers_from_json (const char *json, GError **error)
{
  g_autoptr(JsonNode) root = json_from_string (json, NULL);
  JsonObject *object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  const char *kind = object != NULL ? text_member (object, "kind") : NULL;
  KanAnswers *self;

  if (kind == NULL)
    {
      g_set_error_literal (error, KAN_ERROR, KAN_ERROR_INVALID, _("the draft cannot be read"));
      return NULL;
    }
  self = kan_answers_new (kind, text_member (object, "subject"));
  kan_answers_set_happened (self, text_member (object, "happened_at"));
  read_values (self, object_member (object, "answers"));
  read_rows (self, object_member (object, "rows"));
  return self;
}
