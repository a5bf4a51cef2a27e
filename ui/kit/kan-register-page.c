/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one page of every register, made from its declaration. Search, chips and headers only word a question; the
 * database thread answers it with an order. */
#include "kit/kan-register-page-private.h"

#include "kit/kan-columns.h"
#include "kit/kan-dialogs.h"
#include "kit/kan-pieces.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

enum { PROP_TITLE = 1, N_PROPS };
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (KanRegisterPage, kan_register_page, ADW_TYPE_BIN)

/* --- asking --------------------------------------------------------------------------------------------------- */

/**
 * kan_register_page_ask:
 *
 * Asks for the order of the present question.
 */
void
kan_register_page_ask (KanRegisterPage *self)
{
  gtk_widget_set_visible (self->trouble, FALSE);
  kan_slots_ask (self->slots, kan_query_copy (self->query));
}

static void
show_trouble (KanRegisterPage *self, const GError *error)
{
  g_autofree char *words = kan_dialogs_word_error (error);

  gtk_label_set_text (self->trouble_label, words);
  gtk_widget_set_visible (self->trouble, TRUE);
}

static void
failed_cb (G_GNUC_UNUSED KanSlots *slots, const GError *error, KanRegisterPage *self)
{
  show_trouble (self, error);
}

static void
try_again_cb (KanRegisterPage *self)
{
  if (self->view == NULL)
    kan_register_page_load_view (self);
  else
    kan_register_page_ask (self);
}

/* --- the list ------------------------------------------------------------------------------------------------- */

static guint32
number_of (const char *subject)
{
  while (g_ascii_isalpha (*subject))
    subject++;
  return (guint32) strtoul (subject, NULL, 10);
}

/* Once the rows have their places. */
static gboolean
scroll_cb (gpointer data)
{
  KanRegisterPage *self = data;
  guint position = gtk_single_selection_get_selected (self->selection);
  GtkWidget *rows = gtk_widget_get_last_child (GTK_WIDGET (self->table));

  self->scrolling = 0;
  if (position != GTK_INVALID_LIST_POSITION)
    gtk_widget_activate_action (rows, "list.scroll-to-item", "u", position);
  return G_SOURCE_REMOVE;
}

/* The row of the record that is open, where the list has it. */
static void
settle_selection (KanRegisterPage *self)
{
  const char *subject = kan_record_page_get_subject (self->record);
  guint position = subject != NULL ? kan_slots_find (self->slots, number_of (subject)) : G_MAXUINT;

  self->settling = TRUE;
  gtk_single_selection_set_selected (self->selection, position == G_MAXUINT ? GTK_INVALID_LIST_POSITION : position);
  self->settling = FALSE;
  if (position != G_MAXUINT && self->scrolling == 0)
    self->scrolling = g_idle_add_full (G_PRIORITY_LOW, scroll_cb, self, NULL);
}

static void
loaded_cb (G_GNUC_UNUSED KanSlots *slots, KanRegisterPage *self)
{
  gboolean none = kan_slots_get_n (self->slots) == 0;

  if (none)
    kan_register_page_show_empty (self);
  gtk_stack_set_visible_child_name (self->stack, none ? "empty" : "table");
  gtk_spinner_stop (self->spinner);
  kan_register_page_show_count (self);
  settle_selection (self);
}

static KanListItem *
selected_slot (KanRegisterPage *self)
{
  return gtk_single_selection_get_selected_item (self->selection);
}

static void
open_selected (KanRegisterPage *self)
{
  KanListItem *slot = selected_slot (self);
  g_autofree char *subject = NULL;

  if (slot == NULL)
    return;
  subject = g_strdup_printf ("%s%u", kan_register_prefix (self->query->register_id), kan_list_item_get_id (slot));
  kan_record_page_show (self->record, subject);
  kan_split_set_open (self->split, TRUE);
}

/* Beside the list the record follows the arrow keys; in its place it opens when it is meant. */
static void
selected_cb (G_GNUC_UNUSED GtkSingleSelection *selection, G_GNUC_UNUSED GParamSpec *pspec, KanRegisterPage *self)
{
  if (!self->settling && !kan_split_is_narrow (self->split))
    open_selected (self);
}

static void
activate_cb (KanRegisterPage *self, G_GNUC_UNUSED guint position)
{
  open_selected (self);
  kan_record_page_focus (self->record);
}

static void
released_cb (G_GNUC_UNUSED GtkGestureClick *click, G_GNUC_UNUSED int n_press, G_GNUC_UNUSED double x, double y,
             KanRegisterPage *self)
{
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (self->table));

  if (kan_split_is_narrow (self->split) && y > gtk_widget_get_height (header))
    open_selected (self);
}

static void
close_cb (KanRegisterPage *self)
{
  kan_split_set_open (self->split, FALSE);
  kan_record_page_show (self->record, NULL);
  settle_selection (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->table));
}

static void
sorted_cb (G_GNUC_UNUSED GtkSorter *sorter, G_GNUC_UNUSED GtkSorterChange change, KanRegisterPage *self)
{
  gboolean descending;
  int column;

  if (self->view == NULL || g_cancellable_is_cancelled (self->life))      /* a table that goes changes its order too */
    return;
  column = kan_columns_get_sort (self->table, &descending);
  g_clear_pointer (&self->query->sort, g_free);
  if (column >= 0)
    self->query->sort = g_strdup (((KanViewColumn *) g_ptr_array_index (self->view->columns, column))->id);
  self->query->descending = column >= 0 && descending;
  kan_register_page_ask (self);
}

static void
search_changed_cb (KanRegisterPage *self)
{
  const char *words = gtk_editable_get_text (GTK_EDITABLE (self->search));

  if (self->settling || self->view == NULL || g_strcmp0 (words, self->query->search != NULL ? self->query->search
                                                         : "") == 0)
    return;
  g_free (self->query->search);
  self->query->search = *words != '\0' ? g_strdup (words) : NULL;
  kan_register_page_ask (self);
}

static void
focus_table_cb (KanRegisterPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->table));
}

static void
show_all_cb (KanRegisterPage *self)
{
  kan_register_page_clear_filter (self);
  kan_register_page_choose (self, NULL, NULL, NULL);
}

/* --- declaration ---------------------------------------------------------------------------------------------- */

typedef struct { char *register_id, *list; } Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->register_id);
  g_free (job->list);
  g_free (job);
}

static Job *
job_new (KanRegisterPage *self)
{
  Job *job = g_new0 (Job, 1);

  job->register_id = g_strdup (self->query->register_id);
  job->list = g_strdup (self->query->list);
  return job;
}

static gpointer
view_job (KanWorker *worker, gpointer data, G_GNUC_UNUSED GCancellable *cancellable, GError **error)
{
  const Job *job = data;

  return kan_desk_view_register (kan_worker_get_desk (worker), job->register_id, job->list, error);
}

static gboolean
is_cancelled (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
         g_error_matches (error, KAN_ERROR, KAN_ERROR_CANCELLED);
}

static void
view_ready_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(KanRegisterPage) self = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(KanRegisterView) view = kan_session_run_finish (KAN_SESSION (source), result, &error);
  g_autoptr(KanRegisterView) before = NULL;

  if (g_cancellable_is_cancelled (self->life) || (view == NULL && is_cancelled (error)))
    return;
  if (view == NULL)
    {
      show_trouble (self, error);
      return;
    }
  before = self->view;
  self->view = g_steal_pointer (&view);
  g_clear_pointer (&self->query->sort, g_free);
  self->query->descending = FALSE;
  kan_columns_set_up (self->table, self->view);
  kan_register_page_show_chips (self);
  kan_register_page_ask (self);
  if (before == NULL)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TITLE]);
}

/**
 * kan_register_page_load_view:
 *
 * Asks for what the register declares, then for its records.
 */
void
kan_register_page_load_view (KanRegisterPage *self)
{
  gtk_widget_set_visible (self->trouble, FALSE);
  kan_session_run (self->session, KAN_JOB_PAGE, view_job, job_new (self), job_free,
                   (GDestroyNotify) kan_register_view_free, self->life, view_ready_cb, g_object_ref (self));
}

static void
load_all (KanRegisterPage *self)
{
  self->stale = FALSE;
  if (!kan_session_is_unlocked (self->session))
    return;
  if (self->view == NULL)
    kan_register_page_load_view (self);
  else
    kan_slots_refresh (self->slots);
  kan_register_page_load_offers (self);
  kan_record_page_refresh (self->record);
}

static void
changed_cb (KanRegisterPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    load_all (self);
  else
    self->stale = TRUE;
}

static void
locked_cb (KanRegisterPage *self)
{
  kan_split_set_open (self->split, FALSE);
  kan_record_page_show (self->record, NULL);
  kan_register_page_clear_offers (self);
  gtk_label_set_text (self->count, "");
  self->stale = TRUE;
}

static void
kan_register_page_map (GtkWidget *widget)
{
  KanRegisterPage *self = KAN_REGISTER_PAGE (widget);

  GTK_WIDGET_CLASS (kan_register_page_parent_class)->map (widget);
  if (self->stale)
    load_all (self);
}

/* --- class ---------------------------------------------------------------------------------------------------- */

static gboolean
focus_search_cb (GtkWidget *widget, G_GNUC_UNUSED GVariant *args, G_GNUC_UNUSED gpointer data)
{
  kan_register_page_focus_search (KAN_REGISTER_PAGE (widget));
  return TRUE;
}

static void
kan_register_page_dispose (GObject *object)
{
  KanRegisterPage *self = KAN_REGISTER_PAGE (object);

  g_cancellable_cancel (self->life);
  g_clear_handle_id (&self->scrolling, g_source_remove);
  adw_bin_set_child (ADW_BIN (self), NULL);      /* before the template forgets it */
  gtk_widget_dispose_template (GTK_WIDGET (self), KAN_TYPE_REGISTER_PAGE);
  G_OBJECT_CLASS (kan_register_page_parent_class)->dispose (object);
}

static void
kan_register_page_finalize (GObject *object)
{
  KanRegisterPage *self = KAN_REGISTER_PAGE (object);

  kan_register_view_free (self->view);
  kan_query_free (self->query);
  g_free (self->filter_words);
  g_clear_object (&self->slots);
  g_clear_object (&self->life);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (kan_register_page_parent_class)->finalize (object);
}

static void
kan_register_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  KanRegisterPage *self = KAN_REGISTER_PAGE (object);

  if (id == PROP_TITLE)
    g_value_set_string (value, self->view != NULL ? self->view->title : NULL);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, KanRegisterPage, split);
  gtk_widget_class_bind_template_child (widget_class, KanRegisterPage, record);
  gtk_widget_class_bind_template_child (widget_class, KanRegisterPage, search);
  gtk_widget_class_bind_template_child (widget_class, KanRegisterPage, saved);
  gtk_widget_class_bind_template_child (widget_class, KanRegisterPage, saved_popover);
  gtk_widget_class_bind_template_child (widget_class, KanRegisterPage, saved_list);
  gtk_widget_class_bind_template_child (widget_class, KanRegisterPage, no_saved);
  gtk_widget_class_bind_template_child (widget_class, KanRegisterPage, saved_name);
  gtk_widget_class_bind_template_child (widget_class, KanRegisterPage, print);
  gtk_widget_class_bind_template_child (widget_class, KanRegisterPage, states_toggle);
  gtk_widget_class_bind_template_child (widget_class, KanRegisterPage, chips);
  gtk_widget_class_bind_template_child (widget_class, KanRegisterPage, state_chips);
  gtk_widget_class_bind_template_child (widget_class, KanRegisterPage, offers);
  gtk_widget_class_bind_template_child (widget_class, KanRegisterPage, reasons);
  gtk_widget_class_bind_template_child (widget_class, KanRegisterPage, trouble);
  gtk_widget_class_bind_template_child (widget_class, KanRegisterPage, trouble_label);
  gtk_widget_class_bind_template_child (widget_class, KanRegisterPage, stack);
  gtk_widget_class_bind_template_child (widget_class, KanRegisterPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, KanRegisterPage, table);
  gtk_widget_class_bind_template_child (widget_class, KanRegisterPage, empty);
  gtk_widget_class_bind_template_child (widget_class, KanRegisterPage, show_all);
  gtk_widget_class_bind_template_child (widget_class, KanRegisterPage, count);
}

static void
kan_register_page_class_init (KanRegisterPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kan_register_page_dispose;
  object_class->finalize = kan_register_page_finalize;
  object_class->get_property = kan_register_page_get_property;
  widget_class->map = kan_register_page_map;
  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  g_type_ensure (KAN_TYPE_SPLIT);
  g_type_ensure (KAN_TYPE_WRAP);
  g_type_ensure (KAN_TYPE_RECORD_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/kanribo/Kanribo/ui/kit/kan-register-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, focus_table_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
  gtk_widget_class_bind_template_callback (widget_class, try_again_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_all_cb);
  gtk_widget_class_bind_template_callback (widget_class, kan_register_page_saved_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, kan_register_page_save_filter_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, focus_search_cb, NULL);
}

static void
kan_register_page_init (KanRegisterPage *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->life = g_cancellable_new ();
  gtk_menu_button_set_popover (self->saved, GTK_WIDGET (self->saved_popover));
  g_signal_connect_swapped (self->saved_popover, "show", G_CALLBACK (kan_register_page_list_saved), self);
  g_signal_connect (click, "released", G_CALLBACK (released_cb), self);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_BUBBLE);
  gtk_widget_add_controller (GTK_WIDGET (self->table), GTK_EVENT_CONTROLLER (click));
  kan_leave_by_tab (GTK_WIDGET (self->table));
  gtk_spinner_start (self->spinner);
}

static void
set_up_table (KanRegisterPage *self)
{
  self->slots = kan_slots_new (self->session, &kan_slots_of_register);
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->slots));
  g_signal_connect_object (self->slots, "loaded", G_CALLBACK (loaded_cb), self, 0);
  g_signal_connect_object (self->slots, "failed", G_CALLBACK (failed_cb), self, 0);
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (selected_cb), self, 0);
  gtk_column_view_set_model (self->table, GTK_SELECTION_MODEL (self->selection));
  g_object_unref (self->selection);
  g_signal_connect_object (gtk_column_view_get_sorter (self->table), "changed", G_CALLBACK (sorted_cb), self, 0);
}

/**
 * kan_register_page_new:
 * @session: an unlocked session
 * @register_id: whose records it shows
 *
 * Returns: (transfer floating): the page; it asks for its content at once
 */
GtkWidget *
kan_register_page_new (KanSession *session, const char *register_id)
{
  KanRegisterPage *self = g_object_new (KAN_TYPE_REGISTER_PAGE, NULL);
  g_autoptr(GMenuModel) menu = kan_pieces_print_menu (register_id);

  self->session = g_object_ref (session);
  self->query = kan_query_new (register_id);
  kan_record_page_set_session (self->record, session);
  gtk_menu_button_set_menu_model (self->print, menu);
  set_up_table (self);
  g_signal_connect_object (session, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "unlocked", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "locked", G_CALLBACK (locked_cb), self, G_CONNECT_SWAPPED);
  load_all (self);
  return GTK_WIDGET (self);
}

/**
 * kan_register_page_get_id:
 * @self: a page
 *
 * Returns: (transfer none): the register's id
 */
const char *
kan_register_page_get_id (KanRegisterPage *self)
{
  return self->query->register_id;
}

/**
 * kan_register_page_get_subject:
 * @self: a page
 *
 * Returns: (transfer none) (nullable): the record that is open
 */
const char *
kan_register_page_get_subject (KanRegisterPage *self)
{
  return kan_record_page_get_subject (self->record);
}

/**
 * kan_register_page_open:
 * @self: a page
 * @subject: (nullable): the record to show, also where the list does not have it; %NULL: none
 */
void
kan_register_page_open (KanRegisterPage *self, const char *subject)
{
  kan_record_page_show (self->record, subject);
  kan_split_set_open (self->split, subject != NULL);
  settle_selection (self);
  if (subject != NULL)
    kan_record_page_focus (self->record);
}

/**
 * kan_register_page_show_list:
 * @self: a page
 *
 * Closes the record where it takes the list's place.
 */
void
kan_register_page_show_list (KanRegisterPage *self)
{
  if (kan_split_is_narrow (self->split) && kan_split_is_open (self->split))
    close_cb (self);
}

/**
 * kan_register_page_set_list:
 * @self: a page
 * @list: (nullable): one of the register's lists; %NULL: all records
 */
void
kan_register_page_set_list (KanRegisterPage *self, const char *list)
{
  kan_register_page_clear_filter (self);
  kan_register_page_choose (self, list, NULL, NULL);
}

/**
 * kan_register_page_focus_search:
 * @self: a page
 *
 * Puts the cursor into the search.
 */
void
kan_register_page_focus_search (KanRegisterPage *self)
{
  kan_register_page_show_list (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}
