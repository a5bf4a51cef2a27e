/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window's actions: registered in class init, enabled by one function. */
#include "kan-window-private.h"

#include "approvals/kan-approval-wizard.h"
#include "correct/kan-correction-window.h"
#include "destruction/kan-destruction-wizard.h"
#include "founding/kan-founding.h"
#include "kit/kan-actions.h"
#include "kit/kan-dialogs.h"
#include "kit/kan-keep.h"
#include "kit/kan-wizard.h"
#include "ledger/kan-act-window.h"
#include "ledger/kan-anchor-window.h"
#include "ledger/kan-ledger-page.h"
#include "ledger/kan-verdict-window.h"
#include "palette/kan-palette.h"
#include "preview/kan-preview.h"
#include "registers/kan-registers.h"
#include "settings/kan-backup.h"
#include "settings/kan-passphrase.h"
#include "settings/kan-profile-window.h"
#include "settings/kan-settings-window.h"

#include <glib/gi18n.h>
#include <string.h>

/* --- places and records --------------------------------------------------------------------------------------- */

/* The register whose numbers begin as the subject's does. */
static const KanRegister *
register_of (const char *subject)
{
  gsize letters = strcspn (subject, "0123456789");

  for (const KanRegister **reg = kan_registers ()->registers; *reg != NULL; reg++)
    if ((*reg)->prefix != NULL && strlen ((*reg)->prefix) == letters && strncmp (subject, (*reg)->prefix, letters) == 0)
      return *reg;
  return NULL;
}

static void
record_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KanWindow *self = KAN_WINDOW (widget);
  const char *subject = g_variant_get_string (parameter, NULL);
  const KanRegister *reg = register_of (subject);
  GtkWidget *page = reg != NULL ? kan_window_get_page (self, reg->id) : NULL;

  if (page == NULL)
    return;
  kan_window_open_place (self, reg->id);
  kan_register_page_open (KAN_REGISTER_PAGE (page), subject);
}

static void
entry_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KanWindow *self = KAN_WINDOW (widget);

  gtk_window_present (GTK_WINDOW (kan_act_window_new (self->session, GTK_WINDOW (self),
                                                      g_variant_get_int64 (parameter))));
}

static void
place_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  kan_window_open_place (KAN_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
list_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KanWindow *self = KAN_WINDOW (widget);
  const char *place = NULL, *list = NULL;
  GtkWidget *page;

  g_variant_get (parameter, "(&s&s)", &place, &list);
  page = kan_window_get_page (self, place);
  if (!KAN_IS_REGISTER_PAGE (page))
    return;
  kan_window_open_place (self, place);
  kan_register_page_set_list (KAN_REGISTER_PAGE (page), *list != '\0' ? list : NULL);
}

static void
filter_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KanWindow *self = KAN_WINDOW (widget);
  const char *place = NULL, *column = NULL, *value = NULL, *words = NULL;
  GtkWidget *page;

  g_variant_get (parameter, "(&s&s&s&s)", &place, &column, &value, &words);
  page = kan_window_get_page (self, place);
  if (!KAN_IS_REGISTER_PAGE (page))
    return;
  kan_window_open_place (self, place);
  kan_register_page_set_filter (KAN_REGISTER_PAGE (page), column, value, words);
}

static void
back_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  kan_window_go_back (KAN_WINDOW (widget));
}

static void
find_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GtkWidget *page = gtk_stack_get_visible_child (KAN_WINDOW (widget)->pages);

  if (KAN_IS_REGISTER_PAGE (page))
    kan_register_page_focus_search (KAN_REGISTER_PAGE (page));
  else if (KAN_IS_LEDGER_PAGE (page))
    kan_ledger_page_focus_search (KAN_LEDGER_PAGE (page));
  else
    gtk_widget_activate_action (widget, "win.palette", NULL);
}

static void
dismissed_cb (KanWindow *self)
{
  g_clear_weak_pointer (&self->toast);
}

/* One at a time: what was done last takes the place of what was told before. @answers: what can be taken up again. */
static void
show_toast (KanWindow *self, const char *sentence, GVariant *answers)
{
  g_autofree char *words = g_markup_escape_text (sentence, -1);
  AdwToast *toast = self->toast != NULL ? g_object_ref (self->toast) : adw_toast_new (words);

  if (self->toast == NULL)
    g_signal_connect_object (toast, "dismissed", G_CALLBACK (dismissed_cb), self, G_CONNECT_SWAPPED);
  g_set_weak_pointer (&self->toast, toast);
  adw_toast_set_title (toast, words);
  adw_toast_set_button_label (toast, answers != NULL ? _("Undo") : NULL);
  adw_toast_set_action_name (toast, answers != NULL ? KAN_ACTION_RESTORE : NULL);
  adw_toast_set_action_target_value (toast, answers);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
toast_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  show_toast (KAN_WINDOW (widget), g_variant_get_string (parameter, NULL), NULL);
}

static void
discarded_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  show_toast (KAN_WINDOW (widget), _("Discarded"), parameter);
}

static void
restored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GtkWidget) window = user_data;
  g_autoptr(GError) error = NULL;
  gint64 draft = kan_keep_finish (KAN_SESSION (source), result, &error);

  if (draft != 0)
    gtk_widget_activate_action (window, KAN_ACTION_DRAFT, "x", draft);
  else
    kan_dialogs_tell_error (window, _("The draft could not be opened"), error);
}

static void
restore_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autoptr(KanAnswers) answers = kan_answers_from_json (g_variant_get_string (parameter, NULL), NULL);

  if (answers != NULL)
    kan_keep_async (KAN_WINDOW (widget)->session, answers, NULL, restored_cb, g_object_ref (widget));
}

static GMenu *list_commands (KanWindow *self);

/* --- wizards -------------------------------------------------------------------------------------------------- */

/* Which profile, and what it changes, is looked at before anything is answered. */
static GtkWidget *
import_profile (KanSession *session, GtkWindow *parent, const char *subject)
{
  return kan_profile_window_new (session, parent);
}

/* Nobody decides before the request was shown, with its evidence and who decided before. */
static GtkWidget *
decide (KanSession *session, GtkWindow *parent, const char *subject)
{
  g_autoptr(GPtrArray) subjects = g_ptr_array_new ();

  g_ptr_array_add (subjects, (gpointer) subject);
  return kan_approval_wizard_new (session, parent, subjects);
}

/* Jobs with a wizard of their own; every other act has the one made from its declaration, and so has every draft but
   those that `get_type` goes on with, or that the wizard finds itself by what they are about. */
static const struct
{
  const char *kind;
  GtkWidget *(*make) (KanSession *session, GtkWindow *parent, const char *subject);
  GType (*get_type) (void);
  gboolean finds_draft;
} special[] = {
  { "act.correct", kan_correction_window_new_correct, kan_correction_window_get_type, FALSE },
  { "act.void", kan_correction_window_new_void, kan_correction_window_get_type, FALSE },
  { "hand.ask_back", decide, NULL, TRUE },
  { "hand.give", decide, NULL, TRUE },
  { "hand.refuse", decide, NULL, TRUE },
  { "media.destroy", kan_destruction_wizard_new, kan_destruction_wizard_get_type, FALSE },
  { "person.enroll", kan_passphrase_enroll_new, NULL, FALSE },
  { "profile.adopt", import_profile, NULL, FALSE },
  { "text.redact", kan_correction_window_new_redact, kan_correction_window_get_type, FALSE },
};

static void
act_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KanWindow *self = KAN_WINDOW (widget);
  const char *kind = NULL, *subject = NULL;
  GtkWidget *wizard = NULL;

  g_variant_get (parameter, "(&s&s)", &kind, &subject);
  if (*subject == '\0')
    subject = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (special); i++)
    if (strcmp (special[i].kind, kind) == 0)
      wizard = special[i].make (self->session, GTK_WINDOW (self), subject);
  if (wizard == NULL)
    wizard = kan_wizard_new (self->session, GTK_WINDOW (self), kind, subject);
  gtk_window_present (GTK_WINDOW (wizard));
}

static gpointer
draft_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  return kan_desk_load_draft (kan_worker_get_desk (worker), *(gint64 *) data, error);
}

static GtkWidget *
wizard_for_draft (KanWindow *self, gint64 draft, const KanAnswers *answers)
{
  for (guint i = 0; i < G_N_ELEMENTS (special); i++)
    {
      if (strcmp (special[i].kind, kan_answers_get_kind (answers)) != 0)
        continue;
      if (special[i].finds_draft)
        return special[i].make (self->session, GTK_WINDOW (self), kan_answers_get_subject (answers));
      if (special[i].get_type != NULL)
        return g_object_new (special[i].get_type (), "session", self->session, "transient-for", self, "draft", draft,
                             NULL);
    }
  return kan_wizard_new_for_draft (self->session, GTK_WINDOW (self), draft);
}

typedef struct { KanWindow *window; gint64 draft; } Draft;

static void
draft_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Draft *draft = user_data;
  g_autoptr(KanWindow) self = draft->window;
  g_autoptr(GError) error = NULL;
  g_autoptr(KanAnswers) answers = kan_session_run_finish (KAN_SESSION (source), result, &error);

  if (answers == NULL)
    {
      kan_dialogs_tell_error (GTK_WIDGET (self), _("The draft could not be opened"), error);
      return;
    }
  gtk_window_present (GTK_WINDOW (wizard_for_draft (self, draft->draft, answers)));
}

/* Of what kind it is decides which wizard goes on with it. */
static void
draft_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KanWindow *self = KAN_WINDOW (widget);
  Draft *draft = g_new0 (Draft, 1);
  gint64 id = g_variant_get_int64 (parameter);

  draft->window = g_object_ref (self);
  draft->draft = id;
  kan_session_run (self->session, KAN_JOB_PAGE, draft_job, g_memdup2 (&id, sizeof id), g_free,
                   (GDestroyNotify) kan_answers_free, NULL, draft_loaded_cb, draft);
}

static void
print_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KanWindow *self = KAN_WINDOW (widget);
  const char *form = NULL, *record = NULL;

  g_variant_get (parameter, "(&s&s)", &form, &record);
  gtk_window_present (GTK_WINDOW (kan_preview_new (self->session, GTK_WINDOW (self), form, record)));
}

static void
palette_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KanWindow *self = KAN_WINDOW (widget);

  g_autoptr(GMenu) commands = list_commands (self);

  gtk_window_present (GTK_WINDOW (kan_palette_new (self->session, GTK_WINDOW (self), G_MENU_MODEL (commands))));
}

/* --- the file ------------------------------------------------------------------------------------------------- */

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(KanWindow) self = user_data;
  g_autofree char *path = kan_dialogs_file_finish (result);

  if (path != NULL)
    kan_window_open_file (self, path);
}

static void
open_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  kan_dialogs_file (widget, KAN_FILE_OPEN, _("Open"), NULL, _("Kanribo files"), "*.kanribo", chosen_cb,
                    g_object_ref (widget));
}

static void
new_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KanWindow *self = KAN_WINDOW (widget);

  gtk_window_present (GTK_WINDOW (kan_founding_new (self->session, GTK_WINDOW (self))));
}

static void
lock_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KanWindow *self = KAN_WINDOW (widget);

  kan_session_lock (self->session);
  kan_unlock_page_ask (self->unlock_page, kan_session_get_login (self->session));
}

static void
switch_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KanWindow *self = KAN_WINDOW (widget);

  kan_session_lock (self->session);
  kan_unlock_page_ask (self->unlock_page, NULL);
}

/* Whoever reads goes on with the same file. */
static void
write_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KanWindow *self = KAN_WINDOW (widget);

  kan_session_lock (self->session);
  kan_unlock_page_ask_to_write (self->unlock_page, kan_session_get_login (self->session));
}

static void
backup_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  kan_backup_begin (KAN_WINDOW (widget)->session, GTK_WINDOW (widget));
}

static void
passphrase_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_window_present (GTK_WINDOW (kan_passphrase_change_new (KAN_WINDOW (widget)->session, GTK_WINDOW (widget))));
}

static void
claim_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_window_present (GTK_WINDOW (kan_passphrase_claim_new (KAN_WINDOW (widget)->session, GTK_WINDOW (widget))));
}

static void
verify_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  kan_verdict_begin (KAN_WINDOW (widget)->session, widget, NULL, TRUE);
}

static void
anchor_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_window_present (GTK_WINDOW (kan_anchor_window_new (KAN_WINDOW (widget)->session, GTK_WINDOW (widget))));
}

static void
settings_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_window_present (GTK_WINDOW (kan_settings_window_new (KAN_WINDOW (widget)->session, GTK_WINDOW (widget))));
}

/* --- all of them ---------------------------------------------------------------------------------------------- */

/* `title`: what the menu calls it, for those that the palette finds by it too. */
static const struct
{
  const char *name, *parameter;
  GtkWidgetActionActivateFunc activate;
  gboolean unlocked, writing;       /* wants a file, one that can be written */
  const char *title;
} actions[] = {
  { KAN_ACTION_RECORD, "s", record_cb, TRUE, FALSE, NULL },
  { KAN_ACTION_ENTRY, "x", entry_cb, TRUE, FALSE, NULL },
  { KAN_ACTION_PLACE, "s", place_cb, TRUE, FALSE, NULL },
  { KAN_ACTION_LIST, "(ss)", list_cb, TRUE, FALSE, NULL },
  { KAN_ACTION_FILTER, "(ssss)", filter_cb, TRUE, FALSE, NULL },
  { KAN_ACTION_ACT, "(ss)", act_cb, TRUE, TRUE, NULL },
  { KAN_ACTION_DRAFT, "x", draft_cb, TRUE, TRUE, NULL },
  { KAN_ACTION_PRINT, "(ss)", print_cb, TRUE, FALSE, NULL },
  { KAN_ACTION_TOAST, "s", toast_cb, FALSE, FALSE, NULL },
  { KAN_ACTION_DISCARDED, "s", discarded_cb, TRUE, TRUE, NULL },
  { KAN_ACTION_RESTORE, "s", restore_cb, TRUE, TRUE, NULL },
  { "win.back", NULL, back_cb, TRUE, FALSE, NULL },
  { "win.find", NULL, find_cb, TRUE, FALSE, NULL },
  { "win.palette", NULL, palette_cb, TRUE, FALSE, NULL },
  { "win.open", NULL, open_cb, FALSE, FALSE, N_("_Open…") },
  { "win.new", NULL, new_cb, FALSE, FALSE, N_("_New File…") },
  { "win.lock", NULL, lock_cb, TRUE, FALSE, N_("_Lock") },
  { "win.switch-user", NULL, switch_cb, TRUE, FALSE, N_("_Switch User") },
  { "win.write", NULL, write_cb, TRUE, FALSE, NULL },
  { "win.backup", NULL, backup_cb, TRUE, FALSE, N_("_Back Up…") },
  { "win.verify", NULL, verify_cb, TRUE, FALSE, N_("_Verify…") },
  { "win.anchor", NULL, anchor_cb, TRUE, FALSE, N_("_Anchor…") },
  { "win.passphrase", NULL, passphrase_cb, TRUE, TRUE, N_("Change _Passphrase…") },
  { "win.claim", NULL, claim_cb, TRUE, FALSE, NULL },
  { "win.settings", NULL, settings_cb, FALSE, FALSE, N_("Se_ttings") },
};

static gboolean
is_possible (KanWindow *self, gsize i)
{
  gboolean unlocked = kan_session_is_unlocked (self->session);
  gboolean writing = unlocked && !kan_session_is_read_only (self->session) &&
                     !kan_session_is_provisional (self->session);

  return (!actions[i].unlocked || unlocked) && (!actions[i].writing || writing);
}

/* (transfer full): those with a title that are possible now */
static GMenu *
list_commands (KanWindow *self)
{
  GMenu *commands = g_menu_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    if (actions[i].title != NULL && is_possible (self, i))
      g_menu_append (commands, _(actions[i].title), actions[i].name);
  return commands;
}

/**
 * kan_window_install_actions:
 * @widget_class: the window's
 */
void
kan_window_install_actions (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].parameter, actions[i].activate);
}

/**
 * kan_window_update_actions:
 * @self: a window
 *
 * Enables what is possible with the file as it is.
 */
void
kan_window_update_actions (KanWindow *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i].name, is_possible (self, i));
}
