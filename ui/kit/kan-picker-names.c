/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What records are called that were picked before. */
#include "kit/kan-picker.h"

#define MOST_ASKED 60

typedef struct { char *of, *words; } Question;

static void
question_free (Question *self)
{
  g_free (self->of);
  g_free (self->words);
  g_free (self);
}

static void
add_name (KanDesk *desk, GHashTable *names, const char *of, const char *subject)
{
  g_autoptr(GPtrArray) hits = kan_desk_candidates (desk, of, subject, MOST_ASKED, NULL);
  g_autoptr(KanRecordView) view = NULL;

  for (guint i = 0; hits != NULL && i < hits->len; i++)
    {
      const KanViewHit *hit = g_ptr_array_index (hits, i);

      if (g_strcmp0 (hit->subject, subject) == 0)
        {
          g_hash_table_insert (names, g_strdup (subject), g_strdup (hit->name));
          return;
        }
    }
  view = kan_desk_view_record (desk, subject, 0, NULL);
  if (view != NULL && view->name != NULL)
    g_hash_table_insert (names, g_strdup (subject), g_strdup (view->name));
}

static gpointer
names_job (KanWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
  const Question *question = data;
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto(GStrv) subjects = g_strsplit (question->words, ",", -1);

  for (char **subject = subjects; *subject != NULL; subject++)
    if (**subject != '\0')
      add_name (kan_worker_get_desk (worker), names, question->of, *subject);
  return names;
}

/**
 * kan_picker_names_async:
 * @session: the open file
 * @of: what records, as a question says
 * @subjects: with commas between
 * @cancellable: (nullable): stops it
 * @ready: called with the names
 * @user_data: for @ready
 */
void
kan_picker_names_async (KanSession *session, const char *of, const char *subjects, GCancellable *cancellable,
                        GAsyncReadyCallback ready, gpointer user_data)
{
  Question *question = g_new0 (Question, 1);

  question->of = g_strdup (of);
  question->words = g_strdup (subjects);
  kan_session_run (session, KAN_JOB_PAGE, names_job, question, (GDestroyNotify) question_free,
                   (GDestroyNotify) g_hash_table_unref, cancellable, ready, user_data);
}

/**
 * kan_picker_names_finish:
 * @session: the open file
 * @result: as given to the callback
 * @error: as the session says
 *
 * Returns: (transfer full): from subject to name
 */
GHashTable *
kan_picker_names_finish (KanSession *session, GAsyncResult *result, GError **error)
{
  return kan_session_run_finish (session, result, error);
}
