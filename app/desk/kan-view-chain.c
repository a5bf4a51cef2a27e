/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chain as a list: the newest acts first, page by page. */
#include "desk/kan-marks.h"
#include "desk/kan-view-private.h"
#include "values/kan-wareki.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
act_free (KanViewAct *self)
{
  if (self == NULL)
    return;
  g_free (self->when);
  g_free (self->who);
  g_free (self->title);
  g_free (self->subject);
  g_free (self->name);
  g_free (self->marks);
  g_free (self->fingerprint);
  g_free (self);
}

/**
 * kan_desk_n_acts:
 * @self: an unlocked desk
 * @error: return location
 *
 * Returns: how long the chain is; -1 where it cannot be read
 */
gint64
kan_desk_n_acts (KanDesk *self, GError **error)
{
  KanHead head;

  return kan_ledger_get_head (kan_vault_get_db (self->vault), &head, error) ? head.seq : -1;
}

static const char *
said (const char *text)
{
  return text != NULL && *text != '\0' ? text : NULL;
}

/* A login, "P2" or a name; 0: nobody is called so. */
static gboolean
find_actor (KanDesk *self, const char *actor, gint64 *person, GError **error)
{
  *person = 0;
  return actor == NULL || kan_db_get_int (kan_vault_get_db (self->vault), person, error,
                                          "SELECT max (id) FROM person WHERE login = ?1 OR 'P' || id = ?1 OR name = ?1",
                                          "s", actor);
}

static GArray *
count_down (gint64 from)
{
  GArray *seqs = g_array_sized_new (FALSE, FALSE, sizeof (guint32), (guint) MAX (from, 0));

  for (guint32 seq = (guint32) MAX (from, 0); seq > 0; seq--)
    g_array_append_val (seqs, seq);
  return seqs;
}

#define SQL_REST " AND (?2 = 0 OR actor = ?2) AND (?3 IS NULL OR kind = ?3) AND (?4 IS NULL OR EXISTS (SELECT 1 FROM" \
                 " json_each (?4) k WHERE json_valid (body) AND json_type (body, '$.' || k.value) IS NOT NULL))" \
                 " AND (?5 IS NULL OR at >= ?5) AND (?6 IS NULL OR at < ?6) ORDER BY seq DESC"

/* A filter as the database is asked. */
typedef struct { gint64 person; char *keys, *from, *before; } Question;

static void
question_clear (Question *self)
{
  g_free (self->keys);
  g_free (self->from);
  g_free (self->before);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Question, question_clear)

/* The index on the subject holds its numbers; all else is looked for in the chain itself. */
static KanStmt *
ask_acts (KanDesk *self, const KanActFilter *filter, const Question *question, GError **error)
{
  const char *subject = said (filter->subject);
  const char *sql = subject != NULL ? "SELECT seq FROM act WHERE subject = ?1" SQL_REST
                                    : "SELECT seq FROM act WHERE ?1 IS NULL" SQL_REST;

  return kan_db_query (kan_vault_get_db (self->vault), error, sql, "sissss", subject, question->person,
                       said (filter->kind), question->keys, question->from, question->before);
}

static gboolean
find_marks (const char *marked, char **keys, GError **error)
{
  KanMarked mark = KAN_MARKED_ANY;

  *keys = NULL;
  if (marked == NULL)
    return TRUE;
  if (!kan_marked_parse (marked, &mark))
    {
      g_set_error (error, KAN_ERROR, KAN_ERROR_USAGE, _("there is no mark “%s”: any, deviation, late, clock, declared"),
                   marked);
      return FALSE;
    }
  *keys = kan_marked_dup_keys (mark);
  return TRUE;
}

/* The moment at which a day begins, or the next one; %NULL stays %NULL. */
static gboolean
find_moment (const char *typed, int days, char **moment, GError **error)
{
  KanDay day = typed == NULL ? KAN_DAY_NONE : kan_day_parse (typed) != KAN_DAY_NONE ? kan_day_parse (typed)
    : kan_wareki_parse (typed);

  *moment = day != KAN_DAY_NONE ? kan_utc_format (kan_day_to_utc (day + days)) : NULL;
  if (typed == NULL || day != KAN_DAY_NONE)
    return TRUE;
  g_set_error (error, KAN_ERROR, KAN_ERROR_USAGE, _("there is no such date as “%s”: write e.g. 2026-02-13"), typed);
  return FALSE;
}

static gboolean
read_filter (KanDesk *self, const KanActFilter *filter, Question *question, GError **error)
{
  return find_actor (self, said (filter->actor), &question->person, error) &&
         find_marks (said (filter->marked), &question->keys, error) &&
         find_moment (said (filter->since), 0, &question->from, error) &&
         find_moment (said (filter->until), 1, &question->before, error);
}

static gboolean
is_empty (const KanActFilter *filter)
{
  return said (filter->subject) == NULL && said (filter->actor) == NULL && said (filter->kind) == NULL &&
         said (filter->marked) == NULL && said (filter->since) == NULL && said (filter->until) == NULL;
}

/**
 * kan_desk_order_acts:
 * @self: an unlocked desk
 * @filter: (nullable): which acts; %NULL: every one
 * @error: %KAN_ERROR_USAGE where there is no such mark or day
 *
 * Returns: (transfer full) (element-type guint32): numbers of acts, the newest first
 */
GArray *
kan_desk_order_acts (KanDesk *self, const KanActFilter *filter, GError **error)
{
  g_autoptr(GArray) seqs = NULL;
  g_autoptr(KanStmt) stmt = NULL;
  g_autoptr(GError) failed = NULL;
  g_auto(Question) question = { 0 };
  gint64 n = kan_desk_n_acts (self, error);

  if (n < 0 || (filter != NULL && !read_filter (self, filter, &question, error)))
    return NULL;
  if (filter == NULL || is_empty (filter))
    return count_down (n);
  seqs = count_down (0);
  if (said (filter->actor) != NULL && question.person == 0)
    return g_steal_pointer (&seqs);
  stmt = ask_acts (self, filter, &question, error);
  if (stmt == NULL)
    return NULL;
  while (kan_stmt_step (stmt, &failed))
    {
      guint32 seq = (guint32) kan_stmt_int (stmt, 0);

      g_array_append_val (seqs, seq);
    }
  if (failed == NULL)
    return g_steal_pointer (&seqs);
  g_propagate_error (error, g_steal_pointer (&failed));
  return NULL;
}

/* The same few people sign on the same day. */
static char *
who (KanBook *book, const KanAct *act, GHashTable *known)
{
  gint64 seconds = 0;
  g_autofree char *day = kan_utc_parse (act->at, &seconds) ? kan_day_format (kan_day_of_utc (seconds)) : g_strdup ("");
  g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT " %s", act->actor, day);
  char *found = g_hash_table_lookup (known, key);

  if (found == NULL)
    {
      found = kan_view_person (book, act->actor, day, NULL);
      g_hash_table_insert (known, g_steal_pointer (&key), found);
    }
  return g_strdup (found);
}

/* The same few records are acted upon again and again. */
static char *
name_of (KanBook *book, const char *subject, GHashTable *known)
{
  if (subject == NULL)
    return NULL;
  if (!g_hash_table_contains (known, subject))
    g_hash_table_insert (known, g_strdup (subject), kan_view_name (book, subject));
  return g_strdup (g_hash_table_lookup (known, subject));
}

static KanViewAct *
view_act (KanBook *book, const KanAct *act, GHashTable *known)
{
  g_autofree char *fingerprint = kan_fingerprint (act->key);
  KanViewAct *self = g_new0 (KanViewAct, 1);
  gint64 voided = 0;

  self->seq = act->seq;
  self->when = kan_view_utc (act->at);
  self->who = who (book, act, known);
  self->title = kan_view_act_words (book, act);
  self->subject = g_strdup (act->subject);
  self->name = name_of (book, act->subject, known);
  self->marks = kan_view_marks (book, act);
  self->fingerprint = kan_view_key (fingerprint);
  self->voided = kan_db_get_int (kan_book_get_db (book), &voided, NULL,
                                 "SELECT count(*) FROM step WHERE seq = ? AND voided IS NOT NULL", "i", act->seq) &&
                 voided > 0;
  return self;
}

/**
 * kan_desk_page_acts:
 * @self: an unlocked desk
 * @seqs: (array length=n): numbers of acts
 * @n: how many
 * @error: return location
 *
 * Returns: (transfer full) (element-type KanViewAct): these, in that order; %NULL for one that is missing
 */
GPtrArray *
kan_desk_page_acts (KanDesk *self, const guint32 *seqs, guint n, GError **error)
{
  g_autoptr(GPtrArray) page = g_ptr_array_new_full (n, (GDestroyNotify) act_free);
  g_autoptr(GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(GError) failed = NULL;
      g_autoptr(KanAct) act = kan_ledger_get (kan_vault_get_db (self->vault), seqs[i], &failed);

      if (act == NULL && failed != NULL && !g_error_matches (failed, KAN_ERROR, KAN_ERROR_DAMAGED))
        {
          g_propagate_error (error, g_steal_pointer (&failed));
          return NULL;
        }
      g_ptr_array_add (page, act != NULL ? view_act (self->book, act, known) : NULL);
    }
  return g_steal_pointer (&page);
}
