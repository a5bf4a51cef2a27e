/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The screen's handle of one open file: who sits here, jobs for the database thread, and the word that something has
 * changed. It holds no rule and no SQL. */
#pragma once
#include <gio/gio.h>

#include "desk/kan-view.h"
#include "desk/kan-worker.h"

G_BEGIN_DECLS

#define KAN_TYPE_SESSION (kan_session_get_type ())
G_DECLARE_FINAL_TYPE (KanSession, kan_session, KAN, SESSION, GObject)

/* Properties (read only, notified): "path", "is-unlocked", "is-read-only", "is-provisional", "who", "login",
 *   "association", "verified" (a sentence: 未検査, or when and up to where).
 * Signals: "changed" after an act was admitted, or the day has turned: pages ask again;
 *   "unlocked"; "locking": save drafts now, by jobs with a cancellable of their own; "locked": wipe what is shown. */
KanSession *kan_session_new           (void);

/* Who may be chosen at unlocking, from the public header. */
/* opened: "last opened by … at …"; verified: 検査済, up to where, by whom and when; NULL: never */
typedef struct { char *path; GStrv logins; char *opened, *verified; } KanDoor;
void        kan_door_free             (KanDoor *self);

void        kan_session_open_async    (KanSession *self, const char *path, gboolean read_only,
                                       GAsyncReadyCallback ready, gpointer user_data);
KanDoor    *kan_session_open_finish   (KanSession *self, GAsyncResult *result, GError **error);
/* Told in the database thread while an unlocking makes tables anew, and may stop it. */
void        kan_session_set_progress  (KanSession *self, KanProgressFunc progress, gpointer data);
void        kan_session_unlock_async  (KanSession *self, const char *login, KanSecret *passphrase /* full */,
                                       GAsyncReadyCallback ready, gpointer user_data);
gboolean    kan_session_unlock_finish (KanSession *self, GAsyncResult *result, GError **error);
void        kan_session_found_async   (KanSession *self, const char *path, const KanFounding *founding,
                                       KanSecret *passphrase /* full */, GAsyncReadyCallback ready,
                                       gpointer user_data);
gboolean    kan_session_found_finish  (KanSession *self, GAsyncResult *result, GError **error);
/* Wipes keys and what is shown; the file is closed, and other programs may have it until it is unlocked again. The path
 * and login are remembered for that. */
void        kan_session_lock          (KanSession *self);

/* Any job; `data` and result as in kan-worker.h. The source of @ready is the session. */
void        kan_session_run           (KanSession *self, KanJobPriority priority, KanJobFunc func, gpointer data,
                                       GDestroyNotify free_data, GDestroyNotify free_result,
                                       GCancellable *cancellable, GAsyncReadyCallback ready, gpointer user_data);
void        kan_session_run_without_file (KanSession *self, KanJobPriority priority, KanJobFunc func, gpointer data,
                                       GDestroyNotify free_data, GDestroyNotify free_result,
                                       GCancellable *cancellable, GAsyncReadyCallback ready, gpointer user_data);
gpointer    kan_session_run_finish    (KanSession *self, GAsyncResult *result, GError **error);
/* Verification (改ざん検査), letting what is more urgent go first. @progress may be called from the database thread.
 * Sets "verified". Unlocking runs one by itself. */
void        kan_session_verify_async  (KanSession *self, const char *anchor, gboolean full, KanProgressFunc progress,
                                       gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback ready,
                                       gpointer user_data);
KanVerdict *kan_session_verify_finish (KanSession *self, GAsyncResult *result, GError **error);
/* To be called after any job that admitted an act. */
void        kan_session_changed       (KanSession *self);
/* After a one-time passphrase was turned into a key: from now on this session signs. */
void        kan_session_claimed       (KanSession *self);

/* What became of work that the lock came into: told to who did it, when they unlock again. */
void        kan_session_tell_later    (KanSession *self, const char *words);
char       *kan_session_take_word     (KanSession *self);     /* NULL: there is nothing to tell */
/* While something is being done whose outcome is told here only, e.g. a passphrase shown once: no window may close. */
void        kan_session_set_telling   (KanSession *self, gboolean telling);
gboolean    kan_session_is_telling    (KanSession *self);

const char *kan_session_get_path      (KanSession *self);
const char *kan_session_get_who       (KanSession *self);
const char *kan_session_get_login     (KanSession *self);
gboolean    kan_session_is_unlocked   (KanSession *self);
gboolean    kan_session_is_read_only  (KanSession *self);
gboolean    kan_session_is_provisional (KanSession *self);
guint       kan_session_get_n_faults  (KanSession *self);     /* by the last verification; told with "verified" */
gint64      kan_session_now           (KanSession *self);     /* seconds of UTC; test builds may set KAN_NOW */

G_END_DECLS
