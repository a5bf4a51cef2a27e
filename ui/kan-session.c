/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The screen's handle of one open file. Everything that touches the file is a job in the database thread. */
#include "kan-session-private.h"

#include "values/kan-day.h"

#include <glib/gi18n.h>


enum { CHANGED, UNLOCKED, LOCKING, LOCKED, N_SIGNALS };
enum { SETTLING_MS = 700 };

static GParamSpec *props[KAN_SESSION_N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KanSession, kan_session, G_TYPE_OBJECT)

/* --- what its files share ------------------------------------------------------------------------------------- */

/**
 * kan_session_set_text:
 * @self: a session
 * @field: one of its texts
 * @text: (nullable): what it says now
 * @prop: the property that shows it
 */
void
kan_session_set_text (KanSession *self, char **field, const char *text, guint prop)
{
  if (g_strcmp0 (*field, text) == 0)
    return;
  g_free (*field);
  *field = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

/* Verification would take the processor from the first pictures, which nobody waits longer for because of it. */
static gboolean
settled_cb (gpointer user_data)
{
  KanSession *self = user_data;

  self->settling = 0;
  kan_session_verify_async (self, NULL, FALSE, NULL, NULL, NULL, NULL, NULL);
  return G_SOURCE_REMOVE;
}

/**
 * kan_session_sit_down:
 * @self: a session that was just unlocked, its texts set
 *
 * Tells everybody, and begins to verify in the background a moment later.
 */
void
kan_session_sit_down (KanSession *self)
{
  self->unlocked = TRUE;
  g_clear_object (&self->life);
  self->life = g_cancellable_new ();
  self->n_faults = 0;
  kan_session_set_text (self, &self->verified, _("Not verified yet"), KAN_SESSION_VERIFIED);
  for (guint i = KAN_SESSION_IS_UNLOCKED; i <= KAN_SESSION_IS_PROVISIONAL; i++)
    g_object_notify_by_pspec (G_OBJECT (self), props[i]);
  g_signal_emit (self, signals[UNLOCKED], 0);
  g_clear_handle_id (&self->settling, g_source_remove);
  self->settling = g_timeout_add (SETTLING_MS, settled_cb, self);
}

/* --- locking --------------------------------------------------------------------------------------------------- */

static gpointer
close_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  kan_worker_take_desk (worker, NULL);
  return NULL;
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer program)
{
  if (program != NULL)
    g_application_release (program);
}

/**
 * kan_session_lock:
 * @self: a session
 *
 * Wipes keys and what is shown, and closes the file. Path and login are remembered for unlocking again. A program that
 * is ended meanwhile waits until what is being signed or kept as a draft is in the file.
 */
void
kan_session_lock (KanSession *self)
{
  GApplication *program = g_application_get_default ();

  if (self->unlocked)
    g_signal_emit (self, signals[LOCKING], 0);
  g_cancellable_cancel (self->life);
  g_clear_handle_id (&self->settling, g_source_remove);
  if (program != NULL)
    g_application_hold (program);
  kan_worker_run_async (self->worker, KAN_JOB_FILE, close_job, NULL, NULL, NULL, G_OBJECT (self), NULL, closed_cb,
                        program);
  if (!self->unlocked)
    return;
  self->unlocked = FALSE;
  kan_session_set_text (self, &self->who, NULL, KAN_SESSION_WHO);
  g_object_notify_by_pspec (G_OBJECT (self), props[KAN_SESSION_IS_UNLOCKED]);
  g_signal_emit (self, signals[LOCKED], 0);
}

/* --- jobs of pages -------------------------------------------------------------------------------------------- */

/* A page's own cancellable, ended by the file's as well. */
typedef struct { GAsyncReadyCallback ready; gpointer user_data; } Asked;

/* What a page asked for, until it had its turn. */
typedef struct { KanJobFunc func; gpointer data; GDestroyNotify free_data; } Request;

static void
request_free (Request *self)
{
  if (self->free_data != NULL && self->data != NULL)
    self->free_data (self->data);
  g_free (self);
}

/* A page that outlives its file, e.g. for the sake of an answer that is under way, gets no answer. */
static gpointer
request_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;

  if (kan_worker_get_desk (worker) != NULL)
    return request->func (worker, request->data, cancellable, error);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "no file is open");
  return NULL;
}

static void
run_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Asked *asked = user_data;

  if (asked->ready != NULL)
    asked->ready (source, result, asked->user_data);
}

/**
 * kan_session_run:
 * @self: an unlocked session
 * @priority: what it is for
 * @func: the job
 * @data: (transfer full): for it
 * @free_data: (nullable): frees @data
 * @free_result: (nullable): frees a result that nobody takes
 * @cancellable: (nullable): of the page that asks; %NULL: the open file's
 * @ready: (nullable): called in the main thread, its source is @self
 * @user_data: for @ready
 *
 * Runs a job in the database thread, unless the file is closed when its turn comes: that is a cancellation.
 */
void
kan_session_run (KanSession *self, KanJobPriority priority, KanJobFunc func, gpointer data, GDestroyNotify free_data,
                 GDestroyNotify free_result, GCancellable *cancellable, GAsyncReadyCallback ready, gpointer user_data)
{
  Request *request = g_new0 (Request, 1);

  request->func = func;
  request->data = data;
  request->free_data = free_data;
  kan_session_run_without_file (self, priority, request_job, request, (GDestroyNotify) request_free, free_result,
                                cancellable, ready, user_data);
}

/**
 * kan_session_run_without_file:
 * @self: a session
 * @priority: what it is for
 * @func: the job, which asks for no desk
 * @data: (transfer full): for it
 * @free_data: (nullable): frees @data
 * @free_result: (nullable): frees a result that nobody takes
 * @cancellable: (nullable): of the page that asks; %NULL: the open file's
 * @ready: (nullable): called in the main thread, its source is @self
 * @user_data: for @ready
 *
 * As kan_session_run(), before there is a file.
 */
void
kan_session_run_without_file (KanSession *self, KanJobPriority priority, KanJobFunc func, gpointer data,
                              GDestroyNotify free_data, GDestroyNotify free_result, GCancellable *cancellable,
                              GAsyncReadyCallback ready, gpointer user_data)
{
  Asked *asked = g_new0 (Asked, 1);

  asked->ready = ready;
  asked->user_data = user_data;
  kan_worker_run_async (self->worker, priority, func, data, free_data, free_result, G_OBJECT (self),
                        cancellable != NULL ? cancellable : self->life, run_cb, asked);
}

/**
 * kan_session_run_finish:
 * @self: a session
 * @result: as given to the callback
 * @error: what the job says, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): what the job returned
 */
gpointer
kan_session_run_finish (KanSession *self, GAsyncResult *result, GError **error)
{
  return kan_worker_run_finish (result, error);
}

/**
 * kan_session_changed:
 * @self: a session
 *
 * Says that an act was admitted: pages ask again.
 */
void
kan_session_changed (KanSession *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * kan_session_claimed:
 * @self: a session that was unlocked with a one-time passphrase
 *
 * Says that its person holds a key now.
 */
void
kan_session_claimed (KanSession *self)
{
  self->provisional = FALSE;
  g_object_notify_by_pspec (G_OBJECT (self), props[KAN_SESSION_IS_PROVISIONAL]);
}

/**
 * kan_session_tell_later:
 * @self: a session that was locked
 * @words: a sentence for who unlocked it last
 */
void
kan_session_tell_later (KanSession *self, const char *words)
{
  g_free (self->word);
  g_free (self->word_for);
  self->word = g_strdup (words);
  self->word_for = g_strdup (self->login);
}

/**
 * kan_session_take_word:
 * @self: an unlocked session
 *
 * Returns: (transfer full) (nullable): what is to be told to who unlocked it, once
 */
char *
kan_session_take_word (KanSession *self)
{
  return g_strcmp0 (self->login, self->word_for) == 0 ? g_steal_pointer (&self->word) : NULL;
}

/**
 * kan_session_set_telling:
 * @self: a session
 * @telling: whether something is being done whose outcome is told here only, such as a passphrase that is shown once
 */
void
kan_session_set_telling (KanSession *self, gboolean telling)
{
  self->telling = telling;
}

/**
 * kan_session_is_telling:
 * @self: a session
 *
 * Returns: whether no window may close, because nobody would be told what became of what is being done
 */
gboolean
kan_session_is_telling (KanSession *self)
{
  return self->telling;
}

/* --- what is there -------------------------------------------------------------------------------------------- */

/**
 * kan_session_get_path:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): the file
 */
const char *
kan_session_get_path (KanSession *self)
{
  return self->path;
}

/**
 * kan_session_get_who:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): name and offices of who unlocked
 */
const char *
kan_session_get_who (KanSession *self)
{
  return self->who;
}

/**
 * kan_session_get_login:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): who unlocked it last
 */
const char *
kan_session_get_login (KanSession *self)
{
  return self->login;
}

/**
 * kan_session_is_unlocked:
 * @self: a session
 *
 * Returns: whether somebody sits here
 */
gboolean
kan_session_is_unlocked (KanSession *self)
{
  return self->unlocked;
}

/**
 * kan_session_is_read_only:
 * @self: a session
 *
 * Returns: whether nothing can be written
 */
gboolean
kan_session_is_read_only (KanSession *self)
{
  return self->read_only;
}

/**
 * kan_session_is_provisional:
 * @self: a session
 *
 * Returns: whether it was unlocked with a one-time passphrase: the key is to be claimed first
 */
gboolean
kan_session_is_provisional (KanSession *self)
{
  return self->provisional;
}

#ifdef KAN_TEST_BUILD
/* A story spans months: KAN_NOW is a time, or the path of a file with one, which may be written meanwhile. */
static gint64
kan_session_told_now (void)
{
  const char *told = g_getenv ("KAN_NOW");
  g_autofree char *written = NULL;
  g_autoptr(GDateTime) at = NULL;

  if (told != NULL && g_path_is_absolute (told) && g_file_get_contents (told, &written, NULL, NULL))
    told = g_strstrip (written);
  at = told != NULL ? g_date_time_new_from_iso8601 (told, NULL) : NULL;
  return at != NULL ? g_date_time_to_unix (at) : 0;
}
#endif

/**
 * kan_session_now:
 * @self: a session
 *
 * Returns: the clock as read, seconds of UTC
 */
gint64
kan_session_now (KanSession *self)
{
#ifdef KAN_TEST_BUILD
  const gint64 told = kan_session_told_now ();

  if (told != 0)
    return told;
#endif
  return g_get_real_time () / G_USEC_PER_SEC;
}

static gboolean
tick_cb (gpointer user_data)
{
  KanSession *self = user_data;
  gint64 day = kan_day_of_utc (kan_session_now (self));

  if (day != self->day && self->unlocked)
    kan_session_changed (self);
  self->day = day;
  return G_SOURCE_CONTINUE;
}

static void
kan_session_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  KanSession *self = KAN_SESSION (object);

  switch (prop_id)
    {
    case KAN_SESSION_PATH: g_value_set_string (value, self->path); break;
    case KAN_SESSION_IS_UNLOCKED: g_value_set_boolean (value, self->unlocked); break;
    case KAN_SESSION_IS_READ_ONLY: g_value_set_boolean (value, self->read_only); break;
    case KAN_SESSION_IS_PROVISIONAL: g_value_set_boolean (value, self->provisional); break;
    case KAN_SESSION_WHO: g_value_set_string (value, self->who); break;
    case KAN_SESSION_LOGIN: g_value_set_string (value, self->login); break;
    case KAN_SESSION_ASSOCIATION: g_value_set_string (value, self->association); break;
    case KAN_SESSION_VERIFIED: g_value_set_string (value, self->verified); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kan_session_finalize (GObject *object)
{
  KanSession *self = KAN_SESSION (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_handle_id (&self->settling, g_source_remove);
  g_cancellable_cancel (self->life);
  g_clear_pointer (&self->worker, kan_worker_free);
  g_clear_object (&self->life);
  g_free (self->path);
  g_free (self->login);
  g_free (self->who);
  g_free (self->association);
  g_free (self->verified);
  g_free (self->word);
  g_free (self->word_for);
  G_OBJECT_CLASS (kan_session_parent_class)->finalize (object);
}

static void
kan_session_class_init (KanSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = kan_session_get_property;
  object_class->finalize = kan_session_finalize;
  props[KAN_SESSION_PATH] = g_param_spec_string ("path", NULL, NULL, NULL, readable);
  props[KAN_SESSION_IS_UNLOCKED] = g_param_spec_boolean ("is-unlocked", NULL, NULL, FALSE, readable);
  props[KAN_SESSION_IS_READ_ONLY] = g_param_spec_boolean ("is-read-only", NULL, NULL, FALSE, readable);
  props[KAN_SESSION_IS_PROVISIONAL] = g_param_spec_boolean ("is-provisional", NULL, NULL, FALSE, readable);
  props[KAN_SESSION_WHO] = g_param_spec_string ("who", NULL, NULL, NULL, readable);
  props[KAN_SESSION_LOGIN] = g_param_spec_string ("login", NULL, NULL, NULL, readable);
  props[KAN_SESSION_ASSOCIATION] = g_param_spec_string ("association", NULL, NULL, NULL, readable);
  props[KAN_SESSION_VERIFIED] = g_param_spec_string ("verified", NULL, NULL, NULL, readable);
  g_object_class_install_properties (object_class, KAN_SESSION_N_PROPS, props);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[UNLOCKED] = g_signal_new ("unlocked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 0);
  signals[LOCKING] = g_signal_new ("locking", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[LOCKED] = g_signal_new ("locked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
}

static void
kan_session_init (KanSession *self)
{
  self->worker = kan_worker_new ();
  self->life = g_cancellable_new ();
  self->day = kan_day_of_utc (kan_session_now (self));
  self->tick = g_timeout_add_seconds (60, tick_cb, self);
}

/**
 * kan_session_new:
 *
 * Returns: (transfer full): a session without a file
 */
KanSession *
kan_session_new (void)
{
  return g_object_new (KAN_TYPE_SESSION, NULL);
}
