/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A few entries applied again into a scratch book that is kept from one question to the next. Around them stands what
 * the file says of persons, offices and whatever the entries name: that only makes a doubt where it is wrong, and
 * whoever doubts replays everything. */
#include "acts/kan-retrace.h"

#include "acts/kan-verify-private.h"
#include "values/kan-wareki.h"

#include <string.h>

struct _KanRetrace
{
  KanBook    *book;         /* borrowed: the file */
  KanScratch *scratch;
  GHashTable *seqs;         /* of gint64, borrowed from the acts that are applied again */
  gint64      from;         /* what was made before this entry stands around them already */
  gboolean    alone;        /* nothing stands around them: they are all that anybody is judged by */
};

/**
 * kan_retrace_new:
 * @book: the file's book; must outlive what is returned
 * @error: return location
 *
 * Returns: (transfer full): a place beside the file in which entries are applied again
 */
KanRetrace *
kan_retrace_new (KanBook *book, GError **error)
{
  g_autoptr(KanRetrace) self = g_new0 (KanRetrace, 1);

  self->book = book;
  self->seqs = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->scratch = kan_scratch_new_few (book, error);
  return self->scratch != NULL ? g_steal_pointer (&self) : NULL;
}

/**
 * kan_retrace_free:
 * @self: (nullable): such a place; what is in it goes with it
 */
void
kan_retrace_free (KanRetrace *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->scratch, kan_scratch_free);
  g_hash_table_unref (self->seqs);
  g_free (self);
}

/* --- what stands around --------------------------------------------------------------------------------------- */

static KanBook *
beside (KanRetrace *self)
{
  return kan_scratch_get_book (self->scratch);
}

/* What one of the entries makes is theirs to make again. */
static gboolean
copy_rows (KanRetrace *self, const char *table, KanStmt *rows, GError **error)
{
  g_autoptr(GError) failed = NULL;

  while (kan_stmt_step (rows, &failed))
    {
      gint64 made = kan_stmt_int (rows, 2);

      if (!g_hash_table_contains (self->seqs, &made) && !kan_copy_row (rows, beside (self)->db, table, error))
        return FALSE;
    }
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

static gboolean
copy_judging (KanRetrace *self, const KanRegister *reg, gint64 to, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM %s WHERE made >= ? AND made < ?", reg->id);
  g_autoptr(KanStmt) rows = kan_db_query (self->book->db, error, sql, "ii", self->from, to);

  return rows != NULL && copy_rows (self, reg->id, rows, error);
}

/* On what hands and capacities depend. */
static gboolean
surround (KanRetrace *self, gint64 to, GError **error)
{
  if (self->alone)
    return TRUE;
  for (const KanRegister **reg = self->book->registry->registers; *reg != NULL; reg++)
    if ((*reg)->judges && !copy_judging (self, *reg, to, error))
      return FALSE;
  for (guint i = 0; i < self->book->profiles->len; i++)
    {
      const KanProfileEntry *entry = g_ptr_array_index (self->book->profiles, i);

      if (entry->seq >= self->from && entry->seq < to && !g_hash_table_contains (self->seqs, &entry->seq))
        kan_book_add_profile (beside (self), entry->seq, entry->since, entry->from, entry->applies,
                              kan_profile_ref (entry->profile));
    }
  self->from = to;
  return TRUE;
}

static gboolean
copy_named (const char *subject, gpointer data, GError **error)
{
  KanRetrace *self = data;
  gint64 id = 0, there = 0;
  const KanRegister *reg = subject != NULL ? kan_subject_register (self->book, subject, &id) : NULL;
  g_autofree char *sql = NULL, *count = NULL;
  g_autoptr(KanStmt) rows = NULL;

  if (reg == NULL || reg->judges)
    return TRUE;
  count = g_strdup_printf ("SELECT count(*) FROM %s WHERE id = ?", reg->id);
  if (!kan_db_get_int (beside (self)->db, &there, error, count, "i", id))
    return FALSE;
  sql = g_strdup_printf ("SELECT * FROM %s WHERE id = ?", reg->id);
  rows = there == 0 ? kan_db_query (self->book->db, error, sql, "i", id) : NULL;
  return there > 0 || (rows != NULL && copy_rows (self, reg->id, rows, error));
}

/**
 * kan_name_each:
 * @one: (nullable): a record that is named
 * @list: (nullable): more of them
 * @func: called back for each; %FALSE of it ends it
 * @data: for @func
 * @error: @func's
 *
 * Returns: %FALSE where @func said so
 */
gboolean
kan_name_each (const char *one, const char **list, KanNamedFunc func, gpointer data, GError **error)
{
  if (one != NULL && !func (one, data, error))
    return FALSE;
  for (; list != NULL && *list != NULL; list++)
    if (!func (*list, data, error))
      return FALSE;
  return TRUE;
}

/**
 * kan_name_each_answered:
 * @body: what an entry says
 * @func: called back for each answer that may name a record; %FALSE of it ends it
 * @data: for @func
 * @error: @func's
 *
 * Returns: %FALSE where @func said so
 */
gboolean
kan_name_each_answered (const KanBody *body, KanNamedFunc func, gpointer data, GError **error)
{
  for (guint i = 0; i < kan_body_n_members (body); i++)
    {
      const char *key = kan_body_nth_key (body, i);

      if (!kan_name_each (kan_body_get_text (body, key), kan_body_get_list (body, key), func, data, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * kan_name_each_in_row:
 * @book: a book
 * @subject: a record, "T3"
 * @func: called back for each record that its row names; %FALSE of it ends it
 * @data: for @func
 * @error: @func's, or the world's
 *
 * Returns: %FALSE where @func said so, or the world failed
 */
gboolean
kan_name_each_in_row (KanBook *book, const char *subject, KanNamedFunc func, gpointer data, GError **error)
{
  g_autoptr(GError) failed = NULL;
  g_autoptr(KanRecord) record = kan_record_get (book, subject, &failed);
  const KanRegister *reg = record != NULL ? kan_record_get_register (record) : NULL;

  for (const KanField *field = reg != NULL ? reg->fields : NULL; field != NULL && field->id != NULL; field++)
    if (!kan_name_each (field->type == KAN_REF ? kan_record_get_text (record, field->id) : NULL,
                        kan_record_get_list (record, field->id), func, data, error))
      return FALSE;
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/* --- numbers -------------------------------------------------------------------------------------------------- */

/* The kind that would draw a number at this entry: its own, or the one whose hand it gives or that it overtakes. */
static const KanKind *
drawing_kind (KanRetrace *self, const KanCase *c, const KanRegister **reg, GError **error)
{
  g_autofree char *waits = NULL;

  *reg = c->reg;
  if (c->reg != &kan_hand_register && ((c->kind->flags & KAN_FACT) == 0 || c->kind->from == NULL))
    return c->kind;
  waits = kan_db_get_text (beside (self)->db, error, "SELECT kind FROM pending WHERE subject = ?", "s", c->subject);
  return waits != NULL ? kan_book_find_kind (self->book, waits, reg) : c->reg != &kan_hand_register ? c->kind : NULL;
}

/* As many as the records drew before this entry by which the file says that they drew theirs. */
static gboolean
set_series (KanRetrace *self, const KanCase *c, GError **error)
{
  const KanRegister *reg = NULL;
  const KanKind *kind = drawing_kind (self, c, &reg, error);
  gint64 fy = kan_fiscal_year (kan_day_of_utc (c->moment)), last = 0;
  g_autofree char *sql = NULL;

  if (kind == NULL || kind->series == NULL || kind->to == NULL)
    return TRUE;
  sql = g_strdup_printf ("SELECT count(*) FROM %s r WHERE %s_fy = ? AND %s_no IS NOT NULL AND id <> ? AND"
                         " (SELECT min(seq) FROM step WHERE subject = '%s' || r.id AND after = ?) < ?",
                         reg->id, kind->series, kind->series, reg->prefix);
  return kan_db_get_int (self->book->db, &last, error, sql, "iisi", fy, c->id, kind->to, c->seq) &&
         kan_db_run (beside (self)->db, error, "INSERT OR REPLACE INTO series (id, fy, last) VALUES (?, ?, ?)", "sii",
                     kind->series, fy, last);
}

/* --- applying again ------------------------------------------------------------------------------------------- */

/* The clock as the entry before it read it: what it is measured against. */
static gboolean
set_floor (KanRetrace *self, gint64 seq, GError **error)
{
  g_autoptr(GError) failed = NULL;
  g_autofree char *at = kan_db_get_text (self->book->chain, &failed, "SELECT at FROM act WHERE seq = ?", "i", seq - 1);

  beside (self)->floor = 0;
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (at != NULL && !kan_utc_parse (at, &beside (self)->floor))
    beside (self)->floor = 0;
  return TRUE;
}

/* Judged for the capacity that it is declared in; what else the rules say of it is not asked here. */
static gboolean
apply_again (KanRetrace *self, const KanAct *act, gboolean *applied, GError **error)
{
  g_autoptr(KanCase) c = NULL;

  if (!surround (self, act->seq, error) || !set_floor (self, act->seq, error))
    return FALSE;
  c = kan_case_new_for_act (beside (self), act, NULL);
  *applied = c != NULL;
  if (c == NULL)
    return TRUE;
  /* by whose level or state the profile decides whose hands it takes */
  if (!kan_name_each_answered (c->body, copy_named, self, error) || !set_series (self, c, error))
    return FALSE;
  if (kan_judge (c, KAN_STAGE_BEGIN) && kan_apply (c))
    return TRUE;
  *applied = FALSE;
  if (g_error_matches (c->error, KAN_ERROR, KAN_ERROR_INVALID))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&c->error));
  return FALSE;
}

/* --- comparing ------------------------------------------------------------------------------------------------ */

static gboolean
same_row (KanStmt *stands, KanStmt *should)
{
  for (int i = 0; i < kan_stmt_n_columns (should); i++)
    if (!kan_same_cell (stands, should, i))
      return FALSE;
  return TRUE;
}

/* The rows of a table that belong to the record, in order of their keys; without text and id, all. */
static gboolean
same_rows (KanRetrace *self, const char *sql, const char *text, gint64 id, gboolean *alike, GError **error)
{
  const char *binds = text != NULL && id > 0 ? "si" : text != NULL ? "s" : id > 0 ? "i" : "";
  g_autoptr(KanStmt) stands = NULL, should = NULL;
  g_autoptr(GError) failed = NULL;
  gboolean has_stands = TRUE, has_should = TRUE;

  if (!*alike)
    return TRUE;
  stands = text != NULL ? kan_db_query (self->book->db, error, sql, binds, text, id)
    : kan_db_query (self->book->db, error, sql, binds, id);
  should = stands == NULL ? NULL : text != NULL ? kan_db_query (beside (self)->db, error, sql, binds, text, id)
    : kan_db_query (beside (self)->db, error, sql, binds, id);
  if (should == NULL)
    return FALSE;
  while (*alike && has_should)
    {
      has_stands = kan_stmt_step (stands, &failed);
      has_should = failed == NULL && kan_stmt_step (should, &failed);
      *alike = failed == NULL && has_stands == has_should && (!has_should || same_row (stands, should));
    }
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

static gboolean
same_beside (KanRetrace *self, const KanRegister *reg, gint64 id, gboolean *alike, GError **error)
{
  for (const KanField *field = reg->fields; field->id != NULL; field++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT * FROM %s_%s%s ORDER BY 1, 2", reg->id, field->id,
                                              id > 0 ? " WHERE owner = ?" : "");

      if ((field->type == KAN_REFS || field->type == KAN_ROWS) && !same_rows (self, sql, NULL, id, alike, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
same_record (KanRetrace *self, const char *subject, gboolean *alike, GError **error)
{
  gint64 id = 0;
  const KanRegister *reg = kan_subject_register (self->book, subject, &id);
  g_autofree char *row = reg != NULL ? g_strdup_printf ("SELECT * FROM %s WHERE id = ?", reg->id) : NULL;

  return reg == NULL ||
         (same_rows (self, row, NULL, id, alike, error) && same_beside (self, reg, id, alike, error) &&
          same_rows (self, "SELECT * FROM pending WHERE subject = ?", subject, 0, alike, error) &&
          same_rows (self, "SELECT * FROM hand WHERE subject = ? ORDER BY 1, 2, 3", subject, 0, alike, error) &&
          same_rows (self, "SELECT * FROM step WHERE subject = ? ORDER BY 1", subject, 0, alike, error) &&
          same_rows (self, "SELECT * FROM correction WHERE subject = ? ORDER BY 1, 2", subject, 0, alike, error) &&
          same_rows (self, "SELECT * FROM search WHERE register = ? AND id = ?", reg->id, id, alike, error) &&
          same_rows (self, "SELECT * FROM alike WHERE register = ? AND id = ? ORDER BY 3", reg->id, id, alike, error));
}

/* All that anybody is judged by, not only what names somebody: what is missing is not named. */
static gboolean
same_judging (KanRetrace *self, gboolean *alike, GError **error)
{
  for (const KanRegister **reg = self->book->registry->registers; *reg != NULL; reg++)
    {
      g_autofree char *rows = NULL, *of = NULL;

      if (!(*reg)->judges)
        continue;
      rows = g_strdup_printf ("SELECT * FROM %s ORDER BY 1", (*reg)->id);
      of = g_strconcat ((*reg)->prefix, "[0-9]*", NULL);
      if (!same_rows (self, rows, NULL, 0, alike, error) || !same_beside (self, *reg, 0, alike, error) ||
          !same_rows (self, "SELECT * FROM pending WHERE subject GLOB ?", of, 0, alike, error) ||
          !same_rows (self, "SELECT * FROM hand WHERE subject GLOB ? ORDER BY 1, 2, 3", of, 0, alike, error))
        return FALSE;
    }
  return TRUE;
}

typedef struct { KanRetrace *self; GPtrArray *acts; const char *subject; gboolean fine, alike; } Retracing;

static gboolean
apply_all (KanRetrace *self, GPtrArray *acts, gboolean *applied, GError **error)
{
  g_ptr_array_set_size (beside (self)->profiles, 0);
  self->from = 0;
  beside (self)->edition = self->book->edition;
  for (guint i = 0; i < acts->len; i++)
    g_hash_table_add (self->seqs, &((KanAct *) g_ptr_array_index (acts, i))->seq);
  for (guint i = 0; i < acts->len && *applied; i++)
    if (!apply_again (self, g_ptr_array_index (acts, i), applied, error))
      return FALSE;
  return TRUE;
}

/* Whatever came of it, it is undone: the next question begins with nothing. */
static gboolean
compare_and_undo (KanDb *scratch, gpointer data, GError **error)
{
  Retracing *retracing = data;
  KanRetrace *self = retracing->self;

  (void) scratch;
  self->alone = retracing->subject == NULL;
  retracing->fine = apply_all (self, retracing->acts, &retracing->alike, error) &&
                    (self->alone ? same_judging (self, &retracing->alike, error)
                     : same_record (self, retracing->subject, &retracing->alike, error));
  g_hash_table_remove_all (self->seqs);
  return FALSE;
}

/**
 * kan_retrace_compare:
 * @self: a place beside the file
 * @acts: (element-type KanAct): entries in order of their numbers
 * @subject: (nullable): a record; %NULL: the registers by which everything is judged, of which these are all entries
 * @alike: (out): whether the file says of it, cell by cell, what they add up to
 * @error: return location
 *
 * Where it says so, what stands around the entries played no part; where it does not, something else may have changed
 * the record, and only a replay of everything knows.
 */
gboolean
kan_retrace_compare (KanRetrace *self, GPtrArray *acts, const char *subject, gboolean *alike, GError **error)
{
  Retracing retracing = { self, acts, subject, FALSE, TRUE };

  if (kan_db_transaction (beside (self)->db, compare_and_undo, &retracing, error))
    return FALSE;
  *alike = retracing.fine && retracing.alike;
  return retracing.fine;
}
