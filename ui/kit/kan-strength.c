/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How strong a new passphrase is, while it is typed. */
#include "kit/kan-strength.h"

#include "kit/kan-aside-row.h"
#include "kit/kan-pieces.h"
#include "vault/kan-strength.h"

#include <glib/gi18n.h>

/* With nothing to say there is no label: it would have its type for a name. */
static void
say (GtkLabel *label, const char *words)
{
  gtk_label_set_text (label, words);
  gtk_widget_set_visible (GTK_WIDGET (label), *words != '\0');
}

static void
changed_cb (GtkEditable *entry, GtkWidget *row)
{
  GtkWidget *box = gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row));
  GtkWidget *bar = gtk_widget_get_first_child (box), *label = gtk_widget_get_last_child (box);
  const char *typed = gtk_editable_get_text (entry), *login = g_object_get_data (G_OBJECT (row), "kan-login");
  const char *why = kan_strength_judge (typed, login);
  int value = why != NULL ? 0 : kan_strength_score (typed, login);

  gtk_level_bar_set_value (GTK_LEVEL_BAR (bar), *typed == '\0' ? 0 : why != NULL ? 5 : MAX (value, 20));
  say (GTK_LABEL (label), *typed == '\0' ? "" : why != NULL ? why : value >= KAN_STRENGTH_GOOD ? _("Strong")
       : value >= KAN_STRENGTH_FAIR ? _("Good") : _("Just strong enough"));
}

/**
 * kan_strength_new:
 * @entry: the row where the passphrase is typed; must live as long as this
 * @login: (nullable): whose
 *
 * Returns: (transfer floating): a row to stand below it, a bar with words
 */
GtkWidget *
kan_strength_new (GtkEditable *entry, const char *login)
{
  GtkWidget *row = kan_aside_row_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *bar = gtk_level_bar_new_for_interval (0, 100), *label = gtk_label_new (NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Strength of the passphrase"),
                                  -1);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "caption");
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_add_css_class (box, "kan-strength");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  kan_describe (row, _("Strength of the passphrase"), NULL);
  g_object_set_data (G_OBJECT (row), "kan-entry", entry);
  g_signal_connect_object (entry, "changed", G_CALLBACK (changed_cb), row, 0);
  kan_strength_set_login (row, login);
  return row;
}

/**
 * kan_strength_set_login:
 * @row: as made by kan_strength_new()
 * @login: (nullable): whose passphrase it is now
 */
void
kan_strength_set_login (GtkWidget *row, const char *login)
{
  g_object_set_data_full (G_OBJECT (row), "kan-login", g_strdup (login), g_free);
  changed_cb (g_object_get_data (G_OBJECT (row), "kan-entry"), row);
}

/**
 * kan_strength_hush:
 * @row: as made by kan_strength_new()
 *
 * Leaves the words to whoever says the same beside the entry, until more is typed.
 */
void
kan_strength_hush (GtkWidget *row)
{
  GtkWidget *box = gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row));

  say (GTK_LABEL (gtk_widget_get_last_child (box)), "");
}
