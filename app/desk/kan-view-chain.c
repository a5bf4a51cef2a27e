/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chain as a list: the newest acts first, page by page. */
#include "desk/kan-marks.h"
#include "desk/kan-view-private.h"
#include "values/kan-text.h"
#include "values/kan-wareki.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
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
  return text != NULL && !kan_text_is_blank (text, strlen (text)) ? text : NULL;
}

typedef gboolean (*AddFunc) (KanDesk *self, const char *typed, JsonBuilder *found, GError **error);

/* (transfer full): what was found as a JSON list, as the database takes one; NULL: nothing was asked for, or @error */
static char *
list_found (KanDesk *self, const char *typed, AddFunc add, GError **error)
{
  g_autoptr(JsonBuilder) found = json_builder_new_immutable ();
  g_autoptr(JsonNode) list = NULL;

  if (typed == NULL)
    return NULL;
  json_builder_begin_array (found);
  if (!add (self, typed, found, error))
    return NULL;
  json_builder_end_array (found);
  list = json_builder_get_root (found);
  return json_to_string (list, FALSE);
}

/* By login, "P2", name or reading, each also in part. */
static gboolean
add_persons (KanDesk *self, const char *typed, JsonBuilder *found, GError **error)
{
  g_autofree char *subject = kan_book_dup_subject (self->book, typed);
  g_auto(GStrv) words = kan_text_search_words (typed);
  g_autoptr(GError) failed = NULL;
  g_autoptr(KanStmt) stmt = kan_db_prepare (kan_vault_get_db (self->vault),
                                            "SELECT id, 'P' || id, ifnull (name, '') || char (10) || ifnull (kana, '')"
                                            " || char (10) || ifnull (login, '') FROM person", error);

  if (stmt == NULL)
    return FALSE;
  while (kan_stmt_step (stmt, &failed))
    if (g_strcmp0 (kan_stmt_text (stmt, 1), subject) == 0 ||
        (*words != NULL && kan_text_has_words (kan_stmt_text (stmt, 2), words)))
      json_builder_add_int_value (found, kan_stmt_int (stmt, 0));
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/* By their numbers and their own texts, in every register. */
static gboolean
add_subjects (KanDesk *self, const char *typed, JsonBuilder *found, GError **error)
{
  const KanRegister **reg = kan_book_get_registry (self->book)->registers;
  g_autofree char *numbered = kan_book_dup_subject (self->book, typed);

  if (numbered != NULL)
    json_builder_add_string_value (found, numbered);
  for (; *reg != NULL; reg++)
    {
      g_autoptr(GArray) ids = (*reg)->prefix != NULL ? kan_book_seek (self->book, *reg, typed, FALSE, G_MAXINT, error)
        : g_array_new (FALSE, FALSE, sizeof (guint32));

      if (ids == NULL)
        return FALSE;
      for (guint i = 0; i < ids->len; i++)
        {
          g_autofree char *subject = g_strdup_printf ("%s%u", (*reg)->prefix, g_array_index (ids, guint32, i));

          json_builder_add_string_value (found, subject);
        }
    }
  return TRUE;
}

static GArray *
count_down (gint64 from)
{
  GArray *seqs = g_array_sized_new (FALSE, FALSE, sizeof (guint32), (guint) MAX (from, 0));

  for (guint32 seq = (guint32) MAX (from, 0); seq > 0; seq--)
    g_array_append_val (seqs, seq);
  return seqs;
}

#define SQL_REST " AND (?2 IS NULL OR actor IN (SELECT value FROM json_each (?2))) AND (?3 IS NULL OR kind = ?3)" \
                 " AND (?4 IS NULL OR EXISTS (SELECT 1 FROM json_each (?4) k WHERE json_valid (body)" \
                 " AND json_type (body, '$.' || k.value) IS NOT NULL))" \
                 " AND (?5 IS NULL OR at >= ?5) AND (?6 IS NULL OR at < ?6) ORDER BY seq DESC"

/* A filter as the database is asked. */
typedef struct { char *subjects, *persons, *keys, *from, *before; } Question;

static void
question_clear (Question *self)
{
  g_free (self->subjects);
  g_free (self->persons);
  g_free (self->keys);
  g_free (self->from);
  g_free (self->before);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Question, question_clear)

/* The index on the subject holds its numbers; all else is looked for in the chain itself. */
static KanStmt *
ask_acts (KanDesk *self, const KanActFilter *filter, const Question *question, GError **error)
{
  const char *sql = question->subjects != NULL
                    ? "SELECT seq FROM act WHERE subject IN (SELECT value FROM json_each (?1))" SQL_REST
                    : "SELECT seq FROM act WHERE ?1 IS NULL" SQL_REST;

  return kan_db_query (kan_vault_get_db (self->vault), error, sql, "ssssss", question->subjects, question->persons,
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
  g_autoptr(GError) failed = NULL;

  question->persons = list_found (self, said (filter->actor), add_persons, &failed);
  if (failed == NULL)
    question->subjects = list_found (self, said (filter->subject), add_subjects, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  return find_marks (said (filter->marked), &question->keys, error) &&
         find_moment (said (filter->since), 0, &question->from, error) &&
         find_moment (said (filter->until), 1, &question->before, error);
}

static gboolean
is_empty (const KanActFilter *filter)
{
  return said (filter->subject) == NULL && said (filter->actor) == NULL && said (filter->kind) == NULL &&
         said (filter->marked) == NULL && said (filter->since) == NULL && said (filter->until) == NULL;
}

static gboolean
read_seqs (KanStmt *stmt, GArray *seqs, GError **error)
{
  g_autoptr(GError) failed = NULL;

  while (kan_stmt_step (stmt, &failed))
    {
      guint32 seq = (guint32) kan_stmt_int (stmt, 0);

      g_array_append_val (seqs, seq);
    }
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/**
 * kan_desk_order_acts:
 * @self: an unlocked desk
 * @filter: (nullable): which acts; %NULL: every one. A record is told by its number or by words of its own texts, a
 *   person by login, number or parts of the name, in any width, case, kana and form of a character
 * @error: %KAN_ERROR_USAGE where there is no such mark or day
 *
 * Returns: (transfer full) (element-type guint32): numbers of acts, the newest first
 */
GArray *
kan_desk_order_acts (KanDesk *self, const KanActFilter *filter, GError **error)
{
  g_autoptr(GArray) seqs = NULL;
  g_autoptr(KanStmt) stmt = NULL;
  g_auto(Question) question = { 0 };
  gint64 n = kan_desk_n_acts (self, error);

  if (n < 0 || (filter != NULL && !read_filter (self, filter, &question, error)))
    return NULL;
  if (filter == NULL || is_empty (filter))
    return count_down (n);
  seqs = count_down (0);
  if (g_strcmp0 (question.persons, "[]") == 0 || g_strcmp0 (question.subjects, "[]") == 0)
    return g_steal_pointer (&seqs);
  stmt = ask_acts (self, filter, &question, error);
  return stmt != NULL && read_seqs (stmt, seqs, error) ? g_steal_pointer (&seqs) : NULL;
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

/* --- search over everything ------------------------------------------------------------------------------------- */

/* Kinds whose title has the word. */
static gboolean
add_titled (KanDesk *self, const char *typed, JsonBuilder *found, G_GNUC_UNUSED GError **error)
{
  g_auto(GStrv) words = kan_text_search_words (typed);

  for (const KanRegister **reg = kan_book_get_registry (self->book)->registers; *words != NULL && *reg != NULL; reg++)
    for (const KanKind *kind = (*reg)->kinds; kind != NULL && kind->id != NULL; kind++)
      if (kan_text_has_words (kan_label (&kind->title, kan_speaks_japanese ()), words))
        json_builder_add_string_value (found, kind->id);
  return TRUE;
}

/* One way in which an entry has the word: nothing is asked of the chain where nothing is called so. */
static void
append_way (GString *sql, GPtrArray *values, const char *way, char *value)
{
  if (value == NULL || strcmp (value, "[]") == 0)
    {
      g_free (value);
      return;
    }
  g_string_append_printf (sql, " OR %s", way);
  g_ptr_array_add (values, value);
}

static gboolean
append_word (KanDesk *self, const char *word, GString *sql, GPtrArray *values, GError **error)
{
  g_autofree char *key = kan_text_search_key (word);
  KanDay day = kan_wareki_parse (word);
  g_autoptr(GError) failed = NULL;

  if (*key != '\0' && strlen (key) < 10 && strspn (key, "0123456789") == strlen (key))
    append_way (sql, values, "seq = CAST (? AS INTEGER)", g_strdup (key));
  append_way (sql, values, "subject = ?", kan_book_dup_subject (self->book, word));
  append_way (sql, values, "kind IN (SELECT value FROM json_each (?))", list_found (self, word, add_titled, &failed));
  if (failed == NULL)
    append_way (sql, values, "actor IN (SELECT value FROM json_each (?))",
                list_found (self, word, add_persons, &failed));
  if (day != KAN_DAY_NONE)
    {
      append_way (sql, values, "(at >= ?", kan_utc_format (kan_day_to_utc (day)));
      g_string_append (sql, " AND at < ?)");
      g_ptr_array_add (values, kan_utc_format (kan_day_to_utc (day + 1)));
    }
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/* The statement that finds entries which have each word in one way or another; NULL: nothing is called so, or @error */
static char *
compose_search (KanDesk *self, const char *words, GPtrArray *values, GError **error)
{
  g_autofree char *valid = g_utf8_make_valid (words, -1);
  g_auto(GStrv) list = kan_text_split (valid);
  g_autoptr(GString) sql = g_string_new ("SELECT seq FROM act WHERE 1");

  for (char **word = list; *word != NULL; word++)
    {
      guint n = values->len;

      g_string_append (sql, " AND (0");
      if (!append_word (self, *word, sql, values, error) || values->len == n)
        return NULL;
      g_string_append (sql, ")");
    }
  return *list != NULL ? g_string_free (g_steal_pointer (&sql), FALSE) : NULL;
}

/**
 * kan_desk_search_acts:
 * @self: an unlocked desk
 * @words: words of which an entry has each: in its number, its act's title, its record's number, the name or login of
 *   who signed it, or the day on which
 * @n_max: how many at most
 * @error: return location
 *
 * Returns: (transfer full) (element-type KanViewAct): entries with all of them, the newest first
 */
GPtrArray *
kan_desk_search_acts (KanDesk *self, const char *words, guint n_max, GError **error)
{
  g_autoptr(GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GArray) seqs = count_down (0);
  g_autoptr(GError) failed = NULL;
  g_autofree char *found = compose_search (self, words, values, &failed), *sql = NULL;
  g_autoptr(KanStmt) stmt = NULL;

  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return NULL;
    }
  if (found != NULL)
    {
      sql = g_strdup_printf ("%s ORDER BY seq DESC LIMIT %u", found, n_max);
      stmt = kan_db_prepare (kan_vault_get_db (self->vault), sql, error);
      for (guint i = 0; stmt != NULL && i < values->len; i++)
        kan_stmt_set_text (stmt, (int) i + 1, g_ptr_array_index (values, i));
      if (stmt == NULL || !read_seqs (stmt, seqs, error))
        return NULL;
    }
  return kan_desk_page_acts (self, (const guint32 *) seqs->data, seqs->len, error);
}
