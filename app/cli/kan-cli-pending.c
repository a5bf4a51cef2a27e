/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What waits for whom: `pending`. */
#include "cli/kan-cli-private.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

/* By the word of the article: 承諾する, 承認しない … */
static const KanLabel *
decision_on (KanBook *book, const KanPending *waits, const char *hand)
{
  const char *as = waits->waiting_for->len > 0 ? g_ptr_array_index (waits->waiting_for, 0) : NULL;

  return kan_hand_title (book, kan_book_find_kind (book, hand, NULL), kan_book_find_kind (book, waits->kind, NULL), as);
}

typedef struct { KanCli *cli; KanDesk *desk; } Waiting;

static void
fill_pending_cb (JsonBuilder *json, gconstpointer item, gpointer data)
{
  const KanPending *waits = item;
  const Waiting *waiting = data;
  KanBook *book = kan_desk_get_book (waiting->desk);
  g_autoptr(KanRecord) record = kan_record_get (book, waits->subject, NULL);

  kan_json_text (json, "subject", waits->subject);
  kan_json_int (json, "act", waits->act);
  kan_json_text (json, "kind", waits->kind);
  kan_json_person (json, "actor", waits->actor);
  kan_json_yes (json, "actor_left", waits->requester_left);
  kan_json_text (json, "since", waits->since);
  kan_json_array (json, "waiting_for", waits->waiting_for);
  kan_cli_json_altered (json, book, waits->subject);
  kan_cli_json_changes (json, book, record);
  kan_json_label (json, "give", decision_on (book, waits, "hand.give"));
  kan_json_label (json, "refuse", decision_on (book, waits, "hand.refuse"));
  kan_json_yes (json, "mine",
                kan_pending_may_sign (book, waits, kan_desk_get_person (waiting->desk), waiting->cli->now));
}

static void
fill_asked_back_cb (JsonBuilder *json, gconstpointer item, G_GNUC_UNUSED gpointer data)
{
  const KanPending *lies = item;

  kan_json_text (json, "subject", lies->subject);
  kan_json_int (json, "act", lies->act);
  kan_json_text (json, "kind", lies->kind);
  kan_json_person (json, "actor", lies->actor);
  kan_json_text (json, "since", lies->since);
}

static void
print_pending_json (KanCli *self, KanDesk *desk, GPtrArray *pending, GPtrArray *asked_back)
{
  g_autoptr(JsonBuilder) json = json_builder_new ();
  Waiting waiting = { self, desk };

  json_builder_begin_object (json);
  kan_json_objects (json, "pending", pending, fill_pending_cb, &waiting);
  kan_json_objects (json, "asked_back", asked_back, fill_asked_back_cb, NULL);
  json_builder_end_object (json);
  kan_json_print (json);
}

static char *
name_requester (KanBook *book, const KanPending *waits)
{
  g_autofree char *name = kan_cli_person_name (book, waits->actor);

  return waits->requester_left ? g_strdup_printf (_("%s (has left)"), name) : g_steal_pointer (&name);
}

static void
print_pending (KanCli *self, KanDesk *desk, GPtrArray *pending)
{
  KanBook *book = kan_desk_get_book (desk);
  g_autoptr(KanGrid) grid = kan_grid_new (7);

  kan_grid_add (grid, _("Record"));
  kan_grid_add (grid, _("Entry"));
  kan_grid_add (grid, _("Act"));
  kan_grid_add (grid, _("Requester"));
  kan_grid_add (grid, _("Since"));
  kan_grid_add (grid, _("Waits for"));
  kan_grid_add (grid, _("Decision"));
  for (guint i = 0; i < pending->len; i++)
    {
      const KanPending *waits = g_ptr_array_index (pending, i);
      const KanKind *kind = kan_book_find_kind (book, waits->kind, NULL);
      gboolean mine = kan_pending_may_sign (book, waits, kan_desk_get_person (desk), self->now);
      g_autofree char *names = kan_cli_join_capacities (book, waits->kind, waits->waiting_for, self->japanese);

      kan_grid_add (grid, waits->subject);
      kan_grid_add_take (grid, g_strdup_printf ("%" G_GINT64_FORMAT, waits->act));
      kan_grid_add (grid, kan_label (kan_kind_title (book, kind), self->japanese));
      kan_grid_add_take (grid, name_requester (book, waits));
      kan_grid_add_take (grid, kan_cli_show_utc (waits->since, self->japanese));
      kan_grid_add_take (grid, g_strdup_printf ("%s%s", names, mine ? _(" (you)") : ""));
      kan_grid_add (grid, kan_label (decision_on (book, waits, "hand.give"), self->japanese));
    }
  kan_grid_print (grid, "", 0x2);
  kan_cli_print_pending_changes (book, pending);
  kan_cli_print_altered (book, pending);
}

static void
print_asked_back (KanCli *self, KanBook *book, GPtrArray *asked_back)
{
  for (guint i = 0; i < asked_back->len; i++)
    {
      const KanPending *lies = g_ptr_array_index (asked_back, i);
      const KanKind *kind = kan_book_find_kind (book, lies->kind, NULL);
      g_autofree char *since = kan_cli_show_utc (lies->since, self->japanese), *name = name_requester (book, lies);

      /* Translators: record, act, moment, person */
      printf (_("%s, %s: asked back %s, lies with %s\n"), lies->subject,
              kan_label (kan_kind_title (book, kind), self->japanese), since, name);
    }
}

/**
 * kan_cli_pending:
 * @self: the command line
 * @error: the world's
 *
 * `pending FILE`
 *
 * Returns: the exit status
 */
int
kan_cli_pending (KanCli *self, GError **error)
{
  g_autoptr(KanDesk) desk = NULL;
  g_autoptr(GPtrArray) pending = NULL, asked_back = NULL;

  if (!kan_cli_parse (self, NULL, 1, 1, error))
    return 2;
  desk = kan_cli_open (self, KAN_VAULT_READ, error);
  pending = desk != NULL ? kan_book_list_pending (kan_desk_get_book (desk), NULL, self->now, error) : NULL;
  asked_back = pending != NULL ? kan_book_list_asked_back (kan_desk_get_book (desk), error) : NULL;
  if (asked_back == NULL)
    return 5;
  if (self->json)
    {
      print_pending_json (self, desk, pending, asked_back);
      return 0;
    }
  if (pending->len > 0)
    print_pending (self, desk, pending);
  else if (asked_back->len == 0)
    puts (_("Nothing waits."));
  print_asked_back (self, kan_desk_get_book (desk), asked_back);
  return 0;
}
