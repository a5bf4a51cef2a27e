/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way through founding: what is asked of the file's place and of the rules before a page is left, and the founding
 * itself. */
#include "founding/kan-founding-private.h"

#include "kit/kan-dialogs.h"
#include "kit/kan-pieces.h"
#include "kit/kan-settings.h"
#include "kit/kan-strength.h"
#include "vault/kan-strength.h"

#include <glib/gi18n.h>
#include <string.h>

#define SUFFIX ".kanribo"

G_DEFINE_FINAL_TYPE (KanFoundingWindow, kan_founding, ADW_TYPE_WINDOW)

/* --- what is shown -------------------------------------------------------------------------------------------- */

static void
show_banner (KanFoundingWindow *self, const char *words)
{
  gtk_label_set_text (self->banner_text, words != NULL ? words : "");
  gtk_revealer_set_reveal_child (self->banner, words != NULL);
}

static void
refresh (KanFoundingWindow *self)
{
  gboolean last = self->current == KAN_FOUNDING_REVIEW, busy = self->is_trying || self->is_founding;
  g_autofree char *where = g_strdup_printf (_("%u/%u %s"), self->current + 1, KAN_FOUNDING_N_PAGES,
                                            kan_founding_page_title (self->current));

  adw_window_title_set_subtitle (self->heading, self->is_done ? "" : where);
  for (guint i = 0; i < KAN_FOUNDING_N_PAGES; i++)
    if (i == self->current)
      gtk_widget_add_css_class (self->step[i], "current");
    else
      gtk_widget_remove_css_class (self->step[i], "current");
  gtk_button_set_label (GTK_BUTTON (self->next), self->is_done ? _("_Done") : last ? _("_Found the File") : _("_Next"));
  gtk_widget_set_visible (self->back, !self->is_done);
  gtk_widget_set_visible (GTK_WIDGET (self->steps), !self->is_done);
  gtk_widget_set_visible (self->cancel, !self->is_done);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "founding.back", self->current > 0 && !busy && !self->is_done);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "founding.next", !busy);
  gtk_widget_set_sensitive (self->cancel, !self->is_founding);
  gtk_label_set_text (self->doing, self->is_founding ? _("The key is drawn and the file written…") : "");
  gtk_spinner_set_spinning (self->busy, busy);
}

static void
show_page (KanFoundingWindow *self, KanFoundingPage page)
{
  self->current = page;
  show_banner (self, NULL);
  refresh (self);
  kan_founding_enter_page (self, page);
}

static void
add_steps (KanFoundingWindow *self)
{
  for (guint i = 0; i < KAN_FOUNDING_N_PAGES; i++)
    {
      g_autofree char *digits = g_strdup_printf ("%u", i + 1);
      GtkWidget *circle = gtk_label_new (digits);

      self->step[i] = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      gtk_widget_add_css_class (self->step[i], "kan-step");
      gtk_widget_add_css_class (circle, "kan-step-number");
      gtk_widget_set_valign (circle, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (self->step[i]), circle);
      gtk_box_append (GTK_BOX (self->step[i]), gtk_label_new (kan_founding_page_title (i)));
      gtk_box_append (self->steps, self->step[i]);
    }
}

/* --- asking before a page is left ----------------------------------------------------------------------------- */

typedef struct { KanFoundingPage page; char *path; char *answers[KAN_FOUNDING_N_ROWS], *profile; gint64 now; } Trial;

static void
trial_free (Trial *self)
{
  g_free (self->path);
  for (guint i = 0; i < KAN_FOUNDING_N_ROWS; i++)
    g_free (self->answers[i]);
  g_free (self->profile);
  g_free (self);
}

static KanFounding
founding_of (const Trial *trial)
{
  const KanFounding founding = {
    trial->profile, trial->answers[KAN_FOUNDING_ASSOCIATION], trial->answers[KAN_FOUNDING_STAFF_NO],
    trial->answers[KAN_FOUNDING_NAME],
    *trial->answers[KAN_FOUNDING_KANA] != '\0' ? trial->answers[KAN_FOUNDING_KANA] : NULL,
    trial->answers[KAN_FOUNDING_LOGIN],
  };

  return founding;
}

/* The place needs no rule, the other pages need no place. */
static gpointer
try_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  const Trial *trial = data;
  const KanFounding founding = founding_of (trial);

  if (trial->page != KAN_FOUNDING_PLACE)
    return kan_desk_try_founding (&founding, trial->now, error);
  return kan_desk_try_place (trial->path, error) ? g_ptr_array_new () : NULL;
}

/* Passphrases stay where they are. */
static Trial *
trial_new (KanFoundingWindow *self)
{
  Trial *trial = g_new0 (Trial, 1);

  trial->page = self->current;
  trial->path = g_strdup (self->path);
  trial->profile = self->profile != NULL ? g_strdup (kan_profile_json (self->profile)) : NULL;
  trial->now = kan_session_now (self->session);
  for (KanFoundingRow row = 0; row < KAN_FOUNDING_PASSPHRASE; row++)
    trial->answers[row] = g_strstrip (g_strdup (kan_founding_get (self, row)));
  return trial;
}

static gboolean
row_of_key (const char *key, KanFoundingRow *row)
{
  static const struct { const char *key; KanFoundingRow row; } keys[] = {
    { "association", KAN_FOUNDING_ASSOCIATION }, { "staff_no", KAN_FOUNDING_STAFF_NO }, { "name", KAN_FOUNDING_NAME },
    { "kana", KAN_FOUNDING_KANA }, { "login", KAN_FOUNDING_LOGIN },
  };

  for (gsize i = 0; key != NULL && i < G_N_ELEMENTS (keys); i++)
    if (strcmp (keys[i].key, key) == 0)
      {
        *row = keys[i].row;
        return TRUE;
      }
  return FALSE;
}

/* Beside the answers of the pages up to this one; what belongs nowhere stands above them. */
static gboolean
show_refusals (KanFoundingWindow *self, GPtrArray *refusals)
{
  KanFoundingPage worst = KAN_FOUNDING_N_PAGES;
  KanFoundingRow first = KAN_FOUNDING_N_ROWS;

  for (guint i = 0; i < refusals->len; i++)
    {
      const KanRefusal *refusal = g_ptr_array_index (refusals, i);
      KanFoundingRow row = KAN_FOUNDING_N_ROWS;

      if (!row_of_key (refusal->key, &row))
        {
          show_banner (self, refusal->why);
          worst = MIN (worst, self->current);
        }
      else if (kan_founding_page_of (row) <= self->current)
        {
          kan_founding_say (self, row, refusal->why);
          worst = MIN (worst, kan_founding_page_of (row));
          first = MIN (first, row);
        }
    }
  if (worst < self->current)
    show_page (self, worst);
  if (first < KAN_FOUNDING_N_ROWS)
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->row[first]));
      kan_bring_into_sight (GTK_WIDGET (self->note[first]));
    }
  return worst < KAN_FOUNDING_N_PAGES;
}

static char *
word_failure (KanFoundingWindow *self, const GError *error)
{
  if (g_error_matches (error, KAN_ERROR, KAN_ERROR_MISSING))
    return g_strdup (_("There is no such folder. Choose another one."));
  if (self->current == KAN_FOUNDING_PLACE && g_error_matches (error, KAN_ERROR, KAN_ERROR_USAGE))
    return g_strdup (_("The name is too long. Choose a shorter one."));
  return kan_dialogs_word_error (error);
}

static void
show_failure (KanFoundingWindow *self, const GError *error)
{
  g_autofree char *words = word_failure (self, error);

  if (self->current == KAN_FOUNDING_PLACE)
    {
      kan_founding_say (self, KAN_FOUNDING_PATH, words);
      gtk_widget_grab_focus (GTK_WIDGET (self->row[KAN_FOUNDING_PATH]));
    }
  else
    show_banner (self, words);
}

static void
tried_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KanFoundingWindow *self = user_data;      /* gone where it was cancelled */
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) refusals = kan_session_run_finish (KAN_SESSION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->is_trying = FALSE;
  refresh (self);
  if (refusals == NULL)
    show_failure (self, error);
  else if (!show_refusals (self, refusals))
    show_page (self, self->current + 1);
}

static void
try_page (KanFoundingWindow *self)
{
  self->is_trying = TRUE;
  show_banner (self, NULL);
  refresh (self);
  kan_session_run_without_file (self->session, KAN_JOB_ACT, try_job, trial_new (self), (GDestroyNotify) trial_free,
                                (GDestroyNotify) g_ptr_array_unref, self->life, tried_cb, self);
}

/* --- what the window itself asks ------------------------------------------------------------------------------ */

static gboolean
check_path (KanFoundingWindow *self)
{
  const char *typed = kan_founding_get (self, KAN_FOUNDING_PATH);

  g_clear_pointer (&self->path, g_free);
  if (!g_path_is_absolute (typed) || g_str_has_suffix (typed, G_DIR_SEPARATOR_S))
    {
      kan_founding_say (self, KAN_FOUNDING_PATH, _("Say in which folder, and how the file is called."));
      gtk_widget_grab_focus (GTK_WIDGET (self->row[KAN_FOUNDING_PATH]));
      return FALSE;
    }
  self->path = g_str_has_suffix (typed, SUFFIX) ? g_strdup (typed) : g_strconcat (typed, SUFFIX, NULL);
  return TRUE;
}

static gboolean
check_profile (KanFoundingWindow *self)
{
  if (self->profile == NULL)
    kan_note_row_say (self->profile_note, _("Choose a profile that can be used."), FALSE);
  return self->profile != NULL;
}

static gboolean
check_secret (KanFoundingWindow *self)
{
  const char *typed = kan_founding_get (self, KAN_FOUNDING_PASSPHRASE);
  const char *weak = kan_strength_judge (typed, kan_founding_get (self, KAN_FOUNDING_LOGIN));
  gboolean same = strcmp (typed, kan_founding_get (self, KAN_FOUNDING_AGAIN)) == 0;
  KanFoundingRow wrong = weak != NULL ? KAN_FOUNDING_PASSPHRASE : KAN_FOUNDING_AGAIN;

  kan_founding_say (self, KAN_FOUNDING_PASSPHRASE, weak != NULL ? weak : "");
  kan_founding_say (self, KAN_FOUNDING_AGAIN, weak == NULL && !same ? _("The two are not the same.") : "");
  if (weak == NULL && same)
    return TRUE;
  if (weak != NULL)
    kan_strength_hush (self->strength);
  gtk_widget_grab_focus (GTK_WIDGET (self->row[wrong]));
  return FALSE;
}

/* --- founding ------------------------------------------------------------------------------------------------- */

static void
wipe (KanFoundingWindow *self)
{
  gtk_editable_set_text (self->row[KAN_FOUNDING_PASSPHRASE], "");
  gtk_editable_set_text (self->row[KAN_FOUNDING_AGAIN], "");
}

static void
locked_cb (KanFoundingWindow *self)
{
  if (self->is_done)
    gtk_window_destroy (GTK_WINDOW (self));
}

static void
founded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree KanFoundingWindow **weak = user_data;
  KanFoundingWindow *self = *weak;
  g_autoptr(GError) error = NULL;
  gboolean founded = kan_session_found_finish (KAN_SESSION (source), result, &error);

  g_clear_weak_pointer (weak);
  kan_session_set_telling (KAN_SESSION (source), FALSE);
  if (self == NULL)
    return;
  self->is_founding = FALSE;
  self->is_done = founded;
  refresh (self);
  if (!founded)
    {
      show_failure (self, error);
      return;
    }
  wipe (self);
  kan_settings_remember_file (self->path);
  gtk_stack_add_named (self->stack, kan_founding_end_new (), "end");
  gtk_stack_set_visible_child_name (self->stack, "end");
  gtk_widget_grab_focus (self->next);
}

static void
found (KanFoundingWindow *self)
{
  Trial *trial = trial_new (self);
  const KanFounding founding = founding_of (trial);
  const char *typed = kan_founding_get (self, KAN_FOUNDING_PASSPHRASE);
  KanSecret *passphrase = kan_secret_new (strlen (typed));
  KanFoundingWindow **weak = g_new0 (KanFoundingWindow *, 1);

  g_set_weak_pointer (weak, self);
  memcpy (kan_secret_get_bytes (passphrase), typed, strlen (typed));
  self->is_founding = TRUE;
  kan_session_set_telling (self->session, TRUE);
  show_banner (self, NULL);
  refresh (self);
  kan_session_found_async (self->session, self->path, &founding, passphrase, founded_cb, weak);
  trial_free (trial);
}

/* --- the way -------------------------------------------------------------------------------------------------- */

/**
 * kan_founding_next:
 * @self: a window
 *
 * Leaves the page forwards, where nothing stands in the way.
 */
void
kan_founding_next (KanFoundingWindow *self)
{
  if (self->is_trying || self->is_founding)
    return;
  if (self->is_done)
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  switch (self->current)
    {
    case KAN_FOUNDING_PLACE:
      if (check_path (self))
        try_page (self);
      break;
    case KAN_FOUNDING_OFFICE:
      if (check_profile (self))
        try_page (self);
      break;
    case KAN_FOUNDING_CHIEF:
      try_page (self);
      break;
    case KAN_FOUNDING_SECRET:
      if (check_secret (self))
        show_page (self, KAN_FOUNDING_REVIEW);
      break;
    case KAN_FOUNDING_REVIEW: case KAN_FOUNDING_N_PAGES:
    default:
      found (self);
    }
}

static void
next_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  kan_founding_next (KAN_FOUNDING (widget));
}

static void
back_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KanFoundingWindow *self = KAN_FOUNDING (widget);

  if (self->current > 0)
    show_page (self, self->current - 1);
}

static gboolean
was_begun (KanFoundingWindow *self)
{
  for (KanFoundingRow row = KAN_FOUNDING_STAFF_NO; row < KAN_FOUNDING_N_ROWS; row++)
    if (*kan_founding_get (self, row) != '\0')
      return TRUE;
  return self->current > KAN_FOUNDING_PLACE;
}

static void
stopped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KanFoundingWindow *self = KAN_FOUNDING (source);
  g_autofree char *answer = kan_dialogs_choose_finish (result);

  if (g_strcmp0 (answer, "stop") == 0 && self->session != NULL && !self->is_founding)
    gtk_window_destroy (GTK_WINDOW (self));
}

/* Not earlier: a window that takes the focus before it is on screen has no role on the accessibility bus. */
static void
mapped_cb (KanFoundingWindow *self)
{
  kan_founding_enter_page (self, self->current);
}

static gboolean
close_request_cb (KanFoundingWindow *self)
{
  const char *const answers[] = { "*stay", _("_Go On"), "!stop", _("_Stop"), NULL };

  if (self->is_founding)
    return TRUE;
  if (self->is_done || !was_begun (self))
    return FALSE;
  kan_dialogs_choose (GTK_WIDGET (self), _("Stop Founding?"), _("No file was written yet. What you typed is lost."),
                      answers, stopped_cb, NULL);
  return TRUE;
}

/* --- class ---------------------------------------------------------------------------------------------------- */

static void
kan_founding_dispose (GObject *object)
{
  KanFoundingWindow *self = KAN_FOUNDING (object);

  if (self->session != NULL)
    wipe (self);
  g_cancellable_cancel (self->life);
  g_clear_object (&self->session);
  g_clear_object (&self->life);
  g_clear_pointer (&self->profile, kan_profile_unref);
  g_clear_pointer (&self->path, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), KAN_TYPE_FOUNDING);
  G_OBJECT_CLASS (kan_founding_parent_class)->dispose (object);
}

static void
kan_founding_class_init (KanFoundingWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kan_founding_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kanribo/Kanribo/ui/founding/kan-founding.ui");
#define BIND(name) gtk_widget_class_bind_template_child (widget_class, KanFoundingWindow, name)
  BIND (heading);
  BIND (steps);
  BIND (banner);
  BIND (banner_text);
  BIND (doing);
  BIND (stack);
  BIND (cancel);
  BIND (back);
  BIND (next);
  BIND (busy);
#undef BIND
  gtk_widget_class_install_action (widget_class, "founding.next", NULL, next_cb);
  gtk_widget_class_install_action (widget_class, "founding.back", NULL, back_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "founding.back", NULL);
}

static void
kan_founding_init (KanFoundingWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->life = g_cancellable_new ();
  gtk_window_set_default_widget (GTK_WINDOW (self), self->next);
  g_signal_connect (self, "close-request", G_CALLBACK (close_request_cb), NULL);
  g_signal_connect_after (self, "map", G_CALLBACK (mapped_cb), NULL);
}

/**
 * kan_founding_new:
 * @session: where the file will be open, unlocked by its chief; a file that is open in it now is closed only when the
 *   new one is founded
 * @parent: (nullable): above which window
 *
 * Returns: (transfer none): the window; the caller presents it
 */
GtkWidget *
kan_founding_new (KanSession *session, GtkWindow *parent)
{
  KanFoundingWindow *self = g_object_new (KAN_TYPE_FOUNDING, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "locked", G_CALLBACK (locked_cb), self, G_CONNECT_SWAPPED);
  add_steps (self);
  kan_founding_add_pages (self);
  refresh (self);
  return GTK_WIDGET (self);
}
