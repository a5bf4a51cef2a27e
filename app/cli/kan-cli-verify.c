/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether the chain, and what it adds up to, hold: `verify`. */
#include "cli/kan-cli-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* What was looked at, and what was found. */
typedef struct
{
  KanDesk      *desk;
  KanVerdict   *verdict;
  GArray       *bad;            /* pages whose authentication code does not hold; NULL: not looked at */
  const char   *anchor;         /* that was given; NULL: none */
  const char   *copies;         /* of the header, as they were found */
  gboolean      mended;
} Findings;

static void
findings_clear (Findings *self)
{
  g_clear_pointer (&self->verdict, kan_verdict_free);
  g_clear_pointer (&self->bad, g_array_unref);
  g_clear_pointer (&self->desk, kan_desk_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Findings, findings_clear)

static gboolean
progress_cb (gint64 done, gint64 total, gpointer data)
{
  (void) data;
  fprintf (stderr, "\r%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, done, total);
  return TRUE;
}

/* --- for programs --------------------------------------------------------------------------------------------- */

/**
 * kan_json_pages:
 * @json: a builder within an object
 * @bad: (nullable) (element-type guint32): pages whose authentication code does not hold; %NULL: not looked at
 */
void
kan_json_pages (JsonBuilder *json, const GArray *bad)
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
fill_fault_cb (JsonBuilder *json, gconstpointer item, G_GNUC_UNUSED gpointer data)
{
  const KanFault *fault = item;

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
}

static void
print_verdict_json (const Findings *self)
{
  const KanVerdict *verdict = self->verdict;
  g_autoptr(JsonBuilder) json = json_builder_new ();
  g_autofree char *anchor = kan_anchor_format (verdict->head.seq, &verdict->head.hash);

  json_builder_begin_object (json);
  kan_json_int (json, "acts", verdict->n_acts);
  kan_json_int (json, "verified_before", verdict->n_verified);
  kan_json_text (json, "verified_at", verdict->verified_at);
  kan_json_text (json, "full_at", verdict->full_at);
  kan_json_text (json, "anchor", anchor);
  if (self->anchor != NULL)
    kan_json_yes (json, "anchor_holds", verdict->anchor_seq > 0);
  kan_json_int (json, "known", verdict->n_known);
  kan_json_int (json, "new", verdict->n_new);
  kan_json_int (json, "removed_texts", verdict->n_removed_texts);
  kan_json_yes (json, "old_header", kan_desk_is_outdated (self->desk));
  kan_json_text (json, "header_copies", self->copies);
  kan_json_yes (json, "header_mended", self->copies != NULL && self->mended);
  kan_json_text (json, "terminal", kan_desk_get_heads (self->desk));
  kan_json_objects (json, "faults", verdict->faults, fill_fault_cb, NULL);
  kan_json_pages (json, self->bad);
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
  g_autofree char *text = g_strconcat (where, *where != '\0' ? _(": ") : "", fault->what, NULL);
  g_autofree char *line = kan_cli_dup_line (text);

  printf ("%s%s [%s]%s\n", indent, line, fault->code,
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
    printf (_("The signatures of entries 1 to %" PRId64 " were verified before, on %s; %" PRId64 " are new.\n"),
            verdict->n_verified, at, verdict->n_acts - verdict->n_verified);
}

static gboolean
holds_text_to_remove (const KanVerdict *verdict)
{
  for (guint i = 0; i < verdict->faults->len; i++)
    if (((const KanFault *) g_ptr_array_index (verdict->faults, i))->kind == KAN_FAULT_TEXT_RULE)
      return TRUE;
  return FALSE;
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
  if (holds_text_to_remove (verdict))
    puts (_("A text that is never kept here is removed by two persons (text.redact)."));
  if (bad == NULL)
    puts (_("The pages of the database were not read one by one: --full does that."));
  else if (bad->len > 0)
    puts (_("Pages are damaged: go back to a backup."));
}

/* The header lies beside the chain; what was found of it was put right where the file may be written to. */
static void
print_copies (const Findings *self)
{
  if (self->copies == NULL)
    return;
  if (!self->mended)
    puts (kan_vault_get_notice (kan_desk_get_vault (self->desk)));
  else if (strcmp (self->copies, "damaged") == 0)
    puts (_("One of the two copies of the header was damaged. It was written anew from the other one."));
  else
    puts (_("The two copies of the header differed. The one in use was written over the other one."));
}

static void
print_verdict (const KanCli *cli, const Findings *self)
{
  const KanVerdict *verdict = self->verdict;
  const GArray *bad = self->bad;

  print_faults (verdict->faults, bad != NULL);
  print_extent (cli, verdict);
  if (verdict->anchor_seq > 0)
    printf (_("The paper's anchor is entry %" PRId64 " of this chain.\n"), verdict->anchor_seq);
  print_copies (self);
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

/* How the header was found is known when the result has been kept, before which it is put right. */
static gboolean
look (Findings *self, KanCli *cli, const KanVerifyOptions *options, GError **error)
{
  guint32 n_pages = 0;

  self->verdict = kan_desk_verify (self->desk, options, error);
  if (options->progress != NULL)
    fputs ("\r\033[K", stderr);
  self->copies = kan_vault_get_copies (kan_desk_get_vault (self->desk), &self->mended);
  if (self->verdict == NULL)
    kan_cli_name_damage (cli, kan_desk_get_vault (self->desk), error);
  else if (options->full)
    self->bad = kan_vault_sweep (kan_desk_get_vault (self->desk), &n_pages, error);
  return self->verdict != NULL && (!options->full || self->bad != NULL);
}

/**
 * kan_cli_verify:
 * @self: the command line
 * @error: the world's
 *
 * `verify FILE [--anchor A] [--full]`
 *
 * Returns: the exit status: 1 where something new was found, the header's copies were not equal, or an old header was
 *   put back
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
  g_auto(Findings) found = { 0 };

  if (!kan_cli_parse (self, entries, 1, 1, error))
    return 2;
  self->verifies = TRUE;
  found.anchor = options.anchor = anchor;
  options.full = full;
  options.now = self->now;
  found.desk = open_file (self, error);
  if (found.desk == NULL || !look (&found, self, &options, error))
    return 5;
  if (self->json)
    print_verdict_json (&found);
  else
    print_verdict (self, &found);
  return found.verdict->n_new > 0 || (full && found.bad->len > 0) || found.copies != NULL ||
         kan_desk_is_outdated (found.desk) ? 1 : 0;
}
