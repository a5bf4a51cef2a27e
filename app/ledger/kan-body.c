/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The body of an act: named answers, sorted by key in byte order. */
#include "ledger/kan-body-private.h"

#include <string.h>

static void
member_clear (KanMember *m)
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

  self->members = g_array_sized_new (FALSE, TRUE, sizeof (KanMember), 12);
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
      int order = strcmp (g_array_index (self->members, KanMember, middle).key, key);

      if (order == 0)
        return middle;
      if (order < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return ~low;
}

static const KanMember *
get (const KanBody *self, const char *key, KanBodyType type)
{
  int at = find (self, key);
  const KanMember *m;

  if (at < 0)
    return NULL;
  m = &g_array_index (self->members, KanMember, at);
  return m->type == type ? m : NULL;
}

/**
 * kan_body_put_member:
 * @self: a body
 * @key: a key
 * @type: what kind of answer it will be
 *
 * Makes place for an answer; one of another kind is dropped, rows are added to.
 *
 * Returns: (transfer none): the member, until the next one is put
 */
KanMember *
kan_body_put_member (KanBody *self, const char *key, KanBodyType type)
{
  int at = find (self, key);
  KanMember *m;

  if (at < 0)
    {
      KanMember fresh = { 0 };

      at = ~at;
      fresh.key = g_strdup (key);
      g_array_insert_val (self->members, at, fresh);
    }
  else
    {
      KanMember *old = &g_array_index (self->members, KanMember, at);
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
  m = &g_array_index (self->members, KanMember, at);
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
      const KanMember *from = &g_array_index (self->members, KanMember, i);
      KanMember *to = kan_body_put_member (copy, from->key, from->type);

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
  return g_array_index (self->members, KanMember, n).key;
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

  return at < 0 ? KAN_BODY_NONE : g_array_index (self->members, KanMember, at).type;
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
  const KanMember *m = get (self, key, KAN_BODY_TEXT);

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
  const KanMember *m = get (self, key, KAN_BODY_INT);

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
  const KanMember *m = get (self, key, KAN_BODY_YES);

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
  const KanMember *m = get (self, key, KAN_BODY_LIST);

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
  const KanMember *m = get (self, key, KAN_BODY_ROWS);

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
    kan_body_put_member (self, key, KAN_BODY_TEXT)->text = g_strdup (value);
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
  kan_body_put_member (self, key, KAN_BODY_INT)->number = value;
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
  kan_body_put_member (self, key, KAN_BODY_YES)->number = value ? 1 : 0;
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
  KanMember *m = kan_body_put_member (self, key, KAN_BODY_LIST);

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
  KanMember *m = kan_body_put_member (self, key, KAN_BODY_ROWS);

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
