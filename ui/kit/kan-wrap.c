/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Children side by side at their natural width, on as many lines as that takes; no child is a stop of its own for the
 * keyboard, as a flow box would make it. */
#include "kit/kan-wrap.h"

#define GAP 6      /* between children and between lines, pixels */

struct _KanWrap { GtkWidget parent_instance; };

static void kan_wrap_buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KanWrap, kan_wrap, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, kan_wrap_buildable_init))

static GtkBuildableIface *parent_buildable;

static void
add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  if (GTK_IS_WIDGET (child))
    kan_wrap_append (KAN_WRAP (buildable), GTK_WIDGET (child));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
kan_wrap_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = add_child;
}

/* Lays the children out in lines of @width, or only measures; returns the height that takes. */
static int
flow (GtkWidget *widget, int width, gboolean allocate)
{
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int x = 0, y = 0, line = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int least, natural, height;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &natural, NULL, NULL);
      natural = MAX (least, MIN (natural, width));
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, natural, NULL, &height, NULL, NULL);
      if (x > 0 && x + natural > width)
        {
          y += line + GAP;
          x = line = 0;
        }
      if (allocate)
        gtk_widget_size_allocate (child, &(GtkAllocation) { rtl ? width - x - natural : x, y, natural, height }, -1);
      x += natural + GAP;
      line = MAX (line, height);
    }
  return y + line;
}

static void
kan_wrap_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                  G_GNUC_UNUSED int *minimum_baseline, G_GNUC_UNUSED int *natural_baseline)
{
  int widest = 0, all = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int least, want;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &want, NULL, NULL);
      widest = MAX (widest, least);
      all += want + (all > 0 ? GAP : 0);
    }
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = widest;
      *natural = MAX (widest, all);
    }
  else
    *minimum = *natural = flow (widget, for_size < 0 ? MAX (widest, all) : for_size, FALSE);
}

static void
kan_wrap_size_allocate (GtkWidget *widget, int width, G_GNUC_UNUSED int height, G_GNUC_UNUSED int baseline)
{
  flow (widget, width, TRUE);
}

static GtkSizeRequestMode
kan_wrap_get_request_mode (G_GNUC_UNUSED GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
kan_wrap_dispose (GObject *object)
{
  kan_wrap_clear (KAN_WRAP (object));
  G_OBJECT_CLASS (kan_wrap_parent_class)->dispose (object);
}

static void
kan_wrap_class_init (KanWrapClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kan_wrap_dispose;
  widget_class->measure = kan_wrap_measure;
  widget_class->size_allocate = kan_wrap_size_allocate;
  widget_class->get_request_mode = kan_wrap_get_request_mode;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
kan_wrap_init (G_GNUC_UNUSED KanWrap *self)
{
}

/**
 * kan_wrap_new:
 *
 * Returns: an empty one
 */
GtkWidget *
kan_wrap_new (void)
{
  return g_object_new (KAN_TYPE_WRAP, NULL);
}

/**
 * kan_wrap_append:
 * @self: a wrap
 * @child: (transfer floating): stands last
 */
void
kan_wrap_append (KanWrap *self, GtkWidget *child)
{
  gtk_widget_insert_before (child, GTK_WIDGET (self), NULL);
}

/**
 * kan_wrap_clear:
 * @self: a wrap
 *
 * Takes all children out.
 */
void
kan_wrap_clear (KanWrap *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
}
