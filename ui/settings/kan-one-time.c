/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page after a key was issued. The passphrase is on no other page and in no file: it can be read aloud, copied or
 * printed from here, and is wiped with the page, in the clipboard too. */
#include "settings/kan-one-time.h"

#include "forms/kan-form-one-time.h"
#include "kit/kan-dialogs.h"
#include "kit/kan-pieces.h"
#include "preview/kan-print.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * kan_one_time_draw:
 *
 * Returns: (transfer full): sixteen digits and letters that cannot be mistaken for each other, in fours
 */
KanSecret *
kan_one_time_draw (void)
{
  static const char symbols[] = "23456789abcdefghjkmnpqrstuvwxyz";
  KanSecret *secret = kan_secret_new (19);
  guint8 *text = kan_secret_get_bytes (secret);
  guint n = 0;

  for (guint i = 0; i < 16; i++)
    {
      if (i > 0 && i % 4 == 0)
        text[n++] = '-';
      text[n++] = (guint8) symbols[kan_random_below (sizeof symbols - 1)];
    }
  return secret;
}

/**
 * kan_one_time_new:
 * @name: whose
 * @login: their user name
 * @passphrase: copied
 *
 * Returns: (transfer full): what is told to them
 */
KanOneTime *
kan_one_time_new (const char *name, const char *login, const KanSecret *passphrase)
{
  KanOneTime *self = g_new0 (KanOneTime, 1);
  gsize size = kan_secret_get_size (passphrase);

  self->name = g_strdup (name);
  self->login = g_strdup (login);
  self->passphrase = kan_secret_new (size);
  memcpy (kan_secret_get_bytes (self->passphrase), kan_secret_peek_bytes (passphrase), size);
  return self;
}

/**
 * kan_one_time_free:
 * @self: (nullable): what was told
 */
void
kan_one_time_free (KanOneTime *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->login);
  kan_secret_free (self->passphrase);
  g_free (self);
}

static char *
dup_text (const KanOneTime *self)
{
  return g_strndup ((const char *) kan_secret_peek_bytes (self->passphrase), kan_secret_get_size (self->passphrase));
}

/* What was copied, for as long as the page is shown. */
typedef struct { GdkClipboard *clipboard; GdkContentProvider *content; } Copied;

/* What somebody copied after it stays. */
static void
copied_free (Copied *self)
{
  if (gdk_clipboard_get_content (self->clipboard) == self->content)
    gdk_clipboard_set_content (self->clipboard, NULL);
  g_object_unref (self->content);
  g_object_unref (self->clipboard);
  g_free (self);
}

static void
copy_cb (GtkWidget *button, const KanOneTime *self)
{
  g_autofree char *text = dup_text (self);
  Copied *copied = g_new0 (Copied, 1);

  copied->clipboard = g_object_ref (gtk_widget_get_clipboard (button));
  gdk_clipboard_set_text (copied->clipboard, text);
  copied->content = g_object_ref (gdk_clipboard_get_content (copied->clipboard));
  g_object_set_data_full (G_OBJECT (button), "kan-copied", copied, (GDestroyNotify) copied_free);
  gtk_button_set_label (GTK_BUTTON (button), _("Copied"));
}

static void
print_cb (GtkWidget *button, const KanOneTime *self)
{
  g_autofree char *text = dup_text (self);
  g_autoptr(KanPaper) paper = kan_form_one_time_new (self->name, self->login, text);
  g_autoptr(GtkPrintOperation) operation = kan_print_operation_new (paper, G_OBJECT (button));
  g_autoptr(GError) error = NULL;

  if (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                               GTK_WINDOW (gtk_widget_get_root (button)), &error) == GTK_PRINT_OPERATION_RESULT_ERROR)
    kan_dialogs_tell_error (button, _("Could Not Print"), error);
}

static GtkWidget *
label_new (const char *words, const char *style)
{
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
secret_label_new (const KanOneTime *self)
{
  g_autofree char *text = dup_text (self);
  GtkWidget *label = label_new (text, "title-1");

  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "monospace");
  gtk_widget_add_css_class (label, "card");
  gtk_widget_add_css_class (label, "kan-anchor");
  kan_describe (label, NULL, _("One-time passphrase"));
  return label;
}

static GtkWidget *
buttons_new (KanOneTime *self)
{
  static const struct { const char *label, *style; GCallback callback; } buttons[] = {
    { N_("_Copy"), "pill", G_CALLBACK (copy_cb) },
    { N_("_Print…"), "pill", G_CALLBACK (print_cb) },
  };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *done = gtk_button_new_with_mnemonic (_("_Done"));

  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    {
      GtkWidget *button = gtk_button_new_with_mnemonic (_(buttons[i].label));

      gtk_widget_add_css_class (button, buttons[i].style);
      g_signal_connect (button, "clicked", buttons[i].callback, self);
      gtk_box_append (GTK_BOX (box), button);
    }
  gtk_widget_add_css_class (done, "pill");
  gtk_widget_add_css_class (done, "suggested-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (done), "window.close");
  gtk_box_append (GTK_BOX (box), done);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  return box;
}

/**
 * kan_one_time_page_new:
 * @self: (transfer full): what is told; wiped with the page
 *
 * Returns: (transfer floating): the page, which closes its window
 */
GtkWidget *
kan_one_time_page_new (KanOneTime *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);
  g_autofree char *seen = kan_visible_text (self->name);
  /* Translators: a person's name and their user name */
  g_autofree char *whose = g_strdup_printf (_("%s (user name %s)"), seen, self->login);

  g_object_set_data_full (G_OBJECT (box), "kan-one-time", self, (GDestroyNotify) kan_one_time_free);
  gtk_box_append (GTK_BOX (box), label_new (_("Tell this to the person now"), "title-3"));
  gtk_box_append (GTK_BOX (box), label_new (whose, "heading"));
  gtk_box_append (GTK_BOX (box), secret_label_new (self));
  gtk_box_append (GTK_BOX (box), label_new (_("It is not shown again, and what was copied is forgotten with this page. "
                                              "With it the person opens the file for reading, and sets a passphrase "
                                              "of their own."), "dim-label"));
  gtk_box_append (GTK_BOX (box), buttons_new (self));
  return box;
}
