/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chain on screen: one table over slots, filters above it, verification and anchor beside them. */
#include "ledger/kan-ledger-page.h"

#include "desk/kan-marks.h"
#include "kit/kan-dialogs.h"
#include "kit/kan-pieces.h"
#include "kit/kan-wrap.h"
#include "ledger/kan-act-window.h"
#include "ledger/kan-anchor-window.h"
#include "ledger/kan-chain-source.h"
#include "ledger/kan-verdict-window.h"
#include "registers/kan-registers.h"
#include "values/kan-wareki.h"

#include <glib/gi18n.h>

struct _KanLedgerPage
{
  GtkWidget     parent_instance;

  KanSession   *session;        /* owned */
  KanSlots     *slots;          /* owned */
  GPtrArray    *kind_ids;       /* borrowed strings of the declarations, as the drop-down lists them; the first NULL */
  const char   *marked;         /* borrowed: the mark that is chosen; NULL: every act */

  /* template children */
  GtkWidget    *box;
  GtkEditable  *subject_entry, *actor_entry, *since_entry, *until_entry;
  GtkDropDown  *kind_drop;
  GtkStringList *kinds;
  GtkWidget    *anchor_button, *verify_button;
  GtkLabel     *period_label;
  KanWrap      *chips;
  GtkToggleButton *all_chip;    /* owned by the wrap */
  GtkStack     *stack;
  GtkColumnView *table;
  AdwStatusPage *empty;
  GtkWidget    *show_all;
  GtkLabel     *count_label;
};

G_DEFINE_FINAL_TYPE (KanLedgerPage, kan_ledger_page, GTK_TYPE_WIDGET)

/* --- columns -------------------------------------------------------------------------------------------------- */

static const struct { const char *title; int width; gboolean expand; } columns[KAN_CHAIN_N_COLUMNS] = {
  [KAN_CHAIN_NUMBER] = { N_("No."), 64, FALSE },
  [KAN_CHAIN_WHEN] = { N_("When"), 158, FALSE },
  [KAN_CHAIN_WHO] = { N_("Signed by"), 160, TRUE },
  [KAN_CHAIN_TITLE] = { N_("Act"), 190, TRUE },
  [KAN_CHAIN_SUBJECT] = { N_("Record"), 200, FALSE },
  [KAN_CHAIN_NOTE] = { N_("Note"), 80, TRUE },
  [KAN_CHAIN_KEY] = { N_("Key"), 116, FALSE },
};

static void
fill_cell (KanListItem *item, GtkLabel *label)
{
  guint column = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (label), "kan-column"));

  const char *text = kan_list_item_get_cell (item, column);

  gtk_label_set_text (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), *text != '\0');     /* one that says nothing has its type for a name */
}

static void
filled_cb (KanListItem *item, GParamSpec *pspec, GtkLabel *label)
{
  fill_cell (item, label);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer column)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), KAN_CELL_YALIGN);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  g_object_set_data (G_OBJECT (label), "kan-column", column);
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer column)
{
  GtkLabel *label = GTK_LABEL (gtk_list_item_get_child (item));
  KanListItem *cells = gtk_list_item_get_item (item);

  g_signal_connect (cells, "notify::cells", G_CALLBACK (filled_cb), label);
  fill_cell (cells, label);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer column)
{
  g_signal_handlers_disconnect_by_data (gtk_list_item_get_item (item), gtk_list_item_get_child (item));
}

static void
add_columns (KanLedgerPage *self)
{
  for (guint i = 0; i < KAN_CHAIN_N_COLUMNS; i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr(GtkColumnViewColumn) column = gtk_column_view_column_new (_(columns[i].title), factory);

      g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GUINT_TO_POINTER (i));
      g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), GUINT_TO_POINTER (i));
      g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), GUINT_TO_POINTER (i));
      gtk_column_view_column_set_fixed_width (column, columns[i].width);
      gtk_column_view_column_set_expand (column, columns[i].expand);
      gtk_column_view_column_set_resizable (column, TRUE);
      gtk_column_view_append_column (self->table, column);
    }
}

/* --- asking --------------------------------------------------------------------------------------------------- */

/* What is typed; KAN_DAY_NONE: nothing, or no date. */
static KanDay
day_typed (GtkEditable *entry)
{
  const char *typed = gtk_editable_get_text (entry);
  KanDay day = kan_day_parse (typed);

  return day != KAN_DAY_NONE ? day : kan_wareki_parse (typed);
}

static gboolean
is_no_day (GtkEditable *entry)
{
  return *gtk_editable_get_text (entry) != '\0' && day_typed (entry) == KAN_DAY_NONE;
}

/* Why no period is meant by the two days, and which of them is to be put right; NULL: one is. */
static const char *
period_trouble (KanLedgerPage *self, GtkEditable **wrong)
{
  KanDay since = day_typed (self->since_entry), until = day_typed (self->until_entry);

  *wrong = is_no_day (self->since_entry) ? self->since_entry : self->until_entry;
  if (is_no_day (*wrong))
    return _("There is no such date");
  return since != KAN_DAY_NONE && until != KAN_DAY_NONE && since > until ? _("This day is before the first") : NULL;
}

static void
mark_entry (GtkEditable *entry, gboolean wrong, const char *trouble)
{
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  if (wrong)
    gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, trouble, -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

/* Whether there is a period to ask for; what is wrong is told beside the entries. */
static gboolean
check_period (KanLedgerPage *self)
{
  GtkEditable *wrong = NULL;
  const char *trouble = period_trouble (self, &wrong);

  mark_entry (self->since_entry, trouble != NULL && wrong == self->since_entry, trouble);
  mark_entry (self->until_entry, trouble != NULL && wrong == self->until_entry, trouble);
  gtk_label_set_text (self->period_label, trouble != NULL ? trouble : "");
  gtk_widget_set_visible (GTK_WIDGET (self->period_label), trouble != NULL);
  return trouble == NULL;
}

/* In place of the table, which would show what was asked for before. */
static void
show_none (KanLedgerPage *self, const char *title, const char *description)
{
  adw_status_page_set_title (self->empty, title);
  adw_status_page_set_description (self->empty, description);
  gtk_stack_set_visible_child_name (self->stack, "empty");
  gtk_label_set_text (self->count_label, "");
}

static void
ask (KanLedgerPage *self)
{
  guint selected = gtk_drop_down_get_selected (self->kind_drop);
  const KanActFilter filter = {
    .subject = gtk_editable_get_text (self->subject_entry),
    .actor = gtk_editable_get_text (self->actor_entry),
    .kind = selected < self->kind_ids->len ? g_ptr_array_index (self->kind_ids, selected) : NULL,
    .marked = self->marked,
    .since = gtk_editable_get_text (self->since_entry),
    .until = gtk_editable_get_text (self->until_entry),
  };

  if (check_period (self))
    kan_slots_ask (self->slots, kan_chain_query_new (&filter));
  else
    show_none (self, _("No Such Period"), _("Correct the date, or show all."));
}

static void
chip_cb (GtkToggleButton *chip, KanLedgerPage *self)
{
  if (!gtk_toggle_button_get_active (chip))
    return;
  self->marked = g_object_get_data (G_OBJECT (chip), "kan-marked");
  ask (self);
}

static void
loaded_cb (KanLedgerPage *self)
{
  guint n = kan_slots_get_n (self->slots);
  g_autofree char *text = g_strdup_printf (ngettext ("%u entry", "%u entries", n), n);

  if (!check_period (self))
    return;
  if (n == 0)
    show_none (self, _("Nothing Found"), _("No entry is like that. Search for less, or show all."));
  else
    gtk_stack_set_visible_child_name (self->stack, "table");
  gtk_label_set_text (self->count_label, text);
}

static void
show_all_cb (KanLedgerPage *self)
{
  GtkEditable *entries[] = { self->subject_entry, self->actor_entry, self->since_entry, self->until_entry };

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    gtk_editable_set_text (entries[i], "");
  gtk_drop_down_set_selected (self->kind_drop, 0);
  gtk_toggle_button_set_active (self->all_chip, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->table));
}

static void
failed_cb (KanLedgerPage *self, const GError *error)
{
  kan_dialogs_tell_error (GTK_WIDGET (self), _("The chain could not be read"), error);
}

static void
activate_cb (KanLedgerPage *self, guint position)
{
  g_autoptr(KanListItem) item = g_list_model_get_item (G_LIST_MODEL (self->slots), position);
  GtkWindow *parent = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));

  if (item != NULL)
    gtk_window_present (GTK_WINDOW (kan_act_window_new (self->session, parent, kan_list_item_get_id (item))));
}

static void
verify_cb (KanLedgerPage *self)
{
  kan_verdict_begin (self->session, GTK_WIDGET (self), NULL, TRUE);
}

static void
anchor_cb (KanLedgerPage *self)
{
  GtkWindow *parent = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));

  gtk_window_present (GTK_WINDOW (kan_anchor_window_new (self->session, parent)));
}

static void
add_kinds (KanLedgerPage *self)
{
  gboolean japanese = kan_speaks_japanese ();

  self->kind_ids = g_ptr_array_new ();
  g_ptr_array_add (self->kind_ids, NULL);
  for (const KanRegister **reg = kan_registers ()->registers; *reg != NULL; reg++)
    for (const KanKind *kind = (*reg)->kinds; kind != NULL && kind->id != NULL; kind++)
      {
        g_autofree char *title = g_strdup_printf (japanese ? "%s：%s" : "%s: %s", kan_label (&(*reg)->title, japanese),
                                                  kan_label (&kind->title, japanese));

        g_ptr_array_add (self->kind_ids, (gpointer) kind->id);
        gtk_string_list_append (self->kinds, title);
      }
}

static GtkToggleButton *
add_chip (KanLedgerPage *self, const char *label, const char *marked, GtkToggleButton *all)
{
  GtkWidget *chip = gtk_toggle_button_new_with_label (label);

  gtk_widget_add_css_class (chip, "chip");
  g_object_set_data (G_OBJECT (chip), "kan-marked", (gpointer) marked);
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (chip), all);
  kan_wrap_append (self->chips, chip);
  return GTK_TOGGLE_BUTTON (chip);
}

/* One of them is chosen, at first every act. */
static void
add_chips (KanLedgerPage *self)
{
  GtkToggleButton *all = self->all_chip = add_chip (self, _("All"), NULL, NULL);

  gtk_toggle_button_set_active (all, TRUE);
  g_signal_connect (all, "toggled", G_CALLBACK (chip_cb), self);
  for (KanMarked mark = KAN_MARKED_ANY; mark < KAN_N_MARKED; mark++)
    g_signal_connect (add_chip (self, kan_label (kan_marked_label (mark), kan_speaks_japanese ()),
                                kan_marked_name (mark), all), "toggled", G_CALLBACK (chip_cb), self);
}

/* As days are written on this screen: by the preferences, which may have changed. */
static void
show_day_style (KanLedgerPage *self)
{
  g_autofree char *example = g_strdup_printf (_("e.g. %s"), kan_view_by_era () ? "R8.2.13" : "2026-02-13");

  gtk_entry_set_placeholder_text (GTK_ENTRY (self->since_entry), example);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->until_entry), example);
}

static void
changed_cb (KanLedgerPage *self)
{
  show_day_style (self);
  kan_slots_refresh (self->slots);
}

/* --- class ---------------------------------------------------------------------------------------------------- */

static void
kan_ledger_page_dispose (GObject *object)
{
  KanLedgerPage *self = KAN_LEDGER_PAGE (object);

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  if (self->slots != NULL)
    g_signal_handlers_disconnect_by_data (self->slots, self);
  gtk_widget_dispose_template (GTK_WIDGET (self), KAN_TYPE_LEDGER_PAGE);
  g_clear_object (&self->slots);
  g_clear_object (&self->session);
  g_clear_pointer (&self->kind_ids, g_ptr_array_unref);
  G_OBJECT_CLASS (kan_ledger_page_parent_class)->dispose (object);
}

static void
kan_ledger_page_class_init (KanLedgerPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kan_ledger_page_dispose;
  g_type_ensure (KAN_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kanribo/Kanribo/ui/ledger/kan-ledger-page.ui");
#define BIND(name) gtk_widget_class_bind_template_child (widget_class, KanLedgerPage, name)
  BIND (box);
  BIND (subject_entry);
  BIND (actor_entry);
  BIND (since_entry);
  BIND (until_entry);
  BIND (kind_drop);
  BIND (kinds);
  BIND (anchor_button);
  BIND (verify_button);
  BIND (period_label);
  BIND (chips);
  BIND (stack);
  BIND (table);
  BIND (empty);
  BIND (show_all);
  BIND (count_label);
#undef BIND
}

static void
kan_ledger_page_init (KanLedgerPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kan_leave_by_tab (GTK_WIDGET (self->table));
  add_columns (self);
  add_kinds (self);
  add_chips (self);
}

/**
 * kan_ledger_page_new:
 * @session: an unlocked session
 *
 * Returns: (transfer floating): the page, which asks again after every change
 */
GtkWidget *
kan_ledger_page_new (KanSession *session)
{
  KanLedgerPage *self = g_object_new (KAN_TYPE_LEDGER_PAGE, NULL);
  GtkSelectionModel *selection;

  self->session = g_object_ref (session);
  self->slots = kan_slots_new (session, &kan_slots_of_chain);
  selection = GTK_SELECTION_MODEL (gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->slots))));
  gtk_column_view_set_model (self->table, selection);
  g_object_unref (selection);
  g_signal_connect_swapped (self->slots, "loaded", G_CALLBACK (loaded_cb), self);
  g_signal_connect_swapped (self->slots, "failed", G_CALLBACK (failed_cb), self);
  g_signal_connect_swapped (self->table, "activate", G_CALLBACK (activate_cb), self);
  g_signal_connect_swapped (self->subject_entry, "search-changed", G_CALLBACK (ask), self);
  g_signal_connect_swapped (self->actor_entry, "search-changed", G_CALLBACK (ask), self);
  g_signal_connect_swapped (self->since_entry, "changed", G_CALLBACK (ask), self);
  g_signal_connect_swapped (self->until_entry, "changed", G_CALLBACK (ask), self);
  g_signal_connect_swapped (self->kind_drop, "notify::selected", G_CALLBACK (ask), self);
  g_signal_connect_swapped (self->show_all, "clicked", G_CALLBACK (show_all_cb), self);
  g_signal_connect_swapped (self->verify_button, "clicked", G_CALLBACK (verify_cb), self);
  g_signal_connect_swapped (self->anchor_button, "clicked", G_CALLBACK (anchor_cb), self);
  g_signal_connect_object (session, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  show_day_style (self);
  ask (self);
  return GTK_WIDGET (self);
}

/**
 * kan_ledger_page_focus_search:
 * @self: a page
 *
 * Ctrl+F.
 */
void
kan_ledger_page_focus_search (KanLedgerPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->subject_entry));
}
