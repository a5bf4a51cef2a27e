/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pages of founding but the one that chooses a profile: rows with a note below each, and what will be signed. */
#include "founding/kan-founding-private.h"

#include "kit/kan-dialogs.h"
#include "kit/kan-pieces.h"
#include "kit/kan-question-row.h"
#include "kit/kan-review-page.h"
#include "kit/kan-strength.h"

#include <glib/gi18n.h>
#include <string.h>

#define PAGE_WIDTH 640

static const struct { const char *name, *title; } pages[] = {
  [KAN_FOUNDING_PLACE] = { "place", N_("File") },
  [KAN_FOUNDING_OFFICE] = { "office", N_("Association") },
  [KAN_FOUNDING_CHIEF] = { "chief", N_("Chief") },
  [KAN_FOUNDING_SECRET] = { "passphrase", N_("Passphrase") },
  [KAN_FOUNDING_REVIEW] = { "review", N_("Review") },
};

static const struct { KanFoundingPage page; const char *title; enum { NEEDED, MAY, SECRET } answer; } rows[] = {
  [KAN_FOUNDING_PATH] = { KAN_FOUNDING_PLACE, N_("Where the file is kept"), NEEDED },
  [KAN_FOUNDING_ASSOCIATION] = { KAN_FOUNDING_OFFICE, N_("Name of the association"), NEEDED },
  [KAN_FOUNDING_STAFF_NO] = { KAN_FOUNDING_CHIEF, N_("Staff number"), NEEDED },
  [KAN_FOUNDING_NAME] = { KAN_FOUNDING_CHIEF, N_("Name"), NEEDED },
  [KAN_FOUNDING_KANA] = { KAN_FOUNDING_CHIEF, N_("Name in kana"), MAY },
  [KAN_FOUNDING_LOGIN] = { KAN_FOUNDING_CHIEF, N_("User name"), NEEDED },
  [KAN_FOUNDING_PASSPHRASE] = { KAN_FOUNDING_SECRET, N_("New passphrase"), SECRET },
  [KAN_FOUNDING_AGAIN] = { KAN_FOUNDING_SECRET, N_("Once more"), SECRET },
};

/**
 * kan_founding_page_title:
 * @page: a page
 *
 * Returns: (transfer none): what it is called
 */
const char *
kan_founding_page_title (KanFoundingPage page)
{
  return _(pages[page].title);
}

/**
 * kan_founding_page_of:
 * @row: an answer
 *
 * Returns: on which page it is given
 */
KanFoundingPage
kan_founding_page_of (KanFoundingRow row)
{
  return rows[row].page;
}

/**
 * kan_founding_get:
 * @self: a window
 * @row: an answer
 *
 * Returns: (transfer none): as typed
 */
const char *
kan_founding_get (KanFoundingWindow *self, KanFoundingRow row)
{
  return gtk_editable_get_text (self->row[row]);
}

/**
 * kan_founding_say:
 * @self: a window
 * @row: an answer
 * @words: what stands in its way; "": nothing
 */
void
kan_founding_say (KanFoundingWindow *self, KanFoundingRow row, const char *words)
{
  kan_note_row_say (self->note[row], words, FALSE);
}

/* --- rows ------------------------------------------------------------------------------------------------------ */

/* What cannot be seen, or turns the writing round, is shown beside it, as the wizards do. */
static void
show_visible (GtkEditable *editable, GtkLabel *hint)
{
  const char *typed = gtk_editable_get_text (editable);
  g_autofree char *visible = kan_visible_text (typed);
  gboolean differs = strcmp (visible, typed) != 0;

  gtk_label_set_text (hint, differs ? visible : "");
  gtk_widget_set_visible (GTK_WIDGET (hint), differs);
}

/* Until it is there, as the wizards mark it. */
static void
show_needed (GtkEditable *editable, GtkWidget *badge)
{
  gtk_widget_set_visible (badge, *gtk_editable_get_text (editable) == '\0');
}

static void
edited_cb (GtkEditable *editable, gpointer hint)
{
  kan_note_row_say (g_object_get_data (G_OBJECT (editable), "kan-note"), "", FALSE);
  if (hint != NULL)
    show_visible (editable, hint);
}

static void
add_row (KanFoundingWindow *self, AdwPreferencesGroup *group, KanFoundingRow row)
{
  gboolean secret = rows[row].answer == SECRET;
  GtkWidget *entry = secret ? adw_password_entry_row_new () : adw_entry_row_new ();
  GtkWidget *note = kan_note_row_new (entry), *hint = secret ? NULL : kan_question_hint_new ();

  if (secret)
    kan_name_eye (entry);
  else
    adw_entry_row_add_suffix (ADW_ENTRY_ROW (entry), hint);
  if (rows[row].answer == NEEDED)
    {
      GtkWidget *badge = kan_needed_badge_new ();

      adw_entry_row_add_suffix (ADW_ENTRY_ROW (entry), badge);
      g_signal_connect (entry, "changed", G_CALLBACK (show_needed), badge);
      show_needed (GTK_EDITABLE (entry), badge);
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), _(rows[row].title));
  adw_preferences_group_add (group, entry);
  adw_preferences_group_add (group, note);
  g_object_set_data (G_OBJECT (entry), "kan-note", note);
  self->row[row] = GTK_EDITABLE (entry);
  self->note[row] = KAN_NOTE_ROW (note);
  g_signal_connect (entry, "changed", G_CALLBACK (edited_cb), hint);
  g_signal_connect_swapped (entry, "entry-activated", G_CALLBACK (kan_founding_next), self);
}

static AdwPreferencesGroup *
new_group (const char *title, const char *description)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_title (group, title);
  adw_preferences_group_set_description (group, description);
  return group;
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KanFoundingWindow *self = KAN_FOUNDING (source);
  g_autofree char *path = kan_dialogs_file_finish (result);

  if (path != NULL && self->session != NULL)
    gtk_editable_set_text (self->row[KAN_FOUNDING_PATH], path);
}

static void
choose_cb (KanFoundingWindow *self)
{
  kan_dialogs_file (GTK_WIDGET (self), KAN_FILE_SAVE, _("Where to Keep the File"), _("registers.kanribo"),
                    _("Kanribo files"), "*.kanribo", chosen_cb, NULL);
}

static GtkWidget *
place_page_new (KanFoundingWindow *self)
{
  AdwPreferencesGroup *group = new_group (_("One encrypted file"),
                                          _("Everything is kept in it. It lies on this terminal or on a stick, never "
                                            "on the network."));
  GtkWidget *button = gtk_button_new_with_mnemonic (_("C_hoose…"));
  const char *documents = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);
  g_autofree char *path = g_build_filename (documents != NULL ? documents : g_get_home_dir (), _("registers.kanribo"),
                                            NULL);

  add_row (self, group, KAN_FOUNDING_PATH);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self->row[KAN_FOUNDING_PATH]), button);
  gtk_editable_set_text (self->row[KAN_FOUNDING_PATH], path);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (choose_cb), self);
  return GTK_WIDGET (group);
}

static GtkWidget *
chief_page_new (KanFoundingWindow *self)
{
  AdwPreferencesGroup *group = new_group (_("Who founds it"),
                                          _("The office that carries the chief's role. Everybody else is registered by "
                                            "the chief afterwards."));

  add_row (self, group, KAN_FOUNDING_STAFF_NO);
  add_row (self, group, KAN_FOUNDING_NAME);
  add_row (self, group, KAN_FOUNDING_KANA);
  add_row (self, group, KAN_FOUNDING_LOGIN);
  return GTK_WIDGET (group);
}

static GtkWidget *
secret_page_new (KanFoundingWindow *self)
{
  AdwPreferencesGroup *group = new_group (_("Passphrase of the chief"),
                                          _("It seals the chief's key. Nobody can tell it again: write it down and "
                                            "lock it away until it is known by heart."));

  add_row (self, group, KAN_FOUNDING_PASSPHRASE);
  self->strength = kan_strength_new (self->row[KAN_FOUNDING_PASSPHRASE], NULL);
  adw_preferences_group_add (group, self->strength);
  add_row (self, group, KAN_FOUNDING_AGAIN);
  return GTK_WIDGET (group);
}

static GtkWidget *
review_page_new (KanFoundingWindow *self)
{
  self->review = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 18));
  return GTK_WIDGET (self->review);
}

/* --- what will be signed --------------------------------------------------------------------------------------- */

static void
add_line (GPtrArray *lines, const char *page, const char *label, const char *shown)
{
  KanReviewLine *line = g_new0 (KanReviewLine, 1);

  line->key = g_strdup ("");
  line->page = g_strdup (page);
  line->label = g_strdup (label);
  line->shown = kan_visible_text (shown);
  g_ptr_array_add (lines, line);
}

static void
line_free (KanReviewLine *line)
{
  g_free (line->key);
  g_free (line->page);
  g_free (line->label);
  g_free (line->shown);
  g_free (line);
}

static void
show_review (KanFoundingWindow *self)
{
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify) line_free);
  const KanOffice *office = kan_profile_office_of_role (self->profile, "chief");
  gboolean japanese = kan_speaks_japanese ();
  const char *page = kan_founding_page_title (KAN_FOUNDING_PLACE);

  add_line (lines, page, _(rows[KAN_FOUNDING_PATH].title), self->path);
  page = kan_founding_page_title (KAN_FOUNDING_OFFICE);
  add_line (lines, page, _(rows[KAN_FOUNDING_ASSOCIATION].title), kan_founding_get (self, KAN_FOUNDING_ASSOCIATION));
  add_line (lines, page, _("Profile"), kan_label (kan_profile_title (self->profile), japanese));
  add_line (lines, page, _("Regulation"), kan_label (kan_profile_regulation (self->profile), japanese));
  page = kan_founding_page_title (KAN_FOUNDING_CHIEF);
  for (KanFoundingRow row = KAN_FOUNDING_STAFF_NO; row <= KAN_FOUNDING_LOGIN; row++)
    if (*kan_founding_get (self, row) != '\0')
      add_line (lines, page, _(rows[row].title), kan_founding_get (self, row));
  if (office != NULL)
    add_line (lines, page, _("Office"), kan_label (&office->title, japanese));
  add_line (lines, page, _("Key"), _("Drawn now; the founding entry names it and is signed with it"));
  kan_review_lines_fill (self->review, lines);
}

/**
 * kan_founding_enter_page:
 * @self: a window
 * @page: which page is shown from now on
 */
void
kan_founding_enter_page (KanFoundingWindow *self, KanFoundingPage page)
{
  GtkWidget *child, *focus;

  if (page == KAN_FOUNDING_SECRET)      /* the user name may not be part of it, and may have changed since */
    kan_strength_set_login (self->strength, kan_founding_get (self, KAN_FOUNDING_LOGIN));
  if (page == KAN_FOUNDING_REVIEW)
    show_review (self);
  gtk_stack_set_visible_child_name (self->stack, pages[page].name);
  child = gtk_stack_get_visible_child (self->stack);
  focus = gtk_window_get_focus (GTK_WINDOW (self));
  if (page == KAN_FOUNDING_REVIEW)
    gtk_widget_grab_focus (self->next);
  /* the stack takes the focus along by itself where it was on the page before: once more would skip a row */
  else if (focus == NULL || !gtk_widget_is_ancestor (focus, child))
    gtk_widget_child_focus (child, GTK_DIR_TAB_FORWARD);
}

static void
add_page (KanFoundingWindow *self, KanFoundingPage page, GtkWidget *child)
{
  GtkWidget *scroller = gtk_scrolled_window_new (), *clamp = adw_clamp_new ();

  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), PAGE_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), child);
  gtk_widget_add_css_class (clamp, "kan-wizard-page");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_stack_add_named (self->stack, scroller, pages[page].name);
}

/* The association stands below the profiles that propose it. */
static GtkWidget *
office_page_new (KanFoundingWindow *self)
{
  AdwPreferencesGroup *group = new_group (_("Association"), NULL);
  GtkWidget *box;

  add_row (self, group, KAN_FOUNDING_ASSOCIATION);
  box = kan_founding_office_page_new (self);
  gtk_box_insert_child_after (GTK_BOX (box), GTK_WIDGET (group), gtk_widget_get_first_child (box));
  return box;
}

/**
 * kan_founding_add_pages:
 * @self: a window that was just made
 */
void
kan_founding_add_pages (KanFoundingWindow *self)
{
  add_page (self, KAN_FOUNDING_PLACE, place_page_new (self));
  add_page (self, KAN_FOUNDING_OFFICE, office_page_new (self));
  add_page (self, KAN_FOUNDING_CHIEF, chief_page_new (self));
  add_page (self, KAN_FOUNDING_SECRET, secret_page_new (self));
  add_page (self, KAN_FOUNDING_REVIEW, review_page_new (self));
}
