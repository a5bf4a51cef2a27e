/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is left of a file whose database does not read: which pages are damaged, which entries lie there, and whether
 * the others hold. */
#include "cli/kan-cli-private.h"

#include "ledger/kan-reach.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { NAMED_MAX = 20 };

static KanDb *
open_torn (gpointer vault, GError **error)
{
  return kan_vault_open_torn (vault, error);
}

/* Where every page that is there holds, others must be missing: SQLite found the database shorter than it says. */
static char *
name_pages (const GArray *bad, guint32 n_pages)
{
  g_autoptr(GString) pages = g_string_new (NULL);

  for (guint i = 0; i < MIN (bad->len, NAMED_MAX); i++)
    g_string_append_printf (pages, "%s%u", i > 0 ? ", " : "", g_array_index (bad, guint32, i));
  if (bad->len > NAMED_MAX)
    g_string_append (pages, " …");
  if (bad->len == 0)
    return g_strdup_printf (_("pages 1 to %u hold, what comes after them is missing"), n_pages);
  return g_strdup_printf (_("of %u pages these are damaged: %s"), n_pages, pages->str);
}

static char *
name_entries (const GArray *lost)
{
  g_autoptr(GString) entries = g_string_new (NULL);

  if (lost == NULL)
    return g_strdup (_("no entry can be read"));
  for (guint i = 0; i < MIN (lost->len, NAMED_MAX); i++)
    {
      const KanReach *reach = &g_array_index (lost, KanReach, i);

      if (i > 0)
        g_string_append (entries, ", ");
      if (reach->last == reach->first)
        g_string_append_printf (entries, "%" PRId64, reach->first);
      else if (reach->last < G_MAXINT64)
        g_string_append_printf (entries, _("%" PRId64 " to %" PRId64), reach->first, reach->last);
      else
        g_string_append_printf (entries, _("from %" PRId64 " on"), reach->first);
    }
  if (lost->len > NAMED_MAX)
    g_string_append (entries, " …");
  return lost->len == 0 ? g_strdup (_("every entry can be read"))
         : g_strdup_printf (_("these entries cannot be read: %s"), entries->str);
}

/* --- what can be read ----------------------------------------------------------------------------------------- */

typedef struct { KanFaultKind kind; gint64 seq; char *subject; const char *what; } Torn;

/* The entries that can be read, each looked at by itself and beside the one before it. */
typedef struct
{
  const guint8 *file_id;
  gint64        seq;            /* the last one's */
  KanHash       hash;
  gint64        n;
  GArray       *jumps;          /* KanReach: numbers between two that were read */
  GPtrArray    *faults;         /* Torn */
} Readable;

static void
torn_free (Torn *self)
{
  g_free (self->subject);
  g_free (self);
}

static void
add_torn (Readable *self, KanFaultKind kind, gint64 seq, const char *subject, const char *what)
{
  Torn *torn = g_new0 (Torn, 1);

  torn->kind = kind;
  torn->seq = seq;
  torn->subject = g_strdup (subject);
  torn->what = what;
  g_ptr_array_add (self->faults, torn);
}

static void
look_at_cb (const KanAct *act, gpointer data)
{
  Readable *self = data;

  if (act->seq != self->seq + 1)
    {
      KanReach jump = { self->seq + 1, act->seq - 1 };

      g_array_append_val (self->jumps, jump);
    }
  else if (self->n > 0 && memcmp (&act->prev, &self->hash, sizeof self->hash) != 0)
    add_torn (self, KAN_FAULT_CHAIN, act->seq, act->subject, _("it does not follow the entry before it"));
  if (!kan_act_hash_holds (act, self->file_id))
    add_torn (self, KAN_FAULT_HASH, act->seq, act->subject, _("its content is not what was signed"));
  else if (!kan_act_signature_holds (act))
    add_torn (self, KAN_FAULT_SIGNATURE, act->seq, act->subject, _("it is not signed by the key it names"));
  self->seq = act->seq;
  self->hash = act->hash;
  self->n++;
}

/* Numbers that lie on no page that is damaged were taken away. */
static void
add_gaps (Readable *self, const GArray *lost)
{
  for (guint i = 0; i < self->jumps->len; i++)
    {
      const KanReach *jump = &g_array_index (self->jumps, KanReach, i);
      gboolean torn = FALSE;

      for (guint k = 0; k < lost->len; k++)
        torn = torn || (g_array_index (lost, KanReach, k).first <= jump->last &&
                        g_array_index (lost, KanReach, k).last >= jump->first);
      if (!torn)
        add_torn (self, KAN_FAULT_GAP, jump->first, NULL, _("entries are missing from here on"));
    }
}

static void
readable_clear (Readable *self)
{
  g_clear_pointer (&self->jumps, g_array_unref);
  g_clear_pointer (&self->faults, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Readable, readable_clear)

static void
print_readable (const Readable *self)
{
  for (guint i = 0; i < self->faults->len; i++)
    {
      const Torn *torn = g_ptr_array_index (self->faults, i);

      printf (_("entry %" PRId64 "%s%s"), torn->seq, torn->subject != NULL ? " " : "",
              torn->subject != NULL ? torn->subject : "");
      printf ("%s%s\n", _(": "), torn->what);
    }
  printf (_("%" PRId64
            " entries can be read: hashes, signatures and order were checked, rules and registers were not\n"),
          self->n);
}

static void
add_reaches_json (JsonBuilder *json, const GArray *lost)
{
  json_builder_set_member_name (json, "lost_entries");
  json_builder_begin_array (json);
  for (guint i = 0; i < lost->len; i++)
    {
      const KanReach *reach = &g_array_index (lost, KanReach, i);

      json_builder_begin_object (json);
      kan_json_int (json, "first", reach->first);
      if (reach->last < G_MAXINT64)
        kan_json_int (json, "last", reach->last);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
fill_torn_cb (JsonBuilder *json, gconstpointer item, G_GNUC_UNUSED gpointer data)
{
  const Torn *torn = item;

  kan_json_text (json, "kind", kan_fault_kind_id (torn->kind));
  kan_json_int (json, "act", torn->seq);
  kan_json_text (json, "subject", torn->subject);
  kan_json_text (json, "what", torn->what);
}

static void
print_readable_json (const Readable *self, const GArray *bad, const GArray *lost, const char *why)
{
  g_autoptr(JsonBuilder) json = json_builder_new ();

  json_builder_begin_object (json);
  kan_json_text (json, "damage", why);
  kan_json_int (json, "acts", self->n);
  kan_json_objects (json, "faults", self->faults, fill_torn_cb, NULL);
  kan_json_pages (json, bad);
  add_reaches_json (json, lost);
  json_builder_end_object (json);
  kan_json_print (json);
}

/* --- the whole ------------------------------------------------------------------------------------------------ */

/**
 * kan_cli_name_damage:
 * @self: the command line; where it verifies, what can be read is checked and told
 * @vault: a file
 * @error: (inout): what was found; %KAN_ERROR_DAMAGED is told more of, as far as the file's key is known
 */
void
kan_cli_name_damage (KanCli *self, KanVault *vault, GError **error)
{
  static const KanReach all = { 1, G_MAXINT64 };
  g_auto(Readable) readable = { .file_id = kan_vault_get_file_id (vault) };
  guint32 n_pages = 0;
  g_autoptr(GArray) bad = g_error_matches (*error, KAN_ERROR, KAN_ERROR_DAMAGED)
    ? kan_vault_sweep (vault, &n_pages, NULL) : NULL;
  g_autoptr(GArray) lost = NULL;
  g_autofree char *pages = NULL, *entries = NULL;

  if (bad == NULL)
    return;
  readable.jumps = g_array_new (FALSE, FALSE, sizeof (KanReach));
  readable.faults = g_ptr_array_new_with_free_func ((GDestroyNotify) torn_free);
  lost = kan_reach_list_lost (open_torn, vault, look_at_cb, &readable, NULL);
  pages = name_pages (bad, n_pages);
  entries = name_entries (lost);
  /* a file that reads whole and yet is refused is refused for another reason */
  if (bad->len > 0 || lost == NULL || lost->len > 0)
    g_prefix_error (error, _("%s; %s: "), pages, entries);
  if (!self->verifies)
    return;
  if (lost == NULL)
    lost = g_array_append_vals (g_array_new (FALSE, FALSE, sizeof (KanReach)), &all, 1);
  add_gaps (&readable, lost);
  if (self->json)
    print_readable_json (&readable, bad, lost, (*error)->message);
  else
    print_readable (&readable);
}
