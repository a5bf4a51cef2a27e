/* SPDX-License-Identifier: GPL-3.0-or-later */
/* After founding: what comes first in a new office, each a button that begins it in the window behind. */
#include "founding/kan-founding-private.h"

#include "kit/kan-actions.h"

#include <glib/gi18n.h>

static const struct { const char *title, *text, *verb, *kind, *place; } tasks[] = {
  { N_("Register people"), N_("Everybody who decides or handles media, by staff number"), N_("_Register"),
    "person.register", NULL },
  { N_("Appoint to offices"), N_("Whoever holds an office decides by its role; a deputy too"), N_("_Appoint"),
    "appointment.make", NULL },
  { N_("Issue keys"), N_("On a person's page: a one-time passphrase, which they turn into their own"), N_("_Open"),
    NULL, "person" },
  { N_("Enter rules"), N_("The procedures that the regulation asks for, with the day of their review"), N_("_Enter"),
    "rule.enter", NULL },
  { N_("Establish places"), N_("Where media are kept, with their security level"), N_("_Establish"), "place.establish",
    NULL },
};

static void
begin_cb (GtkWidget *button, gpointer user_data)
{
  KanFoundingWindow *self = user_data;
  guint i = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "kan-task"));
  g_autoptr(GtkWidget) parent = NULL;

  g_set_object (&parent, (GtkWidget *) gtk_window_get_transient_for (GTK_WINDOW (self)));
  gtk_window_destroy (GTK_WINDOW (self));
  if (parent != NULL && tasks[i].kind != NULL)
    gtk_widget_activate_action (parent, KAN_ACTION_ACT, "(ss)", tasks[i].kind, "");
  else if (parent != NULL)
    gtk_widget_activate_action (parent, KAN_ACTION_PLACE, "s", tasks[i].place);
}

static GtkWidget *
task_row_new (KanFoundingWindow *self, guint i)
{
  GtkWidget *row = adw_action_row_new (), *button = gtk_button_new_with_mnemonic (_(tasks[i].verb));
  g_autofree char *number = g_strdup_printf ("%u", i + 1);
  GtkWidget *circle = gtk_label_new (number);

  g_object_set (row, "title", _(tasks[i].title), "subtitle", _(tasks[i].text), "subtitle-lines", 0, NULL);
  gtk_widget_add_css_class (circle, "kan-step-number");
  gtk_widget_set_valign (circle, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _(tasks[i].title), -1);
  g_object_set_data (G_OBJECT (button), "kan-task", GUINT_TO_POINTER (i));
  g_signal_connect (button, "clicked", G_CALLBACK (begin_cb), self);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), circle);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  return row;
}

/**
 * kan_founding_end_new:
 * @self: a window whose file was founded
 *
 * Returns: (transfer floating): what comes first now
 */
GtkWidget *
kan_founding_end_new (KanFoundingWindow *self)
{
  GtkWidget *group = adw_preferences_group_new (), *clamp = adw_clamp_new (), *scroller = gtk_scrolled_window_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("The file is founded. What comes first"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
                                         _("In this order, today or later: all of it is also found in the window."));
  for (guint i = 0; i < G_N_ELEMENTS (tasks); i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), task_row_new (self, i));
  gtk_widget_add_css_class (clamp, "kan-wizard-page");
  adw_clamp_set_child (ADW_CLAMP (clamp), group);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  return scroller;
}
