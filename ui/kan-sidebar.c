/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sidebar. Registers come from the declarations: a new one needs nothing here. */
#include "kan-sidebar.h"

#include "kit/kan-pieces.h"
#include "registers/kan-registers.h"

#include <glib/gi18n.h>

struct _KanSidebar
{
  GtkWidget   parent_instance;

  GtkWidget  *list;         /* owned by the widget tree */
  GHashTable *rows;         /* place → GtkListBoxRow, borrowed */
  gboolean    selecting;
};

enum { CHOSEN, PRESSED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KanSidebar, kan_sidebar, GTK_TYPE_WIDGET)

typedef struct { char *place, *group, *title; GtkWidget *badge; } Place;

static void
place_free (Place *self)
{
  g_free (self->place);
  g_free (self->group);
  g_free (self->title);
  g_free (self);
}

static Place *
row_place (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "kan-place");
}

static void
add_place (KanSidebar *self, const char *id, const char *group, const char *title, const char *icon)
{
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *image = gtk_image_new_from_icon_name (icon), *label = gtk_label_new (title);
  Place *place = g_new0 (Place, 1);

  place->place = g_strdup (id);
  place->group = g_strdup (group);
  place->title = g_strdup (title);
  place->badge = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_visible (place->badge, FALSE);
  gtk_widget_set_valign (place->badge, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (place->badge, "kan-badge");
  gtk_accessible_update_state (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), place->badge);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_object_set_data_full (G_OBJECT (row), "kan-place", place, (GDestroyNotify) place_free);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
  g_hash_table_insert (self->rows, place->place, row);
}

static void
add_registers (KanSidebar *self, const KanRegistry *registry)
{
  gboolean japanese = kan_speaks_japanese ();

  for (const KanGroup *group = registry->groups; group->id != NULL; group++)
    for (const KanRegister **reg = registry->registers; *reg != NULL; reg++)
      if (g_strcmp0 ((*reg)->group, group->id) == 0)
        add_place (self, (*reg)->id, kan_label (&group->label, japanese), kan_label (&(*reg)->title, japanese),
                   (*reg)->icon);
}

/* A heading where a group begins. */
static void
header_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  const char *group = row_place (row)->group;
  GtkWidget *heading;

  if (before != NULL && g_strcmp0 (row_place (before)->group, group) == 0)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  if (group == NULL || gtk_list_box_row_get_header (row) != NULL)
    return;
  heading = gtk_label_new (group);
  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "caption-heading");
  gtk_widget_add_css_class (heading, "dim-label");
  gtk_widget_add_css_class (heading, "kan-side-heading");
  gtk_list_box_row_set_header (row, heading);
}

static void
selected_cb (GtkListBox *list, GtkListBoxRow *row, KanSidebar *self)
{
  if (row != NULL && !self->selecting)
    g_signal_emit (self, signals[CHOSEN], 0, row_place (row)->place);
}

/* Also the row that is selected already: it leads back to the list. */
static void
activated_cb (GtkListBox *list, GtkListBoxRow *row, KanSidebar *self)
{
  g_signal_emit (self, signals[PRESSED], 0, row_place (row)->place);
}

/* Where the list is longer than the window; what was not laid out yet is at its top. */
static void
scroll_to (KanSidebar *self, GtkWidget *row)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t bounds;

  if (scroller != NULL && gtk_widget_compute_bounds (row, self->list, &bounds))
    gtk_adjustment_clamp_page (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)), bounds.origin.y,
                               bounds.origin.y + bounds.size.height);
}

/**
 * kan_sidebar_select:
 * @self: a sidebar
 * @place: a place's id
 *
 * Shows it as the present one, in sight, without choosing it again.
 */
void
kan_sidebar_select (KanSidebar *self, const char *place)
{
  GtkListBoxRow *row = g_hash_table_lookup (self->rows, place);

  self->selecting = TRUE;
  gtk_list_box_select_row (GTK_LIST_BOX (self->list), row);
  self->selecting = FALSE;
  if (row != NULL)
    scroll_to (self, GTK_WIDGET (row));
}

/* (transfer full) (nullable): what the number means, in words */
static char *
word_badge (guint n_waiting, guint n_late)
{
  g_autofree char *late = g_strdup_printf (_("%u overdue"), n_late), *waiting = g_strdup_printf (_("%u waiting"),
                                                                                                n_waiting);

  if (n_late > 0 && n_waiting > 0)
    return g_strjoin (_(", "), late, waiting, NULL);
  return n_late > 0 ? g_steal_pointer (&late) : n_waiting > 0 ? g_steal_pointer (&waiting) : NULL;
}

static void
show_badge (GtkListBoxRow *row, guint n_waiting, guint n_late)
{
  const Place *place = row_place (row);
  g_autofree char *words = word_badge (n_waiting, n_late);
  g_autofree char *name = g_strjoin (_(", "), place->title, words, NULL);
  g_autofree char *text = n_late > 0 ? g_strdup_printf ("!%u", n_late) : g_strdup_printf ("%u", n_waiting);

  gtk_label_set_text (GTK_LABEL (place->badge), text);
  gtk_widget_set_visible (place->badge, words != NULL);
  if (n_late > 0)
    gtk_widget_add_css_class (place->badge, "urgent");
  else
    gtk_widget_remove_css_class (place->badge, "urgent");
  gtk_widget_set_tooltip_text (GTK_WIDGET (row), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/**
 * kan_sidebar_set_badge:
 * @self: a sidebar
 * @place: a place's id
 * @n_waiting: how many things wait there for somebody
 * @n_late: how many are overdue: their number stands before those, with a mark; both 0: no badge
 */
void
kan_sidebar_set_badge (KanSidebar *self, const char *place, guint n_waiting, guint n_late)
{
  GtkListBoxRow *row = g_hash_table_lookup (self->rows, place);

  if (row != NULL)
    show_badge (row, n_waiting, n_late);
}

/**
 * kan_sidebar_clear_badges:
 * @self: a sidebar
 */
void
kan_sidebar_clear_badges (KanSidebar *self)
{
  GHashTableIter rows;
  gpointer row;

  g_hash_table_iter_init (&rows, self->rows);
  while (g_hash_table_iter_next (&rows, NULL, &row))
    show_badge (row, 0, 0);
}

/**
 * kan_sidebar_get_title:
 * @self: a sidebar
 * @place: a place's id
 *
 * Returns: (transfer none) (nullable): what it is called; %NULL where there is no such place
 */
const char *
kan_sidebar_get_title (KanSidebar *self, const char *place)
{
  GtkListBoxRow *row = g_hash_table_lookup (self->rows, place);

  return row != NULL ? row_place (row)->title : NULL;
}

/* One stop on the way round the window, at the present place: a list box stops at each row, and chooses it. */
static gboolean
kan_sidebar_focus (GtkWidget *widget, GtkDirectionType direction)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (KAN_SIDEBAR (widget)->list));

  if ((direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD) || row == NULL)
    return GTK_WIDGET_CLASS (kan_sidebar_parent_class)->focus (widget, direction);
  return !kan_holds_focus (widget) && gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
kan_sidebar_dispose (GObject *object)
{
  KanSidebar *self = KAN_SIDEBAR (object);

  g_clear_pointer (&self->list, gtk_widget_unparent);
  g_clear_pointer (&self->rows, g_hash_table_unref);
  G_OBJECT_CLASS (kan_sidebar_parent_class)->dispose (object);
}

static void
kan_sidebar_class_init (KanSidebarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kan_sidebar_dispose;
  widget_class->focus = kan_sidebar_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[PRESSED] = g_signal_new ("pressed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
kan_sidebar_init (KanSidebar *self)
{
  self->rows = g_hash_table_new (g_str_hash, g_str_equal);
  self->list = gtk_list_box_new ();
  gtk_widget_set_parent (self->list, GTK_WIDGET (self));
  gtk_widget_add_css_class (self->list, "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Places"), -1);
  gtk_list_box_set_header_func (GTK_LIST_BOX (self->list), header_cb, self, NULL);
  add_place (self, "today", NULL, _("Today"), "user-home-symbolic");
  add_place (self, "approvals", NULL, _("Approvals"), "object-select-symbolic");
  add_registers (self, kan_registers ());
  add_place (self, "ledger", _("Record of acts"), _("Ledger"), "security-high-symbolic");
  g_signal_connect (self->list, "row-selected", G_CALLBACK (selected_cb), self);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (activated_cb), self);
}
