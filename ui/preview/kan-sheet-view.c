/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One page of a paper, drawn at a zoom: kept as an image, so that scrolling draws no glyph and a PDF may be written
 * from the same paper in another thread meanwhile. */
#include "preview/kan-sheet-view.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define DPI   96.0
#define EDGE  18.0      /* desk around the sheet, pixels */
#define LEAST 240

struct _KanSheetView
{
  GtkWidget   parent_instance;

  KanPaper   *paper;       /* borrowed */
  guint       page;
  double      zoom;
  GdkTexture *image;       /* owned: the page as it was drawn last */
  double      image_zoom;
  gboolean    frozen;      /* nothing is drawn from the paper: the image is shown as it is */
};

G_DEFINE_FINAL_TYPE (KanSheetView, kan_sheet_view, GTK_TYPE_WIDGET)

static void
paper_size (KanSheetView *self, double *width, double *height)
{
  kan_paper_get_size (self->paper, width, height);
  *width *= DPI / 72;
  *height *= DPI / 72;
}

static double
zoom_for (KanSheetView *self, int room)
{
  double width, height, zoom, high;

  if (self->zoom > 0 || self->paper == NULL)
    return self->zoom > 0 ? self->zoom : 1;
  paper_size (self, &width, &height);
  zoom = (room - 2 * EDGE) / width;
  high = (gtk_widget_get_height (GTK_WIDGET (self)) - 2 * EDGE) / height;
  return CLAMP (self->zoom == KAN_SHEET_WHOLE ? MIN (zoom, high) : zoom, 0.3, 2);
}

static void
kan_sheet_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                        int *minimum_baseline, int *natural_baseline)
{
  KanSheetView *self = KAN_SHEET_VIEW (widget);
  double width, height, zoom;

  *minimum = *natural = LEAST;
  if (self->paper == NULL || self->zoom == KAN_SHEET_WHOLE)
    return;
  paper_size (self, &width, &height);
  zoom = zoom_for (self, for_size > 0 && orientation == GTK_ORIENTATION_VERTICAL ? for_size
                   : gtk_widget_get_width (widget));
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = (int) ceil (height * zoom + 2 * EDGE);
  else
    {
      *natural = (int) ceil (width * (self->zoom > 0 ? zoom : 1) + 2 * EDGE);
      *minimum = self->zoom > 0 ? *natural : LEAST;
    }
}

static GtkSizeRequestMode
kan_sheet_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* Draws the page anew where another size or page is shown than the image has. */
static void
draw_image (KanSheetView *self, double zoom)
{
  double scale = gtk_widget_get_scale_factor (GTK_WIDGET (self)), width, height;
  cairo_surface_t *surface;
  g_autoptr(GBytes) bytes = NULL;
  cairo_t *cr;
  int w, h;

  if (self->frozen || (self->image != NULL && fabs (self->image_zoom - zoom) < 0.001))
    return;
  paper_size (self, &width, &height);
  w = MAX (1, (int) (width * zoom * scale));
  h = MAX (1, (int) (height * zoom * scale));
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, w, h);
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, zoom * scale * DPI / 72, zoom * scale * DPI / 72);
  kan_paper_draw_page (self->paper, cr, self->page);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface),
                                      (gsize) cairo_image_surface_get_stride (surface) * (gsize) h,
                                      (GDestroyNotify) cairo_surface_destroy, surface);
  g_clear_object (&self->image);
  self->image = gdk_memory_texture_new (w, h, GDK_MEMORY_DEFAULT, bytes,
                                        (gsize) cairo_image_surface_get_stride (surface));
  self->image_zoom = zoom;
}

static void
kan_sheet_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  KanSheetView *self = KAN_SHEET_VIEW (widget);
  const GdkRGBA shadow = { 0, 0, 0, 0.35f };
  GskRoundedRect outline;
  double width, height, zoom;
  graphene_rect_t sheet;

  if (self->paper == NULL)
    return;
  zoom = zoom_for (self, gtk_widget_get_width (widget));
  draw_image (self, zoom);
  paper_size (self, &width, &height);
  sheet = GRAPHENE_RECT_INIT ((float) MAX (EDGE, floor ((gtk_widget_get_width (widget) - width * zoom) / 2)),
                              (float) MAX (EDGE, floor ((gtk_widget_get_height (widget) - height * zoom) / 2)),
                              (float) (width * zoom), (float) (height * zoom));
  gsk_rounded_rect_init_from_rect (&outline, &sheet, 0);
  gtk_snapshot_append_outset_shadow (snapshot, &outline, &shadow, 0, 1, 0, 4);
  if (self->image != NULL)
    gtk_snapshot_append_texture (snapshot, self->image, &sheet);
}

static void
forget_image (KanSheetView *self)
{
  g_clear_object (&self->image);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
tell (KanSheetView *self)
{
  guint n = self->paper != NULL ? kan_paper_n_pages (self->paper) : 0;
  g_autofree char *words = n == 0 ? g_strdup (_("No page"))
    : g_strdup_printf (_("%s, page %u of %u"), kan_paper_get_title (self->paper), self->page + 1, n);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static void
kan_sheet_view_dispose (GObject *object)
{
  g_clear_object (&KAN_SHEET_VIEW (object)->image);
  G_OBJECT_CLASS (kan_sheet_view_parent_class)->dispose (object);
}

static void
kan_sheet_view_class_init (KanSheetViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kan_sheet_view_dispose;
  widget_class->measure = kan_sheet_view_measure;
  widget_class->get_request_mode = kan_sheet_view_get_request_mode;
  widget_class->snapshot = kan_sheet_view_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
kan_sheet_view_init (KanSheetView *self)
{
  self->zoom = KAN_SHEET_WHOLE;
  tell (self);
}

/**
 * kan_sheet_view_set_paper:
 * @self: a view
 * @paper: (nullable): a finished paper, borrowed until another is set
 */
void
kan_sheet_view_set_paper (KanSheetView *self, KanPaper *paper)
{
  self->paper = paper;
  self->page = 0;
  forget_image (self);
  tell (self);
}

/**
 * kan_sheet_view_set_page:
 * @self: a view
 * @page: from 0
 */
void
kan_sheet_view_set_page (KanSheetView *self, guint page)
{
  self->page = page;
  forget_image (self);
  tell (self);
}

/**
 * kan_sheet_view_set_zoom:
 * @self: a view
 * @zoom: 1 for the size on paper, %KAN_SHEET_WIDE or %KAN_SHEET_WHOLE
 */
void
kan_sheet_view_set_zoom (KanSheetView *self, double zoom)
{
  self->zoom = zoom;
  forget_image (self);
}

/**
 * kan_sheet_view_set_frozen:
 * @self: a view
 * @frozen: whether another thread has the paper
 */
void
kan_sheet_view_set_frozen (KanSheetView *self, gboolean frozen)
{
  self->frozen = frozen;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * kan_sheet_view_get_zoom:
 * @self: a view
 *
 * Returns: the zoom it is shown at
 */
double
kan_sheet_view_get_zoom (KanSheetView *self)
{
  return zoom_for (self, gtk_widget_get_width (GTK_WIDGET (self)));
}
