/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Confirming, choosing among answers, choosing a file and telling an error: what GTK deprecates after 4.8 sits here and
 * nowhere else. */
#include "kit/kan-dialogs.h"

#include "values/kan-text.h"

#include <glib/gi18n.h>
#include <string.h>

/* --- words ---------------------------------------------------------------------------------------------------- */

static const char *
word_code (KanError code)
{
  switch (code)
    {
    case KAN_ERROR_LOCKED:
      return _("The passphrase is not right. Type it again.");
    case KAN_ERROR_KEYLESS:
      return _("This person has no key to the file any more. Ask for a new one.");
    case KAN_ERROR_DAMAGED:
      return _("The file does not hold together any more. Leave it as it is and open a backup.");
    case KAN_ERROR_FOREIGN:
      return _("This is not a file of Kanribo. Choose another one.");
    case KAN_ERROR_TOO_NEW:
      return _("The file was written by a newer version. Open it with that version.");
    case KAN_ERROR_MISSING:
      return _("The file is not there any more. Put the stick or the network folder back and try again.");
    case KAN_ERROR_EXISTS:
      return _("There is a file of this name already. Choose another name.");
    case KAN_ERROR_BUSY:
      return _("The file is in use by somebody else. Wait until they close it, or open it for reading only.");
    case KAN_ERROR_UNREADABLE:
      return _("You are not allowed to read the file. Have whoever looks after the terminal allow it.");
    case KAN_ERROR_READ_ONLY:
      return _("The file cannot be written here. Copy it to a place where you may write.");
    case KAN_ERROR_FULL:
      return _("There is no space left on the medium. Make room and try again; what you typed is kept.");
    case KAN_ERROR_INVALID:
      return _("This does not say what it must.");
    case KAN_ERROR_REFUSED:
      return _("The rules want something else first. Open the record and see what is still to be done.");
    case KAN_ERROR_CANCELLED:
      return _("It was stopped. Nothing was changed.");
    case KAN_ERROR_IO:
      return _("The file could not be read or written. Check the stick or the network and try again.");
    case KAN_ERROR_USAGE:
    default:
      return _("This cannot be done now. Open the record again and look at its state.");
    }
}

/**
 * kan_dialogs_word_error:
 * @error: what went wrong with the world
 *
 * Returns: (transfer full): one or two sentences for people: what, and what now
 */
char *
kan_dialogs_word_error (const GError *error)
{
  const char *words;

  if (error == NULL)
    return g_strdup (word_code (KAN_ERROR_USAGE));
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_strdup (word_code (KAN_ERROR_CANCELLED));
  if (error->domain == GTK_PRINT_ERROR)
    return g_strdup (_("The printer did not take it. See whether it is switched on and connected, and print again, or "
                       "save the paper as PDF."));
  words = word_code (error->domain == KAN_ERROR ? (KanError) error->code : KAN_ERROR_IO);
  if (g_error_matches (error, KAN_ERROR, KAN_ERROR_INVALID))
    return g_strdup_printf ("%s\n%s", words, error->message);
  return g_strdup (words);
}

/**
 * kan_visible_text:
 * @text: (nullable): what somebody typed
 *
 * Returns: (transfer full): the same, with what changes the direction of writing or cannot be seen as ⟨U+202E⟩;
 *   variation selectors and private-use characters are in names and stay
 */
char *
kan_visible_text (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  GString *out = g_string_sized_new (strlen (valid));

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      const char *next = g_utf8_next_char (at);

      if (kan_text_bytes_are_clean (at, (gsize) (next - at), TRUE, NULL))
        g_string_append_len (out, at, next - at);
      else
        g_string_append_printf (out, "⟨U+%04X⟩", g_utf8_get_char (at));
    }
  return g_string_free (out, FALSE);
}

/* --- messages ------------------------------------------------------------------------------------------------- */

static GtkWindow *
window_of (GtkWidget *widget)
{
  GtkRoot *root = widget != NULL ? gtk_widget_get_root (widget) : NULL;

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static AdwMessageDialog *
new_message (GtkWidget *widget, const char *heading, const char *body)
{
  GtkWidget *dialog = adw_message_dialog_new (window_of (widget), heading, body);

  gtk_window_set_destroy_with_parent (GTK_WINDOW (dialog), TRUE);
  return ADW_MESSAGE_DIALOG (dialog);
}

/**
 * kan_dialogs_tell_error:
 * @widget: in whose window
 * @heading: what did not work
 * @error: why
 */
void
kan_dialogs_tell_error (GtkWidget *widget, const char *heading, const GError *error)
{
  g_autofree char *words = kan_dialogs_word_error (error);
  AdwMessageDialog *dialog = new_message (widget, heading, words);

  adw_message_dialog_add_response (dialog, "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;

  /* closing after an answer would answer again */
  g_signal_handlers_disconnect_by_data (dialog, task);
  g_task_return_pointer (task, strcmp (response, "dismissed") == 0 ? NULL : g_strdup (response), g_free);
}

static void
ask (AdwMessageDialog *dialog, GtkWidget *widget, GAsyncReadyCallback ready, gpointer user_data)
{
  GTask *task = g_task_new (widget, NULL, ready, user_data);

  adw_message_dialog_set_close_response (dialog, "dismissed");
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), task);
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * kan_dialogs_confirm:
 * @widget: in whose window; the source of @ready
 * @heading: the question
 * @body: what follows from it
 * @verb: what the button says, with a mnemonic
 * @destructive: whether something is lost
 * @ready: called with the answer
 * @user_data: for @ready
 */
void
kan_dialogs_confirm (GtkWidget *widget, const char *heading, const char *body, const char *verb, gboolean destructive,
                     GAsyncReadyCallback ready, gpointer user_data)
{
  AdwMessageDialog *dialog = new_message (widget, heading, body);

  adw_message_dialog_add_responses (dialog, "dismissed", _("_Cancel"), "agreed", verb, NULL);
  adw_message_dialog_set_response_appearance (dialog, "agreed",
                                              destructive ? ADW_RESPONSE_DESTRUCTIVE : ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, destructive ? "dismissed" : "agreed");
  ask (dialog, widget, ready, user_data);
}

/**
 * kan_dialogs_confirm_finish:
 * @result: as given to the callback
 *
 * Returns: whether it was agreed to
 */
gboolean
kan_dialogs_confirm_finish (GAsyncResult *result)
{
  g_autofree char *response = kan_dialogs_choose_finish (result);

  return g_strcmp0 (response, "agreed") == 0;
}

/**
 * kan_dialogs_choose:
 * @widget: in whose window; the source of @ready
 * @heading: the question
 * @body: (nullable): what follows from it
 * @ids_and_labels: id, label with a mnemonic, and so on, %NULL; an id after "!" loses something, one after "*" is the
 *   usual answer
 * @ready: called with the answer
 * @user_data: for @ready
 */
void
kan_dialogs_choose (GtkWidget *widget, const char *heading, const char *body, const char *const *ids_and_labels,
                    GAsyncReadyCallback ready, gpointer user_data)
{
  AdwMessageDialog *dialog = new_message (widget, heading, body);

  for (const char *const *at = ids_and_labels; at[0] != NULL; at += 2)
    {
      const char *id = at[0] + strspn (at[0], "!*");

      adw_message_dialog_add_response (dialog, id, at[1]);
      if (*at[0] == '!')
        adw_message_dialog_set_response_appearance (dialog, id, ADW_RESPONSE_DESTRUCTIVE);
      if (*at[0] == '*')
        {
          adw_message_dialog_set_response_appearance (dialog, id, ADW_RESPONSE_SUGGESTED);
          adw_message_dialog_set_default_response (dialog, id);
        }
    }
  ask (dialog, widget, ready, user_data);
}

/**
 * kan_dialogs_choose_finish:
 * @result: as given to the callback
 *
 * Returns: (transfer full) (nullable): the id of the answer; %NULL: dismissed
 */
char *
kan_dialogs_choose_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

/**
 * kan_dialogs_ask_to_keep:
 * @widget: whose window is to be closed, though something was typed into it; the source of @ready
 * @ready: called with the answer, for kan_dialogs_choose_finish(): "stay", "discard" or "keep"
 * @user_data: for @ready
 */
void
kan_dialogs_ask_to_keep (GtkWidget *widget, GAsyncReadyCallback ready, gpointer user_data)
{
  const char *const answers[] = {
    "stay", _("_Go On"), "!discard", _("_Discard"), "*keep", _("_Keep as a Draft"), NULL
  };

  kan_dialogs_choose (widget, _("Keep what you typed?"),
                      _("Nothing was signed yet. A draft is sealed: only you can open it again, under Today."), answers,
                      ready, user_data);
}

/* --- files ---------------------------------------------------------------------------------------------------- */

static void
file_response_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  g_task_return_pointer (task, file != NULL ? g_file_get_path (file) : NULL, g_free);
  g_object_unref (dialog);
}

static void
add_filter (GtkFileChooser *chooser, const char *label, const char *pattern)
{
  g_autoptr(GtkFileFilter) filter = gtk_file_filter_new (), every = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, label);
  gtk_file_filter_add_pattern (filter, pattern);
  gtk_file_filter_set_name (every, _("All files"));
  gtk_file_filter_add_pattern (every, "*");
  gtk_file_chooser_add_filter (chooser, filter);
  gtk_file_chooser_add_filter (chooser, every);
}

/**
 * kan_dialogs_file:
 * @widget: in whose window; the source of @ready
 * @mode: to open, to save, or a folder
 * @title: of the dialog
 * @name: (nullable): the file name that is proposed when saving
 * @pattern_label: (nullable): what files of @pattern are called
 * @pattern: (nullable): e.g. "*.kanribo"
 * @ready: called with the path
 * @user_data: for @ready
 */
void
kan_dialogs_file (GtkWidget *widget, KanFileMode mode, const char *title, const char *name, const char *pattern_label,
                  const char *pattern, GAsyncReadyCallback ready, gpointer user_data)
{
  static const GtkFileChooserAction actions[] = {
    GTK_FILE_CHOOSER_ACTION_OPEN, GTK_FILE_CHOOSER_ACTION_SAVE, GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
  };
  GtkFileChooserNative *chooser;

  chooser = gtk_file_chooser_native_new (title, window_of (widget), actions[mode],
                                         mode == KAN_FILE_SAVE ? _("_Save") : _("_Choose"), _("_Cancel"));
  if (name != NULL && mode == KAN_FILE_SAVE)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  if (pattern != NULL && mode != KAN_FILE_FOLDER)
    add_filter (GTK_FILE_CHOOSER (chooser), pattern_label, pattern);
  g_signal_connect (chooser, "response", G_CALLBACK (file_response_cb), g_task_new (widget, NULL, ready, user_data));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/**
 * kan_dialogs_file_finish:
 * @result: as given to the callback
 *
 * Returns: (transfer full) (nullable): the path; %NULL: dismissed
 */
char *
kan_dialogs_file_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
