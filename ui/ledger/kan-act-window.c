/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One act of the chain. The view comes from the database thread in one piece; corrected answers stand with the former
 * value struck through. */
#include "ledger/kan-act-window.h"

#include "kit/kan-actions.h"
#include "kit/kan-dialogs.h"
#include "kit/kan-pieces.h"
#include "kit/kan-record-parts.h"

#include <glib/gi18n.h>

enum { MARGIN = 18, WIDTH = 560, HEIGHT = 560 };

typedef struct { GtkWidget *window; GtkBox *content; } Page;      /* borrowed, but the window while it is asked */

/* --- lines ---------------------------------------------------------------------------------------------------- */

static void
add_line (GtkWidget *list, const char *label, const char *struck, const char *value)
{
  GtkWidget *line = kan_line_new_corrected (label, struck, value);

  if (line != NULL)
    gtk_list_box_append (GTK_LIST_BOX (list), line);
}

static GtkWidget *
signed_by (const KanActView *view)
{
  const KanViewStep *step = view->step;
  GtkWidget *list, *group = kan_boxed_list_new (_("Signature"), &list);

  add_line (list, _("Signed by"), NULL, step->who);
  add_line (list, _("When"), NULL, step->when);
  add_line (list, _("Happened at"), NULL, step->happened);
  add_line (list, _("Signed with the key"), NULL, step->fingerprint);
  add_line (list, _("Recorded with a mark"), NULL, step->marks);
  add_line (list, _("Legal basis"), NULL, view->basis);
  return group;
}

static GtkWidget *
signed_what (const KanActView *view)
{
  GtkWidget *list, *group = kan_boxed_list_new (_("What Was Signed"), &list);

  for (guint i = 0; i < view->step->lines->len; i++)
    {
      const KanReviewLine *line = g_ptr_array_index (view->step->lines, i);

      add_line (list, line->label, line->struck, line->shown);
    }
  return group;
}

/* The record lies in the window below, where this one makes room for it. */
static void
open_cb (GtkWidget *row, GtkWindow *window)
{
  g_autoptr(GtkWindow) parent = g_object_ref (gtk_window_get_transient_for (window));
  g_autofree char *subject = g_strdup (g_object_get_data (G_OBJECT (row), "kan-subject"));

  gtk_window_destroy (window);
  gtk_widget_activate_action (GTK_WIDGET (parent), KAN_ACTION_RECORD, "s", subject);
}

static GtkWidget *
record_link (const KanActView *view, GtkWidget *window)
{
  g_autofree char *joined = view->name != NULL ? g_strdup_printf ("%s　%s", view->subject, view->name)
    : g_strdup (view->subject);
  g_autofree char *visible = kan_visible_text (joined);
  GtkWidget *list, *group = kan_boxed_list_new (NULL, &list), *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), visible);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("Open the record"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), g_object_new (GTK_TYPE_IMAGE, "icon-name", "go-next-symbolic",
                                                                "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                                                NULL));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  kan_describe (row, visible, _("Open the record"));
  g_object_set_data_full (G_OBJECT (row), "kan-subject", g_strdup (view->subject), g_free);
  g_signal_connect (row, "activated", G_CALLBACK (open_cb), window);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  return group;
}

static GtkWidget *
heading (const KanViewStep *step)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *title = gtk_label_new (step->title);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_widget_add_css_class (title, "title-3");
  gtk_box_append (GTK_BOX (box), title);
  if (step->voided)
    gtk_box_append (GTK_BOX (box), kan_badge_new (_("Voided"), "void"));
  return box;
}

/* --- asking --------------------------------------------------------------------------------------------------- */

static void
show_view (Page *page, const KanActView *view)
{
  GtkWidget *link = record_link (view, page->window);

  gtk_box_append (page->content, heading (view->step));
  gtk_box_append (page->content, link);
  gtk_box_append (page->content, signed_by (view));
  if (view->step->lines->len > 0)
    gtk_box_append (page->content, signed_what (view));
  if (view->hands->len > 0)
    gtk_box_append (page->content, kan_record_hands (view->hands));
  gtk_widget_child_focus (link, GTK_DIR_TAB_FORWARD);
}

static gpointer
view_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  return kan_desk_view_act (kan_worker_get_desk (worker), *(gint64 *) data, error);
}

static void
view_ready_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Page *page = user_data;
  g_autoptr(GtkWidget) window = page->window;
  g_autoptr(GError) error = NULL;
  g_autoptr(KanActView) view = kan_session_run_finish (KAN_SESSION (source), result, &error);

  if (gtk_window_get_transient_for (GTK_WINDOW (window)) == NULL)      /* closed meanwhile */
    return;
  if (view != NULL)
    show_view (page, view);
  else
    kan_dialogs_tell_error (window, _("The act could not be read"), error);
}

/* --- window --------------------------------------------------------------------------------------------------- */

static GtkWidget *
make_scroller (GtkBox *content)
{
  GtkWidget *scroller = gtk_scrolled_window_new (), *clamp = adw_clamp_new ();

  adw_clamp_set_child (ADW_CLAMP (clamp), GTK_WIDGET (content));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_widget_set_vexpand (scroller, TRUE);
  return scroller;
}

/**
 * kan_act_window_new:
 * @session: an unlocked session
 * @parent: above which window
 * @seq: the act's number
 *
 * Returns: (transfer floating): a window that shows the act once it was read
 */
GtkWidget *
kan_act_window_new (KanSession *session, GtkWindow *parent, gint64 seq)
{
  GtkWidget *window = adw_window_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, MARGIN);
  g_autofree char *title = g_strdup_printf (_("Entry No. %u"), (guint) seq);
  Page *page = g_new0 (Page, 1);

  gtk_window_set_title (GTK_WINDOW (window), title);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  kan_close_on_escape (window);
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH, HEIGHT);
  gtk_widget_set_margin_top (content, MARGIN);
  gtk_widget_set_margin_bottom (content, MARGIN);
  gtk_widget_set_margin_start (content, MARGIN);
  gtk_widget_set_margin_end (content, MARGIN);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), make_scroller (GTK_BOX (content)));
  adw_window_set_content (ADW_WINDOW (window), box);
  page->window = g_object_ref (window);
  page->content = GTK_BOX (content);
  g_signal_connect_object (session, "locked", G_CALLBACK (gtk_window_destroy), window, G_CONNECT_SWAPPED);
  kan_session_run (session, KAN_JOB_PAGE, view_job, g_memdup2 (&seq, sizeof seq), g_free,
                   (GDestroyNotify) kan_act_view_free, NULL, view_ready_cb, page);
  return window;
}
