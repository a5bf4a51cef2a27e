/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Strength of passphrases. Any copy of the file lets a colleague attack every slot without being seen (FILE.md), so a
 * weak one is not taken. */
#include "kit/kan-strength.h"

#include <glib/gi18n.h>
#include <pwquality.h>
#include <string.h>

/* Where Debian's cracklib-runtime puts its words. */
#define DICTIONARY "/var/cache/cracklib/cracklib_dict.pwd"

enum { LENGTH_MIN = 12, SCORE_FAIR = 35, SCORE_GOOD = 70 };

/* 0 to 100; 0: not to be taken. The dictionary is the distribution's and may not be installed. */
static int
score (const char *passphrase, const char *login)
{
  pwquality_settings_t *settings = pwquality_default_settings ();
  int result;

  if (settings == NULL)
    return SCORE_FAIR;
  (void) pwquality_set_int_value (settings, PWQ_SETTING_MIN_LENGTH, LENGTH_MIN);
  /* cracklib says on the standard error at each key that it has no words */
  if (!g_file_test (DICTIONARY, G_FILE_TEST_EXISTS))
    (void) pwquality_set_int_value (settings, PWQ_SETTING_DICT_CHECK, 0);
  result = pwquality_check (settings, passphrase, NULL, login, NULL);
  if (result == PWQ_ERROR_CRACKLIB_CHECK)
    {
      (void) pwquality_set_int_value (settings, PWQ_SETTING_DICT_CHECK, 0);
      result = MIN (pwquality_check (settings, passphrase, NULL, login, NULL), SCORE_FAIR);
    }
  pwquality_free_settings (settings);
  return MAX (result, 0);
}

/**
 * kan_strength_judge:
 * @passphrase: a new one
 * @login: (nullable): whose
 *
 * Returns: (transfer none) (nullable): why it is not taken; %NULL where it is
 */
const char *
kan_strength_judge (const char *passphrase, const char *login)
{
  if (g_utf8_strlen (passphrase, -1) < LENGTH_MIN)
    return _("At least 12 characters: several words that do not belong together are best.");
  if (login != NULL && *login != '\0' && strstr (passphrase, login) != NULL)
    return _("The user name may not be part of it.");
  if (score (passphrase, login) == 0)
    return _("Too easily guessed: use several words that do not belong together.");
  return NULL;
}

static void
changed_cb (GtkEditable *entry, GtkWidget *box)
{
  GtkWidget *bar = gtk_widget_get_first_child (box), *label = gtk_widget_get_last_child (box);
  const char *typed = gtk_editable_get_text (entry), *login = g_object_get_data (G_OBJECT (box), "kan-login");
  const char *why = kan_strength_judge (typed, login);
  int value = why != NULL ? 0 : score (typed, login);

  gtk_level_bar_set_value (GTK_LEVEL_BAR (bar), *typed == '\0' ? 0 : why != NULL ? 5 : MAX (value, 20));
  gtk_label_set_text (GTK_LABEL (label), *typed == '\0' ? "" : why != NULL ? why
                      : value >= SCORE_GOOD ? _("Strong") : value >= SCORE_FAIR ? _("Good") : _("Just strong enough"));
}

/**
 * kan_strength_new:
 * @entry: where the passphrase is typed; must live as long as this
 * @login: (nullable): whose
 *
 * Returns: (transfer floating): a bar with words below
 */
GtkWidget *
kan_strength_new (GtkEditable *entry, const char *login)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4), *bar = gtk_level_bar_new_for_interval (0, 100);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Strength of the passphrase"),
                                  -1);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "caption");
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), label);
  g_object_set_data_full (G_OBJECT (box), "kan-login", g_strdup (login), g_free);
  g_signal_connect_object (entry, "changed", G_CALLBACK (changed_cb), box, 0);
  changed_cb (entry, box);
  return box;
}
