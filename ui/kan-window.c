/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one window. Its actions are how pages reach each other; what they do lies in kan-window-actions.c. */
#include "kan-window-private.h"

#include "approvals/kan-approvals-page.h"
#include "kit/kan-dialogs.h"
#include "kit/kan-pieces.h"
#include "kit/kan-settings.h"
#include "ledger/kan-ledger-page.h"
#include "registers/kan-registers.h"
#include "today/kan-today-page.h"

#include <glib/gi18n.h>
#include <string.h>

enum { BANNER_MARGIN = 12 };      /* as far from the edge as what stands below */

G_DEFINE_FINAL_TYPE (KanWindow, kan_window, ADW_TYPE_APPLICATION_WINDOW)

/* --- pages ---------------------------------------------------------------------------------------------------- */

static void
counted_cb (KanWindow *self, const KanTodayView *view)
{
  kan_sidebar_clear_badges (self->sidebar);
  kan_sidebar_set_badge (self->sidebar, "today", 0, view->n_late);
  kan_sidebar_set_badge (self->sidebar, "approvals", view->n_mine, 0);
  for (guint i = 0; i < view->badges->len; i++)
    {
      const KanViewBadge *badge = g_ptr_array_index (view->badges, i);

      kan_sidebar_set_badge (self->sidebar, badge->register_id, badge->n_waiting, badge->n_late);
    }
  kan_window_show_notice (self, view->notice);
}

static GtkWidget *
make_page (KanWindow *self, const char *place)
{
  GtkWidget *page;

  if (strcmp (place, "approvals") == 0)
    return kan_approvals_page_new (self->session);
  if (strcmp (place, "ledger") == 0)
    return kan_ledger_page_new (self->session);
  if (strcmp (place, "today") != 0)
    return kan_register_page_new (self->session, place);
  page = kan_today_page_new (self->session);
  g_signal_connect_swapped (page, "counted", G_CALLBACK (counted_cb), self);
  return page;
}

/**
 * kan_window_get_page:
 * @self: an unlocked window
 * @place: a place's id
 *
 * Returns: (transfer none) (nullable): its page, made when it is first asked for; %NULL where there is no such place
 */
GtkWidget *
kan_window_get_page (KanWindow *self, const char *place)
{
  GtkWidget *page = gtk_stack_get_child_by_name (self->pages, place);

  if (page != NULL || kan_sidebar_get_title (self->sidebar, place) == NULL)
    return page;
  page = make_page (self, place);
  gtk_stack_add_named (self->pages, page, place);
  return page;
}

static void
show_place (KanWindow *self, const char *place)
{
  if (kan_window_get_page (self, place) == NULL)
    return;
  gtk_stack_set_visible_child_name (self->pages, place);
  kan_sidebar_select (self->sidebar, place);
  adw_window_title_set_title (self->title, kan_sidebar_get_title (self->sidebar, place));
  gtk_widget_set_sensitive (self->back, self->visited->len > 1);
}

/**
 * kan_window_open_place:
 * @self: an unlocked window
 * @place: "today", "approvals", "ledger", or a register's id
 *
 * Comes to it anew: to the list of a register. Only who goes back finds a record as far down as it was read.
 */
void
kan_window_open_place (KanWindow *self, const char *place)
{
  const char *now = gtk_stack_get_visible_child_name (self->pages);

  if (!kan_session_is_unlocked (self->session) || kan_sidebar_get_title (self->sidebar, place) == NULL)
    return;
  if (g_strcmp0 (now, place) != 0 || self->visited->len == 0)
    {
      GtkWidget *page = kan_window_get_page (self, place);

      g_ptr_array_add (self->visited, g_strdup (place));
      if (KAN_IS_REGISTER_PAGE (page) && kan_register_page_get_subject (KAN_REGISTER_PAGE (page)) != NULL)
        kan_register_page_open (KAN_REGISTER_PAGE (page), NULL);
    }
  show_place (self, place);
}

/* Where a record takes the place of its list, the sidebar leads to the list. */
static void
pressed_cb (KanWindow *self, const char *place)
{
  GtkWidget *page = kan_session_is_unlocked (self->session) ? gtk_stack_get_child_by_name (self->pages, place) : NULL;

  if (KAN_IS_REGISTER_PAGE (page))
    kan_register_page_show_list (KAN_REGISTER_PAGE (page));
}

/**
 * kan_window_go_back:
 * @self: an unlocked window
 *
 * Back within the page where it can, else to the place before.
 */
void
kan_window_go_back (KanWindow *self)
{
  GtkWidget *page = gtk_stack_get_visible_child (self->pages);

  if (KAN_IS_REGISTER_PAGE (page) && kan_register_page_get_subject (KAN_REGISTER_PAGE (page)) != NULL)
    {
      kan_register_page_open (KAN_REGISTER_PAGE (page), NULL);
      return;
    }
  if (self->visited->len < 2)
    return;
  g_ptr_array_set_size (self->visited, (int) self->visited->len - 1);
  show_place (self, g_ptr_array_index (self->visited, self->visited->len - 1));
}

static void
drop_pages (KanWindow *self)
{
  GtkWidget *page;

  while ((page = gtk_widget_get_first_child (GTK_WIDGET (self->pages))) != NULL)
    gtk_stack_remove (self->pages, page);
  g_ptr_array_set_size (self->visited, 0);
}

/* --- what is told above the pages ----------------------------------------------------------------------------- */

static void
banner_button_cb (GtkWidget *button, KanWindow *self)
{
  gtk_widget_set_visible (gtk_widget_get_parent (gtk_widget_get_parent (button)), FALSE);
}

/**
 * kan_window_add_banner:
 * @self: a window
 * @text: a sentence
 * @label: (nullable): of a button; %NULL: one that hides the sentence
 * @action: (nullable): what the button does
 *
 * Says something that holds for the whole file. AdwBanner is newer than the library we build on.
 *
 * Returns: (transfer none): the banner
 */
GtkWidget *
kan_window_add_banner (KanWindow *self, const char *text, const char *label, const char *action)
{
  GtkWidget *bar = gtk_info_bar_new (), *words = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_margin_start (words, BANNER_MARGIN);
  gtk_info_bar_add_child (GTK_INFO_BAR (bar), words);
  gtk_info_bar_set_message_type (GTK_INFO_BAR (bar), action != NULL ? GTK_MESSAGE_INFO : GTK_MESSAGE_WARNING);
  if (action != NULL)
    {
      GtkWidget *button = gtk_button_new_with_mnemonic (label);

      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_info_bar_add_child (GTK_INFO_BAR (bar), button);
    }
  else
    {
      GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");

      gtk_widget_add_css_class (button, "flat");
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Hide"), -1);
      g_signal_connect (button, "clicked", G_CALLBACK (banner_button_cb), self);
      gtk_info_bar_add_child (GTK_INFO_BAR (bar), button);
    }
  gtk_box_append (self->banners, bar);
  return bar;
}

/**
 * kan_window_show_notice:
 * @self: a window
 * @notice: (nullable): what unlocking noticed, one sentence a line
 *
 * Shows it once per unlocking.
 */
void
kan_window_show_notice (KanWindow *self, const char *notice)
{
  g_auto(GStrv) lines = notice != NULL && !self->noticed ? g_strsplit (notice, "\n", -1) : NULL;

  self->noticed = TRUE;
  for (char **line = lines; line != NULL && *line != NULL; line++)
    kan_window_add_banner (self, *line, NULL, NULL);
}

/* Nothing weighs more: it stands above everything else until it is known, or there is nothing any more. */
static void
verified_cb (KanWindow *self)
{
  guint n = kan_session_get_n_faults (self->session);
  g_autofree char *text = g_strdup_printf (ngettext ("Verification found %u fault. See what it is before you go on.",
                                                     "Verification found %u faults. See what they are before you go "
                                                     "on.", n), n);
  GtkWidget *bar;

  if (self->faults != NULL)
    gtk_widget_set_visible (self->faults, FALSE);
  g_clear_weak_pointer (&self->faults);
  if (n == 0)
    return;
  bar = kan_window_add_banner (self, text, _("_Verify…"), "win.verify");
  gtk_info_bar_set_message_type (GTK_INFO_BAR (bar), GTK_MESSAGE_ERROR);
  gtk_box_reorder_child_after (self->banners, bar, NULL);
  g_set_weak_pointer (&self->faults, bar);
}

static void
show_banners (KanWindow *self)
{
  g_autofree char *word = kan_session_take_word (self->session);

  kan_clear_box (self->banners);
  if (word != NULL)
    kan_window_add_banner (self, word, NULL, NULL);
  self->noticed = FALSE;
  if (kan_session_is_provisional (self->session))
    kan_window_add_banner (self, _("You came in with a one-time passphrase, for reading only. Set one of your own to "
                                   "sign."), _("Set _Passphrase…"), "win.claim");
  else if (kan_session_is_read_only (self->session))
    kan_window_add_banner (self, _("This file is open for reading only."), _("Open for _Writing"), "win.write");
}

/* --- the session ---------------------------------------------------------------------------------------------- */

static void
unlocked_cb (KanWindow *self)
{
  drop_pages (self);
  show_banners (self);
  gtk_stack_set_visible_child_name (self->stage, "office");
  kan_window_update_actions (self);
  kan_window_open_place (self, "today");
  kan_today_page_focus (KAN_TODAY_PAGE (kan_window_get_page (self, "today")));
}

/* While it is being unlocked that is not shown yet: what is told once would be told to nobody. */
static void
provisional_cb (KanWindow *self)
{
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stage), "office") != 0)
    return;
  show_banners (self);
  kan_window_update_actions (self);
}

/* What is not mapped goes at once: an AdwToast that is dismissed while it appears would be freed before its animation
 * ends, which touches it then. */
static void
drop_toast (KanWindow *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->toasts), FALSE);
  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  gtk_widget_set_visible (GTK_WIDGET (self->toasts), TRUE);
}

static void
name_icons (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget) && gtk_button_get_icon_name (GTK_BUTTON (widget)) != NULL)
    {
      gtk_widget_set_tooltip_text (widget, _("Hide"));
      kan_describe (widget, _("Hide"), NULL);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_icons (child);
}

/* The button that closes a toast is the library's, a mere icon, and comes with each of them. */
static void
told_cb (GListModel *children, guint position, guint removed, guint added, KanWindow *self)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr(GtkWidget) child = g_list_model_get_item (children, i);

      if (g_strcmp0 (G_OBJECT_TYPE_NAME (child), "AdwToastWidget") == 0)
        name_icons (child);
    }
}

/* What the last user did is not told to the next. */
static void
locked_cb (KanWindow *self)
{
  drop_toast (self);
  drop_pages (self);
  gtk_stack_set_visible_child_name (self->stage, "unlock");
  kan_window_update_actions (self);
}

static void
kan_window_save_size (KanWindow *self)
{
  GSettings *settings = kan_settings ();
  int width = 0, height = 0;

  if (settings == NULL)
    return;
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set (settings, KAN_SETTING_SIZE, "(ii)", width, height);
  g_settings_set_boolean (settings, KAN_SETTING_MAXIMIZED, gtk_window_is_maximized (GTK_WINDOW (self)));
}

static gpointer
last_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  return NULL;
}

static void
last_cb (GObject *source, GAsyncResult *result, gpointer window)
{
  g_object_unref (window);
}

/* What is still being written belongs to windows over this one: it goes after them; it does not go while one of them
 * has to tell what becomes of it. */
static gboolean
kan_window_close_request (GtkWindow *window)
{
  KanWindow *self = KAN_WINDOW (window);

  if (kan_session_is_telling (self->session))
    return TRUE;
  kan_window_save_size (self);
  kan_session_lock (self->session);
  kan_session_run (self->session, KAN_JOB_REST, last_job, NULL, NULL, NULL, NULL, last_cb, g_object_ref (self));
  return GTK_WINDOW_CLASS (kan_window_parent_class)->close_request (window);
}

static void
restore_size (KanWindow *self)
{
  GSettings *settings = kan_settings ();
  int width = 0, height = 0;

  if (settings == NULL)
    return;
  g_settings_get (settings, KAN_SETTING_SIZE, "(ii)", &width, &height);
  gtk_window_set_default_size (GTK_WINDOW (self), width, height);
  if (g_settings_get_boolean (settings, KAN_SETTING_MAXIMIZED))
    gtk_window_maximize (GTK_WINDOW (self));
}

/* --- class ---------------------------------------------------------------------------------------------------- */

static void
kan_window_dispose (GObject *object)
{
  KanWindow *self = KAN_WINDOW (object);

  g_clear_pointer (&self->watch, kan_lock_watch_free);
  g_clear_pointer (&self->notifier, kan_notifier_free);
  g_clear_weak_pointer (&self->toast);
  g_clear_weak_pointer (&self->faults);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  if (self->told != NULL)
    g_signal_handlers_disconnect_by_data (self->told, self);
  g_clear_object (&self->told);
  gtk_widget_dispose_template (GTK_WIDGET (self), KAN_TYPE_WINDOW);
  g_clear_object (&self->session);
  g_clear_pointer (&self->visited, g_ptr_array_unref);
  G_OBJECT_CLASS (kan_window_parent_class)->dispose (object);
}

static void
kan_window_class_init (KanWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kan_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = kan_window_close_request;
  g_type_ensure (KAN_TYPE_UNLOCK_PAGE);
  g_type_ensure (KAN_TYPE_SIDEBAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kanribo/Kanribo/ui/kan-window.ui");
#define BIND(name) gtk_widget_class_bind_template_child (widget_class, KanWindow, name)
  BIND (toasts);
  BIND (stage);
  BIND (unlock_page);
  BIND (sidebar);
  BIND (side_title);
  BIND (title);
  BIND (who);
  BIND (verified);
  BIND (back);
  BIND (banners);
  BIND (pages);
#undef BIND
  kan_window_install_actions (widget_class);
}

static void
kan_window_init (KanWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->visited = g_ptr_array_new_with_free_func (g_free);
  self->told = gtk_widget_observe_children (GTK_WIDGET (self->toasts));
  g_signal_connect (self->told, "items-changed", G_CALLBACK (told_cb), self);
  self->session = kan_session_new ();
  g_signal_connect_swapped (self->session, "unlocked", G_CALLBACK (unlocked_cb), self);
  g_signal_connect_swapped (self->session, "locked", G_CALLBACK (locked_cb), self);
  g_signal_connect_swapped (self->session, "notify::is-provisional", G_CALLBACK (provisional_cb), self);
  g_signal_connect_swapped (self->sidebar, "chosen", G_CALLBACK (kan_window_open_place), self);
  g_signal_connect_swapped (self->sidebar, "pressed", G_CALLBACK (pressed_cb), self);
  g_object_bind_property (self->session, "who", self->who, "label", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self->session, "verified", self->verified, "label", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (self->session, "notify::verified", G_CALLBACK (verified_cb), self, G_CONNECT_SWAPPED);
  g_object_bind_property (self->who, "label", self->who, "tooltip-text", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self->verified, "label", self->verified, "tooltip-text", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self->session, "association", self->side_title, "subtitle", G_BINDING_SYNC_CREATE);
  kan_unlock_page_set_session (self->unlock_page, self->session);
  kan_window_update_actions (self);
  restore_size (self);
}

/**
 * kan_window_get_session:
 * @self: a window
 *
 * Returns: (transfer none): its file
 */
KanSession *
kan_window_get_session (KanWindow *self)
{
  return self->session;
}

/**
 * kan_window_open_file:
 * @self: a window
 * @path: a file
 *
 * Asks who you are; the file that is open already stays as it is, and so does one whose window has yet to tell what
 * becomes of what is being done.
 */
void
kan_window_open_file (KanWindow *self, const char *path)
{
  const char *known = kan_session_is_unlocked (self->session) ? kan_session_get_path (self->session) : NULL;
  g_autoptr(GFile) open = g_file_new_for_path (known != NULL ? known : ""), wanted = g_file_new_for_path (path);

  if (kan_session_is_telling (self->session))
    return;
  if (known == NULL || !g_file_equal (open, wanted))
    kan_unlock_page_open (self->unlock_page, path, FALSE);
}

/**
 * kan_window_new:
 * @application: whose window
 *
 * Returns: (transfer none): a window without a file
 */
KanWindow *
kan_window_new (AdwApplication *application)
{
  KanWindow *self = g_object_new (KAN_TYPE_WINDOW, "application", application, NULL);

  self->watch = kan_lock_watch_new (GTK_WINDOW (self), self->session);
  self->notifier = kan_notifier_new (self->session, GTK_WINDOW (self));
  return self;
}
