/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What will be signed, word for word, before it is signed: lines by page, what the program answered marked as such, and
 * the reasons that only now turn out to be wanted. */
#include "kit/kan-review-page.h"

#include "kit/kan-dialogs.h"
#include "kit/kan-form.h"
#include "kit/kan-pieces.h"

#include <glib/gi18n.h>
#include <string.h>

#define LABEL_CHARS 18

struct _KanReviewPage
{
  GtkBox               parent_instance;

  /* Template children */
  AdwPreferencesGroup *refused, *marked;
  GtkBox              *extra, *lines;

  /* Borrowed */
  KanForm             *reason, *clock;      /* why it deviates; that the clock is right */

  GPtrArray           *said;                /* owned: GtkWidget * (borrowed), rows of both groups */
  KanSheet            *sheet;               /* borrowed */
};

enum { EDITED, GO_TO, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KanReviewPage, kan_review_page, GTK_TYPE_BOX)

/* Asked only where the review wants them; labels are put in by class init. */
static KanQuestion reason_question = { .key = (char *) "deviation_reason", .type = KAN_LINES, .must = TRUE };
static KanQuestion clock_question = { .key = (char *) "clock", .type = KAN_CHOICE, .must = TRUE };
static KanViewChoice clock_choices[] = { { .value = (char *) "behind" }, { .value = (char *) "ahead" } };

/* --- lines ------------------------------------------------------------------------------------------------------- */

static GtkWidget *
new_label (const char *text, gboolean dim)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_yalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_WORD);
  gtk_widget_set_valign (label, GTK_ALIGN_BASELINE);      /* the two of a line may be of either script */
  if (dim)
    gtk_widget_add_css_class (label, "dim-label");
  return label;
}

static GtkWidget *
new_line (const KanReviewLine *line, GtkSizeGroup *labels)
{
  GtkWidget *row = adw_preferences_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *shown = kan_visible_text (line->shown);
  g_autofree char *spoken = g_strdup_printf (_("%s: %s"), line->label, shown);
  GtkWidget *label = new_label (line->label, TRUE), *value = new_label (shown, FALSE);

  gtk_label_set_width_chars (GTK_LABEL (label), LABEL_CHARS);
  gtk_label_set_max_width_chars (GTK_LABEL (label), LABEL_CHARS);
  gtk_size_group_add_widget (labels, label);
  gtk_widget_set_hexpand (value, TRUE);
  gtk_label_set_selectable (GTK_LABEL (value), TRUE);
  gtk_widget_set_can_focus (value, FALSE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), value);
  if (line->filled)
    {
      GtkWidget *badge = gtk_label_new (_("Automatic"));

      gtk_widget_add_css_class (badge, "kan-badge");
      gtk_widget_set_valign (badge, GTK_ALIGN_BASELINE);      /* else its word leaves it for the line's baseline */
      gtk_widget_set_tooltip_text (badge, _("Answered by the program; it is signed like the rest"));
      gtk_box_append (GTK_BOX (box), badge);
    }
  gtk_widget_add_css_class (box, "kan-review-line");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  return row;
}

/**
 * kan_review_lines_fill:
 * @box: what it held is replaced
 * @lines: (element-type KanReviewLine): as they will be signed
 */
void
kan_review_lines_fill (GtkBox *box, const GPtrArray *lines)
{
  g_autoptr(GtkSizeGroup) labels = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  AdwPreferencesGroup *group = NULL;
  const char *page = NULL;

  kan_clear_box (box);
  for (guint i = 0; i < lines->len; i++)
    {
      const KanReviewLine *line = g_ptr_array_index (lines, i);

      if (group == NULL || g_strcmp0 (line->page, page) != 0)
        {
          /* what it is about comes first and speaks for itself */
          const char *words = line->page != NULL ? line->page : i > 0 ? _("Besides") : "";
          g_autofree char *title = g_markup_escape_text (words, -1);

          page = line->page;
          group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
          adw_preferences_group_set_title (group, title);
          gtk_box_append (box, GTK_WIDGET (group));
        }
      adw_preferences_group_add (group, new_line (line, labels));
    }
}

/* --- refusals and marks ------------------------------------------------------------------------------------------ */

static void
activated_cb (AdwActionRow *row, gpointer user_data)
{
  g_signal_emit (user_data, signals[GO_TO], 0, g_object_get_data (G_OBJECT (row), "kan-key"));
}

static void
say (KanReviewPage *self, AdwPreferencesGroup *group, const KanRefusal *refusal)
{
  const char *label = kan_review_page_get_label (self, refusal->key);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name (refusal->is_mark ? "dialog-warning-symbolic"
                                                  : "dialog-error-symbolic");

  gtk_widget_add_css_class (icon, refusal->is_mark ? "warning" : "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), refusal->why);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  if (label != NULL)
    {
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), label);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-previous-symbolic"));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_object_set_data_full (G_OBJECT (row), "kan-key", g_strdup (refusal->key), g_free);
      g_signal_connect (row, "activated", G_CALLBACK (activated_cb), self);
    }
  adw_preferences_group_add (group, row);
  g_ptr_array_add (self->said, row);
}

static void
clear_said (KanReviewPage *self)
{
  for (guint i = 0; i < self->said->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->said, i);
      GtkWidget *group = gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP);

      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (group), row);
    }
  g_ptr_array_set_size (self->said, 0);
}

static gboolean
says (const KanReview *review, const char *key)
{
  for (guint i = 0; i < review->refusals->len; i++)
    if (g_strcmp0 (((KanRefusal *) g_ptr_array_index (review->refusals, i))->key, key) == 0)
      return TRUE;
  return FALSE;
}

static void
edited_cb (KanReviewPage *self, const char *key)
{
  g_signal_emit (self, signals[EDITED], 0, key);
}

static KanForm *
add_extra (KanReviewPage *self, KanSession *session, KanAnswers *answers, const KanQuestion *question)
{
  GtkWidget *form = kan_form_new (session, self->sheet, 0, 0, answers);

  kan_form_add_question (KAN_FORM (form), question);
  gtk_widget_set_visible (form, FALSE);
  g_signal_connect_object (form, "edited", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->extra, form);
  return KAN_FORM (form);
}

/* --- class ------------------------------------------------------------------------------------------------------- */

static gboolean
kan_review_page_grab_focus (GtkWidget *widget)
{
  KanReviewPage *self = KAN_REVIEW_PAGE (widget);

  return gtk_widget_get_visible (GTK_WIDGET (self->reason)) && gtk_widget_grab_focus (GTK_WIDGET (self->reason));
}

static void
kan_review_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), KAN_TYPE_REVIEW_PAGE);
  G_OBJECT_CLASS (kan_review_page_parent_class)->dispose (object);
}

static void
kan_review_page_finalize (GObject *object)
{
  g_ptr_array_unref (KAN_REVIEW_PAGE (object)->said);
  G_OBJECT_CLASS (kan_review_page_parent_class)->finalize (object);
}

static void
kan_review_page_class_init (KanReviewPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kan_review_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = kan_review_page_finalize;
  widget_class->grab_focus = kan_review_page_grab_focus;
  signals[EDITED] = g_signal_new ("edited", KAN_TYPE_REVIEW_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                  1, G_TYPE_STRING);
  signals[GO_TO] = g_signal_new ("go-to", KAN_TYPE_REVIEW_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 G_TYPE_STRING);
  reason_question.label = g_strdup (_("Reason for the deviation"));
  clock_question.label = g_strdup (_("Clock of this computer"));
  clock_choices[0].label = g_strdup (_("Right, though it lies before the last entry"));
  clock_choices[1].label = g_strdup (_("Right, more than 31 days after the last entry"));
  clock_question.choices = g_ptr_array_new ();
  for (guint i = 0; i < G_N_ELEMENTS (clock_choices); i++)
    g_ptr_array_add (clock_question.choices, &clock_choices[i]);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kanribo/Kanribo/ui/kit/kan-review-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KanReviewPage, refused);
  gtk_widget_class_bind_template_child (widget_class, KanReviewPage, marked);
  gtk_widget_class_bind_template_child (widget_class, KanReviewPage, extra);
  gtk_widget_class_bind_template_child (widget_class, KanReviewPage, lines);
}

static void
kan_review_page_init (KanReviewPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->said = g_ptr_array_new ();
}

/**
 * kan_review_page_new:
 * @session: the open file
 * @sheet: the act; must outlive the page
 * @answers: what was typed; must outlive the page
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
kan_review_page_new (KanSession *session, KanSheet *sheet, KanAnswers *answers)
{
  KanReviewPage *self = g_object_new (KAN_TYPE_REVIEW_PAGE, NULL);

  self->sheet = sheet;
  self->reason = add_extra (self, session, answers, &reason_question);
  self->clock = add_extra (self, session, answers, &clock_question);
  return GTK_WIDGET (self);
}

/**
 * kan_review_page_show:
 * @self: a page
 * @review: what will be signed
 * @only_touched: whether reasons that nobody has tried to give yet are not complained about
 */
void
kan_review_page_show (KanReviewPage *self, const KanReview *review, gboolean only_touched)
{
  guint n_marks = 0, n_refused = 0;
  gboolean clock = says (review, "clock") || gtk_widget_get_visible (GTK_WIDGET (self->clock));

  clear_said (self);
  for (guint i = 0; i < review->refusals->len; i++)
    {
      const KanRefusal *refusal = g_ptr_array_index (review->refusals, i);

      if (kan_review_page_has (self, refusal->key))
        continue;
      say (self, refusal->is_mark ? self->marked : self->refused, refusal);
      if (refusal->is_mark)
        n_marks++;
      else
        n_refused++;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->refused), n_refused > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->marked), n_marks > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->reason), n_marks > 0 || says (review, "deviation_reason"));
  gtk_widget_set_visible (GTK_WIDGET (self->clock), clock);
  gtk_widget_set_visible (GTK_WIDGET (self->extra), clock || gtk_widget_get_visible (GTK_WIDGET (self->reason)));
  kan_form_show_refusals (self->reason, review->refusals, only_touched);
  kan_form_show_refusals (self->clock, review->refusals, only_touched);
  kan_review_lines_fill (self->lines, review->lines);
}

/**
 * kan_review_page_has:
 * @self: a page
 * @key: (nullable): how a refusal names an answer
 *
 * Returns: whether that answer is given here
 */
gboolean
kan_review_page_has (KanReviewPage *self, const char *key)
{
  return kan_form_has (self->reason, key) || kan_form_has (self->clock, key);
}

/**
 * kan_review_page_get_label:
 * @self: a page
 * @path: (nullable): how a refusal names an answer
 *
 * Returns: (transfer none) (nullable): what that question is called
 */
const char *
kan_review_page_get_label (KanReviewPage *self, const char *path)
{
  gsize size = path != NULL ? strcspn (path, "[") : 0;

  for (guint i = 0; path != NULL && i < self->sheet->questions->len; i++)
    {
      const KanQuestion *question = g_ptr_array_index (self->sheet->questions, i);

      if (strlen (question->key) == size && strncmp (question->key, path, size) == 0)
        return question->label;
    }
  return NULL;
}
