/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a medium was when. The picture says in words what each span is as far as they fit; the table behind it says all
 * of it, also to those who do not see the picture. */
#include "media/kan-custody.h"

#include "desk/kan-view.h"
#include "kit/kan-actions.h"
#include "kit/kan-pieces.h"
#include "kit/kan-wrap.h"
#include "values/kan-day.h"
#include "values/kan-wareki.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define BAR_TOP    6.0f
#define BAR_HEIGHT 30.0f
#define TICK       5.0f
#define HEIGHT     64
#define DAY        86400
#define LEAST      4.0f     /* a span narrower than this is told by the table only, pixels */
#define LEAST_WORD 34.0f    /* room for the beginning of a word and its dots, pixels */
#define MONTH_ROOM 92       /* for the name of a month, pixels */

/* --- the bar -------------------------------------------------------------------------------------------------- */

#define KAN_TYPE_CUSTODY_BAR (kan_custody_bar_get_type ())
G_DECLARE_FINAL_TYPE (KanCustodyBar, kan_custody_bar, KAN, CUSTODY_BAR, GtkWidget)

struct _KanCustodyBar
{
  GtkWidget  parent_instance;

  GPtrArray *spans;        /* owned */
  gint64     now;
};

G_DEFINE_FINAL_TYPE (KanCustodyBar, kan_custody_bar, GTK_TYPE_WIDGET)

struct _KanCustody
{
  AdwBin     parent_instance;

  GtkWidget *stack;        /* picture and table */
};

G_DEFINE_FINAL_TYPE (KanCustody, kan_custody, ADW_TYPE_BIN)

/* Colours by the kind of place, from GNOME's palette; what they mean is written into the spans and the table. */
static const struct { const char *state, *colour; } colours[] = {
  { "receiving",  "#62a0ea" },
  { "registered", "#99c1f1" },
  { "stored",     "#3584e4" },
  { "checking",   "#1c71d8" },
  { "early_asked", "#1c71d8" },
  { "handing",    "#1c71d8" },
  { "in_use",     "#33d17a" },
  { "in_transit", "#f6d32d" },
  { "out",        "#ff7800" },
  { "missing",    "#e01b24" },
  { "faulty",     "#c061cb" },
  { "erasing",    "#cdab8f" },
  { "erased",     "#b5835a" },
  { "unconfirmed", "#865e3c" },
};

static GdkRGBA
colour_of (const char *state)
{
  const char *found = kan_custody_colour (state);
  GdkRGBA colour;

  gdk_rgba_parse (&colour, found != NULL ? found : "#9a9996");
  return colour;
}

/* Black or white, whichever reads better on it. */
static GdkRGBA
ink_on (const GdkRGBA *colour)
{
  double light = 0.299 * colour->red + 0.587 * colour->green + 0.114 * colour->blue;

  return light > 0.55 ? (GdkRGBA) { 0, 0, 0, 0.85f } : (GdkRGBA) { 1, 1, 1, 1 };
}

static KanStayAxis
axis_of (KanCustodyBar *self)
{
  return kan_stays_axis (self->spans, self->now, gtk_widget_get_width (GTK_WIDGET (self)));
}

static void
draw_words (GtkWidget *widget, GtkSnapshot *snapshot, const char *text, float x, float y, float room,
            const GdkRGBA *colour, gboolean centred)
{
  g_autoptr(PangoLayout) layout = kan_small_layout (widget, text);
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  if ((float) width > room && (!centred || room < LEAST_WORD))
    return;
  if ((float) width > room)
    {
      pango_layout_set_width (layout, (int) room * PANGO_SCALE);
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
      pango_layout_get_pixel_size (layout, &width, &height);
    }
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (centred ? x + (room - (float) width) / 2 : x,
                                                          y - (float) height / 2));
  gtk_snapshot_append_layout (snapshot, layout, colour);
  gtk_snapshot_restore (snapshot);
}

static void
draw_span (KanCustodyBar *self, GtkSnapshot *snapshot, const KanStay *span, float from, float to)
{
  GdkRGBA colour = colour_of (span->state), ink = ink_on (&colour);
  float width = MAX (to - from, 2);
  GskRoundedRect shape;

  gsk_rounded_rect_init_from_rect (&shape, &GRAPHENE_RECT_INIT (from, BAR_TOP, MAX (width - 1, 1.5f), BAR_HEIGHT),
                                   MIN (4, width / 3));
  gtk_snapshot_push_rounded_clip (snapshot, &shape);
  gtk_snapshot_append_color (snapshot, &colour, &shape.bounds);
  gtk_snapshot_pop (snapshot);
  draw_words (GTK_WIDGET (self), snapshot, span->label, from + 4, BAR_TOP + BAR_HEIGHT / 2, width - 9, &ink, TRUE);
}

static char *
month_name (KanDay day)
{
  int year, month, in_month;

  kan_day_to_ymd (day, &year, &month, &in_month);
  return kan_view_by_era () ? kan_wareki_format_month (year, month) : kan_month_format (year, month);
}

static void
draw_months (KanCustodyBar *self, GtkSnapshot *snapshot, const KanStayAxis *axis)
{
  g_autoptr(GArray) months = kan_stay_axis_months (axis, MONTH_ROOM);
  float y = BAR_TOP + BAR_HEIGHT;
  GdkRGBA ink;

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &ink);
  ink.alpha *= 0.7f;
  for (guint i = 0; i < months->len; i++)
    {
      const KanStayMonth *month = &g_array_index (months, KanStayMonth, i);
      float x = (float) month->x;
      g_autofree char *name = month_name (month->day);

      gtk_snapshot_append_color (snapshot, &ink, &GRAPHENE_RECT_INIT (x, y + 3, 1, TICK));
      draw_words (GTK_WIDGET (self), snapshot, name, x + 3, y + TICK + 9, (float) axis->width - x - 3, &ink, FALSE);
    }
}

static char *
day_words (gint64 utc)
{
  if (utc == 0)
    return g_strdup (_("today"));
  return kan_view_by_era () ? kan_wareki_format (kan_day_of_utc (utc)) : kan_day_format (kan_day_of_utc (utc));
}

static char *
length_words (const KanStay *span, gint64 now)
{
  guint n = kan_stay_days (span, now);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u day", "%u days", n), n);
}

/* "13 February — today  12 days" */
static char *
stretch_words (const KanStay *span, gint64 now)
{
  g_autofree char *since = day_words (span->since), *until = day_words (span->until);
  g_autofree char *length = length_words (span, now);

  return span->until == span->since ? g_strdup (since) : g_strdup_printf ("%s — %s　%s", since, until, length);
}

/* What is said of a span in the table is told over it too: there may be no room for words. */
static gboolean
query_tooltip_cb (GtkWidget *widget, int x, G_GNUC_UNUSED int y, G_GNUC_UNUSED gboolean by_keyboard,
                  GtkTooltip *tooltip, G_GNUC_UNUSED gpointer data)
{
  KanCustodyBar *self = KAN_CUSTODY_BAR (widget);
  const KanStay *span;
  KanStayAxis axis = axis_of (self);
  gint64 at = axis.from + (gint64) ((double) (axis.to - axis.from) * x / MAX (1, axis.width));
  g_autofree char *stretch = NULL, *words = NULL;

  span = kan_stays_find (self->spans, at);
  stretch = stretch_words (span, self->now);
  words = g_strdup_printf ("%s　%s", span->label, stretch);
  gtk_tooltip_set_text (tooltip, words);
  return TRUE;
}

static void
kan_custody_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  KanCustodyBar *self = KAN_CUSTODY_BAR (widget);
  KanStayAxis axis = axis_of (self);
  g_autoptr(GArray) bars = kan_stays_bars (self->spans, &axis, LEAST);

  for (guint i = 0; i < bars->len; i++)
    {
      const KanStayBar *bar = &g_array_index (bars, KanStayBar, i);

      draw_span (self, snapshot, g_ptr_array_index (self->spans, bar->stay), (float) bar->start, (float) bar->end);
    }
  draw_months (self, snapshot, &axis);
}

static void
kan_custody_bar_measure (G_GNUC_UNUSED GtkWidget *widget, GtkOrientation orientation, G_GNUC_UNUSED int for_size,
                         int *minimum, int *natural, G_GNUC_UNUSED int *minimum_baseline,
                         G_GNUC_UNUSED int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : 120;
  *natural = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : 480;
}

static void
kan_custody_bar_finalize (GObject *object)
{
  g_ptr_array_unref (KAN_CUSTODY_BAR (object)->spans);
  G_OBJECT_CLASS (kan_custody_bar_parent_class)->finalize (object);
}

static void
kan_custody_bar_class_init (KanCustodyBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = kan_custody_bar_finalize;
  widget_class->snapshot = kan_custody_bar_snapshot;
  widget_class->measure = kan_custody_bar_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
kan_custody_bar_init (G_GNUC_UNUSED KanCustodyBar *self)
{
}

/* --- the table ------------------------------------------------------------------------------------------------ */

static GtkWidget *
make_table (GPtrArray *spans, gint64 now)
{
  GtkWidget *group, *list;

  group = kan_boxed_list_new (NULL, &list);
  kan_describe (list, _("Where it was when"), NULL);
  for (guint i = spans->len; i > 0; i--)
    {
      const KanStay *span = g_ptr_array_index (spans, i - 1);
      g_autofree char *line = stretch_words (span, now);
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), span->label);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), line);
      kan_describe (row, span->label, line);
      gtk_list_box_append (GTK_LIST_BOX (list), row);
    }
  return group;
}

/* "Now: in store, since …. Before: …" in one sentence, for those who do not see the picture. */
static char *
summary (GPtrArray *spans, gint64 now)
{
  const KanStay *last = g_ptr_array_index (spans, spans->len - 1);
  g_autofree char *since = day_words (last->since), *length = length_words (last, now);
  g_autoptr(GString) before = g_string_new (NULL);

  for (guint i = spans->len > 6 ? spans->len - 6 : 0; i + 1 < spans->len; i++)
    g_string_append_printf (before, "%s%s", before->len > 0 ? " → " : "",
                            ((KanStay *) g_ptr_array_index (spans, i))->label);
  return g_strdup_printf (_("%s since %s (%s). Before: %s"), last->label, since, length,
                          before->len > 0 ? before->str : "—");
}

/* --- the legend ----------------------------------------------------------------------------------------------- */

static void
draw_swatch (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer state)
{
  GdkRGBA colour = colour_of (state);

  gdk_cairo_set_source_rgba (cr, &colour);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_fill (cr);
}

static GtkWidget *
make_key (const KanStay *span)
{
  GtkWidget *key = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *label = gtk_label_new (span->label);
  GtkWidget *swatch = g_object_new (GTK_TYPE_DRAWING_AREA, "content-width", 12, "content-height", 12, "valign",
                                    GTK_ALIGN_CENTER, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (swatch), draw_swatch, g_strdup (span->state), g_free);
  gtk_widget_add_css_class (label, "caption");
  gtk_box_append (GTK_BOX (key), swatch);
  gtk_box_append (GTK_BOX (key), label);
  return key;
}

/* Each colour with its word, in the order in which they come. */
static GtkWidget *
make_legend (GPtrArray *spans)
{
  GtkWidget *legend = kan_wrap_new ();
  g_autoptr(GHashTable) told = g_hash_table_new (g_str_hash, g_str_equal);

  kan_describe (legend, _("What the colours mean"), NULL);
  for (guint i = 0; i < spans->len; i++)
    {
      const KanStay *span = g_ptr_array_index (spans, i);

      if (g_hash_table_add (told, span->state))
        kan_wrap_append (KAN_WRAP (legend), make_key (span));
    }
  return legend;
}

/* --- both ----------------------------------------------------------------------------------------------------- */

static void
kan_custody_class_init (G_GNUC_UNUSED KanCustodyClass *klass)
{
}

static void
kan_custody_init (G_GNUC_UNUSED KanCustody *self)
{
}

static void
toggled_cb (GtkToggleButton *button, KanCustody *self)
{
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), gtk_toggle_button_get_active (button) ? "table"
                                    : "picture");
}

static GtkWidget *
make_head (KanCustody *self, const char *subject)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *title = gtk_label_new (_("Custody"));
  GtkWidget *toggle = gtk_toggle_button_new_with_mnemonic (_("As a _Table"));
  GtkWidget *print = gtk_button_new_from_icon_name ("document-print-symbolic");

  gtk_widget_add_css_class (title, "heading");
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (toggle, "flat");
  g_signal_connect (toggle, "toggled", G_CALLBACK (toggled_cb), self);
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), toggle);
  gtk_widget_add_css_class (print, "flat");
  gtk_widget_set_tooltip_text (print, _("Print picture and table"));
  kan_describe (print, _("Print picture and table"), NULL);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (print), KAN_ACTION_PRINT);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (print), "(ss)", "custody", subject);
  gtk_box_append (GTK_BOX (head), print);
  return head;
}

/**
 * kan_custody_new:
 * @subject: the medium, "M12"
 * @spans: (nullable) (element-type KanStay): where it was
 * @now: seconds of UTC
 *
 * Returns: (transfer floating) (nullable): picture and table; %NULL where nothing happened yet
 */
GtkWidget *
kan_custody_new (const char *subject, GPtrArray *spans, gint64 now)
{
  g_autofree char *words = NULL;
  GtkWidget *column, *picture;
  KanCustodyBar *bar;
  KanCustody *self;

  if (spans == NULL || spans->len == 0)
    return NULL;
  words = summary (spans, now);
  self = g_object_new (KAN_TYPE_CUSTODY, NULL);
  self->stack = gtk_stack_new ();
  gtk_stack_set_vhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_stack_add_named (GTK_STACK (self->stack), make_table (spans, now), "table");
  bar = g_object_new (KAN_TYPE_CUSTODY_BAR, "has-tooltip", TRUE, NULL);
  g_signal_connect (bar, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
  bar->spans = g_ptr_array_ref (spans);
  bar->now = now;
  kan_describe (GTK_WIDGET (bar), words, NULL);
  picture = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (picture, "card");
  gtk_widget_add_css_class (picture, "custody");
  gtk_box_append (GTK_BOX (picture), GTK_WIDGET (bar));
  gtk_box_append (GTK_BOX (picture), make_legend (spans));
  gtk_stack_add_named (GTK_STACK (self->stack), picture, "picture");
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "picture");
  column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (column), make_head (self, subject));
  gtk_box_append (GTK_BOX (column), self->stack);
  adw_bin_set_child (ADW_BIN (self), column);
  return GTK_WIDGET (self);
}

/**
 * kan_custody_colour:
 * @state: of a medium
 *
 * Returns: (transfer none) (nullable): what its span is painted with; %NULL: nobody has it in that state
 */
const char *
kan_custody_colour (const char *state)
{
  for (guint i = 0; i < G_N_ELEMENTS (colours); i++)
    if (strcmp (colours[i].state, state) == 0)
      return colours[i].colour;
  return NULL;
}
