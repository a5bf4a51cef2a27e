/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chain, readable: `log`. */
#include "cli/kan-cli-private.h"
#include "desk/kan-marks.h"

#include "acts/kan-record-check.h"
#include "acts/kan-timeline.h"
#include "ledger/kan-tail.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define SLICE 512

/* --- log ------------------------------------------------------------------------------------------------------ */

typedef struct
{
  KanCli  *cli;
  KanBook *book;
  char    *subject, *actor, *kind, *since, *until;
  char    *marked;
  KanMarked mark;           /* of `marked` */
  GPtrArray *told;          /* records whose acts are told of `subject`; NULL: none was asked for */
  gint64   person;          /* of `actor`; 0: anybody */
  gint64   last;            /* only so many; 0: all */
  guint    n;               /* written so far */
  const char *tail;         /* under which digest they were set aside; NULL: they stand in the chain */
} Log;

static void
log_clear (Log *self)
{
  g_free (self->subject);
  g_free (self->actor);
  g_free (self->kind);
  g_free (self->marked);
  g_free (self->since);
  g_free (self->until);
  g_clear_pointer (&self->told, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Log, log_clear)

/* A login or "P2". */
static gboolean
find_actor (Log *self, GError **error)
{
  gint64 found = 0;

  if (self->actor == NULL)
    return TRUE;
  if (!kan_db_get_int (kan_book_get_db (self->book), &found, error,
                       "SELECT max (id) FROM person WHERE login = ?1 OR 'P' || id = ?1", "s", self->actor))
    return FALSE;
  self->person = found;
  if (found == 0)
    kan_cli_usage (error, _("there is no person “%s”: a login, or P2"), self->actor);
  return found > 0;
}

/* A record that acts were about, whether it still stands or was voided. */
static gboolean
find_subject (Log *self, GError **error)
{
  gint64 n = 0;

  if (self->subject == NULL)
    return TRUE;
  /* what is told of it on others is found through indexes */
  if (!kan_book_check_shown (self->book, error) ||
      !kan_db_get_int (kan_book_get_db (self->book), &n, error, "SELECT EXISTS (SELECT 1 FROM act WHERE subject = ?1)"
                       " + EXISTS (SELECT 1 FROM rejected WHERE subject = ?1)", "s", self->subject))
    return FALSE;
  if (n == 0)
    kan_cli_refuse_record (self->book, self->subject, error);
  else
    self->told = kan_book_list_told (self->book, self->subject, error);
  return self->told != NULL;
}

static gboolean
is_about (const Log *self, const KanAct *act)
{
  return self->told == NULL || g_strcmp0 (act->subject, self->subject) == 0 ||
         g_ptr_array_find_with_equal_func (self->told, act->subject, g_str_equal, NULL);
}

static gboolean
find_kind (const Log *self, GError **error)
{
  if (self->kind == NULL || kan_book_find_kind (self->book, self->kind, NULL) != NULL)
    return TRUE;
  kan_cli_usage (error, _("there is no act “%s”: see `kanribo acts`"), self->kind);
  return FALSE;
}

static gboolean
has_mark (const Log *self, const KanAct *act)
{
  g_autoptr(KanBody) body = NULL;

  if (self->marked == NULL)
    return TRUE;
  body = kan_body_decode (act->body, act->body_size, NULL);
  return body != NULL && kan_body_is_marked (body, self->mark);
}

static gboolean
is_wanted (const Log *self, const KanAct *act)
{
  gint64 at = 0;
  gboolean told = act->at != NULL && kan_utc_parse (act->at, &at);
  g_autofree char *day = told ? kan_day_format (kan_day_of_utc (at)) : g_strdup ("");

  return is_about (self, act) &&
         (self->person == 0 || act->actor == self->person) &&
         (self->kind == NULL || g_strcmp0 (act->kind, self->kind) == 0) &&
         (self->since == NULL || strcmp (day, self->since) >= 0) &&
         (self->until == NULL || strcmp (day, self->until) <= 0) && has_mark (self, act);
}

static void
write_json (Log *self, const KanAct *act)
{
  g_autoptr(JsonBuilder) json = json_builder_new ();
  g_autofree char *hash = kan_hex (act->hash.bytes, KAN_HASH_SIZE), *text = NULL;

  json_builder_begin_object (json);
  kan_cli_entry_json (json, self->book, act, self->subject);
  kan_json_text (json, "session", act->session);
  kan_json_text (json, "hash", hash);
  kan_json_text (json, "rejected", self->tail);
  json_builder_end_object (json);
  text = kan_json_to_text (json, FALSE);
  printf ("%s\n%s", self->n > 0 ? "," : "", text);
}

static void
write_line (Log *self, KanGrid *grid, const KanAct *act)
{
  const KanLabel *title = kan_book_act_title (self->book, act);

  kan_grid_add_take (grid, g_strdup_printf ("%" G_GINT64_FORMAT, act->seq));
  kan_grid_add_take (grid, act->at != NULL ? kan_cli_show_utc (act->at, self->cli->japanese) : g_strdup (""));
  kan_grid_add_take (grid, kan_cli_person_name (self->book, act->actor));
  kan_grid_add (grid, title != NULL ? kan_label (title, self->cli->japanese) : act->kind != NULL ? act->kind : "");
  kan_grid_add (grid, act->subject != NULL ? act->subject : "");
  kan_grid_add_take (grid, kan_cli_dup_key (act->key));
  kan_grid_add_take (grid, self->tail != NULL ? g_strdup (_("[set aside: not what was signed]"))
                     : kan_cli_entry_words (self->cli, self->book, act, self->subject));
}

/* Slice by slice: memory does not grow with the chain, and columns stay in line within a slice. */
static void
write_slice (Log *self, const GPtrArray *acts)
{
  g_autoptr(KanGrid) grid = kan_grid_new (7);

  for (guint i = 0; i < acts->len; i++)
    {
      const KanAct *act = g_ptr_array_index (acts, i);

      if (!is_wanted (self, act))
        continue;
      if (self->cli->json)
        write_json (self, act);
      else
        write_line (self, grid, act);
      self->n++;
    }
  kan_grid_print (grid, "", 0x1);
}

static gboolean
write_chain (Log *self, gint64 from, gint64 to, GError **error)
{
  for (; from <= to; from += SLICE)
    {
      g_autoptr(GPtrArray) acts = kan_ledger_read (kan_book_get_db (self->book), from, MIN (from + SLICE - 1, to),
                                                   error);

      if (acts == NULL)
        return FALSE;
      write_slice (self, acts);
    }
  return TRUE;
}

/* What was set aside stands in no place of the chain: it follows, marked. */
static gboolean
write_rejected (Log *self, GError **error)
{
  KanDb *db = kan_book_get_db (self->book);
  g_autoptr(KanStmt) tails = kan_db_prepare (db, "SELECT DISTINCT tail FROM rejected ORDER BY tail", error);
  g_autoptr(GError) failed = NULL;

  if (tails == NULL)
    return FALSE;
  while (kan_stmt_step (tails, &failed))
    for (gint64 next = 1; next > 0;)
      {
        g_autoptr(GPtrArray) acts = kan_tail_read_acts (db, kan_stmt_text (tails, 0), next, SLICE, error);

        if (acts == NULL)
          return FALSE;
        self->tail = kan_stmt_text (tails, 0);
        write_slice (self, acts);
        next = acts->len < SLICE ? 0 : ((KanAct *) g_ptr_array_index (acts, acts->len - 1))->seq + 1;
      }
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

static gboolean
write_log (Log *self, GError **error)
{
  KanHead head;
  gint64 from = 1;

  if (!kan_ledger_get_head (kan_book_get_db (self->book), &head, error))
    return FALSE;
  if (self->last > 0)
    from = MAX (1, head.seq - self->last + 1);
  if (self->cli->json)
    printf ("{\"acts\":[");
  if (!write_chain (self, from, head.seq, error) || (self->last == 0 && !write_rejected (self, error)))
    return FALSE;
  if (self->cli->json)
    puts ("]}");
  if (self->n == 0)
    kan_cli_note ("%s", self->last > 0 ? _("no entry matches among the last that --last looks at")
                  : _("no entry matches"));
  return TRUE;
}

static gboolean
check_options (Log *self, KanMarked *mark, GError **error)
{
  char **days[] = { &self->since, &self->until };

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      char *iso = *days[i] != NULL ? kan_cli_read_day (*days[i], error) : NULL;

      if (*days[i] != NULL && iso == NULL)
        return FALSE;
      g_free (*days[i]);
      *days[i] = iso;
    }
  if (self->since != NULL && self->until != NULL && strcmp (self->until, self->since) < 0)
    {
      kan_cli_usage (error, _("--until %s is before --since %s: exchange them"), self->until, self->since);
      return FALSE;
    }
  if (self->marked != NULL && !kan_marked_parse (self->marked, mark))
    {
      kan_cli_usage (error, _("there is no mark “%s”: any, deviation, late, clock, declared"), self->marked);
      return FALSE;
    }
  if (self->last >= 0)
    return TRUE;
  kan_cli_usage (error, _("--last takes how many entries are meant, e.g. 20"));
  return FALSE;
}

/**
 * kan_cli_log:
 * @self: the command line
 * @error: the world's
 *
 * `log FILE [--subject S] [--actor L]`
 *
 * Returns: the exit status
 */
int
kan_cli_log (KanCli *self, GError **error)
{
  g_auto(Log) log = { .cli = self };
  const GOptionEntry entries[] = {
    { "subject", 0, 0, G_OPTION_ARG_FILENAME, &log.subject,
      N_("only acts upon this record, and upon others that are told of it"), N_("S") },
    { "actor", 0, 0, G_OPTION_ARG_FILENAME, &log.actor, N_("only acts of this person"), N_("L") },
    { "kind", 0, 0, G_OPTION_ARG_FILENAME, &log.kind, N_("only acts of this kind"), N_("KIND") },
    { "marked", 0, 0, G_OPTION_ARG_STRING, &log.marked,
      N_("only acts with this mark: any, deviation, late, clock, declared"), N_("MARK") },
    { "since", 0, 0, G_OPTION_ARG_FILENAME, &log.since, N_("from this day on"), N_("DATE") },
    { "until", 0, 0, G_OPTION_ARG_FILENAME, &log.until, N_("up to this day"), N_("DATE") },
    { "last", 0, 0, G_OPTION_ARG_INT64, &log.last, N_("look at the last so many acts only"), N_("N") },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(KanDesk) desk = NULL;

  if (!kan_cli_parse (self, entries, 1, 1, error) || !check_options (&log, &log.mark, error))
    return 2;
  desk = kan_cli_open (self, KAN_VAULT_READ, error);
  if (desk == NULL)
    return 5;
  log.book = kan_desk_get_book (desk);
  return find_actor (&log, error) && find_subject (&log, error) && find_kind (&log, error) && write_log (&log, error)
         ? 0 : 5;
}
