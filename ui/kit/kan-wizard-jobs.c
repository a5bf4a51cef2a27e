/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the wizard asks of the database thread: the sheet, the review, the draft, the signature. */
#include "kit/kan-wizard-private.h"

#include "kit/kan-actions.h"
#include "kit/kan-dialogs.h"

#include <glib/gi18n.h>

/* What a job is told. */
typedef struct
{
  char       *kind, *subject;
  gint64     *draft;        /* the wizard's, shared by its jobs: each finds what the one before left */
  gint64      now;
  KanAnswers *answers;
  gboolean    is_dirty;
  KanSecret  *passphrase;
  GPtrArray  *cosigners;
} Errand;

/* What a job brings back. */
typedef struct
{
  KanSheet   *sheet;
  KanAnswers *answers;
  KanOutcome *outcome;
  GError     *error;
  guint       which;
  gboolean    is_unkept, is_draft;
} Bag;

static Errand *
errand_new (KanWizard *self)
{
  KanWizardPrivate *priv = kan_wizard_get_private (self);
  Errand *errand = g_new0 (Errand, 1);

  errand->kind = g_strdup (priv->kind);
  errand->subject = g_strdup (priv->subject);
  errand->draft = g_atomic_rc_box_acquire (priv->draft);
  errand->now = kan_session_now (priv->session);
  errand->answers = priv->answers != NULL ? kan_answers_copy (priv->answers) : NULL;
  errand->is_dirty = priv->is_dirty;
  return errand;
}

static void
errand_free (Errand *self)
{
  g_free (self->kind);
  g_free (self->subject);
  g_atomic_rc_box_release (self->draft);
  g_clear_pointer (&self->answers, kan_answers_free);
  g_clear_pointer (&self->passphrase, kan_secret_free);
  g_clear_pointer (&self->cosigners, g_ptr_array_unref);
  g_free (self);
}

static void
bag_free (Bag *self)
{
  g_clear_pointer (&self->sheet, kan_sheet_free);
  g_clear_pointer (&self->answers, kan_answers_free);
  g_clear_pointer (&self->outcome, kan_outcome_free);
  g_clear_error (&self->error);
  g_free (self);
}

/* What writes is not cancelled by the lock of the file: it comes before the file is closed. */
static void
run_to_its_end (KanWizard *self, KanJobFunc job, Errand *errand, GAsyncReadyCallback ready)
{
  g_autoptr(GCancellable) own = g_cancellable_new ();

  kan_session_run (kan_wizard_get_private (self)->session, KAN_JOB_ACT, job, errand, (GDestroyNotify) errand_free,
                   (GDestroyNotify) bag_free, own, ready, g_object_ref (self));
}

static gboolean
is_cancelled (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
         || g_error_matches (error, KAN_ERROR, KAN_ERROR_CANCELLED);
}

/* --- the sheet --------------------------------------------------------------------------------------------------- */

static void
preset (KanAnswers *answers, const KanSheet *sheet)
{
  for (guint i = 0; i < sheet->questions->len; i++)
    {
      const KanQuestion *question = g_ptr_array_index (sheet->questions, i);

      if (question->preset != NULL && kan_answers_get (answers, question->key) == NULL)
        kan_answers_set (answers, question->key, question->preset);
    }
}

static gpointer
load_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  const Errand *errand = data;
  KanDesk *desk = kan_worker_get_desk (worker);
  g_autoptr(KanAnswers) answers = *errand->draft != 0 ? kan_desk_load_draft (desk, *errand->draft, error) : NULL;
  const char *kind = answers != NULL ? kan_answers_get_kind (answers) : errand->kind;
  const char *subject = answers != NULL ? kan_answers_get_subject (answers) : errand->subject;
  KanSheet *sheet;
  Bag *bag;

  if (*errand->draft != 0 && answers == NULL)
    return NULL;
  sheet = kan_desk_describe (desk, kind, subject, errand->now, error);
  if (sheet == NULL)
    return NULL;
  bag = g_new0 (Bag, 1);
  bag->sheet = sheet;
  bag->is_draft = answers != NULL;
  bag->answers = answers != NULL ? g_steal_pointer (&answers) : kan_answers_new (kind, subject);
  if (*errand->draft == 0)
    preset (bag->answers, sheet);
  return bag;
}

static void
load_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(KanWizard) self = KAN_WIZARD (user_data);
  KanWizardPrivate *priv = kan_wizard_get_private (self);
  g_autoptr(GError) error = NULL;
  Bag *bag = kan_session_run_finish (KAN_SESSION (source), result, &error);

  if (priv->is_over || is_cancelled (error))
    {
      g_clear_pointer (&bag, bag_free);
      return;
    }
  if (bag == NULL)
    {
      g_autofree char *words = kan_dialogs_word_error (error);

      kan_wizard_stop (self, _("This cannot be begun"), words);
      return;
    }
  priv->sheet = g_steal_pointer (&bag->sheet);
  priv->answers = g_steal_pointer (&bag->answers);
  priv->resumes = bag->is_draft;
  bag_free (bag);
  kan_wizard_loaded (self);
}

/**
 * kan_wizard_load:
 * @self: a wizard that was just made
 *
 * Asks for its sheet and, where it goes on with one, for the draft.
 */
void
kan_wizard_load (KanWizard *self)
{
  KanWizardPrivate *priv = kan_wizard_get_private (self);

  kan_session_run (priv->session, KAN_JOB_PAGE, load_job, errand_new (self), (GDestroyNotify) errand_free,
                   (GDestroyNotify) bag_free, priv->life, load_cb, g_object_ref (self));
}

/* --- the review -------------------------------------------------------------------------------------------------- */

static gpointer
review_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  const Errand *errand = data;

  return kan_desk_review (kan_worker_get_desk (worker), errand->answers, errand->now, error);
}

static void
review_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(KanWizard) self = KAN_WIZARD (user_data);
  KanWizardPrivate *priv = kan_wizard_get_private (self);
  g_autoptr(GError) error = NULL;
  KanReview *review = kan_session_run_finish (KAN_SESSION (source), result, &error);

  if (priv->is_over || is_cancelled (error))
    g_clear_pointer (&review, kan_review_free);
  else if (review == NULL)
    kan_wizard_review_failed (self, error);
  else
    kan_wizard_set_review (self, review);
}

/**
 * kan_wizard_ask_review:
 * @self: a wizard
 *
 * Asks what would be signed; an earlier question that is not yet answered is dropped. The default of the class.
 */
void
kan_wizard_ask_review (KanWizard *self)
{
  KanWizardPrivate *priv = kan_wizard_get_private (self);

  g_cancellable_cancel (priv->reviewing);
  g_clear_object (&priv->reviewing);
  priv->reviewing = g_cancellable_new ();
  kan_session_run (priv->session, KAN_JOB_PAGE, review_job, errand_new (self), (GDestroyNotify) errand_free,
                   (GDestroyNotify) kan_review_free, priv->reviewing, review_cb, g_object_ref (self));
}

/* --- the draft --------------------------------------------------------------------------------------------------- */

/* Done, or why not. */
static gpointer
save_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  const Errand *errand = data;

  return kan_desk_save_draft (kan_worker_get_desk (worker), errand->draft, errand->answers, errand->now, error)
         ? g_new0 (Bag, 1) : NULL;
}

static gpointer
drop_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  const Errand *errand = data;

  if (*errand->draft != 0 && !kan_desk_drop_draft (kan_worker_get_desk (worker), *errand->draft, error))
    return NULL;
  *errand->draft = 0;
  return g_new0 (Bag, 1);
}

static void
drop_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(KanWizard) self = KAN_WIZARD (user_data);
  Bag *bag = kan_session_run_finish (KAN_SESSION (source), result, NULL);

  g_clear_pointer (&bag, bag_free);
  kan_session_changed (kan_wizard_get_private (self)->session);
}

/**
 * kan_wizard_drop_draft:
 * @self: a wizard that was discarded
 */
void
kan_wizard_drop_draft (KanWizard *self)
{
  g_clear_handle_id (&kan_wizard_get_private (self)->draft_timer, g_source_remove);
  run_to_its_end (self, drop_job, errand_new (self), drop_cb);
}

/* While it is open it is tried again, at the latest by the lock, and signing says what is wrong. After a lock nobody
   else tells. */
static void
save_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(KanWizard) self = KAN_WIZARD (user_data);
  KanWizardPrivate *priv = kan_wizard_get_private (self);
  g_autoptr(GError) error = NULL;
  Bag *bag = kan_session_run_finish (KAN_SESSION (source), result, &error);

  priv->is_unkept = bag == NULL;
  if (bag == NULL && priv->is_over)
    kan_dialogs_tell_error (GTK_WIDGET (priv->parent), _("The draft could not be kept"), error);
  g_clear_pointer (&bag, bag_free);
}

static void
ask_to_save (KanWizard *self, GAsyncReadyCallback ready)
{
  KanWizardPrivate *priv = kan_wizard_get_private (self);

  g_clear_handle_id (&priv->draft_timer, g_source_remove);
  if (priv->answers != NULL && !kan_session_is_read_only (priv->session))
    run_to_its_end (self, save_job, errand_new (self), ready);
}

/**
 * kan_wizard_save_draft:
 * @self: a wizard
 *
 * Keeps what was typed, sealed to its author.
 */
void
kan_wizard_save_draft (KanWizard *self)
{
  ask_to_save (self, save_cb);
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(KanWizard) self = KAN_WIZARD (user_data);
  KanWizardPrivate *priv = kan_wizard_get_private (self);
  g_autoptr(GError) error = NULL;
  Bag *bag = kan_session_run_finish (KAN_SESSION (source), result, &error);

  priv->is_unkept = bag == NULL;
  if (bag == NULL)
    kan_dialogs_tell_error (GTK_WIDGET (priv->is_over ? priv->parent : GTK_WINDOW (self)),
                            _("The draft could not be kept"), error);
  else if (!priv->is_over)
    {
      kan_session_changed (priv->session);      /* Today shows drafts */
      if (priv->parent != NULL)
        gtk_widget_activate_action (GTK_WIDGET (priv->parent), KAN_ACTION_TOAST, "s",
                                    _("Kept as a draft, under Today"));
      kan_wizard_end (self);
      gtk_window_destroy (GTK_WINDOW (self));
    }
  g_clear_pointer (&bag, bag_free);
}

/**
 * kan_wizard_keep_draft:
 * @self: a wizard that is to be closed
 *
 * Keeps what was typed and closes; where it cannot be kept, says why and stays.
 */
void
kan_wizard_keep_draft (KanWizard *self)
{
  ask_to_save (self, kept_cb);
}

/* --- the signature ----------------------------------------------------------------------------------------------- */

/**
 * kan_wizard_settle_draft:
 * @desk: an unlocked desk, in its thread
 * @draft: the number of the wizard's draft; 0: none
 * @answers: (nullable): what was typed; %NULL: nothing
 * @outcome: (nullable): what became of signing it
 * @now: the clock as read, seconds of UTC
 *
 * What was signed is no draft any more, what was not is one: in the job that signs, where no lock of the screen comes
 * between.
 *
 * Returns: whether nothing of what was typed and is not signed is lost with the window
 */
gboolean
kan_wizard_settle_draft (KanDesk *desk, gint64 *draft, const KanAnswers *answers, const KanOutcome *outcome,
                         gint64 now)
{
  g_autoptr(GError) unimportant = NULL;      /* what signing said counts */

  if (outcome == NULL || outcome->seq == 0)
    return answers == NULL || kan_desk_save_draft (desk, draft, answers, now, &unimportant);
  if (*draft != 0 && kan_desk_drop_draft (desk, *draft, &unimportant))
    *draft = 0;
  return TRUE;
}

static gpointer
sign_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  const Errand *errand = data;
  KanDesk *desk = kan_worker_get_desk (worker);
  Bag *bag = g_new0 (Bag, 1);

  bag->outcome = kan_sign_in_desk (desk, errand->answers, errand->passphrase, errand->cosigners, errand->now,
                                   &bag->which, &bag->error);
  bag->is_unkept = !kan_wizard_settle_draft (desk, errand->draft, errand->is_dirty ? errand->answers : NULL,
                                             bag->outcome, errand->now);
  return bag;
}

static void
sign_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(KanWizard) self = KAN_WIZARD (user_data);
  KanWizardPrivate *priv = kan_wizard_get_private (self);
  g_autoptr(GError) error = NULL;
  Bag *bag = kan_session_run_finish (KAN_SESSION (source), result, &error);

  priv->is_unkept = bag != NULL ? bag->is_unkept : priv->is_dirty;
  if (bag == NULL)
    {
      kan_wizard_failed (self, g_steal_pointer (&error));
      return;
    }
  priv->wrong = bag->which;
  if (bag->outcome != NULL)
    kan_wizard_done (self, g_steal_pointer (&bag->outcome));
  else
    kan_wizard_failed (self, g_steal_pointer (&bag->error));
  bag_free (bag);
}

/**
 * kan_wizard_default_sign:
 * @self: a wizard
 * @passphrase: (transfer full) (nullable): theirs who unlocked
 *
 * Signs what was reviewed, with those who stand beside. The default of the class.
 */
void
kan_wizard_default_sign (KanWizard *self, KanSecret *passphrase)
{
  KanWizardPrivate *priv = kan_wizard_get_private (self);
  Errand *errand = errand_new (self);

  errand->passphrase = passphrase;
  errand->cosigners = kan_sign_take_cosigners (priv->sign_page);
  run_to_its_end (self, sign_job, errand, sign_cb);
}
