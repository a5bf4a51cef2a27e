/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drafts (作成中): answers kept in the file, sealed under a key of their author's seed, so that locking only wipes.
 * No acts, and never proof. */
#include "desk/kan-view-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

static const char context[8] = { 'k', 'a', 'n', 'd', 'r', 'a', 'f', 't' };

typedef struct { guint8 file_id[KAN_FILE_ID_SIZE]; gint64 person; } Bound;

static void
draft_free (KanViewDraft *self)
{
  g_free (self->kind);
  g_free (self->title);
  g_free (self->subject);
  g_free (self->saved);
  g_free (self);
}

/* --- sealing -------------------------------------------------------------------------------------------------- */

/* Of this file and this author: nobody can put one in another's place. */
static void
bind_to_author (KanDesk *self, Bound *bound)
{
  memset (bound, 0, sizeof *bound);
  memcpy (bound->file_id, kan_vault_get_file_id (self->vault), sizeof bound->file_id);
  bound->person = GINT64_TO_LE (self->seat->person);
}

static guint8 *
seal_answers (KanDesk *self, const KanAnswers *answers, gsize *size)
{
  g_autoptr(KanSecret) key = kan_keys_derive (self->seat->keys, context, 1);
  g_autofree char *json = kan_answers_to_json (answers);
  gsize length = strlen (json);
  guint8 *sealed = g_malloc (length + KAN_SEALED_EXTRA);
  Bound bound;

  bind_to_author (self, &bound);
  kan_seal (key, (const guint8 *) json, length, (const guint8 *) &bound, sizeof bound, sealed);
  kan_wipe (json, length);
  *size = length + KAN_SEALED_EXTRA;
  return sealed;
}

static KanAnswers *
unseal_answers (KanDesk *self, const guint8 *sealed, gsize size, GError **error)
{
  g_autoptr(KanSecret) key = kan_keys_derive (self->seat->keys, context, 1);
  g_autoptr(KanSecret) plain = NULL;
  g_autofree char *json = NULL;
  KanAnswers *answers;
  Bound bound;

  bind_to_author (self, &bound);
  plain = kan_unseal (key, sealed, size, (const guint8 *) &bound, sizeof bound);
  if (plain == NULL)
    {
      g_set_error_literal (error, KAN_ERROR, KAN_ERROR_LOCKED, _("this draft is sealed with another key"));
      return NULL;
    }
  size = kan_secret_get_size (plain);
  json = g_strndup ((const char *) kan_secret_peek_bytes (plain), size);
  answers = kan_answers_from_json (json, error);
  kan_wipe (json, size);
  return answers;
}

/* --- keeping -------------------------------------------------------------------------------------------------- */

/* One that is gone meanwhile is saved as a new one: what was typed is not lost. */
static gboolean
update_draft (KanDesk *self, gint64 *id, const char *saved, const guint8 *sealed, gsize size, GError **error)
{
  KanDb *db = kan_vault_get_db (self->vault);

  if (*id > 0 && !kan_db_run (db, error, "UPDATE draft SET saved = ?, sealed = ? WHERE id = ? AND person = ?", "sbii",
                              saved, sealed, size, *id, self->seat->person))
    return FALSE;
  if (*id > 0 && kan_db_changes (db) > 0)
    return TRUE;
  if (!kan_db_run (db, error, "INSERT INTO draft (person, saved, sealed) VALUES (?, ?, ?)", "isb", self->seat->person,
                   saved, sealed, size))
    return FALSE;
  *id = kan_db_last_rowid (db);
  return TRUE;
}

/**
 * kan_desk_save_draft:
 * @self: an unlocked desk
 * @id: (inout): which draft; 0: a new one, and its number is told
 * @answers: what was typed so far
 * @now: seconds of UTC
 * @error: %KAN_ERROR_READ_ONLY and others
 */
gboolean
kan_desk_save_draft (KanDesk *self, gint64 *id, const KanAnswers *answers, gint64 now, GError **error)
{
  g_autofree char *saved = kan_utc_format (now);
  g_autofree guint8 *sealed = NULL;
  gsize size = 0;

  if (!kan_desk_may_write (self, error))
    return FALSE;
  sealed = seal_answers (self, answers, &size);
  return update_draft (self, id, saved, sealed, size, error);
}

/* A decision by the word of its article, as the button says that was pressed. */
static const KanLabel *
find_title (KanDesk *self, const KanKind *kind, const KanAnswers *answers)
{
  const char *act = kan_answers_get (answers, "act"), *as = kan_answers_get (answers, "as");
  gint64 seq = act != NULL ? g_ascii_strtoll (act, NULL, 10) : 0;
  g_autoptr(KanAct) asked = seq > 0 ? kan_ledger_get (kan_vault_get_db (self->vault), seq, NULL) : NULL;

  return asked == NULL || asked->kind == NULL ? kan_kind_title (self->book, kind)
         : kan_hand_title (self->book, kind, kan_book_find_kind (self->book, asked->kind, NULL), as);
}

static KanViewDraft *
view_draft (KanDesk *self, gint64 id, const char *saved, const KanAnswers *answers)
{
  const KanKind *kind = kan_book_find_kind (self->book, kan_answers_get_kind (answers), NULL);
  KanViewDraft *draft = g_new0 (KanViewDraft, 1);

  draft->id = id;
  draft->kind = g_strdup (kan_answers_get_kind (answers));
  draft->title = g_strdup (kind != NULL ? kan_label (find_title (self, kind, answers), kan_speaks_japanese ())
                                        : draft->kind);
  draft->subject = g_strdup (kan_answers_get_subject (answers));
  draft->saved = kan_view_utc (saved);
  return draft;
}

/**
 * kan_desk_list_drafts:
 * @self: an unlocked desk
 * @error: return location
 *
 * Returns: (transfer full) (element-type KanViewDraft): one's own, the last saved first; those that a former key sealed
 *   are left out
 */
GPtrArray *
kan_desk_list_drafts (KanDesk *self, GError **error)
{
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) draft_free);
  g_autoptr(KanStmt) stmt = kan_db_query (kan_vault_get_db (self->vault), error, "SELECT id, saved, sealed FROM draft"
                                          " WHERE person = ? ORDER BY saved DESC, id DESC", "i", self->seat->person);
  g_autoptr(GError) failed = NULL;

  if (stmt == NULL)
    return NULL;
  while (kan_stmt_step (stmt, &failed))
    {
      gsize size = 0;
      const guint8 *sealed = kan_stmt_bytes (stmt, 2, &size);
      g_autoptr(KanAnswers) answers = unseal_answers (self, sealed, size, NULL);

      if (answers != NULL)
        g_ptr_array_add (list, view_draft (self, kan_stmt_int (stmt, 0), kan_stmt_text (stmt, 1), answers));
    }
  if (failed == NULL)
    return g_steal_pointer (&list);
  g_propagate_error (error, g_steal_pointer (&failed));
  return NULL;
}

/**
 * kan_desk_load_draft:
 * @self: an unlocked desk
 * @id: a draft's number
 * @error: %KAN_ERROR_MISSING where there is none, %KAN_ERROR_LOCKED where somebody else wrote it
 *
 * Returns: (transfer full): what was typed
 */
KanAnswers *
kan_desk_load_draft (KanDesk *self, gint64 id, GError **error)
{
  g_autoptr(KanStmt) stmt = kan_db_query (kan_vault_get_db (self->vault), error,
                                          "SELECT sealed FROM draft WHERE id = ?", "i", id);
  g_autoptr(GError) failed = NULL;
  gsize size = 0;
  const guint8 *sealed;

  if (stmt == NULL)
    return NULL;
  if (kan_stmt_step (stmt, &failed))
    {
      sealed = kan_stmt_bytes (stmt, 0, &size);
      return unseal_answers (self, sealed, size, error);
    }
  if (failed != NULL)
    g_propagate_error (error, g_steal_pointer (&failed));
  else
    g_set_error (error, KAN_ERROR, KAN_ERROR_MISSING, _("there is no draft %" PRId64), id);
  return NULL;
}

/**
 * kan_desk_drop_draft:
 * @self: an unlocked desk
 * @id: a draft's number; one that is gone already, or somebody else's, is left as it is
 * @error: %KAN_ERROR_READ_ONLY and others
 */
gboolean
kan_desk_drop_draft (KanDesk *self, gint64 id, GError **error)
{
  return kan_desk_may_write (self, error) &&
         kan_db_run (kan_vault_get_db (self->vault), error, "DELETE FROM draft WHERE id = ? AND person = ?", "ii", id,
                     self->seat->person);
}
