/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of the window share. */
#include "page-fixture.h"

#include "kit/kan-question-row.h"

/* --- waiting ---------------------------------------------------------------------------------------------------- */

static void
tell_labels (GtkWidget *root)
{
  if (GTK_IS_LABEL (root) && gtk_widget_get_mapped (root))
    g_test_message ("on screen: %s", gtk_label_get_text (GTK_LABEL (root)));
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    tell_labels (child);
}

/* What somebody would have seen. */
static void
tell_screen (void)
{
  GListModel *all = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr(GtkWidget) window = g_list_model_get_item (all, i);

      g_test_message ("%s “%s”", G_OBJECT_TYPE_NAME (window), gtk_window_get_title (GTK_WINDOW (window)));
      tell_labels (window);
    }
}

/**
 * spin_until:
 * @reached: what is waited for
 * @data: for it
 *
 * Lets the window go on until then, at most for a minute.
 */
void
spin_until (Reached reached, gpointer data)
{
  gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  while (!reached (data) && g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
  if (!reached (data))
    {
      tell_screen ();
      g_error ("what was waited for did not come");
    }
}

/**
 * spin_for:
 * @milliseconds: at least so long
 *
 * Lets the window go on.
 */
void
spin_for (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * 1000;

  /* where the machine stood still meanwhile, what became due has its turn all the same */
  for (guint turns = 0; turns < 100 || g_get_monotonic_time () < end; turns++)
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (1000);
    }
}

/* --- the session ------------------------------------------------------------------------------------------------ */

typedef struct { gboolean done; GError *error; } Waiting;

static gboolean
is_done (gpointer data)
{
  return ((Waiting *) data)->done;
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Waiting *waiting = data;
  KanDoor *door = kan_session_open_finish (KAN_SESSION (source), result, &waiting->error);

  kan_door_free (door);
  waiting->done = TRUE;
}

static void
unlocked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Waiting *waiting = data;

  kan_session_unlock_finish (KAN_SESSION (source), result, &waiting->error);
  waiting->done = TRUE;
}

/**
 * passphrase_of:
 * @login: of the demo office
 *
 * Returns: (transfer full): as it is typed
 */
char *
passphrase_of (const KanDemoLogin *login)
{
  return g_strndup ((const char *) kan_secret_peek_bytes (login->passphrase), kan_secret_get_size (login->passphrase));
}

/**
 * session_unlock:
 * @session: one whose file was opened, or locked since
 * @login: who sits down
 */
void
session_unlock (KanSession *session, const KanDemoLogin *login)
{
  Waiting unlocking = { 0 };
  gsize size = kan_secret_get_size (login->passphrase);
  KanSecret *passphrase = kan_secret_new (size);

  memcpy (kan_secret_get_bytes (passphrase), kan_secret_peek_bytes (login->passphrase), size);
  kan_session_unlock_async (session, login->login, passphrase, unlocked_cb, &unlocking);
  spin_until (is_done, &unlocking);
  g_assert_no_error (unlocking.error);
}

/**
 * session_open_as:
 * @office: (nullable): the code of an office; %NULL: the first operator
 *
 * Returns: (transfer full): the demo office, unlocked
 */
KanSession *
session_open_as (const char *office)
{
  KanSession *session = kan_session_new ();
  Waiting opening = { 0 };

  kan_session_open_async (session, demo_path, FALSE, opened_cb, &opening);
  spin_until (is_done, &opening);
  g_assert_no_error (opening.error);
  session_unlock (session, demo_login (office));
  return session;
}

/**
 * session_open:
 *
 * Returns: (transfer full): the demo office, unlocked by its first operator
 */
KanSession *
session_open (void)
{
  return session_open_as (NULL);
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

/**
 * session_close:
 * @session: (transfer full): a session
 *
 * Locks it and waits until nobody holds on to it.
 */
void
session_close (KanSession *session)
{
  gpointer last = session;

  g_object_add_weak_pointer (G_OBJECT (session), &last);
  kan_session_lock (session);
  g_object_unref (session);
  spin_until (is_gone, &last);
}

typedef struct { gpointer result; gboolean done; } Asked;

static gboolean
is_asked (gpointer data)
{
  return ((Asked *) data)->done;
}

static void
asked_session_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GError) error = NULL;
  Asked *asked = data;

  asked->result = kan_session_run_finish (KAN_SESSION (source), result, &error);
  g_assert_no_error (error);
  asked->done = TRUE;
}

/**
 * session_ask:
 * @session: an unlocked session
 * @job: runs in the database thread
 * @data: for it
 *
 * Returns: what it returned
 */
gpointer
session_ask (KanSession *session, KanJobFunc job, gpointer data)
{
  Asked asked = { 0 };

  kan_session_run (session, KAN_JOB_REST, job, data, NULL, NULL, NULL, asked_session_cb, &asked);
  spin_until (is_asked, &asked);
  return asked.result;
}

static gpointer
count_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 n = demo_ask (kan_worker_get_desk (worker), data);

  return g_memdup2 (&n, sizeof n);
}

/**
 * session_count:
 * @session: an unlocked session
 * @sql: a question with one number for an answer
 *
 * Returns: that number
 */
gint64
session_count (KanSession *session, const char *sql)
{
  g_autofree gint64 *n = session_ask (session, count_job, (gpointer) sql);

  return *n;
}

static gpointer
drafts_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  return kan_desk_list_drafts (kan_worker_get_desk (worker), error);
}

/**
 * session_n_drafts:
 * @session: an unlocked session
 * @newest: (out) (optional): the number of the one that was saved last
 *
 * Returns: how many drafts its user has
 */
guint
session_n_drafts (KanSession *session, gint64 *newest)
{
  g_autoptr(GPtrArray) drafts = session_ask (session, drafts_job, NULL);

  if (newest != NULL && drafts->len > 0)
    *newest = ((const KanViewDraft *) g_ptr_array_index (drafts, 0))->id;
  return drafts->len;
}

/* --- windows ---------------------------------------------------------------------------------------------------- */

/* What a page asks the window for, remembered. */
static void
asked_cb (GSimpleAction *action, GVariant *parameter, gpointer log)
{
  g_autofree char *words = parameter != NULL ? g_variant_print (parameter, FALSE) : g_strdup ("");

  g_string_append_printf (log, "%s%s\n", g_action_get_name (G_ACTION (action)), words);
}

/**
 * window_with:
 * @page: (transfer floating): its content
 * @width: in pixels
 * @height: in pixels
 * @log: what is asked of it, one action and its target a line
 *
 * Returns: (transfer none): a window on screen, with the actions that pages use
 */
GtkWidget *
window_with (GtkWidget *page, int width, int height, GString *log)
{
  static const struct { const char *name, *type; } actions[] = {
    { "record", "s" }, { "act", "(ss)" }, { "print", "(ss)" }, { "filter", "(ssss)" }, { "list", "(ss)" },
    { "place", "s" }, { "toast", "s" }, { "entry", "x" },
  };
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new ();
  GtkWidget *window = adw_window_new ();

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autoptr(GSimpleAction) action = g_simple_action_new (actions[i].name, G_VARIANT_TYPE (actions[i].type));

      g_signal_connect (action, "activate", G_CALLBACK (asked_cb), log);
      g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
    }
  gtk_widget_insert_action_group (window, "win", G_ACTION_GROUP (group));
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  adw_window_set_content (ADW_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

/**
 * window_of_type:
 * @type: of a window
 *
 * Returns: (transfer none) (nullable): the newest that is open
 */
GtkWidget *
window_of_type (GType type)
{
  GListModel *all = gtk_window_get_toplevels ();

  for (guint i = g_list_model_get_n_items (all); i > 0; i--)
    {
      g_autoptr(GtkWidget) window = g_list_model_get_item (all, i - 1);

      if (g_type_is_a (G_OBJECT_TYPE (window), type) && gtk_widget_get_mapped (window))
        return window;
    }
  return NULL;
}

static gboolean
is_open (gpointer type)
{
  return window_of_type (*(GType *) type) != NULL;
}

/**
 * await_window:
 * @type: of a window
 *
 * Returns: (transfer none): the newest that is open, once one is
 */
GtkWidget *
await_window (GType type)
{
  spin_until (is_open, &type);
  return window_of_type (type);
}

/**
 * answer_message:
 * @response: an answer's id
 *
 * Answers the message that is open, or about to: as a click does.
 */
void
answer_message (const char *response)
{
  g_autoptr(GtkWidget) message = g_object_ref (await_window (ADW_TYPE_MESSAGE_DIALOG));

  adw_message_dialog_response (ADW_MESSAGE_DIALOG (message), response);
  gtk_window_destroy (GTK_WINDOW (message));
}

/**
 * count_windows:
 *
 * Returns: how many windows are on screen
 */
guint
count_windows (void)
{
  GListModel *all = gtk_window_get_toplevels ();
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr(GtkWidget) window = g_list_model_get_item (all, i);

      n += gtk_widget_get_mapped (window);
    }
  return n;
}

/* --- what is in them -------------------------------------------------------------------------------------------- */

/**
 * find_widget:
 * @root: where
 * @matching: which
 * @words: (nullable): for @matching
 *
 * Returns: (transfer none) (nullable): the first on screen, in the order of the tree
 */
GtkWidget *
find_widget (GtkWidget *root, Matching matching, const char *words)
{
  if (gtk_widget_get_mapped (root) && matching (root, words))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, matching, words);

      if (found != NULL)
        return found;
    }
  return NULL;
}

typedef struct { GtkWidget *root; Matching matching; const char *words; } Sought;

static gboolean
is_there (gpointer data)
{
  Sought *sought = data;

  return find_widget (sought->root, sought->matching, sought->words) != NULL;
}

static gboolean
is_not_there (gpointer data)
{
  return !is_there (data);
}

/**
 * await_widget:
 * @root: where
 * @matching: which
 * @words: (nullable): for @matching
 *
 * Returns: (transfer none): the first on screen, once there is one
 */
GtkWidget *
await_widget (GtkWidget *root, Matching matching, const char *words)
{
  Sought sought = { root, matching, words };

  spin_until (is_there, &sought);
  return find_widget (root, matching, words);
}

/**
 * await_no_widget:
 * @root: where
 * @matching: which
 * @words: (nullable): for @matching
 *
 * Waits until none is on screen.
 */
void
await_no_widget (GtkWidget *root, Matching matching, const char *words)
{
  Sought sought = { root, matching, words };

  spin_until (is_not_there, &sought);
}

/**
 * is_button:
 * @widget: any
 * @words: what it says
 *
 * Returns: whether it is a button with these words
 */
gboolean
is_button (GtkWidget *widget, const char *words)
{
  return GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), words) == 0;
}

/**
 * is_label:
 * @widget: any
 * @words: what it says
 *
 * Returns: whether it is a label with these words
 */
gboolean
is_label (GtkWidget *widget, const char *words)
{
  return GTK_IS_LABEL (widget) && g_strcmp0 (gtk_label_get_text (GTK_LABEL (widget)), words) == 0;
}

/**
 * is_note:
 * @widget: any
 * @words: what it says
 *
 * Returns: whether it is a label with these words behind an icon on screen: colour alone tells nobody what is wrong
 */
gboolean
is_note (GtkWidget *widget, const char *words)
{
  GtkWidget *icon = gtk_widget_get_prev_sibling (widget);

  return is_label (widget, words) && GTK_IS_IMAGE (icon) && gtk_widget_get_mapped (icon);
}

/**
 * is_row:
 * @widget: any
 * @words: what it says
 *
 * Returns: whether it is a row of that title
 */
gboolean
is_row (GtkWidget *widget, const char *words)
{
  return ADW_IS_PREFERENCES_ROW (widget) &&
         g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), words) == 0;
}

/**
 * is_tooltip:
 * @widget: any
 * @words: what it says
 *
 * Returns: whether it is what has that tooltip
 */
gboolean
is_tooltip (GtkWidget *widget, const char *words)
{
  return g_strcmp0 (gtk_widget_get_tooltip_text (widget), words) == 0;
}

/**
 * is_inscription:
 * @widget: any
 * @words: what it says
 *
 * Returns: whether it is an inscription with these words
 */
gboolean
is_inscription (GtkWidget *widget, const char *words)
{
  return GTK_IS_INSCRIPTION (widget) && g_strcmp0 (gtk_inscription_get_text (GTK_INSCRIPTION (widget)), words) == 0;
}

/**
 * says:
 * @widget: any
 * @words: some of what it says
 *
 * Returns: whether it is a label that says this among other things
 */
gboolean
says (GtkWidget *widget, const char *words)
{
  return GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), words) != NULL;
}

/**
 * is_passphrase:
 * @widget: any
 * @unused: nothing
 *
 * Returns: whether a passphrase is typed there
 */
gboolean
is_passphrase (GtkWidget *widget, const char *unused)
{
  return ADW_IS_PASSWORD_ENTRY_ROW (widget);
}

/**
 * is_question:
 * @widget: any
 * @key: of a question
 *
 * Returns: whether that question is answered there
 */
gboolean
is_question (GtkWidget *widget, const char *key)
{
  return KAN_IS_QUESTION_ROW (widget)
         && g_strcmp0 (kan_question_row_get_slot (KAN_QUESTION_ROW (widget))->question->key, key) == 0;
}

/**
 * is_of_type:
 * @widget: any
 * @type: a type's name
 *
 * Returns: whether it is one of these
 */
gboolean
is_of_type (GtkWidget *widget, const char *type)
{
  return g_strcmp0 (G_OBJECT_TYPE_NAME (widget), type) == 0;
}
