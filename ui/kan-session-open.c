/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening, unlocking and founding: jobs in the database thread, and what the session takes from them. */
#include "kan-session-private.h"

/* --- jobs ----------------------------------------------------------------------------------------------------- */

typedef struct
{
  char      *path, *login;
  gboolean   read_only;
  KanFounding founding;
  KanSecret *passphrase;
  gint64     now;
  KanProgressFunc progress;
  gpointer   progress_data;
} Opening;

static void
opening_free (Opening *self)
{
  g_free (self->path);
  g_free (self->login);
  g_free ((char *) self->founding.profile_json);
  g_free ((char *) self->founding.association);
  g_free ((char *) self->founding.staff_no);
  g_free ((char *) self->founding.name);
  g_free ((char *) self->founding.kana);
  g_free ((char *) self->founding.login);
  g_clear_pointer (&self->passphrase, kan_secret_free);
  g_free (self);
}

/* What a session shows of itself once it is unlocked. */
typedef struct { char *who, *association; gboolean provisional, read_only; } Seat;

static void
seat_free (Seat *self)
{
  g_free (self->who);
  g_free (self->association);
  g_free (self);
}

/**
 * kan_door_free:
 * @self: (nullable): what the public header tells
 */
void
kan_door_free (KanDoor *self)
{
  if (self == NULL)
    return;
  g_free (self->path);
  g_strfreev (self->logins);
  g_free (self->opened);
  g_free (self->verified);
  g_free (self);
}

/* Asking who may unlock keeps nobody else from the file: it is held from unlocking to locking. */
static gpointer
open_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  const Opening *opening = data;
  g_autoptr(KanDesk) desk = NULL;
  KanDoor *door;
  GStrvBuilder *logins;
  KanVault *vault;

  kan_worker_take_desk (worker, NULL);
  desk = kan_desk_open (opening->path, opening->read_only ? KAN_VAULT_READ : KAN_VAULT_WRITE, error);
  if (desk == NULL)
    return NULL;
  vault = kan_desk_get_vault (desk);
  logins = g_strv_builder_new ();
  for (guint i = 0; i < kan_vault_n_slots (vault); i++)
    g_strv_builder_add (logins, kan_vault_get_slot (vault, i)->login);
  door = g_new0 (KanDoor, 1);
  door->path = g_strdup (opening->path);
  door->logins = g_strv_builder_end (logins);
  door->opened = kan_desk_dup_opened (desk);
  door->verified = kan_desk_dup_verified (desk);
  g_strv_builder_unref (logins);
  return door;
}

static Seat *
take_seat (KanDesk *desk)
{
  Seat *seat = g_new0 (Seat, 1);

  seat->who = kan_desk_dup_who (desk, NULL);
  seat->association = kan_desk_dup_association (desk);
  seat->provisional = kan_desk_is_provisional (desk);
  seat->read_only = kan_vault_get_mode (kan_desk_get_vault (desk)) == KAN_VAULT_READ;
  return seat;
}

/* The file is opened anew, as it is now: it may have gone, or another program may have it. */
static gpointer
unlock_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  const Opening *opening = data;
  g_autoptr(KanDesk) desk = NULL;
  Seat *seat;

  kan_worker_take_desk (worker, NULL);
  desk = kan_desk_open (opening->path, opening->read_only ? KAN_VAULT_READ : KAN_VAULT_WRITE, error);
  if (desk == NULL)
    return NULL;
  kan_desk_set_progress (desk, opening->progress, opening->progress_data);
  if (!kan_desk_unlock (desk, opening->login, opening->passphrase, opening->now, error))
    return NULL;
  kan_desk_set_progress (desk, NULL, NULL);
  seat = take_seat (desk);
  kan_worker_take_desk (worker, g_steal_pointer (&desk));
  return seat;
}

static gpointer
found_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  const Opening *opening = data;
  KanDesk *desk;

  kan_worker_take_desk (worker, NULL);
  desk = kan_desk_found (opening->path, &opening->founding, opening->passphrase, opening->now, error);
  if (desk == NULL)
    return NULL;
  kan_worker_take_desk (worker, desk);
  return take_seat (desk);
}

/* --- opening -------------------------------------------------------------------------------------------------- */

static void
open_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KanSession *self = KAN_SESSION (source);
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  KanDoor *door = kan_worker_run_finish (result, &error);

  if (door == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  kan_session_set_text (self, &self->path, door->path, KAN_SESSION_PATH);
  g_task_return_pointer (task, door, (GDestroyNotify) kan_door_free);
}

/**
 * kan_session_open_async:
 * @self: a session
 * @path: a file
 * @read_only: whether it is opened for reading only
 * @ready: called with the result
 * @user_data: for @ready
 *
 * Reads the public header; the file before it is closed, and this one again.
 */
void
kan_session_open_async (KanSession *self, const char *path, gboolean read_only, GAsyncReadyCallback ready,
                        gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, ready, user_data);
  Opening *opening = g_new0 (Opening, 1);

  kan_session_lock (self);
  self->read_only = read_only;
  opening->path = g_strdup (path);
  opening->read_only = read_only;
  kan_worker_run_async (self->worker, KAN_JOB_FILE, open_job, opening, (GDestroyNotify) opening_free,
                        (GDestroyNotify) kan_door_free, G_OBJECT (self), NULL, open_cb, task);
}

/**
 * kan_session_open_finish:
 * @self: a session
 * @result: as given to the callback
 * @error: as kan_desk_open()
 *
 * Returns: (transfer full): who may unlock it
 */
KanDoor *
kan_session_open_finish (KanSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
seat_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KanSession *self = KAN_SESSION (source);
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  Seat *seat = kan_worker_run_finish (result, &error);
  const Opening *opening = g_task_get_task_data (task);

  if (seat == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  self->read_only = seat->read_only;
  self->provisional = seat->provisional;
  kan_session_set_text (self, &self->path, opening->path, KAN_SESSION_PATH);
  kan_session_set_text (self, &self->login, opening->login, KAN_SESSION_LOGIN);
  kan_session_set_text (self, &self->who, seat->who, KAN_SESSION_WHO);
  kan_session_set_text (self, &self->association, seat->association, KAN_SESSION_ASSOCIATION);
  seat_free (seat);
  kan_session_sit_down (self);
  g_task_return_boolean (task, TRUE);
}

static void
run_opening (KanSession *self, KanJobFunc job, Opening *opening, GAsyncReadyCallback ready, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, ready, user_data);
  Opening *named = g_new0 (Opening, 1);

  named->path = g_strdup (opening->path);
  named->login = g_strdup (opening->login != NULL ? opening->login : opening->founding.login);
  g_task_set_task_data (task, named, (GDestroyNotify) opening_free);
  opening->now = kan_session_now (self);
  kan_worker_run_async (self->worker, KAN_JOB_FILE, job, opening, (GDestroyNotify) opening_free,
                        (GDestroyNotify) seat_free, G_OBJECT (self), NULL, seat_cb, task);
}

/**
 * kan_session_set_progress:
 * @self: a session
 * @progress: (nullable): told in the database thread how far an unlocking is that makes the tables of an older program
 *   anew; where it says so, that is stopped with %KAN_ERROR_CANCELLED and the file stays as it was
 * @data: for @progress; both until the unlocking came to something
 */
void
kan_session_set_progress (KanSession *self, KanProgressFunc progress, gpointer data)
{
  self->progress = progress;
  self->progress_data = data;
}

/**
 * kan_session_unlock_async:
 * @self: a session whose file was opened, or locked since
 * @login: whose slot
 * @passphrase: (transfer full): theirs
 * @ready: called with the result
 * @user_data: for @ready
 */
void
kan_session_unlock_async (KanSession *self, const char *login, KanSecret *passphrase, GAsyncReadyCallback ready,
                          gpointer user_data)
{
  Opening *opening = g_new0 (Opening, 1);

  opening->path = g_strdup (self->path);
  opening->login = g_strdup (login);
  opening->read_only = self->read_only;
  opening->passphrase = passphrase;
  opening->progress = self->progress;
  opening->progress_data = self->progress_data;
  run_opening (self, unlock_job, opening, ready, user_data);
}

/**
 * kan_session_unlock_finish:
 * @self: a session
 * @result: as given to the callback
 * @error: as kan_desk_unlock()
 */
gboolean
kan_session_unlock_finish (KanSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * kan_session_found_async:
 * @self: a session
 * @path: where no file is yet
 * @founding: what the founding act says; copied
 * @passphrase: (transfer full): the chief's
 * @ready: called with the result
 * @user_data: for @ready
 *
 * Founds a file and opens it, unlocked by its chief.
 */
void
kan_session_found_async (KanSession *self, const char *path, const KanFounding *founding, KanSecret *passphrase,
                         GAsyncReadyCallback ready, gpointer user_data)
{
  Opening *opening = g_new0 (Opening, 1);

  kan_session_lock (self);
  self->read_only = FALSE;
  opening->path = g_strdup (path);
  opening->founding.profile_json = g_strdup (founding->profile_json);
  opening->founding.association = g_strdup (founding->association);
  opening->founding.staff_no = g_strdup (founding->staff_no);
  opening->founding.name = g_strdup (founding->name);
  opening->founding.kana = g_strdup (founding->kana);
  opening->founding.login = g_strdup (founding->login);
  opening->passphrase = passphrase;
  run_opening (self, found_job, opening, ready, user_data);
}

/**
 * kan_session_found_finish:
 * @self: a session
 * @result: as given to the callback
 * @error: as kan_desk_found()
 */
gboolean
kan_session_found_finish (KanSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
