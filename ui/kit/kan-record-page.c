/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One record. The view comes from the database thread in one piece; the page is put together anew each time, so that
 * what it shows is always of one moment. */
#include "kit/kan-record-page.h"

#include "kit/kan-actions.h"
#include "kit/kan-dialogs.h"
#include "kit/kan-inquiry.h"
#include "kit/kan-pieces.h"
#include "kit/kan-record-parts.h"
#include "kit/kan-timeline-list.h"
#include "media/kan-custody.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _KanRecordPage
{
  AdwBin         parent_instance;

  /* Owned */
  KanSession    *session;
  GCancellable  *asking;         /* of the view under way */
  KanRecordView *view;           /* what is shown; NULL: nothing */
  char          *subject;        /* what is to be shown; NULL: nothing */
  gboolean       narrow;
  gboolean       focus_when_shown;
  gboolean       is_new;         /* what comes is opened, not looked at again */

  /* Template children */
  GtkStack          *stack;
  AdwStatusPage     *trouble;
  GtkWidget         *shut;
  GtkLabel          *name, *number;
  GtkWidget         *state;
  GtkWidget         *basis;
  GtkLabel          *basis_label;
  GtkMenuButton     *print;
  GtkScrolledWindow *scroller;
  GtkBox            *content;
};

enum { PROP_NARROW = 1, N_PROPS };
enum { CLOSE, SHOWN, N_SIGNALS };
static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KanRecordPage, kan_record_page, ADW_TYPE_BIN)

static void
close_cb (KanRecordPage *self)
{
  g_signal_emit (self, signals[CLOSE], 0);
}

/* --- showing -------------------------------------------------------------------------------------------------- */

static void
add_part (KanRecordPage *self, GtkWidget *part)
{
  if (part != NULL)
    gtk_box_append (self->content, part);
}

static void
show_head (KanRecordPage *self)
{
  const KanRecordView *view = self->view;
  gboolean named = view->name != NULL && *view->name != '\0';
  g_autofree char *name = kan_visible_text (named ? view->name : view->subject);
  g_autofree char *number = g_strdup_printf ("%s　%s", view->register_title, view->subject);
  GMenuModel *forms = kan_record_forms (view);

  gtk_label_set_text (self->name, name);
  gtk_label_set_text (self->number, number);
  kan_badge_set (self->state, view->state_label, view->state);
  gtk_widget_set_visible (self->basis, view->basis != NULL);
  gtk_label_set_text (self->basis_label, view->basis != NULL ? view->basis : "");
  gtk_widget_set_visible (GTK_WIDGET (self->print), forms != NULL);
  gtk_menu_button_set_menu_model (self->print, forms);
  g_clear_object (&forms);
  kan_describe (GTK_WIDGET (self), name, NULL);
}

static void
show_view (KanRecordPage *self)
{
  const KanRecordView *view = self->view;

  kan_clear_box (self->content);
  show_head (self);
  add_part (self, kan_record_altered (view));
  add_part (self, kan_record_waiting (view));
  add_part (self, kan_record_offers (view));
  add_part (self, kan_custody_new (view->subject, view->stays, kan_session_now (self->session)));
  add_part (self, kan_record_fields (view));
  for (guint i = 0; i < view->groups->len; i++)
    add_part (self, kan_record_group (view, g_ptr_array_index (view->groups, i)));
  add_part (self, kan_record_hands (view->hands));
  if (view->steps->len > 0)
    add_part (self, kan_timeline_list_new (view->steps));
  gtk_stack_set_visible_child_name (self->stack, "record");
}

/* --- asking --------------------------------------------------------------------------------------------------- */

static gpointer
view_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  const KanInquiry *inquiry = data;

  return kan_desk_view_record (kan_worker_get_desk (worker), inquiry->about, inquiry->now, error);
}

static void
show_trouble (KanRecordPage *self, const GError *error)
{
  g_autofree char *words = kan_dialogs_word_error (error);
  g_autofree char *escaped = g_markup_escape_text (words, -1);

  adw_status_page_set_description (self->trouble, escaped);
  gtk_stack_set_visible_child_name (self->stack, "trouble");
}

/* Whether anything was recorded of it since. */
static gboolean
has_happened (const KanRecordView *before, const KanRecordView *now)
{
  return before == NULL || strcmp (before->subject, now->subject) != 0 || before->steps->len != now->steps->len;
}

static void
view_ready_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(KanRecordPage) self = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(KanRecordView) view = kan_session_run_finish (KAN_SESSION (source), result, &error);
  gboolean from_top, had_focus;
  double scrolled;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || g_error_matches (error, KAN_ERROR,
                                                                                    KAN_ERROR_CANCELLED))
    return;
  if (self->subject == NULL || (view != NULL && strcmp (view->subject, self->subject) != 0))
    return;
  if (view == NULL)
    {
      show_trouble (self, error);
      return;
    }
  if (kan_wait_for_release (GTK_WIDGET (self), (void (*) (gpointer)) kan_record_page_refresh))
    return;
  from_top = self->is_new || has_happened (self->view, view);
  had_focus = kan_holds_focus (GTK_WIDGET (self->content));
  scrolled = gtk_adjustment_get_value (gtk_scrolled_window_get_vadjustment (self->scroller));
  kan_clear_box (self->content);      /* before what it borrows is freed */
  kan_record_view_free (self->view);
  self->view = g_steal_pointer (&view);
  show_view (self);
  self->is_new = FALSE;
  if (self->focus_when_shown || (had_focus && from_top))
    kan_record_page_focus (self);
  else if (had_focus)
    gtk_widget_grab_focus (GTK_WIDGET (self->scroller));
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), from_top ? 0 : scrolled);
  g_signal_emit (self, signals[SHOWN], 0, self->view);
}

static void
forget (KanRecordPage *self)
{
  kan_clear_box (self->content);
  g_clear_pointer (&self->view, kan_record_view_free);
  gtk_label_set_text (self->name, "");
  gtk_label_set_text (self->number, "");
  gtk_stack_set_visible_child_name (self->stack, "none");
}

/* --- class ---------------------------------------------------------------------------------------------------- */

static void
kan_record_page_dispose (GObject *object)
{
  KanRecordPage *self = KAN_RECORD_PAGE (object);

  g_cancellable_cancel (self->asking);
  if (self->content != NULL)
    kan_clear_box (self->content);
  adw_bin_set_child (ADW_BIN (self), NULL);      /* before the template forgets it */
  gtk_widget_dispose_template (GTK_WIDGET (self), KAN_TYPE_RECORD_PAGE);
  G_OBJECT_CLASS (kan_record_page_parent_class)->dispose (object);
}

static void
kan_record_page_finalize (GObject *object)
{
  KanRecordPage *self = KAN_RECORD_PAGE (object);

  kan_record_view_free (self->view);
  g_free (self->subject);
  g_clear_object (&self->asking);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (kan_record_page_parent_class)->finalize (object);
}

static void
kan_record_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  KanRecordPage *self = KAN_RECORD_PAGE (object);

  if (id != PROP_NARROW)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  self->narrow = g_value_get_boolean (value);
  gtk_widget_set_visible (self->shut, !self->narrow);
}

static void
kan_record_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_NARROW)
    g_value_set_boolean (value, KAN_RECORD_PAGE (object)->narrow);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static gboolean
escape_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  close_cb (KAN_RECORD_PAGE (widget));
  return TRUE;
}

static void
kan_record_page_class_init (KanRecordPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kan_record_page_dispose;
  object_class->finalize = kan_record_page_finalize;
  object_class->set_property = kan_record_page_set_property;
  object_class->get_property = kan_record_page_get_property;
  props[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[CLOSE] = g_signal_new ("close", KAN_TYPE_RECORD_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 0);
  signals[SHOWN] = g_signal_new ("shown", KAN_TYPE_RECORD_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, G_TYPE_POINTER);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kanribo/Kanribo/ui/kit/kan-record-page.ui");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_REGION);
  gtk_widget_class_bind_template_child (widget_class, KanRecordPage, stack);
  gtk_widget_class_bind_template_child (widget_class, KanRecordPage, trouble);
  gtk_widget_class_bind_template_child (widget_class, KanRecordPage, shut);
  gtk_widget_class_bind_template_child (widget_class, KanRecordPage, name);
  gtk_widget_class_bind_template_child (widget_class, KanRecordPage, number);
  gtk_widget_class_bind_template_child (widget_class, KanRecordPage, state);
  gtk_widget_class_bind_template_child (widget_class, KanRecordPage, basis);
  gtk_widget_class_bind_template_child (widget_class, KanRecordPage, basis_label);
  gtk_widget_class_bind_template_child (widget_class, KanRecordPage, print);
  gtk_widget_class_bind_template_child (widget_class, KanRecordPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, KanRecordPage, content);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
}

static void
kan_record_page_init (KanRecordPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->asking = g_cancellable_new ();
}

/* --- public --------------------------------------------------------------------------------------------------- */

/**
 * kan_record_page_new:
 * @session: an unlocked session
 *
 * Returns: (transfer floating): an empty page
 */
GtkWidget *
kan_record_page_new (KanSession *session)
{
  GtkWidget *self = g_object_new (KAN_TYPE_RECORD_PAGE, NULL);

  kan_record_page_set_session (KAN_RECORD_PAGE (self), session);
  return self;
}

/**
 * kan_record_page_set_session:
 * @self: a page made from a template
 * @session: whose records it shows; once
 */
void
kan_record_page_set_session (KanRecordPage *self, KanSession *session)
{
  g_set_object (&self->session, session);
}

/**
 * kan_record_page_show:
 * @self: a page
 * @subject: (nullable): the record; %NULL wipes what is shown
 */
void
kan_record_page_show (KanRecordPage *self, const char *subject)
{
  G_GNUC_UNUSED g_autofree char *before = self->subject;

  self->subject = g_strdup (subject);
  self->focus_when_shown = FALSE;
  self->is_new = TRUE;
  if (subject == NULL)
    {
      g_cancellable_cancel (self->asking);
      forget (self);
    }
  else
    kan_record_page_refresh (self);
}

/**
 * kan_record_page_get_subject:
 * @self: a page
 *
 * Returns: (transfer none) (nullable): the record it shows, or has asked for
 */
const char *
kan_record_page_get_subject (KanRecordPage *self)
{
  return self->subject;
}

/**
 * kan_record_page_refresh:
 * @self: a page
 *
 * Asks for the record again, e.g. after an act; what is shown stays until it has come. Where nothing has happened to
 * it, it stays as far down as it was read.
 */
void
kan_record_page_refresh (KanRecordPage *self)
{
  if (self->subject == NULL)
    return;
  g_cancellable_cancel (self->asking);
  g_object_unref (self->asking);
  self->asking = g_cancellable_new ();
  kan_session_run (self->session, KAN_JOB_OFFERS, view_job, kan_inquiry_new (self->session, self->subject),
                   (GDestroyNotify) kan_inquiry_free, (GDestroyNotify) kan_record_view_free, self->asking,
                   view_ready_cb, g_object_ref (self));
}

/* A row that begins what would be recorded with a mark is not what one comes for. */
static gboolean
leads_on (GtkWidget *widget)
{
  return GTK_IS_LIST_BOX_ROW (widget) && gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (widget)) &&
         g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), KAN_ACTION_ACT) != 0;
}

/* What can be pressed: folds only tell why something else cannot. */
static GtkWidget *
first_control (GtkWidget *widget)
{
  gboolean presses = GTK_IS_BUTTON (widget) || leads_on (widget);
  GtkWidget *found = NULL;

  if (ADW_IS_EXPANDER_ROW (widget) || !gtk_widget_get_visible (widget) || !gtk_widget_is_sensitive (widget))
    return NULL;
  if (presses && gtk_widget_get_focusable (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = first_control (child);
  return found;
}

/**
 * kan_record_page_focus:
 * @self: a page
 *
 * Puts the keyboard onto the first thing that can be done, at once or when the record has come.
 */
void
kan_record_page_focus (KanRecordPage *self)
{
  gboolean shown = self->view != NULL && g_strcmp0 (self->view->subject, self->subject) == 0;
  GtkWidget *control;

  self->focus_when_shown = !shown;
  if (!shown)
    return;
  control = first_control (GTK_WIDGET (self->content));
  if (control == NULL)
    control = GTK_WIDGET (self->scroller);
  gtk_widget_grab_focus (control);
}
