/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding records and acts by name: search over everything, the command palette, pickers. */
#include "desk/kan-view-private.h"

#include "acts/kan-record-check.h"
#include "values/kan-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
hit_free (KanViewHit *self)
{
  g_free (self->subject);
  g_free (self->name);
  g_free (self->register_title);
  g_free (self->state_label);
  g_free (self->kind);
  g_free (self->reason);
  g_free (self);
}

static GPtrArray *
hits_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) hit_free);
}

static char *
state_of (KanDesk *self, const KanRegister *reg, gint64 id)
{
  g_autofree char *sql = g_strdup_printf ("SELECT state FROM %s WHERE id = ?", reg->id);

  return kan_db_get_text (kan_book_get_db (self->book), NULL, sql, "i", id);
}

/* Nothing where there is no such record. */
static void
add_record (KanDesk *self, GPtrArray *hits, const KanRegister *reg, gint64 id)
{
  g_autofree char *state = state_of (self, reg, id);
  KanViewHit *hit;

  if (state == NULL)
    return;
  hit = g_new0 (KanViewHit, 1);
  hit->subject = g_strdup_printf ("%s%" G_GINT64_FORMAT, reg->prefix, id);
  hit->name = kan_view_name (self->book, hit->subject);
  hit->register_title = g_strdup (kan_label (&reg->title, kan_speaks_japanese ()));
  hit->state_label = g_strdup (kan_state_label (reg, state, kan_speaks_japanese ()));
  g_ptr_array_add (hits, hit);
}

/* "m12", typed in whatever width. */
static const KanRegister *
subject_typed (KanDesk *self, const char *words, gint64 *id)
{
  g_autofree char *subject = kan_book_dup_subject (self->book, words);
  const KanRegister *reg = subject != NULL ? kan_book_register_of (self->book, subject) : NULL;

  *id = reg != NULL ? g_ascii_strtoll (subject + strlen (reg->prefix), NULL, 10) : 0;
  return reg;
}

static gboolean
is_among (const GPtrArray *hits, const char *prefix, gint64 id)
{
  g_autofree char *subject = g_strdup_printf ("%s%" G_GINT64_FORMAT, prefix, id);

  for (guint i = 0; i < hits->len; i++)
    if (g_strcmp0 (((KanViewHit *) g_ptr_array_index ((GPtrArray *) hits, i))->subject, subject) == 0)
      return TRUE;
  return FALSE;
}

/* --- search over everything ----------------------------------------------------------------------------------- */

static gboolean
search_register (KanDesk *self, const KanRegister *reg, const char *words, gboolean shown, guint n_max,
                 GPtrArray *hits, GError **error)
{
  g_autoptr(GArray) ids = kan_book_seek (self->book, reg, words, shown, n_max, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (!is_among (hits, reg->prefix, g_array_index (ids, guint32, i)))
      add_record (self, hits, reg, g_array_index (ids, guint32, i));
  return ids != NULL;
}

static gboolean
is_begun_by_hand (KanDesk *self, const KanKind *kind)
{
  g_autofree char *may = kan_kind_may (self->book, kind);

  return kind->from == NULL && may != NULL && (kind->flags & (KAN_INTERNAL | KAN_CLAIMS)) == 0;
}

static void
add_kinds (KanDesk *self, const KanRegister *reg, char **words, GPtrArray *hits)
{
  for (const KanKind *kind = reg->kinds; kind != NULL && kind->id != NULL; kind++)
    {
      const char *title = kan_view_title (self->book, kind);
      KanViewHit *hit;

      if (!is_begun_by_hand (self, kind) || !kan_text_has_words (title, words))
        continue;
      hit = g_new0 (KanViewHit, 1);
      hit->kind = g_strdup (kind->id);
      hit->name = g_strdup (title);
      hit->register_title = g_strdup (kan_label (&reg->title, kan_speaks_japanese ()));
      hit->state_label = g_strdup ("");
      g_ptr_array_add (hits, hit);
    }
}

/* What is called so comes before what has the words beside its name. */
static gboolean
add_records (KanDesk *self, const char *words, guint n_max, GPtrArray *hits, GError **error)
{
  const KanRegister **registers = kan_book_get_registry (self->book)->registers;

  for (guint shown = 0; shown < 2; shown++)
    for (const KanRegister **reg = registers; *reg != NULL && hits->len < n_max; reg++)
      if ((*reg)->prefix != NULL && !search_register (self, *reg, words, shown, n_max, hits, error))
        return FALSE;
  return TRUE;
}

/**
 * kan_desk_search:
 * @self: an unlocked desk
 * @words: words that must all occur, in any width, kana and form of a character; or a record's number, "M12"
 * @n_max: how many at most
 * @error: %KAN_ERROR_DAMAGED where an index of the registers is not what they hold: some would be passed over
 *
 * Returns: (transfer full) (element-type KanViewHit): the record of that number, acts of that name, records with these
 *   words in their own texts, then those that have them in what else lists show of them; of each register the newest
 *   first
 */
GPtrArray *
kan_desk_search (KanDesk *self, const char *words, guint n_max, GError **error)
{
  g_autoptr(GPtrArray) hits = hits_new ();
  g_auto(GStrv) list = kan_text_search_words (words);
  gint64 id = 0;
  const KanRegister *typed = subject_typed (self, words, &id);

  if (*list == NULL)
    return g_steal_pointer (&hits);
  if (!kan_book_check_shown (self->book, error))
    return NULL;
  if (typed != NULL)
    add_record (self, hits, typed, id);
  for (const KanRegister **reg = kan_book_get_registry (self->book)->registers; *reg != NULL; reg++)
    if ((*reg)->prefix != NULL)
      add_kinds (self, *reg, list, hits);
  if (!add_records (self, words, n_max, hits, error))
    return NULL;
  if (hits->len > n_max)
    g_ptr_array_set_size (hits, (int) n_max);
  return g_steal_pointer (&hits);
}

/* --- pickers -------------------------------------------------------------------------------------------------- */

/* A register or a list by its name. */
static const KanRegister *
find_source (KanDesk *self, const char *name, const char **list)
{
  const KanRegister *reg = kan_book_find_register (self->book, name);

  *list = NULL;
  if (reg != NULL)
    return reg->prefix != NULL ? reg : NULL;
  for (const KanRegister **one = kan_book_get_registry (self->book)->registers; *one != NULL; one++)
    for (const KanList *found = (*one)->lists; found != NULL && found->id != NULL; found++)
      if (strcmp (found->id, name) == 0)
        {
          *list = found->id;
          return *one;
        }
  return NULL;
}

/* What was taken back is nobody's answer. */
static gboolean
is_live (KanDesk *self, const KanRegister *reg, gint64 id)
{
  g_autofree char *state = state_of (self, reg, id);

  return state != NULL && strcmp (state, "void") != 0;
}

/* (transfer full) (element-type gint64): those that may still be answered, the newest first, at most @n_max */
static GArray *
list_live (KanDesk *self, KanTable *table, const KanRegister *reg, guint n_max, const GPtrArray *hits)
{
  GArray *live = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint row = kan_table_n_rows (table); row > 0 && live->len < n_max; row--)
    {
      gint64 id = kan_table_get_id (table, row - 1);

      if (is_live (self, reg, id) && !is_among (hits, reg->prefix, id))
        g_array_append_val (live, id);
    }
  return live;
}

/* All of them in order; where there are more than find room, the newest first. */
static gboolean
add_candidates (KanDesk *self, const char *name, const char *words, guint n_max, GPtrArray *hits, GError **error)
{
  const char *list = NULL;
  const KanRegister *reg = find_source (self, name, &list);
  g_autoptr(KanTable) table = reg != NULL ? kan_table_new (self->book, reg, list, NULL, 0, words, error) : NULL;
  guint room = n_max - MIN (n_max, hits->len);
  g_autoptr(GArray) live = table != NULL ? list_live (self, table, reg, room + 1, hits) : NULL;

  if (reg == NULL)
    g_set_error (error, KAN_ERROR, KAN_ERROR_USAGE, _("there is no list “%s”"), name);
  for (guint i = 0; live != NULL && i < MIN (live->len, room); i++)
    add_record (self, hits, reg, g_array_index (live, gint64, live->len > room ? i : live->len - 1 - i));
  return table != NULL;
}

/* By its number: what the list leaves out may still be answered, the judge has the last word. */
static void
add_typed (KanDesk *self, const char *const *names, const char *words, GPtrArray *hits)
{
  gint64 id = 0;
  const KanRegister *typed = subject_typed (self, words, &id);
  const char *list = NULL;

  for (; typed != NULL && *names != NULL; names++)
    if (find_source (self, *names, &list) == typed && !is_among (hits, typed->prefix, id))
      {
        add_record (self, hits, typed, id);
        return;
      }
}

/**
 * kan_desk_candidates:
 * @self: an unlocked desk
 * @of: registers or lists with "|" between, as a question names them
 * @words: (nullable): words that must occur, or a record's number; %NULL: anything
 * @n_max: how many at most
 * @error: %KAN_ERROR_USAGE where there is no such register or list, %KAN_ERROR_DAMAGED as kan_desk_search() says
 *
 * Returns: (transfer full) (element-type KanViewHit): what may be picked
 */
GPtrArray *
kan_desk_candidates (KanDesk *self, const char *of, const char *words, guint n_max, GError **error)
{
  g_autoptr(GPtrArray) hits = hits_new ();
  g_auto(GStrv) names = g_strsplit (of, "|", -1);
  const char *said = words != NULL && *words != '\0' ? words : NULL;

  if (!kan_book_check_shown (self->book, error))
    return NULL;
  if (said != NULL)
    add_typed (self, (const char *const *) names, said, hits);
  for (char **name = names; *name != NULL && hits->len < n_max; name++)
    if (!add_candidates (self, *name, said, n_max, hits, error))
      return NULL;
  return g_steal_pointer (&hits);
}

/**
 * kan_desk_weigh:
 * @self: an unlocked desk
 * @hits: (element-type KanViewHit): what may be picked
 * @kind: for which act
 * @key: as the answer to which of its questions
 * @now: seconds of UTC
 * @error: return location
 *
 * Tells of each record what is said against naming it, where the act is about what that question names; those that
 * nothing is said against come first.
 *
 * Returns: whether it could be told
 */
gboolean
kan_desk_weigh (KanDesk *self, GPtrArray *hits, const char *kind, const char *key, gint64 now, GError **error)
{
  guint fit = 0;

  for (guint i = 0; i < hits->len; i++)
    {
      KanViewHit *hit = g_ptr_array_index (hits, i);
      const KanAsk *about = kan_view_about (self->book, kind, hit->subject);
      g_autoptr(GError) failed = NULL;

      if (about != NULL && strcmp (about->key, key) == 0)
        hit->reason = kan_view_misfit (self, kind, hit->subject, now, NULL, &failed);
      if (failed != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failed));
          return FALSE;
        }
      if (hit->reason == NULL)
        g_ptr_array_insert (hits, (int) fit++, g_ptr_array_steal_index (hits, i));
    }
  return TRUE;
}
