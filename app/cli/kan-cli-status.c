/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What needs somebody: `status` from the registers, `remind` from the block that anybody can read. */
#include "cli/kan-cli-private.h"

#include "acts/kan-record-check.h"
#include "desk/kan-reminder.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

/* --- status --------------------------------------------------------------------------------------------------- */

static void
fill_due_cb (JsonBuilder *json, gconstpointer item, G_GNUC_UNUSED gpointer data)
{
  const KanDue *due = item;

  kan_json_text (json, "kind", kan_due_kind_id (due->kind));
  kan_json_text (json, "subject", due->subject);
  kan_json_text (json, "name", due->name);
  kan_json_text (json, "detail", due->detail);
  kan_json_text (json, "why", due->why);
  kan_json_text (json, "day", due->day);
  kan_json_text (json, "late_on", due->late_on);
  kan_json_text (json, "late_from", due->late_from);
  kan_json_array (json, "waiting_for", due->waiting_for);
}

static void
print_status_json (KanDesk *desk, GPtrArray *list)
{
  g_autoptr(JsonBuilder) json = json_builder_new ();
  g_autofree char *today = kan_day_format (kan_desk_get_day (desk));

  json_builder_begin_object (json);
  kan_json_text (json, "as_of", today);
  kan_json_text (json, "clock", kan_book_get_clock_warning (kan_desk_get_book (desk)) != NULL ? "behind" : NULL);
  kan_json_text (json, "terminal", kan_desk_get_heads (desk));
  kan_json_objects (json, "due", list, fill_due_cb, NULL);
  json_builder_end_object (json);
  kan_json_print (json);
}

/* "2026-11-26 (late from 2026-11-27 05:15)" */
static char *
due_day_words (KanCli *self, const KanDue *due)
{
  g_autofree char *day = kan_cli_show_day (due->day, self->japanese), *late = NULL;

  if (due->late_from == NULL)
    return g_steal_pointer (&day);
  late = kan_cli_show_minute (due->late_from, self->japanese);
  return g_strdup_printf (_("%s (late from %s)"), day, late);
}

/* What the reader looks for: the record, what it is called, its day, what else is to be known, and who is awaited. */
static void
add_due (KanCli *self, KanBook *book, KanGrid *grid, const KanDue *due)
{
  const KanRegister *reg = kan_book_register_of (book, due->subject);

  kan_grid_add (grid, due->subject);
  kan_grid_add (grid, reg != NULL ? kan_label (&reg->title, self->japanese) : NULL);
  kan_grid_add (grid, due->name);
  kan_grid_add_take (grid, due_day_words (self, due));
  kan_grid_add (grid, due->detail);
  if (due->waiting_for != NULL)
    kan_grid_add_take (grid, kan_cli_join_capacities (book, due->asked, due->waiting_for, self->japanese));
  else
    kan_grid_add (grid, due->why);
}

static void
print_status (KanCli *self, KanBook *book, GPtrArray *list)
{
  guint i = 0;

  if (list->len == 0)
    puts (_("Nothing is due, and nothing waits."));
  while (i < list->len)
    {
      const KanDue *first = g_ptr_array_index (list, i);
      g_autoptr(KanGrid) grid = kan_grid_new (6);
      guint from = i;

      for (; i < list->len && ((const KanDue *) g_ptr_array_index (list, i))->kind == first->kind; i++)
        add_due (self, book, grid, g_ptr_array_index (list, i));
      printf (_("%s (%u)\n"), kan_label (kan_due_kind_label (first->kind), self->japanese), i - from);
      kan_grid_print (grid, "  ", 0);
    }
}

/**
 * kan_cli_warn_of_clock:
 * @self: the command line
 * @desk: an unlocked desk
 *
 * Says on the standard error where the clock is behind the file, and as of which day is counted instead.
 */
void
kan_cli_warn_of_clock (KanCli *self, KanDesk *desk)
{
  const KanLabel *warning = kan_book_get_clock_warning (kan_desk_get_book (desk));
  g_autofree char *day = kan_day_format (kan_desk_get_day (desk)), *shown = kan_cli_show_day (day, self->japanese);

  if (warning != NULL)
    kan_cli_note (_("%s: counted as of %s"), kan_label (warning, self->japanese), shown);
}

/**
 * kan_cli_status:
 * @self: the command line
 * @error: the world's
 *
 * `status FILE`
 *
 * Returns: the exit status
 */
int
kan_cli_status (KanCli *self, GError **error)
{
  g_autoptr(KanDesk) desk = NULL;
  g_autoptr(GPtrArray) list = NULL;

  if (!kan_cli_parse (self, NULL, 1, 1, error))
    return 2;
  desk = kan_cli_open (self, KAN_VAULT_READ, error);
  if (desk != NULL && kan_book_check_shown (kan_desk_get_book (desk), error))
    list = kan_desk_list_due (desk, error);
  if (list == NULL)
    return 5;
  if (self->json)
    print_status_json (desk, list);
  else
    {
      kan_cli_warn_of_clock (self, desk);
      print_status (self, kan_desk_get_book (desk), list);
    }
  return 0;
}

/* --- remind --------------------------------------------------------------------------------------------------- */

static gboolean
is_overdue (KanDueKind kind)
{
  return kind == KAN_DUE_OVERDUE || kind == KAN_DUE_LATE_RETURN;
}

/* Of what is late on another day than the one by which it was to be done, only that other one is known. */
static char *
reminder_day_words (KanCli *self, const char *by, const char *late_on)
{
  g_autofree char *shown = kan_cli_show_day (late_on != NULL ? late_on : by, self->japanese);

  return late_on != NULL ? g_strdup_printf (_("late on %s"), shown) : g_steal_pointer (&shown);
}

static void
add_reminder (KanCli *self, JsonBuilder *json, KanGrid *grid, const char *path, KanDueKind kind, gint32 day,
              guint count)
{
  g_autofree char *iso = day != KAN_DAY_NONE ? kan_day_format (day) : NULL;
  const char *late_on = kan_due_is_late_apart (kind) ? iso : NULL;
  const char *by = late_on == NULL ? iso : NULL;

  json_builder_begin_object (json);
  kan_json_text (json, "file", path);
  kan_json_text (json, "kind", kan_due_kind_id (kind));
  kan_json_text (json, "day", by);
  kan_json_text (json, "late_on", late_on);
  kan_json_int (json, "count", count);
  json_builder_end_object (json);
  kan_grid_add (grid, path);
  kan_grid_add (grid, kan_label (kan_due_kind_label (kind), self->japanese));
  kan_grid_add_take (grid, reminder_day_words (self, by, late_on));
  kan_grid_add_take (grid, g_strdup_printf ("%u", count));
}

typedef struct
{
  KanCli      *cli;
  JsonBuilder *json;      /* within the array of what is due */
  KanGrid     *grid;
  int          status;    /* the worst so far */
} Reminding;

/* A clock that was set back hides nothing. */
static KanDay
later_day (KanCli *self, const char *path, const KanStatus *status)
{
  KanDay today = kan_day_of_utc (self->now);
  g_autofree char *written = status->remind_as_of > today ? kan_day_format (status->remind_as_of) : NULL;
  g_autofree char *shown = written != NULL ? kan_cli_show_day (written, self->japanese) : NULL;

  if (shown != NULL)
    kan_cli_note (_("%s: the clock of this terminal is behind the file: counted as of %s"), path, shown);
  return MAX (today, status->remind_as_of);
}

static gboolean
remind (Reminding *self, const char *path, GError **error)
{
  g_autoptr(KanVault) vault = kan_vault_open (path, KAN_VAULT_READ, error);
  g_autoptr(GArray) counts = NULL;
  KanStatus status;
  KanDay today;

  if (vault == NULL || !kan_vault_get_status (vault, &status, error))
    return FALSE;
  if (status.remind_as_of == 0)
    kan_cli_note (_("%s: reminders are switched off; switch them on with: remind FILE --on"), path);
  today = later_day (self->cli, path, &status);
  counts = kan_reminders_of_status (&status, today);
  for (guint i = 0; i < counts->len; i++)
    {
      const KanReminderCount *count = &g_array_index (counts, KanReminderCount, i);

      add_reminder (self->cli, self->json, self->grid, path, count->kind, count->day, count->count);
      self->status = MAX (self->status, is_overdue (count->kind) ? 1 : 0);
    }
  /* where there is no desktop the lines above are the reminder */
  (void) kan_reminders_tell (path, counts, today, NULL, NULL, NULL);
  return TRUE;
}

/* A file that cannot be read keeps nothing from the others. */
static void
add_unread (JsonBuilder *json, const char *path, const GError *error)
{
  json_builder_begin_object (json);
  kan_json_text (json, "file", path);
  kan_json_text (json, "why", error->message);
  json_builder_end_object (json);
}

static int
remind_all (KanCli *self)
{
  g_autoptr(JsonBuilder) json = json_builder_new ();
  g_autoptr(KanGrid) grid = kan_grid_new (4);
  g_autoptr(JsonBuilder) unread = json_builder_new ();
  Reminding reminding = { self, json, grid, 0 };

  json_builder_begin_object (json);
  json_builder_set_member_name (json, "reminders");
  json_builder_begin_array (json);
  json_builder_begin_array (unread);
  for (guint i = 0; i < self->n_args; i++)
    {
      g_autoptr(GError) error = NULL;
      int status;

      if (remind (&reminding, self->args[i], &error))
        continue;
      status = kan_cli_report (error);
      reminding.status = MAX (reminding.status, status);
      add_unread (unread, self->args[i], error);
    }
  json_builder_end_array (unread);
  json_builder_end_array (json);
  json_builder_set_member_name (json, "unread");
  json_builder_add_value (json, json_builder_get_root (unread));
  json_builder_end_object (json);
  if (self->json)
    kan_json_print (json);
  else
    kan_grid_print (grid, "", 0x8);
  return reminding.status;
}

static int
refuse_reader (KanCli *self, KanRefusal *refusal)
{
  g_autoptr(GPtrArray) refusals = g_ptr_array_new_with_free_func ((GDestroyNotify) kan_refusal_free);

  g_ptr_array_add (refusals, refusal);
  kan_cli_print_refusals (self, refusals);
  return 1;
}

static int
switch_reminders (KanCli *self, gboolean on, GError **error)
{
  g_autoptr(KanDesk) desk = self->n_args == 1 ? kan_cli_open (self, KAN_VAULT_WRITE, error) : NULL;
  KanRefusal *refusal = NULL;

  if (self->n_args != 1)
    return kan_cli_usage (error, _("reminders are switched for one file at a time"));
  if (desk != NULL)
    refusal = kan_book_refuse_reader (kan_desk_get_book (desk), kan_desk_get_person (desk), self->now);
  if (refusal != NULL)
    return refuse_reader (self, refusal);
  if (desk == NULL || !kan_desk_set_reminders (desk, on, self->now, error))
    return 5;
  puts (self->json ? "{}" : on ? _("Reminders are on: dates and counts can be read without a passphrase.")
        : _("Reminders are off."));
  return 0;
}

/**
 * kan_cli_remind:
 * @self: the command line
 * @error: the world's
 *
 * `remind FILE...` tells what the reminder blocks say; `--on` and `--off` switch one.
 *
 * Returns: the exit status: 1 where something is overdue; that of the worst of several files
 */
int
kan_cli_remind (KanCli *self, GError **error)
{
  gboolean on = FALSE, off = FALSE;
  const GOptionEntry entries[] = {
    { "on", 0, 0, G_OPTION_ARG_NONE, &on, N_("let dates and counts be read without a passphrase"), NULL },
    { "off", 0, 0, G_OPTION_ARG_NONE, &off, N_("take them away again"), NULL },
    G_OPTION_ENTRY_NULL
  };

  if (!kan_cli_parse (self, entries, 1, G_MAXUINT, error))
    return 2;
  if (on && off)
    return kan_cli_usage (error, _("--on or --off, not both"));
  return on || off ? switch_reminders (self, on, error) : remind_all (self);
}
