/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Our own preview of a paper. The database thread lays it out; it is drawn here, on a printer and into a PDF by the
 * same function, by one thread at a time. */
#include "preview/kan-preview.h"

#include "forms/kan-forms.h"
#include "kit/kan-dialogs.h"
#include "kit/kan-picker.h"
#include "kit/kan-pieces.h"
#include "preview/kan-print.h"
#include "preview/kan-sheet-view.h"
#include "registers/kan-registers.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define ZOOM_STEP  1.25
#define ZOOM_LEAST 0.3
#define ZOOM_MOST  3.0

struct _KanPreview
{
  AdwWindow       parent_instance;

  /* Owned */
  KanSession     *session;
  GCancellable   *asking;
  char           *form, *record;      /* record NULL: a register, or all at hand; several with commas between */
  KanPaper       *paper;              /* NULL until it was laid out */
  gpointer        awaiting;           /* borrowed: what is being laid out; NULL: nothing */
  GCancellable   *writing;            /* of the PDF */
  guint           page_shown;
  gboolean        was_shown;          /* a paper, at least once */
  gboolean        is_writing;         /* a PDF, in another thread: nothing is drawn from the paper meanwhile */

  /* Template children */
  AdwWindowTitle *heading;
  GtkWidget      *print, *save, *blank;
  GtkWidget      *place_box;
  GtkLabel       *chosen;             /* how many media get a sticker */
  GtkSpinButton  *place;              /* of the first sticker on its sheet, from 1 */
  GtkWidget      *missing;
  GtkLabel       *missing_label;
  GtkStack       *stack;
  GtkSpinner     *spinner;
  AdwStatusPage  *trouble;
  KanSheetView   *sheet;
  GtkScrolledWindow *scroller;
  GtkToggleButton *whole, *wide;
  GtkLabel       *page;
};

G_DEFINE_FINAL_TYPE (KanPreview, kan_preview, ADW_TYPE_WINDOW)

/* --- showing -------------------------------------------------------------------------------------------------- */

static void
settle_buttons (KanPreview *self)
{
  gboolean there = self->paper != NULL && !self->is_writing;
  guint n = self->paper != NULL ? kan_paper_n_pages (self->paper) : 0;
  g_autofree char *words = n > 0 ? g_strdup_printf (_("%u/%u"), self->page_shown + 1, n) : g_strdup ("");
  static const char *const zooms[] = { "preview.smaller", "preview.larger", "preview.whole", "preview.wide" };

  gtk_widget_set_sensitive (self->print, there);
  gtk_widget_set_sensitive (self->save, there);
  gtk_widget_set_sensitive (self->blank, !self->is_writing);
  gtk_widget_set_sensitive (self->place_box, !self->is_writing);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "preview.previous", there && self->page_shown > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "preview.next", there && self->page_shown + 1 < n);
  for (guint i = 0; i < G_N_ELEMENTS (zooms); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), zooms[i], there);
  gtk_widget_set_sensitive (GTK_WIDGET (self->whole), there);
  gtk_widget_set_sensitive (GTK_WIDGET (self->wide), there);
  gtk_label_set_text (self->page, words);
}

static void
show_missing (KanPreview *self)
{
  const char *const *missing = kan_paper_get_missing (self->paper);
  g_autofree char *all = g_strjoinv ("、", (char **) missing);
  g_autofree char *words = g_strdup_printf (_("No font here has these characters: %s. Fill them in by hand."), all);

  gtk_label_set_text (self->missing_label, words);
  gtk_widget_set_visible (self->missing, missing[0] != NULL);
}

static void
drop_paper (KanPreview *self)
{
  kan_sheet_view_set_paper (self->sheet, NULL);
  g_clear_pointer (&self->paper, kan_paper_free);
}

static void
take_paper (KanPreview *self, KanPaper *paper)
{
  gboolean is_first = !self->was_shown;

  drop_paper (self);
  self->was_shown = TRUE;
  self->paper = paper;
  self->page_shown = 0;
  kan_sheet_view_set_paper (self->sheet, paper);
  adw_window_title_set_title (self->heading, kan_paper_get_title (paper));
  gtk_window_set_title (GTK_WINDOW (self), kan_paper_get_title (paper));
  show_missing (self);
  gtk_spinner_stop (self->spinner);
  gtk_stack_set_visible_child_name (self->stack, "paper");
  settle_buttons (self);
  if (is_first ||
      (!kan_holds_focus (GTK_WIDGET (self->stack)) && gtk_root_get_focus (GTK_ROOT (self)) != self->blank &&
       !kan_holds_focus (self->place_box)))
    gtk_widget_grab_focus (GTK_WIDGET (self->sheet));
}

/* --- laying out ----------------------------------------------------------------------------------------------- */

typedef struct { char *form, *record; gboolean blank; guint n_used; gint64 now; KanTask *task; } Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->form);
  g_free (job->record);
  g_free (job);
}

static KanPaper *
lay_out (KanDesk *desk, const Job *job, GError **error)
{
  KanBook *book = kan_desk_get_book (desk);
  g_autofree char *anchor = kan_desk_dup_anchor (desk, error);
  const KanRegister *reg = job->record == NULL && !kan_forms_is_of_many (job->form)
    ? kan_book_find_register (book, job->form) : NULL;

  if (anchor == NULL)
    return NULL;
  if (reg != NULL && !kan_desk_verify_once (desk, job->now, kan_task_progress, job->task, error))
    return NULL;
  if (reg != NULL)
    return kan_forms_make_register (book, reg, NULL, 0, anchor, kan_task_progress, job->task, error);
  if (kan_forms_is_of_many (job->form))
    return kan_forms_make_labels (book, job->record, job->n_used, anchor, error);
  return kan_forms_make (book, job->form, job->record, anchor, error);
}

static gpointer
paper_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  const Job *job = data;
  KanDesk *desk = kan_worker_get_desk (worker);

  if (job->blank)
    return kan_forms_make_blank (job->form, error);
  if (desk != NULL)
    return lay_out (desk, job, error);
  g_set_error_literal (error, KAN_ERROR, KAN_ERROR_CANCELLED, _("the file is closed"));
  return NULL;
}

/* Who waits for a paper, and what tells how far it is. */
typedef struct { KanPreview *self; KanTask *task; } Awaiting;

static void
paper_ready_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Awaiting *awaiting = data;
  g_autoptr(KanPreview) self = awaiting->self;
  g_autoptr(GError) error = NULL;
  KanPaper *paper = kan_session_run_finish (KAN_SESSION (source), result, &error);
  g_autofree char *words = NULL, *escaped = NULL;
  gboolean overtaken = self->awaiting != awaiting;

  kan_task_end (awaiting->task);
  if (overtaken)
    {
      kan_paper_free (paper);
      return;
    }
  self->awaiting = NULL;
  if (paper != NULL)
    {
      take_paper (self, paper);
      return;
    }
  words = kan_dialogs_word_error (error);
  escaped = g_markup_escape_text (words, -1);
  adw_status_page_set_description (self->trouble, escaped);
  gtk_spinner_stop (self->spinner);
  gtk_stack_set_visible_child_name (self->stack, "trouble");
  settle_buttons (self);
}

static void
show_chosen (KanPreview *self)
{
  g_auto(GStrv) media = g_strsplit (self->record != NULL ? self->record : "", ",", -1);
  guint n = g_strv_length (media);
  g_autofree char *words = g_strdup_printf (ngettext ("%u medium", "%u media", n), n);

  gtk_label_set_text (self->chosen, n > 0 ? words : _("All at hand"));
}

static void
ask (KanPreview *self)
{
  Job *job = g_new0 (Job, 1);
  Awaiting *awaiting = g_new0 (Awaiting, 1);

  g_cancellable_cancel (self->asking);
  g_object_unref (self->asking);
  self->asking = g_cancellable_new ();
  job->form = g_strdup (self->form);
  job->record = g_strdup (self->record);
  job->now = kan_session_now (self->session);
  job->n_used = (guint) gtk_spin_button_get_value_as_int (self->place) - 1;
  job->blank = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->blank));
  gtk_widget_set_visible (self->place_box, !job->blank && kan_forms_is_of_many (job->form));
  show_chosen (self);
  job->task = awaiting->task = kan_task_new (GTK_WIDGET (self), _("Laying Out…"), self->asking);
  awaiting->self = g_object_ref (self);
  self->awaiting = awaiting;
  drop_paper (self);
  gtk_widget_set_visible (self->missing, FALSE);
  gtk_spinner_start (self->spinner);
  gtk_stack_set_visible_child_name (self->stack, "loading");
  settle_buttons (self);
  kan_session_run (self->session, KAN_JOB_REST, paper_job, job, job_free, (GDestroyNotify) kan_paper_free,
                   self->asking, paper_ready_cb, awaiting);
}

static void
blank_cb (KanPreview *self)
{
  ask (self);
}

/* --- pages and zoom ------------------------------------------------------------------------------------------- */

static void
turn_to (KanPreview *self, guint page)
{
  self->page_shown = page;
  kan_sheet_view_set_page (self->sheet, page);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  settle_buttons (self);
}

static void
turn_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KanPreview *self = KAN_PREVIEW (widget);

  turn_to (self, strcmp (action, "preview.next") == 0 ? self->page_shown + 1 : self->page_shown - 1);
}

/* By hand it is neither a whole page nor the full width. */
static void
zoom_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KanPreview *self = KAN_PREVIEW (widget);
  double factor = strcmp (action, "preview.larger") == 0 ? ZOOM_STEP : 1 / ZOOM_STEP;

  kan_sheet_view_set_zoom (self->sheet, CLAMP (kan_sheet_view_get_zoom (self->sheet) * factor, ZOOM_LEAST,
                                               ZOOM_MOST));
  gtk_toggle_button_set_active (self->whole, FALSE);
  gtk_toggle_button_set_active (self->wide, FALSE);
}

static void
fit_cb (KanPreview *self, GtkToggleButton *button)
{
  if (gtk_toggle_button_get_active (button))
    kan_sheet_view_set_zoom (self->sheet, button == self->whole ? KAN_SHEET_WHOLE : KAN_SHEET_WIDE);
}

static void
press_fit_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KanPreview *self = KAN_PREVIEW (widget);

  gtk_toggle_button_set_active (strcmp (action, "preview.whole") == 0 ? self->whole : self->wide, TRUE);
}

/* --- printer -------------------------------------------------------------------------------------------------- */

/**
 * kan_preview_make_operation:
 * @self: a preview whose paper was laid out
 *
 * Returns: (transfer full): what prints it: A4, without margins of its own, in points
 */
GtkPrintOperation *
kan_preview_make_operation (KanPreview *self)
{
  return kan_print_operation_new (self->paper, G_OBJECT (self));
}

/**
 * kan_preview_print:
 * @self: a preview whose paper was laid out
 * @operation: what prints it
 * @action: to where
 *
 * Prints, and tells what came in between.
 */
void
kan_preview_print (KanPreview *self, GtkPrintOperation *operation, GtkPrintOperationAction action)
{
  G_GNUC_UNUSED g_autoptr(KanPreview) held = g_object_ref (self);
  g_autoptr(GError) error = NULL;

  if (gtk_print_operation_run (operation, action, GTK_WINDOW (self), &error) == GTK_PRINT_OPERATION_RESULT_ERROR &&
      self->sheet != NULL)
    kan_dialogs_tell_error (GTK_WIDGET (self), _("Could Not Print"), error);
}

static void
print_cb (KanPreview *self)
{
  g_autoptr(GtkPrintOperation) operation = kan_preview_make_operation (self);

  kan_preview_print (self, operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG);
}

/* --- PDF ------------------------------------------------------------------------------------------------------ */

/* Where to, and what tells how far it is. The thread may be the last to let go of it: it holds nothing but a name. */
typedef struct
{
  char           *path;
  gboolean        agreed;       /* that what is there is replaced */
  KanTask        *task;         /* borrowed, until it is done */
  const KanPaper *paper;        /* borrowed, likewise */
} Writing;

static void
writing_free (gpointer data)
{
  Writing *writing = data;

  g_free (writing->path);
  g_free (writing);
}

static void
write_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Writing *writing = data;
  GError *error = NULL;

  if ((writing->agreed ? kan_paper_write_over : kan_paper_write_pdf) (writing->paper, writing->path, kan_task_progress,
                                                                      writing->task, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(KanPreview) self = data;
  g_autoptr(GError) error = NULL;

  kan_task_end (((Writing *) g_task_get_task_data (G_TASK (result)))->task);
  self->is_writing = FALSE;
  if (self->sheet == NULL)
    return;      /* closed meanwhile */
  kan_sheet_view_set_frozen (self->sheet, FALSE);
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    kan_dialogs_tell_error (GTK_WIDGET (self), _("Could Not Save the PDF"), error);
  else
    adw_window_title_set_subtitle (self->heading, _("Saved as PDF"));
  settle_buttons (self);
}

/**
 * kan_preview_write:
 * @self: a preview whose paper was laid out
 * @path: the PDF
 * @agreed: whether somebody agreed that the file which is there is replaced; else only a PDF is
 *
 * Writes the PDF in a thread; until it is done the window turns no page.
 */
void
kan_preview_write (KanPreview *self, const char *path, gboolean agreed)
{
  g_autoptr(GTask) task = g_task_new (NULL, NULL, written_cb, g_object_ref (self));
  Writing *writing = g_new0 (Writing, 1);

  g_set_object (&self->writing, NULL);
  self->writing = g_cancellable_new ();
  writing->path = g_strdup (path);
  writing->agreed = agreed;
  writing->paper = self->paper;
  writing->task = kan_task_new (GTK_WIDGET (self), _("Saving…"), self->writing);
  self->is_writing = TRUE;
  kan_sheet_view_set_frozen (self->sheet, TRUE);
  settle_buttons (self);
  g_task_set_task_data (task, writing, writing_free);
  g_task_run_in_thread (task, write_thread);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(KanPreview) self = data;
  g_autofree char *path = kan_dialogs_file_finish (result);

  /* what is there now, the dialog asked about */
  if (path != NULL && self->paper != NULL)
    kan_preview_write (self, path, g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
save_cb (KanPreview *self)
{
  g_autofree char *name = self->record != NULL && strchr (self->record, ',') == NULL
    ? g_strdup_printf ("%s %s.pdf", kan_paper_get_title (self->paper), self->record)
    : g_strdup_printf ("%s.pdf", kan_paper_get_title (self->paper));

  kan_dialogs_file (GTK_WIDGET (self), KAN_FILE_SAVE, _("Save as PDF"), name, _("PDF documents"), "*.pdf", chosen_cb,
                    g_object_ref (self));
}

/* --- class ---------------------------------------------------------------------------------------------------- */

static void
place_cb (KanPreview *self)
{
  ask (self);
}

static void
picked_cb (KanPreview *self, char **subjects, char **names)
{
  g_free (self->record);
  self->record = *subjects != NULL ? g_strjoinv (",", subjects) : NULL;
  ask (self);
}

static void
choose_cb (KanPreview *self)
{
  GtkWidget *picker = kan_picker_new (self->session, GTK_WIDGET (self), _("Media"), "medium", NULL, TRUE);

  kan_picker_set_picked (KAN_PICKER (picker), self->record != NULL ? self->record : "");
  g_signal_connect_object (picker, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (picker));
}

/* The sheet shows a record: it goes when the file is locked. */
static void
locked_cb (KanPreview *self)
{
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
kan_preview_dispose (GObject *object)
{
  KanPreview *self = KAN_PREVIEW (object);

  g_cancellable_cancel (self->asking);
  g_cancellable_cancel (self->writing);
  self->awaiting = NULL;
  if (self->sheet != NULL)
    kan_sheet_view_set_paper (self->sheet, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), KAN_TYPE_PREVIEW);
  G_OBJECT_CLASS (kan_preview_parent_class)->dispose (object);
}

static void
kan_preview_finalize (GObject *object)
{
  KanPreview *self = KAN_PREVIEW (object);

  kan_paper_free (self->paper);
  g_free (self->form);
  g_free (self->record);
  g_clear_object (&self->asking);
  g_clear_object (&self->writing);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (kan_preview_parent_class)->finalize (object);
}

/* Their keys are in the template: before the scrolled window takes them for itself. */
static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "preview.previous", NULL, turn_cb);
  gtk_widget_class_install_action (widget_class, "preview.next", NULL, turn_cb);
  gtk_widget_class_install_action (widget_class, "preview.smaller", NULL, zoom_cb);
  gtk_widget_class_install_action (widget_class, "preview.larger", NULL, zoom_cb);
  gtk_widget_class_install_action (widget_class, "preview.whole", NULL, press_fit_cb);
  gtk_widget_class_install_action (widget_class, "preview.wide", NULL, press_fit_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, KanPreview, heading);
  gtk_widget_class_bind_template_child (widget_class, KanPreview, print);
  gtk_widget_class_bind_template_child (widget_class, KanPreview, save);
  gtk_widget_class_bind_template_child (widget_class, KanPreview, blank);
  gtk_widget_class_bind_template_child (widget_class, KanPreview, place_box);
  gtk_widget_class_bind_template_child (widget_class, KanPreview, place);
  gtk_widget_class_bind_template_child (widget_class, KanPreview, chosen);
  gtk_widget_class_bind_template_child (widget_class, KanPreview, missing);
  gtk_widget_class_bind_template_child (widget_class, KanPreview, missing_label);
  gtk_widget_class_bind_template_child (widget_class, KanPreview, stack);
  gtk_widget_class_bind_template_child (widget_class, KanPreview, spinner);
  gtk_widget_class_bind_template_child (widget_class, KanPreview, trouble);
  gtk_widget_class_bind_template_child (widget_class, KanPreview, sheet);
  gtk_widget_class_bind_template_child (widget_class, KanPreview, scroller);
  gtk_widget_class_bind_template_child (widget_class, KanPreview, whole);
  gtk_widget_class_bind_template_child (widget_class, KanPreview, wide);
  gtk_widget_class_bind_template_child (widget_class, KanPreview, page);
}

static void
kan_preview_class_init (KanPreviewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kan_preview_dispose;
  object_class->finalize = kan_preview_finalize;
  g_type_ensure (KAN_TYPE_SHEET_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kanribo/Kanribo/ui/preview/kan-preview.ui");
  bind_children (widget_class);
  install_actions (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, print_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, blank_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, place_cb);
  gtk_widget_class_bind_template_callback (widget_class, fit_cb);
}

static void
kan_preview_init (KanPreview *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->asking = g_cancellable_new ();
}

/* As high as the window below it: paper stands upright. */
static void
fill_height (GtkWindow *self, GtkWindow *parent)
{
  int width = 0, height = 0;

  gtk_window_get_default_size (self, &width, &height);
  gtk_window_set_default_size (self, width, MAX (height, gtk_widget_get_height (GTK_WIDGET (parent))));
}

/**
 * kan_preview_new:
 * @session: an unlocked session
 * @parent: (nullable): the window it belongs to
 * @form: a form, or a register's id for the register itself
 * @record: (nullable): "D1"; %NULL or "" for a register or all at hand; "blank": the empty form
 *
 * Returns: (transfer floating): the preview, which asks for its paper at once
 */
GtkWidget *
kan_preview_new (KanSession *session, GtkWindow *parent, const char *form, const char *record)
{
  KanPreview *self = g_object_new (KAN_TYPE_PREVIEW, "transient-for", parent, NULL);
  gboolean blank = g_strcmp0 (record, "blank") == 0;

  if (parent != NULL)
    fill_height (GTK_WINDOW (self), parent);
  self->session = g_object_ref (session);
  self->form = g_strdup (form);
  self->record = blank || record == NULL || *record == '\0' ? NULL : g_strdup (record);
  g_signal_connect_object (session, "locked", G_CALLBACK (locked_cb), self, G_CONNECT_SWAPPED);
  if (blank)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->blank), TRUE);     /* which asks */
  else
    ask (self);
  return GTK_WIDGET (self);
}
