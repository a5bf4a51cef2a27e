/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line that says what stands in the way of the line above it: by words and an icon, never by colour alone. */
#include "kit/kan-note-row.h"

struct _KanNoteRow
{
  KanAsideRow     parent_instance;

  /* Template children */
  GtkWidget      *said;
  GtkImage       *icon;
  GtkLabel       *words;
  GtkCheckButton *declare;

  GtkWidget      *about;         /* borrowed: the row above */
  gboolean        is_loading, is_refusal;
};

enum { DECLARED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KanNoteRow, kan_note_row, KAN_TYPE_ASIDE_ROW)

static void
toggled_cb (KanNoteRow *self)
{
  if (!self->is_loading)
    g_signal_emit (self, signals[DECLARED], 0, gtk_check_button_get_active (self->declare));
}

static void
refresh (KanNoteRow *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), gtk_widget_get_visible (self->said)
                          || gtk_widget_get_visible (GTK_WIDGET (self->declare)));
}

static void
kan_note_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), KAN_TYPE_NOTE_ROW);
  G_OBJECT_CLASS (kan_note_row_parent_class)->dispose (object);
}

static void
kan_note_row_class_init (KanNoteRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kan_note_row_dispose;
  signals[DECLARED] = g_signal_new ("declared", KAN_TYPE_NOTE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                    1, G_TYPE_BOOLEAN);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kanribo/Kanribo/ui/kit/kan-note-row.ui");
  gtk_widget_class_bind_template_child (widget_class, KanNoteRow, said);
  gtk_widget_class_bind_template_child (widget_class, KanNoteRow, icon);
  gtk_widget_class_bind_template_child (widget_class, KanNoteRow, words);
  gtk_widget_class_bind_template_child (widget_class, KanNoteRow, declare);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
}

static void
kan_note_row_init (KanNoteRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * kan_note_row_new:
 * @about: the row above it, which outlives it
 *
 * Returns: (transfer floating): an empty note, hidden
 */
GtkWidget *
kan_note_row_new (GtkWidget *about)
{
  KanNoteRow *self = g_object_new (KAN_TYPE_NOTE_ROW, NULL);

  self->about = about;
  return GTK_WIDGET (self);
}

/**
 * kan_note_row_say:
 * @self: a note
 * @words: what stands in the way; "": nothing
 * @is_mark: whether it only breaks a rule, and the act is recorded with a mark
 */
void
kan_note_row_say (KanNoteRow *self, const char *words, gboolean is_mark)
{
  gboolean said = *words != '\0';

  self->is_refusal = said && !is_mark;
  gtk_label_set_text (self->words, words);
  gtk_widget_set_visible (self->said, said);
  gtk_image_set_from_icon_name (self->icon, is_mark ? "dialog-warning-symbolic" : "dialog-error-symbolic");
  gtk_widget_remove_css_class (self->said, is_mark ? "error" : "warning");
  gtk_widget_add_css_class (self->said, is_mark ? "warning" : "error");
  if (self->is_refusal)
    gtk_widget_add_css_class (self->about, "error");
  else
    gtk_widget_remove_css_class (self->about, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->about), GTK_ACCESSIBLE_STATE_INVALID,
                               self->is_refusal ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  if (said)
    gtk_accessible_update_relation (GTK_ACCESSIBLE (self->about), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, self->words,
                                    NULL, -1);
  else
    gtk_accessible_reset_relation (GTK_ACCESSIBLE (self->about), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY);
  refresh (self);
}

/**
 * kan_note_row_offer:
 * @self: a note
 * @offered: whether a number may be declared to be no identity number
 * @declared: whether it is
 */
void
kan_note_row_offer (KanNoteRow *self, gboolean offered, gboolean declared)
{
  self->is_loading = TRUE;
  gtk_check_button_set_active (self->declare, declared);
  gtk_widget_set_visible (GTK_WIDGET (self->declare), offered || declared);
  self->is_loading = FALSE;
  refresh (self);
}

/**
 * kan_note_row_is_refusal:
 * @self: a note
 *
 * Returns: whether it says that something stands in the way
 */
gboolean
kan_note_row_is_refusal (KanNoteRow *self)
{
  return self->is_refusal;
}
