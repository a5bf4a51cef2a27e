/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Faults: what makes one the same as yesterday's, by which code it is named, and what was noted as known. */
#include "acts/kan-verify-private.h"
#include "values/kan-text.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#define FAULT_DOMAIN "kanribo fault 1"
#define GROUP_DOMAIN "kanribo faults 1"

/**
 * kan_fault_free:
 * @self: a fault
 */
void
kan_fault_free (KanFault *self)
{
  g_free (self->subject);
  g_free (self->table);
  g_free (self->column);
  g_free (self->what);
  g_free (self);
}

/**
 * kan_verdict_free:
 * @self: (nullable): a verdict
 */
void
kan_verdict_free (KanVerdict *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->faults);
  g_free (self->full_at);
  g_free (self->verified_at);
  g_free (self);
}

/**
 * kan_fault_words:
 * @fault: a fault
 *
 * Returns: (transfer full): what is wrong, and where. Of which record an entry was that is not what was signed, nobody
 *   knows: it is said which it names. A row, and what is missing, are named by what is said of them
 */
char *
kan_fault_words (const KanFault *fault)
{
  if (fault->seq == 0 || fault->subject == NULL)
    return g_strdup (fault->what);
  if (fault->kind == KAN_FAULT_HASH || fault->kind == KAN_FAULT_SIGNATURE)
    return g_strdup_printf (_("entry %" PRId64 ", which names %s, was altered (%s)"), fault->seq, fault->subject,
                            fault->what);
  return g_strdup_printf (_("entry %" PRId64 " on %s does not hold (%s)"), fault->seq, fault->subject, fault->what);
}

/**
 * kan_fault_kind_id:
 * @kind: what was found
 *
 * Returns: (transfer none): its name, as JSON spells it
 */
const char *
kan_fault_kind_id (KanFaultKind kind)
{
  static const char *const ids[] = { "gap", "chain", "hash", "signature", "unreadable", "rule", "projection", "text",
                                     "anchor", "head", "rejected", "text_rule", "index" };

  return ids[kind];
}

/* --- what was found ------------------------------------------------------------------------------------------- */

/**
 * kan_found_init:
 * @found: (out): nothing yet
 */
void
kan_found_init (KanHasher *found)
{
  kan_hasher_init (found, NULL);
}

/**
 * kan_found_int:
 * @found: what was found so far
 * @value: a number
 */
void
kan_found_int (KanHasher *found, gint64 value)
{
  guint64 bytes = GUINT64_TO_LE ((guint64) value);

  kan_hasher_update (found, &bytes, sizeof bytes);
}

/**
 * kan_found_bytes:
 * @found: what was found so far
 * @bytes: (nullable): some bytes
 * @size: how many
 *
 * Length first; nothing differs from an empty text.
 */
void
kan_found_bytes (KanHasher *found, gconstpointer bytes, gsize size)
{
  kan_found_int (found, bytes != NULL ? (gint64) size : -1);
  if (bytes != NULL)
    kan_hasher_update (found, bytes, size);
}

/**
 * kan_found_text:
 * @found: what was found so far
 * @text: (nullable): a text
 */
void
kan_found_text (KanHasher *found, const char *text)
{
  kan_found_bytes (found, text, text != NULL ? strlen (text) : 0);
}

/**
 * kan_found_cell:
 * @found: what was found so far
 * @row: a row
 * @column: which of its cells
 */
void
kan_found_cell (KanHasher *found, KanStmt *row, int column)
{
  gsize size = 0;
  const guint8 *bytes = kan_stmt_bytes (row, column, &size);

  if (kan_stmt_is_null (row, column))
    kan_found_bytes (found, NULL, 0);
  else
    kan_found_bytes (found, bytes != NULL ? bytes : (const guint8 *) "", size);
}

/**
 * kan_found_act:
 * @found: what was found so far
 * @act: an entry, as it stands
 * @file_id: the file's 16-byte id
 *
 * Every column of it.
 */
void
kan_found_act (KanHasher *found, const KanAct *act, const guint8 *file_id)
{
  KanHash columns;

  kan_act_compute_hash (act, file_id, &columns);
  kan_found_bytes (found, columns.bytes, sizeof columns.bytes);
  kan_found_bytes (found, act->hash.bytes, sizeof act->hash.bytes);
  kan_found_bytes (found, act->signature, sizeof act->signature);
}

/* --- codes ---------------------------------------------------------------------------------------------------- */

/* "7K2M-9Q4T-X0AB-3C5D": 80 bits, in the symbols that fingerprints and anchors are printed in. */
static void
set_code (char code[KAN_FAULT_CODE_SIZE], KanHasher *hasher)
{
  g_autofree char *symbols = NULL;
  KanHash hash;

  kan_hasher_finish (hasher, &hash);
  symbols = kan_fingerprint (hash.bytes);
  g_strlcpy (code, symbols, KAN_FAULT_CODE_SIZE);
}

/**
 * kan_fault_code_parse:
 * @typed: (nullable): a fault's code as printed or typed: small letters, O for 0, I and L for 1, hyphens or none
 * @code: (out): it as printed
 *
 * Returns: whether it is one
 */
gboolean
kan_fault_code_parse (const char *typed, char code[KAN_FAULT_CODE_SIZE])
{
  guint n = 0;

  for (; typed != NULL && *typed != '\0'; typed++)
    {
      char symbol = g_ascii_toupper (*typed);

      if (symbol == '-' || symbol == ' ')
        continue;
      symbol = symbol == 'O' ? '0' : symbol == 'I' || symbol == 'L' ? '1' : symbol;
      if (n == KAN_FAULT_CODE_SIZE - 1 || strchr ("0123456789ABCDEFGHJKMNPQRSTVWXYZ", symbol) == NULL)
        return FALSE;
      code[n++] = symbol;
      if (n % 5 == 4 && n < KAN_FAULT_CODE_SIZE - 1)
        code[n++] = '-';
    }
  code[MIN (n, KAN_FAULT_CODE_SIZE - 1)] = '\0';
  return n == KAN_FAULT_CODE_SIZE - 1;
}

/**
 * kan_verifier_add:
 * @self: a run
 * @kind: what kind of fault
 * @seq: of which entry; 0: none
 * @subject: (nullable): of which record
 * @what: (transfer full): a sentence for people, in their language, whatever was found in it; no part of the fault's
 *   identity
 * @found: what was found, hashed
 *
 * Returns: (transfer none): the fault, which follows from no other until told otherwise
 */
KanFault *
kan_verifier_add (KanVerifier *self, KanFaultKind kind, gint64 seq, const char *subject, char *what, KanHasher *found)
{
  KanFault *fault = g_new0 (KanFault, 1);
  g_autofree char *words = what;
  KanHasher identity;
  KanHash hash;

  fault->kind = kind;
  fault->seq = seq;
  fault->subject = subject != NULL ? kan_text_dup_visible (subject) : NULL;
  fault->what = kan_text_dup_visible (words);
  kan_hasher_finish (found, &hash);
  kan_hasher_init (&identity, NULL);
  kan_found_text (&identity, FAULT_DOMAIN);
  kan_found_bytes (&identity, self->book->file_id, sizeof self->book->file_id);
  kan_found_text (&identity, kan_fault_kind_id (kind));
  kan_found_int (&identity, seq);
  kan_found_text (&identity, subject);
  kan_found_bytes (&identity, hash.bytes, sizeof hash.bytes);
  set_code (fault->code, &identity);
  g_ptr_array_add (self->verdict->faults, fault);
  return fault;
}

/* Rows that differ are no part of a group: they go when the registers are built again, and the rest stays. */
static gboolean
is_member (const KanFault *fault, const KanFault *first)
{
  return fault->because == first->seq && fault->seq != 0;
}

static void
group_one (const GPtrArray *faults, KanFault *first)
{
  KanHasher group;
  guint n = 0;

  kan_hasher_init (&group, NULL);
  kan_found_text (&group, GROUP_DOMAIN);
  kan_found_text (&group, first->code);
  for (guint i = 0; i < faults->len; i++)
    {
      const KanFault *fault = g_ptr_array_index (faults, i);

      if (!is_member (fault, first))
        continue;
      kan_found_text (&group, fault->code);
      n++;
    }
  if (n > 0)
    set_code (first->group, &group);
}

/**
 * kan_faults_group:
 * @self: a run that is over
 *
 * A fault from which entries' faults follow is given a code for all of them together.
 */
void
kan_faults_group (KanVerifier *self)
{
  const GPtrArray *faults = self->verdict->faults;
  g_autoptr(GHashTable) causes = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < faults->len; i++)
    {
      KanFault *fault = g_ptr_array_index (faults, i);

      if (fault->because != 0 && fault->seq != 0)
        g_hash_table_add (causes, &fault->because);
    }
  /* an entry may have several faults: what follows hangs on the first of them */
  for (guint i = 0; i < faults->len; i++)
    {
      KanFault *fault = g_ptr_array_index (faults, i);

      if (fault->because == 0 && fault->seq != 0 && g_hash_table_remove (causes, &fault->seq))
        group_one (faults, fault);
    }
}

static GHashTable *
read_notes (KanVerifier *self, GError **error)
{
  g_autoptr(GHashTable) notes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(KanStmt) stmt = kan_db_prepare (kan_book_get_db (kan_scratch_get_book (self->scratch)),
                                            "SELECT fault FROM note", error);
  g_autoptr(GError) failed = NULL;

  if (stmt == NULL)
    return NULL;
  while (kan_stmt_step (stmt, &failed))
    g_hash_table_add (notes, g_strdup (kan_stmt_text (stmt, 0)));
  if (failed == NULL)
    return g_steal_pointer (&notes);
  g_propagate_error (error, g_steal_pointer (&failed));
  return NULL;
}

/**
 * kan_faults_mark_known:
 * @self: a run whose faults are grouped
 * @error: return location
 *
 * Known is what an admitted ledger.note names: that very fault, or that fault with exactly what follows from it.
 */
gboolean
kan_faults_mark_known (KanVerifier *self, GError **error)
{
  g_autoptr(GHashTable) notes = read_notes (self, error);
  g_autoptr(GHashTable) groups = g_hash_table_new (g_int64_hash, g_int64_equal);
  GPtrArray *faults = self->verdict->faults;

  if (notes == NULL)
    return FALSE;
  for (guint i = 0; i < faults->len; i++)
    {
      KanFault *fault = g_ptr_array_index (faults, i);

      if (*fault->group != '\0' && g_hash_table_contains (notes, fault->group))
        g_hash_table_add (groups, &fault->seq);
    }
  for (guint i = 0; i < faults->len; i++)
    {
      KanFault *fault = g_ptr_array_index (faults, i);
      gboolean with_others = *fault->group != '\0' ? g_hash_table_contains (groups, &fault->seq)
        : fault->seq != 0 && g_hash_table_contains (groups, &fault->because);

      fault->known = with_others || g_hash_table_contains (notes, fault->code);
      self->verdict->n_known += fault->known ? 1 : 0;
      self->verdict->n_new += fault->known ? 0 : 1;
    }
  return TRUE;
}
