/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether the chain, and what it adds up to, hold: `verify`. */
#include "cli/kan-cli-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

static gboolean
progress_cb (gint64 done, gint64 total, gpointer data)
{
  (void) data;
  fprintf (stderr, "\r%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, done, total);
  return TRUE;
}

/* --- for programs --------------------------------------------------------------------------------------------- */

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
add_fault_json (JsonBuilder *json, const KanFault *fault)
{
  json_builder_begin_object (json);
  kan_json_text (json, "kind", kan_fault_kind_id (fault->kind));
  kan_json_int (json, "act", fault->seq);
  kan_json_text (json, "subject", fault->subject);
  kan_json_text (json, "table", fault->table);
  kan_json_text (json, "column", fault->column);
  kan_json_text (json, "what", fault->what);
  kan_json_text (json, "code", fault->code);
  kan_json_int (json, "because", fault->because);
  kan_json_text (json, "group", *fault->group != '\0' ? fault->group : NULL);
  kan_json_yes (json, "known", fault->known);
  json_builder_end_object (json);
}

static void
print_verdict_json (const KanVerdict *verdict, gboolean outdated, const GArray *bad)
{
  g_autoptr(JsonBuilder) json = json_builder_new ();
  g_autofree char *anchor = kan_anchor_format (verdict->head.seq, &verdict->head.hash);

  json_builder_begin_object (json);
  kan_json_int (json, "acts", verdict->n_acts);
  kan_json_int (json, "verified_before", verdict->n_verified);
  kan_json_text (json, "verified_at", verdict->verified_at);
  kan_json_text (json, "full_at", verdict->full_at);
  kan_json_text (json, "anchor", anchor);
  kan_json_int (json, "known", verdict->n_known);
  kan_json_int (json, "new", verdict->n_new);
  kan_json_int (json, "removed_texts", verdict->n_removed_texts);
  kan_json_yes (json, "old_header", outdated);
  json_builder_set_member_name (json, "faults");
  json_builder_begin_array (json);
  for (guint i = 0; i < verdict->faults->len; i++)
    add_fault_json (json, g_ptr_array_index (verdict->faults, i));
  json_builder_end_array (json);
  add_pages_json (json, bad);
  json_builder_end_object (json);
  kan_json_print (json);
}

/* --- for people ----------------------------------------------------------------------------------------------- */

/* "entry 12 M3"; where the fault lies in neither, or says itself which row, nothing. */
static char *
fault_place (const KanFault *fault)
{
  const char *subject = fault->subject != NULL ? fault->subject : "";

  if (fault->seq == 0)
    return g_strdup (fault->table != NULL ? "" : subject);
  return g_strdup_printf (_("entry %" PRId64 "%s%s"), fault->seq, *subject != '\0' ? " " : "", subject);
}

static void
print_fault (const char *indent, const KanFault *fault)
{
  g_autofree char *where = fault_place (fault);

  printf ("%s%s%s%s [%s]%s\n", indent, where, *where != '\0' ? _(": ") : "", fault->what, fault->code,
          fault->known ? _(" (known)") : "");
}

/* What follows from a fault stands below it: how much, and with `all` each. Known and new ones are told apart. */
static void
print_following (const GPtrArray *faults, const KanFault *first, gboolean all)
{
  guint n = 0, known = 0;

  for (guint i = 0; i < faults->len; i++)
    {
      const KanFault *fault = g_ptr_array_index (faults, i);

      n += fault->because == first->seq ? 1 : 0;
      known += fault->because == first->seq && fault->known ? 1 : 0;
    }
  if (n == 0)
    return;
  printf (_("  and %u more that follow from it"), n);
  printf (*first->group != '\0' ? " [%s]" : "%s", first->group);
  if (known > 0)
    printf (_(" (%u known)"), known);
  puts ("");
  for (guint i = 0; all && i < faults->len; i++)
    {
      const KanFault *fault = g_ptr_array_index (faults, i);

      if (fault->because == first->seq)
        print_fault ("    ", fault);
    }
}

static void
print_faults (const GPtrArray *faults, gboolean all)
{
  g_autoptr(GHashTable) told = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < faults->len; i++)
    {
      KanFault *fault = g_ptr_array_index (faults, i);

      if (fault->because != 0)
        continue;
      print_fault ("", fault);
      if (fault->seq != 0 && g_hash_table_add (told, &fault->seq))
        print_following (faults, fault, all);
    }
}

static void
print_extent (const KanCli *cli, const KanVerdict *verdict)
{
  g_autofree char *anchor = kan_anchor_format (verdict->head.seq, &verdict->head.hash);
  g_autofree char *at = verdict->verified_at != NULL ? kan_cli_show_utc (verdict->verified_at, cli->japanese) : NULL;

  printf (_("%" PRId64 " entries checked, up to %s\n"), verdict->n_acts, anchor);
  if (at != NULL)
    printf (_("the signatures of entries 1 to %" PRId64 " were verified before on %s; %" PRId64 " are new\n"),
            verdict->n_verified, at, verdict->n_acts - verdict->n_verified);
}

/* Nothing is called unaltered that was not looked at. */
static void
print_conclusion (const KanVerdict *verdict, const GArray *bad)
{
  if (verdict->faults->len > 0)
    printf (_("%u known, %u new\n"), verdict->n_known, verdict->n_new);
  else if (bad == NULL || bad->len == 0)
    puts (_("Nothing was altered."));
  if (verdict->n_new > 0)
    puts (_("What was looked into is noted by its code in brackets (ledger.note)."));
  if (bad == NULL)
    puts (_("The pages of the database were not read one by one: --full does that."));
  else if (bad->len > 0)
    puts (_("Pages are damaged: go back to a backup."));
}

static void
print_verdict (const KanCli *cli, const KanVerdict *verdict, const GArray *bad)
{
  print_faults (verdict->faults, bad != NULL);
  print_extent (cli, verdict);
  if (verdict->n_removed_texts > 0)
    printf (_("%" PRId64 " texts were removed by an entry; their digests hold\n"), verdict->n_removed_texts);
  for (guint i = 0; bad != NULL && i < bad->len; i++)
    printf (_("page %u of the database is damaged\n"), g_array_index (bad, guint32, i));
  print_conclusion (verdict, bad);
}

/* --- the command ---------------------------------------------------------------------------------------------- */

/* For writing, so that the result can be kept; a file in use, or one that cannot be written to, is verified too. */
static KanDesk *
open_file (KanCli *self, GError **error)
{
  g_autoptr(GError) failed = NULL;
  KanDesk *desk = kan_cli_open (self, KAN_VAULT_WRITE, &failed);

  if (desk != NULL)
    return desk;
  if (g_error_matches (failed, KAN_ERROR, KAN_ERROR_BUSY) || g_error_matches (failed, KAN_ERROR, KAN_ERROR_READ_ONLY))
    {
      kan_cli_note (_("%s; opened for reading only: the result is not kept"), failed->message);
      return kan_cli_open (self, KAN_VAULT_READ, error);
    }
  g_propagate_error (error, g_steal_pointer (&failed));
  return NULL;
}

/**
 * kan_cli_verify:
 * @self: the command line
 * @error: the world's
 *
 * `verify FILE [--anchor A] [--full]`
 *
 * Returns: the exit status: 1 where something new was found, or an old header was put back
 */
int
kan_cli_verify (KanCli *self, GError **error)
{
  g_autofree char *anchor = NULL;
  gboolean full = FALSE;
  const GOptionEntry entries[] = {
    { "anchor", 0, 0, G_OPTION_ARG_FILENAME, &anchor, N_("compare with what a paper says"), N_("A") },
    { "full", 0, 0, G_OPTION_ARG_NONE, &full, N_("check every signature and page again, and list every fault"), NULL },
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
  options.full = full;
  options.now = self->now;
  desk = open_file (self, error);
  verdict = desk != NULL ? kan_desk_verify (desk, &options, error) : NULL;
  if (options.progress != NULL)
    fputs ("\r\033[K", stderr);
  if (desk != NULL && verdict == NULL)
    kan_cli_name_damage (kan_desk_get_vault (desk), error);
  if (verdict != NULL && full)
    bad = kan_vault_sweep (kan_desk_get_vault (desk), &n_pages, error);
  if (verdict == NULL || (full && bad == NULL))
    return 5;
  if (self->json)
    print_verdict_json (verdict, kan_desk_is_outdated (desk), bad);
  else
    print_verdict (self, verdict, bad);
  return verdict->n_new > 0 || (full && bad->len > 0) || kan_desk_is_outdated (desk) ? 1 : 0;
}
