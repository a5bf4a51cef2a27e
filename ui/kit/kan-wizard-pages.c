/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pages of a wizard, made from the sheet: one for each that the declaration opens, then what will be signed. */
#include "kit/kan-wizard-private.h"

#include <glib/gi18n.h>

#define PAGE_WIDTH 640
#define FEW_QUESTIONS 2

static GtkWidget *
new_step (guint number, const char *title)
{
  GtkWidget *step = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *label = gtk_label_new (title), *circle;
  g_autofree char *digits = g_strdup_printf ("%u", number);

  circle = gtk_label_new (digits);
  gtk_widget_add_css_class (circle, "kan-step-number");
  gtk_widget_set_valign (circle, GTK_ALIGN_CENTER);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (label, title);
  gtk_box_append (GTK_BOX (step), circle);
  gtk_box_append (GTK_BOX (step), label);
  return step;
}

/**
 * kan_wizard_wrap:
 * @page: (transfer floating): what a page shows
 *
 * Returns: (transfer floating): the same as wide as reads well, scrolling where it is long
 */
GtkWidget *
kan_wizard_wrap (GtkWidget *page)
{
  GtkWidget *scroller = gtk_scrolled_window_new (), *clamp = adw_clamp_new ();

  if (GTK_IS_SCROLLED_WINDOW (page))
    return page;
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), PAGE_WIDTH);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), PAGE_WIDTH - 100);
  adw_clamp_set_child (ADW_CLAMP (clamp), page);
  gtk_widget_add_css_class (clamp, "kan-wizard-page");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  return scroller;
}

/**
 * kan_wizard_add_page:
 * @self: a wizard
 * @name: of the page, for kan_wizard_go_to()
 * @title: in the list of steps
 * @page: (transfer floating): a #KanForm, or anything else; it is made to scroll
 * @leave: (nullable): called when it is about to be left forwards
 * @user_data: for @leave
 */
void
kan_wizard_add_page (KanWizard *self, const char *name, const char *title, GtkWidget *page, KanWizardLeave leave,
                     gpointer user_data)
{
  KanWizardPrivate *priv = kan_wizard_get_private (self);
  KanWizardPage *added = g_new0 (KanWizardPage, 1);

  added->name = g_strdup (name);
  added->title = g_strdup (title);
  added->page = page;
  added->leave = leave;
  added->user_data = user_data;
  added->step = new_step (priv->pages->len + 1, title);
  g_ptr_array_add (priv->pages, added);
  gtk_box_append (priv->steps, added->step);
  gtk_stack_add_named (priv->stack, kan_wizard_wrap (page), name);
  if (KAN_IS_FORM (page))
    g_signal_connect_object (page, "edited", G_CALLBACK (kan_wizard_edited), self, G_CONNECT_SWAPPED);
}

/* A decision is made when it is signed; all else may have happened before. */
static gboolean
may_be_late (const KanSheet *sheet)
{
  return sheet->is_fact || (sheet->hands->len == 0 && sheet->strength != KAN_STRICT && !sheet->is_power);
}

/* How many questions stand on the page that begins with this one. A first page that only repeats what was chosen before
   the wizard was opened goes with the next one. */
static guint
page_size (const GPtrArray *questions, guint first, const char **title)
{
  const KanQuestion *question = g_ptr_array_index ((GPtrArray *) questions, first);
  guint n = 1;

  *title = question->page;
  for (; first + n < questions->len; n++)
    {
      const KanQuestion *next = g_ptr_array_index ((GPtrArray *) questions, first + n);

      if (next->page != NULL && (first > 0 || n > 1 || question->preset == NULL))
        break;
      *title = next->page != NULL ? next->page : *title;
    }
  return n;
}

/* Of acts done in one go what the last one asks stands above what will be signed. */
static gboolean
stands_on_check (const KanSheet *sheet, guint first, guint n)
{
  return sheet->joins && first > 0 && first + n == sheet->questions->len && n <= FEW_QUESTIONS;
}

/**
 * kan_wizard_add_form_pages:
 * @self: a wizard whose sheet has come
 *
 * One page for each that the declaration opens. What may be entered late is, on the last of them.
 */
void
kan_wizard_add_form_pages (KanWizard *self)
{
  KanWizardPrivate *priv = kan_wizard_get_private (self);
  GPtrArray *questions = priv->sheet->questions;
  GtkWidget *form = NULL;

  for (guint first = 0, n; first < questions->len; first += n)
    {
      const char *title = NULL;
      g_autofree char *name = g_strdup_printf ("form-%u", first);

      n = page_size (questions, first, &title);
      if (stands_on_check (priv->sheet, first, n))
        {
          priv->last_form = KAN_FORM (kan_form_new (priv->session, priv->sheet, first, n, priv->answers));
          break;
        }
      form = kan_form_new (priv->session, priv->sheet, first, n, priv->answers);
      kan_wizard_add_page (self, name, title != NULL ? title : priv->sheet->title, form, NULL, NULL);
    }
  if (form == NULL && may_be_late (priv->sheet))
    {
      form = kan_form_new (priv->session, priv->sheet, 0, 0, priv->answers);
      kan_wizard_add_page (self, "late", _("When"), form, NULL, NULL);
    }
  if (form != NULL && (may_be_late (priv->sheet) || priv->sheet->tells_day))
    kan_form_add_late (KAN_FORM (form), may_be_late (priv->sheet));
}

/* --- as the last time -------------------------------------------------------------------------------------------- */

static gboolean
repeats (const KanSheet *sheet)
{
  for (guint i = 0; i < sheet->questions->len; i++)
    if (((KanQuestion *) g_ptr_array_index (sheet->questions, i))->again)
      return TRUE;
  return FALSE;
}

static gboolean
can_take_last (KanWizard *self)
{
  KanWizardPrivate *priv = kan_wizard_get_private (self);

  for (guint i = 0; i < priv->pages->len; i++)
    {
      g_autoptr(GPtrArray) forms = kan_wizard_forms_of (self, i);

      for (guint j = 0; j < forms->len; j++)
        if (kan_form_has_last (g_ptr_array_index (forms, j)))
          return TRUE;
    }
  return FALSE;
}

/**
 * kan_wizard_refresh_again:
 * @self: a wizard
 *
 * Offers, on the first page, to begin as the last time.
 */
void
kan_wizard_refresh_again (KanWizard *self)
{
  KanWizardPrivate *priv = kan_wizard_get_private (self);

  gtk_revealer_set_reveal_child (priv->again, priv->current == 0 && can_take_last (self));
  gtk_widget_set_visible (GTK_WIDGET (priv->again), gtk_revealer_get_reveal_child (priv->again));
}

/**
 * kan_wizard_take_last:
 * @self: a wizard whose pages were made
 *
 * Answers what is often the same, and was not answered yet, as this person did the last time.
 */
void
kan_wizard_take_last (KanWizard *self)
{
  KanWizardPrivate *priv = kan_wizard_get_private (self);

  for (guint i = 0; i < priv->pages->len; i++)
    {
      g_autoptr(GPtrArray) forms = kan_wizard_forms_of (self, i);

      for (guint j = 0; j < forms->len; j++)
        kan_form_take_last (g_ptr_array_index (forms, j));
    }
  kan_wizard_refresh_again (self);
}

/* After what makes a record another one of the kind may be begun, as the next one of a stack. */
static GtkWidget *
new_goes_on (KanWizardPrivate *priv)
{
  GtkWidget *group = adw_preferences_group_new (), *row = adw_action_row_new ();

  priv->goes_on = GTK_SWITCH (gtk_switch_new ());
  gtk_widget_set_valign (GTK_WIDGET (priv->goes_on), GTK_ALIGN_CENTER);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Go on with another"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("What is often the same is taken over"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), GTK_WIDGET (priv->goes_on));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), GTK_WIDGET (priv->goes_on));
  gtk_accessible_update_property (GTK_ACCESSIBLE (priv->goes_on), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Go on with another"), -1);
  gtk_switch_set_active (priv->goes_on, priv->repeats);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return group;
}

/* --- the last pages ---------------------------------------------------------------------------------------------- */

static GtkWidget *
new_check (KanWizard *self)
{
  KanWizardPrivate *priv = kan_wizard_get_private (self);
  GtkWidget *check = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  if (priv->last_form != NULL)
    {
      gtk_box_append (GTK_BOX (check), GTK_WIDGET (priv->last_form));
      g_signal_connect_object (priv->last_form, "edited", G_CALLBACK (kan_wizard_edited), self, G_CONNECT_SWAPPED);
    }
  gtk_box_append (GTK_BOX (check), GTK_WIDGET (priv->review_page));
  if (priv->sheet->joins || priv->sheet->strength == KAN_LIGHT)
    gtk_box_append (GTK_BOX (check), GTK_WIDGET (priv->sign_page));
  if (priv->sheet->subject == NULL && repeats (priv->sheet))
    gtk_box_append (GTK_BOX (check), new_goes_on (priv));
  return check;
}

/* What the last question is about is told with it. */
static char *
check_title (KanWizardPrivate *priv)
{
  const GPtrArray *questions = priv->sheet->questions;
  const char *page = NULL;

  for (guint i = 0; priv->last_form != NULL && i < questions->len; i++)
    {
      const KanQuestion *question = g_ptr_array_index ((GPtrArray *) questions, i);

      page = question->page != NULL ? question->page : page;
    }
  return page != NULL ? g_strdup_printf (_("%s and Check"), page) : g_strdup (_("Check"));
}

/**
 * kan_wizard_add_last_pages:
 * @self: a wizard whose own pages were added
 *
 * Adds what will be signed, and the signature. A light act is signed where it is reviewed, and so are acts done in one
 * go.
 */
void
kan_wizard_add_last_pages (KanWizard *self)
{
  KanWizardPrivate *priv = kan_wizard_get_private (self);
  g_autofree char *title = check_title (priv);

  priv->review_page = KAN_REVIEW_PAGE (kan_review_page_new (priv->session, priv->sheet, priv->answers));
  g_signal_connect_object (priv->review_page, "edited", G_CALLBACK (kan_wizard_edited), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->review_page, "go-to", G_CALLBACK (kan_wizard_go_to_answer), self, G_CONNECT_SWAPPED);
  priv->sign_page = KAN_SIGN (g_object_ref_sink (kan_sign_new (priv->session, priv->sheet)));
  priv->check = new_check (self);
  kan_wizard_add_page (self, "review", title, priv->check, NULL, NULL);
  if (gtk_widget_get_parent (GTK_WIDGET (priv->sign_page)) == NULL)
    kan_wizard_add_page (self, "sign", _("Signature"), GTK_WIDGET (priv->sign_page), NULL, NULL);
}
