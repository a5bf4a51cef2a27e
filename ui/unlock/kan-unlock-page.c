/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unlocking (利用開始). The file is looked at first, so that its logins can be chosen; each failure has its own page or
 * sentence and says what now. */
#include "unlock/kan-unlock-page.h"

#include "kit/kan-dialogs.h"
#include "kit/kan-pieces.h"
#include "kit/kan-settings.h"
#include "values/kan-wareki.h"

#include <glib/gi18n.h>
#include <string.h>

struct _KanUnlockPage
{
  GtkWidget     parent_instance;

  KanSession   *session;        /* owned */
  char         *path;           /* owned */
  char         *wanted;         /* owned: the login to choose once the file is open; NULL: the first */
  GPtrArray    *recent_rows;    /* borrowed widgets */
  char         *next;           /* owned: opened once the passphrase that was typed came to something; or NULL */
  gboolean      read_only, next_read_only;
  gboolean      is_unlocking;
  KanTask      *making;         /* owned: tables anew, while unlocking */
  guint         n_opening;      /* files being looked at: the last one counts */
  gboolean      asks_who;       /* another person is about to come: the keyboard begins at who they are */

  /* template children */
  GtkStack     *stack;
  AdwStatusPage *ask_page, *failed_page;
  AdwPreferencesGroup *recent_group;
  AdwComboRow  *login_row;
  GtkStringList *logins;
  GtkEditable  *passphrase_row;
  GtkWidget    *failure, *unlock_button, *other_button, *again_button, *read_button, *back_button, *open_button;
  GtkLabel     *failure_label, *opened_label, *verified_label;
  GtkSpinner   *spinner;
};

G_DEFINE_FINAL_TYPE (KanUnlockPage, kan_unlock_page, GTK_TYPE_WIDGET)

/* The keyboard begins where the day does: at the file used last, else at opening one. */
static void
focus_start (KanUnlockPage *self)
{
  gtk_widget_grab_focus (self->recent_rows->len > 0 ? g_ptr_array_index (self->recent_rows, 0) : self->open_button);
}

static void
show_start (KanUnlockPage *self)
{
  gtk_stack_set_visible_child_name (self->stack, "start");
}

static void
show_busy (KanUnlockPage *self)
{
  gboolean busy = self->is_unlocking || self->n_opening > 0;

  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_widget_set_sensitive (self->unlock_button, !busy);
  gtk_editable_set_editable (self->passphrase_row, !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->login_row), !busy);
}

static void
set_unlocking (KanUnlockPage *self, gboolean unlocking)
{
  g_autoptr(GCancellable) stop = g_cancellable_new ();

  g_clear_pointer (&self->making, kan_task_end);
  if (unlocking)
    self->making = kan_task_new_seldom (GTK_WIDGET (self), _("Making the Registers Anew"), stop);
  kan_session_set_progress (self->session, unlocking ? kan_task_progress : NULL, self->making);
  self->is_unlocking = unlocking;
  show_busy (self);
}

static void
show_failure (KanUnlockPage *self, const char *why)
{
  gtk_label_set_text (self->failure_label, why != NULL ? why : "");
  gtk_widget_set_visible (self->failure, why != NULL);
}

/* --- files ---------------------------------------------------------------------------------------------------- */

static void
recent_cb (GtkWidget *row, KanUnlockPage *self)
{
  kan_unlock_page_open (self, g_object_get_data (G_OBJECT (row), "kan-path"), FALSE);
}

static void show_recent (KanUnlockPage *self);

static void
forget_cb (GtkWidget *button, KanUnlockPage *self)
{
  kan_settings_forget_file (g_object_get_data (G_OBJECT (button), "kan-path"));
  show_recent (self);
  focus_start (self);
}

static GtkWidget *
forget_button (KanUnlockPage *self, const char *path, const char *shown)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");
  /* Translators: a file's name */
  g_autofree char *words = g_strdup_printf (_("Take “%s” off this list"), shown);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  g_object_set_data_full (G_OBJECT (button), "kan-path", g_strdup (path), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (forget_cb), self, 0);
  return button;
}

static GtkWidget *
recent_row (KanUnlockPage *self, const char *path)
{
  g_autofree char *name = g_path_get_basename (path), *folder = g_path_get_dirname (path);
  g_autofree char *shown = g_filename_display_name (name), *where = g_filename_display_name (folder);
  GtkWidget *row = adw_action_row_new (), *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), shown);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), where);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), forget_button (self, path, shown));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "kan-path", g_strdup (path), g_free);
  g_signal_connect (row, "activated", G_CALLBACK (recent_cb), self);
  return row;
}

static void
show_recent (KanUnlockPage *self)
{
  g_auto(GStrv) files = kan_settings () != NULL ? g_settings_get_strv (kan_settings (), KAN_SETTING_RECENT) : NULL;

  for (guint i = 0; i < self->recent_rows->len; i++)
    adw_preferences_group_remove (self->recent_group, g_ptr_array_index (self->recent_rows, i));
  g_ptr_array_set_size (self->recent_rows, 0);
  for (char **file = files; file != NULL && *file != NULL; file++)
    {
      GtkWidget *row = recent_row (self, *file);

      adw_preferences_group_add (self->recent_group, row);
      g_ptr_array_add (self->recent_rows, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->recent_group), self->recent_rows->len > 0);
}

static gboolean
day_cb (const GMatchInfo *match, GString *out, gpointer unused)
{
  g_autofree char *day = g_match_info_fetch (match, 0), *era = kan_wareki_format (kan_day_parse (day));

  g_string_append (out, era);
  return FALSE;
}

/* Who has it and since when, as the screen writes days; the name of the file stands above. */
static char *
word_busy (KanUnlockPage *self, const char *name, const char *message)
{
  g_autoptr(GString) text = g_string_new (message);
  g_autoptr(GRegex) day = g_regex_new ("[0-9]{4}-[0-9]{2}-[0-9]{2}", 0, 0, NULL);

  g_string_replace (text, self->path, name, 0);
  return kan_view_by_era () ? g_regex_replace_eval (day, text->str, -1, 0, 0, day_cb, NULL, NULL)
                            : g_strdup (text->str);
}

/* What cannot be opened says so on a page of its own; a file in use, which says by whom, or on a read-only medium can
 * still be read. */
static void
show_failed (KanUnlockPage *self, const GError *error)
{
  g_autofree char *words = kan_dialogs_word_error (error), *base = g_path_get_basename (self->path);
  g_autofree char *name = g_filename_display_name (base), *description = NULL, *who = NULL;
  gboolean busy = g_error_matches (error, KAN_ERROR, KAN_ERROR_BUSY);
  gboolean readable = !self->read_only && (busy || g_error_matches (error, KAN_ERROR, KAN_ERROR_READ_ONLY));

  who = busy ? word_busy (self, name, error->message) : NULL;
  description = busy ? g_markup_printf_escaped ("%s\n\n%s", words, who) : g_markup_escape_text (words, -1);
  adw_status_page_set_title (self->failed_page, name);
  adw_status_page_set_description (self->failed_page, description);
  gtk_widget_set_visible (self->read_button, readable);
  gtk_stack_set_visible_child_name (self->stack, "failed");
}

static void
choose_login (KanUnlockPage *self, const char *login)
{
  for (guint i = 0; login != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (self->logins)); i++)
    if (strcmp (gtk_string_list_get_string (self->logins, i), login) == 0)
      adw_combo_row_set_selected (self->login_row, i);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(KanUnlockPage) self = user_data;
  g_autoptr(GError) error = NULL;
  KanDoor *door = kan_session_open_finish (KAN_SESSION (source), result, &error);
  g_autofree char *base = NULL, *name = NULL;

  self->n_opening--;
  if (self->session != NULL)
    show_busy (self);
  if (door == NULL || self->n_opening > 0 || self->session == NULL)
    {
      if (self->n_opening == 0 && self->session != NULL)
        show_failed (self, error);
      g_clear_pointer (&door, kan_door_free);
      return;
    }
  base = g_path_get_basename (door->path);
  name = g_filename_display_name (base);
  adw_status_page_set_title (self->ask_page, name);
  adw_status_page_set_description (self->ask_page, self->read_only ? _("For reading only") : NULL);
  gtk_label_set_text (self->opened_label, door->opened != NULL ? door->opened : _("Never opened yet"));
  gtk_label_set_text (self->verified_label, door->verified != NULL ? door->verified : _("Not verified yet"));
  gtk_string_list_splice (self->logins, 0, g_list_model_get_n_items (G_LIST_MODEL (self->logins)),
                          (const char *const *) door->logins);
  choose_login (self, self->wanted);
  kan_door_free (door);
  show_failure (self, NULL);
  gtk_stack_set_visible_child_name (self->stack, "ask");
  gtk_widget_grab_focus (self->asks_who ? GTK_WIDGET (self->login_row) : GTK_WIDGET (self->passphrase_row));
}

/**
 * kan_unlock_page_open:
 * @self: a page
 * @path: a file
 * @read_only: whether it is opened for reading only
 *
 * Opens the file's public header and asks who you are. Until it was read no passphrase is taken, and none is left that
 * was typed for another file; one that is on its way is waited for.
 */
void
kan_unlock_page_open (KanUnlockPage *self, const char *path, gboolean read_only)
{
  char *copy = g_strdup (path);

  if (self->is_unlocking)
    {
      g_free (self->next);
      self->next = copy;
      self->next_read_only = read_only;
      return;
    }
  g_free (self->path);
  self->path = copy;
  self->read_only = read_only;
  self->asks_who = FALSE;
  self->n_opening++;
  gtk_editable_set_text (self->passphrase_row, "");
  show_busy (self);
  kan_session_open_async (self->session, self->path, read_only, opened_cb, g_object_ref (self));
}

static void
ask (KanUnlockPage *self, const char *login, gboolean read_only)
{
  const char *path = kan_session_get_path (self->session);

  g_free (self->wanted);
  self->wanted = g_strdup (login);
  show_recent (self);
  if (path != NULL)
    kan_unlock_page_open (self, path, read_only);
  else
    show_start (self);
  self->asks_who = login == NULL;
}

/**
 * kan_unlock_page_ask:
 * @self: a page
 * @login: (nullable): who is asked first
 *
 * Asks for a passphrase of the file that was open, or shows the recent files where there was none.
 */
void
kan_unlock_page_ask (KanUnlockPage *self, const char *login)
{
  ask (self, login, kan_session_is_read_only (self->session));
}

/**
 * kan_unlock_page_ask_to_write:
 * @self: a page
 * @login: (nullable): who is asked first
 *
 * As kan_unlock_page_ask(), for writing also where the file was open for reading only.
 */
void
kan_unlock_page_ask_to_write (KanUnlockPage *self, const char *login)
{
  ask (self, login, FALSE);
}

/* --- the passphrase ------------------------------------------------------------------------------------------- */

static void
unlocked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(KanUnlockPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *words = NULL, *next = g_steal_pointer (&self->next);
  gboolean unlocked = kan_session_unlock_finish (KAN_SESSION (source), result, &error);

  if (self->session == NULL)
    {
      g_clear_pointer (&self->making, kan_task_end);
      return;      /* its window was closed meanwhile */
    }
  set_unlocking (self, FALSE);
  if (unlocked)
    kan_settings_remember_file (self->path);
  if (next != NULL && !(kan_session_is_unlocked (self->session) && strcmp (next, self->path) == 0))
    kan_unlock_page_open (self, next, self->next_read_only);
  if (unlocked || next != NULL)
    {
      show_failure (self, NULL);
      return;
    }
  if (!g_error_matches (error, KAN_ERROR, KAN_ERROR_LOCKED) && !g_error_matches (error, KAN_ERROR, KAN_ERROR_KEYLESS))
    {
      show_failed (self, error);
      return;
    }
  words = kan_dialogs_word_error (error);
  show_failure (self, words);
  gtk_widget_grab_focus (GTK_WIDGET (self->passphrase_row));
}

static void
unlock_cb (KanUnlockPage *self)
{
  GObject *chosen = adw_combo_row_get_selected_item (self->login_row);
  const char *typed = gtk_editable_get_text (self->passphrase_row);
  KanSecret *passphrase;
  gsize size = strlen (typed);

  if (chosen == NULL || self->is_unlocking || self->n_opening > 0)
    return;
  if (size == 0)
    {
      show_failure (self, _("Type your passphrase."));
      return;
    }
  passphrase = kan_secret_new (size);
  memcpy (kan_secret_get_bytes (passphrase), typed, size);
  gtk_editable_set_text (self->passphrase_row, "");
  show_failure (self, NULL);
  set_unlocking (self, TRUE);
  kan_session_unlock_async (self->session, gtk_string_object_get_string (GTK_STRING_OBJECT (chosen)), passphrase,
                            unlocked_cb, g_object_ref (self));
}

/* What was wrong with one person's passphrase is not said of another's. */
static void
chosen_cb (KanUnlockPage *self)
{
  show_failure (self, NULL);
}

static void
again_cb (KanUnlockPage *self)
{
  kan_unlock_page_open (self, self->path, self->read_only);
}

static void
read_cb (KanUnlockPage *self)
{
  kan_unlock_page_open (self, self->path, TRUE);
}

static void
other_cb (KanUnlockPage *self)
{
  kan_session_lock (self->session);
  show_recent (self);
  show_start (self);
}

/**
 * kan_unlock_page_set_session:
 * @self: a page
 * @session: what it unlocks
 */
void
kan_unlock_page_set_session (KanUnlockPage *self, KanSession *session)
{
  g_set_object (&self->session, session);
  show_recent (self);
}

static void
kan_unlock_page_dispose (GObject *object)
{
  KanUnlockPage *self = KAN_UNLOCK_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), KAN_TYPE_UNLOCK_PAGE);
  g_clear_object (&self->session);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->wanted, g_free);
  g_clear_pointer (&self->next, g_free);
  g_clear_pointer (&self->recent_rows, g_ptr_array_unref);
  G_OBJECT_CLASS (kan_unlock_page_parent_class)->dispose (object);
}

static void
kan_unlock_page_class_init (KanUnlockPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kan_unlock_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kanribo/Kanribo/ui/unlock/kan-unlock-page.ui");
#define BIND(name) gtk_widget_class_bind_template_child (widget_class, KanUnlockPage, name)
  BIND (stack);
  BIND (open_button);
  BIND (ask_page);
  BIND (failed_page);
  BIND (recent_group);
  BIND (login_row);
  BIND (logins);
  BIND (passphrase_row);
  BIND (failure);
  BIND (unlock_button);
  BIND (other_button);
  BIND (again_button);
  BIND (read_button);
  BIND (back_button);
  BIND (failure_label);
  BIND (opened_label);
  BIND (verified_label);
  BIND (spinner);
#undef BIND
}

static void
kan_unlock_page_init (KanUnlockPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kan_name_eye (GTK_WIDGET (self->passphrase_row));
  self->recent_rows = g_ptr_array_new ();
  g_signal_connect_object (self->open_button, "map", G_CALLBACK (focus_start), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_swapped (self->unlock_button, "clicked", G_CALLBACK (unlock_cb), self);
  g_signal_connect_swapped (self->passphrase_row, "entry-activated", G_CALLBACK (unlock_cb), self);
  g_signal_connect_swapped (self->login_row, "notify::selected", G_CALLBACK (chosen_cb), self);
  g_signal_connect_swapped (self->other_button, "clicked", G_CALLBACK (other_cb), self);
  g_signal_connect_swapped (self->back_button, "clicked", G_CALLBACK (other_cb), self);
  g_signal_connect_swapped (self->again_button, "clicked", G_CALLBACK (again_cb), self);
  g_signal_connect_swapped (self->read_button, "clicked", G_CALLBACK (read_cb), self);
}
