/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happened to a record, read from the chain and from what the machinery keeps beside it. */
#include "acts/kan-timeline.h"

#include "acts/kan-book-private.h"

#include <string.h>

static void
step_free (KanStep *self)
{
  kan_act_free (self->act);
  g_free (self->before);
  g_free (self->after);
  g_free (self);
}

static void
correction_free (KanCorrection *self)
{
  g_free (self->key);
  g_free (self->old_value);
  g_free (self->new_value);
  g_free (self);
}

/**
 * kan_book_list_steps:
 * @self: a book
 * @subject: "M12"
 * @error: return location
 *
 * Returns: (transfer full) (element-type KanStep): the acts upon that record, hands included, in order
 */
GPtrArray *
kan_book_list_steps (KanBook *self, const char *subject, GError **error)
{
  g_autoptr(GPtrArray) steps = g_ptr_array_new_with_free_func ((GDestroyNotify) step_free);
  g_autoptr(KanStmt) stmt = kan_db_query (self->db, error,
                                          "SELECT seq, before, after FROM step WHERE subject = ? ORDER BY seq",
                                          "s", subject);
  g_autoptr(GError) failed = NULL;

  if (stmt == NULL)
    return NULL;
  while (kan_stmt_step (stmt, &failed))
    {
      KanStep *step = g_new0 (KanStep, 1);

      g_ptr_array_add (steps, step);
      step->before = g_strdup (kan_stmt_text (stmt, 1));
      step->after = g_strdup (kan_stmt_text (stmt, 2));
      step->act = kan_ledger_need (self->chain, kan_stmt_int (stmt, 0), error);
      if (step->act == NULL)
        return NULL;
      step->kind = kan_book_find_kind (self, step->act->kind, &step->reg);
    }
  if (failed == NULL)
    return g_steal_pointer (&steps);
  g_propagate_error (error, g_steal_pointer (&failed));
  return NULL;
}

static const KanField *
field_of_answer (KanBook *self, gint64 seq, const char *key)
{
  g_autoptr(KanAct) act = kan_ledger_get (self->chain, seq, NULL);
  const KanRegister *reg = NULL;
  const KanKind *kind = act != NULL ? kan_book_find_kind (self, act->kind, &reg) : NULL;

  return kan_kind_find_field (kind, reg, key);
}

/**
 * kan_book_list_corrections:
 * @self: a book
 * @subject: "M12"
 * @error: return location
 *
 * Returns: (transfer full) (element-type KanCorrection): what was corrected there (訂正), in order
 */
GPtrArray *
kan_book_list_corrections (KanBook *self, const char *subject, GError **error)
{
  g_autoptr(GPtrArray) corrections = g_ptr_array_new_with_free_func ((GDestroyNotify) correction_free);
  g_autoptr(KanStmt) stmt = kan_db_query (self->db, error,
                                          "SELECT seq, act, key, old, new FROM correction WHERE subject = ?"
                                          " ORDER BY seq, key", "s", subject);
  g_autoptr(GError) failed = NULL;

  if (stmt == NULL)
    return NULL;
  while (kan_stmt_step (stmt, &failed))
    {
      KanCorrection *correction = g_new0 (KanCorrection, 1);

      g_ptr_array_add (corrections, correction);
      correction->seq = kan_stmt_int (stmt, 0);
      correction->act = kan_stmt_int (stmt, 1);
      correction->key = g_strdup (kan_stmt_text (stmt, 2));
      correction->old_value = g_strdup (kan_stmt_text (stmt, 3));
      correction->new_value = g_strdup (kan_stmt_text (stmt, 4));
      correction->field = field_of_answer (self, correction->act, correction->key);
    }
  if (failed == NULL)
    return g_steal_pointer (&corrections);
  g_propagate_error (error, g_steal_pointer (&failed));
  return NULL;
}

static gboolean
add_referring (KanBook *self, const KanRegister *reg, const KanField *field, const char *subject, gint64 id,
               GPtrArray *found, GError **error)
{
  g_autofree char *sql = NULL;
  g_autoptr(KanStmt) stmt = NULL;
  g_autoptr(GError) failed = NULL;

  if (field->type == KAN_REFS)
    sql = g_strdup_printf ("SELECT owner FROM %s_%s WHERE value = ?1 OR value = ?2 ORDER BY 1", reg->id, field->id);
  else
    sql = g_strdup_printf ("SELECT id FROM %s WHERE %s IN (?1, ?2) ORDER BY 1", reg->id, field->id);
  stmt = kan_db_query (self->db, error, sql, "is", id, strchr (field->of, '|') != NULL ? subject : NULL);
  if (stmt == NULL)
    return FALSE;
  while (kan_stmt_step (stmt, &failed))
    {
      g_autofree char *other = g_strdup_printf ("%s%" G_GINT64_FORMAT, reg->prefix, kan_stmt_int (stmt, 0));

      if (strcmp (other, subject) != 0 && !g_ptr_array_find_with_equal_func (found, other, g_str_equal, NULL))
        g_ptr_array_add (found, g_steal_pointer (&other));
    }
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

static gboolean
may_name (KanBook *self, const KanField *field, const KanRegister *target)
{
  return (field->type == KAN_REF || field->type == KAN_REFS) && kan_field_offers (self, field, target);
}

/* By fields that have all of @flags. */
static GPtrArray *
list_naming (KanBook *self, const char *subject, guint flags, GError **error)
{
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  gint64 id = 0;
  const KanRegister *target = kan_subject_register (self, subject, &id);

  for (const KanRegister **reg = self->registry->registers; target != NULL && *reg != NULL; reg++)
    for (const KanField *field = (*reg)->prefix != NULL ? (*reg)->fields : NULL; field != NULL &&
         field->id != NULL; field++)
      if ((field->flags & flags) == flags && may_name (self, field, target) &&
          !add_referring (self, *reg, field, subject, id, found, error))
        return NULL;
  return g_steal_pointer (&found);
}

/**
 * kan_book_list_referring:
 * @self: a book
 * @subject: "M12"
 * @error: return location
 *
 * Returns: (transfer full) (element-type utf8): records that refer to that one, "B3", register by register
 */
GPtrArray *
kan_book_list_referring (KanBook *self, const char *subject, GError **error)
{
  return list_naming (self, subject, 0, error);
}

/**
 * kan_book_list_told:
 * @self: a book
 * @subject: "M12"
 * @error: return location
 *
 * Returns: (transfer full) (element-type utf8): the records whose acts are told on that one's timeline, as their
 *   registers declare it (%KAN_TOLD_THERE): of a medium its recordings, take-outs and destructions
 */
GPtrArray *
kan_book_list_told (KanBook *self, const char *subject, GError **error)
{
  return list_naming (self, subject, KAN_TOLD_THERE, error);
}

static int
compare_steps (gconstpointer a, gconstpointer b)
{
  gint64 one = (*(const KanStep *const *) a)->act->seq, other = (*(const KanStep *const *) b)->act->seq;

  return one < other ? -1 : one > other;
}

/**
 * kan_book_list_course:
 * @self: a book
 * @subject: "M12"
 * @error: return location
 *
 * Returns: (transfer full) (element-type KanStep): what happened to that record (経過), in order: the acts upon it, and
 *   those upon records whose acts are told there, each with the states of the record that it is upon
 */
GPtrArray *
kan_book_list_course (KanBook *self, const char *subject, GError **error)
{
  g_autoptr(GPtrArray) course = kan_book_list_steps (self, subject, error);
  g_autoptr(GPtrArray) told = course != NULL ? kan_book_list_told (self, subject, error) : NULL;

  if (told == NULL)
    return NULL;
  for (guint i = 0; i < told->len; i++)
    {
      GPtrArray *steps = kan_book_list_steps (self, g_ptr_array_index (told, i), error);

      if (steps == NULL)
        return NULL;
      g_ptr_array_extend_and_steal (course, steps);
    }
  g_ptr_array_sort (course, compare_steps);
  return g_steal_pointer (&course);
}

static gboolean
names (const KanBody *body, const char *key, const char *subject)
{
  const char **list = kan_body_get_list (body, key);

  return list != NULL ? g_strv_contains (list, subject) : g_strcmp0 (kan_body_get_text (body, key), subject) == 0;
}

/**
 * kan_book_named_as:
 * @self: a book
 * @act: an act upon a record that is told on another's timeline
 * @subject: that other record
 *
 * Returns: (transfer none) (nullable): as what the act names it, where that is more than what tells of it: a medium
 *   that did not come back; %NULL for most
 */
const KanField *
kan_book_named_as (KanBook *self, const KanAct *act, const char *subject)
{
  const KanRegister *reg = NULL, *target = kan_book_register_of (self, subject);
  const KanKind *kind = act->kind != NULL ? kan_book_find_kind (self, act->kind, &reg) : NULL;
  g_autoptr(KanBody) body = NULL;

  if (kind == NULL || target == NULL || g_strcmp0 (act->subject, subject) == 0)
    return NULL;
  body = kan_body_decode (act->body, act->body_size, NULL);
  for (const KanAsk *ask = kind->asks; body != NULL && ask != NULL && ask->key != NULL; ask++)
    {
      const KanField *field = kan_ask_find_field (reg, ask);

      if (field != NULL && (field->flags & KAN_TOLD_THERE) == 0 && may_name (self, field, target) &&
          names (body, ask->key, subject))
        return field;
    }
  return NULL;
}

/**
 * kan_detached_holds:
 * @row: digest, salt and content of a text that lies apart
 *
 * A salt of another length could have been given a part of the text, or the text a part of it.
 *
 * Returns: whether it is what was signed
 */
gboolean
kan_detached_holds (KanStmt *row)
{
  g_autofree char *digest = NULL;
  gsize salt_size = 0, size = 0;
  const guint8 *salt = kan_stmt_bytes (row, 1, &salt_size), *content = kan_stmt_bytes (row, 2, &size);
  KanHasher hasher;
  KanHash hash;

  if (salt_size != sizeof ((KanDetached *) NULL)->salt)
    return FALSE;
  kan_hasher_init (&hasher, NULL);
  kan_hasher_update (&hasher, salt, salt_size);
  kan_hasher_update (&hasher, content, size);
  kan_hasher_finish (&hasher, &hash);
  digest = kan_hex (hash.bytes, sizeof hash.bytes);
  return g_strcmp0 (digest, kan_stmt_text (row, 0)) == 0;
}

/**
 * kan_book_dup_text:
 * @self: a book
 * @digest: what stands in a body for free text
 * @japanese: in which language it is said that it is another
 *
 * Returns: (transfer full) (nullable): the text, or in its place that it is not the one that was signed; %NULL where it
 *   was removed
 */
char *
kan_book_dup_text (KanBook *self, const char *digest, gboolean japanese)
{
  static const KanLabel altered = L ("(not what was signed)", "（署名された文と異なります）");
  g_autoptr(KanStmt) row = kan_db_query (self->chain, NULL, "SELECT digest, salt, content FROM detached"
                                                            " WHERE digest = ?", "s", digest);

  if (row == NULL || !kan_stmt_step (row, NULL))
    return NULL;
  return g_strdup (kan_detached_holds (row) ? kan_stmt_text (row, 2) : kan_label (&altered, japanese));
}
