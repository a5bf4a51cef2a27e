/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list of any length over the database thread. GTK asks for every row of a list that says all its rows changed; so
 * only the tail is ever announced, and the slots that are alive are filled again where they stand. */
#include "kit/kan-slots-private.h"

#include "kit/kan-dialogs.h"

#include <string.h>

#define PAGE   64u
#define N_KEPT 8u      /* pages whose cells are kept, so that scrolling by a row costs no job */

/* --- the list ------------------------------------------------------------------------------------------------- */

/* Cells of up to PAGE rows around a position, as they came. */
typedef struct { guint number; GPtrArray *rows; } Page;

struct _KanSlots
{
  GObject      parent_instance;

  KanSession  *session;        /* owned */
  KanSlotsHow  how;
  gpointer     source;         /* owned by how.free; NULL: nothing was asked yet */
  GArray      *order;          /* guint32; only keys grow with the list */
  GHashTable  *living;         /* position → KanListItem, borrowed: each takes itself out */
  GQueue       kept;           /* Page, newest first */
  GHashTable  *wanted;         /* numbers of pages to ask for, or asked */
  GCancellable *asking;        /* owned; of the order that is under way */
  GCancellable *reading;       /* owned; of the pages of the order that is shown */
  guint        question;       /* counts what was asked: an answer to an older one is dropped */
  guint        shown;          /* counts the orders shown: pages belong to one */
  guint        idle;
  gboolean     is_loading;
  gboolean     again;          /* something changed while the answer was under way */
};

enum { PROP_IS_LOADING = 1, N_PROPS };
static GParamSpec *props[N_PROPS];
enum { LOADED, FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void kan_slots_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KanSlots, kan_slots, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, kan_slots_list_model_init))

static void
forget_item (KanListItem *item)
{
  item->owner = NULL;
  item->position = G_MAXUINT;
}

/**
 * kan_slots_item_gone:
 * @self: a list
 * @position: where a slot stood that is alive no longer
 */
void
kan_slots_item_gone (KanSlots *self, guint position)
{
  g_hash_table_remove (self->living, GUINT_TO_POINTER (position));
}

/* --- pages ---------------------------------------------------------------------------------------------------- */

static void
page_free (gpointer data)
{
  Page *page = data;

  g_ptr_array_unref (page->rows);
  g_free (page);
}

static void
drop_pages (KanSlots *self)
{
  g_queue_clear_full (&self->kept, page_free);
  g_hash_table_remove_all (self->wanted);
}

/* The cells of a position, where its page is kept. */
static GStrv
kept_cells (KanSlots *self, guint position, gboolean *known)
{
  for (GList *link = self->kept.head; link != NULL; link = link->next)
    {
      Page *page = link->data;

      if (page->number != position / PAGE)
        continue;
      *known = TRUE;
      return position % PAGE < page->rows->len ? g_ptr_array_index (page->rows, position % PAGE) : NULL;
    }
  *known = FALSE;
  return NULL;
}

typedef struct
{
  KanSlotsHow how;
  gpointer    source;
  guint       shown, number, n;
  guint32     ids[PAGE];
} PageJob;

static void
page_job_free (gpointer data)
{
  PageJob *job = data;

  job->how.free (job->source);
  g_free (job);
}

/* What a name may hide is made visible here, once, in the database thread. */
static void
make_visible (GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    for (char **cell = g_ptr_array_index (rows, i); cell != NULL && *cell != NULL; cell++)
      {
        char *visible = kan_visible_text (*cell);

        g_free (*cell);
        *cell = visible;
      }
}

static gpointer
page_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  PageJob *job = data;
  KanDesk *desk = kan_worker_get_desk (worker);
  GPtrArray *rows;

  if (desk == NULL || g_cancellable_set_error_if_cancelled (cancellable, error))
    return g_ptr_array_new ();
  rows = job->how.page (desk, job->source, job->ids, job->n, error);
  if (rows != NULL)
    make_visible (rows);
  return rows;
}

typedef struct { KanSlots *self; guint shown, number; } PageCall;

static void
fill_living (KanSlots *self, const Page *page)
{
  for (guint i = 0; i < page->rows->len; i++)
    {
      KanListItem *item = g_hash_table_lookup (self->living, GUINT_TO_POINTER (page->number * PAGE + i));

      if (item != NULL)
        kan_list_item_set_cells (item, g_ptr_array_index (page->rows, i));
    }
}

static void
page_ready_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree PageCall *call = data;
  g_autoptr(KanSlots) self = call->self;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) rows = kan_session_run_finish (KAN_SESSION (source), result, &error);
  Page *page;

  if (call->shown != self->shown)
    return;
  g_hash_table_remove (self->wanted, GUINT_TO_POINTER (call->number));
  if (rows == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && !g_error_matches (error, KAN_ERROR,
                                                                                          KAN_ERROR_CANCELLED))
        g_signal_emit (self, signals[FAILED], 0, error);
      return;
    }
  page = g_new0 (Page, 1);
  page->number = call->number;
  page->rows = g_steal_pointer (&rows);
  g_queue_push_head (&self->kept, page);
  if (self->kept.length > N_KEPT)
    page_free (g_queue_pop_tail (&self->kept));
  fill_living (self, page);
}

static void
ask_page (KanSlots *self, guint number)
{
  PageJob *job = g_new0 (PageJob, 1);
  PageCall *call = g_new0 (PageCall, 1);

  job->how = self->how;
  job->source = self->how.copy (self->source);
  job->number = call->number = number;
  call->shown = self->shown;
  call->self = g_object_ref (self);
  job->n = MIN (PAGE, self->order->len - number * PAGE);
  memcpy (job->ids, &g_array_index (self->order, guint32, number * PAGE), job->n * sizeof (guint32));
  kan_session_run (self->session, KAN_JOB_PAGE, page_job, job, page_job_free, (GDestroyNotify) g_ptr_array_unref,
                   self->reading, page_ready_cb, call);
}

/* Asks for what became wanted during this turn of the main loop, if it is still looked at. */
static gboolean
ask_pages_cb (gpointer data)
{
  KanSlots *self = data;
  GHashTableIter iter;
  gpointer key, value;

  self->idle = 0;
  g_hash_table_iter_init (&iter, self->wanted);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (!GPOINTER_TO_INT (value) && GPOINTER_TO_UINT (key) * PAGE < self->order->len)
      {
        g_hash_table_iter_replace (&iter, GINT_TO_POINTER (TRUE));
        ask_page (self, GPOINTER_TO_UINT (key));
      }
  return G_SOURCE_REMOVE;
}

static void
want_page (KanSlots *self, guint number)
{
  if (g_hash_table_contains (self->wanted, GUINT_TO_POINTER (number)))
    return;
  g_hash_table_insert (self->wanted, GUINT_TO_POINTER (number), GINT_TO_POINTER (FALSE));
  if (self->idle == 0)
    self->idle = g_idle_add_full (G_PRIORITY_DEFAULT, ask_pages_cb, self, NULL);
}

static void
fill_or_want (KanSlots *self, KanListItem *item)
{
  gboolean known;
  GStrv cells = kept_cells (self, item->position, &known);

  if (known)
    kan_list_item_set_cells (item, cells);
  else
    want_page (self, item->position / PAGE);
}

/* --- orders --------------------------------------------------------------------------------------------------- */

typedef struct { KanSlotsHow how; gpointer source; } OrderJob;

static void
order_job_free (gpointer data)
{
  OrderJob *job = data;

  job->how.free (job->source);
  g_free (job);
}

static gpointer
order_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  OrderJob *job = data;
  KanDesk *desk = kan_worker_get_desk (worker);

  if (desk == NULL || g_cancellable_set_error_if_cancelled (cancellable, error))
    return g_array_new (FALSE, FALSE, sizeof (guint32));
  return job->how.order (desk, job->source, error);
}

typedef struct { KanSlots *self; gpointer source; guint question; } OrderCall;

static void
set_loading (KanSlots *self, gboolean is_loading)
{
  if (self->is_loading == is_loading)
    return;
  self->is_loading = is_loading;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_IS_LOADING]);
}

/* Slots past the end leave the list; the others stand for another record now and want its cells. */
static void
renew_living (KanSlots *self)
{
  g_autoptr(GList) items = g_hash_table_get_values (self->living);

  for (GList *link = items; link != NULL; link = link->next)
    {
      KanListItem *item = link->data;
      guint32 id;

      if (item->position >= self->order->len)
        {
          g_hash_table_remove (self->living, GUINT_TO_POINTER (item->position));
          forget_item (item);
          continue;
        }
      id = g_array_index (self->order, guint32, item->position);
      if (id != item->id)
        {
          item->id = id;
          kan_list_item_set_cells (item, NULL);
        }
      want_page (self, item->position / PAGE);
    }
}

/* Shows another order: only what the list is longer or shorter by is announced. */
static void
show_order (KanSlots *self, GArray *order)
{
  guint before = self->order->len, after = order->len;

  g_cancellable_cancel (self->reading);
  g_object_unref (self->reading);
  self->reading = g_cancellable_new ();
  self->shown++;
  drop_pages (self);
  g_array_unref (self->order);
  self->order = g_array_ref (order);
  renew_living (self);
  if (after != before)
    g_list_model_items_changed (G_LIST_MODEL (self), MIN (before, after), before > after ? before - after : 0,
                                after > before ? after - before : 0);
}

static void
order_ready_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree OrderCall *call = data;
  g_autoptr(KanSlots) self = call->self;
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) order = kan_session_run_finish (KAN_SESSION (source), result, &error);
  gpointer asked = g_steal_pointer (&call->source);

  if (call->question != self->question || order == NULL)
    {
      self->how.free (asked);
      if (call->question != self->question)
        return;
      set_loading (self, FALSE);
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && !g_error_matches (error, KAN_ERROR,
                                                                                          KAN_ERROR_CANCELLED))
        g_signal_emit (self, signals[FAILED], 0, error);
      return;
    }
  if (self->source != NULL)
    self->how.free (self->source);
  self->source = asked;
  show_order (self, order);
  set_loading (self, FALSE);
  g_signal_emit (self, signals[LOADED], 0);
  if (self->again)
    kan_slots_refresh (self);
}

/* The session's keys are wiped: so is what was read with them. */
static void
locked_cb (KanSlots *self)
{
  g_autoptr(GArray) none = g_array_new (FALSE, FALSE, sizeof (guint32));

  self->question++;
  g_cancellable_cancel (self->asking);
  show_order (self, none);
  set_loading (self, FALSE);
}

/* --- the model ------------------------------------------------------------------------------------------------ */

static GType
get_item_type (G_GNUC_UNUSED GListModel *model)
{
  return KAN_TYPE_LIST_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return KAN_SLOTS (model)->order->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  KanSlots *self = KAN_SLOTS (model);
  KanListItem *item;

  if (position >= self->order->len)
    return NULL;
  item = g_hash_table_lookup (self->living, GUINT_TO_POINTER (position));
  if (item != NULL)
    return g_object_ref (item);
  item = g_object_new (KAN_TYPE_LIST_ITEM, NULL);
  item->owner = self;
  item->position = position;
  item->id = g_array_index (self->order, guint32, position);
  g_hash_table_insert (self->living, GUINT_TO_POINTER (position), item);
  fill_or_want (self, item);
  return item;
}

static void
kan_slots_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
kan_slots_finalize (GObject *object)
{
  KanSlots *self = KAN_SLOTS (object);
  g_autoptr(GList) items = g_hash_table_get_values (self->living);

  g_cancellable_cancel (self->asking);
  g_cancellable_cancel (self->reading);
  g_clear_handle_id (&self->idle, g_source_remove);
  for (GList *link = items; link != NULL; link = link->next)
    forget_item (link->data);
  drop_pages (self);
  g_hash_table_unref (self->living);
  g_hash_table_unref (self->wanted);
  g_array_unref (self->order);
  if (self->source != NULL)
    self->how.free (self->source);
  g_clear_object (&self->asking);
  g_clear_object (&self->reading);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (kan_slots_parent_class)->finalize (object);
}

static void
kan_slots_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_IS_LOADING)
    g_value_set_boolean (value, KAN_SLOTS (object)->is_loading);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
kan_slots_class_init (KanSlotsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = kan_slots_finalize;
  object_class->get_property = kan_slots_get_property;
  props[PROP_IS_LOADING] = g_param_spec_boolean ("is-loading", NULL, NULL, FALSE,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[LOADED] = g_signal_new ("loaded", KAN_TYPE_SLOTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", KAN_TYPE_SLOTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_ERROR);
}

static void
kan_slots_init (KanSlots *self)
{
  self->order = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->living = g_hash_table_new (NULL, NULL);
  self->wanted = g_hash_table_new (NULL, NULL);
  g_queue_init (&self->kept);
  self->asking = g_cancellable_new ();
  self->reading = g_cancellable_new ();
}

/* --- public --------------------------------------------------------------------------------------------------- */

/**
 * kan_slots_new:
 * @session: whose file it is
 * @how: where order and pages come from; copied
 *
 * Returns: (transfer full): an empty list; kan_slots_ask() fills it
 */
KanSlots *
kan_slots_new (KanSession *session, const KanSlotsHow *how)
{
  KanSlots *self = g_object_new (KAN_TYPE_SLOTS, NULL);

  self->session = g_object_ref (session);
  self->how = *how;
  g_signal_connect_object (session, "locked", G_CALLBACK (locked_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * kan_slots_ask:
 * @self: a list
 * @source: (transfer full): what is asked
 *
 * Asks for another order. The present one is shown until the new one has come; the answer to an older question is
 * dropped.
 */
void
kan_slots_ask (KanSlots *self, gpointer source)
{
  OrderJob *job = g_new0 (OrderJob, 1);
  OrderCall *call = g_new0 (OrderCall, 1);

  g_cancellable_cancel (self->asking);
  g_object_unref (self->asking);
  self->asking = g_cancellable_new ();
  job->how = self->how;
  job->source = self->how.copy (source);
  call->self = g_object_ref (self);
  call->source = source;
  call->question = ++self->question;
  self->again = FALSE;
  set_loading (self, TRUE);
  kan_session_run (self->session, KAN_JOB_ORDER, order_job, job, order_job_free, (GDestroyNotify) g_array_unref,
                   self->asking, order_ready_cb, call);
}

/**
 * kan_slots_refresh:
 * @self: a list
 *
 * Asks the same question again, e.g. after an act; where an answer is still to come, once it is there.
 */
void
kan_slots_refresh (KanSlots *self)
{
  if (self->is_loading)
    self->again = TRUE;
  else if (self->source != NULL)
    kan_slots_ask (self, self->how.copy (self->source));
}

/**
 * kan_slots_find:
 * @self: a list
 * @id: a record's number
 *
 * Returns: its position; %G_MAXUINT where it is not in the list
 */
guint
kan_slots_find (KanSlots *self, guint32 id)
{
  for (guint i = 0; i < self->order->len; i++)
    if (g_array_index (self->order, guint32, i) == id)
      return i;
  return G_MAXUINT;
}

/**
 * kan_slots_get_n:
 * @self: a list
 *
 * Returns: how many rows there are
 */
guint
kan_slots_get_n (KanSlots *self)
{
  return self->order->len;
}
