/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small things that several pages show alike: badges of states, lines of a boxed list, buttons of offers. */
#include "kit/kan-pieces.h"

#include "forms/kan-forms.h"
#include "kit/kan-actions.h"
#include "kit/kan-dialogs.h"
#include "registers/kan-registers.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define RELEASE_POLL_MS 50
#define NOTE_MARGIN 12      /* of what is brought into sight, pixels */

/**
 * kan_describe:
 * @widget: a control
 * @name: (nullable): what it is called for those who do not see it; %NULL: as its label says
 * @description: (nullable): more about it, e.g. why it is not possible
 */
void
kan_describe (GtkWidget *widget, const char *name, const char *description)
{
  if (name != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (description != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
}

/**
 * kan_badge_set:
 * @badge: what kan_badge_new() made
 * @label: (nullable): the state in words; %NULL or empty: none is shown
 * @id: (nullable): the state, for the style sheet
 */
void
kan_badge_set (GtkWidget *badge, const char *label, const char *id)
{
  const char *const classes[] = { "badge", id, NULL };

  gtk_label_set_text (GTK_LABEL (badge), label != NULL ? label : "");
  gtk_widget_set_css_classes (badge, (const char **) classes);
  gtk_widget_set_visible (badge, label != NULL && *label != '\0');
}

/**
 * kan_badge_new:
 * @label: (nullable): the state in words
 * @id: (nullable): the state, for the style sheet
 *
 * Returns: (transfer floating): a small pill; what it says stands in words, the colour only underlines it
 */
GtkWidget *
kan_badge_new (const char *label, const char *id)
{
  GtkWidget *badge = gtk_label_new (NULL);

  gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (badge, GTK_ALIGN_START);
  kan_badge_set (badge, label, id);
  return badge;
}

static GtkWidget *
words (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
column_of (GtkWidget *line)
{
  return g_object_get_data (G_OBJECT (line), "kan-column");
}

/**
 * kan_line_add:
 * @line: what kan_line_new() made
 * @widget: (transfer floating): stands below what is there
 */
void
kan_line_add (GtkWidget *line, GtkWidget *widget)
{
  gtk_box_append (GTK_BOX (column_of (line)), widget);
}

/**
 * kan_line_add_struck:
 * @line: what kan_line_new() made, before its value was added
 * @former: a value that was corrected: stays readable, with a line through it
 */
void
kan_line_add_struck (GtkWidget *line, const char *former)
{
  g_autoptr(PangoAttrList) attributes = pango_attr_list_new ();
  GtkWidget *label = words (former, "dim-label");

  pango_attr_list_insert (attributes, pango_attr_strikethrough_new (TRUE));
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  kan_line_add (line, label);
}

/**
 * kan_line_new:
 * @label: what it is
 * @value: (nullable): as people read it; %NULL: added afterwards; "": there is no more to say
 *
 * Returns: (transfer floating): a line of a boxed list: small label, value beneath, which may be selected and copied
 */
GtkWidget *
kan_line_new (const char *label, const char *value)
{
  GtkWidget *row = gtk_list_box_row_new (), *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *caption = words (label, "caption"), *shown;

  gtk_widget_add_css_class (caption, "dim-label");
  gtk_widget_add_css_class (column, "line");
  gtk_box_append (GTK_BOX (column), caption);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), column);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (row), FALSE);
  g_object_set_data (G_OBJECT (row), "kan-column", column);
  kan_describe (row, label, value);
  if (value == NULL || *value == '\0')
    return row;
  shown = words (value, NULL);
  gtk_label_set_selectable (GTK_LABEL (shown), TRUE);
  gtk_widget_set_can_focus (shown, FALSE);
  kan_line_add (row, shown);
  return row;
}

/**
 * kan_line_new_corrected:
 * @label: what it is
 * @struck: (nullable): what stood there before it was corrected
 * @value: (nullable): what stands there, as it was written
 *
 * Returns: (transfer floating) (nullable): a line, what was corrected struck through; %NULL where nothing stands there
 */
GtkWidget *
kan_line_new_corrected (const char *label, const char *struck, const char *value)
{
  g_autofree char *visible = value != NULL && *value != '\0' ? kan_visible_text (value) : NULL;
  g_autofree char *former = struck != NULL ? kan_visible_text (struck) : NULL;
  GtkWidget *line;

  if (visible == NULL || former == NULL)
    return visible != NULL ? kan_line_new (label, visible) : NULL;
  line = kan_line_new (label, NULL);
  kan_line_add_struck (line, former);
  kan_line_add (line, words (visible, NULL));
  kan_describe (line, label, visible);
  return line;
}

/**
 * kan_boxed_list_new:
 * @title: (nullable): above it
 * @list: (out): where rows are appended, a #GtkListBox
 *
 * Returns: (transfer floating): a group with a title and a boxed list
 */
GtkWidget *
kan_boxed_list_new (const char *title, GtkWidget **list)
{
  GtkWidget *group = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *heading;

  *list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (*list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (*list, "boxed-list");
  if (title != NULL)
    {
      heading = words (title, "heading");
      gtk_box_append (GTK_BOX (group), heading);
      kan_describe (*list, title, NULL);
    }
  gtk_box_append (GTK_BOX (group), *list);
  return group;
}

/**
 * kan_offer_button:
 * @offer: what may be begun, or why not
 * @suggested: whether it is what one most likely wants
 *
 * Returns: (transfer floating): its button; where it is not possible, or only with a mark, the reason is its tooltip
 * and its description
 */
GtkWidget *
kan_offer_button (const KanViewOffer *offer, gboolean suggested)
{
  GtkWidget *button = gtk_button_new_with_label (offer->title);

  if (offer->allowed)
    {
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)", offer->kind,
                                        offer->subject != NULL ? offer->subject : "");
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), KAN_ACTION_ACT);
    }
  else
    gtk_widget_set_sensitive (button, FALSE);
  if (offer->allowed && suggested)
    gtk_widget_add_css_class (button, "suggested-action");
  if (offer->reason != NULL)
    {
      gtk_widget_set_tooltip_text (button, offer->reason);
      kan_describe (button, NULL, offer->reason);
    }
  return button;
}

static void
add_print (GMenu *menu, const char *label, const char *form, const char *record)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, KAN_ACTION_PRINT, "(ss)", form, record);
  g_menu_append_item (menu, item);
}

/**
 * kan_pieces_print_menu:
 * @register_id: a register
 *
 * Returns: (transfer full): what can be printed of it as a whole: itself, empty, and forms of all that are at hand
 */
GMenuModel *
kan_pieces_print_menu (const char *register_id)
{
  GMenu *menu = g_menu_new ();

  add_print (menu, _("This Register"), register_id, "");
  add_print (menu, _("Blank Form"), register_id, "blank");
  for (const char *const *form = kan_forms_list (); *form != NULL; form++)
    if (kan_forms_is_of_many (*form) && strcmp (kan_forms_get_register (*form)->id, register_id) == 0)
      add_print (menu, kan_label (kan_forms_get_title (*form), kan_speaks_japanese ()), *form, "");
  return G_MENU_MODEL (menu);
}

/**
 * kan_group_digits:
 * @n: a number
 *
 * Returns: (transfer full): "1,234"
 */
char *
kan_group_digits (guint n)
{
  g_autofree char *plain = g_strdup_printf ("%u", n);
  GString *out = g_string_new (plain);

  for (gssize at = (gssize) out->len - 3; at > 0; at -= 3)
    g_string_insert_c (out, at, ',');
  return g_string_free (out, FALSE);
}

/**
 * kan_small_layout:
 * @widget: what draws it
 * @text: words within a picture
 *
 * Returns: (transfer full): them as large as captions are; by an attribute, as a font's size may be in points or pixels
 */
PangoLayout *
kan_small_layout (GtkWidget *widget, const char *text)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (widget, text);
  g_autoptr(PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (0.85));
  pango_layout_set_attributes (layout, attributes);
  return layout;
}

/**
 * kan_clear_box:
 * @box: a box
 *
 * Removes all that is in it.
 */
void
kan_clear_box (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

/**
 * kan_register_prefix:
 * @register_id: a register
 *
 * Returns: (transfer none): what its records' numbers begin with, "M"; "" where it has none
 */
const char *
kan_register_prefix (const char *register_id)
{
  for (const KanRegister **reg = kan_registers ()->registers; *reg != NULL; reg++)
    if (strcmp ((*reg)->id, register_id) == 0 && (*reg)->prefix != NULL)
      return (*reg)->prefix;
  return "";
}

/**
 * kan_holds_focus:
 * @widget: a widget
 *
 * Returns: whether the keyboard is somewhere in it
 */
gboolean
kan_holds_focus (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, widget);
}

static void
name_tooltip_cb (GtkWidget *button)
{
  const char *words = _("Show or hide the passphrase");

  if (g_strcmp0 (gtk_widget_get_tooltip_text (button), words) != 0)
    gtk_widget_set_tooltip_text (button, words);
}

/**
 * kan_name_eye:
 * @widget: a row for a passphrase, or what holds it
 *
 * Names the button that shows what was typed: of itself it is an icon only, and its tooltip is the toolkit's, whenever
 * it is pressed.
 */
void
kan_name_eye (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget) && gtk_widget_get_visible (widget))
    {
      kan_describe (widget, _("Show or hide the passphrase"), NULL);
      g_signal_connect (widget, "notify::tooltip-text", G_CALLBACK (name_tooltip_cb), NULL);
      name_tooltip_cb (widget);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    kan_name_eye (child);
}

/**
 * kan_close_on_escape:
 * @window: a window without a class of its own
 *
 * Escape closes it, as it does every window over another.
 */
void
kan_close_on_escape (GtkWidget *window)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                          gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (window, keys);
}

/* Where it stood in the frame before; it moves as long as something above it unfolds. */
typedef struct { guint n_frames; double foot; } Sight;

#define FRAMES_MAX 120

static gboolean
has_settled (Sight *self, double foot)
{
  gboolean settled = self->n_frames > 1 && foot == self->foot;

  self->foot = foot;
  return settled || self->n_frames > FRAMES_MAX;
}

static gboolean
leave_cb (GtkWidget *table, G_GNUC_UNUSED GVariant *args, gpointer direction)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (table, GTK_TYPE_SCROLLED_WINDOW);

  if (scroller == NULL)
    return FALSE;
  g_signal_emit_by_name (scroller, "move-focus-out", GPOINTER_TO_INT (direction));
  return TRUE;
}

/**
 * kan_leave_by_tab:
 * @table: a table in what scrolls it
 *
 * Tab goes on to what stands behind it, and back: of itself a table of a hundred thousand rows stops at each of them,
 * where the arrow keys lead.
 */
void
kan_leave_by_tab (GtkWidget *table)
{
  static const struct { guint keyval; GdkModifierType modifiers; GtkDirectionType direction; } keys[] = {
    { GDK_KEY_Tab, 0, GTK_DIR_TAB_FORWARD }, { GDK_KEY_ISO_Left_Tab, GDK_SHIFT_MASK, GTK_DIR_TAB_BACKWARD },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), gtk_shortcut_new (
      gtk_keyval_trigger_new (keys[i].keyval, keys[i].modifiers),
      gtk_callback_action_new (leave_cb, GINT_TO_POINTER (keys[i].direction), NULL)));
  gtk_widget_add_controller (table, controller);
}

/* Once it has its place: not in the frame in which it was shown. */
static gboolean
bring_into_sight_cb (GtkWidget *widget, G_GNUC_UNUSED GdkFrameClock *clock, gpointer user_data)
{
  Sight *sight = user_data;
  GtkWidget *scroller = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  int height = gtk_widget_get_height (widget), view;
  double y = 0, by = 0;

  if (scroller == NULL || !gtk_widget_get_mapped (widget))
    return G_SOURCE_REMOVE;
  if (sight->n_frames++ == 0 || height == 0)
    return G_SOURCE_CONTINUE;
  view = gtk_widget_get_height (scroller);
  if (!gtk_widget_translate_coordinates (widget, scroller, 0, 0, NULL, &y))
    return G_SOURCE_REMOVE;
  if (!has_settled (sight, y + height))
    return G_SOURCE_CONTINUE;
  if (y + height + NOTE_MARGIN > view)
    by = y + height + NOTE_MARGIN - view;
  if (y - by < NOTE_MARGIN)
    by = y - NOTE_MARGIN;
  if (by != 0)
    {
      GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));

      gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + by);
    }
  return G_SOURCE_REMOVE;
}

/**
 * kan_bring_into_sight:
 * @widget: something on a page that scrolls, shown only just now
 *
 * Scrolls as little as is needed for all of it to be seen.
 */
void
kan_bring_into_sight (GtkWidget *widget)
{
  gtk_widget_add_tick_callback (widget, bring_into_sight_cb, g_new0 (Sight, 1), g_free);
}

typedef struct { GtkWidget *page; void (*refill) (gpointer page); } Release;      /* page: weak */

/* By the pointer until it is let go of, by the keyboard for the moment in which GTK shows it pressed. */
static gboolean
is_pressed (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget) && ((gtk_widget_get_state_flags (widget) & GTK_STATE_FLAG_ACTIVE) != 0 ||
                                 gtk_widget_has_css_class (widget, "keyboard-activating")))
    return TRUE;
  for (GtkWidget *at = gtk_widget_get_first_child (widget); at != NULL; at = gtk_widget_get_next_sibling (at))
    if (is_pressed (at))
      return TRUE;
  return FALSE;
}

static gboolean
release_cb (gpointer user_data)
{
  Release *release = user_data;

  if (release->page != NULL && is_pressed (release->page))
    return G_SOURCE_CONTINUE;
  if (release->page != NULL)
    release->refill (release->page);
  return G_SOURCE_REMOVE;
}

static void
release_free (gpointer user_data)
{
  Release *release = user_data;

  g_clear_weak_pointer (&release->page);
  g_free (release);
}

/**
 * kan_wait_for_release:
 * @page: a page that is about to be filled anew
 * @refill: asks for what it shows once more
 *
 * A button tells only after it was let go of that it was pressed: taken off the page before, it never does.
 *
 * Returns: whether one is pressed now; then the page is to be left as it is, and @refill is called once it is not
 */
gboolean
kan_wait_for_release (GtkWidget *page, void (*refill) (gpointer page))
{
  Release *release;

  if (!is_pressed (page))
    return FALSE;
  release = g_new0 (Release, 1);
  g_set_weak_pointer (&release->page, page);
  release->refill = refill;
  g_timeout_add_full (G_PRIORITY_DEFAULT, RELEASE_POLL_MS, release_cb, release, release_free);
  return TRUE;
}
