/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One slot of a long list: position, number, and cells once they have come. And a register as what slots are over. */
#include "kit/kan-slots-private.h"

enum { ITEM_PROP_CELLS = 1, ITEM_N_PROPS };
static GParamSpec *item_props[ITEM_N_PROPS];

G_DEFINE_FINAL_TYPE (KanListItem, kan_list_item, G_TYPE_OBJECT)

static void
kan_list_item_finalize (GObject *object)
{
  KanListItem *self = KAN_LIST_ITEM (object);

  if (self->owner != NULL)
    kan_slots_item_gone (self->owner, self->position);
  g_strfreev (self->cells);
  G_OBJECT_CLASS (kan_list_item_parent_class)->finalize (object);
}

static void
kan_list_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == ITEM_PROP_CELLS)
    g_value_set_boxed (value, KAN_LIST_ITEM (object)->cells);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
kan_list_item_class_init (KanListItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = kan_list_item_finalize;
  object_class->get_property = kan_list_item_get_property;
  item_props[ITEM_PROP_CELLS] = g_param_spec_boxed ("cells", NULL, NULL, G_TYPE_STRV,
                                                    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, ITEM_N_PROPS, item_props);
}

static void
kan_list_item_init (KanListItem *self)
{
  self->position = G_MAXUINT;
}

/**
 * kan_list_item_set_cells:
 * @self: a slot
 * @cells: (nullable): its words, copied; %NULL: blank
 */
void
kan_list_item_set_cells (KanListItem *self, GStrv cells)
{
  if (self->cells == NULL && cells == NULL)
    return;
  if (self->cells != NULL && cells != NULL && g_strv_equal ((const char *const *) self->cells,
                                                            (const char *const *) cells))
    return;
  g_strfreev (self->cells);
  self->cells = g_strdupv (cells);
  g_object_notify_by_pspec (G_OBJECT (self), item_props[ITEM_PROP_CELLS]);
}

/**
 * kan_list_item_get_id:
 * @self: a slot
 *
 * Returns: the record's number
 */
guint32
kan_list_item_get_id (KanListItem *self)
{
  return self->id;
}

/**
 * kan_list_item_get_position:
 * @self: a slot
 *
 * Returns: where it stands; %G_MAXUINT where the list has gone on without it
 */
guint
kan_list_item_get_position (KanListItem *self)
{
  return self->position;
}

/**
 * kan_list_item_get_cell:
 * @self: a slot
 * @column: which
 *
 * Returns: (transfer none): its words, "" while it is blank
 */
const char *
kan_list_item_get_cell (KanListItem *self, guint column)
{
  return self->cells != NULL && column < g_strv_length (self->cells) ? self->cells[column] : "";
}

/**
 * kan_list_item_is_blank:
 * @self: a slot
 *
 * Returns: %TRUE while its page has not come
 */
gboolean
kan_list_item_is_blank (KanListItem *self)
{
  return self->cells == NULL;
}

static GArray *
register_order (KanDesk *desk, gpointer source, GError **error)
{
  return kan_desk_order (desk, source, error);
}

static GPtrArray *
register_page (KanDesk *desk, gpointer source, const guint32 *ids, guint n, GError **error)
{
  KanQuery *query = source;

  return kan_desk_page (desk, query->register_id, query->list, ids, n, error);
}

static gpointer
register_copy (gpointer source)
{
  return kan_query_copy (source);
}

static void
register_free (gpointer source)
{
  kan_query_free (source);
}

const KanSlotsHow kan_slots_of_register = { register_order, register_page, register_copy, register_free };
