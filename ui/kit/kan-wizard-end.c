/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a wizard ends: signed, closed with or without a draft, or by the lock. */
#include "kit/kan-wizard-private.h"

#include "kit/kan-actions.h"
#include "kit/kan-dialogs.h"

#include <glib/gi18n.h>
#include <string.h>

/* --- signing ----------------------------------------------------------------------------------------------------- */

/* Nothing was written: all that is refused is said at once, and nothing typed is lost. */
static void
show_refused (KanWizard *self, GPtrArray *refusals)
{
  KanWizardPrivate *priv = kan_wizard_get_private (self);
  guint n_here = 0;

  for (guint i = 0; i < priv->pages->len; i++)
    {
      g_autoptr(GPtrArray) forms = kan_wizard_forms_of (self, i);

      for (guint j = 0; j < forms->len; j++)
        {
          guint n = kan_form_show_refusals (g_ptr_array_index (forms, j), refusals, FALSE);

          n_here += i == priv->current ? n : 0;
        }
    }
  kan_wizard_show_banner (self, refusals, TRUE);
  if (n_here > 0 && priv->last_form != NULL)
    kan_form_focus_refused (priv->last_form);
}

static void
sign_now (KanWizard *self)
{
  KanWizardPrivate *priv = kan_wizard_get_private (self);

  priv->is_signing = TRUE;
  priv->wrong = 0;
  g_clear_handle_id (&priv->review_timer, g_source_remove);
  g_clear_handle_id (&priv->draft_timer, g_source_remove);
  kan_wizard_refresh_foot (self);
  KAN_WIZARD_GET_CLASS (self)->sign (self, kan_sign_take_passphrase (priv->sign_page));
}

static void
confirmed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KanWizard *self = KAN_WIZARD (source);
  KanWizardPrivate *priv = kan_wizard_get_private (self);

  if (kan_dialogs_confirm_finish (result) && !priv->is_over && !priv->is_signing)
    sign_now (self);
}

/**
 * kan_wizard_try_sign:
 * @self: a wizard on its last page
 *
 * Signs, where nothing stands in the way and all passphrases were typed; asks before what ends something.
 */
void
kan_wizard_try_sign (KanWizard *self)
{
  KanWizardPrivate *priv = kan_wizard_get_private (self);
  g_autofree char *heading = NULL;

  if (priv->review != NULL && !priv->review->admissible)
    {
      kan_wizard_go_to (self, "review");
      show_refused (self, priv->review->refusals);
      return;
    }
  if (!kan_sign_check (priv->sign_page))
    return;
  if (!priv->sheet->ends)
    {
      sign_now (self);
      return;
    }
  heading = g_strdup_printf (_("%s?"), priv->sheet->title);
  kan_dialogs_confirm (GTK_WIDGET (self), heading, _("This cannot be corrected or taken back afterwards."),
                       _("_Sign"), TRUE, confirmed_cb, NULL);
}

/* --- ending ------------------------------------------------------------------------------------------------------ */

/**
 * kan_wizard_end:
 * @self: a wizard
 *
 * Stops what is under way and wipes passphrases; answers stay until it is freed.
 */
void
kan_wizard_end (KanWizard *self)
{
  KanWizardPrivate *priv = kan_wizard_get_private (self);

  priv->is_over = TRUE;
  g_clear_handle_id (&priv->review_timer, g_source_remove);
  g_clear_handle_id (&priv->draft_timer, g_source_remove);
  g_cancellable_cancel (priv->life);
  g_cancellable_cancel (priv->reviewing);
  if (priv->sign_page != NULL)
    kan_sign_wipe (priv->sign_page);
}

/* Nothing of it was signed: it can be taken up again from where one is after closing. */
static void
offer_back (KanWizardPrivate *priv)
{
  g_autofree char *json = priv->answers != NULL ? kan_answers_to_json (priv->answers) : NULL;

  if (json != NULL && priv->parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (priv->parent), KAN_ACTION_DISCARDED, "s", json);
}

static void
close_answer_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KanWizard *self = KAN_WIZARD (source);
  KanWizardPrivate *priv = kan_wizard_get_private (self);
  g_autofree char *answer = kan_dialogs_choose_finish (result);

  if (priv->is_over || priv->is_signing || answer == NULL || strcmp (answer, "stay") == 0)
    return;
  if (strcmp (answer, "keep") == 0)
    {
      kan_wizard_keep_draft (self);
      return;
    }
  kan_wizard_drop_draft (self);
  kan_wizard_end (self);
  offer_back (priv);
  gtk_window_destroy (GTK_WINDOW (self));
}

/**
 * kan_wizard_close_request:
 * @self: a wizard that somebody wants to close
 *
 * Returns: whether it stays open, at least until a question is answered
 */
gboolean
kan_wizard_close_request (KanWizard *self)
{
  KanWizardPrivate *priv = kan_wizard_get_private (self);

  if (priv->is_signing)
    return TRUE;
  if (priv->is_over || !priv->is_dirty)
    {
      kan_wizard_end (self);
      return FALSE;
    }
  kan_dialogs_ask_to_keep (GTK_WIDGET (self), close_answer_cb, NULL);
  return TRUE;
}

/**
 * kan_wizard_locking:
 * @self: a wizard over a file that is about to be closed
 *
 * Keeps what was typed since the draft was last saved, without asking.
 */
void
kan_wizard_locking (KanWizard *self)
{
  KanWizardPrivate *priv = kan_wizard_get_private (self);

  if ((priv->draft_timer != 0 || priv->is_unkept) && !priv->is_signing && !priv->is_over)
    kan_wizard_save_draft (self);
}

/**
 * kan_wizard_locked:
 * @self: a wizard over a file that was closed
 *
 * It closes; what was typed is a draft, or it is told that it is none.
 */
void
kan_wizard_locked (KanWizard *self)
{
  kan_wizard_end (self);
  gtk_window_destroy (GTK_WINDOW (self));
}

/* Whoever signed while the file was locked is told when they unlock it again. */
static void
tell_signed (KanWizard *self, const char *subject, gboolean waiting)
{
  KanWizardPrivate *priv = kan_wizard_get_private (self);
  g_autofree char *words = g_strdup_printf (waiting ? _("%s (%s): signed, and waits for the others")
                                            : _("%s (%s): signed"), priv->sheet->title, subject);

  if (priv->is_over)
    kan_session_tell_later (priv->session, words);
  else if (priv->parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (priv->parent), KAN_ACTION_TOAST, "s", words);
}

static void
tell_not_signed (KanWizard *self)
{
  KanWizardPrivate *priv = kan_wizard_get_private (self);
  g_autofree char *words = g_strdup_printf (
    priv->is_unkept ? _("%s: nothing was signed before the file was locked, and what was typed last could not be kept")
    : _("%s: nothing was signed before the file was locked"), priv->sheet->title);

  kan_session_tell_later (priv->session, words);
}

static gboolean
is_refused (GPtrArray *refusals)
{
  for (guint i = 0; i < refusals->len; i++)
    if (!((KanRefusal *) g_ptr_array_index (refusals, i))->is_mark)
      return TRUE;
  return FALSE;
}

/**
 * kan_wizard_done:
 * @self: a wizard that was signing
 * @outcome: (transfer full): what became of it
 *
 * Where it was refused, it says why and stays; else it tells whoever listens and closes, or shows its last page. A lock
 * that came meanwhile has closed it already.
 */
void
kan_wizard_done (KanWizard *self, KanOutcome *outcome)
{
  KanWizardPrivate *priv = kan_wizard_get_private (self);
  g_autoptr(KanOutcome) done = outcome;
  G_GNUC_UNUSED g_autoptr(KanWizard) alive = g_object_ref (self);
  gboolean waiting = done->waiting_for != NULL && done->waiting_for->len > 0;

  priv->is_signing = FALSE;
  if (done->refusals != NULL && is_refused (done->refusals))
    {
      if (priv->is_over)
        tell_not_signed (self);
      else
        {
          kan_wizard_refresh_foot (self);
          show_refused (self, done->refusals);
        }
      return;
    }
  tell_signed (self, done->subject, waiting);
  if (priv->is_over)
    return;
  kan_wizard_end (self);
  kan_session_changed (priv->session);
  g_signal_emit_by_name (self, "signed", done->subject, waiting);
  if (priv->goes_on != NULL && gtk_switch_get_active (priv->goes_on))
    gtk_window_present (GTK_WINDOW (kan_wizard_new_again (priv->session, priv->parent, priv->sheet->kind)));
  if (priv->last_page == NULL)
    gtk_window_destroy (GTK_WINDOW (self));
}

/**
 * kan_wizard_failed:
 * @self: a wizard that was signing
 * @error: (transfer full): what went wrong with the world
 *
 * A wrong passphrase is said beside its entry; all else in a dialog. What was typed stays, and is kept as a draft.
 */
void
kan_wizard_failed (KanWizard *self, GError *error)
{
  KanWizardPrivate *priv = kan_wizard_get_private (self);
  g_autoptr(GError) failed = error;

  priv->is_signing = FALSE;
  if (priv->is_over)
    {
      tell_not_signed (self);
      return;
    }
  kan_wizard_refresh_foot (self);
  if (g_error_matches (failed, KAN_ERROR, KAN_ERROR_LOCKED))
    {
      kan_sign_refuse (priv->sign_page, priv->wrong,
                       _("This passphrase does not open the key. Nothing was signed; type it again."));
      return;
    }
  kan_dialogs_tell_error (GTK_WIDGET (self), _("Nothing was signed"), failed);
}

/**
 * kan_wizard_finish_with:
 * @self: a wizard, while it tells that it was signed
 * @page: (transfer floating): shown last, e.g. to print what was signed
 */
void
kan_wizard_finish_with (KanWizard *self, GtkWidget *page)
{
  KanWizardPrivate *priv = kan_wizard_get_private (self);

  priv->last_page = page;
  gtk_stack_add_named (priv->stack, kan_wizard_wrap (page), "finished");
  gtk_stack_set_visible_child_name (priv->stack, "finished");
  gtk_widget_set_visible (GTK_WIDGET (priv->steps), FALSE);
  gtk_revealer_set_reveal_child (priv->banner, FALSE);
  adw_window_title_set_subtitle (priv->heading, _("Done"));
  gtk_widget_set_visible (priv->back, FALSE);
  gtk_widget_set_visible (priv->leave, FALSE);
  gtk_spinner_set_spinning (priv->busy, FALSE);
  gtk_widget_remove_css_class (priv->next, "destructive-action");
  gtk_widget_remove_css_class (priv->next, "suggested-action");
  gtk_button_set_label (GTK_BUTTON (priv->next), _("_Close"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (priv->next), "window.close");
}
