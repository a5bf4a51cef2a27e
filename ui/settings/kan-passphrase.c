/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Passphrases. One window with the rows that each deed wants; every passphrase leaves it as a secret. */
#include "settings/kan-passphrase.h"

#include "kit/kan-dialogs.h"
#include "kit/kan-note-row.h"
#include "kit/kan-note.h"
#include "kit/kan-pieces.h"
#include "kit/kan-sign.h"
#include "kit/kan-strength.h"
#include "settings/kan-key-order.h"
#include "vault/kan-strength.h"

#include <glib/gi18n.h>
#include <string.h>

#define KAN_TYPE_PASSPHRASE_WINDOW (kan_passphrase_window_get_type ())
G_DECLARE_FINAL_TYPE (KanPassphraseWindow, kan_passphrase_window, KAN, PASSPHRASE_WINDOW, AdwWindow)

struct _KanPassphraseWindow
{
  AdwWindow     parent_instance;

  KanSession   *session;        /* owned */
  KanKeyDeed    deed;
  gboolean      is_busy;        /* it is being done */
  gboolean      is_over;        /* the lock has closed it, maybe while it was being done */
  char         *person;         /* owned: "P2", for enrolling */
  GtkStringList *logins;        /* owned: officers, after "not chosen" */

  /* borrowed widgets */
  GtkBox       *box;
  AdwPreferencesGroup *group;
  GtkWidget    *row[KAN_KEY_N_ROWS];    /* NULL: this deed does not want it */
  KanNoteRow   *note[KAN_KEY_N_ROWS];
  GtkWidget    *strength;
  GtkWidget    *button;
  KanNote      *failure;        /* what belongs to no row */
  GtkSpinner   *spinner;
  const KanOneTime *shown;      /* what the page shows that the window ends on; NULL: it has not come to that */
};

G_DEFINE_FINAL_TYPE (KanPassphraseWindow, kan_passphrase_window, ADW_TYPE_WINDOW)

static const struct { const char *title, *explanation, *verb, *done; } words_of[] = {
  [KAN_KEY_CHANGE] = {
    N_("Change Passphrase"),
    N_("Your key stays the same. If somebody else may know the passphrase, ask for a new key instead."),
    N_("_Change"), N_("The passphrase was changed.") },
  [KAN_KEY_CLAIM] = {
    N_("Passphrase of Your Own"),
    N_("You came in with a one-time passphrase. Set one that nobody else knows; an officer who has "
       "identified you signs with you."),
    N_("_Set"), N_("You hold a key of your own now.") },
  [KAN_KEY_ENROLL] = {
    N_("Issue a Key"),
    N_("A one-time passphrase is drawn, which you then tell the person. It opens the file for reading only, "
       "until they set one of their own."),
    N_("_Issue"), N_("The one-time passphrase is valid now.") },
};

/* How each deed asks for it; NULL: it does not. */
static const struct { gboolean secret; const char *title[3]; } rows[KAN_KEY_N_ROWS] = {
  [KAN_KEY_LOGIN] = { FALSE, { [KAN_KEY_ENROLL] = N_("User name") } },
  [KAN_KEY_OWN] = { TRUE, { [KAN_KEY_CHANGE] = N_("Passphrase until now"), [KAN_KEY_ENROLL] = N_("Your passphrase") } },
  [KAN_KEY_FRESH] = { TRUE, { [KAN_KEY_CHANGE] = N_("New passphrase"), [KAN_KEY_CLAIM] = N_("New passphrase") } },
  [KAN_KEY_AGAIN] = { TRUE, { [KAN_KEY_CHANGE] = N_("Once more"), [KAN_KEY_CLAIM] = N_("Once more") } },
  [KAN_KEY_OFFICER] = { FALSE, { [KAN_KEY_CLAIM] = N_("Officer who has identified you"),
                                 [KAN_KEY_ENROLL] = N_("Second officer") } },
  [KAN_KEY_OFFICER_PASSPHRASE] = { TRUE, { [KAN_KEY_CLAIM] = N_("Passphrase of the officer"),
                                           [KAN_KEY_ENROLL] = N_("Passphrase of the officer") } },
};

/* --- rows ------------------------------------------------------------------------------------------------------- */

static const char *
get (KanPassphraseWindow *self, KanKeyRow row)
{
  return self->row[row] != NULL ? gtk_editable_get_text (GTK_EDITABLE (self->row[row])) : "";
}

/* (transfer none) (nullable): the login of the officer who was chosen */
static const char *
get_officer (KanPassphraseWindow *self)
{
  guint chosen = self->row[KAN_KEY_OFFICER] != NULL
                 ? adw_combo_row_get_selected (ADW_COMBO_ROW (self->row[KAN_KEY_OFFICER])) : 0;

  return chosen != 0 && chosen != GTK_INVALID_LIST_POSITION ? gtk_string_list_get_string (self->logins, chosen) : NULL;
}

static void
hush (KanPassphraseWindow *self)
{
  kan_note_say (self->failure, "");
  for (KanKeyRow row = 0; row < KAN_KEY_N_ROWS; row++)
    if (self->note[row] != NULL)
      kan_note_row_say (self->note[row], "", FALSE);
}

/* Beside the row that it is about. */
static void
fail (KanPassphraseWindow *self, const char *why, KanKeyRow row)
{
  if (row != KAN_KEY_N_ROWS && self->note[row] != NULL)
    {
      kan_note_row_say (self->note[row], why, FALSE);
      gtk_widget_grab_focus (self->row[row]);
      if (row == KAN_KEY_FRESH)
        kan_strength_hush (self->strength);
      return;
    }
  kan_note_say (self->failure, why);
}

/* An entry that is made insensitive while it has the keyboard makes GTK 4.8 complain. */
static void
set_busy (KanPassphraseWindow *self, gboolean busy)
{
  self->is_busy = busy;
  kan_session_set_telling (self->session, busy);
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_sensitive (self->button, !busy);
  for (KanKeyRow row = 0; row < KAN_KEY_N_ROWS; row++)
    if (GTK_IS_EDITABLE (self->row[row]))
      gtk_editable_set_editable (GTK_EDITABLE (self->row[row]), !busy);
    else if (self->row[row] != NULL)
      gtk_widget_set_sensitive (self->row[row], !busy);
}

static KanSecret *
take_secret (const char *typed)
{
  KanSecret *secret = *typed != '\0' ? kan_secret_new (strlen (typed)) : NULL;

  if (secret != NULL)
    memcpy (kan_secret_get_bytes (secret), typed, strlen (typed));
  return secret;
}

static void
wipe (KanPassphraseWindow *self)
{
  for (KanKeyRow row = 0; row < KAN_KEY_N_ROWS; row++)
    if (rows[row].secret && self->row[row] != NULL)
      gtk_editable_set_text (GTK_EDITABLE (self->row[row]), "");
}

/* --- doing it ----------------------------------------------------------------------------------------------------- */

/* What was not wrong stays as it was typed. */
static void
show_failed (KanPassphraseWindow *self, const KanKeyEnding *ending)
{
  gboolean locked = g_error_matches (ending->error, KAN_ERROR, KAN_ERROR_LOCKED);
  g_autofree char *why = ending->error == NULL ? g_strdup (ending->refused) : kan_dialogs_word_error (ending->error);
  gboolean beside = ending->error == NULL || locked || ending->wrong == KAN_KEY_OFFICER_PASSPHRASE;
  KanKeyRow row = beside ? ending->wrong : KAN_KEY_N_ROWS;

  if (row != KAN_KEY_N_ROWS && rows[row].secret)
    gtk_editable_set_text (GTK_EDITABLE (self->row[row]), "");
  fail (self, why, row);
}

static void
show_issued (KanPassphraseWindow *self, KanOneTime *issued)
{
  gtk_window_set_default_widget (GTK_WINDOW (self), NULL);
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  kan_clear_box (self->box);
  memset (self->row, 0, sizeof self->row);
  memset (self->note, 0, sizeof self->note);
  self->shown = issued;
  gtk_box_append (self->box, kan_one_time_page_new (issued));
  gtk_widget_child_focus (GTK_WIDGET (self->box), GTK_DIR_TAB_FORWARD);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(KanPassphraseWindow) self = user_data;
  KanSession *session = KAN_SESSION (source);
  g_autoptr(GError) error = NULL;
  KanKeyEnding *ending = kan_session_run_finish (session, result, &error);
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (ending == NULL)
    {
      ending = g_new0 (KanKeyEnding, 1);
      ending->wrong = KAN_KEY_N_ROWS;
      ending->error = g_steal_pointer (&error);
    }
  if (self->is_over)
    {
      kan_session_set_telling (session, FALSE);
      kan_key_tell_later (session, ending, _(words_of[self->deed].title), _(words_of[self->deed].done));
      kan_key_ending_free (ending);
      return;
    }
  set_busy (self, FALSE);
  if (ending->error != NULL || *ending->refused != '\0')
    {
      show_failed (self, ending);
      kan_key_ending_free (ending);
      return;
    }
  wipe (self);
  if (self->deed == KAN_KEY_CLAIM)
    kan_session_claimed (session);
  kan_session_changed (session);
  if (ending->issued != NULL)
    show_issued (self, g_steal_pointer (&ending->issued));
  else
    {
      if (parent != NULL)
        gtk_widget_activate_action (GTK_WIDGET (parent), "win.toast", "s", _(words_of[self->deed].done));
      gtk_window_destroy (GTK_WINDOW (self));
    }
  kan_key_ending_free (ending);
}

/* What stands in the way, said beside its row; %NULL: nothing. */
static const char *
find_wrong (KanPassphraseWindow *self, KanKeyRow *row)
{
  const char *weak = self->row[KAN_KEY_FRESH] != NULL ? kan_strength_judge (get (self, KAN_KEY_FRESH),
                                                                    kan_session_get_login (self->session)) : NULL;

  *row = KAN_KEY_LOGIN;
  if (self->row[KAN_KEY_LOGIN] != NULL && *get (self, KAN_KEY_LOGIN) == '\0')
    return _("Give the person a user name.");
  *row = KAN_KEY_OWN;
  if (self->row[KAN_KEY_OWN] != NULL && *get (self, KAN_KEY_OWN) == '\0')
    return _("Type your passphrase.");
  *row = KAN_KEY_FRESH;
  if (weak != NULL)
    return weak;
  *row = KAN_KEY_AGAIN;
  if (strcmp (get (self, KAN_KEY_FRESH), get (self, KAN_KEY_AGAIN)) != 0)
    return _("The two are not the same.");
  *row = KAN_KEY_OFFICER;
  if (self->deed == KAN_KEY_CLAIM && get_officer (self) == NULL)
    return _("Name the officer who has identified you.");
  *row = KAN_KEY_OFFICER_PASSPHRASE;
  if (get_officer (self) != NULL && *get (self, KAN_KEY_OFFICER_PASSPHRASE) == '\0')
    return _("The officer types their passphrase here.");
  return NULL;
}

/* The lock of the file does not cancel it: it comes before the file is closed. */
static void
confirm_cb (KanPassphraseWindow *self)
{
  g_autoptr(GCancellable) own = g_cancellable_new ();
  KanKeyOrder *order;
  KanKeyRow row = KAN_KEY_N_ROWS;
  const char *wrong;

  if (self->is_busy)
    return;
  hush (self);
  wrong = find_wrong (self, &row);
  if (wrong != NULL)
    {
      fail (self, wrong, row);
      return;
    }
  order = g_new0 (KanKeyOrder, 1);
  order->deed = self->deed;
  order->person = g_strdup (self->person);
  order->login = self->row[KAN_KEY_LOGIN] != NULL ? g_strdup (get (self, KAN_KEY_LOGIN)) : NULL;
  order->officer = g_strdup (get_officer (self));
  order->own = take_secret (get (self, KAN_KEY_OWN));
  order->fresh = self->deed == KAN_KEY_ENROLL ? kan_one_time_draw () : take_secret (get (self, KAN_KEY_FRESH));
  order->officer_passphrase = order->officer != NULL ? take_secret (get (self, KAN_KEY_OFFICER_PASSPHRASE)) : NULL;
  order->now = kan_session_now (self->session);
  set_busy (self, TRUE);
  kan_session_run (self->session, KAN_JOB_ACT, kan_key_order_job, order, (GDestroyNotify) kan_key_order_free,
                   (GDestroyNotify) kan_key_ending_free, own, done_cb, g_object_ref (self));
}

/* --- the window ----------------------------------------------------------------------------------------------- */

static void
edited_cb (GtkWidget *widget, GParamSpec *pspec, KanNoteRow *note)
{
  kan_note_row_say (note, "", FALSE);
}

static GtkWidget *
officer_row_new (KanPassphraseWindow *self)
{
  self->logins = gtk_string_list_new (NULL);
  gtk_string_list_append (self->logins, _("Not chosen"));
  kan_sign_list_logins (self->session, self->logins);
  return g_object_new (ADW_TYPE_COMBO_ROW, "model", self->logins, "subtitle",
                       self->deed == KAN_KEY_ENROLL ? _("Signs with you") : "", NULL);
}

/* Of somebody who signs as well is spoken where there is somebody. */
static void
listed_cb (KanPassphraseWindow *self)
{
  gboolean any = g_list_model_get_n_items (G_LIST_MODEL (self->logins)) > 1;

  gtk_widget_set_visible (self->row[KAN_KEY_OFFICER], any);
  gtk_widget_set_visible (self->row[KAN_KEY_OFFICER_PASSPHRASE], any);
}

static void
add_row (KanPassphraseWindow *self, KanKeyRow row)
{
  GtkWidget *widget = row == KAN_KEY_OFFICER ? officer_row_new (self)
                      : rows[row].secret ? adw_password_entry_row_new () : adw_entry_row_new ();

  if (rows[row].secret)
    kan_name_eye (widget);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (widget), _(rows[row].title[self->deed]));
  self->row[row] = widget;
  self->note[row] = KAN_NOTE_ROW (kan_note_row_new (widget));
  g_signal_connect (widget, row == KAN_KEY_OFFICER ? "notify::selected" : "notify::text", G_CALLBACK (edited_cb),
                    self->note[row]);
  if (row != KAN_KEY_OFFICER)
    g_signal_connect_swapped (widget, "entry-activated", G_CALLBACK (confirm_cb), self);
  adw_preferences_group_add (self->group, widget);
  adw_preferences_group_add (self->group, GTK_WIDGET (self->note[row]));
}

/* The strength stands below the entry that it is about. */
static void
add_rows (KanPassphraseWindow *self)
{
  for (KanKeyRow row = 0; row < KAN_KEY_N_ROWS; row++)
    {
      if (rows[row].title[self->deed] == NULL)
        continue;
      add_row (self, row);
      if (row != KAN_KEY_FRESH)
        continue;
      self->strength = kan_strength_new (GTK_EDITABLE (self->row[row]), kan_session_get_login (self->session));
      adw_preferences_group_add (self->group, self->strength);
    }
}

static void
build (KanPassphraseWindow *self)
{
  GtkWidget *outer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *clamp = adw_clamp_new ();
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 14));
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  self->failure = kan_note_new ();
  self->spinner = GTK_SPINNER (gtk_spinner_new ());
  self->button = gtk_button_new_with_mnemonic (_(words_of[self->deed].verb));
  gtk_window_set_title (GTK_WINDOW (self), _(words_of[self->deed].title));
  adw_preferences_group_set_description (self->group, _(words_of[self->deed].explanation));
  gtk_box_append (self->box, GTK_WIDGET (self->group));
  add_rows (self);
  if (self->deed == KAN_KEY_ENROLL)
    {
      g_signal_connect_object (self->logins, "items-changed", G_CALLBACK (listed_cb), self, G_CONNECT_SWAPPED);
      listed_cb (self);
    }
  gtk_box_append (self->box, GTK_WIDGET (self->failure));
  gtk_widget_add_css_class (self->button, "suggested-action");
  gtk_widget_add_css_class (self->button, "pill");
  gtk_widget_set_halign (foot, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (foot), GTK_WIDGET (self->spinner));
  gtk_box_append (GTK_BOX (foot), self->button);
  gtk_box_append (self->box, foot);
  gtk_widget_set_margin_top (GTK_WIDGET (self->box), 12);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->box), 24);
  gtk_widget_set_margin_start (GTK_WIDGET (self->box), 20);
  gtk_widget_set_margin_end (GTK_WIDGET (self->box), 20);
  adw_clamp_set_child (ADW_CLAMP (clamp), GTK_WIDGET (self->box));
  gtk_box_append (GTK_BOX (outer), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (outer), clamp);
  adw_window_set_content (ADW_WINDOW (self), outer);
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (confirm_cb), self);
}

/* What is under way is told when it has ended, so nobody can turn away from it. */
static gboolean
close_request_cb (KanPassphraseWindow *self)
{
  return self->is_busy;
}

/* A passphrase does not stay on a screen that was locked. */
static void
locked_cb (KanPassphraseWindow *self)
{
  g_autofree char *words = self->shown != NULL ? kan_key_word_issued (self->shown) : NULL;

  if (words != NULL)
    kan_session_tell_later (self->session, words);
  self->is_over = TRUE;
  wipe (self);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
kan_passphrase_window_dispose (GObject *object)
{
  KanPassphraseWindow *self = KAN_PASSPHRASE_WINDOW (object);

  if (self->session != NULL)
    {
      wipe (self);
      g_signal_handlers_disconnect_by_data (self->session, self);
    }
  g_clear_object (&self->session);
  g_clear_object (&self->logins);
  g_clear_pointer (&self->person, g_free);
  G_OBJECT_CLASS (kan_passphrase_window_parent_class)->dispose (object);
}

static void
kan_passphrase_window_class_init (KanPassphraseWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kan_passphrase_window_dispose;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
kan_passphrase_window_init (KanPassphraseWindow *self)
{
}

static GtkWidget *
window_new (KanSession *session, GtkWindow *parent, KanKeyDeed deed, const char *person)
{
  KanPassphraseWindow *self = g_object_new (KAN_TYPE_PASSPHRASE_WINDOW, "modal", TRUE, "transient-for", parent,
                                            "default-width", 480, "resizable", FALSE, NULL);

  self->session = g_object_ref (session);
  self->deed = deed;
  self->person = g_strdup (person);
  build (self);
  g_signal_connect (self, "close-request", G_CALLBACK (close_request_cb), NULL);
  g_signal_connect_swapped (session, "locked", G_CALLBACK (locked_cb), self);
  return GTK_WIDGET (self);
}

/**
 * kan_passphrase_change_new:
 * @session: an unlocked session
 * @parent: above which window
 *
 * Returns: (transfer floating): a window that changes the passphrase of who unlocked
 */
GtkWidget *
kan_passphrase_change_new (KanSession *session, GtkWindow *parent)
{
  return window_new (session, parent, KAN_KEY_CHANGE, NULL);
}

/**
 * kan_passphrase_claim_new:
 * @session: a session unlocked with a one-time passphrase
 * @parent: above which window
 *
 * Returns: (transfer floating): a window that claims a key (FILE.md, "Birth of a key")
 */
GtkWidget *
kan_passphrase_claim_new (KanSession *session, GtkWindow *parent)
{
  return window_new (session, parent, KAN_KEY_CLAIM, NULL);
}

/**
 * kan_passphrase_enroll_new:
 * @session: an unlocked session
 * @parent: above which window
 * @person: "P2"
 *
 * Returns: (transfer floating): a window that lets the person hold a key
 */
GtkWidget *
kan_passphrase_enroll_new (KanSession *session, GtkWindow *parent, const char *person)
{
  return window_new (session, parent, KAN_KEY_ENROLL, person);
}
