/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line beside others. A list box offers the keyboard to the next of its rows only, and where that one takes nothing
 * it is left altogether: what stands behind such a line could not be reached. */
#include "kit/kan-aside-row.h"

G_DEFINE_TYPE (KanAsideRow, kan_aside_row, ADW_TYPE_PREFERENCES_ROW)

static GtkWidget *
neighbour (GtkWidget *row, GtkDirectionType direction)
{
  return direction == GTK_DIR_TAB_FORWARD ? gtk_widget_get_next_sibling (row) : gtk_widget_get_prev_sibling (row);
}

static gboolean
kan_aside_row_focus (GtkWidget *widget, GtkDirectionType direction)
{
  if (GTK_WIDGET_CLASS (kan_aside_row_parent_class)->focus (widget, direction))
    return TRUE;
  if (direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD)
    return FALSE;
  for (GtkWidget *at = neighbour (widget, direction); at != NULL; at = neighbour (at, direction))
    if (gtk_widget_child_focus (at, direction))
      return TRUE;
  return FALSE;
}

static void
kan_aside_row_class_init (KanAsideRowClass *klass)
{
  GTK_WIDGET_CLASS (klass)->focus = kan_aside_row_focus;
}

static void
kan_aside_row_init (KanAsideRow *self)
{
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
}

/**
 * kan_aside_row_new:
 *
 * Returns: (transfer floating): an empty line; what it holds may take the keyboard
 */
GtkWidget *
kan_aside_row_new (void)
{
  return g_object_new (KAN_TYPE_ASIDE_ROW, NULL);
}
