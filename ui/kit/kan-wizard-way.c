/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way through a wizard: its pages, what each shows of the review, forwards and back. */
#include "kit/kan-wizard-private.h"

#include "kit/kan-dialogs.h"

#include <glib/gi18n.h>
#include <string.h>

#define REVIEW_AFTER_MS 300
#define DRAFT_AFTER_MS 2000

static KanWizardPage *
nth_page (KanWizardPrivate *priv, guint index)
{
  return index < priv->pages->len ? g_ptr_array_index (priv->pages, index) : NULL;
}

static gboolean
is_review (KanWizardPrivate *priv, guint index)
{
  KanWizardPage *page = nth_page (priv, index);

  return page != NULL && page->page == priv->check;
}

static gboolean
is_sign (KanWizardPrivate *priv, guint index)
{
  KanWizardPage *page = nth_page (priv, index);

  return page != NULL && priv->sign_page != NULL && page->page == GTK_WIDGET (priv->sign_page);
}

/* The last one is the signature; where that stands below the review, the review. */
static gboolean
is_last (KanWizardPrivate *priv, guint index)
{
  return priv->sign_page != NULL && index + 1 == priv->pages->len;
}

/* --- where one is ------------------------------------------------------------------------------------------------- */

static void
refresh_steps (KanWizardPrivate *priv)
{
  for (guint i = 0; i < priv->pages->len; i++)
    {
      KanWizardPage *page = nth_page (priv, i);
      gboolean here = i == priv->current;

      gtk_widget_set_css_classes (page->step, (const char *[]) { "kan-step", here ? "current"
                                                                 : i < priv->current ? "past" : "coming", NULL });
      gtk_accessible_update_state (GTK_ACCESSIBLE (page->step), GTK_ACCESSIBLE_STATE_SELECTED, here, -1);
    }
}

/**
 * kan_wizard_refresh_foot:
 * @self: a wizard
 *
 * What the buttons say and whether they can be pressed.
 */
void
kan_wizard_refresh_foot (KanWizard *self)
{
  KanWizardPrivate *priv = kan_wizard_get_private (self);
  gboolean last = is_last (priv, priv->current);
  gboolean goes_on = !priv->is_signing && !priv->advances;

  gtk_button_set_label (GTK_BUTTON (priv->next), last ? priv->sheet->title : _("_Next"));
  gtk_widget_remove_css_class (priv->next, last && priv->sheet->ends ? "suggested-action" : "destructive-action");
  gtk_widget_add_css_class (priv->next, last && priv->sheet->ends ? "destructive-action" : "suggested-action");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "wizard.back", priv->current > 0 && !priv->is_signing);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "wizard.next", goes_on);
  gtk_spinner_set_spinning (priv->busy, priv->is_signing);
}

/* The stack takes the focus along by itself where it was on the page before: once more would skip a row. */
static gboolean
takes_focus (KanWizard *self, KanWizardPage *page, gboolean is_review_page)
{
  KanWizardPrivate *priv = kan_wizard_get_private (self);
  GtkWidget *focus;

  if (is_review_page && priv->last_form != NULL && gtk_widget_grab_focus (GTK_WIDGET (priv->last_form)))
    return TRUE;
  if (gtk_widget_grab_focus (is_review_page ? GTK_WIDGET (priv->review_page) : page->page))
    return TRUE;
  focus = gtk_window_get_focus (GTK_WINDOW (self));
  return !is_review_page && ((focus != NULL && gtk_widget_is_ancestor (focus, page->page)) ||
                             gtk_widget_child_focus (page->page, GTK_DIR_TAB_FORWARD));
}

/**
 * kan_wizard_show_page:
 * @self: a wizard
 * @index: of a page
 */
void
kan_wizard_show_page (KanWizard *self, guint index)
{
  KanWizardPrivate *priv = kan_wizard_get_private (self);
  KanWizardPage *page = nth_page (priv, index);
  g_autofree char *where = NULL;

  if (page == NULL)
    return;
  where = g_strdup_printf (_("%u/%u %s"), index + 1, priv->pages->len, page->title);
  priv->current = index;
  gtk_stack_set_visible_child_name (priv->stack, page->name);
  adw_window_title_set_subtitle (priv->heading, where);
  refresh_steps (priv);
  kan_wizard_refresh_foot (self);
  kan_wizard_refresh_again (self);
  if (!takes_focus (self, page, is_review (priv, index)))
    gtk_widget_grab_focus (priv->next);
  if (is_review (priv, index) || is_sign (priv, index))
    KAN_WIZARD_GET_CLASS (self)->review (self);
}

/**
 * kan_wizard_go_to:
 * @self: a wizard
 * @name: of a page; "review" and "sign" are the last two
 */
void
kan_wizard_go_to (KanWizard *self, const char *name)
{
  KanWizardPrivate *priv = kan_wizard_get_private (self);

  for (guint i = 0; i < priv->pages->len; i++)
    if (strcmp (nth_page (priv, i)->name, name) == 0)
      kan_wizard_show_page (self, i);
}

/* --- the review, everywhere --------------------------------------------------------------------------------------- */

static void
collect_forms (GtkWidget *widget, GPtrArray *forms)
{
  if (KAN_IS_FORM (widget))
    {
      g_ptr_array_add (forms, widget);
      return;
    }
  for (GtkWidget *at = gtk_widget_get_first_child (widget); at != NULL; at = gtk_widget_get_next_sibling (at))
    collect_forms (at, forms);
}

/**
 * kan_wizard_forms_of:
 * @self: a wizard
 * @index: of a page
 *
 * Returns: (transfer container) (element-type KanForm): the forms that the page is or holds; what the review asks for
 *   it says itself
 */
GPtrArray *
kan_wizard_forms_of (KanWizard *self, guint index)
{
  KanWizardPrivate *priv = kan_wizard_get_private (self);
  GPtrArray *forms = g_ptr_array_new ();

  if (!is_review (priv, index) && !is_sign (priv, index))
    collect_forms (nth_page (priv, index)->page, forms);
  else if (is_review (priv, index) && priv->last_form != NULL)
    g_ptr_array_add (forms, priv->last_form);
  return forms;
}

static KanForm *
form_with (KanWizard *self, const char *path, guint *index)
{
  KanWizardPrivate *priv = kan_wizard_get_private (self);

  for (guint i = 0; path != NULL && i < priv->pages->len; i++)
    {
      g_autoptr(GPtrArray) forms = kan_wizard_forms_of (self, i);

      for (guint j = 0; j < forms->len; j++)
        if (kan_form_has (g_ptr_array_index (forms, j), path))
          {
            *index = i;
            return g_ptr_array_index (forms, j);
          }
    }
  return NULL;
}

/* Whether no answer of the page is refused; the first one that is takes the focus. */
static gboolean
is_answered (KanWizard *self, guint index)
{
  KanWizardPrivate *priv = kan_wizard_get_private (self);
  g_autoptr(GPtrArray) forms = kan_wizard_forms_of (self, index);
  KanForm *refused = NULL;

  for (guint i = 0; i < forms->len; i++)
    if (kan_form_show_refusals (g_ptr_array_index (forms, i), priv->review->refusals, FALSE) > 0 && refused == NULL)
      refused = g_ptr_array_index (forms, i);
  if (refused != NULL)
    kan_form_focus_refused (refused);
  return refused == NULL;
}

/* Whether an answer of the page breaks a rule and nobody was told yet. */
static gboolean
is_held (KanWizard *self, guint index)
{
  g_autoptr(GPtrArray) forms = kan_wizard_forms_of (self, index);
  gboolean held = FALSE;

  for (guint i = 0; i < forms->len && !held; i++)
    held = kan_form_hold_marks (g_ptr_array_index (forms, i));
  return held;
}

static gboolean
is_asked (KanWizardPrivate *priv, const char *path)
{
  gsize size = strcspn (path, "[");

  for (guint i = 0; i < priv->sheet->questions->len; i++)
    {
      const char *key = ((KanQuestion *) g_ptr_array_index (priv->sheet->questions, i))->key;

      if (strlen (key) == size && strncmp (key, path, size) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Far from its field, a refusal says which one it is about. */
static void
append_refusal (GString *words, const KanRefusal *refusal, const char *label)
{
  g_autofree char *said = label != NULL ? g_strdup_printf (_("%s: %s"), label, refusal->why) : g_strdup (refusal->why);

  if (strstr (words->str, said) == NULL)
    g_string_append_printf (words, "%s%s", words->len > 0 ? "\n" : "", said);
}

/**
 * kan_wizard_show_banner:
 * @self: a wizard
 * @refusals: (element-type KanRefusal): of the act
 * @all: whether those that stand beside a field are said here as well
 */
void
kan_wizard_show_banner (KanWizard *self, GPtrArray *refusals, gboolean all)
{
  KanWizardPrivate *priv = kan_wizard_get_private (self);
  g_autoptr(GString) words = g_string_new (NULL);
  guint index = 0;

  for (guint i = 0; i < refusals->len; i++)
    {
      const KanRefusal *refusal = g_ptr_array_index (refusals, i);
      gboolean elsewhere = refusal->key != NULL
                           && (is_asked (priv, refusal->key) || form_with (self, refusal->key, &index) != NULL
                               || kan_review_page_has (priv->review_page, refusal->key));

      if (!refusal->is_mark && (all || !elsewhere))
        append_refusal (words, refusal, kan_review_page_get_label (priv->review_page, refusal->key));
    }
  gtk_label_set_text (priv->banner_text, words->str);
  gtk_revealer_set_reveal_child (priv->banner, words->len > 0);
}

/* A reason for a deviation that is none any more would itself be refused. */
static gboolean
drop_needless_reason (KanWizard *self, KanReview *review)
{
  KanWizardPrivate *priv = kan_wizard_get_private (self);

  if (kan_answers_get (priv->answers, "deviation_reason") == NULL)
    return FALSE;
  for (guint i = 0; i < review->refusals->len; i++)
    if (((KanRefusal *) g_ptr_array_index (review->refusals, i))->is_mark)
      return FALSE;
  kan_answers_set (priv->answers, "deviation_reason", NULL);
  return TRUE;
}

static gboolean
passes (KanWizard *self, guint index)
{
  KanWizardClass *klass = KAN_WIZARD_GET_CLASS (self);

  return klass->passes == NULL || klass->passes (self, nth_page (kan_wizard_get_private (self), index)->page);
}

static void
advance (KanWizard *self)
{
  KanWizardPrivate *priv = kan_wizard_get_private (self);

  priv->advances = FALSE;
  kan_wizard_refresh_foot (self);
  if (is_review (priv, priv->current) && !priv->review->admissible)
    kan_review_page_show (priv->review_page, priv->review, FALSE);
  else if (is_answered (self, priv->current) && passes (self, priv->current) && !is_held (self, priv->current))
    kan_wizard_show_page (self, priv->current + 1);
}

/* --- a draft ------------------------------------------------------------------------------------------------------ */

static gboolean
is_answered_anew (KanWizardPrivate *priv, const KanQuestion *question)
{
  const char *typed = kan_answers_get (priv->answers, question->key);

  return (typed != NULL && g_strcmp0 (typed, question->preset) != 0)
         || kan_answers_n_rows (priv->answers, question->key) > 0;
}

/* The last page that can be come to without leaving one that has more to do than to be answered, which a special wizard
   adds; at most the review. */
static guint
last_reachable (KanWizardPrivate *priv)
{
  guint index = 0;

  while (index + 1 < priv->pages->len && KAN_IS_FORM (nth_page (priv, index)->page)
         && nth_page (priv, index)->leave == NULL)
    index++;
  return index;
}

/* The first page on which something is missing or wrong; where nothing is, the last one that was answered. */
static guint
page_to_resume (KanWizard *self)
{
  KanWizardPrivate *priv = kan_wizard_get_private (self);
  guint missing = G_MAXUINT, answered = 0, index = 0;

  for (guint i = 0; i < priv->review->refusals->len; i++)
    {
      const KanRefusal *refusal = g_ptr_array_index (priv->review->refusals, i);

      if (!refusal->is_mark && form_with (self, refusal->key, &index) != NULL)
        missing = MIN (missing, index);
    }
  for (guint i = 0; i < priv->sheet->questions->len; i++)
    {
      const KanQuestion *question = g_ptr_array_index (priv->sheet->questions, i);

      if (is_answered_anew (priv, question) && form_with (self, question->key, &index) != NULL)
        answered = MAX (answered, index);
    }
  return MIN (last_reachable (priv), missing != G_MAXUINT ? missing : answered);
}

/* Whoever is faster than the review stays where they are. */
static void
resume (KanWizard *self)
{
  KanWizardPrivate *priv = kan_wizard_get_private (self);
  guint index = page_to_resume (self);

  priv->resumes = FALSE;
  if (index > 0 && priv->current == 0 && !priv->is_dirty && !priv->advances)
    kan_wizard_show_page (self, index);
}

/**
 * kan_wizard_set_review:
 * @self: a wizard
 * @review: (transfer full): what would be signed now
 */
void
kan_wizard_set_review (KanWizard *self, KanReview *review)
{
  KanWizardPrivate *priv = kan_wizard_get_private (self);

  g_clear_pointer (&priv->review, kan_review_free);
  priv->review = review;
  if (priv->is_over)
    return;
  if (drop_needless_reason (self, review))
    {
      KAN_WIZARD_GET_CLASS (self)->review (self);
      return;
    }
  for (guint i = 0; i < priv->pages->len; i++)
    {
      g_autoptr(GPtrArray) forms = kan_wizard_forms_of (self, i);

      for (guint j = 0; j < forms->len; j++)
        {
          kan_form_leave_out (g_ptr_array_index (forms, j), (const char *const *) review->unasked);
          kan_form_show_refusals (g_ptr_array_index (forms, j), review->refusals, TRUE);
          kan_form_show_filled (g_ptr_array_index (forms, j), review->lines);
        }
    }
  kan_wizard_show_banner (self, review->refusals, FALSE);
  kan_review_page_show (priv->review_page, review, TRUE);
  if (priv->sign_page != NULL)
    kan_sign_set_review (priv->sign_page, review, priv->answers);
  if (priv->resumes)
    resume (self);
  if (priv->advances)
    advance (self);
}

/**
 * kan_wizard_review_failed:
 * @self: a wizard
 * @error: what went wrong with the world
 */
void
kan_wizard_review_failed (KanWizard *self, const GError *error)
{
  KanWizardPrivate *priv = kan_wizard_get_private (self);

  priv->advances = FALSE;
  kan_wizard_refresh_foot (self);
  kan_dialogs_tell_error (GTK_WIDGET (self), _("This could not be checked"), error);
}

static gboolean
review_timeout_cb (gpointer user_data)
{
  KanWizardPrivate *priv = kan_wizard_get_private (user_data);

  priv->review_timer = 0;
  KAN_WIZARD_GET_CLASS (user_data)->review (user_data);
  return G_SOURCE_REMOVE;
}

static gboolean
draft_timeout_cb (gpointer user_data)
{
  KanWizardPrivate *priv = kan_wizard_get_private (user_data);

  priv->draft_timer = 0;
  kan_wizard_save_draft (user_data);
  return G_SOURCE_REMOVE;
}

/**
 * kan_wizard_edited:
 * @self: a wizard whose answers were changed
 *
 * Reviews them shortly after, and keeps the draft.
 */
void
kan_wizard_edited (KanWizard *self)
{
  KanWizardPrivate *priv = kan_wizard_get_private (self);

  priv->is_dirty = TRUE;
  g_clear_handle_id (&priv->review_timer, g_source_remove);
  g_clear_handle_id (&priv->draft_timer, g_source_remove);
  priv->review_timer = g_timeout_add (REVIEW_AFTER_MS, review_timeout_cb, self);
  priv->draft_timer = g_timeout_add (DRAFT_AFTER_MS, draft_timeout_cb, self);
}

/* --- forwards and back ------------------------------------------------------------------------------------------- */

/**
 * kan_wizard_next:
 * @self: a wizard
 *
 * Leaves the page forwards where nothing on it stands in the way; signs on the last one.
 */
void
kan_wizard_next (KanWizard *self)
{
  KanWizardPrivate *priv = kan_wizard_get_private (self);
  KanWizardPage *page = nth_page (priv, priv->current);

  if (page == NULL || priv->is_signing || priv->is_over || priv->sheet == NULL)
    return;
  if (is_last (priv, priv->current))
    {
      kan_wizard_try_sign (self);
      return;
    }
  if (page->leave != NULL && !page->leave (self, page->page, page->user_data))
    return;
  g_clear_handle_id (&priv->review_timer, g_source_remove);
  priv->advances = TRUE;
  kan_wizard_refresh_foot (self);
  KAN_WIZARD_GET_CLASS (self)->review (self);
}

/**
 * kan_wizard_back:
 * @self: a wizard
 */
void
kan_wizard_back (KanWizard *self)
{
  KanWizardPrivate *priv = kan_wizard_get_private (self);

  if (priv->current > 0 && !priv->is_signing && !priv->is_over)
    kan_wizard_show_page (self, priv->current - 1);
}

/**
 * kan_wizard_go_to_answer:
 * @self: a wizard
 * @key: how a refusal names an answer
 *
 * Goes to the page where it is given; where none is, to the first.
 */
void
kan_wizard_go_to_answer (KanWizard *self, const char *key)
{
  KanWizardPrivate *priv = kan_wizard_get_private (self);
  guint index = 0;
  KanForm *form = form_with (self, key, &index);

  if (form == NULL)
    {
      kan_wizard_show_page (self, 0);
      return;
    }
  kan_wizard_show_page (self, index);
  kan_form_show_refusals (form, priv->review->refusals, FALSE);
  kan_form_focus (form, key);
}
