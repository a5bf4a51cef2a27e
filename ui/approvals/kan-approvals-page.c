/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Approvals: what waits for me, with one button for all of it, and what waits for others. */
#include "approvals/kan-approvals-page.h"

#include "approvals/kan-approval-wizard.h"
#include "kit/kan-actions.h"
#include "kit/kan-dialogs.h"
#include "kit/kan-pieces.h"

#include <glib/gi18n.h>

struct _KanApprovalsPage
{
  GtkWidget     parent_instance;

  KanSession   *session;        /* owned */
  GCancellable *asking;         /* owned */
  GPtrArray    *mine;           /* owned: subjects (char *) */

  /* template children */
  GtkStack     *stack;
  GtkBox       *box;
};

G_DEFINE_FINAL_TYPE (KanApprovalsPage, kan_approvals_page, GTK_TYPE_WIDGET)

/* --- the wizard ----------------------------------------------------------------------------------------------- */

static void
decide (KanApprovalsPage *self, GPtrArray *subjects)
{
  GtkWindow *parent = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));

  gtk_window_present (GTK_WINDOW (kan_approval_wizard_new (self->session, parent, subjects)));
}

/* One after another, signed together. */
static void
all_cb (KanApprovalsPage *self)
{
  decide (self, self->mine);
}

static void
one_cb (GtkWidget *button, KanApprovalsPage *self)
{
  g_autoptr(GPtrArray) subjects = g_ptr_array_new ();

  g_ptr_array_add (subjects, g_object_get_data (G_OBJECT (button), "kan-subject"));
  decide (self, subjects);
}

/* --- rows ----------------------------------------------------------------------------------------------------- */

static char *
join_labels (GPtrArray *labels)
{
  g_autoptr(GString) out = g_string_new (NULL);

  for (guint i = 0; i < labels->len; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? _(", ") : "", (char *) g_ptr_array_index (labels, i));
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static GtkWidget *
pending_row (KanApprovalsPage *self, const KanViewPending *pending)
{
  GtkWidget *row = adw_action_row_new (), *button;
  g_autofree char *title = g_strdup_printf ("%s　%s　%s", pending->subject, pending->title,
                                            pending->name != NULL ? pending->name : "");
  g_autofree char *seen = kan_visible_text (title), *whom = join_labels (pending->waiting_for);
  g_autofree char *below = g_strdup_printf (_("%s, %s. Waits for %s."), pending->requester, pending->since, whom);
  g_autofree char *all = g_strjoin ("\n", below, pending->overdue, NULL);
  g_autofree char *markup = g_markup_escape_text (all, -1);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), seen);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), markup);
  if (pending->mine)
    {
      g_autofree char *name = g_strdup_printf (_("Decide on %s"), pending->subject);

      button = gtk_button_new_with_mnemonic (_("_Decide…"));
      g_object_set_data_full (G_OBJECT (button), "kan-subject", g_strdup (pending->subject), g_free);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      g_signal_connect (button, "clicked", G_CALLBACK (one_cb), self);
    }
  else
    {
      g_autofree char *name = g_strdup_printf (_("Open %s"), pending->subject);

      button = gtk_button_new_from_icon_name ("go-next-symbolic");
      gtk_widget_add_css_class (button, "flat");
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", pending->subject);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), KAN_ACTION_RECORD);
    }
  gtk_widget_set_tooltip_text (button, pending->reason);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  return row;
}

static void
add_group (KanApprovalsPage *self, GPtrArray *pending, gboolean mine, const char *title)
{
  GtkWidget *group = adw_preferences_group_new ();
  guint n = 0;

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  for (guint i = 0; i < pending->len; i++)
    {
      const KanViewPending *one = g_ptr_array_index (pending, i);

      if (one->mine == mine)
        {
          adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), pending_row (self, one));
          n++;
        }
    }
  if (mine && n > 1)
    {
      g_autofree char *label = g_strdup_printf (_("Decide on All %u…"), n);
      GtkWidget *button = gtk_button_new_with_label (label);

      gtk_widget_add_css_class (button, "suggested-action");
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      g_signal_connect_swapped (button, "clicked", G_CALLBACK (all_cb), self);
      adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group), button);
    }
  if (n > 0)
    gtk_box_append (self->box, group);
  else
    g_object_unref (g_object_ref_sink (group));
}

static void
show_pending (KanApprovalsPage *self, GPtrArray *pending)
{
  kan_clear_box (self->box);
  g_ptr_array_set_size (self->mine, 0);
  for (guint i = 0; i < pending->len; i++)
    if (((KanViewPending *) g_ptr_array_index (pending, i))->mine)
      g_ptr_array_add (self->mine, g_strdup (((KanViewPending *) g_ptr_array_index (pending, i))->subject));
  add_group (self, pending, TRUE, _("Waits for You"));
  add_group (self, pending, FALSE, _("Waits for Others"));
  gtk_stack_set_visible_child_name (self->stack, pending->len > 0 ? "list" : "empty");
}

/* --- asking --------------------------------------------------------------------------------------------------- */

static gpointer
pending_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  return kan_desk_view_pending (kan_worker_get_desk (worker), *(gint64 *) data, error);
}

static void ask (KanApprovalsPage *self);

static void
pending_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(KanApprovalsPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) pending = kan_session_run_finish (KAN_SESSION (source), result, &error);

  if (pending != NULL && self->session != NULL &&
      !kan_wait_for_release (GTK_WIDGET (self), (void (*) (gpointer)) ask))
    show_pending (self, pending);
  else if (pending == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    kan_dialogs_tell_error (GTK_WIDGET (self), _("What waits could not be read"), error);
}

static void
ask (KanApprovalsPage *self)
{
  gint64 now = kan_session_now (self->session);

  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  self->asking = g_cancellable_new ();
  kan_session_run (self->session, KAN_JOB_PAGE, pending_job, g_memdup2 (&now, sizeof now), g_free,
                   (GDestroyNotify) g_ptr_array_unref, self->asking, pending_cb, g_object_ref (self));
}

static void
kan_approvals_page_dispose (GObject *object)
{
  KanApprovalsPage *self = KAN_APPROVALS_PAGE (object);

  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  gtk_widget_dispose_template (GTK_WIDGET (self), KAN_TYPE_APPROVALS_PAGE);
  g_clear_object (&self->session);
  g_clear_pointer (&self->mine, g_ptr_array_unref);
  G_OBJECT_CLASS (kan_approvals_page_parent_class)->dispose (object);
}

static void
kan_approvals_page_class_init (KanApprovalsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kan_approvals_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
    "/io/github/kanribo/Kanribo/ui/approvals/kan-approvals-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KanApprovalsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, KanApprovalsPage, box);
}

static void
kan_approvals_page_init (KanApprovalsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->mine = g_ptr_array_new_with_free_func (g_free);
}

/**
 * kan_approvals_page_new:
 * @session: an unlocked session
 *
 * Returns: (transfer floating): the page, which asks by itself and again after every change
 */
GtkWidget *
kan_approvals_page_new (KanSession *session)
{
  KanApprovalsPage *self = g_object_new (KAN_TYPE_APPROVALS_PAGE, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_swapped (session, "changed", G_CALLBACK (ask), self);
  ask (self);
  return GTK_WIDGET (self);
}
