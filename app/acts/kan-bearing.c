/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether somebody may build on a record: decide on it, have others consent to what is added up of it, or read it with
 * the names of those that it names. */
#include "acts/kan-record-check.h"

#include "acts/kan-proof.h"
#include "acts/kan-timeline.h"

#include <string.h>

static KanAct *
get_waiting (KanBook *book, const char *subject, GError **error)
{
  gint64 seq = 0;

  if (!kan_db_get_int (book->db, &seq, error, "SELECT max(act) FROM pending WHERE subject = ?", "s", subject) ||
      seq == 0)
    return NULL;
  return kan_ledger_get (book->chain, seq, error);
}

static gboolean
named_holds (const char *subject, gpointer book, GError **error)
{
  return kan_record_holds (book, subject, error);
}

/* An act upon a record that waits there names others in its answers alone. */
static gboolean
waiting_holds (KanBook *book, const char *subject, GError **error)
{
  g_autoptr(GError) failed = NULL;
  g_autoptr(KanAct) act = get_waiting (book, subject, &failed);
  g_autoptr(KanBody) body = NULL;

  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  body = act != NULL ? kan_body_decode (act->body, act->body_size, NULL) : NULL;
  return body == NULL || kan_name_each_answered (body, named_holds, book, error);
}

/* The record, and those that it or what waits there names: their names are read with it. */
static gboolean
with_named_holds (KanBook *book, const char *subject, GError **error)
{
  return kan_record_holds (book, subject, error) && kan_name_each_in_row (book, subject, named_holds, book, error) &&
         waiting_holds (book, subject, error);
}

/* What tells of the file's own faults is decided on while they are there: as somebody signed, not as a table says. */
static gboolean
waits_to_mend (KanBook *book, const char *subject, gboolean *mends, GError **error)
{
  g_autoptr(GError) failed = NULL;
  g_autoptr(KanAct) act = get_waiting (book, subject, &failed);
  const KanKind *kind = act != NULL ? kan_book_find_kind (book, act->kind, NULL) : NULL;

  *mends = kind != NULL && (kind->flags & KAN_MENDS) != 0 && strcmp (act->subject, subject) == 0 &&
           kan_act_hash_holds (act, book->file_id) && kan_act_signature_holds (act);
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/**
 * kan_record_bears:
 * @book: a book
 * @subject: a record that somebody decides on, "T3"
 * @error: as kan_record_holds()
 *
 * Whether a decision may be built on the record: on what it says, on those that it names, and on what judges whoever
 * decides. What tells of the file's own faults is decided on while they are there.
 */
gboolean
kan_record_bears (KanBook *book, const char *subject, GError **error)
{
  gboolean mends = FALSE;

  return !kan_proof_is_asked (book) || (waits_to_mend (book, subject, &mends, error) &&
                              (mends || (with_named_holds (book, subject, error) &&
                                         kan_judging_holds (book, error))));
}

/* A record that is named, and what is added up of it: of a medium its recordings. */
static gboolean
named_adds_up (const char *subject, gpointer data, GError **error)
{
  KanBook *book = data;
  g_autoptr(GPtrArray) told = NULL;

  if (kan_book_register_of (book, subject) == NULL)
    return TRUE;
  told = kan_book_list_told (book, subject, error);
  if (told == NULL || !kan_record_holds (book, subject, error))
    return FALSE;
  for (guint i = 0; i < told->len; i++)
    if (!kan_record_holds (book, g_ptr_array_index (told, i), error))
      return FALSE;
  return TRUE;
}

/**
 * kan_answers_bear:
 * @book: a book
 * @body: what somebody applies for
 * @error: as kan_record_holds()
 *
 * Whether others may be asked for their consent to it: whether the records that it names, and those it is added up
 * of, are what their entries say, and what judges whoever applies.
 */
gboolean
kan_answers_bear (KanBook *book, const KanBody *body, GError **error)
{
  return !kan_proof_is_asked (book) || (kan_name_each_answered (body, named_adds_up, book, error) &&
                              kan_judging_holds (book, error));
}

/**
 * kan_take_altered:
 * @found: (inout): an error
 * @altered: (out) (transfer full): its words, where it tells of damage
 * @error: return location
 *
 * Returns: whether it does; else @error is it
 */
gboolean
kan_take_altered (GError **found, char **altered, GError **error)
{
  if (g_error_matches (*found, KAN_ERROR, KAN_ERROR_DAMAGED))
    {
      *altered = g_strdup ((*found)->message);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (found));
  return FALSE;
}

/**
 * kan_record_examine:
 * @book: a book
 * @subject: a record, "T3"
 * @altered: (out) (transfer full) (nullable): in words, what does not hold of it and of the records that it names;
 *   %NULL: nothing
 * @error: return location
 *
 * For whoever shows the record: they see what nobody may decide on.
 *
 * Returns: %FALSE only where the world failed
 */
gboolean
kan_record_examine (KanBook *book, const char *subject, char **altered, GError **error)
{
  g_autoptr(GError) found = NULL;

  *altered = NULL;
  return with_named_holds (book, subject, &found) || kan_take_altered (&found, altered, error);
}
