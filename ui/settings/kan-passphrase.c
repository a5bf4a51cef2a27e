/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Passphrases. One window with the rows that each deed wants; every passphrase leaves it as a secret. */
#include "settings/kan-passphrase.h"

#include "kit/kan-dialogs.h"
#include "kit/kan-pieces.h"
#include "kit/kan-strength.h"

#include <glib/gi18n.h>
#include <string.h>

typedef enum { CHANGE, CLAIM, ENROLL } Deed;

#define KAN_TYPE_PASSPHRASE_WINDOW (kan_passphrase_window_get_type ())
G_DECLARE_FINAL_TYPE (KanPassphraseWindow, kan_passphrase_window, KAN, PASSPHRASE_WINDOW, AdwWindow)

struct _KanPassphraseWindow
{
  AdwWindow     parent_instance;

  KanSession   *session;        /* owned */
  Deed          deed;
  char         *person;         /* owned: "P2", for enrolling */

  /* borrowed widgets; NULL: this deed does not want it */
  GtkBox       *box;
  AdwPreferencesGroup *group;
  GtkEditable  *login, *own, *fresh, *again, *officer, *officer_passphrase;
  GtkWidget    *button;
  GtkLabel     *failure;
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
               N_("Tell the person this one-time passphrase. It opens the file for reading only, until they set one of "
                  "their own. A second officer signs with you."),
               N_("_Issue"), N_("The one-time passphrase is valid now.") },
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

static gpointer
order_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  KanDesk *desk = kan_worker_get_desk (worker);
  const Order *order = data;
  g_autoptr(KanOutcome) outcome = NULL;

  if (order->officer != NULL && !kan_desk_add_cosigner (desk, order->officer, order->officer_passphrase, error))
    return NULL;
  if (order->deed == CHANGE)
    return kan_desk_change_passphrase (desk, order->own, order->fresh, error) ? g_strdup ("") : NULL;
  if (order->deed == ENROLL && !kan_desk_check_passphrase (desk, order->own, error))
    return NULL;
  outcome = order->deed == CLAIM ? kan_desk_claim (desk, order->fresh, order->now, error)
            : kan_desk_enroll (desk, order->person, order->login, order->fresh, order->now, error);
  kan_desk_clear_cosigners (desk);
  return outcome != NULL ? word_outcome (outcome) : NULL;
}

/* --- the window ----------------------------------------------------------------------------------------------- */

static void
fail (KanPassphraseWindow *self, const char *why, GtkEditable *where)
{
  gtk_label_set_text (self->failure, why);
  gtk_widget_set_visible (GTK_WIDGET (self->failure), TRUE);
  if (where != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (where));
}

static void
set_busy (KanPassphraseWindow *self, gboolean busy)
{
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->group), !busy);
  gtk_widget_set_sensitive (self->button, !busy);
}

static KanSecret *
take_secret (GtkEditable *entry)
{
  const char *typed = entry != NULL ? gtk_editable_get_text (entry) : "";
  KanSecret *secret = *typed != '\0' ? kan_secret_new (strlen (typed)) : NULL;

  if (secret != NULL)
    memcpy (kan_secret_get_bytes (secret), typed, strlen (typed));
  return secret;
}

static void
wipe (KanPassphraseWindow *self)
{
  GtkEditable *entries[] = { self->own, self->fresh, self->again, self->officer_passphrase };

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    if (entries[i] != NULL && !(self->deed == ENROLL && entries[i] == self->fresh))
      gtk_editable_set_text (entries[i], "");
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(KanPassphraseWindow) self = user_data;
  KanSession *session = KAN_SESSION (source);
  g_autoptr(GError) error = NULL;
  g_autofree char *outcome = kan_session_run_finish (session, result, &error);
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  g_autofree char *why = NULL;

  if (self->session == NULL)
    return;
  set_busy (self, FALSE);
  wipe (self);
  if (outcome == NULL || *outcome != '\0')
    {
      why = outcome != NULL ? g_strdup (outcome) : kan_dialogs_word_error (error);
      fail (self, why, self->own != NULL ? self->own : self->fresh);
      return;
    }
  if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.toast", "s", _(words[self->deed].done));
  if (self->deed == CLAIM)
    kan_session_claimed (session);
  kan_session_changed (session);
  gtk_window_destroy (GTK_WINDOW (self));
}

/* FALSE: something is missing, and has been said. */
static gboolean
check_rows (KanPassphraseWindow *self)
{
  const char *fresh = gtk_editable_get_text (self->fresh);
  const char *login = self->login != NULL ? gtk_editable_get_text (self->login) : kan_session_get_login (self->session);
  const char *weak = self->deed != ENROLL ? kan_strength_judge (fresh, login) : NULL;

  if (self->login != NULL && *login == '\0')
    fail (self, _("Give the person a user name."), self->login);
  else if (weak != NULL)
    fail (self, weak, self->fresh);
  else if (self->again != NULL && strcmp (fresh, gtk_editable_get_text (self->again)) != 0)
    fail (self, _("The two are not the same."), self->again);
  else if (self->own != NULL && *gtk_editable_get_text (self->own) == '\0')
    fail (self, _("Type your passphrase."), self->own);
  else if (self->officer != NULL && self->deed == CLAIM && *gtk_editable_get_text (self->officer) == '\0')
    fail (self, _("Name the officer who has identified you."), self->officer);
  else
    return TRUE;
  return FALSE;
}

static void
confirm_cb (KanPassphraseWindow *self)
{
  Order *order;

  if (gtk_spinner_get_spinning (self->spinner) || !check_rows (self))
    return;
  order = g_new0 (Order, 1);
  order->deed = self->deed;
  order->person = g_strdup (self->person);
  order->login = self->login != NULL ? g_strdup (gtk_editable_get_text (self->login)) : NULL;
  if (self->officer != NULL && *gtk_editable_get_text (self->officer) != '\0')
    order->officer = g_strdup (gtk_editable_get_text (self->officer));
  order->own = take_secret (self->own);
  order->fresh = take_secret (self->fresh);
  order->officer_passphrase = take_secret (self->officer_passphrase);
  if (order->officer != NULL && order->officer_passphrase == NULL)
    order->officer_passphrase = kan_secret_new (1);
  order->now = kan_session_now (self->session);
  gtk_widget_set_visible (GTK_WIDGET (self->failure), FALSE);
  set_busy (self, TRUE);
  kan_session_run (self->session, KAN_JOB_ACT, order_job, order, (GDestroyNotify) order_free, g_free, NULL, done_cb,
                   g_object_ref (self));
}

static GtkEditable *
add_row (KanPassphraseWindow *self, const char *title, gboolean secret)
{
  GtkWidget *row = secret ? adw_password_entry_row_new () : adw_entry_row_new ();

  if (secret)
    kan_name_eye (row);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  g_signal_connect_swapped (row, "entry-activated", G_CALLBACK (confirm_cb), self);
  adw_preferences_group_add (self->group, row);
  return GTK_EDITABLE (row);
}

/* Twelve digits and letters that cannot be mistaken for each other, in fours. */
static char *
draw_one_time (void)
{
  static const char symbols[] = "23456789abcdefghjkmnpqrstuvwxyz";
  char text[20];
  guint n = 0;

  for (guint i = 0; i < 16; i++)
    {
      if (i > 0 && i % 4 == 0)
        text[n++] = '-';
      text[n++] = symbols[kan_random_below (sizeof symbols - 1)];
    }
  return g_strndup (text, n);
}

static void
add_rows (KanPassphraseWindow *self)
{
  if (self->deed == CHANGE)
    self->own = add_row (self, _("Passphrase until now"), TRUE);
  if (self->deed == ENROLL)
    {
      g_autofree char *one_time = draw_one_time ();

      self->login = add_row (self, _("User name"), FALSE);
      self->fresh = add_row (self, _("One-time passphrase"), FALSE);
      gtk_editable_set_text (self->fresh, one_time);
      gtk_editable_set_editable (self->fresh, FALSE);
      self->own = add_row (self, _("Your passphrase"), TRUE);
    }
  else
    {
      self->fresh = add_row (self, _("New passphrase"), TRUE);
      self->again = add_row (self, _("Once more"), TRUE);
      gtk_box_append (self->box, kan_strength_new (self->fresh, kan_session_get_login (self->session)));
    }
  if (self->deed != CHANGE)
    {
      self->officer = add_row (self, self->deed == CLAIM ? _("User name of the officer") : _("User name of the second "
                               "officer"), FALSE);
      self->officer_passphrase = add_row (self, _("Passphrase of the officer"), TRUE);
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
