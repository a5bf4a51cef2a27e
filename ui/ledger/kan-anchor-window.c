/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The anchor (FILE.md, "Acts"): what paper remembers of the chain. */
#include "ledger/kan-anchor-window.h"

#include "kit/kan-dialogs.h"
#include "kit/kan-pieces.h"
#include "ledger/kan-verdict-window.h"

#include <glib/gi18n.h>

static gpointer
anchor_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  return kan_desk_dup_anchor (kan_worker_get_desk (worker), error);
}

static void
anchor_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GtkLabel) label = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *anchor = kan_session_run_finish (KAN_SESSION (source), result, &error);

  if (anchor != NULL)
    gtk_label_set_text (label, anchor);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    kan_dialogs_tell_error (GTK_WIDGET (label), _("The anchor could not be read"), error);
}

static void
compare_cb (GtkWidget *button, GtkEditable *entry)
{
  KanSession *session = g_object_get_data (G_OBJECT (entry), "kan-session");
  const char *typed = gtk_editable_get_text (entry);
  gint64 seq = 0;
  guint8 bits[20];

  if (!kan_anchor_parse (typed, &seq, bits))
    {
      gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
      gtk_accessible_update_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE,
                                   -1);
      gtk_widget_grab_focus (GTK_WIDGET (entry));
      return;
    }
  gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
  gtk_accessible_reset_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID);
  kan_verdict_begin (session, button, typed, FALSE);
}

static GtkWidget *
compare_group (KanSession *session)
{
  GtkWidget *group = adw_preferences_group_new (), *entry = adw_entry_row_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Compare"));

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("From Paper"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
    _("Type the anchor at the foot of a certificate, slip or report, to see that the chain is still the same."));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), _("Anchor on the paper"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (entry), button);
  g_object_set_data_full (G_OBJECT (entry), "kan-session", g_object_ref (session), g_object_unref);
  g_signal_connect (button, "clicked", G_CALLBACK (compare_cb), entry);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), entry);
  return group;
}

/**
 * kan_anchor_window_new:
 * @session: an unlocked session
 * @parent: above which window
 *
 * Returns: (transfer floating): a window with the present anchor, and a place to type one from paper
 */
GtkWidget *
kan_anchor_window_new (KanSession *session, GtkWindow *parent)
{
  GtkWidget *window = adw_window_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *inner = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24), *label = gtk_label_new (NULL);
  GtkWidget *group = adw_preferences_group_new ();

  gtk_window_set_title (GTK_WINDOW (window), _("Anchor"));
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  kan_close_on_escape (window);
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_default_size (GTK_WINDOW (window), 560, -1);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("Now"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
    _("It stands for every entry up to the last one. Whoever keeps it on paper can tell whether anything was "
      "changed."));
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "monospace");
  gtk_widget_add_css_class (label, "card");
  gtk_widget_add_css_class (label, "kan-anchor");
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, _("Anchor"), -1);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), label);
  gtk_box_append (GTK_BOX (inner), group);
  gtk_box_append (GTK_BOX (inner), compare_group (session));
  gtk_widget_set_margin_top (inner, 12);
  gtk_widget_set_margin_bottom (inner, 24);
  gtk_widget_set_margin_start (inner, 24);
  gtk_widget_set_margin_end (inner, 24);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), inner);
  adw_window_set_content (ADW_WINDOW (window), box);
  g_signal_connect_object (session, "locked", G_CALLBACK (gtk_window_destroy), window, G_CONNECT_SWAPPED);
  kan_session_run (session, KAN_JOB_PAGE, anchor_job, NULL, NULL, g_free, NULL, anchor_cb, g_object_ref (label));
  return window;
}
