/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is missing or wrong, said on a page where no line of a form says it. */
#include "kit/kan-note.h"

#include "kit/kan-pieces.h"

struct _KanNote
{
  GtkBox    parent_instance;

  GtkLabel *words;       /* borrowed */
};

G_DEFINE_FINAL_TYPE (KanNote, kan_note, GTK_TYPE_BOX)

static void
kan_note_class_init (KanNoteClass *klass)
{
}

static void
kan_note_init (KanNote *self)
{
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", "dialog-error-symbolic", "valign", GTK_ALIGN_START,
                                  "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  self->words = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "hexpand", TRUE, "wrap", TRUE, "wrap-mode",
                              PANGO_WRAP_WORD_CHAR, NULL);
  gtk_box_set_spacing (GTK_BOX (self), 8);
  gtk_box_append (GTK_BOX (self), icon);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->words));
  gtk_widget_add_css_class (GTK_WIDGET (self), "error");
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * kan_note_new:
 *
 * Returns: (transfer floating): a note that says nothing, hidden
 */
KanNote *
kan_note_new (void)
{
  return g_object_new (KAN_TYPE_NOTE, NULL);
}

/**
 * kan_note_say:
 * @self: a note
 * @words: what is missing or wrong, brought into sight; "": nothing
 */
void
kan_note_say (KanNote *self, const char *words)
{
  gtk_label_set_text (self->words, words);
  gtk_widget_set_visible (GTK_WIDGET (self), *words != '\0');
  if (*words != '\0')
    kan_bring_into_sight (GTK_WIDGET (self));
}
