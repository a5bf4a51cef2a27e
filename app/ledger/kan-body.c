/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The body of an act: named answers, and the one way to write them down. A reader that accepts exactly one
 * spelling of each body needs no comparison with a re-encoding: what it accepts is what the writer writes. */
#include "ledger/kan-body.h"

#include <string.h>

typedef struct
{
  char       *key;
  KanBodyType type;
  char       *text;
  gint64      number;      /* INT; YES: 0 or 1 */
  GPtrArray  *list;        /* char*, NULL-terminated */
  GPtrArray  *rows;        /* KanBody* */
} Member;

struct _KanBody
{
  GArray *members;         /* Member, sorted by key in byte order */
};

/* What 53 bits hold: other programs read integers as doubles. */
#define NUMBER_MAX G_GINT64_CONSTANT (9007199254740991)

static void
member_clear (Member *m)
{
  g_clear_pointer (&m->key, g_free);
  g_clear_pointer (&m->text, g_free);
  g_clear_pointer (&m->list, g_ptr_array_unref);
  g_clear_pointer (&m->rows, g_ptr_array_unref);
}

/**
 * kan_body_new:
 *
 * Returns: (transfer full): an empty body
 */
KanBody *
kan_body_new (void)
{
  KanBody *self = g_new0 (KanBody, 1);

  self->members = g_array_sized_new (FALSE, TRUE, sizeof (Member), 12);
  g_array_set_clear_func (self->members, (GDestroyNotify) member_clear);
  return self;
}

/**
 * kan_body_free:
 * @self: (nullable): a body
 */
void
kan_body_free (KanBody *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->members);
  g_free (self);
}

/* Where `key` is, or (as ~position) where it would go. */
static int
find (const KanBody *self, const char *key)
{
  int low = 0, high = (int) self->members->len;

  while (low < high)
    {
      int middle = (low + high) / 2;
      int order = strcmp (g_array_index (self->members, Member, middle).key, key);

      if (order == 0)
        return middle;
      if (order < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return ~low;
}

static const Member *
get (const KanBody *self, const char *key, KanBodyType type)
{
  int at = find (self, key);
  const Member *m;

  if (at < 0)
    return NULL;
  m = &g_array_index (self->members, Member, at);
  return m->type == type ? m : NULL;
}

static Member *
put (KanBody *self, const char *key, KanBodyType type)
{
  int at = find (self, key);
  Member *m;

  if (at < 0)
    {
      Member fresh = { 0 };

      at = ~at;
      fresh.key = g_strdup (key);
      g_array_insert_val (self->members, at, fresh);
    }
  else
    {
      Member *old = &g_array_index (self->members, Member, at);
      g_autofree char *kept = g_steal_pointer (&old->key);

      if (type == KAN_BODY_ROWS && old->type == KAN_BODY_ROWS)
        {
          old->key = g_steal_pointer (&kept);
          return old;
        }
      member_clear (old);
      memset (old, 0, sizeof *old);
      old->key = g_steal_pointer (&kept);
    }
  m = &g_array_index (self->members, Member, at);
  m->type = type;
  return m;
}

static GPtrArray *
list_new (void)
{
  return g_ptr_array_new_with_free_func (g_free);
}

/**
 * kan_body_copy:
 * @self: a body
 *
 * Returns: (transfer full): the same answers again
 */
KanBody *
kan_body_copy (const KanBody *self)
{
  KanBody *copy = kan_body_new ();

  for (guint i = 0; i < self->members->len; i++)
    {
      const Member *from = &g_array_index (self->members, Member, i);
      Member *to = put (copy, from->key, from->type);

      to->text = g_strdup (from->text);
      to->number = from->number;
      if (from->type == KAN_BODY_LIST)
        {
          to->list = list_new ();
          for (guint j = 0; j < from->list->len; j++)
            g_ptr_array_add (to->list, g_strdup (g_ptr_array_index (from->list, j)));
        }
      for (guint j = 0; from->rows != NULL && j < from->rows->len; j++)
        kan_body_add_row (copy, from->key, kan_body_copy (g_ptr_array_index (from->rows, j)));
    }
  return copy;
}

/**
 * kan_body_n_members:
 * @self: a body
 *
 * Returns: how many answers it holds
 */
guint
kan_body_n_members (const KanBody *self)
{
  return self->members->len;
}

/**
 * kan_body_nth_key:
 * @self: a body
 * @n: below kan_body_n_members()
 *
 * Returns: (transfer none): the n-th key in byte order
 */
const char *
kan_body_nth_key (const KanBody *self, guint n)
{
  return g_array_index (self->members, Member, n).key;
}

/**
 * kan_body_get_type:
 * @self: a body
 * @key: a key
 *
 * Returns: what kind of answer it is, %KAN_BODY_NONE where there is none
 */
KanBodyType
kan_body_get_type (const KanBody *self, const char *key)
{
  int at = find (self, key);

  return at < 0 ? KAN_BODY_NONE : g_array_index (self->members, Member, at).type;
}

/**
 * kan_body_get_text:
 * @self: a body
 * @key: a key
 *
 * Returns: (transfer none) (nullable): the text, %NULL where absent or of another type
 */
const char *
kan_body_get_text (const KanBody *self, const char *key)
{
  const Member *m = get (self, key, KAN_BODY_TEXT);

  return m != NULL ? m->text : NULL;
}

/**
 * kan_body_get_int:
 * @self: a body
 * @key: a key
 *
 * Returns: the number, 0 where absent or of another type
 */
gint64
kan_body_get_int (const KanBody *self, const char *key)
{
  const Member *m = get (self, key, KAN_BODY_INT);

  return m != NULL ? m->number : 0;
}

/**
 * kan_body_get_yes:
 * @self: a body
 * @key: a key
 *
 * Returns: %TRUE only where it is answered yes
 */
gboolean
kan_body_get_yes (const KanBody *self, const char *key)
{
  const Member *m = get (self, key, KAN_BODY_YES);

  return m != NULL && m->number != 0;
}

/**
 * kan_body_get_list:
 * @self: a body
 * @key: a key
 *
 * Returns: (transfer none) (nullable): the texts, %NULL-terminated
 */
const char **
kan_body_get_list (const KanBody *self, const char *key)
{
  const Member *m = get (self, key, KAN_BODY_LIST);

  if (m == NULL)
    return NULL;
  /* the terminator is not counted: len stays the number of texts */
  g_ptr_array_add (m->list, NULL);
  m->list->len--;
  return (const char **) m->list->pdata;
}

/**
 * kan_body_n_rows:
 * @self: a body
 * @key: a key
 *
 * Returns: how many rows that answer has
 */
guint
kan_body_n_rows (const KanBody *self, const char *key)
{
  const Member *m = get (self, key, KAN_BODY_ROWS);

  return m != NULL ? m->rows->len : 0;
}

/**
 * kan_body_get_row:
 * @self: a body
 * @key: a key
 * @n: below kan_body_n_rows()
 *
 * Returns: (transfer none): the n-th row
 */
const KanBody *
kan_body_get_row (const KanBody *self, const char *key, guint n)
{
  return g_ptr_array_index (get (self, key, KAN_BODY_ROWS)->rows, n);
}

/**
 * kan_body_set_text:
 * @self: a body
 * @key: a key
 * @value: (nullable): valid UTF-8; %NULL removes the answer
 */
void
kan_body_set_text (KanBody *self, const char *key, const char *value)
{
  if (value == NULL)
    kan_body_remove (self, key);
  else
    put (self, key, KAN_BODY_TEXT)->text = g_strdup (value);
}

/**
 * kan_body_set_int:
 * @self: a body
 * @key: a key
 * @value: within ±(2^53 − 1)
 */
void
kan_body_set_int (KanBody *self, const char *key, gint64 value)
{
  put (self, key, KAN_BODY_INT)->number = value;
}

/**
 * kan_body_set_yes:
 * @self: a body
 * @key: a key
 * @value: yes or no
 */
void
kan_body_set_yes (KanBody *self, const char *key, gboolean value)
{
  put (self, key, KAN_BODY_YES)->number = value ? 1 : 0;
}

/**
 * kan_body_set_list:
 * @self: a body
 * @key: a key
 * @values: %NULL-terminated texts, in the order they are to be signed
 */
void
kan_body_set_list (KanBody *self, const char *key, const char * const *values)
{
  Member *m = put (self, key, KAN_BODY_LIST);

  m->list = list_new ();
  for (; *values != NULL; values++)
    g_ptr_array_add (m->list, g_strdup (*values));
}

/**
 * kan_body_add_row:
 * @self: a body
 * @key: a key
 * @row: (transfer full): a flat body
 */
void
kan_body_add_row (KanBody *self, const char *key, KanBody *row)
{
  Member *m = put (self, key, KAN_BODY_ROWS);

  if (m->rows == NULL)
    m->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) kan_body_free);
  g_ptr_array_add (m->rows, row);
}

/**
 * kan_body_remove:
 * @self: a body
 * @key: a key; not being there is fine
 */
void
kan_body_remove (KanBody *self, const char *key)
{
  int at = find (self, key);

  if (at >= 0)
    g_array_remove_index (self->members, at);
}

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
write_member (GString *out, const Member *m)
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
      write_member (out, &g_array_index (self->members, Member, i));
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
  Member *m;

  if (rows && !rows_allowed)
    return wrong (r, "rows within a row");
  m = put (self, key, rows ? KAN_BODY_ROWS : KAN_BODY_LIST);
  if (rows)
    m->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) kan_body_free);
  else
    m->list = list_new ();
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
      put (self, key, KAN_BODY_TEXT)->text = text;
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
