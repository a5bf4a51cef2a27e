/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of numbers (番号の突合): what is read off each medium is typed or scanned, and only then compared. */
#include "destruction/kan-destruction-private.h"

#include "kit/kan-dialogs.h"
#include "kit/kan-pieces.h"

#include <glib/gi18n.h>
#include <string.h>

#define UNREADABLE "-"

static KanAnswers *
answers_of (KanDestructionWizard *self)
{
  return kan_wizard_get_answers (KAN_WIZARD (self));
}

/* Numbers that were typed stay with their media, in the order in which these are shown. */
static void
keep_numbers (KanDestructionWizard *self, GPtrArray *chosen)
{
  KanAnswers *answers = answers_of (self);
  g_autoptr(GHashTable) typed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  guint row = 0;

  while (kan_answers_n_rows (answers, "identified") > 0)
    {
      const char *medium = kan_answers_get_cell (answers, "identified", 0, "medium");
      const char *serial = kan_answers_get_cell (answers, "identified", 0, "serial");

      if (medium != NULL && serial != NULL)
        g_hash_table_insert (typed, g_strdup (medium), g_strdup (serial));
      kan_answers_remove_row (answers, "identified", 0);
    }
  for (guint i = 0; i < chosen->len; i++)
    {
      const char *subject = ((KanViewDoomed *) g_ptr_array_index (chosen, i))->subject;
      const char *serial = g_hash_table_lookup (typed, subject);

      if (serial == NULL)
        continue;
      kan_answers_set_cell (answers, "identified", row, "medium", subject);
      kan_answers_set_cell (answers, "identified", row++, "serial", serial);
    }
}

/* --- numbers ----------------------------------------------------------------------------------------------------- */

static void
put_number (KanNumberRow *row, const char *typed)
{
  KanAnswers *answers = answers_of (row->wizard);
  guint n = kan_answers_n_rows (answers, "identified"), at = n;

  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (kan_answers_get_cell (answers, "identified", i, "medium"), row->doomed->subject) == 0)
      at = i;
  if (*typed == '\0')
    {
      if (at < n)
        kan_answers_remove_row (answers, "identified", at);
      return;
    }
  kan_answers_set_cell (answers, "identified", at, "medium", row->doomed->subject);
  kan_answers_set_cell (answers, "identified", at, "serial", typed);
}

static void
number_changed_cb (KanNumberRow *row)
{
  g_autofree char *typed = NULL;

  if (row->wizard->is_filling)
    return;
  typed = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row->entry))));
  put_number (row, typed);
  row->is_told = FALSE;
  row->wizard->entered = NULL;
  gtk_widget_set_visible (row->agrees, FALSE);
  kan_note_row_say (row->note, "", FALSE);
  kan_wizard_edited (KAN_WIZARD (row->wizard));
}

static void
unreadable_cb (KanNumberRow *row)
{
  gtk_editable_set_text (GTK_EDITABLE (row->entry), UNREADABLE);
}

/* A scanner ends with Enter: the number is compared at once. */
static void
entered_cb (KanNumberRow *row)
{
  row->wizard->entered = row;
  kan_destruction_review (KAN_WIZARD (row->wizard));
}

static void
focus_next (KanNumberRow *row)
{
  GPtrArray *rows = row->wizard->number_rows;
  guint at = 0;

  if (!g_ptr_array_find (rows, row, &at))
    return;
  if (at + 1 < rows->len)
    gtk_widget_grab_focus (GTK_WIDGET (((KanNumberRow *) g_ptr_array_index (rows, at + 1))->entry));
  else if (row->wizard->numbers_form != NULL)
    gtk_widget_child_focus (row->wizard->numbers_form, GTK_DIR_TAB_FORWARD);
}

static GtkWidget *
new_agreement (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);

  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("emblem-ok-symbolic"));
  gtk_box_append (GTK_BOX (box), gtk_label_new (_("Agrees")));
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (box, FALSE);
  gtk_widget_add_css_class (box, "success");
  return box;
}

static void
left_cb (GtkEventControllerFocus *controller, gpointer user_data)
{
  KanNumberRow *row = user_data;

  if (!row->wizard->is_filling)
    kan_destruction_show_review (row->wizard);
}

static const char *
typed_number (KanDestructionWizard *self, const char *subject)
{
  KanAnswers *answers = answers_of (self);

  for (guint i = 0; i < kan_answers_n_rows (answers, "identified"); i++)
    if (g_strcmp0 (kan_answers_get_cell (answers, "identified", i, "medium"), subject) == 0)
      return kan_answers_get_cell (answers, "identified", i, "serial");
  return NULL;
}

static void
add_number_row (KanDestructionWizard *self, const KanViewDoomed *doomed)
{
  KanNumberRow *row = g_new0 (KanNumberRow, 1);
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Unreadable"));
  GtkEventController *focus = gtk_event_controller_focus_new ();
  g_autofree char *named = kan_destruction_title (doomed), *title = NULL, *spoken = NULL;
  const char *typed = typed_number (self, doomed->subject);

  /* where the label is what is compared, it is not shown either */
  title = g_strdup_printf ("%s　%s", doomed->has_serial ? named : doomed->subject,
                           doomed->has_serial ? _("maker's number") : _("register number on it"));
  row->wizard = self;
  row->doomed = doomed;
  row->entry = g_object_new (ADW_TYPE_ENTRY_ROW, "use-markup", FALSE, "title", title, "text",
                             typed != NULL ? typed : "", NULL);
  row->note = KAN_NOTE_ROW (kan_note_row_new (GTK_WIDGET (row->entry)));
  row->agrees = new_agreement ();
  spoken = g_strdup_printf (_("The number of %s is unreadable"), doomed->subject);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  adw_entry_row_add_suffix (row->entry, row->agrees);
  adw_entry_row_add_suffix (row->entry, button);
  g_signal_connect_swapped (row->entry, "changed", G_CALLBACK (number_changed_cb), row);
  g_signal_connect_swapped (row->entry, "entry-activated", G_CALLBACK (entered_cb), row);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (unreadable_cb), row);
  g_signal_connect (focus, "leave", G_CALLBACK (left_cb), row);
  gtk_widget_add_controller (GTK_WIDGET (row->entry), focus);
  adw_preferences_group_add (self->numbers_group, GTK_WIDGET (row->entry));
  adw_preferences_group_add (self->numbers_group, GTK_WIDGET (row->note));
  g_ptr_array_add (self->number_rows, row);
}

/**
 * kan_destruction_clear_numbers:
 * @self: a wizard
 *
 * Takes the rows away, which point to the media that were read; what was typed into them stays among the answers.
 */
void
kan_destruction_clear_numbers (KanDestructionWizard *self)
{
  gboolean was_filling = self->is_filling;
  g_autoptr(GPtrArray) rows = g_ptr_array_new ();

  self->is_filling = TRUE;
  self->entered = NULL;
  for (guint i = 0; i < self->number_rows->len; i++)
    {
      KanNumberRow *row = g_ptr_array_index (self->number_rows, i);

      g_ptr_array_add (rows, row->entry);
      g_ptr_array_add (rows, row->note);
    }
  for (guint i = 0; i < rows->len; i++)
    adw_preferences_group_remove (self->numbers_group, g_ptr_array_index (rows, i));
  g_ptr_array_set_size (self->number_rows, 0);
  self->is_filling = was_filling;
}

/**
 * kan_destruction_fill_numbers:
 * @self: a wizard whose media were chosen
 * @chosen: (element-type KanViewDoomed): those media
 *
 * Makes a row for each; numbers that were typed stay.
 */
void
kan_destruction_fill_numbers (KanDestructionWizard *self, GPtrArray *chosen)
{
  kan_destruction_clear_numbers (self);
  keep_numbers (self, chosen);
  for (guint i = 0; i < chosen->len; i++)
    add_number_row (self, g_ptr_array_index (chosen, i));
}

/* Whether a sentence speaks of this medium, and not of one whose number begins alike. */
static gboolean
speaks_of (const char *why, const char *subject)
{
  gsize size = strlen (subject);

  for (const char *at = strstr (why, subject); at != NULL; at = strstr (at + 1, subject))
    if (!g_ascii_isdigit (at[size]) && (at == why || !g_ascii_isalnum (at[-1])))
      return TRUE;
  return FALSE;
}

static const KanRefusal *
refusal_of (KanDestructionWizard *self, const char *subject)
{
  const KanReview *review = kan_wizard_get_review (KAN_WIZARD (self));

  for (guint i = 0; i < review->refusals->len; i++)
    {
      const KanRefusal *refusal = g_ptr_array_index (review->refusals, i);

      if (g_strcmp0 (refusal->key, "identified") == 0 && speaks_of (refusal->why, subject))
        return refusal;
    }
  return NULL;
}

/* What is wrong with a number, and what is wanted so that it can be recorded all the same. */
static void
tell (KanNumberRow *row, const char *why)
{
  g_autofree char *words = g_strdup_printf (_("%s. Read it again. If it stays so, take a photograph of the number, let "
                                              "executor and witness both look at it, and give the reason on the page "
                                              "before signing: it is recorded as a deviation."), why);

  kan_note_row_say (row->note, words, TRUE);
  row->is_told = TRUE;
}

/* After one that agrees the next is read; one that does not is read again, over what was typed. */
static void
settle_entered (KanDestructionWizard *self)
{
  KanNumberRow *row = g_steal_pointer (&self->entered);

  if (row == NULL || !kan_holds_focus (GTK_WIDGET (row->entry)))
    return;
  row->is_told = *gtk_editable_get_text (GTK_EDITABLE (row->entry)) != '\0' &&
                 refusal_of (self, row->doomed->subject) != NULL;
  if (row->is_told)
    gtk_editable_select_region (GTK_EDITABLE (row->entry), 0, -1);
  else
    focus_next (row);
}

/**
 * kan_destruction_show_review:
 * @self: a wizard whose review has come
 *
 * Says beside each number whether it agrees with the register; while one is being typed it is too early for a no.
 */
void
kan_destruction_show_review (KanDestructionWizard *self)
{
  if (kan_wizard_get_review (KAN_WIZARD (self)) == NULL)
    return;
  settle_entered (self);
  for (guint i = 0; i < self->number_rows->len; i++)
    {
      KanNumberRow *row = g_ptr_array_index (self->number_rows, i);
      const KanRefusal *refusal = refusal_of (self, row->doomed->subject);
      gboolean typed = *gtk_editable_get_text (GTK_EDITABLE (row->entry)) != '\0';
      gboolean unreadable = strcmp (gtk_editable_get_text (GTK_EDITABLE (row->entry)), UNREADABLE) == 0;

      gtk_widget_set_visible (row->agrees, typed && !unreadable && refusal == NULL);
      if (typed && refusal == NULL && unreadable)
        kan_note_row_say (row->note, _("Unreadable; a photograph stands in for it"), TRUE);
      else if (typed && refusal != NULL && (row->is_told || !kan_holds_focus (GTK_WIDGET (row->entry))))
        {
          tell (row, refusal->why);
        }
      else if (typed)
        kan_note_row_say (row->note, "", FALSE);
    }
}

/**
 * kan_destruction_leave_numbers:
 * @wizard: a destruction wizard
 * @page: its page of numbers
 * @user_data: nothing
 *
 * Returns: whether all numbers were typed; which are missing it says beside them
 */
gboolean
kan_destruction_leave_numbers (KanWizard *wizard, GtkWidget *page, gpointer user_data)
{
  KanDestructionWizard *self = KAN_DESTRUCTION_WIZARD (wizard);
  KanNumberRow *missing = NULL;

  for (guint i = 0; i < self->number_rows->len; i++)
    {
      KanNumberRow *row = g_ptr_array_index (self->number_rows, i);

      if (*gtk_editable_get_text (GTK_EDITABLE (row->entry)) != '\0')
        continue;
      kan_note_row_say (row->note, _("Read the number off the medium and type it"), FALSE);
      missing = missing == NULL ? row : missing;
    }
  if (missing != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (missing->entry));
  return missing == NULL;
}

/**
 * kan_destruction_passes:
 * @wizard: a destruction wizard whose review has come
 * @page: the page that is to be left
 *
 * A number that does not agree keeps its page until that was told, however fast somebody goes on; then it may be
 * recorded with its reason.
 *
 * Returns: whether the page may be left
 */
gboolean
kan_destruction_passes (KanWizard *wizard, GtkWidget *page)
{
  KanDestructionWizard *self = KAN_DESTRUCTION_WIZARD (wizard);
  KanNumberRow *untold = NULL;

  for (guint i = 0; page == self->numbers_page && i < self->number_rows->len; i++)
    {
      KanNumberRow *row = g_ptr_array_index (self->number_rows, i);

      if (row->is_told || refusal_of (self, row->doomed->subject) == NULL)
        continue;
      row->is_told = TRUE;
      untold = untold == NULL ? row : untold;
    }
  if (untold == NULL)
    return TRUE;
  kan_destruction_show_review (self);
  gtk_widget_grab_focus (GTK_WIDGET (untold->entry));
  return FALSE;
}
