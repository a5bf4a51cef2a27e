/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A record held against its own signed entries: each is what was signed, by the key that the chain gives that person,
 * and the record says what they add up to. Its own entries are enough for most records; some were changed by entries of
 * others, which are brought in; where that leaves a doubt, everything is replayed, and that decides. */
#include "acts/kan-record-check.h"

#include "acts/kan-indexes.h"
#include "acts/kan-proof.h"
#include "acts/kan-timeline.h"
#include "acts/kan-verify-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

/* With more entries around a record, replaying everything is no dearer. */
#define MANY 4000

static gboolean
make_proof (KanBook *book, GError **error)
{
  gboolean anew = FALSE;

  if (!kan_proof_watch (book, error) || !kan_links_follow (book->proof->links, book->chain, &anew, error))
    return FALSE;
  if (book->proof->retrace == NULL)
    book->proof->retrace = kan_retrace_new (book, error);
  return book->proof->retrace != NULL;
}

/* --- entries -------------------------------------------------------------------------------------------------- */

static int
compare_acts (gconstpointer a, gconstpointer b)
{
  const KanAct *one = *(const KanAct *const *) a, *other = *(const KanAct *const *) b;

  return (one->seq > other->seq) - (one->seq < other->seq);
}

static gboolean
has_subject (GPtrArray *acts, const char *subject)
{
  for (guint i = 0; i < acts->len; i++)
    if (strcmp (((KanAct *) g_ptr_array_index (acts, i))->subject, subject) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
add_entries (KanBook *book, const GArray *entries, GPtrArray *acts, GError **error)
{
  for (guint i = 0; entries != NULL && i < entries->len && acts->len <= MANY; i++)
    {
      g_autoptr(GError) failed = NULL;
      KanAct *act = kan_ledger_get (book->chain, g_array_index (entries, gint64, i), &failed);

      if (act != NULL)
        g_ptr_array_add (acts, act);
      if (failed == NULL)
        continue;
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  return TRUE;
}

static gboolean
add_acts (KanBook *book, const char *subject, GPtrArray *acts, GError **error)
{
  return has_subject (acts, subject) ||
         add_entries (book, g_hash_table_lookup (kan_links_get_records (book->proof->links), subject), acts, error);
}

/* Those of all records of the registers by which everything is judged. */
static gboolean
add_judging (KanBook *book, GPtrArray *acts, GError **error)
{
  GHashTableIter iter;
  gpointer subject, entries;

  g_hash_table_iter_init (&iter, kan_links_get_records (book->proof->links));
  while (g_hash_table_iter_next (&iter, &subject, &entries))
    {
      const KanRegister *reg = kan_book_register_of (book, subject);

      if (reg != NULL && reg->judges && !add_entries (book, entries, acts, error))
        return FALSE;
    }
  g_ptr_array_sort (acts, compare_acts);
  return TRUE;
}

/* The record of the entry that made this one, or changed it last, as its row says. */
static gboolean
add_acts_of (KanBook *book, const KanRegister *reg, gint64 id, const char *column, GPtrArray *acts, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT a.subject FROM %s r JOIN act a ON a.seq = r.%s WHERE r.id = ?",
                                          reg->id, column);
  g_autoptr(GError) failed = NULL;
  g_autofree char *subject = kan_db_get_text (book->db, &failed, sql, "i", id);

  if (failed == NULL)
    return subject == NULL || add_acts (book, subject, acts, error);
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

typedef struct { KanBook *book; GPtrArray *acts; } Adding;

static gboolean
add_named (const char *subject, gpointer data, GError **error)
{
  Adding *adding = data;

  return add_acts (adding->book, subject, adding->acts, error);
}

/* What else may have changed the record: entries of those that made it or changed it last, of those that it names, and
 * of those that name it. */
static gboolean
add_others (KanBook *book, const char *subject, GPtrArray *acts, GError **error)
{
  gint64 id = 0;
  const KanRegister *reg = kan_subject_register (book, subject, &id);
  g_autoptr(GPtrArray) referring = kan_book_list_referring (book, subject, error);
  Adding adding = { book, acts };

  if (referring == NULL || !add_acts_of (book, reg, id, "made", acts, error) ||
      !add_acts_of (book, reg, id, "changed", acts, error) ||
      !kan_name_each_in_row (book, subject, add_named, &adding, error))
    return FALSE;
  for (guint i = 0; i < referring->len && acts->len <= MANY; i++)
    if (!add_acts (book, g_ptr_array_index (referring, i), acts, error))
      return FALSE;
  g_ptr_array_sort (acts, compare_acts);
  return TRUE;
}

/* --- signatures ----------------------------------------------------------------------------------------------- */

static gboolean are_signed (KanBook *book, GPtrArray *acts, gboolean *sure, GError **error);

/* An entry that brings the very key that signs it. */
static gboolean
claims_key (KanBook *book, const KanAct *act)
{
  const KanKind *kind = kan_book_find_kind (book, act->kind, NULL);
  g_autoptr(KanBody) body = kind != NULL && (kind->flags & KAN_CLAIMS) != 0
    ? kan_body_decode (act->body, act->body_size, NULL) : NULL;
  g_autofree char *hex = kan_hex (act->key, KAN_KEY_SIZE);

  return body != NULL && g_strcmp0 (kan_body_get_text (body, "sign_key"), hex) == 0;
}

static gboolean
gives_hand (const KanAct *act, gint64 person, gint64 brought)
{
  g_autoptr(KanBody) body = strcmp (act->kind, "hand.give") == 0 && act->actor != person
    ? kan_body_decode (act->body, act->body_size, NULL) : NULL;

  return body != NULL && kan_body_get_int (body, "act") == brought;
}

/* An entry that brings the key, and the hand of somebody who saw who they are; the founder's brings the file. */
static gboolean
brings_key (KanBook *book, GPtrArray *acts, const KanAct *used)
{
  gint64 brought = 0;

  for (guint i = 0; i < acts->len; i++)
    {
      const KanAct *act = g_ptr_array_index (acts, i);

      if (act->actor == used->actor && memcmp (act->key, used->key, KAN_KEY_SIZE) == 0 && claims_key (book, act))
        brought = act->seq;
      if (brought > 0 && (brought == 1 || gives_hand (act, used->actor, brought)))
        return TRUE;
    }
  return FALSE;
}

/* A key that entries gave somebody stays theirs: what it signed was judged when it was signed. */
static gboolean
is_their_key (KanBook *book, const KanAct *act, gboolean *sure, GError **error)
{
  g_autofree char *hex = kan_hex (act->key, KAN_KEY_SIZE);
  g_autofree char *name = g_strdup_printf ("%" PRId64 " %s", act->actor, hex), *subject = NULL;
  g_autoptr(GPtrArray) acts = NULL;
  g_autoptr(GError) failed = NULL;

  if (g_hash_table_contains (book->proof->keys, name) || claims_key (book, act))
    return TRUE;
  subject = kan_db_get_text (book->db, &failed, "SELECT a.subject FROM key k JOIN act a ON a.seq = k.made"
                             " WHERE k.person = ? AND k.sign_key = ?", "is", act->actor, hex);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  acts = g_ptr_array_new_with_free_func ((GDestroyNotify) kan_act_free);
  *sure = subject != NULL;
  if (subject == NULL)
    return TRUE;
  g_hash_table_add (book->proof->keys, g_strdup (name));
  if (add_acts (book, subject, acts, error) && are_signed (book, acts, sure, error))
    *sure = *sure && brings_key (book, acts, act);
  else
    *sure = FALSE;
  if (!*sure)
    g_hash_table_remove (book->proof->keys, name);
  return error == NULL || *error == NULL;
}

static gboolean
are_signed (KanBook *book, GPtrArray *acts, gboolean *sure, GError **error)
{
  for (guint i = 0; i < acts->len && *sure; i++)
    {
      const KanAct *act = g_ptr_array_index (acts, i);

      *sure = kan_act_hash_holds (act, book->file_id) && kan_act_signature_holds (act);
      if (*sure && !is_their_key (book, act, sure, error))
        return FALSE;
    }
  return TRUE;
}

/* --- whether there are more of them --------------------------------------------------------------------------- */

/* Each key's last entry: it vouches for those before it. */
static gboolean
check_last (KanBook *book, GArray *last, GError **error)
{
  for (guint i = 0; i < last->len; i++)
    {
      gint64 seq = g_array_index (last, gint64, i);
      g_autoptr(GPtrArray) acts = kan_ledger_read (book->chain, seq, seq, error);
      gboolean sure = TRUE;

      gboolean looked = acts != NULL && are_signed (book, acts, &sure, error);

      /* those that were not looked at are not asked for again */
      if (!looked || !sure)
        kan_links_break (book->proof->links, looked ? seq : G_MAXINT64);
      if (!looked)
        return FALSE;
    }
  return TRUE;
}

/* Whoever alters the subject of an entry hides it from its record: after the first of those found, no entry of the file
 * is altered, moved or taken away. */
static gboolean
are_all (KanBook *book, GPtrArray *own, gboolean *all, GError **error)
{
  KanLinks *links = book->proof->links;
  g_autoptr(GArray) last = kan_links_take_last (links);
  gint64 first = own->len > 0 ? ((KanAct *) g_ptr_array_index (own, 0))->seq : 0;

  if (!check_last (book, last, error))
    return FALSE;
  *all = kan_links_get_broken (links) == 0 || first > kan_links_get_broken (links);
  return TRUE;
}

/* --- whether it holds ----------------------------------------------------------------------------------------- */

/* FALSE in `sure`: not that it does not hold, but that only replaying everything knows. */
static gboolean
look (KanBook *book, const char *subject, GPtrArray *acts, gboolean *sure, GError **error)
{
  *sure = acts->len <= MANY;
  if (!are_signed (book, acts, sure, error))
    return FALSE;
  if (!*sure || kan_retrace_compare (book->proof->retrace, acts, subject, sure, error))
    return TRUE;
  /* nothing there can be undone */
  g_clear_pointer (&book->proof->retrace, kan_retrace_free);
  return FALSE;
}

static void
set_altered (GError **error, const char *subject, const KanFault *fault, gboolean about)
{
  g_autofree char *words = kan_fault_words (fault);

  if (subject == NULL || about)
    g_set_error (error, KAN_ERROR, KAN_ERROR_DAMAGED, _("%s. Verify the file first"), words);
  else
    g_set_error (error, KAN_ERROR, KAN_ERROR_DAMAGED, _("%s cannot be proven: %s. Verify the file first"), subject,
                 words);
}

static gboolean
is_about (const KanFault *fault, const char *subject, GPtrArray *own)
{
  gboolean about = g_strcmp0 (fault->subject, subject) == 0;

  for (guint i = 0; i < own->len && !about; i++)
    about = ((KanAct *) g_ptr_array_index (own, i))->seq == fault->seq;
  return about;
}

/* What is told: the first that is about the record, else the first that nobody knows of yet. */
static const KanFault *
find_fault (const KanVerdict *verdict, const char *subject, GPtrArray *own)
{
  const KanFault *first = NULL;

  for (guint i = 0; i < verdict->faults->len; i++)
    {
      const KanFault *fault = g_ptr_array_index (verdict->faults, i);

      if (kan_fault_counts (fault) && is_about (fault, subject, own))
        return fault;
      if (kan_fault_counts (fault) && first == NULL)
        first = fault;
    }
  return first;
}

/* The doubt may come of what stood around the record: what two persons know, or what others wrote to it. Where the file
 * has faults that nobody knows of, nobody relies on what could not be proven by itself. */
static gboolean
replay_all (KanBook *book, const char *subject, GPtrArray *own, GError **error)
{
  g_autoptr(KanVerdict) verdict = kan_book_verify (book, NULL, error);
  const KanFault *fault = verdict != NULL ? find_fault (verdict, subject, own) : NULL;

  if (fault != NULL)
    set_altered (error, subject, fault, is_about (fault, subject, own));
  if (verdict == NULL || fault != NULL)
    return FALSE;
  kan_links_mend (book->proof->links);
  return TRUE;
}

/* By its own entries, else with those of others. */
static gboolean
prove_alone (KanBook *book, const char *subject, GPtrArray *own, gboolean *sure, GError **error)
{
  g_autoptr(GPtrArray) acts = g_ptr_array_new_with_free_func ((GDestroyNotify) kan_act_free);

  if (!look (book, subject, own, sure, error))
    return FALSE;
  return *sure || (add_acts (book, subject, acts, error) && add_others (book, subject, acts, error) &&
                   look (book, subject, acts, sure, error));
}

static gboolean
prove (KanBook *book, const char *subject, GError **error)
{
  g_autoptr(GPtrArray) own = g_ptr_array_new_with_free_func ((GDestroyNotify) kan_act_free);
  gboolean all = TRUE, sure = FALSE;

  if (!make_proof (book, error) || !add_acts (book, subject, own, error) || !are_all (book, own, &all, error) ||
      (all && !prove_alone (book, subject, own, &sure, error)))
    return FALSE;
  return sure || replay_all (book, subject, own, error);
}

/* Keys, offices, appointments, rules, profiles: all of them, since what somebody took away nobody names. */
static gboolean
prove_judging (KanBook *book, GError **error)
{
  g_autoptr(GPtrArray) acts = g_ptr_array_new_with_free_func ((GDestroyNotify) kan_act_free);
  gboolean all = FALSE, sure = FALSE;

  if (!make_proof (book, error))
    return FALSE;
  if (book->proof->judges)
    return TRUE;
  if (!add_judging (book, acts, error) || !are_all (book, acts, &all, error))
    return FALSE;
  if (all && !look (book, NULL, acts, &sure, error))
    return FALSE;
  return sure ? (book->proof->judges = TRUE) : replay_all (book, NULL, acts, error);
}

/**
 * kan_judging_holds:
 * @book: a book
 * @error: %KAN_ERROR_DAMAGED where it does not hold, in words for people; else the world's
 *
 * Whether the registers by which everybody is judged (KanRegister, judges) are what their entries say, profiles and
 * ended appointments among them.
 */
gboolean
kan_judging_holds (KanBook *book, GError **error)
{
  return !kan_proof_is_asked (book) || prove_judging (book, error);
}

/**
 * kan_book_trust:
 * @self: a book over a file that this process has just made
 *
 * Nobody else can have written to it: what its tables say is what its entries say, and nobody asks.
 */
void
kan_book_trust (KanBook *self)
{
  self->trusts = TRUE;
}

/**
 * kan_record_holds:
 * @book: a book
 * @subject: a record, "T3"
 * @error: %KAN_ERROR_DAMAGED where it does not hold, in words for people that name the entry or the value; else the
 *   world's
 *
 * Whether what the file says of a record (its row, what lies beside it, its hands, steps and corrections, and what
 * waits there) is what its own entries add up to, each of them signed by whom it names. Of other records, whatever the
 * file says of them, it tells nothing.
 *
 * Returns: whether it holds; a record that nobody made says nothing that could be wrong
 */
gboolean
kan_record_holds (KanBook *book, const char *subject, GError **error)
{
  return !kan_proof_is_asked (book) || kan_book_register_of (book, subject) == NULL ||
         (kan_book_check_shown (book, error) && prove (book, subject, error));
}

/**
 * kan_record_glance:
 * @book: a book
 * @subject: a record, "T3"
 * @altered: (out) (transfer full) (nullable): in words, that it is not proven; %NULL: it is
 * @error: return location
 *
 * For a screen, which waits for no replay of everything: where the file was verified through this book, that is enough;
 * else what the record's own entries, and those about it, say.
 *
 * Returns: %FALSE only where the world failed
 */
gboolean
kan_record_glance (KanBook *book, const char *subject, char **altered, GError **error)
{
  g_autoptr(GPtrArray) own = g_ptr_array_new_with_free_func ((GDestroyNotify) kan_act_free);
  g_autoptr(GError) found = NULL;
  gboolean clean = FALSE, all = FALSE, sure = FALSE;

  *altered = NULL;
  if (!kan_proof_is_asked (book) || kan_book_register_of (book, subject) == NULL)
    return TRUE;
  if (kan_book_get_verified (book, &clean))
    sure = clean || !g_hash_table_contains (book->proof->altered, subject);
  else if (!kan_book_check_shown (book, &found))
    return kan_take_altered (&found, altered, error);
  else if (!make_proof (book, error) || !add_acts (book, subject, own, error) || !are_all (book, own, &all, error) ||
           (all && !prove_alone (book, subject, own, &sure, error)))
    return FALSE;
  if (!sure)
    *altered = g_strdup_printf (_("%s: what stands here is not what its entries prove. Verify the file: nothing is"
                                  " decided on it before"), subject);
  return TRUE;
}
