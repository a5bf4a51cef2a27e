/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What needs no file: payment days and holidays of a year, and whether a profile says what it must. */
#include "cli/kan-cli-private.h"

#include "desk/kan-profile-words.h"
#include "values/kan-holidays.h"
#include "values/kan-wareki.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

/* --- calendar ------------------------------------------------------------------------------------------------- */

static const char *
weekday_name (KanDay day)
{
  static const char *const names[] = {
    NC_("weekday", "Sun"), NC_("weekday", "Mon"), NC_("weekday", "Tue"), NC_("weekday", "Wed"), NC_("weekday", "Thu"),
    NC_("weekday", "Fri"), NC_("weekday", "Sat"),
  };

  return g_dpgettext2 (GETTEXT_PACKAGE, "weekday", names[kan_day_weekday (day)]);
}

static void
add_day (KanCli *self, JsonBuilder *json, KanGrid *grid, KanDay day, const char *name, gboolean expected)
{
  g_autofree char *iso = kan_day_format (day);

  json_builder_begin_object (json);
  kan_json_text (json, "day", iso);
  kan_json_text (json, "name", name);
  kan_json_yes (json, "expected", expected);
  json_builder_end_object (json);
  kan_grid_add_take (grid, kan_cli_show_day (iso, self->japanese));
  kan_grid_add (grid, weekday_name (day));
  kan_grid_add (grid, name);
  kan_grid_add (grid, expected ? _("expected") : NULL);
}

static void
add_holidays (KanCli *self, KanCalendar *calendar, int year, JsonBuilder *json, KanGrid *grid)
{
  for (KanDay day = kan_day_from_ymd (year, 1, 1); day <= kan_day_from_ymd (year, 12, 31); day++)
    {
      gboolean expected = FALSE;
      const char *name = kan_calendar_holiday_name (calendar, day, &expected);

      if (name != NULL)
        add_day (self, json, grid, day, name, expected);
    }
}

static void
add_payments (KanCli *self, KanCalendar *calendar, int year, JsonBuilder *json, KanGrid *grid)
{
  g_autoptr(GArray) payments = kan_calendar_payments (calendar, kan_day_from_ymd (year, 1, 1),
                                                      kan_day_from_ymd (year, 12, 31));

  for (guint i = 0; i < payments->len; i++)
    {
      const KanPayment *payment = &g_array_index (payments, KanPayment, i);
      g_autofree char *serves = self->japanese ? kan_wareki_format_month (payment->year, payment->month)
                                : kan_month_format (payment->year, payment->month);

      add_day (self, json, grid, payment->day, serves, payment->expected);
    }
}

/* "2026", or by the era: 令和8年, also one that ended within the year */
static gboolean
read_year (const char *typed, int *year)
{
  const char *sign = g_str_has_suffix (typed, "年") ? "" : "年";
  g_autofree char *last = g_strconcat (typed, sign, "12月31日", NULL), *first = g_strconcat (typed, sign, "1月1日", NULL);
  KanDay day = g_utf8_validate (typed, -1, NULL) ? kan_wareki_parse (last) : KAN_DAY_NONE;

  if (day == KAN_DAY_NONE && g_utf8_validate (typed, -1, NULL))
    day = kan_wareki_parse (first);
  return kan_day_to_ymd (day, year, NULL, NULL);
}

/**
 * kan_cli_calendar:
 * @self: the command line
 * @error: the world's
 *
 * `calendar payments|holidays YEAR`
 *
 * Returns: the exit status
 */
int
kan_cli_calendar (KanCli *self, GError **error)
{
  g_autofree char *name = NULL;
  const GOptionEntry entries[] = {
    { "profile", 0, 0, G_OPTION_ARG_FILENAME, &name, N_("under which profile (nagasaki)"), N_("P") },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(KanProfile) profile = NULL;
  g_autoptr(KanCalendar) calendar = NULL;
  g_autoptr(JsonBuilder) json = json_builder_new ();
  g_autoptr(KanGrid) grid = kan_grid_new (4);
  int year = 0;
  gboolean payments;

  if (!kan_cli_parse (self, entries, 2, 2, error))
    return 2;
  payments = strcmp (self->args[0], "payments") == 0;
  if (!payments && strcmp (self->args[0], "holidays") != 0)
    return kan_cli_usage (error, _("there is no “calendar %s”: payments, holidays"), self->args[0]);
  if (!read_year (self->args[1], &year) || year < KAN_HOLIDAYS_FIRST || year > KAN_HOLIDAYS_LAST)
    return kan_cli_usage (error, _("“%s” is not a year from %d to %d"), self->args[1],
                          KAN_HOLIDAYS_FIRST, KAN_HOLIDAYS_LAST);
  profile = kan_cli_load_profile (name != NULL ? name : "nagasaki", error);
  if (profile == NULL)
    return 1;
  calendar = kan_profile_new_calendar (profile);
  json_builder_begin_object (json);
  kan_json_int (json, "year", year);
  json_builder_set_member_name (json, self->args[0]);
  json_builder_begin_array (json);
  if (payments)
    add_payments (self, calendar, year, json, grid);
  else
    add_holidays (self, calendar, year, json, grid);
  kan_cli_end_list (self, json, grid);
  return 0;
}

/* --- profile -------------------------------------------------------------------------------------------------- */

/**
 * kan_cli_profile:
 * @self: the command line
 * @error: the world's
 *
 * `profile check FILE.json`
 *
 * Returns: the exit status: 1 where something is wrong with it
 */
int
kan_cli_profile (KanCli *self, GError **error)
{
  g_autoptr(JsonBuilder) json = json_builder_new ();
  g_autoptr(GPtrArray) problems = NULL;
  g_autofree char *text = NULL;
  gsize size = 0;

  if (!kan_cli_parse (self, NULL, 2, 2, error))
    return 2;
  if (strcmp (self->args[0], "check") != 0)
    return kan_cli_usage (error, _("there is no “profile %s”: check"), self->args[0]);
  text = kan_cli_load_file (self->args[1], &size, error);
  if (text == NULL)
    return 5;
  problems = kan_profile_problems (text, (gssize) size);
  if (self->json)
    {
      json_builder_begin_object (json);
      kan_json_array (json, "problems", problems);
      json_builder_end_object (json);
      kan_json_print (json);
    }
  for (guint i = 0; !self->json && i < problems->len; i++)
    kan_cli_note (_("%s: %s"), self->args[1], (char *) g_ptr_array_index (problems, i));
  if (!self->json && problems->len == 0)
    puts (_("The profile says what it must."));
  return problems->len > 0 ? 1 : 0;
}
