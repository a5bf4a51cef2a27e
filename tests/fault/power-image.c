/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The model of what survives: of what no sync had secured, any part may be there or not. */
#include "fault/power-private.h"

#include <glib/gstdio.h>
#include <string.h>

enum { PAGE = 4096, SECTOR = 512 };

typedef struct
{
  const Power *power;
  GPtrArray   *contents;     /* GByteArray of each object that changed; else NULL */
  GHashTable  *names;
  PowerLoss    loss;
  GRand       *rand;
  guint        n, last_write;
} Image;

static void
image_clear (Image *self)
{
  for (guint i = 0; i < self->contents->len; i++)
    if (g_ptr_array_index (self->contents, i) != NULL)
      g_byte_array_unref (g_ptr_array_index (self->contents, i));
  g_ptr_array_unref (self->contents);
  g_hash_table_unref (self->names);
  g_rand_free (self->rand);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Image, image_clear)

static GByteArray *
bytes_to_change (Image *self, guint object)
{
  GByteArray **bytes = (GByteArray **) &g_ptr_array_index (self->contents, object);
  const GByteArray *begin = g_ptr_array_index (self->power->begin, object);

  if (*bytes == NULL)
    {
      *bytes = g_byte_array_new ();
      g_byte_array_append (*bytes, begin->data, begin->len);
    }
  return *bytes;
}

static void
resize (GByteArray *bytes, guint size)
{
  guint old = bytes->len;

  g_byte_array_set_size (bytes, size);
  if (size > old)
    memset (bytes->data + old, 0, size - old);
}

static void
put (GByteArray *bytes, const PowerEvent *event, gsize from, gsize to)
{
  const guint8 *data = g_bytes_get_data (event->bytes, NULL);
  guint end = (guint) event->at + (guint) to;

  if (to <= from)
    return;
  if (bytes->len < end)
    resize (bytes, end);
  memcpy (bytes->data + event->at + from, data + from, to - from);
}

static gboolean
keeps_piece (Image *self, gint64 page)
{
  switch (self->loss)
    {
    case POWER_LOSES_EVEN:
      return page % 2 != 0;
    case POWER_LOSES_ODD:
      return page % 2 == 0;
    case POWER_LOSES_AT_RANDOM:
      return g_rand_boolean (self->rand);
    default:
      return FALSE;
    }
}

static void
put_pieces (Image *self, GByteArray *bytes, const PowerEvent *event, gsize size)
{
  gint64 piece = self->loss == POWER_LOSES_AT_RANDOM && g_rand_boolean (self->rand) ? SECTOR : PAGE;

  for (gsize from = 0, to = 0; from < size; from = to)
    {
      gint64 at = event->at + (gint64) from;

      to = MIN (size, from + (gsize) (piece - at % piece));
      if (keeps_piece (self, at / piece))
        put (bytes, event, from, to);
    }
}

/* A write that no sync had secured when the power went. */
static void
apply_loose_write (Image *self, const PowerEvent *event, gboolean is_last)
{
  GByteArray *bytes = bytes_to_change (self, event->object);
  gsize size = g_bytes_get_size (event->bytes);
  guint end = (guint) event->at + (guint) size;

  if (self->loss == POWER_KEEPS_ALL || self->loss == POWER_LOSES_NAMES || self->loss == POWER_TEARS_LAST)
    put (bytes, event, 0, self->loss == POWER_TEARS_LAST && is_last ? size / 2 : size);
  else if (self->loss == POWER_LOSES_TO_ZEROS && bytes->len < end)
    resize (bytes, end);
  else
    put_pieces (self, bytes, event, size);
}

static gboolean
keeps_name (Image *self)
{
  if (self->loss == POWER_LOSES_AT_RANDOM)
    return g_rand_boolean (self->rand);
  return self->loss != POWER_LOSES_ALL && self->loss != POWER_LOSES_NAMES && self->loss != POWER_LOSES_ODD;
}

static gboolean
keeps_cut (Image *self)
{
  if (self->loss == POWER_LOSES_AT_RANDOM)
    return g_rand_boolean (self->rand);
  return self->loss != POWER_LOSES_ALL && self->loss != POWER_LOSES_BYTES;
}

static void
drop_name (Image *self, const char *name, guint object)
{
  if (GPOINTER_TO_UINT (g_hash_table_lookup (self->names, name)) == object + 1)
    g_hash_table_remove (self->names, name);
}

static void
apply_name (Image *self, const PowerEvent *event)
{
  if (event->kind != POWER_MADE)
    drop_name (self, event->name, event->object);
  if (event->kind != POWER_REMOVED)
    g_hash_table_replace (self->names, g_strdup (event->kind == POWER_MADE ? event->name : event->other),
                          GUINT_TO_POINTER (event->object + 1));
}

static void
apply (Image *self, guint index)
{
  const PowerEvent *event = &g_array_index (self->power->events, PowerEvent, index);
  gboolean secured = event->secured_by < self->n;

  switch (event->kind)
    {
    case POWER_WRITTEN:
      if (secured)
        put (bytes_to_change (self, event->object), event, 0, g_bytes_get_size (event->bytes));
      else
        apply_loose_write (self, event, index == self->last_write);
      break;
    case POWER_CUT:
      if (secured || keeps_cut (self))
        resize (bytes_to_change (self, event->object), (guint) event->at);
      break;
    case POWER_MADE:
    case POWER_RENAMED:
    case POWER_REMOVED:
      if (secured || keeps_name (self))
        apply_name (self, event);
      break;
    default:
      break;
    }
}

static Image
make_image (const Power *power, guint n, PowerLoss loss, guint32 seed)
{
  Image self = { .power = power, .loss = loss, .n = n, .rand = g_rand_new_with_seed (seed) };
  GHashTableIter iter;
  gpointer name = NULL, object = NULL;

  self.contents = g_ptr_array_new ();
  g_ptr_array_set_size (self.contents, (int) power->begin->len);
  self.names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_iter_init (&iter, power->names);
  while (g_hash_table_iter_next (&iter, &name, &object))
    g_hash_table_replace (self.names, g_strdup (name), object);
  for (guint i = 0; i < n; i++)
    if (g_array_index (power->events, PowerEvent, i).kind == POWER_WRITTEN)
      self.last_write = i;
  for (guint i = 0; i < n; i++)
    apply (&self, i);
  return self;
}

static const GByteArray *
bytes_of (const Image *self, guint object)
{
  const GByteArray *bytes = g_ptr_array_index (self->contents, object);

  return bytes != NULL ? bytes : g_ptr_array_index (self->power->begin, object);
}

/**
 * power_hash:
 * @self: a record
 * @n: events before the power goes
 * @loss: what then gets lost
 * @seed: for losses at random
 *
 * Returns: a hash of what power_put() would put there, so that nothing need be looked at twice
 */
KanHash
power_hash (const Power *self, guint n, PowerLoss loss, guint32 seed)
{
  g_auto (Image) image = make_image (self, n, loss, seed);
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (image.names), (GCompareFunc) strcmp);
  g_autoptr (GByteArray) all = g_byte_array_new ();
  KanHash hash;

  for (const GList *l = names; l != NULL; l = l->next)
    {
      guint object = GPOINTER_TO_UINT (g_hash_table_lookup (image.names, l->data)) - 1;
      const GByteArray *bytes = g_ptr_array_index (image.contents, object);

      kan_hash (bytes != NULL ? bytes->data : NULL, bytes != NULL ? bytes->len : 0, &hash);
      g_byte_array_append (all, l->data, (guint) strlen (l->data) + 1);
      g_byte_array_append (all, (const guint8 *) &object, sizeof object);
      g_byte_array_append (all, hash.bytes, sizeof hash.bytes);
    }
  kan_hash (all->data, all->len, &hash);
  return hash;
}

static void
empty_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
}

/**
 * power_put:
 * @self: a record
 * @n: events before the power goes
 * @loss: what then gets lost
 * @seed: for losses at random
 *
 * Puts what is left into the folder, in place of all that is there.
 */
void
power_put (const Power *self, guint n, PowerLoss loss, guint32 seed)
{
  g_auto (Image) image = make_image (self, n, loss, seed);
  GHashTableIter iter;
  gpointer name = NULL, object = NULL;

  empty_folder (self->folder);
  g_hash_table_iter_init (&iter, image.names);
  while (g_hash_table_iter_next (&iter, &name, &object))
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);
      const GByteArray *bytes = bytes_of (&image, GPOINTER_TO_UINT (object) - 1);

      g_assert_true (g_file_set_contents_full (path, (const char *) bytes->data, bytes->len, G_FILE_SET_CONTENTS_NONE,
                                               0644, NULL));
    }
}

/**
 * power_expect:
 * @self: a record
 *
 * Where nothing is lost the folder is as it really became: nothing that was done there was overlooked.
 */
void
power_expect (const Power *self)
{
  g_auto (Image) image = make_image (self, self->events->len, POWER_KEEPS_ALL, 0);
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  guint n = 0;

  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir), n++)
    {
      guint object = GPOINTER_TO_UINT (g_hash_table_lookup (image.names, name));
      g_autofree char *path = g_build_filename (self->folder, name, NULL), *contents = NULL;
      gsize size = 0;

      g_assert_cmpuint (object, >, 0);
      g_assert_true (g_file_get_contents (path, &contents, &size, NULL));
      g_assert_cmpmem (contents, size, bytes_of (&image, object - 1)->data, bytes_of (&image, object - 1)->len);
    }
  g_assert_cmpuint (n, ==, g_hash_table_size (image.names));
}

/**
 * power_loss_id:
 * @loss: what gets lost
 *
 * Returns: (transfer none): its name
 */
const char *
power_loss_id (PowerLoss loss)
{
  static const char *const ids[] = { "keeps all", "loses all", "loses names", "loses bytes", "loses to zeros",
                                     "tears last", "loses even", "loses odd", "loses at random" };

  return ids[loss];
}
