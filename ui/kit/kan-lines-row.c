/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Free text of several lines; Tab leaves it, as it leaves any other row. */
#include "desk/kan-profile-words.h"
#include "kit/kan-question-row.h"

#include <glib/gi18n.h>

struct _KanLinesRow
{
  AdwPreferencesRow parent_instance;

  /* Template children */
  GtkBox      *head;
  GtkLabel    *title;
  GtkTextView *view;

  gboolean     is_ready, is_loading;
};

static void kan_lines_row_question_init (KanQuestionRowInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KanLinesRow, kan_lines_row, ADW_TYPE_PREFERENCES_ROW,
                               G_IMPLEMENT_INTERFACE (KAN_TYPE_QUESTION_ROW, kan_lines_row_question_init))

static void
changed_cb (KanLinesRow *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  g_autofree char *text = NULL;

  if (self->is_loading)
    return;
  g_object_get (buffer, "text", &text, NULL);
  kan_question_row_put (KAN_QUESTION_ROW (self), text);
}

/* What a document says in short; NULL: it is not one that the program knows. */
static char *
summary_of (KanQuestionRow *row)
{
  const char *json = kan_question_row_get (row);
  g_autoptr(KanProfile) profile = NULL;
  g_autoptr(GPtrArray) lines = NULL;
  g_autoptr(GString) words = g_string_new (NULL);

  if (kan_question_row_get_slot (row)->question->type == KAN_DOCUMENT && *json != '\0')
    profile = kan_profile_new_from_json (json, -1, NULL);
  if (profile == NULL)
    return NULL;
  lines = kan_profile_summarize (profile);
  for (guint i = 0; i < lines->len; i++)
    {
      const KanProfileLine *line = g_ptr_array_index (lines, i);

      /* Translators: what a line is about, what it says */
      g_string_append_printf (words, _("%s: %s"), line->label, line->text);
      g_string_append (words, i + 1 < lines->len ? "\n" : "");
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
lines_row_load (KanQuestionRow *row)
{
  KanLinesRow *self = KAN_LINES_ROW (row);
  g_autofree char *summary = summary_of (row);

  if (!self->is_ready)
    {
      self->is_ready = TRUE;
      gtk_box_append (self->head, kan_question_badge_new (row));
    }
  self->is_loading = TRUE;
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->view),
                            summary != NULL ? summary : kan_question_row_get (row), -1);
  self->is_loading = FALSE;
  gtk_text_view_set_editable (self->view, summary == NULL);
  gtk_text_view_set_cursor_visible (self->view, summary == NULL);
}

/* The program never answers with free text. */
static void
lines_row_filled (KanQuestionRow *row, const char *shown)
{
  gtk_widget_set_tooltip_text (GTK_WIDGET (row), shown);
}

static void
kan_lines_row_question_init (KanQuestionRowInterface *iface)
{
  iface->load = lines_row_load;
  iface->filled = lines_row_filled;
}

static void
kan_lines_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), KAN_TYPE_LINES_ROW);
  G_OBJECT_CLASS (kan_lines_row_parent_class)->dispose (object);
}

static void
kan_lines_row_class_init (KanLinesRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kan_lines_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kanribo/Kanribo/ui/kit/kan-lines-row.ui");
  gtk_widget_class_bind_template_child (widget_class, KanLinesRow, head);
  gtk_widget_class_bind_template_child (widget_class, KanLinesRow, title);
  gtk_widget_class_bind_template_child (widget_class, KanLinesRow, view);
}

static void
kan_lines_row_init (KanLinesRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_object_bind_property (self, "title", self->title, "label", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self, "use-underline", self->title, "use-underline", G_BINDING_SYNC_CREATE);
  g_signal_connect_swapped (gtk_text_view_get_buffer (self->view), "changed", G_CALLBACK (changed_cb), self);
}
