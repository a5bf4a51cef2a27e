/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happened to a record (経過), newest first. An act's particulars are made when it is opened, and long histories
 * are shown in portions. */
#include "kit/kan-timeline-list.h"

#include "kit/kan-dialogs.h"
#include "kit/kan-pieces.h"

#include <glib/gi18n-lib.h>

#define PORTION 30

struct _KanTimelineList
{
  AdwBin     parent_instance;

  GPtrArray *steps;        /* KanViewStep, borrowed */
  GtkWidget *list, *more;  /* children */
  guint      n_shown;
};

G_DEFINE_FINAL_TYPE (KanTimelineList, kan_timeline_list, ADW_TYPE_BIN)

static void
add_line (GtkWidget *row, const char *label, const char *value)
{
  GtkWidget *line = kan_line_new_corrected (label, NULL, value);

  if (line != NULL)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (row), line);
}

/* What was signed, and with which key. */
static void
expanded_cb (GtkWidget *row, G_GNUC_UNUSED GParamSpec *pspec, const KanViewStep *step)
{
  if (!adw_expander_row_get_expanded (ADW_EXPANDER_ROW (row)) || g_object_get_data (G_OBJECT (row), "kan-filled"))
    return;
  g_object_set_data (G_OBJECT (row), "kan-filled", GINT_TO_POINTER (TRUE));
  add_line (row, _("Happened at"), step->happened);
  add_line (row, _("Recorded with a mark"), step->marks);
  if (step->after != NULL && g_strcmp0 (step->before, step->after) != 0)
    {
      g_autofree char *change = step->before == NULL ? g_strdup (step->after)
        : g_strdup_printf ("%s → %s", step->before, step->after);

      add_line (row, step->about != NULL ? step->about : _("State"), change);
    }
  for (guint i = 0; step->lines != NULL && i < step->lines->len; i++)
    {
      const KanReviewLine *line = g_ptr_array_index (step->lines, i);
      GtkWidget *shown = kan_line_new_corrected (line->label, line->struck, line->shown);

      if (shown != NULL)
        adw_expander_row_add_row (ADW_EXPANDER_ROW (row), shown);
    }
  add_line (row, _("Signed with the key"), step->fingerprint);
}

static void
add_mark (GtkWidget *row, const char *label, const char *id)
{
  adw_expander_row_add_action (ADW_EXPANDER_ROW (row), kan_badge_new (label, id));
}

static GtkWidget *
step_row (const KanViewStep *step)
{
  GtkWidget *row = adw_expander_row_new ();
  g_autofree char *joined = g_strdup_printf ("%s　%s%s%s", step->when, step->who != NULL ? step->who : "",
                                             step->about != NULL ? "　" : "", step->about != NULL ? step->about : "");
  g_autofree char *line = kan_visible_text (joined);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), step->title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), line);
  if (step->voided)
    add_mark (row, _("Voided"), "void");
  if (step->marks != NULL)
    add_mark (row, _("Deviation"), "missing");
  if (step->happened != NULL)
    add_mark (row, _("Late entry"), NULL);
  if (step->named != NULL)
    add_mark (row, step->named, NULL);
  if (step->voided)
    gtk_widget_add_css_class (row, "voided");
  kan_describe (row, step->title, line);
  g_signal_connect (row, "notify::expanded", G_CALLBACK (expanded_cb), (gpointer) step);
  return row;
}

static void
show_more (KanTimelineList *self)
{
  guint until = MIN (self->n_shown + PORTION, self->steps->len);

  for (; self->n_shown < until; self->n_shown++)
    gtk_list_box_append (GTK_LIST_BOX (self->list), step_row (g_ptr_array_index (self->steps, self->steps->len - 1 -
                                                                                 self->n_shown)));
  gtk_widget_set_visible (self->more, self->n_shown < self->steps->len);
}

static void
kan_timeline_list_class_init (G_GNUC_UNUSED KanTimelineListClass *klass)
{
}

static void
kan_timeline_list_init (G_GNUC_UNUSED KanTimelineList *self)
{
}

/**
 * kan_timeline_list_new:
 * @steps: (element-type KanViewStep): what happened, newest last; borrowed, must outlive the list
 *
 * Returns: (transfer floating): the acts, newest first
 */
GtkWidget *
kan_timeline_list_new (GPtrArray *steps)
{
  KanTimelineList *self = g_object_new (KAN_TYPE_TIMELINE_LIST, NULL);
  GtkWidget *group = kan_boxed_list_new (_("Timeline"), &self->list);

  self->steps = steps;
  self->more = gtk_button_new_with_mnemonic (_("Show _Earlier Acts"));
  gtk_widget_set_halign (self->more, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (self->more, 6);
  gtk_box_append (GTK_BOX (group), self->more);
  g_signal_connect_swapped (self->more, "clicked", G_CALLBACK (show_more), self);
  adw_bin_set_child (ADW_BIN (self), group);
  show_more (self);
  return GTK_WIDGET (self);
}
