/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Backing up from the window. The copy is made, read back and named in the database thread; stopped or failed, nothing
 * is left behind. */
#include "settings/kan-backup.h"

#include "desk/kan-desk-backup.h"
#include "kit/kan-dialogs.h"

#include <glib/gi18n.h>

/* One backup under way. */
typedef struct
{
  GtkWindow    *parent;         /* weak */
  char         *folder;
  gint64        now;
  KanTask      *task;
  GCancellable *cancellable;
} Backing;

static void
backing_free (Backing *self)
{
  g_clear_weak_pointer (&self->parent);
  g_clear_pointer (&self->task, kan_task_end);
  g_clear_object (&self->cancellable);
  g_free (self->folder);
  g_free (self);
}

static gpointer
backup_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  const Backing *backing = data;

  return kan_desk_backup (kan_worker_get_desk (worker), backing->folder, backing->now, kan_task_progress, backing->task,
                          error);
}

/* What was written, kept and thinned out. */
static char *
word_backup (const KanBackup *backup)
{
  g_autofree char *size = g_format_size ((guint64) backup->size), *seen = kan_visible_text (backup->path);
  GString *out = g_string_new (NULL);

  g_string_append_printf (out, _("%s\n%s, up to %s. Every page was read back and agrees."), seen, size, backup->anchor);
  g_string_append (out, "\n\n");
  g_string_append_printf (out, g_dngettext (NULL, "%u backup lies in this folder.", "%u backups lie in this folder.",
                                            backup->n_kept), backup->n_kept);
  if (backup->thinned->len > 0)
    {
      g_string_append_c (out, ' ');
      g_string_append_printf (out, g_dngettext (NULL, "%u older one had its time and was removed.",
                                                "%u older ones had their time and were removed.", backup->thinned->len),
                              backup->thinned->len);
    }
  g_string_append (out, "\n");
  g_string_append (out, _("The newest of seven days and of twelve months are kept. Whoever knows a passphrase of today "
                          "can open it."));
  return g_string_free (out, FALSE);
}

static void
told_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  G_GNUC_UNUSED g_autofree char *answer = kan_dialogs_choose_finish (result);
}

static void
tell (GtkWidget *widget, const KanBackup *backup)
{
  const char *const answers[] = { "*close", _("_Close"), NULL };
  g_autofree char *words = word_backup (backup);

  kan_dialogs_choose (widget, _("Backed Up"), words, answers, told_cb, NULL);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Backing *backing = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(KanBackup) backup = kan_session_run_finish (KAN_SESSION (source), result, &error);

  g_clear_pointer (&backing->task, kan_task_end);
  if (backing->parent != NULL && backup != NULL)
    tell (GTK_WIDGET (backing->parent), backup);
  else if (backing->parent != NULL)
    kan_dialogs_tell_error (GTK_WIDGET (backing->parent), _("No backup was made"), error);
  backing_free (backing);
}

/**
 * kan_backup_into:
 * @session: an unlocked session
 * @parent: whose window tells how it goes
 * @folder: where its backups lie
 *
 * Backs up; the window stays alive meanwhile.
 */
void
kan_backup_into (KanSession *session, GtkWindow *parent, const char *folder)
{
  Backing *backing = g_new0 (Backing, 1);

  g_set_weak_pointer (&backing->parent, parent);
  backing->folder = g_strdup (folder);
  backing->now = kan_session_now (session);
  backing->cancellable = g_cancellable_new ();
  backing->task = kan_task_new (GTK_WIDGET (parent), _("Backing up…"), backing->cancellable);
  /* its end decides, not the wish to stop: a backup that has its name already is told as made */
  kan_session_run (session, KAN_JOB_REST, backup_job, backing, NULL, (GDestroyNotify) kan_backup_free, NULL, done_cb,
                   backing);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(KanSession) session = user_data;
  g_autofree char *folder = kan_dialogs_file_finish (result);

  if (folder != NULL && kan_session_is_unlocked (session))
    kan_backup_into (session, GTK_WINDOW (source), folder);
}

/**
 * kan_backup_begin:
 * @session: an unlocked session
 * @parent: whose window tells how it goes
 *
 * Asks for a folder and backs up into it.
 */
void
kan_backup_begin (KanSession *session, GtkWindow *parent)
{
  kan_dialogs_file (GTK_WIDGET (parent), KAN_FILE_FOLDER, _("Folder for Backups"), NULL, NULL, NULL, chosen_cb,
                    g_object_ref (session));
}
