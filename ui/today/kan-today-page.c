/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Today. Every line opens its record or begins the act that is wanted. */
#include "today/kan-today-page.h"

#include "kit/kan-actions.h"
#include "kit/kan-dialogs.h"
#include "kit/kan-pieces.h"
#include "today/kan-strip.h"
#include "values/kan-wareki.h"

#include <glib/gi18n.h>
#include <string.h>

enum { ROWS_MAX = 6 };

struct _KanTodayPage
{
  GtkWidget     parent_instance;

  KanSession   *session;        /* owned */
  GCancellable *asking;         /* owned */
  gboolean      focus_when_shown;

  /* template children */
  GtkWidget    *scroller;
  GtkLabel     *day_label;
  GtkBox       *mine_box, *rest_box;
  KanStrip     *strip;
  GtkStack     *strip_stack;
  GtkToggleButton *table_toggle;
  GtkListBox   *table;
};

enum { COUNTED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KanTodayPage, kan_today_page, GTK_TYPE_WIDGET)

typedef struct { KanTodayView *view; GPtrArray *drafts; } Answer;

static void
answer_free (Answer *self)
{
  g_clear_pointer (&self->view, kan_today_view_free);
  g_clear_pointer (&self->drafts, g_ptr_array_unref);
  g_free (self);
}

/* --- rows ----------------------------------------------------------------------------------------------------- */

static GtkWidget *
make_row (const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *seen = kan_visible_text (title), *below = kan_visible_text (subtitle);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), seen);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), below);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  return row;
}

static void
open_on_click (GtkWidget *row, const char *action, const char *target)
{
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), action);
  gtk_accessible_update_state (GTK_ACCESSIBLE (arrow), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
}

static void
add_offer (GtkWidget *row, const KanViewDue *due)
{
  GtkWidget *button = gtk_button_new_with_label (due->offer_title);
  g_autofree char *name = g_strdup_printf ("%s %s", due->subject, due->offer_title);

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)", due->offer,
                                    due->offer_subject != NULL ? due->offer_subject : "");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), KAN_ACTION_ACT);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

/* How many days are left, in words and colour. */
static void
add_days_left (GtkWidget *row, const KanViewDue *due)
{
  g_autofree char *text = NULL;
  GtkWidget *label;

  gboolean is_deadline = due->kind != KAN_DUE_WAITING && due->kind != KAN_DUE_INSPECTION &&
                         due->kind != KAN_DUE_ASKED_BACK && due->kind != KAN_DUE_VACANT;

  if (due->days_left == G_MAXINT || (!is_deadline && due->days_left >= 0))
    return;
  if (!is_deadline)
    text = g_strdup_printf (ngettext ("since %d day", "since %d days", (gulong) -due->days_left), -due->days_left);
  else if (due->days_left < 0)
    text = g_strdup_printf (ngettext ("%d day overdue", "%d days overdue", (gulong) -due->days_left), -due->days_left);
  else if (due->days_left == 0)
    text = g_strdup (_("today"));
  else
    text = g_strdup_printf (ngettext ("in %d day", "in %d days", (gulong) due->days_left), due->days_left);
  label = gtk_label_new (text);
  gtk_widget_set_margin_end (label, 6);     /* apart from the button, which is not about the days */
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_widget_add_css_class (label, !is_deadline ? "dim-label" : due->days_left < 0 ? "error"
                            : due->days_left <= 7 ? "warning" : "dim-label");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
}

static GtkWidget *
due_row (const KanViewDue *due, gboolean with_kind)
{
  g_autofree char *title = g_strdup_printf ("%s　%s", due->subject, due->name != NULL ? due->name : "");
  g_autoptr(GString) below = g_string_new (with_kind ? due->kind_label : NULL);
  GtkWidget *row;

  for (guint i = 0; i < 2; i++)
    {
      const char *part = i == 0 ? due->day : due->detail;

      if (part != NULL && *part != '\0')
        g_string_append_printf (below, "%s%s", below->len > 0 ? "　" : "", part);
    }
  row = make_row (title, below->str);
  add_days_left (row, due);
  if (due->mine && due->offer != NULL)
    add_offer (row, due);
  if (due->kind == KAN_DUE_WAITING && due->mine)
    open_on_click (row, KAN_ACTION_PLACE, "approvals");
  else
    open_on_click (row, KAN_ACTION_RECORD, due->subject);
  return row;
}

static GtkWidget *
add_group (GtkBox *box, const char *title, const char *description)
{
  GtkWidget *group = adw_preferences_group_new ();
  g_autofree char *escaped = g_markup_escape_text (title, -1);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), escaped);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  gtk_box_append (box, group);
  return group;
}

/* --- groups --------------------------------------------------------------------------------------------------- */

static void
add_drafts (KanTodayPage *self, GtkWidget *group, GPtrArray *drafts)
{
  for (guint i = 0; drafts != NULL && i < drafts->len; i++)
    {
      const KanViewDraft *draft = g_ptr_array_index (drafts, i);
      g_autofree char *title = g_strdup_printf ("%s　%s", draft->title, draft->subject != NULL ? draft->subject : "");
      g_autofree char *below = g_strdup_printf (_("Draft, saved %s"), draft->saved);
      GtkWidget *row = make_row (title, below), *button = gtk_button_new_with_mnemonic (_("_Continue"));

      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", draft->id);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), KAN_ACTION_DRAFT);
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }
}

static void
warn_of_clock (GtkBox *box, const char *warning)
{
  GtkWidget *label = gtk_label_new (warning);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "warning");
  gtk_box_append (box, label);
}

/* Below what is wanting, and told to whoever hears the row. */
static void
add_reason (GtkWidget *row, const KanViewTask *task)
{
  g_autofree char *detail = kan_visible_text (task->detail), *reason = kan_visible_text (task->reason);
  g_autofree char *below = g_strdup_printf ("%s\n%s", detail, reason);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), below);
  kan_describe (row, task->title, below);
}

/* What a new office does first, and what one lacks that lost it: until it is there. */
static void
add_lacking (KanTodayPage *self, GPtrArray *tasks)
{
  GtkWidget *group = tasks->len == 0 ? NULL
                     : add_group (self->mine_box, _("What the Office Still Lacks"), _("Best done in this order."));

  for (guint i = 0; i < tasks->len; i++)
    {
      const KanViewTask *task = g_ptr_array_index (tasks, i);
      GtkWidget *row = make_row (task->title, task->detail), *button;

      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
      if (task->place != NULL)
        open_on_click (row, KAN_ACTION_PLACE, task->place);
      if (task->reason != NULL)
        add_reason (row, task);
      if (task->kind == NULL)
        continue;
      button = gtk_button_new_with_mnemonic (_("_Begin…"));
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)", task->kind, "");
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), KAN_ACTION_ACT);
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, task->title, -1);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
    }
}

static void
show_mine (KanTodayPage *self, const Answer *answer)
{
  guint n = answer->drafts != NULL ? answer->drafts->len : 0;
  GtkWidget *group;

  kan_clear_box (self->mine_box);
  if (answer->view->clock != NULL)
    warn_of_clock (self->mine_box, answer->view->clock);
  for (guint i = 0; i < answer->view->due->len; i++)
    n += ((KanViewDue *) g_ptr_array_index (answer->view->due, i))->mine;
  add_lacking (self, answer->view->lacking);
  if (n == 0 && answer->view->lacking->len > 0)
    return;
  group = add_group (self->mine_box, _("What Waits for You"), NULL);
  if (n == 0)
    {
      GtkWidget *row = make_row (_("Nothing waits for you today."), NULL);
      GtkWidget *tick = gtk_image_new_from_icon_name ("emblem-ok-symbolic");

      gtk_accessible_update_state (GTK_ACCESSIBLE (tick), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), tick);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
      return;
    }
  for (guint i = 0; i < answer->view->due->len; i++)
    {
      const KanViewDue *due = g_ptr_array_index (answer->view->due, i);

      if (due->mine)
        adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), due_row (due, TRUE));
    }
  add_drafts (self, group, answer->drafts);
}

static void
add_more (GtkWidget *group, guint n, const KanViewDue *due)
{
  g_autofree char *title = g_strdup_printf (ngettext ("%u more", "%u more", n), n);
  GtkWidget *row = make_row (title, NULL);
  const char *place = kan_due_kind_register (due->kind), *list = kan_due_kind_list (due->kind);

  if (place == NULL)
    open_on_click (row, KAN_ACTION_PLACE, "approvals");
  else
    {
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "(ss)", place, list != NULL ? list : "");
      gtk_actionable_set_action_name (GTK_ACTIONABLE (row), KAN_ACTION_LIST);
    }
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

static void
show_rest (KanTodayPage *self, const KanTodayView *view)
{
  GtkWidget *group = NULL;
  guint in_group = 0;

  kan_clear_box (self->rest_box);
  for (guint i = 0; i < view->due->len; i++)
    {
      const KanViewDue *due = g_ptr_array_index (view->due, i);
      const KanViewDue *before = i > 0 ? g_ptr_array_index (view->due, i - 1) : NULL;
      const KanViewDue *next = i + 1 < view->due->len ? g_ptr_array_index (view->due, i + 1) : NULL;

      if (before == NULL || before->kind != due->kind)
        {
          group = add_group (self->rest_box, due->kind_label, NULL);
          in_group = 0;
        }
      if (in_group++ < ROWS_MAX)
        adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), due_row (due, FALSE));
      if (in_group > ROWS_MAX && (next == NULL || next->kind != due->kind))
        add_more (group, in_group - ROWS_MAX, due);
    }
}

static void
show_table (KanTodayPage *self, const KanTodayView *view)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->table))) != NULL)
    gtk_list_box_remove (self->table, row);
  for (guint i = 0; i < view->marks->len; i++)
    {
      const KanViewMark *mark = g_ptr_array_index (view->marks, i);

      gtk_list_box_append (self->table, make_row (mark->label, NULL));
    }
}

static void
show_day (KanTodayPage *self, gint32 today)
{
  static const char *const weekdays[] = { N_("Sunday"), N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"),
                                          N_("Friday"), N_("Saturday") };
  g_autofree char *day = kan_view_by_era () ? kan_wareki_format (today) : kan_day_format (today);
  /* Translators: a day, and the day of the week */
  g_autofree char *text = g_strdup_printf (_("%s, %s"), day, _(weekdays[kan_day_weekday (today)]));

  gtk_label_set_text (self->day_label, text);
}

/* --- focus ---------------------------------------------------------------------------------------------------- */

/* What needs me, else what is due at all, else whatever can take it. */
static void
focus_first (KanTodayPage *self)
{
  if (!gtk_widget_child_focus (GTK_WIDGET (self->mine_box), GTK_DIR_TAB_FORWARD) &&
      !gtk_widget_child_focus (GTK_WIDGET (self->rest_box), GTK_DIR_TAB_FORWARD))
    gtk_widget_grab_focus (GTK_WIDGET (self->table_toggle));
}

/**
 * kan_today_page_focus:
 * @self: a page
 *
 * Puts the keyboard onto the first thing that needs whoever sits here, at once or when it has come.
 */
void
kan_today_page_focus (KanTodayPage *self)
{
  self->focus_when_shown = gtk_widget_get_first_child (GTK_WIDGET (self->mine_box)) == NULL;
  if (!self->focus_when_shown)
    focus_first (self);
}

/* --- asking --------------------------------------------------------------------------------------------------- */

/* Rows are made anew; a keyboard that was among them stays there. */
static void
show_answer (KanTodayPage *self, const Answer *answer)
{
  gboolean focused = kan_holds_focus (GTK_WIDGET (self->mine_box)) || kan_holds_focus (GTK_WIDGET (self->rest_box));

  show_day (self, answer->view->today);
  show_mine (self, answer);
  kan_strip_set_marks (self->strip, answer->view->first, answer->view->today, answer->view->marks);
  show_table (self, answer->view);
  show_rest (self, answer->view);
  if (focused || self->focus_when_shown)
    focus_first (self);
  self->focus_when_shown = FALSE;
}

static gpointer
today_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  KanDesk *desk = kan_worker_get_desk (worker);
  g_autofree gint64 *now = g_memdup2 (data, sizeof *now);
  Answer *answer = g_new0 (Answer, 1);

  answer->view = kan_desk_view_today (desk, *now, error);
  if (answer->view != NULL && !kan_desk_is_provisional (desk))
    answer->drafts = kan_desk_list_drafts (desk, NULL);
  if (answer->view != NULL)
    return answer;
  answer_free (answer);
  return NULL;
}

static void ask (KanTodayPage *self);

static void
answer_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(KanTodayPage) self = user_data;
  g_autoptr(GError) error = NULL;
  Answer *answer = kan_session_run_finish (KAN_SESSION (source), result, &error);

  if (answer == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        kan_dialogs_tell_error (GTK_WIDGET (self), _("Today could not be read"), error);
      return;
    }
  if (self->session != NULL && !kan_wait_for_release (GTK_WIDGET (self), (void (*) (gpointer)) ask))
    {
      show_answer (self, answer);
      g_signal_emit (self, signals[COUNTED], 0, answer->view);
    }
  answer_free (answer);
}

static void
ask (KanTodayPage *self)
{
  gint64 now = kan_session_now (self->session);

  g_cancellable_cancel (self->asking);
  g_set_object (&self->asking, NULL);
  self->asking = g_cancellable_new ();
  kan_session_run (self->session, KAN_JOB_PAGE, today_job, g_memdup2 (&now, sizeof now), g_free,
                   (GDestroyNotify) answer_free, self->asking, answer_cb, g_object_ref (self));
}

static void
toggled_cb (KanTodayPage *self)
{
  gtk_stack_set_visible_child_name (self->strip_stack,
                                    gtk_toggle_button_get_active (self->table_toggle) ? "table" : "picture");
}

static void
kan_today_page_dispose (GObject *object)
{
  KanTodayPage *self = KAN_TODAY_PAGE (object);

  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  gtk_widget_dispose_template (GTK_WIDGET (self), KAN_TYPE_TODAY_PAGE);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (kan_today_page_parent_class)->dispose (object);
}

static void
kan_today_page_class_init (KanTodayPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kan_today_page_dispose;
  g_type_ensure (KAN_TYPE_STRIP);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kanribo/Kanribo/ui/today/kan-today-page.ui");
#define BIND(name) gtk_widget_class_bind_template_child (widget_class, KanTodayPage, name)
  BIND (scroller);
  BIND (day_label);
  BIND (mine_box);
  BIND (rest_box);
  BIND (strip);
  BIND (strip_stack);
  BIND (table_toggle);
  BIND (table);
#undef BIND
  signals[COUNTED] = g_signal_new ("counted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
kan_today_page_init (KanTodayPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->table_toggle, "toggled", G_CALLBACK (toggled_cb), self);
}

/**
 * kan_today_page_new:
 * @session: an unlocked session
 *
 * Returns: (transfer floating): the page, which asks by itself and again after every change
 */
GtkWidget *
kan_today_page_new (KanSession *session)
{
  KanTodayPage *self = g_object_new (KAN_TYPE_TODAY_PAGE, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_swapped (session, "changed", G_CALLBACK (ask), self);
  ask (self);
  return GTK_WIDGET (self);
}
