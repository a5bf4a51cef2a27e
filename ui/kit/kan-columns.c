/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns of a table over slots. Their sorters never compare records: a click on a header only tells that another
 * order is wanted, and which; the database thread sorts. */
#include "kit/kan-columns.h"

#include "kit/kan-pieces.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PADDING     18       /* left and right of a cell together, pixels */
#define LEAST_CHARS 4
#define MOST_CHARS  22
#define MARK_WIDTH  20       /* of what stands before a deadline that has passed, pixels */

/* --- the sorter of a header ----------------------------------------------------------------------------------- */

#define KAN_TYPE_HEADER_SORTER (kan_header_sorter_get_type ())
G_DECLARE_FINAL_TYPE (KanHeaderSorter, kan_header_sorter, KAN, HEADER_SORTER, GtkSorter)

struct _KanHeaderSorter
{
  GtkSorter parent_instance;

  guint     column;
  int      *asked;       /* borrowed, shared by the table's headers: who was asked first */
};

G_DEFINE_FINAL_TYPE (KanHeaderSorter, kan_header_sorter, GTK_TYPE_SORTER)

/* GTK 4.8 does not tell which header leads; but it asks the leading one first, and turns its answer round where it
 * sorts downwards. */
static GtkOrdering
kan_header_sorter_compare (GtkSorter *sorter, G_GNUC_UNUSED gpointer a, G_GNUC_UNUSED gpointer b)
{
  KanHeaderSorter *self = KAN_HEADER_SORTER (sorter);

  if (*self->asked < 0)
    *self->asked = (int) self->column;
  return GTK_ORDERING_SMALLER;
}

static GtkSorterOrder
kan_header_sorter_get_order (G_GNUC_UNUSED GtkSorter *sorter)
{
  return GTK_SORTER_ORDER_PARTIAL;
}

static void
kan_header_sorter_class_init (KanHeaderSorterClass *klass)
{
  GTK_SORTER_CLASS (klass)->compare = kan_header_sorter_compare;
  GTK_SORTER_CLASS (klass)->get_order = kan_header_sorter_get_order;
}

static void
kan_header_sorter_init (G_GNUC_UNUSED KanHeaderSorter *self)
{
}

/* --- cells ---------------------------------------------------------------------------------------------------- */

typedef struct { guint column, n_columns; gboolean number, deadline; const KanRegisterView *badges; } Column;

static const char *
find_state (const KanRegisterView *view, const char *label)
{
  for (guint i = 0; view->states != NULL && i < view->states->len; i++)
    {
      const KanViewChoice *state = g_ptr_array_index (view->states, i);

      if (strcmp (state->label, label) == 0)
        return state->value;
    }
  return NULL;
}

/* Behind the cells of a row, as kan_desk_page() says. */
static gboolean
is_late (KanListItem *slot, const Column *column)
{
  const char *marks = kan_list_item_get_cell (slot, column->n_columns);

  return column->column < strlen (marks) && marks[column->column] == '!';
}

static void
show_text (GtkWidget *cell, const char *text, gboolean late)
{
  GtkWidget *mark = gtk_widget_get_first_child (cell);

  gtk_inscription_set_text (GTK_INSCRIPTION (gtk_widget_get_last_child (cell)), text);
  gtk_widget_set_visible (mark, late);
  if (late)
    gtk_widget_add_css_class (cell, "error");
  else
    gtk_widget_remove_css_class (cell, "error");
}

static void
show_cell_cb (KanListItem *slot, G_GNUC_UNUSED GParamSpec *pspec, GtkListItem *item)
{
  const Column *column = g_object_get_data (G_OBJECT (item), "kan-column");
  GtkWidget *cell = gtk_list_item_get_child (item);
  const char *text = kan_list_item_get_cell (slot, column->column);

  if (column->badges != NULL)
    kan_badge_set (cell, text, find_state (column->badges, text));
  else
    show_text (cell, text, column->deadline && is_late (slot, column));
}

/* That a deadline has passed is told by a sign and its words too: the colour only underlines it. */
static GtkWidget *
late_mark_new (void)
{
  GtkWidget *mark = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

  gtk_widget_set_valign (mark, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (mark, _("overdue"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (mark), GTK_ACCESSIBLE_PROPERTY_LABEL, _("overdue"), -1);
  return mark;
}

/* Text on the one line of its row, in whatever script and however much of it is cut: rows have no baseline of their
 * own, and a cut inscription without one stands at the top. */
static GtkWidget *
text_cell_new (gboolean number)
{
  GtkWidget *cell = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4), *text = gtk_inscription_new (NULL);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (text), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_lines (GTK_INSCRIPTION (text), 1);
  gtk_inscription_set_nat_lines (GTK_INSCRIPTION (text), 1);
  gtk_inscription_set_xalign (GTK_INSCRIPTION (text), number ? 1 : 0);
  gtk_widget_set_valign (text, GTK_ALIGN_BASELINE);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_widget_add_css_class (cell, "kan-cell");
  if (number)
    gtk_widget_add_css_class (text, "numeric");
  gtk_box_append (GTK_BOX (cell), late_mark_new ());
  gtk_box_append (GTK_BOX (cell), text);
  return cell;
}

static void
setup_cb (G_GNUC_UNUSED GtkSignalListItemFactory *factory, GtkListItem *item, const Column *column)
{
  GtkWidget *cell;

  g_object_set_data (G_OBJECT (item), "kan-column", (gpointer) column);
  if (column->badges != NULL)
    cell = kan_badge_new (NULL, NULL);
  else
    cell = text_cell_new (column->number);
  gtk_list_item_set_child (item, cell);
}

static void
bind_cb (G_GNUC_UNUSED GtkSignalListItemFactory *factory, GtkListItem *item, G_GNUC_UNUSED gpointer data)
{
  KanListItem *slot = gtk_list_item_get_item (item);

  gulong handler = g_signal_connect_object (slot, "notify::cells", G_CALLBACK (show_cell_cb), item, 0);

  g_object_set_data (G_OBJECT (item), "kan-handler", (gpointer) handler);
  show_cell_cb (slot, NULL, item);
}

static void
unbind_cb (G_GNUC_UNUSED GtkSignalListItemFactory *factory, GtkListItem *item, G_GNUC_UNUSED gpointer data)
{
  g_signal_handler_disconnect (gtk_list_item_get_item (item),
                               (gulong) g_object_get_data (G_OBJECT (item), "kan-handler"));
}

static void
column_free (gpointer data, G_GNUC_UNUSED GClosure *closure)
{
  g_free (data);
}

/* Width of one full-width character in the table's font. */
static int
character_width (GtkWidget *widget)
{
  g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout (widget, "国国国国");
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return MAX (width / 4, 1);
}

static int
header_width (GtkWidget *widget, const char *label)
{
  g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout (widget, label);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width + 40;      /* the arrow and the header's own padding */
}

/* The state is never cut: as wide as the longest. */
static int
badges_width (GtkWidget *widget, const KanRegisterView *view)
{
  int widest = 0;

  for (guint i = 0; view->states != NULL && i < view->states->len; i++)
    widest = MAX (widest, header_width (widget, ((KanViewChoice *) g_ptr_array_index (view->states, i))->label));
  return widest;
}

/* As declared, in full-width characters; chosen words take more letters in English than characters in Japanese. */
static int
cell_width (GtkWidget *table, const KanViewColumn *declared)
{
  guint chars = CLAMP (declared->width, LEAST_CHARS, MOST_CHARS);

  if (declared->type == KAN_CHOICE && !kan_speaks_japanese ())
    chars += chars / 2;
  return (int) chars * character_width (table) + PADDING + (declared->deadline ? MARK_WIDTH : 0);
}

static GtkColumnViewColumn *
make_column (GtkColumnView *table, const KanRegisterView *view, guint i, int *asked)
{
  const KanViewColumn *declared = g_ptr_array_index (view->columns, i);
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr(KanHeaderSorter) sorter = g_object_new (KAN_TYPE_HEADER_SORTER, NULL);
  GtkColumnViewColumn *column;
  Column *data = g_new0 (Column, 1);
  int width = cell_width (GTK_WIDGET (table), declared);

  data->column = i;
  data->n_columns = view->columns->len;
  data->number = declared->number;
  data->deadline = declared->deadline;
  data->badges = strcmp (declared->id, "state") == 0 ? view : NULL;
  width = MAX (width, data->badges != NULL ? badges_width (GTK_WIDGET (table), view) : 0);
  sorter->column = i;
  sorter->asked = asked;
  g_signal_connect_data (factory, "setup", G_CALLBACK (setup_cb), data, column_free, 0);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  column = gtk_column_view_column_new (declared->label, g_steal_pointer (&factory));
  gtk_column_view_column_set_sorter (column, GTK_SORTER (sorter));
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_column_set_fixed_width (column, MAX (width, header_width (GTK_WIDGET (table), declared->label)));
  return column;
}

/* On paper the state stands last; on screen beside the number, where it is seen without scrolling. */
static guint
place_to_column (const KanRegisterView *view, guint place)
{
  for (guint i = 1; i < view->columns->len; i++)
    if (strcmp (((KanViewColumn *) g_ptr_array_index (view->columns, i))->id, "state") == 0)
      return place == 1 ? i : place > 1 && place <= i ? place - 1 : place;
  return place;
}

static void
flush_right (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    {
      gtk_widget_set_hexpand (widget, TRUE);
      gtk_label_set_xalign (GTK_LABEL (widget), 1);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    flush_right (child);
}

/* Headers stand over their numbers; GTK has no property for it. */
static void
align_headers (GtkColumnView *table, const KanRegisterView *view)
{
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (table));
  GtkWidget *title = header != NULL ? gtk_widget_get_first_child (header) : NULL;

  for (guint i = 0; title != NULL && i < view->columns->len; i++, title = gtk_widget_get_next_sibling (title))
    if (((KanViewColumn *) g_ptr_array_index (view->columns, place_to_column (view, i)))->number)
      flush_right (title);
}

/* What a record is called gets the room that is left: the widest column of free text; without any, the widest of the
 * others. A number, a state and a count never need it. */
static guint
widest_column (const KanRegisterView *view)
{
  guint found = view->columns->len - 1, most = 0;

  for (guint i = 1; i < view->columns->len; i++)
    {
      const KanViewColumn *column = g_ptr_array_index (view->columns, i);
      guint room = column->type == KAN_TEXT ? column->width + G_MAXUINT16 : column->width;

      if (room >= most && !column->number && strcmp (column->id, "state") != 0)
        {
          most = room;
          found = i;
        }
    }
  return found;
}

/**
 * kan_columns_set_up:
 * @table: a table over slots
 * @view: what the register declares; borrowed, must live as long as the columns
 *
 * Replaces the columns: widths as declared, numbers flush right, the state as a badge in words, headers that sort.
 */
void
kan_columns_set_up (GtkColumnView *table, const KanRegisterView *view)
{
  GListModel *columns = gtk_column_view_get_columns (table);
  int *asked = g_new0 (int, 1);
  guint widest = widest_column (view);

  while (g_list_model_get_n_items (columns) > 0)
    {
      g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);

      gtk_column_view_remove_column (table, column);
    }
  g_object_set_data_full (G_OBJECT (table), "kan-asked", asked, g_free);
  for (guint place = 0; place < view->columns->len; place++)
    {
      guint i = place_to_column (view, place);
      g_autoptr(GtkColumnViewColumn) column = make_column (table, view, i, asked);

      gtk_column_view_column_set_expand (column, i == widest);
      gtk_column_view_append_column (table, column);
    }
  align_headers (table, view);
}

/**
 * kan_columns_get_sort:
 * @table: a table
 * @descending: (out): which way
 *
 * Returns: the number of the column that leads the order; -1 where no header was chosen
 */
int
kan_columns_get_sort (GtkColumnView *table, gboolean *descending)
{
  int *asked = g_object_get_data (G_OBJECT (table), "kan-asked");
  GtkSorter *sorter = gtk_column_view_get_sorter (table);

  *descending = FALSE;
  if (asked == NULL || sorter == NULL)
    return -1;
  *asked = -1;
  *descending = gtk_sorter_compare (sorter, table, sorter) == GTK_ORDERING_LARGER;
  return *asked;
}
