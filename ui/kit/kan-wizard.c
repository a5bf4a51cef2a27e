/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one wizard: how it begins, and its class. The way through its pages is in kan-wizard-way.c, its end in
 * kan-wizard-end.c, what it asks of the file in kan-wizard-jobs.c. */
#include "kit/kan-wizard-private.h"

#include "kit/kan-dialogs.h"

#include <glib/gi18n.h>
#include <string.h>

enum { PROP_SESSION = 1, PROP_KIND, PROP_SUBJECT, PROP_DRAFT, N_PROPS };

static GParamSpec *props[N_PROPS];

G_DEFINE_TYPE_WITH_PRIVATE (KanWizard, kan_wizard, ADW_TYPE_WINDOW)

/**
 * kan_wizard_get_private:
 * @self: a wizard
 *
 * Returns: (transfer none): what its files share
 */
KanWizardPrivate *
kan_wizard_get_private (KanWizard *self)
{
  return kan_wizard_get_instance_private (self);
}

static void
page_free (KanWizardPage *self)
{
  g_free (self->name);
  g_free (self->title);
  g_free (self);
}

/* --- beginning --------------------------------------------------------------------------------------------------- */

/**
 * kan_wizard_loaded:
 * @self: a wizard whose sheet and answers have come
 */
void
kan_wizard_loaded (KanWizard *self)
{
  KanWizardPrivate *priv = kan_wizard_get_private (self);
  g_autofree char *name = priv->sheet->subject_name != NULL ? kan_visible_text (priv->sheet->subject_name) : NULL;
  g_autofree char *title = name != NULL ? g_strdup_printf (_("%s: %s"), priv->sheet->title, name) : NULL;

  gtk_window_set_title (GTK_WINDOW (self), title != NULL ? title : priv->sheet->title);
  adw_window_title_set_title (priv->heading, title != NULL ? title : priv->sheet->title);
  gtk_label_set_text (priv->basis_text, priv->sheet->basis != NULL ? priv->sheet->basis : "");
  gtk_widget_set_visible (GTK_WIDGET (priv->basis), priv->sheet->basis != NULL);
  KAN_WIZARD_GET_CLASS (self)->made (self);
  kan_wizard_add_last_pages (self);
  gtk_stack_set_visible_child_name (priv->views, "pages");
  gtk_widget_set_visible (priv->foot, TRUE);
  if (priv->repeats)
    kan_wizard_take_last (self);
  kan_wizard_show_page (self, 0);
  KAN_WIZARD_GET_CLASS (self)->review (self);
}

/**
 * kan_wizard_stop:
 * @self: a wizard that cannot begin
 * @title: that it cannot
 * @description: why, and what now
 */
void
kan_wizard_stop (KanWizard *self, const char *title, const char *description)
{
  KanWizardPrivate *priv = kan_wizard_get_private (self);
  g_autofree char *escaped = g_markup_escape_text (description, -1);

  adw_window_title_set_title (priv->heading, title);
  gtk_button_set_label (GTK_BUTTON (priv->leave), _("_Close"));
  adw_status_page_set_title (priv->stopped, title);
  adw_status_page_set_description (priv->stopped, escaped);
  gtk_stack_set_visible_child_name (priv->views, "stopped");
}

/* --- class ------------------------------------------------------------------------------------------------------- */

static void
next_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  kan_wizard_next (KAN_WIZARD (widget));
}

static void
back_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  kan_wizard_back (KAN_WIZARD (widget));
}

static void
again_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  kan_wizard_take_last (KAN_WIZARD (widget));
  kan_wizard_edited (KAN_WIZARD (widget));
}

static void
kan_wizard_constructed (GObject *object)
{
  KanWizard *self = KAN_WIZARD (object);
  KanWizardPrivate *priv = kan_wizard_get_private (self);

  G_OBJECT_CLASS (kan_wizard_parent_class)->constructed (object);
  g_set_weak_pointer (&priv->parent, gtk_window_get_transient_for (GTK_WINDOW (self)));
  g_signal_connect_object (priv->session, "locking", G_CALLBACK (kan_wizard_locking), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->session, "locked", G_CALLBACK (kan_wizard_locked), self, G_CONNECT_SWAPPED);
  if (kan_session_is_read_only (priv->session))
    kan_wizard_stop (self, _("Open for reading only"),
                     _("Nothing can be recorded now. Close the file and open it for writing."));
  else if (kan_session_is_provisional (priv->session))
    kan_wizard_stop (self, _("Not yet with a passphrase of your own"),
                     _("Choose your own passphrase first; until then you can only read."));
  else
    kan_wizard_load (self);
}

static void
kan_wizard_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  KanWizardPrivate *priv = kan_wizard_get_private (KAN_WIZARD (object));

  switch (id)
    {
    case PROP_SESSION:
      priv->session = g_value_dup_object (value);
      break;
    case PROP_KIND:
      priv->kind = g_value_dup_string (value);
      break;
    case PROP_SUBJECT:
      priv->subject = g_value_dup_string (value);
      break;
    case PROP_DRAFT:
      *priv->draft = g_value_get_int64 (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kan_wizard_dispose (GObject *object)
{
  KanWizard *self = KAN_WIZARD (object);
  KanWizardPrivate *priv = kan_wizard_get_private (self);

  kan_wizard_end (self);
  /* no gtk_widget_dispose_template(): in GTK 4.8 it looks for the template of the subclass, which has none */
  g_clear_object (&priv->sign_page);
  priv->review_page = NULL;
  G_OBJECT_CLASS (kan_wizard_parent_class)->dispose (object);
}

static void
kan_wizard_finalize (GObject *object)
{
  KanWizardPrivate *priv = kan_wizard_get_private (KAN_WIZARD (object));

  g_clear_weak_pointer (&priv->parent);
  g_clear_object (&priv->session);
  g_clear_object (&priv->life);
  g_clear_object (&priv->reviewing);
  g_clear_pointer (&priv->review, kan_review_free);
  g_clear_pointer (&priv->answers, kan_answers_free);
  g_clear_pointer (&priv->sheet, kan_sheet_free);
  g_clear_pointer (&priv->pages, g_ptr_array_unref);
  g_atomic_rc_box_release (priv->draft);
  g_free (priv->kind);
  g_free (priv->subject);
  G_OBJECT_CLASS (kan_wizard_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kanribo/Kanribo/ui/kit/kan-wizard.ui");
  gtk_widget_class_bind_template_child_private (widget_class, KanWizard, heading);
  gtk_widget_class_bind_template_child_private (widget_class, KanWizard, basis);
  gtk_widget_class_bind_template_child_private (widget_class, KanWizard, basis_text);
  gtk_widget_class_bind_template_child_private (widget_class, KanWizard, steps);
  gtk_widget_class_bind_template_child_private (widget_class, KanWizard, banner);
  gtk_widget_class_bind_template_child_private (widget_class, KanWizard, banner_text);
  gtk_widget_class_bind_template_child_private (widget_class, KanWizard, again);
  gtk_widget_class_bind_template_child_private (widget_class, KanWizard, views);
  gtk_widget_class_bind_template_child_private (widget_class, KanWizard, stack);
  gtk_widget_class_bind_template_child_private (widget_class, KanWizard, stopped);
  gtk_widget_class_bind_template_child_private (widget_class, KanWizard, leave);
  gtk_widget_class_bind_template_child_private (widget_class, KanWizard, foot);
  gtk_widget_class_bind_template_child_private (widget_class, KanWizard, back);
  gtk_widget_class_bind_template_child_private (widget_class, KanWizard, next);
  gtk_widget_class_bind_template_child_private (widget_class, KanWizard, busy);
}

static void
kan_wizard_class_init (KanWizardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = kan_wizard_constructed;
  object_class->set_property = kan_wizard_set_property;
  object_class->dispose = kan_wizard_dispose;
  object_class->finalize = kan_wizard_finalize;
  klass->made = kan_wizard_add_form_pages;
  klass->review = kan_wizard_ask_review;
  klass->sign = kan_wizard_default_sign;
  props[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, KAN_TYPE_SESSION, flags);
  props[PROP_KIND] = g_param_spec_string ("kind", NULL, NULL, NULL, flags);
  props[PROP_SUBJECT] = g_param_spec_string ("subject", NULL, NULL, NULL, flags);
  props[PROP_DRAFT] = g_param_spec_int64 ("draft", NULL, NULL, 0, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  g_signal_new ("signed", KAN_TYPE_WIZARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING,
                G_TYPE_BOOLEAN);
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "wizard.again", NULL, again_cb);
  gtk_widget_class_install_action (widget_class, "wizard.next", NULL, next_cb);
  gtk_widget_class_install_action (widget_class, "wizard.back", NULL, back_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "wizard.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "wizard.next", NULL);
}

static void
kan_wizard_init (KanWizard *self)
{
  KanWizardPrivate *priv = kan_wizard_get_private (self);

  gtk_widget_init_template (GTK_WIDGET (self));
  priv->pages = g_ptr_array_new_with_free_func ((GDestroyNotify) page_free);
  priv->life = g_cancellable_new ();
  priv->draft = g_atomic_rc_box_new0 (gint64);
  gtk_window_set_default_widget (GTK_WINDOW (self), priv->next);
  g_signal_connect (self, "close-request", G_CALLBACK (kan_wizard_close_request), NULL);
}

/**
 * kan_wizard_new:
 * @session: the open file
 * @parent: (nullable): over which window
 * @kind: an act
 * @subject: (nullable): the record it is about; "" or %NULL: it makes one
 *
 * Returns: (transfer none): the wizard of any kind, from its declaration; the caller presents it
 */
GtkWidget *
kan_wizard_new (KanSession *session, GtkWindow *parent, const char *kind, const char *subject)
{
  return g_object_new (KAN_TYPE_WIZARD, "session", session, "transient-for", parent, "kind", kind, "subject",
                       subject != NULL && *subject != '\0' ? subject : NULL, NULL);
}

/**
 * kan_wizard_new_for_draft:
 * @session: the open file
 * @parent: (nullable): over which window
 * @draft: its number in the file
 *
 * Returns: (transfer none): the wizard, as it was left; the caller presents it
 */
GtkWidget *
kan_wizard_new_for_draft (KanSession *session, GtkWindow *parent, gint64 draft)
{
  return g_object_new (KAN_TYPE_WIZARD, "session", session, "transient-for", parent, "draft", draft, NULL);
}

/**
 * kan_wizard_new_again:
 * @session: the open file
 * @parent: (nullable): over which window
 * @kind: an act that makes a record
 *
 * Returns: (transfer none): the wizard for another one, begun as the last one was; the caller presents it
 */
GtkWidget *
kan_wizard_new_again (KanSession *session, GtkWindow *parent, const char *kind)
{
  GtkWidget *self = kan_wizard_new (session, parent, kind, NULL);

  kan_wizard_get_private (KAN_WIZARD (self))->repeats = TRUE;
  return self;
}

/**
 * kan_wizard_get_session:
 * @self: a wizard
 *
 * Returns: (transfer none): the open file
 */
KanSession *
kan_wizard_get_session (KanWizard *self)
{
  return kan_wizard_get_private (self)->session;
}

/**
 * kan_wizard_get_sheet:
 * @self: a wizard
 *
 * Returns: (transfer none) (nullable): the act as a form; %NULL until it has come
 */
KanSheet *
kan_wizard_get_sheet (KanWizard *self)
{
  return kan_wizard_get_private (self)->sheet;
}

/**
 * kan_wizard_get_answers:
 * @self: a wizard
 *
 * Returns: (transfer none) (nullable): what was typed so far; %NULL until the sheet has come
 */
KanAnswers *
kan_wizard_get_answers (KanWizard *self)
{
  return kan_wizard_get_private (self)->answers;
}

/**
 * kan_wizard_get_review:
 * @self: a wizard
 *
 * Returns: (transfer none) (nullable): what would be signed, as it was last reviewed
 */
const KanReview *
kan_wizard_get_review (KanWizard *self)
{
  return kan_wizard_get_private (self)->review;
}
