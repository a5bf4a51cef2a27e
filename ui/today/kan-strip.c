/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The strip of deadlines, drawn in the style's own colours. What it shows stands in the table behind it as well. */
#include "today/kan-strip.h"

#include "values/kan-wareki.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

struct _KanStrip
{
  GtkWidget  parent_instance;

  GPtrArray *marks;        /* owned reference: KanViewMark */
  gint32     today, first, last;
};

enum { MONTHS = 12, HEIGHT = 132, AXIS = 84, SIDE = 28 };

G_DEFINE_FINAL_TYPE (KanStrip, kan_strip, GTK_TYPE_WIDGET)

/* Everything is drawn for text of the usual size, and grows with it. */
static float
text_scale (KanStrip *self)
{
  int dpi = 0;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? MAX (1, (float) dpi / (96 * 1024)) : 1;
}

static float
room_of (KanStrip *self)
{
  return (float) gtk_widget_get_width (GTK_WIDGET (self)) / text_scale (self);
}

/* Lines that only guide the eye: faint, unless somebody asked for none that are. */
static float
faint (float alpha)
{
  return adw_style_manager_get_high_contrast (adw_style_manager_get_default ()) ? 1 : alpha;
}

static float
x_of (KanStrip *self, gint32 day)
{
  float width = room_of (self) - 2 * SIDE;

  return SIDE + width * (float) (CLAMP (day, self->first, self->last) - self->first) /
         (float) MAX (self->last - self->first, 1);
}

static GdkRGBA
colour (KanStrip *self, const char *name, float alpha)
{
  GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (self));
  GdkRGBA found;

  if (name == NULL || !gtk_style_context_lookup_color (style, name, &found))
    gtk_style_context_get_color (style, &found);
  found.alpha *= alpha;
  return found;
}

static void
draw_box (GtkSnapshot *snapshot, float x, float y, float width, float height, const GdkRGBA *fill)
{
  gtk_snapshot_append_color (snapshot, fill, &GRAPHENE_RECT_INIT (roundf (x), roundf (y), width, height));
}

/* Centred on x; kept inside the widget. Returns where it ends. */
static void
draw_text (KanStrip *self, GtkSnapshot *snapshot, float x, float y, const char *text, const GdkRGBA *ink, double scale)
{
  g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  g_autoptr(PangoAttrList) attributes = pango_attr_list_new ();
  int width = 0, height = 0, room = (int) room_of (self);

  pango_attr_list_insert (attributes, pango_attr_scale_new (scale / text_scale (self)));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_get_pixel_size (layout, &width, &height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (CLAMP (roundf (x - (float) width / 2), 0,
                                                                 (float) MAX (room - width, 0)), y));
  gtk_snapshot_append_layout (snapshot, layout, ink);
  gtk_snapshot_restore (snapshot);
}

static void
draw_dot (GtkSnapshot *snapshot, float x, float y, float radius, const GdkRGBA *ink, gboolean hollow)
{
  GskRoundedRect outline;
  const GdkRGBA colours[4] = { *ink, *ink, *ink, *ink };
  const float widths[4] = { 2, 2, 2, 2 };

  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT (x - radius, y - radius, 2 * radius, 2 * radius),
                                   radius);
  if (hollow)
    {
      gtk_snapshot_append_border (snapshot, &outline, widths, colours);
      return;
    }
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, ink, &outline.bounds);
  gtk_snapshot_pop (snapshot);
}

static void
draw_months (KanStrip *self, GtkSnapshot *snapshot)
{
  GdkRGBA line = colour (self, NULL, faint (0.15f)), ink = colour (self, NULL, faint (0.6f));
  int year = 0, month = 0, day = 0;

  kan_day_to_ymd (self->first, &year, &month, &day);
  for (gint32 at = kan_day_from_ymd (year, month, 1); at < self->last; at = kan_day_add_months (at, 1))
    {
      gint32 next = kan_day_add_months (at, 1);
      g_autofree char *label = NULL;

      kan_day_to_ymd (at, &year, &month, &day);
      /* Translators: a month of the year as number, on a narrow time axis */
      label = g_strdup_printf (_("%d"), month);
      draw_box (snapshot, x_of (self, at), AXIS - 6, 1, 12, &line);
      draw_text (self, snapshot, (x_of (self, at) + x_of (self, next)) / 2, AXIS + 26, label, &ink, 0.85);
    }
  draw_box (snapshot, SIDE, AXIS, room_of (self) - 2 * SIDE, 2, &line);
}

/* "10/22" */
static char *
day_label (gint32 at)
{
  int year, month, day;

  kan_day_to_ymd (at, &year, &month, &day);
  return g_strdup_printf ("%d/%d", month, day);
}

/* Its day stands beside the pin; what is overdue says so in words too, away from today. */
static void
draw_count (KanStrip *self, GtkSnapshot *snapshot, float x, gint32 day, guint n, gboolean overdue)
{
  GdkRGBA fill = colour (self, overdue ? "error_bg_color" : "warning_bg_color", 1);
  GdkRGBA ink = colour (self, overdue ? "error_fg_color" : "warning_fg_color", 1);
  GdkRGBA words = colour (self, overdue ? "error_color" : NULL, 0.9f);
  g_autofree char *count = g_strdup_printf ("%u", n), *date = day_label (day);
  float beside = x + (overdue ? -SIDE : 0.8f * SIDE);

  draw_text (self, snapshot, beside, 48, date, &words, 0.8);
  if (overdue)
    draw_text (self, snapshot, beside, 62, _("overdue"), &words, 0.8);
  draw_box (snapshot, x - 1, 44, 2, AXIS - 44, &fill);
  draw_dot (snapshot, x, 34, 12, &fill, FALSE);
  draw_text (self, snapshot, x, 25, count, &ink, 0.9);
}

static void
draw_marks (KanStrip *self, GtkSnapshot *snapshot)
{
  GdkRGBA accent = colour (self, "accent_color", 1);

  for (guint i = 0; self->marks != NULL && i < self->marks->len; i++)
    {
      const KanViewMark *mark = g_ptr_array_index (self->marks, i);
      float x = x_of (self, mark->day);

      if (mark->day > self->last)
        continue;
      if (mark->is_payment)
        {
          g_autofree char *label = day_label (mark->day);

          draw_dot (snapshot, x, AXIS + 1, 6, &accent, mark->expected);
          draw_text (self, snapshot, x, AXIS + 8, label, &accent, 0.8);
        }
      if (mark->n_overdue > 0)
        draw_count (self, snapshot, x, mark->day, mark->n_overdue, TRUE);
      else if (mark->n_due > 0)
        draw_count (self, snapshot, x, mark->day, mark->n_due, FALSE);
    }
}

static void
kan_strip_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  KanStrip *self = KAN_STRIP (widget);
  GdkRGBA ink = colour (self, NULL, 0.9f);

  if (self->last <= self->first)
    return;
  gtk_snapshot_scale (snapshot, text_scale (self), text_scale (self));
  draw_months (self, snapshot);
  draw_box (snapshot, x_of (self, self->today), 18, 2, AXIS - 10, &ink);
  draw_text (self, snapshot, x_of (self, self->today), 0, _("today"), &ink, 0.85);
  draw_marks (self, snapshot);
}

static void
kan_strip_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                   int *minimum_baseline, int *natural_baseline)
{
  int high = (int) ceilf (HEIGHT * text_scale (KAN_STRIP (widget)));

  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 360 : high;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 720 : high;
}

static gboolean
tooltip_cb (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip, gpointer user_data)
{
  KanStrip *self = KAN_STRIP (widget);

  for (guint i = 0; !keyboard && self->marks != NULL && i < self->marks->len; i++)
    {
      const KanViewMark *mark = g_ptr_array_index (self->marks, i);

      if (fabsf (x_of (self, mark->day) * text_scale (self) - (float) x) <= 10)
        {
          gtk_tooltip_set_text (tooltip, mark->label);
          return TRUE;
        }
    }
  return FALSE;
}

/**
 * kan_strip_set_marks:
 * @self: a strip
 * @first: where it begins, days since 1970
 * @today: days since 1970
 * @marks: (element-type KanViewMark): payment days and deadlines; a reference is taken
 */
void
kan_strip_set_marks (KanStrip *self, gint32 first, gint32 today, GPtrArray *marks)
{
  guint n_overdue = 0, n_due = 0;
  g_autofree char *summary = NULL;

  g_clear_pointer (&self->marks, g_ptr_array_unref);
  self->marks = g_ptr_array_ref (marks);
  self->today = today;
  self->first = first;
  self->last = kan_day_add_months (today, MONTHS - 1);
  for (guint i = 0; i < marks->len; i++)
    {
      n_overdue += ((KanViewMark *) g_ptr_array_index (marks, i))->n_overdue;
      n_due += ((KanViewMark *) g_ptr_array_index (marks, i))->n_due;
    }
  summary = g_strdup_printf (_("Twelve months with payment days: %u purges overdue, %u due or coming"), n_overdue,
                             n_due);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, summary, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
kan_strip_finalize (GObject *object)
{
  g_clear_pointer (&KAN_STRIP (object)->marks, g_ptr_array_unref);
  G_OBJECT_CLASS (kan_strip_parent_class)->finalize (object);
}

static void
kan_strip_class_init (KanStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = kan_strip_finalize;
  widget_class->snapshot = kan_strip_snapshot;
  widget_class->measure = kan_strip_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "kan-strip");
}

static void
kan_strip_init (KanStrip *self)
{
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (tooltip_cb), NULL);
}

/**
 * kan_strip_new:
 *
 * Returns: (transfer floating): an empty strip
 */
GtkWidget *
kan_strip_new (void)
{
  return g_object_new (KAN_TYPE_STRIP, NULL);
}
