/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The destruction wizard: how it begins, and its class. Its pages are in kan-destruction-pages.c, what it reviews and
 * signs in kan-destruction-jobs.c. */
#include "destruction/kan-destruction-private.h"

#include "kit/kan-dialogs.h"
#include "kit/kan-inquiry.h"
#include "kit/kan-picker.h"

#include <glib/gi18n.h>
#include <string.h>

G_DEFINE_FINAL_TYPE (KanDestructionWizard, kan_destruction_wizard, KAN_TYPE_WIZARD)

/* Asked of each erasure once for all; the count and the payment day differ from medium to medium and are known. */
static const char *const erasure_keys[] = { "erasure", "erasure_tool", "erasure_verified", "erasure_place", "erased_by",
                                            "eraser_paper", "note", NULL };

/* --- what there is ----------------------------------------------------------------------------------------------- */

typedef struct { GPtrArray *doomed; KanSheet *erasing; } Found;

static void
found_free (Found *self)
{
  g_clear_pointer (&self->doomed, g_ptr_array_unref);
  g_clear_pointer (&self->erasing, kan_sheet_free);
  g_free (self);
}

static gpointer
load_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  const KanInquiry *inquiry = data;
  KanDesk *desk = kan_worker_get_desk (worker);
  g_autoptr(GPtrArray) doomed = kan_desk_list_doomed (desk, inquiry->about, error);
  Found *found;

  if (doomed == NULL)
    return NULL;
  found = g_new0 (Found, 1);
  if (doomed->len > 0)
    found->erasing = kan_desk_describe (desk, "media.erase", ((KanViewDoomed *) g_ptr_array_index (doomed, 0))->subject,
                                        inquiry->now, NULL);
  found->doomed = g_steal_pointer (&doomed);
  return found;
}

static void
choice_free (KanViewChoice *self)
{
  g_free (self->value);
  g_free (self->label);
  g_free (self);
}

static GPtrArray *
copy_choices (const GPtrArray *choices)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify) choice_free);

  for (guint i = 0; choices != NULL && i < choices->len; i++)
    {
      const KanViewChoice *choice = g_ptr_array_index ((GPtrArray *) choices, i);
      KanViewChoice *one = g_new0 (KanViewChoice, 1);

      one->value = g_strdup (choice->value);
      one->label = g_strdup (choice->label);
      g_ptr_array_add (copy, one);
    }
  return copy;
}

/* The questions of an erasure join the sheet's own, so that review and refusals know them. */
static void
adopt_erasing (KanDestructionWizard *self, KanSheet *erasing)
{
  KanSheet *sheet = kan_wizard_get_sheet (KAN_WIZARD (self));

  self->first_erasure = sheet->questions->len;
  self->has_erasure = TRUE;
  while (erasing->questions->len > 0)
    {
      KanQuestion *question = g_ptr_array_steal_index (erasing->questions, 0);
      g_autofree char *key = g_strdup (question->key);

      if (!g_strv_contains (erasure_keys, key))
        {
          kan_question_free (question);
          continue;
        }
      if (strcmp (key, "erasure") == 0)
        self->erasures = copy_choices (question->choices);
      g_free (question->key);
      question->key = g_strconcat (KAN_ERASE_PREFIX, key, NULL);
      g_ptr_array_add (sheet->questions, question);
    }
}

static void
load_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(KanDestructionWizard) self = user_data;
  g_autoptr(GError) error = NULL;
  Found *found = kan_session_run_finish (KAN_SESSION (source), result, &error);

  if (g_cancellable_is_cancelled (self->life))
    {
      g_clear_pointer (&found, found_free);
      return;
    }
  if (found == NULL)
    {
      kan_dialogs_tell_error (GTK_WIDGET (self), _("The media could not be read"), error);
      return;
    }
  kan_destruction_clear_numbers (self);
  g_clear_pointer (&self->doomed, g_ptr_array_unref);
  self->doomed = g_steal_pointer (&found->doomed);
  if (!self->has_erasure && found->erasing != NULL)
    adopt_erasing (self, found->erasing);
  found_free (found);
  kan_destruction_fill_media (self);
  kan_destruction_fill_rest (self);
  kan_destruction_review (KAN_WIZARD (self));
}

/**
 * kan_destruction_load:
 * @self: a wizard whose sheet has come
 *
 * Asks which media may be destroyed, those among its answers included, and shows them.
 */
void
kan_destruction_load (KanDestructionWizard *self)
{
  KanSession *session = kan_wizard_get_session (KAN_WIZARD (self));
  const char *also = kan_answers_get (kan_wizard_get_answers (KAN_WIZARD (self)), "media");

  kan_session_run (session, KAN_JOB_PAGE, load_job, kan_inquiry_new (session, also), (GDestroyNotify) kan_inquiry_free,
                   (GDestroyNotify) found_free, self->life, load_cb, g_object_ref (self));
}

/**
 * kan_destruction_list_chosen:
 * @self: a wizard
 *
 * Returns: (transfer container) (element-type KanViewDoomed): the media that are destroyed together
 */
GPtrArray *
kan_destruction_list_chosen (KanDestructionWizard *self)
{
  const char *media = kan_answers_get (kan_wizard_get_answers (KAN_WIZARD (self)), "media");
  g_auto(GStrv) subjects = g_strsplit (media != NULL ? media : "", ",", -1);
  GPtrArray *chosen = g_ptr_array_new ();

  for (guint i = 0; self->doomed != NULL && i < self->doomed->len; i++)
    {
      KanViewDoomed *doomed = g_ptr_array_index (self->doomed, i);

      if (g_strv_contains ((const char *const *) subjects, doomed->subject))
        g_ptr_array_add (chosen, doomed);
    }
  return chosen;
}

/* --- adding others ----------------------------------------------------------------------------------------------- */

static void
picked_cb (KanDestructionWizard *self, char **subjects, char **names)
{
  KanAnswers *answers = kan_wizard_get_answers (KAN_WIZARD (self));
  g_autofree char *media = g_strjoinv (",", subjects);

  kan_answers_set (answers, "media", media);
  kan_wizard_edited (KAN_WIZARD (self));
  kan_destruction_load (self);
}

static void
add_cb (KanDestructionWizard *self)
{
  KanWizard *wizard = KAN_WIZARD (self);
  GtkWidget *picker = kan_picker_new (kan_wizard_get_session (wizard), GTK_WIDGET (self), _("Media"), "medium", NULL,
                                      TRUE);
  const char *media = kan_answers_get (kan_wizard_get_answers (wizard), "media");

  kan_picker_set_picked (KAN_PICKER (picker), media != NULL ? media : "");
  g_signal_connect_object (picker, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (picker));
}

/* --- class ------------------------------------------------------------------------------------------------------- */

static KanQuestion *
find_question (KanSheet *sheet, const char *key)
{
  for (guint i = 0; i < sheet->questions->len; i++)
    if (strcmp (((KanQuestion *) g_ptr_array_index (sheet->questions, i))->key, key) == 0)
      return g_ptr_array_index (sheet->questions, i);
  return NULL;
}

/* Pages are called as the declaration calls them; `key`: of the question that opens one. */
static void
add_page (KanDestructionWizard *self, const char *name, const char *key, GtkWidget *page, KanWizardLeave leave)
{
  KanSheet *sheet = kan_wizard_get_sheet (KAN_WIZARD (self));
  const KanQuestion *question = find_question (sheet, key);

  kan_wizard_add_page (KAN_WIZARD (self), name, question != NULL && question->page != NULL ? question->page
                                                : sheet->title, page, leave, NULL);
}

static void
made (KanWizard *wizard)
{
  KanDestructionWizard *self = KAN_DESTRUCTION_WIZARD (wizard);
  KanSheet *sheet = kan_wizard_get_sheet (wizard);
  const char *how = kan_answers_get (kan_wizard_get_answers (wizard), KAN_ERASE_HOW);

  self->is_filling = TRUE;
  gtk_check_button_set_active (self->erase_now, g_strcmp0 (how, "now") == 0);
  gtk_check_button_set_active (self->instead, g_strcmp0 (how, "instead") == 0);
  self->is_filling = FALSE;
  if (find_question (sheet, "method") != NULL)
    self->methods = copy_choices (find_question (sheet, "method")->choices);
  add_page (self, "media", "media", self->media_page, kan_destruction_leave_media);
  add_page (self, "numbers", "identified", self->numbers_page, kan_destruction_leave_numbers);
  add_page (self, "erasure", "instead_of_erasing", self->erasure_page, kan_destruction_leave_erasure);
  add_page (self, "destruction", "method", self->destruction_page, NULL);
  kan_destruction_load (self);
}

static void
signed_cb (KanDestructionWizard *self, const char *subject, gboolean waiting)
{
  if (self->record != NULL)
    kan_wizard_finish_with (KAN_WIZARD (self), kan_destruction_last_page (self, waiting));
}

static void
kan_destruction_wizard_dispose (GObject *object)
{
  KanDestructionWizard *self = KAN_DESTRUCTION_WIZARD (object);

  g_cancellable_cancel (self->life);
  g_cancellable_cancel (self->reviewing);
  self->is_filling = TRUE;
  self->numbers_form = self->erasure_form = self->destruction_form = NULL;
  G_OBJECT_CLASS (kan_destruction_wizard_parent_class)->dispose (object);
}

static void
kan_destruction_wizard_finalize (GObject *object)
{
  KanDestructionWizard *self = KAN_DESTRUCTION_WIZARD (object);

  g_clear_pointer (&self->doomed, g_ptr_array_unref);
  g_clear_pointer (&self->methods, g_ptr_array_unref);
  g_clear_pointer (&self->erasures, g_ptr_array_unref);
  g_clear_pointer (&self->media_rows, g_ptr_array_unref);
  g_clear_pointer (&self->erasure_rows, g_ptr_array_unref);
  g_clear_pointer (&self->number_rows, g_ptr_array_unref);
  g_clear_pointer (&self->record, kan_record_view_free);
  g_clear_object (&self->builder);
  g_clear_object (&self->life);
  g_clear_object (&self->reviewing);
  G_OBJECT_CLASS (kan_destruction_wizard_parent_class)->finalize (object);
}

static void
kan_destruction_wizard_class_init (KanDestructionWizardClass *klass)
{
  KanWizardClass *wizard_class = KAN_WIZARD_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kan_destruction_wizard_dispose;
  G_OBJECT_CLASS (klass)->finalize = kan_destruction_wizard_finalize;
  wizard_class->made = made;
  wizard_class->review = kan_destruction_review;
  wizard_class->passes = kan_destruction_passes;
  wizard_class->sign = kan_destruction_sign;
}

/* The wizard has a template of its own; what comes into it is built beside. */
static void
take_pages (KanDestructionWizard *self)
{
  g_type_ensure (KAN_TYPE_NOTE);
  self->builder = gtk_builder_new_from_resource ("/io/github/kanribo/Kanribo/ui/destruction/kan-destruction-wizard.ui");
  self->media_page = GTK_WIDGET (gtk_builder_get_object (self->builder, "media_page"));
  self->numbers_page = GTK_WIDGET (gtk_builder_get_object (self->builder, "numbers_page"));
  self->erasure_page = GTK_WIDGET (gtk_builder_get_object (self->builder, "erasure_page"));
  self->destruction_page = GTK_WIDGET (gtk_builder_get_object (self->builder, "destruction_page"));
  self->add_media = GTK_WIDGET (gtk_builder_get_object (self->builder, "add_media"));
  self->media_group = ADW_PREFERENCES_GROUP (gtk_builder_get_object (self->builder, "media_group"));
  self->numbers_group = ADW_PREFERENCES_GROUP (gtk_builder_get_object (self->builder, "numbers_group"));
  self->erasure_group = ADW_PREFERENCES_GROUP (gtk_builder_get_object (self->builder, "erasure_group"));
  self->how_group = ADW_PREFERENCES_GROUP (gtk_builder_get_object (self->builder, "how_group"));
  self->media_note = KAN_NOTE (gtk_builder_get_object (self->builder, "media_note"));
  self->how_note = KAN_NOTE (gtk_builder_get_object (self->builder, "how_note"));
  self->erase_now = GTK_CHECK_BUTTON (gtk_builder_get_object (self->builder, "erase_now"));
  self->instead = GTK_CHECK_BUTTON (gtk_builder_get_object (self->builder, "instead"));
}

static void
kan_destruction_wizard_init (KanDestructionWizard *self)
{
  self->life = g_cancellable_new ();
  self->media_rows = g_ptr_array_new ();
  self->erasure_rows = g_ptr_array_new ();
  self->number_rows = g_ptr_array_new_with_free_func (g_free);
  take_pages (self);
  g_signal_connect_object (self->add_media, "clicked", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->erase_now, "toggled", G_CALLBACK (kan_destruction_how_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->instead, "toggled", G_CALLBACK (kan_destruction_how_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "signed", G_CALLBACK (signed_cb), NULL);
}

/**
 * kan_destruction_wizard_new:
 * @session: the open file
 * @parent: (nullable): over which window
 * @medium: (nullable): "M12" to begin with; %NULL: those that are due are offered
 *
 * Returns: (transfer none): the wizard; the caller presents it
 */
GtkWidget *
kan_destruction_wizard_new (KanSession *session, GtkWindow *parent, const char *medium)
{
  return g_object_new (KAN_TYPE_DESTRUCTION_WIZARD, "session", session, "transient-for", parent, "kind",
                       "media.destroy", "subject", medium, NULL);
}
