/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chain, readable: `log`; and whether it holds: `verify`. */
#include "cli/kan-cli-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define SLICE 512

/* --- log ------------------------------------------------------------------------------------------------------ */

typedef struct
{
  KanCli  *cli;
  KanBook *book;
  char    *subject, *actor, *kind, *since, *until;
  gint64   person;          /* of `actor`; 0: anybody */
  gint64   last;            /* only so many; 0: all */
  guint    n;               /* written so far */
} Log;

static void
log_clear (Log *self)
{
  g_free (self->subject);
  g_free (self->actor);
  g_free (self->kind);
  g_free (self->since);
  g_free (self->until);
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

static gboolean
is_wanted (const Log *self, const KanAct *act)
{
  gint64 at = 0;
  g_autofree char *day = kan_utc_parse (act->at, &at) ? kan_day_format (kan_day_of_utc (at)) : g_strdup ("");

  return (self->subject == NULL || g_strcmp0 (act->subject, self->subject) == 0) &&
         (self->person == 0 || act->actor == self->person) &&
         (self->kind == NULL || g_strcmp0 (act->kind, self->kind) == 0) &&
         (self->since == NULL || strcmp (day, self->since) >= 0) &&
         (self->until == NULL || strcmp (day, self->until) <= 0);
}

static void
write_json (Log *self, const KanAct *act)
{
  g_autoptr(JsonBuilder) json = json_builder_new ();
  g_autoptr(KanBody) body = kan_body_decode (act->body, act->body_size, NULL);
  g_autofree char *fingerprint = kan_fingerprint (act->key), *text = NULL;
  g_autofree char *hash = kan_hex (act->hash.bytes, KAN_HASH_SIZE);

  json_builder_begin_object (json);
  kan_json_int (json, "act", act->seq);
  kan_json_text (json, "at", act->at);
  kan_json_text (json, "happened_at", act->happened_at);
  kan_json_int (json, "actor", act->actor);
  kan_json_text (json, "fingerprint", fingerprint);
  kan_json_text (json, "session", act->session);
  kan_json_text (json, "kind", act->kind);
  kan_json_text (json, "subject", act->subject);
  kan_json_body (json, "answers", body);
  kan_json_text (json, "hash", hash);
  json_builder_end_object (json);
  text = kan_json_to_text (json, FALSE);
  printf ("%s\n%s", self->n > 0 ? "," : "", text);
}

static void
write_line (Log *self, KanGrid *grid, const KanAct *act)
{
  const KanKind *kind = kan_book_find_kind (self->book, act->kind, NULL);

  kan_grid_add_take (grid, g_strdup_printf ("%" G_GINT64_FORMAT, act->seq));
  kan_grid_add_take (grid, kan_cli_show_utc (act->at, self->cli->japanese));
  kan_grid_add_take (grid, kan_cli_person_name (self->book, act->actor));
  kan_grid_add (grid, kind != NULL ? kan_label (&kind->title, self->cli->japanese) : act->kind);
  kan_grid_add (grid, act->subject);
  kan_grid_add_take (grid, kan_cli_dup_key (act->key));
  kan_grid_add_take (grid, kan_cli_dup_marks (self->cli, self->book, act, FALSE));
}

/* Slice by slice: memory does not grow with the chain, and columns stay in line within a slice. */
static gboolean
write_slice (Log *self, gint64 from, gint64 to, GError **error)
{
  g_autoptr(GPtrArray) acts = kan_ledger_read (kan_book_get_db (self->book), from, to, error);
  g_autoptr(KanGrid) grid = kan_grid_new (7);

  for (guint i = 0; acts != NULL && i < acts->len; i++)
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
  return acts != NULL;
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
  for (; from <= head.seq; from += SLICE)
    if (!write_slice (self, from, MIN (from + SLICE - 1, head.seq), error))
      return FALSE;
  if (self->cli->json)
    puts ("]}");
  return TRUE;
}

static gboolean
check_days (const Log *self, GError **error)
{
  const char *days[] = { self->since, self->until };

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    if (days[i] != NULL && kan_day_parse (days[i]) == KAN_DAY_NONE)
      {
        kan_cli_usage (error, _("“%s” is not a day of the calendar: write e.g. 2026-02-13"), days[i]);
        return FALSE;
      }
  return TRUE;
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
    { "subject", 0, 0, G_OPTION_ARG_FILENAME, &log.subject, N_("only acts upon this record"), N_("S") },
    { "actor", 0, 0, G_OPTION_ARG_FILENAME, &log.actor, N_("only acts of this person"), N_("L") },
    { "kind", 0, 0, G_OPTION_ARG_FILENAME, &log.kind, N_("only acts of this kind"), N_("KIND") },
    { "since", 0, 0, G_OPTION_ARG_FILENAME, &log.since, N_("from this day on"), N_("DATE") },
    { "until", 0, 0, G_OPTION_ARG_FILENAME, &log.until, N_("up to this day"), N_("DATE") },
    { "last", 0, 0, G_OPTION_ARG_INT64, &log.last, N_("look at the last so many acts only"), N_("N") },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(KanDesk) desk = NULL;

  if (!kan_cli_parse (self, entries, 1, 1, error) || !check_days (&log, error))
    return 2;
  desk = kan_cli_open (self, KAN_VAULT_READ, error);
  if (desk == NULL)
    return 5;
  log.book = kan_desk_get_book (desk);
  return find_actor (&log, error) && write_log (&log, error) ? 0 : 5;
}

/* --- verify --------------------------------------------------------------------------------------------------- */

static gboolean
progress_cb (gint64 done, gint64 total, gpointer data)
{
  (void) data;
  fprintf (stderr, "\r%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, done, total);
  return TRUE;
}

/* Pages whose authentication code does not hold; %NULL: not looked at. */
static void
add_pages_json (JsonBuilder *json, const GArray *bad)
{
  if (bad == NULL)
    return;
  json_builder_set_member_name (json, "bad_pages");
  json_builder_begin_array (json);
  for (guint i = 0; i < bad->len; i++)
    json_builder_add_int_value (json, g_array_index (bad, guint32, i));
  json_builder_end_array (json);
}

static void
print_verdict_json (const KanVerdict *verdict, const GArray *bad)
{
  g_autoptr(JsonBuilder) json = json_builder_new ();
  g_autofree char *anchor = kan_anchor_format (verdict->head.seq, &verdict->head.hash);

  json_builder_begin_object (json);
  kan_json_int (json, "acts", verdict->n_acts);
  kan_json_text (json, "anchor", anchor);
  kan_json_int (json, "known", verdict->n_known);
  kan_json_int (json, "new", verdict->n_new);
  kan_json_int (json, "removed_texts", verdict->n_removed_texts);
  json_builder_set_member_name (json, "faults");
  json_builder_begin_array (json);
  for (guint i = 0; i < verdict->faults->len; i++)
    {
      const KanFault *fault = g_ptr_array_index (verdict->faults, i);

      json_builder_begin_object (json);
      kan_json_text (json, "kind", kan_fault_kind_id (fault->kind));
      kan_json_int (json, "act", fault->seq);
      kan_json_text (json, "subject", fault->subject);
      kan_json_text (json, "what", fault->what);
      kan_json_yes (json, "known", fault->known);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
  add_pages_json (json, bad);
  json_builder_end_object (json);
  kan_json_print (json);
}

/* "entry 12 M3"; where the fault lies in neither, nothing. */
static char *
fault_place (const KanFault *fault)
{
  const char *subject = fault->subject != NULL ? fault->subject : "";

  if (fault->seq == 0)
    return g_strdup (subject);
  return g_strdup_printf (_("entry %" PRId64 "%s%s"), fault->seq, *subject != '\0' ? " " : "", subject);
}

/* Nothing is called unaltered that was not looked at. */
static void
print_conclusion (const KanVerdict *verdict, const GArray *bad)
{
  if (verdict->faults->len > 0)
    printf (_("%u known, %u new\n"), verdict->n_known, verdict->n_new);
  else if (bad == NULL || bad->len == 0)
    puts (_("Nothing was altered."));
  if (bad == NULL)
    puts (_("The pages of the database were not read one by one: --full does that."));
  else if (bad->len > 0)
    puts (_("Pages are damaged: go back to a backup."));
}

static void
print_verdict (const KanVerdict *verdict, const GArray *bad)
{
  g_autofree char *anchor = kan_anchor_format (verdict->head.seq, &verdict->head.hash);

  for (guint i = 0; i < verdict->faults->len; i++)
    {
      const KanFault *fault = g_ptr_array_index (verdict->faults, i);
      g_autofree char *where = fault_place (fault);

      printf ("%s%s%s%s\n", where, *where != '\0' ? _(": ") : "", fault->what, fault->known ? _(" (known)") : "");
    }
  printf (_("%" PRId64 " entries checked, up to %s\n"), verdict->n_acts, anchor);
  if (verdict->n_removed_texts > 0)
    printf (_("%" PRId64 " texts were removed by an entry; their digests hold\n"), verdict->n_removed_texts);
  for (guint i = 0; bad != NULL && i < bad->len; i++)
    printf (_("page %u of the database is damaged\n"), g_array_index (bad, guint32, i));
  print_conclusion (verdict, bad);
}

/**
 * kan_cli_verify:
 * @self: the command line
 * @error: the world's
 *
 * `verify FILE [--anchor A] [--full]`
 *
 * Returns: the exit status: 1 where something new was found
 */
int
kan_cli_verify (KanCli *self, GError **error)
{
  g_autofree char *anchor = NULL;
  gboolean full = FALSE;
  const GOptionEntry entries[] = {
    { "anchor", 0, 0, G_OPTION_ARG_FILENAME, &anchor, N_("compare with what a paper says"), N_("A") },
    { "full", 0, 0, G_OPTION_ARG_NONE, &full, N_("look at every page of the database too"), NULL },
    G_OPTION_ENTRY_NULL
  };
  KanVerifyOptions options = { .progress = isatty (STDERR_FILENO) ? progress_cb : NULL };
  g_autoptr(KanDesk) desk = NULL;
  g_autoptr(KanVerdict) verdict = NULL;
  g_autoptr(GArray) bad = NULL;
  guint32 n_pages = 0;

  if (!kan_cli_parse (self, entries, 1, 1, error))
    return 2;
  options.anchor = anchor;
  desk = kan_cli_open (self, KAN_VAULT_READ, error);
  verdict = desk != NULL ? kan_desk_verify (desk, &options, error) : NULL;
  if (options.progress != NULL)
    fputs ("\r\033[K", stderr);
  if (verdict != NULL && full)
    bad = kan_vault_sweep (kan_desk_get_vault (desk), &n_pages, error);
  if (verdict == NULL || (full && bad == NULL))
    return 5;
  if (self->json)
    print_verdict_json (verdict, bad);
  else
    print_verdict (verdict, bad);
  return verdict->n_new > 0 || (full && bad->len > 0) ? 1 : 0;
}
