/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Passphrases. One window with the rows that each deed wants; every passphrase leaves it as a secret. */
#include "settings/kan-passphrase.h"

#include "kit/kan-dialogs.h"
#include "kit/kan-note-row.h"
#include "kit/kan-pieces.h"
#include "kit/kan-sign.h"
#include "kit/kan-strength.h"
#include "settings/kan-one-time.h"
#include "vault/kan-strength.h"

#include <glib/gi18n.h>
#include <string.h>

typedef enum { CHANGE, CLAIM, ENROLL } Deed;

/* What is asked, in this order. */
typedef enum { LOGIN, OWN, FRESH, AGAIN, OFFICER, OFFICER_PASSPHRASE, N_ROWS } Row;

#define KAN_TYPE_PASSPHRASE_WINDOW (kan_passphrase_window_get_type ())
G_DECLARE_FINAL_TYPE (KanPassphraseWindow, kan_passphrase_window, KAN, PASSPHRASE_WINDOW, AdwWindow)

struct _KanPassphraseWindow
{
  AdwWindow     parent_instance;

  KanSession   *session;        /* owned */
  Deed          deed;
  char         *person;         /* owned: "P2", for enrolling */
  GtkStringList *logins;        /* owned: officers, after "not chosen" */

  /* borrowed widgets */
  GtkBox       *box;
  AdwPreferencesGroup *group;
  GtkWidget    *row[N_ROWS];    /* NULL: this deed does not want it */
  KanNoteRow   *note[N_ROWS];
  GtkWidget    *strength;
  GtkWidget    *button;
  GtkLabel     *failure;        /* what belongs to no row */
  GtkSpinner   *spinner;
};

G_DEFINE_FINAL_TYPE (KanPassphraseWindow, kan_passphrase_window, ADW_TYPE_WINDOW)

static const struct { const char *title, *explanation, *verb, *done; } words[] = {
  [CHANGE] = { N_("Change Passphrase"),
               N_("Your key stays the same. If somebody else may know the passphrase, ask for a new key instead."),
               N_("_Change"), N_("The passphrase was changed.") },
  [CLAIM] = { N_("Passphrase of Your Own"),
              N_("You came in with a one-time passphrase. Set one that nobody else knows; an officer who has "
                 "identified you signs with you."),
              N_("_Set"), N_("You hold a key of your own now.") },
  [ENROLL] = { N_("Issue a Key"),
               N_("A one-time passphrase is drawn, which you then tell the person. It opens the file for reading only, "
                  "until they set one of their own. A second officer signs with you."),
               N_("_Issue"), N_("The one-time passphrase is valid now.") },
};

/* How each deed asks for it; NULL: it does not. */
static const struct { gboolean secret; const char *title[3]; } rows[N_ROWS] = {
  [LOGIN] = { FALSE, { [ENROLL] = N_("User name") } },
  [OWN] = { TRUE, { [CHANGE] = N_("Passphrase until now"), [ENROLL] = N_("Your passphrase") } },
  [FRESH] = { TRUE, { [CHANGE] = N_("New passphrase"), [CLAIM] = N_("New passphrase") } },
  [AGAIN] = { TRUE, { [CHANGE] = N_("Once more"), [CLAIM] = N_("Once more") } },
  [OFFICER] = { FALSE, { [CLAIM] = N_("Officer who has identified you"), [ENROLL] = N_("Second officer") } },
  [OFFICER_PASSPHRASE] = { TRUE, { [CLAIM] = N_("Passphrase of the officer"),
                                   [ENROLL] = N_("Passphrase of the officer") } },
};

/* --- the job -------------------------------------------------------------------------------------------------- */

typedef struct
{
  Deed       deed;
  char      *person, *login, *officer;
  KanSecret *own, *fresh, *officer_passphrase;
  gint64     now;
} Order;

static void
order_free (Order *self)
{
  g_free (self->person);
  g_free (self->login);
  g_free (self->officer);
  g_clear_pointer (&self->own, kan_secret_free);
  g_clear_pointer (&self->fresh, kan_secret_free);
  g_clear_pointer (&self->officer_passphrase, kan_secret_free);
  g_free (self);
}

/* What became of it. */
typedef struct
{
  GError     *error;            /* NULL: what follows is so */
  Row         wrong;            /* which row the error is about; N_ROWS: none */
  char       *refused;          /* "": nothing */
  KanOneTime *issued;           /* for enrolling */
} Ending;

static void
ending_free (Ending *self)
{
  g_clear_error (&self->error);
  g_clear_pointer (&self->issued, kan_one_time_free);
  g_free (self->refused);
  g_free (self);
}

/* What became of it: refusals in one text; "" where it was done. */
static char *
word_outcome (const KanOutcome *outcome)
{
  g_autoptr(GString) out = g_string_new (NULL);

  for (guint i = 0; i < outcome->refusals->len; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? "\n" : "",
                            ((KanRefusal *) g_ptr_array_index (outcome->refusals, i))->why);
  if (outcome->refusals->len == 0 && outcome->waiting_for->len > 0)
    g_string_append (out, _("It waits for a second person's signature. Issue the key again once they have signed."));
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static KanOneTime *
issued_to (KanDesk *desk, const Order *order)
{
  g_autoptr(KanRecordView) record = kan_desk_view_record (desk, order->person, order->now, NULL);

  return kan_one_time_new (record != NULL ? record->name : order->person, order->login, order->fresh);
}

/* Each step says whose passphrase it was. */
static KanOutcome *
do_order (KanDesk *desk, const Order *order, Ending *ending)
{
  KanOutcome *outcome;

  ending->wrong = OWN;
  if (order->own != NULL && !kan_desk_check_passphrase (desk, order->own, &ending->error))
    return NULL;
  ending->wrong = OFFICER_PASSPHRASE;
  if (order->officer != NULL && !kan_desk_add_cosigner (desk, order->officer, order->officer_passphrase,
                                                        &ending->error))
    return NULL;
  ending->wrong = N_ROWS;
  outcome = order->deed == CLAIM ? kan_desk_claim (desk, order->fresh, order->now, &ending->error)
            : kan_desk_enroll (desk, order->person, order->login, order->fresh, order->now, &ending->error);
  kan_desk_clear_cosigners (desk);
  return outcome;
}

static gpointer
order_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  KanDesk *desk = kan_worker_get_desk (worker);
  const Order *order = data;
  Ending *ending = g_new0 (Ending, 1);
  g_autoptr(KanOutcome) outcome = NULL;

  if (order->deed == CHANGE)
    {
      ending->wrong = OWN;
      if (kan_desk_change_passphrase (desk, order->own, order->fresh, &ending->error))
        ending->refused = g_strdup ("");
      return ending;
    }
  outcome = do_order (desk, order, ending);
  if (outcome == NULL)
    return ending;
  ending->refused = word_outcome (outcome);
  if (order->deed == ENROLL && *ending->refused == '\0')
    ending->issued = issued_to (desk, order);
  return ending;
}

/* --- rows ------------------------------------------------------------------------------------------------------- */

static const char *
get (KanPassphraseWindow *self, Row row)
{
  return self->row[row] != NULL ? gtk_editable_get_text (GTK_EDITABLE (self->row[row])) : "";
}

/* (transfer none) (nullable): the login of the officer who was chosen */
static const char *
get_officer (KanPassphraseWindow *self)
{
  guint chosen = self->row[OFFICER] != NULL ? adw_combo_row_get_selected (ADW_COMBO_ROW (self->row[OFFICER])) : 0;

  return chosen != 0 && chosen != GTK_INVALID_LIST_POSITION ? gtk_string_list_get_string (self->logins, chosen) : NULL;
}

static void
hush (KanPassphraseWindow *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->failure), FALSE);
  for (Row row = 0; row < N_ROWS; row++)
    if (self->note[row] != NULL)
      kan_note_row_say (self->note[row], "", FALSE);
}

/* Beside the row that it is about. */
static void
fail (KanPassphraseWindow *self, const char *why, Row row)
{
  if (row != N_ROWS && self->note[row] != NULL)
    {
      kan_note_row_say (self->note[row], why, FALSE);
      gtk_widget_grab_focus (self->row[row]);
      if (row == FRESH)
        kan_strength_hush (self->strength);
      return;
    }
  gtk_label_set_text (self->failure, why);
  gtk_widget_set_visible (GTK_WIDGET (self->failure), TRUE);
}

/* An entry that is made insensitive while it has the keyboard makes GTK 4.8 complain. */
static void
set_busy (KanPassphraseWindow *self, gboolean busy)
{
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_sensitive (self->button, !busy);
  for (Row row = 0; row < N_ROWS; row++)
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
  for (Row row = 0; row < N_ROWS; row++)
    if (rows[row].secret && self->row[row] != NULL)
      gtk_editable_set_text (GTK_EDITABLE (self->row[row]), "");
}

/* --- doing it ----------------------------------------------------------------------------------------------------- */

/* What was not wrong stays as it was typed. */
static void
show_failed (KanPassphraseWindow *self, const Ending *ending)
{
  gboolean locked = g_error_matches (ending->error, KAN_ERROR, KAN_ERROR_LOCKED);
  g_autofree char *why = ending->error == NULL ? g_strdup (ending->refused) : kan_dialogs_word_error (ending->error);
  Row row = ending->error != NULL && (locked || ending->wrong == OFFICER_PASSPHRASE) ? ending->wrong : N_ROWS;

  if (row != N_ROWS)
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
  gtk_box_append (self->box, kan_one_time_page_new (issued));
  gtk_widget_child_focus (GTK_WIDGET (self->box), GTK_DIR_TAB_FORWARD);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(KanPassphraseWindow) self = user_data;
  KanSession *session = KAN_SESSION (source);
  g_autoptr(GError) error = NULL;
  Ending *ending = kan_session_run_finish (session, result, &error);
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (ending == NULL)
    {
      ending = g_new0 (Ending, 1);
      ending->wrong = N_ROWS;
      ending->error = g_steal_pointer (&error);
    }
  if (self->session == NULL)
    {
      ending_free (ending);
      return;
    }
  set_busy (self, FALSE);
  if (ending->error != NULL || *ending->refused != '\0')
    {
      show_failed (self, ending);
      ending_free (ending);
      return;
    }
  wipe (self);
  if (self->deed == CLAIM)
    kan_session_claimed (session);
  kan_session_changed (session);
  if (ending->issued != NULL)
    show_issued (self, g_steal_pointer (&ending->issued));
  else
    {
      if (parent != NULL)
        gtk_widget_activate_action (GTK_WIDGET (parent), "win.toast", "s", _(words[self->deed].done));
      gtk_window_destroy (GTK_WINDOW (self));
    }
  ending_free (ending);
}

/* What stands in the way, said beside its row; %NULL: nothing. */
static const char *
find_wrong (KanPassphraseWindow *self, Row *row)
{
  const char *weak = self->row[FRESH] != NULL ? kan_strength_judge (get (self, FRESH),
                                                                    kan_session_get_login (self->session)) : NULL;

  *row = LOGIN;
  if (self->row[LOGIN] != NULL && *get (self, LOGIN) == '\0')
    return _("Give the person a user name.");
  *row = OWN;
  if (self->row[OWN] != NULL && *get (self, OWN) == '\0')
    return _("Type your passphrase.");
  *row = FRESH;
  if (weak != NULL)
    return weak;
  *row = AGAIN;
  if (strcmp (get (self, FRESH), get (self, AGAIN)) != 0)
    return _("The two are not the same.");
  *row = OFFICER;
  if (self->deed == CLAIM && get_officer (self) == NULL)
    return _("Name the officer who has identified you.");
  *row = OFFICER_PASSPHRASE;
  if (get_officer (self) != NULL && *get (self, OFFICER_PASSPHRASE) == '\0')
    return _("The officer types their passphrase here.");
  return NULL;
}

static void
confirm_cb (KanPassphraseWindow *self)
{
  Order *order;
  Row row = N_ROWS;
  const char *wrong;

  if (gtk_spinner_get_spinning (self->spinner))
    return;
  hush (self);
  wrong = find_wrong (self, &row);
  if (wrong != NULL)
    {
      fail (self, wrong, row);
      return;
    }
  order = g_new0 (Order, 1);
  order->deed = self->deed;
  order->person = g_strdup (self->person);
  order->login = self->row[LOGIN] != NULL ? g_strdup (get (self, LOGIN)) : NULL;
  order->officer = g_strdup (get_officer (self));
  order->own = take_secret (get (self, OWN));
  order->fresh = self->deed == ENROLL ? kan_one_time_draw () : take_secret (get (self, FRESH));
  order->officer_passphrase = order->officer != NULL ? take_secret (get (self, OFFICER_PASSPHRASE)) : NULL;
  order->now = kan_session_now (self->session);
  set_busy (self, TRUE);
  kan_session_run (self->session, KAN_JOB_ACT, order_job, order, (GDestroyNotify) order_free,
                   (GDestroyNotify) ending_free, NULL, done_cb, g_object_ref (self));
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
  return g_object_new (ADW_TYPE_COMBO_ROW, "model", self->logins, NULL);
}

static void
add_row (KanPassphraseWindow *self, Row row)
{
  GtkWidget *widget = row == OFFICER ? officer_row_new (self)
                      : rows[row].secret ? adw_password_entry_row_new () : adw_entry_row_new ();

  if (rows[row].secret)
    kan_name_eye (widget);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (widget), _(rows[row].title[self->deed]));
  self->row[row] = widget;
  self->note[row] = KAN_NOTE_ROW (kan_note_row_new (widget));
  g_signal_connect (widget, row == OFFICER ? "notify::selected" : "notify::text", G_CALLBACK (edited_cb),
                    self->note[row]);
  if (row != OFFICER)
    g_signal_connect_swapped (widget, "entry-activated", G_CALLBACK (confirm_cb), self);
  adw_preferences_group_add (self->group, widget);
  adw_preferences_group_add (self->group, GTK_WIDGET (self->note[row]));
}

/* The strength stands below the entry that it is about. */
static void
add_rows (KanPassphraseWindow *self)
{
  for (Row row = 0; row < N_ROWS; row++)
    {
      if (rows[row].title[self->deed] == NULL)
        continue;
      add_row (self, row);
      if (row != FRESH)
        continue;
      self->strength = kan_strength_new (GTK_EDITABLE (self->row[FRESH]), kan_session_get_login (self->session));
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
  self->failure = GTK_LABEL (gtk_label_new (NULL));
  self->spinner = GTK_SPINNER (gtk_spinner_new ());
  self->button = gtk_button_new_with_mnemonic (_(words[self->deed].verb));
  gtk_window_set_title (GTK_WINDOW (self), _(words[self->deed].title));
  adw_preferences_group_set_description (self->group, _(words[self->deed].explanation));
  gtk_box_append (self->box, GTK_WIDGET (self->group));
  add_rows (self);
  gtk_label_set_xalign (self->failure, 0);
  gtk_label_set_wrap (self->failure, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->failure), "error");
  gtk_widget_set_visible (GTK_WIDGET (self->failure), FALSE);
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
window_new (KanSession *session, GtkWindow *parent, Deed deed, const char *person)
{
  KanPassphraseWindow *self = g_object_new (KAN_TYPE_PASSPHRASE_WINDOW, "modal", TRUE, "transient-for", parent,
                                            "default-width", 480, "resizable", FALSE, NULL);

  self->session = g_object_ref (session);
  self->deed = deed;
  self->person = g_strdup (person);
  build (self);
  g_signal_connect_swapped (session, "locked", G_CALLBACK (gtk_window_destroy), self);
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
  return window_new (session, parent, CHANGE, NULL);
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
  return window_new (session, parent, CLAIM, NULL);
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
  return window_new (session, parent, ENROLL, person);
}
