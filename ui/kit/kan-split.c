/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list and what was chosen from it: beside each other where there is room, one instead of the other where not. */
#include "kit/kan-split.h"

#define NARROW       880     /* below this width the record takes the list's place, pixels */
#define RECORD_LEAST 400
#define RECORD_MOST  640

struct _KanSplit
{
  GtkWidget  parent_instance;

  GtkWidget *list, *record;      /* children */
  GtkWidget *rule;               /* child: the line between them */
  gboolean   open, narrow;
  guint      telling;            /* idle source: "narrow" has changed */
};

enum { PROP_LIST = 1, PROP_RECORD, PROP_OPEN, PROP_NARROW, N_PROPS };
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (KanSplit, kan_split, GTK_TYPE_WIDGET)

/* Told after the layout, in which nothing may change. */
static gboolean
tell_narrow_cb (gpointer data)
{
  KanSplit *self = data;

  self->telling = 0;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_NARROW]);
  return G_SOURCE_REMOVE;
}

static int
record_width (int width)
{
  return CLAMP (width * 45 / 100, RECORD_LEAST, RECORD_MOST);
}

static void
kan_split_measure (GtkWidget *widget, GtkOrientation orientation, G_GNUC_UNUSED int for_size, int *minimum,
                   int *natural, G_GNUC_UNUSED int *minimum_baseline, G_GNUC_UNUSED int *natural_baseline)
{
  KanSplit *self = KAN_SPLIT (widget);
  GtkWidget *children[] = { self->list, self->record };

  *minimum = *natural = 0;
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    {
      int least = 0, want = 0;

      if (children[i] != NULL)
        gtk_widget_measure (children[i], orientation, -1, &least, &want, NULL, NULL);
      *minimum = MAX (*minimum, least);
      *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? *natural + want : MAX (*natural, want);
    }
}

static void
show_child (GtkWidget *child, gboolean shown, int x, int width, int height)
{
  int least;

  gtk_widget_set_child_visible (child, shown);
  if (!shown)
    return;
  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  gtk_widget_size_allocate (child, &(GtkAllocation) { x, 0, MAX (width, least), height }, -1);
}

static void
kan_split_size_allocate (GtkWidget *widget, int width, int height, G_GNUC_UNUSED int baseline)
{
  KanSplit *self = KAN_SPLIT (widget);
  gboolean narrow = width < NARROW, rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  gboolean both = self->open && !narrow;
  int aside = both ? record_width (width) : self->open ? width : 0, line;

  gtk_widget_measure (self->rule, GTK_ORIENTATION_HORIZONTAL, -1, &line, NULL, NULL, NULL);
  line = both ? line : 0;
  show_child (self->list, both || !self->open, rtl && both ? aside + line : 0, width - aside - line, height);
  show_child (self->rule, both, rtl ? aside : width - aside - line, line, height);
  show_child (self->record, self->open, rtl ? 0 : width - aside, aside, height);
  if (narrow == self->narrow)
    return;
  self->narrow = narrow;
  if (self->telling == 0)
    self->telling = g_idle_add (tell_narrow_cb, self);
}

static void
kan_split_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  KanSplit *self = KAN_SPLIT (object);

  switch (id)
    {
    case PROP_LIST:
      self->list = g_value_get_object (value);
      if (self->list != NULL)
        gtk_widget_insert_after (self->list, GTK_WIDGET (self), NULL);
      break;
    case PROP_RECORD:
      self->record = g_value_get_object (value);
      if (self->record != NULL)
        gtk_widget_insert_before (self->record, GTK_WIDGET (self), NULL);
      break;
    case PROP_OPEN:
      kan_split_set_open (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kan_split_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  KanSplit *self = KAN_SPLIT (object);

  switch (id)
    {
    case PROP_LIST:
      g_value_set_object (value, self->list);
      break;
    case PROP_RECORD:
      g_value_set_object (value, self->record);
      break;
    case PROP_OPEN:
      g_value_set_boolean (value, self->open);
      break;
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kan_split_dispose (GObject *object)
{
  KanSplit *self = KAN_SPLIT (object);

  g_clear_handle_id (&self->telling, g_source_remove);
  g_clear_pointer (&self->list, gtk_widget_unparent);
  g_clear_pointer (&self->rule, gtk_widget_unparent);
  g_clear_pointer (&self->record, gtk_widget_unparent);
  G_OBJECT_CLASS (kan_split_parent_class)->dispose (object);
}

static void
kan_split_class_init (KanSplitClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = kan_split_dispose;
  object_class->set_property = kan_split_set_property;
  object_class->get_property = kan_split_get_property;
  widget_class->measure = kan_split_measure;
  widget_class->size_allocate = kan_split_size_allocate;
  props[PROP_LIST] = g_param_spec_object ("list", NULL, NULL, GTK_TYPE_WIDGET, G_PARAM_READWRITE | flags);
  props[PROP_RECORD] = g_param_spec_object ("record", NULL, NULL, GTK_TYPE_WIDGET, G_PARAM_READWRITE | flags);
  props[PROP_OPEN] = g_param_spec_boolean ("open", NULL, NULL, FALSE, G_PARAM_READWRITE | flags);
  props[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, G_PARAM_READABLE | flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
kan_split_init (KanSplit *self)
{
  self->rule = gtk_separator_new (GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_parent (self->rule, GTK_WIDGET (self));
}

/**
 * kan_split_set_open:
 * @self: a split
 * @open: whether the record is shown
 */
void
kan_split_set_open (KanSplit *self, gboolean open)
{
  if (self->open == open)
    return;
  self->open = open;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_OPEN]);
}

/**
 * kan_split_is_open:
 * @self: a split
 *
 * Returns: %TRUE while the record is shown
 */
gboolean
kan_split_is_open (KanSplit *self)
{
  return self->open;
}

/**
 * kan_split_is_narrow:
 * @self: a split
 *
 * Returns: %TRUE where there is room for one of both only
 */
gboolean
kan_split_is_narrow (KanSplit *self)
{
  return self->narrow;
}
