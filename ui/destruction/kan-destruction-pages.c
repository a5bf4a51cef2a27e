/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pages of the destruction wizard: media, numbers, erasure, destruction, and what came of it. */
#include "destruction/kan-destruction-private.h"

#include "kit/kan-actions.h"
#include "kit/kan-dialogs.h"
#include "kit/kan-pieces.h"

#include <glib/gi18n.h>
#include <string.h>

/* Asked on the page of numbers, and on that of destruction. */
static const char *const numbers_keys[] = { "sheets", "photographs", NULL };
static const char *const destruction_keys[] = {
  "method", "standard", "level", "machine", "place", "executor", "executor_paper", "witness", "witness_paper",
  "contractor", "contractor_certificate", "note", NULL
};

static KanAnswers *
answers_of (KanDestructionWizard *self)
{
  return kan_wizard_get_answers (KAN_WIZARD (self));
}

static void
clear_rows (AdwPreferencesGroup *group, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    adw_preferences_group_remove (group, g_ptr_array_index (rows, i));
  g_ptr_array_set_size (rows, 0);
}

/**
 * kan_destruction_title:
 * @doomed: a medium
 *
 * Returns: (transfer full): its number in the register and what it is called
 */
char *
kan_destruction_title (const KanViewDoomed *doomed)
{
  g_autofree char *name = doomed->name != NULL ? kan_visible_text (doomed->name) : NULL;

  return g_strdup_printf ("%s　%s", doomed->subject, name != NULL ? name : "");
}

static GtkWidget *
new_row (const char *title, const char *subtitle)
{
  return g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", title, "subtitle", subtitle, "subtitle-lines",
                       0, NULL);
}

/* --- media ------------------------------------------------------------------------------------------------------- */

static char *
describe (const KanViewDoomed *doomed)
{
  GString *out = g_string_new (doomed->kind);
  g_autofree char *count = kan_group_digits ((guint) doomed->held);

  g_string_append (out, "　");
  if (doomed->held > 0)
    g_string_append_printf (out, _("%s still recorded"), count);
  else
    g_string_append (out, _("Nothing recorded"));
  if (doomed->purge_by != NULL)
    {
      g_string_append (out, "　");
      g_string_append_printf (out, doomed->is_overdue ? _("to be destroyed by %s, overdue")
                              : doomed->is_due ? _("to be destroyed by %s, due") : _("to be destroyed by %s"),
                              doomed->purge_by);
    }
  if (doomed->waits != NULL)
    g_string_append_printf (out, "\n%s", doomed->waits);
  return g_string_free (out, FALSE);
}

static void
ticked_cb (GtkCheckButton *check, GParamSpec *pspec, gpointer user_data)
{
  KanDestructionWizard *self = user_data;
  g_autoptr(GString) media = g_string_new (NULL);

  if (self->is_filling)
    return;
  for (guint i = 0; i < self->media_rows->len; i++)
    {
      GObject *row = g_ptr_array_index (self->media_rows, i);

      if (gtk_check_button_get_active (g_object_get_data (row, "kan-check")))
        g_string_append_printf (media, "%s%s", media->len > 0 ? "," : "",
                                (const char *) g_object_get_data (row, "kan-subject"));
    }
  kan_answers_set (answers_of (self), "media", media->str);
  kan_note_say (self->media_note, "");
  kan_destruction_fill_rest (self);
  kan_wizard_edited (KAN_WIZARD (self));
}

static GtkWidget *
new_medium_row (KanDestructionWizard *self, const KanViewDoomed *doomed, gboolean ticked)
{
  g_autofree char *title = kan_destruction_title (doomed), *subtitle = describe (doomed);
  GtkWidget *row = new_row (title, subtitle), *check = gtk_check_button_new ();

  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), ticked);
  gtk_widget_set_sensitive (check, ticked || doomed->waits == NULL);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), kan_badge_new (doomed->state_label, doomed->state));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  g_object_set_data (G_OBJECT (row), "kan-check", check);
  g_object_set_data_full (G_OBJECT (row), "kan-subject", g_strdup (doomed->subject), g_free);
  g_signal_connect_object (check, "notify::active", G_CALLBACK (ticked_cb), self, 0);
  return row;
}

/**
 * kan_destruction_fill_media:
 * @self: a wizard whose media have come
 *
 * Shows the media that may be destroyed, those chosen ticked.
 */
void
kan_destruction_fill_media (KanDestructionWizard *self)
{
  g_autoptr(GPtrArray) chosen = kan_destruction_list_chosen (self);

  self->is_filling = TRUE;
  clear_rows (self->media_group, self->media_rows);
  for (guint i = 0; i < self->doomed->len; i++)
    {
      KanViewDoomed *doomed = g_ptr_array_index (self->doomed, i);
      GtkWidget *row = new_medium_row (self, doomed, g_ptr_array_find (chosen, doomed, NULL));

      adw_preferences_group_add (self->media_group, row);
      g_ptr_array_add (self->media_rows, row);
    }
  if (self->doomed->len == 0)
    {
      GtkWidget *row = new_row (_("No medium is due"), _("Add those that are to be destroyed all the same."));

      adw_preferences_group_add (self->media_group, row);
      g_ptr_array_add (self->media_rows, row);
      g_object_set_data_full (G_OBJECT (row), "kan-check", g_object_ref_sink (gtk_check_button_new ()), g_object_unref);
    }
  self->is_filling = FALSE;
}

/**
 * kan_destruction_leave_media:
 * @wizard: a destruction wizard
 * @page: its first page
 * @user_data: nothing
 *
 * Returns: whether any medium was chosen; else it says so
 */
gboolean
kan_destruction_leave_media (KanWizard *wizard, GtkWidget *page, gpointer user_data)
{
  KanDestructionWizard *self = KAN_DESTRUCTION_WIZARD (wizard);
  g_autoptr(GPtrArray) chosen = kan_destruction_list_chosen (self);
  GObject *first = self->media_rows->len > 0 ? g_ptr_array_index (self->media_rows, 0) : NULL;
  GtkWidget *check = first != NULL ? g_object_get_data (first, "kan-check") : NULL;

  kan_note_say (self->media_note, chosen->len == 0 ? _("Tick at least one medium") : "");
  if (chosen->len == 0 && (check == NULL || !gtk_widget_get_mapped (check) || !gtk_widget_grab_focus (check)))
    gtk_widget_grab_focus (self->add_media);
  return chosen->len > 0;
}

/* --- forms ------------------------------------------------------------------------------------------------------- */

static KanQuestion *
find_question (KanDestructionWizard *self, const char *key)
{
  GPtrArray *questions = kan_wizard_get_sheet (KAN_WIZARD (self))->questions;

  for (guint i = 0; i < questions->len; i++)
    if (strcmp (((KanQuestion *) g_ptr_array_index (questions, i))->key, key) == 0)
      return g_ptr_array_index (questions, i);
  return NULL;
}

static GtkWidget *
new_form (KanDestructionWizard *self, GtkWidget *page, guint first, guint n)
{
  KanWizard *wizard = KAN_WIZARD (self);
  GtkWidget *form = kan_form_new (kan_wizard_get_session (wizard), kan_wizard_get_sheet (wizard), first, n,
                                  kan_wizard_get_answers (wizard));

  g_signal_connect_object (form, "edited", G_CALLBACK (kan_wizard_edited), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (page), form);
  return form;
}

static void
add_questions (KanDestructionWizard *self, GtkWidget *form, const char *const *keys)
{
  for (; *keys != NULL; keys++)
    {
      KanQuestion *question = find_question (self, *keys);

      if (question != NULL)
        kan_form_add_question (KAN_FORM (form), question);
    }
}

static void
drop_form (GtkWidget *page, GtkWidget **form)
{
  if (*form != NULL)
    gtk_box_remove (GTK_BOX (page), *form);
  *form = NULL;
}

static gboolean
fits_all (GPtrArray *chosen, gboolean erasure, const char *method)
{
  for (guint i = 0; i < chosen->len; i++)
    {
      const KanViewDoomed *doomed = g_ptr_array_index (chosen, i);
      char **fit = erasure ? doomed->erasure : doomed->destruction;

      if (erasure && (doomed->held == 0 || !doomed->can_be_erased))
        continue;
      if (fit == NULL || !g_strv_contains ((const char *const *) fit, method))
        return FALSE;
    }
  return TRUE;
}

static void
add_choice (GPtrArray *choices, const char *value, char *label)
{
  KanViewChoice *choice = g_new0 (KanViewChoice, 1);

  choice->value = g_strdup (value);
  choice->label = label;
  g_ptr_array_add (choices, choice);
}

static void
choice_free (KanViewChoice *self)
{
  g_free (self->value);
  g_free (self->label);
  g_free (self);
}

/* Methods fit for all that is chosen come first; the others are said not to be. The rows of the former choices are gone
   already. */
static void
order_methods (KanDestructionWizard *self, const char *key, GPtrArray *all, gboolean erasure, GPtrArray *chosen)
{
  KanQuestion *question = find_question (self, key);
  GPtrArray *ordered = g_ptr_array_new_with_free_func ((GDestroyNotify) choice_free);

  for (guint turn = 0; turn < 2; turn++)
    for (guint i = 0; all != NULL && i < all->len; i++)
      {
        const KanViewChoice *choice = g_ptr_array_index (all, i);

        if (fits_all (chosen, erasure, choice->value) == (turn == 0))
          add_choice (ordered, choice->value, turn == 0 ? g_strdup (choice->label)
                      : g_strdup_printf (_("%s (not fit for these media)"), choice->label));
      }
  if (question == NULL)
    {
      g_ptr_array_unref (ordered);
      return;
    }
  g_clear_pointer (&question->choices, g_ptr_array_unref);
  question->choices = ordered;
}

/* --- erasure ----------------------------------------------------------------------------------------------------- */

typedef struct { gboolean holds, erasable, unerasable; } Holding;

static Holding
holding_of (GPtrArray *chosen)
{
  Holding holding = { FALSE, FALSE, FALSE };

  for (guint i = 0; i < chosen->len; i++)
    {
      const KanViewDoomed *doomed = g_ptr_array_index (chosen, i);

      holding.holds |= doomed->held > 0;
      holding.erasable |= doomed->held > 0 && doomed->can_be_erased;
      holding.unerasable |= doomed->held > 0 && !doomed->can_be_erased;
    }
  return holding;
}

static void
fill_status (KanDestructionWizard *self, GPtrArray *chosen)
{
  clear_rows (self->erasure_group, self->erasure_rows);
  for (guint i = 0; i < chosen->len; i++)
    {
      const KanViewDoomed *doomed = g_ptr_array_index (chosen, i);
      g_autofree char *title = kan_destruction_title (doomed), *count = kan_group_digits ((guint) doomed->held);
      g_autofree char *held = g_strdup_printf (_("%s still recorded"), count);
      GtkWidget *row = new_row (title, doomed->held == 0 ? _("Nothing is recorded on it any more: nothing to erase")
                                : doomed->can_be_erased ? held : _("Cannot be erased: destruction stands for it"));

      adw_action_row_add_suffix (ADW_ACTION_ROW (row), kan_badge_new (doomed->state_label, doomed->state));
      adw_preferences_group_add (self->erasure_group, row);
      g_ptr_array_add (self->erasure_rows, row);
    }
}

/* What was decided, as answers: destruction stands for erasure wherever something stays on a medium. */
static void
put_how (KanDestructionWizard *self, Holding holding)
{
  KanAnswers *answers = answers_of (self);
  const char *how = kan_answers_get (answers, KAN_ERASE_HOW);
  gboolean instead = holding.holds && (g_strcmp0 (how, "instead") == 0
                                       || (holding.unerasable && (!holding.erasable || g_strcmp0 (how, "now") == 0)));

  kan_answers_set (answers, "instead_of_erasing", instead ? "yes" : NULL);
}

static void
fill_erasure (KanDestructionWizard *self, GPtrArray *chosen)
{
  Holding holding = holding_of (chosen);

  fill_status (self, chosen);
  gtk_widget_set_visible (GTK_WIDGET (self->how_group), holding.erasable);
  kan_note_say (self->how_note, "");
  put_how (self, holding);
  drop_form (self->erasure_page, &self->erasure_form);
  if (!self->has_erasure)
    return;
  order_methods (self, KAN_ERASE_PREFIX "erasure", self->erasures, TRUE, chosen);
  if (!holding.erasable || g_strcmp0 (kan_answers_get (answers_of (self), KAN_ERASE_HOW), "now") != 0)
    return;
  self->erasure_form = new_form (self, self->erasure_page, self->first_erasure, G_MAXUINT32 / 2);
  kan_form_set_title (KAN_FORM (self->erasure_form), _("Erasure"), _("The same for each medium that is erased now."));
}

/**
 * kan_destruction_how_changed:
 * @self: a wizard in which somebody chose how media become unreadable
 */
void
kan_destruction_how_changed (KanDestructionWizard *self)
{
  g_autoptr(GPtrArray) chosen = NULL;
  const char *how = gtk_check_button_get_active (self->erase_now) ? "now"
                    : gtk_check_button_get_active (self->instead) ? "instead" : NULL;

  if (self->is_filling || g_strcmp0 (how, kan_answers_get (answers_of (self), KAN_ERASE_HOW)) == 0)
    return;
  chosen = kan_destruction_list_chosen (self);
  kan_answers_set (answers_of (self), KAN_ERASE_HOW, how);
  fill_erasure (self, chosen);
  kan_wizard_edited (KAN_WIZARD (self));
}

/**
 * kan_destruction_leave_erasure:
 * @wizard: a destruction wizard
 * @page: its page about erasing
 * @user_data: nothing
 *
 * Returns: whether it was chosen how media become unreadable; else it says so
 */
gboolean
kan_destruction_leave_erasure (KanWizard *wizard, GtkWidget *page, gpointer user_data)
{
  KanDestructionWizard *self = KAN_DESTRUCTION_WIZARD (wizard);
  g_autoptr(GPtrArray) chosen = kan_destruction_list_chosen (self);
  gboolean missing = holding_of (chosen).erasable && kan_answers_get (answers_of (self), KAN_ERASE_HOW) == NULL;

  kan_note_say (self->how_note, missing ? _("Choose one of the two") : "");
  if (missing)
    gtk_widget_grab_focus (GTK_WIDGET (self->erase_now));
  return !missing;
}

/* --- all that depends on the media ------------------------------------------------------------------------------- */

static void
fill_numbers (KanDestructionWizard *self, GPtrArray *chosen)
{
  const char *const *keys = numbers_keys;
  gint64 sheets = 0;

  drop_form (self->numbers_page, &self->numbers_form);
  kan_destruction_fill_numbers (self, chosen);
  for (guint i = 0; i < chosen->len; i++)
    sheets += ((KanViewDoomed *) g_ptr_array_index (chosen, i))->sheets;
  /* media without sheets are not asked for them */
  if (sheets == 0)
    keys++;
  self->numbers_form = new_form (self, self->numbers_page, 0, 0);
  add_questions (self, self->numbers_form, keys);
}

/**
 * kan_destruction_fill_rest:
 * @self: a wizard whose media were chosen
 *
 * Makes the pages behind the first anew; what was typed there stays.
 */
void
kan_destruction_fill_rest (KanDestructionWizard *self)
{
  g_autoptr(GPtrArray) chosen = kan_destruction_list_chosen (self);

  self->is_filling = TRUE;
  fill_numbers (self, chosen);
  fill_erasure (self, chosen);
  drop_form (self->destruction_page, &self->destruction_form);
  order_methods (self, "method", self->methods, FALSE, chosen);
  self->destruction_form = new_form (self, self->destruction_page, 0, 0);
  add_questions (self, self->destruction_form, destruction_keys);
  kan_form_add_late (KAN_FORM (self->destruction_form), TRUE);
  self->is_filling = FALSE;
}

/* --- what came of it --------------------------------------------------------------------------------------------- */

/* The preview belongs to the window below, which a wizard in front of it would hold back. */
static void
print_cb (KanDestructionWizard *self)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  g_autofree char *subject = g_strdup (self->record->subject);

  gtk_window_destroy (GTK_WINDOW (self));
  if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), KAN_ACTION_PRINT, "(ss)", "destruction_certificate", subject);
}

static const char *
number_of (const KanRecordView *record)
{
  for (guint i = 0; i < record->fields->len; i++)
    {
      const KanViewField *field = g_ptr_array_index (record->fields, i);

      if (strcmp (field->id, "certificate_no") == 0)
        return field->shown;
    }
  return NULL;
}

/**
 * kan_destruction_last_page:
 * @self: a wizard whose destruction was signed
 * @waiting: whether others sign it still
 *
 * Returns: (transfer floating): what waits, or the number of the certificate, which can be shown
 */
GtkWidget *
kan_destruction_last_page (KanDestructionWizard *self, gboolean waiting)
{
  const char *number = number_of (self->record);
  g_autofree char *words = waiting && self->record->waiting != NULL
                           ? g_strdup_printf (_("%s waits for: %s. The certificate is issued with the last signature."),
                                              self->record->subject, self->record->waiting)
                           : g_strdup_printf (_("Certificate: %s"), number != NULL ? number : self->record->subject);
  g_autofree char *escaped = g_markup_escape_text (words, -1);
  GtkWidget *page = adw_status_page_new (), *button = gtk_button_new_with_mnemonic (_("_Show the certificate"));

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), waiting ? "document-open-recent-symbolic"
                                 : "emblem-ok-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), waiting ? _("Signed, Not Yet Certified") : _("Certified"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page), escaped);
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "pill");
  g_signal_connect_object (button, "clicked", G_CALLBACK (print_cb), self, G_CONNECT_SWAPPED);
  adw_status_page_set_child (ADW_STATUS_PAGE (page), button);
  return page;
}
