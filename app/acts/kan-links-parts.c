/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A chain followed by several at once: each slice by itself, then joined in order. Who asks goes from the first entry
 * upwards; others, each with a connection of their own, come from the head to meet them. */
#include "acts/kan-links-private.h"

typedef struct { KanLinks *links; gint64 first, last; gboolean followed; } Part;

typedef struct
{
  const KanLinks *links;
  KanDb          *db;
  gint64          slice;
  GMutex          mutex;    /* of what comes below */
  gint64          low, high;    /* what nobody has taken */
  GPtrArray      *parts;        /* Part, from the head downwards */
} Walk;

static void
part_free (gpointer data)
{
  Part *self = data;

  kan_links_free (self->links);
  g_free (self);
}

static gboolean
take_lowest (Walk *self, gint64 *first, gint64 *last)
{
  gboolean any;

  g_mutex_lock (&self->mutex);
  any = self->low <= self->high;
  *first = self->low;
  *last = self->high - self->low < self->slice ? self->high : self->low + self->slice - 1;
  if (*last < self->high)
    self->low = *last + 1;
  else
    self->high = self->low - 1;
  g_mutex_unlock (&self->mutex);
  return any;
}

static Part *
take_highest (Walk *self)
{
  Part *part = NULL;

  g_mutex_lock (&self->mutex);
  if (self->low <= self->high)
    {
      part = g_new0 (Part, 1);
      part->last = self->high;
      part->first = self->high - self->low < self->slice ? self->low : self->high - self->slice + 1;
      part->links = kan_links_new (self->links->file_id);
      part->links->is_part = TRUE;
      self->high = part->first - 1;
      g_ptr_array_add (self->parts, part);
    }
  g_mutex_unlock (&self->mutex);
  return part;
}

/* Whatever fails here, who asked looks at itself. */
static gpointer
help (gpointer data)
{
  Walk *self = data;
  g_autoptr(KanDb) db = kan_db_open_beside (self->db, NULL);

  for (Part *part = db != NULL ? take_highest (self) : NULL; part != NULL; part = take_highest (self))
    part->followed = kan_ledger_walk (db, part->first, part->last, kan_links_add, part->links, NULL);
  return NULL;
}

static gboolean
walk_up (Walk *self, KanLinks *links, GError **error)
{
  gint64 first, last;

  while (take_lowest (self, &first, &last))
    if (!kan_ledger_walk (self->db, first, last, kan_links_add, links, error))
      return FALSE;
  return TRUE;
}

static gboolean
join_all (Walk *self, KanLinks *links, GError **error)
{
  for (guint i = self->parts->len; i > 0; i--)
    {
      Part *part = g_ptr_array_index (self->parts, i - 1);

      if (part->followed)
        kan_links_join (links, part->links);
      else if (!kan_ledger_walk (self->db, part->first, part->last, kan_links_add, links, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * kan_links_walk:
 *
 * Follows the entries behind those that were followed up to @head, in slices of @slice entries, with the help of so
 * many threads; where @db cannot be shared, alone.
 */
gboolean
kan_links_walk (KanLinks *self, KanDb *db, gint64 head, gint64 slice, guint n_helpers, GError **error)
{
  g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func (part_free);
  Walk walk = { .links = self, .db = db, .slice = slice, .low = self->seq + 1, .high = head, .parts = parts };
  GThread *helpers[8] = { NULL };
  guint n = kan_db_is_shared (db) ? MIN (n_helpers, G_N_ELEMENTS (helpers)) : 0;
  gboolean fine;

  g_mutex_init (&walk.mutex);
  for (guint i = 0; i < n; i++)
    helpers[i] = g_thread_new ("links", help, &walk);
  fine = walk_up (&walk, self, error);
  for (guint i = 0; i < n; i++)
    g_thread_join (helpers[i]);
  g_mutex_clear (&walk.mutex);
  return fine && join_all (&walk, self, error);
}
