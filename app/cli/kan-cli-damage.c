/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is left of a file whose database does not read: which pages are damaged, which entries lie there. */
#include "cli/kan-cli-private.h"

#include "ledger/kan-reach.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

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

/**
 * kan_cli_name_damage:
 * @vault: a file
 * @error: (inout): what was found; %KAN_ERROR_DAMAGED is told more of, as far as the file's key is known
 */
void
kan_cli_name_damage (KanVault *vault, GError **error)
{
  guint32 n_pages = 0;
  g_autoptr(GArray) bad = g_error_matches (*error, KAN_ERROR, KAN_ERROR_DAMAGED)
    ? kan_vault_sweep (vault, &n_pages, NULL) : NULL;
  g_autoptr(GArray) lost = bad != NULL ? kan_reach_list_lost (open_torn, vault, NULL) : NULL;
  g_autofree char *pages = NULL, *entries = NULL;

  /* a file that reads whole and yet is refused is refused for another reason */
  if (bad == NULL || (bad->len == 0 && lost != NULL && lost->len == 0))
    return;
  pages = name_pages (bad, n_pages);
  entries = name_entries (lost);
  g_prefix_error (error, _("%s; %s: "), pages, entries);
}
