/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verification of free text, which lies apart from the acts that signed its digest: what stands there is what was
 * signed and belongs to an act, what is gone was removed by an act, and what was removed is gone. Nor is it what the
 * writer would have refused: the judge of a replayed act sees its digest only, so that removing it changes no
 * verdict. */
#include "acts/kan-verify-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

enum { DIGEST_SIZE = 2 * KAN_HASH_SIZE };

typedef struct { gint64 act; char *key, *subject, *digest; } MissingText;

/**
 * kan_missing_text_free:
 * @data: a text that does not stand where its act says
 */
void
kan_missing_text_free (gpointer data)
{
  MissingText *missing = data;

  g_free (missing->key);
  g_free (missing->subject);
  g_free (missing->digest);
  g_free (missing);
}

/* Among the hints of the scratch book, which nobody compares or copies: memory does not grow with them. */
static gboolean
bind_digest (KanVerifier *self, const char *digest, GError **error)
{
  return kan_db_run (kan_book_get_db (kan_scratch_get_book (self->scratch)), error,
                     "INSERT OR IGNORE INTO meta (key, value) VALUES (?, '')", "s", digest);
}

/* Whatever looks like a digest, in whatever place: also where the body cannot be read, or its kind is unknown. */
static gboolean
bind_digests (KanVerifier *self, const char *body, gboolean *any, GError **error)
{
  *any = FALSE;
  for (const char *quote = body != NULL ? strchr (body, '"') : NULL; quote != NULL; quote = strchr (quote + 1, '"'))
    if (strspn (quote + 1, "0123456789abcdef") == DIGEST_SIZE && quote[1 + DIGEST_SIZE] == '"')
      {
        g_autofree char *digest = g_strndup (quote + 1, DIGEST_SIZE);

        if (!bind_digest (self, digest, error))
          return FALSE;
        *any = TRUE;
      }
  return TRUE;
}

/* What was set aside keeps its texts. */
static gboolean
bind_rejected (KanVerifier *self, GError **error)
{
  g_autoptr(KanStmt) stmt = kan_db_prepare (self->book->db, "SELECT body FROM rejected", error);
  g_autoptr(GError) failed = NULL;
  gboolean any;

  if (stmt == NULL)
    return FALSE;
  while (kan_stmt_step (stmt, &failed))
    if (!bind_digests (self, kan_stmt_text (stmt, 0), &any, error))
      return FALSE;
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/**
 * kan_texts_bind:
 * @self: a run
 * @act: an act, whatever becomes of it
 * @any: (out): whether it names texts
 * @error: return location
 *
 * Keeps which texts it names: those that no act names are told of in the end.
 */
gboolean
kan_texts_bind (KanVerifier *self, const KanAct *act, gboolean *any, GError **error)
{
  return bind_digests (self, act->body, any, error);
}

static void
add_missing (KanVerifier *self, const KanAct *act, const char *key, const char *digest)
{
  MissingText *missing = g_new0 (MissingText, 1);

  missing->act = act->seq;
  missing->key = g_strdup (key);
  missing->subject = g_strdup (act->subject);
  missing->digest = g_strdup (digest);
  g_ptr_array_add (self->missing, missing);
}

/* Never the text itself: whoever reads what was found must not read that. */
static char *
say_trouble (KanRefusalCode code, const KanField *field, const char *why)
{
  const char *label = kan_label (&field->label, kan_speaks_japanese ());

  if (code == KAN_IDENTITY_NUMBER)
    return g_strdup_printf (_("its text “%s” holds what looks like an individual number or a resident record code"),
                            label);
  if (code == KAN_TOO_LONG)
    return g_strdup_printf (_("its text “%s” is longer than a text may be"), label);
  if (code == KAN_MISSING)
    return g_strdup_printf (_("its text “%s” is empty"), label);
  return g_strdup_printf (_("its text “%s” holds a character that cannot be kept: %s"), label, why);
}

static void
judge_content (KanVerifier *self, const KanAct *act, const KanBody *body, const char *key, const KanField *field,
               KanStmt *row)
{
  const char *text = kan_stmt_text (row, 0), *why = NULL;
  g_autofree char *said = NULL;
  gsize size = 0;
  KanRefusalCode code;
  KanHasher found;

  kan_stmt_bytes (row, 0, &size);
  code = kan_text_trouble (text, size, TRUE, TRUE, &why);
  if (code == KAN_UNMET || (code == KAN_IDENTITY_NUMBER && kan_is_declared (body, key)))
    return;
  kan_found_init (&found);
  kan_found_text (&found, key);
  kan_found_text (&found, kan_body_get_text (body, key));
  said = say_trouble (code, field, why);
  kan_verifier_add (self, KAN_FAULT_TEXT_RULE, act->seq, act->subject,
                    g_strdup_printf (_("%s; two persons remove it"), said), &found);
}

/**
 * kan_texts_look_up:
 * @self: a run
 * @act: an act that has its effect
 * @error: return location
 *
 * What is gone must have been removed by an act; what is there must be what its writer could have entered.
 */
gboolean
kan_texts_look_up (KanVerifier *self, const KanAct *act, GError **error)
{
  g_autoptr(KanBody) body = kan_body_decode (act->body, act->body_size, NULL);
  const KanRegister *reg = NULL;
  const KanKind *kind = kan_book_find_kind (self->book, act->kind, &reg);

  for (guint i = 0; body != NULL && kind != NULL && i < kan_body_n_members (body); i++)
    {
      const char *key = kan_body_nth_key (body, i);
      const KanField *field = kan_kind_find_field (kind, reg, key);
      const char *digest = kan_body_get_text (body, key);
      g_autoptr(KanStmt) row = NULL;
      g_autoptr(GError) failed = NULL;

      if (field == NULL || field->type != KAN_LINES)
        continue;
      row = kan_db_query (self->book->db, error, "SELECT content FROM detached WHERE digest = ?", "s", digest);
      if (row == NULL)
        return FALSE;
      if (kan_stmt_step (row, &failed))
        judge_content (self, act, body, key, field, row);
      else if (failed == NULL)
        add_missing (self, act, key, digest);
      else
        {
          g_propagate_error (error, g_steal_pointer (&failed));
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
judge_missing (KanVerifier *self, GError **error)
{
  KanDb *db = kan_book_get_db (kan_scratch_get_book (self->scratch));

  for (guint i = 0; i < self->missing->len; i++)
    {
      const MissingText *missing = g_ptr_array_index (self->missing, i);
      gint64 removed = 0;
      KanHasher found;

      if (!kan_db_get_int (db, &removed, error,
                           "SELECT count(*) FROM correction WHERE act = ? AND key = ? AND new IS NULL", "is",
                           missing->act, missing->key))
        return FALSE;
      if (removed > 0)
        {
          self->verdict->n_removed_texts++;
          continue;
        }
      kan_found_init (&found);
      kan_found_text (&found, "gone");
      kan_found_text (&found, missing->key);
      kan_found_text (&found, missing->digest);
      kan_verifier_add (self, KAN_FAULT_TEXT, missing->act, missing->subject,
                        g_strdup_printf (_("its text “%s” is gone, and no entry removed it"), missing->key), &found);
    }
  return TRUE;
}

/* One that was removed: its digest is in the act that it was written with. */
static gboolean
judge_removed (KanVerifier *self, gint64 seq, gint64 remover, const char *key, GError **error)
{
  g_autoptr(GError) failed = NULL;
  g_autoptr(KanAct) act = kan_ledger_get (self->book->db, seq, &failed);
  g_autoptr(KanBody) body = act != NULL ? kan_body_decode (act->body, act->body_size, NULL) : NULL;
  const char *digest = body != NULL ? kan_body_get_text (body, key) : NULL;
  gint64 there = 0;
  KanHasher found;

  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (digest == NULL)
    return TRUE;
  if (!kan_db_get_int (self->book->db, &there, error, "SELECT count(*) FROM detached WHERE digest = ?", "s", digest))
    return FALSE;
  if (there == 0)
    return TRUE;
  kan_found_init (&found);
  kan_found_text (&found, "back");
  kan_found_text (&found, key);
  kan_found_text (&found, digest);
  kan_verifier_add (self, KAN_FAULT_TEXT, seq, act->subject,
                    g_strdup_printf (_("its text “%s” was removed by entry %" PRId64 ", yet is there again"), key,
                                     remover), &found);
  return TRUE;
}

static gboolean
judge_all_removed (KanVerifier *self, GError **error)
{
  g_autoptr(KanStmt) stmt = kan_db_prepare (kan_book_get_db (kan_scratch_get_book (self->scratch)),
                                            "SELECT act, min(seq), key FROM correction WHERE new IS NULL"
                                            " GROUP BY act, key ORDER BY act, key", error);
  g_autoptr(GError) failed = NULL;

  if (stmt == NULL)
    return FALSE;
  while (kan_stmt_step (stmt, &failed))
    if (!judge_removed (self, kan_stmt_int (stmt, 0), kan_stmt_int (stmt, 1), kan_stmt_text (stmt, 2), error))
      return FALSE;
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

static KanFault *
add_text (KanVerifier *self, KanStmt *row, char *what)
{
  KanHasher found;

  kan_found_init (&found);
  for (int i = 0; i < 3; i++)
    kan_found_cell (&found, row, i);
  return kan_verifier_add (self, KAN_FAULT_TEXT, 0, NULL, what, &found);
}

/* A text that nobody names any more may have been named by an entry that is gone, or is not what was signed. */
static gboolean
judge_text (KanVerifier *self, KanStmt *row, GError **error)
{
  const char *digest = kan_stmt_text (row, 0);
  gint64 bound = 0;

  if (!kan_db_get_int (kan_book_get_db (kan_scratch_get_book (self->scratch)), &bound, error,
                       "SELECT count(*) FROM meta WHERE key = ?", "s", digest))
    return FALSE;
  if (!kan_detached_holds (row))
    add_text (self, row, g_strdup_printf (_("the text under %.12s… is not what was signed"), digest));
  else if (bound == 0)
    add_text (self, row, g_strdup_printf (_("the text under %.12s… belongs to no entry"), digest))->because =
      self->follow.altered;
  return TRUE;
}

static gboolean
judge_digests (KanVerifier *self, GError **error)
{
  g_autoptr(KanStmt) stmt = kan_db_prepare (self->book->db,
                                            "SELECT digest, salt, content FROM detached ORDER BY digest", error);
  g_autoptr(GError) failed = NULL;

  if (stmt == NULL)
    return FALSE;
  while (kan_stmt_step (stmt, &failed))
    if (!judge_text (self, stmt, error))
      return FALSE;
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/**
 * kan_texts_all:
 * @self: a run whose acts are replayed
 * @error: return location
 */
gboolean
kan_texts_all (KanVerifier *self, GError **error)
{
  return bind_rejected (self, error) && judge_digests (self, error) && judge_missing (self, error) &&
         judge_all_removed (self, error);
}
