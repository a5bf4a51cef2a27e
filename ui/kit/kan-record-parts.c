/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts a record's page is put together from: what is possible, what it says, who decided, what refers to it. */
#include "kit/kan-record-parts.h"

#include "kit/kan-actions.h"
#include "kit/kan-dialogs.h"
#include "kit/kan-pieces.h"
#include "kit/kan-wrap.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define GROUP_MAX 12      /* records of a group that are shown; the list has the others */
#define REASONS_MAX 2     /* acts of a rank that stand open with their reasons; more are folded */

/* A row that opens a record. */
static GtkWidget *
record_row (const char *title, const char *subject)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *visible = kan_visible_text (title);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), visible);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", subject);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), KAN_ACTION_RECORD);
  kan_describe (row, visible, NULL);
  return row;
}

static void
add_arrow (GtkWidget *row)
{
  GtkWidget *arrow = g_object_new (GTK_TYPE_IMAGE, "icon-name", "go-next-symbolic", "accessible-role",
                                   GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_widget_add_css_class (arrow, "dim-label");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
}

static GtkWidget *
new_note (const char *words, const char *icon_name)
{
  GtkWidget *note = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10), *label = gtk_label_new (words);
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", icon_name, "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (note, "note");
  gtk_box_append (GTK_BOX (note), icon);
  gtk_box_append (GTK_BOX (note), label);
  return note;
}

/**
 * kan_record_altered:
 * @view: a record
 *
 * Returns: (transfer floating) (nullable): that its entries do not prove what the page shows
 */
GtkWidget *
kan_record_altered (const KanRecordView *view)
{
  g_autofree char *words = view->altered != NULL ? kan_visible_text (view->altered) : NULL;
  GtkWidget *note = words != NULL ? new_note (words, "dialog-warning-symbolic") : NULL;

  if (note != NULL)
    gtk_widget_add_css_class (note, "error");
  return note;
}

/**
 * kan_record_waiting:
 * @view: a record
 *
 * Returns: (transfer floating) (nullable): for whom it waits
 */
GtkWidget *
kan_record_waiting (const KanRecordView *view)
{
  g_autofree char *words = view->waiting != NULL ? g_strdup_printf (_("Waiting for: %s"), view->waiting) : NULL;

  return words != NULL ? new_note (words, "document-open-recent-symbolic") : NULL;
}

/* --- offers --------------------------------------------------------------------------------------------------- */

/* What is in order, what would be recorded with a mark, and what is not possible. */
typedef enum { IN_ORDER, MARKED, REFUSED } Rank;

static Rank
rank_of (const KanViewOffer *offer)
{
  return !offer->allowed ? REFUSED : offer->is_marked ? MARKED : IN_ORDER;
}

static guint
count_offers (const KanRecordView *view, Rank rank)
{
  guint n = 0;

  for (guint i = 0; i < view->offers->len; i++)
    n += rank_of (g_ptr_array_index (view->offers, i)) == rank ? 1 : 0;
  return n;
}

static GtkWidget *
rank_icon (Rank rank)
{
  const char *name = rank == MARKED ? "dialog-warning-symbolic" : "action-unavailable-symbolic";
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", name, "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_widget_add_css_class (icon, rank == MARKED ? "warning" : "dim-label");
  return icon;
}

/* An act with what is said against it; one that can be recorded all the same begins when it is activated. */
static GtkWidget *
reason_row (const KanViewOffer *offer)
{
  GtkWidget *row = adw_action_row_new ();

  adw_action_row_add_prefix (ADW_ACTION_ROW (row), rank_icon (rank_of (offer)));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), offer->title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), offer->reason);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  kan_describe (row, offer->title, offer->reason);
  if (!offer->allowed)
    return row;
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "(ss)", offer->kind,
                                    offer->subject != NULL ? offer->subject : "");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), KAN_ACTION_ACT);
  add_arrow (row);
  return row;
}

static GtkWidget *
new_fold (Rank rank, const char *title, const GPtrArray *rows)
{
  GtkWidget *fold = adw_expander_row_new ();
  g_autoptr(GString) acts = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      if (i > 0)
        g_string_append (acts, kan_speaks_japanese () ? "、" : ", ");
      g_string_append (acts, adw_preferences_row_get_title (g_ptr_array_index (rows, i)));
    }
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (fold), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (fold), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (fold), acts->str);
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (fold), rank_icon (rank));
  kan_describe (fold, title, acts->str);
  for (guint i = 0; i < rows->len; i++)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (fold), g_ptr_array_index (rows, i));
  return fold;
}

/* The acts of a rank, each with its reason: a few are told at once, many are named and unfold. */
static void
add_reasons (GtkWidget *list, const KanRecordView *view, Rank rank, const char *title)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new ();

  for (guint i = 0; i < view->offers->len; i++)
    if (rank_of (g_ptr_array_index (view->offers, i)) == rank)
      g_ptr_array_add (rows, reason_row (g_ptr_array_index (view->offers, i)));
  if (rows->len > REASONS_MAX)
    gtk_list_box_append (GTK_LIST_BOX (list), new_fold (rank, title, rows));
  else
    for (guint i = 0; i < rows->len; i++)
      gtk_list_box_append (GTK_LIST_BOX (list), g_ptr_array_index (rows, i));
}

/* What is due comes first; what is seldom wanted is folded away, unless there is nothing to fold it beside. */
static gboolean
is_folded (const KanViewOffer *offer)
{
  return rank_of (offer) == IN_ORDER && offer->seldom && !offer->suggested;
}

static guint
count_folded (const KanRecordView *view)
{
  guint n = 0;

  for (guint i = 0; i < view->offers->len; i++)
    n += is_folded (g_ptr_array_index (view->offers, i)) ? 1 : 0;
  return n > 1 && n < count_offers (view, IN_ORDER) ? n : 0;
}

static GtkWidget *
more_button (const KanRecordView *view)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr(GMenu) menu = g_menu_new ();

  for (guint i = 0; i < view->offers->len; i++)
    {
      const KanViewOffer *offer = g_ptr_array_index (view->offers, i);
      g_autoptr(GMenuItem) item = is_folded (offer) ? g_menu_item_new (offer->title, NULL) : NULL;

      if (item == NULL)
        continue;
      g_menu_item_set_action_and_target (item, KAN_ACTION_ACT, "(ss)", offer->kind,
                                         offer->subject != NULL ? offer->subject : "");
      g_menu_append_item (menu, item);
    }
  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), _("More Acts"));
  gtk_menu_button_set_always_show_arrow (GTK_MENU_BUTTON (button), TRUE);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  kan_describe (button, _("More Acts"), NULL);
  return button;
}

static GtkWidget *
offer_buttons (const KanRecordView *view)
{
  GtkWidget *buttons = kan_wrap_new ();
  guint n_folded = count_folded (view);

  kan_describe (buttons, _("Possible now"), NULL);
  for (int turn = 0; turn < 2; turn++)
    for (guint i = 0; i < view->offers->len; i++)
      {
        const KanViewOffer *offer = g_ptr_array_index (view->offers, i);

        if (rank_of (offer) == IN_ORDER && offer->suggested == (turn == 0) && (n_folded == 0 || !is_folded (offer)))
          kan_wrap_append (KAN_WRAP (buttons), kan_offer_button (offer, offer->suggested));
      }
  if (n_folded > 0)
    kan_wrap_append (KAN_WRAP (buttons), more_button (view));
  return buttons;
}

/**
 * kan_record_offers:
 * @view: a record
 *
 * Returns: (transfer floating) (nullable): what is possible now as buttons, the seldom of it in a menu; below it, with
 * the reasons, what breaks a rule and would be recorded with a mark, and what is not possible, folded where it is much
 */
GtkWidget *
kan_record_offers (const KanRecordView *view)
{
  GtkWidget *box, *list, *group;

  if (view->offers->len == 0)
    return NULL;
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  if (count_offers (view, IN_ORDER) > 0)
    gtk_box_append (GTK_BOX (box), offer_buttons (view));
  if (count_offers (view, IN_ORDER) == view->offers->len)
    return box;
  group = kan_boxed_list_new (NULL, &list);
  add_reasons (list, view, MARKED, _("Recorded as a Deviation"));
  add_reasons (list, view, REFUSED, _("Not Possible Now"));
  gtk_box_append (GTK_BOX (box), group);
  return box;
}

/* --- fields --------------------------------------------------------------------------------------------------- */

static GtkWidget *
link_button (const char *words, const char *subject)
{
  GtkWidget *button = gtk_button_new_with_label (words);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "record-link");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), PANGO_ELLIPSIZE_END);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", subject);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), KAN_ACTION_RECORD);
  return button;
}

/* One button for each record referred to; several are shown joined by commas, and taken apart where that is plain. */
static GtkWidget *
links_of (const KanViewField *field, const char *shown)
{
  GtkWidget *links = kan_wrap_new ();
  g_auto(GStrv) names = g_strsplit (shown, strstr (shown, "、") != NULL ? "、" : ", ", -1);
  gboolean plain = g_strv_length (names) == field->links->len;

  for (guint i = 0; i < field->links->len; i++)
    {
      const char *subject = g_ptr_array_index (field->links, i);

      kan_wrap_append (KAN_WRAP (links), link_button (field->links->len == 1 ? shown : plain ? names[i] : subject,
                                                      subject));
    }
  return links;
}

static GtkWidget *
field_line (const KanViewField *field)
{
  g_autofree char *shown = kan_visible_text (field->shown != NULL ? field->shown : "");
  gboolean linked = field->links != NULL && field->links->len > 0;
  gboolean corrected = field->struck != NULL && field->struck->len > 0;
  GtkWidget *line = kan_line_new (field->label, linked || corrected ? NULL : shown), *value;

  for (guint i = 0; corrected && i < field->struck->len; i++)
    kan_line_add_struck (line, g_ptr_array_index (field->struck, i));
  if (linked)
    kan_line_add (line, links_of (field, shown));
  else if (corrected)
    {
      value = gtk_label_new (shown);
      gtk_label_set_xalign (GTK_LABEL (value), 0);
      gtk_label_set_wrap (GTK_LABEL (value), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (value), PANGO_WRAP_WORD_CHAR);
      kan_line_add (line, value);
    }
  kan_describe (line, field->label, shown);
  return line;
}

/**
 * kan_record_fields:
 * @view: a record
 *
 * Returns: (transfer floating) (nullable): what it says, corrected values struck through before the present ones
 */
GtkWidget *
kan_record_fields (const KanRecordView *view)
{
  GtkWidget *list, *group;

  if (view->fields->len == 0)
    return NULL;
  group = kan_boxed_list_new (_("Particulars"), &list);
  for (guint i = 0; i < view->fields->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (list), field_line (g_ptr_array_index (view->fields, i)));
  return group;
}

/* --- hands and groups ----------------------------------------------------------------------------------------- */

/**
 * kan_record_hands:
 * @hands: (element-type KanViewHand): given or refused
 *
 * Returns: (transfer floating) (nullable): who decided or signed along, in which capacity
 */
GtkWidget *
kan_record_hands (const GPtrArray *hands)
{
  GtkWidget *list, *group;

  if (hands->len == 0)
    return NULL;
  group = kan_boxed_list_new (_("Decisions and Countersignatures"), &list);
  for (guint i = 0; i < hands->len; i++)
    {
      const KanViewHand *hand = g_ptr_array_index (hands, i);
      GtkWidget *row = adw_action_row_new ();
      g_autofree char *who = hand->as_deputy_of == NULL || *hand->as_deputy_of == '\0' ? g_strdup (hand->who)
        : g_strdup_printf (_("%s, deciding for %s"), hand->who, hand->as_deputy_of);
      g_autofree char *line = g_strdup_printf ("%s　%s", hand->when, who);
      g_autofree char *title = hand->about != NULL ? g_strdup_printf (_("%s: %s"), hand->about, hand->capacity)
        : g_strdup (hand->capacity);

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), line);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), kan_badge_new (hand->verdict, NULL));
      kan_describe (row, title, line);
      gtk_list_box_append (GTK_LIST_BOX (list), row);
    }
  return group;
}

static void
add_group_row (GtkWidget *list, const KanViewGroup *group, guint i)
{
  const char *subject = g_ptr_array_index (group->subjects, i), *name = g_ptr_array_index (group->names, i);
  const char *state = group->states != NULL ? g_ptr_array_index (group->states, i) : NULL;
  g_autofree char *title = name != NULL && *name != '\0' ? g_strdup_printf ("%s　%s", subject, name)
    : g_strdup (subject);
  GtkWidget *row = record_row (title, subject);

  if (state != NULL && *state != '\0')
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), kan_badge_new (state, NULL));
  add_arrow (row);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
}

/**
 * kan_record_group:
 * @view: a record
 * @group: records below it, or that refer to it
 *
 * Returns: (transfer floating): them, as rows that open them; where there are many, the first and a way to all
 */
GtkWidget *
kan_record_group (const KanRecordView *view, const KanViewGroup *group)
{
  GtkWidget *list, *box = kan_boxed_list_new (group->title, &list), *all;
  guint n = MIN (group->subjects->len, GROUP_MAX);

  for (guint i = 0; i < n; i++)
    add_group_row (list, group, i);
  if (n < group->n)
    {
      g_autofree char *words = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Show the Only One", "Show All %u",
                                                             group->n), group->n);

      all = gtk_button_new_with_label (words);
      gtk_widget_set_halign (all, GTK_ALIGN_CENTER);
      gtk_actionable_set_action_target (GTK_ACTIONABLE (all), "(ssss)", group->register_id, group->filter,
                                        view->subject, view->name != NULL ? view->name : view->subject);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (all), KAN_ACTION_FILTER);
      gtk_box_append (GTK_BOX (box), all);
    }
  return box;
}

/**
 * kan_record_forms:
 * @view: a record
 *
 * Returns: (transfer full) (nullable): the forms to print of it; %NULL where there is none
 */
GMenuModel *
kan_record_forms (const KanRecordView *view)
{
  g_autoptr(GMenu) menu = NULL;

  if (view->forms->len == 0)
    return NULL;
  menu = g_menu_new ();
  for (guint i = 0; i < view->forms->len; i++)
    {
      const KanViewChoice *form = g_ptr_array_index (view->forms, i);
      g_autoptr(GMenuItem) item = g_menu_item_new (form->label, NULL);

      g_menu_item_set_action_and_target (item, KAN_ACTION_PRINT, "(ss)", form->value, view->subject);
      g_menu_append_item (menu, item);
    }
  return G_MENU_MODEL (g_steal_pointer (&menu));
}
