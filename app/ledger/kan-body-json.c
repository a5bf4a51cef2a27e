/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one way to write a body down. A reader that accepts exactly one spelling of each body needs no comparison with
 * a re-encoding: what it accepts is what the writer writes. */
#include "ledger/kan-body-private.h"

#include <string.h>

/* What 53 bits hold: other programs read integers as doubles. */
#define NUMBER_MAX G_GINT64_CONSTANT (9007199254740991)

/* --- writing ------------------------------------------------------------------------------------------------- */

static void
write_string (GString *out, const char *text)
{
  g_string_append_c (out, '"');
  for (const char *s = text; *s != '\0'; s++)
    {
      guchar c = (guchar) *s;

      if (c == '"' || c == '\\')
        g_string_append_c (out, '\\');
      if (c == '\n')
        g_string_append (out, "\\n");
      else if (c < 0x20)
        g_string_append_printf (out, "\\u%04x", c);
      else
        g_string_append_c (out, *s);
    }
  g_string_append_c (out, '"');
}

static void write_body (GString *out, const KanBody *self);

static void
write_member (GString *out, const KanMember *m)
{
  write_string (out, m->key);
  g_string_append_c (out, ':');
  switch (m->type)
    {
    case KAN_BODY_TEXT:
      write_string (out, m->text);
      break;
    case KAN_BODY_INT:
      g_string_append_printf (out, "%" G_GINT64_FORMAT, m->number);
      break;
    case KAN_BODY_YES:
      g_string_append (out, m->number ? "true" : "false");
      break;
    case KAN_BODY_LIST:
    case KAN_BODY_ROWS:
      {
        const GPtrArray *items = m->type == KAN_BODY_LIST ? m->list : m->rows;

        g_string_append_c (out, '[');
        for (guint i = 0; i < items->len; i++)
          {
            if (i > 0)
              g_string_append_c (out, ',');
            if (m->type == KAN_BODY_LIST)
              write_string (out, g_ptr_array_index (items, i));
            else
              write_body (out, g_ptr_array_index (items, i));
          }
        g_string_append_c (out, ']');
        break;
      }
    case KAN_BODY_NONE:
    default:
      g_assert_not_reached ();
    }
}

static void
write_body (GString *out, const KanBody *self)
{
  g_string_append_c (out, '{');
  for (guint i = 0; i < self->members->len; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      write_member (out, &g_array_index (self->members, KanMember, i));
    }
  g_string_append_c (out, '}');
}

/**
 * kan_body_encode:
 * @self: a body
 * @size: (out) (optional): bytes without the terminating NUL
 *
 * Returns: (transfer full): its canonical JSON: the bytes that are signed
 */
char *
kan_body_encode (const KanBody *self, gsize *size)
{
  GString *out = g_string_sized_new (256);

  write_body (out, self);
  if (size != NULL)
    *size = out->len;
  return g_string_free (out, FALSE);
}

/* --- reading ------------------------------------------------------------------------------------------------- */

typedef struct { const char *at, *end; const char *wrong; } Reader;

static gboolean
wrong (Reader *r, const char *what)
{
  if (r->wrong == NULL)
    r->wrong = what;
  return FALSE;
}

static gboolean
take (Reader *r, char c)
{
  if (r->at < r->end && *r->at == c)
    {
      r->at++;
      return TRUE;
    }
  return FALSE;
}

static gboolean
take_word (Reader *r, const char *word)
{
  gsize n = strlen (word);

  if ((gsize) (r->end - r->at) < n || memcmp (r->at, word, n) != 0)
    return FALSE;
  r->at += n;
  return TRUE;
}

/* One escaped control character as the writer spells it: never NUL, never \n spelled \u000a. */
static gboolean
read_escape (Reader *r, GString *out)
{
  guint value = 0;

  if (take (r, '"') || take (r, '\\'))
    {
      g_string_append_c (out, r->at[-1]);
      return TRUE;
    }
  if (take (r, 'n'))
    {
      g_string_append_c (out, '\n');
      return TRUE;
    }
  if (!take_word (r, "u00") || r->end - r->at < 2)
    return wrong (r, "escape");
  for (int i = 0; i < 2; i++, r->at++)
    {
      if (!g_ascii_isxdigit (*r->at) || g_ascii_isupper (*r->at))
        return wrong (r, "escape");
      value = value * 16 + (guint) g_ascii_xdigit_value (*r->at);
    }
  if (value == 0 || value >= 0x20 || value == '\n')
    return wrong (r, "escape");
  g_string_append_c (out, (char) value);
  return TRUE;
}

static char *
read_string (Reader *r)
{
  const char *start;
  g_autoptr(GString) out = NULL;

  if (!take (r, '"'))
    {
      wrong (r, "string");
      return NULL;
    }
  start = r->at;
  while (r->at < r->end && *r->at != '"')
    {
      if ((guchar) *r->at < 0x20)
        {
          wrong (r, "control character");
          return NULL;
        }
      if (*r->at != '\\')
        {
          if (out != NULL)
            g_string_append_c (out, *r->at);
          r->at++;
          continue;
        }
      if (out == NULL)
        out = g_string_new_len (start, r->at - start);
      r->at++;
      if (!read_escape (r, out))
        return NULL;
    }
  if (r->at == r->end)
    {
      wrong (r, "end within a string");
      return NULL;
    }
  r->at++;
  return out != NULL ? g_string_free (g_steal_pointer (&out), FALSE) : g_strndup (start, (gsize) (r->at - 1 - start));
}

static gboolean
read_number (Reader *r, gint64 *number)
{
  gboolean negative = take (r, '-');
  const char *start = r->at;
  gint64 value = 0;

  while (r->at < r->end && g_ascii_isdigit (*r->at) && r->at - start < 17)
    value = value * 10 + (*r->at++ - '0');
  if (r->at == start || (r->at - start > 1 && *start == '0') || (negative && value == 0) || value > NUMBER_MAX)
    return wrong (r, "number");
  *number = negative ? -value : value;
  return TRUE;
}

static KanBody *read_body (Reader *r, gboolean rows_allowed);

static gboolean
read_items (Reader *r, KanBody *self, const char *key, gboolean rows_allowed)
{
  gboolean rows = r->at < r->end && *r->at == '{';
  KanMember *m;

  if (rows && !rows_allowed)
    return wrong (r, "rows within a row");
  m = kan_body_put_member (self, key, rows ? KAN_BODY_ROWS : KAN_BODY_LIST);
  if (rows)
    m->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) kan_body_free);
  else
    m->list = g_ptr_array_new_with_free_func (g_free);
  if (take (r, ']'))
    return TRUE;
  do
    {
      gpointer item = rows ? (gpointer) read_body (r, FALSE) : (gpointer) read_string (r);

      if (item == NULL)
        return wrong (r, "list");
      g_ptr_array_add (rows ? m->rows : m->list, item);
    }
  while (take (r, ','));
  return take (r, ']') || wrong (r, "list");
}

static gboolean
read_value (Reader *r, KanBody *self, const char *key, gboolean rows_allowed)
{
  gint64 number = 0;

  if (r->at < r->end && *r->at == '"')
    {
      char *text = read_string (r);

      if (text == NULL)
        return FALSE;
      kan_body_put_member (self, key, KAN_BODY_TEXT)->text = text;
      return TRUE;
    }
  if (take_word (r, "true") || take_word (r, "false"))
    {
      kan_body_set_yes (self, key, r->at[-2] == 'u');
      return TRUE;
    }
  if (take (r, '['))
    return read_items (r, self, key, rows_allowed);
  if (!read_number (r, &number))
    return FALSE;
  kan_body_set_int (self, key, number);
  return TRUE;
}

/* Keys must rise: that refuses duplicates and any other order at once. */
static KanBody *
read_body (Reader *r, gboolean rows_allowed)
{
  g_autoptr(KanBody) self = kan_body_new ();
  g_autofree char *last = NULL;

  if (!take (r, '{'))
    {
      wrong (r, "object");
      return NULL;
    }
  if (take (r, '}'))
    return g_steal_pointer (&self);
  do
    {
      g_autofree char *key = read_string (r);

      if (key == NULL || *key == '\0' || !take (r, ':') || (last != NULL && strcmp (last, key) >= 0))
        {
          wrong (r, "member");
          return NULL;
        }
      if (!read_value (r, self, key, rows_allowed))
        return NULL;
      g_free (last);
      last = g_steal_pointer (&key);
    }
  while (take (r, ','));
  if (!take (r, '}'))
    {
      wrong (r, "object");
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * kan_body_decode:
 * @json: bytes as they were signed
 * @size: how many
 * @error: %KAN_ERROR_DAMAGED where the bytes are not what kan_body_encode() would write
 *
 * Total on any input: refuses duplicate members, any other order, white space, non-integers, invalid UTF-8, NUL,
 * depth beyond one level of rows, and sizes past %KAN_BODY_MAX.
 *
 * Returns: (transfer full): the body, or %NULL
 */
KanBody *
kan_body_decode (const char *json, gsize size, GError **error)
{
  Reader r = { json, json + size, NULL };
  g_autoptr(KanBody) self = NULL;

  if (size > KAN_BODY_MAX)
    r.wrong = "size";
  else if (!g_utf8_validate_len (json, size, NULL))
    r.wrong = "not UTF-8";
  else
    self = read_body (&r, TRUE);
  if (self != NULL && r.at != r.end)
    r.wrong = "trailing bytes";
  if (r.wrong != NULL)
    {
      g_set_error (error, KAN_ERROR, KAN_ERROR_DAMAGED, "body of an act not canonical at byte %td: %s",
                   self == NULL && r.at == NULL ? (ptrdiff_t) 0 : r.at - json, r.wrong);
      return NULL;
    }
  return g_steal_pointer (&self);
}
